/*
 * hostile.h - texts and numbers that break writers of files.
 *
 * Drawn from a seed: control characters, quotes, marks of every format we
 * write, letters of every width, bytes that are no text at all.
 */
#ifndef MUSTER_TEST_HOSTILE_H
#define MUSTER_TEST_HOSTILE_H

#include "base/buf.h"
#include "base/dec.h"
#include "seed.h"

/* clean: only what a log can hold, which is UTF-8 without controls but tab and newline. */
static inline const char *hostile_text(struct rng *r, struct arena *a, bool clean)
{
    static const char *const good[] = {
        "a",
        "Z",
        " ",
        "\n",
        "\t",
        "\"",
        "'",
        "<",
        ">",
        "&",
        "&amp;",
        "]]>",
        "<!--",
        "=1+1",
        "+",
        "-",
        "@SUM(A1)",
        ",",
        ";",
        ":",
        "\\",
        "\\n",
        "BEGIN:",
        "\nEND:VEVENT\n",
        "_x0041_",
        "_x000D_",
        "_xD83D_",
        "\xc3\xa4",
        "\xc3\x9f",
        "\xd7\xa9",
        "\xd8\xb9",
        "\xe2\x80\xae",
        "\xe2\x80\x8f",
        "\xe2\x82\xac",
        "\xe6\x97\xa5",
        "\xf0\x9f\x87\xba",
        "\xf0\x9f\x9a\x80",
        "\xef\xbf\xbd",
        "\xe2\x80\xa8",
        "e\xcc\x81",
        "%s%n",
        "${x}",
        "../../",
        "http://x",
        "1e5",
        "TRUE",
        "0123",
    };
    static const char *const bad[] = {
        "\r",   "\r\n",         "\x01",         "\x1b[31m",        "\x7f", "\xff", "\xc3",
        "\x08", "\xed\xa0\x80", "\xef\xbf\xbf", "\xf4\x90\x80\x80"};
    struct buf b = {.arena = a};
    uint32_t pieces = rng_one_in(r, 12) ? 200 : rng_below(r, 9);
    buf_add(&b, "");
    for (uint32_t i = 0; i < pieces; i++) {
        if (!clean && rng_one_in(r, 6))
            buf_add(&b, bad[rng_below(r, sizeof bad / sizeof *bad)]);
        else
            buf_add(&b, good[rng_below(r, sizeof good / sizeof *good)]);
    }
    return b.text;
}

/* Of any length up to 18 digits, of either sign. */
static inline int64_t hostile_number(struct rng *r)
{
    int64_t n = (int64_t)(rng_next(r) >> 1);
    for (uint32_t cut = rng_below(r, 19); cut > 0; cut--) n /= 10;
    if (n > INT64_C(999999999999999999)) n /= 10;
    return rng_one_in(r, 3) ? -n : n;
}

#endif
