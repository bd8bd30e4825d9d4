/*
 * doubts.c - see doubts.h.
 *
 * Rules about one record or line stand here; comparisons with a publisher's
 * own figures are in figures.c.
 */
#include "measure/doubts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "measure/figures.h"

const struct doubt_rule doubt_rules[] = {
    {"boundary-mark-differs", "how FTS marks a flow against how it passes the boundary"},
    {"page-total-differs", "a total of FTS against the flows that it sums"},
    {"country-total-differs", "the tracker's country summary against its own packages"},
    {"weapons-differ", "the tracker's numbers of weapons against its own rows"},
    {"delivered-above-promised", "more delivered on a line than it promises"},
    {"effective-after-recorded", "a movement dated after the day on which it was recorded"},
    {"low-above-high", "a lower bound above the upper one"},
    {"ends-before-it-begins", "a window whose last day is before its first"},
    {"worth-nothing", "a package or line of things with a value of nothing"},
    {NULL, NULL},
};

static uint32_t party_of(const struct book *b, const struct record *r)
{
    return book_noun_of(b, record_ref(r, F_PARTY));
}

static int places_of_item(const struct book *b, uint32_t item, int64_t known)
{
    const struct record *r = item == NONE ? NULL : book_version(b, item, known);
    return r ? (int)record_int(r, F_PARTS, 0) : 0;
}

static void tell(struct doubting *d, const char *rule, const struct record *r, const char *field,
                 const char *value, const char *expected)
{
    const char *key = record_text(r, F_KEY);
    struct doubt one = {
        .rule = rule,
        .party = record_field(r, F_PARTY) ? party_of(d->book, r) : NONE,
        .passage = record_ref(r, F_PASSAGE),
        .series = record_text(r, F_SERIES),
        .what = text_format(d->arena, "%s%s%s", key ? key : "", key ? " " : "", field),
        .value = value,
        .expected = expected,
    };
    d->fn(d->ctx, &one);
}

/* --- lines and their entries --- */

/* By line: the first of its versions. */
static uint32_t *first_versions(struct arena *a, const struct line *lines, uint32_t count)
{
    uint32_t *first = NEW_ARRAY(a, count + 1, uint32_t);
    for (uint32_t i = 0; i < count; i++) first[i] = i;
    for (uint32_t i = 0; i < count; i++) {
        if (lines[i].after != NONE) first[lines[i].after] = first[i];
    }
    return first;
}

static void doubt_lines(struct doubting *d)
{
    const struct book *b = d->book;
    uint32_t count;
    const struct line *lines = book_lines(b, &count);
    const struct held *held = book_held(d->arena, b, d->at);
    const uint32_t *first = first_versions(d->arena, lines, count);
    i128 *delivered = NEW_ARRAY(d->arena, count + 1, i128); /* by first version */
    for (uint32_t i = 0; i < count; i++) delivered[first[i]] += held[i].came[STAGE_DELIVERED];
    for (uint32_t i = 0; i < count; i++) {
        const struct line *l = &lines[i];
        i128 came = delivered[first[i]];
        int64_t most = l->flags & LINE_TOLD ? l->low : INT64_MAX;
        if (l->flags & LINE_RANGE) most = line_int(b, l, F_HIGH, most);
        if (came <= most) continue;
        if (!line_current(lines, i, d->at->known)) continue;
        int places = places_of_item(b, l->item, d->at->known);
        tell(d, "delivered-above-promised", line_record(b, l), "delivered",
             parts_format(d->arena, came, places, places, 0),
             text_format(d->arena, "%s promised, or less",
                         parts_format(d->arena, most, places, places, 0)));
    }
}

/* The last day that an entry of the line may be of, when it was recorded at that instant. */
static int64_t last_day(const struct book *b, const struct line *line, int64_t recorded_ms)
{
    int64_t stated_ms = line_int(b, line, F_STATED, 0);
    /* A day of slack: somewhere it is tomorrow already. */
    return (stated_ms > recorded_ms ? stated_ms : recorded_ms) / MS_PER_DAY + 1;
}

