/*
 * judge.h - does a file keep to IATI 2.03? Against the official schema, then a
 * ruleset, then the lists of codes; each complaint with its line, its path,
 * the name of the rule and what it expected.
 *
 * The file comes in pieces and goes by: what is held is one activity (or
 * organisation), and there is a limit to that. Nothing in a file makes us open
 * another file or an address, and entities are refused where they are declared.
 */
#ifndef MUSTER_IATI_JUDGE_H
#define MUSTER_IATI_JUDGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct ruleset; /* rules.h */
struct codes;   /* codes.h */

enum complaint_kind {
    COMPLAINT_SCHEMA, /* an element or attribute that the schema does not have so */
    COMPLAINT_RULE,   /* of the ruleset */
    COMPLAINT_CODE,   /* a code that its list does not have, or no longer */
    COMPLAINT_KIND_COUNT
};
const char *complaint_kind_name(enum complaint_kind kind); /* "schema" */

struct complaint {
    enum complaint_kind kind;
    bool warning;         /* should, not must */
    uint32_t line;        /* from 1; where the tag ends that it is about */
    const char *path;     /* "/iati-activities/iati-activity[2]/transaction[1]/@ref" */
    const char *rule;     /* "cvc-complex-type.2.4", "6.11.1 atleast_one", "codelist Sector" */
    const char *value;    /* what stood there; "" */
    const char *expect;   /* a sentence */
    const char *activity; /* its identifier, once that was read; "" */
};

/* Its texts live for the call. After the thousandth about one activity, the rest are counted only.
 */
typedef void complain_fn(void *ctx, const struct complaint *c);

struct judge {
    bool schema;                 /* hold it against the schema of its root */
    const struct ruleset *rules; /* NULL: none */
    const struct codes *codes;   /* NULL: none */
    int64_t now_ms;              /* rules speak of the present */
    complain_fn *complain;
    void *ctx;
    /* Whether the nth child of the root, from 1, is passed over; NULL: none is. */
    bool (*known)(void *ctx, uint64_t nth);
};

/* What was seen of a file. */
struct judged {
    uint64_t activities; /* children of the root, organisations too */
    uint64_t errors, warnings;
    const char *version; /* as the root says; "" */
};

/* The next bytes into `out`; how many, 0 at the end, -1 with *err set. */
typedef int judge_feed(void *ctx, char *out, int len, struct err *err);

/*
 * Judge one file. RC_INPUT, with the line, when it is not XML or goes beyond a
 * limit; complaints made until then were made. The texts of *out live in `a`.
 */
MUST_CHECK enum rc judge_file(struct arena *a, const struct judge *j, judge_feed *feed,
                              void *feed_ctx, struct judged *out, struct err *err);

/* The same for bytes that are here. */
MUST_CHECK enum rc judge_bytes(struct arena *a, const struct judge *j, const char *bytes,
                               size_t len, struct judged *out, struct err *err);

#endif
