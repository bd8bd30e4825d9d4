/* cmd_serve.c - muster serve: the pages and the API, until SIGTERM or Ctrl-C. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/accounts_file.h"
#include "serve/site.h"

struct serve_args {
    const char *listen, *base, *accounts, *cert, *key, *workers, *connections, *rate;
    bool secure;
};

enum { WORKERS_MAX = 64, PEM_MAX = 1 << 20 };

static int number(struct context *ctx, const char *option, const char *typed, uint32_t most,
                  uint32_t *out)
{
    if (!typed) return EXIT_DONE;
    *out = (uint32_t)strtoul(typed, NULL, 10);
    bool fine = *typed && strlen(typed) < 7 && strspn(typed, "0123456789") == strlen(typed);
    if (fine && *out > 0 && *out <= most) return EXIT_DONE;
    return cmd_misuse(ctx, "--%s: '%.20s' is no number from 1 to %u", option, typed,
                      (unsigned)most);
}

static int read_pem(struct context *ctx, const char *path, const char **out)
{
    FILE *f = path ? fopen(path, "rb") : NULL;
    if (!path) return EXIT_DONE;
    if (!f) {
        struct err err;
        fail(&err, RC_INPUT, "%s: %s", path, strerror(errno));
        return cmd_refuse(ctx, &err);
    }
    char *bytes = NEW_ARRAY(ctx->arena, PEM_MAX, char);
    size_t len = fread(bytes, 1, PEM_MAX - 1, f);
    fclose(f);
    bytes[len] = '\0';
    *out = bytes;
    return EXIT_DONE;
}

static int read_args(struct context *ctx, const struct serve_args *args, struct http_options *o)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    o->listen = args->listen;
    o->workers = cores > 1 && cores < WORKERS_MAX ? (uint32_t)cores : 2;
    int code = number(ctx, "workers", args->workers, WORKERS_MAX, &o->workers);
    if (!code) code = number(ctx, "connections", args->connections, 100000, &o->connections);
    if (!code && !args->cert != !args->key) {
        code = cmd_misuse(ctx, "--cert and --key go together");
    }
    if (!code) code = read_pem(ctx, args->cert, &o->cert);
    if (!code) code = read_pem(ctx, args->key, &o->key);
    return code;
}

/* Signals wait for the main thread: the others must not be woken by them. */
static void hold_signals(sigset_t *ends)
{
    sigemptyset(ends);
    sigaddset(ends, SIGTERM);
    sigaddset(ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, ends, NULL);
}

static int serve(struct context *ctx, struct site *site, const struct http_options *options,
                 const sigset_t *ends)
{
    struct err err;
    int which = 0;
    enum rc rc = http_start(ctx->arena, options, &site->http, &err);
    if (rc) return cmd_refuse(ctx, &err);
    outf(ctx->out, "muster: serving %s on %s://%s/ (at most %u connections)\n",
         store_name(ctx->arena, site->store), options->cert ? "https" : "http",
         http_address(site->http), (unsigned)http_connections_max(site->http));
    rc = out_flush(ctx->out, &err);
    while (!rc && sigwait(ends, &which) != 0) {}
    http_stop(site->http);
    return rc ? cmd_refuse(ctx, &err) : EXIT_DONE;
}

static int absent(struct context *ctx, const struct err *err, const char *maker)
{
    outf(ctx->talk, "muster: %s; 'muster %s' makes one\n", err->msg, maker);
    return EXIT_STORE;
}

/* The file that was named, which must be there; else the one beside the store, if there is one. */
static int open_accounts(struct context *ctx, const struct serve_args *args, struct site *site)
{
    struct err err;
    const char *path;
    if (accounts_file(ctx, args->accounts, &path, &err)) {
        return args->accounts ? cmd_refuse(ctx, &err) : EXIT_DONE;
    }
    enum rc rc = accounts_open(ctx->arena, path, false, NULL, &site->accounts, &err);
    if (rc) site->accounts = NULL;
    if (rc == RC_ABSENT && !args->accounts) return EXIT_DONE;
    if (rc == RC_ABSENT) return absent(ctx, &err, "user add");
    return rc ? cmd_refuse(ctx, &err) : EXIT_DONE;
}

