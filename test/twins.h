/*
 * twins.h - two books that say the same to one reader.
 *
 * A world is a list of slots, drawn from a seed: kind, label, what it points
 * at. A twin is a store made of it. What a slot says is drawn from a stream of
 * its own, so a twin in which some slots are `changed` says other keys, names,
 * quantities, days, words and documents there, and the very same everywhere
 * else. A slot that breaks a rule of the book, in this twin or in the first,
 * becomes a record of the owner's that says nothing: the number of records
 * stays.
 */
#ifndef MUSTER_TEST_TWINS_H
#define MUSTER_TEST_TWINS_H

#include "base/sha.h"
#include "base/text.h"
#include "draft.h"
#include "post/post.h"
#include "seed.h"

enum {
    SLOTS = 230,
    SLOT_POINTS = 6,
    COMMIT_SLOTS = 5,
    TURNS = 6, /* of a document */
    TURN_WORDS = 24,
    DOCUMENT_BYTES = 4096
};

/* What a slot points at: other slots, 0 where it points at nothing. */
struct slot {
    enum kind kind;
    const char *label;
    uint32_t party, receiver, item, other, line, passage;
    uint32_t again; /* the slot of which this is a newer version; 0 */
    uint32_t turn;  /* of a passage */
    bool whole;     /* a passage that is a turn */
    bool refused;   /* it broke a rule in the first twin */
    uint64_t seed;
};

struct world {
    struct arena *arena;
    uint64_t seed;
    struct slot slots[SLOTS + 1]; /* from 1 */
};

struct twin {
    struct world *world;
    struct arena *arena;
    struct store *store;
    struct view view;
    struct posting posting;
    bool changed[SLOTS + 1];
    bool muted[SLOTS + 1]; /* says nothing, since it would be in the way of one that is shown */
    const bool *shown;     /* to the reader whom it is made for */
    uint32_t failed;       /* a slot that is shown and broke a rule here; 0 */
    uint32_t gave_way;     /* that which failed in the try before; 0 */
    uint32_t more_between, more_behind; /* records of the owner's in between, at the end */
    uint64_t id[SLOTS + 1];
    struct record *made[SLOTS + 1];
    const char *text[SLOTS + 1]; /* of documents */
    struct evidence evidence[COMMIT_SLOTS * 2];
    uint64_t extra;
};

/* --- words --- */

static const char *const twin_words[] = {
    "we",      "will", "deliver",   "shells",    "to",     "Ukraine", "by",     "the",
    "end",     "of",   "June",      "and",       "more",   "tanks",   "for",    "air",
    "defence", "our",  "partners",  "agreed",    "today",  "that",    "winter", "support",
    "million", "is",   "needed",    "artillery", "drones", "funding", "next",   "year",
    "allies",  "have", "announced", "fifty"};

/* What somebody puts into every text of a book who wants a page to run it. */
static bool twin_hostile;
static const char *const twin_attacks[] = {
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)' x='",
    "\" onfocus=\"alert(1)\" autofocus=\"",
    "</title></p></table><svg onload=alert(1)>",
    "javascript:alert(1)",
    "<!--",
    "]]>",
    "&#60;script&#62;&lt;b&gt;",
    "</textarea><iframe src=//evil.example>",
    "<base href=//evil.example/>",
    "`${alert(1)}`{{7*7}}",
    "\xe2\x80\xae<b>txet",
    "<a href='data:text/html,x'>a</a>",
    "=HYPERLINK(\"http://evil.example\")",
    "<style>*{display:none}</style>",
};

static inline const char *twin_word(struct rng *r)
{
    if (twin_hostile) {
        return twin_attacks[rng_below(r, sizeof twin_attacks / sizeof *twin_attacks)];
    }
    return twin_words[rng_below(r, sizeof twin_words / sizeof *twin_words)];
}

static inline const char *twin_name(struct arena *a, struct rng *r)
{
    return text_format(a, "%s %s %u", twin_word(r), twin_word(r), rng_below(r, 1000));
}

/* A document: turn after turn; turn_bounds() finds them again. */
static inline const char *twin_document(struct arena *a, struct rng *r, bool html)
{
    struct buf b = {.arena = a};
    for (int turn = 0; turn < TURNS; turn++) {
        buf_add(&b, html ? "<p>" : "");
        buf_addf(&b, "[%d]", turn);
        for (int i = 0; i < TURN_WORDS; i++) {
            if (rng_one_in(r, 7))
                buf_addf(&b, " %u", rng_below(r, 900) + 1);
            else
                buf_addf(&b, " %s", twin_word(r));
        }
        buf_add(&b, html ? ".</p>\n" : ".\n\n");
    }
    return b.text;
}

