/*
 * reports.c - see reports.h.
 *
 * Lines that are reports are looked up by the activities they name; each is
 * looked at once. Chains end at a report that counts: whoever counts for
 * somebody is never itself put aside by a later rule, so no circle of people's
 * edges or of publishers naming each other can make money vanish.
 */
#include "measure/reports.h"

#include <string.h>

#include "base/map.h"
#include "base/text.h"

/* What the links of one line say. */
struct report {
    uint32_t line; /* index */
    const char *by, *from, *to, *as;
    const char *paid; /* who gets it, where no activity is named */
    uint32_t next;    /* 1 + index of the next that leaves (or enters) the same activity */
};

struct search {
    struct arena *a;
    const struct book *b;
    const struct line *lines;
    struct clocks at;
    enum stage low;
    struct report *reports;
    uint32_t count, room;
    struct map out, in; /* activity -> 1 + index: what goes out of it; what comes in */
    struct map as;      /* what several publishers report -> 1 + index of who counts */
    struct reports *found;
};

static const char *after(const char *text, const char *prefix)
{
    return text_starts(text, prefix) ? text + strlen(prefix) : NULL;
}

static bool read_links(struct search *s, uint32_t line, struct report *out)
{
    const struct record *r = line_record(s->b, &s->lines[line]);
    *out = (struct report){.line = line};
    for (uint32_t i = 0; i < r->count; i++) {
        const char *said, *text = r->fields[i].text;
        if (r->fields[i].tag != F_LINK) continue;
        if ((said = after(text, "flow-by:"))) out->by = said;
        if ((said = after(text, "flow-from:"))) out->from = said;
        if ((said = after(text, "flow-to:"))) out->to = said;
        if ((said = after(text, "flow-as:"))) out->as = said;
        if ((said = after(text, "flow-paid:"))) out->paid = said;
    }
    return out->by != NULL;
}

static bool goes_out(const struct report *r)
{
    return r->from && strcmp(r->from, r->by) == 0;
}

static bool comes_in(const struct report *r)
{
    return r->to && strcmp(r->to, r->by) == 0 && !goes_out(r);
}

/* Whether anything of the line has come as far as is asked for. */
static bool reaches(const struct search *s, uint32_t line)
{
    const struct columns *c = book_columns(s->b);
    for (uint32_t row = s->lines[line].last_row; row != NONE; row = c->prev[row]) {
        if (c->recorded_ms[row] > s->at.known || c->flags[row] & (ROW_REVERSED | ROW_REVERSAL)) {
            continue;
        }
        enum stage to = row_to(c, row);
        if (to >= s->low && to <= STAGE_DELIVERED && row_seen(c, row, &s->at)) return true;
    }
    return false;
}

/* `line` is the same money as `counts`, which counts; unless one of them is spoken for. */
static void put_aside(struct search *s, uint32_t line, uint32_t counts, const char *why)
{
    struct reports *f = s->found;
    if (line == counts || f->instead[line] != NONE || f->second[line] != NONE) return;
    if (f->instead[counts] != NONE) counts = f->instead[counts];
    if (line == counts || !reaches(s, counts)) return;
    f->instead[line] = counts;
    f->why[line] = why;
    f->next[line] = f->second[counts];
    f->second[counts] = line;
}

static void chain(struct search *s, struct map *m, const char *activity, uint32_t at)
{
    const uint64_t *first = map_get(m, activity);
    s->reports[at].next = first ? (uint32_t)*first : 0;
    map_put(m, activity, at + 1);
}

static void gather(struct search *s)
{
    uint32_t lines;
    book_lines(s->b, &lines);
    for (uint32_t i = 0; i < lines; i++) {
        struct report one;
        if (!(s->lines[i].flags & LINE_REPORT) || !line_current(s->lines, i, s->at.known)) continue;
        if (!read_links(s, i, &one)) continue;
        s->reports = arena_more(s->a, s->reports, s->count, &s->room, sizeof *s->reports);
        s->reports[s->count++] = one;
    }
    for (uint32_t i = 0; i < s->count; i++) {
        const struct report *r = &s->reports[i];
        if (goes_out(r)) chain(s, &s->out, r->by, i);
        if (comes_in(r)) chain(s, &s->in, r->by, i);
    }
}

/* --- the rules --- */

static int64_t stated(const struct search *s, uint32_t line)
{
    return line_int(s->b, &s->lines[line], F_STATED, 0);
}

/*
 * Who reports it, out of the line's key: the text between '@' and the first '/', with its length;
 * 0 for the activity's owner.
 */
static size_t reporter_of(const struct search *s, const struct report *r, const char **out)
{
    const char *key = book_key(s->b, s->lines[r->line].noun), *slash = strchr(key, '/');
    *out = key;
    for (const char *at = slash; at && at > key; at--) {
        if (*at != '@') continue;
        *out = at + 1;
        return (size_t)(slash - at - 1);
    }
    return 0;
}

