/*
 * cmd_item.c - muster item: the catalogue of what is needed and given, and how
 * its items stand to each other.
 *
 * The number of decimals that a unit counts is fixed when an item is added:
 * every quantity in the book is a number of those parts.
 */
#include <string.h>

#include "base/text.h"
#include "cli/entry.h"
#include "names/names.h"

/* --- list and show --- */

static const struct noun_column columns[] = {
    {F_NAME, "name"},
    {F_CLASS, "class"},
    {F_UNIT, "unit"},
    {F_PARTS, "decimals"},
    {F_MASS, "mass_g"},
    {F_PARENT, "parent"},
    {0},
};

static void relations_shown(const struct opened *o, uint32_t noun, struct answer *w)
{
    const struct book *b = o->view.book;
    uint32_t count;
    const struct record *const *list = book_records(b, KIND_RELATION, &count);
    struct rows *rows = answer_rows(w, "relations");
    rows->title = "Relations";
    rows_columns(rows, "item type other efficiency");
    rows_column(rows, "monthly", "a month", 0);
    rows_column(rows, "need", "only for", 0);
    for (uint32_t i = 0; i < count; i++) {
        const struct record *r = list[i];
        uint32_t one = book_noun_of(b, record_ref(r, F_ITEM));
        uint32_t other = book_noun_of(b, record_ref(r, F_PARENT));
        if ((one != noun && other != noun) || !book_current(b, r, o->exchange.at.known)) continue;
        struct counted c = noun_counted(b, other);
        struct dec d = record_dec(r, F_AMOUNT);
        bool uses = strcmp(record_text(r, F_TYPE), "sustains") == 0;
        ROW(rows, cell_text(book_key(b, one)), cell_text(record_text(r, F_TYPE)),
            cell_text(book_key(b, other)),
            record_field(r, F_AMOUNT) && !uses ? cell_decimal(d, d.scale) : cell_null(),
            record_field(r, F_QTY) ? quantity_cell(&c, record_int(r, F_QTY, 0))
            : uses                 ? cell_decimal(d, d.scale)
                                   : cell_null(),
            record_ref(r, F_NEED) ? cell_text(book_key(b, book_noun_of(b, record_ref(r, F_NEED))))
                                  : cell_null());
    }
}

static const struct noun items = {
    .kind = KIND_ITEM, .title = "Items", .columns = columns, .more_shown = relations_shown};
NOUN_PARTS(items);

/* --- add, revise, relate --- */

struct item_args {
    struct entry_args entry;
    const char *key, *name, *unit, *class_, *decimals, *mass, *parent;
    struct texts code;
    const char *substitutes, *efficiency, *sustains, *quantity, *need;
};

#define ITEM_OPTS                                                                                  \
    {"name", INTO(struct item_args, name), .arg = "NAME", .help = "what it is called"},            \
        {"unit", INTO(struct item_args, unit), .arg = "UNIT",                                      \
         .help = "what one whole is called: piece, t, l"},                                         \
        {"class", INTO(struct item_args, class_), .arg = "CLASS",                                  \
         .help = "equipment, ammunition, spares, training, medical, fuel, food, ..."},             \
        {"mass", INTO(struct item_args, mass), .arg = "MASS",                                      \
         .help = "what one whole weighs: 45kg, 800g, 2.1t"},                                       \
        {"parent", INTO(struct item_args, parent), .arg = "ITEM",                                  \
         .help = "the item above it in the catalogue"},                                            \
        {"code", INTO(struct item_args, code), .arg = "CODE",                                      \
         .help = "an outside code: NSN, CRS purpose"},                                             \
        EVIDENCE_OPTS(struct item_args), LABEL_OPT(struct item_args)

static const struct opt add_opts[] = {
    {"decimals", INTO(struct item_args, decimals), .arg = "N",
     .help = "decimals of the unit that are counted, 0 to 9; never changes"},
    ITEM_OPTS,
    {0},
};
static const struct opt revise_opts[] = {ITEM_OPTS, WHY_OPT(struct item_args), {0}};

static const struct typed fields[] = {
    {"name", F_NAME, TYPED_TEXT, false},
    {"unit", F_UNIT, TYPED_TEXT, true},
    {"class", F_CLASS, TYPED_TEXT, false},
    {"mass", F_MASS, TYPED_MASS, false},
    {"parent", F_PARENT, TYPED_ITEM, false},
    {"code", F_CODE, TYPED_TEXTS, false},
    {0},
};
static const struct typed decimals[] = {{"decimals", F_PARTS, TYPED_COUNT, false}, {0}};

