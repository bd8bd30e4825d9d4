/* judge.c - see judge.h. */
#include "proof/judge.h"

#include <inttypes.h>
#include <string.h>

#include "base/base64.h"
#include "base/text.h"
#include "proof/prove.h"
#include "record/exchange.h"
#include "record/proof.h"

struct reader {
    struct arena *arena;
    const char *at, *end;
    const struct trust *trust;
    uint64_t line;
};

static enum rc no_proof(const struct reader *r, const char *why, struct err *err)
{
    return fail(err, RC_INPUT, "line %" PRIu64 ": this is no proof: %s", r->line, why);
}

/* The next line without its end; false where all ends, or is cut off. */
static bool next_line(struct reader *r, const char **text, size_t *len)
{
    const char *newline = r->at < r->end ? memchr(r->at, '\n', (size_t)(r->end - r->at)) : NULL;
    if (!newline) return false;
    *text = r->at;
    *len = (size_t)(newline - r->at);
    r->at = newline + 1;
    r->line++;
    return true;
}

/* "NAME VALUE" */
static bool member(const char *line, size_t len, const char *name, const char **value,
                   size_t *value_len)
{
    size_t head = strlen(name);
    if (len <= head + 1 || memcmp(line, name, head) != 0 || line[head] != ' ') return false;
    *value = line + head + 1;
    *value_len = len - head - 1;
    return true;
}

static bool number(const char *text, size_t len, uint64_t *out)
{
    *out = 0;
    if (len == 0 || len > 18 || (text[0] == '0' && len > 1)) return false;
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        *out = *out * 10 + (uint64_t)(text[i] - '0');
    }
    return true;
}

/* Hashes, a line each, up to an empty line. */
static enum rc read_path(struct reader *r, uint8_t path[PROOF_MAX][SHA_BYTES], uint32_t *count,
                         struct err *err)
{
    const char *line;
    size_t len, hash_len;
    for (*count = 0; next_line(r, &line, &len);) {
        if (len == 0) return RC_OK;
        const uint8_t *hash = base64_decode(r->arena, line, len, &hash_len);
        if (!hash || hash_len != SHA_BYTES) return no_proof(r, "a hash belongs here", err);
        if (*count == PROOF_MAX) return no_proof(r, "it has too many hashes", err);
        memcpy(path[(*count)++], hash, SHA_BYTES);
    }
    return no_proof(r, "it is cut off", err);
}

/* A checkpoint: up to its second empty line, or where the file ends. */
static enum rc read_checkpoint(struct reader *r, struct checkpoint *out, struct err *err)
{
    const char *from = r->at, *line;
    size_t len;
    int empty = 0;
    size_t note = 0;
    while (empty < 2 && next_line(r, &line, &len)) {
        empty += len == 0;
        if (empty < 2) note = (size_t)(r->at - from);
    }
    if (empty < 2) note = (size_t)(r->end - from); /* a last line without an end spoils it */
    enum rc rc = checkpoint_open(r->arena, from, note, r->trust, out, err);
    return rc ? fail_in(err, "the checkpoint") : RC_OK;
}

static enum rc nothing_more(const struct reader *r, struct err *err)
{
    return r->at == r->end ? RC_OK : no_proof(r, "something follows the checkpoint", err);
}

static enum rc does_not_hold(const char *why, struct err *err)
{
    return fail(err, RC_RULE, "the proof does not hold: %s", why);
}

/* --- a record --- */

