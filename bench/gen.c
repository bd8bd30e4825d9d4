/*
 * gen.c - a book of any size, as an exchange file and as plain CSV rows.
 *
 *     gen ENTRIES SEED BOOK.muster ENTRIES.csv [LINES]
 *
 * The same seed gives the same bytes. The shape follows what trackers of
 * support look like: few donors give most, promises come in bursts after a
 * quarter begins, are cut into tranches, reported late, and one entry in
 * twenty-five is corrected afterwards. Every entry has its natural key and
 * every line its passage, as an import leaves them. Last come needs, one for
 * two hundred entries, and what stands in for what and keeps what going. With LINES all entries
 * move that few lines, which is the worst case of a long history. Whole
 * numbers only, so that no libm decides what is generated.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "record/exchange.h"
#include "seed.h"

enum {
    DONORS = 200,
    RECIPIENTS = 50,
    CHANNELS = 20,
    ITEMS = 2000,
    CLASSES = 150,
    SUBSTITUTES = 300,
    SUSTAINS = 60,
    NEED_ENTRIES = 200, /* for one need */
    SOURCE_LINES = 500, /* lines that one document tells of */
    COMMIT_ROWS = 1000,
    TRANCHES_MAX = 60,
    FIRST_DAY = 18993, /* 2022-01-01 */
    DAYS = 57 * 30,
    MINUTES = DAYS * 1440,
};

#define NO_EVENT UINT32_MAX

/* One entry to be, in minutes and days after FIRST_DAY. */
struct event {
    int32_t minute, day;
    uint32_t line, order; /* order: as generated, breaks ties */
    uint32_t movement;    /* within the line: its natural key */
    uint32_t corrects;    /* order of the event taken back or said anew */
    uint8_t from, to, version;
    int64_t qty;
};

struct promise {
    uint64_t id, passage; /* in the log, 0: not yet */
    uint16_t giver, receiver, channel, item;
    int64_t qty;
    int32_t day;
};

struct gen {
    struct rng rng;
    uint32_t wanted, only_lines;
    struct event *events;
    uint32_t count, room;
    struct promise *promises;
    uint32_t promise_count, promise_room;
    uint32_t promised; /* on the only lines */
    uint64_t zipf_donor[DONORS], zipf_recipient[RECIPIENTS], zipf_item[ITEMS];

    FILE *book, *csv;
    struct arena scratch; /* reset after each record */
    struct merkle tree;
    int64_t now_ms;
    uint64_t source, party[DONORS + RECIPIENTS + CHANNELS], item[ITEMS];
};

static void *grown(void *list, uint32_t count, uint32_t *room, size_t size)
{
    if (count < *room) return list;
    *room = *room ? *room * 2 : 4096;
    list = realloc(list, *room * size);
    if (!list) abort();
    return list;
}

/* --- chance --- */

/* Weights 1/1, 1/2, 1/3...: cumulated. */
static void zipf_fill(uint64_t *sums, uint32_t n)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < n; i++) sums[i] = sum += UINT64_C(1000000000) / (i + 1);
}

