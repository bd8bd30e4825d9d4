/*
 * wire.h - a wire to a PostgreSQL server that can be cut at any byte.
 *
 * A thread listens on a socket in the test's directory and hands on what comes
 * to the server's own, both ways, for any number of connections. wire_cut()
 * names the direction and how many bytes more get through; then every
 * connection is closed on both sides, and new ones are taken as before.
 */
#ifndef MUSTER_TEST_WIRE_H
#define MUSTER_TEST_WIRE_H

#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "temp.h"

enum { WIRES_MAX = 8 };
static struct {
    pthread_t thread;
    pthread_mutex_t lock;
    char server[120];
    int listening;
    int end[WIRES_MAX][2]; /* the client's and the server's side; -1: free */
    bool begun, ending, armed, up, refusing;
    bool stalls, stalled; /* nothing is carried then, and nobody hangs up */
    uint64_t left;        /* bytes that still get through */
    uint64_t carried;     /* since it was last asked for, both ways */
} wire = {.lock = PTHREAD_MUTEX_INITIALIZER};

static inline int wire_socket(const char *path, bool listening)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    snprintf(at.sun_path, sizeof at.sun_path, "%.100s", path);
    int bad = listening ? bind(fd, (struct sockaddr *)&at, sizeof at) || listen(fd, 20)
                        : connect(fd, (struct sockaddr *)&at, sizeof at);
    if (!bad) return fd;
    close(fd);
    return -1;
}

static inline void wire_hang_up(int i)
{
    close(wire.end[i][0]);
    close(wire.end[i][1]);
    wire.end[i][0] = wire.end[i][1] = -1;
}

static inline void wire_accept(void)
{
    int client = accept(wire.listening, NULL, NULL);
    int server = wire.refusing ? -1 : wire_socket(wire.server, false);
    int i = 0;
    while (i < WIRES_MAX && wire.end[i][0] >= 0) i++;
    if (client < 0 || server < 0 || i == WIRES_MAX) {
        if (client >= 0) close(client);
        if (server >= 0) close(server);
        return;
    }
    wire.end[i][0] = client;
    wire.end[i][1] = server;
}

/* What came on one side goes to the other, as far as it gets through. */
static inline void wire_carry(int i, int side)
{
    char bytes[4096];
    ssize_t len = recv(wire.end[i][side], bytes, sizeof bytes, MSG_DONTWAIT);
    if (len <= 0) {
        wire_hang_up(i);
        return;
    }
    bool counts = wire.armed && wire.up == (side == 0);
    bool cut = counts && (uint64_t)len >= wire.left;
    size_t pass = cut ? (size_t)wire.left : (size_t)len;
    wire.carried += pass;
    for (size_t at = 0; at < pass;) {
        ssize_t sent = send(wire.end[i][1 - side], bytes + at, pass - at, MSG_NOSIGNAL);
        if (sent <= 0) break;
        at += (size_t)sent;
    }
    if (counts) wire.left -= pass;
    if (!cut) return;
    wire.armed = false;
    wire.stalled = wire.stalls;
    if (wire.stalled) return;
    for (int k = 0; k < WIRES_MAX; k++) {
        if (wire.end[k][0] >= 0) wire_hang_up(k);
    }
}

static inline void *wire_run(void *ctx)
{
    (void)ctx;
    for (;;) {
        struct pollfd fds[1 + 2 * WIRES_MAX] = {{.fd = wire.listening, .events = POLLIN}};
        pthread_mutex_lock(&wire.lock);
        bool ending = wire.ending;
        for (int i = 0; i < 2 * WIRES_MAX; i++) {
            fds[1 + i] = (struct pollfd){.fd = wire.end[i / 2][i % 2], .events = POLLIN};
        }
        pthread_mutex_unlock(&wire.lock);
        if (ending) return NULL;
        poll(fds, 1 + 2 * WIRES_MAX, 20);
        pthread_mutex_lock(&wire.lock);
        if (wire.stalled) {
            pthread_mutex_unlock(&wire.lock);
            poll(NULL, 0, 5);
            continue;
        }
        for (int i = 0; i < 2 * WIRES_MAX; i++) {
            bool same = fds[1 + i].fd >= 0 && fds[1 + i].fd == wire.end[i / 2][i % 2];
            if (same && fds[1 + i].revents) wire_carry(i / 2, i % 2);
        }
        if (fds[0].revents) wire_accept();
        pthread_mutex_unlock(&wire.lock);
    }
}

static inline void wire_begin(const struct temp *t, const char *server_dir)
{
    char path[240];
    snprintf(wire.server, sizeof wire.server, "%.100s/.s.PGSQL.5432", server_dir);
    snprintf(path, sizeof path, "%s/.s.PGSQL.5432", t->dir);
    wire.listening = wire_socket(path, true);
    for (int i = 0; i < WIRES_MAX; i++) wire.end[i][0] = wire.end[i][1] = -1;
    if (wire.listening < 0 || pthread_create(&wire.thread, NULL, wire_run, NULL)) abort();
    wire.begun = true;
}

/* After so many bytes up (to the server) or down; at 0 what comes next is not carried. */
static inline void wire_cut(bool up, uint64_t after)
{
    pthread_mutex_lock(&wire.lock);
    wire.armed = true;
    wire.stalls = false;
    wire.up = up;
    wire.left = after;
    pthread_mutex_unlock(&wire.lock);
}

/* The same, but nobody is told: as a machine that disappears. The rest of those bytes is lost. */
static inline void wire_stall(bool up, uint64_t after)
{
    wire_cut(up, after);
    pthread_mutex_lock(&wire.lock);
    wire.stalls = true;
    pthread_mutex_unlock(&wire.lock);
}

/* No cut any more; whether there was one. */
static inline bool wire_mend(void)
{
    pthread_mutex_lock(&wire.lock);
    bool cut = !wire.armed;
    wire.armed = wire.stalled = false;
    pthread_mutex_unlock(&wire.lock);
    return cut;
}

/* Whether new connections are sent away. */
static inline void wire_refuse(bool refusing)
{
    pthread_mutex_lock(&wire.lock);
    wire.refusing = refusing;
    pthread_mutex_unlock(&wire.lock);
}

/* Bytes that were carried since it was last asked. */
static inline uint64_t wire_count(void)
{
    pthread_mutex_lock(&wire.lock);
    uint64_t n = wire.carried;
    wire.carried = 0;
    pthread_mutex_unlock(&wire.lock);
    return n;
}

static inline void wire_end(void)
{
    if (!wire.begun) return;
    pthread_mutex_lock(&wire.lock);
    wire.ending = true;
    pthread_mutex_unlock(&wire.lock);
    pthread_join(wire.thread, NULL);
    for (int i = 0; i < WIRES_MAX; i++) {
        if (wire.end[i][0] >= 0) wire_hang_up(i);
    }
    close(wire.listening);
    char path[240];
    snprintf(path, sizeof path, "%.200s/../.s.PGSQL.5432", wire.server);
    unlink(path);
}

#endif
