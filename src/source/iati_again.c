/*
 * iati_again.c - activities that are there already, word for word.
 *
 * What stands in a file twice, or came in an earlier file of the same import,
 * says nothing new. It is told by its digest as soon as it is parsed and
 * passed over, before anything is made of it, so files that repeat themselves
 * cost little more than their parsing. What is not the same to the word goes
 * the long way and is told apart there (iati.c).
 */
#include <string.h>

#include "base/text.h"
#include "source/before.h"
#include "source/iati_in.h"

struct heard {
    uint64_t digest[2]; /* half of it; all zero: a free place */
};

static struct heard *place_of(struct heard *table, uint32_t room, const struct heard *h)
{
    uint32_t at = (uint32_t)h->digest[0] & (room - 1);
    while ((table[at].digest[0] | table[at].digest[1]) && memcmp(&table[at], h, sizeof *h) != 0) {
        at = (at + 1) & (room - 1);
    }
    return &table[at];
}

static void grow(struct iati_again *g, struct arena *a)
{
    struct heard *old = g->heard;
    uint32_t room = g->heard_room;
    g->heard_room = room ? 2 * room : 1024;
    g->heard = NEW_ARRAY(a, g->heard_room, struct heard);
    for (uint32_t i = 0; i < room; i++) {
        if (old[i].digest[0] | old[i].digest[1])
            *place_of(g->heard, g->heard_room, &old[i]) = old[i];
    }
    if (old) arena_drop(a, old);
}

/* Whether the file said it before; if not, it has now. */
static bool heard_before(struct iati_in *r, const uint8_t digest[SHA_BYTES])
{
    struct iati_again *g = &r->again;
    struct heard h;
    memcpy(&h, digest, sizeof h);
    if (g->heard_count * 2 >= g->heard_room) grow(g, r->lasting);
    struct heard *at = place_of(g->heard, g->heard_room, &h);
    if (memcmp(at, &h, sizeof h) == 0) return true;
    *at = h;
    g->heard_count++;
    return false;
}

/* The judge of the file (iati_judged.c) need not hear it again either. */
static void pass_over(struct iati_in *r, uint32_t child)
{
    struct iati_again *g = &r->again;
    uint32_t word = child / 32;
    while (word >= g->children_room) {
        g->children = arena_more(r->lasting, g->children, g->children_room, &g->children_room,
                                 sizeof *g->children);
    }
    g->children[word] |= 1U << child % 32;
}

bool iati_passed_over(const struct iati_in *r, uint64_t child)
{
    const struct iati_again *g = &r->again;
    return child / 32 < g->children_room && g->children[child / 32] >> child % 32 & 1;
}

static void left_out(struct iati_in *r, struct iati_left_out *to, const struct iati_whole *whole)
{
    r->in->rows_read += whole->transactions;
    if (whole->child) pass_over(r, whole->child);
    if (to->count++) return;
    to->id = arena_text(r->lasting, whole->id);
    to->line = whole->line;
}

/* By its identifier, and a number if the file had others of it before. */
static uint64_t name_of(struct iati_in *r, const char *id)
{
    struct map *of = &r->again.of_id;
    of->arena = r->lasting;
    const uint64_t *before = map_get(of, id);
    uint64_t count = before ? *before + 1 : 1;
    map_put(of, id, count);
    return iati_hash(id) + count * UINT64_C(0x9e3779b97f4a7c15);
}

/* A key may come under several names: the newest of its activities is under this one. */
static uint64_t name_of_key(uint64_t key)
{
    return (key ^ key >> 31) * UINT64_C(0xd6e8feb86659fd93);
}

bool iati_known(void *ctx, const struct iati_whole *whole)
{
    struct iati_in *r = ctx;
    struct iati_again *g = &r->again;
    const struct before *b = r->in->before;
    if (heard_before(r, whole->digest)) {
        left_out(r, &g->in_file, whole);
        return true;
    }
    if (!b) return false;
    memcpy(g->digest, whole->digest, SHA_BYTES);
    g->name = name_of(r, whole->id);
    const uint64_t *beside = before_said(b, g->name, whole->digest);
    if (!beside || !before_said(b, name_of_key(beside[0]), whole->digest)) return false;
    const struct iati_place place = {beside[0], beside[1], beside[2]};
    if (!iati_stands_at(r, &place)) return false;
    iati_note_said(r, &place);
    left_out(r, &g->in_import, whole);
    return true;
}

void iati_note_said(struct iati_in *r, const struct iati_place *place)
{
    static const uint8_t unlike_any[SHA_BYTES];
    struct before *b = r->in->before;
    if (!b) return;
    const uint64_t beside[BESIDE] = {place ? place->key : 0, place ? place->digest : 0,
                                     place ? place->first : 0};
    before_note(b, r->again.name, place ? r->again.digest : unlike_any, beside);
    if (place) before_note(b, name_of_key(place->key), r->again.digest, beside);
}

static void tell(struct iati_in *r, const struct iati_left_out *what, const char *where)
{
    if (!what->count) return;
    iati_diag(r, DIAG_NOTE, "repeated-activity", what->line, "iati-activity", what->id,
              text_format(r->a,
                          "each activity once; %llu, of which this is the first, %s word for word"
                          " and are left out",
                          (unsigned long long)what->count, where));
}

void iati_tell_again(struct iati_in *r)
{
    tell(r, &r->again.in_file, "stand in the file before");
    tell(r, &r->again.in_import, "came in an earlier file");
}
