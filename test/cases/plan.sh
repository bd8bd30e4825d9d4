# plan.sh - muster plan: what it proposes, what it takes into account, what it names as wrong.
#
# The small books below were thought through by hand: what is wanted follows
# from the rules that `muster plan --help` states.
. "$CASES/lib.sh"
tools=$(dirname "$MUSTER")

# A book of its own: two givers, a receiver, a hub, howitzers in pieces.
begin() {
    rm -f "$1.db"
    export MUSTER_STORE="$1.db"
    m init
    m item add gun --unit piece --mass 10t
    m price add --item gun --amount 4000000 --currency EUR --basis list --day 2025-01-01
    m route add hub --tonnes 1000 --lead 30
    m party add DEU
    m party add NOR
    m party add UKR
}
lot() { m lot add "$@"; }
need() { m need add "$@"; }

# The plan in words, shipments of one lot for one need added up: giver item quantity lot need. When
# something arrives is free as long as it is in time: `when` gives the months.
plan() {
    m plan --effective 2026-01-15 --key none --gap 0.00001 --json "$@"
    when=$(printf '%s\n' "$out" | sed -n 's/^{"leaves":"[^"]*","month":"\([^"]*\)".*$/\1/p' | sort -u | tr '\n' ' ')
    plan=$(printf '%s\n' "$out" |
        sed -n 's/^{"leaves":"[^"]*","month":"[^"]*","giver":"\([^"]*\)","item":"\([^"]*\)","quantity":\([^,]*\),"unit":"[^"]*","lot":"\([^"]*\)".*"need":"\([^"]*\)","due".*$/\1 \2 \3 \4 \5/p' |
        awk '{ sum[$1 " " $2 " N " $4 " " $5] += $3 }
             END { for (k in sum) { t = k; sub(/ N /, " " sum[k] " ", t); print t } }' | sort | tr '\n' ';')
}
# The findings as lines: rule sentence.
findings() {
    printf '%s\n' "$out" | sed -n 's/^{"rule":"\([^"]*\)","finding":"\([^"]*\)".*$/\1: \2/p'
}
unmet() {
    printf '%s\n' "$out" | sed -n 's/^{"need":"\([^"]*\)",.*"unmet":\([^,]*\),"unit".*$/\1 \2/p' | tr '\n' ';'
}

# --- what there is, and what is wanted ---
begin simple
lot a --giver DEU --item gun --qty 10 --floor 4 --ready 2026-01-01 --type stock
need n --receiver UKR --item gun --qty 8 --by 2026-03-31
plan
is 'a giver keeps its floor' "$plan" 'DEU gun 6 a n;'
is 'what is missing is said' "$(unmet)" 'n 2;'
contains 'and why' "$out" '"why":"all there is of it goes to needs that count more or came first"'
is 'a book without faults has no findings' "$(findings)" ''
for field in '"version":1,"objective":' '"bound":' '"gap":' '"cpu_seconds":' '"wall_seconds":' '"peak_mb":' \
    '"shipments":[' '"unmet":['; do
    contains "JSON has $field" "$out" "$field"
done
timeless() { printf '%s\n' "$out" | sed 's/"cpu_seconds":.*"peak_mb":[0-9.]*,//'; }
first=$(timeless)
plan
is 'the same book gives the same plan' "$(timeless)" "$first"
plan --threads 1
is 'with one processor too' "$(timeless)" "$first"
m plan --effective 2026-01-15
contains 'people get a table' "$out" 'DEU    gun          6  piece  a    hub  UKR  n    2026-03  in time'
contains 'that promises nothing' "$out" "a giver's consent does"
m plan --effective 2026-01-15 --csv
contains 'and a spreadsheet its rows' "$out" 'leaves,month,giver,item,quantity'

# --- urgency, priority, weight ---
begin first
lot a --giver DEU --item gun --qty 5 --type stock
need calm --receiver UKR --item gun --qty 5 --by 2026-03-31
need urgent --receiver UKR --item gun --qty 5 --by 2026-03-31 --urgent
plan
is 'urgent needs come first' "$plan" 'DEU gun 5 a urgent;'
m need revise calm --priority 1 --weight 40 --why 'said so'
plan
is 'a weight of its own goes before that' "$plan" 'DEU gun 5 a calm;'
m need revise calm --weight= --why 'no more'
plan --weight urgent=1
is 'and whoever asks may say what urgency counts' "$plan" 'DEU gun 5 a calm;'

begin levels
lot a --giver DEU --item gun --qty 6 --type stock
need calm --receiver UKR --item gun --qty 6 --by 2026-03-31 --weight 90
need urgent --receiver UKR --item gun --qty 5 --by 2026-03-31 --urgent --weight 1
plan
is 'by weight the heavier is served' "$plan" 'DEU gun 6 a calm;'
plan --mode lexicographic
is 'by level the urgent one, whatever the weight' "$plan" 'DEU gun 1 a calm;DEU gun 5 a urgent;'
contains 'each level has its bound' "$out" '{"level":"urgent","value":0,"bound":0}'

# --- what promises took ---
begin taken
need n --receiver UKR --item gun --qty 12 --by 2026-03-31 --on 2026-01-10
lot a --giver DEU --item gun --qty 9 --ready 2026-01-01 --type stock
m line add l1 --giver NOR --receiver UKR --item gun --qty 3 --stage committed --on 2026-01-11
plan
is 'what is committed goes to whom it was committed' "$plan" 'DEU gun 9 a n;NOR gun 3 l1 n;'
m move l1 --to allocated 3 --on 2026-01-12
plan
is 'what is allocated counts for the need' "$plan" 'DEU gun 9 a n;'
m lot revise a --qty 7 --why 'fewer'
plan
contains 'and is shown beside it' "$out" '"asked":12,"had":3,"met":7,"unmet":2,'
m lot revise a --qty 9 --why 'more again'
m line add l2 --giver DEU --receiver UKR --item gun --qty 4 --stage delivered --on 2026-01-05
plan
is 'what was delivered before it was asked for does not' "$plan" 'DEU gun 9 a n;'

begin drawn
need n --receiver UKR --item gun --qty 12 --by 2026-03-31
lot a --giver DEU --item gun --qty 10 --ready 2026-01-01 --type stock
later=$(date -u -d '+2 days' +%Y-%m-%d 2>/dev/null || date -u +%Y-%m-%d)
m line add l1 --giver DEU --receiver UKR --item gun --qty 4 --stage committed --on "$later"
m plan --key none --gap 0.00001 --json --effective "$later"
contains 'a promise made after a lot was stated comes out of it' "$out" '"quantity":6,"unit":"piece","lot":"a"'
contains 'and is supply itself' "$out" '"quantity":4,"unit":"piece","lot":"l1"'

# --- months ---
begin months
lot a --giver DEU --item gun --qty 9 --ready 2026-03-10 --type stock
need n --receiver UKR --item gun --qty 3 --monthly --from 2026-03-01 --until 2026-05-31
plan
is 'a monthly need is one for each month' "$plan" 'DEU gun 3 a n@2026-03;DEU gun 3 a n@2026-04;DEU gun 3 a n@2026-05;'
m lot revise a --ready 2026-02-10 --why 'sooner'
m route add --via hub --tonnes 30 --from 2026-01-01 --until 2026-12-31
plan
is 'a hub passes what it can' "$plan" 'DEU gun 3 a n@2026-03;DEU gun 3 a n@2026-04;DEU gun 3 a n@2026-05;'
m route add shut --via hub --tonnes 0 --from 2026-03-01 --until 2026-03-31
plan
is 'and nothing while it is closed' "$when" '2026-03 2026-05 2026-06 '
plan --late 0
is 'what is late may be of no use' "$plan" 'DEU gun 3 a n@2026-03;DEU gun 3 a n@2026-05;'

# --- substitutes, complete capabilities ---
begin complete
m item add shell --unit piece --mass 45kg
m item add old-gun --unit piece --mass 6t
m item relate old-gun --substitutes gun --efficiency 0.5
lot o --giver NOR --item old-gun --qty 4 --type stock
need n --receiver UKR --item gun --qty 2 --by 2026-03-31
plan
is 'a substitute counts for what it is worth' "$plan" 'NOR old-gun 4 o n;'
contains 'and says so' "$out" 'counts as 0.5 gun'
m item relate gun --sustains shell --quantity 10
m lot add g --giver DEU --item gun --qty 2 --type stock
plan
is 'a system without what keeps it going is not sent' "$(unmet)" 'n 2;'
contains 'since it would not count' "$out" '"why":"what keeps it going: no lot holds anything of what it accepts (of shell)"'
lot s --giver NOR --item shell --qty 1000 --type stock
plan --horizon 6
contains 'with it it is' "$plan" ' n;'
contains 'and so is that' "$plan" 'NOR shell 80 s n/shell;'
is 'nothing is missing then' "$(unmet)" ''

# --- what is there already counts as long as it is kept going ---
begin ready
m item add shell --unit piece --mass 45kg
m price add --item shell --amount 3000 --currency EUR --basis list --day 2025-01-01
m item relate gun --sustains shell --quantity 10
need n --receiver UKR --item gun --qty 4 --by 2026-03-31 --on 2026-01-10
m line add guns --giver NOR --receiver UKR --item gun --qty 3 --stage allocated --on 2026-01-11
plan --horizon 6
contains 'allocated systems are not ready without what keeps them going' "$out" \
    '"asked":4,"had":3,"met":0,"unmet":4,'
contains 'which is said' "$out" '"why":"what keeps it going: no lot holds anything of what it accepts (of shell)"'
lot s --giver NOR --item shell --qty 1000 --type stock
plan --horizon 6
is 'so it is sent to them: three guns, four months' "$plan" 'NOR shell 120 s n/shell;'
contains 'and they are met' "$out" '"asked":4,"had":3,"met":0,"unmet":1,'
lot g --giver DEU --item gun --qty 9 --type stock
plan --horizon 6
is 'no more of them than are missing' "$plan" 'DEU gun 1 g n;NOR shell 160 s n/shell;'
m round open r --why x
m round propose r --shipment s,n,,2026-03,100
m round consent r NOR/1 --by NOR --cite letter --why agreed --on 2026-01-12
plan --horizon 6
is 'what a giver agreed to send to keep them going is there' "$plan" 'DEU gun 1 g n;NOR shell 60 s n/shell;'
m line add loose --giver NOR --receiver UKR --item shell --qty 60 --stage allocated --on 2026-01-12
m line add more --giver DEU --receiver UKR --item gun --qty 1 --stage allocated --on 2026-01-12
plan --horizon 6
is 'also what names no need; with all of it nothing is missing' "$plan$(unmet)" ''
contains 'and nobody is told that nobody could meet it' "$out" '"findings":[]'

# --- money ---
begin money
lot made --giver DEU --item gun --qty 10 --type production --ordered 2026-02-01 --ready 2026-06-01 \
    --cost 4000000 --worth 4000000 --currency EUR
need n --receiver UKR --item gun --qty 10 --by 2026-09-30
m budget add --giver DEU --from 2026-01 --until 2026-12 --amount 24000000 --currency EUR
plan
is 'orders stay within the budget of their day' "$plan" 'DEU gun 6 made n;'
m plant add works --giver DEU --cost 9000000 --currency EUR --ordered 2026-02-01
m lot revise made --plant works --why 'needs a line'
plan
is 'so does a production line that is opened' "$plan" 'DEU gun 3 made n;'

# --- what is wrong is named ---
begin wrong
lot a --giver DEU --item gun --qty 10 --type stock
need n --receiver UKR --item gun --qty 8 --by 2026-03-31
m item add a-part --unit piece --mass 1kg
m item add b-part --unit piece --mass 1kg
m item relate a-part --sustains b-part --quantity 1
m item relate b-part --sustains a-part --quantity 1
m item add cloth --unit m
lot c --giver DEU --item cloth --qty 10 --type stock
need c --receiver UKR --item cloth --qty 4 --by 2026-03-31
need nobody --receiver UKR --item a-part --qty 4 --by 2026-03-31
need far --receiver UKR --item gun --qty 1 --by 2100-01-31
m route add lonely --tonnes 50 --lead 10 --from 2020-01-01 --until 2020-02-01
m line add drawn --giver NOR --receiver UKR --item gun --qty 3 --stage committed --on 2026-01-11
lot late --giver NOR --item gun --qty 3 --type stock --ready 2099-01-01
lot huge --giver NOR --item cloth --qty 9223372036854775 --type stock
m party add FRA
lot bought --giver FRA --item gun --qty 3 --type purchase --ordered 2026-02-01
m budget add fr --giver FRA --from 2024-01-01 --until 2024-12-31 --amount 5 --currency EUR
plan --horizon 24
is 'what can be planned is' "$code" 0
wrong=$(findings)
contains 'circles of what keeps going' "$wrong" 'cycle: relation a-part/sustains/b-part: in the end a-part keeps itself going; planned without'
contains 'each of them' "$wrong" 'cycle: relation b-part/sustains/a-part: '
contains 'a need nobody can meet' "$wrong" 'unmeetable: need nobody: no lot holds anything of what it accepts'
contains 'a hub nothing passes' "$wrong" 'hub: route lonely: nothing passes this hub in any month that is planned'
contains 'a missing price' "$wrong" 'price: item cloth: no price, so nobody is credited with it'
contains 'a missing mass' "$wrong" 'mass: item cloth: no mass, so it passes any hub as if it weighed nothing'
contains 'a need after the end' "$wrong" 'window: need far: due after the last month that is planned'
contains 'a lot after the end' "$wrong" 'window: lot late: ready after the last month that is planned'
contains 'a quantity that no plan holds' "$wrong" 'overflow: lot huge: 9223372036854775 parts of cloth are more than can be planned'
contains 'a budget that is not there' "$wrong" 'budget: lot bought: no budget of FRA for orders on 2026-02-01: taken as enough'
is 'the need beside them is met' "$(unmet | grep -c '^n ')" 0
plan --horizon 24 --strict
is '--strict refuses' "$code" 3
contains 'and says what' "$out" '"findings":['
is 'and plans nothing' "$(printf '%s' "$out" | grep -c shipments)" 0

begin nowhere
lot a --giver DEU --item gun --qty 10 --type stock
lot b --giver NOR --item gun --qty 10 --type stock
need n --receiver UKR --item gun --qty 8 --by 2026-03-31
m route add --via hub --giver DEU --lead 5
m route add empty --tonnes 10
m party add MDA
need m --receiver MDA --item gun --qty 8 --by 2026-03-31
m route add --via hub --receiver UKR --lead 5
plan
wrong=$(findings)
contains 'a hub nobody reaches' "$wrong" 'hub: route empty: no giver who has anything reaches this hub'
contains 'a giver without a way' "$wrong" 'way: party NOR: has something to give and no way to any hub'
contains 'a receiver without one' "$wrong" 'unmeetable: need m: no way leads from what it accepts to its receiver'
is 'who has ways uses them' "$plan" 'DEU gun 8 a n;'

# More than floors and lots hold comes by files only: the verbs refuse it where it is typed.
begin filed
cat >lots.map <<'MAP'
[lot]
key = {lot}
owner = {giver}
item = {item}
quantity = {qty}
floor = {floor}
type = stock
MAP
printf 'lot,giver,item,qty,floor\nover,Germany,gun,5,9\nunknown,Germany,gun,,\n' >lots.csv
m import --mapping lots.map lots.csv
need n --receiver UKR --item gun --qty 8 --by 2026-03-31
m lot add small --giver NOR --item gun --qty 2 --type stock
plan
wrong=$(findings)
contains 'a floor above the lot' "$wrong" 'floor: lot over: more is kept than it holds'
contains 'with the file and line' "$out" 'lots.csv'
contains 'a lot of nobody knows how much' "$wrong" 'stock: lot unknown: nobody says how much it is'
is 'the rest is planned' "$plan" 'NOR gun 2 small n;'

# --- nothing to plan ---
begin empty
plan
is 'an empty book has an empty plan' "$code$plan" 0
contains 'that is as good as any' "$out" '"objective":0,"bound":0,"gap":0,'
need n --receiver UKR --item gun --qty 8 --by 2026-03-31
plan
is 'with nothing to give nothing is met' "$(unmet)" 'n 8;'

# --- eyes ---
begin eyes
m lot add open --giver DEU --item gun --qty 2 --type stock
m lot add secret --giver NOR --item gun --qty 6 --type stock --label parties:NOR
need n --receiver UKR --item gun --qty 8 --by 2026-03-31
plan
contains 'the owner plans with everything' "$plan" 'NOR gun 6 secret n;'
plan --as DEU
is 'others with what they may see' "$plan" 'DEU gun 2 open n;'
is 'and learn of nothing else' "$(printf '%s' "$out" | grep -c secret)" 0

# --- options ---
refuses 'a gap is a part' 2 "--gap: '1.5' is not between 0 and 1" plan --gap 1.5
refuses 'a horizon has an end' 2 "--horizon: '1000' is not 2 to 240 months" plan --horizon 1000
refuses 'weights have names' 2 "--weight: 'hope=2' is not need, urgent, step, fairness or cost = a number" \
    plan --weight hope=2
refuses 'a key must be there' 1 "no figures of 'gni' in the book; import a table of them" plan --key gni
refuses 'a file must be writable' 4 "cannot write /nowhere/x.mps: No such file or directory" \
    plan --mps /nowhere/x.mps

# --- the model as a file, and the judges ---
for size in S M; do
    rm -f "$size.db"
    "$tools/plan-instance" $size 1 "$size.db" || not_ok "an instance $size"
    export MUSTER_STORE="$size.db"
    for form in arc path; do
        exits "$size is planned" 0 plan --gap 0.001 --json --form $form --mps $size-$form.mps --solution $size-$form.sol
        objective=$(printf '%s' "$out" | sed -n 's/.*"objective":\([0-9.]*\).*/\1/p')
        bound=$(printf '%s' "$out" | sed -n 's/.*"bound":\([0-9.]*\).*/\1/p')
        checked=$("$tools/plan-check" $size-$form.mps $size-$form.sol)
        is "$size, $form: the judge lets it pass" "$(printf '%s' "$checked" | tail -n 1 | cut -c 1-8)" feasible
        is "$size, $form: with that objective" "$(printf '%s' "$checked" | sed -n 's/^objective //p' |
            awk -v want="$objective" '{ d = $1 - want; print((d < 1e-5 && d > -1e-5) ? "same" : $1 " " want) }')" same
    done
    if ! command -v clp >/dev/null; then
        ok "$size: between Clp's optimum # SKIP no clp (coinor-clp)"
        continue
    fi
    # The same model in both forms has one optimum; M's path form takes Clp minutes.
    optimum=$(clp $size-arc.mps -dualsimplex 2>&1 | sed -n 's/.*[Oo]bjective value *\([0-9.e+]*\).*/\1/p' | tail -n 1)
    is "$size: bound <= Clp's optimum <= objective <= bound / (1 - gap)" "$(
        awk -v b="$bound" -v o="$objective" -v c="$optimum" 'BEGIN {
            print((b <= c * (1 + 1e-9) && c * (1 - 1e-9) <= o && o <= b / (1 - 0.001)) ? "holds" : b " " c " " o) }')" holds
done
