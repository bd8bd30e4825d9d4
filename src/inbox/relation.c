/* relation.c - see relation.h. */
#include "inbox/relation.h"

#include <inttypes.h>
#include <string.h>

#include "base/map.h"
#include "base/text.h"
#include "inbox/plan.h"
#include "inbox/traits.h"
#include "names/names.h"

/*
 * What two statements share or do not, and how many points that is. At CALLED
 * points the later one is called a restatement. Judged on real press rooms:
 * docs/decisions/0010-restatements.md.
 */
/* clang-format off */
#define MARKS(X)                                                                                   \
    X(AMOUNT_SAME, 4)    /* the same number, to the digit */                                       \
    X(AMOUNT_NEAR, 2)    /* within a twentieth, and one of the two is no exact number */           \
    X(AMOUNT_VAGUE, -2)  /* "tens of thousands" */                                                 \
    X(MONEY_VAGUE, -4)   /* "billions" */                                                          \
    X(SMALL_COUNT, -2)   /* two brigades are soon two other brigades */                            \
    X(THING_PLAIN, -2)   /* no number, and the thing is one word: weapons, forces */               \
    X(ITEM_SAME, 3)      /* the same telling words */                                              \
    X(ITEM_LIKE, 2)      /* half of them, or the same kind of support */                           \
    X(ITEM_PLAIN, 0)     /* one says no more than "funding" */                                     \
    X(ITEM_OTHER, -4)    /* another thing, or another kind of support */                           \
    X(GIVER_SAME, 2)                                                                               \
    X(RECEIVER_SAME, 1)                                                                            \
    X(RECEIVER_OTHER, -1) /* through a fund here, for those in need there */                       \
    X(KIND_OTHER, -1)    /* a gift here, a figure there */                                         \
    X(SAME_DOCUMENT, 2)                                                                            \
    X(NEXT_DAY, 2)       /* another document of the same day or the next */                        \
    X(SAME_WEEK, 0)      /* neither for nor against */                                             \
    X(SAME_SEASON, -1)   /* up to AGO_DAYS */                                                      \
    X(LONG_AGO, -4)                                                                                \
    X(FRESH, -6)         /* "another", "additional", and not of that day */                        \
    X(LISTED_APART, -6)  /* two items of one list */                                               \
    X(TOTAL_APART, -3)   /* a total so far and a single promise, and not of that day */            \
    X(DEFINITE, 2)       /* "the 20 billion" */                                                    \
    X(PAST, 1)           /* "already", "last week" */                                              \
    X(ASKED, 1)          /* somebody asks about it */                                              \
    X(PART_OF, 3)        /* the words lead from the amount to the item: "includes", a list */      \
    X(PACKAGE, 2)        /* the amount is of a package */                                          \
    X(NEAR_BY, 2)        /* the item is in its sentence, or in the list under it */                \
    X(TOTAL, 4)          /* "bringing the total to" */
/* clang-format on */

enum mark {
#define X(name, points) MARK_##name,
    MARKS(X)
#undef X
};

static const int points_of[] = {
#define X(name, points) points,
    MARKS(X)
#undef X
};

enum { CALLED = 7, AGO_DAYS = 60, LOOKED_AT = 32, LIST_BYTES = 3000, NEXT_BYTES = 600 };

static const char *const again_names[AGAIN_COUNT] = {
    [AGAIN_NOT] = "new",
    [AGAIN_REISSUE] = "reissue",
    [AGAIN_BOOK] = "in-the-book",
    [AGAIN_ASKED] = "asked-about",
    [AGAIN_PART] = "part-of-package",
    [AGAIN_TOTAL] = "total-so-far",
    [AGAIN_REFERENCE] = "back-reference",
    [AGAIN_HERE] = "same-document",
    [AGAIN_DAY] = "same-day",
    [AGAIN_LATER] = "said-before",
};

const char *again_name(enum again why)
{
    return again_names[why];
}

/* --- the work --- */

