/*
 * form.c - an element tree as an activity: iati.h.
 *
 * Every version of the standard goes through here. What an older version wrote
 * in another way (text where 2.01 has narratives, "ref" where "code" belongs,
 * words where numbers do) is read as what it says, and told as a repair.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "iati/tree.h"

/* --- repairs --- */

/* "[3]" */
static void add_place(struct buf *out, uint32_t place)
{
    char text[16];
    size_t at = sizeof text;
    text[--at] = ']';
    do text[--at] = (char)('0' + place % 10);
    while (place /= 10);
    text[--at] = '[';
    buf_add_bytes(out, text + at, sizeof text - at);
}

/* "iati-activity[3]/transaction[2]/value" */
static void add_path(struct former *f, const struct tree *t, struct buf *out)
{
    if (!t->parent) {
        buf_add(out, f->element);
        add_place(out, f->index);
        return;
    }
    add_path(f, t->parent, out);
    buf_add(out, "/");
    buf_add(out, t->node.name);
    if (t->place > 1 || t->id == E_TRANSACTION) add_place(out, t->place);
}

static void repair(struct former *f, const struct tree *t, enum iati_severity severity,
                   const char *rule, const char *attr, const char *value, const char *expected)
{
    if (!f->listener->repair) return;
    struct buf path = {.arena = f->arena};
    add_path(f, t, &path);
    if (*attr) {
        buf_add(&path, "/@");
        buf_add(&path, attr);
    }
    struct iati_repair r = {severity, rule, t->node.line, path.text, value, expected};
    f->listener->repair(f->listener->ctx, &r);
}

/* --- small parts --- */

static bool two_digits(const char *s, int *out)
{
    if (s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9') return false;
    *out = (s[0] - '0') * 10 + s[1] - '0';
    return true;
}

/* "2012-03-31" at the front of it. */
static bool iso_day(const char *s, int32_t *day)
{
    int century, year, month, dom, y, m, d;
    if (strlen(s) < 10 || !two_digits(s, &century) || !two_digits(s + 2, &year) || s[4] != '-' ||
        !two_digits(s + 5, &month) || s[7] != '-' || !two_digits(s + 8, &dom) || month < 1 ||
        month > 12 || dom < 1 || dom > 31) {
        return false;
    }
    *day = day_from_civil(century * 100 + year, month, dom);
    day_to_civil(*day, &y, &m, &d);
    return d == dom && *day >= DAY_MIN && *day <= DAY_MAX;
}

int64_t form_instant(const char *text)
{
    int32_t day;
    int hour = 0, minute = 0, second = 0, off_hour = 0, off_minute = 0;
    if (!iso_day(text, &day)) return 0;
    const char *at = text + 10;
    if ((*at == 'T' || *at == ' ') && strlen(at) >= 9 && two_digits(at + 1, &hour) &&
        at[3] == ':' && two_digits(at + 4, &minute) && at[6] == ':' &&
        two_digits(at + 7, &second)) {
        at += 9;
        at += *at == '.' ? 1 + strspn(at + 1, "0123456789") : 0;
        bool off = (*at == '+' || *at == '-') && strlen(at) >= 6 && two_digits(at + 1, &off_hour) &&
                   two_digits(at + 4, &off_minute);
        int sign = off ? (*at == '-' ? 1 : -1) : 0;
        minute += sign * (off_hour * 60 + off_minute);
    }
    return day * MS_PER_DAY + ((hour * 60 + minute) * 60 + second) * INT64_C(1000);
}

/* "31/03/2012" where only one reading is possible. */
static bool slashed_day(const char *s, int32_t *day)
{
    int a, b, century, year;
    if (strlen(s) != 10 || !two_digits(s, &a) || s[2] != '/' || !two_digits(s + 3, &b) ||
        s[5] != '/' || !two_digits(s + 6, &century) || !two_digits(s + 8, &year)) {
        return false;
    }
    char text[48]; /* of what a compiler may think that two digits can be */
    if (a > 12 && b <= 12)
        snprintf(text, sizeof text, "%02d%02d-%02d-%02d", century, year, b, a);
    else if (b > 12 && a <= 12)
        snprintf(text, sizeof text, "%02d%02d-%02d-%02d", century, year, a, b);
    else
        return false;
    return iso_day(text, day);
}

/* The digits in front, at most `most`; how many there are. */
static int number(const char **s, int most, int *out)
{
    int count = 0;
    for (*out = 0; count < most && **s >= '0' && **s <= '9'; ++*s, count++)
        *out = *out * 10 + (**s - '0');
    return count;
}

/* "20240105", "2024-1-5"; and of "2024-01" or "2024" the first day, *part then. */
static bool odd_day(const char *s, int32_t *day, bool *part)
{
    int year, month = 1, dom = 1, m = 0, d = 0;
    char text[48];
    if (number(&s, 4, &year) != 4) return false;
    bool dashed = *s == '-';
    if (dashed || *s) {
        s += dashed;
        m = number(&s, 2, &month);
        if (!m || (!dashed && m != 2) || (*s == '-') != (dashed && *s)) return false;
        s += *s == '-';
        d = number(&s, 2, &dom);
        if (*s || (!dashed && d != 2) || (d && !dom)) return false;
    }
    if (!d) dom = 1;
    *part = !d;
    snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, dom);
    return iso_day(text, day);
}

