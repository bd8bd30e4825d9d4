/*
 * exchange_post.c - an exchange file into the log; see post.h.
 *
 * The whole file is read, checked and folded before a byte of it is written:
 * every record against the table and the rules of the book, every commit and
 * the end against its root. What is kept of a record meanwhile is its row, so
 * that a million of them fit into little memory and are encoded and hashed
 * once. Only then are they appended, commit by commit.
 * Whatever stops that halfway leaves a true beginning of the same log, and
 * the same import goes on from there.
 *
 * A scenario is folded by itself, on what it branches off: nothing that is
 * supposed enters the book. Into another book scenarios do not go along: they
 * say what would be if, of a book that this one is not.
 */
#include <inttypes.h>
#include <string.h>

#include "post/inside.h"
#include "post/post.h"
#include "record/exchange.h"

enum { COMMIT_ROWS_MAX = 1000 };

/* A record as the store will have it: an eighth of what it takes as fields. */
struct kept {
    int64_t recorded_ms;
    const char *label, *idem;
    uint32_t len;
    enum kind kind;
    uint8_t salt[SALT_BYTES], leaf[SHA_BYTES];
    char bytes[];
};

struct taking {
    struct arena *arena;
    struct arena line; /* reset after each line */
    const struct exchange_file *file;
    struct merkle tree;
    struct kept **records;
    uint64_t count, room;
    uint64_t *commits; /* last id of each */
    uint64_t commit_count, commit_room;
    bool ended;

    /* While the store is empty every record is folded as it is read. What the book refuses is
     * said only after the file proved whole: what is wrong with the bytes comes first. */
    struct book *book; /* NULL: the store holds something; or the book refused a record */
    struct err refusal;
    uint64_t folded;
    bool supposed; /* some of it belongs to scenarios */
};

static struct row row_of(const struct taking *t, uint64_t at)
{
    const struct kept *k = t->records[at];
    struct row row = {.id = at + 1,
                      .recorded_ms = k->recorded_ms,
                      .kind = k->kind,
                      .label = k->label,
                      .idem = k->idem,
                      .salt = k->salt,
                      .bytes = k->bytes,
                      .len = k->len};
    memcpy(row.leaf, k->leaf, SHA_BYTES);
    return row;
}

static struct kept *keep_bytes(struct taking *t, const struct record *r, const struct buf *bytes)
{
    struct kept *k = arena_alloc(t->arena, 1, sizeof *k + bytes->len);
    k->recorded_ms = r->recorded_ms;
    k->label = strcmp(r->label, "public") == 0 ? "public" : arena_text(t->arena, r->label);
    k->idem = arena_text(t->arena, r->idem);
    k->len = (uint32_t)bytes->len;
    k->kind = r->kind;
    memcpy(k->salt, r->salt, SALT_BYTES);
    memcpy(k->bytes, bytes->text, bytes->len);
    merkle_leaf(r->salt, bytes->text, bytes->len, k->leaf);
    return k;
}

/*
 * The natural key that a line names must follow from the record and from how
 * many of that key the book has: it is no part of the bytes under the root.
 */
static enum rc check_idem(struct arena *a, const struct book *b, const struct record *r,
                          struct err *err)
{
    const char *key = record_text(r, F_KEY);
    uint32_t noun = key ? book_noun(b, r->kind, key) : NONE;
    uint64_t before = noun == NONE ? 0 : book_latest(b, noun)->versions;
    if (record_idem_is(r, before + 1)) return RC_OK;
    const char *want = record_idem(a, r, before + 1);
    return fail(err, RC_INPUT, "idem should be \"%.120s\", not \"%.120s\"", want ? want : "",
                r->idem ? r->idem : "");
}

static void fold(struct taking *t, const struct record *r)
{
    if (record_field(r, F_SCENARIO)) {
        t->supposed = true;
    } else if (check_idem(&t->line, t->book, r, &t->refusal) ||
               book_apply(t->book, r, &t->refusal)) {
        t->book = NULL;
    } else {
        t->folded = r->id;
    }
}

