/*
 * quote.c - a quotation against all pieces of a store.
 *
 * First as if it were verbatim: the pieces in which its rarest words stand
 * together are few, and each is compared. If none says it word for word, the
 * rarest words vote: each is looked up by itself, and a piece that lacks v of
 * the A words that voted differs from the asked text in at least v words. So
 * pieces are compared by falling votes, and as soon as the best one found
 * differs in no more words than A less the votes of the next, no other can be
 * nearer. Where all words are common, runs of three vote instead. What the votes cost is known
 * beforehand, from the frequencies; more words vote only while nothing near was found.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "find/inside.h"

enum {
    ANCHORS_MAX = 48,        /* words that vote */
    WINDOW_WORDS = 200,      /* of a long quotation, where they are taken from: fits the overlap */
    PHRASE_WORDS = 8,        /* that must stand together, in the verbatim try */
    BESIDE = 4,              /* rare words beside the phrase */
    EXACT_MAX = 256,         /* verbatim places that are looked at; more are "more" */
    TRIED_MAX = 4096,        /* candidates compared for the verbatim try */
    POSTINGS_FIRST = 40000,  /* votes of the first round; of all, when something close was */
    POSTINGS_CLOSE = 120000, /* found in it; and when not */
    POSTINGS_MAX = 400000,
    COMPARED_FIRST = 600, /* candidates compared in the first round, and in any */
    COMPARED_MAX = 1500,  /* candidates compared a round */
    RUN = 3,              /* words of a run, how many vote, and how much each may cost */
    RUNS_MAX = 6,
    RUN_POSTINGS_MAX = 50000,
    KEPT_MAX = 64,
    WEIGHT_MAX = 12 /* bits: a word nobody said is no better witness than a rare one */
};

struct anchor {
    uint32_t word; /* of the asked text */
    uint64_t frequency;
};

/* A candidate that was compared. */
struct kept {
    struct piece piece;
    int32_t day;
    uint32_t edits; /* another speaker counts as a word */
    bool other_speaker;
};

struct asking {
    struct arena *arena;
    struct finder *f;
    struct asked q;
    struct sieve sieve;
    uint64_t *frequency;    /* of each asked word; the same word has it once more */
    uint64_t pieces;        /* of the index */
    struct anchor *anchors; /* different words of the window, rarest first; none that never stood */
    uint32_t anchor_count;
    uint32_t absent_words; /* asked words that stand nowhere */
    uint32_t from, to;     /* the window */
    struct kept *kept;     /* nearest first */
    uint32_t kept_count, limit;
    uint64_t compared, exact, exact_max;
    struct ids seen; /* pieces compared already */
    struct arena scratch;
};

/* --- the asked words --- */

static const char *word_text(struct asking *k, uint32_t i)
{
    const struct token *t = &k->q.words.list[i];
    return arena_bytes(&k->scratch, k->q.folded + t->folded, t->len);
}

static enum rc read_frequencies(struct asking *k, struct err *err)
{
    struct ids first = {0};
    uint32_t count = k->q.words.count;
    enum rc rc = sieve_count(&k->sieve, &k->pieces, err);
    k->frequency = NEW_ARRAY(k->arena, count, uint64_t);
    for (uint32_t i = 0; i < count && !rc; i++) {
        uint64_t *before = ids_at(&first, k->q.words.list[i].hash | 1);
        if (*before) {
            k->frequency[i] = k->frequency[*before - 1];
            continue;
        }
        *before = i + 1;
        rc = sieve_frequency(&k->sieve, word_text(k, i), &k->frequency[i], err);
        arena_reset(&k->scratch);
        k->absent_words += k->frequency[i] == 0;
    }
    ids_free(&first);
    return rc;
}

/* How telling a word is, in sixteenths of a bit: log2(pieces / pieces that hold it). */
static uint32_t weight(const struct asking *k, uint32_t i)
{
    uint64_t n = k->pieces + 1, of = k->frequency[i] + 1;
    uint32_t bits = 0;
    while (of * 2 <= n) {
        of *= 2;
        bits += 16;
    }
    bits += (uint32_t)(n * 16 / of - 16);
    return bits > WEIGHT_MAX * 16 ? WEIGHT_MAX * 16 : bits;
}

static int by_frequency(const void *x, const void *y)
{
    const struct anchor *a = x, *b = y;
    if (a->frequency != b->frequency) return a->frequency < b->frequency ? -1 : 1;
    return (a->word > b->word) - (a->word < b->word);
}

