/*
 * round_answer.c - muster round consent, muster round refuse: what givers answer.
 *
 * Consent is the one act that moves a quantity to allocated, so it asks for
 * more than other entries do: the giver by name, and where the giver says so.
 * Whatever happened since the proposal was made is looked at again: a lot may
 * have gone elsewhere, a need may have been met.
 */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "cli/round.h"
#include "plan/room.h"

struct answer_args {
    struct entry_args entry;
    const char *round, *proposal, *qty, *by, *line, *on;
    bool whole_lot;
};

/* An answer in the making. */
struct answering {
    struct entry *e;
    const struct answer_args *args;
    struct rounds all;
    const struct round *round;
    const struct proposal *p;
    const char *key, *giver;
    struct counted unit;
    int32_t day;
    struct room room;
};

static const char *parts(const struct answering *w, i128 qty)
{
    return quantity_text(w->e->arena, &w->unit, qty);
}

static enum rc check_giver(struct answering *w, struct err *err)
{
    uint32_t party;
    if (!w->args->by) return fail(err, RC_INPUT, "--by is missing: the giver who answers");
    enum rc rc = noun_find(w->e->arena, w->e->book, KIND_PARTY, "--by", w->args->by, &party, err);
    if (rc || party == w->p->giver) return rc;
    return fail(err, RC_RULE, "%.80s is asked of %.40s; %.40s cannot answer for it", w->key,
                w->giver, book_key(w->e->book, party));
}

static enum rc begin(struct answering *w, struct entry *e, const struct answer_args *args,
                     struct err *err)
{
    enum precision precision;
    *w = (struct answering){.e = e, .args = args, .day = entry_today(e)};
    rounds_read(e->arena, e->book, INT64_MAX, &w->all);
    enum rc rc = round_named(e->arena, e->book, &w->all, args->round, &w->round, err);
    if (!rc) {
        rc = proposal_named(e->arena, e->book, &w->all, w->round, args->proposal, &w->p, err);
    }
    if (rc) return rc;
    w->key = book_key(e->book, w->p->noun);
    w->giver = book_key(e->book, w->p->giver);
    w->unit = noun_counted(e->book, w->p->item);
    if (args->on) rc = entry_day("--on", args->on, false, &w->day, &precision, err);
    if (!rc) rc = check_giver(w, err);
    if (!rc && w->round->state == ROUND_CLOSED) {
        rc = fail(err, RC_RULE, "round '%.80s' is closed", book_key(e->book, w->round->noun));
    }
    return rc;
}

/* The decision itself, for the giver's eyes as the proposal is. */
static enum rc decide(struct answering *w, const char *type, int64_t qty, uint64_t object,
                      struct err *err)
{
    struct entry *e = w->e;
    struct record *r = record_new(e->arena, KIND_DECISION);
    record_set_text(e->arena, r, F_TYPE, type);
    record_set_ref(e->arena, r, F_PARTY, book_latest(e->book, w->p->giver)->id);
    record_set_ref(e->arena, r, F_OF, w->p->record->id);
    record_set_ref(e->arena, r, F_OBJECT, object);
    record_set_int(e->arena, r, F_DAY, w->day);
    if (qty) record_set_int(e->arena, r, F_QTY, qty);
    e->label = w->p->record->label;
    return entry_add(e, r, NULL, err);
}

/* --- consent --- */

static enum rc check_open(const struct answering *w, struct err *err)
{
    const struct proposal *p = w->p;
    if (p->state == PROPOSAL_AGREED || p->state == PROPOSAL_PARTLY) {
        return fail(err, RC_RULE, "%.80s was agreed to already: %s", w->key, parts(w, p->agreed));
    }
    if (p->state == PROPOSAL_REFUSED) {
        return fail(err, RC_RULE, "%.80s was refused; another round can ask again", w->key);
    }
    return RC_OK;
}

