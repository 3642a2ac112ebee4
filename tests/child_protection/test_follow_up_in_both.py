"""The time to follow a child after an investigation: the same events give the same clock in the web and in `handslag clocks`.

Both count from the close to the law's last day, and both end it when a new investigation is opened. What only one of
them is told is whether somebody decided to follow the child: events on a file have no such thing, so there each close
from which no intervention came shows the time that a follow-up would have; the web shows it where one is decided.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import yaml

from handslag.casework import public as casework
from handslag.casework.clock_file import main
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from tests.cast import Cast
from tests.child_protection.investigating import a_file, at, made_whole, manager_of_children, opened

pytestmark = pytest.mark.django_db(databases=["default"])
CLOSED, FOLLOWED, TODAY = date(2026, 10, 2), date(2026, 10, 5), date(2026, 12, 1)
Row = tuple[str, str, str | None]


def on_file(events: list[dict[str, Any]], path: Any, today: date = TODAY) -> list[Row]:
    """First day, last day and the day that it ended, of each UPPF_U that `handslag clocks` answers."""
    path.write_text(yaml.safe_dump({"today": today, "events": events}), "utf-8")
    status, told = main(path)
    assert status == 0, told
    clocks = yaml.safe_load(told)["clocks"]
    return [(one["start"], one["last_day"], one["closed_on"]) for one in clocks if one["rule"] == "UPPF_U"]


def in_web(case_id: Any) -> list[Row]:
    """The same of the clocks in a child's file."""
    with foundation.acting(foundation.system("test")):
        rows = casework.LegalClock.objects.filter(case_id=case_id, rule="UPPF_U").order_by("starts_on")
        return [
            (
                one.starts_on.isoformat(),
                str(one.last_day),
                one.closed_on.isoformat() if one.closed_on else None,
            )
            for one in rows
        ]


def told_of(child: casework.Case) -> list[dict[str, Any]]:
    """What happened in the web, as events on a file: an intervention is one that the family has said yes to."""
    with foundation.acting(foundation.system("test")):
        investigations = list(children.Investigation.objects.filter(case_id=child.id).order_by("opened_at"))
        measures = list(children.Measure.objects.filter(case_id=child.id).order_by("starts_on"))
    events: list[dict[str, Any]] = []
    for one in investigations:
        named = str(one.id)
        events.append(
            {"on": one.opened_on, "kind": "investigation_opened", "child": "k1", "id": named, "question": one.questions[0]}
        )  # fmt: skip
        if one.closed_on is not None:
            events.append(
                {"on": one.closed_on, "kind": "investigation_closed", "investigation": named, "intervention": one.accepted}
            )  # fmt: skip
    for each in measures:
        events.append(
            {"on": each.starts_on, "kind": "placement_started", "child": "k1", "id": str(each.id), "form": each.form, "law": "SoL"}
        )  # fmt: skip
    return events


def closed(cast: Cast, one: children.Investigation, outcome: str, *, accepted: bool, follow: bool) -> None:
    made_whole(cast, one, on=date(2026, 10, 1))
    children.close_investigation(
        investigation_id=one.id, outcome=outcome, ground="Som det står i bedömningen", accepted=accepted,
        proposed_intervention="Kontaktfamilj" if outcome == "with_intervention" else "",
        follow_because="Behovet finns kvar, de säger nej" if follow else "",
        by=manager_of_children(cast) if outcome == "early" else cast.david, at=at(CLOSED),
    )  # fmt: skip


def test_a_decided_follow_up_is_the_same_in_both_and_ends_with_a_new_investigation(
    cast: Cast, tmp_path: Any
) -> None:
    case = a_file(cast)
    closed(cast, opened(cast, case), "with_intervention", accepted=False, follow=True)
    running = [("2026-10-02", "2027-04-02", None)]
    assert in_web(case.id) == on_file(told_of(case), tmp_path / "e.yaml") == running
    opened(cast, case, on=date(2026, 11, 20), questions=["school"])
    ended = [("2026-10-02", "2027-04-02", "2026-11-20")]
    assert in_web(case.id) == on_file(told_of(case), tmp_path / "e.yaml") == ended


def test_an_accepted_intervention_leaves_nothing_to_follow_in_both(cast: Cast, tmp_path: Any) -> None:
    case = a_file(cast)
    closed(cast, opened(cast, case), "with_intervention", accepted=True, follow=False)
    assert in_web(case.id) == on_file(told_of(case), tmp_path / "e.yaml") == []


def test_a_child_who_is_placed_is_not_followed_after_the_investigation_in_both(
    cast: Cast, tmp_path: Any
) -> None:
    """A placement is an intervention: its own time to follow begins when it ends."""
    case = a_file(cast)
    one = opened(cast, case)
    children.record_measure(
        case_id=case.id, kind="placement_sol", form="family_home", on=date(2026, 9, 10), by=cast.david,
        at=at(date(2026, 9, 10)),
    )  # fmt: skip
    closed(cast, one, "with_intervention", accepted=False, follow=False)
    assert children.investigation_view(one.id, cast.david).may_follow is None
    with pytest.raises(foundation.Refused):
        children.start_follow_up(
            investigation_id=one.id, because="Oro kvar", with_consent=False, by=cast.david, at=at(FOLLOWED)
        )
    assert in_web(case.id) == on_file(told_of(case), tmp_path / "e.yaml") == []


@pytest.mark.parametrize("outcome", ["with_intervention", "without_intervention", "early"])
def test_where_nobody_has_decided_to_follow_the_file_shows_the_time_that_one_would_have(
    cast: Cast, tmp_path: Any, outcome: str
) -> None:
    """The difference is in what is told: the last day is the one that a decision in the web would get, and a time that
    passes unused is no duty broken in either."""
    case = a_file(cast)
    one = opened(cast, case)
    closed(cast, one, outcome, accepted=False, follow=False)
    assert in_web(case.id) == []
    assert on_file(told_of(case), tmp_path / "e.yaml") == [("2026-10-02", "2027-04-02", None)]
    may = children.investigation_view(one.id, cast.david).may_follow
    assert (may.last_day if may else None) == (date(2027, 4, 2) if outcome == "with_intervention" else None)
    after = date(2027, 4, 2) + timedelta(days=30)
    assert on_file(told_of(case), tmp_path / "e.yaml", today=after) == [
        ("2026-10-02", "2027-04-02", "2027-04-02")
    ]
