/*
 * book_ask.c - the questions of bench/book/questions.sql to muster.
 *
 *     book_ask STORE OUT PROMISES     writes OUT.answers and OUT.times: bench/book/asked.h
 *     book_ask STORE [FIRST]          only opens it and asks Q1: prints milliseconds; its answer to
 * FIRST
 *
 * The book is opened once, from its snapshot where there is one, and the
 * questions are those of measure/slice.h, in this process. What is said on
 * stderr: what the open book takes, and how it was opened. The filter goes by
 * channel, recipient and label: what is public is another viewer's book, so it
 * is asked of that one, by a pass over its lines.
 */
#include <inttypes.h>
#include <malloc.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "book/asked.h"
#include "book/image.h"
#include "measure/slice.h"
#include "view/snapshot.h"

/* As in questions.sql. */
enum { EFFECTIVE = 20143, TODAY = 20758, GIVERS = 200 };
static const int64_t known_then = INT64_C(1744718400000);

struct asking {
    struct arena arena; /* of one answer */
    struct book *book;
    const char *question;
    FILE *answer;
    struct clocks at;
};

static _Noreturn void stop(const char *why)
{
    fprintf(stderr, "book_ask: %s\n", why);
    exit(1);
}

/* The number in "donor:17". */
static unsigned number_of(const struct book *b, uint32_t noun)
{
    const char *key = noun == NONE ? NULL : strrchr(book_key(b, noun), ':');
    if (!key) stop("a noun that was not made up");
    return (unsigned)strtoul(key + 1, NULL, 10);
}

static struct exchange exchange(const struct asking *q, bool latest)
{
    return (struct exchange){.book = q->book, .currency = "EUR", .latest = latest, .at = q->at};
}

/* Cents as EUR, rounded as they are. */
static void put_money(FILE *f, i128 cents)
{
    fprintf(f, "\t%.17g~0.005", (double)cents / 100);
}

static void put_slice(struct asking *q, const struct slice *s)
{
    for (uint32_t i = 0; q->answer && i < s->count; i++) {
        for (int stage = STAGE_CONSIDERED; stage < STAGE_COUNT; stage++) {
            i128 n = s->rows[i].at[stage];
            if (n == 0) continue;
            fprintf(q->answer, "%s\t%u/%d", q->question, number_of(q->book, s->rows[i].noun),
                    stage);
            if (s->currency)
                put_money(q->answer, n);
            else
                fprintf(q->answer, "\t%" PRId64, (int64_t)n);
            fputc('\n', q->answer);
        }
    }
}

/* Q1, Q4 */
static void ask_givers(struct asking *q, uint32_t promise)
{
    struct exchange x = exchange(q, true);
    struct slice s;
    struct err err;
    (void)promise;
    if (slice_givers(&q->arena, &x, &s, &err)) stop(err.msg);
    put_slice(q, &s);
}

/* Q2 */
static void ask_items(struct asking *q, uint32_t promise)
{
    struct slice s;
    struct err err;
    (void)promise;
    if (slice_items(&q->arena, q->book, &q->at, &s, &err)) stop(err.msg);
    put_slice(q, &s);
}

/* "bench:17"; the key is looked for each time, and snprintf() would be a part of that. */
static const char *key_of(char out[32], uint32_t number)
{
    char *at = out + 31;
    *at = '\0';
    do {
        *--at = (char)('0' + number % 10);
    } while (number /= 10);
    return memcpy(at - 6, "bench:", 6);
}

/* Q3 */
static void ask_line(struct asking *q, uint32_t promise)
{
    struct slice_line line;
    struct err err;
    char key[32];
    uint32_t noun = book_noun(q->book, KIND_LINE, key_of(key, promise - 1));
    if (noun == NONE) return; /* none of it was recorded by the end of the data */
    if (slice_line(q->book, noun, &q->at, &line, &err)) stop(err.msg);
    for (int stage = STAGE_CONSIDERED; q->answer && stage < STAGE_COUNT; stage++) {
        fprintf(q->answer, "Q3\t%" PRIu32 "/%d\t%" PRId64 "\t%" PRId64 "\n", promise, stage,
                line.qty[stage], line.amount[stage]);
    }
}

