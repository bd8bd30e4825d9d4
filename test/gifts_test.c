/*
 * gifts_test.c - gifts made from giver, verb, number, thing and receiver, and
 * what is done to them.
 *
 * What was made is known, so what is to be read of it is known too, and what
 * a negation, a condition, a question or another encoding must make of it.
 */
#include "sentences.h"

/* --- gifts that are made, and what is done to them --- */

/* A verb in the forms that the properties need. */
struct verb {
    const char *said, *stage; /* "has delivered", and how far that is */
    const char *base, *participle;
};

struct thing {
    const char *name, *unit, *class;
};

struct place {
    const char *name, *code;
};

static const struct verb verbs[] = {
    {"will send", "announced", "send", "sent"},
    {"will provide", "announced", "provide", "provided"},
    {"is going to deliver", "announced", "deliver", "delivered"},
    {"is sending", "announced", "send", "sent"},
    {"has pledged", "announced", "provide", "pledged"},
    {"has committed", "committed", "deliver", "committed"},
    {"has delivered", "provided", "deliver", "delivered"},
    {"has donated", "provided", "donate", "donated"},
    {"has already supplied", "provided", "supply", "supplied"},
    {"sent", "provided", "send", "sent"},
};

static const struct thing things[] = {
    {"tanks", "each", "equipment"},     {"drones", "each", "equipment"},
    {"howitzers", "each", "equipment"}, {"armoured vehicles", "each", "equipment"},
    {"radars", "each", "equipment"},    {"artillery shells", "round", "ammunition"},
    {"missiles", "each", "ammunition"}, {"generators", "each", "equipment"},
    {"million euros", "EUR", "money"},  {"million dollars in military aid", "USD", "mixed"},
};

static const struct place givers[] = {
    {"Norway", "NOR"},  {"Latvia", "LVA"},          {"Portugal", "PRT"},
    {"Denmark", "DNK"}, {"Italy", "ITA"},           {"Canada", "CAN"},
    {"Spain", "ESP"},   {"the Netherlands", "NLD"}, {"the United Kingdom", "GBR"},
    {"Japan", "JPN"},   {"South Korea", "KOR"},     {"the European Union", "EU"},
};

/* Each with the receiver that its documents are about. */
static const struct {
    const struct form *form;
    struct place to;
} forms[] = {
    {&nato, {"Ukraine", "UKR"}},
    {&white_house, {"Moldova", "MDA"}},
    {&fact_sheet, {"Georgia", "GEO"}},
    {&donors, {"Pakistan", "PAK"}},
};

struct gift {
    const struct form *form;
    const struct place *to;
    const struct place *giver;
    const struct verb *verb;
    const struct thing *thing;
    uint32_t number;
    bool named; /* the receiver is */
};

static struct gift gift_of(struct rng *r)
{
    uint32_t f = rng_below(r, COUNT(forms));
    return (struct gift){
        .form = forms[f].form,
        .to = &forms[f].to,
        .giver = PICK(r, givers),
        .verb = PICK(r, verbs),
        .thing = PICK(r, things),
        .number = 4 + rng_below(r, rng_one_in(r, 3) ? 90000 : 900),
        .named = rng_one_in(r, 2),
    };
}

/* "12,000": thousands parted, so that no number looks like a year. */
static const char *digits(uint32_t n)
{
    if (n < 1000) return text_format(&arena, "%u", n);
    return text_format(&arena, "%u,%03u", n / 1000, n % 1000);
}

/* What is given and to whom: "40 tanks to Moldova". */
static const char *object(const struct gift *g)
{
    return text_format(&arena, "%s %s%s%s", digits(g->number), g->thing->name,
                       g->named ? " to " : "", g->named ? g->to->name : "");
}

static const char *capital(const char *text)
{
    return text_format(&arena, "%c%s", *text >= 'a' && *text <= 'z' ? *text - 32 : *text, text + 1);
}

static const char *sentence(const struct gift *g)
{
    return capital(text_format(&arena, "%s %s %s.", g->giver->name, g->verb->said, object(g)));
}

