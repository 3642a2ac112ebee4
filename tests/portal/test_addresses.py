"""Limits per address count the client behind the installation's own proxy, and nobody chooses an address."""

import pytest
from django.test import RequestFactory

from handslag.portal.shell.addresses import client_address


@pytest.mark.parametrize(
    ("came", "forwarded", "counted"),
    [
        ("192.0.2.7", "", "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),  # not our proxy: nobody is believed
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.1", "198.51.100.1"),  # the client wrote the first one itself
        ("127.0.0.1", "198.51.100.1, 10.0.0.5", "198.51.100.1"),  # two proxies of our own
        ("127.0.0.1", "198.51.100.1, <script>", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "2001:db8::1", "2001:db8::1"),
    ],
)
def test_the_client_behind_the_proxy(settings: object, came: str, forwarded: str, counted: str) -> None:
    settings.PROXIES = frozenset({"127.0.0.1", "10.0.0.5"})  # type: ignore[attr-defined]
    request = RequestFactory().get("/", REMOTE_ADDR=came, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == counted