static enum rc keep(struct taking *t, const struct record *r, struct err *err)
{
    if (r->id != t->count + 1) {
        return fail(err, RC_INPUT,
                    "expected record %" PRIu64 " here: one is missing or out of place",
                    t->count + 1);
    }
    if (t->count == t->room) {
        t->room = t->room ? t->room * 2 : 1024;
        struct kept **grown = NEW_ARRAY(t->arena, t->room, struct kept *);
        if (t->count) memcpy(grown, t->records, t->count * sizeof(struct kept *));
        t->records = grown;
    }
    struct buf bytes = {.arena = &t->line};
    record_encode(&bytes, r);
    if (bytes.len > RECORD_BYTES_MAX) {
        return fail(err, RC_INPUT, "a %s is longer than %d bytes", kind_name(r->kind),
                    RECORD_BYTES_MAX);
    }
    struct kept *k = keep_bytes(t, r, &bytes);
    t->records[t->count++] = k;
    merkle_add(&t->tree, k->leaf);
    if (t->book) fold(t, r);
    return RC_OK;
}

static enum rc check_root(const struct taking *t, const struct exchange_line *line, struct err *err)
{
    uint8_t root[SHA_BYTES];
    merkle_root(&t->tree, root);
    if (line->last != t->count) {
        return fail(err, RC_INPUT, "%" PRIu64 " records stand above, not %" PRIu64, t->count,
                    line->last);
    }
    if (memcmp(root, line->root, SHA_BYTES) != 0) {
        return fail(err, RC_INPUT, "the root does not come out: a record above was altered");
    }
    return RC_OK;
}

static enum rc take_line(struct taking *t, const char *text, size_t len, struct err *err)
{
    struct exchange_line line;
    if (t->ended) return fail(err, RC_INPUT, "nothing may follow the end");
    arena_reset(&t->line);
    char *cut = arena_alloc(&t->line, len + 1, 1); /* the parser writes in it */
    memcpy(cut, text, len);
    enum rc rc = exchange_parse(&t->line, cut, len, &line, err);
    if (rc) return rc;
    if (line.sort == EXCHANGE_RECORD) {
        rc = record_check(&line.record, err);
        return rc ? rc : keep(t, &line.record, err);
    }
    rc = check_root(t, &line, err);
    t->ended = line.sort == EXCHANGE_END;
    if (rc || t->ended) return rc;
    if (t->commit_count == t->commit_room) {
        t->commit_room = t->commit_room ? t->commit_room * 2 : 256;
        uint64_t *grown = NEW_ARRAY(t->arena, t->commit_room, uint64_t);
        if (t->commit_count) memcpy(grown, t->commits, t->commit_count * sizeof *grown);
        t->commits = grown;
    }
    t->commits[t->commit_count++] = line.last;
    return RC_OK;
}

static enum rc take_file(struct taking *t, const struct watch *watch, struct err *err)
{
    const char *at = t->file->text, *end = t->file->text + t->file->len;
    uint64_t number = 1;
    at += strlen(EXCHANGE_HEADER);
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        number++;
        if (!newline || newline - at > EXCHANGE_LINE_MAX) {
            return fail(err, RC_INPUT, "%.80s line %" PRIu64 ": the file is cut off here",
                        t->file->name, number);
        }
        enum rc rc = take_line(t, at, (size_t)(newline - at), err);
        if (rc) {
            err->code = RC_INPUT;
            return fail_in(err, "%.80s line %" PRIu64, t->file->name, number);
        }
        at = newline + 1;
        if (!watch_step(watch, (uint64_t)(at - t->file->text), t->file->len)) {
            return fail(err, RC_ABSENT, "interrupted");
        }
    }
    if (!t->ended) return fail(err, RC_INPUT, "%.80s: the file is cut off: no end", t->file->name);
    return RC_OK;
}

/* --- into an empty store, or one that holds a beginning of the same log --- */

struct prefix {
    const struct taking *taking;
    bool differs;
};

static enum rc compare_row(void *ctx, const struct row *row, struct err *err)
{
    struct prefix *p = ctx;
    (void)err;
    if (row->id > p->taking->count) {
        p->differs = true;
        return RC_OK;
    }
    const struct kept *k = p->taking->records[row->id - 1];
    p->differs |= k->len != row->len || memcmp(k->bytes, row->bytes, row->len) != 0 ||
                  memcmp(k->salt, row->salt, SALT_BYTES) != 0 ||
                  strcmp(k->idem ? k->idem : "", row->idem ? row->idem : "") != 0;
    return RC_OK;
}

static enum rc bad_record(const struct taking *t, uint64_t at, struct err *err)
{
    err->code = RC_INPUT;
    return fail_in(err, "%.80s record %" PRIu64, t->file->name, at + 1);
}

