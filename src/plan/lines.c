/*
 * lines.c - which production lines to open.
 *
 * A tree of choices: in each node some lines are open, some are shut, the rest
 * may be opened in part. First down to one full choice, by what the prices
 * lean to; then always where the bound is lowest. A node costs a few rounds,
 * because prices and columns of the node before it nearly fit.
 */
#include <math.h>
#include <string.h>

#include "plan/inside.h"

struct node {
    struct node *next; /* in order of bound */
    double bound;
    int8_t *state;
};

struct tree {
    struct search *q;
    struct arena arena;
    struct node *open;
    double closed; /* least bound of nodes that are done with */
};

/* A part as the line stands in the iteration; 0 and 1 are no longer undecided. */
static double part_open(const struct solver *s, int32_t g)
{
    return s->line_qty[g] > 0 ? s->opening[g] / s->line_qty[g] : 0;
}

static int32_t most_undecided(const struct solver *s)
{
    int32_t best = MODEL_NONE;
    double off = INFINITY;
    for (int32_t g = 0; g < s->m->lines; g++) {
        double d = fabs(part_open(s, g) - 0.5);
        if (s->line_state[g] != LINE_FREE || d >= off) continue;
        off = d;
        best = g;
    }
    return best;
}

static void put_node(struct tree *t, struct node *n)
{
    struct node **at = &t->open;
    while (*at && (*at)->bound < n->bound) at = &(*at)->next;
    n->next = *at;
    *at = n;
}

static struct node *child(struct tree *t, const struct node *of, int32_t line, int8_t state)
{
    size_t lines = (size_t)t->q->s->m->lines;
    struct node *n = NEW(&t->arena, struct node);
    n->bound = of->bound;
    n->state = NEW_ARRAY(&t->arena, lines, int8_t);
    memcpy(n->state, of->state, lines);
    if (line != MODEL_NONE) n->state[line] = state;
    return n;
}

static double over_all(const struct tree *t)
{
    double open = t->open ? t->open->bound : INFINITY;
    return fmin(fmin(open, t->closed), t->q->best.objective);
}

/* Rounds in one node, until its bound is worth no more, or it is good enough. */
static void work_on(struct tree *t, struct node *n)
{
    struct search *q = t->q;
    struct solver *s = q->s;
    uint32_t rounds = 0, still = 0, most = q->nodes ? 12 : 60;
    memcpy(s->line_state, n->state, (size_t)s->m->lines);
    s->bound = n->bound;
    q->nodes++;
    while (engine_round(q) && ++rounds < most) {
        double little = 0.02 * q->gap * fabs(q->best.objective);
        double enough = q->best.objective - q->gap * fabs(q->best.objective);
        still = s->bound - n->bound > little || !isfinite(n->bound) ? 0 : still + 1;
        if (s->bound > n->bound) n->bound = s->bound;
        if (n->bound >= enough || still >= 2) break;
    }
    if (s->bound > n->bound) n->bound = s->bound;
}

void search_lines(struct search *q)
{
    enum { NODES_MOST = 400 };
    struct solver *s = q->s;
    struct tree t = {.q = q, .closed = INFINITY};
    struct node *n = NEW(&t.arena, struct node);
    n->bound = -INFINITY;
    n->state = NEW_ARRAY(&t.arena, (size_t)s->m->lines, int8_t);
    memset(n->state, LINE_FREE, (size_t)s->m->lines);
    double *root = NEW_ARRAY(&t.arena, (size_t)s->rows, double);
    while (n) {
        work_on(&t, n);
        if (q->nodes == 1) memcpy(root, s->best_y, (size_t)s->rows * sizeof *root);
        double enough = q->best.objective - q->gap * fabs(q->best.objective);
        int32_t line = most_undecided(s);
        if (q->stopped || q->nodes >= NODES_MOST || line == MODEL_NONE || n->bound >= enough) {
            t.closed = fmin(t.closed, n->bound);
            n = NULL;
        } else {
            int8_t first = part_open(s, line) > 0.5 ? LINE_OPEN : LINE_SHUT;
            put_node(&t, child(&t, n, line, first == LINE_OPEN ? LINE_SHUT : LINE_OPEN));
            n = child(&t, n, line, first);
        }
        if (!n && !q->stopped && q->nodes < NODES_MOST &&
            gap_of(q->best.objective, over_all(&t)) > q->gap && t.open && t.open->bound < enough) {
            n = t.open;
            t.open = n->next;
        }
    }
    s->bound = over_all(&t);
    memcpy(s->best_y, root, (size_t)s->rows * sizeof *root);
    memset(s->line_state, LINE_FREE, (size_t)s->m->lines);
    arena_free(&t.arena);
}
