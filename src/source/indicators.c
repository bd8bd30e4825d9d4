/*
 * indicators.c - what fair shares are measured by: GDP, GNI, population,
 * defence spending, refugees received and what they cost.
 *
 * These tables are small, flat and each a little different, so there is one
 * reader that knows their heads (`layouts`) and not a reader each. A table is
 * recognised by its head alone. Two tables that give different numbers for
 * the same thing are two series, and both are kept.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "names/names.h"
#include "source/forms.h"
#include "source/readers.h"
#include "source/source.h"
#include "source/table.h"

/* One table being read. */
struct table {
    struct intake *in;
    const struct input *input;
    const struct sheet *sheet;
    const char *series, *passage;
    struct map *stated;    /* of the whole unit: indicator key to its place in the intake */
    struct map told;       /* of this file: names that a diagnostic was made for */
    struct buf aggregates; /* codes or names left out because they are sums of countries */
    uint32_t aggregate_rows, aggregate_count;
};

/* What one cell says. */
struct reading {
    const char *party, *measure, *currency, *unit, *note;
    int32_t day;
    enum precision precision;
    struct dec amount;
};

struct layout {
    const char *head; /* the first line begins so: lower case, without quotes and spaces */
    const char *series, *publisher, *title;
    void (*read)(struct table *t);
};

static void report(struct table *t, enum severity severity, const char *rule, uint32_t row,
                   const char *column, const char *value, const char *expected)
{
    struct diag d = {.severity = severity,
                     .rule = rule,
                     .file = t->input->name,
                     .row = row,
                     .column = column,
                     .value = value,
                     .expected = expected};
    intake_diag(t->in, &d);
}

/* Whether it is the first time that this file has something to say about `about`. */
static bool first_told(struct table *t, const char *about)
{
    t->told.arena = t->in->arena;
    if (map_get(&t->told, about)) return false;
    map_put(&t->told, about, 1);
    return true;
}

static void add_reading(struct table *t, const struct reading *v, uint32_t row, const char *column)
{
    struct arena *a = t->in->arena;
    char date[DAY_TEXT], amount[DEC_TEXT];
    day_format(v->day, date);
    if (v->precision == PRECISION_UNTIL) date[4] = '\0';
    if (v->precision == PRECISION_MONTH) date[7] = '\0';
    const char *key = text_format(a, "%s/%s/%s/%s", t->series, v->measure, v->party, date);
    uint64_t *at = map_get(t->stated, key);
    if (at) {
        const struct record *known = t->in->records[*at];
        if (dec_cmp(record_dec(known, F_AMOUNT), v->amount) != 0) {
            report(t, DIAG_SKIPPED, "stated-twice", row, column, dec_format(v->amount, amount),
                   text_format(a, "%s, which was stated for %s before",
                               dec_format(record_dec(known, F_AMOUNT), (char[DEC_TEXT]){0}), key));
        }
        return;
    }
    const struct known_party *p = names_party(v->party);
    intake_party(t->in, p->key, p->name, p->type);
    map_put(t->stated, key, t->in->count);
    struct record *r = intake_add(t->in, KIND_INDICATOR);
    record_set_text(a, r, F_KEY, key);
    record_set_key(a, r, F_PARTY, v->party);
    record_set_text(a, r, F_UNIT, v->unit);
    record_set_int(a, r, F_DAY, v->day);
    if (v->precision == PRECISION_MONTH) record_set_int(a, r, F_PRECISION, PRECISION_MONTH);
    record_set_key(a, r, F_PASSAGE, t->passage);
    record_set_text(a, r, F_SERIES, t->series);
    record_set_text(a, r, F_CURRENCY, v->currency);
    record_set_dec(a, r, F_AMOUNT, v->amount);
    record_set_text(a, r, F_MEASURE, v->measure);
    record_set_text(a, r, F_NOTE, v->note);
}

