/* asked.c - see asked.h. */
#include "cli/asked.h"

#include <string.h>

#include "base/text.h"

int asked_refuse(struct context *ctx, const struct err *err)
{
    return err->code == RC_INPUT ? cmd_misuse(ctx, "%s", err->msg) : cmd_refuse(ctx, err);
}

int asked_months(struct context *ctx, const char *option, const char *typed, int32_t most,
                 int32_t *out)
{
    struct dec d;
    struct err err;
    size_t digits = strspn(typed, "0123456789");
    if (!typed[digits] && digits > 0 && digits < 6 && !dec_parse(typed, &d, &err) && d.n > 0 &&
        d.n <= most) {
        *out = (int32_t)d.n;
        return EXIT_DONE;
    }
    return cmd_misuse(ctx, "%s: '%.20s' is not 1 to %d months", option, typed, (int)most);
}

int32_t asked_day(const struct context *ctx)
{
    if (ctx->effective_day != DAY_MAX) return ctx->effective_day;
    return (int32_t)(ctx->now_ms() / MS_PER_DAY);
}

int asked_total(struct context *ctx, struct opened *o, const struct asked_total *asked,
                struct total_question *out)
{
    struct err err = {0};
    *out = (struct total_question){.published = asked->published, .series = asked->series};
    if (asked->boundary && boundary_parse(ctx->arena, asked->boundary, &out->boundary, &err)) {
        return cmd_misuse(ctx, "--boundary: %s", err.msg);
    }
    out->boundary.recipient = opened_party(o, out->boundary.recipient);
    out->boundary.group = opened_group(o, out->boundary.group);
    if (asked->by) out->by = by_named(asked->by);
    o->exchange.at.confirmed = asked->confirmed;
    return EXIT_DONE;
}

enum rc asked_amount(struct arena *a, const char *typed, struct dec *out, struct err *err)
{
    static const struct {
        const char *word;
        int zeros;
    } words[] = {{"bn", 9}, {"billion", 9}, {"m", 6}, {"mn", 6}, {"million", 6}, {"k", 3}};
    size_t digits = strspn(typed, "0123456789.eE+-");
    const char *rest = typed + digits + strspn(typed + digits, " ");
    struct dec d;
    enum rc rc = dec_parse(arena_bytes(a, typed, digits), &d, err);
    if (rc) return rc;
    int zeros = *rest ? -1 : 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(rest, words[i].word) == 0) zeros = words[i].zeros;
    }
    if (zeros < 0) return fail(err, RC_INPUT, "'%.40s' is no amount like 40bn or 2500000", typed);
    for (; zeros > 0 && d.scale > 0; zeros--) d.scale--;
    for (; zeros > 0; zeros--) {
        if (d.n > INT64_MAX / 10) return fail(err, RC_INPUT, "'%.40s' is too large", typed);
        d.n *= 10;
    }
    *out = d;
    return RC_OK;
}

/* "any": gdp, else the first measure of which the book has figures; NULL when it has none. */
static const char *any_key(const struct opened *o)
{
    struct err ignored;
    uint32_t count, series;
    const struct exchange *x = &o->exchange;
    if (!key_series(x, "gdp", NULL, NULL, &series, &ignored)) return "gdp";
    const struct indicator *list = book_indicators(x->book, &count);
    return count ? book_word_text(x->book, list[0].measure) : NULL;
}

int asked_burden(struct context *ctx, struct opened *o, const struct asked_burden *asked,
                 struct burden_question *out)
{
    struct err err = {0};
    *out = (struct burden_question){
        .reached = asked->reached ? stage_named(asked->reached) : STAGE_COMMITTED,
        .published = asked->published,
        .series = asked->series,
        .group = opened_group(o, asked->group),
        .receiver = opened_party(o, asked->receiver),
        .year = asked->year,
        .key = asked->key,
        .table = asked->table,
        .key_year = asked->key_year,
    };
    if (asked->key && strcmp(asked->key, "any") == 0) {
        out->key = any_key(o);
        out->any_key = true;
    }
    if (asked->members_on) {
        if (!asked->group) return cmd_misuse(ctx, "--members-on says when --group is looked at");
        if (day_parse(asked->members_on, &out->members_day, NULL, &err)) {
            return cmd_misuse(ctx, "--members-on: %s", err.msg);
        }
        out->has_members_day = true;
    }
    if (asked->amount) {
        if (!asked->key) {
            return cmd_misuse(ctx, "--amount is shared out by a key: add --key gdp, for example");
        }
        if (asked_amount(ctx->arena, asked->amount, &out->amount, &err)) {
            return cmd_misuse(ctx, "--amount: %s", err.msg);
        }
        out->has_amount = true;
    }
    o->exchange.at.confirmed = asked->confirmed;
    return EXIT_DONE;
}