/* The window of a long quotation that tells most. */
static void choose_window(struct asking *k)
{
    uint32_t count = k->q.words.count;
    uint64_t sum = 0, most = 0;
    k->to = count < WINDOW_WORDS ? count : WINDOW_WORDS;
    for (uint32_t i = 0; i < count; i++) {
        sum += weight(k, i);
        if (i >= WINDOW_WORDS) sum -= weight(k, i - WINDOW_WORDS);
        if (i + 1 < WINDOW_WORDS || sum <= most) continue;
        most = sum;
        k->to = i + 1;
    }
    k->from = k->to < WINDOW_WORDS ? 0 : k->to - WINDOW_WORDS;
}

static void choose_anchors(struct asking *k)
{
    struct ids once = {0};
    choose_window(k);
    k->anchors = NEW_ARRAY(k->arena, k->to - k->from, struct anchor);
    for (uint32_t i = k->from; i < k->to; i++) {
        uint64_t *before = ids_at(&once, k->q.words.list[i].hash | 1);
        if ((*before)++ || k->frequency[i] == 0) continue;
        k->anchors[k->anchor_count++] = (struct anchor){i, k->frequency[i]};
    }
    qsort(k->anchors, k->anchor_count, sizeof *k->anchors, by_frequency);
    if (k->anchor_count > ANCHORS_MAX) k->anchor_count = ANCHORS_MAX;
    ids_free(&once);
}

/* More words than that differ, and nothing was altered: it is something else. */
static uint32_t edits_max(const struct asking *k)
{
    return quote_edits_max(k->q.words.count);
}

/* --- comparing --- */

/* The words of a piece, with what lies around it in a turn that was cut. */
static enum rc read_words(struct asking *k, const struct piece *p, uint64_t *begin,
                          const char **bytes, uint64_t *len, bool *html, struct err *err)
{
    struct tokens *words = &k->f->tokens;
    const struct piece_document *d;
    uint64_t around = k->q.len * 2 + 256;
    *begin = p->begin - p->turn_begin > around ? p->begin - around : p->turn_begin;
    uint64_t end = p->turn_end - p->end > around ? p->end + around : p->turn_end;
    enum rc rc = find_document(k->f, p->document, &d, err);
    if (!rc) rc = find_bytes(k->f, &k->scratch, p, *begin, end, bytes, len, err);
    if (rc) return rc;
    words->count = 0;
    words->folded = NULL;
    *html = d->html;
    fold(*bytes, *len, *html, words);
    return RC_OK;
}

static bool is_nearer(const struct kept *a, const struct kept *b)
{
    if (a->edits != b->edits) return a->edits < b->edits;
    if (a->day != b->day) return a->day < b->day;
    return a->piece.id < b->piece.id;
}

static void keep(struct asking *k, const struct kept *one)
{
    uint32_t at = k->kept_count;
    while (at > 0 && is_nearer(one, &k->kept[at - 1])) at--;
    if (at == KEPT_MAX) return;
    uint32_t behind = k->kept_count - at;
    if (k->kept_count == KEPT_MAX)
        behind--;
    else
        k->kept_count++;
    memmove(&k->kept[at + 1], &k->kept[at], behind * sizeof *k->kept);
    k->kept[at] = *one;
}

static enum rc compare(struct asking *k, uint64_t id, struct err *err)
{
    const struct piece_document *d;
    const char *bytes;
    uint64_t begin, len;
    bool passes, meant, html;
    uint32_t end;
    struct kept one = {0};
    uint64_t *seen = ids_at(&k->seen, id);
    if ((*seen)++) return RC_OK;
    enum rc rc = k->f->pieces->ops->get(k->f->pieces, id, &one.piece, err);
    if (!rc) rc = sieve_passes(&k->sieve, &one.piece, &passes, err);
    if (rc || !passes) return rc;
    rc = sieve_speaker(&k->sieve, &one.piece, &meant, err);
    if (!rc) rc = find_document(k->f, one.piece.document, &d, err);
    if (!rc) rc = read_words(k, &one.piece, &begin, &bytes, &len, &html, err);
    if (!rc) {
        one.edits = quote_distance(&k->q, &k->f->tokens, &end) + !meant;
        one.other_speaker = !meant;
        one.day = d->day == PIECE_NO_DAY ? INT32_MAX : d->day;
        k->compared++;
        k->exact += one.edits == 0;
        if (one.edits <= edits_max(k) + !meant) keep(k, &one);
    }
    arena_reset(&k->scratch);
    return rc;
}

