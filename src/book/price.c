/* price.c - movements, months, and what a line is worth: what the cube and the scan agree on. */
#include <string.h>

#include "base/text.h"
#include "book/inside.h"

enum { FIRST_YEAR = 1900 };

int32_t month_of_day(int32_t day)
{
    int year, month, dom;
    day_to_civil(day < DAY_MIN ? DAY_MIN : day > DAY_MAX ? DAY_MAX : day, &year, &month, &dom);
    return (year - FIRST_YEAR) * 12 + month - 1;
}

int32_t month_first_day(int32_t month)
{
    return day_from_civil(FIRST_YEAR + month / 12, month % 12 + 1, 1);
}

/* Where it was taken back it is what it was, and is subtracted. */
int32_t row_move(const struct columns *c, uint32_t row)
{
    bool back = c->flags[row] & ROW_REVERSAL;
    enum stage from = back ? row_to(c, row) : row_from(c, row);
    enum stage to = back ? row_from(c, row) : row_to(c, row);
    bool confirmed =
        (from == STAGE_DELIVERED || to == STAGE_DELIVERED) && c->flags[row] & ROW_CONFIRMED;
    return (int32_t)from | (int32_t)to << 4 | (int32_t)confirmed << 8;
}

int move_delivers(int32_t place)
{
    return (move_to(place) == STAGE_DELIVERED) - (move_from(place) == STAGE_DELIVERED);
}

uint32_t item_above(const struct book *b, uint32_t item, int64_t known)
{
    uint32_t v = item == NONE ? NONE : b->noun_last[item];
    while (v != NONE && b->versions[v].recorded_ms > known) v = b->versions[v].before;
    int64_t id = v == NONE ? 0 : version_int(b, v, F_PARENT, 0);
    return id ? book_noun_of(b, (uint64_t)id) : NONE;
}

uint32_t item_top(const struct book *b, uint32_t item, int64_t known)
{
    for (int i = 0; i < ITEM_DEEP; i++) {
        uint32_t next = item_above(b, item, known);
        if (next == NONE) break;
        item = next;
    }
    return item;
}

uint32_t line_currency(const struct book *b, uint32_t item)
{
    const char *key = item == NONE ? "" : book_key(b, item);
    return text_starts(key, "money/") ? book_word(b, key + 6) : NONE;
}

struct price price_of(const struct book *b, const struct line *l, const struct record *value)
{
    uint32_t currency = line_currency(b, l->item);
    if (currency != NONE) return (struct price){.value = 1, .parts = 1, .word = currency};
    if (!value || !(l->flags & LINE_TOLD) || l->low <= 0) return (struct price){.word = NONE};
    uint32_t word = book_word(b, record_text(value, F_CURRENCY));
    if (word == NONE) return (struct price){.word = NONE};
    return (struct price){.value = record_int(value, F_LOW, 0), .parts = l->low, .word = word};
}

struct price price_now(const struct book *b, uint32_t line)
{
    const struct kept_price *k = &b->prices[line];
    const struct line *l = &b->lines[line];
    if (k->word == NONE) return (struct price){.word = NONE};
    if (l->flags & LINE_MONEY) return (struct price){.value = 1, .parts = 1, .word = k->word};
    return (struct price){.value = k->value, .parts = l->low, .word = k->word};
}

bool price_amount(const struct price *p, int64_t qty, int64_t *out)
{
    int64_t whole;
    *out = qty;
    if (p->value == p->parts && p->parts) return true;
    *out = 0;
    if (!p->parts) return true;
    if (!__builtin_mul_overflow(qty, p->value, &whole) && whole % p->parts == 0) {
        *out = whole / p->parts;
        return true;
    }
    i128 amount = div_half_even((i128)qty * p->value, p->parts);
    *out = (int64_t)amount;
    return *out == amount;
}

static int preference(const struct record *v)
{
    const char *basis = record_text(v, F_BASIS);
    if (record_int(v, F_RESOLVED, 0)) return 2;
    return basis && strcmp(basis, "stated") == 0;
}

static int64_t stage_of(const struct record *v)
{
    return record_int(v, F_TO, STAGE_COMMITTED);
}

bool value_before(const struct record *v, const struct record *other)
{
    if (!record_field(v, F_LOW) || !record_text(v, F_CURRENCY)) return false;
    if (stage_of(v) < STAGE_CONSIDERED || stage_of(v) > STAGE_DELIVERED) return false;
    if (!other) return true;
    if (stage_of(v) != stage_of(other)) return stage_of(v) < stage_of(other);
    int mine = preference(v), theirs = preference(other);
    return mine != theirs ? mine > theirs : v->id < other->id;
}
