/* flags.c - see flags.h. */
#include "report/flags.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/text.h"
#include "measure/figures.h"
#include "measure/worth.h"

struct flags {
    struct arena *arena;
    const struct book *book;
    const struct flags_question *q;
    uint32_t party;
    struct rows *rows;
};

/* Where a flag points: in the words of whoever set it. */
struct place {
    const char *file, *sheet, *column;
    int64_t row; /* 0: none */
};

static struct cell text_cell(const char *text)
{
    return text && *text ? cell_text(text) : cell_null();
}

static struct cell place_cell(struct arena *a, const struct place *p)
{
    struct object *o = object_new(a);
    object_put(o, "file", text_cell(p->file));
    object_put(o, "sheet", text_cell(p->sheet));
    object_put(o, "row", p->row ? cell_label(p->row) : cell_null());
    object_put(o, "column", text_cell(p->column));
    return cell_object(o);
}

/* The digits after "R" up to `end` ('!' or the end of the text); -1 if they are not that. */
static int64_t row_number(const char *at, const char **rest)
{
    size_t len = *at == 'R' ? strspn(at + 1, "0123456789") : 0;
    if (len == 0 || len > 9 || (at[1 + len] && at[1 + len] != '!')) return -1;
    *rest = at + 1 + len + (at[1 + len] == '!');
    return strtoll(at + 1, NULL, 10);
}

/* "file!sheet!R12!column" and "file!R12!column" of a flag, "sheet!R12" of a passage. */
static bool split_place(struct arena *a, const char *text, struct place *out)
{
    const char *rest;
    for (const char *bang = strchr(text, '!'); bang; bang = strchr(bang + 1, '!')) {
        int64_t row = row_number(bang + 1, &rest);
        if (row < 0) continue;
        const char *before = arena_bytes(a, text, (size_t)(bang - text));
        const char *cut = strchr(before, '!');
        out->file = cut ? arena_bytes(a, before, (size_t)(cut - before)) : before;
        out->sheet = cut ? cut + 1 : NULL;
        out->row = row;
        out->column = rest;
        return true;
    }
    return false;
}

/* The place of a passage: its source's file, and a row where it names one. */
static struct place passage_place(struct arena *a, const struct book *b, uint64_t passage)
{
    struct place p = {0};
    const struct record *r = passage ? book_record(b, passage) : NULL;
    const char *place = r ? record_text(r, F_PLACE) : NULL;
    if (place && text_starts(place, "row ")) p.row = strtoll(place + 4, NULL, 10);
    if (place && split_place(a, place, &p)) p.sheet = p.file;
    const struct record *s = r ? book_record(b, record_ref(r, F_SOURCE)) : NULL;
    p.file = s ? record_text(s, F_ADDRESS) : NULL;
    return p;
}

static void add(struct flags *f, const char *rule, uint32_t party, const struct place *p,
                const char *value, const char *expected)
{
    ROW(f->rows, cell_text(rule), party == NONE ? cell_null() : cell_text(book_key(f->book, party)),
        place_cell(f->arena, p), text_cell(value), text_cell(expected));
}

static bool is_asked(const struct flags *f, const char *rule, uint32_t party, const char *series)
{
    if (f->q->rule && strcmp(f->q->rule, rule) != 0) return false;
    if (f->q->party && party != f->party) return false;
    return series_within(series, f->q->series);
}

/* What readers flagged; a state that a newer one superseded has no say. */
static void add_kept(struct flags *f)
{
    uint32_t count;
    const struct record *const *list = book_records(f->book, KIND_FLAG, &count);
    struct map stated = {.arena = f->arena};
    series_stated(&stated, f->book, f->q->at.known);
    for (uint32_t i = 0; i < count; i++) {
        const struct record *r = list[i];
        const char *rule = record_text(r, F_TYPE), *place = record_text(r, F_PLACE);
        uint32_t party = book_noun_of(f->book, record_ref(r, F_PARTY));
        if (!book_current(f->book, r, f->q->at.known) || !is_newest(&stated, r)) continue;
        if (!is_asked(f, rule, party, record_text(r, F_SERIES))) continue;
        struct place p = {0};
        if (place && !split_place(f->arena, place, &p)) p.column = place;
        add(f, rule, party, &p, record_text(r, F_TEXT), record_text(r, F_NOTE));
    }
}

static void add_doubt(void *ctx, const struct doubt *d)
{
    struct flags *f = ctx;
    if (!is_asked(f, d->rule, d->party, d->series)) return;
    struct place p = passage_place(f->arena, f->book, d->passage);
    p.column = d->what;
    add(f, d->rule, d->party, &p, d->value, d->expected);
}

enum rc report_flags(struct arena *a, struct book *b, const struct flags_question *q,
                     struct answer **out, struct err *err)
{
    struct flags f = {.arena = a, .book = b, .q = q, .party = NONE};
    if (q->party && (f.party = book_noun(b, KIND_PARTY, q->party)) == NONE) {
        return fail(err, RC_ABSENT, "no party '%.80s' in this book", q->party);
    }
    struct answer *w = answer_new(a, "What cannot be right");
    f.rows = answer_rows(w, "flags");
    f.rows->empty = "nothing to flag";
    rows_columns(f.rows, "rule party place value expected");
    add_kept(&f);
    measure_doubts(a, b, &q->at, add_doubt, &f);
    *out = w;
    return RC_OK;
}
