/*
 * kiel_aid.c - the workbook's rows of assistance as packages and lines.
 *
 * A package is an id; its rows are its lines. What the sheet computes is
 * computed again here: the headline is the amount as given or, where none is
 * given, units committed times unit price over the rows of the id; what the
 * publisher's own cells say is compared and, where a person typed over a
 * formula, taken as typed. Units move lines; money is told by the package's
 * values alone, so that a headline and the things under it are not added.
 *
 * Commercial and multilateral assistance stand beside the published totals:
 * the same lines and values, but at no stage of the book, because a sale is
 * no support and a fund's money is its givers' that the main sheet counts.
 */
#include <string.h>

#include "base/text.h"
#include "names/names.h"
#include "source/kiel.h"

enum column {
    C_ID,
    C_DONOR,
    C_DATE,
    C_CLASS,
    C_CURRENCY,
    C_GIVEN,
    C_UNITS,
    C_REQUIRED, /* the ones above */
    C_SORT = C_REQUIRED,
    C_WHY,
    C_ITEM,
    C_DELIVERED,
    C_PRICE,
    C_TOTAL,
    C_EUR,
    C_DELIVERED_EUR,
    C_FIRST,
    C_HOW,
    C_HOW_DELIVERED,
    C_GIVER, /* multilateral: who contributes to the fund, and how much */
    C_PART,
    C_PART_CURRENCY,
    C_SOURCE,
    C_COUNT = C_SOURCE + 5
};

#define HEADS(...)                                                                                 \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

static const char *const headings[C_COUNT][4] = {
    [C_ID] = HEADS("ID"),
    [C_DONOR] = HEADS("countries", "Donor", "Country"),
    [C_DATE] = HEADS("Announcement Date", "Announcement Date*"),
    [C_CLASS] = HEADS("Type of Aid General"),
    [C_CURRENCY] = HEADS("Original Currency"),
    [C_GIVEN] = HEADS("Monetary Value as Given by Source", "Monetary Value*"),
    [C_UNITS] = HEADS("No. of Units", "Number of Units"),
    [C_SORT] = HEADS("Type of Aid Specific"),
    [C_WHY] = HEADS("Explanation"),
    [C_ITEM] = HEADS("Item", "Item (in kind aid)"),
    [C_DELIVERED] = HEADS("No. of Units delivered*", "Number of Units delivered*"),
    [C_PRICE] = HEADS("Unit Price in USD"),
    [C_TOTAL] = HEADS("Total"),
    [C_EUR] = HEADS("Converted Value in EUR"),
    [C_DELIVERED_EUR] = HEADS("Total monetary value delivered in EUR"),
    [C_FIRST] = HEADS("Total_value_dummy*"),
    [C_HOW] = HEADS("value_source_commitments"),
    [C_HOW_DELIVERED] = HEADS("value_source_deliveries"),
    [C_GIVER] = HEADS("Contributing Country"),
    [C_PART] = HEADS("Country contribution"),
    [C_PART_CURRENCY] = HEADS("Currency of Country Contribution"),
    [C_SOURCE] = HEADS("Source of Aid 1"),
    [C_SOURCE + 1] = HEADS("Source of Aid 2"),
    [C_SOURCE + 2] = HEADS("Source of Aid 3"),
    [C_SOURCE + 3] = HEADS("Source of Aid 4"),
    [C_SOURCE + 4] = HEADS("Source for Delivery"),
};

/* An exact sum of products of decimals. */
struct sum {
    i128 n;
    int scale;
    bool any, too_large;
};

/* A row of the sheet, read. */
struct row {
    const struct sheet_row *cells;
    uint32_t package, index; /* index within its package, from 1 */
    const char *party, *item, *passage;
    int32_t day;
    enum precision precision;
    bool has_units, has_delivered, has_price;
    struct dec units, delivered, price;
};

struct package {
    const char *id, *key, *party, *donor; /* donor: as the sheet calls the party */
    uint32_t first, rows;                 /* the row that stands for it; how many */
    uint32_t last;                        /* row of the sheet it was last seen in */
    bool has_first, split_said, outside;
    const char *class_;
};

