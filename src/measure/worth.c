/*
 * worth.c - see worth.h.
 *
 * Values are looked up through a table of their nouns that is built once a
 * question; entries are one pass over the columns, where anything is money.
 */
#include "measure/worth.h"

#include <stdlib.h>
#include <string.h>

/* The values of the book, chained by the noun they are about. */
struct value_index {
    struct value_slot *slots; /* open addressing */
    uint32_t room;            /* 0: there are no values */
    uint32_t *next;
    const struct record *const *records;
};
struct value_slot {
    uint32_t noun, first; /* 1 + index into records, 0: free */
};

struct worth_values {
    struct value_index index;
    enum stage low;
};

struct work {
    struct arena arena;
    const struct book *book;
    const struct worth_question *q;
    struct value_index values;
    bool *left_out;         /* by line: another series shows the same support */
    bool *left_out_package; /* by package record, the same */
    struct reports reports; /* flows that several report */
};

static bool seen(const struct book *b, const struct record *r, const struct clocks *at)
{
    return book_current(b, r, at->known) && record_int(r, F_DAY, DAY_MIN) <= at->effective;
}

static struct value_slot *slot_of(const struct value_index *x, uint32_t noun)
{
    uint32_t at = (uint32_t)(noun * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (x->room - 1);
    while (x->slots[at].first && x->slots[at].noun != noun) at = (at + 1) & (x->room - 1);
    return &x->slots[at];
}

/* The first of a noun: 1 + index, 0 none. */
static uint32_t first_value(const struct value_index *x, uint32_t noun)
{
    return x->room ? slot_of(x, noun)->first : 0;
}

static void index_values(struct arena *a, const struct book *b, const struct clocks *at,
                         struct value_index *out)
{
    uint32_t count;
    *out = (struct value_index){.records = book_records(b, KIND_VALUE, &count)};
    if (!count) return;
    for (out->room = 16; out->room / 2 < count;) out->room *= 2;
    out->slots = NEW_ARRAY(a, out->room, struct value_slot);
    out->next = NEW_ARRAY(a, count + 1, uint32_t);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t noun = book_noun_of(b, record_ref(out->records[i], F_OF));
        if (noun == NONE || !seen(b, out->records[i], at)) continue;
        struct value_slot *slot = slot_of(out, noun);
        out->next[i] = slot->first;
        *slot = (struct value_slot){noun, i + 1};
    }
}

static int preference(const struct record *v)
{
    const char *basis = record_text(v, F_BASIS);
    if (record_int(v, F_RESOLVED, 0)) return 2;
    return basis && strcmp(basis, "stated") == 0;
}

static const struct record *better(const struct record *best, const struct record *v,
                                   enum stage low)
{
    enum stage stage = (enum stage)record_int(v, F_TO, STAGE_COMMITTED);
    if (stage < low || stage > STAGE_DELIVERED || !record_field(v, F_LOW)) return best;
    if (!best) return v;
    enum stage other = (enum stage)record_int(best, F_TO, STAGE_COMMITTED);
    if (stage != other) return stage < other ? v : best;
    return preference(v) > preference(best) ? v : best;
}

const struct record *worth_value(const struct book *b, uint32_t noun, enum stage low,
                                 const struct clocks *at)
{
    uint32_t count;
    const struct record *const *list = book_records(b, KIND_VALUE, &count), *best = NULL;
    for (uint32_t i = 0; i < count; i++) {
        if (book_noun_of(b, record_ref(list[i], F_OF)) != noun || !seen(b, list[i], at)) continue;
        best = better(best, list[i], low);
    }
    return best;
}

const struct worth_values *worth_values(struct arena *a, const struct book *b, enum stage low,
                                        const struct clocks *at)
{
    struct worth_values *v = NEW(a, struct worth_values);
    v->low = low;
    index_values(a, b, at, &v->index);
    return v;
}

/* Of those that are as good the one that was recorded first; they are met the other way round. */
const struct record *worth_value_of(const struct worth_values *v, uint32_t noun)
{
    const struct record *best = NULL;
    for (uint32_t i = first_value(&v->index, noun); i; i = v->index.next[i - 1]) {
        const struct record *one = better(NULL, v->index.records[i - 1], v->low);
        if (one) best = best ? better(one, best, v->low) : one;
    }
    return best;
}

static const struct record *value_of(const struct work *w, uint32_t noun)
{
    const struct record *best = NULL;
    for (uint32_t i = first_value(&w->values, noun); i; i = w->values.next[i - 1]) {
        best = better(best, w->values.records[i - 1], w->q->low);
    }
    return best;
}

bool series_within(const char *series, const char *asked)
{
    size_t len = asked ? strlen(asked) : 0;
    if (!asked) return true;
    return series && strncmp(series, asked, len) == 0 && (!series[len] || series[len] == ':');
}

