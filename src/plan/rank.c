/* rank.c - see rank.h. */
#include "plan/rank.h"

#include <string.h>

enum { PASSES = 4, BITS = 8, DIGITS = 1 << BITS };

struct thing {
    uint32_t key, number;
};

/* Bits that are in the order of the floats; 0 and -0 are the same. */
static uint32_t key_of(const unsigned char *at)
{
    float value;
    uint32_t bits;
    memcpy(&value, at, sizeof value);
    value += 0.0F;
    memcpy(&bits, &value, sizeof bits);
    return bits >> 31 ? ~bits : bits | UINT32_C(1) << 31;
}

static uint32_t digit(const struct thing *t, int pass)
{
    return t->key >> (BITS * pass) & (DIGITS - 1);
}

const uint32_t *ranked(struct arena *a, const void *list, uint32_t count, size_t size)
{
    struct thing *from = NEW_ARRAY(a, (size_t)count + 1, struct thing);
    struct thing *to = NEW_ARRAY(a, (size_t)count + 1, struct thing);
    uint32_t(*at)[DIGITS + 1] = arena_alloc(a, PASSES, sizeof *at);
    for (uint32_t i = 0; i < count; i++) {
        from[i] = (struct thing){key_of((const unsigned char *)list + i * size), i};
        for (int pass = 0; pass < PASSES; pass++) at[pass][digit(&from[i], pass) + 1]++;
    }
    for (int pass = 0; pass < PASSES; pass++) {
        for (int d = 0; d < DIGITS; d++) at[pass][d + 1] += at[pass][d];
        for (uint32_t i = 0; i < count; i++) to[at[pass][digit(&from[i], pass)]++] = from[i];
        struct thing *was = from;
        from = to;
        to = was;
    }
    uint32_t *order = NEW_ARRAY(a, (size_t)count + 1, uint32_t);
    for (uint32_t i = 0; i < count; i++) order[i] = from[i].number;
    return order;
}
