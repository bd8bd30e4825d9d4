/*
 * html.c - see html.h.
 *
 * What makes hostile pages linear: content that is skipped is jumped over, and
 * that a closing tag or quote is nowhere to be found is remembered, so that
 * nobody looks for it again.
 */
#include "read/html.h"

#include <string.h>

#include "base/text.h"

enum tag_flags {
    TAG_LINE = 1,   /* ends a line: br, the cells of a table */
    TAG_BLOCK = 2,  /* ends a paragraph */
    TAG_ITEM = 4,   /* begins a list item */
    TAG_SKIP = 8,   /* its content is no text of the document */
    TAG_RAW = 16,   /* its content has no tags */
    TAG_PRE = 32,   /* its line breaks are meant */
    TAG_TITLE = 64, /* its content is the title */
    TAG_MAIN = 128, /* what stands before it and behind it is no text of the document */
    TAG_INLINE = 256,
};

static const struct tag {
    const char *name;
    unsigned flags;
} tags[] = {
    {"a", TAG_INLINE},
    {"abbr", TAG_INLINE},
    {"address", TAG_BLOCK},
    {"article", TAG_BLOCK | TAG_MAIN},
    {"aside", TAG_BLOCK | TAG_SKIP},
    {"b", TAG_INLINE},
    {"blockquote", TAG_BLOCK},
    {"br", TAG_LINE},
    {"button", TAG_BLOCK | TAG_SKIP},
    {"caption", TAG_BLOCK},
    {"center", TAG_BLOCK},
    {"cite", TAG_INLINE},
    {"dd", TAG_LINE},
    {"del", TAG_INLINE},
    {"div", TAG_BLOCK},
    {"dl", TAG_BLOCK},
    {"dt", TAG_BLOCK},
    {"em", TAG_INLINE},
    {"figcaption", TAG_BLOCK},
    {"figure", TAG_BLOCK},
    {"font", TAG_INLINE},
    {"footer", TAG_BLOCK | TAG_SKIP},
    {"h1", TAG_BLOCK},
    {"h2", TAG_BLOCK},
    {"h3", TAG_BLOCK},
    {"h4", TAG_BLOCK},
    {"h5", TAG_BLOCK},
    {"h6", TAG_BLOCK},
    {"header", TAG_BLOCK},
    {"hr", TAG_BLOCK},
    {"i", TAG_INLINE},
    {"iframe", TAG_SKIP | TAG_RAW},
    {"img", TAG_INLINE},
    {"ins", TAG_INLINE},
    {"li", TAG_BLOCK | TAG_ITEM},
    {"main", TAG_BLOCK | TAG_MAIN},
    {"mark", TAG_INLINE},
    {"nav", TAG_BLOCK | TAG_SKIP},
    {"noscript", TAG_SKIP},
    {"ol", TAG_BLOCK},
    {"p", TAG_BLOCK},
    {"pre", TAG_BLOCK | TAG_PRE},
    {"q", TAG_INLINE},
    {"s", TAG_INLINE},
    {"script", TAG_SKIP | TAG_RAW},
    {"section", TAG_BLOCK},
    {"select", TAG_SKIP},
    {"small", TAG_INLINE},
    {"span", TAG_INLINE},
    {"strike", TAG_INLINE},
    {"strong", TAG_INLINE},
    {"style", TAG_SKIP | TAG_RAW},
    {"sub", TAG_INLINE},
    {"sup", TAG_INLINE},
    {"svg", TAG_SKIP},
    {"table", TAG_BLOCK},
    {"td", TAG_LINE},
    {"template", TAG_SKIP},
    {"textarea", TAG_SKIP | TAG_RAW},
    {"th", TAG_LINE},
    {"title", TAG_SKIP | TAG_RAW | TAG_TITLE},
    {"tr", TAG_BLOCK},
    {"u", TAG_INLINE},
    {"ul", TAG_BLOCK},
    {"video", TAG_SKIP},
};

enum { TAG_COUNT = sizeof tags / sizeof *tags, INLINE_TAG_MAX = 300, ATTRIBUTE_MAX = 2000 };

