/* sha.c - see sha.h. */
#include "base/sha.h"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>

static _Noreturn void broken(const char *what)
{
    fprintf(stderr, "muster: libcrypto cannot %s\n", what);
    abort();
}

struct hasher {
    EVP_MD *md;
    EVP_MD_CTX *ctx;
};

/* One hasher a thread, for the thread's life: its context is reused by every digest. */
static struct hasher *hasher(void)
{
    static _Thread_local struct hasher h;
    if (!h.ctx) {
        h.md = EVP_MD_fetch(NULL, "SHA256", NULL);
        h.ctx = EVP_MD_CTX_new();
        if (!h.md || !h.ctx) broken("provide SHA-256");
    }
    return &h;
}

void sha256_parts(const struct sha_part *parts, size_t count, uint8_t out[SHA_BYTES])
{
    struct hasher *h = hasher();
    int ok = EVP_DigestInit_ex2(h->ctx, h->md, NULL);
    for (size_t i = 0; i < count && ok; i++) {
        ok = EVP_DigestUpdate(h->ctx, parts[i].bytes, parts[i].len);
    }
    if (!ok || !EVP_DigestFinal_ex(h->ctx, out, NULL)) broken("hash");
}

void sha256(const void *bytes, size_t len, uint8_t out[SHA_BYTES])
{
    sha256_parts(&(struct sha_part){bytes, len}, 1, out);
}

void random_bytes(void *out, size_t count)
{
    if (RAND_bytes(out, (int)count) != 1) broken("give random bytes");
}

void hex_encode(const uint8_t *bytes, size_t len, char *out)
{
    static const char digit[] = "0123456789abcdef";
    for (size_t i = 0; i < len; i++) {
        out[2 * i] = digit[bytes[i] >> 4];
        out[2 * i + 1] = digit[bytes[i] & 15];
    }
    out[2 * len] = '\0';
}

static int nibble(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

int hex_decode(const char *hex, size_t len, uint8_t *out)
{
    for (size_t i = 0; i < len; i++) {
        int high = nibble(hex[2 * i]);
        int low = high < 0 ? -1 : nibble(hex[2 * i + 1]);
        if (low < 0) return -1;
        out[i] = (uint8_t)(high << 4 | low);
    }
    return 0;
}
