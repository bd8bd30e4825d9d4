/*
 * figures.c - see figures.h.
 *
 * A figure is compared with the entries that the publisher sums, found as the
 * publisher names them: the flows of an FTS page by their marks, a country of
 * the tracker by its series. The effective clock is left open, since a figure
 * is about all that its publisher knew.
 */
#include "measure/figures.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/text.h"
#include "book/boundary.h"
#include "measure/burden.h"

enum { CENTS_OFF = 100000 }; /* the tracker's summary is rounded: 1,000 EUR */

void series_stated(struct map *out, const struct book *b, int64_t known)
{
    static const enum kind kinds[] = {KIND_STATEMENT, KIND_FLAG};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        uint32_t count;
        const struct record *const *list = book_records(b, kinds[k], &count);
        for (uint32_t i = 0; i < count; i++) {
            const char *series = record_text(list[i], F_SERIES);
            int64_t stated = record_int(list[i], F_STATED, 0);
            if (!series || stated <= 0 || list[i]->recorded_ms > known) continue;
            const uint64_t *newest = map_get(out, series);
            if (!newest || *newest < (uint64_t)stated) map_put(out, series, (uint64_t)stated);
        }
    }
}

bool is_newest(const struct map *stated, const struct record *r)
{
    const char *series = record_text(r, F_SERIES);
    const uint64_t *newest = series ? map_get(stated, series) : NULL;
    return !newest || (uint64_t)record_int(r, F_STATED, 0) == *newest;
}

static void tell_figure(struct doubting *d, const char *rule, const struct record *s,
                        uint32_t party, const char *what, const char *value, const char *expected)
{
    struct doubt one = {.rule = rule,
                        .party = party,
                        .passage = record_ref(s, F_PASSAGE),
                        .series = record_text(s, F_SERIES),
                        .what = what,
                        .value = value,
                        .expected = expected};
    d->fn(d->ctx, &one);
}

/* --- pages of FTS --- */

enum { IN, PLEDGED, OUT, INSIDE, SUMS };

static const char *const sum_names[SUMS] = {"incoming", "pledged", "outgoing", "internal"};

/* A set of pages: one answer of the publisher to one query. */
struct page_set {
    const char *hash;
    uint32_t party; /* recipient; NONE: the query is not known */
    int32_t day;    /* last day of the year */
    int64_t stated_ms;
    const struct record *said[SUMS];
    i128 sum[SUMS];
    uint32_t marks;
    int64_t flows; /* that it should hold; -1: does not say */
    bool moved_on; /* a flow was restated since, or is not in the book */
};

struct pages {
    struct doubting *d;
    struct map by_hash;
    struct map newest; /* "recipient day" -> instant of the newest set */
    struct page_set *sets;
    uint32_t count, room;
};

static struct page_set *set_of(struct pages *p, const char *hash)
{
    const uint64_t *at = map_get(&p->by_hash, hash);
    if (at) return &p->sets[*at];
    p->sets = arena_more(p->d->arena, p->sets, p->count, &p->room, sizeof *p->sets);
    map_put(&p->by_hash, hash, p->count);
    p->sets[p->count] = (struct page_set){.hash = hash, .party = NONE, .flows = -1};
    return &p->sets[p->count++];
}

/* "fts:page/HASH/measure": a total of a set. */
static void note_total(struct pages *p, const struct record *s)
{
    const struct book *b = p->d->book;
    const char *hash = record_text(s, F_KEY) + strlen("fts:page/");
    const char *measure = record_text(s, F_MEASURE);
    struct page_set *set = set_of(p, arena_bytes(p->d->arena, hash, strcspn(hash, "/")));
    set->party = book_noun_of(b, record_ref(s, F_PARTY));
    set->day = (int32_t)record_int(s, F_DAY, 0);
    set->stated_ms = record_int(s, F_STATED, 0);
    for (int i = 0; i < SUMS && measure; i++) {
        if (strcmp(measure, sum_names[i]) == 0 && record_field(s, F_LOW)) set->said[i] = s;
    }
    struct dec flows = record_dec(s, F_AMOUNT);
    if (measure && strcmp(measure, "flows") == 0 && flows.scale == 0) set->flows = flows.n;
}

static const char *query_of(struct pages *p, const struct page_set *set)
{
    return text_format(p->d->arena, "%u %d", (unsigned)set->party, (int)set->day);
}

