/*
 * mps_text.h - names and numbers of an MPS file, and its bytes on their way out.
 *
 * Below mps.c and mps_plan.c, which must call the same thing by the same name.
 */
#ifndef MUSTER_PLAN_MPS_TEXT_H
#define MUSTER_PLAN_MPS_TEXT_H

#include "plan/mps.h"

enum { MPS_NAME = 240, MPS_NUMBER = 32 };

/* Labels without blanks, each but once in its list. */
struct mps_labels {
    const char **giver, **item, **hub, **receiver, **lot, **sink, **budget, **line, **month;
};

void mps_label(struct arena *a, const struct model *m, const struct mps_names *names,
               struct mps_labels *out);

/* Up to the first NULL of kind, a, b, c, d with '.' between; its length. */
size_t mps_name(char out[MPS_NAME], const char *kind, const char *a, const char *b, const char *c,
                const char *d);

/* The fewest digits that read back as the same double; its length. */
size_t mps_number(char out[MPS_NUMBER], double value);

struct mps_out {
    mps_sink *sink;
    void *ctx;
    struct err *err;
    enum rc rc; /* of the first piece that was not taken; nothing is handed on after it */
    size_t len;
    char bytes[1 << 16];
};

void mps_put(struct mps_out *o, const char *bytes, size_t len);
void mps_put_text(struct mps_out *o, const char *text);
enum rc mps_flush(struct mps_out *o);

/*
 * In what money is counted: millions where there is much of it, else its own
 * unit. Solvers stop, or stop too early, where one row holds tens of milliards
 * and the next a third of a tank. A price in cents is as exact a decimal after it.
 */
double mps_money(const struct model *m);

/* Last month that any sink counts, and one more. */
int32_t mps_months(const struct model *m);

#endif
