/*
 * ruleset.c - JSON into rules that are ready to be tried.
 *
 * Everything is compiled here, once. A loop's value enters its expressions as
 * an XPath variable and not as text: what a hostile file puts there can say
 * nothing of its own. Keys that a loop does not name among its `subs` stay as
 * they are, as the specification has it.
 */
#include <jansson.h>
#include <libxml/xmlerror.h>
#include <string.h>
#include <unicode/ustring.h>

#include "base/buf.h"
#include "base/text.h"
#include "iati/rules_inside.h"
#include "iati/standard.h"

enum {
    RULESET_BYTES_MAX = 4 << 20,
    CASES_MAX = 10000,
    EXPRESSION_MAX = 4000,
    REGEX_STACK_BYTES = 1 << 20,
    REGEX_STEPS = 2000, /* ICU's unit; some milliseconds each */
};

struct reading_rules {
    struct ruleset *r;
    struct err *err;
    const char *place;  /* "rule 'atleast_one' of '//iati-activity', case 2" */
    const json_t *subs; /* of the loop around, or NULL */
    uint32_t cases;
};

static const struct {
    const char *name, *camel;
    const char *says; /* where the ruleset has no words of its own */
} tests[TEST_COUNT] = {
    [TEST_NO_MORE_THAN_ONE] = {"no_more_than_one", "noMoreThanOne", "at most one of"},
    [TEST_ATLEAST_ONE] = {"atleast_one", "atLeastOne", "at least one of"},
    [TEST_ONLY_ONE_OF] = {"only_one_of", "onlyOneOf", "exactly one of, and not beside another"},
    [TEST_ONE_OR_ALL] = {"one_or_all", "oneOrAll", "said once for all, or each time:"},
    [TEST_DEPENDENT] = {"dependent", "dependent", "all or none of"},
    [TEST_SUM] = {"sum", "sum", "another sum of"},
    [TEST_STRICT_SUM] = {"strict_sum", "strictSum", "another sum of"},
    [TEST_DATE_ORDER] = {"date_order", "dateOrder", "a date not after the other:"},
    [TEST_DATE_NOW] = {"date_now", "dateNow", "a date that is not in the future:"},
    [TEST_TIME_LIMIT] = {"time_limit", "timeLimit", "at most a year between"},
    [TEST_BETWEEN_DATES] = {"between_dates", "betweenDates", "a date within its period:"},
    [TEST_REGEX_MATCHES] = {"regex_matches", "regexMatches", "a text of the given form in"},
    [TEST_REGEX_NO_MATCHES] = {"regex_no_matches", "regexNoMatches",
                               "no text of the given form in"},
    [TEST_STARTSWITH] = {"startswith", "startsWith", "a text with the given beginning in"},
    [TEST_UNIQUE] = {"unique", "unique", "a text only once among"},
    [TEST_IF_THEN] = {"if_then", "ifThen", "the second where the first holds:"},
    [TEST_EVALUATES_TO_TRUE] = {"evaluates_to_true", "evaluatesToTrue", "this to be true:"},
    [TEST_NO_PERCENT] = {"no_percent", "noPercent", "no percent sign in"},
    [TEST_RANGE] = {"range", "range", "a number within its range in"},
    [TEST_NO_SPACES] = {"no_spaces", "noSpaces", "no space at either end of"},
    [TEST_LOOP] = {"loop", "loop", ""},
};

const char *rule_test_name(enum rule_test t)
{
    return tests[t].name;
}

static enum rc refuse(struct reading_rules *k, const char *what, const char *quoted)
{
    return fail(k->err, RC_INPUT, "the ruleset, %s: %s '%.100s'", k->place, what, quoted);
}

/* --- expressions --- */

static bool substituted(const struct reading_rules *k, const char *key)
{
    size_t i;
    json_t *sub;
    json_array_foreach(k->subs, i, sub)
    {
        if (json_is_string(sub) && strcmp(json_string_value(sub), key) == 0) return true;
    }
    return false;
}

