/*
 * cmd_doctor.c - muster doctor: is all well with this book's keeping, and if not, what to do?
 *
 * Quick enough for every hour: it asks what is noted, and reads the log not at
 * all. Whether every record is as it was written is what 'muster verify' tells.
 * What must be done is a finding; what should be looked at is not.
 */
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "accounts/accounts.h"
#include "backup/backup.h"
#include "backup/durable.h"
#include "base/day.h"
#include "base/text.h"
#include "cli/accounts_file.h"
#include "cli/beside.h"
#include "cli/kept.h"
#include "cli/keys.h"
#include "store/store.h"

struct doctor_args {
    const char *accounts, *backup;
};

#define MB (INT64_C(1) << 20)
enum { CLOCK_SLACK_MS = 60 * 1000 };
#define PENDING_MOST (64 * MB)
#define FREE_LEAST (64 * MB)
#define BACKUP_AGE_MS MS_PER_DAY

enum state { STATE_GOOD, STATE_LOOK, STATE_DO };

struct patient {
    struct context *ctx;
    const struct doctor_args *args;
    struct answer *answer;
    struct rows *rows;
    struct store *store; /* NULL: it does not open */
    struct commit head;
    struct store_about about;
    bool must; /* something must be done */
};

/* One finding; `advice` NULL where nothing is to be done. */
static void put(struct patient *p, const char *check, enum state state, const char *value,
                const char *advice)
{
    static const char *const names[] = {"good", "look", "do"};
    p->must |= state == STATE_DO;
    ROW(p->rows, cell_text(check), cell_text(names[state]), cell_text(value), cell_text(advice));
}

static const char *size_text(struct arena *a, int64_t bytes)
{
    if (bytes < MB) return text_format(a, "%" PRId64 " kB", (bytes + 1023) / 1024);
    if (bytes < 10000 * MB) return text_format(a, "%" PRId64 " MB", bytes / MB);
    return text_format(a, "%" PRId64 " GB", bytes / (1024 * MB));
}

static const char *age_text(struct arena *a, int64_t ms)
{
    int64_t minutes = ms / 60000;
    if (minutes < 2) return "just now";
    if (minutes < 120) return text_format(a, "%" PRId64 " minutes ago", minutes);
    if (minutes < 48 * 60) return text_format(a, "%" PRId64 " hours ago", minutes / 60);
    return text_format(a, "%" PRId64 " days ago", minutes / (24 * 60));
}

static const char *instant_text(struct arena *a, int64_t ms)
{
    char text[INSTANT_TEXT];
    return arena_text(a, instant_format(ms, text));
}

/* --- the store --- */

static void look_at_store(struct patient *p)
{
    struct arena *a = p->ctx->arena;
    struct err err = {0};
    enum rc rc = store_open(a, p->ctx->store, false, &p->store, &err);
    if (!rc) rc = p->store->ops->head(p->store, &p->head, &err);
    if (!rc && p->store->ops->about) rc = p->store->ops->about(p->store, &p->about, &err);
    if (rc) {
        store_close(p->store);
        p->store = NULL;
        put(p, "store", STATE_DO, arena_text(a, err.msg),
            rc == RC_ABSENT ? "name the right one with --store, or 'muster restore' it"
                            : "if it does not open again, 'muster restore' the last backup");
        return;
    }
    put(p, "store", STATE_GOOD,
        text_format(a, "opens, form %" PRId64 ", %s", p->about.form,
                    p->about.bytes ? size_text(a, p->about.bytes) : "size not known"),
        NULL);
    put(p, "records", STATE_GOOD,
        p->head.last ? text_format(a, "%" PRIu64 ", the last of %s", p->head.last,
                                   instant_text(a, p->head.recorded_ms))
                     : "none yet",
        NULL);
}

