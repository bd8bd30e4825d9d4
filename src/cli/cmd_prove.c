/* cmd_prove.c - muster prove: what others can check without the book. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/beside.h"
#include "cli/keys.h"
#include "cli/opened.h"
#include "cli/tiles.h"
#include "proof/prove.h"

struct prove_args {
    const char *record, *since, *at, *tiles, *from;
    struct texts trust;
    bool share, withhold;
};

/* --- which record --- */

struct search {
    const char *typed; /* "line/fts:1", "fts:1" */
    struct arena scratch;
    uint64_t id;
    enum kind kind;
    bool several;
};

/* Its natural key is KIND/KEY/VERSION: what is typed is KIND/KEY, or KEY. */
static bool named(const struct row *row, const char *typed)
{
    const char *last = row->idem ? strrchr(row->idem, '/') : NULL;
    const char *first = row->idem ? strchr(row->idem, '/') : NULL;
    size_t len = strlen(typed);
    if (!last || last == first) return false;
    if ((size_t)(last - row->idem) == len && memcmp(row->idem, typed, len) == 0) return true;
    return (size_t)(last - first - 1) == len && memcmp(first + 1, typed, len) == 0;
}

static enum rc look_at(void *ctx, const struct row *row, struct err *err)
{
    struct search *s = ctx;
    (void)err;
    if (!named(row, s->typed)) return RC_OK;
    s->several |= s->id && s->kind != row->kind;
    s->id = row->id; /* the newest version */
    s->kind = row->kind;
    return RC_OK;
}

static enum rc find_record(struct store *store, const char *typed, uint64_t *out, struct err *err)
{
    struct search s = {.typed = typed};
    size_t digits = strspn(typed, "0123456789");
    if (digits && digits < 18 && !typed[digits]) {
        *out = strtoull(typed, NULL, 10);
        return RC_OK;
    }
    enum rc rc = store->ops->scan(store, 0, look_at, &s, err);
    if (rc) return rc;
    if (!s.id) return fail(err, RC_ABSENT, "no record '%.100s' in this book", typed);
    if (s.several) {
        return fail(err, RC_RULE, "'%.80s' is the key of records of several kinds: say '%s/%.80s'",
                    typed, kind_name(s.kind), typed);
    }
    *out = s.id;
    return RC_OK;
}

/* --- what is proved --- */

static bool sees(void *ctx, uint64_t id)
{
    return book_has(ctx, id);
}

static void drain(void *ctx, const char *bytes, size_t len)
{
    out_bytes(ctx, bytes, len);
}

static enum rc prove_one(struct context *ctx, const struct prove_args *args, const struct opened *o,
                         const struct checkpoint *at, struct buf *out, struct err *err)
{
    uint64_t id = 0;
    enum rc rc = find_record(o->store, args->record, &id, err);
    if (rc) return rc;
    if (ctx->as && !args->withhold && !book_has(o->view.book, id)) {
        return fail(err, RC_ABSENT, "no record '%.100s' that %.40s may see", args->record, ctx->as);
    }
    return prove_record(ctx->arena, o->store, at, id, args->withhold, out, err);
}

static enum rc prove_since(struct context *ctx, const struct prove_args *args,
                           const struct opened *o, const struct trust *trust,
                           const struct checkpoint *at, struct buf *out, struct err *err)
{
    struct checkpoint since;
    enum rc rc = checkpoint_read(ctx->arena, args->since, trust, &since, err);
    return rc ? rc : prove_growth(ctx->arena, o->store, &since, at, out, err);
}

static enum rc publish(struct context *ctx, const struct prove_args *args, const struct opened *o,
                       const struct trust *trust, const struct checkpoint *at, struct buf *out,
                       struct err *err)
{
    struct tiles_done done;
    enum rc rc = tiles_publish(ctx, o->store, args->tiles, at, trust, &done, err);
    if (rc) return rc;
    buf_addf(out, "%" PRIu64 " records in %" PRIu64 " tiles, %" PRIu64 " of them new\n", at->size,
             done.tiles, done.written);
    return RC_OK;
}

static enum rc prove(struct context *ctx, const struct prove_args *args, const struct opened *o,
                     struct buf *out, struct err *err)
{
    struct trust trust;
    struct checkpoint at;
    const char *own = NULL, *note = args->at;
    enum rc rc = RC_OK;
    if (!args->trust.count) rc = beside(ctx, NULL, "key.pub", "trust", &own, err);
    if (!rc) rc = beside(ctx, args->at, "checkpoint", "at", &note, err);
    if (!rc) rc = trust_gather(ctx->arena, &args->trust, own, &trust, err);
    if (!rc) rc = checkpoint_read(ctx->arena, note, &trust, &at, err);
    if (rc == RC_ABSENT) {
        struct err bare = *err;
        return fail(err, rc, "%.250s; 'muster key new', then 'muster verify --sign' make one",
                    bare.msg);
    }
    if (rc) return rc;
    if (args->share) {
        return prove_share(ctx->arena, o->store, &at, sees, o->view.book, out, err);
    }
    if (args->tiles) return publish(ctx, args, o, &trust, &at, out, err);
    if (args->since) return prove_since(ctx, args, o, &trust, &at, out, err);
    return prove_one(ctx, args, o, &at, out, err);
}

