/*
 * quote.c - see quote.h. First the scan, which says how near and where; then
 * the table of all steps for one stretch, which says what differs.
 */
#include "read/quote.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

enum { BITS = 64, GAP_WORDS_MAX = 30000 };

/* Words [first, first + rows) of the asked text, all of one segment between ellipses. */
struct block {
    uint32_t rows;
    bool ends_segment;
};

struct slot {
    uint64_t hash;
    uint32_t word; /* 1 + index of its masks; 0: free */
};

struct matcher {
    struct block *blocks;
    uint32_t block_count, segment_count;
    struct slot *slots;
    uint64_t slot_mask;
    uint64_t *masks;        /* block_count for each different word */
    uint64_t *plus, *minus; /* scratch of a scan: block_count each */
    uint32_t *score, *best; /* segment_count each */
};

static bool gap_before(const struct asked *q, uint32_t i)
{
    return i > 0 && q->words.list[i].flags & TOKEN_AFTER_GAP;
}

static struct slot *slot_of(const struct matcher *m, uint64_t hash)
{
    uint64_t i = hash & m->slot_mask;
    while (m->slots[i].word && m->slots[i].hash != hash) i = (i + 1) & m->slot_mask;
    return &m->slots[i];
}

static uint32_t count_blocks(const struct asked *q)
{
    uint32_t count = 0, rows = 0;
    for (uint32_t i = 0; i < q->words.count; i++) {
        if (i == 0 || rows == BITS || gap_before(q, i)) {
            count++;
            rows = 0;
        }
        rows++;
    }
    return count;
}

static struct matcher *matcher_new(struct arena *a, const struct asked *q)
{
    struct matcher *m = NEW(a, struct matcher);
    uint32_t count = q->words.count, different = 0, blocks = count_blocks(q);
    uint64_t room = 16;
    while (room < (uint64_t)count * 2) room *= 2;
    m->slot_mask = room - 1;
    m->slots = NEW_ARRAY(a, room, struct slot);
    m->blocks = NEW_ARRAY(a, blocks, struct block);
    m->masks = NEW_ARRAY(a, (size_t)count * blocks, uint64_t);
    m->plus = NEW_ARRAY(a, blocks, uint64_t);
    m->minus = NEW_ARRAY(a, blocks, uint64_t);
    for (uint32_t i = 0; i < count; i++) {
        struct block *b = m->block_count ? &m->blocks[m->block_count - 1] : NULL;
        if (!b || b->rows == BITS || gap_before(q, i)) {
            if (!b || gap_before(q, i)) m->segment_count++;
            if (b) b->ends_segment = gap_before(q, i);
            b = &m->blocks[m->block_count++];
        }
        struct slot *s = slot_of(m, q->words.list[i].hash);
        if (!s->word) *s = (struct slot){q->words.list[i].hash, ++different};
        m->masks[(size_t)(s->word - 1) * blocks + m->block_count - 1] |= UINT64_C(1) << b->rows++;
    }
    m->blocks[m->block_count - 1].ends_segment = true;
    m->score = NEW_ARRAY(a, m->segment_count, uint32_t);
    m->best = NEW_ARRAY(a, m->segment_count, uint32_t);
    return m;
}

enum rc quote_ask(struct arena *a, const char *text, size_t len, struct asked *out, struct err *err)
{
    struct buf *folded = NEW(a, struct buf);
    folded->arena = a;
    if (len > QUOTE_BYTES_MAX) {
        return fail(err, RC_INPUT, "a quotation may have %d bytes, not %zu: ask for a part of it",
                    QUOTE_BYTES_MAX, len);
    }
    if (memchr(text, '\0', len)) return fail(err, RC_INPUT, "this is no text: it holds a NUL");
    *out = (struct asked){.text = text, .len = len, .words = {.arena = a, .folded = folded}};
    fold(text, len, false, &out->words);
    out->folded = folded->text;
    if (out->words.count == 0) return fail(err, RC_INPUT, "there is no word in the quotation");
    if (out->words.count > QUOTE_WORDS_MAX) {
        return fail(err, RC_INPUT,
                    "a quotation may have %d words, not %" PRIu32 ": ask for a part of it",
                    QUOTE_WORDS_MAX, out->words.count);
    }
    out->matcher = matcher_new(a, out);
    return RC_OK;
}

