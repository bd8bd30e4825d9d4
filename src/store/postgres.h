/*
 * postgres.h - a connection to a PostgreSQL store, for the postgres*.c beside it.
 *
 * A link is one connection, the statements prepared on it, and what became of
 * it. Who uses it may open it again: what a reader asks for a second time is
 * answered as before, since the log only grows. Whether a commit whose answer
 * was lost is there is postgres_append.c's to find out.
 *
 * Everything lies in the schema "muster" of the database, and every name is
 * written with it: no search path of anybody's leads elsewhere.
 */
#ifndef MUSTER_STORE_POSTGRES_H
#define MUSTER_STORE_POSTGRES_H

#include "store/idems.h"
#include "store/libpq.h"
#include "store/postgres_name.h"
#include "store/store.h"

enum {
    PG_FORM = 3,     /* of the tables: postgres_form.c */
    PG_BUSY_S = 10,  /* how long a writer waits for another */
    PG_IDLE_S = 60,  /* how long the server waits for a writer that says nothing any more */
    PG_SETTLE_S = 60 /* how long it is tried to learn what became of a commit */
};

enum pg_statement {
    PG_BEGIN,
    PG_LOCK,
    PG_HEAD,
    PG_ROW,
    PG_EVIDENCE,
    PG_COMMITTED,
    PG_COMMIT,
    PG_IDEMS,
    PG_IDEM,
    PG_FIRST,
    PG_LAST,
    PG_COUNT,
    PG_THERE,
    PG_SCAN,
    PG_ROWS,
    PG_COMMITS,
    PG_GET,
    PG_PART,
    PG_KEPT,
    PG_HASHES,
    PG_SIZE,
    PG_STATEMENT_COUNT
};

struct link {
    PGconn *conn;
    char *url;        /* with its secrets */
    char *name;       /* as people may read it */
    bool prepared;    /* all statements are */
    bool warned;      /* the server said something beside its answers */
    bool listening;   /* notices of commits come */
    bool deaf;        /* none can: a replica sends none */
    int64_t asked_ms; /* when the head was last asked for */
    uint64_t opened;  /* how many times it was connected */
};

struct postgres {
    struct store base;
    struct link link;
    struct idems idems; /* of the rows up to idems_to, and perhaps of some that failed */
    uint64_t idems_to;
    int form;    /* of the tables; 0: none were seen yet */
    bool broken; /* an append failed: nothing more until it is opened again */
};

/* What is handed in with a statement, as the server reads it: numbers with their high byte first.
 */
struct pg_params {
    int count;
    const char *values[8];
    int lengths[8], formats[8];
    uint8_t numbers[8][8];
};
void pg_put_number(struct pg_params *p, int64_t n);
void pg_put_kind(struct pg_params *p, int32_t n);
void pg_put_text(struct pg_params *p, const char *text); /* NULL is null */
void pg_put_bytes(struct pg_params *p, const void *bytes, size_t len);

int64_t pg_number(const PGresult *r, int row, int column);
uint64_t pg_bytes_number(const void *bytes, int len); /* high byte first */

/* --- the connection (postgres_link.c) --- */

MUST_CHECK enum rc link_open(struct link *l, struct err *err);
void link_shut(struct link *l); /* what it is called stays */
void link_free(struct link *l);
bool link_lost(const struct link *l);

/* The server's refusal as a sentence that a person can act on; r NULL: the connection's own. */
enum rc link_refused(struct link *l, const PGresult *r, struct err *err);

/* SQL text of ours, with answers or without. Not tried again. *out is the caller's to clear. */
MUST_CHECK enum rc link_sql(struct link *l, const char *sql, PGresult **out, struct err *err);
MUST_CHECK enum rc link_run(struct link *l, const char *sql, struct err *err);

/* A prepared statement, once. */
MUST_CHECK enum rc link_ask(struct link *l, enum pg_statement which, const struct pg_params *p,
                            PGresult **out, struct err *err);

/* Many at once, without waiting for each: add, then ask for the answers in their order. */
void link_batch(struct link *l);
void link_add(struct link *l, enum pg_statement which, const struct pg_params *p);
MUST_CHECK enum rc link_next(struct link *l, PGresult **out, struct err *err);
MUST_CHECK enum rc link_send(struct link *l, struct err *err);
void link_batch_end(struct link *l);

int64_t link_clock_ms(void); /* for waiting only: it counts from anywhere */

/* --- the tables (postgres_form.c) --- */

/* Which tables are there: *form 0 when none; RC_STORE when they are another program's or newer. */
MUST_CHECK enum rc form_look(struct link *l, int *form, struct err *err);
/* Make them, or bring them to PG_FORM, inside the transaction that is open. */
MUST_CHECK enum rc form_bring(struct link *l, int from, struct err *err);
/* For tables of that form: an older one is only read. */
MUST_CHECK enum rc form_prepare(struct link *l, int form, struct err *err);
/* Whether the guards of that form stand. */
MUST_CHECK enum rc form_check(struct link *l, int form, struct err *err);

/* --- writing (postgres_append.c) --- */

/* What every operation begins with: the connection stands, and the tables were looked for. */
MUST_CHECK enum rc postgres_ready(struct postgres *s, struct err *err);
/*
 * A prepared statement, once more where the connection was lost: for reading
 * only. *out NULL with RC_OK: there are no tables.
 */
MUST_CHECK enum rc postgres_ask(struct postgres *s, enum pg_statement which,
                                const struct pg_params *p, PGresult **out, struct err *err);
/* The head in an answer to PG_HEAD, and the tree that goes on from it (NULL: not asked). */
MUST_CHECK enum rc postgres_head_of(struct postgres *s, const PGresult *r, struct commit *out,
                                    struct merkle *tree, struct err *err);
MUST_CHECK enum rc postgres_make(struct store *base, bool *made, struct err *err);
MUST_CHECK enum rc postgres_append(struct store *base, const struct row *rows, uint32_t count,
                                   const struct evidence *evidence, uint32_t evidence_count,
                                   struct err *err);

/* --- beside the store, on this machine (postgres_cache.c) --- */

const char *postgres_beside(struct store *base, struct arena *a, const char *name, bool to_write,
                            struct aside_owner *owner);
MUST_CHECK enum rc postgres_pieces(struct store *base, bool alone, struct pieces **out,
                                   struct err *err);
MUST_CHECK enum rc postgres_commit_at(struct store *base, uint64_t last, struct commit *out,
                                      struct err *err);
/* The set of keys as a file has it, into an empty one; outside of a transaction. */
void postgres_take_idems(struct postgres *s);
/* Keep it, if many rows were read for it. */
void postgres_keep_idems(struct postgres *s, uint64_t read, const struct idems_at *at);

#endif
