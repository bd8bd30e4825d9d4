/*
 * instance.c - what an instance is made of, in order; and what all of it needs:
 * exact numbers, one currency, prices, findings.
 *
 * Everything is numbered in the order in which the book met it, so that the
 * same book gives the same model whatever was asked of it before.
 */
#include "plan/instance.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "plan/instance_inside.h"

const struct instance_weights instance_weights_usual = {
    .need = 0.25, .urgent = 5, .step = 2, .fairness = 5e-7, .thrift = 2e-8};

struct instance_question instance_asked(struct book *b, const struct clocks *at, int32_t day)
{
    return (struct instance_question){.book = b,
                                      .at = *at,
                                      .day = day,
                                      .group = NONE,
                                      .early = INSTANCE_EARLY,
                                      .late = INSTANCE_LATE,
                                      .weights = instance_weights_usual};
}

/* --- findings --- */

static const char *const finding_names[FINDING_COUNT] = {"floor", "stock",  "cycle",  "unmeetable",
                                                         "hub",   "way",    "price",  "mass",
                                                         "key",   "window", "budget", "overflow"};

const char *finding_name(enum finding_rule rule)
{
    return finding_names[rule];
}

void find_fault(struct build *b, enum finding_rule rule, const struct record *r, const char *fmt,
                ...)
{
    struct instance *out = b->out;
    char text[400];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    text_mend(text);
    out->findings = arena_more(b->arena, out->findings, out->finding_count, &b->finding_room,
                               sizeof *out->findings);
    out->findings[out->finding_count++] = (struct finding){.rule = rule,
                                                           .sink = MODEL_NONE,
                                                           .record = r ? r->id : 0,
                                                           .text = arena_text(b->arena, text)};
}

static int finding_order(const void *x, const void *y)
{
    const struct finding *a = *(const struct finding *const *)x,
                         *b = *(const struct finding *const *)y;
    if (a->rule != b->rule) return a->rule < b->rule ? -1 : 1;
    return a < b ? -1 : a > b;
}

static void sort_findings(struct build *b)
{
    struct instance *out = b->out;
    uint32_t count = out->finding_count;
    if (!count) return;
    struct finding **order = NEW_ARRAY(b->arena, count, struct finding *);
    struct finding *sorted = NEW_ARRAY(b->arena, count, struct finding);
    for (uint32_t i = 0; i < count; i++) order[i] = &out->findings[i];
    qsort(order, count, sizeof(*order), finding_order);
    for (uint32_t i = 0; i < count; i++) sorted[i] = *order[i];
    out->findings = sorted;
}

/* --- records --- */

uint32_t noun_of_ref(const struct build *b, const struct record *r, enum tag tag)
{
    uint64_t id = record_ref(r, tag);
    return id ? book_noun_of(b->book, id) : NONE;
}

int32_t number_of_ref(const struct build *b, const struct record *r, enum tag tag)
{
    uint32_t noun = noun_of_ref(b, r, tag);
    return noun == NONE ? MODEL_NONE : b->number[noun];
}

const struct record *record_there(const struct build *b, uint32_t noun, enum kind kind)
{
    if (book_kind(b->book, noun) != kind) return NULL;
    const struct record *r = book_version(b->book, noun, b->known);
    if (!r || record_text(r, F_VERDICT)) return NULL;
    bool later = kind == KIND_NEED && !b->q->later && record_int(r, F_DAY, DAY_MIN) > b->q->day;
    return later ? NULL : r;
}

bool item_is_money(const struct build *b, uint32_t item)
{
    return text_starts(book_key(b->book, item), "money/");
}

/* --- numbers --- */

enum { EXACT_SCALE = 22 }; /* powers of ten that a double holds */

bool exact_number(int64_t n, int scale, double *out)
{
    double power = 1;
    if (n >= INT64_C(1) << 53 || n <= -(INT64_C(1) << 53) || scale > EXACT_SCALE) return false;
    for (int i = 0; i < scale; i++) power *= 10;
    *out = (double)n / power;
    return true;
}

static int places_of(const struct build *b, uint32_t item)
{
    const struct record *r = book_version(b->book, item, b->known);
    int64_t parts = r ? record_int(r, F_PARTS, 0) : 0;
    return parts > EXACT_SCALE ? EXACT_SCALE + 1 : (int)parts;
}

bool in_units(const struct build *b, uint32_t item, int64_t parts, double *out)
{
    return exact_number(parts, places_of(b, item), out);
}

