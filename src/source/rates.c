/*
 * rates.c - exchange rates as central banks publish them.
 *
 * The European Central Bank's reference rates come as a table of days by
 * currencies, daily or since 1999, zipped or not; the IMF's yearly averages as
 * one row a country and year. All of a file is taken: a rate that is missing
 * later cannot be told from one that was never published. One passage stands
 * for the whole file, because a rate's day and currency already are its place
 * and a passage a cell would double the log.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "names/names.h"
#include "source/forms.h"
#include "source/readers.h"
#include "source/source.h"
#include "source/table.h"

static void skipped(struct intake *in, const struct input *input, uint32_t row, const char *column,
                    const char *rule, const char *value, const char *expected)
{
    struct diag d = {.severity = DIAG_SKIPPED,
                     .rule = rule,
                     .file = input->name,
                     .row = row,
                     .column = column,
                     .value = value,
                     .expected = expected};
    intake_diag(in, &d);
}

/* What every rate of a file has in common. */
struct publication {
    struct intake *in;
    const struct input *input;
    const char *series, *base, *passage;
};

static void add_rate(const struct publication *p, const char *currency, int32_t day,
                     struct dec rate)
{
    struct arena *a = p->in->arena;
    char date[DAY_TEXT];
    struct record *r = intake_add(p->in, KIND_RATE);
    record_set_text(a, r, F_KEY,
                    text_format(a, "%s/%s/%s", p->series, currency, day_format(day, date)));
    record_set_int(a, r, F_DAY, day);
    record_set_key(a, r, F_PASSAGE, p->passage);
    record_set_text(a, r, F_SERIES, p->series);
    record_set_text(a, r, F_CURRENCY, currency);
    record_set_dec(a, r, F_AMOUNT, rate);
    record_set_text(a, r, F_BASE, p->base);
}

/* A rate above 0, or false with a diagnostic. */
static bool take_rate(const struct publication *p, const char *text, uint32_t row,
                      const char *column, struct dec *rate)
{
    struct err err;
    struct number_form plain = {0};
    enum rc rc = number_read(text, &plain, rate, &err);
    if (!rc && rate->n > 0) return true;
    skipped(p->in, p->input, row, column, rc == RC_RULE ? "overflow" : "bad-rate", text,
            "a rate above 0 such as 1.1684");
    return false;
}

/* --- European Central Bank --- */

enum { ECB_CURRENCIES_MAX = 200 };

/* "Date,USD," or "Date, USD, ". */
static bool looks_like_ecb(const char *bytes, size_t len)
{
    if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) bytes += 3, len -= 3;
    if (len < 9 || memcmp(bytes, "Date,", 5) != 0) return false;
    size_t at = 5 + (bytes[5] == ' ');
    for (size_t i = 0; i < 3; i++) {
        if (bytes[at + i] < 'A' || bytes[at + i] > 'Z') return false;
    }
    return at + 3 < len && bytes[at + 3] == ',';
}

static bool is_zip(const struct input *input)
{
    return input->len > 30 && memcmp(input->bytes, "PK\3\4", 4) == 0;
}

/* Whether the first file in the archive is called eurofxref*: its name is in the clear. */
static bool looks_like_ecb_zip(const struct input *input)
{
    static const char name[] = "eurofxref";
    size_t len = sizeof name - 1;
    return is_zip(input) && input->len > 30 + len && memcmp(input->bytes + 30, name, len) == 0;
}

static bool ecb_sniff(const struct input *inputs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!looks_like_ecb(inputs[i].bytes, inputs[i].len) && !looks_like_ecb_zip(&inputs[i])) {
            return false;
        }
    }
    return count > 0;
}

/* The currencies of the head row by column; unknown ones are NULL and said once. */
static uint32_t ecb_head(const struct publication *p, const struct sheet_row *head,
                         const char *currencies[ECB_CURRENCIES_MAX])
{
    uint32_t count = head->count < ECB_CURRENCIES_MAX ? head->count : ECB_CURRENCIES_MAX;
    for (uint32_t c = 1; c < count; c++) {
        const char *code = text_squeeze(p->in->arena, row_cell(head, c)->text);
        currencies[c] = NULL;
        if (!*code) continue;
        if (names_currency_places(code) >= 0)
            currencies[c] = code;
        else {
            skipped(p->in, p->input, head->number, column_name(p->in->arena, c), "unknown-currency",
                    code, "an ISO 4217 code such as USD");
        }
    }
    return count;
}

