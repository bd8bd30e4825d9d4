/*
 * record_test.c - one record, one byte form.
 *
 * Random valid records of every kind, made from the table of fields itself,
 * go to bytes and back. Then the bytes are damaged in every place: what still
 * decodes must encode to exactly the damaged bytes, or two byte strings (and
 * two hashes) would stand for one record.
 */
#include "record/record.h"

#include "base/text.h"
#include "seed.h"

static const char *random_text(struct arena *a, struct rng *r)
{
    static const char *const pieces[] = {"a",
                                         "Z",
                                         "0",
                                         " ",
                                         "/",
                                         "\t",
                                         "\n",
                                         "\xc3\xa9",
                                         "\xe2\x82\xac",
                                         "\xf0\x9f\x87\xba",
                                         "\xd0\xa3",
                                         "fts:",
                                         "\xea\xb0\x81",
                                         "\"",
                                         "\\",
                                         ","};
    struct buf b = {.arena = a};
    uint32_t count = 1 + rng_below(r, rng_one_in(r, 10) ? 200 : 8);
    while (count-- > 0) buf_add(&b, pieces[rng_below(r, sizeof pieces / sizeof *pieces)]);
    return b.text;
}

static int64_t random_int(struct rng *r)
{
    static const int64_t ends[] = {0, 1, -1, 63, 64, -64, -65, INT64_MAX, INT64_MIN};
    if (rng_one_in(r, 3)) return ends[rng_below(r, sizeof ends / sizeof *ends)];
    return (int64_t)(rng_next(r) >> rng_below(r, 64));
}

static void random_field(struct arena *a, struct rng *r, struct record *to, enum tag tag)
{
    const char *const *types = tag == F_TYPE ? record_types(to->kind) : NULL;
    uint32_t words = 0;
    int64_t n = random_int(r);
    while (types && types[words]) words++;
    switch (record_fields[tag].type) {
    case TYPE_TEXT:
        record_set_text(a, to, tag, types ? types[rng_below(r, words)] : random_text(a, r));
        break;
    case TYPE_INT:
    case TYPE_INSTANT: record_set_int(a, to, tag, n); break;
    case TYPE_COUNT: record_set_int(a, to, tag, n & INT64_MAX); break;
    case TYPE_FLAG: record_set_int(a, to, tag, 1); break;
    case TYPE_STAGE: record_set_int(a, to, tag, rng_below(r, STAGE_COUNT)); break;
    case TYPE_PRECISION: record_set_int(a, to, tag, rng_below(r, PRECISION_COUNT)); break;
    case TYPE_DAY:
        record_set_int(a, to, tag, DAY_MIN + (int64_t)rng_below(r, DAY_MAX - DAY_MIN + 1));
        break;
    case TYPE_DEC:
        record_set_dec(a, to, tag, (struct dec){n, (int32_t)rng_below(r, DEC_SCALE_MAX + 1)});
        break;
    case TYPE_REF: record_set_ref(a, to, tag, 1 + (uint64_t)(n & (INT64_MAX >> 1))); break;
    }
}

static struct record *random_record(struct arena *a, struct rng *r, enum kind kind)
{
    static const char *const labels[] = {"public", "group:nato", "parties:DEU,POL",
                                         "group:\xc3\xa9quipe"};
    struct record *to = record_new(a, kind);
    to->id = rng_next(r) >> rng_below(r, 64);
    to->recorded_ms = random_int(r);
    to->label = labels[rng_below(r, 4)];
    /* In any order: setting must put each in its place. */
    uint32_t start = rng_below(r, TAG_COUNT);
    for (uint32_t i = 0; i < TAG_COUNT; i++) {
        enum tag tag = (enum tag)((start + TAG_COUNT - i) % TAG_COUNT);
        const struct field_rule *rule = &record_fields[tag];
        if (!rule->name || !(rule->kinds & KIND_BIT(kind))) continue;
        if (!(rule->required & KIND_BIT(kind)) && rng_one_in(r, 2)) continue;
        uint32_t times = rule->many ? 1 + rng_below(r, 3) : 1;
        while (times-- > 0) random_field(a, r, to, tag);
    }
    if (record_field(to, F_RESOLVED)) { /* who settled it, and why */
        record_set_text(a, to, F_AUTHOR, random_text(a, r));
        record_set_text(a, to, F_WHY, random_text(a, r));
    }
    return to;
}

