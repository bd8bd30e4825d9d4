/*
 * iati_parties.c - who an organisation of IATI is, and what a line lies in.
 *
 * A reference is a name for ever, a name is not: a party's key is made from
 * the reference where there is one. "Government of Chad" and the institutions
 * of the EU are those that the book knows already; an agency stays itself.
 *
 * What a boundary asks for are tags of the destination, as flows of FTS have
 * them: places, emergencies and appeals. Several countries are marked shared:
 * such money is shown and not added, and never split. Years are those of the
 * days on which money moved.
 */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "names/names.h"
#include "source/iati_in.h"

bool iati_named(const struct iati_org *o)
{
    return *o->ref || *iati_say(&o->name);
}

/* The nation of "Government of Chad" or "Malawi, Government of"; NULL for others. */
static const struct known_party *government_of(struct arena *a, const char *name)
{
    static const char before[] = "Government of ", after[] = ", Government of";
    size_t len = strlen(name), tail = sizeof after - 1;
    const struct known_party *p = NULL;
    if (text_starts(name, before)) p = names_party(name + sizeof before - 1);
    if (!p && len > tail && strcmp(name + len - tail, after) == 0) {
        p = names_party(arena_bytes(a, name, len - tail));
    }
    return p && strcmp(p->type, "nation") == 0 ? p : NULL;
}

static const struct known_party *known_as(struct arena *a, const char *name)
{
    const struct known_party *p = *name ? government_of(a, name) : NULL;
    if (p || !*name) return p;
    p = names_party(name);
    return p && strcmp(p->type, "nation") != 0 ? p : NULL; /* "Jordan" alone is no organisation */
}

static const char *party_type(const char *type)
{
    if (strcmp(type, "10") == 0 || strcmp(type, "11") == 0 || strcmp(type, "15") == 0 ||
        strcmp(type, "40") == 0) {
        return "institution";
    }
    return strcmp(type, "60") == 0 ? "fund" : "other";
}

static struct named_party new_party(struct iati_in *r, const struct iati_org *o, const char *name)
{
    const struct known_party *p = known_as(r->a, name);
    uint32_t before = r->in->count;
    if (p) return (struct named_party){intake_party(r->in, p->key, p->name, p->type), NULL};
    const char *key = text_format(r->a, "iati:org:%s",
                                  *o->ref ? o->ref : iati_short(r->a, text_fold(r->a, name)));
    key = intake_party(r->in, key, *name ? iati_cut_short(r, name) : o->ref, party_type(o->type));
    return (struct named_party){key, before < r->in->count ? r->in->records[before] : NULL};
}

/* Most names stand in English alone. */
static void add_name(struct iati_in *r, const struct named_party *p, const struct iati_org *o)
{
    bool plain = o->name.count == 1 &&
                 (!*o->name.list->lang || strcasecmp(o->name.list->lang, "en") == 0) &&
                 strcmp(record_text(p->draft, F_NAME), o->name.list->text) == 0;
    if (o->name.count && !plain) iati_keep_name(r, p->draft, o);
}

/* By what it is known in a file: no reference begins with a bar. */
static const char *ref_or_name(struct iati_in *r, const struct iati_org *o)
{
    return *o->ref ? o->ref : TEXT_JOIN(r->a, "|", iati_say(&o->name));
}

void iati_hear_name(struct iati_in *r, const struct iati_org *o)
{
    const uint64_t *at = o->name.count ? map_get(&r->parties, ref_or_name(r, o)) : NULL;
    if (at && r->named[*at].draft) add_name(r, &r->named[*at], o);
}

const char *iati_party(struct iati_in *r, const struct iati_org *o)
{
    const char *name = iati_say(&o->name);
    if (!*o->ref && !*name) return intake_party(r->in, "unknown", "Unknown", "other");
    const char *both = ref_or_name(r, o);
    const uint64_t *at = map_get(&r->parties, both);
    if (!at) {
        struct named_party p = new_party(r, o, name);
        r->named = arena_more(r->a, r->named, r->named_count, &r->named_room, sizeof *r->named);
        map_put(&r->parties, both, r->named_count);
        r->named[r->named_count++] = p;
    }
    const struct named_party *p = &r->named[at ? *at : r->named_count - 1];
    if (p->draft) add_name(r, p, o);
    return p->key;
}

const char *iati_activity_key(struct arena *a, const char *id, const struct iati_org *reporter)
{
    const char *ref = reporter->ref, *part = iati_key_part(a, id);
    if (!*ref) ref = iati_say(&reporter->name);
    size_t len = strlen(ref);
    bool own = !reporter->secondary && (len == 0 || strncmp(id, ref, len) == 0);
    return own ? TEXT_JOIN(a, "iati:", part)
               : TEXT_JOIN(a, "iati:", part, "@", iati_key_part(a, ref));
}

/* --- tags --- */

/* No part of a tag but its name may hold a slash. */
static const char *part(struct arena *a, const char *text)
{
    if (!strchr(text, '/')) return text;
    char *out = NEW_ARRAY(a, strlen(text) + 1, char);
    for (size_t i = 0; text[i]; i++) out[i] = text[i] == '/' ? '-' : text[i];
    return out;
}

static const char *tag(struct arena *a, const char *type, const char *id, const char *code,
                       const char *behaviour, const char *name)
{
    enum { NAME_MAX = 500 };
    if (strlen(name) > NAME_MAX) {
        char *cut = (char *)(uintptr_t)arena_bytes(a, name, NAME_MAX);
        text_mend(cut);
        name = cut;
    }
    return TEXT_JOIN(a, type, "/", part(a, id), "/", part(a, code), "/", behaviour, "/", name);
}

