/* answers.c - see answers.h. */
#include "serve/answers.h"

#include <string.h>

const struct rows *answer_list(const struct answer *w, const char *name)
{
    for (uint32_t i = 0; i < w->list_count; i++) {
        if (strcmp(w->lists[i]->name, name) == 0) return w->lists[i];
    }
    return NULL;
}

static const char *words(const struct visit *v, const struct cell *c)
{
    if (c->type == CELL_TEXT) return c->text;
    return c->type == CELL_NULL ? NULL : answer_value(v->arena, c);
}

const char *answer_head(const struct visit *v, const struct answer *w, const char *name)
{
    for (uint32_t i = 0; i < w->head.count; i++) {
        if (strcmp(w->head.fields[i].name, name) == 0) return words(v, &w->head.fields[i].cell);
    }
    return NULL;
}

const char *row_text(const struct visit *v, const struct rows *r, uint32_t row, const char *name)
{
    for (uint32_t k = 0; k < r->column_count; k++) {
        if (strcmp(r->columns[k].name, name) != 0) continue;
        return words(v, &r->cells[(size_t)row * r->column_count + k]);
    }
    return NULL;
}
