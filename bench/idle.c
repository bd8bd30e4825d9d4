/*
 * idle.c - many connections that say nothing, or too little, and one that asks.
 *
 *     idle PORT COUNT quiet|slow
 *
 * COUNT connections (as many as this machine lets one process open: the number
 * is printed) are opened and left: `quiet` ones send nothing, `slow` ones the
 * beginning of a request, a byte each second. Then the overview is asked for
 * 200 times, and once before: the median of both in microseconds.
 */
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ASKS = 200 };

static int port;

static int dial(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0) return fd;
    if (fd >= 0) close(fd);
    return -1;
}

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* Microseconds of one GET of the overview; below 0 when it was not answered with 200. */
static double ask(void)
{
    static const char request[] = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    char bytes[65536];
    bool good = false, first = true;
    double from = now_us();
    int fd = dial();
    if (fd < 0 || write(fd, request, sizeof request - 1) < 0) return -1;
    for (ssize_t n; (n = read(fd, bytes, sizeof bytes)) > 0; first = false) {
        if (first) good = n > 12 && memcmp(bytes, "HTTP/1.1 200", 12) == 0;
    }
    close(fd);
    return good ? now_us() - from : -1;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(int *refused)
{
    double took[ASKS];
    int n = 0;
    for (int i = 0; i < ASKS; i++) {
        double us = ask();
        if (us < 0)
            ++*refused;
        else
            took[n++] = us;
    }
    qsort(took, (size_t)n, sizeof *took, by_size);
    return n ? took[n / 2] : -1;
}

int main(int argc, char **argv)
{
    static const char begun[] = "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ";
    if (argc != 4) return 2;
    port = atoi(argv[1]);
    int wanted = atoi(argv[2]), count = 0, refused = 0;
    bool slow = strcmp(argv[3], "slow") == 0;
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    if ((rlim_t)wanted + 20 > files.rlim_cur) wanted = (int)files.rlim_cur - 20;
    int *lines = calloc((size_t)wanted + 1, sizeof *lines);
    if (!lines) return 1;
    double alone = median(&refused);
    while (count < wanted && (lines[count] = dial()) >= 0) count++;
    for (int round = 0; slow && round < 3; round++) {
        for (int i = 0; i < count; i++) {
            if (write(lines[i], round ? "a" : begun, round ? 1 : sizeof begun - 1) < 0) refused++;
        }
        sleep(1);
    }
    double beside = median(&refused);
    printf("%d %s connections (this machine allows %llu files): overview %.0f us beside them, %.0f"
           " alone, %d not answered\n",
           count, argv[3], (unsigned long long)files.rlim_max, beside, alone, refused);
    free(lines);
    return refused ? 1 : 0;
}
