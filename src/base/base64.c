/* base64.c - see base64.h. */
#include "base/base64.h"

#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const char *base64_encode(struct arena *a, const void *bytes, size_t len)
{
    const uint8_t *in = bytes;
    char *text = NEW_ARRAY(a, (len + 2) / 3 * 4 + 1, char), *out = text;
    for (size_t i = 0; i < len; i += 3) {
        size_t left = len - i;
        uint32_t n = (uint32_t)in[i] << 16;
        if (left > 1) n |= (uint32_t)in[i + 1] << 8;
        if (left > 2) n |= in[i + 2];
        *out++ = digits[n >> 18];
        *out++ = digits[n >> 12 & 63];
        *out++ = left > 1 ? digits[n >> 6 & 63] : '=';
        *out++ = left > 2 ? digits[n & 63] : '=';
    }
    *out = '\0';
    return text;
}

static int value(char c)
{
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

const uint8_t *base64_decode(struct arena *a, const char *text, size_t text_len, size_t *len)
{
    if (text_len % 4) return NULL;
    size_t padding = 0, count = 0;
    while (padding < 2 && padding < text_len && text[text_len - 1 - padding] == '=') padding++;
    uint8_t *bytes = NEW_ARRAY(a, text_len / 4 * 3 + 1, uint8_t);
    uint32_t n = 0;
    for (size_t i = 0; i < text_len - padding; i++) {
        int v = value(text[i]);
        if (v < 0) return NULL;
        n = n << 6 | (uint32_t)v;
        if (i % 4 != 0) bytes[count++] = (uint8_t)(n >> (6 - i % 4 * 2));
    }
    /* What the last digit says beyond the last byte. */
    if (padding && (n & ((1U << (2 * padding)) - 1))) return NULL;
    *len = text_len / 4 * 3 - padding;
    return bytes;
}
