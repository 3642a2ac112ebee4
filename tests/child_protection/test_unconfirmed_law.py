"""Law that nobody has confirmed is marked for staff, and never told to a citizen as law."""

from typing import Any

import pytest
from django.utils import translation

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.cast import Cast
from tests.child_protection.reporting import AT, SYSTEM, a_child, child_of, decide, fresh, reported, safe
from tests.child_protection.test_reporter_stays_hidden import file_of


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_letter_never_says_as_law_that_an_unconfirmed_decision_cannot_be_appealed(language: str) -> None:
    unsure = [rule for rule in casework.appeal_rules() if rule.status != "confirmed" and rule.way == "none"]
    assert {rule.legal_ground for rule in unsure} >= {"SoL 20:2", "SoL 23:1", "SoL 23:2"}
    for rule in unsure:
        assert not casework.is_appeal_confirmed(rule.legal_ground, rule.valid_from)
        with translation.override(language):
            text = casework.appeal_text(rule.code)
        for promise in (
            "inte överklagas",
            "går inte att",
            "cannot be appealed",
            "no right",
            "three weeks",
            "tre veckor",
        ):
            assert promise not in text
    assert casework.is_appeal_confirmed("SoL 12:1", AT.date())
    assert not casework.is_appeal_confirmed("SoL 99:9", AT.date())


@pytest.mark.django_db(databases=["default"])
def test_the_desk_marks_what_is_not_confirmed(cast: Cast, client_of: Any) -> None:
    child = a_child(cast)
    report = reported(cast, child, by=cast.maja)
    safe(cast, child_of(report))
    decide(cast, child_of(fresh(report)), "open", violence=True)
    case = file_of(child)
    with foundation.acting(SYSTEM):
        decision = casework.Decision.objects.filter(case=case).first()
        clock = casework.LegalClock.objects.filter(case=case, rule="UTR").get()
    desk = client_of(cast.david)
    assert decision is not None
    assert (
        "lagrum inte bekräftat"
        in desk.get(f"/handlaggare/arende/{case.id}/beslut/{decision.id}/").content.decode()
    )
    assert (
        clock.is_confirmed
        and "lagrum inte bekräftat" not in desk.get(f"/handlaggare/arende/{case.id}/").content.decode()
    )
    with foundation.acting(SYSTEM):
        casework.LegalClock.objects.filter(id=clock.id).update(starts_on="2025-06-30", source="SoL2001 11:2")
    assert "lagrum inte bekräftat" in desk.get(f"/handlaggare/arende/{case.id}/").content.decode()
