#!/bin/sh
# plan.sh - make bench: certified plans, and what a general solver takes for the same problem.
#
#     bench/plan.sh DIRECTORY-OF-BENCH-PROGRAMS
#
# Made-up instances of test/planned/generate.h, seed 1. Ours: CPU seconds from
# the model to a plan that is proved to be within 0.1 % of the best, one thread.
# Clp (Debian's): CPU seconds that it says it took to solve the arc form, reading
# the file not counted; dual simplex and barrier, in turn with ours,
# BENCH_PLAN_TRIALS (5) times, medians; the ratio is to the better of the two.
# Clp ends at the optimum, ours at 0.1 %: nobody needs more of numbers that are
# guesses. At L Clp's dual did not end within ten minutes, so sizes S and M are
# compared, and L and X (BENCH_PLAN_X=0 leaves X out) only run by us, X on two
# threads. Then optional production lines at M, and planning again after one
# change at L. Nothing here passes or fails.
#
# build/bench/plan.tsv has the figures; tools/draw_growth.sh makes a picture of
# them, which is docs/plan-growth.svg.
set -eu
bin=$1
trials=${BENCH_PLAN_TRIALS:-5}
dir=build/bench tsv=build/bench/plan.tsv
mkdir -p "$dir"

median() { sort -n | awk '{ v[NR] = $1 } END { printf "%.4f\n", NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
# cpu, wall, MB and gap out of the line that bench/plan prints
figure() { sed -n "s/.* $1 \([0-9.]*\).*/\1/p" "$2"; }
clp_seconds() { # file, option
    clp "$1" "$2" >"$dir/clp.log" 2>&1 || true
    sed -n 's/^Optimal objective.* time \([0-9.]*\).*/\1/p' "$dir/clp.log"
}
# size, threads, gap, trials: a line of the table
ours() {
    for _ in $(seq "$4"); do "$bin/plan" "$1" 1 "$3" "$2"; done >"$dir/plan.out"
    printf '%s\tmuster\t%s\t%s\t%s\t%s\n' "$1" "$(figure cpu "$dir/plan.out" | median)" \
        "$(figure wall "$dir/plan.out" | median)" "$(figure MB "$dir/plan.out" | median)" \
        "$(figure gap "$dir/plan.out" | tail -n 1)"
}

: >"$tsv"
printf '\n%-6s %10s %10s %10s %8s\n' "plan" 'cpu s' 'Clp dual' 'barrier' ratio
if command -v clp >/dev/null; then
    for size in S M; do
        "$bin/plan_file" "$size" 1 arc >"$dir/plan.mps"
        for way in ours dual barrier; do : >"$dir/plan.$way"; done
        for _ in $(seq "$trials"); do
            "$bin/plan" "$size" 1 0.001 1 >"$dir/plan.out"
            figure cpu "$dir/plan.out" >>"$dir/plan.ours"
            clp_seconds "$dir/plan.mps" -dualsimplex >>"$dir/plan.dual"
            clp_seconds "$dir/plan.mps" -barrier >>"$dir/plan.barrier"
        done
        for way in dual barrier; do
            printf '%s\tClp %s\t%s\n' "$size" "$way" "$(median <"$dir/plan.$way")" >>"$tsv"
        done
        cat "$dir/plan.ours" "$dir/plan.dual" "$dir/plan.barrier" | awk -v size="$size" -v n="$trials" '
            function median(from,  i, j, t) {
                for (i = from; i < from + n; i++) for (j = i + 1; j < from + n; j++)
                    if (v[j] < v[i]) { t = v[i]; v[i] = v[j]; v[j] = t }
                return (v[from + int((n - 1) / 2)] + v[from + int(n / 2)]) / 2
            }
            { v[NR] = $1 }
            END {
                us = median(1); dual = median(n + 1); barrier = median(2 * n + 1)
                printf "%-6s %10.4f %10.2f %10.2f %7.0fx\n", size, us, dual, barrier,
                    (dual < barrier ? dual : barrier) / us
            }'
    done
else
    echo "(no clp: coinor-clp)"
fi
sizes="S M L"
[ "${BENCH_PLAN_X:-1}" = 0 ] || sizes="$sizes X"
printf '\n%-6s %10s %10s %10s %10s\n' 'plan' 'cpu s' 'wall s' 'MB' 'gap'
for size in $sizes; do
    if [ "$size" = X ]; then ours X 2 0.001 1; else ours "$size" 1 0.001 "$trials"; fi >>"$tsv"
    tail -n 1 "$tsv" | awk -F '\t' '{ printf "%-6s %10s %10s %10s %10s\n", $1, $3, $4, $5, $6 }'
done
printf '\nM with 20 production lines, each opened or not, to 1 %%\n'
"$bin/plan" M 1 0.01 1 20
if [ -x "$bin/plan_again" ]; then
    printf '\nL again after one change, to 0.1 %%: ms of cpu, gap, rounds, shipped as before, (cold)\n'
    "$bin/plan_again" L 1 0.001
fi
printf '\nwithout foresight, month by month: weighted unmet months, on time, objective, shipments\n'
for seed in 1 2 3; do
    "$bin/plan_replay" S "$seed" 0.001
    "$bin/plan_replay" M "$seed" 0.005
done
cat "$tsv"
rm -f "$dir"/plan.mps "$dir"/plan.out "$dir"/plan.ours "$dir"/plan.dual "$dir"/plan.barrier "$dir"/clp.log
