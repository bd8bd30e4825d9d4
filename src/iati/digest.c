/*
 * digest.c - what an activity says, as one number: tree.h.
 *
 * A real digest and no quick hash, for an activity that has the number of an
 * earlier one is passed over, and nobody may write one that hides another's.
 */
#include <string.h>

#include "iati/tree.h"

enum { HELD = 8192 };

struct digest {
    struct sha_stream sha;
    size_t len;
    char held[HELD];
};

static void add_bytes(struct digest *d, const void *bytes, size_t len)
{
    if (len > HELD - d->len) {
        sha_add(&d->sha, d->held, d->len);
        d->len = 0;
    }
    if (len > HELD) {
        sha_add(&d->sha, bytes, len);
        return;
    }
    memcpy(d->held + d->len, bytes, len);
    d->len += len;
}

/* With its NUL, which no text of a file has: so no two lists of texts are the same bytes. */
static void add_text(struct digest *d, const char *text)
{
    add_bytes(d, text, strlen(text) + 1);
}

/* The parser allows a depth of IATI_DEPTH_MAX. */
static void add_element(struct digest *d, const struct tree *t)
{
    const struct iati_node *n = &t->node;
    add_text(d, n->name);
    add_text(d, n->ns);
    add_bytes(d, &n->attr_count, sizeof n->attr_count);
    for (uint32_t i = 0; i < n->attr_count; i++) {
        add_text(d, n->attrs[i].name);
        add_text(d, n->attrs[i].ns);
        add_text(d, n->attrs[i].value);
    }
    add_text(d, n->text);
    for (const struct tree *c = tree_first(t); c; c = tree_next(c)) add_element(d, c);
    add_text(d, ""); /* no element has that name */
}

void tree_digest(const struct tree *t, const struct around *around, uint8_t out[SHA_BYTES])
{
    struct digest d;
    d.len = 0;
    sha_begin(&d.sha);
    add_text(&d, around->version);
    add_text(&d, around->currency);
    add_text(&d, around->lang);
    add_bytes(&d, &around->generated_ms, sizeof around->generated_ms);
    add_element(&d, t);
    sha_add(&d.sha, d.held, d.len);
    sha_end(&d.sha, out);
}
