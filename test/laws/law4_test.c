/*
 * law4_test.c - a total says its boundary.
 *
 * Random flows between few places, years and plans; each must pass random
 * boundaries as the plain rule of flows.h says, and into every group of
 * boundaries that share nothing it comes once at most.
 */
#include "book/boundary.h"

#include "base/text.h"
#include "draft.h"
#include "flows.h"
#include "seed.h"

static const char *const places[] = {"AFG", "JOR", "SYR"};
static const char *const years[] = {"2019", "2020", "2021"};
static const char *const plans[] = {"929", "943"};

static struct flow_side random_side(struct rng *r)
{
    static const char *const types[] = {"Location", "UsageYear", "Plan", "Cluster"};
    struct flow_side s = {.party = places[rng_below(r, 3)]};
    s.count = rng_one_in(r, 4) ? 0 : 1 + (int)rng_below(r, FLOW_OBJECTS);
    for (int i = 0; i < s.count; i++) {
        uint32_t type = rng_below(r, 4);
        s.objects[i] = (struct flow_object){.type = types[type],
                                            .code = type == 0   ? places[rng_below(r, 3)]
                                                    : type == 1 ? years[rng_below(r, 3)]
                                                                : plans[rng_below(r, 2)],
                                            .shared = rng_one_in(r, 6)};
    }
    if (!s.count && rng_one_in(r, 5)) s.party = NULL;
    return s;
}

static void put_side(struct arena *a, struct record *line, const struct flow_side *s, enum tag tag,
                     enum tag party, const uint64_t ids[3])
{
    for (int i = 0; i < s->count; i++) {
        const struct flow_object *o = &s->objects[i];
        record_set_text(a, line, tag,
                        text_format(a, "%s/%d/%s/%s/A name / with strokes", o->type, i, o->code,
                                    o->shared ? "shared" : "single"));
    }
    for (int i = 0; i < 3; i++) {
        if (s->party && strcmp(s->party, places[i]) == 0) record_set_ref(a, line, party, ids[i]);
    }
}

static struct plain_boundary random_boundary(struct rng *r)
{
    struct plain_boundary b = {0};
    do {
        if (!rng_one_in(r, 3)) b.place = places[rng_below(r, 3)];
        if (!rng_one_in(r, 3)) b.year = years[rng_below(r, 3)];
        if (rng_one_in(r, 3)) b.plan = plans[rng_below(r, 2)];
    } while (!b.place && !b.year && !b.plan);
    return b;
}

static void random_flows(struct rng *r)
{
    struct arena a = {0};
    struct cast c;
    struct record *first[CAST_FIRST];
    struct book *b = book_new(&a);
    uint64_t ids[3];
    cast_begin(&c, &a, first);
    for (int i = 0; i < CAST_FIRST; i++) GOOD(book_apply(b, first[i], oops));
    for (int i = 0; i < 3; i++) {
        struct record *party = cast_party(&c, places[i]);
        GOOD(book_apply(b, party, oops));
        ids[i] = party->id;
    }
    for (uint32_t i = 0; i < 30 && tap_this_ok; i++) {
        uint32_t year = rng_below(r, 3);
        struct plain_flow f = {.source = random_side(r),
                               .destination = random_side(r),
                               .new_money = rng_one_in(r, 3),
                               .year = years[year]};
        int32_t day = day_from_civil(2019 + (int)year, 1 + (int)rng_below(r, 12), 5);
        struct record *line = cast_new(&c, KIND_LINE);
        record_set_text(&a, line, F_KEY, text_format(&a, "fts:%u", i));
        record_set_ref(&a, line, F_ITEM, c.item);
        if (f.new_money) record_set_int(&a, line, F_NEW_MONEY, 1);
        put_side(&a, line, &f.source, F_SOURCE_TAG, F_PARTY, ids);
        put_side(&a, line, &f.destination, F_DESTINATION_TAG, F_RECEIVER, ids);
        GOOD(book_apply(b, line, oops));
        for (int k = 0; k < 8; k++) {
            struct plain_boundary w = random_boundary(r);
            struct boundary boundary = {.recipient = w.place, .year = w.year, .plan = w.plan};
            bool shared;
            enum flow got = boundary_flow(b, &boundary, i, day, INT64_MAX, &shared);
            char want = flow_way(&f, &w);
            CHECK(got == (want == 'i'   ? FLOW_INCOMING
                          : want == 'n' ? FLOW_INTERNAL
                          : want == 'u' ? FLOW_OUTGOING
                                        : FLOW_OUTSIDE));
            CHECK(shared == flow_shared(&f));
            if (!tap_this_ok) printf("# line %u: %d, want %c\n", i, (int)got, want);
        }
    }
    arena_free(&a);
}

static void every_flow_passes_as_the_plain_rule_says(void)
{
    seeds_run(300, random_flows);
}

static void a_boundary_that_is_no_boundary_is_refused(void)
{
    static const char *const bad[] = {
        "", "recipient", "recipient=", "colour=red", "year=2020 year=2021", "="};
    struct arena a = {0};
    struct boundary w;
    struct err err = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(boundary_parse(&a, bad[i], &w, &err) == RC_INPUT && err.msg[0]);
        if (!tap_this_ok) printf("# '%s'\n", bad[i]);
    }
    CHECK(!boundary_parse(&a, "year=2020 recipient=AFG", &w, &err));
    CHECK_TEXT(w.recipient, "AFG");
    CHECK_TEXT(w.year, "2020");
    CHECK(!w.plan && !w.group);
    arena_free(&a);
}

int main(void)
{
    RUN(every_flow_passes_as_the_plain_rule_says);
    RUN(a_boundary_that_is_no_boundary_is_refused);
    return tap_done();
}
