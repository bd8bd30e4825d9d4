/*
 * answer_text.c - an answer as people look at it.
 *
 * Every cell is made into text first, then the widths are known, then lines
 * are laid out. Where a terminal is too narrow, texts are wrapped inside
 * their column: nothing is cut off, because what is cut off is what was asked
 * for.
 */
#include "report/answer.h"

#include <assert.h>
#include <string.h>

#include "base/term.h"
#include "base/text.h"

enum { GAP = 2, BAR_CELLS = 20, BAR_CELLS_MIN = 8, TEXT_CELLS_MIN = 12, NOTE_CELLS = 100 };

/* A column of finished texts: the heading, the rows, the total. */
struct strip {
    const char *label;
    const char **texts; /* one a row */
    const char *total;  /* or NULL */
    bool right;         /* numbers */
    bool bar;
    const bool *minus; /* which rows are below zero, for colour; or NULL */
    size_t width;      /* in terminal cells */
};

struct page {
    struct arena *arena; /* scratch */
    const struct look *look;
    struct buf *out;
};

/* --- colour --- */

static void paint(const struct page *p, const char *code, const char *text, size_t len)
{
    if (p->look->color && code) buf_addf(p->out, "\x1b[%sm", code);
    buf_add_bytes(p->out, text, len);
    if (p->look->color && code) buf_add(p->out, "\x1b[0m");
}

static void spaces(const struct page *p, size_t count)
{
    while (count-- > 0) buf_add(p->out, " ");
}

/* --- cells into texts --- */

/*
 * Decimals that each look needs so that the points of a column stand under
 * each other. Beside millions nobody reads cents: a column that reaches
 * AMOUNT_WHOLE shows whole units.
 */
enum { AMOUNT_WHOLE = 10000000 };
struct decimals {
    int of[NUMBER_FIXED + 1];
    bool whole;
};

static bool reaches(const struct cell *c, i128 units)
{
    i128 n = c->number.n < 0 ? -c->number.n : c->number.n;
    return n / power10(c->number.scale) >= units;
}

static void decimals_heed(struct decimals *d, struct arena *a, const struct cell *c)
{
    if (c->type != CELL_NUMBER) return;
    const char *digits = cell_digits(a, c), *point = strchr(digits, '.');
    int need = point ? (int)strlen(point + 1) : 0;
    if (c->number.look == NUMBER_AMOUNT && need) need = 2;
    if (c->number.look == NUMBER_AMOUNT && reaches(c, AMOUNT_WHOLE)) d->whole = true;
    if (c->number.look == NUMBER_FIXED) need = c->number.places;
    if (need > d->of[c->number.look]) d->of[c->number.look] = need;
}

static const char *number_text(struct arena *a, const struct cell *c, const struct decimals *d)
{
    bool whole = c->number.look == NUMBER_AMOUNT && d->whole;
    int places = whole ? 0 : c->number.places;
    int least = whole ? 0 : d->of[c->number.look];
    if (c->number.look == NUMBER_FIXED && c->number.places < least) least = c->number.places;
    const char *digits = parts_format(a, c->number.n, c->number.scale, places, least);
    return c->number.look == NUMBER_LABEL ? digits : digits_grouped(a, digits);
}

/* "key_share" as "key share". */
static const char *spoken(struct arena *a, const char *name)
{
    char *copy = NEW_ARRAY(a, strlen(name) + 1, char);
    for (size_t i = 0; name[i]; i++) copy[i] = name[i] == '_' ? ' ' : name[i];
    return copy;
}

static const char *cell_words(const struct page *p, const struct cell *c, const struct decimals *d);

/* "file release-29, row 12": the members that are known. */
static void object_words(const struct page *p, const struct object *o, struct buf *b)
{
    bool any = false;
    for (uint32_t i = 0; i < o->count; i++) {
        const struct member *f = &o->fields[i];
        struct decimals own = {0};
        if (f->cell.type == CELL_NULL) continue;
        decimals_heed(&own, p->arena, &f->cell);
        buf_addf(b, "%s%s ", any ? ", " : "", spoken(p->arena, f->name));
        buf_add(b, cell_words(p, &f->cell, &own));
        any = true;
    }
}

