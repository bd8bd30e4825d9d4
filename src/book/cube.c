/*
 * cube.c - the sums of cube.h, kept while records are taken up.
 *
 * What a row moved when it was recorded stands beside it for ever, with the key
 * that it adds to. When what a line is worth changes, what its rows ever moved
 * is taken back and said anew as of that instant (restated), so a sum over
 * what was known by an instant is a sum over a prefix of the two lists.
 *
 * For prefixes, 2^18 rows and what was restated between them are added up once
 * more by month and key into cells, four such blocks into one of 2^20, and so
 * on. A prefix is a few blocks and some rows, whatever was recorded when: a
 * history of years that was imported in an hour is no worse than one that took
 * them. The rows of each 2^16 are listed by month, two bytes a row, for the
 * month in which a question's day lies.
 *
 * Cells grow with the months and keys that there are in a block, and there are
 * a third more blocks than whole lowest ones, so all of it is at most a few
 * bytes a row, and few where rows are many to a key.
 *
 * The sums are of 64 bits. Each tally also adds up the sizes of all that was
 * ever added to it (`rest`), and when that does not fit the cube is lost: the
 * book says so from then on, and questions go over the entries instead.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "book/inside.h"

static void lose(struct book *b)
{
    gist_of(b)->lost = 1;
}

static void tally_add(struct book *b, enum cube_by by, uint32_t at, int64_t n)
{
    struct tally *t = &b->tallies[by].list[at];
    int64_t size;
    if (__builtin_add_overflow(t->sum, n, &t->sum) || n == INT64_MIN) lose(b);
    size = n < 0 ? -(n + (n == INT64_MIN)) : n;
    if (__builtin_add_overflow(t->rest, size, &t->rest)) lose(b);
}

static uint32_t tally_of(struct book *b, enum cube_by by, uint32_t noun, uint32_t word,
                         int32_t place)
{
    return tally_at(b->arena, &b->tallies[by], noun, word, place);
}

/* --- what is delivered, by month --- */

/* The cells of an item are a list, which begins in what is no movement of it. */
static struct tally *item_head(struct book *b, uint32_t item)
{
    uint32_t at = tally_of(b, CUBE_THINGS, item, NONE, 0); /* which may move the list */
    return &b->tallies[CUBE_THINGS].list[at];
}

static void add_item(struct book *b, uint32_t item, uint32_t word, int32_t month, int64_t n)
{
    uint32_t count = b->tallies[CUBE_ITEMS].count;
    uint32_t at = tally_of(b, CUBE_ITEMS, item, word, month);
    if (at == count) {
        struct tally *head = item_head(b, item);
        b->tallies[CUBE_ITEMS].list[at].more = head->more;
        head->more = at + 1;
    }
    tally_add(b, CUBE_ITEMS, at, n);
}

static void add_place(struct book *b, enum cube_by by, uint32_t noun, uint32_t word, int32_t month,
                      int64_t n)
{
    tally_add(b, by, tally_of(b, by, noun, word, month), n);
}

static void add_delivered(struct book *b, const struct line *l, uint32_t word, int32_t day,
                          int64_t n)
{
    int32_t month = month_of_day(day);
    uint32_t group = item_above(b, l->item, INT64_MAX);
    add_place(b, CUBE_GIVEN, l->giver, word, month, n);
    add_place(b, CUBE_GROUPS, group, word, month, n);
    add_place(b, CUBE_TOPS, item_top(b, group, INT64_MAX), word, month, n);
    add_item(b, l->item, word, month, n);
}

static void move_sum(struct book *b, enum cube_by by, const struct tally *cell, uint32_t from,
                     uint32_t to)
{
    if (from == to || !cell->sum) return;
    add_place(b, by, from, cell->word, cell->place, -cell->sum);
    add_place(b, by, to, cell->word, cell->place, cell->sum);
}

/* An item is put below another. */
struct moving {
    uint32_t item, old, new; /* what was above it, and what is; NONE */
};

static uint32_t old_top(const struct book *b, const struct moving *m, uint32_t group)
{
    for (int i = 0; i < ITEM_DEEP; i++) {
        uint32_t next = group == m->item ? m->old : item_above(b, group, INT64_MAX);
        if (next == NONE) break;
        group = next;
    }
    return group;
}