/* Fold what is not there yet into the view's book: the rules hold before anything is written. */
static enum rc fold_rest(struct view *view, struct taking *t, struct err *err)
{
    uint64_t from = t->folded > view->head.last ? t->folded : view->head.last;
    if (t->refusal.code) *err = t->refusal;
    for (uint64_t i = from; i < t->count; i++) {
        struct row row = row_of(t, i);
        struct record r;
        arena_reset(&t->line);
        enum rc rc = t->refusal.code ? t->refusal.code : row_record(&t->line, &row, &r, err);
        bool supposed = !rc && record_field(&r, F_SCENARIO);
        t->supposed |= supposed;
        if (!rc && !supposed) rc = check_idem(&t->line, view->book, &r, err);
        if (!rc && !supposed) rc = book_apply(view->book, &r, err);
        if (rc) return bad_record(t, i, err);
    }
    return RC_OK;
}

/* One scenario on the book that it branches off: as a view of it will fold it. */
static enum rc fold_scenario(struct taking *t, const struct record *scenario,
                             const struct watch *watch, struct err *err)
{
    struct arena own = {0};
    struct book *book = book_new(&own);
    int64_t moment = record_int(scenario, F_MOMENT, 0);
    enum rc rc = RC_OK;
    for (uint64_t i = 0; i < t->count && !rc; i++) {
        struct row row = row_of(t, i);
        struct record r;
        arena_reset(&t->line);
        if (!watch_step(watch, i, t->count)) rc = fail(err, RC_ABSENT, "interrupted");
        if (!rc) rc = row_record(&t->line, &row, &r, err);
        if (rc) break;
        uint64_t of = record_ref(&r, F_SCENARIO);
        bool before = r.recorded_ms <= moment || r.id == scenario->id;
        if (of ? of != scenario->id : !before) continue;
        if (of && check_idem(&t->line, book, &r, err)) rc = RC_INPUT;
        if (!rc) rc = book_apply(book, &r, err);
        if (rc) rc = bad_record(t, i, err);
    }
    arena_free(&own);
    return rc;
}

/* Everything that is supposed, each scenario by itself. */
static enum rc fold_scenarios(struct view *view, struct taking *t, const struct watch *watch,
                              struct err *err)
{
    uint32_t count;
    const struct record *const *all = book_records(view->book, KIND_SCENARIO, &count);
    enum rc rc = RC_OK;
    if (!t->supposed) return RC_OK;
    for (uint32_t i = 0; i < count && !rc; i++) rc = fold_scenario(t, all[i], watch, err);
    for (uint64_t i = 0; i < t->count && !rc; i++) {
        struct row row = row_of(t, i);
        struct record r;
        arena_reset(&t->line);
        rc = row_record(&t->line, &row, &r, err);
        const struct record *of = rc ? NULL : book_record(view->book, record_ref(&r, F_SCENARIO));
        if (!rc && record_field(&r, F_SCENARIO) && (!of || of->kind != KIND_SCENARIO)) {
            fail(err, RC_INPUT, "it belongs to no scenario");
            rc = bad_record(t, i, err);
        }
    }
    return rc;
}

static enum rc append_some(struct view *view, const struct taking *t, uint64_t from, uint64_t to,
                           struct err *err)
{
    struct arena a = {0};
    struct row *rows = NEW_ARRAY(&a, to - from, struct row);
    for (uint64_t i = from; i < to; i++) rows[i - from] = row_of(t, i);
    enum rc rc = view->store->ops->append(view->store, rows, (uint32_t)(to - from), NULL, 0, err);
    arena_free(&a);
    return rc;
}

static enum rc append_rest(struct view *view, const struct taking *t, const struct watch *watch,
                           struct err *err)
{
    uint64_t from = view->head.last, commit = 0;
    while (from < t->count) {
        while (commit < t->commit_count && t->commits[commit] <= from) commit++;
        uint64_t to = commit < t->commit_count ? t->commits[commit] : t->count;
        if (commit == t->commit_count && to - from > COMMIT_ROWS_MAX) to = from + COMMIT_ROWS_MAX;
        enum rc rc = append_some(view, t, from, to, err);
        if (rc) return rc;
        from = to;
        if (!watch_step(watch, from, t->count)) return fail(err, RC_ABSENT, "interrupted");
    }
    view->head.last = from;
    posting_stands(view);
    return RC_OK;
}

/* --- as new records into another book --- */

