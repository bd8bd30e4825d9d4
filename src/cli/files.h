/*
 * files.h - what the person named on the command line, as inputs and units.
 *
 * A unit is taken in whole or not at all: the files of a directory, pages of one
 * answer given together, tables with their mapping file, or a single file.
 * Directories in a directory come after its files, by name, each a unit.
 */
#ifndef MUSTER_CLI_FILES_H
#define MUSTER_CLI_FILES_H

#include "cli/opt.h"
#include "source/source.h"

/*
 * A file above the second is fed to its reader, if that takes it so: see struct
 * stream. An exchange file is when it is above the first.
 */
enum { FILE_BYTES_MAX = 1 << 30, FEED_BYTES_MIN = 64 << 20 };

struct unit {
    const char *name;            /* for people */
    const struct reader *reader; /* NULL: an exchange file; never so with_next or after one */
    struct input *inputs;
    uint32_t count;
    bool with_next; /* in one commit with the unit after it: files of one directory */
    bool fed;       /* its one input is the head of a file that is too large to be held */
};

struct units {
    struct unit *list;
    uint32_t count;
};

/*
 * Read the files and group them. `format` (NULL: by content) names one reader
 * for all, "muster" the exchange file. RC_ABSENT for what is not there or may
 * not be read, and for a format that is none; RC_INPUT for a file above 1 GiB
 * or one that no reader knows, and nothing of the others is read then.
 */
MUST_CHECK enum rc files_units(struct arena *a, const struct texts *paths, const char *format,
                               struct units *out, struct err *err);

/* One file as an input; "-" is standard input. */
MUST_CHECK enum rc file_input(struct arena *a, const char *path, struct input *out,
                              struct err *err);

#endif
