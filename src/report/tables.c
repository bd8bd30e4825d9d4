/*
 * tables.c - see tables.h.
 *
 * All but the entries are rows of one shape: a record, and for each column a
 * field of it or something that follows from it. Who recorded an entry and why
 * is not in the book's columns: one pass over the log fetches that first.
 */
#include "report/tables.h"

#include <string.h>

#include "base/map.h"
#include "base/text.h"
#include "measure/money.h"
#include "report/evidence.h"
#include "report/words.h"

/* What a column holds: a field's tag, or one of these. */
enum { ITEM_NAME = TAG_COUNT, ITEM_UNIT, EVIDENCE, ADDRESS, RECORDED, STANDS };

struct named {
    const char *name; /* NULL ends the list */
    int what;         /* STANDS + stage: what stands there */
};

static const struct named party_columns[] = {
    {"key", F_KEY}, {"name", F_NAME}, {"type", F_TYPE}, {"code", F_CODE}, {0}};
static const struct named membership_columns[] = {
    {"party", F_PARTY}, {"group", F_PARENT}, {"since", F_SINCE}, {"until", F_UNTIL}, {0}};
static const struct named item_columns[] = {
    {"key", F_KEY},       {"name", F_NAME},      {"class", F_CLASS},
    {"unit", F_UNIT},     {"decimals", F_PARTS}, {"grams", F_MASS},
    {"within", F_PARENT}, {"code", F_CODE},      {0}};
static const struct named need_columns[] = {{"key", F_KEY},
                                            {"name", F_NAME},
                                            {"receiver", F_RECEIVER},
                                            {"item", F_ITEM},
                                            {"item_name", ITEM_NAME},
                                            {"qty", F_QTY},
                                            {"unit", ITEM_UNIT},
                                            {"monthly", F_MONTHLY},
                                            {"since", F_SINCE},
                                            {"until", F_UNTIL},
                                            {"priority", F_PRIORITY},
                                            {"urgent", F_URGENT},
                                            {"keeps", F_KEEPS},
                                            {"place", F_PLACE},
                                            {"type", F_TYPE},
                                            {"note", F_NOTE},
                                            {"evidence", EVIDENCE},
                                            {"address", ADDRESS},
                                            {0}};
static const struct named line_columns[] = {{"key", F_KEY},
                                            {"name", F_NAME},
                                            {"donor", F_PARTY},
                                            {"receiver", F_RECEIVER},
                                            {"item", F_ITEM},
                                            {"item_name", ITEM_NAME},
                                            {"unit", ITEM_UNIT},
                                            {"low", F_LOW},
                                            {"high", F_HIGH},
                                            {"considered", STANDS + STAGE_CONSIDERED},
                                            {"announced", STANDS + STAGE_ANNOUNCED},
                                            {"committed", STANDS + STAGE_COMMITTED},
                                            {"allocated", STANDS + STAGE_ALLOCATED},
                                            {"dispatched", STANDS + STAGE_DISPATCHED},
                                            {"delivered", STANDS + STAGE_DELIVERED},
                                            {"withdrawn", STANDS + STAGE_WITHDRAWN},
                                            {"lapsed", STANDS + STAGE_LAPSED},
                                            {"lost", STANDS + STAGE_LOST},
                                            {"day", F_DAY},
                                            {"since", F_SINCE},
                                            {"until", F_UNTIL},
                                            {"class", F_CLASS},
                                            {"channel", F_CHANNEL},
                                            {"package", F_PACKAGE},
                                            {"series", F_SERIES},
                                            {"condition", F_CONDITION},
                                            {"need", F_NEED},
                                            {"note", F_NOTE},
                                            {"evidence", EVIDENCE},
                                            {"address", ADDRESS},
                                            {0}};
static const struct named source_columns[] = {{"key", F_KEY},
                                              {"name", F_NAME},
                                              {"publisher", F_PUBLISHER},
                                              {"day", F_DAY},
                                              {"stated", F_STATED},
                                              {"retrieved", F_RETRIEVED},
                                              {"media", F_MEDIA},
                                              {"address", F_ADDRESS},
                                              {"sha256", F_HASH},
                                              {"recorded", RECORDED},
                                              {0}};

/* What the log says of an entry, beyond the columns. */
struct logged {
    const char *key, *author, *why;
};

struct tables {
    struct arena *arena;
    const struct book *book;
    struct clocks at;
    uint32_t *slot_of_noun; /* of a line, in sums */
    struct sums *sums;
    struct logged *log; /* by row */
    bool *taken_back;   /* by row: as known */
    uint32_t *rows;     /* of the entries that are shown */
    uint32_t row_count;
};

/* The records of a kind as known, and their columns. */
struct list {
    const struct tables *t;
    const struct named *columns;
    const struct record **records;
    uint32_t count, room;
};

/* --- cells --- */

