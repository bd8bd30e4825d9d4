/*
 * kiel_release.c - the Ukraine Support Tracker as a directory of CSV files.
 *
 * data_explorer.csv holds two published series of the same support, a row
 * per donor and month: what was allocated, by class, and what was committed,
 * without class. They are two sets of lines, never added to each other. The
 * other files are the publisher's sums and its list of heavy weapons.
 *
 * Files are told apart by their headings, not by their names, so that a
 * renamed file is still itself. Every published cell is also kept as the
 * publisher's figure, so that two states of one release can be compared cell
 * by cell; rows that cannot be right are in kiel_doubts.c.
 */
#include <string.h>

#include "base/text.h"
#include "names/names.h"
#include "source/kiel_csv.h"

#define NAMES(...) ((const char *const[]){__VA_ARGS__, NULL})

static const char *const explorer_heads[] = {"country",      "iso",      "year",
                                             "month",        "total",    "financial",
                                             "humanitarian", "military", "commitments"};
enum { EXPLORER_HEADS = sizeof explorer_heads / sizeof *explorer_heads };

/* --- which file is which --- */

/* The first line of a file as a table of one row; false when it is no CSV. */
static bool first_row(struct arena *a, const struct input *input, struct workbook *out)
{
    struct err ignored = {0};
    size_t len = 0, limit = input->len < 4096 ? input->len : 4096;
    while (len < limit && input->bytes[len] != '\n') len++;
    return len < limit && !csv_read(a, input->bytes, len, ',', out, &ignored) && out->count &&
           out->sheets[0].count;
}

static bool has_heads(const struct sheet_row *head, const char *const *names, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (kiel_column(head, NAMES(names[i])) < 0) return false;
    }
    return true;
}

/* data_explorer.csv, even with a column missing: six of its headings are its own. */
static bool is_explorer(const struct sheet_row *head)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < EXPLORER_HEADS; i++) {
        found += kiel_column(head, NAMES(explorer_heads[i])) >= 0;
    }
    return found + 2 >= EXPLORER_HEADS;
}

static bool sniff(const struct input *inputs, uint32_t count)
{
    bool found = false;
    for (uint32_t i = 0; i < count && !found; i++) {
        struct arena a = {0};
        struct workbook w;
        found = first_row(&a, &inputs[i], &w) && is_explorer(&w.sheets[0].rows[0]);
        arena_free(&a);
    }
    return found;
}

static enum csv_file which(const struct sheet_row *head)
{
    if (is_explorer(head)) return FILE_EXPLORER;
    if (has_heads(head, NAMES("release", "date"), 2)) return FILE_INFO;
    if (has_heads(head, NAMES("donor", "category", "number_of_weapons"), 3)) return FILE_WEAPONS;
    if (has_heads(head, NAMES("year", "month", "total_allocations"), 3)) return FILE_TOTALS;
    if (has_heads(head, NAMES("year", "month", "procurement"), 3)) return FILE_PROCUREMENT;
    if (has_heads(head, NAMES("country", "iso", "eu_share_bn"), 3)) return FILE_SHARES;
    return FILE_COUNT;
}

/* What is cut off is not a smaller release: it would take back all that is missing. */
static enum rc check_whole(const struct table *t, struct err *err)
{
    const struct sheet *s = t->sheet;
    if (s->count < 2) return fail(err, RC_INPUT, "%.80s holds no rows", t->input->name);
    const struct sheet_row *last = &s->rows[s->count - 1];
    bool ended = t->input->len && t->input->bytes[t->input->len - 1] == '\n';
    if (!ended) { /* the publisher always ends the last row: half a number is another number */
        return fail(err, RC_INPUT, "%.80s is cut off: its last row, %u, has no line end",
                    t->input->name, (unsigned)last->number);
    }
    return RC_OK;
}

