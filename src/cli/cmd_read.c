/*
 * cmd_read.c - muster read: what was said, by whom, in a transcript or statement.
 *
 * One document after the other, each in an arena that is reset behind it: the
 * memory is that of the largest. JSON is a line for each document, turn and
 * statement, so that a program can take it as it comes.
 */
#include <inttypes.h>
#include <string.h>

#include "base/json.h"
#include "base/term.h"
#include "base/text.h"
#include "cli/cmd.h"
#include "cli/files.h"
#include "read/read.h"

struct read_args {
    struct texts files;
};

enum { SHOWN_BYTES = 60 }; /* of what a turn says, in the table */
enum {
    HANDED_BYTES = 64 * 1024
}; /* of JSON that is held back, so that it needs no room of its own */

/* --- JSON --- */

static void json_member(struct jsonw *j, const char *name, const char *text)
{
    jsonw_name(j, name);
    jsonw_text(j, text);
}

static void json_count(struct jsonw *j, const char *name, size_t n)
{
    char digits[24], *p = digits + sizeof digits;
    *--p = '\0';
    do *--p = (char)('0' + n % 10);
    while (n /= 10);
    jsonw_name(j, name);
    jsonw_number(j, p);
}

static void json_parties(struct jsonw *j, const char *name, const struct said_parties *p)
{
    jsonw_name(j, name);
    jsonw_open(j, '[');
    for (uint32_t i = 0; i < p->count; i++) jsonw_text(j, p->code[i]);
    jsonw_close(j, ']');
}

static void json_bound(struct jsonw *j, const char *name, const struct said *s, struct dec d)
{
    char digits[DEC_TEXT];
    jsonw_name(j, name);
    if (s->counted)
        jsonw_number(j, dec_format(d, digits));
    else
        jsonw_null(j);
}

static void json_turn(const struct turn *t, uint32_t n, struct buf *out)
{
    struct jsonw j = {.out = out};
    jsonw_open(&j, '{');
    json_member(&j, "type", "turn");
    json_count(&j, "n", n);
    json_member(&j, "speaker", t->speaker);
    json_member(&j, "role", t->role);
    json_member(&j, "affiliation", t->affiliation);
    json_member(&j, "kind", turn_kind_name(t->kind));
    json_count(&j, "start", t->start);
    json_count(&j, "end", t->end);
    jsonw_close(&j, '}');
    buf_add(out, "\n");
}

static void json_said(struct arena *a, const struct input *in, const struct said *s,
                      struct buf *out)
{
    struct jsonw j = {.out = out};
    jsonw_open(&j, '{');
    json_member(&j, "type", "statement");
    json_count(&j, "turn", s->turn + 1);
    json_member(&j, "kind", said_kind_name(s->kind));
    json_member(&j, "stage", said_stage_name(s->stage));
    json_parties(&j, "giver", &s->giver);
    json_parties(&j, "receiver", &s->receiver);
    json_member(&j, "item", s->item);
    json_member(&j, "class", goods_name(s->goods));
    json_bound(&j, "low", s, s->low);
    json_bound(&j, "high", s, s->high);
    json_member(&j, "unit", s->unit);
    json_member(&j, "approx", s->counted ? approx_name(s->approx) : NULL);
    json_member(&j, "channel", s->channel);
    json_member(&j, "when", s->when);
    json_count(&j, "start", s->start);
    json_count(&j, "end", s->end);
    json_member(&j, "quote", read_quote(a, in->bytes, s->start, s->end));
    jsonw_close(&j, '}');
    buf_add(out, "\n");
}

/* Hand on what was written so far, once it is much. */
static void hand_on(struct out *to, struct buf *out, size_t least)
{
    if (out->len < least) return;
    out_bytes(to, out->text, out->len);
    out->len = 0;
}

static void print_json(struct arena *a, const struct input *in, const struct reading *r,
                       struct out *to)
{
    struct buf out = {.arena = a};
    struct jsonw j = {.out = &out};
    jsonw_open(&j, '{');
    json_member(&j, "type", "document");
    json_member(&j, "file", in->name);
    json_member(&j, "title", r->title);
    json_member(&j, "date", r->date);
    jsonw_close(&j, '}');
    buf_add(&out, "\n");
    for (uint32_t i = 0; i < r->turn_count; i++) {
        json_turn(&r->turns[i], i + 1, &out);
        hand_on(to, &out, HANDED_BYTES);
    }
    for (uint32_t i = 0; i < r->said_count; i++) {
        json_said(a, in, &r->said[i], &out);
        hand_on(to, &out, HANDED_BYTES);
    }
    hand_on(to, &out, 0);
}

/* --- text and CSV --- */

static struct cell said_words(struct arena *a, const struct input *in, size_t start, size_t end,
                              bool all)
{
    size_t cut = all || end - start <= SHOWN_BYTES ? end : start + SHOWN_BYTES;
    char *words = (char *)(uintptr_t)text_squeeze(a, read_quote(a, in->bytes, start, cut));
    text_mend(words);
    return cell_text(cut < end ? text_format(a, "%s...", words) : words);
}

static const char *joined(struct arena *a, const struct said_parties *p)
{
    struct buf out = {.arena = a};
    for (uint32_t i = 0; i < p->count; i++) buf_addf(&out, "%s%s", i ? ", " : "", p->code[i]);
    return out.text;
}

