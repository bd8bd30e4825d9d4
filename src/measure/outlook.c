/*
 * outlook.c - see outlook.h.
 *
 * Open promises are put in order by row and giver, by counting, so that each
 * giver's part of a band is added up and squared once. Chances are looked up by
 * days late, so the cost is a few steps for each open promise and month.
 */
#include "measure/outlook.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "measure/stands.h"
#include "measure/worth.h"

static const char *const by_names[OUTLOOK_BY_COUNT] = {"item", "class", "donor", "receiver"};

enum outlook_by outlook_by_named(const char *name)
{
    for (int i = 0; i < OUTLOOK_BY_COUNT; i++) {
        if (strcmp(by_names[i], name) == 0) return (enum outlook_by)i;
    }
    return OUTLOOK_BY_COUNT;
}

const char *outlook_by_name(enum outlook_by by)
{
    return by_names[by];
}

/* One promise of which something is open. */
struct open {
    uint32_t row, giver, source; /* source NONE: plain */
    int32_t until;
    int64_t firm, soft;
    bool dated;
};

struct work {
    struct arena *arena;
    const struct book *book;
    const struct outlook_question *q;
    struct outlook *out;
    const struct line *lines;
    uint32_t item, receiver, donor;
    const struct worth_values *values; /* when values are asked for */

    struct stands stands;
    struct delay_seen *seen; /* promises whose day is past, by giver */
    uint32_t *seen_line;     /* the same: of which line */
    uint32_t seen_count;
    uint32_t *first_of; /* by party: where its own begin */

    struct open *opens;
    uint32_t open_count;
    uint32_t row_room, source_room;
    struct map row_of, class_source;
    uint32_t *row_of_pair; /* see row_at */
    uint32_t *source_of;   /* by party: 1 + source, UINT32_MAX: too few */
    uint32_t all_source;   /* 0: not asked yet */
    uint32_t parties;      /* every giver's noun is below */
};

static i128 owed_by(const struct stand *t)
{
    i128 owed = t->at[STAND_LOST];
    for (int s = STAGE_ANNOUNCED; s <= STAGE_DELIVERED; s++) owed += t->at[s];
    return owed;
}

static i128 gone_from(const struct stand *t)
{
    return (i128)t->at[STAGE_CONSIDERED] + t->at[STAND_GONE];
}

/* As in punctual.h: what has been announced and not taken back, and at least the lower quantity. */
static i128 promised_by(const struct stand *t, const struct line *l)
{
    i128 owed = owed_by(t), low = l->low;
    i128 least = low ? low - gone_from(t) : 0;
    return owed > least ? owed : least;
}

/* --- what was promised before, and when it came --- */

/* The first day on which all of it was there; DAY_MAX when it is not. */
static int32_t complete_on(const struct work *w, const struct stand_of *t, i128 promised)
{
    i128 there = 0;
    for (uint32_t i = t->first; i < t->end; i++) {
        there += w->stands.deliveries[i].qty;
        if (there >= promised) return w->stands.deliveries[i].day;
    }
    return DAY_MAX;
}

static void observe(struct work *w, uint32_t stand)
{
    const struct stand *t = &w->stands.list[stand];
    const struct line *l = &w->lines[w->stands.of[stand].line];
    struct delay_seen seen = {0};
    if (!(l->flags & LINE_DATED) || l->until > w->q->today) return;
    i128 promised = promised_by(t, l);
    if (promised > 0) {
        int32_t day = complete_on(w, &w->stands.of[stand], promised);
        seen.end = day == DAY_MAX ? DELAY_OPEN : DELAY_CAME;
        seen.days = (day == DAY_MAX ? w->q->today : day) - l->until;
        if (seen.days < 0) seen.days = 0;
    } else if (t->at[STAND_GONE] > 0) {
        seen.end = DELAY_NEVER;
    } else {
        return;
    }
    w->seen_line[w->seen_count] = w->stands.of[stand].line;
    w->seen[w->seen_count++] = seen;
}

static uint32_t giver_of(const struct work *w, uint32_t line)
{
    uint32_t giver = w->lines[line].giver;
    return giver == NONE ? w->parties : giver;
}