static enum rc take_file(struct release *r, const struct input *input, struct err *err)
{
    struct arena *a = r->k.in->arena;
    struct workbook *w = NEW(a, struct workbook);
    enum rc rc = csv_read(a, input->bytes, input->len, 0, w, err);
    if (rc) return fail_in(err, "%.80s", input->name);
    struct table t = {.input = input, .sheet = w->count ? &w->sheets[0] : NULL};
    enum csv_file file = t.sheet && t.sheet->count ? which(&t.sheet->rows[0]) : FILE_COUNT;
    if (file == FILE_COUNT) {
        r->k.file = input->name;
        kiel_diag(&r->k, DIAG_NOTE, "file-unknown", (struct kiel_place){"", 0, -1}, input->name,
                  "a file of the release; it was left aside", NULL);
        return RC_OK;
    }
    if (r->tables[file].sheet) {
        return fail(err, RC_INPUT, "%.80s and %.80s hold the same table of one release",
                    r->tables[file].input->name, input->name);
    }
    rc = check_whole(&t, err);
    if (rc) return rc;
    r->tables[file] = t;
    return RC_OK;
}

/* --- one table at a time --- */

/* Turn to a table: its name, its source record. */
static const struct sheet *turn_to(struct release *r, enum csv_file file)
{
    const struct table *t = &r->tables[file];
    if (!t->sheet) return NULL;
    r->k.file = t->input->name;
    r->k.source =
        intake_source(r->k.in, t->input, "Kiel Institute", r->title, r->k.stated_ms, "text/csv");
    return t->sheet;
}

static const struct cell *cell_of(const struct sheet *s, const struct sheet_row *row,
                                  const char *head)
{
    static const struct cell none = {CELL_EMPTY, false, ""};
    int c = kiel_column(&s->rows[0], NAMES(head));
    return c < 0 ? &none : row_cell(row, (uint32_t)c);
}

static struct kiel_place place_of(const struct sheet *s, const struct sheet_row *row,
                                  const char *head)
{
    return (struct kiel_place){"", row->number, kiel_column(&s->rows[0], NAMES(head))};
}

/* A CSV file has headings where a sheet has letters: doubts name those. */
void release_diag(struct release *r, enum severity severity, const char *rule,
                  const struct sheet_row *row, const char *head, const char *value,
                  const char *expected, const char *party)
{
    intake_diag(r->k.in, &(struct diag){.severity = severity,
                                        .rule = rule,
                                        .file = r->k.file,
                                        .row = row ? row->number : 0,
                                        .column = head,
                                        .value = value,
                                        .expected = expected,
                                        .party = party});
}

bool release_number(struct release *r, const struct sheet *s, const struct sheet_row *row,
                    const char *head, struct dec *out)
{
    struct err why = {0};
    const struct cell *c = cell_of(s, row, head);
    if (c->type == CELL_EMPTY || !*c->text) return false;
    if (!dec_parse(c->text, out, &why)) return true;
    release_diag(r, DIAG_SKIPPED, "not-a-number", row, head, c->text, "a number", NULL);
    return false;
}

/* A whole number in a range. */
static bool whole(struct release *r, const struct sheet *s, const struct sheet_row *row,
                  const char *head, int low, int high, const char *rule, const char *expected,
                  int *out)
{
    struct dec d;
    if (!release_number(r, s, row, head, &d)) return false;
    d = dec_trim(d);
    if (d.scale != 0 || d.n < low || d.n > high) {
        release_diag(r, DIAG_SKIPPED, rule, row, head, cell_of(s, row, head)->text, expected, NULL);
        return false;
    }
    *out = (int)d.n;
    return true;
}

bool release_month(struct release *r, const struct sheet *s, const struct sheet_row *row,
                   struct month *out)
{
    int year, month;
    if (!whole(r, s, row, "year", 1900, 2199, "date-out-of-range", "a year from 1900 to 2199",
               &year) ||
        !whole(r, s, row, "month", 1, 12, "date-out-of-range", "a month from 1 to 12", &month)) {
        return false;
    }
    out->last_day = day_month_last(year, month);
    out->text = text_format(r->k.in->arena, "%04d-%02d", year, month);
    return true;
}