static int month_of(int32_t day)
{
    int year, month, dom;
    day_to_civil(day, &year, &month, &dom);
    return (year - 2022) * 12 + month - 1;
}

/* Q5 */
static void ask_months(struct asking *q, uint32_t promise)
{
    struct exchange x = exchange(q, false);
    struct slice_months s;
    struct err err;
    (void)promise;
    if (slice_delivered(&q->arena, &x, SLICE_TOP_MONTH, &s, &err)) stop(err.msg);
    for (uint32_t i = 0; q->answer && i < s.count; i++) {
        fprintf(q->answer, "Q5\t%u/%d", number_of(q->book, s.rows[i].noun),
                month_of(month_first_day(s.rows[i].month)));
        put_money(q->answer, s.rows[i].amount);
        fputc('\n', q->answer);
    }
}

/* Q6, open */
static void ask_open(struct asking *q, uint32_t promise)
{
    struct exchange x = exchange(q, true);
    int32_t today = q->at.effective == EFFECTIVE ? EFFECTIVE : TODAY;
    struct slice_opens s;
    struct err err;
    (void)promise;
    if (slice_open(&q->arena, &x, &s, &err)) stop(err.msg);
    for (uint32_t i = 0; q->answer && i < s.count; i++) {
        const struct slice_open *o = &s.rows[i];
        if (!o->count) continue;
        fprintf(q->answer, "%s\t%u\t%" PRIu32, q->question, number_of(q->book, o->noun), o->count);
        put_money(q->answer, o->amount);
        fprintf(q->answer, "\t%.17g\n",
                (double)((int64_t)o->count * today - o->first_days) / o->count);
    }
}

/* Figures of the one series of GDP, by party (a noun), which they are sorted by. */
struct gdp {
    const struct indicator *list;
    uint32_t count;
};

static struct gdp gdp_of(const struct asking *q)
{
    uint32_t count, measure = book_word(q->book, "gdp"), first = 0;
    const struct indicator *list = book_indicators(q->book, &count);
    while (first < count && list[first].measure != measure) first++;
    uint32_t end = first;
    while (end < count && list[end].measure == measure) end++;
    return (struct gdp){list + first, end - first};
}

/* In whole units, 0 where it is not known. */
static double gdp_in(const struct gdp *g, uint32_t party)
{
    uint32_t low = 0, high = g->count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (g->list[mid].party < party)
            low = mid + 1;
        else
            high = mid;
    }
    return low < g->count && g->list[low].party == party ? (double)g->list[low].amount.n : 0;
}

/* Q7, now7. The GDP of the table is in thousand millions. */
static void ask_shares(struct asking *q, uint32_t promise)
{
    struct exchange x = exchange(q, false);
    struct slice_months s;
    struct err err;
    double all = 0;
    (void)promise;
    if (slice_delivered(&q->arena, &x, SLICE_GIVER, &s, &err)) stop(err.msg);
    struct gdp gdp = gdp_of(q);
    for (uint32_t i = 0; i < s.count; i++) all += (double)s.rows[i].amount / 100;
    for (uint32_t i = 0; i < s.count; i++) {
        double own = (double)s.rows[i].amount / 100, part = own / all;
        double billions = gdp_in(&gdp, s.rows[i].noun) / 1e9, rate = own / billions;
        double slack = 0.005 / billions;
        if (!q->answer) continue;
        fprintf(q->answer, "%s\t%u", q->question, number_of(q->book, s.rows[i].noun));
        put_money(q->answer, s.rows[i].amount);
        fprintf(q->answer, "\t%.17g~%g\t%.17g~%g\n", part, 0.005 * (1 + part * s.count) / all, rate,
                slack);
    }
}

/* Q8. Quarters are counted from 1900. */
static void ask_cohorts(struct asking *q, uint32_t promise)
{
    struct slice_cohorts s;
    struct err err;
    (void)promise;
    if (slice_cohorts(&q->arena, q->book, &q->at, &s, &err)) stop(err.msg);
    for (uint32_t i = 0; q->answer && i < s.count; i++) {
        const struct slice_cohort *c = &s.rows[i];
        if (!c->count) continue;
        fprintf(q->answer, "Q8\t%u/%d\t%" PRIu32 "\t%.17g~1e-12\n", number_of(q->book, c->noun),
                (int)c->quarter - 122 * 4, c->count, (double)c->share / 1e12 / c->count);
    }
}

