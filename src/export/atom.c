/*
 * atom.c - see atom.h.
 *
 * The columns say what moved; who recorded it and why stands in the log, and is
 * read again for what is shown. libxml2 writes the document, so that nothing
 * from the book is ever markup.
 */
#include "export/atom.h"

#include <inttypes.h>
#include <libxml/xmlwriter.h>
#include <string.h>

#include "base/text.h"
#include "export/plain.h"

enum { MOVES_SHOWN = 12 }; /* of one entry, in its text */

/* What one commit did to one line. */
struct change {
    int64_t ms;
    uint32_t noun;
    const struct line *line;               /* the version that its newest row moved */
    i128 said[STAGE_COUNT];                /* entered the stage */
    i128 back[STAGE_COUNT];                /* was taken back from it */
    bool other_thing;                      /* its rows do not all count the same */
    uint32_t rows[MOVES_SHOWN], row_count; /* the newest first; the count goes on */
};

struct feeding {
    struct arena *arena;
    const struct view *view;
    const struct book *book;
    const struct feed *feed;
    struct change *changes;
    uint32_t count;
    xmlTextWriterPtr xml;
    bool bad; /* libxml2 could not */
};

/* --- what changed --- */

static void add_row(struct feeding *f, struct change *c, uint32_t row, const struct line *line)
{
    const struct columns *col = book_columns(f->book);
    bool reversal = col->flags[row] & ROW_REVERSAL;
    enum stage stage = reversal ? row_from(col, row) : row_to(col, row);
    (reversal ? c->back : c->said)[stage] += col->qty[row];
    c->other_thing |= line->item != c->line->item;
    if (c->row_count < MOVES_SHOWN) c->rows[c->row_count] = row;
    c->row_count++;
}

/* From the newest row backwards. A commit's rows are of one instant, and no other's are. */
static void find_changes(struct feeding *f)
{
    const struct columns *col = book_columns(f->book);
    uint32_t lines;
    const struct line *line = book_lines(f->book, &lines);
    uint32_t *of_noun = NEW_ARRAY(f->arena, book_noun_count(f->book) + 1, uint32_t); /* from 1 */
    uint32_t rows = book_rows_known(f->book, f->feed->at.known);
    uint32_t limit = f->feed->limit < rows ? f->feed->limit : rows;
    f->changes = NEW_ARRAY(f->arena, (size_t)limit + 1, struct change);
    for (uint32_t row = rows; row-- > 0;) {
        const struct line *l = &line[col->line[row]];
        int64_t ms = col->recorded_ms[row];
        if (!row_seen(col, row, &f->feed->at)) continue;
        struct change *c = of_noun[l->noun] ? &f->changes[of_noun[l->noun] - 1] : NULL;
        if (!c || c->ms != ms) {
            bool full = f->count == limit;
            if (full && (!f->count || f->changes[f->count - 1].ms != ms)) break;
            if (full) continue;
            c = &f->changes[f->count++];
            *c = (struct change){.ms = ms, .noun = l->noun, .line = l};
            of_noun[l->noun] = f->count;
        }
        add_row(f, c, row, l);
    }
}

/* --- in words --- */

static const char *quantity(const struct feeding *f, const struct change *c, i128 parts)
{
    return plain_quantity(f->arena, f->book, c->line, parts, f->feed->at.known);
}

/* "7,000 announced, not 6,000" */
static const char *stage_words(const struct feeding *f, const struct change *c, enum stage s)
{
    const char *name = stage_name(s);
    if (!c->back[s]) return text_format(f->arena, "%s %s", quantity(f, c, c->said[s]), name);
    const char *was = quantity(f, c, c->back[s]);
    if (!c->said[s]) return text_format(f->arena, "%s no longer %s", was, name);
    return text_format(f->arena, "%s %s, not %s", quantity(f, c, c->said[s]), name, was);
}

