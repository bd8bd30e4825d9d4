-- partner.sql - what one party may see, for a copy that holds nothing else.
--
--     psql -d DATABASE -v party=DEU -v groups=EU:17,NATO:40 -f share/postgresql/partner.sql
--
-- Makes, or makes anew, the publication muster_deu: the rows of the log that
-- carry a label for everybody, for that party, or for one of its groups from
-- the record on that made it a member (its id: 'muster party show', or 0), and
-- all commits, whose roots tell nothing about rows that are held back, since
-- each has its own salt. Evidence has no label and is left out, and so are its
-- hashes, which the commits list. PostgreSQL 15.
--
-- A publication is a filter, not a lock: who may replicate from this server can
-- ask for any publication, or for the whole log without one. So it is a server
-- of yours that subscribes, and the partner reads there. docs/postgresql.md has
-- the whole way.

\set ON_ERROR_STOP on
\if :{?groups}
\else
    \set groups ''
\endif

SELECT format('DROP PUBLICATION IF EXISTS %I', 'muster_' || lower(:'party')) \gexec

SELECT format(
    'CREATE PUBLICATION %I FOR TABLE muster.log WHERE (label = ''public'''
    ' OR (label LIKE ''parties:%%'' AND position(%L in '','' || substr(label, 9) || '','') > 0)%s),'
    ' TABLE muster.commits (last, recorded_ms, root, frontier)',
    'muster_' || lower(:'party'),
    ',' || :'party' || ',',
    coalesce((SELECT string_agg(
                         format(' OR (label = %L AND id >= %s)', 'group:' || split_part(g, ':', 1),
                                coalesce(nullif(split_part(g, ':', 2), ''), '0')::bigint), '')
              FROM unnest(string_to_array(nullif(:'groups', ''), ',')) AS g), '')) \gexec
