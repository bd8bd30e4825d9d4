/*
 * postgres_append.c - one commit: the lock, the head, the rows, the root.
 *
 * Writers take turns by an advisory lock that ends with its transaction, so
 * that ids are dense in the order of commits: whoever reads up to a head has
 * everything below it. A commit of few rows goes to the server in two
 * exchanges; of many rows they are copied in between.
 *
 * A connection that breaks after COMMIT was sent leaves open whether it was
 * kept. The log itself tells: the root of our commit holds our salts, which
 * nobody else has. The lock is taken once more, so that a backend which is
 * still at it has ended before we look; and what is found counts only after
 * another write was answered, which waits for the same replicas as the commit.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/text.h"
#include "store/postgres.h"

enum { FEW_ROWS = 12, IDEMS_AHEAD = 4, COPY_BYTES = 1 << 16, EVIDENCE_MAX = 1000000000 };

/* A commit under way. */
struct append {
    const struct row *rows;
    uint32_t count;
    const struct evidence *evidence;
    uint32_t evidence_count;
    struct merkle tree; /* with our rows */
    uint8_t root[SHA_BYTES];
    uint64_t number;    /* which commit it is; before: which the head is, 0: it does not say */
    struct buf brought; /* hashes of the evidence that was not kept before */
    bool in_doubt;      /* COMMIT was sent, its answer did not come */
};

/* --- before the rows --- */

/* The whole log's keys once, then what others wrote meanwhile. */
static enum rc load_idems(struct postgres *s, uint64_t head, struct err *err)
{
    enum { KEYS_AT_ONCE = 100000 };
    enum rc rc = RC_OK;
    while (s->idems_to < head && !rc) {
        struct pg_params p = {0};
        PGresult *r;
        uint64_t to = head - s->idems_to > KEYS_AT_ONCE ? s->idems_to + KEYS_AT_ONCE : head;
        pg_put_number(&p, (int64_t)s->idems_to);
        pg_put_number(&p, (int64_t)to);
        rc = link_ask(&s->link, PG_IDEMS, &p, &r, err);
        for (int i = 0; !rc && i < PQntuples(r); i++) idems_put(&s->idems, PQgetvalue(r, i, 0));
        PQclear(r);
        if (!rc) s->idems_to = to;
    }
    return rc;
}

static enum rc taken(const char *idem, struct err *err)
{
    return fail(err, RC_RULE, "'%.100s' is in the log already", idem);
}

/* The key may be there by its hash: ask the log, and the rows of this very commit. */
static enum rc check_idem(struct postgres *s, const struct append *a, uint32_t at, struct err *err)
{
    const char *idem = a->rows[at].idem;
    struct pg_params p = {0};
    PGresult *r;
    for (uint32_t i = 0; i < at; i++) {
        if (a->rows[i].idem && strcmp(a->rows[i].idem, idem) == 0) return taken(idem, err);
    }
    pg_put_text(&p, idem);
    enum rc rc = link_ask(&s->link, PG_IDEM, &p, &r, err);
    if (!rc && PQntuples(r) > 0) rc = taken(idem, err);
    PQclear(r);
    return rc;
}

static enum rc size_fits(const struct postgres *s, const struct evidence *list, uint32_t count,
                         struct err *err)
{
    for (uint32_t i = 0; i < count; i++) {
        if (list[i].len <= EVIDENCE_MAX) continue;
        return fail(err, RC_RULE, "a document of %" PRIu64 " bytes is too long for '%.120s'",
                    list[i].len, s->link.name);
    }
    return RC_OK;
}

/* The rows follow the head, no key is taken, and what the root is with them. */
static enum rc check_rows(struct postgres *s, struct append *a, struct err *err)
{
    for (uint32_t i = 0; i < a->count; i++) {
        const struct row *row = &a->rows[i];
        if (row->id != a->tree.count + 1) {
            return fail(err, RC_RULE, "somebody else wrote to the store meanwhile");
        }
        if (a->count - i > IDEMS_AHEAD && a->rows[i + IDEMS_AHEAD].idem) {
            idems_expect(&s->idems, a->rows[i + IDEMS_AHEAD].idem);
        }
        if (row->idem && idems_put(&s->idems, row->idem)) {
            enum rc rc = check_idem(s, a, i, err);
            if (rc) return rc;
        }
        merkle_add(&a->tree, row->leaf);
    }
    merkle_root(&a->tree, a->root);
    return size_fits(s, a->evidence, a->evidence_count, err);
}

