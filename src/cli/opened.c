/* opened.c - see opened.h. */
#include "cli/opened.h"

#include <string.h>

#include "cli/host.h"
#include "names/names.h"

/* A store of this machine, folded here and now. */
static enum rc open_own(struct context *ctx, bool create, struct opened *out, struct err *err)
{
    struct progress progress;
    enum rc rc = store_open(ctx->arena, ctx->store, create, &out->store, err);
    if (rc == RC_ABSENT) {
        struct err bare = *err;
        return fail(err, RC_STORE, "%s; 'muster import FILE' makes one", bare.msg);
    }
    if (rc) return rc;
    progress_begin(&progress, ctx, "reading the book");
    rc = view_branch(ctx->arena, out->store, ctx->as, ctx->scenario, &progress.watch, &out->view,
                     err);
    progress_end(&progress);
    return rc;
}

int opened_begin(struct context *ctx, bool create, struct opened *out)
{
    struct err err = {0};
    *out = (struct opened){.host = ctx->host};
    enum rc rc =
        ctx->host ? ctx->host->open(ctx->host, ctx, out, &err) : open_own(ctx, create, out, &err);
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
