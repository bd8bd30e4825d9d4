/*
 * plan_peak_test.c - how much memory planning a large book takes, told by the kernel.
 *
 * The real program plans a made-up book of 8,000 lots, with model and plan
 * written to files beside the answer. What any verb takes before it has read a
 * word (libraries, mostly) is taken off: that is the machine's matter.
 *
 * The kernel counts to a child what its parent held when it began: so this
 * process stays small, and another one fills the book.
 */
#define _DEFAULT_SOURCE /* wait4 */
#include <fcntl.h>
#include <sys/resource.h>

#include "planned/fill.h"
#include "tap.h"

#include "program.h"

#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
enum { SANITIZED = true }; /* what was freed is held for a while */
#else
enum { SANITIZED = false };
#endif

/*
 * kB above what `help` takes. Of 32 MB in all, 9 are libraries where this was
 * measured; 18 is what a plan takes, 28 what a what-if does; the rest is reserve.
 */
enum { PLAN_MOST = 21 * 1024, WHAT_IF_MOST = 32 * 1024 };

static struct temp temp;

/* A child that ends well; its peak. */
static int64_t peak_of(pid_t child)
{
    int status;
    struct rusage used;
    if (child < 0 || wait4(child, &status, 0, &used) != child) abort();
    CHECK_I64(WIFEXITED(status) ? WEXITSTATUS(status) : 128, 0);
    return used.ru_maxrss;
}

static _Noreturn void fill(const char *path)
{
    struct arena arena = {0};
    struct err err = {0};
    struct store *store = NULL;
    struct generated *g = generate(&arena, 'L', 1, 0);
    enum rc rc = store_open(&arena, path, true, &store, &err);
    if (!rc) rc = fill_store(&arena, store, g, &err);
    if (rc) fprintf(stderr, "# %s\n", err.msg);
    if (store) store_close(store);
    _exit(rc != RC_OK);
}

/* `muster ARGS`, its answer in a file. */
static int64_t run(const char *const *args)
{
    fflush(stdout);
    pid_t child = fork();
    if (child) return peak_of(child);
    int fd = open(temp_path(&temp, "answer"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0) _exit(99);
    close(fd);
    execv(program_path, (char *const *)(uintptr_t)args);
    _exit(99);
}

/* The number behind a name at the beginning of the last answer. */
static double answered(const char *name)
{
    char head[2000];
    FILE *f = fopen(temp_path(&temp, "answer"), "r");
    if (!f) abort();
    head[fread(head, 1, sizeof head - 1, f)] = '\0';
    fclose(f);
    const char *at = strstr(head, name);
    CHECK(at != NULL);
    return at ? strtod(at + strlen(name), NULL) : 0;
}

static int64_t bare(void)
{
    return run((const char *[]){program_path, "help", NULL});
}

static void a_plan_of_8000_lots_takes_little(void)
{
    int64_t before = bare(),
            peak = run((const char *[]){program_path, "--store", temp_path(&temp, "l.db"), "plan",
                                        "--gap", "0.001", "--json", "--mps", "/dev/null",
                                        "--solution", "/dev/null", NULL});
    printf("# %" PRId64 " kB, %" PRId64 " of them before anything was read\n", peak, before);
    CHECK(answered("\"gap\":") > 0 && answered("\"gap\":") <= 0.001);
    CHECK(peak - before < PLAN_MOST);
    CHECK(peak - before > PLAN_MOST / 4); /* it did plan */
    double told = answered("\"peak_mb\":") * 1024;
    CHECK(told <= (double)peak + 100 && told > (double)peak - 2048);
}

static void what_if_takes_little_more(void)
{
    int64_t before = bare(),
            peak = run((const char *[]){program_path, "--store", temp_path(&temp, "l.db"), "plan",
                                        "what-if", "--without", "lot-000001", "--json", NULL});
    printf("# %" PRId64 " kB, %" PRId64 " of them before anything was read\n", peak, before);
    CHECK(answered("\"objective_before\":") > 0 && answered("\"objective_after\":") > 0);
    CHECK(peak - before < WHAT_IF_MOST);
}

#define RUN_PLAIN(test)                                                                            \
    do {                                                                                           \
        if (SANITIZED)                                                                             \
            printf("ok %d - %s # SKIP sanitizers hold what was freed\n", ++tap_count, #test);      \
        else                                                                                       \
            RUN(test);                                                                             \
    } while (0)

int main(int argc, char **argv)
{
    (void)argc;
    program_find(argv[0]);
    temp_make(&temp);
    pid_t child = fork();
    if (!child) fill(temp_path(&temp, "l.db"));
    peak_of(child);
    RUN_PLAIN(a_plan_of_8000_lots_takes_little);
    RUN_PLAIN(what_if_takes_little_more);
    temp_remove(&temp);
    return tap_done();
}
