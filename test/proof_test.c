/*
 * proof_test.c - what others can check: signatures, notes, proofs, shared logs.
 *
 * The oracle is RFC 6962 read aloud: PATH and PROOF as it defines them, by
 * recursion, and a root put together again from a path in the same way. It
 * shares nothing with proof.c but SHA-256. Notes are held against the one that
 * the format's authors publish. Then the real program proves and checks.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "record/proof.h"

#include <signal.h>

#include "base/base64.h"
#include "proof/judge.h"
#include "proof/prove.h"
#include "refusal.h"
#include "seed.h"

enum { LEAVES = 70 };

/* --- the words of the standard --- */

typedef uint8_t hash[SHA_BYTES];

static hash leaves[LEAVES];

static uint64_t rfc_k(uint64_t n)
{
    uint64_t k = 1;
    while (k * 2 < n) k *= 2;
    return k;
}

static void rfc_join(const uint8_t *left, const uint8_t *right, uint8_t *out)
{
    uint8_t both[1 + 2 * SHA_BYTES] = {1};
    memcpy(both + 1, left, SHA_BYTES);
    memcpy(both + 1 + SHA_BYTES, right, SHA_BYTES);
    sha256(both, sizeof both, out);
}

static void rfc_root(hash *d, uint64_t n, uint8_t *out)
{
    hash left, right;
    if (n == 0) {
        sha256("", 0, out);
    } else if (n == 1) {
        memcpy(out, d[0], SHA_BYTES);
    } else {
        rfc_root(d, rfc_k(n), left);
        rfc_root(d + rfc_k(n), n - rfc_k(n), right);
        rfc_join(left, right, out);
    }
}

/* 2.1.1: PATH(m, D[n]) */
static uint32_t rfc_path(uint64_t m, hash *d, uint64_t n, hash *out)
{
    if (n == 1) return 0;
    uint64_t k = rfc_k(n);
    uint32_t count = m < k ? rfc_path(m, d, k, out) : rfc_path(m - k, d + k, n - k, out);
    if (m < k)
        rfc_root(d + k, n - k, out[count]);
    else
        rfc_root(d, k, out[count]);
    return count + 1;
}

/* 2.1.2: SUBPROOF(m, D[n], b) */
static uint32_t rfc_subproof(uint64_t m, hash *d, uint64_t n, bool b, hash *out)
{
    if (m == n && b) return 0;
    if (m == n) {
        rfc_root(d, n, out[0]);
        return 1;
    }
    uint64_t k = rfc_k(n);
    uint32_t count =
        m <= k ? rfc_subproof(m, d, k, b, out) : rfc_subproof(m - k, d + k, n - k, false, out);
    if (m <= k)
        rfc_root(d + k, n - k, out[count]);
    else
        rfc_root(d, k, out[count]);
    return count + 1;
}

/* The root that a leaf and its path give, by the same recursion. */
static void rfc_climb(const uint8_t *leaf, uint64_t m, uint64_t n, hash *path, uint32_t count,
                      uint8_t *out)
{
    hash below;
    if (n == 1 || count == 0) {
        memcpy(out, leaf, SHA_BYTES);
        return;
    }
    uint64_t k = rfc_k(n);
    if (m < k) {
        rfc_climb(leaf, m, k, path, count - 1, below);
        rfc_join(below, path[count - 1], out);
    } else {
        rfc_climb(leaf, m - k, n - k, path, count - 1, below);
        rfc_join(path[count - 1], below, out);
    }
}

static uint32_t hashes_of(const struct span *spans, uint32_t count, hash *out)
{
    for (uint32_t i = 0; i < count; i++) {
        struct merkle part = {0};
        for (uint64_t k = spans[i].begin; k < spans[i].end; k++) merkle_add(&part, leaves[k]);
        merkle_root(&part, out[i]);
    }
    return count;
}

static void make_leaves(struct rng *r)
{
    for (int i = 0; i < LEAVES; i++) {
        for (int k = 0; k < SHA_BYTES; k++) leaves[i][k] = (uint8_t)rng_next(r);
    }
}

