/*
 * trail_test.c - the trail of who did what: whole, in order, and not to be edited unseen.
 */
#include <pthread.h>
#include <sys/stat.h>
#include <time.h>

#include "accounts_room.h"
#include "base/buf.h"
#include "base/text.h"
#include "tap.h"

enum { NOTERS = 8 };
struct noter {
    pthread_t thread;
    int number, count, failed;
};

static void *note(void *ctx)
{
    struct noter *n = ctx;
    char who[20], what[20];
    snprintf(who, sizeof who, "visitor%d", n->number);
    for (int i = 1; i <= n->count; i++) {
        struct err own;
        struct audited row = {.at_ms = NOON + i, .who = who, .verb = "see", .what = what};
        snprintf(what, sizeof what, "%d", i);
        n->failed += accounts_audit(at, &row, &own) != RC_OK;
    }
    return NULL;
}

static void note_at_once(struct noter n[NOTERS], int count)
{
    for (int i = 0; i < NOTERS; i++) {
        n[i] = (struct noter){.number = i, .count = count};
        if (pthread_create(&n[i].thread, NULL, note, &n[i])) abort();
    }
}

static void all_noted(struct noter n[NOTERS])
{
    for (int i = 0; i < NOTERS; i++) {
        pthread_join(n[i].thread, NULL);
        CHECK_I64(n[i].failed, 0);
    }
}

static enum rc in_order(void *ctx, const struct audited *row, struct err *e)
{
    int *last = ctx;
    (void)e;
    CHECK_I64(atoi(row->what), ++*last);
    return RC_OK;
}

static void rows_of_many_at_once_are_one_trail(void)
{
    struct noter n[NOTERS];
    begin();
    note_at_once(n, 50);
    all_noted(n);
    the_trail_is_whole(NOTERS * 50);
    for (int i = 0; i < NOTERS; i++) {
        int last = 0;
        CHECK(!accounts_audit_list(at, 0, text_format(&arena, "visitor%d", i), in_order, &last,
                                   &err));
        CHECK_I64(last, 50);
    }
}

static int64_t ahead(void)
{
    struct stat st;
    return stat(temp_path(&temp, "a.db-wal"), &st) == 0 ? (int64_t)st.st_size : 0;
}

/* While somebody else writes they wait; then one commit takes the first, and one the others. */
static void rows_that_waited_together_are_synced_together(void)
{
    enum { FRAME = 24 + 4096 };
    struct noter n[NOTERS];
    sqlite3 *other;
    begin();
    audit(1);
    CHECK(sqlite3_open(file(), &other) == SQLITE_OK);
    CHECK(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK);
    int64_t before = ahead();
    note_at_once(n, 1);
    nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL);
    CHECK(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL) == SQLITE_OK);
    all_noted(n);
    sqlite3_close(other);
    the_trail_is_whole(NOTERS + 1);
    CHECK(ahead() > before && ahead() - before < NOTERS * 2 * FRAME);
    if (!tap_this_ok) printf("# %d frames\n", (int)((ahead() - before) / FRAME));
}

static enum rc keep(void *ctx, const struct audited *row, struct err *e)
{
    struct buf *b = ctx;
    (void)e;
    /* The trail may be written to while it is read. */
    buf_addf(b, "%" PRIu64 " %s %s %s %s|", row->id, row->who, row->what, row->touched,
             row->outcome);
    return row->id == 1003 ? RC_INPUT : RC_OK;
}

static void the_trail_is_read_by_time_and_person(void)
{
    struct buf b = {.arena = &arena};
    begin();
    the_trail_is_whole(0);
    audit(4);
    the_trail_is_whole(4);
    CHECK(!accounts_audit_list(at, NOON + 2, NULL, keep, &b, &err));
    CHECK_TEXT(b.text, "2 nora /line/2 parties:NOR 7 8 shown|3 olena /line/3 parties:NOR 7 8 shown|"
                       "4 nora /line/4 parties:NOR 7 8 shown|");
    b = (struct buf){.arena = &arena};
    CHECK(!accounts_audit_list(at, NOON + 2, "olena", keep, &b, &err));
    CHECK_TEXT(b.text, "3 olena /line/3 parties:NOR 7 8 shown|");
    audit(1200); /* more than is read at a time */
    the_trail_is_whole(1204);
    b = (struct buf){.arena = &arena};
    CHECK(accounts_audit_list(at, NOON + 999, NULL, keep, &b, &err) == RC_INPUT);
    CHECK(text_starts(b.text, "1003 "));
}

