/*
 * words.c - turns that hold words, newest first, and how many by month.
 *
 * What a person typed becomes folded words and phrases here, and only those go
 * to the index: there is no syntax that could be hit by accident.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/day.h"
#include "base/text.h"
#include "find/inside.h"

enum { PHRASES_MAX = 64, AROUND = 90, SNIPPET_MAX = 300, WATCH_EVERY = 4096 };

/* A turn that holds the words. */
struct hit {
    uint64_t piece;
    int32_t day;
};

struct searching {
    struct arena *arena;
    struct finder *f;
    struct tokens words; /* of all phrases */
    struct phrase *phrases;
    uint32_t *first; /* of each phrase: index into words */
    uint32_t count;
    struct sieve sieve;
    const struct watch *watch;
    uint64_t looked, last_passage;
    struct hit *hits; /* newest first */
    uint32_t hit_count, limit;
    struct ids months; /* month + MONTH_ZERO to a count */
    struct find_hits *out;
};

#define MONTH_ZERO 100000 /* ids begin above 0 */
#define MONTH_UNKNOWN 1

/* --- the words asked for --- */

static void add_phrase(struct searching *s, const char *text, size_t len)
{
    uint32_t before = s->words.count;
    fold(text, len, false, &s->words);
    uint32_t count = s->words.count - before;
    if (count == 0 || s->count > PHRASES_MAX) return;
    s->first[s->count] = before;
    s->phrases[s->count++] = (struct phrase){NULL, count};
}

/* Length of a quotation mark at i, or 0: "straight", “curly” or „low“. */
static size_t mark_at(const char *text, size_t len, size_t i)
{
    static const char *const marks[] = {"\"",           "\xe2\x80\x9c", "\xe2\x80\x9d",
                                        "\xe2\x80\x9e", "\xc2\xab",     "\xc2\xbb"};
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++) {
        size_t n = strlen(marks[k]);
        if (len - i >= n && memcmp(text + i, marks[k], n) == 0) return n;
    }
    return 0;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Between quotation marks, or between spaces: words that stand together. */
static enum rc read_words(struct searching *s, const char *text, size_t len, struct err *err)
{
    struct buf *folded = NEW(s->arena, struct buf);
    folded->arena = s->arena;
    s->words = (struct tokens){.arena = s->arena, .folded = folded};
    s->phrases = NEW_ARRAY(s->arena, PHRASES_MAX + 1, struct phrase);
    s->first = NEW_ARRAY(s->arena, PHRASES_MAX + 1, uint32_t);
    if (len > QUOTE_BYTES_MAX || memchr(text, '\0', len)) {
        return fail(err, RC_INPUT, "that is no text to search for: it is too long, or holds a NUL");
    }
    for (size_t i = 0; i < len;) {
        size_t mark = mark_at(text, len, i), from = i + mark;
        for (i = from; i < len && !mark_at(text, len, i) && (mark || !is_space(text[i]));) i++;
        add_phrase(s, text + from, i - from);
        if (i < len && (mark || is_space(text[i]))) i += mark ? mark_at(text, len, i) : 1;
    }
    if (s->count == 0) return fail(err, RC_INPUT, "there is no word to search for");
    if (s->count > PHRASES_MAX) {
        return fail(err, RC_INPUT, "a search takes up to %d words or phrases", PHRASES_MAX);
    }
    for (uint32_t i = 0; i < s->count; i++) {
        const char **list = NEW_ARRAY(s->arena, s->phrases[i].count, const char *);
        for (uint32_t k = 0; k < s->phrases[i].count; k++) {
            const struct token *t = &s->words.list[s->first[i] + k];
            list[k] = arena_bytes(s->arena, folded->text + t->folded, t->len);
        }
        s->phrases[i].words = list;
    }
    return RC_OK;
}

/* --- counting --- */

static void count_month(struct searching *s, int32_t day)
{
    int year, month, dom;
    uint64_t key = MONTH_UNKNOWN;
    if (day != PIECE_NO_DAY) {
        day_to_civil(day, &year, &month, &dom);
        key = (uint64_t)(MONTH_ZERO + year * 12 + month - 1);
    }
    ++*ids_at(&s->months, key);
}