static void every_inclusion_proof_is_the_standards(void)
{
    struct rng r = {seed_env("MUSTER_SEED", 1)};
    printf("# seed %" PRIu64 "\n", r.state);
    make_leaves(&r);
    for (uint64_t n = 1; n <= LEAVES && tap_this_ok; n++) {
        hash root;
        rfc_root(leaves, n, root);
        for (uint64_t m = 0; m < n; m++) {
            struct span spans[PROOF_MAX];
            hash got[PROOF_MAX], want[PROOF_MAX], again;
            uint32_t count = hashes_of(spans, proof_inclusion(m, n, spans), got);
            CHECK(count == rfc_path(m, leaves, n, want));
            CHECK(count == 0 || memcmp(got, want, count * SHA_BYTES) == 0);
            rfc_climb(leaves[m], m, n, got, count, again);
            CHECK(memcmp(again, root, SHA_BYTES) == 0);
            CHECK(proof_included(leaves[m], m, n, got, count, root));
        }
    }
}

static void every_consistency_proof_is_the_standards(void)
{
    for (uint64_t n = 1; n <= LEAVES && tap_this_ok; n++) {
        hash root, before;
        rfc_root(leaves, n, root);
        for (uint64_t m = 1; m <= n; m++) {
            struct span spans[PROOF_MAX];
            hash got[PROOF_MAX], want[PROOF_MAX];
            uint32_t count = hashes_of(spans, proof_consistency(m, n, spans), got);
            CHECK(count == rfc_subproof(m, leaves, n, true, want));
            CHECK(count == 0 || memcmp(got, want, count * SHA_BYTES) == 0);
            rfc_root(leaves, m, before);
            CHECK(proof_consistent(m, before, n, root, got, count));
        }
    }
}

/* Another leaf, place, size, hash, root, or a proof of another length. */
static void false_inclusion(struct rng *r)
{
    struct span spans[PROOF_MAX];
    hash path[PROOF_MAX], root, leaf;
    make_leaves(r);
    uint64_t n = 1 + rng_below(r, LEAVES - 1), m = rng_below(r, (uint32_t)n), other;
    uint32_t count = hashes_of(spans, proof_inclusion(m, n, spans), path);
    rfc_root(leaves, n, root);
    memcpy(leaf, leaves[m], SHA_BYTES);
    for (other = 0; other <= n; other++) {
        CHECK(proof_included(leaf, other, n, path, count, root) == (other == m));
    }
    leaf[rng_below(r, SHA_BYTES)] ^= (uint8_t)(1 << rng_below(r, 8));
    CHECK(!proof_included(leaf, m, n, path, count, root));
    memcpy(leaf, leaves[m], SHA_BYTES);
    root[rng_below(r, SHA_BYTES)] ^= (uint8_t)(1 << rng_below(r, 8));
    CHECK(!proof_included(leaf, m, n, path, count, root));
    rfc_root(leaves, n, root);
    CHECK(!proof_included(leaf, m, n, path, count + 1, root));
    if (!count) return;
    CHECK(!proof_included(leaf, m, n, path, count - 1, root));
    path[rng_below(r, count)][rng_below(r, SHA_BYTES)] ^= 1;
    CHECK(!proof_included(leaf, m, n, path, count, root));
}

static void no_false_inclusion_proof_holds(void)
{
    seeds_run(200, false_inclusion);
}

static void false_growth(struct rng *r)
{
    struct span spans[PROOF_MAX];
    hash path[PROOF_MAX], root, before, altered;
    make_leaves(r);
    uint64_t n = 2 + rng_below(r, LEAVES - 2), m = 1 + rng_below(r, (uint32_t)n - 1);
    uint32_t count = hashes_of(spans, proof_consistency(m, n, spans), path);
    rfc_root(leaves, n, root);
    rfc_root(leaves, m, before);
    for (uint64_t other = 1; other <= n; other++) { /* only the true size */
        CHECK(proof_consistent(other, before, n, root, path, count) == (other == m));
    }
    /* A log that was altered before m has no proof made of its own hashes. */
    leaves[rng_below(r, (uint32_t)m)][0] ^= 1;
    rfc_root(leaves, n, altered);
    uint32_t own = hashes_of(spans, proof_consistency(m, n, spans), path);
    CHECK(!proof_consistent(m, before, n, altered, path, own));
    CHECK(!proof_consistent(n, root, m, before, path, count)); /* backwards */
    CHECK(!proof_consistent(0, before, n, root, path, 0));     /* nothing is not that */
    CHECK(!proof_consistent(m, before, n, root, path, count + 1));
}