bool units_told(struct build *b, const struct record *r, uint32_t item, int64_t parts, double *out)
{
    if (in_units(b, item, parts, out)) return true;
    find_fault(b, FINDING_OVERFLOW, r,
               "%s %s: %" PRId64 " parts of %s are more than can be planned", kind_name(r->kind),
               record_text(r, F_KEY), parts, book_key(b->book, item));
    return false;
}

bool money_told(struct build *b, const struct record *r, struct dec amount, const char *currency,
                int32_t day, double *out)
{
    const struct instance_question *q = b->q;
    struct err err = {0};
    const char *to = b->out->currency;
    if (!currency || strcmp(currency, to) != 0) {
        if (!currency || !q->convert ||
            q->convert(q->convert_ctx, amount, currency, day, to, &amount, &err)) {
            find_fault(b, FINDING_PRICE, r, "%s %s: no rate from %s to %s, so it counts nothing",
                       kind_name(r->kind), record_text(r, F_KEY), currency ? currency : "?", to);
            return false;
        }
    }
    /* Money is weighed, not counted: digits that no double holds are rounded away. */
    while (amount.scale > 0 &&
           (llabs(amount.n) >= INT64_C(1) << 53 || amount.scale > EXACT_SCALE)) {
        amount = (struct dec){(amount.n + (amount.n < 0 ? -5 : 5)) / 10, amount.scale - 1};
    }
    if (exact_number(amount.n, amount.scale, out)) return true;
    find_fault(b, FINDING_OVERFLOW, r, "%s %s: the amount has more digits than can be planned",
               kind_name(r->kind), record_text(r, F_KEY));
    return false;
}

/* --- time --- */

static int32_t month_number(int32_t day)
{
    int year, month, dom;
    day_to_civil(day, &year, &month, &dom);
    return year * 12 + month - 1;
}

int32_t instance_month_of(int32_t planning_day, int32_t day)
{
    return month_number(day) - month_number(planning_day);
}

const char *instance_month(struct arena *a, const struct instance *in, int32_t month)
{
    int32_t n = month_number(in->day) + month;
    return text_format(a, "%04d-%02d", (int)(n / 12), (int)(n % 12 + 1));
}

/* --- currency --- */

/* The currency of all records of a kind, "" if there are none; RC_INPUT when two differ. */
static enum rc shared_currency(const struct build *b, enum kind kind, const char **currency,
                               struct err *err)
{
    uint32_t count;
    const struct record *const *list = book_records(b->book, kind, &count);
    for (uint32_t i = 0; i < count; i++) {
        const char *one = record_text(list[i], F_CURRENCY);
        if (!one || !book_current(b->book, list[i], b->known)) continue;
        if (**currency && strcmp(*currency, one) != 0) {
            return fail(err, RC_INPUT,
                        "amounts are in %.3s and in %.3s: add --currency %.3s, or another",
                        *currency, one, *currency);
        }
        *currency = one;
    }
    return RC_OK;
}

static enum rc choose_currency(struct build *b, struct err *err)
{
    const char *currency = "";
    enum rc rc = RC_OK;
    b->out->currency = b->q->currency;
    if (b->q->currency) return RC_OK;
    rc = shared_currency(b, KIND_LOT, &currency, err);
    if (!rc) rc = shared_currency(b, KIND_BUDGET, &currency, err);
    if (!rc) rc = shared_currency(b, KIND_PLANT, &currency, err);
    if (!rc && !*currency) rc = shared_currency(b, KIND_PRICE, &currency, err);
    b->out->currency = currency;
    return rc;
}

/* --- items and prices --- */

static int32_t add_item(struct build *b, uint32_t noun, int32_t receiver)
{
    struct model *m = b->m;
    uint32_t n = (uint32_t)m->items;
    b->items = arena_more(b->arena, b->items, n, &b->item_room, sizeof *b->items);
    b->price = arena_more(b->arena, b->price, n, &b->price_room, sizeof *b->price);
    m->item = arena_more(b->arena, m->item, n, &b->model_item_room, sizeof *m->item);
    b->items[n] = (struct instance_item){.noun = noun, .receiver = receiver};
    return m->items++;
}

int32_t promised_item(struct build *b, int32_t item, int32_t receiver)
{
    uint32_t noun = b->items[item].noun;
    for (int32_t i = item + 1; i < b->m->items; i++) {
        if (b->items[i].noun == noun && b->items[i].receiver == receiver) return i;
    }
    int32_t own = add_item(b, noun, receiver);
    b->m->item[own] = b->m->item[item];
    b->price[own] = b->price[item];
    return own;
}

