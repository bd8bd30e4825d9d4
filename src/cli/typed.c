/*
 * typed.c - typed values into fields: what an option says, in the book's own
 * units. Nothing is guessed: a quantity with separators or more decimals than
 * its item counts is refused. See entry.h.
 */
#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "cli/entry.h"
#include "names/names.h"

/* --- keys and references --- */

enum rc entry_new_key(struct entry *e, enum kind kind, const char *typed, const char **out,
                      struct err *err)
{
    enum rc rc = entry_text(e, "KEY", typed, out, err);
    if (rc) return rc;
    if (strpbrk(*out, " ,\t")) {
        return fail(err, RC_INPUT,
                    "a key is one word without commas, not '%.60s'; --name says more", *out);
    }
    if (strspn(*out, "0123456789") == strlen(*out)) {
        return fail(err, RC_INPUT, "'%.60s' would be taken for the id of a record", *out);
    }
    if (book_noun(e->book, kind, *out) != NONE) {
        return fail(err, RC_RULE,
                    "%s '%.60s' is in the book already; 'muster %s revise' changes it",
                    kind_name(kind), *out, kind_name(kind));
    }
    return RC_OK;
}

/* What everybody knows, as drafts. false: it is not known. */
static bool known_drafts(struct intake *in, enum kind kind, const char *typed)
{
    const struct known_party *p = kind == KIND_PARTY ? names_party(typed) : NULL;
    if (p) intake_party(in, p->key, p->name, p->type);
    bool money = kind == KIND_ITEM && names_currency_places(typed) >= 0;
    if (money) intake_money(in, typed);
    return p || money;
}

enum rc entry_known(struct entry *e, struct intake *in, struct err *err)
{
    for (uint32_t i = 0; i < in->count; i++) {
        struct record *r = in->records[i];
        if (book_noun(e->book, r->kind, record_text(r, F_KEY)) != NONE) continue;
        record_set_text(e->arena, r, F_AUTHOR, e->author);
        enum rc rc = posting_add(&e->posting, r, NULL, err);
        if (rc) return rc;
    }
    return RC_OK;
}

enum rc entry_ref(struct entry *e, const char *what, enum kind kind, const char *typed,
                  uint64_t *id, struct err *err)
{
    const char *name;
    struct intake in = {.arena = e->arena};
    uint32_t noun;
    enum rc rc = entry_text(e, what, typed, &name, err);
    if (rc) return rc;
    if (noun_typed(e->book, kind, name) == NONE && known_drafts(&in, kind, name)) {
        /* A public party that comes with a hidden line would tell of the line. */
        if (strcmp(e->label, "public") != 0) {
            return fail(err, RC_ABSENT,
                        "%s: %s '%.60s' is not in the book yet; add it first, for all to see", what,
                        kind_name(kind), name);
        }
        rc = entry_known(e, &in, err);
        if (rc) return rc;
    }
    rc = noun_find(e->arena, e->book, kind, what, name, &noun, err);
    if (!rc) *id = book_latest(e->book, noun)->id;
    return rc;
}

enum rc entry_current(struct entry *e, enum kind kind, const char *typed, struct record **out,
                      struct err *err)
{
    uint32_t noun;
    const char *name;
    enum rc rc = entry_text(e, "KEY", typed, &name, err);
    if (!rc) rc = noun_find(e->arena, e->book, kind, NULL, name, &noun, err);
    if (rc) return rc;
    struct record whole;
    const struct record *r = book_version(e->book, noun, INT64_MAX);
    if (!r) { /* rates: the book keeps no whole ones */
        rc = view_record(e->arena, &e->opened.view, book_latest(e->book, noun)->id, &whole, err);
        if (rc) return rc;
        r = &whole;
    }
    *out = record_copy(e->arena, r);
    (*out)->id = 0;
    (*out)->idem = NULL;
    if (!e->given->label) e->label = (*out)->label;
    return RC_OK;
}

/* --- numbers --- */

enum { DIGITS_MAX = 18 };

/* Digits and at most one point, not too many. */
static bool is_plain_number(const char *typed)
{
    size_t len = strlen(typed);
    const char *point = strchr(typed, '.');
    if (len == 0 || len > DIGITS_MAX || strspn(typed, "0123456789.") != len) return false;
    return (!point || !strchr(point + 1, '.')) && strpbrk(typed, "0123456789");
}

