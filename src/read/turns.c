/*
 * turns.c - see turns.h.
 *
 * Two passes. The first collects what may be a label at the beginning of each
 * line; the same label is read once, however often it stands. Then the
 * document decides: a name by itself is a label only where others speak too,
 * and a fact sheet with "Air Defence:" in it is nobody's conversation. The
 * second pass makes turns of what is left.
 */
#include "read/turns.h"

#include <string.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/text.h"
#include "read/addressed.h"
#include "read/heading.h"
#include "read/labels.h"
#include "read/offices.h"
#include "read/passing.h"
#include "read/people.h"

enum {
    LINE_LABEL_MAX = 80,
    WHOS_MAX = 1000,     /* more people than that speak in no document */
    WRAPPED_BYTES = 40,  /* a line as long as that may go on in the next */
    REMARKS_BYTES = 400, /* more than courtesies */
};

enum form { FORM_NAMED, FORM_Q, FORM_A, FORM_BRACKET };

/* A label where it stands. */
struct mark {
    uint32_t begin, text; /* of the plain text: the label, what is said */
    uint32_t who;         /* index of the label's words; 0 for other forms */
    enum form form;
    bool paragraph; /* it begins one */
    bool inside;    /* ... or stands where a sentence of a wrapped text goes on */
    bool sure;      /* Q: with a colon or a gap behind it */
    bool small;     /* what is said goes on in lower case */
    bool quoted;    /* ... or within quotation marks */
};

/* A label's words. */
struct who {
    struct called called;
    const char *label;
    uint32_t at; /* of the plain text: where it first stands */
    uint32_t count, paragraphs, quoted;
    uint32_t asked;   /* turns with a question mark */
    uint32_t replies; /* turns that follow a question */
    uint32_t passes;  /* turns that a question follows */
    bool taken, headed, principal, caller, answers, remarked;
};

struct talking {
    struct arena *arena;
    const struct plain *p;
    const char *bytes; /* of the file */
    struct mark *marks;
    uint32_t mark_count, mark_room;
    struct who *whos;
    uint32_t who_count, who_room;
    struct map labels;
    uint32_t sure_q, any_q, answers;
    uint32_t searched; /* names that were looked for */
};

