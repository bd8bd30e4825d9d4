/* boundary.c - see boundary.h. Objects are texts "TYPE/ID/CODE/BEHAVIOUR/NAME". */
#include "book/boundary.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum rc boundary_parse(struct arena *a, const char *text, struct boundary *out, struct err *err)
{
    *out = (struct boundary){0};
    struct {
        const char *name;
        const char **at;
    } words[] = {{"recipient", &out->recipient},
                 {"year", &out->year},
                 {"plan", &out->plan},
                 {"group", &out->group}};
    const char *at = text;
    bool any = false;
    while (*(at += strspn(at, " ,\t")) != '\0') {
        size_t len = strcspn(at, "=");
        size_t i = 0;
        while (i < 4 && (strlen(words[i].name) != len || strncmp(words[i].name, at, len) != 0)) i++;
        if (i == 4 || at[len] != '=') {
            return fail(err, RC_INPUT,
                        "'%.80s' is no boundary; write like 'recipient=AFG year=2020'"
                        " (recipient, year, plan, group)",
                        at);
        }
        at += len + 1;
        /* A quoted value may hold spaces: group="NATO Allies". */
        bool quoted = *at == '"';
        if (quoted) at++;
        size_t value = quoted ? strcspn(at, "\"") : strcspn(at, " ,\t");
        if (value == 0) return fail(err, RC_INPUT, "'%s=' without a value", words[i].name);
        if (*words[i].at) return fail(err, RC_INPUT, "'%s' given twice", words[i].name);
        *words[i].at = arena_bytes(a, at, value);
        at += value;
        if (quoted && *at == '"') at++;
        any = true;
    }
    if (!any) return fail(err, RC_INPUT, "a boundary names a recipient, year, plan or group");
    if (out->year && (strlen(out->year) != 4 || strspn(out->year, "0123456789") != 4)) {
        return fail(err, RC_INPUT, "'%.20s' is no year", out->year);
    }
    return RC_OK;
}

/* --- objects --- */

struct object_tag {
    const char *type, *code, *behaviour, *name; /* not NUL-terminated but the name */
    size_t type_len, code_len, behaviour_len;
};

static bool split_tag(const char *text, struct object_tag *out)
{
    const char *part[5] = {text};
    for (int i = 1; i < 5; i++) {
        const char *slash = strchr(part[i - 1], '/');
        if (!slash) return false;
        part[i] = slash + 1;
    }
    *out = (struct object_tag){.type = part[0],
                               .type_len = (size_t)(part[1] - part[0] - 1),
                               .code = part[2],
                               .code_len = (size_t)(part[3] - part[2] - 1),
                               .behaviour = part[3],
                               .behaviour_len = (size_t)(part[4] - part[3] - 1),
                               .name = part[4]};
    return true;
}

static bool part_is(const char *part, size_t len, const char *word)
{
    return strlen(word) == len && strncmp(part, word, len) == 0;
}

static bool names_object(const struct object_tag *t, const char *type, const char *value)
{
    if (!part_is(t->type, t->type_len, type)) return false;
    return part_is(t->code, t->code_len, value) || strcmp(t->name, value) == 0;
}

/* One side of a line, as its record lists it. */
struct side {
    const struct record *record; /* NULL: the line lists nothing on either side */
    enum tag tag;
    uint32_t party; /* where nothing is listed */
};

static bool lists_objects(const struct side *s)
{
    return s->record && record_field(s->record, s->tag);
}

static bool lists(const struct side *s, const char *type, const char *value)
{
    for (uint32_t i = 0; i < s->record->count; i++) {
        struct object_tag t;
        const struct field *f = &s->record->fields[i];
        if (f->tag == s->tag && split_tag(f->text, &t) && names_object(&t, type, value)) {
            return true;
        }
    }
    return false;
}

static bool lists_member(const struct book *b, const struct side *s, const char *group, int32_t day,
                         int64_t known)
{
    uint32_t of = book_noun(b, KIND_PARTY, group);
    if (of == NONE) return false;
    for (uint32_t i = 0; i < s->record->count; i++) {
        struct object_tag t;
        char code[8];
        const struct field *f = &s->record->fields[i];
        if (f->tag != s->tag || !split_tag(f->text, &t) || t.code_len >= sizeof code ||
            !part_is(t.type, t.type_len, "Location")) {
            continue;
        }
        memcpy(code, t.code, t.code_len);
        code[t.code_len] = '\0';
        uint32_t party = book_noun(b, KIND_PARTY, code);
        if (party != NONE && book_member(b, party, of, day, known)) return true;
    }
    return false;
}

