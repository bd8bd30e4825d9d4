/*
 * base_test.c - text, days, decimals, the map and the digest.
 *
 * Days are checked against a calendar that counts one day at a time, decimals
 * against schoolbook digits: both too slow to be wrong.
 */
#include <limits.h>

#include "base/buf.h"
#include "base/day.h"
#include "base/dec.h"
#include "base/map.h"
#include "base/order.h"
#include "base/sha.h"
#include "base/text.h"
#include "seed.h"

/* --- text --- */

static void only_well_formed_utf8_is_text(void)
{
    static const struct {
        const char *bytes;
        bool good;
    } want[] = {
        {"", true},
        {"abc", true},
        {"Türkiye", true},
        {"\xf0\x9f\x87\xba", true},
        {"\xf4\x8f\xbf\xbf", true},
        {"\xc0\xaf", false},         /* overlong */
        {"\xe0\x80\x80", false},     /* overlong */
        {"\xf0\x80\x80\x80", false}, /* overlong */
        {"\xed\xa0\x80", false},     /* half a surrogate pair */
        {"\xf4\x90\x80\x80", false}, /* above U+10FFFF */
        {"\xff", false},
        {"\x80", false},
        {"ab\xc3", false}, /* cut off */
        {"caf\xe9", false},
    };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        CHECK(text_is_utf8(want[i].bytes, strlen(want[i].bytes)) == want[i].good);
        if (!tap_this_ok) printf("# case %zu\n", i);
    }
    CHECK(!text_is_utf8("a\0b", 3));
}

static void two_spellings_become_one(void)
{
    struct arena a = {0};
    struct err err = {0};
    const char *composed = "", *apart = "";
    CHECK(!text_is_clean("Cafe\xcc\x81", 6));
    CHECK(!text_clean(&a, "Cafe\xcc\x81", 6, &apart, &err));
    CHECK(!text_clean(&a, "Caf\xc3\xa9", 5, &composed, &err));
    CHECK_TEXT(apart, composed);
    CHECK(text_is_clean(apart, strlen(apart)));
    arena_free(&a);
}

static void control_characters_and_bad_bytes_are_refused(void)
{
    static const char *const bad[] = {"a\x01", "a\x7f", "a\xc2\x85", "\xff\xfe", "a\x1b[31m"};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err err = {0};
        const char *out = "untouched";
        CHECK(text_clean(&a, bad[i], strlen(bad[i]), &out, &err) == RC_INPUT);
        CHECK(err.msg[0] != '\0');
        CHECK_TEXT(out, "untouched");
        CHECK(!text_is_clean(bad[i], strlen(bad[i])));
    }
    CHECK(text_is_clean("two\nlines\tand a tab", 19));
    CHECK(!text_is_clean("a\0b", 3));
    arena_free(&a);
}

static void squeezing_takes_every_kind_of_space(void)
{
    struct arena a = {0};
    CHECK_TEXT(text_squeeze(&a, "  a \t\n b\xc2\xa0\xc2\xa0 c "), "a b c");
    CHECK_TEXT(text_squeeze(&a, "\xef\xbb\xbf"
                                "key\xe2\x80\x8b"),
               "key");
    CHECK_TEXT(text_squeeze(&a, " \n"), "");
    CHECK_TEXT(text_squeeze(&a, "\xff kept"), "\xff kept");
    arena_free(&a);
}

static void folded_names_meet(void)
{
    static const char *const same[][2] = {
        {"T\xc3\xbcrkiye", "TURKIYE"},
        {"\xc4\xb0stanbul", "istanbul"},
        {"D\xc4\xb1\xc5\x9f", "dis"},
        {"STRASSE", "Stra\xc3\x9f"
                    "e"},
        {"D-30  Howitzer ", "d-30 howitzer"},
        {"C\xc3\xb4te d'Ivoire", "COTE D'IVOIRE"},
        {"\xef\xac\x81nance", "FINANCE"}, /* the ligature fi */
    };
    struct arena a = {0};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        CHECK_TEXT(text_fold(&a, same[i][0]), text_fold(&a, same[i][1]));
    }
    CHECK(strcmp(text_fold(&a, "Niger"), text_fold(&a, "Nigeria")) != 0);
    CHECK(text_starts("fts:211794", "fts:") && !text_starts("ft", "fts:"));
    arena_free(&a);
}

