"""What a child asks is kept from a guardian: written down, weighed, and opened only by two (OSL 12:3, not read here)."""

from datetime import date, datetime
from uuid import UUID

from handslag.casework import events, events_record
from handslag.casework.access import case_for, those_to_tell
from handslag.casework.errors import PartNotFound, ReadingNotYours, SecondWeigherNeeded
from handslag.casework.models import Case, ChildWish, Note
from handslag.casework.operations.note_openings import texts_of
from handslag.casework.operations.record import guardians_of
from handslag.casework.record_numbers import of_age_years
from handslag.casework.rules.masking import fold, passages
from handslag.casework.states import CaseState, NoteState, WishState, WishWay
from handslag.foundation import public as foundation
from handslag.people import public as people

LONGEST_WORDS = 5_000
# A child who writes again and again is heard: the same is kept once, and nobody fills the table.
MOST_WAITING = 10


@foundation.operation
def ask_to_keep(*, words: str, toward_id: UUID | None, by: foundation.Actor, at: datetime) -> None:
    """A child, of any age, asks on the own page that what we write is kept from a guardian (None: from all of them).

    From now on the guardian finds nothing of the child's record online, whoever has given sight of it, until staff have
    weighed it. Whoever answers for the child's files is told. Nothing is given back, and nobody who is logged in as the child
    can see later that it was asked. Raises ReadingNotYours for one who is of age, BadInput without words, or for somebody
    who is no guardian.
    """
    born = people.get_person(by.person_id, by).born if by.is_resident and by.person_id is not None else None
    if born is None or by.person_id is None or not is_child(born, foundation.day_of(at)):
        raise ReadingNotYours
    if toward_id is not None and toward_id not in guardians_of(by.person_id):
        raise foundation.BadInput("Choose one of your guardians.", where="toward")
    said = _words(words)
    with foundation.acting(foundation.system("record")):
        waiting = ChildWish.objects.filter(person_id=by.person_id, way=WishWay.PAGE, state=WishState.ASKED)
        if waiting.filter(toward_id=toward_id, words=said).exists():
            return
        if waiting.count() >= MOST_WAITING:
            raise foundation.Refused(
                "We have what you have written, and read it first.", do="Call us if there is more."
            )
        files = list(Case.objects.filter(person_id=by.person_id).order_by("-opened_at"))
        running = [one for one in files if one.state == CaseState.OPEN]
        wish = ChildWish(
            person_id=by.person_id, case=next(iter(running or files), None), toward_id=toward_id, words=said,
            way=WishWay.PAGE, asked_at=at, age_years=years_on(born, foundation.day_of(at)), state=WishState.ASKED,
        )  # fmt: skip
        wish.save(force_insert=True)
        for case in running:
            _tell_staff(case, at)
    # By the system's hand: what the child's own session has told, whoever sits at it could read again and count.
    asked = events_record.ChildWishAsked(person_id=by.person_id, wish_id=wish.id)
    events.tell(asked, by=foundation.system("record"), at=at)


@foundation.operation
def record_wish(
    *, case_id: UUID, words: str, toward_id: UUID | None = None, note_id: UUID | None = None, passage: str = "",
    by: foundation.Actor, at: datetime,
) -> ChildWish:  # fmt: skip
    """Write down that the child of a file wants something kept from a guardian (None: from all of them).

    Of the whole record, of one signed note, or of some lines of it (`passage`, as they stand there). It is followed at once:
    the guardian reads neither the note nor, where it is the whole, anything online, and copies leave it out.
    Raises BadInput where the lines do not stand in the note, or the person is the child.
    """
    case = case_for(case_id, "weigh_wish", by)
    child = people.get_person(case.person_id, by)
    if child.born is not None and not is_child(child.born, foundation.day_of(at)):
        raise foundation.Refused("The person is of age.", do="Hold the note back from the record instead.")
    if toward_id == case.person_id:
        raise foundation.BadInput("Choose one of the guardians.", where="toward")
    lines = passages(passage)
    if note_id is not None:
        _require_in_note(case_id, note_id, lines)
    elif lines:
        raise foundation.BadInput("Choose the note where the words stand.", where="note")
    wish = ChildWish(
        person_id=case.person_id, case=case, note_id=note_id, passage="\n".join(lines), toward_id=toward_id,
        words=_words(words), way=WishWay.TALK, asked_at=at, recorded_by_id=by.account_id, state=WishState.ASKED,
        age_years=None if child.born is None else years_on(child.born, foundation.day_of(at)),
    )  # fmt: skip
    wish.save(force_insert=True)
    recorded = events_record.ChildWishRecorded(case_id=case_id, wish_id=wish.id, note_id=note_id)
    events.tell(recorded, by=by, at=at)
    return wish


