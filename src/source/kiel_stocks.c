/*
 * kiel_stocks.c - the sheet "Heavy weapon stocks": what a country holds.
 *
 * A row a country, a column a weapon; the sums of a sort stand among them as
 * columns of formulas, left of what they add up. A typed cell may be a formula
 * too ("=5000+8000"), so a column is a sum when most of its cells are. Sums of
 * sums and of a part ("older Leopards" among the tanks) stand there as well:
 * of several side by side, the sort is the one that the weapons add up to.
 */
#include <string.h>

#include "base/text.h"
#include "names/names.h"
#include "source/kiel.h"

static bool is_sum(const struct sheet *s, const struct sheet_row *head, uint32_t column)
{
    uint32_t formulas = 0, rows = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->rows[i].number <= head->number) continue;
        rows++;
        formulas += row_cell(&s->rows[i], column)->is_formula;
    }
    return formulas * 2 > rows;
}

/* The number in a cell, in thousandths; what is no number is nothing. */
static int64_t cell_value(const struct cell *c)
{
    struct dec d;
    int64_t n = 0;
    return kiel_number(c, &d) && kiel_parts(d, 3, &n) ? n : 0;
}

/* In how many rows the column `sum` is what the columns from..end add up to. */
static uint32_t rows_added_up(const struct sheet *s, const struct sheet_row *head, uint32_t sum,
                              uint32_t from, uint32_t end)
{
    uint32_t rows = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        int64_t all = 0;
        if (s->rows[i].number <= head->number) continue;
        for (uint32_t c = from; c < end; c++) {
            if (__builtin_add_overflow(all, cell_value(row_cell(&s->rows[i], c)), &all)) all = -1;
        }
        rows += all == cell_value(row_cell(&s->rows[i], sum));
    }
    return rows;
}

/* Each weapon's column with that of its sort; 0 is none, for the first column is the country. */
static uint32_t *find_sorts(struct arena *a, const struct sheet *s, const struct sheet_row *head,
                            const bool *sums, uint32_t from)
{
    uint32_t *sort = NEW_ARRAY(a, head->count + 1, uint32_t);
    for (uint32_t c = from; c < head->count; c++) {
        uint32_t end = c, best = 0, most = 0;
        if (sums[c]) continue;
        while (end < head->count && !sums[end]) end++;
        for (uint32_t sum = c; sum > from && sums[sum - 1]; sum--) {
            uint32_t rows = rows_added_up(s, head, sum - 1, c, end);
            if (best && rows <= most) continue;
            best = sum - 1;
            most = rows;
        }
        for (; c < end; c++) sort[c] = best;
    }
    return sort;
}

static void add_lot(struct kiel *k, const struct sheet *s, const struct sheet_row *row,
                    uint32_t column, const char *party, const char *weapon, const char *sort,
                    struct map *seen)
{
    struct arena *a = k->in->arena;
    const struct cell *c = row_cell(row, column);
    struct kiel_place at = {s->name, row->number, (int)column};
    struct dec d = {0};
    int64_t units = 0;
    if (!*text_squeeze(a, c->text)) return;
    bool known = kiel_number(c, &d);
    if (known && (d.n < 0 || !kiel_parts(d, 0, &units))) {
        kiel_diag(k, DIAG_SKIPPED, "out-of-range", at, c->text, "a number of weapons", party);
        return;
    }
    if (!known && c->type == CELL_ERROR) {
        kiel_diag(k, DIAG_SKIPPED, "formula-error", at, c->text, "a number of weapons", party);
        return;
    }
    if (known && units == 0) return;

    const char *key = text_format(a, "%s:lot/%s/%s", k->series, party, weapon);
    if (map_get(seen, key)) key = text_format(a, "%s (%s)", key, sort ? sort : "again");
    if (map_get(seen, key)) return;
    map_put(seen, key, 1);
    k->in->rows_taken++;
    struct record *r = intake_add(k->in, KIND_LOT);
    record_set_text(a, r, F_KEY, key);
    record_set_text(a, r, F_NAME, weapon);
    record_set_text(a, r, F_TYPE, "stock");
    record_set_key(a, r, F_PARTY, party);
    record_set_key(a, r, F_ITEM, kiel_item(k, weapon, "heavy weapon", sort));
    if (known) record_set_int(a, r, F_QTY, units);
    if (!known) record_set_text(a, r, F_NOTE, text_squeeze(a, c->text));
    record_set_text(a, r, F_SERIES, k->series);
    record_set_int(a, r, F_DAY, k->cutoff);
    record_set_key(a, r, F_PASSAGE, kiel_row_passage(k, s->name, row->number));
    record_set_int(a, r, F_STATED, k->stated_ms);
}