enum rc entry_quantity(struct entry *e, const char *what, const char *typed, uint32_t item,
                       bool zero, int64_t *out, struct err *err)
{
    struct counted c = noun_counted(e->book, item);
    struct dec d;
    bool exact;
    if (!is_plain_number(typed)) {
        return fail(err, RC_INPUT,
                    "%s: '%.60s' is no quantity: digits and at most a point, no separators", what,
                    typed);
    }
    enum rc rc = dec_parse(typed, &d, err);
    if (!rc) rc = dec_to_parts(d, c.places, out, &exact, err);
    if (rc) {
        return fail(err, RC_INPUT, "%s: '%.60s' is more than the book can hold", what, typed);
    }
    if (!exact && c.places == 0) {
        return fail(err, RC_INPUT, "%s: '%.60s': %.60s is counted whole, in '%.30s'", what, typed,
                    book_key(e->book, item), c.unit);
    }
    if (!exact) {
        return fail(err, RC_INPUT, "%s: '%.60s': %.60s has %d decimals of '%.30s'", what, typed,
                    book_key(e->book, item), c.places, c.unit);
    }
    if (*out == 0 && !zero) return fail(err, RC_INPUT, "%s: a quantity is above 0", what);
    return RC_OK;
}

static enum rc typed_count(const char *what, const char *typed, int64_t *out, struct err *err)
{
    bool exact;
    struct dec d;
    if (!is_plain_number(typed) || strchr(typed, '.') || dec_parse(typed, &d, err) ||
        dec_to_parts(d, 0, out, &exact, err)) {
        return fail(err, RC_INPUT, "%s: '%.60s' is no whole number", what, typed);
    }
    return RC_OK;
}

/* "45kg", "45.5 kg", "800g", "2t" as grams. */
static enum rc typed_mass(struct entry *e, const char *what, const char *typed, int64_t *out,
                          struct err *err)
{
    static const struct {
        const char *unit;
        int power;
    } units[] = {{"kg", 3}, {"g", 0}, {"t", 6}};
    size_t len = strspn(typed, "0123456789.");
    const char *number = arena_bytes(e->arena, typed, len);
    const char *unit = typed + len + (typed[len] == ' ');
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        struct dec d;
        bool exact;
        if (strcmp(unit, units[i].unit) != 0) continue;
        if (!is_plain_number(number) || dec_parse(number, &d, err) ||
            dec_to_parts(d, units[i].power, out, &exact, err) || !exact) {
            break;
        }
        return RC_OK;
    }
    return fail(err, RC_INPUT, "%s: '%.60s' is no mass in whole grams: 45kg, 800g, 2.1t", what,
                typed);
}

/* Whole tonnes as they are; else in grams. */
static enum rc typed_tonnes(struct entry *e, struct record *r, const char *what, const char *typed,
                            struct err *err)
{
    int64_t n;
    struct err unused = {0};
    if (typed_count(what, typed, &n, &unused) == RC_OK) {
        record_set_int(e->arena, r, F_TONNES, n);
        return RC_OK;
    }
    enum rc rc = typed_mass(e, what, text_format(e->arena, "%st", typed), &n, err);
    if (rc) return fail(err, RC_INPUT, "%s: '%.60s' is no number of tonnes", what, typed);
    record_set_int(e->arena, r, F_MASS, n);
    return RC_OK;
}

static enum rc typed_decimal(const char *what, const char *typed, struct dec *out, struct err *err)
{
    if (is_plain_number(typed) && !dec_parse(typed, out, err)) return RC_OK;
    return fail(err, RC_INPUT,
                "%s: '%.60s' is no number: at most 17 digits and a point, no separators", what,
                typed);
}

/* --- days --- */

enum rc entry_day(const char *what, const char *typed, bool first, int32_t *day,
                  enum precision *precision, struct err *err)
{
    int year, month, dom;
    enum rc rc = day_parse(typed, day, precision, err);
    if (rc) {
        err->code = RC_INPUT;
        return fail_in(err, "%s", what);
    }
    if (!first || *precision != PRECISION_MONTH) return RC_OK;
    day_to_civil(*day, &year, &month, &dom);
    *day = day_from_civil(year, month, 1);
    return RC_OK;
}

/* The two halves of "A..B"; the same twice for "A". */
static void halves(struct arena *a, const char *typed, const char **low, const char **high)
{
    const char *dots = strstr(typed, "..");
    *low = dots ? arena_bytes(a, typed, (size_t)(dots - typed)) : typed;
    *high = dots ? dots + 2 : typed;
}