/* The donor of a row: by its code, else by its name. */
static const char *donor_of(struct release *r, const struct sheet *s, const struct sheet_row *row)
{
    const char *iso = cell_of(s, row, "iso")->text, *name = cell_of(s, row, "country")->text;
    const struct known_party *by_code = *iso ? names_party(iso) : NULL;
    const struct known_party *by_name = *name ? names_party(name) : NULL;
    if (by_code && by_name && strcmp(by_code->key, by_name->key) != 0) {
        release_diag(r, DIAG_FLAG, "name-and-code-differ", row, "iso", iso,
                     text_format(r->k.in->arena, "%s, as the name '%s' says", by_name->key, name),
                     by_code->key);
    }
    if (by_code) return intake_party(r->k.in, by_code->key, by_code->name, by_code->type);
    if (!*name && !*iso) return NULL;
    return kiel_party(&r->k, *name ? name : iso, place_of(s, row, "country"));
}

/* --- the release itself --- */

/* Release number, date and label; all of them may be missing. */
static void read_info(struct release *r)
{
    struct arena *a = r->k.in->arena;
    const struct table *t = &r->tables[FILE_INFO];
    r->k.series = "kiel";
    r->title = "Ukraine Support Tracker";
    if (!t->sheet) return;
    r->k.file = t->input->name;
    const struct sheet_row *row = &t->sheet->rows[1];
    const char *number = cell_of(t->sheet, row, "release")->text;
    const char *label = cell_of(t->sheet, row, "label")->text;
    const char *date = cell_of(t->sheet, row, "date")->text;
    struct err why = {0};
    int32_t day;
    enum precision precision;
    if (*number) r->k.series = text_format(a, "kiel:%s", kiel_slug(a, number));
    if (*label) r->title = label;
    if (!day_parse(date, &day, &precision, &why)) {
        r->k.stated_ms = ((int64_t)day + 1) * MS_PER_DAY - 1;
        r->k.cutoff = day;
    } else {
        release_diag(r, DIAG_FLAG, "date-out-of-range", row, "date", date,
                     "the day the release was published, as 2026-08-04", NULL);
    }
}

/* --- data_explorer.csv --- */

/* A line of money, the first time it is asked for. */
static const char *money_line(struct release *r, const char *key, const char *party,
                              const char *series, const char *class_, const char *passage)
{
    struct arena *a = r->k.in->arena;
    r->lines.arena = a;
    if (map_get(&r->lines, key)) return key;
    map_put(&r->lines, key, 1);
    struct record *line = intake_add(r->k.in, KIND_LINE);
    record_set_text(a, line, F_KEY, key);
    record_set_key(a, line, F_PARTY, party);
    record_set_key(a, line, F_RECEIVER, r->receiver);
    record_set_key(a, line, F_ITEM, intake_money(r->k.in, "EUR"));
    record_set_text(a, line, F_CLASS, class_);
    record_set_text(a, line, F_SERIES, series);
    record_set_text(a, line, F_SAME, KIEL_SAME_SUPPORT);
    record_set_key(a, line, F_PASSAGE, passage);
    if (r->k.stated_ms) record_set_int(a, line, F_STATED, r->k.stated_ms);
    return key;
}

static void add_entry(struct release *r, const char *key, const char *line, enum stage to,
                      int64_t qty, int32_t day, enum precision precision, const char *passage)
{
    struct arena *a = r->k.in->arena;
    struct record *e = intake_add(r->k.in, KIND_ENTRY);
    record_set_text(a, e, F_KEY, key);
    record_set_key(a, e, F_LINE, line);
    record_set_int(a, e, F_FROM, STAGE_WORLD);
    record_set_int(a, e, F_TO, to);
    record_set_int(a, e, F_QTY, qty);
    record_set_int(a, e, F_DAY, day);
    if (precision != PRECISION_DAY) record_set_int(a, e, F_PRECISION, precision);
    record_set_key(a, e, F_PASSAGE, passage);
    record_set_text(a, e, F_AUTHOR, "import:kiel-release");
    if (r->k.stated_ms) record_set_int(a, e, F_STATED, r->k.stated_ms);
}

