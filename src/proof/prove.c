/* prove.c - see prove.h. */
#include "proof/prove.h"

#include <inttypes.h>
#include <string.h>

#include "base/base64.h"
#include "base/text.h"
#include "record/exchange.h"
#include "record/proof.h"

/* Everything that one pass over the log is to find out. */
struct pass {
    struct arena *arena;
    uint64_t size;      /* records to read */
    struct merkle tree; /* over all of them */
    const struct span *spans;
    struct merkle *parts; /* one for each span */
    uint32_t count, at;   /* spans; the one of the last row */
    uint64_t id;          /* a record to keep, or 0 */
    const char *extra;    /* it, as the proof has it */
    bool withhold;
};

static enum rc another_log(const struct checkpoint *c, struct err *err)
{
    return fail(err, RC_RULE,
                "the log is not the one that was signed: its first %" PRIu64
                " records have another root",
                c->size);
}

static const char *extra_of(struct arena *a, const struct row *row, bool withhold)
{
    struct buf b = {.arena = a};
    buf_add_bytes(&b, withhold ? "\0" : "\1", 1);
    if (withhold) {
        buf_add_bytes(&b, (const char *)row->leaf, SHA_BYTES);
    } else {
        buf_add_bytes(&b, (const char *)row->salt, SALT_BYTES);
        buf_add_bytes(&b, row->bytes, row->len);
    }
    return base64_encode(a, b.text, b.len);
}

static enum rc pass_row(void *ctx, const struct row *row, struct err *err)
{
    struct pass *p = ctx;
    uint64_t index = row->id - 1;
    if (row->id > p->size) return fail(err, RC_ABSENT, "enough");
    merkle_add(&p->tree, row->leaf);
    for (uint32_t i = 0; i < p->count; i++, p->at = (p->at + 1) % p->count) {
        if (index < p->spans[p->at].begin || index >= p->spans[p->at].end) continue;
        merkle_add(&p->parts[p->at], row->leaf);
        break;
    }
    if (row->id == p->id) p->extra = extra_of(p->arena, row, p->withhold);
    return RC_OK;
}

/* Read the log as far as the checkpoint reaches; it must be the log that was signed. */
static enum rc pass_run(struct pass *p, struct store *s, const struct checkpoint *c,
                        struct err *err)
{
    uint8_t root[SHA_BYTES];
    p->size = c->size;
    p->parts = NEW_ARRAY(p->arena, p->count + 1, struct merkle);
    enum rc rc = s->ops->scan(s, 0, pass_row, p, err);
    if (rc && !(rc == RC_ABSENT && p->tree.count == c->size)) return rc;
    *err = (struct err){0};
    merkle_root(&p->tree, root);
    if (p->tree.count == c->size && memcmp(root, c->root, SHA_BYTES) == 0) return RC_OK;
    return another_log(c, err);
}

static void put_path(struct buf *out, const struct pass *p)
{
    for (uint32_t i = 0; i < p->count; i++) {
        uint8_t hash[SHA_BYTES];
        merkle_root(&p->parts[i], hash);
        buf_addf(out, "%s\n", base64_encode(p->arena, hash, SHA_BYTES));
    }
}

enum rc prove_record(struct arena *a, struct store *s, const struct checkpoint *c, uint64_t id,
                     bool withhold, struct buf *out, struct err *err)
{
    struct span spans[PROOF_MAX];
    if (id == 0 || id > c->size) {
        return fail(err, RC_ABSENT,
                    "the checkpoint ends at record %" PRIu64 ": record %" PRIu64
                    " is not in it; 'muster verify --sign' makes a later one",
                    c->size, id);
    }
    struct pass p = {.arena = a, .id = id, .withhold = withhold, .spans = spans};
    p.count = proof_inclusion(id - 1, c->size, spans);
    enum rc rc = pass_run(&p, s, c, err);
    if (rc) return rc;
    buf_addf(out, PROOF_RECORD_HEADER "extra %s\nindex %" PRIu64 "\n", p.extra, id - 1);
    put_path(out, &p);
    buf_add(out, "\n");
    buf_add_bytes(out, c->note, c->note_len);
    return RC_OK;
}

enum rc prove_growth(struct arena *a, struct store *s, const struct checkpoint *older,
                     const struct checkpoint *newer, struct buf *out, struct err *err)
{
    struct span spans[PROOF_MAX];
    struct pass p = {.arena = a, .spans = spans}, begin = {.arena = a};
    if (older->size > newer->size) {
        return fail(err, RC_RULE,
                    "the checkpoint of %" PRIu64 " records is later than the one of %" PRIu64,
                    older->size, newer->size);
    }
    if (strcmp(older->origin, newer->origin) != 0) {
        return fail(err, RC_RULE, "'%.80s' and '%.80s' are two logs", older->origin, newer->origin);
    }
    if (older->size) p.count = proof_consistency(older->size, newer->size, spans);
    enum rc rc = pass_run(&begin, s, older, err);
    if (!rc) rc = pass_run(&p, s, newer, err);
    if (rc) return rc;
    buf_add(out, PROOF_GROWTH_HEADER);
    put_path(out, &p);
    buf_add(out, "\n");
    buf_add_bytes(out, older->note, older->note_len);
    buf_add(out, "\n");
    buf_add_bytes(out, newer->note, newer->note_len);
    return RC_OK;
}

/* --- with some withheld --- */

struct share {
    struct pass pass;
    struct arena scratch;
    sees_fn *sees;
    void *ctx;
    struct buf *out;
};

static enum rc share_row(void *ctx, const struct row *row, struct err *err)
{
    struct share *s = ctx;
    struct record r;
    enum rc rc = pass_row(&s->pass, row, err);
    if (rc) return rc;
    arena_reset(&s->scratch);
    if (!s->sees(s->ctx, row->id)) {
        char hex[SHA_HEX];
        hex_encode(row->leaf, SHA_BYTES, hex);
        buf_addf(s->out, "withheld %" PRIu64 " %s\n", row->id, hex);
    } else {
        struct buf line = {.arena = &s->scratch};
        rc = row_record(&s->scratch, row, &r, err);
        if (rc) return rc;
        r.idem = NULL; /* it counts what others recorded too, and is no part of the leaf */
        exchange_record(&line, &r);
        buf_add_bytes(s->out, line.text, line.len);
    }
    buf_drain(s->out);
    return RC_OK;
}

enum rc prove_share(struct arena *a, struct store *s, const struct checkpoint *c, sees_fn *sees,
                    void *ctx, struct buf *out, struct err *err)
{
    struct pass before = {.arena = a};
    struct share share = {
        .pass = {.arena = a, .size = c->size}, .sees = sees, .ctx = ctx, .out = out};
    enum rc rc = pass_run(&before, s, c, err); /* nothing is written of another log */
    if (rc) return rc;
    buf_add(out, PROOF_SHARE_HEADER);
    rc = s->ops->scan(s, 0, share_row, &share, err);
    arena_free(&share.scratch);
    if (rc && !(rc == RC_ABSENT && share.pass.tree.count == c->size)) return rc;
    *err = (struct err){0};
    exchange_root(out, EXCHANGE_END, c->size, c->root);
    buf_add(out, "\n");
    buf_add_bytes(out, c->note, c->note_len);
    return RC_OK;
}
