/*
 * plain.h - a line of the book in plain words, for feeds and calendars.
 *
 * "Netherlands", "6,000 drones", "to Ukraine": as somebody reads it who never
 * saw a key of ours. And what such files need beside words: text that every
 * format can carry, names that stay the same, addresses.
 */
#ifndef MUSTER_EXPORT_PLAIN_H
#define MUSTER_EXPORT_PLAIN_H

#include "book/book.h"

/* Whether XML, calendars and workbooks can all carry the character; no control but tab and newline
 * is one. -1 is none. */
bool plain_point(int32_t point);

/* The text, with U+FFFD for each character or byte that is not plain; CR LF and CR are a newline.
 */
const char *plain_text(struct arena *a, const char *text);

/* The same on one line: newlines and tabs are spaces. */
const char *plain_line(struct arena *a, const char *text);

/* Names of the noun as known; of NONE what stands for nobody, or nothing, named. */
const char *plain_giver(const struct book *b, const struct line *l, int64_t known);
const char *plain_item(const struct book *b, const struct line *l, int64_t known);

/* " to Ukraine", or "" when nobody is named. */
const char *plain_receiver(struct arena *a, const struct book *b, const struct line *l,
                           int64_t known);

/* "6,000" of what is counted in pieces, else with its unit: "120 t", "5,000.50 EUR". */
const char *plain_quantity(struct arena *a, const struct book *b, const struct line *l, i128 parts,
                           int64_t known);

/* The same with the thing: "6,000 drones", "120 t of flour", "5,000.50 EUR". */
const char *plain_things(struct arena *a, const struct book *b, const struct line *l, i128 parts,
                         int64_t known);

/*
 * A UUID (RFC 9562, version 8) that follows from the words alone: two logs that
 * say the same give the same, and so do two viewers' parts of one.
 */
const char *plain_uuid(struct arena *a, const char *words);

/* BASE/WHAT, or BASE/WHAT/KEY with the key percent-encoded; NULL without a base. */
const char *plain_address(struct arena *a, const char *base, const char *what, const char *key);

#endif
