/* cmd_search.c - muster search: who spoke of it, and when. */
#include <string.h>

#include "cli/heard.h"
#include "report/said.h"

enum { HITS = 20 };

struct search_args {
    struct heard_args heard;
    struct texts words;
    const char *kind;
};

static enum piece_kind kind_named_in(const char *name)
{
    if (!name) return PIECE_UNTOLD;
    return strcmp(name, "question") == 0 ? PIECE_QUESTION
           : strcmp(name, "answer") == 0 ? PIECE_ANSWER
                                         : PIECE_STATEMENT;
}

static int run(struct context *ctx, const void *given)
{
    const struct search_args *args = given;
    struct heard h;
    struct err err = {0};
    struct find_hits hits;
    struct progress progress;
    const char *text;
    size_t len;
    enum rc rc = heard_text(ctx, &args->words, &text, &len, &err);
    if (rc) return cmd_refuse(ctx, &err);
    int code = heard_begin(ctx, &args->heard, HITS, &h);
    if (code) return code;
    h.filter.kind = kind_named_in(args->kind);
    progress_begin(&progress, ctx, "searching");
    rc = find_words(ctx->arena, h.finder, text, len, &h.filter, h.limit, &progress.watch, &hits,
                    &err);
    progress_end(&progress);
    if (rc)
        code = interrupted() ? EXIT_INTERRUPTED : cmd_refuse(ctx, &err);
    else
        code = cmd_answer(ctx, report_hits(ctx->arena, text, &hits));
    heard_end(&h);
    return code;
}

const struct command cmd_search = {
    .name = "search",
    .group = GROUP_ASK,
    .about = "who spoke of it, and when: words in everything that was said",
    .details =
        "Finds the turns that hold all the words, in any order; words in double quotation marks,"
        " or joined by a hyphen, must stand together. Case, accents and punctuation do not count."
        " There are no other signs: *, OR, parentheses and the like are not looked at. The newest"
        " hits are shown first, with ** around each word found; below stands how many turns there"
        " are in each month. Of a turn longer than 16 kB, a part must hold all the words.\n\n"
        "JSON: words, turns (how many there are), hits (document, title, date, speaker, turn, kind,"
        " start, end, snippet, source: its key), months (month, turns). start and end are the "
        "bytes of the hit that"
        " is shown first. CSV: the hits.",
    .examples = "muster search artillery Germany\n"
                "muster search --speaker Stoltenberg --after 2022-03 '\"air defence\" missiles'\n"
                "# both words together, and the third\n",
    .operands =
        (const struct operand[]){
            {"WORDS", INTO(struct search_args, words), .help = "what to look for"},
            {0},
        },
    .opts =
        (const struct opt[]){
            HEARD_OPTS(struct search_args),
            {"kind", INTO(struct search_args, kind), .arg = "KIND",
             .choices = "question answer statement", .help = "only turns of that kind"},
            {"limit", INTO(struct search_args, heard.limit), .arg = "N",
             .help = "so many hits at most (20)"},
            {0},
        },
    .uses = USES_STORE | USES_ANSWER | USES_CLOCKS | USES_EYES | USES_PROGRESS,
    .args_size = sizeof(struct search_args),
    .run = run,
};
