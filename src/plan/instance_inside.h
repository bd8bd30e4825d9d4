/* instance_inside.h - what the files that build an instance share, and nobody else. */
#ifndef MUSTER_PLAN_INSTANCE_INSIDE_H
#define MUSTER_PLAN_INSTANCE_INSIDE_H

#include "plan/instance.h"

struct build {
    struct arena *arena;
    const struct instance_question *q;
    const struct book *book;
    struct instance *out;
    struct model *m;
    int64_t known;

    /* By noun: its number in the model, or MODEL_NONE. */
    int32_t *number; /* items, hubs, budgets, production lines */
    int32_t *giver_of, *receiver_of;

    /* Items. */
    struct instance_item *items;
    double *price;     /* by item number: of a unit; below 0: not known */
    bool *price_asked; /* a lot or need wanted to know, and there was none */
    uint32_t item_room, price_room, model_item_room;

    /* Lots. */
    struct instance_lot *lots;
    uint32_t lot_room, model_lot_room;

    /* Sinks. */
    struct instance_sink *sinks;
    uint32_t sink_room, model_sink_room, accept_room, accept_count;

    /* What the lines took, by line: see instance_lines.c. */
    struct line_sums *lines;
    uint32_t line_count;

    uint32_t finding_room;
};

/* Quantities of one line, in parts of its item. */
struct line_sums {
    int64_t promised;  /* committed and not yet allocated */
    int64_t allocated; /* allocated, on its way, delivered */
    int64_t gone;      /* lost on the way */
};

/* --- instance.c --- */

/* The current version of a noun of that kind as the question sees it, or NULL. */
const struct record *record_there(const struct build *b, uint32_t noun, enum kind kind);

/* Whether the party (a noun, or NONE) is one of those who are asked. */
bool is_asked(const struct build *b, uint32_t party);

/* The number of what a reference points at, or MODEL_NONE. */
int32_t number_of_ref(const struct build *b, const struct record *r, enum tag tag);
uint32_t noun_of_ref(const struct build *b, const struct record *r, enum tag tag); /* NONE */

void find_fault(struct build *b, enum finding_rule rule, const struct record *r, const char *fmt,
                ...) PRINTF(4);

/* n / 10^scale, exactly rounded; false when a double does not hold it. */
bool exact_number(int64_t n, int scale, double *out);

/* Units of the item's parts; finding (or, in_units, nothing said) and false when that overflows. */
bool in_units(const struct build *b, uint32_t item, int64_t parts, double *out);
bool units_told(struct build *b, const struct record *r, uint32_t item, int64_t parts, double *out);

/* A decimal amount in the plan's currency; finding and false when it cannot be told. */
bool money_told(struct build *b, const struct record *r, struct dec amount, const char *currency,
                int32_t day, double *out);

bool item_is_money(const struct build *b, uint32_t item); /* a noun */

/* What one whole weighs, in grams: its own mass, else that of what stands above it; -1. */
int64_t item_mass(const struct build *b, uint32_t item); /* a noun */

/* What a unit of the item is worth, 0 and a finding (once) where no price says. */
double item_price(struct build *b, int32_t item);

/* Item number for what is promised to one receiver. */
int32_t promised_item(struct build *b, int32_t item, int32_t receiver);

/* --- the others --- */

void build_ways(struct build *b);  /* hubs, near, far, capacity */
void build_lines(struct build *b); /* what lines hold, by line */

/* What of a line reached `committed` after a day, less what came back, in parts. */
int64_t line_after(const struct build *b, uint32_t line, int32_t day);
/* What of a line had been delivered by the end of a day. */
int64_t line_delivered(const struct build *b, uint32_t line, int32_t day);

/* The day for which a record says how things stood: as its publisher stated it, else as recorded.
 */
int32_t stated_day(const struct record *r);

/*
 * The lines of a party (giver or receiver) and item, by index, sorted so that
 * one group is one range.
 */
struct line_group {
    uint32_t party, item, line;
};
struct line_group *group_lines(const struct build *b, bool by_giver, uint32_t *count);
const struct line_group *line_group_of(const struct line_group *list, uint32_t count,
                                       uint32_t party, uint32_t item, uint32_t *found);

void build_supply(struct build *b); /* budgets, production lines, lots, promises */
void build_sinks(struct build *b);
void find_unreached(struct build *b); /* needs nobody can meet, hubs nobody reaches */

#endif
