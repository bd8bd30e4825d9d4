# entry_race.sh - two people at work on one book, and a program killed at any moment.
. "$CASES/lib.sh"
seed=${MUSTER_SEED:-1}
echo "# MUSTER_SEED=$seed"

m line add L --giver DEU --receiver UKR --item EUR --qty 1000000 --on 2026-01-01
is 'a line to move' "$code" 0

# --- two writers ---
mover() {
    n=0
    while [ $n -lt 20 ]; do
        "$MUSTER" move L --to committed 1 --on 2026-01-02 --json --author "$1" >>"$1.out" 2>>"$1.err"
        n=$((n + 1))
    done
}
mover anna &
anna=$!
mover bela &
bela=$!
wait $anna
wait $bela
is 'nobody is refused' "$(cat anna.err bela.err)" ''
# What was asked for comes first in each answer.
asked() { cat "$@" | grep -A1 '"recorded":\[' | ids | sort; }
asked anna.out bela.out >printed
is 'each gets an id of its own for each' "$(uniq printed | wc -l | tr -d ' ')" 40
entries_of L >kept
is 'and all of them are in the book' "$(comm -23 printed kept)" ''
m line show L --json
contains 'each counted once' "$out" '"stands":{"announced":999960,"committed":40}'
exits 'and the log is whole' 0 verify

# --- two that make the same book, and the same thing ---
for who in a b c d; do
    "$MUSTER" party add FRA --store new.db --author $who >$who.new 2>&1 &
done
wait
is 'one of four makes the party' "$(grep -l Recorded ./*.new | wc -l | tr -d ' ')" 1
is 'the others hear that it is there' "$(cat ./*.new | grep -c "party 'FRA' is in the book already")" 3
exits 'and that book is whole too' 0 verify --store new.db

# --- killed ---
# A group of its own, so that what runs is killed and not only the loop.
rounds=25
awk -v seed="$seed" -v n=$rounds 'BEGIN { srand(seed); while (n-- > 0) printf "%.3f\n", 0.02 + rand() * 0.18 }' >naps
: >killed.out
while read -r nap; do
    setsid sh -c 'n=0; while [ $n -lt 40 ]; do
            "$MUSTER" move L --to committed 1 --on 2026-01-03 --json >>killed.out
            n=$((n + 1))
        done' 2>killed.err &
    group=$!
    sleep "$nap"
    kill -s KILL -- "-$group" 2>/dev/null # all of it may be done
    wait $group 2>/dev/null
done <naps
asked killed.out >printed
entries_of L >kept
is 'something was printed' "$([ -s printed ] && echo yes)" yes
is 'every id that was printed is there' "$(comm -23 printed kept)" ''
exits 'and the log is whole' 0 verify
contains 'with its root' "$out" 'root'
m line show L --json
held=$(printf '%s\n' "$out" | sed -n 's/.*"stands":{"announced":\([0-9]*\),"committed":\([0-9]*\)}.*/\1 \2/p')
is 'nothing is half there' "$(set -- $held; echo $(($1 + $2)))" 1000000
exits 'and the next move is taken' 0 move L --to committed 1 --on 2026-01-04
