# round.sh - rounds by hand: asked, answered, closed; nothing twice, nothing without consent.
. "$CASES/lib.sh"

for p in UKR DEU POL NOR; do m party add $p; done
m item add shells --unit piece --mass 45kg
m route add rzeszow --hub Rzeszow --tonnes 4000 --lead 21
m need add open --receiver UKR --item shells --qty 100 --by 2027-03 --on 2026-11-01
m need add quiet --receiver UKR --item shells --qty 50 --by 2027-03 --on 2026-11-01 --label parties:UKR,POL
m lot add deu --giver DEU --item shells --qty 80 --floor 10
m lot add pol --giver POL --item shells --qty 60 --label parties:POL
m line add old --giver DEU --receiver UKR --item shells --qty 20 --stage committed
m line add small --giver DEU --receiver UKR --item shells --qty 5 --stage committed
m line add norwegian --giver NOR --receiver UKR --item shells --qty 50 --stage committed

refuses 'a round has a purpose' 2 '--why is missing: what the round is for' round open winter
exits 'is opened' 0 round open winter --why 'before the cold' --until 2026-12-15
refuses 'once' 1 "round 'winter' is there already; open another" round open winter --why x
refuses 'as five words' 2 "--shipment is LOT,NEED,HUB,MONTH,QTY, not 'deu,open,2027-01,40'" \
    round propose winter --shipment deu,open,2027-01,40
refuses 'of lots that are there' 1 "--shipment: no lot 'nor' in the book" \
    round propose winter --shipment nor,open,,2027-01,40
exits 'a proposal by hand' 0 round propose winter --why 'as agreed' --shipment deu,open,rzeszow,2027-01,40 \
    --shipment pol,quiet,,2027-02,30 --shipment old,open,,2027-01,20 --shipment deu,quiet,,2027-01,10 \
    --shipment deu,open,rzeszow,2027-02,10 --shipment deu,open,rzeszow,2027-02,5
contains 'a giver is not asked for what it may not see' "$out" 'DEU is not asked for deu: it may not see quiet'
refuses 'a round is filled once' 1 "round 'winter' is proposed already; open another" \
    round propose winter --shipment deu,open,,2027-01,1
m round show winter --json
contains 'the round keeps what it was made from' "$out" '"viewer":null,"objective":null,"bound":null,"options":"by hand"'
contains 'and its purpose' "$out" '"why":"before the cold","closed_why":null,"until":"2026-12-15"'
contains 'and each proposal' "$out" '{"proposal":"winter/DEU/1","giver":"DEU","receiver":"UKR","item":"shells","qty":40,"unit":"piece","from":"deu","need":"open","hub":"rzeszow","month":"2027-01","due":"2027-03-31","state":"asked","agreed":null,"line":null,"why":"as agreed"}'
m position --json
is 'nothing moves by being proposed' "$(printf '%s' "$out" | grep -c '"allocated":0')" 1

# --- whose eyes ---
m round show winter --as DEU --json
is 'a giver sees what it is asked' "$(printf '%s\n' "$out" | grep -c '"giver":"DEU"')" 4
case $out in *POL*|*quiet*|*pol*) not_ok 'and nobody else' "$out" ;; *) ok 'and nobody else' ;; esac
m round show winter --as NOR --json
contains 'who is asked nothing sees nothing' "$out" '"proposals":[]'
contains 'nor what it was made from' "$out" '"head":null,"root":null'

# --- consent ---
refuses 'consent says who gives it' 2 '--by is missing: the giver who answers' \
    round consent winter DEU/1 --cite letter
refuses 'and where that is said' 2 '--cite or --passage is missing: where the giver says so' \
    round consent winter DEU/1 --by DEU
refuses 'nobody consents for another' 1 'winter/DEU/1 is asked of DEU; POL cannot answer for it' \
    round consent winter DEU/1 --by POL --cite letter
refuses 'not to more than is asked' 1 'winter/DEU/1 asks for 40, not for 41' \
    round consent winter DEU/1 41 --by DEU --cite letter
refuses 'nor to nothing' 2 'QTY: a quantity is above 0' round consent winter DEU/1 0 --by DEU --cite letter
refuses 'nor to what is not there' 1 "no proposal 'DEU/9' in round 'winter'" \
    round consent winter DEU/9 --by DEU --cite letter
exits 'consent to a part' 0 round consent winter DEU/1 30 --by DEU --cite letter --why 'no more to spare'
m line show winter/DEU/1 --json
contains 'makes a line' "$out" '"stands":{"allocated":30}'
contains 'for the need, from the lot' "$out" '"lot":"deu","need":"open"'
refuses 'consent is given once' 1 'winter/DEU/1 was agreed to already: 30' \
    round consent winter DEU/1 30 --by DEU --cite letter
