/*
 * room.h - what is left of a proposal's lot and need, by the book as it is now.
 *
 * Between a proposal and its answer things happen: a lot goes elsewhere, a need
 * is met. What is left is what a plan of today would start from, so that it is
 * told by the very numbers that a plan is made of.
 */
#ifndef MUSTER_PLAN_ROOM_H
#define MUSTER_PLAN_ROOM_H

#include "plan/instance.h"
#include "plan/rounds.h"

struct room {
    int64_t lot;  /* parts of the lot, or of the promise, that can still be had */
    int64_t need; /* parts of its item that the need still asks for; INT64_MAX: more is welcome */
    bool keeps;   /* it keeps the need's systems going, and is not what the need asks for itself */
};

/* `day`: the one that was planned for. RC_INPUT when a book cannot be planned at all. */
MUST_CHECK enum rc proposal_room(struct arena *a, struct book *b, const struct proposal *p,
                                 int32_t day, struct room *out, struct err *err);

#endif
