/*
 * standard.h - what the IATI standard says, as its makers publish it: the
 * schemas of 2.03, the standard ruleset, the lists of codes and where each is
 * used. Built into the program, so that nothing is ever looked up elsewhere.
 * Sources and licences: data/iati/SOURCES.md.
 */
#ifndef MUSTER_IATI_STANDARD_H
#define MUSTER_IATI_STANDARD_H

#include <libxml/xmlschemas.h>
#include <stddef.h>

#include "base/err.h"

struct standard_file {
    const char *bytes; /* NULL: there is none of that name */
    size_t len;
};

/* One of those files by its name, "iati-common.xsd". */
struct standard_file standard_file(const char *name);

enum standard_schema {
    SCHEMA_ACTIVITIES,
    SCHEMA_ORGANISATIONS,
    SCHEMA_REGISTRY, /* records of the registry, an extension */
    SCHEMA_COUNT
};

/* Which schema judges a document with this root, or SCHEMA_COUNT. `uri` may be NULL. */
enum standard_schema standard_schema_of(const char *root, const char *uri);

/*
 * The schema, compiled once in the life of the process and then only read:
 * any thread may use it. NULL only if libxml2 is out of memory or changed.
 */
xmlSchemaPtr standard_schema(enum standard_schema which);

/*
 * From now on libxml2 resolves no name but those of the files above: no
 * network, no disk, for whatever is parsed in this process. Everybody who
 * parses foreign XML calls it first; calling it again does nothing.
 */
void standard_seal(void);

#endif
