# entry.sh - the verbs that record: what they record, what they refuse and how they say so.
. "$CASES/lib.sh"

# --- parties ---
exits 'a country needs its code only' 0 party add DEU
contains 'and comes with its groups' "$out" 'Allies/DEU/'
contains 'on the word of whoever entered it' "$out" 'desk:olena#own word'
exits 'it can be added by name' 0 party add Norway --json
contains 'and has its code for a key' "$out" '"key":"NOR"'
is 'JSON has a version, then what was recorded, what was asked for first' \
    "$(printf '%s' "$out" | head -n 2 | sed 's/"id":[0-9]*/"id":N/' | tr -d '\n')" \
    '{"version":1,"recorded":[{"id":N,"kind":"party","key":"NOR"},'
refuses 'a party is added once' 1 \
    "party 'DEU' is in the book already; 'muster party revise' changes it" party add DEU
refuses 'an unknown party needs a type' 2 '--type is missing' party add drones --name Drones
exits 'any party can be added' 0 party add drones --name 'Drone coalition' --type coalition
refuses 'a type is one of the list' 2 \
    "option '--type' takes nation, institution, fund, coalition, initiative, group, other, not 'x'; 'muster party add --help' says how" \
    party add x --type x
refuses 'a key is one word' 2 \
    "a key is one word without commas, not 'a b'; --name says more" party add 'a b' --type fund
refuses 'a key is not a number' 2 "'12' would be taken for the id of a record" party add 12 --type fund
refuses 'text is UTF-8' 2 '--name: text is not UTF-8' party add x --type fund --name "$(printf '\377')"
refuses 'the author too' 2 '--author: text is not UTF-8' party add x --type fund --author "$(printf 'a\300')"
refuses 'an empty value is refused' 2 '--name is empty' party add x --type fund --name ' '
refuses 'a change needs a reason' 2 '--why is missing: the reason for the change' \
    party revise drones --name D
exits 'a party is revised' 0 party revise drones --name 'Drone capability coalition' --why 'its own name'
m party show drones --json
contains 'and shows the new name' "$out" '"name":"Drone capability coalition"'
contains 'with the reason' "$out" '"why":"its own name"'
refuses 'what is not there is not shown' 1 "no party 'drone' in the book (did you mean 'drones'?)" \
    party show drone
exits 'a group is a party' 0 party add donors --type group --name 'Drone donors'
exits 'a party joins it' 0 party join CHE donors --since 2025-03-01
contains 'and is added if it is a country' "$out" 'CHE'
exits 'and leaves it' 0 party join CHE donors --since 2025-03-01 --until 2025-12-31
m party show CHE --json --effective 2025-06-01
contains 'its groups are those of the day' "$out" '{"group":"donors","since":"2025-03-01","until":"2025-12-31"}'
m party show CHE --json --effective 2026-01-01
contains 'and none on another' "$out" '"groups":[]'
refuses 'only a group is joined' 1 "'drones' is no group but of type coalition" \
    party join DEU drones --since 2025-01-01
m party
contains 'the verb alone lists' "$out" 'Drone capability coalition'
m party list --with GERM --json
is 'a list can be narrowed to a word' "$(printf '%s\n' "$out" | grep -c '"key"')" 1
refuses 'a wrong part is one word too many' 2 \
    "'ad' is one word too many; 'muster party --help' says how" party ad

# --- items ---
exits 'an item has a unit' 0 item add ammunition --unit t --name Ammunition
refuses 'an item needs one' 2 '--unit is missing' item add shells
exits 'and more' 0 item add shells-155 --unit piece --class ammunition --mass '45.5kg' --parent ammunition
m item show shells-155 --json
contains 'a mass is kept in grams' "$out" '"mass_g":45500'
refuses 'a mass has a unit' 2 "--mass: '45' is no mass in whole grams: 45kg, 800g, 2.1t" \
    item add x --unit piece --mass 45
exits 'a unit may be counted in parts' 0 item add diesel --unit t --decimals 3
refuses 'money comes by itself' 1 "'EUR' is money, which comes by itself: --item EUR" \
    item add EUR --unit EUR
refuses 'no item stands under itself' 1 "'ammunition' cannot stand under itself" \
    item revise ammunition --parent shells-155 --why loop
exits 'an item stands in for another' 0 item add shells-152 --unit piece
exits 'with an efficiency' 0 item relate shells-152 --substitutes shells-155 --efficiency 0.8
exits 'or uses it up' 0 item add howitzer --unit piece
exits 'so much a month' 0 item relate howitzer --sustains shells-155 --quantity 40
m item show shells-155 --json
contains 'and both are shown' "$out" \
    '{"item":"howitzer","type":"sustains","other":"shells-155","efficiency":null,"monthly":40,"need":null}'
