/*
 * history.c - see history.h.
 *
 * The book's columns say in which order a line's entries came and which takes
 * back which; who entered them and why stands only in the log, so each entry
 * is read again from the store. A line has few.
 */
#include "report/history.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/text.h"
#include "measure/money.h"
#include "report/evidence.h"
#include "report/words.h"

struct life {
    struct arena *arena;
    const struct view *view;
    const struct book *book;
    const struct clocks *at;
    const struct record *subject; /* the line or package, as known */
    uint32_t noun;
    bool package;
    bool *mine;    /* by line index: a version of a line that is told of */
    uint32_t *own; /* those indexes */
    uint32_t own_count;
    uint32_t *rows; /* their entries, in recorded order */
    uint32_t row_count, later;
    struct answer *w;
};

/* --- what is asked for --- */

static uint32_t line_noun(const struct book *b, uint32_t row)
{
    uint32_t count;
    return row == NONE ? NONE : book_lines(b, &count)[book_columns(b)->line[row]].noun;
}

static uint32_t noun_of_value(const struct book *b, const struct record *value)
{
    return value ? book_noun_of(b, record_ref(value, F_OF)) : NONE;
}

static uint32_t find_key(const struct book *b, const char *key)
{
    uint32_t noun = book_noun(b, KIND_LINE, key);
    if (noun == NONE) noun = book_noun(b, KIND_PACKAGE, key);
    if (noun != NONE) return noun;
    noun = book_noun(b, KIND_ENTRY, key);
    if (noun != NONE) return line_noun(b, book_row(b, book_latest(b, noun)->id));
    noun = book_noun(b, KIND_VALUE, key);
    return noun == NONE ? NONE : noun_of_value(b, book_version(b, noun, INT64_MAX));
}

static uint32_t find_id(const struct book *b, const char *digits)
{
    size_t len = strspn(digits, "0123456789");
    if (len == 0 || len > 18 || digits[len]) return NONE;
    uint64_t id = strtoull(digits, NULL, 10);
    uint32_t row = book_row(b, id);
    const struct record *r = book_record(b, id);
    if (row != NONE) return line_noun(b, row);
    if (r && r->kind == KIND_VALUE) return noun_of_value(b, r);
    return r && (r->kind == KIND_LINE || r->kind == KIND_PACKAGE) ? book_noun_of(b, id) : NONE;
}

static enum rc find_subject(struct life *l, const char *what, struct err *err)
{
    const struct book *b = l->book;
    l->noun = find_key(b, what);
    if (l->noun == NONE) l->noun = find_id(b, what);
    l->subject = l->noun == NONE ? NULL : book_version(b, l->noun, l->at->known);
    if (l->subject && (l->subject->kind == KIND_LINE || l->subject->kind == KIND_PACKAGE)) {
        l->package = l->subject->kind == KIND_PACKAGE;
        return RC_OK;
    }
    const char *near =
        near_keys(l->arena, b, KIND_BIT(KIND_LINE) | KIND_BIT(KIND_PACKAGE), what, l->at->known);
    return fail(err, RC_ABSENT, "no line or package '%.60s' in this book%s%s%s", what,
                *near ? " (near: " : "", near, *near ? ")" : "");
}

static int in_order(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return (a > b) - (a < b);
}

/* The versions of the lines that are told of, and their entries. */
static void gather(struct life *l)
{
    const struct columns *c = book_columns(l->book);
    uint32_t count, rows = 0;
    const struct line *lines = book_lines(l->book, &count);
    l->mine = NEW_ARRAY(l->arena, count + 1, bool);
    l->own = NEW_ARRAY(l->arena, count + 1, uint32_t);
    for (uint32_t i = 0; i < count; i++) {
        bool mine = l->package ? lines[i].package == l->noun : lines[i].noun == l->noun;
        if (!mine || lines[i].recorded_ms > l->at->known) continue;
        l->mine[i] = true;
        l->own[l->own_count++] = i;
        for (uint32_t row = lines[i].last_row; row != NONE; row = c->prev[row]) rows++;
    }
    l->rows = NEW_ARRAY(l->arena, rows + 1, uint32_t);
    for (uint32_t k = 0; k < l->own_count; k++) {
        for (uint32_t row = lines[l->own[k]].last_row; row != NONE; row = c->prev[row]) {
            if (c->recorded_ms[row] > l->at->known) continue;
            if (c->day[row] <= l->at->effective)
                l->rows[l->row_count++] = row;
            else
                l->later++;
        }
    }
    if (l->row_count) qsort(l->rows, l->row_count, sizeof *l->rows, in_order);
}

