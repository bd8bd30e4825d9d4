/*
 * instance_supply.c - what can be given: budgets, production lines, lots, and
 * promises that nothing was allocated for yet.
 */
#include <string.h>

#include "plan/instance_inside.h"

/* --- budgets --- */

struct period {
    uint32_t noun, giver; /* giver: a noun */
    int32_t since, until;
};

struct spending {
    struct build *b;
    struct period *budget;
    uint32_t *plant;  /* nouns */
    bool *has_budget; /* by giver number */
    double *spent;    /* by budget: on what was taken already */
    bool *opened;     /* by production line: something of it was taken */
};

/* Of the giver's budgets for that day the one for the shortest period; MODEL_NONE. */
static int32_t budget_for(const struct spending *s, uint32_t giver, int32_t day)
{
    int32_t best = MODEL_NONE, shortest = INT32_MAX;
    for (int32_t i = 0; i < s->b->m->budgets; i++) {
        const struct period *p = &s->budget[i];
        if (p->giver != giver || day < p->since || day > p->until) continue;
        if (p->until - p->since >= shortest) continue;
        best = i;
        shortest = p->until - p->since;
    }
    return best;
}

/* A giver with budgets but none for the day of an order: it is planned without a limit. */
static int32_t budget_of(struct spending *s, const struct record *r, uint32_t giver)
{
    struct build *b = s->b;
    int32_t day = (int32_t)record_int(r, F_ORDERED, b->q->day);
    int32_t budget = budget_for(s, giver, day);
    if (budget == MODEL_NONE && s->has_budget[b->giver_of[giver]]) {
        char date[DAY_TEXT];
        find_fault(b, FINDING_BUDGET, r, "%s %s: no budget of %s for orders on %s: taken as enough",
                   kind_name(r->kind), record_text(r, F_KEY), book_key(b->book, giver),
                   day_format(day, date));
    }
    return budget;
}

static void number_budgets(struct spending *s)
{
    struct build *b = s->b;
    struct model *m = b->m;
    uint32_t total = book_noun_count(b->book);
    s->budget = NEW_ARRAY(b->arena, (size_t)total + 1, struct period);
    s->plant = NEW_ARRAY(b->arena, (size_t)total + 1, uint32_t);
    s->has_budget = NEW_ARRAY(b->arena, (size_t)m->givers + 1, bool);
    for (uint32_t noun = 0; noun < total; noun++) {
        const struct record *r = record_there(b, noun, KIND_BUDGET);
        const struct record *plant = record_there(b, noun, KIND_PLANT);
        if (r && is_asked(b, noun_of_ref(b, r, F_PARTY))) {
            uint32_t giver = noun_of_ref(b, r, F_PARTY);
            b->number[noun] = m->budgets;
            s->has_budget[b->giver_of[giver]] = true;
            s->budget[m->budgets++] = (struct period){.noun = noun,
                                                      .giver = giver,
                                                      .since = (int32_t)record_int(r, F_SINCE, 0),
                                                      .until = (int32_t)record_int(r, F_UNTIL, 0)};
        } else if (plant && is_asked(b, noun_of_ref(b, plant, F_PARTY))) {
            b->number[noun] = m->lines;
            s->plant[m->lines++] = noun;
        }
    }
    m->budget = NEW_ARRAY(b->arena, (size_t)m->budgets + 1, double);
    m->line = NEW_ARRAY(b->arena, (size_t)m->lines + 1, struct model_line);
    s->spent = NEW_ARRAY(b->arena, (size_t)m->budgets + 1, double);
    s->opened = NEW_ARRAY(b->arena, (size_t)m->lines + 1, bool);
}

static double amount_of(struct build *b, const struct record *r, int32_t day)
{
    double amount = 0;
    struct dec d = record_dec(r, F_AMOUNT);
    if (!money_told(b, r, d, record_text(r, F_CURRENCY), day, &amount)) return 0;
    return amount > 0 ? amount : 0;
}

static void price_budgets(struct spending *s)
{
    struct build *b = s->b;
    for (int32_t i = 0; i < b->m->budgets; i++) {
        const struct record *r = book_version(b->book, s->budget[i].noun, b->known);
        b->m->budget[i] = amount_of(b, r, b->q->day);
    }
    for (int32_t i = 0; i < b->m->lines; i++) {
        const struct record *r = book_version(b->book, s->plant[i], b->known);
        uint32_t giver = noun_of_ref(b, r, F_PARTY);
        b->m->line[i] = (struct model_line){.giver = b->giver_of[giver],
                                            .budget = budget_of(s, r, giver),
                                            .fixed = amount_of(b, r, b->q->day)};
    }
}

