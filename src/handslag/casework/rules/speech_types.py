"""What a recording is, told by its bytes. Pure."""

from __future__ import annotations

MOST_SPEECH_BYTES = 15 * 1024 * 1024
LONGEST_SPEECH_SECONDS = 10 * 60


def speech_type_of(content: bytes) -> str | None:
    """The media type of a recording that browsers make, or None."""
    if content.startswith(b"\x1a\x45\xdf\xa3"):
        return "audio/webm"
    if content.startswith(b"OggS"):
        return "audio/ogg"
    if content[4:8] == b"ftyp":
        return "audio/mp4"
    if content.startswith(b"RIFF") and content[8:12] == b"WAVE":
        return "audio/wav"
    if content.startswith(b"ID3") or content[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        return "audio/mpeg"
    return None