struct node {
    uint32_t candidate, before; /* the node before this one in its block, NONE */
};

struct work {
    struct arena *a;
    const struct book *b;
    const struct candidates *all;
    const struct traits *traits; /* by candidate */
    struct pair *of;
    struct map blocks; /* key -> node */
    struct node *nodes;
    uint32_t node_count, node_room;
};

static void add_to_block(struct work *w, const char *key, uint32_t candidate)
{
    const uint64_t *head = map_get(&w->blocks, key);
    w->nodes = arena_more(w->a, w->nodes, w->node_count, &w->node_room, sizeof *w->nodes);
    w->nodes[w->node_count] =
        (struct node){.candidate = candidate, .before = head ? (uint32_t)*head : NONE};
    map_put(&w->blocks, key, w->node_count++);
}

static uint32_t block_head(const struct work *w, const char *key)
{
    const uint64_t *head = map_get(&w->blocks, key);
    return head ? (uint32_t)*head : NONE;
}

/* --- what two of them share --- */

static bool shares(const char *const *x, uint32_t xs, const char *const *y, uint32_t ys)
{
    for (uint32_t i = 0; i < xs; i++) {
        for (uint32_t k = 0; k < ys; k++) {
            if (strcmp(x[i], y[k]) == 0) return true;
        }
    }
    return false;
}

/* Points for the parties, or NEVER when they cannot be the same promise. */
enum { NEVER = -100 };

static int party_points(const struct traits *x, const struct traits *y)
{
    int points = 0;
    if (x->giver_count && y->giver_count) {
        if (!shares(x->givers, x->giver_count, y->givers, y->giver_count)) return NEVER;
        points += points_of[MARK_GIVER_SAME];
    }
    if (x->receiver_count && y->receiver_count) {
        bool same = shares(x->receivers, x->receiver_count, y->receivers, y->receiver_count);
        points += points_of[same ? MARK_RECEIVER_SAME : MARK_RECEIVER_OTHER];
    }
    return points;
}

static uint32_t common_words(const struct traits *x, const struct traits *y)
{
    uint32_t common = 0;
    for (uint32_t i = 0, k = 0; i < x->word_count && k < y->word_count;) {
        if (x->words[i] == y->words[k])
            common++, i++, k++;
        else if (x->words[i] < y->words[k])
            i++;
        else
            k++;
    }
    return common;
}

static enum mark item_mark(const struct traits *x, const struct traits *y)
{
    uint32_t common = common_words(x, y);
    uint32_t least = x->word_count < y->word_count ? x->word_count : y->word_count;
    bool both_themes = x->themes && y->themes;
    if (both_themes && !(x->themes & y->themes)) return MARK_ITEM_OTHER;
    if (least && common == x->word_count && common == y->word_count) return MARK_ITEM_SAME;
    if (least && common * 2 >= least) return MARK_ITEM_LIKE;
    if (!least) return MARK_ITEM_PLAIN;
    if (both_themes && x->money) return MARK_ITEM_LIKE;
    bool plain = (x->money && !both_themes) || x->names_thing;
    return plain ? MARK_ITEM_PLAIN : MARK_ITEM_OTHER;
}

static i128 gap(i128 x, i128 y)
{
    return x < y ? y - x : x - y;
}

/* Points for the amounts; NEVER when they are two numbers. */
static int amount_points(const struct traits *x, const struct traits *y)
{
    if (x->counted != y->counted) return NEVER;
    if (!x->counted) return x->word_count == 1 ? points_of[MARK_THING_PLAIN] : 0;
    if (strcmp(x->unit, y->unit) != 0) return NEVER;
    bool things = strcmp(x->unit, "each") == 0 || strcmp(x->unit, "people") == 0;
    bool small = things && x->high < 10 * power10(AMOUNT_PLACES);
    int points = small ? points_of[MARK_SMALL_COUNT] : 0;
    if (x->vague) points += points_of[x->money ? MARK_MONEY_VAGUE : MARK_AMOUNT_VAGUE];
    enum mark item = item_mark(x, y);
    bool thing = item == MARK_ITEM_SAME || item == MARK_ITEM_LIKE || x->names_thing;
    if (!x->money && !thing) return NEVER; /* a bare number of something else */
    if (x->low == y->low && x->high == y->high) return points + points_of[MARK_AMOUNT_SAME];
    bool near = gap(x->low, y->low) * 20 <= x->low && gap(x->high, y->high) * 20 <= x->high;
    if (near && !(x->exact && y->exact)) return points + points_of[MARK_AMOUNT_NEAR];
    return NEVER;
}

