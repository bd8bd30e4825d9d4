/*
 * factor.c - rates of many days as whole numbers to multiply by.
 *
 * A question with a hundred thousand sums of few currencies and months asks
 * for the same few hundred rates, and a division of 128 bits costs more than
 * all else of it. So each rate becomes a number of 62 bits and a shift, found
 * by one walk along the table.
 */
#include <string.h>

#include "measure/factor.h"

__extension__ typedef unsigned __int128 u128;

enum { TIMES_BITS = 62 };

static int bits_of(u128 n)
{
    uint64_t high = (uint64_t)(n >> 64), low = (uint64_t)n;
    return high ? 128 - __builtin_clzll(high) : low ? 64 - __builtin_clzll(low) : 0;
}

/* n moved to that many bits; *shift is how far to the left. */
static u128 to_bits(u128 n, int bits, int *shift)
{
    *shift = bits - bits_of(n);
    return *shift >= 0 ? n << *shift : n >> -*shift;
}

/* a * 10^e, 120 bits of it at most; *shift is how far it was moved to the left. */
static u128 times_power10(uint64_t a, int e, int *shift)
{
    u128 n = a;
    *shift = 0;
    for (; e > 0; e--) {
        if (bits_of(n) > 120) {
            n >>= 8;
            *shift -= 8;
        }
        n *= 10;
    }
    return n;
}

/* (a / 10^as) / (b / 10^bs) * 10^e */
static struct factor ratio(struct dec a, struct dec b, int e)
{
    int up, down, more;
    e += b.scale - a.scale;
    u128 n = times_power10((uint64_t)a.n, e > 0 ? e : 0, &up);
    u128 d = times_power10((uint64_t)b.n, e < 0 ? -e : 0, &down);
    n = to_bits(n, 127, &more);
    up += more;
    d = to_bits(d, 64, &more);
    down += more;
    u128 q = to_bits(n / d, TIMES_BITS, &more);
    return (struct factor){(int64_t)(uint64_t)q, up - down + more};
}

i128 factor_up(struct factor f, int64_t parts, bool *lost)
{
    i128 n = (i128)parts * f.times;
    int right = f.shift - FACTOR_BITS;
    if (right >= 127) return 0;
    i128 most = (((i128)1 << 126) - 1) >> (-right < 126 ? -right : 126);
    if (n > most || n < -most) {
        *lost = true;
        return 0;
    }
    return n * ((i128)1 << -right);
}

/* --- tables --- */

/* The rates of one currency in one table, and how far they were walked. */
struct walk {
    const struct rate *at, *end; /* not looked at yet */
    const struct rate *found;
    bool base; /* it is the table's own currency */
};

static bool before(const struct rate *r, uint32_t series, const char *currency)
{
    return r->series < series || (r->series == series && strcmp(r->currency, currency) < 0);
}

static const struct rate *first_at(const struct rate *rates, uint32_t count, uint32_t series,
                                   const char *currency)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (before(&rates[mid], series, currency))
            low = mid + 1;
        else
            high = mid;
    }
    return rates + low;
}

static struct walk walk_begin(const struct exchange *x, uint32_t series, const char *currency)
{
    uint32_t count;
    const struct rate *rates = book_rates(x->book, &count);
    const struct rate *table = first_at(rates, count, series, "");
    struct walk w = {.at = first_at(rates, count, series, currency), .end = rates + count};
    w.base = table < w.end && table->series == series && strcmp(table->base, currency) == 0;
    return w;
}

/* Its rate on that day, which is not before the last day asked for; NULL. */
static const struct dec *walk_to(struct walk *w, const struct exchange *x, uint32_t series,
                                 const char *currency, int32_t day)
{
    static const struct dec one = {1, 0};
    if (w->base) return &one;
    for (; w->at < w->end && w->at->day <= day && w->at->series == series; w->at++) {
        if (strcmp(w->at->currency, currency) != 0) break;
        if (w->at->recorded_ms <= x->at.known) w->found = w->at;
    }
    return w->found ? &w->found->per_base : NULL;
}

struct filling {
    const struct exchange *x;
    const char *from, *to;
    const int32_t *days;
    uint32_t count;
    int places; /* of `to`, less those of `from` */
    struct factor *out;
};

static bool is_known(const struct rate *r, const struct rate *end, int64_t known)
{
    for (uint32_t series = r->series; r < end && r->series == series; r++) {
        if (r->recorded_ms <= known) return true;
    }
    return false;
}

/* Fill in from one table what no table before it had. */
static void fill_from(const struct filling *f, uint32_t series)
{
    struct walk from = walk_begin(f->x, series, f->from), to = walk_begin(f->x, series, f->to);
    for (uint32_t i = 0; i < f->count; i++) {
        int32_t day = f->x->latest ? DAY_MAX : f->days[i];
        const struct dec *a = walk_to(&to, f->x, series, f->to, day);
        const struct dec *b = walk_to(&from, f->x, series, f->from, day);
        if (a && b && !f->out[i].times) f->out[i] = ratio(*a, *b, f->places);
    }
}

/* The ECB's table, then any other that is not of one publisher's series: as purses do. */
void factors_on(const struct exchange *x, const char *from, const char *to, const int32_t *days,
                uint32_t count, struct factor *out)
{
    uint32_t rate_count, ecb = book_word(x->book, "ecb");
    const struct rate *rates = book_rates(x->book, &rate_count);
    struct filling f = {.x = x, .from = from, .to = to, .days = days, .count = count, .out = out};
    memset(out, 0, count * sizeof *out);
    if (strcmp(from, to) == 0) {
        for (uint32_t i = 0; i < count; i++) out[i] = (struct factor){INT64_C(1) << 61, 61};
        return;
    }
    f.places = currency_places(x->book, to) - currency_places(x->book, from);
    const struct rate *end = rates + rate_count;
    const struct rate *own = ecb == NONE ? end : first_at(rates, rate_count, ecb, "");
    if (own < end && own->series == ecb && is_known(own, end, x->at.known)) fill_from(&f, ecb);
    for (const struct rate *r = rates; r < end;) {
        const char *name = book_word_text(x->book, r->series);
        if (r->series != ecb && !(name && strchr(name, ':'))) fill_from(&f, r->series);
        r = r->series == NONE ? end : first_at(rates, rate_count, r->series + 1, "");
    }
}
