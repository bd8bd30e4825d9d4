/*
 * fuzz_check.c - any bytes are a sentence with claims or with reasons, never a crash.
 *
 * The first byte says where in the document the statement stands, and on which
 * day it was said.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "check/interpret.h"
#include "fuzz/fuzz.h"

static void check_heard(const struct heard *h)
{
    assert(h->measurable == !h->why);
    if (!h->measurable) return;
    assert(h->claim.unit && h->claim.subjects <= CLAIM_PARTIES_MAX);
    assert(h->claim.low.n >= 0 && dec_cmp(h->claim.low, h->claim.high) <= 0);
    assert(h->claim.measure < CLAIM_MEASURE_COUNT && h->claim.bound < BOUND_COUNT);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena a = {0};
    struct heard h;
    size_t where = len ? bytes[0] * len / 256 : 0;
    struct spoken s = {.day = len && bytes[0] & 1 ? day_from_civil(2024, 6, 13) : DAY_MAX,
                       .side = len && bytes[0] & 2 ? "USA" : NULL};
    s.sentence = whole_sentence(&a, (const char *)bytes, len, where, where + len / 8);
    uint32_t count = figures_in(&a, s.sentence);
    for (s.nth = 0; s.nth <= count && s.nth < 4; s.nth++) {
        interpret(&a, &s, &h);
        check_heard(&h);
    }
    struct said said = {.kind = SAID_FIGURE,
                        .counted = true,
                        .giver = {{"ALLIES"}, 1},
                        .low = {40, 0},
                        .high = {40, 0},
                        .unit = "country"};
    s.said = &said;
    s.quote = s.sentence;
    interpret(&a, &s, &h);
    check_heard(&h);
    (void)day_in_name(s.sentence);
    arena_free(&a);
    return 0;
}
