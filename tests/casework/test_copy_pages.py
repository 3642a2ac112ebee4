"""Pages of papers in a copy: looked at by a person, black in the pixels, read by a second one, and nothing else leaves."""

import io
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from PIL import Image
from pypdf import PdfReader

from handslag.casework import masking, models
from handslag.casework import public as casework
from handslag.casework.copies import pages as drawn_pages
from handslag.foundation import public as foundation
from tests.casework.conftest import events_of
from tests.casework.papers import full_pdf, locked_pdf, many_pages, photo, text_pdf
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
REPORTER = casework.Telltale(words=casework.name_words("Tina Tallgren"))
SECRETS = ("Tallgren", "Tina", "anmalan.txt", "Utkast")


@pytest.fixture(autouse=True)
def _rules() -> Iterator[None]:
    """A reporter's rule that nobody lifts and one of a place that may be lifted; the registry is left as it was."""
    before = dict(masking._rules)
    fixed, soft = casework.Hidden("OSL 26:5"), casework.Hidden("OSL 21:3", may_lift=True)
    casework.register_masking_rule(
        "test.reporter", lambda question: lambda one: fixed if casework.mentions(one.text, REPORTER) else None
    )
    casework.register_masking_rule(
        "test.may_tell_place", lambda question: lambda one: soft if "Eksta" in one.text else None
    )
    yield
    masking._rules.clear()
    masking._rules.update(before)


@pytest.fixture
def copied(cast: Cast, case: casework.Case, now: datetime) -> Callable[..., casework.MaskedCopy]:
    """A copy of one paper, for Elin unless told otherwise."""

    def prepare(content: bytes, name: str = "samtal.pdf", **told: Any) -> casework.MaskedCopy:
        paper = casework.add_document(case_id=case.id, name=name, content=content, by=cast.asa, at=now)
        facts: dict[str, Any] = {
            "case_id": case.id, "receiver_kind": "party", "receiver_id": cast.elin.person_id,
            "parts": [("document", paper.id)], "by": cast.asa, "at": now, **told,
        }  # fmt: skip
        return casework.prepare_copy(**facts)

    return prepare


def pages_of(copy: casework.MaskedCopy, actor: foundation.Actor) -> list[casework.MaskedPage]:
    return casework.get_copy(copy.id, actor).paper_pages


def show(
    page: casework.MaskedPage, by: foundation.Actor, *areas: casework.Area, **told: Any
) -> casework.MaskedCopy:
    version = casework.get_copy(page.copy_id, by).version
    masking = casework.PageMasking(left_out=False, areas=areas, **told)
    return casework.mask_page(page_id=page.id, version=version, masking=masking, by=by, at=foundation.now())


def given(cast: Cast, copy: casework.MaskedCopy, now: datetime, way: str = "my_page") -> bytes:
    casework.send_copy_for_review(copy_id=copy.id, by=cast.asa, at=now)
    casework.review_copy(copy_id=copy.id, approve=True, by=cast.bjorn, at=now)
    done = casework.give_copy(copy_id=copy.id, way=way, by=cast.asa, at=now)
    return casework.read_document(done.document_id, cast.asa)[1]


def everything_in(pdf: bytes) -> bytes:
    """The bytes of the file and of every stream in it, unpacked."""
    unpacked = [pdf]
    for piece in pdf.split(b"stream")[1:]:
        try:
            unpacked.append(zlib.decompressobj().decompress(piece.lstrip(b"\r\n")))
        except zlib.error:
            continue
    return b"\n".join(unpacked)


