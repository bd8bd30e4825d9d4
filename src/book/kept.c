/*
 * kept.c - records in few bytes, and as structs for who asks.
 *
 * A record as a struct takes four times the bytes that it has in the log, and
 * most questions look at few of the records. So each is kept as a row of
 * bytes, and made a struct when it is first asked for; then it stays one, for
 * what book_record() gave lives as long as the book. Questions about all lines
 * read one field of each where it lies.
 *
 * Bytes: the label, how many fields, then of each its tag and what it holds,
 * as in the log, but that every text ends in a NUL. They begin at a multiple
 * of eight, so that 32 bits are enough to say where.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "book/inside.h"

enum { UNIT = sizeof(uint64_t), VARINT_MAX = 10 };

/* --- writing --- */

static uint8_t *put_varint(uint8_t *to, uint64_t n)
{
    while (n >= 0x80) {
        *to++ = (uint8_t)(n | 0x80);
        n >>= 7;
    }
    *to++ = (uint8_t)n;
    return to;
}

static uint8_t *put_number(uint8_t *to, int64_t n)
{
    return put_varint(to, (uint64_t)n << 1 ^ (uint64_t)(n >> 63));
}

static uint8_t *put_text(uint8_t *to, const char *text, size_t len)
{
    to = put_varint(to, len);
    memcpy(to, text, len);
    to[len] = '\0';
    return to + len + 1;
}

static size_t most_bytes(const struct record *r, size_t label_len)
{
    size_t most = label_len + VARINT_MAX + 2;
    for (uint32_t i = 0; i < r->count; i++) most += 2 * VARINT_MAX + r->fields[i].len;
    return most;
}

uint32_t kept_put(struct book *b, const struct record *r)
{
    static_assert(TAG_COUNT <= UINT8_MAX && RECORD_FIELDS_MAX <= UINT8_MAX, "a byte each");
    size_t label_len = strlen(r->label), units = most_bytes(r, label_len) / UNIT + 1;
    assert(b->kept_count < UINT32_MAX - units);
    const uint64_t *was = b->kept;
    b->kept = list_more(b->arena, b->kept, b->kept_count, (uint32_t)units, &b->kept_room,
                        sizeof *b->kept);
    if (b->kept != was && b->arena->tight) book_rest(b); /* texts of records lie there */
    uint32_t at = b->kept_count;
    uint8_t *begin = (uint8_t *)&b->kept[at];
    uint8_t *to = put_text(begin, r->label, label_len);
    *to++ = (uint8_t)r->count;
    for (uint32_t i = 0; i < r->count; i++) {
        const struct field *f = &r->fields[i];
        enum field_type type = record_fields[f->tag].type;
        *to++ = (uint8_t)f->tag;
        to = type == TYPE_TEXT ? put_text(to, f->text, f->len) : put_number(to, f->n);
        if (type == TYPE_DEC) *to++ = (uint8_t)f->scale;
    }
    b->kept_count += (uint32_t)((size_t)(to - begin) + UNIT - 1) / UNIT;
    return at;
}

/* --- reading --- */

struct cursor {
    const uint8_t *at, *end;
};

/*
 * What was kept is read again as it was written; an image whose sum fits was
 * written by a book. Bytes that are not must not lead anywhere, though.
 */
static _Noreturn void damaged(void)
{
    fputs("muster: the kept book is damaged: remove the file beside the store whose name ends in"
          " '-book'\n",
          stderr);
    abort();
}

static uint8_t get_byte(struct cursor *c)
{
    if (c->at >= c->end) damaged();
    return *c->at++;
}

static uint64_t get_varint(struct cursor *c)
{
    uint64_t n = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        uint8_t byte = get_byte(c);
        n |= (uint64_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80)) return n;
    }
    damaged();
}

static int64_t get_number(struct cursor *c)
{
    uint64_t n = get_varint(c);
    return (int64_t)(n >> 1) ^ -(int64_t)(n & 1);
}

static const char *get_text(struct cursor *c, uint32_t *len)
{
    uint64_t long_len = get_varint(c);
    if (long_len >= (uint64_t)(c->end - c->at) || c->at[long_len] != '\0') damaged();
    const char *text = (const char *)c->at;
    *len = (uint32_t)long_len;
    c->at += long_len + 1;
    return text;
}

static struct field get_field(struct cursor *c)
{
    struct field f = {.tag = (enum tag)get_byte(c)};
    if (f.tag >= TAG_COUNT || !record_fields[f.tag].name) damaged();
    enum field_type type = record_fields[f.tag].type;
    if (type == TYPE_TEXT)
        f.text = get_text(c, &f.len);
    else
        f.n = get_number(c);
    if (type == TYPE_DEC) f.scale = get_byte(c);
    return f;
}

