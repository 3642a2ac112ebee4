"""Log-in by OpenID Connect, staff and residents by a provider each: django-allauth's, made stricter.

Added to what django-allauth does (state, PKCE, the exchange of the code): the ID token's signature is always
verified, with public-key methods alone; issuer, audience, time and the request's own nonce are demanded; userinfo counts
only when it speaks of the same subject; and nothing of the claims is kept but what the account needs.
"""

import secrets
from typing import Any

import jwt
import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.adapter import get_adapter as library
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handslag.foundation.public import HandslagError
from handslag.portal.account import sessions
from handslag.portal.shell.errors import error_page

STAFF, RESIDENT = "personal", "invanare"
METHODS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
CLOCKS_MAY_DIFFER_SECONDS = 30
Claims = dict[str, Any]


class Applications(DefaultSocialAccountAdapter):
    """The two providers come from the installation's settings and from nowhere else, least of all from a table."""

    def list_apps(
        self, request: HttpRequest | None, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        apps = [app for app in (_application(kind) for kind in (STAFF, RESIDENT)) if app is not None]
        return [
            app
            for app in apps
            if provider in (None, app.provider_id, app.provider) and client_id in (None, app.client_id)
        ]

    def on_authentication_error(self, request: HttpRequest, provider: Any, *args: Any, **named: Any) -> None:
        raise ImmediateHttpResponse(
            _not_let_in(request, named.get("error") or (args[0] if args else "unknown"))
        )


class Exchange(OpenIDConnectOAuth2Adapter):
    """One log-in at one provider: hands back verified claims."""

    state: dict[str, Any]

    def get_provider(self) -> OpenIDConnectProvider:
        app = _application(self.provider_id)
        if app is None:
            raise SocialApp.DoesNotExist
        return OpenIDConnectProvider(self.request, app=app)

    def verified_claims(self, app: SocialApp, answer: dict[str, Any]) -> Claims:
        """The claims of an answer from the token endpoint. Raises `OAuth2Error` for anything that does not hold."""
        claims = self._read_token(app, str(answer.get("id_token") or ""))
        if claims.get("nonce") != self.state["data"]["nonce"]:
            raise OAuth2Error("the nonce is not ours")
        parties = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        if (len(parties) > 1 or "azp" in claims) and claims.get("azp") != app.client_id:
            raise OAuth2Error("the token was made for another party")
        if self.openid_config.get("userinfo_endpoint") and answer.get("access_token"):
            told = self._fetch_user_info(answer["access_token"])
            if told.get("sub") != claims["sub"]:
                raise OAuth2Error("userinfo speaks of somebody else")
            claims = {**told, **claims}
        return claims

    def _read_token(self, app: SocialApp, token: str) -> Claims:
        with library().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        try:
            keys = jwt.PyJWKSet.from_dict(answer.json()).keys
            wanted = jwt.get_unverified_header(token).get("kid")
            fitting = [key for key in keys if key.key_id == wanted] if wanted else keys
            if len(fitting) != 1:
                raise OAuth2Error("the token is signed with a key that the provider does not show")
            return dict(
                jwt.decode(
                    token,
                    fitting[0].key,
                    algorithms=METHODS,
                    audience=app.client_id,
                    issuer=self.openid_config["issuer"],
                    leeway=CLOCKS_MAY_DIFFER_SECONDS,
                    options={"require": ["exp", "iat", "iss", "aud", "sub"]},
                )
            )
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise OAuth2Error(f"the token does not hold: {type(error).__name__}") from error


class Callback(OAuth2CallbackView):
    """The way back from the provider, up to where the claims are verified; no account of the library is made."""

    adapter: Exchange

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, Any]:
        state, response = super()._get_state(request, provider)
        self.adapter.state = state
        return state, response


def away(request: HttpRequest, kind: str, wanted: str) -> HttpResponse:
    """Send the browser to the provider of a kind, with a state, a nonce and a code challenge of its own."""
    nonce = secrets.token_urlsafe(24)
    provider = Exchange(request, kind).get_provider()
    try:
        response: HttpResponse = provider.redirect(
            request, process="login", next_url=wanted or None, data={"nonce": nonce}, auth_params={"nonce": nonce}
        )
    except (requests.RequestException, KeyError, ValueError):
        return _not_let_in(request, "no answer")
    return response


def back(request: HttpRequest, kind: str) -> tuple[Claims, str, str] | HttpResponse:
    """Claims, issuer and wanted page when the provider let somebody in; a page that explains when not."""
    exchange = Exchange(request, kind)
    found: list[Claims] = []

    def complete_login(request: HttpRequest, app: SocialApp, token: Any, **named: Any) -> None:
        found.append(exchange.verified_claims(app, named["response"]))
        raise ImmediateHttpResponse(HttpResponse())

    exchange.complete_login = complete_login
    try:
        response: HttpResponse = Callback.adapter_view(exchange)(request)
    except (requests.RequestException, KeyError, ValueError):
        response = _not_let_in(request, "unknown")
    if not found:
        return response
    return found[0], str(exchange.openid_config["issuer"]), str(exchange.state.get("next") or "")


def is_connected(kind: str) -> bool:
    """Whether this installation has a provider of the kind."""
    return _application(kind) is not None


def explain(request: HttpRequest, error: HandslagError) -> HttpResponse:
    """The page of a log-in that the provider let through and we did not."""
    return error_page(request, status=403, title=_("You are not logged in"), what=error.what, do=error.do)


def _application(kind: str) -> SocialApp | None:
    here = settings.HERE
    address, client, secret = {
        STAFF: (here.staff_oidc, here.staff_oidc_client, here.staff_oidc_secret),
        RESIDENT: (here.resident_oidc, here.resident_oidc_client, here.resident_oidc_secret),
    }.get(kind, ("", "", ""))
    if not address:
        return None
    return SocialApp(
        provider="openid_connect",
        provider_id=kind,
        name=kind,
        client_id=client,
        secret=secret,
        settings={
            "server_url": address.rstrip("/"),
            "oauth_pkce_enabled": True,
            "scope": ["openid", "profile", "email"],
        },
    )


def _not_let_in(request: HttpRequest, because: str) -> HttpResponse:
    sessions.fail(request, how="oidc", because=str(because))
    if because == "cancelled":
        what, do = _("You stopped the log-in."), _("Go to the log-in page to begin again.")
    else:
        what = _("The log-in could not be completed. Nobody has been logged in.")
        do = _("Go to the log-in page and begin again. Call us if it happens once more.")
    return error_page(request, status=403, title=_("You are not logged in"), what=what, do=do)
