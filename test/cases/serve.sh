# serve.sh - how the server is begun and ended, and TLS.
. "$CASES/lib.sh"

exits 'a book to serve' 0 --store book.db init
refuses 'a store that is not there is none to serve' 4 \
    "there is no store 'none.db'; 'muster import FILE' makes one" --store none.db serve --listen 127.0.0.1:0
m --store none.db serve --listen 127.0.0.1:0
is 'and none is made' "$code $(ls none.db 2>/dev/null)" '4 '
m --store book.db serve --listen nowhere
is 'what is no address is refused' "$code $err" \
    "3 muster: 'nowhere' is no address like 127.0.0.1:8080"
refuses 'a certificate needs its key' 2 '--cert and --key go together' \
    --store book.db serve --listen 127.0.0.1:0 --cert c.pem
printf 'nonsense\n' >c.pem
printf 'nonsense\n' >k.pem
refuses 'and must be one' 3 'the server does not start: is that a certificate and its key?' \
    --store book.db serve --listen 127.0.0.1:0 --cert c.pem --key k.pem
refuses 'a named file of accounts must be there' 4 "there is no file of accounts 'x'; 'muster user add' makes one" \
    --store book.db serve --listen 127.0.0.1:0 --accounts x

serve() { # begins one, in $server; its address in $at
    rm -f said # else the line of the one before may be read
    "$MUSTER" --store book.db serve --listen 127.0.0.1:0 "$@" >said 2>&1 &
    server=$!
    tries=100
    until grep -q '^muster: serving' said 2>/dev/null || [ $((tries -= 1)) = 0 ]; do sleep 0.3; done
    at=$(sed -n 's|.*://\([^/]*\)/.*|\1|p' said)
}

serve
is 'one line says when it is ready' "$(grep -c . said)" 1
kill -TERM $server
wait $server
is 'SIGTERM ends it with 0' "$?" 0

if command -v openssl >/dev/null &&
    openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -days 2 -subj /CN=localhost 2>/dev/null; then
    serve --cert c.pem --key k.pem
    answer=$(printf 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' |
        openssl s_client -quiet -connect "$at" -CAfile c.pem -verify_return_error 2>/dev/null)
    contains 'TLS is spoken' "$answer" 'HTTP/1.1 200'
    contains 'and browsers are told to stay with it' "$answer" 'Strict-Transport-Security'
    kill -TERM $server
    wait $server
    is 'and it ends as well' "$?" 0
else
    ok 'TLS is spoken # SKIP no openssl here'
fi
