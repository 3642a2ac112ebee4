"""What is secret toward a named person does not leak: letter, message, map, timeline, copy, search, own record."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import translation

from handslag.casework import public as casework
from handslag.coordination import public as coordination
from handslag.coordination import secrecy
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.cast import Cast
from tests.coordination.families import CHILD_KIND, LONG_AGO, People, events_of

pytestmark = pytest.mark.django_db(databases=["default"])
STREET, PHONE, EMAIL = "Hemliga gatan 7", "0701740605", "lena.ny@example.se"


@pytest.fixture
def apart(cast: Cast, family: People, now: datetime) -> People:
    """Lena's address and ways and Alva's placement with Karin are secret toward Mats. Åsa works with Mats, Björn with
    Lena, David with Alva; all of them may read everybody."""
    family.add("karin", 1966, sex="woman", open_to=[cast.support, cast.children])
    people.move_in(
        household_id=family.home(["karin"]),
        person_id=family.alva,
        role="child",
        valid_from=LONG_AGO,
        by=cast.system,
        at=now,
    )
    people.set_address(
        person_id=family.lena,
        street=STREET,
        postal_code="123 45",
        city="Ekeby",
        valid_from=LONG_AGO,
        by=cast.system,
        at=now,
    )
    people.set_address(
        person_id=family.alva, street="Lundvägen 3", postal_code="123 46", city="Ekeby", kind="temporary",
        valid_from=LONG_AGO, by=cast.system, at=now,
    )  # fmt: skip
    people.set_contact(person_id=family.lena, kind="phone", value=PHONE, by=cast.system, at=now)
    people.set_contact(person_id=family.lena, kind="email", value=EMAIL, by=cast.system, at=now)
    family.cases = {  # type: ignore[attr-defined]
        "mats": family.case("mats", cast.support, cast.asa),
        "lena": family.case("lena", cast.support, cast.bjorn),
        "alva": family.case("alva", cast.children, cast.david, kind=CHILD_KIND),
    }
    for name, by in (("lena", cast.bjorn), ("alva", cast.david)):
        coordination.keep_secret(
            person_id=family.ids[name], toward_id=family.mats, ground="osl_26_1" if name == "lena" else "lvu_14",
            because="Hot", by=by, at=now,
        )  # fmt: skip
    return family


def send(folk: People, cast: Cast, body: str, **more: Any) -> Any:
    told = {
        "case_id": folk.cases["mats"].id,
        "subject": "Svar",
        "body": body,
        "by": cast.asa,
        "at": folk.at,
        **more,
    }  # type: ignore[attr-defined]
    return casework.send_message(**told)


# --- who may be told


def test_it_is_told_to_others_but_not_to_the_one_it_is_secret_toward(cast: Cast, apart: People) -> None:
    assert not people.may_tell(apart.lena, apart.mats, "address")
    assert people.may_tell(apart.lena, apart.ines, "address")
    assert people.may_tell(apart.mats, apart.lena, "address")
    assert people.may_tell(apart.lena, apart.lena, "address")
    for toward, found in ((apart.mats, None), (apart.ines, STREET)):
        address = people.address_of(apart.lena, cast.system, toward=toward)
        assert (address.street if address else None) == found
    assert people.contact_ways_of(apart.lena, cast.system, toward=apart.mats) == {}
    assert people.contact_ways_of(apart.lena, cast.system, toward=apart.rut)["email"] == EMAIL


def test_only_what_was_chosen_is_secret_and_only_while_it_is(
    cast: Cast, apart: People, now: datetime
) -> None:
    coordination.keep_secret(
        person_id=apart.theo, toward_id=apart.mats, address=False, contact=False, placement=True, ground="lvu_14",
        because="x", by=cast.david, at=now,
    )  # fmt: skip
    assert people.may_tell(apart.theo, apart.mats, "address") and not people.may_tell(
        apart.theo, apart.mats, "placement"
    )
    (secret,) = coordination.secrets_of(apart.theo, cast.david)
    coordination.end_secret(secret_id=secret.id, because="Over", by=cast.david, at=now)
    assert people.may_tell(apart.theo, apart.mats, "placement")
    later = coordination.keep_secret(
        person_id=apart.theo, toward_id=apart.mats, ground="lvu_14", because="x", valid_from=foundation.today() + timedelta(days=2),
        by=cast.david, at=now,
    )  # fmt: skip
    assert later.valid_from > foundation.today() and people.may_tell(apart.theo, apart.mats, "placement")
    assert [len(events_of(f"coordination.secret_{act}")) for act in ("set", "ended")] == [4, 1]


# --- staff


def test_whoever_works_with_him_and_not_with_her_does_not_see_it(cast: Cast, apart: People) -> None:
    assert (
        people.address_of(apart.lena, cast.asa) is None and people.contact_ways_of(apart.lena, cast.asa) == {}
    )
    for actor in (cast.bjorn, cast.carina):
        address = people.address_of(apart.lena, actor)
        assert address is not None and address.street == STREET


def test_whoever_works_with_both_sees_it_with_its_mark(cast: Cast, apart: People, now: datetime) -> None:
    lena = apart.cases["lena"]  # type: ignore[attr-defined]
    with pytest.raises(foundation.Refused):
        casework.assign_case(case_id=lena.id, worker_id=cast.asa.account_id, by=cast.asa, at=now)
    casework.assign_case(case_id=lena.id, worker_id=cast.asa.account_id, by=cast.carina, at=now)
    assert people.address_of(apart.lena, cast.asa) is not None
    view = coordination.find_family(apart.lena, cast.asa)
    assert [row.toward_id for row in view.persons[0].secrets] == [apart.mats]


def test_a_case_that_one_opens_oneself_does_not_make_one_work_with_both(
    cast: Cast, apart: People, now: datetime
) -> None:
    opened = casework.open_case(
        kind="income_support", person_id=apart.lena, unit_id=cast.support, worker_id=cast.asa.account_id, by=cast.asa, at=now
    )  # fmt: skip
    assert opened.worker_id is None
    assert people.address_of(apart.lena, cast.asa) is None


def test_nobody_makes_themselves_work_with_both_in_sql(cast: Cast, apart: People, now: datetime) -> None:
    """Åsa works with Mats: neither Lena's case, nor a part in it, nor a reading that she gives herself shows the address."""
    lena = apart.cases["lena"]  # type: ignore[attr-defined]
    me = cast.asa.account_id
    tries = [
        ("UPDATE casework_case SET worker_id = %s WHERE id = %s", [me, lena.id]),
        (
            "INSERT INTO casework_casestaff (id, case_id, account_id, because, valid_from, named_by_id) "
            "VALUES (gen_random_uuid(), %s, %s, 'x', now(), %s)",
            [lena.id, me, me],
        ),
        (
            "INSERT INTO people_persongrant (id, person_id, account_id, because, valid_from) "
            "VALUES (gen_random_uuid(), %s, %s, 'named', handslag_today())",
            [apart.lena, me],
        ),
    ]
    for sql, values in tries:
        with (
            foundation.acting(cast.asa),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, values)
    assert people.address_of(apart.lena, cast.asa) is None