static const char *amount(struct arena *a, const struct said *s)
{
    char low[DEC_TEXT], high[DEC_TEXT];
    if (!s->counted) return NULL;
    dec_format(s->low, low);
    dec_format(s->high, high);
    const char *unit = s->unit ? s->unit : "";
    if (!strcmp(low, high)) return text_format(a, "%s %s", low, unit);
    return text_format(a, "%s to %s %s", low, high, unit);
}

static struct answer *answer_of(struct arena *a, const struct input *in, const struct reading *r)
{
    struct answer *w = answer_new(a, r->title ? r->title : in->name);
    answer_put(w, "file", cell_text(in->name));
    answer_put(w, "date", cell_text(r->date));
    struct rows *turns = answer_rows(w, "turns");
    rows_columns(turns, "n kind speaker role affiliation begins");
    for (uint32_t i = 0; i < r->turn_count; i++) {
        const struct turn *t = &r->turns[i];
        ROW(turns, cell_label(i + 1), cell_text(turn_kind_name(t->kind)), cell_text(t->speaker),
            cell_text(t->role), cell_text(t->affiliation),
            said_words(a, in, t->start, t->end, false));
    }
    struct rows *said = answer_rows(w, "statements");
    rows_columns(said, "turn kind stage giver receiver item");
    rows_column(said, "class", NULL, COLUMN_NO_TEXT);
    rows_columns(said, "amount");
    rows_column(said, "when", NULL, COLUMN_NO_TEXT);
    rows_columns(said, "words");
    for (uint32_t i = 0; i < r->said_count; i++) {
        const struct said *s = &r->said[i];
        ROW(said, cell_label(s->turn + 1), cell_text(said_kind_name(s->kind)),
            cell_text(said_stage_name(s->stage)), cell_text(joined(a, &s->giver)),
            cell_text(joined(a, &s->receiver)), cell_text(s->item), cell_text(goods_name(s->goods)),
            cell_text(amount(a, s)), cell_text(s->when), said_words(a, in, s->start, s->end, true));
    }
    return w;
}

/* --- the verb --- */

static int read_one(struct context *ctx, struct arena *a, const char *path)
{
    struct input in;
    struct reading r;
    struct err err = {0};
    enum rc rc = file_input(a, path, &in, &err);
    if (!rc) {
        rc = read_document(a, in.bytes, in.len, &r, &err);
        if (rc) fail_in(&err, "%.150s", path);
    }
    if (rc) {
        cmd_refuse(ctx, &err);
        return EXIT_INPUT;
    }
    if (ctx->json) {
        print_json(a, &in, &r, ctx->out);
        return EXIT_DONE;
    }
    if (ctx->xlsx) return cmd_answer(ctx, answer_of(a, &in, &r));
    struct buf out = {.arena = a};
    if (ctx->csv)
        answer_csv(answer_of(a, &in, &r), &out);
    else
        answer_text(answer_of(a, &in, &r), &ctx->out->look, &out);
    out_bytes(ctx->out, out.text, out.len);
    return EXIT_DONE;
}

static int run(struct context *ctx, const void *given)
{
    const struct read_args *args = given;
    if ((ctx->csv || ctx->xlsx) && args->files.count > 1) {
        return cmd_misuse(ctx, "%s is of one document: name one file, or use --json",
                          ctx->csv ? "CSV" : "a workbook");
    }
    struct arena a = {0};
    int code = args->files.count ? EXIT_DONE : read_one(ctx, &a, "-");
    for (uint32_t i = 0; i < args->files.count && !code; i++) {
        code = read_one(ctx, &a, args->files.at[i]);
        arena_reset(&a);
    }
    arena_free(&a);
    return code;
}

const struct command cmd_read = {
    .name = "read",
    .group = GROUP_ASK,
    .about = "who says in a transcript what is given, needed or decided",
    .details =
        "Text, Markdown with front matter, or a saved HTML page; UTF-8 or Windows-1252. Nothing"
        " is recorded: every statement is a candidate, and 'muster import' puts it into the inbox."
        " What the document does not say stays empty.\n\n"
        "support: somebody gives; its stage is as far as the words go: considered, announced,"
        " committed or provided. need: somebody asks for it. figure: a number that is no single"
        " gift. decision: of something that has a name. What is not given is no support, and a"
        " number in a question is the asker's. ALLIES are allies or partners whom nobody names.\n\n"
        "JSON: one object a line. A document (file, title, date); its turns (n, speaker, role,"
        " affiliation, kind: statement, question, answer or moderator; start, end); its"
        " statements (turn, kind: support, need, figure or decision; stage, giver, receiver,"
        " item, class, low, high, unit, approx, channel, when, start, end, quote). start and end"
        " are bytes of the file. CSV: the statements of one document. Both have the class and the"
        " time, which the table leaves out.",
    .examples = "muster read press-conference.txt\n"
                "muster read --json briefings/*.md\n",
    .operands =
        (const struct operand[]){
            {"FILE", INTO(struct read_args, files), .optional = true,
             .help = "documents; - or none is stdin"},
            {0},
        },
    .uses = USES_ANSWER,
    .args_size = sizeof(struct read_args),
    .run = run,
};
