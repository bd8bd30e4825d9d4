/*
 * sim.h - a small world in which everything that happens follows from a seed.
 *
 * Two servers, three clients, four readers, one who ships backups, one who
 * signs checkpoints and one who folds the write-ahead log back stand on the
 * disk of disk.h, under one clock. One thread takes them in turns, as the seed
 * says; while one is in the middle of something another may come in between
 * (sim_yield). Answers get lost, and the client asks again under the same key;
 * requests come twice, and late. The clock stands still, leaps and goes back.
 * The disk loses its power, fails, or is full; processes die.
 *
 * The product is what ships. Its two seams are handed in: the instant and the
 * salts of a posting. What the world remembers is what a person would hold
 * against it afterwards: what was acknowledged, and nothing else.
 */
#ifndef MUSTER_TEST_SIM_H
#define MUSTER_TEST_SIM_H

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backup/backup.h"
#include "backup/durable.h"
#include "desk.h"
#include "disk.h"
#include "eyes.h"
#include "proof/judge.h"
#include "proof/prove.h"
#include "view/snapshot.h"

enum { SIM_SERVERS = 2, SIM_CLIENTS = 3, SIM_READERS = 4, SIM_ASKED = 4096, SIM_LATE = 8 };
#define SIM_STORE "book"
#define SIM_ELSEWHERE "elsewhere" /* another folder, which nobody else syncs */
#define SIM_BACKUP SIM_ELSEWHERE "/backup"
#define SIM_ORIGIN "example.org/book"

enum sim_heard {
    HEARD_NOTHING, /* it may be in the log, once */
    HEARD_YES,     /* it is */
};

/* What a client asked for: the seed says what, and it is asked until an answer is heard. */
struct sim_ask {
    uint64_t seed;
    uint32_t client, number;
    enum sim_heard heard;
    uint64_t id; /* of its request's record, when heard */
};

struct sim_client {
    uint32_t asks;
    uint32_t waits; /* for the answer of that one: 1 + index; 0: for none */
    bool busy;
};

/* A process that records, as the server does: a view that follows the log, a copy for each. */
struct sim_server {
    struct arena arena;
    struct store *store;
    struct view view;
    int64_t skew_ms;
    bool open, busy;
};

struct sim_reader {
    struct arena arena;
    struct store *store;
    const char *viewer;
    struct view view;
    bool open, busy;
};

struct sim_notary {
    struct arena arena;
    struct signer signer;
    struct trust trust;
    struct checkpoint last; /* size 0: none */
};

struct sim_counts {
    uint64_t steps, acked, again, twice, lost_answers, follows, folds, snapshots, backups, restores,
        signatures, cuts, kills, faults, checkpoints, raced, between;
};

struct sim {
    struct arena arena; /* of the whole seed */
    struct rng rng, salts;
    struct salting salting;
    int64_t now_ms;
    int64_t lived_ms; /* ordinary time, without leaps */
    bool quiet;       /* nothing ever fails */
    int depth;        /* 1: somebody came in between */
    struct sim_server servers[SIM_SERVERS];
    struct sim_client clients[SIM_CLIENTS];
    struct sim_reader readers[SIM_READERS];
    struct sim_notary notary;
    struct sim_ask asks[SIM_ASKED];
    uint32_t ask_count;
    uint32_t late[SIM_LATE], late_count; /* requests that are still on their way: indexes */
    struct backup_end backed_up;         /* so far a backup was said to reach */
    struct sim_counts counts;
    const char *broken; /* the first broken promise; NULL */
    struct err why;
};

static void sim_step(struct sim *s);

static inline void sim_break(struct sim *s, const char *what, const struct err *why)
{
    if (s->broken) return;
    s->broken = what;
    if (why) s->why = *why;
}

/* --- the clock --- */

