/*
 * sentence.h - one sentence as tokens, with its figures and its times.
 *
 * Private to check/. The reader (read/) tells who gives what; whether a number
 * is a claim that a book can measure hangs on small words around it ("each
 * year", "since the invasion", "of all"), and those are looked for here.
 */
#ifndef MUSTER_CHECK_SENTENCE_H
#define MUSTER_CHECK_SENTENCE_H

#include "base/arena.h"
#include "base/dec.h"
#include "measure/claims.h"

enum { TOKENS_MAX = 400 }; /* of one sentence; what follows is not looked at */

struct token {
    const char *word; /* lower case, "" for what is no word; "percent", "$", "," are words */
    size_t at, end;   /* bytes of the sentence */
    bool capital;
    bool digits;
    bool possessive; /* "Russia's" is the word "russia" */
};

struct sentence_tokens {
    const char *text;
    struct token *token;
    uint32_t count;
};

/* UTF-8, or what is nearly so; any length. */
void sentence_tokens(struct arena *a, const char *text, struct sentence_tokens *out);

/* Whether token i is the word; false beyond the end. */
bool token_is(const struct sentence_tokens *s, uint32_t i, const char *word);

/* How many tokens from i on are the phrase's words, in order; 0: they are not. */
uint32_t phrase_at(const struct sentence_tokens *s, uint32_t i, const char *phrase);

/* A table of phrases, ended by NULL: the longest at i; NULL when there is none. */
struct phrase {
    const char *words;
    int value;
};
const struct phrase *phrase_longest(const struct sentence_tokens *s, uint32_t i,
                                    const struct phrase *table, uint32_t *count);

/* --- figures --- */

enum figure_kind {
    FIGURE_BARE,
    FIGURE_MONEY,   /* unit: ISO 4217 */
    FIGURE_PERCENT, /* unit: percent */
    FIGURE_TIMES    /* unit: times; "doubled" */
};

struct figure {
    uint32_t first, count; /* tokens: the number with its currency or percent sign */
    enum figure_kind kind;
    const char *unit; /* NULL: bare */
    struct dec low, high, last_digit;
    enum claim_bound bound;
    bool bound_said;
};

enum { FIGURES_MAX = 32 };

/*
 * The figures of the sentence, in order; years, days of months and ordinals
 * are none. `dollar` is what "$" means.
 */
uint32_t sentence_figures(struct arena *a, const struct sentence_tokens *s, const char *dollar,
                          struct figure out[FIGURES_MAX]);

/* --- times --- */

enum time_kind {
    TIME_SINCE,  /* since..until */
    TIME_WITHIN, /* a closed time: since..until; "in 2023", "over the past year" */
    TIME_YEARLY, /* "each year" */
    TIME_TOTAL,  /* "to date", "in total" */
    TIME_VAGUE,  /* a time that cannot be told: "since he arrived", "a month" */
    TIME_FRESH   /* "today", "yesterday", "this week": news, no sum */
};

struct time_said {
    uint32_t first, count;
    enum time_kind kind;
    int32_t since, until; /* DAY_MIN, DAY_MAX where open */
    bool compared;        /* "compared with 2022", "than last year": what something grew from */
    const char *receiver; /* "since the invasion" says of whom */
};

enum { TIMES_MAX = 32 };

/* `day` of the statement, DAY_MAX: then "last year" cannot be told. */
uint32_t sentence_times(const struct sentence_tokens *s, int32_t day,
                        struct time_said out[TIMES_MAX]);

#endif