/* What was delivered of groups at or below it is of another top. */
static void move_groups(struct book *b, const struct moving *m)
{
    struct arena a = {0};
    struct tallies tops = {0}; /* by group: `sum` is its old top, `rest` its new one */
    const struct tallies *groups = &b->tallies[CUBE_GROUPS];
    for (uint32_t i = 0; i < groups->count; i++) {
        const struct tally *cell = &groups->list[i];
        uint32_t count = tops.count, at = tally_at(&a, &tops, cell->noun, NONE, 0);
        struct tally *top = &tops.list[at];
        if (at == count) {
            top->sum = old_top(b, m, cell->noun);
            top->rest = item_top(b, cell->noun, INT64_MAX);
        }
        move_sum(b, CUBE_TOPS, cell, (uint32_t)top->sum, (uint32_t)top->rest);
    }
    arena_free(&a);
}

/* What was delivered of the item itself is of another group. */
static void move_item(struct book *b, const struct moving *m)
{
    const struct tallies *cells = &b->tallies[CUBE_ITEMS];
    struct tallies *things = &b->tallies[CUBE_THINGS];
    if (!things->spot_room) tallies_wake(b->arena, things, things->count);
    if (tally_find(things, m->item, NONE, 0) == NONE) return;
    uint32_t old = item_top(b, m->old, INT64_MAX), new = item_top(b, m->new, INT64_MAX);
    for (uint32_t i = item_head(b, m->item)->more; i; i = cells->list[i - 1].more) {
        move_sum(b, CUBE_GROUPS, &cells->list[i - 1], m->old, m->new);
        move_sum(b, CUBE_TOPS, &cells->list[i - 1], old, new);
    }
}

void cube_item(struct book *b, const struct record *r, uint32_t noun, uint32_t before)
{
    int64_t id = before == NONE ? 0 : version_int(b, before, F_PARENT, 0);
    struct moving m = {.item = noun, .new = noun_at(b, r, F_PARENT)};
    m.old = id ? book_noun_of(b, (uint64_t)id) : NONE;
    if (m.old == m.new || (b->gist_count && b->gist->lost)) return;
    move_groups(b, &m);
    move_item(b, &m);
}

/* --- what a line is worth --- */

/* The value that counts for a line as known; `latest`, which may be NULL, is a record of now. */
static const struct record *value_known(const struct book *b, uint32_t noun, int64_t known,
                                        const struct record *latest)
{
    const struct record *best = NULL;
    uint32_t line = book_line(b, b->versions[b->noun_last[noun]].id);
    for (uint32_t i = b->prices[line].values; i; i = b->valuings[i - 1].next) {
        uint32_t v = b->noun_last[b->valuings[i - 1].noun];
        while (v != NONE && b->versions[v].recorded_ms > known) v = b->versions[v].before;
        if (v == NONE) continue;
        bool at_hand = latest && b->versions[v].id == latest->id;
        const struct record *r = at_hand ? latest : version_record(b, v);
        if (book_noun_of(b, record_ref(r, F_OF)) == noun && value_before(r, best)) best = r;
    }
    return best;
}

struct price price_known(const struct book *b, uint32_t line, int64_t known)
{
    return price_of(b, &b->lines[line], value_known(b, b->lines[line].noun, known, NULL));
}

/* What was moved on a day under a key, more or less than it was thought. */
struct change {
    uint32_t word;
    int32_t move, day;
    int64_t amount;
};

static int change_order(const void *x, const void *y)
{
    const struct change *a = x, *b = y;
    if (a->day != b->day) return a->day < b->day ? -1 : 1;
    if (a->move != b->move) return a->move < b->move ? -1 : 1;
    return (a->word > b->word) - (a->word < b->word);
}

static void put_change(struct book *b, uint32_t line, const struct change *c, int64_t now_ms)
{
    const struct line *l = &b->lines[line];
    uint32_t key = tally_of(b, CUBE_GIVES, l->giver, c->word, c->move);
    if (c->amount == INT64_MIN) {
        lose(b);
        return;
    }
    tally_add(b, CUBE_GIVES, key, c->amount);
    int delivers = move_delivers(c->move);
    if (delivers) add_delivered(b, l, c->word, c->day, delivers * c->amount);
    b->restated = list_more(b->arena, b->restated, b->restated_count, 1, &b->restated_room,
                            sizeof *b->restated);
    b->restated[b->restated_count++] = (struct restated){.recorded_ms = now_ms,
                                                         .amount = c->amount,
                                                         .key = key,
                                                         .row = b->rows.count,
                                                         .day = c->day,
                                                         .line = line};
}

