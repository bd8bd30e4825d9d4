/*
 * kiel_workbook.c - the Ukraine Support Tracker as a workbook (.xlsx).
 *
 * Known by the sheet of raw rows. Which release it is, and until which day it
 * counts, stands on top of its log of updates; where it does not, the file's
 * name and the newest announcement say so. Columns are found by what their
 * heading says, so that a further release with a column more is read alike.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "source/kiel.h"

static const char main_sheet[] = "Bilateral assistance, MAIN DATA";

static bool sniff(const struct input *inputs, uint32_t count)
{
    if (count != 1 || inputs->len < 4 || memcmp(inputs->bytes, "PK", 2) != 0) return false;
    struct arena a = {0};
    struct err ignored = {0};
    const char *parts;
    size_t len;
    bool ours = false;
    if (!zip_read(&a, inputs->bytes, inputs->len, "xl/workbook.xml", &parts, &len, &ignored)) {
        const char *text = arena_bytes(&a, parts, len);
        ours = strstr(text, main_sheet) != NULL;
    }
    arena_free(&a);
    return ours;
}

/* The number after the word "release" in any case, or "7th release"; 0 when there is none. */
static int release_in(const char *slug)
{
    for (const char *at = strstr(slug, "release"); at; at = strstr(at + 1, "release")) {
        int n;
        const char *after = at + strlen("release");
        while (*after == ' ' || *after == '-' || *after == '_') after++;
        if (sscanf(after, "%3d", &n) == 1 && n > 0) return n;
        const char *before = at;
        while (before > slug && (before[-1] == ' ' || (before[-1] >= 'a' && before[-1] <= 'z'))) {
            before--;
        }
        while (before > slug && before[-1] >= '0' && before[-1] <= '9') before--;
        if (before < at && sscanf(before, "%3d", &n) == 1 && n > 0) return n;
    }
    return 0;
}

/* Release and cut-off from the first text of a sheet that names a release. */
static void release_of(struct kiel *k, const char *name, int *number, int32_t *cutoff)
{
    const struct sheet *s = workbook_sheet(k->book, name);
    for (uint32_t i = 0; s && i < s->count && i < 40; i++) {
        for (uint32_t c = 0; c < s->rows[i].count; c++) {
            const char *text = row_cell(&s->rows[i], c)->text;
            int n = strlen(text) < 200 ? release_in(kiel_slug(k->in->arena, text)) : 0;
            int32_t day;
            if (!n) continue;
            if (!*number) *number = n;
            /* "covering January 24 to October 3, 2022": the last day counts. */
            const char *to = strstr(text, " to ");
            if (*cutoff == DAY_MIN && kiel_long_date(to ? to : text, &day)) *cutoff = day;
            return;
        }
    }
}

/* The newest day in the column of announcements that a book may hold. */
static int32_t newest_day(const struct sheet *s)
{
    static const char *const heading[] = {"Announcement Date", "Announcement Date*", NULL};
    const char *const *const wanted[] = {heading};
    const struct sheet_row *head = kiel_head(s, 10, wanted, 1);
    int column = head ? kiel_column(head, heading) : -1, day;
    int32_t newest = DAY_MIN;
    struct err ignored = {0};
    for (uint32_t i = 0; head && i < s->count; i++) {
        const struct cell *c = row_cell(&s->rows[i], (uint32_t)column);
        if (s->rows[i].number <= head->number || c->type != CELL_NUMBER) continue;
        if (serial_day(c->text, &day, &ignored) || day > DAY_MAX) continue;
        if (day > newest) newest = day;
    }
    return newest;
}

static void identify(struct kiel *k, const struct sheet *rows, const struct input *input)
{
    struct arena *a = k->in->arena;
    int number = 0;
    int32_t cutoff = DAY_MIN;
    release_of(k, "Updates and Corrections", &number, &cutoff);
    release_of(k, "ReadMe", &number, &cutoff);
    if (!number) number = release_in(kiel_slug(a, input->name));
    if (cutoff == DAY_MIN) cutoff = newest_day(rows);
    if (cutoff == DAY_MIN) cutoff = 0;
    k->series = number ? text_format(a, "kiel:r%02d", number) : "kiel:r00";
    k->cutoff = cutoff;
    k->stated_ms = ((int64_t)cutoff + 1) * MS_PER_DAY - 1;
    if (!number) {
        kiel_diag(k, DIAG_NOTE, "release-unknown", (struct kiel_place){"", 0, -1}, input->name,
                  "the number of the release, in 'Updates and Corrections' or the file's name",
                  NULL);
    }
}

static void need_sheet(struct kiel *k, const char *name)
{
    if (workbook_sheet(k->book, name)) return;
    kiel_diag(k, DIAG_FLAG, "missing-sheet", (struct kiel_place){name, 0, -1}, "",
              "the sheet that prices or converts the rows", NULL);
}

/* Sales and what goes through funds; the sheets may be missing or laid out in another way. */
static void read_beside(struct kiel *k, const char *name, const char *what)
{
    const struct sheet *s = workbook_sheet(k->book, name);
    if (!s) return;
    const char *series = text_format(k->in->arena, "%s:%s", k->series, what);
    const struct kiel_sort sort = {.prefix = series, .series = series};
    struct err why = {0};
    if (kiel_read_aid(k, s, &sort, &why)) {
        kiel_diag(k, DIAG_SKIPPED, "sheet-not-read", (struct kiel_place){name, 0, -1}, why.msg,
                  "the columns of the main sheet", NULL);
    }
}

enum rc kiel_workbook_take(const struct workbook *w, const struct input *input, struct intake *out,
                           struct err *err)
{
    struct kiel *k = NEW(out->arena, struct kiel);
    const struct sheet *rows = workbook_sheet(w, main_sheet);
    if (!rows) {
        return fail(err, RC_INPUT, "%.80s has no sheet '%s'", input->name, main_sheet);
    }
    k->in = out;
    k->book = w;
    k->file = input->name;
    identify(k, rows, input);
    out->stated_ms = k->stated_ms;
    k->source = intake_source(out, input, "Kiel Institute",
                              text_format(out->arena, "Ukraine Support Tracker, %s", k->series),
                              k->stated_ms,
                              "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    intake_scope(out, text_format(out->arena, "%s:", k->series));
    need_sheet(k, "Exchange rates");
    need_sheet(k, "Price List, Weapons & Items");
    kiel_read_rates(k);
    kiel_read_prices(k);
    const struct kiel_sort bilateral = {
        .prefix = k->series, .series = k->series, .at_stages = true};
    enum rc rc = kiel_read_aid(k, rows, &bilateral, err);
    if (rc) return fail_in(err, "%.80s", input->name);
    read_beside(k, "Commercial assistance", "commercial");
    read_beside(k, "Multilateral assistance", "multilateral");
    kiel_read_figures(k);
    kiel_read_stocks(k);
    return RC_OK;
}

static enum rc read_workbook(const struct input *inputs, uint32_t count, struct intake *out,
                             struct err *err)
{
    struct workbook w;
    if (count != 1) {
        return fail(err, RC_INPUT, "one workbook at a time, not %u files", (unsigned)count);
    }
    enum rc rc = xlsx_read(out->arena, inputs->bytes, inputs->len, &w, err);
    if (rc) return fail_in(err, "%.80s", inputs->name);
    return kiel_workbook_take(&w, inputs, out, err);
}

const struct reader kiel_workbook_reader = {
    .name = "kiel-workbook",
    .about = "Ukraine Support Tracker, a release as a workbook",
    .sniff = sniff,
    .read = read_workbook,
};
