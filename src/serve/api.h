/*
 * api.h - the same answers as the command line's --json, under /api/v1.
 *
 * An endpoint is a command, and its options are the parameters: what the
 * option tables say is parsed, described (openapi.json) and refused in the
 * same words. An option that names a file of this machine is not offered.
 * Refusals are problem+json (RFC 9457).
 *
 * The main list of an answer comes in parts: ?limit= (API_ROWS unless said, at
 * most API_ROWS_MAX) and ?offset=, with a Link to the next part (RFC 8288)
 * when there is one. Figures beside the list are always those of the whole.
 */
#ifndef MUSTER_SERVE_API_H
#define MUSTER_SERVE_API_H

#include "serve/site.h"

enum { API_ROWS = 10000, API_ROWS_MAX = 100000, API_SECONDS_MAX = 60 };

/* An endpoint: a path below /api/v1/ and the command's words. NULL-ended. */
struct endpoint {
    const char *path, *command;
    const char *limit; /* an option that is "10" unless given, and API_SECONDS_MAX at most; NULL */
};
extern const struct endpoint endpoints[];

/* The command that words call, and, in `out` (may be NULL), the words apart; NULL: none. */
const struct command *api_command(const struct visit *v, const char *words, struct texts *out);

/* Whether somebody elsewhere may give that option of every command. */
bool api_shares(const struct command *c, const struct opt *o);

/* Whether an option's or operand's value names a file of this machine. */
bool api_is_local(const char *arg);

/* "LINE" as the parameter "line". */
const char *api_operand(struct arena *a, const struct operand *o);

/* GET /api/v1/openapi.json: what there is, from the option tables. */
void openapi_answer(struct visit *v);

void api_answer(struct visit *v);

/* One section of a page as a file: /table?page=/donors&section=burden&as=csv */
void api_table(struct visit *v);

/* The body and type of a refusal; v->r->status is set. */
void api_problem(struct visit *v, int status, const char *why);

#endif
