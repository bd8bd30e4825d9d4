/*
 * fill.c - the log into the index of words, from where it stands to the head.
 *
 * In batches: each is one transaction that also moves the position, so that a
 * filling that was killed goes on behind its last batch. The position carries
 * the leaf of its row, which has the row's salt in it: an index beside another
 * log, or beside one that was cut back, is seen and made anew.
 *
 * Which passages are taken: those that say what kind of turn they are (F_TYPE);
 * rows of tables and single statements are passages too, and lie inside others
 * or are no text.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "find/inside.h"

enum { BATCH_BYTES = 32 << 20, BATCH_ROWS = 1 << 20, TIDY_SHARE = 4 };

struct batch {
    struct finder *f;
    const struct watch *watch;
    uint64_t head;
    struct pieces_at at; /* behind what was taken in; a leaf that fits was seen */
    bool foreign;        /* the index is of another log */
    bool full, stopped;
    uint64_t bytes, rows, pieces;
    struct arena row;      /* reset: one record */
    struct arena document; /* reset: the bytes of one document */
    uint64_t loaded;       /* its id; 0: none */
    const char *text;
    uint64_t len;
    bool html, restricted;
    struct arena words_arena;
    struct buf folded;
};

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

static enum rc take_source(struct batch *b, const struct record *r, struct err *err)
{
    const char *hex = record_text(r, F_HASH), *address = record_text(r, F_ADDRESS);
    const char *media = record_text(r, F_MEDIA), *title = record_text(r, F_NAME);
    struct piece_document d = {.id = r->id,
                               .title = title,
                               .day = PIECE_NO_DAY,
                               .restricted = strcmp(r->label, "public") != 0};
    if (!hex || strlen(hex) != 2 * SHA_BYTES || hex_decode(hex, SHA_BYTES, d.hash)) return RC_OK;
    d.name = address ? last_part(address) : title ? title : hex;
    if (record_field(r, F_DAY)) d.day = (int32_t)record_int(r, F_DAY, 0);
    d.html = media && strcmp(media, "text/html") == 0;
    return b->f->pieces->ops->put_document(b->f->pieces, &d, err);
}

/* The bytes of a document, kept while its passages come; RC_ABSENT when they are not here. */
static enum rc load(struct batch *b, uint64_t id, struct err *err)
{
    struct piece_document d;
    struct evidence e;
    if (b->loaded == id) return RC_OK;
    b->loaded = 0;
    arena_reset(&b->document);
    enum rc rc = b->f->pieces->ops->document(b->f->pieces, &b->document, id, &d, err);
    if (!rc) rc = b->f->store->ops->evidence(b->f->store, &b->document, d.hash, &e, err);
    if (rc) return rc;
    b->text = e.bytes;
    b->len = e.len;
    b->html = d.html;
    b->restricted = d.restricted;
    if (!d.html && fold_is_html(b->text, b->len)) {
        d.html = b->html = true;
        rc = b->f->pieces->ops->put_document(b->f->pieces, &d, err);
    }
    if (!rc) b->loaded = id;
    return rc;
}

