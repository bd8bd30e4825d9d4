/*
 * kiel_figures.c - the workbook's other sheets: what the publisher computed,
 * and the outside facts it computes with.
 *
 * Sums by country and units by weapon are kept as the publisher's figures, to
 * be compared with the book. GDP, GNI, contributions and refugees are facts
 * of others that a key for fair shares may use; only the raw column is taken.
 * None of these sheets is needed: lines, entries and values are the same
 * without them.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "names/names.h"
#include "source/kiel.h"

#define NAMES(...) ((const char *const[]){__VA_ARGS__, NULL})

/* The party a row is about, or NULL for a total, a group, a source line. */
static const char *party_in(struct kiel *k, const struct sheet_row *row, int column)
{
    const char *name = text_squeeze(k->in->arena, row_cell(row, (uint32_t)column)->text);
    const struct known_party *known = *name ? names_party(name) : NULL;
    return known ? intake_party(k->in, known->key, known->name, known->type) : NULL;
}

/* The four-digit year in a text from 1990 to 2199, or 0. */
static int year_in(const char *text)
{
    for (const char *at = text; *at; at++) {
        int year;
        if ((at == text || at[-1] < '0' || at[-1] > '9') && sscanf(at, "%4d", &year) == 1 &&
            year >= 1990 && year <= 2199 && strspn(at, "0123456789") == 4) {
            return year;
        }
    }
    return 0;
}

/* --- Country Summary --- */

static void summary_amount(struct kiel *k, const struct sheet_row *row, int column,
                           const char *party, const char *measure, const char *passage)
{
    struct arena *a = k->in->arena;
    struct dec bn;
    int64_t cents;
    if (column < 0 || !kiel_number(row_cell(row, (uint32_t)column), &bn)) return;
    if (!kiel_parts(bn, 11, &cents)) return;
    struct record *s = kiel_figure(k, text_format(a, "country-summary/%s/%s", party, measure),
                                   measure, party, k->cutoff, passage);
    record_set_int(a, s, F_LOW, cents);
    record_set_int(a, s, F_HIGH, cents);
    record_set_text(a, s, F_CURRENCY, "EUR");
}

/* "GDP (2021)", in billions of US dollars as the row of units below says. */
static void summary_gdp(struct kiel *k, const struct sheet *s, const struct sheet_row *head,
                        const struct sheet_row *row, const char *party, const char *passage)
{
    for (uint32_t c = 0; c < head->count; c++) {
        const char *text = kiel_slug(k->in->arena, row_cell(head, c)->text);
        int year = text_starts(text, "gdp (") ? year_in(text) : 0;
        struct dec d, units;
        if (!year || !kiel_number(row_cell(row, c), &d) || d.n <= 0) continue;
        const char *unit = row_cell(sheet_row(s, head->number + 1), c)->text;
        const char *currency = strstr(unit, "US$") ? "USD" : strstr(unit, "€") ? "EUR" : NULL;
        if (!kiel_scale(d, strstr(unit, "billion") ? 9 : 0, &units)) continue;
        kiel_indicator(k, "gdp", party, day_from_civil(year, 12, 31), units, currency, passage);
        return;
    }
}

static void read_summary(struct kiel *k)
{
    const struct sheet *s = workbook_sheet(k->book, "Country Summary");
    const char *const *const wanted[] = {NAMES("Country"), NAMES("Financial commitments")};
    const struct sheet_row *head = s ? kiel_head(s, 10, wanted, 2) : NULL;
    if (!head) return;
    int name_at = kiel_column(head, NAMES("Country"));
    for (uint32_t i = 0; i < s->count; i++) {
        const struct sheet_row *row = &s->rows[i];
        if (row->number <= head->number) continue;
        const char *party = party_in(k, row, name_at);
        if (!party) continue;
        k->in->rows_read++;
        k->in->rows_taken++;
        const char *passage = kiel_row_passage(k, s->name, row->number);
        summary_amount(k, row, kiel_column(head, NAMES("Financial commitments")), party,
                       "financial", passage);
        summary_amount(k, row, kiel_column(head, NAMES("Humanitarian commitments")), party,
                       "humanitarian", passage);
        summary_amount(k, row, kiel_column(head, NAMES("Military commitments")), party, "military",
                       passage);
        summary_amount(k, row, kiel_column(head, NAMES("Total bilateral commitments")), party,
                       "total", passage);
        summary_gdp(k, s, head, row, party, passage);
    }
}

