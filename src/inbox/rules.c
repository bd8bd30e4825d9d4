/* rules.c - reading a rule file and asking it; see rules.h. Carrying it out is in ruling.c. */
#include "inbox/rules.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"

/* --- the conditions --- */

enum value_of { OF_STATEMENT, OF_TURN, OF_SOURCE };
enum sort { SORT_WORDS, SORT_LEAST, SORT_MOST, SORT_SINCE, SORT_UNTIL };

/* By name: where the value stands. An amount is compared in the unit that was said. */
static const struct what {
    const char *name;
    enum sort sort;
    enum value_of of;
    enum tag tag;
    const char *only; /* the only words it takes, with spaces around; NULL: any */
} whats[] = {
    {"publisher", SORT_WORDS, OF_SOURCE, F_PUBLISHER, NULL},
    {"address", SORT_WORDS, OF_SOURCE, F_ADDRESS, NULL},
    {"title", SORT_WORDS, OF_SOURCE, F_NAME, NULL},
    {"speaker", SORT_WORDS, OF_TURN, F_SPEAKER, NULL},
    {"role", SORT_WORDS, OF_TURN, F_ROLE, NULL},
    {"affiliation", SORT_WORDS, OF_TURN, F_AFFILIATION, NULL},
    {"turn", SORT_WORDS, OF_TURN, F_TYPE, " statement question answer moderator "},
    {"stage", SORT_WORDS, OF_STATEMENT, F_SAID_STAGE, " considered announced committed provided "},
    {"giver", SORT_WORDS, OF_STATEMENT, F_SAID_GIVER, NULL},
    {"receiver", SORT_WORDS, OF_STATEMENT, F_SAID_RECEIVER, NULL},
    {"item", SORT_WORDS, OF_STATEMENT, F_SAID_ITEM, NULL},
    {"class", SORT_WORDS, OF_STATEMENT, F_CLASS, NULL},
    {"unit", SORT_WORDS, OF_STATEMENT, F_UNIT, NULL},
    {"channel", SORT_WORDS, OF_STATEMENT, F_SAID_CHANNEL, NULL},
    {"approx", SORT_WORDS, OF_STATEMENT, F_APPROX, " exact about nearly at_least at_most "},
    {"min", SORT_LEAST, OF_STATEMENT, F_AMOUNT, NULL},
    {"max", SORT_MOST, OF_STATEMENT, F_UPTO, NULL},
    {"since", SORT_SINCE, OF_STATEMENT, F_DAY, NULL},
    {"until", SORT_UNTIL, OF_STATEMENT, F_DAY, NULL},
};

enum { WHATS = sizeof whats / sizeof *whats };

static int what_named(const char *name)
{
    int i = 0;
    while (i < WHATS && strcmp(whats[i].name, name) != 0) i++;
    return i;
}

/* --- words of a line --- */

struct parser {
    struct arena *a;
    const char *file;
    uint32_t line;
    const char *at; /* in the line */
};

struct piece {
    const char *text;
    bool quoted;
};

/* One word of the line: key:"a value", or bare. The part before the colon in *key, else "". */
struct word {
    const char *key;
    struct piece pieces[RULE_WORDS_MAX]; /* between commas */
    uint32_t count;
};

static enum rc refuse(const struct parser *p, struct err *err, const char *why, const char *what)
{
    return fail(err, RC_INPUT, "%.100s:%" PRIu32 ": %s%s%.80s%s", p->file, p->line, why,
                what ? " '" : "", what ? what : "", what ? "'" : "");
}

static bool ends(char c)
{
    return c == '\0' || c == ' ' || c == '\t';
}

