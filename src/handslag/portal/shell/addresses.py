"""Where a request came from, also behind the installation's own proxy."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address that the request came from; "" when it is not known.

    `X-Forwarded-For` is believed only from a proxy that HANDSLAG_PROXIES names, and read from the right: whatever stands
    left of the first address that is no such proxy was written by the client.
    """
    came = str(request.META.get("REMOTE_ADDR", ""))
    if came not in settings.PROXIES:
        return came
    for told in reversed(str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")):
        address = told.strip()
        if address in settings.PROXIES:
            continue
        return address if _is_address(address) else came
    return came


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
