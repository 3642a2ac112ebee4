"""What an installation sets in its environment reaches the bank and the registers."""

import pytest

from handslag.config import wiring
from handslag.config.place import Place
from handslag.income_support import ports


@pytest.fixture(autouse=True)
def _as_before(monkeypatch):
    monkeypatch.setattr(ports, "_in_use", dict(ports._in_use))


def wired(monkeypatch, **told):
    here = Place(mode="production", payer_iban="SE4550000000058398257466", payer_bic="ESSESESS", **told)
    monkeypatch.setattr(wiring, "place", lambda: here)
    wiring.wire()
    return ports.bank()


@pytest.mark.parametrize("version", ["09", "03"])
def test_the_bank_gets_the_version_and_the_number_that_are_set(monkeypatch, version):
    bank = wired(monkeypatch, payment_format=version, organisation_number="162120001111")
    assert bank.version == version and bank.payer.organisation_number == "2120001111"


def test_a_version_that_nobody_writes_is_refused_at_the_start():
    with pytest.raises(ValueError, match="payment_format"):
        Place(payment_format="12")