static enum rc typed_window(struct entry *e, struct record *r, const char *what, const char *typed,
                            struct err *err)
{
    const char *from, *to;
    int32_t since, until;
    enum precision precision;
    halves(e->arena, typed, &from, &to);
    enum rc rc = entry_day(what, from, true, &since, &precision, err);
    if (!rc) rc = entry_day(what, to, false, &until, &precision, err);
    if (rc) return rc;
    if (until < since) return fail(err, RC_INPUT, "%s: '%.60s' ends before it begins", what, typed);
    draft_drop(r, F_UNTIL);
    record_set_int(e->arena, r, F_SINCE, since);
    record_set_int(e->arena, r, F_UNTIL, until);
    return RC_OK;
}

/* --- one option --- */

static uint32_t item_noun(const struct entry *e, const struct record *r)
{
    uint64_t id = record_ref(r, F_ITEM);
    return id ? book_noun_of(e->book, id) : NONE;
}

static enum rc typed_range(struct entry *e, struct record *r, const char *what, const char *typed,
                           struct err *err)
{
    const char *from, *to;
    int64_t low, high;
    draft_drop(r, F_HIGH);
    if (strcmp(typed, "undisclosed") == 0) return RC_OK;
    halves(e->arena, typed, &from, &to);
    enum rc rc = entry_quantity(e, what, from, item_noun(e, r), false, &low, err);
    if (!rc) rc = entry_quantity(e, what, to, item_noun(e, r), false, &high, err);
    if (rc) return rc;
    if (high < low) return fail(err, RC_INPUT, "%s: '%.60s' ends below its start", what, typed);
    record_set_int(e->arena, r, F_LOW, low);
    record_set_int(e->arena, r, F_HIGH, high);
    return RC_OK;
}

/* What is announced together is a package; the first line that names it makes it. */
static enum rc typed_package(struct entry *e, struct record *r, const char *what, const char *typed,
                             struct err *err)
{
    const char *key;
    uint64_t id = 0;
    enum rc rc = entry_text(e, what, typed, &key, err);
    if (rc) return rc;
    if (noun_typed(e->book, KIND_PACKAGE, key) != NONE) {
        rc = entry_ref(e, what, KIND_PACKAGE, key, &id, err);
    } else {
        struct record *p = record_new(e->arena, KIND_PACKAGE);
        rc = entry_new_key(e, KIND_PACKAGE, key, &key, err);
        record_set_text(e->arena, p, F_KEY, key);
        if (record_ref(r, F_PARTY)) record_set_ref(e->arena, p, F_PARTY, record_ref(r, F_PARTY));
        if (record_ref(r, F_RECEIVER)) {
            record_set_ref(e->arena, p, F_RECEIVER, record_ref(r, F_RECEIVER));
        }
        p->label = e->label;
        record_set_text(e->arena, p, F_AUTHOR, e->author);
        if (!rc) rc = posting_add(&e->posting, p, &id, err);
    }
    if (!rc) record_set_ref(e->arena, r, F_PACKAGE, id);
    return rc;
}

static enum rc typed_currency(struct entry *e, struct record *r, enum tag tag, const char *what,
                              const char *typed, struct err *err)
{
    if (names_currency_places(typed) < 0) {
        return fail(err, RC_INPUT, "%s: '%.20s' is no currency (ISO 4217: EUR, USD, ...)", what,
                    typed);
    }
    record_set_text(e->arena, r, tag, typed);
    return RC_OK;
}

static enum rc typed_date(struct entry *e, struct record *r, const struct typed *t,
                          const char *what, const char *typed, struct err *err)
{
    int32_t day;
    enum precision precision;
    enum rc rc = entry_day(what, typed, t->how == TYPED_FIRST, &day, &precision, err);
    if (rc) return rc;
    record_set_int(e->arena, r, t->tag, day);
    if (t->how != TYPED_DATED) return RC_OK;
    draft_drop(r, F_PRECISION);
    if (precision != PRECISION_DAY) record_set_int(e->arena, r, F_PRECISION, precision);
    return RC_OK;
}

static enum rc typed_ref(struct entry *e, struct record *r, const struct typed *t, enum kind kind,
                         const char *what, const char *typed, struct err *err)
{
    uint64_t id = 0;
    enum rc rc = entry_ref(e, what, kind, typed, &id, err);
    if (!rc) record_set_ref(e->arena, r, t->tag, id);
    return rc;
}

