/*
 * number.h - how a number is said, multiplied out.
 *
 * Private to read/. Knows numerals, number words, scales and vague plurals;
 * nothing of currencies, units or what is counted.
 */
#ifndef MUSTER_READ_NUMBER_H
#define MUSTER_READ_NUMBER_H

#include "read/words.h"

#include "base/dec.h"

enum number_form {
    NUMBER_NUMERAL,  /* 1,000; 2.5 million */
    NUMBER_WORDS,    /* thirty-two; a hundred; half a billion */
    NUMBER_VAGUE,    /* tens of thousands; several hundred: low and high differ */
    NUMBER_FRACTION, /* two thirds: stands for no count by itself; low and high are 0 */
    NUMBER_DECADE,   /* 1990s */
};

struct number {
    uint32_t first, end; /* words */
    enum number_form form;
    struct dec low, high;
    struct dec said; /* before its scale: 2.5 of "2.5 million" */
    int64_t scale;   /* 1000000 of "2.5 million"; 1 when none is said */
    bool about;      /* "a couple of hundred" */
    bool plus;       /* "13-plus billion" */
    bool whole;      /* numerals without separator or scale: what years and names look like */
};

/*
 * The number that begins at word i, and before word end; false when none
 * does. `between`: "and" joins two numbers here and not the parts of one.
 */
bool number_at(const struct words *ws, uint32_t i, uint32_t end, bool between, struct number *out);

/* a * b; false when it does not fit. */
bool dec_times(struct dec a, int64_t b, struct dec *out);

/* Whether the number is a whole one, and which; -1 when it is not or is below 0. */
int64_t number_whole(struct dec d);

#endif
