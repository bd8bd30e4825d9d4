/*
 * copy.c - the file of accounts once more, elsewhere.
 *
 * Users, tokens and the audit trail go along; sessions do not: one that ended
 * since must not begin again where the copy is put in place.
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "accounts/inside.h"
#include "base/text.h"

static enum rc failed(const char *path, int code, struct err *err)
{
    if ((code & 0xff) == SQLITE_FULL) {
        return fail(err, RC_STORE, "no room left on the disk of '%.150s'", path);
    }
    return fail(err, RC_STORE, "'%.150s' cannot be written: %s", path, sqlite3_errstr(code));
}

/* Everything in one step: nobody changes the file meanwhile, for the lock is held. */
static int copy_into(struct accounts *a, sqlite3 *to)
{
    sqlite3_backup *b = sqlite3_backup_init(to, "main", a->db, "main");
    if (!b) return sqlite3_errcode(to);
    int code = sqlite3_backup_step(b, -1);
    int end = sqlite3_backup_finish(b);
    if (code != SQLITE_DONE) return code;
    if (end != SQLITE_OK) return end;
    return sqlite3_exec(to,
                        "PRAGMA journal_mode=DELETE; PRAGMA secure_delete=ON;"
                        "DELETE FROM sessions",
                        NULL, NULL, NULL);
}

enum rc accounts_copy(struct accounts *a, const char *path, struct err *err)
{
    struct arena arena = {0};
    sqlite3 *to = NULL;
    unlink(path);
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return failed(path, SQLITE_CANTOPEN, err);
    close(fd);
    /* Some names mean no file to SQLite: ":memory:". */
    const char *file = text_format(&arena, "%s%s", path[0] == '/' ? "" : "./", path);
    int code = sqlite3_open_v2(file, &to, SQLITE_OPEN_READWRITE, NULL);
    if (code == SQLITE_OK) {
        pthread_mutex_lock(&a->lock);
        code = copy_into(a, to);
        pthread_mutex_unlock(&a->lock);
    }
    sqlite3_close(to);
    arena_free(&arena);
    if (code == SQLITE_OK) return RC_OK;
    unlink(path);
    return failed(path, code, err);
}
