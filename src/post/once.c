/*
 * once.c - a request is recorded once for its key; see post.h.
 *
 * A client whose answer was lost cannot know whether its commit was. The
 * request is a record of the commit itself, so that the two are there or not
 * there together, and the log's natural keys, which stand there once, keep two
 * writers from taking the same request up at the same time.
 */
#include <string.h>

#include "base/sha.h"
#include "post/inside.h"

static const struct record *request_of(const struct book *b, const char *key)
{
    uint32_t noun = book_noun(b, KIND_REQUEST, key);
    return noun == NONE ? NULL : book_version(b, noun, INT64_MAX);
}

enum rc posting_once(struct posting *p, const struct request *r, const struct record **before,
                     struct err *err)
{
    uint8_t hash[SHA_BYTES];
    char hex[SHA_HEX];
    sha256(r->asked, strlen(r->asked), hash);
    hex_encode(hash, SHA_BYTES, hex);
    *before = request_of(p->view->book, r->key);
    if (*before && strcmp(record_text(*before, F_HASH), hex) != 0) {
        return fail(err, RC_RULE, "something else was asked for under the key '%.100s'", r->key);
    }
    if (*before) return RC_OK;
    struct record *draft = record_new(p->arena, KIND_REQUEST);
    draft->label = r->label;
    record_set_text(p->arena, draft, F_KEY, r->key);
    record_set_text(p->arena, draft, F_AUTHOR, r->author);
    record_set_text(p->arena, draft, F_HASH, hex);
    return posting_add(p, draft, NULL, err);
}
