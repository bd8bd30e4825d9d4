/*
 * cmd_said.c - muster said: what was said, statement by statement: who gives,
 * the words, who spoke, when and where, and what became of it in the book.
 *
 * All statements are told, those that a table brought and those that were read
 * in documents, whatever was chosen about them; the inbox shows only what waits.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/opened.h"
#include "inbox/candidates.h"
#include "report/evidence.h"

struct said_args {
    const char *giver, *receiver, *kind, *with;
};

struct telling {
    struct arena *arena;
    const struct book *book;
    struct clocks at;
    const char *giver, *receiver, *kind, *with;
    uint32_t *made; /* by noun of a statement: noun + 1 of the line, need or package; 0 */
    const struct record **list;
    uint32_t count;
};

/* --- which --- */

static uint32_t noun_of(const struct telling *t, const struct record *r, enum tag tag)
{
    uint64_t id = record_ref(r, tag);
    return id ? book_noun_of(t->book, id) : NONE;
}

/* As it is entered, or in a reader's word for it. */
static bool names(const struct telling *t, const struct record *r, enum tag entered,
                  enum tag spoken, const char *key)
{
    uint32_t noun = noun_of(t, r, entered);
    if (!key || (noun != NONE && strcmp(book_key(t->book, noun), key) == 0)) return true;
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->fields[i].tag == spoken && strcmp(r->fields[i].text, key) == 0) return true;
    }
    return false;
}

static const struct record *source_of(const struct telling *t, const struct record *r)
{
    const struct record *p = book_record(t->book, record_ref(r, F_PASSAGE));
    return p ? book_record(t->book, record_ref(p, F_SOURCE)) : NULL;
}

static int32_t day_of(const struct telling *t, const struct record *r)
{
    const struct record *source = source_of(t, r);
    if (record_field(r, F_DAY)) return (int32_t)record_int(r, F_DAY, DAY_MIN);
    return source ? (int32_t)record_int(source, F_DAY, DAY_MIN) : DAY_MIN;
}

static bool is_told(const struct telling *t, const struct record *r)
{
    const char *kind = record_text(r, F_TYPE);
    if (!book_current(t->book, r, t->at.known) || day_of(t, r) > t->at.effective) return false;
    if (t->kind && (!kind || strcmp(kind, t->kind) != 0)) return false;
    return names(t, r, F_PARTY, F_SAID_GIVER, t->giver) &&
           names(t, r, F_RECEIVER, F_SAID_RECEIVER, t->receiver);
}

/* What statements became, by their edges. */
static void find_made(struct telling *t)
{
    uint32_t count;
    const struct record *const *all = book_records(t->book, KIND_EDGE, &count);
    t->made = NEW_ARRAY(t->arena, book_noun_count(t->book) + 1, uint32_t);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t of = noun_of(t, all[i], F_OF), object = noun_of(t, all[i], F_OBJECT);
        if (of == NONE || object == NONE || record_text(all[i], F_VERDICT)) continue;
        if (!book_current(t->book, all[i], t->at.known)) continue;
        t->made[of] = object + 1;
    }
}

struct dated {
    const struct record *record;
    int32_t day;
};

/* The newest first, and of one day as they were recorded. */
static int by_day(const void *x, const void *y)
{
    const struct dated *a = x, *b = y;
    if (a->day != b->day) return a->day < b->day ? 1 : -1;
    return (a->record->id > b->record->id) - (a->record->id < b->record->id);
}

static void find_statements(struct telling *t)
{
    uint32_t count;
    const struct record *const *all = book_records(t->book, KIND_STATEMENT, &count);
    struct dated *dated = NEW_ARRAY(t->arena, (size_t)count + 1, struct dated);
    for (uint32_t i = 0; i < count; i++) {
        if (is_told(t, all[i])) dated[t->count++] = (struct dated){all[i], day_of(t, all[i])};
    }
    if (t->count) qsort(dated, t->count, sizeof *dated, by_day);
    t->list = NEW_ARRAY(t->arena, (size_t)t->count + 1, const struct record *);
    for (uint32_t i = 0; i < t->count; i++) t->list[i] = dated[i].record;
}

/* --- rows --- */

static const char *parties_words(const struct telling *t, const struct record *r, enum tag entered,
                                 enum tag spoken)
{
    struct buf b = {.arena = t->arena};
    uint32_t noun = noun_of(t, r, entered);
    if (noun != NONE) return book_key(t->book, noun);
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->fields[i].tag == spoken) buf_addf(&b, "%s%s", b.len ? ", " : "", r->fields[i].text);
    }
    return b.len ? b.text : NULL;
}

/* The words themselves, where they are kept; else what a table says of them. */
static const char *words_of(const struct telling *t, const struct record *r)
{
    const struct record *p = book_record(t->book, record_ref(r, F_PASSAGE));
    const char *quote = p && record_field(p, F_BEGIN) ? record_text(p, F_TEXT) : NULL;
    const char *about = record_text(r, F_MEASURE), *text = record_text(r, F_TEXT);
    if (quote) return text_squeeze(t->arena, quote);
    if (!text || !about) return text ? text : about;
    return text_format(t->arena, "%s: %s", about, text);
}

