"""What casework needs from outside: a scanner of files and a transcriber of speech. config says which stand behind."""

from typing import Literal, Protocol

Verdict = Literal["not_scanned", "clean", "harmful"]


class Scanner(Protocol):
    """Looks for harm in a file. An exception counts as no answer, and the file is not taken."""

    def scan(self, content: bytes) -> Verdict: ...


class NoScanner:
    """Stands in where no scanner is set up, and says so on every document."""

    def scan(self, content: bytes) -> Verdict:
        return "not_scanned"


_scanner: Scanner = NoScanner()


def use_scanner(scanner: Scanner) -> None:
    """Put a scanner behind the port."""
    global _scanner  # noqa: PLW0603 - one scanner for the process, set once at start
    _scanner = scanner


def scanner() -> Scanner:
    """The scanner in use."""
    return _scanner


class NotTranscribed(Exception):
    """No text came of the speech. `code`: down, slow, refused, too_large, unreadable; it holds nothing of what was said."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Transcriber(Protocol):
    """Makes text of speech, on a server of the municipality's own. Raises NotTranscribed."""

    def transcribe(self, speech: bytes, media_type: str, *, language: str) -> str: ...


_transcriber: Transcriber | None = None


def use_transcriber(transcriber: Transcriber | None) -> None:
    """Put a transcriber behind the port; None turns dictation off."""
    global _transcriber  # noqa: PLW0603 - one transcriber for the process, set once at start
    _transcriber = transcriber


def transcriber() -> Transcriber | None:
    """The transcriber in use, or None: then there is no microphone on any page."""
    return _transcriber
