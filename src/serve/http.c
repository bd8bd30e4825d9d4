/*
 * http.c - see http.h. Everything of libmicrohttpd is in this file.
 *
 * A request lives from its first line (begun) until its reply is sent
 * (finished). While a worker has it, the connection is suspended, and nothing
 * but the worker touches it. The queue holds pointers only; its lock is never
 * held while anything is computed.
 */
#include "serve/http.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netdb.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "cli/clock.h"
#include "serve/microhttpd.h"
#include "serve/params.h"

enum { HEADERS_MAX = 32 << 10, TARGET_MAX = 8 << 10, BACKLOG = 1024, SPARE_FILES = 64 };

/* --- shared bytes --- */

struct shared_bytes {
    atomic_uint holders;
    size_t len;
    char bytes[];
};

struct shared_bytes *shared_bytes_new(const void *bytes, size_t len)
{
    struct shared_bytes *s = malloc(sizeof *s + len);
    if (!s) abort();
    atomic_init(&s->holders, 1);
    s->len = len;
    memcpy(s->bytes, bytes, len);
    return s;
}

const char *shared_bytes_text(const struct shared_bytes *s)
{
    return s->bytes;
}

void shared_bytes_keep(struct shared_bytes *s)
{
    atomic_fetch_add(&s->holders, 1);
}

void shared_bytes_release(struct shared_bytes *s)
{
    if (s && atomic_fetch_sub(&s->holders, 1) == 1) free(s);
}

/* --- what there is --- */

struct exchange;

/* A connection: `since` when it last began to wait for a request; 0 while one is at work. */
struct line {
    struct line *next, *before;
    int fd;
    int64_t since;
    struct exchange *under_way; /* begun and not finished; the waiting thread's */
};

/* A request under way. */
struct exchange {
    struct http *http;
    struct arena arena;
    struct request request;
    struct reply reply;
    struct MHD_Connection *connection;
    struct buf body;
    bool headers_read, too_long, answered;
    struct exchange *next; /* in the queue */
};

struct http {
    struct http_options options;
    struct MHD_Daemon *daemon;
    const char *address;
    uint32_t connections_max;

    pthread_mutex_t queue_lock;
    pthread_cond_t queue_grown;
    struct exchange *first, *last;
    uint32_t waiting;
    bool stopping;
    pthread_t *workers;
    struct worker *worker_seats;

    pthread_mutex_t lines_lock;
    struct line *lines;
    pthread_t sweeper;
    pthread_cond_t sweeper_ends;
};

struct worker {
    struct http *http;
    uint32_t number;
};

/* --- reading a request --- */

static const char *head_of(struct exchange *x, const char *name)
{
    return arena_text(x->request.arena,
                      MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, name));
}

static const char *peer_of(struct exchange *x)
{
    char text[INET6_ADDRSTRLEN] = "unknown";
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info && info->client_addr) {
        getnameinfo(info->client_addr, sizeof(struct sockaddr_in6), text, sizeof text, NULL, 0,
                    NI_NUMERICHOST);
    }
    return arena_text(x->request.arena, text);
}

static void read_headers(struct exchange *x, const char *method)
{
    struct request *q = &x->request;
    q->method = arena_text(q->arena, method);
    q->cookie = head_of(x, "Cookie");
    q->authorization = head_of(x, "Authorization");
    q->if_none_match = head_of(x, "If-None-Match");
    q->accept = head_of(x, "Accept");
    q->accept_encoding = head_of(x, "Accept-Encoding");
    q->origin = head_of(x, "Origin");
    q->host = head_of(x, "Host");
    q->fetch_site = head_of(x, "Sec-Fetch-Site");
    q->idempotency_key = head_of(x, "Idempotency-Key");
    q->peer = peer_of(x);
    x->headers_read = true;
}

static void read_form(struct exchange *x)
{
    struct request *q = &x->request;
    const char *type = MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, "Content-Type");
    q->body_len = x->body.len;
    if (x->body.len == 0) return;
    if (!type || strncmp(type, "application/x-www-form-urlencoded", 33) != 0) {
        q->bad = "a body must be application/x-www-form-urlencoded";
        return;
    }
    if (!params_read(q->arena, x->body.text, x->body.len, &q->form)) {
        q->bad = "the form is not percent-encoded UTF-8, or has too many fields";
    }
}

/* --- replying --- */

void reply_header(struct reply *r, struct arena *a, const char *name, const char *value)
{
    assert(r->header_count < REPLY_HEADERS_MAX);
    const char *one_line = arena_bytes(a, value, strcspn(value, "\r\n"));
    r->headers[r->header_count++] = (struct header){name, one_line};
}