/* One day of rates. False when its date cannot be taken, or was taken before. */
static bool ecb_day(const struct publication *p, const struct sheet_row *row,
                    const char *const *currencies, uint32_t columns, struct map *days,
                    uint32_t file, int32_t *day)
{
    struct arena *a = p->in->arena;
    struct err err;
    const char *date = text_squeeze(a, row_cell(row, 0)->text);
    enum rc rc = date_read(date, DATE_ISO | DATE_D_MONTH_Y, day, NULL, &err);
    if (rc) {
        skipped(p->in, p->input, row->number, "Date",
                rc == RC_RULE ? "date-out-of-range" : "bad-date", date,
                "a day such as 2026-04-13 or 13 April 2026");
        return false;
    }
    char key[DAY_TEXT];
    day_format(*day, key);
    uint64_t *known = map_get(days, key);
    if (known && *known == file) {
        skipped(p->in, p->input, row->number, "Date", "duplicate-key", date,
                "each day once in a file");
    }
    if (known) return false; /* the daily file repeats the last day of the long one */
    map_put(days, key, file);
    for (uint32_t c = 1; c < columns && c < row->count; c++) {
        const char *text = row_cell(row, c)->text;
        while (*text == ' ') text++;
        if (!currencies[c] || !*text || strcmp(text, "N/A") == 0) continue;
        struct dec rate;
        if (take_rate(p, text, row->number, currencies[c], &rate)) {
            add_rate(p, currencies[c], *day, rate);
        }
    }
    return true;
}

/* The file-th of the unit; `days` are those taken from the files before it. */
static enum rc ecb_file(const struct input *input, uint32_t file, struct map *days,
                        struct intake *in, struct err *err)
{
    const char *bytes = input->bytes;
    size_t len = input->len;
    if (is_zip(input)) {
        enum rc rc = zip_read(in->arena, input->bytes, input->len, NULL, &bytes, &len, err);
        if (rc) return rc;
    }
    struct workbook w = {0};
    enum rc rc = csv_read(in->arena, bytes, len, ',', &w, err);
    if (rc) return rc;
    if (!looks_like_ecb(bytes, len) || !w.count || w.sheets[0].count < 2) {
        return fail(err, RC_INPUT,
                    "expected a row 'Date,USD,...' and rows of rates below it, as the ECB "
                    "publishes them");
    }
    const struct sheet *s = &w.sheets[0];
    const char *source =
        intake_source(in, input, "European Central Bank", "Euro foreign exchange reference rates",
                      0, is_zip(input) ? "application/zip" : "text/csv");
    struct publication p = {in, input, "ecb", "EUR", intake_passage(in, source, "whole file")};
    const char *currencies[ECB_CURRENCIES_MAX];
    uint32_t columns = ecb_head(&p, &s->rows[0], currencies);
    for (uint32_t i = 1; i < s->count; i++) {
        int32_t day;
        in->rows_read++;
        if (!ecb_day(&p, &s->rows[i], currencies, columns, days, file, &day)) continue;
        in->rows_taken++;
        /* Each day's rates are published that day, in the afternoon. */
        int64_t stated = (day + INT64_C(1)) * MS_PER_DAY - 1;
        if (stated > in->stated_ms) in->stated_ms = stated;
    }
    return RC_OK;
}

static enum rc ecb_read(const struct input *inputs, uint32_t count, struct intake *in,
                        struct err *err)
{
    struct map days = {.arena = in->arena};
    for (uint32_t i = 0; i < count; i++) {
        if (ecb_file(&inputs[i], i, &days, in, err)) return fail_in(err, "%.80s", inputs[i].name);
    }
    return RC_OK;
}

const struct reader ecb_rates_reader = {
    .name = "ecb-rates",
    .about = "European Central Bank reference rates, daily or since 1999 (CSV or zip)",
    .sniff = ecb_sniff,
    .read = ecb_read,
};

/* --- International Monetary Fund --- */

static const char imf_head[] = "Date,Rate,Currency,Frequency,Source,Country code,Country";

static bool imf_sniff(const struct input *inputs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const char *bytes = inputs[i].bytes;
        size_t len = inputs[i].len;
        if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) bytes += 3, len -= 3;
        if (len < sizeof imf_head || memcmp(bytes, imf_head, sizeof imf_head - 1) != 0) {
            return false;
        }
    }
    return count > 0;
}

/*
 * What the rows of one currency and day say. Countries that share a currency
 * are listed apart and sometimes differ; the country that issues it (GB for
 * GBP) is believed, else the rate that most rows give, else the first.
 */
struct offer {
    const char *currency;
    int32_t day;
    struct dec rate;
    int weight;
    uint32_t next; /* another rate for the same, from 1; 0: none */
};

enum { ISSUER_WEIGHT = 1 << 20 };

struct offers {
    struct offer *all;
    uint32_t count;
    struct map first; /* "CUR day" to the index of its first offer */
};

