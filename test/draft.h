/*
 * draft.h - the small world that tests of the log and the book live in.
 *
 * Records made here are what a careful person would write; each test then
 * changes the one thing it is about. A cast numbers and dates its records as
 * a posting would: ids from 1, one second apart.
 */
#ifndef MUSTER_TEST_DRAFT_H
#define MUSTER_TEST_DRAFT_H

#include <assert.h>

#include "record/record.h"

struct cast {
    struct arena *arena;
    uint64_t id;      /* of the last record made */
    int64_t now_ms;   /* its instant */
    uint64_t passage; /* evidence that entries rest on */
    uint64_t item, giver, receiver;
};

/* The next record of the log: numbered, dated, salted. */
static inline struct record *cast_new(struct cast *c, enum kind kind)
{
    struct record *r = record_new(c->arena, kind);
    r->id = ++c->id;
    r->recorded_ms = c->now_ms += 1000;
    for (int i = 0; i < SALT_BYTES; i++) r->salt[i] = (uint8_t)(r->id * 31 + (unsigned)i);
    return r;
}

static inline struct record *cast_party(struct cast *c, const char *key)
{
    struct record *r = cast_new(c, KIND_PARTY);
    record_set_text(c->arena, r, F_KEY, key);
    record_set_text(c->arena, r, F_TYPE, "nation");
    return r;
}

static inline struct record *cast_item(struct cast *c, const char *key)
{
    struct record *r = cast_new(c, KIND_ITEM);
    record_set_text(c->arena, r, F_KEY, key);
    record_set_text(c->arena, r, F_UNIT, "piece");
    return r;
}

static inline struct record *cast_source(struct cast *c)
{
    struct record *r = cast_new(c, KIND_SOURCE);
    record_set_text(c->arena, r, F_NAME, "a list");
    return r;
}

static inline struct record *cast_passage(struct cast *c, uint64_t source)
{
    struct record *r = cast_new(c, KIND_PASSAGE);
    record_set_ref(c->arena, r, F_SOURCE, source);
    record_set_text(c->arena, r, F_PLACE, "row 1");
    return r;
}

static inline struct record *cast_line(struct cast *c, const char *key)
{
    struct record *r = cast_new(c, KIND_LINE);
    record_set_text(c->arena, r, F_KEY, key);
    record_set_ref(c->arena, r, F_PARTY, c->giver);
    record_set_ref(c->arena, r, F_RECEIVER, c->receiver);
    record_set_ref(c->arena, r, F_ITEM, c->item);
    return r;
}

static inline struct record *cast_entry(struct cast *c, uint64_t line, enum stage from,
                                        enum stage to, int64_t qty, int32_t day)
{
    struct record *r = cast_new(c, KIND_ENTRY);
    record_set_ref(c->arena, r, F_LINE, line);
    record_set_int(c->arena, r, F_FROM, from);
    record_set_int(c->arena, r, F_TO, to);
    record_set_int(c->arena, r, F_QTY, qty);
    record_set_int(c->arena, r, F_DAY, day);
    record_set_ref(c->arena, r, F_PASSAGE, c->passage);
    record_set_text(c->arena, r, F_AUTHOR, "desk:anna");
    return r;
}

static inline struct record *cast_reversal(struct cast *c, const struct record *of)
{
    struct record *r = cast_entry(c, record_ref(of, F_LINE), (enum stage)record_int(of, F_TO, 0),
                                  (enum stage)record_int(of, F_FROM, 0), record_int(of, F_QTY, 0),
                                  (int32_t)record_int(of, F_DAY, 0));
    record_set_ref(c->arena, r, F_REVERSES, of->id);
    record_set_text(c->arena, r, F_WHY, "typed twice");
    return r;
}

/*
 * The five records that every entry needs before it: two parties, an item, a
 * source and a passage. out has room for five; a line is the caller's.
 */
enum { CAST_FIRST = 5 };
static inline void cast_begin(struct cast *c, struct arena *a, struct record *out[CAST_FIRST])
{
    *c = (struct cast){.arena = a, .now_ms = INT64_C(1700000000000)};
    out[0] = cast_party(c, "DEU");
    out[1] = cast_party(c, "UKR");
    out[2] = cast_item(c, "shell-155");
    out[3] = cast_source(c);
    out[4] = cast_passage(c, out[3]->id);
    c->giver = out[0]->id;
    c->receiver = out[1]->id;
    c->item = out[2]->id;
    c->passage = out[4]->id;
}

/* A call that must succeed; its last argument is `oops`. The refusal is printed if it does not. */
#define GOOD(call)                                                                                 \
    do {                                                                                           \
        struct err good_err = {0};                                                                 \
        struct err *oops = &good_err;                                                              \
        enum rc good_rc = (call);                                                                  \
        if (good_rc) printf("# %s:%d: %s\n", __FILE__, __LINE__, good_err.msg);                    \
        CHECK(good_rc == RC_OK);                                                                   \
    } while (0)

#endif