/* '$1' in quotes is the variable; any other way of writing it is refused. */
static const char *with_variable(struct reading_rules *k, const char *text)
{
    struct buf out = {.arena = &k->r->arena};
    for (const char *p = text; *p;) {
        bool quoted = (*p == '\'' || *p == '"') && p[1] == '$' && p[2] == '1' && p[3] == *p;
        if (quoted) {
            buf_add(&out, "$each");
            p += 4;
        } else if (p[0] == '$' && p[1] == '1') {
            return NULL;
        } else {
            buf_add_bytes(&out, p++, 1);
        }
    }
    return out.text ? out.text : "";
}

/* libxml2 finds out what a name means only where it comes by: too late for whoever wrote it. */
static bool known_function(const char *name, size_t len)
{
    static const char *const known[] = {"last",
                                        "position",
                                        "count",
                                        "id",
                                        "local-name",
                                        "namespace-uri",
                                        "name",
                                        "string",
                                        "concat",
                                        "starts-with",
                                        "contains",
                                        "substring-before",
                                        "substring-after",
                                        "substring",
                                        "string-length",
                                        "normalize-space",
                                        "translate",
                                        "boolean",
                                        "not",
                                        "true",
                                        "false",
                                        "lang",
                                        "number",
                                        "sum",
                                        "floor",
                                        "ceiling",
                                        "round",
                                        "text",
                                        "node",
                                        "comment",
                                        "processing-instruction",
                                        "and",
                                        "or",
                                        "div",
                                        "mod"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strlen(known[i]) == len && memcmp(known[i], name, len) == 0) return true;
    }
    return false;
}

static bool name_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || (unsigned char)c >= 0x80;
}

/* What stands in an XPath that nobody defines: a variable, a prefix, a function; NULL if nothing.
 */
static const char *undefined_name(const char *text, bool in_loop)
{
    for (const char *p = text; *p;) {
        if (*p == '\'' || *p == '"') {
            const char *end = strchr(p + 1, *p);
            if (!end) return NULL; /* the compiler says so */
            p = end + 1;
            continue;
        }
        if (*p == '$' && !(in_loop && text_starts(p, "$each") && !name_letter(p[5]))) return p;
        const char *end = p;
        while (name_letter(*end)) end++;
        size_t len = (size_t)(end - p);
        const char *after = end + strspn(end, " \t\r\n");
        if (len && *after == '(' && !known_function(p, len)) return p;
        bool prefix = len && *after == ':' && after[1] != ':';
        if (prefix && !(len == 3 && memcmp(p, "xml", 3) == 0)) return p;
        p = len ? end : p + (*p == ':' && p[1] == ':' ? 2 : 1);
    }
    return NULL;
}

static void keep_compiled(struct ruleset *r, xmlXPathCompExprPtr c)
{
    r->compiled = arena_more(&r->arena, r->compiled, r->compiled_count, &r->compiled_room,
                             sizeof *r->compiled);
    r->compiled[r->compiled_count++] = c;
}

static void quiet(void *ctx, xmlErrorPtr e)
{
    (void)ctx, (void)e;
}

static enum rc compile(struct reading_rules *k, const char *key, const char *text,
                       struct xpath *out)
{
    if (strlen(text) > EXPRESSION_MAX) return refuse(k, "too long an expression:", text);
    out->text = arena_text(&k->r->arena, text);
    const char *said = k->subs && substituted(k, key) ? with_variable(k, text) : text;
    if (!said) return refuse(k, "'$1' does not stand in quotes by itself in", text);
    const char *unknown = undefined_name(said, said != text);
    if (unknown) return refuse(k, "XPath does not know", unknown);
    xmlXPathContextPtr ctxt = xmlXPathNewContext(NULL);
    if (!ctxt) return refuse(k, "no memory for", text);
    ctxt->error = quiet;
    out->compiled = xmlXPathCtxtCompile(ctxt, BAD_CAST said);
    xmlXPathFreeContext(ctxt);
    if (!out->compiled) return refuse(k, "this is not XPath:", text);
    keep_compiled(k->r, out->compiled);
    return RC_OK;
}

