/*
 * codes.c - see codes.h.
 *
 * One table holds them all, for what is built in and for whoever wants to keep
 * or send one: a line a list, then its codes, tab-separated, as
 *
 *     list  NAME  EDITION  COMPLETE  EMBEDDED  CATEGORIES  SOURCE
 *     CODE  NAME  STATUS   FROM      UNTIL     CATEGORY
 *
 * with a tab before each code's line. Empty columns at the end are left out.
 */
#include "iati/codes.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/text.h"
#include "iati/judge_inside.h"
#include "iati/standard.h"

enum { FILE_MAX = 64 << 20, COLUMNS = 8, FIELD_MAX = 1000 };

struct indexed {
    struct codelist list;
    struct map at; /* code -> index from 1 */
    struct code *codes;
    uint32_t room;
};

struct codes {
    struct arena *arena;
    struct map names; /* list -> index from 1 */
    struct indexed **all;
    const struct codelist **sorted;
    uint32_t count, room;
};

/* --- filling --- */

static struct indexed *list_new(struct codes *c, const char *name)
{
    struct indexed *l = NEW(c->arena, struct indexed);
    l->at.arena = c->arena;
    l->list = (struct codelist){
        .name = arena_text(c->arena, name), .categories = "", .edition = "", .source = ""};
    return l;
}

static const char *kept(struct codes *c, const char *text)
{
    return text && *text ? text_squeeze(c->arena, text) : "";
}

static void add_code(struct codes *c, struct indexed *l, struct code code)
{
    uint64_t *before = map_get(&l->at, code.code);
    if (before) { /* a list that says a code twice means the one still in use */
        struct code *old = &l->codes[*before - 1];
        if (old->withdrawn && !code.withdrawn) *old = code;
        return;
    }
    l->codes = arena_more(c->arena, l->codes, l->list.count, &l->room, sizeof *l->codes);
    l->codes[l->list.count++] = code;
    map_put(&l->at, code.code, l->list.count);
    l->list.codes = l->codes;
}

/* In place of the list of that name, or at its place in the order. */
static void put_list(struct codes *c, struct indexed *l)
{
    uint64_t *before = map_get(&c->names, l->list.name);
    if (before) {
        struct indexed *old = c->all[*before - 1];
        bool older = *l->list.edition && strcmp(l->list.edition, old->list.edition) < 0;
        if (older) return;
        for (uint32_t i = 0; i < c->count; i++) {
            if (c->sorted[i] == &old->list) c->sorted[i] = &l->list;
        }
        c->all[*before - 1] = l;
        return;
    }
    uint32_t room = c->room, at = c->count;
    c->all = arena_more(c->arena, c->all, c->count, &room, sizeof *c->all);
    c->sorted = arena_more(c->arena, c->sorted, c->count, &c->room, sizeof *c->sorted);
    while (at && strcmp(c->sorted[at - 1]->name, l->list.name) > 0) at--;
    memmove(c->sorted + at + 1, c->sorted + at, (c->count - at) * sizeof *c->sorted);
    c->sorted[at] = &l->list;
    c->all[c->count++] = l;
    map_put(&c->names, l->list.name, c->count);
}

/* --- our own table --- */

/* The next line's columns; false at the end. What a line does not have is "". */
static bool next_row(struct arena *a, const char **p, const char *end, const char *column[COLUMNS])
{
    if (*p >= end) return false;
    const char *stop = memchr(*p, '\n', (size_t)(end - *p));
    if (!stop) stop = end;
    for (int i = 0; i < COLUMNS; i++) column[i] = "";
    for (int i = 0; i < COLUMNS && *p <= stop; i++) {
        const char *tab = memchr(*p, '\t', (size_t)(stop - *p));
        const char *to = tab ? tab : stop;
        if (to > *p) column[i] = arena_bytes(a, *p, (size_t)(to - *p));
        *p = to + 1;
    }
    *p = stop + 1;
    return true;
}