/* --- small cells --- */

static struct cell instant_cell(struct arena *a, int64_t ms)
{
    char text[INSTANT_TEXT];
    return cell_text(arena_text(a, instant_format(ms, text)));
}

static struct cell noun_cell(const struct book *b, uint32_t noun)
{
    return noun == NONE ? cell_null() : cell_text(book_key(b, noun));
}

static struct cell quantity_cell(const struct life *l, uint32_t item, i128 n)
{
    int places;
    item_unit(l->book, item, l->at->known, &places);
    return item_currency(l->book, item) ? cell_amount(n, places) : cell_quantity(n, places);
}

static struct cell unit_cell(const struct life *l, uint32_t item)
{
    int places;
    return cell_text(item_unit(l->book, item, l->at->known, &places));
}

/* --- where it stands --- */

/* The sums of each line, at the index in `own` of its version as known. */
static struct sums *stands_of(const struct life *l)
{
    uint32_t count;
    const struct line *lines = book_lines(l->book, &count);
    struct map groups = {.arena = l->arena};
    uint32_t *key = NEW_ARRAY(l->arena, count + 1, uint32_t);
    struct sums *sums = NEW_ARRAY(l->arena, l->own_count + 1, struct sums);
    for (uint32_t i = 0; i < count; i++) key[i] = NONE;
    for (uint32_t k = 0; k < l->own_count; k++) {
        const struct line *line = &lines[l->own[k]];
        if (!book_current(l->book, line_record(l->book, line), l->at->known)) continue;
        map_put(&groups, book_key(l->book, line->noun), k);
    }
    for (uint32_t k = 0; k < l->own_count; k++) {
        const uint64_t *group = map_get(&groups, book_key(l->book, lines[l->own[k]].noun));
        if (group) key[l->own[k]] = (uint32_t)*group;
    }
    book_sum(l->book, l->at, key, l->own_count, sums);
    return sums;
}

static void add_stands(struct life *l)
{
    uint32_t count;
    const struct line *lines = book_lines(l->book, &count);
    const struct sums *sums = stands_of(l);
    struct rows *rows = answer_rows(l->w, "stands");
    rows->title = "Where it stands";
    rows->empty = "nowhere: no quantity was disclosed, or all of it was taken back";
    rows_column(rows, "line", NULL, l->package ? 0 : COLUMN_NO_TEXT);
    rows_columns(rows, "stage quantity unit");
    for (uint32_t k = 0; k < l->own_count; k++) {
        const struct line *line = &lines[l->own[k]];
        for (int stage = STAGE_CONSIDERED; stage < STAGE_COUNT; stage++) {
            if (!sums[k].at[stage]) continue;
            ROW(rows, noun_cell(l->book, line->noun), cell_text(stage_name((enum stage)stage)),
                quantity_cell(l, line->item, sums[k].at[stage]), unit_cell(l, line->item));
        }
    }
}

/* The lines of a package, also those of which no quantity is known. */
static void add_lines(struct life *l)
{
    uint32_t count;
    const struct line *lines = book_lines(l->book, &count);
    struct rows *rows = answer_rows(l->w, "lines");
    rows->title = "Its lines";
    rows_columns(rows, "line name item low high unit");
    rows_column(rows, "until", "promised by", 0);
    for (uint32_t k = 0; k < l->own_count; k++) {
        const struct line *line = &lines[l->own[k]];
        const struct record *r = line_record(l->book, line);
        if (!book_current(l->book, r, l->at->known)) continue;
        const struct field *low = record_field(r, F_LOW), *high = record_field(r, F_HIGH);
        const struct field *until = record_field(r, F_UNTIL);
        ROW(rows, noun_cell(l->book, line->noun), cell_text(record_text(r, F_NAME)),
            noun_cell(l->book, line->item),
            low ? quantity_cell(l, line->item, low->n) : cell_null(),
            high ? quantity_cell(l, line->item, high->n) : cell_null(), unit_cell(l, line->item),
            until ? cell_text(day_text(l->arena, (int32_t)until->n, PRECISION_DAY)) : cell_null());
    }
}

