/* rules_inside.h - a ruleset as it was read: between ruleset.c and rules.c. */
#ifndef MUSTER_IATI_RULES_INSIDE_H
#define MUSTER_IATI_RULES_INSIDE_H

#include <libxml/xpath.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/dec.h"
#include "iati/icu_regex.h"
#include "iati/rules.h"

enum rule_test {
    TEST_NO_MORE_THAN_ONE,
    TEST_ATLEAST_ONE,
    TEST_ONLY_ONE_OF,
    TEST_ONE_OR_ALL,
    TEST_DEPENDENT,
    TEST_SUM,
    TEST_STRICT_SUM,
    TEST_DATE_ORDER,
    TEST_DATE_NOW,
    TEST_TIME_LIMIT,
    TEST_BETWEEN_DATES,
    TEST_REGEX_MATCHES,
    TEST_REGEX_NO_MATCHES,
    TEST_STARTSWITH,
    TEST_UNIQUE,
    TEST_IF_THEN,
    TEST_EVALUATES_TO_TRUE,
    TEST_NO_PERCENT,
    TEST_RANGE,
    TEST_NO_SPACES,
    TEST_LOOP,
    TEST_COUNT
};

/* XPath; NULL expression where the key is not there. */
struct xpath {
    const char *text;
    xmlXPathCompExprPtr compiled;
    bool now; /* a date: NOW or TODAY, and no XPath */
};

struct xpaths {
    struct xpath *at;
    uint32_t count;
};

enum id_condition { ID_ANY, ID_NOT_KNOWN, ID_PREFIX_NOT_KNOWN };

/* One case of one rule. */
struct rule_case {
    enum rule_test test;
    const char *name;    /* "6.11.1 atleast_one" */
    const char *message; /* a sentence */
    bool warning;
    struct xpath each; /* of a loop: every value of it, as $each */
    struct xpath condition, less, more, date, start, end, one, if_, then, eval;
    struct xpaths paths, excluded, prefix;
    const char *all, *separator;
    bool agency_prefix; /* the prefix is that of a registration agency */
    enum id_condition id_condition;
    URegularExpression *regex;
    struct dec sum, min, max;
    bool has_min, has_max;
};

struct rule_context {
    struct xpath where;
    struct rule_case *cases;
    uint32_t count, room;
};

struct ruleset {
    struct arena arena;
    const struct codes *codes;
    struct rule_context *contexts;
    uint32_t count;
    xmlXPathCompExprPtr *compiled; /* to be freed */
    uint32_t compiled_count, compiled_room;
    URegularExpression **regexes;
    uint32_t regex_count, regex_room;
};

const char *rule_test_name(enum rule_test t);

#endif
