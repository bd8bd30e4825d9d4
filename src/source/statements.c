/*
 * statements.c - what was said in public: a transcript, a speech, a fact sheet.
 *
 * The words are read by read/; this file turns a reading into drafts. A turn
 * is a passage of the source (F_TYPE says which sort), in whose bytes `quote`
 * and `search` look. What bears on support is a passage of its own, inside a
 * turn, and a statement that rests on it, marked inferred: a candidate until a
 * person accepts it. Parties and items stay in the words used. A catalogue that
 * filled itself from what programs think they read would be nobody's.
 *
 * Keys are the source's hash and the bytes, so the same document again is the
 * same records. A document that was published again with changes has another
 * hash: a sketch of its words (sketch_of) is what post/ recognises it by.
 */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "read/original.h"
#include "read/read.h"
#include "source/readers.h"
#include "source/sketch.h"

struct paper {
    struct intake *in;
    struct arena *a;
    const struct input *file;
    const struct reading *reading;
    struct original original;
    const char *source; /* key */
    const char *publisher;
    int64_t stated_ms; /* 0: not said */
    int32_t day;       /* DAY_MAX: not said */
    struct map ranges; /* how many statements stand on a passage, by its key */
};

/* --- the document --- */

/* Whose press room a host is. A host that is not here is its own name. */
static const struct {
    const char *host, *publisher;
} hosts[] = {
    {"nato.int", "NATO"},
    {"whitehouse.gov", "The White House"},
    {"bidenwhitehouse.archives.gov", "The White House"},
    {"trumpwhitehouse.archives.gov", "The White House"},
    {"obamawhitehouse.archives.gov", "The White House"},
    {"state.gov", "US Department of State"},
    {"defense.gov", "US Department of Defense"},
    {"president.gov.ua", "Office of the President of Ukraine"},
    {"consilium.europa.eu", "Council of the European Union"},
    {"ec.europa.eu", "European Commission"},
    {"europarl.europa.eu", "European Parliament"},
    {"gov.uk", "UK Government"},
    {"bundesregierung.de", "German Federal Government"},
    {"bmvg.de", "German Federal Ministry of Defence"},
    {"elysee.fr", "Presidency of the French Republic"},
    {"un.org", "United Nations"},
};

/* "https://www.nato.int/..." -> "www.nato.int", in lower case; NULL when it is no such address. */
static const char *host_of(struct arena *a, const char *address)
{
    const char *at = address ? strstr(address, "://") : NULL;
    if (!at) return NULL;
    size_t len = strcspn(at += 3, "/?#:");
    char *host = (char *)arena_bytes(a, at, len);
    for (char *c = host; *c; c++) {
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c - 'A' + 'a');
    }
    return len ? host : NULL;
}

/* Whether the host is that name or below it. */
static bool is_host(const char *host, const char *name)
{
    size_t len = strlen(host), tail = strlen(name);
    if (len < tail || strcmp(host + len - tail, name) != 0) return false;
    return len == tail || host[len - tail - 1] == '.';
}

static const char *publisher_of(struct arena *a, const char *address)
{
    const char *host = host_of(a, address);
    if (!host) return NULL;
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        if (is_host(host, hosts[i].host)) return hosts[i].publisher;
    }
    return text_starts(host, "www.") ? host + 4 : host;
}

/* Text as the log keeps it, in one line; NULL for none. */
static const char *clean(struct paper *p, const char *text)
{
    struct err ignored;
    const char *out;
    if (!text || text_clean(p->a, text, strlen(text), &out, &ignored)) return NULL;
    out = text_squeeze(p->a, out);
    return *out ? out : NULL;
}

static const char *media_of(const struct input *file)
{
    size_t at = file->len >= 3 && memcmp(file->bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < file->len && strchr(" \t\r\n", file->bytes[at])) at++;
    if (at < file->len && file->bytes[at] == '<') return "text/html";
    if (file->len - at >= 3 && memcmp(file->bytes + at, "---", 3) == 0) return "text/markdown";
    return "text/plain";
}

