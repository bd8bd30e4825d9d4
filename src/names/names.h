/*
 * names.h - codes, currencies, and what sources call things.
 *
 * Countries and their names come from Debian's iso-codes (ISO 3166-1, -3),
 * minor units and currencies no longer in use from ICU; both are read once.
 * What sources write instead ("Turkey", "EU (Commission and Council)",
 * "occupied Palestinian territory") is data/aliases.csv, and who belonged to
 * which group when is data/groups.csv; both are built into the program.
 *
 * Everything returned is borrowed for the life of the process. Names are
 * compared squeezed, case-folded and without marks.
 */
#ifndef MUSTER_NAMES_NAMES_H
#define MUSTER_NAMES_NAMES_H

#include <stdbool.h>
#include <stdint.h>

/* A party that is known by itself, before any book names it. */
struct known_party {
    const char *key;  /* ISO 3166-1 alpha-3, or the alias table's key ("EU", "EPF", "EIB") */
    const char *name; /* English short name */
    const char *type; /* word of record_types(KIND_PARTY) */
};

/*
 * By alpha-2 or alpha-3 (capitals, exactly: "AND" is Andorra, "and" is
 * nobody), key, name or alias; "Korea, Republic of" and "Netherlands (the)"
 * are set right first. NULL when nobody known is called that.
 */
const struct known_party *names_party(const char *name);

/* One thing a nation is called. */
struct known_name {
    const char *name; /* as published: case and marks kept, "Korea, Republic of" set right */
    const char *key;  /* ISO 3166-1 alpha-3 */
};

/* What the nations of today are called, ISO's names and aliases; codes are left out. */
const struct known_name *names_nations(uint32_t *count);

/* What ISO 4217 writes where there is no currency. No amount of money is in it. */
#define NO_CURRENCY "XXX"

/*
 * Decimal places of the currency's minor unit, today's or a dead currency's;
 * -1 when there is no such ISO 4217 code, or it stands for no money (NO_CURRENCY, XTS).
 */
int names_currency_places(const char *code);

struct known_membership {
    const char *group; /* key of the group: "Allies", "EU-members" */
    const char *group_name;
    const char *party;
    int32_t since, until; /* days; until DAY_MAX: still a member */
};

/* The memberships of a party, in order of group; NULL and 0 when there are none. */
const struct known_membership *names_memberships(const char *party, uint32_t *count);

/* The key of a group by key or alias ("NATO", "NATO Allies", "EU members"), or NULL. */
const char *names_group(const char *name);

#endif
