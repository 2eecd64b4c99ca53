# Two commands on a fresh machine: `make demo` and `make test`. Both make .venv and install the locked dependencies.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ROOMS := api catalog crawlers indexer ledger marketplaces

# Compiled once: else every process of the service and of the tests compiles everything anew.
export UV_COMPILE_BYTECODE := 1
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help demo test check scale-up scale-down format bench model lock clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.runtime ## mock marketplaces, a crawl, the index and the page: ends on a URL to open
	$(BIN)/bijia demo

test: $(VENV)/.dev ## every test this machine can run; says in one line what it left out
	$(BIN)/python -m pytest -n 2 --dist loadgroup --durations 20 --durations-min 5

check: $(VENV)/.dev ## format, lint, types, import contracts, fast tests: under 30 s
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest -q -m "not slow and not crash and not browser and not postgres and not elasticsearch" -n 2 --dist loadgroup \
	    --hypothesis-profile check -p no:schemathesis --ignore tests/api/test_conformance.py

scale-up: $(VENV)/.dev ## PostgreSQL and Elasticsearch in the background, for `make test` and `bijia demo`
	@$(BIN)/python -m tests.support.scale_up up

scale-down: ## stop what scale-up started, and delete its data
	@$(PYTHON) -m tests.support.scale_up down

format: $(VENV)/.dev ## put every file in the house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.dev ## the figures of README, as ratios within one run
	$(BIN)/python -m tests.bench

model: $(VENV)/.runtime ## the trees that score pairs, anew from catalogues of invented goods: about 5 minutes
	$(BIN)/python -m marketplaces.catalogues --seeds 1-160 > $(VENV)/catalogues.jsonl
	$(BIN)/python -m indexer.match.score.learn $(VENV)/catalogues.jsonl --out indexer/match/score/model.json

lock: $(VENV)/.bootstrap ## resolve pyproject.toml into the requirements locks (hashes, no index address)
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	    pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	    pyproject.toml --group dev -o requirements-dev.lock

clean: scale-down ## stop scale-up's servers; remove the environment, the caches and the demo's data
	rm -rf $(VENV) .bijia .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .grimp_cache

# Stamps: an environment is made anew only when its lock changes.
$(VENV)/.bootstrap: requirements-bootstrap.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-bootstrap.lock
	@touch $@

$(VENV)/.runtime: $(VENV)/.bootstrap requirements.lock pyproject.toml
	$(BIN)/uv pip install -q --require-hashes -r requirements.lock
	$(BIN)/uv pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	$(BIN)/uv pip install -q --require-hashes -r requirements-dev.lock
	@touch $@
