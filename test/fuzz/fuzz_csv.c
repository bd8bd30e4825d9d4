/*
 * fuzz_csv.c - any bytes are a table or a sentence, never a crash.
 *
 * The first byte chooses the separator too, or that it is guessed.
 */
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const char choice[] = {0, 0, ',', ';', '\t', '|'};
    struct arena a = {0};
    struct err err = {0};
    struct workbook w;
    char separator = len ? choice[bytes[0] % sizeof choice] : 0;
    if (csv_read(&a, (const char *)bytes, len, separator, &w, &err) == RC_OK)
        fuzz_check_tables(&w);
    else
        fuzz_check_refusal(&err);
    arena_free(&a);
    return 0;
}