static bool upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool small(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* --- the marks --- */

static uint32_t skip_white(const struct plain *p, uint32_t at)
{
    while (at < p->len && (p->text[at] == ' ' || p->text[at] == '\n')) at++;
    return at;
}

/* Behind "(00:13)", the time of a recording. */
static uint32_t skip_clock(const struct plain *p, uint32_t at)
{
    uint32_t i = at + 1;
    if (at >= p->len || (p->text[at] != '(' && p->text[at] != '[')) return at;
    while (i < p->len && i - at < 10 && (digit(p->text[i]) || p->text[i] == ':')) i++;
    bool clock = i - at > 4 && i < p->len && (p->text[i] == ')' || p->text[i] == ']');
    return clock ? skip_white(p, i + 1) : at;
}

static void add_mark(struct talking *t, struct mark m)
{
    t->marks = arena_more(t->arena, t->marks, t->mark_count, &t->mark_room, sizeof *t->marks);
    m.text = skip_clock(t->p, skip_white(t->p, m.text));
    t->marks[t->mark_count++] = m;
}

/* "Q    ", "Q:", "Q1.", "A:" at the beginning of a line. */
static bool mark_letter(struct talking *t, uint32_t at, uint32_t end, bool paragraph)
{
    const char *s = t->p->text;
    uint32_t i = at + 1;
    bool numbered = false;
    if (i < end && s[i] == ' ' && i + 2 < end && digit(s[i + 1]) && s[i + 2] == ':') i++;
    while (i < end && digit(s[i]) && i - at < 4) i++, numbered = true;
    if (i >= end) return false;
    bool stop = s[i] == ':' || ((s[i] == '.' || s[i] == ')') && i + 1 < end && s[i + 1] == ' ');
    bool gap = s[i] == ' ' && i + 1 < end && s[i + 1] == ' ';
    bool dash = end - i > 2 && s[i] == ' ' && s[i + 1] == '-' && s[i + 2] == ' ';
    bool one = s[at] == 'Q' && s[i] == ' ' && !numbered && paragraph && i + 1 < end &&
               (!small(s[i + 1]) || gap);
    if (!stop && !gap && !dash && !one) return false;
    if (numbered && !stop) return false;
    struct mark m = {
        .begin = at, .text = i + (s[i] != ' ') + (dash ? 2 : 0), .paragraph = paragraph};
    m.form = s[at] == 'Q' ? FORM_Q : FORM_A;
    m.sure = stop || gap || dash;
    if (m.form == FORM_A && s[i] != ':' && !gap && !numbered) return false;
    t->sure_q += m.form == FORM_Q && m.sure;
    t->any_q += m.form == FORM_Q;
    t->answers += m.form == FORM_A;
    add_mark(t, m);
    return true;
}

/* "[Follow-up question inaudible]", "[inaudible]" as a line of its own. */
static bool mark_bracket(struct talking *t, uint32_t at, uint32_t end)
{
    const char *s = t->p->text;
    while (end > at && (s[end - 1] == '.' || s[end - 1] == ' ')) end--;
    if (end - at < 4 || end - at > 120 || s[end - 1] != ']') return false;
    if (memchr(s + at, ']', end - at - 1)) return false;
    if (!text_has(s, at, end, "question") && !text_has(s, at, end, "inaudible") &&
        !text_has(s, at, end, "off-mic") && !text_has(s, at, end, "off mic"))
        return false;
    add_mark(t, (struct mark){.begin = at, .text = at, .form = FORM_BRACKET, .paragraph = true});
    return true;
}

/* The index of the label's words, read once, then known; 0 when they call nobody. */
static uint32_t who_of(struct talking *t, uint32_t at, uint32_t colon)
{
    char key[LABEL_BYTES_MAX + 1];
    memcpy(key, t->p->text + at, colon - at);
    key[colon - at] = '\0';
    uint64_t *known = map_get(&t->labels, key);
    if (known) return (uint32_t)*known;
    struct called called = label_read(t->arena, t->p->text, at, colon);
    bool nobody = called.weight == LABEL_NONE || t->who_count == WHOS_MAX;
    const char *label = map_put(&t->labels, key, nobody ? 0 : t->who_count);
    if (nobody) return 0;
    t->whos = arena_more(t->arena, t->whos, t->who_count, &t->who_room, sizeof *t->whos);
    t->whos[t->who_count] = (struct who){.called = called, .label = label, .at = at};
    return t->who_count++;
}

/* Whether the line before text byte `at` is long, and ends as no sentence does. */
static bool goes_on(const char *s, uint32_t at)
{
    uint32_t end = at, line;
    while (end > 0 && (s[end - 1] == '\n' || s[end - 1] == ' ')) end--;
    for (line = end; line > 0 && s[line - 1] != '\n' && end - line < WRAPPED_BYTES;) line--;
    if (end - line < WRAPPED_BYTES) return false;
    char c = s[end - 1];
    return small(c) || upper(c) || c == ',' || c == ';';
}

static void mark_named(struct talking *t, uint32_t at, uint32_t end, bool paragraph)
{
    const char *s = t->p->text;
    uint32_t colon = label_colon(s, at, end);
    if (!colon) return;
    uint32_t i = who_of(t, at, colon);
    if (!i) return;
    struct who *w = &t->whos[i];
    struct mark m = {.begin = at, .text = colon + 1, .who = i, .paragraph = paragraph};
    uint32_t text = skip_white(t->p, colon + 1);
    m.small = text < t->p->len && small(s[text]);
    m.quoted = text < t->p->len && s[text] == '"';
    m.inside = !paragraph && goes_on(s, at);
    w->count++;
    w->paragraphs += paragraph;
    w->quoted += m.quoted;
    add_mark(t, m);
}

/* A name or office that is all of a paragraph's first line, with something below it. */
static void mark_line(struct talking *t, uint32_t at, uint32_t end)
{
    const char *s = t->p->text;
    uint32_t text = skip_white(t->p, end);
    if (text >= t->p->len || !label_line(s, at, end)) return;
    uint32_t i = who_of(t, at, end);
    if (!i) return;
    t->whos[i].count++;
    t->whos[i].paragraphs++;
    add_mark(t, (struct mark){.begin = at, .text = text, .who = i, .paragraph = true});
}

/*
 * Labels without a colon, where there are none with one. A line that comes
 * again, and another that does or that can be nothing else, make a talk; two
 * headings do not.
 */
static void find_lines(struct talking *t)
{
    const char *s = t->p->text;
    uint32_t len = t->p->len, again = 0, sure = 0;
    for (uint32_t at = 0; at < len;) {
        const char *lf = memchr(s + at, '\n', len - at);
        uint32_t end = lf ? (uint32_t)(lf - s) : len;
        bool paragraph = at == 0 || s[at - 1] != '\n' || at < 2 || s[at - 2] == '\n';
        if (paragraph && end - at < LINE_LABEL_MAX) mark_line(t, at, end);
        at = end + 1;
    }
    for (uint32_t i = 1; i < t->who_count; i++) {
        const struct who *w = &t->whos[i];
        bool person = w->called.weight == LABEL_STRONG || w->called.words > 1;
        if (w->count > 1 && person)
            again++;
        else if (w->called.weight == LABEL_STRONG || w->called.sorts & OFFICE_ASKS)
            sure++;
    }
    if (!again || again + sure < 2) t->mark_count = 0;
}

static void find_marks(struct talking *t)
{
    const char *s = t->p->text;
    uint32_t len = t->p->len, at = 0;
    bool paragraph = true;
    while (at < len) {
        const char *lf = memchr(s + at, '\n', len - at);
        uint32_t end = lf ? (uint32_t)(lf - s) : len;
        unsigned char c = (unsigned char)s[at];
        bool marked = false;
        if (c == 'Q' || c == 'A') marked = mark_letter(t, at, end, paragraph);
        if (c == '[') marked = mark_bracket(t, at, end);
        if (!marked && (upper((char)c) || c >= 0x80)) mark_named(t, at, end, paragraph);
        paragraph = end == at;
        at = end + 1;
    }
}

/* --- which of them are labels --- */

enum { DIALOGUE_NAMES = 64 }; /* so many labels at most are looked at for a dialogue */

/* Whether the surname stands in the heading. */
static bool in_heading(const struct heading *h, const struct called *c)
{
    if (!c->name) return false;
    const char *last = strrchr(c->name, ' ');
    last = last ? last + 1 : c->name;
    size_t n = strlen(last);
    for (const char *s = h->lines; (s = strstr(s, last)) != NULL; s += n) {
        bool before = s == h->lines || s[-1] == ' ' || s[-1] == '\n';
        if (before && !small(s[n])) return true;
    }
    return false;
}

static const char *last_word(const char *name)
{
    const char *space = strrchr(name, ' ');
    return space ? space + 1 : name;
}

/* How often people of this surname are labels. */
static uint32_t surname_count(const struct talking *t, const char *surname)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < t->who_count; i++) {
        const struct called *c = &t->whos[i].called;
        if (c->name && !strcmp(last_word(c->name), surname)) n += t->whos[i].count;
    }
    return n;
}

