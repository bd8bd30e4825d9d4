/*
 * standard.c - see standard.h.
 *
 * The schemas name each other (xsd:include, xsd:import) and libxml2 would go
 * and open what is named. Its one hook for that is of the whole process, so it
 * is taken for good: what is built in is served from memory, and everything
 * else is refused, for these schemas as for any hostile document.
 */
#include "iati/standard.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <pthread.h>
#include <string.h>

#define EMBED(id, file)                                                                            \
    __asm__(".pushsection .rodata\n"                                                               \
            "iati_" #id "_begin:\n"                                                                \
            ".incbin \"data/iati/" file "\"\n"                                                     \
            "iati_" #id "_end:\n"                                                                  \
            ".byte 0\n"                                                                            \
            ".popsection\n");                                                                      \
    extern const char id##_begin[] __asm__("iati_" #id "_begin");                                  \
    extern const char id##_end[] __asm__("iati_" #id "_end");

/* clang-format off */
#define FILES(X)                                           \
    X(activities, "iati-activities-schema.xsd")            \
    X(organisations, "iati-organisations-schema.xsd")      \
    X(registry, "iati-registry-record-schema.xsd")         \
    X(common, "iati-common.xsd")                           \
    X(xml, "xml.xsd")                                      \
    X(ruleset, "standard.json")                            \
    X(mapping, "codelist-mapping.xml")                     \
    X(codes, "codes.tsv")
/* clang-format on */

FILES(EMBED)

struct standard_file standard_file(const char *name)
{
#define LOOK(id, file)                                                                             \
    if (strcmp(name, file) == 0)                                                                   \
        return (struct standard_file){id##_begin, (size_t)(id##_end - id##_begin)};
    FILES(LOOK)
    return (struct standard_file){NULL, 0};
}

/* --- nothing from elsewhere --- */

static xmlParserInputPtr load_built_in(const char *url, const char *id, xmlParserCtxtPtr ctxt)
{
    (void)id;
    const char *slash = url ? strrchr(url, '/') : NULL;
    struct standard_file f = standard_file(slash ? slash + 1 : url ? url : "");
    if (!f.bytes) return NULL;
    xmlParserInputBufferPtr bytes =
        xmlParserInputBufferCreateMem(f.bytes, (int)f.len, XML_CHAR_ENCODING_NONE);
    if (!bytes) return NULL;
    xmlParserInputPtr in = xmlNewIOInputStream(ctxt, bytes, XML_CHAR_ENCODING_NONE);
    if (in) in->filename = (const char *)xmlStrdup(BAD_CAST url);
    return in;
}

static void seal_once(void)
{
    xmlInitParser();
    xmlSetExternalEntityLoader(load_built_in);
}

void standard_seal(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, seal_once);
}

/* --- schemas --- */

static const char *const schema_files[SCHEMA_COUNT] = {
    "iati-activities-schema.xsd",
    "iati-organisations-schema.xsd",
    "iati-registry-record-schema.xsd",
};

enum standard_schema standard_schema_of(const char *root, const char *uri)
{
    if (!uri && strcmp(root, "iati-activities") == 0) return SCHEMA_ACTIVITIES;
    if (!uri && strcmp(root, "iati-organisations") == 0) return SCHEMA_ORGANISATIONS;
    if (uri && strcmp(uri, "http://iatiregistry.org/ns/record#") == 0) return SCHEMA_REGISTRY;
    return SCHEMA_COUNT;
}

static xmlSchemaPtr compile(const char *name)
{
    standard_seal();
    xmlSchemaParserCtxtPtr p = xmlSchemaNewParserCtxt(name);
    xmlSchemaPtr s = p ? xmlSchemaParse(p) : NULL;
    if (p) xmlSchemaFreeParserCtxt(p);
    return s;
}

xmlSchemaPtr standard_schema(enum standard_schema which)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static xmlSchemaPtr compiled[SCHEMA_COUNT];
    pthread_mutex_lock(&lock);
    if (!compiled[which]) compiled[which] = compile(schema_files[which]);
    xmlSchemaPtr s = compiled[which];
    pthread_mutex_unlock(&lock);
    return s;
}
