/* text.c - see text.h. ICU does the Unicode; plain ASCII never reaches it. */
#include "base/text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* By hand and not by ICU's macro, which does not compile under our warnings. */
int32_t text_next(const char *bytes, size_t len, size_t *i)
{
    static const int32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *p = (const unsigned char *)bytes + *i;
    int count = p[0] < 0x80       ? 1
                : p[0] >> 5 == 6  ? 2
                : p[0] >> 4 == 14 ? 3
                : p[0] >> 3 == 30 ? 4
                                  : 0;
    if (count == 0 || (size_t)count > len - *i) return -1;
    int32_t c = count == 1 ? p[0] : p[0] & (0x7f >> count);
    for (int k = 1; k < count; k++) {
        if (p[k] >> 6 != 2) return -1;
        c = c << 6 | (p[k] & 0x3f);
    }
    if (c < least[count] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) return -1;
    *i += (size_t)count;
    return c;
}

bool text_is_utf8(const char *bytes, size_t len)
{
    if (len > INT32_MAX / 4) return false;
    for (size_t i = 0; i < len;) {
        if (text_next(bytes, len, &i) <= 0) return false;
    }
    return true;
}

void text_mend(char *text)
{
    size_t len = strlen(text), i = 0, kept = 0;
    while (i < len) {
        size_t at = i;
        if (text_next(text, len, &i) < 0) {
            i++;
            continue;
        }
        memmove(text + kept, text + at, i - at);
        kept += i - at;
    }
    text[kept] = '\0';
}

static bool plain_ascii(const char *bytes, size_t len)
{
    size_t i = 0;
    for (uint64_t word; i + sizeof word <= len; i += sizeof word) { /* eight at once: 0x20..0x7e */
        const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
        memcpy(&word, bytes + i, sizeof word);
        if ((word | (word - 0x20 * ones) | (word + ones)) & high) break;
    }
    for (; i < len; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c >= 0x7f || (c < 0x20 && c != '\n' && c != '\t')) return false;
    }
    return true;
}

static bool has_control(const char *bytes, size_t len)
{
    for (size_t i = 0; i < len;) {
        int32_t c = text_next(bytes, len, &i);
        if (c < 0x20 && c != '\n' && c != '\t') return true;
        if (c >= 0x7f && c < 0xa0) return true;
    }
    return false;
}

/* UTF-16 of valid UTF-8; *count is its length. */
static UChar *to_utf16(struct arena *a, const char *bytes, size_t len, int32_t *count)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar *wide = NEW_ARRAY(a, len + 1, UChar);
    u_strFromUTF8(wide, (int32_t)len + 1, count, bytes, (int32_t)len, &status);
    assert(U_SUCCESS(status));
    return wide;
}

static const char *to_utf8(struct arena *a, const UChar *wide, int32_t count)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t room = count * 3 + 1;
    char *narrow = NEW_ARRAY(a, (size_t)room, char);
    u_strToUTF8(narrow, room, NULL, wide, count, &status);
    assert(U_SUCCESS(status));
    return narrow;
}

static const UNormalizer2 *nfc(void)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *n = unorm2_getNFCInstance(&status);
    assert(U_SUCCESS(status));
    return n;
}

bool text_is_clean(const char *bytes, size_t len)
{
    if (plain_ascii(bytes, len)) return true;
    if (!text_is_utf8(bytes, len) || has_control(bytes, len)) return false;
    struct arena a = {0};
    int32_t count;
    UErrorCode status = U_ZERO_ERROR;
    UChar *wide = to_utf16(&a, bytes, len, &count);
    bool normal = unorm2_isNormalized(nfc(), wide, count, &status);
    arena_free(&a);
    return U_SUCCESS(status) && normal;
}

enum rc text_clean(struct arena *a, const char *bytes, size_t len, const char **out,
                   struct err *err)
{
    if (plain_ascii(bytes, len)) {
        *out = arena_bytes(a, bytes, len);
        return RC_OK;
    }
    if (!text_is_utf8(bytes, len)) return fail(err, RC_INPUT, "text is not UTF-8");
    if (has_control(bytes, len)) return fail(err, RC_INPUT, "text holds a control character");
    int32_t count;
    UErrorCode status = U_ZERO_ERROR;
    UChar *wide = to_utf16(a, bytes, len, &count);
    int32_t room = count * 3 + 1;
    UChar *normal = NEW_ARRAY(a, (size_t)room, UChar);
    int32_t got = unorm2_normalize(nfc(), wide, count, normal, room, &status);
    if (U_FAILURE(status)) return fail(err, RC_INPUT, "text cannot be normalised");
    *out = to_utf8(a, normal, got);
    return RC_OK;
}

