"""What each agency's data say, as figures. Anything that cannot be read makes the whole agency unanswered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from handslag.income_support.ports import Agency, AskedPeriod, Payout, RegisterFigure
from handslag.integrations.ssbtek import contract

LARGEST_PAYMENT_KR = Decimal(10_000_000)  # above this a figure is a fault of the sender, not a payment


class AgencyFault(Exception):
    """The agency answered that it could not answer. The message holds no personal data."""


class NotInAnswer(Exception):
    """The carrier answered, but holds nothing from this agency."""


class AboutSomeoneElse(Exception):
    """The answer names another person than the one asked about."""


@dataclass(frozen=True, slots=True)
class Reading:
    agency: Agency
    record: Mapping[str, Any]
    identity_number: str
    fetched_at: datetime
    fund_answered: frozenset[str]

    def same_person(self, number: str) -> None:
        """An answer may leave the number out; it may not name another."""
        digits = "".join(sign for sign in number if sign.isdigit())
        if digits and digits != self.identity_number and digits != self.identity_number[2:]:
            raise AboutSomeoneElse

    def figure(
        self, code: str, label: str, amount: Any, paid_on: date, payout: Payout, *, covers: AskedPeriod | None
    ) -> RegisterFigure:
        return RegisterFigure(
            self.agency, code, label, self.identity_number, _money(amount), paid_on, payout, covers,
            source_of(self.agency), self.fetched_at,
        )  # fmt: skip


def source_of(agency: Agency) -> str:
    return f"ssbtek-v10:{agency.value}"


def figures_of(reading: Reading) -> tuple[RegisterFigure, ...]:
    """Raises AgencyFault, NotInAnswer, AboutSomeoneElse; ValueError and its like for what cannot be read."""
    reader = {
        Agency.FK: _fk, Agency.PM: _pm, Agency.CSN: _csn, Agency.AF: _af, Agency.SO: _so, Agency.SKV: _skv,
        Agency.TNS: _tns, Agency.MIV: _miv,
    }[reading.agency]  # fmt: skip
    return tuple(reader(reading))


# --- Försäkringskassan and Pensionsmyndigheten (LEFI v9) ----------------------------------------------------


def _fk(reading: Reading) -> Iterator[RegisterFigure]:
    _require_supplier(reading, "FK")
    information = reading.record.get("formansinformation") or {}
    for person in _list(information.get("generellPersoninformation")):
        reading.same_person(str(person.get("personnummer", "")))
    for key, payout in (("utbetalningsuppgift", Payout.PAID), ("preliminarautbetalningar", Payout.PLANNED)):
        for payment in _list(information.get(key)):
            benefit = payment["formansfamilj"]
            code = str(benefit["id"]).removeprefix("FK:")
            net = payment["nettobelopp"]
            if net.get("valuta", "SEK") != "SEK":
                raise ValueError("not SEK")
            yield reading.figure(
                f"FK:{code}",
                str(benefit.get("beskrivning") or contract.FK_BENEFITS.get(code, code)),
                net["summa"],
                _day(payment["datum"]),
                payout,
                covers=_period(payment.get("period"), "fran", "till"),
            )


def _pm(reading: Reading) -> Iterator[RegisterFigure]:
    _require_supplier(reading, "PM")
    for key, payout in (("utbetalningar", Payout.PAID), ("preliminaraUtbetalningar", Payout.PLANNED)):
        for payment in _list(reading.record.get(key)):
            groups = {
                str(row["formansgrupp"]["kod"]).removeprefix("PM:"): row["formansgrupp"].get(
                    "beskrivning", ""
                )
                for row in _list(payment.get("utbetalningsrader"))
            }
            if not groups:
                raise ValueError("a payment without benefit")
            yield reading.figure(
                "PM:" + "+".join(sorted(groups)),
                ", ".join(groups[code] or contract.PM_BENEFITS.get(code, code) for code in sorted(groups)),
                payment["nettobelopp"],
                _day(payment["utbetalningsdatum"]),
                payout,
                covers=_period(payment.get("utbetalningsperiod"), "from", "tom"),
            )


def _require_supplier(reading: Reading, code: str) -> None:
    suppliers = {
        supplier["utlamnare"]["kod"]: supplier["tillstand"]["kod"]
        for supplier in _list(reading.record.get("utlamnare"))
    }
    if code not in suppliers:
        raise NotInAnswer("The answer holds nothing from the agency.")
    if suppliers[code] != "OK":
        raise AgencyFault("The agency's system is not available.")
    for deviations in (reading.record.get("avvikelser") or {}).values():
        for deviation in _list(deviations):
            about = deviation.get("formansgrupp") or deviation.get("ovrigInformationstyp") or {}
            named = str(about.get("kod", ""))
            if named.startswith(f"{code}:") or ":" not in named:
                raise AgencyFault(f"The agency left something out ({named or 'not named'}).")


# --- CSN ----------------------------------------------------------------------------------------------------


def _csn(reading: Reading) -> Iterator[RegisterFigure]:
    result = _at(reading.record, "GemensamtSvarEkbistand", "Resultat")
    if str(result.get("ResultatKod", "")) != "0":
        raise AgencyFault("CSN did not answer the question.")
    for person in _list(_at(reading.record, "Personer").get("Person")):
        reading.same_person(f"{person.get('sekel', '')}{person.get('personnummer', '')}")
        for support in (
            "Studiemedel", "Studiehjalp", "HemutrustningsLan", "Studiestartsstod", "Omstallningsstudiestod",
        ):  # fmt: skip
            for matter in _list(_at(_at(person, support), "Arenden").get("Arende")):
                plan = matter.get("UtbetalningsPlan") or matter.get("Utbetalningsplan") or {}
                for payment in _list(plan.get("Utbetalning")):
                    yield from _csn_payment(reading, payment)


def _csn_payment(reading: Reading, payment: Mapping[str, Any]) -> Iterator[RegisterFigure]:
    payout = {"utbetald": Payout.PAID, "utbetalad": Payout.PAID, "planerad": Payout.PLANNED}[
        str(payment["utbetstatus"]).strip().lower()
    ]
    paid_on = _day(payment["utbetdatum"])
    by_kind: dict[str, Decimal] = {}
    times = _list(_at(payment, "Utbetaldatider").get("Utbetaldtid")) or [payment]
    for time in times:
        for amount in _list(_at(time, "Beloppen").get("Belopp")):
            kind = str(amount["beloppstyp"]).strip()
            by_kind[kind] = by_kind.get(kind, Decimal(0)) + _money(amount["belopp"])
    if sum(by_kind.values(), Decimal(0)) != _money(payment["totbelopp"]):
        raise ValueError("the parts of the payment do not make its total")
    for kind, amount in by_kind.items():
        yield reading.figure(
            f"CSN:{kind}", contract.CSN_AMOUNTS.get(kind, kind), amount, paid_on, payout, covers=None
        )


# --- unemployment funds -------------------------------------------------------------------------------------


def _so(reading: Reading) -> Iterator[RegisterFigure]:
    reading.same_person(str(reading.record.get("IdentificationNumber", "")))
    if "IdentificationNumber" not in reading.record:
        raise ValueError("no person")
    for fund in _list(_at(reading.record, "ArbetsloshetsersattningLista").get("Arbetsloshetsersattning")):
        if str(fund.get("StatusSvarandeOrganisation", "")).strip().lower() not in reading.fund_answered:
            raise AgencyFault("An unemployment fund did not answer in full.")
        for payment in _list(fund.get("Utbetalningar")):
            yield reading.figure(
                contract.UNEMPLOYMENT_BENEFIT,
                f"Arbetslöshetsersättning, {fund.get('SvarandeOrganisation', '')}".rstrip(", "),
                payment["NettoEfterSkatt"],
                _day(payment["Utbetalningsdatum"]),
                Payout.PAID,
                covers=_period(payment, "AvserFrom", "AvserTom"),
            )


# --- agencies that state facts, not payments ----------------------------------------------------------------


def _af(reading: Reading) -> Iterator[RegisterFigure]:
    answer = reading.record["Svar"]
    reading.same_person(str(answer.get("IdentitetsbeteckningFysiskPerson", "")))
    if str(answer["StatusSokandeinformationKod"]) != "0":
        raise AgencyFault("Arbetsförmedlingen did not answer the question.")
    yield from ()


def _skv(reading: Reading) -> Iterator[RegisterFigure]:
    """Skatteverket states capital income, which is no payment, and refunds of tax (förordning 2008:975 6 §).

    The contract that we have does not name the fields of a refund. A block whose name says refund or tax account, with one
    amount and one day, is read as one; any other block that we do not know makes the agency unanswered, never "no refund".
    """
    if "PersonuppgiftLista" not in reading.record:
        raise ValueError("no person")
    for person in _list(_at(reading.record, "PersonuppgiftLista").get("Personuppgift")):
        reading.same_person(str(person.get("IdentitetsbeteckningFysiskPerson", "")))
        told = {name: value for name, value in person.items() if value not in (None, "", {}, [])}
        for name, value in told.items():
            if name in contract.SKV_KNOWN:
                continue
            if contract.SKV_ACCOUNT_STATUS.search(name):
                # It says whether the tax account could be read, by a code that we have no list of.
                if not any(contract.SKV_REFUND.search(other) for other in told if other != name):
                    raise ValueError("the state of the tax account without the account")
                continue
            if not contract.SKV_REFUND.search(name):
                raise ValueError("Skatteverket states something that we cannot read")
            for refund in _list(value):
                amount, paid_on = _refund(refund)
                yield reading.figure(
                    contract.TAX_REFUND, "Skatteåterbäring", amount, paid_on, Payout.PAID, covers=None
                )


def _refund(told: Any) -> tuple[str, date]:
    """The one amount and the one day of a refund. Raises ValueError for anything else."""
    leaves = dict(_leaves(told))
    days = [value for name, value in leaves.items() if contract.SKV_DAY.search(name)]
    amounts = [
        value
        for name, value in leaves.items()
        if contract.SKV_AMOUNT.search(name) and not contract.SKV_DAY.search(name)
    ]
    if len(amounts) != 1 or len(days) != 1:
        raise ValueError("a refund without one amount and one day")
    return amounts[0], _day(days[0])


def _leaves(told: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(told, Mapping):
        raise ValueError("a refund without fields")
    for name, value in told.items():
        if isinstance(value, Mapping):
            yield from _leaves(value)
        elif isinstance(value, list):
            raise ValueError("a refund with a field twice")
        else:
            yield name, str(value)


def _tns(reading: Reading) -> Iterator[RegisterFigure]:
    if reading.record.get("resultat") != "OK":
        raise AgencyFault("Transportstyrelsen did not answer the question.")
    yield from ()


def _miv(reading: Reading) -> Iterator[RegisterFigure]:
    reading.same_person(str(_at(reading.record, "response").get("personnummer", "")))
    if "response" not in reading.record:
        raise ValueError("no response")
    yield from ()


# --- values -------------------------------------------------------------------------------------------------


def _list(value: Any) -> list[Any]:
    """What may be one, many or none in XML, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _at(record: Any, *path: str) -> Mapping[str, Any]:
    for key in path:
        record = record.get(key) if isinstance(record, Mapping) else None
    return record if isinstance(record, Mapping) else {}