/* A line, package or value that this question does not ask about. */
static bool outside(const struct work *w, const struct record *r)
{
    if (w->q->series && !series_within(record_text(r, F_SERIES), w->q->series)) return true;
    return w->q->published && record_int(r, F_OUTSIDE, 0);
}

static bool line_outside(const struct work *w, const struct line *l)
{
    if (w->q->published && l->flags & LINE_OUTSIDE) return true;
    return w->q->series && !series_within(book_word_text(w->book, l->series), w->q->series);
}

/* --- series that show the same support --- */

/* The series that counts so far among those with one word. */
struct same {
    const char *word, *series;
    uint32_t item; /* NONE: whatever the item */
    enum stage enters;
    int64_t stated_ms;
    bool outside;
};

struct choice {
    struct same *list;
    uint32_t count, room;
};

static struct same *same_of(struct arena *a, struct choice *c, const char *word, uint32_t item)
{
    for (uint32_t i = 0; i < c->count; i++) {
        if (c->list[i].item == item && strcmp(c->list[i].word, word) == 0) return &c->list[i];
    }
    c->list = arena_more(a, c->list, c->count, &c->room, sizeof *c->list);
    c->list[c->count] =
        (struct same){.word = word, .item = item, .enters = STAGE_COUNT, .outside = true};
    return &c->list[c->count++];
}

/* What is in its publisher's totals before what is not, then the lowest stage, then the newest. */
static bool goes_before(const struct same *a, const struct same *b)
{
    if (!b->series) return true;
    if (a->outside != b->outside) return !a->outside;
    if (a->enters != b->enters) return a->enters < b->enters;
    return a->stated_ms > b->stated_ms;
}

/* What the choice is made for. */
struct chooser {
    struct arena *arena;
    const struct book *book;
    struct clocks at;
    enum stage low;
    const char *series; /* only this one, or NULL */
    struct choice choice;
};

static void consider(struct chooser *c, const struct record *r, uint32_t item, enum stage enters)
{
    const char *word = record_text(r, F_SAME), *series = record_text(r, F_SERIES);
    if (!word || !series || enters < c->low || enters > STAGE_DELIVERED) return;
    if (!series_within(series, c->series)) return;
    struct same *best = same_of(c->arena, &c->choice, word, item);
    struct same one = {
        word, series, item, enters, record_int(r, F_STATED, 0), record_int(r, F_OUTSIDE, 0) != 0};
    if (goes_before(&one, best)) *best = one;
}

static bool is_left_out(struct chooser *c, const struct record *r, uint32_t item)
{
    const char *word = record_text(r, F_SAME), *series = record_text(r, F_SERIES);
    if (!word || !series) return false;
    const char *chosen = same_of(c->arena, &c->choice, word, item)->series;
    return !chosen || strcmp(chosen, series) != 0;
}

/* At which stage a line first enters the book; STAGE_COUNT if it has no entry. */
static enum stage enters_at(const struct chooser *w, const struct line *line)
{
    const struct columns *c = book_columns(w->book);
    enum stage lowest = STAGE_COUNT;
    for (uint32_t row = line->last_row; row != NONE; row = c->prev[row]) {
        if (c->recorded_ms[row] > w->at.known || c->flags[row] & ROW_REVERSED) continue;
        if (row_from(c, row) == STAGE_WORLD && row_to(c, row) < lowest) lowest = row_to(c, row);
    }
    return lowest;
}

static void consider_lines(struct chooser *c, bool by_item)
{
    uint32_t lines;
    const struct line *line = book_lines(c->book, &lines);
    if (!(book_line_flags(c->book) & LINE_SAME)) return;
    for (uint32_t i = 0; i < lines; i++) {
        if (!(line[i].flags & LINE_SAME)) continue;
        consider(c, line_record(c->book, &line[i]), by_item ? line[i].item : NONE,
                 enters_at(c, &line[i]));
    }
}

static bool *lines_left_out(struct chooser *c, bool by_item)
{
    uint32_t lines;
    const struct line *line = book_lines(c->book, &lines);
    bool *out = NEW_ARRAY(c->arena, lines + 1, bool);
    if (!(book_line_flags(c->book) & LINE_SAME)) return out;
    for (uint32_t i = 0; i < lines; i++) {
        if (!(line[i].flags & LINE_SAME)) continue;
        out[i] = is_left_out(c, line_record(c->book, &line[i]), by_item ? line[i].item : NONE);
    }
    return out;
}

/* The reports of a flow beside the one that counts. */
static void leave_reports_out(const struct reports *r, bool *out)
{
    for (uint32_t i = 0; i < r->lines; i++) out[i] |= r->instead[i] != NONE;
}

