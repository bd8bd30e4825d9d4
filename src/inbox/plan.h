/*
 * plan.h - what a candidate would become in the book, before it does.
 *
 * A candidate speaks in the words used; the book in parties, items, stages and
 * whole parts. The plan is the one translation of the first into the second:
 * the inbox shows it, accepting carries it out, a rule file looks at it. What
 * it cannot translate it says (`missing`), and a person fills in with edits.
 *
 * "Has provided" is the giver's word alone, so it reaches `dispatched` (law 5:
 * delivered is what the receiver confirms). "At least 100" is low 100 and no
 * high; "up to 100" is high 100 and no low, and nothing is in the book yet.
 */
#ifndef MUSTER_INBOX_PLAN_H
#define MUSTER_INBOX_PLAN_H

#include "base/dec.h"
#include "base/map.h"
#include "book/book.h"

/* What a person says instead of what was read; NULL, or has_qty false: as read. */
struct edits {
    const char *giver, *receiver, *item; /* keys, or names that everybody knows */
    const char *unit;                    /* a currency, where none was said */
    const char *class_;                  /* financial, humanitarian, military */
    bool has_stage, has_qty, has_day;
    bool undisclosed; /* with has_qty: no amount after all */
    enum stage stage;
    struct dec low, high;
    int32_t day;
};

struct plan {
    enum kind makes; /* KIND_LINE, KIND_NEED, KIND_DECISION; KIND_STATEMENT: is only kept */
    const char *giver, *receiver; /* keys of parties, known or of the book; NULL: none said */
    const char *item;             /* key; NULL */
    const char *currency;         /* of money; NULL */
    enum stage stage;             /* entered from the world; of a line */
    bool has_low, has_high;
    int64_t low, high; /* parts of the item */
    int places;
    int64_t qty;         /* that enters the book; 0: nothing yet */
    int32_t day;         /* DAY_MAX: not known */
    const char *missing; /* why it cannot be carried out as it is, a sentence; NULL */
    const char *option;  /* what would mend that: "--item"; NULL */
};

/* The items of a book by what they are called: made once, however many plans there are. */
struct catalogue {
    const struct book *book;
    int64_t known;    /* items that came later are not in it; set by catalogue_read() to now */
    struct map items; /* key or name, folded, without a plural's s -> noun */
};
void catalogue_read(struct arena *a, const struct book *b, struct catalogue *out);

/* The item that is called so: by key, by name, one or many of it; NONE. */
uint32_t item_called(const struct catalogue *c, const char *words);

/* The plan of a statement's version. Texts live in the arena or as long as the book. */
void plan_of(struct arena *a, const struct catalogue *c, const struct record *statement,
             const struct edits *edits, struct plan *out);

/* parts / 10^scale as people say it, where that loses nothing: "1.2 billion", "650 million", "400".
 */
const char *amount_spoken(struct arena *a, i128 parts, int scale);

#endif
