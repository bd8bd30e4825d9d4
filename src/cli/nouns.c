/*
 * nouns.c - see nouns.h. Lists keep the order in which the book met its nouns:
 * what was entered last stands last, where the person who entered it looks.
 */
#include "cli/nouns.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "names/names.h"

/* --- finding --- */

/* A record's id as typed, or 0. */
static uint64_t typed_id(const char *typed)
{
    size_t len = strlen(typed);
    if (!len || len > 10 || strspn(typed, "0123456789") != len) return 0;
    return strtoull(typed, NULL, 10);
}

/* The key that is meant by a name that everybody knows, or NULL. */
static const char *known_key(enum kind kind, const char *typed)
{
    if (kind == KIND_PARTY) {
        const struct known_party *p = names_party(typed);
        return p ? p->key : names_group(typed);
    }
    return NULL;
}

uint32_t noun_typed(const struct book *b, enum kind kind, const char *typed)
{
    uint32_t noun = book_noun(b, kind, typed);
    if (noun != NONE) return noun;
    const char *key = known_key(kind, typed);
    if (key) noun = book_noun(b, kind, key);
    if (noun == NONE && kind == KIND_ITEM && names_currency_places(typed) >= 0) {
        char money[32];
        snprintf(money, sizeof money, "money/%.20s", typed);
        noun = book_noun(b, kind, money);
    }
    uint64_t id = noun == NONE ? typed_id(typed) : 0;
    if (id) noun = book_noun_of(b, id);
    return noun != NONE && book_kind(b, noun) == kind ? noun : NONE;
}

enum rc noun_find(struct arena *a, const struct book *b, enum kind kind, const char *what,
                  const char *typed, uint32_t *noun, struct err *err)
{
    *noun = noun_typed(b, kind, typed);
    if (*noun != NONE) return RC_OK;
    struct texts keys = {0};
    for (uint32_t i = 0; i < book_noun_count(b); i++) {
        if (book_kind(b, i) == kind) texts_add(&keys, a, book_key(b, i));
    }
    return fail(err, RC_ABSENT, "%s%sno %s '%.60s' in the book%.90s", what ? what : "",
                what ? ": " : "", kind_name(kind), typed, did_you_mean(a, "", typed, &keys));
}

/* --- quantities --- */

struct counted noun_counted(const struct book *b, uint32_t item)
{
    struct counted c = {.unit = ""};
    const struct record *r = item == NONE ? NULL : book_version(b, item, INT64_MAX);
    if (!r) return c;
    c.places = (int)record_int(r, F_PARTS, 0);
    if (c.places > DEC_SCALE_MAX) c.places = DEC_SCALE_MAX;
    c.unit = record_text(r, F_UNIT);
    c.money = item_currency(b, item) != NULL;
    return c;
}

const char *quantity_text(struct arena *a, const struct counted *c, i128 parts)
{
    return parts_format(a, parts, c->places, c->places, 0);
}

struct cell quantity_cell(const struct counted *c, i128 parts)
{
    return c->money ? cell_amount(parts, c->places) : cell_quantity(parts, c->places);
}

static bool is_quantity(enum tag tag)
{
    return tag == F_LOW || tag == F_HIGH || tag == F_QTY || tag == F_FLOOR;
}

/* The item whose parts a record's quantities count. */
static uint32_t item_of(const struct book *b, const struct record *r)
{
    uint64_t id = record_ref(r, r->kind == KIND_RELATION ? F_PARENT : F_ITEM);
    return id ? book_noun_of(b, id) : NONE;
}

/* --- cells --- */

static const char *instant_text(struct arena *a, int64_t ms)
{
    char text[INSTANT_TEXT];
    return arena_text(a, instant_format(ms, text));
}

static struct cell field_cell(struct arena *a, const struct book *b, const struct record *r,
                              const struct field *f)
{
    if (is_quantity(f->tag)) {
        struct counted c = noun_counted(b, item_of(b, r));
        return quantity_cell(&c, f->n);
    }
    switch (record_fields[f->tag].type) {
    case TYPE_TEXT: return cell_text(f->text);
    case TYPE_INT:
    case TYPE_COUNT: return cell_count(f->n);
    case TYPE_FLAG: return cell_bool(f->n == 1);
    case TYPE_STAGE: return cell_text(stage_name((enum stage)f->n));
    case TYPE_DAY: return cell_text(day_text(a, (int32_t)f->n, PRECISION_DAY));
    case TYPE_PRECISION: return cell_text(precision_name((enum precision)f->n));
    case TYPE_INSTANT: return cell_text(instant_text(a, f->n));
    case TYPE_DEC: return cell_decimal((struct dec){f->n, f->scale}, f->scale);
    case TYPE_REF: break;
    }
    uint32_t noun = book_noun_of(b, (uint64_t)f->n);
    const char *key = noun == NONE ? "" : book_key(b, noun);
    return cell_text(*key ? key : text_format(a, "%" PRId64, f->n));
}

static struct cell tag_cell(struct arena *a, const struct book *b, const struct record *r,
                            enum tag tag)
{
    const struct field *f = record_field(r, tag);
    if (f) return field_cell(a, b, r, f);
    return record_fields[tag].type == TYPE_FLAG ? cell_bool(false) : cell_null();
}

