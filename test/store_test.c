/*
 * store_test.c - one suite over every engine.
 *
 * The same cases run on "memory:", on an SQLite file and on a PostgreSQL server
 * of the test's own; what only some can do (be somebody else's, be written by
 * two) follows below them. Altered bytes are law 8's own test, and what only a
 * server can do is postgres_test.c's.
 */
#include "store/store.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include "base/text.h"
#include "cluster.h"
#include "draft.h"
#include "seed.h"
#include "temp.h"

static struct temp temp;
static enum { MEMORY, FILES, SERVER } engine;
static char store_url[340];

static struct store *open_new(struct arena *a)
{
    struct store *s = NULL;
    if (engine == FILES) {
        temp_empty(&temp);
        snprintf(store_url, sizeof store_url, "%s", temp_path(&temp, "book.db"));
    } else if (engine == SERVER) {
        CHECK(cluster_sql("DROP SCHEMA IF EXISTS muster CASCADE"));
        snprintf(store_url, sizeof store_url, "%s", cluster_url);
    } else {
        strcpy(store_url, "memory:");
    }
    GOOD(store_open(a, store_url, true, &s, oops));
    return s;
}

/* Close and open again, where the engine keeps anything. */
static struct store *open_again(struct arena *a, struct store *s)
{
    if (engine == MEMORY) return s;
    store_close(s);
    GOOD(store_open(a, store_url, false, &s, oops));
    return s;
}

/* What a log holds, flat. */
struct log {
    struct arena *arena;
    struct buf text;
    struct merkle tree;
    uint64_t rows, commits;
};

static enum rc log_row(void *ctx, const struct row *row, struct err *err)
{
    struct log *l = ctx;
    struct record r;
    l->rows++;
    buf_addf(&l->text, "%" PRIu64 " %" PRId64 " %d %s %s ", row->id, row->recorded_ms,
             (int)row->kind, row->label, row->idem ? row->idem : "-");
    buf_add_bytes(&l->text, (const char *)row->salt, SALT_BYTES);
    buf_add_bytes(&l->text, row->bytes, row->len);
    buf_add_bytes(&l->text, (const char *)row->leaf, SHA_BYTES);
    uint8_t leaf[SHA_BYTES];
    merkle_leaf(row->salt, row->bytes, row->len, leaf);
    CHECK(memcmp(leaf, row->leaf, SHA_BYTES) == 0);
    merkle_add(&l->tree, leaf);
    return row_record(l->arena, row, &r, err);
}

static enum rc log_commit(void *ctx, const struct commit *c, struct err *err)
{
    struct log *l = ctx;
    (void)err;
    l->commits++;
    buf_addf(&l->text, "commit %" PRIu64 " %" PRId64, c->last, c->recorded_ms);
    buf_add_bytes(&l->text, (const char *)c->root, SHA_BYTES);
    return RC_OK;
}

static struct log read_log(struct arena *a, struct store *s)
{
    struct log l = {.arena = a, .text = {.arena = a}};
    struct commit head;
    uint8_t root[SHA_BYTES];
    buf_add(&l.text, "");
    GOOD(s->ops->scan(s, 0, log_row, &l, oops));
    GOOD(s->ops->commits(s, log_commit, &l, oops));
    GOOD(s->ops->head(s, &head, oops));
    merkle_root(&l.tree, root);
    CHECK_I64((int64_t)head.last, (int64_t)l.rows);
    CHECK(memcmp(root, head.root, SHA_BYTES) == 0);
    return l;
}

static bool same_log(const struct log *a, const struct log *b)
{
    return a->text.len == b->text.len && memcmp(a->text.text, b->text.text, a->text.len) == 0;
}

/* The five first records and a line, each with its natural key. */
enum { BATCH = CAST_FIRST + 1 };
static void first_batch(struct cast *c, struct arena *a, struct record *out[BATCH])
{
    cast_begin(c, a, out);
    out[CAST_FIRST] = cast_line(c, "L1");
    for (int i = 0; i < BATCH; i++) {
        out[i]->idem = record_idem(a, out[i], 1);
        out[i]->recorded_ms = c->now_ms;
    }
}

