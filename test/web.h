/*
 * web.h - the real server, started by a test, and requests byte by byte.
 *
 * Nothing between the test and the socket: a request is what the test writes,
 * so broken ones can be sent too. The server ends with the test.
 */
#ifndef MUSTER_TEST_WEB_H
#define MUSTER_TEST_WEB_H

#include <netinet/in.h>
#include <signal.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "program.h"

struct web {
    pid_t pid;
    int port;
    char cookie[400]; /* "Cookie: muster=...\r\n" once somebody logged in; "" */
    char csrf[100];
};

/* What came back; `all` is to be freed by web_free(). */
struct web_reply {
    int status;
    char *all, *headers, *body;
    size_t body_len;
};

/* Start `muster serve --listen 127.0.0.1:0` with further words, and wait for its line. */
static inline struct web web_start(const struct temp *t, const char *words)
{
    struct web w = {0};
    int ends[2];
    char command[2048], line[512] = "";
    if (pipe(ends)) abort();
    snprintf(command, sizeof command, "exec %s serve --listen 127.0.0.1:0 %s 2>'%s'", program_path,
             words, temp_path(t, "serve-said"));
    fflush(stdout);
    w.pid = fork();
    if (w.pid == 0) {
        dup2(ends[1], 1);
        close(ends[0]);
        close(ends[1]);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    for (size_t n = 0; n < sizeof line - 1 && read(ends[0], line + n, 1) == 1; n++) {
        if (line[n] == '\n') break;
    }
    close(ends[0]);
    const char *at = strstr(line, "127.0.0.1:");
    w.port = at ? atoi(at + 10) : 0;
    if (!w.port) printf("# the server did not start: '%s'\n", line);
    return w;
}

/* SIGTERM; the exit code. */
static inline int web_stop(struct web *w)
{
    int status = 0;
    kill(w->pid, SIGTERM);
    waitpid(w->pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static inline int web_connect(const struct web *w)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)w->port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct timeval most = {.tv_sec = 30};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
    if (connect(fd, (struct sockaddr *)&to, sizeof to)) {
        close(fd);
        return -1;
    }
    return fd;
}

/* All that comes until the other side closes. */
static inline struct web_reply web_read(int fd)
{
    struct web_reply r = {0};
    size_t len = 0, room = 1 << 16;
    r.all = malloc(room);
    if (!r.all) abort();
    for (ssize_t n; (n = recv(fd, r.all + len, room - len - 1, 0)) > 0;) {
        len += (size_t)n;
        if (room - len < 2 && !(r.all = realloc(r.all, room *= 2))) abort();
    }
    r.all[len] = '\0';
    r.headers = r.all;
    r.body = strstr(r.all, "\r\n\r\n");
    if (strncmp(r.all, "HTTP/1.1 ", 9) == 0) r.status = atoi(r.all + 9);
    if (r.body) {
        r.body[2] = '\0';
        r.body += 4;
        r.body_len = len - (size_t)(r.body - r.all);
    } else {
        r.body = r.all + len;
    }
    return r;
}

static inline void web_free(struct web_reply *r)
{
    free(r->all);
    *r = (struct web_reply){0};
}

/* Bytes as they are; the server's answer, or status 0. */
static inline struct web_reply web_send(const struct web *w, const char *bytes, size_t len)
{
    struct web_reply r = {.all = calloc(1, 1)};
    r.headers = r.body = r.all;
    int fd = web_connect(w);
    if (fd < 0) return r;
    for (size_t at = 0; at < len;) {
        ssize_t n = send(fd, bytes + at, len - at, MSG_NOSIGNAL);
        if (n <= 0) break;
        at += (size_t)n;
    }
    free(r.all);
    r = web_read(fd);
    close(fd);
    return r;
}

/* GET of a path as it is written; `more` are further header lines, each with its CR LF. */
static inline struct web_reply web_get_with(const struct web *w, const char *path, const char *more)
{
    size_t room = strlen(path) + strlen(more) + strlen(w->cookie) + 200;
    char *bytes = malloc(room);
    if (!bytes) abort();
    int len = snprintf(bytes, room,
                       "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n%s%s\r\n",
                       path, w->port, w->cookie, more);
    struct web_reply r = web_send(w, bytes, (size_t)len);
    free(bytes);
    return r;
}

static inline struct web_reply web_get(const struct web *w, const char *path)
{
    return web_get_with(w, path, "");
}

static inline struct web_reply web_post_with(const struct web *w, const char *path,
                                             const char *form, const char *more)
{
    size_t room = strlen(path) + strlen(form) + strlen(more) + strlen(w->cookie) + 300;
    char *bytes = malloc(room);
    if (!bytes) abort();
    int len = snprintf(bytes, room,
                       "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n"
                       "Content-Type: application/x-www-form-urlencoded\r\n"
                       "Content-Length: %zu\r\n%s%s\r\n%s",
                       path, w->port, strlen(form), w->cookie, more, form);
    struct web_reply r = web_send(w, bytes, (size_t)len);
    free(bytes);
    return r;
}

static inline struct web_reply web_post(const struct web *w, const char *path, const char *form)
{
    return web_post_with(w, path, form, "");
}

/* The value of a header, cut to fit; "" when it is not there. */
static inline const char *web_header(const struct web_reply *r, const char *name)
{
    static char value[1024];
    size_t len = strlen(name);
    value[0] = '\0';
    for (const char *at = r->headers; at && *at;) {
        const char *next = strstr(at, "\r\n");
        if (strncasecmp(at, name, len) == 0 && at[len] == ':') {
            const char *from = at + len + 1 + strspn(at + len + 1, " ");
            size_t n = next ? (size_t)(next - from) : strlen(from);
            snprintf(value, sizeof value, "%.*s", (int)n, from);
            break;
        }
        at = next ? next + 2 : NULL;
    }
    return value;
}

/* Log in, and keep the cookie and the form token; the status of the login. */
static inline int web_login(struct web *w, const char *name, const char *password)
{
    char form[400];
    w->cookie[0] = w->csrf[0] = '\0';
    snprintf(form, sizeof form, "name=%s&password=%s", name, password);
    struct web_reply r = web_post(w, "/login", form);
    int status = r.status;
    const char *set = web_header(&r, "Set-Cookie");
    snprintf(w->cookie, sizeof w->cookie, "Cookie: %.*s\r\n", (int)strcspn(set, ";"), set);
    web_free(&r);
    if (status != 303) {
        w->cookie[0] = '\0';
        return status;
    }
    r = web_get(w, "/help");
    const char *at = strstr(r.body, "name=\"csrf\" value=\"");
    if (at) snprintf(w->csrf, sizeof w->csrf, "%.64s", at + strlen("name=\"csrf\" value=\""));
    web_free(&r);
    return status;
}

#endif
