"""Making a copy with parts left out, having it read by a second person, and giving it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handslag.casework import events, events_record
from handslag.casework.access import case_for
from handslag.casework.copies.parts import split_parts
from handslag.casework.copies.pdf import CopyFrame, make_copy_pdf
from handslag.casework.errors import (
    CopyChangedMeanwhile,
    MaskingChanged,
    PartNotFound,
    PassageMustStayHidden,
    SecondReaderNeeded,
)
from handslag.casework.masking import AskedPassage, MaskingQuestion, Proposal, ask_rules, masking_rules
from handslag.casework.masking_grounds import ground_codes
from handslag.casework.models import Case, CaseParty, MaskedCopy, MaskedPage, MaskedPassage
from handslag.casework.operations.copy_pages import add_pages, hold_pages, pictures_of
from handslag.casework.operations.documents import MOST_MEGABYTES, add_document
from handslag.casework.states import CopyReceiver, CopyState, DocumentKind, PageChoice
from handslag.foundation import public as foundation
from handslag.people import public as people

# The main rule of the social services' secrecy: for anybody but a party, what is not opened stays closed.
MAIN_GROUND = "OSL 26:1"
COPY_WAYS = ("my_page", "post", "handed_over", "secure_mail")


@dataclass(frozen=True, slots=True)
class PassageChoice:
    """What the case worker decided about one passage."""

    passage_id: UUID
    masked: bool
    ground: str = ""
    because: str = ""


@foundation.operation
def prepare_copy(
    *, case_id: UUID, receiver_kind: str, parts: Sequence[tuple[str, UUID]], receiver_id: UUID | None = None,
    receiver_name: str = "", purpose: str = "", by: foundation.Actor, at: datetime,
) -> MaskedCopy:  # fmt: skip
    """Split the chosen parts (kind and id) into passages, or pages, and hide what the rules hide.

    For a party the rest is shown, but no page before somebody has looked at it; for anybody else everything is hidden
    until somebody opens it. Raises MaskingStopped when a rule fails and PaperNotDrawn: then there is no copy.
    """
    case = case_for(case_id, "mask_copy", by)
    receiver_id = _receiver(case, receiver_kind, receiver_id, receiver_name)
    split = split_parts(case_id, parts)
    asked = [(one.part, text) for one in split for text in one.texts]
    if not asked and not any(one.pages for one in split):
        raise foundation.BadInput(
            "Nothing is chosen to copy.", where="parts", do="Choose at least one note, decision or document."
        )
    proposals = ask_rules(
        MaskingQuestion(case_id, receiver_id),
        [AskedPassage(part.kind, part.id, text) for part, text in asked],
    )
    copy = MaskedCopy(
        case=case, receiver_kind=receiver_kind, receiver_id=receiver_id, receiver_name=receiver_name.strip()[:200],
        purpose=purpose.strip()[:2000], rules=masking_rules(), prepared_by_id=_hand(by), prepared_at=at,
    )  # fmt: skip
    copy.save(force_insert=True)
    is_party = receiver_kind == CopyReceiver.PARTY
    place, pages, answers = 1, 0, iter(proposals)
    for one in split:
        for text in one.texts:
            said = next(answers)
            MaskedPassage(
                copy=copy, case=case, place=place, source_kind=one.part.kind, source_id=one.part.id,
                source_day=one.part.day, source_type=one.part.type, text=text,
                masked=said is not None or not is_party,
                ground=said.ground if said else ("" if is_party else MAIN_GROUND), rule=said.rule if said else "",
                may_lift=said.may_lift if said else True,
            ).save(force_insert=True)  # fmt: skip
            place += 1
        if one.pages:
            made = add_pages(copy, case, one, place, hidden_on="" if is_party else MAIN_GROUND)
            place, pages = place + len(made), pages + len(made)
    hidden = sum(1 for said in proposals if said is not None) if is_party else len(asked) + pages
    prepared = events_record.CopyPrepared(
        case_id=case_id, copy_id=copy.id, receiver_kind=receiver_kind, passages=len(asked), masked=hidden,
        pages=pages,
    )  # fmt: skip
    events.tell(prepared, by=by, at=at)
    return copy


@foundation.operation
def mask_passages(
    *, copy_id: UUID, version: int, choices: Sequence[PassageChoice], by: foundation.Actor, at: datetime
) -> MaskedCopy:
    """Hide or show passages, each hidden one with its ground. What a rule hides is shown only where the rule lets it
    (some by the unit's manager alone), and with a reason. Raises CopyChangedMeanwhile, PassageMustStayHidden, BadInput."""
    copy = _locked(copy_id, by, CopyState.DRAFT, CopyState.RETURNED)
    if copy.version != version:
        raise CopyChangedMeanwhile
    there = {one.id: one for one in MaskedPassage.objects.select_for_update().filter(copy=copy)}
    for choice in choices:
        passage = there.get(choice.passage_id)
        if passage is None:
            raise PartNotFound("There is no such passage, or you may not see it.")
        _choose(copy, passage, choice, by)
    copy.version += 1
    copy.save(update_fields=["version"])
    hidden = sum(1 for one in there.values() if one.masked)
    told = events_record.CopyMasked(case_id=copy.case_id, copy_id=copy.id, passages=len(there), masked=hidden)
    events.tell(told, by=by, at=at)
    return copy


@foundation.operation
def send_copy_for_review(*, copy_id: UUID, by: foundation.Actor, at: datetime) -> MaskedCopy:
    """Ask a second person to read it. The rules are asked once more, and what they hide by now is hidden first.

    Raises PagesUnseen, and MaskingChanged where a page shows what they hide by now: it is drawn on again by a person.
    """
    copy = _locked(copy_id, by, CopyState.DRAFT, CopyState.RETURNED)
    hold_pages(copy)
    for passage, said in _asked_again(copy):
        if said is not None and _breaks(passage, said):
            passage.masked, passage.ground, passage.because = True, said.ground, ""
            passage.rule, passage.may_lift = said.rule, said.may_lift
            passage.save(update_fields=["masked", "ground", "because", "rule", "may_lift"])
    copy.state, copy.rules, copy.version = CopyState.FOR_REVIEW, masking_rules(), copy.version + 1
    # Who changed it last answers for the masking; the second reader is somebody else.
    copy.prepared_by_id, copy.reviewed_by, copy.reviewed_at = _hand(by), None, None
    copy.save(update_fields=["state", "rules", "version", "prepared_by", "reviewed_by", "reviewed_at"])
    events.tell(events_record.CopySentForReview(case_id=copy.case_id, copy_id=copy.id), by=by, at=at)
    return copy


@foundation.operation
def review_copy(
    *, copy_id: UUID, approve: bool, words: str = "", by: foundation.Actor, at: datetime
) -> MaskedCopy:
    """Read through as a second person: approve, or send back with words. Raises SecondReaderNeeded, MaskingChanged.

    An approved copy that is not given yet may be sent back too.
    """
    waits = (CopyState.FOR_REVIEW,) if approve else (CopyState.FOR_REVIEW, CopyState.APPROVED)
    copy = _locked(copy_id, by, *waits)
    if approve and _touched(copy, by):
        raise SecondReaderNeeded
    if not approve and not words.strip():
        raise foundation.BadInput(
            "Say what must be changed.", where="words", do="Write it, so that the first reader finds it."
        )
    if approve:
        _hold(copy)
        hold_pages(copy)
    copy.state = CopyState.APPROVED if approve else CopyState.RETURNED
    copy.reviewed_by_id, copy.reviewed_at = (by.account_id, at) if approve else (None, None)
    copy.review_words, copy.version = words.strip()[:2000], copy.version + 1
    copy.save(update_fields=["state", "reviewed_by", "reviewed_at", "review_words", "version"])
    events.tell(
        events_record.CopyReviewed(case_id=copy.case_id, copy_id=copy.id, approved=approve), by=by, at=at
    )
    return copy


@foundation.operation
def give_copy(*, copy_id: UUID, way: str, by: foundation.Actor, at: datetime) -> MaskedCopy:
    """Make the PDF, keep it among the case's documents, and enter who gave what to whom.

    The rules are asked a last time. By `my_page` the party gets it as a paper of their own. Raises MaskingChanged.
    """
    copy = _locked(copy_id, by, CopyState.APPROVED)
    if way not in COPY_WAYS or (way == "my_page" and copy.receiver_id is None):
        raise foundation.BadInput(
            "The copy cannot be given in this way.", where="way", do="Choose another way."
        )
    passages, pages = _hold(copy), hold_pages(copy)
    pdf = make_copy_pdf(copy, passages, pages, pictures_of(pages), frame_of(copy, at))
    if len(pdf) > MOST_MEGABYTES * 1024 * 1024:
        raise foundation.Refused(
            "The copy is larger than {most} MB with its pages.",
            do="Leave out pages, or divide it into several copies.",
            values={"most": MOST_MEGABYTES},
        )
    document = add_document(
        case_id=copy.case_id, name=f"kopia-{copy.case.number}.pdf", content=pdf,
        kind=DocumentKind.LETTER if way == "my_page" else DocumentKind.INTERNAL,
        person_id=copy.receiver_id if way == "my_page" else None, idempotency_key=f"copy-{copy.id}", by=by, at=at,
    )  # fmt: skip
    copy.state, copy.given_by_id, copy.given_at, copy.given_way = CopyState.GIVEN, by.account_id, at, way
    copy.document, copy.version = document, copy.version + 1
    copy.save(update_fields=["state", "given_by", "given_at", "given_way", "document", "version"])
    given = events_record.CopyGiven(
        case_id=copy.case_id, person_id=copy.receiver_id, copy_id=copy.id, document_id=document.id,
        receiver_kind=copy.receiver_kind, way=way, passages=len(passages),
        masked=sum(1 for one in passages if one.masked), pages=len(pages),
        pages_left_out=sum(1 for one in pages if one.choice == PageChoice.LEFT_OUT),
        areas=sum(len(one.areas) for one in pages if one.choice == PageChoice.SHOWN),
    )  # fmt: skip
    events.tell(given, by=by, at=at)
    return copy


@foundation.operation
def cancel_copy(*, copy_id: UUID, by: foundation.Actor, at: datetime) -> MaskedCopy:
    """Give no copy after all; what was masked stays readable in the case."""
    waits = (CopyState.DRAFT, CopyState.RETURNED, CopyState.FOR_REVIEW, CopyState.APPROVED)
    copy = _locked(copy_id, by, *waits)
    copy.state, copy.version = CopyState.CANCELLED, copy.version + 1
    copy.save(update_fields=["state", "version"])
    events.tell(events_record.CopyCancelled(case_id=copy.case_id, copy_id=copy.id), by=by, at=at)
    return copy


def frame_of(copy: MaskedCopy, at: datetime, *, is_preview: bool = False) -> CopyFrame:
    """What stands around the copy; a party's own name and language, else what the one who asks has said."""
    name, language = copy.receiver_name, "sv"
    if copy.receiver_id is not None:
        reader = foundation.system("masking")
        person = people.get_person(copy.receiver_id, reader)
        name, language = person.name, "en" if person.language == "en" else "sv"
    return CopyFrame(copy.case.unit.name, name, foundation.day_of(at), language, is_preview)


def liftable_by(copy: MaskedCopy, passages: Sequence[MaskedPassage], by: foundation.Actor) -> set[UUID]:
    """Which of the passages that a rule holds hidden a manager of the case's unit may show all the same, with a reason;
    none for anybody else. The rules are asked; raises MaskingStopped."""
    held = [one for one in passages if one.rule and not one.may_lift]
    if not held or not foundation.has_role(by, foundation.Role.MANAGER, copy.case.unit_id):
        return set()
    asked = [AskedPassage(one.source_kind, one.source_id, one.text) for one in held]
    said = ask_rules(MaskingQuestion(copy.case_id, copy.receiver_id), asked)
    return {
        one.id
        for one, answer in zip(held, said, strict=True)
        if answer is not None and answer.manager_may_lift
    }


def _hand(by: foundation.Actor) -> UUID:
    if by.account_id is None:
        raise foundation.Refused("A copy is masked by a person.", do="Log in as a case worker.")
    return by.account_id


def _receiver(case: Case, kind: str, receiver_id: UUID | None, name: str) -> UUID | None:
    if kind not in CopyReceiver.values:
        raise foundation.BadInput("Say who gets the copy.", where="receiver_kind", do="Choose one of them.")
    if kind == CopyReceiver.PARTY:
        if receiver_id is None or not CaseParty.objects.filter(case=case, person_id=receiver_id).exists():
            raise foundation.BadInput(
                "The person is not a party of this case.",
                where="receiver_id",
                do="Choose one of the case's parties.",
            )
        return receiver_id
    if kind == CopyReceiver.AUTHORITY and not name.strip():
        raise foundation.BadInput(
            "Say which authority gets the copy.", where="receiver_name", do="Write its name."
        )
    return None


def _choose(copy: MaskedCopy, passage: MaskedPassage, choice: PassageChoice, by: foundation.Actor) -> None:
    ground, because = choice.ground.strip(), choice.because.strip()[:1000]
    if (passage.masked, passage.ground, passage.because) == (choice.masked, ground, because):
        return
    if choice.masked:
        ground = ground or passage.ground
        if ground not in ground_codes():
            raise foundation.BadInput(
                "Every passage that is left out needs its ground.", where="ground", do="Choose the ground."
            )
    else:
        if passage.rule and not passage.may_lift:
            if passage.id not in liftable_by(copy, [passage], by):
                raise PassageMustStayHidden
            passage.may_lift = True
        if passage.rule and not because:
            raise foundation.BadInput(
                "A passage that a rule hides is shown only with a reason.",
                where="because",
                do="Write why it may be shown to the receiver.",
            )
        ground = ""
    passage.masked, passage.ground, passage.because = choice.masked, ground, because
    passage.changed_by_id = by.account_id
    passage.save(update_fields=["masked", "ground", "because", "may_lift", "changed_by"])


def _locked(copy_id: UUID, by: foundation.Actor, *states: str) -> MaskedCopy:
    copy = MaskedCopy.objects.select_for_update().filter(id=copy_id).first()
    if copy is None:
        raise PartNotFound("There is no such copy, or you may not see it.")
    case_for(copy.case_id, "mask_copy", by)
    if copy.state not in states:
        raise foundation.Refused(
            "The copy is not in the state for this.", do="Open it again and see what has happened."
        )
    return copy


def _touched(copy: MaskedCopy, by: foundation.Actor) -> bool:
    if copy.prepared_by_id == by.account_id:
        return True
    changed = {"copy": copy, "changed_by_id": by.account_id}
    return MaskedPassage.objects.filter(**changed).exists() or MaskedPage.objects.filter(**changed).exists()


def _asked_again(copy: MaskedCopy) -> list[tuple[MaskedPassage, Proposal | None]]:
    passages = list(MaskedPassage.objects.filter(copy=copy).order_by("place"))
    asked = [AskedPassage(one.source_kind, one.source_id, one.text) for one in passages]
    said = ask_rules(MaskingQuestion(copy.case_id, copy.receiver_id), asked)
    return list(zip(passages, said, strict=True))


def _breaks(passage: MaskedPassage, said: Proposal) -> bool:
    """Whether a passage is shown, or could be, against what a rule says now."""
    is_lifted = said.may_lift or (said.manager_may_lift and passage.may_lift)
    lifted = is_lifted and passage.rule == said.rule and passage.because
    return not passage.masked and not lifted


def _hold(copy: MaskedCopy) -> list[MaskedPassage]:
    """The passages, when the rules say the same as when they were masked; raises MaskingChanged."""
    pairs = _asked_again(copy)
    if any(said is not None and _breaks(passage, said) for passage, said in pairs):
        raise MaskingChanged
    return [passage for passage, _ in pairs]
