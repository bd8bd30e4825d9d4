/*
 * deeds.h - what the readers of sentences without a number ask each other.
 *
 * Private to the grammar. deeds.c asks every act (what it gives: gifts.h),
 * needs.c those of needing and thanking, received.c verbs of getting, decisions.c those that
 * decide, contents.c the lists behind them.
 */
#ifndef MUSTER_READ_DEEDS_H
#define MUSTER_READ_DEEDS_H

#include "read/scene.h"

/* --- objects.c --- */

/* Whether a number of ours begins in the words [from, to). */
bool counted_within(const struct line *l, uint32_t from, uint32_t to);

/* Whether one of the statements of this sentence covers some of the words [from, to). */
bool said_already(const struct scene *s, const struct line *l, enum said_kind kind, uint32_t from,
                  uint32_t to, uint32_t since);

/* Where the words that carry a thing end: soon behind it, at a comma or an "and". */
uint32_t quote_end(const struct line *l, const struct things *t, uint32_t end);

/* What the verb's object names: things soon behind it. */
struct things object_of(const struct line *l, const struct act *act, uint32_t end);

/* --- gift_sides.c --- */

/* Whether it is whom the document is about supporting, and nobody else. */
bool is_beneficiary(const struct scene *s, const struct said_parties *ps);

/* Whether the sentence is about supporting somebody at all. */
bool on_topic(const struct scene *s, const struct line *l);

/* --- needs.c --- */

/* "Ukraine needs radars", "ammunition is needed", "the minister's call for tanks" */
void read_need(struct scene *s, const struct line *l, const struct act *act, uint32_t since);

/* "We need to strengthen our air defence": who is attacked lacks what is to grow. */
void read_growth(struct scene *s, const struct line *l, const struct act *act, uint32_t since);

/* "weapons that Ukraine has requested": needed, if those ask who are helped. */
void read_request(struct scene *s, const struct line *l, const struct act *act, uint32_t since);

/* "I am grateful to each of you for the weapons": what one is thanked for was given. */
void read_thanks(struct scene *s, const struct line *l, const struct act *act, uint32_t since);

/* --- received.c --- */

/* "Russia is receiving shells from North Korea": gifts told by who gets them. */
void read_received(struct scene *s, const struct line *l, uint32_t since);

/* "the shipment of Iranian drones to Russia": weapons that go from one country to another. */
void read_transfers(struct scene *s, const struct line *l, uint32_t since);

/* --- decisions.c --- */

/* Two words with capitals in a row soon behind the verb: "the European Resilience Initiative". */
bool names_something(const struct line *l, uint32_t from, uint32_t to);

/* "agreement", "treaty", "memorandum" */
bool paper_at(const struct line *l, uint32_t i);

/* "a partnership on food security": an undertaking without a name of its own. */
bool undertakes(const struct line *l, uint32_t from, uint32_t to);

/* "a treaty", "the memorandum": what two sides sign without giving each other anything. */
bool signs_paper(const struct line *l, const struct act *act, uint32_t end);

/* "signed the bill", "passed the supplemental": money that a parliament grants. */
bool passes_law(const struct line *l, const struct act *act, uint32_t end);

/* "authorized Ukraine to strike": leave is given, and no thing. */
bool gives_leave(const struct line *l, const struct act *act);

/* "pledged to develop plans for defence production", "announced a joint declaration on defence" */
void read_undertaking(struct scene *s, const struct line *l, const struct act *act, uint32_t since);

/* "The Facility was approved by the Council": what was decided stands before, who behind "by". */
bool read_decided(struct scene *s, const struct line *l, const struct act *act, uint32_t since);

/* since: statements of this sentence begin there. */
void read_decision(struct scene *s, const struct line *l, const struct act *act, uint32_t since);

#endif
