/*
 * fuzz_statements.c - any bytes are a document whose drafts obey the table of
 * fields and point into it, or are refused with a sentence; never a crash.
 */
#include "fuzz/fuzz.h"
#include "source/readers.h"
#include "source/sketch.h"

static void check_passage(const struct record *r, size_t len)
{
    int64_t begin = record_int(r, F_BEGIN, -1), end = record_int(r, F_END, -1);
    FUZZ_CHECK(begin >= 0 && begin <= end && (size_t)end <= len);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena a = {0};
    struct err err = {0};
    struct intake in = {.arena = &a, .format = "statements"};
    char *text = NEW_ARRAY(&a, len + 1, char); /* as files are read: a zero behind them */
    memcpy(text, bytes, len);
    struct input file = {"2031-05-04.txt", "2031-05-04.txt", text, len};
    statements_reader.sniff(&file, 1);
    if (statements_reader.read(&file, 1, &in, &err)) {
        FUZZ_CHECK(err.code == RC_INPUT && *err.msg);
        arena_free(&a);
        return 0;
    }
    for (uint32_t i = 0; i < in.count; i++) {
        const struct record *r = in.records[i];
        const char *sketch = record_text(r, F_SKETCH);
        FUZZ_CHECK(record_check(r, &err) == RC_OK);
        FUZZ_CHECK(record_text(r, F_KEY) != NULL);
        if (r->kind == KIND_PASSAGE) check_passage(r, len);
        if (sketch) FUZZ_CHECK(sketch_alike(sketch, sketch) == 100);
    }
    FUZZ_CHECK(in.evidence_count == 1);
    arena_free(&a);
    return 0;
}
