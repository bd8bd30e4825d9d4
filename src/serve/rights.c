/* rights.c - see rights.h. */
#include "serve/rights.h"

#include <string.h>

static bool is_party(const struct book *b, const struct record *r, enum tag tag, const char *party)
{
    uint32_t noun = book_noun_of(b, record_ref(r, tag));
    return noun != NONE && strcmp(book_key(b, noun), party) == 0;
}

/* The receiver's word that it arrived, or that word taken back. */
static bool is_arrival(const struct record *entry)
{
    return record_int(entry, F_TO, 0) == STAGE_DELIVERED ||
           record_int(entry, F_FROM, 0) == STAGE_DELIVERED;
}

static bool entry_is_own(const struct book *b, const struct record *entry, const char *party)
{
    const struct record *line = book_record(b, record_ref(entry, F_LINE));
    if (!line) return false;
    return is_party(b, line, F_PARTY, party) ||
           (is_arrival(entry) && is_party(b, line, F_RECEIVER, party));
}

/* A decision about a line, or one that names the party itself. */
static bool decision_is_own(const struct book *b, const struct record *r, const char *party)
{
    const struct record *line = book_record(b, record_ref(r, F_LINE));
    return is_party(b, r, F_PARTY, party) || (line && is_party(b, line, F_PARTY, party));
}

static bool is_own(const struct book *b, const struct record *r, const char *party)
{
    switch (r->kind) {
    case KIND_SOURCE:
    case KIND_PASSAGE:
    case KIND_PARTY:
    case KIND_ITEM:
    case KIND_STATEMENT:
    case KIND_EDGE: return true;
    case KIND_LINE:
    case KIND_PACKAGE:
    case KIND_LOT:
    case KIND_BUDGET:
    case KIND_PLANT: return is_party(b, r, F_PARTY, party);
    case KIND_NEED: return is_party(b, r, F_RECEIVER, party);
    case KIND_ENTRY: return entry_is_own(b, r, party);
    case KIND_DECISION: return decision_is_own(b, r, party);
    default: return false;
    }
}

enum rc rights_of_desk(const struct book *book, const char *party, const struct record *r,
                       struct err *err)
{
    if (is_own(book, r, party)) return RC_OK;
    return fail(err, RC_RULE, "a %s of somebody else's is not for the desk of %.60s to record",
                kind_name(r->kind), party);
}
