/*
 * iati_places.c - what an activity is for and about, out of the tags of its
 * lines; where they say nothing, out of receiver and class.
 *
 * The standard wants shares that add up to a hundred wherever there are
 * several. Where the book does not have them, nothing is made up: several
 * countries are "developing countries, unspecified", and the book's own words
 * say which.
 */
#include <string.h>

#include "base/text.h"
#include "export/iati_inside.h"
#include "names/names.h"

enum { CODES_MAX = 60 };

struct list {
    struct iati_code at[CODES_MAX];
    uint32_t count;
};

/* --- tags --- */

/* "Sector/1/72010/single/Material relief 50%" in pieces; the name may hold slashes. */
struct tag_parts {
    const char *type, *id, *code, *name;
    struct dec percentage;
    bool has_percentage;
};

static bool split(struct iati_out *o, const char *tag, struct tag_parts *out)
{
    const char *piece[5], *p = tag;
    int count = 0;
    for (; count < 4; count++) {
        const char *slash = strchr(p, '/');
        if (!slash) return false;
        piece[count] = arena_bytes(o->scratch, p, (size_t)(slash - p));
        p = slash + 1;
    }
    *out = (struct tag_parts){.type = piece[0], .id = piece[1], .code = piece[2], .name = p};
    size_t len = strlen(p);
    const char *space = strrchr(p, ' ');
    struct err ignored;
    if (len > 2 && p[len - 1] == '%' && space) {
        const char *digits = arena_bytes(o->scratch, space + 1, strlen(space + 1) - 1);
        out->has_percentage = dec_parse(digits, &out->percentage, &ignored) == RC_OK;
        if (out->has_percentage) out->name = arena_bytes(o->scratch, p, (size_t)(space - p));
    }
    return true;
}

static void add_code(struct iati_out *o, struct list *to, const struct tag_parts *p,
                     const char *code, const char *vocabulary)
{
    for (uint32_t i = 0; i < to->count; i++) {
        if (!strcmp(to->at[i].code, code) && !strcmp(to->at[i].vocabulary, vocabulary)) return;
    }
    if (to->count == CODES_MAX) return;
    struct iati_code *c = &to->at[to->count++];
    *c = (struct iati_code){.code = code,
                            .vocabulary = vocabulary,
                            .uri = "",
                            .type = "",
                            .significance = "",
                            .percentage = p->percentage,
                            .has_percentage = p->has_percentage};
    if (*p->name) c->name = iati_say_text(o, p->name);
}

static struct iati_codes kept(struct iati_out *o, const struct list *l)
{
    struct iati_code *copy = NEW_ARRAY(o->scratch, (size_t)l->count + 1, struct iati_code);
    memcpy(copy, l->at, l->count * sizeof *copy);
    return (struct iati_codes){.list = copy, .count = l->count};
}

/* --- shares --- */

/* Whether every one has a share and they come to a hundred. */
static bool whole(const struct list *l, const struct list *more)
{
    i128 sum = 0;
    for (uint32_t i = 0; i < l->count + (more ? more->count : 0); i++) {
        const struct iati_code *c = i < l->count ? &l->at[i] : &more->at[i - l->count];
        if (!c->has_percentage || c->percentage.n < 0 || c->percentage.scale > 12) return false;
        sum += (i128)c->percentage.n * power10(12 - c->percentage.scale);
    }
    return div_half_even(sum, power10(8)) == (i128)1000000;
}

/* One alone needs no share, and may have none but a hundred. */
static void alone(struct list *l)
{
    if (l->count == 1) l->at[0].has_percentage = false;
}

/* --- places --- */

static const char *alpha2(struct iati_out *o, const char *key)
{
    if (!o->alpha2.count) {
        char code[3] = "AA";
        for (code[0] = 'A'; code[0] <= 'Z'; code[0]++) {
            for (code[1] = 'A'; code[1] <= 'Z'; code[1]++) {
                const struct known_party *p = names_party(code);
                if (p && !map_get(&o->alpha2, p->key))
                    map_put(&o->alpha2, p->key, (uint64_t)code[0] << 8 | (uint64_t)code[1]);
            }
        }
    }
    const uint64_t *at = map_get(&o->alpha2, key);
    if (!at) return NULL;
    char code[3] = {(char)(*at >> 8), (char)(*at & 0xff), '\0'};
    return codes_find(o->codes, "Country", code) ? arena_text(o->scratch, code) : NULL;
}

