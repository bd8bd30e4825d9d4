/*
 * verb_test.c - the program's own verbs on a disk that fails at every call.
 *
 * What a person types (record, sign, change the key, back up, restore), run
 * whole in this process on the world of world.h. Each call of the disk fails
 * once, or from then on, or is the last one before the power or the process is
 * gone. A verb is done, or ends with exit code 4 and a sentence; then no book,
 * backup or key is lost, and the same verb again does what it should.
 */
#define _GNU_SOURCE /* open_memstream */
#include <sqlite3.h>

#include "cli/cmd.h"
#include "deeds.h"

enum { WORDS = 10 };

struct verb {
    const char *words[WORDS];
    bool finds; /* it may take a page that cannot be read for a finding: exit code 1 */
    bool (*holds)(bool done);
};

/* --- running one --- */

struct told {
    int code;
    char *answer, *talk; /* to be freed */
};

static int64_t now_ms(void)
{
    return INT64_C(1800000000000);
}

static void run_verb(const struct verb *v, struct told *t)
{
    struct arena a = {0};
    size_t lens[2];
    char *argv[WORDS + 1] = {(char[]){"muster"}};
    int argc = 1;
    *t = (struct told){.code = 0};
    struct out out = {.file = open_memstream(&t->answer, &lens[0])};
    struct out talk = {.file = open_memstream(&t->talk, &lens[1])};
    if (!out.file || !talk.file) abort();
    struct context ctx = {
        .arena = &a, .commands = commands, .now_ms = now_ms, .out = &out, .talk = &talk};
    while (argc <= WORDS && v->words[argc - 1]) {
        argv[argc] = (char *)(uintptr_t)arena_text(&a, v->words[argc - 1]);
        argc++;
    }
    t->code = cmd_main(&ctx, argc, argv);
    fclose(out.file);
    fclose(talk.file);
    arena_free(&a);
}

/* --- what must hold --- */

static bool broken(const char *what)
{
    tap_check(false, __FILE__, __LINE__, "a verb that failed left all as it was");
    printf("# %s\n", what);
    return false;
}

/* How many records a store has, verified; -1: it is none, -2: it is damaged. */
static int64_t records_in(const char *path)
{
    struct arena a = {0};
    struct store *s = NULL;
    struct verdict v;
    struct err err = {0};
    if (disk_length(path) < 0) return -1;
    bool good = !store_open(&a, path, false, &s, &err) && !store_verify(s, &v, &err);
    store_close(s);
    arena_free(&a);
    if (!good) printf("# %s: %s\n", path, err.msg);
    return good ? (int64_t)v.rows : -2;
}

static bool one_more(bool done)
{
    int64_t whole = (int64_t)world.heads[STEPS].last, now = records_in("book");
    if (now <= whole && (done || now != whole)) return broken("the record");
    return hold_backup(2);
}

/* The old key or the next: what was signed is trusted, and so is what will be. */
static bool key_holds(bool done)
{
    struct arena a = {0};
    struct err err = {0};
    struct signer by;
    struct trust trust = {0};
    struct texts none = {0};
    bool trusted = false;
    bool good = world_hold(STEPS, 2) && !key_read(&a, "book.key", &by, &err) &&
                !trust_gather(&a, &none, "book.key.pub", &trust, &err);
    for (uint32_t i = 0; good && i < trust.count; i++) trusted |= trust.keys[i].id == by.key.id;
    bool changed = good && by.key.id != world.signer.key.id;
    arena_free(&a);
    return (good && trusted && (!done || changed)) || broken("the key");
}

static bool new_key_holds(bool done)
{
    struct arena a = {0};
    struct err err = {0};
    struct signer by;
    enum rc rc = key_read(&a, "other.key", &by, &err);
    arena_free(&a);
    if (rc && (done || rc != RC_ABSENT)) return broken(err.msg);
    return world_hold(STEPS, 2);
}

static bool signed_holds(bool done)
{
    return world_hold(STEPS, 2) && (!done || is_signed() || broken("what was signed"));
}

static bool backup_holds(bool done)
{
    return world_hold(STEPS, done ? STEPS : 2);
}

static bool restored_holds(bool done)
{
    int64_t now = records_in("back"), whole = (int64_t)world.heads[2].last;
    if (now != whole && (done || now != -1)) return broken("what was restored");
    return world_hold(STEPS, 2);
}

/* In its place, or moved aside with its log: the book that was there is never lost. */
static bool replaced_holds(bool done)
{
    int64_t aside = -1, now = records_in("book");
    for (int i = 0; disk_name(i); i++) {
        const char *name = disk_name(i), *dot = strrchr(name, '.');
        bool other = strstr(name, "-wal") || strstr(name, "-shm");
        if (!dot || !text_starts(dot, ".replaced-") || other) continue;
        aside = records_in(name);
        break; /* opening it may make names */
    }
    int64_t old = (int64_t)world.heads[STEPS].last, restored = (int64_t)world.heads[2].last;
    if (now != old && aside != old) return broken("the book that was there");
    if (done && now != restored) return broken("the book that was restored");
    return hold_backup(2);
}