static void look_at_clock(struct patient *p)
{
    int64_t now = p->ctx->now_ms();
    if (!p->store || p->head.recorded_ms <= now + CLOCK_SLACK_MS) {
        put(p, "clock", STATE_GOOD, instant_text(p->ctx->arena, now), NULL);
        return;
    }
    put(p, "clock", STATE_DO,
        text_format(p->ctx->arena, "%s: the last record is of later",
                    instant_text(p->ctx->arena, now)),
        "set this machine's clock: what is recorded meanwhile has the instant of the last record");
}

static void look_at_pending(struct patient *p)
{
    if (!p->store || !store_file(p->ctx)) return;
    bool much = p->about.pending_bytes > PENDING_MOST;
    put(p, "write-ahead log", much ? STATE_LOOK : STATE_GOOD,
        size_text(p->ctx->arena, p->about.pending_bytes),
        much ? "some program has read without a pause for long: end it, and open the book once"
             : NULL);
}

static void look_at_disk(struct patient *p)
{
    struct arena *a = p->ctx->arena;
    const char *file = store_file(p->ctx);
    const char *slash = file ? strrchr(file, '/') : NULL;
    struct statvfs disk;
    if (!file) return;
    const char *dir = !slash          ? "."
                      : slash == file ? "/"
                                      : arena_bytes(a, file, (size_t)(slash - file));
    if (statvfs(dir, &disk) != 0) return;
    int64_t left = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
    answer_put(p->answer, "free_bytes", cell_count(left));
    enum state state = left < FREE_LEAST       ? STATE_DO
                       : left < p->about.bytes ? STATE_LOOK
                                               : STATE_GOOD;
    put(p, "disk", state, text_format(a, "%s free", size_text(a, left)),
        state == STATE_GOOD ? NULL
        : state == STATE_DO ? "make room: what cannot be written is refused"
                            : "less is free than the book takes: an import may not fit");
}

/* --- what was signed --- */

static bool readable_by_others(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && st.st_mode & 077;
}

static void judge_checkpoint(struct patient *p, const char *note, const char *public)
{
    struct arena *a = p->ctx->arena;
    struct texts none = {0};
    struct trust trust;
    struct checkpoint c;
    struct err err = {0};
    struct stat st;
    enum rc rc = trust_gather(a, &none, public, &trust, &err);
    if (!rc) rc = checkpoint_read(a, note, &trust, &c, &err);
    bool there = false;
    if (!rc && p->store) rc = log_ended_there(p->store, &c, &there, &err);
    if (!rc && p->store && !there) {
        rc = fail(&err, RC_RULE, "the log is not the one that was signed");
    }
    if (rc) {
        put(p, "checkpoint", STATE_DO, arena_text(a, err.msg),
            "'muster verify' says what was lost; 'muster restore' has what was kept");
        return;
    }
    answer_put(p->answer, "signed_records", cell_count((i128)c.size));
    uint64_t since = p->head.last > c.size ? p->head.last - c.size : 0;
    int64_t age = stat(note, &st) == 0 ? p->ctx->now_ms() - (int64_t)st.st_mtim.tv_sec * 1000 : 0;
    put(p, "checkpoint", STATE_GOOD,
        text_format(a, "signed %s, %" PRIu64 " records since", age_text(a, age > 0 ? age : 0),
                    since),
        NULL);
}

static void look_at_checkpoint(struct patient *p)
{
    struct arena *a = p->ctx->arena;
    const char *store = store_file(p->ctx);
    if (!store) return;
    const char *key = text_format(a, "%s.key", store),
               *note = text_format(a, "%s.checkpoint", store);
    if (durable_there(key) && readable_by_others(key)) {
        put(p, "key", STATE_DO, text_format(a, "others may read '%s'", key),
            "'muster key new --replace' makes another: who has it signs in your name");
    } else {
        put(p, "key", durable_there(key) ? STATE_GOOD : STATE_LOOK,
            durable_there(key) ? "there" : "none here",
            durable_there(key) ? NULL : "'muster key new' makes one, to sign what the book is");
    }
    if (durable_there(note)) {
        judge_checkpoint(p, note, text_format(a, "%s.key.pub", store));
    } else {
        put(p, "checkpoint", STATE_LOOK, "none was signed",
            "'muster verify --sign', and keep a copy of it elsewhere");
    }
}