/* A sheet while it is read. */
struct aid {
    struct kiel *k;
    const struct sheet *sheet;
    const struct kiel_sort *sort;
    int columns[C_COUNT];
    bool says_outside; /* the column of converted values is there to be empty */
    const char *receiver;
    struct row *rows;
    uint32_t row_count;
    struct package *packages;
    uint32_t package_count;
    struct map ids;
};

/* --- cells --- */

static const struct cell *cell_at(const struct aid *x, const struct sheet_row *row,
                                  enum column column)
{
    static const struct cell none = {CELL_EMPTY, false, ""};
    return x->columns[column] < 0 ? &none : row_cell(row, (uint32_t)x->columns[column]);
}

static struct kiel_place place_at(const struct aid *x, const struct sheet_row *row,
                                  enum column column)
{
    return (struct kiel_place){x->sheet->name, row->number, x->columns[column]};
}

static void doubt(struct aid *x, enum severity severity, const char *rule,
                  const struct sheet_row *row, enum column column, const char *expected,
                  const char *party)
{
    kiel_diag(x->k, severity, rule, place_at(x, row, column), cell_at(x, row, column)->text,
              expected, party);
}

static const char *text_at(const struct aid *x, const struct sheet_row *row, enum column column)
{
    const struct cell *c = cell_at(x, row, column);
    return kiel_is_blank(c) ? NULL : text_squeeze(x->k->in->arena, c->text);
}

/* Nothing at all stands in the cell, not even a formula without its value. */
static bool is_bare(const struct cell *c)
{
    return !*c->text && !c->is_formula;
}

/* A quantity or amount of 0 or more; what is neither that nor a blank is said. */
static bool number_at(struct aid *x, const struct sheet_row *row, enum column column,
                      const char *party, struct dec *out)
{
    const struct cell *c = cell_at(x, row, column);
    if (kiel_number(c, out)) {
        if (out->n >= 0) return true;
        doubt(x, DIAG_SKIPPED, "negative", row, column, "a number of 0 or more", party);
        return false;
    }
    if (c->type == CELL_ERROR) {
        doubt(x, DIAG_SKIPPED, "formula-error", row, column, "a number", party);
    } else if (c->is_formula && !*c->text) {
        doubt(x, DIAG_SKIPPED, "formula-without-value", row, column, "a number", party);
    } else if (!kiel_is_blank(c) && strpbrk(c->text, "0123456789")) {
        doubt(x, DIAG_SKIPPED, "not-a-number", row, column, "a number, or 'undisclosed'", party);
    } else if (!kiel_is_blank(c)) {
        doubt(x, DIAG_NOTE, "quantity-in-words", row, column, "a number, or 'undisclosed'", party);
    }
    return false;
}

static void add_product(struct sum *s, struct dec a, struct dec b)
{
    i128 n = (i128)a.n * b.n;
    int scale = a.scale + b.scale;
    for (; scale < s->scale; scale++) s->too_large |= __builtin_mul_overflow(n, (i128)10, &n);
    for (; s->scale < scale; s->scale++) {
        s->too_large |= __builtin_mul_overflow(s->n, (i128)10, &s->n);
    }
    s->too_large |= __builtin_add_overflow(s->n, n, &s->n);
    s->any = true;
}

/* A sum in minor units, rounded once; false when there is none above zero or it does not fit. */
static bool sum_parts(const struct sum *s, int places, int64_t *out)
{
    struct err ignored = {0};
    i128 n = s->n;
    if (!s->any || s->too_large || n <= 0) return false;
    if (s->scale > places) {
        if (s->scale - places > 36) return false;
        n = div_half_even(n, power10(s->scale - places));
    } else {
        for (int i = s->scale; i < places; i++) {
            if (__builtin_mul_overflow(n, (i128)10, &n)) return false;
        }
    }
    return !narrow(n, out, "an amount", &ignored);
}

/* --- reading rows --- */

