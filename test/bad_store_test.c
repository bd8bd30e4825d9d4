/*
 * bad_store_test.c - exchange files that were altered, stores that are none, disks that are full.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include <sys/mount.h>

#include "refusal.h"

/* --- the exchange file --- */

/* Into an empty store: refused, and nothing of it is there. */
static void nothing_of(const char *name)
{
    unlink("x.db");
    unlink("x.db-wal");
    unlink("x.db-shm");
    done(0, "--store x.db init");
    free(program(&temp, "--store x.db import %s", name));
    CHECK_I64(program_exit, 3);
    said_well(name);
    json_t *a = program_json(&temp, "--store x.db verify --json");
    CHECK_I64((int64_t)json_member(a, "records"), 0);
    json_decref(a);
}

static void an_exchange_file_cut_anywhere_is_refused(void)
{
    size_t len;
    free(program(&temp, "--store book.db export > book.muster"));
    char *text = get("book.muster", &len);
    for (size_t i = 1; i < 24; i++) {
        put("cut.muster", text, len * i / 24);
        nothing_of("cut.muster");
    }
    put("cut.muster", text, len - 1); /* the last line end */
    nothing_of("cut.muster");
    free(text);
}

/* Whatever byte is another: no such book is taken in, and none that verify finds fault with. */
static void an_exchange_file_with_a_byte_altered_is_refused(void)
{
    size_t len;
    char *text = get("book.muster", &len);
    size_t step = getenv("MUSTER_ROUNDS") ? 1 : len / 150 + 1;
    for (size_t i = 0; i < len && tap_this_ok; i += step) {
        char was = text[i];
        text[i] = was == '7' ? '8' : was >= '0' && was < '9' ? (char)(was + 1) : (char)(was ^ 1);
        put("altered.muster", text, len);
        nothing_of("altered.muster");
        if (!tap_this_ok) printf("# byte %zu: '%c' became '%c'\n", i, was, text[i]);
        text[i] = was;
    }
    free(text);
}

/* --- stores --- */

static void sql(const char *path, const char *statements)
{
    sqlite3 *db = NULL;
    if (sqlite3_open(path, &db) != SQLITE_OK ||
        sqlite3_exec(db, statements, NULL, NULL, NULL) != SQLITE_OK) {
        printf("# %s\n", sqlite3_errmsg(db));
        exit(99);
    }
    sqlite3_close(db);
}

static void what_is_no_store_is_refused(void)
{
    mkdir("folder.db", 0755);
    put_text("text.db", "Dear colleague, please find the figures below.\n");
    sql("cats.db", "CREATE TABLE cats(name); INSERT INTO cats VALUES('Tom')");
    done(0, "--store newer.db import --mapping gifts.map gifts.csv");
    sql("newer.db", "PRAGMA user_version=3");
    static const char *const verbs[] = {"verify", "burden", "export",
                                        "import --mapping gifts.map gifts.csv"};
    static const struct {
        const char *store, *want;
    } stores[] = {
        {"folder.db", "'folder.db' is a directory; a store is a file"},
        {"text.db", "'text.db' is not a muster store"},
        {"cats.db", "'cats.db' is a database of something else"},
        {"newer.db", "'newer.db' was written by a newer muster"},
        {"nowhere/x.db", "nowhere"},
        {"http://x", "no store can be opened at 'http://...'"},
    };
    for (size_t i = 0; i < sizeof stores / sizeof *stores; i++) {
        size_t len[2] = {0};
        bool file = i > 0 && i < 4;
        char *before = file ? get(stores[i].store, &len[0]) : NULL;
        for (size_t v = 0; v < sizeof verbs / sizeof *verbs; v++) {
            char *out = program(&temp, "--store %s %s", stores[i].store, verbs[v]);
            CHECK_I64(program_exit, 4);
            CHECK_TEXT(out, "");
            free(out);
            said_well(stores[i].want);
        }
        char *after = file ? get(stores[i].store, &len[1]) : NULL;
        CHECK(len[0] == len[1] && (!file || memcmp(before, after, len[0]) == 0));
        free(before);
        free(after);
    }
}

