/*
 * coverage_test.c - each quantity meets one need, and as many as it can in time.
 *
 * The oracle of the seeded test is a matching of single pieces by augmenting
 * paths: with one item and nothing meant for anybody, serving the earliest due
 * need first meets as much in time as any way of sharing out could.
 */
#include "measure/coverage.h"

#include "desk.h"
#include "seed.h"

static void post(struct desk *d, struct record *r)
{
    struct posting p = desk_posting(d);
    GOOD(posting_add(&p, r, NULL, oops));
    GOOD(posting_commit(&p, oops));
}

static struct record *named(struct desk *d, enum kind kind, const char *key)
{
    struct record *r = record_new(&d->arena, kind);
    record_set_text(&d->arena, r, F_KEY, key);
    return r;
}

static void thing(struct desk *d, const char *key, int places, const char *parent)
{
    struct record *r = named(d, KIND_ITEM, key);
    record_set_text(&d->arena, r, F_UNIT, "piece");
    if (places) record_set_int(&d->arena, r, F_PARTS, places);
    record_set_key(&d->arena, r, F_PARENT, parent);
    post(d, r);
}

static void world(struct desk *d)
{
    desk_begin(d);
    d->now_ms = 0; /* the book hears of everything on day 0 */
    static const char *const keys[] = {"DEU", "UKR", "MDA"};
    for (int i = 0; i < 3; i++) {
        struct record *r = named(d, KIND_PARTY, keys[i]);
        record_set_text(&d->arena, r, F_TYPE, "nation");
        post(d, r);
    }
    thing(d, "gun", 0, NULL);
    thing(d, "big-gun", 0, "gun");
    thing(d, "cannon", 1, NULL);
    post(d, named(d, KIND_SOURCE, "list"));
    struct record *r = named(d, KIND_PASSAGE, "list#1");
    record_set_key(&d->arena, r, F_SOURCE, "list");
    post(d, r);
}

static struct record *need(struct desk *d, const char *key, const char *item, int64_t qty,
                           int32_t due)
{
    struct record *r = named(d, KIND_NEED, key);
    record_set_key(&d->arena, r, F_RECEIVER, "UKR");
    record_set_key(&d->arena, r, F_ITEM, item);
    record_set_int(&d->arena, r, F_QTY, qty);
    record_set_int(&d->arena, r, F_UNTIL, due);
    return r;
}

static struct record *a_line(struct desk *d, const char *key, const char *item)
{
    struct record *r = named(d, KIND_LINE, key);
    record_set_key(&d->arena, r, F_PARTY, "DEU");
    record_set_key(&d->arena, r, F_RECEIVER, "UKR");
    record_set_key(&d->arena, r, F_ITEM, item);
    return r;
}

static void move(struct desk *d, const char *line, enum stage from, enum stage to, int64_t qty,
                 int32_t day)
{
    struct record *r = record_new(&d->arena, KIND_ENTRY);
    record_set_key(&d->arena, r, F_LINE, line);
    record_set_int(&d->arena, r, F_FROM, from);
    record_set_int(&d->arena, r, F_TO, to);
    record_set_int(&d->arena, r, F_QTY, qty);
    record_set_int(&d->arena, r, F_DAY, day);
    record_set_key(&d->arena, r, F_PASSAGE, "list#1");
    record_set_text(&d->arena, r, F_AUTHOR, "anna");
    post(d, r);
}

/* "n1 5/10 late 3; ..." of every need: in time, asked, late. */
static const char *covered(struct desk *d, int32_t today)
{
    struct coverage c;
    struct buf out = {.arena = &d->arena};
    struct coverage_question q = {
        .at = CLOCKS_NOW, .today = today, .reached = STAGE_COMMITTED, .receiver = "UKR"};
    GOOD(measure_coverage(&d->arena, d->view.book, &q, &c, oops));
    buf_add(&out, "");
    for (uint32_t i = 0; i < c.count; i++) {
        const struct coverage_row *r = &c.rows[i];
        CHECK(r->in_time + r->late + r->undated + r->missing == r->asked && r->in_time >= 0);
        CHECK(r->late >= 0 && r->undated >= 0 && r->missing >= 0);
        buf_addf(&out, "%s%s %d/%d", i ? "; " : "", book_key(d->view.book, r->need),
                 (int)r->in_time, (int)r->asked);
        if (r->late) buf_addf(&out, " late %d", (int)r->late);
    }
    return out.text;
}