/* Those of one day, movement and currency become one; what comes to nothing is left out. */
static void put_changes(struct book *b, uint32_t line, struct change *list, uint32_t count,
                        int64_t now_ms)
{
    if (count) qsort(list, count, sizeof *list, change_order);
    for (uint32_t i = 0; i < count;) {
        struct change one = list[i++];
        for (; i < count && change_order(&list[i], &one) == 0; i++) {
            if (__builtin_add_overflow(one.amount, list[i].amount, &one.amount)) lose(b);
        }
        if (one.amount) put_change(b, line, &one, now_ms);
    }
}

/* What can be subtracted too. */
static int64_t amount_of(struct book *b, const struct price *p, int64_t qty)
{
    int64_t amount;
    if (price_amount(p, qty, &amount) && amount != INT64_MIN) return amount;
    lose(b);
    return 0;
}

static void restate(struct book *b, uint32_t line, const struct price *price, int64_t now_ms)
{
    struct arena a = {0};
    struct price was = price_now(b, line);
    struct change *list = NEW_ARRAY(&a, (size_t)b->pots[line].entries * 2 + 1, struct change);
    uint32_t count = 0;
    for (uint32_t row = b->lines[line].last_row; row != NONE; row = b->rows.prev[row]) {
        bool back = b->rows.flags[row] & ROW_REVERSAL;
        int32_t move = row_move(&b->columns, row), day = b->rows.day[row];
        int64_t old = amount_of(b, &was, b->rows.qty[row]);
        int64_t new = amount_of(b, price, b->rows.qty[row]);
        list[count++] = (struct change){was.word, move, day, back ? old : -old};
        list[count++] = (struct change){price->word, move, day, back ? -new : new};
    }
    put_changes(b, line, list, count, now_ms);
    arena_free(&a);
}

static void keep_price(struct book *b, uint32_t line, const struct price *p)
{
    b->prices[line].value = p->value;
    b->prices[line].word = p->word;
}

static bool same_price(const struct price *x, const struct price *y)
{
    return x->value == y->value && x->parts == y->parts && x->word == y->word;
}

/* Money is worth itself, whatever values stand beside it: interest of a loan has thousands. */
static bool is_money(const struct book *b, uint32_t noun)
{
    for (uint32_t v = b->noun_last[noun]; v != NONE; v = b->versions[v].before) {
        uint32_t line = book_line(b, b->versions[v].id);
        if (line_currency(b, b->lines[line].item) == NONE) return false;
    }
    return true;
}

/* Of all versions of a line. */
static void value_line(struct book *b, uint32_t noun, const struct record *r)
{
    if (is_money(b, noun)) return;
    const struct record *value = value_known(b, noun, INT64_MAX, r);
    for (uint32_t v = b->noun_last[noun]; v != NONE; v = b->versions[v].before) {
        uint32_t line = book_line(b, b->versions[v].id);
        struct price price = price_of(b, &b->lines[line], value);
        struct price was = price_now(b, line);
        if (same_price(&price, &was)) continue;
        restate(b, line, &price, r->recorded_ms);
        keep_price(b, line, &price);
    }
}

void cube_value(struct book *b, const struct record *r, uint32_t noun, uint32_t before)
{
    uint32_t of = noun_at(b, r, F_OF), was = NONE;
    word_of(b, record_text(r, F_CURRENCY)); /* for price_of() */
    if (before != NONE) was = book_noun_of(b, (uint64_t)version_int(b, before, F_OF, 0));
    if (was != of && was != NONE && b->noun_kind[was] == KIND_LINE) value_line(b, was, r);
    if (of == NONE || b->noun_kind[of] != KIND_LINE) return;
    if (was != of) {
        struct kept_price *p = &b->prices[book_line(b, b->versions[b->noun_last[of]].id)];
        b->valuings = list_more(b->arena, b->valuings, b->valuing_count, 1, &b->valuing_room,
                                sizeof *b->valuings);
        b->valuings[b->valuing_count++] = (struct valuing){noun, p->values};
        p->values = b->valuing_count;
    }
    value_line(b, of, r);
}

/* --- promises --- */

struct promise {
    int64_t open, whole, delivered;
    int32_t first;
    uint32_t giver;
};

