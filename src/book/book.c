/*
 * book.c - taking records up: references first, then the rules of the kind,
 * then the change. Nothing is changed before everything was checked.
 */
#include "book/book.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "book/inside.h"

struct book *book_new(struct arena *a)
{
    struct book *b = NEW(a, struct book);
    b->arena = a;
    b->last_ms = INT64_MIN;
    b->words.arena = a;
    made_begin(b);
    return b;
}

void *wider(struct arena *a, const void *list, uint32_t count, uint32_t room, size_t size)
{
    void *more = arena_alloc(a, room, size);
    if (count) memcpy(more, list, count * size);
    if (a->tight && count) arena_drop(a, list);
    return more;
}

void book_tighten(struct book *b)
{
    b->arena->tight = true;
}

void *list_more(struct arena *a, void *list, uint32_t count, uint32_t more, uint32_t *room,
                size_t size)
{
    if (more <= *room - count) return list;
    assert(more < UINT32_MAX / 2 && *room < UINT32_MAX / 2);
    uint32_t twice = *room ? *room * 2 : 64;
    *room = twice - count >= more ? twice : count + more;
    return wider(a, list, count, *room, size);
}

static void refs_room(struct book *b, uint32_t room)
{
    uint32_t count = b->line_count;
    b->givers = wider(b->arena, b->givers, count, room, sizeof *b->givers);
    b->receivers = wider(b->arena, b->receivers, count, room, sizeof *b->receivers);
    b->items = wider(b->arena, b->items, count, room, sizeof *b->items);
    b->channels = wider(b->arena, b->channels, count, room, sizeof *b->channels);
    b->ref_room = room;
}

/*
 * Untouched room costs no memory, a list that must move costs its copy and
 * leaves the old one behind. What most of a log may be gets room for all of
 * it, the rest for a part.
 */
void book_expect(struct book *b, uint64_t records)
{
    if (b->head || records < 1024 || records > SLOT_MASK) return;
    uint32_t all = (uint32_t)records + 1024, some = all / 3, places = 1024;
    rows_room(b, all);
    nouns_room(b, all);
    versions_room(b, some);
    b->slots = wider(b->arena, NULL, 0, b->slot_room = all, sizeof *b->slots);
    b->lines = wider(b->arena, NULL, 0, b->line_room = some, sizeof *b->lines);
    b->pots = wider(b->arena, NULL, 0, b->pot_room = some, sizeof *b->pots);
    b->held = wider(b->arena, NULL, 0, b->held_room = some, sizeof *b->held);
    b->prices = wider(b->arena, NULL, 0, b->price_room = some, sizeof *b->prices);
    refs_room(b, some);
    b->order = wider(b->arena, NULL, 0, b->order_room = all, sizeof *b->order);
    b->texts = list_more(b->arena, NULL, 0, all * 16, &b->text_room, 1);
    b->kept = list_more(b->arena, NULL, 0, all * 4, &b->kept_room, sizeof *b->kept);
    while (places - places / 4 < all) places *= 2;
    names_room(b, places);
}

uint64_t book_head(const struct book *b)
{
    return b->head;
}

int64_t book_last_ms(const struct book *b)
{
    return b->last_ms;
}

const struct columns *book_columns(const struct book *b)
{
    return &b->columns;
}

const struct line *book_lines(const struct book *b, uint32_t *count)
{
    *count = b->line_count;
    return b->lines;
}

/* --- ids --- */

enum kind slot_of(const struct book *b, uint64_t id, uint32_t *index)
{
    if (id == 0 || id >= b->slot_count || b->slots[id] == 0) return KIND_NONE;
    *index = b->slots[id] & SLOT_MASK;
    return (enum kind)(b->slots[id] >> SLOT_SHIFT);
}

void slot_set(struct book *b, uint64_t id, enum kind kind, uint32_t index)
{
    assert(index <= SLOT_MASK);
    if (id >= b->slot_count) {
        uint32_t more = (uint32_t)id + 1 - b->slot_count; /* what lies between is zero */
        b->slots =
            list_more(b->arena, b->slots, b->slot_count, more, &b->slot_room, sizeof *b->slots);
        b->slot_count = (uint32_t)id + 1;
    }
    b->slots[id] = (uint32_t)kind << SLOT_SHIFT | index;
}

