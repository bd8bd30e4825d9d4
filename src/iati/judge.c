/*
 * judge.c - see judge.h.
 *
 * libxml2's push parser builds the tree of one activity at a time; each event
 * also goes to its schema validator, which needs no tree. When a child of the
 * root ends, rules and codes look at it, and it is thrown away. Its reader
 * would have done as much, but it runs ahead of the validator, so that no
 * complaint could be given its path.
 */
#include "iati/judge.h"

#include <libxml/parser.h>
#include <libxml/SAX2.h>
#include <libxml/xmlschemas.h>
#include <string.h>

#include "base/text.h"
#include "iati/judge_inside.h"
#include "iati/standard.h"
#include "iati/wide.h"

enum {
    PIECE_BYTES = 64 * 1024, /* handed to the parser at once */
    ACTIVITY_BYTES_MAX = 64 * 1024 * 1024,
    ACTIVITY_NODES_MAX = 2 * 1024 * 1024, /* elements and attributes, some hundred bytes each */
    SHOWN_BYTES = 120,                    /* of a value in a complaint */
    COMPLAINTS_MAX = 1000,                /* of one activity; more are counted */
};

struct trial {
    struct arena *out, scratch; /* what stays; one activity's */
    const struct judge *judge;
    struct judged *judged;
    xmlParserCtxtPtr parser;
    struct err *err;
    enum rc rc;

    xmlSchemaValidCtxtPtr valid;
    xmlSchemaSAXPlugPtr plug;
    xmlSAXHandlerPtr tell; /* the validator's ear, and who it is */
    void *tell_ctx;

    int depth;
    uint64_t fed, began; /* bytes given to the parser; before this activity */
    uint64_t nodes;      /* of this activity */
    char identifier[256];
    uint32_t said;     /* complaints about this activity */
    uint64_t children; /* of the root, so far */
    bool passed;       /* this one is passed over */
};

const char *complaint_kind_name(enum complaint_kind kind)
{
    static const char *const names[COMPLAINT_KIND_COUNT] = {"schema", "rule", "code"};
    return names[kind];
}

/* --- where and what --- */

/* How many before it have its name, itself included; 0: it is the only one. */
static uint32_t place_among(const xmlNode *node)
{
    uint32_t nth = 1;
    bool more = false;
    for (const xmlNode *n = node->prev; n; n = n->prev)
        nth += n->type == XML_ELEMENT_NODE && xmlStrEqual(n->name, node->name);
    for (const xmlNode *n = node->next; n && !more; n = n->next)
        more = n->type == XML_ELEMENT_NODE && xmlStrEqual(n->name, node->name);
    return nth > 1 || more ? nth : 0;
}

static void add_step(const struct piece *p, const xmlNode *node, struct buf *out)
{
    if (!node || node->type == XML_DOCUMENT_NODE) return;
    add_step(p, node->parent, out); /* the parser allows a depth of 256 */
    if (node->type == XML_ATTRIBUTE_NODE) {
        buf_addf(out, "/@%s%s%s",
                 node->ns && node->ns->prefix ? (const char *)node->ns->prefix : "",
                 node->ns && node->ns->prefix ? ":" : "", (const char *)node->name);
        return;
    }
    if (node->type != XML_ELEMENT_NODE) return;
    bool child = node->parent && node->parent->type == XML_ELEMENT_NODE && node->parent->parent &&
                 node->parent->parent->type == XML_DOCUMENT_NODE;
    unsigned long long nth = child ? p->nth : place_among(node);
    buf_addf(out, "/%.100s", (const char *)node->name);
    if (nth) buf_addf(out, "[%llu]", nth);
}

const char *piece_path(const struct piece *p, const xmlNode *node)
{
    struct buf out = {.arena = p->arena};
    add_step(p, node, &out);
    return out.text ? out.text : "/";
}

