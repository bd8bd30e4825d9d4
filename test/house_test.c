/*
 * house_test.c - the house of views: what is read there is right, and stays still meanwhile.
 *
 * A writer commits at random to a real store while several threads sit down
 * and rise for several viewers. Threads only count what is wrong; the test
 * says it.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "eyes.h"
#include "serve/house.h"
#include "temp.h"

static struct temp temp;

struct world {
    struct arena arena;
    struct writer writer;
    struct house *house;
    struct rng *rng;
    const char *path;
};

static void world_begin(struct world *w, struct rng *r)
{
    *w = (struct world){.rng = r, .path = temp_path(&temp, "book.db")};
    w->path = text_format(&w->arena, "%s", w->path);
    w->writer.now_ms = INT64_C(1700000000000);
    GOOD(store_open(&w->arena, w->path, true, &w->writer.store, oops));
    eyes_commit(&w->writer, r);
    GOOD(house_open(w->path, &w->house, oops));
}

static void world_end(struct world *w)
{
    house_close(w->house);
    store_close(w->writer.store);
    arena_free(&w->writer.arena);
    arena_free(&w->arena);
    temp_empty(&temp);
}

static void nap(int ms)
{
    struct timespec t = {.tv_nsec = ms * 1000000L};
    nanosleep(&t, NULL);
}

static int64_t ticks_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Of each viewer the house gives what view_open() gives. */
static void check_all(struct world *w)
{
    for (int i = 0; i < EYES_VIEWERS; i++) {
        struct arena a = {0};
        struct view anew;
        const struct seat *seat = NULL;
        GOOD(house_sit(w->house, eyes_viewers[i], &seat, oops));
        GOOD(view_open(&a, w->writer.store, eyes_viewers[i], NULL, &anew, oops));
        if (seat) {
            CHECK_TEXT(eyes_see(&a, &seat->view), eyes_see(&a, &anew));
            CHECK(seat->view.store == NULL);
            CHECK(house_turn(w->house, eyes_viewers[i]) == seat->turn);
            house_rise(w->house, seat);
        }
        arena_free(&a);
    }
}

/* --- many readers --- */

struct onlooker {
    pthread_t thread;
    struct house *house;
    struct rng rng;
    atomic_bool *over;
    int refused, moved, went_back, turned; /* what must not be */
    int sat;
};

struct remembered {
    uint64_t last, turn, book;
};

/* Where a viewer stands: never earlier than before, and another book has another turn. */
static void compare(struct onlooker *t, struct remembered *r, const struct seat *s)
{
    struct remembered now = {s->view.head.last, s->turn, book_head(s->view.book)};
    t->went_back += now.last < r->last || now.turn < r->turn;
    t->turned += (now.turn == r->turn) != (now.book == r->book);
    *r = now;
}

static void *read_on(void *ctx)
{
    struct onlooker *t = ctx;
    struct remembered known[EYES_VIEWERS] = {{0}};
    while (!atomic_load(t->over)) {
        struct arena a = {0};
        struct err err;
        const struct seat *seat;
        uint32_t i = rng_below(&t->rng, EYES_VIEWERS);
        if (house_sit(t->house, eyes_viewers[i], &seat, &err)) {
            t->refused++;
            continue;
        }
        t->sat++;
        compare(t, &known[i], seat);
        const char *first = eyes_see(&a, &seat->view);
        if (rng_one_in(&t->rng, 4)) nap(1 + (int)rng_below(&t->rng, 60));
        t->moved += strcmp(first, eyes_see(&a, &seat->view)) != 0;
        house_rise(t->house, seat);
        arena_free(&a);
    }
    return NULL;
}

enum { READERS = 4 };

static void readers_and_a_writer(struct rng *r)
{
    struct world w;
    struct onlooker readers[READERS];
    atomic_bool over = false;
    world_begin(&w, r);
    for (int i = 0; i < READERS; i++) {
        readers[i] = (struct onlooker){.house = w.house, .rng = {rng_next(r)}, .over = &over};
        if (pthread_create(&readers[i].thread, NULL, read_on, &readers[i])) abort();
    }
    for (int commit = 0; commit < 25; commit++) {
        eyes_commit(&w.writer, r);
        if (rng_one_in(r, 3)) nap((int)rng_below(r, 40));
        if (rng_one_in(r, 2)) continue;
        house_look(w.house);
        check_all(&w);
    }
    atomic_store(&over, true);
    for (int i = 0; i < READERS; i++) {
        pthread_join(readers[i].thread, NULL);
        CHECK_I64(readers[i].refused, 0);
        CHECK_I64(readers[i].moved, 0);
        CHECK_I64(readers[i].went_back, 0);
        CHECK_I64(readers[i].turned, 0);
        CHECK(readers[i].sat > 0);
    }
    house_look(w.house);
    check_all(&w);
    world_end(&w);
}

