/*
 * cmd_restore.c - muster restore: the book out of its backup.
 *
 * It is put together beside its place, verified, and takes its place only then.
 * What stood there before is moved aside and kept; nothing is ever written over.
 */
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "accounts/accounts.h"
#include "backup/backup.h"
#include "backup/durable.h"
#include "base/day.h"
#include "base/text.h"
#include "cli/accounts_file.h"
#include "cli/beside.h"
#include "cli/keys.h"
#include "store/store.h"

struct restore_args {
    const char *dir, *to, *accounts;
    struct texts trust;
    bool replace, incomplete, no_accounts;
};

struct work {
    struct context *ctx;
    const struct restore_args *args;
    int64_t until_ms;
    const char *file;                     /* the store's, or NULL: it is on a server */
    const char *aside;                    /* where what was there went, or NULL */
    const char *accounts, *accounts_part; /* where they go, and wait; NULL: nowhere */
    struct backup_read read;
    struct verdict verdict;
    uint64_t signed_records;
};

static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
enum { ENDINGS = sizeof endings / sizeof *endings, ACCOUNTS_BYTES_MAX = 1 << 30 };

static void remove_all(struct arena *a, const char *path)
{
    for (size_t i = 0; i < ENDINGS; i++) unlink(text_format(a, "%s%s", path, endings[i]));
}

/* --- filling a store --- */

/* What was signed when the backup was made must be in it, as far as it is restored. */
static enum rc check_signed(struct work *w, struct store *s, struct err *err);

static enum rc fill(struct work *w, struct store *s, struct err *err)
{
    struct progress progress;
    struct commit head;
    enum rc rc = s->ops->head(s, &head, err);
    if (!rc && head.last) {
        rc = fail(err, RC_RULE, "the store '%.120s' is not empty: nothing is written over",
                  store_name(w->ctx->arena, w->ctx->store));
    }
    if (rc) return rc;
    progress_begin(&progress, w->ctx, "restoring the book");
    struct backup_want want = {.until_ms = w->until_ms,
                               .into = s,
                               .incomplete = w->args->incomplete,
                               .watch = &progress.watch};
    rc = backup_read(w->ctx->arena, w->args->dir, &want, &w->read, err);
    progress_end(&progress);
    if (!rc && w->read.end.last == 0) {
        rc = fail(err, RC_ABSENT, "the backup begins after that instant: there is nothing yet");
    }
    if (!rc) rc = store_verify(s, &w->verdict, err);
    if (!rc && (w->verdict.rows != w->read.end.last ||
                memcmp(w->verdict.root, w->read.end.root, SHA_BYTES) != 0)) {
        rc = fail(err, RC_STORE, "what was restored has another root");
    }
    return rc ? rc : check_signed(w, s, err);
}

static enum rc check_signed(struct work *w, struct store *s, struct err *err)
{
    struct arena *a = w->ctx->arena;
    const char *note = text_format(a, "%s/checkpoint", w->args->dir);
    const char *keys = text_format(a, "%s/key.pub", w->args->dir);
    struct trust trust;
    struct checkpoint c;
    enum rc rc = durable_look(note, err);
    if (rc) return rc == RC_ABSENT ? RC_OK : rc;
    rc = trust_gather(a, &w->args->trust, keys, &trust, err);
    if (!rc) rc = checkpoint_read(a, note, &trust, &c, err);
    if (rc || c.size > w->read.end.last) return rc;
    bool there;
    rc = log_ended_there(s, &c, &there, err);
    w->signed_records = c.size;
    if (rc || there) return rc;
    return fail(err, RC_RULE,
                "the backup is not the book that was signed: its first %" PRIu64
                " records are others",
                c.size);
}

/* --- a file --- */

/* "book.db.replaced-2026-11-22T090000Z": a name that is free. */
static const char *aside_name(struct work *w)
{
    struct arena *a = w->ctx->arena;
    char at[INSTANT_TEXT];
    instant_format(w->ctx->now_ms(), at);
    const char *stem = text_format(a, "%s.replaced-%.13s%.2s%.2sZ", w->file, at, at + 14, at + 17);
    const char *name = stem;
    for (int i = 2; i < 1000 && durable_there(name); i++) name = text_format(a, "%s-%d", stem, i);
    return name;
}

/*
 * Opened once and closed: then its write-ahead log is in it, and the store is
 * one file, which is moved in one step. One that is too damaged is moved as it is.
 */
