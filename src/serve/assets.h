/*
 * assets.h - style, script and icon, built into the program.
 *
 * The address of an asset has the hash of its bytes in it, so that it may be
 * kept for ever; another build has other addresses.
 */
#ifndef MUSTER_SERVE_ASSETS_H
#define MUSTER_SERVE_ASSETS_H

#include <stddef.h>

#include "base/arena.h"

struct asset {
    const char *name, *type;
    const char *begin, *end;
};

/* "/asset/3f2a.../muster.css" */
const char *asset_address(struct arena *a, const char *name);

/* The asset of such an address; NULL when there is none, or not of that hash. */
const struct asset *asset_at(struct arena *a, const char *path);

#endif
