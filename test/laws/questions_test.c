/*
 * questions_test.c - random questions, answered three times.
 *
 * Of a random log, as each of several viewers may see it, at random clocks and
 * under random filters: where everything stands, what it comes to in money,
 * what is open and what is late. The product answers by its public functions,
 * whatever stands behind them; SQLite answers in plain SQL over the same rows;
 * and a naive reader goes through the rows with loops (seen.h says which rows
 * those are). All three agree to the last part.
 */
#include <sqlite3.h>
#include <time.h>

#include "asked.h"
#include "seen.h"

static uint64_t compared;

/* --- what is asked --- */

static struct question random_question(struct rng *r, const struct seen *s)
{
    struct question q = {.at = CLOCKS_NOW, .by = (enum key)rng_below(r, KEY_LINE + 1)};
    uint32_t row = s->entry_count ? rng_below(r, s->entry_count) : 0;
    if (!rng_one_in(r, 4)) q.at.effective = FIRST_DAY - 5 + (int32_t)rng_below(r, DAYS + 10);
    if (!rng_one_in(r, 3) && s->entry_count) {
        q.at.known = s->entries[row].e.ms - (int64_t)rng_below(r, 2);
    }
    q.at.confirmed = rng_one_in(r, 4);
    if (rng_one_in(r, 4)) q.giver = givers[rng_below(r, GIVERS)];
    if (rng_one_in(r, 4)) q.receiver = receivers[rng_below(r, RECEIVERS)];
    if (rng_one_in(r, 4)) q.item = items[rng_below(r, ITEMS)];
    return q;
}

/* The same figures under the same keys. */
static void agree(const char *what, const struct question *q, struct figures *a, struct figures *b)
{
    for (int turn = 0; turn < 2; turn++) {
        struct figures *x = turn ? b : a, *y = turn ? a : b;
        for (uint32_t i = 0; i < x->count; i++) {
            const i128 *other = figures_of(y, x->keys[i]);
            for (int k = 0; k < FIGURES; k++) {
                compared += !turn && (x->at[i][k] || other[k]);
                if (x->at[i][k] == other[k]) continue;
                CHECK(false);
                printf("# %s, %s, %d: %" PRId64 " and %" PRId64
                       "; by %d effective %d known %" PRId64 "%s giver %s receiver %s item %s\n",
                       what, x->keys[i], k, (int64_t)x->at[i][k], (int64_t)other[k], (int)q->by,
                       (int)q->at.effective, q->at.known, q->at.confirmed ? " confirmed" : "",
                       q->giver ? q->giver : "-", q->receiver ? q->receiver : "-",
                       q->item ? q->item : "-");
                return;
            }
        }
    }
}

/* --- the naive reader --- */

static bool asks_for(const struct question *q, const struct seen_line *l)
{
    return (!q->giver || strcmp(l->giver, q->giver) == 0) &&
           (!q->receiver || strcmp(l->receiver, q->receiver) == 0) &&
           (!q->item || strcmp(l->item, q->item) == 0);
}

static bool sees(const struct question *q, const struct seen_entry *n)
{
    const struct oracle_entry *e = &n->e;
    if (e->ms > q->at.known || e->day > q->at.effective) return false;
    bool delivery = e->from == STAGE_DELIVERED || e->to == STAGE_DELIVERED;
    return !q->at.confirmed || !delivery || e->confirmed;
}

static const char *key_of(struct arena *a, enum key by, const struct seen_entry *n)
{
    switch (by) {
    case KEY_GIVER: return n->line->giver;
    case KEY_RECEIVER: return n->line->receiver;
    case KEY_ITEM: return n->line->item;
    case KEY_LINE: return n->line->key;
    default: return day_text(a, n->e.day, PRECISION_MONTH);
    }
}

static void naive_stands(const struct seen *s, const struct question *q, struct figures *out)
{
    *out = (struct figures){.count = 0};
    for (uint32_t i = 0; i < s->entry_count; i++) {
        const struct seen_entry *n = &s->entries[i];
        if (!sees(q, n) || !asks_for(q, n->line)) continue;
        i128 *at = figures_of(out, key_of(s->arena, q->by, n));
        if (n->e.to) at[n->e.to] += n->e.qty;
        if (n->e.from) at[n->e.from] -= n->e.qty;
    }
}

static i128 half_even(i128 n, i128 by)
{
    i128 whole = n / by, rest = n % by;
    if (rest < 0) {
        rest += by;
        whole--;
    }
    if (2 * rest > by || (2 * rest == by && whole % 2 != 0)) whole++;
    return whole;
}

