/*
 * times.c - the times that a sentence names; see sentence.h.
 *
 * "Since" what is a small table of events that everybody in this field dates
 * alike; a term of office counts by whose it is. What is not in the tables is
 * a time that cannot be told, never a guess.
 */
#include <string.h>

#include "base/text.h"
#include "check/sentence.h"

static const struct phrase months[] = {
    {"january", 1},   {"february", 2},  {"march", 3},  {"april", 4},     {"may", 5},
    {"june", 6},      {"july", 7},      {"august", 8}, {"september", 9}, {"october", 10},
    {"november", 11}, {"december", 12}, {NULL, 0}};

/* What a "since" can name, in the order in which one goes before another. */
static const struct {
    const char *words;
    int year, month, day;
    const char *receiver;
} events[] = {
    {"annexation", 2014, 3, 18, "UKR"},     {"annexed", 2014, 3, 18, "UKR"},
    {"first invasion", 2014, 3, 18, "UKR"}, {"invasion", 2022, 2, 24, "UKR"},
    {"invaded", 2022, 2, 24, "UKR"},        {"aggression", 2022, 2, 24, "UKR"},
    {"assault", 2022, 2, 24, "UKR"},        {"war", 2022, 2, 24, "UKR"},
    {"conflict", 2022, 2, 24, "UKR"},       {"trump administration", 2025, 1, 20, NULL},
    {"trump", 2025, 1, 20, NULL},           {"biden", 2021, 1, 20, NULL},
};

/* Whose terms of office "this administration" may be: the last that had begun by the day. */
static const struct {
    int year, month, day;
} terms[] = {{2017, 1, 20}, {2021, 1, 20}, {2025, 1, 20}};

static const char *const office[] = {"this administration",
                                     "the administration",
                                     "our administration",
                                     "my administration",
                                     "the president took office",
                                     "he took office",
                                     "taking office",
                                     "came into office",
                                     "came to office",
                                     "i took office",
                                     "we took office",
                                     "inauguration",
                                     NULL};

/* Whether a phrase begins anywhere in [from, to); its end in *end. */
static bool has_phrase(const struct sentence_tokens *s, uint32_t from, uint32_t to,
                       const char *words, uint32_t *end)
{
    for (uint32_t i = from; i < to; i++) {
        uint32_t n = phrase_at(s, i, words);
        if (!n) continue;
        *end = i + n;
        return true;
    }
    return false;
}

/* A year in digits at i, or 0. */
static int year_at(const struct sentence_tokens *s, uint32_t i)
{
    if (i >= s->count || !s->token[i].digits || strlen(s->token[i].word) != 4) return 0;
    if (strspn(s->token[i].word, "0123456789") != 4) return 0;
    int year = 0;
    for (const char *c = s->token[i].word; *c; c++) year = year * 10 + (*c - '0');
    return year >= 1900 && year <= 2199 ? year : 0;
}

static int day_number(const struct sentence_tokens *s, uint32_t i)
{
    if (i >= s->count || !s->token[i].digits) return 0;
    const char *w = s->token[i].word;
    size_t len = strlen(w);
    if (len > 2 || strspn(w, "0123456789") != len) return 0;
    int n = len == 2 ? (w[0] - '0') * 10 + (w[1] - '0') : w[0] - '0';
    return n >= 1 && n <= 31 ? n : 0;
}

static bool is_ordinal_tail(const struct sentence_tokens *s, uint32_t i)
{
    return token_is(s, i, "th") || token_is(s, i, "st") || token_is(s, i, "nd") ||
           token_is(s, i, "rd");
}

/*
 * "February", "late February", "February 24th", "24 February 2022", "March
 * 2023", "last March": the first day meant; the tokens in *n, 0 when there is
 * no month here. Without a year it is the last such month by the day.
 */
