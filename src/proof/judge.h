/*
 * judge.h - whether a proof holds, from its file and the keys that one trusts.
 *
 * No store and nothing of the maker's is asked. What a file claims of itself
 * counts for nothing: the leaf is hashed again from the record, the root from
 * the leaf, and the root is the one that a trusted key signed.
 */
#ifndef MUSTER_PROOF_JUDGE_H
#define MUSTER_PROOF_JUDGE_H

#include "proof/checkpoint.h"
#include "record/record.h"

enum proved { PROVED_RECORD, PROVED_GROWTH, PROVED_SHARE };

struct judgement {
    enum proved what;
    struct checkpoint at, since; /* since: of growth */
    uint64_t id;                 /* of the record */
    const struct record *record; /* NULL: withheld */
    uint64_t shown, withheld;    /* records of a shared log */
};

/*
 * RC_INPUT when it is no proof; RC_RULE or RC_ABSENT, with the reason, when it
 * does not hold. `bytes` is borrowed.
 */
MUST_CHECK enum rc proof_judge(struct arena *a, const char *bytes, size_t len,
                               const struct trust *trust, struct judgement *out, struct err *err);

#endif