static void no_false_consistency_proof_holds(void)
{
    hash nothing, root;
    seeds_run(200, false_growth);
    sha256("", 0, nothing);
    rfc_root(leaves, 5, root);
    CHECK(proof_consistent(0, nothing, 5, root, NULL, 0));
}

/* --- signatures and notes --- */

static void base64_has_one_spelling(void)
{
    struct arena a = {0};
    size_t len;
    for (size_t n = 0; n < 50; n++) {
        uint8_t bytes[50];
        for (size_t i = 0; i < n; i++) bytes[i] = (uint8_t)(i * 83 + n);
        const char *text = base64_encode(&a, bytes, n);
        const uint8_t *back = base64_decode(&a, text, strlen(text), &len);
        CHECK(back && len == n && memcmp(back, bytes, n) == 0);
    }
    CHECK_TEXT(base64_encode(&a, "fooba", 5), "Zm9vYmE=");
    static const char *const bad[] = {"Zm9vYmF=", "Zm9v=", "Zm9",      "Zm 9",
                                      "Zm9vYg=v", "====",  "Zm9vYh==", "Zm9-"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(!base64_decode(&a, bad[i], strlen(bad[i]), &len));
    }
    arena_free(&a);
}

/* The first two tests of RFC 8032, section 7.1. */
static void signatures_are_the_standards(void)
{
    static const char *const vectors[][4] = {
        {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
         "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701"
         "c"
         "f9b46bd25bf5f0595bbe24655141438e7a100b"},
        {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
         "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "r",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d"
         "0"
         "f11d8c387b2eaeb4302aeeb00d291612bb0c00"}};
    for (size_t i = 0; i < 2; i++) {
        uint8_t secret[32], public[32], want[64], got[64];
        size_t len = strlen(vectors[i][2]);
        CHECK(!hex_decode(vectors[i][0], 32, secret) && !hex_decode(vectors[i][3], 64, want));
        sign_public(secret, public);
        sign_bytes(secret, vectors[i][2], len, got);
        CHECK(memcmp(got, want, 64) == 0 && sign_holds(public, vectors[i][2], len, got));
        got[rand() % 64] ^= 4;
        CHECK(!sign_holds(public, vectors[i][2], len, got));
    }
}

/* The example in the documentation of golang.org/x/mod/sumdb/note. */
static const char neumann_secret[] =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
static const char neumann_public[] =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
static const char neumann_text[] = "If you think cryptography is the answer to your problem,\n"
                                   "then you don't know what your problem is.\n";
static const char neumann_line[] =
    "\n\xe2\x80\x94 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKv"
    "qfqdngotpRZb6KE6RyyBwJnAM=\n";

static void the_published_note_comes_out(void)
{
    struct arena a = {0};
    struct signer s;
    struct note_key k;
    struct trust trust = {0};
    struct note note;
    struct err err = {0};
    CHECK(!signer_parse(&a, neumann_secret, strlen(neumann_secret), &s, &err));
    CHECK(!note_key_parse(&a, neumann_public, strlen(neumann_public), &k, &err));
    CHECK_TEXT(signer_text(&a, &s), neumann_secret);
    CHECK_TEXT(note_key_text(&a, &s.key), neumann_public);
    CHECK_TEXT(note_key_id(&a, &k), "c74f20a3");
    const char *text = text_format(&a, "%s%s", neumann_text, neumann_line);
    CHECK_TEXT(note_sign(&a, neumann_text, &s, 1), text);
    trust_add(&trust, &a, &k);
    CHECK(!note_open(&a, text, strlen(text), &trust, &note, &err));
    CHECK(note.len == strlen(neumann_text) && strcmp(note.by->name, "PeterNeumann") == 0);
    arena_free(&a);
}

