# install, run, test, coverage, lint, bench: each makes what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Of two processes on two cores, each is many times slower on two threads than on one.
ONE_THREAD := OMP_NUM_THREADS=1 JIREI_THREADS=1

.PHONY: install run test coverage lint bench browser

install: $(STAMP)

run: $(STAMP)
	$(BIN)/jirei serve

test: $(DEV_STAMP) lint browser
	$(ONE_THREAD) $(BIN)/python -m pytest -n 2 --dist loadfile --durations 12
	$(BIN)/python -m upkeep.gate
	$(BIN)/python -m training --smoke

coverage: $(DEV_STAMP) browser
	$(ONE_THREAD) $(BIN)/python -m pytest -n 2 --dist loadfile --cov --cov-report=term

lint: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(DEV_STAMP)
	$(BIN)/python -m bench

browser: $(DEV_STAMP)
	$(BIN)/python -m tests.browser

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(STAMP): $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --editable .
	touch $@

# Not after `install`: to install twice costs CI half a minute.
$(DEV_STAMP): $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --editable '.[dev]'
	touch $(STAMP) $@
