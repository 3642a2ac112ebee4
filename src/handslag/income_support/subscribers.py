"""What income support does when something happens in a lower context."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from handslag.casework import public as casework
from handslag.foundation import public as foundation


def register() -> None:
    """Name the kind of case and follow the decisions of casework."""
    from django.utils.translation import gettext_lazy as _

    from handslag.income_support.operations import bookkeeping

    casework.register_case_kind("income_support", "EB", _("Economic aid"))
    casework.register_erasure("income_support")
    casework.register_before_erasure(bookkeeping.keep_before_erasure)
    casework.keep_clock(
        "FL12",
        about="application_id",
        starts="income_support.application_submitted",
        met_by=["casework.decision_made"],
        lapsed_by=["income_support.application_withdrawn"],
    )
    foundation.on("casework.decision_made")(close_the_application)


def close_the_application(happened: Any, by: foundation.Actor, at: datetime) -> None:
    """A decision about an application was signed: the application has its answer, in the same transaction."""
    from handslag.income_support.errors import NoSuchApplication
    from handslag.income_support.models import Application
    from handslag.income_support.operations import applications

    application = foundation.find_row(Application, happened.matter_id, lock=True)
    if application is not None:
        applications.decided_locked(application, automated=happened.automated, by=by, at=at)
    elif Application.objects.filter(id=happened.matter_id).exists():
        raise NoSuchApplication  # it may be read but not changed: nothing is decided half