static uint32_t zipf(struct rng *r, const uint64_t *sums, uint32_t n)
{
    uint64_t at = rng_next(r) % sums[n - 1];
    uint32_t low = 0, high = n - 1;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (sums[mid] <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* About 2^middle, most often, and up to 2^(middle + 2 * spread): a lognormal's shape. */
static int64_t skewed(struct rng *r, uint32_t middle, uint32_t spread)
{
    uint32_t power = middle;
    for (int i = 0; i < 4; i++) power += rng_below(r, spread + 1);
    power = power > 2 * spread ? power - 2 * spread : 0;
    return (INT64_C(1) << power) + (int64_t)(rng_next(r) % (UINT64_C(1) << power));
}

static bool percent(struct rng *r, uint32_t chance)
{
    return rng_below(r, 100) < chance;
}

/* P(at least n tranches) = 1 / n^2. */
static uint32_t tranches(struct rng *r)
{
    uint32_t u = 1 + rng_below(r, 65536), k = 1;
    while (k < TRANCHES_MAX && (k + 1) * (k + 1) * u <= 65536) k++;
    return k;
}

static int32_t minutes(struct rng *r, uint32_t days_power)
{
    return (int32_t)(skewed(r, days_power + 10, 1) + rng_below(r, 1440));
}

/* --- what happens --- */

static struct event *push(struct gen *g, const struct event *e)
{
    if (e->minute >= MINUTES) return NULL;
    g->events = grown(g->events, g->count, &g->room, sizeof *g->events);
    g->events[g->count] = *e;
    g->events[g->count].order = g->count;
    return &g->events[g->count++];
}

/* Taken back and said anew, later: an earlier day, or less of it. Only of what moved no further. */
static void correct(struct gen *g, uint32_t at, int32_t day_min)
{
    struct event back = g->events[at], anew = back;
    back.minute += minutes(&g->rng, 5);
    back.from = anew.to;
    back.to = anew.from;
    back.corrects = at;
    back.version = 2;
    if (!push(g, &back)) return;
    anew.minute = back.minute;
    anew.version = 3;
    if (percent(&g->rng, 50) && anew.qty > 1)
        anew.qty -= anew.qty / 4 + 1 < anew.qty ? anew.qty / 4 : 0;
    else if (anew.day > day_min)
        anew.day -= (int32_t)rng_below(&g->rng, (uint32_t)(anew.day - day_min) + 1);
    push(g, &anew);
}

/* The day something took effect: some days before it was reported, but not before `least`. */
static int32_t effective(struct gen *g, int32_t minute, int32_t least)
{
    int32_t day = minute / 1440 - (int32_t)skewed(&g->rng, 2, 1);
    return day < least ? least : day;
}

struct step {
    uint32_t line, movement;
    int32_t minute, day;
};

/* One movement after the step before it; false when it lies beyond the end of the data. */
static bool step(struct gen *g, struct step *s, enum stage from, enum stage to, int64_t qty,
                 uint32_t days_power, uint32_t corrected)
{
    int32_t before = s->day;
    s->minute += days_power ? minutes(&g->rng, days_power) : 0;
    s->day = effective(g, s->minute, s->day);
    struct event e = {.minute = s->minute,
                      .day = s->day,
                      .line = s->line,
                      .movement = ++s->movement,
                      .corrects = NO_EVENT,
                      .from = (uint8_t)from,
                      .to = (uint8_t)to,
                      .version = 1,
                      .qty = qty};
    if (!push(g, &e)) return false;
    if (percent(&g->rng, corrected)) correct(g, g->count - 1, before);
    return true;
}

static void deliver(struct gen *g, struct step *s, int64_t qty)
{
    struct rng *r = &g->rng;
    uint32_t parts = tranches(r);
    if (parts > qty) parts = (uint32_t)qty;
    struct step begin = *s;
    for (uint32_t i = 0; i < parts; i++) {
        int64_t part = i + 1 == parts ? qty : qty / (parts - i);
        qty -= part;
        begin.minute += minutes(r, 3);
        struct step t = begin;
        t.movement = s->movement;
        bool more = step(g, &t, STAGE_COMMITTED, STAGE_ALLOCATED, part, 1, 0) && !percent(r, 10) &&
                    step(g, &t, STAGE_ALLOCATED, STAGE_DISPATCHED, part, 4, 0) && !percent(r, 7);
        if (more) step(g, &t, STAGE_DISPATCHED, STAGE_DELIVERED, part, 3, 15);
        s->movement = t.movement;
    }
}

static uint32_t promise_new(struct gen *g, int32_t day)
{
    struct rng *r = &g->rng;
    g->promises = grown(g->promises, g->promise_count, &g->promise_room, sizeof *g->promises);
    g->promises[g->promise_count] =
        (struct promise){.giver = (uint16_t)zipf(r, g->zipf_donor, DONORS),
                         .receiver = (uint16_t)(DONORS + zipf(r, g->zipf_recipient, RECIPIENTS)),
                         .channel = (uint16_t)(DONORS + RECIPIENTS + rng_below(r, CHANNELS)),
                         .item = (uint16_t)zipf(r, g->zipf_item, ITEMS),
                         .qty = skewed(r, 5, 3),
                         .day = day};
    return g->promise_count++;
}

static void promise(struct gen *g)
{
    struct rng *r = &g->rng;
    int32_t day = (int32_t)rng_below(r, DAYS);
    if (percent(r, 25)) { /* quarters begin with announcements */
        day = day / 91 * 91 + (int32_t)rng_below(r, 8);
        if (day >= DAYS) day = DAYS - 1;
    }
    struct step s = {.minute = day * 1440 + (int32_t)rng_below(r, 1440)};
    s.line = g->only_lines && g->promise_count >= g->only_lines ? rng_below(r, g->only_lines)
                                                                : promise_new(g, day);
    /* Several promises on a line: their keys stay apart. */
    if (g->only_lines) s.movement = g->promised++ * (4 * TRANCHES_MAX);
    int64_t qty = g->promises[s.line].qty;
    if (!percent(r, 12)) {
        if (!step(g, &s, STAGE_WORLD, STAGE_ANNOUNCED, qty, 0, 0)) return;
        if (percent(r, 10)) {
            step(g, &s, STAGE_ANNOUNCED, STAGE_WITHDRAWN, qty, 6, 15);
            return;
        }
        if (percent(r, 8)) return;
        if (percent(r, 30)) qty -= qty / 3;
        if (!step(g, &s, STAGE_ANNOUNCED, STAGE_COMMITTED, qty, 4, 0)) return;
    } else if (!step(g, &s, STAGE_WORLD, STAGE_COMMITTED, qty, 0, 0)) {
        return;
    }
    if (!percent(r, 12)) deliver(g, &s, qty);
}

static int by_minute(const void *x, const void *y)
{
    const struct event *a = x, *b = y;
    if (a->minute != b->minute) return a->minute < b->minute ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* --- as records --- */

static uint64_t emit(struct gen *g, struct record *r, uint64_t version)
{
    struct buf line = {.arena = &g->scratch}, bytes = {.arena = &g->scratch};
    uint8_t leaf[SHA_BYTES], root[SHA_BYTES];
    struct err err;
    r->id = g->tree.count + 1;
    r->recorded_ms = g->now_ms;
    r->idem = record_idem(&g->scratch, r, version);
    for (size_t i = 0; i < SALT_BYTES; i++) r->salt[i] = (uint8_t)rng_next(&g->rng);
    if (record_check(r, &err)) {
        fprintf(stderr, "gen: %s\n", err.msg);
        exit(1);
    }
    exchange_record(&line, r);
    record_encode(&bytes, r);
    merkle_leaf(r->salt, bytes.text, bytes.len, leaf);
    merkle_add(&g->tree, leaf);
    if (g->tree.count % COMMIT_ROWS == 0) {
        merkle_root(&g->tree, root);
        exchange_root(&line, EXCHANGE_COMMIT, g->tree.count, root);
    }
    fwrite(line.text, 1, line.len, g->book);
    uint64_t id = r->id;
    arena_reset(&g->scratch);
    return id;
}

static struct record *draft(struct gen *g, enum kind kind)
{
    return record_new(&g->scratch, kind);
}

static void text(struct gen *g, struct record *r, enum tag tag, const char *fmt, uint64_t n)
{
    char out[80];
    snprintf(out, sizeof out, fmt, (unsigned)n);
    record_set_text(&g->scratch, r, tag, out);
}

static void nouns(struct gen *g)
{
    static const char *const sorts[] = {"donor", "recipient", "channel"};
    for (uint32_t i = 0; i < DONORS + RECIPIENTS + CHANNELS; i++) {
        uint32_t sort = i < DONORS ? 0 : i < DONORS + RECIPIENTS ? 1 : 2;
        struct record *r = draft(g, KIND_PARTY);
        record_set_text(&g->scratch, r, F_KEY, text_format(&g->scratch, "%s:%u", sorts[sort], i));
        record_set_text(&g->scratch, r, F_NAME,
                        text_format(&g->scratch, "The %s %u", sorts[sort], i));
        record_set_text(&g->scratch, r, F_TYPE, sort < 2 ? "nation" : "fund");
        g->party[i] = emit(g, r, 1);
    }
    for (uint32_t i = 0; i < ITEMS; i++) {
        struct record *r = draft(g, KIND_ITEM);
        text(g, r, F_KEY, "bench:item:%u", i);
        text(g, r, F_NAME, "Thing number %u", i);
        record_set_text(&g->scratch, r, F_UNIT, "piece");
        if (i >= CLASSES) record_set_ref(&g->scratch, r, F_PARENT, g->item[i % CLASSES]);
        g->item[i] = emit(g, r, 1);
    }
}

static void put_line(struct gen *g, uint32_t at)
{
    struct promise *p = &g->promises[at];
    struct arena *a = &g->scratch;
    if (at % SOURCE_LINES == 0 || !g->source) {
        struct record *r = draft(g, KIND_SOURCE);
        text(g, r, F_KEY, "bench:report:%u", at);
        text(g, r, F_NAME, "Report on what was promised, no. %u", at);
        g->source = emit(g, r, 1);
    }
    struct record *r = draft(g, KIND_PASSAGE);
    text(g, r, F_PLACE, "row %u", at);
    record_set_ref(a, r, F_SOURCE, g->source);
    p->passage = emit(g, r, 1);

    r = draft(g, KIND_LINE);
    text(g, r, F_KEY, "bench:%u", at);
    record_set_ref(a, r, F_PARTY, g->party[p->giver]);
    record_set_ref(a, r, F_RECEIVER, g->party[p->receiver]);
    record_set_ref(a, r, F_ITEM, g->item[p->item]);
    record_set_text(a, r, F_CLASS, "military");
    record_set_ref(a, r, F_PASSAGE, p->passage);
    record_set_text(a, r, F_AUTHOR, "import:bench");
    record_set_int(a, r, F_STATED, g->now_ms);
    record_set_text(a, r, F_SERIES, "bench");
    record_set_int(a, r, F_LOW, p->qty);
    record_set_int(a, r, F_HIGH, p->qty);
    record_set_int(a, r, F_UNTIL, FIRST_DAY + p->day + 365);
    record_set_ref(a, r, F_CHANNEL, g->party[p->channel]);
    p->id = emit(g, r, 1);
}

static void put_csv(struct gen *g, const struct record *r)
{
    char instant[INSTANT_TEXT], stated[INSTANT_TEXT], day[DAY_TEXT];
    const char *why = record_text(r, F_WHY);
    fprintf(g->csv,
            "%" PRIu64 ",%s,%s,%" PRIu64 ",%s,%s,%" PRId64 ",%s,%" PRIu64 ",%s,%" PRIu64 ",%s,%s\n",
            g->tree.count, instant_format(g->now_ms, instant), record_text(r, F_KEY),
            record_ref(r, F_LINE), stage_name((enum stage)record_int(r, F_FROM, 0)),
            stage_name((enum stage)record_int(r, F_TO, 0)), record_int(r, F_QTY, 0),
            day_format((int32_t)record_int(r, F_DAY, 0), day), record_ref(r, F_PASSAGE),
            record_text(r, F_AUTHOR), record_ref(r, F_REVERSES), why ? why : "",
            instant_format(record_int(r, F_STATED, 0), stated));
}

static uint64_t put_entry(struct gen *g, const struct event *e, const uint64_t *id_of)
{
    struct promise *p = &g->promises[e->line];
    struct arena *a = &g->scratch;
    g->now_ms = (INT64_C(1440) * FIRST_DAY + e->minute) * 60000;
    if (!p->id) put_line(g, e->line);
    struct record *r = draft(g, KIND_ENTRY);
    record_set_text(a, r, F_KEY,
                    text_format(a, "bench:%" PRIu32 "/%" PRIu32, e->line, e->movement));
    record_set_ref(a, r, F_LINE, p->id);
    record_set_int(a, r, F_FROM, e->from);
    record_set_int(a, r, F_TO, e->to);
    record_set_int(a, r, F_QTY, e->qty);
    record_set_int(a, r, F_DAY, FIRST_DAY + e->day);
    record_set_ref(a, r, F_PASSAGE, p->passage);
    record_set_text(a, r, F_AUTHOR, "import:bench");
    if (e->version == 2) {
        record_set_ref(a, r, F_REVERSES, id_of[e->corrects]);
        record_set_text(a, r, F_WHY, "the publisher revised it");
    }
    record_set_int(a, r, F_STATED, g->now_ms);
    put_csv(g, r);
    return emit(g, r, e->version);
}

/* One in ten for every month of a year, one in ten urgent; asked for half a year before. */
static void put_need(struct gen *g, uint32_t at)
{
    struct rng *r = &g->rng;
    int32_t due = FIRST_DAY + 180 + (int32_t)rng_below(r, DAYS);
    struct record *need = draft(g, KIND_NEED);
    text(g, need, F_KEY, "bench:need:%u", at);
    record_set_ref(&g->scratch, need, F_RECEIVER,
                   g->party[DONORS + zipf(r, g->zipf_recipient, RECIPIENTS)]);
    record_set_ref(&g->scratch, need, F_ITEM, g->item[zipf(r, g->zipf_item, ITEMS)]);
    record_set_int(&g->scratch, need, F_QTY, skewed(r, 7, 3));
    record_set_int(&g->scratch, need, F_DAY, due - 180);
    record_set_int(&g->scratch, need, F_UNTIL, due);
    record_set_int(&g->scratch, need, F_PRIORITY, 1 + rng_below(r, 4));
    if (percent(r, 10)) record_set_int(&g->scratch, need, F_URGENT, 1);
    if (percent(r, 10)) {
        record_set_int(&g->scratch, need, F_SINCE, due - 360);
        record_set_int(&g->scratch, need, F_MONTHLY, 1);
    }
    emit(g, need, 1);
}

/* One item stands in for another, or uses so much of it a month. */
static void put_relation(struct gen *g, const char *type, struct dec amount)
{
    uint32_t item = rng_below(&g->rng, ITEMS), other = rng_below(&g->rng, ITEMS);
    struct record *r = draft(g, KIND_RELATION);
    if (item == other) other = (other + 1) % ITEMS;
    record_set_text(&g->scratch, r, F_TYPE, type);
    record_set_ref(&g->scratch, r, F_ITEM, g->item[item]);
    record_set_ref(&g->scratch, r, F_PARENT, g->item[other]);
    record_set_dec(&g->scratch, r, F_AMOUNT, amount);
    emit(g, r, 1);
}

static void asked(struct gen *g)
{
    for (uint32_t i = 0; i < SUBSTITUTES; i++) {
        put_relation(g, "substitutes", (struct dec){5 + rng_below(&g->rng, 6), 1});
    }
    for (uint32_t i = 0; i < SUSTAINS; i++) {
        put_relation(g, "sustains", (struct dec){1 + rng_below(&g->rng, 20), 0});
    }
    for (uint32_t i = 0; i < g->wanted / NEED_ENTRIES; i++) put_need(g, i);
}

static void write_all(struct gen *g)
{
    uint64_t *id_of = calloc(g->count, sizeof *id_of);
    uint8_t root[SHA_BYTES];
    struct buf end = {.arena = &g->scratch};
    if (!id_of) abort();
    qsort(g->events, g->count, sizeof *g->events, by_minute);
    fputs(EXCHANGE_HEADER, g->book);
    g->now_ms = INT64_C(86400000) * FIRST_DAY;
    nouns(g);
    fputs("id,recorded,key,line,from,to,qty,day,passage,author,reverses,why,stated\n", g->csv);
    for (uint32_t i = 0; i < g->wanted; i++) {
        id_of[g->events[i].order] = put_entry(g, &g->events[i], id_of);
    }
    asked(g);
    merkle_root(&g->tree, root);
    if (g->tree.count % COMMIT_ROWS) exchange_root(&end, EXCHANGE_COMMIT, g->tree.count, root);
    exchange_root(&end, EXCHANGE_END, g->tree.count, root);
    fwrite(end.text, 1, end.len, g->book);
    free(id_of);
}

static FILE *create(const char *path)
{
    FILE *f = fopen(path, "wb");
    if (f) return f;
    perror(path);
    exit(1);
}

int main(int argc, char **argv)
{
    if (argc < 5) {
        fputs("usage: gen ENTRIES SEED BOOK.muster ENTRIES.csv [LINES]\n", stderr);
        return 2;
    }
    struct gen g = {.wanted = (uint32_t)strtoul(argv[1], NULL, 10),
                    .rng = {strtoull(argv[2], NULL, 10)},
                    .only_lines = argc > 5 ? (uint32_t)strtoul(argv[5], NULL, 10) : 0};
    zipf_fill(g.zipf_donor, DONORS);
    zipf_fill(g.zipf_recipient, RECIPIENTS);
    zipf_fill(g.zipf_item, ITEMS);
    while (g.count < g.wanted) promise(&g);
    g.book = create(argv[3]);
    g.csv = create(argv[4]);
    write_all(&g);
    bool failed = ferror(g.book) | ferror(g.csv);
    failed |= fclose(g.book) != 0;
    failed |= fclose(g.csv) != 0;
    fprintf(stderr, "%" PRIu32 " entries, %" PRIu32 " lines, %" PRIu64 " records\n", g.wanted,
            g.promise_count, g.tree.count);
    arena_free(&g.scratch);
    free(g.events);
    free(g.promises);
    return failed;
}
