/*
 * things.h - what is given: goods and kinds of support in a stretch of words.
 *
 * Private to read/.
 */
#ifndef MUSTER_READ_THINGS_H
#define MUSTER_READ_THINGS_H

#include "read/line.h"

struct things {
    uint32_t first, end; /* words from the first to behind the last; equal: none */
    uint32_t goods;      /* bits of enum goods, of concrete things */
    uint32_t soft;       /* bits of enum goods, of support without a thing */
    uint32_t count;
};

/* What stands in the words [from, to). */
struct things things_in(const struct line *l, uint32_t from, uint32_t to);

/* The first things in [from, to) with what is joined to them: up to a verb, "to", "for", "that". */
struct things nearest_things(const struct line *l, uint32_t from, uint32_t to);

/* The one class for them: the only one, or mixed. fallback where there is nothing. */
enum goods class_of(const struct things *t, enum goods fallback);

/* The same for a list: "weapons, sanctions and support" are mixed. */
enum goods class_of_list(const struct line *l, const struct things *t, enum goods fallback);

/* The class word of a goods value ("equipment/each"); GOODS_COUNT when there is none. */
enum goods goods_of(const char *value);

/* "each", "people": the part behind the slash, or "each". */
const char *unit_of(const char *value);

/*
 * The noun phrase around the things, as said: from the first word that is no
 * article or "more" to the end of the list. White space squeezed, in arena text.
 */
const char *phrase_of(struct arena *a, const struct line *l, uint32_t from, uint32_t to);

#endif
