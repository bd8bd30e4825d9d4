/*
 * law8_test.c - verify finds any altered, missing, reordered or added byte.
 *
 * Somebody with the file and SQLite at hand takes the triggers away and
 * changes one thing. Every byte of every column of every row is tried. What
 * power cuts do is test/crash.
 */
#include <sqlite3.h>

#include "base/text.h"
#include "draft.h"
#include "seed.h"
#include "store/store.h"
#include "temp.h"

enum { ROWS = 13 };

static struct temp temp;
static char path[320];
static sqlite3 *db; /* the tamperer's */

static int sql(const char *statements)
{
    char *said = NULL;
    int code = sqlite3_exec(db, statements, NULL, NULL, &said);
    if (code != SQLITE_OK) printf("# %s: %s\n", statements, said ? said : "");
    CHECK(code == SQLITE_OK);
    sqlite3_free(said);
    return code;
}

/* Thirteen records in four commits, evidence, every kind of column filled; no triggers. */
static void make_store(void)
{
    struct arena a = {0};
    struct store *s = NULL;
    struct cast c;
    struct record *list[ROWS];
    struct evidence e[2] = {{.bytes = "a list, as it was", .len = 17},
                            {.bytes = "how it is read", .len = 14}}; /* no record names it */
    char hex[SHA_HEX];
    temp_empty(&temp);
    snprintf(path, sizeof path, "%s", temp_path(&temp, "book.db"));
    for (int i = 0; i < 2; i++) sha256(e[i].bytes, e[i].len, e[i].hash);
    hex_encode(e[0].hash, SHA_BYTES, hex);
    cast_begin(&c, &a, list);
    record_set_text(&a, list[3], F_HASH, hex);
    list[5] = cast_line(&c, "L1");
    for (int i = 6; i < ROWS; i++) {
        list[i] = cast_entry(&c, list[5]->id, STAGE_WORLD, STAGE_COMMITTED, i, i);
        if (i % 2) record_set_text(&a, list[i], F_KEY, text_format(&a, "pub/%d", i));
        if (i == 9) list[i]->label = "parties:DEU";
    }
    for (int i = 0; i < ROWS; i++) list[i]->idem = record_idem(&a, list[i], 1);
    GOOD(store_open(&a, path, true, &s, oops));
    static const int ends[] = {0, 3, 6, 12, ROWS};
    for (int i = 0; i < 4; i++) {
        GOOD(store_append(s, (const struct record *const *)list + ends[i],
                          (uint32_t)(ends[i + 1] - ends[i]), e,
                          i == 1   ? 1
                          : i == 2 ? 2
                                   : 0,
                          oops));
    }
    store_close(s);
    CHECK(sqlite3_open(path, &db) == SQLITE_OK);
    sql("PRAGMA synchronous=OFF; DROP TRIGGER log_kept; DROP TRIGGER log_whole;"
        "DROP TRIGGER commits_kept; DROP TRIGGER commits_whole");
    arena_free(&a);
}

static enum rc verify(struct verdict *v, struct err *err)
{
    struct arena a = {0};
    struct store *s = NULL;
    *v = (struct verdict){0};
    enum rc rc = store_open(&a, path, false, &s, err);
    if (!rc) rc = store_verify(s, v, err);
    store_close(s);
    arena_free(&a);
    return rc;
}

/* The fault is found, and in words that name the entry (0: any). */
static void found(uint64_t id, const char *what)
{
    struct err err = {0};
    struct verdict v;
    char name[40];
    CHECK(verify(&v, &err) == RC_STORE);
    snprintf(name, sizeof name, "entry %" PRIu64, id);
    CHECK(id == 0 || (v.bad_id == id && strstr(err.msg, name)));
    if (!tap_this_ok) printf("# %s: '%s', entry %" PRIu64 "\n", what, err.msg, v.bad_id);
}

static void clean(void)
{
    struct err err = {0};
    struct verdict v;
    CHECK(verify(&v, &err) == RC_OK && v.rows == ROWS && v.commits == 4 && v.evidence == 1);
    if (!tap_this_ok) printf("# %s\n", err.msg);
}

static void tamper_ends(void)
{
    sqlite3_close(db);
    db = NULL;
}

/* --- one byte of one column of one row --- */

struct cell {
    const char *table, *column, *key;
    int64_t row;
    int type; /* SQLite's */
    int64_t number;
    uint8_t bytes[600];
    int len;
};