/* The text of a key; NULL when it is not there. */
static enum rc text_of(struct reading_rules *k, const json_t *object, const char *key,
                       const char **out)
{
    const json_t *value = json_object_get(object, key);
    *out = NULL;
    if (!value) return RC_OK;
    if (!json_is_string(value)) return refuse(k, "no text under", key);
    *out = json_string_value(value);
    return RC_OK;
}

static enum rc one_xpath(struct reading_rules *k, const json_t *object, const char *key,
                         struct xpath *out)
{
    const char *text;
    enum rc rc = text_of(k, object, key, &text);
    return rc || !text ? rc : compile(k, key, text, out);
}

static enum rc one_date(struct reading_rules *k, const json_t *object, const char *key,
                        struct xpath *out)
{
    const char *text;
    enum rc rc = text_of(k, object, key, &text);
    if (rc || !text) return rc;
    if (strcmp(text, "NOW") && strcmp(text, "TODAY")) return compile(k, key, text, out);
    out->now = true;
    out->text = arena_text(&k->r->arena, text);
    return RC_OK;
}

static enum rc list_of(struct reading_rules *k, const json_t *object, const char *key,
                       struct xpaths *out)
{
    const json_t *list = json_object_get(object, key);
    if (!list) return RC_OK;
    if (!json_is_array(list)) return refuse(k, "no list under", key);
    size_t count = json_array_size(list);
    out->at = NEW_ARRAY(&k->r->arena, count + 1, struct xpath);
    for (size_t i = 0; i < count; i++) {
        const json_t *text = json_array_get(list, i);
        if (!json_is_string(text)) return refuse(k, "something that is no text under", key);
        enum rc rc = compile(k, key, json_string_value(text), &out->at[out->count++]);
        if (rc) return rc;
    }
    return RC_OK;
}

