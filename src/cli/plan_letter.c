/*
 * plan_letter.c - muster plan letter: the proposal as a letter to each giver.
 *
 * A letter is written from the book as its giver may see it. What it asks is
 * planned as a round would (asks.h), or is what a round has asked.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/term.h"
#include "base/text.h"
#include "cli/asks.h"
#include "cli/plan_parts.h"
#include "plan/rounds.h"
#include "report/letter.h"

struct letter_args {
    struct planned_args planned;
    const char *giver, *round, *dir;
};

struct letters {
    struct context *ctx;
    const struct letter_args *args;
    struct asks asks; /* of a plan */
    struct answer *w;
    struct rows *rows;
};

/* --- what one giver is asked --- */

static uint32_t seen(const struct book *b, uint64_t id)
{
    return id ? book_noun_of(b, id) : NONE;
}

/* Of the plan: what the giver may see, numbered as a round would. */
static void from_plan(struct letters *t, struct letter *l, struct letter_ask *list)
{
    const struct book *b = l->book;
    l->day = t->asks.day;
    for (uint32_t i = 0; i < t->asks.count; i++) {
        const struct ask *ask = &t->asks.list[i];
        uint32_t source = seen(b, ask->lot ? ask->lot : ask->line), need = seen(b, ask->need);
        if (seen(b, ask->giver) != l->giver || source == NONE || need == NONE) continue;
        if (ask->hub && seen(b, ask->hub) == NONE) continue;
        list[l->count] = (struct letter_ask){.source = source,
                                             .need = need,
                                             .hub = seen(b, ask->hub),
                                             .month = ask->month,
                                             .due = ask->due,
                                             .qty = ask->qty,
                                             .why = ask->why};
        list[l->count].number =
            text_format(t->ctx->arena, "%s/%u", book_key(b, l->giver), (unsigned)(l->count + 1));
        l->count++;
    }
}

/* Of a round: what waits for an answer. */
static enum rc from_round(struct letters *t, const struct opened *o, struct letter *l,
                          struct letter_ask *list, struct err *err)
{
    const struct book *b = l->book;
    struct rounds rounds;
    rounds_read(t->ctx->arena, b, o->exchange.at.known, &rounds);
    uint32_t noun = book_noun(b, KIND_ROUND, t->args->round);
    const struct round *r = noun == NONE ? NULL : rounds_find(&rounds, noun);
    if (!r) return fail(err, RC_ABSENT, "no round '%.80s' in the book", t->args->round);
    size_t prefix = strlen(t->args->round) + 1;
    l->round = t->args->round;
    l->purpose = record_text(r->opened, F_WHY);
    l->until = (int32_t)record_int(r->record, F_UNTIL, DAY_MAX);
    l->day = (int32_t)(r->record->recorded_ms / MS_PER_DAY);
    for (uint32_t i = r->begin; i < r->end; i++) {
        const struct proposal *p = &rounds.proposals[i];
        if (p->giver != l->giver || p->state != PROPOSAL_ASKED) continue;
        list[l->count++] = (struct letter_ask){
            .number = book_key(b, p->noun) + prefix,
            .source = p->lot != NONE ? p->lot : p->line,
            .need = p->need,
            .hub = p->hub,
            .month = (int32_t)record_int(p->record, F_DAY, 0),
            .due = (int32_t)record_int(p->record, F_UNTIL, DAY_MAX),
            .qty = p->qty,
            .why = record_text(p->record, F_WHY),
        };
    }
    return RC_OK;
}

/* --- where it goes --- */

/* DIR/DEU.md: a key may hold what a file name should not. */
static const char *file_of(struct letters *t, const char *giver)
{
    char *name = NEW_ARRAY(t->ctx->arena, strlen(giver) + 1, char);
    for (size_t i = 0; giver[i]; i++) {
        bool plain = strchr("/.\\:*?\"<>| ", giver[i]) == NULL;
        name[i] = plain ? giver[i] : '-';
    }
    return text_format(t->ctx->arena, "%s/%s.md", t->args->dir, name);
}

static enum rc write_file(const char *path, const struct buf *text, struct err *err)
{
    FILE *f = fopen(path, "w");
    if (!f) return fail(err, RC_STORE, "cannot write %.200s: %s", path, strerror(errno));
    bool whole = fwrite(text->text, 1, text->len, f) == text->len;
    whole &= fclose(f) == 0;
    return whole ? RC_OK : fail(err, RC_STORE, "cannot write %.200s: %s", path, strerror(errno));
}

static int deliver(struct letters *t, const struct letter *l)
{
    struct context *ctx = t->ctx;
    struct buf text = {.arena = ctx->arena};
    struct err err = {0};
    const char *giver = book_key(l->book, l->giver), *path = NULL;
    letter_text(ctx->arena, l, &text);
    if (t->args->dir) {
        path = file_of(t, giver);
        if (write_file(path, &text, &err)) return cmd_refuse(ctx, &err);
    } else if (!cmd_whole(ctx)) {
        for (const char *line = text.text; *line;) {
            size_t len = strcspn(line, "\n");
            out_text(ctx->out, term_safe(ctx->arena, arena_bytes(ctx->arena, line, len)));
            out_text(ctx->out, "\n");
            line += len + (line[len] == '\n');
        }
    }
    ROW(t->rows, cell_text(giver), cell_count(l->count), cell_text(path), cell_text(text.text));
    return EXIT_DONE;
}

