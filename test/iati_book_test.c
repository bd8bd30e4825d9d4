/*
 * iati_book_test.c - any book as IATI, and back.
 *
 * Books are made up of every kind that an export writes, with odd texts, and
 * with records that only some may see. What is written keeps to schema and
 * ruleset; read into an empty book it gives the same records, field by field,
 * and into the book that wrote it, nothing. Who may not see a record finds
 * nothing of it in the file.
 */
#include "desk.h"
#include "drafts.h"
#include "export/iati.h"
#include "iati/codes.h"
#include "iati/judge.h"
#include "iati/rules.h"
#include "seed.h"
#include "source/readers.h"

enum { MANY = 4 };
static const int64_t present = INT64_C(1800000000000);

/* --- a book --- */

struct made {
    struct arena *a;
    struct rng *r;
    struct intake in;
    const char *passage;
    bool stocked;
};

static const char *pick(struct rng *r, const char *const *of, uint32_t count)
{
    return of[rng_below(r, count)];
}

/* Words as people write them, and as they should not. */
static const char *words(struct made *m)
{
    static const char *const pieces[] = {"field",
                                         "<b>",
                                         "&amp;",
                                         "\"",
                                         "\xC3\xA9tude",
                                         "\\",
                                         "  ",
                                         "\n",
                                         "50%",
                                         "a/b",
                                         "]]>",
                                         "'",
                                         "-",
                                         "\xC2\xA0",
                                         "\xE2\x80\xA8",
                                         "\xD0\x96",
                                         "\xF0\x9F\x98\x80",
                                         "x"};
    struct buf out = {.arena = m->a};
    for (uint32_t i = rng_below(m->r, 6) + 1; i > 0; i--)
        buf_add(&out, pick(m->r, pieces, sizeof pieces / sizeof *pieces));
    buf_add(&out, "."); /* no text is nothing but blanks */
    return out.text;
}

static const char *key_of(struct made *m, const char *kind, uint32_t i)
{
    static const char *const forms[] = {"%s%u", "%s/%u", "%s %u & more", "%s:\xC3\xA9%u"};
    return text_format(m->a, forms[i % 4], kind, (unsigned)i);
}

static const char *some(struct made *m, const char *kind)
{
    return key_of(m, kind, rng_below(m->r, MANY));
}

static struct record *make(struct made *m, enum kind kind, const char *key)
{
    struct record *r = intake_add(&m->in, kind);
    record_set_text(m->a, r, F_KEY, key);
    return r;
}

/* A field, now and then. */
static void maybe_text(struct made *m, struct record *r, enum tag tag, const char *text)
{
    if (rng_one_in(m->r, 2)) record_set_text(m->a, r, tag, text);
}

static void maybe_int(struct made *m, struct record *r, enum tag tag, int64_t n)
{
    if (rng_one_in(m->r, 2)) record_set_int(m->a, r, tag, n);
}

static void maybe_key(struct made *m, struct record *r, enum tag tag, const char *kind)
{
    if (rng_one_in(m->r, 2)) record_set_key(m->a, r, tag, some(m, kind));
}

static struct dec some_dec(struct made *m)
{
    return dec_trim((struct dec){1 + rng_below(m->r, 100000), (int32_t)rng_below(m->r, 4)});
}

static int32_t some_day(struct made *m)
{
    return day_from_civil(2024, 1, 1) + (int32_t)rng_below(m->r, 700);
}

static const char *item(struct made *m)
{
    return rng_one_in(m->r, 3) ? "money/EUR" : some(m, "item");
}

/* Hidden from all but one: the test looks for the word. */
static void hide(struct made *m, struct record *r, enum tag tag)
{
    r->label = text_format(m->a, "parties:%s", key_of(m, "party", 0));
    record_set_text(m->a, r, tag, "HIDDEN");
}

