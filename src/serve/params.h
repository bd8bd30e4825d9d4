/*
 * params.h - addresses and forms, taken apart: percent-encoding in, clean text out.
 *
 * Beside http.h, and without a socket, so that any bytes can be tried on it.
 */
#ifndef MUSTER_SERVE_PARAMS_H
#define MUSTER_SERVE_PARAMS_H

#include "serve/http.h"

/*
 * Percent-decoded and clean UTF-8 in normal form C, or NULL: an escape that is
 * none, a NUL, bytes that are no text. In a form, + is a space, and of CR LF
 * the LF stays.
 */
const char *percent_decoded(struct arena *a, const char *text, size_t len, bool form);

/* "a=1&b=2"; false when it cannot be read, or is more than HTTP_PARAMS_MAX. */
bool params_read(struct arena *a, const char *text, size_t len, struct params *out);

/* The path and the parameters of q->target; q->bad says why where it cannot be read. */
void target_read(struct request *q);

#endif
