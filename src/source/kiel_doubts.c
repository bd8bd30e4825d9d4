/*
 * kiel_doubts.c - rows of a CSV release that cannot be right.
 *
 * Each rule looks at the whole file, because what is wrong with one row shows
 * only against the others: an allocation above all that was ever committed, a
 * price far from the same weapon's elsewhere, one name in two spellings. What
 * hundreds of rows share is one doubt, not hundreds.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "source/kiel_csv.h"

/* Published figures are rounded to 10^-6 bn: three of them may be off by this much. */
static const struct dec rounding = {2, 6};

/* Sums of published figures, exact: whole 10^-18 bn. */
static i128 exact(struct dec d)
{
    return (i128)d.n * power10(DEC_SCALE_MAX - d.scale);
}

static const char *bn_text(struct arena *a, i128 n)
{
    return parts_format(a, n, DEC_SCALE_MAX, 6, 0);
}

static struct sheet_row row_numbered(uint32_t number)
{
    return (struct sheet_row){.number = number};
}

static void check_sum(struct release *r, const struct explorer_row *e)
{
    struct arena *a = r->k.in->arena;
    if (!e->has[COLUMN_TOTAL] || !e->has[COLUMN_FINANCIAL] || !e->has[COLUMN_HUMANITARIAN] ||
        !e->has[COLUMN_MILITARY]) {
        return;
    }
    i128 sum = exact(e->bn[COLUMN_FINANCIAL]) + exact(e->bn[COLUMN_HUMANITARIAN]) +
               exact(e->bn[COLUMN_MILITARY]);
    i128 off = sum - exact(e->bn[COLUMN_TOTAL]);
    if (off <= exact(rounding) && -off <= exact(rounding)) return;
    struct sheet_row row = row_numbered(e->row);
    release_diag(
        r, DIAG_FLAG, "does-not-add-up", &row, "total", bn_text(a, exact(e->bn[COLUMN_TOTAL])),
        text_format(a, "%s = financial + humanitarian + military", bn_text(a, sum)), e->party);
}

/* One sum a donor, in the order the donors first appear. */
struct donor_sum {
    const char *party;
    i128 allocated, committed;
};

static struct donor_sum *sum_by_donor(struct release *r, uint32_t *count)
{
    struct arena *a = r->k.in->arena;
    struct donor_sum *sums = NEW_ARRAY(a, r->row_count + 1, struct donor_sum);
    struct map at = {.arena = a};
    *count = 0;
    for (uint32_t i = 0; i < r->row_count; i++) {
        const struct explorer_row *e = &r->rows[i];
        const uint64_t *known = map_get(&at, e->party);
        uint32_t n = known ? (uint32_t)*known : (*count)++;
        if (!known) map_put(&at, e->party, n);
        sums[n].party = e->party;
        if (e->has[COLUMN_TOTAL]) sums[n].allocated += exact(e->bn[COLUMN_TOTAL]);
        if (e->has[COLUMN_COMMITMENTS]) sums[n].committed += exact(e->bn[COLUMN_COMMITMENTS]);
    }
    return sums;
}

/* A donor cannot have set aside more than it ever promised. */
static void check_donors(struct release *r)
{
    struct arena *a = r->k.in->arena;
    uint32_t count;
    const struct donor_sum *sums = sum_by_donor(r, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (sums[i].committed - sums[i].allocated >= -exact(rounding)) continue;
        release_diag(r, DIAG_FLAG, "allocated-above-committed", NULL, "commitments",
                     bn_text(a, sums[i].committed - sums[i].allocated),
                     text_format(a,
                                 "0 or more: commitments less allocations over all months, bn EUR "
                                 "(allocated %s, committed %s)",
                                 bn_text(a, sums[i].allocated), bn_text(a, sums[i].committed)),
                     sums[i].party);
    }
}