static const char *cell_words(const struct page *p, const struct cell *c, const struct decimals *d)
{
    struct buf b = {.arena = p->arena};
    switch (c->type) {
    case CELL_NULL: return p->look->unicode ? "\xe2\x80\x93" : "-"; /* en dash */
    case CELL_TEXT: return term_safe(p->arena, c->text);
    case CELL_NUMBER: return number_text(p->arena, c, d);
    case CELL_BOOL: return c->yes ? "yes" : "no";
    case CELL_OBJECT: object_words(p, c->object, &b); break;
    case CELL_LIST:
        for (uint32_t i = 0; i < c->list->count; i++) {
            if (i) buf_add(&b, "; ");
            object_words(p, c->list->items[i], &b);
        }
        break;
    }
    return b.text ? b.text : "";
}

/* --- bars --- */

/* |n| at that scale; -1 when it does not fit. */
static i128 magnitude(const struct cell *c, int scale)
{
    i128 n = c->number.n < 0 ? -c->number.n : c->number.n, out;
    if (__builtin_mul_overflow(n, power10(scale - c->number.scale), &out)) return -1;
    return out > ((i128)1 << 110) ? -1 : out;
}

/* A bar of `eighths` eighths of a cell. Below zero it is hatched, so colour is not needed. */
static const char *bar_text(const struct page *p, int eighths, bool minus)
{
    static const char *const parts[] = {"",
                                        "\xe2\x96\x8f",
                                        "\xe2\x96\x8e",
                                        "\xe2\x96\x8d",
                                        "\xe2\x96\x8c",
                                        "\xe2\x96\x8b",
                                        "\xe2\x96\x8a",
                                        "\xe2\x96\x89"};
    const char *full =
        p->look->unicode ? (minus ? "\xe2\x96\x92" : "\xe2\x96\x88") : (minus ? "-" : "#");
    bool fine = p->look->unicode && !minus;
    int whole = fine ? eighths / 8 : (eighths + 7) / 8;
    struct buf b = {.arena = p->arena};
    buf_add(&b, "");
    for (int i = 0; i < whole; i++) buf_add(&b, full);
    if (fine) buf_add(&b, parts[eighths % 8]);
    return b.text;
}

static const struct cell *cell_at(const struct rows *r, uint32_t row, uint32_t column)
{
    return &r->cells[(size_t)row * r->column_count + column];
}

/* The sizes of column k at one scale, and the largest; false when there is nothing to draw. */
static bool sizes_of(struct arena *a, const struct rows *r, uint32_t k, i128 **sizes, i128 *most)
{
    int scale = 0;
    *sizes = NEW_ARRAY(a, (size_t)r->count + 1, i128);
    *most = 0;
    for (uint32_t i = 0; i < r->count; i++) {
        const struct cell *c = cell_at(r, i, k);
        if (c->type == CELL_NUMBER && c->number.scale > scale) scale = c->number.scale;
    }
    for (uint32_t i = 0; i < r->count; i++) {
        const struct cell *c = cell_at(r, i, k);
        if (c->type != CELL_NUMBER) continue;
        (*sizes)[i] = magnitude(c, scale);
        if ((*sizes)[i] < 0) return false;
        if ((*sizes)[i] > *most) *most = (*sizes)[i];
    }
    return *most > 0;
}

static bool below_zero(const struct cell *c)
{
    return c->type == CELL_NUMBER && c->number.n < 0;
}

/* The bars of column k, `cells` wide at the most; false when there is nothing to draw. */
static bool bar_strip(const struct page *p, const struct rows *r, uint32_t k, int cells,
                      struct strip *out)
{
    i128 *sizes, most;
    if (!sizes_of(p->arena, r, k, &sizes, &most)) return false;
    bool *minus = NEW_ARRAY(p->arena, r->count, bool);
    *out = (struct strip){.label = "", .bar = true, .width = (size_t)cells, .minus = minus};
    out->texts = NEW_ARRAY(p->arena, r->count, const char *);
    for (uint32_t i = 0; i < r->count; i++) {
        minus[i] = below_zero(cell_at(r, i, k));
        /* What is not zero shows: at least one eighth. */
        i128 eighths = (sizes[i] * cells * 8 + most - 1) / most;
        out->texts[i] = bar_text(p, (int)eighths, minus[i]);
    }
    return true;
}