static inline void turn_bounds(const char *text, uint32_t turn, int64_t *begin, int64_t *end)
{
    char mark[16];
    snprintf(mark, sizeof mark, "[%u]", turn);
    const char *at = strstr(text, mark), *stop = at ? strchr(at, '\n') : NULL;
    *begin = at ? at - text : 0;
    *end = stop ? stop - text : (int64_t)strlen(text);
}

/* --- drawing a world --- */

static inline uint32_t slot_of_kind(const struct world *w, struct rng *r, uint32_t below,
                                    enum kind kind)
{
    uint32_t found = 0, count = 0;
    for (uint32_t i = 1; i < below; i++) {
        if (w->slots[i].kind != kind) continue;
        if (rng_one_in(r, ++count)) found = i;
    }
    return found;
}

static inline const char *drawn_label(struct rng *r)
{
    static const char *const labels[] = {"public",          "public",     "public",      "public",
                                         "group:EXA",       "group:EXB",  "parties:POL", "owner",
                                         "parties:FRA,DEU", "parties:DEU"};
    return labels[rng_below(r, sizeof labels / sizeof *labels)];
}

enum { FIXED = 12 };
static const char *const fixed_parties[] = {"DEU", "FRA", "POL", "UKR", "EXA", "EXB"};

static inline void draw_fixed(struct world *w)
{
    for (uint32_t i = 1; i <= FIXED; i++) w->slots[i].label = "public";
    for (uint32_t i = 1; i <= 6; i++) w->slots[i].kind = KIND_PARTY;
    w->slots[7] = (struct slot){.kind = KIND_MEMBERSHIP, .label = "public", .party = 3, .other = 5};
    w->slots[8] = (struct slot){.kind = KIND_MEMBERSHIP, .label = "public", .party = 1, .other = 6};
    w->slots[9].kind = w->slots[10].kind = KIND_ITEM;
    w->slots[11].kind = KIND_SOURCE;
    w->slots[12] =
        (struct slot){.kind = KIND_PASSAGE, .label = "public", .other = 11, .whole = true};
}

static inline void world_draw(struct world *w, struct arena *a, uint64_t seed)
{
    static const enum kind kinds[] = {
        KIND_PARTY,   KIND_MEMBERSHIP, KIND_ITEM,      KIND_RELATION, KIND_NEED,     KIND_NEED,
        KIND_LINE,    KIND_LINE,       KIND_LINE,      KIND_PACKAGE,  KIND_VALUE,    KIND_ENTRY,
        KIND_ENTRY,   KIND_ENTRY,      KIND_ENTRY,     KIND_ENTRY,    KIND_LOT,      KIND_ROUTE,
        KIND_PRICE,   KIND_RATE,       KIND_INDICATOR, KIND_SOURCE,   KIND_PASSAGE,  KIND_PASSAGE,
        KIND_PASSAGE, KIND_STATEMENT,  KIND_STATEMENT, KIND_DECISION, KIND_EDGE,     KIND_FLAG,
        KIND_BUDGET,  KIND_PLANT,      KIND_SCENARIO,  KIND_ROUND,    KIND_PROPOSAL, KIND_RUN,
        KIND_PASSAGE, KIND_PASSAGE,    KIND_PASSAGE,   KIND_PASSAGE,  KIND_PASSAGE,  KIND_REQUEST};
    struct rng r = {seed};
    *w = (struct world){.arena = a, .seed = seed};
    draw_fixed(w);
    for (uint32_t i = 1; i <= SLOTS; i++) {
        struct slot *s = &w->slots[i];
        s->seed = rng_next(&r);
        if (i <= FIXED) continue;
        s->kind = kinds[rng_below(&r, sizeof kinds / sizeof *kinds)];
        s->label = drawn_label(&r);
        s->party = slot_of_kind(w, &r, rng_one_in(&r, 3) ? i : 4, KIND_PARTY);
        s->receiver = rng_one_in(&r, 4) ? slot_of_kind(w, &r, i, KIND_PARTY) : 4;
        s->item = slot_of_kind(w, &r, rng_one_in(&r, 3) ? i : 11, KIND_ITEM);
        s->line = slot_of_kind(w, &r, i, s->kind == KIND_PROPOSAL ? KIND_LOT : KIND_LINE);
        s->passage = slot_of_kind(w, &r, rng_one_in(&r, 2) ? i : 13, KIND_PASSAGE);
        s->whole = !rng_one_in(&r, 3);
        s->turn = rng_below(&r, TURNS);
        switch (s->kind) {
        case KIND_PASSAGE: s->other = slot_of_kind(w, &r, i, KIND_SOURCE); break;
        case KIND_MEMBERSHIP: s->other = rng_below(&r, 2) + 5; break;
        case KIND_RELATION: s->other = slot_of_kind(w, &r, i, KIND_ITEM); break;
        case KIND_EDGE: s->other = slot_of_kind(w, &r, i, KIND_STATEMENT); break;
        case KIND_ENTRY:
            s->other = rng_one_in(&r, 5) ? slot_of_kind(w, &r, i, KIND_ENTRY) : 0;
            break;
        case KIND_LOT: s->other = slot_of_kind(w, &r, i, KIND_PLANT); break;
        case KIND_PROPOSAL:
        case KIND_RUN: s->other = slot_of_kind(w, &r, i, KIND_ROUND); break;
        case KIND_LINE:
            s->other = rng_one_in(&r, 2) ? slot_of_kind(w, &r, i, KIND_PACKAGE) : 0;
            break;
        default: break;
        }
        bool keyed = s->kind == KIND_NEED || s->kind == KIND_LINE || s->kind == KIND_LOT ||
                     s->kind == KIND_ITEM || s->kind == KIND_STATEMENT || s->kind == KIND_SOURCE;
        if (keyed && rng_one_in(&r, 5)) s->again = slot_of_kind(w, &r, i, s->kind);
    }
}