refuses 'a relation is of one sort' 2 'one of --substitutes ITEM and --sustains ITEM is needed' \
    item relate howitzer

# --- needs ---
exits 'a need' 0 need add shells-2026 --receiver UKR --item shells-155 --qty 20000 --by 2026-12-31 \
    --priority 1 --type validated
m need show shells-2026 --json
contains 'has its day' "$out" '"by":"2026-12-31"'
exits 'is revised' 0 need revise shells-2026 --qty 25000 --why 'the front moved'
m need list --json
contains 'to another quantity' "$out" '"qty":25000'
refuses 'a need of every month has a window' 2 '--monthly goes with --from and --until' \
    need add --receiver UKR --item diesel --qty 900 --monthly
exits 'and then it can be typed' 0 need add --receiver UKR --item diesel --qty 900.5 --monthly \
    --from 2026-01 --until 2026-12 --json
contains 'without a key it is called after its id' "$out" "{\"id\":$(first_id),\"kind\":\"need\",\"key\":\"need/$(first_id)\"}"

# --- lines ---
exits 'a promise' 0 line add promise --giver Germany --receiver UKR --item shells-155 --qty 1000..2000 \
    --promised 2026-06..2026-09 --on 2026-05-04 --cite 'Ministry of Defence, 4 May 2026' \
    --address https://example.org/1 --speaker 'The minister' --said-on 2026-05-04 --json
is 'is a line, its entry, and what they needed' \
    "$(printf '%s\n' "$out" | sed -n 's/.*"kind":"\([a-z]*\)".*/\1/p' | tr '\n' ' ')" \
    'line entry source passage '
m line show promise --json
contains 'its window is whole months' "$out" '"promised_from":"2026-06-01","promised_until":"2026-09-30"'
contains 'the lower end is announced' "$out" '"stands":{"announced":1000}'
exits 'the same citation' 0 line add second --giver NOR --receiver UKR --item EUR --qty 2500000.50 \
    --stage committed --on 2026-05-04 --cite 'Ministry of Defence, 4 May 2026' \
    --address https://example.org/1 --speaker 'The minister' --said-on 2026-05-04 --json
is 'is the same passage; money needs no item' \
    "$(printf '%s\n' "$out" | sed -n 's/.*"kind":"\([a-z]*\)".*/\1/p' | tr '\n' ' ')" 'line entry item '
m line list --json
contains 'money is in whole units' "$out" '"stands":{"committed":2500000.5}'
exits 'a quantity may be undisclosed' 0 line add third --giver NOR --receiver UKR --item shells-155 \
    --qty undisclosed --package spring --json
is 'and then nothing moves; a package is made' \
    "$(printf '%s\n' "$out" | sed -n 's/.*"kind":"\([a-z]*\)".*/\1/p' | tr '\n' ' ')" \
    'line package '
refuses 'a giver is needed' 2 '--giver is missing' line add --receiver UKR --item EUR --qty 5
refuses 'who is unknown is refused' 1 "--giver: no party 'Ruritania' in the book" \
    line add --giver Ruritania --receiver UKR --item EUR --qty 5
refuses 'what is unknown too' 1 "--item: no item 'shell-155' in the book (did you mean 'shells-155'?)" \
    line add --giver DEU --receiver UKR --item shell-155 --qty 5
refuses 'separators are refused' 2 \
    "--qty: '10,000' is no quantity: digits and at most a point, no separators" \
    line add --giver DEU --receiver UKR --item EUR --qty 10,000
refuses 'half a shell is refused' 2 "--qty: '2.5': shells-155 is counted whole, in 'piece'" \
    line add --giver DEU --receiver UKR --item shells-155 --qty 2.5
refuses 'a tenth of a cent is refused' 2 "--qty: '2.501': money/EUR has 2 decimals of 'EUR'" \
    line add --giver DEU --receiver UKR --item EUR --qty 2.501
refuses 'nothing is not promised' 2 '--qty: a quantity is above 0' \
    line add --giver DEU --receiver UKR --item EUR --qty 0
refuses 'a range goes up' 2 "--qty: '9..5' ends below its start" \
    line add --giver DEU --receiver UKR --item EUR --qty 9..5
refuses 'too much is refused' 2 "--qty: '999999999999999999' is more than the book can hold" \
    line add --giver DEU --receiver UKR --item EUR --qty 999999999999999999
