/*
 * stated_test.c - what a book holds under scopes, told without a look at all of it.
 *
 * The oracle looks at all of it: whatever key begins with a scope, or is one
 * without its slash, must be in the list, while the book grows between.
 */
#include "desk.h"
#include "post/stated.h"
#include "seed.h"

static const char *some_key(struct arena *a, struct rng *rng)
{
    static const char *const ends[] = {"", "/a", "/a/b", "/b", ":x/y", "/"};
    return text_format(a, "k%u%s", rng_below(rng, 40), ends[rng_below(rng, 6)]);
}

static void add_some(struct desk *d, struct rng *rng)
{
    struct paper *paper = paper_new(d, 0);
    paper->in.scope_count = 0;
    for (unsigned i = 0; i < 20; i++) {
        const char *key = some_key(&d->arena, rng);
        if (book_noun(d->view.book, KIND_LINE, key) == NONE) paper_row(paper, key, 5, 0);
    }
    desk_import(d, paper);
}

static bool is_under(const char *key, const char *scope)
{
    size_t len = strlen(scope);
    return strncmp(key, scope, len) == 0 ||
           (scope[len - 1] == '/' && strlen(key) == len - 1 && strncmp(key, scope, len - 1) == 0);
}

static void a_growing_book(struct rng *rng)
{
    struct desk d;
    desk_begin(&d);
    struct stated *s = stated_new(&d.arena, d.view.book);
    for (int round = 0; round < 6; round++) {
        add_some(&d, rng);
        const char *scopes[3];
        uint32_t count, scope_count = 1 + rng_below(rng, 3), listed = 0;
        for (uint32_t i = 0; i < scope_count; i++) {
            const char *key = some_key(&d.arena, rng);
            bool colon = rng_one_in(rng, 20);
            scopes[i] = TEXT_JOIN(&d.arena, key, colon ? ":" : "/");
        }
        const uint32_t *list = stated_under(s, &d.arena, scopes, scope_count, &count);
        for (uint32_t i = 1; i < count; i++) CHECK(list[i - 1] < list[i]);
        for (uint32_t noun = 0; noun < book_noun_count(d.view.book); noun++) {
            enum kind kind = book_kind(d.view.book, noun);
            bool wanted = false, there = false;
            for (uint32_t i = 0; i < scope_count; i++)
                wanted |= is_under(book_key(d.view.book, noun), scopes[i]);
            for (uint32_t i = 0; i < count; i++) there |= list[i] == noun;
            if (kind == KIND_LINE || kind == KIND_ENTRY) CHECK(there || !wanted);
            listed += there;
        }
        CHECK_I64(listed, count);
    }
    desk_end(&d);
}

static void all_under_a_scope_is_listed(void)
{
    seeds_run(40, a_growing_book);
}

static void what_is_elsewhere_is_not_walked_over(void)
{
    struct desk d;
    struct rng rng = {7};
    uint32_t count;
    desk_begin(&d);
    add_some(&d, &rng);
    struct stated *s = stated_new(&d.arena, d.view.book);
    stated_under(s, &d.arena, (const char *const[]){"nobody/"}, 1, &count);
    CHECK_I64(count, 0);
    desk_end(&d);
}

int main(void)
{
    RUN(all_under_a_scope_is_listed);
    RUN(what_is_elsewhere_is_not_walked_over);
    return tap_done();
}
