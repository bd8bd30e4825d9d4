/* letter.c - see letter.h. */
#include "base/letter.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

size_t letter_utf8(int32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xe0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3f));
        out[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3f));
    out[2] = (char)(0x80 | (c >> 6 & 0x3f));
    out[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

int32_t letter_1252(unsigned char byte)
{
    static const uint16_t high[32] = {
        0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
        0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
    };
    return byte >= 0x80 && byte < 0xa0 ? high[byte - 0x80] : byte;
}

static bool is_nothing(int32_t c)
{
    return c == 0xad || c == 0x34f || c == 0x61c || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
           (c >= 0xfe00 && c <= 0xfe0f);
}

/* Written without spaces, so that a character is what comes nearest to a word. */
static bool is_alone(int32_t c)
{
    if (c < 0xe00) return false;
    if (c >= 0x3041 && c <= 0x30ff) return true;
    if (c < 0x1100) return c <= 0xeff; /* Thai, Lao */
    return u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC);
}

static const UNormalizer2 *nfd(void)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *n = unorm2_getNFDInstance(&status);
    assert(U_SUCCESS(status));
    return n;
}

static enum letter sort_of(int32_t c)
{
    switch (u_charType(c)) {
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_DECIMAL_DIGIT_NUMBER: return is_alone(c) ? LETTER_ALONE : LETTER_PART;
    case U_NON_SPACING_MARK: return c >= 0x300 && c < 0x370 ? LETTER_NOTHING : LETTER_PART;
    case U_COMBINING_SPACING_MARK: return LETTER_PART;
    case U_CURRENCY_SYMBOL: return LETTER_ALONE;
    default: return LETTER_BREAK;
    }
}

enum letter letter_fold(int32_t c, char out[LETTER_FOLD_MAX], size_t *len)
{
    *len = 0;
    if (is_nothing(c)) return LETTER_NOTHING;
    enum letter sort = sort_of(c);
    if (sort != LETTER_PART && sort != LETTER_ALONE) return sort;
    UErrorCode status = U_ZERO_ERROR;
    UChar apart[8];
    int32_t count = unorm2_getDecomposition(nfd(), c, apart, 8, &status);
    if (U_FAILURE(status) || count <= 0) {
        *len = letter_utf8(u_foldCase(c, U_FOLD_CASE_DEFAULT), out);
        return sort;
    }
    bool keeps = c >= 0x400 && c < 0x530; /* Cyrillic: the mark makes another letter */
    for (int32_t i = 0; i < count && *len + 4 <= LETTER_FOLD_MAX;) {
        int32_t part = apart[i++];
        if (part >= 0xd800 && part < 0xdc00 && i < count) {
            part = 0x10000 + ((part - 0xd800) << 10) + (apart[i++] - 0xdc00);
        }
        if (part >= 0x300 && part < 0x370 && !keeps) continue;
        *len += letter_utf8(u_foldCase(part, U_FOLD_CASE_DEFAULT), out + *len);
    }
    return *len ? sort : LETTER_NOTHING;
}