/* What a store of an older form has kept: the first commit that is counted answers for it. */
static enum rc count_old(struct postgres *s, struct append *a, struct err *err)
{
    PGresult *r = NULL;
    enum rc rc = link_ask(&s->link, PG_COUNT, NULL, &r, err);
    if (!rc) a->number = (uint64_t)pg_number(r, 0, 0);
    PQclear(r);
    r = NULL;
    if (!rc) rc = link_ask(&s->link, PG_HASHES, NULL, &r, err);
    for (int i = 0; !rc && i < PQntuples(r); i++) {
        if (PQgetlength(r, i, 0) != SHA_BYTES) continue; /* damage, which verify tells */
        buf_add_bytes(&a->brought, PQgetvalue(r, i, 0), SHA_BYTES);
    }
    PQclear(r);
    return rc;
}

static bool brings(const struct append *a, const uint8_t hash[SHA_BYTES])
{
    for (size_t i = 0; i < a->brought.len; i += SHA_BYTES) {
        if (memcmp(a->brought.text + i, hash, SHA_BYTES) == 0) return true;
    }
    return false;
}

/* Which of the evidence is new; nobody adds any while we have the lock. */
static enum rc find_new(struct postgres *s, struct append *a, struct err *err)
{
    struct link *l = &s->link;
    if (a->evidence_count == 0) return RC_OK;
    link_batch(l);
    for (uint32_t i = 0; i < a->evidence_count; i++) {
        struct pg_params p = {0};
        pg_put_bytes(&p, a->evidence[i].hash, SHA_BYTES);
        link_add(l, PG_THERE, &p);
    }
    enum rc rc = link_send(l, err);
    for (uint32_t i = 0; i < a->evidence_count && !rc; i++) {
        PGresult *r;
        rc = link_next(l, &r, err);
        if (!rc && PQntuples(r) == 0 && !brings(a, a->evidence[i].hash)) {
            buf_add_bytes(&a->brought, (const char *)a->evidence[i].hash, SHA_BYTES);
        }
        PQclear(r);
    }
    link_batch_end(l);
    return rc;
}

static enum rc count_commit(struct postgres *s, struct append *a, struct err *err)
{
    bool old = a->rows[0].id > 1 && a->number == 0;
    enum rc rc = old ? count_old(s, a, err) : RC_OK;
    if (!rc) rc = find_new(s, a, err);
    a->number++;
    return rc;
}

/* --- the rows --- */

static void add_row(struct postgres *s, const struct row *row)
{
    struct pg_params p = {0};
    pg_put_number(&p, (int64_t)row->id);
    pg_put_number(&p, row->recorded_ms);
    pg_put_kind(&p, (int32_t)row->kind);
    pg_put_text(&p, row->label);
    pg_put_text(&p, row->idem);
    pg_put_bytes(&p, row->salt, SALT_BYTES);
    pg_put_bytes(&p, row->bytes, row->len);
    pg_put_bytes(&p, row->leaf, SHA_BYTES);
    link_add(&s->link, PG_ROW, &p);
}

static void copy_number(struct buf *b, uint64_t n, int len)
{
    char *to = buf_room(b, (size_t)len);
    for (int i = 0; i < len; i++) to[i] = (char)(n >> (8 * (len - 1 - i)));
    b->len += (size_t)len;
}

static void copy_bytes(struct buf *b, const void *bytes, size_t len)
{
    copy_number(b, bytes ? len : UINT32_MAX, 4);
    if (bytes) buf_add_bytes(b, bytes, len);
}

