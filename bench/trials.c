/*
 * trials.c - two commands in turn, several times each, and what they took.
 *
 *     trials NAME JSON TRIALS BEFORE OURS PEER
 *
 * BEFORE makes a fresh start for either and is not counted. Ours and the
 * peer's trials alternate, so that what else the machine does falls on both.
 * Prints the medians and their ratio, and adds a line of JSON to the file.
 * Processor time is what the ratio is of: the wall clock is shown, but on a
 * machine with neighbours it tells of them.
 */
#define _DEFAULT_SOURCE /* wait4 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TRIALS_MAX = 99 };

struct trial {
    int64_t cpu_us, wall_us, rss_kb;
};

static int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int64_t us(struct timeval t)
{
    return (int64_t)t.tv_sec * 1000000 + t.tv_usec;
}

static struct trial run(const char *command)
{
    struct rusage used;
    int status;
    int64_t begin = now_us();
    pid_t pid = fork();
    if (pid == 0) {
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    if (pid < 0 || wait4(pid, &status, 0, &used) != pid || status != 0) {
        fprintf(stderr, "trials: '%s' failed\n", command);
        exit(1);
    }
    return (struct trial){.cpu_us = us(used.ru_utime) + us(used.ru_stime),
                          .wall_us = now_us() - begin,
                          .rss_kb = used.ru_maxrss};
}

static int by_size(const void *x, const void *y)
{
    const int64_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

static int64_t median(int64_t *list, int count)
{
    qsort(list, (size_t)count, sizeof *list, by_size);
    return count % 2 ? list[count / 2] : (list[count / 2 - 1] + list[count / 2]) / 2;
}

static struct trial medians(const struct trial *list, int count)
{
    int64_t cpu[TRIALS_MAX], wall[TRIALS_MAX], rss[TRIALS_MAX];
    for (int i = 0; i < count; i++) {
        cpu[i] = list[i].cpu_us;
        wall[i] = list[i].wall_us;
        rss[i] = list[i].rss_kb;
    }
    return (struct trial){median(cpu, count), median(wall, count), median(rss, count)};
}

/* Hundredths, from microseconds or from two numbers. */
static const char *hundredths(char out[24], int64_t n, int64_t of)
{
    int64_t h = of ? (n * 100 + of / 2) / of : 0;
    snprintf(out, 24, "%" PRId64 ".%02" PRId64, h / 100, h % 100);
    return out;
}

int main(int argc, char **argv)
{
    struct trial ours[TRIALS_MAX], peer[TRIALS_MAX];
    char text[6][24];
    int count = argc == 7 ? atoi(argv[3]) : 0;
    if (count < 1 || count > TRIALS_MAX) {
        fputs("usage: trials NAME JSON TRIALS BEFORE OURS PEER\n", stderr);
        return 2;
    }
    for (int i = 0; i < count; i++) {
        run(argv[4]);
        ours[i] = run(argv[5]);
        run(argv[4]);
        peer[i] = run(argv[6]);
    }
    struct trial a = medians(ours, count), b = medians(peer, count);
    hundredths(text[0], a.cpu_us, 1000000);
    hundredths(text[1], b.cpu_us, 1000000);
    hundredths(text[2], a.cpu_us, b.cpu_us);
    hundredths(text[3], a.wall_us, 1000000);
    hundredths(text[4], b.wall_us, 1000000);
    hundredths(text[5], a.wall_us, b.wall_us);
    printf("%-34s %8s %8s %7s %8s %8s %7s %7" PRId64 "\n", argv[1], text[0], text[1], text[2],
           text[3], text[4], text[5], a.rss_kb / 1024);
    FILE *json = fopen(argv[2], "a");
    if (!json) return 1;
    fprintf(json,
            "{\"bench\":\"%s\",\"trials\":%d,\"cpu_s\":%s,\"peer_cpu_s\":%s,\"cpu_ratio\":%s,"
            "\"wall_s\":%s,\"peer_wall_s\":%s,\"wall_ratio\":%s,\"rss_kb\":%" PRId64
            ",\"peer_rss_kb\":%" PRId64 "}\n",
            argv[1], count, text[0], text[1], text[2], text[3], text[4], text[5], a.rss_kb,
            b.rss_kb);
    return fclose(json) != 0;
}
