/*
 * crew.c - one helping thread that waits for parts of work.
 *
 * A part takes milliseconds, so waking up by a condition is quick enough, and
 * it leaves the processor to others in between.
 */
#include <pthread.h>
#include <stdbool.h>

#include "plan/crew.h"

struct crew {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t turn;
    crew_work *work;
    void *ctx;
    bool due, end;
};

static void *help(void *arg)
{
    struct crew *c = arg;
    pthread_mutex_lock(&c->lock);
    while (true) {
        while (!c->due && !c->end) pthread_cond_wait(&c->turn, &c->lock);
        if (c->end) break;
        crew_work *work = c->work;
        void *ctx = c->ctx;
        pthread_mutex_unlock(&c->lock);
        work(ctx, 1);
        pthread_mutex_lock(&c->lock);
        c->due = false;
        pthread_cond_broadcast(&c->turn);
    }
    pthread_mutex_unlock(&c->lock);
    return NULL;
}

struct crew *crew_new(struct arena *a)
{
    struct crew *c = NEW(a, struct crew);
    pthread_mutex_init(&c->lock, NULL);
    pthread_cond_init(&c->turn, NULL);
    if (pthread_create(&c->thread, NULL, help, c) == 0) return c;
    pthread_cond_destroy(&c->turn);
    pthread_mutex_destroy(&c->lock);
    return NULL;
}

void crew_do(struct crew *c, crew_work *work, void *ctx)
{
    if (c) {
        pthread_mutex_lock(&c->lock);
        c->work = work;
        c->ctx = ctx;
        c->due = true;
        pthread_cond_broadcast(&c->turn);
        pthread_mutex_unlock(&c->lock);
    }
    work(ctx, 0);
    if (!c) {
        work(ctx, 1);
        return;
    }
    pthread_mutex_lock(&c->lock);
    while (c->due) pthread_cond_wait(&c->turn, &c->lock);
    pthread_mutex_unlock(&c->lock);
}

void crew_end(struct crew *c)
{
    if (!c) return;
    pthread_mutex_lock(&c->lock);
    c->end = true;
    pthread_cond_broadcast(&c->turn);
    pthread_mutex_unlock(&c->lock);
    pthread_join(c->thread, NULL);
    pthread_cond_destroy(&c->turn);
    pthread_mutex_destroy(&c->lock);
}
