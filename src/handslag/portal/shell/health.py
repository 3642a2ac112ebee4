"""Whether the product is well, for whoever watches over it: counts and nothing that says what or whom they concern."""

from typing import Any

from django.db import Error, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, JsonResponse

from handslag.portal.shell.doors import public

# A worker that has not been heard of for this long is dead to the job library as well.
SILENT_SECONDS = 45
LATEST_JOBS = 10_000


def answers(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database takes a connection now: a fault of one statement is not a database that is away."""
    try:
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


@public
def health(request: HttpRequest) -> JsonResponse:
    """`/halsa/`: 200 while pages can be served; 503 in plain words when the database does not answer.

    `failed_jobs` counts among the latest ten thousand jobs, so that the question stays cheap for ever.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)), "
            "(SELECT count(*) FROM procrastinate_jobs WHERE id > (SELECT coalesce(max(id), 0) - %s FROM procrastinate_jobs) "
            "AND status = 'failed')",
            [SILENT_SECONDS, LATEST_JOBS],
        )
        workers, failed = cursor.fetchone()
    told: dict[str, Any] = {
        "well": workers > 0 and failed == 0,
        "database": True,
        "workers": workers,
        "failed_jobs": failed,
    }
    return JsonResponse(told, headers={"Cache-Control": "no-store"})