/* --- strips --- */

static struct strip column_strip(const struct page *p, const struct rows *r, uint32_t k)
{
    const struct column *column = &r->columns[k];
    struct decimals d = {0};
    bool *minus = NEW_ARRAY(p->arena, (size_t)r->count + 1, bool);
    struct strip s = {
        .label =
            term_safe(p->arena, column->label ? column->label : spoken(p->arena, column->name)),
        .texts = NEW_ARRAY(p->arena, (size_t)r->count + 1, const char *),
        .minus = minus,
    };
    for (uint32_t i = 0; i < r->count; i++) decimals_heed(&d, p->arena, cell_at(r, i, k));
    if (r->total) decimals_heed(&d, p->arena, &r->total[k]);

    bool words = false, numbers = false;
    s.width = term_cells(s.label, strlen(s.label));
    for (uint32_t i = 0; i <= r->count; i++) {
        const struct cell *c = i < r->count ? cell_at(r, i, k) : r->total ? &r->total[k] : NULL;
        if (!c) continue;
        /* What has no total is left blank: a dash would say that it is not known. */
        bool blank = i == r->count && c->type == CELL_NULL;
        const char *text = blank ? "" : cell_words(p, c, &d);
        size_t cells = term_cells(text, strlen(text));
        if (cells > s.width) s.width = cells;
        if (i < r->count) {
            s.texts[i] = text;
            minus[i] = c->type == CELL_NUMBER && c->number.n < 0;
            words |= c->type != CELL_NUMBER && c->type != CELL_NULL;
            numbers |= c->type == CELL_NUMBER;
        } else {
            s.total = text;
        }
    }
    s.right = numbers && !words;
    return s;
}

static size_t strips_width(const struct strip *s, uint32_t count)
{
    size_t width = 0;
    for (uint32_t i = 0; i < count; i++) width += s[i].width + (i ? GAP : 0);
    return width;
}

/* Make the table fit: first shorter bars, then the widest text gives way, cell by cell. */
static void strips_fit(const struct page *p, struct strip *s, uint32_t count)
{
    size_t limit = p->look->width > 0 ? (size_t)p->look->width : SIZE_MAX;
    while (strips_width(s, count) > limit) {
        struct strip *widest = NULL;
        for (uint32_t i = 0; i < count; i++) {
            if (s[i].right || s[i].bar || s[i].width <= TEXT_CELLS_MIN) continue;
            if (!widest || s[i].width > widest->width) widest = &s[i];
        }
        if (!widest) return;
        widest->width--;
    }
}

/* The strips of a list, bars behind their numbers; *count of them. */
static struct strip *strips_of(const struct page *p, const struct rows *r, int bar_cells,
                               uint32_t *count)
{
    struct strip *s = NEW_ARRAY(p->arena, (size_t)r->column_count * 2 + 1, struct strip);
    *count = 0;
    for (uint32_t k = 0; k < r->column_count; k++) {
        if (r->columns[k].flags & COLUMN_NO_TEXT) continue;
        s[(*count)++] = column_strip(p, r, k);
        bool bar = (r->columns[k].flags & COLUMN_BAR) && r->count > 0;
        if (bar && bar_strip(p, r, k, bar_cells, &s[*count])) (*count)++;
    }
    return s;
}

/* --- lines --- */

/* Blanks are owed and paid only when something follows: no line ends in them. */
struct line {
    const struct page *page;
    size_t owed;
};

static void line_put(struct line *l, const char *text, size_t len, const struct strip *s,
                     const char *code)
{
    size_t cells = term_cells(text, len), pad = s->width > cells ? s->width - cells : 0;
    if (s->right) l->owed += pad;
    if (len) {
        spaces(l->page, l->owed);
        l->owed = 0;
        paint(l->page, code, text, len);
    }
    if (!s->right) l->owed += pad;
    l->owed += GAP;
}

