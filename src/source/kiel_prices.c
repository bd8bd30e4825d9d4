/*
 * kiel_prices.c - the workbook's price list and exchange rates.
 *
 * The price list is also the tracker's catalogue: the class and sort of every
 * item stand in it. Names are matched as a spreadsheet's VLOOKUP does, without
 * regard to case, and the first of two rows of one name counts.
 */
#include <string.h>

#include "base/text.h"
#include "names/names.h"
#include "source/kiel.h"

#define NAMES(...) ((const char *const[]){__VA_ARGS__, NULL})

static const char price_sheet[] = "Price List, Weapons & Items";
static const char rate_sheet[] = "Exchange rates";

/* A text of the list, or NULL where a "." or nothing stands for it. */
static const char *said(struct arena *a, const struct sheet_row *row, int column)
{
    if (column < 0) return NULL;
    const struct cell *c = row_cell(row, (uint32_t)column);
    return kiel_is_blank(c) ? NULL : text_squeeze(a, c->text);
}

static void add_price(struct kiel *k, const char *item, struct dec amount, const char *currency,
                      const char *passage)
{
    struct arena *a = k->in->arena;
    struct record *r = intake_add(k->in, KIND_PRICE);
    record_set_text(a, r, F_KEY,
                    text_format(a, "%s/price/%s", k->series, item + strlen("kiel:item:")));
    record_set_key(a, r, F_ITEM, item);
    record_set_text(a, r, F_CURRENCY, currency);
    record_set_dec(a, r, F_AMOUNT, amount);
    record_set_text(a, r, F_BASIS, "estimate");
    record_set_text(a, r, F_SERIES, k->series);
    record_set_int(a, r, F_DAY, k->cutoff);
    record_set_key(a, r, F_PASSAGE, passage);
    record_set_int(a, r, F_STATED, k->stated_ms);
}

/* The price of a row; a blank is no price, words are said. */
static bool read_price(struct kiel *k, const struct sheet_row *row, int column,
                       struct kiel_price *out)
{
    struct kiel_place at = {price_sheet, row->number, column};
    const struct cell *c = row_cell(row, (uint32_t)column);
    if (kiel_is_blank(c)) return false;
    if (!kiel_number(c, &out->amount)) {
        kiel_diag(k, DIAG_SKIPPED, c->type == CELL_ERROR ? "formula-error" : "not-a-number", at,
                  c->text, "a price", NULL);
        return false;
    }
    if (out->amount.n < 0) {
        kiel_diag(k, DIAG_SKIPPED, "negative", at, c->text, "a price of 0 or more", NULL);
        return false;
    }
    return true;
}

void kiel_read_prices(struct kiel *k)
{
    struct arena *a = k->in->arena;
    const struct sheet *s = workbook_sheet(k->book, price_sheet);
    const char *const *const wanted[] = {NAMES("Item"), NAMES("Unit Price")};
    const struct sheet_row *head = s ? kiel_head(s, 5, wanted, 2) : NULL;
    if (!head) return;
    int name_at = kiel_column(head, NAMES("Item")),
        price_at = kiel_column(head, NAMES("Unit Price"));
    int class_at = kiel_column(head, NAMES("Type of item"));
    int sort_at = kiel_column(head, NAMES("Sub-type of item"));
    int currency_at = kiel_column(head, NAMES("Currency"));

    k->prices.arena = a;
    k->price = NEW_ARRAY(a, s->count + 1, struct kiel_price);
    for (uint32_t i = 0; i < s->count; i++) {
        const struct sheet_row *row = &s->rows[i];
        const char *name = said(a, row, name_at);
        if (row->number <= head->number || !name) continue;
        k->in->rows_read++;
        const char *class_ = said(a, row, class_at);
        const char *item =
            kiel_item(k, name, class_ ? kiel_slug(a, class_) : NULL, said(a, row, sort_at));
        if (map_get(&k->prices, item)) {
            kiel_diag(k, DIAG_FLAG, "duplicate-price",
                      (struct kiel_place){s->name, row->number, name_at}, name,
                      "one row an item; the first counts", NULL);
            continue;
        }
        struct kiel_price *p = &k->price[k->price_count++];
        map_put(&k->prices, item, k->price_count);
        k->in->rows_taken++;
        const char *currency = said(a, row, currency_at);
        p->currency = currency && names_currency_places(currency) >= 0 ? currency : "USD";
        p->known = read_price(k, row, price_at, p);
        if (!p->known || p->amount.n == 0) continue;
        add_price(k, item, p->amount, p->currency, kiel_row_passage(k, s->name, row->number));
    }
}

void kiel_read_rates(struct kiel *k)
{
    struct arena *a = k->in->arena;
    const struct sheet *s = workbook_sheet(k->book, rate_sheet);
    const char *const *const wanted[] = {NAMES("Currency"), NAMES("1 EUR")};
    const struct sheet_row *head = s ? kiel_head(s, 8, wanted, 2) : NULL;
    if (!head) return;
    int code_at = kiel_column(head, NAMES("Currency")), rate_at = kiel_column(head, NAMES("1 EUR"));
    uint64_t count = 0;
    k->rates.arena = a;
    k->rate = NEW_ARRAY(a, s->count + 1, struct dec);
    for (uint32_t i = 0; i < s->count; i++) {
        const struct sheet_row *row = &s->rows[i];
        const char *code = said(a, row, code_at);
        const struct cell *c = row_cell(row, (uint32_t)rate_at);
        struct kiel_place at = {s->name, row->number, rate_at};
        struct dec rate;
        if (row->number <= head->number || !code || strlen(code) != 3) continue;
        k->in->rows_read++;
        if (names_currency_places(code) < 0) {
            at.column = code_at;
            kiel_diag(k, DIAG_SKIPPED, "currency-unknown", at, code, "a code of ISO 4217", NULL);
            continue;
        }
        if (!kiel_number(c, &rate) || rate.n <= 0) {
            kiel_diag(k, DIAG_SKIPPED, "not-a-number", at, c->text, "units for one EUR, above 0",
                      NULL);
            continue;
        }
        if (map_get(&k->rates, code)) {
            kiel_diag(k, DIAG_FLAG, "duplicate-rate", at, code,
                      "one rate a currency; the first counts", NULL);
            continue;
        }
        k->rate[count++] = rate;
        map_put(&k->rates, code, count);
        k->in->rows_taken++;
        if (strcmp(code, "EUR") == 0) continue;
        struct record *r = intake_add(k->in, KIND_RATE);
        record_set_text(a, r, F_KEY, text_format(a, "%s/rate/%s", k->series, code));
        record_set_text(a, r, F_SERIES, k->series);
        record_set_text(a, r, F_CURRENCY, code);
        record_set_text(a, r, F_BASE, "EUR");
        record_set_int(a, r, F_DAY, k->cutoff);
        record_set_dec(a, r, F_AMOUNT, rate);
        record_set_key(a, r, F_PASSAGE, kiel_row_passage(k, s->name, row->number));
        record_set_int(a, r, F_STATED, k->stated_ms);
    }
}
