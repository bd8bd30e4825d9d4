/*
 * gifts.h - what an act without a number gives, from its verb to a statement.
 *
 * Private to the grammar. objects.c finds the thing, gift_sides.c who gives it
 * and to whom, given.c does both where the thing stands before the verb, and
 * deeds.c asks them, says how far it has come, and tells it.
 */
#ifndef MUSTER_READ_GIFTS_H
#define MUSTER_READ_GIFTS_H

#include "read/deeds.h"

/* What an act without a number gives, on its way to a statement. */
struct gift {
    const struct act *act;
    struct things t;
    const struct mention *whose; /* whose noun of giving it is, or NULL */
    struct said_parties giver, receiver;
    uint32_t first, end; /* words: where its giver begins, and where its clause ends */
    bool inherited;      /* who gives was said before */
};

/* --- objects.c --- */

/* Whether nobody saw it, or it is kept out: "no indication that China supplies". */
bool unseen(const struct line *l, const struct act *act);

/* Where what support is said to hold begins: behind "a package with", "including"; 0: nowhere. */
uint32_t contents_behind(const struct line *l, const struct things *t, uint32_t to);

/* --- gift_sides.c --- */

/* Find who gives and to whom. False: nobody of ours, or nobody can tell. */
bool find_who_gives(const struct scene *s, const struct line *l, struct gift *g);
bool find_who_gets(const struct scene *s, const struct line *l, struct gift *g);

/* The sentence goes on about what was just given: "this funding will provide". */
bool goes_on(const struct scene *s, const struct line *l, const struct act *act);

/* The noun of giving is the subject, and nobody's: "deliveries continue". */
bool goes_on_by_itself(const struct scene *s, const struct line *l, const struct act *act);

/* Arms on their way to whom was named some sentences before. */
bool arms_flow(const struct scene *s, const struct act *act, const struct things *t);

/* Nothing but food, fuel and medicine, of which everybody speaks. */
bool everyday(uint32_t goods);

/* A ship or lorry that is only said to carry something. */
bool carrier_alone(const struct scene *s, const struct line *l, const struct things *t);

/* Who "it" is that gives: the country named before in the sentence; NULL: nobody. */
const struct mention *what_it_is(const struct scene *s, const struct line *l,
                                 const struct act *act);

/* --- given.c --- */

/* "the systems that Slovakia transferred": what was given stands before. */
void read_given(struct scene *s, const struct line *l, const struct act *act, uint32_t since);

/* "crews are being trained by Norway" */
void read_trained(struct scene *s, const struct line *l, const struct act *act, uint32_t since);

#endif
