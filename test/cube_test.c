/*
 * cube_test.c - what the book keeps added up is what its entries come to.
 *
 * Random histories, with values that are restated and move from line to line,
 * lines revised, entries taken back, items put below others, and records that
 * some viewers do not see; then every sum at random clocks, from the cube and
 * by one pass over the entries, to the last unit. Blocks are of few rows, so
 * that a short history has several levels of them.
 */
#include <string.h>

#include "book/cube.h"
#include "book/image.h"
#include "draft.h"
#include "seed.h"

enum { PARTIES = 4, ITEMS = 5, LINES = 12, VALUES = 10, ENTRIES = 400, DAYS = 200 };

struct history {
    struct arena arena;
    struct cast cast;
    struct book *book;
    struct rng *rng;
    uint64_t party[PARTIES], item[ITEMS], line[LINES];
    struct record *entry[ENTRIES];
    uint32_t entries;
    int64_t first_ms;
    bool hides; /* some records are not for this viewer */
    struct book *copy;
};

static const char *const item_keys[ITEMS] = {"money/EUR", "money/USD", "shell", "tank", "arms"};

/* Refusals are part of a random life. False: it is not in the book. */
static bool take(struct history *h, struct record *r)
{
    struct err err = {0};
    if (h->hides && rng_one_in(h->rng, 20)) return false;
    h->cast.now_ms += rng_below(h->rng, 3) ? 0 : 1; /* often several at one instant */
    r->recorded_ms = h->cast.now_ms;
    enum rc rc = book_apply(h->book, r, &err);
    if (h->copy) CHECK(book_apply(h->copy, r, &err) == rc);
    return rc == RC_OK;
}

static void put_item(struct history *h, uint32_t i)
{
    struct record *r = cast_item(&h->cast, item_keys[i]);
    uint64_t above = h->item[rng_below(h->rng, ITEMS)];
    if (above && rng_below(h->rng, 3)) record_set_ref(&h->arena, r, F_PARENT, above);
    if (take(h, r)) h->item[i] = r->id;
}

static void put_line(struct history *h, uint32_t i)
{
    char key[8];
    snprintf(key, sizeof key, "L%u", (unsigned)i);
    struct record *r = cast_line(&h->cast, key);
    uint64_t giver = h->party[rng_below(h->rng, PARTIES)], item = h->item[rng_below(h->rng, ITEMS)];
    if (giver) record_set_ref(&h->arena, r, F_PARTY, giver);
    if (item) record_set_ref(&h->arena, r, F_ITEM, item);
    if (rng_below(h->rng, 4)) record_set_int(&h->arena, r, F_LOW, rng_below(h->rng, 40));
    if (take(h, r)) h->line[i] = r->id;
}

static void put_value(struct history *h)
{
    static const char *const currencies[] = {"EUR", "USD", "GBP"};
    static const char *const bases[] = {"stated", "market", "list"};
    char key[8];
    snprintf(key, sizeof key, "V%u", (unsigned)rng_below(h->rng, VALUES));
    struct record *r = cast_new(&h->cast, KIND_VALUE);
    uint64_t of = h->line[rng_below(h->rng, LINES)];
    if (rng_one_in(h->rng, 12)) of = h->item[0];
    if (!of) return;
    if (rng_below(h->rng, 6)) record_set_text(&h->arena, r, F_KEY, key);
    record_set_ref(&h->arena, r, F_OF, of);
    record_set_text(&h->arena, r, F_CURRENCY, currencies[rng_below(h->rng, 3)]);
    record_set_text(&h->arena, r, F_BASIS, bases[rng_below(h->rng, 3)]);
    record_set_int(&h->arena, r, F_TO, STAGE_WORLD + rng_below(h->rng, STAGE_COUNT));
    if (rng_below(h->rng, 8)) record_set_int(&h->arena, r, F_LOW, rng_below(h->rng, 5000));
    if (rng_one_in(h->rng, 5)) record_set_int(&h->arena, r, F_RESOLVED, 1);
    take(h, r);
}

static void put_entry(struct history *h)
{
    uint64_t of = h->line[rng_below(h->rng, LINES)];
    enum stage from = (enum stage)rng_below(h->rng, STAGE_DELIVERED + 1);
    enum stage to = (enum stage)(from + 1 + rng_below(h->rng, STAGE_COUNT - from - 1));
    if (!of || h->entries == ENTRIES) return;
    if (rng_below(h->rng, 3) == 0) from = STAGE_WORLD;
    if (from == STAGE_WORLD && to > STAGE_DELIVERED) to = STAGE_COMMITTED;
    struct record *r = cast_entry(&h->cast, of, from, to, 1 + rng_below(h->rng, 30),
                                  20000 + (int32_t)rng_below(h->rng, DAYS));
    if (rng_one_in(h->rng, 3)) record_set_int(&h->arena, r, F_CONFIRMED, 1);
    if (take(h, r)) h->entry[h->entries++] = r;
}

static void put_reversal(struct history *h)
{
    if (h->entries) take(h, cast_reversal(&h->cast, h->entry[rng_below(h->rng, h->entries)]));
}

