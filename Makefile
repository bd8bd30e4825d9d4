# make setup   install what this machine lacks     make check    set up, then every test
# make         build build/muster                  make SAN=1 check   the same under ASan and UBSan
# make run     set up, build, show a small book    make CC=clang check
# make bench   ratios against named peers          make torture  the long forms of the tests
# make fmt     lay the code out                    make mutants  planted bugs must be caught
# make web     the browser's part, by npm          make screenshots  docs/pages
CC      ?= gcc
ifeq ($(origin CC),default)
CC      := gcc
endif
BUILD   := build/$(notdir $(CC))$(if $(SAN),-san)
comma   := ,
SAY     := $(if $(QUIET),:,echo)
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
           -Wmissing-prototypes -Wvla -Wimplicit-fallthrough -Wundef -Wwrite-strings -Werror
LIBS    := sqlite3 jansson icu-uc icu-i18n libxml-2.0 minizip libcrypto xlsxwriter libsodium \
           libmicrohttpd zlib libpq
PKG     := $(shell pkg-config --libs $(LIBS) 2>/dev/null)
FOUND    = $(if $(PKG),,$(error libraries are missing here: type 'make setup' first))
# -gdwarf-4: Debian 12's valgrind does not read what clang writes by itself.
override CFLAGS := -std=c17 -D_POSIX_C_SOURCE=200809L -O2 -g $(WARN) -Isrc -Itest \
           $(shell pkg-config --cflags $(LIBS) 2>/dev/null) \
           $(if $(findstring clang,$(CC)),-gdwarf-4) $(if $(SAN),-fsanitize=address$(comma)undefined -fno-sanitize-recover=all) $(CFLAGS)
# What is only loaded late is not linked.
LDLIBS  += -Wl,--as-needed $(PKG) -lm -lpthread