/* "2022-03-04" at the start of a file's name: how whoever filed the document dated it. */
static const char *date_of_name(struct paper *p)
{
    int32_t day;
    enum precision precision;
    struct err ignored;
    const char *name = p->file->name, *date = arena_bytes(p->a, name, strnlen(name, 10));
    return day_parse(date, &day, &precision, &ignored) || precision ? NULL : date;
}

static void read_dates(struct paper *p)
{
    struct err ignored;
    enum precision precision;
    const struct reading *r = p->reading;
    p->day = DAY_MAX;
    const char *date = r->date ? r->date : date_of_name(p);
    if (date && day_parse(date, &p->day, &precision, &ignored)) p->day = DAY_MAX;
    if (r->published && !instant_parse(r->published, &p->stated_ms, &ignored)) return;
    if (date && instant_parse(date, &p->stated_ms, &ignored)) p->stated_ms = 0;
}

static void add_source(struct paper *p)
{
    const char *title = clean(p, p->reading->title), *address = clean(p, p->reading->address);
    p->publisher = publisher_of(p->a, address);
    p->source = intake_source(p->in, p->file, p->publisher, title, p->stated_ms, media_of(p->file));
    struct record *r = p->in->records[p->in->count - 1]; /* the one document of this unit */
    record_set_text(p->a, r, F_ADDRESS, address);
    if (p->day != DAY_MAX) record_set_int(p->a, r, F_DAY, p->day);
    record_set_text(p->a, r, F_SKETCH, sketch_of(p->a, &p->original, p->reading));
}

/* --- turns --- */

static struct record *add_passage(struct paper *p, const char *place, size_t begin, size_t end)
{
    struct record *r = intake_add(p->in, KIND_PASSAGE);
    record_set_text(p->a, r, F_KEY, text_format(p->a, "%s#%s", p->source, place));
    record_set_key(p->a, r, F_SOURCE, p->source);
    record_set_text(p->a, r, F_PLACE, place);
    record_set_int(p->a, r, F_BEGIN, (int64_t)begin);
    record_set_int(p->a, r, F_END, (int64_t)end);
    return r;
}

static const char *turn_place(struct paper *p, uint32_t turn)
{
    return text_format(p->a, "turn %" PRIu32, turn + 1);
}

static void add_turn(struct paper *p, uint32_t at)
{
    const struct turn *t = &p->reading->turns[at];
    struct record *r = add_passage(p, turn_place(p, at), t->start, t->end);
    record_set_text(p->a, r, F_TYPE, turn_kind_name(t->kind));
    record_set_text(p->a, r, F_SPEAKER, clean(p, t->speaker));
    record_set_text(p->a, r, F_ROLE, clean(p, t->role));
    record_set_text(p->a, r, F_AFFILIATION, clean(p, t->affiliation));
}

/* A document in which nobody can be told to speak is one text: it is searched and quoted too. */
static void add_text(struct paper *p)
{
    struct record *r = add_passage(p, "text", 0, p->file->len);
    record_set_text(p->a, r, F_TYPE, "text");
}

/* --- statements --- */

/* The passage of a statement, once however many rest on it; how many did before in *before. */
static const char *said_passage(struct paper *p, const struct said *s, uint64_t *before)
{
    const char *place = text_format(p->a, "bytes %zu-%zu", s->start, s->end);
    const char *key = text_format(p->a, "%s#%s", p->source, place);
    const uint64_t *known = map_get(&p->ranges, key);
    *before = known ? *known : 0;
    map_put(&p->ranges, key, *before + 1);
    if (known) return key;
    struct record *r = add_passage(p, place, s->start, s->end);
    record_set_text(p->a, r, F_TEXT, original_text(p->a, &p->original, s->start, s->end));
    if (s->turn < p->reading->turn_count) {
        record_set_text(p->a, r, F_SPEAKER, clean(p, p->reading->turns[s->turn].speaker));
        record_set_text(p->a, r, F_LINK,
                        text_format(p->a, "%s#%s", p->source, turn_place(p, s->turn)));
    }
    return key;
}