static void offer_rate(struct offers *o, struct arena *a, const char *currency, int32_t day,
                       struct dec rate, const char *country)
{
    char key[32];
    snprintf(key, sizeof key, "%.8s %d", currency, (int)day);
    int weight = strncmp(country, currency, 2) == 0 && strlen(country) == 2 ? ISSUER_WEIGHT : 1;
    uint64_t *known = map_get(&o->first, key);
    uint32_t *link = NULL;
    for (uint32_t at = known ? (uint32_t)*known + 1 : 0; at; at = *link) {
        struct offer *have = &o->all[at - 1];
        if (dec_cmp(have->rate, rate) == 0) {
            have->weight += weight;
            return;
        }
        link = &have->next;
    }
    if (link)
        *link = o->count + 1;
    else
        map_put(&o->first, key, o->count);
    o->all[o->count++] = (struct offer){arena_text(a, currency), day, rate, weight, 0};
}

static bool imf_row(const struct publication *p, const struct sheet_row *row, struct offers *o)
{
    struct arena *a = p->in->arena;
    struct err err;
    int32_t day;
    const char *date = row_cell(row, 0)->text, *rate = row_cell(row, 1)->text;
    const char *currency = row_cell(row, 2)->text;
    enum rc rc = date_read(date, DATE_ISO, &day, NULL, &err);
    if (rc) {
        skipped(p->in, p->input, row->number, "Date",
                rc == RC_RULE ? "date-out-of-range" : "bad-date", date, "a day such as 2022-12-31");
        return false;
    }
    if (names_currency_places(currency) < 0) {
        /* Names of dead currencies differ between the IMF and ISO: one sentence a code. */
        char key[40];
        snprintf(key, sizeof key, "unknown %.8s", currency);
        if (!map_get(&o->first, key)) {
            map_put(&o->first, key, 0);
            skipped(p->in, p->input, row->number, "Currency", "unknown-currency", currency,
                    "an ISO 4217 code such as USD; all rows with this code are left out");
        }
        return false;
    }
    struct dec value;
    if (!take_rate(p, rate, row->number, "Rate", &value)) return false;
    if (strcmp(currency, p->base) == 0) return true;
    offer_rate(o, a, currency, day, value, row_cell(row, 5)->text);
    return true;
}

static void imf_settle(const struct publication *p, const struct offers *o)
{
    struct arena *a = p->in->arena;
    uint32_t disputed = 0;
    const char *first_dispute = "";
    bool *chained = NEW_ARRAY(a, o->count ? o->count : 1, bool);
    for (uint32_t i = 0; i < o->count; i++) {
        if (chained[i]) continue;
        const struct offer *best = &o->all[i];
        for (uint32_t at = o->all[i].next; at; at = o->all[at - 1].next) {
            chained[at - 1] = true;
            if (o->all[at - 1].weight > best->weight) best = &o->all[at - 1];
        }
        add_rate(p, best->currency, best->day, best->rate);
        if (!o->all[i].next) continue;
        char date[DAY_TEXT];
        if (!disputed++) {
            first_dispute = text_format(a, "%s %s", best->currency, day_format(best->day, date));
        }
    }
    if (!disputed) return;
    struct diag d = {
        .severity = DIAG_NOTE,
        .rule = "rates-differ",
        .file = p->input->name,
        .column = "Rate",
        .value = text_format(a, "%u currency-years, the first %s", disputed, first_dispute),
        .expected = "one rate; taken: the issuing country's, else what most rows give"};
    intake_diag(p->in, &d);
}

static enum rc imf_file(const struct input *input, struct intake *in, struct err *err)
{
    struct workbook w = {0};
    enum rc rc = csv_read(in->arena, input->bytes, input->len, ',', &w, err);
    if (rc) return rc;
    if (!imf_sniff(input, 1) || !w.count) {
        return fail(err, RC_INPUT, "expected the heading row '%s'", imf_head);
    }
    const struct sheet *s = &w.sheets[0];
    const char *source =
        intake_source(in, input, "International Monetary Fund",
                      "Exchange rates, national currency per US dollar", 0, "text/csv");
    struct publication p = {in, input, "imf", "USD", intake_passage(in, source, "whole file")};
    struct offers o = {.all = NEW_ARRAY(in->arena, s->count + 1, struct offer),
                       .first = {.arena = in->arena}};
    for (uint32_t i = 1; i < s->count; i++) {
        in->rows_read++;
        in->rows_taken += imf_row(&p, &s->rows[i], &o);
    }
    imf_settle(&p, &o);
    return RC_OK;
}

static enum rc imf_read(const struct input *inputs, uint32_t count, struct intake *in,
                        struct err *err)
{
    for (uint32_t i = 0; i < count; i++) {
        if (imf_file(&inputs[i], in, err)) return fail_in(err, "%.80s", inputs[i].name);
    }
    return RC_OK;
}

const struct reader imf_rates_reader = {
    .name = "imf-rates",
    .about = "IMF exchange rates against the dollar, yearly averages (CSV)",
    .sniff = imf_sniff,
    .read = imf_read,
};