/* Twenty minutes pass, more or less; now and then the clock is wrong. */
static inline void sim_tick(struct sim *s)
{
    int64_t passed = (int64_t)rng_below(&s->rng, 40 * 60 * 1000);
    uint32_t odd = rng_below(&s->rng, 200);
    if (odd < 40) passed = 0;
    s->lived_ms += passed;
    s->now_ms += passed;
    if (odd == 197) s->now_ms -= (int64_t)rng_below(&s->rng, 3 * 86400) * 1000;
    if (odd == 198) s->now_ms += (int64_t)rng_below(&s->rng, 30 * 86400) * 1000;
    if (odd == 199)
        s->servers[rng_below(&s->rng, SIM_SERVERS)].skew_ms =
            (int64_t)rng_below(&s->rng, 600000) - 300000;
}

static inline void sim_salt(void *ctx, uint8_t *out, size_t count)
{
    struct rng *r = ctx;
    for (size_t i = 0; i < count; i++) out[i] = (uint8_t)rng_next(r);
}

/* --- others come in between --- */

static inline void sim_yield(struct sim *s)
{
    if (s->depth || disk_dead() || !rng_one_in(&s->rng, 6)) return;
    s->depth = 1;
    s->counts.between++;
    sim_step(s);
    s->depth = 0;
}

static inline bool sim_watch_step(void *ctx, uint64_t done, uint64_t total)
{
    (void)total;
    if (done % 16 == 0) sim_yield(ctx);
    return true;
}

/* --- servers and clients --- */

static inline void server_close(struct sim_server *v)
{
    store_close(v->store);
    arena_free(&v->arena);
    *v = (struct sim_server){.skew_ms = v->skew_ms, .busy = v->busy};
}

static inline bool server_open(struct sim_server *v)
{
    struct err err;
    if (v->open) return true;
    v->open = !store_open(&v->arena, SIM_STORE, true, &v->store, &err) &&
              !view_open(&v->arena, v->store, NULL, NULL, &v->view, &err);
    if (!v->open) server_close(v);
    return v->open;
}

/* Take back some live entry; false: the store failed. */
static inline bool sim_take_back(struct rng *r, struct posting *p)
{
    struct err err;
    const struct columns *c = book_columns(p->view->book);
    uint32_t row = c->count ? rng_below(r, c->count) : 0;
    if (!c->count || c->flags[row] & (ROW_REVERSED | ROW_REVERSAL)) return true;
    return posting_reverse(p, row, "typed twice", "desk:anna", NULL, NULL, &err) != RC_STORE;
}

/* A publisher's file, with its document: a state that is new, known already, or older. */
static inline bool sim_import(struct rng *r, struct posting *p)
{
    struct desk d = {.now_ms = p->now_ms};
    struct posted posted;
    struct err err;
    struct paper *file = paper_new(&d, 1000 + (int64_t)rng_below(r, 6));
    for (int i = 0; i < 3; i++) {
        const char *key = text_format(&d.arena, "pub/%d", i);
        int64_t committed = 1 + rng_below(r, 20);
        if (rng_one_in(r, 4)) continue;
        paper_line(file, key, rng_one_in(r, 3) ? "another channel" : NULL);
        paper_entry(file, key, "committed", STAGE_WORLD, STAGE_COMMITTED, committed, 10);
        if (committed > 8) {
            paper_entry(file, key, "delivered", STAGE_COMMITTED, STAGE_DELIVERED, 8, 12);
        }
    }
    enum rc rc = post_intake(p, &file->in, "import:test", &posted, &err);
    arena_take(p->arena, &d.arena);
    return rc != RC_STORE;
}

/* What the client says, as records. */
static inline bool sim_say(struct sim_server *v, const struct sim_ask *q, struct posting *p)
{
    struct rng r = {q->seed};
    struct writer w = {.store = v->store, .now_ms = p->now_ms};
    bool well = true;
    if (p->view->head.last == 0) eyes_first(&w, p);
    for (uint32_t n = 1 + rng_below(&r, 4); n > 0; n--) eyes_say(&w, &r, p);
    if (rng_one_in(&r, 3)) well = sim_take_back(&r, p);
    if (well && rng_one_in(&r, 8)) well = sim_import(&r, p);
    arena_take(p->arena, &w.arena);
    return well;
}