struct html {
    struct pour *p;
    uint32_t end;
    struct html_head *head;
    uint64_t unclosed[2];   /* tags that are not closed from here on, by index */
    bool no_quote['"' + 8]; /* by the quote: there is none from here on */
    unsigned pre;
    int mains;         /* how many elements of the sort that was taken for the document */
    char main_kind;    /* 'm', 'a' or 0 */
    uint32_t main_end; /* of the text, where the first of them closed; 0: it has not */
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

static bool white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Whether the file has this word, lower case, at `at`, ignoring case. */
static bool has(const struct pour *p, uint32_t at, uint32_t end, const char *word)
{
    for (; *word; word++, at++) {
        if (at >= end || lower(p->in[at]) != *word) return false;
    }
    return true;
}

/* The tag whose name stands at `at`, or NULL; *after is where the name ends. */
static const struct tag *tag_named(const struct pour *p, uint32_t at, uint32_t end, uint32_t *after)
{
    char name[12];
    uint32_t n = 0, i = at;
    while (i < end && (letter(p->in[i]) || (p->in[i] >= '0' && p->in[i] <= '9'))) {
        if (n < sizeof name - 1) name[n++] = lower(p->in[i]);
        i++;
    }
    name[n] = '\0';
    *after = i;
    uint32_t low = 0, high = TAG_COUNT;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        int order = strcmp(tags[mid].name, name);
        if (order == 0) return &tags[mid];
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

static uint32_t find_byte(const struct pour *p, uint32_t at, uint32_t end, char c)
{
    const char *found = at < end ? memchr(p->in + at, c, end - at) : NULL;
    return found ? (uint32_t)(found - p->in) : end;
}

/* Behind the > that ends the tag whose name ended at `at`; end when it has none. */
static uint32_t tag_end(struct html *h, uint32_t at)
{
    const char *in = h->p->in;
    char before = '\0';
    for (uint32_t i = at; i < h->end; i++) {
        char c = in[i];
        if (c == '>') return i + 1;
        bool opens = (c == '"' || c == '\'') && before == '=';
        if (!white(c)) before = c;
        if (!opens || h->no_quote[(int)c]) continue;
        uint32_t close = find_byte(h->p, i + 1, h->end, c);
        if (close == h->end)
            h->no_quote[(int)c] = true;
        else
            i = close;
    }
    return h->end;
}

/* Where `</name` stands from `at` on, or end. */
static uint32_t find_close(const struct html *h, uint32_t at, const char *name)
{
    for (;;) {
        at = find_byte(h->p, at, h->end, '<');
        if (at == h->end) return h->end;
        if (at + 1 < h->end && h->p->in[at + 1] == '/' && has(h->p, at + 2, h->end, name))
            return at;
        at++;
    }
}

/* Behind the close of an element that may hold others of its name; 0 when it is not closed. */
static uint32_t skip_nested(struct html *h, uint32_t at, const struct tag *t)
{
    uint32_t after;
    int depth = 1;
    for (;;) {
        at = find_byte(h->p, at, h->end, '<');
        if (at + 1 >= h->end) return 0;
        bool closes = h->p->in[at + 1] == '/';
        if (tag_named(h->p, at + 1 + closes, h->end, &after) == t) {
            depth += closes ? -1 : 1;
            if (depth == 0) return tag_end(h, after);
        }
        at++;
    }
}

/* The content of an element that is no text; where it ends, or `at` to heed it after all. */
static uint32_t skip_content(struct html *h, uint32_t at, const struct tag *t)
{
    size_t k = (size_t)(t - tags);
    if (t->flags & TAG_RAW) {
        uint32_t close = find_close(h, at, t->name);
        return close == h->end ? h->end : tag_end(h, close + 2);
    }
    if (h->unclosed[k / 64] >> (k % 64) & 1) return at;
    uint32_t end = skip_nested(h, at, t);
    if (end) return end;
    h->unclosed[k / 64] |= UINT64_C(1) << (k % 64);
    return at;
}

/* The text of file bytes [at, end) by itself: entities decoded, squeezed; NULL when empty. */
static const char *small_text(struct html *h, uint32_t at, uint32_t end)
{
    struct pour small = {.arena = h->p->arena, .in = h->p->in, .in_len = h->p->in_len};
    uint8_t classes[256];
    pour_classes(classes);
    classes['&'] = POUR_STOP;
    if (end - at > ATTRIBUTE_MAX) end = at + ATTRIBUTE_MAX;
    while ((at = pour_text(&small, at, end, classes)) < end) {
        uint32_t next = html_entity(&small, at, end);
        if (next == at) pour_char(&small, "&", 1, next++, 1);
        at = next;
    }
    struct plain out;
    pour_end(&small, &out);
    const char *text = text_squeeze(h->p->arena, out.text);
    return *text ? text : NULL;
}

/* The value of an attribute of the tag [at, end), by its name in lower case; NULL if none. */
static const char *attribute(struct html *h, uint32_t at, uint32_t end, const char *name)
{
    const struct pour *p = h->p;
    size_t n = strlen(name);
    if (end - at > ATTRIBUTE_MAX) end = at + ATTRIBUTE_MAX;
    for (uint32_t i = at; i + n < end; i++) {
        if (!white(p->in[i]) || !has(p, i + 1, end, name)) continue;
        uint32_t v = i + 1 + (uint32_t)n;
        while (v < end && white(p->in[v])) v++;
        if (v >= end || p->in[v] != '=') continue;
        for (v++; v < end && white(p->in[v]);) v++;
        char quote = v < end && (p->in[v] == '"' || p->in[v] == '\'') ? p->in[v++] : '\0';
        uint32_t close = v;
        while (close < end &&
               (quote ? p->in[close] != quote : !white(p->in[close]) && p->in[close] != '>'))
            close++;
        return small_text(h, v, close);
    }
    return NULL;
}

static bool one_of(const char *word, const char *const *list)
{
    for (; *list; list++) {
        size_t i = 0;
        while (word[i] && lower(word[i]) == (*list)[i]) i++;
        if (!word[i] && !(*list)[i]) return true;
    }
    return false;
}

static void set_once(const char **field, const char *value)
{
    if (!*field) *field = value;
}

/* <meta>, <link> and <time>: when and where it was published. */
static void heed_head(struct html *h, uint32_t at, uint32_t end, bool link)
{
    static const char *const times[] = {"article:published_time", "datepublished", "publishdate",
                                        "pubdate", NULL};
    static const char *const dates[] = {"date",
                                        "dc.date",
                                        "dcterms.date",
                                        "dc.date.issued",
                                        "dcterms.created",
                                        "dcterms.issued",
                                        "publish-date",
                                        NULL};
    if (link) {
        const char *rel = attribute(h, at, end, "rel");
        if (rel && !strcmp(rel, "canonical")) {
            set_once(&h->head->address, attribute(h, at, end, "href"));
        }
        return;
    }
    const char *name = attribute(h, at, end, "property");
    if (!name) name = attribute(h, at, end, "name");
    if (!name) name = attribute(h, at, end, "itemprop");
    if (!name) return;
    const char *content = attribute(h, at, end, "content");
    if (!content) return;
    static const char *const titles[] = {"og:title", NULL}, *const addresses[] = {"og:url", NULL};
    if (one_of(name, times)) set_once(&h->head->published, content);
    if (one_of(name, dates)) set_once(&h->head->date, content);
    if (one_of(name, titles)) h->head->title = content;
    if (one_of(name, addresses)) set_once(&h->head->address, content);
}

static void begin_main(struct html *h, const struct tag *t)
{
    char kind = t->name[0];
    if (kind == h->main_kind) h->mains++;
    if (h->main_kind == 'm' || kind == h->main_kind) return;
    h->main_kind = kind;
    h->mains = 1;
    h->main_end = 0;
    pour_cut(h->p, 0);
    h->p->breaks = 0;
}

static void heed_open(struct html *h, const struct tag *t, uint32_t at)
{
    if (t->flags & TAG_MAIN) begin_main(h, t);
    if (t->flags & TAG_BLOCK) pour_break(h->p, 2, at);
    if (t->flags & TAG_LINE) pour_break(h->p, 1, at);
    if (t->flags & TAG_ITEM) pour_char(h->p, "* ", 2, at, 1);
    if (t->flags & TAG_PRE) h->pre++;
}

static void heed_close(struct html *h, const struct tag *t, uint32_t at)
{
    if (t->flags & TAG_BLOCK) pour_break(h->p, 2, at);
    if (t->flags & TAG_PRE && h->pre) h->pre--;
    if (t->flags & TAG_MAIN && t->name[0] == h->main_kind && !h->main_end) {
        h->main_end = h->p->len;
    }
}

/* Behind a comment, declaration or processing instruction at `<!` or `<?`. */
static uint32_t skip_markup(const struct html *h, uint32_t at)
{
    if (!has(h->p, at, h->end, "<!--")) {
        uint32_t close = find_byte(h->p, at, h->end, '>');
        return close == h->end ? close : close + 1;
    }
    for (uint32_t i = at + 4;; i++) {
        i = find_byte(h->p, i, h->end, '>');
        if (i == h->end) return h->end;
        if (h->p->in[i - 1] == '-' && h->p->in[i - 2] == '-') return i + 1;
    }
}

/* What stands at `<`; returns where it ends, or `at` if it is no tag. */
static uint32_t heed_tag(struct html *h, uint32_t at)
{
    const struct pour *p = h->p;
    char next = at + 1 < h->end ? p->in[at + 1] : '\0';
    if (next == '!' || next == '?') return skip_markup(h, at);
    bool closes = next == '/';
    if (at + 1 + closes >= h->end || !letter(p->in[at + 1 + closes])) return at;
    uint32_t name = at + 1 + closes, after;
    const struct tag *t = tag_named(p, name, h->end, &after);
    uint32_t end = tag_end(h, after);
    if (!t) {
        if (has(p, name, end, "meta")) heed_head(h, after, end, false);
        if (has(p, name, end, "link")) heed_head(h, after, end, true);
        if (has(p, name, end, "time") && !closes)
            set_once(&h->head->date, attribute(h, after, end, "datetime"));
        return end;
    }
    if (closes) {
        heed_close(h, t, at);
        return end;
    }
    if (t->flags & TAG_SKIP && p->in[end - 2] != '/') {
        uint32_t content = end;
        end = skip_content(h, end, t);
        if (t->flags & TAG_TITLE && end > content) {
            set_once(&h->head->title, small_text(h, content, find_close(h, content, "title")));
        }
    }
    heed_open(h, t, at);
    return end;
}

static uint32_t heed_white(struct html *h, uint32_t at)
{
    if (h->pre && h->p->in[at] == '\n')
        pour_break(h->p, 1, at);
    else
        pour_space(h->p, at);
    return at + 1;
}

void html_pour(struct pour *p, uint32_t at, uint32_t end, struct html_head *out)
{
    struct html h = {.p = p, .end = end, .head = out};
    uint8_t classes[256];
    pour_classes(classes);
    classes['<'] = classes['&'] = POUR_STOP;
    classes[' '] = classes['\t'] = classes['\n'] = classes['\r'] = classes['\f'] = POUR_STOP;
    while ((at = pour_text(p, at, end, classes)) < end) {
        char c = p->in[at];
        uint32_t next = c == '<'   ? heed_tag(&h, at)
                        : c == '&' ? html_entity(p, at, end)
                                   : heed_white(&h, at);
        if (next == at) pour_char(p, &c, 1, next++, 1);
        at = next;
    }
    if (h.mains == 1 && h.main_end) {
        pour_cut(p, h.main_end);
        p->breaks = 0;
    }
}

uint32_t html_inline(struct pour *p, uint32_t at, uint32_t end)
{
    uint32_t limit = end - at > INLINE_TAG_MAX ? at + INLINE_TAG_MAX : end;
    bool closes = at + 1 < limit && p->in[at + 1] == '/';
    uint32_t after;
    const struct tag *t = tag_named(p, at + 1 + closes, limit, &after);
    if (!t || t->flags & (TAG_SKIP | TAG_MAIN)) return at;
    uint32_t i = after;
    while (i < limit && p->in[i] != '>' && p->in[i] != '<') i++;
    if (i == limit || p->in[i] == '<') return at;
    if (t->flags & TAG_BLOCK) pour_break(p, 2, at);
    if (t->flags & TAG_LINE && !closes) pour_break(p, 1, at);
    if (t->flags & TAG_ITEM && !closes) pour_char(p, "* ", 2, at, 1);
    return i + 1;
}

static const char *const latin1[] = {
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",
    "copy",   "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn",
    "sup2",   "sup3",   "acute",  "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",
    "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",  "Atilde",
    "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave",
    "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde",
    "Ouml",   "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",
    "szlig",  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil",
    "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",   "eth",
    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave",
    "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml",
};

static const struct {
    const char *name;
    uint32_t point;
} entities[] = {
    {"amp", '&'},      {"lt", '<'},       {"gt", '>'},          {"quot", '"'},
    {"apos", '\''},    {"mdash", 0x2014}, {"ndash", 0x2013},    {"hellip", 0x2026},
    {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"ldquo", 0x201c},    {"rdquo", 0x201d},
    {"sbquo", 0x201a}, {"bdquo", 0x201e}, {"bull", 0x2022},     {"euro", 0x20ac},
    {"trade", 0x2122}, {"ensp", 0x2002},  {"emsp", 0x2003},     {"thinsp", 0x2009},
    {"zwnj", 0x200c},  {"zwj", 0x200d},   {"lrm", 0x200e},      {"rlm", 0x200f},
    {"OElig", 0x152},  {"oelig", 0x153},  {"Scaron", 0x160},    {"scaron", 0x161},
    {"Zcaron", 0x17d}, {"zcaron", 0x17e}, {"minus", 0x2212},    {"dollar", '$'},
    {"Ccaron", 0x10c}, {"ccaron", 0x10d}, {"lsaquo", 0x2039},   {"rsaquo", 0x203a},
    {"num", '#'},      {"colon", ':'},    {"comma", ','},       {"period", '.'},
    {"lpar", '('},     {"rpar", ')'},     {"nbhyphen", 0x2011},
};

static uint32_t entity_named(const char *name)
{
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        if (!strcmp(entities[i].name, name)) return entities[i].point;
    }
    for (uint32_t i = 0; i < sizeof latin1 / sizeof *latin1; i++) {
        if (!strcmp(latin1[i], name)) return 0xa0 + i;
    }
    return UINT32_MAX;
}

/* "#8217", "#x2019"; UINT32_MAX when it is no character. Old pages mean Windows-1252 by 128..159.
 */
static uint32_t entity_numbered(const char *digits)
{
    bool hex = lower(*digits) == 'x';
    uint32_t point = 0;
    for (const char *d = digits + hex; *d; d++) {
        char c = lower(*d);
        bool is_hex = hex && c >= 'a' && c <= 'f';
        if (!is_hex && (c < '0' || c > '9')) return UINT32_MAX;
        point = point * (hex ? 16 : 10) + (uint32_t)(is_hex ? c - 'a' + 10 : c - '0');
        if (point > 0x10ffff) return UINT32_MAX;
    }
    if (point >= 0x80 && point < 0xa0) {
        char byte = (char)(unsigned char)point;
        uint32_t at = 0;
        return pour_next(&byte, 1, &at);
    }
    return point >= 0xd800 && point < 0xe000 ? UINT32_MAX : point;
}

uint32_t html_entity(struct pour *p, uint32_t at, uint32_t end)
{
    char name[10];
    uint32_t n = 0, i = at + 1;
    while (i < end && n < sizeof name - 1 && p->in[i] != ';') {
        char c = p->in[i];
        if (!letter(c) && !(c >= '0' && c <= '9') && c != '#') return at;
        name[n++] = c;
        i++;
    }
    name[n] = '\0';
    if (n < 2 || i >= end || p->in[i] != ';') return at;
    uint32_t point = *name == '#' ? entity_numbered(name + 1) : entity_named(name);
    if (point == UINT32_MAX) return at;
    pour_point(p, point, at, i + 1 - at);
    return i + 1;
}

bool html_sniff(const char *bytes, size_t len)
{
    static const char *const begins[] = {
        "<!doctype html", "<html",    "<head", "<body", "<main", "<article",
        "<div",           "<section", "<p>",   "<p ",   "<h1",   "<h2",
        "<meta",          "<title",   "<table"};
    uint32_t at = 0, end = len > 4096 ? 4096 : (uint32_t)len;
    const struct pour p = {.in = bytes, .in_len = end};
    while (at < end && white(bytes[at])) at++;
    if (has(&p, at, end, "<?xml")) at = find_byte(&p, at, end, '>') + 1;
    while (at < end) {
        while (at < end && white(bytes[at])) at++;
        if (!has(&p, at, end, "<!--")) break;
        at = skip_markup(&(struct html){.p = (struct pour *)&p, .end = end}, at);
    }
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        if (has(&p, at, end, begins[i])) return true;
    }
    return false;
}