static bool cell_read(struct cell *c)
{
    char text[200];
    sqlite3_stmt *st;
    snprintf(text, sizeof text, "SELECT %s FROM %s WHERE %s = %" PRId64, c->column, c->table,
             c->key, c->row);
    CHECK(sqlite3_prepare_v2(db, text, -1, &st, NULL) == SQLITE_OK);
    CHECK(sqlite3_step(st) == SQLITE_ROW);
    c->type = sqlite3_column_type(st, 0);
    c->number = sqlite3_column_int64(st, 0);
    c->len = c->type == SQLITE_INTEGER ? 8 : sqlite3_column_bytes(st, 0);
    CHECK(c->len <= (int)sizeof c->bytes);
    if (c->type == SQLITE_INTEGER)
        memcpy(c->bytes, &c->number, 8);
    else if (c->type != SQLITE_NULL && c->len)
        memcpy(c->bytes, sqlite3_column_blob(st, 0), (size_t)c->len);
    sqlite3_finalize(st);
    return c->type != SQLITE_NULL;
}

/* Write other bytes there. The row may have another key afterwards. False if SQLite will not. */
static bool cell_write(const struct cell *c, int64_t row, const uint8_t *bytes, int len)
{
    char text[200];
    int64_t number = 0;
    sqlite3_stmt *st;
    snprintf(text, sizeof text, "UPDATE %s SET %s = ?1 WHERE %s = %" PRId64, c->table, c->column,
             c->key, row);
    CHECK(sqlite3_prepare_v2(db, text, -1, &st, NULL) == SQLITE_OK);
    if (c->type == SQLITE_INTEGER) {
        memcpy(&number, bytes, 8);
        sqlite3_bind_int64(st, 1, number);
    } else if (c->type == SQLITE_TEXT) {
        sqlite3_bind_text(st, 1, (const char *)bytes, len, SQLITE_STATIC);
    } else {
        sqlite3_bind_blob(st, 1, bytes, len, SQLITE_STATIC);
    }
    int code = sqlite3_step(st);
    sqlite3_finalize(st);
    return code == SQLITE_DONE;
}

static void tamper_cell(const char *table, const char *key, const char *column, int64_t row,
                        uint64_t names, struct rng *r)
{
    struct cell c = {.table = table, .key = key, .column = column, .row = row};
    char what[200];
    if (!cell_read(&c)) return;
    bool is_key = strcmp(column, key) == 0;
    for (int at = 0; at <= c.len && tap_this_ok; at++) {
        uint8_t other[601];
        int len = c.len;
        memcpy(other, c.bytes, (size_t)len);
        if (at < c.len) {
            other[at] ^= (uint8_t)(1 << rng_below(r, 8));
        } else if (c.type == SQLITE_INTEGER) {
            continue;
        } else {
            other[len++] = (uint8_t)(rng_one_in(r, 2) ? 0 : 'x'); /* a byte more, perhaps a NUL */
        }
        int64_t now = row;
        if (is_key) memcpy(&now, other, 8);
        if (!cell_write(&c, row, other, len)) continue; /* taken by another row */
        snprintf(what, sizeof what, "%s.%s of %" PRId64 ", byte %d", table, column, row, at);
        /* An id that turns up earlier than its place is the first thing that is wrong. */
        found(is_key && names ? 0 : names, what);
        CHECK(cell_write(&c, now, c.bytes, c.len));
    }
}

static void every_byte_of_every_column_counts(void)
{
    static const char *const log[] = {"id",   "recorded_ms", "kind",  "label",
                                      "idem", "salt",        "bytes", "leaf"};
    static const char *const commits[] = {"last",     "recorded_ms", "root",
                                          "frontier", "number",      "brought"};
    static const int64_t last[] = {3, 6, 12, 13};
    struct rng r = {seed_env("MUSTER_SEED", 1)};
    make_store();
    clean();
    for (int64_t row = 1; row <= ROWS && tap_this_ok; row++) {
        for (size_t i = 0; i < 8; i++) tamper_cell("log", "id", log[i], row, (uint64_t)row, &r);
    }
    for (size_t row = 0; row < 4 && tap_this_ok; row++) {
        for (size_t i = 0; i < 6; i++) tamper_cell("commits", "last", commits[i], last[row], 0, &r);
    }
    tamper_cell("evidence", "id", "bytes", 1, 4, &r);
    tamper_cell("evidence", "id", "hash", 1, 0, &r);
    tamper_cell("evidence", "id", "bytes", 2, 0, &r);
    tamper_cell("evidence", "id", "hash", 2, 0, &r);
    clean(); /* all was put back: the test changed what it meant to and nothing else */
    tamper_ends();
}

/* --- rows missing, out of place, or too many --- */

