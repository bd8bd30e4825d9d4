/* verify_proof.c - see verify_proof.h. */
#include "cli/verify_proof.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "cli/files.h"
#include "cli/keys.h"
#include "proof/judge.h"
#include "record/exchange.h"

static const char *said(struct arena *a, const struct judgement *j)
{
    const char *log = j->at.origin;
    switch (j->what) {
    case PROVED_RECORD:
        return text_format(a, "record %" PRIu64 " stands in the log of %s%s", j->id, log,
                           j->record ? ", and reads as below" : "; what it says is withheld");
    case PROVED_GROWTH:
        return text_format(a,
                           "the log of %s with %" PRIu64 " records begins with the one of %" PRIu64
                           ": nothing in it was changed",
                           log, j->at.size, j->since.size);
    case PROVED_SHARE:
        return text_format(a,
                           "this is the log of %s: %" PRIu64 " records are shown, %" PRIu64
                           " are withheld, none was changed",
                           log, j->shown, j->withheld);
    }
    return NULL;
}

/* The record as the exchange file has it, without its end of line. */
static const char *record_line(struct arena *a, const struct record *r)
{
    struct buf line = {.arena = a};
    exchange_record(&line, r);
    line.text[line.len - 1] = '\0';
    return line.text;
}

static void put_details(struct answer *w, struct arena *a, const struct judgement *j)
{
    char *root = NEW_ARRAY(a, SHA_HEX, char);
    hex_encode(j->at.root, SHA_BYTES, root);
    answer_put(w, "log", cell_text(j->at.origin));
    answer_put(w, "records", cell_count((i128)j->at.size));
    answer_put(w, "root", cell_text(root));
    answer_put(w, "signed_by", cell_text(note_key_id(a, j->at.by)));
    const char *others = witnesses_text(a, &j->at);
    answer_put(w, "witnessed_by", others ? cell_text(others) : cell_null());
    if (j->what == PROVED_GROWTH) answer_put(w, "since", cell_count((i128)j->since.size));
    if (j->what == PROVED_RECORD) {
        answer_put(w, "id", cell_label((i128)j->id));
        answer_put(w, "record", j->record ? cell_text(record_line(a, j->record)) : cell_null());
    }
    if (j->what == PROVED_SHARE) {
        answer_put(w, "shown", cell_count((i128)j->shown));
        answer_put(w, "withheld", cell_count((i128)j->withheld));
    }
}

int verify_proof(struct context *ctx, const char *path, const struct texts *given)
{
    struct arena *a = ctx->arena;
    struct err err = {0};
    struct trust trust;
    struct input file;
    struct judgement j;
    if (!given->count) {
        return cmd_misuse(ctx, "--trust is missing: whose signature is the proof to rest on?");
    }
    enum rc rc = trust_gather(a, given, NULL, &trust, &err);
    if (!rc) rc = file_input(a, path, &file, &err);
    if (rc) return cmd_refuse(ctx, &err);
    rc = proof_judge(a, file.bytes, file.len, &trust, &j, &err);
    if (rc == RC_INPUT) {
        fail_in(&err, "'%.100s'", path);
        return cmd_refuse(ctx, &err);
    }
    struct answer *w = answer_new(a, rc ? "The proof does not hold" : "The proof holds");
    answer_put(w, "holds", cell_bool(!rc));
    answer_put(w, "proves", rc ? cell_null() : cell_text(said(a, &j)));
    if (!rc) put_details(w, a, &j);
    answer_put(w, "why", rc ? cell_text(err.msg) : cell_null());
    int code = cmd_answer(ctx, w);
    return code || !rc ? code : EXIT_FINDING;
}
