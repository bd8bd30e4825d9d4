/*
 * read.c - see read.h: bytes through libxml2's push parser, an element tree of
 * one activity at a time.
 *
 * The tree is ours and not libxml2's: it lies in one arena, which is wound back
 * after each activity, names are compared once, and texts are squeezed and in
 * normal form as soon as they are whole. That is what makes this quicker than
 * a reader that builds libxml2's nodes first.
 */
#include "iati/read.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#include "base/text.h"
#include "iati/own.h"
#include "iati/tree.h"
#include "iati/wide.h"

enum { CHUNK = 32 * 1024, NAME_SLOTS = 1024, SNIFF_BYTES = 64 * 1024, NEST_MAX = 16 };

const char *const iati_names[E_COUNT] = {"",
#define X(id, name) name,
                                         IATI_NAMES(X)
#undef X
};

/* libxml2 gives the same pointer for the same name: its number is looked up once. */
struct name_slot {
    const xmlChar *name;
    enum iati_name id;
};

struct parse {
    xmlParserCtxtPtr xml;
    const char *file;
    const struct iati_listener *listener;
    bool only_checked, told_ns;
    struct arena *lasting; /* the caller's */
    struct arena scratch;  /* of one activity */
    size_t held;           /* bytes in it, about */
    struct tree *top, *at; /* the activity, and the element that is open in it */
    const xmlChar *ns;     /* what the activity is in: some put the standard into one; NULL */
    unsigned depth;
    uint32_t children;              /* of the root, so far */
    uint32_t child;                 /* which of them the activity is; 0: none */
    struct around around[NEST_MAX]; /* lists inside lists, as wrapped answers have them */
    unsigned nested;
    uint32_t places[E_COUNT]; /* of the activity's children, so far */
    struct name_slot names[NAME_SLOTS];
    struct iati_read *out;
    enum rc rc;
    struct err *err;
};

static void stop(struct parse *p)
{
    xmlStopParser(p->xml);
}

static void refuse(struct parse *p, const char *why)
{
    if (p->rc) return;
    p->rc =
        fail(p->err, RC_INPUT, "%.80s, line %d: %s", p->file, xmlSAX2GetLineNumber(p->xml), why);
    stop(p);
}

/* --- names and texts --- */

static enum iati_name name_id(struct parse *p, const xmlChar *name)
{
    size_t at = ((uintptr_t)name >> 3) * 0x9e3779b9U >> 7 & (NAME_SLOTS - 1);
    struct name_slot *s = &p->names[at];
    if (s->name == name) return s->id;
    enum iati_name id = E_OTHER;
    for (int i = 1; i < E_COUNT; i++) {
        if (strcmp(iati_names[i], (const char *)name) == 0) id = (enum iati_name)i;
    }
    *s = (struct name_slot){name, id};
    return id;
}

static void *hold(struct parse *p, size_t bytes)
{
    p->held += bytes;
    if (p->held > IATI_ACTIVITY_BYTES_MAX) {
        refuse(p, "one activity takes more than 64 MB");
        return NULL;
    }
    return arena_alloc(&p->scratch, bytes, 1);
}

/* Whether the text is kept as it is: plain, single spaces, none at the ends. */
static bool is_squeezed(const char *s, size_t len)
{
    bool space = true;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c == ' ') {
            if (space) return false;
            space = true;
            continue;
        }
        if (c < 0x20 || c >= 0x7f) return false;
        space = false;
    }
    return !space;
}

/* Text as the book keeps it. What no book may hold (control characters) becomes a space. */
static const char *tidy(struct parse *p, const char *s, size_t len)
{
    if (len == 0) return "";
    if (is_squeezed(s, len)) return s;
    struct err ignored;
    const char *clean;
    if (!hold(p, len * 2)) return "";
    if (text_clean(&p->scratch, s, len, &clean, &ignored)) {
        char *copy = NEW_ARRAY(&p->scratch, len + 1, char);
        memcpy(copy, s, len);
        for (size_t i = 0; i < len;) {
            size_t begin = i;
            int32_t c = text_next(copy, len, &i);
            bool bad = c < 0 || (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7f && c < 0xa0);
            if (c < 0) i = begin + 1;
            if (bad) memset(copy + begin, ' ', i - begin);
        }
        if (text_clean(&p->scratch, copy, len, &clean, &ignored)) return "";
    }
    return text_squeeze(&p->scratch, clean);
}

