/* keys.c - see keys.h. */
#include "measure/keys.h"

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