/* What the leaf is of; the record is what its bytes say, and must be at its place. */
static enum rc read_extra(struct reader *r, const char *text, size_t len, struct judgement *out,
                          uint8_t leaf[SHA_BYTES], struct err *err)
{
    size_t count;
    const uint8_t *extra = base64_decode(r->arena, text, len, &count);
    if (extra && count == 1 + SHA_BYTES && extra[0] == 0) {
        memcpy(leaf, extra + 1, SHA_BYTES);
        return RC_OK;
    }
    if (!extra || count <= 1 + SALT_BYTES || extra[0] != 1) {
        return no_proof(r, "neither a record nor a leaf is in it", err);
    }
    struct record *record = NEW(r->arena, struct record);
    const uint8_t *bytes = extra + 1 + SALT_BYTES;
    size_t bytes_len = count - 1 - SALT_BYTES;
    merkle_leaf(extra + 1, bytes, bytes_len, leaf);
    enum rc rc = record_decode(r->arena, bytes, bytes_len, record, err);
    if (rc) return fail_in(err, "line %" PRIu64, r->line);
    memcpy(record->salt, extra + 1, SALT_BYTES);
    out->record = record;
    return RC_OK;
}

static enum rc judge_record(struct reader *r, struct judgement *out, struct err *err)
{
    uint8_t leaf[SHA_BYTES], path[PROOF_MAX][SHA_BYTES];
    const char *line, *value;
    size_t len, value_len;
    uint64_t index;
    uint32_t count;
    if (!next_line(r, &line, &len) || !member(line, len, "extra", &value, &value_len)) {
        return no_proof(r, "a record belongs here", err);
    }
    enum rc rc = read_extra(r, value, value_len, out, leaf, err);
    if (rc) return rc;
    if (!next_line(r, &line, &len) || !member(line, len, "index", &value, &value_len) ||
        !number(value, value_len, &index)) {
        return no_proof(r, "the record's place belongs here", err);
    }
    rc = read_path(r, path, &count, err);
    if (!rc) rc = read_checkpoint(r, &out->at, err);
    if (!rc) rc = nothing_more(r, err);
    if (rc) return rc;
    out->id = index + 1;
    if (!proof_included(leaf, index, out->at.size, path, count, out->at.root)) {
        return does_not_hold("this record is not at that place of the log that was signed", err);
    }
    if (out->record && out->record->id != out->id) {
        return does_not_hold("the record says that it has another place", err);
    }
    return RC_OK;
}

/* --- growth --- */

static enum rc judge_growth(struct reader *r, struct judgement *out, struct err *err)
{
    uint8_t path[PROOF_MAX][SHA_BYTES];
    uint32_t count;
    enum rc rc = read_path(r, path, &count, err);
    if (!rc) rc = read_checkpoint(r, &out->since, err);
    if (!rc) rc = read_checkpoint(r, &out->at, err);
    if (!rc) rc = nothing_more(r, err);
    if (rc) return rc;
    if (strcmp(out->since.origin, out->at.origin) != 0) {
        return does_not_hold("the two checkpoints are of two logs", err);
    }
    if (!proof_consistent(out->since.size, out->since.root, out->at.size, out->at.root, path,
                          count)) {
        return does_not_hold("the later log does not begin with the earlier one", err);
    }
    return RC_OK;
}

/* --- a log with some withheld --- */

static enum rc take_withheld(const struct reader *r, const char *value, size_t len, uint64_t want,
                             uint8_t leaf[SHA_BYTES], struct err *err)
{
    const char *space = memchr(value, ' ', len);
    uint64_t id;
    if (!space || !number(value, (size_t)(space - value), &id) ||
        len - (size_t)(space + 1 - value) != 2 * SHA_BYTES ||
        hex_decode(space + 1, SHA_BYTES, leaf)) {
        return no_proof(r, "a number and a leaf belong here", err);
    }
    return id == want ? RC_OK : no_proof(r, "a record is missing or out of place", err);
}

static enum rc take_shown(const struct reader *r, struct arena *scratch, char *text, size_t len,
                          uint64_t want, struct exchange_line *line, uint8_t leaf[SHA_BYTES],
                          struct err *err)
{
    enum rc rc = exchange_parse(scratch, text, len, line, err);
    if (rc) return fail_in(err, "line %" PRIu64, r->line);
    if (line->sort != EXCHANGE_RECORD) return RC_OK;
    if (line->record.id != want) return no_proof(r, "a record is missing or out of place", err);
    rc = record_check(&line->record, err);
    if (rc) {
        err->code = RC_INPUT;
        return fail_in(err, "line %" PRIu64, r->line);
    }
    struct buf bytes = {.arena = scratch};
    record_encode(&bytes, &line->record);
    merkle_leaf(line->record.salt, bytes.text, bytes.len, leaf);
    return RC_OK;
}