/* The words that publishers write where there is no number. */
static bool is_missing(const char *text)
{
    static const char *const words[] = {
        "", "..", "...", "-", "na", "n/a", "not applicable", "data not available"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t k = 0;
        while (text[k] && (text[k] | 32) == (words[i][k] | 32)) k++;
        if (!text[k] && !words[i][k]) return true;
    }
    return false;
}

/*
 * The number in a cell times 10^power; false where none stands, with a
 * diagnostic if something else stands there. None of these can be below 0.
 */
static bool take_number(struct table *t, const struct sheet_row *row, uint32_t column,
                        const char *heading, int power, struct dec *out)
{
    struct arena *a = t->in->arena;
    const char *text = text_squeeze(a, row_cell(row, column)->text);
    if (is_missing(text)) return false;
    size_t len = strlen(text);
    const char *digits = text;
    if (text[len - 1] == '%') digits = text_squeeze(a, arena_bytes(a, text, len - 1));
    struct number_form form = {.thousands = ',', .power = power};
    struct err err;
    enum rc rc = number_read(digits, &form, out, &err);
    const char *rule = rc == RC_RULE ? "overflow" : rc ? "bad-number" : "negative";
    if (!rc && out->n >= 0) return true;
    report(t, DIAG_SKIPPED, rule, row->number, heading, text, "a number, 0 or above");
    return false;
}

/* A year of four digits as its last day. */
static bool take_year(struct table *t, const char *text, uint32_t row, const char *heading,
                      struct reading *v)
{
    struct err err;
    enum rc rc = date_read(text, DATE_YEAR, &v->day, &v->precision, &err);
    if (!rc) return true;
    report(t, DIAG_SKIPPED, rc == RC_RULE ? "date-out-of-range" : "bad-date", row, heading, text,
           "a year between 1900 and 2199");
    return false;
}

static const char *nation(const char *name)
{
    const struct known_party *p = *name ? names_party(name) : NULL;
    return p && strcmp(p->type, "nation") == 0 ? p->key : NULL;
}

/* Tables of the world list sums of countries among the countries: said once, together. */
static void add_aggregate(struct table *t, const char *name)
{
    t->aggregate_rows++;
    if (!first_told(t, name)) return;
    t->aggregate_count++;
    t->aggregates.arena = t->in->arena;
    if (t->aggregates.len) buf_add(&t->aggregates, ", ");
    buf_add(&t->aggregates, name);
}

static void tell_aggregates(struct table *t)
{
    if (!t->aggregate_rows) return;
    report(t, DIAG_NOTE, "aggregates", 0, "",
           text_format(t->in->arena, "%u rows of %u: %s", t->aggregate_rows, t->aggregate_count,
                       t->aggregates.text),
           "countries; sums of countries are left out");
}

/* The country of a row by code, else by name; NULL with one diagnostic a name. */
static const char *take_nation(struct table *t, const struct sheet_row *row, const char *code,
                               const char *name)
{
    const char *key = nation(code);
    if (!key) key = nation(name);
    const char *said = *name ? name : code;
    if (!key && first_told(t, said)) {
        report(t, DIAG_SKIPPED, "unknown-party", row->number, "", said,
               "a country's code or name; no row of it is taken");
    }
    return key;
}

static const char *cell_text(struct table *t, const struct sheet_row *row, uint32_t column)
{
    return text_squeeze(t->in->arena, row_cell(row, column)->text);
}

/* --- World Bank --- */

/*
 * The long form has the same head for every indicator and does not name it.
 * GDP stands in fractions of a dollar; people are whole, and fewer than
 * 20,000 million even in the world.
 */
static const char *long_form_measure(const struct sheet *s)
{
    for (uint32_t i = 1; i < s->count; i++) {
        const char *text = row_cell(&s->rows[i], 3)->text;
        if (strpbrk(text, ".eE") || strlen(text) > 11) return "gdp";
    }
    return "population";
}

