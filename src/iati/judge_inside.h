/* judge_inside.h - between judge.c and those who look at one activity's tree. */
#ifndef MUSTER_IATI_JUDGE_INSIDE_H
#define MUSTER_IATI_JUDGE_INSIDE_H

#include <libxml/tree.h>

#include "base/buf.h"
#include "iati/judge.h"

struct piece {
    struct arena *arena; /* of this piece: reset behind it */
    const struct judge *judge;
    xmlDocPtr doc;   /* the root and one child */
    xmlNodePtr node; /* that child */
    uint64_t nth;    /* of the root's children of its name, from 1 */
    const char *activity;
    uint64_t nodes; /* elements and attributes in it */
    uint32_t *said; /* complaints about it so far */
    struct judged *judged;
};

/* Every element carries its line, which libxml2 itself keeps in 16 bits only. */
static inline uint32_t node_line(const xmlNode *node)
{
    if (node->type != XML_ELEMENT_NODE) node = node->parent;
    return node && node->type == XML_ELEMENT_NODE ? (uint32_t)(uintptr_t)node->_private : 0;
}

/*
 * How many steps XPath may take for all rules, or all codes, of one activity:
 * what they need grows with it, and what goes beyond grows with its square.
 */
static inline unsigned long piece_steps(const struct piece *p)
{
    return 10000000UL + 150UL * (unsigned long)p->nodes;
}

/* "/iati-activities/iati-activity[2]/budget/value/@currency" */
const char *piece_path(const struct piece *p, const xmlNode *node);

/* The text of an element or attribute, cut where it is long. */
const char *piece_value(const struct piece *p, const xmlNode *node);

/* About this node; kind, rule, warning and expect are the caller's. */
void piece_complain(const struct piece *p, const xmlNode *node, struct complaint c);

void rules_judge(const struct ruleset *r, const struct piece *p);
void codes_judge(const struct codes *c, const struct piece *p);

#endif
