/* tiles.c - see tiles.h. */
#include "cli/tiles.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "backup/durable.h"
#include "base/text.h"
#include "cli/keys.h"
#include "proof/tiles.h"

struct writing {
    struct arena scratch;
    const char *dir;
    struct tiles_done *done;
};

static enum rc make_folder(const char *path, struct err *err)
{
    if (mkdir(path, 0755) == 0 || errno == EEXIST) return RC_OK;
    return fail(err, RC_STORE, "'%.150s' cannot be made: %.80s", path, strerror(errno));
}

/* The directories that a file lies in, below `from`. */
static enum rc make_folders(struct arena *a, const char *path, size_t from, struct err *err)
{
    enum rc rc = RC_OK;
    for (const char *at = strchr(path + from, '/'); at && !rc; at = strchr(at + 1, '/')) {
        rc = make_folder(arena_bytes(a, path, (size_t)(at - path)), err);
    }
    return rc;
}

static enum rc write_tile(void *ctx, const char *path, bool full, const uint8_t *hashes, size_t len,
                          struct err *err)
{
    struct writing *w = ctx;
    arena_reset(&w->scratch);
    const char *file = text_format(&w->scratch, "%s/%s", w->dir, path);
    w->done->tiles++;
    if (full && durable_there(file)) return RC_OK;
    enum rc rc = make_folders(&w->scratch, file, strlen(w->dir) + 1, err);
    w->done->written++;
    return rc ? rc : durable_write(file, 0644, hashes, len, err);
}

/* What was published before is of this log. */
static enum rc goes_on(struct context *ctx, struct store *store, const char *path,
                       const struct trust *trust, struct err *err)
{
    struct checkpoint before;
    bool there = true;
    if (!durable_there(path)) return RC_OK;
    enum rc rc = checkpoint_read(ctx->arena, path, trust, &before, err);
    if (!rc) rc = log_ended_there(store, &before, &there, err);
    if (rc || there) return rc;
    return fail(err, RC_RULE, "'%.150s' is of another log: its tiles are left alone", path);
}

enum rc tiles_publish(struct context *ctx, struct store *store, const char *dir,
                      const struct checkpoint *c, const struct trust *trust, struct tiles_done *out,
                      struct err *err)
{
    struct writing w = {.dir = dir, .done = out};
    const char *note = text_format(ctx->arena, "%s/checkpoint", dir);
    *out = (struct tiles_done){0};
    enum rc rc = make_folder(dir, err);
    if (!rc) rc = goes_on(ctx, store, note, trust, err);
    if (!rc) rc = tiles_make(store, c, write_tile, &w, err);
    if (!rc) rc = durable_write(note, 0644, c->note, c->note_len, err);
    arena_free(&w.scratch);
    return rc;
}

struct reading {
    struct arena *arena;
    const char *dir;
};

static enum rc read_tile(void *ctx, const char *path, size_t len, uint8_t *out, struct err *err)
{
    struct reading *r = ctx;
    const char *bytes, *file = text_format(r->arena, "%s/%s", r->dir, path);
    size_t got;
    enum rc rc = durable_read(r->arena, file, TILE_BYTES, &bytes, &got, err);
    if (!rc && got != len) rc = fail(err, RC_INPUT, "'%.150s' is no tile of that size", file);
    if (!rc) memcpy(out, bytes, len);
    return rc;
}

enum rc tiles_prove_from(struct context *ctx, const char *dir, const struct trust *trust,
                         uint64_t id, struct buf *out, struct err *err)
{
    struct checkpoint c;
    struct reading r = {ctx->arena, dir};
    const char *note = text_format(ctx->arena, "%s/checkpoint", dir);
    enum rc rc = checkpoint_read(ctx->arena, note, trust, &c, err);
    return rc ? rc : tiles_prove(ctx->arena, &c, id, read_tile, &r, out, err);
}
