/*
 * image.h - a book as it lies in memory: to be copied, kept in a file, compared.
 *
 * An image is the book's tables, byte for byte, and a few numbers. It is good
 * for the very program that made it, on a machine of its kind (image_form), and
 * says nothing that the records did not: the same records give the same image,
 * but for how much room its table of names has.
 */
#ifndef MUSTER_BOOK_IMAGE_H
#define MUSTER_BOOK_IMAGE_H

#include "book/book.h"

enum { IMAGE_TABLES = 53 };

struct image {
    uint64_t head;
    int64_t last_ms;
    uint64_t count[IMAGE_TABLES]; /* elements of each table */
    uint64_t rates_sorted, indicators_sorted, name_count;
};

struct image_table {
    void *bytes;
    uint64_t len;
};

/* What tables look like in this build: another number where they look otherwise. */
uint64_t image_form(void);

const char *image_table_name(int table); /* "rows.qty" */

/* The numbers and tables of a book; borrowed until the next apply. */
void image_of(const struct book *b, struct image *out, struct image_table tables[IMAGE_TABLES]);

/*
 * A book with those numbers, whose tables are still to be filled: their bytes
 * are what image_of() of another book gave. NULL when no book has such numbers.
 * There is room for some records more.
 */
struct book *image_begin(struct arena *a, const struct image *numbers,
                         struct image_table tables[IMAGE_TABLES]);

/*
 * The tables are filled: whether they are those of a book, so far as that no
 * index leads out of a table. If so it is a book from now on.
 */
bool image_end(struct book *b);

/* A book that lived alone in the arena `from` lives in `to` from now on. */
void book_move(struct book *b, struct arena *to, struct arena *from);

/* Another book of the same records, which lives and grows on its own. */
struct book *book_copy(struct arena *a, const struct book *b);

/* Whether two books are of the same records, told the same way. */
bool book_same(const struct book *a, const struct book *b);

#endif
