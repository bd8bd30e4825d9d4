/*
 * asked.h - what the money questions share: options in words, questions in
 * values. total and explain take the same boundary; burden and explain take
 * the same burden.
 */
#ifndef MUSTER_CLI_ASKED_H
#define MUSTER_CLI_ASKED_H

#include "cli/opened.h"
#include "measure/burden.h"
#include "measure/total.h"

struct asked_total {
    const char *boundary, *by, *series;
    bool published, confirmed;
};

struct asked_burden {
    const char *reached, *series, *group, *receiver, *year;
    const char *key, *table, *key_year, *amount, *members_on;
    bool published, confirmed;
};

/* The question, with names turned into keys; else the exit code, after saying why. */
int asked_total(struct context *ctx, struct opened *o, const struct asked_total *asked,
                struct total_question *out);
int asked_burden(struct context *ctx, struct opened *o, const struct asked_burden *asked,
                 struct burden_question *out);

/* "40e9", "40bn", "2.5 million": whole units of a currency. RC_INPUT when it is none. */
MUST_CHECK enum rc asked_amount(struct arena *a, const char *typed, struct dec *out,
                                struct err *err);

/* A number of months, 1 to `most`; else the exit code, after saying which option takes it. */
int asked_months(struct context *ctx, const char *option, const char *typed, int32_t most,
                 int32_t *out);

/* The day as of which a question about promises is asked: --effective, else today. */
int32_t asked_day(const struct context *ctx);

/* RC_INPUT from a question is its options' fault (no currency for all): exit 2. */
int asked_refuse(struct context *ctx, const struct err *err);

#define STAGE_CHOICES "considered announced committed allocated dispatched delivered"
#define BY_CHOICES "donor receiver class item month year channel plan"

#endif
