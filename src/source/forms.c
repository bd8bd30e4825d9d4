/*
 * forms.c - see forms.h. Dates are taken apart into words and digits first,
 * so that "3 April 2024", "03-Apr-2024" and "03.04.2024" are one small table
 * of shapes instead of a scanner each.
 */
#include "source/forms.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "source/table.h"

static const char *const months[] = {"january",   "february", "march",    "april",
                                     "may",       "june",     "july",     "august",
                                     "september", "october",  "november", "december"};

static const struct form_name {
    const char *name;
    unsigned form;
} form_names[] = {
    {"iso", DATE_ISO},
    {"d/m/y", DATE_D_M_Y},
    {"m/d/y", DATE_M_D_Y},
    {"d month y", DATE_D_MONTH_Y},
    {"month d y", DATE_MONTH_D_Y},
    {"month y", DATE_MONTH_Y},
    {"m/y", DATE_M_Y},
    {"year", DATE_YEAR},
    {"serial", DATE_SERIAL},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

unsigned date_forms_named(const char *list, struct err *err)
{
    unsigned forms = 0;
    for (const char *at = list; *at;) {
        while (*at == ' ' || *at == ',') at++;
        size_t len = strcspn(at, ",");
        size_t word = len;
        while (word > 0 && at[word - 1] == ' ') word--;
        if (word == 0) break;
        unsigned form = 0;
        for (size_t i = 0; i < sizeof form_names / sizeof *form_names; i++) {
            const char *name = form_names[i].name;
            if (strlen(name) == word && strncasecmp(name, at, word) == 0) form = form_names[i].form;
        }
        if (!form) {
            fail(err, RC_INPUT,
                 "'%.*s' is no form of dates: expected iso, d/m/y, m/d/y, d month y, month d y, "
                 "month y, m/y, year or serial",
                 (int)(word > 40 ? 40 : word), at);
            return 0;
        }
        forms |= form;
        at += len;
    }
    if ((forms & DATE_D_M_Y) && (forms & DATE_M_D_Y)) {
        fail(err, RC_INPUT, "d/m/y and m/d/y cannot both be meant: 03/04/2024 would be two days");
        return 0;
    }
    if (!forms) fail(err, RC_INPUT, "expected a form of dates such as iso or d/m/y");
    return forms;
}

/* A date in pieces: up to three of day, month, year, each digits or a month's name. */
struct piece {
    int value;
    int digits; /* 0: a month's name */
};

/* 1..12 for a month's name of len letters, else 0. */
static int month_named(const char *word, size_t len)
{
    for (int m = 0; m < 12; m++) {
        size_t full = strlen(months[m]);
        bool short_form = len == 3 || (m == 8 && len == 4);
        if ((len == full || short_form) && strncasecmp(word, months[m], len) == 0) return m + 1;
    }
    return 0;
}

/* The pieces of a date and the separator between digits; count 0 if it is something else. */
static int take_apart(const char *text, struct piece out[3], char *separator)
{
    int count = 0;
    *separator = 0;
    const char *at = text;
    while (*at) {
        if (count == 3) return 0;
        struct piece *p = &out[count];
        *p = (struct piece){0};
        if (is_digit(*at)) {
            for (; is_digit(*at) && p->digits < 5; at++, p->digits++) {
                p->value = p->value * 10 + (*at - '0');
            }
            if (is_digit(*at)) return 0;
        } else if (is_letter(*at)) {
            const char *end = at;
            while (is_letter(*end)) end++;
            p->value = month_named(at, (size_t)(end - at));
            if (!p->value) return 0;
            at = end;
            if (*at == '.' && at[1] == ' ') at++; /* "Apr. 2024" */
        } else {
            return 0;
        }
        count++;
        if (!*at) break;
        char c = *at;
        if (c == ',' && at[1] == ' ') at++, c = ' ';
        if (c != ' ' && c != '/' && c != '.' && c != '-') return 0;
        if (*separator && *separator != c) return 0;
        *separator = c;
        at++;
        if (!*at) return 0;
    }
    return count;
}

static enum rc civil(int year, int month, int dom, const char *text, int32_t *day, struct err *err)
{
    int y, m, last;
    if (month < 1 || month > 12) {
        return fail(err, RC_RULE, "'%.40s' has no month between 1 and 12", text);
    }
    day_to_civil(day_month_last(year, month), &y, &m, &last);
    if (dom < 1 || dom > last) return fail(err, RC_RULE, "'%.40s' is in no calendar", text);
    int32_t got = day_from_civil(year, month, dom);
    if (got < DAY_MIN || got > DAY_MAX) {
        return fail(err, RC_RULE, "'%.40s' is not between 1900 and 2199", text);
    }
    *day = got;
    return RC_OK;
}

static bool is_year(const struct piece *p)
{
    return p->digits == 4;
}

static bool is_short(const struct piece *p)
{
    return p->digits == 1 || p->digits == 2;
}

/* Which single form the pieces have, of those allowed; 0 for none. */
static unsigned shape_of(const struct piece *p, int count, char separator, unsigned forms)
{
    bool space = separator == ' ';
    if (count == 3 && is_year(&p[0]) && p[1].digits == 2 && p[2].digits == 2 && separator == '-') {
        return forms & DATE_ISO;
    }
    if (count == 3 && is_short(&p[0]) && is_short(&p[1]) && is_year(&p[2]) && !space) {
        return forms & (DATE_D_M_Y | DATE_M_D_Y);
    }
    if (count == 3 && is_short(&p[0]) && !p[1].digits && is_year(&p[2])) {
        return forms & DATE_D_MONTH_Y;
    }
    if (count == 3 && !p[0].digits && is_short(&p[1]) && is_year(&p[2])) {
        return forms & DATE_MONTH_D_Y;
    }
    if (count == 2 && is_year(&p[0]) && p[1].digits == 2 && separator == '-') {
        return forms & DATE_ISO;
    }
    if (count == 2 && !p[0].digits && is_year(&p[1])) return forms & DATE_MONTH_Y;
    if (count == 2 && is_short(&p[0]) && is_year(&p[1]) && !space) return forms & DATE_M_Y;
    if (count == 1 && is_year(&p[0])) return forms & DATE_YEAR;
    if (count == 1 && p[0].digits == 5) return forms & DATE_SERIAL;
    return 0;
}

static enum rc whole_month(int year, int month, const char *text, int32_t *day,
                           enum precision *precision, struct err *err)
{
    *precision = PRECISION_MONTH;
    enum rc rc = civil(year, month, 1, text, day, err);
    if (!rc) *day = day_month_last(year, month);
    return rc;
}

enum rc date_read(const char *text, unsigned forms, int32_t *day, enum precision *precision,
                  struct err *err)
{
    struct piece p[3] = {{0, 0}, {0, 0}, {0, 0}};
    char separator;
    enum precision found = PRECISION_DAY;
    int32_t got = 0;
    int count = take_apart(text, p, &separator);
    enum rc rc;
    switch (shape_of(p, count, separator, forms)) {
    case DATE_ISO:
        rc = count == 3 ? civil(p[0].value, p[1].value, p[2].value, text, &got, err)
                        : whole_month(p[0].value, p[1].value, text, &got, &found, err);
        break;
    case DATE_D_M_Y:
    case DATE_D_MONTH_Y: rc = civil(p[2].value, p[1].value, p[0].value, text, &got, err); break;
    case DATE_M_D_Y:
    case DATE_MONTH_D_Y: rc = civil(p[2].value, p[0].value, p[1].value, text, &got, err); break;
    case DATE_MONTH_Y:
    case DATE_M_Y: rc = whole_month(p[1].value, p[0].value, text, &got, &found, err); break;
    case DATE_YEAR:
        found = PRECISION_UNTIL;
        rc = civil(p[0].value, 12, 31, text, &got, err);
        break;
    case DATE_SERIAL:
        rc = serial_day(text, &got, err);
        if (rc) err->code = rc = RC_RULE;
        break;
    default: rc = fail(err, RC_INPUT, "'%.40s' is not a date in the form expected", text);
    }
    if (rc) return rc;
    *day = got;
    if (precision) *precision = found;
    return RC_OK;
}

int power_named(const char *word)
{
    static const struct {
        const char *word;
        int power;
    } words[] = {{"thousand", 3}, {"million", 6}, {"mn", 6}, {"billion", 9}, {"bn", 9}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcasecmp(words[i].word, word) == 0) return words[i].power;
    }
    if (*word != '1') return -1;
    if (word[1] == 'e' || word[1] == 'E') {
        int power = 0;
        const char *at = word + 2;
        if (!*at || strlen(at) > 2) return -1;
        for (; is_digit(*at); at++) power = power * 10 + (*at - '0');
        return *at || power > DEC_SCALE_MAX ? -1 : power;
    }
    size_t zeros = strspn(word + 1, "0");
    return word[1 + zeros] || zeros > DEC_SCALE_MAX ? -1 : (int)zeros;
}