static void read_sets(struct pages *p, const struct record *const *list, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const char *key = record_text(list[i], F_KEY);
        if (key && text_starts(key, "fts:page/") &&
            book_current(p->d->book, list[i], p->d->at->known)) {
            note_total(p, list[i]);
        }
    }
    for (uint32_t i = 0; i < p->count; i++) {
        const char *query = query_of(p, &p->sets[i]);
        const uint64_t *newest = map_get(&p->newest, query);
        if (!newest || *newest < (uint64_t)p->sets[i].stated_ms) {
            map_put(&p->newest, query, (uint64_t)p->sets[i].stated_ms);
        }
    }
}

/* Whether the set answers a known query, and no later one answers it again. */
static bool is_asked(struct pages *p, const struct page_set *set)
{
    if (set->party == NONE || set->day > p->d->at->effective) return false;
    return *map_get(&p->newest, query_of(p, set)) == (uint64_t)set->stated_ms;
}

/* Add what stands on one line to the sums of its set. */
static void add_flow(struct pages *p, struct page_set *set, const struct line *line, enum flow flow,
                     bool shared)
{
    const struct columns *c = book_columns(p->d->book);
    i128 reached = 0, announced = 0;
    for (uint32_t row = line->last_row; row != NONE; row = c->prev[row]) {
        if (c->recorded_ms[row] > p->d->at->known) continue;
        enum stage from = row_from(c, row), to = row_to(c, row);
        reached += ((to >= STAGE_COMMITTED && to <= STAGE_DELIVERED) -
                    (from >= STAGE_COMMITTED && from <= STAGE_DELIVERED)) *
                   (i128)c->qty[row];
        announced += ((to == STAGE_ANNOUNCED) - (from == STAGE_ANNOUNCED)) * (i128)c->qty[row];
    }
    if (flow == FLOW_INTERNAL) set->sum[INSIDE] += reached;
    if (flow == FLOW_OUTGOING) set->sum[OUT] += reached;
    if (flow == FLOW_INCOMING && !shared) {
        set->sum[IN] += reached;
        set->sum[PLEDGED] += announced;
    }
}

/* The line that is the version as known of a key, NULL. */
static const struct line *line_known(const struct book *b, const char *key, int64_t known,
                                     uint32_t *index)
{
    uint32_t count, noun = key ? book_noun(b, KIND_LINE, key) : NONE;
    const struct record *r = noun == NONE ? NULL : book_version(b, noun, known);
    *index = r ? book_line(b, r->id) : NONE;
    return *index == NONE ? NULL : &book_lines(b, &count)[*index];
}

/* "incoming shared" on a flow, against how it passes the boundary of its set's query. */
static void compare_mark(struct pages *p, const struct record *s, struct page_set *set)
{
    struct doubting *d = p->d;
    static const char *const names[] = {"outside", "incoming", "internal", "outgoing"};
    const char *mark = record_text(s, F_TEXT), *on;
    uint32_t index;
    const struct line *line = line_known(d->book, record_text(s, F_LINK), d->at->known, &index);
    set->marks++;
    if (!line || line_int(d->book, line, F_STATED, 0) != record_int(s, F_STATED, 0)) {
        set->moved_on = true; /* the mark is of another version */
        return;
    }
    char year[DAY_TEXT];
    day_format(set->day, year);
    year[4] = '\0';
    struct boundary boundary = {.recipient = book_key(d->book, set->party), .year = year};
    bool shared;
    enum flow flow = boundary_flow(d->book, &boundary, index, set->day, d->at->known, &shared);
    add_flow(p, set, line, flow, shared);
    if (!mark) return;
    bool is_shared = (on = strchr(mark, ' ')) && strcmp(on, " shared") == 0;
    size_t len = strcspn(mark, " ");
    bool same = strlen(names[flow]) == len && strncmp(mark, names[flow], len) == 0;
    if (same && (flow != FLOW_INCOMING || !on || is_shared == shared)) return;
    tell_figure(d, "boundary-mark-differs", s, set->party,
                text_format(d->arena, "%s boundary", record_text(s, F_LINK)), mark,
                text_format(d->arena, "%s%s, by its places and years", names[flow],
                            shared ? " shared" : ""));
}

