/*
 * libpq.h - libpq, loaded when the address of a database is met (base/late.h).
 *
 * What is called of it is here; after libpq_load() it is called by its usual
 * names. Whoever needs one more adds it to the list and to the names below.
 */
#ifndef MUSTER_STORE_LIBPQ_H
#define MUSTER_STORE_LIBPQ_H

#include <libpq-fe.h>

#include "base/err.h"

/* clang-format off */
#define LIBPQ(f) \
    f(PQclear) f(PQcmdStatus) f(PQconnectdbParams) f(PQconninfoFree) f(PQconninfoParse) \
    f(PQconsumeInput) f(PQdb) f(PQenterPipelineMode) f(PQerrorMessage) f(PQexec) \
    f(PQexecPrepared) f(PQexitPipelineMode) f(PQfinish) f(PQfreemem) f(PQgetResult) \
    f(PQgetisnull) f(PQgetlength) f(PQgetvalue) f(PQnfields) f(PQnotifies) f(PQntuples) \
    f(PQpipelineSync) f(PQputCopyData) f(PQputCopyEnd) f(PQresultErrorField) f(PQresultStatus) \
    f(PQsendPrepare) f(PQsendQueryPrepared) f(PQserverVersion) f(PQsetNoticeReceiver) \
    f(PQstatus) f(PQtransactionStatus)
/* clang-format on */

#define LIBPQ_POINTER(name) __typeof__(name) *name;
struct libpq {
    LIBPQ(LIBPQ_POINTER)
};
extern struct libpq libpq;

/* RC_STORE where there is none; any thread, any number of times. */
MUST_CHECK enum rc libpq_load(struct err *err);

#define PQclear libpq.PQclear
#define PQcmdStatus libpq.PQcmdStatus
#define PQconnectdbParams libpq.PQconnectdbParams
#define PQconninfoFree libpq.PQconninfoFree
#define PQconninfoParse libpq.PQconninfoParse
#define PQconsumeInput libpq.PQconsumeInput
#define PQdb libpq.PQdb
#define PQenterPipelineMode libpq.PQenterPipelineMode
#define PQerrorMessage libpq.PQerrorMessage
#define PQexec libpq.PQexec
#define PQexecPrepared libpq.PQexecPrepared
#define PQexitPipelineMode libpq.PQexitPipelineMode
#define PQfinish libpq.PQfinish
#define PQfreemem libpq.PQfreemem
#define PQgetResult libpq.PQgetResult
#define PQgetisnull libpq.PQgetisnull
#define PQgetlength libpq.PQgetlength
#define PQgetvalue libpq.PQgetvalue
#define PQnfields libpq.PQnfields
#define PQnotifies libpq.PQnotifies
#define PQntuples libpq.PQntuples
#define PQpipelineSync libpq.PQpipelineSync
#define PQputCopyData libpq.PQputCopyData
#define PQputCopyEnd libpq.PQputCopyEnd
#define PQresultErrorField libpq.PQresultErrorField
#define PQresultStatus libpq.PQresultStatus
#define PQsendPrepare libpq.PQsendPrepare
#define PQsendQueryPrepared libpq.PQsendQueryPrepared
#define PQserverVersion libpq.PQserverVersion
#define PQsetNoticeReceiver libpq.PQsetNoticeReceiver
#define PQstatus libpq.PQstatus
#define PQtransactionStatus libpq.PQtransactionStatus

#endif