/* Whether bare names alternate: two at least that come again, or one that the heading has. */
static bool is_dialogue(const struct talking *t, const struct heading *h, bool others)
{
    const char *first = NULL;
    uint32_t seen = 0;
    bool again = false;
    for (uint32_t i = 0; i < t->who_count && seen < DIALOGUE_NAMES; i++) {
        const struct who *w = &t->whos[i];
        if (!w->paragraphs || !w->called.name || w->called.words < 2) continue;
        seen++;
        bool comes_again = surname_count(t, last_word(w->called.name)) > 1;
        if (comes_again && first && strcmp(first, last_word(w->called.name)) != 0) return true;
        again |= comes_again && in_heading(h, &w->called);
        if (comes_again) first = last_word(w->called.name);
    }
    return again || (first && (seen > 1 || others));
}

/* A press release quotes people: "Ada Lind, Minister: "We deliver."" is no turn. */
static bool is_quoted(const struct who *w)
{
    return w->quoted && w->quoted == w->count && !w->called.capitals;
}

static void judge(struct talking *t, const struct heading *h)
{
    uint32_t strong = 0, medium = 0, capitals = 0, letters = t->sure_q;
    bool offices = false;
    if (t->any_q > 1) letters = t->any_q;
    for (uint32_t i = 0; i < t->who_count; i++) {
        const struct who *w = &t->whos[i];
        if (is_quoted(w)) continue;
        strong += w->called.weight == LABEL_STRONG ? w->count : 0;
        medium += w->called.weight == LABEL_MEDIUM ? w->count : 0;
        capitals += w->called.capitals && w->called.weight == LABEL_STRONG;
        offices |= w->called.role && !w->called.name;
    }
    bool dialogue = is_dialogue(t, h, strong + medium > 0 || offices);
    bool talk =
        dialogue || letters > 0 || capitals > 0 || strong > 1 || (strong && medium) || medium > 2;
    for (uint32_t i = 0; i < t->who_count; i++) {
        struct who *w = &t->whos[i];
        const struct called *c = &w->called;
        bool known = in_heading(h, c);
        if (is_quoted(w)) continue;
        switch (c->weight) {
        case LABEL_STRONG: w->taken = talk || known; break;
        case LABEL_MEDIUM:
            w->taken = talk && (!c->capitals || w->count > 1 || c->words > 1 || known || strong);
            break;
        case LABEL_WEAK:
            w->taken = talk && w->paragraphs > 0 &&
                       (known || w->count > 2 || c->words > 1 || !c->name ||
                        surname_count(t, c->name) > w->count);
            break;
        default: break;
        }
    }
}