static int64_t days_between(const struct work *w, uint32_t later, uint32_t earlier)
{
    int32_t x = w->all->list[later].day, y = w->all->list[earlier].day;
    if (x == DAY_MAX || y == DAY_MAX) return AGO_DAYS;
    return x - y;
}

static int kind_points(const struct work *w, uint32_t later, uint32_t earlier)
{
    const char *x = record_text(w->all->list[later].record, F_TYPE);
    const char *y = record_text(w->all->list[earlier].record, F_TYPE);
    if (strcmp(x, y) == 0) return 0;
    bool gifts = (strcmp(x, "support") == 0 || strcmp(x, "figure") == 0) &&
                 (strcmp(y, "support") == 0 || strcmp(y, "figure") == 0);
    return gifts ? points_of[MARK_KIND_OTHER] : NEVER;
}

/*
 * "Another 800 million": of another day it is new money; "the additional 800
 * million" is not. On one day the same
 * is said to be new again and again; but not what one of the two calls old.
 */
static bool is_another(const struct traits *x, const struct traits *y, bool same_day)
{
    if (!same_day) return x->cues & CUE_FRESH && !(x->cues & CUE_DEFINITE);
    bool x_old = x->cues & CUE_LONG_PAST, y_old = y->cues & CUE_LONG_PAST;
    return (x->cues & CUE_FRESH && y_old && !x_old) || (y->cues & CUE_FRESH && x_old && !y_old);
}

/* Points for when and how it is said again. */
static int occasion_points(const struct work *w, uint32_t later, uint32_t earlier)
{
    const struct traits *x = &w->traits[later], *y = &w->traits[earlier];
    int64_t days = days_between(w, later, earlier);
    bool here = x->source && x->source == y->source;
    int points = 0;
    if (here)
        points += points_of[MARK_SAME_DOCUMENT];
    else if (days <= 1)
        points += points_of[MARK_NEXT_DAY];
    else if (days <= 7)
        points += points_of[MARK_SAME_WEEK];
    else
        points += points_of[days > AGO_DAYS ? MARK_LONG_AGO : MARK_SAME_SEASON];
    if (is_another(x, y, here || days <= 1)) points += points_of[MARK_FRESH];
    bool apart = x->money && (x->cues ^ y->cues) & CUE_TOTAL && !here && days > 1;
    if (apart) points += points_of[MARK_TOTAL_APART];
    bool list = here && x->cues & y->cues & CUE_BULLET;
    if (list && x->begin - y->begin < LIST_BYTES) points += points_of[MARK_LISTED_APART];
    if (x->counted && x->cues & CUE_DEFINITE) points += points_of[MARK_DEFINITE];
    if (x->cues & CUE_PAST) points += points_of[MARK_PAST];
    if (x->cues & CUE_QUESTION) points += points_of[MARK_ASKED];
    return points;
}

static int same_points(const struct work *w, uint32_t later, uint32_t earlier)
{
    const struct traits *x = &w->traits[later], *y = &w->traits[earlier];
    int amount = amount_points(x, y), parties = party_points(x, y);
    int kind = kind_points(w, later, earlier);
    if (amount == NEVER || parties == NEVER || kind == NEVER) return NEVER;
    return amount + parties + kind + points_of[item_mark(x, y)] +
           occasion_points(w, later, earlier);
}