bool book_has(const struct book *b, uint64_t id)
{
    uint32_t unused;
    return slot_of(b, id, &unused) != KIND_NONE;
}

uint32_t book_row(const struct book *b, uint64_t id)
{
    uint32_t index;
    return slot_of(b, id, &index) == KIND_ENTRY ? index : NONE;
}

uint32_t book_line(const struct book *b, uint64_t id)
{
    uint32_t index;
    return slot_of(b, id, &index) == KIND_LINE ? index : NONE;
}

/* --- references --- */

static enum rc check_refs(const struct book *b, const struct record *r, struct err *err)
{
    for (uint32_t i = 0; i < r->count; i++) {
        const struct field *f = &r->fields[i];
        const struct field_rule *rule = &record_fields[f->tag];
        if (rule->type != TYPE_REF) continue;
        uint32_t unused;
        enum kind kind = slot_of(b, (uint64_t)f->n, &unused);
        if (kind == KIND_NONE) {
            return fail(err, RC_RULE, "'%s' of a %s points at %" PRId64 ", which is not there",
                        rule->name, kind_name(r->kind), f->n);
        }
        if (!(rule->refs & KIND_BIT(kind))) {
            return fail(err, RC_RULE, "'%s' of a %s points at a %s", rule->name, kind_name(r->kind),
                        kind_name(kind));
        }
    }
    return RC_OK;
}

uint32_t noun_at(const struct book *b, const struct record *r, enum tag tag)
{
    uint64_t id = record_ref(r, tag);
    return id ? book_noun_of(b, id) : NONE;
}

/* --- taking up --- */

static bool is_report(const struct record *r)
{
    for (uint32_t i = 0; i < r->count; i++) {
        const struct field *f = &r->fields[i];
        if (f->tag == F_LINK && strncmp(f->text, "flow-by:", 8) == 0) return true;
    }
    return false;
}

static bool is_odd(const struct record *r)
{
    return record_int(r, F_LOW, INT64_MIN) > record_int(r, F_HIGH, INT64_MAX) ||
           record_int(r, F_SINCE, INT64_MIN) > record_int(r, F_UNTIL, INT64_MAX);
}

static uint32_t line_flags(const struct record *r)
{
    bool objects = record_field(r, F_SOURCE_TAG) || record_field(r, F_DESTINATION_TAG);
    return (record_field(r, F_UNTIL) ? LINE_DATED : 0u) |
           (record_field(r, F_SAME) ? LINE_SAME : 0u) |
           (record_field(r, F_VERDICT) ? LINE_TAKEN_BACK : 0u) |
           (record_int(r, F_OUTSIDE, 0) ? LINE_OUTSIDE : 0u) |
           (record_int(r, F_NEW_MONEY, 0) ? LINE_NEW_MONEY : 0u) | (objects ? LINE_OBJECTS : 0u) |
           (is_report(r) ? LINE_REPORT : 0u) | (record_field(r, F_LOW) ? LINE_TOLD : 0u) |
           (record_field(r, F_HIGH) ? LINE_RANGE : 0u) | (is_odd(r) ? LINE_ODD : 0u);
}

struct gist *gist_of(struct book *b)
{
    if (!b->gist_count) {
        b->gist = arena_more(b->arena, b->gist, 0, &b->gist_room, sizeof *b->gist);
        b->gist[b->gist_count++] = (struct gist){.last_day = INT32_MIN, .order_bits = ORDER_BITS};
    }
    return b->gist;
}

uint32_t book_line_flags(const struct book *b)
{
    return b->gist_count ? b->gist->line_flags : 0;
}

struct line_refs book_line_refs(const struct book *b)
{
    return (struct line_refs){b->givers, b->receivers, b->items, b->channels};
}

static void add_refs(struct book *b, const struct line *l)
{
    uint32_t line = b->line_count;
    if (line == b->ref_room) refs_room(b, line ? line * 2 : 64);
    b->givers[line] = l->giver;
    b->receivers[line] = l->receiver;
    b->items[line] = l->item;
    b->channels[line] = l->channel;
}

