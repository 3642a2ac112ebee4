"""Columns straight out of the texts of stored cases, read by all cores at once.

A case is stored as JSON. Many texts in one piece are handed to each process as they are; what goes back are columns. Objects
made by one process and read by another would be copied page by page, which costs more than the reading.
"""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_all_start_methods, get_context

from handslag.income_support.survey.columns import Columns, joined
from handslag.income_support.survey.from_cases import columns_of_cases

PART = 5_000  # texts that a process takes at a time
FEWEST_SHARED = 2 * PART  # fewer are read before other processes have begun


def columns_of_texts(texts: Sequence[str], month: date, *, processes: int | None = None) -> Columns:
    """The households of the texts in their order, as `columns_of_cases` reads them; by so many processes, or one a core.

    Raises ValueError for a text that is not JSON. With one process all stays in this one.
    """
    parts = [_piece(texts[start : start + PART]) for start in range(0, len(texts), PART)]
    wanted = min(processes or os.cpu_count() or 1, len(parts))
    if wanted <= 1 or len(texts) < FEWEST_SHARED:
        return joined([_read(part, month) for part in parts])
    context = get_context("fork" if "fork" in get_all_start_methods() else None)
    # A short life needs no search for garbage, which would touch, and so copy, all that was inherited.
    with ProcessPoolExecutor(wanted, mp_context=context, initializer=gc.disable) as pool:
        return joined(list(pool.map(_read, parts, [month] * len(parts))))


def _piece(texts: Sequence[str]) -> str:
    return f"[{','.join(texts)}]"


def _read(piece: str, month: date) -> Columns:
    return columns_of_cases(json.loads(piece), month)
