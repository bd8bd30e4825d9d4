/*
 * cmd_source.c - muster source: what the book rests on, and a document as it
 * was published, with the statements that were read in it.
 *
 * The text is cut where a statement begins or ends, so that whoever shows it
 * can mark what was read and needs to know nothing of bytes.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/sha.h"
#include "base/text.h"
#include "cli/nouns.h"
#include "inbox/candidates.h"
#include "read/original.h"

static const struct noun source_noun = {
    .kind = KIND_SOURCE,
    .title = "Sources",
    .columns = (const struct noun_column[]){{F_NAME, "name"},
                                            {F_PUBLISHER, "publisher"},
                                            {F_DAY, "day"},
                                            {F_MEDIA, "media"},
                                            {F_ADDRESS, "address"},
                                            {0}},
};

static int run_list(struct context *ctx, const void *args)
{
    return noun_list(ctx, &source_noun, args);
}

/* --- a document --- */

/* A stretch of the text that some statement stands on. */
struct stretch {
    uint64_t begin, end;
    const struct record *statement;
};

struct document {
    struct arena *arena;
    const struct book *book;
    int64_t known;
    uint32_t source; /* noun */
    struct evidence bytes;
    struct original original;
    const struct record **turns;
    struct stretch *stretches;
    uint32_t turn_count, stretch_count;
    struct rows *rows;
};

static bool of_source(const struct document *d, const struct record *passage)
{
    return passage && book_noun_of(d->book, record_ref(passage, F_SOURCE)) == d->source;
}

static int by_begin(const void *a, const void *b)
{
    const struct record *x = *(const struct record *const *)a;
    const struct record *y = *(const struct record *const *)b;
    int64_t p = record_int(x, F_BEGIN, 0), q = record_int(y, F_BEGIN, 0);
    return (p > q) - (p < q);
}

static int by_place(const void *a, const void *b)
{
    const struct stretch *x = a, *y = b;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    if (x->end != y->end) return x->end > y->end ? -1 : 1;
    return (x->statement->id > y->statement->id) - (x->statement->id < y->statement->id);
}

/* Its turns in the order of the text: passages of that type, as known. */
static void find_turns(struct document *d)
{
    uint32_t count;
    const struct record *const *all = book_records(d->book, KIND_PASSAGE, &count);
    d->turns = NEW_ARRAY(d->arena, (size_t)count + 1, const struct record *);
    for (uint32_t i = 0; i < count; i++) {
        if (!record_text(all[i], F_TYPE) || !of_source(d, all[i])) continue;
        if (!book_current(d->book, all[i], d->known)) continue;
        d->turns[d->turn_count++] = all[i];
    }
    qsort(d->turns, d->turn_count, sizeof *d->turns, by_begin);
}

static void find_statements(struct document *d)
{
    uint32_t count;
    const struct record *const *all = book_records(d->book, KIND_STATEMENT, &count);
    d->stretches = NEW_ARRAY(d->arena, (size_t)count + 1, struct stretch);
    for (uint32_t i = 0; i < count; i++) {
        const struct record *p = book_record(d->book, record_ref(all[i], F_PASSAGE));
        if (!of_source(d, p) || !book_current(d->book, all[i], d->known)) continue;
        if (!record_field(p, F_END)) continue;
        d->stretches[d->stretch_count++] = (struct stretch){
            (uint64_t)record_int(p, F_BEGIN, 0), (uint64_t)record_int(p, F_END, 0), all[i]};
    }
    qsort(d->stretches, d->stretch_count, sizeof *d->stretches, by_place);
}

static const char *state_of(const struct record *statement)
{
    static const char *const names[] = {"open", "accepted", "rejected"};
    return names[candidate_state(statement)];
}

static void put_piece(struct document *d, const struct record *turn, uint64_t begin, uint64_t end,
                      const struct record *statement)
{
    const char *words = original_text(d->arena, &d->original, begin, end);
    const char *speaker = record_text(turn, F_SPEAKER);
    if (!*text_squeeze(d->arena, words)) return;
    ROW(d->rows, cell_text(record_text(turn, F_PLACE)),
        cell_text(speaker ? speaker : record_text(turn, F_ROLE)),
        cell_text(record_text(turn, F_TYPE)),
        statement ? cell_label((i128)statement->id) : cell_null(),
        cell_text(statement ? record_text(statement, F_TYPE) : NULL),
        cell_text(statement ? state_of(statement) : NULL), cell_count((i128)begin),
        cell_count((i128)end), cell_text(words));
}