bool *worth_second_series(struct arena *a, const struct book *b, const struct clocks *at,
                          enum stage low)
{
    struct chooser c = {.arena = a, .book = b, .at = *at, .low = low};
    struct reports reports;
    consider_lines(&c, true);
    bool *out = lines_left_out(&c, true);
    reports_find(a, b, at, low, &reports);
    leave_reports_out(&reports, out);
    return out;
}

static void choose_series(struct work *w)
{
    struct chooser c = {.arena = &w->arena,
                        .book = w->book,
                        .at = w->q->at,
                        .low = w->q->low,
                        .series = w->q->series};
    uint32_t packages;
    const struct record *const *package = book_records(w->book, KIND_PACKAGE, &packages);
    consider_lines(&c, false);
    for (uint32_t i = 0; i < packages; i++) {
        const struct record *v = value_of(w, book_noun_of(w->book, package[i]->id));
        if (!v) continue;
        consider(&c, package[i], NONE, (enum stage)record_int(v, F_TO, STAGE_COMMITTED));
    }
    w->left_out = lines_left_out(&c, false);
    reports_find(&w->arena, w->book, &w->q->at, w->q->low, &w->reports);
    leave_reports_out(&w->reports, w->left_out);
    w->left_out_package = NEW_ARRAY(&w->arena, packages + 1, bool);
    for (uint32_t i = 0; i < packages; i++) {
        w->left_out_package[i] = is_left_out(&c, package[i], NONE);
    }
}

/* --- lines --- */

static const char *money_of(const struct book *b, const struct line *line)
{
    const char *key = line->item == NONE ? "" : book_key(b, line->item);
    return strncmp(key, "money/", 6) == 0 ? key + 6 : NULL;
}

static bool between(const struct worth_question *q, enum stage s)
{
    return s >= q->low && s <= q->high;
}

static struct worth line_worth(const struct book *b, const struct line *line, uint32_t index)
{
    return (struct worth){.line = index,
                          .row = NONE,
                          .giver = line->giver,
                          .receiver = line->receiver,
                          .channel = line->channel,
                          .class_ = book_word_text(b, line->class_),
                          .series = book_word_text(b, line->series)};
}

const struct record *worth_record(const struct book *b, const struct worth *w)
{
    uint32_t count;
    return w->line == NONE ? w->package : line_record(b, &book_lines(b, &count)[w->line]);
}

static bool by_package(const struct work *w, const struct line *l)
{
    return l->package != NONE && first_value(&w->values, l->package);
}

/* By line: the currency of money that counts by its movements; NULL: there is none. */
static const char **find_money(struct work *w, const struct line *lines, uint32_t count)
{
    const char **currency = NULL;
    for (uint32_t i = 0; i < count; i++) {
        const struct line *l = &lines[i];
        const char *money = money_of(w->book, l);
        if (!money || (w->left_out[i] && !w->q->seconds)) continue;
        if (by_package(w, l) || line_outside(w, l)) continue;
        if (!currency) currency = NEW_ARRAY(&w->arena, count, const char *);
        currency[i] = money;
    }
    return currency;
}

static struct worth money_worth(const struct work *w, const struct line *line, uint32_t index)
{
    struct worth one = line_worth(w->book, line, index);
    one.second = w->left_out[index];
    one.instead = w->reports.lines ? w->reports.instead[index] : NONE;
    if (one.instead != NONE) one.same = w->reports.why[index];
    return one;
}

static void each_row(struct work *w, worth_fn *fn, void *ctx)
{
    const struct columns *c = book_columns(w->book);
    uint32_t line_count, rows = book_rows_known(w->book, w->q->at.known);
    const struct line *lines = book_lines(w->book, &line_count);
    const char **currency = find_money(w, lines, line_count);
    for (uint32_t row = 0; currency && row < rows; row++) {
        uint32_t at = c->line[row];
        if (!currency[at] || !row_seen(c, row, &w->q->at)) continue;
        i128 sign = between(w->q, row_to(c, row)) - between(w->q, row_from(c, row));
        if (sign == 0) continue;
        struct worth one = money_worth(w, &lines[at], at);
        one.row = row;
        one.currency = currency[at];
        one.day = c->day[row];
        one.rate_day = book_rate_day(w->book, row, &w->q->at);
        one.parts = sign * c->qty[row];
        one.passage = c->passage[row];
        fn(ctx, &one);
    }
}

/* Give what a value record says to fn. */
static void one_value(struct work *w, struct worth one, const struct record *v, worth_fn *fn,
                      void *ctx)
{
    enum stage stage = (enum stage)record_int(v, F_TO, STAGE_COMMITTED);
    if (stage > w->q->high || (w->q->published && record_int(v, F_OUTSIDE, 0))) return;
    one.currency = record_text(v, F_CURRENCY);
    one.parts = record_int(v, F_LOW, 0);
    if (record_text(v, F_SERIES)) one.series = record_text(v, F_SERIES);
    if (record_field(v, F_DAY)) one.day = (int32_t)record_int(v, F_DAY, 0);
    one.rate_day = (int32_t)record_int(v, F_VALUED, one.day);
    if (one.rate_day > one.day && one.rate_day > w->q->at.effective)
        one.rate_day = w->q->at.effective;
    if (!one.passage) one.passage = record_ref(v, F_PASSAGE);
    fn(ctx, &one);
}

