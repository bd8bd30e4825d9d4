/*
 * postgres.c - the store in a PostgreSQL database, for when a file is outgrown.
 *
 * The tables are those of sqlite.c, with the same bytes: an exchange file of
 * one is an exchange file of the other. What differs is where it stands: many
 * machines read and write it, the connection can break at any moment, and the
 * database itself says who may do what. postgres_link.c speaks to the server,
 * postgres_form.c has the tables, postgres_append.c writes; here is reading.
 *
 * A read that loses its connection is asked once more on a new one. The log
 * is read in pieces of some megabytes, so that between two of them the store
 * can be asked for anything else, and memory stays small.
 */
#include "store/postgres.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

enum {
    ROWS_FIRST = 256,
    ROWS_MAX = 16384,
    ROWS_ASKED = 1000,
    CHUNK_BYTES = 1 << 22,
    LOOK_MS = 1000,     /* a notice that did not come is missed no longer than this */
    DEAF_LOOK_MS = 100, /* where none can come */
};

enum rc postgres_ready(struct postgres *s, struct err *err)
{
    struct link *l = &s->link;
    enum rc rc = RC_OK;
    if (link_lost(l)) {
        rc = link_open(l, err);
        s->form = 0;
    }
    if (!rc && s->form == 0) rc = form_look(l, &s->form, err);
    if (!rc && s->form > 0 && !l->prepared) rc = form_prepare(l, s->form, err);
    return rc;
}

enum rc postgres_ask(struct postgres *s, enum pg_statement which, const struct pg_params *p,
                     PGresult **out, struct err *err)
{
    for (int tries = 0;; tries++) {
        *out = NULL;
        enum rc rc = postgres_ready(s, err);
        if (!rc && s->form == 0) return RC_OK;
        if (!rc) rc = link_ask(&s->link, which, p, out, err);
        if (!rc) return RC_OK;
        PQclear(*out);
        *out = NULL;
        if (tries || !link_lost(&s->link)) return rc;
    }
}

/* --- opening --- */

static void postgres_close(struct store *base)
{
    struct postgres *s = (struct postgres *)base;
    link_free(&s->link);
    idems_free(&s->idems);
    free(s);
}

static enum rc postgres_open(struct arena *a, const char *url, bool create, struct store **out,
                             struct err *err)
{
    (void)create; /* a database is its administrator's to make; tables come with the first append */
    struct postgres *s = calloc(1, sizeof *s);
    char *copy = strdup(url), *name = strdup(store_name(a, url));
    if (!s || !copy || !name) abort();
    s->base.ops = &store_postgres;
    s->link.url = copy;
    s->link.name = name;
    enum rc rc = postgres_name_check(url, name, err);
    if (!rc) rc = postgres_ready(s, err);
    if (rc)
        postgres_close(&s->base);
    else
        *out = &s->base;
    return rc;
}

/* --- the head --- */

static enum rc damaged_commit(const struct postgres *s, uint64_t last, struct err *err)
{
    return fail(err, RC_STORE, "the commit of entry %" PRIu64 " in '%.120s' is damaged", last,
                s->link.name);
}

/* A commit in columns 0 to 4 of a row; the frontier kept beside a root must be what gives it. */
static enum rc take_commit(const struct postgres *s, const PGresult *r, int row, struct commit *out,
                           struct merkle *tree, struct err *err)
{
    struct merkle unused;
    uint8_t root[SHA_BYTES];
    if (!tree) tree = &unused;
    *out = (struct commit){.last = (uint64_t)pg_number(r, row, 0),
                           .recorded_ms = pg_number(r, row, 1)};
    if (!PQgetisnull(r, row, 4)) out->number = (uint64_t)pg_number(r, row, 4);
    if (PQgetlength(r, row, 2) != SHA_BYTES ||
        merkle_load(tree, out->last, (const uint8_t *)PQgetvalue(r, row, 3),
                    (size_t)PQgetlength(r, row, 3))) {
        return damaged_commit(s, out->last, err);
    }
    memcpy(out->root, PQgetvalue(r, row, 2), SHA_BYTES);
    merkle_root(tree, root);
    if (memcmp(root, out->root, SHA_BYTES) != 0) return damaged_commit(s, out->last, err);
    return RC_OK;
}

