# round_plan.sh - rounds by plan: refusals feed the next, and nobody sees what others hide.
. "$CASES/lib.sh"

# A book of public needs and lots; what is hidden is added by the caller, before the round.
public_book() {
    for p in UKR DEU POL NOR; do m party add $p; done
    m item add shells --unit piece --mass 45kg
    m item add guns --unit piece --mass 9t
    m price add --item shells --amount 3000 --currency EUR --basis list --day 2026-01-05
    m price add --item guns --amount 4000000 --currency EUR --basis list --day 2026-01-05
    m route add rzeszow --hub Rzeszow --tonnes 90 --lead 21
    m need add shells --receiver UKR --item shells --qty 900 --by 2027-03 --on 2026-11-01
    m need add guns --receiver UKR --item guns --qty 6 --by 2027-04 --on 2026-11-01 --urgent
    m lot add deu-shells --giver DEU --item shells --qty 800 --floor 100
    m lot add deu-guns --giver DEU --item guns --qty 3
    m lot add nor-guns --giver NOR --item guns --qty 1
}
ask() { m round open winter --why cold --until 2026-12-20 && m round propose winter --effective 2026-12-01; }

MUSTER_STORE=first.db
export MUSTER_STORE
public_book
m lot add pol-shells --giver POL --item shells --qty 5000 --label parties:POL
m need add more --receiver UKR --item shells --qty 300 --by 2027-06 --on 2026-11-01
m round open winter --why 'before the cold'
exits 'a plan fills a round' 0 round propose winter --effective 2026-12-01 --weight urgent=7
m round show winter --json
contains 'with what it was asked' "$out" '"options":"mode=weighted gap=0.001 early=2 late=12 effective=2026-12-01 weight=urgent=7"'
contains 'and for when' "$out" '"planned_for":"2026-12-01"'
contains 'how good it is' "$(printf '%s' "$out" | tr ',' '\n' | grep -c '"\(objective\|bound\)":[0-9]')" 2
contains 'a private lot takes part' "$out" '"from":"pol-shells"'
m plan --json --effective 2026-12-01
before=$(printf '%s' "$out" | grep -c '"lot":"deu-shells"')

# --- refusals feed the next round ---
m round show winter --json
mine=$(printf '%s\n' "$out" | sed -n 's/^{"proposal":"\([^"]*\)".*"from":"deu-shells".*"need":"shells".*/\1/p' | head -n 1)
guns=$(printf '%s\n' "$out" | sed -n 's/^{"proposal":"\([^"]*\)".*"from":"nor-guns".*/\1/p' | head -n 1)
exits 'one lot is refused for one need' 0 round refuse winter "$mine" --by DEU --why 'for guns only'
exits 'another for all' 0 round refuse winter "$guns" --by NOR --why 'needed at home' --lot
m round close winter --why 'next one'
m round open spring --why 'again'
exits 'the next round asks' 0 round propose spring --effective 2026-12-01
m round show spring --json
case $out in
*'"from":"deu-shells","need":"shells"'*) not_ok 'not for what was refused' "$out" ;;
*) ok 'not for what was refused' ;;
esac
case $out in *nor-guns*) not_ok 'nor for the lot that was' "$out" ;; *) ok 'nor for the lot that was' ;; esac
contains 'but for the rest' "$out" '"from":"deu-shells","need":"more"'
m plan --json --effective 2026-12-01
is 'a plan heeds it too' "$(printf '%s' "$out" | grep -c '"for":"shells","lot":"deu-shells"\|nor-guns')" 0
exits 'the giver says something new' 0 lot revise nor-guns --qty 2 --why 'spares found'
m plan --csv --effective 2026-12-01
contains 'and is asked again' "$out" 'nor-guns'

# --- consent, and nothing twice in the next plan ---
m round show spring --json
theirs=$(printf '%s\n' "$out" | sed -n 's/^{"proposal":"\([^"]*\)".*"from":"deu-guns".*/\1/p' | head -n 1)
exits 'a giver agrees to what was planned' 0 round consent spring "$theirs" --by DEU --cite letter
m round open summer --why 'the rest'
m round propose summer --effective 2026-12-01
m round show summer --json
case $out in *deu-guns*) not_ok 'what was given is not asked for again' "$out" ;; *) ok 'what was given is not asked for again' ;; esac

MUSTER_STORE=nobody.db
m party add UKR
m round open idle --why x
refuses 'a plan that asks nobody fills no round' 1 'the plan asks nobody for anything' round propose idle