/* Whether the mark opens a turn. */
static bool opens(const struct talking *t, const struct mark *m)
{
    const struct who *w = &t->whos[m->who];
    switch (m->form) {
    case FORM_Q: return m->sure ? t->any_q > 0 : t->sure_q > 0 || t->any_q > 1;
    case FORM_A: return t->any_q > 0;
    case FORM_BRACKET: return true;
    default: break;
    }
    if (!w->taken) return false;
    if (m->inside && !w->paragraphs && !w->called.capitals) return false;
    if (w->called.weight == LABEL_WEAK && (m->small || !m->paragraph))
        return w->count > 2 && !m->small;
    return w->called.capitals || !m->small || w->count > 1;
}

static void keep_marks(struct talking *t)
{
    uint32_t kept = 0, named = 0;
    for (uint32_t i = 0; i < t->mark_count; i++) {
        if (opens(t, &t->marks[i])) t->marks[kept++] = t->marks[i];
    }
    t->mark_count = kept;
    /* A bracket is somebody's only where there are others. */
    for (uint32_t i = 0; i < kept; i++) named += t->marks[i].form != FORM_BRACKET;
    if (!named) t->mark_count = 0;
}

/* --- who they are --- */

enum { CALLERS = OFFICE_CALLS, ASKERS = OFFICE_ASKS };

static bool is_asker(const struct who *w)
{
    const struct called *c = &w->called;
    if (c->sorts & ASKERS) return true;
    if (c->sorts & OFFICE_NOBODY && !c->name && !w->principal) return true;
    if (c->role || c->honour) return false;
    return c->outlet != NULL || !w->principal;
}

/* An official without a name answers; an aide hands over; "Speaker 1" may be anybody. */
static bool is_office(const struct who *w)
{
    uint32_t n = (uint32_t)strlen(w->label);
    return text_has(w->label, 0, n, "official") || text_has(w->label, 0, n, "aide") ||
           text_has(w->label, 0, n, "interpreter") || text_has(w->label, 0, n, "translator");
}

/*
 * A bare name is a principal's if the heading has it, or if it does not ask:
 * fewer than half of its turns hold a question mark.
 */
static void find_principals(struct talking *t, const struct heading *h)
{
    for (uint32_t i = 0; i < t->mark_count; i++) {
        const struct mark *m = &t->marks[i];
        if (m->form != FORM_NAMED) continue;
        uint32_t end = i + 1 < t->mark_count ? m[1].begin : t->p->len;
        t->whos[m->who].asked +=
            m->text < end && memchr(t->p->text + m->text, '?', end - m->text) != NULL;
    }
    for (uint32_t i = 0; i < t->who_count; i++) {
        struct who *w = &t->whos[i];
        bool nobody = w->called.sorts & OFFICE_NOBODY && !w->called.name && !is_office(w);
        w->headed = in_heading(h, &w->called);
        w->principal =
            (w->called.role && !nobody) || w->called.honour || w->headed || w->asked * 2 < w->count;
    }
}

static bool is_question_mark(const struct talking *t, const struct mark *m)
{
    return m->form == FORM_Q || m->form == FORM_BRACKET ||
           (m->form == FORM_NAMED && is_asker(&t->whos[m->who]));
}

/* The first label that calls the same person, by name. */
static struct who *person_of(struct talking *t, uint32_t who)
{
    const char *name = t->whos[who].called.name;
    for (uint32_t i = 1; i < who && name; i++) {
        const char *other = t->whos[i].called.name;
        if (t->whos[i].taken && other && !strcmp(name, other)) return &t->whos[i];
    }
    return &t->whos[who];
}

/* Who might only lead through the talk, by office: no minister and no president. */
static bool may_lead(const struct called *c)
{
    return !c->role || c->sorts & OFFICE_SPEAKS || !(c->sorts & OFFICE_HEAD) ||
           text_has(c->role, 0, (uint32_t)strlen(c->role), "press");
}