static enum rc agreed_qty(const struct answering *w, int64_t *qty, struct err *err)
{
    *qty = w->p->qty;
    if (!w->args->qty || strcmp(w->args->qty, "all") == 0) return RC_OK;
    enum rc rc = entry_quantity(w->e, "QTY", w->args->qty, w->p->item, false, qty, err);
    if (rc || *qty <= w->p->qty) return rc;
    return fail(err, RC_RULE, "%.80s asks for %s, not for %s", w->key, parts(w, w->p->qty),
                parts(w, *qty));
}

/* What was proposed then may be gone now: of the lot, or from the need. */
static enum rc check_room(struct answering *w, int64_t qty, struct err *err)
{
    const struct book *b = w->e->book;
    const struct record *run = w->round->run;
    int32_t day = run ? (int32_t)record_int(run, F_DAY, w->day) : w->day;
    uint32_t source = w->p->lot != NONE ? w->p->lot : w->p->line;
    enum rc rc = proposal_room(w->e->arena, w->e->book, w->p, day, &w->room, err);
    if (rc) return rc;
    int64_t lot = w->room.lot, need = w->room.need;
    if (lot < qty) {
        return fail(
            err, RC_RULE, "overtaken: of '%.60s' %s can still be had, and %.60s asks for %s",
            book_key(b, source), lot > 0 ? parts(w, lot) : "nothing", w->key, parts(w, qty));
    }
    if (need < qty) {
        return fail(err, RC_RULE, "overtaken: need '%.60s' asks for %s, and %.60s brings %s",
                    book_key(b, w->p->need), need > 0 ? parts(w, need) : "nothing more", w->key,
                    parts(w, qty));
    }
    return RC_OK;
}

static enum rc post_entry(struct answering *w, uint32_t line, enum stage from, int64_t qty,
                          uint64_t *id, struct err *err)
{
    struct entry *e = w->e;
    uint32_t count;
    const struct record *to = line_record(e->book, &book_lines(e->book, &count)[line]);
    struct record *r = record_new(e->arena, KIND_ENTRY);
    record_set_ref(e->arena, r, F_LINE, to->id);
    record_set_int(e->arena, r, F_FROM, from);
    record_set_int(e->arena, r, F_TO, STAGE_ALLOCATED);
    record_set_int(e->arena, r, F_QTY, qty);
    record_set_int(e->arena, r, F_DAY, w->day);
    e->label = to->label;
    return entry_add(e, r, id, err);
}

/* A promise that is there already: from the furthest stage before allocated that can spare it. */
static enum rc continue_line(struct answering *w, uint32_t noun, int64_t qty, uint64_t *id,
                             struct err *err)
{
    const struct book *b = w->e->book;
    uint32_t count, at = book_line(b, book_latest(b, noun)->id);
    const struct line *l = &book_lines(b, &count)[at];
    if (l->giver != w->p->giver || l->receiver != w->p->receiver || l->item != w->p->item) {
        return fail(err, RC_RULE, "line '%.60s' is not what %.60s asks for", book_key(b, noun),
                    w->key);
    }
    enum stage from = STAGE_COMMITTED;
    while (from > STAGE_WORLD && book_holds(b, at, from, w->day) < qty) {
        from = (enum stage)(from - 1);
    }
    if (from == STAGE_WORLD) {
        return fail(err, RC_RULE, "line '%.60s' has not %s to spare any more, which %.60s asks for",
                    book_key(b, noun), parts(w, qty), w->key);
    }
    return post_entry(w, at, from, qty, id, err);
}

