/*
 * proof.c - see proof.h.
 *
 * Making a proof goes down the tree, as RFC 6962 defines it. Checking one goes
 * up from the leaf by the bits of its place, as RFC 9162 (2.1.3.2, 2.1.4.2)
 * writes it out: no recursion, and a proof of the wrong length cannot pass.
 */
#include "record/proof.h"

#include <assert.h>
#include <string.h>

/* The largest power of two below n; n > 1. */
static uint64_t split(uint64_t n)
{
    uint64_t k = 1;
    while (k < n - k) k *= 2;
    return k;
}

static uint32_t reversed(struct span *spans, uint32_t count)
{
    for (uint32_t i = 0; i < count / 2; i++) {
        struct span other = spans[count - 1 - i];
        spans[count - 1 - i] = spans[i];
        spans[i] = other;
    }
    return count;
}

uint32_t proof_inclusion(uint64_t index, uint64_t size, struct span out[PROOF_MAX])
{
    assert(index < size);
    uint32_t count = 0;
    struct span at = {0, size};
    while (at.end - at.begin > 1) {
        uint64_t middle = at.begin + split(at.end - at.begin);
        struct span left = {at.begin, middle}, right = {middle, at.end};
        out[count++] = index < middle ? right : left;
        at = index < middle ? left : right;
    }
    return reversed(out, count);
}

uint32_t proof_consistency(uint64_t from, uint64_t to, struct span out[PROOF_MAX])
{
    assert(from > 0 && from <= to);
    uint32_t count = 0;
    struct span at = {0, to};
    while (at.end != from) { /* the earlier tree ends inside */
        uint64_t middle = at.begin + split(at.end - at.begin);
        struct span left = {at.begin, middle}, right = {middle, at.end};
        out[count++] = from <= middle ? right : left;
        at = from <= middle ? left : right;
    }
    if (at.begin > 0) out[count++] = at; /* else it is the earlier root itself, which is known */
    return reversed(out, count);
}

static void up(uint64_t *a, uint64_t *b)
{
    *a >>= 1;
    *b >>= 1;
}

bool proof_included(const uint8_t leaf[SHA_BYTES], uint64_t index, uint64_t size,
                    uint8_t (*path)[SHA_BYTES], uint32_t count, const uint8_t root[SHA_BYTES])
{
    uint8_t node[SHA_BYTES];
    if (index >= size) return false;
    uint64_t at = index, last = size - 1;
    memcpy(node, leaf, SHA_BYTES);
    for (uint32_t i = 0; i < count; i++) {
        if (last == 0) return false;
        if (at & 1 || at == last) {
            merkle_node(path[i], node, node);
            while (!(at & 1) && at) up(&at, &last);
        } else {
            merkle_node(node, path[i], node);
        }
        up(&at, &last);
    }
    return last == 0 && memcmp(node, root, SHA_BYTES) == 0;
}

bool proof_consistent(uint64_t from, const uint8_t from_root[SHA_BYTES], uint64_t to,
                      const uint8_t to_root[SHA_BYTES], uint8_t (*path)[SHA_BYTES], uint32_t count)
{
    uint8_t before[SHA_BYTES], after[SHA_BYTES], nothing[SHA_BYTES];
    uint32_t i = 0;
    sha256("", 0, nothing);
    if (from > to) return false;
    if (from == 0) return count == 0 && memcmp(from_root, nothing, SHA_BYTES) == 0;
    if (from == to) return count == 0 && memcmp(from_root, to_root, SHA_BYTES) == 0;
    bool whole = (from & (from - 1)) == 0; /* the earlier tree is a subtree of the later one */
    if (!whole && count == 0) return false;
    memcpy(before, whole ? from_root : path[i++], SHA_BYTES);
    memcpy(after, before, SHA_BYTES);
    uint64_t at = from - 1, last = to - 1;
    while (at & 1) up(&at, &last);
    for (; i < count; i++) {
        if (last == 0) return false;
        if (at & 1 || at == last) {
            merkle_node(path[i], before, before);
            merkle_node(path[i], after, after);
            while (!(at & 1) && at) up(&at, &last);
        } else {
            merkle_node(after, path[i], after);
        }
        up(&at, &last);
    }
    return last == 0 && memcmp(before, from_root, SHA_BYTES) == 0 &&
           memcmp(after, to_root, SHA_BYTES) == 0;
}
