/*
 * cmd_floor.c - muster floor: the least that was agreed for every year, what
 * the years came to, and recording such a floor.
 *
 * A floor is a decision with an amount; see measure/floor.h.
 */
#include <string.h>

#include "cli/asked.h"
#include "cli/entry.h"
#include "report/floor.h"

/* --- asking --- */

struct floor_args {
    const char *key, *reached, *series, *with;
};

static int run(struct context *ctx, const void *given)
{
    const struct floor_args *args = given;
    struct opened o;
    struct err err = {0};
    struct answer *w;
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    const struct floor_question q = {.reached = stage_named(args->reached),
                                     .series = args->series,
                                     .key = args->key,
                                     .with = args->with,
                                     .today = asked_day(ctx)};
    enum rc rc = report_floor(ctx->arena, &o.exchange, &q, &w, &err);
    code = rc ? cmd_refuse(ctx, &err) : cmd_answer(ctx, w);
    opened_end(&o);
    return code;
}

/* --- recording --- */

struct post_args {
    struct entry_args entry;
    const char *key, *by, *receiver, *class, *amount, *currency, *from, *until, *on, *kind, *text;
};

#define FLOOR_OPTS                                                                                 \
    {"by", INTO(struct post_args, by), .arg = "PARTY",                                             \
     .help = "who agreed to it: a party, or a group of them; without it, everybody's amounts"      \
             " count"},                                                                            \
        {"receiver", INTO(struct post_args, receiver), .arg = "PARTY", .help = "for whom"},        \
        {"class", INTO(struct post_args, class), .arg = "CLASS",                                   \
         .choices = "financial humanitarian military", .help = "only support of that class"},      \
        {"amount", INTO(struct post_args, amount), .arg = "AMOUNT",                                \
         .help = "at least so much a year, in whole units of the currency: 40bn, 2500000"},        \
        {"currency", INTO(struct post_args, currency), .arg = "CUR", .help = "in which money"},    \
        {"from", INTO(struct post_args, from), .arg = "DATE",                                      \
         .help = "the day on which its first year begins"},                                        \
        {"until", INTO(struct post_args, until), .arg = "DATE",                                    \
         .help = "the last day on which it holds; open without it"},                               \
        {"on", INTO(struct post_args, on), .arg = "DATE", .help = "the day it was agreed"},        \
        {"kind", INTO(struct post_args, kind), .arg = "KIND",                                      \
         .choices = "guideline option decision",                                                   \
         .help = "option: proposed only; guideline or decision: agreed (default decision)"},       \
        {"text", INTO(struct post_args, text), .arg = "TEXT",                                      \
         .help = "what was agreed, in words"},                                                     \
        EVIDENCE_OPTS(struct post_args), LABEL_OPT(struct post_args)

static const struct opt add_opts[] = {FLOOR_OPTS, {0}};
static const struct opt revise_opts[] = {FLOOR_OPTS, WHY_OPT(struct post_args), {0}};

static const struct typed fields[] = {
    {"by", F_PARTY, TYPED_PARTY, false},
    {"receiver", F_RECEIVER, TYPED_PARTY, false},
    {"class", F_CLASS, TYPED_TEXT, false},
    {"amount", F_AMOUNT, TYPED_DECIMAL, true},
    {"currency", F_CURRENCY, TYPED_CURRENCY, true},
    {"from", F_SINCE, TYPED_FIRST, true},
    {"until", F_UNTIL, TYPED_LAST, false},
    {"on", F_DAY, TYPED_LAST, false},
    {"kind", F_TYPE, TYPED_TEXT, false},
    {"text", F_TEXT, TYPED_TEXT, false},
    {0},
};

/* "40bn" as digits, which the fields are read from; what is no amount stays as it was typed. */
static const char *digits_of(struct arena *a, const char *typed)
{
    struct dec d;
    struct err ignored;
    char out[DEC_TEXT];
    if (!typed || asked_amount(a, typed, &d, &ignored)) return typed;
    return arena_text(a, dec_format(d, out));
}

static enum rc fill(struct entry *e, struct record *r, const struct opt *opts,
                    const struct post_args *args, struct err *err)
{
    struct post_args own = *args;
    own.amount = digits_of(e->arena, args->amount);
    enum rc rc = entry_fill(e, r, opts, &own, fields, err);
    if (rc) return rc;
    if (record_dec(r, F_AMOUNT).n <= 0) return fail(err, RC_INPUT, "--amount: a floor is above 0");
    if (record_int(r, F_UNTIL, DAY_MAX) < record_int(r, F_SINCE, DAY_MIN)) {
        return fail(err, RC_INPUT, "the floor ends before it begins");
    }
    if (!record_text(r, F_TYPE)) record_set_text(e->arena, r, F_TYPE, "decision");
    record_set_text(e->arena, r, F_MEASURE, FLOOR_MEASURE);
    return RC_OK;
}

