/*
 * api.h - the same answers as the command line's --json, under /api/v1.
 *
 * An endpoint is a command, and its options are the parameters: what the
 * option tables say is parsed, described (openapi.json) and refused in the
 * same words. An option that names a file of this machine is not offered.
 * Refusals are problem+json (RFC 9457).
 */
#ifndef MUSTER_SERVE_API_H
#define MUSTER_SERVE_API_H

#include "serve/site.h"

void api_answer(struct visit *v);

/* One section of a page as a file: /table?page=/donors&section=burden&as=csv */
void api_table(struct visit *v);

/* The body and type of a refusal; v->r->status is set. */
void api_problem(struct visit *v, int status, const char *why);

#endif