static void read_world_bank(struct table *t)
{
    const char *measure = long_form_measure(t->sheet);
    bool money = strcmp(measure, "gdp") == 0;
    for (uint32_t i = 1; i < t->sheet->count; i++) {
        const struct sheet_row *row = &t->sheet->rows[i];
        struct reading v = {
            .measure = measure, .currency = money ? "USD" : NULL, .unit = money ? NULL : "people"};
        const char *name = cell_text(t, row, 0), *code = cell_text(t, row, 1);
        t->in->rows_read++;
        v.party = nation(code);
        if (!v.party) v.party = nation(name);
        if (!v.party) {
            add_aggregate(t, *code ? code : name);
            continue;
        }
        if (!take_year(t, cell_text(t, row, 2), row->number, "Year", &v)) continue;
        if (!take_number(t, row, 3, "Value", 0, &v.amount)) continue;
        add_reading(t, &v, row->number, "Value");
        t->in->rows_taken++;
    }
    tell_aggregates(t);
}

/* Indicators of the wide form, by the World Bank's own codes. */
static const struct world_bank_code {
    const char *code, *measure, *currency, *unit;
} world_bank_codes[] = {
    {"NY.GDP.MKTP.CD", "gdp", "USD", NULL},
    {"NY.GNP.MKTP.CD", "gni", "USD", NULL},
    {"SP.POP.TOTL", "population", NULL, "people"},
    {"MS.MIL.XPND.GD.ZS", "defence-gdp-percent", NULL, "percent of GDP"},
};

static const struct world_bank_code *world_bank_code(const char *code)
{
    for (size_t i = 0; i < sizeof world_bank_codes / sizeof *world_bank_codes; i++) {
        if (strcmp(world_bank_codes[i].code, code) == 0) return &world_bank_codes[i];
    }
    return NULL;
}

static void read_wide_row(struct table *t, const struct sheet_row *head,
                          const struct sheet_row *row)
{
    const char *name = cell_text(t, row, 0), *code = cell_text(t, row, 1);
    const char *indicator = cell_text(t, row, 3);
    const struct world_bank_code *known = world_bank_code(indicator);
    if (!known) {
        if (first_told(t, indicator)) {
            report(t, DIAG_SKIPPED, "unknown-indicator", row->number, "Indicator Code", indicator,
                   "GDP, GNI, population or military expenditure; no row of it is taken");
        }
        return;
    }
    struct reading v = {
        .measure = known->measure, .currency = known->currency, .unit = known->unit};
    v.party = nation(code);
    if (!v.party) v.party = nation(name);
    if (!v.party) {
        add_aggregate(t, *code ? code : name);
        return;
    }
    for (uint32_t c = 4; c < row->count && c < head->count; c++) {
        const char *year = cell_text(t, head, c);
        if (!*year || !take_number(t, row, c, year, 0, &v.amount)) continue;
        if (!take_year(t, year, head->number, year, &v)) continue;
        add_reading(t, &v, row->number, year);
    }
    t->in->rows_taken++;
}

/* The World Bank's own download: a preamble, then a column a year. */
static void read_world_bank_wide(struct table *t)
{
    const struct sheet_row *head = NULL;
    for (uint32_t i = 0; i < t->sheet->count; i++) {
        const struct sheet_row *row = &t->sheet->rows[i];
        if (head) {
            t->in->rows_read++;
            read_wide_row(t, head, row);
        } else if (row_find(row, "Indicator Code") == 3) {
            head = row;
        }
    }
    tell_aggregates(t);
}

/* --- the ODA tracker's tables --- */

