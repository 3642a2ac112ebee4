"""Static files are collected once for each content; a start that finds the same ones leaves them."""

from pathlib import Path
from typing import Any

import pytest

from handslag.config import statics


@pytest.fixture
def town(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One folder of sources and a place to collect them in, with the storage that the product uses."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/style.css").write_text("body { color: black }")
    settings.STATICFILES_DIRS = [tmp_path / "sources"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    return tmp_path


def test_the_same_files_are_collected_once(town: Path) -> None:
    assert [statics.collect(), statics.collect()] == [True, False]
    assert list((town / "static").glob("style.*.css"))


@pytest.mark.parametrize("what", ["changed", "another", "no manifest"])
def test_what_has_changed_is_collected_anew(town: Path, what: str) -> None:
    statics.collect()
    if what == "changed":
        (town / "sources/style.css").write_text("body { color: white }")  # of the same length
    elif what == "another":
        (town / "sources/more.css").write_text("p { margin: 0 }")
    else:
        (town / "static" / statics.MANIFEST).unlink()
    assert statics.collect()
    assert not statics.collect()
