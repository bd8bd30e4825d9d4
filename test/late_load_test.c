/* late_load_test.c - libraries that are loaded late, are not there, or lack something. */
#include "base/late.h"

#include <string.h>

#include "tap.h"

struct maths {
    double (*cos)(double);
    double (*fabs)(double);
};

static void what_is_loaded_can_be_called(void)
{
    static const char *const names[] = {"cos", "fabs"};
    struct maths m;
    struct err err;
    CHECK(!late_load("libm.so.6", names, 2, &m, &err));
    CHECK(m.cos(0) == 1 && m.fabs(-2) == 2);
}

static void a_library_that_is_not_there_is_named(void)
{
    static const char *const names[] = {"cos"};
    struct maths m = {0};
    struct err err = {0};
    CHECK(late_load("libnobody.so.7", names, 1, &m, &err) == RC_STORE);
    CHECK(strstr(err.msg, "libnobody.so.7") && !m.cos);
}

static void where_a_name_is_missing_nothing_is_filled_in(void)
{
    static const char *const names[] = {"cos", "no_such_thing"};
    struct maths m = {0};
    struct err err = {0};
    CHECK(late_load("libm.so.6", names, 2, &m, &err) == RC_STORE);
    CHECK(strstr(err.msg, "no_such_thing") && !m.cos);
}

int main(void)
{
    RUN(what_is_loaded_can_be_called);
    RUN(a_library_that_is_not_there_is_named);
    RUN(where_a_name_is_missing_nothing_is_filled_in);
    return tap_done();
}