#define APPEND(s, list, count)                                                                     \
    store_append((s), (const struct record *const *)(list), (count), NULL, 0, oops)

/* --- every engine --- */

static void an_empty_store_is_whole(void)
{
    struct arena a = {0};
    struct store *s = open_new(&a);
    struct commit head = {.last = 9};
    struct verdict v;
    uint8_t nothing[SHA_BYTES];
    sha256("", 0, nothing);
    GOOD(s->ops->head(s, &head, oops));
    CHECK(head.last == 0 && memcmp(head.root, nothing, SHA_BYTES) == 0);
    CHECK_I64((int64_t)read_log(&a, s).rows, 0);
    GOOD(store_verify(s, &v, oops));
    CHECK(v.rows == 0 && v.bad_id == 0 && memcmp(v.root, nothing, SHA_BYTES) == 0);
    store_close(s);
    arena_free(&a);
}

static void what_was_appended_comes_back_byte_for_byte(void)
{
    struct arena a = {0};
    struct cast c;
    struct record *batch[BATCH];
    struct store *s = open_new(&a);
    struct verdict v;
    first_batch(&c, &a, batch);
    batch[2]->label = "parties:DEU";
    GOOD(APPEND(s, batch, 4));
    GOOD(APPEND(s, batch + 4, 2));
    GOOD(APPEND(s, batch, 0)); /* nothing is no commit */
    struct log before = read_log(&a, s);
    CHECK(before.rows == BATCH && before.commits == 2);
    struct buf bytes = {.arena = &a};
    record_encode(&bytes, batch[2]);
    size_t at = 0; /* what came back holds the bytes that went in */
    while (at + bytes.len < before.text.len &&
           memcmp(before.text.text + at, bytes.text, bytes.len) != 0) {
        at++;
    }
    CHECK(at + bytes.len < before.text.len);
    s = open_again(&a, s);
    struct log after = read_log(&a, s);
    CHECK(same_log(&before, &after));
    struct record *more = cast_entry(&c, batch[5]->id, STAGE_WORLD, STAGE_COMMITTED, 5, 10);
    GOOD(APPEND(s, &more, 1)); /* goes on from the frontier that was kept */
    CHECK_I64((int64_t)read_log(&a, s).rows, BATCH + 1);
    GOOD(store_verify(s, &v, oops));
    CHECK(v.rows == BATCH + 1 && v.commits == 3);
    store_close(s);
    arena_free(&a);
}

/* The append is refused with RC_RULE, and the log is what it was. */
static void refused(struct arena *a, struct store *s, struct record **list, uint32_t count)
{
    struct err err = {0};
    struct log before = read_log(a, s);
    CHECK(store_append(s, (const struct record *const *)list, count, NULL, 0, &err) == RC_RULE);
    CHECK(err.msg[0] != '\0');
    struct log after = read_log(a, s);
    CHECK(same_log(&before, &after));
}

static void a_refused_append_changes_nothing(void)
{
    struct arena a = {0};
    struct cast c;
    struct record *batch[BATCH];
    struct store *s = open_new(&a);
    first_batch(&c, &a, batch);
    refused(&a, s, batch + 1, 1); /* the first id is 1 */
    GOOD(APPEND(s, batch, 4));
    refused(&a, s, batch, 1);     /* there already */
    refused(&a, s, batch + 5, 1); /* a gap */
    struct record *gap[] = {batch[4], batch[4]};
    refused(&a, s, gap, 2); /* not dense, seen only at the second */

    batch[4]->idem = batch[0]->idem;
    refused(&a, s, batch + 4, 1); /* the natural key is taken */
    batch[4]->idem = batch[5]->idem;
    refused(&a, s, batch + 4, 2); /* taken within the same append */

    char *note = NEW_ARRAY(&a, RECORD_BYTES_MAX / 2 + 1, char);
    memset(note, 'n', RECORD_BYTES_MAX / 2);
    batch[4]->idem = NULL;
    record_set_text(&a, batch[4], F_NOTE, note);
    for (int i = 0; i < 3; i++) record_set_text(&a, batch[4], F_LINK, note);
    refused(&a, s, batch + 4, 1); /* too long */

    batch[4] = cast_passage(&c, batch[3]->id);
    batch[4]->id = 5;
    batch[4]->recorded_ms = batch[5]->recorded_ms;
    GOOD(APPEND(s, batch + 4, 2)); /* and after all that it still takes what is good */
    struct verdict v;
    GOOD(store_verify(s, &v, oops));
    CHECK_I64((int64_t)v.rows, BATCH);
    store_close(s);
    arena_free(&a);
}

