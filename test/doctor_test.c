/*
 * doctor_test.c - whatever ails a book's keeping is named, with what to do.
 *
 * Each test makes one thing wrong with a book that was well, and mends it again.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include <sys/mount.h>

#include "refusal.h"

/* `muster doctor`: the state of that line must be so, and its advice say that. */
static void finds(const char *store, const char *check, const char *state, const char *advice)
{
    char *text = program(&temp, "--store %s doctor --json", store);
    bool must = strcmp(state, "do") == 0;
    json_t *a = json_loads(text, 0, NULL), *row = json_row(a, "checks", "check", check);
    const char *is = json_string_value(json_object_get(row, "state"));
    const char *says = json_string_value(json_object_get(row, "advice"));
    CHECK_I64(program_exit, must);
    CHECK(json_is_true(json_object_get(a, "ok")) == !must);
    CHECK(is && strcmp(is, state) == 0);
    CHECK(advice ? says && strstr(says, advice) : !says);
    if (!tap_this_ok) printf("# %s\n", text);
    json_decref(a);
    free(text);
}

static void sql(const char *path, const char *statements)
{
    sqlite3 *db = NULL;
    CHECK(sqlite3_open(path, &db) == SQLITE_OK &&
          sqlite3_exec(db, statements, NULL, NULL, NULL) == SQLITE_OK);
    if (!tap_this_ok) printf("# %s\n", sqlite3_errmsg(db));
    sqlite3_close(db);
}

static void shell(const char *command)
{
    CHECK(system(command) == 0);
}

static void a_new_book_wants_a_key_and_a_backup(void)
{
    finds("book.db", "backup", "do", "'muster backup DIR'");
    done(0, "--store book.db backup kept");
    finds("book.db", "backup", "good", NULL);
    finds("book.db", "key", "look", "'muster key new'");
    finds("book.db", "checkpoint", "look", "'muster verify --sign'");
    done(0, "--store book.db key new --name example.org/book");
    done(0, "--store book.db verify --sign");
    finds("book.db", "key", "good", NULL);
    finds("book.db", "checkpoint", "good", NULL);
    finds("book.db", "accounts", "good", NULL);
    json_t *a = program_json(&temp, "--store book.db doctor --json");
    CHECK(json_member(a, "records") > 20 && json_member(a, "bytes") > 10000);
    CHECK_I64((int64_t)json_member(a, "form"), 2);
    CHECK_I64((int64_t)json_member(a, "signed_records"), (int64_t)json_member(a, "records"));
    CHECK_I64((int64_t)json_member(a, "backup_records"), (int64_t)json_member(a, "records"));
    CHECK(json_member(a, "free_bytes") > 0 && json_member(a, "backup_age_seconds") >= 0);
    json_decref(a);
}

static void an_old_backup_is_one_when_records_came_since(void)
{
    shell("cp book.db.backup new && sed 's/^at: .*/at: 2024-01-01T00:00:00.000Z/' new"
          " >book.db.backup");
    finds("book.db", "backup", "good", NULL); /* old, but all is in it */
    done(0, "--store book.db party add NEW --type other --author anna");
    finds("book.db", "backup", "do", "muster backup /");
    done(0, "--store book.db backup --quick kept");
    finds("book.db", "backup", "look", "restored to see");
    done(0, "--store book.db backup kept");
    finds("book.db", "backup", "good", NULL);
    shell("mv kept away");
    finds("book.db", "backup", "do", "look at the disk");
    shell("mv away kept && mkdir other && cp -r kept other/");
    done(0, "--store stranger.db import --mapping gifts.map gifts.csv");
    shell("cp book.db.backup stranger.db.backup"); /* of another book */
    finds("stranger.db", "backup", "do", "an empty directory");
    put_text("book.db.backup", "yes, on Tuesday\n");
    finds("book.db", "backup", "do", "makes a new one");
    done(0, "--store book.db backup kept");
}