const char *tree_attr(const struct tree *t, const char *name)
{
    for (uint32_t i = 0; i < t->node.attr_count; i++) {
        const struct iati_attr *a = &t->node.attrs[i];
        if (a->name[0] == name[0] && strcmp(a->name, name) == 0) return a->value;
    }
    return "";
}

/* --- elements --- */

static const char *kept(struct parse *p, const xmlChar *begin, size_t len)
{
    char *copy = hold(p, len + 1);
    if (!copy) return "";
    memcpy(copy, begin, len);
    copy[len] = '\0';
    return copy;
}

static bool is_xml(const xmlChar *uri)
{
    return strcmp((const char *)uri, "http://www.w3.org/XML/1998/namespace") == 0;
}

static const char wide[] = "an element with more than 1,000 attributes";

static void take_attrs(struct parse *p, struct tree *t, int count, const xmlChar **attrs)
{
    if (count <= 0) return;
    struct iati_attr *list = hold(p, (size_t)count * sizeof *list);
    if (!list) return;
    for (int i = 0; i < count; i++) {
        const xmlChar **one = attrs + 5 * i;
        size_t len = (size_t)(one[4] - one[3]);
        const char *value = kept(p, one[3], len);
        list[i].name = (const char *)one[0];
        list[i].ns = one[2] && !is_xml(one[2]) ? (const char *)one[2] : "";
        list[i].value = tidy(p, value, len);
    }
    t->node.attrs = list;
    t->node.attr_count = (uint32_t)count;
}

static struct tree *tree_new(struct parse *p, const xmlChar *name, const xmlChar *uri,
                             enum iati_name id)
{
    struct tree *t = hold(p, sizeof *t);
    if (!t) return NULL;
    t->node.name = (const char *)name;
    bool of_standard = !uri || (p->ns && xmlStrEqual(uri, p->ns));
    t->node.ns = of_standard ? "" : (const char *)uri;
    t->node.text = "";
    t->node.line = (uint32_t)xmlSAX2GetLineNumber(p->xml);
    t->id = of_standard ? id : E_OTHER;
    t->parent = p->at;
    return t;
}

/* Children of the activity are counted by name; few others stand in rows. */
static void append(struct parse *p, struct tree *to, struct tree *t)
{
    const struct tree *last = to->last;
    if (!to->parent)
        t->place = t->id == E_OTHER ? 0 : ++p->places[t->id];
    else if (last && last->node.name == t->node.name && last->place)
        t->place = last->place + 1;
    else
        t->place = 1;
    if (to->last)
        to->last->node.next = &t->node;
    else
        to->node.children = &t->node;
    to->last = t;
}

/* An attribute of an element that is not in a tree; "" */
static const char *loose_attr(struct parse *p, int count, const xmlChar **attrs, const char *name)
{
    for (int i = 0; i < count; i++) {
        const xmlChar **one = attrs + 5 * i;
        if (strcmp((const char *)one[0], name) != 0) continue;
        size_t len = (size_t)(one[4] - one[3]);
        if (len > 1000) return "";
        return arena_bytes(p->lasting, one[3], len);
    }
    return "";
}

static void open_list(struct parse *p, int count, const xmlChar **attrs)
{
    if (p->nested + 1 >= NEST_MAX) {
        refuse(p, "lists of activities inside each other, too deep");
        return;
    }
    struct around *a = &p->around[++p->nested];
    a->version = loose_attr(p, count, attrs, "version");
    a->generated_ms = form_instant(loose_attr(p, count, attrs, "generated-datetime"));
    a->currency = loose_attr(p, count, attrs, "default-currency");
    a->lang = loose_attr(p, count, attrs, "lang");
}

static void start_element(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                          int ns_count, const xmlChar **ns, int attr_count, int defaulted,
                          const xmlChar **attrs)
{
    struct parse *p = ctx;
    (void)prefix;
    (void)ns_count;
    (void)ns;
    (void)defaulted;
    if (p->rc) return;
    enum iati_name id = name_id(p, name);
    if (!p->out->root) p->out->root = arena_text(p->lasting, (const char *)name);
    if (++p->depth > IATI_DEPTH_MAX) {
        refuse(p, "elements inside each other, deeper than 100");
        return;
    }
    if (attr_count > IATI_ATTRS_MAX) {
        refuse(p, wide);
        return;
    }
    p->children += p->depth == 2;
    if (p->only_checked) {
        p->out->activities += id == E_ACTIVITY;
        p->out->organisations += id == E_ORGANISATION;
        return;
    }
    bool ours = uri && strcmp((const char *)uri, IATI_OWN_NS) == 0;
    bool whole = id == E_ACTIVITY || id == E_ORGANISATION || ours;
    if (!p->at) {
        if (id == E_ACTIVITIES || id == E_ORGANISATIONS) open_list(p, attr_count, attrs);
        if (!whole) return;
    }
    if (!p->at) p->ns = ours ? NULL : uri;
    struct tree *t = tree_new(p, name, uri, id);
    if (!t) return;
    take_attrs(p, t, attr_count, attrs);
    if (p->at)
        append(p, p->at, t);
    else {
        p->top = t;
        p->child = p->depth == 2 ? p->children : 0;
        memset(p->places, 0, sizeof p->places);
    }
    p->at = t;
}

