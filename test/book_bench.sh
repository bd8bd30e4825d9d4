#!/bin/sh
# book_bench.sh - make bench-book, at a size that takes a second and with SQLite alone.
#
#     BUILD=build/gcc test/book_bench.sh
#
# What is tried is that muster and a database answer the same about the same
# rows, and that a difference would be found; times of so small a book say
# nothing.
set -u
dir=build/bench/book/3000
out=build/bench/book/3000.json said=build/bench/book/3000.said
command -v sqlite3 >/dev/null || { echo "1..0"; echo "ok 1 # SKIP no sqlite3"; exit 0; }
mkdir -p build/bench/book
ok() { # RESULT NUMBER NAME
    if [ "$1" = 0 ]; then echo "ok $2 - $3"; else echo "not ok $2 - $3"; sed 's/^/# /' "$out" "$said"; fi
}

ENTRIES=3000 PEERS=sqlite BENCH_TRIALS=1 bench/book.sh "$BUILD/bench" >"$out" 2>"$said"
ok $? 1 "muster and SQLite give the same answers about one book"

line='{"question":"Q[1-8]","muster_cpu_ms":[0-9.]*,"sqlite_cpu_ms":[0-9.]*,"postgresql_cpu_ms":null,"duckdb_cpu_ms":null,"agree":true}'
[ "$(grep -cx "$line" "$out")" = 8 ] && [ "$(wc -l <"$out")" = 8 ]
ok $? 2 "on stdout there is a line of JSON for each of the eight questions, and nothing else"

# A cent more in one row of one answer.
awk -F '\t' 'BEGIN { OFS = FS } $1 == "Q4" && !done { $3 = sprintf("%.17g", $3 + 0.02); done = 1 } { print }' \
    "$dir/sqlite.answers" >"$dir/other.answers"
mv "$dir/other.answers" "$dir/sqlite.answers"
"$BUILD/bench/book_agree" "$dir" muster sqlite >"$out" 2>"$said"
[ $? = 1 ] && [ "$(grep -c '"agree":false' "$out")" = 1 ] && grep -q '"Q4".*"agree":false' "$out"
ok $? 3 "an answer that is off by two cents is found"
echo "1..3"
