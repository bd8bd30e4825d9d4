/*
 * cmd_check.c - muster check: figures that were said, against the book.
 *
 * Statements come from the store, from files that are read and not recorded,
 * or from the command line. Each figure is understood (check/), measured
 * (measure/claims.h) and shown (report/check.h); here they are only gathered.
 */
#include <string.h>

#include "base/sha.h"
#include "base/text.h"
#include "check/interpret.h"
#include "cli/files.h"
#include "cli/opened.h"
#include "read/read.h"
#include "report/check.h"

struct check_args {
    struct texts files;
    const char *claim, *day, *speaker, *party, *series;
    bool rows;
};

struct checking {
    struct arena *a;
    struct opened *o;
    const struct check_args *args;
    int32_t typed_day;
    struct checked *list;
    uint32_t count, room, without;
};

/* --- one figure --- */

static void add(struct checking *k, const struct spoken *spoken, struct checked one)
{
    struct heard *heard = NEW(k->a, struct heard);
    interpret(k->a, spoken, heard);
    one.counted = heard->counted;
    one.low = heard->low;
    one.high = heard->high;
    one.unit = heard->unit;
    one.bound = heard->bound;
    one.day = spoken->day;
    if (heard->measurable) {
        heard->claim.series = k->args->series;
        one.claim = &heard->claim;
        measure_claim(k->a, &k->o->exchange, &heard->claim, &one.answer);
    } else {
        one.answer =
            (struct claim_answer){.verdict = CLAIM_UNKNOWN, .why = heard->why, .currency = ""};
    }
    k->list = arena_more(k->a, k->list, k->count, &k->room, sizeof *k->list);
    k->list[k->count++] = one;
}

static const char *side(const struct checking *k)
{
    return opened_party(k->o, k->args->party);
}

/* --- typed --- */

static void check_typed(struct checking *k)
{
    uint32_t figures = figures_in(k->a, k->args->claim);
    for (uint32_t i = 0; i < (figures ? figures : 1); i++) {
        struct spoken spoken = {
            .sentence = k->args->claim, .nth = i, .day = k->typed_day, .side = side(k)};
        add(k, &spoken, (struct checked){.speaker = k->args->speaker, .quote = k->args->claim});
    }
}

/* --- files --- */

/* The day of a document: as it says itself, else as asked, else as its name says. */
static int32_t day_of(const struct checking *k, const char *said, const char *name)
{
    struct err ignored;
    int32_t day;
    if (said && !day_parse(said, &day, NULL, &ignored)) return day;
    return k->typed_day != DAY_MAX ? k->typed_day : day_in_name(name);
}

static enum rc check_file(struct checking *k, const char *path, struct err *err)
{
    struct input file;
    struct reading reading;
    enum rc rc = file_input(k->a, path, &file, err);
    if (!rc) rc = read_document(k->a, file.bytes, file.len, &reading, err);
    if (rc) return rc;
    int32_t day = day_of(k, reading.date, path);
    for (uint32_t i = 0; i < reading.said_count; i++) {
        const struct said *said = &reading.said[i];
        if (!said->counted) {
            k->without++;
            continue;
        }
        const char *speaker =
            said->turn < reading.turn_count ? reading.turns[said->turn].speaker : NULL;
        struct spoken spoken = {
            .sentence = whole_sentence(k->a, file.bytes, file.len, said->start, said->end),
            .quote = read_quote(k->a, file.bytes, said->start, said->end),
            .said = said,
            .day = day,
            .side = side(k)};
        add(k, &spoken,
            (struct checked){.document = file.name,
                             .speaker = speaker,
                             .quote = spoken.quote,
                             .ranged = true,
                             .start = said->start,
                             .end = said->end});
    }
    return RC_OK;
}

/* --- the store --- */

struct document {
    uint64_t source; /* id */
    const char *name;
    int32_t day;
    const char *bytes; /* NULL: not kept */
    size_t len;
};

static enum said_stage stage_of(const char *name)
{
    for (int s = SAID_CONSIDERED; name && s <= SAID_PROVIDED; s++) {
        if (strcmp(said_stage_name((enum said_stage)s), name) == 0) return (enum said_stage)s;
    }
    return SAID_NO_STAGE;
}

static enum said_kind kind_of(const char *name)
{
    for (int i = SAID_SUPPORT; name && i <= SAID_DECISION; i++) {
        if (strcmp(said_kind_name((enum said_kind)i), name) == 0) return (enum said_kind)i;
    }
    return SAID_FIGURE;
}

