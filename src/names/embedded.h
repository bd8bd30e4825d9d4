/*
 * embedded.h - the data files that are built into the program.
 *
 * Private to names/. Each is the file's bytes, not NUL-terminated, from begin
 * up to and not including end.
 */
#ifndef MUSTER_NAMES_EMBEDDED_H
#define MUSTER_NAMES_EMBEDDED_H

extern const char names_iso_3166_1_begin[], names_iso_3166_1_end[];
extern const char names_iso_3166_3_begin[], names_iso_3166_3_end[];
extern const char names_iso_4217_begin[], names_iso_4217_end[];
extern const char names_aliases_begin[], names_aliases_end[];
extern const char names_groups_begin[], names_groups_end[];

#endif
