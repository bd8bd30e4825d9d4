/*
 * pieces_sqlite.c - the index of words in SQLite's full-text engine, FTS5.
 *
 * Contentless: the text itself stays where it is, in the evidence. The tables
 * beside the index say what each row is a piece of, and in how many pieces a
 * word stands, which FTS5 can only tell by reading the word's whole list. The
 * words of pieces that are not for everybody are listed once more, so that who
 * may not see some of them is told numbers without those.
 *
 * The file has a write-ahead log and syncs at checkpoints only: after a power
 * cut it is as it was after some earlier filling, with the position of that
 * filling in it, and the rest is filled again. It is never half filled.
 */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/text.h"
#include "store/pieces.h"

enum { FORM = 2, BUSY_MS = 60000, MERGE_PAGES = 2000, PHRASES_MAX = 64 };
#define APPLICATION_ID "1299542135" /* "Muw" and a byte of ours */

static const struct pieces_ops pieces_sqlite;

enum statement {
    PUT_DOCUMENT,
    FIND_SPEAKER,
    PUT_SPEAKER,
    PUT_PIECE,
    PUT_WORDS,
    PUT_FREQUENCY,
    PUT_RESTRICTED,
    GET_RESTRICTED,
    GET_RESTRICTED_WORD,
    GET_FREQUENCY,
    GET_PIECE,
    GET_DOCUMENT,
    GET_SPEAKER,
    STATEMENT_COUNT
};

static const char *const statements[STATEMENT_COUNT] = {
    [PUT_DOCUMENT] = "INSERT OR REPLACE INTO documents VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [FIND_SPEAKER] = "SELECT id FROM speakers WHERE name = ?1",
    [PUT_SPEAKER] = "INSERT INTO speakers(name) VALUES(?1)",
    [PUT_PIECE] = "INSERT INTO pieces VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [PUT_WORDS] = "INSERT INTO words(rowid, folded) VALUES(?1, ?2)",
    [PUT_FREQUENCY] = "INSERT INTO frequencies VALUES(?1, ?2)"
                      " ON CONFLICT(word) DO UPDATE SET pieces = pieces + ?2",
    [PUT_RESTRICTED] = "INSERT OR IGNORE INTO restricted VALUES(?1, ?2)",
    [GET_RESTRICTED] = "SELECT piece FROM restricted WHERE word = '' ORDER BY piece",
    [GET_RESTRICTED_WORD] = "SELECT piece FROM restricted WHERE word = ?1 ORDER BY piece",
    [GET_FREQUENCY] = "SELECT pieces FROM frequencies WHERE word = ?1",
    [GET_PIECE] = "SELECT passage, document, \"begin\", \"end\", turn_begin, turn_end, turn,"
                  " speaker, kind FROM pieces WHERE id = ?1",
    [GET_DOCUMENT] = "SELECT hash, name, title, day, html, restricted FROM documents WHERE id = ?1",
    [GET_SPEAKER] = "SELECT name FROM speakers WHERE id = ?1",
};

static const char schema[] =
    "CREATE TABLE state(id INTEGER PRIMARY KEY CHECK(id = 1), last INTEGER NOT NULL,"
    " leaf BLOB NOT NULL, pieces INTEGER NOT NULL) STRICT;"
    "INSERT INTO state VALUES(1, 0, zeroblob(32), 0);"
    "CREATE TABLE documents(id INTEGER PRIMARY KEY, hash BLOB NOT NULL, name TEXT NOT NULL,"
    " title TEXT, day INTEGER, html INTEGER NOT NULL, restricted INTEGER NOT NULL) STRICT;"
    "CREATE TABLE speakers(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
    /* turn_begin and turn_end are NULL where the piece is the whole turn */
    "CREATE TABLE pieces(id INTEGER PRIMARY KEY, passage INTEGER NOT NULL,"
    " document INTEGER NOT NULL, \"begin\" INTEGER NOT NULL, \"end\" INTEGER NOT NULL,"
    " turn_begin INTEGER, turn_end INTEGER, turn INTEGER NOT NULL, speaker INTEGER NOT NULL,"
    " kind INTEGER NOT NULL) STRICT;"
    "CREATE TABLE frequencies(word TEXT PRIMARY KEY, pieces INTEGER NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    /* With the word '' each piece stands once. */
    "CREATE TABLE restricted(word TEXT, piece INTEGER NOT NULL, PRIMARY KEY(word, piece))"
    " STRICT, WITHOUT ROWID;"
    /* The marks that a folded word may hold (fold.h); all other bytes of it are letters. */
    "CREATE VIRTUAL TABLE words USING fts5(folded, content='', columnsize=0,"
    " tokenize=\"ascii tokenchars '''.,$%'\");"
    /* Merging is left to tidy(): a big filling is merged once, not all the while. */
    "INSERT INTO words(words, rank) VALUES('hashsize', 33554432);"
    "INSERT INTO words(words, rank) VALUES('automerge', 8);"
    "PRAGMA application_id=" APPLICATION_ID ";"
    "PRAGMA user_version=2;";