/* A published cell in billions of EUR as the publisher's figure, in cents. */
static void figure_bn(struct release *r, const char *cell, const char *measure, const char *party,
                      int32_t day, struct dec bn, const char *passage)
{
    struct arena *a = r->k.in->arena;
    int64_t cents;
    if (!kiel_parts(bn, 11, &cents)) return;
    struct record *s = kiel_figure(&r->k, cell, measure, party, day, passage);
    record_set_int(a, s, F_LOW, cents);
    record_set_int(a, s, F_HIGH, cents);
    record_set_text(a, s, F_CURRENCY, "EUR");
    record_set_int(a, s, F_PRECISION, PRECISION_MONTH);
}

/*
 * A cell of one class and month: the figure, and a movement of its line. A
 * release states every month anew, so that a negative cell has nothing to
 * take back: it is said and not entered.
 */
static void take_cell(struct release *r, const struct sheet_row *row, struct explorer_row *e,
                      int column)
{
    struct arena *a = r->k.in->arena;
    const char *head = explorer_columns[column];
    if (!e->has[column]) return;
    struct dec bn = e->bn[column];
    figure_bn(r, text_format(a, "%s/%s/%s", e->party, e->month.text, head), head, e->party,
              e->month.last_day, bn, e->passage);
    if (column == COLUMN_TOTAL || column == COLUMN_BALANCE || bn.n == 0) return;

    int64_t cents;
    if (bn.n < 0 || !kiel_parts(bn, 11, &cents)) {
        char text[DEC_TEXT];
        release_diag(r, DIAG_SKIPPED, bn.n < 0 ? "negative" : "out-of-range", row, head,
                     dec_format(bn, text), "an amount of 0 or more, in billions of EUR", e->party);
        return;
    }
    bool committed = column == COLUMN_COMMITMENTS;
    const char *line = committed
                           ? text_format(a, "%s/commitments/%s", r->k.series, e->party)
                           : text_format(a, "%s/allocations/%s/%s", r->k.series, e->party, head);
    money_line(r, line, e->party, committed ? r->series_commitments : r->series_allocations,
               committed ? NULL : head, e->passage);
    const char *key = committed ? text_format(a, "%s/%s", line, e->month.text)
                                : text_format(a, "%s/allocations/%s/%s/%s", r->k.series, e->party,
                                              e->month.text, head);
    add_entry(r, key, line, committed ? STAGE_COMMITTED : STAGE_ALLOCATED, cents, e->month.last_day,
              PRECISION_MONTH, e->passage);
}

/* The GDP that the publisher divides by: the same figure in every row of a donor. */
static void take_gdp(struct release *r, const struct sheet *s, const struct sheet_row *row,
                     const struct explorer_row *e)
{
    struct dec bn, whole_units;
    if (!release_number(r, s, row, "gdp", &bn) || bn.n <= 0) return;
    r->gdp.arena = r->k.in->arena;
    const uint64_t *before = map_get(&r->gdp, e->party);
    uint64_t now = (uint64_t)bn.n * 31 + (uint64_t)bn.scale;
    if (before && *before == now) return;
    if (before) {
        release_diag(r, DIAG_FLAG, "gdp-differs", row, "gdp", cell_of(s, row, "gdp")->text,
                     "the same GDP in every row of a donor", e->party);
        return;
    }
    map_put(&r->gdp, e->party, now);
    if (!kiel_scale(bn, 9, &whole_units)) return;
    kiel_indicator(&r->k, "gdp", e->party, day_from_civil(2021, 12, 31), whole_units, "EUR",
                   e->passage);
}