static enum rc new_line(struct answering *w, int64_t qty, uint64_t *id, struct err *err)
{
    struct entry *e = w->e;
    const struct record *p = w->p->record;
    const struct record *lot = book_version(e->book, w->p->lot, INT64_MAX);
    struct record *r = record_new(e->arena, KIND_LINE);
    int year, month, day;
    int32_t until = (int32_t)record_int(p, F_DAY, 0);
    uint64_t line = 0;
    day_to_civil(until, &year, &month, &day);
    if (book_noun(e->book, KIND_LINE, w->key) != NONE) {
        return fail(err, RC_RULE, "line '%.80s' is there already; --line names it", w->key);
    }
    record_set_text(e->arena, r, F_KEY, w->key);
    record_set_ref(e->arena, r, F_PARTY, record_ref(p, F_PARTY));
    record_set_ref(e->arena, r, F_RECEIVER, record_ref(p, F_RECEIVER));
    record_set_ref(e->arena, r, F_ITEM, record_ref(p, F_ITEM));
    record_set_ref(e->arena, r, F_LOT, book_latest(e->book, w->p->lot)->id);
    if (!w->room.keeps) { /* else it would count as so many of the need's systems */
        record_set_ref(e->arena, r, F_NEED, book_latest(e->book, w->p->need)->id);
    }
    record_set_int(e->arena, r, F_LOW, qty);
    record_set_int(e->arena, r, F_HIGH, qty);
    record_set_int(e->arena, r, F_SINCE, day_from_civil(year, month, 1));
    record_set_int(e->arena, r, F_UNTIL, until);
    if (!e->given->label) e->label = lot->label;
    enum rc rc = entry_add(e, r, &line, err);
    return rc ? rc : post_entry(w, book_line(e->book, line), STAGE_WORLD, qty, id, err);
}

static enum rc typed_line(struct answering *w, uint32_t *noun, struct err *err)
{
    *noun = w->p->line;
    if (!w->args->line) return RC_OK;
    if (w->p->line != NONE) {
        return fail(err, RC_INPUT, "--line: %.80s is asked from line '%.60s'", w->key,
                    book_key(w->e->book, w->p->line));
    }
    return noun_find(w->e->arena, w->e->book, KIND_LINE, "--line", w->args->line, noun, err);
}

static enum rc consent(struct entry *e, const void *given, struct err *err)
{
    const struct answer_args *args = given;
    struct answering w;
    int64_t qty = 0;
    uint64_t entry = 0;
    uint32_t line = NONE;
    if (!e->given->cite && !e->given->passage) {
        return fail(err, RC_INPUT, "--cite or --passage is missing: where the giver says so");
    }
    enum rc rc = begin(&w, e, args, err);
    if (!rc) rc = check_open(&w, err);
    if (!rc) rc = agreed_qty(&w, &qty, err);
    if (!rc) rc = check_room(&w, qty, err);
    if (!rc) rc = typed_line(&w, &line, err);
    if (rc) return rc;
    rc = line == NONE ? new_line(&w, qty, &entry, err) : continue_line(&w, line, qty, &entry, err);
    return rc ? rc : decide(&w, "consent", qty, entry, err);
}

ENTRY_RUN(consent_run, ENTRY_MOVE, consent, struct answer_args)

/* --- refusal --- */

/* What was agreed to before is taken back, as long as nothing rests on it. */
static enum rc take_back(struct answering *w, struct err *err)
{
    struct entry *e = w->e;
    uint64_t entry = record_ref(w->p->answer, F_OBJECT), id = 0;
    uint32_t row = book_row(e->book, entry);
    const struct columns *c = book_columns(e->book);
    if (row == NONE || c->flags[row] & ROW_REVERSED) {
        return fail(err, RC_RULE, "entry %" PRIu64 " of the consent is no more: correct its line",
                    entry);
    }
    enum rc rc = posting_reverse(&e->posting, row, e->why, e->author, NULL, &id, err);
    if (rc == RC_RULE) {
        return fail(err, RC_RULE,
                    "what %.60s agreed to has moved on from allocated: undo that first", w->giver);
    }
    if (!rc) entry_recorded(e, id);
    return rc;
}

/* For whoever plans with the lot, without the reason: it is not to be had for that. */
static enum rc rule_out(struct answering *w, struct err *err)
{
    struct entry *e = w->e;
    uint32_t of = w->p->lot != NONE ? w->p->lot : w->p->line;
    struct record *r = record_new(e->arena, KIND_DECISION);
    record_set_text(e->arena, r, F_TYPE, "refusal");
    record_set_ref(e->arena, r, F_PARTY, book_latest(e->book, w->p->giver)->id);
    record_set_ref(e->arena, r, w->p->lot != NONE ? F_LOT : F_LINE, book_latest(e->book, of)->id);
    if (!w->args->whole_lot) {
        record_set_ref(e->arena, r, F_NEED, book_latest(e->book, w->p->need)->id);
    }
    record_set_int(e->arena, r, F_DAY, w->day);
    e->label = book_version(e->book, of, INT64_MAX)->label;
    const char *why = e->why;
    e->why = NULL;
    enum rc rc = entry_add(e, r, NULL, err);
    e->why = why;
    return rc;
}

