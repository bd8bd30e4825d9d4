#!/bin/sh
# book.sh - make bench-book: one large book and eight questions, to muster and three databases.
#
#     bench/book.sh DIRECTORY-OF-BENCH-PROGRAMS
#
# bench/book_make.c makes a book of ENTRIES (100000) entries. The same rows go
# into a store of muster's, into SQLite and PostgreSQL with covering indexes,
# and into DuckDB; each answers bench/book/questions.sql on one core, muster by
# measure/slice.h. On stdout comes one line of JSON for each of the eight, with
# processor time (medians) and whether all that are there gave the same answer;
# everything else goes to stderr. Exit 1 when an answer differs.
#
# A peer that cannot be had here is left out, which a line says. DuckDB comes
# by npm into build/. PEERS names those that are wanted. A million entries take
# about 1.2 GB in build/bench while it runs, and are removed at the end; the
# answers and times stay (tools/draw_book.sh). With BENCH_KEEP the rows and the
# files of muster and SQLite stay too, and the next run with it only asks again.
set -eu
bin=$1
entries=${ENTRIES:-100000} peers=${PEERS-sqlite postgresql duckdb}
dir=$PWD/build/bench/book/$entries
sql=bench/book

say() { echo "$*" >&2; }
seconds() { awk -v "ns=$(($(date +%s%N) - $1))" 'BEGIN { printf "%.1f s", ns / 1e9 }'; }
wanted() { case " $peers " in *" $1 "*) ;; *) return 1 ;; esac; }
# All that is measured runs on the last core.
on=""
core=$(($(nproc --all) - 1))
if taskset -c "$core" true 2>/dev/null; then on="taskset -c $core"; fi