/* --- the backup --- */

/* It reaches that far, and so far it is this book's. */
static enum rc check_backup(struct patient *p, const struct kept *k, struct err *err)
{
    struct backup_end end;
    enum rc rc = backup_end(p->ctx->arena, k->dir, &end, err);
    if (rc || !p->store || end.last == 0) return rc;
    struct checkpoint as = {.size = end.last};
    memcpy(as.root, end.root, SHA_BYTES);
    bool there;
    rc = log_ended_there(p->store, &as, &there, err);
    if (rc || there) return rc;
    return fail(err, RC_RULE, "the backup has records that this book does not have");
}

static void judge_backup(struct patient *p, const struct kept *k)
{
    struct arena *a = p->ctx->arena;
    struct err err = {0};
    int64_t age = p->ctx->now_ms() - k->at_ms;
    uint64_t since = p->head.last > k->records ? p->head.last - k->records : 0;
    answer_put(p->answer, "backup_records", cell_count((i128)k->records));
    answer_put(p->answer, "backup_age_seconds", cell_count(age / 1000));
    if (check_backup(p, k, &err)) {
        put(p, "backup", STATE_DO, arena_text(a, err.msg),
            "look at the disk that it is on; begin another one in an empty directory");
        return;
    }
    const char *value =
        text_format(a, "%s, %" PRIu64 " records since, in %s", age_text(a, age), since, k->dir);
    if (since && age > BACKUP_AGE_MS) {
        put(p, "backup", STATE_DO, value, text_format(a, "'muster backup %s'", k->dir));
    } else if (!k->restored) {
        put(p, "backup", STATE_LOOK, value,
            "the last was a --quick one: let one be restored to see each night");
    } else {
        put(p, "backup", STATE_GOOD, value, NULL);
    }
}

static void look_at_backup(struct patient *p)
{
    struct arena *a = p->ctx->arena;
    struct err err = {0};
    struct kept kept;
    const char *store = store_file(p->ctx), *path = NULL;
    if (p->args->backup) path = text_format(a, "%s/" KEPT_IN_BACKUP, p->args->backup);
    if (!path && store) path = text_format(a, "%s.backup", store);
    if (!path) {
        put(p, "backup", STATE_LOOK, "not known", "--backup DIR says where 'muster backup' put it");
        return;
    }
    enum rc rc = kept_read(a, path, &kept, &err);
    if (rc == RC_ABSENT) {
        put(p, "backup", STATE_DO, "there is none", "'muster backup DIR', DIR on another disk");
    } else if (rc) {
        put(p, "backup", STATE_DO, arena_text(a, err.msg), "'muster backup DIR' makes a new one");
    } else {
        judge_backup(p, &kept);
    }
}

/* --- accounts --- */

static enum rc administrators(struct patient *p, struct accounts *accounts, uint32_t *users,
                              uint32_t *count, struct err *err)
{
    const struct account_state *all;
    enum rc rc = accounts_list(accounts, p->ctx->arena, p->ctx->now_ms(), &all, users, err);
    *count = 0;
    for (uint32_t i = 0; !rc && i < *users; i++) {
        *count += all[i].account.role == ROLE_ADMINISTRATOR && !all[i].account.disabled &&
                  all[i].has_password;
    }
    return rc;
}

