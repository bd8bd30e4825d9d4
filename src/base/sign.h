/*
 * sign.h - Ed25519 signatures (RFC 8032), from OpenSSL's libcrypto.
 *
 * A secret key is its 32 random bytes, a public key 32, a signature 64. The
 * calls fail only if libcrypto does: then they abort, as hashing does.
 */
#ifndef MUSTER_BASE_SIGN_H
#define MUSTER_BASE_SIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SIGN_SECRET = 32, SIGN_PUBLIC = 32, SIGN_BYTES = 64 };

/* The public key that goes with a secret one. */
void sign_public(const uint8_t secret[SIGN_SECRET], uint8_t out[SIGN_PUBLIC]);

void sign_bytes(const uint8_t secret[SIGN_SECRET], const void *bytes, size_t len,
                uint8_t out[SIGN_BYTES]);

/* Whether the holder of that key's secret signed just these bytes. */
bool sign_holds(const uint8_t public[SIGN_PUBLIC], const void *bytes, size_t len,
                const uint8_t signature[SIGN_BYTES]);

#endif
