"""A copy with parts left out: what the rules hide, the second reader, and that nothing leaves when a rule fails."""

import io
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from pypdf import PdfReader

from handslag.casework import masking, models
from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.casework.conftest import events_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])

REPORTER = casework.Telltale(
    words=(*casework.name_words("Tina Tallgren"), "Ekebyskolan"),
    phones=("070-174 06 05",),
    exact=("tina@skola.example",),
)
BODY = "\n".join(
    [
        "Elin kom till mötet i tid.",
        "Anmälan gjordes av Tina Tallgren.",
        "Vi ringde skolan på +46 70 174 06 05 samma dag.",
        "TALLGRENS oro gäller sömnen.",
        "Ekebyskolan har sett barnet trött.",
        "Pojken sover hos mormor.",
    ]
)
SECRETS = ("Tallgren", "TALLGREN", "Ekebyskolan", "174 06 05", "tina@skola.example")


@pytest.fixture(autouse=True)
def _rules() -> Iterator[None]:
    """A reporter's rule as child protection has one; each test leaves the registry as it was."""
    before = dict(masking._rules)
    casework.register_masking_rule("test.reporter", _reporter_rule)
    yield
    masking._rules.clear()
    masking._rules.update(before)


def _reporter_rule(question: casework.MaskingQuestion) -> casework.AskPassage:
    hidden = casework.Hidden("OSL 26:5")
    return lambda passage: hidden if casework.mentions(passage.text, REPORTER) else None


@pytest.fixture
def note(cast: Cast, case: casework.Case, now: datetime) -> casework.Note:
    return casework.write_note(case_id=case.id, subject="Samtal med Tina", body=BODY, by=cast.asa, at=now)


@pytest.fixture
def copied(
    cast: Cast, case: casework.Case, note: casework.Note, now: datetime
) -> Callable[..., casework.MaskedCopy]:
    def prepare(**told: Any) -> casework.MaskedCopy:
        facts: dict[str, Any] = {
            "case_id": case.id, "receiver_kind": "party", "receiver_id": cast.elin.person_id,
            "parts": [("note", note.id)], "by": cast.asa, "at": now, **told,
        }  # fmt: skip
        return casework.prepare_copy(**facts)

    return prepare


def passages_of(copy: casework.MaskedCopy, actor: foundation.Actor) -> list[casework.MaskedPassage]:
    return list(casework.get_copy(copy.id, actor).passages.all())


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def everything_in(pdf: bytes) -> bytes:
    """The bytes of the file and of every stream in it, unpacked."""
    unpacked = [pdf]
    for piece in pdf.split(b"stream")[1:]:
        try:
            unpacked.append(zlib.decompressobj().decompress(piece.lstrip(b"\r\n")))
        except zlib.error:
            continue
    return b"\n".join(unpacked)


def given(cast: Cast, copy: casework.MaskedCopy, now: datetime, way: str = "my_page") -> casework.MaskedCopy:
    casework.send_copy_for_review(copy_id=copy.id, by=cast.asa, at=now)
    casework.review_copy(copy_id=copy.id, approve=True, by=cast.bjorn, at=now)
    return casework.give_copy(copy_id=copy.id, way=way, by=cast.asa, at=now)


def test_a_partys_copy_reveals_nothing_of_the_reporter(
    cast: Cast, case: casework.Case, copied: Callable[..., casework.MaskedCopy], now: datetime
) -> None:
    done = given(cast, copied(), now)
    paper, pdf = casework.read_document(done.document_id, cast.elin)
    text = text_of(pdf)
    assert "Elin kom till mötet i tid." in text and "Pojken sover hos mormor." in text
    for secret in SECRETS:
        assert secret not in text
        for coding in ("utf-8", "utf-16-be", "latin-1"):
            assert secret.encode(coding) not in everything_in(pdf)
    assert "Utelämnat: OSL 26:5" in text and case.number in text
    assert text.count("Utelämnat") == 2 + text.count("står ”Utelämnat”") + text.count("“Utelämnat”")
    assert paper.name == f"kopia-{case.number}.pdf"
    assert (done.given_by_id, done.reviewed_by_id, done.given_way) == (
        cast.asa.account_id, cast.bjorn.account_id, "my_page",
    )  # fmt: skip
    told = [kind for kind in events_of(case) if kind.startswith("casework.copy")]
    assert told == [f"casework.copy_{what}" for what in ("prepared", "sent_for_review", "reviewed", "given")]


