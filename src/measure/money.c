/* money.c - see money.h. */
#include "measure/money.h"

#include <string.h>

#include "base/text.h"

enum { GUARD = 6, PLACES_UNKNOWN = 2 };

struct purse_heap {
    char currency[4];
    uint32_t series; /* word of a series with its own table, or NONE */
    int32_t day;     /* of the rate; 0 where the table has but one day */
    i128 parts;
};

int currency_places(const struct book *b, const char *currency)
{
    char key[16] = "money/";
    strncat(key, currency, 8);
    uint32_t noun = book_noun(b, KIND_ITEM, key);
    const struct record *r = noun == NONE ? NULL : book_version(b, noun, INT64_MAX);
    return r ? (int)record_int(r, F_PARTS, 0) : PLACES_UNKNOWN;
}

const char *item_currency(const struct book *b, uint32_t item)
{
    const char *key = item == NONE ? "" : book_key(b, item);
    return text_starts(key, "money/") ? key + 6 : NULL;
}

/* --- rates --- */

/* First rate of (series, currency) at or after `from`; the list is sorted that way. */
static uint32_t first_rate(const struct rate *rates, uint32_t count, uint32_t series,
                           const char *currency)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        const struct rate *r = &rates[mid];
        bool before =
            r->series < series || (r->series == series && strcmp(r->currency, currency) < 0);
        if (before)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* The last rate of the currency on or before the day that was known; NULL. */
static const struct rate *rate_on(const struct exchange *x, uint32_t series, const char *currency,
                                  int32_t day)
{
    uint32_t count;
    const struct rate *rates = book_rates(x->book, &count), *found = NULL;
    uint32_t low = first_rate(rates, count, series, currency), high = low;
    while (high < count && rates[high].series == series &&
           strcmp(rates[high].currency, currency) == 0) {
        high = high + 1;
    }
    /* Bisect for the last with day <= asked, then step back over what was not known yet. */
    uint32_t from = low, to = high;
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (rates[mid].day <= day)
            from = mid + 1;
        else
            to = mid;
    }
    while (from > low && !found) {
        from--;
        if (rates[from].recorded_ms <= x->at.known) found = &rates[from];
    }
    return found;
}

/* Known by then: a table that came later must not change what was answered before (law 3). */
static bool has_own_table(const struct exchange *x, uint32_t series)
{
    uint32_t count;
    const struct rate *rates = book_rates(x->book, &count);
    if (series == NONE) return false;
    for (uint32_t at = first_rate(rates, count, series, "");
         at < count && rates[at].series == series; at++) {
        if (rates[at].recorded_ms <= x->at.known) return true;
    }
    return false;
}

/* The base of a table, as its first rate states it. */
static const char *table_base(const struct exchange *x, uint32_t series)
{
    uint32_t count;
    const struct rate *rates = book_rates(x->book, &count);
    return rates[first_rate(rates, count, series, "")].base;
}

/* The series whose table converts amounts of this one: its own, or that of a parent "a:b". */
static uint32_t own_table(const struct exchange *x, const char *series)
{
    char name[128];
    if (!series || strlen(series) >= sizeof name) return NONE;
    strcpy(name, series);
    for (;;) {
        uint32_t word = book_word(x->book, name);
        if (has_own_table(x, word)) return word;
        char *colon = strrchr(name, ':');
        if (!colon) return NONE;
        *colon = '\0';
    }
}

/* Units of the currency per unit of the table's base; false when there is none that day. */
static bool per_base(const struct exchange *x, uint32_t series, const char *currency, int32_t day,
                     struct dec *out)
{
    if (strcmp(currency, table_base(x, series)) == 0) {
        *out = (struct dec){1, 0};
        return true;
    }
    /* A series' own table is the publisher's for the whole series: its day does not matter. */
    const struct rate *r = rate_on(x, series, currency, day);
    if (!r) return false;
    *out = r->per_base;
    return true;
}

