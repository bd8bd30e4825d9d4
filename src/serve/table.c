/* table.c - see table.h. */
#include "serve/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/order.h"
#include "base/text.h"
#include "serve/html.h"
#include "serve/lead.h"

static uint32_t column_named(const struct rows *r, const char *name)
{
    for (uint32_t k = 0; k < r->column_count; k++) {
        if (strcmp(r->columns[k].name, name) == 0) return k;
    }
    return r->column_count;
}

static const struct cell *cell_of(const struct rows *r, uint32_t row, uint32_t column)
{
    return &r->cells[(size_t)row * r->column_count + column];
}

/* --- which rows --- */

static const char *own_param(const struct visit *v, const struct shown *how, const char *what)
{
    return text_format(v->arena, "%s.%s", how->id, what);
}

static uint32_t whole_number(const char *text)
{
    if (!text || strlen(text) > 9 || strspn(text, "0123456789") != strlen(text)) return 0;
    return (uint32_t)strtoul(text, NULL, 10);
}

static int compare_cells(const struct cell *a, const struct cell *b)
{
    if (a->type == CELL_NUMBER && b->type == CELL_NUMBER) {
        i128 x = a->number.n, y = b->number.n;
        for (int32_t s = a->number.scale; s < b->number.scale; s++) x *= 10;
        for (int32_t s = b->number.scale; s < a->number.scale; s++) y *= 10;
        return (x > y) - (x < y);
    }
    if (a->type == CELL_TEXT && b->type == CELL_TEXT) return strcmp(a->text, b->text);
    return (a->type > b->type) - (a->type < b->type);
}

/* The cells of one column, and which way they go. */
struct sorted {
    const struct cell *cells;
    bool down;
};

/* Rows that are equal stay as they were, whichever way. */
static int by_cell(const void *ctx, uint32_t a, uint32_t b)
{
    const struct sorted *s = ctx;
    int c = compare_cells(&s->cells[a], &s->cells[b]);
    return s->down ? -c : c;
}

/* The order in which this address asks for the rows; NULL: as they come. */
static struct order *order_of(const struct visit *v, const struct rows *all,
                              const struct shown *how)
{
    const char *sort = visit_param(v, own_param(v, how, "sort"));
    bool down = sort && *sort == '-';
    uint32_t column = sort ? column_named(all, sort + down) : all->column_count;
    if (column == all->column_count) return NULL;
    struct order *o = NEW(v->arena, struct order);
    struct sorted *s = NEW(v->arena, struct sorted);
    struct cell *cells = NEW_ARRAY(v->arena, (size_t)all->count + 1, struct cell);
    struct cell *room = NEW_ARRAY(v->arena, (size_t)all->column_count + 1, struct cell);
    *s = (struct sorted){cells, down};
    *o = (struct order){.list = NEW_ARRAY(v->arena, (size_t)all->count + 1, uint32_t),
                        .count = all->count,
                        .compare = by_cell,
                        .ctx = s};
    for (uint32_t i = 0; i < all->count; i++) {
        cells[i] = rows_cells(all, i, room, v->arena)[column];
        o->list[i] = i;
    }
    return o;
}

/* The row at that place, as cells. */
static const struct cell *cells_at(const struct visit *v, const struct rows *all,
                                   struct order *order, uint32_t place, struct cell *room)
{
    return rows_cells(all, order ? order_at(order, place) : place, room, v->arena);
}

/* A copy of the list with the rows that this address asks for, as cells. */
static struct rows *window(const struct visit *v, const struct rows *all, const struct shown *how,
                           struct order *order, uint32_t *from)
{
    struct rows *part = NEW(v->arena, struct rows);
    uint32_t most = how->rows ? how->rows : TABLE_ROWS;
    *part = *all;
    *from = whole_number(visit_param(v, own_param(v, how, "from")));
    if (*from >= all->count) *from = 0;
    uint32_t count = all->count - *from < most ? all->count - *from : most;
    part->cells = NEW_ARRAY(v->arena, (size_t)count * all->column_count + 1, struct cell);
    part->count = count;
    part->make = NULL;

    struct cell *room = NEW_ARRAY(v->arena, all->column_count + 1, struct cell);
    for (uint32_t i = 0; i < count; i++) {
        const struct cell *cells = cells_at(v, all, order, *from + i, room);
        memcpy(&part->cells[(size_t)i * all->column_count], cells,
               all->column_count * sizeof *cells);
    }
    return part;
}

/* --- writing --- */

