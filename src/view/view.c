/* view.c - see view.h. */
#include "view/view.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "book/image.h"
#include "view/snapshot.h"

/*
 * Records are taken up some at a time: their books' tables are large, and what
 * a record needs of them is fetched while those before it are taken up.
 */
enum { AHEAD = 32, SOON = 8 };

struct folding {
    struct book *book;
    struct arena scratch; /* of the records ahead */
    struct record ahead[AHEAD];
    uint32_t count;
    const char *viewer;
    uint64_t head;
    const struct watch *watch;
    uint64_t scenario; /* 0: the book itself */
    int64_t moment;    /* of the scenario */
};

/* Whether "A,B,C" names the key. */
static bool listed(const char *list, const char *key)
{
    size_t len = strlen(key);
    for (const char *at = list; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
        if (strncmp(at, key, len) == 0 && (at[len] == ',' || at[len] == '\0')) return true;
    }
    return false;
}

/* Whether the viewer may see what carries that label, by the memberships seen so far. */
static bool admits(const struct folding *f, const char *label)
{
    if (!f->viewer || strcmp(label, "public") == 0) return true;
    if (text_starts(label, "parties:")) return listed(label + 8, f->viewer);
    if (!text_starts(label, "group:")) return false;
    uint32_t party = book_noun(f->book, KIND_PARTY, f->viewer);
    uint32_t group = book_noun(f->book, KIND_PARTY, label + 6);
    return party != NONE && group != NONE && book_member(f->book, party, group, DAY_MAX, INT64_MAX);
}

static bool points_at_hidden(const struct book *b, const struct record *r)
{
    for (uint32_t i = 0; i < r->count; i++) {
        if (record_fields[r->fields[i].tag].type != TYPE_REF) continue;
        if (!book_has(b, (uint64_t)r->fields[i].n)) return true;
    }
    return false;
}

/* Whether a record that is there for the viewer is part of this branch. */
static bool on_branch(const struct folding *f, const struct record *r)
{
    uint64_t of = record_ref(r, F_SCENARIO);
    if (of || !f->scenario) return of == f->scenario;
    return r->recorded_ms <= f->moment || r->id == f->scenario;
}

/* What is supposed belongs to a scenario; it is checked against the book where that one is folded.
 */
static enum rc check_branch(const struct folding *f, const struct record *r, struct err *err)
{
    const struct record *of = book_record(f->book, record_ref(r, F_SCENARIO));
    if (f->viewer || (of && of->kind == KIND_SCENARIO)) return RC_OK;
    return fail(err, RC_STORE, "entry %" PRIu64 " of the log belongs to no scenario", r->id);
}

static enum rc take_up(struct folding *f, const struct record *r, struct err *err)
{
    if (!on_branch(f, r)) return f->scenario ? RC_OK : check_branch(f, r, err);
    if (f->viewer && points_at_hidden(f->book, r)) return RC_OK;
    enum rc rc = book_apply(f->book, r, err);
    if (rc == RC_RULE && f->viewer) return RC_OK; /* it rests on something hidden */
    if (rc) {
        err->code = RC_STORE;
        return fail_in(err, "entry %" PRIu64 " of the log", r->id);
    }
    return RC_OK;
}

/* Those ahead, in their order. */
static enum rc take_up_all(struct folding *f, struct err *err)
{
    enum rc rc = RC_OK;
    for (uint32_t i = 0; i < f->count && !rc; i++) {
        if (i + SOON < f->count) book_soon(f->book, &f->ahead[i + SOON]);
        rc = take_up(f, &f->ahead[i], err);
    }
    f->count = 0;
    arena_reset(&f->scratch);
    return rc;
}

static enum rc fold(void *ctx, const struct row *row, struct err *err)
{
    struct folding *f = ctx;
    enum rc rc = RC_OK;
    if (row->id > f->head) return RC_OK; /* written after the view was opened */
    if (!watch_step(f->watch, row->id, f->head)) return fail(err, RC_ABSENT, "interrupted");
    /* Who is in a group is told by the records before this one. */
    if (f->viewer && text_starts(row->label, "group:")) rc = take_up_all(f, err);
    if (rc || !admits(f, row->label)) return rc;
    rc = row_record(&f->scratch, row, &f->ahead[f->count], err);
    if (rc) return rc;
    book_ahead(f->book, &f->ahead[f->count]);
    return ++f->count == AHEAD ? take_up_all(f, err) : RC_OK;
}

/* What the log has behind that id. Of several faults the first in the log is told. */
static enum rc fold_from(struct folding *f, struct store *store, uint64_t after, struct err *err)
{
    struct err later = {0};
    enum rc rc = store->ops->scan(store, after, fold, f, &later);
    enum rc earlier = take_up_all(f, err);
    if (!earlier && rc) *err = later;
    arena_free(&f->scratch);
    return earlier ? earlier : rc;
}

/* --- finding a scenario --- */

struct search {
    struct arena scratch;
    const char *key;
    uint64_t id;
    int64_t moment;
};

static enum rc look_at(void *ctx, const struct row *row, struct err *err)
{
    struct search *s = ctx;
    struct record r;
    if (row->kind != KIND_SCENARIO || s->id) return RC_OK;
    arena_reset(&s->scratch);
    enum rc rc = row_record(&s->scratch, row, &r, err);
    if (rc || strcmp(record_text(&r, F_KEY), s->key) != 0) return rc;
    s->id = r.id;
    s->moment = record_int(&r, F_MOMENT, 0);
    return RC_OK;
}

