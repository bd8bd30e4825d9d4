/*
 * iati_write_test.c - the form of an activity, written and read again; texts
 * in elements of ours.
 *
 * What is read from what was written must be written the same: over files of
 * every version that publishers gave out, and over an activity of ours that
 * has something of everything.
 */
#define _XOPEN_SOURCE 700 /* nftw */
#include "iati/write.h"

#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/text.h"
#include "iati/own.h"
#include "iati/read.h"
#include "seed.h"
#include "tap.h"

/* --- once through reader and writer --- */

struct bytes_left {
    const char *at;
    size_t len;
};

static size_t give(void *ctx, char *out, size_t room)
{
    struct bytes_left *b = ctx;
    size_t take = b->len < room ? b->len : room;
    memcpy(out, b->at, take);
    b->at += take;
    b->len -= take;
    return take;
}

static enum rc collect(void *ctx, const char *bytes, size_t len, struct err *err)
{
    (void)err;
    buf_add_bytes(ctx, bytes, len);
    return RC_OK;
}

struct through {
    struct arena *a;
    struct iati_writer *activities, *organisations;
    struct buf one, other;
};

static enum rc write_activity(void *ctx, const struct iati_activity *x, struct err *err)
{
    struct through *t = ctx;
    enum rc rc = RC_OK;
    if (!t->activities)
        rc = iati_write_begin(t->a, false, 0, NULL, NULL, collect, &t->one, &t->activities, err);
    return rc ? rc : iati_write_activity(t->activities, x, err);
}

static enum rc write_organisation(void *ctx, const struct iati_organisation *x, struct err *err)
{
    struct through *t = ctx;
    enum rc rc = RC_OK;
    if (!t->organisations)
        rc =
            iati_write_begin(t->a, true, 0, NULL, NULL, collect, &t->other, &t->organisations, err);
    return rc ? rc : iati_write_organisation(t->organisations, x, err);
}

static void hear_nothing(void *ctx, const struct iati_repair *repair)
{
    (void)ctx, (void)repair;
}

/* What is in the bytes, written: activities, then organisations; NULL if it cannot be read. */
static const char *written(struct arena *a, const char *xml, size_t len, size_t *out_len)
{
    struct through t = {.a = a, .one = {.arena = a}, .other = {.arena = a}};
    struct bytes_left left = {xml, len};
    struct iati_bytes bytes = {give, &left, NULL};
    struct iati_listener listener = {.ctx = &t,
                                     .activity = write_activity,
                                     .organisation = write_organisation,
                                     .repair = hear_nothing};
    struct iati_read was;
    struct err err = {0};
    enum rc rc = iati_read(a, "test", &bytes, &listener, &was, &err);
    if (t.activities) CHECK(!iati_write_end(t.activities, rc == RC_OK, &err) || rc);
    if (t.organisations) CHECK(!iati_write_end(t.organisations, rc == RC_OK, &err) || rc);
    if (rc) return NULL;
    const struct buf *b = t.activities ? &t.one : &t.other;
    *out_len = b->len;
    return b->text ? b->text : "";
}

/* --- publishers' files --- */

static uint32_t files, wrong;

static int try_file(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)ftw;
    size_t path_len = strlen(path), first_len = 0, second_len = 0;
    if (type != FTW_F || path_len < 4 || strcmp(path + path_len - 4, ".xml")) return 0;
    struct arena a = {0};
    char *bytes = NEW_ARRAY(&a, (size_t)st->st_size + 1, char);
    FILE *f = fopen(path, "rb");
    size_t len = f ? fread(bytes, 1, (size_t)st->st_size, f) : 0;
    if (f) fclose(f);
    const char *first = written(&a, bytes, len, &first_len);
    if (first && *first) {
        const char *second = written(&a, first, first_len, &second_len);
        files++;
        bool same = second && first_len == second_len && !memcmp(first, second, first_len);
        if (!same) printf("# %s: written otherwise the second time\n", path);
        wrong += !same;
    }
    arena_free(&a);
    return 0;
}

