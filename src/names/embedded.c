/*
 * embedded.c - puts the data files into the program, byte for byte.
 *
 * The assembler's .incbin, and not a generated C array: no second build step,
 * no generated file, and gcc and clang both have it. Paths of our own data
 * are relative to the top of the tree, where make runs.
 */
#include "names/embedded.h"

#ifndef ISO_CODES_DIR
#define ISO_CODES_DIR "/usr/share/iso-codes/json/"
#endif

#define EMBED(name, path)                                                                          \
    __asm__(".pushsection .rodata\n"                                                               \
            ".global names_" name "_begin\n"                                                       \
            ".global names_" name "_end\n"                                                         \
            "names_" name "_begin:\n"                                                              \
            ".incbin \"" path "\"\n"                                                               \
            "names_" name "_end:\n"                                                                \
            ".byte 0\n"                                                                            \
            ".popsection\n")

EMBED("iso_3166_1", ISO_CODES_DIR "iso_3166-1.json");
EMBED("iso_3166_3", ISO_CODES_DIR "iso_3166-3.json");
EMBED("iso_4217", ISO_CODES_DIR "iso_4217.json");
EMBED("aliases", "data/aliases.csv");
EMBED("groups", "data/groups.csv");
