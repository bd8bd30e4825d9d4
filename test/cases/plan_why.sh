# plan_why.sh - what binds a plan, what would help, and what one change would do, through the program.
. "$CASES/lib.sh"

for p in UKR DEU POL NOR; do m party add $p; done
m item add shells --unit piece --mass 1t
m item add trucks --unit piece --mass 10t
m price add --item shells --amount 1000000 --currency EUR --basis list --day 2026-01-05
m price add --item trucks --amount 1000000 --currency EUR --basis list --day 2026-01-05
m route add rzeszow --hub Rzeszow --tonnes 1000 --lead 30
m need add shells --receiver UKR --item shells --qty 100 --by 2027-03 --on 2026-11-01
m lot add deu --giver DEU --item shells --qty 70 --floor 20
m lot add pol --giver POL --item shells --qty 30
m need add trucks --receiver UKR --item trucks --qty 60 --by 2027-02 --on 2026-11-01
m lot add nor --giver NOR --item trucks --qty 60
m lot add spare --giver NOR --item trucks --qty 5 --ready 2029-01
at='--effective 2026-12-01 --gap 0.00001'
m route add narrow --via rzeszow --tonnes 200 --from 2026-12-01 --until 2027-02-28
[ "$code" = 0 ] || not_ok 'a hub can be narrow for a while' "$err"

m plan why shells $at --json
contains 'how far a need is met' "$out" '"asked":100,"had":0,"in_time":80,"met":80,"missing":20'
contains 'a floor binds, in words' "$out" \
    '"binds":"floor","what":"deu","amount":20,"unit":"piece","month":null'
contains 'with what it would do' "$out" \
    '20 of deu that DEU keeps back would bring 20 more there by 2027-03, which else never come'
contains 'stock binds' "$out" '"binds":"stock","what":"pol","amount":20'
case $out in *'"binds":"hub"'*) not_ok 'nothing that does not bind' "$out" ;; *) ok 'nothing that does not bind' ;; esac
m plan why trucks $at --json
contains 'a hub binds' "$out" '"binds":"hub","what":"rzeszow"'
contains 'with what more through it would bring' "$out" 't more through rzeszow in '
helps=$(printf '%s\n' "$out" | sed -n 's/.*"binds":"hub".*"gain":\([0-9.]*\),"gain_least":\([0-9.]*\),"gain_most":\([0-9.]*\).*/\1 \2 \3/p' | head -n 1)
is 'its gain lies between what is certain and the most' \
    "$(printf '%s\n' "$helps" | awk '{ print ($2 <= $1 && $1 <= $3 && $1 > 0) }')" 1
m plan why pol $at --json
contains 'a lot is planned for something' "$out" '"lot":"pol","giver":"POL","item":"shells","unit":"piece","ready":"2026-12","holds":30,"planned":30,"left":0,'
contains 'and would be missed' "$out" '"costs":'
refuses 'or says why not' 1 'lot spare: ready after the last month that is planned' plan why spare $at
m lot add late --giver NOR --item trucks --qty 5 --ready 2028-03
m plan why late $at --json
contains 'a lot that is planned for nothing' "$out" '"planned":0,"left":5'
contains 'says why in words' "$out" '"idle":"it cannot arrive in time for any need that accepts it"'
refuses 'what is not there has no reasons' 1 "no need, lot or line 'nope' in this book" plan why nope $at
m item add fuel --unit t
m need add fuel --receiver UKR --item fuel --qty 5 --by 2027-03 --label parties:UKR,POL
refuses 'nor what is hidden' 1 "no need, lot or line 'fuel' in this book" plan why fuel $at --as DEU
refuses 'tries are a number' 2 "--tries: 'x' is not 0 to 200" plan why shells --tries x
m round open r --why x
m round propose r --shipment pol,shells,,2027-03,30
m round refuse r POL/1 --by POL --why no --lot
m plan why shells $at --json
contains 'a refusal binds' "$out" '"binds":"consent","what":"pol","amount":'
contains 'whose it is' "$out" 'of pol, which POL refused, would bring'

# --- by level ---
m plan why shells $at --mode lexicographic --json
contains 'levels stand by themselves' "$out" '{"level":"others","value":184.75,"bound":184.7499'
contains 'what would help says which level it helps' "$out" \
    'which else never come","level":"others","gain_urgent":0,"gain_others":69.5,"gain_fairness":0,"gain_cost":0}'
contains 'doing without costs that level' "$out" '"instead":null,"level":"others","gain_urgent":0,"gain_others":-'
m plan what-if --without deu $at --mode lexicographic --json
contains 'one change, the level that it is about' "$out" '"level":"others","objective_before":184.75,"objective_after":358.5,'
contains 'and every level' "$out" '{"level":"urgent","before":0,"after":0,"bound_after":0,"better":0,"better_least":0,"better_most":0}'

# --- one change ---
verified=$("$MUSTER" verify --json)
refuses 'something must change' 2 'what changes? --giver, --hub, --budget or --without says it' plan what-if $at
refuses 'a gift is whole' 2 '--giver, --item, --qty and --in go together' plan what-if --giver NOR --qty 4 $at
refuses 'of things that are there' 1 "--item: no item 'tanks' in this book" \
    plan what-if --giver NOR --item tanks --qty 4 --in 2027-01 $at
refuses 'in whole pieces' 2 "--qty: '2.5' of shells is counted in 0 decimals" \
    plan what-if --giver NOR --item shells --qty 2.5 --in 2027-01 $at
m plan what-if --giver Norway --item shells --qty 12 --in 2027-01 $at --json
contains 'if Norway gives shells' "$out" '"change":"NOR gives 12 of shells in 2027-01"'
contains 'so many more are met' "$out" '{"need":"shells","unit":"piece","due":"2027-03","in_time_before":50,"in_time_after":62,"met_before":50,"met_after":62}'
contains 'by that shipment' "$out" '"before":0,"after":12}'
m plan what-if --without deu $at --json
contains 'if a lot is withdrawn' "$out" '{"need":"shells","unit":"piece","due":"2027-03","in_time_before":50,"in_time_after":0,"met_before":50,"met_after":0}'
is 'it is worse for certain' "$(printf '%s' "$out" | sed -n 's/.*"better_most":-[0-9.]*,.*/yes/p' | head -n 1)" yes
m plan what-if --hub rzeszow --closed 2026-12..2027-02 $at --json
contains 'if a hub is closed' "$out" '"change":"hub rzeszow is closed in 2026-12..2027-02"'
contains 'things come later' "$out" '"in_time_after":0,'
refuses 'not backwards' 2 '--closed: it opens before it closes' \
    plan what-if --hub rzeszow --closed 2027-02..2026-12 $at
m budget add deu-2026 --giver DEU --amount 5 --currency EUR --from 2026-01 --until 2026-12
m lot add bought --giver DEU --item shells --qty 40 --cost 1 --currency EUR --ordered 2026-12-10 --type purchase
m plan what-if --budget deu-2026 --add 7 $at --json
contains 'if a budget is larger' "$out" '"change":"budget deu-2026 has 7 more"'
contains 'more can be bought' "$out" '{"lot":"bought","giver":"DEU","need":"shells","hub":"rzeszow","month":"2027-03","unit":"piece","before":5,"after":12}'
m line list --json
is 'nothing of it was recorded' "$("$MUSTER" lot list --json | grep -c what-if)" 0