static enum again same_why(const struct work *w, uint32_t later, uint32_t earlier)
{
    const struct traits *x = &w->traits[later], *y = &w->traits[earlier];
    if (x->cues & CUE_QUESTION) return AGAIN_ASKED;
    if (x->counted && x->cues & CUE_DEFINITE) return AGAIN_REFERENCE;
    if (x->source && x->source == y->source) return AGAIN_HERE;
    if (days_between(w, later, earlier) <= 1) return AGAIN_DAY;
    return AGAIN_LATER;
}

static void offer(struct work *w, uint32_t later, uint32_t earlier, enum again why, int points)
{
    struct pair *best = &w->of[later];
    if (points < CALLED || (best->why != AGAIN_NOT && points <= best->points)) return;
    *best = (struct pair){
        .later = later, .earlier = earlier, .line = NONE, .why = why, .points = points};
}

/* --- the same thing said again --- */

static const char *block_key(struct work *w, uint32_t at, int bucket, const char *giver)
{
    const struct traits *t = &w->traits[at];
    if (t->counted) return text_format(w->a, "%s|%d|%s", t->unit, bucket, giver);
    struct buf b = {.arena = w->a};
    for (uint32_t i = 0; i < t->word_count; i++) buf_addf(&b, "%" PRIx32 ".", t->words[i]);
    return text_format(w->a, "%s|%s", b.len ? b.text : "", giver);
}

static void look_in(struct work *w, uint32_t later, const char *key)
{
    uint32_t node = block_head(w, key);
    for (int seen = 0; node != NONE && seen < LOOKED_AT; node = w->nodes[node].before, seen++) {
        uint32_t earlier = w->nodes[node].candidate;
        int points = same_points(w, later, earlier);
        if (points >= CALLED) offer(w, later, earlier, same_why(w, later, earlier), points);
    }
}

static void look_around(struct work *w, uint32_t later)
{
    const struct traits *t = &w->traits[later];
    if (!t->counted && !t->word_count) return;
    int bucket = t->counted ? amount_bucket(t->low) : 0;
    for (int b = bucket - 1; b <= bucket + 1; b++) {
        if (!t->counted && b != bucket) continue;
        for (uint32_t i = 0; i < t->giver_count; i++) {
            look_in(w, later, block_key(w, later, b, t->givers[i]));
        }
        look_in(w, later, block_key(w, later, b, t->giver_count ? "" : "*"));
    }
}

static void enter_blocks(struct work *w, uint32_t at)
{
    const struct traits *t = &w->traits[at];
    int bucket = t->counted ? amount_bucket(t->low) : 0;
    for (uint32_t i = 0; i < t->giver_count; i++) {
        add_to_block(w, block_key(w, at, bucket, t->givers[i]), at);
    }
    if (!t->giver_count) add_to_block(w, block_key(w, at, bucket, ""), at);
    add_to_block(w, block_key(w, at, bucket, "*"), at);
}

/* --- a package and its items, a total and its newest part --- */

static bool is_support(const struct work *w, uint32_t at)
{
    return strcmp(record_text(w->all->list[at].record, F_TYPE), "support") == 0;
}

static bool same_sentence(const struct work *w, uint32_t x, uint32_t y)
{
    const char *s = w->all->list[x].sentence;
    return *s && strcmp(s, w->all->list[y].sentence) == 0;
}

/* Whether the words lead from the headline to the item: a list under it, "which includes". */
static bool leads_to(const struct work *w, uint32_t item, uint32_t headline)
{
    const struct candidate *c = &w->all->list[item];
    const struct traits *x = &w->traits[item], *y = &w->traits[headline];
    if (x->cues & CUE_BULLET) return y->begin >= c->lead_begin && y->begin < c->lead_end;
    if (!(x->cues & CUE_INCLUDES)) return false;
    return same_sentence(w, item, headline) || x->begin - y->begin <= NEXT_BYTES;
}