/* By giver, in the order of the book; those of nobody last. */
static void observe_all(struct work *w)
{
    uint32_t room = w->stands.count + 1;
    w->seen = NEW_ARRAY(w->arena, room, struct delay_seen);
    w->seen_line = NEW_ARRAY(w->arena, room, uint32_t);
    for (uint32_t i = 0; i < w->stands.count; i++) {
        uint32_t giver = w->lines[w->stands.of[i].line].giver;
        if (giver != NONE && giver >= w->parties) w->parties = giver + 1;
        observe(w, i);
    }
    w->out->observations = w->seen_count;
    w->first_of = NEW_ARRAY(w->arena, (size_t)w->parties + 3, uint32_t);
    w->source_of = NEW_ARRAY(w->arena, (size_t)w->parties + 1, uint32_t);
    struct delay_seen *sorted = NEW_ARRAY(w->arena, w->seen_count + 1, struct delay_seen);
    uint32_t *lines = NEW_ARRAY(w->arena, w->seen_count + 1, uint32_t);
    for (uint32_t i = 0; i < w->seen_count; i++) w->first_of[giver_of(w, w->seen_line[i]) + 2]++;
    for (uint32_t p = 0; p <= w->parties; p++) w->first_of[p + 2] += w->first_of[p + 1];
    for (uint32_t i = 0; i < w->seen_count; i++) {
        uint32_t at = w->first_of[giver_of(w, w->seen_line[i]) + 1]++;
        sorted[at] = w->seen[i];
        lines[at] = w->seen_line[i];
    }
    w->seen = sorted;
    w->seen_line = lines;
}

static uint32_t learn(struct work *w, uint32_t party, const char *class_,
                      const struct delay_seen *seen, uint32_t count)
{
    struct outlook *out = w->out;
    if (count < DELAY_LEAST) return UINT32_MAX;
    out->sources = arena_more(w->arena, out->sources, out->source_count, &w->source_room,
                              sizeof *out->sources);
    struct outlook_source *s = &out->sources[out->source_count++];
    *s = (struct outlook_source){.party = party, .class_ = class_};
    delay_learn(w->arena, seen, count, &s->delay);
    return out->source_count;
}

/* Of one class, or with NULL all. */
static uint32_t learn_class(struct work *w, const char *class_)
{
    struct delay_seen *seen = NEW_ARRAY(w->arena, w->seen_count + 1, struct delay_seen);
    uint32_t count = 0;
    for (uint32_t i = 0; i < w->seen_count; i++) {
        const char *is = class_ ? line_text(w->book, &w->lines[w->seen_line[i]], F_CLASS) : NULL;
        if (!class_ || (is && strcmp(is, class_) == 0)) seen[count++] = w->seen[i];
    }
    return learn(w, NONE, class_, seen, count);
}

static uint32_t learn_giver(struct work *w, uint32_t giver)
{
    uint32_t begin = w->first_of[giver];
    return learn(w, giver, NULL, w->seen + begin, w->first_of[giver + 1] - begin);
}

static uint32_t class_source(struct work *w, const char *class_)
{
    const uint64_t *at = map_get(&w->class_source, class_);
    if (at) return (uint32_t)*at;
    uint32_t source = learn_class(w, class_);
    map_put(&w->class_source, class_, source);
    return source;
}

/* The giver's own, else the class's, else all; NONE: there is too little of any. */
static uint32_t source_for(struct work *w, const struct line *l)
{
    uint32_t source = UINT32_MAX;
    if (w->seen_count < DELAY_LEAST) return NONE;
    if (l->giver != NONE) {
        uint32_t *own = &w->source_of[l->giver];
        if (!*own) *own = learn_giver(w, l->giver);
        source = *own;
    }
    const char *class_ = source == UINT32_MAX ? line_text(w->book, l, F_CLASS) : NULL;
    if (class_) source = class_source(w, class_);
    if (source == UINT32_MAX) {
        if (!w->all_source) w->all_source = learn_class(w, NULL);
        source = w->all_source;
    }
    return source == UINT32_MAX ? NONE : source - 1;
}

/* --- what is open --- */

static bool is_asked(const struct work *w, const struct line *l)
{
    const struct outlook_question *q = w->q;
    if (q->receiver && l->receiver != w->receiver) return false;
    if (q->donor && l->giver != w->donor) return false;
    if (q->item && !book_item_within(w->book, l->item, w->item, q->at.known)) return false;
    if (q->series && !series_within(line_text(w->book, l, F_SERIES), q->series)) return false;
    const char *class_ = q->class_ ? line_text(w->book, l, F_CLASS) : NULL;
    return !q->class_ || (class_ && strcmp(class_, q->class_) == 0);
}

