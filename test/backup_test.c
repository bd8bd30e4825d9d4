/*
 * backup_test.c - what was backed up comes back, whatever happened on the way.
 *
 * The real program backs up, is killed, finds the disk full or the backup
 * altered, and restores. What comes back is held against what the book said of
 * itself at that moment. MUSTER_ROUNDS is how often it is killed.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mount.h>
#include <time.h>

#include "refusal.h"

#include "cluster.h"
#include "seed.h"

static char *said_by(const char *args)
{
    char *out = program(&temp, "%s", args);
    CHECK_I64(program_exit, 0);
    if (program_exit) printf("# %s: %.300s\n", args, program_said);
    return out;
}

static void say(const char *args)
{
    free(said_by(args));
}

/* The real program each time: MUSTER_ROUNDS times so many seeds, and not MUSTER_SEEDS. */
static void rounds(uint64_t count, void (*property)(struct rng *r))
{
    uint64_t first = seed_env("MUSTER_SEED", 1);
    count *= seed_env("MUSTER_ROUNDS", 1);
    for (uint64_t seed = first; seed < first + count && tap_this_ok; seed++) {
        struct rng r = {seed};
        property(&r);
        if (!tap_this_ok) printf("# seed %" PRIu64 "\n", seed);
    }
}

static void party(const char *store, const char *key)
{
    free(program(&temp, "--store %s party add %s --type other --author anna", store, key));
    CHECK_I64(program_exit, 0);
}

static void gone(const char *path)
{
    char command[400];
    snprintf(command, sizeof command, "rm -rf '%.200s' '%.60s'-*", path, path);
    if (system(command) != 0) abort();
}

static bool same_file(const char *x, const char *y)
{
    size_t a, b;
    char *one = get(x, &a), *two = get(y, &b);
    bool same = a == b && memcmp(one, two, a) == 0;
    free(one);
    free(two);
    return same;
}

/* Restored, it is just this book: its log, its documents, its root. */
static void comes_back_as(const char *dir, const char *want, int64_t evidence)
{
    gone("back.db");
    free(program(&temp, "--store back.db restore %s --no-accounts", dir));
    CHECK_I64(program_exit, 0);
    if (program_exit) {
        printf("# %s\n", program_said);
        return;
    }
    char *log = log_of("back.db");
    CHECK(strcmp(log, want) == 0 && strlen(log) > 100);
    CHECK_I64(evidence_of("back.db"), evidence);
    free(log);
    done(0, "--store back.db verify");
}

static void refused_to_come_back(const char *dir, int code, const char *why)
{
    gone("none.db");
    free(program(&temp, "--store none.db restore %s --no-accounts", dir));
    CHECK_I64(program_exit, code);
    said_well(why);
    CHECK(!there("none.db") && !there("none.db.restoring"));
}

/* --- it comes back --- */

static void a_restored_book_is_the_same_book(void)
{
    for (int round = 0; round < 4; round++) {
        char key[20];
        snprintf(key, sizeof key, "P%d", round);
        if (round) party("book.db", key);
        char *log = log_of("book.db");
        json_t *a = program_json(&temp, "--store book.db backup kept --json");
        CHECK(json_is_true(json_object_get(a, "restored")));
        CHECK(json_member(a, "new_records") > 0);
        CHECK_I64((int64_t)json_member(a, "new_documents"), round ? 0 : 2);
        json_decref(a);
        comes_back_as("kept", log, evidence_of("book.db"));
        free(log);
    }
    json_t *a = program_json(&temp, "--store book.db backup kept --json");
    CHECK_I64((int64_t)json_member(a, "new_records"), 0);
    json_decref(a);
}

static void what_was_there_is_never_touched_again(void)
{
    struct stat before, after;
    DIR *d = opendir("kept/log");
    char first[600] = "";
    for (struct dirent *e; d && (e = readdir(d));) {
        if (strncmp(e->d_name, "000000000001-", 13) == 0) {
            snprintf(first, sizeof first, "kept/log/%.255s", e->d_name);
        }
    }
    if (d) closedir(d);
    CHECK(stat(first, &before) == 0);
    party("book.db", "LATER");
    say("--store book.db backup kept");
    CHECK(stat(first, &after) == 0 && before.st_ino == after.st_ino &&
          before.st_size == after.st_size && before.st_mtime == after.st_mtime);
    CHECK(stat("kept", &after) == 0 && (after.st_mode & 077) == 0); /* for its owner alone */
}

