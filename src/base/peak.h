/*
 * peak.h - how much of this process was resident at most.
 *
 * getrusage() tells more than that: what the process held from which this one
 * was started counts there too, so that a script of 200 MB that asks for a plan
 * is told of 200 MB. The kernel keeps another count beside the pages that it is
 * of, and that one begins with the program.
 */
#ifndef MUSTER_BASE_PEAK_H
#define MUSTER_BASE_PEAK_H

#include <stdint.h>

/* In units of 1024 bytes. Without /proc it is what getrusage() says. */
int64_t peak_kb(void);

#endif
