/*
 * zip.c - archives, by minizip over bytes in memory.
 *
 * Limits are held on what the directory says before a byte is unpacked, and
 * minizip never unpacks more than that: a part that says less than it holds
 * fails its checksum. So memory is bounded by sizes that were checked. Parts
 * may not share packed bytes either, or a small file could still be large in
 * sum.
 */
#include "source/zip.h"

#include <assert.h>
#include <inttypes.h>
#include <minizip/unzip.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/text.h"

#define PART_BYTES_MAX (UINT64_C(1) << 30)
#define RATIO_MAX 200u
#define RATIO_FROM (UINT64_C(1) << 20) /* a short run of blanks may pack as well as it likes */

enum { NAME_MAX_BYTES = 1024, FLAG_ENCRYPTED = 1, FLAG_MASKED = 1 << 13 };

struct part {
    const char *name;
    unz64_file_pos at;
    uint64_t size;
};

struct zip {
    const unsigned char *bytes;
    size_t len;
    ZPOS64_T seek;   /* minizip's place in bytes, 0..len */
    bool short_read; /* the last read wanted more than there was */
    unzFile file;
    struct part *parts;
    uint32_t count, room;
    struct map exact, folded; /* name to index in parts */
    const struct part *open;
    uint64_t taken; /* bytes of the open part so far */
};

/* --- the archive's bytes, as minizip wants to see them: there is one stream, the zip itself --- */

static voidpf mem_open(voidpf opaque, const void *name, int mode)
{
    (void)name, (void)mode;
    return opaque;
}

static uLong mem_read(voidpf opaque, voidpf stream, void *out, uLong size)
{
    struct zip *z = opaque;
    (void)stream;
    size_t left = z->len - (size_t)z->seek;
    size_t n = size < left ? size : left;
    if (n) memcpy(out, z->bytes + z->seek, n);
    z->seek += n;
    z->short_read = n < size;
    return n;
}

static uLong mem_write(voidpf opaque, voidpf stream, const void *bytes, uLong size)
{
    (void)opaque, (void)stream, (void)bytes, (void)size;
    return 0;
}

static ZPOS64_T mem_tell(voidpf opaque, voidpf stream)
{
    (void)stream;
    return ((struct zip *)opaque)->seek;
}

static long mem_seek(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
    struct zip *z = opaque;
    (void)stream;
    ZPOS64_T from = origin == ZLIB_FILEFUNC_SEEK_CUR   ? z->seek
                    : origin == ZLIB_FILEFUNC_SEEK_END ? z->len
                                                       : 0;
    if (offset > z->len - from) return -1;
    z->seek = from + offset;
    z->short_read = false;
    return 0;
}

/* Unless told, minizip takes the end of the file for zeros. */
static int mem_error(voidpf opaque, voidpf stream)
{
    (void)stream;
    return ((struct zip *)opaque)->short_read;
}

static int mem_close(voidpf opaque, voidpf stream)
{
    (void)opaque, (void)stream;
    return 0;
}

static unzFile open_memory(struct zip *z)
{
    zlib_filefunc64_def memory = {
        .zopen64_file = mem_open,
        .zread_file = mem_read,
        .zwrite_file = mem_write,
        .ztell64_file = mem_tell,
        .zseek64_file = mem_seek,
        .zclose_file = mem_close,
        .zerror_file = mem_error,
        .opaque = z,
    };
    return unzOpen2_64("", &memory);
}

/* --- the directory --- */

