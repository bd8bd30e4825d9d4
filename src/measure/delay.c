/* delay.c - see delay.h. */
#include "measure/delay.h"

#include "base/dec.h"

static int32_t clipped(int32_t days)
{
    return days < DELAY_DAYS_MAX ? days : DELAY_DAYS_MAX;
}

void delay_learn(struct arena *a, const struct delay_seen *seen, uint32_t count, struct delay *out)
{
    *out = (struct delay){.seen = count};
    for (uint32_t i = 0; i < count; i++) {
        if (seen[i].end == DELAY_CAME && seen[i].days > out->days &&
            seen[i].days <= DELAY_DAYS_MAX) {
            out->days = seen[i].days;
        }
    }
    size_t room = (size_t)out->days + 2;
    uint32_t *came = NEW_ARRAY(a, room, uint32_t), *gone = NEW_ARRAY(a, room, uint32_t);
    for (uint32_t i = 0; i < count; i++) {
        int32_t days = clipped(seen[i].days);
        bool too_late = seen[i].days > DELAY_DAYS_MAX;
        out->came += seen[i].end == DELAY_CAME;
        out->open += seen[i].end == DELAY_OPEN;
        out->never += seen[i].end == DELAY_NEVER;
        out->on_time += seen[i].end == DELAY_CAME && seen[i].days == 0;
        if (seen[i].end == DELAY_CAME && !too_late) came[days]++;
        /* Watched until that day, and not beyond. */
        if (seen[i].end == DELAY_OPEN && days <= out->days) gone[days]++;
    }
    out->later = NEW_ARRAY(a, room, int64_t);
    int64_t later = DELAY_CERTAIN;
    uint32_t watched = count;
    for (int32_t day = 0; day <= out->days; day++) {
        if (came[day]) {
            later = (int64_t)div_half_even((i128)later * (watched - came[day]), watched);
        }
        out->later[day] = later;
        watched -= came[day] + gone[day];
    }
}

static int64_t later_than(const struct delay *d, int32_t days)
{
    if (days < 0) return DELAY_CERTAIN;
    return d->later[days < d->days ? days : d->days];
}

int64_t delay_chance(const struct delay *d, int32_t days, int32_t so_far)
{
    int64_t still = later_than(d, so_far), then = later_than(d, days);
    if (days <= so_far || still == 0) return 0;
    if (still == DELAY_CERTAIN) return DELAY_CERTAIN - then;
    return DELAY_CERTAIN - (then * DELAY_CERTAIN + still / 2) / still;
}

int32_t delay_within(const struct delay *d, int64_t share)
{
    for (int32_t day = 0; day <= d->days; day++) {
        if (DELAY_CERTAIN - d->later[day] >= share) return day;
    }
    return -1;
}
