/*
 * claims.h - sentences into statements.
 *
 * Private to read/. See claims.c for the grammar.
 */
#ifndef MUSTER_READ_CLAIMS_H
#define MUSTER_READ_CLAIMS_H

#include "read/plain.h"
#include "read/read.h"
#include "read/turns.h"

/* Append the statements of every turn to out->said; out->turns is filled already. */
void claims_of(struct arena *a, const struct plain *p, const struct talk *talk,
               struct reading *out);

#endif
