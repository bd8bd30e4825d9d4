/* lead.c - see lead.h. */
#include "serve/lead.h"

#include <string.h>

#include "base/text.h"
#include "serve/deed.h"
#include "serve/html.h"

static const struct cell *cell_of(const struct rows *r, uint32_t row, uint32_t column)
{
    return &r->cells[(size_t)row * r->column_count + column];
}

/* The text of a row in the column of that name; NULL. */
static const char *text_at(const struct rows *r, uint32_t row, const char *name)
{
    for (uint32_t k = 0; k < r->column_count; k++) {
        if (strcmp(r->columns[k].name, name) != 0) continue;
        const struct cell *c = cell_of(r, row, k);
        return c->type == CELL_TEXT ? c->text : NULL;
    }
    return NULL;
}

/* --- keys --- */

/* A column of that name holds the key of something that has a page. */
static const struct {
    const char *column, *path, *param; /* param NULL: the key is the next segment */
} links[] = {
    {"line", "/line", NULL},
    {"package", "/line", NULL},
    {"record", "/line", NULL},
    {"party", "/donors", NULL},
    {"donor", "/donors", NULL},
    {"giver", "/donors", NULL},
    {"receiver", "/promises", "receiver"},
    {"need", "/needs", "need"},
    {"item", "/promises", "item"},
    {"lot", "/plan", "why"},
    {"source", "/record", "document"},
    {"document", "/record", "document"},
    {"scenario", "/plan", "scenario"},
    {"round", "/plan", "round"},
    {"floor", "/explain", "floor"},
};

static const char *link_of(const struct visit *v, const char *column, const char *key)
{
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        if (strcmp(links[i].column, column) != 0) continue;
        if (links[i].param) return visit_href(v, links[i].path, links[i].param, key);
        struct href h = href_begin(v->arena, links[i].path);
        href_segment(&h, key);
        return visit_href(v, href_text(&h), NULL, NULL);
    }
    return NULL;
}

/* The key in "line list" leads to the line. */
static const char *key_href(const struct visit *v, const char *asked, const char *key)
{
    const char *verb = asked ? arena_bytes(v->arena, asked, strcspn(asked, " ")) : "";
    return link_of(v, verb, key);
}

/* A document leads to its text, where the row says which turn is meant to that turn. */
static const char *document_href(const struct visit *v, const struct rows *r, uint32_t row,
                                 const char *key)
{
    const char *source = text_at(r, row, "source"), *turn = NULL;
    for (uint32_t k = 0; source && k < r->column_count; k++) {
        const struct cell *c = cell_of(r, row, k);
        bool is_turn = strcmp(r->columns[k].name, "turn") == 0 && c->type == CELL_NUMBER;
        if (is_turn) turn = answer_value(v->arena, c);
    }
    const char *at = link_of(v, "document", source ? source : key);
    return turn ? text_format(v->arena, "%s#turn-%s", at, turn) : at;
}

/*
 * What was said about a line: the statement's key begins with that of the
 * document it was read in, if it was.
 */
static const char *said_href(const struct visit *v, const struct rows *r, uint32_t row)
{
    const char *key = text_at(r, row, "subject");
    size_t len = key ? strcspn(key, "#") : 0;
    uint32_t noun = key ? book_noun(v->seat->view.book, KIND_STATEMENT, key) : NONE;
    if (noun == NONE || !key[len]) return NULL;
    const char *at = link_of(v, "document", arena_bytes(v->arena, key, len));
    return text_format(v->arena, "%s#s%llu", at,
                       (unsigned long long)book_latest(v->seat->view.book, noun)->id);
}

/* Words that were said lead to where they stand in their document. */
static const char *sentence_href(const struct visit *v, const struct rows *r, uint32_t row)
{
    const char *document = text_at(r, row, "document"), *id = NULL;
    for (uint32_t k = 0; k < r->column_count; k++) {
        if (strcmp(r->columns[k].name, "statement") != 0) continue;
        id = answer_value(v->arena, cell_of(r, row, k));
    }
    const char *state = text_at(r, row, "state"); /* what a table entered was read nowhere here */
    if (!document || !id || (state && strcmp(state, "entered") == 0)) return NULL;
    return text_format(v->arena, "%s#s%s", link_of(v, "document", document), id);
}

