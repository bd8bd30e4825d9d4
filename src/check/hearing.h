/*
 * hearing.h - the parts of understanding a claim, and what they share.
 *
 * Private to check/. interpret.c asks: what is counted (nouns.c), whether it
 * is said to be so (moods.c), and whose it is (whose.c).
 */
#ifndef MUSTER_CHECK_HEARING_H
#define MUSTER_CHECK_HEARING_H

#include "check/interpret.h"
#include "check/sentence.h"

/* What a noun makes of the number beside it; up to N_FINANCIAL it is support. */
enum noun {
    N_SUPPORT,
    N_MILITARY,
    N_HUMANITARIAN,
    N_FINANCIAL,
    N_COUNTRY,
    N_ALLY,
    N_FORCES,
    N_TERRITORY,
    N_SPENDING,
    N_PEOPLE,
    N_THINGS,
    N_ASSETS,
    N_DAMAGE,
    N_PART,
    N_REQUEST,
    N_MARKET,
    N_KIND,
};

enum mood { M_IS, M_PLAN, M_MAY, M_NOT, M_NEED, M_ASK };

struct work {
    struct arena *a;
    const struct spoken *spoken;
    struct sentence_tokens s;
    struct figure figures[FIGURES_MAX];
    struct time_said times[TIMES_MAX];
    uint32_t figure_count, time_count;
    struct figure f; /* the one asked about */
    uint32_t at;     /* its index; figure_count when the sentence has it not */
    unsigned classes;
    int noun;               /* the nearest; -1: none */
    bool allies, countries; /* these are counted; countries: everybody gives */
    const char *group;      /* of the countries counted: "EU-members"; NULL */
    struct heard *out;
};

/* The first reason stands. */
void cannot(struct work *w, const char *why);

/* Whether the words stand anywhere in the sentence. */
bool says(const struct work *w, const char *phrase);

/* Whether the token ends a clause, or the phrase that a noun stands in. */
bool parts_clauses(const struct sentence_tokens *s, uint32_t i);
bool ends_phrase(const struct sentence_tokens *s, uint32_t i);

/* Whether another figure than the one asked about begins at the token. */
bool other_figure(const struct work *w, uint32_t i);

/* Whether the token is part of a time ("since the invasion"). */
bool in_time(const struct work *w, uint32_t i);

/* --- nouns.c --- */

/* The noun that the figure is of, into w->noun (-1: none) and w->classes. */
void find_noun(struct work *w);
/* The longest noun of the tables at i: its enum noun, below 0 when there is none; tokens in *n. */
int noun_in(const struct sentence_tokens *s, uint32_t i, uint32_t *n);
/* The same for this figure: "Allies" are counted, and give no percent. */
int noun_heard(const struct work *w, uint32_t i, uint32_t *n);
bool is_support(int noun);
unsigned class_bit(int noun);
/* Why a number of such things is no claim that a book can measure; NULL when it is one. */
const char *noun_reason(int noun);

/* A verb of giving at i. */
bool verb_of_giving(const struct sentence_tokens *s, uint32_t i);

/* --- moods.c --- */

/* Why the sentence does not say that it is so; NULL when it does. */
const char *mood_of(const struct work *w);
const char *mood_reason(int mood);
/* The mood of the word at i, or M_IS. */
int mood_at(const struct sentence_tokens *s, uint32_t i);
/* "an additional $800 million", "a $800 million package": one gift. */
bool is_fresh(const struct work *w);

/* --- whose.c --- */

/* Givers and receiver into the claim; false, and why, when they cannot be told. */
bool set_parties(struct work *w, struct claim *c);
/* A receiver that the reader did not give, but the sentence names. */
void find_receiver(struct work *w, struct claim *c);

#endif
