"""A job of the schedule that still waits when the next is due is skipped, and ends no worker."""

import pytest
from django.db import connection, transaction
from procrastinate import exceptions, sync_psycopg_connector

from handslag.foundation.actor import acting
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])

DEFER = "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock) VALUES ('default', 'tests.nothing', 'tests')"


def test_the_library_learns_that_the_job_waits_already(cast: Cast) -> None:
    with acting(cast.system):
        with sync_psycopg_connector.wrap_exceptions():
            connection.connection.execute(DEFER)
        with (
            pytest.raises(exceptions.UniqueViolation) as told,
            transaction.atomic(),
            sync_psycopg_connector.wrap_exceptions(),
        ):
            connection.connection.execute(DEFER)
        assert told.value.constraint_name == "procrastinate_jobs_queueing_lock_idx_v1"


def test_other_faults_are_what_they_were(cast: Cast) -> None:
    with pytest.raises(AssertionError), sync_psycopg_connector.wrap_exceptions():
        raise AssertionError
    with (
        acting(cast.system),
        pytest.raises(exceptions.ConnectorException),
        transaction.atomic(),
        sync_psycopg_connector.wrap_exceptions(),
    ):
        connection.connection.execute("SELECT no_such_column")