/* An entry can be taken back by who may. */
static const char *undo_href(struct visit *v, const char *id)
{
    struct href h = href_begin(v->arena, "/do/undo");
    if (!deed_may(v, deed_named("undo"))) return NULL;
    href_param(&h, "entry", id);
    href_param(&h, "next", v->q->target);
    return href_text(&h);
}

/* --- figures --- */

/*
 * A number in the answer of that command leads to the rows behind it: the
 * first line that fits counts. Several lines with one beginning are for the
 * several lists of an answer.
 */
static const struct {
    const char *asked; /* how the command line begins */
    const char *of;    /* the column that says which row it is; "": all are of the page's donor */
    const char *path, *param; /* param NULL: the key is the next segment */
    const char *and;          /* a further column, which is a parameter of that name; NULL */
    bool burden;              /* the same year and stage are meant */
} figures[] = {
    {"burden --donor", "", "/explain", "party", NULL, true},
    {"burden --things", "item", "/promises", "item", NULL, false},
    {"burden", "party", "/explain", "party", NULL, true},
    {"floor", "floor", "/explain", "floor", NULL, false},
    {"total --by year", "by", "/explain?by=year", "row", NULL, false},
    {"position --by stage", "stage", "/promises", "standing", NULL, false},
    {"position --by item", "item", "/promises", "item", NULL, false},
    {"position --by line", "line", "/line", NULL, NULL, false},
    {"late", "line", "/line", NULL, NULL, false},
    {"line list", "key", "/line", NULL, NULL, false},
    {"explain", "record", "/line", NULL, NULL, false},
    {"diff", "key", "/line", NULL, NULL, false},
    {"diff", "party", "/donors", NULL, NULL, false},
    {"coverage", "item", "/promises", "item", "receiver", false},
    {"coverage", "receiver", "/promises", "receiver", NULL, false},
    {"need list", "key", "/needs", "need", NULL, false},
    {"outlook", "item", "/promises", "item", NULL, false},
    {"outlook", "donor", "/promises", "donor", NULL, false},
    {"outlook", "receiver", "/promises", "receiver", NULL, false},
    {"outlook", "class", "/promises", "class", NULL, false},
    {"plan --gap", "lot", "/plan", "why", NULL, false},
    {"plan --gap", "need", "/plan", "why", NULL, false},
    {"plan --gap", "giver", "/donors", NULL, NULL, false},
    {"plan --gap", "receiver", "/promises", "receiver", NULL, false},
};

/* Whether a key that leads to a line is one: packages and rows of releases have keys too. */
static bool is_there(const struct visit *v, const char *path, const char *key)
{
    const struct book *b = v->seat->view.book;
    if (strcmp(path, "/line") != 0) return true;
    return book_noun(b, KIND_LINE, key) != NONE || book_noun(b, KIND_PACKAGE, key) != NONE;
}

/* What says which row it is; of a page that is about one donor, that donor. */
static const char *key_of_row(const struct visit *v, const struct rows *r, uint32_t row,
                              const char *column)
{
    return *column ? text_at(r, row, column) : visit_param(v, "donor");
}

/* The year in which a row's year of a floor begins: "2024/25" is 2024. NULL: it is of all. */
static const char *first_year(const struct visit *v, const struct rows *r, uint32_t row)
{
    const char *year = text_at(r, row, "year");
    return year ? arena_bytes(v->arena, year, strcspn(year, "/")) : NULL;
}

/* "withdrawn or lapsed" are two stages in one row: the first stands for both. */
static const char *first_word(const struct visit *v, const char *param, const char *key)
{
    if (strcmp(param, "standing") != 0) return key;
    return arena_bytes(v->arena, key, strcspn(key, " "));
}