/* --- word for word --- */

struct list {
    uint64_t *ids;
    uint64_t count, room, most;
};

static enum rc list_id(void *ctx, uint64_t id, struct err *err)
{
    struct list *l = ctx;
    if (l->count == l->most) return fail(err, RC_RULE, "enough");
    if (l->count == l->room) {
        l->room = l->room ? l->room * 2 : 1024;
        l->ids = realloc(l->ids, l->room * sizeof *l->ids);
        if (!l->ids) abort();
    }
    l->ids[l->count++] = id;
    return RC_OK;
}

/* Ids of the pieces with all these phrases; `most` of them at most. */
static enum rc list_matches(struct asking *k, const struct phrase *phrases, uint32_t count,
                            struct list *l, struct err *err)
{
    struct err enough = {0};
    l->count = 0;
    enum rc rc = sieve_match(&k->sieve, phrases, count, list_id, l, &enough);
    if (rc && rc != RC_RULE) *err = enough;
    return rc == RC_RULE ? RC_OK : rc;
}

static bool gap_at(const struct asking *k, uint32_t i)
{
    return k->q.words.list[i].flags & TOKEN_AFTER_GAP;
}

/* The phrase around the rarest word, and the rarest words outside it. */
static uint32_t exact_query(struct asking *k, struct phrase *phrases)
{
    uint32_t middle = k->anchors[0].word, from = middle, to = middle + 1, count = 1;
    while (to - from < PHRASE_WORDS) {
        bool right = to < k->to && !gap_at(k, to), left = from > k->from && !gap_at(k, from);
        if (!left && !right) break;
        if (right) to++;
        if (left && to - from < PHRASE_WORDS) from--;
    }
    const char **words = NEW_ARRAY(&k->scratch, to - from, const char *);
    for (uint32_t i = from; i < to; i++) words[i - from] = word_text(k, i);
    phrases[0] = (struct phrase){words, to - from};
    for (uint32_t i = 1; i < k->anchor_count && count <= BESIDE; i++) {
        uint32_t at = k->anchors[i].word;
        if (at >= from && at < to) continue;
        /* a common word asks more of the index than it saves */
        if (k->anchors[i].frequency > k->anchors[0].frequency * 8 + 1000) break;
        const char **word = NEW(&k->scratch, const char *);
        *word = word_text(k, at);
        phrases[count++] = (struct phrase){word, 1};
    }
    return count;
}

static enum rc try_exact(struct asking *k, struct err *err)
{
    struct phrase phrases[BESIDE + 1];
    struct list l = {.most = TRIED_MAX};
    if (k->absent_words || k->anchor_count == 0) return RC_OK;
    uint32_t count = exact_query(k, phrases);
    enum rc rc = list_matches(k, phrases, count, &l, err);
    arena_reset(&k->scratch);
    for (uint64_t i = 0; i < l.count && !rc && k->exact < k->exact_max; i++) {
        rc = compare(k, l.ids[i], err);
    }
    free(l.ids);
    return rc;
}

/* --- the votes --- */

struct ballot {
    struct ids votes;
    struct list list;
    uint32_t voters, words_each; /* a changed word takes the votes of as many */
    uint64_t postings;
};

static enum rc vote(struct asking *k, struct ballot *b, uint32_t anchor, struct err *err)
{
    const char *word = word_text(k, k->anchors[anchor].word);
    struct phrase phrase = {&word, 1};
    b->list.most = POSTINGS_MAX;
    enum rc rc = list_matches(k, &phrase, 1, &b->list, err);
    for (uint64_t i = 0; i < b->list.count && !rc; i++) ++*ids_at(&b->votes, b->list.ids[i]);
    b->voters++;
    b->postings += k->anchors[anchor].frequency;
    arena_reset(&k->scratch);
    return rc;
}

/*
 * Runs of RUN words, spread over the window, vote: where all words are common,
 * or the rare ones are those that were changed, what is left are words in
 * their order.
 */