/* How many pieces of the filling under way hold a word. */
struct tally {
    const char *word;
    uint64_t count, last; /* last: the piece that was counted last */
};

struct index {
    struct pieces base;
    sqlite3 *db;
    char *path;
    sqlite3_stmt *st[STATEMENT_COUNT];
    uint64_t count;     /* pieces, of the snapshot or filling */
    bool reading;       /* a snapshot is held */
    bool merging;       /* tidy() has begun */
    bool damaged;       /* the file goes when it is closed */
    struct arena arena; /* of a filling */
    struct map words;   /* to an index into tallies */
    struct tally *tallies;
    uint32_t tally_count, tally_room;
};

static enum rc refused(struct index *x, int code, struct err *err)
{
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fail(err, RC_STORE, "the index '%.120s' is being filled by somebody else; try again",
                    x->path);
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
        return fail(err, RC_ABSENT, "the index '%.120s' cannot be made or written", x->path);
    case SQLITE_FULL: return fail(err, RC_STORE, "no room left on the disk of '%.120s'", x->path);
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        x->damaged = true;
        return fail(err, RC_STORE,
                    "the index '%.120s' was damaged; the next question makes it anew", x->path);
    default:
        return fail(err, RC_STORE, "the index '%.120s': %.100s", x->path,
                    x->db ? sqlite3_errmsg(x->db) : sqlite3_errstr(code));
    }
}

static enum rc run(struct index *x, const char *sql, struct err *err)
{
    int code = sqlite3_exec(x->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? RC_OK : refused(x, code, err);
}

static enum rc statement(struct index *x, enum statement which, sqlite3_stmt **out, struct err *err)
{
    int code = SQLITE_OK;
    if (!x->st[which]) {
        code = sqlite3_prepare_v3(x->db, statements[which], -1, SQLITE_PREPARE_PERSISTENT,
                                  &x->st[which], NULL);
    }
    *out = x->st[which];
    return code == SQLITE_OK ? RC_OK : refused(x, code, err);
}

/* Step a statement that answers nothing. */
static enum rc done(struct index *x, sqlite3_stmt *st, struct err *err)
{
    int code = sqlite3_step(st);
    sqlite3_reset(st);
    return code == SQLITE_DONE ? RC_OK : refused(x, code, err);
}

static enum rc number(struct index *x, const char *sql, int64_t *out, struct err *err)
{
    sqlite3_stmt *st;
    int code = sqlite3_prepare_v2(x->db, sql, -1, &st, NULL);
    if (code != SQLITE_OK) return refused(x, code, err);
    code = sqlite3_step(st);
    *out = code == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
    sqlite3_finalize(st);
    return code == SQLITE_ROW || code == SQLITE_DONE ? RC_OK : refused(x, code, err);
}

/* --- opening --- */

static void shut(struct index *x)
{
    for (int i = 0; i < STATEMENT_COUNT; i++) {
        sqlite3_finalize(x->st[i]);
        x->st[i] = NULL;
    }
    sqlite3_close(x->db);
    x->db = NULL;
}

static void remove_file(const struct index *x)
{
    static const char *const tails[] = {"", "-wal", "-shm", "-journal"};
    struct arena a = {0};
    for (size_t i = 0; *x->path && i < sizeof tails / sizeof *tails; i++) {
        unlink(text_format(&a, "%s%s", x->path, tails[i]));
    }
    arena_free(&a);
}

static void index_close(struct pieces *base)
{
    struct index *x = (struct index *)base;
    shut(x);
    if (x->damaged) remove_file(x);
    arena_free(&x->arena);
    free(x->path);
    free(x);
}

/* Whether the open file is an index of this form; made when the file is empty. */
static enum rc recognise(struct index *x, bool *ours, struct err *err)
{
    int64_t id, form, tables;
    *ours = false;
    enum rc rc = number(x, "PRAGMA application_id", &id, err);
    if (!rc) rc = number(x, "PRAGMA user_version", &form, err);
    if (!rc) rc = number(x, "SELECT count(*) FROM sqlite_master", &tables, err);
    if (rc) return rc;
    bool named = id == strtoll(APPLICATION_ID, NULL, 10);
    if (tables && !named) {
        return fail(err, RC_STORE, "'%.120s' is in the way of the index: it is something else",
                    x->path);
    }
    *ours = tables && form == FORM;
    if (tables) return RC_OK;
    rc = run(x, "BEGIN IMMEDIATE", err);
    if (!rc) rc = number(x, "SELECT count(*) FROM sqlite_master", &tables, err);
    if (!rc && tables == 0) rc = run(x, schema, err);
    if (!rc) rc = run(x, "COMMIT", err);
    if (rc && !sqlite3_get_autocommit(x->db)) sqlite3_exec(x->db, "ROLLBACK", NULL, NULL, NULL);
    *ours = !rc;
    return rc;
}

static enum rc try_open(struct index *x, bool *ours, struct err *err)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int code = sqlite3_open_v2(x->path, &x->db, flags, NULL);
    if (code != SQLITE_OK) return refused(x, code, err);
    sqlite3_extended_result_codes(x->db, 1);
    sqlite3_busy_timeout(x->db, BUSY_MS);
    enum rc rc = RC_OK;
    if (!sqlite3_db_readonly(x->db, "main")) {
        rc = run(x, *x->path ? "PRAGMA journal_mode=WAL" : "PRAGMA journal_mode=OFF", err);
        if (!rc) rc = run(x, "PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000", err);
    }
    if (!rc) rc = run(x, "PRAGMA cache_size=-32768", err);
    if (!rc) rc = recognise(x, ours, err);
    return rc;
}