static void a_store_that_does_not_open_or_was_cut_off_is_named(void)
{
    finds("nowhere.db", "store", "do", "--store");
    put_text("text.db", "Dear colleague, please find the figures below, as agreed by all of us.\n");
    finds("text.db", "store", "do", "'muster restore'");
    shell("for f in book.db book.db.*; do cp $f cut${f#book}; done");
    sql("cut.db", "DROP TRIGGER log_kept; DROP TRIGGER log_whole; DROP TRIGGER commits_kept;"
                  "DROP TRIGGER commits_whole; DELETE FROM log WHERE id > 22;"
                  "DELETE FROM commits WHERE last > 22");
    finds("cut.db", "backup", "do", "empty directory");
    sql("cut.db", "UPDATE commits SET root = zeroblob(32)");
    finds("cut.db", "checkpoint", "do", "'muster verify'");
}

static void a_clock_behind_the_book_is_named(void)
{
    shell("cp stranger.db late.db");
    sql("late.db", "DROP TRIGGER commits_kept; UPDATE commits SET recorded_ms = 4102444800000");
    finds("late.db", "clock", "do", "set this machine's clock");
}

static void what_others_may_read_is_named(void)
{
    chmod("book.db.key", 0640);
    finds("book.db", "key", "do", "'muster key new --replace'");
    chmod("book.db.key", 0600);
    finds("book.db", "key", "good", NULL);
    free(program(&temp, "--store book.db user add olena --role administrator --author anna"));
    finds("book.db", "accounts", "look", "'muster user password NAME'");
    put_text("password", "a long password\n");
    free(program(&temp, "--store book.db user password olena --author anna <password"));
    finds("book.db", "accounts", "good", NULL);
    chmod("book.db.accounts", 0644);
    finds("book.db", "accounts", "do", "mend that");
    chmod("book.db.accounts", 0600);
    sql("book.db.accounts", "DROP TRIGGER audit_kept; UPDATE audit SET who = 'nobody'");
    finds("book.db", "accounts", "do", "'muster user audit'");
}

static void a_disk_that_is_nearly_full_is_named(void)
{
    mkdir("disk", 0755);
    if (geteuid() != 0 || mount("tmpfs", "disk", "tmpfs", 0, "size=2m") != 0) {
        printf("# skipped here: no disk can be made that is full\n");
        return;
    }
    done(0, "--store disk/x.db import --mapping gifts.map gifts.csv");
    finds("disk/x.db", "disk", "do", "make room");
    if (umount("disk") != 0) perror("disk");
    finds("book.db", "disk", "good", NULL);
}

/* What a reader holds cannot be put in place, and grows beside the book. */
static void a_log_that_nobody_takes_up_is_looked_at(void)
{
    done(0, "--store long.db import --mapping gifts.map gifts.csv");
    done(0, "--store long.db backup longkept");
    sqlite3 *reader = NULL;
    CHECK(sqlite3_open("long.db", &reader) == SQLITE_OK);
    CHECK(sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM log", NULL, NULL, NULL) == SQLITE_OK);
    sql("long.db", "CREATE TABLE filler(x); INSERT INTO filler VALUES(zeroblob(80000000))");
    finds("long.db", "write-ahead log", "look", "end it");
    sqlite3_close(reader);
}

int main(int argc, char **argv)
{
    (void)argc;
    setvbuf(stdout, NULL, _IOLBF, 0);
    go_to_own_directory(argv[0]);
    make_book();
    RUN(a_new_book_wants_a_key_and_a_backup);
    RUN(an_old_backup_is_one_when_records_came_since);
    RUN(a_store_that_does_not_open_or_was_cut_off_is_named);
    RUN(a_clock_behind_the_book_is_named);
    RUN(a_disk_that_is_nearly_full_is_named);
    RUN(what_others_may_read_is_named);
    RUN(a_log_that_nobody_takes_up_is_looked_at);
    leave_own_directory();
    return tap_done();
}