static bool month_date(const struct sentence_tokens *s, uint32_t i, int32_t today, int32_t *day,
                       int32_t *end, uint32_t *n)
{
    uint32_t m, at = i;
    int dom = 0;
    while (token_is(s, at, "late") || token_is(s, at, "early") || token_is(s, at, "mid") ||
           token_is(s, at, "last") || token_is(s, at, "the")) {
        at++;
    }
    if ((dom = day_number(s, at)) != 0) {
        at += is_ordinal_tail(s, at + 1) ? 2 : 1;
        if (token_is(s, at, "of")) at++;
    }
    const struct phrase *month = phrase_longest(s, at, months, &m);
    if (!month || !s->token[at].capital) return false;
    at += m;
    if (!dom && (dom = day_number(s, at)) != 0) at += is_ordinal_tail(s, at + 1) ? 2 : 1;
    if (token_is(s, at, ",") && year_at(s, at + 1)) at++;
    int year = year_at(s, at);
    if (year) at++;
    if (!year && today == DAY_MAX) return false;
    if (!year) {
        year = day_year(today);
        if (day_from_civil(year, month->value, dom ? dom : 1) > today) year--;
    }
    int32_t last = day_month_last(year, month->value);
    *day = day_from_civil(year, month->value, dom ? dom : 1);
    if (*day > last) return false;
    *end = dom ? *day : last;
    *n = at - i;
    return true;
}

static bool clause_ends(const struct sentence_tokens *s, uint32_t i)
{
    return i >= s->count || token_is(s, i, ",") || token_is(s, i, ";") || token_is(s, i, "~") ||
           token_is(s, i, "$") || token_is(s, i, "eur") || token_is(s, i, "(");
}

/* Behind "since": an event, an office, a date. False: a time that cannot be told. */
static bool since_what(const struct sentence_tokens *s, uint32_t from, uint32_t to, int32_t today,
                       struct time_said *t, uint32_t *end)
{
    uint32_t n;
    int32_t ignored;
    if (month_date(s, from, today, &t->since, &ignored, &n)) {
        *end = from + n;
        return true;
    }
    if (year_at(s, from)) {
        t->since = day_from_civil(year_at(s, from), 1, 1);
        *end = from + 1;
        return true;
    }
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        if (!has_phrase(s, from, to, events[i].words, end)) continue;
        t->since = day_from_civil(events[i].year, events[i].month, events[i].day);
        t->receiver = events[i].receiver;
        /* "launched its assault in late February", "invasion of Ukraine in February" */
        uint32_t at = *end;
        while (at < *end + 4 &&
               (token_is(s, at, "of") || token_is(s, at, "began") || token_is(s, at, "started") ||
                token_is(s, at, "against") || token_is(s, at, "ukraine"))) {
            at++;
        }
        if ((token_is(s, at, "in") || token_is(s, at, "on")) &&
            month_date(s, at + 1, today, &ignored, &ignored, &n)) {
            *end = at + 1 + n;
        }
        return true;
    }
    for (size_t i = 0; office[i]; i++) {
        if (today == DAY_MAX || !has_phrase(s, from, to, office[i], end)) continue;
        for (size_t k = 0; k < sizeof terms / sizeof *terms; k++) {
            int32_t day = day_from_civil(terms[k].year, terms[k].month, terms[k].day);
            if (day <= today) t->since = day;
        }
        return t->since != DAY_MIN;
    }
    for (uint32_t i = from; i < to; i++) { /* "since Congress voted in March 2022" */
        if (!token_is(s, i, "in") || !month_date(s, i + 1, today, &t->since, &ignored, &n))
            continue;
        *end = i + 1 + n;
        return true;
    }
    return false;
}

static uint32_t time_since(const struct sentence_tokens *s, uint32_t i, int32_t today,
                           struct time_said *t)
{
    uint32_t to = i + 1, end;
    enum { REACH = 14 };
    while (to < i + REACH && !clause_ends(s, to)) to++;
    t->kind = TIME_SINCE;
    if (!since_what(s, i + 1, to, today, t, &end)) {
        t->kind = TIME_VAGUE;
        end = to;
    }
    return end - i;
}

