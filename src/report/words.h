/*
 * words.h - a field's value as a person writes it, and names that are near.
 *
 * History, diff and lists of nouns all show fields of records; what a
 * reference, an amount or a day looks like is said here once.
 */
#ifndef MUSTER_REPORT_WORDS_H
#define MUSTER_REPORT_WORDS_H

#include "book/book.h"

/*
 * Every value of the tag in the record, "; " between them; "" if it has none.
 * References are the keys of what they point at, quantities and amounts are in
 * whole units of the record's item or currency.
 */
const char *field_words(struct arena *a, const struct book *b, const struct record *r,
                        enum tag tag);

/* "2022-03-31", "2022-03", "by 2022-03-31", "not known (2022-03-31)". */
const char *day_words(struct arena *a, int32_t day, enum precision precision);

/* The unit of an item noun, and how many decimals of it are counted; "" and 0 for NONE. */
const char *item_unit(const struct book *b, uint32_t item, int64_t known, int *places);

/*
 * Keys of the nouns of those kinds (KIND_BIT) that resemble what was typed,
 * the nearest first, ", " between them, five at most; "" when none does.
 */
const char *near_keys(struct arena *a, const struct book *b, uint32_t kinds, const char *typed,
                      int64_t known);

#endif
