/* main.c - the process: streams, signals, the clock; the rest is cmd_main(). */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "cli/clock.h"
#include "cli/cmd.h"

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

int main(int argc, char **argv)
{
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
    int code = cmd_main(&ctx, argc, argv);
    if (out_close(&out, &err)) {
        /* Who closed the pipe (head, less) knows: no sentence, but not success either. */
        code = out.error == EPIPE ? EXIT_STORE : cmd_refuse(&ctx, &err);
    }
    arena_free(&arena);
    return code;
}
