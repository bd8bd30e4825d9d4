/*
 * said.c - see said.h. A match is a row. People read the quotation and its
 * differences below the table, which would be too wide with them.
 */
#include "report/said.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/sha.h"
#include "base/text.h"

static const char *const kinds[PIECE_KIND_COUNT] = {NULL, "statement", "question", "answer",
                                                    "moderator"};

static struct cell day_cell(struct arena *a, int32_t day)
{
    return day == PIECE_NO_DAY ? cell_null() : cell_text(day_text(a, day, PRECISION_DAY));
}

static struct cell turn_cell(uint32_t turn)
{
    return turn ? cell_label(turn) : cell_null();
}

/* The key of a document's source, as importing gives it. */
static struct cell source_cell(struct arena *a, const struct piece_document *d)
{
    char hex[SHA_HEX];
    hex_encode(d->hash, SHA_BYTES, hex);
    return cell_text(text_format(a, "sha256:%s", hex));
}

/* --- quotations --- */

static struct cell differences(struct arena *a, const struct compared *c)
{
    struct object_list *list = NEW(a, struct object_list);
    const struct object **items = NEW_ARRAY(a, c->count + 1, const struct object *);
    for (uint32_t i = 0; i < c->count; i++) {
        const struct difference *d = &c->differences[i];
        struct object *o = object_new(a);
        object_put(o, "kind", cell_text(difference_name(d->kind)));
        object_put(o, "asked", cell_text(d->asked));
        object_put(o, "said", cell_text(d->said));
        items[i] = o;
    }
    *list = (struct object_list){items, c->count};
    return cell_list(list);
}

/* number: asked "700", said "600"; dropped: said "not" */
static const char *differences_in_words(struct arena *a, const struct compared *c)
{
    struct buf b = {.arena = a};
    for (uint32_t i = 0; i < c->count; i++) {
        const struct difference *d = &c->differences[i];
        buf_addf(&b, "%s%s:", i ? "; " : "", difference_name(d->kind));
        if (d->asked) buf_addf(&b, " asked \"%s\"%s", d->asked, d->said ? "," : "");
        if (d->said) buf_addf(&b, " said \"%s\"", d->said);
        if (d->kind == DIFF_SPEAKER && !d->said) buf_add(&b, ", said by nobody who is named");
    }
    return c->count ? b.text : NULL;
}

static struct cell question_cell(struct arena *a, const struct found *f)
{
    if (!f->question) return cell_null();
    struct object *o = object_new(a);
    object_put(o, "speaker", cell_text(f->asker));
    object_put(o, "turn", turn_cell(f->question_turn));
    object_put(o, "text", cell_text(f->question));
    return cell_object(o);
}

/* What was said, what differs, and what had been asked. */
static void tell(struct answer *w, const struct find_match *m, bool several)
{
    struct arena *a = w->arena;
    const struct found *f = &m->found;
    const char *differ = differences_in_words(a, &m->compared);
    const char *which =
        several ? text_format(a, "%s, turn %" PRIu32 ": ", f->document->name, f->piece.turn) : "";
    answer_note(w, "%s\"%s\"", which, text_squeeze(a, f->text));
    if (differ) answer_note(w, "%s", differ);
    if (f->question) {
        answer_note(w, "asked by %s: %s", f->asker ? f->asker : "somebody not named", f->question);
    }
}

static void match_columns(struct rows *rows)
{
    rows_columns(rows, "document");
    rows_column(rows, "title", NULL, COLUMN_NO_TEXT);
    rows_columns(rows, "date speaker turn kind start end");
    rows_column(rows, "quote", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "differences", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "question", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "source", NULL, COLUMN_NO_TEXT);
}

struct answer *report_quotation(struct arena *a, const struct find_quotation *q,
                                const struct find_filter *filter, bool people)
{
    static const char *const titles[] = {"Nobody said so", "Said, in other words",
                                         "Said word for word"};
    struct answer *w = answer_new(a, titles[q->verdict]);
    answer_put(w, "verdict", cell_text(find_verdict_name(q->verdict)));
    struct rows *rows = answer_rows(w, "matches");
    rows->empty = filter->speaker || filter->after != PIECE_NO_DAY || filter->before != PIECE_NO_DAY
                      ? "nothing near enough among what was asked for"
                      : "nothing near enough in this store";
    match_columns(rows);
    for (uint32_t i = 0; i < q->count; i++) {
        const struct find_match *m = &q->matches[i];
        const struct found *f = &m->found;
        ROW(rows, cell_text(f->document->name), cell_text(f->document->title),
            day_cell(a, f->document->day), cell_text(f->speaker), turn_cell(f->piece.turn),
            cell_text(kinds[f->piece.kind]), cell_label(f->begin), cell_label(f->end),
            cell_text(f->text), differences(a, &m->compared), question_cell(a, f),
            source_cell(a, f->document));
    }
    for (uint32_t i = 0; people && i < q->count; i++) tell(w, &q->matches[i], q->count > 1);
    if (q->more) answer_note(w, "It stands in more places; --limit shows them.");
    return w;
}

/* --- the book's own quotations --- */