static void what_came_and_what_is_promised_meets_needs(void)
{
    struct desk d;
    world(&d);
    post(&d, need(&d, "n", "gun", 10, 100));
    CHECK_TEXT(covered(&d, 50), "n 0/10");
    post(&d, a_line(&d, "a", "gun"));
    move(&d, "a", STAGE_WORLD, STAGE_DELIVERED, 4, 60);
    CHECK_TEXT(covered(&d, 50), "n 4/10");
    struct record *r = a_line(&d, "b", "big-gun");
    record_set_int(&d.arena, r, F_UNTIL, 90);
    post(&d, r);
    move(&d, "b", STAGE_WORLD, STAGE_ANNOUNCED, 3, 10);
    CHECK_TEXT(covered(&d, 50), "n 4/10"); /* only committed counts here */
    move(&d, "b", STAGE_ANNOUNCED, STAGE_COMMITTED, 3, 11);
    CHECK_TEXT(covered(&d, 50), "n 7/10");
    CHECK_TEXT(covered(&d, 100), "n 7/10");
    CHECK_TEXT(covered(&d, 101), "n 4/10 late 3"); /* overdue: not before today */
    move(&d, "b", STAGE_COMMITTED, STAGE_DELIVERED, 3, 95);
    CHECK_TEXT(covered(&d, 101), "n 7/10");
    post(&d, a_line(&d, "c", "gun"));
    move(&d, "c", STAGE_WORLD, STAGE_COMMITTED, 9, 10); /* nobody says when */
    CHECK_TEXT(covered(&d, 50), "n 7/10");
    move(&d, "a", STAGE_DELIVERED, STAGE_LOST, 1, 70);
    CHECK_TEXT(covered(&d, 50), "n 6/10");
    desk_end(&d);
}

static void each_quantity_meets_one_need(void)
{
    struct desk d;
    world(&d);
    post(&d, need(&d, "late", "gun", 5, 200));
    post(&d, need(&d, "soon", "gun", 5, 100));
    post(&d, a_line(&d, "a", "gun"));
    move(&d, "a", STAGE_WORLD, STAGE_DELIVERED, 7, 60);
    CHECK_TEXT(covered(&d, 50), "soon 5/5; late 2/5");
    /* what is meant for one goes there, and what is left over to others last */
    struct record *r = a_line(&d, "b", "gun");
    record_set_key(&d.arena, r, F_NEED, "late");
    post(&d, r);
    move(&d, "b", STAGE_WORLD, STAGE_DELIVERED, 5, 50);
    CHECK_TEXT(covered(&d, 50), "soon 5/5; late 5/5");
    r = need(&d, "more", "gun", 3, 300);
    record_set_int(&d.arena, r, F_DAY, 55); /* asked after 5 of them came */
    post(&d, r);
    CHECK_TEXT(covered(&d, 50), "soon 5/5; late 5/5; more 2/3");
    desk_end(&d);
}

static void stand_ins_count_as_what_they_replace(void)
{
    struct desk d;
    world(&d);
    post(&d, need(&d, "n", "gun", 10, 100));
    post(&d, a_line(&d, "a", "cannon"));
    move(&d, "a", STAGE_WORLD, STAGE_DELIVERED, 65, 60); /* 6.5 of them */
    CHECK_TEXT(covered(&d, 50), "n 0/10");
    struct record *r = record_new(&d.arena, KIND_RELATION);
    record_set_text(&d.arena, r, F_TYPE, "substitutes");
    record_set_key(&d.arena, r, F_ITEM, "cannon");
    record_set_key(&d.arena, r, F_PARENT, "gun");
    record_set_dec(&d.arena, r, F_AMOUNT, (struct dec){8, 1});
    post(&d, r);
    CHECK_TEXT(covered(&d, 50), "n 5/10"); /* 6.5 at 0.8 are 5.2 */
    desk_end(&d);
}

static void a_monthly_need_is_a_need_a_month(void)
{
    struct desk d;
    world(&d);
    struct record *r = need(&d, "n", "gun", 4, day_from_civil(1970, 3, 31));
    record_set_int(&d.arena, r, F_SINCE, day_from_civil(1970, 1, 1));
    record_set_int(&d.arena, r, F_MONTHLY, 1);
    post(&d, r);
    post(&d, a_line(&d, "a", "gun"));
    move(&d, "a", STAGE_WORLD, STAGE_DELIVERED, 6, 20); /* January, and half of February */
    CHECK_TEXT(covered(&d, 0), "n 6/12");
    move(&d, "a", STAGE_WORLD, STAGE_DELIVERED, 3, day_from_civil(1970, 3, 5));
    CHECK_TEXT(covered(&d, 0), "n 9/12"); /* too late for February: March has it */
    desk_end(&d);
}