enum { CATALOGUE_DEPTH = 64 }; /* a catalogue that goes in circles ends somewhere */

/* The noun above an item in the catalogue, as long as the way up is a way up; else NONE. */
static uint32_t item_above(const struct build *b, uint32_t noun, int *steps)
{
    const struct record *r = record_there(b, noun, KIND_ITEM);
    return r && (*steps)++ < CATALOGUE_DEPTH ? noun_of_ref(b, r, F_PARENT) : NONE;
}

int64_t item_mass(const struct build *b, uint32_t noun)
{
    int steps = 0;
    for (; noun != NONE; noun = item_above(b, noun, &steps)) {
        const struct record *r = record_there(b, noun, KIND_ITEM);
        if (r && record_field(r, F_MASS)) return record_int(r, F_MASS, 0);
    }
    return -1;
}

static void build_items(struct build *b)
{
    for (uint32_t noun = 0; noun < book_noun_count(b->book); noun++) {
        const struct record *r = record_there(b, noun, KIND_ITEM);
        if (!r || item_is_money(b, noun)) continue;
        int32_t i = b->number[noun] = add_item(b, noun, MODEL_NONE);
        b->price[i] = -1;
        b->m->item[i] = (struct model_item){.whole = record_int(r, F_PARTS, 0) == 0};
        int64_t grams = item_mass(b, noun);
        if (!exact_number(grams > 0 ? grams : 0, 6, &b->m->item[i].mass)) {
            find_fault(b, FINDING_OVERFLOW, r, "item %s: its mass is more than can be planned",
                       book_key(b->book, noun));
        }
    }
}

/* What a thing costs to replace says most about what it is worth, its book value least. */
static int basis_rank(const char *basis)
{
    static const char *const ranks[] = {"replacement", "market",   "list",
                                        "stated",      "net book", "estimate"};
    int n = sizeof ranks / sizeof *ranks, i = 0;
    while (i < n && (!basis || strcmp(basis, ranks[i]) != 0)) i++;
    return i;
}

/* Whether price x says more than y: by its basis, then the later day, then the later record. */
static bool price_beats(const struct record *x, const struct record *y)
{
    if (!y) return true;
    int a = basis_rank(record_text(x, F_BASIS)), b = basis_rank(record_text(y, F_BASIS));
    if (a != b) return a < b;
    return record_int(x, F_DAY, DAY_MIN) >= record_int(y, F_DAY, DAY_MIN);
}

/* Where nothing says what it costs: what the thing above it costs. */
static void inherit_prices(struct build *b)
{
    double *own = NEW_ARRAY(b->arena, (size_t)b->m->items + 1, double);
    for (int32_t i = 0; i < b->m->items; i++) own[i] = b->price[i];
    for (int32_t i = 0; i < b->m->items; i++) {
        int steps = 0;
        uint32_t noun = b->items[i].noun;
        while (noun != NONE && (b->number[noun] == MODEL_NONE || own[b->number[noun]] < 0)) {
            noun = item_above(b, noun, &steps);
        }
        if (noun != NONE) b->price[i] = b->m->item[i].value = own[b->number[noun]];
    }
}

static void build_prices(struct build *b)
{
    uint32_t count;
    const struct record *const *list = book_records(b->book, KIND_PRICE, &count);
    size_t items = (size_t)b->m->items;
    const struct record **best = NEW_ARRAY(b->arena, items + 1, const struct record *);
    for (uint32_t i = 0; i < count; i++) {
        const struct record *r = list[i];
        int32_t item = number_of_ref(b, r, F_ITEM);
        if (item == MODEL_NONE || !book_current(b->book, r, b->known)) continue;
        if (record_int(r, F_DAY, DAY_MIN) > b->q->day) continue;
        if (price_beats(r, best[item])) best[item] = r;
    }
    for (int32_t i = 0; i < b->m->items; i++) {
        const struct record *r = best[i];
        double price;
        if (!r) continue;
        int32_t day = (int32_t)record_int(r, F_DAY, b->q->day);
        if (!money_told(b, r, record_dec(r, F_AMOUNT), record_text(r, F_CURRENCY), day, &price))
            continue;
        if (price < 0) continue;
        b->price[i] = b->m->item[i].value = price;
    }
    b->price_asked = NEW_ARRAY(b->arena, items + 1, bool);
    inherit_prices(b);
}