static void look_for_package(struct work *w, uint32_t item, uint32_t headline)
{
    const struct traits *x = &w->traits[item], *y = &w->traits[headline];
    if (x->turn != y->turn || x->source != y->source) return;
    if (x->money && x->counted && x->low >= y->low) return;
    int parties = party_points(x, y);
    if (parties == NEVER || !leads_to(w, item, headline)) return;
    int points = parties + points_of[MARK_PART_OF];
    if (y->cues & CUE_PACKAGE) points += points_of[MARK_PACKAGE];
    if (x->cues & CUE_BULLET || same_sentence(w, item, headline)) points += points_of[MARK_NEAR_BY];
    if (x->themes && y->themes && !(x->themes & y->themes)) points += points_of[MARK_ITEM_OTHER];
    offer(w, item, headline, AGAIN_PART, points);
}

static void look_for_part(struct work *w, uint32_t total, uint32_t part)
{
    const struct traits *x = &w->traits[total], *y = &w->traits[part];
    if (x->low < y->low || strcmp(x->unit, y->unit) != 0) return;
    int64_t days = days_between(w, total, part);
    int parties = party_points(x, y);
    if (parties == NEVER || days > 1) return;
    int points = parties + points_of[MARK_TOTAL];
    if (x->source == y->source)
        points += points_of[MARK_SAME_DOCUMENT];
    else
        points += points_of[MARK_NEXT_DAY];
    if (item_mark(x, y) == MARK_ITEM_OTHER) points += points_of[MARK_ITEM_OTHER];
    offer(w, total, part, AGAIN_TOTAL, points);
}

/* The last amount that could be a headline or a newest part, by giver. */
static void look_for_headline(struct work *w, uint32_t at, struct map *headlines)
{
    const struct traits *t = &w->traits[at];
    if (!is_support(w, at)) return;
    bool total = t->counted && t->cues & CUE_TOTAL && !(t->cues & CUE_FRESH);
    for (uint32_t i = 0; i < t->giver_count; i++) {
        const uint64_t *last = map_get(headlines, t->givers[i]);
        if (last && total) look_for_part(w, at, (uint32_t)*last);
        if (last) look_for_package(w, at, (uint32_t)*last);
    }
    bool inside = w->of[at].why == AGAIN_PART;
    if (!t->counted || !t->money || total || inside) return;
    for (uint32_t i = 0; i < t->giver_count; i++) map_put(headlines, t->givers[i], at);
}

/* --- lines of the book --- */

static const char *money_of(const struct book *b, const struct record *line, int64_t *low,
                            int *places)
{
    const struct record *item = book_record(b, record_ref(line, F_ITEM));
    const char *class = item ? record_text(item, F_CLASS) : NULL;
    if (!item || !record_field(line, F_LOW)) return NULL;
    *low = record_int(line, F_LOW, 0);
    *places = (int)record_int(item, F_PARTS, 0);
    if (class && strcmp(class, "money") == 0) return record_text(item, F_UNIT);
    return "each";
}

/* A line as if it had been said: its giver, its amount in that unit, its item's name. */
static struct traits line_traits(const struct book *b, const struct record *line, const char *unit,
                                 int64_t low, int places)
{
    struct traits t = {.counted = true, .unit = unit, .exact = true};
    const struct record *giver = book_record(b, record_ref(line, F_PARTY));
    const struct record *receiver = book_record(b, record_ref(line, F_RECEIVER));
    const struct record *item = book_record(b, record_ref(line, F_ITEM));
    if (places > AMOUNT_PLACES) places = AMOUNT_PLACES;
    t.money = strcmp(unit, "each") != 0;
    t.low = t.high = low * power10(AMOUNT_PLACES - places);
    if (giver) t.givers[t.giver_count++] = record_text(giver, F_KEY);
    if (receiver) t.receivers[t.receiver_count++] = record_text(receiver, F_KEY);
    const char *name = record_text(line, F_NAME);
    if (!name && item) name = record_text(item, t.money ? F_CLASS : F_NAME);
    if (!name && item) name = record_text(item, F_KEY);
    traits_item(name ? name : "", &t);
    return t;
}