const char *piece_value(const struct piece *p, const xmlNode *node)
{
    if (!node ||
        (node->type == XML_ELEMENT_NODE && xmlChildElementCount((xmlNodePtr)(uintptr_t)node)))
        return "";
    xmlChar *text = xmlNodeGetContent(node);
    if (!text) return "";
    const char *squeezed = text_squeeze(p->arena, (const char *)text);
    size_t len = strlen(squeezed);
    xmlFree(text);
    if (len <= SHOWN_BYTES) return squeezed;
    char *cut = (char *)(uintptr_t)arena_bytes(p->arena, squeezed, SHOWN_BYTES);
    text_mend(cut);
    return text_format(p->arena, "%s...", cut);
}

/* Whether it is to be passed on too: what all complaints of a hostile activity cost is bounded. */
static bool counted(const struct piece *p, const struct complaint *c)
{
    if (c->warning)
        p->judged->warnings++;
    else
        p->judged->errors++;
    return p->judge->complain && (*p->said)++ < COMPLAINTS_MAX;
}

static void pass_on(const struct piece *p, struct complaint *c)
{
    c->activity = p->activity;
    p->judge->complain(p->judge->ctx, c);
}

void piece_complain(const struct piece *p, const xmlNode *node, struct complaint c)
{
    if (!counted(p, &c)) return;
    c.line = node_line(node);
    c.path = piece_path(p, node);
    c.value = piece_value(p, node);
    pass_on(p, &c);
}

static struct piece piece_now(struct trial *t)
{
    return (struct piece){.arena = &t->scratch,
                          .judge = t->judge,
                          .doc = t->parser->myDoc,
                          .nth = t->judged->activities,
                          .activity = t->identifier,
                          .nodes = t->nodes,
                          .said = &t->said,
                          .judged = t->judged};
}

/* --- the schema --- */

/* What the rules of XML Schema are called in its text, for those that files break. */
static const char *rule_name(struct arena *a, int code)
{
    static const struct {
        int code;
        const char *name;
    } names[] = {
        {XML_SCHEMAV_ELEMENT_CONTENT, "cvc-complex-type.2.4"},
        {XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1, "cvc-complex-type.2.1"},
        {XML_SCHEMAV_CVC_COMPLEX_TYPE_2_2, "cvc-complex-type.2.2"},
        {XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3, "cvc-complex-type.2.3"},
        {XML_SCHEMAV_CVC_COMPLEX_TYPE_2_4, "cvc-complex-type.2.4"},
        {XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1, "cvc-complex-type.3.2.1"},
        {XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2, "cvc-complex-type.3.2.2"},
        {XML_SCHEMAV_CVC_COMPLEX_TYPE_4, "cvc-complex-type.4"},
        {XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1, "cvc-datatype-valid.1.2.1"},
        {XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_2, "cvc-datatype-valid.1.2.2"},
        {XML_SCHEMAV_CVC_TYPE_3_1_1, "cvc-type.3.1.1"},
        {XML_SCHEMAV_CVC_TYPE_3_1_2, "cvc-type.3.1.2"},
        {XML_SCHEMAV_CVC_ELT_1, "cvc-elt.1"},
        {XML_SCHEMAV_CVC_ENUMERATION_VALID, "cvc-enumeration-valid"},
        {XML_SCHEMAV_CVC_PATTERN_VALID, "cvc-pattern-valid"},
        {XML_SCHEMAV_CVC_MININCLUSIVE_VALID, "cvc-minInclusive-valid"},
        {XML_SCHEMAV_CVC_MAXINCLUSIVE_VALID, "cvc-maxInclusive-valid"},
        {XML_SCHEMAV_CVC_MINLENGTH_VALID, "cvc-minLength-valid"},
        {XML_SCHEMAV_CVC_IDC, "cvc-identity-constraint"},
        {XML_SCHEMAV_CVC_WILDCARD, "cvc-wildcard"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i].code == code) return names[i].name;
    }
    return text_format(a, "cvc %d", code);
}

/* "Element 'value': This element is not expected." -> what comes after the element's name. */
static const char *schema_sentence(struct arena *a, const char *message)
{
    const char *clean = text_squeeze(a, message);
    const char *colon = text_starts(clean, "Element '") ? strstr(clean, "': ") : NULL;
    const char *comma = text_starts(clean, "Element '") ? strstr(clean, "', attribute '") : NULL;
    if (comma && (!colon || comma < colon)) {
        return text_format(a, "%s", comma + 3); /* "attribute 'iso-date': ..." */
    }
    return colon ? colon + 3 : clean;
}