static void a_row_that_is_gone_is_named(void)
{
    for (int row = 1; row <= ROWS; row++) {
        char text[80];
        make_store();
        snprintf(text, sizeof text, "DELETE FROM log WHERE id = %d", row);
        sql(text);
        found((uint64_t)row, text);
        tamper_ends();
    }
}

static void rows_that_changed_places_are_named(void)
{
    for (int row = 1; row < ROWS; row++) {
        char text[300];
        make_store(); /* the whole rows */
        snprintf(text, sizeof text,
                 "UPDATE log SET id = 99 WHERE id = %d; UPDATE log SET id = %d WHERE id = %d;"
                 "UPDATE log SET id = %d WHERE id = 99",
                 row, row, row + 1, row + 1);
        sql(text);
        found((uint64_t)row, text);
        tamper_ends();
    }
}

static void a_log_cut_short_is_found(void)
{
    static const struct {
        const char *sql;
        uint64_t names;
    } cut[] = {
        {"DELETE FROM log WHERE id > 9", 10},        /* within a commit */
        {"DELETE FROM log WHERE id > 6", 7},         /* behind one; the later commits name more */
        {"DELETE FROM log", 1},                      /* everything */
        {"DELETE FROM commits WHERE last = 13", 13}, /* the commit alone */
        {"DELETE FROM commits WHERE last = 3", 1},   /* and one that is followed by others */
        {"DELETE FROM commits WHERE last = 6", 4},
        {"DELETE FROM commits WHERE last < 12", 1},
        {"DELETE FROM commits", 1},
        {"INSERT INTO log SELECT 14, recorded_ms, kind, label, NULL, salt, bytes, leaf FROM log"
         " WHERE id = 13",
         14},
    };
    for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
        make_store();
        sql(cut[i].sql);
        found(cut[i].names, cut[i].sql);
        tamper_ends();
    }
}

/* Evidence that was kept once, and is gone; evidence that nobody gave. */
static void evidence_missing_or_added_is_found(void)
{
    static const struct {
        const char *sql;
        uint64_t names;
    } changed[] = {
        {"DELETE FROM evidence WHERE id = 1", 4},  /* the record that names it */
        {"DELETE FROM evidence WHERE id = 2", 12}, /* the commit that kept it */
        {"DELETE FROM evidence", 4},
        {"UPDATE commits SET brought = NULL WHERE last = 12", 0},
        {"UPDATE commits SET brought = (SELECT brought FROM commits WHERE last = 6) WHERE last = "
         "13",
         13}, /* a second time */
        /* SHA-256 of "abc", under its own hash */
        {"INSERT INTO evidence(hash, bytes) VALUES(x'ba7816bf8f01cfea414140de5dae2223"
         "b00361a396177a9cb410ff61f20015ad', x'616263')",
         0},
    };
    for (size_t i = 0; i < sizeof changed / sizeof *changed; i++) {
        make_store();
        sql(changed[i].sql);
        found(changed[i].names, changed[i].sql);
        tamper_ends();
    }
}

/* Form 1 did not say what it kept: its first commit of today answers for all of that. */
static void an_older_store_is_accounted_for_from_its_next_commit_on(void)
{
    struct arena a = {0};
    struct cast c = {.arena = &a, .id = ROWS, .now_ms = INT64_C(1800000000000)};
    struct err err = {0};
    struct verdict v;
    struct store *s = NULL;
    make_store();
    sql("ALTER TABLE commits DROP COLUMN number; ALTER TABLE commits DROP COLUMN brought;"
        "PRAGMA user_version=1");
    clean();
    struct record *more = cast_party(&c, "NOR");
    more->idem = record_idem(&a, more, 1);
    GOOD(store_open(&a, path, false, &s, oops));
    GOOD(store_append(s, (const struct record *const *)&more, 1, NULL, 0, oops));
    store_close(s);
    CHECK(verify(&v, &err) == RC_OK && v.rows == ROWS + 1 && v.commits == 5);
    sql("DROP TRIGGER IF EXISTS commits_whole; BEGIN; DELETE FROM evidence WHERE id = 1; COMMIT");
    found(4, "old evidence is gone");
    sql("INSERT INTO evidence VALUES(1, x'00', x'00')");
    found(4, "old evidence is another");
    tamper_ends();
    make_store();
    sql("DELETE FROM commits WHERE last = 6;"
        "ALTER TABLE commits DROP COLUMN number; ALTER TABLE commits DROP COLUMN brought;"
        "PRAGMA user_version=1");
    GOOD(store_open(&a, path, false, &s, oops));
    GOOD(store_append(s, (const struct record *const *)&more, 1, NULL, 0, oops));
    store_close(s);
    CHECK(verify(&v, &err) == RC_OK); /* what was lost before it was counted is not known */
    tamper_ends();
    arena_free(&a);
}

