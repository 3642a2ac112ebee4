"""Navet: address, family and mark over a real socket; silence is never "not protected"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from handslag.income_support.ports import AnswerState, ProtectionMark, RegisteredAddress, RegisteredRelation
from handslag.integrations.navet.client import NavetRegister, read_post
from handslag.integrations.navet.simulator import NavetSimulator, SimulatedPerson
from handslag.integrations.simulator_server import ServiceFault
from handslag.integrations.soap import SoapPost

from .conftest import ELIN

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CHILD = "198501012390"
HOME = RegisteredAddress("", "Exempelgatan 1 lgh 1101", "57432", "Vetlanda")
PERSON = SimulatedPerson(ELIN, "Elin", "Ek", HOME, relations=(("B", CHILD), ("X", "")))


class Town(dict[str, SimulatedPerson]):
    def resident(self, identity_number: str) -> SimulatedPerson | None:
        return self.get(identity_number)


@pytest.fixture
def town() -> Town:
    return Town({ELIN: PERSON})


@pytest.fixture
def navet(town: Town, tmp_path: Path) -> Iterator[NavetSimulator]:
    with NavetSimulator(town, tmp_path / "navet") as running:
        yield running


@pytest.fixture
def register(navet: NavetSimulator) -> Iterator[NavetRegister]:
    post = SoapPost(navet.url, navet.certificates.client, timeout_seconds=5)
    yield NavetRegister(post, "2120000001", "00000000-0000-0000-0000-000000000001")
    post.close()


def test_address_family_and_no_mark(register: NavetRegister) -> None:
    answer = register.look_up(ELIN)
    assert (answer.state, answer.protection) == (AnswerState.OK, ProtectionMark.NONE)
    assert (answer.given_name, answer.family_name, answer.address) == ("Elin", "Ek", HOME)
    assert answer.relations == (RegisteredRelation("child", CHILD), RegisteredRelation("other", ""))


@pytest.mark.parametrize("mark", [ProtectionMark.SECRECY_MARK, ProtectionMark.PROTECTED_REGISTRATION])
def test_a_protected_person_has_a_mark_and_no_address(
    town: Town, register: NavetRegister, mark: ProtectionMark
) -> None:
    town[ELIN] = replace(PERSON, protection=mark)
    answer = register.look_up(ELIN)
    assert (answer.protection, answer.address) == (mark, None)


def test_a_person_who_is_no_longer_registered_says_why(town: Town, register: NavetRegister) -> None:
    town[ELIN] = replace(PERSON, deregistered="AV")
    assert register.look_up(ELIN).deregistered == "AV"


@pytest.mark.parametrize(
    "fault",
    [ServiceFault.DOWN, ServiceFault.BUSY, ServiceFault.GARBAGE, ServiceFault.CUT_OFF, ServiceFault.HUGE],
)
def test_a_failing_register_makes_the_mark_unknown(
    navet: NavetSimulator, register: NavetRegister, fault: ServiceFault
) -> None:
    navet.fail(fault)
    answer = register.look_up(ELIN)
    assert (answer.state, answer.protection) == (AnswerState.MISSING, ProtectionMark.UNKNOWN)
    assert answer.reason
    assert ELIN not in answer.reason


def test_a_person_not_in_the_register_has_an_unknown_mark(register: NavetRegister) -> None:
    answer = register.look_up("198501022381")
    assert (answer.reason_code, answer.protection) == ("not_found", ProtectionMark.UNKNOWN)


def test_an_answer_about_someone_else_is_no_answer(town: Town, register: NavetRegister) -> None:
    town[ELIN] = replace(PERSON, identity_number=CHILD)
    assert register.look_up(ELIN).reason_code == "about_someone_else"


def test_a_reserve_number_cannot_be_asked(register: NavetRegister) -> None:
    assert register.look_up("19880209T050").reason_code == "unaskable_number"


def test_a_mark_that_we_do_not_understand_is_unknown(navet: NavetSimulator, town: Town) -> None:
    town[ELIN] = replace(PERSON, protection=ProtectionMark.SECRECY_MARK)
    question = NavetRegister(SoapPost("", navet.certificates.client), "2120000001", "1")._question(ELIN)
    _, content = navet.answer(question)
    read = read_post(content.replace(b">J<", b">?<"), ELIN, AT)
    assert (read.protection, read.address) == (ProtectionMark.UNKNOWN, None)
