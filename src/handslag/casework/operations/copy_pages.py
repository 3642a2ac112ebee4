"""Going through the pages of papers in a copy: what is blacked, what is left out, and what the rules say of their text."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from handslag.casework import events, events_record
from handslag.casework.access import case_for
from handslag.casework.copies import spoken as speech
from handslag.casework.copies.drawing import WHOLE, Box
from handslag.casework.copies.pages import Line, Page, draw_pages, read_pages
from handslag.casework.copies.parts import Split, content_of
from handslag.casework.errors import CopyChangedMeanwhile, MaskingChanged, PagesUnseen, PartNotFound
from handslag.casework.masking import AskedPassage, MaskingQuestion, Proposal, ask_rules
from handslag.casework.masking_grounds import ground_codes
from handslag.casework.models import Case, MaskedCopy, MaskedPage
from handslag.casework.states import PageChoice
from handslag.foundation import public as foundation

MOST_AREAS = 60
# How far, in thousandths, a drawn area may fall short of a line that it is to cover.
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a page that is black, in thousandths of its width and height from the top left. `rule` says which rule
    proposed it (empty: a person did); one that nobody `may_lift` stays, but where a manager of the unit may."""

    left: int
    top: int
    right: int
    bottom: int
    ground: str
    rule: str = ""
    may_lift: bool = True
    manager_may_lift: bool = False

    @property
    def box(self) -> Box:
        return self.left, self.top, self.right, self.bottom


@dataclass(frozen=True, slots=True)
class PageMasking:
    """What was decided about one page: shown with these areas black, or left out whole on a ground."""

    left_out: bool
    areas: Sequence[Area] = ()
    ground: str = ""
    # Why what a rule proposed to hide is shown.
    because: str = ""
    # What the page says, for who listens.
    spoken: str = ""


def areas_of(page: MaskedPage) -> list[Area]:
    """The areas of a page as they stand."""
    return [Area(**one) for one in page.areas]


@foundation.operation
def mask_page(
    *, page_id: UUID, version: int, masking: PageMasking, by: foundation.Actor, at: datetime
) -> MaskedCopy:
    """Show a page with areas black, or leave it out. What a rule hides for good is blacked whatever was drawn.

    What only a manager may show, a manager of the case's unit shows with a reason; it stays shown when a case worker goes on.
    Raises CopyChangedMeanwhile, BadInput, MaskingStopped, PaperNotDrawn; then nothing has changed.
    """
    page = MaskedPage.objects.filter(id=page_id).first()
    if page is None:
        raise PartNotFound("There is no such page, or you may not see it.")
    case_for(page.case_id, "mask_copy", by)
    copy = MaskedCopy.objects.select_for_update().filter(id=page.copy_id).first()
    if copy is None:
        raise PartNotFound("There is no such copy, or you may not see it.")
    if not copy.is_editable:
        raise foundation.Refused(
            "The copy is not in the state for this.", do="Open it again and see what has happened."
        )
    if copy.version != version:
        raise CopyChangedMeanwhile
    page.refresh_from_db()
    if masking.left_out:
        if masking.ground not in ground_codes():
            raise foundation.BadInput(
                "Every page that is left out needs its ground.", where="ground", do="Choose the ground."
            )
        page.choice, page.ground, page.because, page.spoken = PageChoice.LEFT_OUT, masking.ground, "", ""
    else:
        page.choice, page.ground, page.because = PageChoice.SHOWN, "", masking.because.strip()[:1000]
        manages = foundation.has_role(by, foundation.Role.MANAGER, copy.case.unit_id)
        areas, lifted = _settled(copy, page, masking, manages=manages)
        page.areas, page.lifted = [asdict(one) for one in areas], [asdict(one) for one in lifted]
        page.spoken = _spoken(copy, page, masking.spoken, areas)
    page.changed_by_id = by.account_id
    page.save(update_fields=["choice", "ground", "because", "areas", "lifted", "spoken", "changed_by"])
    copy.version += 1
    copy.save(update_fields=["version"])
    told = events_record.PageMasked(
        case_id=copy.case_id, copy_id=copy.id, document_id=page.document_id, page=page.number,
        left_out=masking.left_out, areas=0 if masking.left_out else len(page.areas),
    )  # fmt: skip
    events.tell(told, by=by, at=at)
    return copy


