/*
 * plan_check.c - is this a solution of that model, and what is it worth?
 *
 *     plan-check [--tolerance T] MODEL.mps SOLUTION
 *
 * A judge that shares no code with the planner: it reads only the two files. The
 * model is any free-format MPS (rows, columns, integer markers, right-hand
 * sides, ranges, bounds), the solution a line "column value" for each column
 * that is not 0. It prints the objective, and the row, the bound and the whole
 * number that are missed worst.
 *
 * Something is missed when it is off by more than T (1e-6) times the largest of
 * 1, its limit, and the terms that add up to it; a whole number, by more than T.
 * Sums are taken in long double.
 *
 * Exit 0: nothing is missed. 1: something is. 2: wrong usage. 3: a file is not
 * what it should be; then its line is named.
 */
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FEASIBLE = 0, MISSED = 1, USAGE = 2, BAD_FILE = 3 };

/* --- files, line by line --- */

enum { WORDS = 8 };

struct lines {
    const char *path;
    FILE *file;
    char *text;
    size_t room;
    long number;
    char *word[WORDS];
    int words;
    bool indented; /* the line begins with a blank: no section */
};

static _Noreturn __attribute__((format(printf, 2, 3))) void bad(const struct lines *in,
                                                                const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fprintf(stderr, "plan-check: %s:%ld: ", in->path, in->number);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
    exit(BAD_FILE);
}

static void *enough(void *list, size_t *room, size_t count, size_t size)
{
    if (count < *room) return list;
    *room = *room ? *room * 2 : 1024;
    list = realloc(list, *room * size);
    if (list) return list;
    fputs("plan-check: out of memory\n", stderr);
    exit(BAD_FILE);
}

static void lines_open(struct lines *in, const char *path)
{
    *in = (struct lines){.path = path, .file = fopen(path, "r")};
    if (in->file) return;
    fprintf(stderr, "plan-check: %s: %s\n", path, strerror(errno));
    exit(BAD_FILE);
}

static void lines_close(struct lines *in)
{
    fclose(in->file);
    free(in->text);
}

static void split(struct lines *in)
{
    in->words = 0;
    in->indented = in->text[0] == ' ' || in->text[0] == '\t';
    char *at = in->text;
    while (*(at += strspn(at, " \t\r\n"))) {
        if (in->words == WORDS && !in->indented) return; /* a title */
        if (in->words == WORDS) bad(in, "more words than any line has");
        in->word[in->words++] = at;
        at += strcspn(at, " \t\r\n");
        if (*at) *at++ = '\0';
    }
}

/* The next line that says something; false at the end. */
static bool lines_next(struct lines *in)
{
    for (ssize_t len; (len = getline(&in->text, &in->room, in->file)) >= 0;) {
        in->number++;
        if (strlen(in->text) != (size_t)len) bad(in, "a zero byte");
        if (in->text[0] == '*' || in->text[0] == '#') continue;
        split(in);
        if (in->words) return true;
    }
    if (ferror(in->file)) bad(in, "%s", strerror(errno));
    return false;
}

/* A number, whole word; infinity only where `endless` allows it, also as 1e30 and beyond. */
static double number(const struct lines *in, const char *word, bool endless)
{
    char *end;
    double x = strtod(word, &end);
    bool plain = *word && !*end && !strpbrk(word, "xXpP") && !isnan(x);
    if (plain && endless && fabs(x) >= 1e30) return copysign(INFINITY, x);
    if (!plain || isinf(x)) bad(in, "not a number: '%s'", word);
    return x;
}

/* --- names --- */

struct names {
    char **name;
    size_t count, room;
    uint32_t *slot; /* of a hashed name: its number and 1 */
    size_t slots;
};

static size_t hash(const char *name)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (; *name; name++) h = (h ^ (unsigned char)*name) * UINT64_C(1099511628211);
    return (size_t)(h ^ h >> 29);
}

static void rehash(struct names *n)
{
    free(n->slot);
    n->slots = n->slots ? n->slots * 2 : 4096;
    n->slot = calloc(n->slots, sizeof *n->slot);
    if (!n->slot) exit(BAD_FILE);
    for (size_t i = 0; i < n->count; i++) {
        size_t at = hash(n->name[i]) & (n->slots - 1);
        while (n->slot[at]) at = (at + 1) & (n->slots - 1);
        n->slot[at] = (uint32_t)(i + 1);
    }
}

enum { UNKNOWN = -1 };

