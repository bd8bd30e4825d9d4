#!/bin/sh
# iati.sh - make bench: files of IATI into a book, beside xmllint --stream --noout.
#
#     bench/iati.sh DIRECTORY-OF-BENCH-PROGRAMS MUSTER
#
# The publishers' files in ../shared, activities of all of them in one file, over
# and over to BENCH_IATI_MB megabytes ("20 200"; 2000 needs 8 GB of disk and
# memory, and some minutes). In two forms:
#
#   repeated    word for word: what is there already is told by its digest
#   distinct    each time round with identifiers of its own: all of it is news,
#               and the book, which stands in memory, grows with it
#
# Both sides read the same bytes. Drafts: all of an import up to the book, twice
# through the file (bench/iati.c), the least of BENCH_TRIALS. Import: `muster
# import` into a new store, once. Seconds are the processor's; "clock" is what
# the import took by the clock. The goal for "repeated" is at most twice what
# xmllint takes, in memory that the size of the file does not change. The rows
# also go to build/bench/iati.tsv. Nothing here passes or fails.
set -eu
export LC_ALL=C
bin=$1 muster=$2
sizes=${BENCH_IATI_MB:-20 200} trials=${BENCH_TRIALS:-3} forms=${BENCH_IATI_FORMS:-repeated distinct}
shared=${MUSTER_SHARED:-../shared}
dir=build/bench/iati table=build/bench/iati.tsv
command -v xmllint >/dev/null || { echo "bench/iati.sh: no xmllint" >&2; exit 0; }
mkdir -p "$dir"

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

# FORM MEGABYTES
make_file() {
    echo '<iati-activities version="1.02" generated-datetime="2014-01-22T04:27:31">'
    once=$(wc -c <"$dir/once") n=0
    while [ $((n * once)) -lt $(($2 * 1000000)) ]; do
        n=$((n + 1))
        case $1 in
        repeated) cat "$dir/once" ;;
        *) sed "s|</iati-identifier>|-r$n&|g" "$dir/once" ;;
        esac
    done
    echo '</iati-activities>'
}

# The least of the first column, and what stands beside it.
least() { sort -n "$1" | head -n 1; }

measure() {
    make_file "$1" "$2" >"$dir/all.xml"
    i=0
    : >"$dir/drafts"
    : >"$dir/xmllint"
    while [ $i -lt "$trials" ]; do
        i=$((i + 1))
        "$bin/iati" "$dir/all.xml" | awk '{ print $2, $5, $4 }' >>"$dir/drafts"
        "$bin/iati" run xmllint --stream --noout "$dir/all.xml" >>"$dir/xmllint"
    done
    rm -f "$dir"/store.db*
    "$bin/iati" run "$muster" import --no-progress --store "$dir/store.db" "$dir/all.xml" >"$dir/import"
    # FORM MB, processor seconds of the three, clock, MB at most of drafts and import, drafts, MB of the store
    echo "$1 $2 $(least "$dir/xmllint") $(least "$dir/drafts") $(cat "$dir/import") $(wc -c <"$dir/store.db")" |
        awk '{ printf "%s\t%d\t%.2f\t%.2f\t%.2f\t%.2f\t%.0f\t%.0f\t%d\t%.0f\n",
               $1, $2, $3, $7, $10, $11, $8 / 1024, $12 / 1024, $9, $14 / 1e6 }'
}

printf 'form\tmb\txmllint\tdrafts\timport\tclock\tdrafts_mb\timport_mb\trecords\tstore_mb\n' >"$table"
printf '\n%-9s %5s %9s %8s %6s %8s %6s %8s %9s %9s %8s\n' IATI MB 'xmllint s' 'drafts s' ratio 'import s' ratio 'clock s' 'drafts MB' 'import MB' 'store MB'
for form in $forms; do
    for mb in $sizes; do
        measure "$form" "$mb" | tee -a "$table" |
            awk '{ printf "%-9s %5d %9.2f %8.2f %6.2f %8.2f %6.2f %8.1f %9d %9d %8d\n",
                   $1, $2, $3, $4, $4 / $3, $5, $5 / $3, $6, $7, $8, $10 }'
    done
done
rm -rf "$dir"
