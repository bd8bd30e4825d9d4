/* inbox.c - see inbox.h. */
#include "report/inbox.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct shown {
    struct arena *a;
    const struct inbox *in;
    const struct inbox_question *q;
    struct rows *rows;
    uint64_t matched;
};

/* --- which --- */

static bool has_word(struct arena *a, const char *text, const char *folded)
{
    return text && strstr(text_fold(a, text), folded);
}

static bool is_document(const struct shown *s, const struct candidate *c)
{
    const struct record *r = c->source;
    const char *word = s->q->document ? text_fold(s->a, s->q->document) : NULL;
    if (!word) return true;
    for (uint32_t i = 0; r && i < r->count; i++) {
        bool named = r->fields[i].tag == F_NAME || r->fields[i].tag == F_ADDRESS;
        if (named && has_word(s->a, r->fields[i].text, word)) return true;
    }
    return false;
}

static bool is_given(const struct candidate *c, const char *giver)
{
    for (uint32_t i = 0; i < c->record->count; i++) {
        const struct field *f = &c->record->fields[i];
        if (f->tag == F_SAID_GIVER && strcmp(f->text, giver) == 0) return true;
    }
    return false;
}

static bool is_again(const struct pair *p, const char *again)
{
    if (!again) return true;
    if (strcmp(again, "yes") == 0) return p->why != AGAIN_NOT;
    if (strcmp(again, "no") == 0) return p->why == AGAIN_NOT;
    return strcmp(again_name(p->why), again) == 0;
}

static bool is_state(const struct shown *s, uint32_t at)
{
    const struct candidate *c = &s->in->all->list[at];
    const char *state = s->q->state ? s->q->state : "open";
    if (strcmp(state, "open") == 0) return candidate_waits(s->in->all, at);
    if (strcmp(state, "accepted") == 0) return c->state == CANDIDATE_ACCEPTED;
    if (strcmp(state, "rejected") == 0) return c->state == CANDIDATE_REJECTED;
    return true;
}

static bool is_shown(const struct shown *s, uint32_t at)
{
    const struct candidate *c = &s->in->all->list[at];
    if (s->q->one && c->noun != s->q->noun) return false;
    if (c->day != DAY_MAX && c->day > s->q->effective) return false;
    if (!is_state(s, at) || !is_again(&s->in->relation->of[at], s->q->again)) return false;
    if (s->q->kind && strcmp(record_text(c->record, F_TYPE), s->q->kind) != 0) return false;
    if (s->q->giver && !is_given(c, s->q->giver)) return false;
    return is_document(s, c);
}

/* --- cells --- */

static struct cell day_cell(struct arena *a, int32_t day)
{
    return day == DAY_MAX ? cell_null() : cell_text(day_text(a, day, PRECISION_DAY));
}

static struct cell words_cell(const char *text)
{
    return text && *text ? cell_text(text) : cell_null();
}

static const char *parties_words(struct arena *a, const struct record *r, enum tag tag)
{
    struct buf b = {.arena = a};
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->fields[i].tag != tag) continue;
        buf_addf(&b, "%s%s", b.len ? ", " : "", r->fields[i].text);
    }
    return b.len ? b.text : "";
}

/* "about 600000000 EUR", "3 to 5 percent"; "" when no amount was said. */
static const char *amount_words(struct arena *a, const struct record *r)
{
    char low[DEC_TEXT], high[DEC_TEXT];
    const char *approx = record_text(r, F_APPROX), *unit = record_text(r, F_UNIT);
    if (!record_field(r, F_AMOUNT)) return "";
    dec_format(record_dec(r, F_AMOUNT), low);
    bool exact = !approx || strcmp(approx, "exact") == 0;
    bool range = record_field(r, F_UPTO);
    if (range) dec_format(record_dec(r, F_UPTO), high);
    return text_format(a, "%s%s%s%s%s%s%s", exact ? "" : approx, exact ? "" : " ", low,
                       range ? " to " : "", range ? high : "", unit ? " " : "", unit ? unit : "");
}

static const char *plan_qty(struct arena *a, const struct plan *p)
{
    const char *low = amount_spoken(a, p->low, p->places);
    const char *high = amount_spoken(a, p->high, p->places);
    const char *item = p->currency ? p->currency : p->item ? p->item : "";
    if (p->has_low && p->has_high && p->low == p->high) return text_format(a, "%s %s", low, item);
    if (p->has_low && p->has_high) return text_format(a, "%s to %s %s", low, high, item);
    if (p->has_low) return text_format(a, "at least %s %s", low, item);
    if (p->has_high) return text_format(a, "up to %s %s", high, item);
    return text_format(a, "%s, undisclosed", item);
}