static void on_schema_error(void *ctx, xmlErrorPtr e)
{
    struct trial *t = ctx;
    struct piece p = piece_now(t);
    const xmlNode *node = t->parser->node;
    char text[1024];
    if (!counted(&p, &(struct complaint){.warning = false})) return;
    snprintf(text, sizeof text, "%s", e->message ? e->message : "not as the schema says");
    text_mend(text);
    struct complaint c = {
        .kind = COMPLAINT_SCHEMA,
        .line = (uint32_t)xmlSAX2GetLineNumber(t->parser),
        .path = piece_path(&p, node),
        .value = "",
        .rule = rule_name(&t->scratch, e->code),
        .expect = schema_sentence(&t->scratch, text),
    };
    pass_on(&p, &c);
}

static void stop(struct trial *t, enum rc rc)
{
    if (!t->rc) t->rc = rc;
    xmlStopParser(t->parser);
}

static void begin_schema(struct trial *t, const char *root, const char *uri)
{
    enum standard_schema which = standard_schema_of(root, uri);
    if (which == SCHEMA_COUNT) {
        struct piece p = piece_now(t);
        struct complaint c = {.kind = COMPLAINT_SCHEMA,
                              .rule = "cvc-elt.1",
                              .expect = "the root should be iati-activities or iati-organisations"};
        piece_complain(&p, t->parser->node, c);
        return;
    }
    xmlSchemaPtr schema = standard_schema(which);
    t->valid = schema ? xmlSchemaNewValidCtxt(schema) : NULL;
    if (t->valid) {
        xmlSchemaSetValidStructuredErrors(t->valid, on_schema_error, t);
        t->tell_ctx = t->parser;
        t->plug = xmlSchemaSAXPlug(t->valid, &t->tell, &t->tell_ctx);
    }
    if (!t->plug) stop(t, fail(t->err, RC_STORE, "the schemas of IATI could not be prepared"));
}

/* --- the events --- */

static void note_version(struct trial *t, xmlNodePtr root)
{
    xmlChar *version = xmlGetNoNsProp(root, BAD_CAST "version");
    char text[40];
    snprintf(text, sizeof text, "%s", version ? (const char *)version : "");
    text_mend(text);
    t->judged->version = arena_text(t->out, text);
    xmlFree(version);
    if (!*text || strcmp(text, "2.03") == 0 || !t->judge->schema) return;
    struct piece p = piece_now(t);
    struct complaint c = {.kind = COMPLAINT_SCHEMA,
                          .warning = true,
                          .rule = "version",
                          .expect = "version 2.03; whatever it says, it is held against that"};
    piece_complain(&p, (const xmlNode *)xmlHasNsProp(root, BAD_CAST "version", NULL), c);
}

static bool is_too_large(struct trial *t)
{
    int line = xmlSAX2GetLineNumber(t->parser);
    if (t->fed - t->began > ACTIVITY_BYTES_MAX)
        stop(t, fail(t->err, RC_INPUT, "line %d: one activity is larger than %d MB", line,
                     ACTIVITY_BYTES_MAX >> 20));
    else if (t->nodes > ACTIVITY_NODES_MAX)
        stop(t, fail(t->err, RC_INPUT,
                     "line %d: one activity has more than %d elements and"
                     " attributes",
                     line, ACTIVITY_NODES_MAX));
    return t->rc != RC_OK;
}

static void refuse_wide(struct trial *t)
{
    stop(t, fail(t->err, RC_INPUT, "line %d: an element has more than %d attributes",
                 xmlSAX2GetLineNumber(t->parser), IATI_ATTRS_MAX));
}

