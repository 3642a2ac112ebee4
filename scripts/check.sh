#!/usr/bin/env bash
# The fast lane: form, types, the direction of imports, architecture and the pure rules. Under two minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
py=.venv/bin/python
.venv/bin/ruff check src tests
$py -m mypy
.venv/bin/lint-imports --no-cache
$py -m pytest -q tests/architecture tests/foundation $(ls -d tests/*/test_rules_* | tr '\n' ' ')
