/*
 * said.c - a store of many transcripts, for the benchmark of quotations.
 *
 *     said MEGABYTES SEED STORE QUERIES [FILE...]
 *
 * The files are repeated until the store holds so many megabytes of text; in
 * every copy but the first each tenth word, on average, is another word of the
 * same files, drawn as often as it is used there. Without files, text of
 * made-up words by Zipf's law stands in. Turns are cut at paragraphs that
 * begin with a label ("MS. PSAKI:", "Q "): what a reader would find is not the
 * matter here. The same arguments make the same text.
 *
 * QUERIES gets one line a query: "verbatim", "altered" or "strange", a tab, and
 * the text. Verbatim ones are stretches of 6 to 30 words drawn evenly from all
 * that was written; altered ones are such stretches with a fifth of the words
 * (one at least) exchanged, left out or put in; strange ones are as many words
 * drawn one by one.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "store/store.h"

#include "load.h"

enum { CHANGED_ONE_IN = 10, QUERIES = 200, VOCABULARY = 30000, DAY_2022 = 18993 };

struct span {
    size_t begin, end;
};

struct maker {
    struct arena keep;
    struct text *files;
    uint32_t file_count;
    const char **words; /* every word of the files, in order: drawing evenly is drawing by use */
    uint32_t word_count, word_room;
    uint64_t state;
    struct store *store;
    uint64_t id, written, passages;
    FILE *queries;
    uint32_t asked;
    uint64_t target;
};

static _Noreturn void stop(const char *why)
{
    fprintf(stderr, "said: %s\n", why);
    exit(1);
}

