/* total.c - see total.h. */
#include "measure/total.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/text.h"

static const char *const by_names[BY_COUNT] = {"",      "donor", "receiver", "class", "item",
                                               "month", "year",  "channel",  "plan"};

enum by by_named(const char *name)
{
    for (int i = BY_DONOR; i < BY_COUNT; i++) {
        if (strcmp(by_names[i], name) == 0) return (enum by)i;
    }
    return BY_COUNT;
}

const char *by_name(enum by by)
{
    return by_names[by];
}

static void noun_key(const struct book *b, uint32_t noun, int64_t known, const char **key,
                     const char **name)
{
    *key = noun == NONE ? "" : book_key(b, noun);
    *name = noun == NONE ? "" : book_name(b, noun, known);
}

static void plan_key(struct arena *a, const struct book *b, const struct worth *w, enum tag side,
                     const char **key, const char **name)
{
    uint32_t count;
    *key = *name = "";
    if (w->line == NONE) return;
    const struct line *line = &book_lines(b, &count)[w->line];
    *key = line_object(a, b, line, side, "Plan");
    const char *called = **key ? line_object_name(a, b, line, side, "Plan", *key) : NULL;
    *name = called ? called : *key;
}

void total_key(struct arena *a, const struct book *b, enum by by, const struct worth *w,
               int64_t known, const char **key, const char **name)
{
    uint32_t count;
    char date[DAY_TEXT];
    *key = *name = "";
    switch (by) {
    case BY_DONOR: noun_key(b, w->giver, known, key, name); break;
    case BY_RECEIVER: noun_key(b, w->receiver, known, key, name); break;
    case BY_CHANNEL: noun_key(b, w->channel, known, key, name); break;
    case BY_CLASS: *key = *name = w->class_ ? w->class_ : ""; break;
    case BY_ITEM:
        if (w->line != NONE) {
            noun_key(b, book_lines(b, &count)[w->line].item, known, key, name);
        } else {
            *key = *name = "package";
        }
        break;
    case BY_MONTH: *key = *name = day_text(a, w->day, PRECISION_MONTH); break;
    case BY_YEAR: *key = *name = arena_bytes(a, day_format(w->day, date), 4); break;
    case BY_PLAN: plan_key(a, b, w, F_DESTINATION_TAG, key, name); break;
    case BY_NOTHING:
    case BY_COUNT: break;
    }
}

/* --- passing --- */

struct pass_work {
    const struct exchange *x;
    const struct total_question *q;
    passing_fn *fn;
    void *ctx;
    bool pledge;
    struct reports reports; /* of what has come as far as is asked for */
};

/* A package lies inside by its receiver and its day, like a line that lists no objects. */
static enum flow package_flow(const struct book *b, const struct boundary *w, const struct worth *p,
                              int64_t known)
{
    char year[DAY_TEXT];
    uint32_t group = w->group ? book_noun(b, KIND_PARTY, w->group) : NONE;
    if (w->plan || (w->group && group == NONE)) return FLOW_OUTSIDE;
    if (w->year && strncmp(day_format(p->day, year), w->year, 4) != 0) return FLOW_OUTSIDE;
    bool in[2];
    const uint32_t party[2] = {p->receiver, p->giver};
    for (int i = 0; i < 2; i++) {
        in[i] = party[i] != NONE &&
                (!w->recipient || strcmp(book_key(b, party[i]), w->recipient) == 0) &&
                (!w->group || book_member(b, party[i], group, p->day, known));
    }
    if (boundary_is_whole(w)) return FLOW_INCOMING;
    if (in[0]) return in[1] ? FLOW_INTERNAL : FLOW_INCOMING;
    return in[1] ? FLOW_OUTGOING : FLOW_OUTSIDE;
}

static void pass(void *ctx, const struct worth *w)
{
    struct pass_work *p = ctx;
    struct passing one = {.worth = *w, .pledge = p->pledge};
    int64_t known = p->x->at.known;
    one.flow = w->line == NONE ? package_flow(p->x->book, &p->q->boundary, w, known)
                               : reports_flow(&p->reports, p->x->book, &p->q->boundary, w->line,
                                              w->day, known, &one.shared);
    if (one.flow != FLOW_OUTSIDE) p->fn(p->ctx, &one);
}

static void passing(const struct exchange *x, const struct total_question *q, bool seconds,
                    passing_fn *fn, void *ctx, uint32_t *unvalued)
{
    struct arena a = {0};
    struct pass_work work = {.x = x, .q = q, .fn = fn, .ctx = ctx};
    struct worth_question committed = {.at = x->at,
                                       .low = STAGE_COMMITTED,
                                       .high = STAGE_DELIVERED,
                                       .published = q->published,
                                       .series = q->series,
                                       .seconds = seconds};
    reports_find(&a, x->book, &x->at, committed.low, &work.reports);
    worth_each(x->book, &committed, pass, &work, unvalued);
    struct worth_question announced = committed;
    announced.low = announced.high = STAGE_ANNOUNCED;
    work.pledge = true;
    arena_free(&a);
    reports_find(&a, x->book, &x->at, announced.low, &work.reports);
    worth_each(x->book, &announced, pass, &work, NULL);
    arena_free(&a);
}

void measure_passing(const struct exchange *x, const struct total_question *q, passing_fn *fn,
                     void *ctx)
{
    passing(x, q, true, fn, ctx, NULL);
}

/* --- totals --- */

enum { INCOMING, INTERNAL, OUTGOING, PLEDGED, SHARED, PURSES };

struct row_work {
    const char *key, *name;
    struct purse purse;
};

