/* progress.c - see progress.h. */
#include "cli/progress.h"

#include <inttypes.h>
#include <signal.h>
#include <unistd.h>

#include "base/term.h"
#include "cli/clock.h"
#include "cli/cmd.h"
#include "cli/host.h"
#include "cli/out.h"

enum { REDRAW_MS = 100, QUIET_MS = 300 }; /* what is over in a moment needs no line */

static volatile sig_atomic_t stopped;

static void stop(int signal_number)
{
    static const char said[] = "\nmuster: stopping; press Ctrl-C again to end at once\n";
    (void)signal_number;
    stopped = 1;
    ssize_t ignored = write(STDERR_FILENO, said, sizeof said - 1);
    (void)ignored;
}

static struct sigaction before;
static bool catching;

void interrupt_catch(void)
{
    /* After the first one the default is back, which ends the program. */
    struct sigaction action = {.sa_handler = stop, .sa_flags = (int)SA_RESETHAND | SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, NULL, &before);
    if (before.sa_handler == SIG_IGN) return; /* run in the background: not meant for us */
    catching = sigaction(SIGINT, &action, NULL) == 0;
}

void interrupt_release(void)
{
    if (catching) sigaction(SIGINT, &before, NULL);
    catching = false;
}

bool interrupted(void)
{
    return stopped != 0;
}

static void draw(struct progress *p, uint64_t done, uint64_t total, int64_t now)
{
    int64_t ms = now - p->start_ms;
    uint64_t rate = ms > 0 ? done * 1000 / (uint64_t)ms : 0;
    outf(p->to, "\r%s: %" PRIu64, p->what, done);
    if (total) outf(p->to, " of %" PRIu64 " (%" PRIu64 " %%)", total, done * 100 / total);
    outf(p->to, ", %" PRIu64 " a second\x1b[K", rate);
    fflush(p->to->file);
    p->shown = true;
    p->shown_ms = now;
}

static bool step(void *ctx, uint64_t done, uint64_t total)
{
    struct progress *p = ctx;
    if (p->to) {
        int64_t now = clock_ticks_ms();
        if (now - p->start_ms >= QUIET_MS && now - p->shown_ms >= REDRAW_MS) {
            draw(p, done, total, now);
        }
    }
    return p->host ? !p->host->wanted || p->host->wanted(p->host) : !interrupted();
}

void progress_begin(struct progress *p, const struct context *ctx, const char *what)
{
    bool visible = ctx->talk->terminal && !ctx->talk->dumb && !ctx->no_progress;
    *p = (struct progress){
        .to = visible ? ctx->talk : NULL,
        .what = term_safe(ctx->arena, what),
        .start_ms = clock_ticks_ms(),
        .host = ctx->host,
        .watch = {.ctx = p, .step = step},
    };
    if (!p->host) interrupt_catch();
}

void progress_end(struct progress *p)
{
    if (p->shown) {
        out_text(p->to, "\r\x1b[K");
        fflush(p->to->file);
    }
    p->shown = false;
    if (!p->host) interrupt_release();
}
