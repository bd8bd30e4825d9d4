/*
 * rounds.c - see rounds.h. Everything is found again from the records each
 * time; there are as many proposals as a coalition can answer, so that loops
 * will do.
 */
#include "plan/rounds.h"

#include <stdlib.h>
#include <string.h>

static const char *const round_names[] = {"open", "proposed", "closed"};
static const char *const proposal_names[] = {"asked", "agreed", "agreed in part", "refused",
                                             "lapsed"};

const char *round_state_name(enum round_state s)
{
    return round_names[s];
}

const char *proposal_state_name(enum proposal_state s)
{
    return proposal_names[s];
}

static uint32_t noun_at(const struct book *b, const struct record *r, enum tag tag)
{
    uint64_t id = record_ref(r, tag);
    return id ? book_noun_of(b, id) : NONE;
}

static enum round_state state_of(const struct record *r)
{
    const char *type = record_text(r, F_TYPE);
    for (int s = ROUND_OPEN; s <= ROUND_CLOSED; s++) {
        if (strcmp(type, round_names[s]) == 0) return (enum round_state)s;
    }
    return ROUND_OPEN;
}

static const struct record *run_of(const struct book *b, uint32_t round, int64_t known)
{
    uint32_t count;
    const struct record *const *list = book_records(b, KIND_RUN, &count);
    for (uint32_t i = count; i-- > 0;) {
        if (list[i]->recorded_ms <= known && noun_at(b, list[i], F_ROUND) == round) return list[i];
    }
    return NULL;
}

static const struct record *first_of(const struct book *b, uint32_t round)
{
    uint32_t count;
    const struct record *const *list = book_records(b, KIND_ROUND, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (book_noun_of(b, list[i]->id) == round) return list[i];
    }
    return NULL;
}

static void find_rounds(struct arena *a, const struct book *b, int64_t known, struct rounds *out)
{
    uint32_t nouns = book_noun_count(b), count;
    book_records(b, KIND_ROUND, &count);
    out->list = NEW_ARRAY(a, count + 1, struct round);
    for (uint32_t noun = 0; noun < nouns; noun++) {
        const struct record *r =
            book_kind(b, noun) == KIND_ROUND ? book_version(b, noun, known) : NULL;
        if (!r) continue;
        out->list[out->count++] = (struct round){.noun = noun,
                                                 .opened = first_of(b, noun),
                                                 .record = r,
                                                 .state = state_of(r),
                                                 .run = run_of(b, noun, known)};
    }
}

/* The last decision about it. */
static const struct record *answer_to(const struct book *b, uint32_t proposal, int64_t known)
{
    uint32_t count;
    const struct record *const *list = book_records(b, KIND_DECISION, &count);
    for (uint32_t i = count; i-- > 0;) {
        if (list[i]->recorded_ms > known || noun_at(b, list[i], F_OF) != proposal) continue;
        const char *type = record_text(list[i], F_TYPE);
        if (strcmp(type, "consent") == 0 || strcmp(type, "refusal") == 0) return list[i];
    }
    return NULL;
}

static struct proposal read_proposal(const struct book *b, const struct record *r,
                                     enum round_state round, int64_t known)
{
    struct proposal p = {
        .record = r,
        .noun = book_noun_of(b, r->id),
        .round = noun_at(b, r, F_ROUND),
        .giver = noun_at(b, r, F_PARTY),
        .receiver = noun_at(b, r, F_RECEIVER),
        .item = noun_at(b, r, F_ITEM),
        .need = noun_at(b, r, F_NEED),
        .lot = noun_at(b, r, F_LOT),
        .line = noun_at(b, r, F_LINE),
        .hub = noun_at(b, r, F_VIA),
        .qty = record_int(r, F_QTY, 0),
        .state = round == ROUND_CLOSED ? PROPOSAL_LAPSED : PROPOSAL_ASKED,
    };
    p.answer = answer_to(b, p.noun, known);
    if (!p.answer) return p;
    p.state = PROPOSAL_REFUSED;
    if (strcmp(record_text(p.answer, F_TYPE), "consent") == 0) {
        p.agreed = record_int(p.answer, F_QTY, 0);
        p.state = p.agreed < p.qty ? PROPOSAL_PARTLY : PROPOSAL_AGREED;
    }
    return p;
}

void rounds_read(struct arena *a, const struct book *b, int64_t known, struct rounds *out)
{
    uint32_t count;
    const struct record *const *list = book_records(b, KIND_PROPOSAL, &count);
    *out = (struct rounds){.proposals = NEW_ARRAY(a, count + 1, struct proposal)};
    find_rounds(a, b, known, out);
    for (uint32_t k = 0; k < out->count; k++) {
        struct round *r = &out->list[k];
        r->begin = out->proposal_count;
        for (uint32_t i = 0; i < count; i++) {
            if (!book_current(b, list[i], known) || noun_at(b, list[i], F_ROUND) != r->noun) {
                continue;
            }
            out->proposals[out->proposal_count++] = read_proposal(b, list[i], r->state, known);
        }
        r->end = out->proposal_count;
    }
}

const struct round *rounds_find(const struct rounds *r, uint32_t noun)
{
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->list[i].noun == noun) return &r->list[i];
    }
    return NULL;
}

struct refused *rounds_refused(struct arena *a, const struct book *b, int64_t known,
                               uint32_t *count)
{
    uint32_t decisions;
    const struct record *const *all = book_records(b, KIND_DECISION, &decisions);
    struct refused *list = NEW_ARRAY(a, (size_t)decisions + 1, struct refused);
    *count = 0;
    for (uint32_t i = 0; i < decisions; i++) {
        const struct record *r = all[i];
        struct refused one = {.lot = noun_at(b, r, F_LOT),
                              .line = noun_at(b, r, F_LINE),
                              .need = noun_at(b, r, F_NEED)};
        uint32_t of = one.lot != NONE ? one.lot : one.line;
        if (of == NONE || strcmp(record_text(r, F_TYPE), "refusal") != 0) continue;
        if (r->recorded_ms > known) continue;
        const struct record *now = book_version(b, of, known);
        if (now && now->id < r->id) list[(*count)++] = one;
    }
    return list;
}