/* Whether turn i answers the question before it, and does not only pass on to the next. */
static bool is_reply(const struct talking *t, uint32_t i)
{
    const struct mark *m = &t->marks[i];
    bool last = i + 1 == t->mark_count;
    uint32_t end = last ? t->p->len : m[1].begin;
    const char *s = t->p->text;
    if (!i || !is_question_mark(t, m - 1)) return false;
    bool asked = memchr(s + m[-1].text, '?', m->begin - m[-1].text) != NULL;
    if (calls_on(s, m->text, end)) return false;
    if (last) return (asked || end - m->text >= REMARKS_BYTES) && !takes_leave(s, m->text, end);
    return asked || !is_question_mark(t, m + 1) || !is_names(s, m->text, end);
}

/*
 * Whoever hardly ever answers and yet stands before questions, twice at least,
 * only gives the word to others, whatever they are called.
 */
static void find_callers(struct talking *t)
{
    uint32_t answerers = 0, *turns = NEW_ARRAY(t->arena, t->who_count, uint32_t);
    struct who **person = NEW_ARRAY(t->arena, t->who_count, struct who *);
    for (uint32_t i = 0; i < t->who_count; i++) person[i] = person_of(t, i);
    for (uint32_t i = 0; i < t->mark_count; i++) {
        const struct mark *m = &t->marks[i];
        if (m->form != FORM_NAMED || is_question_mark(t, m)) continue;
        struct who *w = person[m->who];
        turns[w - t->whos]++;
        if (is_reply(t, i)) answerers += w->replies++ == 0;
        if (i + 1 < t->mark_count && is_question_mark(t, m + 1)) w->passes++;
    }
    for (uint32_t i = 0; i < t->who_count; i++) {
        struct who *w = person[i];
        bool leads = turns[w - t->whos] > 1 && w->passes && w->replies * 4 <= w->passes;
        leads = leads && answerers > (w->replies > 0);
        t->whos[i].answers = w->replies > 1 && w->replies * 4 > w->passes;
        t->whos[i].caller = leads && w->called.name && may_lead(&w->called);
    }
}

/* Whether somebody who is no spokesperson, moderator or asker speaks. */
static bool has_principal(const struct talking *t)
{
    for (uint32_t i = 0; i < t->who_count; i++) {
        const struct who *w = &t->whos[i];
        if (!w->taken || w->caller || is_asker(w)) continue;
        if (!(w->called.sorts & (CALLERS | OFFICE_SPEAKS))) return true;
    }
    return false;
}

/* --- offices without a name --- */

/* The name by which the others address whoever this is; NULL when they do not, or two ways. */
static const char *addressed_name(const struct talking *t, uint32_t who)
{
    enum { SEARCH_BYTES = 1 << 20 };
    const char *name = NULL;
    for (uint32_t i = 0; i < t->mark_count && t->marks[i].begin < SEARCH_BYTES; i++) {
        const struct mark *m = &t->marks[i];
        uint32_t end = i + 1 < t->mark_count ? m[1].begin : t->p->len;
        if (m->form == FORM_NAMED && m->who == who) continue;
        if (end - m->text > SEARCH_BYTES) end = m->text + SEARCH_BYTES;
        const char *role = t->whos[who].called.role;
        if (!addressed_in(t->arena, t->p->text, m->text, end, role, &name)) return NULL;
    }
    return name;
}

static void name_offices(struct talking *t, const struct heading *h, struct called **labels,
                         uint32_t count)
{
    enum {
        STRANGERS = OFFICE_NOBODY | OFFICE_ASKS | OFFICE_CALLS,
        OFFICES_MAX = 8, /* that many at most are looked for */
    };
    uint32_t looked = 0;
    for (uint32_t i = 1; i < t->who_count && looked < OFFICES_MAX; i++) {
        struct who *w = &t->whos[i];
        if (!w->taken || w->called.name || !w->called.role || w->called.sorts & STRANGERS) continue;
        looked++;
        w->called.name = addressed_name(t, i);
        if (!w->called.name) continue;
        w->called.words = strchr(w->called.name, ' ') ? 2 : 1;
        people_name(t->arena, t->p, h, labels, count, &w->called);
    }
}

/* --- names as they are written --- */

