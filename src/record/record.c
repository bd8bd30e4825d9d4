/*
 * record.c - records in memory and their canonical bytes.
 *
 * The decoder refuses whatever the encoder would not write (a longer varint
 * than needed, a field out of order, text outside normal form C), so that one
 * record has one byte form and its hash means something.
 */
#include "record/record.h"

#include <assert.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/sha.h"
#include "base/text.h"

struct record *record_new(struct arena *a, enum kind kind)
{
    struct record *r = NEW(a, struct record);
    r->kind = kind;
    r->label = "public";
    return r;
}

/* Room for one more field with that tag, behind those with the same or a lower one. */
static struct field *field_slot(struct arena *a, struct record *r, enum tag tag)
{
    assert(tag > 0 && tag < TAG_COUNT && record_fields[tag].name);
    uint32_t at = r->count;
    while (at > 0 && r->fields[at - 1].tag > tag) at--;
    if (at > 0 && r->fields[at - 1].tag == tag && !record_fields[tag].many) {
        r->fields[at - 1] = (struct field){.tag = tag};
        return &r->fields[at - 1];
    }
    r->fields = arena_more(a, r->fields, r->count, &r->room, sizeof *r->fields);
    memmove(&r->fields[at + 1], &r->fields[at], (r->count - at) * sizeof *r->fields);
    r->count++;
    r->fields[at] = (struct field){.tag = tag};
    return &r->fields[at];
}

void record_lend_text(struct arena *a, struct record *r, enum tag tag, const char *text)
{
    assert(record_fields[tag].type == TYPE_TEXT);
    if (!text || !*text) return;
    struct field *f = field_slot(a, r, tag);
    f->text = text;
    f->len = (uint32_t)strlen(text);
}

void record_set_text(struct arena *a, struct record *r, enum tag tag, const char *text)
{
    assert(record_fields[tag].type == TYPE_TEXT);
    if (!text || !*text) return;
    struct field *f = field_slot(a, r, tag);
    f->text = arena_text(a, text);
    f->len = (uint32_t)strlen(text);
}

void record_set_int(struct arena *a, struct record *r, enum tag tag, int64_t n)
{
    assert(record_fields[tag].type != TYPE_TEXT && record_fields[tag].type != TYPE_DEC);
    field_slot(a, r, tag)->n = n;
}

void record_set_dec(struct arena *a, struct record *r, enum tag tag, struct dec d)
{
    assert(record_fields[tag].type == TYPE_DEC);
    d = dec_trim(d);
    struct field *f = field_slot(a, r, tag);
    f->n = d.n;
    f->scale = d.scale;
}

void record_set_ref(struct arena *a, struct record *r, enum tag tag, uint64_t id)
{
    assert(record_fields[tag].type == TYPE_REF);
    if (id) field_slot(a, r, tag)->n = (int64_t)id;
}

void record_set_key(struct arena *a, struct record *r, enum tag tag, const char *key)
{
    assert(record_fields[tag].type == TYPE_REF);
    if (!key || !*key) return;
    struct field *f = field_slot(a, r, tag);
    f->text = arena_text(a, key);
    f->len = (uint32_t)strlen(key);
}

const struct field *record_field(const struct record *r, enum tag tag)
{
    for (uint32_t i = 0; i < r->count && r->fields[i].tag <= tag; i++) {
        if (r->fields[i].tag == tag) return &r->fields[i];
    }
    return NULL;
}

const char *record_text(const struct record *r, enum tag tag)
{
    const struct field *f = record_field(r, tag);
    return f ? f->text : NULL;
}

int64_t record_int(const struct record *r, enum tag tag, int64_t absent)
{
    const struct field *f = record_field(r, tag);
    return f ? f->n : absent;
}

uint64_t record_ref(const struct record *r, enum tag tag)
{
    return (uint64_t)record_int(r, tag, 0);
}

struct dec record_dec(const struct record *r, enum tag tag)
{
    const struct field *f = record_field(r, tag);
    return f ? (struct dec){f->n, f->scale} : (struct dec){0, 0};
}

