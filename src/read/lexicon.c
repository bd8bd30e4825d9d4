/*
 * lexicon.c - see lexicon.h.
 *
 * Two hash tables with linear probing: words to ids, and (state, id) to the
 * next state. Both are asked for every word of every document, so each has a
 * guard small enough to stay in the processor's nearest cache: a bit for each
 * slot of the first, and for each state a bit set of the words it goes on by.
 * Most questions end there. A word is compared as two numbers, its first and
 * its last eight bytes, lower-cased all at once.
 */
#include "read/lexicon.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "names/names.h"
#include "read/embedded.h"

/* First and last eight bytes of a word, lower-cased; of a shorter one, itself and 0. */
struct key {
    uint64_t head, tail;
};

struct slot {
    struct key key;
    uint16_t len; /* 0: free */
    uint16_t id;
    uint16_t first; /* the state after this word alone; 0: no spelling begins with it */
};

struct edge {
    uint64_t from; /* state << 32 | id; 0: free */
    uint32_t to;
};

/* Where the trie is after some words. */
struct node {
    uint64_t next;  /* a bit, by next_bit(), for each word it goes on by */
    uint16_t entry; /* whose spelling ends here, or 0 */
};

/* Words, states and entries are counted in 16 bits where every word of a document holds them. */
enum { SLOT_BITS = 15, SLOTS = 1 << SLOT_BITS, EDGE_BITS = 15, EDGES = 1 << EDGE_BITS };

static struct {
    struct arena arena; /* lives as long as the process */
    struct slot *slots;
    const char **spelled; /* id -> the word, in lower case */
    uint32_t word_count;
    struct edge *edges;
    uint32_t edge_count;
    struct node *nodes; /* by state */
    uint32_t state_count;
    struct entry *entries;
    uint32_t entry_count, entry_room;
    uint64_t used[SLOTS / 64]; /* which slots are */
} all;

const uint64_t *lexicon_classes;
const struct entry *lexicon_entries;

static const char *const class_names[] = {
#define X(name) #name,
    WORD_CLASSES(X)
#undef X
};

/* ASCII capitals of eight bytes made small, all at once. */
static inline uint64_t lower_eight(uint64_t w)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    uint64_t seven = w & each * 0x7f;
    uint64_t from_a = seven + each * (0x80 - 'A'), past_z = seven + each * (0x7f - 'Z');
    return w | (((from_a ^ past_z) & ~w & each * 0x80) >> 2);
}

static inline uint64_t eight_at(const void *p)
{
    uint64_t w;
    memcpy(&w, p, sizeof w);
    return w;
}

/* `room`: bytes that may be read from `word` on, len at least. */
static inline struct key key_of(const char *word, uint32_t len, uint32_t room)
{
    static const unsigned char mask[16] = {255, 255, 255, 255, 255, 255, 255, 255};
    struct key k = {0, 0};
    if (room >= 8) { /* no branch on the length, which nobody can guess */
        uint32_t over = len > 8 ? len - 8 : 0, missing = len < 8 ? 8 - len : 0;
        k.head = lower_eight(eight_at(word) & eight_at(mask + missing));
        k.tail = lower_eight(eight_at(word + over)) & (0 - (uint64_t)(over > 0));
    } else {
        memcpy(&k.head, word, len);
        k.head = lower_eight(k.head);
    }
    return k;
}

static inline uint32_t home_of(struct key k)
{
    uint64_t h = k.head * UINT64_C(0x9E3779B97F4A7C15) + k.tail * UINT64_C(0xC2B2AE3D27D4EB4F);
    return (uint32_t)(h >> (64 - SLOT_BITS));
}

static bool same_word(const char *a, const char *lower, uint32_t len)
{
    for (uint32_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)a[i];
        if (c >= 'A' && c <= 'Z') c = (unsigned char)(c + 32);
        if (c != (unsigned char)lower[i]) return false;
    }
    return true;
}

/* The word's slot, or a free one. */
static inline struct slot *slot_of(const char *word, uint32_t len, struct key k)
{
    for (uint32_t i = home_of(k);; i = (i + 1) & (SLOTS - 1)) {
        struct slot *s = &all.slots[i];
        if (!s->len) return s;
        if (s->key.head == k.head && s->key.tail == k.tail && s->len == len &&
            (len <= 16 || same_word(word, all.spelled[s->id], len)))
            return s;
    }
}

