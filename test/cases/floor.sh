# floor.sh - the least that was agreed for every year, through the program.
. "$CASES/lib.sh"

for p in UKR MDA DEU NOR CHE; do m party add $p; done
exits 'no floor is an answer too' 0 floor --effective 2026-03-01
contains 'and says so' "$out" "no yearly floor is in this book"

m party add donors --type group --name Donors
m party join DEU donors --since 2020-01-01
m party join NOR donors --since 2024-06-01
give() { # key, giver, receiver, amount, day
    m line add "$1" --giver "$2" --receiver "$3" --item EUR --qty "$4" --stage announced --on "$5" \
        --class "${6:-military}"
    m move "$1" --to allocated "$4" --on "$5"
}
give a22 DEU UKR 30 2022-05-01
give n22 NOR UKR 5 2022-06-01
give a23 DEU UKR 20 2023-06-30
give b23 DEU UKR 3 2023-07-01
give a24 DEU UKR 45 2024-12-31
give n24 NOR UKR 4 2024-12-30
give c24 CHE UKR 1000 2024-02-01 # no member
give m24 DEU MDA 500 2024-02-01  # for somebody else
give h24 DEU UKR 700 2024-02-01 humanitarian
m line add w24 --giver DEU --receiver UKR --item EUR --qty 9 --class military --on 2024-02-01 # words

exits 'a floor is recorded' 0 floor add pledge --by donors --receiver UKR --class military \
    --amount 50 --currency EUR --from 2024-01-01 --on 2024-07-10 --text 'at least 50 a year' \
    --cite 'Declaration of the donors' --address https://example.org/d
row() { # year, arguments
    year=$1
    shift
    "$MUSTER" floor --json "$@" | sed -n 's/^{"floor":"pledge".*"year":"'"$year"'",[^,]*,[^,]*,\(.*\)}.*$/\1/p'
}
is 'a year counts what was allocated, of who agreed, for whom, of what' "$(row 2024 --effective 2025-06-01)" \
    '"amount":49,"least":50,"currency":"EUR","gap":1,"percent":98,"state":"below"'
is 'who joined before it was agreed counts in the years before' "$(row 2022)" \
    '"amount":35,"least":null,"currency":"EUR","gap":null,"percent":null,"state":""'
is 'and nothing is held against them' "$(row 2023)" \
    '"amount":23,"least":null,"currency":"EUR","gap":null,"percent":null,"state":""'
is 'what is only said counts where it is asked for' "$(row 2024 --reached announced | cut -d, -f1)" \
    '"amount":58'
is 'a year that is not over is so far' "$(row 2024 --effective 2024-12-30 | sed 's/.*"gap"/"gap"/')" \
    '"gap":46,"percent":8,"state":"so far"'
is 'a year of which the book has nothing is not told' "$(row 2025 --effective 2025-06-01)" \
    '"amount":null,"least":50,"currency":"EUR","gap":null,"percent":null,"state":"not told"'
is 'what was not agreed yet is no floor yet' "$(row 2024 --effective 2024-07-09)" ''
give a25 DEU UKR 60 2025-03-01
is 'what is reached is met before the year is over' "$(row 2025 --effective 2025-06-01)" \
    '"amount":60,"least":50,"currency":"EUR","gap":-10,"percent":120,"state":"met"'
m floor pledge --json
contains 'where it was agreed stands beside it' "$out" \
    '"text":"at least 50 a year","evidence":"Declaration of the donors","address":"https://example.org/d"'

m explain --floor pledge --year 2024 --csv
is 'behind a year stand its amounts, and no others' \
    "$(printf '%s\n' "$out" | sed 1d | cut -d, -f1,6 | sort | tr '\n' ' ')" 'a24,45 n24,4 '
m explain --floor pledge --csv
is 'or behind all' "$(printf '%s\n' "$out" | sed 1d | cut -d, -f6 | awk "{ n += \$1 } END { print n }")" 167

exits 'a floor may begin in July' 0 floor add july --by donors --receiver UKR --amount 20 \
    --currency EUR --from 2022-07-01 --until 2024-06-30 --kind option
july() { "$MUSTER" floor july --json | sed -n 's/^{"floor":.*"year":"\([^"]*\)","from":"\([^"]*\)".*"amount":\([^,]*\),"least":\([^,]*\),.*"state":"\([^"]*\)".*/\1 \2 \3 \4 \5/p'; }
is 'its years begin then, and end with it' "$(july | tr '\n' ';')" \
    '2021/22 2021-07-01 30 null ;2022/23 2022-07-01 20 20 met;2023/24 2023-07-01 703 20 met;2024/25 2024-07-01 109 null ;'
exits 'it is revised' 0 floor revise july --amount 20.5 --why 'misread'
is 'and another amount decides otherwise' "$(july | grep 2022/23)" '2022/23 2022-07-01 20 20.5 below'
m export --to muster
printf '%s\n' "$out" >all.muster
m import --store copy.db all.muster
is 'it goes through export and import' "$("$MUSTER" floor --store copy.db --csv)" "$("$MUSTER" floor --csv)"

m floor add dollars --by donors --receiver UKR --amount 1m --currency USD --from 2024-01-01
contains 'a missing rate leaves years untold' "$("$MUSTER" floor dollars --json)" \
    '"amount":null,"least":1000000,"currency":"USD","gap":null,"percent":null,"state":"not told"'
contains 'and is named' "$("$MUSTER" floor dollars)" 'Some years cannot be told'

m floor --json --as NOR
before=$out
m floor add quiet --by DEU --amount 7bn --currency EUR --from 2024-01-01 --label parties:DEU
m floor --json --as NOR
is 'a floor that one may not see changes nothing' "$out" "$before"
contains 'who may sees it' "$("$MUSTER" floor --as DEU)" 'quiet'
refuses 'and it is not there for others' 1 "no yearly floor 'quiet' in this book" floor quiet --as NOR
refuses 'nothing is no floor' 2 '--amount: a floor is above 0' \
    floor add zero --amount 0 --currency EUR --from 2024-01-01
refuses 'an amount is a number' 2 \
    "--amount: 'much' is no number: at most 17 digits and a point, no separators" \
    floor add much --amount much --currency EUR --from 2024-01-01
refuses 'it ends after it begins' 2 'the floor ends before it begins' \
    floor add back --amount 5 --currency EUR --from 2024-01-01 --until 2023-12-31
refuses 'a stage, a boundary and a floor are not explained at once' 2 \
    '--floor explains the years of a floor: leave out the others' explain --floor pledge --by year

# --- decisions ---
m decision list --with 'a year least' --json
is 'a floor is a decision, found by its words in any order' "$(printf '%s' "$out" | grep -c '"key":"pledge"')" 1
contains 'with where it can be read' "$out" '"evidence":"Declaration of the donors","address":"https://example.org/d"'
m decision list --known 2020-01-01 --csv
is 'and none was known before' "$(printf '%s\n' "$out" | sed 1d)" ''
m decision show pledge --json
contains 'one is shown whole' "$out" '"measure":"yearly floor"'
