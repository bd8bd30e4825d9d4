/*
 * codelists.c - editions of lists of codes: IATI's codelist XML, the DAC and
 * CRS lists as tables, or all lists in one table as muster writes it.
 *
 * What is recorded of a list is a figure under the key "codelist:NAME": how
 * many codes it has and of when it is, with the file as its evidence. Who
 * looks codes up reads them from there (cli/kept_codes.h); a newer edition is
 * a newer version of that figure, so the book knows at each instant the codes
 * that were known then.
 */
#include <string.h>

#include "base/text.h"
#include "iati/codes.h"
#include "source/readers.h"

enum { LOOKED_AT = 2000 };

static bool begins_list(const struct input *in)
{
    size_t len = in->len < LOOKED_AT ? in->len : LOOKED_AT;
    const char *p = in->bytes, *end = p + len;
    if (len > 5 && memcmp(p, "list\t", 5) == 0) return true;
    static const char table[] = "\"code\",\"name_en\"",
                      other[] = "\"category\",\"code\",\"name_en\"";
    static const char agencies[] = "\"code\",\"donor_name_en\"";
    if (len > sizeof other &&
        (!memcmp(p, table, sizeof table - 1) || !memcmp(p, other, sizeof other - 1) ||
         !memcmp(p, agencies, sizeof agencies - 1)))
        return true;
    static const char root[] = "<codelist ";
    for (; p + sizeof root <= end; p++) {
        p = memchr(p, '<', (size_t)(end - p));
        if (!p || p + sizeof root > end) return false;
        if (p[1] == '?' || p[1] == '!') continue; /* before the root */
        return memcmp(p, root, sizeof root - 1) == 0;
    }
    return false;
}

static bool sniff(const struct input *inputs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!begins_list(&inputs[i])) return false;
    }
    return count > 0;
}

static void add_list(struct intake *out, const struct input *in, const struct codelist *l)
{
    struct arena *a = out->arena;
    enum precision precision;
    int32_t day;
    struct err ignored;
    const char *source = intake_source(out, in, *l->source ? l->source : NULL, "A list of codes", 0,
                                       "text/x-codelist");
    struct record *s = intake_add(out, KIND_STATEMENT);
    record_set_text(a, s, F_KEY, text_format(a, "codelist:%s", l->name));
    record_set_text(a, s, F_TYPE, "figure");
    record_set_text(a, s, F_MEASURE, "codelist");
    record_set_text(a, s, F_TEXT, in->name); /* tells which list a table is of */
    record_set_dec(a, s, F_AMOUNT, (struct dec){l->count, 0});
    record_set_key(a, s, F_PASSAGE, intake_passage(out, source, "all of it"));
    if (*l->edition && !day_parse(l->edition, &day, &precision, &ignored)) {
        record_set_int(a, s, F_DAY, day);
        record_set_int(a, s, F_STATED, day * MS_PER_DAY);
    }
    out->rows_read += l->count;
    out->rows_taken += l->count;
}

static enum rc read_lists(const struct input *inputs, uint32_t count, struct intake *out,
                          struct err *err)
{
    struct codes *codes = codes_none(out->arena);
    out->format = "codelist";
    for (uint32_t i = 0; i < count; i++) {
        const struct input *in = &inputs[i];
        uint32_t taken, all;
        enum rc rc = codes_take(codes, in->name, in->bytes, in->len, "", &taken, err);
        if (rc) return fail_in(err, "%.80s", in->name);
        const struct codelist *const *lists = codes_lists(codes, &all);
        for (uint32_t k = 0; k < all; k++) add_list(out, in, lists[k]);
        codes = codes_none(out->arena); /* each file's own */
    }
    return RC_OK;
}

const struct reader codelist_reader = {
    .name = "codelist",
    .about = "lists of codes: IATI's codelist XML, DAC and CRS tables",
    .sniff = sniff,
    .read = read_lists,
};
