/*
 * round.c - see round.h.
 *
 * No ids, only keys: an id counts the records before it, hidden ones too.
 */
#include "report/round.h"

#include <string.h>

#include "base/text.h"
#include "report/words.h"

static const char *key_or_null(const struct book *b, uint32_t noun)
{
    return noun == NONE ? NULL : book_key(b, noun);
}

static struct cell day_cell(struct arena *a, const struct record *r, enum tag tag)
{
    const struct field *f = r ? record_field(r, tag) : NULL;
    return f ? cell_text(day_text(a, (int32_t)f->n, PRECISION_DAY)) : cell_null();
}

/* --- all of them --- */

struct answer *report_rounds(struct arena *a, const struct book *b, const struct rounds *rounds)
{
    struct answer *w = answer_new(a, "Rounds");
    struct rows *rows = answer_rows(w, "rows");
    rows_columns(rows, "round state asked agreed in_part refused lapsed until author why");
    for (uint32_t i = 0; i < rounds->count; i++) {
        const struct round *r = &rounds->list[i];
        uint32_t of[PROPOSAL_STATES] = {0};
        for (uint32_t k = r->begin; k < r->end; k++) of[rounds->proposals[k].state]++;
        ROW(rows, cell_text(book_key(b, r->noun)), cell_text(round_state_name(r->state)),
            cell_count(of[PROPOSAL_ASKED]), cell_count(of[PROPOSAL_AGREED]),
            cell_count(of[PROPOSAL_PARTLY]), cell_count(of[PROPOSAL_REFUSED]),
            cell_count(of[PROPOSAL_LAPSED]), day_cell(a, r->record, F_UNTIL),
            cell_text(record_text(r->opened, F_AUTHOR)), cell_text(record_text(r->opened, F_WHY)));
    }
    return w;
}

/* --- one --- */

static struct cell dec_cell(const struct record *r, enum tag tag)
{
    const struct field *f = r ? record_field(r, tag) : NULL;
    return f ? cell_decimal((struct dec){f->n, f->scale}, f->scale) : cell_null();
}

static void put_run(struct arena *a, const struct book *b, const struct record *run,
                    struct answer *w)
{
    struct buf options = {.arena = a};
    char known[INSTANT_TEXT];
    for (uint32_t i = 0; run && i < run->count; i++) {
        if (run->fields[i].tag != F_OPTION) continue;
        buf_addf(&options, "%s%s", options.len ? " " : "", run->fields[i].text);
    }
    const struct field *moment = run ? record_field(run, F_MOMENT) : NULL;
    answer_put(w, "planned_for", day_cell(a, run, F_DAY));
    answer_put(w, "known",
               moment ? cell_text(arena_text(a, instant_format(moment->n, known))) : cell_null());
    answer_put(w, "head", run ? cell_label(record_int(run, F_HEAD, 0)) : cell_null());
    answer_put(w, "root", cell_text(run ? record_text(run, F_HASH) : NULL));
    uint64_t viewer = run ? record_ref(run, F_PARTY) : 0;
    answer_put(w, "viewer", cell_text(viewer ? book_key(b, book_noun_of(b, viewer)) : NULL));
    answer_put(w, "objective", dec_cell(run, F_OBJECTIVE));
    answer_put(w, "bound", dec_cell(run, F_BOUND));
    answer_put(w, "options", cell_text(options.text));
}

/* The line that a consent made or continued. */
static const char *line_of(const struct book *b, const struct proposal *p)
{
    uint64_t entry = p->answer ? record_ref(p->answer, F_OBJECT) : 0;
    uint32_t row = entry ? book_row(b, entry) : NONE, count;
    if (row == NONE) return NULL;
    return book_key(b, book_lines(b, &count)[book_columns(b)->line[row]].noun);
}

static void put_proposal(struct arena *a, const struct book *b, const struct proposal *p,
                         struct rows *rows)
{
    int places;
    const char *unit = item_unit(b, p->item, INT64_MAX, &places);
    bool agreed = p->state == PROPOSAL_AGREED || p->state == PROPOSAL_PARTLY;
    const char *why = record_text(p->answer ? p->answer : p->record, F_WHY);
    ROW(rows, cell_text(book_key(b, p->noun)), cell_text(book_key(b, p->giver)),
        cell_text(book_key(b, p->receiver)), cell_text(book_key(b, p->item)),
        cell_quantity(p->qty, places), cell_text(unit),
        cell_text(key_or_null(b, p->lot != NONE ? p->lot : p->line)),
        cell_text(key_or_null(b, p->need)), cell_text(key_or_null(b, p->hub)),
        cell_text(day_text(a, (int32_t)record_int(p->record, F_DAY, 0), PRECISION_MONTH)),
        day_cell(a, p->record, F_UNTIL), cell_text(proposal_state_name(p->state)),
        agreed ? cell_quantity(p->agreed, places) : cell_null(), cell_text(line_of(b, p)),
        cell_text(why));
}

struct answer *report_round(struct arena *a, const struct book *b, const struct rounds *rounds,
                            const struct round *round)
{
    const char *key = book_key(b, round->noun);
    struct answer *w = answer_new(a, text_format(a, "Round %s", key));
    answer_put(w, "round", cell_text(key));
    answer_put(w, "name", cell_text(record_text(round->record, F_NAME)));
    answer_put(w, "state", cell_text(round_state_name(round->state)));
    bool closed = round->state == ROUND_CLOSED;
    answer_put(w, "why", cell_text(record_text(round->opened, F_WHY)));
    answer_put(w, "closed_why", cell_text(closed ? record_text(round->record, F_WHY) : NULL));
    answer_put(w, "until", day_cell(a, round->record, F_UNTIL));
    put_run(a, b, round->run, w);
    struct rows *rows = answer_rows(w, "proposals");
    rows->title = "Asked for";
    rows->empty = "nothing";
    rows_columns(rows, "proposal giver receiver item qty unit from need hub month due state agreed"
                       " line why");
    for (uint32_t i = round->begin; i < round->end; i++) {
        put_proposal(a, b, &rounds->proposals[i], rows);
    }
    return w;
}
