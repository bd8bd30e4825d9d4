/* image.c - see image.h. */
#include "book/image.h"

#include <assert.h>
#include <string.h>

#include "book/inside.h"

/* One table, by the addresses of what the book has of it. */
struct table {
    void *list; /* the address of a pointer to its elements */
    uint32_t *count, *room;
    size_t size;
};

#define X(list, count, room) +1
static_assert(0 BOOK_TABLES(X) == IMAGE_TABLES, "IMAGE_TABLES is how many there are");
#undef X

static void tables_of(struct book *b, struct table out[IMAGE_TABLES])
{
#define X(list, count, room) {&b->list, &b->count, &b->room, sizeof *b->list},
    const struct table all[] = {BOOK_TABLES(X)};
#undef X
    memcpy(out, all, sizeof all);
}

/* Without padding, so that equal tables have equal bytes, and no other bytes get into a file. */
static_assert(sizeof(struct line) == 8 * 2 + 4 * 16, "no padding");
static_assert(sizeof(struct pots) == 8 * 2 + 4 * 4, "no padding");
static_assert(sizeof(struct held) == 8 * 2 * STAGE_COUNT + 4 * 2, "no padding");
static_assert(sizeof(struct pot_node) == 24 && sizeof(struct trees) == 4 * POT_COUNT, "no padding");
static_assert(sizeof(struct valued) == 8, "no padding");
static_assert(sizeof(struct tally) == 32 && sizeof(struct kept_price) == 16, "no padding");
static_assert(sizeof(struct restated) == 32 && sizeof(struct valuing) == 8, "no padding");
static_assert(sizeof(struct month_run) == 12 && sizeof(struct row_block) == 16, "no padding");
static_assert(sizeof(struct version) == 24 && sizeof(struct latest) == 32, "no padding");

/* Above the one before whenever the tables mean something else at the same sizes: another flag. */
enum { MEANING = 2 };

uint64_t image_form(void)
{
    struct book none;
    struct table t[IMAGE_TABLES];
    uint64_t form = UINT64_C(0x9e3779b97f4a7c15) + MEANING;
    tables_of(&none, t);
    for (int i = 0; i < IMAGE_TABLES; i++) form = (form ^ t[i].size) * UINT64_C(0x100000001b3);
    return form;
}

const char *image_table_name(int table)
{
#define X(list, count, room) #list,
    static const char *const names[] = {BOOK_TABLES(X)};
#undef X
    return names[table];
}

void image_of(const struct book *b, struct image *out, struct image_table tables[IMAGE_TABLES])
{
    struct table t[IMAGE_TABLES];
    tables_of((struct book *)(uintptr_t)b, t);
    *out = (struct image){.head = b->head,
                          .last_ms = b->last_ms,
                          .rates_sorted = b->rates_sorted,
                          .indicators_sorted = b->indicators_sorted,
                          .name_count = b->name_count};
    for (int i = 0; i < IMAGE_TABLES; i++) {
        out->count[i] = *t[i].count;
        memcpy(&tables[i].bytes, t[i].list, sizeof tables[i].bytes);
        tables[i].len = (uint64_t)*t[i].count * t[i].size;
    }
}

/* Tables that share a count have one number in an image. */
static bool numbers_fit(const struct table t[IMAGE_TABLES], const struct image *n)
{
    for (int i = 0; i < IMAGE_TABLES; i++) {
        if (n->count[i] > UINT32_MAX / 2) return false;
        for (int k = 0; k < i; k++) {
            if (t[k].count == t[i].count && n->count[k] != n->count[i]) return false;
        }
    }
    return true;
}

struct book *image_begin(struct arena *a, const struct image *n,
                         struct image_table tables[IMAGE_TABLES])
{
    struct book *b = book_new(a);
    struct table t[IMAGE_TABLES];
    tables_of(b, t);
    if (!numbers_fit(t, n)) return NULL;
    for (int i = 0; i < IMAGE_TABLES; i++) {
        bool whole = t[i].count == t[i].room; /* its room is part of what it says */
        uint32_t count = (uint32_t)n->count[i];
        uint32_t room = count && !whole ? count + count / 8 + 1024 : count;
        void *list = room ? arena_alloc(a, room, t[i].size) : NULL;
        memcpy(t[i].list, &list, sizeof list);
        *t[i].count = count;
        *t[i].room = room;
        tables[i] = (struct image_table){list, (uint64_t)count * t[i].size};
    }
    b->head = n->head;
    b->last_ms = n->last_ms;
    b->rates_sorted = n->rates_sorted;
    b->indicators_sorted = n->indicators_sorted;
    b->name_count = (uint32_t)n->name_count;
    b->made->of_version =
        b->version_room ? arena_alloc(a, b->version_room, sizeof *b->made->of_version) : NULL;
    b->made->room = b->version_room;
    return b;
}

