/* out.c - see out.h. */
#include "cli/out.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* From the environment and not by setlocale(), which would change how numbers print. */
static bool locale_is_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (!value || !*value) continue;
        const char *set = strchr(value, '.');
        return set && (!strncasecmp(set, ".UTF-8", 6) || !strncasecmp(set, ".UTF8", 5));
    }
    return false;
}

static int terminal_width(int fd)
{
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col < 20) return 80;
    return size.ws_col;
}

struct out out_of(FILE *file)
{
    const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");
    bool terminal = isatty(fileno(file)), dumb = term && !strcmp(term, "dumb");
    return (struct out){
        .file = file,
        .terminal = terminal,
        .dumb = dumb,
        .look =
            {
                .color = terminal && !dumb && !(no_color && *no_color),
                .unicode = !dumb && locale_is_utf8(),
                .width = terminal ? terminal_width(fileno(file)) : 0,
            },
    };
}

void out_bytes(struct out *o, const char *bytes, size_t len)
{
    if (o->error || len == 0) return;
    errno = 0;
    if (fwrite(bytes, 1, len, o->file) != len) o->error = errno ? errno : EIO;
}

void out_text(struct out *o, const char *text)
{
    out_bytes(o, text, strlen(text));
}

void outf(struct out *o, const char *fmt, ...)
{
    va_list ap;
    if (o->error) return;
    errno = 0;
    va_start(ap, fmt);
    if (vfprintf(o->file, fmt, ap) < 0) o->error = errno ? errno : EIO;
    va_end(ap);
}

static enum rc verdict(const struct out *o, struct err *err)
{
    if (!o->error) return RC_OK;
    return fail(err, RC_STORE, "the answer could not be written: %s", strerror(o->error));
}

enum rc out_flush(struct out *o, struct err *err)
{
    errno = 0;
    if (!o->error && fflush(o->file) != 0) o->error = errno ? errno : EIO;
    return verdict(o, err);
}

enum rc out_close(struct out *o, struct err *err)
{
    errno = 0;
    if (!o->error && fflush(o->file) != 0) o->error = errno ? errno : EIO;
    if (fclose(o->file) != 0 && !o->error) o->error = errno ? errno : EIO;
    return verdict(o, err);
}
