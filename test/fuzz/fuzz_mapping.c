/*
 * fuzz_mapping.c - any mapping file over any table gives drafts that obey the
 * table of fields, or a sentence; never a crash.
 *
 * The bytes before a line of three dashes are the mapping file, those after it
 * the table; without such a line they are a mapping file over a small table.
 */
#include "fuzz/fuzz.h"
#include "record/record.h"
#include "source/mapping.h"

static const char small[] = "id,donor,item,n,day\n1,Poland,tent,5,2024-01-01\n2,X,,-1,2922-01-01\n";

static void check_intake(const struct intake *in)
{
    for (uint32_t i = 0; i < in->count; i++) {
        struct err err;
        FUZZ_CHECK(record_check(in->records[i], &err) == RC_OK);
    }
    for (uint32_t i = 0; i < in->diag_count; i++) {
        FUZZ_CHECK(*in->diags[i].rule && *in->diags[i].expected);
    }
    FUZZ_CHECK(in->rows_taken <= in->rows_read);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena a = {0};
    struct err err = {0};
    struct intake in = {.arena = &a};
    struct input map = {"a.map", "a.map", (const char *)bytes, len};
    struct input table = {"t.csv", "t.csv", small, sizeof small - 1};
    for (size_t i = 0; i + 5 <= len; i++) {
        if (memcmp(bytes + i, "\n---\n", 5) != 0) continue;
        map.len = i;
        table.bytes = (const char *)bytes + i + 5;
        table.len = len - i - 5;
        break;
    }
    if (mapping_read(&map, &table, 1, &in, &err) == RC_OK)
        check_intake(&in);
    else
        fuzz_check_refusal(&err);
    arena_free(&a);
    return 0;
}