/* --- whether tables are a book's --- */

/* Every one is below `end`, or NONE. */
static bool all_below(const uint32_t *list, uint32_t count, uint32_t end)
{
    uint32_t bad = 0;
    for (uint32_t i = 0; i < count; i++) bad |= (list[i] >= end) & (list[i] != NONE);
    return !bad;
}

static bool fits(uint32_t index, uint32_t end)
{
    return index < end || index == NONE;
}

static bool rows_sound(const struct book *b)
{
    const struct rows *r = &b->rows;
    bool bad = !all_below(r->corrects, r->count, r->count);
    for (uint32_t i = 0; i < r->count; i++) {
        bad |= r->line[i] >= b->line_count;
        bad |= r->prev[i] >= i && r->prev[i] != NONE; /* a chain ends */
        bad |= r->stages[i] >> 4 >= STAGE_COUNT || (r->stages[i] & 15) >= STAGE_COUNT;
        bad |= r->day[i] < DAY_MIN || r->day[i] > DAY_MAX || r->qty[i] <= 0;
    }
    for (uint32_t i = 0; i < b->valued_count; i++) {
        const struct valued *v = &b->valued[i];
        bad |= v->row >= r->count || (i && v->row <= v[-1].row); /* in the rows' order */
        bad |= v->day < DAY_MIN || v->day > DAY_MAX;
    }
    return !bad;
}

static bool lines_sound(const struct book *b)
{
    bool bad = false;
    for (uint32_t i = 0; i < b->line_count; i++) {
        const struct line *l = &b->lines[i];
        const uint32_t nouns[] = {l->giver, l->receiver, l->item, l->package, l->channel, l->need};
        bad |= l->noun >= b->noun_count || l->version >= b->version_count;
        bad |= !all_below(nouns, sizeof nouns / sizeof *nouns, b->noun_count);
        bad |= !fits(l->last_row, b->rows.count);
        bad |= !fits(l->series, b->word_count) || !fits(l->class_, b->word_count);
        bad |= l->after <= i || !fits(l->after, b->line_count); /* NONE is above all */
        bad |= b->pots[i].trees > b->tree_count;
        bad |= !b->pots[i].trees && b->pots[i].entries >= POTS_LONG; /* who walks has few */
    }
    bad |= !all_below(b->givers, b->line_count, b->noun_count) ||
           !all_below(b->receivers, b->line_count, b->noun_count) ||
           !all_below(b->items, b->line_count, b->noun_count) ||
           !all_below(b->channels, b->line_count, b->noun_count);
    bad |= b->gist_count > 1 || (!b->gist_count && b->line_count); /* where rows are, lines are */
    for (uint32_t i = 0; i < b->tree_count && !bad; i++) {
        bad = !all_below(b->trees[i].root, POT_COUNT, b->pot_node_count + 1);
    }
    for (uint32_t i = 0; i < b->pot_node_count; i++) {
        const uint32_t *child = b->pot_nodes[i].child;
        bad |= child[0] >= b->pot_node_count || child[1] >= b->pot_node_count;
    }
    return !bad;
}

static bool slots_sound(const struct book *b)
{
    const uint32_t ends[KIND_COUNT] = {[KIND_ENTRY] = b->rows.count,
                                       [KIND_LINE] = b->line_count,
                                       [KIND_RATE] = b->rate_count,
                                       [KIND_INDICATOR] = b->indicator_count};
    bool bad = b->slot_count != b->head + (b->head > 0);
    for (uint32_t id = 0; id < b->slot_count; id++) {
        uint32_t kind = b->slots[id] >> SLOT_SHIFT, index = b->slots[id] & SLOT_MASK;
        if (!b->slots[id]) continue;
        if (kind == KIND_NONE || kind >= KIND_COUNT) return false;
        bool own = is_bulk((enum kind)kind) || kind == KIND_LINE;
        bad |= index >= (own ? ends[kind] : b->version_count);
    }
    return !bad;
}

