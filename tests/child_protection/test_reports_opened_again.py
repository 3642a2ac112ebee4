"""A closed report is opened again with the child's file, or by a manager on its page with a reason."""

from typing import Any

import pytest

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.cast import Cast
from tests.child_protection.reporting import AT, a_child, child_of, events_about, fresh, number_of, reported
from tests.child_protection.test_reporter_stays_hidden import file_of

pytestmark = pytest.mark.django_db(databases=["default"])


def closed(cast: Cast, child: people.Person) -> casework.Case:
    """The child's file, closed to David and Eva by a manager's decision."""
    case = file_of(child)
    named = [cast.david.account_id, cast.eva.account_id]
    return casework.restrict_case(
        case_id=case.id, account_ids=named, because="medarbetares barn", by=cast.eva, at=AT
    )


def test_the_report_is_opened_with_the_file(cast: Cast) -> None:
    child = a_child(cast)
    report = reported(cast, child, by=foundation.VISITOR)
    joined = reported(cast, child, by=cast.maja)
    children.merge_report(report_id=joined.id, into_id=report.id, because="Samma", by=cast.maja, at=AT)
    case = closed(cast, child)
    assert [fresh(one).restricted for one in (report, joined)] == [True, True]
    casework.lift_restriction(case_id=case.id, by=cast.eva, at=AT)
    assert [fresh(one).restricted for one in (report, joined)] == [False, False]
    assert "report_restriction_lifted" in events_about(report.id)
    assert children.report_view(report.id, cast.maja).report.id == report.id


def test_another_childs_closed_file_keeps_the_report_closed(cast: Cast) -> None:
    one, other = a_child(cast), a_child(cast, "Nils", nth=1)
    report = reported(cast, one, other, by=foundation.VISITOR)
    first, _second = closed(cast, one), closed(cast, other)
    casework.lift_restriction(case_id=first.id, by=cast.eva, at=AT)
    assert fresh(report).restricted
    with pytest.raises(foundation.Refused):
        children.lift_report(report_id=report.id, because="fel", by=cast.eva, at=AT)


def test_a_child_who_is_not_known_waits_for_the_manager(cast: Cast, client_of: Any) -> None:
    child = a_child(cast)
    told = [
        children.ChildAsTold(
            given_name=child.given_name, family_name=child.family_name, identity_number=number_of(child)
        ),
        children.ChildAsTold(given_name="Okänd", family_name="Kompis"),
    ]
    report = reported(cast, children=told, by=foundation.VISITOR)
    case = closed(cast, child)
    casework.lift_restriction(case_id=case.id, by=cast.eva, at=AT)
    assert fresh(report).restricted
    for stranger in (cast.maja, cast.david, cast.sam, cast.elin):
        with pytest.raises((foundation.Refused, foundation.NotFound)):
            children.lift_report(report_id=report.id, because="x", by=stranger, at=AT)
    eva, url = client_of(cast.eva), f"/handlaggare/mottagning/{report.id}/oppna/"
    assert url in eva.get(f"/handlaggare/mottagning/{report.id}/").content.decode()
    assert eva.post(url, {"because": ""}).status_code == 400
    assert eva.post(url, {"because": "Barnets akt är öppen igen."}).status_code == 302
    held = fresh(report)
    assert (held.restricted, held.opened_because) == (False, "Barnets akt är öppen igen.")
    assert client_of(cast.maja).get(url).status_code == 403


def test_a_protected_child_keeps_the_report_closed(cast: Cast) -> None:
    child = a_child(cast)
    report = reported(cast, child, by=foundation.VISITOR)
    people.protect_person(
        person_id=child.id, mark="secrecy_mark", named_account_ids=[cast.eva.account_id, cast.david.account_id],
        by=foundation.system("test"), at=AT,
    )  # fmt: skip
    assert fresh(report).restricted
    with pytest.raises((foundation.Refused, foundation.NotFound)):
        children.lift_report(report_id=report.id, because="x", by=cast.eva, at=AT)
    assert child_of(report).person_id == child.id