@pytest.mark.parametrize(
    ("lines", "hidden"),
    [
        (["Först.", "Norra", "skolan", "AB", "Sist."], [1, 2, 3]),
        (["Ring 070-", "174", "06", "05", "Sist."], [0, 1, 2, 3]),
        (["Norra sko-", "lan", "AB ringde"], [0, 1, 2]),
        (["Norra", "och " * 20, "skolan AB"], []),
        (["Norra skolan", "AB", "AB", "Sist"], [0, 1]),
    ],
)
def test_what_is_broken_over_several_lines_is_hidden_in_all_of_them(
    cast: Cast, case: casework.Case, lines: list[str], hidden: list[int]
) -> None:
    """Only the lines that say it together: what stands before and after is shown."""
    told = casework.Telltale(words=("Norra skolan AB",), phones=("070-174 06 05",))
    found = casework.Hidden("OSL 26:5")
    casework.register_masking_rule(
        "test.reporter",
        lambda question: lambda passage: found if casework.mentions(passage.text, told) else None,
    )
    source = foundation.new_id()
    asked = [masking.AskedPassage("note", source, line) for line in lines]
    said = masking.ask_rules(masking.MaskingQuestion(case.id, None), asked)
    assert [
        place for place, one in enumerate(said) if one is not None and one.rule == "test.reporter"
    ] == hidden


@pytest.mark.parametrize("fault", ["asking", "preparing", "nonsense", "unknown_ground"])
def test_nothing_is_copied_when_a_rule_fails(
    cast: Cast, case: casework.Case, copied: Callable[..., casework.MaskedCopy], fault: str
) -> None:
    def breaks(_: Any) -> Any:
        raise ConnectionError("the register is away")

    answers: dict[str, Any] = {
        "asking": lambda question: breaks,
        "preparing": breaks,
        "nonsense": lambda question: lambda passage: "maybe",
        "unknown_ground": lambda question: lambda passage: casework.Hidden("OSL 99:9"),
    }
    casework.register_masking_rule("test.broken", answers[fault])
    before = events_of(case)
    with pytest.raises(casework.MaskingStopped) as stopped:
        copied()
    assert stopped.value.rule == "test.broken"
    assert casework.find_copies(case.id, cast.asa) == [] and events_of(case) == before


def test_a_rule_that_fails_late_stops_the_review_and_the_giving(
    cast: Cast, case: casework.Case, copied: Callable[..., casework.MaskedCopy], now: datetime
) -> None:
    def broken(question: casework.MaskingQuestion) -> casework.AskPassage:
        raise RuntimeError("away")

    copy = copied()
    casework.send_copy_for_review(copy_id=copy.id, by=cast.asa, at=now)
    casework.register_masking_rule("test.broken", broken)
    with pytest.raises(casework.MaskingStopped):
        casework.review_copy(copy_id=copy.id, approve=True, by=cast.bjorn, at=now)
    casework.register_masking_rule("test.broken", lambda question: None)
    casework.review_copy(copy_id=copy.id, approve=True, by=cast.bjorn, at=now)
    casework.register_masking_rule("test.broken", broken)
    with pytest.raises(casework.MaskingStopped):
        casework.give_copy(copy_id=copy.id, way="my_page", by=cast.asa, at=now)
    assert casework.find_documents(case.id, cast.asa).rows == []
    assert casework.get_copy(copy.id, cast.asa).state == "approved"


def test_without_any_rule_there_is_no_copy(copied: Callable[..., casework.MaskedCopy]) -> None:
    masking._rules.clear()
    with pytest.raises(casework.MaskingStopped):
        copied()


