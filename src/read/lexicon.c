/*
 * lexicon.c - see lexicon.h.
 *
 * Two hash tables with linear probing: words to ids, and (state, id) to the
 * next state. The first is asked for every word of every document, so it is an
 * index small enough for the processor's near cache, of the words themselves,
 * which stand close together with all that is asked of a word alone. A word is
 * compared as two numbers, its first and its last eight bytes, lower-cased all
 * at once; whether it is known is no branch, because nobody can guess it. The
 * second is only asked when a bit of the word says that a spelling may go on.
 */
#include "read/lexicon.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "names/names.h"
#include "read/eight.h"
#include "read/embedded.h"

/* First and last eight bytes of a word, lower-cased; of a shorter one, itself and 0. */
struct key {
    uint64_t head, tail;
};

/* A word that a spelling has. Number 0 is none, and like none. */
struct known {
    struct key key;
    uint64_t next; /* of the state after it alone, as node.next */
    uint16_t len;
    uint16_t state; /* after it alone; 0: no spelling begins with it */
    uint16_t entry; /* whose spelling it is alone, or 0 */
    bool crowded;   /* another one stands behind its place in the index */
};

/* From a state that is behind some words to that behind one more. */
struct edge {
    uint16_t from, id; /* id 0: free */
    uint16_t to;
    uint16_t entry; /* whose spelling ends there, or 0 */
};

/* Where the trie is after some words. */
struct node {
    uint64_t next;  /* a bit, by next_bit(), for each word it goes on by */
    uint16_t entry; /* whose spelling ends here, or 0 */
};

/* Words, states and entries are counted in 16 bits where every word of a document holds them. */
enum {
    STATES = 1 << 14,
    PLACE_BITS = 15,
    PLACES = 1 << PLACE_BITS,
    EDGE_BITS = 14,
    EDGES = 1 << EDGE_BITS
};

static struct {
    struct arena arena;     /* lives as long as the process */
    uint16_t place[PLACES]; /* ids by hash; 0: free */
    struct known *known;    /* by id */
    const char **spelled;   /* id -> the word, in lower case */
    uint32_t word_count;
    struct edge *edges;
    uint32_t edge_count;
    struct node *nodes; /* by state */
    uint32_t state_count;
    struct entry *entries;
    uint32_t entry_count, entry_room;
} all;

const uint64_t *lexicon_classes;
const struct entry *lexicon_entries;

static const char *const class_names[] = {
#define X(name) #name,
    WORD_CLASSES(X)
#undef X
};

/* `room`: bytes that may be read from `word` on, len at least. */
static inline struct key key_of(const char *word, uint32_t len, uint32_t room)
{
    struct key k = {0, 0};
    if (room >= 8) {
        k.head = eight_lower(eight_first(eight_at(word), len));
        if (len > 8) k.tail = eight_lower(eight_at(word + len - 8));
    } else {
        char eight[8] = {0};
        memcpy(eight, word, len);
        k.head = eight_lower(eight_at(eight));
    }
    return k;
}

static inline uint32_t home_of(struct key k)
{
    uint64_t h = k.head * UINT64_C(0x9E3779B97F4A7C15) + k.tail * UINT64_C(0xC2B2AE3D27D4EB4F);
    return (uint32_t)(h >> (64 - PLACE_BITS));
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

/* Whether the word with this key, whose bytes these are, is the known one. */
static inline bool is_known(const struct known *as, const char *word, uint32_t len, struct key k)
{
    uint64_t other = (as->key.head ^ k.head) | (as->key.tail ^ k.tail) | (as->len ^ len);
    if (len <= 16) return !other;
    return !other && same_word(word, all.spelled[as - all.known], len);
}

/* The place of the word, or the free one where it belongs. */
static uint32_t place_of(const char *word, uint32_t len, struct key k)
{
    uint32_t i = home_of(k);
    while (all.place[i] && !is_known(&all.known[all.place[i]], word, len, k))
        i = (i + 1) & (PLACES - 1);
    return i;
}

static inline struct edge *edge_of(uint32_t from, uint32_t id)
{
    uint32_t h = (from << 16 | id) * UINT32_C(0x9E3779B1);
    for (uint32_t i = h >> (32 - EDGE_BITS);; i = (i + 1) & (EDGES - 1)) {
        struct edge *e = &all.edges[i];
        if (e->id == 0 || (e->from == from && e->id == id)) return e;
    }
}

static inline uint64_t next_bit(uint32_t id)
{
    return UINT64_C(1) << (id & 63);
}

static uint32_t intern(const char *word, uint32_t len)
{
    struct key k = key_of(word, len, len);
    uint32_t at = place_of(word, len, k);
    if (!all.place[at]) {
        assert(all.word_count + 1 < PLACES / 2 && len <= UINT16_MAX);
        char *lower = NEW_ARRAY(&all.arena, len + 1, char);
        for (uint32_t i = 0; i < len; i++)
            lower[i] = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] + 32) : word[i];
        uint32_t id = ++all.word_count;
        all.known[id] = (struct known){.key = k, .len = (uint16_t)len};
        all.spelled[id] = lower;
        all.place[at] = (uint16_t)id;
    }
    return all.place[at];
}

