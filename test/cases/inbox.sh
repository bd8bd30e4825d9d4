# inbox.sh - from a transcript of our own to lines of the book, and back.
. "$CASES/lib.sh"

cat >harbour.txt <<'END'
Press conference

by NATO Secretary General Jens Stoltenberg at the harbour

4 May 2031

NATO Secretary General Jens Stoltenberg: Good morning.
Germany will give 600 million euros to Ukraine.
Norway will send 400 trucks to Ukraine. Ukraine needs 30 cranes.

Kari Hansen (Harbour News): You said that Germany will give 600 million euros to Ukraine. When?

NATO Secretary General Jens Stoltenberg: Soon. Germany will give the 600 million euros to Ukraine in May.
END
exits 'a transcript is taken in' 0 import harbour.txt
exits 'and again' 0 import harbour.txt --json
contains 'which adds nothing' "$out" '"new":0'
m inbox --json
is 'its candidates wait' "$(printf '%s' "$out" | sed -n 's/^{"version":1,"open":\([0-9]*\),.*/\1/p' | grep -c '[1-9]')" 1
id_of() { # AGAIN WORDS: the first candidate of that sort with those words
    printf '%s\n' "$out" | grep "\"again\":\"$1\"" | grep "\"quote\":\"[^\"]*$2" | sed -n 's/^{"id":\([0-9]*\),.*/\1/p' | head -n 1
}
euros=$(id_of new '600 million')
trucks=$(id_of new '400 trucks')
again=$(printf '%s\n' "$out" | grep '600 million' | grep -v '"again":"new"' | sed -n 's/^{"id":\([0-9]*\),.*/\1/p' | head -n 1)
contains 'the entry that it would make is shown' "$(printf '%s\n' "$out" | grep "\"id\":$euros,")" \
    '"giver":"DEU","receiver":"UKR","item":"money/EUR","currency":"EUR","from":"world","to":"announced","low":600000000'
contains 'and what is missing for one' "$(printf '%s\n' "$out" | grep "\"id\":$trucks,")" '"option":"--item"'
m inbox --again yes --json
contains 'what was said before says why' "$out" 'was said earlier in the same document'
m inbox --pairs --json
contains 'pairs name their places' "$out" '"document":"harbour.txt","start":'

m inbox --candidate "$euros" --json
is 'one can be looked at alone' "$(printf '%s\n' "$out" | grep -c '"again"')" 1
m inbox --limit 2 --csv
first=$(printf '%s\n' "$out" | sed 1d | cut -d, -f1)
m inbox --limit 2 --skip 1 --csv
is 'and the list from any place on' "$(printf '%s\n' "$out" | sed -n 2p | cut -d, -f1)" "$(printf '%s\n' "$first" | sed -n 2p)"
refuses 'a place is a number' 2 "--skip: '-1' is no whole number" inbox --skip=-1

# --- edited before anybody chooses ---
refuses 'an edit has a reason' 2 '--why is missing: the reason for the edit' inbox edit "$euros" --qty 1
refuses 'an edit changes something' 1 "candidate $euros: it says just that already" \
    inbox edit "$euros" --qty 600000000 --giver Germany --why same
exits 'what was misread is edited' 0 inbox edit "$euros" --giver 'Norway, Germany' --qty 500000000..700000000 \
    --unit NOK --stage committed --on 2031-05-01 --item tanks --why 'misheard'
m inbox --candidate "$euros" --json
contains 'and says so' "$out" '"giver":"NOR, DEU","receiver":"UKR","item":"tanks","stage":"committed","amount":"500000000 to 700000000 NOK","author":"olena","why":"misheard"'
contains 'while it waits' "$out" '"state":"open"'
contains 'several givers are no entry' "$out" '"missing":"several are named who gives"'
exits 'the document read again does not undo it' 0 import harbour.txt
m inbox --candidate "$euros" --json
contains 'and it says the same' "$out" '"giver":"NOR, DEU"'
exits 'an empty value takes away' 0 inbox edit "$euros" --unit= --qty= --why 'none was said'
m inbox --candidate "$euros" --json
contains 'what was read' "$out" '"amount":null'
exits 'it can be as it was' 0 inbox edit "$euros" --giver DEU --qty 600000000 --unit EUR --stage announced \
    --item funding --on 2031-05-04 --why 'as it was said'
refuses 'what is no quantity is refused' 2 \
    "--qty: '6,0' is no quantity: digits and at most a point, no separators" \
    inbox edit "$euros" --qty 6,0 --why x