/* --- days --- */

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static void days_agree_with_a_calendar_counted_by_hand(void)
{
    static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int32_t day = DAY_MIN;
    struct err err;
    for (int year = 1900; year <= 2199 && tap_this_ok; year++) {
        for (int month = 1; month <= 12; month++) {
            int last = length[month - 1] + (month == 2 && leap(year));
            CHECK_I64(day_month_last(year, month), day + last - 1);
            for (int dom = 1; dom <= last; dom++, day++) {
                char text[DAY_TEXT], want[40];
                int y, m, d;
                int32_t back = 0;
                enum precision precision = PRECISION_COUNT;
                CHECK_I64(day_from_civil(year, month, dom), day);
                day_to_civil(day, &y, &m, &d);
                CHECK(y == year && m == month && d == dom && day_year(day) == year);
                snprintf(want, sizeof want, "%04d-%02d-%02d", year % 10000, month, dom);
                CHECK_TEXT(day_format(day, text), want);
                CHECK(!day_parse(text, &back, &precision, &err));
                CHECK(back == day && precision == PRECISION_DAY);
            }
        }
    }
    CHECK_I64(day - 1, DAY_MAX);
    CHECK_I64(day_from_civil(1970, 1, 1), 0);
}

static void a_month_is_kept_as_its_last_day(void)
{
    struct arena a = {0};
    struct err err;
    int32_t day = 0;
    enum precision precision = PRECISION_DAY;
    CHECK(!day_parse("2024-02", &day, &precision, &err));
    CHECK(precision == PRECISION_MONTH);
    CHECK_I64(day, day_from_civil(2024, 2, 29));
    CHECK_TEXT(day_text(&a, day, precision), "2024-02");
    CHECK_TEXT(day_text(&a, day, PRECISION_DAY), "2024-02-29");
    CHECK(!day_parse("2024-02-01", &day, NULL, &err));
    arena_free(&a);
}

static void what_is_no_day_is_refused(void)
{
    static const char *const bad[] = {
        "",           "2022",        "2022-13",    "2022-00-01", "2022-02-29",  "2922-04-05",
        "1899-12-31", "2200-01-01",  "2022-3-31",  "31.03.2022", "2022-03-31 ", " 2022-03-31",
        "2022-03-00", "2022-03-31x", "2022/03/31", "-022-03-31", "2022-"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err err = {0};
        int32_t day = 77;
        enum precision precision = PRECISION_UNTIL;
        CHECK(day_parse(bad[i], &day, &precision, &err) == RC_INPUT);
        CHECK(day == 77 && precision == PRECISION_UNTIL);
        if (!tap_this_ok) printf("# '%s'\n", bad[i]);
    }
}

static void instants_are_utc_milliseconds(void)
{
    static const struct {
        const char *text;
        int64_t ms;
    } want[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"1970-01-01", MS_PER_DAY - 1}, /* a bare date is the end of that day */
        {"2022-03-31T12:00:00.250Z", INT64_C(1648728000250)},
        {"2022-03-31T14:00:00.25+02:00", INT64_C(1648728000250)},
        {"2022-03-31 07:00:00.2509-05:00", INT64_C(1648728000250)},
        {"2022-03-31t12:00z", INT64_C(1648728000000)},
        {"1969-12-31T23:59:59.999Z", -1},
    };
    struct err err;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        int64_t ms = 0;
        CHECK(!instant_parse(want[i].text, &ms, &err));
        CHECK_I64(ms, want[i].ms);
    }
    static const char *const bad[] = {"",
                                      "2022-03-31T",
                                      "2022-03",
                                      "2022-03-31T12:00:00",
                                      "2022-03-31T24:00:00Z",
                                      "2022-03-31T12:60Z",
                                      "2022-03-31T12:00:00.Z",
                                      "2022-03-31T12:00:00+2",
                                      "2022-03-31T12:00:00Zx",
                                      "2922-03-31T12:00:00Z",
                                      "now"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t ms = 5;
        CHECK(instant_parse(bad[i], &ms, &err) == RC_INPUT);
        CHECK_I64(ms, 5);
    }
    struct rng r = {7};
    for (int i = 0; i < 20000; i++) {
        char text[INSTANT_TEXT];
        int64_t span = (int64_t)(DAY_MAX - DAY_MIN + 1) * MS_PER_DAY, back = 0;
        int64_t ms = DAY_MIN * MS_PER_DAY + (int64_t)(rng_next(&r) % (uint64_t)span);
        CHECK(!instant_parse(instant_format(ms, text), &back, &err));
        CHECK_I64(back, ms);
    }
}