static void key_and_name(const struct work *w, const struct line *l, const char **key,
                         const char **name)
{
    uint32_t noun = w->q->by == OUTLOOK_ITEM    ? l->item
                    : w->q->by == OUTLOOK_DONOR ? l->giver
                                                : l->receiver;
    if (w->q->by == OUTLOOK_CLASS) {
        *key = *name = line_text(w->book, l, F_CLASS);
        return;
    }
    *key = noun == NONE ? NULL : book_key(w->book, noun);
    *name = noun == NONE ? NULL : book_name(w->book, noun, w->q->at.known);
}

static struct outlook_row row_new(struct work *w, uint32_t item)
{
    return (struct outlook_row){
        .by = "",
        .name = "",
        .item = item,
        .month = NEW_ARRAY(w->arena, (size_t)w->q->months, struct outlook_month)};
}

/* The row that a line falls in: by its key, and by its item where quantities are shown. */
static uint32_t row_at(struct work *w, const struct line *l)
{
    struct outlook *out = w->out;
    const char *key, *name;
    uint32_t item = w->q->x ? NONE : l->item;
    uint32_t *known = w->q->by == OUTLOOK_ITEM && l->item != NONE ? &w->row_of_pair[l->item] : NULL;
    if (known && *known) return *known - 1;
    key_and_name(w, l, &key, &name);
    struct buf pair = {.arena = w->arena};
    buf_addf(&pair, "%u %s", (unsigned)item, key ? key : "");
    const uint64_t *at = map_get(&w->row_of, pair.text);
    uint32_t row = at ? (uint32_t)*at : out->count;
    if (!at) {
        map_put(&w->row_of, pair.text, row);
        out->rows = arena_more(w->arena, out->rows, out->count, &w->row_room, sizeof *out->rows);
        out->rows[out->count] = row_new(w, item);
        if (key) out->rows[out->count].by = key;
        if (name) out->rows[out->count].name = name;
        out->count++;
    }
    if (known) *known = row + 1;
    return row;
}

/* Money by its own quantity, a thing by its part of its own value; false: it has none. */
static enum rc in_money(struct work *w, const struct stand *t, const struct line *l, struct open *o,
                        bool *told, struct err *err)
{
    const struct exchange *x = w->q->x;
    const char *currency = item_currency(w->book, l->item);
    const char *series = line_text(w->book, l, F_SERIES);
    const struct record *v = currency ? NULL : worth_value_of(w->values, l->noun);
    struct arena scratch = {0};
    int64_t *const sums[2] = {&o->firm, &o->soft};
    i128 whole = promised_by(t, l) + t->at[STAGE_CONSIDERED] - t->at[STAND_LOST];
    enum rc rc = RC_OK;
    *told = currency || (v && whole > 0);
    if (v && record_text(v, F_SERIES)) series = record_text(v, F_SERIES);
    for (int i = 0; i < 2 && *told && !rc; i++) {
        struct purse p = {.arena = &scratch};
        i128 parts = *sums[i], sum = 0;
        if (v) parts = div_half_even(parts * record_int(v, F_LOW, 0), whole);
        purse_add(&p, x, v ? record_text(v, F_CURRENCY) : currency, series, w->q->today, parts);
        rc = purse_total(&p, x, x->currency, &sum, err);
        if (!rc) rc = narrow(sum, sums[i], "an amount of an open promise", err);
    }
    arena_free(&scratch);
    return rc;
}

static enum rc add_open(struct work *w, uint32_t stand, struct err *err)
{
    const struct stand *t = &w->stands.list[stand];
    const struct line *l = &w->lines[w->stands.of[stand].line];
    struct open o = {.giver = l->giver, .until = l->until, .dated = l->flags & LINE_DATED};
    i128 unsaid = promised_by(t, l) - owed_by(t); /* no more than F_LOW */
    for (int s = (int)w->q->reached; s < STAGE_DELIVERED; s++) {
        *(s >= STAGE_COMMITTED ? &o.firm : &o.soft) += t->at[s];
    }
    if (w->q->reached <= STAGE_ANNOUNCED) o.soft += (int64_t)unsaid;
    if (o.firm + o.soft <= 0 || !is_asked(w, l)) return RC_OK;
    bool told = true;
    if (w->q->x) {
        enum rc rc = in_money(w, t, l, &o, &told, err);
        if (rc) return rc;
    }
    if (!told) {
        w->out->unvalued++;
        return RC_OK;
    }
    o.row = row_at(w, l);
    o.source = o.dated ? source_for(w, l) : NONE;
    w->opens[w->open_count++] = o;
    return RC_OK;
}