/* --- what it says, and what changed in it --- */

/* Evidence and authorship have columns of their own. */
static bool is_content(enum tag tag)
{
    return tag != F_PASSAGE && tag != F_AUTHOR && tag != F_WHY && tag != F_STATED;
}

static void add_fields(struct life *l)
{
    struct rows *rows = answer_rows(l->w, "fields");
    rows->title = l->package ? "What is said of the package" : "What is said of the line";
    rows_column(rows, "field", NULL, 0);
    rows_column(rows, "value", NULL, 0);
    for (enum tag tag = F_KEY; tag < TAG_COUNT; tag++) {
        if (!is_content(tag) || !record_field(l->subject, tag)) continue;
        ROW(rows, cell_text(record_fields[tag].name),
            cell_text(field_words(l->arena, l->book, l->subject, tag)));
    }
}

/* The fields that differ, as objects of field, from, to. */
static const struct object_list *differences(const struct life *l, const struct record *old,
                                             const struct record *new)
{
    struct object_list *list = NEW(l->arena, struct object_list);
    const struct object **items = NEW_ARRAY(l->arena, TAG_COUNT, const struct object *);
    for (enum tag tag = F_KEY; tag < TAG_COUNT; tag++) {
        if (!is_content(tag)) continue;
        const char *from = field_words(l->arena, l->book, old, tag);
        const char *to = field_words(l->arena, l->book, new, tag);
        if (strcmp(from, to) == 0) continue;
        struct object *o = object_new(l->arena);
        object_put(o, "field", cell_text(record_fields[tag].name));
        object_put(o, "from", *from ? cell_text(from) : cell_null());
        object_put(o, "to", *to ? cell_text(to) : cell_null());
        items[list->count++] = o;
    }
    list->items = items;
    return list;
}

static const char *change_words(const struct life *l, const struct record *old,
                                const struct record *new)
{
    struct buf words = {.arena = l->arena};
    buf_add(&words, "");
    for (enum tag tag = F_KEY; tag < TAG_COUNT; tag++) {
        if (!is_content(tag)) continue;
        const char *from = field_words(l->arena, l->book, old, tag);
        const char *to = field_words(l->arena, l->book, new, tag);
        if (strcmp(from, to) == 0) continue;
        buf_addf(&words, "%s%s: %s, was %s", words.len ? "; " : "", record_fields[tag].name,
                 *to ? to : "nothing", *from ? from : "nothing");
    }
    return words.len ? words.text : "nothing but the evidence";
}

static void add_version(struct life *l, struct rows *rows, uint32_t number,
                        const struct record *before, const struct record *r)
{
    struct cell changed = before ? cell_list(differences(l, before, r)) : cell_null();
    uint64_t passage = record_ref(r, F_PASSAGE);
    ROW(rows, cell_label(number), cell_label((i128)r->id), instant_cell(l->arena, r->recorded_ms),
        record_field(r, F_STATED) ? instant_cell(l->arena, record_int(r, F_STATED, 0))
                                  : cell_null(),
        cell_text(record_text(r, F_AUTHOR)),
        cell_text(before ? change_words(l, before, r) : "first recorded"), changed,
        cell_text(record_text(r, F_WHY)), cell_text(evidence_words(l->arena, l->book, passage)),
        cell_text(evidence_address(l->book, passage)));
}