/* --- what a slot says --- */

static inline struct rng slot_stream(const struct twin *t, uint32_t i)
{
    return (struct rng){t->world->slots[i].seed ^ (t->changed[i] ? UINT64_C(0xc4a96ed0) << 17 : 0)};
}

/* Before anything is changed: what others may call it. */
static inline const char *slot_key(const struct world *w, uint32_t i, bool changed)
{
    static const char *const heads[KIND_COUNT] = {
        [KIND_PARTY] = "party",    [KIND_ITEM] = "item",     [KIND_NEED] = "need",
        [KIND_LINE] = "line",      [KIND_PACKAGE] = "pack",  [KIND_LOT] = "lot",
        [KIND_ROUTE] = "route",    [KIND_SOURCE] = "source", [KIND_BUDGET] = "budget",
        [KIND_PLANT] = "plant",    [KIND_SCENARIO] = "what", [KIND_ROUND] = "round",
        [KIND_STATEMENT] = "said", [KIND_FLAG] = "flag",     [KIND_PROPOSAL] = "ask",
        [KIND_ENTRY] = "entry",    [KIND_PASSAGE] = "place", [KIND_EDGE] = "edge",
        [KIND_DECISION] = "word",  [KIND_REQUEST] = "asked"};
    const struct slot *s = &w->slots[i];
    if (i <= 6) return fixed_parties[i - 1];
    if (s->again && !changed) return slot_key(w, s->again, false);
    struct rng r = {s->seed ^ (changed ? 77u : 3u)};
    const char *key = text_format(w->arena, "%s-%04x", heads[s->kind] ? heads[s->kind] : "thing",
                                  rng_below(&r, 65536));
    return twin_hostile ? text_format(w->arena, "%s%s", key, twin_word(&r)) : key;
}

static inline void set_ref(struct twin *t, struct record *r, enum tag tag, uint32_t slot)
{
    if (slot) record_set_ref(t->arena, r, tag, t->id[slot]);
}

static inline void set_some(struct twin *t, struct record *r, struct rng *c, enum tag tag)
{
    if (rng_one_in(c, 2)) record_set_text(t->arena, r, tag, twin_name(t->arena, c));
}

static inline int32_t drawn_day(struct rng *c)
{
    return 19723 + (int32_t)rng_below(c, 1300); /* from 2024 on */
}

static inline void say_source(struct twin *t, uint32_t i, struct record *r, struct rng *c)
{
    uint8_t hash[SHA_BYTES];
    char hex[SHA_HEX];
    bool html = rng_one_in(c, 3);
    t->text[i] = twin_document(t->arena, c, html);
    size_t len = strlen(t->text[i]);
    sha256(t->text[i], len, hash);
    hex_encode(hash, SHA_BYTES, hex);
    record_set_text(t->arena, r, F_NAME, twin_name(t->arena, c));
    record_set_text(t->arena, r, F_HASH, hex);
    record_set_text(t->arena, r, F_MEDIA, html ? "text/html" : "text/plain");
    record_set_text(t->arena, r, F_ADDRESS,
                    text_format(t->arena, "%s%u",
                                twin_hostile ? "javascript:alert(1)//" : "https://example.org/",
                                rng_below(c, 10000)));
    record_set_text(t->arena, r, F_PUBLISHER, twin_name(t->arena, c));
    record_set_int(t->arena, r, F_DAY, drawn_day(c));
    struct evidence *e = &t->posting.evidence[t->posting.evidence_count++];
    *e = (struct evidence){.bytes = t->text[i], .len = len};
    memcpy(e->hash, hash, SHA_BYTES);
}

