/* dec.c - see dec.h. */
#include "base/dec.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"

i128 power10(int n)
{
    assert(n >= 0 && n <= 36);
    i128 p = 1;
    while (n-- > 0) p *= 10;
    return p;
}

i128 div_half_even(i128 a, i128 b)
{
    assert(b > 0);
    i128 q = a / b, r = a % b;
    i128 twice = (r < 0 ? -r : r);
    bool up = twice > b - twice || (twice == b - twice && (q & 1));
    return up ? q + (a < 0 ? -1 : 1) : q;
}

enum rc dec_parse(const char *text, struct dec *out, struct err *err)
{
    const char *at = text;
    bool negative = *at == '-', any = false, sticky = false, point = false;
    int64_t n = 0;
    int scale = 0, kept = 0, half = -1; /* half: first digit that did not fit */
    if (*at == '-' || *at == '+') at++;
    for (;; at++) {
        if (*at == '.' && !point) {
            point = true;
            continue;
        }
        if (*at < '0' || *at > '9') break;
        any = true;
        if (kept < 18) {
            n = n * 10 + (*at - '0');
            kept += n != 0;
            scale += point;
        } else {
            if (half < 0)
                half = *at - '0';
            else
                sticky |= *at != '0';
            scale -= !point;
        }
    }
    int exponent = 0;
    if (any && (*at == 'e' || *at == 'E')) {
        at++;
        bool down = *at == '-';
        if (*at == '-' || *at == '+') at++;
        if (*at < '0' || *at > '9') any = false;
        for (; *at >= '0' && *at <= '9' && exponent < 1000; at++) {
            exponent = exponent * 10 + (*at - '0');
        }
        if (down) exponent = -exponent;
    }
    if (!any || *at) return fail(err, RC_INPUT, "'%.60s' is not a number", text);
    if (half > 5 || (half == 5 && (sticky || (n & 1)))) n++;
    scale -= exponent;
    for (; scale < 0 && n != 0; scale++) {
        if (n > INT64_MAX / 10) return fail(err, RC_INPUT, "'%.60s' is too large a number", text);
        n *= 10;
    }
    if (scale < 0) scale = 0;
    if (scale > DEC_SCALE_MAX) {
        int drop = scale - DEC_SCALE_MAX;
        n = drop > 19 ? 0 : (int64_t)div_half_even(n, power10(drop));
        scale = DEC_SCALE_MAX;
    }
    *out = dec_trim((struct dec){negative ? -n : n, scale});
    return RC_OK;
}

struct dec dec_trim(struct dec d)
{
    while (d.scale > 0 && d.n % 10 == 0) {
        d.n /= 10;
        d.scale--;
    }
    return d;
}

int dec_cmp(struct dec a, struct dec b)
{
    i128 x = (i128)a.n * power10(DEC_SCALE_MAX - a.scale);
    i128 y = (i128)b.n * power10(DEC_SCALE_MAX - b.scale);
    return (x > y) - (x < y);
}

enum rc narrow(i128 n, int64_t *out, const char *what, struct err *err)
{
    if (n > INT64_MAX || n < INT64_MIN) {
        return fail(err, RC_RULE, "%s is too large to keep", what);
    }
    *out = (int64_t)n;
    return RC_OK;
}

enum rc dec_to_parts(struct dec d, int places, int64_t *out, bool *exact, struct err *err)
{
    assert(places >= 0 && places <= DEC_SCALE_MAX);
    i128 n = d.n;
    bool whole = true;
    if (places >= d.scale) {
        n *= power10(places - d.scale);
    } else {
        i128 by = power10(d.scale - places);
        whole = n % by == 0;
        n = div_half_even(n, by);
    }
    if (exact) *exact = whole;
    return narrow(n, out, "a quantity", err);
}

/* Decimal digits of n >= 0, least significant last; returns the length. */
static int digits_of(i128 n, char out[40])
{
    char back[40];
    int count = 0;
    do {
        back[count++] = (char)('0' + (int)(n % 10));
        n /= 10;
    } while (n);
    for (int i = 0; i < count; i++) out[i] = back[count - 1 - i];
    return count;
}

/* n / 10^scale, exactly. */
static void format_exact(i128 n, int scale, char *out)
{
    char digits[40];
    bool negative = n < 0;
    int count = digits_of(negative ? -n : n, digits);
    if (negative) *out++ = '-';
    int whole = count - scale;
    if (whole <= 0) *out++ = '0';
    for (int i = 0; i < whole; i++) *out++ = digits[i];
    if (scale > 0) *out++ = '.';
    for (int i = whole; i < 0; i++) *out++ = '0';
    for (int i = whole > 0 ? whole : 0; i < count && scale > 0; i++) *out++ = digits[i];
    *out = '\0';
}

const char *dec_format(struct dec d, char out[DEC_TEXT])
{
    format_exact(d.n, d.scale, out);
    return out;
}

const char *parts_format(struct arena *a, i128 n, int scale, int places, int least)
{
    char out[64];
    if (scale > places) {
        n = div_half_even(n, power10(scale - places));
        scale = places;
    }
    while (scale > least && n % 10 == 0) {
        n /= 10;
        scale--;
    }
    while (scale < least) {
        n *= 10;
        scale++;
    }
    format_exact(n, scale, out);
    return arena_text(a, out);
}

const char *digits_grouped(struct arena *a, const char *digits)
{
    struct buf b = {.arena = a};
    if (*digits == '-') buf_add_bytes(&b, digits++, 1);
    size_t whole = strcspn(digits, ".");
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0) buf_add(&b, ",");
        buf_add_bytes(&b, digits + i, 1);
    }
    buf_add(&b, digits + whole);
    return b.text;
}

enum rc parts_convert(i128 amount, int from_places, struct dec num, struct dec den, int to_places,
                      i128 *out, struct err *err)
{
    assert(den.n > 0 && num.n > 0);
    /* amount * num.n * 10^(den.scale + to) / (den.n * 10^(num.scale + from)) */
    int up = den.scale + to_places, down = num.scale + from_places;
    int common = up < down ? up : down;
    up -= common;
    down -= common;
    i128 top, bottom;
    if (up > 36 || down > 36 || __builtin_mul_overflow(amount, (i128)num.n, &top) ||
        __builtin_mul_overflow(top, power10(up), &top) ||
        __builtin_mul_overflow((i128)den.n, power10(down), &bottom)) {
        return fail(err, RC_RULE, "an amount is too large to convert");
    }
    *out = div_half_even(top, bottom);
    return RC_OK;
}
