/* peak.c - see peak.h. */
#include "base/peak.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/resource.h>

int64_t peak_kb(void)
{
    struct rusage used;
    int64_t kb = 0;
    char line[128];
    FILE *f = fopen("/proc/self/status", "r");
    while (f && !kb && fgets(line, sizeof line, f)) {
        if (sscanf(line, "VmHWM: %" SCNd64, &kb) != 1) kb = 0;
    }
    if (f) fclose(f);
    if (kb > 0) return kb;
    getrusage(RUSAGE_SELF, &used);
    return used.ru_maxrss;
}