/* Numbers go from their text into decimals. */
static enum rc number_of(struct reading_rules *k, const json_t *object, const char *key,
                         struct dec *out, bool *there)
{
    const json_t *value = json_object_get(object, key);
    *there = value != NULL;
    if (!value) return RC_OK;
    if (!json_is_number(value)) return refuse(k, "no number under", key);
    char text[64];
    size_t len =
        json_dumpb(value, text, sizeof text - 1, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
    if (len >= sizeof text) return refuse(k, "too long a number under", key);
    text[len] = '\0';
    return dec_parse(text, out, k->err);
}

static enum rc regex_of(struct reading_rules *k, const json_t *object, struct rule_case *c)
{
    const char *text;
    enum rc rc = text_of(k, object, "regex", &text);
    if (rc) return rc;
    if (!text) return refuse(k, "nothing under", "regex");
    int32_t room = (int32_t)strlen(text) + 1, len;
    if (room > EXPRESSION_MAX) return refuse(k, "too long an expression:", text);
    UChar *wide = NEW_ARRAY(&k->r->arena, (size_t)room, UChar);
    UErrorCode status = U_ZERO_ERROR;
    rc = icu_regex_load(k->err);
    if (rc) return rc;
    u_strFromUTF8(wide, room, &len, text, room - 1, &status);
    c->regex = icu_regex.uregex_open(wide, len, 0, NULL, &status);
    if (U_FAILURE(status) || !c->regex) return refuse(k, "this is no regular expression:", text);
    icu_regex.uregex_setStackLimit(c->regex, REGEX_STACK_BYTES, &status);
    icu_regex.uregex_setTimeLimit(c->regex, REGEX_STEPS, &status);
    struct ruleset *r = k->r;
    r->regexes =
        arena_more(&r->arena, r->regexes, r->regex_count, &r->regex_room, sizeof *r->regexes);
    r->regexes[r->regex_count++] = c->regex;
    return RC_OK;
}

/* --- a case --- */

static enum rc prefix_of(struct reading_rules *k, const json_t *object, struct rule_case *c)
{
    const json_t *prefix = json_object_get(object, "prefix");
    const json_t *first =
        json_is_array(prefix) && json_array_size(prefix) == 1 ? json_array_get(prefix, 0) : prefix;
    if (json_is_string(first) && strcmp(json_string_value(first), "ORG-ID-PREFIX") == 0) {
        c->agency_prefix = true;
        return RC_OK;
    }
    if (prefix) return list_of(k, object, "prefix", &c->prefix);
    /* Before version 2 of the specification it was one, and called start. */
    c->prefix.at = NEW_ARRAY(&k->r->arena, 1, struct xpath);
    c->prefix.count = 1;
    enum rc rc = one_xpath(k, object, "start", &c->prefix.at[0]);
    return rc || c->prefix.at[0].text ? rc : refuse(k, "nothing under", "prefix");
}

static enum rc id_condition_of(struct reading_rules *k, const json_t *object, struct rule_case *c)
{
    const char *text;
    enum rc rc = text_of(k, object, "idCondition", &text);
    if (rc || !text) return rc;
    if (strcmp(text, "NOT_EXISTING_ORG_ID") == 0)
        c->id_condition = ID_NOT_KNOWN;
    else if (strcmp(text, "NOT_EXISTING_ORG_ID_PREFIX") == 0)
        c->id_condition = ID_PREFIX_NOT_KNOWN;
    else
        return refuse(k, "no such idCondition:", text);
    return RC_OK;
}

/* "at least one of: title, description" */
static const char *own_words(struct ruleset *r, const struct rule_case *c)
{
    const struct xpath *single[] = {&c->less, &c->more, &c->date, &c->start, &c->end,
                                    &c->if_,  &c->then, &c->eval, &c->one};
    struct buf out = {.arena = &r->arena};
    const char *before = " ";
    buf_addf(&out, "expected %s", tests[c->test].says);
    for (uint32_t i = 0; i < c->paths.count; i++, before = ", ")
        buf_addf(&out, "%s%s", before, c->paths.at[i].text);
    for (size_t i = 0; i < sizeof single / sizeof *single; i++) {
        if (!single[i]->text) continue;
        buf_addf(&out, "%s%s", before, single[i]->text);
        before = ", ";
    }
    return out.text;
}

static enum rc info_of(struct reading_rules *k, const json_t *object, struct rule_case *c)
{
    const json_t *info = json_object_get(object, "ruleInfo");
    const char *id, *severity, *message;
    enum rc rc = text_of(k, info, "id", &id);
    if (!rc) rc = text_of(k, info, "severity", &severity);
    if (!rc) rc = text_of(k, info, "message", &message);
    if (rc) return rc;
    struct arena *a = &k->r->arena;
    c->warning = severity && strcmp(severity, "warning") == 0;
    c->name = id ? text_format(a, "%.40s %s", id, tests[c->test].name) : tests[c->test].name;
    c->message = message ? text_squeeze(a, message) : own_words(k->r, c);
    return RC_OK;
}

static enum rc keys_of(struct reading_rules *k, const json_t *o, struct rule_case *c)
{
    bool there;
    enum rc rc = list_of(k, o, "paths", &c->paths);
    if (!rc) rc = list_of(k, o, "excluded", &c->excluded);
    if (!rc) rc = one_xpath(k, o, "condition", &c->condition);
    if (!rc) rc = one_xpath(k, o, "one", &c->one);
    if (!rc) rc = one_xpath(k, o, "if", &c->if_);
    if (!rc) rc = one_xpath(k, o, "then", &c->then);
    if (!rc) rc = one_xpath(k, o, "eval", &c->eval);
    if (!rc) rc = one_date(k, o, "less", &c->less);
    if (!rc) rc = one_date(k, o, "more", &c->more);
    if (!rc) rc = one_date(k, o, "date", &c->date);
    if (!rc && c->test != TEST_STARTSWITH) rc = one_date(k, o, "start", &c->start);
    if (!rc) rc = one_date(k, o, "end", &c->end);
    if (!rc) rc = text_of(k, o, "all", &c->all);
    if (!rc) rc = text_of(k, o, "separator", &c->separator);
    if (!rc) rc = number_of(k, o, "sum", &c->sum, &there);
    if (!rc) rc = number_of(k, o, "min", &c->min, &c->has_min);
    if (!rc) rc = number_of(k, o, "max", &c->max, &c->has_max);
    if (!rc) rc = id_condition_of(k, o, c);
    c->all = arena_text(&k->r->arena, c->all);
    c->separator = arena_text(&k->r->arena, c->separator);
    return rc;
}

/* What a test cannot do without. */
static enum rc complete(struct reading_rules *k, const json_t *o, const struct rule_case *c)
{
    static const struct {
        enum rule_test test;
        const char *key;
    } needs[] = {
        {TEST_NO_MORE_THAN_ONE, "paths"},
        {TEST_ATLEAST_ONE, "paths"},
        {TEST_ONLY_ONE_OF, "paths"},
        {TEST_ONLY_ONE_OF, "excluded"},
        {TEST_ONE_OR_ALL, "one"},
        {TEST_ONE_OR_ALL, "all"},
        {TEST_DEPENDENT, "paths"},
        {TEST_SUM, "paths"},
        {TEST_SUM, "sum"},
        {TEST_STRICT_SUM, "paths"},
        {TEST_STRICT_SUM, "sum"},
        {TEST_DATE_ORDER, "less"},
        {TEST_DATE_ORDER, "more"},
        {TEST_DATE_NOW, "date"},
        {TEST_TIME_LIMIT, "start"},
        {TEST_TIME_LIMIT, "end"},
        {TEST_BETWEEN_DATES, "date"},
        {TEST_BETWEEN_DATES, "start"},
        {TEST_BETWEEN_DATES, "end"},
        {TEST_REGEX_MATCHES, "paths"},
        {TEST_REGEX_NO_MATCHES, "paths"},
        {TEST_STARTSWITH, "paths"},
        {TEST_UNIQUE, "paths"},
        {TEST_IF_THEN, "if"},
        {TEST_IF_THEN, "then"},
        {TEST_EVALUATES_TO_TRUE, "eval"},
        {TEST_NO_PERCENT, "paths"},
        {TEST_RANGE, "paths"},
        {TEST_NO_SPACES, "paths"},
    };
    static const char *const kinds[] = {"lang", "sector", "currency",
                                        "recipient-country|recipient-region"};
    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++) {
        if (needs[i].test == c->test && !json_object_get(o, needs[i].key))
            return refuse(k, "nothing under", needs[i].key);
    }
    bool known = c->test != TEST_ONE_OR_ALL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !known; i++)
        known = strcmp(c->all, kinds[i]) == 0;
    return known ? RC_OK : refuse(k, "one_or_all knows no", c->all);
}

