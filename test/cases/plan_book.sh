# plan_book.sh - what a plan needs of the book: lots and their orders, ways, budgets, wants.
. "$CASES/lib.sh"
export MUSTER_STORE=book.db

exits 'an item' 0 item add howitzer --unit piece --mass 10t
exits 'another' 0 item add caesar --unit piece --mass 17.7t
exits 'a third, in parts' 0 item add barrel --unit piece --decimals 2 --mass 1.8t

# --- lots ---
exits 'a production line' 0 plant add kassel --giver DEU --cost 60000000 --currency EUR --ordered 2026-03-01
exits 'a lot that must be ordered' 0 lot add made --giver DEU --item howitzer --qty 24 \
    --type production --ordered 2026-03-01 --ready 2027-06 --cost 4100000 --worth 4000000 --currency EUR --plant kassel
m lot show made --json
contains 'it says when it must be ordered' "$out" '"ordered":"2026-03-01"'
contains 'what it costs' "$out" '"cost":4100000'
contains 'what is credited' "$out" '"worth":4000000'
contains 'and which line makes it' "$out" '"plant":"kassel"'
exits 'a lot may be bought' 0 lot add bought --giver NOR --item caesar --qty 6 --type purchase
refuses 'money has a currency' 2 '--cost and --worth go with --currency' \
    lot add x --giver NOR --item caesar --qty 1 --cost 5
refuses 'a production line is the giver'"'"'s own' 1 "--plant: 'kassel' is a production line of DEU" \
    lot add x --giver NOR --item caesar --qty 1 --plant kassel
refuses 'and must be there' 1 "--plant: no plant 'kasel' in the book (did you mean 'kassel'?)" \
    lot add x --giver DEU --item caesar --qty 1 --plant kasel
exits 'a production line is revised' 0 plant revise kassel --cost 70000000 --why 'new offer'
m plant list --json
contains 'and listed' "$out" '"key":"kassel","name":null,"giver":"DEU","ordered":"2026-03-01","cost":70000000,"currency":"EUR"'

# --- budgets ---
exits 'a budget' 0 budget add de26 --giver DEU --from 2026-01 --until 2026-12 --amount 4000000000 --currency EUR
m budget show de26 --json
contains 'holds for its period' "$out" '"from":"2026-01-01","until":"2026-12-31"'
exits 'without a name it is called after its id' 0 budget add --giver NOR --from 2026-01 --until 2026-12 --amount 5 --currency NOK
contains 'budget/ID' "$out" 'budget/'
refuses 'a budget ends after it begins' 2 'the budget ends before it begins' \
    budget revise de26 --until 2025-12-31 --why x
refuses 'and has a period' 2 '--until is missing' budget add --giver NOR --from 2026-01 --amount 5 --currency NOK

# --- ways ---
exits 'a hub' 0 route add rzeszow --hub Rzeszow --tonnes 4000 --lead 21
exits 'a way to it' 0 route add --via rzeszow --giver NOR --lead 12
exits 'a way from it' 0 route add --via rzeszow --receiver UKR --lead 4
exits 'it is closed for some time' 0 route add flood --via rzeszow --tonnes 0 --from 2026-03-01 --until 2026-03-20
m route show flood --json
contains 'the change names its hub' "$out" '"via":"rzeszow"'
refuses 'a way belongs to a hub' 2 '--giver and --receiver go with --via: which hub' \
    route add x --giver NOR --lead 3
refuses 'a way has one end' 2 '--giver and --receiver: a way leads to the hub or from it' \
    route add x --via rzeszow --giver NOR --receiver UKR
refuses 'what passes is said of the hub' 2 '--tonnes: what passes is said of the hub, not of a way to it' \
    route add x --via rzeszow --giver NOR --tonnes 3
refuses 'a way is open as its hub is' 2 '--from and --until are said of the hub or a change of it' \
    route add x --via rzeszow --giver NOR --from 2026-01
refuses 'a change says how much' 2 '--via goes with --giver, --receiver or --tonnes' \
    route add x --via rzeszow --from 2026-01
refuses 'a change is no hub' 1 "--via: 'flood' is itself a way or a change of one" \
    route add x --via flood --tonnes 3
refuses 'a change takes no days' 2 '--lead: a change of capacity takes no days' \
    route revise flood --lead 3 --why x

exits 'what passes may be parts of a tonne' 0 route revise flood --tonnes 12.5 --why 'one lane'
m route show flood --json
contains 'and is kept in grams' "$out" '"grams":12500000'

# --- needs ---
exits 'an urgent need' 0 need add guns --receiver UKR --item howitzer --qty 20 --by 2026-06 --urgent --weight 1.5
m need show guns --json
contains 'is urgent' "$out" '"urgent":true'
contains 'and has its weight' "$out" '"weight":1.5'
exits 'it calms down' 0 need revise guns --not-urgent --why 'ceasefire'
m need list --json
contains 'then it is not' "$out" '"urgent":false'
exits 'what keeps it going is a need' 0 need add barrels --receiver UKR --item barrel --rate 0.25 --keeps guns
m need show barrels --json
contains 'and names it' "$out" '"keeps":"guns"'
contains 'with what one takes a month' "$out" '"rate":0.25'
refuses 'which must be said' 2 '--keeps goes with --rate' need add x --receiver UKR --item barrel --keeps guns
refuses 'and only then' 2 '--rate goes with --keeps' need add x --receiver UKR --item barrel --qty 2 --rate 3
refuses 'other needs have a quantity' 2 '--qty is missing' need add x --receiver UKR --item barrel
refuses 'nothing keeps itself going' 1 '--keeps: a need does not keep itself going' \
    need revise guns --keeps guns --rate 1 --why x
refuses 'nor what keeps others going' 1 "--keeps: 'barrels' itself keeps another need going" \
    need add x --receiver UKR --item barrel --rate 1 --keeps barrels
refuses 'nor what another receiver has' 1 "--keeps: 'guns' is a need of another receiver" \
    need add x --receiver MDA --item barrel --rate 1 --keeps guns
refuses 'its weight follows' 2 "--keeps: how much and how urgent follows from 'guns'" \
    need revise barrels --weight 3 --why x
exits 'a substitute for one need' 0 item relate caesar --substitutes howitzer --efficiency 1.1 --need guns
m item show howitzer --json
contains 'is shown with it' "$out" '"efficiency":1.1,"monthly":null,"need":"guns"'
exits 'parts of whole things are used up' 0 item relate caesar --sustains howitzer --quantity 0.02
m item show caesar --json
contains 'and shown' "$out" '"efficiency":null,"monthly":0.02'
refuses 'only a substitute is for one need' 2 '--need goes with --substitutes' \
    item relate caesar --sustains barrel --quantity 0.2 --need guns
