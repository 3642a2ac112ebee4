"""The wall shows every kind of case that there is: those that other tests of the same process make up are put aside."""

import pytest

from handslag.casework import kinds
from handslag.casework import public as casework


@pytest.fixture(autouse=True)
def _only_the_products_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in casework.case_kinds():
        if kind.code.startswith("test_"):
            monkeypatch.delitem(kinds._kinds, kind.code)
