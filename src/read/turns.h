/*
 * turns.h - who speaks when.
 *
 * Private to read/. Works on plain text line by line; sees labels, headings
 * and brackets, and nothing of what is promised.
 */
#ifndef MUSTER_READ_TURNS_H
#define MUSTER_READ_TURNS_H

#include "read/plain.h"
#include "read/read.h"

/* A turn before its bytes are mapped back: ranges are of the plain text. */
struct spoken {
    struct turn turn;    /* start and end: filled in by read_document */
    uint32_t begin, end; /* of the plain text */
};

struct talk {
    struct spoken *turns;
    uint32_t count, room;
    const char *title; /* heading, when the front matter has none */
    const char *date;  /* dateline, when the front matter has none */
};

/* `bytes`: the file that p was made of. */
void talk_of(struct arena *a, const struct plain *p, const char *bytes, struct talk *out);

#endif
