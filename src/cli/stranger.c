/*
 * stranger.c - see stranger.h.
 *
 * Asked only after every reader said no, so it may look closely: "no known
 * format" helps nobody whose file was cut off by a mail program or saved in
 * the encoding of another decade.
 */
#include "cli/stranger.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "record/exchange.h"
#include "source/table.h"

static bool begins(const struct input *in, const char *magic, size_t len)
{
    return in->len >= len && memcmp(in->bytes, magic, len) == 0;
}

/* A byte order mark, or plain letters with every other byte empty. */
static bool is_utf16(const struct input *in)
{
    if (begins(in, "\xff\xfe", 2) || begins(in, "\xfe\xff", 2)) return true;
    size_t empty[2] = {0}, look = in->len < 64 ? in->len : 64;
    for (size_t i = 0; i < look; i++) empty[i % 2] += in->bytes[i] == '\0';
    return look >= 4 && empty[0] + empty[1] == look / 2 && (!empty[0] || !empty[1]);
}

/* Line of the first byte that is no text; 0 when all of it is. *none: it is a NUL. */
static uint64_t bad_line(const struct input *in, bool *none)
{
    uint64_t line = 1;
    for (size_t i = 0; i < in->len;) {
        int32_t c = text_next(in->bytes, in->len, &i);
        *none = c == 0;
        if (c <= 0) return line;
        line += c == '\n';
    }
    return 0;
}

static enum rc archive(const struct input *in, struct err *err)
{
    struct arena a = {0};
    const char *part;
    size_t len;
    enum rc rc = zip_read(&a, in->bytes, in->len, "xl/workbook.xml", &part, &len, err);
    arena_free(&a);
    if (rc == RC_INPUT) return fail_in(err, "%.80s", in->name);
    if (rc) {
        return fail(err, RC_INPUT, "%.80s is a zip archive without a table that muster knows",
                    in->name);
    }
    return fail(err, RC_INPUT,
                "%.80s is a workbook of no publisher that muster knows; a table of your own"
                " needs --mapping",
                in->name);
}

/* A line end or a mark before the text that an editor or a mail program put there. */
static bool is_changed_exchange(const struct input *in)
{
    size_t mark = begins(in, "\xef\xbb\xbf", 3) ? 3 : 0, word = strlen(EXCHANGE_HEADER) - 1;
    return in->len > mark + word && memcmp(in->bytes + mark, EXCHANGE_HEADER, word) == 0 &&
           (in->bytes[mark + word] == '\r' || in->bytes[mark + word] == '\n');
}

static enum rc text(const struct input *in, struct err *err)
{
    size_t len = strlen(in->name), i = 0;
    if (is_changed_exchange(in)) {
        return fail(err, RC_INPUT,
                    "%.80s is an exchange file that some program changed on its way (line ends,"
                    " or a mark before its text): ask for it as it was",
                    in->name);
    }
    if (len > 4 && strcmp(in->name + len - 4, ".map") == 0) {
        return fail(err, RC_INPUT,
                    "%.80s is a mapping file: name the tables that it is for as well", in->name);
    }
    while (i < in->len && strchr(" \t\r\n", in->bytes[i])) i++;
    if (i < in->len && strchr("{[", in->bytes[i])) {
        return fail(err, RC_INPUT, "%.80s is JSON, and no page of FTS flows or plans", in->name);
    }
    return fail(err, RC_INPUT,
                "%.80s has the headings of no table that muster knows; a table of your own needs"
                " --mapping",
                in->name);
}

enum rc stranger(const struct input *in, struct err *err)
{
    bool none = false;
    if (in->len == 0) return fail(err, RC_INPUT, "%.80s is empty", in->name);
    if (begins(in, "PK\x03\x04", 4) || begins(in, "PK\x05\x06", 4)) return archive(in, err);
    if (begins(in, "\xd0\xcf\x11\xe0", 4)) {
        return fail(err, RC_INPUT,
                    "%.80s is an old .xls workbook or one with a password: save it as .xlsx"
                    " without a password",
                    in->name);
    }
    if (begins(in, "%PDF", 4)) {
        return fail(err, RC_INPUT, "%.80s is a PDF: save its tables as CSV or XLSX first",
                    in->name);
    }
    if (is_utf16(in)) {
        return fail(err, RC_INPUT, "%.80s is text in UTF-16: save it in UTF-8", in->name);
    }
    uint64_t line = bad_line(in, &none);
    if (none) {
        return fail(err, RC_INPUT, "%.80s is neither text nor a workbook that can be read",
                    in->name);
    }
    if (line) {
        return fail(err, RC_INPUT, "%.80s, line %" PRIu64 ": not UTF-8; save the file in UTF-8",
                    in->name, line);
    }
    return text(in, err);
}