static const char *speaker_of(const struct telling *t, const struct record *r)
{
    const struct record *p = book_record(t->book, record_ref(r, F_PASSAGE));
    const char *speaker = record_text(r, F_SPEAKER);
    return speaker || !p ? speaker : record_text(p, F_SPEAKER);
}

static bool has_words(const struct telling *t, const struct record *r)
{
    const char *words = words_of(t, r), *speaker = speaker_of(t, r);
    if (!t->with) return true;
    return text_has_words(
        t->arena, text_format(t->arena, "%s %s", words ? words : "", speaker ? speaker : ""),
        t->with);
}

static const char *state_of(const struct record *r)
{
    static const char *const names[] = {"open", "accepted", "rejected"};
    return is_candidate(r) ? names[candidate_state(r)] : "entered";
}

static void add_statement(const struct telling *t, struct rows *rows, const struct record *r)
{
    int32_t day = day_of(t, r);
    uint64_t passage = record_ref(r, F_PASSAGE);
    uint32_t noun = book_noun_of(t->book, r->id), made = noun == NONE ? 0 : t->made[noun];
    const struct record *source = source_of(t, r);
    uint32_t document = source ? book_noun_of(t->book, source->id) : NONE;
    bool line = made && book_kind(t->book, made - 1) == KIND_LINE;
    ROW(rows, cell_label((i128)r->id),
        day == DAY_MIN ? cell_null() : cell_text(day_text(t->arena, day, PRECISION_DAY)),
        cell_text(record_text(r, F_TYPE)), cell_text(words_of(t, r)), cell_text(speaker_of(t, r)),
        cell_text(parties_words(t, r, F_PARTY, F_SAID_GIVER)),
        cell_text(parties_words(t, r, F_RECEIVER, F_SAID_RECEIVER)), cell_text(state_of(r)),
        cell_text(line ? book_key(t->book, made - 1) : NULL),
        cell_text(evidence_words(t->arena, t->book, passage)),
        cell_text(evidence_address(t->book, passage)),
        cell_text(document == NONE ? NULL : book_key(t->book, document)));
}

static int run(struct context *ctx, const void *given)
{
    const struct said_args *args = given;
    struct opened o;
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    struct telling t = {.arena = ctx->arena,
                        .book = o.view.book,
                        .at = o.exchange.at,
                        .giver = opened_party(&o, args->giver),
                        .receiver = opened_party(&o, args->receiver),
                        .kind = args->kind,
                        .with = args->with};
    find_made(&t);
    find_statements(&t);
    struct answer *w = answer_new(ctx->arena, "What was said");
    answer_put(w, "statements", cell_count(t.count));
    struct rows *rows = answer_rows(w, "rows");
    rows->empty = "nothing like that was said in what this book has";
    rows_column(rows, "statement", NULL, COLUMN_NO_TEXT);
    rows_columns(rows, "day kind words speaker");
    rows_column(rows, "giver", NULL, 0);
    rows_column(rows, "receiver", NULL, COLUMN_NO_TEXT);
    rows_columns(rows, "state line evidence");
    rows_column(rows, "address", NULL, COLUMN_NO_TEXT);
    rows_column(rows, "document", NULL, COLUMN_NO_TEXT);
    for (uint32_t i = 0; i < t.count; i++) {
        if (has_words(&t, t.list[i])) add_statement(&t, rows, t.list[i]);
    }
    code = cmd_answer(ctx, w);
    opened_end(&o);
    return code;
}

const struct command cmd_said = {
    .name = "said",
    .group = GROUP_ASK,
    .about = "every statement: the words, who spoke, and what became of it",
    .details =
        "What tables brought as statements and what was read in documents, the newest first. state"
        " is open, accepted or rejected for what was read, entered for the rest; line is the"
        " promise that it made or repeats.\n\n"
        "JSON: statements, rows of statement (its id), day, kind (support, need, figure,"
        " decision), words, speaker, giver, receiver, state, line, evidence, address, document.",
    .examples = "muster said --giver DEU\n# what was said of Germany's support\n",
    .opts =
        (const struct opt[]){
            {"giver", INTO(struct said_args, giver), .arg = "PARTY",
             .help = "only what that party gives"},
            {"receiver", INTO(struct said_args, receiver), .arg = "PARTY",
             .help = "only what that party gets or needs"},
            {"with", INTO(struct said_args, with), .arg = "WORDS",
             .help = "only those with all of these in their words or speaker"},
            {"kind", INTO(struct said_args, kind), .arg = "KIND",
             .choices = "support need figure decision", .help = "only that kind of statement"},
            {0},
        },
    .uses = USES_QUESTION,
    .args_size = sizeof(struct said_args),
    .run = run,
};
