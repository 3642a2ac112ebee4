"""Staff write an application down for a person: who may, for whom, once, and never to automation."""

from datetime import timedelta

import pytest
from django.db import Error, transaction

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import jobs
from handslag.income_support import public as income_support
from handslag.income_support.models import Application
from handslag.people import public as people
from tests.income_support.applying import ANSWERS, now, number_of, this_month, use
from tests.income_support.deciding import AUTOMATION, events, reasons, rules

pytestmark = pytest.mark.django_db(databases=["default"])


def taken(cast, person, *, by=None, key=None, **more):
    """An application taken down by Åsa, on the telephone, today."""
    answers = {**ANSWERS, **more.pop("answers", {})}
    given = {
        "person_id": person.person_id, "month": this_month(), "answers": answers, "way": "phone",
        "came_in_on": foundation.today(), "key": key or foundation.new_id(), "by": by or cast.asa, "at": now(),
    }  # fmt: skip
    return income_support.take_down_application(**{**given, **more})


def test_it_opens_the_case_and_goes_the_ordinary_way_to_a_person(cast):
    rules(cast)
    use()
    application = taken(cast, cast.elin)
    assert (application.kind, application.taken_down_way, application.taken_down_by_id) == (
        "new", "phone", cast.asa.account_id,
    )  # fmt: skip
    case = casework.get_case(application.case_id, cast.asa)
    assert case.worker_id == cast.asa.account_id
    jobs.fetch_registers(str(application.id))
    jobs.assess(str(application.id))
    assert reasons(application) == ["automation.taken_down"]
    with foundation.acting(cast.asa):
        assert income_support.get_assessment(application.id, cast.asa) is not None
    assert [one.id for one in income_support.my_applications(cast.elin)] == [application.id]
    assert len(events("income_support.application_submitted")) == 1


def test_the_same_press_twice_is_one_application_and_the_next_one_is_a_supplement(cast):
    use()
    key = foundation.new_id()
    first, again = taken(cast, cast.elin, key=key), taken(cast, cast.elin, key=key)
    assert first.id == again.id
    more = {"special": {"special": [{"kind": "medicine", "amount_kr": "400", "why": "Recept"}]}, "why": {"why": "x"}}
    answers = {"summary": {"truthful": True}, **more}
    supplement = income_support.take_down_application(
        person_id=cast.elin.person_id, month=this_month(), answers=answers, way="visit",
        came_in_on=foundation.today(), key=foundation.new_id(), by=cast.bjorn, at=now(),
    )  # fmt: skip
    assert (supplement.kind, supplement.case_id) == ("supplement", first.case_id)


def test_the_laws_time_runs_from_the_day_that_it_came(cast):
    use()
    came = foundation.today() - timedelta(days=4)
    application = taken(cast, cast.elin, way="paper", came_in_on=came)
    (clock,) = casework.find_clocks(application.case_id, cast.asa)
    assert clock.starts_on == came
    assert foundation.day_of(application.complete_at) == came


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"way": "pigeon"}, "way"),
        ({"came_in_on": foundation.today() + timedelta(days=1)}, "came_in_on"),
        ({"came_in_on": foundation.today() - timedelta(days=200)}, "came_in_on"),
        ({"month": this_month().plus(7)}, "month"),
        ({"answers": {"housing": {**ANSWERS["housing"], "rent_kr": "-5"}}}, "housing.rent_kr"),
    ],
)
def test_odd_input_is_told_and_opens_nothing(cast, wrong, where):
    with pytest.raises(foundation.BadInput) as fault:
        taken(cast, cast.elin, **wrong)
    assert fault.value.where == where
    with foundation.acting(cast.system):
        assert not casework.Case.objects.filter(person_id=cast.elin.person_id).exists()


def test_who_may_and_who_may_not(cast):
    use()
    for stranger in (cast.david, cast.frida, cast.rune, cast.ada, cast.board, cast.elin, foundation.VISITOR):
        with pytest.raises(foundation.HandslagError):
            taken(cast, cast.elin, by=stranger)
    made = taken(cast, cast.elin, by=cast.carina)
    assert casework.get_case(made.case_id, cast.carina).worker_id is None


def test_a_protected_person_is_helped_by_the_named_alone(cast):
    rules(cast)
    use()
    for unnamed in (cast.bjorn, cast.david):
        with pytest.raises(people.PersonNotFound):
            taken(cast, cast.hugo, by=unnamed)
    application = taken(cast, cast.hugo)
    assert casework.get_case(application.case_id, cast.asa).restricted
    with pytest.raises(casework.CaseNotFound):
        casework.get_case(application.case_id, cast.bjorn)
    with foundation.acting(cast.bjorn):
        assert not Application.objects.filter(id=application.id).exists()
    jobs.fetch_registers(str(application.id))
    jobs.assess(str(application.id))
    with foundation.acting(AUTOMATION):
        application.refresh_from_db()
    assert application.state == "with_worker"


def test_a_partner_who_agrees_is_noted_and_one_who_has_not_is_asked(cast):
    use()
    household = {"living": "partner", "partner_identity_number": number_of(cast.farid)}
    agreed = taken(cast, cast.elin, answers={"household": household}, partner_agrees=True)
    assert agreed.state == "submitted"
    assert {one.person_id for one in casework.find_parties(agreed.case_id, cast.asa)} == {
        cast.elin.person_id, cast.farid.person_id,
    }  # fmt: skip
    household = {"living": "partner", "partner_identity_number": number_of(cast.hugo)}
    with pytest.raises(income_support.UnknownPartner):  # Björn is not named for Hugo: the number is nobody's
        taken(cast, cast.greta, answers={"household": household}, by=cast.bjorn)
    asked = taken(cast, cast.greta, answers={"household": household})
    assert asked.state == "awaiting_co_applicant"


def test_nobody_writes_it_down_in_a_colleagues_name_nor_changes_who_did(cast):
    use()
    application = taken(cast, cast.elin)
    for change in ({"taken_down_by_id": cast.bjorn.account_id}, {"taken_down_way": "paper"}):
        with pytest.raises(Error), foundation.acting(cast.asa), transaction.atomic():
            Application.objects.filter(id=application.id).update(**change)
    with pytest.raises(Error), foundation.acting(cast.asa), transaction.atomic():
        Application.objects.bulk_create(
            [
                Application(
                    case_id=application.case_id, kind="supplement", month="2026-01",
                    applicant_id=cast.elin.person_id, answers={}, state="submitted", state_since=now(), route={},
                    draft_id=foundation.new_id(), submitted_at=now(), taken_down_by_id=cast.bjorn.account_id,
                    taken_down_way="phone",
                )
            ]
        )  # fmt: skip


def test_a_case_is_opened_by_hand_once(cast):
    first = income_support.open_case_by_hand(person_id=cast.farid.person_id, by=cast.asa, at=now())
    again = income_support.open_case_by_hand(person_id=cast.farid.person_id, by=cast.bjorn, at=now())
    assert first.id == again.id
    casework.close_case(case_id=first.id, because="Flyttat", by=cast.asa, at=now())
    assert income_support.open_case_by_hand(person_id=cast.farid.person_id, by=cast.asa, at=now()).id == first.id