/* year, donor_name, gni or idrc in millions of US dollars (DAC table 1). */
static void read_donor_years(struct table *t)
{
    const char *heading = cell_text(t, &t->sheet->rows[0], 2);
    const char *measure = strcmp(heading, "gni") == 0 ? "gni" : "in-donor-refugee-cost";
    for (uint32_t i = 1; i < t->sheet->count; i++) {
        const struct sheet_row *row = &t->sheet->rows[i];
        struct reading v = {.measure = measure, .currency = "USD"};
        t->in->rows_read++;
        v.party = take_nation(t, row, "", cell_text(t, row, 1));
        if (!v.party || !take_year(t, cell_text(t, row, 0), row->number, "year", &v)) continue;
        if (!take_number(t, row, 2, heading, 6, &v.amount)) continue;
        add_reading(t, &v, row->number, heading);
        t->in->rows_taken++;
    }
}

/* iso_code, Country, a date, then one column a measure. */
static void read_refugee_columns(struct table *t, const char *const *measures, uint32_t count)
{
    const struct sheet_row *head = &t->sheet->rows[0];
    const unsigned forms = DATE_ISO | DATE_D_MONTH_Y | DATE_MONTH_Y | DATE_M_Y;
    for (uint32_t i = 1; i < t->sheet->count; i++) {
        const struct sheet_row *row = &t->sheet->rows[i];
        struct reading v = {.unit = "people"};
        struct err err;
        t->in->rows_read++;
        v.party = take_nation(t, row, cell_text(t, row, 0), cell_text(t, row, 1));
        if (!v.party) continue;
        const char *date = cell_text(t, row, 2);
        enum rc rc = date_read(date, forms, &v.day, &v.precision, &err);
        if (rc) {
            report(t, DIAG_SKIPPED, rc == RC_RULE ? "date-out-of-range" : "bad-date", row->number,
                   cell_text(t, head, 2), date, "a date such as 22 November 2022 or 11-2022");
            continue;
        }
        for (uint32_t m = 0; m < count; m++) {
            const char *heading = cell_text(t, head, 3 + m);
            v.measure = measures[m];
            if (take_number(t, row, 3 + m, heading, 0, &v.amount)) {
                add_reading(t, &v, row->number, heading);
            }
        }
        t->in->rows_taken++;
    }
}

static void read_refugee_snapshot(struct table *t)
{
    static const char *const measures[] = {"refugees-from-ukraine", "refugees-protected",
                                           "border-crossings-from-ukraine",
                                           "border-crossings-to-ukraine"};
    read_refugee_columns(t, measures, 4);
}

static void read_refugee_series(struct table *t)
{
    static const char *const measures[] = {"refugees-from-ukraine"};
    read_refugee_columns(t, measures, 1);
}

/* iso_code, total_refugees (undated, so left out), cost22, cost23, ... in US dollars. */
static void read_refugee_costs(struct table *t)
{
    const struct sheet_row *head = &t->sheet->rows[0];
    for (uint32_t i = 1; i < t->sheet->count; i++) {
        const struct sheet_row *row = &t->sheet->rows[i];
        struct reading v = {
            .measure = "ukraine-refugee-cost", .currency = "USD", .note = "estimate"};
        t->in->rows_read++;
        v.party = take_nation(t, row, cell_text(t, row, 0), "");
        if (!v.party) continue;
        for (uint32_t c = 2; c < row->count; c++) {
            const char *heading = cell_text(t, head, c);
            if (!text_starts(heading, "cost") || strlen(heading) != 6) continue;
            const char *year = text_format(t->in->arena, "20%s", heading + 4);
            if (!take_year(t, year, head->number, heading, &v)) continue;
            if (take_number(t, row, c, heading, 0, &v.amount)) {
                add_reading(t, &v, row->number, heading);
            }
        }
        t->in->rows_taken++;
    }
    report(t, DIAG_NOTE, "undated", 0, "total_refugees", "",
           "a column with a date; it is left out");
}

/* --- defence spending as a share of GDP: a row a country, a column a year --- */

