#!/bin/sh
# noclock.sh - fail if the program reads a clock or draws random bytes but where it may.
# The same log and questions must give the same bytes, and a simulated day the
# same day again: so instants and salts are handed in. Run by make check.
#
# Who may: cli/clock.c, the one clock (instants, ticks, waits); base/sha.c, the
# one source of random bytes, for post/posting.c, the salts of records, and
# proof/note.c, keys; accounts/, secrets and waits; store/, which waits for a
# server or another writer and can know nothing of cli/.
bad=0
look() { # what it is, words, files that may
    what=$1 words=$2
    shift 2
    for f in src/*/*.[ch]; do
        case " $* " in *" $f "* | *" ${f%/*}/ "*) continue ;; esac
        sed 's,//.*,,; s,/\*.*\*/,,; /^ \*/d' "$f" | grep -nE "(^|[^A-Za-z0-9_])($words)" |
            sed "s,^,$f:," | grep . && { echo "$f: $what"; bad=1; }
    done
    return 0
}
look "reads a clock" '(clock_gettime|clock_getres|gettimeofday|timespec_get|time|clock|ftime|times) *\(|CLOCK_REALTIME' \
    src/cli/clock.c src/store/postgres_link.c
look "waits by itself" '(nanosleep|usleep|sleep|clock_nanosleep|sqlite3_sleep) *\(' \
    src/store/postgres_append.c src/store/sqlite.c src/accounts/
look "draws random bytes" '(random_bytes|RAND_bytes|RAND_priv_bytes|getrandom|getentropy|randombytes_[a-z]+|arc4random[a-z_]*|rand|rand_r|random|drand48|srand|sqlite3_randomness) *\(' \
    src/base/sha.c src/base/sha.h src/post/posting.c src/proof/note.c src/accounts/
look "lets SQLite read a clock or draw" "'now'|CURRENT_(TIME|DATE)|RANDOM(BLOB)?\(|clock_timestamp|gen_random" src/serve/
exit $bad