static enum rc read_explorer(struct release *r, struct err *err)
{
    const struct sheet *s = turn_to(r, FILE_EXPLORER);
    struct arena *a = r->k.in->arena;
    for (uint32_t i = 0; i < EXPLORER_HEADS; i++) {
        if (kiel_column(&s->rows[0], NAMES(explorer_heads[i])) < 0) {
            return fail(err, RC_INPUT, "%.80s: row %u has no column '%s'", r->k.file,
                        (unsigned)s->rows[0].number, explorer_heads[i]);
        }
    }
    struct map months = {.arena = a};
    r->rows = NEW_ARRAY(a, s->count, struct explorer_row);
    for (uint32_t i = 1; i < s->count; i++) {
        const struct sheet_row *row = &s->rows[i];
        struct explorer_row e = {.row = row->number};
        r->k.in->rows_read++;
        e.party = donor_of(r, s, row);
        if (!e.party) {
            release_diag(r, DIAG_SKIPPED, "no-donor", row, "country", "", "the name of a donor",
                         NULL);
            continue;
        }
        if (!release_month(r, s, row, &e.month)) continue;
        const char *once = text_format(a, "%s/%s", e.party, e.month.text);
        const uint64_t *first = map_get(&months, once);
        if (first) {
            release_diag(
                r, DIAG_SKIPPED, "duplicate-row", row, "month", once,
                text_format(a, "one row a donor and month; the first is row %u", (unsigned)*first),
                e.party);
            continue;
        }
        map_put(&months, once, row->number);
        e.passage = kiel_row_passage(&r->k, "", row->number);
        for (int c = 0; c < COLUMN_COUNT; c++) {
            e.has[c] = release_number(r, s, row, explorer_columns[c], &e.bn[c]);
            take_cell(r, row, &e, c);
        }
        take_gdp(r, s, row, &e);
        if (e.month.last_day > r->newest) r->newest = e.month.last_day;
        r->rows[r->row_count++] = e;
        r->k.in->rows_taken++;
    }
    if (!r->row_count) return fail(err, RC_INPUT, "%.80s: no row could be taken", r->k.file);
    return RC_OK;
}

/* --- weapons.csv --- */

/*
 * A line per donor and category. The file gives no day and speaks of what was
 * allocated so far, so the quantity enters as allocated by the release's last
 * month. It is support that the allocations count already: a third series of
 * the same, outside every published total.
 */
static void take_weapon(struct release *r, const struct weapon *w)
{
    struct arena *a = r->k.in->arena;
    const char *slug = kiel_slug(a, w->category);
    const char *cell = text_format(a, "weapons/%s/%s", w->party, slug);
    const char *key = text_format(a, "%s/%s", r->k.series, cell);
    const char *series = text_format(a, "%s:weapons", r->k.series);

    struct record *line = intake_add(r->k.in, KIND_LINE);
    record_set_text(a, line, F_KEY, key);
    record_set_text(a, line, F_NAME, w->category);
    record_set_key(a, line, F_PARTY, w->party);
    record_set_key(a, line, F_RECEIVER, r->receiver);
    record_set_key(a, line, F_ITEM, kiel_item(&r->k, w->category, "heavy weapon", NULL));
    record_set_text(a, line, F_CLASS, "military");
    record_set_text(a, line, F_SERIES, series);
    record_set_text(a, line, F_SAME, KIEL_SAME_SUPPORT);
    record_set_int(a, line, F_OUTSIDE, 1);
    record_set_text(a, line, F_NOTE, *w->list ? w->list : NULL);
    record_set_key(a, line, F_PASSAGE, w->passage);
    if (r->k.stated_ms) record_set_int(a, line, F_STATED, r->k.stated_ms);

    if (w->number > 0) {
        record_set_int(a, line, F_LOW, w->number);
        record_set_int(a, line, F_HIGH, w->number);
        add_entry(r, text_format(a, "%s/allocated", key), key, STAGE_ALLOCATED, w->number,
                  r->newest, PRECISION_UNTIL, w->passage);
        struct record *s = kiel_figure(&r->k, text_format(a, "%s/number", cell),
                                       "number of weapons", w->party, r->newest, w->passage);
        record_set_dec(a, s, F_AMOUNT, (struct dec){w->number, 0});
    }
    if (!w->has_value) return;
    struct record *v = intake_add(r->k.in, KIND_VALUE);
    record_set_text(a, v, F_KEY, text_format(a, "%s/value", key));
    record_set_key(a, v, F_OF, key);
    record_set_int(a, v, F_TO, STAGE_ALLOCATED);
    record_set_text(a, v, F_BASIS, "estimate");
    record_set_int(a, v, F_LOW, w->cents);
    record_set_int(a, v, F_HIGH, w->cents);
    record_set_text(a, v, F_CURRENCY, "EUR");
    record_set_int(a, v, F_DAY, r->newest);
    record_set_text(a, v, F_SERIES, series);
    record_set_int(a, v, F_OUTSIDE, 1);
    record_set_key(a, v, F_PASSAGE, w->passage);
    if (r->k.stated_ms) record_set_int(a, v, F_STATED, r->k.stated_ms);
    struct record *s = kiel_figure(&r->k, text_format(a, "%s/value", cell), "value of weapons",
                                   w->party, r->newest, w->passage);
    record_set_int(a, s, F_LOW, w->cents);
    record_set_int(a, s, F_HIGH, w->cents);
    record_set_text(a, s, F_CURRENCY, "EUR");
}

