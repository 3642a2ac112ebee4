"""The page where areas are drawn on a paper: fields, pointer and keyboard, without scripts too, and papers of the record."""

import io
import re
from types import SimpleNamespace
from typing import Any

import pytest
from pypdf import PdfReader

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.browser import fits, picture
from tests.casework.papers import locked_pdf, many_pages, text_pdf
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
TEXT = [(72, 700, "Grannen Tina ringde."), (72, 400, "Elin kom i tid.")]


@pytest.fixture
def paper(cast: Cast, made: SimpleNamespace) -> casework.Document:
    pages = text_pdf(TEXT, [(72, 700, "Sida två")])
    return casework.add_document(
        case_id=made.case_id, name="samtal.pdf", content=pages, by=cast.asa, at=foundation.now()
    )


def begun(client: Any, cast: Cast, made: SimpleNamespace, paper: casework.Document) -> Any:
    told = {
        "receiver_kind": "party", "receiver": str(cast.elin.person_id), "parts": f"document:{paper.id}",
    }  # fmt: skip
    return client.post(f"{made.url}kopior/ny/", told)


def version_of(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found.group(1)


def test_drawn_by_fields_reviewed_and_given(
    cast: Cast, made: SimpleNamespace, paper: casework.Document, client_of: Any
) -> None:
    asa, bjorn = client_of(cast.asa), client_of(cast.bjorn)
    url = begun(asa, cast, made, paper).url
    listed = asa.get(url).content.decode()
    assert listed.count("Ingen har tittat på den än") == 2 and "2 sidor väntar" in listed
    (copy,) = casework.find_copies(made.case_id, cast.asa)
    first, second = casework.get_copy(copy.id, cast.asa).paper_pages
    at = f"{url}sidor/{first.id}/"
    shown = asa.get(at)
    assert shown.status_code == 200 and "Reglerna har läst sidans text" in shown.content.decode()
    assert asa.get(f"{at}bild/")["Content-Type"] == "image/jpeg"
    assert asa.get(f"{at}bild/?maskad=1").status_code == 404
    area = {"left-0": "5", "top-0": "12,5", "width-0": "60 %", "height-0": "8", "ground-0": "OSL 26:5"}
    version = version_of(shown.content.decode())
    wrong = asa.post(at, {**area, "left-0": "fem", "version": version, "save": "1"})
    assert wrong.status_code == 400 and "fem" in wrong.content.decode()
    assert asa.post(at, {**area, "width-0": "300", "version": version, "save": "1"}).status_code == 400
    stale = asa.post(at, {**area, "version": "77", "save": "1"})
    assert stale.status_code == 400 and "Någon annan har maskerat" in stale.content.decode()
    looked = asa.post(at, {**area, "version": version, "look": "1"})
    assert looked.status_code == 302 and looked.url == at
    again = asa.get(at).content.decode()
    assert "Sidan som den lämnas" in again and 'value="12.5"' in again
    assert asa.get(f"{at}bild/?maskad=1").content.startswith(b"\xff\xd8\xff")
    after = asa.post(at, {**area, "version": version_of(again), "save": "1"})
    assert after.url == f"{url}sidor/{second.id}/"
    unseen = asa.post(url, {"version": version_of(asa.get(url).content.decode()), "review": "1"})
    assert unseen.status_code == 400 and "har ingen tittat på än" in unseen.content.decode()
    rest = asa.post(f"{url}resten/", {"document": str(paper.id), "ground": "OSL 26:1"})
    assert rest.status_code == 302
    page = asa.get(url).content.decode()
    assert asa.post(url, {"version": version_of(page), "review": "1"}).status_code == 302
    assert "60 % bred" in bjorn.get(at).content.decode()
    assert asa.post(at, {**area, "version": "9", "save": "1"}).status_code == 200  # nothing is saved any more
    assert bjorn.post(f"{url}granska/", {"approve": "1"}).status_code == 302
    assert asa.post(f"{url}lamna-ut/", {"way": "my_page"}).status_code == 302
    (given,) = [
        one for one in casework.find_documents(made.case_id, cast.elin).rows if one.name.startswith("kopia")
    ]
    pdf = PdfReader(io.BytesIO(casework.read_document(given.id, cast.elin)[1]))
    assert "Tina" not in "".join(sheet.extract_text() for sheet in pdf.pages)
    assert sum(len(sheet.images) for sheet in pdf.pages) == 1


@pytest.mark.parametrize(
    ("content", "words"), [(locked_pdf(), "låst med lösenord"), (many_pages(500), "har 500 sidor")]
)
def test_what_cannot_be_drawn_is_told_in_words(
    cast: Cast, made: SimpleNamespace, client_of: Any, content: bytes, words: str
) -> None:
    paper = casework.add_document(
        case_id=made.case_id, name="a.pdf", content=content, by=cast.asa, at=foundation.now()
    )
    answer = begun(client_of(cast.asa), cast, made, paper)
    assert answer.status_code == 400 and words in answer.content.decode()
    assert casework.find_copies(made.case_id, cast.asa) == []


def test_others_see_no_page(
    cast: Cast, made: SimpleNamespace, paper: casework.Document, client_of: Any
) -> None:
    url = begun(client_of(cast.asa), cast, made, paper).url
    (copy,) = casework.find_copies(made.case_id, cast.asa)
    page = casework.get_copy(copy.id, cast.asa).paper_pages[0]
    for who in (cast.david, cast.elin, cast.ada):
        client = client_of(who)
        for path in ("", "bild/", "bild/?maskad=1"):
            assert client.get(f"{url}sidor/{page.id}/{path}").status_code in (403, 404)
        assert client.post(f"{url}resten/", {"document": str(paper.id)}).status_code in (403, 404)
        assert client.get(f"{made.url}journal-papper/").status_code in (403, 404)


def test_a_paper_is_opened_and_held_back(
    cast: Cast, made: SimpleNamespace, paper: casework.Document, client_of: Any
) -> None:
    asa, elin = client_of(cast.asa), client_of(cast.elin)
    first = elin.get(f"/journal/{made.case_id}/").content.decode()
    assert "samtal.pdf" not in first and "1 handling visas inte" in first
    read = f"/journal/{made.case_id}/papper/{paper.id}/"
    assert elin.get(read).status_code == 404
    assert "ingen har läst den för läsaren än" in asa.get(f"{made.url}journal-papper/").content.decode()
    opened = f"{made.url}journal-papper/{paper.id}/oppna/"
    assert asa.post(opened, {"reader": str(cast.elin.person_id), "because": ""}).status_code == 400
    assert asa.post(opened, {"reader": str(cast.elin.person_id), "because": "Läst."}).status_code == 302
    assert "samtal.pdf" in elin.get(f"/journal/{made.case_id}/").content.decode()
    saved = elin.get(f"{read}?ladda-ner")
    assert saved.status_code == 200 and saved["Content-Disposition"].startswith("attachment")
    assert client_of(cast.greta).get(read).status_code == 404
    hold = {"ground": "OSL 26:1", "because": "pågår", "until": ""}
    assert asa.post(f"{made.url}journal-papper/{paper.id}/hall-inne/", hold).status_code == 302
    assert elin.get(read).status_code == 404
    told = elin.get(f"/journal/{made.case_id}/").content.decode()
    assert "1 anteckning eller handling är utelämnad" in told and "OSL 26:1" in told


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_drawing_with_a_pointer_in_a_browser(
    cast: Cast,
    made: SimpleNamespace,
    paper: casework.Document,
    open_page: Any,
    axe: Any,
    language: str,
) -> None:
    copy = casework.prepare_copy(
        case_id=made.case_id, receiver_kind="party", receiver_id=cast.elin.person_id, parts=[("document", paper.id)],
        by=cast.asa, at=foundation.now(),
    )  # fmt: skip
    url = f"{made.url}kopior/{copy.id}/"
    first, _second = casework.get_copy(copy.id, cast.asa).paper_pages
    page = open_page(f"{url}sidor/{first.id}/", as_=cast.asa, language=language)
    page.wait_for_function("document.querySelector('.page-sheet img').complete")
    axe(page)
    fits(page)
    drawing = page.locator("svg.page-areas")
    drawing.scroll_into_view_if_needed()
    box = drawing.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 140, steps=4)
    page.mouse.up()
    assert abs(float(page.input_value("#left-0")) - 10) < 1.5
    assert abs(float(page.input_value("#width-0")) - 40) < 2
    page.fill("#width-0", "30")  # the fields decide; the drawing follows them
    assert page.locator("svg.page-areas rect").get_attribute("width") == "30"
    picture(page, f"desk-copy-page-{language}")
    page.locator("button[name=look]").press("Enter")
    page.wait_for_selector("#leaves")
    axe(page)
    papers = open_page(f"{made.url}journal-papper/", as_=cast.asa, language=language)
    axe(papers)
    fits(papers)
