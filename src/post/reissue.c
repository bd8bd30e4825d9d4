/*
 * reissue.c - a document that was published before: recognised and linked.
 *
 * A press room corrects a transcript and publishes it again, or publishes it
 * twice. The new issue is another source, with passages and statements of its
 * own, for its bytes differ; but what both say was said once. So the later
 * issue gets an edge to the earlier one ("restates" when it says the same
 * words, else "revises"), and each statement that both hold an edge to its
 * counterpart. Who reads candidates sees such a pair once.
 *
 * Later is what was published later, not what came in later. Two documents are
 * issues of one when at least ISSUE_ALIKE per cent of their runs of five words
 * are the same (source/sketch.h) and their days are at most ISSUE_DAYS apart.
 */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "post/inside.h"
#include "source/sketch.h"

enum { ISSUE_ALIKE = 60, ISSUE_DAYS = 60 };

struct issues {
    struct posting *p;
    const struct book *b;
    const char *author;
    const struct record *mine, *other; /* sources */
    bool mine_later;
};

/* --- which document --- */

static bool near_in_time(const struct record *x, const struct record *y)
{
    int64_t a = record_int(x, F_DAY, DAY_MAX), b = record_int(y, F_DAY, DAY_MAX);
    if (a == DAY_MAX || b == DAY_MAX) return true;
    return a - b <= ISSUE_DAYS && b - a <= ISSUE_DAYS;
}

/* The source that is most like this one, and enough so; NULL. */
static const struct record *other_issue(const struct book *b, const struct record *mine)
{
    uint32_t count;
    const struct record *const *list = book_records(b, KIND_SOURCE, &count);
    const struct record *best = NULL;
    int most = ISSUE_ALIKE - 1;
    for (uint32_t i = 0; i < count; i++) {
        const char *sketch = record_text(list[i], F_SKETCH);
        if (list[i] == mine || !sketch || !near_in_time(list[i], mine)) continue;
        if (strcmp(list[i]->label, mine->label) != 0) continue;
        int alike = sketch_alike(sketch, record_text(mine, F_SKETCH));
        if (alike <= most) continue;
        most = alike;
        best = list[i];
    }
    return best;
}

static enum rc add_edge(struct issues *s, const char *type, const struct record *mine,
                        const struct record *other, struct err *err)
{
    const struct record *of = s->mine_later ? mine : other;
    const struct record *object = s->mine_later ? other : mine;
    const char *key = text_format(s->p->arena, "%s %s %s", type, record_text(of, F_KEY),
                                  record_text(object, F_KEY));
    if (book_noun(s->b, KIND_EDGE, key) != NONE) return RC_OK;
    struct record *edge = record_new(s->p->arena, KIND_EDGE);
    edge->label = mine->label;
    record_set_text(s->p->arena, edge, F_KEY, key);
    record_set_text(s->p->arena, edge, F_TYPE, type);
    record_set_ref(s->p->arena, edge, F_OF, of->id);
    record_set_ref(s->p->arena, edge, F_OBJECT, object->id);
    record_set_text(s->p->arena, edge, F_AUTHOR, s->author);
    record_set_text(s->p->arena, edge, F_WHY, "published again");
    record_set_int(s->p->arena, edge, F_INFERRED, 1);
    return posting_add(s->p, edge, NULL, err);
}

/* --- which statements --- */

/* A statement of one of the two sources. */
struct one {
    const struct record *record;
    const char *says;
};

struct all {
    struct one *list;
    uint32_t count, room;
};

/* Everything a reader took from the words, so that two that say the same are one text. */
static const char *says(struct arena *a, const struct record *r)
{
    static const enum tag tags[] = {F_TYPE,       F_SAID_GIVER, F_SAID_RECEIVER, F_SAID_ITEM,
                                    F_SAID_STAGE, F_UNIT,       F_AMOUNT,        F_UPTO};
    struct buf out = {.arena = a};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        buf_addf(&out, "|");
        for (uint32_t k = 0; k < r->count; k++) {
            const struct field *f = &r->fields[k];
            if (f->tag != tags[i]) continue;
            if (f->text)
                buf_addf(&out, "%s,", text_fold(a, f->text));
            else
                buf_addf(&out, "%" PRId64 "e%" PRId32 ",", f->n, f->scale);
        }
    }
    return out.text;
}

static const struct record *passage_of(const struct book *b, const struct record *statement)
{
    uint64_t id = record_ref(statement, F_PASSAGE);
    return id ? book_record(b, id) : NULL;
}

/* The statements of a source, as they are now. */
static void statements_of(const struct issues *s, uint64_t source, struct all *out)
{
    uint32_t count;
    const struct record *const *list = book_records(s->b, KIND_STATEMENT, &count);
    *out = (struct all){0};
    for (uint32_t i = 0; i < count; i++) {
        const struct record *passage = passage_of(s->b, list[i]);
        if (!passage || record_ref(passage, F_SOURCE) != source) continue;
        if (!record_field(passage, F_BEGIN)) continue;
        if (!book_current(s->b, list[i], INT64_MAX)) continue;
        out->list = arena_more(s->p->arena, out->list, out->count, &out->room, sizeof *out->list);
        out->list[out->count++] = (struct one){list[i], says(s->p->arena, list[i])};
    }
}

