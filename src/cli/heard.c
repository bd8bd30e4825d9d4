/* heard.c - see heard.h. */
#include "cli/heard.h"

#include <stdlib.h>
#include <string.h>

#include "cli/files.h"

/*
 * What a viewer may not see was never said, as far as the viewer can tell; nor
 * was what had not been taken in by then, or bears a later day.
 */
static bool is_visible(void *ctx, uint64_t passage)
{
    const struct heard *h = ctx;
    const struct book *b = h->opened.view.book;
    const struct clocks *at = &h->opened.exchange.at;
    const struct record *r = book_record(b, passage);
    if (!r || r->recorded_ms > at->known) return false;
    const struct record *source = book_record(b, record_ref(r, F_SOURCE));
    return !source || record_int(source, F_DAY, DAY_MIN) <= at->effective;
}

/* Whether the book has to be folded for the answer: without that quoting is fast. */
static bool needs_book(const struct context *ctx)
{
    return ctx->as || ctx->host || ctx->effective || ctx->known;
}

static int read_day(struct context *ctx, const char *option, const char *typed, bool first,
                    int32_t *out)
{
    struct err err = {0};
    enum precision precision;
    int year, month, dom;
    if (!typed) return EXIT_DONE;
    if (day_parse(typed, out, &precision, &err)) {
        return cmd_misuse(ctx, "--%s: %s", option, err.msg);
    }
    day_to_civil(*out, &year, &month, &dom);
    if (first && precision == PRECISION_MONTH) *out = day_from_civil(year, month, 1);
    return EXIT_DONE;
}

int heard_read(struct context *ctx, const struct heard_args *args, uint32_t limit,
               struct heard *out)
{
    *out = (struct heard){0};
    out->filter = FIND_ALL;
    out->filter.speaker = args->speaker;
    out->limit = limit;
    int code = read_day(ctx, "after", args->after, true, &out->filter.after);
    if (!code) code = read_day(ctx, "before", args->before, false, &out->filter.before);
    if (code || !args->limit) return code;
    const char *n = args->limit;
    out->limit = (uint32_t)strtoul(n, NULL, 10);
    bool fine = *n && strlen(n) < 6 && strspn(n, "0123456789") == strlen(n) && out->limit;
    return fine ? EXIT_DONE : cmd_misuse(ctx, "--limit: '%.20s' is no number from 1 to 99999", n);
}

static int open_store(struct context *ctx, struct opened *o)
{
    struct err err = {0};
    if (needs_book(ctx)) return opened_begin(ctx, false, o);
    enum rc rc = store_open(ctx->arena, ctx->store, false, &o->store, &err);
    if (rc == RC_ABSENT) {
        outf(ctx->talk, "muster: %s; 'muster import FILE' makes one\n", err.msg);
        return EXIT_STORE;
    }
    return rc ? cmd_refuse(ctx, &err) : EXIT_DONE;
}

int heard_begin(struct context *ctx, const struct heard_args *args, uint32_t limit,
                struct heard *out)
{
    struct err err = {0};
    struct progress progress;
    int code = heard_read(ctx, args, limit, out);
    if (!code) code = open_store(ctx, &out->opened);
    if (code) return code;
    if (needs_book(ctx)) {
        out->filter.visible = is_visible;
        out->filter.ctx = out;
    }
    progress_begin(&progress, ctx, "taking in what was said");
    enum rc rc = find_open(out->opened.store, &progress.watch, &out->finder, &err);
    progress_end(&progress);
    if (!rc) return EXIT_DONE;
    code = interrupted() ? EXIT_INTERRUPTED : cmd_refuse(ctx, &err);
    opened_end(&out->opened);
    return code;
}

void heard_end(struct heard *h)
{
    find_close(h->finder);
    opened_end(&h->opened);
}

enum rc heard_text(struct context *ctx, const struct texts *words, const char **text, size_t *len,
                   struct err *err)
{
    struct buf b = {.arena = ctx->arena};
    struct input in;
    if (!ctx->host && words->count == 1 && strcmp(words->at[0], "-") == 0) {
        enum rc rc = file_input(ctx->arena, "-", &in, err);
        if (rc) return rc;
        *text = in.bytes;
        *len = in.len;
        return RC_OK;
    }
    buf_add(&b, "");
    for (uint32_t i = 0; i < words->count; i++) {
        buf_add(&b, i ? " " : "");
        buf_add(&b, words->at[i]);
    }
    *text = b.text;
    *len = b.len;
    return RC_OK;
}

void heard_refresh(struct context *ctx)
{
    struct err ignored;
    struct store *store;
    struct finder *f;
    struct progress progress;
    if (store_open(ctx->arena, ctx->store, false, &store, &ignored)) return;
    progress_begin(&progress, ctx, "taking in what was said");
    if (!find_open(store, &progress.watch, &f, &ignored)) find_close(f);
    progress_end(&progress);
    store_close(store);
}
