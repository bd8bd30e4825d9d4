/* keys.c - see keys.h. */
#include "measure/keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static bool table_has(const struct exchange *x, uint32_t series, uint32_t measure)
{
    uint32_t count;
    const struct indicator *list = book_indicators(x->book, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (list[i].measure == measure && list[i].series == series) return true;
    }
    return false;
}

/* A series, or what it belongs to: "kiel:29:allocations" has the table "kiel:29". */
static uint32_t own_series(const struct exchange *x, const char *series, uint32_t measure)
{
    char name[128];
    if (!series || strlen(series) >= sizeof name) return NONE;
    strcpy(name, series);
    for (;;) {
        uint32_t word = book_word(x->book, name);
        if (word != NONE && table_has(x, word, measure)) return word;
        char *colon = strrchr(name, ':');
        if (!colon) return NONE;
        *colon = '\0';
    }
}

enum rc key_series(const struct exchange *x, const char *measure, const char *table,
                   const char *like, uint32_t *series, struct err *err)
{
    uint32_t count, word = book_word(x->book, measure);
    const struct indicator *list = book_indicators(x->book, &count);
    if (table) {
        *series = book_word(x->book, table);
        if (word != NONE && *series != NONE && table_has(x, *series, word)) return RC_OK;
        return fail(err, RC_ABSENT, "no figures of '%.60s' from '%.60s' in the book", measure,
                    table);
    }
    *series = word == NONE ? NONE : own_series(x, like, word);
    for (uint32_t i = 0; i < count && *series == NONE && word != NONE; i++) {
        if (list[i].measure == word) *series = list[i].series;
    }
    if (*series != NONE) return RC_OK;
    return fail(err, RC_ABSENT, "no figures of '%.60s' in the book; import a table of them",
                measure);
}

const struct indicator *key_figure(const struct exchange *x, uint32_t series, const char *measure,
                                   uint32_t party, const char *year)
{
    uint32_t count, word = book_word(x->book, measure);
    const struct indicator *list = book_indicators(x->book, &count), *found = NULL;
    char date[DAY_TEXT];
    for (uint32_t i = 0; i < count; i++) {
        const struct indicator *one = &list[i];
        if (one->measure != word || one->series != series || one->party != party) continue;
        if (one->recorded_ms > x->at.known || one->day > x->at.effective) continue;
        if (year && strncmp(day_format(one->day, date), year, 4) != 0) continue;
        found = one;
    }
    return found;
}

const char *key_name(struct arena *a, const struct exchange *x, uint32_t series,
                     const char *measure, const struct indicator *any)
{
    char date[DAY_TEXT];
    return text_format(a, "%s of %s, %s", measure, book_word_text(x->book, series),
                       any ? day_format(any->day, date) : "no figures");
}

enum rc key_weights(struct arena *a, const struct exchange *x, const char *measure,
                    const char *table, const char *like, const char *year, const uint32_t *party,
                    uint32_t count, struct key_table *out, struct err *err)
{
    uint32_t series;
    const struct indicator *any = NULL;
    *out = (struct key_table){.weight = NEW_ARRAY(a, count + 1, i128)};
    enum rc rc = key_series(x, measure, table, like, &series, err);
    if (rc) return rc;
    for (uint32_t i = 0; i < count; i++) {
        int64_t parts;
        const struct indicator *f = key_figure(x, series, measure, party[i], year);
        if (!f || f->amount.n <= 0) {
            out->lacking++;
            continue;
        }
        /* To three decimals: a key is compared, never added to money. */
        if (dec_to_parts(f->amount, 3, &parts, NULL, err)) return err->code;
        out->weight[i] = parts;
        out->sum += parts;
        any = f;
    }
    if (!any) return fail(err, RC_ABSENT, "no party here has a figure of '%.60s'", measure);
    out->name = key_name(a, x, series, measure, any);
    while (out->sum > (i128)1 << 60) { /* amount * weight must fit 128 bits */
        out->sum = 0;
        for (uint32_t i = 0; i < count; i++) {
            out->sum += out->weight[i] = div_half_even(out->weight[i], 16);
        }
    }
    return RC_OK;
}

struct rest {
    i128 rest;
    uint32_t at;
};

/* Largest first; of equal ones the first party. */
static int by_rest(const void *x, const void *y)
{
    const struct rest *a = x, *b = y;
    if (a->rest != b->rest) return a->rest < b->rest ? 1 : -1;
    return (a->at > b->at) - (a->at < b->at);
}

void key_share_out(const struct key_table *t, uint32_t count, i128 amount, i128 *share)
{
    i128 left = amount;
    uint32_t weighed = 0;
    struct rest *rest = calloc(count ? count : 1, sizeof *rest);
    if (!rest) abort();
    for (uint32_t i = 0; i < count; i++) {
        share[i] = amount * t->weight[i] / t->sum;
        left -= share[i];
        if (t->weight[i]) rest[weighed++] = (struct rest){amount * t->weight[i] % t->sum, i};
    }
    if (left > 0) qsort(rest, weighed, sizeof *rest, by_rest);
    for (uint32_t i = 0; i < weighed && left > 0; i++, left--) share[rest[i].at]++;
    free(rest);
}

const char **key_measures(struct arena *a, const struct exchange *x, uint32_t party)
{
    enum { MEASURES_MAX = 30 };
    uint32_t all, count = 0, gdp = book_word(x->book, "gdp"), word[MEASURES_MAX];
    const struct indicator *list = book_indicators(x->book, &all);
    for (uint32_t i = 0; i < all && count < MEASURES_MAX; i++) {
        const struct indicator *one = &list[i];
        if (one->party != party || one->amount.n <= 0 || one->recorded_ms > x->at.known) continue;
        if (one->day > x->at.effective || (count && word[count - 1] == one->measure)) continue;
        word[count++] = one->measure; /* they stand by measure */
    }
    const char **out = NEW_ARRAY(a, (size_t)count + 1, const char *);
    uint32_t n = 0;
    for (int own = 1; own >= 0; own--) {
        for (uint32_t i = 0; i < count; i++) {
            if ((word[i] == gdp) == own) out[n++] = book_word_text(x->book, word[i]);
        }
    }
    return out;
}
