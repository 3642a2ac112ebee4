"""No page says in Swedish what it should say in English, nor the other way round.

Every address of every face is read as its users read it. What people have written themselves, names of people, places
and statutes, and marked passages (`lang="sv"`) are left out; what is left is the product's own, and is in one language.
"""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from handslag.demo.who import RESIDENTS, STAFF, UNITS
from tests.cast import Cast
from tests.portal.test_every_page import addresses, much  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
SILENT = {"script", "style", "title", "template"}
VOID = {"meta", "link", "br", "img", "input", "hr", "source", "wbr", "col", "area", "path", "circle", "line", "rect", "use"}
ATTRIBUTES = ("title", "aria-label", "placeholder", "alt", "value", "label")


class Words(HTMLParser):
    """The texts of a page with the language each stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = [("", "")]
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        language = (told.get("lang") or self.open[-1][1]) if tag != "html" else ""
        if told.get("hreflang"):
            language = str(told["hreflang"])
        if tag in SILENT:
            language = "none"
        for name in ATTRIBUTES:
            kind = told.get("type")
            if (text := told.get(name)) and not (name == "value" and kind not in ("submit", "button")):
                self.found.append((language, text))
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1][0] != "textarea":
            self.found.append((self.open[-1][1], " ".join(data.split())))


def texts(content: str, language: str) -> Iterator[str]:
    reader = Words()
    reader.feed(content)
    return (text for marked, text in reader.found if marked in ("", language))


# What stays Swedish in English: names (of people, places, agencies, acts) and what people have written or been sent.
NAMES = (
    "Försäkringskassan", "Arbetsförmedlingen", "Försörjningsstöd", "Socialnämnden", "socialnämnden", "öre", "förvaltningsrätten",
    "förhandsbedömning", "skyddsbedömning", "lagen 2018:1937 om tillgänglighet till digital offentlig service", "förordning",
    *(one.name for one in STAFF.values()), *(f"{one.given_name} {one.family_name}" for one in RESIDENTS.values()), *UNITS,
)  # fmt: skip
# By residents and visitors, of whom nobody knows in which language they write, and the names of papers within a sentence.
WRITTEN = ("Sökt arbete", "Knappen syns inte", ": Beslut om ekonomiskt bistånd för")
SWEDISH = re.compile(r"[åäöÅÄÖ]|\b(och|eller|inte|till|som|den|det|ett|av|att|ska|kan|nytt|ny)\b")
ENGLISH = re.compile(r"\b(the|and|of|is|are|not|with|by|what|who|you|your|has|been)\b", re.IGNORECASE)
SWEDISH_DATA = ("/ledning/journal/",)  # the words that may tell who reported are looked for in Swedish texts


def wrong_in(language: str, text: str) -> bool:
    for name in (*NAMES, *WRITTEN):
        text = text.replace(name, "")
    return bool((SWEDISH if language == "en" else ENGLISH).search(text))


def read_as(client: Client, language: str, places: list[str]) -> list[tuple[str, str]]:
    """The pages' own texts that are in the other language."""
    found = []
    for place in places:
        answer = client.get(place)
        if answer.status_code == 200 and "html" in answer.get("Content-Type", "") and place not in SWEDISH_DATA:
            found += [(place, text) for text in texts(answer.content.decode(), language) if wrong_in(language, text)]
    return found


def own_places(known: dict[str, Any]) -> list[str]:
    """The citizen's pages of one who has applied."""
    one = known["application_id"]
    return [
        "/", "/vantetider/", "/kontakt/", "/tillganglighet/", "/ansok/", "/mina-arenden/", f"/mina-arenden/{one}/",
        f"/kvitto/{one}/", f"/beslut/{known['decision_id']}/", "/meddelanden/", "/min-akt/", "/journal/", "/konto/", "/tavla/",
        f"/komplettera/{known['completion_id']}/", "/anmal-oro/",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "sv"])
def test_each_face_speaks_one_language(
    client_of: Log, cast: Cast, much: dict[str, Any], language: str  # noqa: F811
) -> None:
    desk = addresses("handlaggare/", much) + addresses("handlaggare/", much["waiting"])
    wrong = read_as(client_of(cast.elin, language=language), language, own_places(much))
    wrong += read_as(client_of(cast.asa, language=language), language, sorted(set(desk)))
    wrong += read_as(client_of(cast.carina, language=language), language, addresses("ledning/", much))
    assert wrong == [], "\n".join(map(str, wrong))


def test_the_test_itself_finds_what_is_wrong() -> None:
    page = '<main><p>Bostadsbidrag och barn</p><p lang="sv">Hyran är betald</p><p>Child allowance</p><a title="Öppna">x</a></main>'
    assert [text for text in texts(page, "en") if wrong_in("en", text)] == ["Bostadsbidrag och barn", "Öppna"]
    assert [text for text in texts("<p>What you get</p><p>Det du får</p>", "sv") if wrong_in("sv", text)] == ["What you get"]