refuses 'also to the rest' 1 'winter/DEU/1 was agreed to already: 30' \
    round consent winter DEU/1 10 --by DEU --cite letter
exits 'a promise is continued' 0 round consent winter DEU/2 --by DEU --cite letter
m line show old --json
contains 'from where it stood' "$out" '"stands":{"allocated":20}'
refuses 'a line must be what is asked for' 1 "line 'norwegian' is not what winter/DEU/3 asks for" \
    round consent winter DEU/3 --by DEU --cite letter --line norwegian
refuses 'and have it' 1 "line 'small' has not 10 to spare any more, which winter/DEU/3 asks for" \
    round consent winter DEU/3 --by DEU --cite letter --line small
exits 'else it may be named' 0 round consent winter DEU/4 --by DEU --cite letter --line small
m line show small --json
contains 'and goes on' "$out" '"stands":{"allocated":5}'

# --- refusal ---
refuses 'a refusal has a reason' 2 "--why is missing: the giver's reason" round refuse winter POL/1 --by POL
exits 'is kept' 0 round refuse winter POL/1 --by POL --why 'needed at home'
refuses 'once' 1 'winter/POL/1 was refused already' round refuse winter POL/1 --by POL --why again
refuses 'what was refused is not agreed to' 1 'winter/POL/1 was refused; another round can ask again' \
    round consent winter POL/1 --by POL --cite letter
exits 'consent can be taken back' 0 round refuse winter DEU/1 --by DEU --why 'stocks were miscounted'
m line show winter/DEU/1 --json
contains 'and the quantity with it' "$out" '"stands":{}'
m move old --to dispatched 20
refuses 'not when it has moved on' 1 'what DEU agreed to has moved on from allocated: undo that first' \
    round refuse winter DEU/2 --by DEU --why late
m round list --json
contains 'the list counts answers' "$out" '"round":"winter","state":"proposed","asked":1,"agreed":2,"in_part":0,"refused":2,"lapsed":0'

# --- close ---
refuses 'closing has a reason' 2 '--why is missing: why nothing more is waited for' round close winter
exits 'a round is closed' 0 round close winter --why 'the date is past'
refuses 'once' 1 "round 'winter' is closed already" round close winter --why again
refuses 'and takes no answers any more' 1 "round 'winter' is closed" \
    round consent winter DEU/3 --by DEU --cite letter
m round show winter --json
contains 'what was not answered has lapsed' "$out" '"state":"lapsed"'
contains 'and both reasons stand' "$out" '"why":"before the cold","closed_why":"the date is past"'
exits 'the log is whole' 0 verify
"$MUSTER" export >book.muster
exits 'a round travels with its book' 0 import book.muster --store copy.db
m round show winter --json
there=$out
m round show winter --json --store copy.db
is 'unchanged' "$out" "$there"

# --- overtaken by events ---
m lot add more --giver NOR --item shells --qty 30
m need add last --receiver UKR --item shells --qty 25 --by 2027-04
m round open spring --why 'what is left'
m round propose spring --shipment more,last,,2027-03,20 --shipment more,open,,2027-03,10
m lot revise more --qty 15 --why 'sold meanwhile'
refuses 'a lot that has gone meanwhile is not given' 1 \
    "overtaken: of 'more' 15 can still be had, and spring/NOR/1 asks for 20" \
    round consent spring NOR/1 --by NOR --cite letter
exits 'what is left can be' 0 round consent spring NOR/1 15 --by NOR --cite letter
refuses 'and not twice' 1 "overtaken: of 'more' nothing can still be had, and spring/NOR/2 asks for 10" \
    round consent spring NOR/2 --by NOR --cite letter
m lot revise more --qty 100 --why 'found more'
m need revise open --qty 8 --why 'fewer guns'
refuses 'a need that was met meanwhile takes no more' 1 \
    "overtaken: need 'open' asks for nothing more, and spring/NOR/2 brings 10" \
    round consent spring NOR/2 --by NOR --cite letter

# --- the example of docs/rounds.md, typed as it stands ---
root=$CASES/../..
grep '^    muster ' "$root/docs/rounds.md" | sed 's/^ *muster/"$MUSTER"/' >example.sh
if MUSTER_STORE=example.db sh -eu example.sh >example.out 2>&1; then
    ok 'the example runs as it is printed'
else
    not_ok 'the example runs as it is printed' "$(tail -n 3 example.out)"
fi
m line show winter/DEU/1 --store example.db --json
contains 'and Germany has agreed to a part' "$out" '"stands":{"allocated":200}'
is 'each has its letter' "$(ls letters | tr '\n' ' ')" 'DEU.md POL.md '
