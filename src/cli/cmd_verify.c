/*
 * cmd_verify.c - muster verify: was anything in the log altered, lost or moved?
 *
 * A log that comes out at its roots may still be another one than it was: cut
 * off behind a commit, or written anew by whoever has the file. Against that
 * stands a checkpoint, signed by a key that is not in the file: what was signed
 * last must still be there. A checkpoint is signed only over a log that was
 * just read whole, and that contains the one before.
 */
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "backup/durable.h"
#include "base/sha.h"
#include "base/text.h"
#include "book/image.h"
#include "cli/beside.h"
#include "cli/keys.h"
#include "cli/opened.h"
#include "cli/verify_proof.h"
#include "view/snapshot.h"

struct verify_args {
    const char *proof, *checkpoint, *key;
    struct texts trust;
    bool sign, complete;
};

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

/* A book kept beside the store answers in the log's place: it must be the log's. */
static enum rc compare_kept(struct store *store, const char *viewer, struct err *err)
{
    struct arena own = {0};
    struct view kept, folded;
    const char *path = snapshot_path(&own, store, viewer);
    enum rc rc = RC_OK;
    if (path && access(path, F_OK) == 0) {
        rc = view_open(&own, store, viewer, NULL, &kept, err);
        if (!rc && kept.kept_at) {
            rc = view_fold(&own, store, viewer, NULL, &folded, err);
            if (!rc && !book_same(kept.book, folded.book)) {
                rc = fail(err, RC_STORE, "the book kept in '%.150s' is not the log's: remove it",
                          path);
            }
        }
    }
    arena_free(&own);
    return rc;
}

/* --- what was signed --- */

/* A checkpoint ends where a commit did, and the commits of this store were just computed again. */
static enum rc contains(struct store *store, const struct checkpoint *c, struct err *err)
{
    bool there;
    enum rc rc = log_ended_there(store, c, &there, err);
    if (rc || there) return rc;
    return fail(err, RC_RULE,
                "the log is not the one that was signed: its first %" PRIu64
                " records were cut off or written anew",
                c->size);
}

/* The checkpoint to hold the store against: the one that was named, else the last if there is one.
 */
static enum rc find_checkpoint(struct context *ctx, const struct verify_args *args, bool *there,
                               struct checkpoint *out, struct err *err)
{
    struct trust trust;
    const char *path = args->checkpoint, *own = NULL;
    *there = false;
    if (!path) {
        if (!store_file(ctx)) return RC_OK;
        enum rc rc = beside(ctx, NULL, "checkpoint", "checkpoint", &path, err);
        if (!rc) rc = durable_look(path, err);
        if (rc) return rc == RC_ABSENT ? RC_OK : rc;
    }
    enum rc rc = args->trust.count ? RC_OK : beside(ctx, NULL, "key.pub", "trust", &own, err);
    if (!rc) rc = trust_gather(ctx->arena, &args->trust, own, &trust, err);
    if (!rc) rc = checkpoint_read(ctx->arena, path, &trust, out, err);
    *there = !rc;
    return rc;
}

/* Sign what was read, and nothing that came since. The one signed before is in it: that was seen.
 */
static enum rc sign(struct context *ctx, const struct verify_args *args, const struct verdict *v,
                    struct checkpoint *out, const char **path, struct err *err)
{
    const char *key;
    struct signer *s = NEW(ctx->arena, struct signer);
    enum rc rc = beside(ctx, args->key, "key", "key", &key, err);
    if (!rc) rc = beside(ctx, args->checkpoint, "checkpoint", "checkpoint", path, err);
    if (!rc) rc = key_read(ctx->arena, key, s, err);
    if (rc) return rc;
    *out = (struct checkpoint){.origin = s->key.name, .size = v->rows};
    memcpy(out->root, v->root, SHA_BYTES);
    checkpoint_sign(ctx->arena, s, out);
    return durable_write(*path, 0644, out->note, out->note_len, err);
}

/* --- the verb --- */

/* What one reading of the store told. */
struct seen {
    struct verdict v;
    const char *fault; /* what it is if the next step fails */
    struct checkpoint checkpoint;
    bool has_checkpoint;
    const char *signed_file; /* NULL: nothing was signed */
};

static enum rc look(struct context *ctx, const struct verify_args *args, struct store *store,
                    struct seen *out, struct err *err)
{
    out->fault = "Not as it was written";
    enum rc rc = store_verify(store, &out->v, err);
    /* The log may be whole and still not be a book: fold it too. */
    struct view view;
    if (!rc) rc = view_fold(ctx->arena, store, NULL, NULL, &view, err);
    if (!rc) rc = fold_scenarios(store, view.book, err);
    if (!rc) rc = compare_kept(store, NULL, err);
    if (!rc) rc = compare_kept(store, "", err);
    if (!rc) out->fault = "As it was written, and not complete";
    if (!rc && args->complete && out->v.absent) {
        out->v.bad_id = out->v.absent_id;
        rc = fail(err, RC_RULE, "entry %" PRIu64 " of the log names evidence that is not here",
                  out->v.absent_id);
    }
    if (!rc) out->fault = "Not what was signed";
    if (!rc && (!args->sign || !args->checkpoint || durable_there(args->checkpoint))) {
        rc = find_checkpoint(ctx, args, &out->has_checkpoint, &out->checkpoint, err);
    }
    if (!rc && out->has_checkpoint) rc = contains(store, &out->checkpoint, err);
    return rc;
}

