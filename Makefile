# Every command of the project. CI calls these and nothing else.

PYTHON ?= python3
ARGS ?=
RPC ?=
KEEP ?=
REPORT ?=
LIVES ?=
HOURS ?=
N ?=
FILE ?=
SAMPLE ?=

BIN := .venv/bin
PIP_FLAGS := --quiet --disable-pip-version-check --retries 10 --timeout 60
NPM_FLAGS := --no-audit --no-fund --loglevel=error --fetch-retries=5
FREE_PORT := $(BIN)/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
ON_FREE_PORT = TWINRIGHTS_TEST_PORT=$$($(FREE_PORT))

# The binary itself: npm's wrapper of it exits with 0, whatever happens.
FORGE = $(wildcard node_modules/@foundry-rs/forge-*/bin/forge)

# The demo takes the developer's environment where there is one, else a light one of its own.
DEMO_VENV := $(if $(wildcard .venv/.ready),.venv,.venv-demo)
DEMO_FLAGS := $(if $(RPC),--rpc $(RPC)) $(if $(filter 1,$(KEEP)),--keep) $(if $(REPORT),--report $(REPORT))

# The nodes and the compiler come from node_modules, the tools from the environment.
export PATH := $(CURDIR)/$(BIN):$(CURDIR)/node_modules/.bin:$(PATH)
export SOLCX_BINARY_PATH := $(CURDIR)/scripts/solc
MAKEFLAGS += --no-print-directory

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup browser demo compile test test-client model attacks invariants fuzz test-contracts test-stories docs-update bench bench-gas bench-growth gas-update law slither coverage mutants prove check format clean need-python need-node

help: ## this list
	@awk -F ':.*## ' '/^[a-z%-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: .venv/.ready node_modules/.ready ## everything that developing needs: .venv and node_modules

browser: ## Chromium, which tests of the sign page drive
	@bash scripts/get_chromium

demo: $(DEMO_VENV)/.ready ## the main job, with Python alone (ARGS=--json, RPC=url, KEEP=1, REPORT=file)
	@$(DEMO_VENV)/bin/twinrights demo $(strip $(DEMO_FLAGS) $(ARGS))

compile: setup ## the contracts, into the Python package
	@$(BIN)/python scripts/write_words.py
	@$(BIN)/python scripts/compile.py

test: setup ## all tests
	@$(MAKE) -j2 test-client invariants # forge has a processor of its own, and no node
	@$(MAKE) model attacks test-contracts test-stories

test-client: setup ## what needs no Brownie: client, command line, audit, artifacts
	$(BIN)/pytest --ignore tests/machine --ignore tests/attacks $(ARGS)

model: setup ## the law in Python beside the contracts (LIVES=1000: that many, at random)
	$(if $(LIVES),TWINRIGHTS_LIVES=$(LIVES)) $(BIN)/pytest tests/machine $(ARGS)

attacks: setup ## what went wrong elsewhere, tried on us
	$(BIN)/pytest tests/attacks $(ARGS)

invariants: setup ## 10,000 deeds by chance, held to every law by forge; the same every time
	@$(BIN)/python -m scripts.fuzz

fuzz: setup ## the same with new seeds, within three minutes (HOURS=2: for so long)
	@$(BIN)/python -m scripts.fuzz --seconds $$($(BIN)/python -c 'print(3600 * $(or $(HOURS),1 / 36))')

test-contracts: setup ## the contracts, by Brownie on Anvil
	$(ON_FREE_PORT) $(BIN)/brownie test tests/contracts --network anvil $(ARGS)

test-stories: setup ## the whole lives, by Brownie on Ganache
	$(ON_FREE_PORT) $(BIN)/brownie test tests/contracts -m story --network ganache-cli $(ARGS)

docs-update: setup ## what contracts and commands show in docs/, where a change is wanted
	@$(BIN)/python scripts/draw_cards.py
	@$(BIN)/python -m tests.docs.reader
	@$(BIN)/python -m tests.docs.hour

bench: setup ## gas of what people do, beside what is kept and its targets
	@$(BIN)/python -m benchmarks.gas_snapshot

bench-gas: setup benchmarks/peers/node_modules/.ready ## gas beside peers, which it gets from npm: the README's table, docs/gas.md
	@$(BIN)/python -m benchmarks.beside

bench-growth: setup ## how gas grows with licenses, wallets and images: docs/growth.md and its drawings
	@$(BIN)/python -m benchmarks.growth

gas-update: setup ## keeps the gas that is measured now, and shows it in the README
	@$(BIN)/python -m benchmarks.gas_snapshot --update
	@$(BIN)/python -m benchmarks.beside --ours

law: setup ## one law: its sentence, its lines in contracts and Python, its tests and proofs (N=13)
	@$(BIN)/python -m scripts.show_law '$(N)' $(ARGS)