static void put_heading(struct visit *v, struct buf *b, const struct rows *r, uint32_t k,
                        const struct column_read *c, const struct shown *how)
{
    const char *name = own_param(v, how, "sort"), *sorted = visit_param(v, name);
    bool down = sorted && *sorted == '-',
         mine = sorted && strcmp(sorted + down, r->columns[k].name) == 0;
    const char *next =
        mine && !down ? text_format(v->arena, "-%s", r->columns[k].name) : r->columns[k].name;
    HTML(b, "<th scope=col");
    if (how->picture) HTML_ATTR(b, "data-name", r->columns[k].name);
    if (c->right) HTML(b, " class=n");
    if (mine) HTML_ATTR(b, "aria-sort", down ? "descending" : "ascending");
    HTML(b, "><a");
    struct href h = href_begin(v->arena, v->q->path);
    for (uint32_t i = 0; i < v->q->query.count; i++) {
        const struct param *p = &v->q->query.at[i];
        if (strcmp(p->name, name) != 0) href_param(&h, p->name, p->value);
    }
    href_param(&h, name, next);
    HTML_ATTR(b, "href", text_format(v->arena, "%s#%s", href_text(&h), how->id));
    HTML(b, ">");
    html_text(b, c->label);
    HTML(b, "</a></th>");
}

static void put_bar(struct buf *b, int32_t permille)
{
    HTML(b, "<meter class=bar min=0 max=1000 value=");
    html_number(b, permille < 0 ? -permille : permille);
    if (permille < 0) HTML(b, " data-minus");
    HTML(b, " aria-hidden=true></meter> ");
}

/* Words around what was looked for, which stands between two stars. */
static void put_snippet(const struct visit *v, struct buf *b, const char *text)
{
    for (bool marked = false; *text; marked = !marked) {
        const char *end = strstr(text, "**");
        size_t len = end ? (size_t)(end - text) : strlen(text);
        if (marked) HTML(b, "<mark>");
        html_text(b, arena_bytes(v->arena, text, len));
        if (marked) HTML(b, "</mark>");
        text += len + (end ? 2 : 0);
    }
}

static void put_text(struct visit *v, struct buf *b, const struct rows *r, uint32_t row, uint32_t k,
                     const char *text, const struct shown *how)
{
    bool away = false;
    const char *href = lead_of(v, r, row, k, how->ask, &away);
    if (strcmp(r->columns[k].name, "snippet") == 0) {
        put_snippet(v, b, text);
        return;
    }
    if (!href) {
        html_text(b, text);
        return;
    }
    HTML(b, "<a");
    HTML_ATTR(b, "href", href);
    if (away) HTML(b, " rel=\"noreferrer nofollow\"");
    HTML(b, ">");
    html_text(b, text);
    HTML(b, "</a>");
}

enum { LONG_TEXT = 36, LONG_WORD = 16 }; /* longer ones are given room, and may be broken */

/* "2026-06-30", "2026-06": the style breaks no line in it. */
static bool is_day(const char *text)
{
    size_t len = strlen(text);
    return (len == 7 || len == 10) && text[4] == '-' && strspn(text, "0123456789-") == len;
}

/* How a cell of text may be broken: a day nowhere, sentences between words, keys anywhere. */
static void put_class(struct buf *b, const struct column_read *c, const char *text)
{
    size_t len = strlen(text);
    if (c->right) return;
    if (is_day(text))
        HTML(b, " class=d");
    else if (len > LONG_WORD && !strchr(text, ' '))
        HTML(b, " class=k");
    else if (len > LONG_TEXT)
        HTML(b, " class=t");
}

static void put_cell(struct visit *v, struct buf *b, const struct rows *r, uint32_t row, uint32_t k,
                     const struct column_read *c, const struct shown *how, bool first)
{
    const struct cell *cell = cell_of(r, row, k);
    if (first)
        HTML(b, "<th scope=row");
    else
        HTML(b, "<td");
    if (!first && c->right) HTML(b, " class=n");
    put_class(b, c, c->texts[row]);
    if (how->picture && cell->type == CELL_NUMBER) {
        HTML_ATTR(b, "data-n", cell_digits(v->arena, cell));
    }
    HTML(b, ">");
    if (c->permille) put_bar(b, c->permille[row]);
    put_text(v, b, r, row, k, c->texts[row], how);
    if (first)
        HTML(b, "</th>");
    else
        HTML(b, "</td>");
}

