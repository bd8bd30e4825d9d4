/* plan_parts.h - the parts of muster plan, which stand in files of their own. */
#ifndef MUSTER_CLI_PLAN_PARTS_H
#define MUSTER_CLI_PLAN_PARTS_H

#include "cli/cmd.h"

extern const struct command plan_why, plan_what_if, plan_replay, plan_letter;

#endif
