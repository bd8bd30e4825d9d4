/*
 * law6_test.c - conflict is kept.
 *
 * Several publishers state a number of the same thing, each again and again,
 * in random order. The oracle is a table (publisher, thing) -> the number of
 * its newest statement. No publisher's word touches another's; what a program
 * inferred stays marked until a person says otherwise; who settles a conflict
 * says so and why.
 */
#include "desk.h"
#include "seed.h"

enum { PUBLISHERS = 3, THINGS = 3 };

struct said {
    int64_t stated, number; /* stated 0: never */
    bool inferred;
};

static const char *key_of(struct desk *d, int publisher, int thing)
{
    return text_format(&d->arena, "pub%d/figure/%d", publisher, thing);
}

/* A file of one publisher that states one number. */
static struct record *statement(struct desk *d, struct paper **out, int publisher, int thing,
                                const struct said *s)
{
    struct paper *p = paper_new(d, s->stated);
    p->in.scope_count = 0; /* it does not claim to state everything */
    struct record *r = intake_add(&p->in, KIND_STATEMENT);
    record_set_text(&d->arena, r, F_KEY, key_of(d, publisher, thing));
    record_set_text(&d->arena, r, F_TYPE, "figure");
    record_set_text(&d->arena, r, F_LINK, text_format(&d->arena, "figure/%d", thing));
    record_set_text(&d->arena, r, F_SERIES, text_format(&d->arena, "pub%d", publisher));
    record_set_key(&d->arena, r, F_PARTY, "DEU");
    record_set_int(&d->arena, r, F_LOW, s->number);
    record_set_int(&d->arena, r, F_HIGH, s->number);
    record_set_int(&d->arena, r, F_STATED, s->stated);
    if (s->inferred) record_set_int(&d->arena, r, F_INFERRED, 1);
    record_set_key(&d->arena, r, F_PASSAGE, intake_passage(&p->in, p->source, "row 1"));
    *out = p;
    return r;
}

/* The book holds every publisher's newest number, side by side. */
static void check_table(struct desk *d, struct said table[PUBLISHERS][THINGS])
{
    const struct book *b = d->view.book;
    uint32_t count, current = 0, want = 0;
    const struct record *const *list = book_records(b, KIND_STATEMENT, &count);
    for (uint32_t i = 0; i < count; i++) current += book_current(b, list[i], INT64_MAX);
    for (int pub = 0; pub < PUBLISHERS; pub++) {
        for (int thing = 0; thing < THINGS; thing++) {
            const struct said *s = &table[pub][thing];
            uint32_t noun = book_noun(b, KIND_STATEMENT, key_of(d, pub, thing));
            CHECK((noun != NONE) == (s->stated != 0));
            if (noun == NONE || !s->stated) continue;
            const struct record *r = book_version(b, noun, INT64_MAX);
            want++;
            CHECK_I64(record_int(r, F_LOW, -1), s->number);
            CHECK_I64(record_int(r, F_INFERRED, 0), s->inferred);
        }
    }
    CHECK_I64(current, want);
}

static void random_statements(struct rng *r)
{
    struct desk d;
    struct said table[PUBLISHERS][THINGS] = {{{0}}}, state[PUBLISHERS][THINGS][4];
    desk_begin(&d);
    for (int pub = 0; pub < PUBLISHERS; pub++) {
        for (int thing = 0; thing < THINGS; thing++) {
            for (int s = 0; s < 4; s++) {
                state[pub][thing][s] =
                    (struct said){1000 * (s + 1), 10 * s + (int)rng_below(r, 5), rng_one_in(r, 2)};
            }
        }
    }
    for (int i = 0; i < 40 && tap_this_ok; i++) {
        int pub = (int)rng_below(r, PUBLISHERS), thing = (int)rng_below(r, THINGS);
        const struct said *s = &state[pub][thing][rng_below(r, 4)];
        struct said *known = &table[pub][thing];
        struct paper *p;
        statement(&d, &p, pub, thing, s);
        desk_import(&d, p);
        if (s->stated >= known->stated) *known = *s;
        check_table(&d, table);
    }
    struct view again;
    GOOD(view_open(&d.arena, d.store, NULL, NULL, &again, oops));
    d.view = again;
    check_table(&d, table);
    desk_end(&d);
}

