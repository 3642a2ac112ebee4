"""The demo's families: what the product counts is the truth that the demo states, and everyone sees what is theirs."""

from datetime import date
from typing import Any

import pytest

from handslag.adult_support import public as adults
from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.coordination import public as coordination
from handslag.demo import families
from handslag.demo.cast import Cast, make_cast, open_reception
from handslag.demo.family_folk import FAMILY_NUMBERS, FOLK
from handslag.demo.population import generate_population
from handslag.demo.who import CAST_NUMBERS
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.people.rules.identity_number import is_test_number

pytestmark = pytest.mark.django_db(databases=["default"])
SYSTEM = foundation.system("test")


@pytest.fixture
def town(db: None) -> tuple[Cast, dict[str, int]]:
    """The cast with the families, and what their filling states."""
    cast = make_cast(by=SYSTEM, at=foundation.now())
    open_reception(cast, by=SYSTEM, at=foundation.now())
    return cast, families.play(cast)


def test_what_the_product_counts_is_the_stated_truth(town: tuple[Cast, dict[str, int]]) -> None:
    _cast, truth = town
    now = foundation.now()
    with foundation.acting(SYSTEM):
        meetings = coordination.Meeting.objects.all()
        coming = meetings.filter(state="planned", starts_at__gt=now)
        counted = {
            "families": truth["families"],
            "persons": people.IdentityNumber.objects.filter(number__in=FAMILY_NUMBERS).count(),
            "reports": children.Report.objects.count(),
            "third_reports_waiting": children.ReportedChild.objects.filter(
                repeat_warned=True, repeat_answers__isnull=True, preliminary__isnull=True
            ).count(),
            "investigations": children.Investigation.objects.count(),
            "investigations_open": children.Investigation.objects.filter(state="open").count(),
            "joint_matters": coordination.JointMatter.objects.count(),
            "joint_parts": coordination.JointPart.objects.count(),
            "joint_meetings_to_come": coming.filter(matter__isnull=False).count(),
            "meetings_to_come": coming.count(),
            "meetings_held": meetings.filter(state="held").count(),
            "shared_notes": coordination.SharedNote.objects.count(),
            "secrets": coordination.SecretToward.objects.count(),
            "placements": children.Measure.objects.filter(ended_on__isnull=True).count(),
            "adults": adults.AdultMatter.objects.count(),
            "care_under_lvm": adults.CareRecord.objects.values("care").distinct().count(),
            "debt_counselling": casework.Case.objects.filter(kind=adults.DEBT).count(),
            "notes": casework.Note.objects.exclude(body="").count(),
        }
    assert counted == truth


def test_the_placement_runs_with_the_question_of_custody(town: tuple[Cast, dict[str, int]]) -> None:
    cast, _truth = town
    with foundation.acting(cast.sam):
        running = {
            one.rule: one
            for one in casework.LegalClock.objects.filter(
                closed_on__isnull=True, case__worker_id=cast.sam.account_id
            )
        }
    assert {"OVERV", "VARDN", "VARDPLAN"} <= set(running)
    assert all(one.last_day is None or one.last_day >= foundation.today() for one in running.values())


def test_each_of_the_team_sees_what_is_theirs(town: tuple[Cast, dict[str, int]]) -> None:
    cast, _truth = town
    (matter,) = coordination.find_joint_matters(cast.david)
    seen = {
        name: coordination.get_joint_matter(matter.id, actor)
        for name, actor in (("david", cast.david), ("vera", cast.vera), ("ivar", cast.ivar))
    }
    parts = {name: {one.part.role for one in view.parts} for name, view in seen.items()}
    assert parts == {
        "david": {"child", "perpetrator"}, "vera": {"child", "victim", "perpetrator"}, "ivar": {"child", "perpetrator"},
    }  # fmt: skip
    assert {name: len(view.meetings) for name, view in seen.items()} == {"david": 3, "vera": 2, "ivar": 1}
    with foundation.acting(cast.vera):
        sara = casework.Case.objects.get(kind=adults.VIOLENCE, worker_id=cast.vera.account_id)
    with pytest.raises(casework.CaseNotFound):
        casework.get_case(sara.id, cast.ivar)


def test_the_address_is_not_there_for_whoever_works_with_the_father(
    town: tuple[Cast, dict[str, int]],
) -> None:
    cast, _truth = town
    ids = _ids()
    kept = coordination.kept_from_reader(
        [ids["sara"], ids["tuva"]], cast.ivar, "address", beside=ids["jonas"]
    )
    # Whoever he may not read at all is not answered about.
    with foundation.acting(cast.ivar):
        readable = set(
            people.Person.objects.filter(id__in=[ids["sara"], ids["tuva"]]).values_list("id", flat=True)
        )
    assert kept == readable and kept
    assert [people.address_of(ids[name], cast.ivar) for name in ("sara", "tuva")] == [None, None]
    assert coordination.kept_from_reader([ids["sara"], ids["tuva"]], cast.vera, "address") == set()


def test_the_families_have_test_numbers_of_their_own() -> None:
    assert all(is_test_number(number) for number in FAMILY_NUMBERS)
    assert len(FAMILY_NUMBERS) == len(FOLK)
    assert not FAMILY_NUMBERS & CAST_NUMBERS
    taken = {
        one.identity_number
        for home in generate_population(size=3000, day=date(2026, 11, 1))
        for one in home.residents
    }
    assert not FAMILY_NUMBERS & taken


def _ids() -> dict[str, Any]:
    with foundation.acting(SYSTEM):
        held = dict(
            people.IdentityNumber.objects.filter(number__in=FAMILY_NUMBERS).values_list("number", "person_id")
        )
    return {key: held[one.number] for key, one in FOLK.items()}