/* --- month by month --- */

/* The standard deviation of one chance, in billionths: sqrt(p (1 - p)), by steps of p. */
enum { SPREAD_SHIFT = 18, SPREAD_STEPS = (1000000000 >> SPREAD_SHIFT) + 2 };

static int64_t root(int64_t n)
{
    uint64_t r = 0;
    for (int bit = 31; bit >= 0; bit--) {
        uint64_t next = r | UINT64_C(1) << bit;
        if (next * next <= (uint64_t)n) r = next;
    }
    return (int64_t)r;
}

static const int64_t *spreads(struct arena *a)
{
    int64_t *list = NEW_ARRAY(a, SPREAD_STEPS, int64_t);
    for (int64_t i = 0; i < SPREAD_STEPS; i++) {
        int64_t p = (i << SPREAD_SHIFT) + (1 << (SPREAD_SHIFT - 1));
        if (p > DELAY_CERTAIN) p = DELAY_CERTAIN;
        list[i] = root(p * (DELAY_CERTAIN - p));
    }
    return list;
}

/* What a row comes to, before it is rounded: parts times billionths. */
struct sum {
    i128 firm, soft;          /* until the end of the month */
    i128 here, by;            /* of one giver: deviations of the month, and until its end */
    int64_t here_all, by_all; /* squares of those of all givers, in units of `step` */
};

struct summing {
    struct work *w;
    const int64_t *spread;
    struct sum *sums; /* by month */
    i128 step;        /* deviations are counted in these, so that squares fit */
};

static int64_t spread_of(const struct summing *s, int64_t p)
{
    return p <= 0 || p >= DELAY_CERTAIN ? 0 : s->spread[p >> SPREAD_SHIFT];
}

/* Whether anything tells when it comes; it counts as undated if not. */
static bool is_told(const struct work *w, const struct open *o)
{
    return o->dated && (o->source != NONE || o->until > w->q->today);
}

static int64_t chance(const struct work *w, const struct open *o, int32_t by)
{
    int32_t today = w->q->today;
    if (o->source == NONE) return by >= o->until ? DELAY_CERTAIN : 0;
    return delay_chance(&w->out->sources[o->source].delay, by - o->until, today - o->until);
}

/* Later already than anything ever came. */
static bool never_comes(const struct work *w, const struct open *o)
{
    return o->source != NONE && w->q->today - o->until >= w->out->sources[o->source].delay.days;
}

static void sum_open(struct summing *s, const struct open *o)
{
    const struct work *w = s->w;
    i128 all = (i128)o->firm + o->soft;
    int64_t before = 0;
    if (!is_told(w, o) || never_comes(w, o)) return;
    for (int32_t m = 0; m < w->q->months; m++) {
        int64_t p = chance(w, o, w->out->month_end[m]);
        struct sum *sum = &s->sums[m];
        if (p) {
            sum->firm += (i128)o->firm * p;
            sum->soft += (i128)o->soft * p;
            sum->by += all * spread_of(s, p);
            if (p > before) sum->here += all * spread_of(s, p - before);
        }
        before = p;
    }
}

static void end_giver(struct summing *s)
{
    for (int32_t m = 0; m < s->w->q->months; m++) {
        struct sum *sum = &s->sums[m];
        int64_t here = (int64_t)(sum->here / s->step), by = (int64_t)(sum->by / s->step);
        sum->here_all += here * here;
        sum->by_all += by * by;
        sum->here = sum->by = 0;
    }
}

/* So that the square of a row's whole deviation fits: no sum of squares is above that. */
static i128 step_for(const struct outlook_row *r)
{
    return ((r->firm + r->soft) * DELAY_CERTAIN >> 31) + 1;
}