static void make_people(struct made *m)
{
    static const char *const types[] = {"nation", "institution", "fund", "group", "other"};
    static const char *const needs[] = {"stated", "validated"};
    for (uint32_t i = 0; i < MANY; i++) {
        struct record *p = make(m, KIND_PARTY, key_of(m, "party", i));
        record_set_text(m->a, p, F_TYPE, i ? pick(m->r, types, 5) : "group");
        maybe_text(m, p, F_NAME, words(m));
        maybe_text(m, p, F_WORDS, "name//fr/\xC3\x89quipe a/b");
        struct record *s = make(m, KIND_MEMBERSHIP, key_of(m, "member", i));
        record_set_key(m->a, s, F_PARTY, some(m, "party"));
        record_set_key(m->a, s, F_PARENT, key_of(m, "party", 0));
        maybe_int(m, s, F_SINCE, some_day(m));
        struct record *t = make(m, KIND_ITEM, key_of(m, "item", i));
        record_set_text(m->a, t, F_UNIT, "piece");
        maybe_text(m, t, F_NAME, words(m));
        maybe_int(m, t, F_MASS, rng_below(m->r, 900));
        maybe_text(m, t, F_CODE, words(m));
        if (i && rng_one_in(m->r, 2)) /* none is its own part */
            record_set_key(m->a, t, F_PARENT, key_of(m, "item", rng_below(m->r, i)));
        struct record *n = make(m, KIND_NEED, key_of(m, "need", i));
        record_set_key(m->a, n, F_RECEIVER, some(m, "party"));
        record_set_key(m->a, n, F_ITEM, item(m));
        record_set_int(m->a, n, F_QTY, rng_below(m->r, 9000));
        maybe_text(m, n, F_TYPE, pick(m->r, needs, 2));
        maybe_text(m, n, F_PLACE, words(m));
        maybe_int(m, n, F_UNTIL, some_day(m));
        maybe_int(m, n, F_MONTHLY, 1);
        if (rng_one_in(m->r, 2)) record_set_dec(m->a, n, F_WEIGHT, some_dec(m));
        if (rng_one_in(m->r, 4)) hide(m, n, F_NAME);
    }
}

static void make_stocks(struct made *m)
{
    m->stocked = true;
    static const char *const lots[] = {"stock", "refurbishment", "production", "purchase"};
    static const char *const relations[] = {"substitutes", "sustains"};
    for (uint32_t i = 0; i < MANY; i++) {
        struct record *l = make(m, KIND_LOT, key_of(m, "lot", i));
        record_set_key(m->a, l, F_PARTY, some(m, "party"));
        record_set_key(m->a, l, F_ITEM, some(m, "item"));
        maybe_text(m, l, F_TYPE, pick(m->r, lots, 4));
        maybe_int(m, l, F_QTY, rng_below(m->r, 500));
        maybe_int(m, l, F_FLOOR, rng_below(m->r, 50));
        maybe_key(m, l, F_PLANT, "plant");
        if (rng_one_in(m->r, 4)) hide(m, l, F_NOTE);
        struct record *p = make(m, KIND_PLANT, key_of(m, "plant", i));
        record_set_key(m->a, p, F_PARTY, some(m, "party"));
        record_set_text(m->a, p, F_CURRENCY, "EUR");
        record_set_dec(m->a, p, F_AMOUNT, some_dec(m));
        struct record *t = make(m, KIND_ROUTE, key_of(m, "route", i));
        maybe_key(m, t, F_PARTY, "party");
        maybe_key(m, t, F_RECEIVER, "party");
        maybe_text(m, t, F_MODE, "rail");
        maybe_int(m, t, F_LEAD, rng_below(m->r, 60));
        struct record *c = make(m, KIND_PRICE, key_of(m, "price", i));
        record_set_key(m->a, c, F_ITEM, some(m, "item"));
        record_set_text(m->a, c, F_CURRENCY, "EUR");
        record_set_dec(m->a, c, F_AMOUNT, some_dec(m));
        struct record *s = make(m, KIND_RELATION, key_of(m, "relation", i));
        record_set_text(m->a, s, F_TYPE, pick(m->r, relations, 2));
        record_set_key(m->a, s, F_ITEM, some(m, "item"));
        record_set_key(m->a, s, F_PARENT, some(m, "item"));
        maybe_key(m, s, F_NEED, "need");
    }
}

static void make_value(struct made *m, const char *of)
{
    struct record *v = make(m, KIND_VALUE, text_format(m->a, "%s/value", of));
    int64_t n = 1 + rng_below(m->r, 900000);
    record_set_key(m->a, v, F_OF, of);
    record_set_text(m->a, v, F_BASIS, "stated");
    record_set_text(m->a, v, F_CURRENCY, "EUR");
    record_set_int(m->a, v, F_LOW, n);
    record_set_int(m->a, v, F_HIGH, n);
    maybe_int(m, v, F_TO, STAGE_COMMITTED);
    maybe_int(m, v, F_DAY, some_day(m));
}

/* The i-th movement: a little less, some days later, a stage or more further. */
static int make_entry(struct made *m, const char *line, uint32_t i, int from)
{
    const char *key = text_format(m->a, "%s/%u", line, (unsigned)i);
    struct record *e = make(m, KIND_ENTRY, key);
    uint32_t most = i ? STAGE_COUNT - 1 : STAGE_DELIVERED;
    int to = from + 1 + (int)rng_below(m->r, most - (uint32_t)from);
    record_set_key(m->a, e, F_LINE, line);
    record_set_int(m->a, e, F_FROM, from);
    record_set_int(m->a, e, F_TO, to);
    record_set_int(m->a, e, F_QTY, 1000 - 100 * i);
    record_set_int(m->a, e, F_DAY,
                   day_from_civil(2024, 1, 1) + (int32_t)(100 * i + rng_below(m->r, 90)));
    record_set_key(m->a, e, F_PASSAGE, m->passage);
    record_set_text(m->a, e, F_AUTHOR, "desk:anna");
    maybe_text(m, e, F_NOTE, words(m));
    maybe_text(m, e, F_WORDS, "description//fr/De l'eau");
    maybe_int(m, e, F_VALUED, some_day(m));
    return to;
}