@foundation.operation
def leave_out_rest(
    *, copy_id: UUID, document_id: UUID, version: int, ground: str, by: foundation.Actor, at: datetime
) -> int:
    """Leave out every page of a paper that nobody has looked at, on one ground; gives how many."""
    pages = list(
        MaskedPage.objects.filter(copy_id=copy_id, document_id=document_id, choice=PageChoice.UNSEEN)
    )
    for page in pages:
        left_out = PageMasking(left_out=True, ground=ground)
        version = mask_page(page_id=page.id, version=version, masking=left_out, by=by, at=at).version
    return len(pages)


def add_pages(copy: MaskedCopy, case: Case, split: Split, place: int, *, hidden_on: str) -> list[MaskedPage]:
    """Put the pages of a paper into a copy, from a place on: with the areas that the rules propose, unseen by anybody.

    `hidden_on`: leave each out on this ground to begin with, as everything is for anybody but a party.
    """
    said = _said_of(copy, split.part.id, split.pages)
    made = []
    for number, page in enumerate(split.pages):
        row = MaskedPage(
            copy=copy, case=case, document_id=split.part.id, place=place + number, number=page.number,
            source_day=split.part.day, source_type=split.part.type, width=page.width, height=page.height,
            has_text=bool(page.lines), choice=PageChoice.LEFT_OUT if hidden_on else PageChoice.UNSEEN,
            ground=hidden_on, areas=[asdict(one) for one in _proposed(said[page.number])],
        )  # fmt: skip
        row.save(force_insert=True)
        made.append(row)
    return made


def require_seen(copy: MaskedCopy) -> None:
    """Raise PagesUnseen while there is a page that nobody has looked at."""
    unseen = MaskedPage.objects.filter(copy=copy, choice=PageChoice.UNSEEN).count()
    if unseen:
        raise PagesUnseen(unseen)


def hold_pages(copy: MaskedCopy) -> list[MaskedPage]:
    """The pages, when what the rules hide in them now is black or left out; raises MaskingChanged, MaskingStopped,
    PagesUnseen, PaperNotDrawn."""
    require_seen(copy)
    rows = list(MaskedPage.objects.filter(copy=copy).order_by("place"))
    shown = [row for row in rows if row.choice == PageChoice.SHOWN]
    for document_id in dict.fromkeys(row.document_id for row in shown):
        said = _said_of(copy, document_id, read_pages(*content_of(document_id)))
        for row in shown:
            if row.document_id == document_id and _bare(row, said.get(row.number, [])):
                raise MaskingChanged
    if any(row.spoken and _hidden_in(copy, row, row.spoken) for row in shown):
        raise MaskingChanged
    return rows


def pictures_of(pages: Iterable[MaskedPage], *, width: int = 0) -> dict[UUID, bytes]:
    """A JPEG of each page that is shown, its areas black in the pixels. A page that is left out is not drawn."""
    shown: dict[UUID, list[MaskedPage]] = {}
    for page in pages:
        if page.choice == PageChoice.SHOWN:
            shown.setdefault(page.document_id, []).append(page)
    found: dict[UUID, bytes] = {}
    for document_id, rows in shown.items():
        wanted = [(row.number, [area.box for area in areas_of(row)]) for row in rows]
        pictures = draw_pages(*content_of(document_id), wanted, width=width)
        found |= {row.id: picture for row, picture in zip(rows, pictures, strict=True)}
    return found


def spoken_proposed(page: MaskedPage) -> str:
    """What the page says where nothing is black, as far as its text can be read; for a person to read through. Raises
    PaperNotDrawn."""
    return speech.proposed(_lines_of(page), [area.box for area in areas_of(page)])


def _lines_of(page: MaskedPage) -> Sequence[Line]:
    pages = read_pages(*content_of(page.document_id))
    return next((one.lines for one in pages if one.number == page.number), ())


def _spoken(copy: MaskedCopy, page: MaskedPage, words: str, areas: Sequence[Area]) -> str:
    """The words for who listens, when they say nothing that is black and nothing that a rule hides. Raises BadInput."""
    words = words.strip()[: speech.LONGEST]
    if not words:
        return ""
    if speech.says_what_is_black(words, _lines_of(page), [area.box for area in areas]):
        raise foundation.BadInput(
            "The words for who listens say something that is black on the page.",
            where="spoken",
            do="Take it out of the words, or leave them empty.",
        )
    if _hidden_in(copy, page, words):
        raise foundation.BadInput(
            "The words for who listens say something that a rule hides.",
            where="spoken",
            do="Take it out of the words, or leave them empty.",
        )
    return words


def _hidden_in(copy: MaskedCopy, page: MaskedPage, words: str) -> bool:
    """Whether a rule hides any of the words, for good or where nobody has said why it may be shown."""
    pieces = speech.pieces_of(words)
    asked = [AskedPassage("document", page.document_id, one) for one in pieces]
    answers = ask_rules(MaskingQuestion(copy.case_id, copy.receiver_id), asked)
    return any(one is not None and not (one.may_lift and page.because) for one in answers)