static enum rc refuse(struct entry *e, const void *given, struct err *err)
{
    const struct answer_args *args = given;
    struct answering w;
    if (!e->why) return fail(err, RC_INPUT, "--why is missing: the giver's reason");
    enum rc rc = begin(&w, e, args, err);
    if (rc) return rc;
    if (w.p->state == PROPOSAL_REFUSED) {
        return fail(err, RC_RULE, "%.80s was refused already", w.key);
    }
    if (w.p->state != PROPOSAL_ASKED) rc = take_back(&w, err);
    if (!rc) rc = decide(&w, "refusal", 0, 0, err);
    return rc ? rc : rule_out(&w, err);
}

ENTRY_RUN(refuse_run, ENTRY_MOVE, refuse, struct answer_args)

/* --- the parts --- */

#define ANSWER_OPERANDS                                                                            \
    {"ROUND", INTO(struct answer_args, round), .help = "its key"},                                 \
    {                                                                                              \
        "PROPOSAL", INTO(struct answer_args, proposal),                                            \
            .help = "its key, or the end of it behind the round's: DEU/1"                          \
    }
#define ANSWER_OPTS                                                                                \
    {"by", INTO(struct answer_args, by), .arg = "PARTY", .help = "the giver who answers; needed"}, \
        {"on", INTO(struct answer_args, on), .arg = "DATE",                                        \
         .help = "the day of the answer (default: today)"},                                        \
        EVIDENCE_OPTS(struct answer_args)

const struct command round_consent = {
    .name = "consent",
    .about = "a giver agrees: the quantity is allocated",
    .details =
        "The only way in which a proposal moves anything. A new line is made for the need from"
        " the lot, called as the proposal is, with an entry to allocated; or --line continues a"
        " promise that is there. A proposal is answered once; with less than is asked the rest is"
        " not given. What was overtaken meanwhile, because the lot has gone elsewhere or the need"
        " is met, is refused.",
    .examples =
        "muster round consent winter DEU/1 --by DEU --cite 'Letter of the ministry, 3 Dec'\n"
        "muster round consent winter DEU/2 300 --by DEU --cite 'the same' --why 'no more'\n",
    .operands =
        (const struct operand[]){
            ANSWER_OPERANDS,
            {"QTY", INTO(struct answer_args, qty), .optional = true,
             .help = "how much of it, if not all"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"line", INTO(struct answer_args, line), .arg = "LINE",
             .help = "continue that promise instead of making a new one"},
            {"why", INTO(struct answer_args, entry.why), .arg = "TEXT",
             .help = "the giver's reason, above all for giving less"},
            ANSWER_OPTS,
            LABEL_OPT(struct answer_args),
            {0},
        },
    .uses = USES_ENTRY,
    .args_size = sizeof(struct answer_args),
    .run = consent_run,
};

const struct command round_refuse = {
    .name = "refuse",
    .about = "a giver does not agree, or no longer",
    .details =
        "The next round does not ask for this lot for this need again, or with --lot not for this"
        " lot at all, until the giver says something new of the lot ('muster lot revise'). What"
        " was agreed to before is taken back, unless it has moved on from allocated.",
    .examples = "muster round refuse winter POL/1 --by POL --why 'needed at home' --lot\n",
    .operands =
        (const struct operand[]){
            ANSWER_OPERANDS,
            {0},
        },
    .opts =
        (const struct opt[]){
            {"why", INTO(struct answer_args, entry.why), .arg = "TEXT",
             .help = "the giver's reason; needed"},
            {"lot", INTO(struct answer_args, whole_lot),
             .help = "the lot is not to be had for any need"},
            ANSWER_OPTS,
            {0},
        },
    .uses = USES_ENTRY,
    .args_size = sizeof(struct answer_args),
    .run = refuse_run,
};