/* Squeeze UTF-16 in place; returns the new length. */
static int32_t squeeze(UChar *wide, int32_t count)
{
    int32_t to = 0;
    bool gap = false;
    for (int32_t i = 0; i < count; i++) {
        if (u_isUWhiteSpace(wide[i]) || wide[i] == 0x200b || wide[i] == 0xfeff) {
            gap = to > 0;
            continue;
        }
        if (gap) wide[to++] = ' ';
        gap = false;
        wide[to++] = wide[i];
    }
    return to;
}

/* The same of ASCII alone, as most text is, and folded if `lower`; NULL: it is not alone. */
static const char *ascii_squeezed(struct arena *a, const char *text, size_t len, bool lower)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] >= 0x80) return NULL;
    char *out = NEW_ARRAY(a, len + 1, char);
    size_t to = 0;
    bool gap = false;
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            gap = to > 0;
            continue;
        }
        if (gap) out[to++] = ' ';
        gap = false;
        out[to++] = lower && c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    return out;
}

const char *text_squeeze(struct arena *a, const char *text)
{
    size_t len = strlen(text);
    const char *plain = ascii_squeezed(a, text, len, false);
    if (plain) return plain;
    if (!text_is_utf8(text, len)) return arena_text(a, text);
    int32_t count;
    UChar *wide = to_utf16(a, text, len, &count);
    return to_utf8(a, wide, squeeze(wide, count));
}

const char *text_fold(struct arena *a, const char *text)
{
    size_t len = strlen(text);
    const char *plain = ascii_squeezed(a, text, len, true);
    if (plain) return plain;
    if (!text_is_utf8(text, len)) return arena_text(a, text);
    int32_t count;
    UErrorCode status = U_ZERO_ERROR;
    UChar *wide = to_utf16(a, text, len, &count);
    count = squeeze(wide, count);
    int32_t room = count * 4 + 1;
    UChar *apart = NEW_ARRAY(a, (size_t)room, UChar);
    const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&status);
    int32_t got = unorm2_normalize(nfkd, wide, count, apart, room, &status);
    if (U_FAILURE(status)) return arena_text(a, text);
    int32_t kept = 0;
    for (int32_t i = 0; i < got; i++) {
        if (u_charType(apart[i]) != U_NON_SPACING_MARK) apart[kept++] = apart[i];
    }
    int32_t fold_room = kept * 3 + 1;
    UChar *folded = NEW_ARRAY(a, (size_t)fold_room, UChar);
    got = u_strFoldCase(folded, fold_room, apart, kept, U_FOLD_CASE_DEFAULT, &status);
    if (U_FAILURE(status)) return arena_text(a, text);
    /* Dotless i folds to itself, and capital I with a dot to i: Turkish names meet here. */
    for (int32_t i = 0; i < got; i++) {
        if (folded[i] == 0x131) folded[i] = 'i';
    }
    return to_utf8(a, folded, got);
}

const char *text_format(struct arena *a, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    assert(n >= 0);
    char *text = NEW_ARRAY(a, (size_t)n + 1, char);
    vsnprintf(text, (size_t)n + 1, fmt, again);
    va_end(again);
    return text;
}

const char *text_join(struct arena *a, const char *const *parts)
{
    size_t len = 0, at = 0;
    for (size_t i = 0; parts[i]; i++) len += strlen(parts[i]);
    char *out = NEW_ARRAY(a, len + 1, char);
    for (size_t i = 0; parts[i]; i++) {
        size_t part = strlen(parts[i]);
        memcpy(out + at, parts[i], part);
        at += part;
    }
    return out;
}

bool text_starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool text_has_words(struct arena *a, const char *text, const char *words)
{
    const char *in = text_fold(a, text), *at = text_fold(a, words);
    while (*(at += strspn(at, " "))) {
        size_t len = strcspn(at, " ");
        if (!strstr(in, arena_bytes(a, at, len))) return false;
        at += len;
    }
    return true;
}