/* before: the version (an index of versions) that it comes after, NONE. */
static void add_line(struct book *b, const struct record *r, uint32_t noun, uint32_t before)
{
    pots_new(b, b->line_count);
    b->lines = list_more(b->arena, b->lines, b->line_count, 1, &b->line_room, sizeof *b->lines);
    if (before != NONE) {
        b->lines[book_line(b, b->versions[before].id)].after = b->line_count;
    }
    b->lines[b->line_count] = (struct line){.id = (uint32_t)r->id,
                                            .version = b->version_count,
                                            .recorded_ms = r->recorded_ms,
                                            .low = record_int(r, F_LOW, 0),
                                            .noun = noun,
                                            .giver = noun_at(b, r, F_PARTY),
                                            .receiver = noun_at(b, r, F_RECEIVER),
                                            .item = noun_at(b, r, F_ITEM),
                                            .package = noun_at(b, r, F_PACKAGE),
                                            .channel = noun_at(b, r, F_CHANNEL),
                                            .need = noun_at(b, r, F_NEED),
                                            .series = word_of(b, record_text(r, F_SERIES)),
                                            .class_ = word_of(b, record_text(r, F_CLASS)),
                                            .last_row = NONE,
                                            .after = NONE,
                                            .until = (int32_t)record_int(r, F_UNTIL, 0),
                                            .flags = line_flags(r)};
    struct line *l = &b->lines[b->line_count];
    if (l->item != NONE && text_starts(book_key(b, l->item), "money/")) l->flags |= LINE_MONEY;
    add_refs(b, l);
    gist_of(b)->line_flags |= b->lines[b->line_count].flags;
    slot_set(b, r->id, KIND_LINE, b->line_count++);
    cube_line(b, b->line_count - 1, before);
}

static void add_record(struct book *b, const struct record *r, uint32_t noun)
{
    if (b->version_count == b->version_room) {
        versions_room(b, b->version_room ? b->version_room * 2 : 64);
    }
    uint32_t version = b->version_count, before = b->noun_last[noun];
    bool again = r->kind == KIND_LINE && before != NONE;
    if (again) promise_off(b, book_line(b, b->versions[before].id)); /* its giver may be another */
    b->versions[version] = (struct version){.recorded_ms = r->recorded_ms,
                                            .id = (uint32_t)r->id,
                                            .noun = noun,
                                            .before = before,
                                            .at = kept_put(b, r)};
    b->version_kind[version] = (uint8_t)r->kind;
    b->noun_last[noun] = version;
    if (r->kind == KIND_LINE)
        add_line(b, r, noun, before);
    else
        slot_set(b, r->id, r->kind, version);
    b->version_count++;
    if (again) promise_on(b, b->line_count - 1);
    if (r->kind == KIND_VALUE) cube_value(b, r, noun, before);
    if (r->kind == KIND_ITEM) cube_item(b, r, noun, before);
}

static void copy_code(char to[4], const char *code)
{
    size_t len = code ? strlen(code) : 0;
    memset(to, 0, 4);
    if (len && len < 4) memcpy(to, code, len);
}

static enum rc check_rate(const struct record *r, struct err *err)
{
    const char *currency = record_text(r, F_CURRENCY), *base = record_text(r, F_BASE);
    if (r->kind == KIND_RATE && record_dec(r, F_AMOUNT).n <= 0) {
        return fail(err, RC_RULE, "a rate of nothing");
    }
    if ((currency && strlen(currency) != 3) || (base && strlen(base) != 3)) {
        return fail(err, RC_RULE, "a currency is three letters");
    }
    return RC_OK;
}

static void set_dec(struct dec *to, struct dec d)
{
    to->n = d.n;
    to->scale = d.scale;
}

static void add_rate(struct book *b, const struct record *r)
{
    b->rates = arena_more(b->arena, b->rates, b->rate_count, &b->rate_room, sizeof *b->rates);
    struct rate *to = &b->rates[b->rate_count];
    memset(to, 0, sizeof *to); /* its padding too: it goes into images */
    to->series = word_of(b, record_text(r, F_SERIES));
    to->day = (int32_t)record_int(r, F_DAY, 0);
    set_dec(&to->per_base, record_dec(r, F_AMOUNT));
    to->recorded_ms = r->recorded_ms;
    to->id = (uint32_t)r->id;
    copy_code(to->currency, record_text(r, F_CURRENCY));
    copy_code(to->base, record_text(r, F_BASE));
    slot_set(b, r->id, KIND_RATE, b->rate_count++);
    b->rates_sorted = false;
}

