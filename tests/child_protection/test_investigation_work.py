"""The plan, the texts, the talks, the data and the statements of an investigation; two who write at once."""

from datetime import date, timedelta

import pytest

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from tests.cast import Cast
from tests.child_protection.investigating import (
    OPENED,
    a_child,
    a_file,
    at,
    kinds,
    manager_of_children,
    opened,
)

pytestmark = pytest.mark.django_db(databases=["default"])


@pytest.fixture
def running(cast: Cast) -> children.Investigation:
    return opened(cast, a_file(cast))


def test_two_who_write_under_the_same_heading_lose_nothing(
    cast: Cast, running: children.Investigation
) -> None:
    manager = manager_of_children(cast)
    named = {"investigation_id": running.id, "area": "health", "at": at(OPENED)}
    first = children.write_area(body="Frisk", version=0, by=cast.david, **named)
    assert first.version == 1
    children.write_area(body="Frisk. Vaccinerad.", version=1, by=manager, **named)
    with pytest.raises(children.TextChangedMeanwhile) as conflict:
        children.write_area(body="Frisk. Astma.", version=1, by=cast.david, **named)
    fault = conflict.value
    assert (fault.yours, fault.theirs, fault.version) == ("Frisk. Astma.", "Frisk. Vaccinerad.", 2)
    children.write_area(body="Frisk. Vaccinerad. Astma.", version=fault.version, by=cast.david, **named)
    again = children.write_area(body="Frisk. Vaccinerad. Astma.", version=2, by=cast.david, **named)
    assert again.version == 3
    texts = children.area_versions(running.id, "health", cast.david)
    assert [text.body for text in texts] == ["Frisk. Vaccinerad. Astma.", "Frisk. Vaccinerad.", "Frisk"]
    (area,) = [one for one in children.areas_of(running.id, cast.david) if one.version]
    assert (area.area, area.side, area.version, area.written_by) == ("health", "child", 3, "David Dahl")
    with pytest.raises(foundation.BadInput):
        children.write_area(**named | {"area": "x"}, body="x", version=0, by=cast.david)


def test_there_are_twelve_headings_on_three_sides(cast: Cast, running: children.Investigation) -> None:
    areas = children.areas_of(running.id, cast.david)
    assert len(areas) == 12 and [one.side for one in areas[::4]] == ["child", "parents", "environment"]
    assert all(one.body == "" and one.version == 0 for one in areas)


def test_the_plan_tells_who_when_and_how_far(cast: Cast, running: children.Investigation) -> None:
    named = {"investigation_id": running.id, "by": cast.david, "at": at(OPENED)}
    mine = children.plan_step(what="Hembesök", due_on=date(2026, 9, 10), **named)
    other = children.plan_step(what="Läkarutlåtande", due_on=date(2026, 9, 12), who="Barnläkaren", **named)
    assert (mine.account_id, other.account_id, other.who) == (cast.david.account_id, None, "Barnläkaren")
    with pytest.raises(foundation.BadInput):
        children.plan_step(what="x", due_on=date(2026, 8, 31), **named)
    children.finish_step(step_id=mine.id, result="Vi var där", by=cast.david, at=at(date(2026, 9, 11)))
    children.finish_step(step_id=mine.id, result="igen", by=cast.david, at=at(date(2026, 9, 12)))
    with foundation.clock_at(at(date(2026, 9, 20))):
        assert children.investigation_view(running.id, cast.david).progress == children.Progress(1, 2, 1)
    with pytest.raises(foundation.BadInput):
        children.drop_step(step_id=other.id, because=" ", by=cast.david, at=at(date(2026, 9, 20)))
    children.drop_step(step_id=other.id, because="Behövs inte", by=cast.david, at=at(date(2026, 9, 20)))
    # A step that is struck out is neither done nor left.
    assert children.investigation_view(running.id, cast.david).progress == children.Progress(1, 1, 0, struck=1)
    with foundation.acting(cast.system):
        rows = foundation.Event.objects.filter(kind="child_protection.step_finished").order_by("id")
        assert [(row.data["dropped"], row.data["days_late"]) for row in rows] == [(False, 1), (True, 8)]