static void a_note_is_nothing_without_a_good_signature(void)
{
    struct arena a = {0};
    struct signer s, other;
    struct trust trust = {0}, nobody = {0};
    struct note note;
    struct err err = {0};
    signer_new(&a, "example.org/book", &s);
    signer_new(&a, "example.org/book", &other); /* the same name, another key */
    trust_add(&trust, &a, &s.key);
    const char *good = note_sign(&a, "a\n\nb\n", &s, 1);
    struct signer both[] = {other, s};
    CHECK(!note_open(&a, good, strlen(good), &trust, &note, &err) && note.len == 5);
    CHECK(note_open(&a, good, strlen(good), &nobody, &note, &err) == RC_ABSENT);
    const char *two = note_sign(&a, "a\n", both, 2);
    CHECK(!note_open(&a, two, strlen(two), &trust, &note, &err)); /* who is unknown is passed by */
    const char *theirs = note_sign(&a, "a\n", &other, 1);
    CHECK(note_open(&a, theirs, strlen(theirs), &trust, &note, &err) == RC_ABSENT);
    size_t len = strlen(good);
    for (size_t i = 0; i < len; i++) { /* any bit of it */
        char *bad = NEW_ARRAY(&a, len + 1, char);
        memcpy(bad, good, len);
        bad[i] = (char)(bad[i] ^ (1 << i % 8));
        CHECK(note_open(&a, bad, len, &trust, &note, &err) != RC_OK);
        CHECK(note_open(&a, good, i, &trust, &note, &err) != RC_OK); /* or cut there */
        if (!tap_this_ok) printf("# byte %zu\n", i);
    }
    static const char *const names[] = {"", "a b", "a+b", "a\tb", "a\302\240b", "\xff"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        CHECK(note_name_check(names[i], &err) == RC_INPUT);
    }
    CHECK(signer_parse(&a, neumann_public, strlen(neumann_public), &s, &err) == RC_INPUT);
    CHECK(note_key_parse(&a, neumann_secret, strlen(neumann_secret), &s.key, &err) == RC_INPUT);
    CHECK(!strstr(err.msg, "AYEK")); /* a secret is in no sentence */
    arena_free(&a);
}

