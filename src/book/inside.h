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

/* Every column grows together; see rows.c. */
struct rows {
    uint32_t count, room;
    int64_t *recorded_ms, *qty;
    int64_t *amount; /* what it moved when it was recorded, minor units; see cube.c */
    uint32_t *line, *id, *passage, *corrects, *prev;
    uint32_t *key; /* index of the tally of CUBE_GIVES that it adds to */
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
    uint32_t trees;    /* 1 + index of struct trees; 0: the line is short */
    int32_t first_day; /* of any entry; INT32_MAX */
};
enum { POTS_LONG = 48 }; /* entries, from which on a line has trees */

/* What all rows and lines say together. */
struct gist {
    int32_t last_day;    /* of any row */
    uint32_t line_flags; /* LINE_* of any line */
    uint32_t lost;       /* 1: the cube's sums did not fit, and say nothing */
    uint32_t order_bits; /* ORDER_BITS, or fewer */
    uint32_t revised;    /* lines that have a version after them */
    uint32_t summary;    /* 1: it is a book of sums alone; see summary.c */
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

/* Where a log id went. Four bytes a record: kind in the top five bits. */
enum { SLOT_SHIFT = 27, SLOT_MASK = (1 << SLOT_SHIFT) - 1 };

/*
 * What a line is worth: `value` minor units for `parts` of its item. Of a line
 * of money both are 1; parts 0: it has no worth.
 */
struct price {
    int64_t value, parts;
    uint32_t word; /* currency, NONE where it has no worth */
};

/* The same as it is kept; the line says how many parts. */
struct kept_price {
    int64_t value;
    uint32_t word;
    uint32_t values; /* 1 + index of struct valuing, 0: none; of a line's newest version */
};

/* A value, among those of one line. */
struct valuing {
    uint32_t noun; /* the value's own */
    uint32_t next; /* 1 + index, 0 */
};

/* What a line is worth changed, and with it what it had moved on a day. */
struct restated {
    int64_t recorded_ms, amount;
    uint32_t key; /* as that of a row */
    uint32_t row; /* it was recorded before that one */
    int32_t day;
    uint32_t line;
};

/* What is of one month: elements of another table. */
struct month_run {
    int32_t month;
    uint32_t first, count;
};

/* Rows beginning with one of them, and their months: elements of a table of runs. */
struct row_block {
    uint32_t row, level;
    uint32_t run, runs;
};
enum {
    ORDER_BITS = 16, /* so many rows are put in the order of their months together */
    BLOCK_STEP = 2,  /* four such blocks are one of cells, four of those one of the next level */
    LEVEL_MAX = (SLOT_SHIFT - ORDER_BITS) / BLOCK_STEP
};

/* Tallies by noun, word and place; see tally.c. */
struct tallies {
    struct tally *list;
    uint32_t count, room;
    uint32_t *spots; /* open addressing: 1 + index, made of the list */
    uint32_t spot_room;
};

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
    uint32_t *givers, *receivers, *items, *channels; /* by line; see struct line_refs */
    uint32_t ref_room;
    struct pots *pots; /* by line */
    struct held *held; /* by line, at all clocks */
    uint32_t line_count, line_room, pot_room, held_room;
    struct gist *gist; /* one, where there are lines */
    uint32_t gist_count, gist_room;
    struct pot_node *pot_nodes;
    uint32_t pot_node_count, pot_node_room;
    struct trees *trees;
    uint32_t tree_count, tree_room;

