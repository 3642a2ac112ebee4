"""The health address: open to all, cheap, and silent about what it counts."""

import pytest
from django.db import connections
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