static void refuse(struct reply *r, int status, const char *why)
{
    *r = (struct reply){
        .status = status, .type = "text/plain; charset=utf-8", .body = why, .len = strlen(why)};
}

static void release_cb(void *shared)
{
    shared_bytes_release(shared);
}

static enum MHD_Result queue_reply(struct exchange *x)
{
    const struct reply *r = &x->reply;
    struct MHD_Response *response;
    if (r->shared) {
        response = MHD_create_response_from_buffer_with_free_callback_cls(
            r->len, (void *)(uintptr_t)r->body, release_cb, r->shared);
    } else { /* the request's arena outlives the sending: see finished() */
        response = MHD_create_response_from_buffer(r->len, (void *)(uintptr_t)r->body,
                                                   MHD_RESPMEM_PERSISTENT);
    }
    if (!response) return MHD_NO;
    x->reply.shared = NULL;
    if (r->type) MHD_add_response_header(response, "Content-Type", r->type);
    if (r->etag) MHD_add_response_header(response, "ETag", r->etag);
    if (r->packed) MHD_add_response_header(response, "Content-Encoding", "gzip");
    for (uint32_t i = 0; i < r->header_count; i++) {
        MHD_add_response_header(response, r->headers[i].name, r->headers[i].value);
    }
    enum MHD_Result sent = MHD_queue_response(x->connection, (unsigned)r->status, response);
    MHD_destroy_response(response);
    x->answered = true;
    if (x->http->options.served) x->http->options.served(x->http->options.ctx, &x->request, r);
    return sent;
}

/* --- workers --- */

static bool enqueue(struct http *h, struct exchange *x)
{
    pthread_mutex_lock(&h->queue_lock);
    bool room = h->waiting < HTTP_QUEUE_MAX && !h->stopping;
    if (room) {
        x->next = NULL;
        if (h->last)
            h->last->next = x;
        else
            h->first = x;
        h->last = x;
        h->waiting++;
        MHD_suspend_connection(x->connection);
        pthread_cond_signal(&h->queue_grown);
    }
    pthread_mutex_unlock(&h->queue_lock);
    return room;
}

/* The next request, or NULL when there will be none. */
static struct exchange *dequeue(struct http *h)
{
    pthread_mutex_lock(&h->queue_lock);
    while (!h->first && !h->stopping) pthread_cond_wait(&h->queue_grown, &h->queue_lock);
    struct exchange *x = h->first;
    if (x) {
        h->first = x->next;
        if (!h->first) h->last = NULL;
        h->waiting--;
    }
    pthread_mutex_unlock(&h->queue_lock);
    return x;
}

static void *work(void *seat)
{
    const struct worker *w = seat;
    struct http *h = w->http;
    for (struct exchange *x; (x = dequeue(h));) {
        h->options.serve(h->options.ctx, w->number, &x->request, &x->reply);
        MHD_resume_connection(x->connection);
    }
    return NULL;
}

/* --- what libmicrohttpd calls --- */

static struct line *line_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void *begun(void *ctx, const char *uri, struct MHD_Connection *connection)
{
    struct exchange *x = calloc(1, sizeof *x);
    if (!x) abort();
    x->http = ctx;
    x->connection = connection;
    x->request.arena = &x->arena;
    x->body.arena = &x->arena;
    size_t len = strlen(uri);
    if (len > TARGET_MAX) {
        x->request.bad = "the address is too long";
        len = 0;
    }
    x->request.target = len ? arena_bytes(&x->arena, uri, len) : "/";
    struct line *l = line_of(connection);
    if (l) l->under_way = x;
    return x;
}

static void exchange_free(struct exchange *x)
{
    shared_bytes_release(x->reply.shared); /* when it was never queued */
    arena_free(&x->arena);
    free(x);
}

static void line_waits(struct http *h, struct MHD_Connection *connection, int64_t since)
{
    struct line *l = line_of(connection);
    if (!l) return;
    pthread_mutex_lock(&h->lines_lock);
    l->since = since;
    pthread_mutex_unlock(&h->lines_lock);
}

static enum MHD_Result whole(struct exchange *x)
{
    struct http *h = x->http;
    struct request *q = &x->request;
    line_waits(h, x->connection, 0);
    target_read(q);
    read_form(x);
    if (x->too_long) {
        refuse(&x->reply, 413, "the body is too long: at most 1 MiB\n");
        return queue_reply(x);
    }
    if (!q->bad && h->options.quick && h->options.quick(h->options.ctx, q, &x->reply)) {
        return queue_reply(x);
    }
    if (enqueue(h, x)) return MHD_YES;
    refuse(&x->reply, 503, "too many requests are waiting; try again in a moment\n");
    reply_header(&x->reply, q->arena, "Retry-After", "2");
    return queue_reply(x);
}