def test_the_copy_holds_nothing_of_the_paper_but_its_visible_pixels(
    cast: Cast, case: casework.Case, copied: Callable[..., casework.MaskedCopy], now: datetime
) -> None:
    copy = copied(full_pdf())
    (page,) = pages_of(copy, cast.asa)
    assert page.choice == "unseen" and page.has_text and page.areas[0]["rule"] == "test.reporter"
    show(page, cast.asa)  # the line that the rule hides stays black although nothing was drawn
    pdf = given(cast, copy, now)
    reader = PdfReader(io.BytesIO(pdf))
    text = "\n".join(one.extract_text() for one in reader.pages)
    assert "Utelämnat: OSL 26:5" in text and "mormor" not in text  # a picture has no text layer
    for secret in SECRETS:
        assert secret not in text and secret not in str(dict(reader.metadata or {}))
        for coding in ("utf-8", "utf-16-be", "latin-1"):
            assert secret.encode(coding) not in everything_in(pdf)
    assert not reader.attachments and pdf.count(b"%%EOF") == 1
    pictures = [one for sheet in reader.pages for one in sheet.images]
    assert len(pictures) == 1 and b"Exif" not in pictures[0].data
    image = Image.open(io.BytesIO(pictures[0].data)).convert("L")
    left, top, right, bottom = (page.areas[0][side] for side in ("left", "top", "right", "bottom"))
    box = [
        int(left * image.width / 1000),
        int(top * image.height / 1000),
        int(right * image.width / 1000),
        int(bottom * image.height / 1000),
    ]
    assert image.crop((box[0] + 6, box[1] + 6, box[2] - 6, box[3] - 6)).getextrema()[1] < 40
    below = image.crop((0, image.height // 2, image.width, image.height * 6 // 10))
    assert below.getextrema()[0] < 100  # what may be read is there
    kinds = [kind for kind in events_of(case) if kind.startswith(("casework.copy", "casework.page"))]
    assert kinds == [
        "casework.copy_prepared", "casework.page_masked", "casework.copy_sent_for_review",
        "casework.copy_reviewed", "casework.copy_given",
    ]  # fmt: skip


def test_a_photo_leaves_its_exif_behind(
    cast: Cast, copied: Callable[..., casework.MaskedCopy], now: datetime
) -> None:
    copy = copied(photo(), "bild.jpg")
    (page,) = pages_of(copy, cast.asa)
    assert not page.has_text and page.areas == []
    show(page, cast.asa, casework.Area(0, 0, 300, 300, "OSL 26:1"))
    pdf = given(cast, copy, now)
    (picture,) = [one for sheet in PdfReader(io.BytesIO(pdf)).pages for one in sheet.images]
    assert b"Tallgren" not in everything_in(pdf) and b"Exif" not in picture.data
    image = Image.open(io.BytesIO(picture.data)).convert("RGB")
    assert max(image.getpixel((image.width // 10, image.height // 10))) < 40


def test_no_page_leaves_that_nobody_has_looked_at(
    cast: Cast, copied: Callable[..., casework.MaskedCopy], now: datetime
) -> None:
    copy = copied(text_pdf([(72, 700, "Ett")], [(72, 700, "Tva")], [(72, 700, "Tre")]))
    first, *_rest = pages_of(copy, cast.asa)
    show(first, cast.asa)
    with pytest.raises(casework.PagesUnseen):
        casework.send_copy_for_review(copy_id=copy.id, by=cast.asa, at=now)
    with pytest.raises(IntegrityError), foundation.acting(cast.asa), transaction.atomic():
        models.MaskedPage.objects.filter(copy=copy, number=2).update(choice="shown")
    version = casework.get_copy(copy.id, cast.asa).version
    told = {"copy_id": copy.id, "document_id": first.document_id, "by": cast.asa, "at": now}
    with pytest.raises(foundation.BadInput):
        casework.leave_out_rest(version=version, ground="", **told)
    assert casework.leave_out_rest(version=version, ground="OSL 26:1", **told) == 2
    pdf = given(cast, copy, now)
    reader = PdfReader(io.BytesIO(pdf))
    assert sum(len(sheet.images) for sheet in reader.pages) == 1
    # Neighbours that are left out are one mark: how many there were is not told.
    text = "".join(sheet.extract_text() for sheet in reader.pages)
    assert text.count("Utelämnat: OSL 26:1") == 1


def test_what_a_rule_proposes_is_shown_with_a_reason_only(
    cast: Cast, copied: Callable[..., casework.MaskedCopy], now: datetime
) -> None:
    copy = copied(text_pdf([(72, 700, "Skolan ligger i Eksta."), (72, 400, "Pojken sover.")]))
    (page,) = pages_of(copy, cast.asa)
    assert [(one["rule"], one["may_lift"]) for one in page.areas] == [("test.may_tell_place", True)]
    with pytest.raises(foundation.BadInput) as fault:
        show(page, cast.asa)
    assert fault.value.where == "because"
    show(page, cast.asa, because="Elin bor själv i Eksta")
    (page,) = pages_of(copy, cast.asa)
    assert page.areas == [] and page.because == "Elin bor själv i Eksta"
    assert given(cast, copy, now)


def test_who_listens_is_told_what_the_page_says_and_nothing_that_is_black(
    cast: Cast, copied: Callable[..., casework.MaskedCopy], now: datetime
) -> None:
    lines = ["Pojken sover hos mormor.", "Ring 0174-123 45 i kväll.", "Tina Tallgren ringde."]
    copy = copied(text_pdf([(72, 700 - 100 * place, line) for place, line in enumerate(lines)]))
    (page,) = pages_of(copy, cast.asa)
    assert casework.page_spoken_proposed(page.id, cast.asa) == "\n".join(lines[:2]), "a rule blacks the third"
    phone = casework.Area(0, 270, 1000, 330, "OSL 26:1")
    for words in ("Ring 0174-12345\ni kväll.", "Tina\nTallgren ringde.", "Det var Tallgren som ringde."):
        with pytest.raises(foundation.BadInput) as fault:
            show(page, cast.asa, phone, spoken=words)
        assert fault.value.where == "spoken"
    assert pages_of(copy, cast.asa)[0].choice == "unseen", "nothing was saved"
    show(page, cast.asa, phone, spoken=lines[0])
    assert casework.page_spoken_proposed(page.id, cast.asa) == lines[0]
    casework.send_copy_for_review(copy_id=copy.id, by=cast.asa, at=now)
    hidden = casework.Hidden("OSL 26:5")
    casework.register_masking_rule("test.more", lambda question: lambda one: hidden if "hos mormor" in one.text else None)
    with pytest.raises(casework.MaskingChanged):
        casework.review_copy(copy_id=copy.id, approve=True, by=cast.bjorn, at=now)
    del masking._rules["test.more"]
    casework.review_copy(copy_id=copy.id, approve=True, by=cast.bjorn, at=now)
    done = casework.give_copy(copy_id=copy.id, way="my_page", by=cast.asa, at=now)
    pdf = PdfReader(io.BytesIO(casework.read_document(done.document_id, cast.asa)[1]))
    told = [one.get_object().get("/Alt", "") for one in _figures(pdf)]
    assert any(lines[0] in one for one in told), told
    assert not any("0174" in one or "Tallgren" in one for one in told)


def _figures(pdf: PdfReader) -> list[Any]:
    """Every part of the structure tree: what a screen reader is told."""
    found, wait = [], [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while wait:
        one = wait.pop().get_object()
        if isinstance(one, list):
            wait += one
        elif isinstance(one, dict):
            found.append(one)
            wait += [one["/K"]] if "/K" in one else []
    return found


def test_a_page_that_is_left_out_says_nothing(
    cast: Cast, copied: Callable[..., casework.MaskedCopy], now: datetime
) -> None:
    copy = copied(text_pdf([(72, 700, "Pojken sover.")]))
    (page,) = pages_of(copy, cast.asa)
    show(page, cast.asa, spoken="Pojken sover.")
    version = casework.get_copy(copy.id, cast.asa).version
    out = casework.PageMasking(left_out=True, ground="OSL 26:1", spoken="Pojken sover.")
    casework.mask_page(page_id=page.id, version=version, masking=out, by=cast.asa, at=now)
    (page,) = pages_of(copy, cast.asa)
    assert page.spoken == ""


def test_what_becomes_known_later_holds_the_pages_back(
    cast: Cast, copied: Callable[..., casework.MaskedCopy], now: datetime
) -> None:
    copy = copied(text_pdf([(72, 700, "Pojken sover hos mormor.")]))
    (page,) = pages_of(copy, cast.asa)
    show(page, cast.asa)
    casework.send_copy_for_review(copy_id=copy.id, by=cast.asa, at=now)
    hidden = casework.Hidden("OSL 26:5")
    casework.register_masking_rule(
        "test.more", lambda question: lambda one: hidden if "mormor" in one.text else None
    )
    with pytest.raises(casework.MaskingChanged):
        casework.review_copy(copy_id=copy.id, approve=True, by=cast.bjorn, at=now)
    del masking._rules["test.more"]
    casework.review_copy(copy_id=copy.id, approve=True, by=cast.bjorn, at=now)

    def broken(question: casework.MaskingQuestion) -> casework.AskPassage:
        raise RuntimeError("away")

    casework.register_masking_rule("test.broken", broken)
    with pytest.raises(casework.MaskingStopped):
        casework.give_copy(copy_id=copy.id, way="post", by=cast.asa, at=now)
    assert casework.get_copy(copy.id, cast.asa).state == "approved"


def test_when_drawing_fails_nothing_goes_out(
    cast: Cast,
    case: casework.Case,
    copied: Callable[..., casework.MaskedCopy],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copy = copied(text_pdf([(72, 700, "Pojken sover.")]))
    (page,) = pages_of(copy, cast.asa)
    show(page, cast.asa)
    casework.send_copy_for_review(copy_id=copy.id, by=cast.asa, at=now)
    casework.review_copy(copy_id=copy.id, approve=True, by=cast.bjorn, at=now)
    papers = len(casework.find_documents(case.id, cast.asa).rows)

    def dies(*_: object, **__: object) -> None:
        raise OSError("no process")

    monkeypatch.setattr(drawn_pages.subprocess, "run", dies)
    for attempt in (
        lambda: casework.give_copy(copy_id=copy.id, way="post", by=cast.asa, at=now),
        lambda: casework.preview_copy(copy.id, cast.asa),
        lambda: casework.page_picture(page.id, cast.asa, masked=True),
    ):
        with pytest.raises(casework.PaperNotDrawn):
            attempt()
    assert len(casework.find_documents(case.id, cast.asa).rows) == papers
    assert casework.get_copy(copy.id, cast.asa).state == "approved"


@pytest.mark.parametrize(
    ("content", "code"),
    [(locked_pdf(), "locked"), (many_pages(500), "too_many"), (full_pdf()[:300], "broken")],
)
def test_a_paper_that_cannot_be_drawn_makes_no_copy(
    cast: Cast, case: casework.Case, copied: Callable[..., casework.MaskedCopy], content: bytes, code: str
) -> None:
    with pytest.raises(casework.PaperNotDrawn) as told:
        copied(content)
    assert told.value.code == code and casework.find_copies(case.id, cast.asa) == []


def test_a_photo_as_heic_is_told_by_what_to_do(
    cast: Cast, case: casework.Case, copied: Callable[..., casework.MaskedCopy]
) -> None:
    with pytest.raises(foundation.BadInput) as told:
        copied(b"\x00\x00\x00\x18ftypheic\x00\x00", "IMG_1.HEIC")
    assert told.value.where == "parts" and "JPEG" in told.value.do
    assert casework.find_copies(case.id, cast.asa) == []


def test_for_anybody_else_every_page_is_left_out_to_begin_with(
    cast: Cast, copied: Callable[..., casework.MaskedCopy], now: datetime
) -> None:
    copy = copied(text_pdf([(72, 700, "Ett")]), receiver_kind="request", receiver_id=None, purpose="Begäran")
    (page,) = pages_of(copy, cast.asa)
    assert (page.choice, page.ground) == ("left_out", "OSL 26:1")
    with pytest.raises(casework.PartNotFound):
        casework.page_picture(page.id, cast.asa, masked=True)
    reader = PdfReader(io.BytesIO(given(cast, copy, now, way="post")))
    assert not any(list(sheet.images) for sheet in reader.pages)


@pytest.mark.parametrize("box", [(-1, 0, 10, 10), (0, 0, 1001, 10), (10, 10, 10, 20), (20, 20, 10, 30)])
def test_an_area_lies_on_the_page(
    cast: Cast, copied: Callable[..., casework.MaskedCopy], box: tuple[int, int, int, int]
) -> None:
    (page,) = pages_of(copied(text_pdf([(72, 700, "Ett")])), cast.asa)
    with pytest.raises(foundation.BadInput):
        show(page, cast.asa, casework.Area(*box, "OSL 26:1"))
    with pytest.raises(foundation.BadInput):
        show(page, cast.asa, casework.Area(0, 0, 10, 10, "OSL 99:9"))
    with pytest.raises(foundation.BadInput):
        show(page, cast.asa, *[casework.Area(0, 0, 10, 10, "OSL 26:1")] * 61)
    assert pages_of(casework.get_copy(page.copy_id, cast.asa), cast.asa)[0].choice == "unseen"


def test_two_who_draw_and_the_second_reader(
    cast: Cast, copied: Callable[..., casework.MaskedCopy], now: datetime
) -> None:
    copy = copied(text_pdf([(72, 700, "Ett")]))
    (page,) = pages_of(copy, cast.asa)
    show(page, cast.bjorn)
    with pytest.raises(casework.CopyChangedMeanwhile):
        casework.mask_page(
            page_id=page.id, version=1, masking=casework.PageMasking(left_out=False), by=cast.asa, at=now
        )
    casework.send_copy_for_review(copy_id=copy.id, by=cast.asa, at=now)
    for touched in (cast.asa, cast.bjorn):
        with pytest.raises(casework.SecondReaderNeeded):
            casework.review_copy(copy_id=copy.id, approve=True, by=touched, at=now)
    casework.review_copy(copy_id=copy.id, approve=True, by=cast.carina, at=now)
    with pytest.raises(foundation.Refused):
        show(page, cast.asa)
    with foundation.acting(cast.asa):  # the policy lets nobody change the pages of an approved copy
        assert models.MaskedPage.objects.filter(id=page.id).update(areas=[]) == 0


@pytest.mark.parametrize("who", ["david", "elin", "farid", "greta", "hugo", "ada", "board"])
def test_others_neither_see_nor_draw_also_in_sql(
    cast: Cast, copied: Callable[..., casework.MaskedCopy], now: datetime, who: str
) -> None:
    copy = copied(text_pdf([(72, 700, "Ett")]))
    (page,) = pages_of(copy, cast.asa)
    actor = getattr(cast, who)
    with foundation.acting(actor), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_maskedpage")
        assert cursor.fetchone()[0] == 0
    for act in (
        lambda: casework.get_page(page.id, actor),
        lambda: casework.page_picture(page.id, actor, masked=False),
        lambda: casework.mask_page(
            page_id=page.id, version=1, masking=casework.PageMasking(left_out=False), by=actor, at=now
        ),
    ):
        with pytest.raises(foundation.HandslagError):
            act()
    with pytest.raises(DatabaseError), foundation.acting(actor), transaction.atomic():
        models.MaskedPage.objects.bulk_create(
            [
                models.MaskedPage(
                    copy_id=copy.id, case_id=copy.case_id, document_id=page.document_id, place=9, number=9,
                    source_day=page.source_day, width=1, height=1, has_text=False,
                )
            ]
        )  # fmt: skip


def test_a_page_is_read_with_a_trace(cast: Cast, copied: Callable[..., casework.MaskedCopy]) -> None:
    (page,) = pages_of(copied(text_pdf([(72, 700, "Ett")])), cast.asa)
    assert casework.page_picture(page.id, cast.asa, masked=False).startswith(b"\xff\xd8\xff")
    with foundation.acting(cast.system):
        read = foundation.AccessEntry.objects.filter(account_id=cast.asa.account_id, page="casework.document")
        assert read.filter(case_id=page.case_id).exists()


def test_a_manager_shows_an_area_that_a_rule_lets_a_manager_alone_and_it_stays_shown(
    cast: Cast, copied: Callable[..., casework.MaskedCopy], now: datetime
) -> None:
    guarded = casework.Hidden("OSL 26:5", manager_may_lift=True)
    casework.register_masking_rule(
        "test.reporter",
        lambda question: lambda one: guarded if casework.mentions(one.text, REPORTER) else None,
    )
    copy = copied(full_pdf())
    (page,) = pages_of(copy, cast.asa)
    (area,) = casework.areas_of(page)
    assert (area.may_lift, area.manager_may_lift) == (False, True)
    # A case worker who removes it finds it black again, whatever she writes.
    show(page, cast.asa, because="Anmälaren har själv berättat")
    assert [one.box for one in casework.areas_of(pages_of(copy, cast.asa)[0])] == [area.box]
    with pytest.raises(foundation.BadInput):
        show(page, cast.carina)
    show(page, cast.carina, because="Anmälaren har själv berättat")
    held = pages_of(copy, cast.asa)[0]
    assert held.areas == [] and [one["rule"] for one in held.lifted] == ["test.reporter"]
    # The case worker goes on with the page, and it leaves as the manager decided; without the reason it does not.
    show(held, cast.asa, casework.Area(0, 900, 100, 950, "OSL 26:1"), because="Anmälaren har själv berättat")
    assert len(casework.areas_of(pages_of(copy, cast.asa)[0])) == 1
    with pytest.raises(foundation.BadInput):
        show(held, cast.asa)
    assert given(cast, copy, now).startswith(b"%PDF")
    # What becomes hidden for good is black for the manager too.
    casework.register_masking_rule(
        "test.reporter",
        lambda question: (
            lambda one: casework.Hidden("OSL 26:5") if casework.mentions(one.text, REPORTER) else None
        ),
    )
    later = copied(full_pdf(), "igen.pdf")
    show(pages_of(later, cast.asa)[0], cast.carina, because="Ändå")
    assert len(casework.areas_of(pages_of(later, cast.asa)[0])) == 1
