"""Every address of the desk and of the lead face, opened by every role, with little data and with much: never a fault.

What a role may not open is refused in words; an id that is nobody's is not found. A page that breaks shows here, before
it shows on somebody's screen.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import jobs, ports
from handslag.income_support import public as income_support
from handslag.portal.shell.operations import report_fault
from tests.cast import Cast
from tests.income_support import applying
from tests.income_support.deciding import rules
from tests.income_support.paying import connect_bank

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
FACES = ("handlaggare/", "ledning/")
ROLES = ("asa", "carina", "david", "frida", "rune", "ada", "board")
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def patterns(
    face: str, within: list[URLPattern | URLResolver] | None = None, before: str = ""
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every route of a face with its parameters: name and the converter that reads it."""
    for one in within if within is not None else get_resolver().url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            if within is not None or route == face:
                yield from patterns(face, one.url_patterns, route)
        elif within is not None:
            yield route, {**one.pattern.converters}


def addresses(face: str, known: dict[str, Any]) -> list[str]:
    """The routes with the known ids put in; what nobody knows becomes an id that is nobody's."""
    found = []
    for route, converters in patterns(face):
        address = route
        for name, converter in _converters(route, converters):
            value = known.get(name) or {"int": 7, "slug": "x", "str": "x"}.get(converter) or foundation.new_id()
            address = address.replace(f"<{converter}:{name}>", str(value)).replace(f"<{name}>", str(value))
        found.append(f"/{address}")
    return found


def _converters(route: str, _converters: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for part in route.split("<")[1:]:
        inside = part.split(">")[0]
        converter, _, name = inside.rpartition(":")
        yield name, converter or "str"


def walk(client: Client, face: str, known: dict[str, Any]) -> list[tuple[str, int]]:
    """Addresses that answer with a fault."""
    client.raise_request_exception = False
    broken = []
    for address in addresses(face, known):
        status = client.get(address).status_code
        if status >= 500:
            broken.append((address, status))
    return broken


@pytest.fixture
def much(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Elin's decided month with letter and payment, Farid's waiting one, notes, papers, messages, a protected person."""
    monkeypatch.setattr(ports, "_in_use", dict(ports._in_use))
    connect_bank()
    rules(cast, percent=100)
    applying.use()
    done = applying.apply(cast.elin)
    jobs.fetch_registers(str(done.id))
    jobs.assess(str(done.id))
    waiting = applying.apply(cast.farid, housing={**applying.ANSWERS["housing"], "rent_kr": "9900"})
    jobs.fetch_registers(str(waiting.id))
    jobs.assess(str(waiting.id))
    now = foundation.now()
    common = {"by": cast.asa, "at": now}
    case_id = done.case_id
    casework.assign_case(case_id=case_id, worker_id=cast.asa.account_id, **common)
    with foundation.acting(cast.asa):
        row = income_support.get_assessment(done.id, cast.asa)
    assert row is not None
    decision = income_support.grant(application_id=done.id, version=row.version, reason="Behovet är styrkt.", **common)
    jobs.carry_out_decision(decision_id=str(decision.id))
    note = casework.write_note(case_id=case_id, body="Elin ringde.", **common)
    draft = casework.draft_note(case_id=waiting.case_id, **common)
    paper = casework.add_document(case_id=case_id, name="avi.pdf", content=PDF, **common)
    casework.send_message(case_id=case_id, subject="Hej", body="Hej", by=cast.elin, at=now)
    due = foundation.today() + (foundation.today().resolution * 7)
    asked = casework.request_completion(case_id=case_id, what=["Hyresavi"], due_on=due, **common)
    told = casework.communicate(
        case_id=waiting.case_id, matter_id=waiting.id, material="Hyran", answer_until=due, by=cast.bjorn, at=now
    )
    casework.ask_to_speak(communication_id=told.id, by=cast.farid, at=now)
    report_fault(what="Knappen syns inte", page="/ansok/", contact="e@example.org", by=foundation.VISITOR, at=now)
    with foundation.acting(cast.frida):
        payments = income_support.find_payments(cast.frida, case_id=case_id)
    made = income_support.make_payment_file(unit_id=cast.support, by=cast.frida, at=now) if payments else None
    with foundation.acting(cast.system):
        warning = income_support.Warning.objects.first()
        sample = income_support.SampleReview.objects.first()
    return {
        "case_id": case_id,
        "application_id": done.id,
        "person_id": cast.elin.person_id,
        "decision_id": decision.id,
        "note_id": note.id if note else draft.id,
        "document_id": paper.id,
        "completion_id": asked.id,
        "communication_id": told.id,
        "order_id": payments[0].id if payments else None,
        "payment_id": payments[0].id if payments else None,
        "file_id": made.id if made else None,
        "unit_id": cast.support,
        "warning_id": warning.id if warning else None,
        "sample_id": sample.id if sample else None,
        "waiting": {"case_id": waiting.case_id, "application_id": waiting.id, "person_id": cast.farid.person_id,
                    "note_id": draft.id, "communication_id": told.id},
    }  # fmt: skip


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("who", ROLES)
def test_with_nothing_there(client_of: Log, cast: Cast, who: str, face: str) -> None:
    assert len(addresses(face, {})) > 20, "the walk finds the addresses of the face"
    assert walk(client_of(getattr(cast, who)), face, {}) == []


def test_with_much_there(client_of: Log, cast: Cast, much: dict[str, Any]) -> None:
    broken = {}
    hugo = {"person_id": cast.hugo.person_id}
    for who, known in (("asa", much), ("asa", much["waiting"]), ("asa", hugo), ("carina", much), ("frida", much),
                       ("rune", much), ("ada", much)):  # fmt: skip
        client = client_of(getattr(cast, who))
        for face in FACES:
            if found := walk(client, face, known):
                broken[who, face] = found
    assert broken == {}


def test_odd_questions_in_the_address_break_nothing(client_of: Log, cast: Cast, much: dict[str, Any]) -> None:
    odd = ("efter=xx", "efter=WyIxIiwieCIsInkiXQ", "fore=%C2%B2", "efter=W10=", "vems=%00", "nar=igår", "manad=2026-99", "rad=%22%3E", "ansokan=x", "enhet=x", "sida=-1")
    for who, start in (("asa", "/handlaggare/"), ("carina", "/ledning/"), ("asa", f"/handlaggare/arende/{much['case_id']}/"),
                       ("asa", f"/handlaggare/arende/{much['case_id']}/berakning/{much['application_id']}/"),
                       ("asa", f"/handlaggare/arende/{much['case_id']}/kommunicering/"), ("carina", "/ledning/logg/"),
                       ("carina", "/ledning/statistik/"), ("rune", "/ledning/regler/"), ("asa", f"/handlaggare/arende/{much['case_id']}/anteckningar/")):  # fmt: skip
        client = client_of(getattr(cast, who))
        client.raise_request_exception = False
        for question in odd:
            status = client.get(f"{start}?{question}").status_code
            assert status < 500, (start, question)


def test_papers_that_are_sent_without_a_file_break_nothing(
    client_of: Log, cast: Cast, much: dict[str, Any]
) -> None:
    client = client_of(cast.asa)
    url = f"/handlaggare/arende/{much['case_id']}/dokument/"
    assert client.post(url, {"kind": "received"}).status_code == 400
    lying = SimpleUploadedFile("a.pdf", b"\x00\x01\x02")
    assert client.post(url, {"kind": "received", "content": lying}).status_code == 400