static void put_log_in_place(struct work *w)
{
    struct store *s = NULL;
    struct err ignored = {0};
    if (!durable_there(text_format(w->ctx->arena, "%s-wal", w->file))) return;
    if (store_open(w->ctx->arena, w->file, false, &s, &ignored)) return;
    store_close(s);
}

/*
 * The store first and its log behind it: a log without its store does nothing,
 * and is out of the way before another store takes the name.
 */
static enum rc move_aside(struct work *w, struct err *err)
{
    struct arena *a = w->ctx->arena;
    const char *to = aside_name(w);
    enum rc rc = RC_OK;
    for (size_t i = 0; i < ENDINGS && !rc; i++) {
        const char *from = text_format(a, "%s%s", w->file, endings[i]);
        if (!durable_there(from)) continue;
        rc = durable_rename(from, text_format(a, "%s%s", to, endings[i]), err);
        w->aside = to;
    }
    return rc;
}

/* A plain copy, opened once to see that it can be; it takes its place with the book. */
static enum rc take_accounts(struct work *w, const char *from, const char *part, struct err *err)
{
    struct arena *a = w->ctx->arena;
    struct accounts *accounts = NULL;
    const char *bytes;
    size_t len;
    enum rc rc = durable_read(a, from, ACCOUNTS_BYTES_MAX, &bytes, &len, err);
    if (!rc) rc = durable_write(part, 0600, bytes, len, err);
    if (!rc) rc = accounts_open(a, part, false, NULL, &accounts, err);
    accounts_close(accounts);
    if (!rc) rc = durable_sync(part, err);
    return rc ? fail_in(err, "the accounts (--no-accounts leaves them out)") : RC_OK;
}

/* Where the accounts are to go, if they are in the backup and none are there: those are later. */
static enum rc find_accounts(struct work *w, struct err *err)
{
    struct arena *a = w->ctx->arena;
    const char *from = text_format(a, "%s/accounts.db", w->args->dir), *to;
    if (w->args->no_accounts || (!w->args->accounts && !w->file)) return RC_OK;
    enum rc rc = durable_look(from, err);
    if (rc) return rc == RC_ABSENT ? RC_OK : rc;
    rc = accounts_file(w->ctx, w->args->accounts, &to, err);
    if (!rc) rc = durable_look(to, err);
    if (rc != RC_ABSENT) return rc;
    w->accounts = to;
    w->accounts_part = text_format(a, "%s.restoring", to);
    return take_accounts(w, from, w->accounts_part, err);
}

static enum rc put_accounts(struct work *w, struct err *err)
{
    return w->accounts ? durable_rename(w->accounts_part, w->accounts, err) : RC_OK;
}

static enum rc restore_file(struct work *w, struct err *err)
{
    struct arena *a = w->ctx->arena;
    struct store *s = NULL;
    const char *part = text_format(a, "%s.restoring", w->file);
    enum rc rc = w->args->replace ? RC_ABSENT : durable_look(w->file, err);
    if (rc == RC_STORE) return rc;
    if (rc == RC_OK) {
        return fail(err, RC_RULE,
                    "'%.120s' is there already, and nothing is written over: --replace moves it"
                    " aside",
                    w->file);
    }
    remove_all(a, part);
    rc = store_open(a, part, true, &s, err);
    if (!rc && s->ops->hurry) rc = s->ops->hurry(s, err); /* synced below, before it has a name */
    if (!rc) rc = fill(w, s, err);
    store_close(s);
    if (!rc) rc = durable_sync(part, err);
    /* A log that is left would be taken for the new store's. */
    if (!rc && durable_there(text_format(a, "%s-wal", part))) {
        rc = fail(err, RC_STORE, "'%.150s' could not be closed", part);
    }
    if (!rc) rc = find_accounts(w, err);
    if (!rc) put_log_in_place(w);
    if (!rc) rc = move_aside(w, err);
    if (!rc) rc = durable_rename(part, w->file, err);
    remove_all(a, part);
    if (!rc) rc = put_accounts(w, err);
    if (w->accounts_part) remove_all(a, w->accounts_part);
    return rc;
}

static enum rc restore_server(struct work *w, struct err *err)
{
    struct store *s = NULL;
    if (w->args->replace) {
        return fail(err, RC_RULE, "--replace is for files: an empty database takes a backup");
    }
    enum rc rc = store_open(w->ctx->arena, w->ctx->store, true, &s, err);
    if (!rc) rc = find_accounts(w, err);
    if (!rc) rc = fill(w, s, err);
    store_close(s);
    if (!rc) rc = put_accounts(w, err);
    if (w->accounts_part) remove_all(w->ctx->arena, w->accounts_part);
    return rc;
}

