/*
 * instance_find.c - what the numbers themselves show: needs that nobody can
 * meet, hubs that nobody reaches, givers without a way, things without a mass.
 */
#include <limits.h>

#include "base/text.h"
#include "plan/instance_inside.h"

/* Months until something of an item can be with a receiver; INT_MAX: never. */
static int *earliest_arrivals(const struct build *b)
{
    const struct model *m = b->m;
    size_t cells = (size_t)m->items * (size_t)m->receivers;
    int *earliest = NEW_ARRAY(b->arena, cells + 1, int);
    for (size_t i = 0; i < cells; i++) earliest[i] = INT_MAX;
    for (int32_t l = 0; l < m->lots; l++) {
        const struct model_lot *lot = &m->lot[l];
        for (int32_t h = 0; h < m->hubs; h++) {
            int near = m->near[lot->giver * m->hubs + h];
            if (near == MODEL_NONE) continue;
            for (int32_t r = 0; r < m->receivers; r++) {
                int far = m->far[h * m->receivers + r];
                int *best = &earliest[lot->item * m->receivers + r];
                if (far != MODEL_NONE && lot->ready + near + far < *best) {
                    *best = lot->ready + near + far;
                }
            }
        }
    }
    return earliest;
}

static void find_unmeetable(struct build *b)
{
    const struct model *m = b->m;
    const int *earliest = earliest_arrivals(b);
    bool *held = NEW_ARRAY(b->arena, (size_t)m->items + 1, bool);
    for (int32_t l = 0; l < m->lots; l++) held[m->lot[l].item] = true;
    for (int32_t k = 0; k < m->sinks; k++) {
        const struct model_sink *s = &m->sink[k];
        bool any = false;
        int best = INT_MAX;
        if (!(s->most > 0)) continue; /* it has all it could use */
        for (int32_t i = s->accepts; i < s->accepts_end; i++) {
            int32_t item = m->accepted[i].item;
            int at = earliest[item * m->receivers + s->receiver];
            any |= held[item];
            if (at < best) best = at;
        }
        if (best <= s->last) continue;
        const struct record *r = book_version(b->book, b->sinks[k].need, b->known);
        find_fault(b, FINDING_UNMEETABLE, r, "need %s: %s", record_text(r, F_KEY),
                   !any             ? "no lot holds anything of what it accepts"
                   : best < INT_MAX ? "nothing of what it accepts can arrive in time"
                                    : "no way leads from what it accepts to its receiver");
        struct finding *f = &b->out->findings[b->out->finding_count - 1];
        f->sink = k;
        if (b->sinks[k].keeps == NONE) continue;
        f->text =
            text_format(b->arena, "%s (of %s)", f->text, book_key(b->book, b->sinks[k].keeps));
    }
}

static void find_hubs(struct build *b)
{
    const struct model *m = b->m;
    bool *gives = NEW_ARRAY(b->arena, (size_t)m->givers + 1, bool);
    bool *gets = NEW_ARRAY(b->arena, (size_t)m->receivers + 1, bool);
    for (int32_t l = 0; l < m->lots; l++) gives[m->lot[l].giver] = true;
    for (int32_t k = 0; k < m->sinks; k++) gets[m->sink[k].receiver] = true;
    for (int32_t h = 0; h < m->hubs; h++) {
        bool reached = false, leads = false;
        double open = 0;
        for (int32_t d = 0; d < m->givers; d++) {
            reached |= gives[d] && m->near[d * m->hubs + h] != MODEL_NONE;
        }
        for (int32_t r = 0; r < m->receivers; r++) {
            leads |= gets[r] && m->far[h * m->receivers + r] != MODEL_NONE;
        }
        for (int32_t t = 0; t < m->months; t++) open += m->capacity[h * m->months + t];
        if ((reached && leads && open > 0) || b->out->hub[h] == NONE) continue;
        const struct record *r = book_version(b->book, b->out->hub[h], b->known);
        find_fault(b, FINDING_HUB, r, "route %s: %s", record_text(r, F_KEY),
                   !reached ? "no giver who has anything reaches this hub"
                   : !leads ? "no way leads from this hub to anybody who needs anything"
                            : "nothing passes this hub in any month that is planned");
    }
    for (int32_t d = 0; d < m->givers; d++) {
        bool any = false;
        for (int32_t h = 0; h < m->hubs; h++) any |= m->near[d * m->hubs + h] != MODEL_NONE;
        if (any || !gives[d]) continue;
        const struct record *r = book_version(b->book, b->out->giver[d], b->known);
        find_fault(b, FINDING_WAY, r, "party %s: has something to give and no way to any hub",
                   record_text(r, F_KEY));
    }
}

/* Of what is held and asked for. */
static void find_masses(struct build *b)
{
    const struct model *m = b->m;
    bool *held = NEW_ARRAY(b->arena, (size_t)m->items + 1, bool);
    bool *asked = NEW_ARRAY(b->arena, (size_t)m->items + 1, bool);
    for (int32_t l = 0; l < m->lots; l++) held[m->lot[l].item] = true;
    for (int32_t k = 0; k < m->sinks; k++) {
        for (int32_t i = m->sink[k].accepts; i < m->sink[k].accepts_end; i++) {
            asked[m->accepted[i].item] = true;
        }
    }
    for (int32_t i = 0; i < m->items; i++) {
        const struct record *r = book_version(b->book, b->items[i].noun, b->known);
        if (!held[i] || !asked[i] || item_mass(b, b->items[i].noun) >= 0) continue;
        find_fault(b, FINDING_MASS, r,
                   "item %s: no mass, so it passes any hub as if it weighed"
                   " nothing",
                   record_text(r, F_KEY));
    }
}

void find_unreached(struct build *b)
{
    find_unmeetable(b);
    find_hubs(b);
    find_masses(b);
}
