/*
 * candidates.c - see candidates.h.
 *
 * A document's bytes are fetched once, when the first of its candidates is
 * met, into an arena that ends with the document: what stays are sentences.
 */
#include "inbox/candidates.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/sha.h"
#include "base/text.h"
#include "read/original.h"

/* A sentence is cut when it is longer: what is shown fits a screen. */
enum { SENTENCE_MAX = 700 };

bool is_candidate(const struct record *r)
{
    return r->kind == KIND_STATEMENT && (record_field(r, F_INFERRED) || record_field(r, F_VERDICT));
}

enum candidate_state candidate_state(const struct record *r)
{
    const char *verdict = record_text(r, F_VERDICT);
    if (!verdict) return CANDIDATE_OPEN;
    return strcmp(verdict, VERDICT_REJECTED) == 0 ? CANDIDATE_REJECTED : CANDIDATE_ACCEPTED;
}

const char *candidate_quote(const struct candidate *c)
{
    const char *text = c->passage ? record_text(c->passage, F_TEXT) : NULL;
    return text ? text : "";
}

const char *candidate_document(const struct candidate *c)
{
    const char *name = c->source ? record_text(c->source, F_NAME) : NULL;
    if (!name && c->source) name = record_text(c->source, F_ADDRESS);
    return name ? name : "";
}

/* --- sentences --- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* A full stop that ends no sentence: of "U.S.", "Mr.", "Gen.". */
static bool is_abbreviation(const char *bytes, size_t low, size_t stop)
{
    static const char *const words[] = {"Mr", "Mrs", "Ms",  "Dr", "Gen", "Sen", "Gov",   "Rep",
                                        "Lt", "Col", "Adm", "St", "No",  "vs",  "approx"};
    size_t from = stop;
    while (from > low && !is_space(bytes[from - 1]) && bytes[from - 1] != '.' &&
           bytes[from - 1] != '(')
        from--;
    size_t len = stop - from;
    if (len == 1 && is_capital(bytes[from])) return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i]) == len && memcmp(words[i], bytes + from, len) == 0) return true;
    }
    return false;
}

bool is_list_item(const char *bytes, size_t len)
{
    if (len >= 4 && memcmp(bytes, "\xe2\x80\xa2", 3) == 0) return true;
    return len >= 2 && (*bytes == '*' || *bytes == '-' || *bytes == '+') && is_space(bytes[1]);
}