refuses 'a date in 2922 is a slip' 2 \
    "--on: '2922-05-04' is not between 1900 and 2199" \
    line add --giver DEU --receiver UKR --item EUR --qty 5 --on 2922-05-04
refuses 'no more is there than was promised' 2 "--qty-now: '6' is more than the 5 promised" \
    line add --giver DEU --receiver UKR --item EUR --qty 5 --qty-now 6
refuses 'where it was said needs what was said' 2 '--address goes with --cite' \
    line add --giver DEU --receiver UKR --item EUR --qty 5 --address x
refuses 'a passage that is not there' 1 "--passage: no passage '1' in the book" \
    line add --giver DEU --receiver UKR --item EUR --qty 5 --passage 1

# --- movements ---
exits 'a promise moves on' 0 move promise --to committed 600 --on 2026-05-20 --json
first=$(first_id)
exits 'from the furthest stage that can spare it' 0 move promise --to delivered 100 --on 2026-06-01 --json
second=$(first_id)
m line show promise --json
contains 'which was committed, and it is only reported' "$out" \
    "{\"id\":$second,\"day\":\"2026-06-01\",\"from\":\"committed\",\"to\":\"delivered\",\"qty\":100,\"confirmed\":false"
contains 'so it stands' "$out" '"stands":{"announced":400,"committed":500,"delivered":100}'
refuses 'no stage can spare 501 that day' 1 \
    "no stage before delivered has 501 of 'promise' to spare on 2026-06-02: it holds announced 400, committed 500, delivered 100" \
    move promise --to delivered 501 --on 2026-06-02
refuses 'what is spent later is not there before' 1 \
    "committed has not 501 of 'promise' to spare on 2026-05-21: it holds announced 400, committed 500" \
    move promise --from committed --to allocated 501 --on 2026-05-21
refuses 'before the promise there is nothing' 1 \
    "no stage before committed has anything of 'promise' to spare on 2026-05-01: it holds nothing" \
    move promise --to committed all --on 2026-05-01
exits 'all that can be spared moves, confirmed' 0 move promise --to delivered all --on 2026-07-01 --confirmed
m line show promise --json
contains 'all of it' "$out" '"stands":{"announced":400,"delivered":600}'
exits 'more may come than was promised' 0 move promise --from world --to delivered 20 --on 2026-07-01
refuses 'nothing goes back by itself' 1 \
    'from delivered back to committed: take the entry back instead' \
    move promise --from delivered --to committed 5
refuses 'only what is delivered is confirmed' 2 \
    '--confirmed goes with what reaches or leaves delivered' move promise --to committed 5 --confirmed
refuses 'a line is needed' 1 "no line 'promis' in the book (did you mean 'promise'?)" \
    move promis --to committed 5
refuses 'and a stage' 2 '--to is missing: the stage that it reaches' move promise 5
refuses 'a stage has a name' 2 \
    "option '--to' takes considered, announced, committed, allocated, dispatched, delivered, withdrawn, lapsed, lost, not 'sent'; 'muster move --help' says how" \
    move promise --to sent 5

# --- taking back ---
refuses 'taking back needs a reason' 2 '--why is missing: the reason for taking it back' undo "$first"
m line show promise --json
third=$(entries_of promise | sort -n | tail -n 2 | head -n 1)
refuses 'what was moved on is named' 1 \
    "entry $first cannot be taken back: what it brought to committed was moved on by $third, $second; take that back first" \
    undo "$first" --why wrong
exits 'then the last goes first' 0 undo "$third" --why 'it was not so'
refuses 'once' 1 "entry $third was taken back already" undo "$third" --why again
exits 'then the one before' 0 undo "$second" --why 'nor this'
exits 'then the first' 0 undo "$first" --why 'nor this' --json
undone=$(first_id)
refuses 'what takes back is not taken back' 1 \
    "entry $undone takes another back; post anew instead" undo "$undone" --why x
m line show promise --json
contains 'and all is as before' "$out" '"stands":{"announced":1000,"delivered":20}'
refuses 'a line is no entry' 1 'record 1 is of kind source; only entries are taken back' undo 1 --why x
refuses 'nor is what is not there' 1 'no entry 999999 in the book' undo 999999 --why x
refuses 'nor a word' 2 "ENTRY: 'promise' is not the id of an entry" undo promise --why x

