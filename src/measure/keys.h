/*
 * keys.h - tables of figures by which burdens are shared out.
 *
 * A table is the figures of one measure (GDP, GNI, population, any other) in
 * one series. A party's figure is that of the year asked for, else the last by
 * the effective day, as known.
 */
#ifndef MUSTER_MEASURE_KEYS_H
#define MUSTER_MEASURE_KEYS_H

#include "measure/money.h"

/*
 * The series to take the measure from: `table` where one is asked for, else
 * the own table of the series `like` (NULL: none) or of what that belongs to,
 * else any. RC_ABSENT when the book has no such figures.
 */
MUST_CHECK enum rc key_series(const struct exchange *x, const char *measure, const char *table,
                              const char *like, uint32_t *series, struct err *err);

/* year: NULL for the last one. NULL when the party has no figure. */
const struct indicator *key_figure(const struct exchange *x, uint32_t series, const char *measure,
                                   uint32_t party, const char *year);

/* "gdp of worldbank, 2021-12-31"; `any` is one of its figures, or NULL. */
const char *key_name(struct arena *a, const struct exchange *x, uint32_t series,
                     const char *measure, const struct indicator *any);

/* A key as weights of parties: whole numbers whose sum is small enough to multiply with. */
struct key_table {
    const char *name; /* as key_name() */
    i128 *weight;     /* one a party, 0 where it has no figure */
    i128 sum;
    uint32_t lacking; /* parties without a figure above zero */
};

/* `like` as for key_series(). RC_ABSENT when none of the parties has a figure. */
MUST_CHECK enum rc key_weights(struct arena *a, const struct exchange *x, const char *measure,
                               const char *table, const char *like, const char *year,
                               const uint32_t *party, uint32_t count, struct key_table *out,
                               struct err *err);

/*
 * Share an amount out: largest remainders, so that the shares add up to it
 * exactly and no party is off by more than one smallest part.
 */
void key_share_out(const struct key_table *t, uint32_t count, i128 amount, i128 *share);

/*
 * The measures of which that party has a figure above zero, by the book's order with gdp first;
 * NULL-ended.
 */
const char **key_measures(struct arena *a, const struct exchange *x, uint32_t party);

#endif