static enum rc read_case(struct reading_rules *k, const json_t *o, enum rule_test test,
                         const struct xpath *each, struct rule_context *into)
{
    if (!json_is_object(o)) return refuse(k, "a case is no", "object");
    if (++k->cases > CASES_MAX) return refuse(k, "too many", "cases");
    struct rule_case c = {.test = test};
    if (each) c.each = *each;
    enum rc rc = keys_of(k, o, &c);
    if (!rc) rc = complete(k, o, &c);
    if (!rc && test == TEST_STARTSWITH) rc = prefix_of(k, o, &c);
    if (!rc && (test == TEST_REGEX_MATCHES || test == TEST_REGEX_NO_MATCHES))
        rc = regex_of(k, o, &c);
    if (!rc) rc = info_of(k, o, &c);
    if (rc) return rc;
    into->cases =
        arena_more(&k->r->arena, into->cases, into->count, &into->room, sizeof *into->cases);
    into->cases[into->count++] = c;
    return RC_OK;
}

/* --- rules --- */

static enum rc read_rules(struct reading_rules *k, const char *where, const json_t *rules,
                          const struct xpath *each, struct rule_context *into);

static enum rc read_loop(struct reading_rules *k, const char *where, const json_t *o,
                         struct rule_context *into)
{
    struct xpath each = {0};
    enum rc rc = one_xpath(k, o, "foreach", &each);
    if (rc) return rc;
    if (!each.text) return refuse(k, "nothing under", "foreach");
    k->subs = json_object_get(o, "subs");
    rc = read_rules(k, where, json_object_get(o, "do"), &each, into);
    k->subs = NULL;
    return rc;
}