/* The instants of all commits, and the book as it was at each. */
enum { COMMITS = 8 };
static void it_comes_back_as_it_was_at_any_instant(void)
{
    struct rng r = {seed_env("MUSTER_SEED", 1)};
    char *logs[COMMITS], instants[COMMITS][40];
    printf("# seed %" PRIu64 "\n", r.state);
    say("--store times.db import --mapping gifts.map gifts.csv");
    for (int i = 0; i < COMMITS; i++) {
        char key[20];
        struct timespec t = {.tv_nsec = 3000000};
        nanosleep(&t, NULL);
        snprintf(key, sizeof key, "T%d", i);
        party("times.db", key);
        if (rng_one_in(&r, 2)) say("--store times.db backup --quick times");
        logs[i] = log_of("times.db");
        char *last = strstr(logs[i], "key=\"T"), *line = NULL; /* the last party's instant */
        for (; last; last = strstr(last + 1, "key=\"T")) line = last;
        while (line && line > logs[i] && line[-1] != '\n') line--;
        const char *at = line ? strchr(strchr(line, ' ') + 1, ' ') : NULL;
        CHECK(at != NULL);
        snprintf(instants[i], sizeof instants[i], "%.24s", at ? at + 1 : "");
        nanosleep(&t, NULL);
    }
    say("--store times.db backup times");
    for (int i = 0; i < COMMITS; i++) {
        gone("then.db");
        free(program(&temp, "--store then.db restore times --to %s", instants[i]));
        CHECK_I64(program_exit, 0);
        char *log = log_of("then.db");
        CHECK(strcmp(log, logs[i]) == 0);
        free(log);
    }
    gone("then.db");
    free(program(&temp, "--store then.db restore times --to 2001-01-01"));
    CHECK_I64(program_exit, 1);
    said_well("the backup begins after that instant");
    CHECK(!there("then.db"));
    free(program(&temp, "--store then.db restore times --to yesterday"));
    CHECK_I64(program_exit, 2);
    for (int i = 0; i < COMMITS; i++) free(logs[i]);
}

static int64_t sessions_in(const char *path)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *st = NULL;
    int64_t count = -1;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(db, "SELECT count(*) FROM sessions", -1, &st, NULL) == SQLITE_OK &&
        sqlite3_step(st) == SQLITE_ROW) {
        count = sqlite3_column_int64(st, 0);
    }
    sqlite3_finalize(st);
    sqlite3_close(db);
    return count;
}

static void accounts_come_back_without_sessions(void)
{
    struct stat st;
    say("--store acc.db import --mapping gifts.map gifts.csv");
    free(program(&temp, "--store acc.db user add olena --role administrator --author anna"));
    free(program(&temp, "--store acc.db user token olena --label nightly --author anna"));
    sqlite3 *db;
    CHECK(sqlite3_open("acc.db.accounts", &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, "INSERT INTO sessions SELECT randomblob(32), id, 1, 1 FROM users", NULL,
                       NULL, NULL) == SQLITE_OK);
    sqlite3_close(db);
    say("--store acc.db backup acc");
    say("--store acc2.db restore acc");
    CHECK(stat("acc2.db.accounts", &st) == 0 && (st.st_mode & 0777) == 0600);
    json_t *a = program_json(&temp, "--store acc2.db user list --json");
    json_t *row = json_row(a, "rows", "user", "olena");
    CHECK_I64((int64_t)json_member(row, "tokens"), 1);
    json_decref(a);
    json_t *b = program_json(&temp, "--store acc2.db user audit --json");
    CHECK(json_is_true(json_object_get(b, "whole")) && json_member(b, "length") == 2);
    json_decref(b);
    CHECK_I64(sessions_in("acc.db.accounts"), 1);
    CHECK_I64(sessions_in("acc/accounts.db"), 0);
    CHECK_I64(sessions_in("acc2.db.accounts"), 0);
    /* Those that are there are later, and stay. */
    free(program(&temp, "--store acc2.db user add later --role reader --author anna"));
    gone("acc2.db.words");
    remove("acc2.db");
    say("--store acc2.db restore acc");
    a = program_json(&temp, "--store acc2.db user list --json");
    CHECK(json_row(a, "rows", "user", "later") != NULL);
    json_decref(a);
}

/* --- while others write --- */

static pid_t writer_of(const char *store)
{
    pid_t pid = fork();
    if (pid) return pid;
    setpgid(0, 0); /* it ends with those that it started */
    for (int i = 0; i < 100000; i++) {
        char command[700];
        snprintf(command, sizeof command,
                 "%s --store %s party add W%d --type other --author anna >/dev/null 2>&1",
                 program_path, store, i);
        if (system(command) != 0) _exit(1);
    }
    _exit(0);
}