def test_a_talk_with_the_child_without_consent_is_marked_and_needs_its_reason(
    cast: Cast, running: children.Investigation
) -> None:
    talk = {
        "investigation_id": running.id, "kind": "child_alone", "with_whom": "Nils", "body": "Nils berättade.",
        "by": cast.david, "at": at(OPENED),
    }  # fmt: skip
    with pytest.raises(foundation.BadInput) as fault:
        children.note_talk(**talk)
    assert fault.value.where == "consent"
    with pytest.raises(foundation.BadInput) as fault:
        children.note_talk(**talk, consent="refused")
    assert fault.value.where == "because"
    held = children.note_talk(**talk, consent="refused", because="Barnet behöver få tala ostört (SoL 20:7)")
    assert held.without_consent and held.note.state == "signed"
    agreed = children.note_talk(**talk, consent="given")
    assert not agreed.without_consent
    parent = children.note_talk(**talk | {"kind": "parent", "with_whom": "Elin"}, consent="refused")
    assert (parent.consent, parent.without_consent) == ("not_needed", False)
    assert kinds(running.case_id).count("child_protection.child_spoken_with") == 2
    # The refused ones left no note behind.
    assert len(casework.find_notes(running.case_id, cast.david).rows) == 3


def test_data_is_asked_for_with_a_right_and_answered_once(
    cast: Cast, running: children.Investigation
) -> None:
    asked = children.ask_for_data(
        investigation_id=running.id,
        source="school",
        source_name="Björkskolan",
        basis="duty",
        by=cast.david,
        at=at(OPENED),
    )
    got = {"obtained_id": asked.id, "by": cast.david, "at": at(OPENED + timedelta(days=9))}
    for odd in ({}, {"document_id": foundation.new_id()}):
        with pytest.raises(foundation.BadInput):
            children.receive_data(**got, **odd)
    answered = children.receive_data(**got, body="Hög frånvaro")
    assert (answered.asked_on, answered.received_on) == (OPENED, OPENED + timedelta(days=9))
    with pytest.raises(foundation.Refused):
        children.receive_data(**got, body="igen")


def test_what_is_stated_is_added_and_the_latest_holds(cast: Cast, running: children.Investigation) -> None:
    named = {"investigation_id": running.id, "by": cast.david}
    children.record_child_view(body="Vill bo hos mormor", how="play", at=at(OPENED, 9), **named)
    children.record_child_view(body="Vill bo hemma", how="talk", at=at(OPENED, 10), **named)
    view = children.investigation_view(running.id, cast.david)
    assert view.statements["child_view"].body == "Vill bo hemma"
    assert [one.body for one in view.earlier_statements] == ["Vill bo hos mormor"]
    for odd in ({"how": "x"}, {"body": " ", "how": "talk"}):
        with pytest.raises(foundation.BadInput):
            children.record_child_view(**{"body": "x", **odd}, at=at(OPENED), **named)
    with pytest.raises(foundation.BadInput):
        children.assess_risk(body="x", level="x", at=at(OPENED), **named)


def test_the_guardians_are_told_and_the_child_from_fifteen(cast: Cast) -> None:
    case = a_file(cast, a_child(cast, born=date(2010, 5, 2), nth=2))
    investigation = opened(cast, case)
    sent = children.communicate_investigation(
        investigation_id=investigation.id,
        material="Allt",
        answer_until=OPENED + timedelta(days=7),
        by=cast.david,
        at=at(OPENED),
    )
    assert {one.person_id for one in sent} == {case.person_id, cast.elin.person_id}
    assert {one.matter_id for one in sent} == {investigation.id}
    small = opened(cast, a_file(cast))
    (only,) = children.communicate_investigation(
        investigation_id=small.id,
        material="Allt",
        answer_until=OPENED + timedelta(days=7),
        by=cast.david,
        at=at(OPENED),
    )
    assert only.person_id == cast.elin.person_id


def test_a_file_without_a_party_to_tell_says_so(cast: Cast) -> None:
    from handslag.people import public as people
    from tests.cast import identity_number

    born = date(2019, 3, 3)
    child = people.register_person(
        given_name="Alma", family_name="Alm", born=born, sex="woman", identity_number=identity_number(born, "woman"), protection="none",
        by=cast.system, at=at(OPENED),
    )  # fmt: skip
    investigation = opened(cast, a_file(cast, child.id, on=OPENED))
    with pytest.raises(foundation.BadInput):
        children.communicate_investigation(
            investigation_id=investigation.id,
            material="x",
            answer_until=OPENED + timedelta(days=7),
            by=cast.david,
            at=at(OPENED),
        )


def test_a_case_of_another_kind_has_no_investigation(cast: Cast) -> None:
    aid = casework.open_case(
        kind="income_support", person_id=cast.elin.person_id, unit_id=cast.support, by=cast.asa, at=at(OPENED)
    )
    with pytest.raises(foundation.BadInput):
        opened(cast, aid, by=cast.asa)
