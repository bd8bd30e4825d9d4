/*
 * err.h - how a function says no.
 *
 * A function that can fail returns an enum rc and takes a struct err last.
 * On failure it changes nothing it was given except *err. The sentence in
 * msg is for a person: it says what was refused, then quotes the thing.
 * Layers below cli/ and serve/ never print and never exit.
 *
 * A bug in muster is not an error: assert() it. A bad row in a source file
 * is not an error either: it is a diagnostic in the result of the parse.
 */
#ifndef MUSTER_BASE_ERR_H
#define MUSTER_BASE_ERR_H

enum rc {
    RC_OK = 0,
    RC_RULE,   /* the request breaks a rule of the book */
    RC_INPUT,  /* the bytes are not what they claim to be */
    RC_ABSENT, /* nothing under that name */
    RC_STORE,  /* disk, database or network */
};

struct err {
    enum rc code;
    char msg[400]; /* never empty when code is set; no newline; UTF-8 to the end */
};

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF(fmt_at) __attribute__((format(printf, fmt_at, fmt_at + 1)))

/*
 * Fill *err and return code, so that a refusal is one line. What is quoted may
 * be cut anywhere ("%.40s"): half a character at the cut is left out.
 */
enum rc fail(struct err *err, enum rc code, const char *fmt, ...) PRINTF(3);

/* Put "context: " before the message on its way up; returns err->code. */
enum rc fail_in(struct err *err, const char *fmt, ...) PRINTF(2);

#endif
