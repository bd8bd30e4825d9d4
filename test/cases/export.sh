# export.sh - what leaves the book for other programs: workbooks, feeds, calendars.
. "$CASES/lib.sh"
MUSTER_STORE=book.db
export MUSTER_STORE
"$MUSTER" party add DEU >/dev/null && "$MUSTER" party add UKR >/dev/null || exit 1

# --- --xlsx ---
# It is bytes and no text: only its beginning is looked at here, its cells are in xlsx_test.
m party list
"$MUSTER" party list --xlsx >one.xlsx
is 'an answer is a workbook' "$?:$(head -c 2 one.xlsx)" 0:PK
sleep 1
"$MUSTER" party list --xlsx >two.xlsx
is 'asked again it is the same file' "$(cmp one.xlsx two.xlsx && echo same)" same
"$MUSTER" position --as DEU --effective 2026-01-01 --xlsx >three.xlsx
is 'with the clocks and eyes of a question' "$?:$(head -c 2 three.xlsx)" 0:PK
"$MUSTER" verify --xlsx >four.xlsx
is 'also where there is no list' "$?:$(head -c 2 four.xlsx)" 0:PK
refuses 'one form at a time' 2 "--xlsx and --json: only one of them; 'muster total --help' says how" \
    total --json --xlsx
TMPDIR=$PWD/nowhere "$MUSTER" party list --xlsx >five.xlsx 2>.stderr
is 'what cannot be put together is not half there' "$?:$(wc -c <five.xlsx | tr -d ' ')" 4:0
contains 'and says so' "$(cat .stderr)" 'muster: no temporary file in '
m export --xlsx
is 'a verb that is no question does not take it' "$code" 2

# --- feeds, calendars, the whole book ---
"$MUSTER" item add drones --name drones --unit piece >/dev/null || exit 1
"$MUSTER" line add l1 --giver DEU --receiver UKR --item drones --qty 6000 --on 2026-01-10 \
    --promised 2026-06 >/dev/null 2>.stderr || cat .stderr
m export --to atom --link https://book.example/
contains 'what changed is told in plain words' "$out" '<title>Germany: 6,000 drones to Ukraine announced</title>'
contains 'with a page to go to' "$out" 'href="https://book.example/line/l1"'
if command -v xmllint >/dev/null; then
    printf '%s\n' "$out" >feed.atom
    is 'and xmllint reads it' "$(xmllint --noout feed.atom 2>&1)" ''
fi
m export --to atom --as UKR
contains 'for the eyes of somebody' "$out" 'as UKR may see it'
m export --to ical --effective 2026-05-01
contains 'what is to come is an event' "$out" 'DTSTART;VALUE=DATE:20260630'
first=$out
sleep 1
m export --to ical --effective 2026-05-01
is 'asked again it is the same calendar' "$out" "$first"
m export --to ical --effective 2026-05-01 --known 2020-01-01
is 'as known before there is none' "$(printf '%s' "$out" | grep -c VEVENT)" 0
refuses 'an address is one' 2 "--link: 'book.example' is no address of a server" \
    export --to atom --link book.example
refuses 'a number is one' 2 "--limit: 'ten' is no number of entries" export --to atom --limit ten
refuses 'the exchange file is whole' 2 \
    '--as: the exchange file is the whole log, always; the others are of what a question sees' \
    export --as DEU
"$MUSTER" export --to xlsx >book.xlsx
is 'the whole book is a workbook' "$?:$(head -c 2 book.xlsx)" 0:PK
"$MUSTER" export --to xlsx --as UKR --known 2020-01-01 >then.xlsx 2>.stderr
is 'of what somebody may see, as known' "$?:$(head -c 2 then.xlsx)" 0:PK