/* Web addresses that the row names as its sources go with its passage. */
static const char *row_passage(struct aid *x, const struct sheet_row *row)
{
    struct arena *a = x->k->in->arena;
    uint32_t before = x->k->in->count;
    const char *key = kiel_row_passage(x->k, x->sheet->name, row->number);
    if (x->k->in->count == before) return key;
    struct record *passage = x->k->in->records[before];
    for (int c = C_SOURCE; c < C_COUNT; c++) {
        const char *text = text_at(x, row, (enum column)c);
        while (text && (text = strstr(text, "http")) != NULL) {
            size_t len = strcspn(text, " ");
            record_set_text(a, passage, F_ADDRESS, arena_bytes(a, text, len));
            text += len;
        }
    }
    return key;
}

/* The package a row belongs to, made when it is new. */
static uint32_t package_of(struct aid *x, const char *id, const struct sheet_row *row,
                           const char *party)
{
    struct arena *a = x->k->in->arena;
    const uint64_t *known = map_get(&x->ids, id);
    if (known) {
        struct package *p = &x->packages[*known];
        if (row->number != p->last + 1 && !p->split_said) {
            p->split_said = true;
            doubt(x, DIAG_FLAG, "duplicate-id", row, C_ID,
                  text_format(a, "all rows of an id together; the last was row %u",
                              (unsigned)p->last),
                  party);
        }
        p->last = row->number;
        return (uint32_t)*known;
    }
    x->packages[x->package_count] = (struct package){
        .id = id,
        .key = text_format(a, "%s:%s", x->sort->prefix, id),
        .party = party,
        .first = UINT32_MAX,
        .last = row->number,
    };
    map_put(&x->ids, id, x->package_count);
    return x->package_count++;
}

static const char *item_of(struct aid *x, const struct sheet_row *row, bool has_units)
{
    struct kiel *k = x->k;
    const char *name = text_at(x, row, C_ITEM);
    if (name) return kiel_item(k, name, NULL, NULL);
    const char *currency = text_at(x, row, C_CURRENCY);
    if (!currency) currency = text_at(x, row, C_PART_CURRENCY);
    if (!has_units && currency && names_currency_places(currency) >= 0) {
        return intake_money(k->in, currency);
    }
    return intake_item(k->in, "kiel:item:unspecified", "unspecified", NULL, "piece", 0);
}

/* The unit price: the list's, else what a person typed into the row. */
static void price_row(struct aid *x, struct row *r)
{
    const uint64_t *listed = map_get(&x->k->prices, r->item);
    const struct cell *c = cell_at(x, r->cells, C_PRICE);
    if (listed && (c->is_formula || !kiel_number(c, &r->price))) {
        const struct kiel_price *p = &x->k->price[*listed - 1];
        r->has_price = p->known;
        r->price = p->amount;
    } else {
        r->has_price = kiel_number(c, &r->price) && r->price.n >= 0;
    }
}

/* Whether this row stands for its package: the publisher's mark, else being first. */
static void mark_first(struct aid *x, struct package *p, uint32_t index, const struct row *r)
{
    struct dec mark;
    bool marked = kiel_number(cell_at(x, r->cells, C_FIRST), &mark) && mark.n == 1;
    if (marked && p->has_first) {
        doubt(x, DIAG_FLAG, "duplicate-first-row", r->cells, C_FIRST,
              "one row that stands for the package; the first counts", r->party);
    }
    if (p->first == UINT32_MAX || (marked && !p->has_first)) p->first = index;
    p->has_first |= marked;
}

