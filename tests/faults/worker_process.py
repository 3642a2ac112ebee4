"""A worker in a process of its own, as the fault tests start it, halt it at a named job and kill it.

    python -m tests.faults.worker_process

HANDSLAG_TEST_DATABASE_URL names the test database itself. HANDSLAG_TEST_HALT_AT names a task that is halted when it
begins (`before:NAME`) or when it has done its work but is not marked as done (`after:NAME`): the process prints
HALTED and sleeps until it is killed. Without it the worker does what there is to do and ends.
"""

import inspect
import os
import sys
import time

import pytest  # noqa: F401 - the settings know by it that this is a test


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "handslag.config.settings"
    import django

    django.setup()
    from django.conf import settings
    from procrastinate.contrib.django import app

    from tests.income_support.applying import use

    settings.DEMO = True
    use()
    connector = app.connector.get_worker_connector()
    with app.replace_connector(connector) as working:
        halt = os.environ.get("HANDSLAG_TEST_HALT_AT", "")
        if halt:
            _halt(working, *halt.split(":", 1))
        working.run_worker(concurrency=1, wait=bool(halt), listen_notify=False, fetch_job_polling_interval=0.2,
                           install_signal_handlers=False, delete_jobs="never")  # fmt: skip


def _halt(app, when, name):  # type: ignore[no-untyped-def]
    task = app.tasks[name]
    whole = task.func
    assert not inspect.iscoroutinefunction(whole)

    def halted(*args, **kwargs):  # type: ignore[no-untyped-def]
        if when == "after":
            whole(*args, **kwargs)
        sys.stdout.write("HALTED\n")
        sys.stdout.flush()
        time.sleep(120)

    task.func = halted


if __name__ == "__main__":
    main()
