/* accounts_file.c - see accounts_file.h. */
#include "cli/accounts_file.h"

#include "cli/beside.h"

enum rc accounts_file(const struct context *ctx, const char *given, const char **out,
                      struct err *err)
{
    return beside(ctx, given, "accounts", "accounts", out, err);
}