static uint32_t item_of(const struct book *b, const struct record *r)
{
    uint64_t id = record_ref(r, F_ITEM);
    return id ? book_noun_of(b, id) : NONE;
}

/* Parts of an item: of money an amount. */
static struct cell parts_cell(const struct tables *t, uint32_t item, i128 parts)
{
    int places;
    item_unit(t->book, item, t->at.known, &places);
    bool money = item != NONE && item_currency(t->book, item);
    return money ? cell_amount(parts, places) : cell_quantity(parts, places);
}

static struct cell field_cell(const struct tables *t, struct arena *a, const struct record *r,
                              enum tag tag)
{
    const struct field *f = record_field(r, tag);
    if (!f) return cell_null();
    if (tag == F_QTY || tag == F_LOW || tag == F_HIGH)
        return parts_cell(t, item_of(t->book, r), f->n);
    switch (record_fields[tag].type) {
    case TYPE_FLAG: return cell_bool(f->n != 0);
    case TYPE_COUNT:
    case TYPE_INT: return cell_count(f->n);
    default: return cell_text(field_words(a, t->book, r, tag));
    }
}

static struct cell stands_cell(const struct tables *t, const struct record *r, enum stage stage)
{
    uint32_t slot = t->slot_of_noun[book_noun_of(t->book, r->id)];
    return parts_cell(t, item_of(t->book, r), t->sums[slot].at[stage]);
}

static struct cell instant_cell(struct arena *a, int64_t ms)
{
    char instant[INSTANT_TEXT];
    return cell_text(arena_text(a, instant_format(ms, instant)));
}

static struct cell column_cell(const struct tables *t, struct arena *a, const struct record *r,
                               int what)
{
    uint32_t item = item_of(t->book, r);
    int places;
    if (what < TAG_COUNT) return field_cell(t, a, r, (enum tag)what);
    if (what >= STANDS) return stands_cell(t, r, (enum stage)(what - STANDS));
    switch (what) {
    case ITEM_NAME: return cell_text(item == NONE ? NULL : book_name(t->book, item, t->at.known));
    case ITEM_UNIT:
        return cell_text(item == NONE ? NULL : item_unit(t->book, item, t->at.known, &places));
    case EVIDENCE: return cell_text(evidence_words(a, t->book, record_ref(r, F_PASSAGE)));
    case ADDRESS: return cell_text(evidence_address(t->book, record_ref(r, F_PASSAGE)));
    default: return instant_cell(a, r->recorded_ms);
    }
}

/* --- lists of records --- */

static void make_row(void *ctx, uint32_t row, struct cell *cells, struct arena *a)
{
    const struct list *l = ctx;
    for (uint32_t k = 0; l->columns[k].name; k++) {
        cells[k] = column_cell(l->t, a, l->records[row], l->columns[k].what);
    }
}

static struct rows *add_list(const struct tables *t, struct answer *w, const char *name,
                             enum kind kind, const struct named *columns)
{
    uint32_t count;
    const struct record *const *all = book_records(t->book, kind, &count);
    struct list *l = NEW(t->arena, struct list);
    *l = (struct list){.t = t, .columns = columns};
    for (uint32_t i = 0; i < count; i++) {
        if (all[i]->recorded_ms > t->at.known) continue;
        if (!book_current(t->book, all[i], t->at.known)) continue;
        l->records = arena_more(t->arena, l->records, l->count, &l->room, sizeof *l->records);
        l->records[l->count++] = all[i];
    }
    struct rows *rows = answer_rows(w, name);
    rows->title = name;
    for (const struct named *c = columns; c->name; c++) rows_column(rows, c->name, NULL, 0);
    rows_made(rows, l->count, make_row, l);
    return rows;
}

/* What stands at each stage of each line, over all its versions. */
static void sum_lines(struct tables *t)
{
    uint32_t lines, slots = 0, nouns = book_noun_count(t->book);
    const struct line *line = book_lines(t->book, &lines);
    uint32_t *key = NEW_ARRAY(t->arena, (size_t)lines + 1, uint32_t);
    t->slot_of_noun = NEW_ARRAY(t->arena, (size_t)nouns + 1, uint32_t);
    for (uint32_t noun = 0; noun < nouns; noun++) t->slot_of_noun[noun] = NONE;
    for (uint32_t i = 0; i < lines; i++) {
        uint32_t *slot = &t->slot_of_noun[line[i].noun];
        if (*slot == NONE) *slot = slots++;
        key[i] = *slot;
    }
    t->sums = NEW_ARRAY(t->arena, (size_t)slots + 1, struct sums);
    book_sum(t->book, &t->at, key, slots, t->sums);
}

/* --- entries --- */

struct fetching {
    struct tables *t;
    struct arena scratch;
    struct map authors; /* few names, said often */
    const struct watch *watch;
    uint64_t head;
    uint32_t known; /* rows */
};

