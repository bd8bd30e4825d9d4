/*
 * icu_regex.h - ICU's regular expressions, loaded with the first ruleset
 * (base/late.h): they are in a library of their own, a megabyte in use, and
 * only rulesets have any. Called as icu_regex.uregex_open() and so on.
 */
#ifndef MUSTER_IATI_ICU_REGEX_H
#define MUSTER_IATI_ICU_REGEX_H

#include <unicode/uregex.h>

#include "base/err.h"

/* clang-format off */
#define ICU_REGEX(f) \
    f(uregex_clone) f(uregex_close) f(uregex_find) f(uregex_open) f(uregex_setStackLimit) \
    f(uregex_setText) f(uregex_setTimeLimit)
/* clang-format on */

#define ICU_REGEX_POINTER(name) __typeof__(name) *name;
struct icu_regex {
    ICU_REGEX(ICU_REGEX_POINTER)
};
extern struct icu_regex icu_regex;

/* RC_STORE where there is none; any thread, any number of times. */
MUST_CHECK enum rc icu_regex_load(struct err *err);

#endif