struct seen {
    const struct evidence *evidence;
    int count, which;
};

static enum rc see_hash(void *ctx, const uint8_t hash[SHA_BYTES], struct err *err)
{
    struct seen *s = ctx;
    (void)err;
    s->count++;
    for (int i = 0; i < 3; i++) {
        if (memcmp(hash, s->evidence[i].hash, SHA_BYTES) == 0) s->which |= 1 << i;
    }
    return RC_OK;
}

static void evidence_is_kept_once_under_its_hash(void)
{
    struct arena a = {0};
    struct cast c;
    struct record *batch[BATCH];
    struct store *s = open_new(&a);
    struct err err = {0};
    struct evidence e[3], got;
    struct verdict v;
    char *big = NEW_ARRAY(&a, 3000000, char);
    char hex[SHA_HEX];
    for (int i = 0; i < 3000000; i++) big[i] = (char)(i * 7 + i / 251);
    e[0] = (struct evidence){.bytes = big, .len = 3000000};
    e[1] = (struct evidence){.bytes = "small\0bytes", .len = 11};
    e[2] = (struct evidence){.bytes = NULL, .len = 0};
    for (int i = 0; i < 3; i++) sha256(e[i].len ? e[i].bytes : "", e[i].len, e[i].hash);
    first_batch(&c, &a, batch);
    hex_encode(e[1].hash, SHA_BYTES, hex);
    record_set_text(&a, batch[3], F_HASH, hex);
    CHECK(s->ops->evidence(s, &a, e[0].hash, &got, &err) == RC_ABSENT);
    CHECK(!store_append(s, (const struct record *const *)batch, 4, e, 3, &err));
    CHECK(!store_append(s, (const struct record *const *)batch + 4, 2, e, 2, &err)); /* again */
    s = open_again(&a, s);
    for (int i = 0; i < 3; i++) {
        CHECK(!s->ops->evidence(s, &a, e[i].hash, &got, &err));
        CHECK(got.len == e[i].len && memcmp(got.hash, e[i].hash, SHA_BYTES) == 0);
        CHECK(got.len == 0 || memcmp(got.bytes, e[i].bytes, got.len) == 0);
    }
    struct seen seen = {.evidence = e};
    CHECK(!s->ops->hashes(s, see_hash, &seen, &err));
    CHECK(seen.count == 3 && seen.which == 7); /* each once, named by a record or not */
    e[0].hash[0] ^= 1;
    CHECK(s->ops->evidence(s, &a, e[0].hash, &got, &err) == RC_ABSENT);
    CHECK(!store_verify(s, &v, &err));
    CHECK_I64((int64_t)v.evidence, 1);
    store_close(s);
    arena_free(&a);
}

static void part_is(struct store *s, const struct evidence *of, uint64_t begin, uint64_t end,
                    uint64_t want)
{
    struct arena a = {0};
    const char *bytes = NULL;
    uint64_t len = 9;
    GOOD(s->ops->evidence_part(s, &a, of->hash, begin, end, &bytes, &len, oops));
    CHECK_I64((int64_t)len, (int64_t)want);
    CHECK(want == 0 || memcmp(bytes, (const char *)of->bytes + begin, want) == 0);
    arena_free(&a);
}