/* What is to be read of it, at this stage. */
static const char *wanted(const struct gift *g, const char *stage)
{
    int64_t n = (int64_t)g->number * (strncmp(g->thing->name, "million", 7) == 0 ? 1000000 : 1);
    return text_format(&arena, "support %s %s>%s %" PRId64 " %s %s\n", stage, g->giver->code,
                       g->to->code, n, g->thing->unit, g->thing->class);
}

static void check_said(const struct form *f, const char *text, const char *want)
{
    const char *got = said_in(f, text);
    if (strcmp(got, want) != 0) printf("# %s\n", text);
    CHECK_TEXT(got, want);
}

static void a_made_gift_is_read(struct rng *r)
{
    struct gift g = gift_of(r);
    check_said(g.form, sentence(&g), wanted(&g, g.verb->stage));
    arena_free(&arena);
}

static void every_made_gift_is_read_as_it_was_made(void)
{
    seeds_run(400, a_made_gift_is_read);
}

static void a_denied_gift_gives_nothing(struct rng *r)
{
    struct gift g = gift_of(r);
    const char *const denials[] = {
        text_format(&arena, "will not %s", g.verb->base),
        text_format(&arena, "is not going to %s", g.verb->base),
        text_format(&arena, "has never %s", g.verb->participle),
        text_format(&arena, "has not %s", g.verb->participle),
        text_format(&arena, "has no plans to %s", g.verb->base),
        text_format(&arena, "does not plan to %s", g.verb->base),
        text_format(&arena, "did not %s", g.verb->base),
        text_format(&arena, "cannot %s", g.verb->base),
    };
    const char *text =
        capital(text_format(&arena, "%s %s %s.", g.giver->name, *PICK(r, denials), object(&g)));
    const char *got = said_in(g.form, text);
    if (strstr(got, "support")) printf("# %s\n# %s", text, got);
    CHECK(!strstr(got, "support"));
    arena_free(&arena);
}

static void a_negation_takes_the_gift_away(void)
{
    seeds_run(400, a_denied_gift_gives_nothing);
}

static void a_doubtful_gift_is_considered(struct rng *r)
{
    struct gift g = gift_of(r);
    const char *text = NULL;
    switch (rng_below(r, 4)) {
    case 0:
        text = text_format(&arena, "If the parliament agrees, %s will %s %s.", g.giver->name,
                           g.verb->base, object(&g));
        break;
    case 1:
        text = text_format(&arena, "%s may %s %s.", g.giver->name, g.verb->base, object(&g));
        break;
    case 2:
        text = text_format(&arena, "%s could %s %s.", g.giver->name, g.verb->base, object(&g));
        break;
    default:
        text = text_format(&arena, "%s will %s %s if the parliament agrees.", g.giver->name,
                           g.verb->base, object(&g));
    }
    check_said(g.form, capital(text), wanted(&g, "considered"));
    arena_free(&arena);
}

static void conditions_and_may_make_it_considered(void)
{
    seeds_run(400, a_doubtful_gift_is_considered);
}

/* Whether the lines say no more than "announced", and each has the giver and the number. */
static void check_claimed(const char *text, const char *got, const struct gift *g)
{
    const char *number = strstr(wanted(g, "x"), g->giver->code);
    bool far = strstr(got, "committed") || strstr(got, "provided");
    bool other = *got && strncmp(got, "support announced ", 18) != 0 &&
                 strncmp(got, "support considered ", 19) != 0;
    if (far || other || (*got && !strstr(got, number))) printf("# %s\n# %s", text, got);
    CHECK(!far && !other);
    CHECK(!*got || strstr(got, number));
}

