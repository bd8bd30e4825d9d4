/*
 * book.h - the book: records in, positions out.
 *
 * The book is a pure fold: the same records in the same order always give the
 * same positions. It reads no clock, file or database. Entries are kept as
 * columns in recorded order; everything else (the nouns) as records with all
 * their versions. Positions are sums over a rectangle of the two clocks
 * (recorded <= known, day <= effective), never intervals, so a correction is
 * two more rows and every past answer can be given again.
 *
 * A noun is what a kind and key name for ever: the party DEU, the line
 * fts:211794. Every record with that kind and key is a version of it; the
 * version as known at an instant is the last one recorded by then. An entry
 * moves one version of a line: what changes a line reverses the entries of
 * the old version and posts them on the new one.
 */
#ifndef MUSTER_BOOK_BOOK_H
#define MUSTER_BOOK_BOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/dec.h"
#include "base/err.h"
#include "record/record.h"

#define NONE UINT32_MAX /* no such index */

/* When a question is asked for. */
struct clocks {
    int32_t effective; /* inclusive day; DAY_MAX: everything */
    int64_t known;     /* inclusive instant, UTC ms; INT64_MAX: now */
    bool confirmed;    /* leave out deliveries that only the giver reports */
};

#define CLOCKS_NOW ((struct clocks){.effective = DAY_MAX, .known = INT64_MAX})

enum {
    LINE_DATED = 1,      /* it has a promised window */
    LINE_SAME = 2,       /* another series may show the same support (F_SAME) */
    LINE_TAKEN_BACK = 4, /* it was made from a statement, and is no more */
    LINE_OUTSIDE = 8,    /* its publisher leaves it out of its totals (F_OUTSIDE) */
    LINE_NEW_MONEY = 16, /* F_NEW_MONEY */
    LINE_OBJECTS = 32,   /* it lists objects on a side (F_SOURCE_TAG, F_DESTINATION_TAG) */
    LINE_REPORT = 64,    /* one of perhaps several reports of a flow (a link "flow-by:") */
    LINE_TOLD = 128,     /* it says how much (F_LOW) */
    LINE_RANGE = 256,    /* and at most how much (F_HIGH) */
    LINE_ODD = 512,      /* its lower bound is above the upper, or its last day before its first */
    LINE_MONEY = 1024    /* its item is money */
};

/*
 * One version of a line, with its references as noun indexes (NONE if absent)
 * and what questions about all lines ask of each, so that they need not read
 * every record.
 */
struct line {
    int64_t recorded_ms;
    int64_t low;      /* F_LOW; 0: not disclosed */
    uint32_t id;      /* of its record, in the log: line_record() */
    uint32_t version; /* where the book keeps that record; the book's own */
    uint32_t noun;
    uint32_t giver, receiver, item, package, channel;
    uint32_t need;           /* that it is meant for */
    uint32_t series, class_; /* book_word, NONE */
    uint32_t last_row;       /* its latest entry, NONE; follow columns.prev */
    uint32_t after;          /* index of the next version of the line, NONE */
    int32_t until;           /* F_UNTIL, when LINE_DATED */
    uint32_t flags;          /* LINE_* */
    uint32_t spare;          /* so that there is no padding, whose bytes would be any; 0 */
};

enum {
    ROW_CONFIRMED = 1,
    ROW_REVERSAL = 2,
    ROW_REVERSED = 4,
    ROW_MONTH = 8,  /* on some day of that month: `day` is its last */
    ROW_VALUED = 16 /* another day's rate converts it: book_rate_day() */
};

/* The entries, in recorded order. Read only; borrowed until the next apply. */
struct columns {
    uint32_t count;
    const int64_t *recorded_ms;
    const int64_t *qty;   /* above 0 */
    const uint32_t *line; /* index of struct line */
    const int32_t *day;
    const uint8_t *stages;    /* from << 4 | to */
    const uint8_t *flags;     /* ROW_* */
    const uint32_t *id;       /* in the log */
    const uint32_t *passage;  /* id of the evidence */
    const uint32_t *corrects; /* row taken back, NONE */
    const uint32_t *prev;     /* the line's entry before this one, NONE */
};

static inline enum stage row_from(const struct columns *c, uint32_t row)
{
    return (enum stage)(c->stages[row] >> 4);
}

static inline enum stage row_to(const struct columns *c, uint32_t row)
{
    return (enum stage)(c->stages[row] & 15);
}

struct book;

/* An empty book. It lives in the arena and goes with it. */
struct book *book_new(struct arena *a);