static void read_row(struct aid *x, const struct sheet_row *row)
{
    struct kiel *k = x->k;
    const char *id = text_at(x, row, C_ID), *donor = text_at(x, row, C_DONOR);
    const char *giver = text_at(x, row, C_GIVER);
    if (!id && !donor && !giver) return;
    k->in->rows_read++;
    if (!id && giver && x->package_count) { /* one more contribution to the fund above */
        id = x->packages[x->package_count - 1].id;
        donor = x->packages[x->package_count - 1].donor;
    }
    if (!id || !donor) {
        doubt(x, DIAG_SKIPPED, id ? "no-donor" : "no-id", row, id ? C_DONOR : C_ID,
              "an id and a donor in every row", NULL);
        return;
    }
    struct row *r = &x->rows[x->row_count];
    *r = (struct row){.cells = row};
    r->party = kiel_party(k, donor, place_at(x, row, C_DONOR));
    r->package = package_of(x, id, row, r->party);
    if (giver) r->party = kiel_party(k, giver, place_at(x, row, C_GIVER));
    struct package *p = &x->packages[r->package];
    if (!p->donor) p->donor = donor;
    r->index = ++p->rows;
    r->has_units = number_at(x, row, C_UNITS, r->party, &r->units);
    r->has_delivered = number_at(x, row, C_DELIVERED, r->party, &r->delivered);
    r->item = item_of(x, row, r->has_units || r->has_delivered);
    r->passage = row_passage(x, row);
    const struct cell *date = cell_at(x, row, C_DATE);
    r->day = k->cutoff;
    r->precision = PRECISION_UNTIL;
    if (!is_bare(date)) {
        kiel_cell_day(k, date, place_at(x, row, C_DATE), r->party, &r->day, &r->precision);
    }
    price_row(x, r);
    mark_first(x, p, x->row_count, r);
    x->row_count++;
    k->in->rows_taken++;
}

/* --- packages --- */

static const char *class_of(struct aid *x, const struct sheet_row *row, const char *party)
{
    static const char *const classes[] = {"financial", "humanitarian", "military"};
    const char *said = text_at(x, row, C_CLASS);
    const char *slug = said ? kiel_slug(x->k->in->arena, said) : "";
    for (int i = 0; i < 3; i++) {
        if (strcmp(slug, classes[i]) == 0) return classes[i];
    }
    if (said) {
        doubt(x, DIAG_FLAG, "class-unknown", row, C_CLASS, "Financial, Humanitarian or Military",
              party);
    }
    return NULL;
}

/* An amount with how it was come by. */
struct amount {
    bool known;
    int64_t parts;
    const char *currency, *basis;
};

static struct sum sum_of(const struct aid *x, uint32_t package, bool delivered)
{
    struct sum s = {0};
    for (uint32_t i = 0; i < x->row_count; i++) {
        const struct row *r = &x->rows[i];
        if (r->package != package || !r->has_price) continue;
        if (delivered && r->has_delivered) add_product(&s, r->delivered, r->price);
        if (!delivered && r->has_units) add_product(&s, r->units, r->price);
    }
    return s;
}

/* The currency of the row that stands for a package, or NULL with the reason said. */
static const char *currency_of(struct aid *x, const struct row *first, bool needed)
{
    const char *said = text_at(x, first->cells, C_CURRENCY);
    if (!said) {
        if (needed) {
            doubt(x, DIAG_FLAG, "currency-unknown", first->cells, C_CURRENCY, "a code of ISO 4217",
                  first->party);
        }
        return NULL;
    }
    if (names_currency_places(said) < 0) {
        doubt(x, DIAG_FLAG, "currency-unknown", first->cells, C_CURRENCY, "a code of ISO 4217",
              first->party);
        return NULL;
    }
    if (x->k->rates.count && !map_get(&x->k->rates, said)) {
        doubt(x, DIAG_FLAG, "missing-rate", first->cells, C_CURRENCY,
              "a currency of the sheet 'Exchange rates'", first->party);
    }
    return said;
}

/* What the headline's formula gives: the amount as given, else units times prices. */
static struct amount compute_total(struct aid *x, const struct package *p, const struct row *first)
{
    struct amount out = {.basis = "stated"};
    struct dec given;
    bool has_given = number_at(x, first->cells, C_GIVEN, first->party, &given);
    struct sum s = {0};
    if (!has_given && x->sort->at_stages) s = sum_of(x, first->package, false);
    if (!has_given && (!s.any || s.n <= 0)) return out;
    out.currency = currency_of(x, first, has_given);
    if (has_given) {
        if (!out.currency) return out;
        out.known = kiel_parts(given, names_currency_places(out.currency), &out.parts);
    } else {
        if (out.currency && strcmp(out.currency, "USD") != 0) {
            doubt(x, DIAG_FLAG, "price-in-another-currency", first->cells, C_CURRENCY,
                  "USD, the currency of the prices that give this amount", first->party);
        }
        if (!out.currency) out.currency = "USD";
        out.known = sum_parts(&s, names_currency_places(out.currency), &out.parts);
        out.basis = "estimate";
    }
    if (!out.known) {
        doubt(x, DIAG_FLAG, "out-of-range", first->cells, C_GIVEN, "an amount that can be kept",
              p->party);
    }
    return out;
}

/* The computed headline against the cell; a number that a person typed there wins. */
static struct amount settle_total(struct aid *x, const struct package *p, const struct row *first,
                                  struct amount computed)
{
    struct arena *a = x->k->in->arena;
    const struct cell *c = cell_at(x, first->cells, C_TOTAL);
    struct amount typed = computed;
    struct dec d;
    if (!kiel_number(c, &d) || (c->is_formula && !computed.known)) return computed;
    if (!typed.currency) typed.currency = currency_of(x, first, true);
    if (!typed.currency) return computed;
    int places = names_currency_places(typed.currency);
    if (d.n <= 0 || !kiel_parts(d, places, &typed.parts)) return computed;
    typed.known = true;
    if (computed.known && typed.parts == computed.parts) return computed;
    const char *want =
        computed.known ? parts_format(a, computed.parts, places, places, 0) : "nothing";
    if (!c->is_formula && x->sort->at_stages) {
        doubt(x, DIAG_FLAG, "total-typed-over", first->cells, C_TOTAL,
              text_format(a, "%s %s, as the package's rows give; taken as typed", want,
                          typed.currency),
              p->party);
        return typed;
    }
    int64_t off = typed.parts - computed.parts;
    if (off > 1 || off < -1) {
        doubt(x, DIAG_FLAG, "total-differs", first->cells, C_TOTAL,
              text_format(a, "%s %s, as the package's rows give", want, typed.currency), p->party);
    }
    return computed;
}

/* "Value is given by the source", "... calculated with prices", "... by hand", "... not given". */
static const char *basis_of(const char *how, const char *otherwise)
{
    if (!how) return otherwise;
    if (strstr(how, "calculated")) return "estimate";
    return strstr(how, "given by") ? "stated" : otherwise;
}

static struct amount delivered_of(struct aid *x, const struct row *first, struct amount committed)
{
    struct amount out = {.currency = "USD", .basis = "estimate"};
    const char *how = text_at(x, first->cells, C_HOW_DELIVERED);
    if (!how || !x->sort->at_stages) return out;
    if (strstr(how, "given by")) {
        committed.basis = "stated";
        return committed;
    }
    if (!strstr(how, "calculated")) return out;
    struct sum s = sum_of(x, first->package, true);
    out.known = sum_parts(&s, 2, &out.parts);
    return out;
}

/* The publisher's EUR cell beside ours: it is compared within one EUR, never used. */
static void compare_eur(struct aid *x, const struct package *p, const struct row *first,
                        enum column column, struct amount ours, const char *rule)
{
    struct arena *a = x->k->in->arena;
    struct err ignored = {0};
    const struct cell *c = cell_at(x, first->cells, column);
    struct dec d;
    int64_t said;
    i128 mine = 0;
    if (!kiel_number(c, &d) || !kiel_parts(d, 2, &said)) return;
    struct record *s = kiel_figure(
        x->k, text_format(a, "package/%s/%s", p->id, column == C_EUR ? "converted" : "delivered"),
        column == C_EUR ? "package converted" : "package delivered", p->party, first->day,
        first->passage);
    record_set_int(a, s, F_LOW, said);
    record_set_int(a, s, F_HIGH, said);
    record_set_text(a, s, F_CURRENCY, "EUR");
    const uint64_t *rate = ours.known ? map_get(&x->k->rates, ours.currency) : NULL;
    if (ours.known && !rate) return;
    if (rate && parts_convert(ours.parts, names_currency_places(ours.currency), (struct dec){1, 0},
                              x->k->rate[*rate - 1], 2, &mine, &ignored)) {
        return;
    }
    if (mine - said <= 100 && said - mine <= 100) return;
    doubt(x, DIAG_FLAG, rule, first->cells, column,
          text_format(a, "%s EUR, as the package's rows give", parts_format(a, mine, 2, 2, 0)),
          p->party);
}