/* At the first field of a version; *count of them follow. */
static struct cursor fields_of(const struct book *b, uint32_t version, const char **label,
                               uint8_t *count)
{
    uint32_t unused;
    struct cursor c = {(const uint8_t *)&b->kept[b->versions[version].at],
                       (const uint8_t *)&b->kept[b->kept_count]};
    *label = get_text(&c, &unused);
    *count = get_byte(&c);
    return c;
}

/* The first field with that tag; false if there is none. */
static bool find_field(const struct book *b, uint32_t version, enum tag tag, struct field *out)
{
    const char *label;
    uint8_t count;
    struct cursor c = fields_of(b, version, &label, &count);
    for (uint8_t i = 0; i < count; i++) {
        *out = get_field(&c);
        if (out->tag >= tag) return out->tag == tag;
    }
    return false;
}

const char *line_text(const struct book *b, const struct line *l, enum tag tag)
{
    struct field f;
    return find_field(b, l->version, tag, &f) ? f.text : NULL;
}

int64_t line_int(const struct book *b, const struct line *l, enum tag tag, int64_t absent)
{
    struct field f;
    return find_field(b, l->version, tag, &f) ? f.n : absent;
}

int64_t version_int(const struct book *b, uint32_t version, enum tag tag, int64_t absent)
{
    struct field f;
    return find_field(b, version, tag, &f) ? f.n : absent;
}

/* --- structs --- */

static void made_end(void *ctx)
{
    struct made *m = ctx;
    arena_free(&m->arena);
    pthread_mutex_destroy(&m->lock);
}

void made_begin(struct book *b)
{
    b->made = NEW(b->arena, struct made);
    pthread_mutex_init(&b->made->lock, NULL);
    arena_at_end(b->arena, made_end, b->made);
}

void book_rest(const struct book *b)
{
    struct made *m = b->made;
    pthread_mutex_lock(&m->lock);
    for (uint32_t i = 0; i < b->version_count; i++) {
        atomic_store_explicit(&m->of_version[i], NULL, memory_order_relaxed);
    }
    memset(m->kinds, 0, sizeof m->kinds);
    arena_free(&m->arena);
    pthread_mutex_unlock(&m->lock);
}

void versions_room(struct book *b, uint32_t room)
{
    struct made *m = b->made;
    b->versions = wider(b->arena, b->versions, b->version_count, room, sizeof *b->versions);
    b->version_kind =
        wider(b->arena, b->version_kind, b->version_count, room, sizeof *b->version_kind);
    m->of_version = wider(b->arena, m->of_version, m->room, room, sizeof *m->of_version);
    b->version_room = m->room = room;
}

/* The lock is held. */
static const struct record *make(const struct book *b, uint32_t version)
{
    struct made *m = b->made;
    const struct version *v = &b->versions[version];
    struct record *r = NEW(&m->arena, struct record);
    uint8_t count;
    *r = (struct record){
        .id = v->id, .recorded_ms = v->recorded_ms, .kind = (enum kind)b->version_kind[version]};
    struct cursor c = fields_of(b, version, &r->label, &count);
    r->fields = count ? NEW_ARRAY(&m->arena, count, struct field) : NULL;
    for (uint8_t i = 0; i < count; i++) r->fields[i] = get_field(&c);
    r->count = r->room = count;
    struct err unused;
    if (m->checked && record_check(r, &unused)) damaged();
    atomic_store_explicit(&m->of_version[version], r, memory_order_release);
    return r;
}

const struct record *version_record(const struct book *b, uint32_t version)
{
    struct made *m = b->made;
    const struct record *r = atomic_load_explicit(&m->of_version[version], memory_order_acquire);
    if (r) return r;
    pthread_mutex_lock(&m->lock);
    r = atomic_load_explicit(&m->of_version[version], memory_order_relaxed);
    if (!r) r = make(b, version);
    pthread_mutex_unlock(&m->lock);
    return r;
}

const struct record *const *book_records(const struct book *b, enum kind kind, uint32_t *count)
{
    struct made *m = b->made;
    struct by_kind *k = &m->kinds[kind];
    pthread_mutex_lock(&m->lock);
    for (; k->looked < b->version_count; k->looked++) {
        if (b->version_kind[k->looked] != kind) continue;
        const struct record *r =
            atomic_load_explicit(&m->of_version[k->looked], memory_order_relaxed);
        k->list = arena_more(&m->arena, k->list, k->count, &k->room, sizeof *k->list);
        k->list[k->count++] = r ? r : make(b, k->looked);
    }
    *count = k->count;
    const struct record *const *list = k->list;
    pthread_mutex_unlock(&m->lock);
    return list;
}
