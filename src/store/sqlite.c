/*
 * sqlite.c - the default store: one SQLite file. Here it is opened and read.
 *
 * The log has no index but its primary key: covering indexes would cost forty
 * times the posting rate, even one of natural keys six times, and the book
 * answers questions from memory anyway. That a natural key is new is told by
 * a set in memory (idems.h), filled by the first append. Write-ahead log with
 * a full sync: append() returns after the fsync. The tables are made by the
 * first append (sqlite_append.c), so a file of no bytes is an empty store.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "store/pieces.h"
#include "store/sqlite.h"

enum { BUSY_MS = 10000 };

static bool is_directory(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static enum rc cannot_open(const struct sqlite *s, struct err *err)
{
    const char *slash = strrchr(s->path, '/');
    char folder[256];
    int len = slash ? (int)(slash - s->path) : 0;
    if (is_directory(s->path)) {
        return fail(err, RC_STORE, "'%.120s' is a directory; a store is a file", s->path);
    }
    snprintf(folder, sizeof folder, "%.*s", len < 250 ? len : 250, s->path);
    if (len > 0 && len < 250 && !is_directory(folder)) {
        return fail(err, RC_STORE, "'%.120s' cannot be made: there is no directory '%.120s'",
                    s->path, folder);
    }
    if (access(s->path, F_OK) != 0) {
        return fail(err, RC_STORE, "'%.120s' cannot be made: you may not write in its directory",
                    s->path);
    }
    return fail(err, RC_STORE, "'%.120s' cannot be opened: you may not read it", s->path);
}

/* The engine's refusal as a sentence that a person can act on. */
enum rc lite_refused(const struct sqlite *s, int code, struct err *err)
{
    int kind = code & 0xff;
    switch (kind) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fail(err, RC_STORE, "'%.120s' is being written by somebody else; try again",
                    s->path);
    case SQLITE_FULL: return fail(err, RC_STORE, "no room left on the disk of '%.120s'", s->path);
    case SQLITE_NOTADB: return fail(err, RC_STORE, "'%.120s' is not a muster store", s->path);
    case SQLITE_CORRUPT:
        return fail(err, RC_STORE, "'%.120s' is damaged: %.80s", s->path,
                    s->db ? sqlite3_errmsg(s->db) : "");
    case SQLITE_READONLY: return fail(err, RC_STORE, "'%.120s' may not be written", s->path);
    case SQLITE_CANTOPEN: return cannot_open(s, err);
    default:
        return fail(err, RC_STORE, "'%.120s': %.100s", s->path,
                    s->db ? sqlite3_errmsg(s->db) : sqlite3_errstr(code));
    }
}

enum rc lite_run(struct sqlite *s, const char *sql, struct err *err)
{
    int code = sqlite3_exec(s->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? RC_OK : lite_refused(s, code, err);
}

enum rc lite_prepare(struct sqlite *s, const char *sql, sqlite3_stmt **out, struct err *err)
{
    int code = sqlite3_prepare_v2(s->db, sql, -1, out, NULL);
    return code == SQLITE_OK ? RC_OK : lite_refused(s, code, err);
}

enum rc lite_prepare_once(struct sqlite *s, const char *sql, sqlite3_stmt **kept, struct err *err)
{
    if (*kept) return RC_OK;
    int code = sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, kept, NULL);
    return code == SQLITE_OK ? RC_OK : lite_refused(s, code, err);
}

enum rc lite_run_once(struct sqlite *s, const char *sql, sqlite3_stmt **kept, struct err *err)
{
    enum rc rc = lite_prepare_once(s, sql, kept, err);
    if (rc) return rc;
    int code = sqlite3_step(*kept);
    if (code != SQLITE_DONE) rc = lite_refused(s, code, err);
    sqlite3_reset(*kept);
    return rc;
}

enum rc lite_number(struct sqlite *s, const char *sql, int64_t *out, struct err *err)
{
    sqlite3_stmt *st;
    enum rc rc = lite_prepare(s, sql, &st, err);
    if (rc) return rc;
    int code = sqlite3_step(st);
    *out = code == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
    rc = code == SQLITE_ROW || code == SQLITE_DONE ? RC_OK : lite_refused(s, code, err);
    sqlite3_finalize(st);
    return rc;
}