/* "Netherlands: 6,000 drones to Ukraine announced" */
static const char *title(const struct feeding *f, const struct change *c)
{
    int64_t known = f->feed->at.known;
    const char *giver = plain_giver(f->book, c->line, known);
    const char *item = plain_item(f->book, c->line, known);
    const char *to = plain_receiver(f->arena, f->book, c->line, known);
    struct buf stages = {.arena = f->arena};
    int moved = 0;
    enum stage one = STAGE_WORLD;
    for (int s = STAGE_CONSIDERED; s < STAGE_COUNT && !c->other_thing; s++) {
        if (c->said[s] == c->back[s]) continue;
        buf_addf(&stages, "%s%s", moved ? "; " : "", stage_words(f, c, (enum stage)s));
        one = (enum stage)s;
        moved++;
    }
    if (!moved) return text_format(f->arena, "%s: %s%s restated", giver, item, to);
    if (moved > 1 || (c->said[one] && c->back[one]))
        return text_format(f->arena, "%s: %s%s: %s", giver, item, to, stages.text);
    const char *things =
        plain_things(f->arena, f->book, c->line, c->said[one] + c->back[one], known);
    return text_format(f->arena, "%s: %s%s %s%s", giver, things, to,
                       c->back[one] ? "no longer " : "", stage_name(one));
}

/* "2026-08-04: 6,000 announced" */
static void add_move(const struct feeding *f, uint32_t row, const struct record *r, struct buf *b)
{
    const struct columns *col = book_columns(f->book);
    uint32_t lines;
    const struct line *l = &book_lines(f->book, &lines)[col->line[row]];
    bool reversal = col->flags[row] & ROW_REVERSAL, month = col->flags[row] & ROW_MONTH;
    enum stage stage = reversal ? row_from(col, row) : row_to(col, row);
    const char *why = record_text(r, F_WHY);
    buf_addf(b, "%s: %s %s%s",
             day_text(f->arena, col->day[row], month ? PRECISION_MONTH : PRECISION_DAY),
             plain_quantity(f->arena, f->book, l, col->qty[row], f->feed->at.known),
             reversal ? "no longer " : "", stage_name(stage));
    if (why) buf_addf(b, " (%s)", why);
    buf_add(b, "\n");
}

/* --- the document --- */

static void check(struct feeding *f, int written)
{
    f->bad |= written < 0;
}

static void open_element(struct feeding *f, const char *name)
{
    check(f, xmlTextWriterStartElement(f->xml, BAD_CAST name));
}

static void close_element(struct feeding *f)
{
    check(f, xmlTextWriterEndElement(f->xml));
}

static void attribute(struct feeding *f, const char *name, const char *text)
{
    const char *plain = plain_line(f->arena, text);
    check(f, xmlTextWriterWriteAttribute(f->xml, BAD_CAST name, BAD_CAST plain));
}

static void text(struct feeding *f, const char *words)
{
    check(f, xmlTextWriterWriteString(f->xml, BAD_CAST plain_text(f->arena, words)));
}

static void element(struct feeding *f, const char *name, const char *words)
{
    open_element(f, name);
    text(f, words);
    close_element(f);
}

static void instant_element(struct feeding *f, const char *name, int64_t ms)
{
    char instant[INSTANT_TEXT];
    element(f, name, instant_format(ms, instant));
}

static void link_element(struct feeding *f, const char *rel, const char *type, const char *address)
{
    if (!address) return;
    open_element(f, "link");
    attribute(f, "rel", rel);
    attribute(f, "type", type);
    attribute(f, "href", address);
    close_element(f);
}

static void id_element(struct feeding *f, const char *words)
{
    element(f, "id", text_format(f->arena, "urn:uuid:%s", plain_uuid(f->arena, words)));
}

static void feed_head(struct feeding *f)
{
    const char *viewer = f->feed->viewer, *base = f->feed->base;
    const char *who = !viewer ? "" : *viewer ? viewer : "the public";
    check(f, xmlTextWriterWriteAttribute(f->xml, BAD_CAST "xmlns",
                                         BAD_CAST "http://www.w3.org/2005/Atom"));
    attribute(f, "xml:lang", "en");
    element(f, "title",
            viewer ? text_format(f->arena, "What changed, as %s may see it", who) : "What changed");
    id_element(f, text_format(f->arena, "muster changes\n%s\n%s", base ? base : "", who));
    instant_element(f, "updated", f->count ? f->changes[0].ms : 0);
    link_element(f, "self", "application/atom+xml", f->feed->self);
    link_element(f, "alternate", "text/html", plain_address(f->arena, base, "changes", NULL));
}

