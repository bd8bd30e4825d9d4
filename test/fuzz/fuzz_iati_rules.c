/*
 * fuzz_iati_rules.c - any bytes are a ruleset that can be tried on an activity,
 * or a sentence; never a crash. What it complains about has its place.
 */
#include "fuzz/fuzz.h"
#include "iati/codes.h"
#include "iati/judge.h"
#include "iati/rules.h"

static const char activity[] =
    "<iati-activities><iati-activity xml:lang='en'><iati-identifier>A-B-1</iati-identifier>"
    "<title><narrative/></title><sector vocabulary='2' percentage='40'/>"
    "<sector vocabulary=\"it's\" percentage='x'/><budget><period-start iso-date='2020-02-29'/>"
    "<period-end iso-date='2021-03-02'/></budget><transaction><value/></transaction>"
    "</iati-activity></iati-activities>";

static void hear(void *ctx, const struct complaint *c)
{
    (void)ctx;
    FUZZ_CHECK(c->path[0] == '/' && *c->rule && c->expect && c->value);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena a = {0};
    struct err err = {0};
    struct ruleset *rules = NULL;
    struct judged out;
    if (ruleset_read((const char *)bytes, len, NULL, &rules, &err)) {
        FUZZ_CHECK(err.code == RC_INPUT && *err.msg && !rules);
    } else {
        struct judge j = {.rules = rules, .complain = hear};
        FUZZ_CHECK(!judge_bytes(&a, &j, activity, sizeof activity - 1, &out, &err));
    }
    ruleset_free(rules);
    arena_free(&a);
    return 0;
}
