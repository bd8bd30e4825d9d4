/*
 * page.h - a page: a frame, and sections, each of which is a question.
 *
 * A page is data: which commands it asks and what stands above each answer.
 * So what a page shows can always be asked on the command line, and the page
 * says with which words. Pages that do more have a function as well.
 */
#ifndef MUSTER_SERVE_PAGE_H
#define MUSTER_SERVE_PAGE_H

#include "serve/site.h"
#include "serve/table.h"

struct section {
    const char *id, *heading;
    const char *lead;    /* one sentence: what it says and how it is counted */
    const char *ask;     /* see ask() */
    const char *needs;   /* a parameter without which the section is left out; NULL */
    const char *picture; /* see table.h */
    const char *only;    /* one list of the answer */
    uint32_t rows;
    bool head;
    bool if_any; /* left out when it has no rows */
};

/* A field of the form above the sections. */
struct filter {
    const char *param, *label;
    const char *choices; /* words with spaces between; NULL: any text */
    const char *list;    /* "party", "group", "item": suggestions from the book; NULL */
    const char *none;    /* the choice of nothing in words; NULL: "any" */
};

struct page {
    const char *path, *name, *title, *lead;
    const char
        *own; /* of a path that ends in "/": the parameter that the next segment is; or NULL */
    const struct filter *filters;   /* ended by param NULL; or NULL */
    const struct section *sections; /* ended by id NULL */
    bool in_menu;
    /* The title where it depends on the visit; NULL from it, or without it: `title`. */
    const char *(*titled)(struct visit *v);
    /* Written before the sections; NULL: nothing. False: the reply is made already. */
    bool (*before)(struct visit *v, struct buf *b);
    void (*after)(struct visit *v, struct buf *b); /* and behind them */
};

/* Those with a file of their own: page_NAME.c. */
extern const struct page page_line, page_donor, page_inbox, page_plan, page_record, page_help;

/* Every page, NULL-ended: pages.c. */
extern const struct page *const pages[];

/* The page of a path, and the parameter that the path gives it. NULL when there is none. */
const struct page *page_at(const char *path, struct param *own);

/* Answer with the page. */
void page_show(struct visit *v, const struct page *p);

/* A page that is made by hand: frame_begin, content, frame_end. */
void frame_begin(struct visit *v, struct buf *b, const char *title);
void frame_end(struct visit *v, struct buf *b);

/* One section, with its heading, its table, its downloads. */
void section_put(struct visit *v, struct buf *b, const struct section *s);

#endif