static void add_versions(struct life *l)
{
    uint32_t count, number = 0;
    struct rows *rows = answer_rows(l->w, "versions");
    rows->title = "Its versions";
    rows_columns(rows, "version id recorded");
    rows_column(rows, "stated", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "author", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "what", "what is new", COLUMN_ONLY_TEXT);
    rows_column(rows, "changed", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "why", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "evidence", NULL, 0);
    rows_column(rows, "address", NULL, COLUMN_NO_TEXT);
    const struct record *before = NULL;
    if (l->package) {
        const struct record *const *list = book_records(l->book, KIND_PACKAGE, &count);
        for (uint32_t i = 0; i < count; i++) {
            if (book_noun_of(l->book, list[i]->id) != l->noun) continue;
            if (list[i]->recorded_ms > l->at->known) continue;
            add_version(l, rows, ++number, before, list[i]);
            before = list[i];
        }
        return;
    }
    const struct line *lines = book_lines(l->book, &count);
    for (uint32_t k = 0; k < l->own_count; k++) {
        add_version(l, rows, ++number, before, line_record(l->book, &lines[l->own[k]]));
        before = line_record(l->book, &lines[l->own[k]]);
    }
}

/* --- entries --- */

/* The entry that takes the row back, if that was known and is asked for. */
static uint32_t taken_back_by(const struct life *l, uint32_t row)
{
    const struct columns *c = book_columns(l->book);
    for (uint32_t i = 0; i < l->row_count; i++) {
        if (c->corrects[l->rows[i]] == row) return l->rows[i];
    }
    return NONE;
}

static struct cell id_cell(const struct columns *c, uint32_t row)
{
    return row == NONE ? cell_null() : cell_label(c->id[row]);
}

static enum rc add_entry(struct life *l, struct rows *rows, uint32_t row, struct err *err)
{
    const struct columns *c = book_columns(l->book);
    uint32_t count;
    const struct line *line = &book_lines(l->book, &count)[c->line[row]];
    struct record r;
    enum rc rc = view_record(l->arena, l->view, c->id[row], &r, err);
    if (rc) return rc;
    bool delivery = row_to(c, row) == STAGE_DELIVERED;
    enum precision precision = (enum precision)record_int(&r, F_PRECISION, PRECISION_DAY);
    uint32_t by = taken_back_by(l, row), of = c->corrects[row];
    const char *note = of != NONE   ? text_format(l->arena, "takes back %u", (unsigned)c->id[of])
                       : by != NONE ? text_format(l->arena, "taken back by %u", (unsigned)c->id[by])
                                    : NULL;
    const char *confirmed = c->flags[row] & ROW_CONFIRMED ? "confirmed" : "reported";
    ROW(rows, cell_label((i128)r.id), cell_text(record_text(&r, F_KEY)),
        noun_cell(l->book, line->noun), cell_text(day_words(l->arena, c->day[row], precision)),
        cell_text(day_text(l->arena, c->day[row], PRECISION_DAY)),
        cell_text(precision_name(precision)), cell_text(stage_name(row_from(c, row))),
        cell_text(stage_name(row_to(c, row))), quantity_cell(l, line->item, c->qty[row]),
        unit_cell(l, line->item), delivery ? cell_text(confirmed) : cell_null(), cell_text(note),
        id_cell(c, of), id_cell(c, by), instant_cell(l->arena, r.recorded_ms),
        cell_text(record_text(&r, F_AUTHOR)), cell_text(record_text(&r, F_WHY)),
        cell_text(evidence_words(l->arena, l->book, c->passage[row])),
        cell_text(evidence_address(l->book, c->passage[row])));
    return RC_OK;
}

static enum rc add_entries(struct life *l, struct err *err)
{
    struct rows *rows = answer_rows(l->w, "entries");
    enum rc rc = RC_OK;
    l->w->main = rows;
    rows->title = "Its entries, as they were recorded";
    rows_column(rows, "id", NULL, 0);
    rows_column(rows, "key", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "line", NULL, l->package ? 0 : COLUMN_NO_TEXT);
    rows_column(rows, "when", "day", COLUMN_ONLY_TEXT);
    rows_column(rows, "day", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "precision", NULL, COLUMN_NO_TEXT);
    rows_columns(rows, "from to quantity unit");
    rows_column(rows, "confirmed", "by whom", 0);
    rows_column(rows, "correction", NULL, COLUMN_ONLY_TEXT);
    rows_column(rows, "reverses", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "reversed_by", NULL, COLUMN_NO_TEXT);
    rows_columns(rows, "recorded author why evidence");
    rows_column(rows, "address", NULL, COLUMN_NO_TEXT);
    for (uint32_t i = 0; i < l->row_count && !rc; i++) rc = add_entry(l, rows, l->rows[i], err);
    return rc;
}

