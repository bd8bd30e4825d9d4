/*
 * answer.h - the one shape of every answer.
 *
 * An answer is a title, some named values (the head), lists of rows under
 * columns, and notes. A question fills it once; it is rendered as text for
 * people, as JSON and as CSV from the same cells, so the three cannot
 * disagree.
 *
 * JSON  {"version":1, head..., "rows":[{column: cell, ...}, ...]}, each list
 *       under its own name; "notes" last, when there are some.
 * CSV   RFC 4180: the columns of the main list and its rows; the head, when
 *       there is no list. No total, no notes: a spreadsheet would add them.
 * text  everything, as tables: numbers right-aligned with thousands
 *       separators, bars beside the column that matters.
 *
 * Numbers are whole numbers and a scale, never a double. Texts are borrowed:
 * put them into the answer's arena, or anywhere that lives as long.
 */
#ifndef MUSTER_REPORT_ANSWER_H
#define MUSTER_REPORT_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/dec.h"

/* --- cells --- */

enum cell_type { CELL_NULL, CELL_TEXT, CELL_NUMBER, CELL_BOOL, CELL_OBJECT, CELL_LIST };

enum number_look {
    NUMBER_COUNT,  /* 1,234; decimals only where there are some */
    NUMBER_LABEL,  /* 2020: a year, an id, a row: no separators */
    NUMBER_AMOUNT, /* 1,234.50: two decimals for the whole column if any cell has some; in text
                      none from ten million up */
    NUMBER_FIXED,  /* 0.250: always `places` decimals */
};

struct cell {
    enum cell_type type;
    union {
        const char *text;
        bool yes;
        struct {
            i128 n;
            int32_t scale;  /* n / 10^scale */
            int32_t places; /* decimals shown at most, rounded half to even */
            enum number_look look;
        } number;
        const struct object *object;
        const struct object_list *list;
    };
};

/* Ordered names with cells. */
struct member {
    const char *name;
    struct cell cell;
};
struct object {
    struct arena *arena;
    struct member *fields;
    uint32_t count, room;
};
struct object_list {
    const struct object *const *items;
    uint32_t count;
};

struct cell cell_null(void);
struct cell cell_text(const char *text); /* NULL gives null */
struct cell cell_bool(bool yes);
struct cell cell_count(i128 n); /* how many */
struct cell cell_label(i128 n); /* a year, an id, a row */
/* Money in minor units: parts / 10^scale of the currency's unit, shown to two decimals. */
struct cell cell_amount(i128 parts, int scale);
/* A quantity of things, exactly. */
struct cell cell_quantity(i128 parts, int scale);
/* A share, rate or index, shown to `places` decimals. */
struct cell cell_decimal(struct dec d, int places);
struct cell cell_object(const struct object *o);    /* NULL gives null */
struct cell cell_list(const struct object_list *l); /* NULL gives null */

struct object *object_new(struct arena *a);
/* Add a member, or replace the one of that name. */
void object_put(struct object *o, const char *name, struct cell cell);

/* --- answers --- */

enum column_flags {
    COLUMN_BAR = 1,      /* a bar beside each number, scaled to the largest of the column */
    COLUMN_NO_TEXT = 2,  /* not in the table for people */
    COLUMN_ONLY_TEXT = 4 /* only there: a name beside the code that JSON and CSV carry */
};

struct column {
    const char *name;  /* JSON member and CSV heading: "key_share" */
    const char *label; /* heading for people; NULL: the name with spaces */
    unsigned flags;
};

struct rows {
    struct arena *arena;
    const char *name;  /* "rows", "flags", "changes" */
    const char *title; /* above the table, or NULL */
    const char *empty; /* said in place of a table without rows; NULL: "none" */
    struct column *columns;
    struct cell *cells; /* row after row, column_count each */
    struct cell *total; /* column_count cells under a rule, in text only; or NULL */
    uint32_t column_count, column_room, count, room;

    /* Rows that are made when they are looked at: cells is NULL then. */
    void (*make)(void *ctx, uint32_t row, struct cell *cells, struct arena *a);
    void *make_ctx;
    uint32_t made_from; /* what it calls the first of these rows */
};

struct answer {
    struct arena *arena;
    const char *title; /* in text only */
    struct object head;
    struct rows **lists;
    uint32_t list_count, list_room;
    const struct rows *main; /* the list that CSV prints: the last one added, unless set */
    const char **notes;
    uint32_t note_count, note_room;
};

