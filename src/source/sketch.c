/* sketch.c - see sketch.h. */
#include "source/sketch.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"

enum { RUN = 5, DRAWERS = 64, WHOLE_DIGITS = 16, DRAWER_DIGITS = 8, COMPARED_MIN = 8 };
#define EMPTY UINT32_MAX

struct sketch {
    uint64_t whole;
    uint64_t last[RUN]; /* a ring of the last words */
    uint64_t words;
    uint32_t least[DRAWERS];
};

/* SplitMix64's mixing: every bit of the input moves every bit of the result. */
static uint64_t mixed(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static void add_word(struct sketch *s, uint64_t word)
{
    s->whole = mixed(s->whole ^ word) + 1;
    s->last[s->words++ % RUN] = word;
    if (s->words < RUN) return;
    uint64_t run = 0;
    for (uint64_t i = 0; i < RUN; i++) run = mixed(run + s->last[(s->words + i) % RUN]);
    uint32_t value = (uint32_t)run, *least = &s->least[run >> 58];
    if (value < *least) *least = value;
}

static void add_range(struct sketch *s, const struct original *o, size_t start, size_t end)
{
    uint64_t word;
    for (size_t i = start; original_word(o, &i, end, &word);) add_word(s, word);
}

const char *sketch_of(struct arena *a, const struct original *o, const struct reading *r)
{
    struct sketch s = {0};
    struct buf out = {.arena = a};
    for (int i = 0; i < DRAWERS; i++) s.least[i] = EMPTY;
    for (uint32_t i = 0; i < r->turn_count; i++) {
        add_range(&s, o, r->turns[i].start, r->turns[i].end);
    }
    if (r->turn_count == 0) add_range(&s, o, 0, o->len);
    if (s.words == 0) return NULL;
    buf_addf(&out, "%016" PRIx64, s.whole);
    for (int i = 0; i < DRAWERS; i++) buf_addf(&out, "%08" PRIx32, s.least[i]);
    return out.text;
}

static bool is_sketch(const char *text)
{
    return strlen(text) == WHOLE_DIGITS + DRAWERS * DRAWER_DIGITS;
}

bool sketch_same(const char *one, const char *other)
{
    return strncmp(one, other, WHOLE_DIGITS) == 0;
}

int sketch_alike(const char *one, const char *other)
{
    int compared = 0, alike = 0;
    if (!is_sketch(one) || !is_sketch(other)) return 0;
    for (int i = 0; i < DRAWERS; i++) {
        const char *x = one + WHOLE_DIGITS + i * DRAWER_DIGITS;
        const char *y = other + WHOLE_DIGITS + i * DRAWER_DIGITS;
        bool none = memcmp(x, "ffffffff", 8) == 0 && memcmp(y, "ffffffff", 8) == 0;
        compared += !none;
        alike += !none && memcmp(x, y, DRAWER_DIGITS) == 0;
    }
    if (compared < COMPARED_MIN) return sketch_same(one, other) ? 100 : 0; /* a few words */
    return alike * 100 / compared;
}
