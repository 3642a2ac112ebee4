"""The database of the tests and the standing cast (docs: shared words in tests/README.md)."""

import contextlib
import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import psycopg
import pytest
from django.db import connections
from django.test import TestCase, TransactionTestCase
from pytest_django import fixtures

from tests.browser import axe, browser, client_of, open_page, site  # noqa: F401 - fixtures of the one browser
from tests.cast import Cast, make_cast

# No limits by the clock, and the same examples for everybody: a busy machine is no fault of the product.
hypothesis.settings.register_profile(
    "handslag", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("handslag")


_making = contextlib.ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What asks for a browser is marked so. Only that may run once more (`--reruns 1`): a fault that comes and goes is one."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
        if item.get_closest_marker("browser") is None or "faults" in item.path.parts:
            item.add_marker(pytest.mark.flaky(reruns=0))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many tests ran once more stands at the end, also when none did."""
    if terminalreporter.config.getoption("reruns", None):
        terminalreporter.write_line(f"reruns: {len(terminalreporter.stats.get('rerun', []))}")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The roles must be there before the tables, and each worker has its own database; it is made as the product makes it."""
    from handslag.config.database import make_roles
    from handslag.config.migrating import light_states

    _making.enter_context(light_states())

    owner = connections["owner"].settings_dict
    url = {"host": owner["HOST"], "port": owner["PORT"], "user": owner["USER"], "password": owner["PASSWORD"]}
    with psycopg.connect(dbname="postgres", autocommit=True, **url) as server:
        server.execute("SELECT pg_advisory_lock(4711)")
        make_roles(server.cursor(), passwords=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The actor's key and the job library's rights follow the migrations, as in `handslag database prepare`."""
    from handslag.config.database import settle

    _making.close()
    with django_db_blocker.unblock():
        settle()
        connections["owner"].close()
    yield
    for alias in connections:
        connections[alias].close()
    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(autocommit=True, **(_owner() | {"dbname": "postgres"})) as server:
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


def _owner() -> dict[str, Any]:
    """How the owner reaches the test database."""
    settings = connections["owner"].settings_dict
    return {
        "host": settings["HOST"],
        "port": settings["PORT"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
        "dbname": settings["NAME"],
    }


def _empty_all_tables(_case: object) -> None:
    """After a test that commits: the owner empties the tables, past the triggers that refuse it to everyone else."""
    for alias in connections:
        connections[alias].close()
    with psycopg.connect(autocommit=True, **_owner()) as owner:
        tables = owner.execute(
            "SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') FROM pg_tables WHERE schemaname IN ('public', 'stats') AND tablename NOT IN "
            "('django_migrations', 'django_content_type', 'foundation_actor_key') AND tablename !~ '^auth_'"
        ).fetchone()
        owner.execute("SET session_replication_role = replica")
        owner.execute(f"TRUNCATE {tables[0]} RESTART IDENTITY CASCADE")  # type: ignore[index]


_databases_named = fixtures._get_databases_for_setup


def _owner_too(items: Any) -> Any:
    """The owner holds the tables: its database is made whichever ones the chosen tests name."""
    named, serialized = _databases_named(items)
    return ({*named, "owner"} if named else named), serialized


def _roll_back_and_stay(case: type[TestCase]) -> None:
    """After a test that is rolled back: the connection stays, for logging in anew costs as much as many a test."""
    if case._databases_support_transactions():  # type: ignore[attr-defined]
        case._rollback_atomics(case.cls_atomics)  # type: ignore[attr-defined]
    super(TestCase, case).tearDownClass()


fixtures._get_databases_for_setup = _owner_too
TestCase.tearDownClass = classmethod(_roll_back_and_stay)  # type: ignore[method-assign,assignment]
TransactionTestCase._fixture_teardown = _empty_all_tables  # type: ignore[method-assign,assignment]


@pytest.fixture
def cast(db: None) -> Cast:
    """Åsa, Björn, Carina, David, Elin, Farid, Greta, Hugo and the others, with their units and roles."""
    return make_cast()


@pytest.fixture
def intruder(django_db_setup: None) -> Iterator[psycopg.Connection[Any]]:
    """A raw connection that has the app role's password and nothing else: no actor, no key."""
    settings = connections["default"].settings_dict
    with psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        dbname=settings["NAME"],
        autocommit=True,
    ) as there:
        yield there


@pytest.fixture(autouse=True, scope="session")
def _no_network_names() -> None:
    os.environ.setdefault("NO_PROXY", "127.0.0.1,localhost")