static void a_backup_is_made_while_others_write(void)
{
    say("--store busy.db import --mapping gifts.map gifts.csv");
    pid_t writer = writer_of("busy.db");
    int64_t grew = 0;
    for (int i = 0; i < 200 && grew < 6 && tap_this_ok; i++) {
        json_t *a = program_json(&temp, "--store busy.db backup busy --json");
        grew += (int64_t)json_member(a, "new_records") > 0;
        json_decref(a);
    }
    kill(-writer, SIGKILL);
    waitpid(writer, NULL, 0);
    CHECK(grew > 3);
    for (bool more = true; more && tap_this_ok;) { /* until the last of them is gone */
        json_t *a = program_json(&temp, "--store busy.db backup busy --json");
        more = json_member(a, "new_records") > 0;
        json_decref(a);
    }
    char *log = log_of("busy.db");
    comes_back_as("busy", log, evidence_of("busy.db"));
    free(log);
}

static void two_backups_at_once_are_one_too_many(void)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int fd = open("kept/lock", O_RDWR);
    CHECK(fd >= 0 && fcntl(fd, F_SETLK, &whole) == 0);
    free(program(&temp, "--store book.db backup kept"));
    CHECK_I64(program_exit, 4);
    said_well("somebody else writes a backup");
    close(fd);
    say("--store book.db backup kept");
}

/* --- killed --- */

static int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* `muster --store life.db backup DIR`, killed after so many microseconds; whether it was. */
static bool killed_after(const char *dir, int64_t us)
{
    pid_t pid = fork();
    if (pid == 0) {
        int fd = open("/dev/null", O_WRONLY);
        dup2(fd, 1);
        dup2(fd, 2);
        execl(program_path, program_path, "--store", "life.db", "backup", dir, (char *)NULL);
        _exit(99);
    }
    struct timespec t = {.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000};
    nanosleep(&t, NULL);
    kill(pid, SIGKILL);
    int status;
    waitpid(pid, &status, 0);
    return WIFSIGNALED(status);
}

static struct {
    char *log; /* the book at the last backup that was finished, and now */
    char *now;
    int64_t us;
    int killed, parts;
} life;

/* What is there is the last good backup or the new one: never less, never half. */
static void kill_one(struct rng *r)
{
    char key[30];
    snprintf(key, sizeof key, "K%" PRIu64, rng_next(r) % 1000000000);
    party("life.db", key);
    free(life.now);
    life.now = log_of("life.db");
    if (!killed_after("life", rng_below(r, (uint32_t)life.us))) { /* it was done before */
        free(life.log);
        life.log = log_of("life.db");
        return;
    }
    life.killed++;
    gone("back.db");
    free(program(&temp, "--store back.db restore life"));
    CHECK_I64(program_exit, 0);
    char *log = log_of("back.db");
    bool old = strcmp(log, life.log) == 0;
    life.parts += old;
    CHECK(old || strcmp(log, life.now) == 0);
    CHECK_I64(evidence_of("back.db"), evidence_of("life.db"));
    free(log);
    if (!tap_this_ok) printf("# %s\n", program_said);
    if (rng_one_in(r, 3) || !old) {
        say("--store life.db backup life"); /* the next one completes it */
        comes_back_as("life", life.now, evidence_of("life.db"));
        free(life.log);
        life.log = log_of("life.db");
    }
}

static void a_killed_backup_leaves_the_last_good_one(void)
{
    say("--store life.db import --mapping gifts.map gifts.csv");
    say("--store life.db backup life");
    life.log = log_of("life.db");
    for (int i = 0; i < 3; i++) {
        int64_t from = now_us();
        say("--store life.db backup life");
        int64_t us = now_us() - from;
        if (i == 0 || us < life.us) life.us = us;
    }
    uint64_t rounds = seed_env("MUSTER_ROUNDS", 1) * 25;
    struct rng r = {seed_env("MUSTER_SEED", 1)};
    printf("# seed %" PRIu64 "\n", r.state);
    for (uint64_t i = 0; (i < rounds || (life.killed < 3 && i < 9 * rounds)) && tap_this_ok; i++) {
        kill_one(&r);
    }
    CHECK(life.killed > 2);
    printf("# killed %d times, %d with the earlier backup as it was\n", life.killed, life.parts);
    free(life.log);
    free(life.now);
}

