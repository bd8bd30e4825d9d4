/*
 * scenario_test.c - what is supposed never touches the book.
 *
 * The oracle is a second store into which only those records go that a view
 * should have: what the scenario branches off, then what was supposed in it.
 * Whatever is recorded, in whatever order, in the book and in two scenarios,
 * each of the three views must say what its own plain store says.
 */
#include "desk.h"
#include "export/muster.h"
#include "seed.h"

enum { BRANCHES = 3 }; /* the book itself, then two scenarios */

static const char *const names[BRANCHES] = {NULL, "hope", "fear"};

/* --- one record after the other into a branch --- */

static struct posting on(struct desk *d, const char *scenario)
{
    struct posting p;
    struct view *v = NEW(&d->arena, struct view);
    GOOD(view_branch(&d->arena, d->store, NULL, scenario, NULL, v, oops));
    posting_begin(&p, &d->arena, v, d->now_ms += 60000);
    return p;
}

static enum rc put(struct desk *d, const char *scenario, struct record *r, struct err *err)
{
    struct posting p = on(d, scenario);
    enum rc rc = posting_add(&p, r, NULL, err);
    return rc ? rc : posting_commit(&p, err);
}

static struct record *named(struct desk *d, enum kind kind, const char *key)
{
    struct record *r = record_new(&d->arena, kind);
    record_set_text(&d->arena, r, F_KEY, key);
    return r;
}

static struct record *a_line(struct desk *d, const char *key, const char *note)
{
    struct record *r = named(d, KIND_LINE, key);
    record_set_key(&d->arena, r, F_PARTY, "DEU");
    record_set_key(&d->arena, r, F_ITEM, "shell");
    record_set_text(&d->arena, r, F_NOTE, note);
    return r;
}

static struct record *an_entry(struct desk *d, const char *line, enum stage from, enum stage to,
                               int64_t qty)
{
    struct record *r = record_new(&d->arena, KIND_ENTRY);
    record_set_key(&d->arena, r, F_LINE, line);
    record_set_int(&d->arena, r, F_FROM, from);
    record_set_int(&d->arena, r, F_TO, to);
    record_set_int(&d->arena, r, F_QTY, qty);
    record_set_int(&d->arena, r, F_DAY, 10);
    record_set_key(&d->arena, r, F_PASSAGE, "list#1");
    record_set_text(&d->arena, r, F_AUTHOR, "desk:anna");
    return r;
}

static void world(struct desk *d)
{
    desk_begin(d);
    struct posting p = desk_posting(d);
    struct record *r = named(d, KIND_PARTY, "DEU");
    record_set_text(&d->arena, r, F_TYPE, "nation");
    GOOD(posting_add(&p, r, NULL, oops));
    r = named(d, KIND_PARTY, "POL");
    record_set_text(&d->arena, r, F_TYPE, "nation");
    GOOD(posting_add(&p, r, NULL, oops));
    r = named(d, KIND_ITEM, "shell");
    record_set_text(&d->arena, r, F_UNIT, "piece");
    GOOD(posting_add(&p, r, NULL, oops));
    GOOD(posting_add(&p, named(d, KIND_SOURCE, "list"), NULL, oops));
    r = named(d, KIND_PASSAGE, "list#1");
    record_set_key(&d->arena, r, F_SOURCE, "list");
    GOOD(posting_add(&p, r, NULL, oops));
    GOOD(posting_commit(&p, oops));
}

static void scenario(struct desk *d, const char *key, const char *label)
{
    struct posting p = on(d, NULL);
    struct record *r = named(d, KIND_SCENARIO, key);
    r->label = label;
    record_set_int(&d->arena, r, F_MOMENT, p.now_ms);
    GOOD(posting_add(&p, r, NULL, oops));
    GOOD(posting_commit(&p, oops));
}

static const char *stands(struct desk *d, const char *name, const char *viewer)
{
    struct view v;
    GOOD(view_branch(&d->arena, d->store, viewer, name, NULL, &v, oops));
    return desk_positions(d, v.book, CLOCKS_NOW);
}

/* --- tests --- */

