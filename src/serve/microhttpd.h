/*
 * microhttpd.h - libmicrohttpd, loaded when a server starts (base/late.h): it
 * brings GnuTLS along, which no other command needs.
 */
#ifndef MUSTER_SERVE_MICROHTTPD_H
#define MUSTER_SERVE_MICROHTTPD_H

#include <microhttpd.h>

#include "base/err.h"

/* clang-format off */
#define MICROHTTPD(f) \
    f(MHD_add_response_header) f(MHD_create_response_from_buffer) \
    f(MHD_create_response_from_buffer_with_free_callback_cls) f(MHD_destroy_response) \
    f(MHD_get_connection_info) f(MHD_get_daemon_info) f(MHD_lookup_connection_value) \
    f(MHD_queue_response) f(MHD_quiesce_daemon) f(MHD_resume_connection) f(MHD_start_daemon) \
    f(MHD_stop_daemon) f(MHD_suspend_connection)
/* clang-format on */

#define MICROHTTPD_POINTER(name) __typeof__(name) *name;
struct microhttpd {
    MICROHTTPD(MICROHTTPD_POINTER)
};
extern struct microhttpd microhttpd;

/* RC_STORE where there is none; any thread, any number of times. */
MUST_CHECK enum rc microhttpd_load(struct err *err);

#define MHD_add_response_header microhttpd.MHD_add_response_header
#define MHD_create_response_from_buffer microhttpd.MHD_create_response_from_buffer
#define MHD_create_response_from_buffer_with_free_callback_cls                                     \
    microhttpd.MHD_create_response_from_buffer_with_free_callback_cls
#define MHD_destroy_response microhttpd.MHD_destroy_response
#define MHD_get_connection_info microhttpd.MHD_get_connection_info
#define MHD_get_daemon_info microhttpd.MHD_get_daemon_info
#define MHD_lookup_connection_value microhttpd.MHD_lookup_connection_value
#define MHD_queue_response microhttpd.MHD_queue_response
#define MHD_quiesce_daemon microhttpd.MHD_quiesce_daemon
#define MHD_resume_connection microhttpd.MHD_resume_connection
#define MHD_start_daemon microhttpd.MHD_start_daemon
#define MHD_stop_daemon microhttpd.MHD_stop_daemon
#define MHD_suspend_connection microhttpd.MHD_suspend_connection

#endif