static void a_part_of_evidence_is_read_without_the_rest(void)
{
    struct arena a = {0};
    struct cast c;
    struct record *batch[BATCH];
    struct store *s = open_new(&a);
    struct err err = {0};
    char *big = NEW_ARRAY(&a, 500000, char);
    const char *bytes;
    uint64_t len;
    for (int i = 0; i < 500000; i++) big[i] = (char)(i * 13 + i / 97);
    struct evidence e = {.bytes = big, .len = 500000};
    sha256(big, 500000, e.hash);
    first_batch(&c, &a, batch);
    GOOD(store_append(s, (const struct record *const *)batch, 4, &e, 1, oops));
    part_is(s, &e, 0, 500000, 500000);
    part_is(s, &e, 0, 1, 1);
    part_is(s, &e, 123456, 130000, 6544);
    part_is(s, &e, 499990, 600000, 10); /* cut to what is there */
    part_is(s, &e, 500000, 500001, 0);
    part_is(s, &e, 7, 7, 0);
    e.hash[3] ^= 1;
    CHECK(s->ops->evidence_part(s, &a, e.hash, 0, 9, &bytes, &len, &err) == RC_ABSENT);
    store_close(s);
    arena_free(&a);
}

/* More than an engine reads or sends at a time, with a key taken at the very end of it. */
static void a_commit_of_many_rows_is_one_commit(void)
{
    enum { MANY = 3000 };
    struct arena a = {0};
    struct cast c = {.arena = &a, .now_ms = 5};
    struct store *s = open_new(&a);
    struct record **list = NEW_ARRAY(&a, MANY, struct record *);
    struct err err = {0};
    struct verdict v;
    for (int i = 0; i < MANY; i++) {
        list[i] = cast_party(&c, text_format(&a, "P%d", i));
        list[i]->idem = i % 3 ? record_idem(&a, list[i], 1) : NULL;
    }
    for (int i = 0; i < MANY; i++) list[i]->recorded_ms = c.now_ms;
    const char *last = list[MANY - 1]->idem;
    list[MANY - 1]->idem = list[1]->idem;
    refused(&a, s, list, MANY);
    list[MANY - 1]->idem = last;
    for (int i = 0; i < MANY; i++) list[i]->idem = record_idem(&a, list[i], 1);
    GOOD(APPEND(s, list, MANY));
    s = open_again(&a, s);
    CHECK_I64((int64_t)read_log(&a, s).rows, MANY);
    CHECK_I64((int64_t)read_log(&a, s).commits, 1);
    GOOD(store_verify(s, &v, oops));
    struct record *more = cast_party(&c, "P17"); /* a key of the log itself */
    more->idem = record_idem(&a, more, 1);
    CHECK(store_append(s, (const struct record *const *)&more, 1, NULL, 0, &err) == RC_RULE);
    CHECK(strstr(err.msg, "in the log already") != NULL);
    store_close(s);
    arena_free(&a);
}

struct stopper {
    uint64_t seen, stop_at, first;
    struct store *store;
    struct record *during;
};

static enum rc stop_there(void *ctx, const struct row *row, struct err *err)
{
    struct stopper *s = ctx;
    if (!s->first) s->first = row->id;
    s->seen++;
    if (s->during) {
        GOOD(APPEND(s->store, &s->during, 1));
        s->during = NULL;
    }
    return row->id == s->stop_at ? fail(err, RC_ABSENT, "far enough") : RC_OK;
}

