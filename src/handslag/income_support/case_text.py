"""Reads the YAML text of a case into plain values, strictly: no aliases, no tags, no key twice, no depth, no size.

Numbers become exact decimals or whole numbers; a day stays text, so that an impossible one can be told by its path.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, NoReturn

import yaml

from handslag.income_support.rules.facts import BadFacts

MOST_BYTES = 256 * 1024
MOST_DEPTH = 12
LONGEST_NUMBER = 40
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?(0|[1-9][0-9_]*)", re.ASCII)
_DECIMAL = re.compile(r"[-+]?([0-9][0-9_]*)?\.?[0-9]+([eE][-+]?[0-9]{1,3})?|[-+]?[0-9][0-9_]*\.", re.ASCII)
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_YES = frozenset({"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"})
_NO = frozenset({"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"})
_NOT_NUMBERS = frozenset({".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "-.inf", "-.Inf", "-.INF", "+.inf"})
_NO_KEY = object()


def read_case_text(content: bytes) -> Any:
    """The one document of the text as mappings, lists and scalars. BadFacts says what and where."""
    if len(content) > MOST_BYTES:
        _wrong("", f"The file is larger than {MOST_BYTES // 1024} KiB.", "Give one household and one month.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        _wrong("", "The file is not text in UTF-8.", "Save it as UTF-8.")
    try:
        return _Tree().read(text)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        _wrong(where, f"The file is not YAML: {fault.problem or fault.context}.", "Correct the line.")
    except yaml.YAMLError as fault:
        _wrong("", f"The file is not YAML: {str(fault)[:120]}", "Correct the file.")


class _Tree:
    """Builds the values from the parser's events, holding the path of where it is."""

    def __init__(self) -> None:
        self.holders: list[Any] = []
        self.keys: list[Any] = []  # the pending key of each holder, or its next number
        self.root: Any = None
        self.documents = 0

    def read(self, text: str) -> Any:
        for event in yaml.parse(text, Loader=_Loader):
            self._take(event)
        if self.documents == 0 or self.root is None:
            _wrong("", "The file is empty.", "Write a case as in cases/README.md.")
        return self.root

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                _wrong("", "The file holds more than one case.", "Give one case in each file.")
        elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            _wrong(self._path(), "Anchors and aliases of YAML are not read.", "Write the values out.")
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.holders.pop()
            self.keys.pop()
            self._next()
        elif isinstance(event, yaml.NodeEvent):
            if getattr(event, "tag", None) is not None:
                _wrong(self._path(), "Tags of YAML are not read.", "Write the value without a tag.")
            self._node(event)

    def _node(self, event: Any) -> None:
        if self.holders and isinstance(self.holders[-1], dict) and self.keys[-1] is _NO_KEY:
            self._key(event)
            return
        if isinstance(event, yaml.ScalarEvent):
            self._place(_value(event.value) if event.implicit[0] else event.value)
            return
        if len(self.holders) >= MOST_DEPTH:
            _wrong(self._path(), "The values are nested too deep.", "Write a case as in cases/README.md.")
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        holder: Any = {} if is_mapping else []
        self._place(holder)
        self.holders.append(holder)
        self.keys.append(_NO_KEY if is_mapping else 0)

    def _key(self, event: Any) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            _wrong(self._path(), "A key is not a word.", "Write keys as words.")
        if event.value in self.holders[-1]:
            self.keys[-1] = event.value
            _wrong(self._path(), f"The key {event.value[:40]!r} stands twice.", "Keep one of them.")
        self.keys[-1] = event.value

    def _place(self, value: Any) -> None:
        if not self.holders:
            self.root = value
        elif isinstance(self.holders[-1], dict):
            self.holders[-1][self.keys[-1]] = value
        else:
            self.holders[-1].append(value)
        if not isinstance(value, dict | list):
            self._next()

    def _next(self) -> None:
        """After a value: the holder waits for its next key, or its next number."""
        if self.holders:
            self.keys[-1] = _NO_KEY if isinstance(self.holders[-1], dict) else self.keys[-1] + 1

    def _path(self) -> str:
        path = ""
        for key in self.keys:
            if isinstance(key, int):
                path += f"[{key}]"
            elif key is not _NO_KEY:
                path += f".{key[:60]}" if path else key[:60]
        return path


def _value(text: str) -> Any:
    if text in _NOTHING:
        return None
    if text in _YES or text in _NO:
        return text in _YES
    if text in _NOT_NUMBERS:
        return Decimal("NaN")
    if len(text) <= LONGEST_NUMBER and _INT.fullmatch(text):
        return int(text.replace("_", ""))
    is_zero_first = re.match(r"[-+]?0[0-9]", text) is not None
    if len(text) <= LONGEST_NUMBER and not is_zero_first and _DECIMAL.fullmatch(text):
        return Decimal(text.replace("_", ""))
    return text


def _wrong(where: str, what: str, do: str) -> NoReturn:
    raise BadFacts(where, what, do)