static enum MHD_Result asked(void *ctx, struct MHD_Connection *connection, const char *url,
                             const char *method, const char *version, const char *upload,
                             size_t *upload_size, void **of_request)
{
    struct exchange *x = *of_request;
    (void)ctx;
    (void)url;
    (void)version;
    (void)connection;
    if (!x->headers_read) {
        read_headers(x, method);
        return MHD_YES;
    }
    if (*upload_size > 0) {
        if (x->body.len + *upload_size > HTTP_BODY_MAX) x->too_long = true;
        if (!x->too_long) buf_add_bytes(&x->body, upload, *upload_size);
        *upload_size = 0;
        return MHD_YES;
    }
    if (x->reply.status) return queue_reply(x); /* a worker is done */
    return whole(x);
}

static void finished(void *ctx, struct MHD_Connection *connection, void **of_request,
                     enum MHD_RequestTerminationCode how)
{
    struct exchange *x = *of_request;
    (void)how;
    line_waits(ctx, connection, clock_ticks_ms());
    if (!x) return;
    *of_request = NULL;
    struct line *l = line_of(connection);
    if (l) l->under_way = NULL;
    exchange_free(x);
}

/* --- connections that never come to a request --- */

static void connected(void *ctx, struct MHD_Connection *connection, void **socket_context,
                      enum MHD_ConnectionNotificationCode what)
{
    struct http *h = ctx;
    struct line *l = *socket_context;
    pthread_mutex_lock(&h->lines_lock);
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        l = calloc(1, sizeof *l);
        if (!l) abort();
        l->fd = info ? info->connect_fd : -1;
        l->since = clock_ticks_ms();
        l->next = h->lines;
        if (h->lines) h->lines->before = l;
        h->lines = l;
        *socket_context = l;
    } else if (l) {
        if (l->next) l->next->before = l->before;
        if (l->before)
            l->before->next = l->next;
        else
            h->lines = l->next;
        /* Of a request with more parameters than it has room for, the library forgets the rest. */
        if (l->under_way) exchange_free(l->under_way);
        free(l);
        *socket_context = NULL;
    }
    pthread_mutex_unlock(&h->lines_lock);
}

static void *sweep(void *ctx)
{
    struct http *h = ctx;
    pthread_mutex_lock(&h->lines_lock);
    while (!h->stopping) {
        struct timespec until = clock_in_ms(1000);
        pthread_cond_timedwait(&h->sweeper_ends, &h->lines_lock, &until);
        int64_t before = clock_ticks_ms() - (int64_t)HTTP_WHOLE_S * 1000;
        for (struct line *l = h->lines; l; l = l->next) {
            if (l->since && l->since < before && l->fd >= 0) shutdown(l->fd, SHUT_RDWR);
        }
    }
    pthread_mutex_unlock(&h->lines_lock);
    return NULL;
}

/* --- listening --- */

static enum rc split_address(struct arena *a, const char *listen, const char **host,
                             const char **port, struct err *err)
{
    const char *colon = strrchr(listen, ':');
    if (!colon || !colon[1]) {
        return fail(err, RC_INPUT, "'%.80s' is no address like 127.0.0.1:8080", listen);
    }
    size_t len = (size_t)(colon - listen);
    bool boxed = len > 1 && *listen == '[' && colon[-1] == ']';
    *host = boxed ? arena_bytes(a, listen + 1, len - 2) : arena_bytes(a, listen, len);
    *port = colon + 1;
    return RC_OK;
}

static int listening_socket(const struct addrinfo *at)
{
    int on = 1, fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0) return fd;
    int kept = errno;
    close(fd);
    errno = kept;
    return -1;
}

static const char *bound_address(struct arena *a, int fd)
{
    struct sockaddr_storage at;
    socklen_t len = sizeof at;
    char host[INET6_ADDRSTRLEN + 16], port[8];
    if (getsockname(fd, (struct sockaddr *)&at, &len) ||
        getnameinfo((struct sockaddr *)&at, len, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV)) {
        return "?";
    }
    return text_format(a, at.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
}

static enum rc bind_to(struct arena *a, struct http *h, int *fd, struct err *err)
{
    const char *host = NULL, *port = NULL;
    struct addrinfo *found,
        wanted = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    enum rc rc = split_address(a, h->options.listen, &host, &port, err);
    if (rc) return rc;
    int no = getaddrinfo(*host ? host : NULL, port, &wanted, &found);
    if (no) {
        return fail(err, RC_INPUT, "cannot listen on '%.80s': %s", h->options.listen,
                    gai_strerror(no));
    }
    *fd = listening_socket(found);
    freeaddrinfo(found);
    if (*fd < 0) {
        return fail(err, RC_STORE, "cannot listen on '%.80s': %s", h->options.listen,
                    strerror(errno));
    }
    h->address = bound_address(a, *fd);
    return RC_OK;
}

/* As many connections as there may be files, less those that the rest needs. */
static uint32_t connections_allowed(uint32_t wanted)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files)) return wanted ? wanted : 1000;
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    uint32_t most = 100000;
    if (files.rlim_cur != RLIM_INFINITY && files.rlim_cur < most + SPARE_FILES) {
        most =
            files.rlim_cur > 2 * SPARE_FILES ? (uint32_t)files.rlim_cur - SPARE_FILES : SPARE_FILES;
    }
    return wanted && wanted < most ? wanted : most;
}

