"""What the tutorials say stands on a page stands there: each label in them is one of the product's, in its language."""

import re
from pathlib import Path

import pytest
from django.utils.translation import trans_real

TUTORIALS = Path(__file__).resolve().parents[2] / "docs/tutorials"
LABEL = re.compile(r"(?<!\*)\*(?!\*)([^*]+)\*(?!\*)")


def labels(name: str) -> set[str]:
    """What stands in italics; a way through pages (*a → b*) is its steps."""
    found = LABEL.findall((TUTORIALS / name).read_text("utf-8").replace("**", ""))
    return {" ".join(step.split()) for one in found for step in one.split("→")}


@pytest.mark.parametrize(("name", "place"), [("a-first-hour.md", 0), ("en-forsta-timme.md", 1)])
def test_every_label_is_one_of_the_product(name: str, place: int) -> None:
    texts = trans_real.translation("sv")._catalog.items()  # type: ignore[attr-defined]
    ours = {pair[place].rpartition("\x04")[2] for pair in texts if isinstance(pair[0], str)} | {"English"}
    told = labels(name)
    assert len(told) > 10
    assert told - ours == set()
