"""Every address of the product, each face under its own word."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import include, path

FACES = {
    "": "handslag.portal.shell.urls",
    "konto/": "handslag.portal.account.urls",
    "handlaggare/": "handslag.portal.desk.urls",
    "ledning/": "handslag.portal.lead.urls",
    "tavla/": "handslag.portal.wall.urls",
}
CITIZEN = "handslag.portal.citizen.urls"


def _there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


urlpatterns = [path(prefix, include(module)) for prefix, module in FACES.items() if _there(module)]
if _there(CITIZEN):
    urlpatterns.append(path("", include(CITIZEN)))
_shell = import_module("handslag.portal.shell.errors") if _there("handslag.portal.shell.errors") else None
if _shell is not None:
    handler400, handler403, handler404, handler500 = (
        _shell.bad_request,
        _shell.refused,
        _shell.not_found,
        _shell.fault,
    )
