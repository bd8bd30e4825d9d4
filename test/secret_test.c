/*
 * secret_test.c - a password typed at a terminal: asked for twice, never shown,
 * and the terminal as it was afterwards, also when a signal came.
 *
 * The program runs on a terminal of its own, whose other end is this test.
 */
#define _XOPEN_SOURCE 700 /* posix_openpt */

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>

#include "tap.h"

#include "program.h"

static struct temp temp;
static char file[300];

struct typing {
    int us, terminal; /* our end, and the program's, kept open to ask how it stands */
    pid_t child;
    char seen[4096];
    size_t len;
};

/* `muster user password olena --accounts FILE` on a new terminal. */
static struct typing begin(void)
{
    struct typing t = {.us = posix_openpt(O_RDWR | O_NOCTTY)};
    if (t.us < 0 || grantpt(t.us) || unlockpt(t.us)) exit(99);
    const char *name = ptsname(t.us);
    t.terminal = name ? open(name, O_RDWR | O_NOCTTY) : -1;
    if (t.terminal < 0) exit(99);
    fflush(stdout);
    t.child = fork();
    if (t.child == 0) {
        setsid();
        setrlimit(RLIMIT_CORE, &(struct rlimit){0}); /* SIGQUIT leaves one else */
        int fd = open(name, O_RDWR); /* becomes the terminal that Ctrl-C is typed at */
        if (fd < 0) _exit(99);
        for (int i = 0; i < 3; i++) dup2(fd, i);
        execl(program_path, "muster", "user", "password", "olena", "--accounts", file,
              (char *)NULL);
        _exit(99);
    }
    return t;
}

/* Read what is shown until `text` is in it; false when it does not come. */
static bool shows(struct typing *t, const char *text)
{
    while (!strstr(t->seen, text)) {
        struct pollfd p = {.fd = t->us, .events = POLLIN};
        if (t->len + 1 >= sizeof t->seen || poll(&p, 1, 20000) <= 0) break;
        ssize_t got = read(t->us, t->seen + t->len, sizeof t->seen - t->len - 1);
        if (got <= 0) break;
        t->len += (size_t)got;
        t->seen[t->len] = '\0';
    }
    bool found = strstr(t->seen, text) != NULL;
    if (!found) printf("# waited for '%s', saw: %s\n", text, t->seen);
    return found;
}

static void type(const struct typing *t, const char *text)
{
    if (write(t->us, text, strlen(text)) != (ssize_t)strlen(text)) exit(99);
}

static bool echoes(const struct typing *t)
{
    struct termios now;
    if (tcgetattr(t->terminal, &now) != 0) exit(99);
    return (now.c_lflag & ECHO) != 0;
}

/* How it ended; and what it showed last. */
static int finish(struct typing *t)
{
    int status = 0;
    waitpid(t->child, &status, 0);
    struct pollfd p = {.fd = t->us, .events = POLLIN};
    while (t->len + 1 < sizeof t->seen && poll(&p, 1, 0) > 0 && (p.revents & POLLIN)) {
        ssize_t got = read(t->us, t->seen + t->len, sizeof t->seen - t->len - 1);
        if (got <= 0) break;
        t->len += (size_t)got;
    }
    t->seen[t->len] = '\0';
    return status;
}

static void leave(struct typing *t)
{
    close(t->us);
    close(t->terminal);
}

static void a_password_is_typed_twice_and_not_shown(void)
{
    struct typing t = begin();
    CHECK(echoes(&t));
    CHECK(shows(&t, "Password for olena: "));
    CHECK(!echoes(&t));
    type(&t, "correct horse battery\n");
    CHECK(shows(&t, "Again: "));
    CHECK(!echoes(&t));
    type(&t, "correct horse battery\n");
    int status = finish(&t);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    CHECK(echoes(&t));
    CHECK(strstr(t.seen, "administrator") && !strstr(t.seen, "horse"));
    leave(&t);
}

static void two_that_differ_are_refused(void)
{
    struct typing t = begin();
    CHECK(shows(&t, "Password for olena: "));
    type(&t, "correct horse battery\n");
    CHECK(shows(&t, "Again: "));
    type(&t, "correct horse batter\n");
    int status = finish(&t);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 3);
    CHECK(strstr(t.seen, "muster: the two are not the same") != NULL);
    CHECK(echoes(&t));
    leave(&t);
}

static void a_short_one_is_refused_before_it_is_typed_again(void)
{
    struct typing t = begin();
    CHECK(shows(&t, "Password for olena: "));
    type(&t, "short\n");
    int status = finish(&t);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 3);
    CHECK(strstr(t.seen, "a password has at least 12 characters") && !strstr(t.seen, "Again"));
    leave(&t);
}

static void signals_leave_the_terminal_as_it_was(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct typing t = begin();
        CHECK(shows(&t, "Password for olena: "));
        type(&t, "correct ");
        if (signals[i] == SIGINT)
            type(&t, "\003"); /* Ctrl-C */
        else
            kill(t.child, signals[i]);
        int status = finish(&t);
        CHECK(WIFSIGNALED(status) && WTERMSIG(status) == signals[i]);
        CHECK(echoes(&t));
        CHECK(!strstr(t.seen, "correct"));
        leave(&t);
    }
}

static void one_who_stops_and_goes_on_is_asked_again(void)
{
    struct typing t = begin();
    int status;
    CHECK(shows(&t, "Password for olena: "));
    /* Where nobody could wake it, the system does not let it sleep; both must end well. */
    kill(t.child, SIGTSTP);
    nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
    kill(t.child, SIGCONT);
    CHECK(shows(&t, "Password for olena: \r\nPassword for olena: "));
    CHECK(!echoes(&t));
    type(&t, "correct horse battery\n");
    CHECK(shows(&t, "Again: "));
    type(&t, "correct horse battery\n");
    status = finish(&t);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    CHECK(echoes(&t));
    leave(&t);
}

/* Whether terminals can be made here: a system without /dev/pts has none. */
static bool has_terminals(void)
{
    int us = posix_openpt(O_RDWR | O_NOCTTY);
    const char *name = us < 0 || grantpt(us) || unlockpt(us) ? NULL : ptsname(us);
    int terminal = name ? open(name, O_RDWR | O_NOCTTY) : -1;
    if (us >= 0) close(us);
    if (terminal >= 0) close(terminal);
    return terminal >= 0;
}

int main(int argc, char **argv)
{
    (void)argc;
    if (!has_terminals()) {
        puts("ok 1 - passwords typed at a terminal # SKIP no terminals can be made here "
             "(/dev/pts)\n1..1");
        return 0;
    }
    program_find(argv[0]);
    temp_make(&temp);
    snprintf(file, sizeof file, "%s", temp_path(&temp, "people"));
    free(program(&temp, "user add olena --role administrator --accounts %s", file));
    RUN(a_password_is_typed_twice_and_not_shown);
    RUN(two_that_differ_are_refused);
    RUN(a_short_one_is_refused_before_it_is_typed_again);
    RUN(signals_leave_the_terminal_as_it_was);
    RUN(one_who_stops_and_goes_on_is_asked_again);
    temp_remove(&temp);
    return tap_done();
}
