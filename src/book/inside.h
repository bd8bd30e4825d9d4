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

/* A stage, or the deliveries that were confirmed. */
enum { POT_CONFIRMED = STAGE_COUNT, POT_COUNT };

/* What a line's stages hold, by pot; see pots.c. */
struct pots {
    int64_t held[POT_COUNT]; /* over all days; held[STAGE_WORLD] is not kept */
    int64_t entered;         /* all that ever came from the world */
    uint32_t *trees;         /* by pot; NULL: the line is short */
    int32_t last_day;        /* of any entry */
    uint32_t entries;
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
    struct pots *pots; /* by line */
    uint32_t pot_room;
    struct pot_node *pot_nodes;
    uint32_t pot_node_count, pot_node_room;

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

/* What a noun is called in the map of names (a letter for the kind, then its key): in `small` if
 * it fits there, else in the arena. */
enum { NAME_SMALL = 128 };
const char *name_of(struct arena *a, char small[NAME_SMALL], enum kind kind, const char *key);

void pots_new(struct book *b, uint32_t line); /* of the line to be added */
/* Take a row up that stands in the columns and at the end of its line's chain. */
void pots_add(struct book *b, uint32_t line, uint32_t row);
/* What a pot of the line holds at its lowest, from that day on. */
int64_t pots_lowest(const struct book *b, uint32_t line, unsigned pot, int32_t day);

/* Post an entry whose references are known to be there. Checks first, then changes. */
enum rc rows_post(struct book *b, const struct record *r, struct err *err);

uint32_t word_of(struct book *b, const char *text); /* makes it; NONE for NULL */

#endif