# --- what is hidden makes no difference to others ---
seen_by() { # what a party sees of the round, and of everything that a plan is made of
    for what in 'round show winter' 'round list' 'lot list' 'need list' 'position'; do
        "$MUSTER" $what --as "$1" --json
    done
    "$MUSTER" plan --csv --effective 2026-12-01 --as "$1"
    "$MUSTER" line show winter/POL/1 --as "$1" 2>&1
}
hide() { # variant: records that only POL, or POL and UKR, may see
    case $1 in
    1) m lot add p1 --giver POL --item shells --qty 4000 --label parties:POL ;;
    2) m lot add p1 --giver POL --item guns --qty 6 --label parties:POL ;;
    3) m need add secret --receiver UKR --item guns --qty 5 --by 2027-01 --urgent --priority 1 \
        --label parties:POL,UKR
       m lot add p1 --giver POL --item guns --qty 2 --label parties:POL ;;
    4) m line add promise --giver POL --receiver UKR --item guns --qty 4 --stage committed \
        --label parties:POL,UKR ;;
    5) m lot add p1 --giver POL --item shells --qty 40 --label parties:POL
       m price add --item guns --amount 9 --currency EUR --basis replacement --day 2026-02-01 \
        --label parties:POL ;;
    6) m route add tunnel --hub Tunnel --tonnes 9000 --lead 1 --label parties:POL
       m lot add p1 --giver POL --item shells --qty 900 --label parties:POL ;;
    7) m lot add d1 --giver DEU --item guns --qty 9 --label parties:POL ;;
    esac
}
for n in 0 1 2 3 4 5 6 7; do
    MUSTER_STORE=hidden-$n.db
    public_book
    hide $n
    ask
    [ "$code" = 0 ] || not_ok "variant $n is asked" "$err"
    if [ $n = 1 ]; then # also what becomes of it
        m round consent winter POL/1 --by POL --cite letter
        [ "$code" = 0 ] || not_ok 'and agreed to' "$err"
    fi
    for party in DEU NOR ''; do seen_by "$party" >"$n-${party:-public}.txt"; done
    for party in DEU NOR; do
        "$MUSTER" plan letter $party --effective 2026-12-01 >>"$n-$party.txt"
        "$MUSTER" plan letter $party --round winter >>"$n-$party.txt"
    done
    "$MUSTER" round show winter --json | sed 's/"known.*"proposals"//' >"$n-owner.txt"
    [ $n = 0 ] && continue
    for party in DEU NOR public; do
        if cmp -s "0-$party.txt" "$n-$party.txt"; then
            ok "what is hidden ($n) makes no difference to $party"
        else
            not_ok "what is hidden ($n) makes no difference to $party" \
                "$(diff "0-$party.txt" "$n-$party.txt" | head -n 6)"
        fi
    done
done
# ... and the test can tell: the owner's round differs, and a public record changes what DEU sees.
for n in 1 2 3 4; do
    if cmp -s 0-owner.txt $n-owner.txt; then not_ok "the owner sees the difference ($n)"; else ok "the owner sees the difference ($n)"; fi
done
MUSTER_STORE=shown.db
public_book
m lot add p1 --giver POL --item shells --qty 4000
ask
seen_by DEU >shown-DEU.txt
if cmp -s 0-DEU.txt shown-DEU.txt; then not_ok 'what is shown makes one'; else ok 'what is shown makes one'; fi
is 'the store is whole' "$("$MUSTER" verify --json --store hidden-3.db | sed -n 's/.*"ok":\([a-z]*\).*/\1/p')" true

# --- letters ---
MUSTER_STORE=hidden-3.db
m plan letter Poland --round winter
contains 'a letter says what is asked' "$out" '| POL/1 | guns | '
contains 'by when' "$out" 'An answer is asked for by'
contains 'why it matters' "$out" '- **secret**: Ukraine (UKR) asks for 5 piece of guns by 2027-01-31, urgent, priority 1.'
contains 'and how it comes to that' "$out" 'is urgently needed by 2027-01'
exits 'letters go to files' 0 plan letter --dir letters --effective 2026-12-01 --json
contains 'one for each who is asked' "$(ls letters | tr '\n' ' ')" 'DEU.md NOR.md POL.md'
is 'and only the one who may know of it reads of what is hidden' "$(grep -l 'secret\|p1' letters/*.md)" letters/POL.md
refuses 'a letter has an addressee' 2 'to whom? GIVER, or --dir for all' plan letter
refuses 'a round that is there' 1 "no round 'autumn' in the book" plan letter DEU --round autumn
m party add FRA
m plan letter FRA --round winter
contains 'who is asked nothing gets none' "$out" 'nobody is asked for anything'

# --- near what was proposed ---
MUSTER_STORE=near.db
for p in UKR DEU NOR; do m party add $p; done
m item add shells --unit piece --mass 1t
m price add --item shells --amount 1000000 --currency EUR --basis list --day 2026-01-05
m route add slow --hub Slow --tonnes 1000 --lead 60
m need add shells --receiver UKR --item shells --qty 10 --by 2027-01 --on 2026-11-01
m lot add deu --giver DEU --item shells --qty 10 --ready 2026-12
m round open winter --why cold
m round propose winter --shipment deu,shells,slow,2027-04,10
m plan --near winter --moving 100 --effective 2026-12-01 --csv
contains 'a plan stays where moving is dear' "$out" '2027-04,DEU,shells,10,'
m plan --near winter --moving 0.01 --effective 2026-12-01 --csv
contains 'and moves where it is cheap' "$out" '2027-02,DEU,shells,10,'
m plan --near winter --moving 0.01 --effective 2026-12-01 --json
contains 'what that was charged is said' "$out" 'Of the objective 0.1 is for sending otherwise than the round asked.'
refuses 'moving goes with near' 2 '--moving goes with --near' plan --moving 3
refuses 'near what is there' 1 "--near: no round 'autumn' in the book" plan --near autumn
