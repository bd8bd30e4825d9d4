/*
 * cmd_round.c - muster round: asking givers for what a plan proposes.
 *
 * A round is opened for a purpose, filled once with proposals, answered by
 * givers and closed. Nothing in it moves a quantity but a giver's consent.
 */
#include <string.h>

#include "base/text.h"
#include "cli/round.h"
#include "report/round.h"

/* --- shared with the other parts --- */

enum rc round_named(struct arena *a, const struct book *b, const struct rounds *all,
                    const char *typed, const struct round **out, struct err *err)
{
    uint32_t noun;
    enum rc rc = noun_find(a, b, KIND_ROUND, NULL, typed, &noun, err);
    if (rc) return rc;
    *out = rounds_find(all, noun);
    return *out ? RC_OK : fail(err, RC_ABSENT, "no round '%.80s' was known then", typed);
}

enum rc proposal_named(struct arena *a, const struct book *b, const struct rounds *all,
                       const struct round *round, const char *typed, const struct proposal **out,
                       struct err *err)
{
    const char *key = book_key(b, round->noun);
    const char *whole = text_format(a, "%s/%s", key, typed);
    for (uint32_t i = round->begin; i < round->end; i++) {
        const char *is = book_key(b, all->proposals[i].noun);
        if (strcmp(is, typed) != 0 && strcmp(is, whole) != 0) continue;
        *out = &all->proposals[i];
        return RC_OK;
    }
    return fail(err, RC_ABSENT, "no proposal '%.80s' in round '%.80s'", typed, key);
}

enum rc round_set(struct entry *e, const struct round *round, enum round_state state,
                  struct err *err)
{
    struct record *r = record_copy(e->arena, round->record);
    r->id = 0;
    r->idem = NULL;
    draft_drop(r, F_TYPE);
    record_set_text(e->arena, r, F_TYPE, round_state_name(state));
    e->label = r->label;
    return entry_add(e, r, NULL, err);
}

/* --- list and show --- */

static int list_run(struct context *ctx, const void *args)
{
    struct opened o;
    struct rounds rounds;
    (void)args;
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    rounds_read(ctx->arena, o.view.book, o.exchange.at.known, &rounds);
    code = cmd_answer(ctx, report_rounds(ctx->arena, o.view.book, &rounds));
    opened_end(&o);
    return code;
}

struct show_args {
    const char *round;
};

static int show_run(struct context *ctx, const void *given)
{
    const struct show_args *args = given;
    struct opened o;
    struct err err = {0};
    struct rounds rounds;
    const struct round *round;
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    rounds_read(ctx->arena, o.view.book, o.exchange.at.known, &rounds);
    enum rc rc = round_named(ctx->arena, o.view.book, &rounds, args->round, &round, &err);
    code = rc ? cmd_refuse(ctx, &err)
              : cmd_answer(ctx, report_round(ctx->arena, o.view.book, &rounds, round));
    opened_end(&o);
    return code;
}

/* --- open and close --- */

struct open_args {
    struct entry_args entry;
    const char *key, *name, *until;
};

static enum rc open(struct entry *e, const void *given, struct err *err)
{
    const struct open_args *args = given;
    struct record *r = record_new(e->arena, KIND_ROUND);
    const char *key, *name = NULL;
    int32_t until = 0;
    enum precision precision;
    if (!e->why) return fail(err, RC_INPUT, "--why is missing: what the round is for");
    if (book_noun(e->book, KIND_ROUND, args->key) != NONE) {
        return fail(err, RC_RULE, "round '%.80s' is there already; open another", args->key);
    }
    enum rc rc = entry_new_key(e, KIND_ROUND, args->key, &key, err);
    if (!rc && args->name) rc = entry_text(e, "--name", args->name, &name, err);
    if (!rc && args->until) {
        rc = entry_day("--until", args->until, false, &until, &precision, err);
    }
    if (rc) return rc;
    record_set_text(e->arena, r, F_KEY, key);
    record_set_text(e->arena, r, F_NAME, name);
    record_set_text(e->arena, r, F_TYPE, round_state_name(ROUND_OPEN));
    if (args->until) record_set_int(e->arena, r, F_UNTIL, until);
    return entry_add(e, r, NULL, err);
}

