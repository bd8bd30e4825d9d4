/* find.c - see find.h: opening, and what both questions share. */
#include "find/find.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "find/inside.h"

enum { QUESTION_LOOK_BACK = 64, QUESTION_BYTES = 600, DEEP = 1 << 20 };

/* --- numbers to numbers --- */

static uint64_t mixed(uint64_t key)
{
    key *= UINT64_C(0x9e3779b97f4a7c15);
    return key ^ key >> 32;
}

static struct ids_slot *slot_for(const struct ids *m, uint64_t key)
{
    uint64_t i = mixed(key) & (m->room - 1);
    while (m->slots[i].key && m->slots[i].key != key) i = (i + 1) & (m->room - 1);
    return &m->slots[i];
}

uint64_t *ids_at(struct ids *m, uint64_t key)
{
    if (m->count * 2 >= m->room) {
        struct ids grown = {.room = m->room ? m->room * 2 : 256, .count = m->count};
        grown.slots = calloc(grown.room, sizeof *grown.slots);
        if (!grown.slots) abort();
        for (uint64_t i = 0; i < m->room; i++) {
            if (m->slots[i].key) *slot_for(&grown, m->slots[i].key) = m->slots[i];
        }
        free(m->slots);
        *m = grown;
    }
    struct ids_slot *s = slot_for(m, key);
    if (!s->key) {
        s->key = key;
        m->count++;
    }
    return &s->value;
}

bool ids_has(const struct ids *m, uint64_t key)
{
    return m->room && slot_for(m, key)->key == key;
}

void ids_free(struct ids *m)
{
    free(m->slots);
    *m = (struct ids){0};
}

/* --- opening --- */

enum rc find_open(struct store *store, const struct watch *watch, struct finder **out,
                  struct err *err)
{
    struct finder *f = calloc(1, sizeof *f);
    if (!f) return fail(err, RC_STORE, "no memory for an index");
    f->store = store;
    f->tokens.arena = &f->words;
    enum rc rc = store->ops->pieces(store, false, &f->pieces, err);
    if (!rc) rc = find_fill(f, watch, err);
    if (rc) {
        find_close(f);
        return rc;
    }
    *out = f;
    return RC_OK;
}

void find_close(struct finder *f)
{
    if (!f) return;
    pieces_close(f->pieces);
    ids_free(&f->documents);
    ids_free(&f->speakers);
    arena_free(&f->arena);
    arena_free(&f->words);
    arena_free(&f->deep_arena);
    free(f);
}

/* --- documents and speakers --- */

enum rc find_document(struct finder *f, uint64_t id, const struct piece_document **out,
                      struct err *err)
{
    uint64_t *known = ids_at(&f->documents, id);
    if (!*known) {
        struct piece_document *d = NEW(&f->arena, struct piece_document);
        enum rc rc = f->pieces->ops->document(f->pieces, &f->arena, id, d, err);
        if (rc) return rc;
        *known = (uint64_t)(uintptr_t)d;
    }
    *out = (const struct piece_document *)(uintptr_t)*known;
    return RC_OK;
}

enum rc find_speaker(struct finder *f, uint32_t number, const char **out, struct err *err)
{
    *out = NULL;
    if (number == 0) return RC_OK;
    uint64_t *known = ids_at(&f->speakers, number);
    if (!*known) {
        const char *name;
        enum rc rc = f->pieces->ops->speaker(f->pieces, &f->arena, number, &name, err);
        if (rc) return rc;
        *known = (uint64_t)(uintptr_t)name;
    }
    *out = (const char *)(uintptr_t)*known;
    return RC_OK;
}

/*
 * Far inside a large document an engine may have to go through all that lies
 * before: such a one is read once and kept until the next such.
 */