static void band(const struct summing *s, int64_t squares, i128 likely, i128 most, i128 *low,
                 i128 *high)
{
    static const int64_t tenth = 1281552; /* millionths of a deviation that leave one in ten out */
    i128 wide =
        !squares ? 0 : div_half_even(root(squares) * s->step / 1000 * tenth, DELAY_CERTAIN * 1000);
    *low = likely > wide ? likely - wide : 0;
    *high = likely + wide < most ? likely + wide : most;
}

/* Rounded until each month's end, so that months add up to what is open. */
static void end_row(struct summing *s, struct outlook_row *r)
{
    i128 firm = 0, soft = 0, low = 0, high = 0, told = r->firm + r->soft - r->undated;
    for (int32_t m = 0; m < s->w->q->months; m++) {
        const struct sum *sum = &s->sums[m];
        struct outlook_month *out = &r->month[m];
        out->firm_by = div_half_even(sum->firm, DELAY_CERTAIN);
        out->soft_by = div_half_even(sum->soft, DELAY_CERTAIN);
        out->firm = out->firm_by - firm;
        out->soft = out->soft_by - soft;
        firm = out->firm_by;
        soft = out->soft_by;
        band(s, sum->here_all, out->firm + out->soft, told, &out->low, &out->high);
        band(s, sum->by_all, firm + soft, told, &out->low_by, &out->high_by);
        if (out->low_by < low) out->low_by = low; /* what came does not go again */
        if (out->high_by < high) out->high_by = high;
        low = out->low_by;
        high = out->high_by;
    }
    r->later = told - firm - soft;
    memset(s->sums, 0, (size_t)s->w->q->months * sizeof *s->sums);
}

/* What is open in all, and what the promised days alone say. */
static void count_open(const struct work *w, const struct open *o, struct outlook_row *r)
{
    i128 all = (i128)o->firm + o->soft;
    r->lines++;
    r->firm += o->firm;
    r->soft += o->soft;
    if (o->dated && o->until <= w->q->today) r->overdue += all;
    if (!is_told(w, o)) r->undated += all;
    for (int32_t m = 0; m < w->q->months && o->dated && o->until > w->q->today; m++) {
        if (o->until > w->out->month_end[m]) continue;
        r->month[m].promised += all;
        break;
    }
}

/* `from` in the order of `key`, below `keys`; what is equal keeps its order. NULL: as they are. */
static uint32_t *sorted_by(const struct work *w, const uint32_t *from, uint32_t keys,
                           uint32_t (*key)(const struct open *o, uint32_t keys))
{
    uint32_t *begin = NEW_ARRAY(w->arena, (size_t)keys + 2, uint32_t);
    uint32_t *out = NEW_ARRAY(w->arena, (size_t)w->open_count + 1, uint32_t);
    for (uint32_t i = 0; i < w->open_count; i++) begin[key(&w->opens[i], keys) + 1]++;
    for (uint32_t k = 0; k < keys; k++) begin[k + 1] += begin[k];
    for (uint32_t i = 0; i < w->open_count; i++) {
        uint32_t at = from ? from[i] : i;
        out[begin[key(&w->opens[at], keys)]++] = at;
    }
    return out;
}

static uint32_t giver_key(const struct open *o, uint32_t keys)
{
    return o->giver == NONE ? keys - 1 : o->giver;
}

static uint32_t row_key(const struct open *o, uint32_t keys)
{
    (void)keys;
    return o->row;
}

static void sum_rows(struct summing *s, const uint32_t *order)
{
    struct work *w = s->w;
    for (uint32_t i = 0; i < w->open_count; i++) {
        const struct open *o = &w->opens[order[i]];
        const struct open *next = i + 1 < w->open_count ? &w->opens[order[i + 1]] : NULL;
        if (i == 0 || w->opens[order[i - 1]].row != o->row) {
            s->step = step_for(&w->out->rows[o->row]);
        }
        sum_open(s, o);
        bool last = !next || next->row != o->row;
        if (last || next->giver != o->giver) end_giver(s);
        if (last) end_row(s, &w->out->rows[o->row]);
    }
}

/* Everything as one row: its months are those of the rows, its bands are its own. */
static void sum_total(struct summing *s, const uint32_t *order)
{
    struct work *w = s->w;
    struct outlook *out = w->out;
    struct outlook_row *t = &out->total;
    *t = row_new(w, out->count ? out->rows[0].item : NONE);
    for (uint32_t i = 0; i < w->open_count; i++) count_open(w, &w->opens[i], t);
    s->step = step_for(t);
    for (uint32_t i = 0; i < w->open_count; i++) {
        const struct open *o = &w->opens[order[i]];
        sum_open(s, o);
        if (i + 1 == w->open_count || w->opens[order[i + 1]].giver != o->giver) end_giver(s);
    }
    end_row(s, t);
}