static enum rc find_test(struct reading_rules *k, const char *name, bool inside,
                         enum rule_test *out)
{
    for (int t = 0; t < TEST_COUNT; t++) {
        if (strcmp(tests[t].name, name) && strcmp(tests[t].camel, name)) continue;
        if (inside && t == TEST_LOOP) return refuse(k, "a loop within a", name);
        *out = (enum rule_test)t;
        return RC_OK;
    }
    return refuse(k, "there is no rule", name);
}

static enum rc read_rules(struct reading_rules *k, const char *where, const json_t *rules,
                          const struct xpath *each, struct rule_context *into)
{
    if (!json_is_object(rules)) return refuse(k, "no rules under", where);
    const char *name;
    json_t *rule;
    enum rc rc = RC_OK;
    json_object_foreach((json_t *)(uintptr_t)rules, name, rule)
    {
        enum rule_test test = TEST_COUNT;
        k->place = text_format(&k->r->arena, "'%.100s'", where);
        rc = find_test(k, name, each != NULL, &test);
        if (rc) return rc;
        const json_t *cases = json_object_get(rule, "cases");
        if (!json_is_array(cases)) return refuse(k, "no list of cases in rule", name);
        for (size_t i = 0; i < json_array_size(cases) && !rc; i++) {
            const json_t *one = json_array_get(cases, i);
            k->place = text_format(&k->r->arena, "case %zu of rule '%s' under '%.100s'", i + 1,
                                   tests[test].name, where);
            rc = test == TEST_LOOP ? read_loop(k, where, one, into)
                                   : read_case(k, one, test, each, into);
        }
        if (rc) return rc;
    }
    return rc;
}

static enum rc read_all(struct reading_rules *k, const json_t *root)
{
    const char *where;
    json_t *rules;
    k->place = "at its top";
    if (!json_is_object(root)) return refuse(k, "it is no", "object");
    k->r->contexts = NEW_ARRAY(&k->r->arena, json_object_size(root) + 1, struct rule_context);
    json_object_foreach((json_t *)(uintptr_t)root, where, rules)
    {
        struct rule_context *c = &k->r->contexts[k->r->count++];
        k->place = "a context";
        enum rc rc = compile(k, "", where, &c->where);
        if (!rc) rc = read_rules(k, where, rules, NULL, c);
        if (rc) return rc;
    }
    return RC_OK;
}

enum rc ruleset_read(const char *json, size_t len, const struct codes *codes, struct ruleset **out,
                     struct err *err)
{
    json_error_t fault;
    if (len > RULESET_BYTES_MAX) return fail(err, RC_INPUT, "a ruleset above 4 MB is not read");
    json_t *root = json_loadb(json, len, JSON_REJECT_DUPLICATES, &fault);
    if (!root)
        return fail(err, RC_INPUT, "the ruleset is not JSON: line %d: %.150s", fault.line,
                    fault.text);
    struct arena a = {0};
    struct ruleset *r = NEW(&a, struct ruleset);
    r->arena = a;
    r->codes = codes;
    struct reading_rules k = {.r = r, .err = err};
    enum rc rc = read_all(&k, root);
    json_decref(root);
    if (rc)
        ruleset_free(r);
    else
        *out = r;
    return rc;
}

enum rc ruleset_standard(const struct codes *codes, struct ruleset **out, struct err *err)
{
    struct standard_file f = standard_file("standard.json");
    return ruleset_read(f.bytes, f.len, codes, out, err);
}

void ruleset_free(struct ruleset *r)
{
    if (!r) return;
    for (uint32_t i = 0; i < r->compiled_count; i++) xmlXPathFreeCompExpr(r->compiled[i]);
    for (uint32_t i = 0; i < r->regex_count; i++) icu_regex.uregex_close(r->regexes[i]);
    struct arena a = r->arena; /* it holds the ruleset too */
    arena_free(&a);
}