static void every_viewer_sees_what_is_there_and_nothing_moves(void)
{
    seeds_run(4, readers_and_a_writer);
}

/* --- recording --- */

/* What is recorded in is the log's each time, whoever recorded in it before, and however it ended.
 */
static void a_pen_is_what_the_log_says(struct rng *r)
{
    struct world w;
    const struct seat *seat;
    uint32_t kept = 0, spoilt = 0;
    const struct view *last = NULL;
    world_begin(&w, r);
    CHECK(house_write(w.house, NULL) == NULL); /* nobody sat there yet */
    GOOD(house_sit(w.house, NULL, &seat, oops));
    house_rise(w.house, seat);
    for (int i = 0; i < 40; i++) {
        struct arena a = {0};
        struct view anew;
        if (rng_one_in(r, 3)) eyes_commit(&w.writer, r);
        if (rng_one_in(r, 3)) house_look(w.house);
        struct view *pen = house_write(w.house, NULL);
        CHECK(pen != NULL);
        if (!pen) break;
        pen->store = w.writer.store;
        GOOD(view_follow(pen, NULL, NULL, oops));
        GOOD(view_open(&a, w.writer.store, NULL, NULL, &anew, oops));
        CHECK_TEXT(eyes_see(&a, pen), eyes_see(&a, &anew));
        bool clean = !rng_one_in(r, 4);
        eyes_post(&w.writer, r, pen, clean);
        clean &= book_head(pen->book) == pen->head.last;
        arena_reset(&w.writer.arena); /* nothing of it is in the book */
        kept += clean && pen == last;
        spoilt += !clean;
        last = clean ? pen : NULL;
        house_written(w.house, NULL, pen, clean);
        arena_free(&a);
    }
    CHECK(kept > 0 && spoilt > 0);
    house_look(w.house);
    check_all(&w);
    world_end(&w);
}

static void what_is_recorded_in_is_the_log(void)
{
    seeds_run(10, a_pen_is_what_the_log_says);
}

static void who_records_has_it_alone(void)
{
    struct rng r = {11};
    struct world w;
    const struct seat *seat;
    world_begin(&w, &r);
    GOOD(house_sit(w.house, "", &seat, oops));
    house_rise(w.house, seat);
    struct view *one = house_write(w.house, "");
    int64_t begin = ticks_ms();
    CHECK(one && !house_write(w.house, "") && ticks_ms() - begin >= HOUSE_PEN_MS);
    eyes_commit(&w.writer, &r);
    house_look(w.house); /* who reads is kept up meanwhile */
    check_all(&w);
    house_written(w.house, "", one, true);
    CHECK(house_write(w.house, "") == one);
    house_written(w.house, "", one, false);
    world_end(&w);
}

/* --- what a turn is --- */

static void a_turn_is_of_what_the_viewer_sees(void)
{
    struct rng r = {3};
    struct world w;
    struct err err;
    const struct seat *seat;
    world_begin(&w, &r);
    CHECK(house_turn(w.house, "POL") == 0);
    CHECK(house_sit(w.house, "NOBODY", &seat, &err) == RC_ABSENT);
    CHECK(house_turn(w.house, "NOBODY") == 0);
    CHECK(house_sit(w.house, "NOBODY", &seat, &err) == RC_ABSENT); /* and may ask again */
    for (int commit = 0; commit < 30; commit++) {
        uint64_t book[EYES_VIEWERS], turn[EYES_VIEWERS];
        for (int i = 0; i < EYES_VIEWERS; i++) {
            GOOD(house_sit(w.house, eyes_viewers[i], &seat, oops));
            book[i] = book_head(seat->view.book);
            turn[i] = seat->turn;
            house_rise(w.house, seat);
        }
        eyes_commit(&w.writer, &r);
        house_look(w.house);
        for (int i = 0; i < EYES_VIEWERS; i++) {
            GOOD(house_sit(w.house, eyes_viewers[i], &seat, oops));
            CHECK((book_head(seat->view.book) == book[i]) == (seat->turn == turn[i]));
            house_rise(w.house, seat);
        }
    }
    world_end(&w);
}