/* Whether the line break at `at` ends a paragraph, or the next line is an item of a list. */
static bool is_break(const char *bytes, size_t high, size_t at)
{
    size_t i = at + 1;
    while (i < high && (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r')) i++;
    return i >= high || bytes[i] == '\n' || is_list_item(bytes + i, high - i);
}

/* Whether a sentence ends with the byte at `at`. */
static bool is_end(const char *bytes, size_t low, size_t high, size_t at)
{
    char c = bytes[at];
    if (c == '\n') return is_break(bytes, high, at);
    if (c != '.' && c != '?' && c != '!') return false;
    size_t next = at + 1; /* past closing quotes and brackets, which may be of several bytes */
    while (next < high && next < at + 8 && !is_space(bytes[next]) &&
           ((unsigned char)bytes[next] >= 0x80 || strchr("\"')]", bytes[next])))
        next++;
    if (next < high && !is_space(bytes[next])) return false;
    return c != '.' || !is_abbreviation(bytes, low, at);
}

/* Past white space, and the quotes and brackets that close the sentence before. */
static size_t past_closing(const char *bytes, size_t at, size_t end)
{
    for (;;) {
        if (at < end && is_space(bytes[at]))
            at++;
        else if (at + 1 < end && strchr("\"')]", bytes[at]) && is_space(bytes[at + 1]))
            at++;
        else if (at + 3 < end && memcmp(bytes + at, "\xe2\x80", 2) == 0 &&
                 (bytes[at + 2] == '\x9d' || bytes[at + 2] == '\x99') && is_space(bytes[at + 3]))
            at += 3;
        else
            return at;
    }
}

void sentence_around(const char *bytes, size_t low, size_t high, size_t *begin, size_t *end)
{
    size_t first = *begin, last = *end;
    while (first > low && *begin - first < SENTENCE_MAX && !is_end(bytes, low, high, first - 1))
        first--;
    first = past_closing(bytes, first, *begin);
    bool ended = last > first && is_end(bytes, low, high, last - 1);
    while (!ended && last < high && last - *end < SENTENCE_MAX) {
        ended = is_end(bytes, low, high, last);
        last++;
    }
    *begin = first;
    *end = last;
}

/* Start of the line before the one that starts at `at`; at itself when there is none. */
static size_t line_before(const char *bytes, size_t low, size_t at)
{
    if (at <= low) return at;
    for (at--; at > low && bytes[at - 1] != '\n';) at--;
    return at;
}

enum line_sort { LINE_EMPTY, LINE_ITEM, LINE_INDENTED, LINE_TEXT };

static enum line_sort line_sort(const char *bytes, size_t high, size_t at)
{
    size_t i = at;
    while (i < high && bytes[i] != '\n' && is_space(bytes[i])) i++;
    if (i >= high || bytes[i] == '\n') return LINE_EMPTY;
    if (is_list_item(bytes + i, high - i)) return LINE_ITEM;
    return i - at >= 2 ? LINE_INDENTED : LINE_TEXT; /* the rest of an item is indented */
}

/*
 * The paragraph that leads to the list in which an item stands: up over items,
 * what is indented under them, and empty lines, for as far as a list may reach.
 */
static void find_lead(const char *bytes, size_t low, size_t high, size_t item, size_t *begin,
                      size_t *end)
{
    enum { LIST_MAX = 12000 };
    size_t at = item, before;
    *begin = *end = item;
    while (at > low && bytes[at - 1] != '\n') at--;
    for (;;) {
        before = line_before(bytes, low, at);
        if (before == at || item - before > LIST_MAX) return;
        if (line_sort(bytes, high, before) == LINE_TEXT) break;
        at = before;
    }
    *end = at;
    do {
        *begin = at = before;
        before = line_before(bytes, low, at);
    } while (before < at && item - before <= LIST_MAX &&
             line_sort(bytes, high, before) == LINE_TEXT);
}

/* --- one document --- */

struct fetched {
    struct arena arena;
    uint64_t source; /* id; 0: none */
    struct original original;
};

static enum rc fetch(const struct view *v, const struct record *source, struct fetched *f,
                     struct err *err)
{
    uint8_t hash[SHA_BYTES];
    struct evidence e;
    const char *hex = record_text(source, F_HASH);
    arena_free(&f->arena);
    f->source = source->id;
    f->original = original_of("", 0);
    if (!hex || strlen(hex) != SHA_HEX - 1 || hex_decode(hex, SHA_BYTES, hash)) return RC_OK;
    enum rc rc = v->store->ops->evidence(v->store, &f->arena, hash, &e, err);
    if (rc == RC_ABSENT) return RC_OK;
    if (!rc) f->original = original_of(e.bytes, (size_t)e.len);
    return rc;
}

static const char *one_line(struct arena *a, const struct original *o, size_t begin, size_t end)
{
    return text_squeeze(a, original_text(a, o, begin, end));
}

static void add_context(struct arena *a, struct candidate *c, const struct original *o)
{
    size_t begin = (size_t)record_int(c->passage, F_BEGIN, 0);
    size_t end = (size_t)record_int(c->passage, F_END, 0);
    size_t low = c->turn ? (size_t)record_int(c->turn, F_BEGIN, 0) : 0;
    size_t high = c->turn ? (size_t)record_int(c->turn, F_END, 0) : o->len;
    if (high > o->len) high = o->len;
    if (low > begin || begin > end || end > high) return;
    size_t first = begin, last = end;
    sentence_around(o->bytes, low, high, &first, &last);
    if (is_list_item(o->bytes + first, high - first)) {
        size_t lead, lead_end;
        find_lead(o->bytes, low, high, first, &lead, &lead_end);
        c->lead_begin = (int64_t)lead;
        c->lead_end = (int64_t)lead_end;
    }
    c->sentence = one_line(a, o, first, last);
    c->quote_at = (uint32_t)strlen(one_line(a, o, first, begin));
    size_t at = first, to = first;
    while (at > low && is_space(o->bytes[at - 1])) at--;
    if (at > low) {
        size_t from = at - 1;
        to = at;
        sentence_around(o->bytes, low, at, &from, &to);
        c->before = one_line(a, o, from, at);
    }
    at = last;
    while (at < high && is_space(o->bytes[at])) at++;
    if (at < high) {
        size_t from = at;
        to = at + 1;
        sentence_around(o->bytes, at, high, &from, &to);
        c->after = one_line(a, o, from, to);
    }
}

/* --- all of them --- */

static int64_t order_of(int64_t x, int64_t y)
{
    return x < y ? -1 : x > y;
}

static int by_place(const void *x, const void *y)
{
    const struct candidate *a = x, *b = y;
    int64_t c = order_of(a->day, b->day);
    if (!c && a->source && b->source)
        c = order_of(record_int(a->source, F_STATED, 0), record_int(b->source, F_STATED, 0));
    if (!c) {
        c = order_of(a->source ? (int64_t)a->source->id : 0,
                     b->source ? (int64_t)b->source->id : 0);
    }
    if (!c && a->passage && b->passage) {
        c = order_of(record_int(a->passage, F_BEGIN, 0), record_int(b->passage, F_BEGIN, 0));
    }
    if (!c) c = order_of((int64_t)a->noun, (int64_t)b->noun);
    return (int)c;
}

static void collect(struct arena *a, const struct book *b, struct candidates *out)
{
    uint32_t count;
    const struct record *const *list = book_records(b, KIND_STATEMENT, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct record *r = list[i];
        if (!is_candidate(r) || !book_current(b, r, out->known)) continue;
        out->list = arena_more(a, out->list, out->count, &out->room, sizeof *out->list);
        struct candidate *c = &out->list[out->count++];
        *c = (struct candidate){.record = r, .before = "", .sentence = "", .after = ""};
        c->noun = book_noun_of(b, r->id);
        c->day = (int32_t)record_int(r, F_DAY, DAY_MAX);
        c->state = candidate_state(r);
        c->passage = book_record(b, record_ref(r, F_PASSAGE));
        if (!c->passage) continue;
        c->source = book_record(b, record_ref(c->passage, F_SOURCE));
        if (c->source && record_field(c->source, F_DAY)) {
            c->day = (int32_t)record_int(c->source, F_DAY, 0);
        }
        const char *turn = record_text(c->passage, F_LINK);
        uint32_t noun = turn ? book_noun(b, KIND_PASSAGE, turn) : NONE;
        if (noun != NONE) c->turn = book_version(b, noun, out->known);
    }
    if (out->count) qsort(out->list, out->count, sizeof *out->list, by_place);
    for (uint32_t i = 0; i < out->count; i++) out->list[i].standing = i;
}

/* --- issues of one document --- */

static uint32_t standing_of(const struct candidates *all, uint32_t at)
{
    /* A chain of issues; one that runs in circles, which nobody writes, ends. */
    for (uint32_t steps = 0; all->list[at].standing != at && steps < all->count; steps++) {
        at = all->list[at].standing;
    }
    return at;
}

/* Candidates that another issue restates stand behind it; those it leaves out were dropped. */
static void join_issues(struct arena *a, const struct book *b, struct candidates *all)
{
    uint32_t count;
    const struct record *const *edges = book_records(b, KIND_EDGE, &count);
    uint32_t nouns = book_noun_count(b);
    uint32_t *at = NEW_ARRAY(a, nouns + 1, uint32_t); /* by noun; 0: no candidate */
    bool *reissued = NEW_ARRAY(a, nouns + 1, bool);   /* sources of which there is a later issue */
    for (uint32_t i = 0; i < all->count; i++) at[all->list[i].noun] = i + 1;
    for (uint32_t i = 0; i < count; i++) {
        const char *type = record_text(edges[i], F_TYPE);
        bool restates = strcmp(type, "restates") == 0;
        if (!restates && strcmp(type, "revises") != 0) continue;
        if (record_text(edges[i], F_VERDICT) || !book_current(b, edges[i], all->known)) continue;
        uint32_t of = book_noun_of(b, record_ref(edges[i], F_OF));
        uint32_t object = book_noun_of(b, record_ref(edges[i], F_OBJECT));
        if (of == NONE || object == NONE) continue;
        if (book_kind(b, object) == KIND_SOURCE) reissued[object] = true;
        if (restates && at[of] && at[object]) all->list[at[object] - 1].standing = at[of] - 1;
    }
    for (uint32_t i = 0; i < all->count; i++) {
        struct candidate *c = &all->list[i];
        uint32_t top = standing_of(all, i);
        c->standing = top;
        if (c->state != CANDIDATE_OPEN) all->list[top].settled = true;
        uint32_t source = c->source ? book_noun_of(b, c->source->id) : NONE;
        c->dropped = top == i && source != NONE && reissued[source];
    }
    for (uint32_t i = 0; i < all->count; i++) {
        all->list[i].settled = all->list[all->list[i].standing].settled;
    }
}

bool candidate_waits(const struct candidates *all, uint32_t at)
{
    const struct candidate *c = &all->list[at];
    return c->state == CANDIDATE_OPEN && c->standing == at && !c->settled;
}

enum rc candidates_read(struct arena *a, const struct view *v, struct candidates *out,
                        struct err *err)
{
    return candidates_known(a, v, INT64_MAX, out, err);
}

enum rc candidates_known(struct arena *a, const struct view *v, int64_t known,
                         struct candidates *out, struct err *err)
{
    struct fetched f = {0};
    enum rc rc = RC_OK;
    *out = (struct candidates){.known = known};
    collect(a, v->book, out);
    join_issues(a, v->book, out);
    for (uint32_t i = 0; i < out->count && !rc; i++) {
        struct candidate *c = &out->list[i];
        if (!c->source || !record_field(c->passage, F_BEGIN)) continue;
        if (f.source != c->source->id) rc = fetch(v, c->source, &f, err);
        if (!rc) add_context(a, c, &f.original);
    }
    arena_free(&f.arena);
    return rc;
}