static void make_lines(struct made *m)
{
    static const char *const classes[] = {"military", "humanitarian", "financial", "a & b"};
    for (uint32_t i = 0; i < MANY; i++) {
        /* A line may be called as a party is: values know whose they are. */
        const char *key = i == 1 ? key_of(m, "party", i) : key_of(m, "line", i);
        struct record *p = make(m, KIND_PACKAGE, key_of(m, "package", i));
        maybe_text(m, p, F_NAME, words(m));
        maybe_key(m, p, F_PARTY, "party");
        if (rng_one_in(m->r, 2)) make_value(m, key_of(m, "package", i));
        struct record *l = make(m, KIND_LINE, key);
        maybe_key(m, l, F_PARTY, "party");
        maybe_key(m, l, F_RECEIVER, "party");
        record_set_key(m->a, l, F_ITEM, item(m));
        maybe_text(m, l, F_CLASS, pick(m->r, classes, 4));
        maybe_text(m, l, F_NAME, words(m));
        maybe_key(m, l, F_PACKAGE, "package");
        maybe_key(m, l, F_NEED, "need");
        if (m->stocked) maybe_key(m, l, F_LOT, "lot");
        maybe_int(m, l, F_UNTIL, some_day(m));
        maybe_int(m, l, F_OUTSIDE, 1);
        maybe_text(m, l, F_DESTINATION_TAG, "Location/UA/UKR/single/Ukraine");
        maybe_text(m, l, F_CONDITION, words(m));
        if (rng_one_in(m->r, 2)) make_value(m, key);
        bool hidden = rng_one_in(m->r, 4);
        if (hidden) hide(m, l, F_NOTE);
        int stands = STAGE_WORLD;
        for (uint32_t k = 0; k < 5 && !hidden && stands < STAGE_DELIVERED; k++)
            stands = make_entry(m, key, k, stands);
    }
}

static void fill(struct desk *d, struct rng *r)
{
    struct made m = {.a = &d->arena, .r = r};
    struct input file = input_text("a.csv", "what it rests on");
    m.in = (struct intake){.arena = m.a, .format = "test"};
    m.passage = intake_passage(&m.in, intake_source(&m.in, &file, "pub", "a list", 0, "text/csv"),
                               "all of it");
    intake_money(&m.in, "EUR");
    if (rng_below(r, 8)) make_people(&m);
    if (m.in.count > 4 && rng_below(r, 4)) make_stocks(&m);
    if (m.in.count > 4 && rng_below(r, 8)) make_lines(&m);
    struct posting p = desk_posting(d);
    GOOD(post_intake(&p, &m.in, "import:test", &d->last, oops));
    for (uint32_t i = 0; i < m.in.diag_count; i++)
        printf("# %s: %s\n", m.in.diags[i].value, m.in.diags[i].expected);
    CHECK_I64((int64_t)d->last.refused, 0);
    GOOD(posting_commit(&p, oops));
}

/* --- out, judged, and in again --- */

static enum rc collect(void *ctx, const char *bytes, size_t len, struct err *err)
{
    (void)err;
    buf_add_bytes(ctx, bytes, len);
    return RC_OK;
}

/* NULL when there is nothing to write. */
static const char *written(struct arena *a, const struct view *v)
{
    struct buf out = {.arena = a};
    struct iati_export x = {.at = CLOCKS_NOW,
                            .today = (int32_t)(present / MS_PER_DAY),
                            .reporter = "XM-DAC-7",
                            .reporter_name = "A ministry",
                            .reporter_type = "10"};
    struct err err = {0};
    enum rc rc = export_iati(v, &x, collect, &out, NULL, &err);
    CHECK(rc == RC_OK || rc == RC_ABSENT);
    return rc ? NULL : out.text;
}

static void hear(void *ctx, const struct complaint *c)
{
    (void)ctx;
    if (!c->warning)
        printf("# line %u, %s: %s, '%s'\n", (unsigned)c->line, c->rule, c->expect, c->value);
}

