/* oracle.c - see oracle.h. */
#include "oracle.h"

#include <stddef.h>

static bool seen(const struct oracle_entry *e, bool confirmed_only)
{
    bool delivery = e->from == ORACLE_DELIVERED || e->to == ORACLE_DELIVERED;
    return !confirmed_only || !delivery || e->confirmed;
}

oracle_int oracle_at(const struct oracle *o, uint64_t line, int stage, int32_t effective,
                     int64_t known, bool confirmed_only)
{
    oracle_int sum = 0;
    for (int i = 0; i < o->count; i++) {
        const struct oracle_entry *e = &o->list[i];
        if (e->line != line || e->day > effective || e->ms > known) continue;
        if (!seen(e, confirmed_only)) continue;
        if (e->to == stage) sum += e->qty;
        if (e->from == stage) sum -= e->qty;
    }
    return sum;
}

static const struct oracle_entry *find(const struct oracle *o, uint64_t id)
{
    for (int i = 0; i < o->count; i++) {
        if (o->list[i].id == id) return &o->list[i];
    }
    return NULL;
}

/* A reversal is the mirror of an entry that nobody took back, and says why. */
static bool mirrors(const struct oracle *o, struct oracle_entry *e)
{
    const struct oracle_entry *old = find(o, e->reverses);
    if (!old || old->reverses || !e->reason) return false;
    for (int i = 0; i < o->count; i++) {
        if (o->list[i].reverses == e->reverses) return false;
    }
    e->confirmed = old->confirmed;
    return old->line == e->line && old->qty == e->qty && old->day == e->day && old->from == e->to &&
           old->to == e->from;
}

/* Forward along the stages, or out of the way; nothing leaves an end or enters the world. */
static bool right_way(const struct oracle_entry *e)
{
    if (e->to == 0 || e->from >= ORACLE_WITHDRAWN) return false;
    if (e->to >= ORACLE_WITHDRAWN) return e->from != 0;
    return e->to > e->from;
}

/* No stage below zero on any day, whoever asks. */
static bool nowhere_negative(const struct oracle *o, uint64_t line)
{
    for (int i = 0; i < o->count; i++) {
        if (o->list[i].line != line) continue;
        for (int stage = 1; stage < ORACLE_STAGES; stage++) {
            int32_t day = o->list[i].day;
            if (oracle_at(o, line, stage, day, INT64_MAX, false) < 0) return false;
            if (oracle_at(o, line, stage, day, INT64_MAX, true) < 0) return false;
        }
    }
    return true;
}

/* A line never takes in more than a quarter of what 64 bits hold, reversals not taken off. */
static bool fits(const struct oracle *o, uint64_t line)
{
    oracle_int sum = 0;
    for (int i = 0; i < o->count; i++) {
        if (o->list[i].line == line && o->list[i].from == 0) sum += o->list[i].qty;
    }
    return sum <= INT64_MAX / 4;
}

bool oracle_post(struct oracle *o, struct oracle_entry e)
{
    if (e.qty <= 0 || o->count == ORACLE_MAX) return false;
    if (e.reverses ? !mirrors(o, &e) : !right_way(&e)) return false;
    o->list[o->count++] = e;
    if (nowhere_negative(o, e.line) && (e.from != 0 || fits(o, e.line))) return true;
    o->count--;
    return false;
}
