/*
 * near.c - where "altered" ends and "absent" begins: measured, not guessed.
 *
 *     near FILE...
 *
 * The even files are what was said, turn by turn; sentences of them are altered
 * by a seeded share of their words (exchanged, left out, put in), and sentences
 * of the odd files stand for what was not said there, but might have been: the
 * same rooms, the same speakers. Every query is compared with every paragraph, no
 * index in between. For each limit on the share of words that differ, and on
 * the share of what the words tell (bits) that must be there, it prints how
 * many altered sentences were found, at their own place, and how many others
 * were called altered. docs/decisions/0011-quotations.md has the choice.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "read/quote.h"

#include "load.h"

enum { WORDS_MIN = 4, WORDS_MAX = 40, PER_SHARE = 150, SHARES = 6, EDIT_STEPS = 5, BIT_STEPS = 5 };

static const uint32_t shares[SHARES] = {5, 10, 20, 30, 40, 50};
static const uint32_t edit_limits[EDIT_STEPS] = {30, 40, 50, 60, 70};
static const uint32_t bit_limits[BIT_STEPS] = {0, 40, 50, 60, 70};

struct paragraph {
    const char *text;
    size_t len;
    struct tokens words;
};

struct slot {
    uint64_t hash;
    uint32_t count, last;
};

static struct arena arena;
static struct paragraph *said;
static uint32_t said_count, said_room;
static struct slot *slots;
enum { SLOTS = 1 << 18 };
static uint64_t state = 11;

static uint32_t below(uint32_t n)
{
    uint64_t z = (state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((z ^ (z >> 31)) % n);
}

static struct slot *slot(uint64_t hash)
{
    uint64_t i = hash % SLOTS;
    while (slots[i].count && slots[i].hash != hash) i = (i + 1) % SLOTS;
    slots[i].hash = hash;
    return &slots[i];
}

static void add_paragraph(const char *text, size_t len)
{
    said = arena_more(&arena, said, said_count, &said_room, sizeof *said);
    struct paragraph *p = &said[said_count++];
    *p = (struct paragraph){.text = text, .len = len, .words = {.arena = &arena}};
    fold(text, len, false, &p->words);
    for (uint32_t i = 0; i < p->words.count; i++) {
        struct slot *s = slot(p->words.list[i].hash);
        if (s->count && s->last == said_count) continue;
        s->last = said_count;
        s->count++;
    }
}

static void split(const char *text, size_t len)
{
    for (size_t i = 0, to; i < len; i = to) {
        for (to = i; to < len && !(text[to] == '\n' && text[to + 1] == '\n');) to++;
        add_paragraph(text + i, to - i);
        while (to < len && text[to] == '\n') to++;
    }
}

/* log2(paragraphs / those that hold the word), in sixteenths, as find/quote.c weighs. */
static uint32_t weight(uint64_t hash)
{
    const struct slot *s = slot(hash);
    uint64_t n = said_count + 1, of = s->count + 1;
    uint32_t bits = 0;
    while (of * 2 <= n) {
        of *= 2;
        bits += 16;
    }
    bits += (uint32_t)(n * 16 / of - 16);
    return bits > 192 ? 192 : bits;
}

struct result {
    uint32_t words, edits_percent, bits_percent;
    bool own; /* at its own place */
};

static struct result ask(const char *text, const struct paragraph *own)
{
    struct arena a = {0};
    struct err err = {0};
    struct asked q;
    struct result out = {0};
    if (quote_ask(&a, text, strlen(text), &q, &err)) return out;
    uint32_t best = q.words.count + 1, end = 0, where = 0;
    for (uint32_t i = 0; i < said_count; i++) {
        uint32_t at, d = quote_distance(&q, &said[i].words, &at);
        bool better = d < best || (d == best && &said[i] == own);
        if (better) best = d, where = i, end = at;
    }
    struct compared c;
    const struct paragraph *p = &said[where];
    quote_compare(&a, &q, p->text, p->len, false, &p->words, end, &c);
    const bool *kept = quote_kept(&a, &q, &c);
    uint64_t all = 0, there = 0;
    for (uint32_t i = 0; i < q.words.count; i++) {
        uint32_t w = weight(q.words.list[i].hash);
        all += w;
        there += kept[i] ? w : 0;
    }
    out.words = q.words.count;
    out.edits_percent = best * 100 / q.words.count;
    out.bits_percent = all ? (uint32_t)(there * 100 / all) : 100;
    out.own = p == own;
    arena_free(&a);
    return out;
}

