/*
 * fuzz_xlsx.c - any bytes are a workbook or a sentence, never a crash.
 *
 * Bytes that begin as an archive are read as one. A changed byte inside it
 * mostly fails its checksum, so the XML would never be tried: any other bytes
 * are packed as the parts of a workbook, shared strings before the first NUL
 * and the sheet after it.
 */
#include "fuzz/fuzz.h"
#include "zipmem.h"

static void try_archive(const void *bytes, size_t len)
{
    struct arena a = {0};
    struct err err = {0};
    struct workbook w;
    if (xlsx_read(&a, bytes, len, &w, &err) == RC_OK)
        fuzz_check_tables(&w);
    else
        fuzz_check_refusal(&err);
    arena_free(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    if (len >= 2 && !memcmp(bytes, "PK", 2)) {
        try_archive(bytes, len);
        return 0;
    }
    const uint8_t *nul = len ? memchr(bytes, 0, len) : NULL;
    size_t strings_len = nul ? (size_t)(nul - bytes) : 0;
    struct zipmem_book book = {0};
    struct zipmem z;
    if (strings_len) {
        book.strings = (const char *)bytes;
        book.strings_len = strings_len;
    }
    if (nul) strings_len++;
    if (len > strings_len) {
        book.sheet = (const char *)bytes + strings_len;
        book.sheet_len = len - strings_len;
    }
    zipmem_workbook(&z, &book);
    try_archive(z.bytes, z.len);
    zipmem_free(&z);
    return 0;
}