/* About how many records an empty book will take up, so that it need not grow again and again. */
void book_expect(struct book *b, uint64_t records);

/*
 * From now on what a table leaves when it grows is given back at once, and
 * whatever was borrowed ends with the next apply, records too: for who brings
 * so much that the halves left behind would be half of the memory.
 */
void book_tighten(struct book *b);

/*
 * Take up the next record of the log; nothing of it is borrowed. RC_RULE, and
 * no change, when it breaks a rule:
 *   - its id is not above the last, or its instant is before the last;
 *   - a reference points at nothing, or at a record of the wrong kind;
 *   - an entry leaves a stage that holds less than its quantity, on its day or
 *     on any later one, as known now (law 1); if it is confirmed and leaves
 *     "delivered", less of what was confirmed;
 *   - an entry moves backwards or to the world without taking another back;
 *   - a reversal is not the exact mirror of a live entry, or has no reason;
 *   - a scenario is said anew, or begins after it was recorded: what rests on
 *     it must not change under it.
 * Ids stay below 2^32 - 1 in one book.
 */
MUST_CHECK enum rc book_apply(struct book *b, const struct record *r, struct err *err);

/*
 * Hints, which change nothing: a record will be applied after some others, and
 * will be so soon. What it needs of the book is fetched meanwhile.
 */
void book_ahead(const struct book *b, const struct record *r);
void book_soon(const struct book *b, const struct record *r);

uint64_t book_head(const struct book *b); /* id of the last record, 0 */
int64_t book_last_ms(const struct book *b);

const struct columns *book_columns(const struct book *b);
const struct line *book_lines(const struct book *b, uint32_t *count);

/*
 * What a line refers to (nouns, NONE), by line, as columns: who looks for few
 * of all lines reads a fraction of what they take.
 */
struct line_refs {
    const uint32_t *giver, *receiver, *item, *channel;
};
struct line_refs book_line_refs(const struct book *b);

/* LINE_* that some line has: what none has need not be looked for. */
uint32_t book_line_flags(const struct book *b);

/*
 * What the record of a line says. line_text() and line_int() are for questions
 * about all lines: they read one field of a record and make nothing of it.
 */
const struct record *line_record(const struct book *b, const struct line *l);
const char *line_text(const struct book *b, const struct line *l, enum tag tag); /* NULL */
int64_t line_int(const struct book *b, const struct line *l, enum tag tag, int64_t absent);

/* book_current of a line (an index) without a look at its record. */
static inline bool line_current(const struct line *lines, uint32_t line, int64_t known)
{
    const struct line *l = &lines[line];
    return l->recorded_ms <= known && (l->after == NONE || lines[l->after].recorded_ms > known);
}

/* Rows recorded by that instant: the columns' prefix to look at. */
uint32_t book_rows_known(const struct book *b, int64_t known);

/* Whether a question at these clocks sees the row (its instant apart). */
static inline bool row_seen(const struct columns *c, uint32_t row, const struct clocks *at)
{
    if (c->day[row] > at->effective) return false;
    if (!at->confirmed || c->flags[row] & ROW_CONFIRMED) return true;
    return row_to(c, row) != STAGE_DELIVERED && row_from(c, row) != STAGE_DELIVERED;
}

/*
 * The day whose rate converts what the row moves: its own, or the value date
 * that its publisher gave (F_VALUED), yet none behind the question's own day.
 */
int32_t book_rate_day(const struct book *b, uint32_t row, const struct clocks *at);

/*
 * What one version of a line holds at each stage, and what ever came into the
 * stage, reversals taken off. No line has more than its parts can be added up.
 */
struct held {
    int64_t at[STAGE_COUNT], came[STAGE_COUNT]; /* of STAGE_WORLD nothing is kept */
    int32_t first,
        last; /* no delivery is before or after these days; first > last: there is none */
};

/*
 * By line (an index), at those clocks: the book's own list where they see all
 * that there is, so that it costs nothing; else into the arena: of what is and
 * what is not seen, whichever are fewer rows are added up, or taken off the
 * book's own. Borrowed until the next apply.
 */
const struct held *book_held(struct arena *a, const struct book *b, const struct clocks *at);

/* Quantities by stage of one group of lines. */
struct sums {
    i128 at[STAGE_COUNT];      /* where it stands; at[STAGE_WORLD] is not kept */
    i128 entered[STAGE_COUNT]; /* what ever came into the stage, reversals taken off */
};

