/* checkpoint.c - see checkpoint.h. */
#include "proof/checkpoint.h"

#include <inttypes.h>
#include <string.h>

#include "base/base64.h"
#include "base/text.h"

#define HANDOVER "goes on with the key "

void checkpoint_sign(struct arena *a, const struct signer *s, struct checkpoint *c)
{
    const char *text = text_format(a, "%s\n%" PRIu64 "\n%s\n", c->origin, c->size,
                                   base64_encode(a, c->root, SHA_BYTES));
    c->note = note_sign(a, text, s, 1);
    c->note_len = strlen(c->note);
    c->by = &s->key;
}

/* Digits without a zero in front. */
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

/* Three lines; more may follow, which say nothing to us. */
static bool parse(struct arena *a, const struct note *note, struct checkpoint *out)
{
    const char *at = note->text, *end = note->text + note->len, *lines[3];
    size_t len[3], count;
    for (int i = 0; i < 3; i++) {
        const char *newline = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
        if (!newline || newline == at) return false;
        lines[i] = at;
        len[i] = (size_t)(newline - at);
        at = newline + 1;
    }
    out->origin = arena_bytes(a, lines[0], len[0]);
    if (!number(lines[1], len[1], &out->size)) return false;
    const uint8_t *root = base64_decode(a, lines[2], len[2], &count);
    if (!root || count != SHA_BYTES) return false;
    memcpy(out->root, root, SHA_BYTES);
    return true;
}

enum rc checkpoint_open(struct arena *a, const char *bytes, size_t len, const struct trust *trust,
                        struct checkpoint *out, struct err *err)
{
    struct note note;
    *out = (struct checkpoint){.note = bytes, .note_len = len};
    enum rc rc = note_open(a, bytes, len, trust, &note, err);
    if (rc) return rc;
    if (!parse(a, &note, out)) return fail(err, RC_INPUT, "this note is no checkpoint");
    struct note_signer *others = NEW_ARRAY(a, note.signer_count, struct note_signer);
    for (uint32_t i = 0; i < note.signer_count; i++) {
        const struct note_key *k = note.signers[i].key;
        bool own = k->type == NOTE_SIGNS && strcmp(out->origin, k->name) == 0;
        if (own && !out->by) out->by = k;
        if (!own) others[out->witness_count++] = note.signers[i];
    }
    out->witnesses = others;
    if (out->by) return RC_OK;
    return fail(err, RC_RULE, "it is of the log '%.80s', and was signed by '%.80s'", out->origin,
                note.by->name);
}

/* --- keys that change --- */

const char *handover_sign(struct arena *a, const struct signer *from, const struct signer *to)
{
    struct signer both[] = {*from, *to};
    const char *text =
        text_format(a, "%s\n" HANDOVER "%s\n", from->key.name, note_key_text(a, &to->key));
    return note_sign(a, text, both, 2);
}

static bool trusted(const struct trust *t, const struct note_key *k)
{
    for (uint32_t i = 0; i < t->count; i++) {
        if (t->keys[i].id == k->id && strcmp(t->keys[i].name, k->name) == 0) return true;
    }
    return false;
}

/* One handover note: the key that it names counts if one that does signed it. */
static enum rc take_handover(struct trust *t, struct arena *a, const char *bytes, size_t len,
                             struct err *err)
{
    struct note note;
    struct note_key key;
    enum rc rc = note_open(a, bytes, len, t, &note, err);
    if (rc == RC_ABSENT) return RC_OK; /* it is of keys that nobody here began with */
    if (rc) return rc;
    const char *line = memchr(note.text, '\n', note.len);
    size_t head = strlen(HANDOVER), left = note.len - (size_t)(line + 1 - note.text);
    if (left <= head + 1 || memcmp(line + 1, HANDOVER, head) != 0) {
        return fail(err, RC_INPUT, "this note hands no key over");
    }
    rc = note_key_parse(a, line + 1 + head, left - head - 1, &key, err);
    if (rc) return rc;
    if (strcmp(key.name, note.by->name) != 0) {
        return fail(err, RC_RULE, "'%.80s' cannot hand over to '%.80s'", note.by->name, key.name);
    }
    /* Who is handed over to signed it as well, and so has that key's secret. */
    struct trust alone = {.keys = &key, .count = 1};
    if (note_open(a, bytes, len, &alone, &note, err)) {
        return fail(err, RC_RULE, "'%.80s' hands over to a key that did not sign it", key.name);
    }
    if (!trusted(t, &key)) trust_add(t, a, &key);
    return RC_OK;
}

/* The end of the note that begins there: behind its second empty line, or where all ends. */
static const char *note_end(const char *at, const char *end)
{
    int empty = 0;
    for (const char *p = at; p + 1 < end; p++) {
        if (p[0] == '\n' && p[1] == '\n' && ++empty == 2) return p + 1;
    }
    return end;
}

enum rc trust_read(struct trust *t, struct arena *a, const char *bytes, size_t len, bool first,
                   struct err *err)
{
    const char *end = bytes + len, *newline = memchr(bytes, '\n', len);
    size_t line = newline ? (size_t)(newline - bytes) : len;
    struct note_key key;
    enum rc rc = note_key_parse(a, bytes, line, &key, err);
    if (!rc && first && !trusted(t, &key)) trust_add(t, a, &key);
    const char *at = newline ? newline + 1 : end;
    while (!rc && at < end) {
        if (*at == '\n') {
            at++;
            continue;
        }
        const char *stop = note_end(at, end);
        rc = take_handover(t, a, at, (size_t)(stop - at), err);
        at = stop;
    }
    return rc;
}
