/*
 * memory_test.c - memory is refused at every single time that it is asked for,
 * once and from then on, while everything is done to the world of world.h.
 *
 * A thing either says a clean sentence, learns what it learns with memory, or
 * ends the process, as our arenas do by decision: then it is as if it had been
 * killed there. Afterwards the world is whole in every case; and where the
 * process lives on, every block was given back.
 */
#include <sqlite3.h>
#include <unistd.h>

#include "deeds.h"
#include "memory.h"

static struct {
    uint64_t refused, told, ended, unnoticed;
} tally;

struct trial {
    const struct deed *deed;
    const char *want;
    uint64_t k;
    bool lasting;
};

/* What became of it. */
struct outcome {
    enum rc rc;
    bool ended;
    char *said; /* of what it learned; to be freed */
    uint64_t out;
    struct err err;
};

static jmp_buf end;

static void attempt(const struct trial *t, struct outcome *o)
{
    static struct arena a; /* static: a jump leaves it as it is */
    struct buf out = {.arena = &a};
    a = (struct arena){0};
    *o = (struct outcome){.rc = RC_OK};
    memory_arm(t->k, t->lasting, &end);
    if (setjmp(end)) {
        memory_disarm();
        o->ended = true;
        memory_process_ends();
        return;
    }
    o->rc = t->deed->run(&a, &out, &o->err);
    memory_disarm();
    if (!o->rc) o->said = strdup(out.text ? out.text : "");
    arena_free(&a);
    o->out = memory_out();
}

static bool wrong(const struct trial *t, const char *what, const struct err *err)
{
    tap_check(false, __FILE__, __LINE__, "what has no memory says so, or ends");
    printf("# %s, allocation %" PRIu64 ": %s (%s)\n", t->deed->name, t->k, what, err->msg);
    return false;
}

static bool judge(const struct trial *t, const struct outcome *o, bool refused)
{
    if (o->ended) return true;
    if (o->rc && !refused) return wrong(t, "it fails with all the memory there is", &o->err);
    if (o->rc && (!o->err.msg[0] || strchr(o->err.msg, '\n')))
        return wrong(t, "no sentence", &o->err);
    if (o->rc && o->rc != RC_STORE && o->rc != t->deed->refusal) {
        return wrong(t, "it blames another", &o->err);
    }
    if (strstr(o->err.msg, "damaged") || strstr(o->err.msg, "altered")) {
        return wrong(t, "a false alarm", &o->err);
    }
    if (!o->rc && strcmp(o->said, t->want) != 0)
        return wrong(t, "it learns something else", &o->err);
    if (o->out) return wrong(t, "memory is not given back", &o->err);
    return true;
}

static bool inspect(const struct trial *t, bool done)
{
    const struct deed *d = t->deed;
    struct outcome again;
    struct trial free_of_it = {.deed = d, .want = t->want};
    bool changes = d->step || d->backup || d->there;
    if (!changes && t->k % 8) return true;
    if (!world_hold(done && d->step ? d->step : STEPS, done && d->backup ? d->backup : 2)) {
        return wrong(t, "the world broke", &again.err);
    }
    if (done && d->there && !d->there()) return wrong(t, "what was done is not there", &again.err);
    attempt(&free_of_it, &again);
    bool good = judge(&free_of_it, &again, false) && !again.ended;
    free(again.said);
    return good;
}

/* False: it is over, for less was asked for, or something was wrong. */
static bool try(const struct trial *t)
{
    struct outcome o;
    disk_load(t->k);
    int64_t memory = sqlite3_memory_used();
    attempt(t, &o);
    bool refused = memory_refused();
    bool good = judge(t, &o, refused);
    free(o.said);
    if (disk_open_files()) good = wrong(t, "a file is left open", &o.err);
    if (sqlite3_memory_used() != memory)
        good = wrong(t, "SQLite's memory is not given back", &o.err);
    if (!o.ended && t->k % 2) disk_cut();
    disk_power_back();
    good = good && inspect(t, !o.rc && !o.ended);
    tally.refused += refused;
    tally.ended += o.ended;
    tally.told += refused && o.rc;
    tally.unnoticed += refused && !o.ended && !o.rc;
    return good && refused;
}

static void every_allocation(bool left, bool lasting)
{
    uint64_t stride = fewer(100) < 100 ? 9 : 1;
    memset(&tally, 0, sizeof tally);
    world_make(left);
    for (int i = 0; i < DEEDS && tap_this_ok; i++) {
        struct outcome o;
        struct trial t = {.deed = &deeds[i], .lasting = lasting};
        disk_load(1);
        attempt(&t, &o);
        t.want = o.said;
        for (t.k = 1; try(&t) && tap_this_ok;) t.k += stride;
        free(o.said);
    }
    printf("# %" PRIu64 " refused: %" PRIu64 " told, %" PRIu64 " ended the process, %" PRIu64
           " made no difference\n",
           tally.refused, tally.told, tally.ended, tally.unnoticed);
    CHECK(tally.refused > DEEDS && tally.told > DEEDS && tally.ended > 0);
}

static void memory_refused_once_is_told_or_ends_the_process(void)
{
    every_allocation(true, false);
}

static void memory_refused_from_then_on_too(void)
{
    every_allocation(false, true);
}

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    /* "out of memory", thousands of times; but a sanitizer has more to say there */
    if (fewer(100) == 100 && !freopen("/dev/null", "w", stderr)) return 99;
    memory_register();
    disk_register();
    disk_mount(true);
    RUN(memory_refused_once_is_told_or_ends_the_process);
    RUN(memory_refused_from_then_on_too);
    world_free();
    return tap_done();
}
