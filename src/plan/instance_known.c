/* instance_known.c - see instance_known.h: one pass over all versions, the first of each noun. */
#include "plan/instance_known.h"

#include <string.h>

static void first_versions(const struct book *b, enum kind kind, const struct record **first)
{
    uint32_t count;
    const struct record *const *list = book_records(b, kind, &count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t noun = book_noun_of(b, list[i]->id);
        if (noun != NONE && !first[noun]) first[noun] = list[i];
    }
}

static int32_t known_month(const struct instance *in, const struct record *r)
{
    if (!r) return 0;
    int64_t ms = record_int(r, F_STATED, r->recorded_ms);
    int32_t day = (int32_t)(ms / MS_PER_DAY);
    if (r->kind == KIND_NEED) day = (int32_t)record_int(r, F_DAY, day);
    int32_t month = instance_month_of(in->day, day);
    int32_t ordered = instance_month_of(in->day, (int32_t)record_int(r, F_ORDERED, in->day));
    if (ordered > month) month = ordered;
    return month < 0 ? 0 : month;
}

struct known instance_known(struct arena *a, const struct instance *in, bool stock)
{
    const struct record **first =
        NEW_ARRAY(a, (size_t)book_noun_count(in->book) + 1, const struct record *);
    int32_t *lot = NEW_ARRAY(a, (size_t)in->model.lots + 1, int32_t);
    int32_t *sink = NEW_ARRAY(a, (size_t)in->model.sinks + 1, int32_t);
    first_versions(in->book, KIND_LOT, first);
    first_versions(in->book, KIND_LINE, first);
    first_versions(in->book, KIND_NEED, first);
    for (int32_t l = 0; l < in->model.lots; l++) {
        const struct record *r = first[in->lot[l].noun];
        const char *type = r && r->kind == KIND_LOT ? record_text(r, F_TYPE) : NULL;
        bool held = stock && type && strcmp(type, "stock") == 0;
        lot[l] = held ? 0 : known_month(in, r);
    }
    for (int32_t k = 0; k < in->model.sinks; k++) {
        sink[k] = known_month(in, first[in->sink[k].need]);
    }
    return (struct known){lot, sink};
}