/* What a record is known by in other logs: its leaf in its own. */
static const char *leaf_name(struct arena *a, const uint8_t leaf[SHA_BYTES])
{
    char *hex = NEW_ARRAY(a, SHA_HEX, char);
    hex_encode(leaf, SHA_BYTES, hex);
    return hex;
}

static enum rc note_idem(void *ctx, const struct row *row, struct err *err)
{
    struct map *idems = ctx;
    (void)err;
    if (row->idem && strncmp(row->idem, "leaf:", 5) == 0) {
        map_put(idems, row->idem + 5, row->id);
    }
    return RC_OK;
}

/*
 * What this book already said of a name, a line or a movement stays; other
 * things get a new version. It is not about keys that this import brings:
 * there the second record under a key is the reversal or restatement of the
 * first, and belongs to it.
 */
static bool first_book_stands(enum kind kind)
{
    return kind == KIND_PARTY || kind == KIND_ITEM || kind == KIND_MEMBERSHIP ||
           kind == KIND_SOURCE || kind == KIND_PASSAGE || kind == KIND_ENTRY || kind == KIND_LINE;
}

static enum rc as_new(struct posting *p, const struct taking *t, struct posted *out,
                      struct err *err)
{
    struct map idems = {.arena = p->arena};
    struct book *b = p->view->book;
    uint64_t *id_of = NEW_ARRAY(p->arena, t->count + 1, uint64_t);
    enum rc rc = p->view->store->ops->scan(p->view->store, 0, note_idem, &idems, err);
    for (uint64_t i = 0; i < t->count && !rc; i++) {
        struct record *r = NEW(p->arena, struct record);
        struct row row = row_of(t, i);
        const char *leaf = leaf_name(p->arena, row.leaf);
        rc = row_record(p->arena, &row, r, err);
        if (rc) break;
        if (r->kind == KIND_SCENARIO || record_field(r, F_SCENARIO)) {
            out->supposed++;
            continue;
        }
        const uint64_t *known = map_get(&idems, leaf);
        if (known) {
            id_of[i + 1] = *known;
            out->same++;
            continue;
        }
        for (uint32_t k = 0; k < r->count; k++) {
            struct field *f = &r->fields[k];
            if (record_fields[f->tag].type != TYPE_REF) continue;
            if (f->n <= 0 || (uint64_t)f->n > i) {
                return fail(err, RC_INPUT, "%.80s record %" PRIu64 " points ahead", t->file->name,
                            i + 1);
            }
            f->n = (int64_t)id_of[f->n];
        }
        const char *key = record_text(r, F_KEY);
        uint32_t noun = key ? book_noun(b, r->kind, key) : NONE;
        uint8_t said[16];
        record_digest(r, said);
        bool before = noun != NONE && book_latest(b, noun)->id <= p->view->head.last;
        if (before &&
            (first_book_stands(r->kind) ||
             memcmp(said, book_latest(b, noun)->said, sizeof book_latest(b, noun)->said) == 0)) {
            id_of[i + 1] = book_latest(b, noun)->id;
            out->same++;
            continue;
        }
        record_set_text(p->arena, r, F_ORIGIN, leaf);
        rc = posting_add(p, r, &id_of[i + 1], err);
        if (rc) return fail_in(err, "%.80s record %" PRIu64, t->file->name, i + 1);
        out->added++;
    }
    return rc;
}

enum rc post_exchange(struct arena *a, struct view *view, const struct exchange_file *file,
                      int64_t now_ms, bool dry_run, const struct watch *watch, struct posted *out,
                      struct err *err)
{
    struct taking t = {.arena = a, .file = file, .book = view->head.last ? NULL : view->book};
    struct prefix prefix = {.taking = &t};
    *out = (struct posted){0};
    enum rc rc = take_file(&t, watch, err);
    if (!rc) rc = view->store->ops->scan(view->store, 0, compare_row, &prefix, err);
    if (!rc && !prefix.differs) {
        out->same = view->head.last;
        out->added = t.count - view->head.last;
        rc = fold_rest(view, &t, err);
        if (!rc) rc = fold_scenarios(view, &t, watch, err);
        if (!rc && !dry_run) rc = append_rest(view, &t, watch, err);
    }
    arena_free(&t.line);
    if (rc || !prefix.differs) return rc;
    struct posting p;
    posting_begin(&p, a, view, now_ms);
    rc = as_new(&p, &t, out, err);
    return rc || dry_run ? rc : posting_commit(&p, err);
}