static void put_page_link(struct visit *v, struct buf *b, const struct shown *how, uint32_t from,
                          const char *label)
{
    const char *name = own_param(v, how, "from");
    struct href h = href_begin(v->arena, v->q->path);
    for (uint32_t i = 0; i < v->q->query.count; i++) {
        const struct param *p = &v->q->query.at[i];
        if (strcmp(p->name, name) != 0) href_param(&h, p->name, p->value);
    }
    href_param(&h, name, text_format(v->arena, "%u", (unsigned)from));
    HTML(b, " <a");
    HTML_ATTR(b, "href", text_format(v->arena, "%s#%s", href_text(&h), how->id));
    HTML(b, ">");
    html_text(b, label);
    HTML(b, "</a>");
}

static void put_parts(struct visit *v, struct buf *b, const struct rows *all, uint32_t from,
                      uint32_t count, const struct shown *how)
{
    uint32_t most = how->rows ? how->rows : TABLE_ROWS;
    if (all->count <= count) return;
    HTML(b, "<p class=parts>Rows ");
    html_text(b, text_format(v->arena, "%u to %u of %u.", (unsigned)from + 1,
                             (unsigned)(from + count), (unsigned)all->count));
    if (from > 0) put_page_link(v, b, how, from > most ? from - most : 0, "Earlier rows");
    if (from + count < all->count) put_page_link(v, b, how, from + count, "Further rows");
    HTML(b, "</p>");
}

static void put_total(struct buf *b, const struct rows *r, const struct column_read *columns,
                      const uint32_t *shown, uint32_t shown_count)
{
    if (!r->total) return;
    HTML(b, "<tfoot><tr>");
    for (uint32_t i = 0; i < shown_count; i++) {
        const struct column_read *c = &columns[shown[i]];
        if (c->right)
            HTML(b, "<td class=n>");
        else
            HTML(b, "<td>");
        html_text(b, c->total);
        HTML(b, "</td>");
    }
    HTML(b, "</tr></tfoot>");
}

/* Whether a picture may want that column: one of its own, what rows are named by, what units. */
static bool is_drawn(const struct shown *how, const char *name, bool first)
{
    size_t len = strlen(name);
    if (first || strcmp(name, "currency") == 0 || strcmp(name, "unit") == 0) return true;
    for (const char *at = how->picture; (at = strstr(at, name)); at += len) {
        if (at > how->picture && at[-1] == ' ' && strchr(" ;", at[len])) return true;
    }
    return false;
}

/*
 * All rows for the picture, of which the table shows a part: {"left":n,
 * "columns":[...],"rows":[[...]...]}; `left` are beyond PICTURE_ROWS.
 */
static void put_whole(struct visit *v, struct buf *b, const struct rows *all,
                      const struct shown *how, struct order *order)
{
    struct buf text = {.arena = v->arena};
    struct jsonw j = {.out = &text};
    uint32_t *columns = NEW_ARRAY(v->arena, all->column_count + 1, uint32_t), count = 0;
    uint32_t most = all->count < PICTURE_ROWS ? all->count : PICTURE_ROWS;
    struct cell *room = NEW_ARRAY(v->arena, all->column_count + 1, struct cell);
    jsonw_open(&j, '{');
    jsonw_name(&j, "left");
    jsonw_number(&j, text_format(v->arena, "%u", (unsigned)(all->count - most)));
    jsonw_name(&j, "columns");
    jsonw_open(&j, '[');
    for (uint32_t k = 0; k < all->column_count; k++) {
        if (all->columns[k].flags & COLUMN_NO_TEXT) continue;
        if (!is_drawn(how, all->columns[k].name, count == 0)) continue;
        columns[count++] = k;
        jsonw_text(&j, all->columns[k].name);
    }
    jsonw_close(&j, ']');
    jsonw_name(&j, "rows");
    jsonw_open(&j, '[');
    for (uint32_t i = 0; i < most; i++) {
        const struct cell *cells = cells_at(v, all, order, i, room);
        jsonw_open(&j, '[');
        for (uint32_t k = 0; k < count; k++) {
            const struct cell *c = &cells[columns[k]];
            if (c->type == CELL_NUMBER)
                jsonw_number(&j, cell_digits(v->arena, c));
            else
                jsonw_text(&j, c->type == CELL_TEXT ? c->text : NULL);
        }
        jsonw_close(&j, ']');
    }
    jsonw_close(&j, ']');
    jsonw_close(&j, '}');
    HTML_ATTR(b, "data-whole", text.text);
}