double item_price(struct build *b, int32_t item)
{
    if (b->price[item] >= 0) return b->price[item];
    if (!b->price_asked[item]) {
        uint32_t noun = b->items[item].noun;
        b->price_asked[item] = true;
        find_fault(b, FINDING_PRICE, book_version(b->book, noun, b->known),
                   "item %s: no price, so nobody is credited with it and a need of it counts as one"
                   " million",
                   book_key(b->book, noun));
    }
    return 0;
}

/* --- parties --- */

static void number_parties(struct build *b, const bool *marked, uint32_t **nouns, int32_t *count)
{
    uint32_t total = book_noun_count(b->book);
    *nouns = NEW_ARRAY(b->arena, (size_t)total + 1, uint32_t);
    for (uint32_t noun = 0; noun < total; noun++) {
        if (marked[noun]) (*nouns)[(*count)++] = noun;
    }
}

bool is_asked(const struct build *b, uint32_t party)
{
    return party != NONE &&
           (b->q->group == NONE || book_member(b->book, party, b->q->group, b->q->day, b->known));
}

/* Whoever has a lot, promised something, has a way, a budget or a production line. */
static void mark_givers(const struct build *b, bool *marked)
{
    static const struct {
        enum kind kind;
        enum tag tag;
    } what[] = {
        {KIND_LOT, F_PARTY}, {KIND_ROUTE, F_GIVER}, {KIND_BUDGET, F_PARTY}, {KIND_PLANT, F_PARTY}};
    for (uint32_t noun = 0; noun < book_noun_count(b->book); noun++) {
        for (size_t i = 0; i < sizeof what / sizeof *what; i++) {
            const struct record *r = record_there(b, noun, what[i].kind);
            uint32_t party = r ? noun_of_ref(b, r, what[i].tag) : NONE;
            if (is_asked(b, party)) marked[party] = true;
        }
    }
    uint32_t lines;
    const struct line *line = book_lines(b->book, &lines);
    for (uint32_t i = 0; i < lines; i++) {
        if (b->lines[i].promised > 0 && is_asked(b, line[i].giver)) marked[line[i].giver] = true;
    }
}

static void build_parties(struct build *b)
{
    uint32_t total = book_noun_count(b->book), *givers, *receivers;
    bool *gives = NEW_ARRAY(b->arena, (size_t)total + 1, bool);
    bool *gets = NEW_ARRAY(b->arena, (size_t)total + 1, bool);
    mark_givers(b, gives);
    for (uint32_t noun = 0; noun < total; noun++) {
        const struct record *r = record_there(b, noun, KIND_NEED);
        if (!r) r = record_there(b, noun, KIND_ROUTE);
        uint32_t party = r ? noun_of_ref(b, r, F_RECEIVER) : NONE;
        if (party != NONE) gets[party] = true;
    }
    number_parties(b, gives, &givers, &b->m->givers);
    number_parties(b, gets, &receivers, &b->m->receivers);
    b->out->giver = givers;
    b->out->receiver = receivers;
    b->giver_of = NEW_ARRAY(b->arena, (size_t)total + 1, int32_t);
    b->receiver_of = NEW_ARRAY(b->arena, (size_t)total + 1, int32_t);
    for (uint32_t i = 0; i < total; i++) b->giver_of[i] = b->receiver_of[i] = MODEL_NONE;
    for (int32_t d = 0; d < b->m->givers; d++) b->giver_of[givers[d]] = d;
    for (int32_t r = 0; r < b->m->receivers; r++) b->receiver_of[receivers[r]] = r;
}

/* Their amounts' parts of the sum; all of them 0 where there are none. */
static void build_keys(struct build *b)
{
    struct model *m = b->m;
    const struct instance_question *q = b->q;
    int32_t scale = 0;
    i128 sum = 0, *amount = NEW_ARRAY(b->arena, (size_t)m->givers + 1, i128);
    m->giver = NEW_ARRAY(b->arena, (size_t)m->givers + 1, struct model_giver);
    for (uint32_t i = 0; i < q->key_count; i++) {
        if (q->keys[i].amount.scale > scale) scale = q->keys[i].amount.scale;
    }
    for (uint32_t i = 0; i < q->key_count; i++) {
        int32_t d = b->giver_of[q->keys[i].party];
        if (d == MODEL_NONE || q->keys[i].amount.n <= 0) continue;
        amount[d] = q->keys[i].amount.n * power10(scale - q->keys[i].amount.scale);
        sum += amount[d];
    }
    m->fairness = sum ? q->weights.fairness : 0;
    for (int32_t d = 0; d < m->givers && sum; d++) {
        m->giver[d].key = (double)amount[d] / (double)sum;
        uint32_t noun = b->out->giver[d];
        if (amount[d] == 0) {
            find_fault(b, FINDING_KEY, book_version(b->book, noun, b->known),
                       "party %s: not in the table of the key, so its fair share is nothing",
                       book_key(b->book, noun));
        }
    }
}

