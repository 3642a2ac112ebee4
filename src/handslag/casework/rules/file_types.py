"""What a file is, told by its bytes and never by its name. Pure."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
HEIC = "image/heic"
WEBP = "image/webp"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
TEXT = "text/plain"

# The endings that a name may honestly carry for each type; the first is the one we give on download.
ENDINGS: dict[str, tuple[str, ...]] = {
    PDF: ("pdf",),
    JPEG: ("jpg", "jpeg"),
    PNG: ("png",),
    HEIC: ("heic", "heif"),
    WEBP: ("webp",),
    DOCX: ("docx",),
    ODT: ("odt",),
    TEXT: ("txt",),
}

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
# The most that an office file may unpack to: a bomb says more.
_UNPACKED_MOST = 200 * 1024 * 1024
_ODT_MIMETYPE_MOST = 100
# What an office file may carry besides its text: programs (macros), other files and controls (OLE, ActiveX, another
# document drawn in). A chart or a formula of OpenDocument lies in a folder of its own and is none of them.
_CARRIED = re.compile(
    r"(^|/)(vbaproject|vbadata|vbaprojectsignature)|(^|/)(embeddings|activex|macrosheets|afchunks?)/|\.(vbs|js|exe|dll|scr|ole|mht)$"
    r"|(^|/)oleobject|^(basic|scripts)/|^object \d+$",
    re.IGNORECASE,
)
# Words in a package's lists of what belongs to what: an object that is fetched from elsewhere, a program, a control.
_POINTED_AT = re.compile(
    rb"relationships/(oleObject|package|aFChunk|control|vbaProject)\b|attachedTemplate[^>]*Target=[\"']https?:|Target=[\"']https?:[^>]*attachedTemplate",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FileType:
    """What the content is, and whether the name says the same."""

    media_type: str
    name_agrees: bool


def ending_of(name: str) -> str:
    """The ending of a file name in small letters, without the dot; empty when there is none."""
    _, dot, ending = name.rpartition(".")
    return ending.strip().lower() if dot else ""


def media_type_of(content: bytes) -> str | None:
    """The type of the content when it is one of `ENDINGS`, else None."""
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return HEIC
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WEBP
    if content.startswith(b"PK\x03\x04"):
        return _office_type(content)
    return TEXT if _is_text(content) else None


def read_type(content: bytes, name: str) -> FileType | None:
    """The type of the content and whether the name agrees; None when the type is not one we take.

    A name without an ending does not lie.
    """
    media_type = media_type_of(content)
    if media_type is None:
        return None
    ending = ending_of(name)
    return FileType(media_type, not ending or ending in ENDINGS[media_type])


def _office_type(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _UNPACKED_MOST:
                return None
            names = set(packed.namelist())
            if _carries(packed):
                return None
            if "[Content_Types].xml" in names and "word/document.xml" in names:
                return DOCX
            if "mimetype" in names and packed.getinfo("mimetype").file_size <= _ODT_MIMETYPE_MOST:
                return ODT if packed.read("mimetype").strip() == ODT.encode() else None
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError, zlib.error):
        return None
    return None


def carries_more(content: bytes) -> bool:
    """Whether it is an office file that carries a program or another file besides its text; such are not taken."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return sum(entry.file_size for entry in packed.infolist()) <= _UNPACKED_MOST and _carries(packed)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError, zlib.error):
        return False


def _carries(packed: zipfile.ZipFile) -> bool:
    names = packed.namelist()
    if any(_CARRIED.search(name.replace("\\", "/")) for name in names):
        return True
    return any(_POINTED_AT.search(packed.read(name)) for name in names if name.lower().endswith(".rels"))


def _is_text(content: bytes) -> bool:
    """Readable text without control signs, and not a page or a program that a browser would run."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if any(ord(sign) < 32 and sign not in "\t\n\r\f" for sign in text):
        return False
    start = text.lstrip()[:200].lower()
    return not start.startswith(("<", "#!", "{\\rtf"))