static void what_is_supposed_is_in_its_scenario_only(void)
{
    struct desk d;
    struct err err = {0};
    world(&d);
    GOOD(put(&d, NULL, a_line(&d, "A", NULL), oops));
    GOOD(put(&d, NULL, an_entry(&d, "A", STAGE_WORLD, STAGE_COMMITTED, 10), oops));
    scenario(&d, "hope", "public");
    scenario(&d, "fear", "public");
    GOOD(put(&d, "hope", an_entry(&d, "A", STAGE_COMMITTED, STAGE_DELIVERED, 7), oops));
    GOOD(put(&d, "hope", a_line(&d, "B", NULL), oops));
    GOOD(put(&d, "hope", an_entry(&d, "B", STAGE_WORLD, STAGE_COMMITTED, 5), oops));
    GOOD(put(&d, NULL, an_entry(&d, "A", STAGE_COMMITTED, STAGE_DELIVERED, 9), oops));
    CHECK_TEXT(stands(&d, NULL, NULL), "A committed 1 delivered 9");
    CHECK_TEXT(stands(&d, "hope", NULL), "A committed 3 delivered 7; B committed 5");
    CHECK_TEXT(stands(&d, "fear", NULL), "A committed 10");
    /* the rules hold in each by itself */
    CHECK(put(&d, "hope", an_entry(&d, "A", STAGE_COMMITTED, STAGE_DELIVERED, 4), &err) == RC_RULE);
    CHECK(put(&d, NULL, an_entry(&d, "B", STAGE_WORLD, STAGE_COMMITTED, 4), &err) == RC_ABSENT);
    CHECK_TEXT(err.msg, "no line 'B' in the book");
    struct view v;
    CHECK(view_branch(&d.arena, d.store, NULL, "dream", NULL, &v, &err) == RC_ABSENT);
    CHECK_TEXT(err.msg, "no scenario 'dream' in this book");
    desk_end(&d);
}

static void a_scenario_is_said_once_and_not_from_the_future(void)
{
    struct desk d;
    struct err err = {0};
    world(&d);
    scenario(&d, "hope", "public");
    struct record *r = named(&d, KIND_SCENARIO, "hope");
    record_set_int(&d.arena, r, F_MOMENT, 5);
    CHECK(put(&d, NULL, r, &err) == RC_RULE);
    CHECK_TEXT(err.msg, "scenario 'hope' is in the book already");
    r = named(&d, KIND_SCENARIO, "late");
    record_set_int(&d.arena, r, F_MOMENT, d.now_ms + 10 * 60000);
    CHECK(put(&d, NULL, r, &err) == RC_RULE);
    r = named(&d, KIND_SCENARIO, "nested");
    record_set_int(&d.arena, r, F_MOMENT, 5);
    CHECK(put(&d, "hope", r, &err) == RC_RULE);
    CHECK_TEXT(err.msg, "a scenario branches off the book, not off another one");
    r = a_line(&d, "A", NULL);
    record_set_key(&d.arena, r, F_SCENARIO, "hope");
    struct posting p = on(&d, NULL);
    uint64_t hope = book_latest(p.view->book, book_noun(p.view->book, KIND_SCENARIO, "hope"))->id;
    r = a_line(&d, "A", NULL);
    record_set_ref(&d.arena, r, F_SCENARIO, hope);
    CHECK(posting_add(&p, r, NULL, &err) == RC_RULE);
    CHECK_TEXT(err.msg, "what is supposed stays in its scenario");
    desk_end(&d);
}

/* The same key in the book, and in two scenarios, several times each. */
static void natural_keys_count_in_their_own_branch(void)
{
    struct desk d;
    struct verdict verdict;
    world(&d);
    GOOD(put(&d, NULL, a_line(&d, "A", "first"), oops));
    scenario(&d, "hope", "public");
    scenario(&d, "fear", "public");
    for (int round = 0; round < 3; round++) {
        for (int i = BRANCHES; i-- > 0;) {
            const char *note = text_format(&d.arena, "%d in %s", round, names[i] ? names[i] : "-");
            GOOD(put(&d, names[i], a_line(&d, "A", note), oops));
            GOOD(put(&d, names[i], a_line(&d, "B", note), oops));
        }
    }
    for (int i = 0; i < BRANCHES; i++) {
        struct view v;
        GOOD(view_branch(&d.arena, d.store, NULL, names[i], NULL, &v, oops));
        const struct record *r = book_version(v.book, book_noun(v.book, KIND_LINE, "A"), INT64_MAX);
        CHECK_TEXT(record_text(r, F_NOTE),
                   text_format(&d.arena, "2 in %s", names[i] ? names[i] : "-"));
    }
    GOOD(store_verify(d.store, &verdict, oops));
    desk_end(&d);
}