/* --- any needs and deliveries of one item --- */

enum { PIECES = 24 };

static bool augment(int want, const int32_t *due, int pieces, const int32_t *day, int *holder,
                    bool *tried)
{
    for (int i = 0; i < pieces; i++) {
        if (day[i] > due[want] || tried[i]) continue;
        tried[i] = true;
        if (holder[i] >= 0 && !augment(holder[i], due, pieces, day, holder, tried)) continue;
        holder[i] = want;
        return true;
    }
    return false;
}

static void any_case(struct rng *r)
{
    struct desk d;
    int32_t due[PIECES], day[PIECES];
    int wants = 0, pieces = 0, in_time = 0, holder[PIECES];
    world(&d);
    for (int i = 0; i < 4; i++) {
        int32_t when = 20 + (int32_t)rng_below(r, 80);
        int64_t qty = 1 + rng_below(r, 6);
        post(&d, need(&d, text_format(&d.arena, "n%d", i), "gun", qty, when));
        while (qty--) due[wants++] = when;
    }
    for (int i = 0; i < 4; i++) {
        int32_t when = 20 + (int32_t)rng_below(r, 80);
        int64_t qty = 1 + rng_below(r, 6);
        const char *key = text_format(&d.arena, "l%d", i);
        post(&d, a_line(&d, key, rng_one_in(r, 2) ? "gun" : "big-gun"));
        move(&d, key, STAGE_WORLD, STAGE_DELIVERED, qty, when);
        while (qty--) day[pieces++] = when;
    }
    for (int i = 0; i < pieces; i++) holder[i] = -1;
    for (int i = 0; i < wants; i++) {
        bool tried[PIECES] = {false};
        in_time += augment(i, due, pieces, day, holder, tried);
    }
    struct coverage c;
    i128 got = 0, all = 0;
    struct coverage_question q = {.at = CLOCKS_NOW, .reached = STAGE_COMMITTED};
    GOOD(measure_coverage(&d.arena, d.view.book, &q, &c, oops));
    for (uint32_t i = 0; i < c.count; i++) {
        got += c.rows[i].in_time;
        all += c.rows[i].in_time + c.rows[i].late;
    }
    CHECK_I64((int64_t)got, in_time);
    CHECK_I64((int64_t)all, wants < pieces ? wants : pieces);
    desk_end(&d);
}

static void as_much_as_can_be_is_met_in_time(void)
{
    seeds_run(300, any_case);
}

/* --- where it stands --- */

static const struct coverage_row *row_of(struct desk *d, const struct coverage *c, const char *need)
{
    for (uint32_t i = 0; i < c->count; i++) {
        if (strcmp(book_key(d->view.book, c->rows[i].need), need) == 0) return &c->rows[i];
    }
    return NULL;
}

static struct coverage asked(struct desk *d, struct clocks at, int32_t today)
{
    struct coverage c;
    struct coverage_question q = {
        .at = at, .today = today, .reached = STAGE_ANNOUNCED, .months = COVERAGE_MONTHS};
    GOOD(measure_coverage(&d->arena, d->view.book, &q, &c, oops));
    return c;
}

static void each_part_stands_at_its_stage_by_the_day_or_after(void)
{
    struct desk d;
    world(&d);
    post(&d, need(&d, "n", "gun", 100, 100));
    struct record *r = a_line(&d, "a", "gun");
    record_set_int(&d.arena, r, F_UNTIL, 90);
    post(&d, r);
    move(&d, "a", STAGE_WORLD, STAGE_ANNOUNCED, 50, 1);
    move(&d, "a", STAGE_ANNOUNCED, STAGE_DISPATCHED, 20, 30);
    move(&d, "a", STAGE_DISPATCHED, STAGE_DELIVERED, 9, 40);
    r = a_line(&d, "b", "gun");
    record_set_int(&d.arena, r, F_UNTIL, 110);
    post(&d, r);
    move(&d, "b", STAGE_WORLD, STAGE_COMMITTED, 6, 1);
    post(&d, a_line(&d, "c", "gun"));
    move(&d, "c", STAGE_WORLD, STAGE_COMMITTED, 7, 1); /* no day */
    struct coverage c = asked(&d, CLOCKS_NOW, 50);
    const struct coverage_row *n = row_of(&d, &c, "n");
    CHECK_I64((int64_t)n->by_day[STAGE_DELIVERED], 9);
    CHECK_I64((int64_t)n->by_day[STAGE_DISPATCHED], 11);
    CHECK_I64((int64_t)n->by_day[STAGE_ANNOUNCED], 30);
    CHECK_I64((int64_t)n->after[STAGE_COMMITTED], 6);
    CHECK_I64((int64_t)n->undated, 7);
    CHECK_I64((int64_t)n->missing, 37);
    CHECK_TEXT(coverage_state_name(n->state), "short");
    CHECK_I64(c.undated, 1);
    desk_end(&d);
}