static enum piece_kind kind_of(const char *type)
{
    static const char *const names[PIECE_KIND_COUNT] = {NULL, "statement", "question", "answer",
                                                        "moderator"};
    for (int i = 1; i < PIECE_KIND_COUNT; i++) {
        if (strcmp(type, names[i]) == 0) return (enum piece_kind)i;
    }
    return PIECE_UNTOLD;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Where a piece from `begin` ends: behind white space, else before a character. */
static uint64_t piece_end(const struct batch *b, uint64_t begin, uint64_t end)
{
    if (end - begin <= PIECE_BYTES) return end;
    uint64_t at = begin + PIECE_BYTES, least = begin + PIECE_BYTES / 2;
    for (uint64_t i = at; i > least; i--) {
        if (is_space(b->text[i - 1])) return i;
    }
    while (at > least && ((unsigned char)b->text[at] & 0xc0) == 0x80) at--;
    return at;
}

static uint64_t next_begin(const struct batch *b, uint64_t end)
{
    for (uint64_t i = end - PIECE_OVERLAP; i < end; i++) {
        if (is_space(b->text[i])) return i + 1;
    }
    return end;
}

static enum rc put_pieces(struct batch *b, struct piece *p, struct err *err)
{
    struct pieces *to = b->f->pieces;
    enum rc rc = RC_OK;
    for (uint64_t begin = p->turn_begin; begin < p->turn_end && !rc;) {
        struct tokens *words = &b->f->tokens;
        p->begin = begin;
        p->end = piece_end(b, begin, p->turn_end);
        words->count = 0;
        words->folded = &b->folded;
        b->folded.len = 0;
        fold(b->text + p->begin, p->end - p->begin, b->html, words);
        if (words->count) rc = to->ops->put(to, p, b->folded.text, b->folded.len - 1, err);
        b->bytes += p->end - p->begin;
        b->pieces += words->count > 0;
        begin = p->end == p->turn_end ? p->end : next_begin(b, p->end);
    }
    return rc;
}

static enum rc take_passage(struct batch *b, const struct record *r, struct err *err)
{
    const char *type = record_text(r, F_TYPE), *place = record_text(r, F_PLACE);
    const char *speaker = record_text(r, F_SPEAKER);
    if (!type) return RC_OK;
    if (!speaker) speaker = record_text(r, F_ROLE);
    struct piece p = {.passage = r->id,
                      .document = record_ref(r, F_SOURCE),
                      .turn_begin = (uint64_t)record_int(r, F_BEGIN, 0),
                      .turn_end = (uint64_t)record_int(r, F_END, 0),
                      .kind = kind_of(type)};
    if (place && text_starts(place, "turn ")) p.turn = (uint32_t)strtoul(place + 5, NULL, 10);
    enum rc rc = load(b, p.document, err);
    if (rc == RC_ABSENT) return RC_OK; /* an exchange file brings no bytes */
    if (rc) return rc;
    p.restricted = b->restricted || strcmp(r->label, "public") != 0;
    if (p.turn_end > b->len) p.turn_end = b->len;
    if (speaker) rc = b->f->pieces->ops->put_speaker(b->f->pieces, speaker, &p.speaker, err);
    return rc ? rc : put_pieces(b, &p, err);
}

/* RC_RULE stops the scan: the batch is full, somebody said stop, or the index is foreign. */
static enum rc take_row(void *ctx, const struct row *row, struct err *err)
{
    struct batch *b = ctx;
    enum rc rc = RC_OK;
    if (row->id == b->at.last) {
        b->foreign = memcmp(row->leaf, b->at.leaf, SHA_BYTES) != 0;
        return b->foreign ? RC_RULE : RC_OK;
    }
    if (row->kind == KIND_SOURCE || row->kind == KIND_PASSAGE) {
        struct record r;
        arena_reset(&b->row);
        rc = row_record(&b->row, row, &r, err);
        bool said = !rc && !record_field(&r, F_SCENARIO); /* else it is only supposed to be */
        if (said)
            rc = row->kind == KIND_SOURCE ? take_source(b, &r, err) : take_passage(b, &r, err);
    }
    if (rc) return rc == RC_RULE ? RC_STORE : rc;
    b->at.last = row->id;
    memcpy(b->at.leaf, row->leaf, SHA_BYTES);
    b->stopped = !watch_step(b->watch, row->id, b->head);
    b->full = b->bytes >= BATCH_BYTES || ++b->rows >= BATCH_ROWS;
    return b->stopped || b->full ? RC_RULE : RC_OK;
}

/* Whether the index stands at the head of this very log: one row is read. */
static enum rc is_current(struct finder *f, uint64_t head, bool *out, struct err *err)
{
    struct batch b = {.f = f, .head = head};
    struct err stop = {0};
    *out = false;
    enum rc rc = f->pieces->ops->at(f->pieces, &b.at, err);
    if (rc || b.at.last != head) return rc;
    *out = true;
    if (head == 0) return RC_OK;
    rc = f->store->ops->scan(f->store, head - 1, take_row, &b, &stop);
    *out = !b.foreign;
    if (rc && rc != RC_RULE) *err = stop;
    return rc == RC_RULE ? RC_OK : rc;
}

static void batch_free(struct batch *b)
{
    arena_free(&b->row);
    arena_free(&b->document);
    arena_free(&b->words_arena);
}

/* Between begin and end of the index. */
static enum rc fill_batch(struct batch *b, struct err *err)
{
    struct finder *f = b->f;
    struct err stop = {0};
    enum rc rc = f->pieces->ops->at(f->pieces, &b->at, err);
    if (!rc && b->at.last > b->head) b->foreign = true; /* a log that was cut back */
    if (!rc && !b->foreign) {
        uint64_t after = b->at.last ? b->at.last - 1 : 0;
        rc = f->store->ops->scan(f->store, after, take_row, b, &stop);
        if (rc && rc != RC_RULE) *err = stop;
        if (rc == RC_RULE) rc = RC_OK;
    }
    if (rc || !b->foreign) return rc;
    b->at = (struct pieces_at){0};
    return f->pieces->ops->clear(f->pieces, err);
}

/* One transaction; *done: the index stands at the head, or stopped on demand. */
static enum rc one_batch(struct finder *f, const struct watch *watch, bool *done, uint64_t *pieces,
                         struct err *err)
{
    struct commit head;
    struct batch b = {.f = f, .watch = watch};
    struct err ignored;
    b.folded.arena = &b.words_arena;
    enum rc rc = f->store->ops->head(f->store, &head, err);
    if (!rc) rc = f->pieces->ops->begin(f->pieces, err);
    if (rc) return rc;
    b.head = head.last;
    rc = fill_batch(&b, err);
    enum rc kept = f->pieces->ops->end(f->pieces, rc ? NULL : &b.at, rc ? &ignored : err);
    if (!rc) rc = kept;
    *pieces += b.pieces;
    *done = !b.foreign && !b.full;
    if (!rc && b.stopped) rc = fail(err, RC_ABSENT, "interrupted");
    f->tokens.folded = NULL;
    batch_free(&b);
    return rc;
}

/* After a big filling: answers come faster, and nothing is lost when this is stopped. */
static enum rc tidy(struct finder *f, const struct watch *watch, struct err *err)
{
    bool more = true;
    enum rc rc = RC_OK;
    for (uint64_t step = 0; more && !rc; step++) {
        if (!watch_step(watch, step, 0)) break;
        rc = f->pieces->ops->tidy(f->pieces, &more, err);
    }
    return rc;
}

enum rc find_fill(struct finder *f, const struct watch *watch, struct err *err)
{
    struct commit head;
    struct pieces_at at;
    bool current, done = false;
    uint64_t pieces = 0, all = 0;
    enum rc rc = f->store->ops->head(f->store, &head, err);
    if (!rc) rc = is_current(f, head.last, &current, err);
    if (rc || current) return rc;
    if (!f->pieces->ops->writable(f->pieces)) {
        pieces_close(f->pieces);
        f->pieces = NULL;
        rc = f->store->ops->pieces(f->store, true, &f->pieces, err);
    }
    while (!rc && !done) rc = one_batch(f, watch, &done, &pieces, err);
    if (!rc) rc = f->pieces->ops->count(f->pieces, &all, err);
    if (!rc && pieces > 1000 && pieces >= all / TIDY_SHARE) rc = tidy(f, watch, err);
    if (!rc) rc = f->pieces->ops->at(f->pieces, &at, err); /* one snapshot from here */
    return rc;
}
