/*
 * exchange_fed_test.c - an exchange file that is too large to be held.
 *
 * The oracle is the same file held: whatever it gives, in a store or as a
 * refusal, the file must give that is read in pieces of any size, twice.
 */
#include "desk.h"
#include "export/muster.h"
#include "record/exchange.h"
#include "seed.h"

/* --- a file that is fed --- */

struct fed {
    const char *text, *later; /* later: what it has become when it is read again; NULL */
    size_t at;
    uint32_t passes;
    struct rng *rng;
};

static size_t fed_read(void *ctx, char *out, size_t room)
{
    struct fed *f = ctx;
    size_t left = strlen(f->text + f->at), len = 1 + rng_below(f->rng, 300);
    if (len > left) len = left;
    if (len > room) len = room;
    memcpy(out, f->text + f->at, len);
    f->at += len;
    return len;
}

static bool fed_again(void *ctx)
{
    struct fed *f = ctx;
    if (f->passes++ && f->later) f->text = f->later;
    f->at = 0;
    return true;
}

/* --- a world with a history --- */

static struct record *named(struct desk *d, enum kind kind, const char *key)
{
    struct record *r = record_new(&d->arena, kind);
    record_set_text(&d->arena, r, F_KEY, key);
    return r;
}

static void put(struct desk *d, const char *scenario, struct record *r)
{
    struct view *v = NEW(&d->arena, struct view);
    struct posting p;
    struct err refused;
    GOOD(view_branch(&d->arena, d->store, NULL, scenario, NULL, v, oops));
    posting_begin(&p, &d->arena, v, d->now_ms += 60000);
    if (!posting_add(&p, r, NULL, &refused)) GOOD(posting_commit(&p, oops));
}

static void world(struct desk *d, const char *giver)
{
    desk_begin(d);
    struct posting p = desk_posting(d);
    struct record *r = named(d, KIND_PARTY, giver);
    record_set_text(&d->arena, r, F_TYPE, "nation");
    GOOD(posting_add(&p, r, NULL, oops));
    r = named(d, KIND_ITEM, "shell");
    record_set_text(&d->arena, r, F_UNIT, "piece");
    GOOD(posting_add(&p, r, NULL, oops));
    GOOD(posting_add(&p, named(d, KIND_SOURCE, "list"), NULL, oops));
    r = named(d, KIND_PASSAGE, "list#1");
    record_set_key(&d->arena, r, F_SOURCE, "list");
    GOOD(posting_add(&p, r, NULL, oops));
    r = named(d, KIND_LINE, "A");
    record_set_key(&d->arena, r, F_PARTY, giver);
    record_set_key(&d->arena, r, F_ITEM, "shell");
    GOOD(posting_add(&p, r, NULL, oops));
    GOOD(posting_commit(&p, oops));
}

static struct record *an_entry(struct desk *d, enum stage from, enum stage to, int64_t qty)
{
    struct record *r = record_new(&d->arena, KIND_ENTRY);
    record_set_key(&d->arena, r, F_LINE, "A");
    record_set_int(&d->arena, r, F_FROM, from);
    record_set_int(&d->arena, r, F_TO, to);
    record_set_int(&d->arena, r, F_QTY, qty);
    record_set_int(&d->arena, r, F_DAY, 10);
    record_set_key(&d->arena, r, F_PASSAGE, "list#1");
    record_set_text(&d->arena, r, F_AUTHOR, "desk:anna");
    return r;
}

static void happen(struct desk *d, struct rng *rng, const char *scenario)
{
    if (rng_one_in(rng, 2))
        put(d, scenario, an_entry(d, STAGE_WORLD, STAGE_COMMITTED, 1 + rng_below(rng, 9)));
    else
        put(d, scenario, an_entry(d, STAGE_COMMITTED, STAGE_DELIVERED, 1 + rng_below(rng, 9)));
}

static void suppose(struct desk *d)
{
    struct record *r = named(d, KIND_SCENARIO, "hope");
    record_set_int(&d->arena, r, F_MOMENT, d->now_ms);
    put(d, NULL, r);
}

static enum rc keep(void *ctx, const char *bytes, size_t len, struct err *err)
{
    (void)err;
    buf_add_bytes(ctx, bytes, len);
    return RC_OK;
}

