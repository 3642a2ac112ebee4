"""Several papers sent at once: what can be kept is kept, and what was refused is told by its name."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from handslag.foundation import public as foundation

MOST_SHOWN = 60


def keep_each(files: Iterable[UploadedFile], keep: Callable[[str, bytes], Any]) -> str:
    """Keep each file; empty when all were kept, else which were not, why, and that the others are."""
    refused, kept = [], 0
    for file in files:
        try:
            keep(str(file.name), file.read())
        except foundation.BadInput as error:
            refused.append(refused_in_words(file, error))
        else:
            kept += 1
    if refused and kept:
        refused.append(_("The other papers are kept."))
    return " ".join(refused)


def refused_in_words(file: UploadedFile, error: foundation.BadInput) -> str:
    """Which file, and what is wrong with it."""
    name = str(file.name)
    short = name if len(name) <= MOST_SHOWN else f"{name[: MOST_SHOWN - 1]}…"
    return _("{file}: {why}").format(file=short, why=error.in_one_line)
