/*
 * fuzz_quote.c - any bytes are asked of any bytes: a difference or a sentence.
 *
 * The first byte chooses HTML; a NUL parts what is asked from what was said.
 * What must hold: the differences turn the asked words into the said ones, no
 * place lies outside the text, and all that would be shown is UTF-8.
 */
#include "base/text.h"
#include "fuzz/fuzz.h"
#include "read/quote.h"

static void check_difference(const struct difference *d, const struct asked *q,
                             const struct tokens *said)
{
    FUZZ_CHECK(d->asked_first + d->asked_count <= q->words.count);
    FUZZ_CHECK(d->said_first + d->said_count <= said->count);
    FUZZ_CHECK(d->asked_count + d->said_count > 0);
    FUZZ_CHECK(!d->asked == !d->asked_count && !d->said == !d->said_count);
    FUZZ_CHECK(difference_name(d->kind) != NULL);
    if (d->asked) FUZZ_CHECK(text_is_utf8(d->asked, strlen(d->asked)));
    if (d->said) FUZZ_CHECK(text_is_utf8(d->said, strlen(d->said)));
}

static void check_quote(struct arena *a, const char *asked, size_t asked_len, const char *text,
                        size_t len, bool html)
{
    struct asked q;
    struct err err = {0};
    struct tokens said = {.arena = a};
    struct compared c;
    uint32_t end, marked = 0;
    fold(text, len, html, &said);
    if (quote_ask(a, asked, asked_len, &q, &err)) {
        fuzz_check_refusal(&err);
        return;
    }
    uint32_t distance = quote_distance(&q, &said, &end);
    FUZZ_CHECK(distance <= q.words.count && end <= said.count);
    quote_compare(a, &q, text, len, html, &said, end, &c);
    FUZZ_CHECK(c.edits == distance);
    FUZZ_CHECK(c.first <= c.last && c.last <= said.count);
    FUZZ_CHECK(c.begin <= c.end && c.end <= len);
    for (uint32_t i = 0; i < c.count; i++) {
        check_difference(&c.differences[i], &q, &said);
        marked += c.differences[i].asked_count;
    }
    FUZZ_CHECK(c.kept + marked == q.words.count);
    FUZZ_CHECK((c.count == 0) == (c.edits == 0));
    const char *shown = fold_utf8(a, text + c.begin, c.end - c.begin);
    FUZZ_CHECK(text_is_utf8(shown, strlen(shown)));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena a = {0};
    bool html = len && bytes[0] & 1;
    const char *text = (const char *)bytes + (len > 0), *end = (const char *)bytes + len;
    const char *nul = len ? memchr(text, '\0', (size_t)(end - text)) : NULL;
    const char *said = nul ? nul + 1 : end;
    size_t asked_len = (size_t)((nul ? nul : end) - text);
    if (len) check_quote(&a, text, asked_len, said, (size_t)(end - said), html);
    arena_free(&a);
    return 0;
}
