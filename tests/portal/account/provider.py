"""A real OpenID Connect provider on a socket, which can be told to lie in one way at a time."""

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import flask
import httpx
import jwt
import oidc_provider_mock
from django.test import Client
from werkzeug.serving import make_server

Change = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass
class Provider:
    """The provider's address, and how the next ID tokens are changed before they are signed anew."""

    address: str
    lie: Change | None = None
    key: bytes | None = None

    def add(self, subject: str, **claims: Any) -> None:
        """Somebody who can log in here; `sub` is the subject, the rest are claims."""
        answer = httpx.put(f"{self.address}/users/{subject}", json=claims, trust_env=False)
        answer.raise_for_status()

    def let_in(self, address: str, subject: str) -> str:
        """What the person does at the provider: chooses to log in. Gives the address that the browser is sent back to."""
        answer = httpx.post(address, data={"sub": subject}, trust_env=False)
        assert answer.status_code in (302, 303), answer.text
        return answer.headers["location"]


@contextlib.contextmanager
def serve() -> Iterator[Provider]:
    """Start the provider in a thread and stop it."""
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    app = oidc_provider_mock.app(require_nonce=True)
    provider = Provider("")

    @app.after_request
    def change(response: flask.Response) -> flask.Response:
        if flask.request.path.endswith("/token") and provider.lie is not None and response.is_json:
            told = response.get_json()
            key = flask.g.oidc_provider_mock_storage.jwk
            header = jwt.get_unverified_header(told["id_token"])
            claims = provider.lie(jwt.decode(told["id_token"], options={"verify_signature": False}))
            private = provider.key or key.as_pem(is_private=True)
            told["id_token"] = jwt.encode(claims, private, algorithm="RS256", headers={"kid": header["kid"]} if "kid" in header else None)
            response.set_data(flask.json.dumps(told))
        return response

    server = make_server("127.0.0.1", 0, app, threaded=True)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def log_in(client: Client, provider: Provider, kind: str, subject: str, *, wanted: str = "/konto/") -> Any:
    """The whole way round: from our page to the provider and back."""
    return client.get(path_of(provider.let_in(leave(client, kind, wanted), subject)))


def leave(client: Client, kind: str, wanted: str = "/konto/") -> str:
    """From our log-in page to the provider: the address that the browser is sent to."""
    away = client.get(f"/konto/logga-in/{kind}/?next={wanted}")
    assert away.status_code == 302, away.text
    return str(away.headers["Location"])


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def an_hour_ago() -> int:
    return int(time.time()) - 3600
