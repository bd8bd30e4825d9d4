/* heard.h - what quote and search share: the store's words, opened as the options ask. */
#ifndef MUSTER_CLI_HEARD_H
#define MUSTER_CLI_HEARD_H

#include "cli/opened.h"
#include "find/find.h"

struct heard_args {
    const char *speaker, *after, *before, *limit;
};

struct heard {
    struct opened opened; /* its view is open only with --as: quoting needs no book */
    struct finder *finder;
    struct find_filter filter;
    uint32_t limit;
};

/*
 * Open store and index, bring the index up to the log, read the filter. On
 * failure everything is closed and the sentence is said: the exit code, or
 * EXIT_DONE. *out must stay where it is.
 */
int heard_begin(struct context *ctx, const struct heard_args *args, uint32_t limit,
                struct heard *out);
void heard_end(struct heard *h);

/* Filter and limit alone, from the options; nothing is opened. */
int heard_read(struct context *ctx, const struct heard_args *args, uint32_t limit,
               struct heard *out);

/* The words with a space between, or, for "-" alone, standard input. */
MUST_CHECK enum rc heard_text(struct context *ctx, const struct texts *words, const char **text,
                              size_t *len, struct err *err);

/* Take in what is new, so that the next question need not; what goes wrong is left to that. */
void heard_refresh(struct context *ctx);

#define HEARD_OPTS(args)                                                                           \
    {"speaker", INTO(args, heard.speaker), .arg = "NAME",                                          \
     .help = "only who has these words in the name"},                                              \
        {"after", INTO(args, heard.after), .arg = "DATE", .help = "only on that day or later"},    \
    {                                                                                              \
        "before", INTO(args, heard.before), .arg = "DATE", .help = "only on that day or earlier"   \
    }

#endif
