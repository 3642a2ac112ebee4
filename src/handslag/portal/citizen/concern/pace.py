"""Against floods: how many reports an address may send in an hour. A school shares one address, so the limit is wide."""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from handslag.foundation import public as foundation
from handslag.foundation.public import VISITOR
from handslag.portal.citizen.concern.models import ConcernPace
from handslag.portal.shell.addresses import client_address

MOST_AN_HOUR = 20


def is_too_fast(request: HttpRequest, at: datetime) -> bool:
    """Whether the address has sent its share this hour already."""
    with foundation.acting(VISITOR):
        row = ConcernPace.objects.filter(digest=_digest(request, at), hour=_hour(at)).first()
    return row is not None and row.number >= MOST_AN_HOUR


def count(request: HttpRequest, at: datetime) -> None:
    """One more report from the address."""
    with foundation.acting(VISITOR), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO concern_pace (digest, hour, number) VALUES (%s, %s, 1) "
            "ON CONFLICT (digest, hour) DO UPDATE SET number = concern_pace.number + 1",
            [_digest(request, at), _hour(at)],
        )


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _digest(request: HttpRequest, at: datetime) -> str:
    """Equal for the same address on the same day, and of no use to whoever reads it."""
    said = f"concern {foundation.day_of(at)} {client_address(request)}"
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()[:32]
