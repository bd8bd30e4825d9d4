/*
 * cmd_line.c - muster line: one promise of one item by one giver to one receiver.
 *
 * Adding a line is two records: the line, and the movement by which its
 * quantity comes into the book. A promise whose quantity nobody disclosed is a
 * line alone.
 */
#include <inttypes.h>
#include <string.h>

#include "cli/entry.h"

/* --- list and show --- */

static const struct noun_column columns[] = {
    {F_PARTY, "giver"},
    {F_RECEIVER, "receiver"},
    {F_ITEM, "item"},
    {F_LOW, "low"},
    {F_HIGH, "high"},
    {F_SINCE, "promised_from"},
    {F_UNTIL, "promised_until"},
    {F_PACKAGE, "package"},
    {0},
};

/* What each stage of a line holds: {"announced": 400, "committed": 600}. */
static struct cell stands_cell(struct arena *a, const struct opened *o, uint32_t noun)
{
    const struct clocks *at = &o->exchange.at;
    const struct book *b = o->view.book;
    const struct columns *c = book_columns(b);
    const struct record *line = book_version(b, noun, at->known);
    struct object *stands = object_new(a);
    i128 held[STAGE_COUNT] = {0};
    uint32_t count, rows = book_rows_known(b, at->known);
    const struct line *l = &book_lines(b, &count)[book_line(b, line->id)];
    for (uint32_t row = l->last_row; row != NONE; row = c->prev[row]) {
        if (row >= rows || !row_seen(c, row, at)) continue;
        held[row_to(c, row)] += c->qty[row];
        held[row_from(c, row)] -= c->qty[row];
    }
    struct counted unit = noun_counted(b, l->item);
    for (enum stage s = STAGE_CONSIDERED; s < STAGE_COUNT; s++) {
        if (held[s]) object_put(stands, stage_name(s), quantity_cell(&unit, held[s]));
    }
    return cell_object(stands);
}

static void list_columns(struct rows *rows)
{
    rows_column(rows, "stands", NULL, 0);
}

static uint32_t list_cells(struct arena *a, const struct opened *o, uint32_t noun,
                           struct cell *cells)
{
    cells[0] = stands_cell(a, o, noun);
    return 1;
}

/* The entries of every version of the line, as far as the clocks see them. */
static void entries_shown(const struct opened *o, uint32_t noun, struct answer *w)
{
    const struct book *b = o->view.book;
    const struct columns *c = book_columns(b);
    const struct clocks *at = &o->exchange.at;
    uint32_t line_count, count = book_rows_known(b, at->known);
    const struct line *lines = book_lines(b, &line_count);
    struct rows *rows = answer_rows(w, "entries");
    rows->title = "Entries";
    rows_columns(rows, "id day from to qty confirmed takes_back passage");
    answer_put(w, "stands", stands_cell(w->arena, o, noun));
    for (uint32_t row = 0; row < count; row++) {
        const struct line *l = &lines[c->line[row]];
        if (l->noun != noun || c->day[row] > at->effective) continue;
        struct counted unit = noun_counted(b, l->item);
        ROW(rows, cell_label(c->id[row]), cell_text(day_text(w->arena, c->day[row], PRECISION_DAY)),
            cell_text(stage_name(row_from(c, row))), cell_text(stage_name(row_to(c, row))),
            quantity_cell(&unit, c->qty[row]), cell_bool(c->flags[row] & ROW_CONFIRMED),
            c->corrects[row] == NONE ? cell_null() : cell_label(c->id[c->corrects[row]]),
            cell_label(c->passage[row]));
    }
}

static const struct noun lines_noun = {.kind = KIND_LINE,
                                       .title = "Lines",
                                       .columns = columns,
                                       .more_columns = list_columns,
                                       .more_cells = list_cells,
                                       .more_shown = entries_shown};
NOUN_PARTS(lines_noun);

/* --- add and revise --- */

struct line_args {
    struct entry_args entry;
    const char *key, *giver, *receiver, *item, *qty, *qty_now, *stage, *on, *promised, *channel,
        *package, *class_, *name, *place, *lot;
    struct texts condition;
    bool confirmed;
};