static void a_full_disk_leaves_the_last_good_one(void)
{
    mkdir("disk", 0755);
    if (geteuid() != 0 || mount("tmpfs", "disk", "tmpfs", 0, "size=400k") != 0) {
        printf("# skipped here: no disk can be made that is full\n");
        return;
    }
    say("--store full.db import --mapping gifts.map gifts.csv");
    say("--store full.db backup disk/full");
    char *before = log_of("full.db");
    int64_t evidence = evidence_of("full.db");
    FILE *f = fopen("many.csv", "w");
    if (!f) abort();
    fputs("No,Donor,Currency,Amount,Day\n", f);
    for (int i = 10; i < 3000; i++) fprintf(f, "%d,Norway,EUR,%d,2024-04-03\n", i, i);
    fclose(f);
    say("--store full.db import --mapping gifts.map many.csv");
    static const char *const ways[] = {"", "--quick "};
    for (int i = 0; i < 2; i++) {
        free(program(&temp, "--store full.db backup %sdisk/full", ways[i]));
        CHECK_I64(program_exit, 4);
        said_well("no room left on the disk of 'disk/full");
        comes_back_as("disk/full", before, evidence);
    }
    say("--store full.db backup full"); /* on another disk */
    free(program(&temp, "--store disk/back.db restore full"));
    CHECK_I64(program_exit, 4);
    said_well("no room left on the disk of 'disk/back.db");
    CHECK(!there("disk/back.db") && !there("disk/back.db.restoring"));
    comes_back_as("disk/full", before, evidence);
    free(before);
    if (umount("disk") != 0) perror("disk");
}

/* --- altered --- */

static void copy_backup(const char *to)
{
    char command[300];
    gone(to);
    snprintf(command, sizeof command, "cp -a kept '%.100s'", to);
    if (system(command) != 0) abort();
}

/* The n-th file that must come out, or false. */
static bool nth_file(const char *dir, uint32_t n, char path[700], uint32_t *count)
{
    static const char *const folders[] = {"log", "evidence"};
    *count = 0;
    for (int i = 0; i < 2; i++) {
        char folder[300];
        snprintf(folder, sizeof folder, "%.100s/%s", dir, folders[i]);
        DIR *d = opendir(folder);
        for (struct dirent *e; d && (e = readdir(d));) {
            if (e->d_name[0] == '.') continue;
            if ((*count)++ == n) snprintf(path, 700, "%s/%.255s", folder, e->d_name);
        }
        if (d) closedir(d);
    }
    return n < *count;
}

static void alter_one(struct rng *r)
{
    char path[700];
    uint32_t count;
    size_t len;
    nth_file("bad", 0, path, &count);
    CHECK(nth_file("bad", rng_below(r, count), path, &count));
    char *bytes = get(path, &len);
    size_t at = rng_below(r, (uint32_t)len), bit = rng_below(r, 8);
    bytes[at] = (char)(bytes[at] ^ (1 << bit));
    put(path, bytes, len);
    gone("none.db");
    free(program(&temp, "--store none.db restore bad --no-accounts"));
    CHECK(program_exit == 3 || program_exit == 1 || program_exit == 4);
    CHECK(strncmp(program_said, "muster: ", 8) == 0);
    CHECK(!there("none.db") && !there("none.db.restoring"));
    bytes[at] = (char)(bytes[at] ^ (1 << bit));
    if (!tap_this_ok) printf("# %s, byte %zu, bit %zu: %.40s\n", path, at, bit, bytes + at);
    put(path, bytes, len);
    free(bytes);
}

static void a_backup_with_any_bit_altered_is_refused(void)
{
    copy_backup("bad");
    rounds(120, alter_one);
    say("--store none.db restore bad --no-accounts"); /* all was put back */
    gone("none.db");
}

