/* nouns.c - what things are called, their versions, groups, rates and indicators. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "book/inside.h"

uint32_t book_noun_of(const struct book *b, uint64_t id)
{
    uint32_t index;
    enum kind kind = slot_of(b, id, &index);
    if (kind == KIND_NONE || is_bulk(kind)) return NONE;
    return kind == KIND_LINE ? b->lines[index].noun : b->versions[index].noun;
}

uint32_t book_noun_count(const struct book *b)
{
    return b->noun_count;
}

const char *book_key(const struct book *b, uint32_t noun)
{
    return b->texts ? b->texts + b->noun_latest[noun].key : "";
}

enum kind book_kind(const struct book *b, uint32_t noun)
{
    return (enum kind)b->noun_kind[noun];
}

const struct latest *book_latest(const struct book *b, uint32_t noun)
{
    return &b->noun_latest[noun];
}

const struct record *book_record(const struct book *b, uint64_t id)
{
    uint32_t index;
    enum kind kind = slot_of(b, id, &index);
    if (kind == KIND_NONE || is_bulk(kind)) return NULL;
    return version_record(b, kind == KIND_LINE ? b->lines[index].version : index);
}

const struct record *line_record(const struct book *b, const struct line *l)
{
    return version_record(b, l->version);
}

/* Index of the version as known, NONE. */
static uint32_t version_known(const struct book *b, uint32_t noun, int64_t known)
{
    uint32_t v = b->noun_last[noun];
    while (v != NONE && b->versions[v].recorded_ms > known) v = b->versions[v].before;
    return v;
}

const struct record *book_version(const struct book *b, uint32_t noun, int64_t known)
{
    uint32_t v = version_known(b, noun, known);
    return v == NONE ? NULL : version_record(b, v);
}

const char *book_name(const struct book *b, uint32_t noun, int64_t known)
{
    const struct record *r = book_version(b, noun, known);
    const char *name = r ? record_text(r, F_NAME) : NULL;
    return name ? name : book_key(b, noun);
}

bool book_current(const struct book *b, const struct record *r, int64_t known)
{
    if (r->recorded_ms > known) return false;
    uint32_t noun = book_noun_of(b, r->id);
    uint32_t v = noun == NONE ? NONE : version_known(b, noun, known);
    return v != NONE && b->versions[v].id == r->id;
}

/* --- words --- */

uint32_t book_word(const struct book *b, const char *text)
{
    const uint64_t *at = text ? map_get(&b->words, text) : NULL;
    return at ? (uint32_t)*at : NONE;
}

const char *book_word_text(const struct book *b, uint32_t word)
{
    return word < b->word_count ? b->texts + b->word_text[word] : NULL;
}

uint32_t word_of(struct book *b, const char *text)
{
    if (!text) return NONE;
    uint32_t word = book_word(b, text);
    if (word != NONE) return word;
    b->word_text =
        arena_more(b->arena, b->word_text, b->word_count, &b->word_room, sizeof *b->word_text);
    b->word_text[b->word_count] = text_put(b, text);
    map_put(&b->words, text, b->word_count);
    return b->word_count++;
}

/* --- rates and indicators --- */

#define ORDER(x, y)                                                                                \
    if ((x) != (y)) return (x) < (y) ? -1 : 1

static int rate_order(const void *x, const void *y)
{
    const struct rate *a = x, *b = y;
    ORDER(a->series, b->series);
    int c = strcmp(a->currency, b->currency);
    if (!c) c = strcmp(a->base, b->base);
    if (c) return c;
    ORDER(a->day, b->day);
    ORDER(a->recorded_ms, b->recorded_ms);
    ORDER(a->id, b->id);
    return 0;
}

static int indicator_order(const void *x, const void *y)
{
    const struct indicator *a = x, *b = y;
    ORDER(a->measure, b->measure);
    ORDER(a->series, b->series);
    ORDER(a->party, b->party);
    ORDER(a->day, b->day);
    ORDER(a->recorded_ms, b->recorded_ms);
    ORDER(a->id, b->id);
    return 0;
}

const struct rate *book_rates(struct book *b, uint32_t *count)
{
    if (!b->rates_sorted && b->rate_count) {
        qsort(b->rates, b->rate_count, sizeof *b->rates, rate_order);
        for (uint32_t i = 0; i < b->rate_count; i++) slot_set(b, b->rates[i].id, KIND_RATE, i);
    }
    if (!b->rates_sorted) b->rates_sorted = true; /* readers of a sorted book write nothing */
    *count = b->rate_count;
    return b->rates;
}

const struct indicator *book_indicators(struct book *b, uint32_t *count)
{
    if (!b->indicators_sorted && b->indicator_count) {
        qsort(b->indicators, b->indicator_count, sizeof *b->indicators, indicator_order);
        for (uint32_t i = 0; i < b->indicator_count; i++) {
            slot_set(b, b->indicators[i].id, KIND_INDICATOR, i);
        }
    }
    if (!b->indicators_sorted)
        b->indicators_sorted = true; /* readers of a sorted book write nothing */
    *count = b->indicator_count;
    return b->indicators;
}

/* --- groups and the catalogue --- */

bool book_item_within(const struct book *b, uint32_t item, uint32_t asked, int64_t known)
{
    /* A catalogue is a few levels deep; one that runs in circles ends here. */
    for (int depth = 0; item != NONE && depth < 64; depth++) {
        if (item == asked) return true;
        const struct record *r = book_version(b, item, known);
        item = r ? book_noun_of(b, record_ref(r, F_PARENT)) : NONE;
    }
    return false;
}

bool book_member(const struct book *b, uint32_t party, uint32_t group, int32_t day, int64_t known)
{
    uint32_t count;
    const struct record *const *list = book_records(b, KIND_MEMBERSHIP, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct record *m = list[i];
        if (noun_at(b, m, F_PARTY) != party || noun_at(b, m, F_PARENT) != group) continue;
        if (!book_current(b, m, known)) continue;
        if (record_int(m, F_SINCE, DAY_MIN) <= day && day <= record_int(m, F_UNTIL, DAY_MAX)) {
            return true;
        }
    }
    return false;
}