static uint16_t new_state(void)
{
    assert(all.state_count < STATES);
    return (uint16_t)all.state_count++;
}

static uint32_t state_after(uint32_t state, uint32_t id)
{
    if (state == 0) { /* at the beginning the word itself knows */
        if (!all.known[id].state) all.known[id].state = new_state();
        return all.known[id].state;
    }
    struct edge *e = edge_of(state, id);
    if (!e->id) {
        assert(all.edge_count < EDGES / 2);
        *e = (struct edge){.from = (uint16_t)state, .id = (uint16_t)id, .to = new_state()};
        all.edge_count++;
        all.nodes[state].next |= next_bit(id);
    }
    return e->to;
}

#define NONE WORD_CLASS_COUNT
static const struct entry nothing = {
    .spelling = "", .value = {"", "", "", ""}, .class_of = {NONE, NONE, NONE, NONE}};
#undef NONE

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
        struct entry *e = &all.entries[all.entry_count];
        *e = nothing;
        e->spelling = arena_text(&all.arena, spelling);
        e->words = (uint8_t)ws.count;
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

/* What is asked of a word alone, once all spellings are there. */
static void finish_known(void)
{
    for (uint32_t id = 1; id <= all.word_count; id++) {
        struct known *as = &all.known[id];
        if (!as->state) continue;
        as->next = all.nodes[as->state].next;
        as->entry = all.nodes[as->state].entry;
    }
    for (uint32_t i = 0; i < EDGES; i++) all.edges[i].entry = all.nodes[all.edges[i].to].entry;
    for (uint32_t i = 0; i < PLACES; i++)
        all.known[all.place[i]].crowded = all.place[(i + 1) & (PLACES - 1)] != 0;
    all.known[0].crowded = false;
}

static void load(void)
{
    all.known = NEW_ARRAY(&all.arena, PLACES / 2, struct known);
    all.spelled = NEW_ARRAY(&all.arena, PLACES / 2, const char *);
    all.edges = NEW_ARRAY(&all.arena, EDGES, struct edge);
    all.nodes = NEW_ARRAY(&all.arena, STATES, struct node);
    all.state_count = 1;
    all.entries = arena_more(&all.arena, all.entries, 0, &all.entry_room, sizeof *all.entries);
    all.entries[0] = nothing;
    all.entry_count = 1;
    for (const struct table_bytes *t = read_tables; t->name; t++) add_table(t);
    uint32_t nations;
    const struct known_name *names = names_nations(&nations);
    for (uint32_t i = 0; i < nations; i++)
        add_class(entry_for(names[i].name), WORD_party, names[i].key);
    finish_known();
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

/* The longest spelling of several words that begins at word i, which `state` is behind. */
static void longest(struct words *ws, uint32_t i, uint32_t state)
{
    struct word *w = &ws->word[i];
    for (uint32_t j = i + 1; j < ws->count; j++) {
        uint32_t id = ws->word[j].id;
        if (!id || ws->word[j].shape & SHAPE_BULLET) return;
        if (!(all.nodes[state].next & next_bit(id))) return;
        const struct edge *e = edge_of(state, id);
        if (!e->id) return;
        state = e->to;
        if (!e->entry) continue;
        w->entry = e->entry;
        w->span = (uint8_t)(j - i + 1);
    }
}

/* A word that is being looked up: who stands at its place may be another. */
struct asked {
    struct key key;
    uint32_t id;
};

static inline void ask(const struct words *ws, uint32_t i, uint32_t end, struct asked *out)
{
    const struct word *w = &ws->word[i];
    out->key = key_of(ws->text + w->at, w->len, end - w->at);
    out->id = all.place[home_of(out->key)];
    __builtin_prefetch(&all.known[out->id]);
}

/* The id of the word, or 0. */
static inline uint32_t answer(const char *word, uint32_t len, const struct asked *asked)
{
    const struct known *at = &all.known[asked->id];
    bool same = is_known(at, word, len, asked->key);
    if (at->crowded > same) /* one that stands further on, then */
        return all.place[place_of(word, len, asked->key)];
    return asked->id & (0 - (uint32_t)same);
}

/* Some words at a time: all are asked for before the first is waited for. */
void lexicon_look_up(struct words *ws, uint32_t first, uint32_t end)
{
    enum { SOME = 16 };
    struct asked asked[SOME];
    uint64_t next = 0; /* a bit for the word behind; none for one that is unknown */
    for (uint32_t to = ws->count, from; to > first; to = from) {
        from = to - first > SOME ? to - SOME : first;
        for (uint32_t i = from; i < to; i++) ask(ws, i, end, &asked[i - from]);
        for (uint32_t i = to; i-- > from;) {
            struct word *w = &ws->word[i];
            uint32_t id = answer(ws->text + w->at, w->len, &asked[i - from]);
            const struct known *as = &all.known[id];
            w->first = (uint32_t)asked[i - from].key.head;
            w->id = (uint16_t)id;
            w->entry = as->entry;
            if (as->next & next) longest(ws, i, as->state);
            next = (uint64_t)(id != 0) << (id & 63);
        }
    }
}
