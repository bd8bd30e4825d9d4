#!/bin/sh
# serve.sh - make bench-serve: the pages of a book of BENCH_ENTRIES (1000000) entries.
#
#     bench/serve.sh DIRECTORY-OF-BENCH-PROGRAMS MUSTER
#
# For each page: what it takes to make it once, by the clock and, as the middle
# one of five, of the processor, so that other work beside counts less; what it
# weighs packed, and with wrk, 64 connections for BENCH_SECONDS (3) each, how many a second and the
# median and 99th percentile, beside nginx serving the very same bytes as a
# static file (one worker): that is the limit. Then how long after its commit
# an entry of another process is seen, and what 10,000 idle and slow
# connections do to others. Nothing here passes or fails.
set -eu
bin=$1 muster=$2
entries=${BENCH_ENTRIES:-1000000} seconds=${BENCH_SECONDS:-3}
dir=build/bench/serve
for tool in wrk nginx curl; do
    command -v $tool >/dev/null || [ -x /usr/sbin/$tool ] || { echo "make bench-serve needs $tool: apt-get install wrk nginx-light curl" >&2; exit 1; }
done
mkdir -p "$dir/static" "$dir/logs"
book=$dir/$entries.db
if [ ! -e "$book" ]; then
    "$bin/gen" "$entries" 42 "$dir/book.muster" "$dir/entries.csv" 0 >&2
    "$muster" --store "$book.new" import "$dir/book.muster" >/dev/null
    mv "$book.new" "$book"
    rm -f "$dir/book.muster" "$dir/entries.csv"
fi

"$muster" serve --store "$book" --listen 127.0.0.1:0 --rate 0 >"$dir/said" &
server=$!
web=
trap 'kill $server $web 2>/dev/null || :' EXIT
until grep -q '^muster: serving' "$dir/said" 2>/dev/null; do sleep 0.1; done
port=$(sed -n 's/.*127.0.0.1:\([0-9]*\).*/\1/p' "$dir/said")
base=http://127.0.0.1:$port

cat >"$dir/nginx.conf" <<END
daemon off; worker_processes 1; pid $PWD/$dir/nginx.pid; error_log $PWD/$dir/logs/error.log;
events { worker_connections 4096; }
http { access_log off; types { } default_type text/html; keepalive_requests 1000000;
  server { listen 127.0.0.1:18099; root $PWD/$dir/static; } }
END
/usr/sbin/nginx -p "$PWD/$dir" -c "$PWD/$dir/nginx.conf" &
web=$!

figures() { # of wrk: requests a second, median, 99th
    wrk -t1 -c64 -d"${seconds}s" --latency "$1" | awk '
        /50%/ { half = $2 } /99%/ { most = $2 } /Requests\/sec/ { rate = $2 } /Non-2xx/ { bad = $0 }
        END { printf "%9.0f %9s %9s %s", rate, half, most, bad }'
}
used() { # ms of processor that the server has had
    cat /proc/$server/task/*/schedstat | awk '{ s += $1 } END { printf "%.1f\n", s / 1e6 }'
}
made() { # of a page: ms of processor to make it, each time at an address that nobody asked for yet
    for i in 1 2 3 4 5; do
        from=$(used)
        curl -s -o /dev/null "$base$1?once=$$-$i"
        echo "$from $(used)"
    done | awk '{ print $2 - $1 }' | sort -n | sed -n 3p
}
printf '%-12s %9s %8s %8s | %9s %9s %9s | %9s %9s %9s  (nginx, same bytes)\n' page 'once ms' 'cpu ms' 'kB gz' \
    'a second' median 99th 'a second' median 99th
for page in / /needs /promises /donors /outlook /plan /record /inbox /changes /sources /help; do
    curl -s -o "$dir/first" "$base$page" # who looks first also folds the book for everybody
    # a question that nobody asked yet: the cache does not have it
    once=$(curl -s -o "$dir/static/page" -w '%{time_total}' "$base$page?once=$$")
    cpu=$([ "$page" = /plan ] || made "$page") # a plan takes seconds
    weight=$(curl -s -H 'Accept-Encoding: gzip' -o /dev/null -w '%{size_download}' "$base$page")
    printf '%-12s %9s %8s %8s | %s | %s\n' "$page" \
        "$(echo "$once" | awk '{printf "%.1f", $1 * 1000}')" "$cpu" "$(echo "$weight" | awk '{printf "%.1f", $1 / 1000}')" \
        "$(figures "$base$page")" "$(figures http://127.0.0.1:18099/page)"
done

printf '\nnew entries, from the end of the command that records to the first reader who sees it:\n'
for i in 1 2 3 4 5; do
    "$muster" --store "$book" party add "seen-$$-$i" --type other --name "seen $i" --author bench >/dev/null
    from=$(date +%s%N)
    until curl -s "$base/api/v1/parties?with=seen-$$-$i" | grep -q "seen-$$-$i"; do :; done
    echo "$(($(date +%s%N) - from))" | awk '{printf "%.0f ms ", $1 / 1e6}'
done
printf '\n\n'
"$bin/idle" "$port" 10000 quiet || :
"$bin/idle" "$port" 10000 slow || :
grep -E '^VmHWM' "/proc/$server/status" | awk '{printf "most memory: %.0f MB\n", $2 / 1024}'
