/* beside.c - see beside.h. */
#include "cli/beside.h"

#include <string.h>

#include "base/text.h"
#include "store/store.h"

const char *store_file(const struct context *ctx)
{
    const char *store = ctx->store;
    if (text_starts(store, "sqlite:")) store += strlen("sqlite:");
    return *store && store_is_file(store) ? store : NULL;
}

enum rc beside(const struct context *ctx, const char *given, const char *ending, const char *option,
               const char **out, struct err *err)
{
    const char *store = store_file(ctx);
    *out = given;
    if (given) return RC_OK;
    if (!store) {
        return fail(err, RC_INPUT,
                    "--%s is missing: the store '%.100s' is no file that they could stand beside",
                    option, store_name(ctx->arena, ctx->store));
    }
    *out = text_format(ctx->arena, "%s.%s", store, ending);
    return RC_OK;
}