static void characters(void *ctx, const xmlChar *text, int count)
{
    struct parse *p = ctx;
    struct tree *t = p->at;
    size_t len = (size_t)count;
    if (!t || p->rc || count <= 0) return;
    if (!t->text.len) { /* what stands between elements is mostly nothing */
        while (len && (*text == ' ' || *text == '\n' || *text == '\t' || *text == '\r')) {
            text++;
            len--;
        }
        if (!len) return;
    }
    if (t->text.room < t->text.len + len + 1) {
        size_t room = t->text.len ? (t->text.len + len) * 2 + 1 : len + 1;
        char *more = hold(p, room);
        if (!more) return;
        if (t->text.len) memcpy(more, t->text.at, t->text.len);
        t->text.at = more;
        t->text.room = room;
    }
    memcpy(t->text.at + t->text.len, text, len);
    t->text.len += len;
    t->text.at[t->text.len] = '\0';
}

/* Whether the listener has it already. */
static bool is_known(struct parse *p)
{
    const struct iati_listener *l = p->listener;
    const enum iati_name id = p->top->id == E_ACTIVITY ? E_IDENTIFIER : E_ORG_IDENTIFIER;
    struct iati_whole whole = {.id = "",
                               .line = p->top->node.line,
                               .child = p->child,
                               .transactions = p->places[E_TRANSACTION]};
    if (!l->known) return false;
    for (const struct tree *t = tree_first(p->top); t && !*whole.id; t = tree_next(t)) {
        if (t->id == id) whole.id = t->node.text;
    }
    tree_digest(p->top, &p->around[p->nested], whole.digest);
    return l->known(l->ctx, &whole);
}

/* Said once: it is so in all of them. */
static void tell_namespace(struct parse *p)
{
    if (p->ns == NULL || p->told_ns || !p->listener->repair) return;
    struct iati_repair r = {IATI_FLAG,           "namespace",
                            p->top->node.line,   iati_names[p->top->id],
                            (const char *)p->ns, "no namespace: the standard has none"};
    p->told_ns = true;
    p->listener->repair(p->listener->ctx, &r);
}

static void tell(struct parse *p)
{
    const struct iati_listener *l = p->listener;
    struct former f = {.arena = &p->scratch, .listener = l, .around = p->around[p->nested]};
    enum rc rc = RC_OK;
    f.element = iati_names[p->top->id];
    tell_namespace(p);
    if (p->top->id == E_OTHER) {
        p->out->beside++;
        if (l->beside) rc = l->beside(l->ctx, &p->top->node, p->err);
    } else if (is_known(p)) {
        p->out->activities += p->top->id == E_ACTIVITY;
        p->out->organisations += p->top->id == E_ORGANISATION;
    } else if (p->top->id == E_ACTIVITY) {
        struct iati_activity *out = NEW(&p->scratch, struct iati_activity);
        f.index = out->index = ++p->out->activities;
        form_activity(&f, p->top, out);
        if (l->activity) rc = l->activity(l->ctx, out, p->err);
    } else {
        struct iati_organisation *out = NEW(&p->scratch, struct iati_organisation);
        f.index = out->index = ++p->out->organisations;
        form_organisation(&f, p->top, out);
        if (l->organisation) rc = l->organisation(l->ctx, out, p->err);
    }
    if (rc) {
        p->rc = rc;
        stop(p);
    }
    arena_reset(&p->scratch);
    p->held = 0;
    p->top = NULL;
}