/* --- values --- */

/* Whether the noun is what the history is about, or its package, or one of its lines. */
static bool is_about(const struct life *l, uint32_t noun)
{
    uint32_t count;
    const struct line *lines = book_lines(l->book, &count);
    if (noun == NONE) return false;
    if (noun == l->noun) return true;
    for (uint32_t k = 0; k < l->own_count; k++) {
        if (noun == (l->package ? lines[l->own[k]].noun : lines[l->own[k]].package)) return true;
    }
    return false;
}

static void add_values(struct life *l)
{
    uint32_t count;
    const struct record *const *list = book_records(l->book, KIND_VALUE, &count);
    struct rows *rows = answer_rows(l->w, "values");
    rows->title = "What it is worth";
    rows_columns(rows, "id of stage basis low high currency");
    rows_column(rows, "day", "price day", 0);
    rows_columns(rows, "recorded current evidence");
    for (uint32_t i = 0; i < count; i++) {
        const struct record *r = list[i];
        uint32_t of = book_noun_of(l->book, record_ref(r, F_OF));
        if (r->recorded_ms > l->at->known || !is_about(l, of)) continue;
        if (record_int(r, F_DAY, DAY_MIN) > l->at->effective) continue;
        int places = currency_places(l->book, record_text(r, F_CURRENCY));
        const struct field *low = record_field(r, F_LOW), *high = record_field(r, F_HIGH);
        ROW(rows, cell_label((i128)r->id), noun_cell(l->book, of),
            cell_text(field_words(l->arena, l->book, r, F_TO)), cell_text(record_text(r, F_BASIS)),
            low ? cell_amount(low->n, places) : cell_null(),
            high ? cell_amount(high->n, places) : cell_null(),
            cell_text(record_text(r, F_CURRENCY)),
            cell_text(field_words(l->arena, l->book, r, F_DAY)),
            instant_cell(l->arena, r->recorded_ms),
            cell_bool(book_current(l->book, r, l->at->known)),
            cell_text(evidence_words(l->arena, l->book, record_ref(r, F_PASSAGE))));
    }
}

/* --- statements and edges --- */

/* What a program read in a document, in the document's words; NULL of anything else. */
static const char *words_read(const struct life *l, const struct record *r)
{
    const struct record *passage = book_record(l->book, record_ref(r, F_PASSAGE));
    bool was_read = r->kind == KIND_STATEMENT && record_field(r, F_SAID_ITEM);
    return was_read && passage ? record_text(passage, F_TEXT) : NULL;
}

/* "military 12.50 EUR", or the words. */
static const char *said(const struct life *l, const struct record *r)
{
    struct buf words = {.arena = l->arena};
    const char *read = words_read(l, r);
    if (read) return text_format(l->arena, "\"%s\"", text_squeeze(l->arena, read));
    const char *measure = record_text(r, F_MEASURE), *text = record_text(r, F_TEXT);
    buf_add(&words, measure ? measure : "");
    for (const enum tag *tag = (const enum tag[]){F_LOW, F_AMOUNT, F_CURRENCY, F_KEY};
         *tag != F_KEY; tag++) {
        const char *one = field_words(l->arena, l->book, r, *tag);
        if (*one) buf_addf(&words, "%s%s", words.len ? " " : "", one);
    }
    if (text) buf_addf(&words, "%s%s", words.len ? ": " : "", text);
    return words.text;
}

static bool links_to(const struct life *l, const struct record *r)
{
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->fields[i].tag != F_LINK) continue;
        if (strcmp(r->fields[i].text, book_key(l->book, l->noun)) == 0) return true;
    }
    return false;
}

static void add_statement(struct life *l, struct rows *rows, const struct record *r,
                          const char *subject, const char *relation, const char *object,
                          const struct record *about)
{
    uint64_t passage = record_ref(r, F_PASSAGE);
    if (!passage && about) passage = record_ref(about, F_PASSAGE);
    const char *publisher = about ? record_text(about, F_PUBLISHER) : NULL;
    const char *speaker = about ? record_text(about, F_SPEAKER) : NULL;
    ROW(rows, cell_label((i128)r->id), cell_text(subject), cell_text(relation), cell_text(object),
        cell_text(about ? said(l, about) : ""), cell_text(speaker ? speaker : publisher),
        cell_bool(record_int(r, F_INFERRED, 0)), cell_text(record_text(r, F_AUTHOR)),
        instant_cell(l->arena, r->recorded_ms),
        cell_text(evidence_words(l->arena, l->book, passage)),
        cell_text(evidence_address(l->book, passage)));
}

