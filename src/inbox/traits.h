/*
 * traits.h - what a candidate is compared by.
 *
 * Private to inbox/: the amount on one scale, the words of its item, and the
 * cues of its sentence, each worked out once.
 */
#ifndef MUSTER_INBOX_TRAITS_H
#define MUSTER_INBOX_TRAITS_H

#include "base/dec.h"
#include "inbox/candidates.h"

enum { TRAIT_WORDS_MAX = 12, TRAIT_GIVERS_MAX = 16, AMOUNT_PLACES = 6 };

/* What kind of support an item's words speak of: bits. */
enum theme { THEME_MILITARY = 1, THEME_HUMANITARIAN = 2, THEME_ECONOMIC = 4 };

/* How a sentence speaks of its amount: bits. */
enum cue {
    CUE_FRESH = 1,      /* another, additional, new */
    CUE_DEFINITE = 2,   /* the 20 billion, that 800 million */
    CUE_PAST = 4,       /* already, yesterday, recently */
    CUE_TOTAL = 8,      /* in total, to date, since, bringing */
    CUE_INCLUDES = 16,  /* includes, consists of, before the words that carry it */
    CUE_BULLET = 32,    /* an item of a list */
    CUE_PACKAGE = 64,   /* package, tranche, drawdown, request */
    CUE_QUESTION = 128, /* in a turn of somebody who asks */
    CUE_LONG_PAST = 256 /* last week, two months ago */
};

struct traits {
    bool counted, money;
    i128 low, high;   /* in 10^-AMOUNT_PLACES of the unit */
    const char *unit; /* "" when none was said */
    bool exact;
    const char *givers[TRAIT_GIVERS_MAX];
    uint32_t giver_count;
    const char *receivers[TRAIT_GIVERS_MAX];
    uint32_t receiver_count;
    uint32_t words[TRAIT_WORDS_MAX]; /* hashes of the item's telling words, rising */
    uint32_t word_count;
    bool vague;       /* "billions", "tens of thousands" */
    bool names_thing; /* the unit says what is counted: countries, shares of GDP */
    unsigned themes;  /* of the item; of its sentence when the item has none */
    unsigned cues;
    uint64_t source; /* id of the document; 0 */
    uint64_t turn;   /* id of the turn; 0 */
    int64_t begin;   /* in the document */
};

void traits_of(struct arena *a, const struct candidate *c, struct traits *out);

/* The words of an item's name, and its themes; for lines of the book. */
void traits_item(const char *item, struct traits *out);

/* A number that two amounts at most a twentieth apart share, or differ in by one. */
int amount_bucket(i128 amount);

#endif
