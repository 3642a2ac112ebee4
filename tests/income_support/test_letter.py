"""The decision letter: the lines of the screen, accessible, archivable, quick, and silent about where people hide."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation
from pypdf import PdfReader

from handslag.income_support.case_file import assess_text
from handslag.income_support.letter.content import LetterContent, PlannedPayment, Sender
from handslag.income_support.letter.pdf import LetterNotMade, letter_data, make_pdf
from handslag.income_support.shown_calculation import label_of, show_calculation

from .test_shown_calculation import CASE

SENDER = Sender(
    "Exempelkommunen",
    "Försörjningsstöd",
    ("Ring 0123-45 67 89, vardagar kl. 8–16.",),
    ("Exempelkommunen, Socialnämnden", "123 45 Exempelstad"),
)


def letter(language: str = "sv", **other: object) -> LetterContent:
    with translation.override(language):
        calculation = show_calculation(assess_text(CASE.encode()).as_answer(), names={"a1": "Elin"})
        content = LetterContent(
            language=language,
            sender=SENDER,
            recipient="Elin Ek",
            address_lines=("Exempelgatan 1", "123 45 Exempelstad"),
            is_protected=False,
            case_number="EB-2026-00001",
            decided_on=date(2026, 11, 22),
            title="Beslut om ekonomiskt bistånd för mars 2021",
            sentence=f"Du får {calculation.granted} för mars 2021.",
            reasons=("Dina inkomster räcker inte.", "#set par() *inte* _kod_ <a> $x$ @b"),
            legal_ground="SoL 12:1",
            calculation=calculation,
            payments=(PlannedPayment(date(2026, 11, 25), "Ditt konto •••4321", calculation.granted),),
            is_automated=True,
            decided_by="",
            others_took_part=(),
            appeal="Du kan överklaga.",
            appeal_last_day=date(2026, 12, 14),
        )
    return replace(content, **other)  # type: ignore[arg-type]


def words_of(pdf: bytes) -> str:
    """The text of the whole letter with single plain spaces."""
    pages = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(pages.replace("\u00a0", " ").split())


def test_the_letter_is_tagged_titled_and_in_its_language() -> None:
    reader = PdfReader(io.BytesIO(make_pdf(letter())))
    root = reader.root_object
    assert root["/Lang"] == "sv"
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert reader.metadata.title == "Beslut om ekonomiskt bistånd för mars 2021"
    described = root["/Metadata"].get_object().get_data().decode()  # type: ignore[attr-defined]
    assert "<pdfuaid:part>1</pdfuaid:part>" in described
    assert "<pdfaid:part>2</pdfaid:part>" in described
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in described


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_letter_says_the_lines_of_the_screen(language: str) -> None:
    content = letter(language)
    said = words_of(make_pdf(content))
    assert content.calculation is not None
    for line in content.calculation.lines:
        for part in (line.label, line.amount, line.explanation):
            assert " ".join(part.replace("\u00a0", " ").split()) in said
    for row in content.calculation.sums:
        text = f"{row.label} {row.amount}".replace("\u00a0", " ")
        assert text in said
    for part in (content.title, content.sentence, *content.reasons, content.recipient, content.appeal):
        assert part.replace("\u00a0", " ") in said


def test_an_automated_decision_says_so_and_how_to_reach_a_person() -> None:
    said = words_of(make_pdf(letter()))
    assert "Det här beslutet fattades automatiskt" in said
    assert "Du kan alltid prata med en människa." in said
    assert "0123-45 67 89" in said


def test_a_person_who_decided_is_named() -> None:
    said = words_of(
        make_pdf(letter(is_automated=False, decided_by="Åsa Ask", others_took_part=("Carina C",)))
    )
    assert "Beslutet är fattat av Åsa Ask." in said
    assert "Carina C" in said
    assert "automatiskt" not in said


def test_the_last_day_to_appeal_is_told_in_words_and_left_out_where_there_is_none() -> None:
    assert "senast den 14 december 2026." in words_of(make_pdf(letter()))
    assert "senast" not in words_of(make_pdf(letter(appeal_last_day=None)))


def test_a_protected_persons_letter_never_holds_an_address() -> None:
    with pytest.raises(LetterNotMade):
        make_pdf(letter(is_protected=True))
    said = words_of(make_pdf(letter(is_protected=True, address_lines=())))
    assert "Exempelgatan" not in said
    assert "Elin Ek" in said


def test_english_words_for_an_english_reader() -> None:
    data = letter_data(letter("en"))
    assert data["words"]["why"] == "Why we decide so"
    assert data["decided_on"] == "22\u00a0November\u00a02026"


def test_a_letter_without_calculation_can_be_made() -> None:
    said = words_of(make_pdf(letter(calculation=None, payments=())))
    assert "Så har vi räknat" not in said


def test_the_same_content_gives_the_same_bytes() -> None:
    assert make_pdf(letter()) == make_pdf(letter())


def test_long_letters_break_over_pages_without_losing_lines() -> None:
    reasons = tuple(f"Skäl nummer {number}: " + "ord " * 60 for number in range(30))
    pdf = make_pdf(letter(reasons=reasons))
    assert len(PdfReader(io.BytesIO(pdf)).pages) > 3
    assert "Skäl nummer 29:" in words_of(pdf)


def test_the_letter_is_set_in_inter_as_the_screen_is() -> None:
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in PdfReader(io.BytesIO(make_pdf(letter()))).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert fonts
    assert all("Inter" in font for font in fonts), fonts


def test_a_translation_follows_with_the_same_lines_and_in_its_own_language() -> None:
    english = letter("en", title="Decision about economic aid for March 2021", appeal="You can appeal.")
    pdf = make_pdf(letter(translation=english))
    said = words_of(pdf)
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.root_object["/Lang"] == "sv", "the Swedish letter is the decision"
    assert said.index("Beslut om ekonomiskt") < said.index("Translation into English") < said.index("Decision about economic aid")
    assert "The Swedish letter is the decision." in said
    assert english.calculation is not None
    for line in english.calculation.lines:
        assert said.count(" ".join(line.amount.replace("\u00a0", " ").split())) >= 2
    described = reader.root_object["/Metadata"].get_object().get_data().decode()  # type: ignore[attr-defined]
    assert "<pdfuaid:part>1</pdfuaid:part>" in described


def test_a_protected_persons_translation_holds_no_address_either() -> None:
    hidden = letter(is_protected=True, address_lines=())
    with pytest.raises(LetterNotMade):
        make_pdf(replace(hidden, translation=letter("en", is_protected=True)))


def test_what_is_read_as_one_stands_on_one_line_and_tables_do_not_break() -> None:
    """Case number, month and ages are never parted; a part of the calculation stands whole on its page."""
    long_title = "Beslut om ekonomiskt bistånd för dig och ditt hushåll november 2026"
    reasons = tuple(f"{'ord ' * filling}ärende EB-2026-00001 slut." for filling in range(12, 24))
    pages = [
        page.extract_text()
        for page in PdfReader(io.BytesIO(make_pdf(letter(title=long_title, reasons=reasons)))).pages
    ]
    lines = [line.replace("\u00a0", " ") for page in pages for line in page.splitlines()]
    assert sum("EB-2026-00001" in line for line in lines) > len(reasons)
    assert not any(line.rstrip().endswith(("EB-", "EB-2026-")) for line in lines)
    assert any("november 2026" in line for line in lines)
    assert shown_label("norm.child.7-10") == "Personliga kostnader, barn 7–10\u00a0år"


def shown_label(code: str) -> str:
    with translation.override("sv"):
        return label_of(code)


def test_the_postal_address_for_an_appeal_is_told() -> None:
    assert "Skicka det med post till: Exempelkommunen, Socialnämnden, 123 45 Exempelstad." in words_of(make_pdf(letter()))


def test_a_register_that_was_corrected_is_not_told_as_what_the_person_stated() -> None:
    with translation.override("sv"):
        answer = assess_text(CASE.encode()).as_answer()
        line = next(one for one in answer["lines"] if one["code"].startswith("income.") and one["amount"] > 0)
        line |= {"code": "income.sickness_benefit", "applied": line["amount"] + 100}
        shown = next(one for one in show_calculation(answer).lines if one.code == "income.sickness_benefit")
    assert "Registren säger" in shown.explanation and "Du uppgav" not in shown.explanation
