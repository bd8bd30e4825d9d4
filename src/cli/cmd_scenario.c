/*
 * cmd_scenario.c - muster scenario: branches of the book, and what is supposed in them.
 *
 * A scenario is the book as it stood at a moment, and records that are supposed
 * on top. They stand in the same log, and are seen only where --scenario asks
 * for them: every verb that asks or records takes it.
 */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "cli/compare.h"
#include "cli/entry.h"

static const struct noun_column columns[] = {
    {F_NAME, "name"}, {F_MOMENT, "branches_off"}, {F_AUTHOR, "author"}, {F_WHY, "why"}, {0}};
static const struct noun scenarios = {
    .kind = KIND_SCENARIO, .title = "Scenarios", .columns = columns};

static int list_run(struct context *ctx, const void *args)
{
    return noun_list(ctx, &scenarios, args);
}

/* --- show --- */

struct supposing {
    struct arena *arena;
    struct arena scratch;
    const struct view *view;
    struct rows *rows;
};

static enum rc put_supposed(void *ctx, const struct row *row, struct err *err)
{
    struct supposing *s = ctx;
    struct record r;
    arena_reset(&s->scratch);
    enum rc rc = row_record(&s->scratch, row, &r, err);
    if (rc || record_ref(&r, F_SCENARIO) != s->view->scenario) return rc;
    if (!book_has(s->view->book, r.id)) return RC_OK; /* hidden from this viewer */
    const char *line = NULL;
    if (r.kind == KIND_ENTRY) {
        uint32_t noun = book_noun_of(s->view->book, record_ref(&r, F_LINE));
        line = text_format(s->arena, "%s: %s to %s", book_key(s->view->book, noun),
                           stage_name((enum stage)record_int(&r, F_FROM, 0)),
                           stage_name((enum stage)record_int(&r, F_TO, 0)));
    }
    ROW(s->rows, cell_label((i128)r.id), cell_text(kind_name(r.kind)),
        cell_text(line ? line : arena_text(s->arena, record_text(&r, F_KEY))),
        cell_text(arena_text(s->arena, record_text(&r, F_AUTHOR))),
        cell_text(arena_text(s->arena, record_text(&r, F_WHY))));
    return RC_OK;
}

static int show_run(struct context *ctx, const void *given)
{
    const struct noun_args *args = given;
    struct context inside = *ctx;
    struct opened o;
    struct err err = {0};
    inside.scenario = args->word;
    int code = opened_begin(&inside, false, &o);
    if (code) return code;
    const struct record *r = book_record(o.view.book, o.view.scenario);
    struct answer *w = record_answer(ctx->arena, o.view.book, &scenarios, r);
    struct supposing s = {.arena = ctx->arena, .view = &o.view, .rows = answer_rows(w, "supposed")};
    s.rows->title = "Supposed";
    rows_columns(s.rows, "id kind what author why");
    enum rc rc = o.store->ops->scan(o.store, o.view.scenario, put_supposed, &s, &err);
    arena_free(&s.scratch);
    code = rc ? cmd_refuse(ctx, &err) : cmd_answer(ctx, w);
    opened_end(&o);
    return code;
}

/* --- new --- */

struct new_args {
    struct entry_args entry;
    const char *key, *name, *from;
};

static enum rc new (struct entry *e, const void *given, struct err *err) {
    const struct new_args *args = given; const char * key, *name = NULL;
    int64_t moment = e->posting.now_ms;
    if (!e->why) return fail(err, RC_INPUT, "--why is missing: what is to be found out");
    if (book_noun(e->book, KIND_SCENARIO, args->key) !=
        NONE){return fail(err, RC_RULE, "scenario '%.80s' is there already, and does not change",
                          args->key);}
enum rc rc = entry_new_key(e, KIND_SCENARIO, args->key, &key, err);
if (!rc && strcmp(key, "base") == 0) {
    rc = fail(err, RC_INPUT, "'base' is the book itself; call the scenario something else");
}
if (!rc && args->name) rc = entry_text(e, "--name", args->name, &name, err);
if (!rc && args->from && instant_parse(args->from, &moment, err)) rc = fail_in(err, "--from");
if (!rc && moment > e->posting.now_ms) {
    rc = fail(err, RC_INPUT, "--from: the book of %.40s is not written yet", args->from);
}
if (rc) return rc;
/* Signed here, and without a passage: that one could be younger than the moment. */
struct record *r = record_new(e->arena, KIND_SCENARIO);
r->label = e->label;
record_set_text(e->arena, r, F_KEY, key);
record_set_text(e->arena, r, F_NAME, name);
record_set_text(e->arena, r, F_AUTHOR, e->author);
record_set_text(e->arena, r, F_WHY, e->why);
record_set_text(e->arena, r, F_NOTE, e->note);
record_set_int(e->arena, r, F_MOMENT, moment);
uint64_t id;
rc = posting_add(&e->posting, r, &id, err);
if (!rc) entry_recorded(e, id);
return rc;
}