static bool same_record(const struct record *a, const struct record *b)
{
    if (a->id != b->id || a->recorded_ms != b->recorded_ms || a->kind != b->kind ||
        strcmp(a->label, b->label) != 0 || a->count != b->count) {
        return false;
    }
    for (uint32_t i = 0; i < a->count; i++) {
        const struct field *x = &a->fields[i], *y = &b->fields[i];
        if (x->tag != y->tag || x->n != y->n || x->scale != y->scale || x->len != y->len) {
            return false;
        }
        if (x->len && memcmp(x->text, y->text, x->len) != 0) return false;
    }
    return true;
}

/* Refused with RC_INPUT and a sentence, or the one canonical form of what was read. */
static void check_one_form(const char *bytes, size_t len)
{
    struct arena a = {0};
    struct record back;
    struct err err = {0};
    struct buf again = {.arena = &a};
    if (record_decode(&a, bytes, len, &back, &err)) {
        CHECK(err.code == RC_INPUT && err.msg[0]);
    } else {
        record_encode(&again, &back);
        CHECK(again.len == len && memcmp(again.text, bytes, len) == 0);
        CHECK(!record_check(&back, &err));
    }
    arena_free(&a);
}

static void bytes_give_the_record_back(struct rng *r)
{
    for (int kind = 1; kind < KIND_COUNT; kind++) {
        struct arena a = {0};
        struct err err = {0};
        struct record *want = random_record(&a, r, (enum kind)kind), got;
        struct buf bytes = {.arena = &a};
        bool valid = record_check(want, &err) == RC_OK;
        CHECK(valid);
        record_encode(&bytes, want);
        CHECK(!record_decode(&a, bytes.text, bytes.len, &got, &err));
        if (!tap_this_ok) printf("# %s: %s\n", kind_name(want->kind), err.msg);
        if (tap_this_ok) CHECK(same_record(want, &got));
        arena_free(&a);
    }
}

static void damaged_bytes_are_refused_or_canonical(struct rng *r)
{
    struct arena a = {0};
    struct buf bytes = {.arena = &a};
    record_encode(&bytes, random_record(&a, r, (enum kind)(1 + rng_below(r, KIND_COUNT - 1))));
    size_t len = bytes.len < 400 ? bytes.len : 400;
    char *copy = NEW_ARRAY(&a, bytes.len + 2, char);
    memcpy(copy, bytes.text, bytes.len);
    for (size_t at = 0; at < len && tap_this_ok; at++) {
        for (int bit = 0; bit < 8; bit++) {
            copy[at] = (char)(bytes.text[at] ^ (1 << bit));
            check_one_form(copy, bytes.len);
        }
        copy[at] = (char)rng_next(r);
        check_one_form(copy, bytes.len);
        copy[at] = bytes.text[at];
        check_one_form(copy, at);                                    /* cut short */
        memmove(copy + at, bytes.text + at + 1, bytes.len - at - 1); /* one byte taken out */
        check_one_form(copy, bytes.len - 1);
        memcpy(copy + at + 1, bytes.text + at, bytes.len - at); /* one put in */
        copy[at] = (char)rng_next(r);
        check_one_form(copy, bytes.len + 1);
        memcpy(copy, bytes.text, bytes.len);
    }
    arena_free(&a);
}

static void round_trip(void)
{
    seeds_run(300, bytes_give_the_record_back);
}

static void one_byte_form(void)
{
    seeds_run(60, damaged_bytes_are_refused_or_canonical);
}

