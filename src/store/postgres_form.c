/*
 * postgres_form.c - the tables of a PostgreSQL store, and how they became so.
 *
 * Each form is a step of SQL from the one before; a new store takes them all.
 * A step runs inside the transaction of the append that needs it, under the
 * writers' lock, so a store is of one form or the next and never between. Who
 * may not change tables is told which form its owner has to bring it to.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "store/postgres.h"

/* Steps are for ever: a store of form N has run the first N of them. */
static const char *const steps[PG_FORM] = {
    "CREATE TABLE muster.form(version integer NOT NULL);"
    "INSERT INTO muster.form VALUES(1);"
    "CREATE TABLE muster.log("
    " id bigint PRIMARY KEY, recorded_ms bigint NOT NULL, kind integer NOT NULL,"
    " label text NOT NULL, idem text, salt bytea NOT NULL, bytes bytea NOT NULL,"
    " leaf bytea NOT NULL);"
    "CREATE TABLE muster.commits("
    " last bigint PRIMARY KEY, recorded_ms bigint NOT NULL, root bytea NOT NULL,"
    " frontier bytea NOT NULL);"
    "CREATE TABLE muster.evidence(hash bytea PRIMARY KEY, bytes bytea NOT NULL);"
    /* Not packed: a part of it is read without the rest. */
    "ALTER TABLE muster.evidence ALTER COLUMN bytes SET STORAGE EXTERNAL;"
    "CREATE FUNCTION muster.kept() RETURNS trigger LANGUAGE plpgsql AS"
    " $$BEGIN RAISE EXCEPTION 'the log is never edited'; END$$;"
    "CREATE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON muster.log"
    " EXECUTE FUNCTION muster.kept();"
    "CREATE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON muster.commits"
    " EXECUTE FUNCTION muster.kept();"
    "CREATE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON muster.evidence"
    " EXECUTE FUNCTION muster.kept();",

    /* Whoever inserts, with muster or without, takes the writers' lock. */
    "CREATE FUNCTION muster.one_writer() RETURNS trigger LANGUAGE plpgsql AS"
    " $$BEGIN PERFORM pg_catalog.pg_advisory_xact_lock(1299542100); RETURN NULL; END$$;"
    "CREATE TRIGGER one_writer BEFORE INSERT ON muster.log"
    " EXECUTE FUNCTION muster.one_writer();"
    "CREATE TRIGGER one_writer BEFORE INSERT ON muster.commits"
    " EXECUTE FUNCTION muster.one_writer();",

    /* A commit says which it is, and which evidence was kept with it (sqlite.h). */
    "ALTER TABLE muster.commits ADD COLUMN number bigint, ADD COLUMN brought bytea;",
};

static const char *const statements[PG_STATEMENT_COUNT] = {
    [PG_BEGIN] = "BEGIN ISOLATION LEVEL READ COMMITTED",
    [PG_LOCK] = "SELECT pg_advisory_xact_lock(1299542100)", /* "Must" */
    [PG_HEAD] = "SELECT last, recorded_ms, root, frontier, number FROM muster.commits"
                " ORDER BY last DESC LIMIT 1",
    [PG_ROW] = "INSERT INTO muster.log VALUES($1, $2, $3, $4, $5, $6, $7, $8)",
    [PG_EVIDENCE] = "INSERT INTO muster.evidence VALUES($1, $2) ON CONFLICT DO NOTHING",
    [PG_COMMITTED] = "WITH put AS (INSERT INTO muster.commits"
                     " VALUES($1, $2, $3, $4, $5, $6))"
                     " SELECT pg_notify('muster', '')",
    [PG_COMMIT] = "COMMIT",
    [PG_IDEMS] = "SELECT idem FROM muster.log WHERE id > $1 AND id <= $2 AND idem IS NOT NULL",
    [PG_IDEM] = "SELECT 1 FROM muster.log WHERE idem = $1 LIMIT 1",
    [PG_FIRST] = "SELECT 'muster.log'::regclass::oid::bigint, root FROM muster.commits"
                 " ORDER BY last LIMIT 1",
    [PG_COUNT] = "SELECT count(*) FROM muster.commits",
    [PG_THERE] = "SELECT 1 FROM muster.evidence WHERE hash = $1",
    [PG_LAST] = "SELECT root, recorded_ms FROM muster.commits WHERE last = $1",
    [PG_SCAN] = "SELECT id, recorded_ms, kind, label, idem, salt, bytes, leaf FROM muster.log"
                " WHERE id > $1 AND id <= $2 ORDER BY id",
    [PG_ROWS] = "SELECT id, recorded_ms, kind, label, idem, salt, bytes, leaf FROM muster.log"
                " WHERE id = ANY($1::text::bigint[]) ORDER BY id",
    [PG_COMMITS] = "SELECT last, recorded_ms, root, frontier, number, brought FROM muster.commits"
                   " WHERE last > $1 ORDER BY last LIMIT 10000",
    [PG_GET] = "SELECT bytes FROM muster.evidence WHERE hash = $1",
    /* The server counts from 1, and takes a length. */
    [PG_PART] = "SELECT substring(bytes FROM $2::integer FOR $3::integer)"
                " FROM muster.evidence WHERE hash = $1",
    [PG_KEPT] = "SELECT hash FROM muster.evidence WHERE hash <> sha256(bytes) LIMIT 1",
    [PG_SIZE] = "SELECT pg_total_relation_size('muster.log')"
                " + pg_total_relation_size('muster.commits')"
                " + pg_total_relation_size('muster.evidence')",
    [PG_HASHES] = "SELECT hash FROM muster.evidence",
};