/* --- Committed weapons, Delivered weapons --- */

static void weapon_cell(struct kiel *k, const struct sheet_row *row, uint32_t column,
                        const char *party, const char *item, const char *what, const char *passage)
{
    struct arena *a = k->in->arena;
    struct dec units;
    if (!kiel_number(row_cell(row, column), &units)) return;
    const char *cell = text_format(a, "%s-weapons/%s/%s", what, party, item + strlen("kiel:item:"));
    struct record *s =
        kiel_figure(k, cell, text_format(a, "%s units", what), party, k->cutoff, passage);
    record_set_key(a, s, F_ITEM, item);
    record_set_dec(a, s, F_AMOUNT, units);
}

/* A row a weapon, a column a donor. */
static void read_weapons(struct kiel *k, const char *name, const char *what)
{
    struct arena *a = k->in->arena;
    const struct sheet *s = workbook_sheet(k->book, name);
    const char *const *const wanted[] = {NAMES("Total Number"), NAMES("Type")};
    const struct sheet_row *head = s ? kiel_head(s, 5, wanted, 2) : NULL;
    if (!head) return;
    const char **parties = NEW_ARRAY(a, head->count + 1, const char *);
    for (uint32_t c = 1; c < head->count; c++) parties[c] = party_in(k, head, (int)c);
    int class_at = kiel_column(head, NAMES("Type")), sort_at = kiel_column(head, NAMES("Sub-type"));
    struct map seen = {.arena = a};
    for (uint32_t i = 0; i < s->count; i++) {
        const struct sheet_row *row = &s->rows[i];
        const char *weapon = text_squeeze(a, row_cell(row, 0)->text);
        const char *class_ = text_squeeze(a, row_cell(row, (uint32_t)class_at)->text);
        if (row->number <= head->number || !*weapon || !*class_) continue;
        const char *sort = sort_at < 0 ? NULL : row_cell(row, (uint32_t)sort_at)->text;
        const char *item = kiel_item(k, weapon, kiel_slug(a, class_), sort);
        if (map_get(&seen, item)) continue;
        map_put(&seen, item, 1);
        k->in->rows_read++;
        k->in->rows_taken++;
        const char *passage = kiel_row_passage(k, s->name, row->number);
        for (uint32_t c = 1; c < head->count; c++) {
            if (parties[c]) weapon_cell(k, row, c, parties[c], item, what, passage);
        }
    }
}

/* --- outside facts: EU, EPF and EIB shares, refugees --- */

struct facts {
    const char *sheet, *heading, *measure, *currency;
    bool by_year; /* of a year, not of the cut-off */
};

/* Some headings say billions over figures in millions: no member pays a thousand billion. */
static int power_of(struct kiel *k, const struct sheet *s, const struct sheet_row *head, int column)
{
    const char *text = row_cell(head, (uint32_t)column)->text;
    if (!strstr(text, "billion")) return strstr(text, "million") ? 6 : 0;
    struct dec d;
    for (uint32_t i = 0; i < s->count; i++) {
        const struct sheet_row *row = &s->rows[i];
        if (row->number <= head->number || !kiel_number(row_cell(row, (uint32_t)column), &d)) {
            continue;
        }
        if (dec_cmp(d, (struct dec){1000, 0}) <= 0) continue;
        kiel_diag(k, DIAG_FLAG, "unit-mislabelled",
                  (struct kiel_place){s->name, head->number, column}, text,
                  "millions, as the figures below say; taken as such", NULL);
        return 6;
    }
    return 9;
}

