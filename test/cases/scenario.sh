# scenario.sh - branches of the book, through the program.
. "$CASES/lib.sh"

for p in UKR DEU NOR; do m party add $p; done
m item add shells --unit piece
m line add here --giver DEU --receiver UKR --item shells --qty 60
m move here --to committed 60

refuses 'a scenario has a purpose' 2 '--why is missing: what is to be found out' scenario new hope
exits 'a scenario' 0 scenario new hope --why 'if more comes'
refuses 'is opened once' 1 "scenario 'hope' is there already, and does not change" \
    scenario new hope --why again
refuses 'the book itself has its name' 2 "'base' is the book itself; call the scenario something else" \
    scenario new base --why x
refuses 'nothing branches off what is to come' 2 \
    '--from: the book of 2199-01-01 is not written yet' scenario new later --from 2199-01-01 --why x
refuses 'what is asked of none is refused' 1 "no scenario 'nope' in this book" position --scenario nope

m position --json
before=$out
exits 'every verb that records takes it' 0 line add more --giver NOR --receiver UKR --item shells \
    --qty 40 --scenario hope
exits 'or is run inside it' 0 scenario add hope move here --to delivered 10 --json
contains 'and says so' "$out" "supposed in scenario 'hope', not so in the book"
exits 'parties come along' 0 scenario add hope line add swiss --giver CHE --receiver UKR --item shells --qty 5
m position --json
is 'the book has none of it' "$out" "$before"
refuses 'by no name' 1 "no line 'more' in the book" line show more
refuses 'nor by an id' 1 "no party 'CHE' in the book" party show CHE
m position --scenario hope --json
contains 'the scenario has it' "$out" '"announced":45,"committed":50,"allocated":0,"dispatched":0,"delivered":10'
m scenario show hope --json
contains 'and shows what is supposed' "$out" '"kind":"entry","what":"here: committed to delivered","author":"olena"'
exits 'the book goes on' 0 line add more --giver DEU --receiver UKR --item shells --qty 7
exits 'under the same names' 0 line revise more --qty 8 --why counted
m position --scenario hope --json
contains 'and the scenario does not move' "$out" '"announced":45,"committed":50,"allocated":0,"dispatched":0,"delivered":10'
refuses 'what it does not know cannot be supposed further' 1 "no line 'now' in the book" \
    move now --to committed 1 --scenario hope
refuses 'a scenario is opened in the book' 2 \
    "option '--scenario' means nothing to 'muster scenario new'; 'muster scenario new --help' says how" \
    scenario new deep --scenario hope --why x
exits 'one may be for few' 0 scenario new secret --why quiet --label parties:NOR
exits 'what is supposed in it' 0 scenario add secret line add s --giver NOR --receiver UKR --item shells --qty 1
refuses 'nobody else sees' 1 "no scenario 'secret' in this book" line list --scenario secret --as DEU
refuses 'nor hears of' 1 "no scenario 'nope' in this book" line list --scenario nope --as DEU
m scenario list --as DEU --json
case $out in *secret*) not_ok 'not in a list either' "$out" ;; *) ok 'not in a list either' ;; esac
exits 'who may see it asks it' 0 line show s --scenario secret --as NOR

exits 'the log is whole' 0 verify
"$MUSTER" export >book.muster
exits 'it travels with its book' 0 import book.muster --store copy.db
"$MUSTER" export --store copy.db >copy.muster
if cmp -s book.muster copy.muster; then ok 'byte for byte'; else not_ok 'byte for byte'; fi
m party add FRA --store other.db
exits 'into another book' 0 import book.muster --store other.db --json
contains 'scenarios do not go along' "$out" 'records of scenarios stay in the book that they branch off'
m scenario list --store other.db --json
is 'and are not there' "$(printf '%s' "$out" | tr -d '\n')" '{"version":1,"rows":[]}'
m line list --store other.db --json
case $out in *swiss*) not_ok 'nor what they suppose' "$out" ;; *) ok 'nor what they suppose' ;; esac

# --- side by side: the two that docs/scenarios.md shows, typed as they stand there ---
root=$CASES/../..
cp -R "$root/data" data
grep '^    muster ' "$root/docs/scenarios.md" | sed 's/^ *muster/"$MUSTER"/' >example.sh
if MUSTER_STORE=example.db sh -eu example.sh >example.out 2>&1; then
    ok 'the example runs as it is printed'
else
    not_ok 'the example runs as it is printed' "$(tail -n 3 example.out)"
fi
compare() { m scenario compare "$@" --reached announced --currency EUR --effective 2024-04-04 \
    --store example.db --json; }
compare mobilised not-mobilised
contains 'mobilised: what can be met in time' "$out" \
    '{"scenario":"mobilised","needs":3,"in_time":2,"late":0,"in_part":1,"not_at_all":0,"support":'
contains 'not mobilised: what is late or missing' "$out" \
    '"late":{"mobilised":0,"not-mobilised":180000},"missing":{"mobilised":0,"not-mobilised":320000}'
contains 'and who carries it' "$out" '{"party":"DEU","total":{"mobilised":12198159000,"not-mobilised":12198159000}}'
compare mobilised
contains 'one alone stands beside the book' "$out" '{"scenario":"base","needs":0,'
m scenario add mobilised line add dated --giver FIN --receiver UKR --item demo:patriot-air-defence-system \
    --qty 2 --on 2024-04-04 --store example.db
compare mobilised
contains 'a promise without a day is named' "$out" \
    'mobilised: 1 promises of what is asked for have no date, and meet nothing here'
m scenario add mobilised line revise dated --promised 2024-08 --why dated --store example.db
compare mobilised
contains 'and counts when it has one' "$out" '{"scenario":"mobilised","needs":3,"in_time":3,'
compare nope
is 'what is not there is not compared' "$code: $err" "1: muster: no scenario 'nope' in this book"

# --- what a plan of each would come to ---
MUSTER_STORE=plans.db
export MUSTER_STORE
for p in UKR DEU; do m party add $p; done
m item add shells --unit piece --mass 1t
m price add --item shells --amount 1000000 --currency EUR --basis list --day 2026-01-05
m route add road --hub Road --tonnes 1000 --lead 30
m need add shells --receiver UKR --item shells --qty 10 --by 2027-01 --on 2026-11-01
m lot add deu --giver DEU --item shells --qty 4
m scenario new mobilised --why 'if more comes'
m scenario add mobilised lot add more --giver DEU --item shells --qty 6
m scenario compare mobilised base --plan --effective 2026-12-01 --json
worth() { printf '%s\n' "$out" | sed -n "s/.*\"scenario\":\"$1\".*\"objective\":\([0-9.]*\),\"bound\":\([0-9.]*\).*/\1 \2/p"; }
is 'with more to give everything is met' "$(worth mobilised | awk '{ print ($1 < 0.01 && $2 <= $1) }')" 1
is 'without it is not' "$(worth base | awk '{ print ($1 > 1 && $2 <= $1 && $2 > 1) }')" 1
m scenario compare mobilised base --json
contains 'unasked no plan is made' "$out" '"objective":null,"bound":null'
m plan --scenario mobilised --effective 2026-12-01 --csv
contains 'a plan can be of a scenario' "$out" ',more,'
m plan why shells --scenario mobilised --effective 2026-12-01 --json
contains 'and asked why' "$out" '"missing":0'
