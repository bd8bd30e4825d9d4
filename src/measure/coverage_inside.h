/*
 * coverage_inside.h - what the chapters of coverage share.
 *
 * coverage_asked.c  needs as wants, and which items are an answer to each
 * coverage_comes.c  what comes, on piles: one for each receiver and item
 * coverage_keeps.c  what keeps systems going, month by month
 * coverage.c        who gets what, and what that amounts to
 */
#ifndef MUSTER_MEASURE_COVERAGE_INSIDE_H
#define MUSTER_MEASURE_COVERAGE_INSIDE_H

#include "measure/coverage.h"

enum { GRADE_UNDATED = 0, GRADES = STAGE_DELIVERED + 1 }; /* else the stage where it stands */

/*
 * What comes at once of one line. Its key puts arrivals of one pile in order: by the need that it
 * is meant for (NONE, the last: for anybody), the furthest stage first, then by day.
 */
struct arrival {
    uint64_t key;
    int64_t left;  /* parts of its item */
    uint32_t line; /* index */
    int32_t day;   /* INT32_MAX: nobody says */
};

static inline uint64_t arrival_key(uint32_t need, int grade, int32_t day)
{
    uint32_t when = day > DAY_MAX ? DAY_MAX + 1 - DAY_MIN : (uint32_t)(day - DAY_MIN);
    return (uint64_t)need << 32 | (uint64_t)(GRADES - 1 - grade) << 28 | when;
}

static inline uint32_t arrival_need(const struct arrival *a)
{
    return (uint32_t)(a->key >> 32);
}

static inline int arrival_grade(const struct arrival *a)
{
    return GRADES - 1 - (int)(a->key >> 28 & 15);
}

/* What one receiver gets of one item, by need and grade; a shelf is a range of arrivals by day. */
struct shelf {
    uint32_t need, begin, end;
};
struct pile {
    uint32_t receiver, item;
    int32_t asked_from;        /* the first day on which anybody asked for it */
    uint32_t meant, meant_end; /* shelves for named needs, by need, the furthest stage first */
};

/* Where the pile of a receiver and item is; pile 0 is none, else 1 + its index. */
struct pile_slot {
    uint64_t key;
    uint32_t pile;
};

/* An item that is an answer to a need: one of it counts n / 10^scale. */
struct accept {
    uint32_t item, next; /* next of the list, NONE */
    int places;          /* of the item */
    struct dec rate;
};

/* 1 + the first that a claim finds on a shelf, 0: it did not look; of no day before that one. */
struct start {
    uint32_t at;
    int32_t day;
};

/* What a need may take from: one of the pile's parts counts up/down. */
struct way {
    uint32_t pile;
    uint32_t number; /* of the ways that are kept: its starts */
    i128 up, down;
};

/* What all wants of one need, or of one complement of a system, have in common. */
struct claim {
    uint32_t need; /* that lines may name */
    uint32_t receiver, item;
    uint32_t row;      /* in out->rows; of a complement its system's */
    uint32_t keep;     /* in out->keeps; NONE: the need itself */
    uint32_t accepted; /* first of what is an answer, NONE */
    int32_t asked_day;
    int64_t priority;
    struct way *ways; /* to piles that hold anything */
    uint32_t way_count;
    uint32_t grades;    /* bits: what any of these holds for anybody */
    bool named, others; /* they hold something that is meant for it; for others */
};

/* One need in one month. */
struct want {
    uint32_t claim;
    int32_t due;
    int32_t slot; /* of a complement: months after its system's first */
    i128 open;
};

/* What is to be kept going, month by month. */
struct system {
    uint32_t row;
    int32_t first, look; /* months: the first that is asked about, the one that is shown */
    int32_t months;
    i128 *there;               /* by month: systems that came until its end */
    uint32_t keeps, keeps_end; /* of out->keeps, and of given */
};

/* By month: what one complement of a system gets of what is asked. */
struct keeping {
    i128 *asked, *given;
};

struct covering {
    struct arena *arena;
    const struct book *book;
    const struct coverage_question *q;
    struct coverage *out;
    uint32_t receiver; /* NONE: any */
    uint32_t row_room;

    struct accept *accepts;
    uint32_t accept_count, accept_room;
    struct claim *claims;
    uint32_t claim_count, claim_room;
    struct want *wants;
    uint32_t want_count, want_room;

    struct pile *piles;
    uint32_t pile_count, pile_room;
    struct shelf *free;   /* by pile and grade: for anybody */
    struct start *starts; /* by number of a way and grade: on shelves for anybody */
    uint32_t start_count;
    uint32_t *grades;             /* by pile, bits: what there is for anybody */
    struct pile_slot *pile_slots; /* open addressing */
    uint32_t pile_slot_room;
    struct shelf *shelves; /* of what is meant for needs */
    uint32_t shelf_count, shelf_room;
    struct arrival *arrivals;
    uint32_t arrival_count;
    int64_t *came;  /* by arrival: what was left at first; when it is shared out twice */
    uint32_t *next; /* by arrival: the next that may have something left, itself perhaps */

    struct system *systems;
    uint32_t *system_of; /* by row: 1 + system, 0 none */
    uint32_t system_count, system_room;
    struct keeping *keepings; /* by keep */
    uint32_t keep_room;
};

int coverage_places(const struct book *b, uint32_t item);

/* a * b, and all that fits where that is too much. */
i128 coverage_times(i128 a, i128 b);

/* Rows, claims and wants of all needs, and what is an answer to them. */
void coverage_find_needs(struct covering *c);

/* A claim of the need's receiver on an item, for the need itself or for what it keeps going. */
uint32_t coverage_claim(struct covering *c, const struct record *need, uint32_t noun,
                        uint32_t item);

/* What is an answer to each claim; call it once, after the last claim. */
void coverage_find_accepted(struct covering *c);

/* Everything that comes and is an answer to some claim, on its pile. */
void coverage_find_arrivals(struct covering *c);

/* Systems and claims for what keeps them going; wants for it follow once it is known what comes. */
void coverage_find_systems(struct covering *c);
void coverage_want_keeping(struct covering *c);
void coverage_judge_systems(struct covering *c);

/* A month as a number, and back to its last day. */
int32_t coverage_month(int32_t day);
int32_t coverage_month_last(int32_t month);

#endif
