/*
 * fuzz_iati_codes.c - any bytes are lists of codes, which can be asked and written
 * again, or a sentence; never a crash. The first byte chooses the file's name.
 */
#include "base/buf.h"
#include "fuzz/fuzz.h"
#include "iati/codes.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const char *const names[] = {"sectors.csv", "agencies.csv", "Sector.xml", "x"};
    struct arena a = {0};
    struct err err = {0};
    uint32_t lists, count, again;
    struct codes *c = codes_none(&a), *copy = codes_none(&a);
    const char *name = names[len ? bytes[0] % 4 : 0];
    if (codes_take(c, name, (const char *)bytes, len, "2026-01-01", &lists, &err)) {
        FUZZ_CHECK(err.code == RC_INPUT && *err.msg);
        codes_lists(c, &count);
        FUZZ_CHECK(count == 0);
    } else {
        const struct codelist *const *all = codes_lists(c, &count);
        struct buf out = {.arena = &a};
        FUZZ_CHECK(count > 0 && lists >= count);
        for (uint32_t i = 0; i < count; i++) {
            for (uint32_t k = 0; k < all[i]->count; k++)
                FUZZ_CHECK(codes_find(c, all[i]->name, all[i]->codes[k].code));
        }
        codes_write(c, &out);
        FUZZ_CHECK(!codes_take(copy, "all", out.text, out.len, "", &again, &err));
        codes_lists(copy, &again);
        FUZZ_CHECK(again == count);
    }
    arena_free(&a);
    return 0;
}
