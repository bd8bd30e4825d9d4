/*
 * fuzz_iati_judge.c - any bytes are judged or refused with a sentence, whole or
 * in pieces alike; never a crash.
 */
#include "fuzz/fuzz.h"
#include "iati/codes.h"
#include "iati/judge.h"
#include "iati/rules.h"

struct pieces {
    const uint8_t *at;
    size_t left;
};

static int feed(void *ctx, char *out, int len, struct err *err)
{
    struct pieces *p = ctx;
    (void)err;
    size_t take = p->left < 7 ? p->left : 7;
    FUZZ_CHECK(len >= 7);
    memcpy(out, p->at, take);
    p->at += take;
    p->left -= take;
    return (int)take;
}

static void hear(void *ctx, const struct complaint *c)
{
    (void)ctx;
    FUZZ_CHECK(c->path[0] == '/' && *c->rule && *c->expect && c->value && c->activity);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct arena kept;
    static struct codes *codes;
    static struct ruleset *rules;
    struct arena a = {0};
    struct err err = {0};
    struct judged whole, parts;
    if (!codes) codes = codes_new(&kept);
    if (!rules) FUZZ_CHECK(!ruleset_standard(codes, &rules, &err));
    struct judge j = {.schema = true, .rules = rules, .codes = codes, .complain = hear};
    enum rc rc = judge_bytes(&a, &j, (const char *)bytes, len, &whole, &err);
    FUZZ_CHECK(!rc || (rc == RC_INPUT && *err.msg));
    struct pieces p = {bytes, len};
    err = (struct err){0};
    FUZZ_CHECK(judge_file(&a, &j, feed, &p, &parts, &err) == rc);
    if (!rc) FUZZ_CHECK(whole.errors == parts.errors && whole.warnings == parts.warnings);
    arena_free(&a);
    return 0;
}
