/*
 * readers.c - the list of readers, in the order they are asked.
 *
 * A new format is a reader in its own .c and one line here. What is most
 * particular stands first: a reader that would take any table comes last.
 */
#include <stddef.h>

#include "source/source.h"

extern const struct reader kiel_release_reader;

const struct reader *const source_readers[] = {
    &kiel_release_reader,
    NULL,
};
