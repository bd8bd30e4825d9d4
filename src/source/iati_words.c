/*
 * iati_words.c - titles, descriptions and names in all the languages that a file has them in.
 *
 * One of them, English or else the first, is the record's own text, which the
 * book shows. The others stand beside it (F_WORDS) as "what/type/language/words",
 * and so does, without words, the language of the first where that is not
 * English: so that an export says each in its language again.
 */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "source/iati_in.h"

enum { WORDS_MAX = 60, TEXT_MAX = 4000, SHORT_MAX = 500 };

static const char *cut_to(struct iati_in *r, const char *text, size_t most)
{
    if (strlen(text) <= most) return arena_text(r->a, text);
    char *cut = (char *)(uintptr_t)arena_bytes(r->a, text, most);
    text_mend(cut);
    return cut;
}

const char *iati_cut(struct iati_in *r, const char *text)
{
    return cut_to(r, text, TEXT_MAX);
}

const char *iati_cut_short(struct iati_in *r, const char *text)
{
    return cut_to(r, text, SHORT_MAX);
}

static bool in_english(const struct iati_narrative *n)
{
    return !*n->lang || strcasecmp(n->lang, "en") == 0;
}

/* The one in English, else the first that says anything; NULL. */
static const struct iati_narrative *best_of(const struct iati_text *t,
                                            const struct iati_narrative *best)
{
    for (uint32_t i = 0; i < t->count; i++) {
        const struct iati_narrative *n = &t->list[i];
        if (!*n->text) continue;
        if (!best || (strcasecmp(n->lang, "en") == 0 && strcasecmp(best->lang, "en") != 0))
            best = n;
    }
    return best;
}

static uint32_t words_of(const struct record *to)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < to->count; i++) count += to->fields[i].tag == F_WORDS;
    return count;
}

/* All of an element but the one that is shown. */
static void add_words(struct iati_in *r, struct record *to, const char *what, const char *type,
                      const struct iati_text *t, const struct iati_narrative *shown)
{
    for (uint32_t i = 0; i < t->count; i++) {
        const struct iati_narrative *n = &t->list[i];
        bool plain = n == shown && in_english(n) && (!*type || strcmp(type, "1") == 0);
        if (!*n->text || plain || words_of(to) == WORDS_MAX) continue;
        record_set_text(r->a, to, F_WORDS,
                        TEXT_JOIN(r->a, what, "/", iati_key_part(r->a, type), "/",
                                  iati_key_part(r->a, n->lang), "/",
                                  n == shown ? "" : iati_cut(r, n->text)));
    }
}

void iati_keep_text(struct iati_in *r, struct record *to, const char *what, enum tag tag,
                    const struct iati_text *t)
{
    const struct iati_narrative *shown = best_of(t, NULL);
    if (!shown) return;
    const char *own = iati_cut(r, shown->text), *there = record_text(to, tag);
    if (!there) record_set_text(r->a, to, tag, own);
    /* What stands there may be words of another, and then none of these is shown. */
    bool others = there && strcmp(there, own) != 0 && strcmp(there, shown->text) != 0;
    add_words(r, to, what, "", t, others ? NULL : shown);
}

static bool has_words(const struct record *to, const char *beginning)
{
    for (uint32_t i = 0; i < to->count; i++) {
        if (to->fields[i].tag == F_WORDS && text_starts(to->fields[i].text, beginning)) return true;
    }
    return false;
}

/* Whether the language of a party's own name is said, because it is not English. */
static bool is_foreign(const struct record *party)
{
    for (uint32_t i = 0; i < party->count; i++) {
        const struct field *f = &party->fields[i];
        const char *lang = f->tag == F_WORDS && text_starts(f->text, "name//") ? f->text + 6 : NULL;
        const char *end = lang ? strchr(lang, '/') : NULL;
        if (end && !end[1]) return true;
    }
    return false;
}

static void call(struct iati_in *r, struct record *party, const char *name)
{
    for (uint32_t i = 0; i < party->count; i++) {
        if (party->fields[i].tag != F_NAME) continue;
        party->fields[i].text = arena_text(r->a, name);
        party->fields[i].len = (uint32_t)strlen(name);
    }
}

/*
 * A name is said often; what a later mention adds is its languages, and a name
 * where the first had but the reference. Of two in one language the first stands.
 */
void iati_keep_name(struct iati_in *r, struct record *party, const struct iati_org *o)
{
    const struct iati_text *name = &o->name;
    if (strcmp(record_text(party, F_NAME), o->ref) == 0) call(r, party, iati_say(name));
    for (uint32_t i = 0; i < name->count; i++) {
        const struct iati_narrative *n = &name->list[i];
        const char *lang = in_english(n) ? "en" : iati_key_part(r->a, n->lang);
        const char *beginning = TEXT_JOIN(r->a, "name//", lang, "/");
        if (!*n->text || words_of(party) == WORDS_MAX || has_words(party, beginning)) continue;
        bool shown = strcmp(record_text(party, F_NAME), n->text) == 0;
        if (in_english(n) && (shown || !is_foreign(party))) continue;
        record_set_text(r->a, party, F_WORDS,
                        shown ? beginning : TEXT_JOIN(r->a, beginning, iati_cut(r, n->text)));
    }
}

/* Before 2.01 there was one description for each language. */
void iati_keep_descriptions(struct iati_in *r, struct record *to,
                            const struct iati_description *list, uint32_t count)
{
    const struct iati_narrative *shown = NULL;
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(list[i].type, list[0].type) == 0) shown = best_of(&list[i].text, shown);
    }
    if (shown) record_set_text(r->a, to, F_NOTE, iati_cut(r, shown->text));
    for (uint32_t i = 0; i < count; i++) {
        const char *type = *list[i].type ? list[i].type : "1";
        add_words(r, to, "description", type, &list[i].text, shown);
    }
}