@foundation.operation
def weigh_wish(
    *, wish_id: UUID, follow: bool, maturity: str, because: str, rest_shown: bool = False, by: foundation.Actor,
    at: datetime,
) -> ChildWish:  # fmt: skip
    """Weigh a child's wish: what speaks for and against (`because`), and how age and maturity were weighed (`maturity`).

    `follow=False` is a proposal, also when the child has taken the wish back: it is followed until a second person agrees
    (`review_wish`). Weighed anew it is weighed by whoever does it last. `rest_shown`, of a wish about some words that is
    followed: the guardian reads the rest of the note without them, where nothing else closes it. Otherwise, and until it is
    weighed, the whole note is closed.
    """
    wish = _locked(wish_id, (WishState.ASKED, WishState.KEPT, WishState.PROPOSED), by)
    for field, text in (("maturity", maturity), ("because", because)):
        if not text.strip():
            raise foundation.BadInput("Write what you have weighed; it stands in the case.", where=field)
    if rest_shown and not (follow and wish.passage):
        raise foundation.BadInput(
            "The rest of a note is shown only where some words of it are kept.", where="follow", do="Choose another answer."
        )
    wish.state, wish.rest_shown = WishState.KEPT if follow else WishState.PROPOSED, rest_shown
    wish.maturity, wish.because = maturity.strip()[:LONGEST_WORDS], because.strip()[:LONGEST_WORDS]
    wish.weighed_by_id, wish.weighed_at = by.account_id, at
    wish.save(update_fields=["state", "rest_shown", "maturity", "because", "weighed_by", "weighed_at"])
    weighed = events_record.ChildWishWeighed(
        case_id=wish.case_id, wish_id=wish.id, followed=follow, rest_shown=rest_shown  # type: ignore[arg-type]
    )
    events.tell(weighed, by=by, at=at)
    return wish


@foundation.operation
def review_wish(*, wish_id: UUID, agree: bool, words: str, by: foundation.Actor, at: datetime) -> ChildWish:
    """A second person agrees that a wish is no longer followed, or does not, and then it is followed as before.

    Raises SecondWeigherNeeded for whoever proposed it. The sight of a guardian is as it was given; nothing is given by this.
    """
    wish = _locked(wish_id, (WishState.PROPOSED,), by)
    if wish.weighed_by_id == by.account_id:
        raise SecondWeigherNeeded
    if not words.strip():
        raise foundation.BadInput("Write what you have weighed; it stands in the case.", where="words")
    wish.state = WishState.OPENED if agree else WishState.KEPT
    wish.review_words = words.strip()[:LONGEST_WORDS]
    wish.reviewed_by_id, wish.reviewed_at = by.account_id, at
    wish.save(update_fields=["state", "review_words", "reviewed_by", "reviewed_at"])
    reviewed = events_record.ChildWishReviewed(case_id=wish.case_id, wish_id=wish.id, opened=agree)  # type: ignore[arg-type]
    events.tell(reviewed, by=by, at=at)
    return wish


def bring_wishes_to(case_id: UUID, person_id: UUID, at: datetime) -> None:
    """A file of a child was opened: what the child asked before there was any is weighed there."""
    with foundation.acting(foundation.system("record")):
        waiting = list(ChildWish.objects.filter(person_id=person_id, case__isnull=True))
        if not waiting:
            return
        case = Case.objects.get(id=case_id)
        for wish in waiting:
            wish.case = case
            wish.save(update_fields=["case"])
        _tell_staff(case, at)


def keep_wishes_of(case: Case) -> None:
    """A file is about to be erased: what the child wants kept of the whole record follows to another file of its kind.

    Without one it is erased with the file. A wish about a note of the file goes with the note.
    """
    others = Case.objects.filter(person_id=case.person_id, kind=case.kind).exclude(id=case.id)
    # An open file goes before a closed one.
    other = others.order_by("-state", "-opened_at").first()
    if other is None:
        return
    for wish in ChildWish.objects.filter(case=case, note__isnull=True).exclude(state=WishState.OPENED):
        wish.case = other
        wish.save(update_fields=["case"])


def is_child(born: date, on: date) -> bool:
    """Whether somebody is not of age on a day (FB 6:2, 9:1)."""
    return 0 <= years_on(born, on) < of_age_years()


def years_on(born: date, on: date) -> int:
    """Whole years on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _tell_staff(case: Case, at: datetime) -> None:
    told = foundation.said("casework.child_wishes", number=case.number)
    for account_id in those_to_tell(case):
        foundation.notify(
            account_id, told, link=f"/handlaggare/arende/{case.id}/vem-far-veta/journal/", at=at
        )


def _words(words: str) -> str:
    said = words.strip().replace("\x00", "")
    if not 0 < len(said) <= LONGEST_WORDS:
        raise foundation.BadInput(
            "Write it in your own words, in at most {most} characters.",
            where="words",
            values={"most": LONGEST_WORDS},
        )
    return said


def _require_in_note(case_id: UUID, note_id: UUID, lines: list[str]) -> None:
    """Raise PartNotFound without a signed note of the case, BadInput where a line does not stand in it."""
    signed = Note.objects.filter(id=note_id, case_id=case_id, state=NoteState.SIGNED)
    note = signed.prefetch_related("additions").first()
    if note is None:
        raise PartNotFound("There is no such note, or you may not see it.")
    written = [fold(text) for text in texts_of(note)]
    for line in lines:
        if not any(fold(line) in text for text in written):
            raise foundation.BadInput(
                "These words do not stand in the note.",
                where="passage",
                do="Copy them from the note as they stand.",
            )


def _locked(wish_id: UUID, states: tuple[str, ...], by: foundation.Actor) -> ChildWish:
    wish = (
        ChildWish.objects.select_for_update().filter(id=wish_id, state__in=states, case__isnull=False).first()
    )
    if wish is None or wish.case_id is None:
        raise PartNotFound("There is no such wish here, or it has been weighed already.")
    case_for(wish.case_id, "weigh_wish", by)
    return wish