/* c2sp.org/tlog-cosignature, read aloud: a key of type 4, and what it signs. */
static void witness_new(struct arena *a, const char *name, struct signer *out)
{
    static const uint8_t middle[] = {'\n', 4};
    uint8_t id[SHA_BYTES];
    signer_new(a, name, out);
    struct sha_part parts[] = {{name, strlen(name)}, {middle, 2}, {out->key.public, SIGN_PUBLIC}};
    sha256_parts(parts, 3, id);
    out->key.type = NOTE_WITNESSES;
    out->key.id = (uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 | (uint32_t)id[2] << 8 | id[3];
}

static const char *cosigned(struct arena *a, const struct signer *w, const char *note, size_t len,
                            uint64_t at_s)
{
    uint8_t line[4 + 8 + SIGN_BYTES];
    size_t body = (size_t)(strstr(note, "\n\n") + 1 - note);
    const char *text =
        text_format(a, "cosignature/v1\ntime %" PRIu64 "\n%.*s", at_s, (int)body, note);
    for (int i = 0; i < 4; i++) line[i] = (uint8_t)(w->key.id >> (24 - 8 * i));
    for (int i = 0; i < 8; i++) line[4 + i] = (uint8_t)(at_s >> (56 - 8 * i));
    sign_bytes(w->secret, text, strlen(text), line + 12);
    return text_format(a, "%.*s\xe2\x80\x94 %s %s\n", (int)len, note, w->key.name,
                       base64_encode(a, line, sizeof line));
}

static void a_witness_says_when_it_saw_a_checkpoint(void)
{
    struct arena a = {0};
    struct signer book, witness, other;
    struct note_key k;
    struct trust all = {0}, ours = {0}, theirs = {0};
    struct err err = {0};
    struct checkpoint c = {.origin = "example.org/book", .size = 7}, got;
    signer_new(&a, c.origin, &book);
    witness_new(&a, "witness.example/1", &witness);
    witness_new(&a, "witness.example/2", &other);
    const char *vkey = note_key_text(&a, &witness.key);
    CHECK(!note_key_parse(&a, vkey, strlen(vkey), &k, &err) && k.type == NOTE_WITNESSES);
    CHECK_TEXT(note_key_text(&a, &k), vkey);
    trust_add(&all, &a, &k); /* in front: whose log it is, its name tells */
    trust_add(&all, &a, &book.key);
    trust_add(&ours, &a, &book.key);
    trust_add(&theirs, &a, &k);
    checkpoint_sign(&a, &book, &c);
    const char *note = cosigned(&a, &witness, c.note, c.note_len, 1700000000);
    note = cosigned(&a, &other, note, strlen(note), 1700000001);
    size_t len = strlen(note);
    CHECK(!checkpoint_open(&a, note, len, &all, &got, &err));
    CHECK(got.size == 7 && strcmp(got.by->name, c.origin) == 0);
    CHECK(got.witness_count == 1 && got.witnesses[0].at_s == 1700000000);
    CHECK_TEXT(got.witnesses[0].key->name, "witness.example/1");
    CHECK(!checkpoint_open(&a, note, len, &ours, &got, &err) && got.witness_count == 0);
    CHECK(checkpoint_open(&a, note, len, &theirs, &got, &err) == RC_ABSENT);
    for (size_t i = c.note_len; i < len; i++) { /* no bit of what it says is another */
        char *bad = NEW_ARRAY(&a, len + 1, char);
        memcpy(bad, note, len);
        bad[i] = (char)(bad[i] ^ (1 << i % 7));
        struct checkpoint x;
        bool same = !checkpoint_open(&a, bad, len, &all, &x, &err) && x.witness_count == 1;
        CHECK(!same || x.witnesses[0].at_s == 1700000000);
        if (!tap_this_ok) break;
    }
    CHECK(signer_parse(&a, vkey, strlen(vkey), &other, &err) == RC_INPUT);
    arena_free(&a);
}

static void who_trusts_a_key_trusts_those_it_handed_over_to(void)
{
    struct arena a = {0};
    struct signer s[4];
    struct trust t = {0}, second = {0}, stranger = {0};
    struct err err = {0};
    struct checkpoint c = {.origin = "x", .size = 7}, got;
    for (int i = 0; i < 4; i++) signer_new(&a, i < 3 ? "x" : "y", &s[i]);
    const char *file =
        text_format(&a, "%s\n\n%s\n%s", note_key_text(&a, &s[0].key),
                    handover_sign(&a, &s[0], &s[1]), handover_sign(&a, &s[1], &s[2]));
    CHECK(!trust_read(&t, &a, file, strlen(file), true, &err));
    CHECK_I64(t.count, 3);
    trust_add(&second, &a, &s[1].key); /* who knew only the second goes on from there */
    CHECK(!trust_read(&second, &a, file, strlen(file), false, &err));
    CHECK_I64(second.count, 2);
    trust_add(&stranger, &a, &s[3].key);
    CHECK(!trust_read(&stranger, &a, file, strlen(file), false, &err));
    CHECK_I64(stranger.count, 1);
    checkpoint_sign(&a, &s[2], &c);
    CHECK(!checkpoint_open(&a, c.note, c.note_len, &t, &got, &err));
    CHECK(got.size == 7 && memcmp(got.root, c.root, SHA_BYTES) == 0);
    CHECK(checkpoint_open(&a, c.note, c.note_len, &stranger, &got, &err) == RC_ABSENT);
    /* A key cannot make another name its own, nor sign for another's log. */
    const char *theft =
        text_format(&a, "%s\n\n%s", note_key_text(&a, &s[0].key), handover_sign(&a, &s[0], &s[3]));
    t.count = 0;
    CHECK(trust_read(&t, &a, theft, strlen(theft), true, &err) == RC_RULE);
    c.origin = "z";
    checkpoint_sign(&a, &s[3], &c);
    CHECK(checkpoint_open(&a, c.note, c.note_len, &stranger, &got, &err) == RC_RULE);
    for (size_t i = strlen(note_key_text(&a, &s[0].key)) + 2; i + 1 < strlen(file); i += 3) {
        struct trust some = {0};
        char *bad = NEW_ARRAY(&a, strlen(file) + 1, char);
        strcpy(bad, file);
        bad[i] = (char)(bad[i] ^ 1);
        enum rc rc = trust_read(&some, &a, bad, strlen(bad), true, &err);
        CHECK(rc || some.count < 3);
        if (!tap_this_ok) printf("# byte %zu\n", i);
    }
    arena_free(&a);
}

/* --- the program --- */

/* A book with something that only Denmark may see, a key and a checkpoint. */
static void signed_book(void)
{
    done(0, "--store book.db party add secret-9000 --type other --label parties:DNK --author anna");
    done(0, "--store book.db party add ATL --name Atlantis --type nation --author anna");
    done(0, "--store book.db key new --name example.org/book");
    done(0, "--store book.db verify --sign");
}

static char *proof_of(const char *args, size_t *len)
{
    char *text = program(&temp, "--store book.db prove %s", args);
    CHECK_I64(program_exit, 0);
    if (program_exit) printf("# %s: %s\n", args, program_said);
    *len = strlen(text);
    return text;
}

static void book_trust(struct arena *a, struct trust *t)
{
    struct err err = {0};
    size_t len;
    char *keys = get("book.db.key.pub", &len);
    *t = (struct trust){0};
    CHECK(!trust_read(t, a, keys, len, true, &err));
    free(keys);
}

/* No bit of the file can be another and the proof still hold; nor can it end early. */
static void only_as_it_is(const char *text, size_t len, struct rng *r, int tries)
{
    struct arena a = {0};
    struct trust trust;
    struct judgement j;
    struct err err = {0};
    book_trust(&a, &trust);
    CHECK(!proof_judge(&a, text, len, &trust, &j, &err));
    if (!tap_this_ok) printf("# %s\n", err.msg);
    for (int i = 0; i < tries && tap_this_ok; i++) {
        struct arena own = {0};
        char *bad = NEW_ARRAY(&own, len + 1, char);
        size_t at = rng_below(r, (uint32_t)len), bit = rng_below(r, 8);
        memcpy(bad, text, len);
        bad[at] = (char)(bad[at] ^ (1 << bit));
        CHECK(proof_judge(&own, bad, len, &trust, &j, &err) != RC_OK && err.msg[0]);
        if (!tap_this_ok) printf("# byte %zu, bit %zu: %.60s\n", at, bit, text + at);
        CHECK(proof_judge(&own, text, at, &trust, &j, &err) != RC_OK);
        arena_free(&own);
    }
    arena_free(&a);
}

static void every_record_is_proved_and_no_altered_proof_holds(void)
{
    struct rng r = {seed_env("MUSTER_SEED", 1)};
    printf("# seed %" PRIu64 "\n", r.state);
    json_t *v = program_json(&temp, "--store book.db verify --json");
    int records = (int)json_member(v, "records");
    json_decref(v);
    CHECK(records > 20);
    for (int id = 1; id <= records && tap_this_ok; id += id < 4 ? 1 : 5) {
        char typed[60];
        size_t len;
        snprintf(typed, sizeof typed, "%d%s", id, id % 2 ? "" : " --withhold");
        char *proof = proof_of(typed, &len);
        only_as_it_is(proof, len, &r, 120);
        free(proof);
    }
}

static void a_proof_is_checked_with_no_book_there(void)
{
    size_t len;
    char *proof = proof_of("party/DNK", &len);
    mkdir("alone", 0755);
    put("alone/dnk.proof", proof, len);
    char *keys = get("book.db.key.pub", &len);
    put("alone/key", keys, len);
    keys[strcspn(keys, "\n")] = '\0';
    json_t *a = program_json(&temp, "verify --proof alone/dnk.proof --trust alone/key --json");
    CHECK(json_is_true(json_object_get(a, "holds")));
    const char *record = json_string_value(json_object_get(a, "record"));
    CHECK(record && strstr(record, "key=\"DNK\" name=\"Denmark\""));
    json_decref(a);
    a = program_json(&temp, "verify --proof alone/dnk.proof --trust '%s' --json", keys);
    CHECK(json_is_true(json_object_get(a, "holds")));
    json_decref(a);
    /* Somebody else's key, a bit of the record, no proof at all. */
    done(0, "--store other.db key new --name example.org/book");
    free(program(&temp, "verify --proof alone/dnk.proof --trust other.db.key.pub --json"));
    CHECK_I64(program_exit, 1);
    proof[40] = proof[40] == 'A' ? 'B' : 'A';
    put("alone/bad.proof", proof, strlen(proof));
    char *said = program(&temp, "verify --proof alone/bad.proof --trust alone/key");
    CHECK_I64(program_exit, 1);
    CHECK(strstr(said, "The proof does not hold") != NULL);
    free(said);
    free(program(&temp, "verify --proof gifts.csv --trust alone/key"));
    CHECK_I64(program_exit, 3);
    said_well("this is no proof");
    free(program(&temp, "verify --proof alone/dnk.proof"));
    CHECK_I64(program_exit, 2);
    free(program(&temp, "verify --proof nowhere --trust alone/key"));
    CHECK_I64(program_exit, 1);
    free(keys);
    free(proof);
}

static void a_withheld_record_says_nothing_and_is_there(void)
{
    size_t len;
    char *proof = proof_of("party/DNK --withhold", &len), *open = proof_of("party/DNK", &len);
    CHECK(!strstr(proof, strstr(open, "extra ") + 6));
    put_text("withheld.proof", proof);
    json_t *a = program_json(&temp, "verify --proof withheld.proof --trust book.db.key.pub --json");
    CHECK(json_is_true(json_object_get(a, "holds")));
    CHECK(json_is_null(json_object_get(a, "record")));
    json_decref(a);
    free(proof);
    free(open);
}

/* --- with some withheld --- */

/* What a partner gets: the public's and its own, and of the rest hashes. */
static void a_partner_gets_hashes_of_what_it_may_not_see(void)
{
    struct arena a = {0};
    struct trust trust;
    struct judgement norway, denmark;
    struct err err = {0};
    struct rng r = {seed_env("MUSTER_SEED", 1)};
    size_t len, other_len;
    char *log = proof_of("--share --as NOR", &len),
         *other = proof_of("--share --as DNK", &other_len);
    book_trust(&a, &trust);
    CHECK(!proof_judge(&a, log, len, &trust, &norway, &err));
    CHECK(!proof_judge(&a, other, other_len, &trust, &denmark, &err));
    if (!tap_this_ok) printf("# %s\n", err.msg);
    CHECK(memcmp(norway.at.root, denmark.at.root, SHA_BYTES) == 0);
    CHECK_I64((int64_t)(norway.shown + norway.withheld), (int64_t)norway.at.size);
    CHECK(norway.shown > 10 && norway.withheld > 0 && norway.withheld != denmark.withheld);
    CHECK(!strstr(log, "secret-9000") && strstr(other, "secret-9000"));
    only_as_it_is(log, len, &r, 300);
    /* One record given for another's leaf, one leaf for another, one left out. */
    char *line = strstr(log, "withheld "), *next = strchr(line, '\n') + 1;
    size_t cut = (size_t)(next - line);
    struct judgement j;
    memmove(line, next, len - (size_t)(next - log) + 1);
    CHECK(proof_judge(&a, log, len - cut, &trust, &j, &err) == RC_INPUT);
    free(log);
    free(other);
    arena_free(&a);
}

/* --- logs that are not what was signed --- */

static void a_log_cut_off_or_written_anew_is_not_what_was_signed(void)
{
    done(0, "--store cut.db import --mapping gifts.map gifts.csv");
    done(0, "--store cut.db key new --name example.org/cut");
    done(0, "--store cut.db party add X1 --name One --type nation --author anna");
    done(0, "--store cut.db verify --sign");
    done(0, "--store cut.db party add X2 --name Two --type nation --author anna");
    done(0, "--store cut.db verify"); /* grown since: fine */
    json_t *v = program_json(&temp, "--store cut.db verify --json");
    CHECK_I64((int64_t)json_member(v, "records"), (int64_t)json_member(v, "signed_records") + 1);
    json_decref(v);
    sqlite3 *db;
    CHECK(sqlite3_open("cut.db", &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db,
                       "DROP TRIGGER log_kept; DROP TRIGGER log_whole; DROP TRIGGER commits_kept;"
                       "DROP TRIGGER commits_whole;"
                       "DELETE FROM log WHERE id > (SELECT min(last) FROM commits);"
                       "DELETE FROM commits WHERE last > (SELECT min(last) FROM commits)",
                       NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(db);
    char *out = program(&temp, "--store cut.db verify");
    CHECK_I64(program_exit, 1);
    CHECK(strstr(out, "were cut off or written anew") != NULL);
    free(out);
    free(program(&temp, "--store cut.db verify --sign")); /* nor is it signed over */
    CHECK_I64(program_exit, 1);
    done(0, "--store cut.db party add X3 --name Three --type nation --author anna");
    free(program(&temp, "--store cut.db prove 1 "));
    CHECK_I64(program_exit, 1); /* and nothing is proved of it */
    said_well("is not the one that was signed");
}

static void growth_is_proved_across_a_change_of_keys(void)
{
    size_t len;
    char *before = get("book.db.checkpoint", &len);
    put("spring.checkpoint", before, len);
    free(before);
    char *keys = get("book.db.key.pub", &len);
    keys[strcspn(keys, "\n")] = '\0';
    done(0, "--store book.db party add GRW --name Growth --type nation --author anna");
    done(0, "--store book.db key rotate");
    done(0, "--store book.db verify --sign");
    struct rng r = {seed_env("MUSTER_SEED", 1)};
    char *proof = proof_of("--since spring.checkpoint", &len);
    only_as_it_is(proof, len, &r, 200);
    put("growth.proof", proof, len);
    json_t *a = program_json(&temp, "verify --proof growth.proof --trust book.db.key.pub --json");
    CHECK(json_is_true(json_object_get(a, "holds")));
    json_decref(a);
    /* The old key alone does not know the new one; with the handovers it does. */
    free(program(&temp, "verify --proof growth.proof --trust '%s'", keys));
    CHECK_I64(program_exit, 1);
    a = program_json(
        &temp, "verify --proof growth.proof --trust '%s' --trust book.db.key.pub --json", keys);
    CHECK(json_is_true(json_object_get(a, "holds")));
    json_decref(a);
    free(proof);
    free(keys);
}

static void a_key_is_its_owners_alone(void)
{
    struct stat st;
    CHECK(stat("book.db.key", &st) == 0 && (st.st_mode & 0777) == 0600);
    char *out = program(&temp, "--store book.db key show --json");
    size_t len;
    char *secret = get("book.db.key", &len);
    CHECK(strstr(out, "example.org/book+") && !strstr(out, secret + strlen("PRIVATE+KEY+") + 20));
    free(out);
    refused(1, "key new --name example.org/book", "there is a key 'book.db.key' already");
    refused(2, "key new --name 'two words' --key k2", "is no name for a key");
    chmod("book.db.key", 0644);
    refused(4, "verify --sign", "others may read the key");
    refused(4, "key rotate", "others may read the key");
    chmod("book.db.key", 0600);
    char *same = get("book.db.key", &len);
    CHECK(strcmp(same, secret) == 0);
    done(0, "--store none.db import --mapping gifts.map gifts.csv");
    free(program(&temp, "--store none.db verify --sign"));
    CHECK_I64(program_exit, 1);
    said_well("'muster key new' makes one");
    free(same);
    free(secret);
}

/* --- while somebody writes --- */

static void a_book_that_grows_meanwhile_verifies(void)
{
    done(0, "--store grows.db import --mapping gifts.map gifts.csv");
    pid_t writer = fork();
    if (writer == 0) {
        setpgid(0, 0); /* it ends with those that it started */
        for (int i = 0; i < 100000; i++) {
            char command[700];
            snprintf(command, sizeof command,
                     "%s --store grows.db party add W%d --name W --type nation --author anna"
                     " >/dev/null 2>&1",
                     program_path, i);
            if (system(command) != 0) _exit(1);
        }
        _exit(0);
    }
    for (int i = 0; i < 25 && tap_this_ok; i++) done(0, "--store grows.db verify");
    kill(-writer, SIGKILL);
    waitpid(writer, NULL, 0);
}

int main(int argc, char **argv)
{
    (void)argc;
    setvbuf(stdout, NULL, _IOLBF, 0);
    RUN(every_inclusion_proof_is_the_standards);
    RUN(every_consistency_proof_is_the_standards);
    RUN(no_false_inclusion_proof_holds);
    RUN(no_false_consistency_proof_holds);
    RUN(base64_has_one_spelling);
    RUN(signatures_are_the_standards);
    RUN(the_published_note_comes_out);
    RUN(a_note_is_nothing_without_a_good_signature);
    RUN(a_witness_says_when_it_saw_a_checkpoint);
    RUN(who_trusts_a_key_trusts_those_it_handed_over_to);
    go_to_own_directory(argv[0]);
    make_book();
    signed_book();
    RUN(every_record_is_proved_and_no_altered_proof_holds);
    RUN(a_proof_is_checked_with_no_book_there);
    RUN(a_withheld_record_says_nothing_and_is_there);
    RUN(a_partner_gets_hashes_of_what_it_may_not_see);
    RUN(a_log_cut_off_or_written_anew_is_not_what_was_signed);
    RUN(growth_is_proved_across_a_change_of_keys);
    RUN(a_key_is_its_owners_alone);
    RUN(a_book_that_grows_meanwhile_verifies);
    leave_own_directory();
    return tap_done();
}