static void a_backup_with_something_missing_is_refused(void)
{
    char path[700];
    uint32_t count;
    copy_backup("bad");
    nth_file("bad", 0, path, &count);
    for (uint32_t i = 0; i < count; i++) {
        size_t len;
        copy_backup("bad");
        CHECK(nth_file("bad", i, path, &count));
        char *bytes = get(path, &len);
        put(path, bytes, len / 2);
        gone("none.db");
        free(program(&temp, "--store none.db restore bad --no-accounts"));
        CHECK_I64(program_exit, 3);
        CHECK(!there("none.db"));
        remove(path);
        free(program(&temp, "--store none.db restore bad --no-accounts"));
        /* The last part alone is no loss that the rest could know of. */
        bool last = strstr(path, "/log/") && program_exit == 0;
        CHECK(last || program_exit == 3 || program_exit == 4);
        count--;
        if (last) gone("none.db");
        free(bytes);
        nth_file("bad", 0, path, &count);
        count++;
    }
    copy_backup("bad");
    CHECK(system("rm bad/evidence/*") == 0);
    refused_to_come_back("bad", 3, "is missing");
    char *out = said_by("--store none.db restore bad --no-accounts --incomplete");
    CHECK(strstr(out, "2 documents were lost") != NULL);
    free(out);
    done(1, "--store none.db verify --complete");
    refused_to_come_back("nowhere", 1, "there is no backup in 'nowhere'");
    mkdir("hollow", 0755);
    refused_to_come_back("hollow", 1, "there is no backup in 'hollow'");
}

/* A whole other book, true in itself, in place of the one that was signed. */
static void a_backup_that_was_written_anew_is_not_what_was_signed(void)
{
    say("--store mine.db import --mapping gifts.map gifts.csv");
    say("--store mine.db key new --name example.org/mine");
    say("--store mine.db verify --sign");
    say("--store mine.db backup mine");
    say("--store forged.db import --mapping gifts.map gifts.csv");
    say("--store forged.db backup forged");
    CHECK(system("cp mine/checkpoint mine/key.pub forged/") == 0);
    refused_to_come_back("forged", 1, "is not the book that was signed");
    say("--store none.db restore mine");
    gone("none.db");
}

/* --- of another book, over another book --- */

static void a_backup_is_one_books(void)
{
    say("--store other.db import --mapping gifts.map gifts.csv");
    free(program(&temp, "--store other.db backup kept"));
    CHECK_I64(program_exit, 1);
    said_well("another book's, or this one lost some");
    mkdir("holiday", 0755);
    put_text("holiday/photo.jpg", "sea");
    free(program(&temp, "--store other.db backup holiday"));
    CHECK_I64(program_exit, 1);
    said_well("'holiday' holds other things");
    free(program(&temp, "--store memory: backup some"));
    CHECK_I64(program_exit, 2);
    free(program(&temp, "--store memory: restore kept"));
    CHECK_I64(program_exit, 2);
    free(program(&temp, "--store nowhere.db backup some"));
    CHECK_I64(program_exit, 4);
    CHECK(!there("nowhere.db") && !there("some"));
}

/* Also where the old store has a log of its own that nobody took up yet. */
static void what_stands_there_is_moved_aside_and_never_written_over(void)
{
    say("--store place.db import --mapping gifts.map gifts.csv");
    sqlite3 *db; /* somebody has it open, so its log stays beside it */
    CHECK(sqlite3_open("place.db", &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, "SELECT count(*) FROM log", NULL, NULL, NULL) == SQLITE_OK);
    party("place.db", "OLD");
    char *before = log_of("place.db");
    free(program(&temp, "--store place.db restore kept --no-accounts"));
    CHECK_I64(program_exit, 1);
    said_well("nothing is written over");
    char *after = log_of("place.db");
    CHECK(strcmp(before, after) == 0);
    CHECK(there("place.db-wal"));
    json_t *a = program_json(&temp, "--store place.db restore kept --no-accounts --replace --json");
    const char *aside = json_string_value(json_object_get(a, "moved_aside"));
    sqlite3_close(db);
    char *want = log_of("back.db"), *now;
    say("--store back2.db restore kept --no-accounts");
    free(want);
    want = log_of("back2.db");
    now = log_of("place.db");
    CHECK(strcmp(now, want) == 0);
    done(0, "--store place.db verify");
    char *old = aside ? log_of(aside) : NULL;
    CHECK(old && strcmp(old, before) == 0);
    json_decref(a);
    free(old);
    free(now);
    free(want);
    free(before);
    free(after);
}

static void the_backup_is_noted_beside_the_book(void)
{
    say("--store book.db backup kept");
    CHECK(same_file("book.db.backup", "kept/backup.txt"));
    size_t len;
    char *text = get("book.db.backup", &len);
    CHECK(strstr(text, "restored to see: yes\n") && strstr(text, "/kept\n"));
    free(text);
    say("--store book.db backup --quick kept");
    text = get("book.db.backup", &len);
    CHECK(strstr(text, "restored to see: no\n") != NULL);
    free(text);
}

/* --- from one engine into another --- */