static void a_scan_starts_and_stops_where_it_is_told(void)
{
    struct arena a = {0};
    struct cast c;
    struct record *batch[BATCH];
    struct store *s = open_new(&a);
    struct err err = {0};
    first_batch(&c, &a, batch);
    CHECK(!store_append(s, (const struct record *const *)batch, BATCH, NULL, 0, &err));
    struct stopper all = {.stop_at = 0}, some = {.stop_at = 4}, none = {.stop_at = 0};
    CHECK(!s->ops->scan(s, 0, stop_there, &all, &err));
    CHECK(all.first == 1 && all.seen == BATCH);
    CHECK(s->ops->scan(s, 2, stop_there, &some, &err) == RC_ABSENT);
    CHECK(some.first == 3 && some.seen == 2);
    CHECK_TEXT(err.msg, "far enough");
    CHECK(!s->ops->scan(s, BATCH, stop_there, &none, &err));
    CHECK_I64((int64_t)none.seen, 0);
    /* One snapshot: what is written meanwhile is not part of it. */
    struct stopper writing = {.store = s, .during = cast_party(&c, "POL")};
    CHECK(!s->ops->scan(s, 0, stop_there, &writing, &err));
    CHECK_I64((int64_t)writing.seen, BATCH);
    store_close(s);
    arena_free(&a);
}

struct picked {
    uint64_t ids[9];
    uint32_t count;
};

static enum rc pick(void *ctx, const struct row *row, struct err *err)
{
    struct picked *p = ctx;
    uint8_t leaf[SHA_BYTES];
    merkle_leaf(row->salt, row->bytes, row->len, leaf);
    CHECK(memcmp(leaf, row->leaf, SHA_BYTES) == 0);
    p->ids[p->count++] = row->id;
    return p->count == 4 ? fail(err, RC_ABSENT, "enough") : RC_OK;
}

static void rows_are_given_by_their_ids(void)
{
    static const uint64_t ids[] = {1, 3, 6, 7, 99, INT64_MAX};
    struct arena a = {0};
    struct cast c;
    struct record *batch[BATCH];
    struct err err = {0};
    struct picked p = {.count = 0}, none = {.count = 0};
    struct store *s = open_new(&a);
    GOOD(s->ops->rows(s, ids, 6, pick, &none, oops));
    CHECK_I64(none.count, 0);
    first_batch(&c, &a, batch);
    GOOD(APPEND(s, batch, BATCH));
    GOOD(s->ops->rows(s, ids, 6, pick, &p, oops));
    CHECK(p.count == 3 && p.ids[0] == 1 && p.ids[1] == 3 && p.ids[2] == 6);
    CHECK(s->ops->rows(s, ids, 2, pick, &p, &err) == RC_ABSENT && strcmp(err.msg, "enough") == 0);
    CHECK(p.count == 4 && p.ids[3] == 1);
    store_close(s);
    arena_free(&a);
}

static void random_batches_come_back(struct rng *r)
{
    struct arena a = {0};
    struct cast c = {.arena = &a, .now_ms = 5};
    struct store *s = open_new(&a);
    struct verdict v;
    uint64_t commits = 0;
    for (int i = 0; i < 12; i++) {
        struct record *list[9];
        uint32_t count = rng_below(r, 9);
        for (uint32_t k = 0; k < count; k++) {
            list[k] = cast_party(&c, text_format(&a, "P%" PRIu64, c.id + 1));
            list[k]->recorded_ms = c.now_ms + (int64_t)(9 - count);
            list[k]->idem = record_idem(&a, list[k], 1);
        }
        for (uint32_t k = 0; k < count; k++) list[k]->recorded_ms = c.now_ms;
        GOOD(APPEND(s, list, count));
        commits += count > 0;
        if (rng_one_in(r, 3)) s = open_again(&a, s);
    }
    struct log l = read_log(&a, s);
    CHECK(l.rows == c.id && l.commits == commits);
    GOOD(store_verify(s, &v, oops));
    CHECK(v.rows == c.id && v.commits == commits);
    store_close(s);
    arena_free(&a);
}

static void many_random_batches(void)
{
    seeds_run(engine == MEMORY ? 100 : 8, random_batches_come_back);
}

/* --- files only --- */

static void write_file(const char *name, const char *bytes, size_t len)
{
    FILE *f = fopen(temp_path(&temp, name), "wb");
    CHECK(f && fwrite(bytes, 1, len, f) == len);
    if (f) fclose(f);
}

