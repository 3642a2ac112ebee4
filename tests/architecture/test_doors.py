"""Every address has a door, and the doors that are open to all are listed here, one by one."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from handslag.portal.shell.doors import door_of

OPEN_TO_ALL = {
    "",
    "anmal-oro/",
    "anmal-oro/<slug:slug>/",
    "anmal-oro/barn/<int:number>/",
    "anmal-oro/barn/<int:number>/ta-bort/",
    "anmal-oro/bilder/<uuid:paper_id>/ta-bort/",
    "anmal-oro/kvitto/",
    "anmal-oro/radera/",
    "halsa/",
    "kontakt/",
    "oro/",
    "sprak/<str:code>/",
    "tillganglighet/",
    "vantetider/",
}
# The wall shows no personal data; the log-in must be reached by those who are not logged in.
OPEN_AREAS = ("tavla/", "konto/")


def _addresses(patterns: list[Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern):
            yield address, pattern.callback


def test_every_view_of_ours_has_a_door() -> None:
    without = [
        address
        for address, view in _addresses(get_resolver().url_patterns)
        if door_of(view) is None and view.__module__.startswith("handslag.")
    ]
    assert without == []


def test_views_of_libraries_stand_in_the_account_area_alone() -> None:
    elsewhere = [
        address
        for address, view in _addresses(get_resolver().url_patterns)
        if not view.__module__.startswith("handslag.") and not address.startswith("konto/")
    ]
    assert elsewhere == []


def test_what_is_open_to_all_is_listed_here() -> None:
    found = {
        address
        for address, view in _addresses(get_resolver().url_patterns)
        if (door := door_of(view)) is not None
        and door.opens_to == "public"
        and not address.startswith(OPEN_AREAS)
    }
    assert found <= OPEN_TO_ALL, found - OPEN_TO_ALL