/* Two rates of one table that convert from one currency into the other. */
static bool find_rates(const struct exchange *x, uint32_t own, const char *from, const char *to,
                       int32_t day, struct dec *from_rate, struct dec *to_rate)
{
    int32_t when = x->latest ? DAY_MAX : day;
    if (own != NONE) {
        if (per_base(x, own, from, DAY_MAX, from_rate) && per_base(x, own, to, DAY_MAX, to_rate)) {
            return true;
        }
    }
    /* The ECB's daily table, then any other table that has both (the IMF's yearly one). */
    uint32_t ecb = book_word(x->book, "ecb");
    if (has_own_table(x, ecb) && per_base(x, ecb, from, when, from_rate) &&
        per_base(x, ecb, to, when, to_rate)) {
        return true;
    }
    uint32_t count;
    const struct rate *rates = book_rates(x->book, &count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t series = rates[i].series;
        if (i > 0 && rates[i - 1].series == series) continue;
        if (series == own || series == ecb) continue;
        const char *name = book_word_text(x->book, series);
        if (strchr(name, ':')) continue; /* another publisher's table is for its own series */
        if (per_base(x, series, from, when, from_rate) && per_base(x, series, to, when, to_rate)) {
            return true;
        }
    }
    return false;
}

enum rc missing_rate(const char *from, const char *to, int32_t day, struct err *err)
{
    char date[DAY_TEXT];
    if (day == 0) {
        return fail(err, RC_ABSENT, "no rate from %s to %s; import some (muster import --help)",
                    from, to);
    }
    return fail(err, RC_ABSENT,
                "no rate from %s to %s on or before %s; import some (muster import --help)", from,
                to, day_format(day, date));
}

/* --- purses --- */

void purse_add(struct purse *p, const struct exchange *x, const char *currency, const char *series,
               int32_t day, i128 parts)
{
    if (parts == 0) return;
    uint32_t own = own_table(x, series);
    struct dec unused;
    bool by_own = own != NONE && x->currency && per_base(x, own, currency, DAY_MAX, &unused) &&
                  per_base(x, own, x->currency, DAY_MAX, &unused);
    /* The day picks no rate where the series' own table has both, or no rate is needed. */
    if (by_own || x->latest || !x->currency || !strcmp(x->currency, currency)) day = 0;
    for (uint32_t i = p->count; i-- > 0;) {
        struct purse_heap *h = &p->heaps[i];
        if (h->series == own && h->day == day && strcmp(h->currency, currency) == 0) {
            h->parts += parts;
            return;
        }
    }
    p->heaps = arena_more(p->arena, p->heaps, p->count, &p->room, sizeof *p->heaps);
    struct purse_heap *h = &p->heaps[p->count++];
    *h = (struct purse_heap){.series = own, .day = day, .parts = parts};
    strncpy(h->currency, currency, 3);
}

enum rc purse_shared(const struct purse *purses, uint32_t count, const struct exchange *x,
                     const char **out, struct err *err)
{
    *out = x->currency;
    if (x->currency) return RC_OK;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < purses[i].count; k++) {
            const struct purse_heap *h = &purses[i].heaps[k];
            const char *mine = h->series == NONE ? h->currency : table_base(x, h->series);
            if (*out && strcmp(*out, mine) != 0) {
                return fail(err, RC_INPUT,
                            "amounts in %s and in %s: add --currency, for example"
                            " --currency %s",
                            *out, mine, *out);
            }
            *out = mine;
        }
    }
    return RC_OK;
}

/* --- the usual currency --- */

/* How many publish in a currency; lines of one item and series are looked up once. */
struct ballot {
    struct arena *arena;
    const struct exchange *x;
    struct heard {
        const char *currency; /* of the amounts */
        uint32_t series;
        const char *published;
        uint32_t count;
    } * heard;
    uint32_t count, room, last;
};

static void vote(struct ballot *b, const char *currency, uint32_t series)
{
    for (uint32_t i = 0; i < b->count; i++) {
        struct heard *h = &b->heard[(b->last + i) % b->count];
        if (h->series != series || strcmp(h->currency, currency) != 0) continue;
        h->count++;
        b->last = (uint32_t)(h - b->heard);
        return;
    }
    uint32_t own = own_table(b->x, series == NONE ? NULL : book_word_text(b->x->book, series));
    const char *published = own == NONE ? currency : table_base(b->x, own);
    b->heard = arena_more(b->arena, b->heard, b->count, &b->room, sizeof *b->heard);
    b->heard[b->count++] = (struct heard){currency, series, published, 1};
}

static void vote_all(struct ballot *b)
{
    const struct book *book = b->x->book;
    int64_t known = b->x->at.known;
    uint32_t lines, values;
    const struct line *line = book_lines(book, &lines);
    for (uint32_t i = 0; i < lines; i++) {
        const char *currency = item_currency(book, line[i].item);
        if (currency && line_current(line, i, known)) vote(b, currency, line[i].series);
    }
    const struct record *const *value = book_records(book, KIND_VALUE, &values);
    for (uint32_t i = 0; i < values; i++) {
        const char *series = record_text(value[i], F_SERIES);
        if (!book_current(book, value[i], known)) continue;
        vote(b, record_text(value[i], F_CURRENCY), series ? book_word(book, series) : NONE);
    }
}

