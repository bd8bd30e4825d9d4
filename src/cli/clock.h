/*
 * clock.h - the only place in muster that reads a clock.
 *
 * Everything else is handed instants, so that the same question over the same
 * log gives the same bytes, and a test can say what time it is.
 */
#ifndef MUSTER_CLI_CLOCK_H
#define MUSTER_CLI_CLOCK_H

#include <pthread.h>
#include <stdint.h>
#include <time.h>

/* UTC milliseconds since 1970-01-01: what is recorded. */
int64_t clock_now_ms(void);

/* Milliseconds that only ever grow, from no particular start: for measuring. */
int64_t clock_ticks_ms(void);

/*
 * For waiting so long and no longer: a condition that is waited for by those
 * ticks, and the end of the wait. A clock that somebody sets back must not
 * hold a waiter for hours.
 */
void clock_condition(pthread_cond_t *c);
struct timespec clock_in_ms(int64_t ms);

#endif
