# OneWindow: every command, the same for people and for CI. `make` alone lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := infra/requirements.txt
WORKERS ?= 2
UV := $(shell command -v uv 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help install up test lint bench soak lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

install: $(VENV)/.installed  ## create .venv from the hash-locked requirements

$(VENV)/.installed: $(LOCK)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "OneWindow needs Python 3.11 or newer. Install it, then: make install PYTHON=python3.12"; exit 1; }
ifneq ($(UV),)
	@$(UV) venv --quiet --allow-existing --python "$$(command -v $(PYTHON))" $(VENV)
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r $(LOCK)
else
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "Python's venv module is incomplete. On Debian: apt install python3-venv"; exit 1; }
	@echo "Installing (about a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)
endif
	@# Editable without a build: the checkout goes on the path, and the command is three lines of shell.
	@$(BIN)/python -c 'import pathlib as p, sysconfig as s; p.Path(s.get_path("purelib"), "onewindow.pth").write_text(str(p.Path.cwd()) + "\n")'
	@printf '#!/bin/sh\nexec "$$(dirname "$$0")/python" -m infra.cli "$$@"\n' > $(BIN)/onewindow
	@chmod +x $(BIN)/onewindow
	@touch $@

up: install  ## start everything and open the counter; Ctrl-C stops it
	@$(BIN)/onewindow up

test: install  ## run all tests, WORKERS at a time, each with servers of its own
	@$(BIN)/python -m pytest -m "not soak" -n $(WORKERS) --dist loadfile

lint: install  ## style, format, import contracts, service items
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/onewindow items check

bench: install  ## measure acts, tasks, submissions and pages
	@$(BIN)/python -m tests.bench

soak: install  ## the long tests: kills and storms
	@$(BIN)/python -m pytest -m soak

lock:  ## resolve the dependencies of pyproject.toml into the locked file (needs uv)
	@test -n "$(UV)" || { echo "make lock needs uv: pip install uv"; exit 1; }
	@$(UV) pip compile --quiet pyproject.toml --group dev --generate-hashes --no-emit-index-url --no-emit-find-links --universal --no-annotate --python-version 3.11 -o $(LOCK)

clean:  ## remove the environment and all caches; .onewindow, the data, stays
	@rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis .import_linter_cache build dist *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