/* One attempt: RC_RULE when somebody else wrote meanwhile. */
static inline enum rc server_record(struct sim *s, struct sim_server *v, const struct sim_ask *q,
                                    struct arena *a, uint64_t *id, struct err *err)
{
    struct view view;
    struct posting p;
    const struct record *before;
    bool anew = rng_one_in(&s->rng, 8);
    if (!anew) view_copy(a, &v->view, v->store, &view);
    enum rc rc =
        anew ? view_open(a, v->store, NULL, NULL, &view, err) : view_follow(&view, NULL, NULL, err);
    if (rc) return RC_STORE;
    posting_begin(&p, a, &view, s->now_ms + v->skew_ms);
    p.salting = &s->salting;
    struct request asked = {.key = text_format(a, "c%u/%u", q->client, q->number),
                            .author = text_format(a, "c%u", q->client),
                            .label = "owner",
                            .asked = text_format(a, "%" PRIu64, q->seed)};
    rc = posting_once(&p, &asked, &before, err);
    if (rc == RC_RULE) sim_break(s, "a request was taken for another", err);
    s->counts.again += before != NULL;
    if (rc || before) {
        if (!rc) *id = before->id;
        return rc;
    }
    if (!sim_say(v, q, &p)) return RC_STORE;
    *id = p.records[0]->id;
    sim_yield(s);
    return posting_commit(&p, err);
}

/* Whether it was recorded, as far as the server can tell. */
static inline bool server_handle(struct sim *s, struct sim_server *v, const struct sim_ask *q,
                                 uint64_t *id)
{
    enum rc rc = RC_RULE;
    struct err err;
    if (v->busy || !server_open(v)) return false;
    v->busy = true;
    for (int i = 0; i < 3 && rc == RC_RULE && !s->broken; i++) {
        struct arena a = {0};
        rc = server_record(s, v, q, &a, id, &err);
        s->counts.raced += rc == RC_RULE;
        arena_free(&a);
    }
    v->busy = false;
    /* After a failure nothing is tried again before the store was opened anew. */
    if ((rc && rc != RC_RULE) || view_follow(&v->view, NULL, NULL, &err)) server_close(v);
    return rc == RC_OK;
}

static inline void hear(struct sim *s, struct sim_ask *q, uint64_t id)
{
    if (q->heard == HEARD_YES && q->id != id) sim_break(s, "two answers to one request", NULL);
    q->heard = HEARD_YES;
    q->id = id;
}

static inline void client_step(struct sim *s, uint32_t number)
{
    struct sim_client *c = &s->clients[number];
    uint64_t id = 0;
    if (c->busy || s->ask_count == SIM_ASKED) return;
    if (!c->waits) {
        s->asks[s->ask_count] =
            (struct sim_ask){.seed = rng_next(&s->rng), .client = number, .number = c->asks++};
        c->waits = ++s->ask_count;
    }
    struct sim_ask *q = &s->asks[c->waits - 1];
    if (rng_one_in(&s->rng, 12)) return; /* lost on its way there */
    c->busy = true;
    bool done = server_handle(s, &s->servers[rng_below(&s->rng, SIM_SERVERS)], q, &id);
    c->busy = false;
    if (done && rng_one_in(&s->rng, 6)) { /* lost on its way back */
        s->counts.lost_answers++;
        done = false;
    }
    if (!done && !rng_one_in(&s->rng, 30)) return; /* it asks again, or gives up */
    if (done) {
        hear(s, q, id);
        s->counts.acked++;
        if (s->late_count < SIM_LATE && rng_one_in(&s->rng, 8)) {
            s->late[s->late_count++] = c->waits - 1;
        }
    }
    c->waits = 0;
}

