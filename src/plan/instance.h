/*
 * instance.h - the book as a planning problem, and what is wrong with it.
 *
 * A book as one viewer sees it, at both clocks, becomes the numbers of
 * model.h, with the way back from every number to its record. Nothing is
 * guessed in silence: what cannot be planned as it stands is left out or
 * planned without, and named in a finding with its record.
 *
 * Months are calendar months, counted from that of the planning day, which is
 * month 0. What is ready within a month can leave in it; days on the way are
 * rounded to months of 30 days, so that up to 14 days take none. Nothing that
 * is planned arrives in month 0. What was due before counts as due in month 0.
 *
 * Lots hold their quantity less the floor, less what lines drew on them: those
 * that name the lot all they ever took, others of the same giver and item what
 * reached `committed` after the day on which the lot was stated. What is
 * committed and not yet allocated is supply too: the line itself, for its own
 * receiver only, at no further cost. Needs ask for their quantity less what is
 * allocated, on its way or delivered to them: by lines that name the need, and
 * by others to the same receiver of an item that it accepts, except what had
 * been delivered when the need was stated. Of systems that something must keep
 * going nothing is taken off: what they have already is there, with what was
 * allocated to keep it going, and counts in the months in which it is kept
 * going. What was used up before the planning day nobody knows: nothing.
 *
 * What has no mass or price of its own has that of what stands above it in the
 * catalogue. With a group, others' lots and promises are not planned with; what
 * they gave counts as had.
 *
 * One unit missing for a month counts F_WEIGHT, else
 *     need x (urgent if it is) x step^(3 - priority) x the item's price in millions
 * where no priority is 3. Urgent needs are the first tier, all others the second.
 *
 * Money is in whole units of one currency. Whole numbers become doubles by one
 * division; what a double would not hold exactly is refused as a finding.
 */
#ifndef MUSTER_PLAN_INSTANCE_H
#define MUSTER_PLAN_INSTANCE_H

#include "book/book.h"
#include "plan/model.h"

enum { INSTANCE_MONTHS_MAX = 240, INSTANCE_LATE = 12, INSTANCE_EARLY = 2 };

/* By how much what counts; the defaults are instance_weights_usual. */
struct instance_weights {
    double need;     /* for a million's worth missing for a month */
    double urgent;   /* times as much when it is urgent */
    double step;     /* times as much for each priority before the third */
    double fairness; /* for a unit of money away from the fair share */
    double thrift;   /* for a unit of money spent */
};
extern const struct instance_weights instance_weights_usual;

/* What a party has of the key for fair shares: its GDP, for example. */
struct instance_key {
    uint32_t party; /* noun */
    struct dec amount;
};

struct instance_question {
    struct book *book;
    struct clocks at;
    int32_t day;         /* the planning day */
    uint32_t group;      /* only its members on that day are asked, and share; NONE: everybody */
    int32_t months;      /* to plan for; 0: until the last hub is known to be open, if all of them
                            close some day, else until no need can be served later any more */
    bool later;          /* needs that were stated after that day too: for a replay */
    int32_t early, late; /* months before and after it is due in which something may arrive */
    struct instance_weights weights;
    const struct instance_key *keys; /* none: shares do not count */
    uint32_t key_count;
    const char *currency; /* NULL: the one of all prices, costs and budgets */
    const bool *left_out; /* by line: shown by another series too; NULL: none is */
    /* An amount in another currency, by the rate of the day. NULL: that cannot be told. */
    enum rc (*convert)(void *ctx, struct dec units, const char *from, int32_t day, const char *to,
                       struct dec *out, struct err *err);
    void *convert_ctx;
};

/* A question with everything usual, as of a day. */
struct instance_question instance_asked(struct book *b, const struct clocks *at, int32_t day);

/* --- findings --- */

enum finding_rule {
    FINDING_FLOOR,      /* more is kept than is there */
    FINDING_STOCK,      /* more was taken than was there; no quantity is known */
    FINDING_CYCLE,      /* keeps itself going, round some corners */
    FINDING_UNMEETABLE, /* no lot of an accepted item, or none that can arrive in time */
    FINDING_HUB,        /* nobody reaches it, or it leads nowhere */
    FINDING_WAY,        /* a giver that reaches no hub */
    FINDING_PRICE,      /* none, or in a currency without a rate */
    FINDING_MASS,
    FINDING_KEY,    /* a giver without a share */
    FINDING_WINDOW, /* outside the months that are planned */
    FINDING_BUDGET, /* none for the day of the order; more spent than there was */
    FINDING_OVERFLOW,
    FINDING_COUNT
};

struct finding {
    enum finding_rule rule;
    uint64_t record;  /* its id; its passage says where that was read. 0: the book as a whole */
    int32_t sink;     /* of FINDING_UNMEETABLE: which; else MODEL_NONE */
    const char *text; /* a sentence without a full stop, key in front: "lot x: ..." */
};

/* "floor", "stock", "cycle", "unmeetable", ... */
const char *finding_name(enum finding_rule rule);

/* --- what things are --- */

struct instance_item {
    uint32_t noun;
    int32_t receiver; /* promised to it alone, MODEL_NONE: for anybody */
};

struct instance_lot {
    uint32_t noun; /* of a lot, or of a line where it is promised */
    bool promised;
};

struct instance_sink {
    uint32_t need;  /* noun */
    uint32_t keeps; /* of a complement that the catalogue asks for: its item's noun; else NONE */
    int32_t month;  /* of a need that is asked for monthly: which; else MODEL_NONE */
    double asked;   /* in all */
    double had;     /* of it allocated, on its way or there already */
    bool urgent;
};

struct instance {
    struct model model;
    const struct book *book;
    struct clocks at;
    int32_t day;
    const char *currency; /* "" if no money is in it */

    /* The nouns behind the model's numbers. */
    const uint32_t *giver, *receiver, *budget, *line;
    const uint32_t *hub; /* NONE: the book has no routes, things go straight */
    const struct instance_item *item;
    const struct instance_lot *lot;
    const struct instance_sink *sink;

    struct finding *findings; /* by rule, then as they were met */
    uint32_t finding_count;
    uint32_t met;   /* needs that have all they asked for */
    uint32_t money; /* needs of money, which is not shipped */
};

/*
 * RC_INPUT when the question cannot be asked: two currencies and none chosen,
 * more months than INSTANCE_MONTHS_MAX. What is wrong with the book is a
 * finding, and the model never is infeasible or unbounded.
 */
MUST_CHECK enum rc instance_build(struct arena *a, const struct instance_question *q,
                                  struct instance *out, struct err *err);

/* "2026-03": a month of the model. */
const char *instance_month(struct arena *a, const struct instance *in, int32_t month);

/* The month of the model that a day falls in; may lie before 0 or behind the last. */
int32_t instance_month_of(int32_t planning_day, int32_t day);

/* Keys of lots, sinks and so on. A monthly need's is KEY@2026-03, a catalogue's complement's
 * KEY/ITEM. */
const char *instance_lot_key(const struct instance *in, int32_t lot);
const char *instance_sink_key(struct arena *a, const struct instance *in, int32_t sink);
const char *instance_hub_key(const struct instance *in, int32_t hub);

#endif
