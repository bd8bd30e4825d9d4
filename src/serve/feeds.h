/* feeds.h - what others subscribe to: changes, promised deliveries, and how the server does. */
#ifndef MUSTER_SERVE_FEEDS_H
#define MUSTER_SERVE_FEEDS_H

#include "serve/site.h"

enum { FEED_ENTRIES = 100 };

void feed_changes(struct visit *v);    /* GET /changes.atom */
void feed_deliveries(struct visit *v); /* GET /deliveries.ics */

/* GET /metrics, in the text format of Prometheus. Nothing in it depends on the book. */
void feed_metrics(struct visit *v);

#endif
