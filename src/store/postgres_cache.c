/*
 * postgres_cache.c - what this machine keeps of a store on a server.
 *
 * Beside a file lies what was worked out of it: the book as it was folded, the
 * set of its keys, the index of words. Beside a database there is no place, and
 * who only reads it may leave nothing in it. So these files lie in the cache of
 * whoever asks: XDG_CACHE_HOME, else ~/.cache. Their names are of the address,
 * the table and the first root: a copy that was made anew, or another log under
 * the same address, has files of its own. Nobody else may look into them.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "store/pieces.h"
#include "store/postgres.h"

enum { KEYS_LEAST = 16384, KEYS_PART = 8 }; /* when a set of keys is worth keeping */

/* The folder, made if something is to be written into it; NULL: there can be none. */
static const char *folder(struct arena *a, bool to_write)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    if (!cache || *cache != '/') {
        if (!home || *home != '/') return NULL;
        cache = text_format(a, "%s/.cache", home);
    }
    if (to_write) mkdir(cache, 0700);
    cache = text_format(a, "%s/muster", cache);
    if (to_write) mkdir(cache, 0700);
    return !to_write || access(cache, W_OK) == 0 ? cache : NULL;
}

const char *postgres_beside(struct store *base, struct arena *a, const char *name, bool to_write,
                            struct aside_owner *owner)
{
    struct postgres *s = (struct postgres *)base;
    struct buf what = {.arena = a};
    struct err unused;
    uint8_t hash[SHA_BYTES];
    char hex[SHA_HEX];
    PGresult *r;
    const char *in = folder(a, to_write);
    *owner = (struct aside_owner){0600, geteuid(), getegid()};
    if (!in || postgres_ask(s, PG_FIRST, NULL, &r, &unused)) return NULL;
    bool first = r && PQntuples(r) == 1;
    if (first) {
        buf_addf(&what, "%s %s %" PRId64 " ", s->link.name, PQdb(s->link.conn), pg_number(r, 0, 0));
        buf_add_bytes(&what, PQgetvalue(r, 0, 1), (size_t)PQgetlength(r, 0, 1));
    }
    PQclear(r);
    if (!first) return NULL;
    sha256(what.text, what.len, hash);
    hex_encode(hash, SHA_BYTES, hex);
    return text_format(a, "%s/%.32s-%s", in, hex, name);
}

enum rc postgres_pieces(struct store *base, bool alone, struct pieces **out, struct err *err)
{
    struct arena a = {0};
    struct aside_owner unused;
    const char *path = alone ? NULL : postgres_beside(base, &a, "words", true, &unused);
    enum rc rc = path ? pieces_sqlite_open(path, out, err) : RC_ABSENT;
    if (rc == RC_ABSENT) rc = pieces_sqlite_open("", out, err);
    arena_free(&a);
    return rc;
}

enum rc postgres_commit_at(struct store *base, uint64_t last, struct commit *out, struct err *err)
{
    struct pg_params p = {0};
    PGresult *r = NULL;
    if (last > INT64_MAX) return fail(err, RC_ABSENT, "no such commit");
    pg_put_number(&p, (int64_t)last);
    enum rc rc = postgres_ask((struct postgres *)base, PG_LAST, &p, &r, err);
    if (!rc && (!r || PQntuples(r) != 1)) {
        rc = fail(err, RC_ABSENT, "no commit ends with entry %" PRIu64, last);
    } else if (!rc && PQgetlength(r, 0, 0) != SHA_BYTES) {
        rc = fail(err, RC_STORE, "the commit of entry %" PRIu64 " is damaged", last);
    } else if (!rc) {
        *out = (struct commit){.last = last, .recorded_ms = pg_number(r, 0, 1)};
        memcpy(out->root, PQgetvalue(r, 0, 0), SHA_BYTES);
    }
    PQclear(r);
    return rc;
}

/* --- the set of keys --- */

/* For idems_take(). */
static bool has_commit(void *ctx, const struct idems_at *at)
{
    struct commit c;
    struct err unused;
    if (at->last == 0 || postgres_commit_at(ctx, at->last, &c, &unused)) return false;
    return c.recorded_ms == at->recorded_ms && memcmp(c.root, at->root, SHA_BYTES) == 0;
}

void postgres_take_idems(struct postgres *s)
{
    struct arena a = {0};
    struct aside_owner unused;
    struct idems_at at;
    const char *path = postgres_beside(&s->base, &a, "keys", false, &unused);
    if (path && idems_take(&s->idems, path, has_commit, s, &at)) s->idems_to = at.last;
    arena_free(&a);
}

void postgres_keep_idems(struct postgres *s, uint64_t read, const struct idems_at *at)
{
    struct arena a = {0};
    struct aside_owner owner;
    if (read < KEYS_LEAST || read < at->last / KEYS_PART) return;
    const char *path = postgres_beside(&s->base, &a, "keys", true, &owner);
    if (path) (void)idems_keep(&s->idems, path, &owner, at);
    arena_free(&a);
}