static void read_weapons(struct release *r)
{
    const struct sheet *s = turn_to(r, FILE_WEAPONS);
    if (!s) return;
    struct arena *a = r->k.in->arena;
    struct map seen = {.arena = a};
    r->weapons = NEW_ARRAY(a, s->count, struct weapon);
    for (uint32_t i = 1; i < s->count; i++) {
        const struct sheet_row *row = &s->rows[i];
        struct weapon w = {.row = row->number};
        struct dec number = {0}, value;
        r->k.in->rows_read++;
        w.category = text_squeeze(a, cell_of(s, row, "category")->text);
        const char *donor = cell_of(s, row, "donor")->text;
        if (!*w.category || !*donor) {
            release_diag(r, DIAG_SKIPPED, "no-donor", row, "donor", donor,
                         "a donor and a category of weapons", NULL);
            continue;
        }
        w.party = kiel_party(&r->k, donor, place_of(s, row, "donor"));
        const char *once = text_format(a, "%s/%s", w.party, kiel_slug(a, w.category));
        if (map_get(&seen, once)) {
            release_diag(r, DIAG_SKIPPED, "duplicate-row", row, "category", once,
                         "one row a donor and category", w.party);
            continue;
        }
        map_put(&seen, once, 1);
        w.list = cell_of(s, row, "weapons_list")->text;
        w.passage = kiel_row_passage(&r->k, "", row->number);
        if (release_number(r, s, row, "number_of_weapons", &number)) {
            number = dec_trim(number);
            if (number.scale || number.n < 0) {
                release_diag(r, DIAG_SKIPPED, number.n < 0 ? "negative" : "not-a-number", row,
                             "number_of_weapons", cell_of(s, row, "number_of_weapons")->text,
                             "a whole number of weapons", w.party);
            } else {
                w.number = number.n;
            }
        }
        w.has_value = release_number(r, s, row, "monetary_value_eur", &value) && value.n >= 0 &&
                      kiel_parts(value, 2, &w.cents);
        take_weapon(r, &w);
        r->weapons[r->weapon_count++] = w;
        r->k.in->rows_taken++;
    }
}

/* --- the publisher's own sums --- */

/* Every column but the first ones of a table by month, in billions of EUR. */
static void read_monthly(struct release *r, enum csv_file file, const char *what)
{
    const struct sheet *s = turn_to(r, file);
    if (!s) return;
    struct arena *a = r->k.in->arena;
    for (uint32_t i = 1; i < s->count; i++) {
        const struct sheet_row *row = &s->rows[i];
        struct month month;
        r->k.in->rows_read++;
        if (!release_month(r, s, row, &month)) continue;
        const char *passage = kiel_row_passage(&r->k, "", row->number);
        for (uint32_t c = 0; c < s->rows[0].count; c++) {
            const char *head = kiel_slug(a, row_cell(&s->rows[0], c)->text);
            struct dec bn;
            if (!*head || strcmp(head, "year") == 0 || strcmp(head, "month") == 0) continue;
            if (!release_number(r, s, row, head, &bn)) continue;
            figure_bn(r, text_format(a, "%s/%s/%s", what, month.text, head),
                      text_format(a, "%s %s", what, head), NULL, month.last_day, bn, passage);
        }
        r->k.in->rows_taken++;
    }
}