static void set_parties(struct paper *p, struct record *r, enum tag tag,
                        const struct said_parties *parties)
{
    for (uint32_t i = 0; i < parties->count; i++) {
        record_set_text(p->a, r, tag, clean(p, parties->code[i]));
    }
}

static void set_amount(struct paper *p, struct record *r, const struct said *s)
{
    record_set_text(p->a, r, F_UNIT, clean(p, s->unit));
    if (!s->counted) return;
    record_set_dec(p->a, r, F_AMOUNT, s->low);
    if (dec_cmp((struct dec){s->low.n, s->low.scale}, s->high) != 0) {
        record_set_dec(p->a, r, F_UPTO, s->high);
    }
    record_set_text(p->a, r, F_APPROX, approx_name(s->approx));
}

static void add_said(struct paper *p, const struct said *s)
{
    uint64_t before;
    const char *passage = said_passage(p, s, &before);
    const char *nth = before ? text_format(p->a, "/%" PRIu64, before + 1) : "";
    struct record *r = intake_add(p->in, KIND_STATEMENT);
    record_set_text(p->a, r, F_KEY, text_format(p->a, "%s%s", passage, nth));
    record_set_text(p->a, r, F_TYPE, said_kind_name(s->kind));
    record_set_key(p->a, r, F_PASSAGE, passage);
    record_set_int(p->a, r, F_INFERRED, 1);
    set_parties(p, r, F_SAID_GIVER, &s->giver);
    set_parties(p, r, F_SAID_RECEIVER, &s->receiver);
    record_set_text(p->a, r, F_SAID_ITEM, clean(p, s->item));
    record_set_text(p->a, r, F_SAID_STAGE, said_stage_name(s->stage));
    record_set_text(p->a, r, F_SAID_CHANNEL, clean(p, s->channel));
    record_set_text(p->a, r, F_SAID_WHEN, clean(p, s->when));
    record_set_text(p->a, r, F_CLASS, goods_name(s->goods));
    set_amount(p, r, s);
    record_set_text(p->a, r, F_PUBLISHER, p->publisher);
    if (s->turn < p->reading->turn_count) {
        record_set_text(p->a, r, F_SPEAKER, clean(p, p->reading->turns[s->turn].speaker));
    }
    if (p->day != DAY_MAX) record_set_int(p->a, r, F_DAY, p->day);
    if (p->stated_ms) record_set_int(p->a, r, F_STATED, p->stated_ms);
}

void statements_intake(const struct input *file, const struct reading *reading, struct intake *out)
{
    struct paper p = {.in = out,
                      .a = out->arena,
                      .file = file,
                      .reading = reading,
                      .original = original_of(file->bytes, file->len),
                      .ranges = {.arena = out->arena}};
    read_dates(&p);
    out->stated_ms = p.stated_ms;
    add_source(&p);
    for (uint32_t i = 0; i < reading->turn_count; i++) add_turn(&p, i);
    if (reading->turn_count == 0) add_text(&p);
    for (uint32_t i = 0; i < reading->said_count; i++) add_said(&p, &reading->said[i]);
    out->rows_read = out->rows_taken = reading->said_count;
}

static bool sniff(const struct input *inputs, uint32_t count)
{
    return count == 1 && read_sniff(inputs[0].bytes, inputs[0].len);
}

static enum rc read(const struct input *inputs, uint32_t count, struct intake *out, struct err *err)
{
    struct reading reading;
    if (count != 1) return fail(err, RC_INPUT, "each statement is a document of its own");
    enum rc rc = read_document(out->arena, inputs[0].bytes, inputs[0].len, &reading, err);
    if (!rc) statements_intake(&inputs[0], &reading, out);
    return rc;
}

const struct reader statements_reader = {
    .name = "statements",
    .about = "transcripts, speeches and fact sheets, as text, Markdown or HTML",
    .sniff = sniff,
    .read = read,
};