/* What kind of file this is: ours, empty, or somebody else's. */
static enum rc recognise(struct sqlite *s, struct err *err)
{
    int64_t version, tables, ours;
    enum rc rc = lite_number(s, "PRAGMA user_version", &version, err);
    if (!rc)
        rc = lite_number(s, "SELECT count(*) FROM sqlite_master WHERE type='table'", &tables, err);
    if (!rc) {
        rc = lite_number(s,
                         "SELECT count(*) FROM sqlite_master WHERE type='table'"
                         " AND name IN ('log','commits','evidence')",
                         &ours, err);
    }
    if (rc) return rc;
    if (version > LITE_FORM) {
        return fail(
            err, RC_STORE,
            "'%.120s' was written by a newer muster, in form %d; this one knows forms up to %d",
            s->path, (int)version, LITE_FORM);
    }
    if (tables > 0 && ours != 3) {
        return fail(err, RC_STORE, "'%.120s' is a database of something else, not a store",
                    s->path);
    }
    s->form = ours < 3 ? 0 : version < 1 ? 1 : (int)version;
    return RC_OK;
}

enum rc lite_look(struct sqlite *s, struct err *err)
{
    return s->form == LITE_FORM ? RC_OK : recognise(s, err);
}

static void sqlite_close(struct store *base)
{
    struct sqlite *s = (struct sqlite *)base;
    sqlite3_stmt *kept[] = {s->begin, s->commit, s->head, s->insert, s->insert_commit, s->part};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) sqlite3_finalize(kept[i]);
    sqlite3_close(s->db);
    idems_free(&s->idems);
    free(s->path);
    free(s);
}

/* Bytes of the write-ahead log beside the file; 0 when there is none. */
static int64_t log_beside(const char *path)
{
    struct arena a = {0};
    struct stat st;
    int64_t size = stat(text_format(&a, "%s-wal", path), &st) == 0 ? (int64_t)st.st_size : 0;
    arena_free(&a);
    return size;
}

/*
 * A store that may be read, in a directory that may not be written: there is
 * nowhere to agree with a writer, so it is read as a file that nobody changes.
 * That is sound while no write-ahead log lies beside it: a writer has one.
 */