/* A row in the form of COPY ... BINARY: how many columns, then each with its length. */
static void copy_row(struct buf *b, const struct row *row)
{
    copy_number(b, 8, 2);
    copy_number(b, 8, 4);
    copy_number(b, row->id, 8);
    copy_number(b, 8, 4);
    copy_number(b, (uint64_t)row->recorded_ms, 8);
    copy_number(b, 4, 4);
    copy_number(b, (uint64_t)row->kind, 4);
    copy_bytes(b, row->label, strlen(row->label));
    copy_bytes(b, row->idem, row->idem ? strlen(row->idem) : 0);
    copy_bytes(b, row->salt, SALT_BYTES);
    copy_bytes(b, row->bytes, row->len);
    copy_bytes(b, row->leaf, SHA_BYTES);
}

static bool copy_on(struct link *l, struct buf *b)
{
    bool sent = PQputCopyData(l->conn, b->text, (int)b->len) == 1;
    b->len = 0;
    return sent;
}

static enum rc copy_rows(struct postgres *s, const struct append *a, struct err *err)
{
    struct link *l = &s->link;
    struct arena own = {0};
    struct buf b = {.arena = &own};
    PGresult *r = PQexec(l->conn, "COPY muster.log FROM STDIN BINARY");
    enum rc rc = PQresultStatus(r) == PGRES_COPY_IN ? RC_OK : link_refused(l, r, err);
    PQclear(r);
    buf_add_bytes(&b, "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
    for (uint32_t i = 0; i < a->count && !rc; i++) {
        copy_row(&b, &a->rows[i]);
        if (b.len > COPY_BYTES && !copy_on(l, &b)) rc = link_refused(l, NULL, err);
    }
    copy_number(&b, UINT16_MAX, 2);
    if (!rc && !(copy_on(l, &b) && PQputCopyEnd(l->conn, NULL) == 1)) {
        rc = link_refused(l, NULL, err);
    }
    while (!rc && (r = PQgetResult(l->conn))) {
        if (PQresultStatus(r) != PGRES_COMMAND_OK) rc = link_refused(l, r, err);
        PQclear(r);
    }
    arena_free(&own);
    return rc;
}

static void add_commit(struct postgres *s, const struct append *a)
{
    uint8_t frontier[MERKLE_STATE_MAX];
    struct pg_params p = {0};
    size_t len = merkle_save(&a->tree, frontier);
    pg_put_number(&p, (int64_t)a->tree.count);
    pg_put_number(&p, a->rows[a->count - 1].recorded_ms);
    pg_put_bytes(&p, a->root, SHA_BYTES);
    pg_put_bytes(&p, frontier, len);
    pg_put_number(&p, (int64_t)a->number);
    if (a->brought.len)
        pg_put_bytes(&p, a->brought.text, a->brought.len);
    else
        pg_put_text(&p, NULL);
    link_add(&s->link, PG_COMMITTED, &p);
    link_add(&s->link, PG_COMMIT, NULL);
}

static void add_evidence(struct postgres *s, const struct evidence *list, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        struct pg_params p = {0};
        pg_put_bytes(&p, list[i].hash, SHA_BYTES);
        pg_put_bytes(&p, list[i].bytes, list[i].len);
        link_add(&s->link, PG_EVIDENCE, &p);
    }
}

/* What is left, the commit with it: an answer to each, and the last is that it was kept. */
static enum rc send_commit(struct postgres *s, struct append *a, struct err *err)
{
    struct link *l = &s->link;
    uint32_t rows = a->count > FEW_ROWS ? 0 : a->count;
    l->warned = false;
    link_batch(l);
    for (uint32_t i = 0; i < rows; i++) add_row(s, &a->rows[i]);
    add_evidence(s, a->evidence, a->evidence_count);
    add_commit(s, a);
    enum rc rc = link_send(l, err);
    bool kept = false;
    for (uint32_t i = 0; i < rows + a->evidence_count + 2 && !rc; i++) {
        PGresult *r;
        rc = link_next(l, &r, err);
        kept = !rc && strcmp(PQcmdStatus(r), "COMMIT") == 0;
        PQclear(r);
    }
    link_batch_end(l);
    /* A warning at a commit: it was not waited for the replicas that should have it. */
    a->in_doubt = (rc && link_lost(l)) || (kept && l->warned);
    if (!rc && !kept) rc = fail(err, RC_STORE, "'%.120s' did not keep the commit", l->name);
    return a->in_doubt && !rc ? fail(err, RC_STORE, "a replica was not waited for") : rc;
}

/* --- the transaction --- */