static const char *stands(struct desk *d, int32_t today)
{
    struct coverage c = asked(d, CLOCKS_NOW, today);
    return coverage_state_name(row_of(d, &c, "n")->state);
}

static void it_is_said_in_words(void)
{
    struct desk d;
    world(&d);
    post(&d, need(&d, "n", "gun", 10, 100));
    CHECK_TEXT(stands(&d, 50), "nobody promised");
    struct record *r = a_line(&d, "a", "gun");
    record_set_int(&d.arena, r, F_UNTIL, 90);
    post(&d, r);
    move(&d, "a", STAGE_WORLD, STAGE_ANNOUNCED, 9, 1);
    CHECK_TEXT(stands(&d, 50), "short");
    move(&d, "a", STAGE_WORLD, STAGE_ANNOUNCED, 1, 1);
    CHECK_TEXT(stands(&d, 50), "on course");
    CHECK_TEXT(stands(&d, 101), "late");
    move(&d, "a", STAGE_ANNOUNCED, STAGE_DELIVERED, 9, 99);
    CHECK_TEXT(stands(&d, 101), "late");
    move(&d, "a", STAGE_ANNOUNCED, STAGE_DELIVERED, 1, 102);
    CHECK_TEXT(stands(&d, 103), "covered");
    desk_end(&d);
}

static void a_need_with_substitutes_of_its_own_takes_no_others(void)
{
    struct desk d;
    world(&d);
    thing(&d, "mortar", 0, NULL);
    thing(&d, "big-mortar", 0, "mortar");
    post(&d, need(&d, "n", "gun", 10, 100));
    post(&d, need(&d, "m", "gun", 10, 101));
    post(&d, a_line(&d, "a", "cannon"));
    move(&d, "a", STAGE_WORLD, STAGE_DELIVERED, 30, 60);
    post(&d, a_line(&d, "b", "big-mortar"));
    move(&d, "b", STAGE_WORLD, STAGE_DELIVERED, 4, 60);
    static const char *const for_guns[] = {"mortar", "cannon"};
    for (int i = 0; i < 2; i++) {
        struct record *r = record_new(&d.arena, KIND_RELATION);
        record_set_text(&d.arena, r, F_TYPE, "substitutes");
        record_set_key(&d.arena, r, F_ITEM, for_guns[i]);
        record_set_key(&d.arena, r, F_PARENT, "gun");
        if (i) record_set_key(&d.arena, r, F_NEED, "n");
        post(&d, r);
    }
    CHECK_TEXT(covered(&d, 50), "n 3/10; m 4/10"); /* what stands under a mortar is one */
    desk_end(&d);
}

/* --- what keeps systems going --- */

static void sustain(struct desk *d, const char *item, const char *other, int64_t a_month)
{
    struct record *r = record_new(&d->arena, KIND_RELATION);
    record_set_text(&d->arena, r, F_TYPE, "sustains");
    record_set_key(&d->arena, r, F_ITEM, item);
    record_set_key(&d->arena, r, F_PARENT, other);
    record_set_dec(&d->arena, r, F_AMOUNT, (struct dec){a_month, 0});
    post(d, r);
}

