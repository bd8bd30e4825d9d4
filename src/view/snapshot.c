/* snapshot.c - see snapshot.h. */
#include "view/snapshot.h"

#include <assert.h>
#include <string.h>

#include "base/aside.h"
#include "base/text.h"
#include "book/cube.h"
#include "book/image.h"

/* A sum over the sources that a book depends on, by the Makefile: another build keeps its own. */
#ifndef BOOK_SOURCES
#error "BOOK_SOURCES is not defined"
#endif

/* A whole book, and one of its sums alone. */
struct sort {
    const char *kind, *name, *public_name;
};
static const struct sort whole = {"muster book", "book", "book-public"};
static const struct sort sums = {"muster sums", "sums", "sums-public"};

struct head {
    uint64_t last; /* the commit */
    int64_t recorded_ms;
    uint8_t root[SHA_BYTES];
    uint64_t everything; /* 1: of who sees all */
    uint64_t form;       /* image_form() */
    char sources[32];
    uint64_t book_head;
    int64_t book_last_ms;
    uint64_t rates_sorted, indicators_sorted, name_count;
};
static_assert(sizeof(struct head) <= ASIDE_HEAD_MAX, "fits");

/* Element counts: the first part. The tables follow. */
enum { PARTS = IMAGE_TABLES + 1 };
static_assert((int)PARTS <= (int)ASIDE_PARTS_MAX, "fits");

static bool is_kept(const char *viewer)
{
    return !viewer || !*viewer;
}

static const char *path_of(struct arena *a, struct store *store, const char *viewer,
                           const struct sort *sort)
{
    struct aside_owner unused;
    const struct store_ops *ops = store->ops;
    if (!is_kept(viewer) || !ops->beside || !ops->commit_at) return NULL;
    return ops->beside(store, a, viewer ? sort->public_name : sort->name, false, &unused);
}

const char *snapshot_path(struct arena *a, struct store *store, const char *viewer)
{
    return path_of(a, store, viewer, &whole);
}

bool snapshot_worth(const struct view *v)
{
    uint64_t read = v->head.last - v->kept_at;
    return read >= SNAPSHOT_LEAST && read >= v->head.last / SNAPSHOT_PART;
}

static void fill_head(struct head *h, const struct commit *at, const char *viewer,
                      const struct image *image)
{
    memset(h, 0, sizeof *h); /* its padding too */
    h->last = at->last;
    h->recorded_ms = at->recorded_ms;
    memcpy(h->root, at->root, SHA_BYTES);
    h->everything = !viewer;
    h->form = image_form();
    strncpy(h->sources, BOOK_SOURCES, sizeof h->sources - 1);
    h->book_head = image->head;
    h->book_last_ms = image->last_ms;
    h->rates_sorted = image->rates_sorted;
    h->indicators_sorted = image->indicators_sorted;
    h->name_count = image->name_count;
}

static bool keep(const struct view *v, const struct book *b, const char *viewer,
                 const struct sort *sort)
{
    struct arena a = {0};
    struct aside_owner owner;
    const struct store_ops *ops = v->store->ops;
    const char *path = NULL;
    bool done = false;
    if (is_kept(viewer) && !v->scenario && v->head.last && ops->beside && ops->commit_at) {
        path = ops->beside(v->store, &a, viewer ? sort->public_name : sort->name, true, &owner);
    }
    if (path) {
        struct image image;
        struct image_table tables[IMAGE_TABLES];
        struct aside_part parts[PARTS];
        struct head head;
        image_of(b, &image, tables);
        fill_head(&head, &v->head, viewer, &image);
        parts[0] = (struct aside_part){image.count, sizeof image.count};
        for (int i = 0; i < IMAGE_TABLES; i++) {
            parts[i + 1] = (struct aside_part){tables[i].bytes, tables[i].len};
        }
        done = aside_write(path, sort->kind, &owner, &head, sizeof head, parts, PARTS);
    }
    arena_free(&a);
    return done;
}

bool snapshot_keep(const struct view *v, const char *viewer)
{
    struct arena a = {0};
    bool done = keep(v, book_summary(&a, v->book), viewer, &sums);
    arena_free(&a);
    return done && keep(v, v->book, viewer, &whole);
}

/* Whether it stands at a commit of this very log. */
static bool of_this_log(struct store *store, const struct head *h)
{
    struct commit c;
    struct err unused;
    if (h->last == 0 || store->ops->commit_at(store, h->last, &c, &unused)) return false;
    return c.recorded_ms == h->recorded_ms && memcmp(c.root, h->root, SHA_BYTES) == 0;
}

/* The book of an open file, whose head fits; NULL. */
static struct book *read_book(struct arena *a, struct aside *f, const struct head *h)
{
    struct image image = {.head = h->book_head,
                          .last_ms = h->book_last_ms,
                          .rates_sorted = h->rates_sorted,
                          .indicators_sorted = h->indicators_sorted,
                          .name_count = h->name_count};
    struct image_table tables[IMAGE_TABLES];
    if (f->count != PARTS || f->len[0] != sizeof image.count) return NULL;
    if (!aside_read(f, 0, image.count)) return NULL;
    for (int i = 0; i < IMAGE_TABLES; i++) { /* before room is made for so many */
        if (image.count[i] > f->len[i + 1]) return NULL;
    }
    struct book *b = image_begin(a, &image, tables);
    for (uint32_t i = 0; i < IMAGE_TABLES && b; i++) {
        if (tables[i].len != f->len[i + 1] || !aside_read(f, i + 1, tables[i].bytes)) b = NULL;
    }
    return b && image_end(b) ? b : NULL;
}

static bool take(struct arena *a, struct store *store, const char *viewer, const struct sort *sort,
                 struct book **book, struct commit *at)
{
    struct arena scratch = {0};
    struct aside f;
    struct head h;
    const char *path = path_of(&scratch, store, viewer, sort);
    *book = NULL;
    if (path) {
        if (aside_open(path, sort->kind, sizeof h, &f)) {
            memcpy(&h, f.head, sizeof h);
            struct arena own = {0};
            bool fits = h.everything == !viewer && h.form == image_form() &&
                        strncmp(h.sources, BOOK_SOURCES, sizeof h.sources - 1) == 0;
            if (fits && of_this_log(store, &h)) *book = read_book(&own, &f, &h);
            if (*book && book_is_summary(*book) != (sort == &sums)) *book = NULL;
            if (*book)
                book_move(*book, a, &own);
            else
                arena_free(&own);
        }
        aside_close(&f);
    }
    if (*book) {
        *at = (struct commit){.last = h.last, .recorded_ms = h.recorded_ms};
        memcpy(at->root, h.root, SHA_BYTES);
    }
    arena_free(&scratch);
    return *book != NULL;
}

bool snapshot_take(struct arena *a, struct store *store, const char *viewer, struct book **book,
                   struct commit *at)
{
    return take(a, store, viewer, &whole, book, at);
}

bool snapshot_sums(struct arena *a, struct store *store, const char *viewer, struct view *out)
{
    struct commit head, at;
    struct book *book;
    struct err unused;
    if (store->ops->head(store, &head, &unused)) return false;
    if (!take(a, store, viewer, &sums, &book, &at)) return false;
    if (at.last != head.last || memcmp(at.root, head.root, SHA_BYTES) != 0) return false;
    *out = (struct view){.store = store, .book = book, .head = head, .kept_at = head.last};
    return true;
}
