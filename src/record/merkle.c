/* merkle.c - see merkle.h. */
#include "record/merkle.h"

#include <string.h>

#include "record/record.h"

void merkle_leaf(const uint8_t *salt, const void *bytes, size_t len, uint8_t out[SHA_BYTES])
{
    static const uint8_t zero = 0;
    struct sha_part parts[] = {{&zero, 1}, {salt, SALT_BYTES}, {bytes, len}};
    sha256_parts(parts, 3, out);
}

void merkle_node(const uint8_t left[SHA_BYTES], const uint8_t right[SHA_BYTES],
                 uint8_t out[SHA_BYTES])
{
    uint8_t text[1 + 2 * SHA_BYTES] = {1};
    memcpy(text + 1, left, SHA_BYTES);
    memcpy(text + 1 + SHA_BYTES, right, SHA_BYTES);
    sha256(text, sizeof text, out);
}

void merkle_add(struct merkle *m, const uint8_t leaf[SHA_BYTES])
{
    uint8_t node[SHA_BYTES];
    int level = 0;
    memcpy(node, leaf, SHA_BYTES);
    for (uint64_t n = m->count; n & 1; n >>= 1, level++)
        merkle_node(m->frontier[level], node, node);
    memcpy(m->frontier[level], node, SHA_BYTES);
    m->count++;
}

void merkle_root(const struct merkle *m, uint8_t out[SHA_BYTES])
{
    int level = 0;
    if (m->count == 0) {
        sha256("", 0, out);
        return;
    }
    while (!(m->count >> level & 1)) level++;
    memcpy(out, m->frontier[level], SHA_BYTES);
    while (++level < MERKLE_LEVELS) {
        if (m->count >> level & 1) merkle_node(m->frontier[level], out, out);
    }
}

size_t merkle_save(const struct merkle *m, uint8_t out[MERKLE_STATE_MAX])
{
    size_t len = 0;
    for (int level = 0; level < MERKLE_LEVELS; level++) {
        if (!(m->count >> level & 1)) continue;
        memcpy(out + len, m->frontier[level], SHA_BYTES);
        len += SHA_BYTES;
    }
    return len;
}

int merkle_load(struct merkle *m, uint64_t count, const uint8_t *bytes, size_t len)
{
    if (len != SHA_BYTES * (size_t)__builtin_popcountll(count)) return -1;
    m->count = count;
    for (int level = 0; level < MERKLE_LEVELS; level++) {
        if (!(count >> level & 1)) continue;
        memcpy(m->frontier[level], bytes, SHA_BYTES);
        bytes += SHA_BYTES;
    }
    return 0;
}
