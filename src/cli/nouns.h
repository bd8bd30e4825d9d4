/*
 * nouns.h - finding the nouns of a book by what people type, and showing them.
 *
 * A noun is typed by its key, by the id of any of its versions, or, where a
 * party or currency is known by itself, by its name ("Germany", "EUR"). The
 * verbs party, item, need, line, lot, route, price and rate all list and show
 * through here: which columns a list has is a table in each.
 */
#ifndef MUSTER_CLI_NOUNS_H
#define MUSTER_CLI_NOUNS_H

#include "cli/opened.h"

/* The noun of that kind, or NONE. */
uint32_t noun_typed(const struct book *b, enum kind kind, const char *typed);

/*
 * The same, where it must be there: RC_ABSENT with "--giver: " (`what`, NULL:
 * nothing) in front, and the key that is nearest.
 */
MUST_CHECK enum rc noun_find(struct arena *a, const struct book *b, enum kind kind,
                             const char *what, const char *typed, uint32_t *noun, struct err *err);

/* How an item is counted: decimal places, and the word for one whole. */
struct counted {
    int places;
    const char *unit;
    bool money;
};
struct counted noun_counted(const struct book *b, uint32_t item);

/* Parts of the item as people write them: "1000", "2.5". */
const char *quantity_text(struct arena *a, const struct counted *c, i128 parts);
struct cell quantity_cell(const struct counted *c, i128 parts);

/* --- showing --- */

struct noun_column {
    enum tag tag; /* 0 ends the table */
    const char *name;
};

struct noun {
    enum kind kind;
    const char *title;
    const struct noun_column *columns; /* after "key" */

    /* What one kind has and no other, or NULL: columns of a list and their cells, parts of show. */
    void (*more_columns)(struct rows *rows);
    uint32_t (*more_cells)(struct arena *a, const struct opened *o, uint32_t noun,
                           struct cell *cells);
    void (*more_shown)(const struct opened *o, uint32_t noun, struct answer *w);
};

struct noun_args {
    const char *word; /* of list: only what has it in its key or name; of show: the key */
};

int noun_list(struct context *ctx, const struct noun *n, const struct noun_args *args);
int noun_show(struct context *ctx, const struct noun *n, const struct noun_args *args);

/* One record: its fields as the head of an answer. */
struct answer *record_answer(struct arena *a, const struct book *b, const struct noun *n,
                             const struct record *r);

extern const struct opt noun_list_opts[];

/* The parts list and show of a verb; `noun` is its struct noun. */
#define NOUN_PARTS(noun)                                                                           \
    static int list_run(struct context *ctx, const void *args)                                     \
    {                                                                                              \
        return noun_list(ctx, &(noun), args);                                                      \
    }                                                                                              \
    static int show_run(struct context *ctx, const void *args)                                     \
    {                                                                                              \
        return noun_show(ctx, &(noun), args);                                                      \
    }                                                                                              \
    static const struct command part_list = {                                                      \
        .name = "list",                                                                            \
        .about = "all of them, or those with a word in their key or name",                         \
        .opts = noun_list_opts,                                                                    \
        .uses = USES_QUESTION,                                                                     \
        .args_size = sizeof(struct noun_args),                                                     \
        .run = list_run,                                                                           \
    };                                                                                             \
    static const struct command part_show = {                                                      \
        .name = "show",                                                                            \
        .about = "everything the book says of one",                                                \
        .operands =                                                                                \
            (const struct operand[]){                                                              \
                {"KEY", INTO(struct noun_args, word), .help = "its key, or the id of a record"},   \
                {0},                                                                               \
            },                                                                                     \
        .uses = USES_QUESTION,                                                                     \
        .args_size = sizeof(struct noun_args),                                                     \
        .run = show_run,                                                                           \
    }

#endif
