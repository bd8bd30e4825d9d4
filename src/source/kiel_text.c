/*
 * kiel_text.c - how the tracker's cells become numbers, days and names.
 *
 * The tracker is typed by people. A day may be a serial number, a date in
 * words, a bound ("until 7/27/2022") or a month ("unclear, 04/22"). A bound
 * written with slashes can often be read in two orders; the later reading
 * that is not after the cut-off is taken, because "by that day, perhaps
 * before" then stays true whichever was meant.
 */
#include <string.h>

#include "base/text.h"
#include "names/names.h"
#include "source/kiel.h"

void kiel_diag(struct kiel *k, enum severity severity, const char *rule, struct kiel_place at,
               const char *value, const char *expected, const char *party)
{
    intake_diag(k->in,
                &(struct diag){
                    .severity = severity,
                    .rule = rule,
                    .file = k->file,
                    .sheet = at.sheet,
                    .row = at.row,
                    .column = at.column < 0 ? "" : column_name(k->in->arena, (uint32_t)at.column),
                    .value = value,
                    .expected = expected,
                    .party = party,
                });
}

const char *kiel_slug(struct arena *a, const char *text)
{
    const char *squeezed = text_squeeze(a, text);
    size_t len = strlen(squeezed);
    char *slug = NEW_ARRAY(a, len + 1, char);
    for (size_t i = 0; i < len; i++) {
        char c = squeezed[i];
        slug[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    slug[len] = '\0';
    return slug;
}

/* "Macedonia, North (not included)" without what is in the last brackets. */
static const char *without_brackets(struct arena *a, const char *name)
{
    const char *open = strrchr(name, '(');
    if (!open || open == name) return name;
    return text_squeeze(a, arena_bytes(a, name, (size_t)(open - name)));
}

const char *kiel_party(struct kiel *k, const char *name, struct kiel_place at)
{
    struct arena *a = k->in->arena;
    const char *said = text_squeeze(a, name);
    const struct known_party *known = names_party(said);
    if (!known) known = names_party(without_brackets(a, said));
    if (known) return intake_party(k->in, known->key, known->name, known->type);

    const char *key = text_format(a, "kiel:party:%s", kiel_slug(a, said));
    uint32_t before = k->in->count;
    intake_party(k->in, key, said, "other");
    if (k->in->count != before) {
        kiel_diag(k, DIAG_NOTE, "party-unknown", at, said, "a country or institution known by name",
                  key);
    }
    return key;
}

int kiel_item_parts(const char *name)
{
    return text_starts(name, "ton of ") || text_starts(name, "Ton of ") ? 3 : 0;
}

/* What one whole of such an item is called. */
static const char *unit_of(const char *name)
{
    if (kiel_item_parts(name)) return "t";
    if (text_starts(name, "liter of ") || text_starts(name, "Liter of ")) return "l";
    return "piece";
}

/* The sort an item is of, as an item above it. */
static const char *parent_item(struct kiel *k, const char *name, const char *class_)
{
    struct arena *a = k->in->arena;
    const char *said = text_squeeze(a, name);
    if (!*said || strcmp(said, ".") == 0) return NULL;
    const char *key = text_format(a, "kiel:class:%s", kiel_slug(a, said));
    return intake_item(k->in, key, said, class_, "piece", 0);
}

const char *kiel_item(struct kiel *k, const char *name, const char *class_, const char *parent)
{
    struct arena *a = k->in->arena;
    const char *said = text_squeeze(a, name);
    const char *key = text_format(a, "kiel:item:%s", kiel_slug(a, said));
    const char *above = parent ? parent_item(k, parent, class_) : NULL;

    uint32_t before = k->in->count;
    intake_item(k->in, key, said, class_, unit_of(said), kiel_item_parts(said));
    if (k->in->count != before) {
        struct record *r = k->in->records[k->in->count - 1];
        if (above) record_set_key(a, r, F_PARENT, above);
        if (kiel_item_parts(said)) record_set_int(a, r, F_MASS, 1000000);
    }
    return key;
}

const char *kiel_row_passage(struct kiel *k, const char *sheet, uint32_t row)
{
    struct arena *a = k->in->arena;
    const char *place = *sheet ? text_format(a, "%s!R%u", sheet, (unsigned)row)
                               : text_format(a, "row %u", (unsigned)row);
    return intake_passage(k->in, k->source, place);
}

bool kiel_number(const struct cell *c, struct dec *out)
{
    struct err ignored = {0};
    return c->type == CELL_NUMBER && !dec_parse(c->text, out, &ignored);
}

bool kiel_is_blank(const struct cell *c)
{
    static const char *const nothing[] = {"",       ".",   "not given", "undisclosed", "unknown",
                                          "unkown", "n/a", "na",        "-",           NULL};
    struct arena a = {0};
    const char *slug = kiel_slug(&a, c->text);
    bool blank = false;
    for (int i = 0; nothing[i] && !blank; i++) blank = strcmp(slug, nothing[i]) == 0;
    arena_free(&a);
    return blank;
}

bool kiel_parts(struct dec d, int places, int64_t *out)
{
    struct err ignored = {0};
    return !dec_to_parts(d, places, out, NULL, &ignored);
}

bool kiel_scale(struct dec d, int power, struct dec *out)
{
    d = dec_trim(d);
    for (; power > 0 && d.scale > 0; power--) d.scale--;
    for (; power > 0; power--) {
        if (__builtin_mul_overflow(d.n, (int64_t)10, &d.n)) return false;
    }
    *out = d;
    return true;
}

/* Whether a cell of the heading row is one of the names. */
static bool is_headed(struct arena *a, const struct cell *c, const char *const *names)
{
    const char *text = kiel_slug(a, c->text);
    for (int i = 0; names[i]; i++) {
        const char *want = kiel_slug(a, names[i]);
        size_t len = strlen(want);
        if (len && want[len - 1] == '*') {
            if (strncmp(text, want, len - 1) == 0) return true;
        } else if (strcmp(text, want) == 0) {
            return true;
        }
    }
    return false;
}

int kiel_column(const struct sheet_row *head, const char *const *names)
{
    for (int i = 0; names[i]; i++) { /* letter for letter first: most files are tidy */
        for (uint32_t c = 0; c < head->count; c++) {
            if (strcmp(row_cell(head, c)->text, names[i]) == 0) return (int)c;
        }
    }
    for (int i = 0; names[i]; i++) {
        const char *one[] = {names[i], NULL};
        struct arena a = {0};
        int found = -1;
        for (uint32_t c = 0; c < head->count && found < 0; c++) {
            if (is_headed(&a, row_cell(head, c), one)) found = (int)c;
        }
        arena_free(&a);
        if (found >= 0) return found;
    }
    return -1;
}

const struct sheet_row *kiel_head(const struct sheet *s, uint32_t rows,
                                  const char *const *const *wanted, uint32_t count)
{
    for (uint32_t i = 0; i < s->count && i < rows; i++) {
        bool all = true;
        for (uint32_t w = 0; w < count && all; w++) all = kiel_column(&s->rows[i], wanted[w]) >= 0;
        if (all) return &s->rows[i];
    }
    return NULL;
}

/* --- days --- */

/* 1..12 for an English month, in full or by its first three letters; else 0. */
static int month_named(const char *word, size_t len)
{
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
    for (int m = 0; m < 12; m++) {
        if (len < 3 || len > strlen(months[m])) continue;
        size_t same = 0;
        while (same < len && (word[same] | 32) == months[m][same]) same++;
        if (same == len && (len == 3 || len == strlen(months[m]) || (m == 8 && len == 4))) {
            return m + 1;
        }
    }
    return 0;
}

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The number at *at, at most four digits; -1 when there is none. */
static int number_at(const char **at)
{
    if (!is_digit(**at)) return -1;
    int n = 0, digits = 0;
    for (; is_digit(**at); (*at)++, digits++) {
        if (digits < 4) n = n * 10 + (**at - '0');
    }
    return digits <= 4 ? n : -1;
}

static bool civil(int year, int month, int dom, int32_t *day)
{
    if (year < 100) year += 2000;
    if (year < 1900 || year > 2199 || month < 1 || month > 12 || dom < 1) return false;
    if (dom > 31 || day_from_civil(year, month, dom) > day_month_last(year, month)) return false;
    *day = day_from_civil(year, month, dom);
    return true;
}

bool kiel_long_date(const char *text, int32_t *day)
{
    for (const char *at = text; *at;) {
        if (!is_letter(*at)) {
            at++;
            continue;
        }
        const char *word = at;
        while (is_letter(*at)) at++;
        int month = month_named(word, (size_t)(at - word));
        if (!month) continue;

        const char *after = at;
        while (*after == '.' || *after == ' ') after++;
        int first = number_at(&after);
        while (*after == ',' || *after == ' ') after++;
        int second = number_at(&after);
        if (first > 0 && second > 0 && civil(second, month, first, day)) return true;

        const char *before = word;
        while (before > text && (before[-1] == ' ' || before[-1] == '.')) before--;
        while (before > text && is_digit(before[-1])) before--;
        int dom = number_at(&before);
        if (dom > 0 && first > 31 && civil(first, month, dom, day)) return true;
    }
    return false;
}

/* What stands in a text with slashes: the last date or month of it. */
struct slashed {
    bool found, month_only, two_readings;
    int32_t day;
};

/* a/b/year by whichever order gives a day; of two, the later that is not after the cut-off. */
static bool read_triple(int a, int b, int year, int32_t cutoff, struct slashed *out)
{
    int32_t us, eu;
    bool is_us = civil(year, a, b, &us), is_eu = civil(year, b, a, &eu);
    if (!is_us && !is_eu) return false;
    out->two_readings = is_us && is_eu && us != eu;
    if (is_us && is_eu) {
        int32_t later = us > eu ? us : eu, earlier = us > eu ? eu : us;
        out->day = later <= cutoff ? later : earlier;
    } else {
        out->day = is_us ? us : eu;
    }
    out->month_only = false;
    out->found = true;
    return true;
}

static struct slashed find_slashed(const char *text, int32_t cutoff)
{
    struct slashed out = {0};
    for (const char *at = text; *at;) {
        if (!is_digit(*at)) {
            at++;
            continue;
        }
        int a = number_at(&at);
        if (*at != '/' && *at != '.') continue;
        char mark = *at++;
        int b = number_at(&at), last_day;
        if (b < 0) continue;
        if (*at == mark && is_digit(at[1])) {
            at++;
            int year = number_at(&at);
            read_triple(a, b, year, cutoff, &out);
            continue;
        }
        int year = b < 100 ? b + 2000 : b;
        if (mark == '/' && a >= 1 && a <= 12 && year >= 1900 && year <= 2199) {
            last_day = day_month_last(year, a);
            out = (struct slashed){.found = true, .month_only = true, .day = last_day};
        }
    }
    return out;
}

enum kiel_day kiel_prose_day(const char *text, int32_t cutoff, int32_t *day,
                             enum precision *precision)
{
    *day = cutoff;
    *precision = PRECISION_UNTIL;
    struct arena a = {0};
    const char *slug = kiel_slug(&a, text);
    bool since =
        text_starts(slug, "since") || text_starts(slug, "after") || text_starts(slug, "from ");
    bool words = false;
    for (const char *at = slug; *at; at++) words |= is_letter(*at);

    struct slashed s = find_slashed(slug, cutoff);
    int32_t long_day;
    if (!s.found && kiel_long_date(slug, &long_day)) {
        s = (struct slashed){.found = true, .day = long_day};
        words = false;
    }
    arena_free(&a);
    if (!s.found || since || s.day > cutoff) return s.found ? KIEL_DAY_PROSE : KIEL_DAY_NONE;
    *day = s.day;
    if (s.month_only) {
        *precision = PRECISION_MONTH;
    } else if (!words && !s.two_readings) {
        *precision = PRECISION_DAY;
        return KIEL_DAY_PLAIN;
    }
    return KIEL_DAY_PROSE;
}

void kiel_cell_day(struct kiel *k, const struct cell *c, struct kiel_place at, const char *party,
                   int32_t *day, enum precision *precision)
{
    struct err err = {0};
    *day = k->cutoff;
    *precision = PRECISION_UNTIL;
    if (c->type == CELL_NUMBER) {
        int32_t read;
        if (!serial_day(c->text, &read, &err) && read >= DAY_MIN && read <= DAY_MAX) {
            *day = read;
            *precision = PRECISION_DAY;
            return;
        }
        kiel_diag(k, DIAG_FLAG, "date-out-of-range", at, c->text,
                  "a date between 1900 and 2199; taken as: by the cut-off", party);
        return;
    }
    enum precision iso;
    int32_t read;
    if (!day_parse(c->text, &read, &iso, &err)) {
        *day = read;
        *precision = iso;
        return;
    }
    enum kiel_day how = kiel_prose_day(c->text, k->cutoff, day, precision);
    char text[DAY_TEXT];
    kiel_diag(k, DIAG_FLAG, how == KIEL_DAY_PLAIN ? "date-as-text" : "date-in-prose", at, c->text,
              text_format(k->in->arena, "a date; taken as: %s%s",
                          *precision == PRECISION_UNTIL   ? "by "
                          : *precision == PRECISION_MONTH ? "some day of the month up to "
                                                          : "",
                          day_format(*day, text)),
              party);
}

/* --- what the publisher says --- */

/* The state that the publisher's figures are of: its date, else the bytes they stand in. */
static const char *state_of(struct kiel *k)
{
    struct arena *a = k->in->arena;
    if (!k->stated_ms)
        return arena_bytes(a, k->source, strlen(k->source) < 19 ? strlen(k->source) : 19);
    char day[DAY_TEXT];
    return arena_text(a, day_format((int32_t)(k->stated_ms / MS_PER_DAY), day));
}

struct record *kiel_figure(struct kiel *k, const char *cell, const char *measure, const char *party,
                           int32_t day, const char *passage)
{
    struct arena *a = k->in->arena;
    struct record *r = intake_add(k->in, KIND_STATEMENT);
    record_set_text(a, r, F_KEY, text_format(a, "%s@%s/%s", k->series, state_of(k), cell));
    record_set_text(a, r, F_LINK, text_format(a, "%s/%s", k->series, cell));
    record_set_text(a, r, F_TYPE, "figure");
    record_set_text(a, r, F_MEASURE, measure);
    record_set_text(a, r, F_SERIES, k->series);
    record_set_key(a, r, F_PARTY, party);
    record_set_key(a, r, F_PASSAGE, passage);
    record_set_int(a, r, F_DAY, day);
    if (k->stated_ms) record_set_int(a, r, F_STATED, k->stated_ms);
    return r;
}

struct record *kiel_indicator(struct kiel *k, const char *measure, const char *party, int32_t day,
                              struct dec amount, const char *currency, const char *passage)
{
    struct arena *a = k->in->arena;
    struct record *r = intake_add(k->in, KIND_INDICATOR);
    record_set_text(a, r, F_KEY,
                    text_format(a, "%s/%s/%s/%d", k->series, measure, party, day_year(day)));
    record_set_key(a, r, F_PARTY, party);
    record_set_text(a, r, F_MEASURE, measure);
    record_set_text(a, r, F_SERIES, k->series);
    record_set_int(a, r, F_DAY, day);
    record_set_dec(a, r, F_AMOUNT, amount);
    record_set_text(a, r, F_CURRENCY, currency);
    record_set_key(a, r, F_PASSAGE, passage);
    if (k->stated_ms) record_set_int(a, r, F_STATED, k->stated_ms);
    return r;
}
