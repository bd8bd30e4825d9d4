/*
 * iati.c - a file of IATI, of any size, into drafts: for bench/iati.sh.
 *
 *     iati FILE
 *     iati run PROGRAM ARGUMENT...
 *
 * The second runs a program that says nothing and prints what it took:
 * processor seconds, seconds by the clock, peak memory in KB, and how it ended.
 *
 * The first goes the way of an import up to the book: the file is read twice, once
 * for its form and digest and once for its drafts: each activity taken apart, every
 * repair told, each record made. Nothing is compared with a book or posted.
 * Prints bytes, processor seconds, activities' rows, drafts and peak memory.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "source/readers.h"

struct work {
    FILE *file;
    uint64_t drafts, diags, rows;
};

static size_t read_more(void *ctx, char *out, size_t room)
{
    return fread(out, 1, room, ((struct work *)ctx)->file);
}

static bool again(void *ctx)
{
    return fseeko(((struct work *)ctx)->file, 0, SEEK_SET) == 0;
}

static enum rc count(void *ctx, struct intake *in, struct err *err)
{
    struct work *w = ctx;
    (void)err;
    w->drafts += in->count;
    w->diags += in->diag_count;
    w->rows = in->rows_read;
    return RC_OK;
}

static double seconds(const struct timeval *t)
{
    return (double)t->tv_sec + (double)t->tv_usec / 1e6;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int run(char **argv)
{
    double began = now();
    struct rusage used;
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDOUT_FILENO);
        execvp(argv[0], argv);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) != child) return 1;
    getrusage(RUSAGE_CHILDREN, &used);
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    printf("%.3f %.3f %ld %d\n", seconds(&used.ru_utime) + seconds(&used.ru_stime), now() - began,
           used.ru_maxrss, code);
    return code;
}

int main(int argc, char **argv)
{
    struct work w = {0};
    struct arena a = {0};
    struct err err = {0};
    struct stat st;
    struct rusage used;
    struct intake in = {.arena = &a};
    if (argc > 2 && strcmp(argv[1], "run") == 0) return run(argv + 2);
    if (argc != 2 || stat(argv[1], &st) != 0 || !(w.file = fopen(argv[1], "rb"))) {
        fputs("usage: iati FILE, or iati run PROGRAM ARGUMENT...\n", stderr);
        return 2;
    }
    struct input head = {.path = argv[1], .name = "FILE"};
    struct stream feed = {read_more, again, count, &w};
    enum rc rc = iati_reader.feed(&head, &feed, &in, &err);
    if (rc) fprintf(stderr, "%s\n", err.msg);
    getrusage(RUSAGE_SELF, &used);
    printf("%lld %.3f %llu %llu %ld\n", (long long)st.st_size,
           seconds(&used.ru_utime) + seconds(&used.ru_stime), (unsigned long long)w.rows,
           (unsigned long long)w.drafts, used.ru_maxrss);
    fclose(w.file);
    arena_free(&a);
    return rc != RC_OK;
}
