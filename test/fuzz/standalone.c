/*
 * standalone.c - a fuzz target run without libFuzzer: SEED COUNT FILE...
 *
 * The target sees every file as it is, then COUNT seeded mutations of each: a
 * smoke test for any compiler, the same on every machine. A crash, and an
 * input that takes longer than SECONDS_MAX, names its seed: the same again
 * with that seed and COUNT 1. Without FILEs there is one, empty.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fuzz/fuzz.h"

enum { SECONDS_MAX = 20 };

struct file {
    uint8_t *bytes;
    size_t len;
};

/* xorshift64*: rand() differs from one C library to the next. */
static uint64_t state;

static size_t pick(size_t below)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (size_t)((state * UINT64_C(2685821657736338717)) >> 33) % below;
}

static struct file load(const char *path)
{
    struct file got = {0};
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END)) {
        perror(path);
        exit(2);
    }
    long size = ftell(f);
    rewind(f);
    got.bytes = malloc((size_t)size + 1);
    if (!got.bytes || fread(got.bytes, 1, (size_t)size, f) != (size_t)size) {
        perror(path);
        exit(2);
    }
    got.len = (size_t)size;
    fclose(f);
    return got;
}

/* One change in place of bytes that have room for 64 more; returns the new length. */
static size_t mutate(uint8_t *bytes, size_t len)
{
    static const char marks[] = "\"\",;\n\r\t<>/&'=0_x\xff\xc3\x80PK";
    if (len == 0) {
        bytes[0] = (uint8_t)pick(256);
        return 1;
    }
    size_t at = pick(len), run = 1 + pick(32), from = pick(len);
    if (run > len - at) run = len - at;
    switch (pick(7)) {
    case 0: bytes[at] = (uint8_t)(bytes[at] ^ 1u << pick(8)); return len;
    case 1: bytes[at] = (uint8_t)pick(256); return len;
    case 2: bytes[at] = (uint8_t)marks[pick(sizeof marks)]; return len;
    case 3: /* take a run out */
        memmove(bytes + at, bytes + at + run, len - at - run);
        return len - run;
    case 4: /* say a run twice */ memmove(bytes + at + run, bytes + at, len - at); return len + run;
    case 5: /* lay one run over another */
        if (run > len - from) run = len - from;
        memmove(bytes + at, bytes + from, run);
        return len;
    default: return pick(16) ? len : at; /* now and then, cut short */
    }
}

static void run_mutation(const struct file *f, uint64_t seed)
{
    state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
    size_t changes = 1 + pick(8), len = f->len;
    uint8_t *work = malloc(len + 64 * changes + 1), *exact;
    if (!work) abort();
    if (len) memcpy(work, f->bytes, len);
    for (size_t i = 0; i < changes; i++) len = mutate(work, len);
    exact = malloc(len ? len : 1); /* exactly so long, for the sanitizer to see */
    if (!exact) abort();
    if (len) memcpy(exact, work, len);
    free(work);
    LLVMFuzzerTestOneInput(exact, len);
    free(exact);
}

/* In the child: each seed goes up the pipe before it is tried. */
static void try_all(const char *path, uint64_t seed, uint64_t count, int up)
{
    struct file f = path ? load(path) : (struct file){0};
    for (uint64_t k = seed; k < seed + count; k++) {
        if (write(up, &k, sizeof k) != (ssize_t)sizeof k) exit(2);
        alarm(SECONDS_MAX);
        if (k == seed) LLVMFuzzerTestOneInput(f.bytes, f.len);
        run_mutation(&f, k);
    }
    alarm(0);
    free(f.bytes);
    exit(0);
}

/* A process a file: however it dies, by a signal or by a sanitizer, its last seed is known. */
static bool survives(const char *path, uint64_t seed, uint64_t count)
{
    int ends[2], status = 0;
    uint64_t last = seed, got;
    if (pipe(ends)) return false;
    pid_t child = fork();
    if (child < 0) return false;
    if (child == 0) {
        close(ends[0]);
        try_all(path, seed, count, ends[1]);
    }
    close(ends[1]);
    while (read(ends[0], &got, sizeof got) == (ssize_t)sizeof got) last = got;
    close(ends[0]);
    if (waitpid(child, &status, 0) == child && status == 0) return true;
    fprintf(stderr, "died of %s, seed %" PRIu64 " (signal %d, exit %d)\n", path ? path : "(empty)",
            last, WIFSIGNALED(status) ? WTERMSIG(status) : 0,
            WIFEXITED(status) ? WEXITSTATUS(status) : 0);
    return false;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: %s SEED COUNT FILE...\n", argv[0]);
        return 2;
    }
    uint64_t seed = strtoull(argv[1], NULL, 10), count = strtoull(argv[2], NULL, 10);
    bool alive = true;
    for (int i = 3; i < argc || i == 3; i++) {
        alive = survives(i < argc ? argv[i] : NULL, seed, count) && alive;
    }
    return alive ? 0 : 1;
}