static void who_may_not_see_a_scenario_never_learns_of_it(void)
{
    struct desk d;
    struct err secret = {0}, none = {0};
    struct view v;
    world(&d);
    GOOD(put(&d, NULL, a_line(&d, "A", NULL), oops));
    scenario(&d, "hope", "parties:DEU");
    GOOD(put(&d, "hope", an_entry(&d, "A", STAGE_WORLD, STAGE_COMMITTED, 5), oops)); /* public */
    CHECK_TEXT(stands(&d, "hope", "DEU"), "A committed 5");
    CHECK_TEXT(stands(&d, NULL, "POL"), "");
    CHECK(view_branch(&d.arena, d.store, "POL", "hope", NULL, &v, &secret) == RC_ABSENT);
    CHECK(view_branch(&d.arena, d.store, "POL", "nope", NULL, &v, &none) == RC_ABSENT);
    CHECK_TEXT(secret.msg, "no scenario 'hope' in this book");
    CHECK_TEXT(none.msg, "no scenario 'nope' in this book");
    desk_end(&d);
}

/* --- to other stores and back --- */

static enum rc keep(void *ctx, const char *bytes, size_t len, struct err *err)
{
    (void)err;
    buf_add_bytes(ctx, bytes, len);
    return RC_OK;
}

static struct exchange_file exported(struct desk *d)
{
    struct buf *out = NEW(&d->arena, struct buf);
    out->arena = &d->arena;
    struct view v = {.store = d->store};
    GOOD(d->store->ops->head(d->store, &v.head, oops));
    GOOD(export_muster(&v, keep, out, NULL, oops));
    return (struct exchange_file){.name = "book.muster", .text = out->text, .len = out->len};
}

static enum rc take(struct desk *d, const struct exchange_file *file, struct posted *out,
                    struct err *err)
{
    struct view v;
    GOOD(view_open(&d->arena, d->store, NULL, NULL, &v, oops));
    return post_exchange(&d->arena, &v, file, d->now_ms += 60000, false, NULL, out, err);
}

static void scenarios_travel_with_their_book_and_into_no_other(void)
{
    struct desk d, copy, other;
    struct posted posted;
    world(&d);
    GOOD(put(&d, NULL, a_line(&d, "A", NULL), oops));
    scenario(&d, "hope", "public");
    GOOD(put(&d, "hope", an_entry(&d, "A", STAGE_WORLD, STAGE_COMMITTED, 5), oops));
    GOOD(put(&d, NULL, a_line(&d, "B", NULL), oops));
    GOOD(put(&d, "hope", a_line(&d, "B", "supposed"), oops));
    struct exchange_file file = exported(&d);

    desk_begin(&copy);
    GOOD(take(&copy, &file, &posted, oops));
    struct exchange_file again = exported(&copy);
    CHECK_TEXT(again.text, file.text);
    CHECK_TEXT(stands(&copy, "hope", NULL), stands(&d, "hope", NULL));
    GOOD(take(&copy, &file, &posted, oops));
    CHECK_I64((int64_t)posted.added, 0);

    world(&other);
    GOOD(take(&other, &file, &posted, oops));
    CHECK_I64((int64_t)posted.supposed, 3);
    struct view v;
    GOOD(view_open(&other.arena, other.store, NULL, NULL, &v, oops));
    uint32_t count;
    book_records(v.book, KIND_SCENARIO, &count);
    CHECK_I64(count, 0);
    CHECK(book_noun(v.book, KIND_LINE, "B") != NONE);
    desk_end(&other);
    desk_end(&copy);
    desk_end(&d);
}

/* An entry that takes 5 of what line A never had, as of scenario `of`: past every check. */
static void forge(struct desk *d, uint64_t of)
{
    struct view v;
    GOOD(view_open(&d->arena, d->store, NULL, NULL, &v, oops));
    uint32_t line = book_noun(v.book, KIND_LINE, "A");
    uint32_t passage = book_noun(v.book, KIND_PASSAGE, "list#1");
    struct record *r = an_entry(d, NULL, STAGE_COMMITTED, STAGE_DELIVERED, 5);
    record_set_ref(&d->arena, r, F_LINE, book_latest(v.book, line)->id);
    record_set_ref(&d->arena, r, F_PASSAGE, book_latest(v.book, passage)->id);
    record_set_ref(&d->arena, r, F_SCENARIO, of);
    r->id = v.head.last + 1;
    r->recorded_ms = d->now_ms += 60000;
    const struct record *const one[] = {r};
    GOOD(store_append(d->store, one, 1, NULL, 0, oops));
}

