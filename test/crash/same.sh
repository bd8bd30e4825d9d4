#!/bin/bash
# same.sh - a seed of the simulation comes to the same log whatever compiled it.
#
# Roots and what is seen of the book, of the first SEEDS worlds, faults and
# all: with gcc and clang, optimized and not. What a disk is asked to do is
# SQLite's, so only one version of it is compared with itself. Called by
# test/torture.sh; builds below build/same, which takes some minutes.
set -u
seeds=${SEEDS:-100} first=
mkdir -p build/same
for cc in gcc clang; do
    command -v $cc >/dev/null || { echo "no $cc"; continue; }
    for flags in "" -O0; do # optimized as ever, and not
        to=build/same/$cc$flags
        make -s -j"${JOBS:-2}" QUIET=1 CC=$cc CFLAGS=$flags BUILD=$to $to/test/crash/sim_test || exit 1
        MUSTER_ROOTS=$seeds $to/test/crash/sim_test >$to.roots || exit 1
        [ "$first" ] || first=$to.roots
        cmp "$first" $to.roots || exit 1
        echo "$cc${flags:+ $flags}: $(wc -l <$to.roots) logs, $(sha256sum <$to.roots | cut -c1-16)"
    done
done