static void compare_totals(struct pages *p, const struct page_set *set)
{
    struct doubting *d = p->d;
    if (set->flows != (int64_t)set->marks || set->moved_on || !is_asked(p, set)) return;
    for (int i = 0; i < SUMS; i++) {
        const struct record *s = set->said[i];
        if (!s || record_int(s, F_LOW, 0) == set->sum[i]) continue;
        if (i == INSIDE && !record_int(s, F_LOW, 0)) continue; /* the publisher does not sum it */
        int places = currency_places(d->book, record_text(s, F_CURRENCY));
        tell_figure(d, "page-total-differs", s, set->party,
                    text_format(d->arena, "%s %d", sum_names[i], day_year(set->day)),
                    parts_format(d->arena, record_int(s, F_LOW, 0), places, places, 0),
                    text_format(d->arena, "%s, the sum of its %u flows",
                                parts_format(d->arena, set->sum[i], places, places, 0),
                                (unsigned)set->marks));
    }
}

static void doubt_pages(struct doubting *d)
{
    uint32_t count;
    struct pages p = {.d = d, .by_hash = {.arena = d->arena}, .newest = {.arena = d->arena}};
    const struct record *const *list = book_records(d->book, KIND_STATEMENT, &count);
    read_sets(&p, list, count);
    for (uint32_t i = 0; i < count && p.count; i++) {
        const char *key = record_text(list[i], F_KEY), *measure = record_text(list[i], F_MEASURE);
        const char *hash = key && text_starts(key, "fts:") ? strstr(key, "/boundary@") : NULL;
        if (!hash || !measure || strcmp(measure, "boundary") != 0) continue;
        if (!book_current(d->book, list[i], d->at->known)) continue;
        const uint64_t *at = map_get(&p.by_hash, hash + strlen("/boundary@"));
        if (at && is_asked(&p, &p.sets[*at])) compare_mark(&p, list[i], &p.sets[*at]);
    }
    for (uint32_t i = 0; i < p.count; i++) compare_totals(&p, &p.sets[i]);
}

/* --- the tracker's country summary --- */

/* Whether the statement is a figure of the newest state under that heading. */
static bool is_figure(const struct doubting *d, const struct map *stated, const struct record *s,
                      const char *heading)
{
    const char *key = record_text(s, F_KEY);
    return key && strstr(key, heading) && record_field(s, F_PARTY) && is_newest(stated, s) &&
           record_int(s, F_DAY, DAY_MIN) <= d->at->effective &&
           book_current(d->book, s, d->at->known);
}

static i128 burden_amount(const struct burden *t, uint32_t party, const char *measure)
{
    for (uint32_t i = 0; i < t->count; i++) {
        if (t->rows[i].party != party) continue;
        enum burden_class c = burden_class(measure);
        return c == CLASS_OTHER ? t->rows[i].total : t->rows[i].amount[c];
    }
    return 0;
}

static void compare_country(struct doubting *d, const struct record *s, const struct burden *t)
{
    const char *measure = record_text(s, F_MEASURE);
    uint32_t party = book_noun_of(d->book, record_ref(s, F_PARTY));
    bool known = measure && (burden_class(measure) != CLASS_OTHER || !strcmp(measure, "total"));
    if (!known || !record_field(s, F_LOW)) return;
    i128 said = record_int(s, F_LOW, 0), mine = burden_amount(t, party, measure);
    if (said - mine <= CENTS_OFF && mine - said <= CENTS_OFF) return;
    tell_figure(d, "country-total-differs", s, party, measure,
                parts_format(d->arena, said, t->places, 2, 0),
                text_format(d->arena, "%s EUR, the sum of its packages",
                            parts_format(d->arena, mine, t->places, 2, 0)));
}

