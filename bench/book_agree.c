/*
 * book_agree.c - whether all engines gave the same answers, and what each took.
 *
 *     book_agree DIR ENGINE...
 *
 * Reads DIR/ENGINE.answers and DIR/ENGINE.times (bench/book/asked.h); the first
 * engine is muster, and who has no answers was not there. Prints a line of JSON
 * for each of the eight questions, a table of all questions on stderr, and what
 * differs. Exit 1 when anything does.
 *
 * Whole numbers must be equal. Others may differ by a part in 10^9, for the
 * peers add up in floating point; "1.23~0.005" is a number that its engine
 * rounded by so much at most. A row of zeros is as good as no row.
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "load.h"

enum { ENGINES_MAX = 4, QUESTIONS_MAX = 32, VALUES_MAX = 8, DIFFERS_SHOWN = 5 };

struct answer_row {
    const char *question, *key;
    const char *values[VALUES_MAX];
    int count;
};

struct engine {
    const char *name;
    bool there;
    struct answer_row *rows;
    size_t count;
    const char *asked[QUESTIONS_MAX];
    double ms[QUESTIONS_MAX];
    int questions;
};

static _Noreturn void stop(const char *why)
{
    fprintf(stderr, "book_agree: %s\n", why);
    exit(1);
}

/* The text up to the next of those marks; *at goes behind it. */
static char *cut(char **at, const char *marks)
{
    char *begin = *at;
    *at += strcspn(begin, marks);
    if (**at) *(*at)++ = '\0';
    return begin;
}

static bool is_zero(const struct answer_row *r)
{
    for (int i = 0; i < r->count; i++) {
        if (strtold(r->values[i], NULL) != 0) return false;
    }
    return true;
}

static int by_key(const void *x, const void *y)
{
    const struct answer_row *a = x, *b = y;
    int order = strcmp(a->question, b->question);
    return order ? order : strcmp(a->key, b->key);
}

static void read_answers(struct arena *a, struct engine *e, const char *path)
{
    struct text text = load(a, path);
    size_t lines = 0;
    for (size_t i = 0; i < text.len; i++) lines += text.bytes[i] == '\n';
    e->rows = NEW_ARRAY(a, lines + 1, struct answer_row);
    for (char *at = text.bytes; *at;) {
        char *line = cut(&at, "\n");
        struct answer_row *r = &e->rows[e->count];
        *r = (struct answer_row){.question = cut(&line, "\t"), .key = cut(&line, "\t")};
        while (*line && r->count < VALUES_MAX) r->values[r->count++] = cut(&line, "\t");
        if (!r->count || *line) stop(path);
        e->count += !is_zero(r);
    }
    qsort(e->rows, e->count, sizeof *e->rows, by_key);
    for (size_t i = 1; i < e->count; i++) {
        if (by_key(&e->rows[i - 1], &e->rows[i]) == 0) stop("a row twice in one answer");
    }
}

static void read_engine(struct arena *a, const char *dir, struct engine *e)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.times", dir, e->name);
    FILE *f = fopen(path, "r");
    if (!f) return;
    fclose(f);
    e->there = true;
    struct text times = load(a, path);
    for (char *at = times.bytes; *at && e->questions < QUESTIONS_MAX; e->questions++) {
        char *line = cut(&at, "\n");
        e->asked[e->questions] = cut(&line, "\t");
        e->ms[e->questions] = strtod(line, NULL);
    }
    snprintf(path, sizeof path, "%s/%s.answers", dir, e->name);
    read_answers(a, e, path);
}

/* -1: it was not asked */
static double time_of(const struct engine *e, const char *question)
{
    for (int i = 0; i < e->questions; i++) {
        if (strcmp(e->asked[i], question) == 0) return e->ms[i];
    }
    return -1;
}

static long double about(const char *number)
{
    const char *mark = strchr(number, '~');
    return mark ? strtold(mark + 1, NULL) : 0;
}

static bool same_number(const char *x, const char *y)
{
    if (!strpbrk(x, ".eE~") && !strpbrk(y, ".eE~")) return strcmp(x, y) == 0;
    long double a = strtold(x, NULL), b = strtold(y, NULL);
    long double size = fabsl(a) > fabsl(b) ? fabsl(a) : fabsl(b);
    return fabsl(a - b) <= size * 1e-9L + about(x) + about(y);
}

