"""Drafts, applications and answers for the citizen's pages, through the same operations as the product."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Month
from handslag.income_support import public as income_support
from tests.income_support import applying


@pytest.fixture
def draft(cast: Any) -> Any:
    """Elin's draft for this month, just begun."""
    return income_support.start_draft(month=Month.of(foundation.today()), by=cast.elin, at=foundation.now())


@pytest.fixture
def sent(cast: Any) -> Any:
    """Elin's application, sent."""
    applying.use()
    return applying.apply(cast.elin)


@pytest.fixture
def ask() -> Callable[..., Any]:
    """A case worker asks for things, to be answered in a week."""

    def request(application: Any, by: Any, *what: str) -> Any:
        return casework.request_completion(
            case_id=application.case_id,
            what=list(what),
            due_on=foundation.today() + timedelta(days=7),
            by=by,
            at=foundation.now(),
        )

    return request
