/*
 * cmd_key.c - muster key: the key that signs what a book was.
 *
 * The secret half never leaves its file: it is not printed, not backed up, and
 * gone once the key was changed. The public half is for everybody.
 */
#include <string.h>

#include "backup/durable.h"
#include "base/text.h"
#include "cli/beside.h"
#include "cli/keys.h"

struct key_args {
    const char *key, *name;
    bool replace;
};

static enum rc paths(const struct context *ctx, const struct key_args *args, const char **secret,
                     const char **public, struct err *err)
{
    enum rc rc = beside(ctx, args->key, "key", "key", secret, err);
    if (!rc) *public = text_format(ctx->arena, "%s.pub", *secret);
    return rc;
}

static enum rc write_secret(struct arena *a, const char *path, const struct signer *s,
                            struct err *err)
{
    const char *text = text_format(a, "%s\n", signer_text(a, s));
    return durable_write(path, 0600, text, strlen(text), err);
}

static int shown(struct context *ctx, const struct signer *s, const char *secret,
                 const char *public, const char *title)
{
    struct answer *w = answer_new(ctx->arena, title);
    answer_put(w, "name", cell_text(s->key.name));
    answer_put(w, "id", cell_text(note_key_id(ctx->arena, &s->key)));
    answer_put(w, "public", cell_text(note_key_text(ctx->arena, &s->key)));
    answer_put(w, "secret_file", cell_text(secret));
    answer_put(w, "public_file", cell_text(public));
    struct trust trust;
    struct err err = {0};
    struct texts none = {0};
    enum rc rc = trust_gather(ctx->arena, &none, public, &trust, &err);
    struct rows *rows = answer_rows(w, "keys");
    rows->title = "Keys so far";
    rows_columns(rows, "id public current");
    for (uint32_t i = 0; !rc && i < trust.count; i++) {
        const struct note_key *k = &trust.keys[i];
        ROW(rows, cell_text(note_key_id(ctx->arena, k)), cell_text(note_key_text(ctx->arena, k)),
            cell_bool(k->id == s->key.id));
    }
    if (rc) answer_note(w, "%s", err.msg);
    int code = cmd_answer(ctx, w);
    if (code || rc != RC_STORE) return code || !rc ? code : EXIT_FINDING;
    return cmd_refuse(ctx, &err);
}

static int new_run(struct context *ctx, const void *given)
{
    const struct key_args *args = given;
    struct arena *a = ctx->arena;
    struct err err = {0};
    struct signer s;
    const char *secret, *public;
    if (!args->name) {
        return cmd_misuse(ctx, "--name is missing: under which name does the book sign? For"
                               " example 'example.org/book'");
    }
    enum rc rc = paths(ctx, args, &secret, &public, &err);
    if (!rc) rc = note_name_check(args->name, &err);
    if (rc) return cmd_misuse(ctx, "%s", err.msg);
    rc = args->replace ? RC_ABSENT : durable_look(secret, &err);
    if (rc == RC_STORE) return cmd_refuse(ctx, &err);
    if (rc == RC_OK) {
        rc = fail(&err, RC_RULE,
                  "there is a key '%.120s' already: 'muster key rotate' hands over to a new one;"
                  " --replace forgets it",
                  secret);
        return cmd_refuse(ctx, &err);
    }
    signer_new(a, args->name, &s);
    const char *text = text_format(a, "%s\n", note_key_text(a, &s.key));
    rc = durable_write(public, 0644, text, strlen(text), &err);
    if (!rc) rc = write_secret(a, secret, &s, &err);
    return rc ? cmd_refuse(ctx, &err) : shown(ctx, &s, secret, public, "A new key");
}

static int show_run(struct context *ctx, const void *given)
{
    struct err err = {0};
    struct signer s;
    const char *secret, *public;
    enum rc rc = paths(ctx, given, &secret, &public, &err);
    if (rc) return cmd_misuse(ctx, "%s", err.msg);
    rc = key_read(ctx->arena, secret, &s, &err);
    return rc ? cmd_refuse(ctx, &err) : shown(ctx, &s, secret, public, "The key");
}

/*
 * First the handover, then the new secret in place of the old one. Killed in
 * between, the old key still signs, and the file hands over to one that nobody has.
 */
static int rotate_run(struct context *ctx, const void *given)
{
    struct arena *a = ctx->arena;
    struct err err = {0};
    struct signer old, next;
    const char *secret, *public, *before;
    size_t len;
    enum rc rc = paths(ctx, given, &secret, &public, &err);
    if (rc) return cmd_misuse(ctx, "%s", err.msg);
    rc = key_read(a, secret, &old, &err);
    if (!rc) rc = durable_read(a, public, KEYS_BYTES_MAX / 2, &before, &len, &err);
    if (rc) return cmd_refuse(ctx, &err);
    signer_new(a, old.key.name, &next);
    const char *text = text_format(a, "%s\n%s", before, handover_sign(a, &old, &next));
    rc = durable_write(public, 0644, text, strlen(text), &err);
    if (!rc) rc = write_secret(a, secret, &next, &err);
    return rc ? cmd_refuse(ctx, &err) : shown(ctx, &next, secret, public, "The next key");
}

#define USES_KEY (USES_STORE | USES_ANSWER)

static const struct command part_new = {
    .name = "new",
    .about = "make the key that signs this book's checkpoints",
    .details = "The secret key goes into STORE.key, for its owner alone to read; the public key"
               " into STORE.key.pub, to be given to whoever is to check. Keep a copy of the secret"
               " key where no backup of the book lies: who has it can sign in your name, and"
               " without it only a key that nobody knows yet can go on.\n\n"
               "The name says whose log is signed, and others look for it: an address of yours"
               " without 'https://' is no other's, and need not answer.",
    .examples = "muster key new --name muster.example.org/book\n",
    .opts =
        (const struct opt[]){
            {"name", INTO(struct key_args, name), .arg = "NAME",
             .help = "under which name the book signs"},
            {"replace", INTO(struct key_args, replace),
             .help = "forget the key that is there, which fell into wrong hands or was lost"},
            KEY_OPT(struct key_args),
            {0},
        },
    .uses = USES_KEY,
    .args_size = sizeof(struct key_args),
    .run = new_run,
};

static const struct opt only_key[] = {KEY_OPT(struct key_args), {0}};

static const struct command part_show = {
    .name = "show",
    .about = "the public key, and where both halves are",
    .details = "Never prints the secret key.",
    .opts = only_key,
    .uses = USES_KEY,
    .args_size = sizeof(struct key_args),
    .run = show_run,
};

static const struct command part_rotate = {
    .name = "rotate",
    .about = "go on with a new key, which the old one vouches for",
    .details = "The old key signs a note that names the new one, and is gone. The note is in"
               " STORE.key.pub: who has the old public key and gets this file trusts the new key"
               " too. What the old key signed stays signed. A key that others may have had must"
               " not vouch for anything: 'muster key new --replace' makes one that stands alone,"
               " and everybody who checks must be told its public key anew.",
    .examples = "muster key rotate\n",
    .opts = only_key,
    .uses = USES_KEY,
    .args_size = sizeof(struct key_args),
    .run = rotate_run,
};

const struct command cmd_key = {
    .name = "key",
    .group = GROUP_OTHER,
    .about = "the key that signs what the book was: new, show, rotate",
    .uses = USES_KEY,
    .parts = (const struct command *const[]){&part_new, &part_show, &part_rotate, NULL},
};