/* --- decimals --- */

static void decimals_are_read_exactly(void)
{
    static const struct {
        const char *text;
        int64_t n;
        int32_t scale;
    } want[] = {
        {"12.50", 125, 1},
        {"-3", -3, 0},
        {"+3", 3, 0},
        {"1.2E-3", 12, 4},
        {"1.2e3", 1200, 0},
        {"0.1", 1, 1},
        {".5", 5, 1},
        {"5.", 5, 0},
        {"-0.0", 0, 0},
        {"0e400", 0, 0},
        {"000000000000000000000000000012", 12, 0},
        {"0.30000000000000004", 30000000000000004, 17}, /* what a spreadsheet prints */
        {"999999999999999999", 999999999999999999, 0},
        {"1234567890123456785", 1234567890123456780, 0}, /* a tie goes to the even digit */
        {"1234567890123456775", 1234567890123456780, 0},
        {"1234567890123456785.1", 1234567890123456790, 0},
        {"9999999999999999999E-1", 1000000000000000000, 0},
        {"0.0000000000000000005", 0, 0},  /* the 19th place: a tie, to even */
        {"0.0000000000000000015", 2, 18}, /* and again */
        {"1e-30", 0, 0},
    };
    struct err err;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        struct dec d = {-1, -1};
        CHECK(!dec_parse(want[i].text, &d, &err));
        CHECK_I64(d.n, want[i].n);
        CHECK_I64(d.scale, want[i].scale);
        if (!tap_this_ok) {
            printf("# '%s'\n", want[i].text);
            return;
        }
    }
}

static void what_is_no_number_is_refused(void)
{
    static const char *const bad[] = {"",
                                      "-",
                                      ".",
                                      "1,000",
                                      "1.000.00",
                                      "1 000",
                                      "1e",
                                      "e5",
                                      "1e+",
                                      "nan",
                                      "inf",
                                      "0x10",
                                      "12a",
                                      " 1",
                                      "1 ",
                                      "1e400",
                                      "--1",
                                      "1e99999999999999999999",
                                      "10000000000000000000",
                                      "\xd9\xa1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err err = {0};
        struct dec d = {5, 5};
        CHECK(dec_parse(bad[i], &d, &err) == RC_INPUT);
        CHECK(d.n == 5 && d.scale == 5);
        if (!tap_this_ok) printf("# '%s'\n", bad[i]);
    }
}

static void a_decimal_written_reads_back_the_same(void)
{
    struct rng r = {3};
    for (int i = 0; i < 50000 && tap_this_ok; i++) {
        char text[DEC_TEXT];
        struct err err;
        int64_t n = (int64_t)(rng_next(&r) % UINT64_C(1000000000000000000)) >> rng_below(&r, 60);
        struct dec d = {rng_one_in(&r, 2) ? n : -n, (int32_t)rng_below(&r, DEC_SCALE_MAX + 1)};
        struct dec back = {0, 0};
        CHECK(!dec_parse(dec_format(d, text), &back, &err));
        CHECK(dec_cmp(back, d) == 0);
        d = dec_trim(d);
        CHECK(back.n == d.n && back.scale == d.scale);
    }
    char text[DEC_TEXT];
    CHECK_TEXT(dec_format((struct dec){INT64_MIN, 18}, text), "-9.223372036854775808");
    CHECK_TEXT(dec_format((struct dec){INT64_MAX, 0}, text), "9223372036854775807");
    CHECK_TEXT(dec_format((struct dec){5, 3}, text), "0.005");
}

