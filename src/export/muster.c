/* muster.c - see muster.h. */
#include "export/muster.h"

#include <string.h>

#include "record/exchange.h"

struct exporting {
    const struct view *view;
    sink_fn *sink;
    void *ctx;
    const struct watch *watch;
    struct arena scratch, commit_arena;
    struct commit *commits;
    uint32_t commit_count, commit_room, commit_at;
    struct merkle tree;
};

static enum rc note_commit(void *ctx, const struct commit *c, struct err *err)
{
    struct exporting *x = ctx;
    (void)err;
    x->commits = arena_more(&x->commit_arena, x->commits, x->commit_count, &x->commit_room,
                            sizeof *x->commits);
    x->commits[x->commit_count++] = *c;
    return RC_OK;
}

static enum rc write_row(void *ctx, const struct row *row, struct err *err)
{
    struct exporting *x = ctx;
    struct record r;
    if (row->id > x->view->head.last) return RC_OK;
    if (!watch_step(x->watch, row->id, x->view->head.last)) {
        return fail(err, RC_ABSENT, "interrupted");
    }
    arena_reset(&x->scratch);
    struct buf out = {.arena = &x->scratch};
    enum rc rc = row_record(&x->scratch, row, &r, err);
    if (rc) return rc;
    exchange_record(&out, &r);
    if (x->commit_at < x->commit_count && x->commits[x->commit_at].last == row->id) {
        exchange_root(&out, EXCHANGE_COMMIT, row->id, x->commits[x->commit_at++].root);
    }
    return x->sink(x->ctx, out.text, out.len, err);
}

enum rc export_muster(const struct view *v, sink_fn *sink, void *ctx, const struct watch *watch,
                      struct err *err)
{
    struct exporting x = {.view = v, .sink = sink, .ctx = ctx, .watch = watch};
    enum rc rc = v->store->ops->commits(v->store, note_commit, &x, err);
    if (!rc) rc = sink(ctx, EXCHANGE_HEADER, strlen(EXCHANGE_HEADER), err);
    if (!rc) rc = v->store->ops->scan(v->store, 0, write_row, &x, err);
    if (!rc) {
        struct buf out = {.arena = &x.commit_arena};
        exchange_root(&out, EXCHANGE_END, v->head.last, v->head.root);
        rc = sink(ctx, out.text, out.len, err);
    }
    arena_free(&x.scratch);
    arena_free(&x.commit_arena);
    return rc;
}
