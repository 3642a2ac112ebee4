"""One SOAP question over mutual TLS, with limits on time and size."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import httpx

from handslag.integrations.tls import TlsFiles, client_context
from handslag.integrations.xml import MAX_BYTES


class NoAnswer(Exception):
    """Nothing usable came back: a code for the record, a reason for people; neither holds personal data."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(slots=True)
class SoapPost:
    """Posts to one address. Keeps its connections: one object serves a whole process and all its threads."""

    url: str
    tls: TlsFiles
    timeout_seconds: float = 20.0
    max_bytes: int = MAX_BYTES
    _client: httpx.Client | None = field(default=None, repr=False)

    def ask(self, content: bytes) -> bytes:
        """The body of the answer, also of a SOAP fault (status 500). Raises NoAnswer.

        The time limit holds for the whole exchange: a server that drips bytes does not hold a worker.
        """
        ends = time.monotonic() + self.timeout_seconds
        headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'}
        try:
            with self._open().stream("POST", self.url, content=content, headers=headers) as response:
                if response.status_code not in (200, 500):
                    raise NoAnswer("http_status", f"The service answered with status {response.status_code}.")
                body = bytearray()
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > self.max_bytes:
                        raise NoAnswer("too_large", "The answer was larger than any real answer.")
                    if time.monotonic() > ends:
                        raise NoAnswer("timeout", "The service did not answer in time.")
        except httpx.TimeoutException as error:
            raise NoAnswer("timeout", "The service did not answer in time.") from error
        except (httpx.HTTPError, OSError) as error:
            raise NoAnswer("unreachable", "The service could not be reached.") from error
        return bytes(body)

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def _open(self) -> httpx.Client:
        if self._client is None:
            self._client = httpx.Client(
                verify=client_context(self.tls),
                timeout=self.timeout_seconds,
                trust_env=False,
                follow_redirects=False,
            )
        return self._client