#define LINE_OPTS                                                                                  \
    {"giver", INTO(struct line_args, giver), .arg = "PARTY", .help = "who promises"},              \
        {"receiver", INTO(struct line_args, receiver), .arg = "PARTY", .help = "to whom"},         \
        {"qty", INTO(struct line_args, qty), .arg = "QTY",                                         \
         .help = "how much, in whole units: 1000, 1000..2000, undisclosed"},                       \
        {"promised", INTO(struct line_args, promised), .arg = "DATE",                              \
         .help = "when it is to arrive: 2026-06-30, 2026-06, 2026-06..2026-09"},                   \
        {"on", INTO(struct line_args, on), .arg = "DATE", .help = "the day of the promise"},       \
        {"channel", INTO(struct line_args, channel), .arg = "PARTY",                               \
         .help = "the fund, coalition or initiative it goes through"},                             \
        {"package", INTO(struct line_args, package), .arg = "KEY",                                 \
         .help = "what it was announced with; made when it is not there"},                         \
        {"class", INTO(struct line_args, class_), .arg = "CLASS",                                  \
         .choices = "financial humanitarian military", .help = "the class of support"},            \
        {"condition", INTO(struct line_args, condition), .arg = "TEXT",                            \
         .help = "what must happen first"},                                                        \
        {"place", INTO(struct line_args, place), .arg = "TEXT", .help = "where it goes"},          \
        {"lot", INTO(struct line_args, lot), .arg = "LOT",                                         \
         .help = "what the giver takes it from: a plan no longer finds it there"},                 \
        {"name", INTO(struct line_args, name), .arg = "NAME", .help = "what it is called"},        \
        EVIDENCE_OPTS(struct line_args), LABEL_OPT(struct line_args)

static const char stages[] = "considered announced committed allocated dispatched delivered";

static const struct opt add_opts[] = {
    {"item", INTO(struct line_args, item), .arg = "ITEM", .help = "what: an item, or a currency"},
    {"stage", INTO(struct line_args, stage), .arg = "STAGE", .choices = stages,
     .fallback = "announced", .help = "how far it is"},
    {"qty-now", INTO(struct line_args, qty_now), .arg = "QTY",
     .help = "how much is there now (default: the lower end of --qty); 0: nothing yet"},
    {"confirmed", INTO(struct line_args, confirmed),
     .help = "the receiver confirms it; with --stage delivered"},
    LINE_OPTS,
    {0},
};
static const struct opt revise_opts[] = {LINE_OPTS, WHY_OPT(struct line_args), {0}};

static const struct typed item_field[] = {{"item", F_ITEM, TYPED_ITEM, true}, {0}};
static const struct typed fields[] = {
    {"giver", F_PARTY, TYPED_PARTY, true},
    {"receiver", F_RECEIVER, TYPED_PARTY, true},
    {"qty", F_LOW, TYPED_RANGE, false},
    {"promised", F_SINCE, TYPED_WINDOW, false},
    {"on", F_DAY, TYPED_DATED, false},
    {"channel", F_CHANNEL, TYPED_PARTY, false},
    {"package", F_PACKAGE, TYPED_PACKAGE, false},
    {"class", F_CLASS, TYPED_TEXT, false},
    {"condition", F_CONDITION, TYPED_TEXTS, false},
    {"place", F_PLACE, TYPED_TEXT, false},
    {"lot", F_LOT, TYPED_LOT, false},
    {"name", F_NAME, TYPED_TEXT, false},
    {0},
};

/* A giver takes from its own lots. */
static enum rc own_lot(const struct entry *e, const struct record *r, struct err *err)
{
    uint64_t id = record_ref(r, F_LOT);
    const struct record *lot = id ? book_record(e->book, id) : NULL;
    if (!lot) return RC_OK;
    uint32_t owner = book_noun_of(e->book, record_ref(lot, F_PARTY));
    if (owner == book_noun_of(e->book, record_ref(r, F_PARTY))) return RC_OK;
    return fail(err, RC_RULE, "--lot: '%.60s' belongs to %.60s", record_text(lot, F_KEY),
                book_key(e->book, owner));
}

/* What is there now: --qty-now, else the lower end of what was promised; 0: nothing. */
static enum rc opening_qty(struct entry *e, const struct record *line, const struct line_args *args,
                           int64_t *out, struct err *err)
{
    int64_t high = record_int(line, F_HIGH, INT64_MAX);
    *out = record_int(line, F_LOW, 0);
    if (!args->qty_now) return RC_OK;
    uint32_t item = book_noun_of(e->book, record_ref(line, F_ITEM));
    enum rc rc = entry_quantity(e, "--qty-now", args->qty_now, item, true, out, err);
    if (!rc && *out > high) {
        struct counted c = noun_counted(e->book, item);
        return fail(err, RC_INPUT, "--qty-now: '%.30s' is more than the %.40s promised",
                    args->qty_now, quantity_text(e->arena, &c, high));
    }
    return rc;
}

