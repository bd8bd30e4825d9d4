/* letter.c - see letter.h. */
#include "report/letter.h"

#include <string.h>

#include "base/text.h"
#include "report/words.h"

struct writing {
    struct arena *arena;
    const struct letter *l;
    const struct book *b;
    struct buf *out;
};

/* A text of the book in Markdown: what would be markup there is quoted. */
static const char *quoted(struct arena *a, const char *text)
{
    struct buf b = {.arena = a};
    buf_add(&b, "");
    for (; *text; text++) {
        if (strchr("|*_`<>[]\\#", *text)) buf_add(&b, "\\");
        buf_add_bytes(&b, *text == '\n' ? " " : text, 1);
    }
    return b.text;
}

/* "Germany (DEU)"; the key alone where that is the name. */
static const char *called(const struct writing *w, uint32_t noun)
{
    const char *key = book_key(w->b, noun), *name = book_name(w->b, noun, INT64_MAX);
    if (strcmp(key, name) == 0) return quoted(w->arena, key);
    return text_format(w->arena, "%s (%s)", quoted(w->arena, name), quoted(w->arena, key));
}

static uint32_t noun_at(const struct writing *w, uint32_t noun, enum tag tag)
{
    uint64_t id = record_ref(book_version(w->b, noun, INT64_MAX), tag);
    return id ? book_noun_of(w->b, id) : NONE;
}

/* "70 piece" of an item. */
static const char *counted(const struct writing *w, uint32_t item, int64_t parts)
{
    int places;
    const char *unit = item_unit(w->b, item, INT64_MAX, &places);
    return text_format(w->arena, "%s %s", parts_format(w->arena, parts, places, places, 0),
                       quoted(w->arena, unit));
}

static const char *day_or_none(const struct writing *w, int32_t day)
{
    return day == DAY_MAX ? "-" : day_text(w->arena, day, PRECISION_DAY);
}

static void write_head(struct writing *w)
{
    const struct letter *l = w->l;
    buf_addf(w->out, "# To %s: what you are asked for\n\n", called(w, l->giver));
    if (l->round) {
        buf_addf(w->out, "Round %s: %s.", quoted(w->arena, l->round),
                 quoted(w->arena, l->purpose ? l->purpose : ""));
        if (l->until != DAY_MAX) {
            buf_addf(w->out, " An answer is asked for by %s.", day_or_none(w, l->until));
        }
        buf_add(w->out, "\n\n");
    }
    buf_addf(w->out,
             "This is a proposal, planned as of %s. Nothing moves before you agree. It is made for"
             " you alone:\nwhat others are asked for is not in it.\n\n",
             day_or_none(w, l->day));
}

static void write_asks(struct writing *w)
{
    buf_add(w->out, "| no. | what | how much | from | for | through | arriving in | needed by |\n"
                    "|---|---|---|---|---|---|---|---|\n");
    for (uint32_t i = 0; i < w->l->count; i++) {
        const struct letter_ask *ask = &w->l->asks[i];
        uint32_t item = noun_at(w, ask->source, F_ITEM);
        buf_addf(w->out, "| %s | %s | %s | %s ", quoted(w->arena, ask->number), called(w, item),
                 counted(w, item, ask->qty), quoted(w->arena, book_key(w->b, ask->source)));
        buf_addf(w->out, "| %s | %s ", called(w, noun_at(w, ask->need, F_RECEIVER)),
                 ask->hub == NONE ? "-" : called(w, ask->hub));
        buf_addf(w->out, "| %s | %s |\n", day_text(w->arena, ask->month, PRECISION_MONTH),
                 day_or_none(w, ask->due));
    }
}

static bool said_before(const struct writing *w, uint32_t at)
{
    for (uint32_t i = 0; i < at; i++) {
        if (w->l->asks[i].need == w->l->asks[at].need) return true;
    }
    return false;
}

/* "urgent, priority 1" */
static void write_rank(struct writing *w, const struct record *need)
{
    int64_t priority = record_int(need, F_PRIORITY, 0);
    bool urgent = record_field(need, F_URGENT) != NULL;
    if (urgent) buf_add(w->out, ", urgent");
    if (priority) buf_addf(w->out, ", priority %d", (int)priority);
}

static void write_needs(struct writing *w)
{
    buf_add(w->out, "\n## Why it matters\n\n");
    for (uint32_t i = 0; i < w->l->count; i++) {
        const struct letter_ask *ask = &w->l->asks[i];
        const struct record *need = book_version(w->b, ask->need, INT64_MAX);
        uint32_t item = noun_at(w, ask->need, F_ITEM);
        if (said_before(w, i)) continue;
        buf_addf(w->out, "- **%s**: %s asks for %s of %s", called(w, ask->need),
                 called(w, noun_at(w, ask->need, F_RECEIVER)),
                 counted(w, item, record_int(need, F_QTY, 0)), called(w, item));
        if (record_field(need, F_MONTHLY)) buf_add(w->out, " a month");
        if (record_field(need, F_UNTIL)) {
            buf_addf(w->out, " by %s", day_or_none(w, (int32_t)record_int(need, F_UNTIL, 0)));
        }
        write_rank(w, need);
        const char *place = record_text(need, F_PLACE);
        if (place) buf_addf(w->out, ", at %s", quoted(w->arena, place));
        buf_add(w->out, ".\n");
        for (uint32_t k = i; k < w->l->count; k++) {
            const struct letter_ask *one = &w->l->asks[k];
            if (one->need != ask->need || !one->why) continue;
            buf_addf(w->out, "  No. %s is %s.\n", quoted(w->arena, one->number),
                     quoted(w->arena, one->why));
        }
    }
}

void letter_text(struct arena *a, const struct letter *l, struct buf *out)
{
    struct writing w = {.arena = a, .l = l, .b = l->book, .out = out};
    write_head(&w);
    write_asks(&w);
    write_needs(&w);
    buf_add(out, "\n## How to answer\n\n"
                 "Agree to a line or to a part of it, or refuse it with your reason; name its"
                 " number. What you refuse\nis not asked for again until you say something new of"
                 " what you hold.\n");
}
