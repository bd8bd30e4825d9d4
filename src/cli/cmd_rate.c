/*
 * cmd_rate.c - muster rate: units of a currency for one unit of another, on a
 * day, in a series. The book keeps rates small and sorted, not as whole
 * records, so their list is their own.
 */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "cli/entry.h"

static const struct noun_column columns[] = {
    {F_SERIES, "series"}, {F_CURRENCY, "currency"}, {F_BASE, "base"},
    {F_DAY, "day"},       {F_AMOUNT, "per_base"},   {0},
};
static const struct noun rates = {.kind = KIND_RATE, .title = "Rates", .columns = columns};

/* --- list --- */

struct list_args {
    const char *series, *currency, *day;
};

/* Whether the next one says the same rate anew. */
static bool is_restated(const struct rate *list, uint32_t count, uint32_t i, int64_t known)
{
    if (i + 1 == count || list[i + 1].recorded_ms > known) return false;
    const struct rate *a = &list[i], *b = &list[i + 1];
    return a->series == b->series && a->day == b->day && !strcmp(a->currency, b->currency) &&
           !strcmp(a->base, b->base);
}

static bool is_asked_for(const struct book *b, const struct rate *r, const struct list_args *args,
                         int32_t day)
{
    if (args->series && strcmp(book_word_text(b, r->series), args->series) != 0) return false;
    if (args->currency && strcmp(r->currency, args->currency) != 0) return false;
    return !args->day || r->day == day;
}

static int list_run(struct context *ctx, const void *given)
{
    const struct list_args *args = given;
    struct opened o;
    struct err err = {0};
    uint32_t count;
    int32_t day = 0;
    enum precision precision;
    if (args->day && entry_day("--day", args->day, false, &day, &precision, &err)) {
        return cmd_misuse(ctx, "%s", err.msg);
    }
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    struct answer *w = answer_new(ctx->arena, rates.title);
    struct rows *rows = answer_rows(w, "rows");
    rows_column(rows, "id", NULL, 0);
    for (const struct noun_column *c = columns; c->tag; c++) rows_column(rows, c->name, NULL, 0);
    const struct rate *list = book_rates(o.view.book, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct rate *r = &list[i];
        if (r->recorded_ms > o.exchange.at.known || r->day > o.exchange.at.effective) continue;
        if (is_restated(list, count, i, o.exchange.at.known)) continue;
        if (!is_asked_for(o.view.book, r, args, day)) continue;
        ROW(rows, cell_label(r->id), cell_text(book_word_text(o.view.book, r->series)),
            cell_text(r->currency), cell_text(r->base),
            cell_text(day_text(ctx->arena, r->day, PRECISION_DAY)),
            cell_decimal(r->per_base, r->per_base.scale));
    }
    code = cmd_answer(ctx, w);
    opened_end(&o);
    return code;
}

static const struct opt list_opts[] = {
    {"series", INTO(struct list_args, series), .arg = "NAME", .help = "only of that table"},
    {"of", INTO(struct list_args, currency), .arg = "CUR", .help = "only of that currency"},
    {"day", INTO(struct list_args, day), .arg = "DATE", .help = "only of that day"},
    {0},
};

/* --- add and revise --- */

struct rate_args {
    struct entry_args entry;
    const char *key, *currency, *amount, *base, *day, *series;
};

static const struct opt add_opts[] = {
    {"base", INTO(struct rate_args, base), .arg = "CUR", .fallback = "EUR",
     .help = "for one unit of what"},
    {"day", INTO(struct rate_args, day), .arg = "DATE", .help = "the day it is of"},
    {"series", INTO(struct rate_args, series), .arg = "NAME", .fallback = "own",
     .help = "the table it belongs to"},
    EVIDENCE_OPTS(struct rate_args),
    LABEL_OPT(struct rate_args),
    {0},
};
static const struct opt revise_opts[] = {
    EVIDENCE_OPTS(struct rate_args),
    LABEL_OPT(struct rate_args),
    WHY_OPT(struct rate_args),
    {0},
};
static const struct opt operands[] = {
    {"CURRENCY", INTO(struct rate_args, currency), .arg = "CUR"},
    {"RATE", INTO(struct rate_args, amount), .arg = "RATE"},
    {0},
};

static const struct typed fields[] = {
    {"base", F_BASE, TYPED_CURRENCY, true},
    {"day", F_DAY, TYPED_LAST, true},
    {"series", F_SERIES, TYPED_TEXT, true},
    {0},
};
static const struct typed currency[] = {{"CURRENCY", F_CURRENCY, TYPED_CURRENCY, true}, {0}};
static const struct typed amount[] = {{"RATE", F_AMOUNT, TYPED_DECIMAL, true}, {0}};

