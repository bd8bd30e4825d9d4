/* main.c - the process: streams, signals, the clock; the rest is cmd_main(). */
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli/clock.h"
#include "cli/cmd.h"
#include "store/store.h"

/*
 * A store opened while descriptor 1 is free would become stdout, and the
 * answer would be written into it.
 */
static void hold_standard_descriptors(void)
{
    int fd;
    do {
        fd = open("/dev/null", O_RDONLY);
    } while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0) close(fd);
}

/*
 * What was typed, in memory of our own; of an address with a password in it the
 * list of processes shows the name only. (It did for a moment: PGPASSFILE is better.)
 */
static char **take_arguments(struct arena *a, int argc, char **argv)
{
    char **own = NEW_ARRAY(a, (size_t)argc + 1, char *);
    for (int i = 0; i < argc; i++) {
        own[i] = (char *)(uintptr_t)arena_text(a, argv[i]);
        char *url = strstr(argv[i], "postgres"); /* also behind --store= */
        if (!url || !strstr(url, "://")) continue;
        size_t len = strlen(url);
        const char *name = store_name(a, url);
        memset(url, 0, len);
        memcpy(url, name, strlen(name) < len ? strlen(name) : len);
    }
    return own;
}

/* What large tables leave goes back to the system, and fresh ones are zero at no cost (arena.c). */
enum { LARGE = 4 * 1024 * 1024 };

int main(int argc, char **argv)
{
    mallopt(M_MMAP_THRESHOLD, LARGE);
    hold_standard_descriptors();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a failed write: exit 4 */

    struct arena arena = {0};
    struct err err = {0};
    struct out out = out_of(stdout), talk = out_of(stderr);
    struct context ctx = {
        .arena = &arena,
        .commands = commands,
        .now_ms = clock_now_ms,
        .out = &out,
        .talk = &talk,
    };
    int code = cmd_main(&ctx, argc, take_arguments(&arena, argc, argv));
    if (out_close(&out, &err)) {
        /* Who closed the pipe (head, less) knows: no sentence, but not success either. */
        code = out.error == EPIPE ? EXIT_STORE : cmd_refuse(&ctx, &err);
    }
    arena_free(&arena);
    return code;
}
