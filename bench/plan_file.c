/*
 * plan_file.c - a made-up problem as MPS: plan_file SIZE SEED arc|path [LINES] >FILE.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan/mps.h"
#include "planned/generate.h"

int main(int argc, char **argv)
{
    if (argc < 4) return fprintf(stderr, "plan_file SIZE SEED arc|path [LINES]\n"), 2;
    struct arena a = {0};
    struct err err;
    enum mps_form form = strcmp(argv[3], "path") == 0 ? MPS_PATH : MPS_ARC;
    const struct generated *g =
        generate(&a, argv[1][0], strtoull(argv[2], NULL, 10), argc > 4 ? atoi(argv[4]) : 0);
    enum rc rc = mps_write(generated_model(&a, g), NULL, form, mps_to_file, stdout, &err);
    if (rc) fprintf(stderr, "plan_file: %s\n", err.msg);
    arena_free(&a);
    return rc || fflush(stdout) != 0;
}