static enum approx approx_of(const char *name)
{
    for (int i = APPROX_EXACT; name && i <= APPROX_AT_MOST; i++) {
        if (strcmp(approx_name((enum approx)i), name) == 0) return (enum approx)i;
    }
    return APPROX_EXACT;
}

static void parties_of_record(const struct record *r, enum tag tag, struct said_parties *out)
{
    for (uint32_t i = 0; i < r->count && out->count < SAID_PARTIES_MAX; i++) {
        if (r->fields[i].tag == tag) out->code[out->count++] = r->fields[i].text;
    }
}

/* What a reader took, as the record keeps it, is what the reader gave. */
static struct said said_of(const struct record *r)
{
    struct said s = {.kind = kind_of(record_text(r, F_TYPE)),
                     .stage = stage_of(record_text(r, F_SAID_STAGE)),
                     .item = record_text(r, F_SAID_ITEM),
                     .counted = record_field(r, F_AMOUNT) != NULL,
                     .low = record_dec(r, F_AMOUNT),
                     .high = record_dec(r, record_field(r, F_UPTO) ? F_UPTO : F_AMOUNT),
                     .unit = record_text(r, F_UNIT),
                     .approx = approx_of(record_text(r, F_APPROX)),
                     .channel = record_text(r, F_SAID_CHANNEL),
                     .when = record_text(r, F_SAID_WHEN)};
    if (!s.item) s.item = "";
    parties_of_record(r, F_SAID_GIVER, &s.giver);
    parties_of_record(r, F_SAID_RECEIVER, &s.receiver);
    return s;
}

/* What a person rejected was misread, or is nothing that was said. */
static bool is_rejected(const struct record *r)
{
    const char *verdict = record_text(r, F_VERDICT);
    return verdict && strcmp(verdict, "rejected") == 0;
}

/* The source of a statement; kept while statements of one document follow each other. */
static void open_document(struct checking *k, const struct record *source, struct document *d)
{
    uint8_t hash[SHA_BYTES];
    struct evidence evidence;
    struct err ignored;
    if (source->id == d->source) return;
    const char *hex = record_text(source, F_HASH), *name = record_text(source, F_ADDRESS);
    *d = (struct document){.source = source->id, .name = name ? name : "", .day = DAY_MAX};
    if (record_field(source, F_DAY)) d->day = (int32_t)record_int(source, F_DAY, DAY_MAX);
    if (d->day == DAY_MAX) d->day = day_of(k, NULL, d->name);
    for (uint32_t i = 0; i < source->count && d->day == DAY_MAX; i++) {
        if (source->fields[i].tag == F_ADDRESS) d->day = day_in_name(source->fields[i].text);
    }
    if (!hex || strlen(hex) != 2 * (size_t)SHA_BYTES || hex_decode(hex, SHA_BYTES, hash) != 0)
        return;
    if (k->o->store->ops->evidence(k->o->store, k->a, hash, &evidence, &ignored)) return;
    d->bytes = evidence.bytes;
    d->len = (size_t)evidence.len;
}

static void check_record(struct checking *k, const struct record *r, struct document *d)
{
    const struct book *b = k->o->view.book;
    const struct record *passage = book_record(b, record_ref(r, F_PASSAGE));
    const struct record *source = passage ? book_record(b, record_ref(passage, F_SOURCE)) : NULL;
    if (!source || !record_field(passage, F_BEGIN)) return;
    struct said *said = NEW(k->a, struct said);
    *said = said_of(r);
    if (!said->counted) {
        k->without++;
        return;
    }
    open_document(k, source, d);
    size_t start = (size_t)record_int(passage, F_BEGIN, 0);
    size_t end = (size_t)record_int(passage, F_END, 0);
    const char *quote = record_text(passage, F_TEXT);
    if (!quote) quote = "";
    struct spoken spoken = {
        .sentence = d->bytes ? whole_sentence(k->a, d->bytes, d->len, start, end) : quote,
        .quote = quote,
        .said = said,
        .day = record_field(r, F_DAY) ? (int32_t)record_int(r, F_DAY, 0) : d->day,
        .side = side(k)};
    add(k, &spoken,
        (struct checked){.document = d->name,
                         .speaker = record_text(r, F_SPEAKER),
                         .quote = quote,
                         .ranged = true,
                         .start = start,
                         .end = end});
}

