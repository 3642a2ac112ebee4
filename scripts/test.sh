#!/usr/bin/env bash
# Every test, on the embedded PostgreSQL and then, where Debian's is installed, the database's tests on that too.
# With arguments, only what they name:  make test ARGS="tests/people -k merge"
set -euo pipefail
cd "$(dirname "$0")/.."
py=.venv/bin/python
export PYTHONDONTWRITEBYTECODE=1
if [ "$#" -gt 0 ]; then exec $py -m pytest -q "$@"; fi
$py -m pytest -q -n "${HANDSLAG_TEST_WORKERS:-2}" --dist loadfile --reruns 1 --durations 15
debian=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | head -n 1 || true)
if [ -n "$debian" ] && [ -z "${HANDSLAG_TEST_DATABASE_URL:-}" ]; then
  echo "The database's tests once more on $($debian/postgres --version)"
  HANDSLAG_POSTGRES_BIN=$debian $py -m pytest -q -n "${HANDSLAG_TEST_WORKERS:-2}" --dist loadfile --reruns 1 \
    -m "not browser" tests/foundation tests/people tests/casework tests/income_support tests/child_protection \
    tests/adult_support tests/coordination tests/analytics
fi