static void a_forged_supposition_is_found(void)
{
    static const char *const faults[] = {"cannot leave committed", "belongs to no scenario"};
    for (int which = 0; which < 2; which++) {
        struct desk d, copy;
        struct err err = {0};
        struct posted posted;
        struct view v;
        world(&d);
        GOOD(put(&d, NULL, a_line(&d, "A", NULL), oops));
        scenario(&d, "hope", "public");
        GOOD(view_branch(&d.arena, d.store, NULL, "hope", NULL, &v, oops));
        forge(&d, which ? 1 : v.scenario);
        CHECK(view_branch(&d.arena, d.store, NULL, which ? NULL : "hope", NULL, &v, &err) ==
              RC_STORE);
        CHECK(strstr(err.msg, faults[which]) != NULL);
        struct exchange_file file = exported(&d);
        desk_begin(&copy);
        CHECK(take(&copy, &file, &posted, &err) == RC_INPUT);
        CHECK(strstr(err.msg, faults[which]) != NULL);
        struct commit head;
        GOOD(copy.store->ops->head(copy.store, &head, oops));
        CHECK(head.last == 0);
        desk_end(&copy);
        desk_end(&d);
    }
}

/* --- any history --- */

/* What one branch should hold, kept by itself in a plain store. */
struct plain {
    struct desk desk;
    bool open;
};

static struct record *random_record(struct desk *d, struct rng *r, bool line, const char *key,
                                    int step)
{
    if (line) return a_line(d, key, text_format(&d->arena, "step %d", step));
    static const enum stage stages[] = {STAGE_WORLD, STAGE_COMMITTED, STAGE_DELIVERED};
    uint32_t from = rng_below(r, 2);
    return an_entry(d, key, stages[from], stages[from + 1], 1 + rng_below(r, 9));
}

static void any_history(struct rng *rng)
{
    struct desk d;
    struct plain plain[BRANCHES] = {{.open = true}};
    static const char *const lines[] = {"A", "B"};
    /* What went into the book so far is put into a branch's plain store when it opens. */
    struct {
        bool line;
        const char *key;
        struct rng state;
    } past[64];
    int past_count = 0;
    world(&d);
    world(&plain[0].desk);
    for (int step = 0; step < 40; step++) {
        uint32_t b = rng_below(rng, BRANCHES);
        if (b && !plain[b].open) {
            if (step < 5) continue;
            scenario(&d, names[b], "public");
            world(&plain[b].desk);
            plain[b].open = true;
            for (int i = 0; i < past_count; i++) {
                struct rng same = past[i].state;
                struct err ignored = {0};
                (void)!put(&plain[b].desk, NULL,
                           random_record(&plain[b].desk, &same, past[i].line, past[i].key, i),
                           &ignored);
            }
            continue;
        }
        bool line = rng_one_in(rng, 4) || step < 2;
        const char *key = lines[step < 2 ? step : (int)rng_below(rng, 2)];
        if (step < 2) b = 0;
        struct rng once = *rng, twice = *rng;
        rng_next(rng), rng_next(rng);
        if (b == 0 && past_count < 64) {
            past[past_count].line = line;
            past[past_count].key = key;
            past[past_count++].state = once;
        }
        struct err err = {0}, plain_err = {0};
        enum rc rc = put(&d, names[b], random_record(&d, &once, line, key, step), &err);
        enum rc want = put(&plain[b].desk, NULL,
                           random_record(&plain[b].desk, &twice, line, key, step), &plain_err);
        CHECK_I64(rc, want);
        if (rc && want) CHECK_TEXT(err.msg, plain_err.msg);
    }
    for (int b = 0; b < BRANCHES; b++) {
        if (!plain[b].open) continue;
        CHECK_TEXT(stands(&d, names[b], NULL), stands(&plain[b].desk, NULL, NULL));
        desk_end(&plain[b].desk);
    }
    struct verdict verdict;
    GOOD(store_verify(d.store, &verdict, oops));
    desk_end(&d);
}

static void each_branch_says_what_its_own_store_would(void)
{
    seeds_run(150, any_history);
}

int main(void)
{
    RUN(what_is_supposed_is_in_its_scenario_only);
    RUN(a_scenario_is_said_once_and_not_from_the_future);
    RUN(natural_keys_count_in_their_own_branch);
    RUN(who_may_not_see_a_scenario_never_learns_of_it);
    RUN(scenarios_travel_with_their_book_and_into_no_other);
    RUN(a_forged_supposition_is_found);
    RUN(each_branch_says_what_its_own_store_would);
    return tap_done();
}