static enum rc find_deep(struct finder *f, const struct piece_document *d, uint64_t begin,
                         uint64_t end, const char **bytes, uint64_t *len, struct err *err)
{
    if (f->deep_id != d->id) {
        f->deep_id = 0;
        arena_reset(&f->deep_arena);
        enum rc rc = f->store->ops->evidence(f->store, &f->deep_arena, d->hash, &f->deep, err);
        if (rc) return rc;
        f->deep_id = d->id;
    }
    if (end > f->deep.len) end = f->deep.len;
    if (begin > end) begin = end;
    *bytes = (const char *)f->deep.bytes + begin;
    *len = end - begin;
    return RC_OK;
}

enum rc find_bytes(struct finder *f, struct arena *a, const struct piece *p, uint64_t begin,
                   uint64_t end, const char **bytes, uint64_t *len, struct err *err)
{
    const struct piece_document *d;
    enum rc rc = find_document(f, p->document, &d, err);
    if (rc) return rc;
    if (begin >= DEEP) return find_deep(f, d, begin, end, bytes, len, err);
    return f->store->ops->evidence_part(f->store, a, d->hash, begin, end, bytes, len, err);
}

/* --- filters --- */

/* A restricted piece: is it for these eyes? */
static enum rc note_hidden(void *ctx, uint64_t id, struct err *err)
{
    struct sieve *s = ctx;
    struct piece p;
    enum rc rc = s->finder->pieces->ops->get(s->finder->pieces, id, &p, err);
    if (!rc && !s->filter->visible(s->filter->ctx, p.passage)) *ids_at(&s->hidden, id) = 1;
    return rc;
}

enum rc sieve_make(struct sieve *s, struct arena *a, struct finder *f,
                   const struct find_filter *filter, struct err *err)
{
    *s = (struct sieve){.filter = filter, .finder = f, .speaker = {.arena = a}};
    if (filter->speaker) fold(filter->speaker, strlen(filter->speaker), false, &s->speaker);
    if (!filter->visible) return RC_OK;
    return f->pieces->ops->restricted(f->pieces, NULL, note_hidden, s, err);
}

void sieve_free(struct sieve *s)
{
    ids_free(&s->known);
    ids_free(&s->hidden);
}

enum rc sieve_count(struct sieve *s, uint64_t *out, struct err *err)
{
    enum rc rc = s->finder->pieces->ops->count(s->finder->pieces, out, err);
    if (!rc) *out -= s->hidden.count;
    return rc;
}

static bool is_hidden(const struct sieve *s, uint64_t piece)
{
    return ids_has(&s->hidden, piece);
}

struct tally {
    const struct sieve *sieve;
    uint64_t hidden;
};

static enum rc count_hidden(void *ctx, uint64_t id, struct err *err)
{
    struct tally *t = ctx;
    (void)err;
    t->hidden += is_hidden(t->sieve, id);
    return RC_OK;
}

enum rc sieve_frequency(struct sieve *s, const char *word, uint64_t *out, struct err *err)
{
    struct pieces *p = s->finder->pieces;
    struct tally t = {.sieve = s};
    enum rc rc = p->ops->frequency(p, word, out, err);
    if (rc || !s->hidden.count) return rc;
    rc = p->ops->restricted(p, word, count_hidden, &t, err);
    *out -= t.hidden;
    return rc;
}

struct passing {
    const struct sieve *sieve;
    piece_fn *fn;
    void *ctx;
};

static enum rc pass_on(void *ctx, uint64_t id, struct err *err)
{
    struct passing *p = ctx;
    return is_hidden(p->sieve, id) ? RC_OK : p->fn(p->ctx, id, err);
}

enum rc sieve_match(struct sieve *s, const struct phrase *phrases, uint32_t count, piece_fn *fn,
                    void *ctx, struct err *err)
{
    struct pieces *p = s->finder->pieces;
    struct passing through = {s, fn, ctx};
    return p->ops->match(p, phrases, count, pass_on, &through, err);
}

