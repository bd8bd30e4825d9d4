/*
 * judge.h - build/plan-check asked by a test: what it answers, its exit code.
 *
 * The program beside the test's own build directory is taken.
 */
#ifndef MUSTER_TEST_JUDGE_H
#define MUSTER_TEST_JUDGE_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static char judge_path[512];
static char judge_said[4096]; /* the last answer, with what it complained of */

static inline void judge_find(const char *argv0)
{
    const char *at = strstr(argv0, "/test/");
    snprintf(judge_path, sizeof judge_path, "%.*s/plan-check", at ? (int)(at - argv0) : 0, argv0);
}

/* Exit code; 0 feasible, 1 not, 3 a file is bad. */
static inline int judge(const char *mps, const char *solution)
{
    char command[1500];
    snprintf(command, sizeof command, "%s '%s' '%s' 2>&1", judge_path, mps, solution);
    FILE *f = popen(command, "r");
    if (!f) abort();
    size_t len = fread(judge_said, 1, sizeof judge_said - 1, f);
    judge_said[len] = '\0';
    int status = pclose(f);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/* The objective that it printed. */
static inline double judge_objective(void)
{
    const char *at = strstr(judge_said, "objective ");
    return at ? strtod(at + 10, NULL) : 0.0 / 0.0;
}

/* Is there a feasible answer of that objective? Else says what was said. */
static inline bool judge_agrees(const char *mps, const char *solution, double objective)
{
    int code = judge(mps, solution);
    double is = judge_objective(), off = is - objective;
    bool same = (off < 0 ? -off : off) <= 1e-6 * (1 + (objective < 0 ? -objective : objective));
    if (code != 0 || !same) printf("# %.9g wanted, plan-check: %s", objective, judge_said);
    return code == 0 && same;
}

#endif
