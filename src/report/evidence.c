/* evidence.c - see evidence.h. */
#include "report/evidence.h"

#include "base/buf.h"

const char *evidence_words(struct arena *a, const struct book *b, uint64_t passage)
{
    const struct record *p = passage ? book_record(b, passage) : NULL;
    if (!p) return "";
    const struct record *s = book_record(b, record_ref(p, F_SOURCE));
    const char *source = NULL;
    if (s && !(source = record_text(s, F_NAME))) source = record_text(s, F_ADDRESS);
    const char *place = record_text(p, F_PLACE), *speaker = record_text(p, F_SPEAKER);
    struct buf words = {.arena = a};
    buf_add(&words, source ? source : "");
    if (place) buf_addf(&words, "%s%s", words.len ? ", " : "", place);
    if (speaker) buf_addf(&words, "%s%s", words.len ? ": " : "", speaker);
    return words.text;
}

const char *evidence_address(const struct book *b, uint64_t passage)
{
    const struct record *p = passage ? book_record(b, passage) : NULL;
    const char *address = p ? record_text(p, F_ADDRESS) : NULL;
    if (address || !p) return address;
    const struct record *s = book_record(b, record_ref(p, F_SOURCE));
    return s ? record_text(s, F_ADDRESS) : NULL;
}
