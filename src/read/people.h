/*
 * people.h - who is who in one document.
 *
 * Private to read/. A person is called in several ways; each label is given
 * the fullest name that the document has for whoever it calls.
 */
#ifndef MUSTER_READ_PEOPLE_H
#define MUSTER_READ_PEOPLE_H

#include "read/heading.h"
#include "read/labels.h"

/*
 * Complete name, role and affiliation of each of the labels, in the order of
 * their first appearance, from each other, the heading and the text.
 */
void people_complete(struct arena *a, const struct plain *p, const struct heading *h,
                     struct called **labels, uint32_t count);

/* Complete the name of a label that was given one since. */
void people_name(struct arena *a, const struct plain *p, const struct heading *h,
                 struct called **labels, uint32_t count, struct called *c);

/* Give a label without an office that of the first label of the same name. */
void people_share(struct called **labels, uint32_t count);

/* Whom the heading makes the only speaker ("Remarks by ..."); weight LABEL_NONE if nobody. */
struct called heading_speaker(struct arena *a, const struct heading *h);

/* "NATO" of "NATO Secretary General", "Finland" of "President of Finland"; NULL if not said. */
const char *role_affiliation(struct arena *a, const char *role);

#endif