enum { GUARD = 1000000 };

/* Of several amounts, each with the rate that holds for it: rounded once, six digits further. */
struct heap {
    const char *key, *currency;
    int32_t day; /* of the rate */
    int which;   /* the figure */
    i128 parts;
};

/* An amount in the currency asked for, at so many ten-thousandths of a dollar a euro; 0: no rate.
 */
static i128 converted(const struct question *q, const char *currency, i128 parts, i128 rate)
{
    bool dollars = q->currency && strcmp(q->currency, "USD") == 0;
    bool same = strcmp(currency, dollars ? "USD" : "EUR") == 0;
    if (same) return parts * GUARD;
    CHECK(rate > 0);
    if (rate <= 0) return 0;
    return dollars ? half_even(parts * rate * GUARD, 10000)
                   : half_even(parts * 10000 * GUARD, rate);
}

static void convert(const struct seen *s, const struct question *q, const struct heap *h,
                    i128 *guarded)
{
    const struct seen_rate *best = NULL;
    for (uint32_t i = 0; i < s->rate_count; i++) {
        const struct seen_rate *r = &s->rates[i];
        if (r->ms > q->at.known || r->day > h->day) continue;
        if (!best || r->day > best->day || (r->day == best->day && r->id > best->id)) best = r;
    }
    *guarded += converted(q, h->currency, h->parts, best ? best->n : 0);
}

static bool is_money(const char *item)
{
    return strncmp(item, "money/", 6) == 0;
}

static bool in_year(struct arena *a, const struct question *q, int32_t day)
{
    return !q->year || strncmp(day_text(a, day, PRECISION_MONTH), q->year, 4) == 0;
}

static void heap_add(struct heap *heaps, uint32_t *count, struct heap one)
{
    uint32_t i = 0;
    while (i < *count &&
           (strcmp(heaps[i].key, one.key) || strcmp(heaps[i].currency, one.currency) ||
            heaps[i].day != one.day || heaps[i].which != one.which)) {
        i++;
    }
    if (i == *count)
        heaps[(*count)++] = (struct heap){one.key, one.currency, one.day, one.which, 0};
    heaps[i].parts += one.parts;
}

/* Money by key that came in, and under "" what all of it comes to, and what is only pledged. */
static void naive_money(const struct seen *s, const struct question *q, struct figures *out)
{
    struct heap *heaps = NEW_ARRAY(s->arena, 4 * ORACLE_MAX, struct heap);
    uint32_t count = 0;
    i128 guarded[KEYS][FIGURES] = {{0}};
    *out = (struct figures){.count = 0};
    for (uint32_t i = 0; i < s->entry_count; i++) {
        const struct seen_entry *n = &s->entries[i];
        const struct oracle_entry *e = &n->e;
        if (!sees(q, n) || !asks_for(q, n->line) || !is_money(n->line->item)) continue;
        if (!in_year(s->arena, q, e->day)) continue;
        int in = (e->to >= 3 && e->to <= 6) - (e->from >= 3 && e->from <= 6);
        int said = (e->to == 2) - (e->from == 2);
        bool same = strcmp(n->line->item + 6, q->currency ? q->currency : "EUR") == 0;
        int32_t day =
            n->rate_day > e->day && n->rate_day > q->at.effective ? q->at.effective : n->rate_day;
        struct heap one = {"", n->line->item + 6, same ? 0 : day, INCOMING, in * (i128)e->qty};
        if (in) heap_add(heaps, &count, one);
        one.key = key_of(s->arena, q->by, n);
        if (in) heap_add(heaps, &count, one);
        one = (struct heap){"", one.currency, one.day, PLEDGED, said * (i128)e->qty};
        if (said) heap_add(heaps, &count, one);
    }
    for (uint32_t i = 0; i < count; i++) {
        i128(*at)[FIGURES] = &out->at[0];
        uint32_t k = (uint32_t)((i128(*)[FIGURES])figures_of(out, heaps[i].key) - at);
        convert(s, q, &heaps[i], &guarded[k][heaps[i].which]);
    }
    for (uint32_t k = 0; k < out->count; k++) {
        for (int f = 0; f < FIGURES; f++) out->at[k][f] = half_even(guarded[k][f], GUARD);
    }
}

/* --- promises --- */

