/*
 * mapping_draft.h - one row on its way into the intake; for mapping_*.c only.
 */
#ifndef MUSTER_SOURCE_MAPPING_DRAFT_H
#define MUSTER_SOURCE_MAPPING_DRAFT_H

#include "base/map.h"
#include "source/mapping_cells.h"

enum { WANTS_MAX = 512 };

/* A party or item that a row refers to and that must be there if the row is taken. */
struct want {
    enum kind kind;
    const char *key, *name, *type, *unit, *label;
    int parts;
};

/* An item of the unit's catalogue. */
struct known_item {
    const char *key, *unit;
    int parts;
    bool made; /* of a name in some row: no [item] declares it */
};

struct mapping_run {
    struct intake *in;
    const struct mapping *m;
    struct arena scratch; /* forgotten after every row */
    struct map keys;      /* "kind key" -> its place in the intake */
    struct map parties;   /* key or folded name -> key, as a pointer */
    struct map items;     /* key or folded name -> struct known_item */
    struct map lines;     /* line key -> 1 + decimal places that its quantities count */
    struct want *wants;
};

struct draft {
    struct mapping_run *run;
    struct place place;
    struct record *records[2 * MAPPING_SECTIONS_MAX];
    uint32_t count, want_count;
    const char *line, *package; /* keys that this row made */
    int line_places;
    const char *passage; /* what its records stand on; NULL: the row itself */
};

enum outcome { MADE, LEFT_OUT, REFUSED };

/* The record that a section makes of the row, added to the draft. */
enum outcome draft_section(struct draft *d, const struct section *s);

/* What map_put_pointer put under the key, or NULL. */
void *map_pointer(const struct map *m, const char *key);
void map_put_pointer(struct map *m, const char *key, const void *pointer);

#endif