enum rc postgres_head_of(struct postgres *s, const PGresult *r, struct commit *out,
                         struct merkle *tree, struct err *err)
{
    struct merkle none = {0};
    *out = (struct commit){0};
    merkle_root(&none, out->root);
    if (tree) *tree = none;
    return PQntuples(r) ? take_commit(s, r, 0, out, tree, err) : RC_OK;
}

/* Notices of commits that the head will show anyway. */
static bool take_notices(struct link *l)
{
    bool any = false;
    PGnotify *n;
    while ((n = PQnotifies(l->conn))) {
        PQfreemem(n);
        any = true;
    }
    return any;
}

static enum rc postgres_head(struct store *base, struct commit *out, struct err *err)
{
    struct postgres *s = (struct postgres *)base;
    PGresult *r;
    if (s->link.listening) take_notices(&s->link);
    s->link.asked_ms = link_clock_ms();
    enum rc rc = postgres_ask(s, PG_HEAD, NULL, &r, err);
    if (!rc) rc = postgres_head_of(s, r, out, NULL, err);
    PQclear(r);
    return rc;
}

/*
 * What is listened for is heard of without asking. A connection that broke is
 * news too: whoever asks for the head then gets a new one, or is told.
 */
static bool postgres_grew(struct store *base)
{
    struct postgres *s = (struct postgres *)base;
    struct link *l = &s->link;
    int64_t since_ms = link_clock_ms() - l->asked_ms;
    if (link_lost(l)) return true;
    if (l->deaf) return since_ms >= DEAF_LOOK_MS;
    if (!l->listening) {
        struct err ignored;
        l->listening = !link_run(l, "LISTEN muster", &ignored);
        return true;
    }
    if (!PQconsumeInput(l->conn)) return true;
    return take_notices(l) || since_ms >= LOOK_MS;
}

/* --- reading --- */

/* A row of the log as the columns have it, borrowed from the answer. */
static bool take_row(const PGresult *r, int at, struct row *row)
{
    int32_t kind = (int32_t)pg_number(r, at, 2);
    *row = (struct row){.id = (uint64_t)pg_number(r, at, 0),
                        .recorded_ms = pg_number(r, at, 1),
                        .kind = (enum kind)kind,
                        .label = PQgetvalue(r, at, 3),
                        .idem = PQgetisnull(r, at, 4) ? NULL : PQgetvalue(r, at, 4),
                        .salt = (const uint8_t *)PQgetvalue(r, at, 5),
                        .bytes = PQgetvalue(r, at, 6),
                        .len = (uint32_t)PQgetlength(r, at, 6)};
    if (PQgetlength(r, at, 5) != SALT_BYTES || PQgetlength(r, at, 7) != SHA_BYTES ||
        kind <= KIND_NONE || kind >= KIND_COUNT) {
        return false;
    }
    memcpy(row->leaf, PQgetvalue(r, at, 7), SHA_BYTES);
    return true;
}

static enum rc pass_rows(const PGresult *r, row_fn *fn, void *ctx, size_t *bytes, struct err *err)
{
    enum rc rc = RC_OK;
    *bytes = 0;
    for (int i = 0; i < PQntuples(r) && !rc; i++) {
        struct row row;
        if (!take_row(r, i, &row)) {
            return fail(err, RC_STORE, "entry %" PRIu64 " of the log is damaged", row.id);
        }
        *bytes += row.len;
        rc = fn(ctx, &row, err);
    }
    return rc;
}

/* So many rows that a piece has some megabytes, whatever they are like. */
static uint64_t next_room(uint64_t room, size_t bytes)
{
    if (bytes > CHUNK_BYTES) return room > 32 ? room / 4 : 8;
    return bytes < CHUNK_BYTES / 4 && room < ROWS_MAX ? room * 4 : room;
}

