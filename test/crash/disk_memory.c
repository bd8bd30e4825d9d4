/*
 * disk_memory.c - see memory.h. What the product asks memory of comes here by
 * the linker (--wrap, in the Makefile), what SQLite asks by its configuration.
 *
 * Out of memory ends the process, by decision (base/arena.h). So when it does,
 * the trial is left by a long jump, and what a process would have let go of is
 * let go of: connections, files, blocks.
 */
#define _XOPEN_SOURCE 700 /* strdup, sigsetjmp */
#include <errno.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "disk_inside.h"
#include "memory.h"

enum { LIVE = 1 << 16, CONNECTIONS = 8, STATEMENTS = 64 };

static struct {
    bool armed, refused, lasting;
    uint64_t count, fail_at;
    void *live[LIVE]; /* asked for since it was armed, and not given back: by address */
    sqlite3 *open[CONNECTIONS];
    sqlite3_stmt *prepared[STATEMENTS]; /* by the product: SQLite has some of its own */
    jmp_buf *end;
} memory;

#define WRAP(type, name, args)                                                                     \
    type __real_##name args;                                                                       \
    type __wrap_##name args;                                                                       \
    type __wrap_##name args

void *__real_malloc(size_t size);
void __real_free(void *block);

bool memory_granted(void)
{
    if (!memory.armed) return true;
    memory.count++;
    bool now = memory.count == memory.fail_at || (memory.lasting && memory.count > memory.fail_at);
    if (!now || !memory.fail_at) return true;
    memory.refused = true;
    errno = ENOMEM;
    return false;
}

/* --- blocks that are out --- */

static size_t place(const void *block)
{
    size_t at = (size_t)((uintptr_t)block >> 4) * 0x9e3779b1u % LIVE;
    while (memory.live[at] && memory.live[at] != block) at = (at + 1) % LIVE;
    return at;
}

static void *lent(void *block)
{
    if (block && memory.armed) memory.live[place(block)] = block;
    return block;
}

static void given_back(void *block)
{
    size_t at = place(block);
    if (!block || !memory.live[at]) return;
    memory.live[at] = NULL;
    for (size_t next = (at + 1) % LIVE; memory.live[next]; next = (next + 1) % LIVE) {
        void *moved = memory.live[next];
        memory.live[next] = NULL;
        memory.live[place(moved)] = moved;
    }
}

WRAP(void *, malloc, (size_t size))
{
    return memory_granted() ? lent(__real_malloc(size)) : NULL;
}

WRAP(void *, calloc, (size_t count, size_t size))
{
    return memory_granted() ? lent(__real_calloc(count, size)) : NULL;
}

WRAP(void *, realloc, (void *block, size_t size))
{
    if (!memory_granted()) return NULL;
    given_back(block);
    return lent(__real_realloc(block, size));
}

WRAP(char *, strdup, (const char *text))
{
    size_t len = strlen(text) + 1;
    char *copy = __wrap_malloc(len);
    return copy ? memcpy(copy, text, len) : NULL;
}

WRAP(void, free, (void *block))
{
    given_back(block);
    __real_free(block);
}

WRAP(ssize_t, getline, (char **line, size_t *room, FILE *file))
{
    if (!memory_granted()) return -1;
    given_back(*line);
    ssize_t len = __real_getline(line, room, file);
    lent(*line);
    return len;
}

_Noreturn void __real_abort(void);
_Noreturn void __wrap_abort(void);
_Noreturn void __wrap_abort(void)
{
    if (!memory.armed || !memory.end) __real_abort();
    longjmp(*memory.end, 1);
}

/* --- SQLite --- */

static sqlite3_mem_methods under;

static void *on_malloc(int size)
{
    return memory_granted() ? under.xMalloc(size) : NULL;
}

static void *on_realloc(void *block, int size)
{
    return memory_granted() ? under.xRealloc(block, size) : NULL;
}

void memory_register(void)
{
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &under);
    sqlite3_mem_methods ours = under;
    ours.xMalloc = on_malloc;
    ours.xRealloc = on_realloc;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &ours);
    sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0); /* every allocation is one of its own */
}

WRAP(int, sqlite3_open_v2, (const char *path, sqlite3 **db, int flags, const char *vfs))
{
    int code = __real_sqlite3_open_v2(path, db, flags, vfs);
    for (int i = 0; *db && i < CONNECTIONS; i++) {
        if (memory.open[i]) continue;
        memory.open[i] = *db;
        break;
    }
    return code;
}

WRAP(int, sqlite3_close, (sqlite3 * db))
{
    for (int i = 0; db && i < CONNECTIONS; i++) {
        if (memory.open[i] == db) memory.open[i] = NULL;
    }
    return __real_sqlite3_close(db);
}

WRAP(int, sqlite3_prepare_v3,
     (sqlite3 * db, const char *sql, int len, unsigned flags, sqlite3_stmt **st, const char **rest))
{
    int code = __real_sqlite3_prepare_v3(db, sql, len, flags, st, rest);
    for (int i = 0; *st && i < STATEMENTS; i++) {
        if (memory.prepared[i]) continue;
        memory.prepared[i] = *st;
        break;
    }
    return code;
}

WRAP(int, sqlite3_prepare_v2,
     (sqlite3 * db, const char *sql, int len, sqlite3_stmt **st, const char **rest))
{
    return __wrap_sqlite3_prepare_v3(db, sql, len, 0, st, rest);
}

WRAP(int, sqlite3_finalize, (sqlite3_stmt * st))
{
    for (int i = 0; st && i < STATEMENTS; i++) {
        if (memory.prepared[i] == st) memory.prepared[i] = NULL;
    }
    return __real_sqlite3_finalize(st);
}

/* --- trials --- */

void memory_arm(uint64_t fail_at, bool lasting, jmp_buf *end)
{
    memset(memory.live, 0, sizeof memory.live);
    memory.count = 0;
    memory.fail_at = fail_at;
    memory.lasting = lasting;
    memory.refused = false;
    memory.end = end;
    memory.armed = true;
}

void memory_disarm(void)
{
    memory.armed = false;
}

bool memory_refused(void)
{
    return memory.refused;
}

uint64_t memory_out(void)
{
    uint64_t count = 0;
    for (size_t i = 0; i < LIVE; i++) count += memory.live[i] != NULL;
    return count;
}

/* As when a process ends: nothing more is written, and what it had is let go of. */
void memory_process_ends(void)
{
    disk_kill();
    for (int i = 0; i < STATEMENTS; i++) __wrap_sqlite3_finalize(memory.prepared[i]);
    for (int i = 0; i < CONNECTIONS; i++) {
        if (memory.open[i]) __wrap_sqlite3_close(memory.open[i]);
    }
    disk_close_all();
    for (size_t i = 0; i < LIVE; i++) __real_free(memory.live[i]);
    memset(memory.live, 0, sizeof memory.live);
}
