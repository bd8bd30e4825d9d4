/*
 * mps_text.c - labels, numbers and bytes of an MPS file.
 *
 * Only letters, digits, '-' and '_' stay in a label: blanks part fields, '.',
 * ':' and '~' are ours, and readers differ about all else.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "plan/mps_text.h"

/* A lot's name has two of the first and one of the second; readers stop at 160 for a column's. */
enum { LABEL = 12, LABEL_LONG = 24 };

static bool plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

static const char *cleaned(struct arena *a, const char *name, size_t most)
{
    char out[LABEL_LONG + 1];
    size_t len = 0;
    for (const char *c = name; *c && len < most; c++) {
        if (((unsigned char)*c & 0xc0) == 0x80) continue; /* a letter of many bytes is one '_' */
        out[len++] = plain(*c) ? *c : '_';
    }
    out[len] = '\0';
    return arena_text(a, len ? out : "_");
}

/* Of `count` things: their names made plain, or the letter and the number. */
static const char **labels(struct arena *a, const char *const *names, int32_t named, int32_t count,
                           char letter)
{
    const char **out = NEW_ARRAY(a, (size_t)count + 1, const char *);
    struct map seen = {.arena = a};
    size_t most = letter == 'l' || letter == 'k' ? LABEL_LONG : LABEL;
    char text[LABEL_LONG + 16];
    for (int32_t i = 0; i < count; i++) {
        snprintf(text, sizeof text, "%c%d", letter, i);
        out[i] = names && i < named ? cleaned(a, names[i], most) : arena_text(a, text);
        if (!names) continue;
        if (map_get(&seen, out[i])) {
            snprintf(text, sizeof text, "%s~%d", out[i], i);
            out[i] = arena_text(a, text);
        }
        map_put(&seen, out[i], 1);
    }
    return out;
}

int32_t mps_months(const struct model *m)
{
    int32_t months = m->months;
    for (int32_t k = 0; k < m->sinks; k++) {
        if (m->sink[k].end >= months) months = m->sink[k].end + 1;
    }
    return months;
}

double mps_money(const struct model *m)
{
    double all = 0;
    for (int32_t l = 0; l < m->lots; l++) all += m->lot[l].qty * m->lot[l].value;
    return all >= 1e8 ? 1e6 : 1;
}

void mps_label(struct arena *a, const struct model *m, const struct mps_names *names,
               struct mps_labels *out)
{
    static const struct mps_names none;
    const struct mps_names *n = names ? names : &none;
    out->giver = labels(a, n->giver, m->givers, m->givers, 'd');
    out->item = labels(a, n->item, m->items, m->items, 'i');
    out->hub = labels(a, n->hub, m->hubs, m->hubs, 'h');
    out->receiver = labels(a, n->receiver, m->receivers, m->receivers, 'r');
    out->lot = labels(a, n->lot, m->lots, m->lots, 'l');
    out->sink = labels(a, n->sink, m->sinks, m->sinks, 'k');
    out->budget = labels(a, n->budget, m->budgets, m->budgets, 'b');
    out->line = labels(a, n->line, m->lines, m->lines, 'g');
    out->month = labels(a, n->month, m->months, mps_months(m), 'm');
    for (int32_t l = 0; l < m->lots; l++) {
        char text[MPS_NAME];
        snprintf(text, sizeof text, "%s:%s:%s", out->giver[m->lot[l].giver],
                 out->item[m->lot[l].item], out->lot[l]);
        out->lot[l] = arena_text(a, text);
    }
}

size_t mps_name(char out[MPS_NAME], const char *kind, const char *a, const char *b, const char *c,
                const char *d)
{
    const char *parts[] = {kind, a, b, c, d};
    size_t len = 0;
    for (int i = 0; i < 5 && parts[i]; i++) {
        size_t more = strlen(parts[i]);
        assert(len + more + 2 < MPS_NAME);
        if (i) out[len++] = '.';
        memcpy(out + len, parts[i], more);
        len += more;
    }
    out[len] = '\0';
    return len;
}

size_t mps_number(char out[MPS_NUMBER], double value)
{
    int len = 0;
    for (int digits = 15; digits <= 17; digits++) {
        len = snprintf(out, MPS_NUMBER, "%.*g", digits, value);
        if (digits == 17 || strtod(out, NULL) == value) break;
    }
    return (size_t)len;
}

enum rc mps_flush(struct mps_out *o)
{
    if (!o->rc && o->len) o->rc = o->sink(o->ctx, o->bytes, o->len, o->err);
    o->len = 0;
    return o->rc;
}

void mps_put(struct mps_out *o, const char *bytes, size_t len)
{
    assert(len <= sizeof o->bytes);
    if (o->len + len > sizeof o->bytes) (void)mps_flush(o);
    memcpy(o->bytes + o->len, bytes, len);
    o->len += len;
}

void mps_put_text(struct mps_out *o, const char *text)
{
    mps_put(o, text, strlen(text));
}

enum rc mps_to_file(void *file, const char *bytes, size_t len, struct err *err)
{
    if (fwrite(bytes, 1, len, file) == len) return RC_OK;
    return fail(err, RC_STORE, "the file could not be written to its end");
}
