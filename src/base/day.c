/*
 * day.c - see day.h. The calendar is Hinnant's days_from_civil, exact for
 * every year that muster accepts and without a table.
 */
#include "base/day.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

int32_t day_from_civil(int year, int month, int day)
{
    assert(month >= 1 && month <= 12);
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    int yoe = year - era * 400;
    int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

void day_to_civil(int32_t day, int *year, int *month, int *dom)
{
    int z = day + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    *dom = doy - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = yoe + era * 400 + (*month <= 2);
}

int32_t day_month_last(int year, int month)
{
    return month == 12 ? day_from_civil(year + 1, 1, 1) - 1
                       : day_from_civil(year, month + 1, 1) - 1;
}

int day_year(int32_t day)
{
    int year, month, dom;
    day_to_civil(day, &year, &month, &dom);
    return year;
}

/* Exactly count digits at *at; moves it on. -1 if they are not there. */
static int digits(const char **at, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        char c = (*at)[i];
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    *at += count;
    return value;
}

static bool take(const char **at, char c)
{
    if (**at != c) return false;
    ++*at;
    return true;
}

/* A civil date at *at. False if none stands there. */
static bool scan_date(const char **at, int *year, int *month, int *dom)
{
    *year = digits(at, 4);
    if (*year < 0 || !take(at, '-')) return false;
    *month = digits(at, 2);
    if (*month < 1 || *month > 12) return false;
    *dom = 0;
    if (!take(at, '-')) return true;
    *dom = digits(at, 2);
    int last, unused_year, unused_month;
    day_to_civil(day_month_last(*year, *month), &unused_year, &unused_month, &last);
    return *dom >= 1 && *dom <= last;
}

enum rc day_parse(const char *text, int32_t *day, enum precision *precision, struct err *err)
{
    const char *at = text;
    int year, month, dom;
    if (!scan_date(&at, &year, &month, &dom) || *at) {
        return fail(err, RC_INPUT, "'%.40s' is not a date like 2022-03-31 or 2022-03", text);
    }
    int32_t got = dom ? day_from_civil(year, month, dom) : day_month_last(year, month);
    if (got < DAY_MIN || got > DAY_MAX) {
        return fail(err, RC_INPUT, "'%.40s' is not between 1900 and 2199", text);
    }
    *day = got;
    if (precision) *precision = dom ? PRECISION_DAY : PRECISION_MONTH;
    return RC_OK;
}

const char *day_format(int32_t day, char out[DAY_TEXT])
{
    int year, month, dom;
    day_to_civil(day, &year, &month, &dom);
    unsigned part[3] = {(unsigned)year % 10000, (unsigned)month % 100, (unsigned)dom % 100};
    out[0] = (char)('0' + part[0] / 1000);
    out[1] = (char)('0' + part[0] / 100 % 10);
    out[2] = (char)('0' + part[0] / 10 % 10);
    out[3] = (char)('0' + part[0] % 10);
    out[4] = out[7] = '-';
    out[5] = (char)('0' + part[1] / 10);
    out[6] = (char)('0' + part[1] % 10);
    out[8] = (char)('0' + part[2] / 10);
    out[9] = (char)('0' + part[2] % 10);
    out[10] = '\0';
    return out;
}

const char *day_text(struct arena *a, int32_t day, enum precision precision)
{
    char out[DAY_TEXT];
    day_format(day, out);
    if (precision == PRECISION_MONTH) out[7] = '\0';
    return arena_text(a, out);
}

enum rc instant_parse(const char *text, int64_t *ms, struct err *err)
{
    const char *at = text;
    int year, month, dom, hour = 0, minute = 0, second = 0, milli = 0, offset = 0;
    if (!scan_date(&at, &year, &month, &dom) || !dom) goto bad;
    int32_t day = day_from_civil(year, month, dom);
    if (day < DAY_MIN || day > DAY_MAX) goto bad;
    if (!*at) {
        *ms = ((int64_t)day + 1) * MS_PER_DAY - 1;
        return RC_OK;
    }
    if (!take(&at, 'T') && !take(&at, 't') && !take(&at, ' ')) goto bad;
    hour = digits(&at, 2);
    if (hour < 0 || hour > 23 || !take(&at, ':')) goto bad;
    minute = digits(&at, 2);
    if (minute < 0 || minute > 59) goto bad;
    if (take(&at, ':')) {
        second = digits(&at, 2);
        if (second < 0 || second > 60) goto bad;
        if (take(&at, '.')) {
            int scale = 100;
            if (*at < '0' || *at > '9') goto bad;
            for (; *at >= '0' && *at <= '9'; at++, scale /= 10) milli += (*at - '0') * scale;
        }
    }
    if (!take(&at, 'Z') && !take(&at, 'z')) {
        int sign = *at == '-' ? -1 : 1;
        if (*at != '+' && *at != '-') goto bad;
        at++;
        int h = digits(&at, 2);
        if (h < 0 || h > 23 || !take(&at, ':')) goto bad;
        int m = digits(&at, 2);
        if (m < 0 || m > 59) goto bad;
        offset = sign * (h * 60 + m);
    }
    if (*at) goto bad;
    *ms = day * MS_PER_DAY + ((hour * 60 + minute - offset) * INT64_C(60) + second) * 1000 + milli;
    return RC_OK;
bad:
    return fail(err, RC_INPUT, "'%.60s' is not an instant like 2022-03-31T12:00:00Z or a date",
                text);
}

const char *instant_format(int64_t ms, char out[INSTANT_TEXT])
{
    int64_t day = ms / MS_PER_DAY, rest = ms % MS_PER_DAY;
    if (rest < 0) {
        rest += MS_PER_DAY;
        day--;
    }
    char date[DAY_TEXT];
    unsigned left = (unsigned)rest;
    snprintf(out, INSTANT_TEXT, "%.10sT%02u:%02u:%02u.%03uZ", day_format((int32_t)day, date),
             left / 3600000u, left / 60000u % 60u, left / 1000u % 60u, left % 1000u);
    return out;
}