static void add_value(struct aid *x, const struct package *p, const struct row *first,
                      enum stage stage, struct amount amount)
{
    struct arena *a = x->k->in->arena;
    if (!amount.known) return;
    struct record *v = intake_add(x->k->in, KIND_VALUE);
    record_set_text(a, v, F_KEY, text_format(a, "%s/value/%s", p->key, stage_name(stage)));
    record_set_key(a, v, F_OF, p->key);
    record_set_int(a, v, F_TO, x->sort->at_stages ? stage : STAGE_WORLD);
    record_set_text(a, v, F_BASIS, amount.basis);
    record_set_int(a, v, F_LOW, amount.parts);
    record_set_int(a, v, F_HIGH, amount.parts);
    record_set_text(a, v, F_CURRENCY, amount.currency);
    record_set_int(a, v, F_DAY, first->day);
    record_set_text(a, v, F_SERIES, x->sort->series);
    if (p->outside) record_set_int(a, v, F_OUTSIDE, 1);
    record_set_key(a, v, F_PASSAGE, first->passage);
    record_set_int(a, v, F_STATED, x->k->stated_ms);
}

/* A package and its values. */
static void add_package(struct aid *x, struct package *p)
{
    struct arena *a = x->k->in->arena;
    const struct row *first = &x->rows[p->first];
    p->class_ = class_of(x, first->cells, p->party);
    p->outside =
        !x->sort->at_stages || (x->says_outside && is_bare(cell_at(x, first->cells, C_EUR)));
    if (!p->has_first && x->columns[C_FIRST] >= 0) {
        doubt(x, DIAG_FLAG, "no-first-row", first->cells, C_FIRST,
              "one row of the id marked 1; its first row is taken", p->party);
    }
    struct record *r = intake_add(x->k->in, KIND_PACKAGE);
    record_set_text(a, r, F_KEY, p->key);
    record_set_text(a, r, F_NAME, p->id);
    record_set_key(a, r, F_PARTY, p->party);
    record_set_key(a, r, F_RECEIVER, x->receiver);
    record_set_text(a, r, F_CLASS, p->class_);
    record_set_int(a, r, F_DAY, first->day);
    if (first->precision) record_set_int(a, r, F_PRECISION, first->precision);
    record_set_text(a, r, F_SERIES, x->sort->series);
    if (x->sort->at_stages) record_set_text(a, r, F_SAME, KIEL_SAME_SUPPORT);
    if (p->outside) record_set_int(a, r, F_OUTSIDE, 1);
    record_set_key(a, r, F_PASSAGE, first->passage);
    record_set_int(a, r, F_STATED, x->k->stated_ms);

    struct amount total = settle_total(x, p, first, compute_total(x, p, first));
    if (x->sort->at_stages) total.basis = basis_of(text_at(x, first->cells, C_HOW), total.basis);
    struct amount delivered = delivered_of(x, first, total);
    add_value(x, p, first, STAGE_COMMITTED, total);
    add_value(x, p, first, STAGE_DELIVERED, delivered);
    if (x->sort->at_stages) {
        compare_eur(x, p, first, C_EUR, total, "converted-differs");
        compare_eur(x, p, first, C_DELIVERED_EUR, delivered, "delivered-differs");
    }
}

/* --- lines --- */