static void happen(struct history *h)
{
    uint32_t what = rng_below(h->rng, 100);
    if (what < 70)
        put_entry(h);
    else if (what < 82)
        put_reversal(h);
    else if (what < 92)
        put_value(h);
    else if (what < 97)
        put_line(h, rng_below(h->rng, LINES));
    else
        put_item(h, rng_below(h->rng, ITEMS));
}

static void history_begin(struct history *h, struct rng *r)
{
    struct record *first[CAST_FIRST];
    *h = (struct history){.rng = r};
    h->book = book_new(&h->arena);
    book_blocks(h->book, 1 + rng_below(r, 4));
    cast_begin(&h->cast, &h->arena, first);
    h->first_ms = h->cast.now_ms;
    for (int i = 0; i < CAST_FIRST; i++) GOOD(book_apply(h->book, first[i], oops));
    h->party[0] = h->cast.giver;
    for (int i = 1; i < PARTIES; i++) {
        char key[4] = {'P', (char)('0' + i)};
        struct record *p = cast_party(&h->cast, key);
        if (take(h, p)) h->party[i] = p->id;
    }
    h->hides = rng_one_in(r, 3);
    for (uint32_t i = 0; i < ITEMS; i++) put_item(h, i);
    for (uint32_t i = 0; i < LINES / 2; i++) put_line(h, i);
}

/* Ends of months, first days, and any other; now, and before the first. */
static struct clocks random_clocks(const struct history *h, int64_t last)
{
    struct rng *r = h->rng;
    struct clocks at = CLOCKS_NOW;
    uint64_t span = (uint64_t)(last - h->first_ms) + 2;
    if (rng_below(r, 4)) at.effective = 19995 + (int32_t)rng_below(r, DAYS + 10);
    if (rng_one_in(r, 4)) at.effective = month_first_day(month_of_day(at.effective)) - 1;
    if (rng_below(r, 4)) at.known = h->first_ms - 1 + (int64_t)(rng_next(r) % span);
    at.confirmed = rng_one_in(r, 4);
    return at;
}

static void print_tally(const struct book *b, const char *name, const struct tally *t)
{
    if (!t) {
        printf("# %s: none\n", name);
        return;
    }
    const char *word = t->word == NONE ? "-" : book_word_text(b, t->word);
    printf("# %s: %s %s %d: %" PRId64 " %" PRId64 " %u\n", name,
           t->noun == NONE ? "-" : book_key(b, t->noun), word, (int)t->place, t->sum, t->rest,
           (unsigned)t->more);
}

static void check_clocks(const struct book *b, const struct clocks *at)
{
    for (int by = 0; by < CUBE_COUNT && tap_this_ok; by++) {
        struct arena a = {0};
        struct tallies_view kept, scanned;
        struct tallies_differ differ;
        book_cube(&a, b, (enum cube_by)by, at, &kept);
        book_scan(&a, b, (enum cube_by)by, at, &scanned);
        CHECK(!kept.lost && !scanned.lost);
        CHECK(tallies_same(&kept, &scanned, &differ));
        if (!tap_this_ok) {
            printf("# sums %d, effective %d, known %" PRId64 "%s\n", by, (int)at->effective,
                   at->known, at->confirmed ? ", confirmed" : "");
            print_tally(b, "one", differ.one);
            print_tally(b, "other", differ.other);
        }
        arena_free(&a);
    }
}

/* What all lines come to is what their givers do. */
static void check_lines(const struct book *b, const struct clocks *at)
{
    struct arena a = {0};
    struct tallies_view v;
    int64_t lines[STAGE_COUNT] = {0}, givers[STAGE_COUNT] = {0};
    book_cube(&a, b, CUBE_GIVES, at, &v);
    for (uint32_t i = 0; i < v.count; i++) {
        givers[move_to(v.list[i].place)] += v.list[i].sum;
        givers[move_from(v.list[i].place)] -= v.list[i].sum;
    }
    for (uint32_t noun = 0; noun < book_noun_count(b); noun++) {
        struct line_sums s;
        if (book_kind(b, noun) != KIND_LINE) continue;
        book_line_sums(b, noun, at, &s);
        for (int k = STAGE_CONSIDERED; k < STAGE_COUNT; k++) lines[k] += s.amount[k];
    }
    for (int k = STAGE_CONSIDERED; k < STAGE_COUNT; k++) CHECK_I64(lines[k], givers[k]);
    arena_free(&a);
}

static void random_history(struct rng *r)
{
    struct history h;
    history_begin(&h, r);
    uint32_t acts = 40 + rng_below(r, 500), copied = rng_below(r, acts);
    struct arena kept = {0};
    for (uint32_t i = 0; i < acts; i++) {
        if (i == copied) h.copy = book_copy(&kept, h.book);
        happen(&h);
    }
    int64_t last = book_last_ms(h.book);
    for (int i = 0; i < 12 && tap_this_ok; i++) {
        struct clocks at = i ? random_clocks(&h, last) : CLOCKS_NOW;
        check_clocks(h.book, &at);
        check_lines(h.book, &at);
    }
    CHECK(book_same(h.copy, h.book));
    arena_free(&kept);
    arena_free(&h.arena);
}

static void sums_are_those_of_the_entries(void)
{
    seeds_run(2000, random_history);
}

int main(void)
{
    RUN(sums_are_those_of_the_entries);
    return tap_done();
}
