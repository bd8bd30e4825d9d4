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

/* A decision about a line of its own, or about no line and naming the party itself. */
static bool decision_is_own(const struct book *b, const struct record *r, const char *party)
{
    const struct record *line = book_record(b, record_ref(r, F_LINE));
    return is_party(b, line ? line : r, F_PARTY, party);
}

/* The version that this one changes; NULL when it is the first. */
static const struct record *changed_by(const struct book *b, const struct record *r)
{
    uint32_t count, noun = book_noun_of(b, r->id);
    if (r->kind == KIND_ENTRY || noun == NONE) return NULL; /* entries belong to their line */
    const struct record *const *list = book_records(b, r->kind, &count);
    while (count-- > 0) {
        if (list[count]->id < r->id && book_noun_of(b, list[count]->id) == noun) return list[count];
    }
    return NULL;
}

static bool is_own(const struct book *b, const struct record *r, const char *party)
{
    switch (r->kind) {
    case KIND_SOURCE:
    case KIND_PASSAGE:
    case KIND_PARTY:
    case KIND_ITEM:
    case KIND_STATEMENT:
    case KIND_REQUEST:
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

/* What was somebody else's does not become its own by saying so; what things are called stays. */
static bool may_change(const struct book *b, const struct record *old, const char *party)
{
    if (old->kind == KIND_ITEM) return false;
    if (old->kind == KIND_PARTY) return strcmp(record_text(old, F_KEY), party) == 0;
    return is_own(b, old, party);
}

enum rc rights_of_desk(const struct book *book, const char *party, const struct record *r,
                       struct err *err)
{
    const struct record *old = changed_by(book, r);
    if (is_own(book, r, party) && (!old || may_change(book, old, party))) return RC_OK;
    return fail(err, RC_RULE, "a %s of somebody else's is not for the desk of %.60s to record",
                kind_name(r->kind), party);
}