static void look_at_accounts(struct patient *p)
{
    struct arena *a = p->ctx->arena;
    struct accounts *accounts = NULL;
    struct err err = {0};
    const char *path;
    uint64_t trail;
    uint32_t users = 0, able = 0;
    char head[65];
    if (!p->args->accounts && !store_file(p->ctx)) return;
    if (accounts_file(p->ctx, p->args->accounts, &path, &err)) return;
    if (!p->args->accounts && !durable_there(path)) {
        put(p, "accounts", STATE_GOOD, "none: nobody logs in to pages here", NULL);
        return;
    }
    enum rc rc = accounts_open(a, path, false, NULL, &accounts, &err);
    if (!rc) rc = administrators(p, accounts, &users, &able, &err);
    if (!rc) rc = accounts_audit_verify(accounts, &trail, head, &err);
    accounts_close(accounts);
    if (rc) {
        put(p, "accounts", STATE_DO, arena_text(a, err.msg),
            rc == RC_RULE ? "somebody wrote in the file: 'muster user audit' shows the trail"
                          : "mend that, or take the accounts of the last backup");
        return;
    }
    put(p, "accounts", able ? STATE_GOOD : STATE_LOOK,
        text_format(a, "%" PRIu32 " users, audit trail of %" PRIu64 " rows is whole", users, trail),
        able ? NULL : "no administrator can log in: 'muster user password NAME' sets one");
}

/* --- the verb --- */

static int run(struct context *ctx, const void *given)
{
    struct patient p = {.ctx = ctx, .args = given};
    if (strcmp(ctx->store, "memory:") == 0) {
        return cmd_misuse(ctx, "a store in memory is gone when this ends: nothing can ail it");
    }
    static const char *const order[] = {"ok",
                                        "store",
                                        "form",
                                        "records",
                                        "bytes",
                                        "pending_bytes",
                                        "free_bytes",
                                        "signed_records",
                                        "backup_records",
                                        "backup_age_seconds"};
    p.answer = answer_new(ctx->arena, "The book's keeping");
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        answer_put(p.answer, order[i], cell_null()); /* what is not known stays so */
    }
    p.rows = answer_rows(p.answer, "checks");
    rows_columns(p.rows, "check state value advice");
    look_at_store(&p);
    look_at_clock(&p);
    look_at_pending(&p);
    look_at_disk(&p);
    look_at_checkpoint(&p);
    look_at_backup(&p);
    look_at_accounts(&p);
    bool opened = p.store != NULL;
    store_close(p.store);
    answer_put(p.answer, "ok", cell_bool(!p.must));
    answer_put(p.answer, "store", cell_text(store_name(ctx->arena, ctx->store)));
    if (opened) {
        answer_put(p.answer, "form", cell_label((i128)p.about.form));
        answer_put(p.answer, "records", cell_count((i128)p.head.last));
        answer_put(p.answer, "bytes", cell_count(p.about.bytes));
        answer_put(p.answer, "pending_bytes", cell_count(p.about.pending_bytes));
    }
    answer_note(p.answer, "no record was read: 'muster verify' does that");
    int code = cmd_answer(ctx, p.answer);
    return code || !p.must ? code : EXIT_FINDING;
}

const struct command cmd_doctor = {
    .name = "doctor",
    .group = GROUP_BOOK,
    .about = "is all well with the keeping of the book; if not, what to do",
    .details =
        "Looks at the store, the clock, the free disk, what was signed, the last backup and the"
        " accounts, in a moment: fit for every hour. A line says 'good', 'look' where something"
        " should be looked at, or 'do' where it must be done; then the exit code is 1. Must be"
        " done: a store that does not open or is not the one that was signed, a clock behind the"
        " book, less than 64 MB free, no backup, one that is not this book's, or one older than a"
        " day while records came since, a secret key or accounts that others may read, an audit"
        " trail that was altered.\n\n"
        "No record is read: 'muster verify' does that.",
    .examples = "muster doctor\n"
                "muster doctor --json || mail -s 'the book wants something' olena\n",
    .opts =
        (const struct opt[]){
            {"backup", INTO(struct doctor_args, backup), .arg = "DIR",
             .help = "where the backup is, if it was made from another machine"},
            ACCOUNTS_OPT(struct doctor_args),
            {0},
        },
    .uses = USES_STORE | USES_ANSWER,
    .args_size = sizeof(struct doctor_args),
    .run = run,
};
