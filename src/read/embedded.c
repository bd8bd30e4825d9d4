/*
 * embedded.c - puts data/read/ into the program, byte for byte.
 *
 * The assembler's .incbin, as in names/embedded.c: no second build step, and
 * what a person edits is what the program reads.
 */
#include "read/embedded.h"

#include <stddef.h>

#define EMBED(name)                                                                                \
    __asm__(".pushsection .rodata\n"                                                               \
            "read_" #name "_begin:\n"                                                              \
            ".incbin \"data/read/" #name ".tsv\"\n"                                                \
            "read_" #name "_end:\n"                                                                \
            ".byte 0\n"                                                                            \
            ".popsection\n");                                                                      \
    extern const char name##_begin[] __asm__("read_" #name "_begin");                              \
    extern const char name##_end[] __asm__("read_" #name "_end");

#define ROW(name)                                                                                  \
    {                                                                                              \
        "data/read/" #name ".tsv", name##_begin, name##_end                                        \
    }
#define ROW_OF_MANY(name) ROW(name),

/* clang-format off */
#define TABLES(X) X(words) X(numbers) X(places) X(bodies)
/* clang-format on */

TABLES(EMBED)
EMBED(wars)

const struct table_bytes read_wars = ROW(wars);
const struct table_bytes read_tables[] = {TABLES(ROW_OF_MANY){NULL, NULL, NULL}};
