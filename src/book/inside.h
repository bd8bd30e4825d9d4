/* inside.h - the book's own insides, shared by the .c files of book/ and by nobody else. */
#ifndef MUSTER_BOOK_INSIDE_H
#define MUSTER_BOOK_INSIDE_H

#include "base/map.h"
#include "book/book.h"

/* Every column grows together; see columns.c. */
struct rows {
    uint32_t count, room;
    int64_t *recorded_ms, *qty;
    uint32_t *line, *id, *passage, *corrects, *prev;
    int32_t *day;
    uint8_t *stages, *flags;
};

struct noun {
    const char *key;
    enum kind kind;
    uint32_t last_version; /* index into versions, NONE for bulk kinds and entries */
    struct latest latest;
};

struct version {
    const struct record *record;
    uint32_t noun, before; /* the version before this one, NONE */
};

/* Where a log id went. Four bytes a record: kind in the top five bits. */
enum { SLOT_SHIFT = 27, SLOT_MASK = (1 << SLOT_SHIFT) - 1 };

struct by_kind {
    const struct record **list;
    uint32_t count, room;
};

struct book {
    struct arena *arena;
    uint64_t head;
    int64_t last_ms;

    struct rows rows;
    struct columns columns; /* the rows, as the public sees them */
    struct line *lines;
    uint32_t line_count, line_room;

    uint32_t *slots; /* by id: kind << SLOT_SHIFT | index */
    uint64_t slot_room;

    struct noun *nouns;
    uint32_t noun_count, noun_room;
    struct version *versions;
    uint32_t version_count, version_room;
    struct by_kind kinds[KIND_COUNT];
    struct map names; /* name_of kind and key -> noun */

    struct map words;
    const char **word_texts;
    uint32_t word_count, word_room;

    struct rate *rates;
    uint32_t rate_count, rate_room;
    bool rates_sorted;
    struct indicator *indicators;
    uint32_t indicator_count, indicator_room;
    bool indicators_sorted;
};

/* Entries, rates and indicators: too many to keep as records. */
static inline bool is_bulk(enum kind kind)
{
    return kind == KIND_ENTRY || kind == KIND_RATE || kind == KIND_INDICATOR;
}

/* What the id is: its kind (KIND_NONE: not in the book) and its index there. */
enum kind slot_of(const struct book *b, uint64_t id, uint32_t *index);
void slot_set(struct book *b, uint64_t id, enum kind kind, uint32_t index);

/* The noun of a reference field, NONE if absent. */
uint32_t noun_at(const struct book *b, const struct record *r, enum tag tag);

/* What a noun is called in the map of names: in `small` if it fits there, else in the arena. */
enum { NAME_SMALL = 128 };
const char *name_of(struct arena *a, char small[NAME_SMALL], enum kind kind, const char *key);

/* Post an entry whose references are known to be there. Checks first, then changes. */
enum rc rows_post(struct book *b, const struct record *r, struct err *err);

uint32_t word_of(struct book *b, const char *text); /* makes it; NONE for NULL */

#endif