def _money(value: Any) -> Decimal:
    """Kronor with at most two decimals; negative is a correction. ValueError for what is no amount."""
    if isinstance(value, bool) or value is None:
        raise ValueError("no amount")
    try:
        amount = Decimal(str(value).strip())
    except InvalidOperation as error:
        raise ValueError("no amount") from error
    if not amount.is_finite() or abs(amount) > LARGEST_PAYMENT_KR:
        raise ValueError("absurd amount")
    if amount != amount.quantize(Decimal("0.01")):
        raise ValueError("more than two decimals")
    return amount.quantize(Decimal("0.01"))


def _day(value: Any) -> date:
    """`2026-10-25`, `20261025`, `2026-10-25+02:00`."""
    day = str(value).strip()
    if len(day) == 8 and day.isdigit():
        return date(int(day[:4]), int(day[4:6]), int(day[6:]))
    return date.fromisoformat(day[:10])


def _period(record: Any, first: str, last: str) -> AskedPeriod | None:
    """None where the register gives no whole period (LEFI allows months and open ends)."""
    if not isinstance(record, Mapping) or not record.get(first) or not record.get(last):
        return None
    if len(str(record[first])) < 8 or len(str(record[last])) < 8:
        return None
    return AskedPeriod(_day(record[first]), _day(record[last]))
