# plan_stop.sh - Ctrl-C while planning gives the best plan so far, and exit code 130.
#
# A large made-up book, and a gap that takes minutes: when the signal comes there
# is a plan, and it is not yet proved. The clock decides nothing here: the signal
# is sent when the program has worked for a second by its own account, and catches it.
. "$CASES/lib.sh"
tools=$(dirname "$MUSTER")

if ! env --default-signal=INT true 2>/dev/null || [ ! -r /proc/self/stat ]; then
    ok 'Ctrl-C gives the best plan so far # SKIP no env --default-signal, or no /proc'
    exit 0
fi
"$tools/plan-instance" L 1 big.db >said 2>&1 || not_ok 'a large book' "$(cat said)"

# A shell's background jobs ignore Ctrl-C, and what a program ignores from the start stays ignored.
env --default-signal=INT "$MUSTER" plan --store big.db --gap 0 --threads 1 --json >plan.json 2>said &
pid=$!
catches() {
    case $(sed -n 's/^SigCgt:.*\(.\)$/\1/p' "/proc/$pid/status" 2>/dev/null) in
    [2367abef]) return 0 ;;
    *) return 1 ;;
    esac
}
ticks() { sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null | cut -d ' ' -f 12; }
second=$(getconf CLK_TCK)
waited=0
while kill -0 "$pid" 2>/dev/null && [ "$waited" -lt 1200 ]; do
    spent=$(ticks)
    if catches && [ "${spent:-0}" -ge "$second" ]; then break; fi
    sleep 0.1
    waited=$((waited + 1))
done
kill -INT "$pid" 2>/dev/null || not_ok 'it is still planning' "$(cat said)" "$(head -c 300 plan.json)"
code=0
wait "$pid" || code=$?
is 'Ctrl-C while planning ends with 130' "$code" 130
contains 'it says that it stops' "$(cat said)" 'muster: stopping; press Ctrl-C again to end at once'
number() { sed -n "s/^{\"version\":1,.*\"$1\":\([0-9.]*\)[,}].*/\1/p" plan.json; }
is 'the best plan so far is whole' "$(tail -c 3 plan.json)" ']}'
is 'with shipments' "$(grep -c '^{"leaves":' plan.json | awk '{ print ($1 > 1000) }')" 1
contains 'as not yet proved' "$(tail -n 1 plan.json)" 'Stopped before the gap was reached: this is the best plan so far.'
# Doing nothing comes to 657,203.
is 'much better than none, and above its bound' \
    "$(awk -v objective="$(number objective)" -v bound="$(number bound)" 'BEGIN {
        print (bound <= objective && objective > 0 && objective < 400000) }')" 1