static enum rc take_table(struct codes *c, const char *bytes, size_t len, struct indexed ***lists,
                          uint32_t *count, struct err *err)
{
    const char *p = bytes, *column[COLUMNS];
    uint32_t room = 0, line = 0;
    struct indexed *l = NULL;
    while (next_row(c->arena, &p, bytes + len, column)) {
        line++;
        bool is_list = strcmp(column[0], "list") == 0 && *column[1];
        bool is_code = !*column[0] && *column[1] && l;
        if (!is_list && !is_code)
            return fail(err, RC_INPUT, "line %u of the table of codes is neither a list nor a code",
                        (unsigned)line);
        if (is_code) {
            add_code(c, l,
                     (struct code){.code = column[1],
                                   .name = column[2],
                                   .withdrawn = strcmp(column[3], "withdrawn") == 0,
                                   .from = column[4],
                                   .until = column[5],
                                   .category = column[6]});
            continue;
        }
        l = list_new(c, column[1]);
        l->list.edition = column[2];
        l->list.complete = *column[3] == '1';
        l->list.embedded = *column[4] == '1';
        l->list.categories = column[5];
        l->list.source = column[6];
        *lists = arena_more(c->arena, *lists, *count, &room, sizeof **lists);
        (*lists)[(*count)++] = l;
    }
    return *count ? RC_OK : fail(err, RC_INPUT, "there is no list in the table of codes");
}

void codes_write(const struct codes *c, struct buf *out)
{
    for (uint32_t i = 0; i < c->count; i++) {
        const struct codelist *l = c->sorted[i];
        buf_addf(out, "list\t%s\t%s\t%d\t%d\t%s\t%s\n", l->name, l->edition, l->complete,
                 l->embedded, l->categories, l->source);
        for (uint32_t k = 0; k < l->count; k++) {
            const struct code *o = &l->codes[k];
            const char *column[] = {o->code, o->name,  o->withdrawn ? "withdrawn" : "",
                                    o->from, o->until, o->category};
            int last = 5;
            while (last > 0 && !*column[last]) last--;
            for (int n = 0; n <= last; n++) buf_addf(out, "\t%s", column[n]);
            buf_add(out, "\n");
        }
    }
}

/* --- codelist XML --- */

static const char *attribute(struct codes *c, xmlNodePtr n, const char *name)
{
    xmlChar *text = xmlGetNoNsProp(n, BAD_CAST name);
    const char *copy = kept(c, (const char *)text);
    xmlFree(text);
    return copy;
}

static xmlNodePtr child(xmlNodePtr n, const char *name)
{
    for (n = n ? n->children : NULL; n; n = n->next) {
        if (n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0) return n;
    }
    return NULL;
}

static const char *content(struct codes *c, xmlNodePtr n)
{
    xmlChar *text = n ? xmlNodeGetContent(n) : NULL;
    const char *copy = kept(c, (const char *)text);
    xmlFree(text);
    return copy;
}

/* <name><narrative>...: the first is English, as the list's own language says. Older: <name>. */
static const char *narrative(struct codes *c, xmlNodePtr item, const char *name)
{
    xmlNodePtr n = child(item, name), inner = child(n, "narrative");
    return content(c, inner ? inner : n);
}

static void take_item(struct codes *c, struct indexed *l, xmlNodePtr item)
{
    struct code code = {
        .code = content(c, child(item, "code")),
        .name = narrative(c, item, "name"),
        .withdrawn = strcmp(attribute(c, item, "status"), "withdrawn") == 0,
        .from = attribute(c, item, "activation-date"),
        .until = attribute(c, item, "withdrawal-date"),
        .category = content(c, child(item, "category")),
    };
    if (*code.code) add_code(c, l, code);
}

