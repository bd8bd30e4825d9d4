/*
 * said.h - documents read by hand, for tests of what comes behind the reading.
 *
 * A document is a text of our own in which the test marks what was said: a
 * turn or statement is found by its words, so that bytes are never counted.
 */
#ifndef MUSTER_TEST_SAID_H
#define MUSTER_TEST_SAID_H

#include "desk.h"
#include "read/read.h"
#include "source/readers.h"

struct document {
    struct arena *arena;
    struct input file;
    struct reading reading;
    size_t from; /* words are looked for behind the last ones found */
};

static inline struct document *document_new(struct arena *a, const char *name, const char *text)
{
    struct document *d = NEW(a, struct document);
    d->arena = a;
    d->file = (struct input){.path = name, .name = name, .bytes = text, .len = strlen(text)};
    return d;
}

static inline void document_head(struct document *d, const char *title, const char *date,
                                 const char *address, const char *published)
{
    d->reading.title = title;
    d->reading.date = date;
    d->reading.address = address;
    d->reading.published = published;
}

/* The bytes of those words, at or behind d->from. */
static inline size_t document_find(struct document *d, const char *words)
{
    const char *at = strstr(d->file.bytes + d->from, words);
    if (!at) printf("# not in the document: %s\n", words);
    CHECK(at != NULL);
    return at ? (size_t)(at - d->file.bytes) : 0;
}

/* A turn of exactly those words. */
static inline struct turn *document_turn(struct document *d, const char *speaker,
                                         enum turn_kind kind, const char *words)
{
    struct reading *r = &d->reading;
    r->turns = arena_more(d->arena, r->turns, r->turn_count, &r->turn_room, sizeof *r->turns);
    struct turn *t = &r->turns[r->turn_count++];
    size_t start = document_find(d, words);
    *t = (struct turn){
        .speaker = speaker, .kind = kind, .start = start, .end = start + strlen(words)};
    d->from = start;
    return t;
}

/* A statement in the last turn, carried by those words. */
static inline struct said *document_said(struct document *d, enum said_kind kind, const char *giver,
                                         const char *item, const char *words)
{
    struct reading *r = &d->reading;
    r->said = arena_more(d->arena, r->said, r->said_count, &r->said_room, sizeof *r->said);
    struct said *s = &r->said[r->said_count++];
    size_t start = document_find(d, words);
    *s = (struct said){.turn = r->turn_count - 1,
                       .kind = kind,
                       .item = item,
                       .goods = GOODS_OTHER,
                       .start = start,
                       .end = start + strlen(words)};
    if (kind == SAID_SUPPORT) s->stage = SAID_ANNOUNCED;
    if (giver) s->giver.code[s->giver.count++] = giver;
    return s;
}

static inline struct said *said_to(struct said *s, const char *receiver)
{
    s->receiver.code[s->receiver.count++] = receiver;
    return s;
}

static inline struct said *said_amount(struct said *s, int64_t low, int64_t high, const char *unit)
{
    s->counted = true;
    s->low = dec_trim((struct dec){low, 0});
    s->high = dec_trim((struct dec){high, 0});
    s->unit = unit;
    if (strlen(unit) == 3) s->goods = GOODS_MONEY;
    return s;
}

/* Take it in, as one commit. Returns how many records that wrote. */
static inline uint64_t desk_read(struct desk *desk, const struct document *d)
{
    struct intake in = {.arena = &desk->arena, .format = "statements"};
    statements_intake(&d->file, &d->reading, &in);
    struct posting p = desk_posting(desk);
    GOOD(post_intake(&p, &in, "import:statements", &desk->last, oops));
    uint64_t wrote = p.count;
    GOOD(posting_commit(&p, oops));
    return wrote;
}

#endif