/* --- many viewers --- */

/* Each is given its place and its own book, also those whose place another had to take. */
static void more_viewers_than_places(void)
{
    struct rng r = {5};
    struct world w;
    struct view v;
    struct posting p;
    const struct seat *seat, *first;
    enum { MANY = HOUSE_VIEWS_MAX + 10 };
    world_begin(&w, &r);
    GOOD(view_open(&w.arena, w.writer.store, NULL, NULL, &v, oops));
    posting_begin(&p, &w.arena, &v, w.writer.now_ms += 60000);
    for (int i = 0; i < MANY; i++) {
        struct record *party = record_new(&w.arena, KIND_PARTY);
        const char *key = text_format(&w.arena, "org-%d", i);
        record_set_text(&w.arena, party, F_KEY, key);
        record_set_text(&w.arena, party, F_TYPE, "institution");
        record_set_text(&w.arena, party, F_NAME, key);
        party->label = text_format(&w.arena, "parties:%s", key);
        GOOD(posting_add(&p, party, NULL, oops));
    }
    GOOD(posting_commit(&p, oops));
    GOOD(house_sit(w.house, "org-0", &first, oops));
    for (int i = 0; i < 2 * MANY; i++) {
        const char *key = text_format(&w.arena, "org-%d", i % MANY);
        const char *next = text_format(&w.arena, "org-%d", (i + 1) % MANY);
        GOOD(house_sit(w.house, key, &seat, oops));
        CHECK(book_noun(seat->view.book, KIND_PARTY, key) != NONE);
        CHECK(book_noun(seat->view.book, KIND_PARTY, next) == NONE);
        house_rise(w.house, seat);
    }
    int kept = 0;
    for (int i = 0; i < MANY; i++) {
        kept += house_turn(w.house, text_format(&w.arena, "org-%d", i)) != 0;
    }
    CHECK(kept >= HOUSE_VIEWS_MAX && kept <= HOUSE_VIEWS_MAX + 1);
    CHECK(house_turn(w.house, "org-0") == first->turn); /* somebody sits there */
    CHECK(house_turn(w.house, text_format(&w.arena, "org-%d", MANY - 1)) != 0);
    CHECK(house_turn(w.house, "org-1") == 0);
    house_rise(w.house, first);
    world_end(&w);
}

/* --- who sits long --- */

/* A plan reads for seconds: others see what is new all the same, and its own view stays. */
static void a_long_reader_holds_back_nobody(void)
{
    struct rng r = {11};
    struct world w;
    const struct seat *old[HOUSE_COPIES_MAX + 2];
    const char *was[HOUSE_COPIES_MAX + 2];
    world_begin(&w, &r);
    GOOD(house_sit(w.house, "", &old[0], oops));
    was[0] = eyes_see(&w.arena, &old[0]->view);
    int64_t begun = ticks_ms();
    for (int commit = 0; commit < 10; commit++) {
        eyes_commit(&w.writer, &r);
        house_look(w.house);
        check_all(&w);
    }
    CHECK(ticks_ms() - begun < 10 * 1000 * HOUSE_PATIENCE_S / 2);
    CHECK_TEXT(eyes_see(&w.arena, &old[0]->view), was[0]);
    house_rise(w.house, old[0]);
    /* More of them than there are copies: a look comes back, and none of theirs moves. */
    uint32_t sat = 0;
    for (; sat < HOUSE_COPIES_MAX + 2; sat++) {
        GOOD(house_sit(w.house, "", &old[sat], oops));
        was[sat] = eyes_see(&w.arena, &old[sat]->view);
        eyes_commit(&w.writer, &r);
        if (sat < HOUSE_COPIES_MAX) house_look(w.house);
    }
    nap(3 * HOUSE_WAIT_MS);
    for (uint32_t i = 0; i < sat; i++) {
        CHECK_TEXT(eyes_see(&w.arena, &old[i]->view), was[i]);
        house_rise(w.house, old[i]);
    }
    house_look(w.house);
    check_all(&w);
    world_end(&w);
}

/* --- the store goes away --- */

/* Until it is so, for at most five seconds. */
static bool comes_to(struct house *h, struct arena *a, bool well)
{
    const char *why;
    for (int64_t end = ticks_ms() + 5000; ticks_ms() < end; nap(5)) {
        if (house_well(h, a, &why) == well) return true;
    }
    return false;
}

