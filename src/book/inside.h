/*
 * inside.h - the book's own insides, shared by the .c files of book/ and by nobody else.
 *
 * All that a book knows stands in tables: plain arrays whose elements name
 * each other by index, never by address (BOOK_TABLES lists them). So a book is
 * copied, written to a file and read again table by table (image.c). What is
 * made of the tables for readers alone (struct made) is in none of them.
 */
#ifndef MUSTER_BOOK_INSIDE_H
#define MUSTER_BOOK_INSIDE_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/map.h"
#include "book/book.h"
#include "book/cube.h"

/* Every column grows together; see columns.c. */
struct rows {
    uint32_t count, room;
    int64_t *recorded_ms, *qty;
    uint32_t *line, *id, *passage, *corrects, *prev;
    int32_t *day;
    uint8_t *stages, *flags;
};

/* A row with a value date of its own; most have none. */
struct valued {
    uint32_t row;
    int32_t day;
};

/* One record that is kept whole: all but entries, rates and indicators. */
struct version {
    int64_t recorded_ms;
    uint32_t id;
    uint32_t noun, before; /* the version before this one, NONE */
    uint32_t at;           /* where its bytes begin, an index of kept; see kept.c */
};

/* A stage, or the deliveries that were confirmed. */
enum { POT_CONFIRMED = STAGE_COUNT, POT_COUNT };

/* What a line's stages hold, by pot; see pots.c. */
struct pots {
    int64_t entered;   /* what ever came from the world */
    int64_t confirmed; /* of what was delivered; what the stages hold is in the book's `held` */
    int32_t last_day;  /* of any entry */
    uint32_t entries;
    uint32_t trees; /* 1 + index of struct trees; 0: the line is short */
    uint32_t spare; /* 0, as in struct line */
};
enum { POTS_LONG = 48 }; /* entries, from which on a line has trees */

/* What all rows and lines say together. */
struct gist {
    int32_t last_day;    /* of any row */
    uint32_t line_flags; /* LINE_* of any line */
};

/* Node 0 is the empty one. */
struct pot_node {
    int64_t sum;
    int64_t low; /* lowest sum of a beginning, the empty one included: never above 0 */
    uint32_t child[2];
};

/* The roots of a long line's trees, by pot. */
struct trees {
    uint32_t root[POT_COUNT];
};

/*
 * What a line is worth: `value` minor units for `parts` of its item. Of a line
 * of money both are 1; parts 0: it has no worth.
 */
struct price {
    int64_t value, parts;
    uint32_t word; /* currency, NONE where it has no worth */
    uint32_t spare;
};

/* Tallies by noun, word and place; see tally.c. */
struct tallies {
    struct tally *list;
    uint32_t count, room;
    uint32_t *spots; /* open addressing: 1 + index, made of the list */
    uint32_t spot_room;
};

/* Where a log id went. Four bytes a record: kind in the top five bits. */
enum { SLOT_SHIFT = 27, SLOT_MASK = (1 << SLOT_SHIFT) - 1 };

/* Records of a kind, made for who asks for all of them. */
struct by_kind {
    const struct record **list;
    uint32_t count, room;
    uint32_t looked; /* versions up to this one were looked at */
};

/* Records as structs, made of their kept bytes when first asked for; see kept.c. */
struct made {
    pthread_mutex_t lock;
    struct arena arena;
    _Atomic(const struct record *) *of_version;
    uint32_t room;
    bool checked; /* the bytes came from a file: every record made of them is checked */
    struct by_kind kinds[KIND_COUNT];
};

struct book {
    struct arena *arena;
    uint64_t head;
    int64_t last_ms;

    struct rows rows;
    struct columns columns; /* the rows, as the public sees them */
    struct valued *valued;  /* by row */
    uint32_t valued_count, valued_room;
    struct line *lines;
    struct pots *pots; /* by line */
    struct held *held; /* by line, at all clocks */
    uint32_t line_count, line_room, pot_room, held_room;
    struct gist *gist; /* one, where there are lines */
    uint32_t gist_count, gist_room;
    struct pot_node *pot_nodes;
    uint32_t pot_node_count, pot_node_room;
    struct trees *trees;
    uint32_t tree_count, tree_room;

    uint32_t *slots; /* by id: kind << SLOT_SHIFT | index */
    uint32_t slot_count, slot_room;

    uint32_t *noun_last; /* its last version, NONE for bulk kinds and entries */
    uint8_t *noun_kind;
    struct latest *noun_latest; /* its `key` is where that begins in texts; 0: it has none */
    uint32_t noun_count, noun_room;
    uint32_t *names; /* open addressing over kind and key; see names.c */
    uint32_t name_count, name_room;
    char *texts; /* keys and words, each with its NUL; begins with an empty one */
    uint32_t text_count, text_room;

    struct version *versions;
    uint8_t *version_kind;
    uint32_t version_count, version_room;
    uint64_t *kept; /* the bytes of versions; see kept.c */
    uint32_t kept_count, kept_room;
    struct made *made;

    uint32_t *word_text; /* where it begins in texts */
    uint32_t word_count, word_room;
    struct map words; /* made of them */

    struct rate *rates;
    uint32_t rate_count, rate_room;
    bool rates_sorted;
    struct indicator *indicators;
    uint32_t indicator_count, indicator_room;
    bool indicators_sorted;
};