static enum rc vote_runs(struct asking *k, struct ballot *b, struct err *err)
{
    uint32_t span = k->to - k->from, last = span > RUN ? span - RUN : 0, before = UINT32_MAX;
    enum rc rc = RC_OK;
    b->list.most = RUN_POSTINGS_MAX;
    b->words_each = RUN;
    for (uint32_t i = 0; i < RUNS_MAX && !rc; i++) {
        uint32_t from = k->from + last * i / (RUNS_MAX - 1), count = 0;
        const char *words[RUN];
        bool known = true;
        while (count < RUN && from + count < k->to && (count == 0 || !gap_at(k, from + count))) {
            known &= k->frequency[from + count] > 0;
            words[count] = word_text(k, from + count);
            count++;
        }
        if (from == before || count < 2) continue;
        before = from;
        struct phrase run = {words, count};
        b->list.count = 0;
        if (known) rc = list_matches(k, &run, 1, &b->list, err);
        for (uint64_t n = 0; n < b->list.count && !rc; n++) ++*ids_at(&b->votes, b->list.ids[n]);
        b->voters++;
        arena_reset(&k->scratch);
    }
    return rc;
}

static int by_id(const void *x, const void *y)
{
    const uint64_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

/* Pieces with exactly so many votes, in log order. */
static uint64_t with_votes(const struct ballot *b, uint32_t votes, struct list *out)
{
    struct err unused;
    out->count = 0;
    out->most = UINT64_MAX;
    for (uint64_t i = 0; i < b->votes.room; i++) {
        const struct ids_slot *s = &b->votes.slots[i];
        if (!s->key || s->value != votes) continue;
        if (list_id(out, s->key, &unused)) break;
    }
    if (out->count) qsort(out->ids, out->count, sizeof *out->ids, by_id);
    return out->count;
}

/*
 * Compare by falling votes until no other can be nearer than what was found,
 * or near at all. *told: that was proven, not given up. Where more words can
 * still vote, a crowd of equals waits for them.
 */
static enum rc count_out(struct asking *k, const struct ballot *b, bool last, bool *told,
                         struct err *err)
{
    struct list l = {0};
    uint64_t compared = 0;
    enum rc rc = RC_OK;
    *told = false;
    for (uint32_t votes = b->voters; !rc; votes--) {
        /* a piece with so many votes differs in so many words at least */
        uint32_t least = (b->voters - votes + b->words_each - 1) / b->words_each;
        if (least > edits_max(k) || (k->kept_count && k->kept[0].edits < least)) {
            *told = true;
            break;
        }
        if (votes == 0) break; /* nearer ones may have no vote at all */
        with_votes(b, votes, &l);
        if (!last && compared + l.count > COMPARED_FIRST) break;
        for (uint64_t i = 0; i < l.count && !rc; i++) {
            if (compared++ == COMPARED_MAX) goto given_up;
            rc = compare(k, l.ids[i], err);
        }
    }
given_up:
    free(l.ids);
    return rc;
}

static void ballot_free(struct ballot *b)
{
    ids_free(&b->votes);
    free(b->list.ids);
    *b = (struct ballot){.words_each = 1};
}

/* So near that another is hardly nearer: less is spent on the proof. */
static bool is_close(const struct asking *k)
{
    return k->kept_count && k->kept[0].edits <= k->q.words.count / 4;
}

/* Rare words vote, in two rounds. */
static enum rc ask_words(struct asking *k, bool *told, struct err *err)
{
    struct ballot b = {.words_each = 1};
    uint32_t next = 0;
    enum rc rc = RC_OK;
    for (int round = 0; round < 2 && !rc && !*told; round++) {
        uint64_t budget = round == 0 ? POSTINGS_FIRST : is_close(k) ? POSTINGS_CLOSE : POSTINGS_MAX;
        uint32_t before = next;
        while (next < k->anchor_count && !rc &&
               (next < 2 || b.postings + k->anchors[next].frequency <= budget)) {
            rc = vote(k, &b, next++, err);
        }
        if (!rc && next > before)
            rc = count_out(k, &b, round > 0 || next == k->anchor_count, told, err);
    }
    ballot_free(&b);
    return rc;
}

static enum rc try_altered(struct asking *k, struct err *err)
{
    struct ballot b = {.words_each = 1};
    bool told = false;
    enum rc rc = RC_OK;
    if (k->anchor_count && k->anchors[0].frequency <= POSTINGS_FIRST) rc = ask_words(k, &told, err);
    bool worth = !told && (!is_close(k) || k->pieces <= POSTINGS_FIRST);
    if (!rc && worth) rc = vote_runs(k, &b, err);
    if (!rc && worth) rc = count_out(k, &b, true, &told, err);
    ballot_free(&b);
    return rc;
}

/* --- the answer --- */

static bool is_near(struct asking *k, const struct compared *c)
{
    const bool *kept = quote_kept(k->arena, &k->q, c);
    uint64_t all = 0, there = 0;
    for (uint32_t i = 0; i < k->q.words.count; i++) {
        all += weight(k, i);
        there += kept[i] ? weight(k, i) : 0;
    }
    return quote_is_near(k->q.words.count, c->edits, there, all);
}

static void add_speaker(struct asking *k, const char *said, struct compared *c)
{
    struct difference d = {.kind = DIFF_SPEAKER, .asked = k->sieve.filter->speaker, .said = said};
    c->differences = arena_more(k->arena, c->differences, c->count, &c->room, sizeof d);
    c->differences[c->count++] = d;
}

/* Lay it out in full; *near: it is an answer. */
static enum rc lay_out(struct asking *k, const struct kept *one, struct find_match *m, bool *near,
                       struct err *err)
{
    const char *bytes;
    uint64_t begin, len;
    bool html;
    uint32_t end;
    enum rc rc = read_words(k, &one->piece, &begin, &bytes, &len, &html, err);
    if (rc) return rc;
    quote_distance(&k->q, &k->f->tokens, &end);
    quote_compare(k->arena, &k->q, bytes, len, html, &k->f->tokens, end, &m->compared);
    m->found.begin = begin + m->compared.begin;
    m->found.end = begin + m->compared.end;
    m->found.text =
        fold_utf8(k->arena, bytes + m->compared.begin, m->compared.end - m->compared.begin);
    *near = one->edits == 0 || is_near(k, &m->compared);
    arena_reset(&k->scratch);
    if (*near) rc = find_describe(&k->sieve, k->arena, &one->piece, &m->found, err);
    if (!rc && *near && one->other_speaker) add_speaker(k, m->found.speaker, &m->compared);
    return rc;
}

/* Pieces of one turn overlap: the same place is told once. */
static bool is_told(const struct find_quotation *out, const struct find_match *m)
{
    for (uint32_t i = 0; i < out->count; i++) {
        const struct found *f = &out->matches[i].found;
        if (f->piece.passage == m->found.piece.passage && f->begin == m->found.begin) return true;
    }
    return false;
}

static enum rc write_matches(struct asking *k, struct find_quotation *out, struct err *err)
{
    enum rc rc = RC_OK;
    uint32_t best = 0;
    out->matches = NEW_ARRAY(k->arena, k->limit, struct find_match);
    for (uint32_t i = 0; i < k->kept_count && !rc; i++) {
        struct find_match m = {0};
        bool near = false;
        if (out->count && k->kept[i].edits > best) break;
        if (out->count == k->limit) {
            out->more = true;
            break;
        }
        rc = lay_out(k, &k->kept[i], &m, &near, err);
        if (rc || !near || is_told(out, &m)) continue;
        best = k->kept[i].edits;
        out->matches[out->count++] = m;
        out->verdict = best == 0 ? FIND_VERBATIM : FIND_ALTERED;
    }
    return rc;
}

enum rc find_quote(struct arena *a, struct finder *f, const char *text, size_t len,
                   const struct find_filter *filter, uint32_t limit, struct find_quotation *out,
                   struct err *err)
{
    struct asking k = {.arena = a, .f = f, .limit = limit ? limit : 1, .exact_max = EXACT_MAX};
    *out = (struct find_quotation){0};
    enum rc rc = quote_ask(a, text, len, &k.q, err);
    if (rc) return rc;
    rc = sieve_make(&k.sieve, a, f, filter, err);
    if (!rc && filter->speaker && k.sieve.speaker.count == 0) {
        rc = fail(err, RC_INPUT, "there is no name in '%.60s'", filter->speaker);
    }
    k.kept = NEW_ARRAY(a, KEPT_MAX + 1, struct kept);
    if (!rc) rc = read_frequencies(&k, err);
    if (!rc) choose_anchors(&k);
    if (!rc) rc = try_exact(&k, err);
    if (!rc && k.exact == 0) rc = try_altered(&k, err);
    if (!rc) rc = write_matches(&k, out, err);
    out->asked = k.q.words.count;
    out->compared = k.compared;
    ids_free(&k.seen);
    sieve_free(&k.sieve);
    arena_free(&k.scratch);
    return rc;
}

const char *find_verdict_name(enum find_verdict v)
{
    static const char *const names[] = {"absent", "altered", "verbatim"};
    return names[v];
}
