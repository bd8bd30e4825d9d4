/* ical.c - see ical.h. */
#include "export/ical.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "export/plain.h"

enum { LINE_BYTES = 75 };

struct writing {
    struct arena *arena;
    const struct book *book;
    const struct calendar *calendar;
    struct buf *out;
    int64_t known;
};

/* --- properties --- */

/* RFC 5545, 3.3.11. */
static const char *escaped(struct arena *a, const char *text)
{
    struct buf b = {.arena = a};
    buf_add(&b, "");
    for (const char *at = plain_text(a, text); *at; at++) {
        if (*at == '\n')
            buf_add(&b, "\\n");
        else if (strchr("\\;,", *at))
            buf_addf(&b, "\\%c", *at);
        else
            buf_add_bytes(&b, at, 1);
    }
    return b.text;
}

/* How many bytes of the text a line has room for: whole characters. */
static size_t fitting(const char *text, size_t room)
{
    size_t len = strlen(text);
    if (len <= room) return len;
    while (room > 0 && ((unsigned char)text[room] & 0xc0) == 0x80) room--;
    return room;
}

void ical_property(struct arena *a, struct buf *out, const char *name, const char *value, bool raw)
{
    const char *words = raw ? plain_line(a, value) : escaped(a, value);
    const char *line = text_format(a, "%s:%s", name, words);
    size_t room = LINE_BYTES;
    while (true) {
        size_t len = fitting(line, room);
        buf_add_bytes(out, line, len);
        buf_add(out, "\r\n");
        line += len;
        if (!*line) return;
        buf_add(out, " ");
        room = LINE_BYTES - 1;
    }
}

static void text(struct writing *w, const char *name, const char *value)
{
    ical_property(w->arena, w->out, name, value, false);
}

static void raw(struct writing *w, const char *name, const char *value)
{
    ical_property(w->arena, w->out, name, value, true);
}

static void date(struct writing *w, const char *name, int32_t day)
{
    int year, month, dom;
    day_to_civil(day, &year, &month, &dom);
    raw(w, text_format(w->arena, "%s;VALUE=DATE", name),
        text_format(w->arena, "%04d%02d%02d", year, month, dom));
}

static void instant(struct writing *w, const char *name, int64_t ms)
{
    int64_t days = ms / MS_PER_DAY, seconds = ms % MS_PER_DAY / 1000;
    int year, month, dom;
    day_to_civil((int32_t)days, &year, &month, &dom);
    raw(w, name,
        text_format(w->arena, "%04d%02d%02dT%02d%02d%02dZ", year, month, dom, (int)(seconds / 3600),
                    (int)(seconds / 60 % 60), (int)(seconds % 60)));
}

/* --- events --- */

/* When a line, or what moved of any of its versions, was last recorded; by noun. */
static int64_t *last_recorded(struct writing *w)
{
    const struct columns *c = book_columns(w->book);
    uint32_t lines, rows = book_rows_known(w->book, w->known);
    const struct line *line = book_lines(w->book, &lines);
    int64_t *out = NEW_ARRAY(w->arena, book_noun_count(w->book) + 1, int64_t);
    for (uint32_t i = 0; i < lines; i++) {
        int64_t ms = line[i].recorded_ms;
        if (ms <= w->known && ms > out[line[i].noun]) out[line[i].noun] = ms;
    }
    for (uint32_t row = 0; row < rows; row++) {
        uint32_t noun = line[c->line[row]].noun;
        if (row_seen(c, row, &w->calendar->question.at) && c->recorded_ms[row] > out[noun])
            out[noun] = c->recorded_ms[row];
    }
    return out;
}

/* How well the day is known: a window says that it is the last of several. */
static const char *window_words(struct writing *w, const struct line *l, int32_t until)
{
    const struct field *since = record_field(line_record(w->book, l), F_SINCE);
    int year, month, dom, first_year, first_month, first_dom;
    const char *last = day_text(w->arena, until, PRECISION_DAY);
    if (!since || since->n == until) return text_format(w->arena, "Promised by %s.", last);
    day_to_civil(until, &year, &month, &dom);
    day_to_civil((int32_t)since->n, &first_year, &first_month, &first_dom);
    if (first_dom == 1 && first_month == month && first_year == year &&
        until == day_month_last(year, month)) {
        return text_format(w->arena,
                           "Promised for %s: only the month is known, this is its last"
                           " day.",
                           day_text(w->arena, until, PRECISION_MONTH));
    }
    return text_format(w->arena, "Promised for some day from %s to %s: this is the last.",
                       day_text(w->arena, (int32_t)since->n, PRECISION_DAY), last);
}

static const char *summary(struct writing *w, const struct line *l, const struct punctual_row *r)
{
    const struct book *b = w->book;
    const char *giver = plain_giver(b, l, w->known), *to = plain_receiver(w->arena, b, l, w->known);
    if (r->status == PUNCTUAL_NOT_TOLD) {
        return text_format(w->arena, "%s: %s%s due", giver, plain_item(b, l, w->known), to);
    }
    return text_format(w->arena, "%s: %s%s due", giver,
                       plain_things(w->arena, b, l, r->missing, w->known), to);
}

