/*
 * reopen.c - a choice is taken back; see settle.h.
 *
 * What hangs on the choice is taken back with it, and only that: where a
 * person moved a quantity on since, or added to the line, nothing is done and
 * the entry that stands in the way is named.
 */
#include <inttypes.h>
#include <string.h>

#include "inbox/settle_inside.h"

/* The last version that a reader left, before anybody chose; NULL. */
static const struct record *version_read(const struct book *b, uint32_t noun)
{
    uint32_t count;
    const struct record *const *list = book_records(b, book_kind(b, noun), &count), *found = NULL;
    for (uint32_t i = 0; i < count; i++) {
        const struct record *r = list[i];
        if (book_noun_of(b, r->id) != noun) continue;
        if (!record_text(r, F_VERDICT) && !record_field(r, F_RESOLVED)) found = r;
    }
    return found;
}

static bool is_live(const struct columns *c, uint32_t row)
{
    return !(c->flags[row] & (ROW_REVERSED | ROW_REVERSAL));
}

/* Take back the entries that the acceptance posted on a line. */
static enum rc take_entries_back(struct posting *p, const struct record *line, uint64_t passage,
                                 const struct choice *choice, struct made *made, struct err *err)
{
    struct book *b = p->view->book;
    const struct columns *c = book_columns(b);
    uint32_t count;
    uint32_t last = book_lines(b, &count)[book_line(b, line->id)].last_row;
    for (uint32_t row = last; row != NONE; row = c->prev[row]) {
        if (!is_live(c, row)) continue;
        if (row_from(c, row) == STAGE_WORLD && c->passage[row] == passage) continue;
        return fail(err, RC_RULE,
                    "entry %" PRIu32 " of line %.80s came later: take that back first", c->id[row],
                    record_text(line, F_KEY));
    }
    for (uint32_t row = last, before; row != NONE; row = before) {
        uint64_t id = 0;
        before = book_columns(b)->prev[row]; /* the columns move when a row is added */
        if (!is_live(book_columns(b), row)) continue;
        enum rc rc = posting_reverse(p, row, choice->why, choice->author, NULL, &id, err);
        if (rc) return rc;
        made_add(made, id);
    }
    return RC_OK;
}

static enum rc take_noun_back(struct posting *p, const struct record *object, uint64_t passage,
                              const struct choice *choice, struct made *made, struct err *err)
{
    const struct book *b = p->view->book;
    const struct record *now = book_version(b, book_noun_of(b, object->id), INT64_MAX);
    enum rc rc = RC_OK;
    if (now->kind == KIND_LINE) rc = take_entries_back(p, now, passage, choice, made, err);
    if (rc) return rc;
    struct record *r = version_draft(p, now, choice);
    record_drop(r, F_VERDICT);
    record_set_text(p->arena, r, F_VERDICT, VERDICT_TAKEN_BACK);
    return posting_add(p, r, NULL, err);
}

/* The edges from a statement to what it made or restates. */
static enum rc take_edges_back(struct posting *p, uint32_t noun, const struct choice *choice,
                               struct made *made, struct err *err)
{
    static const char *const types[] = {"makes", "restates"};
    const struct book *b = p->view->book;
    const struct record *said = book_version(b, noun, INT64_MAX);
    for (int i = 0; i < 2; i++) {
        uint32_t edge = book_noun(b, KIND_EDGE, edge_key(p->arena, types[i], book_key(b, noun)));
        const struct record *r = edge == NONE ? NULL : book_version(b, edge, INT64_MAX);
        if (!r || record_text(r, F_VERDICT)) continue;
        const struct record *object = book_record(b, record_ref(r, F_OBJECT));
        enum rc rc = RC_OK;
        if (i == 0) {
            rc = take_noun_back(p, object, record_ref(said, F_PASSAGE), choice, made, err);
        }
        if (rc) return rc;
        struct record *gone = version_draft(p, r, choice);
        record_set_text(p->arena, gone, F_VERDICT, VERDICT_TAKEN_BACK);
        rc = posting_add(p, gone, NULL, err);
        if (rc) return rc;
    }
    return RC_OK;
}

enum rc settle_reopen(struct posting *p, uint32_t noun, const struct choice *choice,
                      struct made *made, struct err *err)
{
    struct book *b = p->view->book;
    uint64_t id = 0;
    const struct record *now = book_version(b, noun, INT64_MAX);
    const struct record *was = version_read(b, noun);
    if (!choice->why) return fail(err, RC_RULE, "why the choice is taken back is not said");
    if (!record_text(now, F_VERDICT) && !record_field(now, F_RESOLVED)) {
        return fail(err, RC_RULE, "nobody chose about it");
    }
    if (!was) return fail(err, RC_RULE, "it never was anything else");
    enum rc rc = take_edges_back(p, noun, choice, made, err);
    if (rc) return rc;
    rc = posting_add(p, version_draft(p, was, choice), &id, err);
    if (!rc) made_add(made, id);
    return rc;
}