static int32_t day_of(struct former *f, const struct tree *t, const char *attr, const char *text)
{
    bool valued = strcmp(attr, "value-date") == 0;
    const char *want = valued ? "a date between 1900 and 2199, like 2020-05-13; the rate of the"
                                " money's own day holds"
                              : "a date between 1900 and 2199, like 2020-05-13";
    int32_t day;
    if (!*text) return IATI_NO_DAY;
    if (iso_day(text, &day)) return day;
    bool part = false;
    if (slashed_day(text, &day) || odd_day(text, &day, &part)) {
        if (part)
            repair(f, t, IATI_FLAG, "part-of-a-date", attr, text,
                   "a day; the first of it stands in");
        else
            repair(f, t, IATI_NOTE, "date-form", attr, text, want);
        return day;
    }
    repair(f, t, IATI_FLAG, "not-a-date", attr, text, want);
    return IATI_NO_DAY;
}

/* iso-date, or the text where a publisher put it there. */
static int32_t dated(struct former *f, const struct tree *t)
{
    const char *iso = tree_attr(t, "iso-date");
    if (*iso || !*t->node.text) return day_of(f, t, "iso-date", iso);
    int32_t day;
    if (!iso_day(t->node.text, &day)) return IATI_NO_DAY; /* a remark, as 1.x has them */
    repair(f, t, IATI_NOTE, "old-form", "", t->node.text, "iso-date");
    return day;
}

/* A reference or code, which stands in keys: one as long as a page is cut. */
static const char *ref_of(struct former *f, const struct tree *t, const char *attr,
                          const char *text)
{
    const char *ref = iati_short(f->arena, text);
    if (ref != text) repair(f, t, IATI_FLAG, "too-long", attr, ref, "at most 400 bytes; cut");
    return ref;
}

static const char *ref_attr(struct former *f, const struct tree *t, const char *attr)
{
    return ref_of(f, t, attr, tree_attr(t, attr));
}

/* A number of 2.03 for what may be an older word. */
static const char *modern(struct former *f, const struct tree *t, enum iati_list list,
                          const char *attr, const char *word)
{
    if (!*word) return "";
    const char *code = iati_modern(list, word);
    if (!code || strcmp(code, word) == 0) return word;
    repair(f, t, IATI_NOTE, "old-code", attr, word, code);
    return code;
}

/* code, or ref as the first drafts had it. */
static const char *code_of(const struct tree *t)
{
    const char *code = tree_attr(t, "code");
    return *code ? code : tree_attr(t, "ref");
}

static const char *lang_of(const struct former *f, const struct tree *t)
{
    const char *lang = tree_attr(t, "lang");
    return *lang ? lang : f->lang;
}

static uint32_t count_of(const struct tree *t, enum iati_name id)
{
    uint32_t count = 0;
    for (const struct tree *c = tree_first(t); c; c = tree_next(c)) count += c->id == id;
    return count;
}

static const struct tree *child_of(const struct tree *t, enum iati_name id)
{
    for (const struct tree *c = tree_first(t); c; c = tree_next(c)) {
        if (c->id == id) return c;
    }
    return NULL;
}

/* The narratives of an element; its own text is one too, as before 2.01. */
static struct iati_text text_of(struct former *f, const struct tree *t)
{
    uint32_t count = count_of(t, E_NARRATIVE) + (*t->node.text != '\0'), at = 0;
    if (!count) return (struct iati_text){NULL, 0};
    struct iati_narrative *list = NEW_ARRAY(f->arena, count, struct iati_narrative);
    if (*t->node.text) list[at++] = (struct iati_narrative){t->node.text, lang_of(f, t)};
    for (const struct tree *c = tree_first(t); c; c = tree_next(c)) {
        if (c->id == E_NARRATIVE && *c->node.text) {
            list[at++] = (struct iati_narrative){c->node.text, lang_of(f, c)};
        }
    }
    return (struct iati_text){list, at};
}