/* Where the branch begins must be known before the first record is folded. */
static enum rc find_scenario(struct folding *f, struct store *store, const char *key,
                             struct err *err)
{
    struct search s = {.key = key};
    if (!key) return RC_OK;
    enum rc rc = store->ops->scan(store, 0, look_at, &s, err);
    arena_free(&s.scratch);
    f->scenario = s.id;
    f->moment = s.moment;
    if (!rc && (!s.id || s.id > f->head)) {
        return fail(err, RC_ABSENT, "no scenario '%.100s' in this book", key);
    }
    return rc;
}

/* Now, so that readers share them unchanged. */
static void sort_bulk(struct book *b)
{
    uint32_t unused;
    book_rates(b, &unused);
    book_indicators(b, &unused);
}

/* How a view is opened. */
struct opening {
    struct arena *arena;
    struct store *store;
    const char *viewer, *scenario;
    const struct watch *watch;
    bool from_log; /* and from nothing else */
};

/* The book to begin with: a snapshot that the log has gone on from, or an empty one. */
static void begin_book(const struct opening *o, struct view *out)
{
    struct commit at;
    bool may = !o->from_log && !o->scenario && out->head.last;
    if (may && snapshot_take(o->arena, o->store, o->viewer, &out->book, &at)) {
        if (at.last <= out->head.last) {
            out->kept_at = at.last;
            return;
        }
    }
    out->book = book_new(o->arena);
    book_expect(out->book, out->head.last);
}

static enum rc open_view(const struct opening *o, struct view *out, struct err *err)
{
    const char *viewer = o->viewer, *scenario = o->scenario;
    *out = (struct view){.store = o->store};
    enum rc rc = o->store->ops->head(o->store, &out->head, err);
    if (rc) return rc;
    begin_book(o, out);
    struct folding f = {
        .book = out->book, .viewer = viewer, .head = out->head.last, .watch = o->watch};
    rc = find_scenario(&f, o->store, scenario, err);
    if (!rc) rc = fold_from(&f, o->store, out->kept_at, err);
    if (rc) return rc;
    out->scenario = f.scenario;
    if (f.scenario && !book_has(out->book, f.scenario)) { /* hidden from this viewer */
        return fail(err, RC_ABSENT, "no scenario '%.100s' in this book", scenario);
    }
    sort_bulk(out->book);
    if (viewer && *viewer && book_noun(out->book, KIND_PARTY, viewer) == NONE) {
        return fail(err, RC_ABSENT, "no party '%.100s' in this book", viewer);
    }
    if (!o->from_log && snapshot_worth(out)) (void)snapshot_keep(out, viewer);
    return RC_OK;
}

enum rc view_open(struct arena *a, struct store *store, const char *viewer,
                  const struct watch *watch, struct view *out, struct err *err)
{
    const struct opening o = {.arena = a, .store = store, .viewer = viewer, .watch = watch};
    return open_view(&o, out, err);
}

enum rc view_fold(struct arena *a, struct store *store, const char *viewer,
                  const struct watch *watch, struct view *out, struct err *err)
{
    const struct opening o = {
        .arena = a, .store = store, .viewer = viewer, .watch = watch, .from_log = true};
    return open_view(&o, out, err);
}

enum rc view_branch(struct arena *a, struct store *store, const char *viewer, const char *scenario,
                    const struct watch *watch, struct view *out, struct err *err)
{
    const struct opening o = {
        .arena = a, .store = store, .viewer = viewer, .scenario = scenario, .watch = watch};
    return open_view(&o, out, err);
}

enum rc view_follow(struct view *v, const char *viewer, bool *seen, struct err *err)
{
    struct commit head;
    uint64_t before = book_head(v->book);
    enum rc rc = v->store->ops->head(v->store, &head, err);
    if (rc) return rc;
    if (head.last < v->head.last ||
        (head.last == v->head.last && memcmp(head.root, v->head.root, SHA_BYTES) != 0)) {
        return fail(err, RC_ABSENT, "the log is another one");
    }
    struct folding f = {.book = v->book, .viewer = viewer, .head = head.last};
    rc = fold_from(&f, v->store, v->head.last, err);
    if (rc) return rc;
    sort_bulk(v->book);
    v->head = head;
    if (seen) *seen = book_head(v->book) != before;
    return RC_OK;
}

void view_copy(struct arena *a, const struct view *from, struct store *store, struct view *out)
{
    *out = *from;
    out->store = store;
    out->book = book_copy(a, from->book);
}

struct fetch {
    struct arena *arena;
    const uint64_t *ids;
    uint32_t done;
    struct record *out;
};

static enum rc take_record(void *ctx, const struct row *row, struct err *err)
{
    struct fetch *f = ctx;
    if (row->id != f->ids[f->done])
        return fail(err, RC_ABSENT, "no record %" PRIu64, f->ids[f->done]);
    return row_record(f->arena, row, &f->out[f->done++], err);
}

enum rc view_records(struct arena *a, const struct view *v, const uint64_t *ids, uint32_t count,
                     struct record *out, struct err *err)
{
    struct fetch f = {.arena = a, .ids = ids, .out = out};
    uint32_t there = 0;
    while (there < count && ids[there] > 0 && ids[there] <= v->head.last) there++;
    enum rc rc = v->store->ops->rows(v->store, ids, there, take_record, &f, err);
    if (rc || f.done == count) return rc;
    return fail(err, RC_ABSENT, "no record %" PRIu64, ids[f.done]);
}

enum rc view_record(struct arena *a, const struct view *v, uint64_t id, struct record *out,
                    struct err *err)
{
    return view_records(a, v, &id, 1, out, err);
}
