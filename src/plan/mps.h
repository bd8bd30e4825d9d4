/*
 * mps.h - a planning problem as a file that any solver reads, and a plan as its solution.
 *
 * Free-format MPS, written as it is enumerated: memory grows with the rows at
 * most, never with the columns. Every number reads back as the same double.
 * There are two forms with one optimum:
 *
 *   path  every possible shipment is a column. What a person would write.
 *   arc   lots flow through giver, hub and receiver month by month. Same
 *         optimum, a fraction of the size: the form to give a general solver.
 *
 * Names have no blanks. Parts are told apart by '.', a lot by GIVER:ITEM:LOT:
 *
 *   path   x.LOT.SINK.HUB.MONTH      arrives in MONTH           (whole for whole items)
 *   arc    use.LOT                   leaves the lot             (at most its quantity)
 *          keep.GIVER.ITEM.MONTH     waits at the giver from MONTH to the next
 *          send.GIVER.ITEM.HUB.MONTH leaves the giver in MONTH
 *          pass.ITEM.HUB.RECEIVER.MONTH  passes the hub in MONTH
 *          give.ITEM.SINK.MONTH      arrives in MONTH
 *   both   unmet.SINK                never arrives for an ordinary need
 *          out.SINK.MONTH            systems not in service in MONTH
 *          got.SINK.MONTH            of a system: arrived until then
 *          left.SINK.MONTH           of a complement: arrived and not used up
 *          burden.GIVER burden  over.GIVER under.GIVER   (only where fairness counts)
 *          open.LINE                 0 or 1
 *   rows   objective lot. need. got. serve. left. most. hub. budget. burden. fair. giver. via. at.
 */
#ifndef MUSTER_PLAN_MPS_H
#define MUSTER_PLAN_MPS_H

#include "base/err.h"
#include "plan/value.h"

enum mps_form { MPS_PATH, MPS_ARC };

/*
 * What things are called. Any of these may be NULL: then d0, i0, h0, r0, l0,
 * k0, b0, g0 and m0 count them. What MPS or a reader could stumble over becomes
 * '_', what is long is cut, and what then is said twice gets ~INDEX.
 */
struct mps_names {
    const char *const *giver, *const *item, *const *hub, *const *receiver;
    const char *const *lot, *const *sink, *const *budget, *const *line, *const *month;
};

/* Takes the text in pieces, in order; not RC_OK stops the writing and is handed on. */
typedef enum rc mps_sink(void *ctx, const char *bytes, size_t len, struct err *err);

/* `names` may be NULL. */
MUST_CHECK enum rc mps_write(const struct model *m, const struct mps_names *names,
                             enum mps_form form, mps_sink *sink, void *ctx, struct err *err);

/*
 * The plan as "column value" lines, for the file that mps_write makes of the
 * same model, names and form. Columns that are 0 are left out.
 */
MUST_CHECK enum rc mps_write_plan(const struct model *m, const struct mps_names *names,
                                  enum mps_form form, const struct plan *p, mps_sink *sink,
                                  void *ctx, struct err *err);

/* A mps_sink whose ctx is a FILE. */
enum rc mps_to_file(void *file, const char *bytes, size_t len, struct err *err);

#endif