static enum rc add(struct entry *e, const void *given, struct err *err)
{
    const struct post_args *args = given;
    struct record *r = record_new(e->arena, KIND_DECISION);
    const char *key = NULL;
    enum rc rc = entry_new_key(e, KIND_DECISION, args->key, &key, err);
    record_set_text(e->arena, r, F_KEY, key);
    if (!rc) rc = fill(e, r, add_opts, args, err);
    return rc ? rc : entry_add(e, r, NULL, err);
}

static enum rc revise(struct entry *e, const void *given, struct err *err)
{
    const struct post_args *args = given;
    struct record *r;
    enum rc rc = entry_current(e, KIND_DECISION, args->key, &r, err);
    const char *measure = rc ? NULL : record_text(r, F_MEASURE);
    if (!rc && (!measure || strcmp(measure, FLOOR_MEASURE) != 0)) {
        rc = fail(err, RC_RULE, "'%.80s' is a decision, but no yearly floor", args->key);
    }
    if (!rc) rc = fill(e, r, revise_opts, args, err);
    return rc ? rc : entry_revise(e, r, err);
}

ENTRY_RUN(add_run, ENTRY_ADD, add, struct post_args)
ENTRY_RUN(revise_run, ENTRY_REVISE, revise, struct post_args)

static const struct command part_add = {
    .name = "add",
    .about = "the least that was agreed for every year",
    .examples = "muster floor add pledge-2024 --by Allies --receiver UKR --class military"
                " --amount 40bn --currency EUR --from 2024-01-01 --until 2024-12-31"
                " --on 2024-07-10 --cite 'Washington Summit Declaration'\n",
    .operands =
        (const struct operand[]){
            {"KEY", INTO(struct post_args, key), .help = "what it is called for ever: one word"},
            {0},
        },
    .opts = add_opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct post_args),
    .run = add_run,
};

static const struct command part_revise = {
    .name = "revise",
    .about = "a floor was changed; the original is kept beside it",
    .details = ENTRY_REVISE_DETAILS,
    .operands = ENTRY_KEY_OPERAND(struct post_args),
    .opts = revise_opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct post_args),
    .run = revise_run,
};

const struct command cmd_floor = {
    .name = "floor",
    .group = GROUP_ASK,
    .about = "yearly amounts against the least that was agreed for a year",
    .details =
        "A floor is the least that was agreed (or proposed) for every year: by whom, for whom, of"
        " which class, how much, from when on. Each of its years stands beside it, and so do the"
        " years before it: what reached a stage, each flow once, in the floor's own currency. Of a"
        " group that counts who is a member on the day of the support, or was on the day it was"
        " agreed, if that is later. A year that is over and short is below; one that is not over,"
        " or whose last month the book does not reach, is so far.\n\n"
        "JSON: reached, as_of, rows of floor, party, receiver, class, year, from, until, amount,"
        " least, currency, gap (above zero: still to give), percent, state (met, below, so far,"
        " not told; empty where it does not hold), floors of floor, kind, by, for, least, currency,"
        " agreed, since, until, text, evidence, address. 'muster explain --floor' gives the rows"
        " behind a year.",
    .examples = "muster floor\n# every year against every floor\n"
                "muster explain --floor demo:decided/2024-07-10/yearly-floor --year 2024\n"
                "# the amounts of one of its years\n",
    .operands =
        (const struct operand[]){
            {"KEY", INTO(struct floor_args, key), .optional = true, .help = "only that floor"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"reached", INTO(struct floor_args, reached), .arg = "STAGE", .choices = STAGE_CHOICES,
             .fallback = "allocated",
             .help = "count what has reached at least that stage; provided is allocated"},
            {"with", INTO(struct floor_args, with), .arg = "WORDS",
             .help = "only those with all of these in their key or what was agreed"},
            {"series", INTO(struct floor_args, series), .arg = "SERIES",
             .help = "only this series and those below it: fts, kiel:29"},
            {0},
        },
    .uses = USES_QUESTION,
    .args_size = sizeof(struct floor_args),
    .run = run,
    .parts = (const struct command *const[]){&part_add, &part_revise, NULL},
};
