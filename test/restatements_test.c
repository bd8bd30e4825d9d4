/*
 * restatements_test.c - how well restatements are told, on real press rooms.
 *
 * test/data/restatements.tsv holds pairs that were judged by hand. Both
 * figures of docs/decisions/0010-restatements.md are computed here again from
 * what the program calls a restatement now: of the judged ones that it still
 * calls so, how many are (precision); and of what repeats an amount, how much
 * is linked to what it repeats (recall). A reading that changes moves bytes a
 * little, so a judged place is the candidate that shares most bytes with it.
 */
#include <dirent.h>

#include "drafts.h"
#include "inbox/relation.h"
#include "said.h"

enum { ROWS_MAX = 400, JUDGED_MIN = 40, PRECISION_MIN = 80, RECALL_MIN = 75 };

struct place {
    const char *file;
    int64_t start, end;
};

struct judged {
    bool called, restates; /* of the list of called ones; the verdict */
    struct place later, earlier;
};

static const char *const folders[] = {"data/transcripts/nato", "data/transcripts/whitehouse-2022",
                                      "data/statements/whitehouse-2022"};

/* --- the press rooms, taken in --- */

static void take(struct desk *d, const char *path)
{
    struct input *file = NEW(&d->arena, struct input);
    struct intake in = {.arena = &d->arena, .format = "statements"};
    *file = input_read(&d->arena, path);
    GOOD(statements_reader.read(file, 1, &in, oops));
    struct posting p = desk_posting(d);
    GOOD(post_intake(&p, &in, "import:statements", &d->last, oops));
    GOOD(posting_commit(&p, oops));
}

static void take_all(struct desk *d)
{
    const char *root = getenv("MUSTER_SHARED");
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        const char *path = text_format(&d->arena, "%s/%s", root ? root : "../shared", folders[i]);
        DIR *dir = opendir(path);
        for (struct dirent *e; dir && (e = readdir(dir));) {
            if (e->d_name[0] == '.' || strcmp(e->d_name, "SOURCE.txt") == 0) continue;
            take(d, text_format(&d->arena, "%s/%s", path, e->d_name));
        }
        if (dir) closedir(dir);
    }
}

/* --- what was judged --- */

static char *next_field(char **at)
{
    char *field = *at, *tab = strpbrk(field, "\t\n");
    if (tab) *tab = '\0';
    *at = tab ? tab + 1 : field + strlen(field);
    return field;
}

static struct place read_place(struct arena *a, char **at)
{
    struct place p = {.file = arena_text(a, next_field(at))};
    p.start = strtoll(next_field(at), NULL, 10);
    p.end = strtoll(next_field(at), NULL, 10);
    return p;
}

static uint32_t read_judged(struct arena *a, struct judged out[ROWS_MAX])
{
    char line[1024];
    uint32_t count = 0;
    FILE *f = fopen("test/data/restatements.tsv", "rb");
    CHECK(f != NULL);
    while (f && count < ROWS_MAX && fgets(line, sizeof line, f)) {
        char *at = line, *list = next_field(&at);
        bool called = strcmp(list, "called") == 0;
        if (!called && strcmp(list, "unlinked") != 0) continue;
        struct judged *j = &out[count++];
        j->called = called;
        j->restates = strcmp(next_field(&at), "yes") == 0;
        next_field(&at); /* the reason it was called for then */
        j->later = read_place(a, &at);
        j->earlier = read_place(a, &at);
    }
    if (f) fclose(f);
    return count;
}

static int64_t shared_bytes(const struct candidate *c, const struct place *p)
{
    int64_t begin = record_int(c->passage, F_BEGIN, 0), end = record_int(c->passage, F_END, 0);
    if (begin < p->start) begin = p->start;
    if (end > p->end) end = p->end;
    return end - begin;
}

/* The candidate that shares most bytes with the place, NONE. */
static uint32_t candidate_at(const struct candidates *all, const struct place *p)
{
    uint32_t best = NONE;
    int64_t most = 0;
    for (uint32_t i = 0; i < all->count; i++) {
        const struct candidate *c = &all->list[i];
        if (!c->source || strcmp(text_of(c->source, F_ADDRESS), p->file) != 0) continue;
        int64_t shared = shared_bytes(c, p);
        if (shared > most) {
            most = shared;
            best = i;
        }
    }
    return best;
}

/* --- the figures --- */

