"""The SSBTEK client against the simulator: a real socket, a client certificate, and every way to fail."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from handslag.income_support.ports import Agency, AnswerState, AskedPeriod, Payout
from handslag.integrations.certificates import make_certificates
from handslag.integrations.simulator_server import ServiceFault
from handslag.integrations.soap import SoapPost
from handslag.integrations.ssbtek.client import SsbtekRegisters
from handslag.integrations.ssbtek.simulator import AgencyFault, SsbtekSimulator

from .conftest import ASKER, ELIN

OCTOBER = AskedPeriod(date(2026, 10, 1), date(2026, 10, 31))


def test_what_the_population_was_paid_comes_back_as_figures(registers: SsbtekRegisters) -> None:
    answers = registers.fetch(ELIN, OCTOBER, "EB-2026-00001", "asa")
    assert answers.unanswered == ()
    assert {(one.code, one.amount_kr) for one in answers.figures} == {
        ("FK:BOB", Decimal("1900.00")),
        ("FK:ABB", Decimal("1250.00")),
        ("PM:EF", Decimal("2200.00")),
        ("CSN:GRUNDB", Decimal("3120.00")),
        ("SO:AKASSA", Decimal("1600.25")),
    }


def test_planned_payments_are_told_apart(registers: SsbtekRegisters) -> None:
    november = AskedPeriod(date(2026, 11, 1), date(2026, 11, 30))
    (figure,) = registers.fetch(ELIN, november, "EB-2026-00001", "asa").figures
    assert (figure.code, figure.payout, figure.amount_kr) == ("FK:SJP", Payout.PLANNED, Decimal("4310.50"))


def test_a_person_without_payments_is_answered_with_nothing(registers: SsbtekRegisters) -> None:
    answers = registers.fetch("198501012390", OCTOBER, "EB-2026-00002", "asa")
    assert answers.unanswered == ()
    assert answers.figures == ()


@pytest.mark.parametrize("agency", [agency for agency in Agency if agency is not Agency.PM])
@pytest.mark.parametrize("fault", list(AgencyFault))
def test_one_failing_agency_is_unanswered_and_the_others_stand(
    simulator: SsbtekSimulator, registers: SsbtekRegisters, agency: Agency, fault: AgencyFault
) -> None:
    if fault is AgencyFault.SOMEONE_ELSE and agency is Agency.TNS:
        pytest.skip("Transportstyrelsen's answer names nobody")
    simulator.faults[agency] = fault
    answers = registers.fetch(ELIN, OCTOBER, "EB-2026-00001", "asa")
    assert not answers.of(agency).is_answered
    assert answers.of(agency).figures == ()
    assert answers.of(agency).reason
    carried = {agency} | ({Agency.PM} if agency is Agency.FK else set())
    assert {one.agency for one in answers.unanswered} <= carried


def test_pensionsmyndigheten_can_fail_alone(simulator: SsbtekSimulator, registers: SsbtekRegisters) -> None:
    simulator.faults[Agency.PM] = AgencyFault.ERROR
    answers = registers.fetch(ELIN, OCTOBER, "EB-2026-00001", "asa")
    assert [one.agency for one in answers.unanswered] == [Agency.PM]


@pytest.mark.parametrize(
    ("fault", "reason_code"),
    [
        (ServiceFault.DOWN, "unreachable"),
        (ServiceFault.BUSY, "http_status"),
        (ServiceFault.GARBAGE, "unreadable"),
        (ServiceFault.CUT_OFF, "unreadable"),
        (ServiceFault.ENTITIES, "unreadable"),
        (ServiceFault.HUGE, "too_large"),
    ],
)
def test_a_failing_service_makes_every_agency_missing(
    simulator: SsbtekSimulator, registers: SsbtekRegisters, fault: ServiceFault, reason_code: str
) -> None:
    simulator.fail(fault)
    answers = registers.fetch(ELIN, OCTOBER, "EB-2026-00001", "asa")
    assert {one.state for one in answers.agencies} == {AnswerState.MISSING}
    assert {one.reason_code for one in answers.agencies} == {reason_code}
    assert answers.figures == ()
    simulator.fail(None)
    assert registers.fetch(ELIN, OCTOBER, "EB-2026-00001", "asa").unanswered == ()


def test_a_slow_service_is_not_waited_for(simulator: SsbtekSimulator) -> None:
    simulator.fail(ServiceFault.SLOW, slow_seconds=8)
    registers = SsbtekRegisters(
        SoapPost(simulator.url, simulator.certificates.client, timeout_seconds=0.4), ASKER
    )
    answers = registers.fetch(ELIN, OCTOBER, "EB-2026-00001", "asa")
    assert {one.reason_code for one in answers.agencies} == {"timeout"}


def test_a_client_without_the_right_certificate_gets_nothing(
    simulator: SsbtekSimulator, tmp_path: Path
) -> None:
    other = make_certificates(tmp_path / "other")
    ours = simulator.certificates.client
    stranger = type(ours)(other.client.certificate, other.client.key, ours.authority)
    registers = SsbtekRegisters(SoapPost(simulator.url, stranger, timeout_seconds=5), ASKER)
    assert {one.reason_code for one in registers.fetch(ELIN, OCTOBER, "EB-1", "asa").agencies} == {
        "unreachable"
    }
    assert simulator.server.questions == 0


def test_a_server_that_we_do_not_trust_gets_no_question(simulator: SsbtekSimulator, tmp_path: Path) -> None:
    other = make_certificates(tmp_path / "other")
    registers = SsbtekRegisters(SoapPost(simulator.url, other.client, timeout_seconds=5), ASKER)
    assert {one.reason_code for one in registers.fetch(ELIN, OCTOBER, "EB-1", "asa").agencies} == {
        "unreachable"
    }
    assert simulator.server.questions == 0


def test_certificates_are_kept_over_a_restart(tmp_path: Path) -> None:
    first = make_certificates(tmp_path).client.certificate.read_bytes()
    assert make_certificates(tmp_path).client.certificate.read_bytes() == first
    (tmp_path / "server.key").unlink()
    assert make_certificates(tmp_path).client.certificate.read_bytes() != first


def test_a_missing_certificate_file_is_a_reason_not_a_crash(
    simulator: SsbtekSimulator, tmp_path: Path
) -> None:
    files = type(simulator.certificates.client)(
        tmp_path / "no.pem", tmp_path / "no.key", tmp_path / "no-ca.pem"
    )
    registers = SsbtekRegisters(SoapPost(simulator.url, files), ASKER)
    assert {one.state for one in registers.fetch(ELIN, OCTOBER, "EB-1", "asa").agencies} == {
        AnswerState.MISSING
    }


def test_a_reserve_number_is_missing_with_its_reason(registers: SsbtekRegisters) -> None:
    answers = registers.fetch("19880209T050", OCTOBER, "EB-1", "asa")
    assert {one.reason_code for one in answers.agencies} == {"unaskable_number"}


def test_agencies_without_agreement_are_not_asked(simulator: SsbtekSimulator) -> None:
    post = SoapPost(simulator.url, simulator.certificates.client, timeout_seconds=5)
    answers = SsbtekRegisters(post, ASKER, frozenset({Agency.FK, Agency.PM})).fetch(
        ELIN, OCTOBER, "EB-1", "asa"
    )
    assert {one.agency for one in answers.agencies if one.is_answered} == {Agency.FK, Agency.PM}
    assert answers.of(Agency.CSN).reason_code == "not_asked"
    post.close()