static void a_system_without_what_keeps_it_going_does_not_count(void)
{
    struct desk d;
    world(&d);
    thing(&d, "shell", 0, NULL);
    sustain(&d, "gun", "shell", 10);
    post(&d, need(&d, "n", "gun", 4, day_from_civil(1970, 6, 30)));
    post(&d, a_line(&d, "a", "gun"));
    move(&d, "a", STAGE_WORLD, STAGE_DELIVERED, 4, 60);
    struct coverage c = asked(&d, CLOCKS_NOW, 70);
    CHECK_I64((int64_t)row_of(&d, &c, "n")->complete, 0);
    CHECK_TEXT(stands(&d, 70), "incomplete");
    post(&d, a_line(&d, "b", "shell"));
    move(&d, "b", STAGE_WORLD, STAGE_DELIVERED, 65,
         80); /* a month of four, and of two and a half */
    c = asked(&d, CLOCKS_NOW, 90);
    CHECK_I64((int64_t)row_of(&d, &c, "n")->complete, 4);
    CHECK_I64((int64_t)row_of(&d, &c, "n")->kept, 4 + 2);
    CHECK_I64((int64_t)row_of(&d, &c, "n")->wanted, 4 * COVERAGE_MONTHS);
    CHECK_TEXT(stands(&d, 90), "covered");
    CHECK(c.keep_count == 1 && c.keeps[0].asked == 40 * COVERAGE_MONTHS && c.keeps[0].comes == 65);
    /* needs that say what keeps it going go before the catalogue */
    struct record *r = need(&d, "spares", "cannon", 1, DAY_MAX);
    record_set_key(&d.arena, r, F_KEEPS, "n");
    record_set_dec(&d.arena, r, F_AMOUNT, (struct dec){5, 1});
    post(&d, r);
    c = asked(&d, CLOCKS_NOW, 90);
    CHECK_I64((int64_t)row_of(&d, &c, "n")->complete, 0);
    CHECK_I64(c.keeping, 1);
    CHECK(c.keep_count == 1 && c.keeps[0].asked == 20 * COVERAGE_MONTHS); /* tenths */
    desk_end(&d);
}

/* A stock that is used month by month: what there is keeps so many going, and the rest waits. */
static void any_system(struct rng *r)
{
    enum { MONTHS = COVERAGE_MONTHS, RATE = 3 };
    struct desk d;
    int64_t guns[MONTHS] = {0}, shells[MONTHS] = {0}, kept = 0, first = 0, there = 0, stock = 0;
    world(&d);
    thing(&d, "shell", 0, NULL);
    sustain(&d, "gun", "shell", RATE);
    int64_t asked_for = 1 + rng_below(r, 12), came = 0;
    post(&d, need(&d, "n", "gun", asked_for, day_from_civil(1970, 3, 31)));
    post(&d, a_line(&d, "a", "gun"));
    post(&d, a_line(&d, "b", "shell"));
    for (int i = 0; i < 10; i++) {
        bool gun = rng_one_in(r, 3);
        int month = (int)rng_below(r, MONTHS + 2) - 2; /* before March is in March too */
        int64_t qty = gun ? 1 + rng_below(r, 4) : 1 + rng_below(r, 60);
        int32_t day = day_from_civil(1970, 1, 10) + 31 * (month + 2) - (month > 6);
        int y, m, dom;
        day_to_civil(day, &y, &m, &dom);
        int at = (y - 1970) * 12 + m - 3;
        if (at >= MONTHS) continue;
        if (at < 0) at = 0;
        if (gun && came + qty > asked_for) continue;
        if (gun) came += qty;
        (gun ? guns : shells)[at] += qty;
        move(&d, gun ? "a" : "b", STAGE_WORLD, STAGE_DELIVERED, qty, day);
    }
    for (int m = 0; m < MONTHS; m++) {
        there += guns[m];
        stock += shells[m];
        int64_t use = stock < there * RATE ? stock : there * RATE;
        stock -= use;
        kept += use / RATE;
        if (m == 0) first = use / RATE;
    }
    struct coverage c = asked(&d, CLOCKS_NOW, day_from_civil(1970, 3, 1));
    CHECK_I64((int64_t)row_of(&d, &c, "n")->complete, first);
    CHECK_I64((int64_t)row_of(&d, &c, "n")->kept, kept);
    desk_end(&d);
}

static void systems_are_kept_going_from_a_stock(void)
{
    seeds_run(200, any_system);
}

/* --- any book, shared out by hand --- */

enum { ITEMS = 6, NEEDS = 7, LINES = 12, RECEIVERS = 2, MOVES = 3 };

static const char *const receivers[RECEIVERS] = {"UKR", "MDA"};

struct thing_said {
    int parent, stands_for, own; /* -1: none; own: only for that need */
    int tenths, places;
};

struct plan_said {
    struct thing_said item[ITEMS];
    struct {
        int receiver, item, priority;
        int32_t asked, due;
        int64_t qty;
    } need[NEEDS];
    struct {
        int receiver, item, need;
        int32_t until; /* 0: none */
        int64_t at[STAGE_DELIVERED];
        int32_t day[MOVES];
        int64_t came[MOVES];
    } line[LINES];
};

struct piece {
    int line, grade, item, need, receiver;
    int32_t day;
    int64_t left;
};

