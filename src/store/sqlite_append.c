/*
 * sqlite_append.c - one commit into an SQLite file: its tables, the rows, the root.
 *
 * All of it is one transaction: the tables where there are none, or a form of
 * them that is older; the rows; the evidence that is new; and the commit, which
 * says what came with it. A commit that brought evidence lists its hashes: so a
 * document that was kept once and is gone is missed, although no store need
 * have what its records only name.
 */
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "store/sqlite.h"

enum { IDEMS_AHEAD = 4 };
/* A set of keys is kept in a file when so many rows, and one in so many, were read for it. */
enum { KEYS_LEAST = 16384, KEYS_PART = 64 };
#define APPLICATION_ID "1299542100" /* "Must" */

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS log("
    " id INTEGER PRIMARY KEY, recorded_ms INTEGER NOT NULL, kind INTEGER NOT NULL,"
    " label TEXT NOT NULL, idem TEXT, salt BLOB NOT NULL, bytes BLOB NOT NULL,"
    " leaf BLOB NOT NULL) STRICT;"
    "CREATE TABLE IF NOT EXISTS commits("
    " last INTEGER PRIMARY KEY, recorded_ms INTEGER NOT NULL, root BLOB NOT NULL,"
    " frontier BLOB NOT NULL, number INTEGER, brought BLOB) STRICT;"
    "CREATE TABLE IF NOT EXISTS evidence("
    " id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, bytes BLOB NOT NULL) STRICT;"
    "CREATE TRIGGER IF NOT EXISTS log_kept BEFORE UPDATE ON log"
    " BEGIN SELECT RAISE(ABORT, 'the log is never edited'); END;"
    "CREATE TRIGGER IF NOT EXISTS log_whole BEFORE DELETE ON log"
    " BEGIN SELECT RAISE(ABORT, 'the log is never edited'); END;"
    "CREATE TRIGGER IF NOT EXISTS commits_kept BEFORE UPDATE ON commits"
    " BEGIN SELECT RAISE(ABORT, 'the log is never edited'); END;"
    "CREATE TRIGGER IF NOT EXISTS commits_whole BEFORE DELETE ON commits"
    " BEGIN SELECT RAISE(ABORT, 'the log is never edited'); END;"
    "PRAGMA application_id=" APPLICATION_ID ";"
    "PRAGMA user_version=2;";

/* What form 1 had not. */
static const char second_form[] = "ALTER TABLE commits ADD COLUMN number INTEGER;"
                                  "ALTER TABLE commits ADD COLUMN brought BLOB;"
                                  "PRAGMA user_version=2;";

/* For idems_take(). */
static bool has_commit(void *ctx, const struct idems_at *at)
{
    struct commit c;
    struct err unused;
    if (at->last == 0 || lite_commit_at(ctx, at->last, &c, &unused)) return false;
    return c.recorded_ms == at->recorded_ms && memcmp(c.root, at->root, SHA_BYTES) == 0;
}

/* What a file beside the store has of the set, which is empty so far. */
static void take_idems(struct sqlite *s)
{
    struct arena a = {0};
    struct aside_owner unused;
    struct idems_at at;
    const char *path = lite_beside(&s->base, &a, "keys", false, &unused);
    if (path && idems_take(&s->idems, path, has_commit, s, &at)) s->idems_to = at.last;
    arena_free(&a);
}

/* Keep the set, if many rows were read for it. */
static void keep_idems(struct sqlite *s, uint64_t read, const struct commit *head)
{
    struct arena a = {0};
    struct aside_owner owner;
    if (read < KEYS_LEAST || read < head->last / KEYS_PART) return;
    const char *path = lite_beside(&s->base, &a, "keys", true, &owner);
    struct idems_at at = {.last = head->last, .recorded_ms = head->recorded_ms};
    memcpy(at.root, head->root, SHA_BYTES);
    if (path) (void)idems_keep(&s->idems, path, &owner, &at);
    arena_free(&a);
}

/* Bring the set up to the head: the whole log once, then what others wrote meanwhile. */
static enum rc load_idems(struct sqlite *s, const struct commit *to, struct err *err)
{
    sqlite3_stmt *st;
    uint64_t head = to->last;
    if (s->idems_to == 0 && head && !s->idems.count) take_idems(s);
    if (s->idems_to == head) return RC_OK;
    uint64_t before = s->idems_to;
    enum rc rc = lite_prepare(
        s, "SELECT idem FROM log WHERE id > ?1 AND idem IS NOT NULL ORDER BY id", &st, err);
    if (rc) return rc;
    sqlite3_bind_int64(st, 1, (int64_t)s->idems_to);
    int code;
    while ((code = sqlite3_step(st)) == SQLITE_ROW) {
        const char *idem = (const char *)sqlite3_column_text(st, 0);
        if (idem) idems_put(&s->idems, idem);
    }
    if (code != SQLITE_DONE) rc = lite_refused(s, code, err);
    sqlite3_finalize(st);
    if (rc) return rc;
    s->idems_to = head;
    keep_idems(s, head - before, to);
    return RC_OK;
}

/* The key may be there by its hash: ask the log, rows of this very commit included. */
static enum rc check_idem(struct sqlite *s, const char *idem, struct err *err)
{
    sqlite3_stmt *st;
    enum rc rc = lite_prepare(s, "SELECT 1 FROM log WHERE idem = ?1 LIMIT 1", &st, err);
    if (rc) return rc;
    sqlite3_bind_text(st, 1, idem, -1, SQLITE_STATIC);
    int code = sqlite3_step(st);
    if (code == SQLITE_ROW)
        rc = fail(err, RC_RULE, "'%.100s' is in the log already", idem);
    else if (code != SQLITE_DONE)
        rc = lite_refused(s, code, err);
    sqlite3_finalize(st);
    return rc;
}

static enum rc insert_row(struct sqlite *s, const struct row *row, struct err *err)
{
    sqlite3_stmt *st = s->insert;
    if (row->idem && idems_put(&s->idems, row->idem)) {
        enum rc rc = check_idem(s, row->idem, err);
        if (rc) return rc;
    }
    sqlite3_bind_int64(st, 1, (int64_t)row->id);
    sqlite3_bind_int64(st, 2, row->recorded_ms);
    sqlite3_bind_int(st, 3, (int)row->kind);
    sqlite3_bind_text(st, 4, row->label, -1, SQLITE_STATIC);
    if (row->idem)
        sqlite3_bind_text(st, 5, row->idem, -1, SQLITE_STATIC);
    else
        sqlite3_bind_null(st, 5);
    sqlite3_bind_blob(st, 6, row->salt, SALT_BYTES, SQLITE_STATIC);
    sqlite3_bind_blob(st, 7, row->bytes, (int)row->len, SQLITE_STATIC);
    sqlite3_bind_blob(st, 8, row->leaf, SHA_BYTES, SQLITE_STATIC);
    int code = sqlite3_step(st);
    sqlite3_reset(st);
    return code == SQLITE_DONE ? RC_OK : lite_refused(s, code, err);
}

/* `brought`: the hashes of what was not kept before. */
static enum rc insert_evidence(struct sqlite *s, const struct evidence *evidence, uint32_t count,
                               struct buf *brought, struct err *err)
{
    sqlite3_stmt *st;
    enum rc rc =
        lite_prepare(s, "INSERT OR IGNORE INTO evidence(hash, bytes) VALUES(?1, ?2)", &st, err);
    if (rc) return rc;
    for (uint32_t i = 0; i < count && !rc; i++) {
        sqlite3_bind_blob(st, 1, evidence[i].hash, SHA_BYTES, SQLITE_STATIC);
        const void *bytes = evidence[i].len ? evidence[i].bytes : "";
        int code = sqlite3_bind_blob64(st, 2, bytes, evidence[i].len, SQLITE_STATIC);
        if (code == SQLITE_OK) code = sqlite3_step(st);
        if (code != SQLITE_DONE) rc = lite_refused(s, code, err);
        if (!rc && sqlite3_changes(s->db) > 0) {
            buf_add_bytes(brought, (const char *)evidence[i].hash, SHA_BYTES);
        }
        sqlite3_reset(st);
    }
    sqlite3_finalize(st);
    return rc;
}

/* What a store of form 1 has kept: the first commit that is of form 2 answers for it. */
static enum rc old_evidence(struct sqlite *s, struct buf *brought, struct err *err)
{
    sqlite3_stmt *st;
    enum rc rc = lite_prepare(s, "SELECT hash FROM evidence", &st, err);
    if (rc) return rc;
    int code;
    while ((code = sqlite3_step(st)) == SQLITE_ROW) {
        if (sqlite3_column_bytes(st, 0) != SHA_BYTES) continue; /* damage, which verify tells */
        buf_add_bytes(brought, sqlite3_column_blob(st, 0), SHA_BYTES);
    }
    if (code != SQLITE_DONE) rc = lite_refused(s, code, err);
    sqlite3_finalize(st);
    return rc;
}

static enum rc insert_commit(struct sqlite *s, const struct buf *brought, struct err *err)
{
    uint8_t frontier[MERKLE_STATE_MAX];
    enum rc rc = lite_prepare_once(s, "INSERT INTO commits VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                                   &s->insert_commit, err);
    if (rc) return rc;
    sqlite3_stmt *st = s->insert_commit;
    size_t len = merkle_save(&s->tree, frontier);
    sqlite3_bind_int64(st, 1, (int64_t)s->last.last);
    sqlite3_bind_int64(st, 2, s->last.recorded_ms);
    sqlite3_bind_blob(st, 3, s->last.root, SHA_BYTES, SQLITE_STATIC);
    sqlite3_bind_blob(st, 4, frontier, (int)len, SQLITE_STATIC);
    sqlite3_bind_int64(st, 5, (int64_t)s->last.number);
    if (brought->len)
        sqlite3_bind_blob64(st, 6, brought->text, brought->len, SQLITE_STATIC);
    else
        sqlite3_bind_null(st, 6);
    int code = sqlite3_step(st);
    if (code != SQLITE_DONE) rc = lite_refused(s, code, err);
    sqlite3_reset(st);
    return rc;
}

/* A number that is another one whenever anybody committed to the file. */
static unsigned version_of(struct sqlite *s)
{
    unsigned version = 0;
    sqlite3_file_control(s->db, "main", SQLITE_FCNTL_DATA_VERSION, &version);
    return version;
}

/* The tables, as this muster has them. */
static enum rc bring_form(struct sqlite *s, struct err *err)
{
    enum rc rc = lite_look(s, err); /* another writer may have made them meanwhile */
    if (rc || s->form == LITE_FORM) return rc;
    rc = lite_run(s, s->form == 0 ? schema : second_form, err);
    if (!rc) s->form = LITE_FORM;
    return rc;
}

/*
 * The head and its tree, read only if somebody else wrote since. *old: it is a
 * commit of form 1, which does not say the how manieth it is.
 */
static enum rc find_head(struct sqlite *s, bool *old, struct err *err)
{
    int64_t number = 0;
    *old = false;
    if (s->has_last && s->seen == version_of(s)) return lite_check_place(s, err);
    s->has_last = false;
    enum rc rc = lite_head(s, &s->last, &s->tree, err);
    if (rc || s->last.last == 0) return rc;
    rc = lite_number(s, "SELECT number FROM commits ORDER BY last DESC LIMIT 1", &number, err);
    *old = number == 0;
    if (!rc && *old) rc = lite_number(s, "SELECT count(*) FROM commits", &number, err);
    s->last.number = (uint64_t)number;
    return rc;
}

/* The rows, each behind the last, and the tree with them. */
static enum rc insert_rows(struct sqlite *s, const struct row *rows, uint32_t count,
                           struct err *err)
{
    enum rc rc = lite_prepare_once(s, "INSERT INTO log VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                                   &s->insert, err);
    for (uint32_t i = 0; i < count && !rc; i++) {
        if (rows[i].id != s->tree.count + 1) {
            return fail(err, RC_RULE, "somebody else wrote to the store meanwhile");
        }
        if (count - i > IDEMS_AHEAD && rows[i + IDEMS_AHEAD].idem) {
            idems_expect(&s->idems, rows[i + IDEMS_AHEAD].idem);
        }
        rc = insert_row(s, &rows[i], err);
        merkle_add(&s->tree, rows[i].leaf);
    }
    return rc;
}

/* What is missed, and nothing else. */
static enum rc append_evidence(struct sqlite *s, const struct evidence *evidence, uint32_t count,
                               struct err *err)
{
    struct arena a = {0};
    struct buf known = {.arena = &a};
    enum rc rc = lite_look(s, err);
    if (!rc && s->form > 0) rc = insert_evidence(s, evidence, count, &known, err);
    s->has_last = false;
    arena_free(&a);
    return rc;
}

/* Everything inside the write transaction. */
static enum rc append_all(struct sqlite *s, const struct row *rows, uint32_t count,
                          const struct evidence *evidence, uint32_t evidence_count, struct err *err)
{
    struct arena a = {0};
    struct buf brought = {.arena = &a};
    bool old = false;
    enum rc rc = bring_form(s, err);
    if (!rc) rc = find_head(s, &old, err);
    if (!rc) rc = load_idems(s, &s->last, err);
    s->has_last = false; /* until it is committed */
    if (!rc && old) rc = old_evidence(s, &brought, err);
    if (!rc) rc = insert_rows(s, rows, count, err);
    if (!rc && evidence_count) rc = insert_evidence(s, evidence, evidence_count, &brought, err);
    if (!rc) {
        s->last = (struct commit){.last = s->tree.count,
                                  .recorded_ms = rows[count - 1].recorded_ms,
                                  .number = s->last.number + 1};
        merkle_root(&s->tree, s->last.root);
        rc = insert_commit(s, &brought, err);
    }
    arena_free(&a);
    return rc;
}

enum rc lite_append(struct store *base, const struct row *rows, uint32_t count,
                    const struct evidence *evidence, uint32_t evidence_count, struct err *err)
{
    struct sqlite *s = (struct sqlite *)base;
    if (count == 0 && evidence_count == 0) return RC_OK;
    if (s->broken) {
        return fail(err, RC_STORE, "'%.120s' failed before; open it again", s->path);
    }
    int form = s->form;
    enum rc rc = lite_run_once(s, "BEGIN IMMEDIATE", &s->begin, err);
    if (rc) {
        s->broken = (sqlite3_errcode(s->db) & 0xff) != SQLITE_BUSY; /* waiting may help, then */
        return rc;
    }
    rc = count ? append_all(s, rows, count, evidence, evidence_count, err)
               : append_evidence(s, evidence, evidence_count, err);
    if (!rc) rc = lite_run_once(s, "COMMIT", &s->commit, err);
    if (!rc && count == 0) return RC_OK;
    if (!rc) {
        s->idems_to = rows[count - 1].id;
        s->seen = version_of(s);
        s->has_last = true;
        return RC_OK;
    }
    s->broken = rc == RC_STORE;
    if (!sqlite3_get_autocommit(s->db)) sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    s->form = form;
    return rc;
}
