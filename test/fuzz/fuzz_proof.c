/*
 * fuzz_proof.c - any bytes are a proof that holds, or a sentence that says why
 * not; the seeds are signed with a published key. Never a crash.
 */
#include "fuzz/fuzz.h"
#include "proof/judge.h"

/* The example key of golang.org/x/mod/sumdb/note. */
static const char key_text[] = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena a = {0};
    struct err err = {0};
    struct trust trust = {0}, file = {0};
    struct note_key key;
    struct judgement j;
    const char *text = (const char *)bytes;
    FUZZ_CHECK(!note_key_parse(&a, key_text, strlen(key_text), &key, &err));
    trust_add(&trust, &a, &key);
    if (proof_judge(&a, text, len, &trust, &j, &err)) {
        FUZZ_CHECK(err.code != RC_OK && err.msg[0]);
    } else {
        FUZZ_CHECK(j.at.by && strcmp(j.at.origin, key.name) == 0);
        FUZZ_CHECK(!j.record || j.record->id == j.id);
    }
    if (trust_read(&file, &a, text, len, true, &err)) FUZZ_CHECK(err.msg[0]);
    arena_free(&a);
    return 0;
}
