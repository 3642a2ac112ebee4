"""Failed jobs, for the system administrator."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.portal.lead import operations
from handslag.portal.lead.excel import workbook
from handslag.portal.lead.queries.jobs import SHOWN, failed_jobs, queue_now
from handslag.portal.shell.doors import staff


@staff(Role.ADMINISTRATOR)
def jobs(request: Any) -> HttpResponse:
    """What has failed, each with a retry, and how much waits and runs."""
    before = request.GET.get("fore", "")
    found = failed_jobs(request.actor, before=int(before) if before.isdecimal() else None)
    context = {
        "jobs": found[:SHOWN], "queue": queue_now(), "here": "jobs",
        "older_url": f"?fore={found[SHOWN - 1].id}" if len(found) > SHOWN else "", "newer_url": request.path if before else "",
    }
    return render(request, "lead/jobs.html", context)


@staff(Role.ADMINISTRATOR)
@require_POST
def retry(request: Any, job_id: int) -> HttpResponse:
    """Let one run again."""
    operations.retry_job(job_id=job_id, by=request.actor, at=foundation.now())
    messages.success(request, _("The job runs again within a few seconds."))
    return redirect("lead-jobs")


@staff(Role.ADMINISTRATOR)
def job_list(request: Any) -> HttpResponse:
    """Failed jobs as an Excel file."""
    headings = [_("Number"), _("Job"), _("Concerns"), _("Attempts"), _("Failed")]
    rows = ([job.id, job.task, job.arguments, job.attempts, job.failed_at] for job in failed_jobs(request.actor, limit=1000))
    return workbook("felande-jobb", _("Failed jobs"), headings, rows)
