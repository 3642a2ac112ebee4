"""Keeping a guardian out of what a case tells, and telling a decision to each whom it concerns (FL 25, 33; OSL 10:3, 12:3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from handslag.casework import events, events_telling
from handslag.casework.access import case_for
from handslag.casework.appeals import appeal_last_day
from handslag.casework.changes import ChangedAlready
from handslag.casework.errors import NothingLeftToTell, PartNotFound
from handslag.casework.letters.address import address_lines
from handslag.casework.letters.notice import SWEDISH, NoticeLetter, make_notice_pdf
from handslag.casework.models import Case, CaseParty, Decision, DecisionNotice, KeptOut
from handslag.casework.operations.decisions import deliver_decision
from handslag.casework.operations.documents import add_document
from handslag.casework.operations.messages import send_message
from handslag.casework.operations.post import queue_for_print, stop_letters_to
from handslag.casework.operations.record_sight import end_sight_of
from handslag.casework.personal_text import PersonalText, is_childs_file, keep_left_out, text_for
from handslag.casework.queries.receivers import Receiver, custodians, find_decision_notices, find_receivers
from handslag.casework.states import DocumentKind, KeptOutGround, PartyRole
from handslag.casework.typesetting import day_in_words
from handslag.foundation import public as foundation
from handslag.people import public as people

WAYS_TOLD = ("my_page", "post", "in_person")
READER = foundation.system("casework")
LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True)
class Telling:
    """How one person is told of a decision, by a code of `WAYS_TOLD`; or with an empty way, why not."""

    person_id: UUID
    way: str = ""
    ground: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class PlannedNotice:
    """What one person would be told of a decision, before anything is sent. `notice` is what was done already."""

    receiver: Receiver
    text: PersonalText | None
    notice: DecisionNotice | None


@foundation.operation
def keep_out(
    *, case_id: UUID, person_id: UUID, ground: str, because: str, by: foundation.Actor, at: datetime
) -> KeptOut:
    """From now a guardian is told nothing of the case: what was sent to them is not there for them any more, on a page
    or in the database. `ground` is a code of `KeptOutGround`. Twice is once. Staff see who, why and since when. Sight of
    the record online is taken back with it, so that letting them in again does not open the record, and letters that
    wait to be posted are stopped.
    """
    case = case_for(case_id, "keep_out", by)
    if ground not in KeptOutGround.values:
        raise foundation.BadInput("Choose the ground.", where="ground")
    if not because.strip():
        raise foundation.BadInput("Write why; it stands in the case.", where="because")
    is_guardian = CaseParty.objects.filter(
        case=case, person_id=person_id, role=PartyRole.GUARDIAN, valid_to__isnull=True
    ).exists()
    if person_id == case.person_id or not (is_guardian or person_id in custodians(case.person_id)):
        raise foundation.BadInput(
            "The person is not a guardian in this case.", where="person_id", do="Choose one of the guardians."
        )
    known = KeptOut.objects.filter(case=case, person_id=person_id, lifted_at__isnull=True).first()
    if known is not None:
        return known
    kept = KeptOut(
        case=case, person_id=person_id, ground=ground, because=because.strip()[:LONGEST_REASON],
        kept_by_id=by.account_id, kept_at=at,
    )  # fmt: skip
    kept.save(force_insert=True)
    end_sight_of(case_id, person_id, ground, because, by=by, at=at)
    stop_letters_to(case_id, person_id, by=by, at=at)
    told = events_telling.GuardianKeptOut(case_id=case_id, kept_out_id=kept.id, ground=ground)
    events.tell(told, by=by, at=at)
    return kept


@foundation.operation
def let_in(*, kept_out_id: UUID, by: foundation.Actor, at: datetime) -> KeptOut:
    """The guardian is told of the case again, also what was sent to them before."""
    kept = KeptOut.objects.select_for_update().filter(id=kept_out_id, lifted_at__isnull=True).first()
    if kept is None:
        raise PartNotFound("Nobody is kept out here.")
    case_for(kept.case_id, "keep_out", by)
    kept.lifted_by_id, kept.lifted_at = by.account_id, at
    kept.save(update_fields=["lifted_by", "lifted_at"])
    events.tell(events_telling.GuardianLetIn(case_id=kept.case_id, kept_out_id=kept.id), by=by, at=at)
    return kept


def plan_notices(
    decision_id: UUID, actor: foundation.Actor, *, show_because: str = ""
) -> list[PlannedNotice]:
    """Whom a decision concerns, what each would read of it, and what has been done already; nothing is sent.

    Raises PartNotFound, and MaskingStopped when the rules could not be asked.
    """
    with foundation.acting(actor):
        decision = foundation.find_row(Decision, decision_id)
        if decision is None:
            raise PartNotFound("There is no such decision, or you may not see it.")
    done = {one.person_id: one for one in find_decision_notices(decision_id, actor)}
    return [
        PlannedNotice(one, _text(decision, one, show_because), done.get(one.person_id))
        for one in find_receivers(decision.case_id, actor)
    ]


@foundation.operation
def tell_decision(
    *, decision_id: UUID, tellings: Sequence[Telling], show_because: str = "", by: foundation.Actor, at: datetime
) -> list[DecisionNotice]:  # fmt: skip
    """Tell a decision to everybody whom it concerns, each as the masking rules let them read it, with a letter each.

    Everyone who can be told is told in a way, or left untold on a ground with the reason. Who is kept out is recorded as
    not told, on the ground of that. The first who is told sets the day of delivery, and each has their own last day to
    appeal. Who is told by post has the letter in the print queue. Told twice is told once. Raises BadInput naming whom nothing was said of, NothingLeftToTell, MaskingStopped.
    """
    decision = foundation.find_row(Decision, decision_id, lock=True)
    if decision is None:
        raise PartNotFound("There is no such decision, or you may not see it.")
    case = case_for(decision.case_id, "deliver_decision", by)
    if decision.delivered_at is not None and not is_childs_file(case.id):
        raise foundation.Refused("The decision has been delivered already.", do="Open it and see when.")
    if decision.delivered_at is None and Decision.objects.filter(replaces=decision).exists():
        raise ChangedAlready
    chosen = {one.person_id: one for one in tellings}
    made = []
    for planned in plan_notices(decision_id, by, show_because=show_because):
        receiver, known = planned.receiver, planned.notice
        telling = chosen.get(receiver.person_id)
        if receiver.kept is not None:
            telling = Telling(receiver.person_id, "", receiver.kept.ground, receiver.kept.because)
        elif not receiver.is_told or (known is not None and known.told_at is not None):
            continue
        if telling is None or not _is_whole(telling):
            raise foundation.BadInput(
                "Say for each of them how they are told, or why not.",
                where=f"way-{receiver.person_id}",
                do="Choose a way; without one, choose the ground and write why.",
            )
        if (
            known is not None
            and not telling.way
            and (known.ground, known.because) == (telling.ground, telling.because.strip())
        ):
            continue
        made.append(_tell(case, decision, planned, telling, by=by, at=at))
    first = next((one for one in made if one.told_at is not None), None)
    if first is not None:
        deliver_decision(decision_id=decision.id, way=first.way, by=by, at=at)
    return made


def _is_whole(telling: Telling) -> bool:
    if telling.way:
        return telling.way in WAYS_TOLD
    return telling.ground in KeptOutGround.values and bool(telling.because.strip())


def _text(decision: Decision, receiver: Receiver, show_because: str) -> PersonalText | None:
    if not receiver.is_told:
        return None
    return text_for(
        decision.case_id, receiver.person_id, decision.reasons, kind="decision", source_id=decision.id,
        show_because=show_because,
    )  # fmt: skip


def _tell(
    case: Case, decision: Decision, planned: PlannedNotice, telling: Telling, *, by: foundation.Actor, at: datetime
) -> DecisionNotice:  # fmt: skip
    notice = DecisionNotice(
        decision=decision, case=case, person_id=planned.receiver.person_id, role=planned.receiver.role,
        type=decision.type, outcome=decision.outcome, legal_ground=decision.legal_ground,
        decided_at=decision.decided_at, appeal=decision.appeal, sent_by_id=by.account_id, at=at,
    )  # fmt: skip
    text = planned.text
    if not telling.way or text is None:
        notice.ground, notice.because = telling.ground, telling.because.strip()[:LONGEST_REASON]
        notice.save(force_insert=True)
        untold = events_telling.DecisionNotTold(
            case_id=case.id, decision_id=decision.id, notice_id=notice.id, role=notice.role, ground=notice.ground
        )  # fmt: skip
        events.tell(untold, by=by, at=at)
        return notice
    if not text.texts:
        raise NothingLeftToTell
    people.require_tellable(notice.person_id, *text.texts)
    notice.told_at, notice.way, notice.reasons, notice.partial = (
        at,
        telling.way,
        list(text.texts),
        text.is_partial,
    )
    notice.decided_by_name = (
        "" if decision.name_left_out or decision.decided_by is None else decision.decided_by.name
    )
    notice.appeal_last_day = appeal_last_day(
        decision.legal_ground, foundation.day_of(decision.decided_at), foundation.day_of(at)
    )
    notice.letter = add_document(
        case_id=case.id, name=f"beslut-{case.number}.pdf", content=make_notice_pdf(_letter(case, notice, at)),
        kind=DocumentKind.DECISION_LETTER.value, person_id=notice.person_id,
        idempotency_key=f"notice-{notice.id}", by=by, at=at,
    )  # fmt: skip
    notice.save(force_insert=True)
    keep_left_out(text.hidden, case.id, notice_id=notice.id)
    if notice.way == "post":
        queue_for_print(
            document_id=notice.letter.id, person_id=notice.person_id, decision_id=decision.id, by=by, at=at
        )
    elif notice.way == "my_page" and not is_childs_file(case.id):
        _write(case, notice, by=by, at=at)
    told = events_telling.DecisionTold(
        case_id=case.id, decision_id=decision.id, notice_id=notice.id, role=notice.role, way=notice.way,
        partial=notice.partial, appeal_last_day=notice.appeal_last_day,
    )  # fmt: skip
    events.tell(told, by=by, at=at)
    return notice


def _write(case: Case, notice: DecisionNotice, *, by: foundation.Actor, at: datetime) -> None:
    """The letter as a message among the person's own, in the person's language."""
    with translation.override(people.get_person(notice.person_id, READER).language or SWEDISH):
        last = notice.appeal_last_day
        day = _("The last day to appeal is {day}.").format(day=day_in_words(last)) if last else ""
        send_message(
            case_id=case.id, subject=_("There is a decision in your case"), body=f"{notice.result}. {day}".strip(),
            person_id=notice.person_id, document_id=notice.letter_id, idempotency_key=f"notice-{notice.id}", by=by, at=at,
        )  # fmt: skip


def _letter(case: Case, notice: DecisionNotice, at: datetime) -> NoticeLetter:
    receiver = people.get_person(notice.person_id, READER)
    lines, is_hidden = address_lines(case, notice.person_id)
    return NoticeLetter(
        unit=case.unit.name, number=case.number, receiver=receiver.name, language=receiver.language,
        address_lines=lines, is_hidden=is_hidden, day=foundation.day_of(at), notice=notice,
    )  # fmt: skip
