/*
 * rules.c - a ruleset tried on the tree of one activity.
 *
 * The specification leaves some things open; where it does, we do this:
 *
 * An expression that must be true is taken as XPath's boolean(): a set of
 * nodes is true when it is not empty. Dates are compared as days, and one that
 * cannot be read is left to the schema. Where both sides of a comparison of
 * dates find several, they go in pairs; where one side finds a single one, it
 * goes with each of the other. A year is a calendar year. Sums are decimal and
 * compared to four places, for a third of a hundred has no end.
 */
#include <libxml/xmlerror.h>
#include <libxml/xpathInternals.h>
#include <stdio.h>
#include <string.h>
#include <unicode/ustring.h>

#include "base/day.h"
#include "base/map.h"
#include "base/text.h"
#include "iati/codes.h"
#include "iati/judge_inside.h"
#include "iati/rules_inside.h"

enum {
    LOOPED_MAX = 1000,    /* different values in one loop */
    COMPLAINTS_MAX = 50,  /* of one case on one activity */
    TEXT_MAX = 64 * 1024, /* of what a regular expression looks at */
    NO_DAY = INT32_MIN
};

struct nodes {
    xmlNodePtr *at;
    uint32_t count, room;
};

struct trying {
    const struct piece *p;
    const struct ruleset *r;
    xmlXPathContextPtr xpath;
    const struct rule_case *c;
    xmlNodePtr node; /* the context of the rule */
    struct nodes paths;
    uint32_t complaints;
    bool out_of_steps;
};

/* --- XPath --- */

static xmlXPathObjectPtr evaluate(struct trying *t, const struct xpath *x, xmlNodePtr node)
{
    if (t->out_of_steps) return NULL;
    t->xpath->node = node;
    t->xpath->proximityPosition = -1;
    t->xpath->contextSize = -1;
    xmlXPathObjectPtr o = xmlXPathCompiledEval(x->compiled, t->xpath);
    t->out_of_steps |= t->xpath->opCount >= t->xpath->opLimit;
    return o;
}

/* Namespace nodes have no place in a tree: nobody can complain about one. */
static void add_nodes(struct trying *t, const struct xpath *x, xmlNodePtr node, struct nodes *out)
{
    xmlXPathObjectPtr o = evaluate(t, x, node);
    if (o && o->type == XPATH_NODESET && o->nodesetval) {
        for (int i = 0; i < o->nodesetval->nodeNr; i++) {
            xmlNodePtr n = o->nodesetval->nodeTab[i];
            if (n->type == XML_NAMESPACE_DECL) continue;
            out->at = arena_more(t->p->arena, out->at, out->count, &out->room, sizeof *out->at);
            out->at[out->count++] = n;
        }
    }
    if (o) xmlXPathFreeObject(o);
}

static struct nodes nodes_of(struct trying *t, const struct xpaths *list)
{
    struct nodes found = {0};
    for (uint32_t i = 0; i < list->count; i++) add_nodes(t, &list->at[i], t->node, &found);
    return found;
}

static bool holds(struct trying *t, const struct xpath *x)
{
    xmlXPathObjectPtr o = evaluate(t, x, t->node);
    bool yes = o && xmlXPathCastToBoolean(o);
    if (o) xmlXPathFreeObject(o);
    return yes;
}

static const char *text_of(const struct trying *t, xmlNodePtr node)
{
    xmlChar *text = xmlNodeGetContent(node);
    const char *copy = arena_text(t->p->arena, text ? (const char *)text : "");
    xmlFree(text);
    return copy;
}

/* --- complaints --- */

static void complain(struct trying *t, xmlNodePtr node)
{
    struct complaint c = {.kind = COMPLAINT_RULE,
                          .warning = t->c->warning,
                          .rule = t->c->name,
                          .expect = t->c->message};
    if (t->out_of_steps || t->complaints++ >= COMPLAINTS_MAX) return;
    piece_complain(t->p, node ? node : t->node, c);
}

/* About the first thing found, if there is one. */
static void complain_of_case(struct trying *t)
{
    complain(t, t->paths.count ? t->paths.at[0] : t->node);
}

/* --- days --- */