static enum rc open_unchanging(struct sqlite *s, struct err *err)
{
    if (log_beside(s->path) > 0) {
        return fail(err, RC_STORE,
                    "'%.120s' has changes in its -wal file that you may not take up: ask who may"
                    " write it to open it once",
                    s->path);
    }
    struct arena a = {0};
    struct buf uri = {.arena = &a};
    buf_add(&uri, "file:");
    for (const char *p = s->path; *p; p++) {
        if (strchr("?#%", *p))
            buf_addf(&uri, "%%%02X", (unsigned)(unsigned char)*p);
        else
            buf_add_bytes(&uri, p, 1);
    }
    buf_add(&uri, "?immutable=1");
    sqlite3_close(s->db);
    s->db = NULL;
    int code = sqlite3_open_v2(uri.text, &s->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
    arena_free(&a);
    return code == SQLITE_OK ? recognise(s, err) : lite_refused(s, code, err);
}

/*
 * Whoever makes the file changes how it is written, and needs it alone for
 * that moment. When two make it at once SQLite sends one of them away without
 * waiting: its timeout is not for this.
 */
static enum rc write_ahead(struct sqlite *s, struct err *err)
{
    enum rc rc;
    for (int waited = 0;; waited += BUSY_MS / 1000) {
        rc = lite_run(s, "PRAGMA journal_mode=WAL", err);
        if (!rc || (sqlite3_errcode(s->db) & 0xff) != SQLITE_BUSY || waited >= BUSY_MS) return rc;
        sqlite3_sleep(BUSY_MS / 1000);
    }
}

/*
 * What somebody left can be read, and need not be on the disk: a writer died
 * before its sync, or of one that failed, and after that Linux holds for written
 * what it could not write. What is put behind such a commit goes with it when
 * the power does. So the log is synced, and then read from the disk and not from
 * memory: what could not be written was never there. And a first commit that was
 * half undone is synced: an empty file's journal is thrown away.
 */
static void distrust_what_is_left(const struct sqlite *s)
{
    const char *name = sqlite3_db_filename(s->db, "main");
    sqlite3_file *file = NULL;
    int fd = open(sqlite3_filename_wal(name), O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
        close(fd);
    }
    if (access(sqlite3_filename_journal(name), F_OK) != 0) return;
    /* Not by a descriptor of our own: closing it would let go of every lock on the file. */
    sqlite3_file_control(s->db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (file && file->pMethods) file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
}

static enum rc sqlite_open(struct arena *a, const char *url, bool create, struct store **out,
                           struct err *err)
{
    (void)a;
    const char *path = text_starts(url, "sqlite:") ? url + 7 : url;
    if (!create && access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
        return fail(err, RC_ABSENT, "there is no store '%.150s'", path);
    }
    struct sqlite *s = calloc(1, sizeof *s);
    char *copy = s ? strdup(path) : NULL;
    if (!copy) {
        free(s);
        return fail(err, RC_STORE, "no memory for a store");
    }
    s->base.ops = &store_sqlite;
    s->path = copy;
    /* A store is one thread's at a time, as its statements are: the engine need not lock. */
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0);
    int code = sqlite3_open_v2(path, &s->db, flags, NULL);
    enum rc rc = code == SQLITE_OK ? RC_OK : lite_refused(s, code, err);
    if (!rc) {
        distrust_what_is_left(s);
        sqlite3_extended_result_codes(s->db, 1);
        sqlite3_busy_timeout(s->db, BUSY_MS);
        rc = recognise(s, err);
        int kind = sqlite3_errcode(s->db) & 0xff;
        bool shut = sqlite3_db_readonly(s->db, "main") == 1 &&
                    (kind == SQLITE_READONLY || kind == SQLITE_CANTOPEN);
        if (rc && shut) rc = open_unchanging(s, err);
    }
    /* A store that may not be written can still be read; append() then says so. */
    if (!rc && !sqlite3_db_readonly(s->db, "main")) {
        /* Asking an empty file does not change it. */
        if (create || s->form > 0) rc = write_ahead(s, err);
        /* EXTRA is FULL while there is a write-ahead log; where the file system allows none it
         * also syncs the directory, or a deleted journal could come back and undo a commit. */
        if (!rc) rc = lite_run(s, "PRAGMA synchronous=EXTRA; PRAGMA wal_autocheckpoint=4000", err);
    }
    if (rc) {
        sqlite_close(&s->base);
        return rc;
    }
    *out = &s->base;
    return RC_OK;
}

/* The frontier kept beside a root must be what gives that root. */
static bool frontier_fits(sqlite3_stmt *st, int at, const struct commit *c, struct merkle *tree)
{
    uint8_t root[SHA_BYTES];
    if (merkle_load(tree, c->last, sqlite3_column_blob(st, at),
                    (size_t)sqlite3_column_bytes(st, at))) {
        return false;
    }
    merkle_root(tree, root);
    return memcmp(root, c->root, SHA_BYTES) == 0;
}

enum rc lite_check_place(struct sqlite *s, struct err *err)
{
    int moved = 0;
    sqlite3_file_control(s->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (!moved) return RC_OK;
    return fail(err, RC_STORE, "'%.120s' was moved or replaced; open it again", s->path);
}

enum rc lite_head(struct sqlite *s, struct commit *out, struct merkle *tree, struct err *err)
{
    struct merkle none = {0};
    *out = (struct commit){0};
    merkle_root(&none, out->root);
    if (tree) *tree = none;
    enum rc rc = lite_check_place(s, err);
    if (rc || s->form == 0) return rc;
    rc = lite_prepare_once(s,
                           "SELECT last, recorded_ms, root, frontier FROM commits"
                           " ORDER BY last DESC LIMIT 1",
                           &s->head, err);
    if (rc) return rc;
    sqlite3_stmt *st = s->head;
    int code = sqlite3_step(st);
    if (code == SQLITE_ROW) {
        out->last = (uint64_t)sqlite3_column_int64(st, 0);
        out->recorded_ms = sqlite3_column_int64(st, 1);
        if (sqlite3_column_bytes(st, 2) == SHA_BYTES) {
            memcpy(out->root, sqlite3_column_blob(st, 2), SHA_BYTES);
        }
        if (sqlite3_column_bytes(st, 2) != SHA_BYTES ||
            (tree && !frontier_fits(st, 3, out, tree))) {
            rc = fail(err, RC_STORE, "the last commit of '%.120s' is damaged", s->path);
        }
    } else if (code != SQLITE_DONE) {
        rc = lite_refused(s, code, err);
    }
    sqlite3_reset(st);
    return rc;
}

static enum rc sqlite_head(struct store *base, struct commit *out, struct err *err)
{
    struct sqlite *s = (struct sqlite *)base;
    enum rc rc = lite_look(s, err);
    return rc ? rc : lite_head(s, out, NULL, err);
}

enum rc lite_commit_at(struct store *base, uint64_t last, struct commit *out, struct err *err)
{
    struct sqlite *s = (struct sqlite *)base;
    sqlite3_stmt *st;
    enum rc rc = lite_look(s, err);
    if (!rc && (s->form == 0 || last > INT64_MAX)) return fail(err, RC_ABSENT, "no such commit");
    if (!rc)
        rc = lite_prepare(s, "SELECT recorded_ms, root FROM commits WHERE last = ?1", &st, err);
    if (rc) return rc;
    sqlite3_bind_int64(st, 1, (int64_t)last);
    int code = sqlite3_step(st);
    if (code == SQLITE_ROW && sqlite3_column_bytes(st, 1) == SHA_BYTES) {
        *out = (struct commit){.last = last, .recorded_ms = sqlite3_column_int64(st, 0)};
        memcpy(out->root, sqlite3_column_blob(st, 1), SHA_BYTES);
    } else if (code == SQLITE_DONE) {
        rc = fail(err, RC_ABSENT, "no commit ends with entry %" PRIu64, last);
    } else if (code == SQLITE_ROW) {
        rc = fail(err, RC_STORE, "the commit of entry %" PRIu64 " is damaged", last);
    } else {
        rc = lite_refused(s, code, err);
    }
    sqlite3_finalize(st);
    return rc;
}

/* Whether somebody may write it: root, whom nothing stops, keeps to what others were told. */
static bool is_writable(const char *path, const struct stat *st)
{
    return (st->st_mode & 0222) != 0 && access(path, W_OK) == 0;
}

const char *lite_beside(struct store *base, struct arena *a, const char *name, bool to_write,
                        struct aside_owner *owner)
{
    struct sqlite *s = (struct sqlite *)base;
    struct stat file, folder;
    const char *slash = strrchr(s->path, '/');
    const char *in = slash ? arena_bytes(a, s->path, (size_t)(slash - s->path) + 1) : ".";
    if (stat(s->path, &file) != 0 || stat(in, &folder) != 0 || !S_ISREG(file.st_mode)) return NULL;
    if (to_write && (!is_writable(s->path, &file) || !is_writable(in, &folder) ||
                     sqlite3_db_readonly(s->db, "main"))) {
        return NULL;
    }
    *owner = (struct aside_owner){file.st_mode & 0666, file.st_uid, file.st_gid};
    return text_format(a, "%s-%s", s->path, name);
}

/*
 * One row of the log as the columns have it. What a C string or a narrow
 * number would hide (bytes behind a NUL, bits above a kind's) is damage.
 */
static bool take_row(sqlite3_stmt *st, struct row *row)
{
    sqlite3_int64 kind = sqlite3_column_int64(st, 2);
    *row = (struct row){.id = (uint64_t)sqlite3_column_int64(st, 0),
                        .recorded_ms = sqlite3_column_int64(st, 1),
                        .kind = (enum kind)kind,
                        .label = (const char *)sqlite3_column_text(st, 3),
                        .idem = (const char *)sqlite3_column_text(st, 4),
                        .salt = sqlite3_column_blob(st, 5),
                        .bytes = sqlite3_column_blob(st, 6),
                        .len = (uint32_t)sqlite3_column_bytes(st, 6)};
    const void *leaf = sqlite3_column_blob(st, 7);
    if (sqlite3_column_bytes(st, 5) != SALT_BYTES || sqlite3_column_bytes(st, 7) != SHA_BYTES ||
        !row->label || !row->bytes || kind <= KIND_NONE || kind >= KIND_COUNT ||
        strlen(row->label) != (size_t)sqlite3_column_bytes(st, 3) ||
        (row->idem && strlen(row->idem) != (size_t)sqlite3_column_bytes(st, 4))) {
        return false;
    }
    memcpy(row->leaf, leaf, SHA_BYTES);
    return true;
}

static enum rc sqlite_scan(struct store *base, uint64_t after, row_fn *fn, void *ctx,
                           struct err *err)
{
    struct sqlite *s = (struct sqlite *)base;
    sqlite3_stmt *st;
    enum rc rc = lite_look(s, err);
    if (rc || s->form == 0) return rc;
    rc = lite_prepare(s,
                      "SELECT id, recorded_ms, kind, label, idem, salt, bytes, leaf FROM log"
                      /* one snapshot, also against what this very connection appends meanwhile */
                      " WHERE id > ?1 AND id <= (SELECT max(id) FROM log) ORDER BY id",
                      &st, err);
    if (rc) return rc;
    sqlite3_bind_int64(st, 1, (int64_t)after);
    int code;
    while (!rc && (code = sqlite3_step(st)) == SQLITE_ROW) {
        struct row row;
        if (!take_row(st, &row)) {
            rc = fail(err, RC_STORE, "entry %" PRIu64 " of the log is damaged", row.id);
            break;
        }
        rc = fn(ctx, &row, err);
    }
    if (!rc && code != SQLITE_DONE) rc = lite_refused(s, code, err);
    sqlite3_finalize(st);
    sqlite3_db_release_memory(s->db); /* pages that were read once, up to two megabytes */
    return rc;
}

static enum rc sqlite_rows(struct store *base, const uint64_t *ids, uint32_t count, row_fn *fn,
                           void *ctx, struct err *err)
{
    struct sqlite *s = (struct sqlite *)base;
    sqlite3_stmt *st;
    enum rc rc = lite_look(s, err);
    if (rc || s->form == 0) return rc;
    rc = lite_prepare(s,
                      "SELECT id, recorded_ms, kind, label, idem, salt, bytes, leaf FROM log"
                      " WHERE id = ?1",
                      &st, err);
    if (rc) return rc;
    for (uint32_t i = 0; i < count && !rc; i++) {
        struct row row;
        sqlite3_bind_int64(st, 1, (int64_t)ids[i]);
        int code = sqlite3_step(st);
        if (code == SQLITE_ROW) {
            rc = take_row(st, &row)
                     ? fn(ctx, &row, err)
                     : fail(err, RC_STORE, "entry %" PRIu64 " of the log is damaged", ids[i]);
        } else if (code != SQLITE_DONE) {
            rc = lite_refused(s, code, err);
        }
        sqlite3_reset(st);
    }
    sqlite3_finalize(st);
    return rc;
}

static enum rc sqlite_commits(struct store *base, commit_fn *fn, void *ctx, struct err *err)
{
    struct sqlite *s = (struct sqlite *)base;
    sqlite3_stmt *st;
    enum rc rc = lite_look(s, err);
    if (rc || s->form == 0) return rc;
    rc = lite_prepare(s,
                      s->form < 2 ? "SELECT last, recorded_ms, root, frontier, NULL, NULL"
                                    " FROM commits ORDER BY last"
                                  : "SELECT last, recorded_ms, root, frontier, number, brought"
                                    " FROM commits ORDER BY last",
                      &st, err);
    if (rc) return rc;
    int code;
    while (!rc && (code = sqlite3_step(st)) == SQLITE_ROW) {
        struct commit c = {.last = (uint64_t)sqlite3_column_int64(st, 0),
                           .recorded_ms = sqlite3_column_int64(st, 1),
                           .number = (uint64_t)sqlite3_column_int64(st, 4),
                           .brought = sqlite3_column_blob(st, 5)};
        struct merkle tree;
        int hashes = sqlite3_column_bytes(st, 5);
        c.brought_count = (uint32_t)hashes / SHA_BYTES;
        if (sqlite3_column_bytes(st, 2) == SHA_BYTES) {
            memcpy(c.root, sqlite3_column_blob(st, 2), SHA_BYTES);
        }
        if (sqlite3_column_bytes(st, 2) != SHA_BYTES || !frontier_fits(st, 3, &c, &tree) ||
            hashes % SHA_BYTES != 0) {
            rc = fail(err, RC_STORE, "the commit of entry %" PRIu64 " is damaged", c.last);
            break;
        }
        rc = fn(ctx, &c, err);
    }
    if (!rc && code != SQLITE_DONE) rc = lite_refused(s, code, err);
    sqlite3_finalize(st);
    return rc;
}

static enum rc sqlite_evidence(struct store *base, struct arena *a, const uint8_t hash[SHA_BYTES],
                               struct evidence *out, struct err *err)
{
    struct sqlite *s = (struct sqlite *)base;
    sqlite3_stmt *st;
    if (s->form == 0) return fail(err, RC_ABSENT, "no evidence under that hash");
    enum rc rc = lite_prepare(s, "SELECT bytes FROM evidence WHERE hash = ?1", &st, err);
    if (rc) return rc;
    sqlite3_bind_blob(st, 1, hash, SHA_BYTES, SQLITE_STATIC);
    int code = sqlite3_step(st);
    if (code == SQLITE_ROW) {
        out->len = (uint64_t)sqlite3_column_bytes(st, 0);
        const void *bytes = sqlite3_column_blob(st, 0);
        out->bytes = arena_bytes(a, bytes, out->len);
        memcpy(out->hash, hash, SHA_BYTES);
    } else if (code == SQLITE_DONE) {
        rc = fail(err, RC_ABSENT, "no evidence under that hash");
    } else {
        rc = lite_refused(s, code, err);
    }
    sqlite3_finalize(st);
    return rc;
}

static enum rc read_part(struct sqlite *s, int64_t id, struct arena *a, uint64_t begin,
                         uint64_t end, const char **bytes, uint64_t *len, struct err *err)
{
    sqlite3_blob *blob = NULL;
    int code = sqlite3_blob_open(s->db, "main", "evidence", "bytes", id, 0, &blob);
    if (code != SQLITE_OK) {
        sqlite3_blob_close(blob);
        return lite_refused(s, code, err);
    }
    uint64_t all = (uint64_t)sqlite3_blob_bytes(blob);
    if (end > all) end = all;
    if (begin > end) begin = end;
    char *to = NEW_ARRAY(a, end - begin + 1, char);
    code = sqlite3_blob_read(blob, to, (int)(end - begin), (int)begin);
    sqlite3_blob_close(blob);
    *bytes = to;
    *len = end - begin;
    return code == SQLITE_OK ? RC_OK : lite_refused(s, code, err);
}

static enum rc sqlite_evidence_part(struct store *base, struct arena *a,
                                    const uint8_t hash[SHA_BYTES], uint64_t begin, uint64_t end,
                                    const char **bytes, uint64_t *len, struct err *err)
{
    struct sqlite *s = (struct sqlite *)base;
    enum rc rc = lite_look(s, err);
    if (!rc && s->form == 0) rc = fail(err, RC_ABSENT, "no evidence under that hash");
    if (!rc && !s->part)
        rc = lite_prepare(s, "SELECT id FROM evidence WHERE hash = ?1", &s->part, err);
    if (rc) return rc;
    sqlite3_bind_blob(s->part, 1, hash, SHA_BYTES, SQLITE_STATIC);
    int code = sqlite3_step(s->part);
    int64_t id = code == SQLITE_ROW ? sqlite3_column_int64(s->part, 0) : 0;
    sqlite3_reset(s->part);
    if (code == SQLITE_ROW) return read_part(s, id, a, begin, end, bytes, len, err);
    if (code != SQLITE_DONE) return lite_refused(s, code, err);
    return fail(err, RC_ABSENT, "no evidence under that hash");
}

static enum rc sqlite_hashes(struct store *base, hash_fn *fn, void *ctx, struct err *err)
{
    struct sqlite *s = (struct sqlite *)base;
    sqlite3_stmt *st;
    enum rc rc = lite_look(s, err);
    if (rc || s->form == 0) return rc;
    rc = lite_prepare(s, "SELECT hash FROM evidence", &st,
                      err); /* from the index: no bytes are read */
    if (rc) return rc;
    int code;
    while (!rc && (code = sqlite3_step(st)) == SQLITE_ROW) {
        uint8_t hash[SHA_BYTES];
        if (sqlite3_column_bytes(st, 0) != SHA_BYTES) {
            rc = fail(err, RC_STORE, "evidence in '%.120s' lies under no hash", s->path);
            break;
        }
        memcpy(hash, sqlite3_column_blob(st, 0), SHA_BYTES);
        rc = fn(ctx, hash, err);
    }
    if (!rc && code != SQLITE_DONE) rc = lite_refused(s, code, err);
    sqlite3_finalize(st);
    return rc;
}

/* A file beside the store's; a temporary one where none can be made. */
static enum rc sqlite_pieces(struct store *base, bool alone, struct pieces **out, struct err *err)
{
    struct sqlite *s = (struct sqlite *)base;
    struct arena a = {0};
    enum rc rc = RC_ABSENT;
    if (!alone) rc = pieces_sqlite_open(text_format(&a, "%s-words", s->path), out, err);
    if (rc == RC_ABSENT) rc = pieces_sqlite_open("", out, err);
    arena_free(&a);
    return rc;
}

static enum rc sqlite_hurry(struct store *base, struct err *err)
{
    return lite_run((struct sqlite *)base, "PRAGMA synchronous=OFF", err);
}

static enum rc sqlite_about(struct store *base, struct store_about *out, struct err *err)
{
    struct sqlite *s = (struct sqlite *)base;
    struct stat st;
    *out = (struct store_about){0};
    enum rc rc = lite_number(s, "PRAGMA user_version", &out->form, err);
    if (!rc && stat(s->path, &st) != 0) {
        rc = fail(err, RC_STORE, "'%.120s' was moved or replaced; open it again", s->path);
    }
    if (rc) return rc;
    out->pending_bytes = log_beside(s->path);
    out->bytes = (int64_t)st.st_size + out->pending_bytes;
    return RC_OK;
}

/* Every piece of evidence lies under its own hash: else nobody would find it, and nobody miss it.
 */
static enum rc check_evidence(struct sqlite *s, struct err *err)
{
    sqlite3_stmt *st;
    enum rc rc = lite_prepare(s, "SELECT id, hash, bytes FROM evidence", &st, err);
    if (rc) return rc;
    int code;
    while (!rc && (code = sqlite3_step(st)) == SQLITE_ROW) {
        uint8_t hash[SHA_BYTES];
        sha256(sqlite3_column_blob(st, 2), (size_t)sqlite3_column_bytes(st, 2), hash);
        if (sqlite3_column_bytes(st, 1) != SHA_BYTES ||
            memcmp(hash, sqlite3_column_blob(st, 1), SHA_BYTES) != 0) {
            rc = fail(err, RC_STORE, "evidence %" PRId64 " does not lie under its own hash",
                      (int64_t)sqlite3_column_int64(st, 0));
        }
    }
    if (!rc && code != SQLITE_DONE) rc = lite_refused(s, code, err);
    sqlite3_finalize(st);
    return rc;
}

/* What the engine found: damage, or that it could not look. */
static enum rc found(const struct sqlite *s, const char *said, struct err *err)
{
    const char *line = strchr(said, '\n'), *code = strstr(said, "error code=");
    int why = code ? atoi(code + strlen("error code=")) : SQLITE_CORRUPT;
    if ((why & 0xff) != SQLITE_CORRUPT) {
        return fail(err, RC_STORE, "'%.100s' cannot be read: %.100s", s->path, sqlite3_errstr(why));
    }
    said = line ? line + 1 : said; /* behind the name of the database */
    return fail(err, RC_STORE, "'%.100s' is damaged: %.*s", s->path, (int)strcspn(said, "\n"),
                said);
}

static enum rc sqlite_check(struct store *base, struct err *err)
{
    struct sqlite *s = (struct sqlite *)base;
    sqlite3_stmt *st;
    enum rc rc = lite_prepare(s, "PRAGMA integrity_check(1)", &st, err);
    if (rc) return rc;
    int code = sqlite3_step(st);
    const char *said = code == SQLITE_ROW ? (const char *)sqlite3_column_text(st, 0) : NULL;
    if (code != SQLITE_ROW)
        rc = lite_refused(s, code, err);
    else if (!said)
        rc = lite_refused(s, SQLITE_NOMEM, err);
    else if (strcmp(said, "ok") != 0)
        rc = found(s, said, err);
    sqlite3_finalize(st);
    return rc || s->form == 0 ? rc : check_evidence(s, err);
}

const struct store_ops store_sqlite = {
    .scheme = "sqlite:",
    .open = sqlite_open,
    .close = sqlite_close,
    .head = sqlite_head,
    .append = lite_append,
    .scan = sqlite_scan,
    .rows = sqlite_rows,
    .commits = sqlite_commits,
    .commit_at = lite_commit_at,
    .beside = lite_beside,
    .evidence = sqlite_evidence,
    .evidence_part = sqlite_evidence_part,
    .hashes = sqlite_hashes,
    .pieces = sqlite_pieces,
    .hurry = sqlite_hurry,
    .about = sqlite_about,
    .check = sqlite_check,
};