static void a_gift_is_asked_about(struct rng *r)
{
    struct gift g = gift_of(r);
    g.form = &asked;
    g.to = &forms[0].to;
    const char *who = g.giver->name, *what = object(&g), *text = NULL;
    switch (rng_below(r, 5)) {
    case 0: text = text_format(&arena, "Will %s %s %s?", who, g.verb->base, what); break;
    case 1: text = text_format(&arena, "Has %s %s %s?", who, g.verb->participle, what); break;
    case 2: text = text_format(&arena, "When will %s %s the %s?", who, g.verb->base, what); break;
    case 3: text = text_format(&arena, "Did %s %s %s?", who, g.verb->base, what); break;
    default: text = text_format(&arena, "Is it true that %s will %s %s?", who, g.verb->base, what);
    }
    check_claimed(text, said_in(g.form, text), &g);
    /* But what the asker says, the asker claims. */
    text = text_format(&arena, "%s Is that enough?", sentence(&g));
    check_said(&asked, text, wanted(&g, g.verb->stage));
    arena_free(&arena);
}

static void a_question_says_no_more_than_it_claims(void)
{
    seeds_run(400, a_gift_is_asked_about);
}

/* Everything of a statement but its place, number and giver. */
static bool same_otherwise(const struct said *x, const struct said *y)
{
    return x->kind == y->kind && x->stage == y->stage && x->turn == y->turn &&
           x->goods == y->goods && x->approx == y->approx && x->counted == y->counted &&
           strcmp(x->item, y->item) == 0 && !x->channel == !y->channel && !x->when == !y->when &&
           !x->unit == !y->unit && (!x->unit || strcmp(x->unit, y->unit) == 0) &&
           x->receiver.count == y->receiver.count &&
           (!x->receiver.count || strcmp(x->receiver.code[0], y->receiver.code[0]) == 0);
}

static struct said only_said(const struct form *f, const char *text)
{
    size_t from = strlen(f->before), count = 0;
    struct reading r = reading_of(text_format(&arena, "%s%s%s", f->before, text, f->behind));
    struct said found = {.item = ""};
    for (uint32_t i = 0; i < r.said_count; i++) {
        if (r.said[i].start < from || r.said[i].start >= from + strlen(text)) continue;
        found = r.said[i];
        count++;
    }
    if (count != 1) printf("# %s\n", text);
    CHECK_I64((int64_t)count, 1);
    return found;
}

static void a_gift_changes(struct rng *r)
{
    struct gift g = gift_of(r), other = g;
    struct said was = only_said(g.form, sentence(&g));
    other.number = g.number + 1 + rng_below(r, 900);
    struct said now = only_said(g.form, sentence(&other));
    CHECK(same_otherwise(&was, &now) && was.giver.count == 1 && now.giver.count == 1);
    CHECK(dec_cmp(now.low, was.low) > 0 && dec_cmp(now.low, now.high) == 0);
    if (tap_this_ok) CHECK_TEXT(now.giver.code[0], was.giver.code[0]);

    other = g;
    other.giver = PICK(r, givers);
    now = only_said(g.form, sentence(&other));
    CHECK(same_otherwise(&was, &now) && now.giver.count == 1);
    CHECK(dec_cmp(now.low, was.low) == 0 && dec_cmp(now.high, was.high) == 0);
    if (tap_this_ok) CHECK_TEXT(now.giver.code[0], other.giver->code);
    arena_free(&arena);
}

static void another_number_or_giver_changes_nothing_else(void)
{
    seeds_run(200, a_gift_changes);
}

/* --- the same words in other bytes --- */

/* A document of one press conference; its sentences hold every kind of mark that is replaced. */
static const char *document_of(struct rng *r)
{
    struct buf out = {.arena = &arena};
    buf_add(&out, nato.before);
    uint32_t count = 1 + rng_below(r, 5);
    for (uint32_t i = 0; i < count; i++) {
        struct gift g = gift_of(r);
        buf_addf(&out, "%s%s", sentence(&g), rng_one_in(r, 3) ? "\n\n" : " ");
        if (rng_one_in(r, 3)) buf_add(&out, "That's \"good news\" for Ukraine's defence. ");
        if (rng_one_in(r, 4)) buf_add(&out, "Ukraine's forces need 70 more howitzers. ");
    }
    buf_addf(&out, "We stand together.%s", nato.behind);
    return out.text;
}

/* The place where the words begin that may be laid out anew: behind the heading. */
static size_t body_of(const char *text)
{
    const char *at = strstr(text, "Good morning");
    return at ? (size_t)(at - text) : 0;
}