const char *plan_words(struct arena *a, const struct plan *p)
{
    char day[DAY_TEXT];
    if (p->missing) return text_format(a, "%s (%s)", p->missing, p->option);
    if (p->makes == KIND_STATEMENT) return "kept as a statement";
    if (p->makes == KIND_DECISION) return "a decision";
    if (p->makes == KIND_NEED) {
        return text_format(a, "a need of %s: %s", p->receiver, plan_qty(a, p));
    }
    return text_format(a, "%s to %s: %s, %s on %s", p->giver, p->receiver, plan_qty(a, p),
                       stage_name(p->stage), day_format(p->day, day));
}

/* The entry that accepting would make; what it lacks is said beside what is there. */
static const struct object *plan_object(struct arena *a, const struct plan *p)
{
    struct object *o = object_new(a);
    bool line = p->makes == KIND_LINE;
    object_put(o, "makes", cell_text(kind_name(p->makes)));
    object_put(o, "giver", words_cell(p->giver));
    object_put(o, "receiver", words_cell(p->receiver));
    object_put(o, "item", words_cell(p->item));
    object_put(o, "currency", words_cell(p->currency));
    object_put(o, "from", line ? cell_text(stage_name(STAGE_WORLD)) : cell_null());
    object_put(o, "to", line ? cell_text(stage_name(p->stage)) : cell_null());
    object_put(o, "low", p->has_low ? cell_quantity(p->low, p->places) : cell_null());
    object_put(o, "high", p->has_high ? cell_quantity(p->high, p->places) : cell_null());
    object_put(o, "qty", p->qty ? cell_quantity(p->qty, p->places) : cell_null());
    object_put(o, "day", day_cell(a, p->day));
    object_put(o, "missing", words_cell(p->missing));
    object_put(o, "option", words_cell(p->option));
    return o;
}

static const char *reason_of(struct arena *a, const struct candidate *c, const struct pair *p)
{
    const char *dropped = c->dropped ? "a later issue of the document no longer says so" : "";
    if (!c->dropped || !*p->words) return c->dropped ? dropped : p->words;
    return text_format(a, "%s; %s", dropped, p->words);
}

/* --- candidates --- */

static void columns_of(struct rows *rows)
{
    rows_columns(rows, "id again");
    rows_column(rows, "day", NULL, 0);
    rows_column(rows, "speaker", NULL, 0);
    rows_column(rows, "kind", NULL, 0);
    rows_column(rows, "sentence", NULL, 0);
    rows_column(rows, "reason", NULL, 0);
    rows_column(rows, "would_make", "would make", COLUMN_ONLY_TEXT);
    rows_column(rows, "entry", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "earlier", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "line", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "points", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "state", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "document", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "before", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "after", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "quote", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "giver", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "receiver", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "item", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "stage", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "amount", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "author", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "why", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "key", NULL, COLUMN_NO_TEXT);
}

static struct cell id_cell(const struct shown *s, uint32_t at)
{
    return at == NONE ? cell_null() : cell_label((i128)s->in->all->list[at].record->id);
}

static void add_candidate(struct shown *s, uint32_t at)
{
    static const char *const states[] = {"open", "accepted", "rejected"};
    const struct candidate *c = &s->in->all->list[at];
    const struct pair *p = &s->in->relation->of[at];
    const struct record *r = c->record;
    struct plan plan;
    s->matched++;
    if (s->matched <= s->q->skip) return;
    if (s->q->limit && s->rows->count >= s->q->limit) return;
    plan_of(s->a, s->in->catalogue, r, NULL, &plan);
    const char *sentence = *c->sentence ? c->sentence : candidate_quote(c);
    ROW(s->rows, cell_label((i128)r->id), cell_text(again_name(p->why)), day_cell(s->a, c->day),
        words_cell(record_text(r, F_SPEAKER)), words_cell(record_text(r, F_TYPE)),
        words_cell(sentence), words_cell(reason_of(s->a, c, p)), cell_text(plan_words(s->a, &plan)),
        cell_object(plan_object(s->a, &plan)), id_cell(s, p->earlier),
        p->line == NONE ? cell_null() : cell_text(book_key(s->in->book, p->line)),
        cell_count(p->points), cell_text(states[c->state]), words_cell(candidate_document(c)),
        words_cell(c->before), words_cell(c->after), words_cell(candidate_quote(c)),
        words_cell(parties_words(s->a, r, F_SAID_GIVER)),
        words_cell(parties_words(s->a, r, F_SAID_RECEIVER)),
        words_cell(record_text(r, F_SAID_ITEM)), words_cell(record_text(r, F_SAID_STAGE)),
        words_cell(amount_words(s->a, r)), words_cell(record_text(r, F_AUTHOR)),
        words_cell(record_text(r, F_WHY)), cell_text(book_key(s->in->book, c->noun)));
}

