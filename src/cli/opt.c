/* opt.c - see opt.h. */
#include "cli/opt.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

void texts_add(struct texts *t, struct arena *a, const char *text)
{
    t->at = arena_more(a, t->at, t->count, &t->room, sizeof *t->at);
    t->at[t->count++] = text;
}

/* --- the targets --- */

static void *target(void *into, size_t at)
{
    return (char *)into + at;
}

static void put(struct arena *a, enum opt_type type, void *to, const char *text)
{
    switch (type) {
    case OPT_SWITCH: *(bool *)to = true; return;
    case OPT_TEXT: *(const char **)to = text; return;
    case OPT_LIST: texts_add(to, a, text); return;
    }
}

bool opt_given(const struct opt *o, const void *into)
{
    const void *at = (const char *)into + o->at;
    switch (o->type) {
    case OPT_SWITCH: return *(const bool *)at;
    case OPT_TEXT: return *(const char *const *)at != NULL;
    case OPT_LIST: return ((const struct texts *)at)->count > 0;
    }
    return false;
}

/* --- suggestions --- */

enum { WORD_MAX = 40 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many letters to add, drop, change or swap with a neighbour; WORD_MAX for long words. */
static size_t distance(const char *a, const char *b)
{
    size_t d[3][WORD_MAX + 1], n = strlen(a), m = strlen(b);
    if (n > WORD_MAX || m > WORD_MAX) return WORD_MAX;
    for (size_t j = 0; j <= m; j++) d[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *row = d[i % 3], *above = d[(i - 1) % 3], *two_above = d[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            row[j] = above[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = least(row[j], least(above[j], row[j - 1]) + 1);
            bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = least(row[j], two_above[j - 2] + 1);
        }
    }
    return d[n % 3][m];
}

const char *did_you_mean(struct arena *a, const char *prefix, const char *given,
                         const struct texts *names)
{
    const char *best = NULL;
    /* One slip in a short word, two in a longer one; then it is another word. */
    size_t best_distance = strlen(given) < 6 ? 2 : strlen(given) / 3 + 1;
    for (uint32_t i = 0; i < names->count; i++) {
        size_t far = distance(given, names->at[i]);
        if (far >= best_distance || far >= strlen(names->at[i])) continue;
        best = names->at[i];
        best_distance = far;
    }
    return best ? text_format(a, " (did you mean '%s%s'?)", prefix, best) : "";
}

/* --- parsing --- */

struct found {
    const struct opt *opt; /* NULL: no table has it */
    void *into;
};

static struct found find_name(const struct opt_table *tables, uint32_t count, const char *name,
                              size_t len)
{
    for (uint32_t t = 0; t < count; t++) {
        for (const struct opt *o = tables[t].opts; o && o->name; o++) {
            if (strncmp(o->name, name, len) == 0 && !o->name[len]) {
                return (struct found){o, tables[t].into};
            }
        }
    }
    return (struct found){0};
}

static struct found find_letter(const struct opt_table *tables, uint32_t count, char letter)
{
    for (uint32_t t = 0; t < count; t++) {
        for (const struct opt *o = tables[t].opts; o && o->name; o++) {
            if (o->letter == letter) return (struct found){o, tables[t].into};
        }
    }
    return (struct found){0};
}

static enum rc unknown(struct arena *a, const struct opt_table *tables, uint32_t count,
                       const char *name, struct err *err)
{
    struct texts names = {0};
    for (uint32_t t = 0; t < count; t++) {
        for (const struct opt *o = tables[t].opts; o && o->name; o++) {
            texts_add(&names, a, o->name);
        }
    }
    return fail(err, RC_INPUT, "unknown option '--%.80s'%s", name,
                did_you_mean(a, "--", name, &names));
}

/* "committed, delivered" of "committed delivered". */
static const char *enumerated(struct arena *a, const char *choices)
{
    struct buf b = {.arena = a};
    for (const char *at = choices; *at;) {
        size_t word = strcspn(at, " ");
        if (b.len) buf_add(&b, ", ");
        buf_add_bytes(&b, at, word);
        at += word + strspn(at + word, " ");
    }
    return b.text;
}

/* Whether the value is one of the choices, which have spaces between. */
static bool is_choice(const char *choices, const char *value)
{
    size_t len = strlen(value);
    for (const char *at = choices; *at;) {
        size_t word = strcspn(at, " ");
        if (word == len && strncmp(at, value, len) == 0) return true;
        at += word + strspn(at + word, " ");
    }
    return false;
}

static enum rc take_value(struct arena *a, const struct found *f, const char *value,
                          struct err *err)
{
    const struct opt *o = f->opt;
    if (o->choices && !is_choice(o->choices, value)) {
        return fail(err, RC_INPUT, "option '--%s' takes %s, not '%.60s'", o->name,
                    enumerated(a, o->choices), value);
    }
    put(a, o->type, target(f->into, o->at), value);
    return RC_OK;
}

/* The word after an option that needs one. */
static enum rc next_value(struct argv *argv, const struct opt *o, const char **value,
                          struct err *err)
{
    if (argv->count == 0 || strncmp(argv->at[0], "--", 2) == 0) {
        return fail(err, RC_INPUT, "option '--%s' needs a value: --%s %s", o->name, o->name,
                    o->arg);
    }
    *value = *argv->at++;
    argv->count--;
    return RC_OK;
}

static enum rc long_option(struct arena *a, struct argv *argv, const char *given,
                           const struct opt_table *tables, uint32_t count, struct err *err)
{
    const char *name = given + 2, *value = strchr(name, '=');
    size_t len = value ? (size_t)(value++ - name) : strlen(name);
    struct found f = find_name(tables, count, name, len);
    if (!f.opt) return unknown(a, tables, count, arena_bytes(a, name, len), err);
    if (f.opt->type == OPT_SWITCH) {
        if (value) return fail(err, RC_INPUT, "option '--%s' takes no value", f.opt->name);
    } else if (!value) {
        enum rc rc = next_value(argv, f.opt, &value, err);
        if (rc) return rc;
    }
    return take_value(a, &f, value ? value : "", err);
}

/* "-n", "-nq", "-oFILE", "-o FILE". */
static enum rc short_options(struct arena *a, struct argv *argv, const char *given,
                             const struct opt_table *tables, uint32_t count, struct err *err)
{
    for (const char *at = given + 1; *at; at++) {
        struct found f = find_letter(tables, count, *at);
        const char *value = at[1] ? at + 1 : NULL;
        enum rc rc = RC_OK;
        if (!f.opt) return fail(err, RC_INPUT, "unknown option '-%c' in '%.60s'", *at, given);
        if (f.opt->type == OPT_SWITCH) {
            rc = take_value(a, &f, "", err);
            if (rc) return rc;
            continue;
        }
        if (!value) rc = next_value(argv, f.opt, &value, err);
        return rc ? rc : take_value(a, &f, value, err);
    }
    return RC_OK;
}

/* A word and no option: "report.csv", "-", "-5", "-.5". */
static bool is_word(const char *text)
{
    return text[0] != '-' || !text[1] || strchr("0123456789.", text[1]);
}

enum rc opt_parse(struct arena *a, struct argv *argv, const struct opt_table *tables,
                  uint32_t table_count, struct texts *words, struct err *err)
{
    while (argv->count > 0) {
        const char *given = argv->at[0];
        if (!words && is_word(given)) return RC_OK;
        argv->at++;
        argv->count--;
        enum rc rc = RC_OK;
        if (strcmp(given, "--") == 0) {
            for (; words && argv->count > 0; argv->count--) texts_add(words, a, *argv->at++);
            return RC_OK;
        }
        if (is_word(given)) {
            texts_add(words, a, given);
        } else if (given[1] == '-') {
            rc = long_option(a, argv, given, tables, table_count, err);
        } else {
            rc = short_options(a, argv, given, tables, table_count, err);
        }
        if (rc) return rc;
    }
    return RC_OK;
}

enum rc opt_defaults(const struct opt *opts, void *into, struct err *err)
{
    for (const struct opt *o = opts; o && o->name; o++) {
        if (o->type != OPT_TEXT || opt_given(o, into)) continue;
        const char *value = o->env ? getenv(o->env) : NULL;
        if (value && !*value) value = NULL;
        if (value && o->choices && !is_choice(o->choices, value)) {
            return fail(err, RC_INPUT, "$%s may not be '%.60s': '--%s' takes one of: %s", o->env,
                        value, o->name, o->choices);
        }
        *(const char **)target(into, o->at) = value ? value : o->fallback;
    }
    return RC_OK;
}

enum rc operand_take(const struct operand *operands, const struct texts *words, struct arena *a,
                     void *into, struct err *err)
{
    uint32_t next = 0;
    for (const struct operand *o = operands; o && o->name; o++) {
        assert(o->type != OPT_SWITCH);
        if (next == words->count && !o->optional) {
            return fail(err, RC_INPUT, "%s is missing: %s", o->name, o->help);
        }
        do {
            if (next < words->count) put(a, o->type, target(into, o->at), words->at[next++]);
        } while (o->type == OPT_LIST && next < words->count);
    }
    if (next == words->count) return RC_OK;
    return fail(err, RC_INPUT, "'%.80s' is one word too many", words->at[next]);
}

/* --- how they are written --- */

const char *opt_spelling(struct arena *a, const struct opt *o)
{
    const char *arg = o->arg ? text_format(a, " %s", o->arg) : "";
    if (!o->letter) return text_format(a, "--%s%s", o->name, arg);
    return text_format(a, "-%c, --%s%s", o->letter, o->name, arg);
}

const char *operand_spelling(struct arena *a, const struct operand *o)
{
    const char *dots = o->type == OPT_LIST ? "..." : "";
    return text_format(a, o->optional ? "[%s%s]" : "%s%s", o->name, dots);
}

const char *opt_meaning(struct arena *a, const struct opt *o)
{
    struct buf b = {.arena = a};
    buf_add(&b, o->help);
    if (o->choices) buf_addf(&b, ": %s", enumerated(a, o->choices));
    if (o->type == OPT_LIST) buf_add(&b, "; may be given several times");
    if (o->env && o->fallback) {
        buf_addf(&b, " (default: $%s, else %s)", o->env, o->fallback);
    } else if (o->env) {
        buf_addf(&b, " (default: $%s)", o->env);
    } else if (o->fallback) {
        buf_addf(&b, " (default: %s)", o->fallback);
    }
    return b.text;
}
