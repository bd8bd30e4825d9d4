/*
 * boundary.h - a total says its boundary (law 4).
 *
 * A boundary is a recipient, a year, a plan, a group, or several of them at
 * once. A flow has a source and a destination; it is incoming when only its
 * destination lies inside, internal when both do, outgoing when only its
 * source does. New money comes from outside, wherever its giver says it is.
 *
 * A line that lists objects on a side (FTS does) lies inside by them alone:
 * the place and the year must both be named; the year "day" is that of each
 * movement, for lines that go on through years. A line that lists none lies
 * inside by its receiver (or giver) and by the year its entry is effective in.
 * A flow is shared when a place or year of its destination is marked so: it
 * is shown, and not added.
 */
#ifndef MUSTER_BOOK_BOUNDARY_H
#define MUSTER_BOOK_BOUNDARY_H

#include "book/book.h"

struct boundary {
    const char *recipient; /* party key; NULL: any */
    const char *year;      /* "2020"; NULL: any */
    const char *plan;      /* the publisher's id of the plan; NULL: any */
    const char *group;     /* party key of a group; NULL: any */
};

/*
 * One that names nothing goes around everybody who gets something: what givers
 * give comes in, and only what its source says it was given before is internal.
 */
bool boundary_is_whole(const struct boundary *b);

enum flow { FLOW_OUTSIDE, FLOW_INCOMING, FLOW_INTERNAL, FLOW_OUTGOING };

/*
 * "recipient=AFG year=2020", in any order. Names are as typed: the caller
 * turns them into keys. RC_INPUT for an unknown word, one given twice, or
 * none at all. Texts live in the arena.
 */
MUST_CHECK enum rc boundary_parse(struct arena *a, const char *text, struct boundary *out,
                                  struct err *err);

/* How a movement of the line on that day passes the boundary; *shared as above. */
enum flow boundary_flow(const struct book *b, const struct boundary *boundary, uint32_t line,
                        int32_t day, int64_t known, bool *shared);

/*
 * The code of the only object of that type on a side of the line ("Plan",
 * F_DESTINATION_TAG): "" when there is none, "several" when there are more.
 */
const char *line_object(struct arena *a, const struct book *b, const struct line *line,
                        enum tag side, const char *type);

/* The name of the object with that type and code on a side, or NULL. */
const char *line_object_name(struct arena *a, const struct book *b, const struct line *line,
                             enum tag side, const char *type, const char *code);

#endif
