"""What is gathered in an open investigation: the texts under headings, and the data that others are asked for (SoL 20:6)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from handslag.casework import public as casework
from handslag.child_protection.investigation_access import open_investigation_locked
from handslag.child_protection.investigation_errors import NoSuchInvestigation, TextChangedMeanwhile
from handslag.child_protection.investigation_events import (
    AreaWritten,
    DataAskedFor,
    DataReceived,
)
from handslag.child_protection.investigation_states import Area, Basis, DataSource
from handslag.child_protection.models import AreaText, ObtainedData
from handslag.foundation import public as foundation

LONGEST_TEXT = 100_000


@foundation.operation
def write_area(
    *, investigation_id: UUID, area: str, body: str, version: int, by: foundation.Actor, at: datetime
) -> AreaText:
    """Save the text under a heading over the version that the writer read (0: nothing was written).

    Every version is kept. Raises TextChangedMeanwhile, with both texts, when a colleague has saved in between.
    """
    investigation = open_investigation_locked(investigation_id, by)
    if area not in Area.values:
        raise foundation.BadInput("There is no such heading.", where="area", do="Choose one of the headings.")
    if len(body) > LONGEST_TEXT:
        raise foundation.BadInput("The text is too long.", where="body", do="Shorten it.")
    held = AreaText.objects.filter(investigation=investigation, area=area).order_by("-version").first()
    if held is not None and held.body == body:  # sent twice, or the same words by two: one text
        return held
    if version != (held.version if held is not None else 0):
        raise TextChangedMeanwhile(
            yours=body, theirs=held.body if held else "", version=held.version if held else 0
        )
    written = AreaText(
        investigation=investigation, case_id=investigation.case_id, area=area, version=version + 1, body=body,
        written_by_id=by.account_id, at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            written.save(force_insert=True)
    except IntegrityError:
        now = AreaText.objects.filter(investigation=investigation, area=area).order_by("-version")[0]
        raise TextChangedMeanwhile(yours=body, theirs=now.body, version=now.version) from None
    saved = AreaWritten(
        case_id=written.case_id, investigation_id=investigation.id, area=area, version=written.version
    )
    foundation.record(saved, by=by, at=at)
    return written


@foundation.operation
def ask_for_data(
    *, investigation_id: UUID, source: str, source_name: str, basis: str, by: foundation.Actor, at: datetime
) -> ObtainedData:
    """Record that a source was asked, and with what right: consent, its duty to tell (SoL 20:6), or our own files."""
    investigation = open_investigation_locked(investigation_id, by)
    if source not in DataSource.values or basis not in Basis.values:
        raise foundation.BadInput("There is no such source.", where="source", do="Choose one of the sources.")
    asked = ObtainedData(
        investigation=investigation, case_id=investigation.case_id, source=source, basis=basis,
        source_name=_text(source_name, "source_name")[:160], asked_on=foundation.day_of(at),
        noted_by_id=by.account_id,
    )  # fmt: skip
    asked.save(force_insert=True)
    told = DataAskedFor(
        case_id=asked.case_id,
        investigation_id=investigation.id,
        obtained_id=asked.id,
        source=source,
        basis=basis,
    )
    foundation.record(told, by=by, at=at)
    return asked


@foundation.operation
def receive_data(
    *, obtained_id: UUID, body: str = "", document_id: UUID | None = None, by: foundation.Actor, at: datetime
) -> ObtainedData:
    """Record what a source answered, in words or as a paper of the case; once."""
    asked = ObtainedData.objects.select_for_update().filter(id=obtained_id).first()
    if asked is None:
        raise NoSuchInvestigation
    open_investigation_locked(asked.investigation_id, by)
    if asked.received_on is not None:
        raise foundation.Refused("The answer is recorded already.", do="Ask again if there is more to tell.")
    if not body.strip() and document_id is None:
        raise foundation.BadInput("The answer is empty.", where="body", do="Write it, or attach the paper.")
    if document_id is not None and not _is_paper_of(asked.case_id, document_id):
        raise foundation.BadInput(
            "The paper is not in this case.", where="document_id", do="Add it to the case first."
        )
    asked.received_on, asked.body, asked.document_id = foundation.day_of(at), body.strip(), document_id
    asked.save(update_fields=["received_on", "body", "document"])
    got = DataReceived(
        case_id=asked.case_id,
        investigation_id=asked.investigation_id,
        obtained_id=asked.id,
        source=asked.source,
    )
    foundation.record(got, by=by, at=at)
    return asked


def _is_paper_of(case_id: UUID, document_id: UUID) -> bool:
    return bool(casework.Document.objects.filter(id=document_id, case_id=case_id).exists())


def _text(text: str, where: str) -> str:
    if not text.strip():
        raise foundation.BadInput("The text is empty.", where=where, do="Write it.")
    return text.strip()