static enum rc fill_one(struct entry *e, struct record *r, const struct typed *t, const char *what,
                        const char *typed, struct err *err)
{
    int64_t n = 0;
    struct dec d;
    const char *text;
    enum rc rc = RC_OK;
    switch (t->how) {
    case TYPED_TEXT:
        rc = entry_text(e, what, typed, &text, err);
        if (!rc) record_set_text(e->arena, r, t->tag, text);
        return rc;
    case TYPED_PARTY: return typed_ref(e, r, t, KIND_PARTY, what, typed, err);
    case TYPED_ITEM: return typed_ref(e, r, t, KIND_ITEM, what, typed, err);
    case TYPED_NEED: return typed_ref(e, r, t, KIND_NEED, what, typed, err);
    case TYPED_LOT: return typed_ref(e, r, t, KIND_LOT, what, typed, err);
    case TYPED_ROUTE: return typed_ref(e, r, t, KIND_ROUTE, what, typed, err);
    case TYPED_PLANT: return typed_ref(e, r, t, KIND_PLANT, what, typed, err);
    case TYPED_PACKAGE: return typed_package(e, r, what, typed, err);
    case TYPED_RANGE: return typed_range(e, r, what, typed, err);
    case TYPED_WINDOW: return typed_window(e, r, what, typed, err);
    case TYPED_FIRST:
    case TYPED_LAST:
    case TYPED_DATED: return typed_date(e, r, t, what, typed, err);
    case TYPED_CURRENCY: return typed_currency(e, r, t->tag, what, typed, err);
    case TYPED_DECIMAL:
        rc = typed_decimal(what, typed, &d, err);
        if (!rc) record_set_dec(e->arena, r, t->tag, d);
        return rc;
    case TYPED_QUANTITY:
        rc = entry_quantity(e, what, typed, item_noun(e, r), t->tag == F_FLOOR, &n, err);
        break;
    case TYPED_COUNT: rc = typed_count(what, typed, &n, err); break;
    case TYPED_MASS: rc = typed_mass(e, what, typed, &n, err); break;
    case TYPED_TONNES: return typed_tonnes(e, r, what, typed, err);
    case TYPED_TEXTS:
    case TYPED_SWITCH: assert(false); break;
    }
    if (!rc) record_set_int(e->arena, r, t->tag, n);
    return rc;
}

/* --- all of them --- */

static const struct opt *opt_of(const struct opt *opts, const struct typed *t)
{
    while (opts->name && strcmp(opts->name, t->option) != 0) opts++;
    assert(opts->name);
    return opts;
}

static enum rc fill_list(struct entry *e, struct record *r, const struct typed *t, const char *what,
                         const struct texts *list, struct err *err)
{
    if (list->count) draft_drop(r, t->tag);
    for (uint32_t i = 0; i < list->count; i++) {
        const char *text;
        if (!*list->at[i] && e->revising) continue;
        enum rc rc = entry_text(e, what, list->at[i], &text, err);
        if (rc) return rc;
        record_set_text(e->arena, r, t->tag, text);
    }
    return RC_OK;
}

static enum rc fill_text(struct entry *e, struct record *r, const struct typed *t, const char *what,
                         const char *typed, struct err *err)
{
    if (!typed && t->needed && !e->revising) return fail(err, RC_INPUT, "%s is missing", what);
    if (!typed) return RC_OK;
    draft_drop(r, t->tag);
    if (t->how == TYPED_TONNES) draft_drop(r, F_MASS);
    if (*typed) return fill_one(e, r, t, what, typed, err);
    if (!e->revising) return fail(err, RC_INPUT, "%s is empty", what);
    if (t->how == TYPED_RANGE) draft_drop(r, F_HIGH);
    if (t->how == TYPED_WINDOW) draft_drop(r, F_UNTIL);
    if (t->how == TYPED_DATED) draft_drop(r, F_PRECISION);
    return RC_OK;
}

enum rc entry_fill(struct entry *e, struct record *draft, const struct opt *opts, const void *args,
                   const struct typed *typed, struct err *err)
{
    enum rc rc = RC_OK;
    for (const struct typed *t = typed; t->option && !rc; t++) {
        const struct opt *o = opt_of(opts, t);
        const void *at = (const char *)args + o->at;
        const char *what = text_format(e->arena, "--%s", o->name);
        switch (o->type) {
        case OPT_SWITCH:
            if (*(const bool *)at) draft_drop(draft, t->tag);
            if (*(const bool *)at) record_set_int(e->arena, draft, t->tag, 1);
            break;
        case OPT_TEXT: rc = fill_text(e, draft, t, what, *(const char *const *)at, err); break;
        case OPT_LIST: rc = fill_list(e, draft, t, what, at, err); break;
        }
    }
    return rc;
}
