"""A text in another language than its page says so (WCAG 3.1.2): notes, messages, reasons and papers, on every face."""

from collections.abc import Callable
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import translation

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.portal.shell.templatetags.languages import language_name
from tests.cast import Cast
from tests.portal.test_every_page import much  # noqa: F401 - a fixture
from tests.portal.test_languages import Words

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]


def marks(client: Client, place: str, text: str) -> set[str]:
    """The languages in which the page says the text; empty where it is not there, "" where nothing is said."""
    reader = Words()
    reader.feed(client.get(place).content.decode())
    return {language for language, found in reader.found if text in found}


@pytest.mark.parametrize("language", ["en", "sv"])
def test_what_staff_write_and_letters_say_are_marked_on_both_faces(
    client_of: Log, cast: Cast, much: dict[str, Any], language: str  # noqa: F811
) -> None:
    case_id, decision_id = much["case_id"], much["decision_id"]
    casework.send_message(
        case_id=case_id, subject="Boka en tid", body="Ring oss om en tid.", person_id=cast.elin.person_id,
        by=cast.asa, at=foundation.now(),
    )  # fmt: skip
    desk, elin = client_of(cast.asa, language=language), client_of(cast.elin, language=language)
    case = f"/handlaggare/arende/{case_id}/"
    for client, place, text in (
        (desk, f"{case}anteckningar/", "Elin ringde."),
        (desk, f"{case}beslut/{decision_id}/", "Behovet är styrkt."),
        (desk, f"{case}dokument/", "Beslut om ekonomiskt bistånd"),
        (desk, f"{case}meddelanden/", "Boka en tid"),
        (desk, f"{case}meddelanden/", "Ring oss om en tid."),
        (desk, f"{case}meddelanden/", "Beslut om ekonomiskt bistånd"),
        (elin, "/meddelanden/", "Ring oss om en tid."),
        (elin, "/meddelanden/", "Beslut om ekonomiskt bistånd"),
        (elin, f"/beslut/{decision_id}/", "Behovet är styrkt."),
        (elin, f"/mina-arenden/{much['application_id']}/", "Beslut om ekonomiskt bistånd"),
        (elin, f"/komplettera/{much['completion_id']}/", "Hyresavi"),
    ):
        assert marks(client, place, text) == {"sv"}, (place, text)


def test_what_a_resident_writes_is_of_unknown_language(client_of: Log, cast: Cast, much: dict[str, Any]) -> None:  # noqa: F811
    place = f"/handlaggare/arende/{much['case_id']}/meddelanden/"
    assert marks(client_of(cast.asa, language="en"), place, "Hej") == {""}


def test_a_writer_with_english_pages_writes_english(client_of: Log, cast: Cast, much: dict[str, Any]) -> None:  # noqa: F811
    with foundation.acting(cast.system):
        foundation.Account.objects.filter(id=cast.asa.account_id).update(language="en")
    place = f"/handlaggare/arende/{much['case_id']}/anteckningar/"
    assert marks(client_of(cast.asa, language="sv"), place, "Elin ringde.") == {"en"}


@pytest.mark.parametrize(("language", "marked"), [("en", ' lang="en"'), ("sv", ' lang="sv"'), ("ar", "")])
def test_a_letter_is_marked_with_the_language_of_the_one_it_went_to(cast: Cast, language: str, marked: str) -> None:
    people.set_language(
        person_id=cast.elin.person_id, language=language, interpreter=False, by=cast.system, at=foundation.now()
    )
    languages = people.languages_of([cast.elin.person_id], cast.elin)
    message = casework.Message(direction="to_person", person_id=cast.elin.person_id, subject="x")
    told = Template("{% load languages %}{% sent_in one languages %}").render(Context({"one": message, "languages": languages}))
    assert told == marked
    assert people.languages_of([cast.elin.person_id], cast.greta) == {}


def test_a_sentence_that_is_kept_as_a_code_needs_no_mark() -> None:
    told = Template("{% load languages %}<p{% written_in stored %}></p>")
    assert told.render(Context({"stored": {"code": "x", "values": {}}})) == "<p></p>"
    assert told.render(Context({"stored": "Fritt skrivet"})) == '<p lang="sv"></p>'


@pytest.mark.parametrize(("language", "name"), [("sv", "somaliska"), ("en", "Somali")])
def test_a_persons_language_is_told_by_its_name(language: str, name: str) -> None:
    with translation.override(language):
        assert language_name("so") == name
        assert language_name("zz") == "zz" and language_name("ti-x") == "ti-x"