static void add_indicator(struct book *b, const struct record *r)
{
    b->indicators = arena_more(b->arena, b->indicators, b->indicator_count, &b->indicator_room,
                               sizeof *b->indicators);
    struct indicator *to = &b->indicators[b->indicator_count];
    memset(to, 0, sizeof *to);
    to->series = word_of(b, record_text(r, F_SERIES));
    to->measure = word_of(b, record_text(r, F_MEASURE));
    to->party = noun_at(b, r, F_PARTY);
    to->day = (int32_t)record_int(r, F_DAY, 0);
    set_dec(&to->amount, record_dec(r, F_AMOUNT));
    to->recorded_ms = r->recorded_ms;
    to->id = (uint32_t)r->id;
    to->passage = (uint32_t)record_ref(r, F_PASSAGE);
    copy_code(to->currency, record_text(r, F_CURRENCY));
    slot_set(b, r->id, KIND_INDICATOR, b->indicator_count++);
    b->indicators_sorted = false;
}

void book_ahead(const struct book *b, const struct record *r)
{
    const char *key = record_text(r, F_KEY);
    if (key) name_ahead(b, r->kind, key);
    for (uint32_t i = 0; i < r->count; i++) {
        const struct field *f = &r->fields[i];
        bool within = record_fields[f->tag].type == TYPE_REF && f->n > 0 && f->n < b->slot_count;
        if (within) __builtin_prefetch(&b->slots[f->n]);
    }
}

void book_soon(const struct book *b, const struct record *r)
{
    uint32_t line = r->kind == KIND_ENTRY ? book_line(b, record_ref(r, F_LINE)) : NONE;
    if (line == NONE) return;
    const char *held = (const char *)&b->held[line];
    __builtin_prefetch(&b->lines[line].last_row, 1);
    __builtin_prefetch(&b->pots[line], 1);
    for (size_t at = 0; at < sizeof *b->held; at += 64) __builtin_prefetch(held + at, 1);
}

enum rc book_apply(struct book *b, const struct record *r, struct err *err)
{
    if (r->id <= b->head || r->id >= UINT32_MAX) {
        return fail(err, RC_RULE, "record %" PRIu64 " comes after %" PRIu64, r->id, b->head);
    }
    if (r->recorded_ms < b->last_ms) {
        return fail(err, RC_RULE, "record %" PRIu64 " was recorded before the last", r->id);
    }
    enum rc rc = check_refs(b, r, err);
    if (!rc && (r->kind == KIND_RATE || r->kind == KIND_INDICATOR)) rc = check_rate(r, err);
    if (!rc && r->kind == KIND_ENTRY) rc = rows_post(b, r, err);
    if (rc) return rc;

    const char *key = record_text(r, F_KEY);
    uint32_t noun = key ? book_noun(b, r->kind, key) : NONE;
    if (r->kind == KIND_SCENARIO && noun != NONE) {
        return fail(err, RC_RULE, "scenario '%.100s' is in the book already", key);
    }
    if (r->kind == KIND_SCENARIO && record_int(r, F_MOMENT, 0) > r->recorded_ms) {
        return fail(err, RC_RULE, "scenario '%.100s' begins later than now", key);
    }
    if (noun == NONE && (key || !is_bulk(r->kind))) noun = noun_new(b, r->kind, key);
    if (r->kind == KIND_RATE)
        add_rate(b, r);
    else if (r->kind == KIND_INDICATOR)
        add_indicator(b, r);
    else if (r->kind != KIND_ENTRY)
        add_record(b, r, noun);
    if (key) {
        struct latest *latest = &b->noun_latest[noun];
        latest->versions++;
        latest->supposed += record_field(r, F_SCENARIO) != NULL;
        latest->id = (uint32_t)r->id;
        latest->stated_ms = record_int(r, F_STATED, 0);
        uint8_t said[16];
        record_digest(r, said);
        memcpy(latest->said, said, sizeof latest->said);
    }
    b->head = r->id;
    b->last_ms = r->recorded_ms;
    return RC_OK;
}
