/*
 * codes_judge.c - every code in an activity against its list, where the
 * standard's own mapping says that it is one.
 */
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <pthread.h>
#include <string.h>

#include "base/text.h"
#include "iati/codes.h"
#include "iati/judge_inside.h"
#include "iati/standard.h"

enum { MAPPINGS_MAX = 400 };

struct mapping {
    char list[64];
    char root[32]; /* the path is from this element, a child of the document's root; "": of the
                      document */
    xmlXPathCompExprPtr path, condition; /* condition may be NULL */
};

/* The standard's mapping, compiled once and then only read. */
static struct mapping mappings[MAPPINGS_MAX];
static uint32_t mapping_count;

static xmlNodePtr child(xmlNodePtr n, const char *name)
{
    for (n = n->children; n; n = n->next) {
        if (n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0) return n;
    }
    return NULL;
}

static xmlXPathCompExprPtr compiled(xmlNodePtr n)
{
    xmlChar *text = n ? xmlNodeGetContent(n) : NULL;
    xmlXPathCompExprPtr x = text ? xmlXPathCompile(text) : NULL;
    xmlFree(text);
    return x;
}

/*
 * "//iati-activity/sector/@code" looks through all of a document for what is
 * at one place in it: taken as "sector/@code" of the activity at hand.
 */
static xmlXPathCompExprPtr compiled_path(xmlNodePtr n, struct mapping *m)
{
    static const char *const roots[] = {"iati-activity", "iati-organisation"};
    xmlChar *text = n ? xmlNodeGetContent(n) : NULL;
    const char *path = text ? (const char *)text : "";
    for (int i = 0; i < 2; i++) {
        size_t len = strlen(roots[i]);
        if (strncmp(path, "//", 2) || strncmp(path + 2, roots[i], len) || path[len + 2] != '/')
            continue;
        memcpy(m->root, roots[i], len + 1);
        path += len + 3;
        break;
    }
    xmlXPathCompExprPtr x = *path ? xmlXPathCompile(BAD_CAST path) : NULL;
    xmlFree(text);
    return x;
}

static void read_mappings(void)
{
    struct standard_file f = standard_file("codelist-mapping.xml");
    xmlDocPtr doc = xmlReadMemory(f.bytes, (int)f.len, NULL, NULL, XML_PARSE_NONET);
    xmlNodePtr root = doc ? xmlDocGetRootElement(doc) : NULL;
    for (xmlNodePtr n = root ? root->children : NULL; n && mapping_count < MAPPINGS_MAX;
         n = n->next) {
        if (n->type != XML_ELEMENT_NODE) continue;
        xmlNodePtr list = child(n, "codelist");
        xmlChar *ref = list ? xmlGetNoNsProp(list, BAD_CAST "ref") : NULL;
        struct mapping m = {.condition = compiled(child(n, "condition"))};
        m.path = compiled_path(child(n, "path"), &m);
        if (ref && m.path) {
            strncpy(m.list, (const char *)ref, sizeof m.list - 1);
            mappings[mapping_count++] = m;
        }
        xmlFree(ref);
    }
    xmlFreeDoc(doc);
}

static void prepare(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    standard_seal();
    pthread_once(&once, read_mappings);
}

/* Conditions speak of the element that has the code as an attribute, or of the element itself. */
static bool applies(const struct mapping *m, xmlXPathContextPtr xpath, xmlNodePtr node)
{
    if (!m->condition) return true;
    xpath->node =
        node->type == XML_ATTRIBUTE_NODE || node->type == XML_TEXT_NODE ? node->parent : node;
    int yes = xmlXPathCompiledEvalToBoolean(m->condition, xpath);
    return yes == 1;
}

static bool within(const xmlNode *top, const xmlNode *node)
{
    while (node && node != top) node = node->parent;
    return node != NULL;
}

static void judge_code(const struct codes *c, const struct piece *p, const struct codelist *list,
                       xmlNodePtr node)
{
    xmlChar *text = xmlNodeGetContent(node);
    const char *said = text ? (const char *)text : "";
    const struct code *code = codes_find(c, list->name, said);
    struct complaint k = {.kind = COMPLAINT_CODE,
                          .rule = text_format(p->arena, "codelist %s", list->name)};
    if (!code && *said) {
        k.warning = !list->complete;
        k.expect = text_format(p->arena, "a code of the list %s%s%s", list->name,
                               *list->edition ? " of " : "", list->edition);
        piece_complain(p, node, k);
    } else if (code && code->withdrawn) {
        k.warning = true;
        k.expect = text_format(p->arena, "a code still in use: '%.60s' was withdrawn%s%s", said,
                               *code->until ? " on " : "", code->until);
        piece_complain(p, node, k);
    }
    xmlFree(text);
}

static void quiet(void *ctx, xmlErrorPtr e)
{
    (void)ctx, (void)e;
}

static void say_unfinished(const struct piece *p)
{
    struct complaint k = {.kind = COMPLAINT_CODE,
                          .warning = true,
                          .rule = "unfinished",
                          .expect = "this is too large to look every code of it up"};
    piece_complain(p, p->node, k);
}

void codes_judge(const struct codes *c, const struct piece *p)
{
    prepare();
    xmlXPathContextPtr xpath = xmlXPathNewContext(p->doc);
    if (!xpath) return;
    xpath->error = quiet;
    xpath->opLimit = piece_steps(p);
    for (uint32_t i = 0; i < mapping_count; i++) {
        const struct mapping *m = &mappings[i];
        const struct codelist *list = codes_list(c, m->list);
        if (!list) continue;
        if (*m->root && strcmp(m->root, (const char *)p->node->name)) continue;
        xpath->node = *m->root ? p->node : (xmlNodePtr)p->doc;
        xmlXPathObjectPtr found = xmlXPathCompiledEval(m->path, xpath);
        for (int k = 0; found && found->nodesetval && k < found->nodesetval->nodeNr; k++) {
            xmlNodePtr node = found->nodesetval->nodeTab[k];
            bool ours = p->nth == 1 || within(p->node, node); /* the root's own: once */
            if (ours && applies(m, xpath, node)) judge_code(c, p, list, node);
        }
        if (found) xmlXPathFreeObject(found);
        if (xpath->opCount >= xpath->opLimit) {
            say_unfinished(p);
            break;
        }
    }
    xmlXPathFreeContext(xpath);
}
