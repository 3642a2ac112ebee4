"""Drafts of applications: started, saved step by step, thrown away, and forgotten when they are too old."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, Month
from handslag.income_support.checks import checks_on
from handslag.income_support.errors import DraftChangedElsewhere, DraftGone, PersonCalls
from handslag.income_support.events.applications import SentToPersonWhoCalls
from handslag.income_support.models import ApplicationDraft, DraftAttachment
from handslag.income_support.queries.circumstances import route_for
from handslag.income_support.queries.prefill import prefill_for
from handslag.income_support.rules.application_answers import Problem, check_step
from handslag.income_support.rules.application_form import STEPS, Kind, steps_of
from handslag.income_support.rules.gates import Route
from handslag.income_support.tables import settings_on
from handslag.people import public as people

MOST_SIGNS_OF_ANSWERS = 200_000
MOST_PAPERS = 15


@foundation.operation
def start_draft(*, month: Month, by: Actor, at: datetime) -> ApplicationDraft:
    """The draft of this person for this month: a new one by the route of the gates, or the one already begun.

    What the municipality knows is filled in with its source and day. Raises PersonCalls when a gate sends the
    person to somebody who calls.
    """
    person_id = _resident(by)
    today = foundation.day_of(at)
    route = route_for(person_id, month, today)
    if route.kind == "refer":
        raise PersonCalls(foundation.said(route.ground, **route.values))
    begun = ApplicationDraft.objects.filter(
        person_id=person_id, kind=route.kind, month=str(month), sent_at=None
    )
    known = begun.filter(expires_on__gt=today).first()
    if known is not None:
        return known
    begun.delete()
    filled = prefill_for(person_id, route.kind, today)
    draft = ApplicationDraft(
        person_id=person_id,
        kind=route.kind,
        month=str(month),
        route=as_stored(route),
        answers=filled.answers,
        known=filled.known,
        step=steps_of(route.kind, filled.answers)[0],
        started_at=at,
        saved_at=at,
        expires_on=today + timedelta(days=settings_on(today).draft_kept_days),
    )
    draft.save(force_insert=True)
    return draft


@foundation.operation
def save_draft_step(
    *, draft_id: UUID, step: str, answers: Mapping[str, Any], version: int, by: Actor, at: datetime
) -> tuple[ApplicationDraft, tuple[Problem, ...]]:
    """Keep what was typed in one step and tell what is wrong with it; wrong answers are kept as they were typed.

    `version` is the one that the page was opened with. Raises DraftChangedElsewhere when another tab saved in
    between, and DraftGone.
    """
    draft = _own_locked(draft_id, by, at)
    if draft.version != version:
        raise DraftChangedElsewhere(draft.version)
    if step not in STEPS:
        raise foundation.BadInput(
            "There is no such page in the application.", where=step, do="Go back one page."
        )
    clean, problems = check_step(step, answers, checks_on(foundation.day_of(at)))
    names = {one.name for one in STEPS[step]}
    kept = clean if not problems else {name: value for name, value in answers.items() if name in names}
    draft.answers = {**draft.answers, step: kept}
    if len(json.dumps(draft.answers, default=str)) > MOST_SIGNS_OF_ANSWERS:
        raise foundation.BadInput("The application is too long.", where=step, do="Shorten the longest texts.")
    draft.step = step
    draft.version += 1
    draft.saved_at = max(at, draft.saved_at)  # a clock that was set back does not make the draft older
    draft.save(update_fields=["answers", "step", "version", "saved_at"])
    return draft, problems


@foundation.operation
def discard_draft(*, draft_id: UUID, by: Actor, at: datetime) -> None:
    """Throw a draft away with its papers; nothing of it is left. Twice is the same as once."""
    ApplicationDraft.objects.filter(id=draft_id, person_id=_resident(by), sent_at=None).delete()


@foundation.operation
def attach_to_draft(
    *, draft_id: UUID, name: str, content: bytes, about: str, by: Actor, at: datetime
) -> DraftAttachment:
    """Keep a paper with a draft until it is sent. The type is told by the content; the errors are casework's."""
    draft = _own_locked(draft_id, by, at)
    if draft.attachments.count() >= MOST_PAPERS:
        raise foundation.BadInput(
            "There are already {most} papers.",
            do="Send the rest as a message afterwards.",
            values={"most": MOST_PAPERS},
        )
    media_type = casework.checked_media_type(content, name)
    paper = DraftAttachment(
        draft=draft,
        person_id=draft.person_id,
        name=name[-160:],
        about=about[:20],
        content=content,
        size_bytes=len(content),
        media_type=media_type,
        added_at=at,
    )
    paper.save(force_insert=True)
    return paper


@foundation.operation
def remove_from_draft(*, attachment_id: UUID, by: Actor, at: datetime) -> None:
    """Take a paper out of a draft. Twice is the same as once."""
    DraftAttachment.objects.filter(id=attachment_id, person_id=_resident(by), draft__sent_at=None).delete()


@foundation.operation
def ask_to_be_called(*, month: Month, by: Actor, at: datetime) -> Route:
    """A person whom a gate sent to somebody who calls asks for that call; those who may know are told."""
    person_id = _resident(by)
    route = route_for(person_id, month, foundation.day_of(at))
    if route.kind != "refer":
        return route
    foundation.record(SentToPersonWhoCalls(person_id=person_id, ground=route.ground), by=by, at=at)
    with foundation.acting(foundation.system("gates")):
        for account_id in _named_for(person_id) or _managers():
            foundation.notify(
                account_id,
                foundation.said("notice.call_person"),
                link=f"/handlaggare/person/{person_id}/",
                at=at,
            )
    return route


@foundation.operation
def forget_old_drafts(*, by: Actor, at: datetime) -> int:
    """Remove drafts that have passed their last day. The system counts them but never reads them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT handslag_forget_old_drafts(%s)", [foundation.day_of(at)])
        return int(cursor.fetchone()[0])


def as_stored(route: Route) -> dict[str, Any]:
    """The route as an application keeps it: kind, said ground, and the trail of gates."""
    return {
        "kind": route.kind,
        "ground": foundation.said(route.ground, **route.values),
        "trail": [[step.gate, step.answer] for step in route.trail],
    }


def own_steps(draft: ApplicationDraft) -> tuple[str, ...]:
    """The steps of a draft in order, as its answers make them."""
    kind: Kind = draft.kind  # type: ignore[assignment] # held by the choices of the column
    return steps_of(kind, draft.answers)


def _own_locked(draft_id: UUID, by: Actor, at: datetime) -> ApplicationDraft:
    draft = (
        ApplicationDraft.objects.select_for_update()
        .filter(id=draft_id, person_id=_resident(by), sent_at=None)
        .first()
    )
    if draft is None or draft.expires_on <= foundation.day_of(at):
        raise DraftGone
    return draft


def _resident(by: Actor) -> UUID:
    if by.person_id is None or not by.is_resident:
        raise foundation.Refused(
            "Only the person can write an application here.", do="Log in with your own e-ID."
        )
    return by.person_id


def _named_for(person_id: UUID) -> list[UUID]:
    grants = people.grants_of(person_id, foundation.system("gates"))
    return [grant.account_id for grant in grants if grant.account_id is not None]


def _managers() -> list[UUID]:
    units = foundation.Unit.objects.filter(kind="income_support")
    return [account for unit in units for account in foundation.managers_of(unit.id)]
