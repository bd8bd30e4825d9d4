/*
 * addressed.h - by which name others address the holder of an office.
 *
 * Private to read/. A label may be an office alone ("Prime Minister:") in a
 * text without a heading; then "Thank you, Prime Minister Lind" in somebody
 * else's turn says who it is. "I spoke with Prime Minister Ahl" does not.
 */
#ifndef MUSTER_READ_ADDRESSED_H
#define MUSTER_READ_ADDRESSED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

/*
 * Look in what somebody else says, text [at, end), for addresses of `role` by
 * name. *name is the name found so far, or NULL, and becomes the fuller of the
 * two; false when another is addressed by the same office, so that none is sure.
 */
bool addressed_in(struct arena *a, const char *text, uint32_t at, uint32_t end, const char *role,
                  const char **name);

#endif