/* --- all of it --- */

static void *kept(struct arena *a, const void *list, size_t count, size_t size)
{
    void *copy = arena_alloc(a, count + 1, size);
    if (count) memcpy(copy, list, count * size);
    return copy;
}
#define KEPT(arena, list, n) (list) = kept((arena), (list), (size_t)(n), sizeof *(list))

/* What lives on with the instance, no larger than it is. The rest goes with the scratch. */
static void keep_all(struct arena *a, const struct build *b)
{
    struct instance *out = b->out;
    struct model *m = b->m;
    out->currency = arena_text(a, out->currency);
    KEPT(a, m->giver, m->givers);
    KEPT(a, m->item, m->items);
    KEPT(a, m->lot, m->lots);
    KEPT(a, m->sink, m->sinks);
    KEPT(a, m->accepted, b->accept_count);
    KEPT(a, m->line, m->lines);
    KEPT(a, m->capacity, m->hubs * m->months);
    KEPT(a, m->budget, m->budgets);
    KEPT(a, m->near, m->givers * m->hubs);
    KEPT(a, m->far, m->hubs * m->receivers);
    KEPT(a, out->giver, m->givers);
    KEPT(a, out->receiver, m->receivers);
    KEPT(a, out->budget, m->budgets);
    KEPT(a, out->line, m->lines);
    KEPT(a, out->hub, m->hubs);
    KEPT(a, out->item, m->items);
    KEPT(a, out->lot, m->lots);
    KEPT(a, out->sink, m->sinks);
    KEPT(a, out->findings, out->finding_count);
    for (uint32_t i = 0; i < out->finding_count; i++) {
        out->findings[i].text = arena_text(a, out->findings[i].text);
    }
}

static enum rc build_all(struct build *b, struct err *err)
{
    uint32_t total = book_noun_count(b->book);
    b->number = NEW_ARRAY(b->arena, (size_t)total + 1, int32_t);
    for (uint32_t i = 0; i < total; i++) b->number[i] = MODEL_NONE;
    enum rc rc = choose_currency(b, err);
    if (rc) return rc;
    b->m->thrift = b->q->weights.thrift;
    build_items(b);
    build_prices(b);
    build_lines(b);
    build_parties(b);
    build_keys(b);
    build_ways(b);
    build_supply(b);
    build_sinks(b);
    find_unreached(b);
    b->out->item = b->items;
    b->out->lot = b->lots;
    b->out->sink = b->sinks;
    sort_findings(b);
    return RC_OK;
}

enum rc instance_build(struct arena *a, const struct instance_question *q, struct instance *out,
                       struct err *err)
{
    struct arena scratch = {0};
    *out = (struct instance){.book = q->book, .at = q->at, .day = q->day};
    struct build b = {.arena = &scratch,
                      .q = q,
                      .book = q->book,
                      .out = out,
                      .m = &out->model,
                      .known = q->at.known};
    if (q->months > INSTANCE_MONTHS_MAX || q->early < 0 || q->late < 0) {
        return fail(err, RC_INPUT, "a plan is for 1 to %d months", INSTANCE_MONTHS_MAX);
    }
    enum rc rc = build_all(&b, err);
    if (rc)
        *out = (struct instance){0};
    else
        keep_all(a, &b);
    arena_free(&scratch);
    return rc;
}

/* --- keys --- */

const char *instance_lot_key(const struct instance *in, int32_t lot)
{
    return book_key(in->book, in->lot[lot].noun);
}

const char *instance_hub_key(const struct instance *in, int32_t hub)
{
    return in->hub[hub] == NONE ? "direct" : book_key(in->book, in->hub[hub]);
}

const char *instance_sink_key(struct arena *a, const struct instance *in, int32_t sink)
{
    const struct instance_sink *s = &in->sink[sink];
    const char *key = book_key(in->book, s->need);
    if (s->month != MODEL_NONE) key = text_format(a, "%s@%s", key, instance_month(a, in, s->month));
    return s->keeps == NONE ? key : text_format(a, "%s/%s", key, book_key(in->book, s->keeps));
}