/* The balance column is the difference of two others; where it is below zero is one doubt. */
static void check_balance(struct release *r)
{
    struct arena *a = r->k.in->arena;
    uint32_t below = 0, differs = 0, first_differs = 0;
    for (uint32_t i = 0; i < r->row_count; i++) {
        const struct explorer_row *e = &r->rows[i];
        if (!e->has[COLUMN_BALANCE]) continue;
        i128 balance = exact(e->bn[COLUMN_BALANCE]);
        below += balance < 0;
        if (!e->has[COLUMN_TOTAL] || !e->has[COLUMN_COMMITMENTS]) continue;
        i128 off = exact(e->bn[COLUMN_COMMITMENTS]) - exact(e->bn[COLUMN_TOTAL]) - balance;
        if (off <= exact(rounding) && -off <= exact(rounding)) continue;
        if (!differs++) first_differs = e->row;
    }
    if (below) {
        release_diag(r, DIAG_FLAG, "balance-below-zero", NULL, "to_be_allocated",
                     text_format(a, "%u rows below zero", (unsigned)below),
                     "months in which no more is allocated than committed", NULL);
    }
    if (differs) {
        struct sheet_row row = row_numbered(first_differs);
        release_diag(r, DIAG_FLAG, "balance-differs", &row, "to_be_allocated",
                     text_format(a, "%u rows, the first here", (unsigned)differs),
                     "commitments less total", NULL);
    }
}

void release_check_rows(struct release *r)
{
    for (uint32_t i = 0; i < r->row_count; i++) check_sum(r, &r->rows[i]);
    check_donors(r);
    check_balance(r);
}

/* --- weapons --- */

/* Value per unit, by cross multiplication: no fraction is ever rounded. */
static int by_unit_value(const void *x, const void *y)
{
    const struct weapon *a = *(const struct weapon *const *)x,
                        *b = *(const struct weapon *const *)y;
    i128 left = (i128)a->cents * b->number, right = (i128)b->cents * a->number;
    return (left > right) - (left < right);
}

enum { UNIT_VALUE_FACTOR = 50, UNIT_VALUE_LEAST = 3 };

/* A unit worth fifty times less, or more, than the median of its category is a slip. */
static void check_category(struct release *r, const char *category)
{
    struct arena *a = r->k.in->arena;
    const struct weapon **same = NEW_ARRAY(a, r->weapon_count + 1, const struct weapon *);
    uint32_t count = 0;
    for (uint32_t i = 0; i < r->weapon_count; i++) {
        const struct weapon *w = &r->weapons[i];
        if (w->number > 0 && w->has_value && strcmp(w->category, category) == 0) same[count++] = w;
    }
    if (count < UNIT_VALUE_LEAST) return;
    qsort(same, count, sizeof *same, by_unit_value);
    const struct weapon *median = same[count / 2];
    for (uint32_t i = 0; i < count; i++) {
        const struct weapon *w = same[i];
        i128 mine = (i128)w->cents * median->number, usual = (i128)median->cents * w->number;
        if (mine * UNIT_VALUE_FACTOR >= usual && mine <= usual * UNIT_VALUE_FACTOR) continue;
        struct sheet_row row = row_numbered(w->row);
        i128 each = div_half_even(w->cents, w->number);
        i128 usual_each = div_half_even(median->cents, median->number);
        release_diag(r, DIAG_FLAG, "unit-value-implausible", &row, "monetary_value_eur",
                     text_format(a, "%s EUR for %lld, %s each", parts_format(a, w->cents, 2, 2, 0),
                                 (long long)w->number, parts_format(a, each, 2, 2, 0)),
                     text_format(a, "within %d times of %s EUR each, the median of %s",
                                 (int)UNIT_VALUE_FACTOR, parts_format(a, usual_each, 2, 2, 0),
                                 category),
                     w->party);
    }
}

/* "D-30 howitzer (24)" between two semicolons: the name, and the number or -1. */
static const char *list_part(struct arena *a, const char **at, int64_t *number)
{
    const char *end = strchr(*at, ';');
    size_t len = end ? (size_t)(end - *at) : strlen(*at);
    const char *part = text_squeeze(a, arena_bytes(a, *at, len));
    *at = end ? end + 1 : *at + len;
    *number = -1;
    size_t n = strlen(part);
    const char *open = strrchr(part, '(');
    if (!open || !n || part[n - 1] != ')') return part;
    char *after;
    long long count = strtoll(open + 1, &after, 10);
    if (after == open + 1 || after != part + n - 1 || count < 0) return part;
    *number = count;
    return text_squeeze(a, arena_bytes(a, part, (size_t)(open - part)));
}

