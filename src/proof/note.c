/* note.c - see note.h. */
#include "proof/note.h"

#include <inttypes.h>
#include <string.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/sha.h"
#include "base/text.h"

#define DASH "\xe2\x80\x94 "
#define SECRET "PRIVATE+KEY+"
enum { ID_BYTES = 4, TIME_BYTES = 8, ID_HEX = 2 * ID_BYTES };

enum rc note_name_check(const char *name, struct err *err)
{
    size_t len = strlen(name);
    bool good = len > 0 && len <= NOTE_NAME_MAX && text_is_utf8(name, len) && !strchr(name, '+');
    for (size_t i = 0; good && i < len;) {
        int32_t c = text_next(name, len, &i);
        good = c > ' ' && c != 0x7f && c != 0x85 && c != 0xa0 && c != 0x1680 && c != 0x3000 &&
               !(c >= 0x2000 && c <= 0x200a) && c != 0x2028 && c != 0x2029 && c != 0x202f &&
               c != 0x205f;
    }
    if (good) return RC_OK;
    return fail(err, RC_INPUT,
                "'%.100s' is no name for a key: up to %d bytes without space or '+', as in"
                " 'example.org/book'",
                name, NOTE_NAME_MAX);
}

static uint32_t id_of(const struct note_key *k)
{
    const uint8_t middle[] = {'\n', (uint8_t)k->type};
    uint8_t hash[SHA_BYTES];
    struct sha_part parts[] = {
        {k->name, strlen(k->name)}, {middle, sizeof middle}, {k->public, SIGN_PUBLIC}};
    sha256_parts(parts, 3, hash);
    return (uint32_t)hash[0] << 24 | (uint32_t)hash[1] << 16 | (uint32_t)hash[2] << 8 | hash[3];
}

static void complete(struct signer *s)
{
    sign_public(s->secret, s->key.public);
    s->key.id = id_of(&s->key);
}

void signer_new(struct arena *a, const char *name, struct signer *out)
{
    *out = (struct signer){.key = {.name = arena_text(a, name), .type = NOTE_SIGNS}};
    random_bytes(out->secret, SIGN_SECRET);
    complete(out);
}

/* --- keys as text --- */

static const char *encoded(struct arena *a, enum note_type type, const uint8_t key[SIGN_PUBLIC])
{
    uint8_t typed[1 + SIGN_PUBLIC] = {(uint8_t)type};
    memcpy(typed + 1, key, SIGN_PUBLIC);
    return base64_encode(a, typed, sizeof typed);
}

const char *note_key_id(struct arena *a, const struct note_key *k)
{
    return text_format(a, "%08" PRIx32, k->id);
}

const char *signer_text(struct arena *a, const struct signer *s)
{
    return text_format(a, SECRET "%s+%08" PRIx32 "+%s", s->key.name, s->key.id,
                       encoded(a, s->key.type, s->secret));
}

const char *note_key_text(struct arena *a, const struct note_key *k)
{
    return text_format(a, "%s+%08" PRIx32 "+%s", k->name, k->id, encoded(a, k->type, k->public));
}

/* "name+id+base64 of a type and 32 bytes": what both halves look like. */
static bool take(struct arena *a, const char *text, size_t len, struct note_key *out,
                 uint8_t key[SIGN_PUBLIC])
{
    const char *end = text + len, *first = memchr(text, '+', len);
    uint8_t number[ID_BYTES];
    struct err ignored;
    size_t count;
    if (!first || end - first < ID_HEX + 2 || first[ID_HEX + 1] != '+') return false;
    if (hex_decode(first + 1, ID_BYTES, number)) return false;
    const char *at = first + ID_HEX + 2;
    const uint8_t *bytes = base64_decode(a, at, (size_t)(end - at), &count);
    if (!bytes || count != 1 + SIGN_PUBLIC) return false;
    if (bytes[0] != NOTE_SIGNS && bytes[0] != NOTE_WITNESSES) return false;
    out->type = (enum note_type)bytes[0];
    out->name = arena_bytes(a, text, (size_t)(first - text));
    if (strlen(out->name) != (size_t)(first - text) || note_name_check(out->name, &ignored)) {
        return false;
    }
    out->id = (uint32_t)number[0] << 24 | (uint32_t)number[1] << 16 | (uint32_t)number[2] << 8 |
              number[3];
    memcpy(key, bytes + 1, SIGN_PUBLIC);
    return true;
}

enum rc signer_parse(struct arena *a, const char *text, size_t len, struct signer *out,
                     struct err *err)
{
    size_t head = strlen(SECRET);
    if (len > head && memcmp(text, SECRET, head) == 0 &&
        take(a, text + head, len - head, &out->key, out->secret) && out->key.type == NOTE_SIGNS) {
        uint32_t id = out->key.id;
        complete(out);
        if (out->key.id == id) return RC_OK;
    }
    return fail(err, RC_INPUT, "this is no secret key"); /* and not a word of it */
}

enum rc note_key_parse(struct arena *a, const char *text, size_t len, struct note_key *out,
                       struct err *err)
{
    if (take(a, text, len, out, out->public)) {
        uint32_t id = out->id;
        out->id = id_of(out);
        if (out->id == id) return RC_OK;
    }
    if (len > strlen(SECRET) && memcmp(text, SECRET, strlen(SECRET)) == 0) {
        return fail(err, RC_INPUT, "this is a secret key, where a public one belongs");
    }
    return fail(err, RC_INPUT, "'%.*s' is no public key", len < 100 ? (int)len : 100, text);
}