static const struct seen_line *newest(const struct seen *s, const char *key, int64_t known)
{
    const struct seen_line *found = NULL;
    for (uint32_t i = 0; i < s->line_count; i++) {
        const struct seen_line *l = &s->lines[i];
        if (strcmp(l->key, key) == 0 && l->ms <= known) found = l;
    }
    return found;
}

static void naive_promise(const struct seen *s, const struct question *q, const struct seen_line *l,
                          struct figures *out)
{
    i128 gone = 0, owed = 0, in_time = 0, late = 0;
    for (uint32_t i = 0; i < s->entry_count; i++) {
        const struct seen_entry *n = &s->entries[i];
        const struct oracle_entry *e = &n->e;
        if (!sees(q, n) || strcmp(n->line->key, l->key) != 0) continue;
        for (int end = 0; end < 2; end++) {
            int stage = end ? e->to : e->from;
            i128 qty = end ? e->qty : -e->qty;
            if (!stage) continue;
            *(stage == 1 || stage == 7 || stage == 8 ? &gone : &owed) += qty;
        }
        i128 came = e->to == 6 && !e->reverses ? e->qty : e->from == 6 && e->reverses ? -e->qty : 0;
        *(e->day <= l->until ? &in_time : &late) += came;
    }
    i128 promised = l->low - gone > owed ? l->low - gone : owed;
    if (l->until == DAY_MAX || promised <= 0) return;
    i128 missing = promised - in_time - late > 0 ? promised - in_time - late : 0;
    i128 *at = figures_of(out, l->key);
    at[IS_THERE] = 1;
    at[PROMISED] = promised;
    at[IN_TIME] = in_time;
    at[LATE] = late;
    at[MISSING] = missing;
    at[STATUS] = missing               ? q->at.effective > l->until ? PUNCTUAL_LATE : PUNCTUAL_DUE
                 : in_time >= promised ? PUNCTUAL_ON_TIME
                                       : PUNCTUAL_DELIVERED_LATE;
}

static void naive_promises(const struct seen *s, const struct question *q, struct figures *out)
{
    *out = (struct figures){.count = 0};
    for (uint32_t i = 0; i < s->line_count; i++) {
        const struct seen_line *l = newest(s, s->lines[i].key, q->at.known);
        if (l == &s->lines[i] && asks_for(q, l)) naive_promise(s, q, l, out);
    }
}

/* Open promises by giver: how many, and their first days. */
static void naive_open(const struct seen *s, const struct question *q, struct figures *out)
{
    *out = (struct figures){.count = 0};
    for (uint32_t i = 0; i < s->line_count; i++) {
        const struct seen_line *l = newest(s, s->lines[i].key, q->at.known);
        i128 open = 0;
        int32_t first = DAY_MAX;
        if (l != &s->lines[i]) continue;
        for (uint32_t k = 0; k < s->entry_count; k++) {
            const struct seen_entry *n = &s->entries[k];
            if (!sees(q, n) || strcmp(n->line->key, l->key) != 0) continue;
            if (n->e.day < first) first = n->e.day;
            if (n->e.to >= 1 && n->e.to <= 5) open += n->e.qty;
            if (n->e.from >= 1 && n->e.from <= 5) open -= n->e.qty;
        }
        if (open <= 0) continue;
        i128 *at = figures_of(out, l->giver);
        at[OPEN_COUNT]++;
        at[OPEN_DAYS] += first;
    }
}

/* --- plain SQL over the same rows --- */

static void sql_run(sqlite3 *db, const char *text)
{
    char *said = NULL;
    CHECK(sqlite3_exec(db, text, NULL, NULL, &said) == SQLITE_OK);
    if (said) printf("# %s: %s\n", text, said);
    sqlite3_free(said);
}

