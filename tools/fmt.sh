#!/bin/sh
# fmt.sh [check] - lay the code out, or only say where it is laid out otherwise.
# Only clang-format 14, Debian 12's: other versions lay the same rules out
# differently.
set -eu
for tool in clang-format-14 clang-format; do
    if "$tool" --version 2>/dev/null | grep -q 'version 14\.'; then
        found=$tool
        break
    fi
done
[ "${found-}" ] || { echo "no clang-format 14"; exit 77; }
if [ "${1-}" = check ]; then set -- --dry-run -Werror; else set -- -i; fi
find . \( -name build -o -name node_modules \) -prune -o -name '*.[ch]' -exec "$found" "$@" {} +