static long find(const struct names *n, const char *name)
{
    if (!n->slots) return UNKNOWN;
    for (size_t at = hash(name) & (n->slots - 1); n->slot[at]; at = (at + 1) & (n->slots - 1)) {
        if (strcmp(n->name[n->slot[at] - 1], name) == 0) return (long)n->slot[at] - 1;
    }
    return UNKNOWN;
}

/* Its number; `name` is new. */
static long add(struct names *n, const char *name)
{
    if (n->count * 2 >= n->slots) rehash(n);
    n->name = enough(n->name, &n->room, n->count, sizeof *n->name);
    char *copy = malloc(strlen(name) + 1);
    if (!copy) exit(BAD_FILE);
    n->name[n->count] = strcpy(copy, name);
    size_t at = hash(name) & (n->slots - 1);
    while (n->slot[at]) at = (at + 1) & (n->slots - 1);
    n->slot[at] = (uint32_t)++n->count;
    return (long)n->count - 1;
}

static void names_free(struct names *n)
{
    for (size_t i = 0; i < n->count; i++) free(n->name[i]);
    free(n->name);
    free(n->slot);
}

/* --- the model, as far as it must be kept --- */

struct row {
    char sense; /* N E L G */
    double rhs, range;
    bool ranged;
    long double sum;   /* of its terms, by the solution */
    long double scale; /* the largest of its terms */
    long column;       /* the last that has an entry here */
};

struct column {
    double value, lower, upper;
    bool whole, bounded_below;
};

struct model {
    struct names row_names, column_names, given_names;
    struct row *row;
    struct column *column;
    double *given; /* the solution's values, by given_names */
    bool *taken;   /* and whether the model has that column */
    size_t rows_room, columns_room, given_room, taken_room;
    long objective;   /* row, or UNKNOWN */
    char set[3][128]; /* names of the first right-hand sides, ranges and bounds: others wait */
};

static void read_solution(struct model *m, const char *path)
{
    struct lines in;
    lines_open(&in, path);
    while (lines_next(&in)) {
        if (in.words != 2) bad(&in, "not 'column value'");
        if (find(&m->given_names, in.word[0]) >= 0) bad(&in, "again: '%s'", in.word[0]);
        size_t at = (size_t)add(&m->given_names, in.word[0]);
        m->given = enough(m->given, &m->given_room, at, sizeof *m->given);
        m->taken = enough(m->taken, &m->taken_room, at, sizeof *m->taken);
        m->given[at] = number(&in, in.word[1], false);
        m->taken[at] = false;
    }
    lines_close(&in);
}

/* Every value stands for a column: a misspelled one would pass for 0. */
static void all_taken(const struct model *m, const char *path)
{
    struct lines in;
    lines_open(&in, path);
    while (lines_next(&in)) {
        if (!m->taken[find(&m->given_names, in.word[0])]) {
            bad(&in, "the model has no column '%s'", in.word[0]);
        }
    }
    lines_close(&in);
}

static void read_row(struct model *m, const struct lines *in)
{
    const char *sense = in->word[0];
    if (in->words != 2 || strlen(sense) != 1 || !strchr("NELGnelg", *sense)) {
        bad(in, "not a row: N, E, L or G and a name");
    }
    if (find(&m->row_names, in->word[1]) >= 0) bad(in, "again: row '%s'", in->word[1]);
    long at = add(&m->row_names, in->word[1]);
    m->row = enough(m->row, &m->rows_room, (size_t)at, sizeof *m->row);
    m->row[at] = (struct row){.sense = (char)(*sense & ~0x20), .column = UNKNOWN};
    if (m->row[at].sense == 'N' && m->objective < 0) m->objective = at;
}

static struct row *row_of(const struct model *m, const struct lines *in, const char *name)
{
    long at = find(&m->row_names, name);
    if (at < 0) bad(in, "no row '%s'", name);
    return &m->row[at];
}

static long new_column(struct model *m, const struct lines *in, bool whole)
{
    const char *name = in->word[0];
    if (find(&m->column_names, name) >= 0) bad(in, "again: column '%s'", name);
    long at = add(&m->column_names, name);
    m->column = enough(m->column, &m->columns_room, (size_t)at, sizeof *m->column);
    m->column[at] = (struct column){.upper = INFINITY, .whole = whole};
    long given = find(&m->given_names, name);
    if (given >= 0) {
        m->column[at].value = m->given[given];
        m->taken[given] = true;
    }
    return at;
}

