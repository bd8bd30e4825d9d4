/*
 * fuzz_rules.c - any bytes are a rule file that can be asked, or a sentence
 * with the line; never a crash.
 */
#include "fuzz/fuzz.h"
#include "inbox/rules.h"

/* A candidate that has something of everything. */
static struct candidate *candidate_new(struct arena *a)
{
    struct candidate *c = NEW(a, struct candidate);
    struct record *r = record_new(a, KIND_STATEMENT);
    record_set_text(a, r, F_TYPE, "support");
    record_set_text(a, r, F_SAID_GIVER, "DEU");
    record_set_text(a, r, F_SAID_ITEM, "drones");
    record_set_text(a, r, F_SAID_STAGE, "announced");
    record_set_text(a, r, F_UNIT, "EUR");
    record_set_dec(a, r, F_AMOUNT, (struct dec){6, 0});
    *c = (struct candidate){.record = r, .day = 19000, .before = "", .sentence = "", .after = ""};
    return c;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena a = {0};
    struct err err = {0};
    struct rules rules;
    struct pair pair = {.why = AGAIN_NOT};
    if (rules_parse(&a, "f.rules", (const char *)bytes, len, &rules, &err)) {
        FUZZ_CHECK(err.code == RC_INPUT && strncmp(err.msg, "f.rules:", 8) == 0);
    } else {
        FUZZ_CHECK(rules.name && rules.count <= RULES_MAX);
        const struct rule *r = rules_decide(&a, &rules, candidate_new(&a), &pair);
        FUZZ_CHECK(!r || (r->line > 0 && *r->text && (r->accepts || r->why)));
    }
    arena_free(&a);
    return 0;
}
