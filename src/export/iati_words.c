/*
 * iati_words.c - titles and descriptions in the languages that the book has them in.
 *
 * What is beside a record's own text stands as "what/type/language/words"
 * (source/iati_words.c); without words it says in which language that text is.
 */
#include <string.h>

#include "base/text.h"
#include "export/iati_inside.h"

struct words {
    const char *what, *type, *lang, *text;
};

/* As xs:language has it: "pt-BR". */
static const char *language(const char *lang)
{
    size_t run = 0;
    bool first = true;
    for (const char *p = lang; *p; p++) {
        bool letter = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z');
        bool digit = *p >= '0' && *p <= '9' && !first;
        if (*p == '-' && run) {
            run = 0;
            first = false;
        } else if ((letter || digit) && run < 8) {
            run++;
        } else {
            return "";
        }
    }
    return run ? lang : "";
}

static bool read_words(struct iati_out *o, const struct field *f, struct words *out)
{
    const char *part[4] = {f->text};
    if (f->tag != F_WORDS) return false;
    for (int i = 1; i < 4; i++) {
        const char *slash = strchr(part[i - 1], '/');
        if (!slash) return false;
        part[i] = slash + 1;
    }
    *out = (struct words){
        .what = arena_bytes(o->scratch, part[0], (size_t)(part[1] - part[0] - 1)),
        .type = arena_bytes(o->scratch, part[1], (size_t)(part[2] - part[1] - 1)),
        .lang = language(arena_bytes(o->scratch, part[2], (size_t)(part[3] - part[2] - 1))),
        .text = part[3]};
    if (strcmp(out->what, "description") == 0 && *out->type &&
        !codes_find(o->codes, "DescriptionType", out->type)) {
        out->type = "4"; /* other */
    }
    return true;
}

/* One more narrative, if it says anything. */
static void add(struct iati_out *o, struct iati_text *to, const char *text, const char *lang)
{
    struct iati_text one = iati_say_text(o, text);
    struct iati_narrative *list = (struct iati_narrative *)(uintptr_t)to->list;
    if (!one.count) return;
    list[to->count] = one.list[0];
    list[to->count++].lang = lang;
}

/* `own` is the record's own text, if it is of that type; NULL. */
static struct iati_text in_all(struct iati_out *o, const struct record *r, const char *what,
                               const char *type, const char *own)
{
    struct iati_text out = {.list = NEW_ARRAY(o->scratch, r->count + 1, struct iati_narrative)};
    const char *own_lang = "";
    struct words w;
    for (uint32_t i = 0; i < r->count; i++) {
        if (read_words(o, &r->fields[i], &w) && !*w.text && strcmp(w.what, what) == 0)
            own_lang = w.lang;
    }
    if (own) add(o, &out, own, own_lang);
    for (uint32_t i = 0; i < r->count; i++) {
        if (!read_words(o, &r->fields[i], &w) || !*w.text) continue;
        if (strcmp(w.what, what) == 0 && strcmp(w.type, type) == 0) add(o, &out, w.text, w.lang);
    }
    return out;
}

struct iati_text iati_say_in_all(struct iati_out *o, const struct record *r, const char *what,
                                 const char *own)
{
    return in_all(o, r, what, "", own);
}

static bool is_there(const struct iati_description *list, uint32_t count, const char *type)
{
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(list[i].type, type) == 0) return true;
    }
    return false;
}

const struct iati_description *iati_say_described(struct iati_out *o, const struct record *r,
                                                  const char *own, uint32_t *count)
{
    struct iati_description *list = NEW_ARRAY(o->scratch, r->count + 1, struct iati_description);
    const char *type = "1";
    struct words w;
    for (uint32_t i = 0; i < r->count; i++) {
        if (read_words(o, &r->fields[i], &w) && !*w.text && strcmp(w.what, "description") == 0)
            type = w.type;
    }
    list[0] = (struct iati_description){type, in_all(o, r, "description", type, own)};
    *count = list[0].text.count > 0;
    for (uint32_t i = 0; i < r->count; i++) {
        if (!read_words(o, &r->fields[i], &w) || !*w.text || strcmp(w.what, "description") != 0)
            continue;
        if (is_there(list, *count, w.type)) continue;
        list[*count] = (struct iati_description){w.type, in_all(o, r, "description", w.type, NULL)};
        *count += list[*count].text.count > 0;
    }
    return list;
}
