/* changed.c - see changed.h. */
#include "serve/changed.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "cli/nouns.h"

uint32_t about_noun(const struct book *b, const struct about *about)
{
    return about->key ? noun_typed(b, about->kind, about->key) : NONE;
}

/* --- what a version says --- */

/* The last version that was seen; NULL when it is all new. */
static const struct record *version_seen(const struct book *b, enum kind kind, uint32_t noun,
                                         uint64_t seen)
{
    uint32_t count;
    const struct record *const *list = book_records(b, kind, &count);
    while (count-- > 0) {
        if (list[count]->id <= seen && book_noun_of(b, list[count]->id) == noun) return list[count];
    }
    return NULL;
}

static const char *field_words(struct arena *a, const struct book *b, const struct record *r,
                               const struct field *f)
{
    char text[DEC_TEXT];
    struct counted c = {0};
    uint64_t item = record_ref(r, F_ITEM);
    switch (record_fields[f->tag].type) {
    case TYPE_TEXT: return f->text;
    case TYPE_DAY: return day_text(a, (int32_t)f->n, PRECISION_DAY);
    case TYPE_DEC: return arena_text(a, dec_format((struct dec){f->n, f->scale}, text));
    case TYPE_STAGE: return stage_name((enum stage)f->n);
    case TYPE_PRECISION: return precision_name((enum precision)f->n);
    case TYPE_FLAG: return f->n ? "yes" : "no";
    case TYPE_INT:
    case TYPE_COUNT:
        if (item) c = noun_counted(b, book_noun_of(b, item));
        return quantity_text(a, &c, f->n);
    case TYPE_REF:
        return book_noun_of(b, (uint64_t)f->n) == NONE
                   ? text_format(a, "%" PRId64, f->n)
                   : book_key(b, book_noun_of(b, (uint64_t)f->n));
    case TYPE_INSTANT: break;
    }
    return "";
}

/* All that a record says under that tag; "nothing" where it says none. */
static const char *tag_words(struct arena *a, const struct book *b, const struct record *r,
                             enum tag tag)
{
    struct buf out = {.arena = a};
    for (uint32_t i = 0; r && i < r->count; i++) {
        if (r->fields[i].tag != tag) continue;
        buf_addf(&out, "%s%s", out.len ? ", " : "", field_words(a, b, r, &r->fields[i]));
    }
    return out.len ? out.text : "nothing";
}

/* Who, when, why and on what evidence are told beside it, or are the store's own. */
static bool is_told(enum tag tag)
{
    return tag != F_AUTHOR && tag != F_WHY && tag != F_STATED && tag != F_PASSAGE &&
           tag != F_INFERRED && tag != F_KEY && tag != F_ORIGIN;
}

static const char *tag_name(struct arena *a, enum tag tag)
{
    const char *name = record_fields[tag].name;
    if (text_starts(name, "said-")) name += strlen("said-");
    char *out = (char *)(uintptr_t)arena_text(a, name);
    for (char *at = out; *at; at++) {
        if (*at == '-') *at = ' ';
    }
    return out;
}

static void add_versions(struct arena *a, const struct book *b, uint32_t noun,
                         const struct about *about, struct buf *out)
{
    const struct record *was = version_seen(b, about->kind, noun, about->seen);
    const struct record *is = book_version(b, noun, INT64_MAX);
    for (int tag = 1; was && is && was != is && tag < TAG_COUNT; tag++) {
        if (!record_fields[tag].name || !is_told((enum tag)tag)) continue;
        const char *before = tag_words(a, b, was, (enum tag)tag);
        const char *now = tag_words(a, b, is, (enum tag)tag);
        if (strcmp(before, now) == 0) continue;
        buf_addf(out, "%s%s: %s, now %s", out->len ? "; " : "", tag_name(a, (enum tag)tag), before,
                 now);
    }
}

/* --- what moved --- */

static void add_entries(struct arena *a, const struct book *b, uint32_t noun,
                        const struct about *about, struct buf *out)
{
    enum { TOLD = 5 };
    uint32_t lines, told = 0;
    const struct line *line = book_lines(b, &lines);
    const struct columns *c = book_columns(b);
    for (uint32_t row = c->count; row-- > 0 && c->id[row] > about->seen && told < TOLD;) {
        const struct line *l = &line[c->line[row]];
        if (l->noun != noun) continue;
        struct counted unit = noun_counted(b, l->item);
        buf_addf(out, "%s%s to %s: %s on %s", out->len ? "; " : "", stage_name(row_from(c, row)),
                 stage_name(row_to(c, row)), quantity_text(a, &unit, c->qty[row]),
                 day_text(a, c->day[row], PRECISION_DAY));
        told++;
    }
}

const char *changed_words(struct arena *a, const struct book *b, const struct about *about)
{
    struct buf out = {.arena = a};
    uint32_t noun = about_noun(b, about);
    if (noun == NONE) return "";
    add_versions(a, b, noun, about, &out);
    if (about->kind == KIND_LINE) add_entries(a, b, noun, about, &out);
    return out.len ? out.text : "";
}