static inline void say_passage(struct twin *t, uint32_t i, struct record *r, struct rng *c)
{
    static const char *const types[] = {"statement", "question", "answer", "question", "answer"};
    const struct slot *s = &t->world->slots[i];
    const char *text = t->text[s->other] ? t->text[s->other] : "";
    int64_t begin, end;
    uint32_t turn = t->changed[i] ? rng_below(c, TURNS) : s->turn;
    turn_bounds(text, turn, &begin, &end);
    set_ref(t, r, F_SOURCE, s->other);
    if (s->whole) {
        record_set_text(t->arena, r, F_TYPE, types[rng_below(c, 5)]);
        record_set_text(t->arena, r, F_PLACE, text_format(t->arena, "turn %u", turn + 1));
    } else {
        begin += (int64_t)rng_below(c, 20);
        end -= (int64_t)rng_below(c, 40);
        if (end <= begin) end = begin + 1;
        record_set_text(t->arena, r, F_TEXT,
                        arena_bytes(t->arena, text + begin, (size_t)(end - begin)));
    }
    record_set_int(t->arena, r, F_BEGIN, begin);
    record_set_int(t->arena, r, F_END, end);
    record_set_text(t->arena, r, F_SPEAKER,
                    text_format(t->arena, "Speaker %c%s", 'A' + (char)rng_below(c, 6),
                                twin_hostile ? twin_word(c) : ""));
    if (rng_one_in(c, 2)) set_some(t, r, c, F_ROLE);
}

static inline void say_entry(struct twin *t, uint32_t i, struct record *r, struct rng *c)
{
    const struct slot *s = &t->world->slots[i];
    static const enum stage steps[][2] = {
        {STAGE_WORLD, STAGE_ANNOUNCED},     {STAGE_WORLD, STAGE_COMMITTED},
        {STAGE_WORLD, STAGE_COMMITTED},     {STAGE_ANNOUNCED, STAGE_COMMITTED},
        {STAGE_COMMITTED, STAGE_DELIVERED}, {STAGE_COMMITTED, STAGE_ALLOCATED}};
    const struct record *of = s->other ? t->made[s->other] : NULL;
    uint32_t step = rng_below(c, 6);
    if (s->other) { /* taken back; refused where that is no entry */
        bool entry = of->kind == KIND_ENTRY;
        record_set_ref(t->arena, r, F_LINE, entry ? record_ref(of, F_LINE) : t->id[s->line]);
        record_set_int(t->arena, r, F_FROM, record_int(of, F_TO, 0));
        record_set_int(t->arena, r, F_TO, record_int(of, F_FROM, 0));
        record_set_int(t->arena, r, F_QTY, record_int(of, F_QTY, 0));
        record_set_int(t->arena, r, F_DAY, record_int(of, F_DAY, 0));
        record_set_ref(t->arena, r, F_REVERSES, of->id);
        record_set_text(t->arena, r, F_WHY, twin_name(t->arena, c));
    } else {
        set_ref(t, r, F_LINE, s->line);
        record_set_int(t->arena, r, F_FROM, steps[step][0]);
        record_set_int(t->arena, r, F_TO, steps[step][1]);
        record_set_int(t->arena, r, F_QTY, 1 + rng_below(c, step < 3 ? 9000 : 60));
        record_set_int(t->arena, r, F_DAY, drawn_day(c) - (step < 3 ? 300 : 0));
        if (rng_one_in(c, 3)) record_set_int(t->arena, r, F_CONFIRMED, 1);
        if (rng_one_in(c, 4)) record_set_int(t->arena, r, F_VALUED, drawn_day(c));
    }
    set_ref(t, r, F_PASSAGE, s->passage);
    record_set_text(t->arena, r, F_AUTHOR, text_format(t->arena, "desk:%s", twin_word(c)));
    set_some(t, r, c, F_NOTE);
}

