/*
 * sentences.h - sentences in small documents of the published forms, and what
 * is read of them, a line a statement: kind, stage, givers > receivers,
 * number, unit, class.
 *
 * The documents are of our own writing and each form is about another
 * beneficiary, because what a sentence says depends on who speaks and whom
 * the document is about.
 */
#ifndef MUSTER_TEST_SENTENCES_H
#define MUSTER_TEST_SENTENCES_H

#include "base/buf.h"
#include "base/text.h"
#include "read/read.h"
#include "seed.h"
#include "tap.h"

static struct arena arena;

/* --- documents --- */

/* A form: what stands before the sentence, and behind it. */
struct form {
    const char *before, *behind;
};

/* The Secretary General of NATO, to the press; "we" is NATO. */
static const struct form nato = {
    "Press conference\n\nby NATO Secretary General Ada Lind at the meeting of Defence Ministers\n\n"
    "  \xE2\x80\xA2 12 Mar. 2031 -\n\n"
    "Good morning. Russia attacks Ukraine. We support Ukraine, and we will support Ukraine.\n\n",
    "\n\nJon Bell (BBC): Thank you. Will there be another meeting?\n\n"
    "NATO Secretary General: Yes, in the summer.\n",
};

/* A journalist there: "you" is the Secretary General. */
static const struct form asked = {
    "Press conference\n\nby NATO Secretary General Ada Lind at the meeting of Defence Ministers\n\n"
    "  \xE2\x80\xA2 12 Mar. 2031 -\n\n"
    "Good morning. Russia attacks Ukraine. We support Ukraine, and we will support Ukraine.\n\n"
    "Jon Bell (BBC): Thank you. ",
    "\n\nNATO Secretary General: I have nothing to say about that.\n",
};

/* An official of the United States; "we" is the United States. */
static const struct form white_house = {
    "---\ntitle: \"Press Briefing by Coordinator Sam Holt\"\n"
    "source_url: https://bidenwhitehouse.archives.gov/briefing\ndate: '2031-03-12'\n---\n\n"
    "MR. HOLT:  Good afternoon.  Russia attacks Moldova, and we support Moldova.  "
    "We stand with Moldova.\n\n",
    "\n\nQ    Thank you.  Is the President going to travel?\n\n"
    "MR. HOLT:  I have no travel to announce.\n",
};

/* A list of what the United States gave, nobody speaking. */
static const struct form fact_sheet = {
    "---\ntitle: \"FACT SHEET: U.S. Support for Georgia\"\n"
    "source_url: https://bidenwhitehouse.archives.gov/sheet\ndate: '2031-03-12'\n---\n\n"
    "The United States supports Georgia against Russia's aggression, and will support Georgia.\n\n",
    "\n",
};

/* The president of the country in need; "we" is Moldova. */
static const struct form president = {
    "Speech by the President of Moldova Vera Lungu in the Parliament of Norway\n\n12 March 2031\n\n"
    "Dear friends! Russia attacks Moldova. You support Moldova, and Norway helps Moldova.\n\n",
    "\n\nGlory to all who defend us!\n",
};

/* Captions: nobody is named as speaking. */
static const struct form captions = {
    "so Russia attacks Ukraine and the allies support Ukraine and that is why we are here. ",
    " and that was the day from Brussels.\n",
};

/* A conference of donors; no war, no adversary. */
static const struct form donors = {
    "Donors pledge support for Pakistan after the floods\n\nGeneva, 12 March 2031\n\n"
    "The United Nations hosted a donors' conference. It brings support to Pakistan.\n\n",
    "\n\nThe next conference will be held in autumn.\n",
};

/* --- what is read, in a line a statement --- */

static inline void add_parties(struct buf *out, const struct said_parties *ps)
{
    for (uint32_t i = 0; i < ps->count; i++) buf_addf(out, "%s%s", i ? "," : "", ps->code[i]);
}

static inline void add_statement(struct buf *out, const struct said *s)
{
    char low[DEC_TEXT], high[DEC_TEXT];
    buf_addf(out, "%s", said_kind_name(s->kind));
    if (s->stage != SAID_NO_STAGE) buf_addf(out, " %s", said_stage_name(s->stage));
    buf_add(out, " ");
    add_parties(out, &s->giver);
    buf_add(out, ">");
    add_parties(out, &s->receiver);
    if (s->counted) {
        buf_addf(out, " %s", dec_format(s->low, low));
        if (dec_cmp(s->low, s->high) != 0) buf_addf(out, "..%s", dec_format(s->high, high));
        buf_addf(out, " %s", s->unit ? s->unit : "?");
    }
    buf_addf(out, " %s\n", goods_name(s->goods));
}

static inline struct reading reading_of(const char *text)
{
    struct reading r = {0};
    struct err err = {0};
    CHECK(read_document(&arena, text, strlen(text), &r, &err) == RC_OK);
    return r;
}

/* The statements that begin in the bytes [from, to) of a text. */
static inline const char *said_within(const char *text, size_t from, size_t to)
{
    struct reading r = reading_of(text);
    struct buf out = {.arena = &arena};
    buf_add(&out, "");
    for (uint32_t i = 0; i < r.said_count; i++)
        if (r.said[i].start >= from && r.said[i].start < to) add_statement(&out, &r.said[i]);
    return out.text;
}

static inline const char *said_in(const struct form *f, const char *sentence)
{
    size_t from = strlen(f->before);
    return said_within(text_format(&arena, "%s%s%s", f->before, sentence, f->behind), from,
                       from + strlen(sentence));
}

/* All that is read of a document, offsets left out. */
static inline const char *all_said(const char *text)
{
    return said_within(text, 0, strlen(text));
}

/* --- tables of sentences --- */

struct expectation {
    const struct form *form;
    const char *sentence, *want;
};

static inline void check_all(const struct expectation *e, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *got = said_in(e[i].form, e[i].sentence);
        if (strcmp(got, e[i].want) == 0) continue;
        printf("# %s\n", e[i].sentence);
        CHECK_TEXT(got, e[i].want);
    }
    arena_free(&arena);
}

#define CHECK_TABLE(table) check_all((table), sizeof(table) / sizeof *(table))

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define PICK(r, array) (&(array)[rng_below((r), COUNT(array))])

#endif