/* Whoever asks has heard the next child of the root before. */
static bool is_passed_over(struct trial *t)
{
    uint64_t child = ++t->children;
    t->passed = t->judge->known && t->judge->known(t->judge->ctx, child);
    return t->passed;
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int spaces, const xmlChar **space, int attributes, int defaulted,
                     const xmlChar **attribute)
{
    xmlParserCtxtPtr parser = ctx;
    struct trial *t = parser->_private;
    if (attributes > IATI_ATTRS_MAX) { /* the tree would go through all of them for each */
        refuse_wide(t);
        return;
    }
    if (t->depth == 1 && is_passed_over(t)) t->judged->activities += !uri;
    if (t->passed) {
        t->depth++;
        return;
    }
    xmlSAX2StartElementNs(ctx, name, prefix, uri, spaces, space, attributes, defaulted, attribute);
    if (!parser->node) return;
    parser->node->_private = (void *)(uintptr_t)xmlSAX2GetLineNumber(parser);
    if (t->depth == 0) {
        note_version(t, parser->node);
        if (t->judge->schema) begin_schema(t, (const char *)name, (const char *)uri);
    }
    if (t->depth == 1) {
        t->judged->activities += !uri; /* what stands beside them in another namespace is none */
        t->began = t->fed;
        t->nodes = 0;
    }
    t->depth++;
    t->nodes += 1 + (uint64_t)attributes;
    if (t->depth > 1 && is_too_large(t)) return;
    if (t->tell)
        t->tell->startElementNs(t->tell_ctx, name, prefix, uri, spaces, space, attributes,
                                defaulted, attribute);
}

static void look_at(struct trial *t, xmlNodePtr node)
{
    struct piece p = piece_now(t);
    p.node = node;
    if (t->judge->rules) rules_judge(t->judge->rules, &p);
    if (t->judge->codes) codes_judge(t->judge->codes, &p);
}

/* The identifier, so that complaints can name the activity. */
static void note_identifier(struct trial *t, xmlNodePtr node)
{
    const char *name = (const char *)node->name;
    if (node->ns || (strcmp(name, "iati-identifier") && strcmp(name, "organisation-identifier")))
        return;
    struct piece p = piece_now(t);
    snprintf(t->identifier, sizeof t->identifier, "%s", piece_value(&p, node));
    text_mend(t->identifier);
}

static void throw_away(xmlNodePtr root)
{
    for (xmlNodePtr n = root->children, next; n; n = next) {
        next = n->next;
        xmlUnlinkNode(n);
        xmlFreeNode(n);
    }
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    xmlParserCtxtPtr parser = ctx;
    struct trial *t = parser->_private;
    xmlNodePtr node = parser->node;
    if (t->passed) {
        t->passed = --t->depth > 1;
        t->began = t->fed;
        return;
    }
    if (t->tell) t->tell->endElementNs(t->tell_ctx, name, prefix, uri);
    xmlSAX2EndElementNs(ctx, name, prefix, uri);
    t->depth--;
    if (t->depth == 2) note_identifier(t, node);
    if (t->depth != 1) return;
    if (!node->ns) look_at(t, node);
    throw_away(node->parent);
    t->identifier[0] = '\0';
    t->said = 0;
    t->began = t->fed;
    arena_reset(&t->scratch);
}

static void on_text(void *ctx, const xmlChar *text, int len)
{
    xmlParserCtxtPtr parser = ctx;
    struct trial *t = parser->_private;
    if (t->passed) return;
    if (t->depth > 1) xmlSAX2Characters(ctx, text, len);
    if (t->tell) t->tell->characters(t->tell_ctx, text, len);
}

static void on_cdata(void *ctx, const xmlChar *text, int len)
{
    xmlParserCtxtPtr parser = ctx;
    struct trial *t = parser->_private;
    if (t->passed) return;
    if (t->depth > 1) xmlSAX2Characters(ctx, text, len);
    if (t->tell && t->tell->cdataBlock) t->tell->cdataBlock(t->tell_ctx, text, len);
}

static void on_entity(void *ctx, const xmlChar *name, int type, const xmlChar *public_id,
                      const xmlChar *system_id, xmlChar *content)
{
    (void)type, (void)public_id, (void)system_id, (void)content;
    xmlParserCtxtPtr parser = ctx;
    struct trial *t = parser->_private;
    stop(t, fail(t->err, RC_INPUT,
                 "line %d: the file declares the entity '%.40s'; files that do"
                 " are not read",
                 xmlSAX2GetLineNumber(parser), (const char *)name));
}

