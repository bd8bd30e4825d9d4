/*
 * fuzz_read.c - any bytes are a reading of sound ranges or a sentence.
 *
 * What must hold of a reading: its turns follow one another within the file,
 * its statements lie within the file and belong to a turn, every text is UTF-8,
 * and the same bytes give the same reading again.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "read/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void must(bool holds, const char *what)
{
    if (holds) return;
    fprintf(stderr, "fuzz_read: does not hold: %s\n", what);
    abort();
}

static void must_be_text(const char *text)
{
    must(!text || text_is_utf8(text, strlen(text)), "a text is UTF-8");
}

static void check_turns(struct arena *a, const char *bytes, size_t len, const struct reading *r)
{
    size_t last = 0;
    for (uint32_t i = 0; i < r->turn_count; i++) {
        const struct turn *t = &r->turns[i];
        must(t->start >= last && t->start <= t->end && t->end <= len, "turns lie in order");
        last = t->end;
        must_be_text(t->speaker);
        must_be_text(t->role);
        must_be_text(t->affiliation);
        must_be_text(read_quote(a, bytes, t->start, t->end));
        must(turn_kind_name(t->kind) != NULL, "a turn has a kind");
    }
}

static void check_said(struct arena *a, const char *bytes, size_t len, const struct reading *r)
{
    for (uint32_t i = 0; i < r->said_count; i++) {
        const struct said *s = &r->said[i];
        must(s->turn < r->turn_count, "a statement belongs to a turn");
        must(s->start < s->end && s->end <= len, "a statement lies in the file");
        must(s->item && goods_name(s->goods) && said_kind_name(s->kind),
             "a statement has its item");
        must(!s->counted || dec_cmp(s->low, s->high) <= 0, "a range runs upwards");
        must(s->giver.count <= SAID_PARTIES_MAX && s->receiver.count <= SAID_PARTIES_MAX,
             "parties fit");
        must_be_text(s->item);
        must_be_text(read_quote(a, bytes, s->start, s->end));
    }
}

static void check_same(const struct reading *x, const struct reading *y)
{
    must(x->turn_count == y->turn_count && x->said_count == y->said_count, "read the same again");
    for (uint32_t i = 0; i < x->turn_count; i++) {
        must(x->turns[i].start == y->turns[i].start && x->turns[i].kind == y->turns[i].kind,
             "the same turns again");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena a = {0};
    struct err err = {0};
    struct reading r, again;
    const char *document = arena_bytes(&a, bytes, len);
    (void)read_sniff(document, len);
    enum rc rc = read_document(&a, document, len, &r, &err);
    if (rc) {
        must(rc == RC_INPUT && err.code == RC_INPUT, "a refusal is about the input");
        must(*err.msg && !strchr(err.msg, '\n'), "a refusal is one line");
    } else {
        check_turns(&a, document, len, &r);
        check_said(&a, document, len, &r);
        must_be_text(r.title);
        must_be_text(r.date);
        must_be_text(r.address);
        must(read_document(&a, document, len, &again, &err) == RC_OK, "read again");
        check_same(&r, &again);
    }
    arena_free(&a);
    return 0;
}
