/*
 * house.c - see house.h.
 *
 * One lock guards who sits where; folding and following are done outside of
 * it, with a store of their own: the first copy of a view by whoever asks for
 * it, the others by the maker, and following by the watcher, which therefore
 * has never to wait for a fold.
 */
#include "serve/house.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/clock.h"

/* One of the copies of a place. */
struct copy {
    struct seat seat; /* first: a seat's address is its copy's */
    struct arena arena;
    uint32_t readers;
    struct copy *next; /* of the place's spares */
};

/* One kind of eyes. */
struct place {
    struct place *next;
    char *viewer;                    /* NULL: the owner */
    struct copy *now, *spares, *pen; /* pen: to record in */
    bool writing;                    /* somebody has it, or makes it */
    bool wants_pen;
    int64_t written_ms; /* when it was given back */
    uint64_t last_asked;
    uint64_t looked;  /* the look that last came by */
    int64_t since_ms; /* when all spares were found read; 0: they are not */
    bool wants;       /* one more copy, of the maker */
    bool making;
    bool folding; /* somebody makes its first copy */
};

struct house {
    const char *url;
    struct arena arena;
    pthread_mutex_t lock;
    pthread_cond_t changed; /* somebody rose, a copy was made, a look ended, the end */
    pthread_t watcher, maker;
    struct place *places;
    uint64_t turns, asked;
    uint64_t look_wanted, looks; /* how many were asked for, and are done */
    uint64_t look;               /* the one under way */
    bool ending, unwell;
    struct err trouble;
};

/* --- copies --- */

static void copy_free(struct copy *c)
{
    if (!c) return;
    assert(c->readers == 0);
    arena_free(&c->arena);
    free(c);
}

static enum rc copy_fold(struct house *h, const char *viewer, struct copy **out, struct err *err)
{
    struct store *store;
    struct arena own = {0};
    enum rc rc = store_open(&own, h->url, false, &store, err);
    if (rc) {
        arena_free(&own);
        return rc;
    }
    struct copy *c = calloc(1, sizeof *c);
    if (!c) abort();
    rc = view_open(&c->arena, store, viewer, NULL, &c->seat.view, err);
    c->seat.view.store = NULL;
    store_close(store);
    arena_free(&own);
    if (rc) {
        copy_free(c);
        return rc;
    }
    *out = c;
    return RC_OK;
}

/* Take up what came while it was folded. */
static enum rc copy_follow(struct house *h, const char *viewer, struct copy *c, struct err *err)
{
    struct arena own = {0};
    struct store *store = NULL;
    enum rc rc = store_open(&own, h->url, false, &store, err);
    if (!rc) {
        c->seat.view.store = store;
        rc = view_follow(&c->seat.view, viewer, NULL, err);
        c->seat.view.store = NULL;
    }
    store_close(store);
    arena_free(&own);
    return rc;
}

/* --- places; the lock is held --- */