/* Rows by giver, in a small table of their own. */
enum { SPOTS = 1024 };
struct filtered {
    uint32_t spot[SPOTS]; /* 1 + row */
    uint32_t giver[GIVERS];
    struct sums sums[GIVERS];
    uint32_t count;
};

static struct sums *row_of(struct filtered *f, uint32_t giver)
{
    uint32_t at = giver * UINT32_C(0x9e3779b9) >> 22;
    while (f->spot[at] && f->giver[f->spot[at] - 1] != giver) at = (at + 1) % SPOTS;
    if (!f->spot[at]) {
        if (f->count == GIVERS) stop("more givers than were made up");
        f->giver[f->count] = giver;
        f->spot[at] = ++f->count;
    }
    return &f->sums[f->spot[at] - 1];
}

/* filter: nobody foresaw it, so it looks at every line. */
static void ask_filter(struct asking *q, uint32_t promise)
{
    struct arena *a = &q->arena;
    struct line_refs refs = book_line_refs(q->book);
    const struct held *held = book_held(a, q->book, &q->at);
    uint32_t channel = book_noun(q->book, KIND_PARTY, "channel:1");
    uint32_t receiver = book_noun(q->book, KIND_PARTY, "recipient:2");
    struct filtered *f = NEW(a, struct filtered);
    uint32_t count;
    (void)promise;
    (void)book_lines(q->book, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (refs.channel[i] != channel || refs.receiver[i] != receiver) continue;
        sums_add(row_of(f, refs.giver[i]), &held[i]);
    }
    for (uint32_t k = 0; q->answer && k < f->count; k++) {
        for (int stage = STAGE_CONSIDERED; stage < STAGE_COUNT; stage++) {
            fprintf(q->answer, "filter\t%u/%d\t%" PRId64 "\n", number_of(q->book, f->giver[k]),
                    stage, (int64_t)f->sums[k].at[stage]);
        }
    }
}

typedef void asked_fn(struct asking *q, uint32_t promise);

static const struct question {
    const char *name;
    asked_fn *ask;
    int32_t effective; /* 0: all that there is */
    bool then;         /* as known then */
    bool one, public;
} questions[] = {
    {.name = "Q1", .ask = ask_givers},
    {.name = "Q2", .ask = ask_items},
    {.name = "Q3", .ask = ask_line, .one = true},
    {.name = "Q4", .ask = ask_givers, .effective = EFFECTIVE, .then = true},
    {.name = "Q5", .ask = ask_months},
    {.name = "Q6", .ask = ask_open},
    {.name = "Q7", .ask = ask_shares, .then = true},
    {.name = "Q8", .ask = ask_cohorts},
    {.name = "now7", .ask = ask_shares},
    {.name = "open", .ask = ask_open, .effective = EFFECTIVE, .then = true},
    {.name = "filter", .ask = ask_filter, .public = true},
};
enum { QUESTIONS = sizeof questions / sizeof *questions };

struct turn {
    struct asking *asking;
    const struct question *question;
};

static void ask(void *ctx, uint32_t promise, FILE *answer)
{
    struct turn *t = ctx;
    t->asking->answer = answer;
    t->question->ask(t->asking, promise);
    arena_reset(&t->asking->arena);
}

static struct asking asking_of(const struct question *q, struct book *book)
{
    return (struct asking){.book = book,
                           .question = q->name,
                           .at = {.effective = q->effective ? q->effective : DAY_MAX,
                                  .known = q->then ? known_then : INT64_MAX}};
}

static int64_t resident(void)
{
    long unused, pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (!f || fscanf(f, "%ld %ld", &unused, &pages) != 2) stop("no /proc/self/statm");
    fclose(f);
    return (int64_t)pages * sysconf(_SC_PAGESIZE);
}

/* Bytes of the tables whose names begin with one of the words. */
static double bytes_of(const struct image_table *t, const char *words)
{
    double sum = 0;
    for (int i = 0; i < IMAGE_TABLES; i++) {
        const char *name = image_table_name(i), *word = words;
        while (*word && strncmp(name, word, strcspn(word, " ")) != 0) {
            word += strcspn(word, " ");
            word += *word == ' ';
        }
        if (*word) sum += (double)t[i].len;
    }
    return sum;
}