/* The apostrophe that the file has at text byte `at`, or NULL when it is a straight one. */
static const char *written_mark(const struct talking *t, uint32_t at)
{
    static const char *const marks[] = {"\xe2\x80\x99", "\xe2\x80\x98", "\xca\xbc", NULL};
    size_t from = plain_file(t->p, at), end = plain_file_end(t->p, at + 1);
    const char *s = t->bytes + from;
    if (end - from > 8) return NULL;
    bool entity = *s == '&', straight = false;
    for (size_t i = 0; i + 3 < end - from && entity; i++) {
        straight |=
            !memcmp(s + i, "#39", 3) || !memcmp(s + i, "#x27", 4) || !memcmp(s + i, "apos", 4);
    }
    if (entity) return straight ? NULL : *marks;
    const char *mark = plain_utf8(t->arena, s, end - from);
    for (const char *const *m = marks; *m; m++) {
        if (!strcmp(mark, *m)) return *m;
    }
    return NULL;
}

static const char *with_mark(struct arena *a, const char *text, const char *mark)
{
    if (!text || !mark || !strchr(text, '\'')) return text;
    struct buf out = {.arena = a};
    for (; *text; text++) {
        if (*text == '\'')
            buf_add(&out, mark);
        else
            buf_add_bytes(&out, text, 1);
    }
    return out.text;
}

/* Where the word of `name` with the apostrophe stands in [at, end) of the text; else `end`. */
static uint32_t find_apostrophe(const struct plain *p, const char *name, uint32_t at, uint32_t end)
{
    const char *mark = strchr(name, '\''), *from = mark;
    while (from > name && from[-1] != ' ') from--;
    uint32_t before = (uint32_t)(mark - from), n = (uint32_t)strcspn(from, " ");
    for (; at + n <= end; at++) {
        const char *hit = memchr(p->text + at, '\'', end - at);
        if (!hit) break;
        at = (uint32_t)(hit - p->text);
        uint32_t i = 0, word = at - before;
        if (at < before || word + n > end) continue;
        while (i < n && (p->text[word + i] | 32) == (from[i] | 32)) i++;
        if (i == n) return at;
    }
    return end;
}

/*
 * The plain text's apostrophes are all alike, so that names can be compared;
 * a name that is told has the one of its label, or of where else it stands.
 */
static void name_as_written(struct talking *t, struct called *c, uint32_t label, uint32_t len)
{
    enum { SEARCH_BYTES = 1 << 20, SEARCHES = 64 };
    const char *hit = len ? memchr(t->p->text + label, '\'', len) : NULL, *mark = NULL;
    if (hit) {
        mark = written_mark(t, (uint32_t)(hit - t->p->text));
        c->role = with_mark(t->arena, c->role, mark);
        c->outlet = with_mark(t->arena, c->outlet, mark);
        c->name = with_mark(t->arena, c->name, mark);
    } else if (c->name && strchr(c->name, '\'') && t->searched++ < SEARCHES) {
        uint32_t end = t->p->len < SEARCH_BYTES ? t->p->len : SEARCH_BYTES;
        uint32_t at = find_apostrophe(t->p, c->name, 0, end);
        const char *curly = with_mark(t->arena, c->name, "\xe2\x80\x99");
        if (at < end) mark = written_mark(t, at);
        if (at == end && t->p->title && strstr(t->p->title, curly)) c->name = curly;
        c->name = with_mark(t->arena, c->name, mark);
    }
}

/* --- turns --- */

struct told {
    struct talk *out;
    struct talking *t;
    const struct who *asker; /* of the last question; NULL: nobody, or without a name */
    struct called opener;
    bool opened; /* somebody has made remarks of some length */
    bool asked;  /* a question was asked after them, or one that is more than a greeting */
    bool after_question;
    bool principals; /* beside the spokesperson */
    bool questions;  /* somebody asks */
    bool excerpt;    /* nothing stands above the first label */
    bool headed;     /* the heading names somebody who speaks */
    bool titled;     /* something stands above */
};

static struct spoken *add_turn(struct told *d, uint32_t begin, uint32_t end)
{
    struct talk *o = d->out;
    const char *text = d->t->p->text;
    bool bullet = begin + 2 < end && text[begin] == '*' && text[begin + 1] == ' ';
    if (bullet && d->titled) begin += 2; /* a lone list is quoted with its marks */
    o->turns = arena_more(d->t->arena, o->turns, o->count, &o->room, sizeof *o->turns);
    struct spoken *s = &o->turns[o->count++];
    *s = (struct spoken){.begin = begin, .end = speech_end(d->t->p, begin, end)};
    return s;
}

static void speak(struct told *d, struct spoken *s, const struct called *c)
{
    s->turn.speaker = c->name;
    s->turn.role = c->role;
    s->turn.affiliation = c->outlet ? c->outlet : role_affiliation(d->t->arena, c->role);
}