/* "2024", or "2024e" for an estimate. */
static bool is_year_heading(const char *text, size_t len)
{
    if (len != 4 && !(len == 5 && (text[4] | 32) == 'e')) return false;
    return (text[0] == '1' || text[0] == '2') && strspn(text, "0123456789") >= 4;
}

static void read_defence_row(struct table *t, const struct sheet_row *head,
                             const struct sheet_row *row, const char *party)
{
    for (uint32_t c = 1; c < head->count; c++) {
        const char *heading = cell_text(t, head, c);
        struct reading v = {
            .party = party, .measure = "defence-gdp-percent", .unit = "percent of GDP"};
        if (strlen(heading) == 5) v.note = "estimate";
        const char *year = arena_bytes(t->in->arena, heading, strlen(heading) < 4 ? 0 : 4);
        if (!*year || !take_number(t, row, c, heading, 0, &v.amount)) continue;
        if (!take_year(t, year, head->number, heading, &v)) continue;
        if (v.amount.n > 100 * (int64_t)power10(v.amount.scale)) {
            report(t, DIAG_FLAG, "above-100-percent", row->number, heading, row_cell(row, c)->text,
                   "a share of GDP between 0 and 100 percent");
        }
        add_reading(t, &v, row->number, heading);
    }
}

static void read_defence(struct table *t)
{
    const struct sheet_row *head = &t->sheet->rows[0];
    for (uint32_t i = 1; i < t->sheet->count; i++) {
        const struct sheet_row *row = &t->sheet->rows[i];
        const char *name = cell_text(t, row, 0);
        t->in->rows_read++;
        if (!nation(name) && text_starts(name, "NATO")) {
            add_aggregate(t, name);
            continue;
        }
        const char *party = take_nation(t, row, "", name);
        if (!party) continue;
        read_defence_row(t, head, row, party);
        t->in->rows_taken++;
    }
    tell_aggregates(t);
}

/* --- which is which --- */

static const struct layout layouts[] = {
    {"countryname,countrycode,year,value", "worldbank", "World Bank",
     "World Development Indicators", read_world_bank},
    {"datasource,worlddevelopmentindicators", "worldbank", "World Bank",
     "World Development Indicators", read_world_bank_wide},
    {"year,donor_name,gni", "oda-tracker", "ONE Campaign and SEEK Donor Tracker",
     "Gross national income of donors", read_donor_years},
    {"year,donor_name,idrc", "oda-tracker", "ONE Campaign and SEEK Donor Tracker",
     "In-donor refugee costs", read_donor_years},
    {"iso_code,country,datadate,individualrefugees", "unhcr", "UNHCR",
     "Refugees from Ukraine by country", read_refugee_snapshot},
    {"iso_code,country,datadate,refugeesfromukraine", "oda-tracker",
     "ONE Campaign and SEEK Donor Tracker", "Refugees from Ukraine by month", read_refugee_series},
    {"iso_code,country,date,value", "oda-tracker", "ONE Campaign and SEEK Donor Tracker",
     "Refugees from Ukraine outside Europe", read_refugee_series},
    {"iso_code,total_refugees,cost", "oda-tracker", "ONE Campaign and SEEK Donor Tracker",
     "Estimated cost of refugees from Ukraine", read_refugee_costs},
};

/* series is NULL: it is the file's name, so that tables which disagree stay apart. */
static const struct layout defence_layout = {NULL, NULL, NULL, "Defence spending, percent of GDP",
                                             read_defence};

enum { HEAD_MAX = 512 };

