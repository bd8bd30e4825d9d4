/* keys.c - see keys.h. */
#include "cli/keys.h"

#include <string.h>
#include <sys/stat.h>

#include "backup/durable.h"
#include "base/buf.h"
#include "base/day.h"

static size_t first_line(const char *text, size_t len)
{
    const char *newline = memchr(text, '\n', len);
    return newline ? (size_t)(newline - text) : len;
}

enum rc key_read(struct arena *a, const char *path, struct signer *out, struct err *err)
{
    struct stat st;
    const char *text;
    size_t len;
    enum rc rc = durable_read(a, path, KEYS_BYTES_MAX, &text, &len, err);
    if (rc == RC_ABSENT) {
        return fail(err, RC_ABSENT, "there is no key '%.150s'; 'muster key new' makes one", path);
    }
    if (rc) return rc;
    if (stat(path, &st) != 0 || st.st_mode & 077) {
        return fail(err, RC_STORE,
                    "others may read the key '%.120s', so it may be theirs by now: 'muster key new"
                    " --replace' makes another",
                    path);
    }
    rc = signer_parse(a, text, first_line(text, len), out, err);
    return rc ? fail_in(err, "'%.120s'", path) : RC_OK;
}

static enum rc trust_file(struct arena *a, const char *path, bool first, struct trust *out,
                          struct err *err)
{
    const char *text;
    size_t len;
    enum rc rc = durable_read(a, path, KEYS_BYTES_MAX, &text, &len, err);
    if (!rc) rc = trust_read(out, a, text, len, first, err);
    return rc ? fail_in(err, "'%.120s'", path) : RC_OK;
}

enum rc trust_gather(struct arena *a, const struct texts *given, const char *own, struct trust *out,
                     struct err *err)
{
    struct note_key key;
    struct err ignored;
    enum rc rc = RC_OK;
    *out = (struct trust){0};
    if (given->count == 0) return own ? trust_file(a, own, true, out, err) : RC_OK;
    for (uint32_t i = 0; i < given->count; i++) {
        const char *text = given->at[i];
        if (!note_key_parse(a, text, strlen(text), &key, &ignored)) trust_add(out, a, &key);
    }
    bool typed = false; /* a witness's key stands for nobody's log */
    for (uint32_t i = 0; i < out->count; i++) typed |= out->keys[i].type == NOTE_SIGNS;
    for (uint32_t i = 0; i < given->count && !rc; i++) {
        const char *text = given->at[i];
        if (!note_key_parse(a, text, strlen(text), &key, &ignored)) continue;
        rc = trust_file(a, text, !typed, out, err);
        if (rc == RC_ABSENT) {
            rc = fail(err, RC_INPUT, "--trust: '%.150s' is neither a public key nor a file", text);
        }
    }
    return rc;
}

enum rc checkpoint_read(struct arena *a, const char *path, const struct trust *trust,
                        struct checkpoint *out, struct err *err)
{
    const char *text;
    size_t len;
    enum rc rc = durable_read(a, path, NOTE_BYTES_MAX, &text, &len, err);
    if (!rc) rc = checkpoint_open(a, text, len, trust, out, err);
    return rc ? fail_in(err, "'%.120s'", path) : RC_OK;
}

const char *witnesses_text(struct arena *a, const struct checkpoint *c)
{
    struct buf b = {.arena = a};
    for (uint32_t i = 0; i < c->witness_count; i++) {
        char at[INSTANT_TEXT];
        const struct note_signer *w = &c->witnesses[i];
        buf_addf(&b, "%s%s", i ? ", " : "", w->key->name);
        if (w->at_s && w->at_s < INT32_MAX * UINT64_C(100)) {
            buf_addf(&b, " at %s", instant_format((int64_t)w->at_s * 1000, at));
        }
    }
    return b.len ? b.text : NULL;
}

/* --- what was signed, and the log --- */

struct sought {
    const struct checkpoint *checkpoint;
    bool there;
};

static enum rc compare_commit(void *ctx, const struct commit *c, struct err *err)
{
    struct sought *s = ctx;
    (void)err;
    s->there |=
        c->last == s->checkpoint->size && memcmp(c->root, s->checkpoint->root, SHA_BYTES) == 0;
    return RC_OK;
}

enum rc log_ended_there(struct store *store, const struct checkpoint *c, bool *there,
                        struct err *err)
{
    struct sought s = {.checkpoint = c, .there = c->size == 0};
    enum rc rc = store->ops->commits(store, compare_commit, &s, err);
    *there = s.there;
    return rc;
}
