"""Documents: the type by content, the limit, the scan, and what cannot be changed."""

import hashlib
import io
import zipfile
from datetime import datetime

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from handslag.casework import ports
from handslag.casework import public as casework
from handslag.casework.errors import FileCarriesMore
from handslag.casework.operations.documents import plain_name
from handslag.casework.rules import file_types
from handslag.foundation import public as foundation
from tests.casework.conftest import events_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "/"), content)
    return out.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00"
DOCX = zipped(**{"[Content_Types].xml": b"<Types/>", "word__document.xml": b"<w/>"})
ODT = zipped(mimetype=b"application/vnd.oasis.opendocument.text", **{"content.xml": b"<o/>"})
HONEST = {
    "hyra.pdf": (PDF, "application/pdf"),
    "KVITTO.JPEG": (JPEG, "image/jpeg"),
    "bild.png": (PNG, "image/png"),
    "IMG_1.HEIC": (b"\x00\x00\x00\x18ftypheic\x00\x00", "image/heic"),
    "bild.webp": (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"),
    "brev.docx": (DOCX, file_types.DOCX),
    "brev.odt": (ODT, file_types.ODT),
    "text.txt": ("Hej, här är min text.\n".encode(), "text/plain"),
    "utan ändelse": (PDF, "application/pdf"),
}


@pytest.mark.parametrize("name", HONEST)
def test_what_a_file_is_stands_in_its_content(name: str) -> None:
    content, media_type = HONEST[name]
    assert casework.checked_media_type(content, name) == media_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("hyra.pdf", PNG),
        ("bild.jpg", PDF),
        ("text.txt", PDF),
        ("brev.docx", ODT),
        ("avi.pdf.exe", PDF),
        ("a.html", b"hej"),
    ],
)
def test_a_file_that_lies_is_told_so(name: str, content: bytes) -> None:
    with pytest.raises(casework.FileLies) as fault:
        casework.checked_media_type(content, name)
    assert fault.value.where == "content"
    assert fault.value.do


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03",
        b"\x7fELF\x02",
        b"<!doctype html><script>alert(1)</script>",
        b"  <svg xmlns='http://www.w3.org/2000/svg'/>",
        b"#!/bin/sh\nrm -rf /",
        b"{\\rtf1",
        b"a\x00b",
        zipped(**{"x.txt": b"hej"}),
        zipped(mimetype=b"application/epub+zip"),
        b"PK\x03\x04broken",
    ],
)
def test_other_types_are_not_taken(content: bytes) -> None:
    with pytest.raises(casework.FileTypeRefused):
        casework.checked_media_type(content, "papper.pdf")


RELATIONS = b'<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/></Relationships>'


@pytest.mark.parametrize("more", [
    {"word__vbaProject.bin": b"x"}, {"word__embeddings__oleObject1.bin": b"\xd0\xcf\x11\xe0"}, {"word__embeddings__Bok1.xlsx": b"PK"},
    {"word__activeX__activeX1.bin": b"x"}, {"word__afchunk.mht": b"x"}, {"word\\EMBEDDINGS\\a.bin": b"x"},
    {"word___rels__document.xml.rels": RELATIONS % (b"oleObject", b"http://ont.example/x.html!")},
    {"word___rels__document.xml.rels": RELATIONS % (b"aFChunk", b"a.html")},
    {"word___rels__settings.xml.rels": RELATIONS % (b"attachedTemplate", b"https://ont.example/mall.dotm")},
])  # fmt: skip
def test_a_word_file_with_a_program_or_another_file_in_it_is_told_so(more: dict[str, bytes]) -> None:
    content = zipped(**{"[Content_Types].xml": b"<Types/>", "word__document.xml": b"<w/>", **more})
    with pytest.raises(FileCarriesMore) as fault:
        casework.checked_media_type(content, "brev.docx")
    assert fault.value.where == "content" and fault.value.do