static void a_store_that_goes_away_and_comes_back(void)
{
    struct rng r = {13};
    struct world w;
    const char *why = "";
    const struct seat *seat;
    world_begin(&w, &r);
    check_all(&w);
    uint64_t turn = house_turn(w.house, "");
    const char *away = text_format(&w.arena, "%s-away", w.path);
    store_close(w.writer.store); /* the house still has it open */
    CHECK(house_well(w.house, &w.arena, &why));
    CHECK(rename(w.path, away) == 0);
    CHECK(comes_to(w.house, &w.arena, false));
    CHECK(!house_well(w.house, &w.arena, &why) && strstr(why, "book.db"));
    GOOD(house_sit(w.house, "", &seat, oops)); /* what was seen is there meanwhile */
    CHECK(seat->turn == turn);
    house_rise(w.house, seat);
    house_look(w.house); /* comes back */
    CHECK(rename(away, w.path) == 0);
    CHECK(comes_to(w.house, &w.arena, true));
    GOOD(store_open(&w.arena, w.path, false, &w.writer.store, oops));
    eyes_commit(&w.writer, &r);
    house_look(w.house);
    check_all(&w);
    world_end(&w);
}

/* An older copy of the store is put in its place: its book is what is seen from then on. */
static void a_store_that_is_put_back_to_an_earlier_state(void)
{
    struct rng r = {17}, again = {17};
    struct world w;
    struct writer x = {.now_ms = INT64_C(1600000000000)};
    world_begin(&w, &r);
    for (int commit = 0; commit < 5; commit++) eyes_commit(&w.writer, &r);
    house_look(w.house);
    check_all(&w);
    const char *other = text_format(&w.arena, "%s", temp_path(&temp, "other.db"));
    GOOD(store_open(&w.arena, other, true, &x.store, oops));
    eyes_commit(&x, &again);
    store_close(x.store);
    arena_free(&x.arena);
    store_close(w.writer.store);
    CHECK(rename(w.path, text_format(&w.arena, "%s-old", w.path)) == 0);
    CHECK(comes_to(w.house, &w.arena, false));
    CHECK(rename(other, w.path) == 0);
    CHECK(comes_to(w.house, &w.arena, true));
    GOOD(store_open(&w.arena, w.path, false, &w.writer.store, oops));
    house_look(w.house);
    check_all(&w);
    world_end(&w);
}

/* --- the end --- */

struct waiter {
    pthread_t thread;
    struct house *house;
    atomic_int looked;
};

static void *wait_for_looks(void *ctx)
{
    struct waiter *t = ctx;
    house_look(t->house);
    atomic_fetch_add(&t->looked, 1);
    return NULL;
}

static void a_house_closes_while_it_is_at_work(void)
{
    struct rng r = {19};
    for (int i = 0; i < 10; i++) {
        struct world w;
        struct waiter t = {0};
        world_begin(&w, &r);
        check_all(&w);
        for (int commit = 0; commit < 3; commit++) eyes_commit(&w.writer, &r);
        t.house = w.house;
        if (pthread_create(&t.thread, NULL, wait_for_looks, &t)) abort();
        pthread_join(t.thread, NULL);
        CHECK(atomic_load(&t.looked) == 1);
        for (int commit = 0; commit < 3; commit++) eyes_commit(&w.writer, &r);
        world_end(&w); /* in the middle of a look */
    }
}

static void a_store_that_is_not_there_is_refused(void)
{
    struct house *h = NULL;
    struct err err;
    CHECK(house_open(temp_path(&temp, "nowhere.db"), &h, &err) == RC_ABSENT);
    CHECK(!h && strstr(err.msg, "nowhere.db"));
}

int main(void)
{
    temp_make(&temp);
    RUN(every_viewer_sees_what_is_there_and_nothing_moves);
    RUN(what_is_recorded_in_is_the_log);
    RUN(who_records_has_it_alone);
    RUN(a_turn_is_of_what_the_viewer_sees);
    RUN(more_viewers_than_places);
    RUN(a_long_reader_holds_back_nobody);
    RUN(a_store_that_goes_away_and_comes_back);
    RUN(a_store_that_is_put_back_to_an_earlier_state);
    RUN(a_house_closes_while_it_is_at_work);
    RUN(a_store_that_is_not_there_is_refused);
    temp_remove(&temp);
    return tap_done();
}
