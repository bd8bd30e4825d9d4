/*
 * order.c - see order.h. Quicksort that leaves alone what is outside of the
 * stretch asked for; a stretch that is asked for next is twice as long.
 */
#include "base/order.h"

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>

enum { STRETCH = 128, FEW = 12 };

/* --- heads --- */

/* How many characters two texts have in common, at most `most`. */
static size_t in_common(const char *a, const char *b, size_t most)
{
    size_t len = 0;
    while (len < most && a[len] && a[len] == b[len]) len++;
    return len;
}

/* The eight characters behind what most begin with; who begins otherwise is below or above all. */
static uint64_t head_of(const char *text, const char *most, size_t len)
{
    uint64_t head = 0;
    size_t same = in_common(text, most, len);
    if (same < len) return (unsigned char)text[same] < (unsigned char)most[same] ? 0 : UINT64_MAX;
    for (size_t i = len, bytes = 0; bytes < sizeof head; bytes++) {
        head = head << 8 | (unsigned char)text[i];
        i += text[i] != '\0';
    }
    return head;
}

uint64_t *order_heads(struct arena *a, uint32_t count,
                      const char *(*text)(const void *ctx, uint32_t i), const void *ctx)
{
    enum { SOME = 32, LONG = 256 };
    uint64_t *heads = NEW_ARRAY(a, (size_t)count + 1, uint64_t);
    const char *first = count ? text(ctx, 0) : "";
    size_t len = LONG;
    for (uint32_t i = 0; i < SOME && i < count; i++) {
        uint32_t one = (uint32_t)((uint64_t)i * count / SOME);
        len = in_common(first, text(ctx, count < SOME ? i : one), len);
    }
    for (uint32_t i = 0; i < count; i++) heads[i] = head_of(text(ctx, i), first, len);
    return heads;
}

/* --- the order --- */

static bool before(const struct order *o, uint32_t a, uint32_t b)
{
    if (o->heads && o->heads[a] != o->heads[b]) return o->heads[a] < o->heads[b];
    int c = o->compare(o->ctx, a, b);
    return c < 0 || (c == 0 && a < b);
}

static void swap(uint32_t *a, uint32_t *b)
{
    uint32_t t = *a;
    *a = *b;
    *b = t;
}

static void sort_few(const struct order *o, uint32_t low, uint32_t high)
{
    for (uint32_t i = low + 1; i < high; i++) {
        uint32_t one = o->list[i], at = i;
        for (; at > low && before(o, one, o->list[at - 1]); at--) o->list[at] = o->list[at - 1];
        o->list[at] = one;
    }
}

/* A place from low on, below high; no order of the rows that somebody wrote meets them all. */
static uint32_t any_place(uint32_t low, uint32_t high, uint32_t turn)
{
    uint64_t mixed = ((uint64_t)low << 32 | high) * UINT64_C(0x9e3779b97f4a7c15) + turn;
    mixed = (mixed ^ mixed >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
    return low + (uint32_t)((mixed >> 32) % (high - low));
}

/* Of three the middle one, put first. */
static void choose(const struct order *o, uint32_t low, uint32_t high)
{
    uint32_t *a = &o->list[any_place(low, high, 1)], *b = &o->list[any_place(low, high, 2)];
    uint32_t *c = &o->list[any_place(low, high, 3)];
    if (before(o, *b, *a)) swap(a, b);
    if (before(o, *c, *b)) swap(b, c);
    if (before(o, *b, *a)) swap(a, b);
    swap(&o->list[low], b);
}

/* What comes before the first, itself, what comes after it; where it stands then. */
static uint32_t part(const struct order *o, uint32_t low, uint32_t high)
{
    uint32_t pivot = o->list[low], i = low, j = high;
    for (;;) {
        while (++i < high && before(o, o->list[i], pivot)) continue;
        while (before(o, pivot, o->list[--j])) continue; /* ends at the pivot itself */
        if (i >= j) break;
        swap(&o->list[i], &o->list[j]);
    }
    swap(&o->list[low], &o->list[j]);
    return j;
}

/* Put in place what belongs to [from, end) of what stands in [low, high). */
static void put(const struct order *o, uint32_t low, uint32_t high, uint32_t from, uint32_t end)
{
    while (high - low > FEW) {
        choose(o, low, high);
        uint32_t mid = part(o, low, high);
        bool left = from<mid, right = end> mid + 1;
        if (left && right) { /* the shorter one first, so that this is never called deeply */
            bool shorter = mid - low < high - mid;
            put(o, shorter ? low : mid + 1, shorter ? mid : high, from, end);
            if (shorter)
                low = mid + 1;
            else
                high = mid;
        } else if (left) {
            high = mid;
        } else if (right) {
            low = mid + 1;
        } else {
            return;
        }
    }
    sort_few(o, low, high);
}

uint32_t order_at(struct order *o, uint32_t place)
{
    assert(place < o->count);
    if (place >= o->from && place < o->end) return o->list[place];
    uint32_t low = place < o->from ? 0 : o->end, high = place < o->from ? o->from : o->count;
    uint32_t had = o->end - o->from, more = place == o->end && had > STRETCH ? had : STRETCH;
    uint32_t end = high - place < more ? high : place + more;
    put(o, low, high, place, end);
    if (place != o->end || !had) o->from = place;
    o->end = end;
    return o->list[place];
}