exits 'one is accepted' 0 accept "$euros" --why 'as the ministry confirmed' --json
line=$(printf '%s\n' "$out" | sed -n 's/.*"kind":"line","key":"\([^"]*\)".*/\1/p')
m line show "$line" --json
contains 'as a line with its giver' "$out" '"giver":"DEU"'
contains 'whose entry stands' "$out" '"stands":{"announced":600000000}'
m inbox edit "$euros" --qty 1 --why late
contains 'what was chosen about is edited no more' "$err" "it was accepted already by olena"
refuses 'once' 1 "candidate $euros: it was accepted already by olena; 'muster inbox reopen' takes that back" \
    accept "$euros"
exits 'what repeats it is linked to it' 0 accept "$again" --line "$line"
m line show "$line" --json
contains 'and enters nothing' "$out" '"stands":{"announced":600000000}'
m history "$line"
contains 'the history of the line has the sentence' "$out" '"Germany will give 600 million euros to Ukraine."'
contains 'and the document' "$out" 'harbour'
refuses 'a thing that the catalogue has not is named' 1 \
    "candidate $trucks: no item of the catalogue is called 'trucks': --item says it" accept "$trucks"
exits 'or made' 0 accept "$trucks" --make-item truck --on 2031-05-03 --qty 300..400
m line list --json
contains 'with the quantity of the person' "$out" '"item":"truck","low":300,"high":400'
refuses 'an edit is of one candidate' 2 'an edit is of one candidate, not of several' \
    accept "$trucks" "$euros" --giver NOR
refuses 'nothing is accepted' 2 "CANDIDATE is missing: 'muster inbox' lists them" accept
refuses 'a quantity is plain' 2 "--qty: '4,000' is no quantity: digits and at most a point, no separators" \
    accept "$trucks" --qty 4,000
refuses 'nobody resolves in silence' 2 '--why is missing: why this one holds' accept "$trucks" --resolve
refuses 'an unknown one' 1 "no statement '999999' in the book" accept 999999

m inbox --json
need=$(printf '%s\n' "$out" | grep '"item":"cranes"' | sed -n 's/^{"id":\([0-9]*\),.*/\1/p' | head -n 1)
refuses 'a rejection has a reason' 2 '--why is missing: why it is nothing for the book' reject "$need"
exits 'one is rejected' 0 reject "$need" --why 'said in jest'
m inbox --state rejected --json
contains 'and kept with the reason' "$out" '"state":"rejected"'
contains 'and who said so' "$out" '"author":"olena","why":"said in jest"'

refuses 'taking back has a reason' 2 '--why is missing: the reason for taking it back' inbox reopen "$euros"
exits 'a choice is taken back' 0 inbox reopen "$euros" --why 'it was last year'
m line list --json
is 'and its line is no more' "$(printf '%s\n' "$out" | grep -c "\"key\":\"$line\"")" 0
exits 'it can be accepted again' 0 accept "$euros"
m line show "$line" --json
contains 'as the same line' "$out" '"stands":{"announced":600000000}'
exits 'and back' 0 inbox reopen "$euros" --why 'a try'

m inbox --state all --known 2020-01-01 --json
contains 'nothing waited before it was read' "$out" '"open":0,"restatements":0,"accepted":0'
m inbox --state all --effective 2031-05-03 --csv
is 'nor before it was said' "$(printf '%s\n' "$out" | sed 1d)" ''
printf 'rules trust\naccept support affiliation:NATO giver:DEU unit:EUR max:1000000000\n' >trust.rules
exits 'rules are tried' 0 accept --rules trust.rules --dry-run
contains 'and say what they would take' "$out" 'by the rules trust: 1 accepted, 0 rejected, 0 left to a person'
m line list --json
is 'and take nothing' "$(printf '%s\n' "$out" | grep -c "\"key\":\"$line\"")" 0
exits 'rules are applied' 0 accept --rules trust.rules
m history "$line" --json
contains 'the entry names its rule' "$out" 'rule:trust'
exits 'and find nothing more' 0 accept --rules trust.rules
contains 'to decide' "$out" 'by the rules trust: 0 accepted, 0 rejected, 0 left to a person'
printf 'rules trust\naccept gift\n' >bad.rules
refuses 'a bad rule is refused with its line' 2 \
    "bad.rules:2: a kind is support, need, figure, decision or *, not 'gift'" accept --rules bad.rules
exits 'the log is whole' 0 verify