static enum turn_kind kind_of(const struct told *d, const struct who *w, const struct spoken *s,
                              bool before_question)
{
    unsigned sorts = w->called.sorts;
    if (is_asker(w)) return TURN_QUESTION;
    if (w->caller) return TURN_MODERATOR;
    if (sorts & CALLERS && !(w->called.name && sorts & OFFICE_HEAD & ~(unsigned)OFFICE_CALLS))
        return TURN_MODERATOR;
    if (sorts & OFFICE_NOBODY && !(sorts & OFFICE_HEAD)) {
        /* an aide; an official is somebody who answers */
        if (text_has(w->label, 0, (uint32_t)strlen(w->label), "aide")) return TURN_MODERATOR;
    }
    if (sorts & OFFICE_SPEAKS && d->principals && !w->answers) return TURN_MODERATOR;
    const char *text = d->t->p->text;
    if (calls_on(text, s->begin, s->end)) return TURN_MODERATOR;
    if (before_question && !d->after_question) {
        bool called = d->opened && is_names(text, s->begin, s->end);
        if (called || (!d->asked && opens_questions(text, s->begin, s->end))) return TURN_MODERATOR;
    }
    if (!d->questions && !w->headed && d->headed && invites(text, s->begin, s->end))
        return TURN_MODERATOR;
    return d->asked ? TURN_ANSWER : TURN_STATEMENT;
}

static void heed_question(struct told *d, const struct spoken *s)
{
    d->asked |= d->opened || is_question(d->t->p->text, s->begin, s->end);
    d->after_question = true;
}

static void tell_opener(struct told *d, uint32_t begin, uint32_t end, enum turn_kind kind)
{
    struct spoken *s = add_turn(d, begin, end);
    if (d->opener.weight) speak(d, s, &d->opener);
    s->turn.kind = kind;
    d->opened = true;
    d->after_question = false;
}

/*
 * Where what begins at `begin` ends: at `end`, or at the title of a second
 * statement, whose heading is then kept in *h for tell_rest.
 */
static uint32_t first_part(struct told *d, uint32_t begin, uint32_t end, struct heading *h)
{
    uint32_t title;
    *h = (struct heading){.lines = "", .begin = end};
    return heading_within(d->t->arena, d->t->p, begin, end, &title, h) ? title : end;
}

/* What stands under the second heading and those that follow it. */
static void tell_rest(struct told *d, struct heading h, uint32_t end)
{
    while (h.begin < end) {
        uint32_t begin = h.begin;
        d->opener = heading_speaker(d->t->arena, &h);
        name_as_written(d->t, &d->opener, 0, 0);
        uint32_t stop = first_part(d, begin, end, &h);
        tell_opener(d, begin, stop, TURN_STATEMENT);
    }
}

static void tell_named(struct told *d, const struct mark *m, uint32_t limit)
{
    struct heading second;
    uint32_t end = first_part(d, m->text, limit, &second);
    struct who *w = &d->t->whos[m->who];
    struct spoken *s = add_turn(d, m->text, end);
    bool last = m + 1 == d->t->marks + d->t->mark_count;
    speak(d, s, &w->called);
    if (m == d->t->marks && d->excerpt)
        d->asked = begins_as_answer(d->t->p->text, s->begin, s->end);
    s->turn.kind = kind_of(d, w, s, !last && is_question_mark(d->t, m + 1));
    if (s->turn.kind == TURN_QUESTION) {
        d->asker = w;
        heed_question(d, s);
    } else {
        w->remarked |= s->turn.kind != TURN_MODERATOR && s->end - s->begin >= REMARKS_BYTES;
        d->opened |= w->remarked;
        /* Whoever is given the word unasked begins with remarks of their own. */
        bool begins = !last && m[1].form == FORM_NAMED && m[1].who != m->who;
        if (!d->after_question && begins && hands_over(d->t->p->text, s->begin, s->end))
            d->asked = false;
        d->after_question = false;
    }
    tell_rest(d, second, limit);
}

static void tell_question(struct told *d, const struct mark *m, uint32_t end)
{
    struct spoken *s = add_turn(d, m->text, end);
    s->turn.kind = TURN_QUESTION;
    if (m->form != FORM_BRACKET)
        d->asker = NULL;
    else if (d->asker)
        speak(d, s, &d->asker->called);
    heed_question(d, s);
}

