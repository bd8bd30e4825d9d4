/*
 * accounts_file_test.c - the file of accounts: its owner's alone, and refused where it is damaged.
 */
#include <sys/stat.h>
#include <sys/wait.h>

#include "accounts_room.h"
#include "base/text.h"
#include "tap.h"

static enum rc opens(const char *path, bool create)
{
    struct accounts *a;
    enum rc rc = accounts_open(&arena, path, create, &cheap, &a, &err);
    if (!rc) accounts_close(a);
    return rc;
}

static void the_file_is_for_its_owner_alone(void)
{
    struct stat st;
    begin();
    mode_t was = umask(0);
    again();
    umask(was);
    const char *const names[] = {"a.db", "a.db-wal", "a.db-shm"};
    for (int i = 0; i < 3; i++) {
        CHECK(stat(temp_path(&temp, names[i]), &st) == 0);
        CHECK_I64(st.st_mode & 0777, 0600);
    }
    accounts_close(at);
    at = NULL;
    chmod(file(), 0640);
    CHECK(opens(file(), false) == RC_STORE && strstr(err.msg, "'chmod 600' makes it yours alone"));
    CHECK(opens(file(), true) == RC_STORE);
    chmod(file(), 0600);
    CHECK(opens(file(), false) == RC_OK);
}

static void what_is_no_file_of_accounts_is_refused(void)
{
    begin();
    accounts_close(at);
    at = NULL;
    CHECK(opens(temp_path(&temp, "none"), false) == RC_ABSENT);
    CHECK(access(temp_path(&temp, "none"), F_OK) != 0);
    CHECK(opens(temp.dir, false) == RC_STORE && strstr(err.msg, "is no file"));
    CHECK(opens(temp_path(&temp, "no/dir"), true) == RC_STORE);
    CHECK(opens("", true) == RC_STORE || err.code == RC_ABSENT);
    meddle("PRAGMA user_version = 2");
    CHECK(opens(file(), false) == RC_STORE);
    CHECK(
        strstr(err.msg, "was written by a newer muster, in form 2; this one knows forms up to 1"));
    meddle("PRAGMA application_id = 7");
    CHECK(opens(file(), false) == RC_STORE && strstr(err.msg, "a database of something else"));
    FILE *f = fopen(file(), "wb");
    if (!f) exit(99);
    for (int i = 0; i < 1000; i++) fputs("not a database. ", f);
    fclose(f);
    CHECK(opens(file(), false) == RC_STORE && strstr(err.msg, "is no file of accounts"));
}

/* Every page of the file in turn is written over: refused or answered, never a crash. */
static void a_damaged_file_is_refused_with_a_sentence(void)
{
    int refused = 0;
    struct stat st;
    char session[SESSION_TEXT], token[TOKEN_TEXT];
    begin();
    CHECK(!login("olena", good, NOON, session));
    CHECK(!accounts_token_new(at, "olena", "cron", NOON, TOKEN_FOR_EVER, token, &err));
    audit(40);
    accounts_close(at);
    at = NULL;
    meddle("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE");
    CHECK(stat(file(), &st) == 0);
    char *whole = malloc((size_t)st.st_size);
    FILE *f = fopen(file(), "rb");
    if (!whole || !f || fread(whole, 1, (size_t)st.st_size, f) != (size_t)st.st_size) exit(99);
    fclose(f);
    for (long page = 0; page < st.st_size / 4096; page++) {
        struct accounts *a = NULL;
        struct account who;
        char csrf[CSRF_TEXT], head[65];
        uint64_t rows;
        temp_empty(&temp);
        f = fopen(file(), "wb");
        if (!f) exit(99);
        fwrite(whole, 1, (size_t)st.st_size, f);
        fseek(f, page * 4096 + 8, SEEK_SET);
        for (int i = 0; i < 600; i++) fputc(0xa5, f);
        fclose(f);
        chmod(file(), 0600);
        enum rc rc[6] = {accounts_open(&arena, file(), false, &cheap, &a, &err)};
        if (!rc[0]) {
            rc[1] = accounts_session(a, &arena, session, NOON, &who, csrf, &err);
            rc[2] = accounts_token(a, &arena, token, NOON, &who, &err);
            rc[3] = accounts_login(a, &arena, "olena", good, NOON, session, &who, &err);
            rc[4] = accounts_audit_verify(a, &rows, head, &err);
            accounts_close(a);
        }
        for (int i = 0; i < 5; i++) refused += rc[i] != RC_OK;
        for (int i = 0; i < 5; i++) CHECK(rc[i] == RC_OK || err.msg[0]);
    }
    free(whole);
    CHECK(refused >= st.st_size / 4096 / 2);
}

static void a_row_with_nonsense_in_it_is_refused(void)
{
    struct account a;
    char session[SESSION_TEXT];
    begin();
    CHECK(!accounts_add(at, "ivan", ROLE_READER, NULL, &err));
    meddle("PRAGMA ignore_check_constraints = ON; UPDATE users SET role = 9 WHERE name = 'ivan'");
    CHECK(accounts_find(at, &arena, "ivan", &a, &err) == RC_STORE);
    meddle("PRAGMA ignore_check_constraints = ON; UPDATE users SET role = 1 WHERE name = 'ivan'");
    CHECK(accounts_find(at, &arena, "ivan", &a, &err) == RC_STORE);
    meddle("UPDATE users SET password = 'nonsense' WHERE name = 'olena'");
    CHECK(login("olena", good, NOON, session) == RC_STORE);
    meddle(text_format(&arena, "UPDATE users SET password = printf('%%.500c', 'x')"));
    CHECK(login("olena", good, NOON, session) == RC_STORE);
}

static void a_file_that_may_not_be_read_is_refused(void)
{
    begin();
    accounts_close(at);
    at = NULL;
    chmod(temp.dir, 0755);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        /* root may read everything: be somebody else. */
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) _exit(77);
        if (geteuid() == getuid() && access(file(), R_OK) == 0) chmod(file(), 0000);
        _exit(opens(file(), false) == RC_STORE && strstr(err.msg, "you may not read and write it")
                  ? 0
                  : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    chmod(file(), 0600);
    CHECK(WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 77));
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77) printf("# skipped: cannot be another\n");
}

int main(void)
{
    temp_make(&temp);
    RUN(the_file_is_for_its_owner_alone);
    RUN(what_is_no_file_of_accounts_is_refused);
    RUN(a_damaged_file_is_refused_with_a_sentence);
    RUN(a_row_with_nonsense_in_it_is_refused);
    RUN(a_file_that_may_not_be_read_is_refused);
    accounts_gone();
    return tap_done();
}
