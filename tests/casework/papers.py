"""Papers of the tests, made here: PDFs with text, an attachment, an earlier version and metadata; pictures with EXIF."""

import io
import struct
import zlib

from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

Line = tuple[int, int, str]
SECRET = "Tina Tallgren"


def text_pdf(*pages: list[Line], rotate: int = 0) -> bytes:
    """A PDF with a page for each list of lines (points from the left and the bottom, Helvetica 14)."""
    writer = PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(width=595, height=842)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
                NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        said = "".join(f"BT /F1 14 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in lines)
        stream.set_data(said.encode("cp1252"))
        page[NameObject("/Contents")] = writer._add_object(stream)
        if rotate:
            page.rotate(rotate)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def full_pdf() -> bytes:
    """A page that names the reporter, with the name in its metadata, an attachment, and an earlier version of the page."""
    earlier = text_pdf([(72, 700, f"Utkast: {SECRET} ringde."), (72, 400, "Pojken sover hos mormor.")])
    writer = PdfWriter(io.BytesIO(earlier), incremental=True)
    writer.add_metadata({"/Author": SECRET, "/Title": f"Samtal med {SECRET}"})
    writer.add_attachment("anmalan.txt", f"Anmälan av {SECRET}".encode())
    stream = DecodedStreamObject()
    lines = [(72, 700, f"Anmald av {SECRET}."), (72, 400, "Pojken sover hos mormor.")]
    stream.set_data(
        "".join(f"BT /F1 14 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in lines).encode("cp1252")
    )
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def locked_pdf() -> bytes:
    """A PDF that needs a password to be opened."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(text_pdf([(72, 700, SECRET)]))))
    writer.encrypt("hemligt", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def many_pages(number: int) -> bytes:
    """A PDF with as many empty pages."""
    writer = PdfWriter()
    for _ in range(number):
        writer.add_blank_page(width=595, height=842)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def photo(kind: str = "JPEG", *, orientation: int = 1) -> bytes:
    """A picture 400 x 300, white with a red corner at its top left, and EXIF that names somebody and a place."""
    drawn = Image.new("RGB", (400, 300), "white")
    ImageDraw.Draw(drawn).rectangle((0, 0, 99, 74), fill=(220, 0, 0))
    exif = Image.Exif()
    exif[0x010E] = SECRET
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[2] = (57.0, 25.0, 12.0)
    written = io.BytesIO()
    drawn.save(written, kind, exif=exif)
    return written.getvalue()


def png_bomb() -> bytes:
    """A PNG that says that it is 60 000 pixels wide and high."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )
