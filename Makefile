# Mereda: `make up` runs it, `make demo` runs it on an invented newsroom, `make test` and `make check` prove it.
SHELL := /bin/bash
VENV := .venv/bin
export MEREDA_HOME ?= $(CURDIR)/data
export DO_NOT_TRACK := 1

.PHONY: up demo test test-long check bench install install-tests format lint types contracts wheel weights messages pictures clean

install:
	@bash scripts/install.sh

install-tests: install
	@bash scripts/install_chromium.sh

up: install
	@exec $(VENV)/mereda up

demo: export MEREDA_HOME := $(CURDIR)/data/demo
demo: install
	@exec $(VENV)/mereda up --demo

test: install-tests
	@$(VENV)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

test-long: install-tests
	@$(VENV)/python -m pytest -m long

format: install
	@$(VENV)/ruff format --check .

lint: install
	@$(VENV)/ruff check .

types: install
	@$(VENV)/mypy

contracts: install
	@$(VENV)/lint-imports

wheel: install
	@bash scripts/check_wheel.sh

check: format lint types contracts test wheel

bench: install
	@$(VENV)/python -m tests.benchmarks

weights: install
	@$(VENV)/python -m tests.events.calibration --write

messages: install
	@$(VENV)/python -m tests.translations

pictures: install-tests
	@$(VENV)/python -m tests.pictures

clean:
	rm -rf .venv .boot build dist