/* A quantity in parts of the row's item; a fraction is said. */
static bool parts_of(struct aid *x, const struct row *r, enum column column, struct dec d,
                     int64_t *out)
{
    struct arena *a = x->k->in->arena;
    const char *name = text_at(x, r->cells, C_ITEM);
    int places = name ? kiel_item_parts(name) : 0;
    if (!kiel_parts(d, places, out)) {
        doubt(x, DIAG_SKIPPED, "out-of-range", r->cells, column, "a quantity that can be kept",
              r->party);
        return false;
    }
    if (dec_trim(d).scale) {
        doubt(
            x, DIAG_FLAG, "fraction", r->cells, column,
            text_format(a, "a whole number; taken as %s", parts_format(a, *out, places, places, 0)),
            r->party);
    }
    return true;
}

static void add_entry(struct aid *x, const struct row *r, const char *line, const char *what,
                      enum stage from, enum stage to, int64_t qty, int32_t day,
                      enum precision precision)
{
    struct arena *a = x->k->in->arena;
    struct record *e = intake_add(x->k->in, KIND_ENTRY);
    record_set_text(a, e, F_KEY, text_format(a, "%s/%s", line, what));
    record_set_key(a, e, F_LINE, line);
    record_set_int(a, e, F_FROM, from);
    record_set_int(a, e, F_TO, to);
    record_set_int(a, e, F_QTY, qty);
    record_set_int(a, e, F_DAY, day);
    if (precision) record_set_int(a, e, F_PRECISION, precision);
    record_set_key(a, e, F_PASSAGE, r->passage);
    record_set_text(a, e, F_AUTHOR, "import:kiel-workbook");
    record_set_int(a, e, F_STATED, x->k->stated_ms);
}

/* Units committed and delivered. No day of delivery is given: it was by the cut-off. */
static void add_entries(struct aid *x, const struct row *r, const char *line, int64_t committed,
                        int64_t delivered)
{
    int32_t by = r->day > x->k->cutoff ? r->day : x->k->cutoff;
    if (committed > 0) {
        add_entry(x, r, line, "committed", STAGE_WORLD, STAGE_COMMITTED, committed, r->day,
                  r->precision);
    }
    int64_t promised = delivered < committed ? delivered : committed;
    if (promised > 0) {
        add_entry(x, r, line, "delivered", STAGE_COMMITTED, STAGE_DELIVERED, promised, by,
                  PRECISION_UNTIL);
    }
    if (delivered <= promised) return;
    if (committed > 0) {
        doubt(x, DIAG_FLAG, "delivered-above-committed", r->cells, C_DELIVERED,
              "no more than the units committed", r->party);
    }
    add_entry(x, r, line, committed > 0 ? "delivered-beyond" : "delivered", STAGE_WORLD,
              STAGE_DELIVERED, delivered - promised, by, PRECISION_UNTIL);
}

/* What a country puts into a fund: money whose amount is known, at no stage. */
static bool contribution(const struct aid *x, const struct row *r, int64_t *out)
{
    const char *currency = text_at(x, r->cells, C_PART_CURRENCY);
    struct dec d;
    int places = currency ? names_currency_places(currency) : -1;
    return places >= 0 && text_starts(r->item, "money/") &&
           strcmp(r->item + strlen("money/"), currency) == 0 &&
           kiel_number(cell_at(x, r->cells, C_PART), &d) && d.n > 0 && kiel_parts(d, places, out);
}

