#!/bin/sh
# draw_pairs.sh SEED N - of what `muster inbox --pairs --json` prints on
# standard input, N pairs of each reason, drawn by hashing the seed with the
# places of a pair: the same seed draws the same pairs on any machine.
# Prints a line each: reason, document and first byte of the later one, the same
# of the earlier one.
set -eu
seed=${1:?a seed} n=${2:?how many of each reason}
sed -n 's/^{"again":"\([^"]*\)".*"later":{"id":[0-9]*,"document":"\([^"]*\)","start":\([0-9]*\).*"earlier":{"id":[0-9]*,"document":"\([^"]*\)","start":\([0-9]*\).*/\1 \2 \3 \4 \5/p' |
    while read -r pair; do
        printf '%s %s\n' "$(printf '%s %s' "$seed" "$pair" | sha256sum | cut -c1-16)" "$pair"
    done | sort | awk -v n="$n" '++seen[$2] <= n { $1 = ""; print substr($0, 2) }' | sort