static void end_element(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct parse *p = ctx;
    struct tree *t = p->at;
    (void)prefix;
    (void)uri;
    if (p->rc) return;
    p->depth--;
    if (p->only_checked) return;
    if (!t) {
        enum iati_name id = name_id(p, name);
        if ((id == E_ACTIVITIES || id == E_ORGANISATIONS) && p->nested) p->nested--;
        return;
    }
    if (t->text.len) {
        while (t->text.len && strchr(" \t\r\n", t->text.at[t->text.len - 1])) t->text.len--;
        t->text.at[t->text.len] = '\0';
        t->node.text = tidy(p, t->text.at, t->text.len);
    }
    p->at = t->parent;
    if (!p->at && !p->rc) tell(p);
}

/* --- what nothing of the standard needs --- */

static void declared_entity(void *ctx, const xmlChar *name, int type, const xmlChar *public_id,
                            const xmlChar *system_id, xmlChar *content)
{
    (void)name;
    (void)type;
    (void)public_id;
    (void)system_id;
    (void)content;
    refuse(ctx, "it declares an entity; files that do are not read");
}

static void declared_attribute(void *ctx, const xmlChar *elem, const xmlChar *fullname, int type,
                               int def, const xmlChar *value, xmlEnumerationPtr tree)
{
    (void)elem;
    (void)fullname;
    (void)type;
    (void)def;
    (void)value;
    xmlFreeEnumeration(tree);
    refuse(ctx, "it declares attributes; files that do are not read");
}

static void no_words(void *ctx, const char *fmt, ...)
{
    (void)ctx;
    (void)fmt;
}

/* What has no parser to complain to, as a conversion, libxml2 would print. */
static void no_complaint(void *ctx, xmlErrorPtr error)
{
    (void)ctx;
    (void)error;
}

static bool is_huge(const xmlError *e)
{
    return e && e->message && strstr(e->message, "Huge input lookup");
}

static const char *what_is_wrong(const xmlError *e)
{
    if (is_huge(e)) return "an element, attribute or comment above 10 MB";
    switch (e->code) {
    case XML_ERR_DOCUMENT_EMPTY: return "there is nothing in it";
    case XML_ERR_DOCUMENT_END:
    case XML_ERR_TAG_NOT_FINISHED: return "it ends before its last element does";
    case XML_ERR_INVALID_ENCODING:
    case XML_ERR_INVALID_CHAR: return "bytes that are no text in its encoding";
    case XML_ERR_UNKNOWN_ENCODING:
    case XML_ERR_UNSUPPORTED_ENCODING: return "an encoding that nobody knows";
    case XML_ERR_ATTRIBUTE_NOT_FINISHED: return "an attribute without an end, or above 10 MB";
    case XML_ERR_UNDECLARED_ENTITY: return "an entity that is not declared";
    case XML_ERR_INTERNAL_ERROR: return "neither text nor an element";
    default: return NULL;
    }
}

static enum rc not_xml(struct parse *p, bool cut)
{
    const xmlError *e = xmlCtxtGetLastError(p->xml);
    if (p->rc) return p->rc;
    const char *why = e ? what_is_wrong(e) : "it is not XML";
    char said[120] = "";
    if (!why) {
        size_t len = e->message ? strcspn(e->message, "\n") : 0;
        if (len >= sizeof said) len = sizeof said - 1;
        if (len) memcpy(said, e->message, len);
        text_mend(said);
        why = *said ? said : "it is not XML";
    }
    if (cut && e && e->code == XML_ERR_DOCUMENT_EMPTY) why = "there is nothing in it";
    /* Bytes of another encoding at the end of a chunk are an internal error to libxml2. */
    bool bytes = e &&
                 (e->code == XML_ERR_INVALID_ENCODING || e->code == XML_ERR_INVALID_CHAR ||
                  e->code == XML_ERR_INTERNAL_ERROR) &&
                 !is_huge(e);
    if (bytes) p->out->bad_line = e->line > 0 ? (uint32_t)e->line : 1;
    return fail(p->err, RC_INPUT, "%.80s, line %d: %s", p->file, e ? e->line : 0, why);
}

/*
 * Blanks before the declaration, which XML does not allow: how many were there.
 * With them a mark of the encoding goes, if it is of UTF-8.
 */
static size_t drop_blanks(struct parse *p, char *chunk, size_t len)
{
    static const char mark[] = "\xef\xbb\xbf";
    size_t from = len >= 3 && memcmp(chunk, mark, 3) == 0 ? 3 : 0, at = from;
    int lines = 0;
    for (; at < len && strchr(" \t\r\n", chunk[at]) && chunk[at]; at++) lines += chunk[at] == '\n';
    if (at == from || len - at < 5 || memcmp(chunk + at, "<?xml", 5) != 0) return 0;
    memmove(chunk, chunk + at, len - at);
    p->xml->input->line += lines;
    if (p->listener->repair) {
        struct iati_repair r = {IATI_NOTE, "blank-start", 1, "", "", "nothing before <?xml"};
        p->listener->repair(p->listener->ctx, &r);
    }
    return at;
}

