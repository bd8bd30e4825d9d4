/* clock.c - see clock.h. */
#include "cli/clock.h"

#include <assert.h>
#include <time.h>

static int64_t read_ms(clockid_t clock)
{
    struct timespec t;
    int failed = clock_gettime(clock, &t);
    assert(!failed);
    (void)failed;
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t clock_now_ms(void)
{
    return read_ms(CLOCK_REALTIME);
}

int64_t clock_ticks_ms(void)
{
    return read_ms(CLOCK_MONOTONIC);
}
