/*
 * heading.h - what stands above what is said: title, dateline, place.
 *
 * Private to read/. Belongs to no turn, but says who speaks and when.
 */
#ifndef MUSTER_READ_HEADING_H
#define MUSTER_READ_HEADING_H

#include <stdbool.h>

#include "read/plain.h"

struct heading {
    const char *title; /* of the front matter, else of the text; or NULL */
    const char *date;  /* of the front matter, else of a dateline; or NULL */
    const char *lines; /* title and all that stands above, as one text; "" if nothing does */
    uint32_t begin;    /* of the plain text: where speech may begin */
};

/*
 * Read the heading above text byte `limit` (where the first label stands, or
 * the end). Speech begins with the first paragraph that is a sentence.
 */
struct heading heading_of(struct arena *a, const struct plain *p, uint32_t limit);

/*
 * Another title within [begin, end) of the speech, with its dateline below:
 * two statements published as one. *title is where it begins, out->begin where
 * speech goes on (`end` if it does not); false if there is none.
 */
bool heading_within(struct arena *a, const struct plain *p, uint32_t begin, uint32_t end,
                    uint32_t *title, struct heading *out);

/* Where what is said ends within [begin, end): without the closing time, "END", "###". */
uint32_t speech_end(const struct plain *p, uint32_t begin, uint32_t end);

#endif
