# sums.sh - what the book keeps added up, through the program: now, as it was, and checked.
. "$CASES/lib.sh"

for p in UKR DEU NOR; do m party add $p; done
m item add gun --unit piece
m rate add NOK 10 --base EUR --series ecb --day 2023-01-01
give() { # key, giver, item, quantity, stage, day
    m line add "$1" --giver "$2" --receiver UKR --item "$3" --qty "$4" --stage "$5" --on "$6"
}
give a DEU EUR 600 committed 2024-01-10
give b NOR NOK 3000 committed 2024-02-10
give c NOR gun 7 announced 2024-02-11
m move a --to delivered 200 --on 2024-03-05

rows() { printf '%s\n' "$out" | tr -d '\r' | sed 1d | tr '\n' ';'; }
m sums --currency EUR --csv
is 'money by donor and stage, converted' "$(rows)" 'DEU,0,0,400,0,0,200,0,0,0;NOR,0,0,300,0,0,0,0,0,0;'
m sums --by item --csv
is 'items stand in their own units' "$(rows)" \
    'gun,piece,0,7,0,0,0,0,0,0,0;money/EUR,EUR,0,0,400,0,0,200,0,0,0;money/NOK,NOK,0,0,3000,0,0,0,0,0,0;'
m sums --by item --effective 2024-02-10 --csv
is 'as of a day what came later is not there' "$(rows)" \
    'money/EUR,EUR,0,0,600,0,0,0,0,0,0;money/NOK,NOK,0,0,3000,0,0,0,0,0,0;'
m sums --by share --currency EUR --csv
is 'who delivered what part' "$(rows)" 'DEU,,200,100;'
m sums --by month --currency EUR --csv
is 'what was delivered month by month' "$(rows)" '"",2024-03,200,;'
m sums --by open --currency EUR --effective 2024-03-10 --csv
is 'open promises and how old they are' "$(rows)" 'DEU,1,400,60;NOR,2,300,28.5;'
m sums --by quarter --csv
is 'what part of the promises of a quarter came' "$(rows)" 'DEU,2024-Q1,1,33.33;NOR,2024-Q1,2,0;'
exits 'amounts that share no currency need one' 2 sums
for by in donor item month share open quarter; do
    for clock in 2023-12-31 2024-02-10 2030-01-01; do
        m sums --by $by --currency EUR --effective $clock --check --json
        [ "$code" = 0 ] || break 2
    done
done
is 'they are what the entries come to, at every clock' "$code $err" '0 '
m sums --by item --known 2020-01-01 --csv
is 'before anything was known there is nothing' "$(rows)" ''
