/* words.c - see words.h. */
#include "report/words.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "measure/money.h"

const char *day_words(struct arena *a, int32_t day, enum precision precision)
{
    const char *date = day_text(a, day, precision);
    if (precision == PRECISION_UNTIL) return text_format(a, "by %s", date);
    if (precision == PRECISION_UNKNOWN) return text_format(a, "not known (%s)", date);
    return date;
}

const char *item_unit(const struct book *b, uint32_t item, int64_t known, int *places)
{
    const struct record *r = item == NONE ? NULL : book_version(b, item, known);
    const char *unit = r ? record_text(r, F_UNIT) : NULL;
    *places = r ? (int)record_int(r, F_PARTS, 0) : 0;
    return unit ? unit : "";
}

/* Decimals in which the record counts its amounts: of its currency, else of its item. */
static int places_of(const struct book *b, const struct record *r)
{
    const char *currency = record_text(r, F_CURRENCY);
    int places;
    if (currency) return currency_places(b, currency);
    item_unit(b, book_noun_of(b, record_ref(r, F_ITEM)), INT64_MAX, &places);
    return places;
}

static const char *ref_words(struct arena *a, const struct book *b, uint64_t id)
{
    const struct record *r = book_record(b, id);
    const char *key = r ? record_text(r, F_KEY) : NULL;
    return key ? key : text_format(a, "%" PRIu64, id);
}

static const char *one_value(struct arena *a, const struct book *b, const struct record *r,
                             const struct field *f)
{
    char instant[INSTANT_TEXT], number[DEC_TEXT];
    bool counted = f->tag == F_LOW || f->tag == F_HIGH || f->tag == F_QTY || f->tag == F_FLOOR;
    switch (record_fields[f->tag].type) {
    case TYPE_TEXT: return f->text;
    case TYPE_FLAG: return f->n ? "yes" : "no";
    case TYPE_STAGE: return stage_name((enum stage)f->n);
    case TYPE_PRECISION: return precision_name((enum precision)f->n);
    case TYPE_DAY: return day_text(a, (int32_t)f->n, PRECISION_DAY);
    case TYPE_INSTANT: return arena_text(a, instant_format(f->n, instant));
    case TYPE_DEC: return arena_text(a, dec_format(dec_trim((struct dec){f->n, f->scale}), number));
    case TYPE_REF: return ref_words(a, b, (uint64_t)f->n);
    case TYPE_INT:
    case TYPE_COUNT: break;
    }
    int places = counted ? places_of(b, r) : 0;
    return parts_format(a, f->n, places, places, 0);
}

const char *field_words(struct arena *a, const struct book *b, const struct record *r, enum tag tag)
{
    struct buf words = {.arena = a};
    buf_add(&words, "");
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->fields[i].tag != tag) continue;
        buf_addf(&words, "%s%s", words.len ? "; " : "", one_value(a, b, r, &r->fields[i]));
    }
    return words.text;
}

/* --- near names --- */

enum { NEAR_MAX = 5, NEAR_FAR = 4, SLIPS_MAX = 2, TYPED_MAX = 64 };

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_start(const char *text, const char *typed)
{
    for (; *typed; text++, typed++) {
        if (lower(*text) != lower(*typed)) return false;
    }
    return true;
}

/* Whether `slips` insertions, deletions and swaps of letters make the one the other. */
static bool within(const char *x, const char *y, int slips)
{
    while (*x && lower(*x) == lower(*y)) x++, y++;
    if (!*x && !*y) return true;
    if (slips == 0) return false;
    return (*x && *y && within(x + 1, y + 1, slips - 1)) || (*x && within(x + 1, y, slips - 1)) ||
           (*y && within(x, y + 1, slips - 1));
}

/* 0 the same but for capitals, 1 the typed is its last part, 2 begins, 3 stands in it or is a slip
 * away; NEAR_FAR. */
static int farness(const char *key, const char *typed, size_t len)
{
    size_t key_len = strlen(key);
    if (same_start(key, typed)) return key[len] ? 2 : 0;
    if (key_len > len && strchr(":/", key[key_len - len - 1]) &&
        same_start(key + key_len - len, typed)) {
        return 1;
    }
    for (const char *at = key; len > 2 && *at; at++) {
        if (same_start(at, typed)) return 3;
    }
    return len > 3 && within(key, typed, SLIPS_MAX) ? 3 : NEAR_FAR;
}

const char *near_keys(struct arena *a, const struct book *b, uint32_t kinds, const char *typed,
                      int64_t known)
{
    const char *near[NEAR_MAX];
    int far[NEAR_MAX];
    uint32_t found = 0, nouns = book_noun_count(b);
    size_t len = strlen(typed);
    for (uint32_t noun = 0; noun < nouns && len && len <= TYPED_MAX; noun++) {
        if (!(kinds & KIND_BIT(book_kind(b, noun))) || !book_version(b, noun, known)) continue;
        int one = farness(book_key(b, noun), typed, len);
        uint32_t at = found;
        while (at > 0 && far[at - 1] > one) at--;
        if (one == NEAR_FAR || at == NEAR_MAX) continue;
        if (found < NEAR_MAX) found++;
        for (uint32_t i = found - 1; i > at; i--) {
            near[i] = near[i - 1];
            far[i] = far[i - 1];
        }
        near[at] = book_key(b, noun);
        far[at] = one;
    }
    struct buf words = {.arena = a};
    buf_add(&words, "");
    for (uint32_t i = 0; i < found; i++) buf_addf(&words, "%s%s", i ? ", " : "", near[i]);
    return words.text;
}
