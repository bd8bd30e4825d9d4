/* posting.c - one commit in the making; see post.h. */
#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/sha.h"
#include "base/text.h"
#include "post/inside.h"

void posting_begin(struct posting *p, struct arena *a, struct view *view, int64_t now_ms)
{
    int64_t last = book_last_ms(view->book);
    if (view->head.recorded_ms > last && view->head.last > 0) last = view->head.recorded_ms;
    bool first = view->head.last == 0;
    *p = (struct posting){
        .arena = a, .view = view, .now_ms = first || now_ms > last ? now_ms : last + 1};
}

/* The latest record of that key, of any kind that the field may point at. */
static uint64_t find_key(const struct book *b, uint32_t kinds, const char *key)
{
    for (int i = 1; i <= REF_KINDS; i++) {
        if (!(kinds & KIND_BIT(ref_kind(i)))) continue;
        uint32_t noun = book_noun(b, ref_kind(i), key);
        if (noun != NONE) return book_latest(b, noun)->id;
    }
    return 0;
}

static enum rc resolve(const struct posting *p, struct record *r, struct err *err)
{
    for (uint32_t i = 0; i < r->count; i++) {
        struct field *f = &r->fields[i];
        if (record_fields[f->tag].type != TYPE_REF || f->n) continue;
        uint64_t id = find_key(p->view->book, record_fields[f->tag].refs, f->text);
        if (!id) {
            return fail(err, RC_ABSENT, "no %s '%.150s' in the book", record_fields[f->tag].name,
                        f->text);
        }
        f->n = (int64_t)id;
        f->text = NULL;
        f->len = 0;
    }
    return RC_OK;
}

static const char *idem_of(const struct posting *p, const struct record *r)
{
    const char *key = record_text(r, F_KEY);
    uint32_t noun = key ? book_noun(p->view->book, r->kind, key) : NONE;
    uint32_t before = noun == NONE ? 0 : book_latest(p->view->book, noun)->versions;
    if (noun != NONE && record_field(r, F_SCENARIO)) {
        before = book_latest(p->view->book, noun)->supposed;
    }
    return record_idem(p->arena, r, (uint64_t)before + 1);
}

/* What is recorded in a scenario's view belongs to that scenario, and nothing else does. */
static enum rc put_on_branch(const struct posting *p, struct record *r, struct err *err)
{
    uint64_t of = record_ref(r, F_SCENARIO), here = p->view->scenario;
    if (here && r->kind == KIND_SCENARIO) {
        return fail(err, RC_RULE, "a scenario branches off the book, not off another one");
    }
    if (of && of != here) return fail(err, RC_RULE, "what is supposed stays in its scenario");
    record_set_ref(p->arena, r, F_SCENARIO, here);
    return RC_OK;
}

enum rc draft_check(struct posting *p, const struct record *draft, struct err *err)
{
    struct record *r = record_lend(p->arena, draft);
    enum rc rc = resolve(p, r, err);
    return rc ? rc : record_check(r, err);
}

/* Drawn by the dozen, for a generator takes as long for one as for many. */
static void salt(struct posting *p, struct record *r)
{
    if (p->salting) {
        p->salting->fill(p->salting->ctx, r->salt, SALT_BYTES);
        return;
    }
    if (!p->salts_left) random_bytes(p->salts, sizeof p->salts);
    p->salts_left = (p->salts_left ? p->salts_left : POSTING_SALTS) - 1;
    memcpy(r->salt, p->salts[p->salts_left], SALT_BYTES);
}

enum rc posting_add(struct posting *p, struct record *draft, uint64_t *id, struct err *err)
{
    struct record *r = p->lent ? record_lend(p->arena, draft) : record_copy(p->arena, draft);
    if (p->lent) r->label = arena_text(p->arena, draft->label); /* perhaps the book's */
    enum rc rc = put_on_branch(p, r, err);
    if (!rc) rc = resolve(p, r, err);
    if (!rc) rc = record_check(r, err);
    if (rc) return rc;
    r->id = p->view->head.last + p->count + 1;
    r->recorded_ms = p->now_ms;
    r->idem = idem_of(p, r);
    salt(p, r);
    rc = book_apply(p->view->book, r, err);
    if (rc) return rc;
    p->records = arena_more(p->arena, p->records, p->count, &p->room, sizeof *p->records);
    p->records[p->count++] = r;
    if (id) *id = r->id;
    return RC_OK;
}

/* What is kept is kept, also where the store goes away behind it: who asks next is told. */
void posting_stands(struct view *view)
{
    struct commit head;
    struct err gone;
    if (!view->store->ops->head(view->store, &head, &gone)) view->head = head;
}