static inline void say_line(struct twin *t, uint32_t i, struct record *r, struct rng *c)
{
    static const char *const classes[] = {"military", "financial", "humanitarian"};
    const struct slot *s = &t->world->slots[i];
    int64_t low = 1 + rng_below(c, 5000);
    int32_t day = drawn_day(c);
    record_set_text(t->arena, r, F_NAME, twin_name(t->arena, c));
    set_ref(t, r, F_PARTY, s->party);
    set_ref(t, r, F_RECEIVER, s->receiver);
    set_ref(t, r, F_ITEM, s->item);
    set_ref(t, r, F_PACKAGE, s->other);
    set_ref(t, r, F_PASSAGE, s->passage);
    record_set_text(t->arena, r, F_CLASS, classes[rng_below(c, 3)]);
    if (rng_one_in(c, 2)) record_set_int(t->arena, r, F_LOW, low);
    if (rng_one_in(c, 2)) record_set_int(t->arena, r, F_UNTIL, day);
    if (rng_one_in(c, 4)) record_set_text(t->arena, r, F_SERIES, rng_one_in(c, 2) ? "s1" : "s2");
    set_some(t, r, c, F_NOTE);
    if (rng_one_in(c, 3)) record_set_text(t->arena, r, F_AUTHOR, twin_word(c));
}

static inline void say_statement(struct twin *t, uint32_t i, struct record *r, struct rng *c)
{
    static const char *const types[] = {"support", "support", "need", "figure", "decision"};
    static const char *const stages[] = {"announced", "committed", "provided"};
    const struct slot *s = &t->world->slots[i];
    record_set_text(t->arena, r, F_TYPE, types[rng_below(c, 5)]);
    set_ref(t, r, F_PASSAGE, s->passage);
    if (!rng_one_in(c, 5)) record_set_int(t->arena, r, F_INFERRED, 1);
    record_set_text(t->arena, r, F_SAID_GIVER, fixed_parties[rng_below(c, 3)]);
    record_set_text(t->arena, r, F_SAID_RECEIVER, "UKR");
    record_set_text(t->arena, r, F_SAID_ITEM, rng_one_in(c, 2) ? "shells" : twin_word(c));
    record_set_text(t->arena, r, F_SAID_STAGE, stages[rng_below(c, 3)]);
    record_set_text(t->arena, r, F_UNIT, rng_one_in(c, 3) ? "EUR" : "piece");
    record_set_dec(t->arena, r, F_AMOUNT, (struct dec){1 + rng_below(c, 40), 0});
    record_set_int(t->arena, r, F_DAY, drawn_day(c));
    record_set_text(t->arena, r, F_SPEAKER, twin_name(t->arena, c));
}

static inline void say_need(struct twin *t, uint32_t i, struct record *r, struct rng *c)
{
    const struct slot *s = &t->world->slots[i];
    record_set_text(t->arena, r, F_NAME, twin_name(t->arena, c));
    set_ref(t, r, F_RECEIVER, s->receiver);
    set_ref(t, r, F_ITEM, s->item);
    record_set_int(t->arena, r, F_QTY, 1 + rng_below(c, 20000));
    record_set_int(t->arena, r, F_PRIORITY, 1 + rng_below(c, 4));
    record_set_int(t->arena, r, F_UNTIL, 20700 + (int32_t)rng_below(c, 300));
    record_set_text(t->arena, r, F_TYPE, "stated");
    set_some(t, r, c, F_NOTE);
}

static inline void say_lot(struct twin *t, uint32_t i, struct record *r, struct rng *c)
{
    const struct slot *s = &t->world->slots[i];
    record_set_text(t->arena, r, F_NAME, twin_name(t->arena, c));
    set_ref(t, r, F_PARTY, s->party);
    set_ref(t, r, F_ITEM, s->item);
    record_set_int(t->arena, r, F_QTY, 1 + rng_below(c, 9000));
    record_set_text(t->arena, r, F_TYPE, "stock");
    record_set_int(t->arena, r, F_DAY, 20500 + (int32_t)rng_below(c, 300));
    record_set_dec(t->arena, r, F_COST, (struct dec){1 + rng_below(c, 900), 0});
    record_set_text(t->arena, r, F_CURRENCY, "EUR");
}

static inline void say_route(struct twin *t, uint32_t i, struct record *r, struct rng *c)
{
    record_set_text(t->arena, r, F_NAME, twin_name(t->arena, c));
    record_set_text(t->arena, r, F_PLACE, twin_word(c));
    record_set_text(t->arena, r, F_MODE, "road");
    record_set_int(t->arena, r, F_TONNES, 1 + rng_below(c, 900));
    record_set_int(t->arena, r, F_LEAD, rng_below(c, 60));
    (void)i;
}

