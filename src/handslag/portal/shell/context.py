"""What every page of every face needs to know."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from handslag.foundation import public as foundation


def held_roles(request: HttpRequest) -> set[tuple[str, UUID]]:
    """The reader's roles today, each with its unit, as the page's door has found them."""
    held: set[tuple[str, UUID]] | None = getattr(request, "held_roles", None)
    return foundation.roles_of(getattr(request, "actor", foundation.VISITOR)) if held is None else held


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
        "roles": SimpleLazyObject(lambda: {role for role, _unit in held_roles(request)}),
        "lang": language,
        "other_language": other,
        "other_language_url": f"/sprak/{other}/?next={quote(request.get_full_path())}",
    }
