#!/bin/sh
# iati.sh - make bench: files of IATI into drafts, beside xmllint --stream --noout.
#
#     bench/iati.sh DIRECTORY-OF-BENCH-PROGRAMS MUSTER
#
# The publishers' files in ../shared, activities of all of them in one file, each
# time round with identifiers of their own (the same activity twice would be
# taken once, and cost nothing), to BENCH_IATI_MB megabytes ("20 200"; 2000 needs
# 2 GB of disk and some minutes). Both sides read the same bytes; processor
# seconds, the least of BENCH_TRIALS, in turn.
#
# What bench/iati.c does is all of an import up to the book: the file from its
# first byte to its last for its form and digest, then again for its drafts. The
# goal is at most twice what xmllint takes, in memory that the size of the file
# does not change. With BENCH_IATI_IMPORT=1 the import into a new store is timed
# too, with the book and the disk. Nothing here passes or fails.
set -eu
export LC_ALL=C
bin=$1 muster=$2
sizes=${BENCH_IATI_MB:-20 200} trials=${BENCH_TRIALS:-3}
shared=${MUSTER_SHARED:-../shared}
dir=build/bench/iati json=build/bench/iati.json
command -v xmllint >/dev/null || { echo "bench/iati.sh: no xmllint" >&2; exit 0; }
mkdir -p "$dir"
: >"$json"

# The activities of one file, and nothing around them.
activities() {
    awk 'BEGIN { RS = "\001" } {
        from = match($0, /<iati-activity[ >]/); end = "</iati-activity>"
        if (!from) next
        text = substr($0, from); at = 0
        for (rest = text; i = index(rest, end); rest = substr(rest, i + 16)) at += i + 15
        print substr(text, 1, at) }' "$1"
}
from=$shared/data/iati/published
[ -d "$from" ] || { from=test/data/iati; printf '\n(no %s: our own small files)' "$shared/data/iati"; }
find "$from" -name '*.xml' | sort | while IFS= read -r file; do activities "$file"; done >"$dir/once"

# $1 megabytes
make_file() {
    echo '<iati-activities version="1.02" generated-datetime="2014-01-22T04:27:31">'
    once=$(wc -c <"$dir/once") n=0
    while [ $((n * once)) -lt $(($1 * 1000000)) ]; do
        n=$((n + 1))
        sed "s|</iati-identifier>|-r$n&|g" "$dir/once"
    done
    echo '</iati-activities>'
}

printf '\n%-10s %10s %10s %7s %9s %9s %9s\n' 'IATI, MB' 'muster s' 'xmllint s' ratio 'MB/s' 'drafts' 'peak MB'
for mb in $sizes; do
    make_file "$mb" >"$dir/all.xml"
    i=0
    : >"$dir/ours"
    : >"$dir/theirs"
    while [ $i -lt "$trials" ]; do
        i=$((i + 1))
        "$bin/iati" "$dir/all.xml" >>"$dir/ours"
        (ulimit -c 0; TIMEFORMAT='%U %S'; bash -c 'TIMEFORMAT="%U %S"; time xmllint --stream --noout "$0"' "$dir/all.xml") 2>>"$dir/theirs"
    done
    awk -v mb="$mb" -v json="$json" '
        NR == FNR { t = $1 + $2; if (!peer || t < peer) peer = t; next }
        { bytes = $1; if (!ours || $2 < ours) ours = $2; drafts = $4; peak = $5 / 1024 }
        END { printf "%-10s %10.2f %10.2f %7.2f %9.0f %9d %9.0f\n", mb, ours, peer, ours / peer, bytes / ours / 1e6, drafts, peak
              printf "{\"iati_mb\":%d,\"muster\":%.3f,\"xmllint\":%.3f,\"peak_mb\":%.0f}\n", mb, ours, peer, peak >>json }
        ' "$dir/theirs" "$dir/ours"
    [ -z "${BENCH_IATI_IMPORT-}" ] || {
        rm -f "$dir"/store.db*
        bash -c 'TIMEFORMAT="  imported in %U+%S s of processor, %R s"; time "$0" import --no-progress --store "$1" "$2" >/dev/null' \
            "$muster" "$dir/store.db" "$dir/all.xml"
    }
done
cat "$json"
rm -rf "$dir"