void trust_add(struct trust *t, struct arena *a, const struct note_key *k)
{
    t->keys = arena_more(a, t->keys, t->count, &t->room, sizeof *t->keys);
    t->keys[t->count++] = *k;
}

/* --- notes --- */

const char *note_sign(struct arena *a, const char *text, const struct signer *signers,
                      uint32_t count)
{
    struct buf note = {.arena = a};
    buf_add(&note, text);
    buf_add(&note, "\n");
    for (uint32_t i = 0; i < count; i++) {
        uint8_t line[ID_BYTES + SIGN_BYTES];
        const struct signer *s = &signers[i];
        for (int k = 0; k < ID_BYTES; k++) line[k] = (uint8_t)(s->key.id >> (24 - 8 * k));
        sign_bytes(s->secret, text, strlen(text), line + ID_BYTES);
        buf_addf(&note, DASH "%s %s\n", s->key.name, base64_encode(a, line, sizeof line));
    }
    return note.text;
}

static enum rc no_note(struct err *err, const char *why)
{
    return fail(err, RC_INPUT, "this is no signed note: %s", why);
}

/* Where the signatures begin: behind the last empty line. NULL: there is none. */
static const char *signatures(const char *bytes, size_t len)
{
    for (size_t i = len; i >= 2; i--) {
        if (bytes[i - 1] == '\n' && bytes[i - 2] == '\n') return bytes + i;
    }
    return NULL;
}

static const struct note_key *known(const struct trust *t, const char *name, size_t len,
                                    uint32_t id)
{
    for (uint32_t i = 0; i < t->count; i++) {
        const struct note_key *k = &t->keys[i];
        if (k->id == id && strlen(k->name) == len && memcmp(k->name, name, len) == 0) return k;
    }
    return NULL;
}

/* A witness signs a line that says so, a line with the time, and the note; the time goes in front.
 */
static bool witnessed(struct arena *a, const struct note_key *k, const struct note *note,
                      const uint8_t *bytes, size_t count, uint64_t *at_s)
{
    struct buf text = {.arena = a};
    if (count != TIME_BYTES + SIGN_BYTES) return false;
    *at_s = 0;
    for (int i = 0; i < TIME_BYTES; i++) *at_s = *at_s << 8 | bytes[i];
    buf_addf(&text, "cosignature/v1\ntime %" PRIu64 "\n", *at_s);
    buf_add_bytes(&text, note->text, note->len);
    return sign_holds(k->public, text.text, text.len, bytes + TIME_BYTES);
}

/* One line: the key that it is of, if that one is trusted; and whether it holds. */
static enum rc look_at(struct arena *a, const char *line, size_t len, const struct trust *trust,
                       struct note *note, struct err *err)
{
    size_t head = strlen(DASH), count;
    if (len <= head || memcmp(line, DASH, head) != 0) {
        return no_note(err, "a line below the text is no signature");
    }
    const char *name = line + head, *end = line + len;
    const char *space = memchr(name, ' ', (size_t)(end - name));
    const uint8_t *bytes =
        space ? base64_decode(a, space + 1, (size_t)(end - space - 1), &count) : NULL;
    if (!bytes || space == name || count <= ID_BYTES) {
        return no_note(err, "a line below the text is no signature");
    }
    uint32_t id =
        (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
    const struct note_key *k = known(trust, name, (size_t)(space - name), id);
    if (!k) return RC_OK;
    uint64_t at_s = 0;
    bool holds = k->type == NOTE_WITNESSES
                     ? witnessed(a, k, note, bytes + ID_BYTES, count - ID_BYTES, &at_s)
                     : count == ID_BYTES + SIGN_BYTES &&
                           sign_holds(k->public, note->text, note->len, bytes + ID_BYTES);
    if (!holds) return fail(err, RC_RULE, "the signature of '%.100s' does not hold", k->name);
    if (!note->by && k->type == NOTE_SIGNS) note->by = k;
    for (uint32_t i = 0; i < note->signer_count; i++) {
        if (note->signers[i].key == k) return RC_OK; /* said twice */
    }
    note->signers[note->signer_count++] = (struct note_signer){k, at_s};
    return RC_OK;
}

static enum rc check_bytes(const char *bytes, size_t len, struct err *err)
{
    if (len > NOTE_BYTES_MAX) return no_note(err, "it is too long");
    if (!text_is_utf8(bytes, len)) return no_note(err, "it is not UTF-8");
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)bytes[i] < ' ' && bytes[i] != '\n') {
            return no_note(err, "there is a control character in it");
        }
    }
    if (len == 0 || bytes[len - 1] != '\n') return no_note(err, "it is cut off");
    return RC_OK;
}

enum rc note_open(struct arena *a, const char *bytes, size_t len, const struct trust *trust,
                  struct note *out, struct err *err)
{
    enum rc rc = check_bytes(bytes, len, err);
    if (rc) return rc;
    const char *at = signatures(bytes, len), *end = bytes + len;
    if (!at || at == end || at - bytes < 3) return no_note(err, "nobody signed it");
    *out = (struct note){.text = bytes, .len = (size_t)(at - bytes) - 1};
    for (int count = 0; at < end; count++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        if (count == NOTE_SIGNATURES_MAX) return no_note(err, "too many signed it");
        rc = look_at(a, at, (size_t)(newline - at), trust, out, err);
        if (rc) return rc;
        at = newline + 1;
    }
    if (out->by) return RC_OK;
    return fail(err, RC_ABSENT, "no key that is trusted here signed it");
}
