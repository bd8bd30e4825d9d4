/* nouns.c - what things are called, their versions, groups, rates and indicators. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "book/inside.h"

/* By hand: this is done for every record, and keys are short. */
const char *name_of(struct arena *a, char small[NAME_SMALL], enum kind kind, const char *key)
{
    size_t len = strlen(key);
    char *name = len + 2 < NAME_SMALL ? small : arena_alloc(a, len + 2, 1);
    name[0] = (char)('A' + kind);
    memcpy(name + 1, key, len + 1);
    return name;
}

uint32_t book_noun(const struct book *b, enum kind kind, const char *key)
{
    struct arena scratch = {0};
    char small[NAME_SMALL];
    const uint64_t *at = map_get(&b->names, name_of(&scratch, small, kind, key));
    arena_free(&scratch);
    return at ? (uint32_t)*at : NONE;
}

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
    return b->nouns[noun].key;
}

enum kind book_kind(const struct book *b, uint32_t noun)
{
    return b->nouns[noun].kind;
}

const struct latest *book_latest(const struct book *b, uint32_t noun)
{
    return &b->nouns[noun].latest;
}

const struct record *book_record(const struct book *b, uint64_t id)
{
    uint32_t index;
    enum kind kind = slot_of(b, id, &index);
    if (kind == KIND_NONE || is_bulk(kind)) return NULL;
    return b->versions[kind == KIND_LINE ? b->lines[index].version : index].record;
}

const struct record *line_record(const struct book *b, const struct line *l)
{
    return book_record(b, l->id);
}

const char *line_text(const struct book *b, const struct line *l, enum tag tag)
{
    return record_text(line_record(b, l), tag);
}

int64_t line_int(const struct book *b, const struct line *l, enum tag tag, int64_t absent)
{
    return record_int(line_record(b, l), tag, absent);
}

const struct record *book_version(const struct book *b, uint32_t noun, int64_t known)
{
    for (uint32_t v = b->nouns[noun].last_version; v != NONE; v = b->versions[v].before) {
        if (b->versions[v].record->recorded_ms <= known) return b->versions[v].record;
    }
    return NULL;
}

const char *book_name(const struct book *b, uint32_t noun, int64_t known)
{
    const struct record *r = book_version(b, noun, known);
    const char *name = r ? record_text(r, F_NAME) : NULL;
    return name ? name : b->nouns[noun].key;
}

const struct record *const *book_records(const struct book *b, enum kind kind, uint32_t *count)
{
    *count = b->kinds[kind].count;
    return b->kinds[kind].list;
}

bool book_current(const struct book *b, const struct record *r, int64_t known)
{
    if (r->recorded_ms > known) return false;
    uint32_t noun = book_noun_of(b, r->id);
    return noun != NONE && book_version(b, noun, known) == r;
}

/* --- words --- */

uint32_t book_word(const struct book *b, const char *text)
{
    const uint64_t *at = text ? map_get(&b->words, text) : NULL;
    return at ? (uint32_t)*at : NONE;
}

const char *book_word_text(const struct book *b, uint32_t word)
{
    return word < b->word_count ? b->word_texts[word] : NULL;
}

uint32_t word_of(struct book *b, const char *text)
{
    if (!text) return NONE;
    uint32_t word = book_word(b, text);
    if (word != NONE) return word;
    b->word_texts =
        arena_more(b->arena, b->word_texts, b->word_count, &b->word_room, sizeof *b->word_texts);
    b->word_texts[b->word_count] = arena_text(b->arena, text);
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
