/*
 * joined.h - a value beside those of its sentence before it: said again, or a part of one.
 *
 * Private to values.c, which reads each value by itself.
 */
#ifndef MUSTER_READ_JOINED_H
#define MUSTER_READ_JOINED_H

#include "read/glance.h"
#include "read/values.h"

/*
 * Add *x to the n values before it, changing it where they say more: a correction
 * takes the place of the last one ("more than fif- - more than 50"), and a share
 * may be of the same GDP. Returns how many there are now.
 */
uint32_t value_joined(const struct glance *v, struct value *out, uint32_t n, struct value *x);

#endif