static const char *country_of(struct iati_out *o, const struct tag_parts *p)
{
    const struct known_party *k = NULL;
    if (strlen(p->id) == 2) k = names_party(p->id);
    if (!k && strlen(p->code) == 3) k = names_party(p->code);
    if (!k) k = names_party(p->name);
    return k ? alpha2(o, k->key) : NULL;
}

/* The places that one line names; false when there is one that has no code. */
static bool places_of(struct iati_out *o, const struct line *l, struct list *countries,
                      struct list *regions)
{
    const struct record *r = line_record(o->book, l);
    bool all = true;
    for (uint32_t i = 0; i < r->count; i++) {
        struct tag_parts p;
        if (r->fields[i].tag != F_DESTINATION_TAG || !split(o, r->fields[i].text, &p)) continue;
        if (strcmp(p.type, "Location") == 0) {
            const char *code = country_of(o, &p);
            if (code)
                add_code(o, countries, &p, code, "");
            else
                all = false;
        } else if (strcmp(p.type, "Region") == 0) {
            if (codes_find(o->codes, "Region", p.code))
                add_code(o, regions, &p, p.code, "1");
            else
                all = false;
        }
    }
    if (countries->count || regions->count || !all) return all;
    const char *receiver = l->receiver == NONE ? NULL : alpha2(o, book_key(o->book, l->receiver));
    struct tag_parts none = {.name = ""};
    if (receiver) add_code(o, countries, &none, receiver, "");
    return receiver != NULL;
}

static void unspecified(struct list *countries, struct list *regions)
{
    countries->count = 0;
    regions->count = 1;
    regions->at[0] = (struct iati_code){
        .code = "998", .vocabulary = "1", .uri = "", .type = "", .significance = ""};
}

static void say_places(struct iati_out *o, const struct group *g, struct iati_activity *out)
{
    struct list countries = {.count = 0}, regions = {.count = 0};
    bool all = g->count > 0;
    for (uint32_t i = 0; i < g->count && countries.count + regions.count < CODES_MAX / 2; i++)
        all &= places_of(o, &o->lines[g->lines[i]], &countries, &regions);
    uint32_t count = countries.count + regions.count;
    bool shares = count > 1 && whole(&countries, &regions);
    if (!all || count == 0 || (count > 1 && !shares)) unspecified(&countries, &regions);
    if (countries.count + regions.count == 1) {
        alone(&countries);
        alone(&regions);
    }
    out->countries = kept(o, &countries);
    out->regions = kept(o, &regions);
}

/* --- sectors and scopes --- */

static const char *sector_list(const char *vocabulary)
{
    if (strcmp(vocabulary, "1") == 0) return "Sector";
    return strcmp(vocabulary, "2") == 0 ? "SectorCategory" : NULL;
}

static bool usable(const struct iati_out *o, const struct tag_parts *p)
{
    const char *list = sector_list(p->id);
    if (!codes_find(o->codes, "SectorVocabulary", p->id) || !*p->code) return false;
    return !list || codes_find(o->codes, list, p->code);
}

/* Those of one vocabulary stay only if their shares are whole. */
static void keep_whole(const struct list *all, struct list *to)
{
    bool done[CODES_MAX] = {false};
    for (uint32_t i = 0; i < all->count; i++) {
        struct list same = {.count = 0};
        for (uint32_t k = i; k < all->count && !done[i]; k++) {
            if (done[k] || strcmp(all->at[k].vocabulary, all->at[i].vocabulary)) continue;
            same.at[same.count++] = all->at[k];
            if (k != i) done[k] = true;
        }
        if (same.count > 1 && !whole(&same, NULL)) continue;
        alone(&same);
        for (uint32_t k = 0; k < same.count && to->count < CODES_MAX; k++)
            to->at[to->count++] = same.at[k];
    }
}

