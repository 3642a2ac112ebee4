"""Whether the product is well, for whoever watches over it: counts and nothing that says what or whom they concern."""

from typing import Any

from django.db import connection
from django.http import HttpRequest, JsonResponse

from handslag.portal.shell.doors import public

# A worker that has not been heard of for this long is dead to the job library as well.
SILENT_SECONDS = 45
LATEST_JOBS = 10_000


@public
def health(request: HttpRequest) -> JsonResponse:
    """`/halsa/`: 200 while pages can be served; without the database there is no answer but 500.

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
