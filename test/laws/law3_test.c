/*
 * law3_test.c - two clocks: an answer given once can be given again for ever.
 *
 * While people and publishers act, answers are written down: where everything
 * stands on a day, as known at an instant, with names and notes of that time.
 * At the end each is asked again of the book that lived through it, of one
 * folded anew, of one that never heard of anything later, and of the oracle.
 */
#include "acts.h"
#include "measure/money.h"
#include "oracle.h"

enum { ANSWERS = 60 };

struct answer {
    struct clocks at;
    const char *text;
};

static const char *ask(struct desk *d, const struct book *b, struct clocks at)
{
    struct buf out = {.arena = &d->arena};
    buf_add(&out, desk_positions(d, b, at));
    for (uint32_t noun = 0; noun < book_noun_count(b); noun++) {
        const struct record *v = book_version(b, noun, at.known);
        const char *note = v ? record_text(v, F_NOTE) : NULL;
        if (!v || book_kind(b, noun) == KIND_PASSAGE || book_kind(b, noun) == KIND_SOURCE) continue;
        buf_addf(&out, "\n%s %s: %s", book_key(b, noun), book_name(b, noun, at.known),
                 note ? note : "");
    }
    uint32_t nato = book_noun(b, KIND_PARTY, "group:nato"), deu = book_noun(b, KIND_PARTY, "DEU");
    if (nato != NONE && deu != NONE && book_version(b, nato, at.known)) {
        buf_addf(&out, "\nmember %d", book_member(b, deu, nato, at.effective, at.known));
    }
    return out.text;
}

/* --- a book that never heard of anything later --- */

struct early {
    struct book *book;
    struct arena scratch;
    int64_t known;
};

static enum rc fold_early(void *ctx, const struct row *row, struct err *err)
{
    struct early *e = ctx;
    struct record r;
    if (row->recorded_ms > e->known) return RC_OK;
    arena_reset(&e->scratch);
    enum rc rc = row_record(&e->scratch, row, &r, err);
    return rc ? rc : book_apply(e->book, &r, err);
}

static const char *ask_early(struct desk *d, struct clocks at)
{
    struct early e = {.book = book_new(&d->arena), .known = at.known};
    GOOD(d->store->ops->scan(d->store, 0, fold_early, &e, oops));
    arena_free(&e.scratch);
    at.known = INT64_MAX;
    return ask(d, e.book, at);
}

/* --- the oracle: the log's entries in a list, lines by their key --- */

struct naive {
    struct oracle oracle;
    struct arena *arena;
    const char *keys[64];  /* oracle line n is keys[n] */
    uint64_t key_of[8192]; /* by record id: 1 + index of its key */
    uint32_t count;
};

static enum rc list_row(void *ctx, const struct row *row, struct err *err)
{
    struct naive *n = ctx;
    struct record r;
    enum rc rc = row_record(n->arena, row, &r, err);
    if (rc || row->id >= 8192) return rc;
    if (r.kind == KIND_LINE) {
        uint32_t i = 0;
        while (i < n->count && strcmp(n->keys[i], record_text(&r, F_KEY)) != 0) i++;
        if (i == n->count) n->keys[n->count++] = record_text(&r, F_KEY);
        n->key_of[r.id] = i + 1;
    }
    if (r.kind != KIND_ENTRY || n->oracle.count == ORACLE_MAX) return RC_OK;
    n->oracle.list[n->oracle.count++] =
        (struct oracle_entry){.id = r.id,
                              .line = n->key_of[record_ref(&r, F_LINE)] - 1,
                              .ms = r.recorded_ms,
                              .from = (int)record_int(&r, F_FROM, 0),
                              .to = (int)record_int(&r, F_TO, 0),
                              .qty = record_int(&r, F_QTY, 0),
                              .day = (int32_t)record_int(&r, F_DAY, 0)};
    return RC_OK;
}