/* --- the scan --- */

/*
 * One column of one block: `equal` has a bit for each row whose word is this
 * one, `in` is how the row above the block changes; returned is how its last
 * row does. plus and minus hold the differences down the column.
 */
static int advance(uint64_t *plus, uint64_t *minus, uint64_t equal, int in, uint64_t last)
{
    uint64_t pv = *plus, mv = *minus, xv = equal | mv;
    if (in < 0) equal |= 1;
    uint64_t xh = (((equal & pv) + pv) ^ pv) | equal;
    uint64_t ph = mv | ~(xh | pv), mh = pv & xh;
    int out = ph & last ? 1 : mh & last ? -1 : 0;
    ph <<= 1;
    mh <<= 1;
    if (in < 0) mh |= 1;
    if (in > 0) ph |= 1;
    *plus = mh | ~(xv | ph);
    *minus = ph & xv;
    return out;
}

uint32_t quote_distance(const struct asked *q, const struct tokens *said, uint32_t *end)
{
    struct matcher *m = q->matcher;
    uint32_t rows = 0, segment = 0, nearest, at = 0;
    for (uint32_t b = 0; b < m->block_count; b++) {
        m->plus[b] = ~UINT64_C(0);
        m->minus[b] = 0;
        rows += m->blocks[b].rows;
        if (m->blocks[b].ends_segment) m->score[segment] = m->best[segment] = rows, segment++;
    }
    nearest = rows;
    for (uint32_t j = 0; j < said->count; j++) {
        const struct slot *s = slot_of(m, said->list[j].hash);
        const uint64_t *equal = s->word ? &m->masks[(size_t)(s->word - 1) * m->block_count] : NULL;
        int change = 0; /* the text may begin anywhere: row 0 is all 0 */
        segment = 0;
        for (uint32_t b = 0; b < m->block_count; b++) {
            const struct block *block = &m->blocks[b];
            change = advance(&m->plus[b], &m->minus[b], equal ? equal[b] : 0, change,
                             UINT64_C(1) << (block->rows - 1));
            if (!block->ends_segment) continue;
            m->score[segment] += (uint32_t)change;
            change = 0; /* behind an ellipsis any words may be left out: the best so far goes on */
            if (m->score[segment] < m->best[segment]) {
                m->best[segment] = m->score[segment];
                change = -1;
            }
            segment++;
        }
        if (m->best[segment - 1] < nearest) {
            nearest = m->best[segment - 1];
            at = j + 1;
        }
    }
    *end = at;
    return nearest;
}

/* --- side by side --- */

enum step { STEP_KEEP, STEP_SWAP, STEP_ADD, STEP_DROP, STEP_SKIP };

/* What a word is, as far as a difference is named after it. */
enum sort { SORT_PLAIN, SORT_NUMBER, SORT_NEGATION, SORT_LINK };

static bool among(const char *const *list, size_t count, const char *word, size_t len)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(list[i]) == len && memcmp(list[i], word, len) == 0) return true;
    }
    return false;
}

static enum sort sort_of(const char *word, const struct token *t)
{
    static const char *const numbers[] = {
        "zero",     "one",      "two",       "three",     "four",     "five",     "six",
        "seven",    "eight",    "nine",      "ten",       "eleven",   "twelve",   "thirteen",
        "fourteen", "fifteen",  "sixteen",   "seventeen", "eighteen", "nineteen", "twenty",
        "thirty",   "forty",    "fifty",     "sixty",     "seventy",  "eighty",   "ninety",
        "hundred",  "hundreds", "thousand",  "thousands", "million",  "millions", "billion",
        "billions", "trillion", "trillions", "dozen",     "dozens",   "half",     "quarter",
        "once",     "twice",    "double",    "triple",    "mn",       "bn"};
    static const char *const negations[] = {"not",     "no",      "never",  "none",
                                            "nobody",  "nothing", "nor",    "neither",
                                            "nowhere", "without", "cannot", "can't"};
    static const char *const links[] = {"a", "an", "and", "of", "or", "to", "the", "point"};
    size_t len = t->len;
    if (t->flags & TOKEN_HAS_DIGIT) return SORT_NUMBER;
    if (len > 3 && memcmp(word + len - 3, "n't", 3) == 0) return SORT_NEGATION;
    if (among(negations, sizeof negations / sizeof *negations, word, len)) return SORT_NEGATION;
    if (among(numbers, sizeof numbers / sizeof *numbers, word, len)) return SORT_NUMBER;
    if (among(links, sizeof links / sizeof *links, word, len)) return SORT_LINK;
    return SORT_PLAIN;
}