/* Whether one of its years is asked for; "day" is the year in which each movement took place. */
static bool lists_year(const struct side *s, const char *year, int32_t day)
{
    char text[16];
    if (lists(s, "UsageYear", year)) return true;
    snprintf(text, sizeof text, "%04d", day_year(day));
    return strcmp(text, year) == 0 && lists(s, "UsageYear", "day");
}

static bool inside(const struct book *b, const struct boundary *w, const struct side *s,
                   int32_t day, int64_t known)
{
    if (lists_objects(s)) {
        return (!w->recipient || lists(s, "Location", w->recipient)) &&
               (!w->year || lists_year(s, w->year, day)) &&
               (!w->plan || lists(s, "Plan", w->plan)) &&
               (!w->group || lists_member(b, s, w->group, day, known));
    }
    if (w->plan || s->party == NONE) return false;
    if (w->recipient && strcmp(book_key(b, s->party), w->recipient) != 0) return false;
    if (w->group) {
        uint32_t group = book_noun(b, KIND_PARTY, w->group);
        if (group == NONE || !book_member(b, s->party, group, day, known)) return false;
    }
    char year[16];
    snprintf(year, sizeof year, "%04d", day_year(day));
    return !w->year || strcmp(year, w->year) == 0;
}

static bool is_shared(const struct side *s)
{
    for (uint32_t i = 0; s->record && i < s->record->count; i++) {
        struct object_tag t;
        const struct field *f = &s->record->fields[i];
        if (f->tag != s->tag || !split_tag(f->text, &t)) continue;
        if (!part_is(t.behaviour, t.behaviour_len, "shared")) continue;
        if (part_is(t.type, t.type_len, "Location") || part_is(t.type, t.type_len, "UsageYear")) {
            return true;
        }
    }
    return false;
}

bool boundary_is_whole(const struct boundary *w)
{
    return !w->recipient && !w->year && !w->plan && !w->group;
}

enum flow boundary_flow(const struct book *b, const struct boundary *w, uint32_t line, int32_t day,
                        int64_t known, bool *shared)
{
    uint32_t count;
    const struct line *l = &book_lines(b, &count)[line];
    const struct record *r = l->flags & LINE_OBJECTS ? line_record(b, l) : NULL;
    struct side source = {r, F_SOURCE_TAG, l->giver};
    struct side destination = {r, F_DESTINATION_TAG, l->receiver};
    bool whole = boundary_is_whole(w), passed_on = !(l->flags & LINE_NEW_MONEY);
    bool to = whole || inside(b, w, &destination, day, known);
    bool from = passed_on && (whole ? lists_objects(&source) : inside(b, w, &source, day, known));
    *shared = is_shared(&destination);
    if (to) return from ? FLOW_INTERNAL : FLOW_INCOMING;
    return from ? FLOW_OUTGOING : FLOW_OUTSIDE;
}

const char *line_object(struct arena *a, const struct book *b, const struct line *line,
                        enum tag side, const char *type)
{
    const char *found = "";
    const struct record *r = line->flags & LINE_OBJECTS ? line_record(b, line) : NULL;
    for (uint32_t i = 0; r && i < r->count; i++) {
        struct object_tag t;
        const struct field *f = &r->fields[i];
        if (f->tag != side || !split_tag(f->text, &t) || !part_is(t.type, t.type_len, type)) {
            continue;
        }
        if (*found) return "several";
        found = t.code_len ? arena_bytes(a, t.code, t.code_len) : arena_text(a, t.name);
    }
    return found;
}

const char *line_object_name(struct arena *a, const struct book *b, const struct line *line,
                             enum tag side, const char *type, const char *code)
{
    const struct record *r = line->flags & LINE_OBJECTS ? line_record(b, line) : NULL;
    for (uint32_t i = 0; r && i < r->count; i++) {
        struct object_tag t;
        const struct field *f = &r->fields[i];
        if (f->tag == side && split_tag(f->text, &t) && names_object(&t, type, code)) {
            return arena_text(a, t.name);
        }
    }
    return NULL;
}
