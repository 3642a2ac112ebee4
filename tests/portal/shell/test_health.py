"""The health address: open to all, cheap, and silent about what it counts."""

from typing import Any

import pytest
from django.db import OperationalError, connections
from django.test import Client

from handslag.foundation import public as foundation

pytestmark = pytest.mark.django_db(databases=["default"])


def test_without_workers_it_says_so(client: Client) -> None:
    answer = client.get("/halsa/")
    assert answer.status_code == 200
    assert answer.json() == {"well": False, "database": True, "workers": 0, "failed_jobs": 0}


def test_a_worker_that_beats_is_counted_and_a_silent_one_is_not(client: Client) -> None:
    with foundation.acting(foundation.system("test")), connections["default"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()), (now() - interval '2 minutes')"
        )
    assert client.get("/halsa/").json() == {"well": True, "database": True, "workers": 1, "failed_jobs": 0}


def test_failed_jobs_are_counted_without_their_contents(client: Client) -> None:
    with foundation.acting(foundation.system("test")), connections["default"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status) VALUES ('default', 'tests.secret', '{\"a\": 1}', 'failed')"
        )
    answer = client.get("/halsa/")
    assert answer.json()["failed_jobs"] == 1
    assert "secret" not in answer.text


@pytest.mark.parametrize("path", ["/halsa/", "/", "/konto/logga-in/"])
def test_a_database_that_is_away_is_told_in_plain_words(client: Client, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("handslag.portal.shell.middleware.foundation.acting", away)
    monkeypatch.setattr("handslag.portal.shell.middleware.answers", lambda _connection: False)
    answer = client.get(path)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    if path == "/halsa/":
        assert answer.json()["database"] is False
        assert "does not answer" in answer.json()["says"]
    else:
        assert "Vi når inte vår databas" in answer.text
        assert "refused" not in answer.text