SRC     := $(filter-out src/main/main.c,$(wildcard src/*/*.c))
LIB     := $(SRC:%.c=$(BUILD)/%.o)
TESTS   := $(patsubst test/%.c,$(BUILD)/test/%,$(wildcard test/*_test.c test/laws/*_test.c test/crash/*_test.c))

# What needs what setup brings is left to a second make: this one has already
# asked for the libraries. JOBS is for machines that should not be kept busy.
JOBS    ?= $(shell nproc)
AGAIN    = $(MAKE) --no-print-directory $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(JOBS))
PROGRAMS := build/muster build/plan-check build/plan-instance
all:
	@+$(AGAIN) $(PROGRAMS)
setup:
	@tools/deps.sh
run:
	@tools/deps.sh build
	@+$(AGAIN) QUIET=1 $(PROGRAMS)
	@tools/demo.sh
	@tools/show.sh
check: setup
	@+$(AGAIN) QUIET=1 checked
.PHONY: all setup run check

$(PROGRAMS): build/%: $(BUILD)/% FORCE
	@cmp -s $< $@ || cp -f $< $@
# A judge of plans, which shares no code with what it judges.
$(BUILD)/plan-check: $(BUILD)/tools/plan_check.o
	@$(SAY) "ld $@" && $(CC) $(CFLAGS) $^ -lm -o $@
# Made-up problems for it.
$(BUILD)/plan-instance: $(BUILD)/tools/plan_instance.o $(BUILD)/test/planned/fill.o $(BUILD)/test/planned/generate.o $(BUILD)/libmuster.a
	@$(SAY) "ld $@" && $(CC) $(CFLAGS) $^ $(LDLIBS) -lm -o $@
$(BUILD)/muster: $(BUILD)/src/main/main.o $(BUILD)/libmuster.a
	@$(SAY) "ld $@" && $(CC) $(CFLAGS) $^ $(LDLIBS) -o $@
$(BUILD)/libmuster.a: $(LIB)
	@rm -f $@ && ar rcs $@ $^
$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)$(FOUND)
	@$(SAY) "cc $<" && $(CC) $(CFLAGS) -MMD -MP -c $< -o $@
$(BUILD)/test/%_test: $(BUILD)/test/%_test.o $(BUILD)/libmuster.a
	@$(SAY) "ld $@" && $(CC) $(CFLAGS) $(filter %.o,$^) $(filter %.a,$^) $(LDLIBS) -o $@
$(filter $(BUILD)/test/laws/%,$(TESTS)): $(BUILD)/test/laws/oracle.o
# The disk of test/crash/disk.h under SQLite, and under what our own files call.
DISK     := $(patsubst %.c,$(BUILD)/%.o,$(wildcard test/crash/disk*.c))
ON_DISK  := open close read pread write fsync ftruncate flock fcntl stat lstat fstat access fchmod \
            fchown posix_fadvise rename unlink unlinkat mkdir opendir readdir closedir dirfd fdopen fopen fileno \
            malloc calloc realloc strdup free getline abort sqlite3_open_v2 sqlite3_close \
            sqlite3_prepare_v2 sqlite3_prepare_v3 sqlite3_finalize
$(filter $(BUILD)/test/crash/%,$(TESTS)): $(DISK)
$(filter $(BUILD)/test/crash/%,$(TESTS)): LDLIBS += $(ON_DISK:%=-Wl,--wrap=%)
$(filter $(BUILD)/test/plan%,$(TESTS)) $(BUILD)/bench/plan $(BUILD)/bench/plan_file $(BUILD)/bench/plan_again $(BUILD)/bench/plan_replay: $(BUILD)/test/planned/generate.o | $(BUILD)/plan-check
$(BUILD)/test/plan_instance_test $(BUILD)/test/plan_peak_test: $(BUILD)/test/planned/fill.o
# A snapshot is of the sources that a book depends on: another build makes its own.
FOLDS   := $(sort $(wildcard src/base/*.[ch] src/record/*.[ch] src/book/*.[ch] src/view/*.[ch]))
$(BUILD)/src/view/snapshot.o build/libfuzzer/%: override CFLAGS += -DBOOK_SOURCES='"$(shell cat $(FOLDS) | cksum)"'
$(BUILD)/src/view/snapshot.o: $(FOLDS)
# Libraries that are loaded late (src/base/late.h), by what the linker would have called them.
soname   = '"$(shell readelf -d $$($(CC) -print-file-name=$(1).so) | sed -n 's/.*SONAME.*\[\(.*\)\].*/\1/p')"'
$(BUILD)/src/store/libpq.o build/libfuzzer/%: override CFLAGS += -DLIBPQ_SONAME=$(call soname,libpq)
$(BUILD)/src/serve/microhttpd.o build/libfuzzer/%: override CFLAGS += -DMICROHTTPD_SONAME=$(call soname,libmicrohttpd)
$(BUILD)/src/iati/icu_regex.o build/libfuzzer/%: override CFLAGS += -DICU_REGEX_SONAME=$(call soname,libicui18n)
FORCE:
# Where a plan's time goes.
$(BUILD)/src/plan/iterate.o $(BUILD)/src/plan/abreast_step.o $(BUILD)/src/plan/price.o $(BUILD)/src/plan/mend.o: override CFLAGS += -O3
# Data built into the program: see src/names/embedded.c.
$(BUILD)/src/names/embedded.o: data/aliases.csv data/groups.csv \
  $(wildcard /usr/share/iso-codes/json/iso_*.json)

$(BUILD)/src/read/embedded.o: $(wildcard data/read/*.tsv)
$(BUILD)/src/serve/assets.o: $(wildcard data/web/*)
$(BUILD)/src/iati/standard.o: $(wildcard data/iati/*)

# The browser's part of pictures, out of web/ and npm; its result is in the repository.
web:
	@tools/npm.sh web && node web/build.mjs
# The pictures of the pages in docs/pages, taken in a real browser.
screenshots: setup
	@+$(AGAIN) QUIET=1 build/muster
	@test/browser.sh screenshots
.PHONY: web screenshots

tests: $(TESTS)
# Scripts through the real program.
cases: $(BUILD)/muster $(BUILD)/plan-instance $(BUILD)/plan-check
	@MUSTER=$(BUILD)/muster test/cases.sh
.PHONY: cases
# Manual pages: of commands from their tables, the others from docs/man.
man: $(BUILD)/muster
	@mkdir -p build/man
	@for p in $$($(BUILD)/muster man --list); do $(BUILD)/muster man $$p | scdoc >build/man/$$p.1 || exit; done
	@for f in docs/man/*.scd; do scdoc <$$f >build/man/$$(basename $$f .scd) || exit; done
	@ls build/man
# Fuzzing. fuzz-smoke: seeded mutations, any compiler. fuzz: clang's libFuzzer, FUZZ_SECONDS each.
FUZZ         := $(patsubst test/fuzz/%.c,%,$(wildcard test/fuzz/fuzz_*.c))
FUZZ_SECONDS ?= 60
$(BUILD)/fuzz/%: $(BUILD)/test/fuzz/%.o $(BUILD)/test/fuzz/standalone.o $(BUILD)/libmuster.a
	@mkdir -p $(@D) && $(CC) $(CFLAGS) $^ $(LDLIBS) -o $@
fuzz-smoke: $(FUZZ:%=$(BUILD)/fuzz/%)
	@for t in $(FUZZ); do $(BUILD)/fuzz/$$t 1 1500 test/fuzz/seeds/$${t#fuzz_}/* || exit; done
build/libfuzzer/%: test/fuzz/%.c $(SRC)
	@mkdir -p $(@D)/$*-corpus
	@$(SAY) "ld $@" && clang $(CFLAGS) -fsanitize=fuzzer,address,undefined $^ $(LDLIBS) -o $@
fuzz: $(FUZZ:%=build/libfuzzer/%)
	@for t in $(FUZZ); do build/libfuzzer/$$t -max_total_time=$(FUZZ_SECONDS) -timeout=20 \
	  -artifact_prefix=build/libfuzzer/ build/libfuzzer/$$t-corpus test/fuzz/seeds/$${t#fuzz_} || exit; done
.PHONY: fuzz fuzz-smoke

# Ratios against sqlite3, both in one run; never a pass or a fail. BENCH_ENTRIES, BENCH_TRIALS.
BENCH   := $(patsubst bench/%.c,$(BUILD)/bench/%,$(wildcard bench/*.c))
$(BUILD)/bench/book_make: $(BUILD)/bench/book/history.o
$(BENCH): $(BUILD)/bench/%: $(BUILD)/bench/%.o $(BUILD)/libmuster.a
	@$(SAY) "ld $@" && $(CC) $(CFLAGS) $(filter %.o,$^) $(filter %.a,$^) $(LDLIBS) -o $@
bench: setup
	@+$(AGAIN) QUIET=1 benched
benched: build/muster $(BENCH)
	@bench/run.sh $(BUILD)/bench build/muster
# One large book, eight questions, three databases: JSON on stdout. ENTRIES, PEERS.
BOOK    := $(BUILD)/bench/book_make $(BUILD)/bench/book_ask $(BUILD)/bench/book_peer $(BUILD)/bench/book_agree
bench-book: setup
	@+$(AGAIN) -s QUIET=1 $(BOOK)
	@ENTRIES=$(or $(ENTRIES),100000) bench/book.sh $(BUILD)/bench
# The pages of a large book, beside nginx.
bench-serve: build/muster $(BENCH)
	@bench/serve.sh $(BUILD)/bench build/muster
.PHONY: bench benched bench-book bench-serve

# All that can be told on this machine: test/checks.sh lists it, test/run.sh counts.
# Under plain gcc the programs also run with the sanitizers, and clang compiles them.
checked: $(PROGRAMS) tests $(BENCH) $(FUZZ:%=$(BUILD)/fuzz/%)
	+$(if $(filter build/gcc,$(BUILD)),@$(AGAIN) -s SAN=1 tests)
	@CC=$(CC) SAN=$(SAN) BUILD=$(BUILD) test/checks.sh $(TESTS) | JOBS=$(JOBS) test/run.sh
# The long forms: SEEDS of each seeded property, MINUTES of fuzzing for each target.
SEEDS   ?= 100000
MINUTES ?= 10
torture:
	@tools/deps.sh torture
	@+$(AGAIN) QUIET=1 build/muster tests $(FUZZ:%=build/libfuzzer/%)
	@+$(AGAIN) QUIET=1 -s SAN=1 tests
	@BUILD=$(BUILD) SEEDS=$(SEEDS) MINUTES=$(MINUTES) test/torture.sh $(TESTS) | \
	  JOBS=$(JOBS) TEST_SECONDS=86400 test/run.sh
.PHONY: checked torture

# Planted bugs, each to be caught by its law's tests: test/mutants.
mutants:
	@CC=$(CC) JOBS=$(JOBS) tools/mutants.sh
.PHONY: mutants
fmt:
	@tools/fmt.sh
clean:
	rm -rf build
.PHONY: tests man fmt clean
.SECONDARY:
.DELETE_ON_ERROR:
-include $(shell find build -name '*.d' 2>/dev/null)
