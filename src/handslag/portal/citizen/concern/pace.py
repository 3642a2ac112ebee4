"""Against floods: how much an address may begin, add and send in an hour. A school shares one address, so the limits are wide."""

import hashlib
import hmac
from datetime import datetime
from typing import Literal

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from handslag.foundation import public as foundation
from handslag.portal.citizen.concern.models import ConcernPace
from handslag.portal.shell.addresses import client_address

What = Literal["sent", "begun", "kilobytes"]
MOST_AN_HOUR = 20
MOST_BEGUN_AN_HOUR = 120
MOST_MEGABYTES_AN_HOUR = 600
COUNTER = foundation.system("concern")


class TooManyBegun(foundation.Refused):
    """The address has begun its share of reports this hour, or more are being written than there is room for."""

    def __init__(self) -> None:
        super().__init__(
            "Very many reports are being written just now, and another cannot be begun here.",
            do="Wait an hour and try again, or call us now.",
        )


def is_too_fast(request: HttpRequest, at: datetime) -> bool:
    """Whether the address has sent its share this hour already."""
    return _number(request, at, "sent") >= MOST_AN_HOUR


def has_begun_enough(request: HttpRequest, at: datetime) -> bool:
    """Whether the address has begun its share of reports this hour. A report that is begun goes on all the same."""
    return _number(request, at, "begun") >= MOST_BEGUN_AN_HOUR


def require_room(request: HttpRequest, size_bytes: int, at: datetime) -> None:
    """Raise BadInput when the address has added its share of photos and files this hour."""
    if _number(request, at, "kilobytes") + size_bytes // 1024 > MOST_MEGABYTES_AN_HOUR * 1024:
        raise foundation.BadInput(
            "Very many photos and files have come from your connection this hour.",
            do="Send the report without them, and hand them in later.",
        )


def count(request: HttpRequest, at: datetime, what: What = "sent", number: int = 1) -> None:
    """So many more from the address: reports sent, reports begun, or kilobytes of photos and files."""
    with foundation.acting(COUNTER), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO concern_pace (digest, hour, number) VALUES (%s, %s, %s) "
            "ON CONFLICT (digest, hour) DO UPDATE SET number = concern_pace.number + EXCLUDED.number",
            [_digest(request, at, what), _hour(at), number],
        )


def _number(request: HttpRequest, at: datetime, what: What) -> int:
    with foundation.acting(COUNTER):
        row = ConcernPace.objects.filter(digest=_digest(request, at, what), hour=_hour(at)).first()
    return row.number if row else 0


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _digest(request: HttpRequest, at: datetime, what: What) -> str:
    """Equal for the same address on the same day, and of no use to whoever reads it."""
    said = f"concern {what} {foundation.day_of(at)} {client_address(request)}"
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()[:32]