static bool nouns_sound(const struct book *b)
{
    bool bad = b->text_count && (b->texts[0] || b->texts[b->text_count - 1]);
    uint32_t text_end = b->text_count ? b->text_count : 1;
    for (uint32_t i = 0; i < b->noun_count; i++) {
        bad |= b->noun_latest[i].key >= text_end || b->noun_kind[i] >= KIND_COUNT;
    }
    bad |= !all_below(b->noun_last, b->noun_count, b->version_count);
    for (uint32_t i = 0; i < b->word_count; i++) bad |= b->word_text[i] >= text_end;
    uint32_t used = 0;
    for (uint32_t i = 0; i < b->name_room; i++) {
        uint32_t noun = b->names[i] & SLOT_MASK; /* 1 + index */
        used += b->names[i] != 0;
        bad |= noun > b->noun_count || (b->names[i] && !noun);
    }
    bad |= used != b->name_count || (b->name_room & (b->name_room - 1));
    return !bad && (!b->name_room || used < b->name_room);
}

static bool versions_sound(const struct book *b)
{
    bool bad = false;
    for (uint32_t i = 0; i < b->version_count; i++) {
        const struct version *v = &b->versions[i];
        bad |= v->noun >= b->noun_count || v->at >= b->kept_count;
        bad |= v->before >= i && v->before != NONE; /* a chain ends */
        bad |= b->version_kind[i] == KIND_NONE || b->version_kind[i] >= KIND_COUNT;
    }
    return !bad;
}

/* --- the cube --- */

static bool run_fits(const struct month_run *r, uint32_t end)
{
    return r->first <= end && r->count <= end - r->first;
}

/* Blocks begin with rows that are there, and have runs that are. */
static bool blocks_fit(const struct row_block *list, uint32_t count, uint32_t rows, uint32_t runs)
{
    bool bad = false;
    for (uint32_t i = 0; i < count; i++) {
        const struct row_block *p = &list[i];
        bad |= p->row >= rows || p->runs > runs || p->run > runs - p->runs;
    }
    return !bad;
}

static bool order_sound(const struct book *b)
{
    if (!b->gist_count) return !b->order_count && !b->order_block_count && !b->cell_block_count;
    if (b->gist->order_bits < 1 || b->gist->order_bits > ORDER_BITS) return false;
    uint32_t size = order_rows(b);
    bool bad = b->order_count != b->rows.count / size * size;
    bad |= b->order_block_count != b->rows.count / size;
    for (uint32_t i = 0; i < b->order_run_count && !bad; i++) {
        bad |= !run_fits(&b->order_runs[i], b->order_count);
    }
    for (uint32_t i = 0; i < b->order_block_count && !bad; i++) {
        bad |= b->order_blocks[i].row != i * size || b->order_blocks[i].level;
    }
    for (uint32_t i = 0; i < b->order_count; i++) bad |= b->order[i] >= size;
    return !bad &&
           blocks_fit(b->order_blocks, b->order_block_count, b->rows.count, b->order_run_count);
}

static bool cells_sound(const struct book *b)
{
    uint32_t keys = b->tallies[CUBE_GIVES].count;
    bool bad = false;
    for (uint32_t i = 0; i < b->rows.count; i++) bad |= b->rows.key[i] >= keys;
    for (uint32_t i = 0; i < b->cell_count; i++) bad |= b->cell_key[i] >= keys;
    for (uint32_t i = 0; i < b->restated_count; i++) {
        const struct restated *r = &b->restated[i];
        bad |= r->key >= keys || r->line >= b->line_count || r->row > b->rows.count ||
               r->day < DAY_MIN || r->day > DAY_MAX;
    }
    for (uint32_t i = 0; i < b->cell_run_count; i++) {
        bad |= !run_fits(&b->cell_runs[i], b->cell_count);
    }
    for (uint32_t i = 0; i < b->cell_block_count; i++) {
        const struct row_block *p = &b->cell_blocks[i];
        bad |= p->level > LEVEL_MAX;
        if (!bad) bad |= p->row + block_rows(b, p->level) > b->rows.count;
    }
    return !bad &&
           blocks_fit(b->cell_blocks, b->cell_block_count, b->rows.count, b->cell_run_count);
}

