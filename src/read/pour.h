/*
 * pour.h - plain text as it is written, character by character, with its way back.
 *
 * Private to read/: what plain.c (text, Markdown) and html.c write into. Break
 * and space are only noted, and written when a character follows: so no line
 * of the result begins or ends with white space, and no two empty lines meet.
 */
#ifndef MUSTER_READ_POUR_H
#define MUSTER_READ_POUR_H

#include <stdbool.h>

#include "read/plain.h"

struct pour {
    struct arena *arena;
    const char *in; /* the file */
    uint32_t in_len;
    char *text;
    uint32_t len, room;
    struct anchor *anchors;
    uint32_t anchor_count, anchor_room;

    /* private */
    uint32_t expect; /* where the file goes on if nothing was left out or changed */
    uint32_t end;    /* the end, in the file, of the last character written */
    uint8_t breaks;  /* noted: 1 a line ends, 2 a paragraph */
    bool space;      /* noted */
    uint32_t break_at[2], space_at;
};

/* What a byte means to pour_text(). */
enum pour_class {
    POUR_COPY = 0,
    POUR_FOLD, /* beyond ASCII, or a control character: may be written otherwise */
    POUR_STOP, /* the caller's */
};

/* POUR_FOLD for all that needs it, else POUR_COPY; the caller adds its stops. */
void pour_classes(uint8_t classes[256]);

/* Write the file's bytes [at, end) up to the first one that stops; returns where that is, or end.
 */
uint32_t pour_text(struct pour *p, uint32_t at, uint32_t end, const uint8_t classes[256]);

/* Write n bytes of UTF-8 that stand for the file's m bytes at `at`. n > 0, m > 0. */
void pour_char(struct pour *p, const char *utf8, uint32_t n, uint32_t at, uint32_t m);

/* The code point for the file's m bytes at `at`, folded as everything is; nothing for 0. */
void pour_point(struct pour *p, uint32_t point, uint32_t at, uint32_t m);

/* A line (1) or paragraph (2) ends at the file's byte `at`; two lines that end are a paragraph. */
void pour_break(struct pour *p, int breaks, uint32_t at);

/* White space of any length at `at`; nothing where a line begins or ends. */
void pour_space(struct pour *p, uint32_t at);

/* Take back what was written from text byte len on. */
void pour_cut(struct pour *p, uint32_t len);

/* The text, ended. */
void pour_end(struct pour *p, struct plain *out);

static inline bool pour_at_line_start(const struct pour *p)
{
    return p->len == 0 || p->breaks > 0;
}

/* One character of the file at *at, moving it: UTF-8, or where it is not that Windows-1252. */
uint32_t pour_next(const char *in, uint32_t len, uint32_t *at);

/* UTF-8 of a code point (0 < point <= 0x10ffff, no surrogate); its length. */
uint32_t pour_utf8(uint32_t point, char out[4]);

#endif