/* With tables that we know: begin, wait for the lock, read the head, in one exchange. */
static enum rc begin(struct postgres *s, struct commit *head, struct merkle *tree, struct err *err)
{
    struct link *l = &s->link;
    link_batch(l);
    link_add(l, PG_BEGIN, NULL);
    link_add(l, PG_LOCK, NULL);
    link_add(l, PG_HEAD, NULL);
    enum rc rc = link_send(l, err);
    for (int i = 0; i < 3 && !rc; i++) {
        PGresult *r;
        rc = link_next(l, &r, err);
        if (!rc && i == 2) rc = postgres_head_of(s, r, head, tree, err);
        PQclear(r);
    }
    link_batch_end(l);
    return rc;
}

/* With none, or older ones: under the lock they are looked for again, and made. */
static enum rc begin_with_tables(struct postgres *s, struct commit *head, struct merkle *tree,
                                 struct err *err)
{
    struct link *l = &s->link;
    PGresult *r = NULL;
    enum rc rc = link_run(l, "BEGIN ISOLATION LEVEL READ COMMITTED", err);
    if (!rc) rc = link_run(l, "SELECT pg_advisory_xact_lock(1299542100)", err);
    if (!rc) rc = form_look(l, &s->form, err);
    if (!rc) rc = form_bring(l, s->form, err);
    if (!rc) rc = form_prepare(l, PG_FORM, err);
    if (!rc) rc = link_ask(l, PG_HEAD, NULL, &r, err);
    if (!rc) rc = postgres_head_of(s, r, head, tree, err);
    PQclear(r);
    return rc;
}

/*
 * What became of a commit: RC_OK, it is there; RC_ABSENT, it is not and will
 * not be; RC_STORE, that could not be learnt.
 */
static enum rc look_for(struct postgres *s, const struct append *a, struct err *err)
{
    struct link *l = &s->link;
    struct pg_params p = {0};
    PGresult *r = NULL;
    bool there = false;
    enum rc rc = link_open(l, err);
    if (!rc) rc = form_look(l, &s->form, err);
    if (!rc && s->form < PG_FORM) return RC_ABSENT; /* its tables were to be made with it */
    if (!rc) rc = form_prepare(l, s->form, err);
    if (!rc) rc = link_run(l, "BEGIN ISOLATION LEVEL READ COMMITTED", err);
    if (!rc) rc = link_run(l, "SELECT pg_advisory_xact_lock(1299542100)", err);
    pg_put_number(&p, (int64_t)a->tree.count);
    if (!rc) rc = link_ask(l, PG_LAST, &p, &r, err);
    if (!rc && PQntuples(r) == 1 && PQgetlength(r, 0, 0) == SHA_BYTES) {
        there = memcmp(PQgetvalue(r, 0, 0), a->root, SHA_BYTES) == 0;
    }
    PQclear(r);
    /* A write of its own, so that its answer waits for the replicas as the commit's did. */
    if (!rc && there) rc = link_run(l, "SELECT pg_logical_emit_message(true, 'muster', '')", err);
    l->warned = false;
    if (!rc) rc = link_run(l, "COMMIT", err);
    if (!rc && l->warned) rc = fail(err, RC_STORE, "a replica was not waited for");
    return rc ? RC_STORE : there ? RC_OK : RC_ABSENT;
}

static enum rc settle(struct postgres *s, const struct append *a, struct err *err)
{
    int64_t end_ms = link_clock_ms() + PG_SETTLE_S * 1000;
    uint64_t first = a->rows[0].id, last = a->rows[a->count - 1].id;
    for (;;) {
        enum rc rc = look_for(s, a, err);
        if (rc == RC_OK) return RC_OK;
        if (rc == RC_ABSENT) {
            return fail(err, RC_STORE,
                        "the connection to '%.120s' was lost before anything was kept; try again",
                        s->link.name);
        }
        if (link_clock_ms() >= end_ms) break;
        nanosleep(&(struct timespec){.tv_nsec = 200000000}, NULL);
    }
    return fail(err, RC_STORE,
                "the connection to '%.120s' was lost in the middle of a commit, and does not come"
                " back: whether entries %" PRIu64 " to %" PRIu64
                " were kept, only the log can tell",
                s->link.name, first, last);
}