ENTRY_RUN(open_run, ENTRY_MOVE, open, struct open_args)

struct close_args {
    struct entry_args entry;
    const char *round;
};

static enum rc close(struct entry *e, const void *given, struct err *err)
{
    const struct close_args *args = given;
    struct rounds rounds;
    const struct round *round;
    rounds_read(e->arena, e->book, INT64_MAX, &rounds);
    if (!e->why) return fail(err, RC_INPUT, "--why is missing: why nothing more is waited for");
    enum rc rc = round_named(e->arena, e->book, &rounds, args->round, &round, err);
    if (rc) return rc;
    if (round->state == ROUND_CLOSED) {
        return fail(err, RC_RULE, "round '%.80s' is closed already",
                    book_key(e->book, round->noun));
    }
    return round_set(e, round, ROUND_CLOSED, err);
}

ENTRY_RUN(close_run, ENTRY_MOVE, close, struct close_args)

/* --- the verb --- */

static const struct command part_list = {
    .name = "list",
    .about = "all of them, with what was answered",
    .uses = USES_QUESTION,
    .run = list_run,
};

static const struct command part_show = {
    .name = "show",
    .about = "what a round asks of whom, from what, and what was answered",
    .details = "With --as only what that party is asked, whatever else the round asks, and whatever"
               " lots and needs it may not see.\n\n"
               "JSON: round, name, state, why, closed_why, until; of the plan behind it "
               "planned_for, known,"
               " head, root, viewer, objective, bound, options; proposals of proposal, giver,"
               " receiver, item, qty, unit, from, need, hub, month, due, state (asked, agreed,"
               " agreed in part, refused, lapsed), agreed, line, why.",
    .operands =
        (const struct operand[]){
            {"ROUND", INTO(struct show_args, round), .help = "its key"},
            {0},
        },
    .uses = USES_QUESTION,
    .args_size = sizeof(struct show_args),
    .run = show_run,
};

static const struct command part_open = {
    .name = "open",
    .about = "a round that givers will be asked in",
    .examples = "muster round open winter --why 'air defence before the cold' --until 2026-12-15\n",
    .operands =
        (const struct operand[]){
            {"ROUND", INTO(struct open_args, key), .help = "what it is called for ever: one word"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"why", INTO(struct open_args, entry.why), .arg = "TEXT",
             .help = "what the round is for; needed"},
            {"until", INTO(struct open_args, until), .arg = "DATE",
             .help = "the day by which answers are asked for"},
            {"name", INTO(struct open_args, name), .arg = "NAME", .help = "what it is called"},
            EVIDENCE_OPTS(struct open_args),
            LABEL_OPT(struct open_args),
            {0},
        },
    .uses = USES_ENTRY,
    .args_size = sizeof(struct open_args),
    .run = open_run,
};

static const struct command part_close = {
    .name = "close",
    .about = "wait for no more answers: what is not answered has lapsed",
    .operands =
        (const struct operand[]){
            {"ROUND", INTO(struct close_args, round), .help = "its key"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"why", INTO(struct close_args, entry.why), .arg = "TEXT",
             .help = "why nothing more is waited for; needed"},
            EVIDENCE_OPTS(struct close_args),
            {0},
        },
    .uses = USES_ENTRY,
    .args_size = sizeof(struct close_args),
    .run = close_run,
};

const struct command cmd_round = {
    .name = "round",
    .group = GROUP_ENTER,
    .about = "ask givers: list, show, open, propose, consent, refuse, close",
    .details = "A round is opened, filled once with proposals, answered by givers, and closed. Only"
               " a giver's consent moves a quantity to allocated; the planner proposes.",
    .uses = USES_QUESTION,
    .run = list_run,
    .parts = (const struct command *const[]){&part_list, &part_show, &part_open, &round_propose,
                                             &round_consent, &round_refuse, &part_close, NULL},
};