static bool same_reporter(const struct search *s, const struct report *a, const struct report *b)
{
    const char *x, *y;
    size_t n = reporter_of(s, a, &x), m = reporter_of(s, b, &y);
    return n == m && (n == 0 || strncmp(x, y, n) == 0);
}

/* What reports of one activity in one direction and currency have in common. */
static const char *group_of(struct search *s, const struct report *r)
{
    char digits[DEC_TEXT];
    struct dec item = {s->lines[r->line].item, 0};
    return TEXT_JOIN(s->a, goes_out(r) ? "out " : "in ", dec_format(item, digits), " ", r->by);
}

/* One activity, reported by several publishers: only one of them counts. */
static void same_activity(struct search *s)
{
    for (uint32_t i = 0; i < s->count; i++) {
        const struct report *r = &s->reports[i];
        const char *group = group_of(s, r), *unused;
        if (!reaches(s, r->line)) continue;
        uint64_t *best = map_get(&s->as, group);
        const struct report *o = best ? &s->reports[*best - 1] : NULL;
        bool mine = reporter_of(s, r, &unused) == 0;
        bool others = o && reporter_of(s, o, &unused) == 0;
        if (!o || (mine != others ? mine : stated(s, r->line) > stated(s, o->line))) {
            map_put(&s->as, group, i + 1);
        }
    }
    for (uint32_t i = 0; i < s->count; i++) { /* the very same lines of who counts */
        const struct report *r = &s->reports[i];
        const uint64_t *best = map_get(&s->as, group_of(s, r));
        if (r->as && best && same_reporter(s, r, &s->reports[*best - 1])) {
            map_put(&s->as, TEXT_JOIN(s->a, "as ", r->as), i + 1);
        }
    }
    for (uint32_t i = 0; i < s->count; i++) {
        const struct report *r = &s->reports[i];
        const uint64_t *best = map_get(&s->as, group_of(s, r));
        if (!best || same_reporter(s, r, &s->reports[*best - 1])) continue;
        const uint64_t *like = r->as ? map_get(&s->as, TEXT_JOIN(s->a, "as ", r->as)) : NULL;
        put_aside(s, r->line, s->reports[(like ? *like : *best) - 1].line,
                  "another publisher's report of the same activity");
    }
}

/* What two activities say of each other, in one currency or in two. */
struct match {
    uint32_t named, open; /* lines: that names the receiver's activity; that names none; NONE */
};

/* Whether the receiver reports money of that item from the same activity: then that is the giver's.
 */
static bool gets_in(struct search *s, const struct report *in, uint32_t item)
{
    const uint64_t *first = map_get(&s->in, in->by);
    for (uint32_t i = first ? (uint32_t)*first : 0; i; i = s->reports[i - 1].next) {
        const struct report *o = &s->reports[i - 1];
        if (s->lines[o->line].item == item && o->from && strcmp(o->from, in->from) == 0 &&
            reaches(s, o->line))
            return true;
    }
    return false;
}

/* The best lines of the giver's activity for a receiver's report `in`. */
static struct match match_of(struct search *s, const struct report *in, bool any_currency)
{
    const uint64_t *first = in->from ? map_get(&s->out, in->from) : NULL;
    struct match m = {NONE, NONE};
    uint32_t item = NONE; /* of which it was asked last whether the receiver has it too */
    bool gets = false;
    for (uint32_t i = first ? (uint32_t)*first : 0; i; i = s->reports[i - 1].next) {
        const struct report *o = &s->reports[i - 1];
        bool other = s->lines[o->line].item != s->lines[in->line].item;
        if ((other && !any_currency) || !reaches(s, o->line)) continue;
        bool named = o->to && strcmp(o->to, in->by) == 0;
        if (o->to && !named) continue;
        bool same = s->lines[o->line].receiver == s->lines[in->line].receiver;
        if (!named && o->paid && !same) continue; /* it says that somebody else got this */
        if (other && s->lines[o->line].item != item) {
            item = s->lines[o->line].item;
            gets = gets_in(s, in, item);
        }
        if (other && gets) continue;
        if (named) m.named = o->line;
        if (!named && (m.open == NONE || same)) m.open = o->line;
        if (any_currency && named) break;
    }
    return m;
}

/*
 * What the giver's activity says of a receiver's report. Often the one reports
 * in the currency that it pays, the other in that of its books: where the giver
 * reports nothing in the receiver's, that is the same money.
 */
static void giver_says(struct search *s, const struct report *in)
{
    struct match m = match_of(s, in, false);
    if (m.named != NONE) {
        put_aside(s, in->line, m.named, "both activities name each other");
    } else if (m.open != NONE) {
        put_aside(s, in->line, m.open, "it names the giver's activity, which reports it");
    } else {
        m = match_of(s, in, true);
        if (m.named != NONE)
            put_aside(s, in->line, m.named,
                      "both activities name each other, each in its own currency");
        else if (m.open != NONE)
            put_aside(s, in->line, m.open,
                      "it names the giver's activity, which reports it in another currency");
    }
}

