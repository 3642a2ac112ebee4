"""The front-end files are made once; a second start finds them and does nothing."""

from pathlib import Path

import pytest

from handslag.config import assets


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A place of its own; gives what was done."""
    done: list[str] = []
    for name in ("PACKAGES", "VENDOR", "LETTER_FONTS"):
        (tmp_path / name).mkdir()
        monkeypatch.setattr(assets, name, tmp_path / name)
    (tmp_path / "lock").write_text("1")
    monkeypatch.setattr(assets, "LOCK", tmp_path / "lock")
    monkeypatch.setattr(assets, "MADE_FROM", tmp_path / "PACKAGES/made")
    monkeypatch.setattr(assets, "install_packages", lambda: done.append("installed"))

    def copy_parts() -> dict[str, int]:
        for name in assets.FONTS:
            (tmp_path / "LETTER_FONTS" / name).write_text("font")
        (tmp_path / "VENDOR" / "style.css").write_text("style")
        return {}

    monkeypatch.setattr(assets, "copy_parts", copy_parts)
    return done


def test_nothing_is_made_again_while_nothing_has_changed(made: list[str], tmp_path: Path) -> None:
    assert [assets.main(), assets.main()] == [0, 0]
    assert made == ["installed"]


@pytest.mark.parametrize("changed", ["lock", "VENDOR/style.css", "LETTER_FONTS/LICENSE", "PACKAGES/made"])
def test_what_is_missing_or_changed_is_made_anew(made: list[str], tmp_path: Path, changed: str) -> None:
    assets.main()
    if changed == "lock":
        (tmp_path / changed).write_text("2")
    else:
        (tmp_path / changed).unlink()
    assets.main()
    assert made == ["installed", "installed"]