# --- revising a line ---
before=$(date -u +%Y-%m-%dT%H:%M:%S.999Z)
sleep 1.1
exits 'a line is revised' 0 line revise promise --promised 2026-10 --qty 3000 --why 'the factory is late'
m line show promise --json
contains 'its entries go along' "$out" '"stands":{"announced":1000,"delivered":20}'
contains 'the window is new' "$out" '"promised_from":"2026-10-01","promised_until":"2026-10-31"'
m line show promise --json --known "$before"
contains 'and was another before' "$out" '"promised_from":"2026-06-01","promised_until":"2026-09-30"'
contains 'with the same entries' "$out" '"stands":{"announced":1000,"delivered":20}'
exits 'an empty value takes a field away' 0 line revise promise --promised= --why 'no date any more'
m line show promise --json
case $out in
*promised_from*) not_ok 'and it is gone' "$out" ;;
*) ok 'and it is gone' ;;
esac
m line show promise --json --effective 2026-05-10
contains 'a day before the delivery sees none' "$out" '"stands":{"announced":1000}'

# --- lots, routes, prices, rates ---
exits 'a lot' 0 lot add stock --giver CZE --item shells-155 --qty 50000 --floor 10000 --ready 2026-03
m lot show stock --json
contains 'keeps a floor' "$out" '"floor":10000'
refuses 'not above what it holds' 2 '--floor is more than the lot holds' lot revise stock --floor 60000 --why x
exits 'a route' 0 route add road --hub Rzeszow --mode road --tonnes 4000 --lead 21
exits 'is revised' 0 route revise road --tonnes 5000 --why 'second bridge'
m route list --json
contains 'and listed' "$out" '{"key":"road","name":null,"hub":"Rzeszow","mode":"road","keeper":null,"tonnes":5000,"grams":null,"lead":21,"from":null,"until":null,"via":null,"giver":null,"receiver":null}'
exits 'a price' 0 price add --item shells-155 --amount 3200.125 --currency EUR --basis list --day 2026-01-05
m price list --json
contains 'keeps its decimals' "$out" '"item":"shells-155","amount":3200.125,"currency":"EUR","basis":"list","day":"2026-01-05"'
refuses 'a price is in money' 2 "--currency: 'XYZ' is no currency (ISO 4217: EUR, USD, ...)" \
    price add --item shells-155 --amount 1 --currency XYZ
exits 'a rate' 0 rate add USD 1.0812 --base EUR --day 2026-01-05 --series own
refuses 'is said once' 1 \
    "rate 'own/USD/2026-01-05' is in the book already; 'muster rate revise' changes it" \
    rate add USD 1.09 --day 2026-01-05
refuses 'has a day' 2 '--day is missing' rate add USD 1.09
m rate --json
contains 'is listed' "$out" '"series":"own","currency":"USD","base":"EUR","day":"2026-01-05","per_base":1.0812}'
exits 'is revised' 0 rate revise own/USD/2026-01-05 1.0821 --why 'two figures swapped'
m rate --json
is 'and listed once' "$(printf '%s\n' "$out" | grep -c '"own"')" 1
contains 'as it should be' "$out" '"per_base":1.0821'
m rate show own/USD/2026-01-05 --json
contains 'it is shown with the reason' "$out" '"why":"two figures swapped"'
refuses 'a rate is above nothing' 1 'a rate of nothing' rate add NOK 0 --day 2026-01-05

# --- who may see it ---
exits 'a label names parties' 0 line add secret --giver DEU --receiver UKR --item shells-155 --qty 7 \
    --label parties:Germany,UKR
m line list --as DEU --json
contains 'who may see it sees it' "$out" '"key":"secret"'
m line list --as NOR --json
case $out in *secret*) not_ok 'nobody else does' "$out" ;; *) ok 'nobody else does' ;; esac
refuses 'nor learns that it is there' 1 "no line 'secret' in the book" line show secret --as NOR
exits 'its movement is as hidden' 0 move secret --to committed all
refuses 'a label names parties of the book' 1 "--label: no party 'FRA' in the book" \
    line add --giver DEU --receiver UKR --item EUR --qty 5 --label parties:DEU,FRA
refuses 'a label has a form' 2 "--label is public, group:KEY or parties:KEY,KEY, not 'secret'" \
    line add --giver DEU --receiver UKR --item EUR --qty 5 --label secret
refuses 'a hidden line adds nothing for all to see' 1 \
    "--giver: party 'FRA' is not in the book yet; add it first, for all to see" \
    line add --giver FRA --receiver UKR --item EUR --qty 5 --label parties:DEU

# --- the store ---
exits 'after all that the log is whole' 0 verify
refuses 'what is asked of no book' 4 "there is no store 'none.db'; 'muster import FILE' makes one" \
    move promise --to committed 5 --store none.db
refuses 'a directory is no store' 4 "'.' is a directory; a store is a file" party add DEU --store .