static enum rc add(struct entry *e, const void *given, struct err *err)
{
    const struct item_args *args = given;
    struct record *r = record_new(e->arena, KIND_ITEM);
    const char *key;
    enum rc rc = entry_new_key(e, KIND_ITEM, args->key, &key, err);
    if (!rc && (names_currency_places(key) >= 0 || text_starts(key, "money/"))) {
        rc = fail(err, RC_RULE, "'%.60s' is money, which comes by itself: --item EUR", key);
    }
    record_set_text(e->arena, r, F_KEY, rc ? NULL : key);
    if (!rc) rc = entry_fill(e, r, add_opts, args, fields, err);
    if (!rc) rc = entry_fill(e, r, add_opts, args, decimals, err);
    if (!rc && record_int(r, F_PARTS, 0) > 9) {
        rc = fail(err, RC_INPUT, "--decimals: '%.60s' is not 0 to 9", args->decimals);
    }
    return rc ? rc : entry_add(e, r, NULL, err);
}

/* Whether `above` is the item or stands under it. */
static bool stands_under(const struct book *b, uint32_t above, uint32_t item)
{
    for (uint32_t step = 0; above != NONE && step <= book_noun_count(b); step++) {
        if (above == item) return true;
        const struct record *r = book_version(b, above, INT64_MAX);
        above = record_ref(r, F_PARENT) ? book_noun_of(b, record_ref(r, F_PARENT)) : NONE;
    }
    return false;
}

static enum rc revise(struct entry *e, const void *given, struct err *err)
{
    const struct item_args *args = given;
    struct record *r;
    enum rc rc = entry_current(e, KIND_ITEM, args->key, &r, err);
    if (!rc) rc = entry_fill(e, r, revise_opts, args, fields, err);
    if (rc) return rc;
    uint32_t item = book_noun(e->book, KIND_ITEM, record_text(r, F_KEY));
    uint64_t above = record_ref(r, F_PARENT);
    if (above && stands_under(e->book, book_noun_of(e->book, above), item)) {
        return fail(err, RC_RULE, "'%.60s' cannot stand under itself", book_key(e->book, item));
    }
    return entry_revise(e, r, err);
}

/* A month: in parts of the item, or, where those are too coarse (0.02 engines), as a decimal. */
static enum rc used_up(struct entry *e, struct record *r, const struct item_args *args,
                       struct err *err)
{
    static const struct opt opts[] = {{"quantity", INTO(struct item_args, quantity), .arg = "X"},
                                      {0}};
    static const struct typed typed[] = {{"quantity", F_AMOUNT, TYPED_DECIMAL, true}, {0}};
    int64_t parts;
    struct err coarse = {0};
    uint32_t other = book_noun_of(e->book, record_ref(r, F_PARENT));
    if (!entry_quantity(e, "--quantity", args->quantity, other, false, &parts, &coarse)) {
        record_set_int(e->arena, r, F_QTY, parts);
        return RC_OK;
    }
    enum rc rc = entry_fill(e, r, opts, args, typed, err);
    if (rc || record_dec(r, F_AMOUNT).n > 0) return rc;
    *err = coarse;
    return err->code;
}

static enum rc relation_amounts(struct entry *e, struct record *r, const struct item_args *args,
                                struct err *err)
{
    static const struct opt opts[] = {
        {"efficiency", INTO(struct item_args, efficiency), .arg = "X"}, {0}};
    static const struct typed typed[] = {{"efficiency", F_AMOUNT, TYPED_DECIMAL, true}, {0}};
    if (args->substitutes) {
        if (args->quantity) return fail(err, RC_INPUT, "--quantity goes with --sustains");
        enum rc rc = entry_fill(e, r, opts, args, typed, err);
        if (rc) return rc;
        if (record_dec(r, F_AMOUNT).n > 0) return RC_OK;
        return fail(err, RC_INPUT, "--efficiency: '%.60s' is not above 0", args->efficiency);
    }
    if (args->efficiency) return fail(err, RC_INPUT, "--efficiency goes with --substitutes");
    if (!args->quantity) return fail(err, RC_INPUT, "--quantity is missing");
    return used_up(e, r, args, err);
}

