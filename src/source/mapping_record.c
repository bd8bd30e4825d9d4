/*
 * mapping_record.c - one section of one row into a record.
 *
 * A field that is blank is absent. A record that cannot be without that field
 * is left out where the row is good all the same (a quantity that nobody
 * disclosed makes a line without a movement); else the row is refused.
 */
#include <string.h>

#include "base/sha.h"
#include "base/text.h"
#include "names/names.h"
#include "source/mapping_draft.h"

/* What a section counts: an item or a currency, and how finely. */
struct thing {
    const char *item, *currency;
    int places;
    bool known;
};

static bool add_want(struct draft *d, struct want w)
{
    if (d->want_count == WANTS_MAX) {
        return place_refuse(&d->place, "too-long", "", "", "fewer parties and items in one row");
    }
    d->run->wants[d->want_count++] = w;
    return true;
}

/* "155 mm Shell" as "155-mm-shell". */
static const char *slug(struct arena *a, const char *text)
{
    const char *folded = text_fold(a, text);
    char *out = NEW_ARRAY(a, strlen(folded) + 1, char);
    size_t len = 0;
    for (const char *at = folded; *at; at++) {
        bool kept = (*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9') || (*at & 0x80);
        if (kept)
            out[len++] = *at;
        else if (len && out[len - 1] != '-')
            out[len++] = '-';
    }
    while (len && out[len - 1] == '-') out[--len] = '\0';
    return out;
}

static bool is_key(const char *text)
{
    size_t scheme = strcspn(text, ": ");
    return scheme && text[scheme] == ':' && text[scheme + 1] && text[scheme + 1] != ' ';
}

/* --- what references point at --- */

/* The key of the party that is meant; refused when nobody knows it. */
static bool find_party(struct draft *d, const struct told *v, const char **key)
{
    struct arena *a = &d->run->scratch;
    const char *own = map_pointer(&d->run->parties, v->text);
    if (!own) own = map_pointer(&d->run->parties, text_fold(a, v->text));
    if (own) return *key = own, true;
    const struct known_party *known = names_party(v->text);
    if (known) {
        *key = known->key;
        return add_want(d, (struct want){.kind = KIND_PARTY,
                                         .key = known->key,
                                         .name = known->name,
                                         .type = known->type});
    }
    const char *group = names_group(v->text);
    if (group) {
        *key = group;
        return add_want(
            d, (struct want){.kind = KIND_PARTY, .key = group, .name = group, .type = "group"});
    }
    if (is_key(v->text)) return *key = v->text, true; /* of the book already */
    if (!d->place.table->add_parties) {
        return place_refuse(&d->place, "unknown-party", v->heading, v->text,
                            "a country, or a party of a [party] section, by code or name");
    }
    *key = text_format(a, "party:%s", slug(a, v->text));
    return add_want(
        d, (struct want){.kind = KIND_PARTY, .key = *key, .name = v->text, .type = "other"});
}

static bool is_currency(const struct draft *d, const struct told *v)
{
    if (names_currency_places(v->text) >= 0) return true;
    return place_refuse(&d->place, "unknown-currency", v->heading, v->text,
                        "an ISO 4217 code such as EUR");
}

/* The told of an assignment, blank when there is none. */
static bool tell(const struct draft *d, const struct assignment *a, struct told *out)
{
    *out = (struct told){.text = "", .heading = ""};
    return !a || place_tell(&d->place, &a->value, out);
}

/* An item of the unit's catalogue, of the book, or a new one. */
static bool find_item(struct draft *d, const struct section *s, const struct told *v,
                      struct thing *out)
{
    struct arena *a = &d->run->scratch;
    struct told unit, parts;
    if (!tell(d, section_find(s, ROLE_UNIT, F_UNIT), &unit) ||
        !tell(d, section_find(s, ROLE_PARTS, F_PARTS), &parts)) {
        return false;
    }
    int places = 0;
    if (*parts.text) {
        if (parts.text[1] || *parts.text < '0' || *parts.text > '6') {
            return place_refuse(&d->place, "bad-number", parts.heading, parts.text,
                                "decimal places between 0 and 6");
        }
        places = *parts.text - '0';
    }
    if (text_starts(v->text, "money/")) {
        struct told currency = *v;
        currency.text += 6;
        if (!is_currency(d, &currency)) return false;
        *out = (struct thing){v->text, currency.text, names_currency_places(currency.text), true};
        return add_want(
            d, (struct want){
                   .kind = KIND_ITEM, .key = v->text, .name = currency.text, .type = "money"});
    }
    const struct known_item *own = map_pointer(&d->run->items, v->text);
    if (!own) own = map_pointer(&d->run->items, text_fold(a, v->text));
    if (own) {
        if (*unit.text && strcmp(unit.text, own->unit) != 0) {
            return place_refuse(&d->place, "unit-differs", unit.heading, unit.text,
                                text_format(a, "%s, as before", own->unit));
        }
        *out = (struct thing){own->key, NULL, own->parts, true};
        /* Wanted again: this row may show to more people what it names. */
        return !own->made || add_want(d, (struct want){.kind = KIND_ITEM, .key = own->key});
    }
    if (is_key(v->text)) {
        *out = (struct thing){v->text, NULL, places, true};
        return true;
    }
    const char *key = text_format(a, "%s%s", d->place.table->item_prefix, slug(a, v->text));
    *out = (struct thing){key, NULL, places, true};
    return add_want(d, (struct want){.kind = KIND_ITEM,
                                     .key = key,
                                     .name = v->text,
                                     .unit = *unit.text ? unit.text : "piece",
                                     .parts = places});
}

/* What the section counts. Nothing known is no fault: it may count nothing. */
static bool find_thing(struct draft *d, const struct section *s, struct thing *out)
{
    struct told v;
    *out = (struct thing){0};
    if (!tell(d, section_find(s, ROLE_FIELD, F_ITEM), &v)) return false;
    if (*v.text && !find_item(d, s, &v, out)) return false;
    if (s->kind == KIND_LOT && out->known) return true; /* its currency is that of its cost */
    const struct assignment *money = section_find(s, ROLE_CURRENCY, F_CURRENCY);
    if (!tell(d, money ? money : section_find(s, ROLE_FIELD, F_CURRENCY), &v)) return false;
    if (!*v.text) return true;
    if (!is_currency(d, &v)) return false;
    out->currency = v.text;
    out->places = names_currency_places(v.text);
    out->known = true;
    if (!money) return true;
    out->item = text_format(&d->run->scratch, "money/%s", v.text);
    return add_want(
        d, (struct want){.kind = KIND_ITEM, .key = out->item, .name = v.text, .type = "money"});
}

/* An entry counts as its line does. */
static bool find_line_places(struct draft *d, const struct section *s, struct thing *thing)
{
    struct told v;
    const struct assignment *a = section_find(s, ROLE_FIELD, F_LINE);
    if (!tell(d, a, &v)) return false;
    const char *line = a ? v.text : d->line;
    if (line && d->line && strcmp(line, d->line) == 0) {
        thing->places = d->line_places;
        return true;
    }
    uint64_t *known = line ? map_get(&d->run->lines, line) : NULL;
    if (known) {
        thing->places = (int)*known - 1;
    } else if (!thing->known) {
        return place_refuse(&d->place, "unknown-line", v.heading, line ? line : "",
                            "a line of these tables; for one of the book [entry] needs "
                            "'item =' or 'currency =' too");
    }
    return true;
}

/* --- fields --- */

static int power_of(const struct draft *d, const struct section *s)
{
    if (s->power != INT32_MIN) return s->power;
    bool plain = s->kind == KIND_RATE || s->kind == KIND_RELATION;
    return plain ? 0 : d->place.table->numbers.power;
}

static bool take_parts(struct draft *d, const struct section *s, const struct told *v, int places,
                       int64_t *parts, bool *there)
{
    struct dec n;
    struct err err;
    bool exact;
    if (!place_number(&d->place, v, power_of(d, s), &n, there)) return false;
    if (!*there) return true;
    if (n.n < 0) {
        return place_refuse(
            &d->place, "negative", v->heading, v->text,
            "a quantity of 0 or above; what is taken back is a movement of its own");
    }
    if (dec_to_parts(n, places, parts, &exact, &err)) {
        return place_refuse(&d->place, "overflow", v->heading, v->text,
                            "a quantity that 18 digits can hold");
    }
    if (!exact) {
        place_flag(&d->place, "rounded", v->heading, v->text,
                   text_format(&d->run->scratch, "at most %d decimals of this unit", places));
    }
    return true;
}

static bool set_amount(struct draft *d, const struct section *s, struct record *r,
                       const struct told *v, const struct thing *thing)
{
    int64_t parts;
    bool there;
    if (!take_parts(d, s, v, thing->places, &parts, &there)) return false;
    if (!there) return true;
    record_set_int(d->run->in->arena, r, F_LOW, parts);
    record_set_int(d->run->in->arena, r, F_HIGH, parts);
    return true;
}

static bool set_decimal(struct draft *d, const struct section *s, struct record *r, enum tag tag,
                        const struct told *v, const struct thing *thing)
{
    struct dec n;
    bool there;
    if (s->kind == KIND_STATEMENT && thing->currency) return set_amount(d, s, r, v, thing);
    if (!place_number(&d->place, v, power_of(d, s), &n, &there)) return false;
    if (!there) return true;
    bool above = s->kind == KIND_RATE;
    bool not_below = s->kind == KIND_PRICE;
    if ((above && n.n <= 0) || (not_below && n.n < 0)) {
        return place_refuse(&d->place, n.n ? "negative" : "zero", v->heading, v->text,
                            above ? "a rate above 0" : "a price of 0 or above");
    }
    record_set_dec(d->run->in->arena, r, tag, n);
    return true;
}

static bool set_count(struct draft *d, const struct section *s, struct record *r, enum tag tag,
                      const struct told *v, const struct thing *thing)
{
    bool counted = tag == F_QTY || tag == F_LOW || tag == F_HIGH || tag == F_FLOOR;
    struct section plain = *s;
    if (!counted) plain.power = 0;
    int64_t n;
    bool there;
    if (!take_parts(d, &plain, v, counted ? thing->places : 0, &n, &there)) return false;
    /* Nothing moved: a row may say so of one of its stages. */
    if (there && tag == F_QTY && s->kind == KIND_ENTRY && n == 0) there = false;
    if (there) record_set_int(d->run->in->arena, r, tag, n);
    return true;
}

static bool set_day(struct draft *d, struct record *r, enum tag tag, const struct told *v)
{
    int32_t day;
    enum precision precision;
    bool there;
    if (!place_day(&d->place, v, &day, &precision, &there)) return false;
    if (!there) return true;
    record_set_int(d->run->in->arena, r, tag, day);
    bool said = tag == F_DAY && precision != PRECISION_DAY &&
                (record_fields[F_PRECISION].kinds & KIND_BIT(r->kind));
    if (said) record_set_int(d->run->in->arena, r, F_PRECISION, (int64_t)precision);
    return true;
}

static bool set_instant(struct draft *d, struct record *r, enum tag tag, const struct told *v)
{
    struct err err;
    int64_t ms;
    int32_t day;
    enum precision precision;
    bool there = *v->text != '\0';
    if (!there) return true;
    if (instant_parse(v->text, &ms, &err)) {
        if (!place_day(&d->place, v, &day, &precision, &there)) return false;
        if (!there) return true;
        ms = (day + INT64_C(1)) * MS_PER_DAY - 1;
    }
    record_set_int(d->run->in->arena, r, tag, ms);
    if (tag == F_STATED && ms > d->run->in->stated_ms) d->run->in->stated_ms = ms;
    return true;
}

static bool set_word(struct draft *d, struct record *r, enum tag tag, const struct told *v)
{
    bool is_stage = record_fields[tag].type == TYPE_STAGE;
    const char *folded = text_fold(&d->run->scratch, v->text);
    int code = is_stage ? (int)stage_named(folded) : (int)precision_named(folded);
    if (code == (is_stage ? (int)STAGE_COUNT : (int)PRECISION_COUNT)) {
        return place_refuse(&d->place, "bad-word", v->heading, v->text,
                            is_stage ? "a stage: announced, committed, allocated, dispatched, "
                                       "delivered; or a 'translate' line for this word"
                                     : "day, month, until or unknown");
    }
    record_set_int(d->run->in->arena, r, tag, code);
    return true;
}

static bool set_text(struct draft *d, struct record *r, enum tag tag, const struct told *v)
{
    if ((tag == F_CURRENCY || tag == F_BASE) && !is_currency(d, v)) return false;
    const char *const *types = tag == F_TYPE ? record_types(r->kind) : NULL;
    if (types) {
        struct buf list = {.arena = &d->run->scratch};
        bool found = false;
        for (int i = 0; types[i]; i++) {
            found = found || strcmp(types[i], v->text) == 0;
            buf_addf(&list, "%s%s", i ? ", " : "", types[i]);
        }
        if (!found) return place_refuse(&d->place, "bad-word", v->heading, v->text, list.text);
    }
    record_set_text(d->run->in->arena, r, tag, v->text);
    return true;
}

static bool set_reference(struct draft *d, const struct section *s, struct record *r, enum tag tag,
                          const struct told *v, const struct thing *thing)
{
    uint32_t refs = record_fields[tag].refs;
    const char *key = v->text;
    struct thing parent;
    if (tag == F_ITEM && thing->item)
        key = thing->item;
    else if (tag == F_PARENT && r->kind == KIND_MEMBERSHIP && names_group(key)) {
        key = names_group(key);
        if (!add_want(d, (struct want){
                             .kind = KIND_PARTY, .key = key, .name = v->text, .type = "group"})) {
            return false;
        }
    } else if (refs == KIND_BIT(KIND_PARTY) || (tag == F_PARENT && r->kind == KIND_MEMBERSHIP)) {
        if (!find_party(d, v, &key)) return false;
    } else if (tag == F_PARENT) {
        if (!find_item(d, s, v, &parent)) return false;
        key = parent.item;
    } else if (v->blanks) {
        return true; /* a key made of a blank cell names nothing */
    }
    record_set_key(d->run->in->arena, r, tag, key);
    return true;
}

static bool set_field(struct draft *d, const struct section *s, const struct assignment *a,
                      struct record *r, const struct thing *thing)
{
    struct told v;
    if (!place_tell(&d->place, &a->value, &v)) return false;
    if (a->role == ROLE_LABEL) {
        if (v.blanks || !*v.text) { /* never public because somebody forgot */
            return place_refuse(&d->place, "missing", v.heading, v.text,
                                "who may see it: public, group:KEY or parties:KEY,KEY");
        }
        r->label = arena_text(d->run->in->arena, v.text);
        return true;
    }
    if (v.columns && v.columns == v.blanks) return true;
    if (a->role == ROLE_AMOUNT) return set_amount(d, s, r, &v, thing);
    if (a->role != ROLE_FIELD || !*v.text) return true;
    if (!(record_fields[a->tag].kinds & KIND_BIT(r->kind))) return true;
    if (a->tag == F_KEY && v.blanks) return true;
    bool yes;
    switch (record_fields[a->tag].type) {
    case TYPE_TEXT: return set_text(d, r, a->tag, &v);
    case TYPE_INT:
    case TYPE_COUNT: return set_count(d, s, r, a->tag, &v, thing);
    case TYPE_FLAG:
        if (!place_yes(&d->place, &v, &yes)) return false;
        if (yes) record_set_int(d->run->in->arena, r, a->tag, 1);
        return true;
    case TYPE_STAGE:
    case TYPE_PRECISION: return set_word(d, r, a->tag, &v);
    case TYPE_DAY: return set_day(d, r, a->tag, &v);
    case TYPE_INSTANT: return set_instant(d, r, a->tag, &v);
    case TYPE_DEC: return set_decimal(d, s, r, a->tag, &v, thing);
    case TYPE_REF: return set_reference(d, s, r, a->tag, &v, thing);
    }
    return true;
}

/* --- what the map leaves unsaid --- */

static bool set_default(struct draft *d, struct record *r, enum tag tag, const struct template *t)
{
    struct told v;
    if (!t->line || !(record_fields[tag].kinds & KIND_BIT(r->kind)) || record_field(r, tag)) {
        return true;
    }
    if (!place_tell(&d->place, t, &v)) return false;
    if (!*v.text) return true;
    return tag == F_STATED ? set_instant(d, r, tag, &v) : set_text(d, r, tag, &v);
}

static void set_missing_text(struct draft *d, struct record *r, enum tag tag, const char *text)
{
    if (!record_field(r, tag)) record_set_text(d->run->in->arena, r, tag, text);
}

static void set_missing_key(struct draft *d, struct record *r, enum tag tag, const char *key)
{
    if (!record_field(r, tag)) record_set_key(d->run->in->arena, r, tag, key);
}

static bool set_defaults(struct draft *d, const struct section *s, struct record *r,
                         const struct thing *thing)
{
    const struct table_map *t = d->place.table;
    if (!set_default(d, r, F_SERIES, &t->series) || !set_default(d, r, F_STATED, &t->stated)) {
        return false;
    }
    if (t->label && !section_find(s, ROLE_LABEL, F_KEY)) r->label = t->label;
    if (thing->item && (record_fields[F_ITEM].kinds & KIND_BIT(r->kind))) {
        set_missing_key(d, r, F_ITEM, thing->item);
    }
    switch (r->kind) {
    case KIND_PARTY: {
        const char *key = record_text(r, F_KEY);
        const struct known_party *known = key ? names_party(key) : NULL;
        set_missing_text(d, r, F_TYPE, known ? known->type : "other");
        break;
    }
    case KIND_ITEM: set_missing_text(d, r, F_UNIT, "piece"); break;
    case KIND_LINE: set_missing_key(d, r, F_PACKAGE, d->package); break;
    case KIND_ENTRY:
        set_missing_key(d, r, F_LINE, d->line);
        set_missing_text(d, r, F_AUTHOR, "import:mapping");
        if (!record_field(r, F_FROM)) record_set_int(d->run->in->arena, r, F_FROM, STAGE_WORLD);
        break;
    case KIND_VALUE:
        set_missing_key(d, r, F_OF, d->package ? d->package : d->line);
        set_missing_text(d, r, F_BASIS, "stated");
        break;
    case KIND_STATEMENT: set_missing_text(d, r, F_TYPE, "figure"); break;
    default: break;
    }
    return true;
}

/* A key out of what makes the record the one it is. NULL: the map must give one. */
static const char *natural_key(struct arena *a, const struct record *r)
{
    const char *series = record_text(r, F_SERIES);
    char day[DAY_TEXT] = "";
    if (record_field(r, F_DAY)) day_format((int32_t)record_int(r, F_DAY, 0), day);
    switch (r->kind) {
    case KIND_ENTRY:
        return text_format(a, "%s/%s", record_text(r, F_LINE),
                           stage_name((enum stage)record_int(r, F_TO, 0)));
    case KIND_VALUE: return text_format(a, "%s/%s", record_text(r, F_OF), record_text(r, F_BASIS));
    case KIND_RATE: return text_format(a, "%s/%s/%s", series, record_text(r, F_CURRENCY), day);
    case KIND_INDICATOR:
        return text_format(a, "%s/%s/%s/%s", series ? series : "indicator",
                           record_text(r, F_MEASURE), record_text(r, F_PARTY), day);
    case KIND_PRICE:
        return text_format(a, "%s/%s/%s", series ? series : "price", record_text(r, F_ITEM), day);
    case KIND_MEMBERSHIP:
        return text_format(a, "%s/%s/%d", record_text(r, F_PARENT), record_text(r, F_PARTY),
                           (int)record_int(r, F_SINCE, 0));
    case KIND_RELATION:
    case KIND_EDGE:
        return text_format(a, "%s/%s/%s", record_text(r, F_TYPE),
                           record_text(r, r->kind == KIND_EDGE ? F_OF : F_ITEM),
                           record_text(r, r->kind == KIND_EDGE ? F_OBJECT : F_PARENT));
    case KIND_SOURCE: {
        const char *address = record_text(r, F_ADDRESS), *title = record_text(r, F_NAME);
        const char *publisher = record_text(r, F_PUBLISHER);
        if (address) return address;
        if (!title) return NULL;
        return text_format(a, "document:%s/%s/%s", publisher ? slug(a, publisher) : "",
                           slug(a, title), day);
    }
    default: return NULL;
    }
}

/*
 * Without this field there is no record to make, and the row may be good all
 * the same: a quantity nobody disclosed, a package that the row has not.
 */
static bool is_leave_out(enum kind kind, enum tag tag)
{
    switch (kind) {
    case KIND_ENTRY: return tag == F_QTY;
    case KIND_VALUE: return tag == F_LOW || tag == F_OF || tag == F_CURRENCY;
    case KIND_PRICE:
    case KIND_RATE:
    case KIND_INDICATOR: return tag == F_AMOUNT;
    case KIND_PACKAGE:
    case KIND_PARTY:
    case KIND_ITEM:
    case KIND_SOURCE: return tag == F_KEY;
    case KIND_MEMBERSHIP: return tag == F_PARENT;
    default: return false;
    }
}

/* Whether everything is there that the kind must have. */
static enum outcome check_fields(struct draft *d, const struct section *s, const struct record *r)
{
    enum outcome outcome = MADE;
    enum tag lacks = (enum tag)0;
    for (int tag = 1; tag < TAG_COUNT; tag++) {
        const struct field_rule *f = &record_fields[tag];
        bool needed = f->name && (f->required & KIND_BIT(r->kind));
        if (r->kind == KIND_VALUE && tag == F_LOW) needed = true;
        if (r->kind == KIND_LINE && tag == F_ITEM) needed = true;
        if (tag == F_PASSAGE || !needed || record_field(r, (enum tag)tag)) continue;
        if (is_leave_out(r->kind, (enum tag)tag)) return LEFT_OUT;
        outcome = REFUSED;
        if (!lacks) lacks = (enum tag)tag;
    }
    if (outcome == MADE) return MADE;
    const struct assignment *a = section_find(s, ROLE_FIELD, lacks);
    if (!a && lacks == F_ITEM) a = section_find(s, ROLE_CURRENCY, F_CURRENCY);
    struct told v;
    if (!tell(d, a, &v)) return REFUSED;
    place_refuse(&d->place, "missing", v.heading, v.blanks ? "" : v.text,
                 text_format(&d->run->scratch, "something for '%s' of [%s]",
                             a ? a->name : record_fields[lacks].name, kind_name(r->kind)));
    return REFUSED;
}

/* --- one section of one row --- */

static void add_record(struct draft *d, struct record *r)
{
    d->records[d->count++] = r;
}

/* Where in the document: a passage of its own, named by the source, place and speaker. */
static bool make_passage(struct draft *d, const struct section *s, const char *source)
{
    struct arena *a = d->run->in->arena;
    struct record *r = record_new(a, KIND_PASSAGE);
    struct thing nothing = {0};
    for (uint32_t i = 0; i < s->count; i++) {
        const struct assignment *as = &s->assignments[i];
        bool of_source =
            as->role == ROLE_FIELD && (record_fields[as->tag].kinds & KIND_BIT(KIND_SOURCE));
        if (!of_source && !set_field(d, s, as, r, &nothing)) return false;
    }
    const char *place = record_text(r, F_PLACE), *speaker = record_text(r, F_SPEAKER);
    const char *text = record_text(r, F_TEXT);
    uint8_t hash[SHA_BYTES];
    char hex[SHA_HEX] = "";
    if (text) { /* two sentences of one speaker at one place are two passages */
        sha256(text, strlen(text), hash);
        hex_encode(hash, SHA_BYTES, hex);
    }
    record_set_key(a, r, F_SOURCE, source);
    d->passage =
        text_format(&d->run->scratch, "%s#%s%s%s%s%.12s", source, place ? place : "whole document",
                    speaker ? "/" : "", speaker ? speaker : "", text ? "/" : "", hex);
    record_set_text(a, r, F_KEY, d->passage);
    add_record(d, r);
    return true;
}

static enum outcome make_record(struct draft *d, const struct section *s)
{
    struct arena *a = d->run->in->arena;
    struct thing thing;
    if (place_any(&d->place, s->skips, s->skip_count)) return LEFT_OUT;
    if (!find_thing(d, s, &thing)) return REFUSED;
    if (s->kind == KIND_ENTRY && !find_line_places(d, s, &thing)) return REFUSED;
    struct record *r = record_new(a, s->kind);
    for (uint32_t i = 0; i < s->count; i++) {
        if (!set_field(d, s, &s->assignments[i], r, &thing)) return REFUSED;
    }
    if (!set_defaults(d, s, r, &thing)) return REFUSED;
    bool keyed = record_field(r, F_KEY) != NULL;
    enum outcome outcome = check_fields(d, s, r);
    if (outcome != MADE) return outcome;
    if (!keyed) {
        const char *key = natural_key(&d->run->scratch, r);
        if (!key && s->kind == KIND_SOURCE) return LEFT_OUT;
        if (!key) {
            place_refuse(&d->place, "missing", "", "",
                         text_format(&d->run->scratch, "a key for [%s]", kind_name(s->kind)));
            return REFUSED;
        }
        record_set_text(a, r, F_KEY, key);
    }
    if (s->kind == KIND_LINE) {
        d->line = record_text(r, F_KEY);
        d->line_places = thing.places;
    }
    if (s->kind == KIND_PACKAGE) d->package = record_text(r, F_KEY);
    add_record(d, r);
    if (s->kind == KIND_SOURCE && !make_passage(d, s, record_text(r, F_KEY))) return REFUSED;
    return MADE;
}

enum outcome draft_section(struct draft *d, const struct section *s)
{
    uint32_t wants = d->want_count, before = d->count;
    enum outcome outcome = make_record(d, s);
    if (outcome != MADE) d->want_count = wants;
    for (uint32_t i = wants; i < d->want_count; i++) {
        /* What only a labelled row names is as little public as the row. */
        d->run->wants[i].label = d->records[before]->label;
    }
    return outcome;
}
