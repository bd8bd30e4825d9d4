#!/bin/bash
# torture.sh - what `make torture` runs, a line each for run.sh: the tests of
# `make check`, for as long as one likes. SEEDS: how many of each seeded
# property (a power cut is one); rounds with a real program that is killed are
# far fewer, since each takes a second. MINUTES: of fuzzing for each target
# (and a second: libFuzzer takes 0 for without end).
# BUILD, SEEDS and MINUTES in the environment, the test programs as arguments.
set -u
line() { printf '%s\t%s\t%s\n' "$1" "$2" "$3"; }

for t in "$@"; do
    name=$(basename "$t") seeds=$SEEDS
    case $name in
    crash_test) seeds=$((SEEDS * 9)) ;;        # a dozen cuts each: ten million, if SEEDS is 100000
    sim_test) seeds=$((SEEDS / 4 + 1)) ;;      # four lives each, and once more for comparison
    questions_test) seeds=$((SEEDS / 10 + 1)) ;; # four thousand figures each
    fault_test) seeds=$((SEEDS / 1000 + 1)) ;; # each is every call of everything: 3,000 ends
    esac
    line "$name" one "MUSTER_SEEDS=$seeds MUSTER_ROUNDS=$((SEEDS / 500 + 1)) $t"
    case $name in crash_test | fault_test | memory_test | rot_test) ;; *)
        line "$name, sanitized" one "MUSTER_SEEDS=$((SEEDS / 10 + 1)) \
MUSTER_ROUNDS=$((SEEDS / 5000 + 1)) build/gcc-san/test/${t#"$BUILD/test/"}"
        line "$name, valgrind" one "MUSTER_SEEDS=3 valgrind -q --error-exitcode=9 \
--leak-check=full --errors-for-leak-kinds=definite --suppressions=tools/valgrind.supp $t"
        ;;
    esac
done
line "simulation, the same of any build" one "SEEDS=$((SEEDS / 500 + 1)) test/crash/same.sh"
line "the program on a failing disk" tap "MUSTER_ROUNDS=1 MUSTER=build/muster test/preload.sh"
line "failover after failover" tap "MUSTER_ROUNDS=$((SEEDS / 5000 + 1)) MUSTER=build/muster \
test/cases.sh postgres_replica"
for f in build/libfuzzer/fuzz_*; do
    [ -f "$f" ] && [ -x "$f" ] || continue
    name=$(basename "$f")
    line "$name, $MINUTES minutes" one "$f -max_total_time=$((MINUTES * 60 + 1)) -timeout=20 \
-artifact_prefix=build/libfuzzer/ $f-corpus test/fuzz/seeds/${name#fuzz_}"
done
[ ! -x tools/mutants.sh ] || line "mutants" one "make -s mutants"