@pytest.mark.parametrize("more", ["Basic__Standard__Module1.xml", "Scripts__python__x.py", "Object 1"])
def test_so_is_an_open_document(more: str) -> None:
    content = zipped(
        mimetype=b"application/vnd.oasis.opendocument.text", **{"content.xml": b"<o/>", more: b"x"}
    )
    with pytest.raises(FileCarriesMore):
        casework.checked_media_type(content, "brev.odt")


def test_an_ordinary_letter_with_a_picture_a_link_and_the_template_of_the_house_is_taken() -> None:
    link = RELATIONS % (b"hyperlink", b"https://www.example.se/")
    own = RELATIONS % (b"attachedTemplate", b"file:///C:/Mallar/Normal.dotm")
    parts = {
        "[Content_Types].xml": b"<Types/>", "word__document.xml": b"<w/>", "word__media__image1.png": PNG,
        "word___rels__document.xml.rels": link, "word___rels__settings.xml.rels": own,
    }  # fmt: skip
    assert casework.checked_media_type(zipped(**parts), "brev.docx") == file_types.DOCX
    chart = {"content.xml": b"<o/>", "Object 1__content.xml": b"<o/>"}
    text = zipped(mimetype=b"application/vnd.oasis.opendocument.text", **chart)
    assert casework.checked_media_type(text, "brev.odt") == file_types.ODT


def test_a_zip_that_unpacks_without_end_is_not_taken() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", b"")
        packed.writestr("word/document.xml", bytes(201 * 1024 * 1024))
    with pytest.raises(casework.FileTypeRefused):
        casework.checked_media_type(out.getvalue(), "brev.docx")


@given(st.binary(max_size=200))
def test_any_bytes_get_an_answer(content: bytes) -> None:
    found = file_types.media_type_of(content)
    assert found is None or found in file_types.ENDINGS


@given(st.text(max_size=300))
def test_a_name_becomes_plain(name: str) -> None:
    plain = plain_name(name)
    assert 0 < len(plain) <= 160
    assert not set(plain) & set("/\\\n\r\x00")


def test_names_keep_their_ending_and_lose_their_folder() -> None:
    assert plain_name("C:\\Users\\elin\\hyra.pdf") == "hyra.pdf"
    assert plain_name("../../etc/passwd") == "passwd"
    assert plain_name("a" * 300 + ".pdf").endswith(".pdf")
    assert plain_name("...") == "dokument"


def test_a_document_is_kept_with_its_seal(cast: Cast, case: casework.Case, now: datetime) -> None:
    document = casework.add_document(case_id=case.id, name="hyra.pdf", content=PDF, by=cast.elin, at=now)
    assert (document.media_type, document.size_bytes, document.scan) == (
        "application/pdf",
        len(PDF),
        "not_scanned",
    )
    assert document.sha256 == hashlib.sha256(PDF).hexdigest()
    assert document.person_id == cast.elin.person_id
    read, content = casework.read_document(document.id, cast.asa)
    assert (read.name, content) == ("hyra.pdf", PDF)
    assert events_of(case)[-1] == "casework.document_added"
    with foundation.acting(cast.system):
        logged = foundation.AccessEntry.objects.filter(case_id=case.id, page="casework.document")
        assert [entry.account_id for entry in logged] == [cast.asa.account_id]


def test_empty_and_too_large_are_refused_and_leave_nothing(
    cast: Cast, case: casework.Case, now: datetime
) -> None:
    with pytest.raises(casework.FileIsEmpty):
        casework.add_document(case_id=case.id, name="a.pdf", content=b"", by=cast.elin, at=now)
    with pytest.raises(casework.FileTooLarge) as fault:
        casework.add_document(
            case_id=case.id, name="a.pdf", content=PDF + bytes(20 * 1024 * 1024), by=cast.elin, at=now
        )
    assert "20" in fault.value.what
    assert casework.find_documents(case.id, cast.asa).rows == []