def test_what_becomes_known_after_the_review_holds_the_copy_back(
    cast: Cast, copied: Callable[..., casework.MaskedCopy], now: datetime
) -> None:
    copy = copied()
    casework.send_copy_for_review(copy_id=copy.id, by=cast.asa, at=now)
    casework.review_copy(copy_id=copy.id, approve=True, by=cast.bjorn, at=now)
    hidden = casework.Hidden("OSL 26:5")
    casework.register_masking_rule(
        "test.more", lambda question: lambda passage: hidden if "mormor" in passage.text else None
    )
    with pytest.raises(casework.MaskingChanged):
        casework.give_copy(copy_id=copy.id, way="post", by=cast.asa, at=now)
    casework.review_copy(copy_id=copy.id, approve=False, words="Mormor ska bort", by=cast.bjorn, at=now)
    done = given(cast, copy, now, way="post")
    assert "mormor" not in text_of(casework.read_document(done.document_id, cast.asa)[1])


def test_what_nobody_may_lift_stays_hidden_also_in_sql(
    cast: Cast, copied: Callable[..., casework.MaskedCopy], now: datetime
) -> None:
    copy = copied()
    secret = next(one for one in passages_of(copy, cast.asa) if one.masked)
    with pytest.raises(casework.PassageMustStayHidden):
        casework.mask_passages(
            copy_id=copy.id, version=1, choices=[casework.PassageChoice(secret.id, False, because="ok")],
            by=cast.asa, at=now,
        )  # fmt: skip
    with pytest.raises(IntegrityError), foundation.acting(cast.asa), transaction.atomic():
        models.MaskedPassage.objects.filter(id=secret.id).update(masked=False, because="ok")
    with pytest.raises(DatabaseError), foundation.acting(cast.asa), transaction.atomic():
        models.MaskedPassage.objects.filter(id=secret.id).update(text="annat")


def test_masking_by_hand_needs_a_ground_and_two_who_mask_lose_nothing(
    cast: Cast, copied: Callable[..., casework.MaskedCopy], now: datetime
) -> None:
    copy = copied()
    open_one = next(one for one in passages_of(copy, cast.asa) if not one.masked)
    with pytest.raises(foundation.BadInput) as fault:
        casework.mask_passages(
            copy_id=copy.id,
            version=1,
            choices=[casework.PassageChoice(open_one.id, True)],
            by=cast.asa,
            at=now,
        )
    assert fault.value.where == "ground"
    hide = casework.PassageChoice(open_one.id, True, "OSL 12:3", "barnets egna ord")
    casework.mask_passages(copy_id=copy.id, version=1, choices=[hide], by=cast.asa, at=now)
    with pytest.raises(casework.CopyChangedMeanwhile):
        casework.mask_passages(copy_id=copy.id, version=1, choices=[hide], by=cast.bjorn, at=now)
    kept = next(one for one in passages_of(copy, cast.bjorn) if one.id == open_one.id)
    assert (kept.masked, kept.ground, kept.because) == (True, "OSL 12:3", "barnets egna ord")


def test_the_second_reader_is_somebody_else(
    cast: Cast, copied: Callable[..., casework.MaskedCopy], now: datetime
) -> None:
    copy = copied()
    open_one = next(one for one in passages_of(copy, cast.asa) if not one.masked)
    hide = casework.PassageChoice(open_one.id, True, "OSL 26:1")
    casework.mask_passages(copy_id=copy.id, version=1, choices=[hide], by=cast.bjorn, at=now)
    casework.send_copy_for_review(copy_id=copy.id, by=cast.asa, at=now)
    for touched in (cast.asa, cast.bjorn):
        with pytest.raises(casework.SecondReaderNeeded):
            casework.review_copy(copy_id=copy.id, approve=True, by=touched, at=now)
    with pytest.raises(IntegrityError), foundation.acting(cast.asa), transaction.atomic():
        models.MaskedCopy.objects.filter(id=copy.id).update(reviewed_by_id=cast.asa.account_id)
    with pytest.raises(DatabaseError), foundation.acting(cast.asa), transaction.atomic():
        models.MaskedCopy.objects.filter(id=copy.id).update(reviewed_by_id=cast.carina.account_id)
    casework.review_copy(copy_id=copy.id, approve=True, by=cast.carina, at=now)
    with pytest.raises(foundation.BadInput):
        casework.review_copy(copy_id=copy.id, approve=False, by=cast.carina, at=now)