static void keep_hit(struct searching *s, const struct hit *h)
{
    uint32_t at = s->hit_count;
    while (at > 0 && s->hits[at - 1].day < h->day) at--;
    if (at == s->limit) return;
    uint32_t behind = s->hit_count - at;
    if (s->hit_count == s->limit)
        behind--;
    else
        s->hit_count++;
    memmove(&s->hits[at + 1], &s->hits[at], behind * sizeof *s->hits);
    s->hits[at] = *h;
}

static enum rc take(void *ctx, uint64_t id, struct err *err)
{
    struct searching *s = ctx;
    struct piece p;
    const struct piece_document *d;
    bool passes, meant = false;
    if (++s->looked % WATCH_EVERY == 0 && !watch_step(s->watch, s->looked, 0)) {
        return fail(err, RC_ABSENT, "interrupted");
    }
    enum rc rc = s->f->pieces->ops->get(s->f->pieces, id, &p, err);
    if (rc || p.passage == s->last_passage) return rc;
    rc = sieve_passes(&s->sieve, &p, &passes, err);
    if (!rc && passes) rc = sieve_speaker(&s->sieve, &p, &meant, err);
    if (rc || !passes || !meant) return rc;
    rc = find_document(s->f, p.document, &d, err);
    if (rc) return rc;
    s->last_passage = p.passage;
    s->out->total++;
    count_month(s, d->day);
    keep_hit(s, &(struct hit){id, d->day});
    return RC_OK;
}

static int by_month(const void *x, const void *y)
{
    const struct find_month *a = x, *b = y;
    return (a->month > b->month) - (a->month < b->month);
}

/* In order; a gap of up to a year is filled with months without a hit, so that a picture is even.
 */
static void write_months(struct searching *s)
{
    struct find_month *found = NEW_ARRAY(s->arena, s->months.count + 1, struct find_month);
    uint32_t count = 0, room = 0;
    for (uint64_t i = 0; i < s->months.room; i++) {
        const struct ids_slot *m = &s->months.slots[i];
        if (!m->key) continue;
        int32_t month = m->key == MONTH_UNKNOWN ? INT32_MIN : (int32_t)m->key - MONTH_ZERO;
        found[count++] = (struct find_month){month, m->value};
    }
    if (count) qsort(found, count, sizeof *found, by_month);
    struct find_hits *out = s->out;
    for (uint32_t i = 0; i < count; i++) {
        int32_t next = found[i].month, last = i ? found[i - 1].month : INT32_MIN;
        bool fill = last != INT32_MIN && next - last <= 12;
        for (int32_t m = fill ? last + 1 : next;; m++) {
            out->months =
                arena_more(s->arena, out->months, out->month_count, &room, sizeof *out->months);
            out->months[out->month_count++] =
                m == next ? found[i] : (struct find_month){.month = m};
            if (m == next) break;
        }
    }
}

/* --- snippets --- */

/* How many words from i on belong to a phrase that begins there; 0: none. */
static uint32_t phrase_at(const struct searching *s, const struct tokens *words, uint32_t i)
{
    uint32_t longest = 0;
    for (uint32_t p = 0; p < s->count; p++) {
        uint32_t k = 0, count = s->phrases[p].count;
        const struct token *asked = &s->words.list[s->first[p]];
        if (i + count > words->count) continue;
        while (k < count && words->list[i + k].hash == asked[k].hash) k++;
        if (k == count && k > longest) longest = k;
    }
    return longest;
}

/* The hits, each as a token that spans its words; the first phrase's text is between them. */
static uint32_t mark_hits(const struct searching *s, const struct tokens *words, struct arena *a,
                          struct token **out)
{
    struct token *hits = NEW_ARRAY(a, words->count + 1, struct token);
    uint32_t count = 0;
    for (uint32_t i = 0; i < words->count;) {
        uint32_t n = phrase_at(s, words, i);
        if (n) {
            hits[count] = words->list[i];
            hits[count++].end = words->list[i + n - 1].end;
        }
        i += n ? n : 1;
    }
    *out = hits;
    return count;
}

