/*
 * memory.h - memory that is refused: at the k-th time that the product or SQLite
 * asks for some, or from then on.
 *
 * SQLite is told no, and says so; our arenas end the process, which here ends
 * the trial. What libc and libcrypto take for themselves is not refused.
 */
#ifndef MUSTER_TEST_MEMORY_H
#define MUSTER_TEST_MEMORY_H

#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>

/* Before SQLite is used at all. */
void memory_register(void);

/* From now on; counting starts at 1. When the process would end, `end` is jumped to. */
void memory_arm(uint64_t fail_at, bool lasting, jmp_buf *end);
void memory_disarm(void);

bool memory_granted(void); /* for the disk's calls that take some */
bool memory_refused(void); /* since it was armed */
uint64_t memory_out(void); /* blocks asked for since then and not given back */

/* After a jump: the disk's process is dead, and all that it held is let go of. */
void memory_process_ends(void);

#endif
