/*
 * book_make.c - a made-up book of any size, the same rows twice: as tables for
 * other engines, and as records in a store.
 *
 *     book_make ENTRIES SEED DIR [STORE-URL]
 *
 * Prints how many entries there are, and the highest number of a promise.
 *
 * DIR gets entry.csv, donor.csv, item.csv and rate.csv, without heads, in the
 * order of the columns in bench/book/tables.sql. The store, which must be
 * empty, is written record by record as an import would: every record is
 * checked and posted to a book first, in commits of a thousand. Only the sync
 * at each commit is left out, for nobody waits for this store.
 *
 * Recorded instants are those of the history, and so are in the past. What
 * book/history.h calls a unit value is the value of a line there: that of all
 * of it, at its stage of entry, restated when the price changes.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "book/book.h"
#include "book/history.h"
#include "seed.h"
#include "store/store.h"

enum { COMMIT_ROWS = 1000, SOURCE_PROMISES = 500 };

static const char *const labels[LABELS] = {"public", "group:allies", "parties:donor:0", "owner"};

static _Noreturn void stop(const char *why)
{
    fprintf(stderr, "book_make: %s\n", why);
    exit(1);
}

/* --- tables --- */

static int month_of(int32_t day)
{
    int year, month, dom;
    day_to_civil(day, &year, &month, &dom);
    return (year - 2022) * 12 + month - 1;
}

static FILE *create(const char *dir, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "wb");
    if (!f) perror(path);
    if (!f) exit(1);
    return f;
}

static void close_file(FILE *f)
{
    if (ferror(f) | fclose(f)) stop("a table could not be written");
}

static char *number(char *at, int64_t n, char then)
{
    char digits[24];
    int count = 0;
    do {
        digits[count++] = (char)('0' + n % 10);
    } while (n /= 10);
    while (count) *at++ = digits[--count];
    *at++ = then;
    return at;
}

static void put_row(FILE *f, const struct history *h, uint32_t i)
{
    const struct event *r = &h->rows[i];
    const struct promise *p = &h->promises[r->promise];
    const int64_t cells[] = {i + 1,          r->recorded_ms,
                             r->day,         month_of(r->day),
                             p->giver,       p->receiver,
                             p->item,        r->from,
                             r->to,          r->promise + 1,
                             r->qty,         r->unit_value,
                             p->currency,    p->channel,
                             r->promise + 1, /* the passage that tells of it */
                             p->label,       r->corrects == NO_ROW ? 0 : r->corrects + 1};
    char line[512], *at = line;
    const size_t count = sizeof cells / sizeof *cells;
    for (size_t k = 0; k < count; k++) at = number(at, cells[k], k + 1 < count ? ',' : '\n');
    fwrite(line, 1, (size_t)(at - line), f);
}

static void put_tables(const struct history *h, const char *dir)
{
    FILE *f = create(dir, "entry.csv");
    for (uint32_t i = 0; i < h->count; i++) put_row(f, h, i);
    close_file(f);
    f = create(dir, "donor.csv");
    for (int i = 0; i < GIVERS; i++) fprintf(f, "%d,D%03d,%.3f\n", i, i, h->gdp[i]);
    close_file(f);
    f = create(dir, "item.csv");
    for (int i = 0; i < ITEMS; i++) {
        fprintf(f, "%d,%d,%d\n", i, h->class_of[i], h->domain_of[h->class_of[i]]);
    }
    close_file(f);
    f = create(dir, "rate.csv");
    for (int c = 0; c < CURRENCIES; c++) {
        for (int m = 0; m < MONTHS; m++) {
            fprintf(f, "%d,%d,%.17g\n", c, m, 10000.0 / (double)h->rate[c][m]);
        }
    }
    close_file(f);
}

/* --- records --- */

struct told {
    uint64_t line, passage; /* in the log, 0: not yet */
    int64_t unit_value;
    uint32_t values; /* versions of its value */
};

struct writer {
    const struct history *h;
    struct arena arena, batch; /* the book's; a commit's */
    struct book *book;
    struct store *store;
    struct rng rng; /* salts */
    struct record *records[COMMIT_ROWS];
    uint32_t count;
    uint64_t id, source;
    int64_t now_ms;
    struct told *told;
    uint64_t *entry; /* by row: its id */
    uint64_t party[GIVERS + RECEIVERS + CHANNELS], item[ITEMS];
};

static void flush(struct writer *w)
{
    struct err err;
    if (w->count &&
        store_append(w->store, (const struct record *const *)w->records, w->count, NULL, 0, &err)) {
        stop(err.msg);
    }
    w->count = 0;
    arena_reset(&w->batch);
}

static struct record *draft(struct writer *w, enum kind kind)
{
    if (w->count == COMMIT_ROWS) flush(w);
    return record_new(&w->batch, kind);
}

static uint64_t emit(struct writer *w, struct record *r, uint64_t version)
{
    struct err err;
    r->id = ++w->id;
    r->recorded_ms = w->now_ms;
    r->idem = record_idem(&w->batch, r, version);
    for (size_t i = 0; i < SALT_BYTES; i++) r->salt[i] = (uint8_t)rng_next(&w->rng);
    if (record_check(r, &err) || book_apply(w->book, r, &err)) stop(err.msg);
    w->records[w->count++] = r;
    return r->id;
}