struct side {
    struct arena *arena;
    const struct asked *q;
    const struct token *said; /* the window: words [from, from + count) of the text */
    const char *folded;       /* of the window */
    uint32_t from, rows, columns;
    enum sort *asked_sort, *said_sort;
    uint8_t *steps; /* (rows + 1) * (columns + 1) */
};

/*
 * Fewest words first; among equals most asked words kept, then numbers against
 * numbers and negations against negations, exchanges before additions, and no
 * exchange across the end of a sentence, which is where a quotation ends.
 */
enum { WORD = 1 << 16, LOST = 16, UNLIKE = 2, ONE_SIDED = 3, ACROSS = 4 };
enum { ADD_COST = WORD + LOST + ONE_SIDED, DROP_COST = WORD + ONE_SIDED };

static int32_t swap_cost(const struct side *s, uint32_t i, uint32_t j)
{
    int32_t cost = WORD + LOST;
    if (s->asked_sort[i] != s->said_sort[j]) cost += UNLIKE;
    if (i + 1 == s->rows && i > 0 && s->said[j].flags & TOKEN_AFTER_STOP &&
        !(s->q->words.list[i].flags & TOKEN_AFTER_STOP)) {
        cost += ACROSS;
    }
    return cost;
}

static void fill_row(const struct side *s, uint32_t i, const int32_t *above, int32_t *row)
{
    uint8_t *steps = s->steps + (size_t)i * (s->columns + 1);
    bool may_skip = i < s->rows && gap_before(s->q, i);
    const struct token *asked = &s->q->words.list[i - 1];
    row[0] = above[0] + ADD_COST;
    steps[0] = STEP_ADD;
    for (uint32_t j = 1; j <= s->columns; j++) {
        bool same = asked->hash == s->said[j - 1].hash;
        int32_t best = above[j - 1] + (same ? 0 : swap_cost(s, i - 1, j - 1));
        enum step step = same ? STEP_KEEP : STEP_SWAP;
        if (above[j] + ADD_COST < best) {
            best = above[j] + ADD_COST;
            step = STEP_ADD;
        }
        if (may_skip && row[j - 1] < best) {
            best = row[j - 1];
            step = STEP_SKIP;
        }
        if (row[j - 1] + DROP_COST < best) {
            best = row[j - 1] + DROP_COST;
            step = STEP_DROP;
        }
        row[j] = best;
        steps[j] = (uint8_t)step;
    }
}

/* Fill the table; the column where the last row is least. */
static uint32_t fill(const struct side *s)
{
    int32_t *above = NEW_ARRAY(s->arena, s->columns + 1, int32_t);
    int32_t *row = NEW_ARRAY(s->arena, s->columns + 1, int32_t);
    for (uint32_t i = 1; i <= s->rows; i++) {
        fill_row(s, i, above, row);
        int32_t *swap = above;
        above = row;
        row = swap;
    }
    uint32_t best = 0;
    for (uint32_t j = 1; j <= s->columns; j++) {
        if (above[j] < above[best]) best = j;
    }
    return best;
}

/* Words [first, first + count) as written, a space between them. */
static const char *written(struct arena *a, const char *bytes, const struct token *list,
                           uint32_t count)
{
    struct buf b = {.arena = a};
    if (count == 0) return NULL;
    for (uint32_t i = 0; i < count; i++) {
        const char *word = fold_utf8(a, bytes + list[i].begin, list[i].end - list[i].begin);
        /* "600 million" and "$600": no space where none was written */
        bool glued = i > 0 && list[i - 1].end == list[i].begin;
        buf_add(&b, i && !glued ? " " : "");
        buf_add(&b, word);
    }
    return b.text;
}

/* One step that is not a kept word. */
struct change {
    enum step step;
    uint32_t i, j; /* words: of the asked text, of the window */
    enum sort sort;
};

