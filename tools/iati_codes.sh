#!/bin/sh
# iati_codes.sh - make data/iati/codes.tsv anew from checkouts of IATI's lists.
#     tools/iati_codes.sh 2026-06-22 PATH/xml/*.xml 2024-03-11 OTHER/xml/*.xml > data/iati/codes.tsv
# A day is the edition of the files after it. The lists that are built in now
# are the start: what is not named stays.
set -eu
muster=${MUSTER:-build/muster}
book=$(mktemp -u) edition=
trap 'rm -f "$book" "$book"-*' EXIT
for f in "$@"; do
    case $f in
    [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]) edition=$f ;;
    *) "$muster" codes import --store "$book" --edition "$edition" "$f" >/dev/null ;;
    esac
done
"$muster" codes export --store "$book"
