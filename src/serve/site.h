/*
 * site.h - one server, and one visit to it.
 *
 * A visit is a request with what was found out about it: who asks, whose eyes
 * that gives, at which clocks, and the view it reads. Every page and every
 * answer of a visit comes from the same view, so no two figures of a page can
 * disagree. Whoever asks, everything shown comes out of commands (ask.h),
 * which see that view and nothing else.
 */
#ifndef MUSTER_SERVE_SITE_H
#define MUSTER_SERVE_SITE_H

#include <stdatomic.h>

#include "accounts/accounts.h"
#include "cli/cmd.h"
#include "serve/cache.h"
#include "serve/house.h"
#include "serve/http.h"
#include "serve/rate.h"

/* One worker's own store; opened when it is first needed. */
struct desk {
    struct arena arena;
    struct store *store;
};

enum { STATUS_CLASSES = 6, TIME_STEPS = 12 };

/* What /metrics tells; any thread counts. */
struct counts {
    atomic_ullong replies[STATUS_CLASSES]; /* by first digit of the status */
    atomic_ullong cached, refused_rate, audit_failed;
    atomic_ullong took[TIME_STEPS], took_us; /* by TIME_LIMITS_US; the sum */
    int64_t since_ms;
};

struct site {
    const struct context *whole; /* the context that `muster serve` runs with */
    const char *store;           /* URL */
    const char *base;            /* "https://muster.example.org", for addresses in feeds; or "" */
    struct accounts *accounts;   /* NULL: nobody can log in */
    struct house *house;
    struct cache *cache;
    struct rate_limit *rate; /* of what is computed, an address */
    struct http *http;
    struct desk *desks; /* one a worker */
    struct counts counts;
    atomic_bool planning; /* somebody plans: one at a time, so that the others are answered */
    bool secure;          /* TLS here or in front: cookies only over it */
};

struct visit {
    struct site *site;
    struct desk *desk;
    const struct request *q;
    struct reply *r;
    struct arena *arena;           /* of the request */
    const char *viewer;            /* as of view_open(): "" the public, NULL who sees all */
    const struct account *account; /* NULL: nobody is logged in */
    const char *csrf;              /* of the session; NULL */
    bool by_token;
    const struct seat *seat;
    struct param own; /* of /line/KEY: stands in as the parameter "line"; name NULL: none */
    bool found;       /* a section that is left out when it is empty was not */
    bool pictured;    /* a table asks for a picture: the page brings what draws it */
};

/* Parameters that every page and address of ours keeps: the clocks, the branch, the money. */
extern const char *const kept_params[]; /* NULL-ended */

/* A parameter of the address; NULL when it is not there or empty. */
const char *visit_param(const struct visit *v, const char *name);

/* An address of ours with the kept parameters of this visit. */
const char *visit_href(const struct visit *v, const char *path, const char *name,
                       const char *value);

/* Answer GET and POST; http.h's `serve` and `quick`. ctx is a struct site. */
void site_serve(void *site, uint32_t worker, const struct request *q, struct reply *r);
bool site_quick(void *site, const struct request *q, struct reply *r);
void site_served(void *site, const struct request *q, const struct reply *r);

/* A status with a page, or problem+json below /api; `why` is a sentence for a person. */
void visit_refuse(struct visit *v, int status, const char *why);

/* After the post: look at `path` (303), with the kept parameters. */
void visit_see(struct visit *v, const char *path);

/* The body of the reply; text is in the visit's arena, or constant. */
void visit_reply(struct visit *v, const char *type, const char *text, size_t len);

#endif
