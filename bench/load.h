/*
 * load.h - a whole file for a benchmark, which gives up where it cannot be read.
 */
#ifndef MUSTER_BENCH_LOAD_H
#define MUSTER_BENCH_LOAD_H

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"

struct text {
    char *bytes;
    size_t len;
};

/* The bytes are the arena's, with a NUL behind them. */
static inline struct text load(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    long len = -1;
    if (f && fseek(f, 0, SEEK_END) == 0) len = ftell(f);
    char *bytes = len >= 0 ? NEW_ARRAY(a, (size_t)len + 1, char) : NULL;
    if (bytes) rewind(f);
    if (!bytes || fread(bytes, 1, (size_t)len, f) != (size_t)len) {
        perror(path);
        exit(1);
    }
    fclose(f);
    return (struct text){.bytes = bytes, .len = (size_t)len};
}

#endif