static struct answer *answered(struct context *ctx, const struct seen *s, enum rc rc,
                               const struct err *err)
{
    struct arena *a = ctx->arena;
    const struct verdict *v = &s->v;
    char *root = NEW_ARRAY(a, SHA_HEX, char);
    hex_encode(v->root, SHA_BYTES, root);
    struct answer *w = answer_new(a, rc ? s->fault : "As it was written");
    answer_put(w, "ok", cell_bool(!rc));
    answer_put(w, "records", cell_count((i128)v->rows));
    answer_put(w, "commits", cell_count((i128)v->commits));
    answer_put(w, "evidence", cell_count((i128)v->evidence));
    answer_put(w, "evidence_absent", cell_count((i128)v->absent));
    answer_put(w, "root", rc ? cell_null() : cell_text(root));
    answer_put(w, "signed_records",
               s->has_checkpoint ? cell_count((i128)s->checkpoint.size) : cell_null());
    answer_put(w, "signed_by",
               s->has_checkpoint ? cell_text(note_key_id(a, s->checkpoint.by)) : cell_null());
    const char *others = s->has_checkpoint ? witnesses_text(a, &s->checkpoint) : NULL;
    answer_put(w, "witnessed_by", others ? cell_text(others) : cell_null());
    if (s->signed_file) answer_put(w, "checkpoint", cell_text(s->signed_file));
    answer_put(w, "bad_record", v->bad_id ? cell_label((i128)v->bad_id) : cell_null());
    answer_put(w, "why", rc ? cell_text(err->msg) : cell_null());
    return w;
}

static int run(struct context *ctx, const void *given)
{
    const struct verify_args *args = given;
    struct store *store;
    struct seen s = {.has_checkpoint = false};
    struct err err = {0};
    if (args->proof && (args->sign || args->checkpoint || args->complete)) {
        return cmd_misuse(ctx, "--proof stands alone: no book is read");
    }
    if (args->proof) return verify_proof(ctx, args->proof, &args->trust);
    enum rc rc = store_open(ctx->arena, ctx->store, false, &store, &err);
    if (rc) {
        cmd_refuse(ctx, &err);
        return EXIT_STORE;
    }
    rc = look(ctx, args, store, &s, &err);
    if (!rc && args->sign) {
        rc = sign(ctx, args, &s.v, &s.checkpoint, &s.signed_file, &err);
        if (rc) {
            store_close(store);
            return cmd_refuse(ctx, &err);
        }
        s.has_checkpoint = true;
    }
    store_close(store);
    int code = cmd_answer(ctx, answered(ctx, &s, rc, &err));
    return code || !rc ? code : EXIT_FINDING;
}

const struct command cmd_verify = {
    .name = "verify",
    .group = GROUP_BOOK,
    .about = "read the whole log again: is every record as it was written?",
    .details =
        "Every record is decoded again, its leaf and every commit's root are computed"
        " again, and evidence is held against its hash and against what the commits say was"
        " kept. Exit 1 names the first record that does not come out. Where a checkpoint was "
        "signed, the log must still contain it: a log"
        " that was cut off or written anew by whoever has the file does not.\n\n"
        "--sign signs what was just read, with the key that 'muster key new' made, into"
        " STORE.checkpoint (C2SP's signed note). Keep copies of it where the book is not. Witnesses"
        " may add their signatures to it (C2SP's cosignatures): --trust with the book's public key"
        " and theirs says which of them did.\n\n"
        "--proof FILE checks what 'muster prove' made, with no book there, against the public keys"
        " of --trust: exit 1 when it does not hold.",
    .examples = "muster verify --sign\n"
                "muster verify --checkpoint spring.checkpoint\n# is what was signed in spring still"
                " there?\n"
                "muster verify --proof line.proof --trust book.key.pub\n",
    .opts =
        (const struct opt[]){
            {"sign", INTO(struct verify_args, sign), .help = "sign a checkpoint, if all is well"},
            {"checkpoint", INTO(struct verify_args, checkpoint), .arg = "FILE",
             .help = "the checkpoint that the book must contain, or that is signed (default: the"
                     " store's file with .checkpoint behind it)"},
            {"complete", INTO(struct verify_args, complete),
             .help = "evidence that was never here, only its hash, is a finding too"},
            {"proof", INTO(struct verify_args, proof), .arg = "FILE",
             .help = "check this proof, and read no book"},
            TRUST_OPT(struct verify_args),
            KEY_OPT(struct verify_args),
            {0},
        },
    .uses = USES_STORE | USES_ANSWER,
    .args_size = sizeof(struct verify_args),
    .run = run,
};
