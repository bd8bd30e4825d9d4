#!/bin/sh
# durable.sh - durable posting beside what the disk allows and beside SQLite.
#
#     bench/durable.sh DIRECTORY-OF-BENCH-PROGRAMS
#
# On the disk that has build/, into books of BENCH_DURABLE (1000000) entries;
# BENCH_TRIALS (8) trials in turn, the best of each side. bench/durable.c says
# what the sides are. Goals: commits of one at 0.85 of append + fdatasync or
# better, a thousand at 30 times the covering indexes or better, of that at
# most 10 and 15 percent for what makes tampering show.
set -eu
bin=$1 dir=$PWD/build/bench/durable
rm -rf "$dir" && mkdir -p "$dir"
printf '\ndurable posting\n'
"$bin/durable" build/bench/bench.json "$dir" "${BENCH_DURABLE:-1000000}"
rm -rf "$dir"