/* What was taken from paid lots, and lines that run already, has been paid. */
static void charge_budgets(struct spending *s)
{
    struct build *b = s->b;
    struct model *m = b->m;
    for (int32_t i = 0; i < m->lines; i++) {
        if (!s->opened[i]) continue;
        if (m->line[i].budget != MODEL_NONE) s->spent[m->line[i].budget] += m->line[i].fixed;
    }
    for (int32_t l = 0; l < m->lots; l++) {
        if (m->lot[l].line != MODEL_NONE && s->opened[m->lot[l].line]) m->lot[l].line = MODEL_NONE;
    }
    for (int32_t i = 0; i < m->budgets; i++) {
        if (s->spent[i] == 0) continue;
        m->budget[i] -= s->spent[i];
        if (m->budget[i] >= 0) continue;
        const struct record *r = book_version(b->book, s->budget[i].noun, b->known);
        find_fault(b, FINDING_BUDGET, r, "budget %s: more was spent than there was",
                   record_text(r, F_KEY));
        m->budget[i] = 0;
    }
}

/* --- what was taken from lots --- */

struct drawn {
    const struct build *b;
    int64_t *taken;  /* by noun of the lot, in parts */
    int64_t *placed; /* by line, of what reached committed: put on some lot already */
    const struct line_group *groups;
    uint32_t group_count;
};

/* Lines that name their lot. */
static void draw_named(struct drawn *d)
{
    uint32_t count;
    const struct build *b = d->b;
    const struct line *line = book_lines(b->book, &count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t lot = book_noun_of(b->book, (uint64_t)line_int(b->book, &line[i], F_LOT, 0));
        const struct line_sums *s = &b->lines[i];
        if (lot == NONE) continue;
        i128 all = (i128)d->taken[lot] + s->promised + s->allocated + s->gone;
        d->taken[lot] = all < INT64_MAX ? (int64_t)all : INT64_MAX;
    }
}

/* Others of the same giver and item, as far as the lot still has some. */
static void draw_unnamed(struct drawn *d, uint32_t noun, const struct record *r)
{
    const struct build *b = d->b;
    uint32_t found;
    int64_t left = record_int(r, F_QTY, 0) - record_int(r, F_FLOOR, 0) - d->taken[noun];
    const struct line_group *g = line_group_of(
        d->groups, d->group_count, noun_of_ref(b, r, F_PARTY), noun_of_ref(b, r, F_ITEM), &found);
    for (uint32_t i = 0; i < found && left > 0; i++) {
        int64_t take = line_after(b, g[i].line, stated_day(r)) - d->placed[g[i].line];
        if (take <= 0) continue;
        if (take > left) take = left;
        d->placed[g[i].line] += take;
        d->taken[noun] += take;
        left -= take;
    }
}

/* --- lots --- */

static struct model_lot *add_lot(struct build *b, uint32_t noun, bool promised)
{
    struct model *m = b->m;
    uint32_t n = (uint32_t)m->lots;
    b->lots = arena_more(b->arena, b->lots, n, &b->lot_room, sizeof *b->lots);
    m->lot = arena_more(b->arena, m->lot, n, &b->model_lot_room, sizeof *m->lot);
    b->lots[n] = (struct instance_lot){.noun = noun, .promised = promised};
    m->lots++;
    return &m->lot[n];
}

/* What is free of a lot, in parts; what cannot be is a finding and nothing. */
static int64_t free_of(struct build *b, const struct record *r, int64_t taken)
{
    const char *key = record_text(r, F_KEY);
    int64_t qty = record_int(r, F_QTY, 0), floor = record_int(r, F_FLOOR, 0);
    if (!record_field(r, F_QTY)) {
        find_fault(b, FINDING_STOCK, r, "lot %s: nobody says how much it is", key);
    } else if (qty < 0) {
        find_fault(b, FINDING_STOCK, r, "lot %s: less than nothing", key);
    } else if (floor > qty) {
        find_fault(b, FINDING_FLOOR, r, "lot %s: more is kept than it holds", key);
    } else if (taken > qty) {
        find_fault(b, FINDING_STOCK, r, "lot %s: more was taken from it than it held", key);
    } else if (taken > qty - floor) {
        find_fault(b, FINDING_FLOOR, r, "lot %s: it was drawn below what the giver keeps", key);
    } else {
        return qty - floor - taken;
    }
    return 0;
}

static bool is_paid(const struct record *r)
{
    const char *type = record_text(r, F_TYPE);
    return type && strcmp(type, "stock") != 0;
}