/* --- the verb --- */

static int answered(const struct work *w)
{
    struct arena *a = w->ctx->arena;
    char *root = NEW_ARRAY(a, SHA_HEX, char), *last = NEW_ARRAY(a, INSTANT_TEXT, char);
    hex_encode(w->verdict.root, SHA_BYTES, root);
    instant_format(w->read.last_ms, last);
    struct answer *x = answer_new(a, "The book is back");
    answer_put(x, "store", cell_text(store_name(a, w->ctx->store)));
    answer_put(x, "records", cell_count((i128)w->verdict.rows));
    answer_put(x, "commits", cell_count((i128)w->verdict.commits));
    answer_put(x, "documents", cell_count((i128)w->read.documents));
    answer_put(x, "last_recorded", cell_text(last));
    answer_put(x, "left_out", cell_count((i128)w->read.later));
    answer_put(x, "root", cell_text(root));
    answer_put(x, "signed_records",
               w->signed_records ? cell_count((i128)w->signed_records) : cell_null());
    answer_put(x, "accounts", cell_bool(w->accounts != NULL));
    answer_put(x, "moved_aside", cell_text(w->aside));
    if (w->read.later) {
        answer_note(x, "%" PRIu64 " records that came later are left out", w->read.later);
    }
    if (w->accounts && w->args->to) {
        answer_note(x, "the accounts are those of the last backup, not of that instant");
    }
    if (w->read.lost) {
        answer_note(x,
                    "%" PRIu64 " documents were lost: 'muster verify --complete' names the"
                    " first record that misses one",
                    w->read.lost);
    }
    if (w->read.absent) {
        answer_note(x, "of %" PRIu64 " documents only the hash was in the backup", w->read.absent);
    }
    return cmd_answer(w->ctx, x);
}

static int run(struct context *ctx, const void *given)
{
    struct work w = {.ctx = ctx, .args = given, .until_ms = INT64_MAX, .file = store_file(ctx)};
    struct err err = {0};
    if (strcmp(ctx->store, "memory:") == 0) {
        return cmd_misuse(ctx, "--store: what is restored into memory is gone when this ends");
    }
    if (w.args->to && instant_parse(w.args->to, &w.until_ms, &err)) {
        return cmd_misuse(ctx, "--to: %s", err.msg);
    }
    enum rc rc = w.file ? restore_file(&w, &err) : restore_server(&w, &err);
    if (rc && interrupted()) return EXIT_INTERRUPTED;
    return rc ? cmd_refuse(ctx, &err) : answered(&w);
}

const struct command cmd_restore = {
    .name = "restore",
    .group = GROUP_BOOK,
    .about = "the book out of its backup, as of its end or of an instant",
    .details =
        "Every record is held against its commit's root, every document against its hash, and the"
        " book is verified before it takes its place. A backup in which a byte was altered is"
        " refused; exit 3 names the file and line.\n\n"
        "Where a book stands already, nothing is done; with --replace it is moved aside, and the"
        " answer says where to. Stop 'muster serve' before.\n\n"
        "--to gives the book as it was recorded up to that instant, at the end of a commit. What is"
        " only to be asked as of then needs no restoring: --known does that.\n\n"
        "The accounts come back with it where there are none, without sessions. Into a PostgreSQL"
        " database that is empty a backup goes too.",
    .examples = "muster restore /mnt/other-disk/book --store book.db\n"
                "muster restore /mnt/other-disk/book --store then.db --to 2026-11-21T18:00:00Z\n",
    .operands =
        (const struct operand[]){
            {"DIR", INTO(struct restore_args, dir), .help = "what 'muster backup' wrote"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"to", INTO(struct restore_args, to), .arg = "INSTANT",
             .help = "as it was by then: 2026-11-21T18:00:00Z, or a day for its end"},
            {"replace", INTO(struct restore_args, replace),
             .help = "move aside what stands in its place"},
            {"incomplete", INTO(struct restore_args, incomplete),
             .help = "take the book though documents in the backup are missing or altered"},
            {"no-accounts", INTO(struct restore_args, no_accounts),
             .help = "leave the accounts in the backup"},
            TRUST_OPT(struct restore_args),
            ACCOUNTS_OPT(struct restore_args),
            {0},
        },
    .uses = USES_STORE | USES_ANSWER | USES_PROGRESS,
    .args_size = sizeof(struct restore_args),
    .run = run,
};