static void add_version(struct book *b, struct promise *p, uint32_t line)
{
    const struct held *h = &b->held[line];
    int64_t open = 0, whole = 0;
    for (int s = STAGE_CONSIDERED; s <= STAGE_DISPATCHED; s++) open += h->at[s];
    for (int s = STAGE_DELIVERED; s < STAGE_COUNT; s++) whole += h->at[s];
    whole += open;
    if (__builtin_add_overflow(p->open, open, &p->open) ||
        __builtin_add_overflow(p->whole, whole, &p->whole) ||
        __builtin_add_overflow(p->delivered, h->at[STAGE_DELIVERED], &p->delivered)) {
        lose(b);
        p->whole = p->open = 0;
    }
    if (b->pots[line].first_day < p->first) p->first = b->pots[line].first_day;
}

static struct promise promise_of(struct book *b, uint32_t line)
{
    uint32_t v = b->noun_last[b->lines[line].noun];
    struct promise p = {.first = INT32_MAX};
    p.giver = b->lines[book_line(b, b->versions[v].id)].giver;
    for (; v != NONE; v = b->versions[v].before) {
        add_version(b, &p, book_line(b, b->versions[v].id));
    }
    return p;
}

static void count_promise(struct book *b, uint32_t line, bool off)
{
    struct promise p = promise_of(b, line);
    if (b->gist->lost) return;
    if (p.open > 0) {
        uint32_t at = tally_of(b, CUBE_OPEN, p.giver, NONE, 0);
        b->tallies[CUBE_OPEN].list[at].sum += off ? -p.first : p.first;
        b->tallies[CUBE_OPEN].list[at].rest += off ? -1 : 1;
    }
    if (p.whole > 0) {
        uint32_t at = tally_of(b, CUBE_COHORTS, p.giver, NONE, month_of_day(p.first));
        cohort_add(&b->tallies[CUBE_COHORTS].list[at], p.delivered, p.whole, off);
    }
}

void promise_off(struct book *b, uint32_t line)
{
    count_promise(b, line, true);
}

void promise_on(struct book *b, uint32_t line)
{
    count_promise(b, line, false);
}

void cube_line(struct book *b, uint32_t line, uint32_t before)
{
    const struct line *l = &b->lines[line];
    uint32_t values = 0;
    const char *item = l->item == NONE ? "" : book_key(b, l->item);
    if (text_starts(item, "money/")) word_of(b, item + 6); /* for line_currency() */
    b->prices = list_more(b->arena, b->prices, line, 1, &b->price_room, sizeof *b->prices);
    if (before != NONE) {
        values = b->prices[book_line(b, b->versions[before].id)].values;
        gist_of(b)->revised++;
    }
    b->prices[line] = (struct kept_price){.word = NONE, .values = values};
    struct price p = price_of(b, l, values ? value_known(b, l->noun, INT64_MAX, NULL) : NULL);
    keep_price(b, line, &p);
}

/* --- blocks --- */

void book_blocks(struct book *b, unsigned bits)
{
    assert(b->head == 0 && bits >= 1 && bits <= ORDER_BITS);
    gist_of(b)->order_bits = bits;
}

uint32_t order_rows(const struct book *b)
{
    return UINT32_C(1) << b->gist->order_bits;
}

uint64_t block_rows(const struct book *b, uint32_t level)
{
    return (uint64_t)order_rows(b) << BLOCK_STEP * (level + 1);
}

static void add_order_run(struct book *b, int32_t month, uint32_t first, uint32_t count)
{
    b->order_runs = list_more(b->arena, b->order_runs, b->order_run_count, 1, &b->order_run_room,
                              sizeof *b->order_runs);
    b->order_runs[b->order_run_count++] = (struct month_run){month, first, count};
}

