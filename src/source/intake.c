/*
 * intake.c - filling an intake, and the list of readers.
 *
 * Drafts that many rows share (parties, money, items, the file itself) are
 * added once: the intake remembers their keys.
 */
#include <stdio.h>
#include <string.h>

#include "base/sha.h"
#include "base/text.h"
#include "names/names.h"
#include "source/source.h"

#define ROOM(in, list, count, room)                                                                \
    ((in)->list = arena_more((in)->arena, (in)->list, (in)->count, &(in)->room, sizeof *(in)->list))

struct record *intake_add(struct intake *in, enum kind kind)
{
    ROOM(in, records, count, room);
    struct record *r = record_new(in->arena, kind);
    in->records[in->count++] = r;
    return r;
}

static const char *kept(struct intake *in, const char *text)
{
    return text && *text ? arena_text(in->arena, text) : "";
}

void intake_diag(struct intake *in, const struct diag *d)
{
    ROOM(in, diags, diag_count, diag_room);
    struct diag *copy = &in->diags[in->diag_count++];
    *copy = *d;
    copy->rule = kept(in, d->rule);
    copy->file = kept(in, d->file);
    copy->sheet = kept(in, d->sheet);
    copy->column = kept(in, d->column);
    copy->value = kept(in, d->value);
    copy->expected = kept(in, d->expected);
    copy->party = arena_text(in->arena, d->party);
}

void intake_scope(struct intake *in, const char *key_prefix)
{
    ROOM(in, scopes, scope_count, scope_room);
    in->scopes[in->scope_count++] = arena_text(in->arena, key_prefix);
}

/* Whether "kind key" is asked for the first time. */
static bool first_time(struct intake *in, enum kind kind, const char *key)
{
    char brief[256];
    const char *name = kind_name(kind), *both = brief;
    size_t of_kind = strlen(name), len = strlen(key);
    if (of_kind + len + 2 <= sizeof brief) {
        memcpy(brief, name, of_kind);
        brief[of_kind] = ' ';
        memcpy(brief + of_kind + 1, key, len + 1);
    } else {
        both = TEXT_JOIN(in->arena, name, " ", key);
    }
    in->seen.arena = in->arena;
    return map_put_new(&in->seen, both, 1);
}

const char *intake_source(struct intake *in, const struct input *input, const char *publisher,
                          const char *title, int64_t stated_ms, const char *media)
{
    uint8_t hash[SHA_BYTES];
    char hex[SHA_HEX];
    sha256(input->bytes, input->len, hash);
    hex_encode(hash, SHA_BYTES, hex);
    const char *key = text_format(in->arena, "sha256:%s", hex);
    if (!first_time(in, KIND_SOURCE, key)) return key;

    ROOM(in, evidence, evidence_count, evidence_room);
    in->evidence[in->evidence_count++] = input;
    struct record *r = intake_add(in, KIND_SOURCE);
    record_set_text(in->arena, r, F_KEY, key);
    record_set_text(in->arena, r, F_NAME, title);
    record_set_text(in->arena, r, F_HASH, hex);
    record_set_text(in->arena, r, F_ADDRESS, input->name);
    record_set_text(in->arena, r, F_PUBLISHER, publisher);
    record_set_text(in->arena, r, F_MEDIA, media);
    if (stated_ms) record_set_int(in->arena, r, F_STATED, stated_ms);
    return key;
}

const char *intake_source_fed(struct intake *in, const struct input *input, const char *hex,
                              const char *title, const char *media)
{
    const char *key = text_format(in->arena, "sha256:%s", hex);
    if (!first_time(in, KIND_SOURCE, key)) return key;
    struct record *r = intake_add(in, KIND_SOURCE);
    record_set_text(in->arena, r, F_KEY, key);
    record_set_text(in->arena, r, F_NAME, title);
    record_set_text(in->arena, r, F_HASH, hex);
    record_set_text(in->arena, r, F_ADDRESS, input->name);
    record_set_text(in->arena, r, F_MEDIA, media);
    record_set_text(in->arena, r, F_NOTE, "too large to be kept: the digest tells the file");
    return key;
}

void intake_clear(struct intake *in)
{
    struct intake was = *in;
    arena_reset(in->arena);
    *in = (struct intake){.arena = was.arena,
                          .format = was.format,
                          .rows_read = was.rows_read,
                          .rows_taken = was.rows_taken,
                          .stated_ms = was.stated_ms,
                          .present_ms = was.present_ms,
                          .codes = was.codes,
                          .before = was.before};
}

const char *intake_passage(struct intake *in, const char *source_key, const char *place)
{
    const char *key = TEXT_JOIN(in->arena, source_key, "#", place);
    if (!first_time(in, KIND_PASSAGE, key)) return key;
    struct record *r = intake_add(in, KIND_PASSAGE);
    record_set_text(in->arena, r, F_KEY, key);
    record_set_key(in->arena, r, F_SOURCE, source_key);
    record_set_text(in->arena, r, F_PLACE, place);
    return key;
}

const char *intake_item(struct intake *in, const char *key, const char *name, const char *class_,
                        const char *unit, int parts)
{
    if (!first_time(in, KIND_ITEM, key)) return key;
    struct record *r = intake_add(in, KIND_ITEM);
    record_set_text(in->arena, r, F_KEY, key);
    record_set_text(in->arena, r, F_NAME, name);
    record_set_text(in->arena, r, F_CLASS, class_);
    record_set_text(in->arena, r, F_UNIT, unit);
    if (parts > 0) record_set_int(in->arena, r, F_PARTS, parts);
    return key;
}

const char *intake_money(struct intake *in, const char *currency)
{
    const char *key = TEXT_JOIN(in->arena, "money/", currency);
    return intake_item(in, key, currency, "money", currency, names_currency_places(currency));
}

/* The groups a known party belongs to, so that "Allies" means something in every book. */
static void add_memberships(struct intake *in, const char *party)
{
    uint32_t count;
    const struct known_membership *m = names_memberships(party, &count);
    for (uint32_t i = 0; i < count; i++) {
        intake_party(in, m[i].group, m[i].group_name, "group");
        struct record *r = intake_add(in, KIND_MEMBERSHIP);
        record_set_text(in->arena, r, F_KEY,
                        text_format(in->arena, "%s/%s/%d", m[i].group, party, (int)m[i].since));
        record_set_key(in->arena, r, F_PARTY, party);
        record_set_key(in->arena, r, F_PARENT, m[i].group);
        record_set_int(in->arena, r, F_SINCE, m[i].since);
        if (m[i].until != DAY_MAX) record_set_int(in->arena, r, F_UNTIL, m[i].until);
    }
}

const char *intake_party(struct intake *in, const char *key, const char *name, const char *type)
{
    if (!first_time(in, KIND_PARTY, key)) return key;
    struct record *r = intake_add(in, KIND_PARTY);
    record_set_text(in->arena, r, F_KEY, key);
    record_set_text(in->arena, r, F_NAME, name);
    record_set_text(in->arena, r, F_TYPE, type);
    add_memberships(in, key);
    return key;
}

const struct reader *source_reader_named(const char *name)
{
    for (const struct reader *const *r = source_readers; *r; r++) {
        if (strcmp((*r)->name, name) == 0) return *r;
    }
    return NULL;
}
