/*
 * exchange.c - see exchange.h. The parser works in place: a line is cut into
 * its texts where it stands, so a million records cost no copies.
 */
#include "record/exchange.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* --- writing --- */

static void put_text(struct buf *out, const char *text, size_t len)
{
    buf_add_bytes(out, "\"", 1);
    size_t from = 0;
    for (size_t i = 0; i < len; i++) {
        const char *as = text[i] == '"'    ? "\\\""
                         : text[i] == '\\' ? "\\\\"
                         : text[i] == '\n' ? "\\n"
                         : text[i] == '\t' ? "\\t"
                                           : NULL;
        if (!as) continue;
        buf_add_bytes(out, text + from, i - from);
        buf_add(out, as);
        from = i + 1;
    }
    buf_add_bytes(out, text + from, len - from);
    buf_add_bytes(out, "\"", 1);
}

static void put_value(struct buf *out, const struct field *f)
{
    char text[DEC_TEXT];
    switch (record_fields[f->tag].type) {
    case TYPE_TEXT: buf_add_bytes(out, f->text, f->len); break;
    case TYPE_STAGE: buf_add(out, stage_name((enum stage)f->n)); break;
    case TYPE_DAY: buf_add(out, day_format((int32_t)f->n, text)); break;
    case TYPE_PRECISION: buf_add(out, precision_name((enum precision)f->n)); break;
    case TYPE_INSTANT: buf_add(out, instant_format(f->n, text)); break;
    case TYPE_DEC: buf_add(out, dec_format((struct dec){f->n, f->scale}, text)); break;
    case TYPE_INT:
    case TYPE_COUNT:
    case TYPE_FLAG:
    case TYPE_REF: buf_addf(out, "%" PRId64, f->n); break;
    }
}

static void put_field(struct buf *out, const struct field *f)
{
    buf_addf(out, " %s=", record_fields[f->tag].name);
    if (record_fields[f->tag].type == TYPE_TEXT)
        put_text(out, f->text, f->len);
    else
        put_value(out, f);
}

const char *exchange_value(struct arena *a, const struct field *f)
{
    struct buf out = {.arena = a};
    put_value(&out, f);
    return out.text ? out.text : "";
}

void exchange_record(struct buf *out, const struct record *r)
{
    char instant[INSTANT_TEXT], salt[2 * SALT_BYTES + 1];
    hex_encode(r->salt, SALT_BYTES, salt);
    buf_addf(out, "%s %" PRIu64 " %s ", kind_name(r->kind), r->id,
             instant_format(r->recorded_ms, instant));
    if (strcmp(r->label, "public") == 0)
        buf_add(out, "public");
    else
        put_text(out, r->label, strlen(r->label));
    buf_addf(out, " salt=%s", salt);
    if (r->idem) {
        buf_add(out, " idem=");
        put_text(out, r->idem, strlen(r->idem));
    }
    for (uint32_t i = 0; i < r->count; i++) put_field(out, &r->fields[i]);
    buf_add_bytes(out, "\n", 1);
}

void exchange_root(struct buf *out, enum exchange_sort sort, uint64_t last,
                   const uint8_t root[SHA_BYTES])
{
    char hex[SHA_HEX];
    hex_encode(root, SHA_BYTES, hex);
    buf_addf(out, "%s %" PRIu64 " %s\n", sort == EXCHANGE_END ? "end" : "commit", last, hex);
}

bool exchange_sniff(const char *bytes, size_t len)
{
    size_t head = strlen(EXCHANGE_HEADER);
    return len >= head && memcmp(bytes, EXCHANGE_HEADER, head) == 0;
}

/* --- reading --- */

/* The next word, cut off at the space that follows. NULL at the end of the line. */
static char *word(char **at)
{
    if (!*at || !**at) return NULL;
    char *begin = *at, *space = strchr(begin, ' ');
    if (space) *space = '\0';
    *at = space ? space + 1 : NULL;
    return begin;
}

static bool whole_number(const char *text, int64_t *out)
{
    bool negative = *text == '-';
    uint64_t n = 0;
    if (negative) text++;
    if (!*text || strlen(text) > 19) return false;
    for (; *text; text++) {
        if (*text < '0' || *text > '9') return false;
        n = n * 10 + (uint64_t)(*text - '0');
    }
    if (n > (uint64_t)INT64_MAX + negative) return false;
    *out = negative ? (int64_t)(0 - n) : (int64_t)n;
    return true;
}

/* A quoted text at *at, unescaped in place; *at moves behind the space after it. */
static bool quoted(char **at, const char **text, uint32_t *len)
{
    char *from = *at, *to;
    if (!from || *from != '"') return false;
    to = ++from;
    *text = to;
    for (; *from != '"'; from++) {
        if (!*from) return false;
        if (*from != '\\') {
            *to++ = *from;
            continue;
        }
        switch (*++from) {
        case '"':
        case '\\': *to++ = *from; break;
        case 'n': *to++ = '\n'; break;
        case 't': *to++ = '\t'; break;
        default: return false;
        }
    }
    if (from[1] && from[1] != ' ') return false;
    *at = from[1] ? from + 2 : NULL;
    *to = '\0';
    *len = (uint32_t)(to - *text);
    return true;
}

/* Fields come by ascending tag, so the search goes on from the last one. */
static enum tag tag_named(const char *name, size_t len, int from)
{
    for (int tag = from; tag < TAG_COUNT; tag++) {
        const char *is = record_fields[tag].name;
        if (is && is[0] == name[0] && strncmp(is, name, len) == 0 && !is[len]) {
            return (enum tag)tag;
        }
    }
    return (enum tag)0;
}

