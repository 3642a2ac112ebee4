"""Who somebody is in the statistics: a keyed pseudonym that nobody without the key can lead back."""

import hashlib
import hmac
from uuid import UUID

from django.conf import settings


def pseudonym(kind: str, id_: UUID | None) -> UUID | None:
    """HMAC-SHA256 of the id under the installation's own key for statistics, cut to 128 bits; None for nobody.

    The key lies in `var/stats-secret` and never in the database: who holds the database alone, or a copy of the
    schema, cannot tell which person or case a row is of. `kind` keeps a person's and a case's apart.
    """
    if id_ is None:
        return None
    key = str(settings.HANDSLAG_STATS_KEY).encode()
    return UUID(bytes=hmac.new(key, f"{kind}|{id_}".encode(), hashlib.sha256).digest()[:16])
