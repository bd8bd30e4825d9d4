# read.sh - muster read: documents in, turns and statements out.
. "$CASES/lib.sh"

cat >talk.txt <<'END'
Press conference

by NATO Secretary General Ada Lind in Brussels

  • 04 May 2023 -

Good afternoon. We met.

NATO Spokesperson Bo Hill: BBC.

Jon Bell (BBC): Will it do?

NATO Secretary General: It will.
END

m read --json talk.txt
is 'a document is a line' "$(printf '%s\n' "$out" | sed -n 1p)" \
    '{"type":"document","file":"talk.txt","title":"Press conference by NATO Secretary General Ada Lind in Brussels","date":"2023-05-04"}'
is 'so is each turn' "$(printf '%s\n' "$out" | sed -n 4p)" \
    '{"type":"turn","n":3,"speaker":"Jon Bell","role":null,"affiliation":"BBC","kind":"question","start":161,"end":172}'
is 'a name is carried forward' \
    "$(printf '%s\n' "$out" | sed -n 's/.*"speaker":"\([^"]*\)".*"kind":"answer".*/\1/p')" 'Ada Lind'
is 'the range is what is said' "$(dd if=talk.txt bs=1 skip=161 count=11 2>.stderr)" 'Will it do?'

m read talk.txt
contains 'as text it has a title' "$out" 'Press conference by NATO Secretary General Ada Lind in Brussels'
contains 'a date' "$out" '2023-05-04'
contains 'and who speaks' "$out" 'Jon Bell'

name='standard input is read'
is "$name" "$("$MUSTER" read --json <talk.txt | sed -n 3p)" "$("$MUSTER" read --json talk.txt | sed -n 3p)"
is 'and by its sign' "$("$MUSTER" read --json - <talk.txt | grep -c '"turn"')" 4

m read --json talk.txt talk.txt
is 'several documents come one after another' "$(printf '%s\n' "$out" | grep -c '"type":"document"')" 2
m read --csv talk.txt
contains 'a spreadsheet gets the statements' "$out" 'turn,kind,stage,giver,receiver,item,class,amount,when,words'
refuses 'of one document' 2 "CSV is of one document: name one file, or use --json" \
    read --csv talk.txt talk.txt

printf 'We give 5 \200 to Malm\366.\r\n\r\n' >windows.txt
m read --json windows.txt
is 'Windows-1252 is read' "$code" 0
printf 'a\0b' >binary
refuses 'what is no text is refused' 3 'binary: the document is no text: byte 1 is zero' read binary
refuses 'so is what is not there' 3 "there is no file 'nowhere.txt'" read nowhere.txt
: >empty.txt
m read --json empty.txt
is 'an empty document says nothing' "$out" '{"type":"document","file":"empty.txt","title":null,"date":null}'