Said = list[tuple[Line, Proposal]]


def _said_of(copy: MaskedCopy, document_id: UUID, pages: Sequence[Page]) -> dict[int, Said]:
    """For each page the lines that a rule hides; two lines after one another too, for what is broken between them."""
    alone = [(page.number, (line,)) for page in pages for line in page.lines]
    pairs = [(page.number, pair) for page in pages for pair in pairwise(page.lines)]
    asked = [*alone, *pairs]
    answers = ask_rules(
        MaskingQuestion(copy.case_id, copy.receiver_id),
        [AskedPassage("document", document_id, " ".join(one.text for one in lines)) for _n, lines in asked],
    )
    said: dict[int, Said] = {page.number: [] for page in pages}
    told: dict[tuple[int, Box], int] = {}
    for (number, lines), answer in zip(asked, answers, strict=True):
        # A pair tells something new only when none of its lines told as much by itself.
        if answer is None or any(told.get((number, one.box), 0) >= _weight(answer) for one in lines):
            continue
        for one in lines:
            said[number].append((one, answer))
        if len(lines) == 1:
            told[number, lines[0].box] = _weight(answer)
    return said


def _weight(answer: Proposal) -> int:
    return 1 + answer.strength


def _proposed(said: Said) -> list[Area]:
    return [
        Area(*line.box, answer.ground, answer.rule, answer.may_lift, answer.manager_may_lift)
        for line, answer in said
    ]


def _settled(
    copy: MaskedCopy, page: MaskedPage, masking: PageMasking, *, manages: bool
) -> tuple[list[Area], list[Area]]:
    """The areas that were drawn, with what the rules hide for good; what they propose is shown with a reason only. And
    those that a manager shows, or has shown before."""
    kept = [_checked(area) for area in masking.areas]
    # Whose proposal an area was is told by the rules alone, not by a form.
    if len(kept) > MOST_AREAS:
        raise foundation.BadInput(
            "There are more than {most} areas on the page.",
            where="areas",
            do="Draw larger ones, or leave the page out.",
            values={"most": MOST_AREAS},
        )
    pages = read_pages(*content_of(page.document_id))
    said = _said_of(copy, page.document_id, [one for one in pages if one.number == page.number])
    proposed = _proposed(said[page.number])
    rules = {area.box: area for area in proposed}
    kept = [replace(rules[one.box], ground=one.ground) if one.box in rules else one for one in kept]
    lifted: list[Area] = []
    for area in proposed:
        if _covers(kept, area.box):
            continue
        is_lifted = area.manager_may_lift and (manages or _is_lifted(page, area))
        if not area.may_lift and not is_lifted:
            kept.append(area)
            continue
        lifted += [area] if is_lifted else []
        if not masking.because.strip():
            raise foundation.BadInput(
                "What a rule proposes to hide on a page is shown only with a reason.",
                where="because",
                do="Black the area again, or write why it may be shown to the receiver.",
            )
    return kept, lifted


def _is_lifted(page: MaskedPage, area: Area) -> bool:
    """Whether a manager has shown this very place against this very rule."""
    return any(Area(**one).box == area.box and one["rule"] == area.rule for one in page.lifted)


def _checked(area: Area) -> Area:
    inside = all(0 <= edge <= WHOLE for edge in area.box)
    if not inside or area.right - area.left < 1 or area.bottom - area.top < 1:
        raise foundation.BadInput(
            "An area lies outside of the page, or is empty.",
            where="areas",
            do="Give per cent from 0 to 100: left before right, top before bottom.",
        )
    if area.ground not in ground_codes():
        raise foundation.BadInput(
            "Every area that is black needs its ground.", where="areas", do="Choose the ground."
        )
    return Area(*area.box, area.ground)


def _covers(areas: Sequence[Area], box: Box) -> bool:
    left, top, right, bottom = box
    return any(
        one.left <= left + _SHORT
        and one.top <= top + _SHORT
        and one.right >= right - _SHORT
        and one.bottom >= bottom - _SHORT
        for one in areas
    )


def _bare(row: MaskedPage, said: Said) -> bool:
    """Whether something that a rule hides is seen on the page: for good, or without a reason why it may be."""
    bare = [area for area in _proposed(said) if not _covers(areas_of(row), area.box)]
    return any(
        not row.because or not (area.may_lift or (area.manager_may_lift and _is_lifted(row, area)))
        for area in bare
    )