static void sql(const char *name, const char *statements)
{
    sqlite3 *db = NULL;
    CHECK(sqlite3_open(temp_path(&temp, name), &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, statements, NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(db);
}

/* Opening is refused with a sentence that names the file. */
static void not_opened(const char *name, enum rc want, const char *why)
{
    struct arena a = {0};
    struct store *s = NULL;
    struct err err = {0};
    CHECK(store_open(&a, temp_path(&temp, name), want != RC_ABSENT, &s, &err) == want);
    CHECK(strstr(err.msg, why) != NULL);
    if (!tap_this_ok) printf("# %s: %s\n", name, err.msg);
    arena_free(&a);
}

static void what_is_no_store_is_not_opened(void)
{
    struct arena a = {0};
    struct store *s = NULL;
    struct err err = {0};
    char text[4096];
    memset(text, 'x', sizeof text);
    temp_empty(&temp);
    write_file("text.db", text, sizeof text);
    sql("other.db", "CREATE TABLE photos(id INTEGER PRIMARY KEY)");
    sql("newer.db", "CREATE TABLE log(id); PRAGMA user_version=99");
    not_opened("text.db", RC_STORE, "is not a muster store");
    not_opened("other.db", RC_STORE, "a database of something else");
    not_opened("newer.db", RC_STORE, "newer muster");
    not_opened("absent.db", RC_ABSENT, "there is no store");
    not_opened("no/such/folder.db", RC_STORE, "there is no directory");
    CHECK(store_open(&a, "", true, &s, &err) == RC_STORE);
    CHECK(store_open(&a, "mysql://me:secret@db/x", true, &s, &err) == RC_STORE);
    CHECK_TEXT(err.msg, "no store can be opened at 'mysql://...'");
    struct stat st;
    CHECK(stat(temp_path(&temp, "absent.db"), &st) != 0); /* looking makes no file */
    arena_free(&a);
}

static void a_file_of_no_bytes_is_an_empty_store(void)
{
    struct arena a = {0};
    struct cast c;
    struct record *batch[BATCH];
    struct store *s = NULL;
    struct verdict v;
    temp_empty(&temp);
    write_file("zero.db", "", 0);
    GOOD(store_open(&a, temp_path(&temp, "zero.db"), false, &s, oops));
    GOOD(store_verify(s, &v, oops));
    CHECK_I64((int64_t)v.rows, 0);
    first_batch(&c, &a, batch);
    GOOD(APPEND(s, batch, BATCH));
    GOOD(store_verify(s, &v, oops));
    CHECK_I64((int64_t)v.rows, BATCH);
    store_close(s);
    arena_free(&a);
}

static void of_two_writers_one_is_told(void)
{
    struct arena a = {0};
    struct cast c;
    struct record *batch[BATCH];
    struct err err = {0};
    struct store *one, *two = NULL;
    one = open_new(&a);
    GOOD(store_open(&a, store_url, true, &two, oops));
    first_batch(&c, &a, batch);
    CHECK(!store_append(one, (const struct record *const *)batch, 4, NULL, 0, &err));
    CHECK(store_append(two, (const struct record *const *)batch, 3, NULL, 0, &err) == RC_RULE);
    CHECK(strstr(err.msg, "meanwhile") != NULL);
    CHECK(!store_append(two, (const struct record *const *)batch + 4, 2, NULL, 0, &err));
    struct log x = read_log(&a, one), y = read_log(&a, two);
    CHECK(x.rows == BATCH && same_log(&x, &y));
    store_close(one);
    store_close(two);
    arena_free(&a);
}

/* Each remembers where it left the log; it must notice that the other went on, or was refused. */
static void writers_in_any_turn(struct rng *r)
{
    struct arena a = {0};
    struct cast c = {.arena = &a, .now_ms = 5};
    struct store *two[2];
    struct verdict v;
    struct err err;
    uint64_t commits = 0;
    two[0] = open_new(&a);
    GOOD(store_open(&a, store_url, true, &two[1], oops));
    for (int i = 0; i < 30; i++) {
        struct store *s = two[rng_below(r, 2)];
        bool late = rng_one_in(r, 4);
        uint64_t before = c.id;
        struct record *list[3];
        uint32_t count = 1 + rng_below(r, 3);
        c.id += late;
        for (uint32_t k = 0; k < count; k++) {
            list[k] = cast_party(&c, text_format(&a, "P%" PRIu64 "/%d", c.id + 1, i));
            list[k]->idem = record_idem(&a, list[k], 1);
        }
        for (uint32_t k = 0; k < count; k++) list[k]->recorded_ms = c.now_ms;
        enum rc rc = store_append(s, (const struct record *const *)list, count, NULL, 0, &err);
        CHECK_I64(rc, late ? RC_RULE : RC_OK);
        if (late) c.id = before;
        commits += !late;
    }
    struct log x = read_log(&a, two[0]), y = read_log(&a, two[1]);
    CHECK(x.rows == c.id && x.commits == commits && same_log(&x, &y));
    GOOD(store_verify(two[0], &v, oops));
    store_close(two[0]);
    store_close(two[1]);
    arena_free(&a);
}

static void two_writers_in_any_turn_make_one_log(void)
{
    seeds_run(8, writers_in_any_turn);
}

static void the_file_itself_refuses_an_edit(void)
{
    static const char *const edits[] = {
        "UPDATE log SET label = 'x' WHERE id = 1", "DELETE FROM log WHERE id = 1",
        "UPDATE commits SET recorded_ms = 0", "DELETE FROM commits"};
    struct arena a = {0};
    struct cast c;
    struct record *batch[BATCH];
    engine = FILES;
    struct store *s = open_new(&a);
    first_batch(&c, &a, batch);
    GOOD(APPEND(s, batch, BATCH));
    store_close(s);
    sqlite3 *db = NULL;
    CHECK(sqlite3_open(store_url, &db) == SQLITE_OK);
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        CHECK(sqlite3_exec(db, edits[i], NULL, NULL, NULL) == SQLITE_CONSTRAINT);
    }
    sqlite3_close(db);
    arena_free(&a);
}

static void on_engine(void (*test)(void), const char *name)
{
    char full[200];
    engine = MEMORY;
    snprintf(full, sizeof full, "memory: %.150s", name);
    tap_run(test, full);
    engine = FILES;
    snprintf(full, sizeof full, "sqlite: %.150s", name);
    tap_run(test, full);
    engine = SERVER;
    snprintf(full, sizeof full, "postgresql: %.150s", name);
    cluster_run(test, full);
}
#define ON_EVERY_ENGINE(test) on_engine(test, #test)

int main(void)
{
    temp_make(&temp);
    cluster_begin(&temp);
    ON_EVERY_ENGINE(an_empty_store_is_whole);
    ON_EVERY_ENGINE(what_was_appended_comes_back_byte_for_byte);
    ON_EVERY_ENGINE(a_refused_append_changes_nothing);
    ON_EVERY_ENGINE(evidence_is_kept_once_under_its_hash);
    ON_EVERY_ENGINE(a_part_of_evidence_is_read_without_the_rest);
    ON_EVERY_ENGINE(a_scan_starts_and_stops_where_it_is_told);
    ON_EVERY_ENGINE(rows_are_given_by_their_ids);
    ON_EVERY_ENGINE(many_random_batches);
    ON_EVERY_ENGINE(a_commit_of_many_rows_is_one_commit);
    RUN(what_is_no_store_is_not_opened);
    RUN(a_file_of_no_bytes_is_an_empty_store);
    engine = FILES;
    RUN(of_two_writers_one_is_told);
    RUN(two_writers_in_any_turn_make_one_log);
    engine = SERVER;
    CLUSTER_RUN(of_two_writers_one_is_told);
    CLUSTER_RUN(two_writers_in_any_turn_make_one_log);
    RUN(the_file_itself_refuses_an_edit);
    cluster_end();
    temp_remove(&temp);
    return tap_done();
}