static void files_of_every_version_are_written_the_same_when_read_again(void)
{
    const char *root = getenv("MUSTER_SHARED");
    char path[400];
    struct stat st;
    snprintf(path, sizeof path, "%.300s/data/iati/published", root ? root : "../shared");
    if (stat(path, &st)) {
        printf("# skipped: publishers' files are not here (../shared)\n");
        return;
    }
    CHECK(!nftw(path, try_file, 16, FTW_PHYS));
    snprintf(path, sizeof path, "%.300s/data/iati/legacy-samples", root ? root : "../shared");
    CHECK(!nftw(path, try_file, 16, FTW_PHYS));
    snprintf(path, sizeof path, "%.300s/data/iati/schemas-2.03/tests", root ? root : "../shared");
    CHECK(!nftw(path, try_file, 16, FTW_PHYS));
    CHECK(files > 500);
    CHECK_I64(wrong, 0);
}

/* --- one of ours --- */

static const char everything[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<iati-activities version=\"2.03\">\n"
    " <iati-activity xml:lang=\"en\" default-currency=\"EUR\" humanitarian=\"1\" hierarchy=\"1\">\n"
    "  <iati-identifier>A-1</iati-identifier>\n"
    "  <reporting-org ref=\"A\" type=\"10\" secondary-reporter=\"1\">\n"
    "   <narrative>A &amp; &lt;B&gt;</narrative>\n"
    "   <narrative xml:lang=\"fr\">\xC3\x80</narrative>\n"
    "  </reporting-org>\n"
    "  <title>\n"
    "   <narrative>T</narrative>\n"
    "  </title>\n"
    "  <description type=\"1\">\n"
    "   <narrative>D</narrative>\n"
    "  </description>\n"
    "  <participating-org ref=\"B\" type=\"21\" role=\"4\" activity-id=\"B-1\"/>\n"
    "  <activity-status code=\"2\"/>\n"
    "  <activity-date type=\"1\" iso-date=\"2020-01-01\"/>\n"
    "  <recipient-country code=\"UA\" percentage=\"60\"/>\n"
    "  <recipient-region vocabulary=\"1\" code=\"89\" percentage=\"40\"/>\n"
    "  <sector vocabulary=\"1\" code=\"72010\"/>\n"
    "  <policy-marker vocabulary=\"1\" code=\"1\" significance=\"2\"/>\n"
    "  <default-aid-type code=\"C01\"/>\n"
    "  <budget type=\"1\" status=\"2\">\n"
    "   <period-start iso-date=\"2020-01-01\"/>\n"
    "   <period-end iso-date=\"2020-12-31\"/>\n"
    "   <value currency=\"EUR\" value-date=\"2020-01-01\">12.5</value>\n"
    "  </budget>\n"
    "  <planned-disbursement type=\"1\">\n"
    "   <period-start iso-date=\"2020-01-01\"/>\n"
    "   <value currency=\"EUR\" value-date=\"2020-01-01\">3</value>\n"
    "   <receiver-org ref=\"B\" receiver-activity-id=\"B-1\"/>\n"
    "  </planned-disbursement>\n"
    "  <transaction ref=\"r1\" humanitarian=\"1\">\n"
    "   <transaction-type code=\"3\"/>\n"
    "   <transaction-date iso-date=\"2020-02-01\"/>\n"
    "   <value currency=\"USD\" value-date=\"2020-02-02\">-7.25</value>\n"
    "   <description>\n"
    "    <narrative>back</narrative>\n"
    "   </description>\n"
    "   <provider-org ref=\"A\" provider-activity-id=\"A-1\"/>\n"
    "   <receiver-org ref=\"B\"/>\n"
    "   <disbursement-channel code=\"1\"/>\n"
    "   <tied-status code=\"5\"/>\n"
    "  </transaction>\n"
    "  <document-link format=\"text/html\" url=\"https://example.org/a?b=1&amp;c=2\">\n"
    "   <title>\n"
    "    <narrative>Doc</narrative>\n"
    "   </title>\n"
    "   <category code=\"A12\"/>\n"
    "   <document-date iso-date=\"2020-03-01\"/>\n"
    "  </document-link>\n"
    "  <related-activity ref=\"A-2\" type=\"1\"/>\n"
    "  <result type=\"1\">\n"
    "   <title>\n"
    "    <narrative>R</narrative>\n"
    "   </title>\n"
    "  </result>\n"
    " </iati-activity>\n"
    "</iati-activities>\n";

static void an_activity_with_something_of_everything_comes_out_byte_for_byte(void)
{
    struct arena a = {0};
    size_t len = 0;
    const char *out = written(&a, everything, sizeof everything - 1, &len);
    CHECK(out != NULL);
    if (out) CHECK_TEXT(out, everything);
    arena_free(&a);
}

/* --- a sink that refuses --- */

static enum rc full(void *ctx, const char *bytes, size_t len, struct err *err)
{
    (void)ctx, (void)bytes, (void)len;
    return fail(err, RC_STORE, "no room");
}

static void a_sink_that_refuses_ends_it_with_its_own_words(void)
{
    struct arena a = {0};
    struct err err = {0};
    struct iati_writer *w = NULL;
    struct through t = {.a = &a};
    enum rc rc = iati_write_begin(&a, false, 0, NULL, NULL, full, NULL, &t.activities, &err);
    w = t.activities;
    struct bytes_left left = {everything, sizeof everything - 1};
    struct iati_bytes bytes = {give, &left, NULL};
    struct iati_listener listener = {.ctx = &t,
                                     .activity = write_activity,
                                     .organisation = write_organisation,
                                     .repair = hear_nothing};
    struct iati_read was;
    struct err ignored = {0};
    if (!rc) rc = iati_read(&a, "test", &bytes, &listener, &was, &ignored);
    if (w) rc = iati_write_end(w, true, &err);
    CHECK_I64(rc, RC_STORE);
    CHECK_TEXT(err.msg, "no room");
    arena_free(&a);
}

/* --- texts in elements of ours --- */

static void one_text(struct rng *r)
{
    static const char *const pieces[] = {
        "a",  " ",     "  ",       "\n",           "\t",
        "\\", "\\20;", "\xC2\xA0", "\xE2\x80\xA8", "<",
        "&",  "\"",    "\xC3\xA9", "\xEF\xBF\xBE", "\xF0\x9F\x98\x80",
        ";"};
    struct arena a = {0};
    struct buf text = {.arena = &a};
    for (uint32_t i = rng_below(r, 12) + 1; i > 0; i--)
        buf_add(&text, pieces[rng_below(r, sizeof pieces / sizeof *pieces)]);
    const char *sent = iati_own_text(&a, text.text), *back = iati_own_text_back(&a, sent);
    CHECK_TEXT(text_squeeze(&a, sent), sent);
    CHECK(back != NULL);
    if (back) CHECK_TEXT(back, text.text);
    arena_free(&a);
}

static void any_text_comes_back_from_what_no_reader_changes(void)
{
    seeds_run(2000, one_text);
}

static void what_is_no_text_of_ours_is_refused(void)
{
    struct arena a = {0};
    CHECK(!iati_own_text_back(&a, "\\"));
    CHECK(!iati_own_text_back(&a, "\\;"));
    CHECK(!iati_own_text_back(&a, "\\20"));
    CHECK(!iati_own_text_back(&a, "\\d800;"));
    CHECK(!iati_own_text_back(&a, "\\0;"));
    CHECK(!iati_own_text_back(&a, "\\12345;"));
    CHECK_TEXT(iati_own_text_back(&a, "a\\20;\\5c;"), "a \\");
    arena_free(&a);
}

int main(void)
{
    RUN(files_of_every_version_are_written_the_same_when_read_again);
    RUN(an_activity_with_something_of_everything_comes_out_byte_for_byte);
    RUN(a_sink_that_refuses_ends_it_with_its_own_words);
    RUN(any_text_comes_back_from_what_no_reader_changes);
    RUN(what_is_no_text_of_ours_is_refused);
    return tap_done();
}