static const char *positions_by_list(struct desk *d, const struct naive *n, struct clocks at)
{
    struct buf out = {.arena = &d->arena};
    buf_add(&out, "");
    for (uint32_t line = 0; line < n->count; line++) {
        bool named = false;
        for (int stage = 1; stage < ORACLE_STAGES; stage++) {
            i128 q = oracle_at(&n->oracle, line, stage, at.effective, at.known, at.confirmed);
            if (!q) continue;
            if (!named) buf_addf(&out, "%s%s", out.len ? "; " : "", n->keys[line]);
            named = true;
            buf_addf(&out, " %s %d", stage_name((enum stage)stage), (int)q);
        }
    }
    return out.text;
}

static void add_group(struct desk *d, struct rng *r)
{
    struct posting p = desk_posting(d);
    struct record *party = record_new(&d->arena, KIND_PARTY);
    record_set_text(&d->arena, party, F_KEY, "group:nato");
    record_set_text(&d->arena, party, F_TYPE, "group");
    record_set_text(&d->arena, party, F_NAME, text_format(&d->arena, "Name %u", rng_below(r, 99)));
    GOOD(posting_add(&p, party, NULL, oops));
    struct record *m = record_new(&d->arena, KIND_MEMBERSHIP);
    record_set_text(&d->arena, m, F_KEY, "group:nato/DEU");
    record_set_key(&d->arena, m, F_PARTY, "DEU");
    record_set_key(&d->arena, m, F_PARENT, "group:nato");
    record_set_int(&d->arena, m, F_SINCE, rng_below(r, 40));
    record_set_int(&d->arena, m, F_UNTIL, 20 + rng_below(r, 40));
    GOOD(posting_add(&p, m, NULL, oops));
    GOOD(posting_commit(&p, oops));
}

static void random_answers(struct rng *r)
{
    struct desk d;
    struct answer given[ANSWERS];
    struct view again;
    uint32_t count = 0;
    desk_begin(&d);
    for (int i = 0; i < ANSWERS / 2 && tap_this_ok; i++) {
        if (i > 0 && rng_one_in(r, 6))
            add_group(&d, r);
        else
            act(&d, r);
        for (int k = 0; k < 2; k++) {
            struct clocks at = {.effective = (int32_t)rng_below(r, 62),
                                .known = d.view.head.recorded_ms};
            if (rng_one_in(r, 3)) at.effective = DAY_MAX;
            if (k) at.known -= (int64_t)rng_below(r, 20) * 30000; /* a question about the past */
            at.confirmed = rng_one_in(r, 5);
            given[count++] = (struct answer){at, ask(&d, d.view.book, at)};
        }
        /* The clock may stand still or fall: what was known stays what was known. */
        if (rng_one_in(r, 4)) d.now_ms -= (int64_t)rng_below(r, 3) * 60000;
    }
    struct naive *list = NEW(&d.arena, struct naive);
    list->arena = &d.arena;
    GOOD(d.store->ops->scan(d.store, 0, list_row, list, oops));
    GOOD(view_open(&d.arena, d.store, NULL, NULL, &again, oops));
    for (uint32_t i = 0; i < count && tap_this_ok; i++) {
        struct clocks at = given[i].at;
        CHECK_TEXT(ask(&d, d.view.book, at), given[i].text);
        CHECK_TEXT(ask(&d, again.book, at), given[i].text);
        CHECK_TEXT(ask_early(&d, at), given[i].text);
        const char *where = positions_by_list(&d, list, at);
        CHECK(list->oracle.count == ORACLE_MAX || text_starts(given[i].text, where));
        if (!tap_this_ok) printf("# answer %u, by the list: %s\n", i, where);
    }
    desk_end(&d);
}

static void an_answer_given_once_is_given_again(void)
{
    seeds_run(60, random_answers);
}

/* --- rates: a past day never uses a later one, nor one that was not known --- */

enum { RATES = 40, DAYS = 20 };

struct listed_rate {
    const char *currency;
    int32_t day;
    int64_t ms, n; /* ten-thousandths of a unit per euro */
};

struct asked {
    struct exchange x;
    const char *series, *currency;
    int32_t day;
    enum rc rc;
    i128 purse, units;
};

