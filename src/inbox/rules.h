/*
 * rules.h - what a person has decided to trust, as a file.
 *
 *     # what our desk takes without asking
 *     rules desk-trust
 *     accept support publisher:NATO stage:announced giver:* unit:EUR max:1000000000
 *     reject figure turn:question why:"a number in a question is the asker's"
 *
 * A line is a verb, a kind of statement (or *), and conditions that must all
 * hold; the first line that holds decides. A value in quotes may have spaces;
 * alternatives have commas between; * is anything, as long as something was
 * said. A rule that accepts leaves restatements to a person unless it says
 * again:yes. The manual page muster-rules(5) lists the conditions.
 *
 * The parser is strict: what it does not know is refused with file and line,
 * for a rule that is silently not applied is worse than none.
 */
#ifndef MUSTER_INBOX_RULES_H
#define MUSTER_INBOX_RULES_H

#include "inbox/plan.h"
#include "inbox/relation.h"
#include "post/post.h"

enum { RULES_MAX = 1000, RULE_CONDITIONS_MAX = 24, RULE_WORDS_MAX = 64 };

struct condition {
    uint8_t what;       /* index into the table of conditions */
    bool any;           /* * */
    const char **words; /* alternatives, folded */
    uint32_t count;
    struct dec number;
    int32_t day;
};

struct rule {
    bool accepts;
    const char *kind; /* support, need, figure, decision; NULL: any */
    struct condition conditions[RULE_CONDITIONS_MAX];
    uint32_t count;
    bool again;
    const char *why;  /* of a rejection; else NULL */
    const char *text; /* the line as it stands */
    uint32_t line;
};

struct rules {
    const char *name;
    struct rule *list;
    uint32_t count, room;
};

/* RC_INPUT with "FILE:LINE: " in front for anything that is not what the format says. */
MUST_CHECK enum rc rules_parse(struct arena *a, const char *file, const char *bytes, size_t len,
                               struct rules *out, struct err *err);

/* The rule that decides on a candidate, or NULL. `pair` is its pair of the relation. */
const struct rule *rules_decide(struct arena *a, const struct rules *rules,
                                const struct candidate *c, const struct pair *pair);

/* What became of a candidate that a rule decided on. */
struct ruled {
    uint32_t candidate; /* index */
    const struct rule *rule;
    const char *left; /* why it waits for a person all the same; NULL: it was carried out */
};

struct ruling {
    struct ruled *list;
    uint32_t count, room;
};

/*
 * Apply the rules to all that waits. The file is kept as evidence, and what it
 * decides has the author "rule:NAME" and a link to the line that decided.
 */
MUST_CHECK enum rc rules_apply(struct posting *p, const struct candidates *all,
                               const struct relation *relation, const struct rules *rules,
                               const struct input *file, struct ruling *out, struct err *err);

#endif
