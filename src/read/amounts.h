/*
 * amounts.h - how a number is asked: its reach, what it makes, how far it came.
 *
 * Private to the grammar. reach.c finds the words that speak for a number,
 * otherwise.c what it counts where that stands elsewhere, kinds.c says whether
 * it is a gift, a need, a figure or nobody's, counted.c so of people and
 * things, classed.c how much of what it is, stages.c how far the support has
 * come, bounds.c which words tell it, figures.c whose a figure is; numbers.c
 * fills in the statement.
 */
#ifndef MUSTER_READ_AMOUNTS_H
#define MUSTER_READ_AMOUNTS_H

#include "read/scene.h"

/* The words a number can speak for: from its neighbour on the left to that on the right. */
struct reach {
    uint32_t from, to;   /* the value's part of the clause */
    uint32_t begin, end; /* the clause */
};

/* The acts of the clause of a number, and what they do together. */
struct around {
    const struct act *act[ACTS_MAX];
    uint32_t count;
    bool gives, needs, asks, has, train, host, denied;
};

/* --- reach.c --- */

/* Behind the last word of a value: of its number, or of what it counts. */
uint32_t value_end(const struct value *v);

/* "C$7 million (US$5 million)": value k is the same sum in another currency. */
bool converted(const struct line *l, uint32_t k);

/* The reach of value k of the line. */
struct reach reach_of(const struct line *l, uint32_t k);

struct around acts_around(const struct line *l, const struct reach *r);

bool has_kind(const struct around *acts, enum act_kind kind);

bool unit_is(const struct value *v, const char *unit);

/* What a word of listing says in [from, to): "total", "amount", "join", or "". */
const char *list_word(const struct line *l, uint32_t from, uint32_t to);

/* --- otherwise.c --- */

/* "Only nine Allies spent 2 percent. Now it's 23": how many do today. */
bool spenders_now(const struct scene *s, const struct line *l, const struct value *v);

/* A number that counts what stands before it, or only behind: "the 3.5 million who have fled". */
bool counts_otherwise(const struct scene *s, const struct line *l, uint32_t k, struct value *who);

/* --- kinds.c --- */

/* Whether the number is ours, and what it makes. */
bool kind_of(const struct scene *s, const struct line *l, const struct value *v,
             const struct reach *r, const struct around *acts, enum said_kind *kind);

/* "the 2 percent": of the GDP, though nobody says so. */
bool of_gdp(const struct scene *s, const struct line *l, const struct value *v);

/* A share of the GDP in the same clause: "nine Allies were spending 2 percent". */
bool beside_gdp(const struct scene *s, const struct line *l, const struct reach *r);

/* "Nine Allies meet the guideline": countries that spend what they have agreed to. */
bool meets_target(const struct scene *s, const struct line *l, const struct value *v,
                  const struct reach *r);

/* "from nine Allies to 23 spending 2 percent": countries, though nobody says so again. */
bool spenders(const struct scene *s, const struct line *l, const struct value *v);

/* One's own parliament is asked for it. */
bool own_request(const struct scene *s, const struct line *l, const struct around *acts);

/* NATO itself speaks. */
bool by_nato(const struct scene *s);

/* "a coalition of 40 countries" */
bool of_coalition(const struct line *l, const struct value *v, const struct reach *r);

/* --- counted.c --- */

/* Whether a number of people is ours, and what it makes. */
bool people_kind(const struct scene *s, const struct line *l, const struct value *v,
                 const struct reach *r, const struct around *acts, enum said_kind *kind);

/* Whether a number of things is ours, and what it makes. */
bool thing_kind(const struct scene *s, const struct line *l, const struct value *v,
                const struct reach *r, const struct around *acts, enum said_kind *kind);

/* The class of what is counted. */
enum goods class_of_noun(const struct line *l, const struct value *v);

/* "the training of 18 pilots" */
bool training_of(const struct line *l, const struct value *v);

/* "is supporting 55 teams" */
bool aided(const struct line *l, const struct value *v);

/* Lorries and flights that stand for what they bring. */
bool carries_aid(const struct scene *s, const struct line *l, const struct value *v);

/* --- bought.c --- */

/* "purchase", "buys", "ordered" */
bool is_purchase(const struct line *l, const struct act *act);

/* Whether the purchase is the buyer's own affair: who helps nobody with it. */
bool buys_for_itself(const struct scene *s, const struct line *l, const struct act *act,
                     uint32_t to, struct said_parties *buyer);

/* "from the United States", "American tanks": who sells what is bought in [.., to). */
bool seller_of(const struct scene *s, const struct line *l, const struct act *act, uint32_t to,
               struct said_parties *seller);

/* --- classed.c --- */

/* "that billion dollars", "the $40 billion", "a billion more": of a sum spoken of before. */
bool refers_back(const struct line *l, const struct value *v);

/* "$12 million to the NATO Trust Fund": a sum paid to a fund with a name is money. */
bool paid_to_fund(const struct line *l, const struct value *v);

/* "13 requirements": the number counts needs, whatever they are for. */
bool needs_named(const struct line *l, const struct value *v);

/* "Norway has pledged 75 billion kroner": of several countries' crowns, its own are meant. */
const char *own_currency(const struct line *l, const struct value *v,
                         const struct said_parties *giver);

/* "defence spending by 18 percent": of money. */
enum goods class_of_theme(const struct line *l, const struct reach *r, enum goods otherwise);

/* How much of what, in which unit, by whom. */
void fill_amount(struct scene *s, const struct line *l, const struct value *v,
                 const struct reach *r, const struct around *acts, const struct said_parties *giver,
                 struct said *d);

/* --- stages.c --- */

/* "This brings our aid to $19 billion": what the sum is of stands before it, and is a total. */
bool brings_to(const struct line *l, const struct value *v, const struct reach *r);

/* "The President's Budget includes", "the FY 2030 Budget Request provides": in [from, to). */
bool in_budget(const struct line *l, uint32_t from, uint32_t to);

enum said_stage stage_of_value(const struct scene *s, const struct line *l, const struct value *v,
                               const struct reach *r, const struct around *acts,
                               const struct said_parties *giver);

/* --- bounds.c --- */

/* Where the words that carry the value begin: its nearest act or "package worth", if close. */
uint32_t carried_from(const struct scene *s, const struct line *l, const struct value *v,
                      const struct reach *r);

/* Where they end: long stretches are cut at a comma. */
uint32_t carried_to(const struct line *l, const struct value *v, const struct reach *r,
                    uint32_t from);

/* "from 2 to 3 percent": the share at k is only where the next one, in percent too, begins. */
bool rises_from(const struct line *l, uint32_t k);

/* Where the words of a share begin: those it rises from, or what stands before a colon, with it. */
uint32_t share_begin(const struct scene *s, const struct line *l, uint32_t k, uint32_t from);

/* A count of countries is said with what they spend or do; `before`: their noun stands before it.
 */
void words_of_nations(const struct scene *s, const struct line *l, const struct value *v,
                      const struct reach *r, const struct around *acts, bool before, uint32_t *from,
                      uint32_t *to);

/* --- figures.c --- */

/* "90 percent of Russia's microelectronics come from China": whose they are gets them. */
void share_from(const struct scene *s, const struct line *l, const struct value *v,
                const struct reach *r, struct said *d);

/* Whose the figure is; of what class, and at whose side, if its words say so. */
void fill_figure(const struct scene *s, const struct line *l, const struct value *v,
                 const struct reach *r, struct said *d);

#endif