const char *record_idem(struct arena *a, const struct record *r, uint64_t version)
{
    const char *key = record_text(r, F_KEY), *origin = record_text(r, F_ORIGIN);
    if (origin) return text_format(a, "leaf:%s", origin);
    if (!key) return NULL;
    char digits[24], *first = digits + sizeof digits; /* by hand: every record of a log has one */
    *--first = '\0';
    do *--first = (char)('0' + version % 10);
    while (version /= 10);
    struct buf idem = {.arena = a};
    uint64_t scenario = record_ref(r, F_SCENARIO);
    buf_room(&idem, strlen(key) + 72);
    if (scenario) buf_addf(&idem, "in:%" PRIu64 "/", scenario);
    buf_add(&idem, kind_name(r->kind));
    buf_add(&idem, "/");
    buf_add(&idem, key);
    buf_add(&idem, "/");
    buf_add(&idem, first);
    return idem.text;
}

/* Past `part` at the start of *text, or false. */
static bool past(const char **text, const char *part)
{
    size_t len = strlen(part);
    if (strncmp(*text, part, len) != 0) return false;
    *text += len;
    return true;
}

bool record_idem_is(const struct record *r, uint64_t version)
{
    const char *key = record_text(r, F_KEY), *origin = record_text(r, F_ORIGIN), *at = r->idem;
    if (!at) return !origin && !key;
    if (origin) return past(&at, "leaf:") && strcmp(at, origin) == 0;
    if (record_field(r, F_SCENARIO)) {
        char branch[32];
        snprintf(branch, sizeof branch, "in:%" PRIu64 "/", record_ref(r, F_SCENARIO));
        if (!past(&at, branch)) return false;
    }
    if (!key || !past(&at, kind_name(r->kind)) || !past(&at, "/") || !past(&at, key)) return false;
    char digits[24] = "", *first = digits + sizeof digits - 1;
    do {
        *--first = (char)('0' + version % 10);
        version /= 10;
    } while (version);
    *--first = '/';
    return strcmp(at, first) == 0;
}

struct record *record_copy(struct arena *a, const struct record *r)
{
    struct record *copy = NEW(a, struct record);
    *copy = *r;
    copy->label = arena_text(a, r->label);
    copy->idem = arena_text(a, r->idem);
    copy->room = r->count;
    copy->fields = r->count ? NEW_ARRAY(a, r->count, struct field) : NULL;
    for (uint32_t i = 0; i < r->count; i++) {
        copy->fields[i] = r->fields[i];
        copy->fields[i].text = arena_text(a, r->fields[i].text);
    }
    return copy;
}

struct record *record_lend(struct arena *a, const struct record *r)
{
    struct record *copy = NEW(a, struct record);
    *copy = *r;
    copy->room = r->count;
    copy->fields = r->count ? NEW_ARRAY(a, r->count, struct field) : NULL;
    if (r->count) memcpy(copy->fields, r->fields, r->count * sizeof *copy->fields);
    return copy;
}

const char *record_stand_in_key(struct arena *a, const struct record *r)
{
    static const char what[] = "stand-in key";
    uint8_t bytes[sizeof what + SALT_BYTES], hash[SHA_BYTES];
    char hex[SHA_HEX];
    memcpy(bytes, what, sizeof what);
    memcpy(bytes + sizeof what, r->salt, SALT_BYTES);
    sha256(bytes, sizeof bytes, hash);
    hex_encode(hash, SHA_BYTES, hex);
    return text_format(a, RECORD_STAND_IN "%.32s", hex);
}

/* Who said it, when and on what evidence: not part of what is said. */
static bool about_saying(enum tag tag)
{
    return tag == F_STATED || tag == F_PASSAGE || tag == F_AUTHOR || tag == F_WHY ||
           tag == F_ORIGIN || tag == F_SCENARIO;
}

static const struct field *next_said(const struct record *r, uint32_t *at)
{
    while (*at < r->count && about_saying(r->fields[*at].tag)) ++*at;
    return *at < r->count ? &r->fields[(*at)++] : NULL;
}

bool record_same(const struct record *a, const struct record *b)
{
    if (a->kind != b->kind || strcmp(a->label, b->label) != 0) return false;
    uint32_t i = 0, j = 0;
    for (;;) {
        const struct field *x = next_said(a, &i), *y = next_said(b, &j);
        if (!x || !y) return x == y;
        if (x->tag != y->tag || x->n != y->n || x->scale != y->scale || x->len != y->len ||
            (x->len && memcmp(x->text, y->text, x->len) != 0)) {
            return false;
        }
    }
}

