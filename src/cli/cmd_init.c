/* cmd_init.c - muster init: a store where there was none. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cli/opened.h"

static int run(struct context *ctx, const void *args)
{
    struct store *store;
    struct commit head;
    struct err err = {0};
    (void)args;
    bool file = store_is_file(ctx->store), made = false;
    bool there = file && access(ctx->store, F_OK) == 0;
    enum rc rc = store_open(ctx->arena, ctx->store, true, &store, &err);
    if (rc) return cmd_refuse(ctx, &err);
    rc = store_make(store, &made, &err);
    if (store->ops->make) there = !made;
    if (!rc) rc = store->ops->head(store, &head, &err);
    store_close(store);
    if (rc) return cmd_refuse(ctx, &err);
    struct answer *w = answer_new(ctx->arena, there ? "A book is here" : "A new book");
    answer_put(w, "store", cell_text(store_name(ctx->arena, ctx->store)));
    answer_put(w, "made", cell_bool(!there));
    answer_put(w, "records", cell_count((i128)head.last));
    return cmd_answer(ctx, w);
}

const struct command cmd_init = {
    .name = "init",
    .group = GROUP_BOOK,
    .about = "make an empty book, where there is none yet",
    .details =
        "Not needed before 'muster import': that makes the book too. In a database it is what"
        " the owner of its tables does first, before others are granted leave to write, and"
        " again after an upgrade that says so.",
    .uses = USES_STORE | USES_ANSWER,
    .run = run,
};