static const char *cell_color(const struct strip *s, const bool *minus)
{
    if (minus && *minus) return "31";
    return s->bar ? "36" : NULL;
}

/* One row, in as many lines as its longest text takes. texts are used up. */
static void row_lines(const struct page *p, const struct strip *s, uint32_t count,
                      const char **texts, const uint32_t *row, const char *code)
{
    for (bool more = true; more;) {
        struct line l = {.page = p};
        more = false;
        for (uint32_t k = 0; k < count; k++) {
            const char *next = texts[k] + strlen(texts[k]);
            size_t len = (size_t)(next - texts[k]);
            if (!s[k].right && !s[k].bar) len = term_line(texts[k], s[k].width, &next);
            const char *color =
                row ? cell_color(&s[k], s[k].minus ? &s[k].minus[*row] : NULL) : code;
            line_put(&l, texts[k], len, &s[k], color);
            texts[k] = next;
            more |= *next != '\0';
        }
        buf_add(p->out, "\n");
    }
}

static void rule(const struct page *p, const struct strip *s, uint32_t count)
{
    struct buf b = {.arena = p->arena};
    for (uint32_t k = 0; k < count; k++) {
        if (s[k].bar) continue;
        for (size_t i = 0; k && i < GAP; i++) buf_add(&b, " ");
        /* A number behind a bar stands further right. */
        for (size_t i = 0; k && s[k - 1].bar && i < s[k - 1].width + GAP; i++) buf_add(&b, " ");
        for (size_t i = 0; i < s[k].width; i++)
            buf_add(&b, p->look->unicode ? "\xe2\x94\x80" : "-");
    }
    paint(p, "2", b.text ? b.text : "", b.len);
    buf_add(p->out, "\n");
}

static void table(const struct page *p, const struct rows *r)
{
    uint32_t count;
    if (r->title) {
        const char *title = term_safe(p->arena, r->title);
        paint(p, "1", title, strlen(title));
        buf_add(p->out, "\n");
    }
    if (r->count == 0) {
        buf_addf(p->out, "%s\n", r->empty ? r->empty : "none");
        return;
    }
    struct strip *s = strips_of(p, r, BAR_CELLS, &count);
    if (p->look->width > 0 && strips_width(s, count) > (size_t)p->look->width) {
        s = strips_of(p, r, BAR_CELLS_MIN, &count);
        strips_fit(p, s, count);
    }

    const char **texts = NEW_ARRAY(p->arena, (size_t)count + 1, const char *);
    for (uint32_t k = 0; k < count; k++) texts[k] = s[k].label;
    row_lines(p, s, count, texts, NULL, "1");
    rule(p, s, count);
    for (uint32_t i = 0; i < r->count; i++) {
        for (uint32_t k = 0; k < count; k++) texts[k] = s[k].texts[i];
        row_lines(p, s, count, texts, &i, NULL);
    }
    if (!r->total) return;
    rule(p, s, count);
    for (uint32_t k = 0; k < count; k++) texts[k] = s[k].total ? s[k].total : "";
    row_lines(p, s, count, texts, NULL, "1");
}

/* --- the page --- */

/* Names on the left, values on the right; numbers under each other. */
static void head(const struct page *p, const struct object *o)
{
    struct decimals d = {0};
    struct strip name = {0}, value = {.right = true};
    const char **names = NEW_ARRAY(p->arena, (size_t)o->count + 1, const char *);
    const char **values = NEW_ARRAY(p->arena, (size_t)o->count + 1, const char *);
    for (uint32_t i = 0; i < o->count; i++) decimals_heed(&d, p->arena, &o->fields[i].cell);
    for (uint32_t i = 0; i < o->count; i++) {
        names[i] = term_safe(p->arena, spoken(p->arena, o->fields[i].name));
        values[i] = cell_words(p, &o->fields[i].cell, &d);
        size_t cells = term_cells(names[i], strlen(names[i]));
        if (cells > name.width) name.width = cells;
        cells = term_cells(values[i], strlen(values[i]));
        if (o->fields[i].cell.type == CELL_NUMBER && cells > value.width) value.width = cells;
    }
    for (uint32_t i = 0; i < o->count; i++) {
        bool digits =
            o->fields[i].cell.type == CELL_NUMBER && o->fields[i].cell.number.look != NUMBER_LABEL;
        bool minus = digits && o->fields[i].cell.number.n < 0;
        struct strip plain = {0};
        struct line l = {.page = p};
        line_put(&l, names[i], strlen(names[i]), &name, NULL);
        line_put(&l, values[i], strlen(values[i]), digits ? &value : &plain, minus ? "31" : NULL);
        buf_add(p->out, "\n");
    }
}

static void note(const struct page *p, const char *text)
{
    size_t cells = p->look->width > 0 ? (size_t)p->look->width : NOTE_CELLS;
    const char *at = term_safe(p->arena, text);
    if (cells < TEXT_CELLS_MIN) cells = TEXT_CELLS_MIN;
    while (*at) {
        const char *next;
        size_t len = term_line(at, cells, &next);
        buf_add_bytes(p->out, at, len);
        buf_add(p->out, "\n");
        at = next;
    }
}

/* Columns are as wide as their widest cell, so all of them are needed at once. */
static const struct rows *written_out(struct arena *a, const struct rows *r)
{
    struct rows *all = NEW(a, struct rows);
    *all = *r;
    all->make = NULL;
    all->cells = NEW_ARRAY(a, (size_t)r->count * r->column_count + 1, struct cell);
    for (uint32_t i = 0; i < r->count; i++) {
        rows_cells(r, i, &all->cells[(size_t)i * r->column_count], a);
    }
    return all;
}

void answer_text(const struct answer *w, const struct look *look, struct buf *out)
{
    struct arena scratch = {0};
    struct page p = {.arena = &scratch, .look = look, .out = out};
    bool before = false;
    if (w->title) {
        const char *title = term_safe(&scratch, w->title);
        paint(&p, "1", title, strlen(title));
        buf_add(out, "\n");
        before = true;
    }
    if (w->head.count) {
        if (before) buf_add(out, "\n");
        head(&p, &w->head);
        before = true;
    }
    for (uint32_t i = 0; i < w->list_count; i++) {
        if (before) buf_add(out, "\n");
        table(&p, w->lists[i]->make ? written_out(&scratch, w->lists[i]) : w->lists[i]);
        before = true;
    }
    if (w->note_count && before) buf_add(out, "\n");
    for (uint32_t i = 0; i < w->note_count; i++) note(&p, w->notes[i]);
    arena_free(&scratch);
}

/* --- for other faces --- */

struct column_read answer_column(struct arena *a, const struct rows *r, uint32_t column)
{
    static const struct look look = {.unicode = true};
    const struct page p = {.arena = a, .look = &look};
    struct strip s = column_strip(&p, r, column);
    struct column_read out = {
        .label = s.label, .texts = s.texts, .total = s.total, .right = s.right};
    i128 *sizes, most;
    if (!(r->columns[column].flags & COLUMN_BAR)) return out;
    if (!r->count || !sizes_of(a, r, column, &sizes, &most)) return out;
    int32_t *permille = NEW_ARRAY(a, r->count, int32_t);
    for (uint32_t i = 0; i < r->count; i++) {
        int32_t size = (int32_t)((sizes[i] * 1000 + most - 1) / most);
        permille[i] = below_zero(cell_at(r, i, column)) ? -size : size;
    }
    out.permille = permille;
    return out;
}

const char *answer_value(struct arena *a, const struct cell *c)
{
    static const struct look look = {.unicode = true};
    const struct page p = {.arena = a, .look = &look};
    struct decimals d = {0};
    decimals_heed(&d, a, c);
    return cell_words(&p, c, &d);
}

const char *answer_name(struct arena *a, const char *name)
{
    return spoken(a, name);
}