/* The first line, lower case, without quotes and spaces; its end in *rest. */
static void first_line(const struct input *input, char out[HEAD_MAX], size_t *rest)
{
    size_t at = input->len >= 3 && memcmp(input->bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    size_t len = 0;
    for (; at < input->len && input->bytes[at] != '\n' && len < HEAD_MAX - 1; at++) {
        char c = input->bytes[at];
        if (c == '"' || c == ' ' || c == '\r') continue;
        out[len++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    out[len] = '\0';
    *rest = at;
}

/* "country,2014,2015,...": nothing but years, and a first number that can be a percentage. */
static bool looks_like_defence(const struct input *input, const char *head, size_t rest)
{
    if (!text_starts(head, "country,")) return false;
    uint32_t years = 0;
    for (const char *at = head + 8; *at; years++) {
        size_t len = strcspn(at, ",");
        if (!is_year_heading(at, len)) return false;
        at += len + (at[len] == ',');
    }
    const char *end = input->bytes + input->len;
    const char *at = memchr(input->bytes + rest, ',', input->len - rest);
    int digits = 0;
    for (at = at ? at + 1 : end; at < end && *at >= '0' && *at <= '9'; at++) digits++;
    return years >= 3 && digits <= 2;
}

static const struct layout *layout_of(const struct input *input)
{
    char head[HEAD_MAX];
    size_t rest;
    first_line(input, head, &rest);
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        if (text_starts(head, layouts[i].head)) return &layouts[i];
    }
    return looks_like_defence(input, head, rest) ? &defence_layout : NULL;
}

static bool ends_with(const char *text, const char *end)
{
    size_t len = strlen(text), n = strlen(end);
    return len >= n && strcmp(text + len - n, end) == 0;
}

/* What lies beside tables in a folder and holds no figures: a licence, a read-me. */
static bool is_beside(const struct input *input)
{
    return ends_with(input->name, ".txt") || ends_with(input->name, ".md") ||
           !strchr(input->name, '.');
}

static bool indicators_sniff(const struct input *inputs, uint32_t count)
{
    uint32_t ours = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool known = layout_of(&inputs[i]) != NULL;
        if (!known && !is_beside(&inputs[i])) return false;
        ours += known;
    }
    return ours > 0;
}

/* "gdp/Defence per.csv" is the series "defence_per". */
static const char *series_of(struct arena *a, const char *name)
{
    const char *dot = strrchr(name, '.');
    size_t len = dot ? (size_t)(dot - name) : strlen(name);
    char *out = NEW_ARRAY(a, len + 1, char);
    for (size_t i = 0; i < len; i++) {
        char c = name[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
        bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        out[i] = kept ? c : '_';
    }
    return len ? out : "table";
}

static enum rc read_file(const struct input *input, struct intake *in, struct map *stated,
                         struct err *err)
{
    const struct layout *l = layout_of(input);
    if (!l) {
        return fail(err, RC_INPUT,
                    "expected a head row of GDP, GNI, defence spending or refugees that is known");
    }
    struct workbook w = {0};
    enum rc rc = csv_read(in->arena, input->bytes, input->len, ',', &w, err);
    if (rc) return rc;
    if (!w.count || w.sheets[0].count < 2) {
        return fail(err, RC_INPUT, "expected rows below the head row");
    }
    const char *source = intake_source(in, input, l->publisher, l->title, 0, "text/csv");
    struct table t = {.in = in,
                      .input = input,
                      .sheet = &w.sheets[0],
                      .series = l->series ? l->series : series_of(in->arena, input->name),
                      .passage = intake_passage(in, source, "whole file"),
                      .stated = stated};
    l->read(&t);
    return RC_OK;
}

static enum rc indicators_read(const struct input *inputs, uint32_t count, struct intake *in,
                               struct err *err)
{
    struct map stated = {.arena = in->arena};
    for (uint32_t i = 0; i < count; i++) {
        if (!layout_of(&inputs[i]) && is_beside(&inputs[i])) continue;
        if (read_file(&inputs[i], in, &stated, err)) return fail_in(err, "%.80s", inputs[i].name);
    }
    return RC_OK;
}

const struct reader indicators_reader = {
    .name = "indicators",
    .about = "GDP, GNI, population, defence spending, refugees: World Bank, NATO, UNHCR (CSV)",
    .sniff = indicators_sniff,
    .read = indicators_read,
};