static const char *figure_href(struct visit *v, const struct rows *r, uint32_t row,
                               const char *asked)
{
    for (size_t i = 0; asked && i < sizeof figures / sizeof *figures; i++) {
        const char *key = key_of_row(v, r, row, figures[i].of);
        if (!key || !*key || !text_starts(asked, figures[i].asked)) continue;
        if (!is_there(v, figures[i].path, key)) continue;
        struct href h = href_begin(v->arena, figures[i].path);
        if (figures[i].param)
            href_param(&h, figures[i].param, first_word(v, figures[i].param, key));
        else
            href_segment(&h, key);
        if (figures[i].and) href_param(&h, figures[i].and, text_at(r, row, figures[i].and));
        if (strcmp(figures[i].of, "floor") == 0) href_param(&h, "year", first_year(v, r, row));
        if (figures[i].burden) {
            href_param(&h, "year", visit_param(v, "year"));
            href_param(&h, "reached", visit_param(v, "reached"));
        }
        return visit_href(v, href_text(&h), NULL, NULL);
    }
    return NULL;
}

const char *lead_of(struct visit *v, const struct rows *r, uint32_t row, uint32_t column,
                    const char *asked, bool *away)
{
    const struct cell *c = cell_of(r, row, column);
    const char *name = r->columns[column].name;
    *away = false;
    if (strcmp(name, "id") == 0 && strcmp(r->name, "entries") == 0) {
        return undo_href(v, answer_value(v->arena, c));
    }
    if (c->type == CELL_NUMBER) return figure_href(v, r, row, asked);
    if (c->type != CELL_TEXT || !*c->text) return NULL;
    if (strcmp(name, "evidence") == 0) {
        const char *address = text_at(r, row, "address");
        *away = address_is_web(address);
        return *away ? address : NULL;
    }
    if (strcmp(name, "name") == 0) { /* leads where the key beside it does */
        const char *key = text_at(r, row, "key");
        return key ? key_href(v, asked, key) : NULL;
    }
    if (strcmp(name, "words") == 0) return sentence_href(v, r, row);
    if (strcmp(name, "said") == 0) return said_href(v, r, row);
    if (strcmp(name, "document") == 0) return document_href(v, r, row, c->text);
    if (strcmp(name, "value") == 0) { /* of the fields of a record */
        const char *field = text_at(r, row, "field");
        return field && strcmp(field, "key") != 0 ? link_of(v, field, c->text) : NULL;
    }
    if (strcmp(name, "key") == 0) {
        bool line = asked && text_starts(asked, "diff") && is_there(v, "/line", c->text);
        return line ? link_of(v, "line", c->text) : key_href(v, asked, c->text);
    }
    return link_of(v, name, c->text);
}

/* --- above the tables --- */

const char *lead_of_head(struct visit *v, const struct member *m, const char *asked)
{
    static const struct {
        const char *asked, *path, *param; /* param: what the page is about */
    } heads[] = {
        {"total", "/explain?by=year", NULL},
        {"coverage", "/needs", NULL},
        {"late", "/promises", NULL},
        {"outlook", "/promises", NULL},
        {"burden --donor", "/explain", "donor"},
    };
    if (m->cell.type == CELL_TEXT) {
        const char *key = link_of(v, m->name, m->cell.text);
        return v->own.value && strcmp(v->own.value, m->cell.text) == 0 ? NULL : key;
    }
    if (m->cell.type != CELL_NUMBER) return NULL;
    for (size_t i = 0; asked && i < sizeof heads / sizeof *heads; i++) {
        if (!text_starts(asked, heads[i].asked)) continue;
        struct href h = href_begin(v->arena, heads[i].path);
        if (heads[i].param) href_param(&h, "party", visit_param(v, heads[i].param));
        const char *own = visit_href(v, href_text(&h), NULL, NULL);
        return strcmp(own, v->q->target) == 0 ? NULL : own;
    }
    return NULL;
}