enum rc sieve_passes(struct sieve *s, const struct piece *p, bool *out, struct err *err)
{
    const struct find_filter *f = s->filter;
    const struct piece_document *d;
    *out = false;
    if (f->kind != PIECE_UNTOLD && p->kind != f->kind) return RC_OK;
    if (f->after != PIECE_NO_DAY || f->before != PIECE_NO_DAY) {
        enum rc rc = find_document(s->finder, p->document, &d, err);
        if (rc) return rc;
        if (d->day == PIECE_NO_DAY) return RC_OK;
        if (f->after != PIECE_NO_DAY && d->day < f->after) return RC_OK;
        if (f->before != PIECE_NO_DAY && d->day > f->before) return RC_OK;
    }
    *out = !f->visible || f->visible(f->ctx, p->passage);
    return RC_OK;
}

/* Whether the name holds all the words that were asked for. */
static bool is_named(const struct tokens *asked, const char *name)
{
    struct arena a = {0};
    struct tokens words = {.arena = &a};
    fold(name, strlen(name), false, &words);
    uint32_t found = 0;
    for (uint32_t i = 0; i < asked->count; i++) {
        bool there = false;
        for (uint32_t k = 0; k < words.count; k++) {
            there |= words.list[k].hash == asked->list[i].hash;
        }
        found += there;
    }
    arena_free(&a);
    return found == asked->count && found > 0;
}

enum rc sieve_speaker(struct sieve *s, const struct piece *p, bool *out, struct err *err)
{
    const char *name;
    *out = !s->filter->speaker;
    if (*out || p->speaker == 0) return RC_OK;
    uint64_t *known = ids_at(&s->known, p->speaker);
    if (!*known) {
        enum rc rc = find_speaker(s->finder, p->speaker, &name, err);
        if (rc) return rc;
        *known = is_named(&s->speaker, name) ? 1 : 2;
    }
    *out = *known == 1;
    return RC_OK;
}

/* --- describing a place --- */

/* What was asked last before an answer, in the same document, and may be seen. */
static enum rc find_question(const struct sieve *s, struct arena *a, const struct piece *p,
                             struct found *out, struct err *err)
{
    struct finder *f = s->finder;
    struct piece q = {0};
    const char *bytes;
    uint64_t len;
    uint32_t looked = 0;
    for (uint64_t id = p->id - 1; id > 0 && looked < QUESTION_LOOK_BACK; id--) {
        if (is_hidden(s, id)) continue;
        looked++;
        enum rc rc = f->pieces->ops->get(f->pieces, id, &q, err);
        if (rc) return rc;
        if (q.document != p->document) return RC_OK;
        if (q.kind == PIECE_QUESTION) break;
    }
    if (q.kind != PIECE_QUESTION) return RC_OK;
    uint64_t end =
        q.turn_end - q.turn_begin > QUESTION_BYTES ? q.turn_begin + QUESTION_BYTES : q.turn_end;
    enum rc rc = find_bytes(f, a, &q, q.turn_begin, end, &bytes, &len, err);
    if (rc) return rc;
    bool cut = end < q.turn_end;
    while (cut && len > 0 && bytes[len - 1] != ' ' && bytes[len - 1] != '\n') len--;
    const char *text = text_squeeze(a, fold_utf8(a, bytes, len));
    out->question = text_format(a, "%s%s", text, cut ? " ..." : "");
    out->question_turn = q.turn;
    rc = find_speaker(f, q.speaker, &out->asker, err);
    out->asker = arena_text(a, out->asker);
    return rc;
}

/* What is answered outlives the finder: nothing of it may stay in the finder's arena. */
enum rc find_describe(struct sieve *s, struct arena *a, const struct piece *p, struct found *out,
                      struct err *err)
{
    const struct piece_document *d;
    out->piece = *p;
    enum rc rc = find_document(s->finder, p->document, &d, err);
    if (!rc) rc = find_speaker(s->finder, p->speaker, &out->speaker, err);
    if (rc) return rc;
    struct piece_document *kept = NEW(a, struct piece_document);
    *kept = *d;
    kept->name = arena_text(a, d->name);
    kept->title = arena_text(a, d->title);
    out->document = kept;
    out->speaker = arena_text(a, out->speaker);
    return p->kind == PIECE_ANSWER ? find_question(s, a, p, out, err) : RC_OK;
}
