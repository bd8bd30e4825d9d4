/*
 * cmd_backup.c - muster backup: what would be there if this machine were not.
 *
 * A backup that was never restored is a hope. So it is restored, whole, into a
 * store that nobody else sees, which is then verified, and must come out at the
 * root of the book.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "accounts/accounts.h"
#include "backup/backup.h"
#include "backup/durable.h"
#include "base/text.h"
#include "cli/accounts_file.h"
#include "cli/beside.h"
#include "cli/kept.h"

struct backup_args {
    const char *dir, *accounts;
    bool quick;
};

/* --- seeing whether it can be restored --- */

/* As large as the backup: on its disk, since the store's may be the one that is full. */
static const char *scratch_path(struct arena *a, const char *dir)
{
    return text_format(a, "%s/check.db" DURABLE_PART, dir);
}

static void scratch_gone(struct arena *a, const char *path)
{
    static const char *const all[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < 4; i++) unlink(text_format(a, "%s%s", path, all[i]));
}

static enum rc restore_to_see(struct context *ctx, const char *dir, struct backup_read *out,
                              struct err *err)
{
    const char *path = scratch_path(ctx->arena, dir);
    struct backup_want want = {.until_ms = INT64_MAX};
    struct verdict v;
    struct progress progress;
    scratch_gone(ctx->arena, path);
    enum rc rc = store_open(ctx->arena, path, true, &want.into, err);
    if (!rc && want.into->ops->hurry) rc = want.into->ops->hurry(want.into, err);
    if (rc) return rc;
    progress_begin(&progress, ctx, "restoring the backup, to see whether it can be");
    want.watch = &progress.watch;
    rc = backup_read(ctx->arena, dir, &want, out, err);
    progress_end(&progress);
    if (!rc) rc = store_verify(want.into, &v, err);
    if (!rc && memcmp(v.root, out->end.root, SHA_BYTES) != 0) {
        rc = fail(err, RC_STORE, "what was restored has another root");
    }
    store_close(want.into);
    scratch_gone(ctx->arena, path);
    return rc;
}

/* --- accounts --- */

static enum rc copy_accounts(struct context *ctx, const struct backup_args *args, bool *copied,
                             struct err *err)
{
    const char *from = args->accounts;
    struct arena *a = ctx->arena;
    struct accounts *accounts = NULL;
    *copied = false;
    if (!from && !store_file(ctx)) return RC_OK;
    enum rc rc = accounts_file(ctx, args->accounts, &from, err);
    if (!rc && !args->accounts) rc = durable_look(from, err);
    if (rc) return rc == RC_ABSENT ? RC_OK : rc;
    const char *to = text_format(a, "%s/accounts.db", args->dir);
    const char *part = text_format(a, "%s" DURABLE_PART, to);
    rc = accounts_open(a, from, false, NULL, &accounts, err);
    if (!rc) rc = accounts_copy(accounts, part, err);
    accounts_close(accounts);
    if (!rc) rc = durable_sync(part, err);
    if (!rc) rc = durable_rename(part, to, err);
    *copied = !rc;
    return rc;
}

/* The last checkpoint and the public keys, where there are some: whoever restores can compare. */
static enum rc copy_beside(struct context *ctx, const char *dir, const char *ending,
                           struct err *err)
{
    struct arena *a = ctx->arena;
    const char *store = store_file(ctx), *bytes;
    size_t len;
    if (!store) return RC_OK;
    enum rc rc =
        durable_read(a, text_format(a, "%s.%s", store, ending), 1 << 20, &bytes, &len, err);
    if (rc) return rc == RC_ABSENT ? RC_OK : rc;
    return durable_write(text_format(a, "%s/%s", dir, ending), 0600, bytes, len, err);
}

/* --- the verb --- */

static enum rc note_it(struct context *ctx, const struct backup_args *args,
                       const struct backup_done *done, struct err *err)
{
    char hex[SHA_HEX], whole[PATH_MAX];
    hex_encode(done->end.root, SHA_BYTES, hex);
    struct kept k = {.at_ms = ctx->now_ms(),
                     .dir = realpath(args->dir, whole) ? whole : args->dir,
                     .records = done->end.last,
                     .root = hex,
                     .restored = !args->quick};
    const char *store = store_file(ctx);
    enum rc rc = kept_write(text_format(ctx->arena, "%s/" KEPT_IN_BACKUP, args->dir), &k, err);
    if (!rc && store) rc = kept_write(text_format(ctx->arena, "%s.backup", store), &k, err);
    return rc;
}