/* The movement by which a line's quantity comes into the book. */
static enum rc open_line(struct entry *e, const struct record *line, uint64_t id,
                         const struct line_args *args, struct err *err)
{
    int64_t qty;
    enum stage stage = stage_named(args->stage);
    enum rc rc = opening_qty(e, line, args, &qty, err);
    if (rc) return rc;
    if (args->confirmed && (stage != STAGE_DELIVERED || qty == 0)) {
        return fail(err, RC_INPUT, "--confirmed goes with --stage delivered and a quantity");
    }
    if (qty == 0) return RC_OK;
    struct record *r = record_new(e->arena, KIND_ENTRY);
    record_set_ref(e->arena, r, F_LINE, id);
    record_set_int(e->arena, r, F_FROM, STAGE_WORLD);
    record_set_int(e->arena, r, F_TO, stage);
    record_set_int(e->arena, r, F_QTY, qty);
    record_set_int(e->arena, r, F_DAY, record_int(line, F_DAY, 0));
    if (record_field(line, F_PRECISION)) {
        record_set_int(e->arena, r, F_PRECISION, record_int(line, F_PRECISION, 0));
    }
    if (args->confirmed) record_set_int(e->arena, r, F_CONFIRMED, 1);
    return entry_add(e, r, NULL, err);
}

static enum rc add(struct entry *e, const void *given, struct err *err)
{
    const struct line_args *args = given;
    struct record *r = record_new(e->arena, KIND_LINE);
    const char *key = NULL;
    uint64_t id = 0;
    enum rc rc = args->key ? entry_new_key(e, KIND_LINE, args->key, &key, err) : RC_OK;
    record_set_text(e->arena, r, F_KEY, key);
    record_set_int(e->arena, r, F_DAY, entry_today(e));
    if (!rc) rc = entry_fill(e, r, add_opts, args, item_field, err);
    if (!rc) rc = entry_fill(e, r, add_opts, args, fields, err);
    if (!rc) rc = own_lot(e, r, err);
    if (!rc) rc = entry_add(e, r, &id, err);
    return rc ? rc : open_line(e, r, id, args, err);
}

static enum rc revise(struct entry *e, const void *given, struct err *err)
{
    const struct line_args *args = given;
    struct record *r;
    enum rc rc = entry_current(e, KIND_LINE, args->key, &r, err);
    if (!rc) rc = entry_fill(e, r, revise_opts, args, fields, err);
    if (!rc) rc = own_lot(e, r, err);
    return rc ? rc : entry_revise(e, r, err);
}

ENTRY_RUN(add_run, ENTRY_ADD, add, struct line_args)
ENTRY_RUN(revise_run, ENTRY_REVISE, revise, struct line_args)

static const struct command part_add = {
    .name = "add",
    .about = "a giver promises something to a receiver",
    .details =
        "The quantity enters the book at --stage on the day --on (default: today); 'muster move'"
        " takes it on from there.\n\nCountries and currencies need not be added before.",
    .examples =
        "muster line add --giver DEU --receiver UKR --item shells-155 --qty 1000 --promised"
        " 2026-06..2026-09 --cite 'Ministry of Defence, press release of 4 May 2026'\n"
        "muster line add --giver NOR --receiver UKR --item NOK --qty 2500000 --stage committed\n",
    .operands =
        (const struct operand[]){
            {"KEY", INTO(struct line_args, key), .optional = true,
             .help = "what it is called for ever: one word; else line/ID"},
            {0},
        },
    .opts = add_opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct line_args),
    .run = add_run,
};

static const struct command part_revise = {
    .name = "revise",
    .about = "a promise was changed; its entries go along",
    .details = ENTRY_REVISE_DETAILS
    "\n\nWhat moved so far moves along: each entry is taken back on the old version and posted"
    " again on the new one. --qty says what was promised; what is in the book is moved by"
    " 'muster move'.",
    .examples = "muster line revise line/7 --promised 2026-10 --why 'the factory is late'\n",
    .operands = ENTRY_KEY_OPERAND(struct line_args),
    .opts = revise_opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct line_args),
    .run = revise_run,
};

const struct command cmd_line = {
    .name = "line",
    .group = GROUP_ENTER,
    .about = "promises: list, show, add, revise",
    .opts = noun_list_opts,
    .uses = USES_QUESTION,
    .args_size = sizeof(struct noun_args),
    .run = list_run,
    .parts = (const struct command *const[]){&part_list, &part_show, &part_add, &part_revise, NULL},
};