static void rounding_is_half_to_even(void)
{
    static const int want[][3] = {{5, 10, 0},    {15, 10, 2}, {25, 10, 2},   {-5, 10, 0},
                                  {-15, 10, -2}, {26, 10, 3}, {-26, 10, -3}, {7, 2, 4},
                                  {5, 2, 2},     {1, 3, 0},   {2, 3, 1},     {-2, 3, -1}};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        CHECK_I64((int64_t)div_half_even(want[i][0], want[i][1]), want[i][2]);
    }
    struct err err;
    int64_t parts = 0;
    bool exact = true;
    CHECK(!dec_to_parts((struct dec){12345, 3}, 2, &parts, &exact, &err));
    CHECK(parts == 1234 && !exact); /* 12.345 is a tie: the even cent */
    CHECK(!dec_to_parts((struct dec){12, 0}, 2, &parts, &exact, &err));
    CHECK(parts == 1200 && exact);
    struct arena a = {0};
    CHECK_TEXT(parts_format(&a, 12345, 2, 1, 0), "123.4");
    CHECK_TEXT(parts_format(&a, -5, 2, 2, 2), "-0.05");
    CHECK_TEXT(parts_format(&a, 100, 2, 2, 0), "1");
    CHECK_TEXT(parts_format(&a, 1, 0, 2, 2), "1.00");
    CHECK_TEXT(parts_format(&a, 0, 6, 2, 0), "0");
    arena_free(&a);
}

/* --- map, digest, buffer --- */

static void the_map_agrees_with_a_list(void)
{
    enum { KEYS = 500 };
    static bool there[KEYS];
    static uint64_t value[KEYS];
    struct arena a = {0};
    struct map m = {.arena = &a};
    struct rng r = {11};
    CHECK(map_get(&m, "nothing") == NULL);
    memset(there, 0, sizeof there);
    for (int i = 0; i < 20000 && tap_this_ok; i++) {
        uint32_t k = rng_below(&r, KEYS);
        const char *key = k ? text_format(&a, "key/%u", k) : ""; /* the empty key is a key */
        const uint64_t *got = map_get(&m, key);
        CHECK((got != NULL) == there[k]);
        if (got) CHECK(*got == value[k]);
        if (rng_one_in(&r, 3)) {
            value[k] = rng_next(&r);
            there[k] = true;
            map_put(&m, key, value[k]);
        }
    }
    uint32_t count = 0;
    for (int k = 0; k < KEYS; k++) count += there[k];
    CHECK_I64(m.count, count);
    arena_free(&a);
}

static void digests_are_those_of_the_standard(void)
{
    /* FIPS 180-4, the examples of "abc" and of the two-block message. */
    static const char *const want[][2] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        const char *text = want[i][0];
        size_t len = strlen(text);
        uint8_t digest[SHA_BYTES], parted[SHA_BYTES];
        char hex[SHA_HEX];
        sha256(text, len, digest);
        hex_encode(digest, SHA_BYTES, hex);
        CHECK_TEXT(hex, want[i][1]);
        struct sha_part parts[] = {{text, len / 3}, {"", 0}, {text + len / 3, len - len / 3}};
        sha256_parts(parts, 3, parted);
        CHECK(memcmp(digest, parted, SHA_BYTES) == 0);
    }
}

/* Of every length around the ends of blocks; in one stream, which is libcrypto's alone. */
static void short_digests_are_the_same_by_any_way(void)
{
    static char text[700];
    struct rng r = {7};
    for (size_t i = 0; i < sizeof text; i++) text[i] = (char)rng_next(&r);
    for (size_t len = 0; len < 600; len++) {
        uint8_t want[SHA_BYTES], whole[SHA_BYTES], parted[SHA_BYTES], quick[SHA_BYTES];
        const char *from = text + len % 17;
        size_t first = rng_below(&r, (uint32_t)len + 1);
        struct sha_part parts[] = {{from, first}, {from + first, len - first}};
        struct sha_stream stream;
        sha_begin(&stream);
        sha_add(&stream, from, len);
        sha_end(&stream, want);
        sha256(from, len, whole);
        sha256_parts(parts, 2, parted);
        CHECK(memcmp(want, whole, SHA_BYTES) == 0 && memcmp(want, parted, SHA_BYTES) == 0);
        CHECK(!sha256_quick(from, len, quick) || memcmp(want, quick, SHA_BYTES) == 0);
    }
}

