# user.sh - who may log in, through the program.
. "$CASES/lib.sh"

good='correct horse battery'
MUSTER_STORE=book.db
export MUSTER_STORE

refuses 'before the first user there is no file' 4 \
    "there is no file of accounts 'book.db.accounts'; 'muster user add' makes one" user list
refuses 'a user has a role' 2 '--role is missing' user add olena
refuses 'of those there are' 2 \
    "option '--role' takes reader, desk, coordinator, administrator, not 'king'; 'muster user add --help' says how" \
    user add olena --role king
is 'and none is made for what is refused' "$(ls -A | grep accounts)" ''
printf '%s\n' "$good" | "$MUSTER" user add olena --role administrator --password >out 2>&1
is 'the first administrator is made on the command line' "$? $(sed -n 1,2p out | tr -s ' \n' ' ')" \
    '0 user olena role administrator '
is 'for nobody else to read' "$(stat -c %a book.db.accounts)" 600
is 'no store is needed for that' "$(ls)" "$(printf 'book.db.accounts\nout')"
exits 'a desk officer has a party, by its name' 0 user add nora --role desk --party Norway --json
contains 'and its key' "$out" '{"version":1,"user":"nora","role":"desk","party":"NOR","disabled":false'
refuses 'or is none' 1 'a desk officer records for one party: which?' user add ivan --role desk
refuses 'nobody is added twice' 1 "user 'nora' is there already" user add nora --role reader
refuses 'what is no name is refused' 3 \
    "'Nora B' cannot be a user's name: 1 to 64 of a-z 0-9 . _ - @, a letter or digit first" \
    user add 'Nora B' --role reader
m user list --csv
is 'all are listed' "$out" "$(printf '%s\r\n' user,role,party,disabled,password,sessions,tokens,last_login \
    nora,desk,NOR,false,false,0,0, olena,administrator,,false,true,0,0,)"

# --- passwords ---
typed() { # NAME INPUT: what a password read from a pipe gives
    code=0
    err=$(printf "$2" | "$MUSTER" user password "$1" 2>&1 >/dev/null) || code=$?
}
typed nora "$good\n"
is 'a password is read from standard input' "$code$err" 0
typed nora "$good\r\n"
is 'with the line ends of any system' "$code$err" 0
typed nora "$good and no end"
is 'or without one' "$code$err" 0
typed nora 'short\n'
is 'not a short one' "$code $err" '3 muster: a password has at least 12 characters'
typed nora ''
is 'nor none' "$code $err" '3 muster: there is no password to read'
typed nora 'correct\000horse battery\n'
is 'nor one with a NUL' "$code $err" '3 muster: there is a NUL in the password'
typed nora 'correct\thorse battery\n'
is 'nor with a control character' "$code $err" '3 muster: there is a control character in the password'
typed nora "$(printf '%02000d' 7)\n"
is 'nor one that is endless' "$code $err" '3 muster: the password is longer than 1024 bytes'
typed nobody "$good\n"
is 'nor for nobody' "$code $err" "1 muster: no user 'nobody'"
refuses 'never from an argument' 2 \
    "'$good' is one word too many; 'muster user password --help' says how" user password nora "$good"
if printf 'shortish\n' | "$MUSTER" user add ivan --role reader --password >/dev/null 2>&1 ||
    "$MUSTER" user list --csv | grep -q ivan; then
    not_ok 'a refused password adds no user'
else
    ok 'a refused password adds no user'
fi
is 'no password is in the file' "$(cat book.db.accounts* | grep -c "$good")" 0

# --- changes ---
exits 'another role' 0 user change nora --role coordinator --no-party --json
contains 'without a party' "$out" '"role":"coordinator","party":null'
refuses 'a change says what' 3 'nothing to change: --role, --party or --no-party says what' user change nora
refuses 'one administrator stays' 1 "'olena' is the only administrator: make another first" user disable olena
exits 'a user is disabled' 0 user disable nora --json
contains 'and shown so' "$out" '"disabled":true'
exits 'and enabled' 0 user enable nora

# --- tokens ---
exits 'a token' 0 user token nora --label 'nightly export' --days 30 --json
contains 'is shown once' "$out" '"label":"nightly export","token":"muster_'
secret=$(printf '%s' "$out" | sed 's/.*"token":"\(muster_[0-9a-f]*\)".*/\1/')
is 'and is 256 bits' "${#secret}" 71
is 'not in the file' "$(cat book.db.accounts* | grep -c "${secret#muster_}")" 0
refuses 'a token has a label' 3 '--label is missing: what is the token for?' user token nora
refuses 'and an end' 3 "--days: '0' is no number of days from 1 to 3650" user token nora --label x --days 0
refuses 'one of each label' 1 "'nora' has a token 'nightly export' already: revoke it first" \
    user token nora --label 'nightly export'
m user tokens nora --csv
contains 'they are listed' "$out" 'nora,nightly export,20'
exits 'and revoked' 0 user revoke nora --label 'nightly export'
refuses 'once' 1 "'nora' has no token 'nightly export'" user revoke nora --label 'nightly export'

# --- the audit trail ---
m user audit --csv
is 'who did what' "$(printf '%s\n' "$out" | tr -d '\r' | cut -d, -f1,3-5,7)" 'id,who,verb,what,outcome
1,shell:olena,user add,olena administrator -,done
2,shell:olena,user add,nora desk NOR,done
3,shell:olena,user password,nora,done
4,shell:olena,user password,nora,done
5,shell:olena,user password,nora,done
6,shell:olena,user change,nora coordinator -,done
7,shell:olena,user disable,nora,done
8,shell:olena,user enable,nora,done
9,shell:olena,user token,nora '"'nightly export'"' for 30 days,done
10,shell:olena,user revoke,nora '"'nightly export'"',done'
exits 'somebody else' 0 user disable nora --author ivan
m user audit --who shell:ivan --csv
is 'one by one' "$(printf '%s\n' "$out" | wc -l)" 2
m user audit --since 2199-01-01 --json
contains 'from a day on' "$out" '"whole":true,"length":11,"head":"'
exits 'a day is a day' 3 user audit --since yesterday
if command -v sqlite3 >/dev/null; then
    sqlite3 book.db.accounts 'DROP TRIGGER audit_whole; DELETE FROM audit WHERE id = 7'
    exits 'a row that was taken out' 1 user audit --json
    contains 'is missed' "$out" 'row 7 of the audit trail is gone'
    sqlite3 book.db.accounts 'PRAGMA user_version = 9'
    refuses 'a file of a newer muster is left alone' 4 \
        "'book.db.accounts' was written by a newer muster, in form 9; this one knows forms up to 1" user list
fi

# --- which file ---
refuses 'a store that is no file needs one' 2 \
    "--accounts is missing: the store 'memory:' is no file that they could stand beside" \
    user add olena --role administrator --store memory:
exits 'by its name' 0 user add olena --role administrator --store memory: --accounts people
is 'there it is' "$(stat -c %a people)" 600
chmod 644 people
refuses 'others may not look into it' 4 \
    "'people' may be read or written by others; 'chmod 600' makes it yours alone" user list --accounts people
echo nonsense >text && chmod 600 text
refuses 'something else is not taken for one' 4 "'text' is no file of accounts" user list --accounts text