/* A sum of a sort, as the publisher's figure. */
static void add_sum(struct kiel *k, const struct sheet *s, const struct sheet_row *row,
                    uint32_t column, const char *party, const char *sort)
{
    struct arena *a = k->in->arena;
    struct dec d;
    if (!kiel_number(row_cell(row, column), &d) || d.n == 0) return;
    struct record *r = kiel_figure(k, text_format(a, "stocks/%s/%s", party, kiel_slug(a, sort)),
                                   text_format(a, "stock of %s", sort), party, k->cutoff,
                                   kiel_row_passage(k, s->name, row->number));
    record_set_dec(a, r, F_AMOUNT, d);
}

/* GDP and population, where the sheet has them; the defence budget names no currency. */
static void add_facts(struct kiel *k, const struct sheet *s, const struct sheet_row *head,
                      const struct sheet_row *row, const char *party)
{
    static const struct {
        const char *heading, *measure, *note;
        int power;
    } facts[] = {
        {"GDP", "gdp", NULL, 0},
        {"Population", "population", NULL, 0},
        {"Defence budget*", "defence-budget", "no currency is stated", 9},
    };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        const char *const names[] = {facts[i].heading, NULL};
        int column = kiel_column(head, names);
        struct dec d, units;
        if (column < 0 || !kiel_number(row_cell(row, (uint32_t)column), &d) || d.n <= 0) continue;
        if (!kiel_scale(d, facts[i].power, &units)) continue;
        int32_t day = day_from_civil(day_year(k->cutoff) - 1, 12, 31);
        struct record *r = kiel_indicator(k, facts[i].measure, party, day, units, NULL,
                                          kiel_row_passage(k, s->name, row->number));
        record_set_text(
            k->in->arena, r, F_KEY,
            text_format(k->in->arena, "%s/stocks/%s/%s", k->series, facts[i].measure, party));
        record_set_text(k->in->arena, r, F_NOTE, facts[i].note);
    }
}

void kiel_read_stocks(struct kiel *k)
{
    static const char *const conflict[] = {"Ongoing conflict", NULL};
    static const char *const budget[] = {"Defence budget*", NULL};
    static const char *const population[] = {"Population", NULL};
    struct arena *a = k->in->arena;
    const struct sheet *s = workbook_sheet(k->book, "Heavy weapon stocks");
    const char *const *const wanted[] = {population, conflict};
    const struct sheet_row *head = s ? kiel_head(s, 3, wanted, 2) : NULL;
    if (!head) return;
    int before = kiel_column(head, budget);
    if (before < 0) before = kiel_column(head, conflict);

    bool *sums = NEW_ARRAY(a, head->count + 1, bool);
    for (uint32_t c = 0; c < head->count; c++) sums[c] = is_sum(s, head, c);
    uint32_t *sorts = find_sorts(a, s, head, sums, (uint32_t)before + 1);
    struct map seen = {.arena = a};
    for (uint32_t i = 0; i < s->count; i++) {
        const struct sheet_row *row = &s->rows[i];
        const char *name = text_squeeze(a, row_cell(row, 0)->text);
        if (row->number <= head->number || !*name) continue;
        k->in->rows_read++;
        const char *party = kiel_party(k, name, (struct kiel_place){s->name, row->number, 0});
        add_facts(k, s, head, row, party);
        for (uint32_t c = (uint32_t)before + 1; c < head->count; c++) {
            const char *weapon = text_squeeze(a, row_cell(head, c)->text);
            const char *sort = sorts[c] ? text_squeeze(a, row_cell(head, sorts[c])->text) : NULL;
            if (!*weapon) continue;
            if (sums[c]) {
                add_sum(k, s, row, c, party, weapon);
            } else {
                add_lot(k, s, row, c, party, weapon, sort, &seen);
            }
        }
    }
}