static bool tallies_sound(const struct book *b)
{
    bool bad = false;
    for (int by = 0; by < CUBE_COUNT; by++) {
        const struct tallies *t = &b->tallies[by];
        for (uint32_t i = 0; i < t->count; i++) {
            const struct tally *one = &t->list[i];
            bad |= !fits(one->noun, b->noun_count) || !fits(one->word, b->word_count);
            if (by == CUBE_ITEMS) bad |= one->more > i; /* a chain ends */
            if (by == CUBE_THINGS) bad |= one->more > b->tallies[CUBE_ITEMS].count;
        }
    }
    for (uint32_t i = 0; i < b->line_count; i++) {
        const struct kept_price *p = &b->prices[i];
        bool parts = b->lines[i].flags & LINE_MONEY || b->lines[i].low > 0;
        bad |= !fits(p->word, b->word_count) || p->values > b->valuing_count;
        bad |= p->word != NONE && !parts;
    }
    for (uint32_t i = 0; i < b->valuing_count; i++) {
        bad |= b->valuings[i].noun >= b->noun_count || b->valuings[i].next > i;
    }
    return !bad;
}

static bool bulk_sound(const struct book *b)
{
    bool bad = false;
    for (uint32_t i = 0; i < b->rate_count; i++) {
        const struct rate *r = &b->rates[i];
        bad |= !fits(r->series, b->word_count) || r->currency[3] || r->base[3];
        bad |= r->per_base.scale < 0 || r->per_base.scale > DEC_SCALE_MAX || r->per_base.n <= 0;
    }
    for (uint32_t i = 0; i < b->indicator_count; i++) {
        const struct indicator *n = &b->indicators[i];
        bad |= !fits(n->series, b->word_count) || !fits(n->measure, b->word_count);
        bad |= !fits(n->party, b->noun_count) || n->currency[3];
        bad |= n->amount.scale < 0 || n->amount.scale > DEC_SCALE_MAX;
    }
    return !bad;
}

bool image_end(struct book *b)
{
    if (!rows_sound(b) || !lines_sound(b) || !slots_sound(b) || !nouns_sound(b) ||
        !versions_sound(b) || !bulk_sound(b) || !order_sound(b) || !cells_sound(b) ||
        !tallies_sound(b)) {
        return false;
    }
    for (uint32_t i = 0; i < b->word_count; i++) {
        map_put(&b->words, b->texts + b->word_text[i], i);
    }
    cube_wake(b);
    rows_show(b);
    b->made->checked = true;
    return true;
}

/* --- copies --- */

void book_move(struct book *b, struct arena *to, struct arena *from)
{
    arena_take(to, from);
    b->arena = b->words.arena = to;
}

struct book *book_copy(struct arena *a, const struct book *b)
{
    struct image numbers;
    struct image_table from[IMAGE_TABLES], to[IMAGE_TABLES];
    image_of(b, &numbers, from);
    struct book *copy = image_begin(a, &numbers, to);
    assert(copy);
    for (int i = 0; i < IMAGE_TABLES; i++) {
        if (to[i].len) memcpy(to[i].bytes, from[i].bytes, to[i].len);
    }
    for (uint32_t i = 0; i < copy->word_count; i++) {
        map_put(&copy->words, copy->texts + copy->word_text[i], i);
    }
    cube_wake(copy);
    rows_show(copy);
    copy->made->checked = b->made->checked;
    return copy;
}

bool book_same(const struct book *a, const struct book *b)
{
    struct image x, y;
    struct image_table of_a[IMAGE_TABLES], of_b[IMAGE_TABLES];
    image_of(a, &x, of_a);
    image_of(b, &y, of_b);
    bool same = x.head == y.head && x.last_ms == y.last_ms && x.name_count == y.name_count;
    for (int i = 0; i < IMAGE_TABLES && same; i++) {
        if (of_a[i].bytes == a->names) continue; /* in whatever order it is filled */
        same = of_a[i].len == of_b[i].len &&
               (!of_a[i].len || memcmp(of_a[i].bytes, of_b[i].bytes, of_a[i].len) == 0);
    }
    return same;
}