static bool is_one_unit(const struct outlook *out)
{
    for (uint32_t i = 1; i < out->count; i++) {
        if (out->rows[i].item != out->rows[0].item) return false;
    }
    return true;
}

static void look_ahead(struct work *w)
{
    struct summing s = {.w = w, .spread = spreads(w->arena)};
    s.sums = NEW_ARRAY(w->arena, (size_t)w->q->months, struct sum);
    for (uint32_t i = 0; i < w->open_count; i++) {
        const struct open *o = &w->opens[i];
        count_open(w, o, &w->out->rows[o->row]);
        w->out->lines++;
        w->out->undated += !o->dated;
        w->out->plain += o->dated && o->source == NONE;
        if (o->source != NONE) w->out->sources[o->source].lines++;
    }
    const uint32_t *by_giver = sorted_by(w, NULL, w->parties + 1, giver_key);
    sum_rows(&s, sorted_by(w, by_giver, w->out->count, row_key));
    w->out->one_unit = is_one_unit(w->out);
    if (w->out->one_unit) sum_total(&s, by_giver);
}

/* --- all of it --- */

static enum rc asked_noun(const struct book *b, enum kind kind, const char *key, uint32_t *out,
                          struct err *err)
{
    *out = key ? book_noun(b, kind, key) : NONE;
    if (!key || *out != NONE) return RC_OK;
    return fail(err, RC_ABSENT, "no %s '%.80s' in this book", kind_name(kind), key);
}

static void find_months(struct work *w)
{
    int year, month, day;
    w->out->month_end = NEW_ARRAY(w->arena, (size_t)w->q->months, int32_t);
    day_to_civil(w->q->today, &year, &month, &day);
    for (int32_t m = 0; m < w->q->months; m++) {
        w->out->month_end[m] = day_month_last(year, month);
        year += month == 12;
        month = month % 12 + 1;
    }
}

static void find_stands(struct work *w)
{
    uint32_t count;
    w->lines = book_lines(w->book, &count);
    const bool *second = worth_second_series(w->arena, w->book, &w->q->at, w->q->reached);
    stands_begin(w->arena, w->book, &w->stands);
    for (uint32_t i = 0; i < count; i++) {
        bool out = second[i] || w->lines[i].flags & LINE_TAKEN_BACK;
        if (!out && line_current(w->lines, i, w->q->at.known)) stands_add(&w->stands, i);
    }
    stands_find(w->arena, w->book, &w->q->at, true, &w->stands);
}

static int by_key(const void *x, const void *y)
{
    const struct outlook_row *a = x, *b = y;
    int key = strcmp(a->by, b->by);
    if (key) return key;
    return (a->item > b->item) - (a->item < b->item);
}

enum rc measure_outlook(struct arena *a, const struct book *b, const struct outlook_question *q,
                        struct outlook *out, struct err *err)
{
    struct work w = {.arena = a,
                     .book = b,
                     .q = q,
                     .out = out,
                     .row_of = {.arena = a},
                     .class_source = {.arena = a}};
    *out = (struct outlook){0};
    enum rc rc = asked_noun(b, KIND_PARTY, q->donor, &w.donor, err);
    if (!rc) rc = asked_noun(b, KIND_PARTY, q->receiver, &w.receiver, err);
    if (!rc) rc = asked_noun(b, KIND_ITEM, q->item, &w.item, err);
    if (rc) return rc;
    find_months(&w);
    find_stands(&w);
    observe_all(&w);
    if (q->x) w.values = worth_values(a, b, q->reached, &q->at);
    w.row_of_pair = NEW_ARRAY(a, book_noun_count(b) + 1, uint32_t);
    w.opens = NEW_ARRAY(a, w.stands.count + 1, struct open);
    for (uint32_t i = 0; i < w.stands.count && !rc; i++) rc = add_open(&w, i, err);
    if (rc) return rc;
    look_ahead(&w);
    if (out->count) qsort(out->rows, out->count, sizeof *out->rows, by_key);
    return RC_OK;
}
