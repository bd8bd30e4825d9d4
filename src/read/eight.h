/*
 * eight.h - eight bytes of text at once, as one number.
 *
 * Private to read/. The length of a word is what a processor guesses worst:
 * looked at eight bytes at a time, most words need no guess. The first byte is
 * the lowest, whatever the machine.
 */
#ifndef MUSTER_READ_EIGHT_H
#define MUSTER_READ_EIGHT_H

#include <stdint.h>
#include <string.h>

/* One in each byte. */
#define EIGHT_ONES UINT64_C(0x0101010101010101)

static inline uint64_t eight_at(const void *p)
{
    uint64_t w;
    memcpy(&w, p, sizeof w);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    w = __builtin_bswap64(w);
#endif
    return w;
}

/* The first n bytes of it, 1 at least; all of them from 8 on. Without a branch. */
static inline uint64_t eight_first(uint64_t w, uint32_t n)
{
    uint32_t missing = (8 - n) & (0 - (uint32_t)(n < 8));
    return w & UINT64_MAX >> 8 * missing;
}

/* The top bit of each byte from `from` to `to`, both of ASCII. */
static inline uint64_t eight_within(uint64_t w, char from, char to)
{
    uint64_t seven = w & EIGHT_ONES * 0x7f;
    uint64_t reached = seven + EIGHT_ONES * (uint64_t)(0x80 - from);
    uint64_t past = seven + EIGHT_ONES * (uint64_t)(0x7f - to);
    return (reached ^ past) & ~w & EIGHT_ONES * 0x80;
}

/* ASCII capitals made small. */
static inline uint64_t eight_lower(uint64_t w)
{
    return w | eight_within(w, 'A', 'Z') >> 2;
}

/* The top bit of each byte that is no letter or digit of ASCII. */
static inline uint64_t eight_others(uint64_t w)
{
    uint64_t plain = eight_within(w | EIGHT_ONES * 0x20, 'a', 'z') | eight_within(w, '0', '9');
    return ~plain & EIGHT_ONES * 0x80;
}

#endif