static void the_bytes_never_change(void)
{
    /* Written by hand from the rules in record.h: what is in somebody's log stays readable. */
    static const char want[] = "\x01\x01"   /* version, party */
                               "\x07"       /* id */
                               "\xd0\x0f"   /* 1000 ms, zig-zag 2000 */
                               "\x06public" /* label */
                               "\x01\x03"
                               "DEU"             /* key */
                               "\x02\x07Germany" /* name */
                               "\x03\x06nation"  /* type */
                               "\x18\x01\x01";   /* stated, 1 ms before 1970 */
    struct arena a = {0};
    struct buf bytes = {.arena = &a};
    struct record *r = record_new(&a, KIND_PARTY);
    r->id = 7;
    r->recorded_ms = 1000;
    record_set_int(&a, r, F_STATED, -1);
    record_set_text(&a, r, F_TYPE, "nation");
    record_set_text(&a, r, F_NAME, "Germany");
    record_set_text(&a, r, F_KEY, "DEU");
    record_encode(&bytes, r);
    CHECK(bytes.len == sizeof want - 1 && memcmp(bytes.text, want, bytes.len) == 0);
    arena_free(&a);
}

static struct record *entry(struct arena *a)
{
    struct record *r = record_new(a, KIND_ENTRY);
    record_set_ref(a, r, F_LINE, 1);
    record_set_int(a, r, F_FROM, STAGE_WORLD);
    record_set_int(a, r, F_TO, STAGE_COMMITTED);
    record_set_int(a, r, F_QTY, 5);
    record_set_int(a, r, F_DAY, 0);
    record_set_ref(a, r, F_PASSAGE, 2);
    record_set_text(a, r, F_AUTHOR, "desk");
    return r;
}

/* Refused, with the field's name in the sentence. */
static void refused(const struct record *r, const char *name)
{
    struct err err = {0};
    CHECK(record_check(r, &err) == RC_RULE);
    CHECK(strstr(err.msg, name) != NULL);
    if (!tap_this_ok) printf("# %s: %s\n", name, err.msg);
}

static void what_breaks_the_table_is_refused_by_name(void)
{
    static const enum tag needed[] = {F_LINE, F_FROM, F_TO, F_QTY, F_DAY, F_PASSAGE, F_AUTHOR};
    struct arena a = {0};
    struct err err = {0};
    CHECK(!record_check(entry(&a), &err));
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        struct record *r = entry(&a);
        struct field *f = r->fields;
        while (f->tag != needed[i]) f++;
        memmove(f, f + 1, (size_t)(r->fields + r->count - f - 1) * sizeof *f);
        r->count--;
        refused(r, record_fields[needed[i]].name);
    }
    static const struct {
        enum tag tag;
        int64_t n;
    } bad[] = {{F_FROM, STAGE_COUNT},   {F_TO, -1},       {F_QTY, -1},        {F_DAY, DAY_MAX + 1},
               {F_DAY, DAY_MIN - 1},    {F_CONFIRMED, 0}, {F_CONFIRMED, 2},   {F_PRECISION, 9},
               {F_REVERSES, INT64_MIN}, {F_FLOOR, 1},     {F_FROM, INT64_MIN}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct record *r = entry(&a);
        record_set_int(&a, r, bad[i].tag, bad[i].n);
        refused(r, record_fields[bad[i].tag].name);
    }
    struct record *r = record_new(&a, KIND_PARTY);
    record_set_text(&a, r, F_KEY, "X");
    record_set_text(&a, r, F_TYPE, "planet");
    refused(r, "type");
    record_set_text(&a, r, F_TYPE, "nation");
    CHECK(!record_check(r, &err));
    record_set_text(&a, r, F_NAME, "Cafe\xcc\x81"); /* not in normal form C */
    refused(r, "name");
    record_set_text(&a, r, F_NAME, "bell\x07");
    refused(r, "name");
    arena_free(&a);
}

static void labels_have_three_forms(void)
{
    static const char *const bad[] = {"",           "secret",       "group:",
                                      "parties:",   "Public",       "public ",
                                      "group:\xff", "group:a\x01b", "parties:Cafe\xcc\x81"};
    static const char *const good[] = {"public", "group:nato", "parties:DEU,POL", "group:\xc3\xa9"};
    struct arena a = {0};
    struct err err = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct record *r = entry(&a);
        r->label = bad[i];
        refused(r, "label");
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct record *r = entry(&a), back;
        struct buf bytes = {.arena = &a};
        r->label = good[i];
        CHECK(!record_check(r, &err));
        record_encode(&bytes, r);
        CHECK(!record_decode(&a, bytes.text, bytes.len, &back, &err));
        CHECK_TEXT(back.label, good[i]);
    }
    arena_free(&a);
}