static void add_tag(struct activity_in *x, const char *text)
{
    if (x->tag_count < IATI_TAGS_MAX) x->tags[x->tag_count++] = text;
}

static const char *share_text(struct arena *a, const struct iati_code *c, const char *name)
{
    char digits[DEC_TEXT];
    if (!c->has_percentage) return name;
    return TEXT_JOIN(a, name, " ", dec_format(dec_trim(c->percentage), digits), "%");
}

static const struct known_party *nation(const char *code)
{
    const struct known_party *p = *code ? names_party(code) : NULL;
    return p && strcmp(p->type, "nation") == 0 ? p : NULL;
}

/* Whether that is only a part of it: one of several, or a share below the whole. */
static bool is_part(const struct iati_codes *list, const struct iati_code *c)
{
    return list->count > 1 ||
           (c->has_percentage && dec_cmp(c->percentage, (struct dec){100, 0}) < 0);
}

/*
 * Countries and regions as tags; *country is the key of the only one. A region
 * beside a country says where that lies: it makes no second place.
 */
static uint32_t place_tags(struct activity_in *x, const struct iati_codes *countries,
                           const struct iati_codes *regions, const char *tags[],
                           const char **country)
{
    struct iati_in *r = x->r;
    uint32_t count = 0, named = 0;
    *country = NULL;
    for (uint32_t i = 0; i < countries->count && count < IATI_TAGS_MAX / 2; i++) {
        const struct iati_code *c = &countries->list[i];
        const struct known_party *p = nation(c->code);
        if (!p && !*c->code) p = nation(iati_say(&c->name));
        if (!p) {
            iati_diag(r, DIAG_NOTE, "unknown-place", c->line, "recipient-country", c->code,
                      "a country of ISO 3166");
        }
        tags[count++] = tag(r->a, "Location", c->code, p ? p->key : "",
                            is_part(countries, c) ? "shared" : "single",
                            share_text(r->a, c, p ? p->name : iati_say(&c->name)));
        if (p && named++ == 0) *country = intake_party(r->in, p->key, p->name, p->type);
    }
    if (countries->count != 1) *country = NULL;
    for (uint32_t i = 0; i < regions->count && count < IATI_TAGS_MAX / 2; i++) {
        const struct iati_code *c = &regions->list[i];
        tags[count++] =
            tag(r->a, "Region", c->code, c->code, is_part(regions, c) ? "shared" : "single",
                share_text(r->a, c, iati_say(&c->name)));
    }
    return count;
}

uint32_t iati_own_places(struct activity_in *x, const struct iati_transaction *t,
                         const char *tags[], const char **country)
{
    if (t->countries.count + t->regions.count == 0) return 0;
    return place_tags(x, &t->countries, &t->regions, tags, country);
}

static void add_scopes(struct activity_in *x)
{
    const struct iati_codes *scopes = &x->said->humanitarian_scopes;
    for (uint32_t i = 0; i < scopes->count; i++) {
        const struct iati_code *c = &scopes->list[i];
        if (!*c->code) continue;
        bool appeal = strcmp(c->type, "2") == 0;
        add_tag(x, tag(x->r->a, appeal ? "Plan" : "Emergency", c->code, c->code, "single",
                       iati_say(&c->name)));
    }
}

const char *iati_sector_tag(struct activity_in *x, const struct iati_code *c, bool shared)
{
    const char *list = *c->vocabulary ? c->vocabulary : "1";
    return tag(x->r->a, "Sector", list, c->code, shared ? "shared" : "single",
               share_text(x->r->a, c, iati_say(&c->name)));
}

static void add_sectors(struct activity_in *x)
{
    const struct iati_codes *sectors = &x->said->sectors;
    for (uint32_t i = 0; i < sectors->count && i < 30; i++) {
        const struct iati_code *c = &sectors->list[i];
        if (*c->code) add_tag(x, iati_sector_tag(x, c, sectors->count > 1));
    }
}

static void add_participants(struct activity_in *x)
{
    static const char *const roles[] = {"", "funding", "accountable", "extending", "implementing"};
    const struct iati_activity *s = x->said;
    for (uint32_t i = 0; i < s->participant_count && i < 30; i++) {
        const struct iati_org *o = &s->participants[i];
        if (!iati_named(o)) continue;
        bool known = o->role[0] >= '1' && o->role[0] <= '4' && !o->role[1];
        add_tag(x, tag(x->r->a, "Participant", o->ref, known ? roles[o->role[0] - '0'] : o->role,
                       "single", iati_say(&o->name)));
    }
}

static void add_links(struct activity_in *x)
{
    static const char *const words[] = {"",        "parent",    "child",
                                        "sibling", "co-funded", "third-party"};
    for (uint32_t i = 0; i < x->said->related_count && i < 40; i++) {
        const struct iati_related *to = &x->said->related[i];
        bool known = to->type[0] >= '1' && to->type[0] <= '5' && !to->type[1];
        const char *word = known ? words[to->type[0] - '0'] : "related";
        x->links[x->link_count++] = TEXT_JOIN(x->r->a, "flow-", word, ":", to->ref);
    }
}

void iati_places(struct activity_in *x)
{
    add_links(x);
    add_tag(x, tag(x->r->a, "Activity", x->said->id, x->said->id, "single", x->label));
    add_tag(x, "UsageYear//day/single/the year of each movement");
    add_scopes(x);
    add_sectors(x);
    add_participants(x);
    x->place_count = place_tags(x, &x->said->countries, &x->said->regions, x->places, &x->country);
}