/* Cut off exactly behind a commit, a log is as it once was: only a root kept elsewhere tells. */
static void a_log_as_it_once_was_has_its_old_root(void)
{
    struct err err = {0};
    struct verdict whole, before;
    make_store();
    CHECK(verify(&whole, &err) == RC_OK);
    sql("DELETE FROM log WHERE id > 12; DELETE FROM commits WHERE last > 12");
    CHECK(verify(&before, &err) == RC_OK && before.rows == 12);
    CHECK(memcmp(whole.root, before.root, SHA_BYTES) != 0);
    tamper_ends();
}

/* Whoever also mends the leaf still cannot mend the root above it. */
static void a_forged_leaf_is_found_at_its_commit(void)
{
    static const uint64_t ends[] = {3, 6, 12, 13};
    for (int64_t row = 1, at = 0; row <= ROWS && tap_this_ok; row++) {
        struct cell bytes = {.table = "log", .key = "id", .column = "bytes", .row = row};
        struct cell salt = {.table = "log", .key = "id", .column = "salt", .row = row};
        struct cell leaf = {.table = "log", .key = "id", .column = "leaf", .row = row};
        uint8_t forged[SHA_BYTES];
        make_store();
        CHECK(cell_read(&bytes) && cell_read(&salt) && cell_read(&leaf));
        bytes.bytes[bytes.len - 1] ^= 2; /* the last letter of a text: still a good record */
        merkle_leaf(salt.bytes, bytes.bytes, (size_t)bytes.len, forged);
        CHECK(cell_write(&bytes, row, bytes.bytes, bytes.len));
        CHECK(cell_write(&leaf, row, forged, SHA_BYTES));
        if (row > (int64_t)ends[at]) at++;
        struct err err = {0};
        struct verdict v;
        CHECK(verify(&v, &err) == RC_STORE);
        CHECK(v.bad_id == (uint64_t)row || v.bad_id == ends[at]);
        if (!tap_this_ok) printf("# row %" PRId64 ": '%s'\n", row, err.msg);
        tamper_ends();
    }
}

/* --- bits of the file --- */

static enum rc add_row(void *ctx, const struct row *row, struct err *err)
{
    (void)err;
    struct buf *out = ctx;
    buf_addf(out, "%" PRIu64 " %s %s ", row->id, row->label, row->idem ? row->idem : "");
    buf_add_bytes(out, (const char *)row->salt, SALT_BYTES);
    buf_add_bytes(out, row->bytes, row->len);
    return RC_OK;
}

static enum rc add_commit(void *ctx, const struct commit *c, struct err *err)
{
    (void)err;
    struct buf *out = ctx;
    buf_addf(out, "%" PRIu64 " %" PRId64 " ", c->last, c->recorded_ms);
    buf_add_bytes(out, (const char *)c->root, SHA_BYTES);
    return RC_OK;
}

struct documents {
    struct store *store;
    struct buf *out;
};

static enum rc add_document(void *ctx, const uint8_t hash[SHA_BYTES], struct err *err)
{
    struct documents *d = ctx;
    struct evidence e;
    enum rc rc = d->store->ops->evidence(d->store, d->out->arena, hash, &e, err);
    if (!rc) buf_add_bytes(d->out, e.bytes, e.len);
    return rc;
}

/* Everything that is in the store as text, or NULL when verify or reading says no. */
static const char *log_text(struct arena *a, size_t *len)
{
    struct store *s = NULL;
    struct err err = {0};
    struct verdict v;
    struct buf out = {.arena = a};
    enum rc rc = store_open(a, path, false, &s, &err);
    if (!rc) rc = store_verify(s, &v, &err);
    struct documents documents = {s, &out};
    if (!rc) rc = s->ops->scan(s, 0, add_row, &out, &err);
    if (!rc) rc = s->ops->commits(s, add_commit, &out, &err);
    if (!rc) rc = s->ops->hashes(s, add_document, &documents, &err);
    store_close(s);
    *len = out.len;
    return rc ? NULL : out.text;
}

