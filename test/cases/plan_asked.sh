# plan_asked.sh - a plan that asks the members of a group only; and what the catalogue passes down.
. "$CASES/lib.sh"
export MUSTER_STORE=asked.db MUSTER_AUTHOR=tester

exits 'a group' 0 party add cell --type group --name 'the cell'
exits 'of Norway, from 2026' 0 party join NOR cell --since 2026-01-01
exits 'what stands above' 0 item add tank --unit piece --mass 50t
exits 'a tank' 0 item add leopard --unit piece --parent tank
exits 'one that weighs something else' 0 item add light-tank --unit piece --parent tank --mass 20t
exits 'a price of all of them' 0 price add --item tank --amount 2000000 --currency EUR --day 2025-12-01
exits 'a price of one' 0 price add --item light-tank --amount 1000000 --currency EUR --day 2025-12-01
exits 'Norway has some' 0 lot add nor --giver NOR --item leopard --qty 30 --floor 20 --type stock --ready 2026-01-01
exits 'Sweden has more' 0 lot add swe --giver SWE --item light-tank --qty 50 --type stock --ready 2026-01-01
exits 'fifteen are asked for' 0 need add tanks --receiver UKR --item tank --qty 15 --by 2026-06-30
exits 'a hub' 0 route add hub --hub Rzeszow --tonnes 1000 --lead 5

plan() { m plan --effective 2026-01-01 --json "$@"; }
sent() { printf '%s' "$out" | tr '{' '\n' | awk -F'"quantity":' '/"leaves"/ { split($2, n, /[,}]/); s += n[1] } END { print s + 0 }'; }

plan
contains 'everybody is asked: Sweden has enough of one kind' "$out" '"giver":"SWE","item":"light-tank","quantity":15'
contains 'which is fewer than two' "$out" '{"receiver":"UKR","needs":1,"kinds":1,"most_for_one_need":1}'
is 'all fifteen come' "$(sent)" 15
contains 'and nothing lacks a mass or a price' "$out" '"findings":[]'

plan --asked cell
is 'of the group ten come, and the floor stays' "$(sent)" 10
case $out in *SWE*) not_ok 'nobody else is asked' "$out" ;; *) ok 'nobody else is asked' ;; esac

m plan --effective 2025-12-31 --asked cell --json
is 'before they joined nobody is asked' "$(sent)" 0
refuses 'a group must be known' 1 "no group 'cel' in this book" plan --asked cel

# 30 tanks of 50 t or 15 of 20 t: what passes the hub tells whose mass it was
exits 'the hub is narrow' 0 route revise hub --tonnes 50 --why narrow
plan --asked cell --horizon 7
is 'four months, a tank of 50 t a month' "$(sent)" 4
exits 'the tank weighs less' 0 item revise tank --mass 25t --why weighed
plan --asked cell --horizon 7
is 'then two a month' "$(sent)" 8

# --- what a promise takes from a lot ---
exits 'a promise names its lot' 0 line add gift --giver NOR --receiver UKR --item leopard --qty 4 \
    --stage delivered --on 2025-12-20 --lot nor
plan --asked cell
is 'then the lot has four less' "$(sent)" 6
refuses 'of the giver' 1 "--lot: 'swe' belongs to SWE" line revise gift --lot swe --why x

# --- a tracker's keys have spaces in them ---
cat >items.map <<'EOF'
[item]
key = {key}
name = {name}
EOF
cat >lots.map <<'EOF'
[lot]
key = {lot}
owner = {giver}
item = {key}
quantity = {qty}
type = stock
EOF
printf 'key,name\ntracker:item:t-55 tank,T-55\n' >items.csv
printf 'lot,giver,key,qty\ntracker:lot/one,SVN,tracker:item:t-55 tank,30\n' >lots.csv
exits 'an item of a tracker' 0 import --mapping items.map items.csv
exits 'a lot of it, by another table' 0 import --mapping lots.map lots.csv
m lot show tracker:lot/one --json
contains 'it is the same item' "$out" '"item":"tracker:item:t-55 tank"'
printf 'lot,giver,key,qty\ntracker:lot/two,SVN,Note: a tank,3\n' >lots.csv
exits 'words after a colon are a name' 0 import --mapping lots.map lots.csv
m lot show tracker:lot/two --json
contains 'and a new item' "$out" '"item":"item:note-a-tank"'
