/*
 * pots.c - what the stages of a line hold, and their lowest from a day on.
 *
 * Most lines have a handful of entries, which are walked. A long line would
 * be walked again for each of its entries, so beyond LONG entries it gets a
 * tree over the days for each stage: a node knows the sum of its days and the
 * lowest that any beginning of them comes to, so that an entry and a question
 * cost one way down the tree whatever the line's length.
 */
#include <assert.h>
#include <stdlib.h>

#include "book/inside.h"

enum { LONG = POTS_LONG, LEVELS = 17 };
static_assert(DAY_MAX - DAY_MIN < 1 << LEVELS, "a leaf for every day");

static uint32_t node_new(struct book *b)
{
    b->pot_nodes = arena_more(b->arena, b->pot_nodes, b->pot_node_count, &b->pot_node_room,
                              sizeof *b->pot_nodes);
    if (b->pot_node_count == 0) b->pot_nodes[b->pot_node_count++] = (struct pot_node){0};
    b->pot_nodes = arena_more(b->arena, b->pot_nodes, b->pot_node_count, &b->pot_node_room,
                              sizeof *b->pot_nodes);
    b->pot_nodes[b->pot_node_count] = (struct pot_node){0};
    return b->pot_node_count++;
}

static uint32_t leaf_of(int32_t day)
{
    assert(day >= DAY_MIN && day <= DAY_MAX);
    return (uint32_t)(day - DAY_MIN);
}

static void tree_add(struct book *b, uint32_t *root, int32_t day, int64_t change)
{
    uint32_t way[LEVELS + 1], leaf = leaf_of(day);
    if (!*root) *root = node_new(b);
    way[0] = *root;
    for (int i = 0; i < LEVELS; i++) {
        unsigned side = leaf >> (LEVELS - 1 - i) & 1;
        uint32_t next = b->pot_nodes[way[i]].child[side];
        if (!next) {
            next = node_new(b);
            b->pot_nodes[way[i]].child[side] = next;
        }
        way[i + 1] = next;
    }
    struct pot_node *last = &b->pot_nodes[way[LEVELS]];
    last->sum += change;
    last->low = last->sum < 0 ? last->sum : 0;
    for (int i = LEVELS - 1; i >= 0; i--) {
        struct pot_node *n = &b->pot_nodes[way[i]];
        const struct pot_node *left = &b->pot_nodes[n->child[0]];
        const struct pot_node *right = &b->pot_nodes[n->child[1]];
        n->sum = left->sum + right->sum;
        n->low = left->sum + right->low < left->low ? left->sum + right->low : left->low;
    }
}

static int64_t tree_lowest(const struct book *b, uint32_t root, int32_t day)
{
    uint32_t leaf = leaf_of(day), at = root;
    int64_t until = 0, low_after = 0; /* sum up to the day; lowest beginning of what follows it */
    for (int i = LEVELS - 1; i >= 0 && at; i--) {
        const struct pot_node *n = &b->pot_nodes[at];
        if (leaf >> i & 1) {
            until += b->pot_nodes[n->child[0]].sum;
            at = n->child[1];
            continue;
        }
        const struct pot_node *right = &b->pot_nodes[n->child[1]];
        int64_t low = right->sum + low_after;
        low_after = low < right->low ? low : right->low;
        at = n->child[0];
    }
    return until + (at ? b->pot_nodes[at].sum : 0) + low_after;
}

/* What a row changes in a pot. */
static int64_t change_of(const struct rows *r, uint32_t row, unsigned pot)
{
    unsigned stage = pot == POT_CONFIRMED ? STAGE_DELIVERED : pot;
    if (pot == POT_CONFIRMED && !(r->flags[row] & ROW_CONFIRMED)) return 0;
    if ((r->stages[row] & 15) == stage) return r->qty[row];
    return r->stages[row] >> 4 == stage ? -r->qty[row] : 0;
}

struct step {
    int32_t day;
    int64_t change;
};

static int by_day(const void *x, const void *y)
{
    const struct step *a = x, *b = y;
    return (a->day > b->day) - (a->day < b->day);
}

static int64_t walk_lowest(const struct book *b, uint32_t last_row, unsigned pot, int32_t day)
{
    const struct rows *r = &b->rows;
    struct step later[LONG];
    uint32_t count = 0;
    int64_t balance = 0;
    for (uint32_t row = last_row; row != NONE; row = r->prev[row]) {
        int64_t change = change_of(r, row, pot);
        if (change == 0) continue;
        if (r->day[row] <= day) {
            balance += change;
        } else {
            assert(count < LONG);
            later[count++] = (struct step){r->day[row], change};
        }
    }
    if (count > 1) qsort(later, count, sizeof *later, by_day);
    int64_t lowest = balance;
    for (uint32_t i = 0; i < count; i++) {
        balance += later[i].change;
        bool day_ends = i + 1 == count || later[i + 1].day != later[i].day;
        if (day_ends && balance < lowest) lowest = balance;
    }
    return lowest;
}

int64_t pots_lowest(const struct book *b, uint32_t line, unsigned pot, int32_t day)
{
    const struct pots *p = &b->pots[line];
    if (day >= p->last_day) { /* as entries mostly come */
        return pot == POT_CONFIRMED ? p->confirmed : b->held[line].at[pot];
    }
    if (p->trees) return tree_lowest(b, b->trees[p->trees - 1].root[pot], day);
    return walk_lowest(b, b->lines[line].last_row, pot, day);
}

static void plant(struct book *b, const struct pots *p, uint32_t row)
{
    for (unsigned pot = STAGE_WORLD + 1; pot < POT_COUNT; pot++) {
        int64_t change = change_of(&b->rows, row, pot);
        if (change) tree_add(b, &b->trees[p->trees - 1].root[pot], b->rows.day[row], change);
    }
}

void pots_add(struct book *b, uint32_t line, uint32_t row)
{
    struct pots *p = &b->pots[line];
    const struct rows *r = &b->rows;
    p->confirmed += change_of(r, row, POT_CONFIRMED);
    if (r->stages[row] >> 4 == STAGE_WORLD) p->entered += r->qty[row];
    if (r->day[row] > p->last_day) p->last_day = r->day[row];
    if (r->day[row] < p->first_day) p->first_day = r->day[row];
    if (++p->entries < LONG) return;
    if (p->trees) {
        plant(b, p, row);
        return;
    }
    b->trees = arena_more(b->arena, b->trees, b->tree_count, &b->tree_room, sizeof *b->trees);
    b->trees[b->tree_count] = (struct trees){.root = {0}};
    p->trees = ++b->tree_count;
    for (uint32_t at = row; at != NONE; at = r->prev[at]) plant(b, p, at);
}

void pots_new(struct book *b, uint32_t line)
{
    b->pots = list_more(b->arena, b->pots, line, 1, &b->pot_room, sizeof *b->pots);
    b->pots[line] = (struct pots){.last_day = INT32_MIN, .first_day = INT32_MAX};
    b->held = list_more(b->arena, b->held, line, 1, &b->held_room, sizeof *b->held);
    held_new(&b->held[line]);
}