static inline struct edge *edge_of(uint64_t from)
{
    uint64_t h = from * UINT64_C(0x9E3779B97F4A7C15);
    for (uint32_t i = (uint32_t)(h >> (64 - EDGE_BITS));; i = (i + 1) & (EDGES - 1)) {
        struct edge *e = &all.edges[i];
        if (e->from == 0 || e->from == from) return e;
    }
}

static inline uint64_t next_bit(uint32_t id)
{
    return UINT64_C(1) << (id & 63);
}

static uint32_t intern(const char *word, uint32_t len)
{
    struct key k = key_of(word, len, len);
    struct slot *s = slot_of(word, len, k);
    if (!s->len) {
        assert(all.word_count < SLOTS / 2);
        char *lower = NEW_ARRAY(&all.arena, len + 1, char);
        for (uint32_t i = 0; i < len; i++)
            lower[i] = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] + 32) : word[i];
        *s = (struct slot){.key = k, .len = (uint16_t)len, .id = (uint16_t)++all.word_count};
        all.spelled[s->id] = lower;
        uint32_t at = (uint32_t)(s - all.slots);
        all.used[at / 64] |= UINT64_C(1) << at % 64;
    }
    return s->id;
}

static uint32_t state_after(uint32_t state, uint32_t id)
{
    struct edge *e = edge_of((uint64_t)state << 32 | id);
    if (!e->from) {
        assert(all.edge_count < EDGES / 2);
        *e = (struct edge){(uint64_t)state << 32 | id, all.state_count++};
        all.edge_count++;
        all.nodes[state].next |= next_bit(id);
    }
    return e->to;
}

/* Entry of a spelling, made when there is none. Spellings are split as documents are. */
static struct entry *entry_for(const char *spelling)
{
    struct plain p = {.text = spelling, .len = (uint32_t)strlen(spelling)};
    struct words ws = {0};
    words_split(&all.arena, &p, 0, p.len, &ws);
    assert(ws.count > 0 && ws.count < 32);

    uint32_t state = 0;
    for (uint32_t i = 0; i < ws.count; i++)
        state = state_after(state, intern(spelling + ws.word[i].at, ws.word[i].len));
    if (!all.nodes[state].entry) {
        all.entries = arena_more(&all.arena, all.entries, all.entry_count, &all.entry_room,
                                 sizeof *all.entries);
        all.entries[all.entry_count] = (struct entry){.spelling = arena_text(&all.arena, spelling),
                                                      .value = {"", "", "", ""},
                                                      .words = (uint8_t)ws.count};
        assert(all.entry_count < UINT16_MAX);
        all.nodes[state].entry = (uint16_t)all.entry_count++;
    }
    return &all.entries[all.nodes[state].entry];
}

static int class_named(const char *name, size_t len)
{
    for (int c = 0; c < WORD_CLASS_COUNT; c++)
        if (strlen(class_names[c]) == len && memcmp(class_names[c], name, len) == 0) return c;
    return -1;
}

static void add_class(struct entry *e, int class, const char *value)
{
    e->classes |= UINT64_C(1) << class;
    if (!*value) return;
    for (int i = 0; i < 4; i++) {
        if (*e->value[i] && e->class_of[i] != class) continue;
        e->value[i] = value;
        e->class_of[i] = (uint8_t) class;
        return;
    }
    assert(false && "a spelling with more than four values");
}

