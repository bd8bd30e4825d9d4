#!/bin/sh
# valgrind.sh - a few tests under valgrind, which sees reads of memory that was
# never written; the sanitizers of SAN=1 do not. Called by make check.
command -v valgrind >/dev/null || { echo "no valgrind"; exit 77; }
build=${BUILD:-build/gcc}
case $build in *-san) echo "valgrind does not run sanitized programs"; exit 77 ;; esac
for t in record_test post_test laws/law1_test plan_mps_test plan_practice_test; do
    MUSTER_SEEDS=3 valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite \
        --suppressions=tools/valgrind.supp "$build/test/$t" || exit 1
done