/* A turn, cut where statements begin and end; one inside another is not cut out again. */
static void put_turn(struct document *d, const struct record *turn, uint32_t *next)
{
    uint64_t at = (uint64_t)record_int(turn, F_BEGIN, 0);
    uint64_t end = (uint64_t)record_int(turn, F_END, 0);
    if (end > d->bytes.len) end = d->bytes.len;
    for (; *next < d->stretch_count && d->stretches[*next].begin < end; (*next)++) {
        const struct stretch *s = &d->stretches[*next];
        uint64_t begin = s->begin > at ? s->begin : at, stop = s->end < end ? s->end : end;
        if (stop <= begin) continue;
        if (begin > at) put_piece(d, turn, at, begin, NULL);
        put_piece(d, turn, begin, stop, s->statement);
        at = stop;
    }
    if (at < end) put_piece(d, turn, at, end, NULL);
}

/* The bytes, if they are kept here: an exchange file brings none. */
static enum rc load(struct document *d, const struct record *source, struct store *store,
                    struct err *err)
{
    uint8_t hash[SHA_BYTES];
    const char *hex = record_text(source, F_HASH);
    if (!hex || strlen(hex) != 2 * SHA_BYTES || hex_decode(hex, SHA_BYTES, hash)) return RC_ABSENT;
    enum rc rc = store->ops->evidence(store, d->arena, hash, &d->bytes, err);
    if (!rc) d->original = original_of(d->bytes.bytes, d->bytes.len);
    return rc;
}

static void put_head(struct answer *w, struct document *d, const struct record *source)
{
    answer_put(w, "source", cell_text(book_key(d->book, d->source)));
    for (const struct noun_column *c = source_noun.columns; c->tag; c++) {
        bool day = c->tag == F_DAY && record_field(source, F_DAY);
        const char *text =
            day ? day_text(d->arena, (int32_t)record_int(source, F_DAY, 0), PRECISION_DAY)
            : c->tag == F_DAY ? NULL
                              : record_text(source, c->tag);
        answer_put(w, c->name, cell_text(text));
    }
    answer_put(w, "turns", cell_count(d->turn_count));
    answer_put(w, "statements", cell_count(d->stretch_count));
}

static enum rc document(struct context *ctx, struct opened *o, const char *typed,
                        struct answer **out, struct err *err)
{
    struct document d = {.arena = ctx->arena, .book = o->view.book, .known = ctx->known_ms};
    enum rc rc = noun_find(ctx->arena, d.book, KIND_SOURCE, NULL, typed, &d.source, err);
    if (rc) return rc;
    const struct record *source = book_version(d.book, d.source, ctx->known_ms);
    if (!source) return fail(err, RC_ABSENT, "'%.100s' was not known then", typed);
    find_turns(&d);
    find_statements(&d);
    struct answer *w = answer_new(ctx->arena, book_name(d.book, d.source, ctx->known_ms));
    put_head(w, &d, source);
    d.rows = answer_rows(w, "text");
    d.rows->empty = "no text of it is kept here";
    rows_columns(d.rows, "turn speaker kind statement says state begin end words");
    struct err unread;
    rc = load(&d, source, o->store, &unread);
    if (rc == RC_STORE) return fail(err, rc, "%s", unread.msg);
    uint32_t next = 0;
    for (uint32_t i = 0; !rc && i < d.turn_count; i++) put_turn(&d, d.turns[i], &next);
    *out = w;
    return RC_OK;
}

static int run_show(struct context *ctx, const void *given)
{
    const struct noun_args *args = given;
    struct opened o;
    struct err err = {0};
    struct answer *w = NULL;
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    enum rc rc = document(ctx, &o, args->word, &w, &err);
    code = rc ? cmd_refuse(ctx, &err) : cmd_answer(ctx, w);
    opened_end(&o);
    return code;
}

static const struct command part_list = {
    .name = "list",
    .about = "all of them, or those with a word in their key or name",
    .opts = (const struct opt[]){{"with", INTO(struct noun_args, word), .arg = "WORD",
                                  .help = "only those with this in their key or name"},
                                 {0}},
    .uses = USES_QUESTION,
    .args_size = sizeof(struct noun_args),
    .run = run_list,
};

static const struct command part_show = {
    .name = "show",
    .about = "a document as it was published, with what was read in it",
    .details =
        "JSON: source, name, publisher, day, media, address, turns, statements; text, a list"
        " of turn, speaker, kind, statement (its id, where these words are one), says, state,"
        " begin, end (bytes of the document), words: put together, the words are the text.",
    .operands = (const struct operand[]){{"SOURCE", INTO(struct noun_args, word),
                                          .help = "its key, or the id of its record"},
                                         {0}},
    .uses = USES_QUESTION,
    .args_size = sizeof(struct noun_args),
    .run = run_show,
};

const struct command cmd_source = {
    .name = "source",
    .group = GROUP_ASK,
    .about = "what the book rests on: list, show",
    .examples = "muster source list --with 2024-04\nmuster source show 411\n"
                "# a transcript, with the statements that were read in it\n",
    .parts = (const struct command *const[]){&part_list, &part_show, NULL},
};