static void a_settled_value_says_who_and_why(void)
{
    struct arena a = {0};
    struct err err = {0};
    struct record *r = record_new(&a, KIND_VALUE);
    record_set_ref(&a, r, F_OF, 3);
    record_set_text(&a, r, F_BASIS, "stated");
    record_set_text(&a, r, F_CURRENCY, "EUR");
    CHECK(!record_check(r, &err));
    record_set_int(&a, r, F_RESOLVED, 1);
    refused(r, "author");
    record_set_text(&a, r, F_AUTHOR, "desk:anna");
    refused(r, "why");
    record_set_text(&a, r, F_WHY, "the ministry's figure is newer");
    CHECK(!record_check(r, &err));
    arena_free(&a);
}

static void the_same_said_by_another_is_the_same(void)
{
    static const enum tag saying[] = {F_PASSAGE, F_AUTHOR, F_WHY, F_STATED};
    static const enum tag said[] = {F_LINE, F_FROM, F_TO, F_QTY, F_DAY, F_CONFIRMED, F_INFERRED};
    struct arena a = {0};
    uint8_t before[16], after[16];
    record_digest(entry(&a), before);
    for (size_t i = 0; i < sizeof saying / sizeof *saying; i++) {
        struct record *r = entry(&a);
        if (record_fields[saying[i]].type == TYPE_TEXT)
            record_set_text(&a, r, saying[i], "another");
        else
            record_set_int(&a, r, saying[i], 99);
        record_digest(r, after);
        CHECK(record_same(entry(&a), r) && memcmp(before, after, 16) == 0);
    }
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        struct record *r = entry(&a);
        record_set_int(&a, r, said[i], record_int(r, said[i], 0) + 1);
        record_digest(r, after);
        CHECK(!record_same(entry(&a), r) && memcmp(before, after, 16) != 0);
    }
    struct record *r = entry(&a);
    r->label = "group:x";
    record_digest(r, after);
    CHECK(!record_same(entry(&a), r) && memcmp(before, after, 16) != 0);
    r->id = 5;
    r->recorded_ms = 17;
    r->label = "public";
    CHECK(record_same(entry(&a), r));
    arena_free(&a);
}

static void every_code_has_its_name_and_back(void)
{
    for (int i = 1; i < KIND_COUNT; i++) CHECK(kind_named(kind_name((enum kind)i)) == (enum kind)i);
    for (int i = 0; i < STAGE_COUNT; i++) {
        CHECK(stage_named(stage_name((enum stage)i)) == (enum stage)i);
    }
    for (int i = 0; i < PRECISION_COUNT; i++) {
        CHECK(precision_named(precision_name((enum precision)i)) == (enum precision)i);
    }
    CHECK(kind_named("nothing") == KIND_NONE && stage_named("") == STAGE_COUNT);
    CHECK(!kind_name(KIND_COUNT) && !kind_name(KIND_NONE) && !stage_name(STAGE_COUNT));
    /* On disk for ever. */
    CHECK(STAGE_WORLD == 0 && STAGE_CONSIDERED == 1 && STAGE_ANNOUNCED == 2);
    CHECK(STAGE_COMMITTED == 3 && STAGE_ALLOCATED == 4 && STAGE_DISPATCHED == 5);
    CHECK(STAGE_DELIVERED == 6 && STAGE_WITHDRAWN == 7 && STAGE_LAPSED == 8 && STAGE_LOST == 9);
    for (int i = 1; i < TAG_COUNT; i++) {
        for (int k = 1; k < i; k++) {
            CHECK(strcmp(record_fields[i].name, record_fields[k].name) != 0);
        }
    }
}

int main(void)
{
    RUN(round_trip);
    RUN(one_byte_form);
    RUN(the_bytes_never_change);
    RUN(what_breaks_the_table_is_refused_by_name);
    RUN(labels_have_three_forms);
    RUN(a_settled_value_says_who_and_why);
    RUN(the_same_said_by_another_is_the_same);
    RUN(every_code_has_its_name_and_back);
    return tap_done();
}
