/*
 * old_store_test.c - what earlier versions wrote opens, and says what it said then.
 *
 * The stores in test/data/old were written by programs built from earlier
 * commits, and so were the answers beside them. Asking changes no byte; then
 * today's program goes on writing in them, signs them, and backs them up.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "refusal.h"

static const char *const stores[] = {"0155", "0444"};
enum { STORES = sizeof stores / sizeof *stores };

/* "0155.store" here as 0155.db. */
static void take(const char *name)
{
    char from[100], to[100];
    size_t len;
    snprintf(from, sizeof from, "data/old/%s.store", name);
    snprintf(to, sizeof to, "%s.db", name);
    char *bytes = fixture(from, &len);
    CHECK(len > 20000);
    put(to, bytes, len);
    free(bytes);
}

/* What `muster --store NAME.db ARGS` prints is that file, byte for byte. */
static void says(const char *name, const char *args, const char *ending)
{
    char path[100];
    size_t len;
    snprintf(path, sizeof path, "data/old/%s.%s", name, ending);
    char *want = fixture(path, &len), *got = program(&temp, "--store %s.db %s", name, args);
    CHECK_I64(program_exit, 0);
    CHECK(len > 50 && strcmp(got, want) == 0);
    if (!tap_this_ok) printf("# %s %s: %.500s\n# %.300s\n", name, args, got, program_said);
    free(want);
    free(got);
}

static void what_was_written_then_reads_as_it_did(void)
{
    for (int i = 0; i < STORES; i++) {
        take(stores[i]);
        says(stores[i], "export", "muster");
        says(stores[i], "position --by donor --csv", "position.csv");
    }
    says("0444", "position --by donor --csv --as DNK", "denmark.csv");
}

static void and_comes_out_at_the_same_root(void)
{
    for (int i = 0; i < STORES; i++) {
        char path[100];
        size_t len;
        snprintf(path, sizeof path, "data/old/%s.verify.json", stores[i]);
        char *then = fixture(path, &len);
        json_t *want = json_loads(then, 0, NULL);
        json_t *got = program_json(&temp, "--store %s.db verify --json", stores[i]);
        static const char *const members[] = {"ok", "records", "commits", "evidence", "root"};
        for (int m = 0; m < 5; m++) {
            CHECK(json_equal(json_object_get(want, members[m]), json_object_get(got, members[m])));
        }
        json_decref(want);
        json_decref(got);
        free(then);
    }
}

static void asking_changes_no_byte_of_it(void)
{
    for (int i = 0; i < STORES; i++) {
        char name[100], path[100];
        size_t len[2];
        take(stores[i]);
        snprintf(name, sizeof name, "%s.db", stores[i]);
        snprintf(path, sizeof path, "data/old/%s.store", stores[i]);
        free(program(&temp, "--store %s position", name));
        free(program(&temp, "--store %s verify", name));
        free(program(&temp, "--store %s doctor", name));
        char *before = fixture(path, &len[0]), *after = get(name, &len[1]);
        CHECK(len[0] == len[1] && memcmp(before, after, len[0]) == 0);
        free(before);
        free(after);
    }
}

/* The revised table again, a party, a signature, a backup and back. */
static void todays_program_goes_on_in_it(void)
{
    for (int i = 0; i < STORES; i++) {
        const char *name = stores[i];
        json_t *before = program_json(&temp, "--store %s.db verify --json", name);
        free(program(&temp, "--store %s.db import --mapping gifts.map gifts.csv", name));
        CHECK_I64(program_exit, 0);
        free(program(&temp, "--store %s.db party add POL --author anna", name));
        CHECK_I64(program_exit, 0);
        json_t *after = program_json(&temp, "--store %s.db verify --json", name);
        CHECK(json_is_true(json_object_get(after, "ok")));
        CHECK(json_member(after, "records") > json_member(before, "records"));
        json_decref(before);
        json_decref(after);
        free(program(&temp, "--store %s.db key new --name example.org/%s", name, name));
        free(program(&temp, "--store %s.db verify --sign", name));
        CHECK_I64(program_exit, 0);
        free(program(&temp, "--store %s.db backup %s.kept", name, name));
        CHECK_I64(program_exit, 0);
        free(program(&temp, "--store %s.back.db restore %s.kept", name, name));
        CHECK_I64(program_exit, 0);
        char *log, *back, other[100], own[100];
        snprintf(own, sizeof own, "%s.db", name);
        snprintf(other, sizeof other, "%s.back.db", name);
        log = log_of(own);
        back = log_of(other);
        CHECK(strcmp(log, back) == 0);
        free(log);
        free(back);
    }
}

/* And what a later version may write one day is left alone. */
static void a_store_of_a_newer_form_is_refused_and_kept(void)
{
    static const char *const verbs[] = {"verify",
                                        "position",
                                        "party add FIN --author anna",
                                        "import --mapping gifts.map gifts.csv",
                                        "backup newer.kept",
                                        "prove 1"};
    sqlite3 *db;
    size_t len[2];
    take("0444");
    CHECK(sqlite3_open("0444.db", &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, "PRAGMA user_version=3", NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(db);
    char *before = get("0444.db", &len[0]);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        free(program(&temp, "--store 0444.db %s", verbs[i]));
        CHECK_I64(program_exit, 4);
        said_well("was written by a newer muster, in form 3; this one knows forms up to 2");
    }
    free(program(&temp, "--store 0444.db doctor"));
    CHECK_I64(program_exit, 1);
    char *after = get("0444.db", &len[1]);
    CHECK(len[0] == len[1] && memcmp(before, after, len[0]) == 0);
    CHECK(!there("newer.kept"));
    free(before);
    free(after);
}

int main(int argc, char **argv)
{
    (void)argc;
    setvbuf(stdout, NULL, _IOLBF, 0);
    go_to_own_directory(argv[0]);
    make_book();
    RUN(what_was_written_then_reads_as_it_did);
    RUN(and_comes_out_at_the_same_root);
    RUN(asking_changes_no_byte_of_it);
    RUN(todays_program_goes_on_in_it);
    RUN(a_store_of_a_newer_form_is_refused_and_kept);
    leave_own_directory();
    return tap_done();
}
