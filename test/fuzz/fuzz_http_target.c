/*
 * fuzz_http_target.c - any bytes as an address and as a form: refused, or a
 * path and parameters that are clean text, and that say the same when they are
 * written and read again.
 */
#include "fuzz/fuzz.h"
#include "serve/html.h"
#include "serve/params.h"

static void check_text(const char *text)
{
    FUZZ_CHECK(text != NULL);
    FUZZ_CHECK(text_is_clean(text, strlen(text)) && !strchr(text, '\r'));
}

/* Written as the pages write addresses, the parameters come back as they were. */
static void check_again(struct arena *a, const struct request *q)
{
    struct href h = href_begin(a, "/x");
    for (uint32_t i = 0; i < q->query.count; i++) {
        href_param(&h, q->query.at[i].name, q->query.at[i].value);
    }
    struct request again = {.arena = a, .target = href_text(&h)};
    target_read(&again);
    FUZZ_CHECK(!again.bad && again.query.count == q->query.count);
    for (uint32_t i = 0; i < q->query.count; i++) {
        FUZZ_CHECK(strcmp(again.query.at[i].name, q->query.at[i].name) == 0);
        FUZZ_CHECK(strcmp(again.query.at[i].value, q->query.at[i].value) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena a = {0};
    struct params form;
    struct request q = {.arena = &a, .target = arena_bytes(&a, (const char *)bytes, len)};
    target_read(&q);
    check_text(q.path);
    FUZZ_CHECK(q.bad || *q.path == '/');
    for (uint32_t i = 0; !q.bad && i < q.query.count; i++) {
        check_text(q.query.at[i].name);
        check_text(q.query.at[i].value);
        FUZZ_CHECK(param_of(&q.query, q.query.at[i].name) != NULL);
    }
    if (!q.bad) check_again(&a, &q);
    if (params_read(&a, (const char *)bytes, len, &form)) {
        FUZZ_CHECK(form.count <= HTTP_PARAMS_MAX);
        for (uint32_t i = 0; i < form.count; i++) check_text(form.at[i].value);
    }
    arena_free(&a);
    return 0;
}