static const char *lower(struct arena *a, const char *name)
{
    char *copy = NEW_ARRAY(a, strlen(name) + 1, char);
    for (size_t i = 0; name[i]; i++) {
        char c = name[i];
        copy[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return copy;
}

/* Names are quoted in sentences, which are one line each. */
static bool has_control(const char *name)
{
    for (; *name; name++) {
        if ((unsigned char)*name < 0x20 || *name == 0x7f) return true;
    }
    return false;
}

static enum rc check_part(const char *name, const unz_file_info64 *info, struct err *err)
{
    if (strlen(name) != info->size_filename || has_control(name)) {
        return fail(err, RC_INPUT, "the zip archive has a part without a proper name");
    }
    if (info->flag & (FLAG_ENCRYPTED | FLAG_MASKED)) {
        return fail(err, RC_INPUT,
                    "'%.80s' in the zip archive is encrypted: save it without a "
                    "password",
                    name);
    }
    if (info->compression_method != 0 && info->compression_method != Z_DEFLATED) {
        return fail(err, RC_INPUT,
                    "'%.80s' in the zip archive is packed by method %lu, which is "
                    "not read",
                    name, info->compression_method);
    }
    if (info->uncompressed_size > PART_BYTES_MAX) {
        return fail(err, RC_INPUT, "'%.80s' in the zip archive is larger than 1 GiB unpacked",
                    name);
    }
    if (info->uncompressed_size > RATIO_FROM &&
        (info->uncompressed_size + RATIO_MAX - 1) / RATIO_MAX > info->compressed_size) {
        return fail(err, RC_INPUT,
                    "'%.80s' in the zip archive unpacks to more than %u times its "
                    "size",
                    name, RATIO_MAX);
    }
    return RC_OK;
}

static enum rc add_part(struct arena *a, struct zip *z, const char *name,
                        const unz_file_info64 *info, struct err *err)
{
    if (map_get(&z->exact, name)) {
        return fail(err, RC_INPUT, "the zip archive has '%.80s' twice", name);
    }
    z->parts = arena_more(a, z->parts, z->count, &z->room, sizeof *z->parts);
    struct part *p = &z->parts[z->count];
    p->name = arena_text(a, name);
    p->size = info->uncompressed_size;
    if (unzGetFilePos64(z->file, &p->at) != UNZ_OK) {
        return fail(err, RC_INPUT, "the zip archive's list of parts is damaged");
    }
    map_put(&z->exact, name, z->count);
    const char *folded = lower(a, name);
    if (!map_get(&z->folded, folded)) map_put(&z->folded, folded, z->count);
    z->count++;
    return RC_OK;
}

static enum rc read_directory(struct arena *a, struct zip *z, struct err *err)
{
    unz_global_info64 all;
    uint64_t packed = 0;
    int at = unzGetGlobalInfo64(z->file, &all);
    if (at == UNZ_OK) at = all.number_entry ? unzGoToFirstFile(z->file) : UNZ_END_OF_LIST_OF_FILE;
    for (; at == UNZ_OK; at = unzGoToNextFile(z->file)) {
        char name[NAME_MAX_BYTES + 1] = "";
        unz_file_info64 info;
        at = unzGetCurrentFileInfo64(z->file, &info, name, NAME_MAX_BYTES, NULL, 0, NULL, 0);
        if (at != UNZ_OK) break;
        enum rc rc = check_part(name, &info, err);
        if (!rc) rc = add_part(a, z, name, &info, err);
        if (rc) return rc;
        if (info.compressed_size > z->len || (packed += info.compressed_size) > z->len) {
            return fail(err, RC_INPUT, "the zip archive's parts are together larger than itself");
        }
    }
    if (at != UNZ_END_OF_LIST_OF_FILE) {
        return fail(err, RC_INPUT, "the zip archive's list of parts is damaged");
    }
    if (z->count != all.number_entry) {
        return fail(err, RC_INPUT, "the zip archive has %" PRIu32 " parts and says %llu", z->count,
                    all.number_entry);
    }
    return RC_OK;
}

enum rc zip_open(struct arena *a, const void *bytes, size_t len, struct zip **out, struct err *err)
{
    struct zip *z = NEW(a, struct zip);
    z->bytes = bytes;
    z->len = len;
    z->exact.arena = z->folded.arena = a;
    z->file = open_memory(z);
    if (!z->file) {
        bool began = len >= 4 && !memcmp(bytes, "PK\3\4", 4);
        bool empty = len >= 4 && !memcmp(bytes, "PK\5\6", 4);
        return fail(err, RC_INPUT, "%s",
                    began   ? "the zip archive is cut short"
                    : empty ? "the zip archive is empty"
                            : "not a zip archive");
    }
    enum rc rc = read_directory(a, z, err);
    if (rc) {
        zip_close(z);
        return rc;
    }
    *out = z;
    return RC_OK;
}

void zip_close(struct zip *z)
{
    if (!z || !z->file) return;
    zip_part_close(z);
    unzClose(z->file);
    z->file = NULL;
}

/* --- parts --- */

static const struct part *find_part(const struct zip *z, const char *name)
{
    const uint64_t *at = map_get(&z->exact, name);
    if (!at) {
        struct arena work = {0};
        at = map_get(&z->folded, lower(&work, name));
        arena_free(&work);
    }
    return at ? &z->parts[*at] : NULL;
}

bool zip_has(const struct zip *z, const char *name)
{
    return find_part(z, name) != NULL;
}

enum rc zip_part_open(struct zip *z, const char *name, size_t *size, struct err *err)
{
    assert(!z->open);
    const struct part *p = find_part(z, name);
    if (!p) return fail(err, RC_ABSENT, "the zip archive has no '%.80s'", name);
    if (unzGoToFilePos64(z->file, &p->at) != UNZ_OK || unzOpenCurrentFile(z->file) != UNZ_OK) {
        return fail(err, RC_INPUT, "'%.80s' in the zip archive is damaged", p->name);
    }
    z->open = p;
    z->taken = 0;
    *size = (size_t)p->size;
    return RC_OK;
}

enum rc zip_part_read(struct zip *z, void *out, size_t len, size_t *got, struct err *err)
{
    assert(z->open);
    unsigned ask = len < UINT32_C(1) << 30 ? (unsigned)len : 1u << 30;
    int n = unzReadCurrentFile(z->file, out, ask);
    if (n > 0 && (uint64_t)n <= z->open->size - z->taken) {
        z->taken += (uint64_t)n;
        *got = (size_t)n;
        return RC_OK;
    }
    const char *name = z->open->name;
    bool whole = n == 0 && z->taken == z->open->size;
    z->open = NULL;
    /* minizip tells of a wrong checksum when the part is closed. */
    if (unzCloseCurrentFile(z->file) != UNZ_OK || !whole) {
        return fail(err, RC_INPUT, "'%.80s' in the zip archive is damaged or cut short", name);
    }
    *got = 0;
    return RC_OK;
}

void zip_part_close(struct zip *z)
{
    if (z->open) unzCloseCurrentFile(z->file);
    z->open = NULL;
}

/* The only part that is a file; macOS adds notes about each, which are nobody's data. */
static const char *only_name(const struct zip *z)
{
    const char *only = NULL;
    for (uint32_t i = 0; i < z->count; i++) {
        const char *name = z->parts[i].name;
        if (text_starts(name, "__MACOSX/") || (*name && name[strlen(name) - 1] == '/')) continue;
        if (only) return NULL;
        only = name;
    }
    return only;
}

static enum rc read_part(struct arena *a, struct zip *z, const char *name, const char **out,
                         size_t *out_len, struct err *err)
{
    size_t size, at = 0, got;
    if (!name && !(name = only_name(z))) {
        return fail(err, RC_INPUT, "the zip archive does not hold exactly one file");
    }
    enum rc rc = zip_part_open(z, name, &size, err);
    if (rc) return rc;
    char *bytes = NEW_ARRAY(a, size + 1, char);
    do {
        char none;
        rc = zip_part_read(z, at < size ? bytes + at : &none, at < size ? size - at : 1, &got, err);
        if (rc) return rc;
        at += got;
    } while (got);
    *out = bytes;
    *out_len = size;
    return RC_OK;
}

enum rc zip_read(struct arena *a, const void *bytes, size_t len, const char *name, const char **out,
                 size_t *out_len, struct err *err)
{
    struct arena work = {0};
    struct zip *z = NULL;
    enum rc rc = zip_open(&work, bytes, len, &z, err);
    if (!rc) rc = read_part(a, z, name, out, out_len, err);
    zip_close(z);
    arena_free(&work);
    return rc;
}