ENTRY_RUN(new_run, ENTRY_MOVE, new, struct new_args)

/* --- add --- */

struct add_args {
    const char *name;
    struct texts words;
};

/* The rest of the line is a command of its own, run inside the scenario. */
static int add_run(struct context *ctx, const void *given)
{
    const struct add_args *args = given;
    struct context inside = *ctx;
    char **argv = NEW_ARRAY(ctx->arena, args->words.count + 2, char *);
    inside.scenario = args->name;
    argv[0] = NEW_ARRAY(ctx->arena, 1, char); /* stands where the program's name does */
    for (uint32_t i = 0; i < args->words.count; i++) {
        size_t size = strlen(args->words.at[i]) + 1;
        argv[i + 1] = NEW_ARRAY(ctx->arena, size, char);
        memcpy(argv[i + 1], args->words.at[i], size);
    }
    return cmd_main(&inside, (int)args->words.count + 1, argv);
}

static const struct command part_new = {
    .name = "new",
    .about = "a branch of the book",
    .details = "The scenario holds the book as it stands now, or as it stood at --from, and what is"
               " then recorded in it with --scenario NAME. What the book learns later is not in"
               " it, so that an answer given once can be given again.",
    .examples = "muster scenario new mobilised --why 'if support is mobilised'\n"
                "muster line add --scenario mobilised --giver NOR --receiver UKR --item shells-155"
                " --qty 20000 --promised 2026-09\n"
                "muster position --scenario mobilised\n",
    .operands =
        (const struct operand[]){
            {"NAME", INTO(struct new_args, key), .help = "what it is called for ever: one word"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"from", INTO(struct new_args, from), .arg = "INSTANT",
             .help = "branch off the book as it was known then (default: now)"},
            {"why", INTO(struct new_args, entry.why), .arg = "TEXT",
             .help = "what is to be found out; needed"},
            {"name", INTO(struct new_args, name), .arg = "NAME", .help = "what it is called"},
            {"note", INTO(struct new_args, entry.note), .arg = "TEXT",
             .help = "a remark to keep with it"},
            LABEL_OPT(struct new_args),
            {0},
        },
    .uses = USES_ENTRY & ~USES_BRANCH,
    .args_size = sizeof(struct new_args),
    .run = new_run,
};

static const struct command part_add = {
    .name = "add",
    .about = "run a command inside a scenario: the same as its --scenario NAME",
    .examples = "muster scenario add mobilised need revise shells-2026 --qty 30000 --why 'if so'\n",
    .operands =
        (const struct operand[]){
            {"NAME", INTO(struct add_args, name), .help = "the scenario"},
            {"COMMAND", INTO(struct add_args, words),
             .help = "a command that records, with its own words and options"},
            {0},
        },
    .uses = USES_STORE | USES_ANSWER | USES_AUTHOR,
    .passes_on = true,
    .args_size = sizeof(struct add_args),
    .run = add_run,
};

static const struct command part_list = {
    .name = "list",
    .about = "all of them, or those with a word in their key or name",
    .opts = noun_list_opts,
    .uses = USES_QUESTION & ~USES_BRANCH,
    .args_size = sizeof(struct noun_args),
    .run = list_run,
};

static const struct command part_show = {
    .name = "show",
    .about = "a scenario, and everything that is supposed in it",
    .operands =
        (const struct operand[]){
            {"NAME", INTO(struct noun_args, word), .help = "the scenario"},
            {0},
        },
    .uses = USES_STORE | USES_ANSWER | USES_EYES | USES_PROGRESS,
    .args_size = sizeof(struct noun_args),
    .run = show_run,
};

const struct command cmd_scenario = {
    .name = "scenario",
    .group = GROUP_ASK,
    .about = "what if: branches of the book: list, show, new, add, compare",
    .opts = noun_list_opts,
    .uses = USES_QUESTION & ~USES_BRANCH,
    .args_size = sizeof(struct noun_args),
    .run = list_run,
    .parts = (const struct command *const[]){&part_list, &part_show, &part_new, &part_add,
                                             &scenario_compare, NULL},
};
