"""The pages where a copy is masked, read through and given, and where a note is held back online."""

import io
import re
from types import SimpleNamespace
from typing import Any

import pytest
from pypdf import PdfReader

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.browser import PHONE, fits, picture
from tests.cast import Cast
from tests.child_protection.reporting import AT, a_child, reported
from tests.child_protection.test_reporter_masking import NEIGHBOUR

pytestmark = pytest.mark.django_db(databases=["default"])
SECRET = "Grannen Tina såg pojken ute sent."


@pytest.fixture
def note(cast: Cast, made: SimpleNamespace) -> casework.Note:
    body = f"Elin kom i tid.\n{SECRET}\nHon vill byta skola."
    return casework.write_note(
        case_id=made.case_id, subject="Besök", body=body, by=cast.asa, at=foundation.now()
    )


def begun(client: Any, cast: Cast, made: SimpleNamespace, note: casework.Note, **changed: Any) -> str:
    told = {
        "receiver_kind": "party", "receiver": str(cast.elin.person_id), "parts": f"note:{note.id}", **changed,
    }  # fmt: skip
    answer = client.post(f"{made.url}kopior/ny/", told)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.url)


def typed(page: str, *, hide: str) -> dict[str, str]:
    """The form as a browser sends it, with one passage left out."""
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    told = {"version": version.group(1)}
    for key, text in re.findall(r'id="text-([0-9a-f-]{36})">([^<]*)<', page):
        told[f"ground-{key}"], told[f"because-{key}"] = "", ""
        if hide in text:
            told |= {f"mask-{key}": "on", f"ground-{key}": "OSL 26:1"}
    return told


def test_from_the_choice_to_the_partys_own_page(
    cast: Cast, made: SimpleNamespace, note: casework.Note, client_of: Any
) -> None:
    asa, bjorn = client_of(cast.asa), client_of(cast.bjorn)
    url = begun(asa, cast, made, note)
    page = asa.get(url).content.decode()
    assert "Lämna inte ut" in page and SECRET in page
    assert asa.post(url, {**typed(page, hide="Tina"), "review": "1"}).status_code == 302
    assert "Någon annan än du" in asa.get(url).content.decode()
    assert asa.post(f"{url}granska/", {"approve": "1"}).status_code == 400
    assert "Godkänn kopian" in bjorn.get(url).content.decode()
    assert bjorn.post(f"{url}granska/", {"approve": "1"}).status_code == 302
    shown = asa.get(f"{url}forhandsvisning/")
    assert "Tina" not in PdfReader(io.BytesIO(shown.content)).pages[0].extract_text()
    assert asa.post(f"{url}lamna-ut/", {"way": "my_page"}).status_code == 302
    assert "Utlämnad av Åsa Åberg" in asa.get(url).content.decode()
    (paper,) = [
        one for one in casework.find_documents(made.case_id, cast.elin).rows if one.name.startswith("kopia")
    ]
    pdf = client_of(cast.elin).get(f"/papper/{paper.id}/")
    text = PdfReader(io.BytesIO(b"".join(pdf) if pdf.streaming else pdf.content)).pages[0].extract_text()
    assert "Elin kom i tid." in text and "Tina" not in text


def test_what_was_typed_is_kept_when_something_is_missing(
    cast: Cast, made: SimpleNamespace, note: casework.Note, client_of: Any
) -> None:
    asa = client_of(cast.asa)
    empty = asa.post(
        f"{made.url}kopior/ny/", {"receiver_kind": "authority", "receiver_name": "", "purpose": "Yttrande"}
    )
    assert empty.status_code == 400 and "Yttrande" in empty.content.decode()
    url = begun(asa, cast, made, note)
    told = typed(asa.get(url).content.decode(), hide="Tina")
    told = {name: "" if value == "OSL 26:1" else value for name, value in told.items()}
    key = next(name for name in told if name.startswith("mask-")).removeprefix("mask-")
    answer = asa.post(url, {**told, f"because-{key}": "grannens uppgift"})
    page = answer.content.decode()
    assert answer.status_code == 400 and "grannens uppgift" in page and "behöver sin grund" in page
    stale = asa.post(url, {**typed(asa.get(url).content.decode(), hide="Tina"), "version": "7"})
    assert stale.status_code == 400 and "Någon annan har maskerat" in stale.content.decode()
    assert asa.post(url, {**told, "version": "abc"}).status_code == 400