static enum sort change_sort(const struct side *s, const struct change *c)
{
    enum sort asked = c->step == STEP_DROP ? SORT_PLAIN : s->asked_sort[c->i];
    enum sort said = c->step == STEP_ADD ? SORT_PLAIN : s->said_sort[c->j];
    if ((asked == SORT_NEGATION) != (said == SORT_NEGATION)) return SORT_NEGATION;
    if (asked == SORT_NUMBER || said == SORT_NUMBER) return SORT_NUMBER;
    bool link =
        (asked == SORT_LINK || c->step == STEP_DROP) && (said == SORT_LINK || c->step == STEP_ADD);
    return link ? SORT_LINK : SORT_PLAIN;
}

static void add_difference(struct arena *a, const struct side *s, const char *bytes,
                           const struct change *run, uint32_t count, enum sort sort,
                           struct compared *out)
{
    struct difference d = {.asked_first = run[0].i, .said_first = s->from + run[0].j};
    for (uint32_t k = 0; k < count; k++) {
        d.asked_count += run[k].step != STEP_DROP;
        d.said_count += run[k].step != STEP_ADD;
    }
    d.asked = written(a, s->q->text, s->q->words.list + d.asked_first, d.asked_count);
    d.said = written(a, bytes, s->said + run[0].j, d.said_count);
    d.kind = sort == SORT_NEGATION ? DIFF_NEGATION
             : sort == SORT_NUMBER ? DIFF_NUMBER
             : !d.asked_count      ? DIFF_DROPPED
             : !d.said_count       ? DIFF_ADDED
                                   : DIFF_SWAPPED;
    out->differences = arena_more(a, out->differences, out->count, &out->room, sizeof d);
    out->differences[out->count++] = d;
}

/*
 * Changes with no kept word between them, cut into differences of one sort: a
 * number is named by itself, with the little words inside it ("half a billion").
 */
static void name_run(struct arena *a, const struct side *s, const char *bytes, struct change *run,
                     uint32_t count, struct compared *out)
{
    for (uint32_t k = 0; k < count; k++) run[k].sort = change_sort(s, &run[k]);
    for (uint32_t k = 0; k < count; k++) {
        if (run[k].sort != SORT_LINK) continue;
        uint32_t to = k;
        while (to < count && run[to].sort == SORT_LINK) to++;
        bool inside =
            k > 0 && to < count && run[k - 1].sort == SORT_NUMBER && run[to].sort == SORT_NUMBER;
        for (; k < to; k++) run[k].sort = inside ? SORT_NUMBER : SORT_PLAIN;
    }
    for (uint32_t k = 0, to; k < count; k = to) {
        for (to = k + 1; to < count && run[to].sort == run[k].sort;) to++;
        add_difference(a, s, bytes, run + k, to - k, run[k].sort, out);
    }
}

/* From the end of the table back to its beginning; the changes, first to last. */
static uint32_t trace(const struct side *s, uint32_t column, struct change *changes,
                      uint32_t *first, uint32_t *kept)
{
    uint32_t i = s->rows, j = column, count = 0;
    *kept = 0;
    while (i > 0) {
        enum step step = s->steps[(size_t)i * (s->columns + 1) + j];
        bool asked = step == STEP_KEEP || step == STEP_SWAP || step == STEP_ADD;
        bool said = step != STEP_ADD;
        i -= asked;
        j -= said;
        if (step == STEP_KEEP) ++*kept;
        /* a skip is kept in the list, without a sort: it parts differences */
        if (step != STEP_KEEP) changes[count++] = (struct change){.step = step, .i = i, .j = j};
    }
    *first = j;
    for (uint32_t k = 0; k < count / 2; k++) {
        struct change c = changes[k];
        changes[k] = changes[count - 1 - k];
        changes[count - 1 - k] = c;
    }
    return count;
}

static bool follows(const struct change *a, const struct change *b)
{
    return b->i == a->i + (a->step != STEP_DROP) && b->j == a->j + (a->step != STEP_ADD);
}

