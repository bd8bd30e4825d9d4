/*
 * cmd_diff.c - muster diff: what changed, between two instants of the book or
 * two states of a release.
 */
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "cli/files.h"
#include "cli/opened.h"
#include "post/post.h"
#include "report/diff.h"

struct diff_args {
    const char *from, *to;
};

enum { ROWS_SHOWN = 40 };

/* People see the largest changes; files have all. */
static int show(struct context *ctx, struct answer *w)
{
    uint32_t all = w->main->count;
    if (!cmd_whole(ctx) && all > ROWS_SHOWN) {
        ((struct rows *)(uintptr_t)w->main)->count = ROWS_SHOWN;
        answer_note(w, "%u smaller changes more; --json, --csv and --xlsx have all.",
                    (unsigned)(all - ROWS_SHOWN));
    }
    return cmd_answer(ctx, w);
}

/* --- files that are not in any book --- */

/* Read two files or directories into a book of their own, which ends with the command. */
static enum rc read_both(struct context *ctx, struct store *store, const char *const *paths,
                         struct err *err)
{
    for (int i = 0; i < 2; i++) {
        struct texts one = {0};
        struct units units;
        struct view view;
        texts_add(&one, ctx->arena, paths[i]);
        enum rc rc = files_units(ctx->arena, &one, NULL, &units, err);
        for (uint32_t k = 0; k < units.count && !rc; k++) {
            struct posting p;
            struct posted posted;
            struct intake in = {.arena = ctx->arena, .format = "diff"};
            const struct unit *u = &units.list[k];
            if (!u->reader) {
                return fail(err, RC_INPUT, "'%.80s' is a book: import it, then compare", u->name);
            }
            if (u->fed) {
                return fail(err, RC_INPUT, "'%.80s' is above 64 MB: import both, then compare",
                            u->name);
            }
            rc = view_open(ctx->arena, store, NULL, NULL, &view, err);
            if (!rc) rc = u->reader->read(u->inputs, u->count, &in, err);
            if (rc) break;
            posting_begin(&p, ctx->arena, &view, ctx->now_ms());
            rc = post_intake(&p, &in, "diff", &posted, err);
            if (!rc) rc = posting_commit(&p, err);
        }
        if (rc) return rc;
    }
    return RC_OK;
}

/* --- what was named --- */

static const struct state *state_named(const struct states *states, const char *name)
{
    for (uint32_t i = 0; i < states->count; i++) {
        if (strcmp(states->list[i].name, name) == 0) return &states->list[i];
    }
    return NULL;
}

/* The last two states of a series that has two. */
static bool last_two(const struct states *s, const struct state **from, const struct state **to)
{
    for (uint32_t i = s->count; i-- > 1;) {
        if (strcmp(s->list[i].series, s->list[i - 1].series) != 0) continue;
        *from = &s->list[i - 1];
        *to = &s->list[i];
        return true;
    }
    return false;
}

/* Two files of two releases: the earlier date first. */
static bool only_two(const struct states *s, const struct state **from, const struct state **to)
{
    if (s->count != 2) return false;
    bool first = s->list[0].stated_ms <= s->list[1].stated_ms;
    *from = &s->list[first ? 0 : 1];
    *to = &s->list[first ? 1 : 0];
    return true;
}

static int no_states(struct context *ctx, const struct states *states)
{
    struct buf known = {.arena = ctx->arena};
    for (uint32_t i = 0; i < states->count && i < 12; i++) {
        buf_addf(&known, "%s%s", i ? ", " : "", states->list[i].name);
    }
    return cmd_misuse(ctx,
                      "compare two instants (2024-06-30 2024-12-31), two states, or two files;"
                      " states in this book: %s",
                      known.len ? known.text : "none");
}

static bool is_path(const char *name)
{
    struct stat st;
    return name && strchr(name, '@') == NULL && stat(name, &st) == 0;
}

static int answer_diff(struct context *ctx, const struct book *b, const struct clocks *at,
                       const struct diff_args *args, bool files)
{
    struct states states;
    struct answer *w;
    struct err err = {0};
    const struct state *from = NULL, *to = NULL;
    int64_t from_ms, to_ms = ctx->known_ms;
    bool instants = args->from && !files && !instant_parse(args->from, &from_ms, &err) &&
                    (!args->to || !instant_parse(args->to, &to_ms, &err));
    if (instants) {
        report_diff_instants(ctx->arena, b, at, from_ms, to_ms, &w);
        return show(ctx, w);
    }
    report_states(ctx->arena, b, ctx->known_ms, &states);
    if (!args->from || files) {
        if (!last_two(&states, &from, &to) && !(files && only_two(&states, &from, &to))) {
            if (!files) return no_states(ctx, &states);
            return cmd_misuse(ctx,
                              "these are not two states of one release, nor two releases of one"
                              " publisher");
        }
    } else {
        from = state_named(&states, args->from);
        to = args->to ? state_named(&states, args->to) : NULL;
    }
    if (from && to) {
        report_diff_states(ctx->arena, b, ctx->known_ms, from, to, &w);
        return show(ctx, w);
    }
    return no_states(ctx, &states);
}

static int run(struct context *ctx, const void *given)
{
    const struct diff_args *args = given;
    if (!ctx->host && is_path(args->from) && is_path(args->to)) {
        const char *const paths[] = {args->from, args->to};
        struct store *store;
        struct view view;
        struct clocks now = CLOCKS_NOW;
        struct err err = {0};
        enum rc rc = store_open(ctx->arena, "memory:", true, &store, &err);
        if (rc) return cmd_refuse(ctx, &err);
        rc = read_both(ctx, store, paths, &err);
        if (!rc) rc = view_open(ctx->arena, store, NULL, NULL, &view, &err);
        int code = rc ? cmd_refuse(ctx, &err) : answer_diff(ctx, view.book, &now, args, true);
        store_close(store);
        return code;
    }
    struct opened o;
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    code = answer_diff(ctx, o.view.book, &o.exchange.at, args, false);
    opened_end(&o);
    return code;
}

const struct command cmd_diff = {
    .name = "diff",
    .group = GROUP_ASK,
    .about = "what changed between two instants, or two states of a release",
    .details =
        "Two instants compare what the book knew then and then: a line that is new, removed,"
        " restated (taken back and posted anew) or moved from stage to stage.\n\n"
        "Two states compare, cell by cell, what a publisher stated at two dates under one name."
        " Without FROM and TO: the last two states of a release in the book. FROM and TO may also"
        " be two files or directories, which are compared without any book.\n\n"
        "JSON: from, to, changed, totals of measure, from, to; movers by party; changes of cause,"
        " key, party, measure, from, to.",
    .examples = "muster diff\n# what the publisher of a release changed last\n"
                "muster diff 2024-06-30 2024-12-31\n# what the book learnt in half a year\n"
                "muster diff kiel:29@2026-07-26 kiel:29@2026-08-04\n# two states by name\n",
    .operands =
        (const struct operand[]){
            {"FROM", INTO(struct diff_args, from), .optional = true,
             .help = "an instant, a state (SERIES@DATE) or a file"},
            {"TO", INTO(struct diff_args, to), .optional = true,
             .help = "the same, later (default for an instant: now)"},
            {0},
        },
    .uses = USES_QUESTION,
    .args_size = sizeof(struct diff_args),
    .run = run,
};
