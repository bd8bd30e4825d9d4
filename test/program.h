/*
 * program.h - the real program, run by a test: its answer, what it said, its exit code.
 *
 * MUSTER names the binary; else the one beside the test's build directory is
 * taken, else build/muster.
 */
#ifndef MUSTER_TEST_PROGRAM_H
#define MUSTER_TEST_PROGRAM_H

#include <errno.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "temp.h"

static char program_path[512];
static char program_said[65536]; /* the last run's standard error, cut to fit */
static int program_exit;

static inline void program_find(const char *argv0)
{
    const char *env = getenv("MUSTER"), *at = strstr(argv0, "/test/");
    if (env && *env) {
        snprintf(program_path, sizeof program_path, "%.500s", env);
        return;
    }
    snprintf(program_path, sizeof program_path, "%.*s/muster", at ? (int)(at - argv0) : 0, argv0);
    if (!at || access(program_path, X_OK) != 0) strcpy(program_path, "build/muster");
}

/*
 * Run `muster ARGS` through the shell (quote what needs it); what it printed,
 * to be freed. program_exit and program_said tell the rest.
 */
static inline char *program(const struct temp *t, const char *args, ...)
{
    char typed[8192], command[9216];
    va_list ap;
    va_start(ap, args);
    vsnprintf(typed, sizeof typed, args, ap);
    va_end(ap);
    const char *said = temp_path(t, "said");
    snprintf(command, sizeof command, "%s %s 2>'%s'", program_path, typed, said);
    size_t len = 0, room = 65536;
    char *out = malloc(room);
    FILE *f = popen(command, "r");
    if (!out || !f) abort();
    for (size_t n; (n = fread(out + len, 1, room - len - 1, f)) > 0;) {
        len += n;
        if (room - len < 2 && !(out = realloc(out, room *= 2))) abort();
    }
    out[len] = '\0';
    int status = pclose(f);
    program_exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    f = fopen(said, "r");
    size_t n = f ? fread(program_said, 1, sizeof program_said - 1, f) : 0;
    program_said[n] = '\0';
    if (f) fclose(f);
    return out;
}

/* The same, the answer parsed; NULL (and the test fails) when it is no JSON or the exit is not 0.
 */
#define program_json(...) program_parse(program(__VA_ARGS__), __FILE__, __LINE__)

static inline json_t *program_parse(char *text, const char *file, int line)
{
    json_error_t e;
    json_t *json = program_exit == 0 ? json_loads(text, 0, &e) : NULL;
    if (!json) {
        printf("# %s:%d: exit %d, said: %.300s\n", file, line, program_exit, program_said);
        tap_this_ok = false;
    }
    free(text);
    return json;
}

static inline double json_member(const json_t *object, const char *name)
{
    return json_number_value(json_object_get(object, name));
}

/* The row whose `column` is `value`, or NULL. */
static inline json_t *json_row(const json_t *answer, const char *rows, const char *column,
                               const char *value)
{
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(answer, rows), i, row)
    {
        const char *is = json_string_value(json_object_get(row, column));
        if (is && strcmp(is, value) == 0) return row;
    }
    return NULL;
}

/*
 * ../shared, or where MUSTER_SHARED says; NULL when it is not there. Looked for
 * once, and with its whole path: a test may go to another directory.
 */
static inline const char *shared_dir(void)
{
    static char found[1024];
    static bool looked;
    if (looked) return *found ? found : NULL;
    looked = true;
    const char *dir = getenv("MUSTER_SHARED");
    char here[500];
    if (!dir || !*dir) dir = "../shared";
    if (access(dir, R_OK) != 0 || !getcwd(here, sizeof here)) return NULL;
    snprintf(found, sizeof found, "%s%s%.500s", *dir == '/' ? "" : here, *dir == '/' ? "" : "/",
             dir);
    return found;
}

/* A test (tap.h) that needs ../shared. */
#define RUN_SHARED(test)                                                                           \
    do {                                                                                           \
        if (shared_dir())                                                                          \
            RUN(test);                                                                             \
        else                                                                                       \
            printf("ok %d - %s # SKIP no ../shared\n", ++tap_count, #test);                        \
    } while (0)

#endif