cleared() {
    rm -rf "$dir"/*.csv "$dir"/muster.db* "$dir"/sqlite.db* "$dir/made" "$dir/loaded"
}
mkdir -p "$dir"
trap '[ ! -e "$dir/pg/data/postmaster.pid" ] || test/cluster.sh end "$dir/pg"; rm -rf "$dir/pg" "$dir"/duck.db*; [ "${BENCH_KEEP-}" ] || cleared' EXIT
trap 'exit 130' INT TERM
[ "${BENCH_KEEP-}" ] || cleared
rm -rf "$dir"/*.answers "$dir"/*.times "$dir"/start.* "$dir"/duck.db* "$dir/pg"

need_kb=$((entries * 13 / 10 + 200000))
free_kb=$(df -Pk "$dir" | awk 'NR == 2 { print $4 }')
if [ "$free_kb" -lt "$need_kb" ]; then
    say "book.sh: this takes $((need_kb / 1024)) MB of disk, and there are $((free_kb / 1024))"
    exit 1
fi

say "a book of $entries entries"
begin=$(date +%s%N)
if [ ! -e "$dir/made" ]; then
    rm -f "$dir"/muster.db* "$dir/loaded"
    "$bin/book_make" "$entries" 42 "$dir" "$dir/muster.db" >"$dir/making"
    mv "$dir/making" "$dir/made"
    say "made in $(seconds "$begin")"
fi
made=$(cat "$dir/made")
promises=${made#* }

# muster: the first that opens it folds it and keeps the snapshot; the next begins there.
$on "$bin/book_ask" "$dir/muster.db" >/dev/null
$on "$bin/book_ask" "$dir/muster.db" "$dir/start.answer" >"$dir/start.muster"
$on "$bin/book_ask" "$dir/muster.db" "$dir/muster" "$promises"
if ! grep "^Q1	" "$dir/muster.answers" | cmp -s - "$dir/start.answer"; then
    say "the first answer from the snapshot is another one than from the whole book"
    exit 1
fi

load_sqlite() {
    {
        echo "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-1000000;"
        cat "$sql/tables.sql"
        echo ".mode csv"
        for t in donor item rate entry; do echo ".import '$dir/$t.csv' $t"; done
        cat "$sql/indexes.sql"
        echo "ANALYZE;"
    } >"$dir/load.sql"
    sqlite3 "$dir/sqlite.db" <"$dir/load.sql" >/dev/null
}
if ! wanted sqlite; then
    say "SQLite: not asked for"
elif command -v sqlite3 >/dev/null; then
    begin=$(date +%s%N)
    if [ ! -e "$dir/loaded" ]; then
        rm -f "$dir"/sqlite.db*
        load_sqlite
        : >"$dir/loaded"
        say "SQLite: loaded in $(seconds "$begin")"
    fi
    say "SQLite: $(($(wc -c <"$dir/sqlite.db") / 1000000)) MB"
    $on "$bin/book_peer" sqlite "$dir/sqlite.db" "$sql/questions.sql" "$dir/sqlite" "$promises"
    $on "$bin/book_peer" scan "$dir/sqlite.db" >"$dir/start.sqlite"
else
    say "SQLite: left out, no sqlite3 here"
fi

load_postgresql() {
    {
        echo "BEGIN;"
        cat "$sql/tables.sql"
        for t in donor item rate entry; do printf '%s\n' "\\copy $t FROM '$dir/$t.csv' (FORMAT csv)"; done
        cat "$sql/indexes.sql"
        echo "COMMIT;"
        echo "VACUUM (FREEZE, ANALYZE);"
    } >"$dir/load.sql"
    test/cluster.sh sql "$dir/pg" -f "$dir/load.sql" >/dev/null
}
if ! wanted postgresql; then
    say "PostgreSQL: not asked for"
elif why=$($on test/cluster.sh new "$dir/pg" $$ -c shared_buffers=2GB -c maintenance_work_mem=1GB \
    -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=8GB -c autovacuum=off); then
    begin=$(date +%s%N)
    load_postgresql
    bytes=$(test/cluster.sh sql "$dir/pg" -c "SELECT pg_total_relation_size('entry')")
    say "PostgreSQL: loaded in $(seconds "$begin"), $((bytes / 1000000)) MB"
    $on "$bin/book_peer" postgresql "host=$dir/pg user=postgres dbname=postgres" \
        "$sql/questions.sql" "$dir/postgresql" "$promises"
    test/cluster.sh end "$dir/pg"
else
    say "PostgreSQL: left out, $why"
fi

modules=$PWD/build/bench/duckdb
has_duckdb() {
    mkdir -p "$modules"
    cp "$sql"/duckdb/*.json "$modules"
    tools/npm.sh "$modules" || return
    node "$sql/duck.mjs" "$modules" 2>&1 || { echo "it does not run here"; return 1; }
}
if ! wanted duckdb; then
    say "DuckDB: not asked for"
elif why=$(has_duckdb); then
    begin=$(date +%s%N)
    $on node "$sql/duck.mjs" "$modules" "$dir" "$sql/questions.sql" "$dir/duckdb" "$promises"
    say "DuckDB: loaded and asked in $(seconds "$begin"), $(($(wc -c <"$dir/duck.db") / 1000000)) MB"
else
    say "DuckDB: left out, $why"
fi

right=0
"$bin/book_agree" "$dir" muster sqlite postgresql duckdb || right=$?
if [ -s "$dir/start.sqlite" ]; then
    awk '{ ms[NR] = $1 } END { printf "from the snapshot to the first answer %.1f ms; SQLite reads its rows in %.0f ms: %.0fx\n",
        ms[1], ms[2], ms[2] / ms[1] }' "$dir/start.muster" "$dir/start.sqlite" >&2
fi
there=""
for e in sqlite postgresql duckdb; do [ ! -e "$dir/$e.times" ] || there="$there $e"; done
if [ "$right" != 0 ]; then
    say "they do not agree: muster$there"
elif [ "$there" ]; then
    say "all agree: muster$there"
else
    say "nobody was there to agree with muster"
fi
exit "$right"