static void add_line(struct aid *x, const struct package *p, const struct row *r)
{
    struct arena *a = x->k->in->arena;
    int64_t committed = 0, delivered = 0;
    bool has_units = r->has_units && parts_of(x, r, C_UNITS, r->units, &committed);
    if (!has_units) has_units = contribution(x, r, &committed);
    bool has_delivered = r->has_delivered && parts_of(x, r, C_DELIVERED, r->delivered, &delivered);
    const char *name = text_at(x, r->cells, C_ITEM), *sort = text_at(x, r->cells, C_SORT);
    const char *key = text_format(a, "%s/%u", p->key, (unsigned)r->index);

    struct record *line = intake_add(x->k->in, KIND_LINE);
    record_set_text(a, line, F_KEY, key);
    record_set_text(a, line, F_NAME, name ? name : sort);
    record_set_key(a, line, F_PARTY, r->party);
    record_set_key(a, line, F_RECEIVER, x->receiver);
    record_set_key(a, line, F_ITEM, r->item);
    record_set_text(a, line, F_CLASS, p->class_);
    record_set_text(a, line, F_CONDITION, sort);
    record_set_int(a, line, F_DAY, r->day);
    if (r->precision) record_set_int(a, line, F_PRECISION, r->precision);
    record_set_text(a, line, F_SERIES, x->sort->series);
    record_set_key(a, line, F_PACKAGE, p->key);
    if (has_units) {
        record_set_int(a, line, F_LOW, committed);
        record_set_int(a, line, F_HIGH, committed);
    }
    if (p->outside) record_set_int(a, line, F_OUTSIDE, 1);
    if (strcmp(p->party, r->party) != 0) record_set_key(a, line, F_CHANNEL, p->party);
    record_set_text(a, line, F_NOTE, text_at(x, r->cells, C_WHY));
    record_set_key(a, line, F_PASSAGE, r->passage);
    record_set_int(a, line, F_STATED, x->k->stated_ms);
    if (!x->sort->at_stages) return;
    add_entries(x, r, key, has_units ? committed : 0, has_delivered ? delivered : 0);
}

/* --- the sheet --- */

/* The columns by their headings; the item's has none in release 7 and stands left of its sort. */
static enum rc find_columns(struct aid *x, struct err *err)
{
    const char *const *const wanted[] = {headings[C_ID], headings[C_DONOR]};
    const struct sheet_row *head = kiel_head(x->sheet, 10, wanted, 2);
    if (!head) {
        return fail(err, RC_INPUT, "sheet '%.60s' has no row with the headings ID and %s",
                    x->sheet->name, headings[C_DONOR][0]);
    }
    for (int c = 0; c < C_COUNT; c++) {
        x->columns[c] = kiel_column(head, headings[c]);
        if (x->columns[c] < 0 && c < C_REQUIRED) {
            return fail(err, RC_INPUT, "sheet '%.60s': row %u has no column '%s'", x->sheet->name,
                        (unsigned)head->number, headings[c][0]);
        }
    }
    if (x->columns[C_ITEM] < 0) {
        static const char *const sort[] = {"Type of item", NULL};
        int right = kiel_column(head, sort);
        if (right > 0 && !*row_cell(head, (uint32_t)right - 1)->text)
            x->columns[C_ITEM] = right - 1;
    }
    if (x->columns[C_ITEM] < 0) {
        return fail(err, RC_INPUT, "sheet '%.60s': row %u has no column 'Item'", x->sheet->name,
                    (unsigned)head->number);
    }
    for (uint32_t i = 0; i < x->sheet->count; i++) {
        const struct sheet_row *row = &x->sheet->rows[i];
        if (row->number <= head->number) continue;
        x->says_outside |= !is_bare(cell_at(x, row, C_EUR));
        read_row(x, row);
    }
    return RC_OK;
}

enum rc kiel_read_aid(struct kiel *k, const struct sheet *s, const struct kiel_sort *sort,
                      struct err *err)
{
    struct arena *a = k->in->arena;
    struct aid x = {.k = k, .sheet = s, .sort = sort, .receiver = "UKR", .ids = {.arena = a}};
    const struct known_party *ukraine = names_party("UKR");
    intake_party(k->in, "UKR", ukraine ? ukraine->name : "Ukraine", "nation");
    x.rows = NEW_ARRAY(a, s->count + 1, struct row);
    x.packages = NEW_ARRAY(a, s->count + 1, struct package);
    enum rc rc = find_columns(&x, err);
    if (rc) return rc;
    if (!x.row_count) {
        return fail(err, RC_INPUT, "sheet '%.60s' holds no rows that could be taken", s->name);
    }
    for (uint32_t i = 0; i < x.package_count; i++) {
        add_package(&x, &x.packages[i]);
        for (uint32_t r = 0; r < x.row_count; r++) {
            if (x.rows[r].package == i) add_line(&x, &x.packages[i], &x.rows[r]);
        }
    }
    return RC_OK;
}