/* The last day of a line's entries, as far as they are seen. */
static int32_t last_day(const struct work *w, const struct line *l)
{
    const struct columns *c = book_columns(w->book);
    int32_t day = DAY_MIN;
    for (uint32_t row = l->last_row; row != NONE; row = c->prev[row]) {
        if (c->recorded_ms[row] > w->q->at.known || !row_seen(c, row, &w->q->at)) continue;
        if (c->day[row] > day) day = c->day[row];
    }
    return day;
}

/* Lines of things that no package counts. */
static void each_thing(struct work *w, worth_fn *fn, void *ctx, uint32_t *unvalued)
{
    uint32_t count;
    const struct line *lines = book_lines(w->book, &count);
    const struct held *held = book_held(&w->arena, w->book, &w->q->at);
    for (uint32_t i = 0; i < count; i++) {
        const struct line *l = &lines[i];
        i128 stands = 0;
        for (int s = (int)w->q->low; s <= (int)w->q->high; s++) stands += held[i].at[s];
        if (stands <= 0 || by_package(w, l) || w->left_out[i]) continue;
        if (money_of(w->book, l) || line_outside(w, l)) continue;
        if (!line_current(lines, i, w->q->at.known)) continue;
        const struct record *v = value_of(w, l->noun);
        if (!v) {
            ++*unvalued;
            continue;
        }
        struct worth one = line_worth(w->book, l, i);
        one.day = last_day(w, l);
        one.passage = (uint64_t)line_int(w->book, l, F_PASSAGE, 0);
        one_value(w, one, v, fn, ctx);
    }
}

static void each_package(struct work *w, worth_fn *fn, void *ctx, uint32_t *unvalued)
{
    uint32_t count;
    const struct record *const *list = book_records(w->book, KIND_PACKAGE, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct record *p = list[i];
        if (!seen(w->book, p, &w->q->at) || outside(w, p) || w->left_out_package[i]) continue;
        const struct record *v = value_of(w, book_noun_of(w->book, p->id));
        if (!v) {
            ++*unvalued;
            continue;
        }
        struct worth one = {.package = p,
                            .line = NONE,
                            .row = NONE,
                            .giver = book_noun_of(w->book, record_ref(p, F_PARTY)),
                            .receiver = book_noun_of(w->book, record_ref(p, F_RECEIVER)),
                            .channel = book_noun_of(w->book, record_ref(p, F_CHANNEL)),
                            .class_ = record_text(p, F_CLASS),
                            .series = record_text(p, F_SERIES),
                            .day = (int32_t)record_int(p, F_DAY, 0),
                            .passage = record_ref(p, F_PASSAGE)};
        one_value(w, one, v, fn, ctx);
    }
}

void worth_each(const struct book *b, const struct worth_question *q, worth_fn *fn, void *ctx,
                uint32_t *unvalued)
{
    struct work w = {.book = b, .q = q};
    uint32_t without = 0;
    index_values(&w.arena, b, &q->at, &w.values);
    choose_series(&w);
    each_row(&w, fn, ctx);
    if (unvalued || w.values.room) { /* else they would only be counted */
        each_thing(&w, fn, ctx, &without);
        each_package(&w, fn, ctx, &without);
    }
    if (unvalued) *unvalued = without;
    arena_free(&w.arena);
}

void worth_each_package(const struct book *b, const struct worth_question *q, worth_fn *fn,
                        void *ctx)
{
    struct work w = {.book = b, .q = q};
    uint32_t packages, without = 0;
    book_records(b, KIND_PACKAGE, &packages);
    if (packages == 0) return;
    index_values(&w.arena, b, &q->at, &w.values);
    choose_series(&w);
    each_package(&w, fn, ctx, &without);
    arena_free(&w.arena);
}

bool *worth_second_amount(struct arena *a, const struct book *b, const struct worth_question *q)
{
    struct work w = {.book = b, .q = q};
    uint32_t lines;
    book_lines(b, &lines);
    bool *out = NEW_ARRAY(a, lines + 1, bool);
    if (!(book_line_flags(b) & (LINE_SAME | LINE_REPORT))) return out;
    index_values(&w.arena, b, &q->at, &w.values);
    choose_series(&w);
    memcpy(out, w.left_out, lines * sizeof *out);
    arena_free(&w.arena);
    return out;
}