static void hexadecimal_reads_back(void)
{
    uint8_t bytes[40], back[40];
    char hex[81];
    struct rng r = {5};
    for (int i = 0; i < 200; i++) {
        for (size_t k = 0; k < sizeof bytes; k++) bytes[k] = (uint8_t)rng_next(&r);
        hex_encode(bytes, sizeof bytes, hex);
        CHECK(strlen(hex) == 80 && hex_decode(hex, sizeof back, back) == 0);
        CHECK(memcmp(bytes, back, sizeof bytes) == 0);
    }
    CHECK(hex_decode("0g", 1, back) == -1);
    CHECK(hex_decode("0", 1, back) == -1);
    CHECK(hex_decode("AB", 1, back) == -1); /* one form only: lower case */
}

static void the_buffer_keeps_what_was_added(void)
{
    struct arena a = {0};
    struct buf b = {.arena = &a};
    char want[4096] = "";
    for (int i = 0; i < 300; i++) {
        char part[32];
        snprintf(part, sizeof part, "%d,", i);
        strcat(want, part);
        if (i % 2)
            buf_add(&b, part);
        else
            buf_addf(&b, "%d,", i);
        CHECK(b.text[b.len] == '\0');
    }
    CHECK_TEXT(b.text, want);
    char wide[600];
    memset(wide, 'w', sizeof wide - 1);
    wide[sizeof wide - 1] = '\0';
    b.len = 0;
    buf_addf(&b, "<%s>", wide); /* longer than any first guess */
    CHECK(b.len == sizeof wide + 1 && b.text[0] == '<' && b.text[b.len - 1] == '>');
    arena_free(&a);
}

/* Every cut, in the value, in the context, and at the end of what a sentence may be. */
static void a_sentence_never_ends_in_half_a_character(void)
{
    static const char wide[] = "a\xc3\xa9\xe2\x82\xac\xf0\x9d\x84\x9e"; /* of 1, 2, 3, 4 bytes */
    struct err err = {0};
    char text[64], want[64];
    for (int cut = 0; cut <= 10; cut++) {
        int whole = cut < 1 ? 0 : cut < 3 ? 1 : cut < 6 ? 3 : cut < 10 ? 6 : 10;
        snprintf(want, sizeof want, "'%.*s' is none", whole, wide);
        CHECK(fail(&err, RC_INPUT, "'%.*s' is none", cut, wide) == RC_INPUT);
        CHECK_TEXT(err.msg, want);
        snprintf(want, sizeof want, "%.*s: no", whole, wide);
        fail(&err, RC_INPUT, "no");
        CHECK(fail_in(&err, "%.*s", cut, wide) == RC_INPUT);
        CHECK_TEXT(err.msg, want);
    }
    for (size_t len = 0; len < sizeof err.msg + 8; len++) {
        char longest[sizeof err.msg + 40];
        memset(longest, 'x', len);
        strcpy(longest + len, wide);
        fail(&err, RC_INPUT, "%s", longest);
        CHECK(text_is_utf8(err.msg, strlen(err.msg)));
        fail_in(&err, "%s", wide);
        CHECK(text_is_utf8(err.msg, strlen(err.msg)));
    }
    strcpy(text, "\xff"
                 "b\x80\xe2\x82"
                 "c\xed\xa0\x80"
                 "d\xc0\xaf");
    text_mend(text);
    CHECK_TEXT(text, "bcd");
}

/* --- order --- */

static int by_number(const void *ctx, uint32_t a, uint32_t b)
{
    const uint32_t *numbers = ctx;
    return (numbers[a] > numbers[b]) - (numbers[a] < numbers[b]);
}

