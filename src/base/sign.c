/* sign.c - see sign.h. */
#include "base/sign.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>

static _Noreturn void broken(const char *what)
{
    fprintf(stderr, "muster: libcrypto cannot %s\n", what);
    abort();
}

static EVP_PKEY *secret_key(const uint8_t secret[SIGN_SECRET])
{
    EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, secret, SIGN_SECRET);
    if (!key) broken("provide Ed25519");
    return key;
}

void sign_public(const uint8_t secret[SIGN_SECRET], uint8_t out[SIGN_PUBLIC])
{
    EVP_PKEY *key = secret_key(secret);
    size_t len = SIGN_PUBLIC;
    if (EVP_PKEY_get_raw_public_key(key, out, &len) != 1 || len != SIGN_PUBLIC) {
        broken("derive a public key");
    }
    EVP_PKEY_free(key);
}

void sign_bytes(const uint8_t secret[SIGN_SECRET], const void *bytes, size_t len,
                uint8_t out[SIGN_BYTES])
{
    EVP_PKEY *key = secret_key(secret);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    size_t out_len = SIGN_BYTES;
    if (!ctx || EVP_DigestSignInit(ctx, NULL, NULL, NULL, key) != 1 ||
        EVP_DigestSign(ctx, out, &out_len, bytes, len) != 1 || out_len != SIGN_BYTES) {
        broken("sign");
    }
    EVP_MD_CTX_free(ctx);
    EVP_PKEY_free(key);
}

bool sign_holds(const uint8_t public[SIGN_PUBLIC], const void *bytes, size_t len,
                const uint8_t signature[SIGN_BYTES])
{
    EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public, SIGN_PUBLIC);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    if (!key || !ctx || EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, key) != 1) {
        broken("check a signature");
    }
    bool holds = EVP_DigestVerify(ctx, signature, SIGN_BYTES, bytes, len) == 1;
    EVP_MD_CTX_free(ctx);
    EVP_PKEY_free(key);
    return holds;
}
