/*
 * glance.h - one sentence, looked at word by word.
 *
 * Private to read/. Every question takes an index that may lie outside of the
 * sentence: then the answer is no, so that rules look left and right without
 * counting first.
 */
#ifndef MUSTER_READ_GLANCE_H
#define MUSTER_READ_GLANCE_H

#include <string.h>

#include "read/words.h"

/* The sentence at hand. */
struct glance {
    const struct words *ws;
    uint32_t first, end;
    const char *dollar; /* of values only: what "$" means */
};

static inline bool is(const struct glance *v, uint32_t i, const char *word)
{
    return i >= v->first && i < v->end && word_is(v->ws, i, word);
}

static inline uint64_t classes(const struct glance *v, uint32_t i)
{
    return i >= v->first && i < v->end ? word_classes(&v->ws->word[i]) : 0;
}

static inline uint8_t shape(const struct glance *v, uint32_t i)
{
    return i >= v->first && i < v->end ? v->ws->word[i].shape : 0;
}

static inline bool glued(const struct glance *v, uint32_t i)
{
    return (shape(v, i) & SHAPE_GLUED) != 0;
}

static inline char mark(const struct glance *v, uint32_t i)
{
    if (!(shape(v, i) & SHAPE_MARK) || v->ws->word[i].len != 1) return '\0';
    return v->ws->text[v->ws->word[i].at];
}

static inline const char *value(const struct glance *v, uint32_t i, enum word_class class)
{
    return i < v->end ? word_value(&v->ws->word[i], class) : "";
}

static inline bool unit_is(const struct glance *v, uint32_t i, const char *unit)
{
    return classes(v, i) & IS(unit) && strcmp(value(v, i, WORD_unit), unit) == 0;
}

/* Where the word's spelling ends. */
static inline uint32_t behind(const struct glance *v, uint32_t i)
{
    uint32_t end = i + v->ws->word[i].span;
    return end < v->end ? end : v->end;
}

static inline bool one_of(const struct glance *v, uint32_t i, const char *const *list, size_t count)
{
    return i >= v->first && i < v->end && word_in(v->ws, i, list, count);
}

/* Of a list that is known where this is written. */
#define ONE_OF(v, i, list) one_of((v), (i), (list), sizeof(list) / sizeof *(list))

#endif
