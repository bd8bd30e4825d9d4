# outlook.sh - what is likely to arrive, through the program.
. "$CASES/lib.sh"

for p in UKR DEU NOR; do m party add $p; done
m item add gun --unit piece
m item add shell --unit piece
exits 'nothing open is an answer too' 0 outlook --effective 2026-03-01
contains 'and says so' "$out" 'nothing is open'

m line add new --giver DEU --receiver UKR --item gun --qty 8 --promised 2026-04-30 --on 2026-01-02
m line add open --giver DEU --receiver UKR --item gun --qty 3 --on 2026-01-02
m move new --to committed 6 --on 2026-01-10
m outlook --effective 2026-03-01 --json
contains 'without anything to learn from the promised days are shown' "$out" \
    '"method":"promised days alone"'
contains 'firm and soft' "$out" \
    '{"month":"2026-04","promised":8,"firm":6,"soft":2,"likely":8,"low":8,"high":8,"likely_by":8,'
contains 'and what has no date apart' "$out" '{"month":"no date","promised":null,"firm":null,"soft":null,"likely":3,'
contains 'why is said' "$out" 'fewer than 10 tell nothing'

i=0
while [ $i -lt 12 ]; do
    i=$((i + 1))
    m line add past$i --giver DEU --receiver UKR --item shell --qty 5 --promised 2025-06-30 --on 2025-01-02
    [ $i -gt 9 ] || m move past$i --to delivered 5 --on 2025-08-15
done
m outlook --effective 2026-03-01 --item gun --json
contains 'what a giver did before it will do again' "$out" \
    '{"month":"2026-06","promised":0,"firm":4,"soft":2,"likely":6,'
contains 'and what it did not do' "$out" '{"month":"later","promised":null,"firm":null,"soft":null,"likely":2,'
contains 'from whose promises is said' "$out" \
    '{"from":"DEU","promises":12,"came":9,"open":3,"never":0,"on_time_percent":0,"half_days":46,"most_days":null,"lines":1}'
contains 'as it stood on another day' \
    "$("$MUSTER" outlook --effective 2025-07-31 --item shell --json)" '"observations":12,'
m outlook --effective 2026-03-01 --by donor --csv
is 'a row for each donor and item' "$(printf '%s\n' "$out" | cut -d, -f 1,3,7 | tr -d '\r' | tr '\n' ' ')" \
    'donor,item,open DEU,gun,11 DEU,shell,15 '
refuses 'an item that is not there' 1 "no item 'tank' in this book" outlook --item tank
refuses 'months are a number' 2 "--months: '0' is not 1 to 60 months" outlook --months 0

m line add cash --giver NOR --receiver UKR --item EUR --qty 1000 --promised 2026-05-31 --on 2026-01-02
m outlook --effective 2026-03-01 --currency EUR --json
contains 'in money' "$out" '"item":"money/EUR","name":"EUR","unit":"EUR","lines":1,"open":1000,'
contains 'what has no value is left out, and said' "$out" '5 open lines of things have no value'

m scenario new more --why 'if more were promised'
m line add other --giver DEU --receiver UKR --item gun --qty 5 --promised 2026-04-30 --on 2026-01-02 \
    --scenario more
m outlook --effective 2026-03-01 --item gun --scenario more --json
contains 'what is supposed counts where it is supposed' "$out" '"lines":3,"open":16,'
m outlook --effective 2026-03-01 --item gun --json
contains 'and nowhere else' "$out" '"lines":2,"open":11,'
m outlook --effective 2026-03-01 --json --as NOR
before=$out
i=0
while [ $i -lt 6 ]; do
    i=$((i + 1))
    m line add quiet$i --giver DEU --receiver UKR --item gun --qty 5 --promised 2025-06-30 \
        --on 2026-01-02 --label parties:DEU
done
m outlook --effective 2026-03-01 --json --as NOR
is 'nobody learns from what he may not see' "$out" "$before"
m outlook --effective 2026-03-01 --json --as DEU
contains 'who may sees it' "$out" '"observations":18,'