enum rc pieces_sqlite_open(const char *path, struct pieces **out, struct err *err)
{
    struct index *x = calloc(1, sizeof *x);
    char *copy = x ? strdup(path) : NULL;
    bool ours = false;
    if (!copy) {
        free(x);
        return fail(err, RC_STORE, "no memory for an index");
    }
    x->base.ops = &pieces_sqlite;
    x->path = copy;
    x->words.arena = &x->arena;
    enum rc rc = try_open(x, &ours, err);
    if (x->damaged || (!rc && !ours)) {
        shut(x);
        remove_file(x);
        x->damaged = false;
        rc = try_open(x, &ours, err);
    }
    if (rc) {
        index_close(&x->base);
        return rc;
    }
    *out = &x->base;
    return RC_OK;
}

void pieces_close(struct pieces *p)
{
    if (p) p->ops->close(p);
}

/* --- where it stands --- */

static void let_go(struct index *x)
{
    if (x->reading) sqlite3_exec(x->db, "ROLLBACK", NULL, NULL, NULL);
    x->reading = false;
}

static enum rc read_state(struct index *x, struct pieces_at *out, struct err *err)
{
    sqlite3_stmt *st;
    int code = sqlite3_prepare_v2(x->db, "SELECT last, leaf, pieces FROM state", -1, &st, NULL);
    if (code != SQLITE_OK) return refused(x, code, err);
    code = sqlite3_step(st);
    enum rc rc =
        code == SQLITE_ROW ? RC_OK : refused(x, code == SQLITE_DONE ? SQLITE_CORRUPT : code, err);
    if (!rc && sqlite3_column_bytes(st, 1) != SHA_BYTES) rc = refused(x, SQLITE_CORRUPT, err);
    if (!rc) {
        out->last = (uint64_t)sqlite3_column_int64(st, 0);
        memcpy(out->leaf, sqlite3_column_blob(st, 1), SHA_BYTES);
        x->count = (uint64_t)sqlite3_column_int64(st, 2);
    }
    sqlite3_finalize(st);
    return rc;
}

static enum rc index_at(struct pieces *base, struct pieces_at *out, struct err *err)
{
    struct index *x = (struct index *)base;
    if (sqlite3_get_autocommit(x->db)) {
        enum rc rc = run(x, "BEGIN", err);
        if (rc) return rc;
        x->reading = true;
    }
    return read_state(x, out, err);
}

