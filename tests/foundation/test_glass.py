"""Broken glass: named, reasoned, limited, told and reviewed."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest

from handslag.foundation import public as foundation
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
REASON = "Akut besök i receptionen, ordinarie är sjuk"


def test_it_is_recorded_and_the_manager_is_told(cast: Cast) -> None:
    at = foundation.now()
    glass = foundation.break_glass(
        person_id=cast.greta.person_id, reason=REASON, hours=2, by=cast.bjorn, at=at
    )
    assert glass.ends_at == at + timedelta(hours=2)
    with foundation.acting(cast.carina):
        (notice,) = foundation.notices_of(cast.carina)
        assert notice.text["code"] == "foundation.glass_broken"
        assert foundation.BreakGlass.objects.filter(id=glass.id).exists()
    with foundation.acting(cast.bjorn):
        assert foundation.glass_over(cast.bjorn, person_id=cast.greta.person_id) == glass
    with foundation.acting(cast.david):
        assert not foundation.BreakGlass.objects.exists()
    with foundation.acting(cast.system):
        assert (
            foundation.Event.objects.filter(
                kind="foundation.glass_broken", person_id=cast.greta.person_id
            ).count()
            == 1
        )


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"reason": "kort"}, foundation.BadInput),
        ({"hours": 25}, foundation.BadInput),
        ({"hours": 0}, foundation.BadInput),
        ({"person_id": None}, foundation.BadInput),
    ],
)
def test_without_reason_or_limit_nothing_opens(
    cast: Cast, changed: dict[str, Any], error: type[Exception]
) -> None:
    wanted = {
        "person_id": cast.greta.person_id,
        "reason": REASON,
        "hours": 2,
        "by": cast.bjorn,
        "at": foundation.now(),
    } | changed
    with pytest.raises(error):
        foundation.break_glass(**wanted)
    with foundation.acting(cast.system):
        assert not foundation.BreakGlass.objects.exists()
        assert not foundation.Event.objects.filter(kind="foundation.glass_broken").exists()


@pytest.mark.parametrize("who", ["elin", "greta", "board", "ada"])
def test_others_may_not(cast: Cast, who: str) -> None:
    with pytest.raises(foundation.Refused):
        foundation.break_glass(
            person_id=cast.farid.person_id, reason=REASON, hours=2, by=getattr(cast, who), at=foundation.now()
        )


def test_the_opener_ends_it_and_nobody_else(cast: Cast) -> None:
    at = foundation.now()
    glass = foundation.break_glass(
        person_id=cast.greta.person_id, reason=REASON, hours=2, by=cast.bjorn, at=at
    )
    with pytest.raises(foundation.NotFound):
        foundation.end_glass(glass_id=glass.id, by=cast.asa, at=at)
    foundation.end_glass(glass_id=glass.id, by=cast.bjorn, at=at)
    with foundation.acting(cast.bjorn):
        assert foundation.glass_over(cast.bjorn, person_id=cast.greta.person_id) is None


def test_the_role_alone_sees_none(cast: Cast, intruder: psycopg.Connection[Any]) -> None:
    assert intruder.execute("SELECT count(*) FROM foundation_breakglass").fetchone() == (0,)
    assert intruder.execute("SELECT count(*) FROM foundation_notice").fetchone() == (0,)