static void what_is_noted_stays_on_a_line_and_is_cut(void)
{
    struct buf b = {.arena = &arena};
    char longer[5000];
    begin();
    for (size_t i = 0; i < sizeof longer - 1; i += 2) memcpy(longer + i, "\xd0\xb6", 2);
    longer[sizeof longer - 1] = '\0';
    struct audited row = {.at_ms = NOON, .who = "a\nb\x1b[31m\xff", .what = longer};
    CHECK(!accounts_audit(at, &row, &err));
    CHECK(!accounts_audit_list(at, 0, NULL, keep, &b, &err));
    CHECK(text_starts(b.text, "1 a b\xef\xbf\xbd[31m\xef\xbf\xbd \xd0\xb6"));
    CHECK(strlen(b.text) < 1050 && strstr(b.text, "\xd0\xb6...") && text_is_utf8(b.text, b.len));
    the_trail_is_whole(1);
}

static void a_trail_that_was_meddled_with_shows_where(void)
{
    static const char open[] = "DROP TRIGGER audit_kept; DROP TRIGGER audit_whole;";
    static const struct {
        const char *sql, *said;
    } cases[] = {
        {"DELETE FROM audit WHERE id = 3", "row 3 of the audit trail is gone"},
        {"DELETE FROM audit WHERE id = 1", "row 1 of the audit trail is gone"},
        {"DELETE FROM audit WHERE id = 6", "row 6 of the audit trail is gone"},
        {"DELETE FROM audit", "row 1 of the audit trail is gone"},
        {"UPDATE audit SET who = 'ivan' WHERE id = 2",
         "row 2 of the audit trail is not as it was written"},
        {"UPDATE audit SET at_ms = at_ms - 1 WHERE id = 6",
         "row 6 of the audit trail is not as it was written"},
        {"UPDATE audit SET verb = 'se', what = 'e' || what WHERE id = 4",
         "row 4 of the audit trail is not as it was written"},
        {"UPDATE audit SET hash = zeroblob(3) WHERE id = 5",
         "row 5 of the audit trail is not as it was written"},
        {"DELETE FROM audit WHERE id = 3; UPDATE audit SET id = id - 1 WHERE id > 3",
         "row 3 of the audit trail is not as it was written"},
        {"INSERT INTO audit SELECT 7, at_ms, who, verb, what, touched, outcome, hash FROM audit"
         " WHERE id = 6",
         "row 7 of the audit trail is not as it was written"},
        {"UPDATE audit_head SET hash = zeroblob(32)",
         "the end of the audit trail was written by something else"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t rows;
        char head[65];
        begin();
        audit(6);
        the_trail_is_whole(6);
        meddle(text_format(&arena, "%s%s", open, cases[i].sql));
        CHECK(accounts_audit_verify(at, &rows, head, &err) == RC_RULE);
        CHECK_TEXT(err.msg, cases[i].said);
    }
}

static void the_file_itself_refuses_to_edit_the_trail(void)
{
    sqlite3 *db = NULL;
    begin();
    audit(2);
    CHECK(sqlite3_open(file(), &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, "DELETE FROM audit", NULL, NULL, NULL) == SQLITE_CONSTRAINT);
    CHECK(sqlite3_exec(db, "UPDATE audit SET who = 'x'", NULL, NULL, NULL) == SQLITE_CONSTRAINT);
    sqlite3_close(db);
    the_trail_is_whole(2);
}

int main(void)
{
    temp_make(&temp);
    RUN(rows_of_many_at_once_are_one_trail);
    RUN(rows_that_waited_together_are_synced_together);
    RUN(the_trail_is_read_by_time_and_person);
    RUN(what_is_noted_stays_on_a_line_and_is_cut);
    RUN(a_trail_that_was_meddled_with_shows_where);
    RUN(the_file_itself_refuses_to_edit_the_trail);
    accounts_gone();
    return tap_done();
}