static bool label_ok(const char *label)
{
    if (!label || strlen(label) > 1000 || !text_is_clean(label, strlen(label))) return false;
    if (strcmp(label, "public") == 0 || strcmp(label, "owner") == 0) return true;
    if (text_starts(label, "group:")) return label[6] != '\0';
    return text_starts(label, "parties:") && label[8] != '\0';
}

/* Why a value of that type is refused, or NULL. */
static const char *field_fault(const struct field *f, const struct record *r)
{
    const char *const *types = f->tag == F_TYPE ? record_types(r->kind) : NULL;
    switch (record_fields[f->tag].type) {
    case TYPE_TEXT:
        if (!f->len) return "is empty";
        if (f->len > RECORD_BYTES_MAX / 2) return "is longer than 512 KiB";
        if (!text_is_clean(f->text, f->len)) return "is not clean UTF-8 in normal form C";
        for (; types && *types; types++) {
            if (strcmp(*types, f->text) == 0) return NULL;
        }
        return types ? "is not a word of its vocabulary" : NULL;
    case TYPE_COUNT: return f->n < 0 ? "is below 0" : NULL;
    case TYPE_FLAG: return f->n != 1 ? "is not 1" : NULL;
    case TYPE_STAGE: return f->n < 0 || f->n >= STAGE_COUNT ? "is no stage" : NULL;
    case TYPE_DAY: return f->n < DAY_MIN || f->n > DAY_MAX ? "is not between 1900 and 2199" : NULL;
    case TYPE_PRECISION: return f->n < 0 || f->n >= PRECISION_COUNT ? "is no precision" : NULL;
    case TYPE_DEC:
        return f->scale < 0 || f->scale > DEC_SCALE_MAX || (f->scale && f->n % 10 == 0)
                   ? "is no plain decimal"
                   : NULL;
    case TYPE_REF: return f->n <= 0 && !f->len ? "points nowhere" : NULL;
    case TYPE_INT:
    case TYPE_INSTANT: return NULL;
    }
    return "has no type";
}

/* Sets of tags. */
struct tags {
    uint64_t bits[2];
};
static_assert(TAG_COUNT <= 128, "two words");

static bool tags_put(struct tags *set, enum tag tag)
{
    uint64_t bit = UINT64_C(1) << (tag & 63), *word = &set->bits[tag >> 6];
    bool there = *word & bit;
    *word |= bit;
    return there;
}

static bool tags_have(const struct tags *set, enum tag tag)
{
    return set->bits[tag >> 6] >> (tag & 63) & 1;
}

static struct tags required[KIND_COUNT]; /* by every record of that kind */
static pthread_once_t looked_up = PTHREAD_ONCE_INIT;

static void look_up(void)
{
    for (int tag = 1; tag < TAG_COUNT; tag++) {
        for (unsigned kind = 1; kind < KIND_COUNT; kind++) {
            if (record_fields[tag].required & KIND_BIT(kind)) {
                tags_put(&required[kind], (enum tag)tag);
            }
        }
    }
}

static enum rc check_required(const struct record *r, const struct tags *seen, struct err *err)
{
    pthread_once(&looked_up, look_up);
    const struct tags *need = &required[r->kind];
    if (!(need->bits[0] & ~seen->bits[0]) && !(need->bits[1] & ~seen->bits[1])) return RC_OK;
    int tag = 1;
    while (!tags_have(need, (enum tag)tag) || tags_have(seen, (enum tag)tag)) tag++;
    return fail(err, RC_RULE, "a %s needs '%s'", kind_name(r->kind), record_fields[tag].name);
}