static const char *description(struct writing *w, const struct line *l,
                               const struct punctual_row *r)
{
    struct buf b = {.arena = w->arena};
    const char *name = line_text(w->book, l, F_NAME);
    const char *condition = line_text(w->book, l, F_CONDITION);
    if (name) buf_addf(&b, "%s\n", name);
    buf_addf(&b, "%s\n", window_words(w, l, r->until));
    if (r->status == PUNCTUAL_NOT_TOLD) {
        buf_add(&b, "How much is not disclosed.\n");
    } else {
        buf_addf(&b, "Promised: %s; delivered: ",
                 plain_quantity(w->arena, w->book, l, r->promised, w->known));
        buf_addf(&b, "%s; to come: ",
                 plain_quantity(w->arena, w->book, l, r->in_time + r->late, w->known));
        buf_addf(&b, "%s.\n", plain_quantity(w->arena, w->book, l, r->missing, w->known));
    }
    if (condition) buf_addf(&b, "On condition: %s\n", condition);
    buf_addf(&b, "Line: %s", book_key(w->book, l->noun));
    return b.text;
}

static void event(struct writing *w, const struct line *l, const struct punctual_row *r,
                  int64_t recorded)
{
    const char *key = book_key(w->book, l->noun);
    const char *address = plain_address(w->arena, w->calendar->base, "line", key);
    raw(w, "BEGIN", "VEVENT");
    raw(w, "UID", plain_uuid(w->arena, text_format(w->arena, "muster delivery\n%s", key)));
    instant(w, "DTSTAMP", recorded);
    instant(w, "LAST-MODIFIED", recorded);
    date(w, "DTSTART", r->until);
    date(w, "DTEND", r->until + 1); /* exclusive */
    text(w, "SUMMARY", summary(w, l, r));
    text(w, "DESCRIPTION", description(w, l, r));
    bool judged = w->calendar->question.at.effective != DAY_MAX || r->status == PUNCTUAL_NOT_TOLD;
    if (judged) text(w, "CATEGORIES", punctual_name(r->status));
    if (address) raw(w, "URL", address);
    raw(w, "TRANSP", "TRANSPARENT");
    raw(w, "END", "VEVENT");
}

static bool is_open(const struct punctual_row *r)
{
    return r->status == PUNCTUAL_LATE || r->status == PUNCTUAL_DUE ||
           r->status == PUNCTUAL_NOT_TOLD;
}

struct open_line {
    int64_t away; /* days from the day asked for, whichever way */
    uint32_t at;  /* place among the rows */
};

static int by_nearness(const void *x, const void *y)
{
    const struct open_line *a = x, *b = y;
    if (a->away != b->away) return a->away < b->away ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

/* The rows that become events, in their order. */
static struct open_line *find_open(struct writing *w, const struct punctual *p, uint32_t *count)
{
    const struct calendar *c = w->calendar;
    struct open_line *list = NEW_ARRAY(w->arena, p->count + 1, struct open_line);
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        const struct punctual_row r = punctual_row(p, i);
        if (!is_open(&r)) continue;
        int64_t away = (int64_t)r.until - c->near;
        list[n++] = (struct open_line){away < 0 ? -away : away, i};
    }
    if (c->most && n) qsort(list, n, sizeof *list, by_nearness);
    *count = c->most && n > c->most ? c->most : n;
    return list;
}

/* A calendar may not be empty; this one says what it would say of its times. */
static void only_a_zone(struct writing *w)
{
    static const char *const lines[][2] = {
        {"BEGIN", "VTIMEZONE"},    {"TZID", "UTC"},
        {"BEGIN", "STANDARD"},     {"DTSTART", "19700101T000000"},
        {"TZOFFSETFROM", "+0000"}, {"TZOFFSETTO", "+0000"},
        {"END", "STANDARD"},       {"END", "VTIMEZONE"},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) raw(w, lines[i][0], lines[i][1]);
}

enum rc export_ical(const struct book *b, const struct calendar *c, struct buf *out,
                    struct err *err)
{
    struct arena a = {0};
    struct punctual p;
    struct writing w = {
        .arena = &a, .book = b, .calendar = c, .out = out, .known = c->question.at.known};
    enum rc rc = measure_punctual(&a, b, &c->question, &p, err);
    if (!rc) {
        uint32_t count;
        const struct line *lines = book_lines(b, &count);
        const int64_t *recorded = last_recorded(&w);
        raw(&w, "BEGIN", "VCALENDAR");
        raw(&w, "VERSION", "2.0");
        raw(&w, "PRODID", "-//muster//promised deliveries//EN");
        raw(&w, "METHOD", "PUBLISH");
        text(&w, "X-WR-CALNAME", "Promised deliveries");
        uint32_t events;
        const struct open_line *list = find_open(&w, &p, &events);
        for (uint32_t i = 0; i < events; i++) {
            const struct punctual_row r = punctual_row(&p, list[i].at);
            event(&w, &lines[r.line], &r, recorded[lines[r.line].noun]);
        }
        if (!events) only_a_zone(&w);
        raw(&w, "END", "VCALENDAR");
    }
    arena_free(&a);
    return rc;
}
