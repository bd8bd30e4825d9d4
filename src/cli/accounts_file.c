/* accounts_file.c - see accounts_file.h. */
#include "cli/accounts_file.h"

#include <string.h>

#include "base/text.h"
#include "store/store.h"

enum rc accounts_file(const struct context *ctx, const char *given, const char **out,
                      struct err *err)
{
    const char *store = ctx->store;
    if (given) {
        *out = given;
        return RC_OK;
    }
    if (text_starts(store, "sqlite:")) store += strlen("sqlite:");
    if (!*store || !store_is_file(store)) {
        return fail(err, RC_INPUT,
                    "--accounts is missing: the store '%.100s' is no file that they could stand"
                    " beside",
                    store_name(ctx->arena, ctx->store));
    }
    *out = text_format(ctx->arena, "%s.accounts", store);
    return RC_OK;
}
