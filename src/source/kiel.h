/*
 * kiel.h - private to the readers of the Ukraine Support Tracker.
 *
 * What the workbook reader and the CSV reader share: the unit being read,
 * how a cell becomes a number, a day or a party, and how a doubt is said.
 */
#ifndef MUSTER_SOURCE_KIEL_H
#define MUSTER_SOURCE_KIEL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/day.h"
#include "base/dec.h"
#include "source/readers.h"
#include "source/table.h"

/*
 * The F_SAME word of everything bilateral: every series of every release shows
 * one support, all of it from the start, so no two of them may be added.
 */
#define KIEL_SAME_SUPPORT "kiel"

/* A price of the price list. */
struct kiel_price {
    bool known;
    struct dec amount;
    const char *currency;
};

/* The unit that is being read. */
struct kiel {
    struct intake *in;
    const struct workbook *book; /* NULL for the CSV release */
    const char *file;            /* name for diagnostics */
    const char *source;          /* key of its source record */
    const char *series;          /* "kiel:r07", "kiel:29" */
    int32_t cutoff;              /* last day the publisher speaks of */
    int64_t stated_ms;           /* 0: not known */
    struct map prices;           /* key of an item -> index + 1 in price */
    struct kiel_price *price;
    uint32_t price_count;
    struct map rates; /* currency -> index + 1 in rate: units per EUR */
    struct dec *rate;
};

/* A place in a sheet, for diagnostics. */
struct kiel_place {
    const char *sheet;
    uint32_t row;
    int column; /* from 0; below 0: the whole row */
};

void kiel_diag(struct kiel *k, enum severity severity, const char *rule, struct kiel_place at,
               const char *value, const char *expected, const char *party);

/* Lower-case ASCII letters, single spaces: the stable part of a key. "" stays "". */
const char *kiel_slug(struct arena *a, const char *text);

/* The party a source calls `name`, as a draft; an unknown one gets a key of ours and a note. */
const char *kiel_party(struct kiel *k, const char *name, struct kiel_place at);

/* The item a source calls `name`, as a draft; `class_` may be NULL, parent the sort it is of. */
const char *kiel_item(struct kiel *k, const char *name, const char *class_, const char *parent);

/* Decimal places that such an item is counted in: tonnes in kilograms, pieces whole. */
int kiel_item_parts(const char *name);

/* The passage of a row: "Bilateral assistance, MAIN DATA!R12". */
const char *kiel_row_passage(struct kiel *k, const char *sheet, uint32_t row);

/* Whether the cell is a number that a decimal holds. */
bool kiel_number(const struct cell *c, struct dec *out);

/* A text that stands for nothing: empty, ".", "not given", "undisclosed", "unknown", "n/a". */
bool kiel_is_blank(const struct cell *c);

/* d in `places` minor units, half to even; false when it does not fit. */
bool kiel_parts(struct dec d, int places, int64_t *out);

/* A column by any of the NULL-ended headings (a heading may end in '*': prefix), or -1. */
int kiel_column(const struct sheet_row *head, const char *const *names);

/* The first row of the sheet, among its first `rows`, that has all of the headings; or NULL. */
const struct sheet_row *kiel_head(const struct sheet *s, uint32_t rows,
                                  const char *const *const *wanted, uint32_t count);

/* What kind of day a text gives; see kiel_text.c for the readings. */
enum kiel_day {
    KIEL_DAY_NONE,  /* no day in it: by the cut-off, perhaps before */
    KIEL_DAY_PROSE, /* read from words */
    KIEL_DAY_PLAIN, /* a date typed as text */
};
enum kiel_day kiel_prose_day(const char *text, int32_t cutoff, int32_t *day,
                             enum precision *precision);

/* "October 3, 2022", "3 October 2022" anywhere in the text; false when there is none. */
bool kiel_long_date(const char *text, int32_t *day);

/* The day of a cell for the book, with what must be said about it (party: whose row, or NULL). */
void kiel_cell_day(struct kiel *k, const struct cell *c, struct kiel_place at, const char *party,
                   int32_t *day, enum precision *precision);

/* A statement of type "figure" with its key with and without the state; returns it to be filled. */
struct record *kiel_figure(struct kiel *k, const char *cell, const char *measure, const char *party,
                           int32_t day, const char *passage);

/* What the publisher says of an outside fact; amount in whole units, currency may be NULL. */
struct record *kiel_indicator(struct kiel *k, const char *measure, const char *party, int32_t day,
                              struct dec amount, const char *currency, const char *passage);

/* d * 10^power; false when it leaves what a decimal holds. */
bool kiel_scale(struct dec d, int power, struct dec *out);

/* --- the sheets of the workbook --- */

/* How the rows of a sheet of assistance become lines. */
struct kiel_sort {
    const char *prefix; /* of keys: "kiel:r07", "kiel:r07:commercial" */
    const char *series;
    bool at_stages; /* false: beside the published totals, at no stage of the book */
};

void kiel_read_rates(struct kiel *k);
void kiel_read_prices(struct kiel *k);
MUST_CHECK enum rc kiel_read_aid(struct kiel *k, const struct sheet *s,
                                 const struct kiel_sort *sort, struct err *err);
void kiel_read_figures(struct kiel *k); /* what the publisher computed, and its outside facts */
void kiel_read_stocks(struct kiel *k);

/* The reader without the unpacking: for tests that change a workbook in memory. */
MUST_CHECK enum rc kiel_workbook_take(const struct workbook *w, const struct input *input,
                                      struct intake *out, struct err *err);

#endif
