# validate.sh - files against the IATI standard, through the real program.
. "$CASES/lib.sh"

cat >good.xml <<'XML'
<iati-activities version="2.03">
<iati-activity default-currency="EUR" xml:lang="en">
<iati-identifier>GB-CHC-1-A</iati-identifier>
<reporting-org ref="GB-CHC-1" type="21"><narrative>Us</narrative></reporting-org>
<title><narrative>Blankets</narrative></title>
<description><narrative>Blankets for winter</narrative></description>
<participating-org ref="GB-CHC-1" role="1" type="21"/>
<activity-status code="2"/>
<activity-date type="1" iso-date="2022-01-01"/>
<recipient-country code="UA"/>
<sector code="72010"/>
</iati-activity>
</iati-activities>
XML
sed '/activity-date/d; s/code="72010"/code="72019"/; s/<title>/<title id="1">/' good.xml >bad.xml
sed 's/GB-CHC-1"/QQ-1-1"/' good.xml >odd.xml

exits 'a good file has nothing to be said about' 0 validate good.xml
contains 'and that is said' "$out" 'no complaint'
exits 'a bad one ends with 1' 1 validate bad.xml
contains 'the schema has line, path and rule' "$out" \
    '5  error   schema  cvc-complex-type.3.2.2  /iati-activities/iati-activity[1]/title'
contains 'the ruleset too' "$out" '6.11.1 atleast_one'
contains 'and the lists of codes' "$out" 'codelist Sector'
m validate bad.xml --json
contains 'a program gets the same' "$out" '"line":2,"weight":"error","kind":"rule","rule":"6.11.1 atleast_one","path":"/iati-activities/iati-activity[1]","activity":"GB-CHC-1-A"'
exits 'warnings are no error' 0 validate odd.xml
contains 'but shown' "$out" '1.14.8 startswith'
exits 'unless they are to be' 1 validate --strict odd.xml
exits 'of several files each is judged' 1 validate good.xml bad.xml
contains 'with their names' "$out" 'good.xml'
exits 'no more is printed than asked for' 1 validate --limit 1 bad.xml
contains 'and how much that leaves out' "$out" 'complaints more: --limit'

head -c 300 good.xml >cut.xml
exits 'a file that is cut off ends with 3' 3 validate cut.xml good.xml
contains 'with the line' "$err" "'cut.xml': line 6: the file is not well-formed XML: it ends within an element"
contains 'and the next is judged all the same' "$out" 'good.xml'
printf '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><iati-activities>&a;</iati-activities>' >bomb.xml
exits 'entities are refused' 3 validate bomb.xml
contains 'with the reason' "$err" "'bomb.xml': line 1: the file declares the entity 'a'; files that do are not read"
exits 'what is not there is said' 1 validate nothing.xml

echo '{"//iati-activity":{"atleast_one":{"cases":[{"paths":["budget"]}]}}}' >ours.json
exits 'another ruleset is taken' 1 validate --no-schema --rules ours.json good.xml
contains 'and speaks for itself' "$out" 'expected at least one of budget'
echo '{"//iati-activity":{"atleast":{"cases":[]}}}' >wrong.json
refuses 'a rule that is none is refused' 3 "'wrong.json': the ruleset, '//iati-activity': there is no rule 'atleast'" \
    validate --rules wrong.json good.xml
echo '{"//iati-activity[":{}}' >wrong.json
exits 'and what is no XPath' 3 validate --rules wrong.json good.xml
contains 'with the place' "$err" 'this is not XPath'
echo '{"//iati-activity":{"if_then":{"cases":[{"if":"cuont(a)","then":"b"}]}}}' >wrong.json
refuses 'nor a function that XPath has not' 3 \
    "'wrong.json': the ruleset, case 1 of rule 'if_then' under '//iati-activity': XPath does not know 'cuont(a)'" \
    validate --rules wrong.json good.xml