/* Lines broken at spaces, never two in a row, so that no paragraph ends. */
static const char *hard_lines(struct rng *r, const char *text)
{
    struct buf out = {.arena = &arena};
    size_t body = body_of(text);
    for (size_t i = 0; text[i]; i++) {
        bool inside = i > body && text[i] == ' ' && text[i - 1] != '\n' && text[i - 1] != ':' &&
                      text[i - 1] != '.' && text[i + 1] != '"';
        buf_addf(&out, "%c", inside && rng_one_in(r, 6) ? '\n' : text[i]);
    }
    return out.text;
}

/* Curly quotes and no-break spaces, in UTF-8 or in Windows-1252. */
static const char *typeset(struct rng *r, const char *text, bool windows)
{
    struct buf out = {.arena = &arena};
    size_t body = body_of(text);
    bool open = false;
    for (size_t i = 0; text[i]; i++) {
        if (windows && memcmp(text + i, "\xE2\x80\xA2", text[i + 1] && text[i + 2] ? 3 : 1) == 0) {
            buf_add(&out, "\x95");
            i += 2;
        } else if (i < body) {
            buf_addf(&out, "%c", text[i]);
        } else if (text[i] == '\'') {
            buf_add(&out, windows ? "\x92" : "\xE2\x80\x99");
        } else if (text[i] == '"') {
            open = !open;
            if (windows) buf_add(&out, open ? "\x93" : "\x94");
            if (!windows) buf_add(&out, open ? "\xE2\x80\x9C" : "\xE2\x80\x9D");
        } else if (text[i] == ' ' && rng_one_in(r, 5)) {
            buf_add(&out, windows ? "\xA0" : "\xC2\xA0");
        } else {
            buf_addf(&out, "%c", text[i]);
        }
    }
    return out.text;
}

static const char *line_ends(const char *text)
{
    struct buf out = {.arena = &arena};
    for (; *text; text++) buf_addf(&out, *text == '\n' ? "\r\n" : "%c", *text);
    return out.text;
}

static const char *html_of(const char *text)
{
    struct buf out = {.arena = &arena};
    buf_add(&out, "<!DOCTYPE html>\n<html><head><title>Press conference</title></head><body>\n<p>");
    for (; *text; text++) {
        if (text[0] == '\n' && text[1] == '\n') {
            buf_add(&out, "</p>\n<p>");
            text++;
        } else if (*text == '"') {
            buf_add(&out, "&quot;");
        } else if (*text == '\'') {
            buf_add(&out, "&#8217;");
        } else if (memcmp(text, "Ukraine", 7) == 0) {
            buf_add(&out, "<b>Ukraine</b>");
            text += 6;
        } else {
            buf_addf(&out, "%c", *text);
        }
    }
    buf_add(&out, "</p></body></html>\n");
    return out.text;
}

static void a_document_is_laid_out_anew(struct rng *r)
{
    const char *text = document_of(r), *want = all_said(text);
    CHECK(*want);
    CHECK_TEXT(all_said(hard_lines(r, text)), want);
    CHECK_TEXT(all_said(typeset(r, text, false)), want);
    CHECK_TEXT(all_said(typeset(r, text, true)), want);
    CHECK_TEXT(all_said(line_ends(hard_lines(r, text))), want);
    CHECK_TEXT(all_said(html_of(text)), want);
    if (!tap_this_ok) printf("# %s\n", text);
    arena_free(&arena);
}

static void layout_and_encoding_change_nothing_but_offsets(void)
{
    seeds_run(150, a_document_is_laid_out_anew);
}

int main(void)
{
    RUN(every_made_gift_is_read_as_it_was_made);
    RUN(a_negation_takes_the_gift_away);
    RUN(conditions_and_may_make_it_considered);
    RUN(a_question_says_no_more_than_it_claims);
    RUN(another_number_or_giver_changes_nothing_else);
    RUN(layout_and_encoding_change_nothing_but_offsets);
    return tap_done();
}