static bool same_viewer(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static struct place *place_of(struct house *h, const char *viewer)
{
    for (struct place *p = h->places; p; p = p->next) {
        if (same_viewer(p->viewer, viewer)) return p;
    }
    return NULL;
}

static struct place *place_new(struct house *h, const char *viewer)
{
    struct place *p = calloc(1, sizeof *p);
    if (!p) abort();
    p->viewer = viewer ? strdup(viewer) : NULL;
    p->next = h->places;
    h->places = p;
    return p;
}

static void place_drop(struct house *h, struct place *gone)
{
    struct place **at = &h->places;
    while (*at != gone) at = &(*at)->next;
    *at = gone->next;
    copy_free(gone->now);
    copy_free(gone->pen);
    while (gone->spares) {
        struct copy *c = gone->spares;
        gone->spares = c->next;
        copy_free(c);
    }
    free(gone->viewer);
    free(gone);
}

static bool in_use(const struct place *p)
{
    uint32_t readers = p->now ? p->now->readers : 0;
    for (const struct copy *c = p->spares; c; c = c->next) readers += c->readers;
    return p->folding || p->making || p->writing || readers;
}

static void make_room(struct house *h)
{
    uint32_t count = 0;
    struct place *oldest = NULL;
    for (struct place *p = h->places; p; p = p->next) {
        if (!p->viewer || !*p->viewer) continue; /* the owner, the public */
        count++;
        if (!in_use(p) && (!oldest || p->last_asked < oldest->last_asked)) oldest = p;
    }
    if (count > HOUSE_VIEWS_MAX && oldest) place_drop(h, oldest);
}

/* --- sitting --- */

/* Make the first copy of a place, with the lock let go meanwhile. */
static enum rc furnish(struct house *h, struct place *p, struct err *err)
{
    struct copy *c = NULL;
    const char *viewer = p->viewer;
    uint64_t wanted = h->look_wanted;
    p->folding = true;
    pthread_mutex_unlock(&h->lock);
    enum rc rc = copy_fold(h, viewer, &c, err);
    pthread_mutex_lock(&h->lock);
    while (!rc && wanted != h->look_wanted) { /* a look passed by this place meanwhile */
        wanted = h->look_wanted;
        pthread_mutex_unlock(&h->lock);
        rc = copy_follow(h, viewer, c, err);
        pthread_mutex_lock(&h->lock);
        if (rc) copy_free(c);
    }
    p->folding = false;
    pthread_cond_broadcast(&h->changed);
    if (rc) {
        place_drop(h, p);
        return rc;
    }
    c->seat.turn = ++h->turns;
    p->now = c;
    return RC_OK;
}

enum rc house_sit(struct house *h, const char *viewer, const struct seat **out, struct err *err)
{
    enum rc rc = RC_OK;
    pthread_mutex_lock(&h->lock);
    for (;;) {
        struct place *p = place_of(h, viewer);
        if (p && p->now) {
            p->last_asked = ++h->asked;
            p->now->readers++;
            *out = &p->now->seat;
            break;
        }
        if (p && p->folding) {
            pthread_cond_wait(&h->changed, &h->lock);
            continue;
        }
        make_room(h);
        rc = furnish(h, p ? p : place_new(h, viewer), err);
        if (rc) break;
    }
    pthread_mutex_unlock(&h->lock);
    return rc;
}

void house_rise(struct house *h, const struct seat *s)
{
    struct copy *c = (struct copy *)(uintptr_t)s;
    pthread_mutex_lock(&h->lock);
    assert(c->readers > 0);
    if (--c->readers == 0) pthread_cond_broadcast(&h->changed);
    pthread_mutex_unlock(&h->lock);
}

/* --- recording --- */

/* Out of the one that is read; the lock is held before and after. */
static struct copy *copy_now(struct house *h, struct place *p)
{
    struct copy *from = p->now, *c = calloc(1, sizeof *c);
    if (!c) abort();
    from->readers++; /* so that it stays as it is */
    pthread_mutex_unlock(&h->lock);
    view_copy(&c->arena, &from->seat.view, NULL, &c->seat.view);
    pthread_mutex_lock(&h->lock);
    from->readers--;
    return c;
}

struct view *house_write(struct house *h, const char *viewer)
{
    struct timespec until = clock_in_ms(HOUSE_PEN_MS);
    struct place *p;
    struct copy *c = NULL;
    int late = 0;
    pthread_mutex_lock(&h->lock);
    while ((p = place_of(h, viewer)) && p->writing && !late) {
        late = pthread_cond_timedwait(&h->changed, &h->lock, &until);
    }
    if (p && p->now && !p->writing) {
        p->writing = true;
        c = p->pen;
        p->pen = NULL;
        if (!c) c = copy_now(h, p);
    }
    pthread_mutex_unlock(&h->lock);
    return c ? &c->seat.view : NULL;
}

void house_written(struct house *h, const char *viewer, struct view *v, bool clean)
{
    struct copy *c = (struct copy *)v; /* its first member's first member */
    pthread_mutex_lock(&h->lock);
    struct place *p = place_of(h, viewer); /* it is there: nobody takes away what is written in */
    assert(p && p->writing && !p->pen);
    c->seat.view.store = NULL;
    p->writing = false;
    p->written_ms = clock_ticks_ms();
    p->wants_pen = !clean;
    if (clean) {
        p->pen = c;
        c = NULL;
    }
    pthread_cond_broadcast(&h->changed);
    pthread_mutex_unlock(&h->lock);
    copy_free(c);
}

uint64_t house_turn(struct house *h, const char *viewer)
{
    pthread_mutex_lock(&h->lock);
    const struct place *p = place_of(h, viewer);
    uint64_t turn = p && p->now ? p->now->seat.turn : 0;
    pthread_mutex_unlock(&h->lock);
    return turn;
}

/* --- keeping up --- */

/* Take up what is new, or fold anew where that cannot be (*anew). */
static enum rc bring_up(struct house *h, struct store *store, const char *viewer, struct copy **c,
                        bool *anew, struct err *err)
{
    *anew = false;
    if (*c) {
        (*c)->seat.view.store = store;
        enum rc rc = view_follow(&(*c)->seat.view, viewer, NULL, err);
        (*c)->seat.view.store = NULL;
        if (!rc) return RC_OK;
        *anew = true;
        copy_free(*c);
        *c = NULL;
    }
    return copy_fold(h, viewer, c, err);
}

/* A copy that nobody reads, to be brought to the head; NULL when there is none just now. */
static struct copy *take_spare(struct place *p)
{
    uint32_t count = 1;
    for (struct copy **at = &p->spares; *at; at = &(*at)->next, count++) {
        struct copy *c = *at;
        if (c->readers) continue;
        *at = c->next;
        p->since_ms = 0;
        return c;
    }
    int64_t now_ms = clock_ticks_ms();
    if (!p->since_ms) p->since_ms = now_ms;
    p->wants |= count < HOUSE_COPIES_MAX && now_ms - p->since_ms >= HOUSE_WAIT_MS;
    return NULL;
}

/*
 * Bring one place to the head. Whether something was new for this viewer is
 * told against the copy that is read now, for the spare may be further behind.
 */
static enum rc keep_up(struct house *h, struct store *store, struct place *p, struct copy *c,
                       struct err *err)
{
    bool anew;
    const char *viewer = p->viewer;
    p->folding = true; /* nobody takes the place away */
    pthread_mutex_unlock(&h->lock);
    enum rc rc = bring_up(h, store, viewer, &c, &anew, err);
    pthread_mutex_lock(&h->lock);
    p->folding = false;
    if (rc) {
        copy_free(c);
        return rc;
    }
    const struct view *seen = &p->now->seat.view;
    bool news = anew || book_head(c->seat.view.book) != book_head(seen->book);
    c->seat.turn = news ? ++h->turns : p->now->seat.turn;
    p->now->next = p->spares;
    p->spares = p->now;
    p->now = c;
    p->since_ms = 0;
    pthread_cond_broadcast(&h->changed);
    return RC_OK;
}

static bool stands_at(const struct view *v, const struct commit *head)
{
    return v->head.last == head->last && memcmp(v->head.root, head->root, SHA_BYTES) == 0;
}

/* A place that this look has not come by, and that does not stand at the head. */
static struct place *next_behind(const struct house *h, const struct commit *head)
{
    for (struct place *p = h->places; p; p = p->next) {
        if (!p->now || p->folding || p->looked == h->look) continue;
        if (!stands_at(&p->now->seat.view, head)) return p;
    }
    return NULL;
}

/* Every place to the head, but for those that are read whole (*all false); the lock is held. */
static enum rc look(struct house *h, struct store *store, bool *all, struct err *err)
{
    struct commit head;
    struct place *p;
    pthread_mutex_unlock(&h->lock);
    enum rc rc = store->ops->head(store, &head, err);
    pthread_mutex_lock(&h->lock);
    h->look++;
    *all = true;
    while (!rc && !h->ending && (p = next_behind(h, &head))) {
        p->looked = h->look;
        struct copy *c = take_spare(p);
        if (c) {
            rc = keep_up(h, store, p, c, err);
        } else {
            *all = false;
        }
    }
    return rc;
}

static void wait_a_moment(struct house *h)
{
    struct timespec until = clock_in_ms(HOUSE_LOOK_MS);
    pthread_cond_timedwait(&h->changed, &h->lock, &until);
}

/* Whether the log says by itself that it has not grown; the lock is held before and after. */
static bool quiet(struct house *h, struct store *store)
{
    if (!store || !store->ops->grew) return false;
    pthread_mutex_unlock(&h->lock);
    bool grew = store->ops->grew(store);
    pthread_mutex_lock(&h->lock);
    return !grew;
}

/* A place that is being folded was passed by, and may stand where the log was when that began. */
static bool any_folding(const struct house *h)
{
    for (const struct place *p = h->places; p; p = p->next) {
        if (p->folding) return true;
    }
    return false;
}

static void *watch(void *ctx)
{
    struct house *h = ctx;
    struct arena own = {0};
    struct store *store = NULL;
    struct err err;
    bool settled = false; /* the last look left nothing behind */
    pthread_mutex_lock(&h->lock);
    while (!h->ending) {
        if (settled && h->look_wanted == h->looks && quiet(h, store)) {
            wait_a_moment(h);
            continue;
        }
        uint64_t wanted = h->look_wanted;
        enum rc rc = store ? RC_OK : store_open(&own, h->url, false, &store, &err);
        bool all = true;
        if (!rc) rc = look(h, store, &all, &err);
        h->unwell = rc != RC_OK;
        if (rc) { /* once more, with a new handle, after a while */
            h->trouble = err;
            store_close(store);
            store = NULL;
            arena_free(&own);
        }
        if (all) h->looks = wanted;
        settled = all && !rc && !any_folding(h);
        pthread_cond_broadcast(&h->changed);
        if (h->look_wanted == wanted || !all) wait_a_moment(h);
    }
    pthread_mutex_unlock(&h->lock);
    store_close(store);
    arena_free(&own);
    return NULL;
}

/* --- making the other copies, so that following never has to wait for a fold --- */

static struct place *next_wanting(const struct house *h)
{
    for (struct place *p = h->places; p; p = p->next) {
        if (p->now && (p->wants || !p->spares || p->wants_pen) && !p->folding) return p;
    }
    return NULL;
}

static void make_copy(struct house *h, struct place *p)
{
    p->making = true;
    struct copy *c = copy_now(h, p);
    p->making = p->wants = false;
    c->next = p->spares;
    p->spares = c;
    pthread_cond_broadcast(&h->changed);
}

/* In the place of one that a failed recording spoilt; who records next waits for it. */
static void make_pen(struct house *h, struct place *p)
{
    p->wants_pen = false;
    if (p->writing || p->pen) return;
    p->writing = true;
    p->pen = copy_now(h, p);
    p->writing = false;
    p->written_ms = clock_ticks_ms();
    pthread_cond_broadcast(&h->changed);
}

/* A copy of a large book is much memory to keep for nobody. */
static void drop_old_pens(struct house *h)
{
    int64_t now_ms = clock_ticks_ms();
    for (struct place *p = h->places; p; p = p->next) {
        if (!p->pen || now_ms - p->written_ms < HOUSE_PEN_S * 1000) continue;
        copy_free(p->pen);
        p->pen = NULL;
    }
}

static void *make(void *ctx)
{
    struct house *h = ctx;
    pthread_mutex_lock(&h->lock);
    while (!h->ending) {
        struct place *p = next_wanting(h);
        drop_old_pens(h);
        if (p && p->wants_pen)
            make_pen(h, p);
        else if (p)
            make_copy(h, p);
        else
            wait_a_moment(h);
    }
    pthread_mutex_unlock(&h->lock);
    return NULL;
}

void house_look(struct house *h)
{
    struct timespec until = clock_in_ms(HOUSE_PATIENCE_S * 1000);
    pthread_mutex_lock(&h->lock);
    uint64_t mine = ++h->look_wanted;
    int late = 0;
    pthread_cond_broadcast(&h->changed);
    while (h->looks < mine && !h->ending && !late) {
        late = pthread_cond_timedwait(&h->changed, &h->lock, &until);
    }
    pthread_mutex_unlock(&h->lock);
}

bool house_well(struct house *h, struct arena *a, const char **why)
{
    pthread_mutex_lock(&h->lock);
    bool well = !h->unwell;
    if (!well) *why = arena_text(a, h->trouble.msg);
    pthread_mutex_unlock(&h->lock);
    return well;
}

/* --- the whole --- */

enum rc house_open(const char *url, struct house **out, struct err *err)
{
    struct arena own = {0};
    struct store *store;
    enum rc rc = store_open(&own, url, false, &store, err);
    if (rc) {
        arena_free(&own);
        return rc;
    }
    store_close(store);
    arena_free(&own);
    struct house *h = calloc(1, sizeof *h);
    if (!h) abort();
    h->url = arena_text(&h->arena, url);
    pthread_mutex_init(&h->lock, NULL);
    clock_condition(&h->changed);
    if (pthread_create(&h->watcher, NULL, watch, h)) abort();
    if (pthread_create(&h->maker, NULL, make, h)) abort();
    *out = h;
    return RC_OK;
}

void house_close(struct house *h)
{
    pthread_mutex_lock(&h->lock);
    h->ending = true;
    pthread_cond_broadcast(&h->changed);
    pthread_mutex_unlock(&h->lock);
    pthread_join(h->watcher, NULL);
    pthread_join(h->maker, NULL);
    while (h->places) place_drop(h, h->places);
    pthread_mutex_destroy(&h->lock);
    pthread_cond_destroy(&h->changed);
    arena_free(&h->arena);
    free(h);
}
