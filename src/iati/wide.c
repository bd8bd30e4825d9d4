/* wide.c - see wide.h. The parser's input is UTF-8, whatever the file is. */
#include "iati/wide.h"

enum { WAITING_MIN = 128 * 1024 };

static size_t attributes_of(const xmlChar *at, const xmlChar *end)
{
    size_t count = 0;
    xmlChar quote = 0;
    for (; at < end; at++) {
        if (quote) {
            if (*at == quote) quote = 0;
        } else if (*at == '"' || *at == '\'') {
            quote = *at;
        } else if (*at == '=') {
            count++;
        } else if (*at == '>') {
            break;
        }
    }
    return count;
}

/* What waits is looked at again when it is twice as much, so that all looks together are linear. */
bool iati_is_wide(xmlParserCtxtPtr xml, size_t *looked)
{
    const xmlChar *at = xml->input ? xml->input->cur : NULL;
    size_t waiting = at ? (size_t)(xml->input->end - at) : 0;
    if (waiting < WAITING_MIN) {
        *looked = 0;
        return false;
    }
    if (waiting < 2 * *looked) return false;
    *looked = waiting;
    if (*at != '<' || at[1] == '!' || at[1] == '?' || at[1] == '/') return false;
    return attributes_of(at, xml->input->end) > IATI_ATTRS_MAX;
}