/* What a book is made of, by its tables: src/book/inside.h. */
static void say_parts(const struct book *b)
{
    struct image numbers;
    struct image_table t[IMAGE_TABLES];
    double entries = book_columns(b)->count, all = 0;
    image_of(b, &numbers, t);
    for (int i = 0; i < IMAGE_TABLES; i++) all += (double)t[i].len;
    double columns = bytes_of(t, "rows. valued"),
           promises = bytes_of(t, "lines pot held gist trees");
    double sums = bytes_of(t, "tallies price valuing restated order cell");
    fprintf(stderr,
            "bytes an entry: columns %.1f, sums and cube %.1f, promises %.1f, records as bytes, "
            "names and "
            "places in the log %.1f\n",
            columns / entries, sums / entries, promises / entries,
            (all - columns - sums - promises) / entries);
}

static void open_book(struct arena *a, struct store *store, const char *viewer, struct view *view)
{
    struct err err;
    double begin = asked_own_ms(NULL);
    int64_t before = resident();
    if (view_open(a, store, viewer, NULL, view, &err)) stop(err.msg);
    uint32_t entries = book_columns(view->book)->count;
    int64_t bytes = resident() - before;
    fprintf(stderr,
            "%s: %" PRIu32 " entries, opened in %.0f ms%s, %" PRId64 " MiB, %.1f bytes an entry\n",
            viewer ? "the public's book" : "the whole book", entries, asked_own_ms(NULL) - begin,
            view->kept_at ? " from the snapshot" : "", bytes >> 20,
            entries ? (double)bytes / entries : 0.0);
    if (!view->kept_at) snapshot_keep(view, viewer);
}

static FILE *create(const char *out, const char *end)
{
    char path[4096];
    snprintf(path, sizeof path, "%s.%s", out, end);
    FILE *f = fopen(path, "w");
    if (!f) perror(path);
    if (!f) exit(1);
    return f;
}

static void ask_some(struct store *store, bool public, uint32_t promises, FILE *answers,
                     FILE *times)
{
    struct arena a = {0};
    struct view view;
    open_book(&a, store, public ? "" : NULL, &view);
    if (!public) say_parts(view.book);
    for (int i = 0; i < QUESTIONS; i++) {
        const struct question *q = &questions[i];
        if (q->public != public) continue;
        struct asking asking = asking_of(q, view.book);
        double ms =
            asked_time(ask, asked_own_ms, &(struct turn){&asking, q}, promises, q->one, answers);
        fprintf(times, "%s\t%.6f\n", q->name, ms);
        arena_free(&asking.arena);
    }
    arena_free(&a);
}

static void ask_first(struct store *store, const char *path)
{
    struct arena a = {0};
    struct view view;
    if (!snapshot_sums(&a, store, NULL, &view)) open_book(&a, store, NULL, &view);
    struct asking asking = asking_of(&questions[0], view.book);
    ask(&(struct turn){&asking, &questions[0]}, 1, NULL);
    printf("%.3f\n", asked_own_ms(NULL));
    FILE *first = path ? fopen(path, "w") : NULL;
    if (first) ask(&(struct turn){&asking, &questions[0]}, 1, first);
    if (path && (!first || fclose(first))) stop(path);
    arena_free(&asking.arena);
    arena_free(&a);
}

int main(int argc, char **argv)
{
    struct arena a = {0};
    struct err err;
    struct store *store;
    mallopt(M_MMAP_THRESHOLD, 4 * 1024 * 1024); /* as main.c does */
    if (argc < 2 || argc > 4) stop("usage: book_ask STORE [FIRST | OUT PROMISES]");
    if (store_open(&a, argv[1], false, &store, &err)) stop(err.msg);
    if (argc < 4) {
        ask_first(store, argc == 3 ? argv[2] : NULL);
    } else {
        FILE *answers = create(argv[2], "answers"), *times = create(argv[2], "times");
        uint32_t promises = (uint32_t)strtoul(argv[3], NULL, 10);
        if (!promises) stop("no promises");
        ask_some(store, false, promises, answers, times);
        ask_some(store, true, promises, answers, times);
        if (fclose(answers) | fclose(times)) stop("the answers could not be written");
    }
    store_close(store);
    arena_free(&a);
    return 0;
}
