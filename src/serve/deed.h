/*
 * deed.h - what people do on the pages: commands that record, behind forms.
 *
 * A deed is data: which command, which of its options a form offers, who may.
 * The form says what the viewer saw when it was opened; if somebody changed
 * that meanwhile, the deed is refused with what changed, and what was typed
 * stands in the form again: nobody's work is lost, and nobody's overwritten.
 */
#ifndef MUSTER_SERVE_DEED_H
#define MUSTER_SERVE_DEED_H

#include "serve/site.h"

struct deed_field {
    const char *param; /* the option, or the operand in lower case; NULL ends the list */
    const char *label;
    const char *choices;         /* words with spaces between; or NULL */
    const char *hint;            /* what it looks like: "2026-06-30" */
    bool operand, needed, fixed; /* fixed: shown, and not changed by hand */
};

struct deed {
    const char *name;    /* /do/NAME; NULL ends the table */
    const char *command; /* its words */
    const char *title, *button;
    enum role least;
    const struct deed_field *fields;
    bool empties;         /* an empty text is given as well: it takes something away */
    enum kind about;      /* what must not have changed meanwhile; KIND_NONE: nothing */
    const char *about_of; /* the parameter with its key */
    /* What the form begins with, and what stands above it; NULL: nothing. */
    const struct params *(*begins)(struct visit *v, const char *about);
    void (*above)(struct visit *v, struct buf *b, const char *about);
};

extern const struct deed deeds[];
const struct deed *deed_named(const char *name);

/* Whether this visit may do it at all. */
bool deed_may(const struct visit *v, const struct deed *d);

/*
 * The form, with values from the request's form when it was just refused,
 * else from `given` (its values as parameters; NULL: empty). `next` is where
 * one is afterwards. Nothing is written for who may not.
 */
void deed_form(struct visit *v, struct buf *b, const struct deed *d, const struct params *given,
               const char *next);

/* GET /do/NAME: a page with the form. POST: do it. */
void deed_answer(struct visit *v);

/* POST /api/v1/NAME: the same without pages; for tokens. False: no such deed. */
bool deed_api(struct visit *v, const char *name);

#endif
