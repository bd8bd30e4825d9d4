/*
 * readers.h - every reader by name; readers.c puts them in order.
 *
 * Private to source/ and its tests: everybody else goes through
 * source_readers[].
 */
#ifndef MUSTER_SOURCE_READERS_H
#define MUSTER_SOURCE_READERS_H

#include "source/source.h"

extern const struct reader fts_reader;           /* fts.c */
extern const struct reader fts_plans_reader;     /* fts_plans.c */
extern const struct reader kiel_workbook_reader; /* kiel_workbook.c */
extern const struct reader kiel_release_reader;  /* kiel_release.c */
extern const struct reader iati_reader;          /* iati.c */
extern const struct reader mapping_reader;       /* mapping.c */
extern const struct reader ecb_rates_reader;     /* rates.c */
extern const struct reader imf_rates_reader;     /* rates.c */
extern const struct reader indicators_reader;    /* indicators.c */
extern const struct reader codelist_reader;      /* codelists.c */
extern const struct reader statements_reader;    /* statements.c */

/* What statements_reader makes of a reading: for tests that write the reading by hand. */
struct reading;
void statements_intake(const struct input *file, const struct reading *reading, struct intake *out);

#endif
