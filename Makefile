# papertui: `make run` tries it, `make test` tests it; both set up everything they need in .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help run test check format bench campaign recording screenshots clean

help: ## these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("papertui needs Python 3.11 or newer; this is %d.%d. Try: make PYTHON=python3.11" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	@echo "Setting up $(VENV) and what papertui depends on; the first time this takes about a minute."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)

run: $(READY) ## open the sample digests, in a library of their own
	$(BIN)/papertui open tests/dumps/page-with-facts.txt tests/dumps --library .sample/library

test: $(READY) ## all tests
	$(BIN)/python -m pytest

check: $(READY) ## format, lint, types, walls and tests: the one door to all checks
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

format: $(READY) ## put the code in the house's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY) ## measure all budgets beside a bare Textual app and stock TinyDB (ARGS="--quick --readme")
	$(BIN)/python tests/benchmarks/bench.py $(ARGS)

campaign: $(READY) ## kill, break, fill and race the library for a quarter of an hour (ARGS="--seed N --kills N --only KIND")
	$(BIN)/python tests/durability/campaign.py $(ARGS)

recording: $(READY) ## triage a whole inbox by keys, and keep keys and screens in .recordings/
	$(BIN)/python tests/terminal/inbox_run.py .recordings

screenshots: $(READY) ## draw screenshots/ from the real app
	$(BIN)/python screenshots/draw.py

clean: ## remove what the other targets made
	rm -rf $(VENV) .sample .recordings .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist *.egg-info