/* --- list --- */

const struct opt noun_list_opts[] = {
    {"with", INTO(struct noun_args, word), .arg = "WORD",
     .help = "only those with this, or with all of these words, in their key or name"},
    {0},
};

static bool has_words(struct arena *a, const struct book *b, const struct record *r, uint32_t noun,
                      int64_t known, const char *words)
{
    if (!words) return true;
    const char *name = book_name(b, noun, known), *text = record_text(r, F_TEXT);
    return text_has_words(a, text_format(a, "%s %s %s", book_key(b, noun), name, text ? text : ""),
                          words);
}

/* What is dated after the day asked for is not there yet; what was taken back is no more. */
static bool is_there(const struct record *r, int32_t effective)
{
    if (record_text(r, F_VERDICT)) return false;
    return record_int(r, F_DAY, DAY_MIN) <= effective || r->kind == KIND_LOT;
}

int noun_list(struct context *ctx, const struct noun *n, const struct noun_args *args)
{
    struct opened o;
    struct cell cells[32];
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    struct answer *w = answer_new(ctx->arena, n->title);
    struct rows *rows = answer_rows(w, "rows");
    rows_column(rows, "key", NULL, 0);
    for (const struct noun_column *c = n->columns; c->tag; c++) rows_column(rows, c->name, NULL, 0);
    if (n->more_columns) n->more_columns(rows);
    const struct book *b = o.view.book;
    const struct clocks *at = &o.exchange.at;
    for (uint32_t noun = 0; noun < book_noun_count(b); noun++) {
        const struct record *r =
            book_kind(b, noun) == n->kind ? book_version(b, noun, at->known) : NULL;
        if (!r || !is_there(r, at->effective)) continue;
        if (!has_words(ctx->arena, b, r, noun, at->known, args->word)) continue;
        uint32_t count = 0;
        cells[count++] = cell_text(book_key(b, noun));
        for (const struct noun_column *c = n->columns; c->tag; c++) {
            cells[count++] = tag_cell(ctx->arena, b, r, c->tag);
        }
        if (n->more_cells) count += n->more_cells(ctx->arena, &o, noun, cells + count);
        rows_add(rows, cells, count);
    }
    code = cmd_answer(ctx, w);
    opened_end(&o);
    return code;
}

/* --- show --- */

/* "new_money" of new-money; the verb's own word where its table has one. */
static const char *shown_name(struct arena *a, const struct noun *n, enum tag tag)
{
    for (const struct noun_column *c = n->columns; c && c->tag; c++) {
        if (c->tag == tag) return c->name;
    }
    char *name = arena_alloc(a, strlen(record_fields[tag].name) + 1, 1);
    strcpy(name, record_fields[tag].name);
    for (char *at = name; *at; at++) {
        if (*at == '-') *at = '_';
    }
    return name;
}

/* A field that may stand several times: all of them, as objects. */
static struct cell many_cell(struct arena *a, const struct book *b, const struct record *r,
                             enum tag tag)
{
    struct object_list *list = NEW(a, struct object_list);
    const struct object **items = NEW_ARRAY(a, r->count, const struct object *);
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->fields[i].tag != tag) continue;
        struct object *one = object_new(a);
        object_put(one, record_fields[tag].name, field_cell(a, b, r, &r->fields[i]));
        items[list->count++] = one;
    }
    list->items = items;
    return cell_list(list);
}

struct answer *record_answer(struct arena *a, const struct book *b, const struct noun *n,
                             const struct record *r)
{
    const char *key = record_text(r, F_KEY);
    struct answer *w = answer_new(a, text_format(a, "%s %s", kind_name(r->kind), key ? key : ""));
    answer_put(w, "id", cell_label((i128)r->id));
    for (uint32_t i = 0; i < r->count; i++) {
        enum tag tag = r->fields[i].tag;
        if (i && r->fields[i - 1].tag == tag) continue;
        answer_put(w, shown_name(a, n, tag),
                   record_fields[tag].many ? many_cell(a, b, r, tag)
                                           : field_cell(a, b, r, &r->fields[i]));
    }
    answer_put(w, "label", cell_text(r->label));
    answer_put(w, "recorded", cell_text(instant_text(a, r->recorded_ms)));
    return w;
}

int noun_show(struct context *ctx, const struct noun *n, const struct noun_args *args)
{
    struct opened o;
    struct err err = {0};
    uint32_t noun;
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    const struct book *b = o.view.book;
    enum rc rc = noun_find(ctx->arena, b, n->kind, NULL, args->word, &noun, &err);
    const struct record *r = rc ? NULL : book_version(b, noun, o.exchange.at.known);
    if (!rc && !r) {
        rc = fail(&err, RC_ABSENT, "%s '%.80s' was not known on %.30s yet", kind_name(n->kind),
                  book_key(b, noun), ctx->known);
    }
    if (!rc) {
        struct answer *w = record_answer(ctx->arena, b, n, r);
        if (n->more_shown) n->more_shown(&o, noun, w);
        code = cmd_answer(ctx, w);
    }
    opened_end(&o);
    return rc ? cmd_refuse(ctx, &err) : code;
}