# --- each way that it could leak


@pytest.mark.parametrize("body", [
    f"Hon bor på {STREET}.", "Hon bor på HEMLIGA  GATAN 7", "Ring 070-174 06 05", "Ring +46 70 174 06 05", f"Skriv till {EMAIL.upper()}!",
    "Alva bor på Lundvägen 3 nu",
])  # fmt: skip
def test_message(cast: Cast, apart: People, body: str) -> None:
    with pytest.raises(people.SecretWouldBeTold):
        send(apart, cast, body)
    with pytest.raises(people.SecretWouldBeTold):
        send(apart, cast, "Se ämnet", subject=body)


@pytest.mark.parametrize("body", [
    "Välkommen på onsdag.", "Ring oss på 0380-55 00 00", "Kom den 5 maj klockan 13.30", "Du får 4 500 kr. Planen gäller i 3 månader.",
])  # fmt: skip
def test_an_innocent_message_goes_on(cast: Cast, apart: People, body: str) -> None:
    assert send(apart, cast, body).id


@pytest.mark.parametrize("body", [
    f"Hon bor på {STREET}.", "Hemliga gatan 70 är stängd", "Hon bor väl på Storgatan nu?", "Vi ses på Hamnvägen 2.", "Bor hon i Ekbacken 3?",
    "Är det Mossvik 12?", "Är hon på Udda 9?",
])  # fmt: skip
def test_whoever_does_not_know_learns_nothing_by_trying_streets(
    cast: Cast, apart: People, now: datetime, body: str
) -> None:
    """The answer to the right street and to any other is the same, also of a name that only the town's own streets know."""
    people.set_address(
        person_id=apart.ines, street="Udda 4", postal_code="123 45", city="Ekeby", valid_from=LONG_AGO, by=cast.system, at=now
    )  # fmt: skip
    with pytest.raises(people.SecretWouldBeTold) as refused:
        send(apart, cast, body)
    with translation.override("en"):
        assert refused.value.what.startswith("A text to this person that names streets")
    (event,) = events_of("coordination.text_held_back")
    named = body == f"Hon bor på {STREET}."
    assert (event.actor_kind, event.account_id, event.data["writer"]) == (
        "system",
        None,
        str(cast.asa.account_id),
    )
    assert event.data["named"] is named
    with foundation.acting(cast.asa):
        assert not foundation.Event.objects.filter(id=event.id).exists(), "the writer reads nothing of why"
    assert ("coordination.text_held_back" in _notices(cast.bjorn)) is named


