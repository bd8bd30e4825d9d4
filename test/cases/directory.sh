# directory.sh - import of directories inside each other: all files, in one order, no circle.
. "$CASES/lib.sh"

# paid FILE ID EUR: an activity that paid
paid() {
    printf '<iati-activities version="2.03"><iati-activity default-currency="EUR"><iati-identifier>%s</iati-identifier>' "$2" >"$1"
    printf '<reporting-org ref="PP" type="10"/><title><narrative>t</narrative></title>%s' "${4:-}" >>"$1"
    printf '<transaction><transaction-type code="3"/><transaction-date iso-date="2024-01-10"/><value value-date="2024-01-10">%s</value></transaction>' "$3" >>"$1"
    printf '</iati-activity></iati-activities>\n' >>"$1"
}
units() { "$MUSTER" --store "$1" import -n --json --no-progress "$2" | tr ',' '\n' | sed -n 's/.*"unit":"\([^"]*\)".*/\1/p' | tr '\n' ' '; }
total() { "$MUSTER" --store "$1" total --json | sed -n 's/.*"incoming": *\([0-9.-]*\).*/\1/p'; }

mkdir -p tree/b/deep tree/a tree/.hidden tree/empty
paid tree/z.xml PP-Z 1
paid tree/a/1.xml PP-A1 10
paid tree/a/2.xml PP-A2 100
paid tree/b/deep/3.xml PP-B3 1000
paid tree/.hidden/no.xml PP-NO 5
echo 'where it is from' >tree/b/SOURCE.txt
ln -s .. tree/b/up
ln -s ../a tree/b/again
ln -s nowhere tree/b/gone

m --store one.db import --no-progress tree
is 'a directory of directories is taken' "$code" 0
is 'all of it' "$(total one.db)" 1111
is 'its own files first, then by name' "$(units none.db tree)" 'tree 1.xml 2.xml tree/b/deep '
is 'the same wherever one stands' "$(cd tree/a && units none.db ../../tree/)" "$(units none.db tree)"
m --store one.db import --no-progress --json tree
contains 'and adds nothing when it comes again' "$out" '"new":0,'

mkdir -p hollow/a/b
refuses 'where there is no file at all' 3 "'hollow' holds no files" --store two.db import hollow
echo 'a,b' >tree/b/deep/table.csv
m --store two.db import --no-progress tree
is 'a file that nobody knows refuses it' "$code" 3
is 'before anything is taken' "$(ls two.db 2>/dev/null)" ''
rm tree/b/deep/table.csv

deep=down
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34; do deep=$deep/d; done
mkdir -p $deep
paid $deep/f.xml PP-D 1
m --store two.db import --no-progress down
is 'a pit is refused' "$code" 3
contains 'with a sentence' "$err" 'deeper than 32'

gap="<!--$(head -c 9600000 /dev/zero | tr '\0' ' ')-->"
paid tree/b/large.xml PP-L 10000 "$gap$gap$gap$gap$gap$gap$gap"
m --store one.db import --no-progress tree
is 'a file too large to be held is fed, among others' "$code" 0
is 'and taken' "$(total one.db)" 11111