static void doubt_countries(struct doubting *d, const struct map *stated)
{
    uint32_t count;
    const struct record *const *list = book_records(d->book, KIND_STATEMENT, &count);
    struct map done = {.arena = d->arena};
    struct burden *burdens = NEW(d->arena, struct burden);
    const char *series = NULL;
    bool comparable = false;
    for (uint32_t i = 0; i < count; i++) {
        if (!is_figure(d, stated, list[i], "/country-summary/")) continue;
        const char *own = record_text(list[i], F_SERIES);
        if (!own) continue;
        if (!series || strcmp(series, own) != 0) {
            struct exchange x = {.book = d->book, .currency = "EUR"};
            struct burden_question q = {
                .reached = STAGE_COMMITTED, .published = true, .series = own};
            struct err err = {0};
            x.at = (struct clocks){.effective = DAY_MAX, .known = d->at->known};
            series = own;
            comparable = !measure_burden(d->arena, &x, &q, burdens, &err);
            if (!comparable && !map_get(&done, own)) {
                tell_figure(d, "country-total-differs", list[i], NONE, "country summary",
                            "cannot be compared", arena_text(d->arena, err.msg));
            }
            map_put(&done, own, 1);
        }
        if (comparable) compare_country(d, list[i], burdens);
    }
}

/* --- the tracker's weapons --- */

struct units {
    const char *series;
    struct map by_cell; /* "giver item" -> index into sums */
    struct sums *sums;
};

static const char *cell_key(struct arena *a, uint32_t giver, uint32_t item)
{
    return text_format(a, "%u %u", (unsigned)giver, (unsigned)item);
}

/* What stands of each item by giver, in one series. */
static void count_units(struct doubting *d, struct units *u, const char *series)
{
    const struct book *b = d->book;
    uint32_t count, cells = 0;
    const struct line *lines = book_lines(b, &count);
    uint32_t *key = NEW_ARRAY(d->arena, count + 1, uint32_t);
    *u = (struct units){.series = series, .by_cell = {.arena = d->arena}};
    for (uint32_t i = 0; i < count; i++) {
        key[i] = NONE;
        if (!series_within(line_text(d->book, &lines[i], F_SERIES), series)) continue;
        const char *cell = cell_key(d->arena, lines[i].giver, lines[i].item);
        const uint64_t *at = map_get(&u->by_cell, cell);
        key[i] = at ? (uint32_t)*at : cells;
        if (!at) map_put(&u->by_cell, cell, cells++);
    }
    struct clocks at = {.effective = DAY_MAX, .known = d->at->known};
    u->sums = NEW_ARRAY(d->arena, cells + 1, struct sums);
    book_sum(b, &at, key, cells, u->sums);
}

static void compare_units(struct doubting *d, const struct units *u, const struct record *s,
                          enum stage stage)
{
    uint32_t party = book_noun_of(d->book, record_ref(s, F_PARTY));
    uint32_t item = book_noun_of(d->book, record_ref(s, F_ITEM));
    if (item == NONE || !record_field(s, F_AMOUNT)) return;
    const struct record *r = book_version(d->book, item, d->at->known);
    int places = r ? (int)record_int(r, F_PARTS, 0) : 0;
    const uint64_t *at = map_get(&u->by_cell, cell_key(d->arena, party, item));
    i128 mine = at ? u->sums[*at].entered[stage] : 0;
    struct dec said = dec_trim(record_dec(s, F_AMOUNT));
    char text[DEC_TEXT];
    if ((i128)said.n * power10(places) == mine * power10(said.scale)) return;
    tell_figure(d, "weapons-differ", s, party,
                text_format(d->arena, "%s %s", record_text(s, F_MEASURE),
                            book_name(d->book, item, d->at->known)),
                arena_text(d->arena, dec_format(said, text)),
                text_format(d->arena, "%s, the sum of its rows",
                            parts_format(d->arena, mine, places, places, 0)));
}

static void doubt_weapons(struct doubting *d, const struct map *stated)
{
    uint32_t count;
    const struct record *const *list = book_records(d->book, KIND_STATEMENT, &count);
    struct units u = {0};
    for (uint32_t i = 0; i < count; i++) {
        bool committed = is_figure(d, stated, list[i], "/committed-weapons/");
        bool delivered = !committed && is_figure(d, stated, list[i], "/delivered-weapons/");
        const char *series = record_text(list[i], F_SERIES);
        if (!series || (!committed && !delivered)) continue;
        if (!u.series || strcmp(u.series, series) != 0) count_units(d, &u, series);
        compare_units(d, &u, list[i], committed ? STAGE_COMMITTED : STAGE_DELIVERED);
    }
}

void figures_doubt(struct doubting *d)
{
    struct map stated = {.arena = d->arena};
    series_stated(&stated, d->book, d->at->known);
    doubt_pages(d);
    doubt_countries(d, &stated);
    doubt_weapons(d, &stated);
}