static const char *exported(struct desk *d)
{
    struct buf *out = NEW(&d->arena, struct buf);
    out->arena = &d->arena;
    struct view v = {.store = d->store};
    GOOD(d->store->ops->head(d->store, &v.head, oops));
    GOOD(export_muster(&v, keep, out, NULL, oops));
    return out->text;
}

static uint64_t head_of(struct desk *d)
{
    struct commit head;
    GOOD(d->store->ops->head(d->store, &head, oops));
    return head.last;
}

/* Take it in, fed or (NULL) held. */
static enum rc take(struct desk *d, const char *text, struct fed *fed, struct posted *out,
                    struct err *err)
{
    struct view v;
    struct stream feed = {.read = fed_read, .again = fed_again, .ctx = fed};
    struct exchange_file file = {.name = "book.muster", .len = strlen(text)};
    if (fed)
        file.feed = &feed;
    else
        file.text = text;
    GOOD(view_open(&d->arena, d->store, NULL, NULL, &v, oops));
    return post_exchange(&d->arena, &v, &file, d->now_ms += 60000, false, NULL, out, err);
}

/* --- tests --- */

static void it_gives_what_a_held_one_gives(struct rng *rng)
{
    struct desk d, held, fed;
    struct posted one, other;
    world(&d, "DEU");
    const char *beginning = NULL;
    uint32_t steps = 2 + rng_below(rng, 12), half = rng_below(rng, steps);
    bool supposes = rng_one_in(rng, 2);
    for (uint32_t i = 0; i < steps; i++) {
        if (i == half) beginning = exported(&d);
        if (i == half && supposes) suppose(&d);
        happen(&d, rng, supposes && i > half && rng_one_in(rng, 2) ? "hope" : NULL);
    }
    const char *text = exported(&d);
    desk_begin(&held);
    GOOD(take(&held, text, NULL, &one, oops));
    for (int begun = 0; begun < 2; begun++) {
        desk_begin(&fed);
        if (begun) GOOD(take(&fed, beginning, NULL, &other, oops));
        uint64_t before = head_of(&fed);
        GOOD(take(&fed, text, &(struct fed){.text = text, .rng = rng}, &other, oops));
        CHECK_TEXT(exported(&fed), exported(&held));
        CHECK_TEXT(exported(&fed), text);
        CHECK_I64((int64_t)other.same, (int64_t)before);
        CHECK_I64((int64_t)(other.added + other.same), (int64_t)one.added);
        desk_end(&fed);
    }
    desk_end(&held);
    desk_end(&d);
}

static void any_damage_is_said_alike(struct rng *rng)
{
    struct desk d, held, fed;
    struct posted posted;
    world(&d, "DEU");
    for (int i = 0; i < 4; i++) happen(&d, rng, NULL);
    struct buf copy = {.arena = &d.arena};
    buf_add(&copy, exported(&d));
    char *text = copy.text;
    size_t len = copy.len, at = strlen(EXCHANGE_HEADER) + rng_below(rng, (uint32_t)len - 9);
    if (rng_one_in(rng, 3))
        text[at] = '\0'; /* cut off */
    else
        text[at] = (char)(text[at] == 'x' ? 'y' : 'x');
    struct err one = {0}, other = {0};
    desk_begin(&held);
    desk_begin(&fed);
    CHECK(take(&held, text, NULL, &posted, &one) == RC_INPUT);
    CHECK(take(&fed, text, &(struct fed){.text = text, .rng = rng}, &posted, &other) == RC_INPUT);
    CHECK_TEXT(other.msg, one.msg);
    CHECK_I64((int64_t)head_of(&fed), 0);
    desk_end(&fed);
    desk_end(&held);
    desk_end(&d);
}

static uint64_t id_of(const struct view *v, enum kind kind, const char *key)
{
    return book_latest(v->book, book_noun(v->book, kind, key))->id;
}