/* "text" or bare text up to a comma or the end of the word. */
static enum rc read_piece(struct parser *p, struct piece *out, struct err *err)
{
    out->quoted = *p->at == '"';
    if (out->quoted) {
        const char *close = strchr(++p->at, '"');
        if (!close) return refuse(p, err, "a quote that is not closed", NULL);
        out->text = arena_bytes(p->a, p->at, (size_t)(close - p->at));
        p->at = close + 1;
        if (!ends(*p->at) && *p->at != ',')
            return refuse(p, err, "words glued to a closing quote:", p->at);
    } else {
        size_t len = strcspn(p->at, " \t,\"");
        out->text = arena_bytes(p->a, p->at, len);
        p->at += len;
        if (*p->at == '"') return refuse(p, err, "a quote inside a word:", out->text);
    }
    return *out->text ? RC_OK : refuse(p, err, "an empty value", NULL);
}

/* The next word; count 0 at the end of the line. */
static enum rc read_word(struct parser *p, struct word *out, struct err *err)
{
    enum rc rc = RC_OK;
    *out = (struct word){.key = ""};
    p->at += strspn(p->at, " \t");
    if (!*p->at) return RC_OK;
    size_t len = strspn(p->at, "abcdefghijklmnopqrstuvwxyz_-");
    if (len && p->at[len] == ':') {
        out->key = arena_bytes(p->a, p->at, len);
        p->at += len + 1;
    }
    for (;;) {
        if (out->count == RULE_WORDS_MAX) return refuse(p, err, "too many alternatives", NULL);
        rc = read_piece(p, &out->pieces[out->count++], err);
        if (rc || *p->at != ',') return rc;
        p->at++;
    }
}

static enum rc bare_word(struct parser *p, const char *what, const char **out, struct err *err)
{
    struct word w;
    enum rc rc = read_word(p, &w, err);
    if (rc) return rc;
    if (w.count != 1 || *w.key || w.pieces[0].quoted) return refuse(p, err, what, NULL);
    *out = w.pieces[0].text;
    return RC_OK;
}

/* --- one rule --- */

static enum rc read_words(struct parser *p, const struct what *what, const struct word *w,
                          struct condition *c, struct err *err)
{
    c->any = w->count == 1 && !w->pieces[0].quoted && strcmp(w->pieces[0].text, "*") == 0;
    if (c->any) return RC_OK;
    c->count = w->count;
    c->words = NEW_ARRAY(p->a, w->count, const char *);
    for (uint32_t i = 0; i < w->count; i++) {
        const char *text = w->pieces[i].text;
        const char *spaced = text_format(p->a, " %s ", text);
        if (what->only && !strstr(what->only, spaced)) {
            return refuse(p, err,
                          text_format(p->a, "%s is one of%.*s, not", what->name,
                                      (int)strlen(what->only) - 1, what->only),
                          text);
        }
        c->words[i] = text_fold(p->a, text);
    }
    return RC_OK;
}

static enum rc read_number(struct parser *p, const struct what *what, const char *text,
                           struct condition *c, struct err *err)
{
    enum precision precision;
    struct err ignored;
    bool day = what->sort == SORT_SINCE || what->sort == SORT_UNTIL;
    if (day && (day_parse(text, &c->day, &precision, &ignored) || precision != PRECISION_DAY))
        return refuse(p, err, text_format(p->a, "%s is a day like 2022-03-31, not", what->name),
                      text);
    bool digits = strspn(text, "0123456789.") == strlen(text);
    if (!day && (!digits || strlen(text) > 18 || dec_parse(text, &c->number, &ignored)))
        return refuse(p, err, text_format(p->a, "%s is a number in plain digits, not", what->name),
                      text);
    return RC_OK;
}

static bool has_condition(const struct rule *r, int what)
{
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->conditions[i].what == what) return true;
    }
    return false;
}