/* The day that a text begins with, as xsd:date and xsd:dateTime write it; NO_DAY. */
static int32_t day_in(const char *text)
{
    int year, month, day, end = 0;
    text += strspn(text, " \t\r\n");
    if (sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3 || end != 10) return NO_DAY;
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) return NO_DAY;
    return day_from_civil(year, month, day);
}

static int32_t day_of(const struct trying *t, xmlNodePtr node)
{
    xmlChar *attribute =
        node->type == XML_ELEMENT_NODE ? xmlGetNoNsProp(node, BAD_CAST "iso-date") : NULL;
    int32_t day = day_in(attribute ? (const char *)attribute : text_of(t, node));
    xmlFree(attribute);
    return day;
}

struct days {
    xmlNodePtr *node; /* NULL: the present */
    int32_t *day;
    uint32_t count;
};

static struct days days_of(struct trying *t, const struct xpath *x)
{
    struct nodes found = {0};
    struct days d = {0};
    if (x->now) {
        d.day = NEW(t->p->arena, int32_t);
        d.day[0] = (int32_t)(t->p->judge->now_ms / MS_PER_DAY);
        d.count = 1;
        return d;
    }
    add_nodes(t, x, t->node, &found);
    d.node = found.at;
    d.day = NEW_ARRAY(t->p->arena, (size_t)found.count + 1, int32_t);
    d.count = found.count;
    for (uint32_t i = 0; i < found.count; i++) d.day[i] = day_of(t, found.at[i]);
    return d;
}

/* How many comparisons two sides make, and which of a side is in the i-th. */
static uint32_t pairs(const struct days *a, const struct days *b)
{
    if (!a->count || !b->count) return 0;
    if (a->count == 1) return b->count;
    if (b->count == 1) return a->count;
    return a->count < b->count ? a->count : b->count;
}

static uint32_t in_pair(const struct days *d, uint32_t i)
{
    return d->count == 1 ? 0 : i;
}

static void try_date_order(struct trying *t)
{
    struct days less = days_of(t, &t->c->less), more = days_of(t, &t->c->more);
    for (uint32_t i = 0; i < pairs(&less, &more); i++) {
        uint32_t l = in_pair(&less, i), m = in_pair(&more, i);
        if (less.day[l] == NO_DAY || more.day[m] == NO_DAY || less.day[l] <= more.day[m]) continue;
        complain(t, less.node ? less.node[l] : more.node ? more.node[m] : NULL);
    }
}

static void try_date_now(struct trying *t)
{
    struct days d = days_of(t, &t->c->date);
    int32_t today = (int32_t)(t->p->judge->now_ms / MS_PER_DAY);
    for (uint32_t i = 0; i < d.count; i++) {
        if (d.day[i] != NO_DAY && d.day[i] > today) complain(t, d.node ? d.node[i] : NULL);
    }
}

/* The same day of the next year; of 29 February, 1 March. */
static int32_t year_after(int32_t day)
{
    int year, month, dom;
    day_to_civil(day, &year, &month, &dom);
    bool leap_day = month == 2 && dom == 29;
    return leap_day ? day_from_civil(year + 1, 3, 1) : day_from_civil(year + 1, month, dom);
}

static void try_time_limit(struct trying *t)
{
    struct days start = days_of(t, &t->c->start), end = days_of(t, &t->c->end);
    for (uint32_t i = 0; i < pairs(&start, &end); i++) {
        uint32_t s = in_pair(&start, i), e = in_pair(&end, i);
        if (start.day[s] == NO_DAY || end.day[e] == NO_DAY) continue;
        if (end.day[e] > year_after(start.day[s])) complain(t, end.node ? end.node[e] : NULL);
    }
}

static void try_between_dates(struct trying *t)
{
    struct days start = days_of(t, &t->c->start), end = days_of(t, &t->c->end),
                d = days_of(t, &t->c->date);
    for (uint32_t i = 0; i < d.count; i++) {
        bool early = start.count && start.day[0] != NO_DAY && d.day[i] < start.day[0];
        bool late = end.count && end.day[0] != NO_DAY && d.day[i] > end.day[0];
        if (d.day[i] != NO_DAY && (early || late)) complain(t, d.node ? d.node[i] : NULL);
    }
}

