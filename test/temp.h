/*
 * temp.h - a directory of its own for a test's files, removed with what is in it.
 *
 * Under TMPDIR; else in memory where the machine has that, since tests sync
 * thousands of times and none of them is about a real disk; else /tmp.
 */
#ifndef MUSTER_TEST_TEMP_H
#define MUSTER_TEST_TEMP_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct temp {
    char dir[200];
};

static inline void temp_make(struct temp *t)
{
    const char *root = getenv("TMPDIR");
    if (!root || !*root) root = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(t->dir, sizeof t->dir, "%.150s/muster-test-XXXXXX", root);
    if (!mkdtemp(t->dir)) {
        perror(t->dir);
        exit(99);
    }
}

/* "DIR/name" in a buffer that the next call but three writes over. */
static inline const char *temp_path(const struct temp *t, const char *name)
{
    static char paths[4][320];
    static unsigned next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%.100s", t->dir, name);
    return path;
}

/* Remove the files, keep the directory. */
static inline void temp_empty(const struct temp *t)
{
    DIR *d = opendir(t->dir);
    for (struct dirent *e; d && (e = readdir(d));) {
        if (e->d_name[0] != '.') remove(temp_path(t, e->d_name));
    }
    if (d) closedir(d);
}

static inline void temp_remove(const struct temp *t)
{
    temp_empty(t);
    rmdir(t->dir);
}

#endif
