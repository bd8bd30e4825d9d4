/* exchange_take.c - see taking.h. */
#include <inttypes.h>
#include <string.h>

#include "post/taking.h"

/* Lines of a text that is held, or of a window that goes over one that is fed. */
struct lines {
    const struct stream *feed;
    char *window; /* of what is fed */
    const char *at, *end;
    uint64_t number, passed; /* lines, bytes */
    bool over;               /* nothing comes behind `end` any more */
};

enum { WINDOW = 2 * EXCHANGE_LINE_MAX };

static enum rc lines_begin(struct arena *a, const struct exchange_file *file, struct lines *l,
                           struct err *err)
{
    *l = (struct lines){.feed = file->feed, .at = file->text, .over = !file->feed};
    if (!l->feed) {
        l->end = l->at + file->len;
        return RC_OK;
    }
    l->window = NEW_ARRAY(a, WINDOW, char);
    l->at = l->end = l->window;
    if (l->feed->again(l->feed->ctx)) return RC_OK;
    return fail(err, RC_INPUT, "%.80s cannot be read again from its beginning", file->name);
}

static void fill(struct lines *l)
{
    size_t left = (size_t)(l->end - l->at);
    memmove(l->window, l->at, left);
    while (left < WINDOW && !l->over) {
        size_t got = l->feed->read(l->feed->ctx, l->window + left, WINDOW - left);
        l->over = got == 0;
        left += got;
    }
    l->at = l->window;
    l->end = l->window + left;
}

/* The next line without its newline; NULL: there is none, or it is cut off. */
static const char *next_line(struct lines *l, size_t *len)
{
    const char *newline = l->at < l->end ? memchr(l->at, '\n', (size_t)(l->end - l->at)) : NULL;
    if (!newline && !l->over) {
        fill(l);
        newline = l->at < l->end ? memchr(l->at, '\n', (size_t)(l->end - l->at)) : NULL;
    }
    if (l->at < l->end) l->number++;
    if (!newline || newline - l->at > EXCHANGE_LINE_MAX) return NULL;
    const char *line = l->at;
    *len = (size_t)(newline - line);
    l->passed += *len + 1;
    l->at = newline + 1;
    return line;
}

/* --- records --- */

static struct kept *row_new(struct arena *a, const struct record *r, const struct buf *bytes)
{
    struct kept *k = arena_alloc(a, 1, sizeof *k + bytes->len);
    k->recorded_ms = r->recorded_ms;
    k->label = strcmp(r->label, "public") == 0 ? "public" : arena_text(a, r->label);
    k->idem = arena_text(a, r->idem);
    k->len = (uint32_t)bytes->len;
    k->kind = r->kind;
    memcpy(k->salt, r->salt, SALT_BYTES);
    memcpy(k->bytes, bytes->text, bytes->len);
    merkle_leaf(r->salt, bytes->text, bytes->len, k->leaf);
    return k;
}

enum rc check_idem(struct arena *a, const struct book *b, const struct record *r, struct err *err)
{
    const char *key = record_text(r, F_KEY);
    uint32_t noun = key ? book_noun(b, r->kind, key) : NONE;
    uint64_t before = noun == NONE ? 0 : book_latest(b, noun)->versions;
    if (record_idem_is(r, before + 1)) return RC_OK;
    const char *want = record_idem(a, r, before + 1);
    return fail(err, RC_INPUT, "idem should be \"%.120s\", not \"%.120s\"", want ? want : "",
                r->idem ? r->idem : "");
}

void take_fold(struct taking *t, const struct record *r)
{
    if (record_field(r, F_SCENARIO)) t->supposed = true;
    if (!t->book || record_field(r, F_SCENARIO)) return;
    if (check_idem(&t->line, t->book, r, &t->refusal) || book_apply(t->book, r, &t->refusal)) {
        t->book = NULL;
        t->refused = r->id;
    } else {
        t->folded = r->id;
    }
}

struct reading {
    struct taking *t;
    const struct pass *pass;
    uint64_t mark; /* the next one that an earlier pass has seen */
    bool again;    /* there was an earlier one */
    bool stopped;  /* by a function of the pass: its error is none of the file's */
};