static bool parse_value(const struct field_rule *rule, const char *text, struct field *f)
{
    struct err err;
    struct dec d;
    int32_t day;
    enum precision precision;
    switch (rule->type) {
    case TYPE_TEXT: return false;
    case TYPE_STAGE: f->n = stage_named(text); return f->n < STAGE_COUNT;
    case TYPE_PRECISION: f->n = precision_named(text); return f->n < PRECISION_COUNT;
    case TYPE_DAY:
        if (day_parse(text, &day, &precision, &err) || precision != PRECISION_DAY) return false;
        f->n = day;
        return true;
    case TYPE_INSTANT: return strchr(text, 'T') && !instant_parse(text, &f->n, &err);
    case TYPE_DEC:
        if (dec_parse(text, &d, &err)) return false;
        f->n = d.n;
        f->scale = d.scale;
        return true;
    case TYPE_INT:
    case TYPE_COUNT:
    case TYPE_FLAG:
    case TYPE_REF: return whole_number(text, &f->n);
    }
    return false;
}

bool exchange_value_parse(enum tag tag, const char *text, struct field *out)
{
    *out = (struct field){.tag = tag};
    if (record_fields[tag].type != TYPE_TEXT) return parse_value(&record_fields[tag], text, out);
    out->text = text;
    out->len = (uint32_t)strlen(text);
    return true;
}

static enum rc parse_fields(struct arena *a, char *at, struct record *r, struct err *err)
{
    struct field fields[RECORD_FIELDS_MAX];
    uint32_t count = 0;
    int tag = 1;
    while (at && *at) {
        char *equals = strchr(at, '=');
        size_t len = equals ? (size_t)(equals - at) : 0;
        if (!equals || len == 0 || count == RECORD_FIELDS_MAX) {
            return fail(err, RC_INPUT, "expected name=value at '%.40s'", at);
        }
        char *name = at;
        tag = (int)tag_named(name, len, tag);
        if (tag == 0) {
            return fail(err, RC_INPUT, "no field '%.*s' here, or out of order",
                        (int)(len < 40 ? len : 40), name);
        }
        struct field *f = &fields[count++];
        *f = (struct field){.tag = (enum tag)tag};
        at = equals + 1;
        bool ok;
        if (record_fields[tag].type == TYPE_TEXT) {
            ok = quoted(&at, &f->text, &f->len);
        } else {
            char *value = word(&at);
            ok = value && parse_value(&record_fields[tag], value, f);
        }
        if (!ok) return fail(err, RC_INPUT, "'%s' has no proper value", record_fields[tag].name);
    }
    r->fields = count ? NEW_ARRAY(a, count, struct field) : NULL;
    if (count) memcpy(r->fields, fields, count * sizeof *fields);
    r->count = r->room = count;
    return RC_OK;
}

static enum rc parse_record(struct arena *a, enum kind kind, char *at, struct record *r,
                            struct err *err)
{
    int64_t id;
    uint32_t unused;
    *r = (struct record){.kind = kind};
    char *number = word(&at);
    char *instant = word(&at);
    if (!number || !whole_number(number, &id) || id <= 0) {
        return fail(err, RC_INPUT, "expected the record's number after '%s'", kind_name(kind));
    }
    r->id = (uint64_t)id;
    if (!instant || !strchr(instant, 'T') || instant_parse(instant, &r->recorded_ms, err)) {
        return fail(err, RC_INPUT, "expected the recorded instant, like 2026-11-22T09:00:00.000Z");
    }
    if (at && *at == '"') {
        if (!quoted(&at, &r->label, &unused)) return fail(err, RC_INPUT, "expected a label");
    } else {
        r->label = word(&at);
        if (!r->label || strcmp(r->label, "public") != 0) {
            return fail(err, RC_INPUT, "expected a label: public, or one in quotes");
        }
    }
    char *salt = word(&at);
    if (!salt || strncmp(salt, "salt=", 5) != 0 || strlen(salt) != 5 + 2 * SALT_BYTES ||
        hex_decode(salt + 5, SALT_BYTES, r->salt)) {
        return fail(err, RC_INPUT, "expected salt= and %d hexadecimal digits", 2 * SALT_BYTES);
    }
    if (at && strncmp(at, "idem=", 5) == 0) {
        at += 5;
        if (!quoted(&at, &r->idem, &unused)) return fail(err, RC_INPUT, "expected idem=\"...\"");
    }
    return parse_fields(a, at, r, err);
}

enum rc exchange_parse(struct arena *a, char *text, size_t len, struct exchange_line *out,
                       struct err *err)
{
    char *at = text;
    if (strlen(text) != len) return fail(err, RC_INPUT, "a NUL byte in a line of text");
    char *first = word(&at);
    if (!first) return fail(err, RC_INPUT, "an empty line");
    bool is_end = strcmp(first, "end") == 0;
    if (is_end || strcmp(first, "commit") == 0) {
        int64_t last;
        char *number = word(&at), *hex = word(&at);
        out->sort = is_end ? EXCHANGE_END : EXCHANGE_COMMIT;
        if (!number || !hex || at || !whole_number(number, &last) || last < 0 ||
            strlen(hex) != 2 * SHA_BYTES || hex_decode(hex, SHA_BYTES, out->root)) {
            return fail(err, RC_INPUT, "expected '%s', a number and a root",
                        is_end ? "end" : "commit");
        }
        out->last = (uint64_t)last;
        return RC_OK;
    }
    enum kind kind = kind_named(first);
    out->sort = EXCHANGE_RECORD;
    if (kind == KIND_NONE) {
        return fail(err, RC_INPUT, "'%.40s' begins no line of an exchange file", first);
    }
    return parse_record(a, kind, at, &out->record, err);
}