static enum rc read_condition(struct parser *p, struct rule *r, const struct word *w,
                              struct err *err)
{
    bool one = w->count == 1;
    if (strcmp(w->key, "why") == 0) {
        if (r->why || !one) return refuse(p, err, "one reason stands once in a rule: why", NULL);
        r->why = w->pieces[0].text;
        return RC_OK;
    }
    if (strcmp(w->key, "again") == 0) {
        bool yes = one && strcmp(w->pieces[0].text, "yes") == 0;
        if (!yes) return refuse(p, err, "again is yes, or is left out", NULL);
        r->again = true;
        return RC_OK;
    }
    int what = what_named(w->key);
    if (what == WHATS) return refuse(p, err, "no such condition:", w->key);
    if (has_condition(r, what)) return refuse(p, err, "a condition that stands twice:", w->key);
    struct condition *c = &r->conditions[r->count];
    *c = (struct condition){.what = (uint8_t)what};
    enum rc rc;
    if (whats[what].sort == SORT_WORDS)
        rc = read_words(p, &whats[what], w, c, err);
    else if (!one)
        rc = refuse(p, err, "it takes one value:", w->key);
    else
        rc = read_number(p, &whats[what], w->pieces[0].text, c, err);
    r->count += !rc;
    return rc;
}

/* An amount means nothing without its unit, and a rejection without its reason. */
static enum rc check_rule(struct parser *p, const struct rule *r, struct err *err)
{
    bool amount = has_condition(r, what_named("min")) || has_condition(r, what_named("max"));
    if (amount && !has_condition(r, what_named("unit")))
        return refuse(p, err, "min and max go with unit: 100 of what?", NULL);
    if (!r->accepts && !r->why) return refuse(p, err, "a rule that rejects says why:\"...\"", NULL);
    if (!r->accepts && r->again) return refuse(p, err, "again goes with accept", NULL);
    return RC_OK;
}

static enum rc read_rule(struct parser *p, const char *verb, struct rule *r, struct err *err)
{
    static const char kinds[] = " support need figure decision ";
    r->accepts = strcmp(verb, "accept") == 0;
    if (!r->accepts && strcmp(verb, "reject") != 0)
        return refuse(p, err, "a rule begins with accept or reject, not", verb);
    enum rc rc =
        bare_word(p, "a kind is missing: support, need, figure, decision or *", &r->kind, err);
    if (rc) return rc;
    if (strcmp(r->kind, "*") == 0)
        r->kind = NULL;
    else if (!strstr(kinds, text_format(p->a, " %s ", r->kind)))
        return refuse(p, err, "a kind is support, need, figure, decision or *, not", r->kind);
    for (;;) {
        struct word w;
        rc = read_word(p, &w, err);
        if (rc) return rc;
        if (!w.count) return check_rule(p, r, err);
        if (!*w.key) return refuse(p, err, "a condition is NAME:VALUE, not", w.pieces[0].text);
        if (r->count == RULE_CONDITIONS_MAX) return refuse(p, err, "too many conditions", NULL);
        rc = read_condition(p, r, &w, err);
        if (rc) return rc;
    }
}