static enum rc take_record(struct reading *g, const struct record *r, struct err *err)
{
    struct taking *t = g->t;
    struct buf bytes = {.arena = &t->line};
    if (r->id != t->count + 1) {
        return fail(err, RC_INPUT,
                    "expected record %" PRIu64 " here: one is missing or out of place",
                    t->count + 1);
    }
    record_encode(&bytes, r);
    if (bytes.len > RECORD_BYTES_MAX) {
        return fail(err, RC_INPUT, "a %s is longer than %d bytes", kind_name(r->kind),
                    RECORD_BYTES_MAX);
    }
    struct kept *k = row_new(g->pass->keeps ? g->pass->keeps : &t->line, r, &bytes);
    merkle_add(&t->tree, k->leaf);
    t->count++;
    enum rc rc = g->pass->record(g->pass->ctx, t, r, k, err);
    g->stopped = rc != RC_OK;
    return rc;
}

/* --- commits and the end --- */

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

static bool same_mark(const struct mark *a, const struct mark *b)
{
    return a->last == b->last && memcmp(a->root, b->root, SHA_BYTES) == 0;
}

static enum rc take_mark(struct reading *g, const struct exchange_line *line, struct err *err)
{
    struct taking *t = g->t;
    struct mark mark = {.last = line->last};
    const struct mark *seen = t->ended                  ? &t->end
                              : g->mark < t->mark_count ? &t->marks[g->mark]
                                                        : NULL;
    memcpy(mark.root, line->root, SHA_BYTES);
    if (g->again) {
        if (!seen || !same_mark(&mark, seen)) {
            return fail(err, RC_INPUT, "the file was changed while it was read");
        }
        g->mark += !t->ended;
        return RC_OK;
    }
    if (t->ended) {
        t->end = mark;
        return RC_OK;
    }
    if (t->mark_count == t->mark_room) {
        t->mark_room = t->mark_room ? t->mark_room * 2 : 256;
        struct mark *grown = NEW_ARRAY(t->arena, t->mark_room, struct mark);
        if (t->mark_count) memcpy(grown, t->marks, t->mark_count * sizeof *grown);
        t->marks = grown;
    }
    t->marks[t->mark_count++] = mark;
    return RC_OK;
}

static enum rc take_line(struct reading *g, const char *text, size_t len, struct err *err)
{
    struct taking *t = g->t;
    struct exchange_line line;
    if (t->ended) return fail(err, RC_INPUT, "nothing may follow the end");
    arena_reset(&t->line);
    char *cut = arena_alloc(&t->line, len + 1, 1); /* the parser writes in it */
    memcpy(cut, text, len);
    enum rc rc = exchange_parse(&t->line, cut, len, &line, err);
    if (rc) return rc;
    if (line.sort == EXCHANGE_RECORD) {
        rc = record_check(&line.record, err);
        return rc ? rc : take_record(g, &line.record, err);
    }
    rc = check_root(t, &line, err);
    if (rc) return rc;
    t->ended = line.sort == EXCHANGE_END;
    rc = take_mark(g, &line, err);
    if (rc || !g->pass->commit) return rc;
    rc = g->pass->commit(g->pass->ctx, t, err);
    g->stopped = rc != RC_OK;
    return rc;
}

enum rc take_file(struct taking *t, const struct pass *pass, struct err *err)
{
    struct arena own = {0};
    struct lines l;
    struct reading g = {.t = t, .pass = pass, .again = t->ended};
    const char *line;
    size_t len;
    t->tree = (struct merkle){0};
    t->count = 0;
    t->ended = false;
    enum rc rc = lines_begin(&own, t->file, &l, err);
    if (!rc) next_line(&l, &len); /* EXCHANGE_HEADER */
    while (!rc && (line = next_line(&l, &len))) {
        rc = take_line(&g, line, len, err);
        if (rc && !g.stopped) {
            err->code = rc = RC_INPUT;
            fail_in(err, "%.80s line %" PRIu64, t->file->name, l.number);
        }
        if (!rc && !watch_step(pass->watch, l.passed, t->file->len)) {
            rc = fail(err, RC_ABSENT, "interrupted");
        }
    }
    if (!rc && l.at < l.end) {
        rc = fail(err, RC_INPUT, "%.80s line %" PRIu64 ": the file is cut off here", t->file->name,
                  l.number);
    } else if (!rc && !t->ended) {
        rc = fail(err, RC_INPUT, "%.80s: the file is cut off: no end", t->file->name);
    }
    arena_free(&own);
    return rc;
}
