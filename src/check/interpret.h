/*
 * interpret.h - from a sentence that was said to a claim that a book can measure.
 *
 * What the reader took from the sentence (struct said) tells whose number it
 * is; the sentence tells over which time, of what, and how it was put. What
 * cannot be measured is answered with the reason, in words for a person: "a
 * plan for the future", "forces are no support". Nothing is guessed, and no
 * rule here knows a document.
 */
#ifndef MUSTER_CHECK_INTERPRET_H
#define MUSTER_CHECK_INTERPRET_H

#include "measure/claims.h"
#include "read/read.h"

struct spoken {
    const char *sentence;    /* the whole of it, UTF-8 */
    const char *quote;       /* the words of it that carry said; NULL: all */
    const struct said *said; /* NULL: typed by hand, nothing was read */
    uint32_t nth;            /* without said: which figure of the sentence, from 0 */
    int32_t day;             /* of the statement; DAY_MAX: not known */
    const char *side;        /* whom "we" means, as a key or name; NULL: nobody */
};

struct heard {
    bool measurable;
    struct claim claim; /* when measurable */
    const char *why;    /* when not: the reason, without capital and full stop */
    /* What was said, measurable or not: */
    bool counted;
    struct dec low, high;
    const char *unit; /* NULL: none said */
    enum claim_bound bound;
};

/* Everything lives in the arena; texts of spoken are borrowed. */
void interpret(struct arena *a, const struct spoken *s, struct heard *out);

/* How many figures a sentence has that could be claims; for spoken.nth. */
uint32_t figures_in(struct arena *a, const char *sentence);

/*
 * The sentence around bytes [start, end) of a document, white space squeezed
 * and markup left out. *before is where it begins.
 */
const char *whole_sentence(struct arena *a, const char *bytes, size_t len, size_t start,
                           size_t end);

/* A day in a file's name ("2024-06-13.txt", "2022-05-03-remarks.md"); DAY_MAX when there is none.
 */
int32_t day_in_name(const char *path);

#endif