def _notices(actor: foundation.Actor) -> list[str]:
    with foundation.acting(actor):
        return [str(notice.text["code"]) for notice in foundation.notices_of(actor)]


def test_whoever_knows_is_told_why_and_writes_of_other_streets(
    cast: Cast, apart: People, now: datetime
) -> None:
    alva, lena = apart.cases["alva"], apart.cases["lena"]  # type: ignore[attr-defined]
    casework.assign_case(case_id=lena.id, worker_id=cast.asa.account_id, by=cast.carina, at=now)
    casework.name_staff(case_id=alva.id, account_id=cast.asa.account_id, because="stöd", by=cast.eva, at=now)
    assert send(apart, cast, "Vi ses på Storgatan 5.").id
    with pytest.raises(people.SecretWouldBeTold) as refused:
        send(apart, cast, f"Hon bor på {STREET}.")
    with translation.override("en"):
        assert refused.value.what.startswith("The text tells where somebody is")


def test_no_staff_learns_in_sql_whether_somebody_whom_they_may_not_read_keeps_a_secret(
    cast: Cast, apart: People, now: datetime
) -> None:
    def asked(actor: foundation.Actor, about: Any) -> Any:
        with foundation.acting(actor), connection.cursor() as cursor:
            cursor.execute("SELECT handslag_kept_from_me(ARRAY[%s]::uuid[], 'any', %s)", [about, apart.mats])
            return cursor.fetchone()[0]

    assert asked(cast.asa, apart.lena) == [apart.lena]
    with foundation.acting(cast.olle):
        assert not people.Person.objects.filter(id=apart.lena).exists()
    assert (
        asked(cast.olle, apart.lena)
        == asked(cast.olle, apart.ines)
        == asked(cast.olle, foundation.new_id())
        == []
    )
    for function in (
        "handslag_kept_from_reader(ARRAY[%s]::uuid[], 'any', %s)",
        "handslag_kept_stays(%s, ARRAY[%s]::uuid[])",
    ):
        with (
            pytest.raises(DatabaseError),
            foundation.acting(cast.asa),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"SELECT {function}", [apart.lena, apart.mats])


def test_the_same_words_go_to_her_and_to_others(cast: Cast, apart: People) -> None:
    case = apart.cases["lena"]  # type: ignore[attr-defined]
    assert casework.send_message(
        case_id=case.id, subject="Svar", body=f"Vi kommer till {STREET}.", by=cast.bjorn, at=apart.at
    ).id


def test_his_own_street_is_no_secret_to_him(cast: Cast, apart: People) -> None:
    people.set_address(
        person_id=apart.mats,
        street=STREET,
        postal_code="123 45",
        city="Ekeby",
        valid_from=LONG_AGO,
        by=cast.system,
        at=apart.at,
    )
    assert send(apart, cast, f"Vi skriver till {STREET}.").id


def test_communication_request_and_decision(cast: Cast, apart: People) -> None:
    case_id, day = apart.cases["mats"].id, foundation.today() + timedelta(days=9)  # type: ignore[attr-defined]
    told = {"case_id": case_id, "by": cast.asa, "at": apart.at}
    with pytest.raises(people.SecretWouldBeTold):
        casework.communicate(material=f"Lena bor på {STREET}.", answer_until=day, **told)
    with pytest.raises(people.SecretWouldBeTold):
        casework.request_completion(what=["Hyresavi", f"Nyckel till {STREET}"], due_on=day, **told)
    with pytest.raises(people.SecretWouldBeTold):
        casework.decide(
            type="income_support.grant", outcome="granted", legal_ground="SoL 12:1", amount=1,
            reason=["Du får pengar.", f"Lena har flyttat till {STREET}."], **told,
        )  # fmt: skip