static void read_facts(struct kiel *k, const struct facts *f)
{
    const struct sheet *s = workbook_sheet(k->book, f->sheet);
    const char *const *const wanted[] = {NAMES("Country"), NAMES(f->heading)};
    const struct sheet_row *head = s ? kiel_head(s, 12, wanted, 2) : NULL;
    if (!head) return;
    int name_at = kiel_column(head, NAMES("Country"));
    int amount_at = kiel_column(head, NAMES(f->heading));
    int power = power_of(k, s, head, amount_at);
    int year = 0;
    for (uint32_t i = 0; i < s->count && s->rows[i].number < head->number && !year; i++) {
        year = year_in(row_cell(&s->rows[i], (uint32_t)name_at)->text);
    }
    for (uint32_t i = 0; i < s->count; i++) {
        const struct sheet_row *row = &s->rows[i];
        struct dec d, units;
        if (row->number <= head->number) continue;
        const char *party = party_in(k, row, name_at);
        if (!party || !kiel_number(row_cell(row, (uint32_t)amount_at), &d) || d.n <= 0) continue;
        if (!kiel_scale(d, power, &units)) continue;
        k->in->rows_read++;
        k->in->rows_taken++;
        int32_t day = k->cutoff;
        if (f->by_year) day = day_from_civil(year ? year : day_year(k->cutoff) - 1, 12, 31);
        struct record *r = kiel_indicator(k, f->measure, party, day, units, f->currency,
                                          kiel_row_passage(k, s->name, row->number));
        if (f->by_year && !year) {
            record_set_int(k->in->arena, r, F_PRECISION, PRECISION_UNKNOWN);
        }
    }
}

/* --- Updates and Corrections --- */

/* A statement a line, with the release and the heading it stands under as its measure. */
static void read_corrections(struct kiel *k)
{
    struct arena *a = k->in->arena;
    const struct sheet *s = workbook_sheet(k->book, "Updates and Corrections");
    const char *under = "update";
    bool begun = false;
    for (uint32_t i = 0; s && i < s->count; i++) {
        const struct sheet_row *row = &s->rows[i];
        for (uint32_t c = 0; c < row->count; c++) {
            const char *text = text_squeeze(a, row_cell(row, c)->text);
            if (!*text) continue;
            bool heading = c == 1 && text_starts(text, "Major ") && strlen(text) < 60;
            if (heading) under = kiel_slug(a, text);
            if (text_starts(text, "Release ") && strlen(text) < 60) begun = heading = true;
            if (heading || !begun) continue;
            k->in->rows_read++;
            k->in->rows_taken++;
            struct record *r = intake_add(k->in, KIND_STATEMENT);
            record_set_text(a, r, F_KEY,
                            text_format(a, "%s/corrections/%s%u", k->series, column_name(a, c),
                                        (unsigned)row->number));
            record_set_text(a, r, F_TYPE, "decision");
            record_set_text(a, r, F_MEASURE, under);
            record_set_text(a, r, F_TEXT, text);
            record_set_text(a, r, F_SERIES, k->series);
            record_set_text(a, r, F_PUBLISHER, "Kiel Institute");
            record_set_int(a, r, F_DAY, k->cutoff);
            record_set_int(a, r, F_STATED, k->stated_ms);
            record_set_key(a, r, F_PASSAGE, kiel_row_passage(k, s->name, row->number));
        }
    }
}

void kiel_read_figures(struct kiel *k)
{
    static const struct facts facts[] = {
        {"EU aid shares", "Contribution to EU Budget*", "eu-budget-contribution", "EUR", true},
        {"EPF aid shares", "GNI in current USD", "gni", "USD", true},
        {"EIB aid shares", "Subscribed capital*", "eib-capital", "EUR", true},
        {"Refugee cost calculations", "Number of Refugees*", "refugees", NULL, false},
    };
    read_summary(k);
    read_weapons(k, "Committed weapons", "committed");
    read_weapons(k, "Delivered weapons", "delivered");
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) read_facts(k, &facts[i]);
    read_corrections(k);
}
