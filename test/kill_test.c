/*
 * kill_test.c - imports that are killed, interrupted, or run two at a time.
 *
 * The real program is killed at seeded moments, spread over the whole run and
 * close around the commit. Afterwards verify is clean; of what is one commit
 * all is there or nothing; of an exchange file a true beginning that ends
 * where a commit does; what was answered is there. The same import again
 * completes it, to the answers and the bytes of one that was left alone.
 *
 * MUSTER_ROUNDS is the number of rounds, MUSTER_SEED the first.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <time.h>

#include "refusal.h"
#include "seed.h"

enum { LIVES = 2, ARGS_MAX = 12, TABLE_ROWS = 1000 };

#ifdef __SANITIZE_ADDRESS__
enum { SANITIZED = true };
#else
enum { SANITIZED = false };
#endif

/* Something to import, and what the book is when it was. */
struct errand {
    const char *args[ARGS_MAX]; /* after `muster --store x.db import` */
    const char *question;       /* whose answer must come out the same */
    bool exchange;              /* many commits; else one */
    int64_t records;            /* in the book afterwards */
    char *answer;
    int64_t us; /* how long it takes */
};

static struct errand table = {.args = {"--mapping", "gifts.map", "many.csv"},
                              .question = "position --by donor --json"};
static struct errand small = {.args = {"--mapping", "gifts.map", "few.csv"},
                              .question = "position --by donor --json"};
static struct errand book = {.args = {"many.muster"}, .question = "export", .exchange = true};
static struct errand flows = {.question =
                                  "total --boundary 'recipient=AFG year=2020' --by plan --json"};
static struct errand release = {.question = "burden --reached allocated --currency EUR --json"};

/* --- running --- */

static int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void sleep_us(int64_t us)
{
    struct timespec t = {.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000};
    nanosleep(&t, NULL);
}

static void redirect(int to, const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (fd < 0 || dup2(fd, to) < 0) _exit(99);
    close(fd);
}

/* `muster --store STORE import ...`, its answer and its talk in files; in a child. */
static _Noreturn void become(const struct errand *e, const char *store, const char *answer,
                             const char *talk)
{
    const char *argv[ARGS_MAX + 5] = {program_path, "--store", store, "import"};
    for (int i = 0; i < ARGS_MAX && e->args[i]; i++) argv[4 + i] = e->args[i];
    redirect(STDOUT_FILENO, answer);
    redirect(STDERR_FILENO, talk);
    signal(SIGINT, SIG_DFL);
    execv(program_path, (char *const *)(uintptr_t)argv);
    _exit(99);
}

static pid_t start(const struct errand *e, const char *store, const char *answer, const char *talk)
{
    unlink(answer); /* a child killed at once must not seem to have answered before */
    unlink(talk);
    pid_t pid = fork();
    if (pid < 0) abort();
    if (pid == 0) become(e, store, answer, talk);
    return pid;
}

