/* plan.c - see plan.h. */
#include "inbox/plan.h"

#include <string.h>

#include "base/text.h"
#include "names/names.h"

struct planning {
    struct arena *a;
    const struct catalogue *catalogue;
    const struct book *b;
    const struct record *said;
    const struct edits *edits;
    struct plan *out;
};

/* The first thing that is missing is what a person is told. */
static void lacks(struct planning *p, const char *option, const char *sentence)
{
    if (p->out->missing) return;
    p->out->missing = sentence;
    p->out->option = option;
}

/* --- parties --- */

/* The key of a party of that name, in the book or known by itself; NULL. */
static const char *party_key(const struct book *b, const char *name)
{
    const struct known_party *known = names_party(name);
    if (book_noun(b, KIND_PARTY, name) != NONE) return name;
    if (known) return known->key;
    const char *group = names_group(name);
    return group && book_noun(b, KIND_PARTY, group) != NONE ? group : NULL;
}

static uint32_t parties_said(const struct record *r, enum tag tag, const char **first)
{
    uint32_t count = 0;
    *first = NULL;
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->fields[i].tag != tag) continue;
        if (!count++) *first = r->fields[i].text;
    }
    return count;
}

static const char *plan_party(struct planning *p, enum tag tag, const char *edited,
                              const char *option, const char *who)
{
    const char *said;
    uint32_t count = parties_said(p->said, tag, &said);
    if (edited) {
        const char *key = party_key(p->b, edited);
        if (!key) lacks(p, option, text_format(p->a, "no party '%.60s' in the book", edited));
        return key;
    }
    if (count == 0) {
        lacks(p, option, text_format(p->a, "nobody is named who %s", who));
        return NULL;
    }
    if (count > 1) {
        lacks(p, option, text_format(p->a, "several are named who %s", who));
        return NULL;
    }
    if (strcmp(said, "ALLIES") == 0) {
        lacks(p, option, text_format(p->a, "no country is named who %s", who));
        return NULL;
    }
    const char *key = party_key(p->b, said);
    if (!key) lacks(p, option, text_format(p->a, "no party '%.60s' in the book", said));
    return key;
}

/* --- items --- */

/* "Trucks" and "truck" are one: folded, without a plural's s. */
static const char *bare(struct arena *a, const char *words)
{
    const char *folded = text_fold(a, words);
    size_t len = strlen(folded);
    return len > 1 && folded[len - 1] == 's' ? arena_bytes(a, folded, len - 1) : folded;
}

void catalogue_read(struct arena *a, const struct book *b, struct catalogue *out)
{
    *out = (struct catalogue){.book = b, .known = INT64_MAX, .items = {.arena = a}};
    for (uint32_t noun = 0; noun < book_noun_count(b); noun++) {
        if (book_kind(b, noun) != KIND_ITEM) continue;
        const char *names[] = {book_key(b, noun), book_name(b, noun, INT64_MAX)};
        for (int i = 0; i < 2; i++) {
            const char *name = bare(a, names[i]);
            if (!map_get(&out->items, name)) map_put(&out->items, name, noun);
        }
    }
}

uint32_t item_called(const struct catalogue *c, const char *words)
{
    struct arena scratch = {0};
    uint32_t noun = book_noun(c->book, KIND_ITEM, words);
    const uint64_t *at = noun == NONE ? map_get(&c->items, bare(&scratch, words)) : NULL;
    if (at) noun = (uint32_t)*at;
    arena_free(&scratch);
    return noun != NONE && book_version(c->book, noun, c->known) ? noun : NONE;
}

static bool is_currency(const char *unit)
{
    return unit && names_currency_places(unit) >= 0;
}

static void plan_money(struct planning *p, const char *currency)
{
    p->out->currency = currency;
    p->out->item = text_format(p->a, "money/%s", currency);
    p->out->places = names_currency_places(currency);
}

static void plan_item(struct planning *p)
{
    const char *unit = record_text(p->said, F_UNIT), *said = record_text(p->said, F_SAID_ITEM);
    const char *class = record_text(p->said, F_CLASS), *edited = p->edits->item;
    if (p->edits->unit) unit = p->edits->unit;
    if (edited && is_currency(edited)) {
        plan_money(p, edited);
        return;
    }
    if (!edited && is_currency(unit)) {
        plan_money(p, unit);
        return;
    }
    if (!edited && class && strcmp(class, "money") == 0) {
        lacks(p, "--item", "no currency is named");
        return;
    }
    const char *words = edited ? edited : said ? said : "";
    uint32_t noun = item_called(p->catalogue, words);
    if (noun == NONE) {
        lacks(p, "--item", text_format(p->a, "no item of the catalogue is called '%.60s'", words));
        return;
    }
    p->out->item = book_key(p->b, noun);
    const struct record *item = book_version(p->b, noun, INT64_MAX);
    p->out->places = (int)record_int(item, F_PARTS, 0);
}