static void add_row(const char *table, const char *line, size_t len)
{
    const char *cell[4];
    size_t length[4] = {0};
    int n = 0;
    for (const char *p = line, *end = line + len; n < 4; n++) {
        const char *tab = memchr(p, '\t', (size_t)(end - p));
        cell[n] = p;
        length[n] = (size_t)((tab ? tab : end) - p);
        if (!tab) {
            n++;
            break;
        }
        p = tab + 1;
    }
    int class = n > 1 ? class_named(cell[1], length[1]) : -1;
    if (class < 0) {
        fprintf(stderr, "%s: no class in \"%.*s\"\n", table, (int)len, line);
        assert(false && "a row of data/read without a class");
    }
    const char *value = n > 2 ? arena_bytes(&all.arena, cell[2], length[2]) : "";
    const char *open = memchr(cell[0], '(', length[0]);
    if (!open) {
        add_class(entry_for(arena_bytes(&all.arena, cell[0], length[0])), class, value);
        return;
    }
    /* "tank(s)": the singular, and what stands in the brackets behind it */
    size_t stem = (size_t)(open - cell[0]), tail = length[0] - stem - 2;
    const char *singular = arena_bytes(&all.arena, cell[0], stem);
    const char *ending = arena_bytes(&all.arena, open + 1, tail);
    add_class(entry_for(singular), class, value);
    add_class(entry_for(text_format(&all.arena, "%s%s", singular, ending)), class, value);
}

static void add_table(const struct table_bytes *t)
{
    for (const char *p = t->begin; p < t->end;) {
        const char *eol = memchr(p, '\n', (size_t)(t->end - p));
        size_t len = (size_t)((eol ? eol : t->end) - p);
        if (len > 0 && *p != '#') add_row(t->name, p, len);
        p += len + 1;
    }
}

static void load(void)
{
    all.slots = NEW_ARRAY(&all.arena, SLOTS, struct slot);
    all.spelled = NEW_ARRAY(&all.arena, SLOTS / 2 + 1, const char *);
    all.edges = NEW_ARRAY(&all.arena, EDGES, struct edge);
    all.nodes = NEW_ARRAY(&all.arena, EDGES / 2 + 1, struct node);
    all.state_count = 1;
    all.entries = arena_more(&all.arena, all.entries, 0, &all.entry_room, sizeof *all.entries);
    all.entries[0] = (struct entry){.spelling = "", .value = {"", "", "", ""}};
    all.entry_count = 1;
    for (const struct table_bytes *t = read_tables; t->name; t++) add_table(t);
    uint32_t nations;
    const struct known_name *names = names_nations(&nations);
    for (uint32_t i = 0; i < nations; i++)
        add_class(entry_for(names[i].name), WORD_party, names[i].key);
    for (uint32_t i = 0; i < SLOTS; i++)
        if (all.slots[i].len) all.slots[i].first = (uint16_t)edge_of(all.slots[i].id)->to;
    uint64_t *classes = NEW_ARRAY(&all.arena, all.entry_count, uint64_t);
    for (uint32_t i = 0; i < all.entry_count; i++) classes[i] = all.entries[i].classes;
    lexicon_classes = classes;
    lexicon_entries = all.entries;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

void lexicon_load(void)
{
    pthread_once(&once, load);
}

/* Where the trie goes from state by a word; 0: nowhere. */
static inline uint32_t step(uint32_t state, uint32_t id)
{
    if (!(all.nodes[state].next & next_bit(id))) return 0;
    return edge_of((uint64_t)state << 32 | id)->to;
}

/* The longest spelling that begins at word i with this state. */
static void longest(struct words *ws, uint32_t i, uint32_t state)
{
    struct word *w = &ws->word[i];
    for (uint32_t j = i;;) {
        uint16_t entry = all.nodes[state].entry;
        if (entry) {
            w->entry = entry;
            w->span = (uint8_t)(j - i + 1);
        }
        if (++j >= ws->count || !ws->word[j].id || ws->word[j].shape & SHAPE_BULLET) return;
        state = step(state, ws->word[j].id);
        if (!state) return;
    }
}

void lexicon_look_up(struct words *ws, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < ws->count; i++) {
        struct word *w = &ws->word[i];
        struct key k = key_of(ws->text + w->at, w->len, end - w->at);
        uint32_t home = home_of(k);
        if (!(all.used[home / 64] >> home % 64 & 1)) continue;
        const struct slot *s = slot_of(ws->text + w->at, w->len, k);
        w->id = s->id;
        w->entry = s->first; /* the state, for the time being */
    }
    for (uint32_t i = first; i < ws->count; i++) {
        uint32_t state = ws->word[i].entry;
        ws->word[i].entry = 0;
        if (state) longest(ws, i, state);
    }
}