/* The same element once for each language, as 1.x had titles. */
static struct iati_text texts_of(struct former *f, const struct tree *t, enum iati_name id)
{
    uint32_t room = 0, count = 0;
    for (const struct tree *c = tree_first(t); c; c = tree_next(c)) {
        if (c->id == id) room += 1 + count_of(c, E_NARRATIVE);
    }
    if (!room) return (struct iati_text){NULL, 0};
    struct iati_narrative *list = NEW_ARRAY(f->arena, room, struct iati_narrative);
    for (const struct tree *c = tree_first(t); c; c = tree_next(c)) {
        if (c->id != id) continue;
        struct iati_text one = text_of(f, c);
        if (one.count) memcpy(list + count, one.list, one.count * sizeof *list);
        count += one.count;
    }
    return (struct iati_text){list, count};
}

/* --- parts of an activity --- */

/* An organisation; `activity_attr` names the one that holds its own activity. */
static struct iati_org org_of(struct former *f, const struct tree *t, const char *activity_attr)
{
    struct iati_org o = {.ref = ref_attr(f, t, "ref"),
                         .type = modern(f, t, IATI_LIST_ORG_TYPE, "type", tree_attr(t, "type")),
                         .role = modern(f, t, IATI_LIST_ORG_ROLE, "role", tree_attr(t, "role")),
                         .activity = *activity_attr ? ref_attr(f, t, activity_attr) : "",
                         .channel = tree_attr(t, "crs-channel-code"),
                         .name = text_of(f, t),
                         .line = t->node.line};
    const char *secondary = tree_attr(t, "secondary-reporter");
    o.secondary = strcmp(secondary, "1") == 0 || strcmp(secondary, "true") == 0;
    return o;
}

static struct iati_org no_org(void)
{
    return (struct iati_org){.ref = "", .type = "", .role = "", .activity = "", .channel = ""};
}

static struct iati_code code_at(struct former *f, const struct tree *t)
{
    struct iati_code c = {.code = ref_of(f, t, "code", code_of(t)),
                          .vocabulary = ref_attr(f, t, "vocabulary"),
                          .uri = tree_attr(t, "vocabulary-uri"),
                          .type = tree_attr(t, "type"),
                          .significance = tree_attr(t, "significance"),
                          .name = text_of(f, t),
                          .line = t->node.line};
    if (t->id == E_SECTOR || t->id == E_POLICY_MARKER) {
        if (!*c.vocabulary && *c.type) c.vocabulary = c.type; /* before 1.01 */
        c.vocabulary = modern(f, t, IATI_LIST_SECTOR_VOCABULARY, "vocabulary", c.vocabulary);
    }
    const char *share = tree_attr(t, "percentage");
    struct err ignored;
    size_t len = strlen(share);
    if (len && share[len - 1] == '%') share = arena_bytes(f->arena, share, len - 1);
    if (!*share) return c;
    c.has_percentage = dec_parse(share, &c.percentage, &ignored) == RC_OK;
    if (!c.has_percentage || c.percentage.n < 0) {
        c.has_percentage = false;
        repair(f, t, IATI_FLAG, "not-a-percentage", "percentage", share, "a number from 0 to 100");
    }
    return c;
}

static struct iati_codes codes_of(struct former *f, const struct tree *t, enum iati_name id)
{
    uint32_t count = t == f->top && !f->has[id] ? 0 : count_of(t, id), at = 0;
    if (!count) return (struct iati_codes){NULL, 0};
    struct iati_code *list = NEW_ARRAY(f->arena, count, struct iati_code);
    for (const struct tree *c = tree_first(t); c; c = tree_next(c)) {
        if (c->id == id) list[at] = code_at(f, c);
        if (c->id == id && (*list[at].code || list[at].name.count)) at++;
    }
    return (struct iati_codes){list, at};
}

/* "1,234,567.89": commas just where thousands end. */
static const char *without_commas(struct arena *a, const char *s)
{
    char *out = NEW_ARRAY(a, strlen(s) + 1, char);
    size_t at = 0, since = 0;
    bool seen = false, point = false;
    for (const char *p = s; *p; p++) {
        if (*p == ',') {
            if (point || since == 0 || since > 3 || (seen && since != 3)) return NULL;
            seen = true;
            since = 0;
            continue;
        }
        if (*p == '.') {
            if (seen && since != 3) return NULL;
            point = true;
        }
        since += *p >= '0' && *p <= '9';
        out[at++] = *p;
    }
    return seen && (point || since == 3) ? out : NULL;
}

/* Blanks between thousands, and a comma or points as they stand on the continent, where no other
 * reading is possible: "1 234.50", "1234,50", "1.234.567,89". NULL for what is none of these. */
