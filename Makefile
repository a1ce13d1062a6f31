# `make issue` and `make test` do all the set-up they need, in .venv, and nothing outside this folder.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: issue test lint check long format clean help

help:
	@echo "make issue   set up, gather and build this week's issue into dist/"
	@echo "make test    set up, run the tests"
	@echo "make check   set up, run ruff, mypy, the import contracts and the tests"
	@echo "make long    set up, run the tests that take long"
	@echo "make format  set up, format the code"
	@echo "make clean   remove .venv and what tools left behind"

# The issue needs the program alone; tests and checks need its tools as well.
issue: $(VENV)/.installed
	$(BIN)/newsletter build-issue $(ARGS)
	@echo "open the index.html of that folder in a browser"

test: $(VENV)/.developing
	$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/.developing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

long: $(VENV)/.developing
	$(BIN)/python -m pytest tests/long $(ARGS)
	$(BIN)/python -m pytest tests --hypothesis-profile=default $(ARGS)

format: $(VENV)/.developing
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Newsletter needs Python 3.11 or newer; name one: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv $(VENV) \
	  || { echo "python3 -m venv failed; on Debian and Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.developing: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.installed