static void silent(void *ctx, const char *fmt, va_list ap)
{
    (void)ctx; /* broken requests are the other side's affair: metrics count them */
    (void)fmt;
    (void)ap;
}

static struct MHD_Daemon *daemon_of(struct http *h, int fd)
{
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC |
                     MHD_USE_ERROR_LOG | (h->options.cert ? MHD_USE_TLS : 0);
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)h->options.cert},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)h->options.key},
        {MHD_OPTION_END, 0, NULL}};
    struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
    return MHD_start_daemon(
        flags, 0, NULL, NULL, asked, h, MHD_OPTION_EXTERNAL_LOGGER, silent, NULL,
        MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_URI_LOG_CALLBACK, begun, h,
        MHD_OPTION_NOTIFY_COMPLETED, finished, h, MHD_OPTION_NOTIFY_CONNECTION, connected, h,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)HTTP_SILENT_S, MHD_OPTION_CONNECTION_LIMIT,
        h->connections_max, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS_MAX,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_ARRAY, h->options.cert ? tls : none,
        MHD_OPTION_END);
}

static void start_workers(struct arena *a, struct http *h)
{
    h->workers = NEW_ARRAY(a, h->options.workers, pthread_t);
    h->worker_seats = NEW_ARRAY(a, h->options.workers, struct worker);
    for (uint32_t i = 0; i < h->options.workers; i++) {
        h->worker_seats[i] = (struct worker){h, i};
        if (pthread_create(&h->workers[i], NULL, work, &h->worker_seats[i])) abort();
    }
    if (pthread_create(&h->sweeper, NULL, sweep, h)) abort();
}

enum rc http_start(struct arena *a, const struct http_options *options, struct http **out,
                   struct err *err)
{
    struct http *h = NEW(a, struct http);
    int fd;
    h->options = *options;
    enum rc rc = microhttpd_load(err);
    if (!rc) rc = bind_to(a, h, &fd, err);
    if (rc) return rc;
    h->connections_max = connections_allowed(options->connections);
    pthread_mutex_init(&h->queue_lock, NULL);
    pthread_cond_init(&h->queue_grown, NULL);
    pthread_mutex_init(&h->lines_lock, NULL);
    clock_condition(&h->sweeper_ends);
    h->daemon = daemon_of(h, fd);
    if (!h->daemon) {
        close(fd);
        return fail(err, options->cert ? RC_INPUT : RC_STORE,
                    options->cert ? "the server does not start: is that a certificate and its key?"
                                  : "the server does not start");
    }
    start_workers(a, h);
    *out = h;
    return RC_OK;
}

const char *http_address(const struct http *h)
{
    return h->address;
}

uint32_t http_connections(const struct http *h)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
    return info ? info->num_connections : 0;
}

uint32_t http_connections_max(const struct http *h)
{
    return h->connections_max;
}

uint32_t http_waiting(const struct http *h)
{
    return h->waiting;
}

void http_stop(struct http *h)
{
    MHD_socket fd = MHD_quiesce_daemon(h->daemon);
    pthread_mutex_lock(&h->lines_lock);
    pthread_mutex_lock(&h->queue_lock);
    h->stopping = true;
    pthread_cond_broadcast(&h->queue_grown);
    pthread_cond_broadcast(&h->sweeper_ends);
    pthread_mutex_unlock(&h->queue_lock);
    pthread_mutex_unlock(&h->lines_lock);
    for (uint32_t i = 0; i < h->options.workers; i++) pthread_join(h->workers[i], NULL);
    pthread_join(h->sweeper, NULL);
    MHD_stop_daemon(h->daemon);
    if (fd != MHD_INVALID_SOCKET) close(fd);
    pthread_mutex_destroy(&h->queue_lock);
    pthread_cond_destroy(&h->queue_grown);
    pthread_mutex_destroy(&h->lines_lock);
    pthread_cond_destroy(&h->sweeper_ends);
}