/* Whether all words that are asked for are in the name. */
static bool is_speaker(struct arena *a, const char *name, const char *asked)
{
    const char *folded = name ? text_fold(a, name) : "";
    const char *words = asked ? text_fold(a, asked) : "";
    while (*words) {
        size_t len = strcspn(words, " ");
        if (len && !strstr(folded, arena_bytes(a, words, len))) return false;
        words += len + strspn(words + len, " ");
    }
    return true;
}

static bool is_asked_for(struct arena *a, const struct candidate *c, const struct find_filter *f)
{
    bool dated = f->after != PIECE_NO_DAY || f->before != PIECE_NO_DAY;
    if (!c->passage || !*candidate_quote(c)) return false;
    if (!is_speaker(a, record_text(c->record, F_SPEAKER), f->speaker)) return false;
    if (dated && c->day == DAY_MAX) return false;
    if (f->after != PIECE_NO_DAY && c->day < f->after) return false;
    return f->before == PIECE_NO_DAY || c->day <= f->before;
}

/* "turn 12" */
static uint32_t turn_of(const struct record *turn)
{
    const char *place = turn ? record_text(turn, F_PLACE) : NULL;
    return place && text_starts(place, "turn ") ? (uint32_t)strtoul(place + 5, NULL, 10) : 0;
}

struct answer *report_quotations(struct arena *a, const struct candidates *all,
                                 const struct find_filter *filter, const struct clocks *at,
                                 uint32_t limit)
{
    struct answer *w = answer_new(a, "What this book quotes");
    uint32_t more = 0;
    answer_put(w, "verdict", cell_null());
    struct rows *rows = answer_rows(w, "matches");
    rows->empty = "this book quotes nobody";
    match_columns(rows);
    static const struct compared same;
    for (uint32_t i = 0; i < all->count; i++) {
        const struct candidate *c = &all->list[i];
        const struct record *p = c->passage, *turn = c->turn;
        if (!is_asked_for(a, c, filter) || c->passage->recorded_ms > at->known) continue;
        if (c->day != DAY_MAX && c->day > at->effective) continue;
        if (limit && rows->count >= limit) {
            more++;
            continue;
        }
        ROW(rows, cell_text(c->source ? record_text(c->source, F_ADDRESS) : NULL),
            cell_text(candidate_document(c)),
            c->day == DAY_MAX ? cell_null() : cell_text(day_text(a, c->day, PRECISION_DAY)),
            cell_text(record_text(c->record, F_SPEAKER)), turn_cell(turn_of(turn)),
            cell_text(turn ? record_text(turn, F_TYPE) : NULL),
            cell_label(record_int(p, F_BEGIN, 0)), cell_label(record_int(p, F_END, 0)),
            cell_text(candidate_quote(c)), differences(a, &same), cell_null(),
            cell_text(c->source ? record_text(c->source, F_KEY) : NULL));
    }
    answer_note(w, "No TEXT was asked about: these are the words of the statements in this book,"
                   " each as it stands in its document.");
    if (more) answer_note(w, "%" PRIu32 " more; --limit shows them.", more);
    return w;
}

/* --- words --- */

static const char *month_text(struct arena *a, int32_t month)
{
    if (month == INT32_MIN) return NULL;
    return text_format(a, "%04d-%02d", (int)(month / 12), (int)(month % 12 + 1));
}

struct answer *report_hits(struct arena *a, const char *words, const struct find_hits *h)
{
    struct answer *w = answer_new(a, text_format(a, "Said: %s", words));
    answer_put(w, "words", cell_text(words));
    answer_put(w, "turns", cell_count((i128)h->total));
    struct rows *hits = answer_rows(w, "hits");
    hits->empty = "nobody said that";
    rows_columns(hits, "document");
    rows_column(hits, "title", NULL, COLUMN_NO_TEXT);
    rows_columns(hits, "date speaker turn kind");
    rows_column(hits, "start", NULL, COLUMN_NO_TEXT);
    rows_column(hits, "end", NULL, COLUMN_NO_TEXT);
    rows_columns(hits, "snippet");
    rows_column(hits, "source", NULL, COLUMN_NO_TEXT);
    for (uint32_t i = 0; i < h->count; i++) {
        const struct found *f = &h->list[i];
        ROW(hits, cell_text(f->document->name), cell_text(f->document->title),
            day_cell(a, f->document->day), cell_text(f->speaker), turn_cell(f->piece.turn),
            cell_text(kinds[f->piece.kind]), cell_label(f->begin), cell_label(f->end),
            cell_text(f->text), source_cell(a, f->document));
    }
    struct rows *months = answer_rows(w, "months");
    months->title = "By month";
    months->empty = "no month";
    rows_columns(months, "month");
    rows_column(months, "turns", NULL, COLUMN_BAR);
    for (uint32_t i = 0; i < h->month_count; i++) {
        const struct find_month *m = &h->months[i];
        ROW(months, cell_text(month_text(a, m->month)), cell_count((i128)m->count));
    }
    w->main = hits;
    if (h->total > h->count) {
        answer_note(w, "The newest %" PRIu32 " of %" PRIu64 "; --limit shows more.", h->count,
                    h->total);
    }
    return w;
}
