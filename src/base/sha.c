/* sha.c - see sha.h. */
#include "base/sha.h"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void broken(const char *what)
{
    fprintf(stderr, "muster: libcrypto cannot %s\n", what);
    abort();
}

struct hasher {
    EVP_MD *md;
    EVP_MD_CTX *ctx;
};

static pthread_key_t ending;
static pthread_once_t prepared = PTHREAD_ONCE_INIT;

static void put_away(void *thing)
{
    struct hasher *h = thing;
    EVP_MD_CTX_free(h->ctx);
    EVP_MD_free(h->md);
    *h = (struct hasher){0};
}

static void prepare(void)
{
    if (pthread_key_create(&ending, put_away) != 0) broken("be told when a thread ends");
}

/* One hasher a thread, for the thread's life: its context is reused by every digest. */
static struct hasher *hasher(void)
{
    static _Thread_local struct hasher h;
    if (!h.ctx) {
        pthread_once(&prepared, prepare);
        pthread_setspecific(ending, &h);
        h.md = EVP_MD_fetch(NULL, "SHA256", NULL);
        h.ctx = EVP_MD_CTX_new();
        if (!h.md || !h.ctx) broken("provide SHA-256");
    }
    return &h;
}

enum { SMALL = 512 };

/* The parts laid end to end: where that is, or NULL when they do not fit into `small`. */
static const void *lay(const struct sha_part *parts, size_t count, uint8_t small[SMALL],
                       size_t *len)
{
    *len = 0;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].len > SMALL - *len) return NULL;
        *len += parts[i].len;
    }
    if (count == 1) return parts[0].bytes;
    *len = 0;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].len) memcpy(small + *len, parts[i].bytes, parts[i].len);
        *len += parts[i].len;
    }
    return small;
}

void sha256_parts(const struct sha_part *parts, size_t count, uint8_t out[SHA_BYTES])
{
    uint8_t small[SMALL];
    size_t len;
    const void *text = lay(parts, count, small, &len); /* a leaf's, a node's: one call, not three */
    if (text && sha256_quick(text, len, out)) return;
    struct hasher *h = hasher();
    int ok = EVP_DigestInit_ex2(h->ctx, h->md, NULL);
    if (text) {
        ok = ok && EVP_DigestUpdate(h->ctx, text, len);
    } else {
        for (size_t i = 0; i < count && ok; i++) {
            ok = EVP_DigestUpdate(h->ctx, parts[i].bytes, parts[i].len);
        }
    }
    if (!ok || !EVP_DigestFinal_ex(h->ctx, out, NULL)) broken("hash");
}

void sha256(const void *bytes, size_t len, uint8_t out[SHA_BYTES])
{
    sha256_parts(&(struct sha_part){bytes, len}, 1, out);
}

void sha_begin(struct sha_stream *s)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    if (!ctx || EVP_DigestInit_ex(ctx, hasher()->md, NULL) != 1) broken("begin a digest");
    s->ctx = ctx;
}

void sha_add(struct sha_stream *s, const void *bytes, size_t len)
{
    if (EVP_DigestUpdate(s->ctx, bytes, len) != 1) broken("hash");
}

void sha_end(struct sha_stream *s, uint8_t out[SHA_BYTES])
{
    unsigned len = 0;
    if (EVP_DigestFinal_ex(s->ctx, out, &len) != 1 || len != SHA_BYTES) broken("end a digest");
    EVP_MD_CTX_free(s->ctx);
    s->ctx = NULL;
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

/* A digit's value plus one; 0: no digit. A table, for an exchange file is a third digits. */
static const uint8_t nibbles[256] = {
    ['0'] = 1, ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9, ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
};

int hex_decode(const char *hex, size_t len, uint8_t *out)
{
    for (size_t i = 0; i < len; i++) {
        uint8_t high = nibbles[(uint8_t)hex[2 * i]];
        uint8_t low = high ? nibbles[(uint8_t)hex[2 * i + 1]] : 0;
        if (!low) return -1;
        out[i] = (uint8_t)((high - 1) << 4 | (low - 1));
    }
    return 0;
}