/* --- amounts --- */

static bool in_parts(struct planning *p, struct dec d, int64_t *out)
{
    struct err ignored;
    bool exact;
    if (dec_to_parts(d, p->out->places, out, &exact, &ignored) || *out < 0) {
        lacks(p, "--qty", "the amount is more than a book can hold");
        return false;
    }
    return true;
}

static void plan_amount(struct planning *p)
{
    const struct edits *e = p->edits;
    const char *approx = record_text(p->said, F_APPROX);
    bool said = record_field(p->said, F_AMOUNT) != NULL, ranged = record_field(p->said, F_UPTO);
    struct dec low = record_dec(p->said, F_AMOUNT);
    struct dec high = ranged ? record_dec(p->said, F_UPTO) : low;
    if (e->has_qty) {
        said = !e->undisclosed;
        low = e->low;
        high = e->high;
        approx = NULL;
    }
    if (!said) return;
    p->out->has_low = !approx || strcmp(approx, "at_most") != 0 || ranged;
    p->out->has_high = !approx || strcmp(approx, "at_least") != 0 || ranged;
    if (!in_parts(p, low, &p->out->low) || !in_parts(p, high, &p->out->high)) return;
    if (p->out->has_low && p->out->low == 0) lacks(p, "--qty", "the amount is nothing");
    p->out->qty = p->out->has_low ? p->out->low : 0;
}

/* --- all of it --- */

static enum stage stage_of(const char *said)
{
    enum stage stage = said ? stage_named(said) : STAGE_COUNT;
    if (said && strcmp(said, "provided") == 0) return STAGE_DISPATCHED;
    return stage == STAGE_COUNT ? STAGE_ANNOUNCED : stage;
}

static void plan_line(struct planning *p)
{
    p->out->makes = KIND_LINE;
    p->out->giver = plan_party(p, F_SAID_GIVER, p->edits->giver, "--giver", "gives");
    p->out->receiver = plan_party(p, F_SAID_RECEIVER, p->edits->receiver, "--receiver", "gets it");
    p->out->stage =
        p->edits->has_stage ? p->edits->stage : stage_of(record_text(p->said, F_SAID_STAGE));
    plan_item(p);
    if (p->out->item) plan_amount(p);
    if (p->out->day == DAY_MAX) lacks(p, "--on", "the document has no date");
}

static void plan_need(struct planning *p)
{
    const char *unused;
    bool counted = record_field(p->said, F_AMOUNT) != NULL;
    if (p->edits->has_qty) counted = !p->edits->undisclosed;
    p->out->makes = counted ? KIND_NEED : KIND_STATEMENT;
    if (!counted) { /* a need of the book has a quantity; this one is kept as it was said */
        if (parties_said(p->said, F_SAID_RECEIVER, &unused) == 1 && unused)
            p->out->receiver = party_key(p->b, unused);
        return;
    }
    p->out->receiver = plan_party(p, F_SAID_RECEIVER, p->edits->receiver, "--receiver", "asks");
    plan_item(p);
    if (p->out->item) plan_amount(p);
    if (!p->out->has_low) {
        p->out->has_low = p->out->has_high;
        p->out->low = p->out->high;
    }
    p->out->qty = p->out->low;
}

static void plan_other(struct planning *p, bool decision)
{
    const char *said;
    p->out->makes = decision ? KIND_DECISION : KIND_STATEMENT;
    if (parties_said(p->said, F_SAID_GIVER, &said) == 1) p->out->giver = party_key(p->b, said);
    if (p->edits->giver) p->out->giver = party_key(p->b, p->edits->giver);
}

void plan_of(struct arena *a, const struct catalogue *c, const struct record *statement,
             const struct edits *edits, struct plan *out)
{
    static const struct edits none;
    struct planning p = {a, c, c->book, statement, edits ? edits : &none, out};
    const char *type = record_text(statement, F_TYPE);
    *out = (struct plan){.day = (int32_t)record_int(statement, F_DAY, DAY_MAX)};
    if (p.edits->has_day) out->day = p.edits->day;
    if (strcmp(type, "support") == 0)
        plan_line(&p);
    else if (strcmp(type, "need") == 0)
        plan_need(&p);
    else
        plan_other(&p, strcmp(type, "decision") == 0);
}

const char *amount_spoken(struct arena *a, i128 parts, int scale)
{
    static const struct {
        int power;
        const char *word;
    } words[] = {{12, " trillion"}, {9, " billion"}, {6, " million"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        int power = scale + words[i].power;
        bool exact = parts % power10(power - 3) == 0; /* at most three decimals */
        if (parts < power10(power) || !exact) continue;
        return text_format(a, "%s%s", parts_format(a, parts, power, 3, 0), words[i].word);
    }
    return parts_format(a, parts, scale, scale, 0);
}
