/* feeds.c - see feeds.h. */
#include "serve/feeds.h"

#include <inttypes.h>
#include <string.h>

#include "base/peak.h"
#include "base/text.h"
#include "export/atom.h"
#include "export/ical.h"
#include "serve/ask.h"

void feed_changes(struct visit *v)
{
    struct buf b = {.arena = v->arena};
    struct err err;
    struct view view = v->seat->view;
    enum rc rc = visit_store(v, &view.store, &err);
    const struct feed feed = {
        .viewer = v->viewer,
        .base = v->site->base,
        .self = text_format(v->arena, "%s/changes.atom", v->site->base),
        .at = CLOCKS_NOW,
        .limit = FEED_ENTRIES,
    };
    if (!rc) rc = export_atom(&view, &feed, &b, &err);
    if (rc)
        visit_refuse(v, 500, err.msg);
    else
        visit_reply(v, "application/atom+xml; charset=utf-8", b.text, b.len);
}

void feed_deliveries(struct visit *v)
{
    struct buf b = {.arena = v->arena};
    struct err err;
    const struct calendar calendar = {
        .base = v->site->base,
        .most = ICAL_EVENTS_MAX,
        .near = (int32_t)(v->site->whole->now_ms() / MS_PER_DAY),
        .question = {.at = CLOCKS_NOW},
    };
    enum rc rc = export_ical(v->seat->view.book, &calendar, &b, &err);
    if (rc)
        visit_refuse(v, 500, err.msg);
    else
        visit_reply(v, "text/calendar; charset=utf-8", b.text, b.len);
}

/* --- metrics --- */

static void head(struct buf *b, const char *name, const char *type, const char *about)
{
    buf_addf(b, "# HELP muster_%s %s\n# TYPE muster_%s %s\n", name, about, name, type);
}

static void one(struct buf *b, const char *name, const char *type, const char *about,
                uint64_t value)
{
    head(b, name, type, about);
    buf_addf(b, "muster_%s %" PRIu64 "\n", name, value);
}

void feed_metrics(struct visit *v)
{
    struct buf b = {.arena = v->arena};
    struct counts *c = &v->site->counts;
    head(&b, "replies_total", "counter", "Replies by the first digit of their status.");
    for (int i = 1; i < STATUS_CLASSES; i++) {
        buf_addf(&b, "muster_replies_total{status=\"%dxx\"} %" PRIu64 "\n", i,
                 (uint64_t)c->replies[i]);
    }
    one(&b, "replies_cached_total", "counter", "Replies that were ready.", c->cached);
    one(&b, "refused_rate_total", "counter", "Requests refused because there were too many.",
        c->refused_rate);
    one(&b, "audit_failures_total", "counter", "Rows of the audit trail that were not written.",
        c->audit_failed);
    one(&b, "connections", "gauge", "Connections that are open.", http_connections(v->site->http));
    one(&b, "connections_max", "gauge", "Connections at most.",
        http_connections_max(v->site->http));
    one(&b, "waiting", "gauge", "Requests that wait for a worker.", http_waiting(v->site->http));
    if (!v->viewer) { /* it grows with what is hidden, too */
        one(&b, "memory_max_bytes", "gauge", "The most memory that was resident.",
            (uint64_t)peak_kb() * 1024);
    }
    one(&b, "up_since_seconds", "gauge", "When the server began, as seconds since 1970.",
        (uint64_t)c->since_ms / 1000);
    visit_reply(v, "text/plain; version=0.0.4; charset=utf-8", b.text, b.len);
}