/* A request that the network had twice arrives once more. */
static inline void late_step(struct sim *s)
{
    uint64_t id;
    if (!s->late_count || s->depth) return;
    struct sim_ask *q = &s->asks[s->late[--s->late_count]];
    s->counts.twice++;
    if (server_handle(s, &s->servers[rng_below(&s->rng, SIM_SERVERS)], q, &id)) hear(s, q, id);
}

/* --- readers --- */

static inline void reader_close(struct sim_reader *r)
{
    store_close(r->store);
    arena_free(&r->arena);
    *r = (struct sim_reader){.viewer = r->viewer, .busy = r->busy};
}

/* What a view shows is what the log alone says, to the last row. */
static inline void check_view(struct sim *s, const struct view *v, const char *viewer,
                              const char *what)
{
    struct arena a = {0};
    struct view fresh;
    struct err err;
    if (!view_fold(&a, v->store, viewer, NULL, &fresh, &err) && fresh.head.last == v->head.last) {
        s->counts.folds++;
        if (strcmp(eyes_see(&a, v), eyes_see(&a, &fresh)) != 0) sim_break(s, what, NULL);
        if (memcmp(v->head.root, fresh.head.root, SHA_BYTES) != 0) sim_break(s, what, NULL);
    }
    arena_free(&a);
}

static inline void reader_step(struct sim *s, struct sim_reader *r)
{
    struct err err;
    struct watch watch = {.ctx = s, .step = sim_watch_step};
    if (r->busy) return;
    r->busy = true;
    if (!r->open) {
        r->viewer = eyes_viewers[rng_below(&s->rng, EYES_VIEWERS)];
        r->open = !store_open(&r->arena, SIM_STORE, true, &r->store, &err) &&
                  !view_open(&r->arena, r->store, r->viewer, &watch, &r->view, &err);
    } else if (view_follow(&r->view, r->viewer, NULL, &err)) {
        r->open = false;
    }
    s->counts.follows += r->open;
    if (r->open && rng_one_in(&s->rng, 6)) {
        check_view(s, &r->view, r->viewer, "a follower sees something else");
    }
    if (r->open && rng_one_in(&s->rng, 3))
        s->counts.snapshots += snapshot_keep(&r->view, r->viewer);
    if (!r->open || rng_one_in(&s->rng, 20)) reader_close(r);
    r->busy = false;
}

/* --- who keeps it safe --- */

/* Do that with a store of one's own. */
static inline void with_store(struct sim *s,
                              void (*fn)(struct sim *s, struct arena *a, struct store *store))
{
    struct arena a = {0};
    struct store *store = NULL;
    struct err err;
    if (!store_open(&a, SIM_STORE, true, &store, &err)) fn(s, &a, store);
    store_close(store);
    arena_free(&a);
}

static inline void ship(struct sim *s, struct arena *a, struct store *store)
{
    struct backup_lock lock;
    struct backup_done done;
    struct err err;
    struct watch watch = {.ctx = s, .step = sim_watch_step};
    if (backup_open(SIM_BACKUP, &lock, &err)) return;
    enum rc rc = backup_write(a, store, SIM_BACKUP, &watch, &done, &err);
    if (rc == RC_RULE) sim_break(s, "the backup is said to be of another book", &err);
    if (!rc && done.end.last) {
        s->backed_up = done.end;
        s->counts.backups++;
    }
    backup_close(&lock);
}