/* In tenths: how much of what the need asks for one of the item is; 0: no answer. */
static int64_t tenths(const struct plan_said *p, int item, int need)
{
    bool own = false;
    int64_t best = 0;
    for (int i = 0; i < ITEMS; i++) own |= p->item[i].stands_for >= 0 && p->item[i].own == need;
    for (int at = item; at >= 0; at = p->item[at].parent) {
        const struct thing_said *t = &p->item[at];
        bool stands = t->stands_for == p->need[need].item && t->own == (own ? need : -1);
        if (at == p->need[need].item && best < 10) best = 10;
        if (stands && best < t->tenths) best = t->tenths;
    }
    return best;
}

static int64_t ten_to(int places)
{
    return places ? 10 : 1;
}

static int pieces_of(const struct plan_said *p, int32_t today, struct piece *out)
{
    int count = 0;
    for (int i = 0; i < LINES; i++) {
        struct piece one = {.line = i,
                            .item = p->line[i].item,
                            .need = p->line[i].need,
                            .receiver = p->line[i].receiver};
        for (int m = 0; m < MOVES; m++) {
            one.grade = STAGE_DELIVERED;
            one.day = p->line[i].day[m];
            one.left = p->line[i].came[m];
            if (one.left) out[count++] = one;
        }
        int64_t undated = 0;
        for (int s = STAGE_ANNOUNCED; s < STAGE_DELIVERED; s++) {
            one.grade = s;
            one.day = p->line[i].until > today ? p->line[i].until : today;
            one.left = p->line[i].at[s];
            undated += one.left;
            if (one.left && p->line[i].until) out[count++] = one;
        }
        one.grade = 0;
        one.left = undated;
        if (undated && !p->line[i].until) out[count++] = one;
    }
    return count;
}

/* Which of two is taken first for a need of that item. */
static bool before(const struct piece *a, const struct piece *b, int item)
{
    if (a->grade != b->grade) return a->grade > b->grade;
    if ((a->item == item) != (b->item == item)) return a->item == item;
    if (a->item != b->item) return a->item < b->item;
    if (a->need != b->need) return a->need < b->need;
    if (a->day != b->day) return a->day < b->day;
    return a->line < b->line;
}

struct result {
    int64_t by_day[STAGE_COUNT], after[STAGE_COUNT], undated, open;
};

static void take_piece(const struct plan_said *p, int n, struct piece *one, struct result *out)
{
    int64_t up = tenths(p, one->item, n) * ten_to(p->item[p->need[n].item].places);
    int64_t down = 10 * ten_to(p->item[one->item].places);
    int64_t gives = one->left * up / down;
    if (gives > out->open) gives = out->open;
    if (gives <= 0) return;
    int64_t takes = (gives * down + up - 1) / up;
    one->left = takes < one->left ? one->left - takes : 0;
    out->open -= gives;
    if (!one->grade)
        out->undated += gives;
    else
        (one->day > p->need[n].due ? out->after : out->by_day)[one->grade] += gives;
}

static bool may(const struct plan_said *p, int n, const struct piece *one, int turn)
{
    bool late = one->grade && one->day > p->need[n].due, mine = one->need == n;
    if (one->receiver != p->need[n].receiver || !tenths(p, one->item, n)) return false;
    if (!mine && one->grade && one->day < p->need[n].asked) return false;
    if ((turn >= 5) != !one->grade) return false;
    switch (turn) {
    case 0: return mine && !late;
    case 1: return one->need < 0 && !late;
    case 2:
    case 5: return mine;
    case 3:
    case 6: return one->need < 0;
    default: return true;
    }
}

static void share_by_hand(const struct plan_said *p, int32_t today, struct result *out)
{
    struct piece pieces[LINES * (MOVES + STAGE_DELIVERED)];
    int count = pieces_of(p, today, pieces), order[NEEDS];
    for (int i = 0; i < NEEDS; i++) {
        int at = i;
        out[i] = (struct result){.open = p->need[i].qty};
        for (; at > 0; at--) {
            int o = order[at - 1];
            bool later =
                p->need[o].due > p->need[i].due ||
                (p->need[o].due == p->need[i].due && p->need[o].priority > p->need[i].priority);
            if (!later) break;
            order[at] = o;
        }
        order[at] = i;
    }
    for (int turn = 0; turn < 8; turn++) {
        for (int i = 0; i < NEEDS; i++) {
            int n = order[i];
            for (int a = 0; a < count; a++) {
                for (int b = a + 1; b < count; b++) {
                    if (!before(&pieces[b], &pieces[a], p->need[n].item)) continue;
                    struct piece t = pieces[a];
                    pieces[a] = pieces[b];
                    pieces[b] = t;
                }
                if (may(p, n, &pieces[a], turn)) take_piece(p, n, &pieces[a], &out[n]);
            }
        }
    }
}

