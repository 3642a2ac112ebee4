"""Every text is there in Swedish, whole, and says the same thing everywhere."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from handslag.config import messages

FOLDERS = messages.folders()
PLACES = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def _name(folder: Path) -> str:
    return folder.relative_to(messages.SOURCE).as_posix()


def _strings(message: object) -> list[str]:
    string = message.string  # type: ignore[attr-defined]
    return list(string) if isinstance(string, tuple | list) else [string]


def _places(text: str) -> set[str]:
    return {one or other for one, other in PLACES.findall(text)}


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_every_text_of_a_folder_is_in_its_swedish_catalogue(folder: Path) -> None:
    catalogue = messages.read(folder)
    missing = []
    for said in messages.extract(folder):
        known = catalogue.get(said.text, said.context)
        if known is None or not all(_strings(known)):
            missing.append(f"{said.file}: {said.text!r}")
    assert missing == [], "run `handslag messages` and write the Swedish"


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_placeholders_are_the_same_in_both_languages(folder: Path) -> None:
    wrong = []
    for message in messages.read(folder):
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        wanted = set.union(*(_places(one) for one in ids))
        for string in filter(None, _strings(message)):
            if not _places(string) <= wanted or (isinstance(message.id, str) and _places(string) != wanted):
                wrong.append((ids[0], string))
    assert wrong == []


def test_no_translation_is_marked_as_a_guess_or_left_over() -> None:
    for folder in FOLDERS:
        said = {(one.context, one.text) for one in messages.extract(folder)}
        for message in messages.read(folder):
            if message.id:
                text = message.id if isinstance(message.id, str) else message.id[0]
                assert not message.fuzzy, f"{_name(folder)}: {text!r}"
                assert (message.context, text) in said, f"{_name(folder)}: {text!r} is said nowhere"


def test_the_same_english_has_one_swedish() -> None:
    """All catalogues are one at run time, so two meanings of one text need a context (pgettext)."""
    told: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for folder in FOLDERS:
        for message in messages.read(folder):
            if message.id and isinstance(message.id, str):
                told[message.context, message.id].add(str(message.string))
    assert {key: strings for key, strings in told.items() if len(strings) > 1} == {}


def test_every_face_and_context_with_words_has_a_catalogue() -> None:
    """Texts of a folder without a catalogue would stay English for ever."""
    covered = [folder for folder in FOLDERS]
    for area in (*messages.SOURCE.iterdir(), *(messages.SOURCE / "portal").iterdir()):
        if not area.is_dir() or area.name in ("__pycache__", "portal") or area in covered:
            continue
        assert messages.extract(area) == [], f"{_name(area)} says something and has no locale/"