static enum rc take_xml(struct codes *c, const char *bytes, size_t len, const char *edition,
                        struct indexed **out, struct err *err)
{
    standard_seal();
    xmlDocPtr doc = xmlReadMemory(bytes, (int)len, NULL, NULL,
                                  XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xmlNodePtr root = doc ? xmlDocGetRootElement(doc) : NULL;
    const char *name = root ? attribute(c, root, "name") : "";
    bool right = root && strcmp((const char *)root->name, "codelist") == 0 && *name &&
                 !(doc->intSubset && doc->intSubset->entities);
    if (right) {
        struct indexed *l = list_new(c, name);
        const char *complete = attribute(c, root, "complete");
        l->list.complete = strcmp(complete, "1") == 0;
        l->list.embedded = strcmp(attribute(c, root, "embedded"), "1") == 0;
        l->list.categories = attribute(c, root, "category-codelist");
        l->list.source = content(c, child(child(root, "metadata"), "url"));
        const char *dated = attribute(c, root, "date-last-modified");
        l->list.edition = kept(c, *edition ? edition : dated);
        xmlNodePtr items = child(root, "codelist-items");
        for (xmlNodePtr n = items ? items->children : NULL; n; n = n->next) {
            if (n->type == XML_ELEMENT_NODE) take_item(c, l, n);
        }
        right = l->list.count > 0;
        *out = l;
    }
    xmlFreeDoc(doc);
    return right ? RC_OK : fail(err, RC_INPUT, "this XML is not a list of codes with a name");
}

/* --- the DAC's lists as CSV --- */

/* One CSV row into fields, quotes taken off; the byte after it. */
static const char *csv_row(struct arena *a, const char *p, const char *end, const char *field[],
                           int max, int *count)
{
    struct buf b = {.arena = a};
    bool quoted = false;
    *count = 0;
    for (; p < end; p++) {
        if (*p == '"') {
            if (quoted && p + 1 < end && p[1] == '"')
                buf_add_bytes(&b, p++, 1);
            else
                quoted = !quoted;
        } else if (!quoted && (*p == ',' || *p == '\n')) {
            if (*count < max) field[(*count)++] = b.text ? b.text : "";
            b = (struct buf){.arena = a};
            if (*p == '\n') return p + 1;
        } else if (*p != '\r') {
            buf_add_bytes(&b, p, 1);
        }
    }
    if (*count < max) field[(*count)++] = b.text ? b.text : "";
    return p;
}

/* Which of our lists a table of the DAC's is, by its file's name. */
static const char *dac_list(const char *name)
{
    static const char *const known[][2] = {
        {"aid_type_categories", "AidType-category"},
        {"aid_types", "AidType"},
        {"channel_codes", "CRSChannelCode"},
        {"collaboration_types", "CollaborationType"},
        {"finance_type_categories", "FinanceType-category"},
        {"finance_types", "FinanceType"},
        {"flow_types", "FlowType"},
        {"sector_categories", "SectorCategory"},
        {"sectors", "Sector"},
        {"agencies", "DAC-agency"},
        {"dac_members", "DAC-donor"},
        {"multilateral_donors", "DAC-multilateral"},
        {"nature_of_submission", "DAC-submission"},
        {"non_dac_donors", "DAC-other-donor"},
        {"private_donors", "DAC-private-donor"},
        {"recipients", "DAC-recipient"},
    };
    const char *slash = strrchr(name, '/');
    if (slash) name = slash + 1;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t len = strlen(known[i][0]);
        if (strncmp(name, known[i][0], len) == 0 && (!name[len] || !strcmp(name + len, ".csv")))
            return known[i][1];
    }
    return NULL;
}

static int column_named(const char *const field[], int count, const char *name)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(field[i], name) == 0) return i;
    }
    return -1;
}

static enum rc take_csv(struct codes *c, const char *name, const char *bytes, size_t len,
                        const char *edition, struct indexed **out, struct err *err)
{
    enum { FIELDS = 16 };
    const char *field[FIELDS], *end = bytes + len, *list = dac_list(name);
    int count;
    if (!list)
        return fail(err, RC_INPUT,
                    "'%.80s' is none of the DAC's lists; their tables are called"
                    " sectors.csv, aid_types.csv and so on",
                    name);
    const char *p = csv_row(c->arena, bytes, end, field, FIELDS, &count);
    bool agency = strcmp(list, "DAC-agency") == 0;
    int code = column_named(field, count, agency ? "agency_code" : "code");
    int words = column_named(field, count, agency ? "agency_name_en" : "name_en");
    int category = column_named(field, count, agency ? "code" : "category");
    if (code < 0 || words < 0)
        return fail(err, RC_INPUT, "'%.80s' has no columns code and name_en", name);
    struct indexed *l = list_new(c, list);
    const struct codelist *before = codes_list(c, list);
    l->list.complete = before && before->complete;
    l->list.categories = before ? before->categories : "";
    l->list.source = "OECD DAC";
    l->list.edition = kept(c, edition);
    while (p < end) {
        p = csv_row(c->arena, p, end, field, FIELDS, &count);
        if (code >= count || !*field[code]) continue;
        const char *group = category >= 0 && category < count ? kept(c, field[category]) : "";
        const char *own = kept(c, field[code]);
        add_code(c, l,
                 (struct code){.code = agency ? text_format(c->arena, "%s-%s", group, own) : own,
                               .name = words < count ? kept(c, field[words]) : "",
                               .category = group,
                               .from = "",
                               .until = ""});
    }
    *out = l;
    return l->list.count ? RC_OK : fail(err, RC_INPUT, "'%.80s' has no code in it", name);
}

