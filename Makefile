# Everything here sets up what it needs first; a second run takes seconds.
SHELL := /bin/bash
comma := ,
VENV := .venv
PY := $(VENV)/bin/python
ARGS ?=
# The system's npm fetches the front-end parts; where there is none, a package brings one.
EXTRAS := $(if $(shell command -v npm),test,test$(comma)assets)

.PHONY: help setup assets demo test check bench fmt

help:  ## what there is
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/'

$(VENV)/.done: pyproject.toml
	@command -v python3 >/dev/null || { echo "Python 3.11 or newer is needed: https://www.python.org"; exit 1; }
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, this is older"; exit 1; }
	test -x $(PY) || python3 -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check -e '.[$(EXTRAS)]'
	@touch $@

setup: $(VENV)/.done  ## Python and its packages

assets: $(VENV)/.done  ## front-end files, translations
	$(VENV)/bin/handslag assets

demo: assets  ## a synthetic municipality at work; prints the address and who to log in as
	$(VENV)/bin/handslag demo $(ARGS)

test: assets  ## every test (ARGS="-k name" for some)
	bash scripts/test.sh $(ARGS)

check: $(VENV)/.done  ## the fast lane: form, types, architecture, pure rules
	bash scripts/check.sh

bench: assets  ## side-by-side measurements, ratios in one run
	$(PY) -m benchmarks $(ARGS)

fmt: $(VENV)/.done  ## put the code in form
	$(VENV)/bin/ruff check --fix-only -q src tests benchmarks
