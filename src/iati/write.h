/*
 * write.h - the form of an activity or organisation (iati.h) as IATI 2.03.
 *
 * Elements come in the order of the schema, whatever the form's order. libxml2
 * writes, so nothing in a text is ever markup; and what is written goes on at
 * once, so a file may be of any size.
 */
#ifndef MUSTER_IATI_WRITE_H
#define MUSTER_IATI_WRITE_H

#include "iati/iati.h"

struct iati_writer;

/* Takes the bytes as they are made; RC_OK, or the code to end with. */
typedef enum rc iati_sink(void *ctx, const char *bytes, size_t len, struct err *err);

/*
 * Begin a file of activities, or of organisations. `prefix` and `ns` are of
 * the elements of an own namespace that will come in `rest`; NULL: none.
 * generated_ms 0: not said. It lives in the arena until iati_write_end().
 */
MUST_CHECK enum rc iati_write_begin(struct arena *a, bool organisations, int64_t generated_ms,
                                    const char *prefix, const char *ns, iati_sink *sink, void *ctx,
                                    struct iati_writer **out, struct err *err);

/* One more. What is not plain text of XML (plain_text) must not be in it. */
MUST_CHECK enum rc iati_write_activity(struct iati_writer *w, const struct iati_activity *a,
                                       struct err *err);
MUST_CHECK enum rc iati_write_organisation(struct iati_writer *w, const struct iati_organisation *o,
                                           struct err *err);

/* Elements of the own namespace, or others, that stand in none: after all of them. */
MUST_CHECK enum rc iati_write_beside(struct iati_writer *w, const struct iati_node *list,
                                     struct err *err);

/* Close the file, unless something failed before; the writer is gone in any case. */
MUST_CHECK enum rc iati_write_end(struct iati_writer *w, bool whole, struct err *err);

#endif
