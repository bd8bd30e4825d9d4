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
