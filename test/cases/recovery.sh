# recovery.sh - the commands of docs/recovery.md, as they stand there.
#
# Every indented line is run, in order, and must end well, or as its "# exit N"
# says. Comments in the page that are not shown do the damage in between: lines
# of shell, or one of the words below.
. "$CASES/lib.sh"

page=$CASES/../../docs/recovery.md
export MUSTER_STORE=book.db PATH="$PWD/bin:$PATH"
mkdir bin other-disk && ln -s "$MUSTER" bin/muster

cat >gifts.map <<'EOF'
dates = iso
publisher = Conference desk

[line]
key      = conference:{No}
giver    = {Donor}
receiver = Ukraine
currency = {Currency}
amount   = {Amount}

[entry]
stage  = committed
amount = {Amount}
date   = {Day}
EOF
printf 'No,Donor,Currency,Amount,Day\n1,Denmark,EUR,100,2024-04-03\n2,Norway,NOK,200,2024-04-04\n' >gifts.csv
echo 'a long password' >new-password
muster import --mapping gifts.map gifts.csv >/dev/null
muster user add olena --role administrator --password <new-password >/dev/null

# --- what goes wrong ---

damage() { # one letter in the middle of a record
    LC_ALL=C sed 's/Denmark/Denmerk/' book.db >new.part && cat new.part >book.db
}

spoil() { # one letter in the oldest part of the backup
    for f in other-disk/book/log/000000000001-*; do
        sed 's/Denmark/Danmark/' "$f" >new.part && cat new.part >"$f"
    done
}

forge() { # another log in the place of this one, true in itself
    rm -f book.db book.db-wal book.db-shm
    sed 's/100/900/' gifts.csv >forged.csv
    muster import --mapping gifts.map forged.csv >/dev/null
}

# --- the page ---

ran=0
while IFS= read -r line; do
    case $line in
    '<!-- '*' -->')
        line=${line#<!-- } line=${line% -->}
        eval "$(printf '%s' "$line" | sed 's|/mnt/other-disk|other-disk|g')" >/dev/null 2>.hidden ||
            not_ok "what goes wrong can: $line" "$(cat .hidden)"
        ;;
    '    '*)
        want=0
        case $line in *'# exit '*) want=${line##*# exit } ;; esac
        typed=${line#    } code=0
        eval "$(printf '%s' "$typed" | sed 's|/mnt/other-disk|other-disk|g')" >.out 2>.err || code=$?
        ran=$((ran + 1))
        if [ "$code" = "$want" ]; then ok "$(printf '%s' "$typed" | sed 's/  *#.*//')"; else
            not_ok "$typed" "exit $code, want $want" "$(cat .out .err)"
        fi
        ;;
    esac
done <"$page"
if [ "$ran" -gt 35 ]; then ok "the page has its commands"; else not_ok "the page has its commands" "$ran"; fi