static void a_flipped_bit_is_found_or_changes_nothing(struct rng *r)
{
    struct arena a = {0};
    size_t want_len, got_len;
    make_store();
    sql("PRAGMA wal_checkpoint(TRUNCATE)");
    tamper_ends();
    const char *want = log_text(&a, &want_len);
    CHECK(want != NULL);
    FILE *f = fopen(path, "r+b");
    CHECK(f && fseek(f, 0, SEEK_END) == 0);
    long size = ftell(f), at = (long)rng_below(r, (uint32_t)size);
    CHECK(fseek(f, at, SEEK_SET) == 0);
    int byte = fgetc(f);
    CHECK(fseek(f, at, SEEK_SET) == 0 && fputc(byte ^ (1 << rng_below(r, 8)), f) != EOF);
    fclose(f);
    const char *got = log_text(&a, &got_len);
    CHECK(!got || (got_len == want_len && memcmp(got, want, want_len) == 0));
    if (!tap_this_ok) printf("# byte %ld of %ld\n", at, size);
    arena_free(&a);
}

static void no_bit_of_the_file_flips_unseen(void)
{
    seeds_run(300, a_flipped_bit_is_found_or_changes_nothing);
}

/* --- bits of what is said in it --- */

/* A stretch of the file that is a column of a row. */
struct stretch {
    long at;
    int len;
    uint64_t names; /* the entry that must be named; 0: any */
};

enum { STRETCHES = 400, FILE_MAX = 1 << 20 };
static struct stretch stretches[STRETCHES];
static int stretch_count;
static uint8_t file_bytes[FILE_MAX];
static long file_len;

static void find_cell(const char *table, const char *key, const char *column, int64_t row,
                      uint64_t names)
{
    struct cell c = {.table = table, .key = key, .column = column, .row = row};
    if (!cell_read(&c) || c.len < 8) return;    /* shorter ones stand elsewhere too */
    if (strcmp(column, "leaf") == 0) names = 0; /* it may stand in a frontier as well */
    for (long at = 0; at + c.len <= file_len; at++) {
        if (memcmp(file_bytes + at, c.bytes, (size_t)c.len) != 0) continue;
        CHECK(stretch_count < STRETCHES);
        if (stretch_count == STRETCHES) return;
        stretches[stretch_count++] = (struct stretch){at, c.len, names};
    }
}

static void find_content(void)
{
    static const char *const log[] = {"idem", "salt", "bytes", "leaf"};
    static const int64_t last[] = {3, 6, 12, 13};
    make_store();
    sql("PRAGMA wal_checkpoint(TRUNCATE)");
    FILE *f = fopen(path, "rb");
    CHECK(f != NULL);
    file_len = f ? (long)fread(file_bytes, 1, FILE_MAX, f) : 0;
    if (f) fclose(f);
    for (int64_t row = 1; row <= ROWS; row++) {
        for (int i = 0; i < 4; i++) find_cell("log", "id", log[i], row, (uint64_t)row);
    }
    for (int i = 0; i < 4; i++) {
        find_cell("commits", "last", "root", last[i], 0);
        find_cell("commits", "last", "frontier", last[i], 0);
    }
    find_cell("evidence", "id", "bytes", 1, 4);
    find_cell("evidence", "id", "hash", 1, 0);
    tamper_ends();
}

static int content_flips;

static void a_flip_in_content_is_found(struct rng *r)
{
    const struct stretch *s = &stretches[rng_below(r, (uint32_t)stretch_count)];
    long at = s->at + (long)rng_below(r, (uint32_t)s->len);
    uint8_t was = file_bytes[at];
    char what[100];
    file_bytes[at] ^= (uint8_t)(1 << rng_below(r, 8));
    FILE *f = fopen(path, "wb");
    CHECK(f && fwrite(file_bytes, 1, (size_t)file_len, f) == (size_t)file_len && fclose(f) == 0);
    file_bytes[at] = was;
    snprintf(what, sizeof what, "byte %ld of the file", at);
    found(s->names, what);
    content_flips++;
}

static void every_flip_in_what_is_said_is_found_and_named(void)
{
    find_content();
    CHECK(stretch_count > 4 * ROWS);
    seeds_run(1500, a_flip_in_content_is_found);
    printf("# %d bits flipped in %d columns as they lie in the file, each found\n", content_flips,
           stretch_count);
}

int main(void)
{
    temp_make(&temp);
    RUN(every_byte_of_every_column_counts);
    RUN(a_row_that_is_gone_is_named);
    RUN(rows_that_changed_places_are_named);
    RUN(a_log_cut_short_is_found);
    RUN(evidence_missing_or_added_is_found);
    RUN(an_older_store_is_accounted_for_from_its_next_commit_on);
    RUN(a_log_as_it_once_was_has_its_old_root);
    RUN(a_forged_leaf_is_found_at_its_commit);
    RUN(no_bit_of_the_file_flips_unseen);
    RUN(every_flip_in_what_is_said_is_found_and_named);
    temp_remove(&temp);
    return tap_done();
}