/* Money, and what plans and rounds are made of. */
static inline void say_rest(struct twin *t, uint32_t i, struct record *r, struct rng *c)
{
    const struct slot *s = &t->world->slots[i];
    struct arena *a = t->arena;
    struct dec amount = {1 + rng_below(c, 100000), 2};
    switch (s->kind) {
    case KIND_PARTY:
        record_set_text(a, r, F_NAME, i <= 6 ? fixed_parties[i - 1] : twin_name(a, c));
        record_set_text(a, r, F_TYPE, i == 5 || i == 6 ? "group" : "nation");
        break;
    case KIND_MEMBERSHIP:
        set_ref(t, r, F_PARTY, s->party);
        set_ref(t, r, F_PARENT, s->other);
        record_set_int(a, r, F_SINCE, 19000 + (int32_t)rng_below(c, 500));
        break;
    case KIND_ITEM:
        record_set_text(a, r, F_NAME, twin_name(a, c));
        record_set_text(a, r, F_UNIT, "piece");
        record_set_text(a, r, F_CLASS, "military");
        record_set_int(a, r, F_MASS, 1000 + rng_below(c, 90000));
        break;
    case KIND_RELATION:
        record_set_text(a, r, F_TYPE, "substitutes");
        set_ref(t, r, F_ITEM, s->item);
        set_ref(t, r, F_PARENT, s->other);
        record_set_dec(a, r, F_AMOUNT, (struct dec){1 + rng_below(c, 99), 2});
        break;
    case KIND_PACKAGE:
        record_set_text(a, r, F_NAME, twin_name(a, c));
        set_ref(t, r, F_PARTY, s->party);
        set_ref(t, r, F_RECEIVER, s->receiver);
        record_set_int(a, r, F_DAY, drawn_day(c));
        break;
    case KIND_VALUE:
        set_ref(t, r, F_OF, s->line);
        record_set_text(a, r, F_BASIS, "stated");
        record_set_text(a, r, F_CURRENCY, "EUR");
        record_set_int(a, r, F_LOW, 100 + rng_below(c, 1000000));
        record_set_int(a, r, F_TO, STAGE_COMMITTED);
        break;
    case KIND_PRICE:
        set_ref(t, r, F_ITEM, s->item);
        record_set_text(a, r, F_CURRENCY, "EUR");
        record_set_dec(a, r, F_AMOUNT, amount);
        record_set_int(a, r, F_DAY, drawn_day(c));
        break;
    case KIND_RATE:
        record_set_text(a, r, F_SERIES, "ecb");
        record_set_text(a, r, F_CURRENCY, "USD");
        record_set_text(a, r, F_BASE, "EUR");
        record_set_dec(a, r, F_AMOUNT, amount);
        record_set_int(a, r, F_DAY, drawn_day(c));
        break;
    case KIND_INDICATOR:
        set_ref(t, r, F_PARTY, s->party);
        record_set_text(a, r, F_MEASURE, "gdp");
        record_set_text(a, r, F_SERIES, "worldbank");
        record_set_text(a, r, F_CURRENCY, "EUR");
        record_set_dec(a, r, F_AMOUNT, amount);
        record_set_int(a, r, F_DAY, drawn_day(c));
        break;
    case KIND_DECISION:
        record_set_text(a, r, F_TYPE, rng_one_in(c, 2) ? "guideline" : "decision");
        record_set_text(a, r, F_NAME, twin_name(a, c));
        record_set_text(a, r, F_TEXT, twin_name(a, c));
        set_ref(t, r, F_PARTY, s->party);
        record_set_int(a, r, F_DAY, drawn_day(c));
        set_ref(t, r, F_PASSAGE, s->passage);
        /* what it points at stays, whatever it says: it would come to light with what is hidden */
        if (s->turn % 2) set_ref(t, r, F_RECEIVER, s->receiver);
        if (rng_one_in(c, 3)) break;
        record_set_text(a, r, F_MEASURE, "yearly floor");
        record_set_dec(a, r, F_AMOUNT, amount);
        record_set_text(a, r, F_CURRENCY, "EUR");
        record_set_int(a, r, F_SINCE, rng_one_in(c, 2) ? 19723 : drawn_day(c));
        break;
    case KIND_EDGE:
        record_set_text(a, r, F_TYPE, rng_one_in(c, 2) ? "restates" : "contradicts");
        set_ref(t, r, F_OF, s->other);
        set_ref(t, r, F_OBJECT, s->line ? s->line : s->other);
        set_ref(t, r, F_PASSAGE, s->passage);
        break;
    case KIND_FLAG:
        record_set_text(a, r, F_TYPE, rng_one_in(c, 2) ? "negative" : "no-date");
        record_set_text(a, r, F_TEXT, twin_name(a, c));
        record_set_text(a, r, F_PLACE, "row 3");
        set_ref(t, r, F_PARTY, s->party);
        break;
    case KIND_BUDGET:
        set_ref(t, r, F_PARTY, s->party);
        record_set_int(a, r, F_SINCE, 20454);
        record_set_int(a, r, F_UNTIL, 20818);
        record_set_dec(a, r, F_AMOUNT, amount);
        record_set_text(a, r, F_CURRENCY, "EUR");
        break;
    case KIND_PLANT:
        set_ref(t, r, F_PARTY, s->party);
        record_set_dec(a, r, F_AMOUNT, amount);
        record_set_text(a, r, F_CURRENCY, "EUR");
        break;
    case KIND_SCENARIO:
        record_set_text(a, r, F_NAME, twin_name(a, c));
        record_set_int(a, r, F_MOMENT, t->posting.now_ms - (int64_t)rng_below(c, 2000000));
        break;
    case KIND_ROUND:
        record_set_text(a, r, F_NAME, twin_name(a, c));
        record_set_text(a, r, F_TYPE, rng_one_in(c, 2) ? "open" : "proposed");
        break;
    case KIND_PROPOSAL:
        set_ref(t, r, F_ROUND, s->other);
        set_ref(t, r, F_PARTY, s->party);
        set_ref(t, r, F_RECEIVER, s->receiver);
        set_ref(t, r, F_ITEM, s->item);
        set_ref(t, r, F_LOT, s->line);
        for (uint32_t n = 1; n < i; n++) {
            if (t->world->slots[n].kind != KIND_NEED) continue;
            set_ref(t, r, F_NEED, n);
            break;
        }
        record_set_int(a, r, F_QTY, 1 + rng_below(c, 100));
        record_set_int(a, r, F_DAY, 20500 + (int32_t)rng_below(c, 300));
        record_set_text(a, r, F_WHY, twin_name(a, c));
        break;
    case KIND_RUN:
        set_ref(t, r, F_ROUND, s->other);
        record_set_int(a, r, F_HEAD, rng_below(c, 50));
        break;
    case KIND_REQUEST:
        record_set_text(a, r, F_AUTHOR, text_format(a, "desk:%s", twin_word(c)));
        record_set_text(a, r, F_HASH, text_format(a, "%064x", rng_below(c, 65536)));
        break;
    default: break;
    }
}

