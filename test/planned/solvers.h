/*
 * solvers.h - Clp and Cbc, as programs, to judge what we write and find.
 *
 * Debian's coinor-clp and coinor-cbc; tests that ask them are skipped where
 * they are absent.
 */
#ifndef MUSTER_TEST_SOLVERS_H
#define MUSTER_TEST_SOLVERS_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "plan/mps.h"
#include "tap.h"
#include "temp.h"

static inline bool solver_there(const char *name)
{
    char command[200];
    snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", name);
    return system(command) == 0;
}

/* A test that asks such a program. */
#define RUN_WITH(name, test)                                                                       \
    do {                                                                                           \
        if (solver_there(name))                                                                    \
            RUN(test);                                                                             \
        else                                                                                       \
            printf("ok %d - %s # SKIP no " name " (coinor-" name ")\n", ++tap_count, #test);       \
    } while (0)

/* The model as a file of that form; the test fails where it could not be written. */
static inline void solver_write(const char *path, const struct model *m, enum mps_form form)
{
    struct err err = {0};
    FILE *f = fopen(path, "w");
    if (!f || mps_write(m, NULL, form, mps_to_file, f, &err)) {
        printf("# %s: %s\n", path, err.msg);
        tap_this_ok = false;
    }
    if (f) fclose(f);
}

/*
 * The optimum by "clp" or "cbc"; NAN and a failed test where it says anything
 * else. `answer`, if not NULL, becomes a file of "column value" lines.
 */
static inline double solver_optimum(const char *name, const char *mps, const char *answer)
{
    char command[1400], line[1024], column[512];
    double optimum = NAN, value;
    snprintf(command, sizeof command, "%s '%s' %s -solution '%s.out' >'%s.log' 2>&1", name, mps,
             strcmp(name, "clp") == 0 ? "-dualsimplex" : "-ratioGap 0 -allowableGap 0 -solve", mps,
             mps);
    int status = system(command);
    snprintf(command, sizeof command, "%s.out", mps);
    FILE *in = status == 0 ? fopen(command, "r") : NULL;
    FILE *out = in && answer ? fopen(answer, "w") : NULL;
    bool found = in && fgets(line, sizeof line, in) && strncasecmp(line, "optimal", 7) == 0;
    while (found && (strstr(line, "value") || fgets(line, sizeof line, in))) {
        const char *at = strstr(line, "value");
        if (at && isnan(optimum))
            optimum = strtod(at + 5, NULL);
        else if (out && sscanf(line, " %*[*] %*d %500s %lf", column, &value) == 2)
            fprintf(out, "%s %.17g\n", column, value);
        else if (out && sscanf(line, " %*d %500s %lf", column, &value) == 2)
            fprintf(out, "%s %.17g\n", column, value);
        line[0] = '\0';
    }
    if (in) fclose(in);
    if (out) fclose(out);
    remove(command);
    if (isnan(optimum)) {
        printf("# %s found no optimum of %s\n", name, mps);
        tap_this_ok = false;
    }
    return optimum;
}

/* Are two objectives the same but for what floating point takes? */
static inline bool solver_same(double x, double y)
{
    return fabs(x - y) <= 1e-6 * (1 + fabs(x) + fabs(y));
}

#endif
