/*
 * follow_test.c - a view that takes up what is new is the view that is opened anew.
 *
 * For every kind of eyes, after every commit of a random log, and after
 * several at once.
 */
#include "eyes.h"

/* A view of its own for each viewer, followed from the first commit that it can be opened after. */
static void follows_like_opened(struct rng *r)
{
    struct arena own = {0}, kept[EYES_VIEWERS] = {0};
    struct view views[EYES_VIEWERS];
    struct writer w = {.now_ms = INT64_C(1700000000000)};
    GOOD(store_open(&own, "memory:", true, &w.store, oops));
    eyes_commit(&w, r);
    for (int i = 0; i < EYES_VIEWERS; i++) {
        GOOD(view_open(&kept[i], w.store, eyes_viewers[i], NULL, &views[i], oops));
    }
    for (int commit = 0; commit < 25 && tap_this_ok; commit++) {
        eyes_commit(&w, r);
        for (int i = 0; i < EYES_VIEWERS; i++) {
            struct arena a = {0};
            struct view anew;
            bool seen;
            if (rng_one_in(r, 3)) continue; /* it comes later, to more */
            uint64_t before = book_head(views[i].book);
            GOOD(view_follow(&views[i], eyes_viewers[i], &seen, oops));
            GOOD(view_open(&a, w.store, eyes_viewers[i], NULL, &anew, oops));
            CHECK_TEXT(eyes_see(&a, &views[i]), eyes_see(&a, &anew));
            CHECK(seen == (book_head(anew.book) != before));
            arena_free(&a);
        }
    }
    for (int i = 0; i < EYES_VIEWERS; i++) arena_free(&kept[i]);
    arena_free(&w.arena);
    store_close(w.store);
    arena_free(&own);
}

static void following_is_opening(void)
{
    seeds_run(25, follows_like_opened);
}

/* The test above is worth something only if the world has secrets and joiners. */
static void the_world_has_secrets(void)
{
    struct rng r = {7};
    struct arena a = {0};
    struct writer w = {.now_ms = INT64_C(1700000000000)};
    struct view owner, public, member;
    GOOD(store_open(&a, "memory:", true, &w.store, oops));
    for (int commit = 0; commit < 60; commit++) eyes_commit(&w, &r);
    GOOD(view_open(&a, w.store, NULL, NULL, &owner, oops));
    GOOD(view_open(&a, w.store, "", NULL, &public, oops));
    GOOD(view_open(&a, w.store, "DEU", NULL, &member, oops));
    CHECK(book_columns(public.book)->count < book_columns(member.book)->count);
    CHECK(book_columns(member.book)->count < book_columns(owner.book)->count);
    CHECK(book_columns(public.book)->count > 0);
    arena_free(&w.arena);
    store_close(w.store);
    arena_free(&a);
}

/* Two logs of one length are told apart by their roots; a shorter one by its length. */
static void another_log_is_not_followed(void)
{
    struct arena a = {0};
    struct rng one = {1}, other = {2};
    struct writer w = {.now_ms = INT64_C(1700000000000)}, x = w;
    struct view v;
    struct err err;
    GOOD(store_open(&a, "memory:", true, &w.store, oops));
    GOOD(store_open(&a, "memory:", true, &x.store, oops));
    eyes_commit(&w, &one);
    for (int commit = 0; commit < 4; commit++) eyes_commit(&x, &other);
    GOOD(view_open(&a, x.store, NULL, NULL, &v, oops));
    v.store = w.store;
    CHECK(view_follow(&v, NULL, NULL, &err) == RC_ABSENT);
    arena_free(&w.arena);
    arena_free(&x.arena);
    store_close(w.store);
    store_close(x.store);
    arena_free(&a);
}

int main(void)
{
    RUN(following_is_opening);
    RUN(the_world_has_secrets);
    RUN(another_log_is_not_followed);
    return tap_done();
}
