/*
 * claims_world.h - a small coalition whose giving a test knows to the cent.
 *
 * Givers give money month by month, in three classes; what they gave stands
 * in an array beside the book, which is the oracle.
 */
#ifndef MUSTER_TEST_CLAIMS_WORLD_H
#define MUSTER_TEST_CLAIMS_WORLD_H

#include "base/text.h"
#include "draft.h"
#include "measure/claims.h"
#include "tap.h"

enum { WORLD_GIVERS = 8, WORLD_YEARS = 3, WORLD_MONTHS = 12 * WORLD_YEARS, WORLD_FIRST = 2022 };

static const char *const world_keys[WORLD_GIVERS] = {"DEU", "FRA", "NOR", "EST",
                                                     "JPN", "AUS", "IRL", "EU"};

struct world {
    struct arena arena;
    struct cast cast;
    struct book *book;
    struct exchange x;
    uint64_t giver[WORLD_GIVERS], line[WORLD_GIVERS][3];
    bool ally[WORLD_GIVERS];
    int64_t gave[WORLD_GIVERS][3][WORLD_MONTHS]; /* cents */
};

static inline void world_apply(struct world *w, struct record *r)
{
    GOOD(book_apply(w->book, r, oops));
}

static inline uint64_t world_party(struct world *w, const char *key, const char *type)
{
    struct record *r = cast_new(&w->cast, KIND_PARTY);
    record_set_text(&w->arena, r, F_KEY, key);
    record_set_text(&w->arena, r, F_TYPE, type);
    world_apply(w, r);
    return r->id;
}

static inline uint64_t world_line(struct world *w, uint64_t giver, const char *class)
{
    struct record *r =
        cast_line(&w->cast, text_format(&w->arena, "line/%u/%s", (unsigned)giver, class));
    record_set_ref(&w->arena, r, F_PARTY, giver);
    record_set_text(&w->arena, r, F_CLASS, class);
    record_set_text(&w->arena, r, F_SERIES, "t:allocations");
    record_set_text(&w->arena, r, F_SAME, "t");
    world_apply(w, r);
    return r->id;
}

static inline void world_member(struct world *w, uint64_t party, uint64_t group, int32_t since)
{
    struct record *r = cast_new(&w->cast, KIND_MEMBERSHIP);
    record_set_ref(&w->arena, r, F_PARTY, party);
    record_set_ref(&w->arena, r, F_PARENT, group);
    record_set_int(&w->arena, r, F_SINCE, since);
    world_apply(w, r);
}

/* Money given in a month that is all one knows of the day. */
static inline void world_give(struct world *w, int giver, int class, int month, int64_t cents)
{
    int32_t day = day_month_last(WORLD_FIRST + month / 12, month % 12 + 1);
    struct record *r =
        cast_entry(&w->cast, w->line[giver][class], STAGE_WORLD, STAGE_ALLOCATED, cents, day);
    record_set_int(&w->arena, r, F_PRECISION, PRECISION_MONTH);
    world_apply(w, r);
    w->gave[giver][class][month] += cents;
}

/* Eight givers, of which DEU, FRA, NOR and EST are Allies, and nothing given yet. */
static inline void world_begin(struct world *w)
{
    static const char *const classes[] = {"financial", "humanitarian", "military"};
    *w = (struct world){.cast = {.now_ms = INT64_C(1700000000000)}};
    w->cast.arena = &w->arena;
    w->book = book_new(&w->arena);
    w->cast.receiver = world_party(w, "UKR", "nation");
    uint64_t allies = world_party(w, "Allies", "group");
    struct record *item = cast_item(&w->cast, "money/EUR");
    record_set_text(&w->arena, item, F_UNIT, "EUR");
    record_set_int(&w->arena, item, F_PARTS, 2);
    world_apply(w, item);
    w->cast.item = item->id;
    struct record *source = cast_source(&w->cast);
    world_apply(w, source);
    struct record *passage = cast_passage(&w->cast, source->id);
    world_apply(w, passage);
    w->cast.passage = passage->id;
    for (int g = 0; g < WORLD_GIVERS; g++) {
        w->giver[g] = world_party(w, world_keys[g], g == 7 ? "institution" : "nation");
        w->ally[g] = g < 4;
        if (w->ally[g]) world_member(w, w->giver[g], allies, day_from_civil(2000, 1, 1));
        for (int c = 0; c < 3; c++) w->line[g][c] = world_line(w, w->giver[g], classes[c]);
    }
    w->x = (struct exchange){.book = w->book, .currency = "EUR", .at = CLOCKS_NOW};
}

static inline void world_end(struct world *w)
{
    arena_free(&w->arena);
}

/* What was given from one month through another; class -1: of any, giver -1: by all, -2: Allies. */
static inline int64_t world_sum(const struct world *w, int giver, int class, int from, int to)
{
    int64_t sum = 0;
    for (int g = 0; g < WORLD_GIVERS; g++) {
        if (giver >= 0 ? g != giver : giver == -2 && !w->ally[g]) continue;
        for (int c = 0; c < 3; c++) {
            if (class >= 0 && c != class) continue;
            for (int m = from; m <= to; m++) sum += w->gave[g][c][m];
        }
    }
    return sum;
}

static inline int32_t world_month_end(int month)
{
    return day_month_last(WORLD_FIRST + month / 12, month % 12 + 1);
}

/* A claim about all military support of the Allies, of EUR, bare; change what it is about. */
static inline struct claim world_claim(enum claim_measure measure, int64_t whole, int32_t day)
{
    return (struct claim){.measure = measure,
                          .subject = {"Allies"},
                          .subjects = 1,
                          .receiver = "UKR",
                          .classes = 1u << CLASS_MILITARY,
                          .reached = STAGE_ALLOCATED,
                          .unit = "EUR",
                          .low = {whole, 0},
                          .high = {whole, 0},
                          .last_digit = {1, 0},
                          .bound = BOUND_EXACT,
                          .day = day,
                          .since = DAY_MIN,
                          .until = DAY_MAX};
}

#endif