static inline struct record *slot_record(struct twin *t, uint32_t i)
{
    const struct slot *s = &t->world->slots[i];
    struct record *r = record_new(t->arena, s->kind);
    struct rng c = slot_stream(t, i);
    static const uint32_t keyless =
        KIND_BIT(KIND_MEMBERSHIP) | KIND_BIT(KIND_RATE) | KIND_BIT(KIND_INDICATOR) |
        KIND_BIT(KIND_VALUE) | KIND_BIT(KIND_PRICE) | KIND_BIT(KIND_RELATION) | KIND_BIT(KIND_RUN);
    r->label = s->label;
    if (!(keyless & KIND_BIT(s->kind))) {
        record_set_text(t->arena, r, F_KEY,
                        slot_key(t->world, i, t->changed[i] && !rng_one_in(&c, 4)));
    }
    switch (s->kind) {
    case KIND_SOURCE: say_source(t, i, r, &c); break;
    case KIND_PASSAGE: say_passage(t, i, r, &c); break;
    case KIND_ENTRY: say_entry(t, i, r, &c); break;
    case KIND_LINE: say_line(t, i, r, &c); break;
    case KIND_STATEMENT: say_statement(t, i, r, &c); break;
    case KIND_NEED: say_need(t, i, r, &c); break;
    case KIND_LOT: say_lot(t, i, r, &c); break;
    case KIND_ROUTE: say_route(t, i, r, &c); break;
    default: say_rest(t, i, r, &c);
    }
    return r;
}

/* --- making a twin --- */

/* Something of the owner's that says nothing of the world. */
static inline uint64_t twin_filler(struct twin *t, struct err *err)
{
    uint64_t id = 0;
    struct record *r = record_new(t->arena, KIND_SOURCE);
    r->label = "owner";
    record_set_text(t->arena, r, F_NAME, text_format(t->arena, "filler %" PRIu64, ++t->extra));
    return posting_add(&t->posting, r, &id, err) ? 0 : id;
}