    /* The cube; see cube.c. */
    struct tallies tallies[CUBE_COUNT];
    struct kept_price *prices; /* by line */
    uint32_t price_room;
    struct valuing *valuings;
    uint32_t valuing_count, valuing_room;
    struct restated *restated; /* as recorded */
    uint32_t restated_count, restated_room;
    uint16_t *order; /* rows of whole blocks by month, less the first row of the block */
    uint32_t order_count, order_room;
    struct month_run *order_runs;
    uint32_t order_run_count, order_run_room;
    struct row_block *order_blocks;
    uint32_t order_block_count, order_block_room;
    uint32_t *cell_key; /* sums of a block's rows of one month and key */
    int64_t *cell_amount;
    uint32_t cell_count, cell_room;
    struct month_run *cell_runs;
    uint32_t cell_run_count, cell_run_room;
    struct row_block *cell_blocks;
    uint32_t cell_block_count, cell_block_room;

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

#define TALLIES(X, by) X(tallies[by].list, tallies[by].count, tallies[by].room)
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
    X(rows.amount, rows.count, rows.room)                                                          \
    X(rows.key, rows.count, rows.room)                                                             \
    X(valued, valued_count, valued_room)                                                           \
    X(lines, line_count, line_room)                                                                \
    X(givers, line_count, ref_room)                                                                \
    X(receivers, line_count, ref_room)                                                             \
    X(items, line_count, ref_room)                                                                 \
    X(channels, line_count, ref_room)                                                              \
    X(pots, line_count, pot_room)                                                                  \
    X(held, line_count, held_room)                                                                 \
    X(gist, gist_count, gist_room)                                                                 \
    X(pot_nodes, pot_node_count, pot_node_room)                                                    \
    X(trees, tree_count, tree_room)                                                                \
    TALLIES(X, CUBE_GIVES)                                                                         \
    TALLIES(X, CUBE_THINGS)                                                                        \
    TALLIES(X, CUBE_GIVEN)                                                                         \
    TALLIES(X, CUBE_ITEMS)                                                                         \
    TALLIES(X, CUBE_GROUPS)                                                                        \
    TALLIES(X, CUBE_TOPS)                                                                          \
    TALLIES(X, CUBE_OPEN)                                                                          \
    TALLIES(X, CUBE_COHORTS)                                                                       \
    X(prices, line_count, price_room)                                                              \
    X(valuings, valuing_count, valuing_room)                                                       \
    X(restated, restated_count, restated_room)                                                     \
    X(order, order_count, order_room)                                                              \
    X(order_runs, order_run_count, order_run_room)                                                 \
    X(order_blocks, order_block_count, order_block_room)                                           \
    X(cell_key, cell_count, cell_room)                                                             \
    X(cell_amount, cell_count, cell_room)                                                          \
    X(cell_runs, cell_run_count, cell_run_room)                                                    \
    X(cell_blocks, cell_block_count, cell_block_room)                                              \
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
/* One field of a version, where its bytes lie. */
int64_t version_int(const struct book *b, uint32_t version, enum tag tag, int64_t absent);

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

/*
 * The last line, a version of a value, another version of an item was taken
 * up. `before`: the version before it, NONE.
 */
void cube_line(struct book *b, uint32_t line, uint32_t before);
void cube_value(struct book *b, const struct record *r, uint32_t noun, uint32_t before);
void cube_item(struct book *b, const struct record *r, uint32_t noun, uint32_t before);
void cube_row(struct book *b, uint32_t row); /* which was appended */
/* A line's promise is taken out before what it says changes, and put in afterwards. */
void promise_off(struct book *b, uint32_t line);
void promise_on(struct book *b, uint32_t line);
void cube_wake(struct book *b);                            /* the tables are there */
uint32_t order_rows(const struct book *b);                 /* of a block of them */
uint64_t block_rows(const struct book *b, uint32_t level); /* of a block of cells */
uint32_t restated_from(const struct book *b, uint32_t row);
/* Whether a question at these clocks sees every row. */
bool sees_all(const struct book *b, const struct clocks *at);
/* What a line was worth as known then. */
struct price price_now(const struct book *b, uint32_t line);
struct price price_known(const struct book *b, uint32_t line, int64_t known);

/* The item above an item, NONE, as known. */
uint32_t item_above(const struct book *b, uint32_t item, int64_t known);
/* What has nothing above it, of an item and all above it; of NONE it is NONE. Circles end. */
enum { ITEM_DEEP = 64 };
uint32_t item_top(const struct book *b, uint32_t item, int64_t known);

int32_t row_move(const struct columns *c, uint32_t row); /* place of CUBE_GIVES */
/* How often the movement adds to what is delivered: 1, 0, -1. */
int move_delivers(int32_t place);
/* Whether a question sees movements of that place. */
static inline bool move_seen(int32_t place, bool confirmed)
{
    return !confirmed || place >> 8 || !move_delivers(place);
}

#endif
