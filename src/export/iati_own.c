/* iati_own.c - see iati_own.h. */
#include "export/iati_own.h"

#include <string.h>

#include "iati/own.h"
#include "record/exchange.h"

/* What is about the recording, not about what was said. */
static bool stays_at_home(enum tag tag)
{
    return tag == F_PASSAGE || tag == F_AUTHOR || tag == F_REVERSES || tag == F_ORIGIN ||
           tag == F_SCENARIO || tag == F_WHY;
}

/* The value of a field as text; of a reference the key, NULL when there is none. */
static const char *value_of(const struct own *o, const struct field *f)
{
    if (record_fields[f->tag].type != TYPE_REF)
        return iati_own_text(o->arena, exchange_value(o->arena, f));
    uint32_t noun = book_noun_of(o->book, (uint64_t)f->n);
    return noun == NONE ? NULL : iati_own_text(o->arena, book_key(o->book, noun));
}

static struct iati_node *node_new(struct own *o, const char *name, uint32_t attrs)
{
    struct iati_node *n = NEW(o->arena, struct iati_node);
    n->name = name;
    n->ns = IATI_OWN_NS;
    n->text = "";
    n->attrs = NEW_ARRAY(o->arena, attrs + 1, struct iati_attr);
    return n;
}

static void put_attr(struct iati_node *n, const char *name, const char *value)
{
    struct iati_attr *at = (struct iati_attr *)(uintptr_t)&n->attrs[n->attr_count++];
    *at = (struct iati_attr){.name = name, .ns = "", .value = value};
}

static struct iati_node *node_of(struct own *o, const struct record *r)
{
    struct iati_node *n = node_new(o, kind_name(r->kind), r->count + 1), **last = &n->children;
    if (strcmp(r->label, "public") != 0) put_attr(n, "label", iati_own_text(o->arena, r->label));
    for (uint32_t i = 0; i < r->count; i++) {
        const struct field *f = &r->fields[i];
        const struct field_rule *rule = &record_fields[f->tag];
        const char *value = stays_at_home(f->tag) ? NULL : value_of(o, f);
        if (!value) continue;
        if (!rule->many) {
            put_attr(n, rule->name, value);
            continue;
        }
        struct iati_node *one = node_new(o, rule->name, 0);
        one->text = value;
        *last = one;
        last = &one->next;
    }
    return n;
}

void own_add_noun(struct own *o, struct own_list *to, uint32_t noun)
{
    if (noun == NONE || o->written[noun]) return;
    const struct record *r = book_version(o->book, noun, o->known);
    if (!r) return;
    o->written[noun] = 1; /* before what it names: a circle ends here */
    own_add(o, to, r);
}

void own_add(struct own *o, struct own_list *to, const struct record *r)
{
    for (uint32_t i = 0; i < r->count; i++) {
        const struct field *f = &r->fields[i];
        if (record_fields[f->tag].type != TYPE_REF || stays_at_home(f->tag)) continue;
        uint32_t noun = book_noun_of(o->book, (uint64_t)f->n);
        if (noun != NONE && book_kind(o->book, noun) != KIND_ENTRY) own_add_noun(o, to, noun);
    }
    struct iati_node *n = node_of(o, r);
    if (to->last)
        to->last->next = n;
    else
        to->first = n;
    to->last = n;
}
