"""A report's page after the decision: what the reporter is owed, and how their duty is known."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from handslag.child_protection import public as children
from handslag.child_protection.operations import preliminary
from handslag.child_protection.reception_settings import ReceptionSettings, reception_settings
from handslag.foundation import public as foundation
from tests.cast import Cast
from tests.child_protection.reporting import TEACHER, a_child, child_of, decide, reported, safe

pytestmark = pytest.mark.django_db(databases=["default"])
TELL = "Berätta för anmälaren vad som beslutades"
UNASKED = children.ReporterAsTold(
    kind="professional", profession="school", name="Tina Tall", employer="Ekebyskolan", under_duty=True
)


def page(client: Client, report: children.Report) -> str:
    return client.get(f"/handlaggare/mottagning/{report.id}/").content.decode()


def arrived(cast: Cast, **told: Any) -> children.Report:
    return reported(cast, a_child(cast), at=foundation.now() - timedelta(hours=1), **told)


def decided(cast: Cast, report: children.Report) -> None:
    child, now = child_of(report), foundation.now()
    safe(cast, child, now)
    decide(cast, child, at=now)


def test_telling_is_offered_after_the_decision_and_is_next_while_it_is_due(
    cast: Cast, client_of: Any
) -> None:
    report = arrived(cast)
    client = client_of(cast.maja)
    tell = f"/handlaggare/mottagning/{report.id}/aterkoppling/"
    assert tell not in page(client, report), "before any decision there is nothing to tell"
    decided(cast, report)
    due = page(client, report)
    assert f"Beslutat. {TELL}." in due and "Senast" in due and "om 7 dagar" in due and tell in due
    children.give_feedback(
        report_id=report.id, text_code="not_opened", way="phone", by=cast.maja, at=foundation.now()
    )
    told = page(client, report)
    assert "Beslutat." in told and f"Beslutat. {TELL}." not in told and tell in told


def test_who_did_not_ask_is_owed_nothing_unless_the_setting_says_so(
    cast: Cast, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = arrived(cast, reporter=UNASKED)
    decided(cast, first)
    client = client_of(cast.maja)
    assert f"Beslutat. {TELL}." not in page(client, first)
    every = {name: getattr(reception_settings(), name) for name in ReceptionSettings.__slots__}
    every["tell_every_reporter_under_duty"] = True
    monkeypatch.setattr(preliminary, "reception_settings", lambda: ReceptionSettings(**every))
    second = reported(
        cast, a_child(cast, "Omar", nth=1), reporter=UNASKED, at=foundation.now() - timedelta(hours=1)
    )
    decided(cast, second)
    assert f"Beslutat. {TELL}." in page(client, second)


def test_a_duty_that_is_only_said_is_told_from_one_of_the_register(cast: Cast, client_of: Any) -> None:
    client = client_of(cast.maja)
    by_visitor = arrived(cast, by=foundation.VISITOR)
    assert "Uppger det; inte kontrollerat" in page(client, by_visitor)
    not_registered = reported(cast, a_child(cast, "Omar", nth=1))
    assert "Uppger det; inte kontrollerat" in page(client, not_registered)
    account_id = cast.tina.account_id
    assert account_id is not None
    children.register_professional(
        account_id=account_id, profession="school", employer="Skogsskolan", by=cast.eva,
        at=foundation.now() - timedelta(days=1),
    )  # fmt: skip
    assert "Uppger det; inte kontrollerat" in page(client, by_visitor), (
        "the same name is nobody who logged in"
    )
    logged_in = reported(cast, a_child(cast, "Lo", nth=2), reporter=TEACHER, at=foundation.now())
    assert "Inloggad från Skogsskolan" in page(client, logged_in)