/* The DAC's purpose for our classes; anything else is "not specified", and said in our words. */
static const char *purpose_of(const char *class_)
{
    if (class_ && strcmp(class_, "humanitarian") == 0) return "72010";
    if (class_ && strcmp(class_, "financial") == 0) return "51010";
    return "99810";
}

static const char *class_of(const struct iati_out *o, const struct group *g)
{
    const struct line *l = g->count ? &o->lines[g->lines[0]] : NULL;
    const char *class_ = l ? line_text(o->book, l, F_CLASS) : NULL;
    if (class_ || !l) return class_;
    if (l->package != NONE) {
        const struct record *p = book_version(o->book, l->package, o->x->at.known);
        class_ = p ? record_text(p, F_CLASS) : NULL;
    }
    const struct record *item = book_version(o->book, l->item, o->x->at.known);
    return class_ || !item ? class_ : record_text(item, F_CLASS);
}

static bool has_dac(const struct list *l)
{
    for (uint32_t i = 0; i < l->count; i++) {
        if (strcmp(l->at[i].vocabulary, "1") == 0) return true;
    }
    return false;
}

/* Where there are several without shares, it is not specified which. */
static void add_default_sector(struct iati_out *o, const struct group *g, bool several,
                               struct list *to)
{
    const char *class_ = class_of(o, g), *purpose = several ? "99810" : purpose_of(class_);
    struct tag_parts none = {.name = ""}, named = {.name = class_ ? class_ : ""};
    if (has_dac(to)) return;
    add_code(o, to, &none, purpose, "1");
    if (class_ && strcmp(purpose, "99810") == 0) add_code(o, to, &named, class_, "99");
}

static void add_sectors_of(struct iati_out *o, const struct record *line, struct list *to)
{
    for (uint32_t i = 0; i < line->count; i++) {
        struct tag_parts p;
        const struct field *f = &line->fields[i];
        if (f->tag != F_DESTINATION_TAG || !text_starts(f->text, "Sector/")) continue;
        if (!split(o, f->text, &p) || !usable(o, &p)) continue;
        if (!*p.name && (strcmp(p.id, "98") == 0 || strcmp(p.id, "99") == 0)) p.name = p.code;
        add_code(o, to, &p, p.code, p.id);
    }
}

static void add_scopes_of(struct iati_out *o, const struct record *line, struct list *to)
{
    for (uint32_t i = 0; i < line->count; i++) {
        struct tag_parts p;
        if (line->fields[i].tag != F_DESTINATION_TAG || !split(o, line->fields[i].text, &p))
            continue;
        bool plan = strcmp(p.type, "Plan") == 0;
        if ((!plan && strcmp(p.type, "Emergency") != 0) || !*p.code) continue;
        uint32_t before = to->count;
        add_code(o, to, &p, p.code, plan ? "2-1" : "1-2");
        if (to->count > before) to->at[before].type = plan ? "2" : "1";
    }
}

/* Whether all of it is: one line of another class, and the activity is not said to be. */
static bool is_humanitarian(const struct iati_out *o, const struct group *g)
{
    const char *class_ = class_of(o, g);
    for (uint32_t i = 1; i < g->count; i++) {
        if (o->lines[g->lines[i]].class_ != o->lines[g->lines[0]].class_) return false;
    }
    return class_ && strcmp(class_, "humanitarian") == 0;
}

static void say_sectors(struct iati_out *o, const struct group *g, struct iati_activity *out)
{
    struct list all = {.count = 0}, sectors = {.count = 0}, scopes = {.count = 0};
    for (uint32_t i = 0; i < g->count && all.count < CODES_MAX; i++)
        add_sectors_of(o, line_record(o->book, &o->lines[g->lines[i]]), &all);
    if (g->of_iati && g->count)
        add_scopes_of(o, line_record(o->book, &o->lines[g->lines[0]]), &scopes);
    keep_whole(&all, &sectors);
    add_default_sector(o, g, has_dac(&all), &sectors);
    out->sectors = kept(o, &sectors);
    out->humanitarian_scopes = kept(o, &scopes);
    if (is_humanitarian(o, g)) out->humanitarian = "1";
}

void iati_say_places(struct iati_out *o, const struct group *g, struct iati_activity *out)
{
    say_places(o, g, out);
    say_sectors(o, g, out);
}
