/*
 * sqlite.h - an SQLite file that is a store, for the sqlite*.c beside it.
 *
 * sqlite.c opens it and reads, sqlite_append.c has its tables and writes. What
 * a function here refuses is a sentence that a person can act on.
 */
#ifndef MUSTER_STORE_SQLITE_H
#define MUSTER_STORE_SQLITE_H

#include <sqlite3.h>

#include "store/idems.h"
#include "store/store.h"

/*
 * Forms of the tables. 2: a commit says which it is, and which evidence was
 * kept with it. A store of form 1 is read as it is; the first append brings it on.
 */
enum { LITE_FORM = 2 };

struct sqlite {
    struct store base;
    sqlite3 *db;
    sqlite3_stmt *begin, *commit, *head, *insert, *insert_commit, *part; /* once used, kept */
    char *path;
    struct commit
        last; /* the head, and its tree, while the file is as it was when they were read */
    struct merkle tree;
    unsigned seen; /* the file's version then */
    bool has_last;
    struct idems idems; /* of the rows up to idems_to, and perhaps of some that failed */
    uint64_t idems_to;
    int form;    /* of its tables when they were last looked at; 0: none */
    bool broken; /* an append failed: nothing more until it is opened again */
};

/* The engine's refusal. */
enum rc lite_refused(const struct sqlite *s, int code, struct err *err);

MUST_CHECK enum rc lite_run(struct sqlite *s, const char *sql, struct err *err);
MUST_CHECK enum rc lite_prepare(struct sqlite *s, const char *sql, sqlite3_stmt **out,
                                struct err *err);
/* For what is asked again and again: to parse it costs more than to run it. */
MUST_CHECK enum rc lite_prepare_once(struct sqlite *s, const char *sql, sqlite3_stmt **kept,
                                     struct err *err);
MUST_CHECK enum rc lite_run_once(struct sqlite *s, const char *sql, sqlite3_stmt **kept,
                                 struct err *err);
/* One number that a statement answers; 0 when it answers none. */
MUST_CHECK enum rc lite_number(struct sqlite *s, const char *sql, int64_t *out, struct err *err);

/* Set s->form, unless it is the newest already: another writer may have made the tables. */
MUST_CHECK enum rc lite_look(struct sqlite *s, struct err *err);
/* RC_STORE: another file, or none, stands under the path by now. */
MUST_CHECK enum rc lite_check_place(struct sqlite *s, struct err *err);
/* The last commit and, if asked, the tree's frontier. Its number is not read. */
MUST_CHECK enum rc lite_head(struct sqlite *s, struct commit *out, struct merkle *tree,
                             struct err *err);
MUST_CHECK enum rc lite_commit_at(struct store *base, uint64_t last, struct commit *out,
                                  struct err *err);
const char *lite_beside(struct store *base, struct arena *a, const char *name, bool to_write,
                        struct aside_owner *owner);

MUST_CHECK enum rc lite_append(struct store *base, const struct row *rows, uint32_t count,
                               const struct evidence *evidence, uint32_t evidence_count,
                               struct err *err);

#endif
