/*
 * readers.c - the list of readers, in the order they are asked.
 *
 * A new format is a reader in its own .c, a line in readers.h and one here.
 * What is most particular stands first: a reader that would take any table
 * comes last.
 */
#include "source/readers.h"

#include <stddef.h>

/* clang-format off */
const struct reader *const source_readers[] = {
    &mapping_reader, /* a mapping file says itself what the tables beside it are */
    &fts_reader,       &fts_plans_reader, &kiel_workbook_reader, &kiel_release_reader,
    &iati_reader,
    &ecb_rates_reader, &imf_rates_reader, &indicators_reader, &codelist_reader,    &statements_reader,
    NULL,
};
/* clang-format on */
