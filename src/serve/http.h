/*
 * http.h - requests in, replies out; the only header beside which libmicrohttpd is used.
 *
 * One thread (or, with TLS, the same one) does all waiting: it accepts, reads
 * and writes for every connection, so that ten thousand idle ones cost memory
 * and no thread. A whole request goes first to `quick`, on that thread, which
 * may answer what it has ready; else a worker takes it, while its connection
 * rests. A reader who is slow therefore holds no worker, and an answer that
 * takes long holds nobody else up.
 *
 * What is limited, and how it is refused: an address or header above 32 kB
 * (431 or 414), a body above HTTP_BODY_MAX (413), more connections than the
 * limit (refused at the door), more requests waiting than HTTP_QUEUE_MAX (503
 * with Retry-After), a connection that is silent for HTTP_SILENT_S seconds
 * or does not bring its request to an end in HTTP_WHOLE_S (closed).
 */
#ifndef MUSTER_SERVE_HTTP_H
#define MUSTER_SERVE_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

enum {
    HTTP_BODY_MAX = 1 << 20,
    HTTP_QUEUE_MAX = 1024,
    HTTP_PARAMS_MAX = 256,
    HTTP_SILENT_S = 30,
    HTTP_WHOLE_S = 60,
};

struct param {
    const char *name, *value; /* clean UTF-8 in normal form C */
};
struct params {
    const struct param *at;
    uint32_t count;
};

struct request {
    struct arena *arena; /* of this request; the reply may live in it */
    const char *method;  /* "GET", "HEAD", "POST" */
    const char *path;    /* decoded; begins with / */
    const char *target;  /* path and query as they came, for Link and for the cache */
    struct params query, form;
    const char *cookie, *authorization, *if_none_match, *accept, *accept_encoding;
    const char *origin, *host, *fetch_site, *idempotency_key; /* headers; NULL where absent */
    const char *peer; /* the address of the other end, as digits */
    const char *bad;  /* why this is no request that can be answered (400); or NULL */
    size_t body_len;
};

/* The first value of that name; NULL when there is none. */
const char *param_of(const struct params *p, const char *name);

struct header {
    const char *name, *value;
};

/* Bytes that several replies share, counted. */
struct shared_bytes;

enum { REPLY_HEADERS_MAX = 12 };
struct reply {
    int status;
    const char *type; /* media type; NULL: no body */
    const char *body; /* in the request's arena, constant, or of `shared` */
    size_t len;
    struct shared_bytes *shared; /* released when the reply was sent; or NULL */
    struct header headers[REPLY_HEADERS_MAX];
    uint32_t header_count;
    const char *etag; /* quoted; or NULL */
    bool packed;      /* the body is in gzip */
};

/*
 * A further header. A value that holds a line break would be a second header:
 * it is cut there.
 */
void reply_header(struct reply *r, struct arena *a, const char *name, const char *value);

struct shared_bytes *shared_bytes_new(const void *bytes, size_t len);
const char *shared_bytes_text(const struct shared_bytes *s);
void shared_bytes_keep(struct shared_bytes *s);
void shared_bytes_release(struct shared_bytes *s); /* NULL is fine */

struct http_options {
    const char *listen;     /* "127.0.0.1:8080", "[::1]:0" */
    const char *cert, *key; /* PEM text; both, or none */
    uint32_t workers;
    uint32_t connections; /* at most; 0: what the machine allows */

    /* Answer at once if that is easy (true), on the waiting thread. */
    bool (*quick)(void *ctx, const struct request *q, struct reply *r);
    /* Answer. `worker` counts from 0, so that each can have things of its own. */
    void (*serve)(void *ctx, uint32_t worker, const struct request *q, struct reply *r);
    /* Called when a reply was handed to the network; ticks in ms. */
    void (*served)(void *ctx, const struct request *q, const struct reply *r);
    void *ctx;
};

struct http;

/* Listening when it returns. RC_STORE when that address cannot be had, RC_INPUT when it is none. */
MUST_CHECK enum rc http_start(struct arena *a, const struct http_options *options,
                              struct http **out, struct err *err);

/* Where it listens: "127.0.0.1:43121". */
const char *http_address(const struct http *h);
uint32_t http_connections(const struct http *h);
uint32_t http_connections_max(const struct http *h);
uint32_t http_waiting(const struct http *h);

/* No new request; those at work are answered; then all is closed. */
void http_stop(struct http *h);

#endif
