/*
 * iati_own.h - records as elements of our own namespace (iati/own.h): private
 * to export/iati*.c.
 */
#ifndef MUSTER_EXPORT_IATI_OWN_H
#define MUSTER_EXPORT_IATI_OWN_H

#include "book/book.h"
#include "iati/iati.h"

/* Elements in the order in which they were added. */
struct own_list {
    struct iati_node *first, *last;
};

struct own {
    struct arena *arena; /* of one activity; reset by its owner */
    const struct book *book;
    int64_t known;
    uint8_t *written; /* by noun: it stands in the file already */
};

/*
 * Add a record, and before it every noun that it names and that the file does
 * not have yet. Evidence and authors stay at home: the file is the evidence.
 */
void own_add(struct own *o, struct own_list *to, const struct record *r);

/* The noun as known, unless it was written before. */
void own_add_noun(struct own *o, struct own_list *to, uint32_t noun);

#endif
