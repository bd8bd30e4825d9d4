/* dates.c - see dates.h. Years 1900 to 2199: what else has four figures is no year here. */
#include "read/dates.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

static const char *const months[] = {"january",   "february", "march",    "april",
                                     "may",       "june",     "july",     "august",
                                     "september", "october",  "november", "december"};

struct cursor {
    const char *text;
    uint32_t len, at;
};

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

static void skip(struct cursor *c, const char *any)
{
    while (c->at < c->len && strchr(any, c->text[c->at]) && c->text[c->at]) c->at++;
}

/* Up to `most` digits and not one more; -1 and nothing taken otherwise. */
static int number(struct cursor *c, uint32_t most)
{
    uint32_t i = c->at;
    int value = 0;
    while (i < c->len && digit(c->text[i]) && i - c->at < most)
        value = value * 10 + c->text[i++] - '0';
    if (i == c->at || (i < c->len && digit(c->text[i]))) return -1;
    c->at = i;
    return value;
}

/* 1 to 12 for a month's name or its first three or four letters; 0 and nothing taken otherwise. */
static int month(struct cursor *c)
{
    uint32_t n = 0;
    if (c->at >= c->len || !strchr("jfmasond", lower(c->text[c->at]))) return 0;
    while (c->at + n < c->len && letter(c->text[c->at + n])) n++;
    for (int m = 0; m < 12 && n >= 3; m++) {
        uint32_t i = 0;
        while (i < n && months[m][i] == lower(c->text[c->at + i])) i++;
        if (i < n || (n > 4 && months[m][n])) continue;
        c->at += n;
        return m + 1;
    }
    return 0;
}

static int year(struct cursor *c)
{
    int y = number(c, 4);
    return y >= 1900 && y < 2200 ? y : -1;
}

static const char *day_text(struct arena *a, int y, int m, int d)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (y < 0 || m < 1 || m > 12 || d < 1 || d > days[m - 1]) return NULL;
    return text_format(a, "%04d-%02d-%02d", y, m, d);
}

/* "5 April 2022", "5th of April, 2022" at the cursor, or "2022-04-05". */
static const char *figures_first(struct arena *a, struct cursor c)
{
    struct cursor iso = c;
    int y = year(&iso);
    if (y > 0 && iso.at < iso.len && iso.text[iso.at] == '-') {
        iso.at++;
        int m = number(&iso, 2);
        skip(&iso, "-");
        return day_text(a, y, m, number(&iso, 2));
    }
    int d = number(&c, 2);
    if (d < 0) return NULL;
    struct cursor dotted = c; /* "22.04.2024": with full stops the day comes first */
    if (dotted.at < dotted.len && dotted.text[dotted.at] == '.') {
        dotted.at++;
        int m = number(&dotted, 2);
        bool stop = m > 0 && dotted.at < dotted.len && dotted.text[dotted.at] == '.';
        dotted.at += stop;
        y = stop ? year(&dotted) : -1;
        if (y > 0) return day_text(a, y, m, d);
    }
    if (c.at + 1 < c.len && strchr("snrt", c.text[c.at])) c.at += 2;
    skip(&c, " .");
    if (c.at + 2 < c.len && !strncmp(c.text + c.at, "of ", 3)) c.at += 3;
    int m = month(&c);
    skip(&c, " .,");
    return m ? day_text(a, year(&c), m, d) : NULL;
}

/* "April 5, 2022" at the cursor. */
static const char *month_first(struct arena *a, struct cursor c)
{
    int m = month(&c);
    if (!m) return NULL;
    skip(&c, " .");
    int d = number(&c, 2);
    if (c.at + 1 < c.len && letter(c.text[c.at]) && strchr("snrt", c.text[c.at])) c.at += 2;
    skip(&c, " ,");
    return day_text(a, year(&c), m, d);
}

const char *date_in(struct arena *a, const char *text, uint32_t len)
{
    char before = ' ';
    for (uint32_t i = 0; i < len; before = text[i++]) {
        struct cursor c = {text, len, i};
        const char *found = NULL;
        if (digit(text[i]) && !digit(before) && before != '-' && before != '/')
            found = figures_first(a, c);
        else if (letter(text[i]) && !letter(before))
            found = month_first(a, c);
        if (found) return found;
    }
    return NULL;
}

const char *instant_in(struct arena *a, const char *text)
{
    static const char form[] = "0000-00-00T00:00:00";
    size_t i = 0;
    for (; form[i]; i++) {
        bool fits = form[i] == '0'   ? digit(text[i])
                    : form[i] == 'T' ? text[i] == 'T' || text[i] == ' '
                                     : text[i] == form[i];
        if (!fits) return NULL;
    }
    const char *zone = text + i;
    if (*zone == '.') {
        for (zone++; digit(*zone);) zone++;
    }
    bool offset = (*zone == '+' || *zone == '-') && strlen(zone) >= 6 && zone[3] == ':';
    if (*zone != 'Z' && !offset) return NULL;
    return text_format(a, "%.10sT%.8s%.6s", text, text + 11, *zone == 'Z' ? "Z" : zone);
}
