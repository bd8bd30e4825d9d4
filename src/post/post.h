/*
 * post.h - writing to the log: drafts in, records out.
 *
 * A posting collects records for one commit. Each is given its id, instant
 * and salt, checked against the table and applied to the posting's own book
 * before anything is written, so what reaches the store has passed every rule,
 * and all of a posting is in the log or nothing is.
 *
 * An intake says what a publisher states; post_intake() works out what of it
 * is news. A draft with a natural key that the book has already, and that
 * says the same, is nothing; one that says something else restates: the old
 * entry is reversed and the new one posted. An older statement never undoes a
 * newer one, whatever the order they come in.
 */
#ifndef MUSTER_POST_POST_H
#define MUSTER_POST_POST_H

#include "source/source.h"
#include "view/view.h"

/*
 * Whence the salts of records come. A test that hands in its own, as it does
 * the instants, gets the same log to the last byte each time.
 */
struct salting {
    void (*fill)(void *ctx, uint8_t *out, size_t count);
    void *ctx;
};

enum { POSTING_SALTS = 64 }; /* drawn at once */

struct posting {
    struct arena *arena;
    struct view *view; /* its book runs ahead of the store until the commit */
    int64_t now_ms;    /* instant of all its records */
    struct record **records;
    uint32_t count, room;
    struct evidence *evidence;
    uint32_t evidence_count;
    const struct salting *salting; /* NULL: the system's random bytes */
    struct stated *stated;         /* stated.h, of the view's book; NULL: made when it is needed */
    bool lent; /* what is posted outlives the posting: its texts need not be copied */
    uint8_t salts[POSTING_SALTS][SALT_BYTES];
    unsigned salts_left;
    const struct watch *watch; /* told how far an intake is; NULL: nobody */
};

/*
 * now_ms is the clock's. Every posting has an instant of its own, above the
 * last one's, so that what was known at a commit never gains anything later.
 */
void posting_begin(struct posting *p, struct arena *a, struct view *view, int64_t now_ms);

/*
 * Take a draft up. Its references by key are resolved in the book (RC_ABSENT
 * names what is not there); RC_RULE when it breaks a rule, and then the
 * posting is as it was. On success *id (may be NULL) is its place in the log.
 */
MUST_CHECK enum rc posting_add(struct posting *p, struct record *draft, uint64_t *id,
                               struct err *err);

/* Write it all, durably. After a failure the view is of no more use. */
MUST_CHECK enum rc posting_commit(struct posting *p, struct err *err);

/*
 * What a client asks for under a key of its own, so that it may ask again when
 * it did not hear the answer.
 */
struct request {
    const char *key; /* whose and which: "anna/7f3a" */
    const char *author;
    const char *label; /* who may see that it was asked: the client must */
    const char *asked; /* what: two requests that differ in this are two */
};

enum { REQUEST_KEY_MAX = 200 };

/*
 * Call it of an empty posting: what is added to it then is recorded once for
 * that key. *before is the record of the request when the log has it already,
 * and then there is nothing to add; else NULL. RC_RULE when something else was
 * asked under that key. Where two ask at once, one of them cannot commit.
 */
MUST_CHECK enum rc posting_once(struct posting *p, const struct request *r,
                                const struct record **before, struct err *err);

/* Take a live entry back, with a reason. `key` is NULL but for an import's own. */
MUST_CHECK enum rc posting_reverse(struct posting *p, uint32_t row, const char *why,
                                   const char *author, const char *key, uint64_t *id,
                                   struct err *err);

/*
 * A new version of a line that carries its live entries over: each is
 * reversed on the old version and posted again on the new one. For a line
 * that is not in the book yet it is posting_add.
 */
MUST_CHECK enum rc posting_revise_line(struct posting *p, struct record *draft, const char *why,
                                       const char *author, uint64_t *id, struct err *err);

struct posted {
    uint64_t added;    /* records that are new */
    uint64_t same;     /* the book said so already */
    uint64_t restated; /* a newer statement of something known */
    uint64_t removed;  /* no longer stated by the publisher */
    uint64_t older;    /* an older statement than the book holds: kept aside */
    uint64_t refused;  /* broke a rule of the book: see the diagnostics */
    uint64_t supposed; /* belongs to scenarios of another book: left there */
};

/*
 * Put an intake into the posting, which may hold others already. What breaks a rule of the book
 * becomes a diagnostic of the intake and is left out. RC_ABSENT "interrupted" when the posting's
 * watch said to stop: then the posting is of no more use.
 */
MUST_CHECK enum rc post_intake(struct posting *p, struct intake *in, const char *author,
                               struct posted *out, struct err *err);

/* --- the exchange file --- */

struct exchange_file {
    const char *name; /* for sentences */
    const char *text; /* begins with EXCHANGE_HEADER; NULL where it is fed */
    size_t len;
    const struct stream *feed; /* too large to be held: its read and again; NULL: held */
};

/*
 * Take an exchange file in: byte for byte into an empty store or one that
 * holds a beginning of the same log, as new records into any other; the last
 * is refused to a file that is fed (RC_INPUT). The whole file is checked first:
 * RC_INPUT with the line, and nothing is written.
 * RC_ABSENT "interrupted" when the watch said to stop; the same call goes on.
 */
MUST_CHECK enum rc post_exchange(struct arena *a, struct view *view,
                                 const struct exchange_file *file, int64_t now_ms, bool dry_run,
                                 const struct watch *watch, struct posted *out, struct err *err);

#endif
