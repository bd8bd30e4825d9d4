/*
 * who.h - whose request this is, and what follows from that.
 *
 * A browser shows a session in a cookie that no script can read; a program
 * shows a token as "Authorization: Bearer muster_...". A form of a session
 * must carry that session's own token and come from our own pages (Origin or
 * Sec-Fetch-Site), so that no other site can send it. Whoever shows something
 * that is no longer good is the public.
 */
#ifndef MUSTER_SERVE_WHO_H
#define MUSTER_SERVE_WHO_H

#include "serve/site.h"

/* Fill in account, csrf and viewer of the visit. */
void who_asks(struct visit *v);

/* Whether the form that was sent is one of ours; else the refusal is made. */
bool who_sent(struct visit *v);

/* GET: the form. POST: a session, and back to where one came from. */
void who_login(struct visit *v);
void who_logout(struct visit *v);

/* A row of the audit trail, for whoever asks. Nothing without accounts. */
void who_audit(struct visit *v, const char *verb, const char *touched, const char *outcome);

/* An address of ours that a form named, or "/" when it is none: never another site's. */
const char *own_address(struct visit *v, const char *address);

#endif
