/*
 * cmd_move.c - muster move: quantity of a promise from one stage to the next.
 *
 * Where it comes from need not be said: it is the furthest stage before the
 * target that can spare it on that day. "Can spare" is the book's own rule:
 * what later entries spend is not there to be moved.
 */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "cli/entry.h"

struct move_args {
    struct entry_args entry;
    const char *line, *qty, *from, *to, *on;
    bool confirmed;
};

/* A movement in the making. */
struct move {
    struct entry *e;
    const struct move_args *args;
    uint32_t line; /* index in the book */
    const char *key;
    struct counted unit;
    int32_t day;
    enum precision precision;
    enum stage from, to;
    int64_t qty; /* 0: all that the stage can spare */
};

static i128 spare(const struct move *m, enum stage stage)
{
    return book_holds(m->e->book, m->line, stage, m->day);
}

/* The last stage from which a movement to the target can begin by itself. */
static enum stage last_before(enum stage to)
{
    return to > STAGE_DELIVERED ? STAGE_DISPATCHED : (enum stage)(to - 1);
}

/* "announced 400, committed 600" of every stage that holds something. */
static const char *holdings(const struct move *m)
{
    struct buf b = {.arena = m->e->arena};
    for (enum stage s = STAGE_CONSIDERED; s < STAGE_COUNT; s++) {
        i128 held = spare(m, s);
        if (held <= 0) continue;
        buf_addf(&b, "%s%s %s", b.len ? ", " : "", stage_name(s),
                 quantity_text(m->e->arena, &m->unit, held));
    }
    return b.len ? b.text : "nothing";
}

/* `which`: "no stage before committed has". */
static enum rc nothing_to_move(const struct move *m, const char *which, struct err *err)
{
    char day[DAY_TEXT];
    const char *qty = m->qty ? quantity_text(m->e->arena, &m->unit, m->qty) : "anything";
    return fail(err, RC_RULE, "%s %s of '%.50s' to spare on %s: it holds %.120s", which, qty,
                m->key, day_format(m->day, day), holdings(m));
}

static bool can_spare(const struct move *m, enum stage stage)
{
    i128 held = spare(m, stage);
    return m->qty ? held >= m->qty : held > 0;
}

/* The stage that the quantity leaves, and with "all", how much that is. */
static enum rc choose_source(struct move *m, struct err *err)
{
    if (m->args->from) {
        m->from = stage_named(m->args->from);
        if (m->from == STAGE_WORLD && m->qty) return RC_OK;
        if (m->from == STAGE_WORLD) return fail(err, RC_INPUT, "how much is 'all' of the world?");
        if (!can_spare(m, m->from)) {
            const char *which = text_format(m->e->arena, "%s has not", stage_name(m->from));
            return nothing_to_move(m, which, err);
        }
    } else {
        m->from = last_before(m->to);
        while (m->from > STAGE_WORLD && !can_spare(m, m->from)) m->from = (enum stage)(m->from - 1);
        if (m->from == STAGE_WORLD) {
            const char *which =
                text_format(m->e->arena, "no stage before %s has", stage_name(m->to));
            return nothing_to_move(m, which, err);
        }
    }
    return m->qty ? RC_OK : narrow(spare(m, m->from), &m->qty, "the quantity", err);
}

static enum rc find_line(struct move *m, struct err *err)
{
    struct entry *e = m->e;
    const char *typed;
    uint32_t noun;
    enum rc rc = entry_text(e, "LINE", m->args->line, &typed, err);
    if (!rc) rc = noun_find(e->arena, e->book, KIND_LINE, NULL, typed, &noun, err);
    if (rc) return rc;
    const struct record *line = book_version(e->book, noun, INT64_MAX);
    uint64_t item = record_ref(line, F_ITEM);
    m->line = book_line(e->book, line->id);
    m->key = book_key(e->book, noun);
    m->unit = noun_counted(e->book, book_noun_of(e->book, item));
    if (!e->given->label) e->label = line->label; /* who may see the line may see it move */
    if (strcmp(m->args->qty, "all") == 0) return RC_OK;
    return entry_quantity(e, "QTY", m->args->qty, book_noun_of(e->book, item), false, &m->qty, err);
}

static enum rc move(struct entry *e, const void *given, struct err *err)
{
    const struct move_args *args = given;
    struct move m = {.e = e, .args = args, .day = entry_today(e)};
    if (!args->to) return fail(err, RC_INPUT, "--to is missing: the stage that it reaches");
    m.to = stage_named(args->to);
    bool leaves = args->from && stage_named(args->from) == STAGE_DELIVERED;
    if (args->confirmed && m.to != STAGE_DELIVERED && !leaves) {
        return fail(err, RC_INPUT, "--confirmed goes with what reaches or leaves delivered");
    }
    enum rc rc = args->on ? entry_day("--on", args->on, false, &m.day, &m.precision, err) : RC_OK;
    if (!rc) rc = find_line(&m, err);
    if (!rc) rc = choose_source(&m, err);
    if (rc) return rc;
    struct record *r = record_new(e->arena, KIND_ENTRY);
    uint32_t count;
    record_set_ref(e->arena, r, F_LINE, book_lines(e->book, &count)[m.line].id);
    record_set_int(e->arena, r, F_FROM, m.from);
    record_set_int(e->arena, r, F_TO, m.to);
    record_set_int(e->arena, r, F_QTY, m.qty);
    record_set_int(e->arena, r, F_DAY, m.day);
    if (m.precision != PRECISION_DAY) record_set_int(e->arena, r, F_PRECISION, m.precision);
    if (args->confirmed) record_set_int(e->arena, r, F_CONFIRMED, 1);
    return entry_add(e, r, NULL, err);
}

ENTRY_RUN(run, ENTRY_MOVE, move, struct move_args)

const struct command cmd_move = {
    .name = "move",
    .group = GROUP_ENTER,
    .about = "quantity of a promise from one stage to another",
    .details =
        "Without --from the quantity leaves the furthest stage before --to that can spare all of"
        " it on that day; for withdrawn, lapsed and lost the furthest before delivered. --from"
        " world brings a quantity in that the book has not yet.\n\nWhat is delivered counts as"
        " reported by the giver, unless the receiver confirms it: --confirmed. An entry is never"
        " edited: 'muster undo' takes it back.",
    .examples = "muster move line/7 --to committed 600 --on 2026-05-20\n"
                "muster move line/7 --to delivered all --confirmed\n"
                "# more than was promised came\n"
                "muster move line/7 --from world --to delivered 20\n",
    .operands =
        (const struct operand[]){
            {"LINE", INTO(struct move_args, line), .help = "the key or id of a line"},
            {"QTY", INTO(struct move_args, qty),
             .help = "how much, in whole units, or 'all' that the stage can spare"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"to", INTO(struct move_args, to), .arg = "STAGE",
             .choices = "considered announced committed allocated dispatched delivered withdrawn"
                        " lapsed lost",
             .help = "the stage it reaches"},
            {"from", INTO(struct move_args, from), .arg = "STAGE",
             .choices = "world considered announced committed allocated dispatched delivered",
             .help = "the stage it leaves"},
            {"on", INTO(struct move_args, on), .arg = "DATE",
             .help = "the day it happened (default: today)"},
            {"confirmed", INTO(struct move_args, confirmed), .help = "the receiver confirms it"},
            EVIDENCE_OPTS(struct move_args),
            LABEL_OPT(struct move_args),
            {0},
        },
    .uses = USES_ENTRY,
    .args_size = sizeof(struct move_args),
    .run = run,
};