/* What each member's part of the EU's support is said to be. */
static void read_shares(struct release *r)
{
    static const char *const percents[] = {"bilateral_pct_gdp", "eu_share_pct_gdp", "total_pct_gdp",
                                           NULL};
    const struct sheet *s = turn_to(r, FILE_SHARES);
    if (!s) return;
    struct arena *a = r->k.in->arena;
    for (uint32_t i = 1; i < s->count; i++) {
        const struct sheet_row *row = &s->rows[i];
        struct dec d, units;
        r->k.in->rows_read++;
        const char *party = donor_of(r, s, row);
        if (!party) continue;
        const char *passage = kiel_row_passage(&r->k, "", row->number);
        for (int p = 0; percents[p]; p++) {
            if (!release_number(r, s, row, percents[p], &d)) continue;
            struct record *f =
                kiel_figure(&r->k, text_format(a, "eu-shares/%s/%s", party, percents[p]),
                            percents[p], party, r->newest, passage);
            record_set_dec(a, f, F_AMOUNT, d);
        }
        if (release_number(r, s, row, "eu_share_bn", &d)) {
            figure_bn(r, text_format(a, "eu-shares/%s/eu_share_bn", party), "eu_share_bn", party,
                      r->newest, d, passage);
            if (kiel_scale(d, 9, &units)) {
                kiel_indicator(&r->k, "eu-share", party, r->newest, units, "EUR", passage);
            }
        }
        r->k.in->rows_taken++;
    }
}

static enum rc read_release(const struct input *inputs, uint32_t count, struct intake *out,
                            struct err *err)
{
    struct arena *a = out->arena;
    struct release *r = NEW(a, struct release);
    r->k.in = out;
    r->k.source = "";
    r->k.series = "kiel";
    r->newest = DAY_MIN;
    for (uint32_t i = 0; i < count; i++) {
        enum rc rc = take_file(r, &inputs[i], err);
        if (rc) return rc;
    }
    if (!r->tables[FILE_EXPLORER].sheet) {
        return fail(err, RC_INPUT,
                    "no file of the release has the columns country, iso, year, "
                    "month, total, commitments");
    }
    read_info(r);
    turn_to(r, FILE_INFO);
    out->stated_ms = r->k.stated_ms;
    r->series_allocations = text_format(a, "%s:allocations", r->k.series);
    r->series_commitments = text_format(a, "%s:commitments", r->k.series);
    const struct known_party *ukraine = names_party("UKR");
    r->receiver = intake_party(out, "UKR", ukraine ? ukraine->name : "Ukraine", "nation");
    intake_scope(out, text_format(a, "%s/allocations/", r->k.series));
    intake_scope(out, text_format(a, "%s/commitments/", r->k.series));

    enum rc rc = read_explorer(r, err);
    if (rc) return rc;
    release_check_rows(r);
    if (r->tables[FILE_WEAPONS].sheet) {
        intake_scope(out, text_format(a, "%s/weapons/", r->k.series));
        read_weapons(r);
        release_check_weapons(r);
    }
    read_monthly(r, FILE_TOTALS, "totals");
    read_monthly(r, FILE_PROCUREMENT, "procurement");
    read_shares(r);
    release_check_totals(r);
    return RC_OK;
}

const char *const explorer_columns[COLUMN_COUNT] = {
    "total", "financial", "humanitarian", "military", "commitments", "to_be_allocated",
};

const struct reader kiel_release_reader = {
    .name = "kiel-release",
    .about = "Ukraine Support Tracker, a release as CSV files (data_explorer.csv and others)",
    .sniff = sniff,
    .read = read_release,
};
