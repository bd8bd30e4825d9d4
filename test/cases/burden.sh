# burden.sh - one donor by every key, burden in things, and what was said, through the program.
. "$CASES/lib.sh"

for p in UKR DEU NOR FRA; do m party add $p; done
m item add gun --unit piece
m item add shell --unit piece
m item add diesel --unit t --decimals 3
cat >keys.csv <<'END'
Party,Measure,Amount
DEU,gdp,60
NOR,gdp,30
FRA,gdp,10
DEU,population,10
NOR,population,0
FRA,population,70
END
cat >keys.map <<'END'
[table]
file = keys.csv

[source]
title = Keys

[indicator]
key = k/{Party}/{Measure}
party = {Party}
measure = {Measure}
series = own
date = 2023-12-31
amount = {Amount}
END
m import keys.map keys.csv
give() { # key, giver, item, quantity, stage
    m line add "$1" --giver "$2" --receiver UKR --item "$3" --qty "$4" --stage "$5" --on 2024-01-01 \
        --class military
}
give a DEU EUR 600 committed
give b NOR EUR 300 committed
give c FRA EUR 100 committed
give d DEU gun 7 committed
give e NOR gun 3 committed
give f NOR gun 90 announced
give g FRA shell 11 committed
give h DEU diesel 2.5 committed

m burden --donor Germany --csv
is 'one donor is told by every key that has a figure of it, gdp first' \
    "$(printf '%s\n' "$out" | tr -d '\r' | sed 1d | cut -d, -f1,7,9- | tr '\n' ';')" \
    'gdp,600,60,600,0;population,600,12.5,125,-475;'
m burden --donor NOR --csv
is 'and by none of which it has none' "$(printf '%s\n' "$out" | sed 1d | cut -d, -f1)" 'gdp'
m burden --donor DEU --key population --csv
is 'or by the one asked for' "$(printf '%s\n' "$out" | sed 1d | cut -d, -f1)" 'population'
"$MUSTER" burden --key gdp --csv | sed 1d | sed -n 's/^DEU,.*,\([^,]*\),\([^,]*\)\r*$/\1,\2/p' >whole
m burden --donor DEU --key gdp --csv
is 'it says what the burden of all says of it' "$(printf '%s\n' "$out" | tr -d '\r' | sed 1d | cut -d, -f10,11)" \
    "$(tr -d '\r' <whole)"
refuses 'who is nobody is refused' 1 "no party 'nobody' in this book" burden --donor nobody
contains 'who gives nothing carries nothing' "$("$MUSTER" burden --donor UKR --json)" '"total":0,"of_all":1000,"rows":[]'

things() { "$MUSTER" burden --things --csv "$@" | tr -d '\r' | sed 1d | cut -d, -f1,2,5-; }
is 'in things: what each gives, its share of what all give, and the gap' "$(things --key gdp | sort | tr '\n' ';')" \
    'DEU,diesel,2.5,2.5,1.5,-1;DEU,gun,7,10,6,-1;FRA,shell,11,11,1,-10;NOR,gun,3,10,3,0;'
is 'of one donor also what it does not give' "$(things --donor FRA | sort | tr '\n' ';')" \
    'FRA,diesel,0,2.5,0.25,0.25;FRA,gun,0,10,1,1;FRA,shell,11,11,1,-10;'
is 'shares are whole and add up' "$(things --donor DEU --key gdp --reached announced | grep gun; things --donor NOR --key gdp --reached announced | grep gun; things --donor FRA --key gdp --reached announced | grep gun)" \
    'DEU,gun,7,100,60,53
NOR,gun,93,100,30,-63
FRA,gun,0,100,10,10'
is 'without a key there is no share' "$(things | head -n 1)" 'DEU,gun,7,10,,'
refuses 'things have no year and no currency' 2 \
    '--things counts things: no --amount, --year or --currency' burden --things --year 2024

m move d --to dispatched 2 --on 2024-02-01
m position --by line --reached dispatched --reaching --donor DEU --csv
is 'what left can be listed alone' "$(printf '%s\n' "$out" | sed 1d | cut -d, -f1)" 'd'

m said --giver DEU
contains 'nothing was said' "$out" 'nothing like that was said'
mkdir said
cat >said/2024-09-18-talk.txt <<'END'
Press conference by the Secretary General

Good afternoon. Germany announced 50 tanks for Ukraine. Norway announced 20 million euros for Ukraine.
END
m import said/2024-09-18-talk.txt
m said --giver DEU --csv
contains 'what was read is told with its words and what became of it' "$out" 'Germany announced 50 tanks'
id=$(printf '%s\n' "$out" | sed 1d | cut -d, -f1 | head -n 1)
case $out in *Norway*) not_ok 'and nothing of others' "$out" ;; *) ok 'and nothing of others' ;; esac
m accept "$id" --make-item tank
m said --giver DEU --json
contains 'accepted, it names its line' "$out" '"state":"accepted","line":"said/'
m said --giver DEU --known 2024-01-01 --csv
is 'as known before, nothing' "$(printf '%s\n' "$out" | sed 1d)" ''
m burden --key any --json
contains 'any key is gdp, where there is one' "$out" '"key":"gdp"'
m burden --key any --json --store empty.db
m party add DEU --store empty.db
m burden --key any --json --store empty.db
is 'and none where there is none' "$code $(printf '%s' "$out" | grep -c key_table)" '0 0'