/* Of SNIPPET_MAX bytes the stretch from some hit on that holds most hits. */
static uint32_t best_hit(const struct token *hits, uint32_t count)
{
    uint32_t best = 0, most = 0;
    for (uint32_t i = 0, to = 0; i < count; i++) {
        while (to < count && hits[to].end - hits[i].begin <= SNIPPET_MAX - 2 * AROUND) to++;
        if (to - i > most) {
            most = to - i;
            best = i;
        }
    }
    return best;
}

static uint64_t word_edge(const char *bytes, uint64_t at, uint64_t stop, int step)
{
    for (uint64_t i = at; i != stop; i += (uint64_t)(int64_t)step) {
        if (is_space(bytes[i - (step < 0)])) return i;
    }
    return stop;
}

static void write_snippet(struct searching *s, struct found *out, const char *bytes, uint64_t len,
                          const struct token *hits, uint32_t count, uint64_t begin)
{
    struct buf b = {.arena = s->arena};
    uint32_t first = best_hit(hits, count);
    uint64_t from = hits[first].begin > AROUND ? hits[first].begin - AROUND : 0;
    uint64_t to = hits[first].end + SNIPPET_MAX - 2 * AROUND < len
                      ? hits[first].end + SNIPPET_MAX - 2 * AROUND
                      : len;
    if (from > 0) from = word_edge(bytes, from, hits[first].begin, 1);
    if (to < len) to = word_edge(bytes, to, hits[first].end, -1);
    uint64_t at = from;
    buf_add(&b, from > 0 ? "... " : "");
    for (uint32_t i = first; i < count && hits[i].end <= to; i++) {
        buf_add(&b, fold_utf8(s->arena, bytes + at, hits[i].begin - at));
        buf_addf(&b, "**%s**",
                 fold_utf8(s->arena, bytes + hits[i].begin, hits[i].end - hits[i].begin));
        at = hits[i].end;
    }
    buf_add(&b, fold_utf8(s->arena, bytes + at, to - at));
    buf_add(&b, to < len ? " ..." : "");
    out->text = text_squeeze(s->arena, b.text);
    out->begin = begin + hits[first].begin;
    out->end = begin + hits[first].end;
}

static enum rc describe(struct searching *s, uint64_t id, struct found *out, struct err *err)
{
    struct arena work = {0};
    struct tokens words = {.arena = &work};
    struct piece p;
    const char *bytes;
    uint64_t len;
    enum rc rc = s->f->pieces->ops->get(s->f->pieces, id, &p, err);
    if (!rc) rc = find_describe(&s->sieve, s->arena, &p, out, err);
    if (!rc) rc = find_bytes(s->f, &work, &p, p.begin, p.end, &bytes, &len, err);
    if (!rc) {
        struct token *hits;
        fold(bytes, len, out->document->html, &words);
        uint32_t count = mark_hits(s, &words, &work, &hits);
        if (count) write_snippet(s, out, bytes, len, hits, count, p.begin);
        if (!count) out->text = "", out->begin = p.begin, out->end = p.end;
    }
    arena_free(&work);
    return rc;
}

enum rc find_words(struct arena *a, struct finder *f, const char *text, size_t len,
                   const struct find_filter *filter, uint32_t limit, const struct watch *watch,
                   struct find_hits *out, struct err *err)
{
    struct searching s = {.arena = a, .f = f, .watch = watch, .limit = limit ? limit : 1};
    *out = (struct find_hits){0};
    s.out = out;
    enum rc rc = read_words(&s, text, len, err);
    if (rc) return rc;
    rc = sieve_make(&s.sieve, a, f, filter, err);
    s.hits = NEW_ARRAY(a, (size_t)s.limit + 1, struct hit);
    if (!rc) rc = sieve_match(&s.sieve, s.phrases, s.count, take, &s, err);
    if (!rc) write_months(&s);
    out->list = NEW_ARRAY(a, (size_t)s.hit_count + 1, struct found);
    for (uint32_t i = 0; i < s.hit_count && !rc; i++) {
        rc = describe(&s, s.hits[i].piece, &out->list[out->count++], err);
    }
    sieve_free(&s.sieve);
    ids_free(&s.months);
    return rc;
}
