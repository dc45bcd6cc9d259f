# The front door. Meson does the work (meson.build); this knows the order, and what Debian calls things.
#
#   make          build/daybook
#   make demo     installs what is missing, builds, makes the example bulletins into a site with calendars
#   make test     installs what is missing, builds, runs every test
#   make bench    how fast it is; TEXTS=FOLDER for its times on other texts
#   make install  into PREFIX (/usr/local); DESTDIR as usual
#   make clean

BUILD = build
SANITIZED = build-asan
PREFIX = /usr/local
# Link-time optimisation is worth a tenth; clang would want a linker of its own for it.
LTO = $(if $(findstring clang,$(CC)),,-Db_lto=true)
DEMO = out/demo

.PHONY: all demo test bench install clean setup setup-test

all: $(BUILD)/build.ninja
	@ninja -C $(BUILD) --quiet

$(BUILD)/build.ninja:
	@command -v meson >/dev/null || { echo "Meson is not installed; 'make setup' installs what daybook needs." >&2; exit 1; }
	@meson setup --prefix $(PREFIX) $(LTO) $(BUILD) >$(BUILD).log 2>&1 || { tail -n 20 $(BUILD).log >&2; rm -rf $(BUILD) $(BUILD).log; exit 1; }
	@rm -f $(BUILD).log

# Sanitizers make gcc warn of what cannot happen, so warnings are left to the plain build.
$(SANITIZED)/build.ninja:
	@meson setup -Dwerror=false -Dbuildtype=debugoptimized -Db_sanitize=address,undefined -Db_lundef=false $(SANITIZED) >/dev/null

setup:
	@tools/setup.sh build

setup-test:
	@tools/setup.sh build test

demo: setup
	@$(MAKE) --no-print-directory all
	@$(BUILD)/daybook build -o $(DEMO) $(wildcard examples/*.txt examples/*.md examples/*.html examples/*.eml)
	@echo
	@echo "Open $(CURDIR)/$(DEMO)/index.html in a browser."
	@echo "Subscribe to, or import, $(CURDIR)/$(DEMO)/calendar.ics."

test: setup-test
	@$(MAKE) --no-print-directory all $(SANITIZED)/build.ninja
	@ninja -C $(SANITIZED) --quiet
	@python3 tools/run_tests.py $(BUILD) $(SANITIZED)

bench: setup
	@$(MAKE) --no-print-directory all
	@python3 bench/run.py $(BUILD)
	@echo
	@python3 bench/times.py $(BUILD) 5 $(TEXTS)
	@echo
	@python3 bench/archive.py $(BUILD) $(TEXTS)

install: all
	@meson install -C $(BUILD) --no-rebuild --quiet

clean:
	@rm -rf $(BUILD) $(SANITIZED)
