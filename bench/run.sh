#!/bin/sh
# run.sh - make bench: what muster takes against sqlite3, both in one run.
#
#     bench/run.sh DIRECTORY-OF-BENCH-PROGRAMS MUSTER
#
# Import: an exchange file of BENCH_ENTRIES (1000000) made-up entries with
# their lines and passages into a new SQLite store, against sqlite3's .import
# of the same entries (same columns, as CSV) into one bare table. On both
# sides journal_mode=WAL, synchronous=FULL, wal_autocheckpoint=4000 and one
# commit per 1,000 rows: .import commits once a file, so it gets files of
# 1,000 rows, cut before the clock starts. What muster does besides (check
# every root, rule and stage of the whole file before the first write, hash
# every record, keep lines and passages too) is not taken off.
#
# BENCH_TRIALS (3) trials in turn, medians. Nothing here passes or fails; the
# goal is an import ratio of at most 2.
set -eu
bin=$1 muster=$2
entries=${BENCH_ENTRIES:-1000000} trials=${BENCH_TRIALS:-3}
shared=${MUSTER_SHARED:-../shared}
dir=build/bench json=build/bench/bench.json
command -v sqlite3 >/dev/null || { echo "make bench needs sqlite3: apt-get install sqlite3" >&2; exit 1; }
mkdir -p "$dir"
: >"$json"

# Rows of that many entries, their file of 1,000-row imports, and the exchange file.
rows() {
    name=$1 count=$2 lines=${3:-0}
    rm -rf "$dir/$name" && mkdir -p "$dir/$name"
    "$bin/gen" "$count" 42 "$dir/$name/book.muster" "$dir/$name/entries.csv" "$lines" >&2
    tail -n +2 "$dir/$name/entries.csv" | split -l 1000 -a 5 -d - "$dir/$name/rows."
    {
        echo "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000;"
        echo "CREATE TABLE entry(id INTEGER PRIMARY KEY, recorded TEXT, key TEXT, line INTEGER,"
        echo " from_stage TEXT, to_stage TEXT, qty INTEGER, day TEXT, passage INTEGER,"
        echo " author TEXT, reverses INTEGER, why TEXT, stated TEXT);"
        echo ".mode csv"
        for file in "$dir/$name"/rows.*; do echo ".import $file entry"; done
    } >"$dir/$name/peer.sql"
}
# $1 the name, $2 the rows, $3 trials. A trial begins without stores; the last one's stay.
import() {
    at=$dir/$2
    "$bin/trials" "$1" "$json" "$3" "rm -f $at/next.db*; cat $at/book.muster $at/rows.* >/dev/null" \
        "$muster --store $at/next.db import $at/book.muster >/dev/null && mv $at/next.db $at/ours.db" \
        "sqlite3 $at/next.db <$at/peer.sql >/dev/null && mv $at/next.db $at/peer.db"
}
title() {
    printf '\n%-34s %8s %8s %7s %8s %8s %7s %7s\n' "$1" 'cpu s' sqlite3 ratio 'wall s' sqlite3 ratio 'RSS MB'
}

title import
rm -rf "$dir/10000" "$dir/100000" "$dir/$entries"
for size in 10000 100000 "$entries"; do
    [ "$size" != "$entries" ] || [ ! -e "$dir/$size" ] || continue
    rows "$size" "$size"
    import "import of $size" "$size" "$trials"
done
rows long 100000 1
import "100000 entries of one line" long 1

printf '\n%-34s %8s %8s %8s\n' 'ns of cpu for each entry' muster sqlite3 ratio
"$bin/fold" "$dir/$entries/ours.db" "$dir/$entries/peer.db" "$json"

# The same book kept beside its store, and what it takes of memory; and how that grows.
printf '\nto fold, to keep and to open a book\n'
for size in 10000 100000 "$entries"; do
    [ ! -e "$dir/$size/ours.db" ] || "$bin/snapshot" "$dir/$size/ours.db" "$json"
done

# What pages ask of a folded book, beside one pass over all entries; and how that grows.
printf '\nprocessor time of an answer\n'
"$bin/answers" "$dir/100000/ours.db"
"$bin/answers" "$dir/$entries/ours.db"

if [ -d "$shared/data" ]; then
    title "real files"
    sql=$dir/fts.sql
    echo "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE flow(id INTEGER PRIMARY KEY, amount, day, status, body);" >"$sql"
    for file in "$shared"/data/fts/*location*.json; do
        echo "INSERT OR IGNORE INTO flow SELECT value->>'id', value->>'amountUSD', value->>'date', value->>'status', value FROM json_each(readfile('$file'), '\$.data.flows');"
    done >>"$sql"
    "$bin/trials" "FTS, 962 flows" "$json" "$trials" "rm -f $dir/real.db*" \
        "$muster --store $dir/real.db import $shared/data/fts/*location*.json >/dev/null" \
        "sqlite3 $dir/real.db <$sql >/dev/null"
    sql=$dir/kiel.sql
    echo "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" >"$sql"
    for file in "$shared"/data/kiel/release-29/*.csv; do
        echo ".import --csv $file $(basename "$file" .csv)"
    done >>"$sql"
    "$bin/trials" "the tracker's release 29" "$json" "$trials" "rm -f $dir/real.db*" \
        "$muster --store $dir/real.db import $shared/data/kiel/release-29 >/dev/null" \
        "sqlite3 $dir/real.db <$sql >/dev/null"
fi

# One picture: processor time for each entry must not grow with the number of entries.
printf '\nimport, us of cpu for each entry\n'
sed -n 's/.*"import of \([0-9]*\)".*"cpu_s":\([0-9]*\)\.\([0-9]*\),"peer_cpu_s":\([0-9]*\)\.\([0-9]*\).*/\1 \2\3 \4\5/p' "$json" |
    awk 'function bar(n,  s) { for (s = ""; n > 0; n--) s = s "#"; return s }
        { printf "%9d muster  %5.1f %s\n%9s sqlite3 %5.1f %s\n", $1, $2 * 1e4 / $1,
          bar($2 * 5e4 / $1), "", $3 * 1e4 / $1, bar($3 * 5e4 / $1) }'
printf '\n' && cat "$json"
bench/read.sh "$bin" "$muster"
bench/quote.sh "$bin"
bench/iati.sh "$bin" "$muster"
bench/durable.sh "$bin"
bench/stores.sh "$bin"
bench/plan.sh "$bin"
printf '\none book, eight questions, and other databases\n'
bench/book.sh "$bin"
rm -rf "$dir"/*/rows.* "$dir"/*/*.db* "$dir"/*/book.muster "$dir"/real.db*