/* A random sentence of a paragraph, or NULL. */
static const char *sentence(struct arena *a, const struct paragraph *p)
{
    size_t begin = 0, from = p->len ? below((uint32_t)p->len) : 0;
    for (size_t i = 0; i + 1 < from; i++) {
        if (strchr(".?!", p->text[i]) && p->text[i] && p->text[i + 1] == ' ') begin = i + 1;
    }
    size_t end = begin;
    while (end < p->len && !(strchr(".?!", p->text[end]) && end > begin + 2)) end++;
    const char *text = text_squeeze(a, arena_bytes(a, p->text + begin, end - begin));
    uint32_t words = 1;
    for (const char *c = text; *c; c++) words += *c == ' ';
    return words >= WORDS_MIN && words <= WORDS_MAX && !strchr(text, ':') ? text : NULL;
}

static const char *a_word(struct arena *a)
{
    for (;;) {
        const struct paragraph *p = &said[below(said_count)];
        if (p->words.count == 0) continue;
        const struct token *t = &p->words.list[below(p->words.count)];
        return arena_bytes(a, p->text + t->begin, t->end - t->begin);
    }
}

static const char *alter(struct arena *a, const char *text, uint32_t percent)
{
    struct buf b = {.arena = a};
    uint32_t words = 1, seen = 0;
    for (const char *c = text; *c; c++) words += *c == ' ';
    uint32_t left = words * percent / 100 ? words * percent / 100 : 1;
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, " ");
        bool change = left && below(words - seen) < left;
        uint32_t how = change ? below(4) : 4;
        left -= change;
        if (how == 4 || how == 0) buf_add_bytes(&b, p, n), buf_add(&b, " ");
        if (how != 4 && how != 1) buf_addf(&b, "%s ", a_word(a));
        seen += seen + 1 < words;
        p += n + (p[n] == ' ');
    }
    return b.text ? b.text : text;
}

static void table(const char *title, const struct result *r, uint32_t count, bool own)
{
    printf("%-12s", title);
    for (int b = 0; b < BIT_STEPS; b++) {
        for (int e = 0; e < EDIT_STEPS; e++) {
            uint32_t n = 0;
            for (uint32_t i = 0; i < count; i++) {
                bool near = r[i].edits_percent <= edit_limits[e] &&
                            r[i].bits_percent >= bit_limits[b] && (!own || r[i].own);
                n += near;
            }
            printf("%4u", count ? n * 100 / count : 0);
        }
        printf("  ");
    }
    printf("\n");
}

int main(int argc, char **argv)
{
    static struct result got[PER_SHARE * 4];
    slots = NEW_ARRAY(&arena, SLOTS, struct slot);
    for (int i = 1; i < argc; i += 2) {
        struct text text = load(&arena, argv[i]);
        split(text.bytes, text.len);
    }
    uint32_t heard = said_count;
    printf("percent called near; words that may differ:\n%12s", "");
    for (int b = 0; b < BIT_STEPS; b++) {
        for (int e = 0; e < EDIT_STEPS; e++) printf("%4u", edit_limits[e]);
        printf("  ");
    }
    printf("\n%-12s", "bits kept");
    for (int b = 0; b < BIT_STEPS; b++) printf("%20u  ", bit_limits[b]);
    printf("\n");
    for (int s = 0; s < SHARES; s++) {
        uint32_t count = 0;
        while (count < PER_SHARE) {
            struct arena a = {0};
            const struct paragraph *p = &said[below(heard)];
            const char *text = sentence(&a, p);
            if (text) got[count++] = ask(alter(&a, text, shares[s]), p);
            arena_free(&a);
        }
        char title[32];
        snprintf(title, sizeof title, "altered %u%%", shares[s]);
        table(title, got, count, true);
    }
    struct paragraph *here = said;
    uint32_t here_count = said_count;
    struct slot *here_slots = slots;
    slots = NEW_ARRAY(&arena, SLOTS, struct slot);
    said = NULL;
    said_count = said_room = 0;
    for (int i = 2; i < argc; i += 2) {
        struct text text = load(&arena, argv[i]);
        split(text.bytes, text.len);
    }
    struct paragraph *there = said;
    uint32_t there_count = said_count, count = 0;
    said = here;
    said_count = here_count;
    slots = here_slots;
    for (int tries = 0; count < PER_SHARE * 4 && tries < 100000; tries++) {
        struct arena a = {0};
        const char *text = sentence(&a, &there[below(there_count)]);
        if (text) {
            got[count] = ask(text, NULL);
            /* Formulas are said everywhere: word for word is no stranger. */
            if (got[count].edits_percent > 0) count++;
        }
        arena_free(&a);
    }
    table("others", got, count, false);
    static const uint32_t lengths[] = {4, 6, 8, 12, 20, 41};
    for (int l = 0; l < 5; l++) {
        static struct result some[PER_SHARE * 4];
        uint32_t n = 0;
        for (uint32_t i = 0; i < count; i++) {
            if (got[i].words >= lengths[l] && got[i].words < lengths[l + 1]) some[n++] = got[i];
        }
        char title[32];
        snprintf(title, sizeof title, " %u-%u words", lengths[l], lengths[l + 1] - 1);
        table(title, some, n, false);
    }
    arena_free(&arena);
    return 0;
}
