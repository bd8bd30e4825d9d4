/*
 * taking.h - reading an exchange file: every line of it checked, in order.
 *
 * A file is held, or it is fed: too large for that, and read from its beginning
 * as often as somebody asks. Either way a pass over it checks each record
 * against the table, and each commit and the end against their roots, and hands
 * them on. Of a file that is held the first pass keeps a row of each record; of
 * one that is fed it keeps where its commits end, so that a later pass can tell
 * that it reads the same file.
 */
#ifndef MUSTER_POST_TAKING_H
#define MUSTER_POST_TAKING_H

#include "base/watch.h"
#include "post/post.h"
#include "record/exchange.h"

/* A record as the store will have it: an eighth of what it takes as fields. */
struct kept {
    int64_t recorded_ms;
    const char *label, *idem;
    uint32_t len;
    enum kind kind;
    uint8_t salt[SALT_BYTES], leaf[SHA_BYTES];
    char bytes[];
};

/* Where a commit ends. */
struct mark {
    uint64_t last;
    uint8_t root[SHA_BYTES];
};

struct taking {
    struct arena *arena;
    struct arena line; /* reset after each line */
    const struct exchange_file *file;
    struct merkle tree;    /* over what the pass has read */
    struct kept **records; /* of a file that is held: all of them */
    uint64_t count, room;
    struct mark *marks;
    uint64_t mark_count, mark_room;
    struct mark end; /* once a pass has come to it */
    bool ended;

    /* Records are folded as they are read, but what the book refuses is said only after the
     * file proved whole: what is wrong with the bytes comes first. */
    struct book *book; /* NULL: nothing is folded, or no more */
    struct err refusal;
    uint64_t folded, refused; /* ids */
    bool supposed;            /* some of it belongs to scenarios */
};

/* What a pass does with a record; its line's arena is reset afterwards. */
typedef enum rc pass_record_fn(void *ctx, struct taking *t, const struct record *r,
                               const struct kept *kept, struct err *err);
/* And behind the last record of a commit, or of all. May be NULL. */
typedef enum rc pass_commit_fn(void *ctx, struct taking *t, struct err *err);

struct pass {
    pass_record_fn *record;
    pass_commit_fn *commit;
    void *ctx;
    struct arena *keeps; /* where the row of a record lives; NULL: with its line */
    const struct watch *watch;
};

/*
 * Read the file from its beginning. RC_INPUT with the line when it is not what
 * it claims, or is not the file any more that an earlier pass has read; what a
 * function of the pass returns is passed on as it is. RC_ABSENT "interrupted".
 */
MUST_CHECK enum rc take_file(struct taking *t, const struct pass *pass, struct err *err);

/* Take a record up into the book, if there is one; what it refuses is kept. */
void take_fold(struct taking *t, const struct record *r);

/*
 * The natural key that a line names must follow from the record and from how
 * many of that key the book has: it is no part of the bytes under the root.
 */
MUST_CHECK enum rc check_idem(struct arena *a, const struct book *b, const struct record *r,
                              struct err *err);

#endif
