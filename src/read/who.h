/*
 * who.h - what is asked of a name before it is taken for who gives or gets.
 *
 * Private to subjects.c, givers.c and receivers.c, who ask who.c, and to
 * cast.c; everybody else asks scene.h.
 */
#ifndef MUSTER_READ_WHO_H
#define MUSTER_READ_WHO_H

#include <string.h>

#include "read/scene.h"

#define ONE_OF(ws, i, list) word_in((ws), (i), (list), sizeof(list) / sizeof *(list))

/* Whether both are known, and the same. */
static inline bool same(const char *a, const char *b)
{
    return a && b && (a == b || strcmp(a, b) == 0);
}

/* --- who.c --- */

/* The first mention of the list that ends with mention k. */
uint32_t list_start(const struct line *l, uint32_t k);

/* Two names need an "and" to be a list: "to help Ukraine, President Biden will send". */
bool with_and(const struct line *l, const struct mention *left, const struct mention *right);

/* Add the list that mention k belongs to, up to word `to`. Returns the first word of it. */
uint32_t add_list(const struct scene *s, const struct line *l, uint32_t k, uint32_t to,
                  struct said_parties *out);

/* Where the articles and the like right before word i begin ("in the eastern"); i: there are none.
 */
uint32_t before_article(const struct line *l, uint32_t i);

/* "with our Ukrainian partners", "joined by France": whoever begins at word i does nothing here. */
bool behind_preposition(const struct line *l, uint32_t i);

/* "working with Germany and others to send": behind the "with", if whoever is named at word i is
 * one of those; else 0. */
uint32_t worked_with(const struct line *l, uint32_t begin, uint32_t i);

/* "President of Ukraine", "people of Moldova": what the preposition's noun does, the party does. */
bool of_a_person(const struct line *l, uint32_t i);

/* "Germany's decision", "its recent decision": whose the noun at word i is; NULL: nobody says. */
const struct mention *whose_noun(const struct line *l, uint32_t begin, uint32_t i);

/* --- subjects.c --- */

/* "Korea: Delivered 10,000 generators", or an item under the heading "Korea". */
bool labelled(const struct scene *s, const struct line *l, uint32_t begin,
              struct said_parties *out);

/* --- givers.c --- */

/* "drones that Russia has used": who uses them, as said from word i on, gives nothing. */
bool uses_it(const struct line *l, uint32_t i);

#endif