struct shelf {
    struct traits traits;
    uint32_t noun, before;
    int32_t day;
};

struct shelves {
    struct shelf *list;
    uint32_t count, room;
    struct map blocks;
};

static void shelve(struct work *w, struct shelves *s, const struct record *line, const char *unit,
                   int64_t low, int places, int32_t day)
{
    struct shelf one = {.noun = book_noun_of(w->b, line->id), .day = day};
    one.traits = line_traits(w->b, line, unit, low, places);
    if (!one.traits.giver_count || record_text(line, F_VERDICT)) return;
    const char *key =
        text_format(w->a, "%s|%d|%s", unit, amount_bucket(one.traits.low), one.traits.givers[0]);
    const uint64_t *head = map_get(&s->blocks, key);
    one.before = head ? (uint32_t)*head : NONE;
    s->list = arena_more(w->a, s->list, s->count, &s->room, sizeof *s->list);
    s->list[s->count] = one;
    map_put(&s->blocks, key, s->count++);
}

static int32_t line_day(const struct book *b, const struct record *line)
{
    uint32_t count, at = book_line(b, line->id);
    const struct columns *c = book_columns(b);
    if (record_field(line, F_DAY)) return (int32_t)record_int(line, F_DAY, 0);
    uint32_t row = book_lines(b, &count)[at].last_row;
    return row == NONE ? DAY_MAX : c->day[row];
}

static void read_shelves(struct work *w, struct shelves *s)
{
    uint32_t count;
    int64_t low;
    int places;
    const struct record *const *list = book_records(w->b, KIND_LINE, &count);
    for (uint32_t i = 0; i < count; i++) {
        const char *unit = money_of(w->b, list[i], &low, &places);
        if (!unit || !book_current(w->b, list[i], w->all->known)) continue;
        shelve(w, s, list[i], unit, low, places, line_day(w->b, list[i]));
    }
    list = book_records(w->b, KIND_VALUE, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct record *line = book_record(w->b, record_ref(list[i], F_OF));
        const char *currency = record_text(list[i], F_CURRENCY);
        if (!line || line->kind != KIND_LINE || !record_field(list[i], F_LOW)) continue;
        if (!book_current(w->b, list[i], w->all->known)) continue;
        places = names_currency_places(currency);
        shelve(w, s, line, currency, record_int(list[i], F_LOW, 0), places < 0 ? 0 : places,
               line_day(w->b, line));
    }
}

static int shelf_points(const struct work *w, uint32_t at, const struct shelf *s)
{
    const struct traits *t = &w->traits[at];
    int amount = amount_points(t, &s->traits), parties = party_points(t, &s->traits);
    int32_t day = w->all->list[at].day;
    if (amount == NEVER || parties == NEVER) return NEVER;
    int points = amount + parties + points_of[item_mark(t, &s->traits)];
    int64_t days = day == DAY_MAX || s->day == DAY_MAX ? AGO_DAYS : day - s->day;
    if (days < 0) days = -days;
    if (days <= 1)
        points += points_of[MARK_NEXT_DAY];
    else if (days <= 7)
        points += points_of[MARK_SAME_WEEK];
    else if (days > AGO_DAYS)
        points += points_of[MARK_LONG_AGO];
    if (t->cues & CUE_FRESH && days > 1) points += points_of[MARK_FRESH];
    return points;
}