static void check_store(struct checking *k)
{
    uint32_t count;
    struct document d = {0};
    const struct book *b = k->o->view.book;
    const struct record *const *list = book_records(b, KIND_STATEMENT, &count);
    for (uint32_t i = 0; i < count; i++) {
        bool was_read = record_field(list[i], F_SAID_ITEM) || record_field(list[i], F_APPROX);
        if (!was_read || is_rejected(list[i]) || !book_current(b, list[i], k->o->exchange.at.known))
            continue;
        check_record(k, list[i], &d);
    }
}

/* --- the verb --- */

static bool any_fails(const struct checking *k)
{
    for (uint32_t i = 0; i < k->count; i++) {
        if (k->list[i].answer.verdict == CLAIM_FAILS) return true;
    }
    return false;
}

static int check_all(struct context *ctx, struct checking *k)
{
    struct err err = {0};
    enum rc rc = RC_OK;
    if (k->args->claim) {
        check_typed(k);
    } else if (k->args->files.count == 0) {
        check_store(k);
    }
    for (uint32_t i = 0; i < k->args->files.count && !rc; i++) {
        rc = check_file(k, k->args->files.at[i], &err);
    }
    if (rc) return cmd_refuse(ctx, &err);
    struct check_question q = {.list = k->list,
                               .count = k->count,
                               .without = k->without,
                               .rows = k->args->rows && !ctx->json};
    int code = cmd_answer(ctx, report_check(k->a, &k->o->exchange, &q));
    return code == EXIT_DONE && any_fails(k) ? EXIT_FINDING : code;
}

static int run(struct context *ctx, const void *given)
{
    const struct check_args *args = given;
    struct opened o;
    struct err err;
    struct checking k = {.a = ctx->arena, .o = &o, .args = args, .typed_day = DAY_MAX};
    if (args->claim && args->files.count) {
        return cmd_misuse(ctx, "--claim is a sentence of its own: leave out the files");
    }
    const char *typed[] = {args->claim, args->speaker};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        if (!typed[i] || text_is_utf8(typed[i], strlen(typed[i]))) continue;
        return cmd_misuse(ctx, "%s: text is not UTF-8", i ? "--speaker" : "--claim");
    }
    if (args->day && day_parse(args->day, &k.typed_day, NULL, &err)) {
        return cmd_misuse(ctx, "--day: %s", err.msg);
    }
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    code = check_all(ctx, &k);
    opened_end(&o);
    return code;
}

const struct command cmd_check = {
    .name = "check",
    .group = GROUP_ASK,
    .about = "figures in public statements, against the book",
    .details =
        "Each figure that was said is computed from the book and shown beside what was said: as"
        " it stood by the day of the statement, as all that is recorded makes it, and for all"
        " givers. Without FILE the statements recorded in the store are checked; a FILE is read"
        " and checked, and nothing is recorded.\n\n"
        "Measured are shares of all support, sums, yearly amounts (whole years only), numbers of"
        " countries that give, and growth. \"More than\" is strict; around, about and nearly hold"
        " within 5 percent; a bare number holds within half of its last digit; what is within 10"
        " percent is roughly so, and so is a bound that is true from a third away. Whatever else "
        "was said cannot be told, and the answer says"
        " why.\n\n"
        "Exit code 1 when a claim fails.\n\n"
        "JSON: claims of verdict, why, said, unit, then, now, all_givers, known_then, quote,"
        " measure, subject, receiver, class, reached, since, until, document, date, speaker, start,"
        " end, rows (party, year, subject, then, now, currency, entries, evidence).",
    .examples = "muster check 2024-06-13.txt\n# what a press conference claimed\n"
                "muster check --claim 'Allies have provided around 40 billion euros each year'"
                " --day 2024-06-13 --rows\n# one sentence, with the rows behind it\n",
    .operands =
        (const struct operand[]){
            {"FILE", INTO(struct check_args, files), .optional = true,
             .help = "transcripts and statements to read; '-' is standard input"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"claim", INTO(struct check_args, claim), .arg = "SENTENCE",
             .help = "check this sentence"},
            {"day", INTO(struct check_args, day), .arg = "DATE",
             .help = "the day of a statement that does not say it"},
            {"speaker", INTO(struct check_args, speaker), .arg = "NAME",
             .help = "who said the sentence"},
            {"party", INTO(struct check_args, party), .arg = "PARTY",
             .help = "for whom the speaker speaks: \"we\""},
            {"series", INTO(struct check_args, series), .arg = "SERIES",
             .help = "only this series and those below it: fts, kiel:29"},
            {"rows", INTO(struct check_args, rows),
             .help = "print the rows behind each claim (JSON has them always)"},
            {0},
        },
    .uses = USES_QUESTION | USES_MONEY,
    .args_size = sizeof(struct check_args),
    .run = run,
};