def test_the_same_upload_twice_is_one_document(cast: Cast, case: casework.Case, now: datetime) -> None:
    first = casework.add_document(
        case_id=case.id, name="a.pdf", content=PDF, idempotency_key="k1", by=cast.elin, at=now
    )
    again = casework.add_document(
        case_id=case.id, name="a.pdf", content=PDF, idempotency_key="k1", by=cast.elin, at=now
    )
    assert first.id == again.id
    assert len(casework.find_documents(case.id, cast.asa).rows) == 1


class Finds:
    def __init__(self, verdict: str) -> None:
        self.verdict = verdict

    def scan(self, content: bytes) -> str:
        if self.verdict == "fault":
            raise OSError("the scanner does not answer")
        return self.verdict


def test_the_scanner_decides_and_its_silence_stops_the_file(
    cast: Cast, case: casework.Case, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "_scanner", Finds("harmful"))
    with pytest.raises(casework.FileIsHarmful):
        casework.add_document(case_id=case.id, name="a.pdf", content=PDF, by=cast.elin, at=now)
    monkeypatch.setattr(ports, "_scanner", Finds("fault"))
    with pytest.raises(foundation.Refused):
        casework.add_document(case_id=case.id, name="a.pdf", content=PDF, by=cast.elin, at=now)
    monkeypatch.setattr(ports, "_scanner", Finds("clean"))
    clean = casework.add_document(case_id=case.id, name="a.pdf", content=PDF, by=cast.elin, at=now)
    assert clean.scan == "clean"
    assert len(casework.find_documents(case.id, cast.asa).rows) == 1


def test_a_document_is_never_changed(cast: Cast, case: casework.Case, now: datetime) -> None:
    document = casework.add_document(case_id=case.id, name="a.pdf", content=PDF, by=cast.asa, at=now)
    for actor in (cast.asa, cast.system):
        with pytest.raises(DatabaseError), foundation.acting(actor), transaction.atomic():
            casework.Document.objects.filter(id=document.id).update(name="b.pdf")
        with pytest.raises(DatabaseError), foundation.acting(actor), transaction.atomic():
            casework.DocumentContent.objects.filter(document_id=document.id).update(content=b"x")


def test_a_party_reads_own_and_shared_papers_only(cast: Cast, case: casework.Case, now: datetime) -> None:
    own = casework.add_document(case_id=case.id, name="min.pdf", content=PDF, by=cast.elin, at=now)
    letter = casework.add_document(
        case_id=case.id, name="brev.pdf", content=PDF, kind="letter", open_to_party=True, by=cast.asa, at=now
    )
    to_farid = casework.add_document(
        case_id=case.id,
        name="till.pdf",
        content=PDF,
        kind="letter",
        person_id=cast.farid.person_id,
        by=cast.asa,
        at=now,
    )
    secret = casework.add_document(
        case_id=case.id,
        name="arbete.pdf",
        content=PDF,
        kind="internal",
        person_id=cast.elin.person_id,
        by=cast.asa,
        at=now,
    )
    received = casework.add_document(case_id=case.id, name="anm.pdf", content=PDF, by=cast.asa, at=now)
    seen = {document.id for document in casework.find_documents(case.id, cast.elin).rows}
    assert seen == {own.id, letter.id}
    assert {document.id for document in casework.find_documents(case.id, cast.farid).rows} == {
        letter.id,
        to_farid.id,
    }
    for hidden in (to_farid, secret, received):
        with pytest.raises(casework.PartNotFound):
            casework.read_document(hidden.id, cast.elin)
        with foundation.acting(cast.elin):
            assert not casework.DocumentContent.objects.filter(document_id=hidden.id).exists()
    assert casework.find_documents(case.id, cast.greta).rows == []
    with pytest.raises(casework.CaseNotFound):
        casework.add_document(case_id=case.id, name="a.pdf", content=PDF, by=cast.greta, at=now)
