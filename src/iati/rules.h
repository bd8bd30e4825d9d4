/*
 * rules.h - IATI rulesets: JSON that names, under XPath contexts, rules and
 * the cases in which they must hold (IATI-Rulesets, SPEC.rst).
 *
 * A ruleset is only read: any number of files, and threads, may be judged by
 * one. Rulesets come from files too, so they are input like any other: what
 * is no rule, no XPath or no regular expression is refused with its place,
 * and what an expression may cost is bounded.
 */
#ifndef MUSTER_IATI_RULES_H
#define MUSTER_IATI_RULES_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct ruleset;
struct codes;

/*
 * Read one; it lives until ruleset_free(). RC_INPUT when it is none. `codes`
 * knows agencies and organisations, which some rules ask for; NULL: none are
 * known, and those rules are left out. Borrowed.
 */
MUST_CHECK enum rc ruleset_read(const char *json, size_t len, const struct codes *codes,
                                struct ruleset **out, struct err *err);

/* The standard ruleset. */
MUST_CHECK enum rc ruleset_standard(const struct codes *codes, struct ruleset **out,
                                    struct err *err);

void ruleset_free(struct ruleset *r); /* NULL is fine */

#endif
