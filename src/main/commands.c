/*
 * commands.c - every verb. A new one is a file cmd_VERB.c and a line here, in
 * the order in which `muster help` lists them within their group.
 */
#include "cli/cmd.h"

/* clang-format off */
#define COMMANDS(VERB) \
    /* a book */       \
    VERB(init)         \
    VERB(import)       \
    VERB(export)       \
    VERB(validate)     \
    VERB(codes)        \
    VERB(verify)       \
    VERB(prove)        \
    VERB(backup)       \
    VERB(restore)      \
    VERB(doctor)       \
    VERB(serve)        \
    /* questions */    \
    VERB(total)        \
    VERB(position)     \
    VERB(sums)         \
    VERB(burden)       \
    VERB(floor)        \
    VERB(explain)      \
    VERB(coverage)     \
    VERB(late)         \
    VERB(outlook)      \
    VERB(flags)        \
    VERB(same)         \
    VERB(source)       \
    VERB(diff)         \
    VERB(history)      \
    VERB(quote)        \
    VERB(search)       \
    VERB(said)         \
    VERB(decision)     \
    VERB(read)         \
    VERB(check)        \
    VERB(plan)         \
    VERB(scenario)     \
    /* entries */      \
    VERB(party)        \
    VERB(item)         \
    VERB(need)         \
    VERB(line)         \
    VERB(move)         \
    VERB(undo)         \
    VERB(inbox)        \
    VERB(accept)       \
    VERB(reject)       \
    VERB(lot)          \
    VERB(route)        \
    VERB(price)        \
    VERB(budget)       \
    VERB(plant)        \
    VERB(rate)         \
    VERB(round)        \
    /* muster itself */\
    VERB(user)         \
    VERB(key)          \
    VERB(help)         \
    VERB(man)          \
    VERB(completion)
/* clang-format on */

#define DECLARE(verb) extern const struct command cmd_##verb;
COMMANDS(DECLARE)

#define ADDRESS(verb) &cmd_##verb,
const struct command *const commands[] = {COMMANDS(ADDRESS) NULL};
