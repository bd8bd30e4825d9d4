/*
 * embedded.h - the tables of the reader, built into the program.
 *
 * Private to read/; see names/embedded.h for how. Each is the file's bytes.
 */
#ifndef MUSTER_READ_EMBEDDED_H
#define MUSTER_READ_EMBEDDED_H

struct table_bytes {
    const char *name, *begin, *end;
};

/* Every table of spellings in data/read, ended by one without a name. */
extern const struct table_bytes read_tables[];

/* Who attacks whom: wars.h. */
extern const struct table_bytes read_wars;

#endif
