"""The answer: the envelope, then `data` or `error` for each agency."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lxml import etree

from handslag.income_support.ports import Agency, AgencyAnswer, AnswerState, RegisterAnswers
from handslag.integrations import xml
from handslag.integrations.ssbtek import agencies, contract
from handslag.integrations.ssbtek.agencies import AboutSomeoneElse, AgencyFault, Reading
from handslag.integrations.ssbtek.question import Question

DEFAULT_FUND_ANSWERED = frozenset({"all clear"})


def all_missing(question: Question, fetched_at: datetime, reason_code: str, reason: str) -> RegisterAnswers:
    """What every agency is when the service as a whole gave nothing to read."""
    return _collect(
        question,
        fetched_at,
        {agency: _missing(agency, fetched_at, reason_code, reason) for agency in question.agencies},
    )


def read_answer(
    content: bytes,
    question: Question,
    fetched_at: datetime,
    *,
    fund_answered: frozenset[str] = DEFAULT_FUND_ANSWERED,
) -> RegisterAnswers:
    """The answer to `question`, agency by agency. Never raises for what the sender did wrong."""
    try:
        envelope = xml.read_xml(content)
    except xml.UnreadableXml as error:
        return all_missing(question, fetched_at, "unreadable", f"The answer could not be read: {error}.")
    body = xml.child(envelope, "Body")
    fault = xml.child(body, "Fault")
    if fault is not None:
        detail = xml.child(fault, "detail", "hamtaBastjanstInformationFault")
        code = xml.text(detail, "felkod") or xml.text(fault, "faultcode")
        return all_missing(
            question, fetched_at, "service_fault", f"SSBTEK refused the question ({_short(code)})."
        )
    response = xml.child(body, "hamtaBastjanstInformationResponse")
    parts = xml.child(response, "svarsdata")
    if parts is None:
        return all_missing(question, fetched_at, "unreadable", "The answer holds no part that we know.")
    correlation = xml.text(response, "korrelationsid")
    if correlation and correlation != question.correlation_id:
        return all_missing(question, fetched_at, "other_question", "The answer belongs to another question.")
    answers: dict[Agency, AgencyAnswer] = {}
    for agency in contract.ELEMENT:
        asked = question.asks_fk if agency is Agency.FK else agency in question.agencies
        if asked:
            part = xml.child(parts, contract.ELEMENT[agency])
            answers.update(_read_part(agency, part, question, fetched_at, fund_answered))
    return _collect(question, fetched_at, answers)


def content_of(agency: Agency, data: etree._Element) -> dict[str, Any]:
    """The agency's data as plain values, unpacked from base64, JSON or a string of XML. Raises ValueError."""
    if agency is Agency.FK:
        record = json.loads(_from_base64(xml.text(data, "lefiJsonSvar")).decode("utf-8"))
    elif agency is Agency.CSN:
        record = xml.as_record(xml.read_xml(_from_base64(xml.text(data, "svar"))))
    elif agency is Agency.SKV:
        inner = re.sub(r"^\s*<\?xml[^>]*\?>", "", xml.text(data, "svar"))
        record = xml.as_record(xml.read_xml(inner.encode()))
    else:
        record = xml.as_record(data)
    if not isinstance(record, dict) or not record:
        raise ValueError("empty")
    return record


def _read_part(
    agency: Agency,
    part: etree._Element | None,
    question: Question,
    fetched_at: datetime,
    fund_answered: frozenset[str],
) -> Mapping[Agency, AgencyAnswer]:
    carried = tuple(
        one
        for one in ((Agency.FK, Agency.PM) if agency is Agency.FK else (agency,))
        if one in question.agencies
    )
    error = xml.child(part, "error")
    if error is not None:
        code = f"{xml.text(error, 'kalla')} {xml.text(error, 'felkod')}".strip()
        return {
            one: _error(one, fetched_at, f"The agency could not answer ({_short(code)}).") for one in carried
        }
    data = xml.child(part, "data")
    if data is None:
        nothing = "The answer holds nothing from the agency."
        return {one: _missing(one, fetched_at, "no_part", nothing) for one in carried}
    try:
        record = content_of(agency, data)
    except (ValueError, RecursionError) as problem:
        reason = f"The agency's answer could not be read ({type(problem).__name__})."
        return {one: _missing(one, fetched_at, "unreadable", reason) for one in carried}
    answers: dict[Agency, AgencyAnswer] = {}
    for one in carried:
        reading = Reading(one, record, question.identity_number, fetched_at, fund_answered)
        try:
            figures = agencies.figures_of(reading)
        except AboutSomeoneElse:
            answers[one] = _missing(
                one, fetched_at, "about_someone_else", "The answer is about another person."
            )
        except AgencyFault as fault:
            answers[one] = _error(one, fetched_at, str(fault))
        except agencies.NotInAnswer as absent:
            answers[one] = _missing(one, fetched_at, "no_part", str(absent))
        except (ValueError, ArithmeticError, KeyError, TypeError, AttributeError, RecursionError):
            answers[one] = _missing(
                one, fetched_at, "unreadable", "A figure of the agency could not be read."
            )
        else:
            answers[one] = AgencyAnswer(
                one, AnswerState.OK, fetched_at, agencies.source_of(one), "", "", figures, record
            )
    return answers


def _collect(
    question: Question, fetched_at: datetime, answers: Mapping[Agency, AgencyAnswer]
) -> RegisterAnswers:
    return RegisterAnswers(
        identity_number=question.identity_number,
        period=question.period,
        correlation_id=question.correlation_id,
        fetched_at=fetched_at,
        agencies=tuple(
            answers.get(agency) or _missing(agency, fetched_at, "not_asked", "The agency was not asked.")
            for agency in Agency
        ),
    )


def _missing(agency: Agency, fetched_at: datetime, reason_code: str, reason: str) -> AgencyAnswer:
    return AgencyAnswer(
        agency, AnswerState.MISSING, fetched_at, agencies.source_of(agency), reason_code, reason
    )


def _error(agency: Agency, fetched_at: datetime, reason: str) -> AgencyAnswer:
    return AgencyAnswer(
        agency, AnswerState.ERROR, fetched_at, agencies.source_of(agency), "agency_error", reason
    )


def _from_base64(value: str) -> bytes:
    try:
        return base64.b64decode("".join(value.split()), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error


def _short(code: str) -> str:
    """A sender's code without anything that could be personal data: at most 40 letters, digits and signs."""
    return re.sub(r"\d{6,}", "…", re.sub(r"[^\w .:-]", "", code))[:40].strip() or "no code"
