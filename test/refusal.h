/*
 * refusal.h - the real program refusing something, for the tests of bad input.
 *
 * A refusal is an exit code and one sentence, and leaves the book as it was:
 * the same log, the same evidence, and verify is clean. The test works in a
 * directory of its own, so that names are short and sentences known.
 */
#ifndef MUSTER_TEST_REFUSAL_H
#define MUSTER_TEST_REFUSAL_H

#include <limits.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "base/text.h"
#include "tap.h"

#include "program.h"

static struct temp temp;
static char fixtures[512]; /* test/, absolute */
static char data[512];     /* ../shared/data, absolute; "" when it is not there */

/* --- files --- */

static inline void put(const char *name, const char *bytes, size_t len)
{
    FILE *f = fopen(name, "wb");
    if (!f || (len && fwrite(bytes, 1, len, f) != len) || fclose(f) != 0) {
        perror(name);
        exit(99);
    }
}

static inline void put_text(const char *name, const char *text)
{
    put(name, text, strlen(text));
}

/* The whole file, NUL behind it, to be freed. */
static inline char *get(const char *path, size_t *len)
{
    FILE *f = fopen(path, "rb");
    char *bytes = malloc(1 << 20);
    if (!f || !bytes) {
        perror(path);
        exit(99);
    }
    *len = fread(bytes, 1, (1 << 20) - 1, f);
    bytes[*len] = '\0';
    fclose(f);
    return bytes;
}

static inline char *fixture(const char *name, size_t *len)
{
    char path[800];
    snprintf(path, sizeof path, "%s/%s", fixtures, name);
    return get(path, len);
}

/* A copy of a fixture with the first `from` in it made `to`. */
static inline void put_changed(const char *name, const char *of, const char *from, const char *to)
{
    size_t len;
    char *text = fixture(of, &len), *at = strstr(text, from);
    char changed[8192];
    if (!at) abort();
    snprintf(changed, sizeof changed, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    put_text(name, changed);
    free(text);
}

static inline bool there(const char *path)
{
    return access(path, F_OK) == 0;
}

/* --- what the program said --- */

/* Words that mean nothing to somebody who does not write programs. */
static const char *const jargon[] = {
    "errno",   "NULL",   "(nil)",   "assert",        "malloc",   "SQLITE",    "RC_",
    "segment", "0x",     "%s",      "rc=",           "overflow", "mmap",      "fopen",
    "inode",   "struct", "pointer", "xmlTextReader", "jansson",  "premature",
};

/* One sentence, in UTF-8 and in words, with `want` in it. */
static inline void said_well(const char *want)
{
    size_t len = strlen(program_said), lines = 0;
    bool good = strncmp(program_said, "muster: ", 8) == 0 && len > 10 && strstr(program_said, want);
    for (size_t i = 0; i < len; i++) lines += program_said[i] == '\n';
    good = good && lines == 1 && program_said[len - 1] == '\n';
    good = good && text_is_utf8(program_said, len) && !strstr(program_said, "\xef\xbf\xbd");
    for (size_t i = 0; i < sizeof jargon / sizeof *jargon; i++) {
        good = good && !strstr(program_said, jargon[i]);
    }
    CHECK(good);
    if (!good) printf("# wanted '%s', said: %.600s", want, program_said);
}

static inline void done(int code, const char *args)
{
    free(program(&temp, "%s", args));
    CHECK_I64(program_exit, code);
    if (program_exit != code) printf("# %s: %.300s\n", args, program_said);
}

/* --- the book that must not change --- */

static inline int64_t evidence_of(const char *store)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *st = NULL;
    int64_t count = -1;
    if (sqlite3_open_v2(store, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(db, "SELECT count(*), total(length(bytes)) FROM evidence", -1, &st,
                           NULL) == SQLITE_OK &&
        sqlite3_step(st) == SQLITE_ROW) {
        count = sqlite3_column_int64(st, 0) << 40 | sqlite3_column_int64(st, 1);
    }
    sqlite3_finalize(st);
    sqlite3_close(db);
    return count;
}

static inline char *log_of(const char *store)
{
    return program(&temp, "--store %s export", store);
}

/* A book with something in it, made once: "book.db". */
static inline void make_book(void)
{
    size_t len;
    char *map = fixture("data/bad/gifts.map", &len);
    put("gifts.map", map, len);
    free(map);
    char *table = fixture("data/bad/gifts.csv", &len);
    put("gifts.csv", table, len);
    free(table);
    done(0, "--store book.db import --mapping gifts.map gifts.csv");
}

/* `muster --store book.db ARGS` is refused with that code and sentence, and changes nothing. */
static inline void refused(int code, const char *args, const char *want)
{
    char *before = log_of("book.db");
    int64_t evidence = evidence_of("book.db");
    char *out = program(&temp, "--store book.db %s", args);
    CHECK_I64(program_exit, code);
    if (program_exit != code) printf("# %s\n# %.300s\n", args, program_said);
    CHECK_TEXT(out, "");
    free(out);
    said_well(want);
    char *after = log_of("book.db");
    CHECK(evidence > 0 && strcmp(before, after) == 0 && strlen(before) > 100);
    CHECK_I64(evidence_of("book.db"), evidence);
    free(before);
    free(after);
    done(0, "--store book.db verify");
}

static inline void import_refused(const char *args, const char *want)
{
    char typed[512];
    snprintf(typed, sizeof typed, "import %s", args);
    refused(3, typed, want);
}

/* Run as somebody without rights when the test has all of them; false where that cannot be. */
static inline bool as_nobody(char *was, size_t room)
{
    snprintf(was, room, "%s", program_path);
    if (geteuid() != 0) return true;
    char as[600];
    snprintf(as, sizeof as, "setpriv --reuid 65534 --regid 65534 --clear-groups %.500s", was);
    strcpy(program_path, as);
    free(program(&temp, "--version"));
    if (program_exit == 0) return true;
    strcpy(program_path, was);
    return false;
}

/* Everything that is relative, made absolute, before the working directory is another. */
static inline void go_to_own_directory(const char *argv0)
{
    char whole[PATH_MAX];
    program_find(argv0);
    if (!realpath(program_path, whole) || strlen(whole) >= sizeof program_path) exit(99);
    strcpy(program_path, whole);
    if (!realpath("test", whole) || strlen(whole) >= sizeof fixtures) exit(99);
    strcpy(fixtures, whole);
    if (shared_dir() && realpath(shared_dir(), whole)) {
        snprintf(data, sizeof data, "%.500s/data", whole);
    }
    temp_make(&temp);
    unsetenv("MUSTER_STORE");
    chmod(temp.dir, 0755);
    if (chdir(temp.dir) != 0) exit(99);
}

static inline void leave_own_directory(void)
{
    char gone[300];
    snprintf(gone, sizeof gone, "rm -rf --one-file-system '%s'", temp.dir);
    if (chdir("/") != 0 || system(gone) != 0) exit(99);
}

#endif