static bool index_writable(struct pieces *base)
{
    return !sqlite3_db_readonly(((struct index *)base)->db, "main");
}

/* --- filling --- */

static void forget_tallies(struct index *x)
{
    arena_reset(&x->arena);
    x->words = (struct map){.arena = &x->arena};
    x->tallies = NULL;
    x->tally_count = x->tally_room = 0;
}

static enum rc index_begin(struct pieces *base, struct err *err)
{
    struct index *x = (struct index *)base;
    struct pieces_at unused;
    let_go(x);
    forget_tallies(x);
    enum rc rc = run(x, "BEGIN IMMEDIATE", err);
    return rc ? rc : read_state(x, &unused, err);
}

static int by_word(const void *x, const void *y)
{
    return strcmp(((const struct tally *)x)->word, ((const struct tally *)y)->word);
}

static enum rc put_frequencies(struct index *x, struct err *err)
{
    sqlite3_stmt *st;
    enum rc rc = statement(x, PUT_FREQUENCY, &st, err);
    if (x->tally_count) qsort(x->tallies, x->tally_count, sizeof *x->tallies, by_word);
    for (uint32_t i = 0; i < x->tally_count && !rc; i++) {
        sqlite3_bind_text(st, 1, x->tallies[i].word, -1, SQLITE_STATIC);
        sqlite3_bind_int64(st, 2, (sqlite3_int64)x->tallies[i].count);
        rc = done(x, st, err);
    }
    return rc;
}

static enum rc put_state(struct index *x, const struct pieces_at *at, struct err *err)
{
    sqlite3_stmt *st;
    int code = sqlite3_prepare_v2(x->db, "UPDATE state SET last = ?1, leaf = ?2, pieces = ?3", -1,
                                  &st, NULL);
    if (code != SQLITE_OK) return refused(x, code, err);
    sqlite3_bind_int64(st, 1, (sqlite3_int64)at->last);
    sqlite3_bind_blob(st, 2, at->leaf, SHA_BYTES, SQLITE_STATIC);
    sqlite3_bind_int64(st, 3, (sqlite3_int64)x->count);
    enum rc rc = done(x, st, err);
    sqlite3_finalize(st);
    return rc;
}

static enum rc index_end(struct pieces *base, const struct pieces_at *at, struct err *err)
{
    struct index *x = (struct index *)base;
    enum rc rc = RC_OK;
    if (at) rc = put_frequencies(x, err);
    if (at && !rc) rc = put_state(x, at, err);
    if (at && !rc) rc = run(x, "COMMIT", err);
    if (!sqlite3_get_autocommit(x->db)) sqlite3_exec(x->db, "ROLLBACK", NULL, NULL, NULL);
    forget_tallies(x);
    return rc;
}

static enum rc index_clear(struct pieces *base, struct err *err)
{
    struct index *x = (struct index *)base;
    x->count = 0;
    return run(x,
               "DELETE FROM documents; DELETE FROM speakers; DELETE FROM pieces;"
               "DELETE FROM frequencies; DELETE FROM restricted; INSERT INTO words(words) "
               "VALUES('delete-all')",
               err);
}

static void bind_text(sqlite3_stmt *st, int at, const char *text)
{
    if (text)
        sqlite3_bind_text(st, at, text, -1, SQLITE_STATIC);
    else
        sqlite3_bind_null(st, at);
}

static enum rc index_put_document(struct pieces *base, const struct piece_document *d,
                                  struct err *err)
{
    struct index *x = (struct index *)base;
    sqlite3_stmt *st;
    enum rc rc = statement(x, PUT_DOCUMENT, &st, err);
    if (rc) return rc;
    sqlite3_bind_int64(st, 1, (sqlite3_int64)d->id);
    sqlite3_bind_blob(st, 2, d->hash, SHA_BYTES, SQLITE_STATIC);
    bind_text(st, 3, d->name);
    bind_text(st, 4, d->title);
    if (d->day == PIECE_NO_DAY)
        sqlite3_bind_null(st, 5);
    else
        sqlite3_bind_int(st, 5, d->day);
    sqlite3_bind_int(st, 6, d->html);
    sqlite3_bind_int(st, 7, d->restricted);
    return done(x, st, err);
}