static inline void twin_slot(struct twin *t, uint32_t i, bool first)
{
    struct err err = {0};
    struct slot *s = &t->world->slots[i];
    uint32_t kept = t->posting.evidence_count;
    bool done = false;
    if ((first || !s->refused) && !t->muted[i]) {
        struct record *r = slot_record(t, i);
        done = posting_add(&t->posting, r, &t->id[i], &err) == RC_OK;
        if (done) t->made[i] = t->posting.records[t->posting.count - 1];
    }
    if (first) s->refused = !done;
    if (done) return;
    if (!first && !s->refused && t->shown && t->shown[i] && !t->failed) t->failed = i;
    t->posting.evidence_count = kept;
    t->id[i] = twin_filler(t, &err);
    t->made[i] = t->posting.records[t->posting.count - 1];
}

/* The store at that path; `first`: what breaks a rule is noted in the world. */
static inline void twin_make(struct twin *t, struct world *w, struct arena *a, const char *path,
                             bool first)
{
    int64_t now_ms = INT64_C(1700000000000);
    t->world = w;
    t->arena = a;
    GOOD(store_open(a, path, true, &t->store, oops));
    GOOD(view_open(a, t->store, NULL, NULL, &t->view, oops));
    struct rng between = {w->seed + 99};
    for (uint32_t i = 1; i <= SLOTS;) {
        struct err err;
        posting_begin(&t->posting, a, &t->view, now_ms += 60000);
        t->posting.evidence = t->evidence;
        for (uint32_t n = 0; n < COMMIT_SLOTS && i <= SLOTS; n++, i++) {
            bool more = t->more_between && rng_one_in(&between, 10);
            if (more) CHECK(twin_filler(t, &err) != 0);
            twin_slot(t, i, first);
        }
        GOOD(posting_commit(&t->posting, oops));
    }
    if (t->more_behind) {
        struct err err;
        posting_begin(&t->posting, a, &t->view, now_ms += 60000);
        for (uint32_t n = 0; n < t->more_behind; n++) CHECK(twin_filler(t, &err) != 0);
        GOOD(posting_commit(&t->posting, oops));
    }
    store_close(t->store);
    t->store = NULL;
}

/* The line that an entry moves: one that takes back another, the other's. */
static inline uint32_t moved_line(const struct world *w, uint32_t i)
{
    while (w->slots[i].kind == KIND_ENTRY && w->slots[i].other) i = w->slots[i].other;
    return w->slots[i].line;
}

/*
 * Where the one that failed moves what a hidden entry moved as well, that says
 * nothing any more, in another try; where that was tried, it lives on what the
 * hidden one brought, and that says what it said.
 */
static inline void twin_mute(struct twin *t)
{
    const struct slot *failed = &t->world->slots[t->failed];
    bool again = t->failed == t->gave_way;
    t->gave_way = t->failed;
    for (uint32_t i = 1; i <= SLOTS; i++) {
        const struct slot *s = &t->world->slots[i];
        bool beside = failed->kind != KIND_ENTRY ||
                      moved_line(t->world, i) == moved_line(t->world, t->failed);
        if (!t->changed[i] || s->kind != KIND_ENTRY || !beside) continue;
        t->muted[i] = !again;
        t->changed[i] = !again;
    }
}

/* Something of `r` is not in the viewer's book, or its label is not for such eyes. */
static inline bool is_hidden(const struct book *b, const char *viewer, const struct record *r)
{
    for (uint32_t i = 0; i < r->count; i++) {
        if (record_fields[r->fields[i].tag].type != TYPE_REF) continue;
        if (!book_has(b, (uint64_t)r->fields[i].n)) return true;
    }
    if (strcmp(r->label, "public") == 0) return false;
    if (text_starts(r->label, "parties:")) return !*viewer || !strstr(r->label, viewer);
    if (!text_starts(r->label, "group:")) return true;
    uint32_t party = book_noun(b, KIND_PARTY, viewer), group;
    group = book_noun(b, KIND_PARTY, r->label + 6);
    return party == NONE || group == NONE || !book_member(b, party, group, DAY_MAX, INT64_MAX);
}

/*
 * Which slots a viewer sees, and which of the others are hidden from it: those
 * that are for such eyes and yet are not in its book rest on something hidden,
 * and are no secret of somebody's.
 */
static inline void twin_seen(const struct twin *t, const char *path, const char *viewer,
                             bool seen[SLOTS + 1], bool hidden[SLOTS + 1])
{
    struct arena a = {0};
    struct store *store = NULL;
    struct view v;
    GOOD(store_open(&a, path, false, &store, oops));
    GOOD(view_open(&a, store, viewer, NULL, &v, oops));
    for (uint32_t i = 1; i <= SLOTS; i++) {
        seen[i] = book_has(v.book, t->id[i]);
        hidden[i] = is_hidden(v.book, viewer, t->made[i]);
    }
    store_close(store);
    arena_free(&a);
}

#endif
