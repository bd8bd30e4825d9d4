/*
 * sha_quick.c - the digest of a short text, without the way there.
 *
 * A leaf or a node of the log's tree is two or three blocks, and two of them
 * go with every entry. Through libcrypto a third of their time is the call.
 * Two texts side by side were tried too: the processor has its hands full
 * with one. Where it has no instructions for SHA-256, libcrypto does it all.
 */
#include <string.h>

#include "base/sha.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

#define WITH_SHA __attribute__((target("sha,sse4.1")))

enum { BLOCK = 64 };

static const uint32_t round_keys[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/* The eight words as the instructions want them: a, b, e, f and c, d, g, h, the first on top. */
struct state {
    __m128i abef, cdgh;
};

WITH_SHA static inline __m128i words(const uint8_t *from)
{
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    return _mm_shuffle_epi8(_mm_loadu_si128((const void *)from), big_endian);
}

/* The next four words of the message out of its last sixteen, the oldest first. */
WITH_SHA static inline __m128i more(__m128i a, __m128i b, __m128i c, __m128i d)
{
    __m128i w = _mm_add_epi32(_mm_sha256msg1_epu32(a, b), _mm_alignr_epi8(d, c, 4));
    return _mm_sha256msg2_epu32(w, d);
}

WITH_SHA static inline void four_rounds(struct state *s, __m128i w, const uint32_t *keys)
{
    w = _mm_add_epi32(w, _mm_loadu_si128((const void *)keys));
    s->cdgh = _mm_sha256rnds2_epu32(s->cdgh, s->abef, w);
    s->abef = _mm_sha256rnds2_epu32(s->abef, s->cdgh, _mm_shuffle_epi32(w, 0x0e));
}

WITH_SHA static inline void one_block(struct state *s, const uint8_t *from)
{
    struct state before = *s;
    __m128i a = words(from), b = words(from + 16), c = words(from + 32), d = words(from + 48);
    for (int i = 0;; i += 16) {
        four_rounds(s, a, &round_keys[i]);
        four_rounds(s, b, &round_keys[i + 4]);
        four_rounds(s, c, &round_keys[i + 8]);
        four_rounds(s, d, &round_keys[i + 12]);
        if (i == 48) break;
        a = more(a, b, c, d);
        b = more(b, c, d, a);
        c = more(c, d, a, b);
        d = more(d, a, b, c);
    }
    s->abef = _mm_add_epi32(s->abef, before.abef);
    s->cdgh = _mm_add_epi32(s->cdgh, before.cdgh);
}

WITH_SHA static inline void put(const struct state *s, uint8_t out[SHA_BYTES])
{
    const __m128i backward = _mm_set_epi64x(0x0001020304050607, 0x08090a0b0c0d0e0f);
    __m128i high = _mm_unpackhi_epi64(s->cdgh, s->abef), low = _mm_unpacklo_epi64(s->cdgh, s->abef);
    _mm_storeu_si128((void *)out, _mm_shuffle_epi8(high, backward));
    _mm_storeu_si128((void *)(out + 16), _mm_shuffle_epi8(low, backward));
}

/* The blocks that lie in the text, and the one or two in which it ends. */
WITH_SHA static void digest(const uint8_t *bytes, size_t len, uint8_t out[SHA_BYTES])
{
    struct state s = {_mm_set_epi32(0x6a09e667, (int)0xbb67ae85, 0x510e527f, (int)0x9b05688c),
                      _mm_set_epi32(0x3c6ef372, (int)0xa54ff53a, 0x1f83d9ab, 0x5be0cd19)};
    uint8_t end[2 * BLOCK] = {0};
    size_t rest = len % BLOCK, room = rest < BLOCK - 8 ? BLOCK : 2 * BLOCK;
    uint64_t bits = __builtin_bswap64((uint64_t)len * 8);
    for (size_t i = 0; i + BLOCK <= len; i += BLOCK) one_block(&s, bytes + i);
    if (rest) memcpy(end, bytes + len - rest, rest);
    end[rest] = 0x80;
    memcpy(end + room - 8, &bits, 8);
    for (size_t i = 0; i < room; i += BLOCK) one_block(&s, end + i);
    put(&s, out);
}

static bool has_instructions(void)
{
    unsigned a, b, c, d, e, f;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA) &&
           __get_cpuid(1, &a, &e, &f, &d) && (f & bit_SSE4_1) && (f & bit_SSSE3);
}

bool sha256_quick(const void *bytes, size_t len, uint8_t out[SHA_BYTES])
{
    static _Thread_local int can; /* 0: not asked yet */
    if (!can) can = has_instructions() ? 1 : -1;
    if (can < 0) return false;
    digest(bytes, len, out);
    return true;
}

#else

bool sha256_quick(const void *bytes, size_t len, uint8_t out[SHA_BYTES])
{
    (void)bytes, (void)len, (void)out;
    return false;
}

#endif