/* Rows behind the head that was read first must not be missing on a server that is behind. */
static enum rc same_head(struct postgres *s, uint64_t *opened, const struct commit *head,
                         struct err *err)
{
    struct commit now;
    if (*opened == s->link.opened) return RC_OK;
    enum rc rc = postgres_head(&s->base, &now, err);
    *opened = s->link.opened;
    if (rc || now.last >= head->last) return rc;
    return fail(err, RC_STORE, "'%.120s' is behind what it was a moment ago; try again",
                s->link.name);
}

static enum rc postgres_scan(struct store *base, uint64_t after, row_fn *fn, void *ctx,
                             struct err *err)
{
    struct postgres *s = (struct postgres *)base;
    struct commit head;
    enum rc rc = postgres_head(base, &head, err);
    uint64_t opened = s->link.opened;
    for (uint64_t room = ROWS_FIRST, to; !rc && after < head.last; after = to) {
        struct pg_params p = {0};
        PGresult *r;
        size_t bytes = 0;
        to = head.last - after > room ? after + room : head.last;
        pg_put_number(&p, (int64_t)after);
        pg_put_number(&p, (int64_t)to);
        rc = postgres_ask(s, PG_SCAN, &p, &r, err);
        if (!rc) rc = same_head(s, &opened, &head, err);
        if (!rc) rc = pass_rows(r, fn, ctx, &bytes, err);
        PQclear(r);
        room = next_room(room, bytes);
    }
    return rc;
}

/* A thousand in an exchange. */
static enum rc postgres_rows(struct store *base, const uint64_t *ids, uint32_t count, row_fn *fn,
                             void *ctx, struct err *err)
{
    struct postgres *s = (struct postgres *)base;
    struct arena a = {0};
    enum rc rc = RC_OK;
    for (uint32_t i = 0; i < count && !rc;) {
        struct buf list = {.arena = &a};
        struct pg_params p = {0};
        PGresult *r;
        size_t bytes;
        uint32_t end = count - i > ROWS_ASKED ? i + ROWS_ASKED : count;
        for (char mark = '{'; i < end; mark = ',') buf_addf(&list, "%c%" PRIu64, mark, ids[i++]);
        buf_add(&list, "}");
        pg_put_text(&p, list.text);
        rc = postgres_ask(s, PG_ROWS, &p, &r, err);
        if (!rc && r) rc = pass_rows(r, fn, ctx, &bytes, err);
        PQclear(r);
        arena_reset(&a);
    }
    arena_free(&a);
    return rc;
}

static enum rc postgres_commits(struct store *base, commit_fn *fn, void *ctx, struct err *err)
{
    struct postgres *s = (struct postgres *)base;
    int64_t after = 0;
    enum rc rc;
    int count;
    do {
        struct pg_params p = {0};
        PGresult *r;
        pg_put_number(&p, after);
        rc = postgres_ask(s, PG_COMMITS, &p, &r, err);
        count = rc ? 0 : PQntuples(r);
        for (int i = 0; i < count && !rc; i++) {
            struct commit c;
            rc = take_commit(s, r, i, &c, NULL, err);
            int hashes = PQgetlength(r, i, 5);
            c.brought = (const uint8_t *)PQgetvalue(r, i, 5);
            c.brought_count = (uint32_t)hashes / SHA_BYTES;
            if (!rc && hashes % SHA_BYTES != 0) rc = damaged_commit(s, c.last, err);
            if (!rc) rc = fn(ctx, &c, err);
            after = (int64_t)c.last;
        }
        PQclear(r);
    } while (!rc && count > 0);
    return rc;
}

static enum rc no_evidence(struct err *err)
{
    return fail(err, RC_ABSENT, "no evidence under that hash");
}