/* --- "in the past two months" --- */

static const struct phrase past[] = {{"past", 1}, {"last", 1}, {NULL, 0}};
static const struct phrase spans[] = {{"day", 1},    {"days", 1},    {"week", 7},
                                      {"weeks", 7},  {"month", 30},  {"months", 30},
                                      {"year", 365}, {"years", 365}, {NULL, 0}};
static const struct phrase how_many[] = {{"one", 1},  {"two", 2},  {"three", 3},   {"four", 4},
                                         {"five", 5}, {"six", 6},  {"seven", 7},   {"eight", 8},
                                         {"nine", 9}, {"ten", 10}, {"twelve", 12}, {NULL, 0}};

/* So many days, weeks, months or years before the day. */
static int32_t before(int32_t today, int unit, int count)
{
    int year, month, day;
    if (unit < 30) return today - unit * count;
    day_to_civil(today, &year, &month, &day);
    int months_back = unit == 30 ? count : 12 * count;
    month -= months_back % 12;
    year -= months_back / 12;
    if (month < 1) {
        month += 12;
        year--;
    }
    if (year < 1900) return DAY_MIN;
    int32_t last = day_month_last(year, month), asked = day_from_civil(year, month, 1) + day - 1;
    return asked < last ? asked : last;
}

static uint32_t time_past(const struct sentence_tokens *s, uint32_t i, int32_t today,
                          struct time_said *t)
{
    uint32_t at = i + 1, n;
    int count = 1;
    if (token_is(s, at, "just") || token_is(s, at, "only")) at++;
    if (!token_is(s, at, "the") && !token_is(s, at, "this")) return 0;
    if (!phrase_longest(s, at + 1, past, &n)) return 0;
    at += 2;
    t->kind = TIME_WITHIN;
    const struct phrase *number = phrase_longest(s, at, how_many, &n);
    if (number) {
        count = number->value;
        at += n;
    } else if (day_number(s, at)) {
        count = day_number(s, at++);
    } else if (token_is(s, at, "few") || token_is(s, at, "several") || token_is(s, at, "couple")) {
        t->kind = TIME_VAGUE;
        at++;
        if (token_is(s, at, "of")) at++;
    }
    const struct phrase *span = phrase_longest(s, at, spans, &n);
    if (!span) return 0;
    if (today == DAY_MAX) t->kind = TIME_VAGUE;
    if (t->kind == TIME_WITHIN) {
        t->since = before(today, span->value, count);
        t->until = today;
    }
    return at + n - i;
}

/* --- the others --- */

static const struct phrase fixed[] = {
    {"each year", TIME_YEARLY},  {"every year", TIME_YEARLY},  {"per year", TIME_YEARLY},
    {"per annum", TIME_YEARLY},  {"annually", TIME_YEARLY},    {"yearly", TIME_YEARLY},
    {"a month", TIME_VAGUE},     {"per month", TIME_VAGUE},    {"each month", TIME_VAGUE},
    {"every month", TIME_VAGUE}, {"monthly", TIME_VAGUE},      {"a week", TIME_VAGUE},
    {"every week", TIME_VAGUE},  {"a day", TIME_VAGUE},        {"every day", TIME_VAGUE},
    {"to date", TIME_TOTAL},     {"so far", TIME_TOTAL},       {"until now", TIME_TOTAL},
    {"in total", TIME_TOTAL},    {"total", TIME_TOTAL},        {"altogether", TIME_TOTAL},
    {"overall", TIME_TOTAL},     {"cumulatively", TIME_TOTAL}, {"today", TIME_FRESH},
    {"yesterday", TIME_FRESH},   {"tomorrow", TIME_FRESH},     {"this week", TIME_FRESH},
    {"this month", TIME_FRESH},  {"last night", TIME_FRESH},   {NULL, 0}};

