/*
 * exchange.h - the log as plain text, lossless both ways.
 *
 * One line a record, in log order, so that people can read it, diff it and
 * keep it; every commit and the whole end with their Merkle root:
 *
 *     muster 1
 *     party 1 2026-11-22T09:00:00.000Z public salt=... idem="party/DEU/1" key="DEU" ...
 *     entry 7 2026-11-22T09:00:00.000Z public salt=... line=5 from=world to=committed ...
 *     commit 7 <root>
 *     end 7 <root>
 *
 * Texts stand in quotes with \" \\ \n \t; days, instants, stages and decimals
 * as they are said; references as ids. Fields come in the order of their tags.
 */
#ifndef MUSTER_RECORD_EXCHANGE_H
#define MUSTER_RECORD_EXCHANGE_H

#include "base/buf.h"
#include "record/merkle.h"
#include "record/record.h"

#define EXCHANGE_HEADER "muster 1\n"

enum { EXCHANGE_LINE_MAX = 4 << 20 };

enum exchange_sort { EXCHANGE_RECORD, EXCHANGE_COMMIT, EXCHANGE_END };

struct exchange_line {
    enum exchange_sort sort;
    struct record record;    /* of a record line */
    uint64_t last;           /* of the others: id of the last record so far */
    uint8_t root[SHA_BYTES]; /* over all records so far */
};

void exchange_record(struct buf *out, const struct record *r);
void exchange_root(struct buf *out, enum exchange_sort sort, uint64_t last,
                   const uint8_t root[SHA_BYTES]);

/*
 * One field's value as it stands in a line, without the quotes and escapes of
 * texts, and back; false for what no field of that tag holds. References are
 * ids. Texts are borrowed.
 */
const char *exchange_value(struct arena *a, const struct field *f);
bool exchange_value_parse(enum tag tag, const char *text, struct field *out);

/* Whether bytes begin like an exchange file. */
bool exchange_sniff(const char *bytes, size_t len);

/*
 * One line without its newline; `text` is changed in place and borrowed by
 * the record, which is not checked against the table yet. RC_INPUT says what
 * was expected and where in the line.
 */
MUST_CHECK enum rc exchange_parse(struct arena *a, char *text, size_t len,
                                  struct exchange_line *out, struct err *err);

#endif