/* What is said of the lot, else what the item costs; of stock nothing. */
static void price_lot(struct build *b, const struct record *r, struct model_lot *lot)
{
    const char *currency = record_text(r, F_CURRENCY);
    int32_t day = b->q->day;
    bool worth = record_field(r, F_WORTH) &&
                 money_told(b, r, record_dec(r, F_WORTH), currency, day, &lot->value);
    if (!worth) lot->value = item_price(b, lot->item);
    bool cost = record_field(r, F_COST) &&
                money_told(b, r, record_dec(r, F_COST), currency, day, &lot->cost);
    if (!cost) lot->cost = is_paid(r) ? item_price(b, lot->item) : 0;
    if (lot->cost < 0) lot->cost = 0;
    if (lot->value < 0) lot->value = 0;
    double *scale = &b->m->item[lot->item].value;
    if (*scale <= 0) *scale = lot->value;
}

static void one_lot(struct spending *s, uint32_t noun, const struct record *r, int64_t taken)
{
    struct build *b = s->b;
    struct model_lot lot = {.line = number_of_ref(b, r, F_PLANT), .budget = MODEL_NONE};
    double gone;
    lot.item = number_of_ref(b, r, F_ITEM);
    uint32_t giver = noun_of_ref(b, r, F_PARTY);
    lot.giver = b->giver_of[giver];
    if (lot.item == MODEL_NONE) return;
    int64_t parts = free_of(b, r, taken);
    lot.ready = instance_month_of(b->q->day, (int32_t)record_int(r, F_DAY, b->q->day));
    if (lot.ready < 0) lot.ready = 0;
    price_lot(b, r, &lot);
    if (is_paid(r)) lot.budget = budget_of(s, r, giver);
    if (taken > 0 && in_units(b, b->items[lot.item].noun, taken, &gone)) {
        if (lot.budget != MODEL_NONE) s->spent[lot.budget] += gone * lot.cost;
        if (lot.line != MODEL_NONE) s->opened[lot.line] = true;
    }
    if (parts <= 0 || !units_told(b, r, b->items[lot.item].noun, parts, &lot.qty)) return;
    if (lot.ready >= b->m->months) {
        find_fault(b, FINDING_WINDOW, r, "lot %s: ready after the last month that is planned",
                   record_text(r, F_KEY));
        return;
    }
    *add_lot(b, noun, false) = lot;
}

/* --- promises --- */

static void one_promise(struct build *b, uint32_t index, const struct line *line)
{
    const struct record *r = line_record(b->book, line);
    struct model_lot lot = {.budget = MODEL_NONE, .line = MODEL_NONE};
    int32_t receiver = b->receiver_of[line->receiver];
    if (b->lines[index].promised <= 0 || receiver == MODEL_NONE) return;
    if (!is_asked(b, line->giver)) return;
    if (!units_told(b, r, line->item, b->lines[index].promised, &lot.qty)) return;
    lot.giver = b->giver_of[line->giver];
    lot.item = b->number[line->item];
    lot.value = item_price(b, lot.item);
    if (b->m->receivers > 1) lot.item = promised_item(b, lot.item, receiver);
    int32_t day = (int32_t)record_int(r, F_SINCE, record_int(r, F_UNTIL, b->q->day));
    lot.ready = instance_month_of(b->q->day, day);
    if (lot.ready < 0) lot.ready = 0;
    if (lot.ready >= b->m->months) {
        find_fault(b, FINDING_WINDOW, r, "line %s: promised for after the last month planned",
                   record_text(r, F_KEY));
        return;
    }
    *add_lot(b, line->noun, true) = lot;
}

/* --- all of it --- */

static void keep_nouns(const struct spending *s)
{
    struct build *b = s->b;
    uint32_t *nouns = NEW_ARRAY(b->arena, (size_t)b->m->budgets + 1, uint32_t);
    for (int32_t i = 0; i < b->m->budgets; i++) nouns[i] = s->budget[i].noun;
    b->out->budget = nouns;
    b->out->line = s->plant;
}

void build_supply(struct build *b)
{
    struct spending s = {.b = b};
    struct drawn d = {.b = b};
    uint32_t total = book_noun_count(b->book), lines;
    const struct line *line = book_lines(b->book, &lines);
    number_budgets(&s);
    keep_nouns(&s);
    price_budgets(&s);
    d.taken = NEW_ARRAY(b->arena, (size_t)total + 1, int64_t);
    d.placed = NEW_ARRAY(b->arena, (size_t)lines + 1, int64_t);
    d.groups = group_lines(b, true, &d.group_count);
    draw_named(&d);
    for (uint32_t noun = 0; noun < total; noun++) {
        const struct record *r = record_there(b, noun, KIND_LOT);
        if (!r || !is_asked(b, noun_of_ref(b, r, F_PARTY))) continue;
        draw_unnamed(&d, noun, r);
        one_lot(&s, noun, r, d.taken[noun]);
    }
    for (uint32_t i = 0; i < lines; i++) one_promise(b, i, &line[i]);
    charge_budgets(&s);
}
