/*
 * iati_own.c - records of a muster, out of the activity that it wrote.
 *
 * They say all that the elements of the standard beside them say and more, so
 * these are left aside. Evidence of what is taken is the file itself. Keys and
 * fields come from a stranger like any other: what the table of fields does
 * not allow is flagged, and the record left out.
 */
#include <string.h>

#include "base/text.h"
#include "iati/own.h"
#include "record/exchange.h"
#include "source/before.h"
#include "source/iati_in.h"

static enum tag tag_named(const char *name)
{
    for (int tag = 1; tag < TAG_COUNT; tag++) {
        const char *is = record_fields[tag].name;
        if (is && strcmp(is, name) == 0) return (enum tag)tag;
    }
    return (enum tag)0;
}

static bool put_field(struct iati_in *r, struct record *out, const char *name, const char *text)
{
    struct field f;
    enum tag tag = tag_named(name);
    const char *plain = iati_own_text_back(r->a, text), *clean;
    struct err ignored;
    if (!tag || !plain || tag == F_PASSAGE || tag == F_AUTHOR || tag == F_ORIGIN) return false;
    if (text_clean(r->a, plain, strlen(plain), &clean, &ignored) || !*clean) return false;
    if (record_fields[tag].type == TYPE_REF) {
        record_set_key(r->a, out, tag, clean);
        return true;
    }
    if (!exchange_value_parse(tag, clean, &f)) return false;
    if (record_fields[tag].type == TYPE_TEXT)
        record_set_text(r->a, out, tag, clean);
    else if (record_fields[tag].type == TYPE_DEC)
        record_set_dec(r->a, out, tag, (struct dec){f.n, f.scale});
    else
        record_set_int(r->a, out, tag, f.n);
    return true;
}

static bool fill(struct iati_in *r, const struct iati_node *n, struct record *out,
                 const char **wrong)
{
    for (uint32_t i = 0; i < n->attr_count; i++) {
        const struct iati_attr *a = &n->attrs[i];
        const char *label = strcmp(a->name, "label") == 0 ? iati_own_text_back(r->a, a->value) : "";
        *wrong = a->name;
        if (!label) return false;
        if (*label)
            out->label = arena_text(r->a, label);
        else if (!put_field(r, out, a->name, a->value))
            return false;
    }
    for (const struct iati_node *c = n->children; c; c = c->next) {
        *wrong = c->name;
        if (!put_field(r, out, c->name, c->text)) return false;
    }
    return true;
}

/* What an export writes; a decision or a scenario is not for a file to make. */
static bool is_taken(enum kind kind)
{
    const uint32_t kinds = KIND_BIT(KIND_PARTY) | KIND_BIT(KIND_ITEM) | KIND_BIT(KIND_NEED) |
                           KIND_BIT(KIND_LINE) | KIND_BIT(KIND_PACKAGE) | KIND_BIT(KIND_VALUE) |
                           KIND_BIT(KIND_ENTRY) | KIND_BIT(KIND_LOT) | KIND_BIT(KIND_PLANT) |
                           KIND_BIT(KIND_STATEMENT) | KIND_BIT(KIND_BUDGET) |
                           KIND_BIT(KIND_MEMBERSHIP) | KIND_BIT(KIND_RELATION) |
                           KIND_BIT(KIND_ROUTE) | KIND_BIT(KIND_PRICE) | KIND_BIT(KIND_SOURCE);
    return kind != KIND_NONE && kinds & KIND_BIT(kind);
}

/* A document by its address: what bytes a source has is not for a file of others to say. */
static bool is_link(const struct record *source)
{
    return text_starts(record_text(source, F_KEY), "url:") && !record_field(source, F_HASH);
}

/* The draft, complete and by the table of fields; NULL, and *wrong says what is not so. */
static struct record *draft_of(struct iati_in *r, const struct iati_node *n, const char **wrong)
{
    enum kind kind = kind_named(n->name);
    struct record *draft = is_taken(kind) ? record_new(r->a, kind) : NULL;
    struct err err = {0};
    *wrong = n->name;
    if (!draft || !fill(r, n, draft, wrong)) return NULL;
    *wrong = "key";
    if (!record_text(draft, F_KEY)) return NULL;
    if (kind == KIND_SOURCE && !is_link(draft)) return NULL;
    if (kind == KIND_ENTRY) record_set_text(r->a, draft, F_AUTHOR, r->author);
    if (record_field(draft, F_RESOLVED)) { /* by whom stays with who wrote it */
        record_set_text(r->a, draft, F_AUTHOR, r->author);
        record_set_text(r->a, draft, F_WHY, "settled by who wrote the file");
    }
    if (record_fields[F_PASSAGE].kinds & KIND_BIT(kind))
        record_set_key(r->a, draft, F_PASSAGE, iati_passage(r, n->line));
    if (record_check(draft, &err) == RC_OK) return draft;
    *wrong = arena_text(r->a, err.msg);
    return NULL;
}

void iati_own_record(struct iati_in *r, const struct iati_node *n)
{
    const char *wrong;
    struct record *draft = draft_of(r, n, &wrong);
    bool entry = strcmp(n->name, kind_name(KIND_ENTRY)) == 0;
    r->in->rows_read += entry;
    if (!draft) {
        iati_diag(r, DIAG_SKIPPED, "no-record", n->line, n->name, wrong,
                  "a record as muster writes it");
        return;
    }
    r->in->rows_taken += entry;
    struct record *to = intake_add(r->in, draft->kind);
    *to = *draft;
    if (r->in->before) before_unsure(r->in->before); /* of whatever key it is */
}

bool iati_own_records(struct iati_in *r, const struct iati_node *rest)
{
    bool found = false;
    for (; rest; rest = rest->next) {
        if (strcmp(rest->ns, IATI_OWN_NS) != 0) continue;
        found = true;
        iati_own_record(r, rest);
    }
    return found;
}
