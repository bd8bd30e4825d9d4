/*
 * source.h - foreign files into drafts.
 *
 * A reader turns the bytes of one unit (a file, or files that belong
 * together) into an intake: draft records, what the publisher computed as
 * statements, and diagnostics. It touches no store, clock or network and
 * knows nothing of what is already in the book: the same bytes always give
 * the same intake, and post/ works out what of it is new.
 *
 * A *file* that is not what it claims is refused whole: RC_INPUT. A *row* that
 * cannot be taken is a diagnostic with its place, and the rest is taken.
 */
#ifndef MUSTER_SOURCE_SOURCE_H
#define MUSTER_SOURCE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/map.h"
#include "record/record.h"

struct intake;

/* A file as it was given. */
struct input {
    const char *path; /* as named by the person; used in diagnostics and as the address */
    const char *name; /* its last component */
    const char *bytes;
    size_t len;
};

/*
 * A file that is too large to be held, from its beginning as often as it is
 * asked for; and where its intake goes when that is as much as is held at once.
 */
struct stream {
    size_t (*read)(void *ctx, char *out, size_t room); /* 0 at the end */
    bool (*again)(void *ctx);                          /* back to the beginning */
    /* Take up what the intake holds; the reader then empties it and goes on. */
    enum rc (*flush)(void *ctx, struct intake *in, struct err *err);
    void *ctx;
};

enum { FEED_RECORDS = 20000 }; /* drafts of one flush, about */

enum severity {
    DIAG_NOTE,    /* taken, and worth knowing: a repaired number, a month for a day */
    DIAG_FLAG,    /* taken, but cannot be right */
    DIAG_SKIPPED, /* this row or cell was not taken */
};

struct diag {
    enum severity severity;
    const char *rule;     /* short name, "date-out-of-range": stable, `muster flags` prints it */
    const char *file;     /* input.name */
    const char *sheet;    /* "" when there are none */
    uint32_t row;         /* from 1; 0: not about a row */
    const char *column;   /* "C", a CSV heading, or a JSON member; "" for the whole row */
    const char *value;    /* what stood there */
    const char *expected; /* what should have: "a date between 1900 and 2199" */
    const char *party;    /* code of the party it is about, or NULL */
};

struct codes;  /* iati/codes.h */
struct before; /* before.h */

struct intake {
    struct arena *arena;
    const char *format; /* "fts", "kiel-workbook", ...: the reader's name */
    struct record **records;
    uint32_t count, room;
    struct diag *diags;
    uint32_t diag_count, diag_room;
    uint64_t rows_read, rows_taken;
    /*
     * Prefixes of entry keys that this unit states completely: a live entry
     * with such a key that is not among the records was removed by the
     * publisher. And when the publisher stated it (UTC ms).
     */
    const char **scopes;
    uint32_t scope_count, scope_room;
    int64_t stated_ms;
    const struct input **evidence; /* inputs to keep as evidence */
    uint32_t evidence_count, evidence_room;
    /*
     * What a reader may flag by, beside the bytes: the lists of codes that the
     * book has (NULL: those built in), and the present (0: nothing is known to
     * lie in the future).
     */
    const struct codes *codes;
    int64_t present_ms;
    struct before
        *before;     /* before.h: what the units before this one said; NULL: nobody noted it */
    struct map seen; /* private: what was added once */
};

struct reader {
    const char *name;  /* --format NAME */
    const char *about; /* one line for --help */
    /* Whether this looks like ours, from content alone. Cheap; never fails. */
    bool (*sniff)(const struct input *inputs, uint32_t count);
    /* All or nothing: on RC_INPUT the intake is not used. */
    enum rc (*read)(const struct input *inputs, uint32_t count, struct intake *out,
                    struct err *err);
    /*
     * The same of one file that is fed, in several intakes; NULL: such a file cannot be read. Its
     * form is checked to the end before anything is flushed. The intake's arena is wound back
     * after each flush, so nothing else may live in it.
     */
    enum rc (*feed)(const struct input *head, const struct stream *feed, struct intake *out,
                    struct err *err);
};

/* NULL-ended, in the order they are asked. */
extern const struct reader *const source_readers[];

/* NULL when there is none of that name. */
const struct reader *source_reader_named(const char *name);

/* --- for readers: filling an intake --- */

/* A draft that the intake now holds. */
struct record *intake_add(struct intake *in, enum kind kind);

/* Copy the diagnostic in; texts are copied too. */
void intake_diag(struct intake *in, const struct diag *d);

void intake_scope(struct intake *in, const char *key_prefix);

/*
 * The source record of an input, once each, kept as evidence. Returns its
 * key, "sha256:<hex>". publisher may be NULL, stated_ms 0.
 */
const char *intake_source(struct intake *in, const struct input *input, const char *publisher,
                          const char *title, int64_t stated_ms, const char *media);

/* The same of a file that is fed, by its digest (hexadecimal): its bytes are not kept. */
const char *intake_source_fed(struct intake *in, const struct input *input, const char *hex,
                              const char *title, const char *media);

/* Empty it for the next flush; the counts of rows go on. */
void intake_clear(struct intake *in);

/* A passage of that source at a place ("row 12", "Sheet!R12"); returns its key. */
const char *intake_passage(struct intake *in, const char *source_key, const char *place);

/*
 * Drafts that every reader needs; each is added once, whatever how often it
 * is asked for, and returns its key.
 */
const char *intake_money(struct intake *in, const char *currency); /* item "money/EUR" */
const char *intake_party(struct intake *in, const char *key, const char *name, const char *type);
const char *intake_item(struct intake *in, const char *key, const char *name, const char *class_,
                        const char *unit, int parts);

#endif