law%: setup ## runs what holds one law: make law7
	$(BIN)/pytest -m $@ $(ARGS) || [ $$? -eq 5 ]
	$(ON_FREE_PORT) $(BIN)/brownie test tests/contracts -m $@ --network anvil $(ARGS)

slither: .venv-slither/.ready node_modules/.ready ## static analysis: fails at any finding that is not explained where it stands
	@FOUNDRY_OUT=build/slither FOUNDRY_CACHE_PATH=build/slither-cache .venv-slither/bin/slither .

mutants: setup .venv-mutants/.ready ## breaks the contracts line by line: do tests fail? (FILE=contracts/X.sol, SAMPLE=12, JOBS=2, ARGS=--report)
	@$(BIN)/python -m tests.mutants.run $(FILE) $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(JOBS),--jobs $(JOBS)) $(ARGS)

coverage: setup ## every line and branch of contracts/, by the tests of the laws in Solidity; fails below all of them
	@$(BIN)/python -m scripts.measure_coverage

prove: .venv-halmos/.ready node_modules/.ready ## Halmos: proofs of the contracts, and for each the mutant that breaks it (ARGS="-k law13")
	@.venv-halmos/bin/python scripts/prove.py $(ARGS)

check: setup ## lint, formatting, types, and the laws' tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(FORGE) fmt --check contracts tests/invariants tests/proofs
	solhint --disc --noPoster --max-warnings 0 'contracts/**/*.sol'
	solhint --disc --noPoster --max-warnings 0 -c .solhint-interfaces.json 'contracts/interfaces/*.sol'
	@if [ -f scripts/check_laws.py ]; then set -x; $(BIN)/python scripts/check_laws.py; fi

format: setup ## put Python and Solidity in shape
	$(BIN)/ruff check --fix --quiet
	$(BIN)/ruff format
	$(FORGE) fmt contracts tests/invariants tests/proofs

clean: ## everything that was made here, environments included
	rm -rf .venv .venv-demo .venv-mutants .venv-slither .venv-halmos node_modules benchmarks/peers/node_modules build reports cache out client/*.egg-info
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

need-python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || { \
	  echo "Python 3.10 or later is needed; '$(PYTHON)' is $$($(PYTHON) --version 2>&1 || true)." >&2; \
	  echo "Name another one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "'$(PYTHON)' cannot make environments: install its venv module (Debian: python3-venv)." >&2; exit 1; }

need-node:
	@command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || { \
	  echo "Node 20 or later, with npm, is needed to compile and test; make demo needs none." >&2; exit 1; }

.venv/.ready: pyproject.toml | need-python
	@echo "setting up .venv" >&2
	@[ -x .venv/bin/python ] || $(PYTHON) -m venv .venv >&2
	@.venv/bin/python -m pip install $(PIP_FLAGS) -e '.[dev,embedded,media,web]' >&2
	@touch $@

.venv-demo/.ready: pyproject.toml | need-python
	@echo "setting up .venv-demo (once, a minute or two)" >&2
	@[ -x .venv-demo/bin/python ] || $(PYTHON) -m venv .venv-demo >&2
	@.venv-demo/bin/python -m pip install $(PIP_FLAGS) -e '.[embedded,media]' >&2
	@touch $@

# An environment of its own: Brownie pins an older eth-account.
.venv-slither/.ready: | need-python
	@echo "setting up .venv-slither (once, a minute)" >&2
	@[ -x .venv-slither/bin/python ] || $(PYTHON) -m venv .venv-slither >&2
	@.venv-slither/bin/python -m pip install $(PIP_FLAGS) slither-analyzer==0.11.6 >&2
	@touch $@

.venv-mutants/.ready: | need-python
	@echo "setting up .venv-mutants (once, half a minute)" >&2
	@[ -x .venv-mutants/bin/python ] || $(PYTHON) -m venv .venv-mutants >&2
	@.venv-mutants/bin/python -m pip install $(PIP_FLAGS) universalmutator==1.14.1 >&2
	@touch $@

# Only called, never built: what they themselves are built with is left out, and no script of theirs runs.
benchmarks/peers/node_modules/.ready: benchmarks/peers/package.json benchmarks/peers/package-lock.json | need-node
	@echo "setting up the peers (once)" >&2
	@npm ci --prefix benchmarks/peers --ignore-scripts $(NPM_FLAGS) >&2
	@touch $@

.venv-halmos/.ready: | need-python
	@echo "setting up .venv-halmos (once, a minute)" >&2
	@[ -x .venv-halmos/bin/python ] || $(PYTHON) -m venv .venv-halmos >&2
	@.venv-halmos/bin/python -m pip install $(PIP_FLAGS) halmos==0.3.3 bitwuzla==0.10.0 cvc5==1.4.2 >&2
	@touch $@

node_modules/.ready: package.json package-lock.json | need-node
	@echo "setting up node_modules" >&2
	@npm ci $(NPM_FLAGS) >&2
	@touch $@
