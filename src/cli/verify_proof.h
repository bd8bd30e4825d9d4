/* verify_proof.h - muster verify --proof: a proof by itself, without a store. */
#ifndef MUSTER_CLI_VERIFY_PROOF_H
#define MUSTER_CLI_VERIFY_PROOF_H

#include "cli/cmd.h"

/* The exit code: EXIT_DONE when it holds, EXIT_FINDING when not. */
int verify_proof(struct context *ctx, const char *path, const struct texts *trust);

#endif
