/*
 * own.h - what IATI has no word for, in a namespace of ours.
 *
 * Things, quantities, stages below a pledge, who said what where: each record
 * is an element named as its kind is, and its fields are attributes named as
 * in the exchange file; fields that may stand more than once are elements.
 * References are keys. Whoever finds them in an activity reads them and not
 * the elements of the standard beside them, which say less.
 */
#ifndef MUSTER_IATI_OWN_H
#define MUSTER_IATI_OWN_H

#include "base/arena.h"

#define IATI_OWN_NS "urn:muster:records:1"
#define IATI_OWN_PREFIX "muster"

/*
 * Any text as one that XML carries and no reader changes by squeezing spaces:
 * what would be lost stands as "\HEX;". And back; NULL for what is none.
 */
const char *iati_own_text(struct arena *a, const char *text);
const char *iati_own_text_back(struct arena *a, const char *text);

#endif