void sums_add(struct sums *s, const struct held *h);

/*
 * Sum by group: key_of_line[i] is the group of line i, or NONE to leave it
 * out. out has room for `keys` and is cleared first. One pass over the lines,
 * or the rows (book_held).
 */
void book_sum(const struct book *b, const struct clocks *at, const uint32_t *key_of_line,
              uint32_t keys, struct sums *out);

/* Has reached at least that stage and was not taken back: the sum of at[stage..delivered]. */
i128 sums_reached(const struct sums *s, enum stage stage);

/*
 * What may leave that stage of a line (an index) on that day, as known now:
 * its lowest balance from then on, for what is there today may be spent later.
 */
i128 book_holds(const struct book *b, uint32_t line, enum stage stage, int32_t day);

/* --- nouns --- */

/*
 * Any record but entries, rates and indicators; NULL. It lives as long as the book and is made when
 * somebody first asks for it: readers of one book may do so at the same time.
 */
const struct record *book_record(const struct book *b, uint64_t id);

/*
 * Records that were made are let go, before long work that needs none: nobody may hold one. They
 * are made again for who asks.
 */
void book_rest(const struct book *b);

/* Whether a record of that id, of any kind, is in this book. */
bool book_has(const struct book *b, uint64_t id);

/* The row of an entry's id, or NONE. */
uint32_t book_row(const struct book *b, uint64_t id);

/* The line index of a line record's id, or NONE. */
uint32_t book_line(const struct book *b, uint64_t id);

/* Index of a noun by name, or by the id of any of its versions; NONE. */
uint32_t book_noun(const struct book *b, enum kind kind, const char *key);
uint32_t book_noun_of(const struct book *b, uint64_t id);
uint32_t book_noun_count(const struct book *b);

const char *book_key(const struct book *b, uint32_t noun);
enum kind book_kind(const struct book *b, uint32_t noun);

/* The version as known at an instant; NULL if not known yet, or of a bulk kind. */
const struct record *book_version(const struct book *b, uint32_t noun, int64_t known);

/* F_NAME of the noun as known, else its key. Never NULL for a noun. */
const char *book_name(const struct book *b, uint32_t noun, int64_t known);

/* What the last record of a noun, or the last entry under a natural key, says. */
struct latest {
    int64_t stated_ms; /* F_STATED; 0 */
    uint8_t said[8];   /* the first half of record_digest(): of one key there are few records */
    uint32_t id;
    uint32_t versions; /* how many there were */
    uint32_t supposed; /* how many of them belong to the scenario */
    uint32_t key;      /* where the noun's key begins; the book's own */
};
const struct latest *book_latest(const struct book *b, uint32_t noun);

/* All records of a kind, every version, in log order. Not for bulk kinds. */
const struct record *const *book_records(const struct book *b, enum kind kind, uint32_t *count);

/* Whether the record is the version of its noun as known at the instant (keyless: always). */
bool book_current(const struct book *b, const struct record *r, int64_t known);

/* --- bulk kinds: rates and indicators, kept small --- */

struct rate {
    uint32_t series; /* book_word */
    char currency[4], base[4];
    int32_t day;
    struct dec per_base; /* units of currency for one unit of base; above 0 */
    int64_t recorded_ms;
    uint32_t id;
};

struct indicator {
    uint32_t series, measure; /* book_word; series may be NONE */
    uint32_t party;           /* noun */
    int32_t day;
    struct dec amount;
    char currency[4]; /* "" if it is no money */
    int64_t recorded_ms;
    uint32_t id, passage;
};

/*
 * Sorted by series, currency, base, day, recorded instant, so that the last
 * one recorded by `known` for a day is found by bisection. Borrowed until the
 * next apply.
 */
const struct rate *book_rates(struct book *b, uint32_t *count);
/* Sorted by measure, series, party, day, recorded instant. */
const struct indicator *book_indicators(struct book *b, uint32_t *count);

/* Words that series and measures are; NONE / NULL when there is none. */
uint32_t book_word(const struct book *b, const char *text);
const char *book_word_text(const struct book *b, uint32_t word);

/* --- groups and the catalogue --- */

/* Whether an item is `asked` or stands below it, as known. Both are nouns of kind item, or NONE. */
bool book_item_within(const struct book *b, uint32_t item, uint32_t asked, int64_t known);

/* Whether the party is in the group on that day, as known. Both are nouns of kind party. */
bool book_member(const struct book *b, uint32_t party, uint32_t group, int32_t day, int64_t known);

#endif
