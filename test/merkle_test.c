/*
 * merkle_test.c - the hash tree against the words of RFC 6962, section 2.1.
 *
 * The oracle below is that section read aloud: split at the largest power of
 * two below n, hash both halves, join. It shares nothing with merkle.c but
 * SHA-256 itself.
 */
#include "record/merkle.h"

#include "record/record.h"
#include "seed.h"

enum { LEAVES = 300 };

static void rfc_root(uint8_t (*leaves)[SHA_BYTES], uint64_t n, uint8_t out[SHA_BYTES])
{
    if (n == 0) {
        sha256("", 0, out);
        return;
    }
    if (n == 1) {
        memcpy(out, leaves[0], SHA_BYTES);
        return;
    }
    uint64_t k = 1;
    while (k * 2 < n) k *= 2;
    uint8_t both[1 + 2 * SHA_BYTES] = {1};
    rfc_root(leaves, k, both + 1);
    rfc_root(leaves + k, n - k, both + 1 + SHA_BYTES);
    sha256(both, sizeof both, out);
}

static void the_published_trees_come_out(void)
{
    /* The leaves and roots of the Certificate Transparency project's own tests. */
    static const char *const data[] = {"",
                                       "00",
                                       "10",
                                       "2021",
                                       "3031",
                                       "40414243",
                                       "5051525354555657",
                                       "606162636465666768696a6b6c6d6e6f"};
    static const char *const roots[] = {
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    struct merkle m = {0};
    for (size_t i = 0; i < 8; i++) {
        uint8_t bytes[17] = {0}, leaf[SHA_BYTES], root[SHA_BYTES];
        char hex[SHA_HEX];
        size_t len = strlen(data[i]) / 2;
        CHECK(hex_decode(data[i], len, bytes + 1) == 0);
        sha256(bytes, len + 1, leaf); /* their leaves have no salt */
        merkle_add(&m, leaf);
        merkle_root(&m, root);
        hex_encode(root, SHA_BYTES, hex);
        CHECK_TEXT(hex, roots[i]);
    }
}

static void every_size_agrees_with_the_standards_words(void)
{
    static uint8_t leaves[LEAVES][SHA_BYTES];
    struct merkle m = {0};
    struct rng r = {1};
    for (uint64_t n = 0; n <= LEAVES && tap_this_ok; n++) {
        uint8_t got[SHA_BYTES], want[SHA_BYTES], state[MERKLE_STATE_MAX];
        struct merkle again = {0};
        merkle_root(&m, got);
        rfc_root(leaves, n, want);
        CHECK(memcmp(got, want, SHA_BYTES) == 0);
        size_t len = merkle_save(&m, state);
        CHECK(merkle_load(&again, n, state, len) == 0);
        CHECK(merkle_load(&again, n + 1, state, len + 1) == -1);
        merkle_root(&again, got);
        CHECK(memcmp(got, want, SHA_BYTES) == 0);
        if (n == LEAVES) break;
        for (int i = 0; i < SHA_BYTES; i++) leaves[n][i] = (uint8_t)rng_next(&r);
        merkle_add(&m, leaves[n]);
    }
}

static void a_leaf_is_a_zero_the_salt_and_the_bytes(void)
{
    uint8_t salt[SALT_BYTES], flat[1 + SALT_BYTES + 5] = {0}, got[SHA_BYTES], want[SHA_BYTES];
    for (int i = 0; i < SALT_BYTES; i++) salt[i] = flat[1 + i] = (uint8_t)(i * 7);
    memcpy(flat + 1 + SALT_BYTES, "hello", 5);
    sha256(flat, sizeof flat, want);
    merkle_leaf(salt, "hello", 5, got);
    CHECK(memcmp(got, want, SHA_BYTES) == 0);
    salt[3] ^= 1;
    merkle_leaf(salt, "hello", 5, got);
    CHECK(memcmp(got, want, SHA_BYTES) != 0);
}

static void order_matters(void)
{
    struct merkle ab = {0}, ba = {0};
    uint8_t a[SHA_BYTES] = {1}, b[SHA_BYTES] = {2}, x[SHA_BYTES], y[SHA_BYTES];
    merkle_add(&ab, a);
    merkle_add(&ab, b);
    merkle_add(&ba, b);
    merkle_add(&ba, a);
    merkle_root(&ab, x);
    merkle_root(&ba, y);
    CHECK(memcmp(x, y, SHA_BYTES) != 0);
}

int main(void)
{
    RUN(the_published_trees_come_out);
    RUN(every_size_agrees_with_the_standards_words);
    RUN(a_leaf_is_a_zero_the_salt_and_the_bytes);
    RUN(order_matters);
    return tap_done();
}