static const char *continental(struct arena *a, const char *s)
{
    char *out = NEW_ARRAY(a, strlen(s) + 1, char);
    const char *comma = strchr(s, ','), *p = s;
    size_t at = 0, since = 0, groups = 0;
    char mark = 0; /* what stands between thousands */
    if (*p == '-' || *p == '+') out[at++] = *p++;
    for (; *p && *p != ',' && !(*p == '.' && !comma); p++) {
        bool digit = *p >= '0' && *p <= '9';
        if (!digit && *p != ' ' && *p != '.') return NULL;
        if (digit) {
            out[at++] = *p;
            since++;
            continue;
        }
        if (since == 0 || since > 3 || (groups && (since != 3 || *p != mark))) return NULL;
        mark = *p;
        groups++;
        since = 0;
    }
    if (since == 0 || (groups && since != 3)) return NULL;
    if (!*p) return groups && mark == ' ' ? out : NULL;
    size_t rest = strlen(p + 1);
    if (rest == 0 || strspn(p + 1, "0123456789") != rest) return NULL;
    if (*p == ',' && rest == 3 && !groups) return NULL; /* "1,234" may be thousands */
    out[at] = '.';
    memcpy(out + at + 1, p + 1, rest + 1);
    return out;
}

static struct iati_value value_at(struct former *f, const struct tree *t)
{
    struct iati_value v = {.written = t->node.text,
                           .currency = tree_attr(t, "currency"),
                           .day = day_of(f, t, "value-date", tree_attr(t, "value-date")),
                           .line = t->node.line};
    struct err ignored;
    if (!*v.currency) v.currency = f->currency;
    v.has_amount = dec_parse(v.written, &v.amount, &ignored) == RC_OK;
    if (v.has_amount) return v;
    const char *plain = without_commas(f->arena, v.written);
    if (!plain) plain = continental(f->arena, v.written);
    if (plain && dec_parse(plain, &v.amount, &ignored) == RC_OK) {
        v.has_amount = true;
        repair(f, t, IATI_NOTE, "thousands", "", v.written, plain);
        return v;
    }
    repair(f, t, IATI_SKIPPED, "not-a-number", "", v.written, "an amount like 244218 or 244218.50");
    return v;
}

static struct iati_value value_in(struct former *f, const struct tree *t)
{
    const struct tree *v = child_of(t, E_VALUE);
    if (v) return value_at(f, v);
    return (struct iati_value){.written = "", .currency = f->currency, .day = IATI_NO_DAY};
}

static void period_of(struct former *f, const struct tree *t, int32_t *since, int32_t *until)
{
    const struct tree *from = child_of(t, E_PERIOD_START), *to = child_of(t, E_PERIOD_END);
    *since = from ? dated(f, from) : IATI_NO_DAY;
    *until = to ? dated(f, to) : IATI_NO_DAY;
}

static const char *child_code(const struct tree *t, enum iati_name id)
{
    const struct tree *c = child_of(t, id);
    return c ? code_of(c) : "";
}

/* A nodes list of children that the form has no place for. */
static const struct iati_node *rest_of(struct former *f, const struct tree *t,
                                       bool (*taken)(enum iati_name id))
{
    struct iati_node *first = NULL, *last = NULL;
    for (const struct tree *c = tree_first(t); c; c = tree_next(c)) {
        if (taken(c->id)) continue;
        struct iati_node *copy = NEW(f->arena, struct iati_node);
        *copy = c->node;
        copy->next = NULL;
        if (last)
            last->next = copy;
        else
            first = copy;
        last = copy;
    }
    return first;
}

/* --- transactions --- */

static bool in_transaction(enum iati_name id)
{
    switch (id) {
    case E_TRANSACTION_TYPE:
    case E_TRANSACTION_DATE:
    case E_VALUE:
    case E_DESCRIPTION:
    case E_PROVIDER:
    case E_RECEIVER:
    case E_PROVIDER_ACTIVITY:
    case E_RECEIVER_ACTIVITY:
    case E_CHANNEL:
    case E_SECTOR:
    case E_COUNTRY:
    case E_REGION:
    case E_FLOW:
    case E_FINANCE:
    case E_AID:
    case E_TIED:
    case E_OLD_STATUS: return true;
    default: return false;
    }
}

/* What the drafts before 1.01 said in attributes: flow, type, and OCHA's status. */
static const char *early_type(struct former *f, const struct tree *t)
{
    const char *flow = tree_attr(t, "flow"), *type = tree_attr(t, "type");
    const char *status = child_code(t, E_OLD_STATUS), *code = "";
    bool incoming = strcmp(flow, "incoming") == 0;
    if (*type) code = iati_modern(IATI_LIST_TRANSACTION_TYPE, type);
    if (!code) code = type;
    if (!*code && strcmp(status, "20") == 0) code = incoming ? "13" : "12";
    if (!*code && strcmp(status, "30") == 0) code = incoming ? "11" : "2";
    if (!*code && strcmp(status, "40") == 0) code = incoming ? "1" : "3";
    if (!*code && *flow) code = incoming ? "1" : "3";
    if (*code) {
        repair(f, t, IATI_NOTE, "old-form", "type", *type ? type : *status ? status : flow, code);
    }
    return code;
}

