"""How the number of a case or a report is written: letters, year, number (EB-2026-00001). Pure."""

import re

_WRITTEN = re.compile(r"([A-ZÅÄÖ]{1,8})[\s/–-]*((?:19|20)\d\d)[\s/–-]*(\d{1,8})")
DIGITS = 5


def number_in(text: str) -> str | None:
    """The number as it is kept, out of `eb 2026-1` or ` EB-2026-00001 `; None for what is no such number."""
    found = _WRITTEN.fullmatch(text.strip().upper())
    return f"{found[1]}-{found[2]}-{int(found[3]):0{DIGITS}d}" if found else None
