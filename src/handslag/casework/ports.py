"""What casework needs from outside: a scanner of files. config says which one stands behind it."""

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