/* Exit code, or 128 and the signal. */
static int end_of(pid_t pid)
{
    int status;
    while (waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR) abort();
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void no_store(void)
{
    unlink("x.db");
    unlink("x.db-wal");
    unlink("x.db-shm");
}

static char *ask(const struct errand *e)
{
    return program(&temp, "--store x.db %s", e->question);
}

/* Records in the book, verified; -1 when there is no book yet. */
static int64_t verified(void)
{
    if (!there("x.db")) return -1;
    json_t *a = program_json(&temp, "--store x.db verify --json");
    CHECK(json_is_true(json_object_get(a, "ok")));
    int64_t records = (int64_t)json_member(a, "records");
    json_decref(a);
    return records;
}

static void import_again(const struct errand *e)
{
    int code = end_of(start(e, "x.db", "answer", "talk"));
    CHECK_I64(code, 0);
    CHECK_I64(verified(), e->records);
    char *answer = ask(e);
    CHECK(strcmp(answer, e->answer) == 0);
    free(answer);
}

/* The import left alone: what must come out, and how long it takes. */
static void learn(struct errand *e)
{
    for (int i = 0; i < 3; i++) {
        no_store();
        int64_t from = now_us();
        CHECK_I64(end_of(start(e, "x.db", "answer", "talk")), 0);
        int64_t us = now_us() - from;
        if (i == 0 || us < e->us) e->us = us;
    }
    free(e->answer);
    e->answer = ask(e);
    e->records = verified();
    CHECK(e->records > 0 && strlen(e->answer) > 20);
}

/* --- killing --- */

static bool commit_begun(void)
{
    struct stat st;
    return stat("x.db-wal", &st) == 0 && st.st_size > 0;
}

/* At any moment of the run, or within some milliseconds of the first byte that is written. */
static void wait_for_the_moment(struct rng *r, const struct errand *e, pid_t pid)
{
    if (rng_one_in(r, 2)) {
        sleep_us(rng_below(r, (uint32_t)(e->us + e->us / 8) + 1));
        return;
    }
    int64_t end = now_us() + 4 * e->us;
    siginfo_t gone = {0};
    while (!commit_begun() && now_us() < end) {
        if (waitid(P_PID, (id_t)pid, &gone, WEXITED | WNOHANG | WNOWAIT) || gone.si_pid) return;
        sleep_us(50);
    }
    sleep_us(rng_below(r, e->exchange ? (uint32_t)e->us / 2 + 1 : e == &small ? 1000 : 4000));
}

static bool answered(void)
{
    struct stat st;
    return stat("answer", &st) == 0 && st.st_size > 0;
}

/* Whether the log ends where a commit of the exchange file does, and begins as it does. */
static bool true_beginning(const struct errand *e, int64_t records)
{
    char *log = log_of("x.db"), *end = strstr(log, "\nend ");
    size_t len = end ? (size_t)(end + 1 - log) : 0;
    char ends[40];
    snprintf(ends, sizeof ends, "\nend %" PRId64 " ", records);
    bool good = end && strncmp(end, ends, strlen(ends)) == 0 && strncmp(log, e->answer, len) == 0;
    if (records > 0) { /* the file goes on with a record or the end: the commit is whole */
        snprintf(ends, sizeof ends, "\ncommit %" PRId64 " ", records);
        good = good && strstr(log, ends);
    }
    free(log);
    return good;
}

static void check_what_is_there(const struct errand *e, bool whole)
{
    int64_t records = verified();
    if (whole) CHECK_I64(records, e->records);
    if (e->exchange && records >= 0) {
        CHECK(true_beginning(e, records));
    } else {
        CHECK(records <= 0 || records == e->records);
    }
}

static struct {
    int killed, writing; /* at all; of them, after the first byte was written */
} tally;

static void kill_and_complete(struct rng *r, const struct errand *e)
{
    no_store();
    for (int life = 0; life < LIVES; life++) {
        pid_t pid = start(e, "x.db", "answer", "talk");
        wait_for_the_moment(r, e, pid);
        kill(pid, SIGKILL);
        int code = end_of(pid);
        CHECK(code == 0 || code == 128 + SIGKILL);
        tally.writing += code != 0 && commit_begun(); /* before anybody opens it again */
        check_what_is_there(e, code == 0 || answered());
        if (code == 0) break;
        tally.killed++;
    }
    import_again(e);
}

/* So many rounds, each so many times, and more if none of them struck while something was written.
 */
static void killed(const struct errand *e, uint64_t rounds, uint64_t times)
{
    uint64_t seed = seed_env("MUSTER_SEED", 1);
    rounds = seed_env("MUSTER_ROUNDS", rounds) * times;
    uint64_t end = seed + rounds, last = seed + 10 * rounds;
    memset(&tally, 0, sizeof tally);
    for (; tap_this_ok && (seed < end || (tally.writing == 0 && seed < last)); seed++) {
        struct rng r = {seed};
        kill_and_complete(&r, e);
        if (!tap_this_ok) printf("# seed %" PRIu64 "\n", seed);
    }
    printf("# killed %d times, %d of them writing\n", tally.killed, tally.writing);
    CHECK(rounds < 6 || tally.writing > 0);
}

/* Of a few rows: over in a moment, and so killed often. In torture ten thousand times. */
static void a_small_table_killed_often_is_there_whole_or_not_at_all(void)
{
    learn(&small);
    killed(&small, 2, 25);
}

static void a_table_killed_is_there_whole_or_not_at_all(void)
{
    learn(&table);
    killed(&table, 8, 1);
}

static void an_exchange_file_killed_goes_on_where_it_was(void)
{
    learn(&book);
    killed(&book, 10, 1);
}

static void flows_killed_are_there_whole_or_not_at_all(void)
{
    learn(&flows);
    killed(&flows, 6, 1);
}

static void a_release_killed_is_there_whole_or_not_at_all(void)
{
    learn(&release);
    killed(&release, 6, 1);
}

/* --- memory --- */

/* An import with so much memory, or less: done, refused with a sentence, or ended by force. */
static int starve(const struct errand *e, rlim_t bytes)
{
    pid_t pid = fork();
    if (pid < 0) abort();
    if (pid == 0) {
        setrlimit(RLIMIT_AS, &(struct rlimit){bytes, bytes});
        setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
        become(e, "x.db", "answer", "talk");
    }
    return end_of(pid);
}

static void a_process_without_memory_leaves_the_book_whole(void)
{
    int done = 0, not = 0;
    if (SANITIZED) return; /* needs terabytes of addresses */
    learn(&table);
    for (rlim_t mb = 16; done < 3 && mb < 2000 && tap_this_ok; mb += mb < 160 ? 4 : 40) {
        no_store();
        int code = starve(&table, mb << 20);
        CHECK(code == 0 || code == 4 || code == 127 || code == 99 || code == 128 + SIGABRT ||
              code == 128 + SIGSEGV || code == 128 + SIGKILL);
        check_what_is_there(&table, code == 0);
        import_again(&table);
        done += code == 0;
        not += code != 0;
    }
    printf("# %d imports had too little memory\n", not );
    CHECK(done > 0 && not > 3);
}

/* --- Ctrl-C --- */

static void interrupt_and_complete(struct rng *r, const struct errand *e)
{
    no_store();
    pid_t pid = start(e, "x.db", "answer", "talk");
    wait_for_the_moment(r, e, pid);
    kill(pid, SIGINT);
    int code = end_of(pid);
    /* 0: it was done; 130: it stopped, or was ended before it had begun to listen. */
    CHECK(code == 0 || code == 130);
    if (code == 130) CHECK(!answered());
    check_what_is_there(e, code == 0);
    import_again(e);
    tally.killed += code == 130;
}

static void interrupted(const struct errand *e, uint64_t rounds)
{
    uint64_t first = seed_env("MUSTER_SEED", 1);
    rounds = seed_env("MUSTER_ROUNDS", rounds);
    memset(&tally, 0, sizeof tally);
    for (uint64_t seed = first; seed < first + rounds && tap_this_ok; seed++) {
        struct rng r = {seed};
        interrupt_and_complete(&r, e);
        if (!tap_this_ok) printf("# seed %" PRIu64 "\n", seed);
    }
    printf("# %" PRIu64 " rounds: stopped %d\n", rounds, tally.killed);
}

static void a_table_interrupted_is_not_half_done(void)
{
    interrupted(&table, 5);
}

static void an_exchange_file_interrupted_goes_on_where_it_was(void)
{
    interrupted(&book, 6);
}

/* --- two at a time --- */

static void race(const struct errand *a, const struct errand *b)
{
    pid_t first = start(a, "x.db", "answer", "talk");
    pid_t second = start(b, "x.db", "answer2", "talk2");
    int code[2] = {end_of(first), end_of(second)};
    for (int i = 0; i < 2; i++) {
        CHECK_I64(code[i], 0);
        if (code[i] == 0) continue;
        char *said;
        size_t len;
        said = get(i ? "talk2" : "talk", &len);
        printf("# %s", said);
        free(said);
    }
}

static void races(const struct errand *e, uint64_t rounds)
{
    rounds = seed_env("MUSTER_ROUNDS", rounds);
    for (uint64_t i = 0; i < rounds && tap_this_ok; i++) {
        no_store();
        race(e, e);
        CHECK_I64(verified(), e->records);
        char *answer = ask(e);
        CHECK(strcmp(answer, e->answer) == 0);
        free(answer);
    }
}

static void two_imports_of_one_table_count_nothing_twice(void)
{
    races(&table, 5);
}

static void two_imports_of_one_exchange_file_give_it_once(void)
{
    races(&book, 5);
}

static void two_imports_of_one_release_count_nothing_twice(void)
{
    races(&release, 5);
}

static void two_different_imports_are_both_there(void)
{
    uint64_t rounds = seed_env("MUSTER_ROUNDS", 5);
    struct errand other = {.args = {"--mapping", "gifts.map", "gifts.csv"},
                           .question = table.question};
    for (uint64_t i = 0; i < rounds && tap_this_ok; i++) {
        no_store();
        race(&table, &other);
        char *log = log_of("x.db"), *at = log;
        int lines = 0;
        for (; (at = strstr(at, "\nline ")); at++) lines++;
        CHECK_I64(lines, TABLE_ROWS + 3);
        free(log);
        verified();
    }
}

/* --- what is imported --- */

static void write_table(const char *name, int from, int to)
{
    FILE *f = fopen(name, "w");
    if (!f) abort();
    fputs("No,Donor,Currency,Amount,Day\n", f);
    for (int i = from; i < to; i++) {
        fprintf(f, "%d,%s,EUR,%d.%02d,2024-%02d-%02d\n", i, i % 3 ? "Norway" : "Denmark", i * 7,
                i % 100, i % 12 + 1, i % 28 + 1);
    }
    fclose(f);
}

/* An exchange file in 20 commits; of some 20,000 records when there is time. */
static void write_exchange_file(void)
{
    int rows = getenv("MUSTER_ROUNDS") ? 330 : 80;
    for (int i = 0; i < 20; i++) {
        write_table("part.csv", 10000 + i * rows, 10000 + (i + 1) * rows);
        free(program(&temp, "--store parts.db import --mapping gifts.map part.csv"));
        if (program_exit) exit(99);
    }
    free(program(&temp, "--store parts.db export > many.muster"));
    if (program_exit) exit(99);
}

int main(int argc, char **argv)
{
    static char pages[3][600], dir[600];
    (void)argc;
    setvbuf(stdout, NULL, _IOLBF, 0);
    go_to_own_directory(argv[0]);
    make_book();
    write_table("many.csv", 100, 100 + TABLE_ROWS);
    write_table("few.csv", 100, 110);
    write_exchange_file();
    for (int i = 0; i < 3; i++) {
        static const char *const ends[] = {"", "-page-2", "-page-3"};
        snprintf(pages[i], sizeof pages[i], "%s/fts/custom-search-locationid-1-year-2020%s.json",
                 data, ends[i]);
        flows.args[i] = pages[i];
    }
    snprintf(dir, sizeof dir, "%s/kiel/release-29", data);
    release.args[0] = dir;
    RUN(a_small_table_killed_often_is_there_whole_or_not_at_all);
    RUN(a_process_without_memory_leaves_the_book_whole);
    RUN(a_table_killed_is_there_whole_or_not_at_all);
    RUN(an_exchange_file_killed_goes_on_where_it_was);
    RUN_SHARED(flows_killed_are_there_whole_or_not_at_all);
    RUN_SHARED(a_release_killed_is_there_whole_or_not_at_all);
    RUN(a_table_interrupted_is_not_half_done);
    RUN(an_exchange_file_interrupted_goes_on_where_it_was);
    RUN(two_imports_of_one_table_count_nothing_twice);
    RUN(two_different_imports_are_both_there);
    RUN(two_imports_of_one_exchange_file_give_it_once);
    RUN_SHARED(two_imports_of_one_release_count_nothing_twice);
    leave_own_directory();
    return tap_done();
}
