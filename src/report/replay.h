/* replay.h - what planning would have been worth: a replay as rows. */
#ifndef MUSTER_REPORT_REPLAY_H
#define MUSTER_REPORT_REPLAY_H

#include "plan/instance.h"
#include "plan/replay.h"
#include "report/answer.h"

/*
 * A row for each of practice's rules, for the plan without foresight and for the
 * one with: "way unmet_months against_first_come on_time_percent objective shipments".
 */
struct answer *report_replay(struct arena *a, const struct instance *in,
                             const struct replay_row row[REPLAY_WAYS]);

#endif