static enum rc relate(struct entry *e, const void *given, struct err *err)
{
    const struct item_args *args = given;
    struct record *r = record_new(e->arena, KIND_RELATION);
    const char *type = args->substitutes ? "substitutes" : "sustains";
    const char *other = args->substitutes ? args->substitutes : args->sustains;
    uint64_t one_id = 0, other_id = 0, need = 0;
    if (!other || (args->substitutes && args->sustains)) {
        return fail(err, RC_INPUT, "one of --substitutes ITEM and --sustains ITEM is needed");
    }
    enum rc rc = entry_ref(e, "ITEM", KIND_ITEM, args->key, &one_id, err);
    if (!rc) {
        rc = entry_ref(e, text_format(e->arena, "--%s", type), KIND_ITEM, other, &other_id, err);
    }
    if (rc) return rc;
    if (one_id == other_id) return fail(err, RC_RULE, "an item is not related to itself");
    if (args->need) rc = entry_ref(e, "--need", KIND_NEED, args->need, &need, err);
    if (rc) return rc;
    if (need && !args->substitutes) return fail(err, RC_INPUT, "--need goes with --substitutes");
    record_set_text(e->arena, r, F_KEY,
                    text_format(e->arena, "%s/%s/%s%s%s",
                                record_text(book_record(e->book, one_id), F_KEY), type,
                                record_text(book_record(e->book, other_id), F_KEY), need ? "/" : "",
                                need ? record_text(book_record(e->book, need), F_KEY) : ""));
    if (need) record_set_ref(e->arena, r, F_NEED, need);
    record_set_text(e->arena, r, F_TYPE, type);
    record_set_ref(e->arena, r, F_ITEM, one_id);
    record_set_ref(e->arena, r, F_PARENT, other_id);
    rc = relation_amounts(e, r, args, err);
    return rc ? rc : entry_add(e, r, NULL, err);
}

ENTRY_RUN(add_run, ENTRY_ADD, add, struct item_args)
ENTRY_RUN(revise_run, ENTRY_REVISE, revise, struct item_args)
ENTRY_RUN(relate_run, ENTRY_MOVE, relate, struct item_args)

static const struct command part_add = {
    .name = "add",
    .about = "put an item into the catalogue",
    .details = "Money needs no item of its own: '--item EUR' means euros anywhere.",
    .examples = "muster item add shells-155 --unit piece --class ammunition --mass 45kg\n"
                "muster item add diesel --unit t --decimals 3 --class fuel\n",
    .operands =
        (const struct operand[]){
            {"KEY", INTO(struct item_args, key), .help = "what it is called for ever: one word"},
            {0},
        },
    .opts = add_opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct item_args),
    .run = add_run,
};

static const struct command part_revise = {
    .name = "revise",
    .about = "say something else of an item",
    .details = ENTRY_REVISE_DETAILS,
    .operands = ENTRY_KEY_OPERAND(struct item_args),
    .opts = revise_opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct item_args),
    .run = revise_run,
};

static const struct command part_relate = {
    .name = "relate",
    .about = "an item stands in for another, or uses it up",
    .details = "ITEM --substitutes OTHER: where OTHER is needed, ITEM counts for --efficiency of"
               " it.\n\nITEM --sustains OTHER: one ITEM in use takes --quantity of OTHER a"
               " month.\n\nWith --need a substitute counts for that need only, and the need takes"
               " its own substitutes and no others.\n\nThe same two again restate it.",
    .examples = "muster item relate shells-152 --substitutes shells-155 --efficiency 0.8\n"
                "muster item relate howitzer-155 --sustains shells-155 --quantity 40\n",
    .operands =
        (const struct operand[]){
            {"ITEM", INTO(struct item_args, key), .help = "the key of an item"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"substitutes", INTO(struct item_args, substitutes), .arg = "ITEM",
             .help = "what it can stand in for"},
            {"efficiency", INTO(struct item_args, efficiency), .arg = "X",
             .help = "for how much of it one counts: 0.8"},
            {"sustains", INTO(struct item_args, sustains), .arg = "ITEM",
             .help = "what one of it uses up"},
            {"quantity", INTO(struct item_args, quantity), .arg = "QTY",
             .help = "how much of that a month"},
            {"need", INTO(struct item_args, need), .arg = "NEED",
             .help = "the one need that it can stand in for"},
            EVIDENCE_OPTS(struct item_args),
            LABEL_OPT(struct item_args),
            {0},
        },
    .uses = USES_ENTRY,
    .args_size = sizeof(struct item_args),
    .run = relate_run,
};

const struct command cmd_item = {
    .name = "item",
    .group = GROUP_ENTER,
    .about = "what is needed and given: list, show, add, revise, relate",
    .opts = noun_list_opts,
    .uses = USES_QUESTION,
    .args_size = sizeof(struct noun_args),
    .run = list_run,
    .parts = (const struct command *const[]){&part_list, &part_show, &part_add, &part_revise,
                                             &part_relate, NULL},
};