struct total_work {
    struct arena *arena;
    const struct exchange *x;
    const struct total_question *q;
    struct purse purses[PURSES];
    struct map keys;
    struct row_work *rows;
    uint32_t count, room;
};

static void add(struct total_work *t, struct purse *p, const struct worth *w, i128 sign)
{
    purse_add(p, t->x, w->currency, w->series, w->rate_day, sign * w->parts);
}

static struct purse *row_purse(struct total_work *t, const char *key, const char *name)
{
    const uint64_t *at = map_get(&t->keys, key);
    if (at) return &t->rows[*at].purse;
    t->rows = arena_more(t->arena, t->rows, t->count, &t->room, sizeof *t->rows);
    map_put(&t->keys, key, t->count);
    t->rows[t->count] = (struct row_work){.key = key, .name = name, .purse = {.arena = t->arena}};
    return &t->rows[t->count++].purse;
}

const char *total_left_key(struct arena *a, const struct book *b, enum by by,
                           const struct passing *p, const char **name)
{
    const char *key, *unused, *from;
    if (by != BY_PLAN || p->flow != FLOW_INTERNAL || p->shared || p->pledge) return NULL;
    plan_key(a, b, &p->worth, F_DESTINATION_TAG, &key, &unused);
    plan_key(a, b, &p->worth, F_SOURCE_TAG, &from, name);
    return strcmp(from, key) == 0 ? NULL : from;
}

static void add_to_rows(struct total_work *t, const struct passing *p)
{
    const char *key, *name, *left_name;
    const struct worth *w = &p->worth;
    if (p->shared || p->pledge) return;
    const char *left = total_left_key(t->arena, t->x->book, t->q->by, p, &left_name);
    if (p->flow != FLOW_INCOMING && !left) return;
    total_key(t->arena, t->x->book, t->q->by, w, t->x->at.known, &key, &name);
    add(t, row_purse(t, key, name), w, 1);
    if (left) add(t, row_purse(t, left, left_name), w, -1); /* so that rows add up */
}

static void take(void *ctx, const struct passing *p)
{
    struct total_work *t = ctx;
    const struct worth *w = &p->worth;
    if (p->flow == FLOW_INCOMING) {
        if (p->pledge && !p->shared) add(t, &t->purses[PLEDGED], w, 1);
        if (!p->pledge) add(t, &t->purses[p->shared ? SHARED : INCOMING], w, 1);
    } else if (!p->pledge) {
        add(t, &t->purses[p->flow == FLOW_INTERNAL ? INTERNAL : OUTGOING], w, 1);
    }
    if (t->q->by != BY_NOTHING) add_to_rows(t, p);
}

static int by_amount(const void *x, const void *y)
{
    const struct total_row *a = x, *b = y;
    if (a->incoming != b->incoming) return a->incoming < b->incoming ? 1 : -1;
    return strcmp(a->by, b->by);
}

static int by_key(const void *x, const void *y)
{
    const struct total_row *a = x, *b = y;
    return strcmp(a->by, b->by);
}

/* The five amounts, and what is missing in each. */
static enum rc add_purses(struct total_work *t, struct total *out, struct err *err)
{
    static const char *const names[] = {"incoming", "internal", "outgoing", "pledged", "shared"};
    i128 *into[PURSES] = {&out->incoming, &out->internal, &out->outgoing, &out->pledged,
                          &out->shared};
    struct lacks first = {0};
    uint32_t room = 0;
    for (int i = 0; i < PURSES; i++) {
        struct lacks l = {.arena = t->arena, .some = first.some};
        enum rc rc = purse_total_but(&t->purses[i], t->x, out->currency, &l, into[i], err);
        if (rc) return rc;
        for (uint32_t k = 0; k < l.count; k++) {
            out->lacks =
                arena_more(t->arena, out->lacks, out->lack_count, &room, sizeof *out->lacks);
            out->lacks[out->lack_count++] = (struct total_lack){names[i], l.list[k]};
        }
        if (!first.count) first = l;
        first.some = l.some;
    }
    return lacks_all(&first, out->currency, err);
}

static enum rc add_rows(struct total_work *t, struct total *out, struct err *err)
{
    struct lacks told = {.arena = t->arena}; /* with the five amounts already */
    out->rows = NEW_ARRAY(t->arena, t->count + 1, struct total_row);
    for (uint32_t i = 0; i < t->count; i++) {
        struct total_row *row = &out->rows[out->count++];
        row->by = t->rows[i].key;
        row->name = t->rows[i].name;
        enum rc rc =
            purse_total_but(&t->rows[i].purse, t->x, out->currency, &told, &row->incoming, err);
        if (rc) return rc;
    }
    return RC_OK;
}

enum rc measure_total(struct arena *a, const struct exchange *x, const struct total_question *q,
                      struct total *out, struct err *err)
{
    struct total_work t = {.arena = a, .x = x, .q = q, .keys = {.arena = a}};
    for (int i = 0; i < PURSES; i++) t.purses[i].arena = a;
    *out = (struct total){0};
    passing(x, q, false, take, &t, &out->unvalued);
    enum rc rc = purse_shared(t.purses, PURSES, x, &out->currency, err);
    if (rc) return rc;
    if (!out->currency) out->currency = "";
    out->places = *out->currency ? currency_places(x->book, out->currency) : 0;

    rc = add_purses(&t, out, err);
    out->naive = out->incoming + out->shared;
    if (!rc) rc = add_rows(&t, out, err);
    bool in_time = q->by == BY_MONTH || q->by == BY_YEAR;
    if (out->count) qsort(out->rows, out->count, sizeof *out->rows, in_time ? by_key : by_amount);
    return rc;
}