static sqlite3 *sql_open(struct arena *a, const struct seen *s)
{
    sqlite3 *db = NULL;
    CHECK(sqlite3_open(":memory:", &db) == SQLITE_OK);
    sql_run(db, "CREATE TABLE line(id, ms, key, giver, receiver, item, low, until);"
                "CREATE TABLE entry(id, ms, line, f, t, qty, day, confirmed, reverses, valued);"
                "CREATE TABLE rate(id, ms, currency, day, n); BEGIN");
    for (uint32_t i = 0; i < s->line_count; i++) {
        const struct seen_line *l = &s->lines[i];
        sql_run(db,
                text_format(a,
                            "INSERT INTO line VALUES(%" PRIu64 ",%" PRId64
                            ",'%s','%s','%s','%s',%" PRId64 ",%s)",
                            l->id, l->ms, l->key, l->giver, l->receiver, l->item, l->low,
                            l->until == DAY_MAX ? "NULL" : text_format(a, "%d", (int)l->until)));
    }
    for (uint32_t i = 0; i < s->entry_count; i++) {
        const struct oracle_entry *e = &s->entries[i].e;
        sql_run(db, text_format(a,
                                "INSERT INTO entry VALUES(%" PRIu64 ",%" PRId64 ",%" PRIu64
                                ",%d,%d,%" PRId64 ",%d,%d,%" PRIu64 ",%d)",
                                e->id, e->ms, e->line, e->from, e->to, e->qty, (int)e->day,
                                e->confirmed, e->reverses, (int)s->entries[i].rate_day));
    }
    for (uint32_t i = 0; i < s->rate_count; i++) {
        const struct seen_rate *r = &s->rates[i];
        sql_run(db, text_format(
                        a, "INSERT INTO rate VALUES(%" PRIu64 ",%" PRId64 ",'%s',%d,%" PRId64 ")",
                        r->id, r->ms, r->currency, (int)r->day, r->n));
    }
    sql_run(db, "COMMIT");
    return db;
}

/* The entries that the question sees, with what their lines say. */
static const char *sql_seen(struct arena *a, const struct question *q)
{
    struct buf b = {.arena = a};
    buf_addf(&b,
             "(SELECT e.*, l.key, l.giver, l.receiver, l.item,"
             " strftime('%%Y-%%m', e.day * 86400, 'unixepoch') AS month"
             " FROM entry e JOIN line l ON l.id = e.line WHERE e.ms <= %" PRId64
             " AND e.day <= %d%s",
             q->at.known, (int)q->at.effective,
             q->at.confirmed ? " AND (e.confirmed OR (e.f <> 6 AND e.t <> 6))" : "");
    return buf_add(&b, ")"), b.text;
}

static const char *sql_filter(struct arena *a, const struct question *q)
{
    struct buf b = {.arena = a};
    buf_add(&b, "1");
    if (q->giver) buf_addf(&b, " AND giver = '%s'", q->giver);
    if (q->receiver) buf_addf(&b, " AND receiver = '%s'", q->receiver);
    if (q->item) buf_addf(&b, " AND item = '%s'", q->item);
    if (q->year) buf_addf(&b, " AND substr(month, 1, 4) = '%s'", q->year);
    return b.text;
}

static sqlite3_stmt *sql_ask(sqlite3 *db, const char *text)
{
    sqlite3_stmt *st = NULL;
    CHECK(sqlite3_prepare_v2(db, text, -1, &st, NULL) == SQLITE_OK);
    if (!st) printf("# %s\n# %s\n", text, sqlite3_errmsg(db));
    return st;
}

static const char *sql_text(struct arena *a, sqlite3_stmt *st, int column)
{
    return arena_text(a, (const char *)sqlite3_column_text(st, column));
}

static const char *const sql_keys[KEY_COUNT] = {"giver", "receiver", "item", "key", "month"};

static void sql_stands(sqlite3 *db, struct arena *a, const struct question *q, struct figures *out)
{
    const char *seen = sql_seen(a, q), *filter = sql_filter(a, q), *key = sql_keys[q->by];
    *out = (struct figures){.count = 0};
    sqlite3_stmt *st = sql_ask(
        db, text_format(a,
                        "SELECT k, stage, sum(qty) FROM (SELECT %s AS k, t AS stage, qty FROM %s"
                        " WHERE %s UNION ALL SELECT %s, f, -qty FROM %s WHERE %s)"
                        " WHERE stage > 0 GROUP BY k, stage",
                        key, seen, filter, key, seen, filter));
    while (sqlite3_step(st) == SQLITE_ROW) {
        figures_of(out, sql_text(a, st, 0))[sqlite3_column_int(st, 1)] =
            sqlite3_column_int64(st, 2);
    }
    sqlite3_finalize(st);
}