static void a_book_goes_from_file_to_server_and_back(void)
{
    char typed[600];
    say("--store book.db backup kept");
    say("--store there.db restore kept --no-accounts");
    char *want = log_of("there.db"), *got;
    snprintf(typed, sizeof typed, "--store '%s' restore kept", cluster_url);
    say(typed);
    got = log_of(cluster_url);
    CHECK(strcmp(want, got) == 0 && strlen(want) > 100);
    free(program(&temp, "--store '%s' restore kept", cluster_url));
    CHECK_I64(program_exit, 1);
    said_well("is not empty: nothing is written over");
    free(program(&temp, "--store '%s' restore kept --replace", cluster_url));
    CHECK_I64(program_exit, 1);
    said_well("--replace is for files");
    party(cluster_url, "SERVED");
    snprintf(typed, sizeof typed, "--store '%s' backup served", cluster_url);
    say(typed);
    free(got);
    got = log_of(cluster_url);
    CHECK(strstr(got, "SERVED") != NULL);
    comes_back_as("served", got, evidence_of("there.db"));
    snprintf(typed, sizeof typed, "--store '%s' backup kept", cluster_url); /* it knows its own */
    say(typed);
    comes_back_as("kept", got, evidence_of("there.db"));
    snprintf(typed, sizeof typed, "--store '%s' doctor --backup served", cluster_url);
    char *well = said_by(typed);
    CHECK(strstr(well, "backup") && strstr(well, "good"));
    free(well);
    free(want);
    free(got);
}

/* --- a restore that is killed --- */

/* What stood there stands there or aside, whole; the same again completes it. */
static void kill_restore(struct rng *r)
{
    gone("spot.db");
    say("--store spot.db import --mapping gifts.map gifts.csv");
    party("spot.db", "MINE");
    char *mine = log_of("spot.db");
    pid_t pid = fork();
    if (pid == 0) {
        int fd = open("/dev/null", O_WRONLY);
        dup2(fd, 1);
        dup2(fd, 2);
        execl(program_path, program_path, "--store", "spot.db", "restore", "life", "--replace",
              (char *)NULL);
        _exit(99);
    }
    struct timespec t = {.tv_nsec = (long)rng_below(r, (uint32_t)life.us) * 1000};
    nanosleep(&t, NULL);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    char *command = program(&temp, "--version; ls -d spot.db.replaced-*Z 2>/dev/null");
    char *aside = strstr(command, "spot.db.replaced-");
    if (aside) aside[strcspn(aside, "\n")] = '\0';
    char *kept = log_of(aside ? aside : "spot.db");
    CHECK(strcmp(kept, mine) == 0);
    if (!tap_this_ok) printf("# aside: %s\n", aside ? aside : "nothing");
    say("--store spot.db restore life --replace");
    done(0, "--store spot.db verify");
    CHECK(system("rm -rf spot.db*") == 0);
    free(kept);
    free(command);
    free(mine);
}

static void a_killed_restore_loses_nothing(void)
{
    rounds(12, kill_restore);
}

int main(int argc, char **argv)
{
    struct temp server;
    char root[PATH_MAX]; /* where the script of the server is */
    (void)argc;
    if (!getcwd(root, sizeof root)) exit(99);
    setvbuf(stdout, NULL, _IOLBF, 0);
    temp_make(&server);
    cluster_begin(&server);
    go_to_own_directory(argv[0]);
    make_book();
    RUN(a_restored_book_is_the_same_book);
    RUN(what_was_there_is_never_touched_again);
    RUN(it_comes_back_as_it_was_at_any_instant);
    RUN(accounts_come_back_without_sessions);
    RUN(a_backup_is_made_while_others_write);
    RUN(two_backups_at_once_are_one_too_many);
    RUN(a_killed_backup_leaves_the_last_good_one);
    RUN(a_killed_restore_loses_nothing);
    RUN(a_full_disk_leaves_the_last_good_one);
    RUN(a_backup_with_any_bit_altered_is_refused);
    RUN(a_backup_with_something_missing_is_refused);
    RUN(a_backup_that_was_written_anew_is_not_what_was_signed);
    RUN(a_backup_is_one_books);
    RUN(what_stands_there_is_moved_aside_and_never_written_over);
    RUN(the_backup_is_noted_beside_the_book);
    CLUSTER_RUN(a_book_goes_from_file_to_server_and_back);
    leave_own_directory();
    if (chdir(root) != 0) exit(99);
    cluster_end();
    temp_remove(&server);
    return tap_done();
}