/* Every table: X(pointer, how many there are, room). Their order is that of an image. */
#define BOOK_TABLES(X)                                                                             \
    X(rows.recorded_ms, rows.count, rows.room)                                                     \
    X(rows.qty, rows.count, rows.room)                                                             \
    X(rows.line, rows.count, rows.room)                                                            \
    X(rows.id, rows.count, rows.room)                                                              \
    X(rows.passage, rows.count, rows.room)                                                         \
    X(rows.corrects, rows.count, rows.room)                                                        \
    X(rows.prev, rows.count, rows.room)                                                            \
    X(rows.day, rows.count, rows.room)                                                             \
    X(rows.stages, rows.count, rows.room)                                                          \
    X(rows.flags, rows.count, rows.room)                                                           \
    X(valued, valued_count, valued_room)                                                           \
    X(lines, line_count, line_room)                                                                \
    X(pots, line_count, pot_room)                                                                  \
    X(held, line_count, held_room)                                                                 \
    X(gist, gist_count, gist_room)                                                                 \
    X(pot_nodes, pot_node_count, pot_node_room)                                                    \
    X(trees, tree_count, tree_room)                                                                \
    X(slots, slot_count, slot_room)                                                                \
    X(noun_last, noun_count, noun_room)                                                            \
    X(noun_kind, noun_count, noun_room)                                                            \
    X(noun_latest, noun_count, noun_room)                                                          \
    X(names, name_room, name_room)                                                                 \
    X(texts, text_count, text_room)                                                                \
    X(versions, version_count, version_room)                                                       \
    X(version_kind, version_count, version_room)                                                   \
    X(kept, kept_count, kept_room)                                                                 \
    X(word_text, word_count, word_room)                                                            \
    X(rates, rate_count, rate_room)                                                                \
    X(indicators, indicator_count, indicator_room)

/* Entries, rates and indicators: too many to keep as records. */
static inline bool is_bulk(enum kind kind)
{
    return kind == KIND_ENTRY || kind == KIND_RATE || kind == KIND_INDICATOR;
}

/* The list in a room of so many, for tables that share one. */
void *wider(struct arena *a, const void *list, uint32_t count, uint32_t room, size_t size);
/* Room for `more` behind what is there; *room is it. */
void *list_more(struct arena *a, void *list, uint32_t count, uint32_t more, uint32_t *room,
                size_t size);
void rows_room(struct book *b, uint32_t room);
void nouns_room(struct book *b, uint32_t room);
void versions_room(struct book *b, uint32_t room);

/* What the id is: its kind (KIND_NONE: not in the book) and its index there. */
enum kind slot_of(const struct book *b, uint64_t id, uint32_t *index);
void slot_set(struct book *b, uint64_t id, enum kind kind, uint32_t index);

/* The noun of a reference field, NONE if absent. */
uint32_t noun_at(const struct book *b, const struct record *r, enum tag tag);

/* A noun that is not there yet; key NULL: it has none. */
uint32_t noun_new(struct book *b, enum kind kind, const char *key);
void name_ahead(const struct book *b, enum kind kind, const char *key); /* fetches its place */
void names_room(struct book *b, uint32_t room);      /* a power of two, above name_count */
uint32_t text_put(struct book *b, const char *text); /* where it begins in texts */

/* Keep a record as the next version; *at is where its bytes begin. */
uint32_t kept_put(struct book *b, const struct record *r);
void made_begin(struct book *b);
/* The record of a version. Readers may ask at once. */
const struct record *version_record(const struct book *b, uint32_t version);

struct gist *gist_of(struct book *b);
void held_new(struct held *h);
void held_add(struct held *h, const struct columns *c, uint32_t row);

void pots_new(struct book *b, uint32_t line); /* of the line to be added */
/* Take a row up that stands in the columns and at the end of its line's chain. */
void pots_add(struct book *b, uint32_t line, uint32_t row);
/* What a pot of the line holds at its lowest, from that day on. */
int64_t pots_lowest(const struct book *b, uint32_t line, unsigned pot, int32_t day);

/* Post an entry whose references are known to be there. Checks first, then changes. */
enum rc rows_post(struct book *b, const struct record *r, struct err *err);
void rows_show(struct book *b); /* the columns are the rows */

uint32_t word_of(struct book *b, const char *text); /* makes it; NONE for NULL */

/* --- the cube --- */

/* Index of that tally, made if there is none. */
uint32_t tally_at(struct arena *a, struct tallies *t, uint32_t noun, uint32_t word, int32_t place);
uint32_t tally_find(const struct tallies *t, uint32_t noun, uint32_t word,
                    int32_t place);                                   /* NONE */
void tallies_wake(struct arena *a, struct tallies *t, uint32_t room); /* its list is there */
/* Add to a cohort's or a giver's open promises. */
void cohort_add(struct tally *t, int64_t part, int64_t whole, bool off);

uint32_t line_currency(const struct book *b,
                       uint32_t item); /* word of "EUR" for "money/EUR", NONE */
/* The price of a line whose value that is (NULL: none). */
struct price price_of(const struct book *b, const struct line *l, const struct record *value);
/* What so many parts are worth; false where that is too large. */
bool price_amount(const struct price *p, int64_t qty, int64_t *out);
/* Whether a value goes before another as what a line is worth; NULL is none. */
bool value_before(const struct record *v, const struct record *other);

/* Whether what stands there is still to come. */
static inline int stage_is_open(enum stage s)
{
    return s >= STAGE_CONSIDERED && s <= STAGE_DISPATCHED;
}

int32_t row_move(const struct columns *c, uint32_t row); /* place of CUBE_GIVES */
/* How often the movement adds to what is delivered: 1, 0, -1. */
int move_delivers(int32_t place);
/* Whether a question sees movements of that place. */
static inline bool move_seen(int32_t place, bool confirmed)
{
    return !confirmed || place >> 8 || !move_delivers(place);
}

#endif