enum rc record_check(const struct record *r, struct err *err)
{
    if (!kind_name(r->kind)) return fail(err, RC_RULE, "a record of no kind");
    const char *kind = kind_name(r->kind);
    if (!label_ok(r->label)) {
        return fail(
            err, RC_RULE,
            "label '%.40s' of a %s is not 'public', 'owner', 'group:KEY' or 'parties:KEY,...'",
            r->label ? r->label : "", kind);
    }
    if (r->count > RECORD_FIELDS_MAX) {
        return fail(err, RC_RULE, "a %s has more than %d fields", kind, RECORD_FIELDS_MAX);
    }
    uint32_t bit = KIND_BIT(r->kind);
    struct tags seen = {{0}};
    for (uint32_t i = 0; i < r->count; i++) {
        const struct field *f = &r->fields[i];
        assert(f->tag > 0 && f->tag < TAG_COUNT);
        const struct field_rule *rule = &record_fields[f->tag];
        if (!(rule->kinds & bit)) {
            return fail(err, RC_RULE, "a %s has no '%s'", kind, rule->name);
        }
        const char *fault = field_fault(f, r);
        if (fault) {
            return fail(err, RC_RULE, "'%s' of a %s %s%s%.60s%s", rule->name, kind, fault,
                        f->text ? ": '" : "", f->text ? f->text : "", f->text ? "'" : "");
        }
        if (tags_put(&seen, f->tag) && !rule->many) {
            return fail(err, RC_RULE, "a %s has '%s' twice", kind, rule->name);
        }
    }
    enum rc rc = check_required(r, &seen, err);
    bool author = tags_have(&seen, F_AUTHOR), why = tags_have(&seen, F_WHY);
    if (!rc && tags_have(&seen, F_RESOLVED) && !(author && why)) {
        return fail(err, RC_RULE, "a settled %s needs '%s'", kind,
                    record_fields[author ? F_WHY : F_AUTHOR].name);
    }
    return rc;
}

/* --- canonical bytes --- */

enum { VARINT_MAX = 10 };

static char *put_varint(char *to, uint64_t n)
{
    while (n >= 0x80) {
        *to++ = (char)(n | 0x80);
        n >>= 7;
    }
    *to++ = (char)n;
    return to;
}

static char *put_bytes(char *to, const char *bytes, size_t len)
{
    memcpy(to, bytes, len);
    return to + len;
}

static uint64_t zigzag(int64_t n)
{
    return (uint64_t)n << 1 ^ (uint64_t)(n >> 63);
}

static int64_t unzigzag(uint64_t n)
{
    return (int64_t)(n >> 1) ^ -(int64_t)(n & 1);
}

static size_t varint_len(uint64_t n)
{
    size_t len = 1;
    while (n >= 0x80) {
        n >>= 7;
        len++;
    }
    return len;
}

static char *encode_field(char *to, const struct field *f)
{
    enum field_type type = record_fields[f->tag].type;
    to = put_varint(to, f->tag);
    if (type == TYPE_TEXT) {
        to = put_varint(to, f->len);
        return put_bytes(to, f->text, f->len);
    }
    uint64_t n = zigzag(f->n);
    if (type == TYPE_DEC) {
        to = put_varint(to, varint_len(n) + varint_len((uint64_t)f->scale));
        return put_varint(put_varint(to, n), (uint64_t)f->scale);
    }
    return put_varint(put_varint(to, varint_len(n)), n);
}

/* Leaves out what is about the saying if only what is said is asked for. */
static void encode(struct buf *out, const struct record *r, bool said_only)
{
    size_t label_len = strlen(r->label), most = 2 + 3 * VARINT_MAX + label_len;
    for (uint32_t i = 0; i < r->count; i++) most += 4 * VARINT_MAX + r->fields[i].len;
    char *begin = buf_room(out, most), *to = begin;
    *to++ = RECORD_VERSION;
    *to++ = (char)r->kind;
    to = put_varint(to, said_only ? 0 : r->id);
    to = put_varint(to, said_only ? 0 : zigzag(r->recorded_ms));
    to = put_varint(to, label_len);
    to = put_bytes(to, r->label, label_len);
    for (uint32_t i = 0; i < r->count; i++) {
        if (!said_only || !about_saying(r->fields[i].tag)) to = encode_field(to, &r->fields[i]);
    }
    *to = '\0';
    out->len += (size_t)(to - begin);
}

void record_encode(struct buf *out, const struct record *r)
{
    encode(out, r, false);
}

