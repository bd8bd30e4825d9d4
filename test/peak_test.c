/* peak_test.c - what a process is told of its own memory. */
#include "base/peak.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tap.h"

enum { MANY = 128 << 20, SOME = 24 << 20 };

static const char *self;

/* So many bytes that are there. */
static char *touched(size_t bytes)
{
    char *p = malloc(bytes);
    if (!p) abort();
    memset(p, 1, bytes);
    __asm__ volatile("" : : "r"(p) : "memory"); /* it was not for nothing */
    return p;
}

static void what_was_held_counts_when_it_is_gone(void)
{
    int64_t before = peak_kb();
    free(touched(SOME));
    CHECK(before > 0);
    CHECK(peak_kb() - before > SOME / 1024 / 2);
}

/* This program, started anew, prints its peak. */
static int64_t peak_of_child(void)
{
    char command[600];
    long long kb = -1;
    snprintf(command, sizeof command, "exec '%s' child", self);
    FILE *f = popen(command, "r");
    if (!f) abort();
    if (fscanf(f, "%lld", &kb) != 1) kb = -1;
    CHECK_I64(pclose(f), 0);
    return kb;
}

static void what_its_starter_holds_does_not_count(void)
{
    char *held = touched(MANY);
    int64_t own = peak_kb(), child = peak_of_child();
    printf("# %" PRId64 " kB here, %" PRId64 " in a program started here\n", own, child);
    CHECK(own > MANY / 1024);
    CHECK(child > 0 && child < own - MANY / 1024 / 2);
    free(held);
}

int main(int argc, char **argv)
{
    self = argv[0];
    if (argc > 1) return printf("%" PRId64 "\n", peak_kb()) < 0;
    RUN(what_was_held_counts_when_it_is_gone);
    RUN(what_its_starter_holds_does_not_count);
    return tap_done();
}