/* --- taking --- */

static const char *first_mark(const char *bytes, size_t len)
{
    const char *p = bytes, *end = bytes + len;
    if (len >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) p += 3;
    while (p < end && strchr(" \t\r\n", *p)) p++;
    return p < end ? p : "";
}

enum rc codes_take(struct codes *c, const char *name, const char *bytes, size_t len,
                   const char *edition, uint32_t *lists, struct err *err)
{
    struct indexed **taken = NULL, *one = NULL;
    uint32_t count = 0;
    enum rc rc;
    *lists = 0;
    if (len > FILE_MAX) return fail(err, RC_INPUT, "a list of codes above 64 MB is not read");
    if (!text_is_utf8(bytes, len)) return fail(err, RC_INPUT, "'%.80s' is not UTF-8", name);
    bool table = len > 5 && memcmp(bytes, "list\t", 5) == 0;
    if (table)
        rc = take_table(c, bytes, len, &taken, &count, err);
    else if (*first_mark(bytes, len) == '<')
        rc = take_xml(c, bytes, len, edition, &one, err);
    else
        rc = take_csv(c, name, bytes, len, edition, &one, err);
    if (rc) return rc;
    for (uint32_t i = 0; i < count; i++) put_list(c, taken[i]);
    if (one) put_list(c, one);
    *lists = one ? 1 : count;
    return RC_OK;
}

struct codes *codes_none(struct arena *a)
{
    struct codes *c = NEW(a, struct codes);
    c->arena = a;
    c->names.arena = a;
    return c;
}

struct codes *codes_new(struct arena *a)
{
    struct codes *c = codes_none(a);
    struct standard_file f = standard_file("codes.tsv");
    struct err err;
    uint32_t lists;
    enum rc rc = codes_take(c, "codes.tsv", f.bytes, f.len, "", &lists, &err);
    (void)rc; /* a table of ours: the tests read it */
    return c;
}

/* --- asking --- */

const struct codelist *const *codes_lists(const struct codes *c, uint32_t *count)
{
    *count = c->count;
    return c->sorted;
}

static const struct indexed *indexed_named(const struct codes *c, const char *list)
{
    uint64_t *at = map_get(&c->names, list);
    return at ? c->all[*at - 1] : NULL;
}

const struct codelist *codes_list(const struct codes *c, const char *list)
{
    const struct indexed *l = indexed_named(c, list);
    return l ? &l->list : NULL;
}

const struct code *codes_find(const struct codes *c, const char *list, const char *code)
{
    const struct indexed *l = indexed_named(c, list);
    uint64_t *at = l ? map_get(&l->at, code) : NULL;
    return at ? &l->codes[*at - 1] : NULL;
}

bool codes_organisation(const struct codes *c, const char *id)
{
    return codes_find(c, "IATIOrganisationIdentifier", id) ||
           codes_find(c, "OrganisationIdentifier", id);
}

bool codes_agency(const struct codes *c, const char *id)
{
    char prefix[64];
    const char *dash = strchr(id, '-');
    const char *second = dash ? strchr(dash + 1, '-') : NULL;
    size_t len = second ? (size_t)(second - id) : strlen(id);
    if (!dash || len >= sizeof prefix) return false;
    memcpy(prefix, id, len);
    prefix[len] = '\0';
    return codes_find(c, "OrganisationRegistrationAgency", prefix) != NULL;
}
