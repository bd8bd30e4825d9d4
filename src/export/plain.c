/* plain.c - see plain.h. */
#include "export/plain.h"

#include <string.h>

#include "base/buf.h"
#include "base/sha.h"
#include "base/text.h"

/* --- text --- */

bool plain_point(int32_t point)
{
    if (point < 0x20) return point == '\t' || point == '\n';
    if (point >= 0x7f && point < 0xa0) return false;
    return (point & 0xfffe) != 0xfffe && !(point >= 0xfdd0 && point <= 0xfdef);
}

static const char *replaced(struct arena *a, const char *text, bool one_line)
{
    struct buf b = {.arena = a};
    size_t len = strlen(text);
    buf_add(&b, "");
    for (size_t i = 0; i < len;) {
        size_t at = i;
        int32_t point = text_next(text, len, &i);
        if (point < 0) i = at + 1;
        if (point == '\r' && text[i] == '\n') continue;
        if (point == '\r' || point == '\n' || (point == '\t' && one_line))
            buf_add(&b, one_line ? " " : "\n");
        else if (!plain_point(point))
            buf_add(&b, "\xef\xbf\xbd");
        else
            buf_add_bytes(&b, text + at, i - at);
    }
    return b.text;
}

const char *plain_text(struct arena *a, const char *text)
{
    return replaced(a, text, false);
}

const char *plain_line(struct arena *a, const char *text)
{
    return replaced(a, text, true);
}

/* --- lines --- */

const char *plain_giver(const struct book *b, const struct line *l, int64_t known)
{
    return l->giver == NONE ? "Somebody" : book_name(b, l->giver, known);
}

const char *plain_receiver(struct arena *a, const struct book *b, const struct line *l,
                           int64_t known)
{
    return l->receiver == NONE ? "" : text_format(a, " to %s", book_name(b, l->receiver, known));
}

static const struct record *item_of(const struct book *b, const struct line *l, int64_t known)
{
    return l->item == NONE ? NULL : book_version(b, l->item, known);
}

static bool is_money(const struct book *b, const struct line *l)
{
    return l->item != NONE && text_starts(book_key(b, l->item), "money/");
}

const char *plain_item(const struct book *b, const struct line *l, int64_t known)
{
    if (is_money(b, l)) return "money";
    return item_of(b, l, known) ? book_name(b, l->item, known) : "support";
}

const char *plain_quantity(struct arena *a, const struct book *b, const struct line *l, i128 parts,
                           int64_t known)
{
    const struct record *item = item_of(b, l, known);
    const char *unit = item ? record_text(item, F_UNIT) : NULL;
    int places = item ? (int)record_int(item, F_PARTS, 0) : 0;
    const char *digits = parts_format(a, parts, places, places, 0);
    if (is_money(b, l) && strchr(digits, '.')) digits = parts_format(a, parts, places, places, 2);
    digits = digits_grouped(a, digits);
    if (!unit || strcmp(unit, "piece") == 0) return digits;
    return text_format(a, "%s %s", digits, unit);
}

const char *plain_things(struct arena *a, const struct book *b, const struct line *l, i128 parts,
                         int64_t known)
{
    const struct record *item = item_of(b, l, known);
    const char *unit = item ? record_text(item, F_UNIT) : NULL;
    const char *quantity = plain_quantity(a, b, l, parts, known);
    if (is_money(b, l)) return quantity;
    bool pieces = !unit || strcmp(unit, "piece") == 0;
    return text_format(a, "%s %s%s", quantity, pieces ? "" : "of ", plain_item(b, l, known));
}

/* --- names and addresses --- */

const char *plain_uuid(struct arena *a, const char *words)
{
    uint8_t hash[SHA_BYTES];
    char hex[SHA_HEX];
    sha256(words, strlen(words), hash);
    hash[6] = (uint8_t)(0x80 | (hash[6] & 0x0f)); /* version 8 */
    hash[8] = (uint8_t)(0x80 | (hash[8] & 0x3f)); /* of this variant */
    hex_encode(hash, 16, hex);
    return text_format(a, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

const char *plain_address(struct arena *a, const char *base, const char *what, const char *key)
{
    static const char kept[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    struct buf b = {.arena = a};
    if (!base) return NULL;
    size_t len = strlen(base);
    while (len > 0 && base[len - 1] == '/') len--;
    buf_add_bytes(&b, base, len);
    buf_addf(&b, "/%s%s", what, key ? "/" : "");
    for (; key && *key; key++) {
        if (strchr(kept, *key))
            buf_add_bytes(&b, key, 1);
        else
            buf_addf(&b, "%%%02X", (unsigned)(unsigned char)*key);
    }
    return b.text;
}
