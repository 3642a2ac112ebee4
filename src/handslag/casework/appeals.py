"""The dated rules of `parameters/appeals.yaml`, read once, and what they say of a decision."""

from datetime import date
from functools import lru_cache
from importlib import resources

import yaml

from handslag.casework.clock_parameters import load_clock_rules
from handslag.casework.errors import NoAppealRule
from handslag.casework.postal import postal_address
from handslag.casework.rules.appeals import AppealRule, appeal_rule, last_day_to_appeal
from handslag.foundation import public as foundation


@lru_cache(maxsize=1)
def appeal_rules() -> tuple[AppealRule, ...]:
    """All rows, in the order of the file."""
    text = resources.files("handslag.casework").joinpath("parameters/appeals.yaml").read_text("utf-8")
    return tuple(AppealRule(**row) for row in yaml.safe_load(text)["appeals"])


def appeal_for(legal_ground: str, on: date) -> AppealRule:
    """How a decision with the ground may be challenged; raises NoAppealRule when no row says."""
    rule = appeal_rule(appeal_rules(), legal_ground, on)
    if rule is None:
        raise NoAppealRule(ground=legal_ground[:60], day=on.isoformat())
    return rule


def appeal_last_day(legal_ground: str, decided_on: date, delivered_on: date) -> date | None:
    """The last day to appeal a decision that was delivered on a day; None for a review of legality."""
    return last_day_to_appeal(appeal_for(legal_ground, decided_on), delivered_on, load_clock_rules())


def appeal_text(code: str) -> str:
    """How to appeal, in the reader's language."""
    return foundation.tell(foundation.said(f"casework.appeal.{code}"))


def appeal_sending(code: str) -> str:
    """Where an appeal is sent, in the reader's language: by post to the municipality, which passes it on. Empty where the
    letter goes to the court itself (a review of legality), and where the municipality has told no address."""
    to_court = any(rule.code == code and rule.way == "legality_review" for rule in appeal_rules())
    address = () if to_court else postal_address()
    return foundation.tell(foundation.said("casework.appeal.send_to", address=", ".join(address))) if address else ""


def is_appeal_confirmed(legal_ground: str, on: date) -> bool:
    """Whether the row that says how a decision may be challenged has been read in the act. False without a row: the
    citizen's letter then promises nothing, and staff are told that nobody has confirmed it."""
    rule = appeal_rule(appeal_rules(), legal_ground, on)
    return rule is not None and rule.status == "confirmed"
