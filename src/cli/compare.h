/* compare.h - muster scenario compare, a part of cmd_scenario.c. */
#ifndef MUSTER_CLI_COMPARE_H
#define MUSTER_CLI_COMPARE_H

#include "cli/cmd.h"

extern const struct command scenario_compare;

#endif
