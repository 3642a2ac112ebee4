"""The SSBTEK client: `Registers` over SOAP and mutual TLS."""

from __future__ import annotations

import ssl
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from handslag.income_support.ports import Agency, AskedPeriod, RegisterAnswers
from handslag.integrations.soap import NoAnswer, SoapPost
from handslag.integrations.ssbtek.answer import DEFAULT_FUND_ANSWERED, all_missing, read_answer
from handslag.integrations.ssbtek.question import Asker, Question, UnaskableNumber, write_question


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class SsbtekRegisters:
    """`income_support.ports.Registers`. One object serves a whole process.

    `agencies` are those that the municipality has agreed to ask; the others answer `not_asked`.
    """

    post: SoapPost
    asker: Asker
    agencies: frozenset[Agency] = field(default_factory=lambda: frozenset(Agency))
    fund_answered: frozenset[str] = DEFAULT_FUND_ANSWERED
    clock: Callable[[], datetime] = _utc_now

    def fetch(
        self, identity_number: str, period: AskedPeriod, case_number: str, officer: str
    ) -> RegisterAnswers:
        """Raises ValueError only for a period longer than two years; every other fault is in the answers."""
        asked_at = self.clock()
        correlation_id = str(uuid.uuid4())
        try:
            question = Question(
                identity_number, period, case_number, officer, correlation_id, asked_at, self.agencies
            )
        except UnaskableNumber:
            placeholder = Question(
                "0" * 12, period, case_number, officer, correlation_id, asked_at, self.agencies
            )
            return all_missing(
                placeholder,
                asked_at,
                "unaskable_number",
                "The registers cannot be asked about a reserve number.",
            )
        try:
            content = self.post.ask(write_question(question, self.asker))
        except NoAnswer as nothing:
            return all_missing(question, self.clock(), nothing.code, nothing.reason)
        except ssl.SSLError:
            return all_missing(
                question, self.clock(), "certificate", "Our certificate for SSBTEK could not be used."
            )
        return read_answer(content, question, self.clock(), fund_answered=self.fund_answered)
