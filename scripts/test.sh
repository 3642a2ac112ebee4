#!/usr/bin/env bash
# Every test, on the embedded PostgreSQL and then, where Debian's 15 is installed, what is below the pages on that too:
# the pages ask the database nothing but through it, and both runs together keep within the hour.
# A test in a browser may run once more; how many did stands at the end (tests/conftest.py).
# With arguments, only what they name:  make test ARGS="tests/people -k merge"
set -euo pipefail
cd "$(dirname "$0")/.."
py=.venv/bin/python
export PYTHONDONTWRITEBYTECODE=1
if [ "$#" -gt 0 ]; then exec $py -m pytest -q "$@"; fi
workers=(-n "${HANDSLAG_TEST_WORKERS:-2}" --dist loadfile)
$py -m pytest -q "${workers[@]}" --reruns 1 -raR --durations 15
debian=/usr/lib/postgresql/15/bin
if [ -n "${HANDSLAG_TEST_DATABASE_URL:-}" ]; then
  exit 0
elif [ -x "$debian/postgres" ]; then
  echo "All below the pages once more on $($debian/postgres --version)"
  HANDSLAG_POSTGRES_BIN=$debian $py -m pytest -q "${workers[@]}" -m "not browser" --durations 5 \
    --ignore=tests/portal --ignore=tests/journeys --ignore=tests/integrations --ignore=tests/architecture
else
  echo "!!! Debian's PostgreSQL 15 is not installed: nothing was tried on it." >&2
fi
