/*
 * noun.h - what a number counts: the noun phrase behind it and its unit.
 *
 * Private to read/.
 */
#ifndef MUSTER_READ_NOUN_H
#define MUSTER_READ_NOUN_H

#include "read/words.h"

struct noun {
    uint32_t first, count; /* words; count 0: none */
    uint32_t head;
    bool known;       /* the lexicon knows the head as a noun */
    uint64_t classes; /* of the head */
    const char *unit; /* people, round, country, each, ...; also time, length */
};

/*
 * The noun phrase that begins at word i, without its article, "more" and
 * "additional", up to word end of the sentence at most. count 0 when none does.
 */
struct noun counted_noun(const struct words *ws, uint32_t i, uint32_t end);

/* Whether the words between the marks are glued: "Czech-led", "155-mm". i: the hyphen. */
bool words_join(const struct words *ws, uint32_t i, uint32_t end);

/* Whether the word at i was broken off: "hum- - humanitarian". */
bool word_broken(const struct words *ws, uint32_t i, uint32_t end);

#endif