static void sql_sums(sqlite3 *db, struct arena *a, const struct question *q, const char *key,
                     int low, int high, int which, struct figures *out)
{
    struct heap one = {.which = which};
    i128 guarded = 0;
    sqlite3_stmt *st = sql_ask(
        db,
        text_format(a,
                    "SELECT k, h.currency, parts, (SELECT n FROM rate r WHERE r.day <= h.rated"
                    " AND r.ms <= %" PRId64 " ORDER BY r.day DESC, r.id DESC LIMIT 1) FROM"
                    " (SELECT %s AS k, substr(item, 7) AS currency, CASE WHEN item = 'money/%s'"
                    " THEN 0 WHEN valued > day AND valued > %d THEN %d ELSE valued END AS rated,"
                    " sum(qty * ((t BETWEEN %d AND %d) - (f BETWEEN %d AND %d))) AS parts"
                    " FROM %s WHERE %s AND item LIKE 'money/%%' GROUP BY 1, 2, 3) h ORDER BY k",
                    q->at.known, key, q->currency ? q->currency : "EUR", (int)q->at.effective,
                    (int)q->at.effective, low, high, low, high, sql_seen(a, q), sql_filter(a, q)));
    while (sqlite3_step(st) == SQLITE_ROW) {
        const char *k = sql_text(a, st, 0);
        i128 parts = sqlite3_column_int64(st, 2), rate = sqlite3_column_int64(st, 3);
        if (!one.key || strcmp(one.key, k) != 0) guarded = 0;
        one.key = k;
        guarded += converted(q, (const char *)sqlite3_column_text(st, 1), parts, rate);
        figures_of(out, k)[which] = half_even(guarded, GUARD);
    }
    sqlite3_finalize(st);
}

static void sql_money(sqlite3 *db, struct arena *a, const struct question *q, struct figures *out)
{
    *out = (struct figures){.count = 0};
    sql_sums(db, a, q, sql_keys[q->by], 3, 6, INCOMING, out);
    sql_sums(db, a, q, "''", 3, 6, INCOMING, out);
    sql_sums(db, a, q, "''", 2, 2, PLEDGED, out);
}

static void sql_promises(sqlite3 *db, struct arena *a, const struct question *q,
                         struct figures *out)
{
    *out = (struct figures){.count = 0};
    sqlite3_stmt *st = sql_ask(
        db,
        text_format(
            a,
            "WITH v AS (SELECT * FROM line WHERE id IN (SELECT max(id) FROM line WHERE ms <="
            " %" PRId64 " GROUP BY key)), ends AS (SELECT key, t AS s, qty AS q FROM %s UNION ALL"
            " SELECT key, f, -qty FROM %s), sums AS (SELECT key, sum(CASE WHEN s IN (1, 7, 8)"
            " THEN q END) AS gone, sum(CASE WHEN s IN (2, 3, 4, 5, 6, 9) THEN q END) AS owed"
            " FROM ends GROUP BY key), came AS (SELECT e.key, sum(CASE WHEN e.day <= v.until THEN"
            " e.d END) AS in_time, sum(CASE WHEN e.day > v.until THEN e.d END) AS late FROM"
            " (SELECT *, CASE WHEN t = 6 AND reverses = 0 THEN qty WHEN f = 6 AND reverses > 0"
            " THEN -qty ELSE 0 END AS d FROM %s) e JOIN v ON v.key = e.key GROUP BY e.key)"
            " SELECT v.key, max(v.low - ifnull(gone, 0), ifnull(owed, 0)) AS promised,"
            " ifnull(in_time, 0), ifnull(late, 0), v.until FROM v LEFT JOIN sums USING (key)"
            " LEFT JOIN came USING (key) WHERE until IS NOT NULL AND promised > 0 AND %s",
            q->at.known, sql_seen(a, q), sql_seen(a, q), sql_seen(a, q), sql_filter(a, q)));
    while (sqlite3_step(st) == SQLITE_ROW) {
        i128 *at = figures_of(out, sql_text(a, st, 0));
        at[IS_THERE] = 1;
        at[PROMISED] = sqlite3_column_int64(st, 1);
        at[IN_TIME] = sqlite3_column_int64(st, 2);
        at[LATE] = sqlite3_column_int64(st, 3);
        i128 missing = at[PROMISED] - at[IN_TIME] - at[LATE];
        at[MISSING] = missing > 0 ? missing : 0;
        bool past = q->at.effective > sqlite3_column_int(st, 4);
        at[STATUS] = missing > 0                   ? past ? PUNCTUAL_LATE : PUNCTUAL_DUE
                     : at[IN_TIME] >= at[PROMISED] ? PUNCTUAL_ON_TIME
                                                   : PUNCTUAL_DELIVERED_LATE;
    }
    sqlite3_finalize(st);
}

