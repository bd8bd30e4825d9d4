#!/bin/bash
# show.sh [STORE] - serve the pages of a book on this machine, as `make run` does.
#
# On a terminal until Ctrl-C. Without one (a pipe, a build server) nobody would
# end it: the overview is asked for once, and 0 says that it answered.
set -u
cd "$(dirname "$0")/.." || exit 1
muster=${MUSTER:-build/muster} store=${1:-build/demo.db}

if [ -t 0 ] && [ -t 1 ]; then
    printf '\n=== The pages of this book: open the address below in a browser; Ctrl-C ends it\n\n'
    "$muster" serve --store "$store" 2>/dev/null # 8080, unless somebody has it
    code=$?
    [ $code = 4 ] || exit $code
    "$muster" serve --store "$store" --listen 127.0.0.1:0
    exit
fi

coproc served { exec "$muster" serve --store "$store" --listen 127.0.0.1:0; }
server=$served_PID
trap 'kill "$server" 2>/dev/null' EXIT
read -r -t 60 line <&"${served[0]}" || { echo "show.sh: the server did not begin"; exit 1; }
address=${line##*http://} address=${address%%/*}
exec 3<>"/dev/tcp/${address%:*}/${address#*:}" || exit 1
printf 'GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$address" >&3
read -r -t 60 _ status _ <&3
exec 3>&-
printf '\n=== The pages of this book\n\n'
[ "$status" = 200 ] || { echo "http://$address/ answers ${status:-nothing}"; exit 1; }
echo "http://$address/ answered 200. To look at them: $muster serve --store $store"
kill -TERM "$server" && wait "$server"
