/* xlsx_whole.c - see xlsx_whole.h. */
#include "export/xlsx_whole.h"

#include <string.h>

#include "base/text.h"
#include "source/zip.h"

/* Read a part to its end, which also tells whether its checksum is right. */
static enum rc part_whole(struct zip *z, const char *name, const char *last_tag, size_t least,
                          struct err *err)
{
    enum { TAIL = 32 };
    char bytes[TAIL + 16384] = {0};
    size_t size = 0, all = 0, got = 0, tag = strlen(last_tag);
    enum rc rc = zip_part_open(z, name, &size, err);
    if (rc) return rc;
    do {
        rc = zip_part_read(z, bytes + TAIL, sizeof bytes - TAIL, &got, err);
        if (rc || got == 0) break;
        memmove(bytes, bytes + got, TAIL); /* the last bytes so far */
        all += got;
    } while (true);
    zip_part_close(z);
    if (rc) return rc;
    size_t end = TAIL;
    while (end > 0 && bytes[end - 1] == '\n') end--;
    bool ended = end >= tag && memcmp(bytes + end - tag, last_tag, tag) == 0;
    return ended && all > least ? RC_OK : fail(err, RC_STORE, "%.60s is cut short", name);
}

enum rc xlsx_whole(const char *bytes, size_t len, const size_t *row_bytes, uint32_t sheets,
                   struct err *err)
{
    static const struct {
        const char *name, *last_tag;
    } parts[] = {
        {"[Content_Types].xml", "</Types>"},
        {"_rels/.rels", "</Relationships>"},
        {"xl/_rels/workbook.xml.rels", "</Relationships>"},
        {"xl/workbook.xml", "</workbook>"},
        {"xl/theme/theme1.xml", "</a:theme>"},
        {"xl/styles.xml", "</styleSheet>"},
        {"docProps/core.xml", "</cp:coreProperties>"},
        {"docProps/app.xml", "</Properties>"},
    };
    struct arena a = {0};
    struct zip *z = NULL;
    enum rc rc = zip_open(&a, bytes, len, &z, err);
    for (size_t i = 0; !rc && i < sizeof parts / sizeof *parts; i++) {
        rc = part_whole(z, parts[i].name, parts[i].last_tag, 0, err);
    }
    for (uint32_t i = 0; !rc && i < sheets; i++) {
        const char *name = text_format(&a, "xl/worksheets/sheet%u.xml", (unsigned)i + 1);
        rc = part_whole(z, name, "</worksheet>", row_bytes[i], err);
    }
    zip_close(z);
    arena_free(&a);
    if (!rc) return RC_OK;
    err->code = RC_STORE;
    return fail_in(err, "the workbook could not be put together (is the disk full?)");
}