/* The keys of the log as it is with this commit. */
static void keep_idems(struct postgres *s, const struct append *a, uint64_t had)
{
    struct idems_at at = {.last = a->tree.count, .recorded_ms = a->rows[a->count - 1].recorded_ms};
    memcpy(at.root, a->root, SHA_BYTES);
    postgres_keep_idems(s, a->rows[0].id - 1 - had, &at);
}

/* What is missed, and nothing else. Sent again after a lost answer it is there already. */
static enum rc append_evidence(struct postgres *s, const struct evidence *list, uint32_t count,
                               struct err *err)
{
    struct link *l = &s->link;
    enum rc rc = size_fits(s, list, count, err);
    if (!rc) rc = postgres_ready(s, err);
    if (rc || s->form == 0) return rc;
    link_batch(l);
    link_add(l, PG_BEGIN, NULL);
    link_add(l, PG_LOCK, NULL);
    add_evidence(s, list, count);
    link_add(l, PG_COMMIT, NULL);
    rc = link_send(l, err);
    for (uint32_t i = 0; i < count + 3 && !rc; i++) {
        PGresult *r;
        rc = link_next(l, &r, err);
        PQclear(r);
    }
    link_batch_end(l);
    if (rc) link_shut(l); /* and with it what was begun */
    return rc;
}

enum rc postgres_append(struct store *base, const struct row *rows, uint32_t count,
                        const struct evidence *evidence, uint32_t evidence_count, struct err *err)
{
    struct postgres *s = (struct postgres *)base;
    struct arena own = {0};
    struct append a = {.rows = rows,
                       .count = count,
                       .evidence = evidence,
                       .evidence_count = evidence_count,
                       .brought = {.arena = &own}};
    struct commit head = {0};
    if (count == 0 && evidence_count == 0) return RC_OK;
    if (s->broken) {
        return fail(err, RC_STORE, "'%.120s' failed before; open it again", s->link.name);
    }
    if (count == 0) {
        return append_evidence(s, evidence, evidence_count, err);
    }
    int form = s->form;
    uint64_t had = 0;
    enum rc rc = postgres_ready(s, err);
    if (!rc) {
        if (s->form && s->idems_to == 0 && !s->idems.count) postgres_take_idems(s);
        had = s->idems_to;
    }
    if (!rc) {
        form = s->form;
        rc = form == PG_FORM ? begin(s, &head, &a.tree, err)
                             : begin_with_tables(s, &head, &a.tree, err);
        a.number = head.number;
    }
    if (!rc) rc = load_idems(s, a.tree.count, err);
    if (!rc) rc = check_rows(s, &a, err);
    if (!rc) rc = count_commit(s, &a, err);
    if (!rc && count > FEW_ROWS) rc = copy_rows(s, &a, err);
    if (!rc) rc = send_commit(s, &a, err);
    if (a.in_doubt) rc = settle(s, &a, err);
    arena_free(&own);
    if (!rc) {
        s->form = PG_FORM;
        s->idems_to = rows[count - 1].id;
        keep_idems(s, &a, had);
        return RC_OK;
    }
    s->broken = rc == RC_STORE;
    s->form = form;
    if (form != PG_FORM) s->link.prepared = false;
    if (!link_lost(&s->link) && PQtransactionStatus(s->link.conn) != PQTRANS_IDLE) {
        struct err ignored;
        enum rc back = link_run(&s->link, "ROLLBACK", &ignored);
        if (back) link_shut(&s->link);
    }
    return rc;
}

/* The tables, and nothing in them. */
enum rc postgres_make(struct store *base, bool *made, struct err *err)
{
    struct postgres *s = (struct postgres *)base;
    struct commit head;
    struct merkle unused;
    enum rc rc = postgres_ready(s, err);
    *made = !rc && s->form == 0;
    if (rc || s->form == PG_FORM) return rc;
    rc = begin_with_tables(s, &head, &unused, err);
    if (!rc) rc = link_run(&s->link, "COMMIT", err);
    if (!rc) s->form = PG_FORM;
    if (rc) link_shut(&s->link); /* and with it what was begun */
    return rc;
}
