# The two commands to know are `make demo` and `make test`; `make help` lists the rest.
# Each makes its own environment in .venv, so nothing has to be installed before.

BIN := .venv/bin
# The first Python on PATH that is new enough; `make demo PYTHON=…` names another.
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$name && break; done)
PIP_INSTALL := $(BIN)/python -m pip install -c constraints.txt
export PIP_QUIET := 2
export PIP_DISABLE_PIP_VERSION_CHECK := 1
WORKERS ?= 2
# Nets with published verdicts, where they lie beside the repository.
NETS ?= $(wildcard ../shared/data/soundness/*.jsonl*)

.DEFAULT_GOAL := help
.PHONY: help demo test check bench bench-peers diagrams reference soak

help: ## list these commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

demo: .venv/installed ## play three busy weeks of orders, report and draw them in diagrams/demo
	$(BIN)/flowengine demo

test: .venv/installed-dev ## run all tests
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -q

check: .venv/installed-dev ## format, lint, types, import contracts and shape; a minute
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/shape

bench: .venv/installed-dev ## measure, as benchmarks/RESULTS.md shows it
	$(BIN)/python -m benchmarks.check
	$(BIN)/python -m benchmarks.rules
	$(BIN)/python -m benchmarks.engine --postgres
	$(BIN)/python -m benchmarks.worklist
	$(BIN)/python -m benchmarks.growth
	for file in $(NETS); do $(BIN)/python -m benchmarks.soundness --nets $$file || exit; done

bench-peers: .venv/installed-dev ## install what the benchmarks compare with, apart from ours
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install -r benchmarks/peers.txt

diagrams: .venv/installed ## draw the reference processes into diagrams/
	for file in processes/*.yaml; do \
		$(BIN)/flowengine diagram draw "$$file" --out "diagrams/$$(basename "$$file" .yaml).svg" || exit; \
	done

reference: .venv/installed-dev ## write what is generated: commands, JSON Schema, tables of rules
	mkdir -p docs/reference docs/schema
	$(BIN)/python -m flowengine.cli.reference > docs/reference/cli.md
	$(BIN)/python -m flowengine.engine.reference > docs/reference/api.md
	$(BIN)/flowengine process schema > docs/schema/process.schema.json
	$(BIN)/python -m flowengine.language.codes > docs/reference/problems.md
	$(BIN)/python -m flowengine.language.rules > .venv/grammar.json
	mv .venv/grammar.json flowengine/language/rules/grammar.json

soak: .venv/installed-dev ## the property tests with many more examples, at random
	FLOWENGINE_EXAMPLES=soak FLOWENGINE_SCENARIOS=20000 $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -q --timeout 3600

define make_environment
	@test -n "$(PYTHON)" || { echo "Expected Python 3.11 or newer, but none is on PATH: install it, or run make PYTHON=/path/to/python3.11." >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv \
		|| { echo "Expected $(PYTHON) to make a virtual environment, but it cannot: install its venv package (on Debian: apt-get install python3-venv)." >&2; exit 1; }
endef

.venv/installed: pyproject.toml constraints.txt
	$(make_environment)
	$(PIP_INSTALL) -e .
	@touch $@

.venv/installed-dev: pyproject.toml constraints.txt
	$(make_environment)
	$(PIP_INSTALL) -e '.[dev]'
	@touch .venv/installed $@
