/*
 * fuzz_backup.c - any bytes in the place of a backup's first part are read as a
 * log that comes out at its roots, or refused with a sentence; never a crash.
 */
#include "fuzz/fuzz.h"

#include <sys/stat.h>
#include <unistd.h>

#include "backup/backup.h"

enum { LAST = 22 }; /* the seeds' records: a part is named by what is in it */

static char dir[100];

static void gone(void)
{
    char command[200];
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    FUZZ_CHECK(system(command) == 0);
}

/* In memory, since it is written thousands of times. */
static void make_dir(void)
{
    char log[200];
    if (*dir) return;
    snprintf(dir, sizeof dir, "%s/muster-fuzz-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    FUZZ_CHECK(mkdtemp(dir));
    snprintf(log, sizeof log, "%s/log", dir);
    FUZZ_CHECK(mkdir(log, 0700) == 0);
    atexit(gone);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena a = {0};
    struct err err = {0};
    struct backup_want want = {.until_ms = INT64_MAX, .incomplete = true};
    struct backup_read read;
    struct verdict v;
    char path[300];
    make_dir();
    snprintf(path, sizeof path, "%s/log/%012d-%012d.log", dir, 1, LAST);
    FILE *f = fopen(path, "wb");
    FUZZ_CHECK(f && fwrite(bytes, 1, len, f) == len && fclose(f) == 0);
    FUZZ_CHECK(!store_open(&a, "memory:", true, &want.into, &err));
    if (backup_read(&a, dir, &want, &read, &err)) {
        FUZZ_CHECK(err.code != RC_OK && err.msg[0]);
    } else {
        FUZZ_CHECK(read.end.last == LAST && read.commits > 0);
        /* Natural keys are no part of the leaves: only verify holds them against the records. */
        if (!store_verify(want.into, &v, &err)) FUZZ_CHECK(v.rows == LAST);
    }
    store_close(want.into);
    arena_free(&a);
    return 0;
}