enum rc dec_scale(struct dec d, int power, struct dec *out, struct err *err)
{
    d = dec_trim(d);
    int scale = d.scale - power;
    for (; scale < 0 && d.n != 0; scale++) {
        if (__builtin_mul_overflow(d.n, (int64_t)10, &d.n)) {
            return fail(err, RC_RULE, "a number is too large to keep");
        }
    }
    if (d.n == 0) scale = 0;
    if (scale > DEC_SCALE_MAX) {
        int drop = scale - DEC_SCALE_MAX;
        d.n = drop > 19 ? 0 : (int64_t)div_half_even(d.n, power10(drop));
        scale = DEC_SCALE_MAX;
    }
    *out = dec_trim((struct dec){d.n, scale});
    return RC_OK;
}

/* Length of a thousands separator at `at`, 0 if none stands there. */
static size_t separator_at(const char *at, char thousands)
{
    if (!thousands) return 0;
    if (thousands == ' ') {
        if (*at == ' ') return 1;
        if (strncmp(at, "\xC2\xA0", 2) == 0) return 2;     /* no-break space */
        if (strncmp(at, "\xE2\x80\xAF", 3) == 0) return 3; /* narrow no-break space */
        return 0;
    }
    if (thousands == '\'' && strncmp(at, "\xE2\x80\x99", 3) == 0) return 3;
    return *at == thousands ? 1 : 0;
}