/* 1,000.00 of that day in EUR, by a purse and as an indicator. */
static void ask_rate(struct desk *d, struct asked *q)
{
    struct purse purse = {.arena = &d->arena};
    struct err err;
    q->purse = q->units = 0;
    purse_add(&purse, &q->x, q->currency, q->series, q->day, 100000);
    q->rc = purse_total(&purse, &q->x, "EUR", &q->purse, &err);
    enum rc rc = convert_units(&q->x, (struct dec){1000, 0}, q->currency, q->series, q->day, "EUR",
                               &q->units, &err);
    CHECK(rc == q->rc);
}

/* The last day that is not later, and of that day what was recorded last by then. */
static int64_t rate_by_list(const struct listed_rate *list, int count, const char *currency,
                            int32_t day, int64_t known)
{
    const struct listed_rate *best = NULL;
    for (int i = 0; i < count; i++) {
        const struct listed_rate *r = &list[i];
        if (r->day > day || r->ms > known || strcmp(r->currency, currency) != 0) continue;
        if (!best || r->day > best->day || (r->day == best->day && r->ms >= best->ms)) best = r;
    }
    return best ? best->n : 0;
}

static void random_rates(struct rng *r)
{
    struct desk d;
    struct listed_rate list[RATES];
    struct asked asked[RATES];
    int listed = 0;
    desk_begin(&d);
    for (int i = 0; i < RATES && tap_this_ok; i++) {
        bool own = rng_one_in(r, 6); /* a publisher's own table: its series alone, dollars alone */
        const char *currency = own || rng_one_in(r, 2) ? "USD" : "GBP";
        struct posting p = desk_posting(&d);
        struct record *rate = record_new(&d.arena, KIND_RATE);
        int64_t n = 9000 + (int64_t)rng_below(r, 3000);
        int32_t day = 1 + (int32_t)rng_below(r, DAYS);
        record_set_text(&d.arena, rate, F_SERIES, own ? "kiel:r07" : "ecb");
        record_set_text(&d.arena, rate, F_CURRENCY, currency);
        record_set_text(&d.arena, rate, F_BASE, "EUR");
        record_set_int(&d.arena, rate, F_DAY, day);
        record_set_dec(&d.arena, rate, F_AMOUNT, (struct dec){n, 4});
        GOOD(posting_add(&p, rate, NULL, oops));
        GOOD(posting_commit(&p, oops));
        if (!own) list[listed++] = (struct listed_rate){currency, day, d.view.head.recorded_ms, n};

        struct asked *q = &asked[i];
        *q = (struct asked){.x = {.book = d.view.book, .currency = "EUR", .at = CLOCKS_NOW},
                            .series = rng_one_in(r, 2) ? NULL : "kiel:r07:weapons",
                            .currency = rng_one_in(r, 2) ? "USD" : "GBP",
                            .day = 1 + (int32_t)rng_below(r, DAYS)};
        q->x.at.known = d.view.head.recorded_ms;
        ask_rate(&d, q);
        if (q->series && strcmp(q->currency, "USD") == 0) continue; /* by its own table */
        int64_t want = rate_by_list(list, listed, q->currency, q->day, q->x.at.known);
        CHECK((q->rc == RC_OK) == (want != 0));
        if (want) CHECK(q->units == div_half_even((i128)100000 * 10000, want));
    }
    for (int i = 0; i < RATES && tap_this_ok; i++) {
        struct asked again = asked[i];
        ask_rate(&d, &again);
        CHECK(again.rc == asked[i].rc && again.purse == asked[i].purse);
        CHECK(again.units == asked[i].units);
        if (!tap_this_ok) {
            printf("# question %d, %s, day %d: %d then, %d now\n", i,
                   asked[i].series ? asked[i].series : "no series", (int)asked[i].day,
                   (int)asked[i].purse, (int)again.purse);
        }
    }
    desk_end(&d);
}

static void a_past_value_never_uses_a_later_rate(void)
{
    seeds_run(300, random_rates);
}

int main(void)
{
    RUN(an_answer_given_once_is_given_again);
    RUN(a_past_value_never_uses_a_later_rate);
    return tap_done();
}
