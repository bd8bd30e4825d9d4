/*
 * plan_instance.c - a store filled with a made-up planning problem.
 *
 *     plan-instance SIZE SEED STORE [LINES]
 *
 * SIZE is S, M, L or X; LINES is how many production lines can be opened. The
 * same size and seed give the same problem, in any year: see test/planned/fill.h.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "planned/fill.h"

/* Digits, and nothing else; -1. */
static long long number(const char *typed)
{
    size_t len = strlen(typed);
    if (!len || len > 18 || strspn(typed, "0123456789") != len) return -1;
    return atoll(typed);
}

int main(int argc, char **argv)
{
    struct arena arena = {0};
    struct err err = {0};
    struct store *store = NULL;
    long long seed = argc > 2 ? number(argv[2]) : -1, lines = argc > 4 ? number(argv[4]) : 0;
    bool sized = argc > 1 && strlen(argv[1]) == 1 && strchr("SMLX", argv[1][0]);
    if (argc < 4 || argc > 5 || !sized || seed < 0 || lines < 0 || lines > 1000) {
        fprintf(stderr, "usage: plan-instance S|M|L|X SEED STORE [LINES]\n");
        return 2;
    }
    struct generated *g = generate(&arena, argv[1][0], (uint64_t)seed, (int32_t)lines);
    enum rc rc = store_open(&arena, argv[3], true, &store, &err);
    if (!rc) rc = fill_store(&arena, store, g, &err);
    if (rc) fprintf(stderr, "plan-instance: %s: %s\n", argv[3], err.msg);
    if (store) store_close(store);
    arena_free(&arena);
    return rc == RC_OK ? 0 : rc == RC_STORE ? 4 : 3;
}