static const struct phrase not_a_year[] = {{"over", 1},   {"past", 1}, {"half", 1},  {"than", 1},
                                           {"within", 1}, {"for", 1},  {"about", 1}, {"almost", 1},
                                           {"nearly", 1}, {"once", 1}, {"in", 1},    {NULL, 0}};

static const struct phrase base_words[] = {
    {"compared with", 1}, {"compared to", 1}, {"than in", 1}, {"than", 1},    {"over", 1},
    {"from", 1},          {"relative to", 1}, {"against", 1}, {"between", 1}, {NULL, 0}};

static void whole_year(struct time_said *t, int year)
{
    t->kind = TIME_WITHIN;
    t->since = day_from_civil(year, 1, 1);
    t->until = day_from_civil(year, 12, 31);
}

/* "2023", "last year", "this year", "March 2023" behind a preposition; the tokens, or 0. */
static uint32_t named_time(const struct sentence_tokens *s, uint32_t i, int32_t today,
                           struct time_said *t)
{
    uint32_t n;
    if (year_at(s, i)) {
        whole_year(t, year_at(s, i));
        return 1;
    }
    if ((phrase_at(s, i, "last year") || phrase_at(s, i, "this year")) && today != DAY_MAX) {
        whole_year(t, day_year(today) - (int)token_is(s, i, "last"));
        if (t->until > today) t->until = today;
        return 2;
    }
    if (month_date(s, i, today, &t->since, &t->until, &n)) {
        t->kind = TIME_WITHIN;
        return n;
    }
    return 0;
}

static uint32_t time_named(const struct sentence_tokens *s, uint32_t i, int32_t today,
                           struct time_said *t)
{
    uint32_t n = 0, m;
    const struct phrase *base = phrase_longest(s, i, base_words, &m);
    bool second =
        token_is(s, i, "to") || (token_is(s, i, "and") && i > 1 && token_is(s, i - 2, "between"));
    if (second && i > 0 && year_at(s, i - 1)) { /* "from 2022 to 2023" */
        n = named_time(s, i + 1, today, t);
        return n ? n + 1 : 0;
    }
    if (base && (n = named_time(s, i + m, today, t)) != 0) {
        t->compared = true;
        return m + n;
    }
    if (token_is(s, i, "in") || token_is(s, i, "during") || token_is(s, i, "throughout")) {
        n = named_time(s, i + 1, today, t);
        return n ? n + 1 : 0;
    }
    return phrase_at(s, i, "last year") || phrase_at(s, i, "this year") ? named_time(s, i, today, t)
                                                                        : 0;
}

static uint32_t time_at(const struct sentence_tokens *s, uint32_t i, int32_t today,
                        struct time_said *t)
{
    uint32_t n, m;
    if (token_is(s, i, "since")) return time_since(s, i, today, t);
    if (token_is(s, i, "in") || token_is(s, i, "over") || token_is(s, i, "during") ||
        token_is(s, i, "for") || token_is(s, i, "within")) {
        if ((n = time_past(s, i, today, t)) != 0) return n;
    }
    if ((n = time_named(s, i, today, t)) != 0) return n;
    const struct phrase *p = phrase_longest(s, i, fixed, &n);
    if (p) {
        t->kind = (enum time_kind)p->value;
        return n;
    }
    if (phrase_at(s, i, "a year") && !token_is(s, i + 2, "ago") && i > 0 &&
        !phrase_longest(s, i - 1, not_a_year, &m)) {
        t->kind = TIME_YEARLY;
        return 2;
    }
    return 0;
}

uint32_t sentence_times(const struct sentence_tokens *s, int32_t day,
                        struct time_said out[TIMES_MAX])
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->count && count < TIMES_MAX;) {
        struct time_said t = {.first = i, .since = DAY_MIN, .until = DAY_MAX};
        uint32_t n = time_at(s, i, day, &t);
        if (!n) {
            i++;
            continue;
        }
        t.count = n;
        out[count++] = t;
        i += n;
    }
    return count;
}
