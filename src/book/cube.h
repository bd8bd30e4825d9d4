/*
 * cube.h - sums that the book keeps while it takes records up, and what they were at any clocks.
 *
 * Every entry moves a quantity, and an amount of money where its line has a
 * worth. Both are added up under few keys, so that a question costs what there
 * are keys, not what there are entries:
 *
 *   by              noun    word      place      sum                        rest
 *   CUBE_GIVES      giver   currency  movement   amount moved
 *   CUBE_THINGS     item              movement   quantity moved
 *   CUBE_GIVEN      giver   currency  month      amount delivered, net
 *   CUBE_ITEMS      item    currency  month      amount delivered, net
 *   CUBE_GROUPS     group   currency  month      amount delivered, net
 *   CUBE_TOPS       top     currency  month      amount delivered, net
 *   CUBE_OPEN       giver                        first days of open promises how many they are
 *   CUBE_COHORTS    giver             month      see cohort_share()         see there
 *
 * A group is the item above the item (F_PARENT), NONE where there is none; a
 * top is what has nothing above it, of the group and what is above that. A month is that of the
 * effective day. A movement that was taken back is subtracted from what it was, so there are as
 * many movements as ways forward.
 *
 * What a line of money moves is its quantity, in minor units. What a line of
 * things moves is worth its part of what the whole line is worth: the value of
 * the line (of several the one at the lowest stage, a resolved one first, then
 * a stated one, then the first; whatever its day) for the quantity that the
 * line told (F_LOW), rounded half to even for every entry. A line that told no
 * quantity, or has no value, moves nothing under the currency NONE. What a
 * line is worth is told by the records known by then, and when they change,
 * what it ever moved changes with them: sums "as known on D" stay what they were.
 *
 * A promise is a line with all its versions; its giver is that of the newest.
 * It is open while something of it stands at a stage from considered to
 * dispatched. Its first day is that of its earliest entry, taken back or not.
 * It belongs to the cohort of the month of its first day while anything of it
 * is in the book.
 *
 * Sums are exact, to the millisecond and the day. A book is of one viewer, so its sums are.
 */
#ifndef MUSTER_BOOK_CUBE_H
#define MUSTER_BOOK_CUBE_H

#include "book/book.h"

enum cube_by {
    CUBE_GIVES,
    CUBE_THINGS,
    CUBE_GIVEN,
    CUBE_ITEMS,
    CUBE_GROUPS,
    CUBE_TOPS,
    CUBE_OPEN,
    CUBE_COHORTS,
    CUBE_COUNT
};

struct tally {
    uint32_t noun; /* NONE: of lines that have none */
    uint32_t word; /* currency, a book_word(); NONE */
    int32_t place; /* movement, month, or 0 */
    uint32_t more; /* of a cohort: how many promises; else the book's own */
    int64_t sum;   /* minor units, or parts of the item */
    int64_t rest;  /* of CUBE_OPEN and CUBE_COHORTS; else the book's own */
};

/* A movement: what of it was confirmed is apart where it touches "delivered". */
static inline enum stage move_from(int32_t place)
{
    return (enum stage)(place & 15);
}

static inline enum stage move_to(int32_t place)
{
    return (enum stage)(place >> 4 & 15);
}

/* Months are counted from January 1900. */
int32_t month_of_day(int32_t day);
int32_t month_first_day(int32_t month);

struct tallies_view {
    enum cube_by by;
    const struct tally *list; /* in no order; some may be zero */
    uint32_t count;
    bool lost; /* they are too large to be added up in 64 bits: the list says nothing */
};

/*
 * The sums at those clocks, from what the book keeps. Borrowed until the next
 * apply, or in the arena. Now costs nothing; CUBE_GIVES and CUBE_GIVEN at any
 * other clocks cost their cells and at most some hundred thousand entries; the
 * others are one pass over the entries that were known.
 */
void book_cube(struct arena *a, const struct book *b, enum cube_by by, const struct clocks *at,
               struct tallies_view *out);

/* The same from the entries and the values alone, by one pass: what book_cube() is judged by. */
void book_scan(struct arena *a, const struct book *b, enum cube_by by, const struct clocks *at,
               struct tallies_view *out);

/*
 * A book of the sums of now alone, with the nouns, words and rates that they
 * name: an image of few megabytes (image.h), to be opened at once. It answers
 * book_cube() at clocks that see everything, names and rates; it has no lines
 * and no entries, and nothing is applied to it.
 */
struct book *book_summary(struct arena *a, const struct book *b);
bool book_is_summary(const struct book *b);

/*
 * Blocks of 2^bits rows in place of 2^16, of an empty book: what is kept is
 * more, and answers are the same. For tests, which have few rows. 1 to 16.
 */
void book_blocks(struct book *b, unsigned bits);

/*
 * Whether two views say the same sums, in whatever order. What differs: the
 * first tally of one that the other has not so (NULL: it has none like it).
 */
struct tallies_differ {
    const struct tally *one, *other;
};
bool tallies_same(const struct tallies_view *x, const struct tallies_view *y,
                  struct tallies_differ *differ);

/*
 * One promise (a noun of kind line), all its versions together, at any clocks:
 * what stands at each stage. Of STAGE_WORLD nothing.
 */
struct line_sums {
    uint32_t word; /* currency, NONE: it has no worth */
    bool lost;     /* too large for 64 bits */
    int64_t qty[STAGE_COUNT], amount[STAGE_COUNT];
};
void book_line_sums(const struct book *b, uint32_t noun, const struct clocks *at,
                    struct line_sums *out);

/* Of a cohort: the sum over its promises of what part was delivered, in 10^-12. */
i128 cohort_share(const struct tally *t);

#endif