/* Places asked for as pages do, one by one, and all from the first to the last. */
static void any_places(struct rng *r)
{
    enum { MOST = 900 };
    uint32_t numbers[MOST], list[MOST], want[MOST];
    uint32_t count = 1 + rng_below(r, MOST), values = 1 + rng_below(r, 2 * count);
    for (uint32_t i = 0; i < count; i++) {
        numbers[i] = rng_one_in(r, 4) && i ? numbers[i - 1] + 1 : rng_below(r, values);
        list[i] = i;
        uint32_t at = i; /* by insertion: equal ones stay as they came */
        for (; at > 0 && numbers[want[at - 1]] > numbers[i]; at--) want[at] = want[at - 1];
        want[at] = i;
    }
    struct order o = {.list = list, .count = count, .compare = by_number, .ctx = numbers};
    for (int look = 0; look < 4 && tap_this_ok; look++) {
        uint32_t from = rng_below(r, count), some = rng_below(r, count - from + 1);
        for (uint32_t i = from; i < from + some; i++) CHECK(order_at(&o, i) == want[i]);
        uint32_t one = rng_below(r, count);
        CHECK(order_at(&o, one) == want[one]);
    }
    for (uint32_t i = 0; i < count; i++) CHECK(order_at(&o, i) == want[i]);
}

static int by_text(const void *ctx, uint32_t a, uint32_t b)
{
    const char *const *texts = ctx;
    return strcmp(texts[a], texts[b]);
}

static const char *text_of(const void *ctx, uint32_t i)
{
    const char *const *texts = ctx;
    return texts[i];
}

static void any_texts(struct rng *r)
{
    enum { MOST = 200, LEN = 12 };
    const char *texts[MOST] = {NULL};
    uint32_t list[MOST], count = rng_below(r, MOST), shared = rng_below(r, 6);
    struct arena a = {0};
    for (uint32_t i = 0; i < count; i++) {
        char text[LEN] = "";
        uint32_t len = rng_below(r, LEN), from = rng_one_in(r, 20) ? 0 : shared;
        for (uint32_t k = 0; k < len; k++) {
            text[k] = k < from ? 'x' : (char)(rng_one_in(r, 8) ? 0xc3 : 'w' + rng_below(r, 3));
        }
        texts[i] = arena_text(&a, text);
        list[i] = i;
    }
    struct order o = {.list = list,
                      .count = count,
                      .compare = by_text,
                      .ctx = texts,
                      .heads = order_heads(&a, count, text_of, texts)};
    for (uint32_t i = 1; i < count && tap_this_ok; i++) {
        uint32_t one = order_at(&o, i - 1), next = order_at(&o, i);
        int c = strcmp(texts[one], texts[next]);
        CHECK(c < 0 || (c == 0 && one < next));
    }
    arena_free(&a);
}

static void heads_do_not_change_the_order_of_texts(void)
{
    seeds_run(600, any_texts);
}

static void a_stretch_of_an_order_is_what_sorting_all_gives(void)
{
    seeds_run(600, any_places);
}

int main(void)
{
    RUN(only_well_formed_utf8_is_text);
    RUN(two_spellings_become_one);
    RUN(control_characters_and_bad_bytes_are_refused);
    RUN(squeezing_takes_every_kind_of_space);
    RUN(folded_names_meet);
    RUN(days_agree_with_a_calendar_counted_by_hand);
    RUN(a_month_is_kept_as_its_last_day);
    RUN(what_is_no_day_is_refused);
    RUN(instants_are_utc_milliseconds);
    RUN(decimals_are_read_exactly);
    RUN(what_is_no_number_is_refused);
    RUN(a_decimal_written_reads_back_the_same);
    RUN(rounding_is_half_to_even);
    RUN(the_map_agrees_with_a_list);
    RUN(a_stretch_of_an_order_is_what_sorting_all_gives);
    RUN(heads_do_not_change_the_order_of_texts);
    RUN(digests_are_those_of_the_standard);
    RUN(short_digests_are_the_same_by_any_way);
    RUN(hexadecimal_reads_back);
    RUN(the_buffer_keeps_what_was_added);
    RUN(a_sentence_never_ends_in_half_a_character);
    return tap_done();
}