def test_a_failing_rule_stops_the_page_with_words(
    cast: Cast, made: SimpleNamespace, note: casework.Note, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handslag.casework import masking

    def broken(question: casework.MaskingQuestion) -> casework.AskPassage:
        raise RuntimeError("away")

    monkeypatch.setitem(masking._rules, "test.broken", broken)
    told = {"receiver_kind": "party", "receiver": str(cast.elin.person_id), "parts": f"note:{note.id}"}
    answer = client_of(cast.asa).post(f"{made.url}kopior/ny/", told)
    assert answer.status_code == 400 and "Kopian stoppades" in answer.content.decode()
    assert casework.find_copies(made.case_id, cast.asa) == []


@pytest.mark.parametrize("who", ["david", "elin", "greta", "frida", "ada"])
def test_others_do_not_come_in(
    cast: Cast, made: SimpleNamespace, note: casework.Note, client_of: Any, who: str
) -> None:
    url = begun(client_of(cast.asa), cast, made, note)
    client = client_of(getattr(cast, who))
    for path in (
        f"{made.url}kopior/",
        f"{made.url}kopior/ny/",
        url,
        f"{url}forhandsvisning/",
        f"{made.url}halla-inne/",
    ):
        assert client.get(path).status_code in (403, 404)
    assert client.post(f"{url}lamna-ut/", {"way": "post"}).status_code in (403, 404)


def test_a_note_is_held_back_and_let_go_again(
    cast: Cast, made: SimpleNamespace, note: casework.Note, client_of: Any
) -> None:
    asa = client_of(cast.asa)
    assert len(casework.open_record(made.case_id, cast.elin).notes) >= 1
    hold = f"{made.url}anteckningar/{note.id}/halla-inne/"
    assert asa.post(hold, {"ground": "OSL 26:1", "because": ""}).status_code == 400
    assert asa.post(hold, {"ground": "OSL 26:1", "because": "pågår", "until": ""}).status_code == 302
    assert note.id not in {one.id for one in casework.open_record(made.case_id, cast.elin).notes}
    assert "pågår" in asa.get(f"{made.url}kopior/").content.decode()
    (held,) = casework.find_holds(made.case_id, cast.asa)
    assert asa.post(f"{made.url}halla-inne/{held.id}/hav/").status_code == 302
    assert note.id in {one.id for one in casework.open_record(made.case_id, cast.elin).notes}
    assert (
        asa.get(f"{made.url}anteckningar/{note.id}/").content.decode().count("Håll inne från journalen") == 1
    )


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_are_for_everybody(
    cast: Cast,
    made: SimpleNamespace,
    note: casework.Note,
    client_of: Any,
    open_page: Any,
    axe: Any,
    language: str,
) -> None:
    at = foundation.now()
    copy = casework.prepare_copy(
        case_id=made.case_id, receiver_kind="party", receiver_id=cast.elin.person_id, parts=[("note", note.id)],
        by=cast.asa, at=at,
    )  # fmt: skip
    url = f"{made.url}kopior/{copy.id}/"
    for path, name in (
        (f"{made.url}kopior/", "copies"), (f"{made.url}kopior/ny/", "copy-new"), (url, "copy-mask"),
        (f"{made.url}anteckningar/{note.id}/halla-inne/", "hold-note"),
    ):  # fmt: skip
        page = open_page(path, as_=cast.asa, language=language)
        axe(page)
        fits(page)
        picture(page, f"desk-{name}-{language}")
    phone = open_page(url, as_=cast.asa, size=PHONE, language=language)
    picture(phone, f"desk-copy-mask-{language}-360")
    casework.send_copy_for_review(copy_id=copy.id, by=cast.asa, at=at)
    page = open_page(url, as_=cast.bjorn, language=language)
    axe(page)
    fits(page)
    picture(page, f"desk-copy-review-{language}")


def only_passage(copy: casework.MaskedCopy, cast: Cast) -> casework.MaskedPassage:
    (passage,) = casework.get_copy(copy.id, cast.david).passages.all()
    return passage


def test_a_manager_may_show_what_a_reporter_whom_nobody_knows_hides(cast: Cast, client_of: Any) -> None:
    """The case worker finds it locked; the manager chooses, with a reason."""
    child = a_child(cast)
    reported(cast, child, reporter=NEIGHBOUR, by=foundation.VISITOR)
    with foundation.acting(foundation.system("test")):
        case = casework.Case.objects.get(person_id=child.id)
    note = casework.write_note(case_id=case.id, body="Gunhild Granstam ringde.", by=cast.david, at=AT)
    copy = casework.prepare_copy(
        case_id=case.id, receiver_kind="party", receiver_id=child.id, parts=[("note", note.id)], by=cast.david, at=AT
    )  # fmt: skip
    passage = only_passage(copy, cast)
    url = f"/handlaggare/arende/{case.id}/kopior/{copy.id}/"
    pages = {name: client_of(getattr(cast, name)).get(url).content.decode() for name in ("david", "eva")}
    assert f'name="mask-{passage.id}"' not in pages["david"]
    assert f'name="mask-{passage.id}"' in pages["eva"]
    told = {"version": str(copy.version), f"ground-{passage.id}": "", f"because-{passage.id}": ""}
    assert client_of(cast.eva).post(url, told).status_code == 400
    told[f"because-{passage.id}"] = "Grannen har själv berättat"
    assert client_of(cast.david).post(url, told).status_code == 302
    assert only_passage(copy, cast).masked
    told["version"] = str(casework.get_copy(copy.id, cast.eva).version)
    assert client_of(cast.eva).post(url, told).status_code == 302
    assert not only_passage(copy, cast).masked