static void keeps_to_the_standard(const char *xml)
{
    struct arena a = {0};
    struct err err = {0};
    struct ruleset *rules = NULL;
    struct judged out;
    const struct codes *codes = codes_new(&a);
    CHECK(ruleset_standard(codes, &rules, &err) == RC_OK);
    struct judge j = {
        .schema = true, .rules = rules, .codes = codes, .now_ms = present, .complain = hear};
    CHECK(judge_bytes(&a, &j, xml, strlen(xml), &out, &err) == RC_OK);
    CHECK_I64((int64_t)out.errors, 0);
    ruleset_free(rules);
    arena_free(&a);
}

static void take_in(struct desk *d, const char *xml)
{
    struct intake *in = NEW(&d->arena, struct intake);
    struct input *file = NEW(&d->arena, struct input);
    *file = input_text("a.xml", xml);
    in->arena = &d->arena;
    in->present_ms = present;
    struct posting p = desk_posting(d);
    GOOD(iati_reader.read(file, 1, in, oops));
    CHECK_I64(diags_of(in, "no-record"), 0);
    GOOD(post_intake(&p, in, "import:iati", &d->last, oops));
    CHECK_I64((int64_t)d->last.refused, 0);
    GOOD(posting_commit(&p, oops));
}

/* --- the same records --- */

static bool travels(enum kind kind)
{
    const uint32_t home = KIND_BIT(KIND_SOURCE) | KIND_BIT(KIND_PASSAGE) | KIND_BIT(KIND_FLAG);
    return !(home & KIND_BIT(kind));
}

/* What a record says, with keys for references; what is about the recording left out. */
static const char *said(struct arena *a, const struct book *b, const struct record *r)
{
    struct buf out = {.arena = a};
    buf_addf(&out, "%s %s", kind_name(r->kind), r->label);
    for (uint32_t i = 0; i < r->count; i++) {
        const struct field *f = &r->fields[i];
        if (f->tag == F_PASSAGE || f->tag == F_AUTHOR || f->tag == F_WHY) continue;
        buf_addf(&out, " %s=", record_fields[f->tag].name);
        if (record_fields[f->tag].type == TYPE_TEXT)
            buf_add(&out, f->text);
        else if (record_fields[f->tag].type == TYPE_REF)
            buf_addf(&out, "%s %s", kind_name(book_kind(b, book_noun_of(b, (uint64_t)f->n))),
                     book_key(b, book_noun_of(b, (uint64_t)f->n)));
        else
            buf_addf(&out, "%lld/%d", (long long)f->n, (int)f->scale);
    }
    return out.text;
}

/* The newest record of a noun, of an entry the live one; NULL. */
static const struct record *newest(struct arena *a, const struct view *v, uint32_t noun)
{
    uint32_t id = book_latest(v->book, noun)->id;
    if (book_kind(v->book, noun) != KIND_ENTRY) return book_version(v->book, noun, INT64_MAX);
    struct record *r = NEW(a, struct record);
    GOOD(view_record(a, v, id, r, oops));
    return r;
}

static uint32_t same_records(const struct view *was, const struct view *is)
{
    uint32_t count = 0;
    for (uint32_t noun = 0; noun < book_noun_count(was->book); noun++) {
        struct arena a = {0};
        enum kind kind = book_kind(was->book, noun);
        uint32_t there = book_noun(is->book, kind, book_key(was->book, noun));
        if (!travels(kind)) continue;
        count++;
        if (there == NONE) {
            printf("# no %s '%s'\n", kind_name(kind), book_key(was->book, noun));
            FAIL("a record that was written comes back");
        } else {
            CHECK_TEXT(said(&a, is->book, newest(&a, is, there)),
                       said(&a, was->book, newest(&a, was, noun)));
        }
        arena_free(&a);
    }
    return count;
}

static uint32_t travelled; /* records, over all seeds */

static void one_book(struct rng *r)
{
    struct desk d, other;
    struct view public;
    desk_begin(&d);
    desk_begin(&other);
    fill(&d, r);
    const char *xml = written(&d.arena, &d.view);
    if (xml) {
        keeps_to_the_standard(xml);
        take_in(&other, xml);
        travelled += same_records(&d.view, &other.view);
        uint64_t head = book_head(d.view.book);
        take_in(&d, xml);
        CHECK_I64((int64_t)book_head(d.view.book), (int64_t)head);
    }
    GOOD(view_open(&d.arena, d.store, "", NULL, &public, oops));
    const char *shown = written(&d.arena, &public);
    if (shown) {
        keeps_to_the_standard(shown);
        CHECK(strstr(shown, "HIDDEN") == NULL);
    }
    desk_end(&d);
    desk_end(&other);
}

static void any_book_comes_back_the_same_and_shows_nothing_hidden(void)
{
    seeds_run(60, one_book);
    if (!getenv("MUSTER_SEEDS")) CHECK(travelled > 2000);
    printf("# %u records\n", (unsigned)travelled);
}

int main(void)
{
    RUN(any_book_comes_back_the_same_and_shows_nothing_hidden);
    return tap_done();
}