static void sql_opens(sqlite3 *db, struct arena *a, const struct question *q, struct figures *out)
{
    *out = (struct figures){.count = 0};
    sqlite3_stmt *st = sql_ask(
        db, text_format(a,
                        "WITH v AS (SELECT * FROM line WHERE id IN (SELECT max(id) FROM line WHERE"
                        " ms <= %" PRId64 " GROUP BY key)), o AS (SELECT key, min(day) AS first,"
                        " sum(qty * ((t BETWEEN 1 AND 5) - (f BETWEEN 1 AND 5))) AS open FROM %s"
                        " GROUP BY key) SELECT giver, count(*), sum(first) FROM v JOIN o"
                        " USING (key) WHERE open > 0 GROUP BY giver",
                        q->at.known, sql_seen(a, q)));
    while (sqlite3_step(st) == SQLITE_ROW) {
        i128 *at = figures_of(out, sql_text(a, st, 0));
        at[OPEN_COUNT] = sqlite3_column_int64(st, 1);
        at[OPEN_DAYS] = sqlite3_column_int64(st, 2);
    }
    sqlite3_finalize(st);
}

/* --- three answers to each --- */

static void ask_all(struct rng *r, const struct view *v, const struct seen *s, sqlite3 *db)
{
    struct arena a = {0};
    struct figures ours, plain, naive;
    struct question q = random_question(r, s);
    our_stands(&a, v->book, &q, &ours);
    sql_stands(db, &a, &q, &plain);
    naive_stands(s, &q, &naive);
    agree("stands: ours and SQL", &q, &ours, &plain);
    agree("stands: SQL and naive", &q, &plain, &naive);

    struct question items_only = {.at = q.at, .by = KEY_ITEM};
    our_items(&a, v->book, &items_only, &ours);
    sql_stands(db, &a, &items_only, &plain);
    agree("items: ours and SQL", &items_only, &ours, &plain);

    struct question money = {.at = q.at,
                             .by = rng_one_in(r, 3) ? KEY_MONTH : (enum key)rng_below(r, 3)};
    money.receiver = q.receiver;
    money.currency = rng_one_in(r, 2) ? "USD" : "EUR";
    if (money.receiver && rng_one_in(r, 2)) money.year = rng_one_in(r, 2) ? "2024" : "2025";
    our_money(&a, v->book, &money, &ours);
    sql_money(db, &a, &money, &plain);
    naive_money(s, &money, &naive);
    agree("money: ours and SQL", &money, &ours, &plain);
    agree("money: SQL and naive", &money, &plain, &naive);

    struct question promises = q;
    if (q.at.effective == DAY_MAX) promises.at.effective = FIRST_DAY + DAYS + 1;
    our_promises(&a, v->book, &promises, &ours);
    sql_promises(db, &a, &promises, &plain);
    naive_promises(s, &promises, &naive);
    agree("promises: ours and SQL", &promises, &ours, &plain);
    agree("promises: SQL and naive", &promises, &plain, &naive);

    struct question open = {.at = q.at};
    our_opens(&a, v->book, &open, &ours);
    sql_opens(db, &a, &open, &plain);
    naive_open(s, &open, &naive);
    agree("open: ours and SQL", &open, &ours, &plain);
    agree("open: SQL and naive", &open, &plain, &naive);
    arena_free(&a);
}

static uint64_t hidden_rows;

static void random_questions(struct rng *r)
{
    struct desk d;
    random_log(&d, r, 30 + rng_below(r, 40));
    for (int i = 0; i < VIEWERS && tap_this_ok; i++) {
        struct arena a = {0};
        struct view v;
        struct seen *s = NEW(&a, struct seen);
        GOOD(view_open(&a, d.store, viewers[i], NULL, &v, oops));
        GOOD(seen_read(s, &a, d.store, viewers[i], oops));
        sqlite3 *db = sql_open(&a, s);
        hidden_rows += s->hidden;
        for (int k = 0; k < 12 && tap_this_ok; k++) ask_all(r, &v, s, db);
        if (!tap_this_ok) printf("# viewer %s\n", viewers[i] ? viewers[i] : "(all)");
        sqlite3_close(db);
        arena_free(&a);
    }
    desk_end(&d);
}

static void three_answers_agree_to_the_last_part(void)
{
    clock_t before = clock();
    compared = hidden_rows = 0;
    seeds_run(20, random_questions);
    double seconds = (double)(clock() - before) / CLOCKS_PER_SEC;
    printf("# %" PRIu64 " figures compared, %.0f a second; %" PRIu64 " records were hidden\n",
           compared, (double)compared / seconds, hidden_rows);
    CHECK(compared > 0 && hidden_rows > 0);
}

int main(void)
{
    RUN(three_answers_agree_to_the_last_part);
    return tap_done();
}
