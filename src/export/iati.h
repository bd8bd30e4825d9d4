/*
 * iati.h - the book as files of IATI 2.03.
 *
 * An activity for each activity that the book knows from IATI, for each other
 * package, and for each line that belongs to none: what the standard can say
 * in its own elements, and every record whole in elements of ours beside them
 * (iati/own.h), so that reading the file back gives the same records. What is
 * written keeps to the schema and the standard ruleset.
 *
 * What belongs to no activity (needs, stocks, routes, who is in which group)
 * stands after the last of them.
 *
 * Money moves are transactions; what things are worth, as stated, stands for
 * them. A movement into the future, and what no stage of the standard means,
 * stands in our elements only.
 */
#ifndef MUSTER_EXPORT_IATI_H
#define MUSTER_EXPORT_IATI_H

#include "iati/write.h"
#include "view/view.h"

struct iati_export {
    struct clocks at;
    int32_t today;        /* no transaction may be later */
    int64_t generated_ms; /* 0: the instant of the newest record that is seen */
    bool organisations;   /* who gives and what they plan to spend, instead of activities */
    /*
     * Who publishes: its identifier, name and code of OrganisationType. NULL:
     * each giver for itself.
     */
    const char *reporter, *reporter_name, *reporter_type;
};

/*
 * Write what the view shows. RC_ABSENT when there is nothing to write; the
 * sink's code when it ended it; RC_STORE when the log cannot be read.
 */
MUST_CHECK enum rc export_iati(const struct view *v, const struct iati_export *x, iati_sink *sink,
                               void *ctx, const struct watch *watch, struct err *err);

#endif