/* The last rows by month, each month's as recorded: counted, then put in place. */
static void order_block(struct book *b)
{
    enum { MONTHS = 3600 };
    static_assert(DAY_MIN == -25567 && DAY_MAX == 84005, "those of three centuries");
    struct arena a = {0};
    uint32_t rows = order_rows(b), row = b->rows.count - rows, run = b->order_run_count,
             at = b->order_count;
    uint32_t *count = NEW_ARRAY(&a, MONTHS, uint32_t);
    uint16_t *month = NEW_ARRAY(&a, rows, uint16_t);
    b->order =
        list_more(b->arena, b->order, b->order_count, rows, &b->order_room, sizeof *b->order);
    b->order_count += rows;
    for (uint32_t i = 0; i < rows; i++) {
        month[i] = (uint16_t)month_of_day(b->rows.day[row + i]);
        assert(month[i] < MONTHS);
        count[month[i]]++;
    }
    for (uint32_t m = 0; m < MONTHS; m++) {
        uint32_t many = count[m];
        if (many) add_order_run(b, (int32_t)m, at, many);
        count[m] = at;
        at += many;
    }
    for (uint32_t i = 0; i < rows; i++) b->order[count[month[i]]++] = (uint16_t)i;
    b->order_blocks = list_more(b->arena, b->order_blocks, b->order_block_count, 1,
                                &b->order_block_room, sizeof *b->order_blocks);
    b->order_blocks[b->order_block_count++] =
        (struct row_block){row, 0, run, b->order_run_count - run};
    arena_free(&a);
}

/* Adding up by key, and which keys there are. */
struct adding {
    struct arena arena;
    int64_t *sum; /* by key */
    bool *there;
    uint32_t *keys, count;
};

static struct adding adding_begin(const struct book *b)
{
    uint32_t keys = b->tallies[CUBE_GIVES].count;
    struct adding g = {.count = 0};
    g.sum = NEW_ARRAY(&g.arena, keys + 1, int64_t);
    g.there = NEW_ARRAY(&g.arena, keys + 1, bool);
    g.keys = NEW_ARRAY(&g.arena, keys + 1, uint32_t);
    return g;
}

static inline int64_t wrapped(int64_t x, int64_t y) /* no sum of a part overflows; see above */
{
    return (int64_t)((uint64_t)x + (uint64_t)y);
}

static void adding_put(struct adding *g, uint32_t key, int64_t amount)
{
    if (!g->there[key]) g->keys[g->count++] = key;
    g->there[key] = true;
    g->sum[key] = wrapped(g->sum[key], amount);
}

/* What was added up becomes the cells of a month. */
static void adding_flush(struct adding *g, struct book *b, int32_t month)
{
    uint32_t room = b->cell_room, first = b->cell_count;
    b->cell_key = list_more(b->arena, b->cell_key, first, g->count, &room, sizeof *b->cell_key);
    b->cell_amount =
        list_more(b->arena, b->cell_amount, first, g->count, &b->cell_room, sizeof *b->cell_amount);
    for (uint32_t i = 0; i < g->count; i++) {
        uint32_t key = g->keys[i];
        if (g->sum[key]) {
            b->cell_key[b->cell_count] = key;
            b->cell_amount[b->cell_count++] = g->sum[key];
        }
        g->sum[key] = 0;
        g->there[key] = false;
    }
    g->count = 0;
    if (b->cell_count == first) return;
    b->cell_runs = list_more(b->arena, b->cell_runs, b->cell_run_count, 1, &b->cell_run_room,
                             sizeof *b->cell_runs);
    b->cell_runs[b->cell_run_count++] = (struct month_run){month, first, b->cell_count - first};
}

static void add_cell_block(struct book *b, uint32_t row, uint32_t level, uint32_t run)
{
    b->cell_blocks = list_more(b->arena, b->cell_blocks, b->cell_block_count, 1,
                               &b->cell_block_room, sizeof *b->cell_blocks);
    b->cell_blocks[b->cell_block_count++] =
        (struct row_block){row, level, run, b->cell_run_count - run};
}

/* Runs of several tables, to be met month by month. */
struct meeting {
    int32_t month;
    uint32_t run;
    bool restated; /* `run` is one of those, else of the table's runs */
};

static int meeting_order(const void *x, const void *y)
{
    const struct meeting *a = x, *b = y;
    if (a->month != b->month) return a->month < b->month ? -1 : 1;
    if (a->restated != b->restated) return a->restated ? 1 : -1;
    return (a->run > b->run) - (a->run < b->run);
}

static void add_ordered(struct adding *g, const struct book *b, const struct month_run *run)
{
    uint32_t row = run->first & ~(order_rows(b) - 1);
    for (uint32_t i = 0; i < run->count; i++) {
        uint32_t at = row + b->order[run->first + i];
        adding_put(g, b->rows.key[at], b->rows.amount[at]);
    }
}