struct answer *answer_new(struct arena *a, const char *title);

/* A value of the head, in the order they come. "version" is put by the rendering. */
void answer_put(struct answer *w, const char *name, struct cell cell);

/* A list of rows; give it columns first, then rows. */
struct rows *answer_rows(struct answer *w, const char *name);

/* A sentence below the tables: what was left out, which rates were used. Copied. */
void answer_note(struct answer *w, const char *fmt, ...) PRINTF(2);

void rows_column(struct rows *r, const char *name, const char *label, unsigned flags);

/*
 * A list of which few rows may be looked at, or too long to be kept as cells:
 * `make` fills the cells of one row, column_count of them, whenever it is
 * asked for; texts may live in the arena that it is handed, and ctx in the
 * answer's. No objects or lists.
 */
void rows_made(struct rows *r, uint32_t count,
               void (*make)(void *ctx, uint32_t row, struct cell *cells, struct arena *a),
               void *ctx);

/* The cells of a row; `room` holds column_count of them for a row that is made now. */
const struct cell *rows_cells(const struct rows *r, uint32_t row, struct cell *room,
                              struct arena *a);

/* Leave out all rows but `count` from that one on; both within the list. */
void rows_cut(struct rows *r, uint32_t from, uint32_t count);

/* Plain columns, their names with single spaces between: "measure unit from to". Copied. */
void rows_columns(struct rows *r, const char *names);

/*
 * One row: ROW(r, cell_text("DEU"), cell_amount(n, 2)), as many cells as
 * columns. TOTAL is the row under the rule.
 */
#define ROW(rows, ...)                                                                             \
    rows_add((rows), (const struct cell[]){__VA_ARGS__},                                           \
             sizeof((const struct cell[]){__VA_ARGS__}) / sizeof(struct cell))
#define TOTAL(rows, ...)                                                                           \
    rows_total((rows), (const struct cell[]){__VA_ARGS__},                                         \
               sizeof((const struct cell[]){__VA_ARGS__}) / sizeof(struct cell))

/* The same where the number of columns is known only at run time. */
void rows_add(struct rows *r, const struct cell *cells, size_t count);
void rows_total(struct rows *r, const struct cell *cells, size_t count);

/* --- rendering --- */

struct look {
    bool color;   /* never the only carrier of meaning */
    bool unicode; /* else bars and rules are ASCII; texts are UTF-8 all the same */
    int width;    /* cells of the terminal: longer texts are wrapped; 0: no limit */
};

void answer_text(const struct answer *w, const struct look *look, struct buf *out);

void answer_json(const struct answer *w, struct buf *out);

/*
 * Objects in a column become a column a member ("place.file"). A text that a
 * spreadsheet would take for a formula (it starts with = + - @, tab or
 * carriage return) gets a leading apostrophe. Lines end with CR LF.
 */
void answer_csv(const struct answer *w, struct buf *out);

/*
 * The columns that CSV and workbooks have: those for programs, and a column of
 * objects as one of each of their members, "place.file".
 */
struct flat_column {
    const char *name;
    uint32_t at;        /* in the rows' columns */
    const char *member; /* NULL: the cell itself */
};
struct flat {
    struct flat_column *columns;
    uint32_t count, room;
};
struct flat rows_flat(struct arena *a, const struct rows *r);

/* The cell of such a column in a row; NULL when the object there has no such member. */
const struct cell *flat_cell(const struct flat_column *c, const struct cell *cells);

/* The head as a list of one row, for answers without any. */
struct rows *answer_head_rows(struct arena *a, const struct answer *w);

/* The cell in JSON, on one line: what an object or a list is where only a text can stand. */
const char *cell_json(struct arena *a, const struct cell *c);
/* A column as people read it, for other faces than a terminal. */
struct column_read {
    const char *label;
    const char **texts;      /* one a row */
    const char *total;       /* or NULL */
    bool right;              /* numbers only */
    const int32_t *permille; /* of a COLUMN_BAR: how long each bar is, below zero for less than
                                nothing; NULL: nothing to draw */
};
/* Rows must be cells, not made. */
struct column_read answer_column(struct arena *a, const struct rows *r, uint32_t column);

/* One value of the head as people read it; its name likewise. */
const char *answer_value(struct arena *a, const struct cell *c);
const char *answer_name(struct arena *a, const char *name);

/* The number as JSON and CSV write it: digits, a point, no separators. */
const char *cell_digits(struct arena *a, const struct cell *c);

#endif