/* The nth statement that says so here is the nth that says so there. */
static enum rc link_statements(struct issues *s, struct err *err)
{
    struct all mine, other;
    struct map said = {.arena = s->p->arena}, seen = {.arena = s->p->arena};
    enum rc rc = RC_OK;
    statements_of(s, s->mine->id, &mine);
    statements_of(s, s->other->id, &other);
    for (uint32_t i = 0; i < other.count; i++) {
        const uint64_t *n = map_get(&seen, other.list[i].says);
        uint64_t nth = n ? *n : 0;
        map_put(&seen, other.list[i].says, nth + 1);
        map_put(&said, text_format(s->p->arena, "%" PRIu64 "%s", nth, other.list[i].says), i);
    }
    seen = (struct map){.arena = s->p->arena};
    for (uint32_t i = 0; i < mine.count && !rc; i++) {
        const uint64_t *n = map_get(&seen, mine.list[i].says);
        uint64_t nth = n ? *n : 0;
        map_put(&seen, mine.list[i].says, nth + 1);
        const uint64_t *at =
            map_get(&said, text_format(s->p->arena, "%" PRIu64 "%s", nth, mine.list[i].says));
        if (at) rc = add_edge(s, "restates", mine.list[i].record, other.list[*at].record, err);
    }
    return rc;
}

/* --- what is no longer read --- */

/* A candidate that the reader, who has learnt since, takes for none. What a person chose stays. */
static enum rc retire(struct posting *p, const struct record *was, const char *author,
                      struct err *err)
{
    struct record *r = record_copy(p->arena, was);
    r->id = 0;
    r->idem = NULL;
    record_set_text(p->arena, r, F_VERDICT, "rejected");
    record_set_text(p->arena, r, F_AUTHOR, author);
    record_set_text(p->arena, r, F_WHY, "no longer read in the document");
    return posting_add(p, r, NULL, err);
}

static enum rc retire_from(struct posting *p, const struct record *source, const struct map *read,
                           const char *author, struct posted *out, struct err *err)
{
    struct issues s = {.p = p, .b = p->view->book};
    struct all known;
    enum rc rc = RC_OK;
    statements_of(&s, source->id, &known);
    for (uint32_t i = 0; i < known.count && !rc; i++) {
        const struct record *r = known.list[i].record;
        bool open = record_field(r, F_INFERRED) && !record_text(r, F_VERDICT);
        if (!open || map_get(read, record_text(r, F_KEY))) continue;
        rc = retire(p, r, author, err);
        out->removed += !rc;
    }
    return rc;
}

enum rc retire_unread(struct posting *p, const struct intake *in, const char *author,
                      struct posted *out, struct err *err)
{
    struct map read = {.arena = p->arena};
    enum rc rc = RC_OK;
    bool any = false; /* source whose words were read */
    for (uint32_t i = 0; i < in->count; i++) {
        any |= in->records[i]->kind == KIND_SOURCE && record_text(in->records[i], F_SKETCH);
    }
    for (uint32_t i = 0; i < in->count && any; i++) {
        const char *key = record_text(in->records[i], F_KEY);
        if (in->records[i]->kind == KIND_STATEMENT && key) map_put(&read, key, 1);
    }
    for (uint32_t i = 0; i < in->count && !rc; i++) {
        const struct record *draft = in->records[i];
        if (draft->kind != KIND_SOURCE || !record_text(draft, F_SKETCH)) continue;
        uint32_t noun = book_noun(p->view->book, KIND_SOURCE, record_text(draft, F_KEY));
        const struct record *source =
            noun == NONE ? NULL : book_version(p->view->book, noun, INT64_MAX);
        if (source) rc = retire_from(p, source, &read, author, out, err);
    }
    return rc;
}

enum rc link_issues(struct posting *p, const struct intake *in, const char *author, struct err *err)
{
    enum rc rc = RC_OK;
    for (uint32_t i = 0; i < in->count && !rc; i++) {
        const struct record *draft = in->records[i];
        if (draft->kind != KIND_SOURCE || !record_text(draft, F_SKETCH)) continue;
        uint32_t noun = book_noun(p->view->book, KIND_SOURCE, record_text(draft, F_KEY));
        if (noun == NONE) continue;
        struct issues s = {.p = p, .b = p->view->book, .author = author};
        s.mine = book_version(s.b, noun, INT64_MAX);
        s.other = record_text(s.mine, F_SKETCH) ? other_issue(s.b, s.mine) : NULL;
        if (!s.other) continue;
        int64_t mine_ms = record_int(s.mine, F_STATED, 0);
        int64_t other_ms = record_int(s.other, F_STATED, 0);
        s.mine_later = mine_ms == other_ms ? s.mine->id > s.other->id : mine_ms > other_ms;
        bool same = sketch_same(record_text(s.mine, F_SKETCH), record_text(s.other, F_SKETCH));
        rc = add_edge(&s, same ? "restates" : "revises", s.mine, s.other, err);
        if (!rc) rc = link_statements(&s, err);
    }
    return rc;
}
