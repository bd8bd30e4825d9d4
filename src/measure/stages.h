/*
 * stages.h - how far everything is: lines and money at each stage, once each.
 *
 * Money stands where its movements left it; a thing that has a value takes it
 * along, by parts, from stage to stage; a package with a value counts by that,
 * at the value's stage, and its lines do not. Of several series that show the
 * same support one counts, as in worth.h: for what stands at a stage the one
 * that enters the book first, for what came as far as a stage the one that
 * counts there.
 *
 * From committed on `reached` is what came at least as far. What is but said
 * is no part of any other: pledges are never added to commitments.
 */
#ifndef MUSTER_MEASURE_STAGES_H
#define MUSTER_MEASURE_STAGES_H

#include "measure/money.h"
#include "measure/worth.h"

struct stages_question {
    const struct exchange *x;
    bool published; /* leave out what the publisher leaves out */
    const char *series;
    /* Which lines, and which packages, are asked about; NULL: all. */
    bool (*line)(void *ctx, const struct line *l);
    bool (*package)(void *ctx, const struct worth *w);
    void *ctx;
};

struct stages {
    const char *currency; /* NULL: amounts share none, and none was asked for; or there are none */
    const char *why;      /* when they share none: a sentence */
    int places;
    uint32_t lines[STAGE_COUNT];      /* of which something stands there; of withdrawn: or lapsed */
    i128 amount[STAGE_DELIVERED + 1]; /* stands there now */
    i128 reached[STAGE_DELIVERED + 1]; /* came at least as far; before committed: as amount */
    struct lacks lacks; /* what stands there now, and no rate converts: in no amount */
    uint32_t unvalued;  /* lines of things, still to come or there, without a value */
};

/* RC_ABSENT when no rate converts any of it. */
MUST_CHECK enum rc measure_stages(struct arena *a, const struct stages_question *q,
                                  struct stages *out, struct err *err);

#endif