/* A giver's report `out` names the receiver's activity, which knows the giver but no activity. */
static bool receiver_told(struct search *s, const struct report *out, bool any_currency)
{
    const uint64_t *first = out->to ? map_get(&s->in, out->to) : NULL;
    bool found = false;
    for (uint32_t i = first ? (uint32_t)*first : 0; i; i = s->reports[i - 1].next) {
        const struct report *in = &s->reports[i - 1];
        bool other = s->lines[in->line].item != s->lines[out->line].item;
        if (in->from || s->lines[in->line].giver != s->lines[out->line].giver ||
            (other && !any_currency)) {
            continue;
        }
        found = true;
        put_aside(s, in->line, out->line,
                  other ? "the giver names its activity, in another currency"
                        : "the giver names its activity");
    }
    return found;
}

/* In one currency first, of all of them: what has its own report takes no other's. */
static void receivers_say(struct search *s)
{
    for (uint32_t i = 0; i < s->count; i++) {
        if (goes_out(&s->reports[i])) receiver_told(s, &s->reports[i], false);
    }
    for (uint32_t i = 0; i < s->count; i++) {
        const struct report *out = &s->reports[i];
        if (goes_out(out) && !receiver_told(s, out, false)) receiver_told(s, out, true);
    }
}

/* What people said: the latest version of each edge. */
static void people_say(struct search *s)
{
    uint32_t count;
    const struct record *const *edges = book_records(s->b, KIND_EDGE, &count);
    for (uint32_t i = 0; i < count; i++) {
        const char *type = record_text(edges[i], F_TYPE), *said = record_text(edges[i], F_VERDICT);
        if (!type || strcmp(type, "same") != 0 || !said || strcmp(said, "accepted") != 0) continue;
        if (!book_current(s->b, edges[i], s->at.known)) continue;
        uint32_t of = book_noun_of(s->b, record_ref(edges[i], F_OF));
        uint32_t object = book_noun_of(s->b, record_ref(edges[i], F_OBJECT));
        const struct record *counts = of == NONE ? NULL : book_version(s->b, of, s->at.known);
        const struct record *line = object == NONE ? NULL : book_version(s->b, object, s->at.known);
        uint32_t a = counts ? book_line(s->b, counts->id) : NONE;
        uint32_t b = line ? book_line(s->b, line->id) : NONE;
        if (a != NONE && b != NONE) put_aside(s, b, a, "a person said that it is the same");
    }
}

void reports_find(struct arena *a, const struct book *b, const struct clocks *at, enum stage low,
                  struct reports *out)
{
    struct search s = {.a = a, .b = b, .at = *at, .low = low, .found = out};
    uint32_t lines;
    *out = (struct reports){0};
    s.out.arena = s.in.arena = s.as.arena = a;
    s.lines = book_lines(b, &lines);
    if (book_line_flags(b) & LINE_REPORT) gather(&s);
    if (!s.count) return;
    out->lines = lines;
    out->instead = NEW_ARRAY(a, lines, uint32_t);
    out->second = NEW_ARRAY(a, lines, uint32_t);
    out->next = NEW_ARRAY(a, lines, uint32_t);
    out->why = NEW_ARRAY(a, lines, const char *);
    memset(out->instead, 0xff, lines * sizeof *out->instead);
    memset(out->second, 0xff, lines * sizeof *out->second);
    memset(out->next, 0xff, lines * sizeof *out->next);
    same_activity(&s);
    for (uint32_t i = 0; i < s.count; i++) {
        if (comes_in(&s.reports[i])) giver_says(&s, &s.reports[i]);
    }
    receivers_say(&s);
    people_say(&s);
}

enum flow reports_flow(const struct reports *r, const struct book *b, const struct boundary *w,
                       uint32_t line, int32_t day, int64_t known, bool *shared)
{
    enum flow flow = boundary_flow(b, w, line, day, known, shared);
    bool to = flow == FLOW_INCOMING || flow == FLOW_INTERNAL;
    bool from = flow == FLOW_OUTGOING || flow == FLOW_INTERNAL;
    uint32_t at = r->lines ? r->second[line] : NONE;
    for (; at != NONE; at = r->next[at]) {
        bool part;
        enum flow other = boundary_flow(b, w, at, day, known, &part);
        bool enters = other == FLOW_INCOMING || other == FLOW_INTERNAL;
        if (enters && (!to || !part)) *shared = part;
        to |= enters;
    }
    if (to) return from ? FLOW_INTERNAL : FLOW_INCOMING;
    return from ? FLOW_OUTGOING : FLOW_OUTSIDE;
}