def test_nothing_is_given_before_the_second_reader_has_read(
    cast: Cast, case: casework.Case, copied: Callable[..., casework.MaskedCopy], now: datetime
) -> None:
    copy = copied()
    for _ in ("draft", "for_review"):
        with pytest.raises(foundation.Refused):
            casework.give_copy(copy_id=copy.id, way="my_page", by=cast.asa, at=now)
        if casework.get_copy(copy.id, cast.asa).state == "draft":
            casework.send_copy_for_review(copy_id=copy.id, by=cast.asa, at=now)
    assert casework.find_documents(case.id, cast.elin).rows == []


def test_a_given_copy_is_never_changed(
    cast: Cast, copied: Callable[..., casework.MaskedCopy], now: datetime
) -> None:
    done = given(cast, copied(), now)
    with pytest.raises(foundation.Refused):
        casework.give_copy(copy_id=done.id, way="post", by=cast.asa, at=now)
    for actor in (cast.asa, cast.system):
        with pytest.raises(DatabaseError), foundation.acting(actor), transaction.atomic():
            models.MaskedCopy.objects.filter(id=done.id).update(receiver_name="någon annan")
    with foundation.acting(cast.asa):
        assert (
            models.MaskedPassage.objects.filter(copy_id=done.id).update(masked=True, ground="OSL 26:1") == 0
        )


def test_for_anybody_else_all_is_hidden_until_somebody_opens_it(
    cast: Cast, copied: Callable[..., casework.MaskedCopy], now: datetime
) -> None:
    copy = copied(
        receiver_kind="request", receiver_id=None, receiver_name="", purpose="Begäran om allmän handling"
    )
    assert all(one.masked for one in passages_of(copy, cast.asa))
    open_one = next(one for one in passages_of(copy, cast.asa) if "mormor" in one.text)
    casework.mask_passages(
        copy_id=copy.id, version=1, choices=[casework.PassageChoice(open_one.id, False)], by=cast.asa, at=now
    )
    with pytest.raises(foundation.BadInput):
        given(cast, copy, now)  # nobody's own page
    done = casework.give_copy(copy_id=copy.id, way="handed_over", by=cast.asa, at=now)
    text = text_of(casework.read_document(done.document_id, cast.asa)[1])
    assert "mormor" in text and "Elin kom" not in text
    assert casework.find_documents(done.case_id, cast.elin).rows == []
    with pytest.raises(foundation.BadInput):
        copied(receiver_kind="authority", receiver_id=None, receiver_name=" ")
    with pytest.raises(foundation.BadInput):
        copied(receiver_id=cast.greta.person_id)


def test_a_protected_persons_whereabouts_never_leave(cast: Cast, case: casework.Case, now: datetime) -> None:
    day = foundation.day_of(now)
    hugo, system = cast.hugo.person_id, cast.system
    people.relate(
        person_id=cast.elin.person_id, other_id=hugo, kind="sibling", valid_from=day, by=system, at=now
    )
    people.set_address(
        person_id=hugo, street="Gömda gränd 4", postal_code="590 10", city="Boda", by=system, at=now
    )
    people.set_contact(person_id=hugo, kind="phone", value="070-174 06 99", by=cast.hugo, at=now)
    body = "Elin bor själv.\nBrodern finns på Gömda gränd.\nNås på 0701740699.\nHugo hälsade på i går."
    note = casework.write_note(case_id=case.id, body=body, by=cast.asa, at=now)
    copy = casework.prepare_copy(
        case_id=case.id, receiver_kind="party", receiver_id=cast.elin.person_id, parts=[("note", note.id)],
        by=cast.asa, at=now,
    )  # fmt: skip
    assert [(one.masked, one.may_lift, one.ground) for one in passages_of(copy, cast.asa)] == [
        (False, True, ""), (True, False, "OSL 22:1"), (True, False, "OSL 22:1"), (True, True, "OSL 22:1"),
    ]  # fmt: skip
    name = passages_of(copy, cast.asa)[-1]
    with pytest.raises(foundation.BadInput) as fault:
        casework.mask_passages(
            copy_id=copy.id, version=1, choices=[casework.PassageChoice(name.id, False)], by=cast.asa, at=now
        )
    assert fault.value.where == "because"
    show = casework.PassageChoice(name.id, False, because="Elin var själv med")
    casework.mask_passages(copy_id=copy.id, version=1, choices=[show], by=cast.asa, at=now)
    done = given(cast, copy, now)
    text = text_of(casework.read_document(done.document_id, cast.elin)[1])
    assert "Hugo hälsade på" in text and "Gömda" not in text and "0701740699" not in text


