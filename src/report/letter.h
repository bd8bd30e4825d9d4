/*
 * letter.h - what a giver is asked, as a letter in Markdown that reads as plain text too.
 *
 * Everything in it comes from the book as that giver may see it, and from what
 * it is asked.
 */
#ifndef MUSTER_REPORT_LETTER_H
#define MUSTER_REPORT_LETTER_H

#include "book/book.h"

/* Nouns of the giver's book. */
struct letter_ask {
    const char *number; /* by which it is answered: "DEU/1" */
    uint32_t source;    /* the lot, or the line on which it was promised */
    uint32_t need, hub; /* hub NONE: straight */
    int32_t month, due; /* last days; due DAY_MAX: none */
    int64_t qty;        /* parts of the source's item */
    const char *why;
};

struct letter {
    const struct book *book; /* as the giver may see it */
    uint32_t giver;
    const char *round, *purpose; /* NULL: of no round yet */
    int32_t until;               /* answers are asked for by then; DAY_MAX: no day */
    int32_t day;                 /* planned for */
    const struct letter_ask *asks;
    uint32_t count;
};

void letter_text(struct arena *a, const struct letter *l, struct buf *out);

#endif