struct outcome {
    struct backup_done done;
    struct backup_read read;
    bool accounts;
};

static enum rc back_up(struct context *ctx, const struct backup_args *args, struct store *store,
                       struct outcome *out, struct err *err)
{
    struct progress progress;
    progress_begin(&progress, ctx, "writing the backup");
    enum rc rc = backup_write(ctx->arena, store, args->dir, &progress.watch, &out->done, err);
    progress_end(&progress);
    if (!rc) rc = copy_accounts(ctx, args, &out->accounts, err);
    if (!rc) rc = copy_beside(ctx, args->dir, "key.pub", err);
    if (!rc) rc = copy_beside(ctx, args->dir, "checkpoint", err);
    if (!rc && !args->quick && out->done.end.last) {
        rc = restore_to_see(ctx, args->dir, &out->read, err);
        if (rc && !interrupted()) {
            struct err bare = *err;
            fail(err, rc, "the backup cannot be restored: %.280s", bare.msg);
        }
    }
    return rc ? rc : note_it(ctx, args, &out->done, err);
}

static int answered(struct context *ctx, const struct backup_args *args, const struct outcome *o)
{
    char *root = NEW_ARRAY(ctx->arena, SHA_HEX, char);
    hex_encode(o->done.end.root, SHA_BYTES, root);
    struct answer *w = answer_new(ctx->arena, "The backup");
    answer_put(w, "backup", cell_text(args->dir));
    answer_put(w, "records", cell_count((i128)o->done.end.last));
    answer_put(w, "new_records", cell_count((i128)(o->done.end.last - o->done.before.last)));
    answer_put(w, "new_documents", cell_count((i128)o->done.documents));
    answer_put(w, "root", cell_text(root));
    answer_put(w, "accounts", cell_bool(o->accounts));
    answer_put(w, "restored", cell_bool(!args->quick));
    if (o->read.absent) {
        answer_note(w, "of %" PRIu64 " documents only the hash is here, and so in the backup",
                    o->read.absent);
    }
    answer_note(w, "the secret key is not in it: keep a copy of that elsewhere");
    return cmd_answer(ctx, w);
}

static int run(struct context *ctx, const void *given)
{
    const struct backup_args *args = given;
    struct store *store = NULL;
    struct backup_lock lock = {.fd = -1};
    struct outcome out = {.accounts = false};
    struct err err = {0};
    if (strcmp(ctx->store, "memory:") == 0) {
        return cmd_misuse(ctx,
                          "a store in memory is gone when this ends: there is nothing to keep");
    }
    enum rc rc = store_open(ctx->arena, ctx->store, false, &store, &err);
    if (rc == RC_ABSENT) err.code = rc = RC_STORE;
    if (!rc) rc = backup_open(args->dir, &lock, &err);
    if (!rc) rc = back_up(ctx, args, store, &out, &err);
    bool stopped = interrupted();
    backup_close(&lock);
    store_close(store);
    if (rc && stopped) return EXIT_INTERRUPTED;
    return rc ? cmd_refuse(ctx, &err) : answered(ctx, args, &out);
}

const struct command cmd_backup = {
    .name = "backup",
    .group = GROUP_BOOK,
    .about = "keep a copy of the book in a directory, what is new each time",
    .details =
        "Others may go on reading and writing. The first time everything is written, later what"
        " came since: the records as text, a file each time, and every document once. Whatever"
        " ends it in the middle, what was there before stays as it was.\n\n"
        "Then the whole backup is restored into a store that nobody else sees, and verified."
        " --quick leaves that out: for every hour, with a whole one every night.\n\n"
        "The file of accounts goes along as it is now, without its sessions; the last checkpoint"
        " and the public key as well. The secret key does not. The directory is for its owner"
        " alone, as it holds what only some may see.\n\n"
        "Any book can be backed up so, also one on a PostgreSQL server; what that has of its own"
        " for it is another way.",
    .examples = "muster backup /mnt/other-disk/book\n"
                "muster backup --quick /mnt/other-disk/book\n",
    .operands =
        (const struct operand[]){
            {"DIR", INTO(struct backup_args, dir),
             .help = "a directory of its own, on another disk; made when it is not there"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"quick", INTO(struct backup_args, quick), .help = "do not restore it to see"},
            ACCOUNTS_OPT(struct backup_args),
            {0},
        },
    .uses = USES_STORE | USES_ANSWER | USES_PROGRESS,
    .args_size = sizeof(struct backup_args),
    .run = run,
};
