# lib.sh - helpers of the scripts beside it; each reads it first.
#
# m runs the program and leaves what it did in $out, $err and $code. The others
# say one case each: what it is first, then what is wanted.
set -u

m() {
    code=0
    out=$("$MUSTER" "$@" 2>.stderr) || code=$?
    err=$(cat .stderr)
}

ok() { echo "ok - $1"; }

not_ok() {
    echo "not ok - $1"
    shift
    printf '%s\n' "$@" | sed 's/^/#   /'
}

# is NAME GOT WANT
is() {
    if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1" "is:   $2" "want: $3"; fi
}

# contains NAME TEXT PART
contains() {
    case $2 in *"$3"*) ok "$1" ;; *) not_ok "$1" "is:   $2" "want: ...$3..." ;; esac
}

# exits NAME CODE ARGUMENT...: of the program
exits() {
    name=$1 want=$2
    shift 2
    m "$@"
    if [ "$code" = "$want" ]; then ok "$name"; else not_ok "$name" "exit $code, want $want: $*" "$err"; fi
}

# refuses NAME CODE SENTENCE ARGUMENT...: exactly that sentence, and nothing on stdout
refuses() {
    name=$1 want=$2 sentence="muster: $3"
    shift 3
    m "$@"
    if [ "$code" = "$want" ] && [ "$err" = "$sentence" ] && [ -z "$out" ]; then
        ok "$name"
    else
        not_ok "$name" "exit $code, want $want: $*" "said: $err" "want: $sentence" "$out"
    fi
}

# The ids in the JSON of a recording verb; the first is what was asked for.
ids() { sed -n 's/^{"id":\([0-9][0-9]*\),"kind":.*}.*$/\1/p'; }
first_id() { printf '%s\n' "$out" | ids | head -n 1; }

# The ids of a line's entries, sorted.
entries_of() {
    "$MUSTER" line show "$1" --json | sed -n 's/^{"id":\([0-9][0-9]*\),"day":.*$/\1/p' | sort
}