static inline void prove(struct sim *s, struct arena *a, struct store *store)
{
    struct sim_notary *n = &s->notary;
    struct checkpoint c = {.origin = SIM_ORIGIN};
    struct commit head;
    struct judgement j;
    struct err err;
    struct buf grown = {.arena = a}, record = {.arena = a};
    if (store->ops->head(store, &head, &err) || !head.last) return;
    c.size = head.last;
    memcpy(c.root, head.root, SHA_BYTES);
    checkpoint_sign(a, &n->signer, &c);
    enum rc rc = n->last.size ? prove_growth(a, store, &n->last, &c, &grown, &err) : RC_OK;
    if (rc == RC_RULE) sim_break(s, "the log did not grow from what was signed", &err);
    if (!rc && grown.len && proof_judge(a, grown.text, grown.len, &n->trust, &j, &err)) {
        sim_break(s, "a proof of growth does not hold", &err);
    }
    uint64_t id = 1 + rng_below(&s->rng, (uint32_t)c.size);
    if (!rc) rc = prove_record(a, store, &c, id, rng_one_in(&s->rng, 4), &record, &err);
    if (!rc && proof_judge(a, record.text, record.len, &n->trust, &j, &err)) {
        sim_break(s, "a proof of a record does not hold", &err);
    }
    if (rc) return;
    s->counts.signatures++;
    struct arena kept = {0};
    n->last = c;
    n->last.note = arena_bytes(&kept, c.note, c.note_len);
    arena_free(&n->arena);
    n->arena = kept;
}

/* The write-ahead log goes into the file, as far as nobody reads it. */
static inline void fold_log(struct sim *s)
{
    static const int how[] = {SQLITE_CHECKPOINT_PASSIVE, SQLITE_CHECKPOINT_FULL,
                              SQLITE_CHECKPOINT_RESTART, SQLITE_CHECKPOINT_TRUNCATE};
    sqlite3 *db = NULL;
    if (!sqlite3_open_v2(SIM_STORE, &db, SQLITE_OPEN_READWRITE, NULL)) {
        sqlite3_exec(db, "PRAGMA synchronous=FULL", NULL, NULL, NULL);
        s->counts.checkpoints +=
            !sqlite3_wal_checkpoint_v2(db, NULL, how[rng_below(&s->rng, 4)], NULL, NULL);
    }
    sqlite3_close(db);
}

/* --- the scheduler --- */

static void sim_step(struct sim *s)
{
    uint32_t who = rng_below(&s->rng, 100);
    s->counts.steps++;
    sim_tick(s);
    if (who < 50) {
        client_step(s, rng_below(&s->rng, SIM_CLIENTS));
    } else if (who < 53) {
        late_step(s);
    } else if (who < 85) {
        reader_step(s, &s->readers[rng_below(&s->rng, SIM_READERS)]);
    } else if (who < 89) {
        with_store(s, ship);
    } else if (who < 92) {
        with_store(s, prove);
    } else if (who < 96) {
        fold_log(s);
    } else {
        struct sim_server *v = &s->servers[rng_below(&s->rng, SIM_SERVERS)];
        if (!v->busy) server_close(v); /* stopped, and started when it is next asked */
    }
}

/* Every process is gone. */
static inline void sim_stop(struct sim *s)
{
    for (int i = 0; i < SIM_SERVERS; i++) server_close(&s->servers[i]);
    for (int i = 0; i < SIM_READERS; i++) reader_close(&s->readers[i]);
}

static inline void sim_begin(struct sim *s, uint64_t seed, bool quiet)
{
    memset(s, 0, sizeof *s);
    s->rng = (struct rng){seed};
    s->salts = (struct rng){rng_next(&s->rng)};
    s->salting = (struct salting){.fill = sim_salt, .ctx = &s->salts};
    s->now_ms = INT64_C(1700000000000) + (int64_t)rng_below(&s->rng, 1000000);
    s->quiet = quiet;
    signer_new(&s->arena, SIM_ORIGIN, &s->notary.signer);
    trust_add(&s->notary.trust, &s->arena, &s->notary.signer.key);
    disk_new(rng_next(&s->rng));
    CHECK(mkdir(SIM_ELSEWHERE, 0700) == 0);
    GOOD(durable_folder(".", oops));
}

static inline void sim_end(struct sim *s)
{
    sim_stop(s);
    arena_free(&s->notary.arena);
    arena_free(&s->arena);
}

#endif
