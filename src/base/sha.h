/*
 * sha.h - SHA-256, from OpenSSL's libcrypto.
 *
 * The digest is fetched once: an implicit fetch per call costs more than the
 * hashing of a short record does. Short texts do not go there at all where the
 * processor can hash by itself (sha_quick.c).
 */
#ifndef MUSTER_BASE_SHA_H
#define MUSTER_BASE_SHA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SHA_BYTES = 32, SHA_HEX = 65 };

struct sha_part {
    const void *bytes;
    size_t len;
};

/* The digest of the parts laid end to end. Fails only if libcrypto does: then it aborts. */
void sha256_parts(const struct sha_part *parts, size_t count, uint8_t out[SHA_BYTES]);

void sha256(const void *bytes, size_t len, uint8_t out[SHA_BYTES]);

/* The same by this processor's own instructions; false, and nothing done, where it has none. */
bool sha256_quick(const void *bytes, size_t len, uint8_t out[SHA_BYTES]);

/*
 * The digest of bytes that come bit by bit: begin, add any number of times, end.
 * sha_end lets go of what sha_begin made, and must be called.
 */
struct sha_stream {
    void *ctx;
};
void sha_begin(struct sha_stream *s);
void sha_add(struct sha_stream *s, const void *bytes, size_t len);
void sha_end(struct sha_stream *s, uint8_t out[SHA_BYTES]);

/* count random bytes from the system's generator. */
void random_bytes(void *out, size_t count);

/* Lower-case hexadecimal, NUL-terminated; out has room for 2 * len + 1. */
void hex_encode(const uint8_t *bytes, size_t len, char *out);

/* len bytes from 2 * len hexadecimal digits; -1 when they are not that. */
int hex_decode(const char *hex, size_t len, uint8_t *out);

#endif