/* A line of COLUMNS; `whole` is switched by the markers. */
static void read_column(struct model *m, const struct lines *in, bool *whole)
{
    if (in->words == 3 && strcmp(in->word[1], "'MARKER'") == 0) {
        *whole = strcmp(in->word[2], "'INTORG'") == 0;
        if (!*whole && strcmp(in->word[2], "'INTEND'") != 0) {
            bad(in, "not a marker: %s", in->word[2]);
        }
        return;
    }
    if (in->words != 3 && in->words != 5) bad(in, "not a column: its name, and row and number");
    long at = (long)m->column_names.count - 1;
    if (at < 0 || strcmp(m->column_names.name[at], in->word[0]) != 0) {
        at = new_column(m, in, *whole);
    }
    for (int i = 1; i < in->words; i += 2) {
        struct row *r = row_of(m, in, in->word[i]);
        if (r->column == at) bad(in, "again: '%s' in '%s'", in->word[i], in->word[0]);
        r->column = at;
        long double term = (long double)number(in, in->word[i + 1], false) * m->column[at].value;
        r->sum += term;
        if (fabsl(term) > r->scale) r->scale = fabsl(term);
    }
}

/* Is `name` the set that counts, which is the first of its section? */
static bool counts(struct model *m, int section, const char *name)
{
    if (!*m->set[section]) snprintf(m->set[section], sizeof m->set[section], "%.120s", name);
    return strncmp(m->set[section], name, 120) == 0;
}

/* A line of RHS or RANGES; the name of the set may be left out. */
static void read_limit(struct model *m, const struct lines *in, bool range)
{
    int first = in->words % 2;
    if (in->words < 2 || in->words > 5) bad(in, "not a set, and row and number");
    if (!counts(m, range, first ? in->word[0] : "-")) return;
    for (int i = first; i < in->words; i += 2) {
        struct row *r = row_of(m, in, in->word[i]);
        double x = number(in, in->word[i + 1], false);
        if (range) r->ranged = true;
        *(range ? &r->range : &r->rhs) = x;
    }
}

static void bind(struct column *c, const struct lines *in, const char *type, double x)
{
    bool up = strcmp(type, "UP") == 0 || strcmp(type, "UI") == 0;
    bool low = strcmp(type, "LO") == 0 || strcmp(type, "LI") == 0;
    if (up) {
        c->upper = x;
        if (x < 0 && !c->bounded_below) c->lower = -INFINITY; /* as most readers do */
    } else if (low || strcmp(type, "FX") == 0) {
        c->lower = x;
        c->bounded_below = true;
        if (!low) c->upper = x;
    } else if (strcmp(type, "FR") == 0 || strcmp(type, "MI") == 0) {
        c->lower = -INFINITY;
        c->bounded_below = true;
        if (*type == 'F') c->upper = INFINITY;
    } else if (strcmp(type, "PL") == 0) {
        c->upper = INFINITY;
    } else if (strcmp(type, "BV") == 0) {
        c->lower = 0;
        c->upper = 1;
    } else {
        bad(in, "no bound that is known here: %s", type);
    }
    if (strcmp(type, "BV") == 0 || type[1] == 'I') c->whole |= strcmp(type, "MI") != 0;
}

static void read_bound(struct model *m, const struct lines *in)
{
    const char *type = in->word[0];
    bool bare = strcmp(type, "FR") == 0 || strcmp(type, "MI") == 0 || strcmp(type, "PL") == 0 ||
                strcmp(type, "BV") == 0;
    int least = bare ? 2 : 3;
    if (in->words < least || in->words > 4) bad(in, "not a bound: type, set, column and number");
    int name = bare ? in->words > 2 ? 2 : 1 : in->words - 2;
    if (!counts(m, 2, name == 2 ? in->word[1] : "-")) return;
    long at = find(&m->column_names, in->word[name]);
    if (at < 0) bad(in, "no column '%s'", in->word[name]);
    bind(&m->column[at], in, type, bare ? 0 : number(in, in->word[name + 1], true));
}