static void name_changes(struct arena *a, const struct side *s, const char *bytes,
                         struct change *changes, uint32_t count, struct compared *out)
{
    for (uint32_t k = 0, to; k < count; k = to) {
        to = k + 1;
        if (changes[k].step == STEP_SKIP) continue;
        while (to < count && changes[to].step != STEP_SKIP &&
               follows(&changes[to - 1], &changes[to])) {
            to++;
        }
        name_run(a, s, bytes, changes + k, to - k, out);
        out->edits += to - k;
    }
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Marks at both ends of the asked text belong to the stretch where they stand there too. */
static void widen(const struct asked *q, const char *bytes, size_t len, struct compared *out)
{
    const struct token *w = q->words.list;
    size_t a = w[q->words.count - 1].end, b = w[0].begin;
    while (a < q->len && out->end < len && q->text[a] == bytes[out->end] &&
           !is_word_byte(bytes[out->end])) {
        a++;
        out->end++;
    }
    while (b > 0 && out->begin > 0 && q->text[b - 1] == bytes[out->begin - 1] &&
           !is_word_byte(bytes[out->begin - 1])) {
        b--;
        out->begin--;
    }
    while (is_space(bytes[out->begin])) out->begin++;
    while (is_space(bytes[out->end - 1])) out->end--;
}

/*
 * A stretch at distance d <= rows is at most twice as long as what was asked;
 * another that is as near may end behind the first. An ellipsis may leave out
 * GAP_WORDS_MAX words.
 */
static void window(struct side *s, const struct tokens *said, uint32_t end)
{
    uint32_t rows = s->rows, before = 2 * rows;
    for (uint32_t i = 1; i < rows; i++) {
        if (gap_before(s->q, i)) before = GAP_WORDS_MAX;
    }
    s->from = end > before ? end - before : 0;
    s->columns = (said->count - end > rows ? end + rows : said->count) - s->from;
    s->said = said->list + s->from;
}

void quote_compare(struct arena *a, const struct asked *q, const char *bytes, size_t len, bool html,
                   const struct tokens *said, uint32_t end, struct compared *out)
{
    struct arena work = {0};
    struct buf folded = {.arena = &work};
    struct side s = {.arena = &work, .q = q, .rows = q->words.count};
    assert(end <= said->count);
    *out = (struct compared){0};
    window(&s, said, end);
    s.asked_sort = NEW_ARRAY(&work, s.rows, enum sort);
    s.said_sort = NEW_ARRAY(&work, s.columns + 1, enum sort);
    s.steps = NEW_ARRAY(&work, (size_t)(s.rows + 1) * (s.columns + 1), uint8_t);
    for (uint32_t i = 0; i < s.rows; i++) {
        const struct token *t = &q->words.list[i];
        s.asked_sort[i] = sort_of(q->folded + t->folded, t);
    }
    for (uint32_t j = 0; j < s.columns; j++) {
        struct tokens one = {.arena = &work, .folded = &folded};
        folded.len = 0;
        fold(bytes + s.said[j].begin, s.said[j].end - s.said[j].begin, html, &one);
        if (one.count) s.said_sort[j] = sort_of(folded.text + one.list[0].folded, &one.list[0]);
    }
    uint32_t column = fill(&s), first;
    struct change *changes = NEW_ARRAY(&work, (size_t)s.rows + column + 1, struct change);
    uint32_t count = trace(&s, column, changes, &first, &out->kept);
    name_changes(a, &s, bytes, changes, count, out);
    out->first = s.from + first;
    out->last = s.from + column;
    if (out->last > out->first) {
        out->begin = said->list[out->first].begin;
        out->end = said->list[out->last - 1].end;
        widen(q, bytes, len, out);
    }
    arena_free(&work);
}

const bool *quote_kept(struct arena *a, const struct asked *q, const struct compared *c)
{
    bool *kept = NEW_ARRAY(a, q->words.count, bool);
    memset(kept, true, q->words.count);
    for (uint32_t k = 0; k < c->count; k++) {
        memset(kept + c->differences[k].asked_first, false, c->differences[k].asked_count);
    }
    return kept;
}

const char *difference_name(enum difference_kind kind)
{
    static const char *const names[] = {"swapped", "dropped",  "added",
                                        "number",  "negation", "speaker"};
    return names[kind];
}

enum { EDITS_PERCENT_MAX = 40, WEIGHT_PERCENT_MIN = 50 };

uint32_t quote_edits_max(uint32_t asked)
{
    return asked * EDITS_PERCENT_MAX / 100;
}

bool quote_is_near(uint32_t asked, uint32_t edits, uint64_t weight_kept, uint64_t weight_asked)
{
    return edits <= quote_edits_max(asked) &&
           weight_kept * 100 >= weight_asked * WEIGHT_PERCENT_MIN;
}
