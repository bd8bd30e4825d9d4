# make setup   install what this machine lacks     make check    set up, then every test
# make         build build/muster                  make SAN=1 check   the same under ASan and UBSan
# make run     set up, build, do the main job      make torture  the long forms of the tests
# make bench   ratios against named peers          make mutants  planted bugs must be caught
# make fmt     lay the code out                    make CC=clang ...
CC      ?= gcc
ifeq ($(origin CC),default)
CC      := gcc
endif
BUILD   := build/$(CC)$(if $(SAN),-san)
comma   := ,
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
           -Wmissing-prototypes -Wvla -Wimplicit-fallthrough -Wundef -Wwrite-strings -Werror
LIBS    := sqlite3 jansson icu-uc icu-i18n libxml-2.0 minizip libcrypto
CFLAGS  += -std=c17 -D_POSIX_C_SOURCE=200809L -O2 -g $(WARN) -Isrc -Itest \
           $(shell pkg-config --cflags $(LIBS) 2>/dev/null) \
           $(if $(SAN),-fsanitize=address$(comma)undefined -fno-sanitize-recover=all)
LDLIBS  += $(shell pkg-config --libs $(LIBS) 2>/dev/null)

SRC     := $(filter-out src/cli/main.c,$(wildcard src/*/*.c))
LIB     := $(SRC:%.c=$(BUILD)/%.o)
TESTS   := $(patsubst test/%.c,$(BUILD)/test/%,$(wildcard test/*_test.c test/laws/*_test.c test/crash/*_test.c))

build/muster: $(BUILD)/muster
	@cp -f $< $@
$(BUILD)/muster: $(BUILD)/src/cli/main.o $(BUILD)/libmuster.a
	$(CC) $(CFLAGS) $^ $(LDLIBS) -o $@
$(BUILD)/libmuster.a: $(LIB)
	@rm -f $@ && ar rcs $@ $^
$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	@echo "cc $<" && $(CC) $(CFLAGS) -MMD -MP -c $< -o $@
$(BUILD)/test/%_test: $(BUILD)/test/%_test.o $(BUILD)/libmuster.a
	$(CC) $(CFLAGS) $^ $(LDLIBS) -o $@
$(BUILD)/test/laws/%_test: $(BUILD)/test/laws/%_test.o $(BUILD)/test/laws/oracle.o $(BUILD)/libmuster.a
	$(CC) $(CFLAGS) $^ $(LDLIBS) -o $@
# Data built into the program: see src/names/embedded.c.
$(BUILD)/src/names/embedded.o: data/aliases.csv data/groups.csv \
  $(wildcard /usr/share/iso-codes/json/iso_*.json)

tests: $(TESTS)
# Manual pages: of commands from their tables, the others from docs/man.
man: build/muster
	@mkdir -p build/man
	@for p in $$(build/muster man --list); do build/muster man $$p | scdoc >build/man/$$p.1 || exit; done
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
	clang $(CFLAGS) -fsanitize=fuzzer,address,undefined $^ $(LDLIBS) -o $@
fuzz: $(FUZZ:%=build/libfuzzer/%)
	@for t in $(FUZZ); do build/libfuzzer/$$t -max_total_time=$(FUZZ_SECONDS) -timeout=20 \
	  -artifact_prefix=build/libfuzzer/ build/libfuzzer/$$t-corpus test/fuzz/seeds/$${t#fuzz_} || exit; done
.PHONY: fuzz fuzz-smoke

fmt:
	clang-format -i $(shell git ls-files '*.c' '*.h')
clean:
	rm -rf build
.PHONY: tests man fmt clean
.SECONDARY:
.DELETE_ON_ERROR:
-include $(shell find build -name '*.d' 2>/dev/null)
