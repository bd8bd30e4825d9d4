/*
 * base64.h - Base 64 as RFC 4648, section 4, has it, and no other spelling of it.
 *
 * What is signed is compared as text: so there is one text for some bytes. No
 * line breaks, always padded, and nothing left over in the last digit.
 */
#ifndef MUSTER_BASE_BASE64_H
#define MUSTER_BASE_BASE64_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* The bytes as NUL-terminated text in the arena. */
const char *base64_encode(struct arena *a, const void *bytes, size_t len);

/* The bytes of that text, in the arena, and how many; NULL when it is none. */
const uint8_t *base64_decode(struct arena *a, const char *text, size_t text_len, size_t *len);

#endif
