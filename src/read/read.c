/* read.c - see read.h: the steps of reading, one after the other, and the contract's words. */
#include "read/read.h"

#include <assert.h>
#include <string.h>

#include "read/claims.h"
#include "read/plain.h"
#include "read/turns.h"

const char *turn_kind_name(enum turn_kind kind)
{
    static const char *const names[] = {"statement", "question", "answer", "moderator"};
    assert((size_t)kind < sizeof names / sizeof *names);
    return names[kind];
}

const char *said_kind_name(enum said_kind kind)
{
    static const char *const names[] = {"support", "need", "figure", "decision"};
    assert((size_t)kind < sizeof names / sizeof *names);
    return names[kind];
}

const char *said_stage_name(enum said_stage stage)
{
    static const char *const names[] = {NULL, "considered", "announced", "committed", "provided"};
    assert((size_t)stage < sizeof names / sizeof *names);
    return names[stage];
}

const char *goods_name(enum goods goods)
{
    static const char *const names[GOODS_COUNT] = {
        "money", "equipment", "ammunition", "spares",    "training", "medical", "fuel",
        "food",  "shelter",   "cyber",      "personnel", "mixed",    "other"};
    assert(goods < GOODS_COUNT);
    return names[goods];
}

const char *approx_name(enum approx approx)
{
    static const char *const names[] = {"exact", "about", "nearly", "at_least", "at_most"};
    assert((size_t)approx < sizeof names / sizeof *names);
    return names[approx];
}

/* From the plain text's ranges to the file's. */
static void take_turns(const struct plain *p, const struct talk *talk, struct arena *a,
                       struct reading *out)
{
    out->turns = NEW_ARRAY(a, talk->count + 1, struct turn);
    out->turn_count = out->turn_room = talk->count;
    for (uint32_t i = 0; i < talk->count; i++) {
        const struct spoken *s = &talk->turns[i];
        out->turns[i] = s->turn;
        out->turns[i].start = plain_file(p, s->begin);
        out->turns[i].end = plain_file_end(p, s->end);
    }
}

enum rc read_document(struct arena *a, const char *bytes, size_t len, struct reading *out,
                      struct err *err)
{
    struct plain p;
    struct talk talk;
    enum rc rc = plain_make(a, bytes, len, &p, err);
    if (rc) return rc;
    talk_of(a, &p, bytes, &talk);
    *out = (struct reading){
        .address = p.address, .published = p.published, .title = talk.title, .date = talk.date};
    take_turns(&p, &talk, a, out);
    claims_of(a, &p, &talk, out);
    return RC_OK;
}

const char *read_quote(struct arena *a, const char *bytes, size_t start, size_t end)
{
    assert(start <= end);
    return plain_utf8(a, bytes + start, end - start);
}