static void text(struct writer *w, struct record *r, enum tag tag, const char *fmt, unsigned n)
{
    char out[80];
    snprintf(out, sizeof out, fmt, n);
    record_set_text(&w->batch, r, tag, out);
}

static uint64_t put_party(struct writer *w, const char *sort, uint32_t i, const char *type)
{
    struct record *r = draft(w, KIND_PARTY);
    record_set_text(&w->batch, r, F_KEY, text_format(&w->batch, "%s:%u", sort, i));
    record_set_text(&w->batch, r, F_NAME, text_format(&w->batch, "The %s %u", sort, i));
    record_set_text(&w->batch, r, F_TYPE, type);
    return emit(w, r, 1);
}

static uint64_t put_item(struct writer *w, const char *sort, uint32_t i, uint64_t above)
{
    struct record *r = draft(w, KIND_ITEM);
    record_set_text(&w->batch, r, F_KEY, text_format(&w->batch, "bench:%s:%u", sort, i));
    record_set_text(&w->batch, r, F_NAME, text_format(&w->batch, "The %s %u", sort, i));
    record_set_text(&w->batch, r, F_UNIT, "piece");
    if (above) record_set_ref(&w->batch, r, F_PARENT, above);
    return emit(w, r, 1);
}

/* An item is below its class, and that below its domain. */
static void put_items(struct writer *w)
{
    uint64_t domain[DOMAINS], class_[CLASSES];
    for (uint32_t i = 0; i < DOMAINS; i++) domain[i] = put_item(w, "domain", i, 0);
    for (uint32_t i = 0; i < CLASSES; i++) {
        class_[i] = put_item(w, "class", i, domain[w->h->domain_of[i]]);
    }
    for (uint32_t i = 0; i < ITEMS; i++) {
        w->item[i] = put_item(w, "item", i, class_[w->h->class_of[i]]);
    }
}

static void put_rate(struct writer *w, int currency, int month)
{
    struct record *r = draft(w, KIND_RATE);
    record_set_text(&w->batch, r, F_SERIES, "bench");
    record_set_text(&w->batch, r, F_CURRENCY, currency_codes[currency]);
    record_set_text(&w->batch, r, F_BASE, "EUR");
    record_set_int(&w->batch, r, F_DAY, day_from_civil(2022 + month / 12, month % 12 + 1, 1));
    record_set_dec(&w->batch, r, F_AMOUNT, (struct dec){w->h->rate[currency][month], 4});
    emit(w, r, 1);
}

static void put_nouns(struct writer *w)
{
    uint64_t *at = w->party;
    for (uint32_t i = 0; i < GIVERS; i++) *at++ = put_party(w, "donor", i, "nation");
    for (uint32_t i = 0; i < RECEIVERS; i++) *at++ = put_party(w, "recipient", i, "nation");
    for (uint32_t i = 0; i < CHANNELS; i++) *at++ = put_party(w, "channel", i, "fund");
    put_party(w, "allies", 0, "group");
    put_items(w);
    for (int c = 0; c < CURRENCIES; c++) {
        for (int m = 0; m < MONTHS && c != 1; m++) put_rate(w, c, m);
    }
    for (uint32_t i = 0; i < GIVERS; i++) {
        struct record *r = draft(w, KIND_INDICATOR);
        record_set_ref(&w->batch, r, F_PARTY, w->party[i]);
        record_set_text(&w->batch, r, F_MEASURE, "gdp");
        record_set_text(&w->batch, r, F_CURRENCY, "EUR");
        record_set_int(&w->batch, r, F_DAY, FIRST_DAY);
        record_set_dec(&w->batch, r, F_AMOUNT,
                       (struct dec){(int64_t)(w->h->gdp[i] * 1000 + 0.5) * 1000000, 0});
        emit(w, r, 1);
    }
}

static void put_value(struct writer *w, uint32_t promise, int64_t unit_value)
{
    struct told *t = &w->told[promise];
    const struct promise *p = &w->h->promises[promise];
    struct record *r = draft(w, KIND_VALUE);
    r->label = labels[p->label];
    text(w, r, F_KEY, "bench:%u", promise);
    record_set_ref(&w->batch, r, F_OF, t->line);
    record_set_text(&w->batch, r, F_BASIS, "stated");
    record_set_text(&w->batch, r, F_CURRENCY, currency_codes[p->currency]);
    record_set_int(&w->batch, r, F_LOW, unit_value * p->qty);
    record_set_int(&w->batch, r, F_TO, STAGE_COMMITTED);
    t->unit_value = unit_value;
    emit(w, r, ++t->values);
}

