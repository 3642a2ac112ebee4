"""What every page of every face needs to know."""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from handslag.foundation import public as foundation


def shell(request: HttpRequest) -> dict[str, Any]:
    """The municipality, the demo mark, the actor and the way to the other language."""
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    other = "en" if language == "sv" else "sv"
    actor = getattr(request, "actor", foundation.VISITOR)
    return {
        "municipality": settings.HERE.municipality,
        "phone": settings.HERE.phone,
        "on_call_phone": settings.HERE.on_call_phone,
        "demo": settings.DEMO,
        "actor": actor,
        "roles": SimpleLazyObject(lambda: {role for role, _unit in foundation.roles_of(actor)}),
        "lang": language,
        "other_language": other,
        "other_language_url": f"/sprak/{other}/?next={quote(request.get_full_path())}",
    }
