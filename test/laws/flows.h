/*
 * flows.h - the boundary rule, said the long way (law 4).
 *
 * Works on flows as plain structs, not on records: which places, years and
 * plans each side names, and nothing of src/book.
 */
#ifndef MUSTER_TEST_FLOWS_H
#define MUSTER_TEST_FLOWS_H

#include <stdbool.h>
#include <string.h>

enum { FLOW_OBJECTS = 5 };

struct flow_object {
    const char *type, *code;
    bool shared;
};

struct flow_side {
    struct flow_object objects[FLOW_OBJECTS];
    int count;
    const char *party; /* who it is when no object is named */
};

struct plain_flow {
    struct flow_side source, destination;
    bool new_money;
    const char *year; /* its own, by its day */
};

struct plain_boundary {
    const char *place, *year, *plan; /* NULL: any */
};

static inline bool side_names(const struct flow_side *s, const char *type, const char *code)
{
    bool found = false;
    for (int i = 0; i < s->count; i++) {
        if (strcmp(s->objects[i].type, type) == 0 && strcmp(s->objects[i].code, code) == 0) {
            found = true;
        }
    }
    return found;
}

static inline bool side_inside(const struct flow_side *s, const struct plain_boundary *b,
                               const char *year)
{
    bool place, in_year, plan;
    if (s->count > 0) {
        place = !b->place || side_names(s, "Location", b->place);
        in_year = !b->year || side_names(s, "UsageYear", b->year);
        plan = !b->plan || side_names(s, "Plan", b->plan);
    } else {
        place = s->party && (!b->place || strcmp(s->party, b->place) == 0);
        in_year = !b->year || strcmp(year, b->year) == 0;
        plan = !b->plan;
    }
    return place && in_year && plan;
}

/* 'i'ncoming, inter'n'al, o'u'tgoing, or 'o'utside. */
static inline char flow_way(const struct plain_flow *f, const struct plain_boundary *b)
{
    bool d = side_inside(&f->destination, b, f->year);
    bool s = side_inside(&f->source, b, f->year);
    if (f->new_money) s = false; /* new money comes from outside */
    if (d && !s) return 'i';
    if (d && s) return 'n';
    if (s) return 'u';
    return 'o';
}

static inline bool flow_shared(const struct plain_flow *f)
{
    for (int i = 0; i < f->destination.count; i++) {
        const struct flow_object *o = &f->destination.objects[i];
        bool counts = strcmp(o->type, "Location") == 0 || strcmp(o->type, "UsageYear") == 0;
        if (o->shared && counts) return true;
    }
    return false;
}

#endif
