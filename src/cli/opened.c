/* opened.c - see opened.h. */
#include "cli/opened.h"

#include <string.h>

#include "cli/host.h"
#include "names/names.h"
#include "view/snapshot.h"

/* Whether a question that only asks for sums of now can be answered from those that are kept. */
static bool sums_do(const struct context *ctx)
{
    bool now = ctx->effective_day == DAY_MAX && ctx->known_ms == INT64_MAX && !ctx->scenario;
    return now && !(ctx->currency && strcmp(ctx->currency, "most") == 0);
}

/* A store of this machine, folded here and now. */
static enum rc open_own(struct context *ctx, bool create, bool sums, struct opened *out,
                        struct err *err)
{
    struct progress progress;
    enum rc rc = store_open(ctx->arena, ctx->store, create, &out->store, err);
    if (rc == RC_ABSENT) {
        struct err bare = *err;
        return fail(err, RC_STORE, "%s; 'muster import FILE' makes one", bare.msg);
    }
    if (rc) return rc;
    if (sums && sums_do(ctx) && snapshot_sums(ctx->arena, out->store, ctx->as, &out->view)) {
        return RC_OK;
    }
    progress_begin(&progress, ctx, "reading the book");
    rc = view_branch(ctx->arena, out->store, ctx->as, ctx->scenario, &progress.watch, &out->view,
                     err);
    progress_end(&progress);
    return rc;
}

static int begin(struct context *ctx, bool create, bool sums, struct opened *out)
{
    struct err err = {0};
    *out = (struct opened){.host = ctx->host};
    enum rc rc = ctx->host ? ctx->host->open(ctx->host, ctx, out, &err)
                           : open_own(ctx, create, sums, out, &err);
    bool most = ctx->currency && strcmp(ctx->currency, "most") == 0;
    if (!rc && ctx->currency && !most && names_currency_places(ctx->currency) < 0) {
        opened_end(out);
        return cmd_misuse(ctx,
                          "--currency: '%.20s' is no currency (ISO 4217: EUR, USD, ...; or most)",
                          ctx->currency);
    }
    if (rc) {
        int code = interrupted() ? EXIT_INTERRUPTED : cmd_refuse(ctx, &err);
        opened_end(out);
        return code;
    }
    ctx->asked = out->view.book;
    out->exchange = (struct exchange){
        .book = out->view.book,
        .currency = most ? NULL : ctx->currency,
        .latest = ctx->rates && strcmp(ctx->rates, "latest") == 0,
        .at = {.effective = ctx->effective_day, .known = ctx->known_ms},
    };
    if (most) out->exchange.currency = currency_of_most(&out->exchange);
    return EXIT_DONE;
}

int opened_begin(struct context *ctx, bool create, struct opened *out)
{
    return begin(ctx, create, false, out);
}

int opened_sums(struct context *ctx, struct opened *out)
{
    return begin(ctx, false, true, out);
}

void opened_end(struct opened *o)
{
    if (o->host)
        o->host->close(o->host, o);
    else
        store_close(o->store);
    o->store = NULL;
}

const char *opened_party(const struct opened *o, const char *typed)
{
    if (!typed || book_noun(o->view.book, KIND_PARTY, typed) != NONE) return typed;
    const struct known_party *p = names_party(typed);
    const char *group = names_group(typed);
    if (group && book_noun(o->view.book, KIND_PARTY, group) != NONE) return group;
    return p ? p->key : typed;
}

const char *opened_group(const struct opened *o, const char *typed)
{
    const char *group = typed ? names_group(typed) : NULL;
    if (group && book_noun(o->view.book, KIND_PARTY, group) != NONE) return group;
    return opened_party(o, typed);
}