static struct plan_said any_plan(struct rng *r)
{
    struct plan_said p;
    memset(&p, 0, sizeof p);
    for (int i = 0; i < ITEMS; i++) {
        struct thing_said *t = &p.item[i];
        *t = (struct thing_said){.parent = -1, .stands_for = -1, .own = -1};
        t->places = (int)rng_below(r, 2);
        if (i && rng_one_in(r, 3)) t->parent = (int)rng_below(r, (uint32_t)i);
        if (i && rng_one_in(r, 2)) t->stands_for = (int)rng_below(r, (uint32_t)i);
        if (rng_one_in(r, 4)) t->own = (int)rng_below(r, NEEDS);
        t->tenths = 3 + (int)rng_below(r, 12);
    }
    for (int i = 0; i < NEEDS; i++) {
        p.need[i].receiver = (int)rng_below(r, RECEIVERS);
        p.need[i].item = (int)rng_below(r, ITEMS);
        p.need[i].priority = 1 + (int)rng_below(r, 2);
        p.need[i].asked = (int32_t)rng_below(r, 60);
        p.need[i].due = 50 + 10 * (int32_t)rng_below(r, 6);
        p.need[i].qty = 1 + rng_below(r, 60);
    }
    for (int i = 0; i < LINES; i++) {
        p.line[i].receiver = (int)rng_below(r, RECEIVERS);
        p.line[i].item = (int)rng_below(r, ITEMS);
        p.line[i].need = rng_one_in(r, 3) ? (int)rng_below(r, NEEDS) : -1;
        if (!rng_one_in(r, 4)) p.line[i].until = 40 + (int32_t)rng_below(r, 80);
        for (int s = STAGE_ANNOUNCED; s < STAGE_DELIVERED; s++) {
            if (rng_one_in(r, 3)) p.line[i].at[s] = 1 + rng_below(r, 30);
        }
        for (int m = 0; m < MOVES; m++) {
            p.line[i].day[m] = 25 * m + (int32_t)rng_below(r, 25);
            if (rng_one_in(r, 2)) p.line[i].came[m] = 1 + rng_below(r, 30);
        }
    }
    return p;
}

static void put_things(struct desk *d, const struct plan_said *p)
{
    for (int i = 0; i < ITEMS; i++) {
        int parent = p->item[i].parent;
        thing(d, text_format(&d->arena, "i%d", i), p->item[i].places,
              parent < 0 ? NULL : text_format(&d->arena, "i%d", parent));
    }
    for (int i = 0; i < NEEDS; i++) {
        struct record *n =
            need(d, text_format(&d->arena, "n%d", i),
                 text_format(&d->arena, "i%d", p->need[i].item), p->need[i].qty, p->need[i].due);
        record_set_key(&d->arena, n, F_RECEIVER, receivers[p->need[i].receiver]);
        record_set_int(&d->arena, n, F_DAY, p->need[i].asked);
        record_set_int(&d->arena, n, F_PRIORITY, p->need[i].priority);
        post(d, n);
    }
    for (int i = 0; i < ITEMS; i++) {
        const struct thing_said *t = &p->item[i];
        if (t->stands_for < 0) continue;
        struct record *s = record_new(&d->arena, KIND_RELATION);
        record_set_text(&d->arena, s, F_TYPE, "substitutes");
        record_set_key(&d->arena, s, F_ITEM, text_format(&d->arena, "i%d", i));
        record_set_key(&d->arena, s, F_PARENT, text_format(&d->arena, "i%d", t->stands_for));
        record_set_dec(&d->arena, s, F_AMOUNT, (struct dec){t->tenths, 1});
        if (t->own >= 0) {
            record_set_key(&d->arena, s, F_NEED, text_format(&d->arena, "n%d", t->own));
        }
        post(d, s);
    }
}

/* What is taken back, or lost after all, was never there. */
static void put_noise(struct desk *d, struct rng *r, const char *line)
{
    move(d, line, STAGE_WORLD, STAGE_DELIVERED, 7, 99);
    if (rng_one_in(r, 2)) {
        move(d, line, STAGE_DELIVERED, STAGE_LOST, 7, 99);
        return;
    }
    struct record *back = record_new(&d->arena, KIND_ENTRY);
    record_set_key(&d->arena, back, F_LINE, line);
    record_set_int(&d->arena, back, F_FROM, STAGE_DELIVERED);
    record_set_int(&d->arena, back, F_TO, STAGE_WORLD);
    record_set_int(&d->arena, back, F_QTY, 7);
    record_set_int(&d->arena, back, F_DAY, 99);
    record_set_ref(&d->arena, back, F_REVERSES, book_head(d->view.book));
    record_set_text(&d->arena, back, F_WHY, "a slip");
    record_set_key(&d->arena, back, F_PASSAGE, "list#1");
    record_set_text(&d->arena, back, F_AUTHOR, "anna");
    post(d, back);
}