def test_anothers_identity_number_is_left_out(cast: Cast, case: casework.Case, now: datetime) -> None:
    own = people.identity_number_of(cast.elin.person_id, cast.system)
    other = people.identity_number_of(cast.farid.person_id, cast.system)
    assert own is not None and other is not None
    body = f"Elins nummer är {own.number}.\nHans nummer är {other.number[2:8]}-{other.number[8:]}."
    note = casework.write_note(case_id=case.id, body=body, by=cast.asa, at=now)
    copy = casework.prepare_copy(
        case_id=case.id, receiver_kind="party", receiver_id=cast.elin.person_id, parts=[("note", note.id)],
        by=cast.asa, at=now,
    )  # fmt: skip
    assert [one.masked for one in passages_of(copy, cast.asa)] == [False, True]


def test_papers_are_split_where_they_can_be_read_and_refused_where_not(
    cast: Cast, case: casework.Case, now: datetime
) -> None:
    text = casework.add_document(
        case_id=case.id, name="Brev från Tina.txt", content=b"Hej\n\nTallgren", by=cast.asa, at=now
    )
    pdf = casework.add_document(case_id=case.id, name="a.pdf", content=b"%PDF-1.7\n", by=cast.asa, at=now)
    parts = {one.id: one.can_be_split for one in casework.find_copy_parts(case.id, cast.asa)}
    assert parts == {text.id: True, pdf.id: False}
    told: dict[str, Any] = {
        "case_id": case.id, "receiver_kind": "party", "receiver_id": cast.elin.person_id, "by": cast.asa, "at": now,
    }  # fmt: skip
    with pytest.raises(casework.PaperNotDrawn) as broken:
        casework.prepare_copy(parts=[("document", pdf.id)], **told)
    assert broken.value.code == "broken" and casework.find_copies(case.id, cast.asa) == []
    with pytest.raises(foundation.BadInput):
        casework.prepare_copy(parts=[("note", foundation.new_id())], **told)
    copy = casework.prepare_copy(parts=[("document", text.id)], **told)
    assert [(one.text, one.masked) for one in passages_of(copy, cast.asa)] == [
        ("Brev från Tina.txt", True), ("Hej", False), ("Tallgren", True),
    ]  # fmt: skip


def _rows(actor: foundation.Actor, table: str) -> int:
    with foundation.acting(actor), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("who", ["david", "elin", "farid", "greta", "hugo", "ada", "board"])
def test_others_neither_read_nor_make_copies_also_in_sql(
    cast: Cast, case: casework.Case, copied: Callable[..., casework.MaskedCopy], now: datetime, who: str
) -> None:
    copy = copied()
    actor = getattr(cast, who)
    assert (_rows(cast.asa, "casework_maskedcopy"), _rows(cast.asa, "casework_maskedpassage")) == (1, 7)
    assert (_rows(actor, "casework_maskedcopy"), _rows(actor, "casework_maskedpassage")) == (0, 0)
    with pytest.raises(foundation.HandslagError):
        copied(by=actor)
    acts: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (casework.mask_passages, {"version": 1, "choices": []}),
        (casework.send_copy_for_review, {}),
        (casework.review_copy, {"approve": True}),
        (casework.give_copy, {"way": "post"}),
        (casework.cancel_copy, {}),
    ]
    for act, told in acts:
        with pytest.raises(casework.PartNotFound):
            act(copy_id=copy.id, by=actor, at=now, **told)
    with foundation.acting(actor):
        assert models.MaskedCopy.objects.filter(id=copy.id).update(state="approved") == 0
        assert models.MaskedPassage.objects.filter(copy_id=copy.id).update(because="x") == 0


def test_the_grounds_say_whether_they_have_been_read() -> None:
    grounds = casework.masking_grounds()
    assert {one.code for one in grounds} >= {"OSL 26:1", "OSL 26:5", "OSL 22:1", "OSL 12:3"}
    assert all(one.sv and one.en and one.source for one in grounds)
    assert {one.status for one in grounds} == {"unconfirmed"}