/* --- how many --- */

static void try_only_one_of(struct trying *t)
{
    struct nodes excluded = nodes_of(t, &t->c->excluded);
    if (excluded.count ? t->paths.count > 0 : t->paths.count != 1) complain_of_case(t);
}

static void try_dependent(struct trying *t)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < t->c->paths.count; i++) {
        struct nodes one = {0};
        add_nodes(t, &t->c->paths.at[i], t->node, &one);
        found += one.count > 0;
    }
    if (found && found < t->c->paths.count) complain_of_case(t);
}

static bool has_child(const xmlNode *node, const char *a, const char *b)
{
    for (const xmlNode *n = node->children; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE || n->ns) continue;
        if (!strcmp((const char *)n->name, a) || (b && !strcmp((const char *)n->name, b)))
            return true;
    }
    return false;
}

static bool named(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE && !n->ns && strcmp((const char *)n->name, name) == 0;
}

/* Whether this element lacks what it must say where nothing is said for all. */
static bool lacks(const char *all, xmlNodePtr n)
{
    bool amount = named(n, "value") || named(n, "forecast") || named(n, "loan-status");
    if (strcmp(all, "lang") == 0)
        return named(n, "narrative") && !xmlHasNsProp(n, BAD_CAST "lang", XML_XML_NAMESPACE);
    if (strcmp(all, "currency") == 0) return amount && !xmlHasProp(n, BAD_CAST "currency");
    if (!named(n, "transaction")) return false;
    if (strcmp(all, "sector") == 0) return !has_child(n, "sector", NULL);
    return !has_child(n, "recipient-country", "recipient-region");
}

static xmlNodePtr next_within(xmlNodePtr top, xmlNodePtr n)
{
    if (n->type == XML_ELEMENT_NODE && n->children) return n->children;
    while (n != top && !n->next) n = n->parent;
    return n == top ? NULL : n->next;
}

static void try_one_or_all(struct trying *t)
{
    struct nodes one = {0};
    add_nodes(t, &t->c->one, t->node, &one);
    if (one.count) return;
    for (xmlNodePtr n = t->node; n; n = next_within(t->node, n)) {
        if (n != t->node && lacks(t->c->all, n)) complain(t, n);
    }
}

/* --- numbers --- */

static bool number_in(const struct trying *t, xmlNodePtr node, struct dec *out)
{
    struct err ignored;
    const char *text = text_squeeze(t->p->arena, text_of(t, node));
    if (*text == '+') text++;
    if (!*text) return false;
    return dec_parse(text, out, &ignored) == RC_OK;
}

enum { SUM_PLACES = 4, SUM_SCALE = 12 };

/* The sum in 10^-12; false when something is no number or beyond all percentages. */
static bool sum_of(const struct trying *t, i128 *sum)
{
    *sum = 0;
    for (uint32_t i = 0; i < t->paths.count; i++) {
        struct dec d;
        struct err ignored;
        int64_t parts;
        bool exact;
        if (!number_in(t, t->paths.at[i], &d)) return false;
        if (dec_to_parts(d, 6, &parts, &exact, &ignored)) return false;
        if (d.scale <= SUM_SCALE)
            *sum += (i128)d.n * power10(SUM_SCALE - d.scale);
        else
            *sum += div_half_even(d.n, power10(d.scale - SUM_SCALE));
    }
    return true;
}

static void try_sum(struct trying *t)
{
    i128 sum, unit = power10(SUM_SCALE - SUM_PLACES);
    if (t->c->test == TEST_SUM && !t->paths.count) return;
    struct dec want = t->c->sum;
    i128 wanted = want.scale <= SUM_SCALE ? (i128)want.n * power10(SUM_SCALE - want.scale)
                                          : div_half_even(want.n, power10(want.scale - SUM_SCALE));
    bool right = sum_of(t, &sum) && div_half_even(sum, unit) == div_half_even(wanted, unit);
    if (!right) complain_of_case(t);
}