void record_digest(const struct record *r, uint8_t out[16])
{
    struct arena a = {0};
    char small[512]; /* most fit: this is done for every record of a book */
    struct buf bytes = {.arena = &a, .text = small, .room = sizeof small};
    uint8_t full[SHA_BYTES];
    encode(&bytes, r, true);
    sha256(bytes.text, bytes.len, full);
    memcpy(out, full, 16);
    arena_free(&a);
}

struct cursor {
    const uint8_t *at, *end;
    bool bad;
};

static uint64_t get_varint(struct cursor *c)
{
    uint64_t n = 0;
    for (int shift = 0; shift < 64 && c->at < c->end; shift += 7) {
        uint8_t byte = *c->at++;
        if (shift == 63 && byte > 1) break;
        n |= (uint64_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80)) {
            if (byte == 0 && shift > 0) break; /* longer than needed */
            return n;
        }
    }
    c->bad = true;
    return 0;
}

static const uint8_t *get_bytes(struct cursor *c, uint64_t len)
{
    if (c->bad || len > (uint64_t)(c->end - c->at)) {
        c->bad = true;
        return c->end;
    }
    const uint8_t *bytes = c->at;
    c->at += len;
    return bytes;
}

/* One field into f. False if it is not canonical. */
static bool get_field(struct arena *a, struct cursor *c, struct field *f)
{
    uint64_t tag = get_varint(c);
    if (c->bad || tag == 0 || tag >= TAG_COUNT || !record_fields[tag].name) return false;
    uint64_t len = get_varint(c);
    const uint8_t *bytes = get_bytes(c, len);
    if (c->bad) return false;
    *f = (struct field){.tag = (enum tag)tag};
    enum field_type type = record_fields[tag].type;
    if (type == TYPE_TEXT) {
        if (!len) return false; /* that it is clean is checked with the rest of the record */
        f->text = arena_bytes(a, bytes, len);
        f->len = (uint32_t)len;
        return true;
    }
    struct cursor inner = {bytes, bytes + len, false};
    f->n = unzigzag(get_varint(&inner));
    if (type == TYPE_DEC) {
        uint64_t scale = get_varint(&inner);
        if (scale > DEC_SCALE_MAX) return false;
        f->scale = (int32_t)scale;
    }
    return !inner.bad && inner.at == inner.end;
}

enum rc record_decode(struct arena *a, const void *bytes, size_t len, struct record *out,
                      struct err *err)
{
    struct cursor c = {bytes, (const uint8_t *)bytes + len, false};
    *out = (struct record){0};
    if (len < 2 || len > RECORD_BYTES_MAX || c.at[0] != RECORD_VERSION ||
        !kind_name((enum kind)c.at[1])) {
        return fail(err, RC_INPUT, "bytes are not a record of version %d", RECORD_VERSION);
    }
    out->kind = (enum kind)c.at[1];
    c.at += 2;
    out->id = get_varint(&c);
    out->recorded_ms = unzigzag(get_varint(&c));
    uint64_t label_len = get_varint(&c);
    const uint8_t *label = get_bytes(&c, label_len);
    if (c.bad || !text_is_clean((const char *)label, label_len)) {
        return fail(err, RC_INPUT, "a record's head is damaged");
    }
    out->label = arena_bytes(a, label, label_len);
    struct field fields[RECORD_FIELDS_MAX];
    uint32_t count = 0;
    while (c.at < c.end) {
        if (count == sizeof fields / sizeof *fields || !get_field(a, &c, &fields[count])) {
            return fail(err, RC_INPUT, "a field of a %s is damaged", kind_name(out->kind));
        }
        enum tag tag = fields[count].tag;
        if (count > 0 && (fields[count - 1].tag > tag ||
                          (fields[count - 1].tag == tag && !record_fields[tag].many))) {
            return fail(err, RC_INPUT, "fields of a %s are out of order", kind_name(out->kind));
        }
        count++;
    }
    if (count) {
        out->fields = NEW_ARRAY(a, count, struct field);
        memcpy(out->fields, fields, count * sizeof *fields);
    }
    out->count = out->room = count;
    if (!record_check(out, err)) return RC_OK;
    return err->code = RC_INPUT; /* nothing that is refused was ever encoded */
}
