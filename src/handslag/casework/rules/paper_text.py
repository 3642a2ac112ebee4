"""The text of a paper, where it can be read for certain: plain text, Word and OpenDocument. Pure."""

from __future__ import annotations

import html
import io
import re
import zipfile

from handslag.casework.rules.file_types import DOCX, ODT, TEXT

_MOST_UNPACKED = 20 * 1024 * 1024
_TEXT_OF = {DOCX: "word/document.xml", ODT: "content.xml"}
_END_OF_PARAGRAPH = re.compile(r"</(?:w:p|text:p|text:h)>|<(?:w:br|text:line-break)[^>]*/>")
_SPACE = re.compile(r"<(?:w:tab|text:tab|text:s)[^>]*/>")
_TAG = re.compile(r"<[^>]*>")


def paper_text(content: bytes, media_type: str) -> str | None:
    """The text in lines; None where it cannot be told what a reader would see, as in a PDF or a picture.

    Notes at the foot, comments and changed text of an office file are not part of it.
    """
    if media_type == TEXT:
        return content.decode("utf-8", errors="replace")
    if media_type not in _TEXT_OF:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entry = packed.getinfo(_TEXT_OF[media_type])
            if entry.file_size > _MOST_UNPACKED:
                return None
            written = packed.read(entry).decode("utf-8", errors="replace")
    except (KeyError, OSError, zipfile.BadZipFile, RuntimeError):
        return None
    body = written.partition("<w:body")[2] or written.partition("<office:body")[2] or written
    if not body.startswith("<"):
        body = body.partition(">")[2]
    return html.unescape(_TAG.sub("", _SPACE.sub(" ", _END_OF_PARAGRAPH.sub("\n", body))))