static void try_range(struct trying *t)
{
    for (uint32_t i = 0; i < t->paths.count; i++) {
        struct dec d;
        bool number = number_in(t, t->paths.at[i], &d);
        bool below = number && t->c->has_min && dec_cmp(d, t->c->min) < 0;
        bool above = number && t->c->has_max && dec_cmp(d, t->c->max) > 0;
        if (!number || below || above) complain(t, t->paths.at[i]);
    }
}

/* --- texts --- */

static bool matches(URegularExpression *regex, struct arena *a, const char *text)
{
    UErrorCode status = U_ZERO_ERROR;
    size_t len = strlen(text);
    int32_t room = (int32_t)(len < TEXT_MAX ? len : TEXT_MAX), wide_len;
    UChar *wide = NEW_ARRAY(a, (size_t)room + 1, UChar);
    u_strFromUTF8Lenient(wide, room + 1, &wide_len, text, room, &status);
    icu_regex.uregex_setText(regex, wide, wide_len, &status);
    bool yes = icu_regex.uregex_find(regex, 0, &status);
    return U_SUCCESS(status) && yes;
}

static void try_regex(struct trying *t)
{
    UErrorCode status = U_ZERO_ERROR;
    bool want = t->c->test == TEST_REGEX_MATCHES;
    URegularExpression *mine =
        icu_regex.uregex_clone(t->c->regex, &status); /* it keeps what it looks at */
    for (uint32_t i = 0; i < t->paths.count && U_SUCCESS(status); i++) {
        const char *text = text_of(t, t->paths.at[i]);
        if (*text && matches(mine, t->p->arena, text) != want) complain(t, t->paths.at[i]);
    }
    if (mine) icu_regex.uregex_close(mine);
}

static bool starts_with_any(const struct trying *t, const char *text, const struct nodes *prefix)
{
    const char *separator = t->c->separator ? t->c->separator : "";
    for (uint32_t i = 0; i < prefix->count; i++) {
        const char *begin = text_of(t, prefix->at[i]);
        if (text_starts(text, begin) && text_starts(text + strlen(begin), separator)) return true;
    }
    return false;
}

static void try_startswith(struct trying *t)
{
    struct nodes prefix = nodes_of(t, &t->c->prefix);
    for (uint32_t i = 0; i < t->paths.count; i++) {
        const char *text = text_of(t, t->paths.at[i]);
        bool right = t->c->agency_prefix ? codes_agency(t->r->codes, text)
                                         : starts_with_any(t, text, &prefix);
        if (!right) complain(t, t->paths.at[i]);
    }
}

static void try_unique(struct trying *t)
{
    struct map seen = {.arena = t->p->arena};
    for (uint32_t i = 0; i < t->paths.count; i++) {
        const char *text = text_of(t, t->paths.at[i]);
        if (map_get(&seen, text)) complain(t, t->paths.at[i]);
        map_put(&seen, text, 1);
    }
}

static bool has_edge_space(const char *text)
{
    static const char spaces[] = " \t\r\n\v\f";
    static const char nbsp[] = "\xC2\xA0";
    size_t len = strlen(text);
    if (!len) return false;
    return strchr(spaces, text[0]) || strchr(spaces, text[len - 1]) || text_starts(text, nbsp) ||
           (len >= 2 && text_starts(text + len - 2, nbsp));
}

static void try_each_text(struct trying *t)
{
    for (uint32_t i = 0; i < t->paths.count; i++) {
        const char *text = text_of(t, t->paths.at[i]);
        bool wrong =
            t->c->test == TEST_NO_SPACES ? has_edge_space(text) : strchr(text, '%') != NULL;
        if (wrong) complain(t, t->paths.at[i]);
    }
}

/* --- one case --- */

static bool id_condition(const struct trying *t)
{
    if (t->c->id_condition == ID_ANY) return true;
    if (!t->r->codes) return false;
    for (uint32_t i = 0; i < t->paths.count; i++) {
        const char *text = text_of(t, t->paths.at[i]);
        if (t->c->id_condition == ID_NOT_KNOWN) {
            if (codes_organisation(t->r->codes, text)) return false;
            continue;
        }
        for (const char *dash = strchr(text, '-'); dash; dash = strchr(dash + 1, '-')) {
            const char *begin = arena_bytes(t->p->arena, text, (size_t)(dash - text));
            if (codes_organisation(t->r->codes, begin)) return false;
        }
    }
    return true;
}