static const char *type_of(struct former *f, const struct tree *t)
{
    const struct tree *c = child_of(t, E_TRANSACTION_TYPE);
    if (!c) return early_type(f, t);
    const char *code = code_of(c);
    if (!*code) code = c->node.text;
    code = modern(f, c, IATI_LIST_TRANSACTION_TYPE, "code", code);
    if (*code == '0' && code[1]) code++; /* "03" */
    return ref_of(f, c, "code", code);
}

static struct iati_org party_of(struct former *f, const struct tree *t, enum iati_name id,
                                enum iati_name old, const char *attr)
{
    const struct tree *c = child_of(t, id), *was = child_of(t, old);
    struct iati_org o = c ? org_of(f, c, attr) : no_org();
    if (was && !*o.activity) {
        o.activity = ref_attr(f, was, "ref");
        repair(f, was, IATI_NOTE, "old-form", "", o.activity, attr);
    }
    return o;
}

static void form_transaction(struct former *f, const struct tree *t, struct iati_transaction *x)
{
    const struct tree *date = child_of(t, E_TRANSACTION_DATE);
    x->ref = ref_attr(f, t, "ref");
    x->humanitarian = tree_attr(t, "humanitarian");
    x->type = type_of(f, t);
    x->day = date ? dated(f, date) : IATI_NO_DAY;
    x->value = value_in(f, t);
    x->description = texts_of(f, t, E_DESCRIPTION);
    x->provider = party_of(f, t, E_PROVIDER, E_PROVIDER_ACTIVITY, "provider-activity-id");
    x->receiver = party_of(f, t, E_RECEIVER, E_RECEIVER_ACTIVITY, "receiver-activity-id");
    x->channel = child_code(t, E_CHANNEL);
    x->sectors = codes_of(f, t, E_SECTOR);
    x->countries = codes_of(f, t, E_COUNTRY);
    x->regions = codes_of(f, t, E_REGION);
    x->flow_type = child_code(t, E_FLOW);
    x->finance_type = child_code(t, E_FINANCE);
    x->tied_status = child_code(t, E_TIED);
    x->aid_types = codes_of(f, t, E_AID);
    x->rest = rest_of(f, t, in_transaction);
    x->line = t->node.line;
    if (x->day != IATI_NO_DAY || x->value.day == IATI_NO_DAY) return;
    x->day = x->value.day;
    repair(f, t, IATI_NOTE, "no-date", "", "", "a transaction-date; the value's date stands in");
}

/* --- the other lists of an activity --- */

static void form_budget(struct former *f, const struct tree *t, struct iati_budget *b)
{
    b->type = modern(f, t, IATI_LIST_BUDGET_TYPE, "type", tree_attr(t, "type"));
    b->status = tree_attr(t, "status");
    period_of(f, t, &b->since, &b->until);
    b->value = value_in(f, t);
    b->line = t->node.line;
    if (t->id == E_BUDGET_PLANNED) repair(f, t, IATI_NOTE, "old-form", "", "", "budget");
}

static void form_planned(struct former *f, const struct tree *t, struct iati_planned *p)
{
    p->type = tree_attr(t, "type");
    period_of(f, t, &p->since, &p->until);
    p->value = value_in(f, t);
    p->provider = party_of(f, t, E_PROVIDER, E_PROVIDER_ACTIVITY, "provider-activity-id");
    p->receiver = party_of(f, t, E_RECEIVER, E_RECEIVER_ACTIVITY, "receiver-activity-id");
    p->line = t->node.line;
}

static const char *const *words_of(struct former *f, const struct tree *t, enum iati_name id,
                                   uint32_t *count)
{
    uint32_t room = count_of(t, id);
    const char **list = NEW_ARRAY(f->arena, room + 1, const char *);
    *count = 0;
    for (const struct tree *c = tree_first(t); c; c = tree_next(c)) {
        if (c->id != id) continue;
        const char *code = code_of(c);
        list[(*count)++] = *code ? code : c->node.text;
    }
    return list;
}

static void form_document(struct former *f, const struct tree *t, struct iati_document *d)
{
    const struct tree *date = child_of(t, E_DOCUMENT_DATE);
    d->url = tree_attr(t, "url");
    d->format = tree_attr(t, "format");
    d->title = texts_of(f, t, E_TITLE);
    d->description = texts_of(f, t, E_DESCRIPTION);
    d->categories = words_of(f, t, E_CATEGORY, &d->category_count);
    d->languages = words_of(f, t, E_LANGUAGE, &d->language_count);
    d->countries = codes_of(f, t, E_COUNTRY);
    d->day = date ? dated(f, date) : IATI_NO_DAY;
    d->line = t->node.line;
}

