/* cmd_quote.c - muster quote: was it said, by whom, and in these words? */
#include "cli/heard.h"
#include "report/said.h"

enum { MATCHES = 5 };

struct quote_args {
    struct heard_args heard;
    struct texts text;
};

/* Without words to look for: what the book itself quotes. */
static int all_quotations(struct context *ctx, const struct quote_args *args)
{
    struct heard h;
    struct err err = {0};
    struct candidates all;
    struct opened o;
    int code = heard_read(ctx, &args->heard, 0, &h);
    if (!code) code = opened_begin(ctx, false, &o);
    if (code) return code;
    enum rc rc = candidates_read(ctx->arena, &o.view, &all, &err);
    code = rc ? cmd_refuse(ctx, &err)
              : cmd_answer(ctx,
                           report_quotations(ctx->arena, &all, &h.filter, &o.exchange.at, h.limit));
    opened_end(&o);
    return code;
}

static int run(struct context *ctx, const void *given)
{
    const struct quote_args *args = given;
    if (!args->text.count) return all_quotations(ctx, args);
    struct heard h;
    struct err err = {0};
    struct find_quotation q;
    const char *text;
    size_t len;
    enum rc rc = heard_text(ctx, &args->text, &text, &len, &err);
    if (rc) return cmd_refuse(ctx, &err);
    int code = heard_begin(ctx, &args->heard, MATCHES, &h);
    if (code) return code;
    rc = find_quote(ctx->arena, h.finder, text, len, &h.filter, h.limit, &q, &err);
    if (rc)
        code = cmd_refuse(ctx, &err);
    else
        code = cmd_answer(ctx, report_quotation(ctx->arena, &q, &h.filter, !cmd_whole(ctx)));
    if (!rc && !code && q.verdict == FIND_ABSENT) code = EXIT_FINDING;
    heard_end(&h);
    return code;
}

const struct command cmd_quote = {
    .name = "quote",
    .group = GROUP_ASK,
    .about = "was it said, by whom, and in these words?",
    .details =
        "Looks through every transcript and statement that was imported. verbatim: the words stand"
        " there in this order, whatever their case, white space, line breaks, quotation marks,"
        " dashes and other punctuation; '...' or '[...]' in TEXT stands for words left out."
        " altered: the nearest passage, with what differs: swapped, dropped (said, and not in"
        " TEXT), added (in TEXT, and not said), number, negation, speaker. absent: more than 40 %"
        " of the words differ, or less than half of what the words tell was said; exit 1.\n\n"
        "--speaker is whom TEXT is ascribed to: when somebody else said it, that is a difference."
        " Documents without a date pass neither --after nor --before. TEXT may have 2,000 "
        "words. Without TEXT the book's own quotations are listed, the words of its statements, and"
        " the verdict is null.\n\n"
        "JSON: verdict, matches (document, title, date, speaker, turn, kind, start, end, quote,"
        " differences: kind, asked, said; question: speaker, turn, text; null but for answers; "
        "source: its key)."
        " start and end are bytes of the document. CSV: the matches.",
    .examples = "muster quote 'nearly 600 million euros from Germany'\n"
                "muster quote --speaker Stoltenberg 'we ... will not be part of the conflict'\n"
                "# did he say so, leaving words out?\n",
    .operands =
        (const struct operand[]){
            {"TEXT", INTO(struct quote_args, text), .optional = true,
             .help = "the quotation; - is standard input"},
            {0},
        },
    .opts =
        (const struct opt[]){
            HEARD_OPTS(struct quote_args),
            {"limit", INTO(struct quote_args, heard.limit), .arg = "N",
             .help = "so many matches at most (5; without TEXT all)"},
            {0},
        },
    .uses = USES_STORE | USES_ANSWER | USES_CLOCKS | USES_EYES | USES_PROGRESS,
    .args_size = sizeof(struct quote_args),
    .run = run,
};