static void add_cells(struct adding *g, const struct book *b, const struct month_run *run)
{
    for (uint32_t i = run->first; i < run->first + run->count; i++) {
        adding_put(g, b->cell_key[i], b->cell_amount[i]);
    }
}

/* The first that was restated before no row below that one. */
uint32_t restated_from(const struct book *b, uint32_t row)
{
    uint32_t low = 0, high = b->restated_count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (b->restated[mid].row < row)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* Runs that a block is made of: of ordered rows, or of cells of the level below. */
static uint32_t meet_runs(struct arena *a, const struct book *b, uint32_t row, uint32_t level,
                          struct meeting **out)
{
    enum { PARTS = 1 << BLOCK_STEP };
    const struct row_block *all = level ? b->cell_blocks : b->order_blocks;
    const struct month_run *runs = level ? b->cell_runs : b->order_runs;
    const struct row_block *parts[PARTS];
    uint32_t part_count = 0, count = 0, next = 0;
    for (uint32_t i = level ? b->cell_block_count : b->order_block_count; i-- > 0;) {
        if (all[i].row < row) break;
        if (level && all[i].level + 1 != level) continue;
        assert(part_count < PARTS);
        parts[part_count++] = &all[i];
        count += all[i].runs;
    }
    assert(part_count == PARTS);
    uint32_t from = level ? 0 : restated_from(b, row);
    uint32_t to = level ? 0 : restated_from(b, b->rows.count);
    struct meeting *list = NEW_ARRAY(a, count + (to - from) + 1, struct meeting);
    while (part_count-- > 0) {
        uint32_t first = parts[part_count]->run, end = first + parts[part_count]->runs;
        for (uint32_t i = first; i < end; i++) {
            list[next++] = (struct meeting){runs[i].month, i, false};
        }
    }
    for (uint32_t i = from; i < to; i++) {
        list[next++] = (struct meeting){month_of_day(b->restated[i].day), i, true};
    }
    *out = list;
    return next;
}

/* Cells of the block that begins with that row and ends with the last. */
static void cell_block(struct book *b, uint32_t row, uint32_t level)
{
    struct adding g = adding_begin(b);
    struct meeting *list;
    uint32_t count = meet_runs(&g.arena, b, row, level, &list), run = b->cell_run_count;
    if (count) qsort(list, count, sizeof *list, meeting_order);
    for (uint32_t i = 0; i < count; i++) {
        const struct meeting *m = &list[i];
        if (m->restated)
            adding_put(&g, b->restated[m->run].key, b->restated[m->run].amount);
        else if (level == 0)
            add_ordered(&g, b, &b->order_runs[m->run]);
        else
            add_cells(&g, b, &b->cell_runs[m->run]);
        if (i + 1 == count || list[i + 1].month != m->month) adding_flush(&g, b, m->month);
    }
    add_cell_block(b, row, level, run);
    arena_free(&g.arena);
}

static void blocks_end(struct book *b)
{
    uint32_t rows = b->rows.count;
    if (rows % order_rows(b)) return;
    order_block(b);
    for (uint32_t level = 0; level <= LEVEL_MAX; level++) {
        uint32_t size = (uint32_t)block_rows(b, level);
        if (rows % size) return;
        cell_block(b, rows - size, level);
    }
}

/* --- rows --- */

void cube_row(struct book *b, uint32_t row)
{
    struct rows *r = &b->rows;
    const struct line *l = &b->lines[r->line[row]];
    struct price p = price_now(b, r->line[row]);
    int32_t move = row_move(&b->columns, row);
    int64_t sign = r->flags[row] & ROW_REVERSAL ? -1 : 1;
    int64_t amount = sign * amount_of(b, &p, r->qty[row]);
    r->amount[row] = amount;
    r->key[row] = tally_of(b, CUBE_GIVES, l->giver, p.word, move);
    tally_add(b, CUBE_GIVES, r->key[row], amount);
    tally_add(b, CUBE_THINGS, tally_of(b, CUBE_THINGS, l->item, NONE, move), sign * r->qty[row]);
    int delivers = move_delivers(move);
    if (delivers) add_delivered(b, l, p.word, r->day[row], delivers * amount);
    blocks_end(b);
}

/* Spots are made when something is first added: who only reads needs none. */
void cube_wake(struct book *b)
{
    for (int by = 0; by < CUBE_COUNT; by++) {
        b->tallies[by].spots = NULL;
        b->tallies[by].spot_room = 0;
    }
}