static void form_conditions(struct former *f, const struct tree *t, struct iati_activity *a)
{
    a->conditions_attached = tree_attr(t, "attached");
    uint32_t count = count_of(t, E_CONDITION);
    struct iati_condition *list = NEW_ARRAY(f->arena, count + 1, struct iati_condition);
    for (const struct tree *c = tree_first(t); c; c = tree_next(c)) {
        if (c->id != E_CONDITION) continue;
        list[a->condition_count].type =
            modern(f, c, IATI_LIST_CONDITION_TYPE, "type", tree_attr(c, "type"));
        list[a->condition_count++].text = text_of(f, c);
    }
    a->conditions = list;
}

static bool in_activity(enum iati_name id)
{
    switch (id) {
    case E_IDENTIFIER:
    case E_REPORTING_ORG:
    case E_PARTICIPATING_ORG:
    case E_TITLE:
    case E_DESCRIPTION:
    case E_OTHER_IDENTIFIER:
    case E_STATUS:
    case E_DATE:
    case E_SCOPE:
    case E_COUNTRY:
    case E_REGION:
    case E_SECTOR:
    case E_TAG:
    case E_HUMANITARIAN_SCOPE:
    case E_POLICY_MARKER:
    case E_COLLABORATION:
    case E_DEFAULT_FLOW:
    case E_DEFAULT_FINANCE:
    case E_DEFAULT_AID:
    case E_DEFAULT_TIED:
    case E_FLOW:
    case E_FINANCE:
    case E_TIED:
    case E_CAPITAL_SPEND:
    case E_BUDGET:
    case E_BUDGET_PLANNED:
    case E_PLANNED:
    case E_TRANSACTION:
    case E_DOCUMENT:
    case E_RELATED:
    case E_CONDITIONS: return true;
    default: return false;
    }
}

/* The lists whose elements have a form of their own, counted before and filled here. */
struct lists {
    struct iati_description *descriptions;
    struct iati_org *participants;
    struct iati_identifier *identifiers;
    struct iati_dated *dates;
    struct iati_budget *budgets;
    struct iati_planned *planned;
    struct iati_transaction *transactions;
    struct iati_document *documents;
    struct iati_related *related;
};

static void take_child(struct former *f, const struct tree *c, struct iati_activity *a,
                       struct lists *l)
{
    switch (c->id) {
    case E_REPORTING_ORG: a->reporter = org_of(f, c, ""); break;
    case E_PARTICIPATING_ORG:
        l->participants[a->participant_count++] = org_of(f, c, "activity-id");
        break;
    case E_DESCRIPTION:
        l->descriptions[a->description_count++] = (struct iati_description){
            modern(f, c, IATI_LIST_DESCRIPTION_TYPE, "type", tree_attr(c, "type")), text_of(f, c)};
        break;
    case E_OTHER_IDENTIFIER: {
        const struct tree *owner = child_of(c, E_OWNER_ORG);
        struct iati_identifier *i = &l->identifiers[a->identifier_count++];
        i->ref = tree_attr(c, "ref");
        i->type = tree_attr(c, "type");
        i->owner = owner ? org_of(f, owner, "") : no_org();
        if (*i->ref || !*c->node.text) break;
        i->ref = c->node.text; /* 1.x */
        i->owner.ref = tree_attr(c, "owner-ref");
        break;
    }
    case E_DATE:
        l->dates[a->date_count++] =
            (struct iati_dated){modern(f, c, IATI_LIST_DATE_TYPE, "type", tree_attr(c, "type")),
                                dated(f, c), text_of(f, c), c->node.line};
        break;
    case E_BUDGET:
    case E_BUDGET_PLANNED: form_budget(f, c, &l->budgets[a->budget_count++]); break;
    case E_PLANNED: form_planned(f, c, &l->planned[a->planned_count++]); break;
    case E_TRANSACTION: form_transaction(f, c, &l->transactions[a->transaction_count++]); break;
    case E_DOCUMENT: form_document(f, c, &l->documents[a->document_count++]); break;
    case E_RELATED:
        if (!*tree_attr(c, "ref")) break;
        l->related[a->related_count++] = (struct iati_related){
            ref_attr(f, c, "ref"),
            modern(f, c, IATI_LIST_RELATED_TYPE, "type", tree_attr(c, "type")), c->node.line};
        break;
    case E_CONDITIONS: form_conditions(f, c, a); break;
    default: break;
    }
}

