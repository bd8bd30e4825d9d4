# plan_replay.sh - muster plan replay: rules of thumb, the plan without foresight, the plan with it.
. "$CASES/lib.sh"
tools=$(dirname "$MUSTER")
export MUSTER_STORE=s.db

"$tools/plan-instance" S 1 s.db || not_ok 'a made-up store'
exits 'a replay' 0 plan replay --json
contains 'it says from when' "$out" '{"version":1,"planned_from":"2026-01","months":24,"lots":150,'
is 'there are five ways' "$(printf '%s\n' "$out" | grep -c '"way":')" 5

# Each way does less harm than the one before it, and the last is the plan itself.
harm=$(printf '%s\n' "$out" | sed -n 's/.*"unmet_months":\([0-9.]*\).*/\1/p')
is 'the better the way, the less is missed' "$harm" "$(printf '%s\n' "$harm" | sort -rn)"
last=$(printf '%s\n' "$out" | sed -n 's/.*all known before".*"objective":\([0-9.]*\).*/\1/p')
m plan --json
plan=$(printf '%s\n' "$out" | sed -n '1s/.*"objective":\([0-9.]*\).*/\1/p') # with more digits
is 'with foresight it is the plan' "$(echo "$plan" | awk '{printf "%.1f", $1}')" \
    "$(echo "$last" | awk '{printf "%.1f", $1}')"
m plan replay --json
before=$out
m plan replay --json
is 'the same book gives the same replay' "$out" "$before"

refuses 'a replay has one mode' 2 'a replay weighs everything: --mode weighted' \
    plan replay --mode lexicographic
refuses 'and no time limit' 2 '--time: a replay plans every month to its gap' plan replay --time 5
