# Two commands for a bare machine with Python 3.11 or newer: `make run` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: run test check lint screenshots clean

run: $(VENV)/.app
	@$(BIN)/hoerer models prepare
	@$(BIN)/hoerer

test: $(VENV)/.dev
	@$(BIN)/hoerer models prepare
	$(BIN)/python -m pytest

check: lint test

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/hoerer content lint

screenshots: $(VENV)/.dev
	$(BIN)/python docs/screenshots.py

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'Hörer needs Python 3.11 or newer; name one with: make run PYTHON=python3.12' >&2; exit 2; }
	@echo 'Installing Hörer into $(VENV): downloads about 2 GB (the two language models are 1.4 GB of it;'
	@echo 'on Linux pip may add up to 3 GB of CUDA libraries with torch, see README), needs about 8 GB of disk.'
	$(PYTHON) -m venv $(VENV)

# torch first and by its exact version, so that a build that is already at hand is taken.
$(VENV)/.app: $(VENV)/bin/python pyproject.toml
	$(PIP) install --quiet torch==2.13.0
	$(PIP) install --quiet --editable '.[weights]'
	@touch $@

$(VENV)/.dev: $(VENV)/.app
	$(PIP) install --quiet --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache
