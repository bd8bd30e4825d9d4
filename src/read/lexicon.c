/*
 * lexicon.c - see lexicon.h.
 *
 * Two hash tables with linear probing: words to ids, and (state, id) to the
 * next state. Most words of a document are in no table and cost one probe.
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

struct slot {
    const char *word;
    uint32_t hash, id;
    uint32_t first; /* the state after this word alone; 0: no spelling begins with it */
    uint16_t len;
};

struct edge {
    uint64_t from; /* state << 32 | id; 0: free */
    uint32_t to;
};

static struct {
    struct arena arena; /* lives as long as the process */
    struct slot *slots;
    uint32_t slot_room, word_count;
    struct edge *edges;
    uint32_t edge_room, edge_count;
    uint32_t *entry_of; /* state -> entry */
    bool *more;         /* state -> whether it goes on */
    uint32_t state_count, state_room;
    struct entry *entries;
    uint32_t entry_count, entry_room;
} all;

const struct entry *lexicon_entries;

static const char *const class_names[] = {
#define X(name) #name,
    WORD_CLASSES(X)
#undef X
};

/* FNV-1a over lower-cased ASCII. */
static uint32_t hash_of(const char *word, size_t len)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)word[i];
        if (c >= 'A' && c <= 'Z') c = (unsigned char)(c + 32);
        h = (h ^ c) * 16777619u;
    }
    return h;
}

static bool same_word(const char *a, const char *lower, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)a[i];
        if (c >= 'A' && c <= 'Z') c = (unsigned char)(c + 32);
        if (c != (unsigned char)lower[i]) return false;
    }
    return true;
}

static struct slot *slot_of(const char *word, size_t len)
{
    uint32_t h = hash_of(word, len);
    for (uint32_t i = h & (all.slot_room - 1);; i = (i + 1) & (all.slot_room - 1)) {
        struct slot *s = &all.slots[i];
        if (!s->word || (s->hash == h && s->len == len && same_word(word, s->word, len))) return s;
    }
}

static struct edge *edge_of(uint64_t from)
{
    uint64_t h = from * UINT64_C(0x9E3779B97F4A7C15);
    for (uint32_t i = (uint32_t)(h >> 40) & (all.edge_room - 1);;
         i = (i + 1) & (all.edge_room - 1)) {
        struct edge *e = &all.edges[i];
        if (e->from == 0 || e->from == from) return e;
    }
}

static uint32_t intern(const char *word, size_t len)
{
    struct slot *s = slot_of(word, len);
    if (!s->word) {
        assert(all.word_count < all.slot_room / 2);
        char *lower = NEW_ARRAY(&all.arena, len + 1, char);
        for (size_t i = 0; i < len; i++)
            lower[i] = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] + 32) : word[i];
        *s = (struct slot){lower, hash_of(word, len), ++all.word_count, 0, (uint16_t)len};
    }
    return s->id;
}

static uint32_t state_after(uint32_t state, uint32_t id)
{
    struct edge *e = edge_of((uint64_t)state << 32 | id);
    if (!e->from) {
        assert(all.edge_count < all.edge_room / 2 && all.state_count < all.state_room);
        *e = (struct edge){(uint64_t)state << 32 | id, all.state_count++};
        all.edge_count++;
        all.more[state] = true;
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
    if (!all.entry_of[state]) {
        all.entries = arena_more(&all.arena, all.entries, all.entry_count, &all.entry_room,
                                 sizeof *all.entries);
        all.entries[all.entry_count] = (struct entry){.spelling = arena_text(&all.arena, spelling),
                                                      .value = {"", "", "", ""},
                                                      .words = (uint8_t)ws.count};
        all.entry_of[state] = all.entry_count++;
    }
    return &all.entries[all.entry_of[state]];
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
    enum { WORDS = 1 << 16, STATES = 1 << 17 };
    all.slot_room = WORDS;
    all.slots = NEW_ARRAY(&all.arena, WORDS, struct slot);
    all.edge_room = STATES;
    all.edges = NEW_ARRAY(&all.arena, STATES, struct edge);
    all.state_room = STATES;
    all.entry_of = NEW_ARRAY(&all.arena, STATES, uint32_t);
    all.more = NEW_ARRAY(&all.arena, STATES, bool);
    all.state_count = 1;
    all.entries = arena_more(&all.arena, all.entries, 0, &all.entry_room, sizeof *all.entries);
    all.entries[0] = (struct entry){.spelling = "", .value = {"", "", "", ""}};
    all.entry_count = 1;
    for (const struct table_bytes *t = read_tables; t->name; t++) add_table(t);
    uint32_t nations;
    const struct known_name *names = names_nations(&nations);
    for (uint32_t i = 0; i < nations; i++)
        add_class(entry_for(names[i].name), WORD_party, names[i].key);
    for (uint32_t i = 0; i < all.slot_room; i++)
        if (all.slots[i].word) all.slots[i].first = edge_of(all.slots[i].id)->to;
    lexicon_entries = all.entries;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

void lexicon_load(void)
{
    pthread_once(&once, load);
}

uint32_t lexicon_id(const char *word, size_t len, uint32_t *first)
{
    const struct slot *s = slot_of(word, len);
    *first = s->first;
    return s->id;
}

uint32_t lexicon_step(uint32_t state, uint32_t id)
{
    if (!all.more[state]) return 0;
    return edge_of((uint64_t)state << 32 | id)->to;
}

uint32_t lexicon_entry(uint32_t state)
{
    return all.entry_of[state];
}
