/*
 * read.h - files of IATI, of any version, as a stream of activities.
 *
 * The file is parsed as it comes (libxml2's SAX), and one activity or
 * organisation at a time stands in memory, wherever in the file it is: under
 * iati-activities, under several of them, in the <result> of an answer, alone.
 * So a file of gigabytes takes no more than its largest activity.
 *
 * What is hostile ends the reading with a sentence: a declared entity or
 * default (nothing of the standard needs one, and nothing is ever fetched),
 * an activity above ACTIVITY_BYTES_MAX, an element deeper than DEPTH_MAX or of
 * more than IATI_ATTRS_MAX (wide.h) attributes, an attribute or text above 10 MB, bytes that are
 * not XML or end too early.
 */
#ifndef MUSTER_IATI_READ_H
#define MUSTER_IATI_READ_H

#include <stddef.h>

#include "base/sha.h"
#include "iati/iati.h"

enum { IATI_ACTIVITY_BYTES_MAX = 64 << 20, IATI_DEPTH_MAX = 100 };

/* The bytes, as they come: at most `room` of them into out; 0 at the end. */
struct iati_bytes {
    size_t (*read)(void *ctx, char *out, size_t room);
    void *ctx;
    const char *encoding; /* instead of the one that the file declares; NULL */
};

enum iati_severity {
    IATI_NOTE,    /* read, as it was surely meant */
    IATI_FLAG,    /* read, but it cannot be right */
    IATI_SKIPPED, /* not read */
};

/* Something that is not as the standard has it, and what was made of it. */
struct iati_repair {
    enum iati_severity severity;
    const char *rule; /* short and stable: "old-code", "not-a-date" */
    uint32_t line;    /* of the file */
    const char *path; /* "iati-activity[3]/transaction[2]/value" */
    const char *value, *expected;
};

/* An activity or organisation before it is taken apart. */
struct iati_whole {
    /* Of its elements, attributes and texts in their order, and of what the file says around it. */
    uint8_t digest[SHA_BYTES];
    const char *id; /* its identifier; "" */
    uint32_t line;
    uint32_t child; /* which child of the file's root it is, from 1; 0: it is none */
    uint32_t transactions;
};

/* Who is told. What is passed lives until the function returns; another code ends the reading. */
struct iati_listener {
    void *ctx;
    enum rc (*activity)(void *ctx, const struct iati_activity *activity, struct err *err);
    enum rc (*organisation)(void *ctx, const struct iati_organisation *org, struct err *err);
    void (*repair)(void *ctx, const struct iati_repair *repair);
    /* An element of ours (iati/own.h) that stands in no activity or organisation. */
    enum rc (*beside)(void *ctx, const struct iati_node *node, struct err *err);
    /* Whether it is passed over: nothing more is told of it. NULL: nothing is. */
    bool (*known)(void *ctx, const struct iati_whole *whole);
};

/* What was there. */
struct iati_read {
    uint32_t activities, organisations, beside;
    const char *root;  /* local name of the outermost element; lives in the arena */
    uint32_t bad_line; /* where bytes are not in the encoding, after such a refusal; 0 */
};

/*
 * Read it all. `name` is what sentences call the file. RC_INPUT as above, or
 * what a listener returned. A listener of which all is NULL only has the bytes
 * checked, at twice the speed.
 */
MUST_CHECK enum rc iati_read(struct arena *a, const char *name, const struct iati_bytes *bytes,
                             const struct iati_listener *listener, struct iati_read *out,
                             struct err *err);

/* Whether these first bytes of a file look like ours. */
bool iati_sniff(const char *head, size_t len);

#endif