static enum rc run(struct parse *p, const struct iati_bytes *bytes, char *chunk)
{
    size_t got = bytes->read(bytes->ctx, chunk, CHUNK), looked = 0;
    got -= drop_blanks(p, chunk, got);
    if (got == 0) return fail(p->err, RC_INPUT, "%.80s: there is nothing in it", p->file);
    for (; got && !p->rc; got = bytes->read(bytes->ctx, chunk, CHUNK)) {
        if (xmlParseChunk(p->xml, chunk, (int)got, 0) && !p->rc) return not_xml(p, false);
        if (!p->rc && iati_is_wide(p->xml, &looked)) refuse(p, wide);
    }
    if (p->rc) return p->rc;
    if (xmlParseChunk(p->xml, chunk, 0, 1) || !p->xml->wellFormed) return not_xml(p, true);
    return p->rc;
}

enum rc iati_read(struct arena *a, const char *name, const struct iati_bytes *bytes,
                  const struct iati_listener *listener, struct iati_read *out, struct err *err)
{
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                         .startElementNs = start_element,
                         .endElementNs = end_element,
                         .characters = characters,
                         .cdataBlock = characters,
                         .ignorableWhitespace = characters,
                         .entityDecl = declared_entity,
                         .attributeDecl = declared_attribute,
                         .warning = no_words,
                         .error = no_words};
    struct parse *p = NEW(a, struct parse);
    p->file = name;
    p->listener = listener;
    p->only_checked = !listener->activity && !listener->organisation;
    p->lasting = a;
    p->out = out;
    p->err = err;
    p->around[0] = (struct around){"", 0, "", ""};
    *out = (struct iati_read){0};
    p->xml = xmlCreatePushParserCtxt(&sax, p, NULL, 0, NULL);
    if (!p->xml) return fail(err, RC_INPUT, "%.80s: no memory to read it", name);
    xmlCtxtUseOptions(p->xml, XML_PARSE_NONET | XML_PARSE_NOENT);
    if (bytes->encoding) {
        xmlCharEncodingHandlerPtr coding = xmlFindCharEncodingHandler(bytes->encoding);
        if (coding) xmlSwitchToEncoding(p->xml, coding);
    }
    xmlStructuredErrorFunc before = xmlStructuredError;
    xmlGenericErrorFunc printed = xmlGenericError;
    void *before_ctx = xmlStructuredErrorContext, *printed_ctx = xmlGenericErrorContext;
    xmlSetStructuredErrorFunc(NULL, no_complaint);
    xmlSetGenericErrorFunc(NULL, no_words);
    enum rc rc = run(p, bytes, NEW_ARRAY(a, CHUNK, char));
    xmlSetStructuredErrorFunc(before_ctx, before);
    xmlSetGenericErrorFunc(printed_ctx, printed);
    xmlFreeDoc(p->xml->myDoc); /* what a declaration makes, refused as it is; else NULL */
    p->xml->myDoc = NULL;
    xmlFreeParserCtxt(p->xml);
    arena_free(&p->scratch);
    if (!out->root) out->root = "";
    return rc;
}

/* "<x:iati-activities": where the name stands behind a prefix. */
static bool has_prefixed(const char *begin, const char *name)
{
    for (const char *at = begin; (at = strstr(at, name)); at++) {
        const char *p = at;
        if (p == begin || *--p != ':') continue;
        while (p > begin && p[-1] > ' ' && p[-1] != '<' && p[-1] != '>' && p[-1] != '/') p--;
        if (p > begin && p[-1] == '<') return true;
    }
    return false;
}

bool iati_sniff(const char *head, size_t len)
{
    static const char *const marks[] = {"<iati-activit", "<iati-organisation", "<codelist"};
    char text[4096 + 1];
    size_t at = 0;
    for (size_t i = 0; i < len && at < sizeof text - 1; i++) {
        if (head[i]) text[at++] = head[i]; /* UTF-16 has a zero beside each letter */
    }
    text[at] = '\0';
    const char *begin = text + strspn(text, "\xef\xbb\xbf\xff\xfe \t\r\n");
    if (*begin != '<') return false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (strstr(begin, marks[i]) || has_prefixed(begin, marks[i] + 1)) return true;
    }
    return false;
}