def test_a_check_that_fails_stops_what_was_to_be_told(
    cast: Cast, apart: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> bool:
        raise TimeoutError("no answer")

    for name in ("is_secret", "is_kept_from", "hold_back"):
        monkeypatch.setattr(secrecy.KeptSecrets, name, broken)
    with pytest.raises(people.SecretWouldBeTold):
        send(apart, cast, "Helt oskyldigt")
    assert people.address_of(apart.ines, cast.system, toward=apart.mats) is None
    assert people.address_of(apart.lena, cast.bjorn) is None


def test_map_and_list_leave_out_where_the_child_is(cast: Cast, apart: People) -> None:
    def names(start: Any, actor: Any) -> set[str]:
        return {one.name.split()[0] for one in coordination.find_family(start, actor).persons}

    assert "Karin" in names(apart.alva, cast.david)
    his = coordination.find_family(apart.mats, cast.asa)
    found = {one.name.split()[0]: one for one in his.persons}
    assert "Karin" not in found and "Alva" in found
    assert found["Lena"].homes == ()
    assert found["Alva"].homes == found["Mats"].homes, "the home with him is no secret to him"
    assert "Karin" not in names(apart.alva, cast.asa), "also from her own page, for his worker"
    assert "Karin" not in names(apart.mats, cast.bjorn), "on his page, for one who works with Lena alone"
    assert "Karin" in names(apart.mats, cast.david), "David works with Alva"


def test_map_is_drawn_as_if_there_were_no_foster_home(cast: Cast, apart: People) -> None:
    def drawing() -> Any:
        view = coordination.find_family(apart.mats, cast.asa)
        return coordination.draw(
            [coordination.MapPerson(str(one.id), one.name, homes=one.homes) for one in view.persons],
            view.ties,
        )

    before = drawing()
    apart.add("anton", 2015, open_to=[cast.support, cast.children])
    with foundation.acting(cast.system):
        (stay,) = people.HouseholdMember.objects.filter(person_id=apart.karin)
    people.move_in(
        household_id=stay.household_id,
        person_id=apart.anton,
        role="child",
        valid_from=LONG_AGO,
        by=cast.system,
        at=apart.at,
    )
    assert drawing() == before


def test_timeline_and_matters_on_his_page_leave_hers_out(cast: Cast, apart: People, now: datetime) -> None:
    hers = apart.cases["lena"]  # type: ignore[attr-defined]
    casework.write_note(case_id=hers.id, subject=f"Hembesök {STREET}", body="x", by=cast.bjorn, at=now)
    assert casework.find_notes(hers.id, cast.asa).rows, "the same unit: she could read the case itself"
    told = coordination.find_timeline(apart.mats, cast.asa, limit=200)
    assert all(one.case is None or one.case.id != hers.id for one in told.page.rows)
    assert STREET not in str([one.data for one in told.page.rows])
    view = coordination.find_family(apart.mats, cast.asa)
    assert hers.id not in {one.case.id for person in view.persons for one in person.matters}
    mine = coordination.find_timeline(apart.lena, cast.bjorn, limit=200)
    assert any(one.case and one.case.id == hers.id for one in mine.page.rows)


def test_copies(cast: Cast, apart: People) -> None:
    """The rule for masked copies: hidden for him, open for her, hidden for anybody when nobody is named."""
    case_id = apart.cases["mats"].id  # type: ignore[attr-defined]

    def hides(receiver: Any, text: str) -> bool:
        with foundation.acting(foundation.system("masking")):
            ask = secrecy.masking_rule(casework.MaskingQuestion(case_id, receiver))
            return (
                ask is not None and ask(casework.AskedPassage("note", foundation.new_id(), text)) is not None
            )

    assert hides(apart.mats, f"Möte på {STREET}") and not hides(apart.mats, "Möte på kontoret")
    assert not hides(apart.lena, f"Möte på {STREET}")
    assert hides(None, f"Möte på {STREET}")
    assert "coordination.secret_toward" in casework.masking_rules()


@pytest.mark.parametrize(
    ("kind", "text", "tells"),
    [
        ("place", "Hon har flyttat till GÖMDA by.", True),
        ("place", "Eksjös kommun har svarat.", True),
        ("place", "Eksjöborna firar.", False),  # whole words alone
        ("work_or_school", "Mötet var på Café Solens lager.", True),
        ("work_or_school", "Hon jobbar på cafe solen.", True),
        ("work_or_school", "Solen skiner.", False),
        ("name", "Karins bil stod utanför.", True),
        ("name", "Lena ringde.", True),
        ("name", "Mats ringde.", False),  # the receiver's own
    ],
)
def test_words_that_may_tell(cast: Cast, apart: People, kind: str, text: str, tells: bool) -> None:
    """Places, workplaces, schools and names are proposed, never hidden for good, and never stop a letter."""
    with foundation.acting(cast.system):
        secret = coordination.SecretToward.objects.filter(person_id=apart.lena, toward_id=apart.mats).first()
    assert secret is not None
    words = {"place": ["Gömda by", "Eksjö"], "work_or_school": ["Café Solen"], "name": ["Karin"]}
    coordination.tell_more_of_secret(secret_id=secret.id, telling=words, by=cast.bjorn, at=foundation.now())
    case_id = apart.cases["mats"].id  # type: ignore[attr-defined]

    def said(receiver: Any) -> casework.Hidden | None:
        with foundation.acting(foundation.system("masking")):
            ask = secrecy.may_tell_rule(kind)(casework.MaskingQuestion(case_id, receiver))
            return ask(casework.AskedPassage("note", foundation.new_id(), text)) if ask else None

    found = said(apart.mats)
    assert (found is not None) == tells
    assert found is None or (found.may_lift and found.ground == "OSL 21:3")
    assert said(apart.lena) is None  # hers to read
    assert f"coordination.may_tell_{kind}" in casework.masking_rules()
    if "Karin" in text or "Gömda" in text:
        people.require_tellable(apart.mats, text)  # what may tell stops no letter by itself


def test_words_that_may_tell_are_checked(cast: Cast, apart: People, now: datetime) -> None:
    with foundation.acting(cast.system):
        secret = coordination.SecretToward.objects.filter(person_id=apart.lena, toward_id=apart.mats).first()
    assert secret is not None
    told: dict[str, Any] = {"secret_id": secret.id, "at": now}
    for wrong in ({"annat": ["x"]}, {"place": ["x"]}, {"place": ["ort"] + [f"ort{n}" for n in range(50)]}):
        with pytest.raises(foundation.BadInput):
            coordination.tell_more_of_secret(telling=wrong, by=cast.bjorn, **told)
    for stranger in (cast.ada, cast.elin, cast.board):
        with pytest.raises(foundation.HandslagError):
            coordination.tell_more_of_secret(telling={"place": ["Ort"]}, by=stranger, **told)
    kept = coordination.tell_more_of_secret(telling={"place": [" Ort ", "Ort", ""]}, by=cast.bjorn, **told)
    assert kept.telling == {"place": ["Ort"]}


def test_search_hint(cast: Cast, apart: People) -> None:
    """A hit of the search tells who, never where."""
    (found,) = [one for one in people.search_persons("Lena Test", cast.asa) if one.person_id == apart.lena]
    assert set(found.__dataclass_fields__) == {"person_id", "name", "birth_year", "is_protected"}


def test_his_own_record(cast: Cast, apart: People) -> None:
    """What he reads himself: no row of hers, also straight in SQL, and nothing of the secrets."""
    account = foundation.Account
    with foundation.acting(cast.system):
        made = account.objects.create(username="resident-mats", name="Mats", person_id=apart.mats)
    him = foundation.Actor(kind="resident", account_id=made.id, person_id=apart.mats)
    assert people.address_of(apart.lena, him) is None and people.contact_ways_of(apart.lena, him) == {}
    assert people.household_history(apart.alva, him) == []
    home = people.household_of(apart.mats, foundation.today(), him)
    assert home is not None and "Karin" not in {one.given_name for one in home.members}
    with foundation.acting(him), connection.cursor() as cursor:
        for table in ("coordination_secrettoward", "people_address", "people_contactway"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table
        cursor.execute("SELECT handslag_family(%s, 4, 80)", [apart.mats])
        assert cursor.fetchone() == (None,)


# --- who may set it


def test_who_may_keep_and_end_a_secret(cast: Cast, apart: People, now: datetime) -> None:
    told = {"toward_id": apart.mats, "ground": "lvu_14", "because": "x", "at": now}
    for actor in (cast.ada, cast.frida, cast.elin, cast.board):
        with pytest.raises(foundation.HandslagError):
            coordination.keep_secret(person_id=apart.theo, by=actor, **told)
    hidden = apart.add("okänd", 1990)
    with pytest.raises(people.PersonNotFound):
        coordination.keep_secret(person_id=hidden, by=cast.david, **told)
    for wrong in (
        {"ground": "x"},
        {"because": " "},
        {"address": False, "contact": False, "placement": False},
    ):
        with pytest.raises(foundation.BadInput):
            coordination.keep_secret(person_id=apart.theo, by=cast.david, **{**told, **wrong})
    with pytest.raises(foundation.BadInput):
        coordination.keep_secret(person_id=apart.alva, by=cast.david, **told)
    with pytest.raises(people.NotTwoPersons):
        coordination.keep_secret(person_id=apart.mats, by=cast.asa, **told)
    (secret,) = coordination.secrets_of(apart.alva, cast.david)
    with pytest.raises(foundation.HandslagError):
        coordination.end_secret(secret_id=secret.id, because="x", by=cast.frida, at=now)
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        foundation.acting(cast.ada),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO coordination_secrettoward (id, person_id, toward_id, address, contact, placement, ground, because,"
            " valid_from, decided_at, ended_because) VALUES (%s, %s, %s, true, true, true, 'lvu_14', 'x', %s, %s, '')",
            [foundation.new_id(), apart.theo, apart.mats, date(2026, 1, 1), now],
        )
    with foundation.acting(cast.frida), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM coordination_secrettoward")
        assert cursor.fetchone() == (0,)
        cursor.execute("UPDATE coordination_secrettoward SET valid_to = valid_from")
        assert cursor.rowcount == 0


def test_household(cast: Cast, apart: People) -> None:
    """The home that is secret stands neither on the child's page nor on the foster mother's, for his worker."""

    def members(person: Any, actor: Any) -> set[str]:
        home = people.household_of(person, foundation.today(), actor)
        return {one.given_name for one in home.members} if home else set()

    assert members(apart.alva, cast.david) == {"Karin", "Alva"}
    assert "Karin" not in members(apart.alva, cast.asa)
    assert members(apart.karin, cast.asa) == {"Karin"}
    assert "Alva" in members(apart.mats, cast.asa)
    assert members(apart.lena, cast.asa) == set()


# --- two records that were one


def test_it_follows_a_person_whose_two_records_were_one(cast: Cast, apart: People, now: datetime) -> None:
    again = apart.add("matts", 1974, open_to=[cast.support, cast.children])
    people.merge_persons(keep_id=again, duplicate_id=apart.mats, by=cast.carina, at=now)
    assert not people.may_tell(apart.lena, again, "address")
    other = apart.add("lenna", 1976, open_to=[cast.support, cast.children])
    coordination.keep_secret(
        person_id=other,
        toward_id=again,
        address=False,
        contact=False,
        ground="osl_26_1",
        because="x",
        by=cast.bjorn,
        at=now,
    )
    people.merge_persons(keep_id=other, duplicate_id=apart.lena, by=cast.carina, at=now)
    assert not people.may_tell(other, again, "address") and not people.may_tell(other, again, "placement")
    assert len(coordination.secrets_of(other, cast.carina)) == 1


def test_two_who_are_kept_secret_from_each_other_are_never_made_one(
    cast: Cast, apart: People, now: datetime
) -> None:
    with pytest.raises(foundation.Refused):
        people.merge_persons(keep_id=apart.lena, duplicate_id=apart.mats, by=cast.carina, at=now)


def test_record_online_asks_the_same(cast: Cast, apart: People) -> None:
    """A guardian toward whom something of the child is secret does not read the child's record online."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'handslag_record_secret_toward'")
        ((body,),) = cursor.fetchall()
    assert "coordination_secrettoward" in body


def test_letter(cast: Cast, apart: People) -> None:
    """A letter whose reasons came to tell a secret after the decision was made is not written."""
    from handslag.income_support.letter import compose

    told = compose._Told("granted", None, "SoL 12:1", [f"Lena bor på {STREET}."], date(2026, 11, 1))
    case = apart.cases["mats"]  # type: ignore[attr-defined]
    named = {"decided_on": date(2026, 11, 1), "is_automated": False, "decided_by": "", "others": (), "appeal": "x", "last_day": None}  # fmt: skip
    with foundation.acting(cast.system), pytest.raises(people.SecretWouldBeTold):
        compose._compose(case, people.get_person(apart.mats, cast.system), told, (), **named)