static int run(struct context *ctx, const void *given)
{
    const struct serve_args *args = given;
    struct http_options options = {.quick = site_quick, .serve = site_serve, .served = site_served};
    struct err err;
    enum rc rc;
    sigset_t ends;
    uint32_t rate = 0;
    int code = read_args(ctx, args, &options);
    bool limited = strcmp(args->rate, "0") != 0;
    if (!code && limited) code = number(ctx, "rate", args->rate, 100000, &rate);
    if (code) return code;
    hold_signals(&ends);
    struct site *site = NEW(ctx->arena, struct site);
    *site = (struct site){
        .whole = ctx,
        .store = ctx->store,
        .base = args->base ? args->base : "",
        .secure = options.cert || args->secure,
        .desks = NEW_ARRAY(ctx->arena, options.workers, struct desk),
    };
    site->counts.since_ms = ctx->now_ms();
    options.ctx = site;
    rc = house_open(ctx->store, &site->house, &err);
    if (rc == RC_ABSENT) return absent(ctx, &err, "import FILE");
    if (rc) return cmd_refuse(ctx, &err);
    site->cache = cache_new();
    site->rate = rate_new(rate);
    code = open_accounts(ctx, args, site);
    if (!code) code = serve(ctx, site, &options, &ends);
    for (uint32_t i = 0; i < options.workers; i++) {
        store_close(site->desks[i].store);
        arena_free(&site->desks[i].arena);
    }
    accounts_close(site->accounts);
    cache_free(site->cache);
    rate_free(site->rate);
    house_close(site->house);
    return code;
}

const struct command cmd_serve = {
    .name = "serve",
    .group = GROUP_BOOK,
    .about = "pages and an API for the book, until it is stopped",
    .details =
        "One line says when it is ready and where. Without users (muster user) everybody sees what"
        " is labelled public, and nobody can change anything. It listens on this machine only,"
        " unless --listen names another address; beyond it, give --cert and --key, or put a proxy"
        " in front and give --secure.\n\n"
        "SIGTERM or Ctrl-C: requests that are being answered are answered, then it ends with 0.",
    .examples = "muster serve\nmuster serve --listen 127.0.0.1:0\n# any free port\n"
                "curl http://127.0.0.1:8080/api/v1/burden\n",
    .opts =
        (const struct opt[]){
            {"listen", INTO(struct serve_args, listen), .arg = "ADDRESS",
             .fallback = "127.0.0.1:8080", .help = "where to listen"},
            {"base", INTO(struct serve_args, base), .arg = "URL",
             .help = "how others reach it, for addresses in feeds: https://muster.example.org"},
            ACCOUNTS_OPT(struct serve_args),
            {"cert", INTO(struct serve_args, cert), .arg = "FILE",
             .help = "speak TLS, with this certificate (PEM)"},
            {"key", INTO(struct serve_args, key), .arg = "FILE", .help = "its key (PEM)"},
            {"secure", INTO(struct serve_args, secure),
             .help = "a proxy in front speaks TLS: cookies go over that only"},
            {"rate", INTO(struct serve_args, rate), .arg = "N", .fallback = "200",
             .help = "requests a second from one address that are computed; 0: no limit"},
            {"workers", INTO(struct serve_args, workers), .arg = "N",
             .help = "how many requests are computed at once (default: one a processor)"},
            {"connections", INTO(struct serve_args, connections), .arg = "N",
             .help = "how many connections at most (default: what the machine allows)"},
            {0},
        },
    .uses = USES_STORE,
    .args_size = sizeof(struct serve_args),
    .run = run,
};
