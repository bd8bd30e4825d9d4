/* kept.c - see kept.h. */
#include "cli/kept.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "backup/durable.h"
#include "base/day.h"
#include "base/text.h"

enum { KEPT_MAX = 8192 };

enum rc kept_write(const char *path, const struct kept *k, struct err *err)
{
    struct arena a = {0};
    char instant[INSTANT_TEXT];
    const char *text = text_format(
        &a,
        "muster backup 1\nat: %s\nrecords: %" PRIu64 "\nroot: %s\nrestored to see: %s\n"
        "in: %s\n",
        instant_format(k->at_ms, instant), k->records, k->root, k->restored ? "yes" : "no", k->dir);
    enum rc rc = durable_write(path, 0600, text, strlen(text), err);
    arena_free(&a);
    return rc;
}

/* What stands behind "NAME: " on a line of its own, or NULL. */
static const char *member(struct arena *a, const char *text, const char *name)
{
    const char *at = strstr(text, text_format(a, "\n%s: ", name));
    if (!at) return NULL;
    at += strlen(name) + 3;
    return arena_bytes(a, at, strcspn(at, "\n"));
}

enum rc kept_read(struct arena *a, const char *path, struct kept *out, struct err *err)
{
    const char *text;
    size_t len;
    enum rc rc = durable_read(a, path, KEPT_MAX, &text, &len, err);
    if (rc) return rc;
    text = arena_bytes(a, text, len);
    const char *at = member(a, text, "at"), *records = member(a, text, "records");
    const char *restored = member(a, text, "restored to see");
    out->dir = member(a, text, "in");
    out->root = member(a, text, "root");
    if (!text_starts(text, "muster backup 1\n") || !at || !records || !restored || !out->dir ||
        !out->root || instant_parse(at, &out->at_ms, err)) {
        return fail(err, RC_INPUT, "'%.150s' does not say when a backup was made", path);
    }
    out->records = strtoull(records, NULL, 10);
    out->restored = strcmp(restored, "yes") == 0;
    return RC_OK;
}