static enum rc fetch(void *ctx, const struct row *logged, struct err *err)
{
    struct fetching *f = ctx;
    struct record r;
    if (logged->id > f->head) return RC_OK;
    if (!watch_step(f->watch, logged->id, f->head)) return fail(err, RC_ABSENT, "interrupted");
    uint32_t row = logged->kind == KIND_ENTRY ? book_row(f->t->book, logged->id) : NONE;
    if (row == NONE || row >= f->known) return RC_OK;
    arena_reset(&f->scratch);
    enum rc rc = row_record(&f->scratch, logged, &r, err);
    if (rc) return rc;
    struct logged *out = &f->t->log[row];
    out->key = arena_text(f->t->arena, record_text(&r, F_KEY));
    out->why = arena_text(f->t->arena, record_text(&r, F_WHY));
    const char *author = record_text(&r, F_AUTHOR);
    uint64_t *known = map_get(&f->authors, author);
    out->author = known ? (const char *)(uintptr_t)*known : arena_text(f->t->arena, author);
    if (!known) map_put(&f->authors, author, (uint64_t)(uintptr_t)out->author);
    return RC_OK;
}

static enum rc fetch_entries(struct tables *t, const struct view *v, const struct watch *watch,
                             struct err *err)
{
    const struct columns *c = book_columns(t->book);
    struct fetching f = {.t = t,
                         .authors = {.arena = t->arena},
                         .watch = watch,
                         .head = v->head.last,
                         .known = book_rows_known(t->book, t->at.known)};
    t->log = NEW_ARRAY(t->arena, (size_t)f.known + 1, struct logged);
    t->rows = NEW_ARRAY(t->arena, (size_t)f.known + 1, uint32_t);
    t->taken_back = NEW_ARRAY(t->arena, (size_t)f.known + 1, bool);
    for (uint32_t row = 0; row < f.known; row++) {
        if (c->flags[row] & ROW_REVERSAL) t->taken_back[c->corrects[row]] = true;
        if (row_seen(c, row, &t->at)) t->rows[t->row_count++] = row;
    }
    enum rc rc = v->store->ops->scan(v->store, 0, fetch, &f, err);
    arena_free(&f.scratch);
    return rc;
}

static void make_entry(void *ctx, uint32_t at, struct cell *cells, struct arena *a)
{
    const struct tables *t = ctx;
    const struct columns *c = book_columns(t->book);
    uint32_t lines, row = t->rows[at];
    const struct line *l = &book_lines(t->book, &lines)[c->line[row]];
    const struct logged *said = &t->log[row];
    uint8_t flags = c->flags[row];
    int places;
    const struct cell all[] = {
        cell_text(book_key(t->book, l->noun)),
        cell_text(day_text(a, c->day[row], flags & ROW_MONTH ? PRECISION_MONTH : PRECISION_DAY)),
        cell_text(stage_name(row_from(c, row))),
        cell_text(stage_name(row_to(c, row))),
        parts_cell(t, l->item, c->qty[row]),
        cell_text(item_unit(t->book, l->item, t->at.known, &places)),
        cell_bool(flags & ROW_CONFIRMED),
        cell_bool(flags & ROW_REVERSAL),
        cell_bool(t->taken_back[row]),
        instant_cell(a, c->recorded_ms[row]),
        cell_text(said->author),
        cell_text(said->why),
        cell_text(said->key),
        cell_text(evidence_words(a, t->book, c->passage[row])),
        cell_text(evidence_address(t->book, c->passage[row])),
    };
    memcpy(cells, all, sizeof all);
}

static void add_entries(struct tables *t, struct answer *w)
{
    struct rows *rows = answer_rows(w, "entries");
    rows->title = "entries";
    rows_columns(rows, "line day from to qty unit confirmed takes_back taken_back recorded author"
                       " why key evidence address");
    rows_made(rows, t->row_count, make_entry, t);
}

enum rc report_tables(struct arena *a, const struct view *v, const struct clocks *at,
                      const struct watch *watch, struct answer **out, struct err *err)
{
    struct tables *t = NEW(a, struct tables);
    *t = (struct tables){.arena = a, .book = v->book, .at = *at};
    sum_lines(t);
    enum rc rc = fetch_entries(t, v, watch, err);
    if (rc) return rc;
    struct answer *w = answer_new(a, "The book as tables");
    add_list(t, w, "parties", KIND_PARTY, party_columns);
    add_list(t, w, "memberships", KIND_MEMBERSHIP, membership_columns);
    add_list(t, w, "items", KIND_ITEM, item_columns);
    add_list(t, w, "needs", KIND_NEED, need_columns);
    const struct rows *lines = add_list(t, w, "lines", KIND_LINE, line_columns);
    add_entries(t, w);
    add_list(t, w, "sources", KIND_SOURCE, source_columns);
    w->main = lines;
    answer_note(w, "Stages of a line are what stands there on the day, as known.");
    answer_note(w, "An entry that takes another back has its stages the other way round;"
                   " both stay.");
    *out = w;
    return RC_OK;
}