enum { PLAIN_MAX = 64 };

/*
 * The digits of the whole part, separators dropped, into out; NULL when they
 * are misplaced. *len above PLAIN_MAX / 2: more than were kept.
 */
static const char *whole_part(const char *at, char thousands, char out[PLAIN_MAX], size_t *len)
{
    int run = 0, groups = 0;
    for (;;) {
        if (is_digit(*at)) {
            if (*len < PLAIN_MAX / 2) out[*len] = *at;
            ++*len;
            at++;
            run++;
            continue;
        }
        size_t skip = separator_at(at, thousands);
        if (!skip || !is_digit(at[skip])) break;
        if (run == 0 || run > 3 || (groups > 0 && run != 3)) return NULL;
        groups++;
        run = 0;
        at += skip;
    }
    return groups > 0 && run != 3 ? NULL : at;
}

enum rc number_read(const char *text, const struct number_form *form, struct dec *out,
                    struct err *err)
{
    char plain[PLAIN_MAX], point = form->decimal ? form->decimal : '.';
    size_t len = 0;
    const char *at = text;
    if (*at == '-' || *at == '+') plain[len++] = *at++;
    if (strncmp(at, "\xE2\x88\x92", 3) == 0 && len == 0) { /* the minus sign proper */
        plain[len++] = '-';
        at += 3;
    }
    bool digit_first = is_digit(*at);
    at = whole_part(at, form->thousands, plain, &len);
    if (!at) return fail(err, RC_INPUT, "'%.60s' has its separators in the wrong places", text);
    if (len > PLAIN_MAX / 2) return fail(err, RC_RULE, "'%.60s' is too large to keep", text);
    if (*at == point && is_digit(at[1])) {
        plain[len++] = '.';
        for (at++; is_digit(*at) && len < PLAIN_MAX - 8; at++) plain[len++] = *at;
        digit_first = true;
        while (is_digit(*at)) at++; /* far below anything that is kept */
    }
    if (digit_first && (*at == 'e' || *at == 'E')) {
        size_t sign = at[1] == '-' || at[1] == '+';
        size_t digits = strspn(at + 1 + sign, "0123456789");
        if (digits >= 1 && digits <= 3) {
            memcpy(plain + len, at, 1 + sign + digits);
            len += 1 + sign + digits;
            at += 1 + sign + digits;
        }
    }
    plain[len] = '\0';
    int power = form->power;
    size_t gap = separator_at(at, ' ');
    if (gap) {
        int word = is_letter(at[gap]) ? power_named(at + gap) : -1;
        if (word < 0) return fail(err, RC_INPUT, "'%.60s' is not a number", text);
        power += word;
        at += strlen(at);
    }
    if (*at || !digit_first) {
        return fail(err, RC_INPUT, "'%.60s' is not a number in the form expected", text);
    }
    struct dec d;
    struct err inner;
    if (dec_parse(plain, &d, &inner)) {
        return fail(err, RC_RULE, "'%.60s' is too large to keep", text);
    }
    enum rc rc = dec_scale(d, power, out, err);
    return rc ? fail(err, rc, "'%.60s' is too large to keep", text) : RC_OK;
}