static void take_children(struct former *f, const struct tree *t, struct iati_activity *a)
{
    uint32_t *n = f->has;
    f->top = t;
    for (const struct tree *c = tree_first(t); c; c = tree_next(c)) n[c->id]++;
#define ROOM(id, type) (n[id] ? NEW_ARRAY(f->arena, n[id], type) : NULL)
    struct lists l = {.descriptions = ROOM(E_DESCRIPTION, struct iati_description),
                      .participants = ROOM(E_PARTICIPATING_ORG, struct iati_org),
                      .identifiers = ROOM(E_OTHER_IDENTIFIER, struct iati_identifier),
                      .dates = ROOM(E_DATE, struct iati_dated),
                      .planned = ROOM(E_PLANNED, struct iati_planned),
                      .transactions = ROOM(E_TRANSACTION, struct iati_transaction),
                      .documents = ROOM(E_DOCUMENT, struct iati_document),
                      .related = ROOM(E_RELATED, struct iati_related)};
#undef ROOM
    l.budgets = NEW_ARRAY(f->arena, n[E_BUDGET] + n[E_BUDGET_PLANNED] + 1, struct iati_budget);
    for (const struct tree *c = tree_first(t); c; c = tree_next(c)) take_child(f, c, a, &l);
    a->descriptions = l.descriptions;
    a->participants = l.participants;
    a->identifiers = l.identifiers;
    a->dates = l.dates;
    a->budgets = l.budgets;
    a->planned = l.planned;
    a->transactions = l.transactions;
    a->documents = l.documents;
    a->related = l.related;
}

/* What one element names; the older name where the newer one is not there. */
static const char *named_code(const struct tree *t, enum iati_name id, enum iati_name old)
{
    const char *code = child_code(t, id);
    return *code || old == E_OTHER ? code : child_code(t, old);
}

/* An identifier that its publisher did not give: of another system, else the place in the file. */
static void find_id(struct former *f, const struct tree *t, struct iati_activity *a)
{
    const struct tree *c = child_of(t, E_IDENTIFIER);
    a->id = c ? ref_of(f, c, "", c->node.text) : "";
    a->has_id = *a->id != '\0';
    if (a->has_id) return;
    for (uint32_t i = 0; i < a->identifier_count && !*a->id; i++) {
        if (!*a->identifiers[i].ref) continue;
        const char *who = a->identifiers[i].owner.ref;
        if (!*who) who = a->reporter.ref;
        if (!*who) who = iati_say(&a->reporter.name);
        a->id = *who ? text_format(f->arena, "%s:%s", who, a->identifiers[i].ref)
                     : a->identifiers[i].ref;
        a->id = iati_short(f->arena, a->id);
    }
    repair(f, c ? c : t, IATI_FLAG, "no-identifier", "", "",
           *a->id ? text_format(f->arena, "an iati-identifier; '%s' stands in", a->id)
                  : "an iati-identifier");
}

void form_activity(struct former *f, const struct tree *t, struct iati_activity *a)
{
    f->currency = a->default_currency = tree_attr(t, "default-currency");
    f->lang = a->lang = tree_attr(t, "lang");
    if (!*a->default_currency) f->currency = a->default_currency = f->around.currency;
    if (!*a->lang) f->lang = a->lang = f->around.lang;
    a->version = tree_attr(t, "version");
    if (!*a->version) a->version = f->around.version;
    a->generated_ms = f->around.generated_ms;
    a->updated_ms = form_instant(tree_attr(t, "last-updated-datetime"));
    a->humanitarian = tree_attr(t, "humanitarian");
    a->hierarchy = tree_attr(t, "hierarchy");
    a->linked_data = tree_attr(t, "linked-data-uri");
    a->budget_not_provided = tree_attr(t, "budget-not-provided");
    a->line = t->node.line;
    a->reporter = no_org();
    a->conditions_attached = "";
    take_children(f, t, a);
    find_id(f, t, a);
    a->title = texts_of(f, t, E_TITLE);
    const struct tree *status = child_of(t, E_STATUS), *tied = child_of(t, E_DEFAULT_TIED);
    if (!tied) tied = child_of(t, E_TIED); /* as the samples of before 1.01 call it */
    a->status = status ? modern(f, status, IATI_LIST_STATUS, "code", code_of(status)) : "";
    a->scope = child_code(t, E_SCOPE);
    a->countries = codes_of(f, t, E_COUNTRY);
    a->regions = codes_of(f, t, E_REGION);
    a->sectors = codes_of(f, t, E_SECTOR);
    a->tags = codes_of(f, t, E_TAG);
    a->humanitarian_scopes = codes_of(f, t, E_HUMANITARIAN_SCOPE);
    a->policy_markers = codes_of(f, t, E_POLICY_MARKER);
    a->default_aid_types = codes_of(f, t, E_DEFAULT_AID);
    a->collaboration_type = child_code(t, E_COLLABORATION);
    a->default_flow_type = named_code(t, E_DEFAULT_FLOW, E_FLOW);
    a->default_finance_type = named_code(t, E_DEFAULT_FINANCE, E_FINANCE);
    a->default_tied_status = named_code(t, E_DEFAULT_TIED, E_TIED);
    if (tied) {
        a->default_tied_status =
            modern(f, tied, IATI_LIST_TIED_STATUS, "code", a->default_tied_status);
    }
    const struct tree *capital = child_of(t, E_CAPITAL_SPEND);
    a->capital_spend = capital ? tree_attr(capital, "percentage") : "";
    a->rest = rest_of(f, t, in_activity);
}

