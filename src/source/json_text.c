/*
 * json_text.c - see json_text.h.
 *
 * Quoting is one light pass that knows strings from the rest. It quotes a
 * number only where JSON wants a value (a number before a colon stays as it
 * is), so that it cannot make good JSON out of bad.
 */
#include "source/json_text.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { TEXT_MAX = 4000 }; /* bytes of one text that are kept; a name is never that long */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Length of the JSON number (RFC 8259, section 6) that begins at p, 0 if none does. */
static size_t number_length(const char *p, const char *end)
{
    const char *at = p;
    if (at < end && *at == '-') at++;
    if (at == end || !is_digit(*at)) return 0;
    if (*at++ != '0') {
        while (at < end && is_digit(*at)) at++;
    }
    if (end - at > 1 && *at == '.' && is_digit(at[1])) {
        for (at++; at < end && is_digit(*at);) at++;
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        const char *power = at + 1;
        if (power < end && (*power == '+' || *power == '-')) power++;
        if (power < end && is_digit(*power)) {
            for (at = power; at < end && is_digit(*at);) at++;
        }
    }
    return (size_t)(at - p);
}

static bool before_colon(const char *p, const char *end)
{
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r')) p++;
    return p < end && *p == ':';
}

/* Length of the string that begins at p, with its quotes; up to the end if it is not closed. */
static size_t string_length(const char *p, const char *end)
{
    const char *at = p + 1;
    while (at < end && *at != '"') at += *at == '\\' && end - at > 1 ? 2 : 1;
    return (size_t)((at < end ? at + 1 : end) - p);
}

/*
 * The JSON with its numbers quoted, into out unless it is NULL; returns how
 * long it is. Stops when that is at least `stop`, and says in *read how far
 * in the original that was.
 */
static size_t quote_numbers(const char *bytes, size_t len, char *out, size_t stop, size_t *read)
{
    const char *p = bytes, *end = bytes + len;
    size_t made = 0;
    while (p < end && made < stop) {
        bool string = *p == '"';
        size_t number = *p == '-' || is_digit(*p) ? number_length(p, end) : 0;
        bool quote = number > 0 && !before_colon(p + number, end);
        size_t part = string ? string_length(p, end) : number ? number : 1;
        if (out) {
            if (quote) out[made] = '"';
            memcpy(out + made + quote, p, part);
            if (quote) out[made + 1 + part] = '"';
        }
        made += part + (quote ? 2 : 0);
        p += part;
    }
    *read = (size_t)(p - bytes);
    return made;
}

/* The faults that a person can do something about, in other words than jansson's; or NULL. */
static const char *plain_words(const char *bytes, size_t len, const json_error_t *fault)
{
    if (len >= 2 && (!memcmp(bytes, "\xff\xfe", 2) || !memcmp(bytes, "\xfe\xff", 2))) {
        return "the text is UTF-16; save it in UTF-8";
    }
    switch (json_error_code(fault)) {
    case json_error_premature_end_of_input: return "the file is cut off here";
    case json_error_invalid_utf8: return "the text is not UTF-8";
    default: return NULL;
    }
}

static enum rc not_json(const struct input *input, const char *bytes, size_t len,
                        const json_error_t *fault, struct err *err)
{
    char what[JSON_ERROR_TEXT_LENGTH];
    size_t at = len;
    if (fault->position >= 0) {
        quote_numbers(bytes, len, NULL, (size_t)fault->position, &at);
    }
    memcpy(what, fault->text, sizeof what);
    what[sizeof what - 1] = '\0';
    for (char *c = what; *c; c++) {
        if ((unsigned char)*c < 0x20 || (unsigned char)*c > 0x7e) *c = '?';
    }
    const char *plain = plain_words(bytes, len, fault);
    if (plain) snprintf(what, sizeof what, "%s", plain);
    return fail(err, RC_INPUT, "%.80s, line %d, about byte %zu: not JSON: %.80s", input->name,
                fault->line > 0 ? fault->line : 1, at, what);
}

enum rc json_file_read(const struct input *input, json_t **root, struct err *err)
{
    const char *bytes = input->bytes;
    size_t len = input->len, read;
    if (len > JSON_FILE_MAX) {
        return fail(err, RC_INPUT, "%.80s has %zu MB; a JSON file may have at most 256",
                    input->name, len >> 20);
    }
    if (len == 0) return fail(err, RC_INPUT, "%.80s is empty", input->name);
    if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        bytes += 3;
        len -= 3;
    }
    size_t room = quote_numbers(bytes, len, NULL, SIZE_MAX, &read);
    struct arena a = {0};
    char *quoted = NEW_ARRAY(&a, room + 1, char);
    quote_numbers(bytes, len, quoted, SIZE_MAX, &read);
    json_error_t fault;
    *root = json_loadb(quoted, room, JSON_REJECT_DUPLICATES, &fault);
    arena_free(&a);
    return *root ? RC_OK : not_json(input, bytes, len, &fault, err);
}

/* As much of len bytes of UTF-8 as fits, cut between characters. */
static size_t cut(const char *text, size_t len)
{
    if (len <= TEXT_MAX) return len;
    len = TEXT_MAX;
    while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80) len--;
    return len;
}

static const char *squeezed(struct arena *a, const char *clean, const char *more)
{
    const char *text = text_squeeze(a, clean);
    return *more ? text_format(a, "%s%s", text, more) : text;
}

const char *json_value_text(struct arena *a, const json_t *value)
{
    const char *text = json_string_value(value), *clean;
    struct err err;
    if (!text || !*text) return "";
    size_t len = cut(text, json_string_length(value));
    const char *more = len < json_string_length(value) ? "…" : "";
    if (text_clean(a, text, len, &clean, &err) == RC_OK) return squeezed(a, clean, more);

    /* Control characters, C1 (0xc2 0x80..0x9f in UTF-8) included, are no part of a name. */
    char *copy = NEW_ARRAY(a, len + 1, char);
    memcpy(copy, text, len);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)copy[i];
        unsigned char next = i + 1 < len ? (unsigned char)copy[i + 1] : 0;
        if (c < 0x20 || c == 0x7f) copy[i] = ' ';
        if (c == 0xc2 && next >= 0x80 && next < 0xa0) copy[i] = copy[i + 1] = ' ';
    }
    if (text_clean(a, copy, len, &clean, &err) != RC_OK) return "";
    return squeezed(a, clean, more);
}

const char *json_member_text(struct arena *a, const json_t *object, const char *key)
{
    return json_value_text(a, json_object_get(object, key));
}