enum rc posting_commit(struct posting *p, struct err *err)
{
    enum rc rc = store_append(p->view->store, (const struct record *const *)p->records, p->count,
                              p->evidence, p->evidence_count, err);
    if (rc) return rc;
    p->view->head.last += p->count;
    if (p->count) p->view->head.recorded_ms = p->now_ms;
    p->count = 0;
    p->evidence_count = 0;
    posting_stands(p->view);
    return RC_OK;
}

enum rc whole_entry(struct posting *p, uint32_t row, struct record *out, struct err *err)
{
    uint64_t id = book_columns(p->view->book)->id[row];
    if (id > p->view->head.last) {
        *out = *p->records[id - p->view->head.last - 1];
        return RC_OK;
    }
    return view_record(p->arena, p->view, id, out, err);
}

static enum rc reverse(struct posting *p, uint32_t row, const char *why, const char *author,
                       const char *key, int64_t stated_ms, uint64_t *id, struct err *err)
{
    struct record old;
    enum rc rc = whole_entry(p, row, &old, err);
    if (rc) return rc;
    struct record *r = record_new(p->arena, KIND_ENTRY);
    r->label = old.label;
    record_set_text(p->arena, r, F_KEY, key);
    record_set_ref(p->arena, r, F_LINE, record_ref(&old, F_LINE));
    record_set_int(p->arena, r, F_FROM, record_int(&old, F_TO, 0));
    record_set_int(p->arena, r, F_TO, record_int(&old, F_FROM, 0));
    record_set_int(p->arena, r, F_QTY, record_int(&old, F_QTY, 0));
    record_set_int(p->arena, r, F_DAY, record_int(&old, F_DAY, 0));
    if (record_field(&old, F_PRECISION)) {
        record_set_int(p->arena, r, F_PRECISION, record_int(&old, F_PRECISION, 0));
    }
    record_set_ref(p->arena, r, F_PASSAGE, record_ref(&old, F_PASSAGE));
    record_set_text(p->arena, r, F_AUTHOR, author);
    record_set_ref(p->arena, r, F_REVERSES, old.id);
    record_set_text(p->arena, r, F_WHY, why);
    if (!stated_ms) stated_ms = record_int(&old, F_STATED, 0);
    if (stated_ms) record_set_int(p->arena, r, F_STATED, stated_ms);
    return posting_add(p, r, id, err);
}

enum rc posting_reverse(struct posting *p, uint32_t row, const char *why, const char *author,
                        const char *key, uint64_t *id, struct err *err)
{
    return reverse(p, row, why, author, key, 0, id, err);
}

enum rc take_back(struct posting *p, uint32_t row, const char *why, const char *author,
                  const char *key, int64_t stated_ms, struct err *err)
{
    return reverse(p, row, why, author, key, stated_ms, NULL, err);
}

uint32_t live_rows(const struct posting *p, uint32_t line, const uint32_t **rows)
{
    const struct book *b = p->view->book;
    const struct columns *c = book_columns(b);
    uint32_t lines, count = 0, filled = 0;
    uint32_t last = book_lines(b, &lines)[line].last_row;
    for (uint32_t row = last; row != NONE; row = c->prev[row]) count++;
    uint32_t *live = NEW_ARRAY(p->arena, count ? count : 1, uint32_t);
    for (int from = STAGE_COUNT - 1; from >= 0; from--) {
        for (uint32_t row = last; row != NONE; row = c->prev[row]) {
            if (c->flags[row] & (ROW_REVERSED | ROW_REVERSAL)) continue;
            if ((int)row_from(c, row) == from) live[filled++] = row;
        }
    }
    *rows = live;
    return filled;
}

enum rc posting_revise_line(struct posting *p, struct record *draft, const char *why,
                            const char *author, uint64_t *id, struct err *err)
{
    struct book *b = p->view->book;
    uint32_t noun = book_noun(b, KIND_LINE, record_text(draft, F_KEY));
    if (noun == NONE) return posting_add(p, draft, id, err);

    enum rc rc = draft_check(p, draft, err); /* before anything is taken back for it */
    if (rc) return rc;
    const uint32_t *live;
    uint32_t count = live_rows(p, book_line(b, book_latest(b, noun)->id), &live);
    struct record *again = NEW_ARRAY(p->arena, count ? count : 1, struct record);
    for (uint32_t i = 0; i < count && !rc; i++) {
        rc = whole_entry(p, live[i], &again[i], err);
        const char *key = rc ? NULL : record_text(&again[i], F_KEY);
        if (!rc) rc = posting_reverse(p, live[i], why, author, key, NULL, err);
    }
    uint64_t line = 0;
    if (!rc) rc = posting_add(p, draft, &line, err);
    for (uint32_t i = count; i-- > 0 && !rc;) {
        struct record *r = record_copy(p->arena, &again[i]);
        record_set_ref(p->arena, r, F_LINE, line);
        rc = posting_add(p, r, NULL, err);
    }
    if (!rc && id) *id = line;
    return rc;
}