static void put_rows(struct visit *v, struct buf *b, const struct rows *all,
                     const struct shown *how, const char *caption)
{
    uint32_t from, shown_count = 0;
    struct order *order = order_of(v, all, how);
    struct rows *r = window(v, all, how, order, &from);
    struct column_read *columns = NEW_ARRAY(v->arena, r->column_count + 1, struct column_read);
    uint32_t *shown = NEW_ARRAY(v->arena, r->column_count + 1, uint32_t);
    for (uint32_t k = 0; k < r->column_count; k++) {
        if (r->columns[k].flags & COLUMN_NO_TEXT) continue;
        columns[k] = answer_column(v->arena, r, k);
        shown[shown_count++] = k;
    }
    HTML(b, "<div class=wide tabindex=0 role=region");
    if (strchr(how->id, '-')) HTML_ATTR(b, "id", how->id); /* not the section's own */
    HTML_ATTR(b, "aria-label", caption);
    HTML(b, "><table");
    HTML_ATTR(b, "data-list", all->name);
    HTML_ATTR(b, "data-picture", how->picture);
    if (how->picture && r->count < all->count) put_whole(v, b, all, how, order);
    v->pictured |= how->picture != NULL;
    HTML(b, "><caption>");
    html_text(b, caption);
    HTML(b, "</caption><thead><tr>");
    for (uint32_t i = 0; i < shown_count; i++) {
        put_heading(v, b, r, shown[i], &columns[shown[i]], how);
    }
    HTML(b, "</tr></thead><tbody>");
    for (uint32_t row = 0; row < r->count; row++) {
        HTML(b, "<tr>");
        for (uint32_t i = 0; i < shown_count; i++) {
            put_cell(v, b, r, row, shown[i], &columns[shown[i]], how, i == 0);
        }
        HTML(b, "</tr>");
    }
    HTML(b, "</tbody>");
    put_total(b, r, columns, shown, shown_count);
    HTML(b, "</table></div>");
    put_parts(v, b, all, from, r->count, how);
}

static void put_head(struct visit *v, struct buf *b, const struct answer *w,
                     const struct shown *how)
{
    if (!w->head.count) return;
    HTML(b, "<dl class=head>");
    for (uint32_t i = 0; i < w->head.count; i++) {
        const struct member *m = &w->head.fields[i];
        const char *value = answer_value(v->arena, &m->cell);
        if (m->cell.type == CELL_NULL || !*value) continue;
        HTML(b, "<div><dt>");
        html_text(b, answer_name(v->arena, m->name));
        HTML(b, "</dt><dd>");
        const char *href = lead_of_head(v, m, how->ask);
        if (href) {
            HTML(b, "<a");
            HTML_ATTR(b, "href", href);
            HTML(b, ">");
        }
        html_text(b, value);
        if (href) HTML(b, "</a>");
        HTML(b, "</dd></div>");
    }
    HTML(b, "</dl>");
}

/* Whether the list has what a request ("bars X Y...") draws: X, which may be *, and the first Y. */
static bool can_draw(const struct rows *r, struct arena *a, const char *request)
{
    for (int word = 0; word < 2; word++) {
        const char *name = strchr(request, ' ');
        if (!name) return false;
        request = name + 1;
        const char *column = arena_bytes(a, request, strcspn(request, " ;"));
        if (strcmp(column, "*") != 0 && column_named(r, column) == r->column_count) return false;
    }
    return true;
}

/* Those of the requests that this list can meet; NULL when there are none. */
static const char *drawn_of(const struct visit *v, const struct rows *r, const char *requests)
{
    const char *kept = NULL;
    while (requests && *requests) {
        size_t len = strcspn(requests, ";");
        const char *one = arena_bytes(v->arena, requests, len);
        if (can_draw(r, v->arena, one))
            kept = kept ? text_format(v->arena, "%s; %s", kept, one) : one;
        requests += len + strspn(requests + len, "; ");
    }
    return kept;
}

void table_answer(struct visit *v, struct buf *b, const struct answer *w, const struct shown *how)
{
    if (how->head) put_head(v, b, w, how);
    for (uint32_t i = 0; i < w->list_count; i++) {
        const struct rows *r = w->lists[i];
        if (how->only && strcmp(how->only, r->name) != 0) continue;
        struct shown own = *how;
        if (i > 0) own.id = text_format(v->arena, "%s-%s", how->id, r->name);
        own.picture = drawn_of(v, r, how->picture);
        const char *caption = r->title ? r->title : w->title;
        if (r->count == 0) {
            HTML(b, "<p class=empty>");
            if (r->title) {
                html_text(b, r->title);
                HTML(b, ": ");
            }
            html_text(b, r->empty ? r->empty : "none");
            HTML(b, "</p>");
            continue;
        }
        put_rows(v, b, r, &own, caption ? caption : r->name);
    }
    for (uint32_t i = 0; i < w->note_count; i++) {
        HTML(b, "<p class=note>");
        html_text(b, w->notes[i]);
        HTML(b, "</p>");
    }
}