/* Whoever sees all needs no book folded to know what may be seen. */
static int begin(struct context *ctx, struct opened *o)
{
    struct err err = {0};
    if (ctx->as) return opened_begin(ctx, false, o);
    *o = (struct opened){.store = NULL};
    enum rc rc = store_open(ctx->arena, ctx->store, false, &o->store, &err);
    if (rc == RC_ABSENT) err.code = RC_STORE;
    return rc ? cmd_refuse(ctx, &err) : EXIT_DONE;
}

/* Tiles are enough: no book is opened. */
static int prove_from_tiles(struct context *ctx, const struct prove_args *args)
{
    struct buf out = {.arena = ctx->arena};
    struct trust trust;
    struct err err = {0};
    size_t digits = args->record ? strspn(args->record, "0123456789") : 0;
    if (!digits || digits > 18 || args->record[digits]) {
        return cmd_misuse(ctx, "--from: a record is given by its number; keys are in no tile");
    }
    if (!args->trust.count) {
        return cmd_misuse(ctx, "--trust is missing: whose signature is the proof to rest on?");
    }
    enum rc rc = trust_gather(ctx->arena, &args->trust, NULL, &trust, &err);
    if (!rc) {
        rc =
            tiles_prove_from(ctx, args->from, &trust, strtoull(args->record, NULL, 10), &out, &err);
    }
    if (rc) return cmd_refuse(ctx, &err);
    out_bytes(ctx->out, out.text, out.len);
    return EXIT_DONE;
}

static int run(struct context *ctx, const void *given)
{
    const struct prove_args *args = given;
    struct buf out = {.arena = ctx->arena, .drain = drain, .drain_ctx = ctx->out};
    struct opened o;
    struct err err = {0};
    if ((args->record != NULL) + (args->since != NULL) + args->share + (args->tiles != NULL) != 1) {
        return cmd_misuse(ctx, "a record, --since FILE, --share, or --tiles DIR: one of them says"
                               " what is to be proved");
    }
    if (args->from) return prove_from_tiles(ctx, args);
    if (args->withhold && !args->record) return cmd_misuse(ctx, "--withhold is for one record");
    if (args->share && !ctx->as) {
        return cmd_misuse(ctx, "--share: --as PARTY is missing: who is to get it?");
    }
    int code = begin(ctx, &o);
    if (code) return code;
    enum rc rc = prove(ctx, args, &o, &out, &err);
    opened_end(&o);
    if (rc) return cmd_refuse(ctx, &err);
    out_bytes(ctx->out, out.text, out.len);
    return EXIT_DONE;
}

const struct command cmd_prove = {
    .name = "prove",
    .group = GROUP_BOOK,
    .about = "prove to others what is in the book, without giving them the book",
    .details =
        "The proof ends in the checkpoint that 'muster verify --sign' signed last, or the one of"
        " --at. 'muster verify --proof FILE --trust KEY' checks it anywhere, with no book "
        "there.\n\n"
        "Of a record: that it stood in the book that was signed, and how it reads. --withhold"
        " proves that there is a record at that place, without showing it.\n\n"
        "--since FILE: that the book of an earlier checkpoint is the beginning of the later one, so"
        " nothing in it was changed.\n\n"
        "--share --as PARTY: the whole log as that party may see it. What it may not see is there"
        " as a hash only, from which nothing can be guessed, and the book comes out at the same"
        " root as everybody's.\n\n"
        "--tiles DIR: the whole tree of hashes as files (C2SP's tlog-tiles) with the checkpoint, to"
        " be put on any web server: whoever has them proves and checks by themselves, with other"
        " programs too. No record is in them, and nothing can be guessed from them. What is there "
        "is"
        " not written again. --from DIR makes the proof of a record, by its number, out of such"
        " files, with no book there.",
    .examples = "muster prove line/fts:211794 > line.proof\n"
                "muster prove --since spring.checkpoint > since-spring.proof\n"
                "muster prove --share --as NOR > norway.log\n"
                "muster prove --tiles /var/www/log\n"
                "muster prove 17 --from /var/www/log --trust book.key.pub > 17.proof\n",
    .operands =
        (const struct operand[]){
            {"RECORD", INTO(struct prove_args, record), .optional = true,
             .help = "the number of a record, its key, or KIND/KEY"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"since", INTO(struct prove_args, since), .arg = "FILE",
             .help = "that the book grew from that checkpoint"},
            {"share", INTO(struct prove_args, share), .help = "the whole log, for --as PARTY"},
            {"withhold", INTO(struct prove_args, withhold), .help = "do not show the record"},
            {"tiles", INTO(struct prove_args, tiles), .arg = "DIR",
             .help = "the tree of hashes as files that others can read"},
            {"from", INTO(struct prove_args, from), .arg = "DIR",
             .help = "of the record with that number, from such files"},
            {"at", INTO(struct prove_args, at), .arg = "FILE",
             .help = "in that checkpoint (default: the store's file with .checkpoint behind it)"},
            TRUST_OPT(struct prove_args),
            {0},
        },
    .uses = USES_STORE | USES_EYES | USES_PROGRESS,
    .args_size = sizeof(struct prove_args),
    .run = run,
};
