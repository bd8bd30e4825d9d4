/*
 * codes.h - the lists of codes that IATI uses, its own and those of others
 * (DAC sectors, ISO countries, registration agencies), each with the day as of
 * which it is known.
 *
 * The lists that were current when muster was built are always there. A newer
 * edition of a list replaces it whole. A code that is not on its list is
 * somebody's data all the same: it is flagged where it is met and kept.
 */
#ifndef MUSTER_IATI_CODES_H
#define MUSTER_IATI_CODES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct code {
    const char *code, *name;  /* name in English; "" */
    const char *category;     /* on the list's own list of categories; "" */
    const char *from, *until; /* "2020-01-01"; "" */
    bool withdrawn;
};

struct codelist {
    const char *name;         /* "Sector" */
    const char *categories;   /* name of the list of its categories; "" */
    const char *edition;      /* the day of this edition, "2026-06-22"; "" when not known */
    const char *source;       /* where it is from */
    bool complete;            /* nothing but what is on it may be used */
    bool embedded;            /* changes only with the standard itself */
    const struct code *codes; /* as the list has them */
    uint32_t count;
};

struct codes;

/* The lists built in; none at all. They live in the arena. */
struct codes *codes_new(struct arena *a);
struct codes *codes_none(struct arena *a);

/*
 * Take the lists of one file in place of those of their names: codelist XML as
 * IATI publishes it, a table of the DAC and CRS lists as datasets/dac-crs-codes
 * has them (CSV; `name` tells which), or a table that codes_write() made.
 * `edition` is the day it was published, for files that do not say; or "".
 * RC_INPUT, and nothing is changed, when it is none of these.
 */
MUST_CHECK enum rc codes_take(struct codes *c, const char *name, const char *bytes, size_t len,
                              const char *edition, uint32_t *lists, struct err *err);

/* In the order of their names. */
const struct codelist *const *codes_lists(const struct codes *c, uint32_t *count);

/* NULL when there is none. */
const struct codelist *codes_list(const struct codes *c, const char *list);
const struct code *codes_find(const struct codes *c, const char *list, const char *code);

/* Whether an identifier is that of an organisation on one of the two lists of them. */
bool codes_organisation(const struct codes *c, const char *id);

/* Whether it begins with a registration agency's code: "GB-CHC" of "GB-CHC-285908". */
bool codes_agency(const struct codes *c, const char *id);

/* The lists as one table, which codes_take() reads. */
struct buf;
void codes_write(const struct codes *c, struct buf *out);

#endif
