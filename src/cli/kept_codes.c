/* kept_codes.c - see kept_codes.h. */
#include "cli/kept_codes.h"

#include <string.h>

#include "base/sha.h"
#include "base/text.h"

struct taking {
    struct arena *arena;
    const struct view *view;
    struct codes *codes;
    const struct record *last; /* one file may hold many lists: it is read once */
};

static enum rc take(struct taking *t, const struct record *figure, struct err *err)
{
    const struct record *passage = book_record(t->view->book, record_ref(figure, F_PASSAGE));
    const struct record *source =
        passage ? book_record(t->view->book, record_ref(passage, F_SOURCE)) : NULL;
    const char *hex = source ? record_text(source, F_HASH) : NULL;
    const char *name = record_text(figure, F_TEXT);
    uint8_t hash[SHA_BYTES];
    struct evidence bytes;
    uint32_t lists;
    struct err why;
    if (!hex || source == t->last || strlen(hex) != 2 * SHA_BYTES) return RC_OK;
    if (hex_decode(hex, SHA_BYTES, hash)) return RC_OK;
    t->last = source;
    enum rc rc = t->view->store->ops->evidence(t->view->store, t->arena, hash, &bytes, err);
    if (rc == RC_ABSENT) return RC_OK;
    char day[DAY_TEXT] = "";
    if (record_field(figure, F_DAY)) day_format((int32_t)record_int(figure, F_DAY, 0), day);
    /* It was read before it was recorded; what is refused now is left as it is built in. */
    if (!rc && codes_take(t->codes, name ? name : "", bytes.bytes, bytes.len, day, &lists, &why))
        return RC_OK;
    return rc;
}

enum rc kept_codes(struct arena *a, const struct view *v, int64_t known, struct codes **out,
                   struct err *err)
{
    struct taking t = {.arena = a, .view = v, .codes = codes_new(a)};
    uint32_t count;
    const struct record *const *all = book_records(v->book, KIND_STATEMENT, &count);
    enum rc rc = RC_OK;
    for (uint32_t i = 0; i < count && !rc; i++) {
        const char *key = record_text(all[i], F_KEY);
        if (!key || !text_starts(key, "codelist:") || !book_current(v->book, all[i], known))
            continue;
        rc = take(&t, all[i], err);
    }
    *out = t.codes;
    return rc;
}