static void add_counts(struct answer *w, const struct inbox *in)
{
    uint64_t waits = 0, again = 0, settled[3] = {0};
    for (uint32_t i = 0; i < in->all->count; i++) {
        settled[in->all->list[i].state]++;
        if (!candidate_waits(in->all, i)) continue;
        waits++;
        again += in->relation->of[i].why != AGAIN_NOT;
    }
    answer_put(w, "open", cell_count(waits));
    answer_put(w, "restatements", cell_count(again));
    answer_put(w, "accepted", cell_count(settled[CANDIDATE_ACCEPTED]));
    answer_put(w, "rejected", cell_count(settled[CANDIDATE_REJECTED]));
}

struct answer *report_inbox(struct arena *a, const struct inbox *in, const struct inbox_question *q)
{
    struct answer *w = answer_new(a, "Candidates");
    struct shown s = {.a = a, .in = in, .q = q};
    add_counts(w, in);
    s.rows = answer_rows(w, "candidates");
    s.rows->empty = "nothing waits";
    columns_of(s.rows);
    for (int again = 1; again >= 0; again--) { /* what was said before comes first */
        for (uint32_t i = 0; i < in->all->count; i++) {
            bool repeats = in->relation->of[i].why != AGAIN_NOT || in->all->list[i].dropped;
            if (repeats == again && is_shown(&s, i)) add_candidate(&s, i);
        }
    }
    uint64_t told = s.rows->count + (s.matched < q->skip ? s.matched : q->skip);
    if (told < s.matched) {
        answer_note(w, "%" PRIu64 " more; --limit 0 lists all", s.matched - told);
    }
    return w;
}

/* --- pairs --- */

/* Where a candidate stands: document, bytes. */
static const struct object *place_object(struct arena *a, const struct candidate *c)
{
    struct object *o = object_new(a);
    const struct record *p = c->passage;
    const char *file = c->source ? record_text(c->source, F_ADDRESS) : NULL;
    object_put(o, "id", cell_label((i128)c->record->id));
    object_put(o, "document", words_cell(file));
    object_put(o, "start", p ? cell_label(record_int(p, F_BEGIN, 0)) : cell_null());
    object_put(o, "end", p ? cell_label(record_int(p, F_END, 0)) : cell_null());
    object_put(o, "day", day_cell(a, c->day));
    object_put(o, "speaker", words_cell(record_text(c->record, F_SPEAKER)));
    object_put(o, "quote", words_cell(candidate_quote(c)));
    object_put(o, "sentence", words_cell(c->sentence));
    return o;
}

struct answer *report_pairs(struct arena *a, const struct inbox *in, const struct inbox_question *q)
{
    struct answer *w = answer_new(a, "Said before");
    struct shown s = {.a = a, .in = in, .q = q};
    s.rows = answer_rows(w, "pairs");
    s.rows->empty = "nothing is said twice";
    rows_columns(s.rows, "again points");
    rows_column(s.rows, "this", NULL, COLUMN_ONLY_TEXT);
    rows_column(s.rows, "repeats", NULL, COLUMN_ONLY_TEXT);
    rows_column(s.rows, "later", NULL, COLUMN_NO_TEXT);
    rows_column(s.rows, "earlier", NULL, COLUMN_NO_TEXT);
    rows_column(s.rows, "line", NULL, COLUMN_NO_TEXT);
    rows_column(s.rows, "reason", NULL, 0);
    for (uint32_t i = 0; i < in->relation->count; i++) {
        const struct pair *p = &in->relation->of[i];
        if (p->why == AGAIN_NOT || !is_shown(&s, i)) continue;
        s.matched++;
        if (q->limit && s.rows->count >= q->limit) continue;
        const struct candidate *c = &in->all->list[i];
        const struct candidate *e = p->earlier == NONE ? NULL : &in->all->list[p->earlier];
        const char *line = p->line == NONE ? NULL : book_key(in->book, p->line);
        ROW(s.rows, cell_text(again_name(p->why)), cell_count(p->points),
            words_cell(candidate_quote(c)), words_cell(e ? candidate_quote(e) : line),
            cell_object(place_object(a, c)), e ? cell_object(place_object(a, e)) : cell_null(),
            words_cell(line), words_cell(p->words));
    }
    if (s.rows->count < s.matched) {
        answer_note(w, "%" PRIu64 " more; --limit 0 lists all", s.matched - s.rows->count);
    }
    return w;
}