static enum rc index_put_speaker(struct pieces *base, const char *name, uint32_t *out,
                                 struct err *err)
{
    struct index *x = (struct index *)base;
    sqlite3_stmt *st;
    enum rc rc = statement(x, FIND_SPEAKER, &st, err);
    if (rc) return rc;
    bind_text(st, 1, name);
    int code = sqlite3_step(st);
    if (code == SQLITE_ROW) *out = (uint32_t)sqlite3_column_int64(st, 0);
    sqlite3_reset(st);
    if (code == SQLITE_ROW) return RC_OK;
    if (code != SQLITE_DONE) return refused(x, code, err);
    rc = statement(x, PUT_SPEAKER, &st, err);
    if (rc) return rc;
    bind_text(st, 1, name);
    rc = done(x, st, err);
    *out = (uint32_t)sqlite3_last_insert_rowid(x->db);
    return rc;
}

/* Count each word of a piece once. */
static void tally(struct index *x, uint64_t piece, const char *words, size_t len)
{
    char word[256];
    for (size_t i = 0, to; i < len; i = to + 1) {
        for (to = i; to < len && words[to] != ' ';) to++;
        if (to == i || to - i >= sizeof word) continue;
        memcpy(word, words + i, to - i);
        word[to - i] = '\0';
        const uint64_t *known = map_get(&x->words, word);
        if (!known) {
            x->tallies = arena_more(&x->arena, x->tallies, x->tally_count, &x->tally_room,
                                    sizeof *x->tallies);
            const char *kept = map_put(&x->words, word, x->tally_count);
            x->tallies[x->tally_count++] = (struct tally){.word = kept, .count = 1, .last = piece};
            continue;
        }
        struct tally *t = &x->tallies[*known];
        t->count += t->last != piece;
        t->last = piece;
    }
}

static enum rc put_restricted(struct index *x, uint64_t piece, const char *word, size_t len,
                              struct err *err)
{
    sqlite3_stmt *st;
    enum rc rc = statement(x, PUT_RESTRICTED, &st, err);
    if (rc) return rc;
    sqlite3_bind_text64(st, 1, word, len, SQLITE_STATIC, SQLITE_UTF8);
    sqlite3_bind_int64(st, 2, (sqlite3_int64)piece);
    return done(x, st, err);
}

/* The piece, and each word of it. */
static enum rc list_restricted(struct index *x, uint64_t piece, const char *words, size_t len,
                               struct err *err)
{
    enum rc rc = put_restricted(x, piece, "", 0, err);
    for (size_t i = 0, to; i < len && !rc; i = to + 1) {
        for (to = i; to < len && words[to] != ' ';) to++;
        if (to > i) rc = put_restricted(x, piece, words + i, to - i, err);
    }
    return rc;
}

static enum rc index_put(struct pieces *base, struct piece *piece, const char *words, size_t len,
                         struct err *err)
{
    struct index *x = (struct index *)base;
    sqlite3_stmt *st;
    enum rc rc = statement(x, PUT_PIECE, &st, err);
    if (rc) return rc;
    piece->id = ++x->count;
    bool whole = piece->begin == piece->turn_begin && piece->end == piece->turn_end;
    const uint64_t columns[] = {piece->id,      piece->passage,       piece->document, piece->begin,
                                piece->end,     piece->turn_begin,    piece->turn_end, piece->turn,
                                piece->speaker, (uint64_t)piece->kind};
    for (int i = 0; i < 10; i++) {
        if (whole && (i == 5 || i == 6))
            sqlite3_bind_null(st, i + 1);
        else
            sqlite3_bind_int64(st, i + 1, (sqlite3_int64)columns[i]);
    }
    rc = done(x, st, err);
    if (!rc && piece->restricted) rc = list_restricted(x, piece->id, words, len, err);
    if (!rc) rc = statement(x, PUT_WORDS, &st, err);
    if (rc) return rc;
    sqlite3_bind_int64(st, 1, (sqlite3_int64)piece->id);
    sqlite3_bind_text64(st, 2, words, len, SQLITE_STATIC, SQLITE_UTF8);
    tally(x, piece->id, words, len);
    return done(x, st, err);
}