static void every_publishers_number_is_kept(void)
{
    seeds_run(60, random_statements);
}

static void what_was_inferred_stays_marked_until_a_person_accepts_it(void)
{
    struct desk d;
    struct paper *p;
    struct said s = {.stated = 1000, .number = 5, .inferred = true};
    desk_begin(&d);
    statement(&d, &p, 0, 0, &s);
    desk_import(&d, p);
    uint32_t noun = book_noun(d.view.book, KIND_STATEMENT, key_of(&d, 0, 0));
    const struct record *read = book_version(d.view.book, noun, INT64_MAX);
    CHECK_I64(record_int(read, F_INFERRED, 0), 1);
    int64_t before = d.view.head.recorded_ms;

    s.inferred = false; /* a person says the same, without the mark: that is news */
    struct record *accepted = statement(&d, &p, 0, 0, &s);
    record_set_text(&d.arena, accepted, F_AUTHOR, "desk:anna");
    CHECK(desk_import(&d, p) > 0);
    read = book_version(d.view.book, noun, INT64_MAX);
    CHECK_I64(record_int(read, F_INFERRED, 0), 0);
    CHECK_TEXT(record_text(read, F_AUTHOR), "desk:anna");
    CHECK_I64(record_int(book_version(d.view.book, noun, before), F_INFERRED, 0), 1);
    desk_end(&d);
}

static void who_settles_a_conflict_says_so_and_why(void)
{
    struct desk d;
    struct paper *p;
    struct err err = {0};
    struct said one = {.stated = 1000, .number = 5}, other = {.stated = 1000, .number = 7};
    desk_begin(&d);
    statement(&d, &p, 0, 0, &one);
    desk_import(&d, p);
    statement(&d, &p, 1, 0, &other);
    desk_import(&d, p);
    struct posting out = desk_posting(&d);
    struct record *edge = record_new(&d.arena, KIND_EDGE);
    record_set_text(&d.arena, edge, F_TYPE, "contradicts");
    record_set_key(&d.arena, edge, F_OF, key_of(&d, 1, 0));
    record_set_key(&d.arena, edge, F_OBJECT, key_of(&d, 0, 0));
    GOOD(posting_add(&out, edge, NULL, oops));
    struct said settled = {.stated = 2000, .number = 7};
    struct record *r = statement(&d, &p, 9, 0, &settled);
    struct record *bare = record_new(&d.arena, KIND_STATEMENT);
    for (uint32_t i = 0; i < r->count; i++) { /* the same, resting on what is there already */
        const struct field *f = &r->fields[i];
        if (f->tag == F_PASSAGE) continue;
        if (record_fields[f->tag].type == TYPE_TEXT)
            record_set_text(&d.arena, bare, f->tag, f->text);
        else if (record_fields[f->tag].type == TYPE_REF)
            record_set_key(&d.arena, bare, f->tag, f->text);
        else
            record_set_int(&d.arena, bare, f->tag, f->n);
    }
    record_set_int(&d.arena, bare, F_RESOLVED, 1);
    CHECK(posting_add(&out, bare, NULL, &err) == RC_RULE && strstr(err.msg, "author"));
    record_set_text(&d.arena, bare, F_AUTHOR, "desk:anna");
    CHECK(posting_add(&out, bare, NULL, &err) == RC_RULE && strstr(err.msg, "why"));
    record_set_text(&d.arena, bare, F_WHY, "the ministry published the list");
    GOOD(posting_add(&out, bare, NULL, oops));
    GOOD(posting_commit(&out, oops));
    for (int pub = 0; pub < 2; pub++) { /* and both numbers are still there */
        uint32_t noun = book_noun(d.view.book, KIND_STATEMENT, key_of(&d, pub, 0));
        CHECK_I64(record_int(book_version(d.view.book, noun, INT64_MAX), F_LOW, 0), pub ? 7 : 5);
    }
    desk_end(&d);
}

int main(void)
{
    RUN(every_publishers_number_is_kept);
    RUN(what_was_inferred_stays_marked_until_a_person_accepts_it);
    RUN(who_settles_a_conflict_says_so_and_why);
    return tap_done();
}
