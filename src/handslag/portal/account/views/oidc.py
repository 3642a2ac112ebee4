"""Log-in at the organisation's directory and with an e-ID."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from handslag.foundation import public as foundation
from handslag.foundation.public import Account
from handslag.income_support import public as income_support
from handslag.portal.account import claims, oidc, operations, sessions
from handslag.portal.account.sessions import LOG_IN
from handslag.portal.shell.doors import public

KINDS = (oidc.STAFF, oidc.RESIDENT)


@public
def go(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the provider; 404 where none is connected."""
    if provider_id not in KINDS or not oidc.is_connected(provider_id):
        raise Http404
    return oidc.away(request, provider_id, request.GET.get("next", ""))


@public
def come_back(request: Any, provider_id: str) -> HttpResponse:
    """From the provider: the claims become an account and a session, or a page that says why not."""
    if provider_id not in KINDS or not oidc.is_connected(provider_id):
        raise Http404
    answer = oidc.back(request, provider_id)
    if isinstance(answer, HttpResponse):
        return answer
    found, issuer, wanted = answer
    try:
        account = _account_of(provider_id, found, issuer)
    except foundation.HandslagError as error:
        sessions.fail(request, how=provider_id, because=type(error).__name__)
        return oidc.explain(request, error)
    actor = sessions.begin(
        request, account, how="resident_oidc" if provider_id == oidc.RESIDENT else "staff_oidc"
    )
    response = redirect(sessions.way_on(request, actor, wanted))
    sessions.speak(response, account)
    return response


def _account_of(kind: str, found: oidc.Claims, issuer: str) -> Account:
    how, at = claims.mapping(), foundation.now()
    if kind == oidc.STAFF:
        return operations.account_of_staff(
            claims=claims.read_staff(found, how), issuer=issuer, by=LOG_IN, at=at
        )
    return operations.account_of_resident(
        claims=claims.read_resident(found, how), ask_protection=income_support.protection_of, by=LOG_IN, at=at
    )