static enum rc index_tidy(struct pieces *base, bool *more, struct err *err)
{
    struct index *x = (struct index *)base;
    struct arena a = {0};
    let_go(x);
    int before = sqlite3_total_changes(x->db);
    /* FTS5: a negative number joins segments of all levels, later positive ones go on with it. */
    const char *sql = text_format(&a, "INSERT INTO words(words, rank) VALUES('merge', %d)",
                                  x->merging ? MERGE_PAGES : -MERGE_PAGES);
    enum rc rc = run(x, sql, err);
    x->merging = true;
    *more = !rc && sqlite3_total_changes(x->db) - before >= 2;
    arena_free(&a);
    return rc;
}

/* --- asking --- */

static enum rc index_count(struct pieces *base, uint64_t *out, struct err *err)
{
    struct index *x = (struct index *)base;
    struct pieces_at unused;
    enum rc rc = index_at(base, &unused, err);
    *out = x->count;
    return rc;
}

static enum rc index_frequency(struct pieces *base, const char *word, uint64_t *out,
                               struct err *err)
{
    struct index *x = (struct index *)base;
    sqlite3_stmt *st;
    enum rc rc = statement(x, GET_FREQUENCY, &st, err);
    if (rc) return rc;
    bind_text(st, 1, word);
    int code = sqlite3_step(st);
    *out = code == SQLITE_ROW ? (uint64_t)sqlite3_column_int64(st, 0) : 0;
    sqlite3_reset(st);
    return code == SQLITE_ROW || code == SQLITE_DONE ? RC_OK : refused(x, code, err);
}

static enum rc index_restricted(struct pieces *base, const char *word, piece_fn *fn, void *ctx,
                                struct err *err)
{
    struct index *x = (struct index *)base;
    sqlite3_stmt *st;
    int code = SQLITE_DONE;
    enum rc rc = statement(x, word ? GET_RESTRICTED_WORD : GET_RESTRICTED, &st, err);
    if (rc) return rc;
    if (word) bind_text(st, 1, word);
    while (!rc && (code = sqlite3_step(st)) == SQLITE_ROW) {
        rc = fn(ctx, (uint64_t)sqlite3_column_int64(st, 0), err);
    }
    sqlite3_reset(st);
    return rc || code == SQLITE_DONE ? rc : refused(x, code, err);
}

/* "one two" AND "three": nothing but words between quotation marks of ours. */
static enum rc write_query(const struct phrase *phrases, uint32_t count, struct buf *out,
                           struct err *err)
{
    if (count == 0 || count > PHRASES_MAX) {
        return fail(err, RC_INPUT, "a search takes 1 to %d words or phrases, not %" PRIu32,
                    PHRASES_MAX, count);
    }
    for (uint32_t i = 0; i < count; i++) {
        buf_add(out, i ? " AND \"" : "\"");
        for (uint32_t k = 0; k < phrases[i].count; k++) {
            const char *word = phrases[i].words[k];
            if (!*word || strpbrk(word, "\" \t\n")) {
                return fail(err, RC_INPUT, "'%.60s' is no folded word", word);
            }
            buf_add(out, k ? " " : "");
            buf_add(out, word);
        }
        buf_add(out, "\"");
    }
    return RC_OK;
}

static enum rc index_match(struct pieces *base, const struct phrase *phrases, uint32_t count,
                           piece_fn *fn, void *ctx, struct err *err)
{
    struct index *x = (struct index *)base;
    struct arena a = {0};
    struct buf query = {.arena = &a};
    sqlite3_stmt *st = NULL;
    int code = SQLITE_DONE;
    enum rc rc = write_query(phrases, count, &query, err);
    if (!rc) {
        code = sqlite3_prepare_v2(
            x->db, "SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY rowid", -1, &st, NULL);
        if (code == SQLITE_OK) {
            code = sqlite3_bind_text(st, 1, query.text, (int)query.len, SQLITE_STATIC);
        }
        if (code != SQLITE_OK) rc = refused(x, code, err);
    }
    while (!rc && (code = sqlite3_step(st)) == SQLITE_ROW) {
        rc = fn(ctx, (uint64_t)sqlite3_column_int64(st, 0), err);
    }
    if (!rc && code != SQLITE_DONE) rc = refused(x, code, err);
    sqlite3_finalize(st);
    arena_free(&a);
    return rc;
}