static void author_element(struct feeding *f, const char *name)
{
    open_element(f, "author");
    element(f, "name", name);
    close_element(f);
}

/* What the log says of a change. */
struct told {
    struct buf words;
    const char *authors[MOVES_SHOWN];
    uint32_t author_count;
};

static void tell_author(struct told *t, const char *name)
{
    for (uint32_t i = 0; i < t->author_count; i++) {
        if (strcmp(t->authors[i], name) == 0) return;
    }
    t->authors[t->author_count++] = name;
}

/* The moves in the order in which they were recorded. */
static enum rc tell(struct feeding *f, const struct change *c, struct told *t, struct err *err)
{
    const char *name = line_text(f->book, c->line, F_NAME);
    uint32_t shown = c->row_count < MOVES_SHOWN ? c->row_count : MOVES_SHOWN;
    if (name) buf_addf(&t->words, "%s\n", name);
    if (c->row_count > shown)
        buf_addf(&t->words, "%u moves, the last of which are:\n", (unsigned)c->row_count);
    for (uint32_t i = shown; i-- > 0;) {
        struct record r;
        uint64_t id = book_columns(f->book)->id[c->rows[i]];
        enum rc rc = view_record(f->arena, f->view, id, &r, err);
        if (rc) return rc;
        add_move(f, c->rows[i], &r, &t->words);
        tell_author(t, record_text(&r, F_AUTHOR));
    }
    return RC_OK;
}

static enum rc feed_entry(struct feeding *f, const struct change *c, struct err *err)
{
    const char *key = book_key(f->book, c->noun);
    const char *address = plain_address(f->arena, f->feed->base, "line", key);
    struct told t = {.words = {.arena = f->arena}};
    enum rc rc = tell(f, c, &t, err);
    if (rc) return rc;
    open_element(f, "entry");
    element(f, "title", title(f, c));
    id_element(f, text_format(f->arena, "muster change\n%s\n%" PRId64, key, c->ms));
    instant_element(f, "updated", c->ms);
    for (uint32_t i = 0; i < t.author_count; i++) author_element(f, t.authors[i]);
    link_element(f, "alternate", "text/html", address);
    /* What has no page of its own must say all there is. */
    element(f, address ? "summary" : "content", t.words.text);
    close_element(f);
    return RC_OK;
}

static enum rc write_feed(struct feeding *f, struct err *err)
{
    enum rc rc = RC_OK;
    check(f, xmlTextWriterSetIndent(f->xml, 1));
    check(f, xmlTextWriterStartDocument(f->xml, NULL, "UTF-8", NULL));
    open_element(f, "feed");
    feed_head(f);
    for (uint32_t i = 0; !rc && i < f->count; i++) rc = feed_entry(f, &f->changes[i], err);
    close_element(f);
    check(f, xmlTextWriterEndDocument(f->xml));
    return rc;
}

enum rc export_atom(const struct view *v, const struct feed *feed, struct buf *out, struct err *err)
{
    struct arena a = {0};
    struct feeding f = {.arena = &a, .view = v, .book = v->book, .feed = feed};
    xmlBufferPtr bytes = xmlBufferCreate();
    f.xml = bytes ? xmlNewTextWriterMemory(bytes, 0) : NULL;
    f.bad = !f.xml;
    enum rc rc = RC_OK;
    if (f.xml) {
        find_changes(&f);
        rc = write_feed(&f, err);
        xmlFreeTextWriter(f.xml); /* and what it still held is in the buffer */
    }
    if (!rc && f.bad) rc = fail(err, RC_STORE, "the feed could not be put together");
    if (!rc)
        buf_add_bytes(out, (const char *)xmlBufferContent(bytes), (size_t)xmlBufferLength(bytes));
    xmlBufferFree(bytes);
    arena_free(&a);
    return rc;
}