static const struct verb verbs[] = {
    {.words = {"--store", "book", "party", "add", "NOR", "--name", "Norway", "--author", "anna"},
     .holds = one_more},
    {.words = {"--store", "book", "verify", "--sign"}, .finds = true, .holds = signed_holds},
    {.words = {"--store", "book", "key", "rotate"}, .holds = key_holds},
    {.words = {"--store", "book", "key", "new", "--name", "a.example/b", "--key", "other.key"},
     .holds = new_key_holds},
    {.words = {"--store", "book", "backup", "kept"}, .holds = backup_holds},
    {.words = {"--store", "back", "restore", "kept"}, .holds = restored_holds},
    {.words = {"--store", "book", "restore", "kept", "--replace"}, .holds = replaced_holds},
};
enum { VERBS = sizeof verbs / sizeof *verbs };

/* --- faults --- */

static struct {
    uint64_t calls, told, done;
} tally;

static bool wrong(const struct verb *v, const struct told *t, const char *what)
{
    tap_check(false, __FILE__, __LINE__, "a verb is done, or says what failed");
    printf("# %s %s: %s: exit %d, %s\n", v->words[2], v->words[3] ? v->words[3] : "", what, t->code,
           t->talk);
    return false;
}

static bool judge(const struct verb *v, const struct told *t, bool hit)
{
    if (t->code == EXIT_DONE) return true;
    if (!hit) return wrong(v, t, "it fails without a fault");
    if (t->code == EXIT_FINDING && v->finds) return true;
    if (t->code != EXIT_STORE) return wrong(v, t, "another exit code");
    if (!text_starts(t->talk, "muster: ")) return wrong(v, t, "no sentence");
    return true;
}

static void forget(struct told *t)
{
    free(t->answer);
    free(t->talk);
}

/* A file that was made may stand in the way of its being made again. */
static bool is_in_the_way(const struct verb *v, const struct told *t)
{
    bool makes = v->holds == restored_holds || v->holds == new_key_holds;
    return makes && t->code == EXIT_FINDING;
}

/* False: it is over, for there were fewer calls, or something was wrong. */
static bool try(const struct verb *v, struct disk_faults faults, uint64_t seed)
{
    struct told t;
    disk_load(seed);
    disk_arm(faults);
    run_verb(v, &t);
    bool dead = disk_dead(), hit = disk_failed() || dead;
    bool good = dead || judge(v, &t, hit), done = t.code == EXIT_DONE;
    if (disk_open_files()) good = wrong(v, &t, "a file is left open");
    if (!dead && seed % 2) disk_cut();
    disk_power_back();
    good = good && v->holds(done);
    tally.calls += hit;
    tally.told += hit && !done;
    tally.done += hit && done;
    forget(&t);
    if (!good || v->holds == replaced_holds) return good && hit; /* the second would replace it */
    run_verb(v, &t);
    if (v->holds != one_more && t.code != EXIT_DONE && !is_in_the_way(v, &t)) {
        good = wrong(v, &t, "it does not succeed afterwards");
    }
    forget(&t);
    return good && v->holds(v->holds != one_more) && hit;
}

static void failing(struct disk_faults faults, bool left)
{
    memset(&tally, 0, sizeof tally);
    for (int i = 0; i < VERBS && tap_this_ok; i++) {
        uint64_t k = 1, step = fewer(20) < 20 ? 17 : 1;
        if (i == 0) world_make(left);
        for (faults.fail_at = k; try(&verbs[i], faults, k) && tap_this_ok; faults.fail_at = k) {
            k += step;
        }
        if (!tap_this_ok) printf("# call %" PRIu64 "\n", k);
    }
    printf("# %" PRIu64 " calls failed: %" PRIu64 " told, %" PRIu64 " made no difference\n",
           tally.calls, tally.told, tally.done);
    CHECK(tally.calls > 0 && tally.told > 0);
}

static void every_call_of_every_verb_may_fail(void)
{
    failing((struct disk_faults){.fail_on = false}, true);
    failing((struct disk_faults){.fail_on = true}, false);
}

static void a_full_disk_is_told(void)
{
    unsigned only = DISK_WRITE | DISK_SYNC | DISK_NAME;
    failing((struct disk_faults){.code = SQLITE_FULL, .only = only, .fail_on = true}, true);
}

static void a_sync_that_fails_is_told(void)
{
    failing((struct disk_faults){.only = DISK_SYNC}, true);
    failing((struct disk_faults){.only = DISK_SYNC, .fail_on = true}, false);
}

static void ending(bool kill, bool left)
{
    memset(&tally, 0, sizeof tally);
    world_make(left);
    for (int i = 0; i < VERBS && tap_this_ok; i++) {
        uint64_t k = 1, step = fewer(20) < 20 ? 17 : 1;
        while (try(&verbs[i], (struct disk_faults){.kill_at = kill ? k : 0, .cut_at = kill ? 0 : k},
                   k) &&
               tap_this_ok) {
            k += step;
        }
        if (!tap_this_ok) printf("# call %" PRIu64 "\n", k);
    }
    printf("# %" PRIu64 " ends\n", tally.calls);
    CHECK(tally.calls > 0);
}

static void the_power_may_go_at_any_call(void)
{
    ending(false, false);
    ending(false, true);
}

static void the_process_may_die_at_any_call(void)
{
    ending(true, true);
}

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    disk_register();
    disk_mount(true);
    RUN(every_call_of_every_verb_may_fail);
    RUN(a_full_disk_is_told);
    RUN(a_sync_that_fails_is_told);
    RUN(the_power_may_go_at_any_call);
    RUN(the_process_may_die_at_any_call);
    world_free();
    return tap_done();
}