static void on_xml_error(void *ctx, xmlErrorPtr e)
{
    xmlParserCtxtPtr parser = ctx;
    struct trial *t = parser->_private;
    if (t->rc || e->level != XML_ERR_FATAL) return;
    char text[200];
    snprintf(text, sizeof text, "%s", e->message ? e->message : "not XML");
    text_mend(text);
    if (t->depth && e->code == XML_ERR_DOCUMENT_END)
        snprintf(text, sizeof text, "it ends within an element");
    t->rc = fail(t->err, RC_INPUT, "line %d: the file is not well-formed XML: %s", e->line,
                 text_squeeze(&t->scratch, text));
}

/* --- one file --- */

static xmlSAXHandler handler(void)
{
    xmlSAXHandler sax;
    memset(&sax, 0, sizeof sax);
    xmlSAXVersion(&sax, 2);
    sax.startElementNs = on_start;
    sax.endElementNs = on_end;
    sax.characters = on_text;
    sax.ignorableWhitespace = on_text;
    sax.cdataBlock = on_cdata;
    sax.entityDecl = on_entity;
    sax.comment = NULL;
    sax.processingInstruction = NULL;
    sax.serror = on_xml_error;
    return sax;
}

static enum rc push_all(struct trial *t, judge_feed *feed, void *feed_ctx)
{
    char *bytes = NEW_ARRAY(t->out, PIECE_BYTES, char);
    size_t looked = 0;
    for (;;) {
        int got = feed(feed_ctx, bytes, PIECE_BYTES, t->err);
        if (got < 0) return t->err->code;
        t->fed += (uint64_t)got;
        int bad = xmlParseChunk(t->parser, bytes, got, got == 0);
        if (!t->rc && iati_is_wide(t->parser, &looked)) refuse_wide(t);
        if (t->rc) return t->rc;
        if (bad && !t->parser->wellFormed)
            return fail(t->err, RC_INPUT, "line %d: the file is not well-formed XML",
                        xmlSAX2GetLineNumber(t->parser));
        if (!got) return RC_OK;
    }
}

static void say_nothing(void *ctx, const char *fmt, ...)
{
    (void)ctx, (void)fmt;
}

enum rc judge_file(struct arena *a, const struct judge *j, judge_feed *feed, void *feed_ctx,
                   struct judged *out, struct err *err)
{
    struct trial t = {.out = a, .judge = j, .judged = out, .err = err};
    xmlSAXHandler sax = handler();
    xmlGenericErrorFunc said = xmlGenericError;
    void *said_ctx = xmlGenericErrorContext;
    standard_seal();
    *out = (struct judged){.version = ""};
    t.parser = xmlCreatePushParserCtxt(&sax, NULL, NULL, 0, NULL);
    if (!t.parser) return fail(err, RC_STORE, "the XML parser could not be prepared");
    t.parser->_private = &t;
    xmlCtxtUseOptions(t.parser, XML_PARSE_NONET | XML_PARSE_NOWARNING);
    xmlSetGenericErrorFunc(NULL, say_nothing); /* of this thread: XPath prints some faults */
    enum rc rc = push_all(&t, feed, feed_ctx);
    xmlSetGenericErrorFunc(said_ctx, said);
    if (t.plug) xmlSchemaSAXUnplug(t.plug);
    if (t.valid) xmlSchemaFreeValidCtxt(t.valid);
    if (t.parser->myDoc) xmlFreeDoc(t.parser->myDoc);
    xmlFreeParserCtxt(t.parser);
    arena_free(&t.scratch);
    return rc;
}

struct bytes_left {
    const char *at;
    size_t len;
};

static int feed_bytes(void *ctx, char *out, int len, struct err *err)
{
    struct bytes_left *b = ctx;
    (void)err;
    size_t take = b->len < (size_t)len ? b->len : (size_t)len;
    memcpy(out, b->at, take);
    b->at += take;
    b->len -= take;
    return (int)take;
}

enum rc judge_bytes(struct arena *a, const struct judge *j, const char *bytes, size_t len,
                    struct judged *out, struct err *err)
{
    struct bytes_left left = {bytes, len};
    return judge_file(a, j, feed_bytes, &left, out, err);
}
