/*
 * promise.h - what a store on the disk of disk.h has promised, and whether it kept it.
 *
 * Record n is a function of n, so any row can be checked. What append() said
 * yes to must be there after anything; what it did not say yes to may be there
 * whole, when the end came before the answer, and never half. Where only the
 * process died it may be seen, and be gone with the power.
 */
#ifndef MUSTER_TEST_PROMISE_H
#define MUSTER_TEST_PROMISE_H

#include <time.h>

#include "base/text.h"
#include "disk.h"
#include "draft.h"
#include "seed.h"
#include "store/store.h"

enum { PROMISE_TRIED = 16 };

struct promise {
    uint64_t acked, at;            /* ids up to which append said yes; where the log ends now */
    uint64_t tried[PROMISE_TRIED]; /* where it may end as well: asked since, and not answered */
    uint32_t tried_count;
    const char *broken; /* the first broken promise, or NULL */
    const char *path;   /* of the store; NULL: "book" */
    uint32_t document;  /* bytes of one at most, in each commit; 0: short ones, now and then */
    struct err why;
    uint64_t cuts, commits; /* that were held against it; that were acknowledged */
};

static inline const char *promise_path(const struct promise *p)
{
    return p->path ? p->path : "book";
}

/* `len` times the letter. */
static inline const char *repeated(struct arena *a, char letter, size_t len)
{
    char *text = NEW_ARRAY(a, len + 1, char);
    memset(text, letter, len);
    return text;
}

static inline struct record *nth(struct arena *a, uint64_t id)
{
    struct cast c = {.arena = a, .id = id - 1, .now_ms = (int64_t)(id - 1) * 1000};
    struct record *r = cast_party(&c, text_format(a, "P%" PRIu64, id));
    record_set_text(a, r, F_NOTE, repeated(a, '7', id * 37 % 900 + 1));
    r->idem = record_idem(a, r, 1);
    return r;
}

/* All that is there outlives the power, or was acknowledged: it ends nowhere else. */
static inline void promise_settle(struct promise *p, uint64_t at)
{
    p->acked = p->at = at;
    p->tried_count = 0;
}

static inline bool promise_allows(const struct promise *p, uint64_t at)
{
    bool allowed = at == p->acked;
    for (uint32_t i = 0; i < p->tried_count; i++) allowed |= p->tried[i] == at;
    return allowed;
}

/* One commit of one to six records, now and then with a document. */
static inline enum rc promise_append(struct store *s, struct promise *p, struct rng *r,
                                     struct err *err)
{
    struct arena a = {0};
    const struct record *list[6];
    uint32_t count = 1 + rng_below(r, 6);
    struct evidence e = {.len = rng_below(r, p->document ? p->document : 6000) + 1};
    bool document = p->document || rng_one_in(r, 4);
    if (document) {
        e.bytes = repeated(&a, '3', e.len);
        sha256(e.bytes, e.len, e.hash);
    }
    for (uint32_t k = 0; k < count; k++) list[k] = nth(&a, p->at + 1 + k);
    enum rc rc = store_append(s, list, count, &e, document, err);
    if (rc && p->tried_count < PROMISE_TRIED) p->tried[p->tried_count++] = p->at + count;
    if (!rc) promise_settle(p, p->at + count);
    p->commits += !rc;
    arena_free(&a);
    return rc;
}

/* Append until something fails. */
static inline enum rc promise_work(struct store *s, struct promise *p, struct rng *r, int commits,
                                   struct err *err)
{
    enum rc rc = RC_OK;
    for (int i = 0; i < commits && !rc; i++) rc = promise_append(s, p, r, err);
    return rc;
}

/* What an opened store has, before anything is added: RC_RULE when that breaks the promise. */
static inline enum rc promise_look(struct store *s, struct promise *p, struct err *err)
{
    struct commit head;
    enum rc rc = s->ops->head(s, &head, err);
    if (rc) return rc;
    p->at = head.last;
    if (promise_allows(p, head.last)) return RC_OK;
    p->broken = "the log ends where no promise did";
    return fail(&p->why, RC_RULE, "at %" PRIu64 ", not %" PRIu64, head.last, p->acked);
}

struct promise_seen {
    struct arena arena;
    uint64_t last;
};

static inline enum rc promise_row(void *ctx, const struct row *row, struct err *err)
{
    struct promise_seen *seen = ctx;
    struct buf bytes = {.arena = &seen->arena};
    uint8_t leaf[SHA_BYTES];
    arena_reset(&seen->arena);
    struct record *want = nth(&seen->arena, row->id);
    record_encode(&bytes, want);
    merkle_leaf(want->salt, bytes.text, bytes.len, leaf);
    if (row->id != seen->last + 1 || memcmp(leaf, row->leaf, SHA_BYTES) != 0) {
        return fail(err, RC_INPUT, "record %" PRIu64 " is another", row->id);
    }
    seen->last = row->id;
    return RC_OK;
}

/* Open what is left, of a power cut or only of a process, and hold it against what was promised. */
static inline void promise_hold(struct promise *p, bool cut)
{
    struct arena a = {0};
    struct store *s = NULL;
    struct err err = {0};
    struct verdict v;
    struct promise_seen seen = {.last = 0};
    if (p->broken) return;
    p->cuts++;
    if (store_open(&a, promise_path(p), true, &s, &err)) {
        p->broken = "it does not open";
    } else if (store_verify(s, &v, &err)) {
        p->broken = "verify finds a fault";
    } else if (s->ops->scan(s, 0, promise_row, &seen, &err)) {
        p->broken = "a record is another";
    } else if (seen.last < p->acked) {
        p->broken = "an acknowledged record is gone";
    } else if (!promise_allows(p, seen.last)) {
        p->broken = "a commit is half there";
    }
    p->why = err;
    p->at = seen.last;
    if (cut) promise_settle(p, seen.last);
    store_close(s);
    arena_free(&seen.arena);
    arena_free(&a);
}

static inline void promise_report(const struct promise *p)
{
    CHECK(p->broken == NULL);
    if (p->broken) printf("# %s: %s\n", p->broken, p->why.msg);
}

/* Processor seconds so far. */
static inline double spent_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Under a sanitizer everything takes long: fewer will do there. */
static inline uint64_t fewer(uint64_t count)
{
#ifdef __SANITIZE_ADDRESS__
    return count / 20 + 1;
#else
    return count;
#endif
}

/*
 * A negative control: with that fault, which the store cannot outlive, the test
 * itself must fail, in less than twenty seeds.
 */
enum { CONTROL = 20 };
static inline void control_seen(const char *what, uint64_t first)
{
    CHECK(first > 0 && first < CONTROL);
    printf("# control: %s is seen at seed %" PRIu64 "\n", what, first);
}

#endif