static enum rc postgres_evidence(struct store *base, struct arena *a, const uint8_t hash[SHA_BYTES],
                                 struct evidence *out, struct err *err)
{
    struct pg_params p = {0};
    PGresult *r;
    pg_put_bytes(&p, hash, SHA_BYTES);
    enum rc rc = postgres_ask((struct postgres *)base, PG_GET, &p, &r, err);
    if (!rc && PQntuples(r) != 1) rc = no_evidence(err);
    if (!rc) {
        out->len = (uint64_t)PQgetlength(r, 0, 0);
        out->bytes = arena_bytes(a, PQgetvalue(r, 0, 0), out->len);
        memcpy(out->hash, hash, SHA_BYTES);
    }
    PQclear(r);
    return rc;
}

static enum rc postgres_evidence_part(struct store *base, struct arena *a,
                                      const uint8_t hash[SHA_BYTES], uint64_t begin, uint64_t end,
                                      const char **bytes, uint64_t *len, struct err *err)
{
    struct pg_params p = {0};
    PGresult *r;
    uint64_t most = INT32_MAX - 1;
    if (begin > most) begin = most;
    if (end > most) end = most;
    if (end < begin) end = begin;
    pg_put_bytes(&p, hash, SHA_BYTES);
    pg_put_kind(&p, (int32_t)begin + 1);
    pg_put_kind(&p, (int32_t)(end - begin));
    enum rc rc = postgres_ask((struct postgres *)base, PG_PART, &p, &r, err);
    if (!rc && PQntuples(r) != 1) rc = no_evidence(err);
    if (!rc) {
        *len = (uint64_t)PQgetlength(r, 0, 0);
        *bytes = arena_bytes(a, PQgetvalue(r, 0, 0), *len);
    }
    PQclear(r);
    return rc;
}

/* --- the whole --- */

static enum rc postgres_hashes(struct store *base, hash_fn *fn, void *ctx, struct err *err)
{
    struct postgres *s = (struct postgres *)base;
    PGresult *r;
    enum rc rc = postgres_ask(s, PG_HASHES, NULL, &r, err);
    for (int i = 0; !rc && r && i < PQntuples(r); i++) {
        if (PQgetlength(r, i, 0) != SHA_BYTES) {
            rc = fail(err, RC_STORE, "evidence in '%.120s' lies under no hash", s->link.name);
        } else {
            rc = fn(ctx, (const uint8_t *)PQgetvalue(r, i, 0), err);
        }
    }
    PQclear(r);
    return rc;
}

static enum rc postgres_about(struct store *base, struct store_about *out, struct err *err)
{
    struct postgres *s = (struct postgres *)base;
    PGresult *r;
    *out = (struct store_about){0};
    enum rc rc = postgres_ask(s, PG_SIZE, NULL, &r, err);
    if (!rc && r && PQntuples(r) == 1) out->bytes = pg_number(r, 0, 0);
    out->form = s->form;
    PQclear(r);
    return rc;
}

/* Every piece of evidence lies under its own hash, and the guards stand. */
static enum rc postgres_check(struct store *base, struct err *err)
{
    struct postgres *s = (struct postgres *)base;
    PGresult *r;
    enum rc rc = postgres_ask(s, PG_KEPT, NULL, &r, err);
    if (!rc && r && PQntuples(r) > 0) {
        rc = fail(err, RC_STORE, "evidence in '%.120s' does not lie under its own hash",
                  s->link.name);
    }
    PQclear(r);
    return rc || s->form == 0 ? rc : form_check(&s->link, s->form, err);
}

const struct store_ops store_postgres = {
    .scheme = "postgresql:",
    .open = postgres_open,
    .close = postgres_close,
    .head = postgres_head,
    .grew = postgres_grew,
    .append = postgres_append,
    .scan = postgres_scan,
    .rows = postgres_rows,
    .commits = postgres_commits,
    .commit_at = postgres_commit_at,
    .beside = postgres_beside,
    .evidence = postgres_evidence,
    .evidence_part = postgres_evidence_part,
    .hashes = postgres_hashes,
    .pieces = postgres_pieces,
    .make = postgres_make,
    .about = postgres_about,
    .check = postgres_check,
};
