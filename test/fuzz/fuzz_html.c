/*
 * fuzz_html.c - any text, written into a page as text, in an attribute and in
 * an address: another reader of HTML finds the very text there, and no element
 * or attribute that was not written as markup.
 */
#include <libxml/HTMLparser.h>

#include "fuzz/fuzz.h"
#include "serve/html.h"
#include "serve/params.h"

/* Control characters are shown as one that says so. */
static const char *as_shown(struct arena *a, const char *text)
{
    struct buf b = {.arena = a};
    buf_add(&b, "");
    for (; *text; text++) {
        bool control =
            ((unsigned char)*text < 0x20 && *text != '\n' && *text != '\t') || *text == 0x7f;
        buf_add_bytes(&b, control ? "\xef\xbf\xbd" : text, control ? 3 : 1);
    }
    return b.text;
}

static uint32_t elements(const xmlNode *n)
{
    uint32_t count = 0;
    for (; n; n = n->next) count += (n->type == XML_ELEMENT_NODE) + elements(n->children);
    return count;
}

static void same(xmlChar *got, const char *want)
{
    FUZZ_CHECK(got && strcmp((const char *)got, want) == 0);
    xmlFree(got);
}

static void check_page(struct arena *a, const char *text)
{
    struct buf b = {.arena = a};
    struct href h = href_begin(a, "/x");
    href_param(&h, "q", text);
    HTML(&b, "<!doctype html><html><head><meta charset=utf-8></head><body><a");
    HTML_ATTR(&b, "title", text);
    HTML_ATTR(&b, "href", href_text(&h));
    HTML(&b, ">x");
    html_text(&b, text);
    HTML(&b, "x</a></body></html>");
    htmlDocPtr doc = htmlReadMemory(b.text, (int)b.len, NULL, "UTF-8",
                                    HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
    FUZZ_CHECK(doc != NULL);
    xmlNodePtr root = xmlDocGetRootElement(doc);
    FUZZ_CHECK(elements(root) == 5); /* html, head, meta, body, a */
    xmlNodePtr body = root->children;
    while (body && strcmp((const char *)body->name, "body") != 0) body = body->next;
    xmlNodePtr link = body ? body->children : NULL;
    FUZZ_CHECK(link && link->properties && link->properties->next && !link->properties->next->next);
    same(xmlGetProp(link, (const xmlChar *)"title"), as_shown(a, text));
    same(xmlNodeGetContent(link), text_format(a, "x%sx", as_shown(a, text)));
    same(xmlGetProp(link, (const xmlChar *)"href"), href_text(&h));
    FUZZ_CHECK(!strpbrk(href_text(&h), "\"'<> \n"));
    xmlFreeDoc(doc);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena a = {0};
    struct err err;
    const char *text;
    if (text_clean(&a, (const char *)bytes, len, &text, &err) == RC_OK) check_page(&a, text);
    const char *typed = arena_bytes(&a, (const char *)bytes, len);
    if (address_is_web(typed)) FUZZ_CHECK(strncmp(typed, "http", 4) == 0);
    arena_free(&a);
    return 0;
}