static enum rc check_end(const struct merkle *tree, const struct exchange_line *end,
                         struct err *err)
{
    uint8_t root[SHA_BYTES];
    merkle_root(tree, root);
    if (end->last == tree->count && memcmp(end->root, root, SHA_BYTES) == 0) return RC_OK;
    return does_not_hold("the records above do not come out at the root below them", err);
}

/* Lines up to "end"; the tree over all of them. */
static enum rc read_share(struct reader *r, struct arena *scratch, struct judgement *out,
                          struct merkle *tree, struct err *err)
{
    const char *text, *value;
    size_t len, value_len;
    while (next_line(r, &text, &len)) {
        uint8_t leaf[SHA_BYTES];
        struct exchange_line line = {.sort = EXCHANGE_RECORD};
        enum rc rc;
        arena_reset(scratch);
        if (len > EXCHANGE_LINE_MAX) return no_proof(r, "the line is too long", err);
        bool withheld = member(text, len, "withheld", &value, &value_len);
        if (withheld) {
            rc = take_withheld(r, value, value_len, tree->count + 1, leaf, err);
        } else {
            char *copy = arena_alloc(scratch, len + 1, 1); /* the parser writes in it */
            memcpy(copy, text, len);
            rc = take_shown(r, scratch, copy, len, tree->count + 1, &line, leaf, err);
        }
        if (rc) return rc;
        if (line.sort == EXCHANGE_END) return check_end(tree, &line, err);
        if (line.sort != EXCHANGE_RECORD) return no_proof(r, "a record belongs here", err);
        merkle_add(tree, leaf);
        out->withheld += withheld;
        out->shown += !withheld;
    }
    return no_proof(r, "it is cut off", err);
}

static enum rc judge_share(struct reader *r, struct judgement *out, struct err *err)
{
    struct arena scratch = {0};
    struct merkle tree = {0};
    uint8_t root[SHA_BYTES];
    const char *line;
    size_t len;
    enum rc rc = read_share(r, &scratch, out, &tree, err);
    arena_free(&scratch);
    if (!rc && (!next_line(r, &line, &len) || len)) rc = no_proof(r, "it is cut off", err);
    if (!rc) rc = read_checkpoint(r, &out->at, err);
    if (!rc) rc = nothing_more(r, err);
    if (rc) return rc;
    merkle_root(&tree, root);
    if (tree.count == out->at.size && memcmp(root, out->at.root, SHA_BYTES) == 0) return RC_OK;
    return does_not_hold("these records are not the log that was signed", err);
}

enum rc proof_judge(struct arena *a, const char *bytes, size_t len, const struct trust *trust,
                    struct judgement *out, struct err *err)
{
    static const struct {
        const char *header;
        enum rc (*judge)(struct reader *r, struct judgement *out, struct err *err);
    } sorts[] = {[PROVED_RECORD] = {PROOF_RECORD_HEADER, judge_record},
                 [PROVED_GROWTH] = {PROOF_GROWTH_HEADER, judge_growth},
                 [PROVED_SHARE] = {PROOF_SHARE_HEADER, judge_share}};
    struct reader r = {.arena = a, .at = bytes, .end = bytes + len, .trust = trust, .line = 1};
    *out = (struct judgement){0};
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
        size_t head = strlen(sorts[i].header);
        if (len < head || memcmp(bytes, sorts[i].header, head) != 0) continue;
        out->what = (enum proved)i;
        r.at += head;
        return sorts[i].judge(&r, out, err);
    }
    return no_proof(&r, "it begins as none does", err);
}