static void put_line(struct writer *w, const struct event *first)
{
    uint32_t promise = first->promise;
    const struct promise *p = &w->h->promises[promise];
    struct told *t = &w->told[promise];
    if (!w->source || promise % SOURCE_PROMISES == 0) {
        struct record *r = draft(w, KIND_SOURCE);
        text(w, r, F_KEY, "bench:report:%u", promise);
        text(w, r, F_NAME, "Report on what was promised, no. %u", promise);
        w->source = emit(w, r, 1);
    }
    struct record *r = draft(w, KIND_PASSAGE);
    r->label = labels[p->label];
    text(w, r, F_PLACE, "row %u", promise);
    record_set_ref(&w->batch, r, F_SOURCE, w->source);
    t->passage = emit(w, r, 1);

    r = draft(w, KIND_LINE);
    r->label = labels[p->label];
    text(w, r, F_KEY, "bench:%u", promise);
    record_set_ref(&w->batch, r, F_PARTY, w->party[p->giver]);
    record_set_ref(&w->batch, r, F_RECEIVER, w->party[GIVERS + p->receiver]);
    record_set_ref(&w->batch, r, F_CHANNEL, w->party[GIVERS + RECEIVERS + p->channel]);
    record_set_ref(&w->batch, r, F_ITEM, w->item[p->item]);
    text(w, r, F_CLASS, "domain %u", w->h->domain_of[w->h->class_of[p->item]]);
    record_set_ref(&w->batch, r, F_PASSAGE, t->passage);
    record_set_text(&w->batch, r, F_AUTHOR, "import:bench");
    record_set_int(&w->batch, r, F_LOW, p->qty);
    t->line = emit(w, r, 1);
}

static void put_entry(struct writer *w, uint32_t i)
{
    const struct event *row = &w->h->rows[i];
    struct told *t = &w->told[row->promise];
    w->now_ms = row->recorded_ms;
    if (!t->line) put_line(w, row);
    if (!row->reversal && row->unit_value != t->unit_value)
        put_value(w, row->promise, row->unit_value);
    struct record *r = draft(w, KIND_ENTRY);
    r->label = labels[w->h->promises[row->promise].label];
    record_set_ref(&w->batch, r, F_LINE, t->line);
    record_set_int(&w->batch, r, F_FROM, row->from);
    record_set_int(&w->batch, r, F_TO, row->to);
    record_set_int(&w->batch, r, F_QTY, row->qty);
    record_set_int(&w->batch, r, F_DAY, row->day);
    record_set_ref(&w->batch, r, F_PASSAGE, t->passage);
    record_set_text(&w->batch, r, F_AUTHOR, "import:bench");
    if (row->reversal) {
        record_set_ref(&w->batch, r, F_REVERSES, w->entry[row->corrects]);
        record_set_text(&w->batch, r, F_WHY, "the publisher revised it");
    }
    w->entry[i] = emit(w, r, 1);
}

static void put_records(const struct history *h, const char *url, uint64_t seed)
{
    struct writer *w = calloc(1, sizeof *w);
    struct commit head;
    struct err err;
    if (!w) abort();
    w->h = h;
    w->rng.state = seed;
    w->book = book_new(&w->arena);
    w->told = calloc(h->promise_count + 1, sizeof *w->told);
    w->entry = calloc(h->count + 1, sizeof *w->entry);
    if (!w->told || !w->entry) abort();
    book_expect(w->book, h->count + h->count / 2);
    if (store_open(&w->arena, url, true, &w->store, &err)) stop(err.msg);
    if (w->store->ops->head(w->store, &head, &err)) stop(err.msg);
    if (head.last) stop("there is something in that store");
    if (w->store->ops->hurry && w->store->ops->hurry(w->store, &err)) stop(err.msg);
    w->now_ms = MS_PER_DAY * FIRST_DAY - 1;
    put_nouns(w);
    for (uint32_t i = 0; i < h->count; i++) put_entry(w, i);
    flush(w);
    fprintf(stderr, "%" PRIu64 " records\n", w->id);
    store_close(w->store);
    arena_free(&w->batch);
    arena_free(&w->arena);
    free(w->told);
    free(w->entry);
    free(w);
}

static void say_what(const struct history *h)
{
    uint32_t corrections = 0, last = 0;
    for (uint32_t i = 0; i < h->count; i++) {
        corrections += h->rows[i].corrects != NO_ROW;
        if (h->rows[i].promise > last) last = h->rows[i].promise;
    }
    fprintf(stderr, "%" PRIu32 " entries, %" PRIu32 " of them corrections\n", h->count,
            corrections);
    printf("%" PRIu32 " %" PRIu32 "\n", h->count, last + 1);
}

int main(int argc, char **argv)
{
    struct history h;
    if (argc < 4) {
        fputs("usage: book_make ENTRIES SEED DIR [STORE-URL]\n", stderr);
        return 2;
    }
    uint64_t seed = strtoull(argv[2], NULL, 10);
    unsigned long wanted = strtoul(argv[1], NULL, 10);
    if (wanted < 1 || wanted > 200000000) stop("so many entries it will not make");
    history_make(&h, (uint32_t)wanted, seed);
    say_what(&h);
    put_tables(&h, argv[3]);
    if (argc > 4) put_records(&h, argv[4], seed);
    history_free(&h);
    return 0;
}