static void put_lines(struct desk *d, struct rng *r, const struct plan_said *p)
{
    for (int i = 0; i < LINES; i++) {
        const char *key = text_format(&d->arena, "l%d", i);
        struct record *l = a_line(d, key, text_format(&d->arena, "i%d", p->line[i].item));
        record_set_key(&d->arena, l, F_RECEIVER, receivers[p->line[i].receiver]);
        if (p->line[i].until) record_set_int(&d->arena, l, F_UNTIL, p->line[i].until);
        if (p->line[i].need >= 0) {
            record_set_key(&d->arena, l, F_NEED, text_format(&d->arena, "n%d", p->line[i].need));
        }
        post(d, l);
        for (int s = STAGE_ANNOUNCED; s < STAGE_DELIVERED; s++) {
            if (p->line[i].at[s]) move(d, key, STAGE_WORLD, (enum stage)s, p->line[i].at[s], 0);
        }
        for (int m = 0; m < MOVES; m++) {
            if (!p->line[i].came[m]) continue;
            move(d, key, STAGE_WORLD, STAGE_DELIVERED, p->line[i].came[m], p->line[i].day[m]);
        }
        if (rng_one_in(r, 3)) put_noise(d, r, key);
    }
}

static const char *all_of(struct desk *d, const struct coverage *c)
{
    struct buf out = {.arena = &d->arena};
    buf_add(&out, "");
    for (int i = 0; i < NEEDS; i++) {
        const struct coverage_row *row = row_of(d, c, text_format(&d->arena, "n%d", i));
        buf_addf(&out, "n%d", i);
        for (int s = STAGE_ANNOUNCED; s <= STAGE_DELIVERED; s++) {
            buf_addf(&out, " %d+%d", (int)row->by_day[s], (int)row->after[s]);
        }
        buf_addf(&out, " undated %d missing %d\n", (int)row->undated, (int)row->missing);
    }
    return out.text;
}

static void any_book(struct rng *r)
{
    enum { TODAY = 75 };
    struct desk d;
    struct result want[NEEDS];
    struct plan_said p = any_plan(r);
    struct buf out = {.arena = &d.arena};
    world(&d);
    put_things(&d, &p);
    put_lines(&d, r, &p);
    share_by_hand(&p, TODAY, want);
    for (int i = 0; i < NEEDS; i++) {
        buf_addf(&out, "n%d", i);
        for (int s = STAGE_ANNOUNCED; s <= STAGE_DELIVERED; s++) {
            buf_addf(&out, " %d+%d", (int)want[i].by_day[s], (int)want[i].after[s]);
        }
        buf_addf(&out, " undated %d missing %d\n", (int)want[i].undated, (int)want[i].open);
    }
    struct coverage c = asked(&d, CLOCKS_NOW, TODAY);
    CHECK_TEXT(all_of(&d, &c), out.text);

    /* and what was answered once is answered so again, whatever is learnt later */
    struct clocks then = {.effective = DAY_MAX, .known = d.now_ms};
    for (int i = 0; i < LINES; i++) put_noise(&d, r, text_format(&d.arena, "l%d", i));
    c = asked(&d, then, TODAY);
    CHECK_TEXT(all_of(&d, &c), out.text);
    desk_end(&d);
}

static void any_book_is_shared_out_as_by_hand(void)
{
    seeds_run(200, any_book);
}

int main(void)
{
    RUN(what_came_and_what_is_promised_meets_needs);
    RUN(each_quantity_meets_one_need);
    RUN(stand_ins_count_as_what_they_replace);
    RUN(a_monthly_need_is_a_need_a_month);
    RUN(as_much_as_can_be_is_met_in_time);
    RUN(each_part_stands_at_its_stage_by_the_day_or_after);
    RUN(it_is_said_in_words);
    RUN(a_need_with_substitutes_of_its_own_takes_no_others);
    RUN(a_system_without_what_keeps_it_going_does_not_count);
    RUN(systems_are_kept_going_from_a_stock);
    RUN(any_book_is_shared_out_as_by_hand);
    return tap_done();
}
