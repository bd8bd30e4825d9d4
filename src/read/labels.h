/*
 * labels.h - what stands before the colon, and whether it names a speaker.
 *
 * Private to read/. "NATO Secretary General Jens Stoltenberg:", "Jonathan
 * Beale (BBC):", "MR. KIRBY:", "SENIOR ADMINISTRATION OFFICIAL #2:", "Mark
 * Rutte, Prime Minister of the Netherlands:", "Q:" are labels; "Let me be
 * clear:", "Fact Sheet:", "Support for Ukraine:" are not. Which of the
 * doubtful ones are is told by the document: turns.c weighs them.
 */
#ifndef MUSTER_READ_LABELS_H
#define MUSTER_READ_LABELS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

enum label_weight {
    LABEL_NONE,
    LABEL_WEAK,   /* a name by itself: "Andrew Gray" */
    LABEL_MEDIUM, /* an office by itself, or a name in capitals: "Moderator", "STOLTENBERG" */
    LABEL_STRONG, /* office and name, name and outlet, "MR. KIRBY", "SENIOR OFFICIAL" */
};

/* Somebody as a label or heading calls them. Texts are NULL where not said. */
struct called {
    enum label_weight weight;
    const char *name;   /* without honorific; as written, but capitals made ordinary */
    uint32_t words;     /* of the name; particles not counted */
    const char *role;   /* "NATO Secretary General" */
    const char *outlet; /* what stands in brackets or behind a comma and is no office */
    unsigned sorts;     /* of the office's words: enum office */
    bool honour;        /* "Mr.", "Ms." */
    bool capitals;
    bool named_in_full; /* private to people.c */
};

enum { LABEL_BYTES_MAX = 160 };

/*
 * If text [at, end) begins with what may be a label, in one line and with its
 * colon: where the colon is; else 0. Says only that the words could be one.
 */
uint32_t label_colon(const char *text, uint32_t at, uint32_t end);

/* Whether all of the line [at, end) may be a label, without a colon. */
bool label_line(const char *text, uint32_t at, uint32_t end);

/* What the label [at, colon) calls whom; weight LABEL_NONE when it calls nobody. */
struct called label_read(struct arena *a, const char *text, uint32_t at, uint32_t colon);

enum { CALLED_MAX = 24 };

/*
 * Who is named, with an office, in a heading ("Remarks by President Biden and
 * President Andrzej Duda of Poland"), in order; how many.
 */
uint32_t heading_read(struct arena *a, const char *heading, struct called out[CALLED_MAX]);

/* Words in capitals as ordinary words: "VON DER LEYEN" is "von der Leyen". */
const char *label_ordinary(struct arena *a, const char *name);

#endif
