#!/bin/sh
# deps.sh - install what this machine lacks. Silent when nothing is missing.
#
#   tools/deps.sh          what building and `make check` need
#   tools/deps.sh build    what building and running need
#   tools/deps.sh torture  the long tests as well
#
# As root it installs with apt-get, else with sudo where that asks for no
# password; else it prints the one line to type. It then fails if the build
# needs the package; a tool that only a part of the tests needs is let go, and
# that part says that it was skipped.
set -u
want=${1:-check}
need="" like="" server=""

has() { command -v "$1" >/dev/null 2>&1; }
lib() { has pkg-config && pkg-config --exists "$1"; }

has cc && has make && [ -e /usr/include/stdio.h ] || need="$need build-essential"
has gcc || need="$need gcc"
has pkg-config       || need="$need pkg-config"
lib sqlite3          || need="$need libsqlite3-dev"
lib jansson          || need="$need libjansson-dev"
lib icu-i18n         || need="$need libicu-dev"
lib libxml-2.0       || need="$need libxml2-dev"
lib minizip          || need="$need libminizip-dev"
lib xlsxwriter       || need="$need libxlsxwriter-dev"
lib libcrypto        || need="$need libssl-dev"
lib libsodium        || need="$need libsodium-dev"
lib zlib             || need="$need zlib1g-dev"
lib libmicrohttpd    || need="$need libmicrohttpd-dev"
lib libpq            || need="$need libpq-dev"
[ -e /usr/share/iso-codes/json/iso_4217.json ] || need="$need iso-codes"

if [ "$want" != build ]; then
    has clang-format || has clang-format-14 || like="$like clang-format"
    has clang        || like="$like clang"
    has scdoc        || like="$like scdoc"
    has valgrind     || like="$like valgrind"
    has sqlite3      || like="$like sqlite3"
    has clp          || like="$like coinor-clp"
    has cbc          || like="$like coinor-cbc"
    has chromium     || like="$like chromium"
    has node         || like="$like nodejs"
    has npm          || like="$like npm" # Debian's cannot stand beside others
    has initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || server=postgresql
fi
if [ "$want" = torture ]; then
    [ -n "$(find /usr/lib -name 'libclang_rt.fuzzer-*.a' 2>/dev/null | head -n 1)" ] ||
        like="$like libclang-rt-14-dev"
fi

# What tests in a browser need is npm's: let go where it cannot be had.
bring() {
    [ "$want" = build ] || for dir in web test/browser; do
        tools/npm.sh "$dir" >/dev/null || echo "muster: going on without $dir/node_modules" >&2
    done
}
[ -n "$need$like$server" ] || { bring; exit 0; }

if [ "$(id -u)" = 0 ]; then
    as=""
elif has sudo && sudo -n true 2>/dev/null; then
    as="sudo -n"
else
    as=none
fi

if [ "$as" = none ] || ! has apt-get; then
    echo "muster: this machine lacks:$need$like $server. Type:" >&2
    echo "    sudo apt-get install --no-install-recommends$need$like $server" >&2
    bring
    [ -z "$need" ]
    exit
fi

# shellcheck disable=SC2086 # the lists are words on purpose
get() {
    $as env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 \
        install --no-install-recommends "$@" >"$log" 2>&1
}

# Tests start servers of their own: no cluster is made, and none runs, because of this.
get_server() {
    conf=/etc/postgresql-common/createcluster.conf
    get postgresql-common || return
    $as cp -p $conf $conf.muster &&
        $as sed -i 's/^#* *create_main_cluster *=.*/create_main_cluster = false/' $conf || return
    get "$server"
    got=$?
    $as mv $conf.muster $conf
    return $got
}

log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT TERM
echo "muster: installing$need$like $server" >&2
# shellcheck disable=SC2086
if [ -n "$need$like" ] && ! get $need $like; then # the lists of packages may be missing, or old
    $as apt-get -qq update >"$log" 2>&1
    if ! get $need $like; then
        if [ -n "$need" ] && ! get $need; then
            cat "$log" >&2
            echo "muster: could not install$need" >&2
            exit 1
        fi
        for one in $like; do # one that cannot be had keeps none of the others away
            get "$one" || echo "muster: going on without $one" >&2
        done
    fi
fi
if [ -n "$server" ] && ! get_server; then
    { $as apt-get -qq update >"$log" 2>&1 && get_server; } || echo "muster: going on without $server" >&2
fi
bring