/* An entry that takes 5 of what line A never had, past every check. */
static void forge(struct desk *d)
{
    struct view v;
    GOOD(view_open(&d->arena, d->store, NULL, NULL, &v, oops));
    struct record *r = record_new(&d->arena, KIND_ENTRY);
    record_set_ref(&d->arena, r, F_LINE, id_of(&v, KIND_LINE, "A"));
    record_set_int(&d->arena, r, F_FROM, STAGE_COMMITTED);
    record_set_int(&d->arena, r, F_TO, STAGE_DELIVERED);
    record_set_int(&d->arena, r, F_QTY, 5);
    record_set_int(&d->arena, r, F_DAY, 10);
    record_set_ref(&d->arena, r, F_PASSAGE, id_of(&v, KIND_PASSAGE, "list#1"));
    record_set_text(&d->arena, r, F_AUTHOR, "desk:anna");
    r->id = v.head.last + 1;
    r->recorded_ms = d->now_ms += 60000;
    const struct record *const list[] = {r};
    GOOD(store_append(d->store, list, 1, NULL, 0, oops));
}

static void what_breaks_a_rule_is_refused_alike(void)
{
    struct desk d, held, fed;
    struct posted posted;
    struct rng rng = {7};
    struct err one = {0}, other = {0};
    world(&d, "DEU");
    forge(&d);
    const char *text = exported(&d);
    desk_begin(&held);
    desk_begin(&fed);
    CHECK(take(&held, text, NULL, &posted, &one) == RC_INPUT);
    CHECK(take(&fed, text, &(struct fed){.text = text, .rng = &rng}, &posted, &other) == RC_INPUT);
    CHECK(strstr(one.msg, "cannot leave committed") != NULL);
    CHECK_TEXT(other.msg, one.msg);
    CHECK_I64((int64_t)head_of(&fed), 0);
    desk_end(&fed);
    desk_end(&held);
    desk_end(&d);
}

static void it_goes_into_no_other_book(void)
{
    struct desk d, other;
    struct posted posted;
    struct rng rng = {7};
    struct err err = {0};
    world(&d, "DEU");
    world(&other, "POL");
    const char *text = exported(&d), *before = exported(&other);
    put(&d, NULL,
        an_entry(&d, STAGE_WORLD, STAGE_COMMITTED, 3)); /* the file is behind the store now */
    struct desk *const into[] = {&d, &other};
    const char *stood = exported(&d);
    for (int i = 0; i < 2; i++) {
        CHECK(take(into[i], text, &(struct fed){.text = text, .rng = &rng}, &posted, &err) ==
              RC_INPUT);
        CHECK_TEXT(err.msg, "book.muster is too large to be held: it goes into an empty store, or "
                            "one that holds a beginning of the same log");
        CHECK_TEXT(exported(into[i]), i ? before : stood);
    }
    desk_end(&other);
    desk_end(&d);
}

static void one_that_changes_meanwhile_is_noticed(void)
{
    struct desk d, into;
    struct posted posted;
    struct rng rng = {7};
    struct err err = {0};
    world(&d, "DEU");
    put(&d, NULL, an_entry(&d, STAGE_WORLD, STAGE_COMMITTED, 3));
    const char *other = exported(&d); /* a log that is well, but not the one that was checked */
    put(&d, NULL, an_entry(&d, STAGE_WORLD, STAGE_COMMITTED, 3));
    put(&d, NULL, an_entry(&d, STAGE_WORLD, STAGE_COMMITTED, 3));
    const char *text = exported(&d);
    desk_begin(&into);
    struct fed fed = {.text = text, .later = other, .rng = &rng};
    CHECK(take(&into, text, &fed, &posted, &err) == RC_INPUT);
    CHECK(strstr(err.msg, "the file was changed while it was read") != NULL);
    CHECK_TEXT(exported(&into), other); /* a beginning of the log, from which it goes on: */
    GOOD(take(&into, text, &(struct fed){.text = text, .rng = &rng}, &posted, oops));
    CHECK_TEXT(exported(&into), text);
    desk_end(&into);
    desk_end(&d);
}

static void any_history_is_taken_the_same_way(void)
{
    seeds_run(60, it_gives_what_a_held_one_gives);
}

static void any_damage_is_said_the_same_way(void)
{
    seeds_run(60, any_damage_is_said_alike);
}

int main(void)
{
    RUN(any_history_is_taken_the_same_way);
    RUN(any_damage_is_said_the_same_way);
    RUN(what_breaks_a_rule_is_refused_alike);
    RUN(it_goes_into_no_other_book);
    RUN(one_that_changes_meanwhile_is_noticed);
    return tap_done();
}