static enum rc add(struct entry *e, const void *given, struct err *err)
{
    const struct rate_args *args = given;
    struct record *r = record_new(e->arena, KIND_RATE);
    char day[DAY_TEXT];
    enum rc rc = entry_fill(e, r, operands, args, currency, err);
    if (!rc) rc = entry_fill(e, r, operands, args, amount, err);
    if (!rc) rc = entry_fill(e, r, add_opts, args, fields, err);
    if (rc) return rc;
    const char *key =
        text_format(e->arena, "%s/%s/%s", record_text(r, F_SERIES), record_text(r, F_CURRENCY),
                    day_format((int32_t)record_int(r, F_DAY, 0), day));
    if (strcmp(record_text(r, F_CURRENCY), record_text(r, F_BASE)) == 0) {
        return fail(err, RC_RULE, "a currency has no rate to itself");
    }
    if (book_noun(e->book, KIND_RATE, key) != NONE) {
        return fail(err, RC_RULE,
                    "rate '%.60s' is in the book already; 'muster rate revise' changes it", key);
    }
    record_set_text(e->arena, r, F_KEY, key);
    return entry_add(e, r, NULL, err);
}

static enum rc revise(struct entry *e, const void *given, struct err *err)
{
    const struct rate_args *args = given;
    struct record *r;
    enum rc rc = entry_current(e, KIND_RATE, args->key, &r, err);
    if (!rc) rc = entry_fill(e, r, operands, args, amount, err);
    return rc ? rc : entry_revise(e, r, err);
}

ENTRY_RUN(add_run, ENTRY_ADD, add, struct rate_args)
ENTRY_RUN(revise_run, ENTRY_REVISE, revise, struct rate_args)

static const struct command part_list = {
    .name = "list",
    .about = "all of them, or of one table, currency or day",
    .opts = list_opts,
    .uses = USES_QUESTION,
    .args_size = sizeof(struct list_args),
    .run = list_run,
};

static const struct command part_add = {
    .name = "add",
    .about = "how much of a currency one unit of another is worth",
    .examples = "muster rate add USD 1.0812 --base EUR --day 2026-01-05 --series own\n",
    .operands =
        (const struct operand[]){
            {"CURRENCY", INTO(struct rate_args, currency), .help = "ISO 4217: USD"},
            {"RATE", INTO(struct rate_args, amount), .help = "units of it for one unit of --base"},
            {0},
        },
    .opts = add_opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct rate_args),
    .run = add_run,
};

static const struct command part_revise = {
    .name = "revise",
    .about = "a rate was wrong",
    .details = "Nothing is overwritten: --known still shows what the book said before.",
    .examples = "muster rate revise own/USD/2026-01-05 1.0821 --why 'two figures swapped'\n",
    .operands =
        (const struct operand[]){
            {"KEY", INTO(struct rate_args, key), .help = "SERIES/CURRENCY/DAY"},
            {"RATE", INTO(struct rate_args, amount), .help = "what it should have been"},
            {0},
        },
    .opts = revise_opts,
    .uses = USES_ENTRY,
    .args_size = sizeof(struct rate_args),
    .run = revise_run,
};

/* --- show --- */

/* The id of what was said of that rate by then, or 0. Rates are sorted by instant at last. */
static uint64_t version_known(struct book *b, const struct record *r, int64_t known)
{
    uint32_t count, series = book_word(b, record_text(r, F_SERIES));
    const struct rate *list = book_rates(b, &count);
    uint64_t id = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct rate *one = &list[i];
        if (one->series != series || one->day != record_int(r, F_DAY, 0)) continue;
        if (strcmp(one->currency, record_text(r, F_CURRENCY)) != 0) continue;
        if (strcmp(one->base, record_text(r, F_BASE)) != 0) continue;
        if (one->recorded_ms <= known) id = one->id;
    }
    return id;
}

static int show_run(struct context *ctx, const void *given)
{
    const struct noun_args *args = given;
    struct opened o;
    struct err err = {0};
    struct record r;
    uint32_t noun;
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    struct book *b = o.view.book;
    enum rc rc = noun_find(ctx->arena, b, KIND_RATE, NULL, args->word, &noun, &err);
    if (!rc) rc = view_record(ctx->arena, &o.view, book_latest(b, noun)->id, &r, &err);
    uint64_t id = rc ? 0 : version_known(b, &r, o.exchange.at.known);
    if (!rc && !id) {
        rc = fail(&err, RC_ABSENT, "rate '%.80s' was not known on %.30s yet", args->word,
                  ctx->known);
    }
    if (!rc) rc = view_record(ctx->arena, &o.view, id, &r, &err);
    if (!rc) code = cmd_answer(ctx, record_answer(ctx->arena, b, &rates, &r));
    opened_end(&o);
    return rc ? cmd_refuse(ctx, &err) : code;
}

static const struct command part_show = {
    .name = "show",
    .about = "everything the book says of one",
    .operands =
        (const struct operand[]){
            {"KEY", INTO(struct noun_args, word), .help = "SERIES/CURRENCY/DAY"},
            {0},
        },
    .uses = USES_QUESTION,
    .args_size = sizeof(struct noun_args),
    .run = show_run,
};

const struct command cmd_rate = {
    .name = "rate",
    .group = GROUP_ENTER,
    .about = "what currencies are worth: list, show, add, revise",
    .opts = list_opts,
    .uses = USES_QUESTION,
    .args_size = sizeof(struct list_args),
    .run = list_run,
    .parts = (const struct command *const[]){&part_list, &part_show, &part_add, &part_revise, NULL},
};