const char *currency_of_most(const struct exchange *x)
{
    struct arena a = {0};
    struct ballot b = {.arena = &a, .x = x};
    const char *best = NULL;
    uint32_t most = 0;
    bool differ = false;
    vote_all(&b);
    for (uint32_t i = 0; i < b.count; i++) {
        uint32_t votes = 0;
        for (uint32_t k = 0; k < b.count; k++) {
            bool same = strcmp(b.heard[k].published, b.heard[i].published) == 0;
            if (same) votes += b.heard[k].count;
            differ |= !same;
        }
        if (votes > most || (votes == most && strcmp(b.heard[i].published, best) < 0)) {
            best = b.heard[i].published;
            most = votes;
        }
    }
    arena_free(&a);
    return differ ? best : NULL;
}

static void add_lacking(struct lacks *l, const struct purse_heap *h)
{
    for (uint32_t i = 0; i < l->count; i++) {
        struct lacking *one = &l->list[i];
        if (strcmp(one->currency, h->currency) != 0) continue;
        one->parts += h->parts;
        if (h->day < one->since) one->since = h->day;
        if (h->day > one->until) one->until = h->day;
        return;
    }
    l->list = arena_more(l->arena, l->list, l->count, &l->room, sizeof *l->list);
    struct lacking *one = &l->list[l->count++];
    *one = (struct lacking){.since = h->day, .until = h->day, .parts = h->parts};
    memcpy(one->currency, h->currency, sizeof one->currency);
}

/* With six guard digits; what has no rate goes to the lacks, or is refused where there are none. */
static enum rc add_heap(const struct purse_heap *h, const struct exchange *x, const char *currency,
                        struct lacks *lacks, i128 *sum, struct err *err)
{
    int from_places = currency_places(x->book, h->currency);
    int places = currency_places(x->book, currency);
    struct dec from = {1, 0}, to = {1, 0};
    i128 one;
    if (strcmp(h->currency, currency) != 0 &&
        !find_rates(x, h->series, h->currency, currency, h->day ? h->day : DAY_MAX, &from, &to)) {
        if (!lacks) return missing_rate(h->currency, currency, h->day, err);
        add_lacking(lacks, h);
        return RC_OK;
    }
    if (parts_convert(h->parts, from_places, to, from, places + GUARD, &one, err)) return err->code;
    *sum += one;
    if (lacks) lacks->some = true;
    return RC_OK;
}

enum rc purse_total_but(const struct purse *p, const struct exchange *x, const char *currency,
                        struct lacks *lacks, i128 *out, struct err *err)
{
    i128 sum = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        enum rc rc = add_heap(&p->heaps[i], x, currency, lacks, &sum, err);
        if (rc) return rc;
    }
    *out = div_half_even(sum, power10(GUARD));
    return RC_OK;
}

enum rc purse_total(const struct purse *p, const struct exchange *x, const char *currency,
                    i128 *out, struct err *err)
{
    return purse_total_but(p, x, currency, NULL, out, err);
}

enum rc lacks_all(const struct lacks *lacks, const char *currency, struct err *err)
{
    if (!lacks->count || lacks->some) return RC_OK;
    return missing_rate(lacks->list->currency, currency, lacks->list->until, err);
}

bool money_converts(const struct exchange *x, const char *currency, const char *series, int32_t day,
                    const char *to)
{
    struct dec unused[2];
    return strcmp(currency, to) == 0 ||
           find_rates(x, own_table(x, series), currency, to, day, &unused[0], &unused[1]);
}

enum rc convert_units(const struct exchange *x, struct dec units, const char *from,
                      const char *series, int32_t day, const char *to, i128 *out, struct err *err)
{
    struct dec from_rate = {1, 0}, to_rate = {1, 0};
    int places = currency_places(x->book, to);
    if (strcmp(from, to) != 0 &&
        !find_rates(x, own_table(x, series), from, to, day, &from_rate, &to_rate)) {
        return missing_rate(from, to, day, err);
    }
    i128 guarded;
    int scale = units.scale;
    i128 n = units.n;
    if (scale > 9) { /* keep clear of 128 bits: nine decimals of a unit are plenty */
        n = div_half_even(n, power10(scale - 9));
        scale = 9;
    }
    if (parts_convert(n, scale, to_rate, from_rate, places, &guarded, err)) return err->code;
    *out = guarded;
    return RC_OK;
}
