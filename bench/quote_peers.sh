#!/bin/sh
# quote_peers.sh - the same pieces and queries in SQLite's trigram index and PostgreSQL's.
#
#     bench/quote_peers.sh PREFIX JSON
#
# PREFIX.db and PREFIX.queries are what bench/quote.sh made, PREFIX.db-words the
# index of pieces. The first BENCH_PEER_QUERIES (10) verbatim and altered queries
# are asked once to warm up and once by the peer's own clock; a query that takes
# PostgreSQL longer than 30 s is stopped there, and counts as 30 s. A peer that is not
# here, or cannot be started, is left out with a line that says so.
set -eu
at=$1 json=$2
some=${BENCH_PEER_QUERIES:-10}

# The text of each piece, one a line: id, tab, text with single spaces.
sqlite3 "$at.db-words" >"$at.tsv" <<END
.mode tabs
ATTACH '$at.db' AS log;
SELECT p.id, replace(replace(replace(CAST(substr(e.bytes, p."begin" + 1, p."end" - p."begin")
    AS TEXT), char(9), ' '), char(10), ' '), '\\', ' ')
FROM pieces p JOIN documents d ON d.id = p.document JOIN log.evidence e ON e.hash = d.hash;
END
tr -s ' ' <"$at.tsv" | tr -d '"\r' >"$at.tsv.one" && mv "$at.tsv.one" "$at.tsv"
for kind in verbatim altered; do
    grep "^$kind" "$at.queries" | cut -f2 | tr -d '"\\' | head -n "$some" >"$at.$kind"
done

# Seconds with three decimals between two readings of `date +%s%N`.
took() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", (b - a) / 1e9 }'; }

# Milliseconds a line on stdin, in the order of the queries twice: the second half counts.
tell() {
    tail -n "$2" | sort -n | awk -v name="$1" -v found="$3" -v n="$2" -v json="$json" '
        { t[NR] = $1 }
        END {
            m = t[int(NR / 2) + 1]; p = t[int(NR * 9 / 10) + 1]
            if (p == "") p = t[NR]
            printf "%-34s %8.2f %8.2f %8.2f   something found for %d of %d\n", name, m, p, t[NR], found, n
            printf "{\"bench\":\"%s\",\"median_us\":%d,\"p90_us\":%d,\"max_us\":%d,\"found\":%d,\"of\":%d}\n",
                name, m * 1000, p * 1000, t[NR] * 1000, found, n >>json
        }'
}
size() { printf '%-34s %8s s to make, %s MB\n' "$1" "$2" "$3"; }

# --- SQLite's FTS5, trigrams ---

begin=$(date +%s%N)
sqlite3 "$at.peer" >/dev/null <<END
PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;
CREATE TABLE raw(id INTEGER PRIMARY KEY, text TEXT);
.mode tabs
.import $at.tsv raw
CREATE VIRTUAL TABLE t USING fts5(text, content='', tokenize='trigram');
INSERT INTO t(rowid, text) SELECT id, text FROM raw;
INSERT INTO t(t) VALUES('optimize');
END
size "SQLite FTS5 trigram" "$(took "$begin" "$(date +%s%N)")" "$(sqlite3 "$at.peer" \
    "SELECT sum(length(block)) / 1000000 FROM t_data")"
# A query a line as SQL: $1 is verbatim or altered.
sqlite_queries() {
    echo ".timer on"
    if [ "$1" = verbatim ]; then
        sed "s/'/''/g; s/.*/SELECT rowid FROM t WHERE t MATCH '\"&\"' LIMIT 1;/" "$at.$1"
    else
        awk '{ q = ""
            for (i = 1; i <= NF; i++) if (length($i) > 2) q = q (q ? " OR " : "") "\"" $i "\""
            gsub(/\047/, "\047\047", q)
            print "SELECT rowid FROM t WHERE t MATCH \047" q "\047 ORDER BY rank LIMIT 1;" }' "$at.$1"
    fi
}
for kind in verbatim altered; do
    { sqlite_queries "$kind"; sqlite_queries "$kind"; } | sqlite3 "$at.peer" >"$at.said"
    n=$(wc -l <"$at.$kind")
    found=$(($(grep -vc '^Run Time' "$at.said" || true) / 2))
    sed -n 's/^Run Time: real \([0-9.]*\).*/\1/p' "$at.said" | awk '{ print $1 * 1000 }' |
        tell "SQLite FTS5 trigram, $kind" "$n" "$found"
done

# --- PostgreSQL, pg_trgm ---

bindir=$(find /usr/lib/postgresql -name pg_ctl 2>/dev/null | sort | tail -n 1)
if [ -z "$bindir" ]; then
    echo "PostgreSQL pg_trgm: left out, there is none here (apt-get install postgresql)"
    exit 0
fi
bindir=$(dirname "$bindir")
work=$(mktemp -d)
as=""
if [ "$(id -u)" = 0 ]; then # the server refuses root
    chown postgres "$work" && as="runuser -u postgres --"
fi
stop() {
    $as "$bindir/pg_ctl" -D "$work/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM
if ! (cd "$work" && $as "$bindir/initdb" -D "$work/data" -A trust -E UTF8 --locale=C.UTF-8 >"$work/log" 2>&1 &&
    $as "$bindir/pg_ctl" -D "$work/data" -w -l "$work/data/log" start -o \
        "-c listen_addresses='' -k $work -c shared_buffers=512MB -c maintenance_work_mem=256MB" >>"$work/log" 2>&1); then
    echo "PostgreSQL pg_trgm: left out, it does not start: $(tail -n 1 "$work/log")"
    exit 0
fi
sql() { (cd "$work" && $as "$bindir/psql" -h "$work" -d postgres -qAt "$@"); }
if ! sql -c "CREATE EXTENSION pg_trgm" >/dev/null 2>&1; then
    echo "PostgreSQL pg_trgm: left out, the extension is not here (apt-get install postgresql-contrib)"
    exit 0
fi
begin=$(date +%s%N)
sql -c "CREATE TABLE p(id bigint, text text)"
sql -c "COPY p FROM STDIN" <"$at.tsv"
sql -c "CREATE INDEX p_trgm ON p USING gin(text gin_trgm_ops)" -c "ANALYZE p"
size "PostgreSQL pg_trgm" "$(took "$begin" "$(date +%s%N)")" \
    "$(sql -c "SELECT pg_relation_size('p_trgm') / 1000000")"
pg_queries() {
    echo "SET pg_trgm.word_similarity_threshold = 0.5; SET statement_timeout = '30s';"
    printf '%s\n' '\timing on'
    if [ "$1" = verbatim ]; then
        sed "s/'/''/g; s/[%_]/\\\\&/g; s/.*/SELECT id FROM p WHERE text LIKE '%&%' LIMIT 1;/" "$at.$1"
    else
        sed "s/'/''/g; s/.*/SELECT id FROM p WHERE '&' <% text ORDER BY word_similarity('&', text) DESC LIMIT 1;/" "$at.$1"
    fi
}
for kind in verbatim altered; do
    { pg_queries "$kind"; pg_queries "$kind" | tail -n +3; } >"$work/queries"
    sql -f - <"$work/queries" >"$at.said" 2>/dev/null || true
    n=$(wc -l <"$at.$kind")
    found=$(($(grep -c '^[0-9]*$' "$at.said" || true) / 2))
    sed -n 's/^Time: \([0-9.]*\) ms.*/\1/p' "$at.said" | tell "PostgreSQL pg_trgm, $kind" "$n" "$found"
done