/* One thing under two spellings: the second is told once, with the first. */
static void check_spelling(struct release *r, struct map *names, struct map *told, const char *name,
                           const struct weapon *w)
{
    struct arena *a = r->k.in->arena;
    const char *fold = text_fold(a, name);
    const uint64_t *first = map_get(names, fold);
    if (!first) {
        map_put(names, fold, (uint64_t)(uintptr_t)name);
        return;
    }
    const char *other = (const char *)(uintptr_t)*first;
    if (strcmp(other, name) == 0 || map_get(told, name)) return;
    map_put(told, name, 1);
    struct sheet_row row = row_numbered(w->row);
    release_diag(r, DIAG_FLAG, "two-spellings", &row, "weapons_list", name,
                 text_format(a, "one spelling of one thing: '%s'", other), w->party);
}

void release_check_weapons(struct release *r)
{
    struct arena *a = r->k.in->arena;
    struct map categories = {.arena = a}, names = {.arena = a}, told = {.arena = a};
    for (uint32_t i = 0; i < r->weapon_count; i++) {
        const struct weapon *w = &r->weapons[i];
        if (!map_get(&categories, w->category)) {
            map_put(&categories, w->category, 1);
            check_category(r, w->category);
        }
        int64_t sum = 0, number;
        bool counted = *w->list != '\0';
        for (const char *at = w->list; *at;) {
            const char *name = list_part(a, &at, &number);
            if (!*name) continue;
            if (number < 0 || __builtin_add_overflow(sum, number, &sum)) counted = false;
            check_spelling(r, &names, &told, name, w);
        }
        if (!counted || sum == w->number) continue;
        struct sheet_row row = row_numbered(w->row);
        release_diag(r, DIAG_FLAG, "does-not-add-up", &row, "number_of_weapons",
                     text_format(a, "%lld", (long long)w->number),
                     text_format(a, "%lld, the sum of weapons_list", (long long)sum), w->party);
    }
}

/* --- the publisher's sums by month --- */

/* total_allocations.csv against the rows it sums; only the first month of a column that is off. */
void release_check_totals(struct release *r)
{
    static const char *const heads[] = {"total_allocations", "financial", "humanitarian",
                                        "military"};
    struct arena *a = r->k.in->arena;
    const struct sheet *s = r->tables[FILE_TOTALS].sheet;
    if (!s) return;
    r->k.file = r->tables[FILE_TOTALS].input->name;
    for (int column = COLUMN_TOTAL; column <= COLUMN_MILITARY; column++) {
        if (kiel_column(&s->rows[0], (const char *const[]){heads[column], NULL}) < 0) continue;
        struct map by_month = {.arena = a};
        i128 *sums = NEW_ARRAY(a, r->row_count + 1, i128);
        uint64_t count = 0;
        for (uint32_t i = 0; i < r->row_count; i++) {
            const struct explorer_row *e = &r->rows[i];
            if (!map_get(&by_month, e->month.text)) map_put(&by_month, e->month.text, count++);
            if (e->has[column]) sums[*map_get(&by_month, e->month.text)] += exact(e->bn[column]);
        }
        for (uint32_t i = 1; i < s->count; i++) {
            const struct sheet_row *row = &s->rows[i];
            struct dec said;
            struct month month;
            uint32_t diags = r->k.in->diag_count;
            bool read =
                release_number(r, s, row, heads[column], &said) && release_month(r, s, row, &month);
            r->k.in->diag_count = diags; /* said already when the table was read */
            if (!read) continue;
            const uint64_t *at = map_get(&by_month, month.text);
            i128 sum = at ? sums[*at] : 0, off = sum - exact(said);
            /* A month's rows, each rounded, may be off together. */
            if (off <= exact(rounding) * 50 && -off <= exact(rounding) * 50) continue;
            release_diag(r, DIAG_FLAG, "does-not-add-up", row, heads[column],
                         bn_text(a, exact(said)),
                         text_format(a, "%s, the sum of the donors' rows", bn_text(a, sum)), NULL);
            break;
        }
    }
}
