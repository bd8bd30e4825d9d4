/*
 * secret.c - see secret.h.
 *
 * While the terminal shows nothing, a signal must not end or stop the program
 * before echo is back. So signals are blocked but for the moment in which it
 * waits for a key (pselect does both at once); what came is raised again when the
 * terminal is as it was.
 */
#include "cli/secret.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/select.h>
#include <termios.h>
#include <unistd.h>

#include "accounts/accounts.h"

static const int held[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
enum { HELD = sizeof held / sizeof *held };

static volatile sig_atomic_t caught;

static void note(int signal_number)
{
    caught = signal_number;
}

struct hidden {
    struct termios terminal;
    struct sigaction actions[HELD];
    sigset_t mask;
    bool dark;
};

static void hide(struct hidden *h)
{
    struct sigaction action = {.sa_handler = note};
    struct termios dark;
    sigset_t set;
    sigemptyset(&action.sa_mask);
    sigemptyset(&set);
    for (int i = 0; i < HELD; i++) sigaddset(&set, held[i]);
    sigprocmask(SIG_BLOCK, &set, &h->mask);
    caught = 0;
    for (int i = 0; i < HELD; i++) {
        sigaction(held[i], NULL, &h->actions[i]);
        if (h->actions[i].sa_handler != SIG_IGN) sigaction(held[i], &action, NULL);
    }
    h->dark = tcgetattr(STDIN_FILENO, &h->terminal) == 0;
    if (!h->dark) return;
    dark = h->terminal;
    dark.c_lflag &= ~(tcflag_t)ECHO;
    dark.c_lflag |= ECHONL;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &dark);
}

static void show(const struct hidden *h)
{
    if (h->dark) tcsetattr(STDIN_FILENO, TCSAFLUSH, &h->terminal);
    for (int i = 0; i < HELD; i++) sigaction(held[i], &h->actions[i], NULL);
    sigprocmask(SIG_SETMASK, &h->mask, NULL);
}

/* Whether there is something to read; false when a signal came. */
static bool wait_for_key(const sigset_t *mask)
{
    fd_set in;
    FD_ZERO(&in);
    FD_SET(STDIN_FILENO, &in);
    while (pselect(STDIN_FILENO + 1, &in, NULL, NULL, NULL, mask) < 0) {
        if (caught || errno != EINTR) return !caught;
        FD_ZERO(&in);
        FD_SET(STDIN_FILENO, &in);
    }
    return true;
}

/* Byte by byte past every buffer: what follows the line is another reader's. */
static enum rc read_line(const sigset_t *mask, char out[SECRET_ROOM], struct err *err)
{
    size_t len = 0;
    for (;;) {
        char c = 0;
        ssize_t got = mask && !wait_for_key(mask) ? 0 : read(STDIN_FILENO, &c, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(err, RC_INPUT, "standard input cannot be read");
        if (got == 0 && len == 0) return fail(err, RC_INPUT, "there is no password to read");
        if (got == 0 || c == '\n') break;
        if (c == '\0') return fail(err, RC_INPUT, "there is a NUL in the password");
        if (len < SECRET_ROOM - 1) out[len++] = c;
    }
    if (len > 0 && out[len - 1] == '\r') len--;
    out[len] = '\0';
    return RC_OK;
}

static enum rc ask(struct context *ctx, const char *prompt, char out[SECRET_ROOM], struct err *err)
{
    struct hidden h;
    for (;;) {
        hide(&h);
        out_text(ctx->talk, prompt);
        fflush(ctx->talk->file);
        enum rc rc = read_line(&h.mask, out, err);
        show(&h);
        if (!caught) return rc;
        out_text(ctx->talk, "\n");
        fflush(ctx->talk->file);
        secret_forget(out, SECRET_ROOM);
        raise(caught); /* and when it was only stopped, ask again */
    }
}

enum rc secret_read(struct context *ctx, const char *prompt, char out[SECRET_ROOM], struct err *err)
{
    char again[SECRET_ROOM];
    if (!isatty(STDIN_FILENO)) return read_line(NULL, out, err);
    enum rc rc = ask(ctx, prompt, out, err);
    if (!rc) rc = password_check(out, err);
    if (rc) return rc;
    rc = ask(ctx, "Again: ", again, err);
    if (!rc && strcmp(out, again) != 0) rc = fail(err, RC_INPUT, "the two are not the same");
    secret_forget(again, sizeof again);
    return rc;
}
