"""The documents tell what is there."""

import re
from pathlib import Path

from handslag.config.place import Place

ROOT = Path(__file__).resolve().parents[2]


def test_every_setting_is_told() -> None:
    text = (ROOT / "docs/reference/settings.md").read_text()
    names = {
        str(field.validation_alias or f"HANDSLAG_{name.upper()}") for name, field in Place.model_fields.items()
    }
    assert not {name for name in names if f"`{name}`" not in text}


def test_links_between_documents_lead_somewhere() -> None:
    wrong = []
    for file in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", file.read_text()):
            if not (file.parent / target).exists():
                wrong.append(f"{file.relative_to(ROOT)}: {target}")
    assert not wrong, wrong


def test_every_context_tells_its_words() -> None:
    for context in ("people", "casework", "income_support"):
        assert (ROOT / f"src/handslag/{context}/README.md").exists(), context
