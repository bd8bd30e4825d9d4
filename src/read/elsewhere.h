/*
 * elsewhere.h - numbers that are no amounts: dates, years, clocks, names, notes.
 *
 * Private to read/.
 */
#ifndef MUSTER_READ_ELSEWHERE_H
#define MUSTER_READ_ELSEWHERE_H

#include "read/glance.h"
#include "read/values.h"

/*
 * Whether the number at word i is part of a date (VALUE_TIME) or of a name
 * (VALUE_NAME); then *out covers it.
 */
bool number_elsewhere(const struct glance *v, uint32_t i, struct value *out);

/* Fill *out with a value without number, unit and noun; true. */
bool value_put(struct value *out, uint32_t first, uint32_t end, enum value_kind kind);

#endif