static void read_model(struct model *m, const char *path)
{
    static const char *const sections[] = {"NAME",   "ROWS",   "COLUMNS",  "RHS",
                                           "RANGES", "BOUNDS", "OBJSENSE", "ENDATA"};
    enum { NAME, ROWS, COLUMNS, RHS, RANGES, BOUNDS, OBJSENSE, ENDATA, NONE };
    int section = NONE;
    bool whole = false;
    struct lines in;
    m->objective = UNKNOWN;
    lines_open(&in, path);
    while (section != ENDATA && lines_next(&in)) {
        if (!in.indented) {
            for (section = NAME; section < NONE; section++) {
                if (strcmp(in.word[0], sections[section]) == 0) break;
            }
            if (section == NONE) bad(&in, "no section of a model: '%s'", in.word[0]);
        } else if (section == ROWS) {
            read_row(m, &in);
        } else if (section == COLUMNS) {
            read_column(m, &in, &whole);
        } else if (section == RHS || section == RANGES) {
            read_limit(m, &in, section == RANGES);
        } else if (section == BOUNDS) {
            read_bound(m, &in);
        } else if (section != OBJSENSE) {
            bad(&in, "outside of any section");
        }
    }
    if (section != ENDATA) bad(&in, "the file ends before ENDATA");
    if (m->objective < 0) bad(&in, "no objective: no row of type N");
    lines_close(&in);
}

/* --- the judgement --- */

struct worst {
    const char *name;            /* NULL: nothing is off at all */
    double is, limit, off, part; /* part: of the scale */
    const char *side;
};

static void compare(struct worst *w, const char *name, long double is, double limit, bool above,
                    long double scale)
{
    long double off = above ? limit - is : is - limit;
    if (isinf(limit) || !(off > 0)) return;
    long double part = off / fmaxl(1, fmaxl(scale, fabsl((long double)limit)));
    if (w->name && part <= w->part) return;
    *w = (struct worst){name,        (double)is,   limit,
                        (double)off, (double)part, above ? "at least" : "at most"};
}

static void judge_row(const struct row *r, const char *name, struct worst *w)
{
    double lower = r->sense == 'L' ? -INFINITY : r->rhs,
           upper = r->sense == 'G' ? INFINITY : r->rhs;
    if (r->sense == 'N') return;
    if (r->ranged && (r->sense == 'L' || (r->sense == 'E' && r->range < 0))) {
        lower = r->rhs - fabs(r->range);
    } else if (r->ranged) {
        upper = r->rhs + fabs(r->range);
    }
    compare(w, name, r->sum, lower, true, r->scale);
    compare(w, name, r->sum, upper, false, r->scale);
}

static void tell(const char *what, const struct worst *w)
{
    if (!w->name)
        printf("%s: none is off\n", what);
    else
        printf("%s: %s is %.15g, %s %.15g, off by %.3g\n", what, w->name, w->is, w->side, w->limit,
               w->off);
}

static int judge(const struct model *m, double tolerance)
{
    struct worst row = {0}, bound = {0}, whole = {0};
    for (size_t i = 0; i < m->row_names.count; i++) {
        judge_row(&m->row[i], m->row_names.name[i], &row);
    }
    for (size_t i = 0; i < m->column_names.count; i++) {
        const struct column *c = &m->column[i];
        const char *name = m->column_names.name[i];
        compare(&bound, name, c->value, c->lower, true, 0);
        compare(&bound, name, c->value, c->upper, false, 0);
        double off = c->whole ? fabs(c->value - round(c->value)) : 0;
        if (off > whole.off) {
            whole = (struct worst){name, c->value, round(c->value), off, off, "not whole, beside"};
        }
    }
    const struct row *o = &m->row[m->objective];
    printf("objective %.15Lg\n", o->sum - (long double)o->rhs);
    printf("rows %zu, columns %zu, values %zu\n", m->row_names.count, m->column_names.count,
           m->given_names.count);
    tell("worst row", &row);
    tell("worst bound", &bound);
    tell("worst whole number", &whole);
    bool missed = row.part > tolerance || bound.part > tolerance || whole.part > tolerance;
    printf("%s within %g\n", missed ? "not feasible" : "feasible", tolerance);
    return missed ? MISSED : FEASIBLE;
}

int main(int argc, char **argv)
{
    struct model m = {0};
    double tolerance = 1e-6;
    char *end = NULL;
    if (argc == 5 && strcmp(argv[1], "--tolerance") == 0) {
        tolerance = strtod(argv[2], &end);
        argv += 2;
        argc -= 2;
    }
    if (argc != 3 || (end && (*end || !(tolerance >= 0)))) {
        fputs("usage: plan-check [--tolerance T] MODEL.mps SOLUTION\n", stderr);
        return USAGE;
    }
    read_solution(&m, argv[2]);
    read_model(&m, argv[1]);
    all_taken(&m, argv[2]);
    int answer = judge(&m, tolerance);
    names_free(&m.row_names);
    names_free(&m.column_names);
    names_free(&m.given_names);
    free(m.row);
    free(m.column);
    free(m.given);
    free(m.taken);
    return answer;
}