static void try_case(struct trying *t)
{
    const struct rule_case *c = t->c;
    if (c->condition.compiled && !holds(t, &c->condition)) return;
    if (c->agency_prefix && !t->r->codes) return;
    t->paths = nodes_of(t, &c->paths);
    if (!id_condition(t)) return;
    switch (c->test) {
    case TEST_NO_MORE_THAN_ONE:
        if (t->paths.count > 1) complain(t, t->paths.at[1]);
        break;
    case TEST_ATLEAST_ONE:
        if (!t->paths.count) complain(t, t->node);
        break;
    case TEST_ONLY_ONE_OF: try_only_one_of(t); break;
    case TEST_ONE_OR_ALL: try_one_or_all(t); break;
    case TEST_DEPENDENT: try_dependent(t); break;
    case TEST_SUM:
    case TEST_STRICT_SUM: try_sum(t); break;
    case TEST_DATE_ORDER: try_date_order(t); break;
    case TEST_DATE_NOW: try_date_now(t); break;
    case TEST_TIME_LIMIT: try_time_limit(t); break;
    case TEST_BETWEEN_DATES: try_between_dates(t); break;
    case TEST_REGEX_MATCHES:
    case TEST_REGEX_NO_MATCHES: try_regex(t); break;
    case TEST_STARTSWITH: try_startswith(t); break;
    case TEST_UNIQUE: try_unique(t); break;
    case TEST_IF_THEN:
        if (holds(t, &c->if_) && !holds(t, &c->then)) complain_of_case(t);
        break;
    case TEST_EVALUATES_TO_TRUE:
        if (!holds(t, &c->eval)) complain_of_case(t);
        break;
    case TEST_NO_PERCENT:
    case TEST_NO_SPACES: try_each_text(t); break;
    case TEST_RANGE: try_range(t); break;
    case TEST_LOOP:
    case TEST_COUNT: break; /* loops were unrolled when the ruleset was read */
    }
}

/* For each different value of the loop, in the order in which they come. */
static void try_looped(struct trying *t)
{
    struct nodes values = {0};
    struct map seen = {.arena = t->p->arena};
    add_nodes(t, &t->c->each, t->node, &values);
    for (uint32_t i = 0; i < values.count && seen.count < LOOPED_MAX; i++) {
        const char *value = text_of(t, values.at[i]);
        if (map_get(&seen, value)) continue;
        map_put(&seen, value, 1);
        xmlXPathRegisterVariable(t->xpath, BAD_CAST "each", xmlXPathNewCString(value));
        try_case(t);
    }
}

/* --- all of it --- */

static void quiet(void *ctx, xmlErrorPtr e)
{
    (void)ctx, (void)e;
}

static void try_context(struct trying *t, const struct rule_context *where)
{
    struct nodes found = {0};
    add_nodes(t, &where->where, (xmlNodePtr)t->p->doc, &found);
    for (uint32_t c = 0; c < where->count; c++) {
        t->c = &where->cases[c];
        t->complaints = 0;
        for (uint32_t i = 0; i < found.count; i++) {
            t->node = found.at[i];
            if (t->c->each.compiled)
                try_looped(t);
            else
                try_case(t);
        }
    }
}

void rules_judge(const struct ruleset *r, const struct piece *p)
{
    struct trying t = {.p = p, .r = r, .xpath = xmlXPathNewContext(p->doc)};
    if (!t.xpath) return;
    t.xpath->error = quiet;
    t.xpath->opLimit = piece_steps(p);
    for (uint32_t i = 0; i < r->count; i++) try_context(&t, &r->contexts[i]);
    xmlXPathFreeContext(t.xpath);
    if (t.out_of_steps) {
        struct complaint c = {.kind = COMPLAINT_RULE,
                              .warning = true,
                              .rule = "unfinished",
                              .expect = "this is too large to try every rule on it"};
        piece_complain(p, p->node, c);
    }
}