/* What a candidate repeats, what that repeats, and so on to the first. */
static uint32_t first_of(const struct relation *r, uint32_t at)
{
    while (r->of[at].earlier != NONE && r->of[at].why != AGAIN_REISSUE) at = r->of[at].earlier;
    return at;
}

static bool is_amount_again(const struct candidates *all, const struct relation *r, uint32_t at)
{
    enum again why = r->of[at].why;
    bool same = why != AGAIN_NOT && why != AGAIN_REISSUE && why != AGAIN_PART && why != AGAIN_TOTAL;
    return same && record_field(all->list[at].record, F_AMOUNT);
}

static void restatements_are_told_from_new_promises(void)
{
    struct desk d;
    struct judged judged[ROWS_MAX];
    struct candidates all;
    struct relation r;
    desk_begin(&d);
    take_all(&d);
    GOOD(candidates_read(&d.arena, &d.view, &all, oops));
    relation_find(&d.arena, &d.view, &all, &r);
    uint32_t count = read_judged(&d.arena, judged), called = 0, right = 0, missed = 0, again = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t later = candidate_at(&all, &judged[i].later);
        uint32_t earlier = candidate_at(&all, &judged[i].earlier);
        if (later == NONE || earlier == NONE || later == earlier) continue;
        bool linked = first_of(&r, later) == first_of(&r, earlier);
        if (judged[i].called && r.of[later].earlier == earlier) {
            called++;
            right += judged[i].restates;
        }
        missed += judged[i].restates && !linked;
    }
    for (uint32_t i = 0; i < all.count; i++) again += is_amount_again(&all, &r, i);
    CHECK(called >= JUDGED_MIN); /* else the judged pairs no longer tell: judge others */
    if (!called) called = 1;
    uint32_t found = again * right / called;
    uint32_t precision = right * 100 / called, recall = found * 100 / (found + missed + !found);
    printf("# %u of %u judged pairs are restatements: precision %u %%\n", right, called, precision);
    printf("# %u amounts said again, about %u truly; %u missed: recall %u %%\n", again, found,
           missed, recall);
    CHECK(precision >= PRECISION_MIN);
    CHECK(recall >= RECALL_MIN);
    desk_end(&d);
}

/* --- issues --- */

static const char *file_of(const struct book *b, const struct record *edge, enum tag end)
{
    const struct record *r = book_record(b, record_ref(edge, end));
    return r->kind == KIND_SOURCE ? record_text(r, F_ADDRESS) : "";
}

/*
 * One transcript of the press rooms was corrected, one was published on two
 * days. Many others share a title, a day or their phrases, and no more.
 */
static void two_documents_are_issues_of_others_and_no_more(void)
{
    struct desk d;
    struct candidates all;
    uint32_t count, issues = 0, doubled = 0;
    desk_begin(&d);
    take_all(&d);
    const struct record *const *edges = book_records(d.view.book, KIND_EDGE, &count);
    for (uint32_t i = 0; i < count; i++) {
        const char *later = file_of(d.view.book, edges[i], F_OF);
        const char *earlier = file_of(d.view.book, edges[i], F_OBJECT);
        const char *type = record_text(edges[i], F_TYPE);
        if (!*later) continue;
        bool corrected = text_starts(later, "2022-03-10-corrected-remarks") &&
                         text_starts(earlier, "2022-03-10-remarks") && strcmp(type, "revises") == 0;
        bool again = text_starts(later, "2022-07-20-press-briefing") &&
                     text_starts(earlier, "2022-07-19-press-briefing") &&
                     strcmp(type, "restates") == 0;
        CHECK(corrected || again);
        issues++;
    }
    CHECK_I64(issues, 2);
    GOOD(candidates_read(&d.arena, &d.view, &all, oops));
    for (uint32_t i = 0; i < all.count; i++) {
        const char *file = text_of(all.list[i].source, F_ADDRESS);
        bool first = text_starts(file, "2022-07-19-press-briefing");
        CHECK(!first || !candidate_waits(&all, i)); /* the second issue says all of it */
        doubled += first;
    }
    CHECK(doubled > 5);
    desk_end(&d);
}

#define RUN_SHARED(test)                                                                           \
    if (shared)                                                                                    \
        RUN(test);                                                                                 \
    else                                                                                           \
        skip(#test)

int main(void)
{
    struct arena a = {0};
    bool shared = shared_path(&a, "data/transcripts/nato/2024-04-04.txt");
    RUN_SHARED(restatements_are_told_from_new_promises);
    RUN_SHARED(two_documents_are_issues_of_others_and_no_more);
    arena_free(&a);
    return tap_done();
}