static void look_in_book(struct work *w, const struct shelves *s, uint32_t at)
{
    const struct traits *t = &w->traits[at];
    struct pair *p = &w->of[at];
    if (!t->counted || !is_support(w, at)) return;
    for (uint32_t i = 0; i < t->giver_count; i++) {
        for (int b = amount_bucket(t->low) - 1; b <= amount_bucket(t->low) + 1; b++) {
            const char *key = text_format(w->a, "%s|%d|%s", t->unit, b, t->givers[i]);
            const uint64_t *head = map_get(&s->blocks, key);
            uint32_t n = head ? (uint32_t)*head : NONE;
            for (int seen = 0; n != NONE && seen < LOOKED_AT; n = s->list[n].before, seen++) {
                int points = shelf_points(w, at, &s->list[n]);
                bool better = p->why != AGAIN_BOOK || points > p->points;
                if (points < CALLED || !better) continue;
                *p = (struct pair){.later = at,
                                   .earlier = NONE,
                                   .line = s->list[n].noun,
                                   .why = AGAIN_BOOK,
                                   .points = points,
                                   .words = text_format(w->a, "line %s of the book has it",
                                                        book_key(w->b, s->list[n].noun))};
            }
        }
    }
}

/* --- the reason in words --- */

static const char *amount_words(struct arena *a, const struct traits *t)
{
    if (!t->counted) return "";
    const char *low = amount_spoken(a, t->low, AMOUNT_PLACES);
    if (t->low == t->high) return text_format(a, "%s %s ", low, t->unit);
    return text_format(a, "%s to %s %s ", low, amount_spoken(a, t->high, AMOUNT_PLACES), t->unit);
}

static const char *where_words(const struct work *w, const struct pair *p)
{
    const struct candidate *c = &w->all->list[p->earlier];
    const char *speaker = record_text(c->record, F_SPEAKER);
    char day[DAY_TEXT];
    bool here = w->traits[p->later].source == w->traits[p->earlier].source;
    const char *when = here                ? "earlier in the same document"
                       : c->day == DAY_MAX ? "on an earlier occasion"
                                           : text_format(w->a, "on %s", day_format(c->day, day));
    return text_format(w->a, "%s%s%s", when, speaker ? " by " : "", speaker ? speaker : "");
}

static void say_why(struct work *w, struct pair *p)
{
    static const char *const openings[AGAIN_COUNT] = {
        [AGAIN_ASKED] = "a question that repeats what was said",
        [AGAIN_PART] = "listed under the amount that was said",
        [AGAIN_TOTAL] = "a total so far, which includes what was said",
        [AGAIN_REFERENCE] = "speaks of what was said",
        [AGAIN_HERE] = "said",
        [AGAIN_DAY] = "said",
        [AGAIN_LATER] = "said",
    };
    if (p->why == AGAIN_NOT || p->earlier == NONE || !openings[p->why]) return;
    const struct traits *t = &w->traits[p->earlier];
    const char *item = record_text(w->all->list[p->earlier].record, F_SAID_ITEM);
    p->words = text_format(w->a, "%s %s: %s%s", openings[p->why], where_words(w, p),
                           amount_words(w->a, t), item ? item : "");
}

void relation_find(struct arena *a, const struct view *v, const struct candidates *all,
                   struct relation *out)
{
    struct traits *traits = NEW_ARRAY(a, all->count + 1, struct traits);
    struct map headlines = {.arena = a};
    out->of = NEW_ARRAY(a, all->count + 1, struct pair);
    out->count = all->count;
    struct work w = {.a = a, .b = v->book, .all = all, .traits = traits, .of = out->of};
    struct shelves shelves = {.blocks = {.arena = a}};
    w.blocks.arena = a;
    if (all->count) read_shelves(&w, &shelves);
    for (uint32_t i = 0; i < all->count; i++) {
        out->of[i] = (struct pair){.later = i, .earlier = NONE, .line = NONE, .words = ""};
        traits_of(a, &all->list[i], &traits[i]);
    }
    for (uint32_t i = 0; i < all->count; i++) {
        const struct candidate *c = &all->list[i];
        if (c->standing != i) { /* the other issue stands for it */
            out->of[i].why = AGAIN_REISSUE;
            out->of[i].earlier = c->standing;
            out->of[i].words = "another issue of the document says the same";
            continue;
        }
        look_around(&w, i);
        look_for_headline(&w, i, &headlines);
        enter_blocks(&w, i);
        say_why(&w, &out->of[i]);
        look_in_book(&w, &shelves, i);
    }
}