static bool same_row(const struct answer_row *x, const struct answer_row *y)
{
    bool same = x->count == y->count;
    for (int i = 0; same && i < x->count; i++) same = same_number(x->values[i], y->values[i]);
    return same;
}

static void print_row(const char *name, const struct answer_row *r)
{
    fprintf(stderr, "    %-10s", name);
    for (int i = 0; r && i < r->count; i++) fprintf(stderr, " %s", r->values[i]);
    fputs(r ? "\n" : " has no such row\n", stderr);
}

static bool is_of(const struct engine *e, size_t i, const char *question)
{
    return i < e->count && strcmp(e->rows[i].question, question) == 0;
}

static size_t first_of(const struct engine *e, const char *question)
{
    size_t i = 0;
    while (i < e->count && strcmp(e->rows[i].question, question) != 0) i++;
    return i;
}

/* How many rows of a question differ. */
static size_t differ(const struct engine *x, const struct engine *y, const char *question)
{
    size_t i = first_of(x, question), k = first_of(y, question), count = 0;
    while (is_of(x, i, question) || is_of(y, k, question)) {
        int order = !is_of(x, i, question)   ? 1
                    : !is_of(y, k, question) ? -1
                                             : strcmp(x->rows[i].key, y->rows[k].key);
        const struct answer_row *a = order <= 0 ? &x->rows[i++] : NULL;
        const struct answer_row *b = order >= 0 ? &y->rows[k++] : NULL;
        if (a && b && same_row(a, b)) continue;
        if (count++ >= DIFFERS_SHOWN) continue;
        fprintf(stderr, "%s %s differs:\n", question, a ? a->key : b->key);
        print_row(x->name, a);
        print_row(y->name, b);
    }
    return count;
}

static bool judge(const struct engine *e, int engines, const char *question)
{
    bool agree = first_of(&e[0], question) < e[0].count; /* no rows at all prove nothing */
    if (!agree) fprintf(stderr, "%s has no answer\n", question);
    for (int i = 1; i < engines; i++) {
        if (e[i].there && differ(&e[0], &e[i], question)) agree = false;
    }
    return agree;
}

static void print_json(const struct engine *e, int engines, const char *question, bool agree)
{
    printf("{\"question\":\"%s\"", question);
    for (int i = 0; i < engines; i++) {
        double ms = time_of(&e[i], question);
        printf(",\"%s_cpu_ms\":", e[i].name);
        if (ms < 0)
            fputs("null", stdout);
        else
            printf("%.6f", ms);
    }
    printf(",\"agree\":%s}\n", agree ? "true" : "false");
}

static void print_line(const struct engine *e, int engines, const char *question)
{
    double own = time_of(&e[0], question);
    fprintf(stderr, "%-8s %12.4f", question, own);
    for (int i = 1; i < engines; i++) {
        double ms = time_of(&e[i], question);
        if (ms < 0)
            fprintf(stderr, " %12s %9s", "-", "-");
        else
            fprintf(stderr, " %12.4f %8.1fx", ms, ms / own);
    }
    fputc('\n', stderr);
}

int main(int argc, char **argv)
{
    struct engine e[ENGINES_MAX] = {0};
    struct arena a = {0};
    bool all = true;
    int engines = argc - 2;
    if (engines < 2 || engines > ENGINES_MAX) stop("usage: book_agree DIR ENGINE ENGINE...");
    for (int i = 0; i < engines; i++) {
        e[i].name = argv[2 + i];
        read_engine(&a, argv[1], &e[i]);
    }
    if (!e[0].questions) stop("muster answered nothing");
    fprintf(stderr, "\n%-8s %12s", "cpu ms", e[0].name);
    for (int i = 1; i < engines; i++) fprintf(stderr, " %12s %9s", e[i].name, "ratio");
    fputc('\n', stderr);
    for (int i = 0; i < e[0].questions; i++) {
        const char *question = e[0].asked[i];
        bool agree = judge(e, engines, question);
        print_line(e, engines, question);
        if (question[0] == 'Q') print_json(e, engines, question, agree);
        all = all && agree;
    }
    arena_free(&a);
    return all ? 0 : 1;
}
