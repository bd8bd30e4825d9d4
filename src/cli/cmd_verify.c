/* cmd_verify.c - muster verify: was anything in the log altered, lost or moved? */
#include "base/sha.h"
#include "base/text.h"
#include "cli/opened.h"

/* What is supposed must hold together as well. */
static enum rc fold_scenarios(struct store *store, const struct book *book, struct err *err)
{
    uint32_t count;
    const struct record *const *all = book_records(book, KIND_SCENARIO, &count);
    enum rc rc = RC_OK;
    for (uint32_t i = 0; i < count && !rc; i++) {
        struct arena own = {0};
        struct view branch;
        rc = view_branch(&own, store, NULL, record_text(all[i], F_KEY), NULL, &branch, err);
        arena_free(&own);
    }
    return rc;
}

static int run(struct context *ctx, const void *args)
{
    struct store *store;
    struct err err = {0};
    struct verdict v = {0};
    (void)args;
    enum rc rc = store_open(ctx->arena, ctx->store, false, &store, &err);
    if (rc) {
        cmd_refuse(ctx, &err);
        return EXIT_STORE;
    }
    rc = store_verify(store, &v, &err);
    /* The log may be whole and still not be a book: fold it too. */
    struct view view;
    if (!rc) rc = view_open(ctx->arena, store, NULL, NULL, &view, &err);
    if (!rc) rc = fold_scenarios(store, view.book, &err);
    store_close(store);

    char *root = NEW_ARRAY(ctx->arena, SHA_HEX, char);
    hex_encode(v.root, SHA_BYTES, root);
    struct answer *w = answer_new(ctx->arena, rc ? "Not as it was written" : "As it was written");
    answer_put(w, "ok", cell_bool(!rc));
    answer_put(w, "records", cell_count((i128)v.rows));
    answer_put(w, "commits", cell_count((i128)v.commits));
    answer_put(w, "evidence", cell_count((i128)v.evidence));
    answer_put(w, "root", rc ? cell_null() : cell_text(root));
    answer_put(w, "bad_record", v.bad_id ? cell_label((i128)v.bad_id) : cell_null());
    answer_put(w, "why", rc ? cell_text(err.msg) : cell_null());
    int code = cmd_answer(ctx, w);
    return code || !rc ? code : EXIT_FINDING;
}

const struct command cmd_verify = {
    .name = "verify",
    .group = GROUP_BOOK,
    .about = "read the whole log again: is every record as it was written?",
    .details = "Every record is decoded again, its leaf and every commit's root are computed"
               " again, and evidence is held against its hash. Exit 1 names the first record that"
               " does not come out.",
    .uses = USES_STORE | USES_ANSWER,
    .run = run,
};
