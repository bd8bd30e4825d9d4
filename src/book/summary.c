/*
 * summary.c - a book of the sums alone: see cube.h.
 *
 * Sums are few and name few nouns, words and rates. Those are taken over into a
 * book of their own, which is an image like any other, a hundredth of the size.
 */
#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "book/inside.h"

struct taking {
    const struct book *from;
    struct book *to;
    uint32_t *noun; /* by noun: 1 + its number there */
};

static void add_version(struct taking *t, uint32_t noun, uint32_t version)
{
    struct book *b = t->to;
    const struct record *r = version_record(t->from, version);
    if (b->version_count == b->version_room) {
        versions_room(b, b->version_room ? b->version_room * 2 : 64);
    }
    b->versions[b->version_count] = (struct version){.recorded_ms = r->recorded_ms,
                                                     .id = (uint32_t)r->id,
                                                     .noun = noun,
                                                     .before = NONE,
                                                     .at = kept_put(b, r)};
    b->version_kind[b->version_count] = (uint8_t)r->kind;
    b->noun_last[noun] = b->version_count++;
}

static uint32_t take_noun(struct taking *t, uint32_t noun)
{
    const struct book *b = t->from;
    if (noun == NONE) return NONE;
    if (!t->noun[noun]) {
        const char *key = b->noun_latest[noun].key ? book_key(b, noun) : NULL;
        uint32_t to = noun_new(t->to, book_kind(b, noun), key);
        t->noun[noun] = 1 + to;
        if (b->noun_last[noun] != NONE) add_version(t, to, b->noun_last[noun]);
    }
    return t->noun[noun] - 1;
}

static void take_tallies(struct taking *t, enum cube_by by)
{
    const struct tallies *from = &t->from->tallies[by];
    struct tallies *to = &t->to->tallies[by];
    if (!from->count) return;
    to->list = wider(t->to->arena, from->list, from->count, from->count, sizeof *to->list);
    to->count = to->room = from->count;
    for (uint32_t i = 0; i < to->count; i++) to->list[i].noun = take_noun(t, to->list[i].noun);
}

/* How currencies are counted is said by their items. */
static void take_money(struct taking *t)
{
    const struct book *b = t->from;
    for (uint32_t i = 0; i < b->noun_count; i++) {
        if (b->noun_kind[i] == KIND_ITEM && text_starts(book_key(b, i), "money/")) take_noun(t, i);
    }
}

struct book *book_summary(struct arena *a, const struct book *b)
{
    struct arena own = {0};
    struct taking t = {b, book_new(a), NEW_ARRAY(&own, b->noun_count + 1, uint32_t)};
    struct book *s = t.to;
    for (uint32_t word = 0; word < b->word_count; word++) {
        uint32_t same = word_of(s, book_word_text(b, word));
        assert(same == word);
        (void)same;
    }
    if (b->rate_count) {
        s->rates = wider(a, b->rates, b->rate_count, b->rate_count, sizeof *s->rates);
        s->rate_count = s->rate_room = b->rate_count;
    }
    s->rates_sorted = b->rates_sorted;
    s->indicators_sorted = true;
    for (int by = 0; by < CUBE_COUNT; by++) take_tallies(&t, (enum cube_by)by);
    take_money(&t);
    *gist_of(s) = (struct gist){.last_day = b->gist_count ? b->gist->last_day : INT32_MIN,
                                .lost = b->gist_count && b->gist->lost,
                                .order_bits = ORDER_BITS,
                                .summary = 1};
    s->last_ms = b->last_ms;
    arena_free(&own);
    return s;
}

bool book_is_summary(const struct book *b)
{
    return b->gist_count && b->gist->summary;
}