static void add_statements(struct life *l)
{
    uint32_t count;
    struct rows *rows = answer_rows(l->w, "statements");
    rows->title = "What was said about it";
    rows_columns(rows, "id subject relation");
    rows_column(rows, "object", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "said", NULL, 0);
    rows_column(rows, "speaker", NULL, 0);
    rows_column(rows, "inferred", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "author", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "recorded", NULL, 0);
    rows_column(rows, "evidence", NULL, 0);
    rows_column(rows, "address", NULL, COLUMN_NO_TEXT);
    const struct record *const *list = book_records(l->book, KIND_STATEMENT, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (!book_current(l->book, list[i], l->at->known) || !links_to(l, list[i])) continue;
        add_statement(l, rows, list[i], field_words(l->arena, l->book, list[i], F_KEY), "is about",
                      book_key(l->book, l->noun), list[i]);
    }
    list = book_records(l->book, KIND_EDGE, &count);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t ends[2] = {record_ref(list[i], F_OF), record_ref(list[i], F_OBJECT)};
        if (!book_current(l->book, list[i], l->at->known)) continue;
        for (int end = 0; end < 2; end++) {
            if (book_noun_of(l->book, ends[end]) != l->noun) continue;
            add_statement(l, rows, list[i], field_words(l->arena, l->book, list[i], F_OF),
                          record_text(list[i], F_TYPE),
                          field_words(l->arena, l->book, list[i], F_OBJECT),
                          book_record(l->book, ends[!end]));
            break;
        }
    }
}

/* --- the whole --- */

static void add_head(struct life *l)
{
    const struct book *b = l->book;
    const struct record *r = l->subject;
    const enum tag refs[] = {F_PARTY, F_RECEIVER, F_ITEM, F_CHANNEL, F_PACKAGE};
    const char *names[] = {"giver", "receiver", "item", "channel", "package"};
    char text[INSTANT_TEXT];
    answer_put(l->w, l->package ? "package" : "line", cell_text(book_key(b, l->noun)));
    answer_put(l->w, "name", cell_text(record_text(r, F_NAME)));
    for (size_t i = 0; i < sizeof refs / sizeof *refs; i++) {
        uint32_t noun = book_noun_of(b, record_ref(r, refs[i]));
        if (noun == NONE) continue;
        answer_put(l->w, names[i], noun_cell(b, noun));
        const char *name = book_name(b, noun, l->at->known);
        if (strcmp(name, book_key(b, noun)) == 0) continue;
        answer_put(l->w, text_format(l->arena, "%s_name", names[i]), cell_text(name));
    }
    if (l->at->effective != DAY_MAX) {
        answer_put(l->w, "effective",
                   cell_text(day_text(l->arena, l->at->effective, PRECISION_DAY)));
    }
    if (l->at->known != INT64_MAX) {
        answer_put(l->w, "known",
                   cell_text(arena_text(l->arena, instant_format(l->at->known, text))));
    }
}

enum rc report_history(struct arena *a, const struct view *v, const char *what,
                       const struct clocks *at, struct answer **out, struct err *err)
{
    struct life l = {.arena = a, .view = v, .book = v->book, .at = at};
    enum rc rc = find_subject(&l, what, err);
    if (rc) return rc;
    l.w = answer_new(a, text_format(a, "The life of %s", book_key(l.book, l.noun)));
    gather(&l);
    add_head(&l);
    add_stands(&l);
    add_fields(&l);
    if (l.package) add_lines(&l);
    add_versions(&l);
    rc = add_entries(&l, err);
    if (rc) return rc;
    add_values(&l);
    add_statements(&l);
    if (l.later) {
        answer_note(l.w, "%u entries are effective after that day and not shown.",
                    (unsigned)l.later);
    }
    *out = l.w;
    return RC_OK;
}