/* Where the paragraph at `at` ends, its empty line included. */
static uint32_t behind_paragraph(const struct plain *p, uint32_t at, uint32_t end)
{
    const char *gap = p->text + at;
    while ((gap = memchr(gap, '\n', (size_t)(p->text + end - gap))) != NULL) {
        if (gap + 1 < p->text + end && gap[1] == '\n') return (uint32_t)(gap - p->text) + 2;
        gap++;
    }
    return end;
}

/* All of it read like heading: what stands below the first paragraph was said after all. */
static void tell_headline(struct told *d)
{
    const struct plain *p = d->t->p;
    uint32_t begin = behind_paragraph(p, 0, p->len);
    if (begin < p->len) tell_opener(d, begin, p->len, TURN_STATEMENT);
}

static void tell(struct told *d)
{
    struct talking *t = d->t;
    bool only_q = true; /* questions are marked, answers are not */
    for (uint32_t i = 0; i < t->mark_count; i++) only_q &= t->marks[i].form == FORM_Q;
    for (uint32_t i = 0; i < t->mark_count; i++) {
        const struct mark *m = &t->marks[i];
        uint32_t end = i + 1 < t->mark_count ? m[1].begin : t->p->len;
        if (m->text >= end) continue;
        if (m->form == FORM_NAMED) {
            tell_named(d, m, end);
        } else if (m->form == FORM_A) {
            tell_opener(d, m->text, end, TURN_ANSWER);
        } else {
            uint32_t behind = only_q ? behind_paragraph(t->p, m->text, end) : end;
            tell_question(d, m, behind);
            if (behind < end) tell_opener(d, behind, end, TURN_ANSWER);
        }
    }
}

/* Who spoke before the first label: whom the heading names, else who answers first. */
static struct called opener(struct talking *t, const struct heading *h)
{
    struct called by = heading_speaker(t->arena, h);
    const struct who *first = NULL;
    for (uint32_t i = 0; i < t->mark_count && !first; i++) {
        const struct who *w = &t->whos[t->marks[i].who];
        if (t->marks[i].form != FORM_NAMED || is_asker(w)) continue;
        if (!(w->called.sorts & (CALLERS | OFFICE_SPEAKS))) first = w;
    }
    if (!first) return by;
    return by.name && first->called.name && strcmp(by.name, first->called.name) != 0
               ? by
               : first->called;
}

void talk_of(struct arena *a, const struct plain *p, const char *bytes, struct talk *out)
{
    struct talking t = {.arena = a, .p = p, .bytes = bytes, .labels = {.arena = a}};
    *out = (struct talk){0};
    /* Entry 0 is nobody's, so that marks of other forms have one. */
    t.whos = arena_more(a, t.whos, 0, &t.who_room, sizeof *t.whos);
    t.whos[t.who_count++] = (struct who){.label = ""};
    find_marks(&t);
    if (!t.mark_count) find_lines(&t);
    struct heading h = heading_of(a, p, t.mark_count ? t.marks[0].begin : p->len);
    judge(&t, &h);
    keep_marks(&t);
    uint32_t first = t.mark_count ? t.marks[0].begin : p->len;
    h = heading_of(a, p, first);
    find_principals(&t, &h);

    struct called **labels = NEW_ARRAY(a, t.who_count, struct called *);
    uint32_t count = 0;
    for (uint32_t i = 0; i < t.who_count; i++) {
        if (t.whos[i].taken) labels[count++] = &t.whos[i].called;
    }
    people_complete(a, p, &h, labels, count);
    name_offices(&t, &h, labels, count);
    people_share(labels, count);
    find_callers(&t);
    struct told d = {
        .out = out, .t = &t, .opener = opener(&t, &h), .principals = has_principal(&t)};
    name_as_written(&t, &d.opener, 0, 0);
    for (uint32_t i = 1; i < t.who_count; i++) {
        struct who *w = &t.whos[i];
        if (w->taken) name_as_written(&t, &w->called, w->at, (uint32_t)strlen(w->label));
    }
    d.titled = *h.lines != '\0';
    d.excerpt = t.mark_count && !d.titled;
    for (uint32_t i = 0; i < t.mark_count; i++) {
        d.questions |= is_question_mark(&t, &t.marks[i]);
        d.headed |= t.whos[t.marks[i].who].headed;
    }
    struct heading second = {.lines = "", .begin = first};
    if (h.begin < first) {
        uint32_t stop = first_part(&d, h.begin, first, &second);
        tell_opener(&d, h.begin, stop, TURN_STATEMENT);
        tell_rest(&d, second, first);
    }
    tell(&d);
    if (!out->count && h.begin >= p->len) tell_headline(&d);
    out->title = h.title;
    out->date = h.date;
}