static int write_to(struct letters *t, const char *giver)
{
    struct context inside = *t->ctx;
    struct opened o;
    struct err err = {0};
    inside.as = giver;
    inside.borrows = true;
    int code = opened_begin(&inside, false, &o);
    if (code) return code;
    struct letter l = {.book = o.view.book, .until = DAY_MAX};
    uint32_t proposals;
    book_records(o.view.book, KIND_PROPOSAL, &proposals);
    size_t most = (size_t)proposals + t->asks.count + 1;
    struct letter_ask *list = NEW_ARRAY(t->ctx->arena, most, struct letter_ask);
    l.giver = book_noun(l.book, KIND_PARTY, giver);
    l.asks = list;
    if (!t->args->round) {
        from_plan(t, &l, list);
    } else if (from_round(t, &o, &l, list, &err)) {
        opened_end(&o);
        return cmd_refuse(t->ctx, &err);
    }
    code = l.count ? deliver(t, &l) : EXIT_DONE;
    opened_end(&o);
    return code;
}

/* --- to whom --- */

/* Every party, as the owner knows them; one that is asked nothing gets no letter. */
static int write_to_all(struct letters *t)
{
    struct context inside = *t->ctx;
    struct opened o;
    int code = opened_begin(&inside, false, &o);
    if (code) return code;
    const struct book *b = o.view.book;
    uint32_t count;
    const struct record *const *asked = book_records(b, KIND_PROPOSAL, &count);
    bool *gets = NEW_ARRAY(t->ctx->arena, (size_t)book_noun_count(b) + 1, bool);
    for (uint32_t i = 0; t->args->round && i < count; i++) {
        gets[book_noun_of(b, record_ref(asked[i], F_PARTY))] = true;
    }
    for (uint32_t i = 0; i < t->asks.count; i++) gets[seen(b, t->asks.list[i].giver)] = true;
    for (uint32_t noun = 0; noun < book_noun_count(b) && !code; noun++) {
        if (gets[noun]) code = write_to(t, book_key(b, noun));
    }
    opened_end(&o);
    return code;
}

static int run(struct context *ctx, const void *given)
{
    const struct letter_args *args = given;
    struct letters t = {.ctx = ctx, .args = args};
    struct opened o;
    const char *giver = args->giver;
    if (!giver && !args->dir) return cmd_misuse(ctx, "to whom? GIVER, or --dir for all");
    if (args->dir && mkdir(args->dir, 0777) && errno != EEXIST) {
        return cmd_misuse(ctx, "--dir: cannot make %.200s: %s", args->dir, strerror(errno));
    }
    if (giver) { /* as typed: a name will do */
        int code = opened_begin(ctx, false, &o);
        if (code) return code;
        giver = arena_text(ctx->arena, opened_party(&o, giver));
        opened_end(&o);
    }
    t.w = answer_new(ctx->arena, "Letters");
    t.rows = answer_rows(t.w, "letters");
    t.rows->empty = "nobody is asked for anything";
    rows_columns(t.rows, "giver asks file");
    rows_column(t.rows, "text", NULL, COLUMN_NO_TEXT);
    int code = args->round ? EXIT_DONE : asks_plan(ctx, &args->planned, giver, &t.asks);
    if (!code) code = giver ? write_to(&t, giver) : write_to_all(&t);
    if (code) return code;
    bool said = giver && !args->dir && !cmd_whole(ctx) && t.rows->count;
    return said ? EXIT_DONE : cmd_answer(ctx, t.w);
}

const struct command plan_letter = {
    .name = "letter",
    .about = "the proposal as a letter to each giver",
    .details =
        "What is asked, by when and why it matters, in Markdown, from what that giver may see and"
        " from what it alone is asked: planned as 'muster round propose' would, or with --round"
        " what a round asked and nobody answered yet.\n\n"
        "JSON: letters of giver, asks (how many), file, text.",
    .examples = "muster plan letter DEU\nmuster plan letter --round winter --dir letters\n",
    .operands =
        (const struct operand[]){
            {"GIVER", INTO(struct letter_args, giver), .optional = true,
             .help = "to whom; without it, with --dir, to all who are asked"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"round", INTO(struct letter_args, round), .arg = "ROUND",
             .help = "what that round asked, instead of a plan"},
            {"dir", INTO(struct letter_args, dir), .arg = "DIR",
             .help = "write DIR/GIVER.md, for each giver who is asked"},
            PLANNED_OPTS(struct letter_args),
            {0},
        },
    .uses = (USES_QUESTION & ~(unsigned)USES_EYES) | USES_MONEY,
    .args_size = sizeof(struct letter_args),
    .run = run,
};