/* One doubt a line: what many of its entries share is one slip. */
static void doubt_days(struct doubting *d)
{
    const struct book *b = d->book;
    const struct columns *c = book_columns(b);
    uint32_t count, rows = book_rows_known(b, d->at->known);
    const struct line *lines = book_lines(b, &count);
    bool *told = NEW_ARRAY(d->arena, book_noun_count(b) + 1, bool);
    for (uint32_t row = 0; row < rows; row++) {
        const struct line *line = &lines[c->line[row]];
        if ((int64_t)c->day[row] * MS_PER_DAY <= c->recorded_ms[row] + MS_PER_DAY) continue;
        int64_t last = last_day(b, line, c->recorded_ms[row]);
        if (c->day[row] <= last || !row_seen(c, row, d->at) || told[line->noun]) continue;
        if (c->flags[row] & (ROW_REVERSAL | ROW_REVERSED)) continue;
        told[line->noun] = true;
        struct doubt one = {
            .rule = "effective-after-recorded",
            .party = line->giver,
            .passage = c->passage[row],
            .series = line_text(b, line, F_SERIES),
            .what = text_format(d->arena, "%s entry %" PRIu32, book_key(b, line->noun), c->id[row]),
            .value = day_text(d->arena, c->day[row], PRECISION_DAY),
            .expected = text_format(d->arena, "%s or before, when it was stated and recorded",
                                    day_text(d->arena, (int32_t)(last - 1), PRECISION_DAY)),
        };
        d->fn(d->ctx, &one);
    }
}

/* --- single records --- */

static void doubt_record(struct doubting *d, const struct record *r)
{
    const struct field *low = record_field(r, F_LOW), *high = record_field(r, F_HIGH);
    const struct field *since = record_field(r, F_SINCE), *until = record_field(r, F_UNTIL);
    if (low && high && low->n > high->n) {
        int places = record_field(r, F_CURRENCY)
                         ? currency_places(d->book, record_text(r, F_CURRENCY))
                         : places_of_item(d->book, book_noun_of(d->book, record_ref(r, F_ITEM)),
                                          d->at->known);
        tell(d, "low-above-high", r, "low", parts_format(d->arena, low->n, places, places, 0),
             text_format(d->arena, "%s, the upper bound, or less",
                         parts_format(d->arena, high->n, places, places, 0)));
    }
    if (since && until && since->n > until->n) {
        tell(d, "ends-before-it-begins", r, "until",
             day_text(d->arena, (int32_t)until->n, PRECISION_DAY),
             text_format(d->arena, "%s, its first day, or later",
                         day_text(d->arena, (int32_t)since->n, PRECISION_DAY)));
    }
    if (r->kind == KIND_VALUE && high && high->n == 0) {
        tell(d, "worth-nothing", r, "value", "0", "an amount, or none where it is not known");
    }
}

static void doubt_records(struct doubting *d)
{
    static const enum kind kinds[] = {KIND_NEED, KIND_MEMBERSHIP, KIND_ROUTE, KIND_VALUE};
    uint32_t lines;
    const struct line *line = book_lines(d->book, &lines);
    for (uint32_t i = 0; i < lines && book_line_flags(d->book) & LINE_ODD; i++) {
        bool odd = line[i].flags & LINE_ODD && line_current(line, i, d->at->known);
        if (odd) doubt_record(d, line_record(d->book, &line[i]));
    }
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        uint32_t count;
        const struct record *const *list = book_records(d->book, kinds[k], &count);
        for (uint32_t i = 0; i < count; i++) {
            if (book_current(d->book, list[i], d->at->known)) doubt_record(d, list[i]);
        }
    }
}

void measure_doubts(struct arena *a, struct book *b, const struct clocks *at, doubt_fn *fn,
                    void *ctx)
{
    struct doubting d = {.arena = a, .book = b, .at = at, .fn = fn, .ctx = ctx};
    figures_doubt(&d);
    doubt_lines(&d);
    doubt_days(&d);
    doubt_records(&d);
}