static uint64_t next(struct maker *m)
{
    uint64_t z = (m->state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static uint32_t below(struct maker *m, uint32_t n)
{
    return (uint32_t)(next(m) % n);
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80 || c == '\'';
}

/* --- the text to repeat --- */

static struct text make_up(struct maker *m)
{
    struct buf b = {.arena = &m->keep};
    buf_add(&b, "MR. MADE:  ");
    for (uint32_t i = 0; i < 60000; i++) {
        /* rank = exp(u * ln N), in whole numbers: half of the draws per halving of the rank */
        uint32_t rank = VOCABULARY >> below(m, 15);
        rank = rank / 2 + below(m, rank / 2 + 1);
        char word[8] = {0};
        for (int k = 0; k < 2 + (rank > 60) + (rank > 3000); k++) {
            static const char begin[] = "bdfgklmnprstvz", middle[] = "aeiou";
            word[2 * k] = begin[rank * 7u % 14];
            word[2 * k + 1] = middle[rank % 5];
            rank = rank * 13 / 29;
        }
        buf_addf(&b, "%s%s", word, i % 17 == 16 ? ".  " : " ");
        if (i % 120 == 119) buf_add(&b, i % 240 == 239 ? "\n\nQ    " : "\n\nMR. MADE:  ");
    }
    return (struct text){b.text, b.len};
}

static void collect_words(struct maker *m, const struct text *f)
{
    for (size_t i = 0; i < f->len;) {
        size_t to = i;
        while (to < f->len && is_word(f->bytes[to])) to++;
        if (to == i) {
            i++;
            continue;
        }
        m->words = arena_more(&m->keep, m->words, m->word_count, &m->word_room, sizeof *m->words);
        m->words[m->word_count++] = arena_bytes(&m->keep, f->bytes + i, to - i);
        i = to;
    }
}

/* --- one copy of one document --- */

static void change_words(struct maker *m, const struct text *f, struct buf *out)
{
    for (size_t i = 0, to; i < f->len; i = to) {
        bool word = is_word(f->bytes[i]);
        for (to = i + 1; to < f->len && is_word(f->bytes[to]) == word;) to++;
        if (word && below(m, CHANGED_ONE_IN) == 0)
            buf_add(out, m->words[below(m, m->word_count)]);
        else
            buf_add_bytes(out, f->bytes + i, to - i);
    }
}

/* The bytes of a label at i ("MS. PSAKI:", "Q "), or 0. */
static size_t label_at(const char *text, size_t len, size_t i)
{
    if (i + 2 < len && text[i] == 'Q' && text[i + 1] == ' ') return 2;
    if (i >= len || text[i] < 'A' || text[i] > 'Z') return 0;
    for (size_t k = i; k < len && k < i + 60 && text[k] != '\n'; k++) {
        if (text[k] == ':') return k + 1 - i;
        if (text[k] == ',' || text[k] == '"') return 0;
    }
    return 0;
}

static void add(struct maker *m, struct arena *a, struct record *r, struct record **list,
                uint32_t *count)
{
    r->id = ++m->id;
    r->recorded_ms = INT64_C(1700000000000) + (int64_t)m->id;
    r->idem = record_idem(a, r, 1);
    for (int i = 0; i < SALT_BYTES; i++) r->salt[i] = (uint8_t)(m->id >> (i % 8 * 8));
    list[(*count)++] = r;
}

static struct record *passage(struct arena *a, uint64_t source, uint32_t turn, struct span s,
                              const char *speaker)
{
    struct record *r = record_new(a, KIND_PASSAGE);
    bool asks = speaker && strcmp(speaker, "Q") == 0;
    record_set_text(a, r, F_TYPE, !speaker ? "statement" : asks ? "question" : "answer");
    record_set_ref(a, r, F_SOURCE, source);
    record_set_text(a, r, F_PLACE, text_format(a, "turn %" PRIu32, turn));
    record_set_int(a, r, F_BEGIN, (int64_t)s.begin);
    record_set_int(a, r, F_END, (int64_t)s.end);
    if (speaker && !asks) record_set_text(a, r, F_SPEAKER, speaker);
    return r;
}

static const char *clean_label(struct arena *a, const char *text, size_t len)
{
    struct err unused;
    const char *out;
    while (len && (text[len - 1] == ':' || text[len - 1] == ' ')) len--;
    return text_clean(a, text, len, &out, &unused) ? NULL : text_squeeze(a, out);
}

static void put_document(struct maker *m, const char *text, size_t len, uint32_t number)
{
    struct arena a = {0};
    struct err err = {0};
    struct evidence e = {.bytes = text, .len = len};
    char hex[SHA_HEX];
    struct record **list = NEW_ARRAY(&a, len / 2 + 4, struct record *);
    uint32_t count = 0, turn = 0;
    sha256(text, len, e.hash);
    hex_encode(e.hash, SHA_BYTES, hex);
    struct record *source = record_new(&a, KIND_SOURCE);
    record_set_text(&a, source, F_KEY, text_format(&a, "sha256:%s", hex));
    record_set_text(&a, source, F_HASH, hex);
    record_set_text(&a, source, F_ADDRESS, text_format(&a, "said-%06" PRIu32 ".txt", number));
    record_set_int(&a, source, F_DAY, DAY_2022 + (int64_t)(number % 1000));
    add(m, &a, source, list, &count);
    const char *speaker = NULL;
    struct span s = {0, 0};
    for (size_t i = 0; i <= len; i++) {
        size_t label = i == len ? 1 : i && text[i - 1] == '\n' ? label_at(text, len, i) : 0;
        if (!label) continue;
        s.end = i;
        if (s.end > s.begin + 1) {
            struct record *r = passage(&a, source->id, ++turn, s, speaker);
            add(m, &a, r, list, &count);
        }
        if (i == len) break;
        speaker = clean_label(&a, text + i, label);
        s.begin = i + label;
    }
    if (store_append(m->store, (const struct record *const *)list, count, &e, 1, &err)) {
        stop(err.msg);
    }
    m->passages += count - 1;
    arena_free(&a);
}

/* --- queries --- */

/* Words [first, first + count) of a text, or nothing when a paragraph ends between them. */
static const char *stretch(struct arena *a, const char *text, size_t len, size_t from,
                           uint32_t count)
{
    size_t i = from;
    while (i < len && is_word(text[i])) i++;
    while (i < len && !is_word(text[i])) i++;
    size_t begin = i;
    for (uint32_t n = 0; n < count && i < len; n++) {
        while (i < len && is_word(text[i])) i++;
        if (n + 1 == count) break;
        for (; i < len && !is_word(text[i]); i++) {
            if (text[i] == '\n' && i + 1 < len && text[i + 1] == '\n') return NULL;
            if (text[i] == ':' || text[i] == '\t') return NULL;
        }
    }
    /* "U" of "U.S.", the end of a label: half a word to a reader */
    if (i >= len || (i > begin && text[i - 1] >= 'A' && text[i - 1] <= 'Z')) return NULL;
    return text_squeeze(a, arena_bytes(a, text + begin, i - begin));
}

/* A fifth of the words, one at least, exchanged, left out or put in. */
static const char *alter(struct maker *m, struct arena *a, const char *text, uint32_t count)
{
    struct buf b = {.arena = a};
    uint32_t left = count / 5 ? count / 5 : 1, seen = 0;
    for (const char *p = text; *p;) {
        const char *to = strchr(p, ' ');
        size_t n = to ? (size_t)(to - p) : strlen(p);
        if (left && below(m, count - seen) < left) {
            left--;
            uint32_t how = below(m, 4);
            if (how == 0) buf_add_bytes(&b, p, n), buf_add(&b, " ");
            if (how != 1) buf_addf(&b, "%s ", m->words[below(m, m->word_count)]);
        } else {
            buf_add_bytes(&b, p, n);
            buf_add(&b, " ");
        }
        if (seen + 1 < count) seen++;
        p += n + (to != NULL);
    }
    return b.text ? b.text : text;
}

/* Queries come evenly from all that is written, as it is written. */
static void ask(struct maker *m, const char *text, size_t len)
{
    struct arena a = {0};
    for (int tries = 0; tries < 20 && m->asked < QUERIES; tries++) {
        if (m->written + len < m->target / QUERIES * (m->asked + 1)) break;
        uint32_t count = 6 + below(m, 25);
        const char *text_asked = stretch(&a, text, len, below(m, (uint32_t)len), count);
        if (!text_asked || strchr(text_asked, '\t')) continue;
        fprintf(m->queries, "verbatim\t%s\n", text_asked);
        fprintf(m->queries, "altered\t%s\n", alter(m, &a, text_asked, count));
        fprintf(m->queries, "strange\t");
        for (uint32_t i = 0; i < count; i++) {
            fprintf(m->queries, "%s%s", i ? " " : "", m->words[below(m, m->word_count)]);
        }
        fprintf(m->queries, "\n");
        m->asked++;
    }
    arena_free(&a);
}

int main(int argc, char **argv)
{
    struct maker m = {0};
    struct err err = {0};
    if (argc < 5) stop("usage: said MEGABYTES SEED STORE QUERIES [FILE...]");
    m.target = strtoull(argv[1], NULL, 10) * 1000000;
    m.state = strtoull(argv[2], NULL, 10);
    m.file_count = argc > 5 ? (uint32_t)argc - 5 : 1;
    m.files = NEW_ARRAY(&m.keep, m.file_count, struct text);
    for (uint32_t i = 0; i < m.file_count; i++) {
        m.files[i] = argc > 5 ? load(&m.keep, argv[5 + i]) : make_up(&m);
        collect_words(&m, &m.files[i]);
    }
    if (store_open(&m.keep, argv[3], true, &m.store, &err)) stop(err.msg);
    m.queries = fopen(argv[4], "w");
    if (!m.queries) stop(argv[4]);
    for (uint32_t n = 0; m.written < m.target; n++) {
        const struct text *f = &m.files[n % m.file_count];
        struct arena a = {0};
        struct buf text = {.arena = &a};
        if (n < m.file_count)
            buf_add_bytes(&text, f->bytes, f->len);
        else
            change_words(&m, f, &text);
        put_document(&m, text.text, text.len, n);
        ask(&m, text.text, text.len);
        m.written += text.len;
        arena_free(&a);
    }
    printf("{\"bytes\":%" PRIu64 ",\"passages\":%" PRIu64 "}\n", m.written, m.passages);
    store_close(m.store);
    arena_free(&m.keep);
    return fclose(m.queries) != 0;
}