static enum rc absent(struct index *x, int code, const char *what, uint64_t id, struct err *err)
{
    if (code != SQLITE_DONE) return refused(x, code, err);
    return fail(err, RC_ABSENT, "no %s %" PRIu64 " in the index", what, id);
}

static enum rc index_get(struct pieces *base, uint64_t id, struct piece *out, struct err *err)
{
    struct index *x = (struct index *)base;
    sqlite3_stmt *st;
    enum rc rc = statement(x, GET_PIECE, &st, err);
    if (rc) return rc;
    sqlite3_bind_int64(st, 1, (sqlite3_int64)id);
    int code = sqlite3_step(st);
    if (code == SQLITE_ROW) {
        bool whole = sqlite3_column_type(st, 4) == SQLITE_NULL;
        *out = (struct piece){.id = id,
                              .passage = (uint64_t)sqlite3_column_int64(st, 0),
                              .document = (uint64_t)sqlite3_column_int64(st, 1),
                              .begin = (uint64_t)sqlite3_column_int64(st, 2),
                              .end = (uint64_t)sqlite3_column_int64(st, 3),
                              .turn_begin = (uint64_t)sqlite3_column_int64(st, whole ? 2 : 4),
                              .turn_end = (uint64_t)sqlite3_column_int64(st, whole ? 3 : 5),
                              .turn = (uint32_t)sqlite3_column_int64(st, 6),
                              .speaker = (uint32_t)sqlite3_column_int64(st, 7)};
        int64_t kind = sqlite3_column_int64(st, 8);
        out->kind = kind > 0 && kind < PIECE_KIND_COUNT ? (enum piece_kind)kind : PIECE_UNTOLD;
    }
    sqlite3_reset(st);
    return code == SQLITE_ROW ? RC_OK : absent(x, code, "piece", id, err);
}

static const char *column_text(struct arena *a, sqlite3_stmt *st, int at)
{
    return arena_text(a, (const char *)sqlite3_column_text(st, at));
}

static enum rc index_document(struct pieces *base, struct arena *a, uint64_t id,
                              struct piece_document *out, struct err *err)
{
    struct index *x = (struct index *)base;
    sqlite3_stmt *st;
    enum rc rc = statement(x, GET_DOCUMENT, &st, err);
    if (rc) return rc;
    sqlite3_bind_int64(st, 1, (sqlite3_int64)id);
    int code = sqlite3_step(st);
    if (code == SQLITE_ROW) {
        bool told = sqlite3_column_type(st, 3) != SQLITE_NULL;
        *out = (struct piece_document){.id = id,
                                       .name = column_text(a, st, 1),
                                       .title = column_text(a, st, 2),
                                       .day = told ? sqlite3_column_int(st, 3) : PIECE_NO_DAY,
                                       .html = sqlite3_column_int(st, 4),
                                       .restricted = sqlite3_column_int(st, 5)};
        if (sqlite3_column_bytes(st, 0) == SHA_BYTES)
            memcpy(out->hash, sqlite3_column_blob(st, 0), SHA_BYTES);
        else
            rc = refused(x, SQLITE_CORRUPT, err);
    }
    sqlite3_reset(st);
    return code == SQLITE_ROW ? rc : absent(x, code, "document", id, err);
}

static enum rc index_speaker(struct pieces *base, struct arena *a, uint32_t speaker,
                             const char **out, struct err *err)
{
    struct index *x = (struct index *)base;
    sqlite3_stmt *st;
    enum rc rc = statement(x, GET_SPEAKER, &st, err);
    if (rc) return rc;
    sqlite3_bind_int64(st, 1, speaker);
    int code = sqlite3_step(st);
    if (code == SQLITE_ROW) *out = column_text(a, st, 0);
    sqlite3_reset(st);
    return code == SQLITE_ROW ? RC_OK : absent(x, code, "speaker", speaker, err);
}

static const struct pieces_ops pieces_sqlite = {
    .close = index_close,
    .at = index_at,
    .writable = index_writable,
    .begin = index_begin,
    .end = index_end,
    .clear = index_clear,
    .put_document = index_put_document,
    .put_speaker = index_put_speaker,
    .put = index_put,
    .tidy = index_tidy,
    .count = index_count,
    .frequency = index_frequency,
    .restricted = index_restricted,
    .match = index_match,
    .get = index_get,
    .document = index_document,
    .speaker = index_speaker,
};