/* What is read of tables that have not taken their third step, and what nobody writes there. */
static const char *const second_form[PG_STATEMENT_COUNT] = {
    [PG_HEAD] = "SELECT last, recorded_ms, root, frontier, NULL::bigint FROM muster.commits"
                " ORDER BY last DESC LIMIT 1",
    [PG_COMMITTED] = "SELECT $1::bigint, $2::bigint, $3::bytea, $4::bytea, $5::bigint, $6::bytea",
    [PG_COMMITS] = "SELECT last, recorded_ms, root, frontier, NULL::bigint, NULL::bytea"
                   " FROM muster.commits WHERE last > $1 ORDER BY last LIMIT 10000",
};

static enum rc number(struct link *l, const char *sql, int64_t *out, struct err *err)
{
    PGresult *r;
    enum rc rc = link_sql(l, sql, &r, err);
    if (!rc) *out = strtoll(PQgetvalue(r, 0, 0), NULL, 10);
    PQclear(r);
    return rc;
}

/* By the catalog, which everybody may read: who may not look into the tables sees them there. */
enum rc form_look(struct link *l, int *form, struct err *err)
{
    int64_t tables = 0, ours = 0, version = 0;
    *form = 0;
    enum rc rc = number(l,
                        "SELECT count(*) FROM pg_class c JOIN pg_namespace n"
                        " ON n.oid = c.relnamespace WHERE n.nspname = 'muster'"
                        " AND c.relkind IN ('r', 'p', 'v', 'f')",
                        &tables, err);
    if (rc || tables == 0) return rc;
    rc = number(l,
                "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                " WHERE n.nspname = 'muster' AND c.relkind = 'r'"
                " AND c.relname IN ('form', 'log', 'commits', 'evidence')",
                &ours, err);
    if (rc) return rc;
    if (ours != 4) {
        return fail(err, RC_STORE,
                    "'%.120s' has a schema 'muster' of something else, not of a store", l->name);
    }
    rc = number(l, "SELECT coalesce(max(version), 0) FROM muster.form", &version, err);
    if (rc) return rc;
    if (version > PG_FORM) {
        return fail(
            err, RC_STORE,
            "'%.120s' was written by a newer muster, in form %d; this one knows forms up to %d",
            l->name, (int)version, PG_FORM);
    }
    if (version < 1) return fail(err, RC_STORE, "'%.120s' does not say its form", l->name);
    *form = (int)version;
    return RC_OK;
}

/* A schema that its administrator made for us is taken as it is. */
static enum rc make_schema(struct link *l, struct err *err)
{
    int64_t there = 0, utf8 = 0;
    enum rc rc =
        number(l, "SELECT (current_setting('server_encoding') = 'UTF8')::integer", &utf8, err);
    if (!rc && !utf8) {
        rc = fail(err, RC_STORE, "'%.120s' keeps no UTF-8: make the database with '-E UTF8'",
                  l->name);
    }
    if (!rc)
        rc = number(l, "SELECT count(*) FROM pg_namespace WHERE nspname = 'muster'", &there, err);
    return rc || there ? rc : link_run(l, "CREATE SCHEMA muster", err);
}

enum rc form_bring(struct link *l, int from, struct err *err)
{
    struct arena a = {0};
    enum rc rc = from == 0 ? make_schema(l, err) : RC_OK;
    for (int i = from; i < PG_FORM && !rc; i++) {
        rc = link_run(l, steps[i], err);
        if (!rc && i > 0) {
            rc = link_run(l, text_format(&a, "UPDATE muster.form SET version = %d", i + 1), err);
        }
    }
    arena_free(&a);
    if (rc && from)
        fail_in(err, "the store's owner must bring it to form %d ('muster init')", PG_FORM);
    else if (rc)
        fail_in(err, "there is no store in that database yet, and it cannot be made");
    return rc;
}

enum rc form_prepare(struct link *l, int form, struct err *err)
{
    enum rc rc = link_run(l, "DEALLOCATE ALL", err);
    if (rc) return rc;
    PQenterPipelineMode(l->conn);
    for (int i = 0; i < PG_STATEMENT_COUNT; i++) {
        char name[] = {'m', (char)('a' + i), '\0'};
        const char *sql = form < 3 && second_form[i] ? second_form[i] : statements[i];
        PQsendPrepare(l->conn, name, sql, 0, NULL);
    }
    rc = link_send(l, err);
    for (int i = 0; i < PG_STATEMENT_COUNT && !rc; i++) {
        PGresult *r;
        rc = link_next(l, &r, err);
        PQclear(r);
    }
    link_batch_end(l);
    l->prepared = !rc;
    return rc;
}

enum rc form_check(struct link *l, int form, struct err *err)
{
    int64_t guards = 0;
    enum rc rc = number(l,
                        "SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                        " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'muster'"
                        " AND t.tgname IN ('kept', 'one_writer') AND t.tgenabled IN ('O', 'A')",
                        &guards, err);
    if (rc || guards == (form < 2 ? 3 : 5)) return rc;
    return fail(err, RC_STORE,
                "'%.120s' has lost a guard against edits (a trigger of schema muster)", l->name);
}
