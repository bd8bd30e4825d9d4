/* assets.c - puts data/web/ into the program, byte for byte, as names/embedded.c does. */
#include "serve/assets.h"

#include <string.h>

#include "base/sha.h"
#include "base/text.h"

#define EMBED(id, file, type)                                                                      \
    __asm__(".pushsection .rodata\n"                                                               \
            "web_" #id "_begin:\n"                                                                 \
            ".incbin \"data/web/" file "\"\n"                                                      \
            "web_" #id "_end:\n"                                                                   \
            ".byte 0\n"                                                                            \
            ".popsection\n");                                                                      \
    extern const char id##_begin[] __asm__("web_" #id "_begin");                                   \
    extern const char id##_end[] __asm__("web_" #id "_end");

#define ROW(id, file, type) {file, type, id##_begin, id##_end},

/* clang-format off */
#define ASSETS(X) \
    X(css, "muster.css", "text/css; charset=utf-8") \
    X(js, "muster.js", "text/javascript; charset=utf-8") \
    X(svg, "muster.svg", "image/svg+xml") \
    X(plot, "plot.js", "text/javascript; charset=utf-8") \
    X(plot_licences, "plot.licences.txt", "text/plain; charset=utf-8")
/* clang-format on */

ASSETS(EMBED)

static const struct asset assets[] = {ASSETS(ROW){NULL, NULL, NULL, NULL}};

enum { HASH_DIGITS = 16 };

const char *asset_address(struct arena *a, const char *name)
{
    uint8_t hash[SHA_BYTES];
    char hex[SHA_HEX];
    for (const struct asset *s = assets; s->name; s++) {
        if (strcmp(s->name, name) != 0) continue;
        sha256(s->begin, (size_t)(s->end - s->begin), hash);
        hex_encode(hash, SHA_BYTES, hex);
        return text_format(a, "/asset/%.*s/%s", HASH_DIGITS, hex, name);
    }
    return "/asset/none";
}

const struct asset *asset_at(struct arena *a, const char *path)
{
    const char *name = strrchr(path, '/');
    for (const struct asset *s = assets; name && s->name; s++) {
        if (strcmp(s->name, name + 1) == 0 && strcmp(asset_address(a, s->name), path) == 0) {
            return s;
        }
    }
    return NULL;
}