static enum rc read_name(struct parser *p, struct rules *out, struct err *err)
{
    const char *rest;
    enum rc rc = bare_word(p, "the name of the rules is missing: rules NAME", &out->name, err);
    if (rc) return rc;
    rest = p->at + strspn(p->at, " \t");
    if (*rest) return refuse(p, err, "one word too many:", rest);
    bool word =
        strspn(out->name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") ==
        strlen(out->name);
    if (!word) return refuse(p, err, "a name is letters, digits, . _ and -, not", out->name);
    return strlen(out->name) <= 60 ? RC_OK : refuse(p, err, "a name that long:", out->name);
}

static enum rc read_line(struct parser *p, struct rules *out, struct err *err)
{
    const char *verb, *text = p->at;
    p->at += strspn(p->at, " \t");
    if (!*p->at || *p->at == '#') return RC_OK;
    enum rc rc = bare_word(p, "a line begins with rules, accept or reject", &verb, err);
    if (rc) return rc;
    bool names = strcmp(verb, "rules") == 0;
    if (names && out->name) return refuse(p, err, "the name stands once: rules", NULL);
    if (names) return read_name(p, out, err);
    if (!out->name) return refuse(p, err, "the file begins with 'rules NAME', not", verb);
    if (out->count == RULES_MAX) return refuse(p, err, "more than 1000 rules", NULL);
    out->list = arena_more(p->a, out->list, out->count, &out->room, sizeof *out->list);
    struct rule *r = &out->list[out->count];
    *r = (struct rule){.line = p->line, .text = text_squeeze(p->a, text)};
    rc = read_rule(p, verb, r, err);
    out->count += !rc;
    return rc;
}

enum rc rules_parse(struct arena *a, const char *file, const char *bytes, size_t len,
                    struct rules *out, struct err *err)
{
    struct parser p = {.a = a, .file = file};
    enum rc rc = RC_OK;
    *out = (struct rules){0};
    for (size_t at = 0; at < len && !rc;) {
        const char *end = memchr(bytes + at, '\n', len - at);
        size_t next = end ? (size_t)(end - bytes) : len, stop = next;
        struct err why;
        p.line++;
        if (stop > at && bytes[stop - 1] == '\r') stop--;
        if (stop - at > 4000) return refuse(&p, err, "a line of more than 4000 bytes", NULL);
        if (text_clean(a, bytes + at, stop - at, &p.at, &why))
            return refuse(&p, err, why.msg, NULL);
        rc = read_line(&p, out, err);
        at = next + 1;
    }
    if (!rc && !out->name) return refuse(&p, err, "no rules: the first line is 'rules NAME'", NULL);
    return rc;
}

/* --- asking --- */

static const struct record *record_of(const struct candidate *c, enum value_of of)
{
    return of == OF_SOURCE ? c->source : of == OF_TURN ? c->turn : c->record;
}

/* Every value that was said is one of the alternatives, and there is one. */
static bool words_hold(struct arena *a, const struct condition *c, const struct record *r,
                       enum tag tag)
{
    uint32_t values = 0;
    for (uint32_t i = 0; r && i < r->count; i++) {
        bool found = c->any;
        if (r->fields[i].tag != tag) continue;
        const char *value = found ? "" : text_fold(a, r->fields[i].text);
        for (uint32_t k = 0; k < c->count && !found; k++) found = strcmp(value, c->words[k]) == 0;
        values += found;
        /* A source has an address and a file name: one of them is enough. */
        if (!found && tag != F_ADDRESS) return false;
    }
    return values > 0;
}

static bool number_holds(const struct condition *c, const struct record *r)
{
    if (!record_field(r, F_AMOUNT)) return false;
    struct dec low = record_dec(r, F_AMOUNT);
    struct dec high = record_field(r, F_UPTO) ? record_dec(r, F_UPTO) : low;
    const char *approx = record_text(r, F_APPROX);
    bool open = approx && strcmp(approx, "at_least") == 0; /* nobody said how much it is at most */
    if (whats[c->what].sort == SORT_LEAST) return dec_cmp(low, c->number) >= 0;
    return !open && dec_cmp(high, c->number) <= 0;
}

static bool holds(struct arena *a, const struct condition *c, const struct candidate *of)
{
    const struct what *what = &whats[c->what];
    switch (what->sort) {
    case SORT_WORDS: return words_hold(a, c, record_of(of, what->of), what->tag);
    case SORT_LEAST:
    case SORT_MOST: return number_holds(c, of->record);
    case SORT_SINCE: return of->day != DAY_MAX && of->day >= c->day;
    case SORT_UNTIL: return of->day != DAY_MAX && of->day <= c->day;
    }
    return false;
}

const struct rule *rules_decide(struct arena *a, const struct rules *rules,
                                const struct candidate *c, const struct pair *pair)
{
    const char *kind = record_text(c->record, F_TYPE);
    for (uint32_t i = 0; i < rules->count; i++) {
        const struct rule *r = &rules->list[i];
        if (r->kind && strcmp(r->kind, kind) != 0) continue;
        if (r->accepts && !r->again && pair->why != AGAIN_NOT) continue;
        bool all = true;
        for (uint32_t k = 0; k < r->count && all; k++) all = holds(a, &r->conditions[k], c);
        if (all) return r;
    }
    return NULL;
}
