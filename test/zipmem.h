/*
 * zipmem.h - archives and small workbooks made in memory, for tests and fuzzing.
 *
 * minizip writes them, so that what is read was not written by the code under
 * test.
 */
#ifndef MUSTER_TEST_ZIPMEM_H
#define MUSTER_TEST_ZIPMEM_H

#include <assert.h>
#include <minizip/zip.h>
#include <stdlib.h>
#include <string.h>

struct zipmem {
    char *bytes; /* the archive; zipmem_free */
    size_t len, room, seek;
    zipFile file;
};

static inline voidpf zipmem_open(voidpf opaque, const void *name, int mode)
{
    (void)name, (void)mode;
    return opaque;
}

static inline uLong zipmem_read(voidpf opaque, voidpf stream, void *out, uLong size)
{
    struct zipmem *z = opaque;
    (void)stream;
    size_t n = size < z->len - z->seek ? size : z->len - z->seek;
    if (n) memcpy(out, z->bytes + z->seek, n);
    z->seek += n;
    return n;
}

static inline uLong zipmem_write(voidpf opaque, voidpf stream, const void *bytes, uLong size)
{
    struct zipmem *z = opaque;
    (void)stream;
    if (z->seek + size > z->room) {
        z->room = (z->seek + size) * 2;
        z->bytes = realloc(z->bytes, z->room);
        assert(z->bytes);
    }
    memcpy(z->bytes + z->seek, bytes, size);
    z->seek += size;
    if (z->seek > z->len) z->len = z->seek;
    return size;
}

static inline ZPOS64_T zipmem_tell(voidpf opaque, voidpf stream)
{
    (void)stream;
    return ((struct zipmem *)opaque)->seek;
}

static inline long zipmem_seek(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
    struct zipmem *z = opaque;
    (void)stream;
    size_t from = origin == ZLIB_FILEFUNC_SEEK_CUR   ? z->seek
                  : origin == ZLIB_FILEFUNC_SEEK_END ? z->len
                                                     : 0;
    if (offset > z->len - from) return -1;
    z->seek = from + offset;
    return 0;
}

static inline int zipmem_nothing(voidpf opaque, voidpf stream)
{
    (void)opaque, (void)stream;
    return 0;
}

static inline void zipmem_begin(struct zipmem *z)
{
    *z = (struct zipmem){0};
    zlib_filefunc64_def memory = {zipmem_open, zipmem_read,    zipmem_write,   zipmem_tell,
                                  zipmem_seek, zipmem_nothing, zipmem_nothing, z};
    z->file = zipOpen2_64("", APPEND_STATUS_CREATE, NULL, &memory);
    assert(z->file);
}

/* level 0 stores, 9 packs best. */
static inline void zipmem_add(struct zipmem *z, const char *name, const void *bytes, size_t len,
                              int level)
{
    int rc = zipOpenNewFileInZip(z->file, name, NULL, NULL, 0, NULL, 0, NULL,
                                 level ? Z_DEFLATED : 0, level);
    if (rc == ZIP_OK) rc = zipWriteInFileInZip(z->file, bytes, (unsigned)len);
    if (rc == ZIP_OK) rc = zipCloseFileInZip(z->file);
    assert(rc == ZIP_OK);
    (void)rc;
}

static inline void zipmem_text(struct zipmem *z, const char *name, const char *text)
{
    zipmem_add(z, name, text, strlen(text), 6);
}

static inline void zipmem_end(struct zipmem *z)
{
    int rc = zipClose(z->file, NULL);
    assert(rc == ZIP_OK);
    (void)rc;
    z->file = NULL;
}

static inline void zipmem_free(struct zipmem *z)
{
    free(z->bytes);
    *z = (struct zipmem){0};
}

#define ZIPMEM_XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define ZIPMEM_MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define ZIPMEM_RELS "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\""
#define ZIPMEM_REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

/* The parts of a workbook with one sheet; NULL takes the usual. */
struct zipmem_book {
    const char *package, *workbook, *rels, *strings, *sheet;
    size_t strings_len, sheet_len; /* 0: to the NUL */
};

static inline void zipmem_workbook(struct zipmem *z, const struct zipmem_book *b)
{
    zipmem_begin(z);
    zipmem_text(z, "_rels/.rels",
                b->package ? b->package
                           : ZIPMEM_XML
                    "<Relationships " ZIPMEM_RELS "><Relationship Id=\"rId1\" Type=\"" ZIPMEM_REL
                    "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
    zipmem_text(z, "xl/workbook.xml",
                b->workbook ? b->workbook
                            : ZIPMEM_XML
                    "<workbook " ZIPMEM_MAIN " xmlns:r=\"" ZIPMEM_REL
                    "\"><sheets><sheet name=\"Gifts\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"
                    "</workbook>");
    zipmem_text(z, "xl/_rels/workbook.xml.rels",
                b->rels ? b->rels
                        : ZIPMEM_XML
                    "<Relationships " ZIPMEM_RELS "><Relationship Id=\"rId1\" Type=\"" ZIPMEM_REL
                    "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" "
                    "Type=\"" ZIPMEM_REL
                    "/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>");
    const char *strings = b->strings ? b->strings : "<sst/>";
    const char *sheet = b->sheet ? b->sheet : "<worksheet/>";
    zipmem_add(z, "xl/sharedStrings.xml", strings,
               b->strings_len ? b->strings_len : strlen(strings), 6);
    zipmem_add(z, "xl/worksheets/sheet1.xml", sheet, b->sheet_len ? b->sheet_len : strlen(sheet),
               6);
    zipmem_end(z);
}

#endif
