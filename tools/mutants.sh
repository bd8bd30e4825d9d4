#!/bin/bash
# mutants.sh - planted bugs must be caught. `make mutants` runs it.
#
# Each test/mutants/NN-name.patch plants one bug in law NN; its head says which
# bug, and which tests must fail for it. All are tried in one scratch copy of
# the tree, so that only what a patch touches is compiled again. Exit 1 if one
# survives, no longer applies, or no longer compiles.
#
# Of the histories with faults (test/crash) each has fewer than twenty seeds to be caught in.
#
# Arguments: patches to try instead of all.
set -u
tree=build/mutants/tree cc=${CC:-gcc}
make="make -s -j${JOBS:-2} -C $tree QUIET=1 CC=$cc CFLAGS=-O1"
mkdir -p $tree
for part in src test tools data Makefile; do
    rm -rf "${tree:?}/$part" && cp -rp "$part" $tree/ || exit 1
done

# What the last run planted may still be in an object.
sed -n 's,^+++ b/\([^[:space:]]*\).*,\1,p' test/mutants/*.patch | sort -u |
    while read -r f; do touch "$tree/$f"; done

runs() { # seconds, test
    local limit=$1
    unset MUSTER_SEEDS
    case $2 in
    crash/fault) MUSTER_SEEDS=4 limit=600 ;; # each is every call of everything
    crash/*) MUSTER_SEEDS=19 limit=600 ;;
    esac
    (cd $tree && MUSTER_SEEDS=${MUSTER_SEEDS-} timeout "$limit" "build/$cc/test/${2}_test" >/dev/null 2>&1)
}
tests_of() { sed -n 's/^# tests: *//p' "$1"; }
built() { # the tests, and the program for those that run it
    for t in $1; do
        printf ' build/%s/test/%s_test' "$cc" "$t"
        ! grep -q '"web.h"\|"program.h"\|"refusal.h"' "test/${t}_test.c" || printf ' build/%s/muster' "$cc"
    done
}
[ $# -gt 0 ] || set -- test/mutants/*.patch

all=$(for p in "$@"; do tests_of "$p"; done | tr ' ' '\n' | sort -u | tr '\n' ' ')
$make $(built "$all") || { echo "the tree does not build"; exit 1; }
for t in $all; do
    runs 120 "$t" ||
        { echo "$t fails without any planted bug"; exit 1; }
done

caught=0 bad=0
say() { printf '%-9s %-34s %s\n' "$1" "$(basename "$2" .patch)" "$(sed -n '1s/^# *//p' "$2")"; }
for p in "$@"; do
    tests=$(tests_of "$p") seen=
    files=$(sed -n 's,^+++ b/\([^[:space:]]*\).*,\1,p' "$p")
    if ! patch -s -p1 -F3 --no-backup-if-mismatch -d $tree <"$p" >/dev/null 2>&1; then
        say STALE "$p" && bad=$((bad + 1))
    elif ! $make $(built "$tests") >$tree/log 2>&1; then
        say BROKEN "$p" && tail -5 $tree/log && bad=$((bad + 1))
    else
        for t in $tests; do
            { runs 60 "$t"; } 2>/dev/null || seen=yes
        done
        if [ "$seen" ]; then say caught "$p" && caught=$((caught + 1))
        else say SURVIVED "$p" && bad=$((bad + 1)); fi
    fi
    for f in $files; do cp "$f" "$tree/$f"; done # newer than its object: compiled again
done
echo "$caught planted bugs caught, $bad not"
[ $bad = 0 ]