static void an_empty_file_is_an_empty_store(void)
{
    put_text("zero.db", "");
    sql("bare.db", "CREATE TABLE t(x); DROP TABLE t");
    static const char *const stores[] = {"zero.db", "bare.db"};
    for (int i = 0; i < 2; i++) {
        json_t *a = program_json(&temp, "--store %s verify --json", stores[i]);
        CHECK(json_is_true(json_object_get(a, "ok")));
        CHECK_I64((int64_t)json_member(a, "records"), 0);
        json_decref(a);
        struct stat st;
        CHECK(i || (stat("zero.db", &st) == 0 && st.st_size == 0)); /* asking changes nothing */
        free(program(&temp, "--store %s import --mapping gifts.map gifts.csv", stores[i]));
        CHECK_I64(program_exit, 0);
        char *log = log_of(stores[i]);
        CHECK(strstr(log, "conference:3") != NULL);
        free(log);
    }
}

static void a_store_that_may_not_be_written_can_be_asked(void)
{
    char was[sizeof program_path];
    mkdir("given", 0755);
    done(0, "--store given/read.db import --mapping gifts.map gifts.csv");
    char *before = log_of("given/read.db");
    put_text("new.csv", "No,Donor,Currency,Amount,Day\n9,Spain,EUR,1,2024-04-03\n");
    chmod("given/read.db", 0444);
    chmod("given", 0555);
    if (as_nobody(was, sizeof was)) {
        char *log = log_of("given/read.db");
        CHECK(strcmp(log, before) == 0);
        free(log);
        done(0, "--store given/read.db verify");
        done(0, "--store given/read.db import --mapping gifts.map gifts.csv"); /* nothing new */
        free(program(&temp, "--store given/read.db import --mapping gifts.map new.csv"));
        CHECK_I64(program_exit, 4);
        said_well("'given/read.db' may not be written");
        free(program(&temp, "--store given/other.db import --mapping gifts.map new.csv"));
        CHECK_I64(program_exit, 4);
        said_well("'given/other.db' cannot be made: you may not write in its directory");
        strcpy(program_path, was);
    } else {
        printf("# skipped here: nobody else may run %s\n", program_path);
    }
    chmod("given", 0755);
    free(before);
}

static void an_answer_that_cannot_be_written_is_no_answer(void)
{
    static const char *const verbs[] = {"verify", "export", "import --mapping gifts.map gifts.csv"};
    if (!there("/dev/full")) {
        printf("# skipped here: no /dev/full\n");
        return;
    }
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        free(program(&temp, "--store book.db %s >/dev/full", verbs[i]));
        CHECK_I64(program_exit, 4);
        said_well("the answer could not be written: No space left on device");
    }
}

/* A disk of 200 kB: the import is refused, and what was there before still is. */
static void a_full_disk_takes_nothing_half(void)
{
    mkdir("disk", 0755);
    if (geteuid() != 0 || mount("tmpfs", "disk", "tmpfs", 0, "size=240k") != 0) {
        printf("# skipped here: no disk can be made that is full\n");
        return;
    }
    done(0, "--store disk/x.db import --mapping gifts.map gifts.csv");
    char *before = log_of("disk/x.db");
    FILE *f = fopen("many.csv", "w");
    if (!f) abort();
    fputs("No,Donor,Currency,Amount,Day\n", f);
    for (int i = 10; i < 3000; i++) fprintf(f, "%d,Norway,EUR,%d,2024-04-03\n", i, i);
    fclose(f);
    free(program(&temp, "--store disk/x.db import --mapping gifts.map many.csv"));
    CHECK_I64(program_exit, 4);
    said_well("no room left on the disk of 'disk/x.db'");
    char *after = log_of("disk/x.db");
    CHECK(strlen(before) > 100 && strcmp(before, after) == 0);
    done(0, "--store disk/x.db verify");
    free(before);
    free(after);
    if (umount("disk") != 0) perror("disk");
}

int main(int argc, char **argv)
{
    (void)argc;
    setvbuf(stdout, NULL, _IOLBF, 0);
    go_to_own_directory(argv[0]);
    make_book();
    RUN(an_exchange_file_cut_anywhere_is_refused);
    RUN(an_exchange_file_with_a_byte_altered_is_refused);
    RUN(what_is_no_store_is_refused);
    RUN(an_empty_file_is_an_empty_store);
    RUN(a_store_that_may_not_be_written_can_be_asked);
    RUN(an_answer_that_cannot_be_written_is_no_answer);
    RUN(a_full_disk_takes_nothing_half);
    leave_own_directory();
    return tap_done();
}
