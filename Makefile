# Everything runs from the repository's own .venv; nothing has to be activated.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
# Browsers keep their tests waiting a third of the time: more processes than two cores use it.
TESTERS ?= 3
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input
IDENTITY := import sys; print(*sys.version_info[:3], sys.base_prefix)
UV_LOCK = $(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	--python-version 3.11 pyproject.toml --extra postgres --extra server
UV = $(shell command -v uv || echo $(BIN)/uv)

CHECKS := check-lint check-format check-types check-templates check-dependencies check-layers

# A lock that was installed is kept beside what it installed, so a change of it is noticed.
define INSTALL
	@if ! cmp -s requirements/$(1).txt .venv/$(1).lock; then \
		echo "Installing requirements/$(1).txt into .venv (the first time takes a few minutes) ..."; \
		$(PIP) install --require-hashes -r requirements/$(1).txt \
		&& cp requirements/$(1).txt .venv/$(1).lock; \
	fi
endef

.PHONY: help
help: ## Show what can be made
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: venv ## Run the app at http://127.0.0.1:8000 (another port: make run PORT=8001)
	@cmp -s requirements/dev.txt .venv/dev.lock || $(MAKE) install-run
	@PORT=$(PORT) exec $(BIN)/python -m interview.web.serve

.PHONY: test
test: install-dev ## Run every test, on SQLite and PostgreSQL and in Chromium
	@$(BIN)/python -m tests.support.chromium
	@$(BIN)/python -m interview.web.vendor >/dev/null || true
	@$(BIN)/python -m pytest -n $(TESTERS) --dist worksteal $(ARGS)

.PHONY: coverage
coverage: install-dev ## Run every test and show the lines that none of them reached
	@$(BIN)/python -m tests.support.chromium
	@$(BIN)/python -m interview.web.vendor >/dev/null || true
	@$(BIN)/python -m pytest -n $(TESTERS) --dist worksteal --cov --cov-report=term $(ARGS)

.PHONY: check
check: install-dev ## Check style, types, templates, dependencies and layers
	@$(MAKE) --keep-going $(CHECKS)

.PHONY: $(CHECKS)
check-lint:
	$(BIN)/ruff check --quiet --output-format concise .
check-format:
	$(BIN)/ruff format --check --quiet .
check-types:
	$(BIN)/mypy
check-templates:
	$(BIN)/djlint templates --lint --quiet
check-dependencies:
	$(BIN)/deptry .
check-layers:
	$(BIN)/lint-imports

.PHONY: format
format: install-dev ## Put the code into its one format
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

.PHONY: bench
bench: install-dev ## Print the benchmarks' figures
	@$(BIN)/python -m bench

.PHONY: screenshots
screenshots: install-dev ## Run the browser tests and keep pictures of their pages in build/screenshots
	@$(BIN)/python -m tests.support.chromium
	@SCREENSHOTS=build/screenshots $(BIN)/python -m pytest -n $(TESTERS) --dist worksteal -m browser $(ARGS)

.PHONY: vendor
vendor: venv ## Keep verified copies of the CDN's files in static/vendor (then set ASSETS=vendor)
	@cmp -s requirements/dev.txt .venv/dev.lock || $(MAKE) install-run
	@$(BIN)/python -m interview.web.vendor

.PHONY: migration
migration: install-dev ## Draft a migration from the models: make migration NAME="what it does"
	@$(BIN)/python -m tests.support.migration "$(NAME)"

.PHONY: lock
lock: venv ## Pin dependencies after a change in pyproject.toml (newest of all: ARGS=--upgrade)
	@command -v $(UV) >/dev/null || $(PIP) install uv
	$(UV_LOCK) $(ARGS) --output-file requirements/run.txt >/dev/null
	$(UV_LOCK) $(ARGS) --extra test --extra quality --output-file requirements/dev.txt >/dev/null

.PHONY: clean
clean: ## Remove what was built; the database and its key in instance/ stay
	rm -rf .venv build dist *.egg-info htmlcov .coverage .coverage.* static/vendor
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: venv
venv:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed (and none was found)." >&2; exit 1; }
	@test "$$($(BIN)/python -c '$(IDENTITY)' 2>/dev/null)" = "$$($(PYTHON) -c '$(IDENTITY)')" \
		|| $(PYTHON) -m venv --clear .venv

.PHONY: install-run
install-run: venv
	$(call INSTALL,run)

.PHONY: install-dev
install-dev: venv
	$(call INSTALL,dev)
