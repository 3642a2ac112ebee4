"""A joint matter and a masked copy each have a declared process, measured by what happened, whatever cases it stands in."""
# ruff: noqa: F401, F811 - the fixtures of another file are used by name

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from handslag.casework import public as casework
from handslag.coordination import public as coordination
from handslag.foundation import public as foundation
from tests.cast import Cast
from tests.coordination.conftest import family, now
from tests.coordination.families import People
from tests.coordination.test_joint import Team, team

pytestmark = pytest.mark.django_db(databases=["default"])


def counted(code: str, actor: foundation.Actor) -> dict[str, tuple[int, int]]:
    process, today = casework.process(code), foundation.today()
    assert process is not None
    found = casework.process_adherence(process, actor, first=today - timedelta(days=400), last=today)
    return {one.step.code: (one.reached, one.done) for one in found}


def test_one_matter_over_three_cases_is_one_round(
    cast: Cast, team: Team, family: People, now: datetime
) -> None:
    assert counted("joint_matter", cast.bjorn) == {
        "opened": (1, 1), "team": (1, 1), "part": (1, 1), "shared": (1, 0), "closed": (1, 0),
    }  # fmt: skip
    coordination.close_joint_matter(matter_id=team.matter.id, because="done", by=cast.david, at=now)
    again = coordination.open_joint_matter(
        kind="family", case_id=team.cases["child"].id, role="child", by=cast.david, at=now
    )
    assert counted("joint_matter", cast.bjorn)["closed"] == (2, 1)
    coordination.close_joint_matter(matter_id=again.id, because="alone", by=cast.david, at=now)
    done = counted("joint_matter", cast.bjorn)
    assert (done["opened"], done["part"], done["closed"]) == ((2, 2), (2, 2), (2, 2))
    with pytest.raises(foundation.Refused):
        counted("joint_matter", cast.elin)


def test_each_copy_is_a_round_and_one_that_was_sent_back_is_not_approved(
    cast: Cast, family: People, now: datetime
) -> None:
    family.add("lena", 1990, open_to=[cast.support])
    case = family.case("lena", cast.support, cast.bjorn)
    note = casework.write_note(case_id=case.id, body="Lena trivs.", by=cast.bjorn, at=now)
    other = casework.open_case(
        kind="test_children", person_id=case.person_id, unit_id=cast.support, worker_id=cast.bjorn.account_id,
        by=cast.system, at=now,
    )  # fmt: skip
    elsewhere = casework.write_note(case_id=other.id, body="Annat.", by=cast.bjorn, at=now)

    def prepared(case_id: UUID, note_id: UUID) -> casework.MaskedCopy:
        return casework.prepare_copy(
            case_id=case_id, receiver_kind="authority", receiver_name="Polisen", parts=[("note", note_id)], by=cast.bjorn,
            at=now,
        )  # fmt: skip

    copies = [prepared(case.id, note.id), prepared(case.id, note.id), prepared(other.id, elsewhere.id)]
    assert counted("masked_copy", cast.asa)["prepared"] == (3, 3)
    for copy in copies[:2]:
        casework.send_copy_for_review(copy_id=copy.id, by=cast.bjorn, at=now)
    casework.review_copy(copy_id=copies[0].id, approve=False, words="Fel grund.", by=cast.asa, at=now)
    found = counted("masked_copy", cast.asa)
    assert (found["sent"], found["reviewed"], found["given"]) == ((3, 2), (2, 0), (0, 0))
    casework.review_copy(copy_id=copies[1].id, approve=True, by=cast.asa, at=now)
    found = counted("masked_copy", cast.asa)
    assert (found["reviewed"], found["given"], found["masked"]) == ((2, 1), (1, 0), (3, 0))


def test_a_mark_may_carry_yes_or_no() -> None:
    process = casework.process("masked_copy")
    assert process is not None
    assert process.marks_of("casework.copy_reviewed", {"approved": True}) == [
        "casework.copy_reviewed[approved=true]"
    ]
    assert process.marks_of("casework.copy_reviewed", {"approved": False}) == []
