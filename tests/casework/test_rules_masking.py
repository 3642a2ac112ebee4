"""Whole words, genitives, phone numbers in any writing, and signs that hide: what gives somebody away in a text."""

import io
import zipfile

import pytest

from handslag.casework.rules.file_types import DOCX, ODT, PDF, TEXT
from handslag.casework.rules.masking import Telltale, mentions, name_words, over_lines, passages
from handslag.casework.rules.paper_text import paper_text

TINA = Telltale(
    words=(*name_words("Tina Åkesson-Björk"), "Norra skolan AB"), phones=("070-174 06 05",),
    exact=("tina@skola.example", "199001019802"),
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Tina ringde", "tina.", "TINAS oro", "Tina:s oro", "Tina’s oro", "(Tina)", "från Åkesson Björk", "Åkesson‑Björk",
        "åkesson-björk", "Norra  skolan AB", "Norra-skolan AB", "070 174 06 05", "0701740605",
        "+46 (0)70-174 06 05", "0046701740605", "mejla TINA@skola.example nu", "19900101-9802", "199001019802",
        "T\u200bina kom", "Ti\u00adna kom", "\uff34\uff49\uff4e\uff41",
    ],
)  # fmt: skip
def test_what_gives_her_away_is_found(text: str) -> None:
    assert mentions(text, TINA)


@pytest.mark.parametrize(
    "text", ["Martina kom", "Tinas-", "Kristina", "skolan", "174 06 0", "Bjork", "", "tinabarn"]
)
def test_what_only_looks_alike_is_left(text: str) -> None:
    assert mentions(text, TINA) is (text == "Tinas-")


@pytest.mark.parametrize(
    "text",
    [
        "Ekeby skolan",
        "Ekeby-skolans rektor",
        "Gun hild",
        "Gun- hild",
        "G u n h i l d",
        "Gun\u00adhild",
        "Gun\nhild",
    ],
)
def test_a_long_word_is_found_though_it_is_written_apart(text: str) -> None:
    assert mentions(text, Telltale(words=("Ekebyskolan", "Gunhild")))


@pytest.mark.parametrize("text", ["Ti na", "skolan i Ekeby", "Gun och hild", "Gunhildur"])
def test_a_short_word_or_another_is_not_found_apart(text: str) -> None:
    assert not mentions(text, Telltale(words=("Tina", "Ekebyskolan", "Gunhild")))


def test_two_lines_are_read_as_one_with_and_without_the_hyphen() -> None:
    assert over_lines("heter E-", "va Ek") == ["heter Eva Ek", "heter E- va Ek"]
    assert over_lines("Telefon 070 ", " 174") == ["Telefon 070 174"]


def test_more_lines_are_read_as_one_too() -> None:
    assert over_lines("heter Anna", " Eva ", "Ek") == ["heter Anna Eva Ek"]
    assert over_lines("An-", "na Eva-", "Ek") == [
        "Anna EvaEk",
        "Anna Eva- Ek",
        "An- na EvaEk",
        "An- na Eva- Ek",
    ]


def test_initials_alone_give_nobody_away_and_nothing_matches_nothing() -> None:
    assert name_words("A. Al", "Bo") == ("Al", "Bo")
    assert not mentions("Vad som helst 070", Telltale())
    assert not mentions("text", Telltale(words=("", " "), phones=("12",), exact=("", "-")))


def test_passages_are_the_lines_that_hold_something() -> None:
    assert passages("ett\r\n\r\n två \rtre\u2028fyra\n\n") == ["ett", "två", "tre", "fyra"]
    assert passages("  \n") == []


def _zip(name: str, content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(name, content)
    return out.getvalue()


def test_the_text_of_a_paper() -> None:
    docx = _zip(
        "word/document.xml",
        "<w:document><w:body><w:p><w:t>Ett &amp; </w:t><w:t>två</w:t></w:p><w:p><w:t>tre</w:t></w:p></w:body></w:document>",
    )
    assert passages(paper_text(docx, DOCX) or "") == ["Ett & två", "tre"]
    odt = _zip(
        "content.xml",
        "<office:document><office:body><text:h>Rubrik</text:h><text:p>Text<text:s/>här</text:p></office:body></office:document>",
    )
    assert passages(paper_text(odt, ODT) or "") == ["Rubrik", "Text här"]
    assert paper_text(b"rad\nrad", TEXT) == "rad\nrad"
    assert paper_text(b"%PDF-1.7", PDF) is None
    assert paper_text(b"no zip", DOCX) is None
