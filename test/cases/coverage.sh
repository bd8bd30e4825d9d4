# coverage.sh - is it enough, through the program.
. "$CASES/lib.sh"

for p in UKR MDA DEU NOR; do m party add $p; done
m item add gun --unit piece
m item add old-gun --unit piece
m item add shell --unit piece
m item relate old-gun --substitutes gun --efficiency 0.5
exits 'nothing asked for is an answer too' 0 coverage --effective 2026-03-01
contains 'and says so' "$out" 'nothing is asked for'

m need add guns --receiver UKR --item gun --qty 10 --by 2026-06-30 --on 2026-01-01
m need add shells --receiver MDA --item shell --qty 500 --by 2026-04-30 --on 2026-01-01
m line add a --giver DEU --receiver UKR --item gun --qty 4 --promised 2026-05-31 --on 2026-01-02
m line add b --giver NOR --receiver UKR --item old-gun --qty 6 --promised 2026-07-31 --on 2026-01-02
m line add c --giver NOR --receiver UKR --item gun --qty 2 --on 2026-01-02
m move a --to committed 4 --on 2026-01-10
m move a --to dispatched 3 --on 2026-02-10
m move a --to delivered 1 --on 2026-02-20

row() { "$MUSTER" coverage --effective 2026-03-01 --json "$@" | grep '^{"need":"guns"'; }
contains 'each part stands where it is' "$(row)" \
    '"asked":10,"delivered":1,"on_way":2,"promised":1,"after":3,'
contains 'what has no date stands apart, and what is missing last' "$(row)" \
    '"no_date":2,"missing":1,'
contains 'in a word' "$(row)" '"status":"short"'
contains 'what is but announced can be left out' "$(row --reached committed)" \
    '"promised":1,"after":0,'
contains 'as it stood on another day' \
    "$("$MUSTER" coverage --effective 2026-02-15 --json | grep '^{"need":"guns"')" \
    '"delivered":0,"on_way":3,"promised":1,'
is 'what the receiver has not confirmed can be left out' \
    "$(row --confirmed | sed 's/.*\("delivered":[0-9]*,"on_way":[0-9]*\).*/\1/')" \
    '"delivered":0,"on_way":3'
m coverage --effective 2026-03-01 --by receiver --csv
is 'by receiver' "$(printf '%s' "$out" | tr -d '\r' | grep '^MDA')" \
    'MDA,Moldova,1,0,0,0,0,0,1,0,piece,500,0,0,0,0,0,0,0,0,500'
m coverage --effective 2026-03-01 --need shells --open --json
contains 'one need' "$out" '"status":"nobody promised"'
case $out in *guns*) not_ok 'and no other' "$out" ;; *) ok 'and no other' ;; esac
refuses 'a need that is not there' 1 "no need 'tanks' in this book" coverage --need tanks
refuses 'months are a number' 2 "--months: 'x' is not 1 to 120 months" coverage --months x

m item relate gun --sustains shell --quantity 10
m line add d --giver DEU --receiver UKR --item shell --qty 35 --promised 2026-06-15 --on 2026-01-02
m coverage --effective 2026-03-01 --json
contains 'a system without its shells does not count' "$out" '"there":4,"complete":3,'
contains 'and which are too few is said' "$out" \
    '{"need":"guns","item":"shell","item_name":"shell","unit":"piece","each_month":10,'

m scenario new more --why 'if more shells came'
m line add e --giver DEU --receiver UKR --item shell --qty 90 --promised 2026-06-15 --on 2026-01-02 \
    --scenario more
contains 'what is supposed counts where it is supposed' "$(row --scenario more)" '"complete":4,'
contains 'and nowhere else' "$(row)" '"complete":3,'
m line add f --giver DEU --receiver UKR --item gun --qty 3 --promised 2026-05-31 --on 2026-01-02 \
    --label parties:DEU
m coverage --effective 2026-03-01 --json --as NOR
before=$out
m line revise f --qty 5 --why counted
m coverage --effective 2026-03-01 --json --as NOR
is 'nobody learns of what he may not see' "$out" "$before"
case $(row --as DEU) in
"$(row --as NOR)") not_ok 'who may sees it' "$(row --as DEU)" ;;
*) ok 'who may sees it' ;;
esac

m line add cash --giver NOR --receiver UKR --item EUR --qty 1000 --on 2026-01-02
m move cash --to committed 300 --on 2026-01-03
m position --by stage --json
contains 'from said to delivered: how many lines, and how much' "$out" \
    '{"step":"promised","stage":"committed","lines":2,"amount":300,"reached":300}'
contains 'what has no value is said' "$out" '5 lines of things have no value in the book'
m position --by stage --currency most --json
contains 'most is the one currency there is' "$out" '"currency":"EUR"'
refuses 'nothing else is converted' 2 'amounts are converted with --by stage only' \
    position --by item --currency EUR
