/* answers.h - reading an answer by the names of its lists and columns. */
#ifndef MUSTER_SERVE_ANSWERS_H
#define MUSTER_SERVE_ANSWERS_H

#include "serve/site.h"

/* The list of that name; NULL. */
const struct rows *answer_list(const struct answer *w, const char *name);

/* A value of the head, and a cell of a list (cells, not made), as people read them; NULL where
 * there is none, or it is null. */
const char *answer_head(const struct visit *v, const struct answer *w, const char *name);
const char *row_text(const struct visit *v, const struct rows *r, uint32_t row, const char *name);

#endif
