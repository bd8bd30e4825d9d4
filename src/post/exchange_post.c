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
 * Of a file that is too large to be held nothing is kept but where its commits
 * end: it is read once to be checked and once more to be written, a commit at a
 * time. That a store holds a beginning of it is told by the root there, not by
 * comparing rows. As new records into another book it does not go, for there
 * all of it would have to be one commit.
 *
 * A scenario is folded by itself, on what it branches off: nothing that is
 * supposed enters the book. Into another book scenarios do not go along: they
 * say what would be if, of a book that this one is not.
 */
#include <inttypes.h>
#include <string.h>

#include "post/inside.h"
#include "post/taking.h"

enum { COMMIT_ROWS_MAX = 1000, LINE_BYTES = 200 /* about */ };

static struct row row_of(const struct kept *k, uint64_t id)
{
    struct row row = {.id = id,
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

static enum rc record_at(const struct taking *t, struct arena *a, uint64_t at, struct record *out,
                         struct err *err)
{
    struct row row = row_of(t->records[at], at + 1);
    return row_record(a, &row, out, err);
}

static enum rc bad_record(const struct taking *t, uint64_t id, struct err *err)
{
    err->code = RC_INPUT;
    return fail_in(err, "%.80s record %" PRIu64, t->file->name, id);
}

/* Every record once more, in order: as it is kept, or out of the file again. */
static enum rc each_record(struct taking *t, pass_record_fn *fn, void *ctx,
                           const struct watch *watch, struct err *err)
{
    enum rc rc = RC_OK;
    if (t->file->feed) return take_file(t, &(struct pass){fn, NULL, ctx, NULL, watch}, err);
    for (uint64_t i = 0; i < t->count && !rc; i++) {
        struct record r;
        arena_reset(&t->line);
        if (!watch_step(watch, i, t->count)) rc = fail(err, RC_ABSENT, "interrupted");
        if (!rc) rc = record_at(t, &t->line, i, &r, err);
        if (!rc) rc = fn(ctx, t, &r, t->records[i], err);
    }
    return rc;
}

/* --- a file that is held --- */

static enum rc keep_row(void *ctx, struct taking *t, const struct record *r,
                        const struct kept *kept, struct err *err)
{
    (void)ctx, (void)err;
    if (r->id > t->room) {
        t->room = t->room ? t->room * 2 : 1024;
        struct kept **grown = NEW_ARRAY(t->arena, t->room, struct kept *);
        if (t->records) memcpy(grown, t->records, (r->id - 1) * sizeof(struct kept *));
        t->records = grown;
    }
    t->records[r->id - 1] = (struct kept *)(uintptr_t)kept; /* it is the arena's */
    take_fold(t, r);
    return RC_OK;
}

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

/* Fold what is not there yet into the view's book: the rules hold before anything is written. */
static enum rc fold_rest(struct view *view, struct taking *t, struct err *err)
{
    uint64_t from = t->folded > view->head.last ? t->folded : view->head.last;
    if (!t->refusal.code) t->book = view->book;
    if (view->head.last) t->supposed = false; /* what is there already was tried then */
    for (uint64_t i = from; i < t->count && !t->refusal.code; i++) {
        struct record r;
        arena_reset(&t->line);
        enum rc rc = record_at(t, &t->line, i, &r, err);
        if (rc) return bad_record(t, i + 1, err);
        take_fold(t, &r);
    }
    if (!t->refusal.code) return RC_OK;
    *err = t->refusal;
    return bad_record(t, t->refused, err);
}

static enum rc append_rows(struct view *view, struct kept *const *kept, uint64_t from, uint64_t to,
                           struct err *err)
{
    struct arena a = {0};
    struct row *rows = NEW_ARRAY(&a, to - from, struct row);
    for (uint64_t i = from; i < to; i++) rows[i - from] = row_of(kept[i - from], i + 1);
    enum rc rc = view->store->ops->append(view->store, rows, (uint32_t)(to - from), NULL, 0, err);
    arena_free(&a);
    return rc;
}

static enum rc append_rest(struct view *view, const struct taking *t, const struct watch *watch,
                           struct err *err)
{
    uint64_t from = view->head.last, mark = 0;
    while (from < t->count) {
        while (mark < t->mark_count && t->marks[mark].last <= from) mark++;
        uint64_t to = mark < t->mark_count ? t->marks[mark].last : t->count;
        if (mark == t->mark_count && to - from > COMMIT_ROWS_MAX) to = from + COMMIT_ROWS_MAX;
        enum rc rc = append_rows(view, t->records + from, from, to, err);
        if (rc) return rc;
        from = to;
        if (!watch_step(watch, from, t->count)) return fail(err, RC_ABSENT, "interrupted");
    }
    view->head.last = from;
    posting_stands(view);
    return RC_OK;
}

/* --- what is supposed --- */

/* One scenario on the book that it branches off: as a view of it will fold it. */
struct branch {
    const struct record *scenario;
    struct book *book;
};

static enum rc fold_branch(void *ctx, struct taking *t, const struct record *r,
                           const struct kept *kept, struct err *err)
{
    struct branch *b = ctx;
    uint64_t of = record_ref(r, F_SCENARIO);
    bool before =
        r->recorded_ms <= record_int(b->scenario, F_MOMENT, 0) || r->id == b->scenario->id;
    enum rc rc = RC_OK;
    (void)kept;
    if (of ? of != b->scenario->id : !before) return RC_OK;
    if (of && check_idem(&t->line, b->book, r, err)) rc = RC_INPUT;
    if (!rc) rc = book_apply(b->book, r, err);
    return rc ? bad_record(t, r->id, err) : RC_OK;
}

/* Whether what it belongs to is a scenario of this log. */
static enum rc check_branch(void *ctx, struct taking *t, const struct record *r,
                            const struct kept *kept, struct err *err)
{
    const struct book *book = ctx;
    (void)kept;
    if (!record_field(r, F_SCENARIO)) return RC_OK;
    const struct record *of = book_record(book, record_ref(r, F_SCENARIO));
    if (of && of->kind == KIND_SCENARIO) return RC_OK;
    fail(err, RC_INPUT, "it belongs to no scenario");
    return bad_record(t, r->id, err);
}

/* Everything that is supposed, each scenario by itself. */
static enum rc fold_scenarios(struct view *view, struct taking *t, const struct watch *watch,
                              struct err *err)
{
    uint32_t count;
    const struct record *const *all = book_records(view->book, KIND_SCENARIO, &count);
    enum rc rc = RC_OK;
    if (!t->supposed) return RC_OK;
    for (uint32_t i = 0; i < count && !rc; i++) {
        struct arena own = {0};
        struct branch b = {.scenario = all[i], .book = book_new(&own)};
        rc = each_record(t, fold_branch, &b, watch, err);
        arena_free(&own);
    }
    return rc ? rc : each_record(t, check_branch, view->book, watch, err);
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
        const char *leaf = leaf_name(p->arena, t->records[i]->leaf);
        rc = record_at(t, p->arena, i, r, err);
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

/* --- a file that is fed --- */

struct checking {
    struct view *view;
    bool other; /* the store holds no beginning of it */
};

/* The record at which the store ends says whether the rest goes on from there. */
static enum rc check_fed(void *ctx, struct taking *t, const struct record *r,
                         const struct kept *kept, struct err *err)
{
    struct checking *c = ctx;
    const struct commit *head = &c->view->head;
    (void)kept, (void)err;
    if (r->id > head->last) take_fold(t, r);
    if (r->id != head->last) return RC_OK;
    uint8_t root[SHA_BYTES];
    merkle_root(&t->tree, root);
    c->other = memcmp(root, head->root, SHA_BYTES) != 0;
    if (!c->other) t->book = c->view->book;
    return RC_OK;
}

struct appending {
    struct view *view;
    struct arena rows; /* of one commit */
    struct kept **kept;
    uint32_t count, room;
    uint64_t head; /* how far the store is */
};

static enum rc append_kept(void *ctx, struct taking *t, struct err *err)
{
    struct appending *p = ctx;
    enum rc rc = RC_OK;
    if (p->count) rc = append_rows(p->view, p->kept, t->count - p->count, t->count, err);
    if (!rc && p->count) p->head = t->count;
    arena_reset(&p->rows);
    p->kept = NULL;
    p->count = p->room = 0;
    return rc;
}

static enum rc append_fed(void *ctx, struct taking *t, const struct record *r,
                          const struct kept *kept, struct err *err)
{
    struct appending *p = ctx;
    bool loose = !t->mark_count || r->id > t->marks[t->mark_count - 1].last;
    if (r->id <= p->view->head.last) return RC_OK;
    p->kept = arena_more(&p->rows, p->kept, p->count, &p->room, sizeof *p->kept);
    p->kept[p->count++] = (struct kept *)(uintptr_t)kept; /* it is the arena's */
    return loose && p->count == COMMIT_ROWS_MAX ? append_kept(p, t, err) : RC_OK;
}

static enum rc append_again(struct view *view, struct taking *t, const struct watch *watch,
                            struct err *err)
{
    struct appending p = {.view = view, .head = view->head.last};
    enum rc rc = take_file(t, &(struct pass){append_fed, append_kept, &p, &p.rows, watch}, err);
    arena_free(&p.rows);
    if (rc) return rc;
    view->head.last = p.head;
    posting_stands(view);
    return RC_OK;
}

static enum rc post_fed(struct taking *t, struct view *view, bool dry_run,
                        const struct watch *watch, struct posted *out, struct err *err)
{
    struct checking c = {.view = view};
    if (!view->head.last) book_expect(view->book, t->file->len / LINE_BYTES);
    enum rc rc = take_file(t, &(struct pass){check_fed, NULL, &c, NULL, watch}, err);
    if (rc) return rc;
    if (c.other || t->count < view->head.last) {
        return fail(err, RC_INPUT,
                    "%.80s is too large to be held: it goes into an empty store, or one that holds "
                    "a beginning of the same log",
                    t->file->name);
    }
    out->same = view->head.last;
    out->added = t->count - view->head.last;
    if (t->refusal.code) {
        *err = t->refusal;
        return bad_record(t, t->refused, err);
    }
    rc = fold_scenarios(view, t, watch, err);
    return rc || dry_run ? rc : append_again(view, t, watch, err);
}

static enum rc post_held(struct taking *t, struct view *view, int64_t now_ms, bool dry_run,
                         const struct watch *watch, struct posted *out, struct err *err)
{
    struct prefix prefix = {.taking = t};
    enum rc rc = take_file(t, &(struct pass){keep_row, NULL, NULL, t->arena, watch}, err);
    if (!rc) rc = view->store->ops->scan(view->store, 0, compare_row, &prefix, err);
    if (!rc && !prefix.differs) {
        out->same = view->head.last;
        out->added = t->count - view->head.last;
        rc = fold_rest(view, t, err);
        if (!rc) rc = fold_scenarios(view, t, watch, err);
        if (!rc && !dry_run) rc = append_rest(view, t, watch, err);
    }
    if (rc || !prefix.differs) return rc;
    struct posting p;
    posting_begin(&p, t->arena, view, now_ms);
    rc = as_new(&p, t, out, err);
    return rc || dry_run ? rc : posting_commit(&p, err);
}

enum rc post_exchange(struct arena *a, struct view *view, const struct exchange_file *file,
                      int64_t now_ms, bool dry_run, const struct watch *watch, struct posted *out,
                      struct err *err)
{
    struct taking t = {.arena = a, .file = file, .book = view->head.last ? NULL : view->book};
    *out = (struct posted){0};
    enum rc rc = file->feed ? post_fed(&t, view, dry_run, watch, out, err)
                            : post_held(&t, view, now_ms, dry_run, watch, out, err);
    arena_free(&t.line);
    return rc;
}
