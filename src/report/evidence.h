/* evidence.h - where a figure was read: a passage and its source in words. */
#ifndef MUSTER_REPORT_EVIDENCE_H
#define MUSTER_REPORT_EVIDENCE_H

#include "book/book.h"

/* "flows-page-2.json, flow 211794"; "" when there is no passage. */
const char *evidence_words(struct arena *a, const struct book *b, uint64_t passage);

/* The address of the passage, else of its source; NULL when neither has one. */
const char *evidence_address(const struct book *b, uint64_t passage);

#endif