/* --- organisations --- */

static bool in_organisation(enum iati_name id)
{
    return id == E_ORG_IDENTIFIER || id == E_IDENTIFIER || id == E_NAME || id == E_REPORTING_ORG ||
           id == E_DOCUMENT || (id >= E_TOTAL_BUDGET && id <= E_EXPENDITURE);
}

static void form_org_budget(struct former *f, const struct tree *t, struct iati_org_budget *b)
{
    const struct tree *org = child_of(t, E_RECIPIENT_ORG);
    const struct tree *place = child_of(t, E_COUNTRY);
    if (!place) place = child_of(t, E_REGION);
    b->kind = (enum iati_budget_kind)(t->id - E_TOTAL_BUDGET);
    b->status = tree_attr(t, "status");
    b->recipient = org ? org_of(f, org, "") : no_org();
    b->place =
        (struct iati_code){.code = "", .vocabulary = "", .uri = "", .type = "", .significance = ""};
    if (place) b->place = code_at(f, place);
    period_of(f, t, &b->since, &b->until);
    b->value = value_in(f, t);
    b->line = t->node.line;
    uint32_t room = count_of(t, E_BUDGET_LINE) + count_of(t, E_EXPENSE_LINE);
    struct iati_line *lines = NEW_ARRAY(f->arena, room + 1, struct iati_line);
    for (const struct tree *c = tree_first(t); c; c = tree_next(c)) {
        if (c->id != E_BUDGET_LINE && c->id != E_EXPENSE_LINE) continue;
        lines[b->line_count++] =
            (struct iati_line){tree_attr(c, "ref"), value_in(f, c), text_of(f, c)};
    }
    b->lines = lines;
}

void form_organisation(struct former *f, const struct tree *t, struct iati_organisation *o)
{
    const struct tree *id = child_of(t, E_ORG_IDENTIFIER), *reporter = child_of(t, E_REPORTING_ORG);
    if (!id) id = child_of(t, E_IDENTIFIER);
    f->currency = o->default_currency = tree_attr(t, "default-currency");
    f->lang = o->lang = tree_attr(t, "lang");
    if (!*o->default_currency) f->currency = o->default_currency = f->around.currency;
    if (!*o->lang) f->lang = o->lang = f->around.lang;
    o->version = f->around.version;
    o->generated_ms = f->around.generated_ms;
    o->updated_ms = form_instant(tree_attr(t, "last-updated-datetime"));
    o->reporter = reporter ? org_of(f, reporter, "") : no_org();
    o->name = texts_of(f, t, E_NAME);
    o->id = id ? ref_of(f, id, "", id->node.text) : "";
    o->has_id = *o->id != '\0';
    if (!o->has_id) {
        o->id = *o->reporter.ref ? o->reporter.ref : iati_short(f->arena, iati_say(&o->name));
        repair(f, id ? id : t, IATI_FLAG, "no-identifier", "", "", "an organisation-identifier");
    }
    uint32_t budgets = 0, documents = count_of(t, E_DOCUMENT);
    for (const struct tree *c = tree_first(t); c; c = tree_next(c)) {
        budgets += c->id >= E_TOTAL_BUDGET && c->id <= E_EXPENDITURE;
    }
    struct iati_org_budget *b = NEW_ARRAY(f->arena, budgets + 1, struct iati_org_budget);
    struct iati_document *d = NEW_ARRAY(f->arena, documents + 1, struct iati_document);
    for (const struct tree *c = tree_first(t); c; c = tree_next(c)) {
        if (c->id >= E_TOTAL_BUDGET && c->id <= E_EXPENDITURE)
            form_org_budget(f, c, &b[o->budget_count++]);
        else if (c->id == E_DOCUMENT)
            form_document(f, c, &d[o->document_count++]);
    }
    o->budgets = b;
    o->documents = d;
    o->rest = rest_of(f, t, in_organisation);
    o->line = t->node.line;
}
