"""Where a letter to the municipality is sent: told once, at start (`config.wiring`)."""

from collections.abc import Sequence

_in_use: list[tuple[str, ...]] = []


def use_postal_address(lines: Sequence[str]) -> None:
    """Letters made from now on tell this address, line by line, for who appeals."""
    _in_use[:] = [tuple(line.strip() for line in lines if line.strip())]


def postal_address() -> tuple[str, ...]:
    """The address, line by line; empty where none has been told."""
    return _in_use[0] if _in_use else ()
