-- roles.sql - who may do what with a muster store in this database.
--
--     psql -d DATABASE -f share/postgresql/roles.sql
--
-- Run it as the owner of the tables, or an administrator, after 'muster init'
-- and after an upgrade that brought new tables; it may be run again at any
-- time. It makes two roles that nobody logs in as, if they are missing. People
-- and servers then get one of them:
--
--     CREATE ROLE desk LOGIN IN ROLE muster_writer;
--     CREATE ROLE pages LOGIN IN ROLE muster_reader;
--
-- A writer adds to the log and nothing else: no row is ever changed or removed,
-- by anybody; triggers refuse that of the owner too. Only the owner makes and
-- upgrades tables: use that role for 'muster init' only.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'muster_reader') THEN
        CREATE ROLE muster_reader NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'muster_writer') THEN
        CREATE ROLE muster_writer NOLOGIN;
    END IF;
END
$$;

REVOKE ALL ON SCHEMA muster FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA muster FROM PUBLIC, muster_reader, muster_writer;
GRANT USAGE ON SCHEMA muster TO muster_reader, muster_writer;
GRANT SELECT ON ALL TABLES IN SCHEMA muster TO muster_reader, muster_writer;
GRANT INSERT ON muster.log, muster.commits, muster.evidence TO muster_writer;
